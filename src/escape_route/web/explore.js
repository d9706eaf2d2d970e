// Names on a folium map in a notebook: data beside the map, put in by textContent.
(() => {
  /** @type {L.Map} */
  const map = /** @type {any} */ (window).map_story;
  /** @typedef {{ journey: number, number: number, name: string, label: [number, number] }} Named */
  /** @type {{ places: Named[], words: Record<string, string>, credit: string, label: string, language: string }} */
  const data = JSON.parse(document.getElementById("escape-route-places")?.textContent ?? "{}");
  document.documentElement.lang = data.language;
  document.title = data.label;
  map.getContainer().setAttribute("aria-label", data.label);

  const elements = data.places.map(({ label, journey }) => {
    const element = document.createElement("div");
    element.className = `label explore j${journey}`;
    const icon = L.divIcon({ html: element, className: "explore-icon", iconSize: [0, 0] });
    L.marker([label[1], label[0]], { icon, interactive: false, keyboard: false }).addTo(map);
    return element;
  });

  /** A name goes to the right of its point, or to the left, else its number alone; what would cover another is left out. */
  function write() {
    /** @type {DOMRect[]} */
    const taken = [];
    for (const [n, element] of elements.entries()) {
      const { journey, number, name } = /** @type {Named} */ (data.places[n]);
      const again = data.places.slice(0, n).some((place) => place.name === name);
      const texts = journey ? [again ? "" : name] : [`${number} ${name}`, String(number)];
      const ways = texts.flatMap((text) => [false, true].map((left) => ({ text, left })));
      const free = ways.some(({ text, left }) => {
        element.textContent = text;
        element.classList.toggle("is-left", left);
        const a = element.getBoundingClientRect();
        return !taken.some((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom);
      });
      if (!free) element.textContent = "";
      else taken.push(element.getBoundingClientRect());
    }
  }

  /** Layers of ours are named in the reader's language; others' keep their names. */
  function nameLayers() {
    for (const named of map.getContainer().querySelectorAll("[data-word]")) {
      named.textContent = data.words[/** @type {HTMLElement} */ (named).dataset.word ?? ""] ?? named.textContent;
    }
  }

  const credit = document.createElement("div");
  credit.className = "explore-credit";
  credit.textContent = data.credit;
  const Credit = L.Control.extend({ options: { position: "bottomright" }, onAdd: () => credit });
  new Credit().addTo(map);

  map.on("zoomend", write);
  map.on("layeradd layerremove", nameLayers);
  write();
  nameLayers();
})();
