// Names on a folium map in a notebook: data beside the map, put in by textContent.
(() => {
  const data = document.getElementById("escape-route-places");
  /** @type {{ number: number, name: string, label: [number, number] }[]} */
  const places = JSON.parse(data?.textContent ?? "[]");
  for (const { number, name, label } of places) {
    const element = document.createElement("div");
    element.className = "label explore";
    element.textContent = `${number} ${name}`;
    const icon = L.divIcon({ html: element, className: "explore-icon", iconSize: [0, 0] });
    L.marker([label[1], label[0]], { icon, interactive: false, keyboard: false }).addTo(
      /** @type {any} */ (window).map_story,
    );
  }
})();
