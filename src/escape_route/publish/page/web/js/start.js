// Runs before the map is made, so that the map finds its place on the page.
document.documentElement.classList.add("js");
