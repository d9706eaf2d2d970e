// Names on a folium map in a notebook: data beside the map, put in by textContent.
(() => {
  /** @type {L.Map} */
  const map = /** @type {any} */ (window).map_story;
  /** @typedef {{ journey: number, number: number, name: string, said: string, pin: boolean, label: [number, number] }} Named */
  /** @typedef {{ places: Named[], signs: [string, string][], credit: Record<string, string>, label: string, language: string }} Shown */
  /** @typedef {Shown & { warning?: string }} Told */
  /** @type {Told & { words: Record<string, string> }} */
  const data = JSON.parse(document.getElementById("escape-route-places")?.textContent ?? "{}");
  document.documentElement.lang = data.language;
  document.title = data.label;
  map.getContainer().setAttribute("aria-label", data.label);

  const elements = data.places.map(({ label, journey, pin }) => {
    const at = L.latLng(label[1], label[0] + turnOf(label[0]));
    const element = document.createElement("div");
    element.className = `label explore j${journey}`;
    const icon = L.divIcon({ html: element, className: "explore-icon", iconSize: [0, 0] });
    L.marker(at, { icon, interactive: false, keyboard: false }).addTo(map);
    if (pin) {
      const dot = { radius: 4, color: colour("paper"), weight: 1.2, fillColor: colour("blue"), fillOpacity: 1 };
      L.circleMarker(at, { ...dot, interactive: false }).addTo(map);
    }
    return element;
  });

  /** Sides of a point that a name may stand at, the best first. */
  const SIDES = ["", "is-left", "is-up", "is-down", "is-left is-up", "is-left is-down"];
  const NUMBER_SIDES = [...SIDES, "is-over", "is-under"];
  const NAME_SIDES = [...NUMBER_SIDES, "is-over is-high", "is-under is-low"];
  const GAP_PX = 3;

  /** A name stands beside its point, else its number alone; what would cover another or leave the map is left out. */
  function write() {
    const frame = map.getContainer().getBoundingClientRect();
    /** @type {DOMRect[]} */
    const taken = [];
    for (const [n, element] of elements.entries()) {
      const { journey, number, name, said } = /** @type {Named} */ (data.places[n]);
      const again = data.places.slice(0, n).some((place) => place.name === name);
      const texts = journey ? [again ? "" : name] : [`${number} ${name}`, String(number)];
      const notes = journey || !said ? [] : [said];
      const ways = texts.flatMap((text, n) => (n ? NUMBER_SIDES : NAME_SIDES).map((side) => ({ text, side })));
      const free = ways.some(({ text, side }) => {
        element.replaceChildren(text, ...(text === texts[0] ? notes.map(noteOf) : []));
        element.className = `label explore j${journey} ${side}`;
        const box = element.getBoundingClientRect();
        return within(box, frame) && !taken.some((other) => overlap(box, other));
      });
      if (!free) element.textContent = "";
      else taken.push(element.getBoundingClientRect());
    }
  }

  /** @param {string} said how exactly a place is known @returns {HTMLElement} */
  function noteOf(said) {
    return Object.assign(document.createElement("span"), { className: "explore-note", textContent: said });
  }

  /** @param {DOMRect} a @param {DOMRect} b @returns {boolean} */
  function overlap(a, b) {
    const beside = a.left < b.right + GAP_PX && b.left < a.right + GAP_PX;
    return beside && a.top < b.bottom + GAP_PX && b.top < a.bottom + GAP_PX;
  }

  /** @param {DOMRect} box @param {DOMRect} frame @returns {boolean} */
  function within(box, frame) {
    return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
  }

  /** Layers of ours are named in the reader's language; others' keep their names. */
  function nameLayers() {
    for (const named of map.getContainer().querySelectorAll("[data-word]")) {
      named.textContent = data.words[/** @type {HTMLElement} */ (named).dataset.word ?? ""] ?? named.textContent;
    }
  }

  /** @param {string} kind @returns {Element} what stands beside its meaning */
  function signOf(kind) {
    if (kind !== "order" && kind !== "over") {
      return Object.assign(document.createElement("i"), { className: `is-${kind}` });
    }
    const sign = document.createElement("i");
    const arrow = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    arrow.setAttribute("viewBox", "0 0 34 18");
    arrow.setAttribute("class", `key-order${kind === "over" ? " is-over" : ""}`);
    const path = document.createElementNS(arrow.namespaceURI, "path");
    path.setAttribute("d", "M3 9 20 8 17 4 32 9 17 14 20 10z");
    arrow.append(path);
    sign.className = "is-arrow";
    sign.append(arrow);
    return sign;
  }

  const credit = document.createElement("div");
  credit.className = "explore-credit";
  for (const [kind, said] of Object.entries(data.credit)) {
    const part = document.createElement("span");
    part.className = kind;
    part.textContent = said;
    credit.append(part);
  }
  const signs = document.createElement("ul");
  signs.className = "explore-signs";
  for (const [kind, said] of data.signs) {
    const row = document.createElement("li");
    row.append(signOf(kind), said);
    signs.append(row);
  }
  const Signs = L.Control.extend({ options: { position: "bottomleft" }, onAdd: () => signs });
  new Signs().addTo(map);

  const Credit = L.Control.extend({ options: { position: "bottomright" }, onAdd: () => credit });
  new Credit().addTo(map);

  if (data.warning) {
    const warning = document.createElement("p");
    warning.className = "explore-warning";
    warning.textContent = data.warning;
    map.getContainer().append(warning);
  }

  map.on("moveend resize", write);
  map.on("layeradd layerremove", nameLayers);
  write();
  nameLayers();
})();
