// The page of contents in the reader's language: as the address or the list has it, else as the browser does.

{
  const choice = /** @type {HTMLSelectElement} */ (document.querySelector(".languages select"));
  const known = [...choice.options].map((option) => option.value);
  /** @param {string} language show what is said in it, and hide the rest */
  const read = (language) => {
    choice.value = language;
    document.documentElement.lang = language;
    const sections = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-in]"));
    for (const element of sections) {
      element.hidden = element.dataset.in !== language;
      if (!element.hidden) document.documentElement.dir = element.dir;
    }
  };
  /** @returns {string} */
  const wanted = () => {
    const asked = new URLSearchParams(location.hash.slice(1)).get("lang");
    const first = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0] ?? "");
    return [asked ?? "", ...first].find((each) => known.includes(each)) ?? known[0] ?? "en";
  };
  /** @type {HTMLElement} */ (choice.parentElement).hidden = false;
  choice.addEventListener("change", () => {
    history.replaceState(null, "", `#lang=${choice.value}`);
    read(choice.value);
  });
  window.addEventListener("hashchange", () => read(wanted()));
  read(wanted());
}
