// Runs before the map is made, so that the map finds its place on the page.
document.documentElement.classList.add("js");
// Shapes are drawn this many map widths beyond its edges, so that no bare relief shows while the map flies.
L.Renderer.mergeOptions({ padding: 1 });
