// Names on a folium map in a notebook: data beside the map, put in by textContent.
(() => {
  /** @type {L.Map} */
  const map = /** @type {any} */ (window).map_story;
  const data = document.getElementById("escape-route-places");
  /** @type {{ number: number, name: string, label: [number, number] }[]} */
  const places = JSON.parse(data?.textContent ?? "[]");
  const elements = places.map(({ label }) => {
    const element = document.createElement("div");
    element.className = "label explore";
    const icon = L.divIcon({ html: element, className: "explore-icon", iconSize: [0, 0] });
    L.marker([label[1], label[0]], { icon, interactive: false, keyboard: false }).addTo(map);
    return element;
  });

  /** A name that would cover another is cut to its number. */
  function write() {
    /** @type {DOMRect[]} */
    const taken = [];
    for (const [n, element] of elements.entries()) {
      const { number, name } = /** @type {{ number: number, name: string }} */ (places[n]);
      element.textContent = `${number} ${name}`;
      const a = element.getBoundingClientRect();
      const covers = taken.some((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom);
      if (covers) element.textContent = String(number);
      taken.push(element.getBoundingClientRect());
    }
  }
  map.on("zoomend", write);
  write();
})();
