// The map: what is in view, what is lit, and the names.

/** @type {Label[]} */
let labels = [];

let namesAreDue = false;

/** Name the map once, when all that is going on has been done. */
function nameSoon() {
  if (namesAreDue) return;
  namesAreDue = true;
  queueMicrotask(() => {
    namesAreDue = false;
    nameMap();
  });
}

/** @param {[number, number, number, number]} box @returns {L.LatLngBounds} */
function boundsOf([west, south, east, north]) {
  return L.latLngBounds([south, west], [north, east]);
}

/** @returns {L.LatLngBounds} all label points, and the places that have none */
function wholeBounds() {
  const bounds = L.latLngBounds([]);
  for (const { label, bbox } of journey.waypoints) {
    if (label) bounds.extend([label[1], label[0]]);
    else if (bbox) bounds.extend(boundsOf(bbox));
  }
  for (const [n] of journey.legs.entries()) {
    const layer = legLayer(n);
    if (layer) bounds.extend(layer.getBounds());
  }
  return bounds;
}

/** @returns {L.FitBoundsOptions} room for the names and for what lies over the map */
function room() {
  const small = map.getSize().x < 640;
  const legend = one(".legend").hasAttribute("open") && !small ? one(".legend").offsetWidth : 0;
  return {
    paddingTopLeft: [Math.max(36, legend * 0.6), small ? 24 : 72],
    paddingBottomRight: [small ? 60 : 96, 76],
    maxZoom: 6.6,
  };
}

/** @param {L.LatLngBounds} bounds @param {boolean} [atOnce] */
function flyTo(bounds, atOnce = false) {
  if (!bounds.isValid()) return;
  if (atOnce || calm.matches || document.hidden) map.fitBounds(bounds, { ...room(), animate: false });
  else map.flyToBounds(bounds, { ...room(), duration: 1.4, easeLinearity: 0.2 });
}

/** @returns {L.LatLngBounds} what is known of the chapter's place */
function chapterBounds() {
  const waypoint = journey.waypoints[state.chapter - 1];
  if (!waypoint) return wholeBounds();
  if (waypoint.bbox) return boundsOf(waypoint.bbox);
  return L.latLngBounds(waypoint.label ? [[waypoint.label[1], waypoint.label[0]]] : []);
}

/** Bring the chapter into view without moving there, when the room has changed. */
function fitChapter() {
  if (map.getSize().y > 0) flyTo(chapterBounds(), true);
  nameSoon();
}

/** Light the chapter's place and the way to it; what lies ahead stays faint. */
function lightChapter() {
  for (const [w] of journey.waypoints.entries()) {
    for (const layer of placeLayers(w)) setStage(layer, state.chapter === 0 ? "is-past" : stageOf(w, state.chapter));
  }
  for (const [n] of journey.legs.entries()) {
    setStage(legLayer(n), stageOf(n + 1, state.chapter));
    setStage(haloLayer(n), stageOf(n + 1, state.chapter));
  }
}

/** @param {number} w @returns {Label | null} */
function makeLabel(w) {
  const waypoint = must(journey.waypoints[w]);
  const point = labelPoint(w);
  if (!point || waypoint.withheld) return null;
  const now = w + 1 === state.chapter;
  const element = make("div", now ? "label is-now" : "label");
  element.append(make("span", "number", String(waypoint.number)));
  const name = make("span", "name", inLanguage(waypoint.name));
  name.lang = languageOf(waypoint.name);
  element.append(name);
  if (waypoint.within_said) element.append(make("small", "", inLanguage(waypoint.within_said)));
  return { element, point, rank: now ? -1 : waypoint.label ? w : WITHOUT_POINT.rank + w };
}

/** @returns {Label | null} what the shortest journey is, and is not, beside the middle of its longest part */
function computedLabel() {
  const layer = shortestLayer(state.scope);
  const longest = layer ? linesOf(layer).sort((a, b) => b.length - a.length)[0] : undefined;
  if (!longest) return null;
  const element = make("div", "label computed", say("legend_shortest"));
  return { element, point: must(longest[Math.floor(longest.length / 2)]), rank: 50 };
}

/** Make every name anew and find its place. */
function nameMap() {
  labels = [...laidLabels(), ...besideLabels()];
  for (const [w] of laidFrom ? [] : journey.waypoints.entries()) {
    const label = makeLabel(w);
    if (label) labels.push(label);
  }
  const computed = state.bound ? computedLabel() : null;
  if (computed) labels.push(computed);
  labelHost.replaceChildren(...pins(), ...labels.map((label) => label.element));
  placeLabels(labels);
}

/** @returns {HTMLElement[]} a dot for each place that was published as a point */
function pins() {
  return journey.waypoints.flatMap((waypoint) => {
    if (!waypoint.pin || !waypoint.label) return [];
    const { x, y } = map.latLngToContainerPoint([waypoint.label[1], waypoint.label[0]]);
    const pin = make("div", "anchor pin");
    pin.style.transform = `translate(${x}px, ${y}px)`;
    return [pin];
  });
}

/** Zoom buttons and layer names in the reader's language. */
function nameControls() {
  for (const [selector, key] of [
    [".leaflet-control-zoom-in", "zoom_in"],
    [".leaflet-control-zoom-out", "zoom_out"],
    [".leaflet-control-layers-toggle", "layers"],
  ]) {
    const control = document.querySelector(must(selector));
    control?.setAttribute("title", say(must(key)));
    control?.setAttribute("aria-label", say(must(key)));
  }
  translate(one(".leaflet-control-layers"));
}

/** @param {string} where "x,y" in steps of a quarter of the map, or "whole" */
function pan(where) {
  if (where === "whole") {
    flyTo(wholeBounds());
    return;
  }
  const [x = 0, y = 0] = where.split(",").map(Number);
  const { x: width, y: height } = map.getSize();
  map.panBy([(x * width) / 4, (y * height) / 4], { animate: !calm.matches });
}

/** Give the map the size that it has on paper, and bring the whole way into it. */
function startPrint() {
  const root = document.documentElement;
  window.addEventListener("beforeprint", () => {
    root.classList.add("is-printing");
    map.invalidateSize({ animate: false });
    flyTo(wholeBounds(), true);
    for (const ledger of all("[data-ledger]")) updateLedger(ledger);
  });
  window.addEventListener("afterprint", () => {
    root.classList.remove("is-printing");
    map.invalidateSize({ animate: false });
    fitChapter();
  });
}

/** Set the map up once. */
function startMap() {
  one(".map").append(labelHost);
  labelHost.setAttribute("aria-hidden", "true");
  if (narrow.matches) for (const panel of all(".legend, .pan")) panel.removeAttribute("open");
  map.on("movestart zoomstart", () => labelHost.classList.add("is-moving"));
  map.on("moveend", () => {
    nameSoon();
    labelHost.classList.remove("is-moving");
  });
  map.on("layeradd layerremove", nameControls);
  new ResizeObserver(() => {
    map.invalidateSize({ animate: false });
    fitChapter();
  }).observe(one(".map"));
  for (const panel of all(".legend, .pan")) panel.addEventListener("toggle", nameSoon);
  for (const button of all("[data-pan]")) button.addEventListener("click", () => pan(must(button.dataset.pan)));
  startPrint();
}

/** @param {State} now @param {State} before */
function showMap(now, before) {
  if (now.language !== before.language) nameControls();
  if (now.chapter !== before.chapter) flyTo(chapterBounds());
  lightChapter();
  nameSoon();
}
