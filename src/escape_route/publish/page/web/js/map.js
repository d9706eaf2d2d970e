// The map: what is in view, what is lit, and the names.

/** @type {Label[]} */
let labels = [];

/** @type {Iterator<void, void> | null} the naming that goes on */
let underway = null;

/** Name the map once, in pieces, when all that is going on has been done. */
function nameSoon() {
  const mine = naming();
  underway = mine;
  labelHost.ariaBusy = "true";
  const goOn = () => {
    const until = performance.now() + PIECE_MS;
    while (underway === mine && performance.now() < until) if (mine.next().done) underway = null;
    if (underway === mine) setTimeout(goOn);
    else if (!underway) labelHost.ariaBusy = "false";
  };
  setTimeout(goOn);
}

/** Name the map at once, as paper needs it. */
function nameMap() {
  underway = naming();
  while (!underway.next().done);
  underway = null;
  labelHost.ariaBusy = "false";
}

/** @param {[number, number, number, number]} box @returns {L.LatLngBounds} */
function boundsOf([west, south, east, north]) {
  return L.latLngBounds([south, west], [north, east]);
}

/** @type {Map<number, L.LatLngBounds>} of a journey, or by -1 of all */
const wholes = new Map();

/** @returns {L.LatLngBounds} where the story is: label points, lines, small places, both ends whole, and what is named of the others */
function wholeBounds() {
  const { j } = stopNow();
  const known = wholes.get(j);
  if (known) return known;
  const whole = L.latLngBounds([]);
  for (const [n, told] of payload.journeys.entries()) if (j < 0 || j === n) extendBy(whole, told, n);
  const framed = whole.isValid() ? whole.pad(FRAME) : whole;
  wholes.set(j, framed);
  return framed;
}

/** Of a place that is larger than this so much is in the frame, around where its name hangs: the story is in it, and not all over it. */
const LARGE_DEG = 20;
/** On the way a country or a river that is larger than this is there by its point, where it has one. */
const SMALL_DEG = 2;

/** So much lies around the story, in parts of it: the names of the countries beside it have room. */
const FRAME = 0.08;

/** @param {L.LatLngBounds} whole @param {JourneyPayload} told @param {number} j */
function extendBy(whole, told, j) {
  for (const [w, { label, bbox, hang, footprints }] of told.waypoints.entries()) {
    const at = label ?? hang;
    if (!at) continue;
    const isEnd = w === 0 || w === told.waypoints.length - 1;
    const own = bbox && boundsOf(bbox);
    const most = isEnd || !label || !footprints.length ? LARGE_DEG : SMALL_DEG;
    if (own && spanOfBounds(own) <= most) whole.extend(own);
    else if (own && !label) extendAround(whole, at, own);
    else whole.extend([at[1], at[0]]);
  }
  for (const [n, leg] of told.legs.entries()) {
    const layer = leg.vague ? undefined : legLayer(n, j);
    if (layer) whole.extend(layer.getBounds());
  }
}

/** @param {L.LatLngBounds} whole @param {Position} at where the name of a large place hangs @param {L.LatLngBounds} own */
function extendAround(whole, [lon, lat], own) {
  const half = LARGE_DEG / 2;
  whole.extend([Math.max(own.getSouth(), lat - half), Math.max(own.getWest(), lon - half)]);
  whole.extend([Math.min(own.getNorth(), lat + half), Math.min(own.getEast(), lon + half)]);
}

/** @returns {{ top: number, bottom: number }} how much of the map's height lies outside the window or under what is read */
function hidden() {
  const box = one(".map").getBoundingClientRect();
  const framed = document.documentElement.classList.contains("is-embed");
  const foot = narrow.matches && !framed ? (all(".view > .ledger:not([hidden])")[0]?.offsetHeight ?? 0) : 0;
  const top = Math.max(0, -box.top);
  const below = Math.max(0, box.bottom - (window.innerHeight - foot));
  // Where a chapter is read the map stays, and cards lie over it: so it is told here before the page has come there.
  if (narrow.matches && state.chapter && !framed) return { top: 0, bottom: box.height * 0.42 };
  return { top, bottom: Math.min(box.height * 0.8, below) };
}

/** @returns {number} how high the words on the arrows stand at the foot of a narrow map */
function noteAtFoot() {
  const note = all(".order-note")[0];
  return narrow.matches ? (note?.offsetHeight ?? 0) : 0;
}

/** What lies alone is seen from here: nearer there would be nothing around it. */
const ALONE_ZOOM = 8;

/** @returns {L.FitBoundsOptions} room for the names and for what lies over the map, and how near that goes */
function room() {
  const around = margins();
  return { ...around, maxZoom: Math.max(ALONE_ZOOM, zoomTogether(around)) };
}

/** @param {Margins} around @returns {number} that at which the whole story is seen, or a place beside the nearer of those told before it and after it */
function zoomTogether({ paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] }) {
  const { j, w } = stopNow();
  const together = w < 0 ? wholeBounds() : besideNearest(must(payload.journeys[j]).waypoints, w);
  if (!together?.isValid() || spanOfBounds(together) === 0) return ALONE_ZOOM;
  // The place stands in the middle, so that half of the map is left for the other one.
  const zoom = map.getBoundsZoom(together, false, L.point(left + right, top + bottom)) - (w < 0 ? 0 : 1);
  return Number.isFinite(zoom) ? zoom : ALONE_ZOOM; // a map that is covered has no room
}

/** @param {WaypointPayload[]} told @param {number} w @returns {L.LatLngBounds | undefined} all that is known of a place and of the nearer of its neighbours */
function besideNearest(told, w) {
  const [own, ...others] = [w, w - 1, w + 1].map((n) => told[n]?.bbox);
  if (!own) return undefined;
  const pairs = others.flatMap((other) => (other ? [boundsOf(own).extend(boundsOf(other))] : []));
  return pairs
    .filter((pair) => spanOfBounds(pair) > 0)
    .sort((one, other) => spanOfBounds(one) - spanOfBounds(other))[0];
}

/** @typedef {{ paddingTopLeft: [number, number], paddingBottomRight: [number, number] }} Margins */

/** @returns {Margins} for the names and for what lies over the map */
function margins() {
  const { x: width, y: height } = map.getSize();
  const { top, bottom } = hidden();
  // The names of what lies at the side of a tall map have room beside it.
  const side = Math.min(72, width * (height - top - bottom > width ? 0.12 : 0.07));
  const head = Math.min(50, width * 0.05, height * 0.05);
  return {
    paddingTopLeft: [side, head + top],
    paddingBottomRight: [side, head + bottom + Math.max(head, noteAtFoot())],
  };
}

/** @returns {L.LatLngBounds} what is known of the chapter's place, no more of it than lies around the story */
function chapterBounds() {
  const { j, w } = stopNow();
  const waypoint = payload.journeys[j]?.waypoints[w];
  if (!waypoint) return wholeBounds();
  const around = wholeBounds().isValid() ? wholeBounds().pad(0.12) : null;
  if (waypoint.bbox) {
    const own = boundsOf(waypoint.bbox);
    if (!around?.intersects(own) || spanOfBounds(own) <= spanOfBounds(around)) return own;
    const west = Math.max(own.getWest(), around.getWest());
    const east = Math.min(own.getEast(), around.getEast());
    const south = Math.max(own.getSouth(), around.getSouth());
    return boundsOf([west, south, east, Math.min(own.getNorth(), around.getNorth())]);
  }
  return L.latLngBounds(waypoint.label ? [[waypoint.label[1], waypoint.label[0]]] : []);
}

/** @param {L.LatLngBounds} bounds @returns {number} the longer side, in degrees */
function spanOfBounds(bounds) {
  return Math.max(bounds.getEast() - bounds.getWest(), bounds.getNorth() - bounds.getSouth());
}

/** Bring the chapter into view without moving there, when the room has changed. */
function fitChapter() {
  showOrder();
  if (map.getSize().y > 0) flyTo(chapterBounds(), true);
  nameSoon();
}

/** The order is seen where the whole way is, and what says what its arrows are with it. */
function showOrder() {
  if (!wholeBounds().isValid() || map.getSize().y === 0) return;
  const { paddingTopLeft, paddingBottomRight } = margins();
  const around = L.point(paddingTopLeft).add(L.point(paddingBottomRight));
  Object.assign(map.options, { orderZoom: map.getBoundsZoom(wholeBounds(), false, around) });
  const note = all(".order-note")[0];
  const { j } = stopNow();
  const isTold = payload.journeys.some((_, n) => (j < 0 || j === n) && drawn(`geo_json_order_${n}_0`));
  if (note) note.hidden = !isTold || orderSeen(map) === 0;
}

/** Light the chapter's place and the way to it; what lies ahead stays faint. Of several journeys the one that is read is shown. */
function lightChapter() {
  const now = stopNow();
  for (const [j, told] of payload.journeys.entries()) {
    if (isJoint) showJourney(j, now.j < 0 || now.j === j);
    for (const [w] of told.waypoints.entries()) {
      for (const layer of placeLayers(w, j)) setStage(layer, stageIn(now, w));
    }
  }
}

/** @param {Stop} now @param {number} w @returns {"is-past" | "is-now" | "is-ahead"} all are alike where all is seen, and fainter where several journeys lie on one another */
function stageIn(now, w) {
  if (now.w >= 0) return stageOf(w, now.w);
  return now.j < 0 ? "is-ahead" : "is-past";
}

/** @param {number} j @param {boolean} shown */
function showJourney(j, shown) {
  for (const kind of ["places", "order", "legs"]) {
    const group = drawn(`feature_group_${kind}_${j}`);
    if (!group || map.hasLayer(group) === shown) continue;
    if (shown) group.addTo(map);
    else group.remove();
  }
}

/** @param {number} w @param {number} j @returns {Label | null} */
function makeLabel(w, j) {
  const waypoint = must(must(payload.journeys[j]).waypoints[w]);
  const point = labelPoint(w, j);
  if (!point || waypoint.withheld) return null;
  const now = w === stopNow().w;
  const element = make("div", now ? "label is-now" : "label");
  if (countryOf(waypoint)) element.classList.add("is-country");
  const bare = inLanguage(waypoint.name).replace(/^the /i, "");
  if (countryOf(waypoint) && countrysNames(waypoint).includes(bare)) element.classList.add("is-called");
  const ends = [0, must(payload.journeys[j]).waypoints.length - 1];
  const isEnd = ends.includes(w);
  if (isEnd) element.classList.add("is-key");
  addNumber(element, make("span", "number", String(waypoint.number)));
  const name = make("span", "name", inLanguage(waypoint.name));
  name.lang = languageOf(waypoint.name);
  element.append(name);
  const isAlone = isEnd && !countryOf(waypoint) && !isAmong(waypoint, j);
  const country = isAlone ? payload.names.find(isCountry(waypoint.brief)) : undefined;
  const rivers = isEnd ? [] : riversOf(waypoint);
  if (country) element.append(briefName(inLanguage(country.name), languageOf(country.name)));
  const isCoarse = waypoint.footprints.some(({ ref }) => ref.startsWith("country:"));
  const first = isCoarse || isEnd ? bare : firstWords(bare);
  if (rivers[0]) element.append(briefName(rivers.map(inLanguage).join(" / "), languageOf(rivers[0]), "is-own"));
  else if (first !== bare) element.append(briefName(first, languageOf(waypoint.name), "is-own is-first"));
  if (waypoint.within_said) element.append(make("small", "radius", inLanguage(waypoint.within_said)));
  const { ended } = must(payload.journeys[j]);
  if (isEnd && w > 0 && ended) element.append(make("small", "", inLanguage(ended)));
  const rank = now ? -1 : waypoint.label ? w : WITHOUT_POINT.rank + w;
  const { brief: within, avoid } = waypoint;
  const code = countryOf(waypoint) ?? (isAlone ? within : null) ?? undefined;
  const other = isEnd ? labelPoint(must(ends.find((end) => end !== w) ?? w), j) : null;
  const isOnBorder = waypoint.footprints.length > 0 && toldIn(j).length - avoid.length > 1;
  const up = isEnd ? (other && other.lat > point.lat ? -1 : 1) : undefined;
  const brief = country && L.latLng(country.at[1], country.at[0]);
  const river = rivers.length === 1 ? waypoint.footprints[0]?.ref : undefined;
  const isPoint = waypoint.label !== null;
  return { element, point, brief, isPoint, isCoarse, rank, avoid, code, within, up, isOnBorder, river };
}

/** @param {number} w @param {number} j @returns {Label[]} the number of a place on each of its other parts, of which it may be any */
function numbersAgain(w, j) {
  const { again, number } = must(must(payload.journeys[j]).waypoints[w]);
  return again.map(([lon, lat]) => {
    const element = make("div", w === stopNow().w ? "label is-now" : "label");
    addNumber(element, make("span", "number", String(number)));
    return { element, point: L.latLng(lat, lon), rank: WITHOUT_POINT.rank + w };
  });
}

/** @param {WaypointPayload} waypoint @param {number} j @returns {boolean} whether it is one of several points in its country, whose name then says nothing of it */
function isAmong(waypoint, j) {
  const there = must(payload.journeys[j]).waypoints.filter(({ brief, label }) => label && brief === waypoint.brief);
  return waypoint.label !== null && waypoint.brief !== null && there.length > 1;
}

/** @param {string | null} brief @returns {(name: Payload["names"][number]) => boolean} */
function isCountry(brief) {
  return ({ kind, code }) => kind === "country" && code === brief;
}

/** @param {WaypointPayload} waypoint @returns {Texts[]} names of the rivers that it was told as, as nothing else, and that the map names */
function riversOf({ footprints }) {
  const named = footprints.map(({ ref }) => payload.names.find(({ kind, code }) => kind === "river" && code === ref));
  return named.flatMap((each) => (each && named.every(Boolean) ? [each.name] : []));
}

/** @param {string} text @param {string} lang @param {string} kind @returns {HTMLElement} what stands for the name where there is no room for it */
function briefName(text, lang, kind = "") {
  const name = make("span", `brief ${kind}`, text);
  name.lang = lang;
  return name;
}

/** @param {WaypointPayload} waypoint @returns {string | null} the one country that a place was told as */
function countryOf({ footprints }) {
  const [only] = footprints;
  return footprints.length === 1 && only?.ref.startsWith("country:") ? only.ref.slice(8) : null;
}

/** @param {WaypointPayload} waypoint @returns {string[]} how the country that it was told as is called, without an article */
function countrysNames(waypoint) {
  const named = payload.names.find(isCountry(countryOf(waypoint)));
  const names = [waypoint.footprints[0]?.name, named?.name].flatMap((name) => (name ? [inLanguage(name)] : []));
  return names.map((name) => name.replace(/^the /i, ""));
}

/** @returns {Label | null} what the shortest journey is, and is not, beside the middle of its longest part */
function computedLabel() {
  const layer = shortestNow();
  const longest = layer ? linesOf(layer).sort((a, b) => b.length - a.length)[0] : undefined;
  if (!longest) return null;
  const element = make("div", "label computed", say("legend_shortest"));
  return { element, point: must(longest[Math.floor(longest.length / 2)]), rank: 50 };
}

/** Countries that were told, and that no place is named by, are named before all that is there for orientation. */
const CROSSED = 90;

/** The upper edge of a card over the map moves by so much while it is read, in pixels. */
const CARD_PX = 48;

/** @returns {L.LatLngBounds} what no card lies over while a chapter is read on a narrow screen, or all that is seen */
function openBounds() {
  const { x, y } = map.getSize();
  const bottom = narrow.matches && state.chapter ? hidden().bottom + CARD_PX : 0;
  const corners = [L.point(0, 0), L.point(x, y - bottom)].map((at) => map.containerPointToLatLng(at));
  return L.latLngBounds(must(corners[0]), must(corners[1])).pad(-0.02);
}

/** @returns {Label[]} rivers that were told, countries, seas and capital cities, which stand at their places or not at all */
function orientationLabels() {
  const { j } = stopNow();
  const waypoints = payload.journeys[j]?.waypoints ?? [];
  const ofAll = toldIn(j);
  const here = map.getBounds().pad(-0.02);
  const open = openBounds();
  const seen = waypoints.filter((_, w) => isIn(here, labelPoint(w, j)));
  const isSaid = (/** @type {WaypointPayload} */ each) =>
    countrysNames(each).some((name) => inLanguage(each.name).includes(name));
  const told = new Set(seen.filter(isSaid).map(countryOf));
  // Where several journeys are seen at once no place has its name: the countries that they were told in have theirs.
  const crossed = new Set(j < 0 ? ofAll : waypoints.slice(1, -1).map(({ brief }) => brief));
  crossed.delete(waypoints[0]?.brief ?? null);
  return payload.names.flatMap(({ kind, name, at: [lon, lat], code }, n) => {
    const isLand = kind === "country";
    const middle = L.latLng(lat, lon);
    const point = open.contains(middle) ? middle : isLand ? amidst(code)[0] : null;
    if (!point || (isLand && told.has(code)) || waypoints.some(isCalledSo(code, name))) return [];
    const element = make("div", `label orientation is-${kind}${isLand ? " is-called" : ""}`);
    const words = make("span", "name", inLanguage(name));
    words.lang = languageOf(name);
    element.append(words);
    const isCrossed = isLand && crossed.has(code);
    const others = isCrossed ? ofAll : [...sides.keys()];
    const avoid = isLand ? others.filter((other) => other !== code) : [];
    const rank = isCrossed ? CROSSED : ORIENTATION + (isLand && ofAll.includes(code) ? 0 : 1 + n);
    const whose = kind === "capital" ? { country: code } : isLand || kind === "river" ? { code } : {};
    return [{ element, point, rank, kind, avoid, ...whose }];
  });
}

/** @param {number} j @returns {string[]} the countries that a journey, or by -1 all of them, were told in */
function toldIn(j) {
  const waypoints = (j < 0 ? payload.journeys : payload.journeys.slice(j, j + 1)).flatMap((told) => told.waypoints);
  return [...new Set(waypoints.flatMap(({ avoid, footprints }) => [...avoid, ...footprints.map(codeOf)]))];
}

/** @param {string} code @param {Texts} name @returns {(waypoint: WaypointPayload, w: number, all: WaypointPayload[]) => boolean} whether it is an end, which is always named, that was told as this alone and by its name */
function isCalledSo(code, name) {
  return ({ footprints: [only, ...more], name: own }, w, { length }) =>
    (w === 0 || w === length - 1) && only?.ref === code && !more.length && inLanguage(own).endsWith(inLanguage(name));
}

/** @param {L.LatLngBounds} here @param {L.LatLng | null | undefined} point @returns {boolean} */
function isIn(here, point) {
  return Boolean(point && here.contains(point));
}

/** So many points across and down are tried for the name of a country of which the map shows a part. */
const TRIED = { across: 12, down: 9 };

/** @param {string} code of a country @returns {L.LatLng[]} points amid what is seen of it, those with the most of it around them first; none where that is little */
function amidst(code) {
  const { x: width, y: height } = map.getSize();
  const rings = sides.get(code) ?? [];
  /** @param {number} column @param {number} row */
  const placeAt = (column, row) =>
    map.containerPointToLatLng(L.point(((column + 0.5) / TRIED.across) * width, ((row + 0.5) / TRIED.down) * height));
  const grid = Array.from({ length: TRIED.down }, (_, row) =>
    Array.from({ length: TRIED.across }, (_, column) => rings.some((ring) => within(placeAt(column, row), ring))),
  );
  const around = [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((x) => [x, y]));
  const found = [];
  for (let row = 1; row < TRIED.down - 1; row++) {
    for (let column = 1; column < TRIED.across - 1; column++) {
      const count = around.filter(([x = 0, y = 0]) => grid[row + y]?.[column + x]).length;
      if (grid[row]?.[column] && count > 5) found.push({ count, place: placeAt(column, row) });
    }
  }
  return found.sort((a, b) => b.count - a.count).map(({ place }) => place);
}

/** Make every name anew and find its place. */
function* naming() {
  labels = [...laidLabels(), ...orientationLabels()];
  const { j } = stopNow();
  const places = laidFrom ? [] : (payload.journeys[j]?.waypoints ?? []);
  for (const [w] of places.entries()) {
    const label = makeLabel(w, j);
    if (label) labels.push(label, ...numbersAgain(w, j));
  }
  const computed = state.bound ? computedLabel() : null;
  if (computed) labels.push(computed);
  labelHost.replaceChildren(...places.flatMap(pinOf), ...labels.map((label) => label.element));
  for (const { element } of labels) element.style.visibility = "hidden";
  yield;
  yield* placing(labels);
}

/** @param {WaypointPayload} waypoint @returns {HTMLElement[]} a dot where it was published as a point */
function pinOf({ pin, label }) {
  return pin && label ? [dotAt(L.latLng(label[1], label[0]), "anchor pin")] : [];
}

/** @param {L.LatLng} point @param {string} className @returns {HTMLElement} */
function dotAt(point, className) {
  const { x, y } = map.latLngToContainerPoint(point);
  const dot = make("div", className);
  dot.style.transform = `translate(${x}px, ${y}px)`;
  return dot;
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

/**
 * A browser that prints paints a canvas again, step by step, and steps that mix or take away colour come out white on
 * paper: pixels are printed as they are.
 * @param {HTMLCanvasElement} canvas
 */
function asPixels(canvas) {
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.putImageData(ctx.getImageData(0, 0, canvas.width, canvas.height), 0, 0);
}

/** @param {boolean} finely paint two pixels for one of the screen's, as on a fine screen */
function paintFinely(finely) {
  /** @type {{ retina: boolean }} */ (L.Browser).retina = finely;
}

/** @param {number} chapter lay the whole of a journey, or of all, on the map as it is on paper */
function layOnPaper(chapter) {
  state.chapter = chapter;
  lightChapter();
  map.fitBounds(wholeBounds(), { padding: [20, 20], animate: false });
  repaint(map);
  for (const canvas of /** @type {HTMLCanvasElement[]} */ (all(".leaflet-pane > canvas", one(".map"))))
    asPixels(canvas);
  nameMap();
}

/** @returns {HTMLElement} the map as it stands now */
function copyOfMap() {
  const copy = /** @type {HTMLElement} */ (one(".map").cloneNode(true));
  const own = /** @type {HTMLCanvasElement[]} */ (all("canvas", one(".map")));
  for (const [n, canvas] of /** @type {HTMLCanvasElement[]} */ (all("canvas", copy)).entries()) {
    canvas.getContext("2d")?.drawImage(must(own[n]), 0, 0);
  }
  copy.classList.add("is-copy");
  return copy;
}

/** Give the map the size that it has on paper, and bring the whole way into it; each of several journeys has its own there. */
function startPrint() {
  const root = document.documentElement;
  const finely = L.Browser.retina;
  let { chapter } = state;
  window.addEventListener("beforeprint", () => {
    ({ chapter } = state);
    root.classList.add("is-printing");
    one(".map").after(one(".legend"));
    one(".legend").setAttribute("open", "");
    paintFinely(true);
    map.invalidateSize({ animate: false });
    for (const [n, { j, w }] of stops.entries()) {
      if (!isJoint || j < 0 || w >= 0) continue;
      layOnPaper(n);
      must(chapterElements[n]).append(copyOfMap());
    }
    layOnPaper(0);
    drawLedgers();
  });
  window.addEventListener("afterprint", () => {
    root.classList.remove("is-printing");
    for (const copy of all(".map.is-copy")) copy.remove();
    state.chapter = chapter;
    lightChapter();
    paintFinely(finely);
    one(".legend").removeAttribute("open");
    one(".credit").before(one(".legend"));
    map.invalidateSize({ animate: false });
    repaint(map);
    fitChapter();
    drawLedgers();
  });
}

/** Where one finger scrolls the page it does not move the map: the buttons in the legend do, and two fingers. */
function startTouch() {
  if (window.matchMedia("(pointer: coarse)").matches) map.dragging.disable();
}

/** @param {KeyboardEvent} event what was opened over the map by a pointer or a key goes again */
function closeLayers({ key }) {
  const opened = document.querySelector(".leaflet-control-layers-expanded");
  if (key !== "Escape" || !opened) return;
  const within = opened.contains(document.activeElement);
  opened.classList.remove("leaflet-control-layers-expanded");
  if (within) one(".leaflet-control-layers-toggle").focus();
}

/** Names and the ledger find their places anew when the reader makes the text larger or sets it wider. */
function watchText() {
  const probe = make("div", "label probe", "Ag 0");
  one(".map").append(probe);
  probe.setAttribute("aria-hidden", "true");
  new ResizeObserver(() => {
    nameSoon();
    if (one("[data-ledger]").hasChildNodes()) drawLedgers();
  }).observe(probe);
}

/** Set the map up once. */
function startMap() {
  one(".map").append(labelHost);
  labelHost.setAttribute("aria-hidden", "true");
  map.on("movestart zoomstart", () => labelHost.classList.add("is-moving"));
  map.on("moveend", () => {
    showOrder();
    nameSoon();
    if (!going) labelHost.classList.remove("is-moving");
  });
  map.on("layeradd layerremove", nameControls);
  document.addEventListener("keydown", closeLayers);
  let size = `${one(".map").offsetWidth} ${one(".map").offsetHeight}`;
  new ResizeObserver(() => {
    const { offsetWidth, offsetHeight } = one(".map");
    const now = `${offsetWidth} ${offsetHeight}`;
    if (size === now) return;
    size = now;
    const fit = () => {
      map.invalidateSize({ animate: false });
      fitChapter();
    };
    // The frame that saw another size has the map to paint, at the start as well.
    if (calm.matches) fit();
    else setTimeout(fit);
  }).observe(one(".map"));
  one(".legend").addEventListener("toggle", nameSoon);
  watchText();
  for (const button of all("[data-pan]")) button.addEventListener("click", () => pan(must(button.dataset.pan)));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => repaint(map));
  drawn("image_overlay_relief")?.on("load", () => repaint(map));
  startTouch();
  startPrint();
}

/** @param {State} now @param {State} before */
function showMap(now, before) {
  if (now.language !== before.language) nameControls();
  lightChapter();
  if (now.chapter !== before.chapter) flyTo(chapterBounds());
  nameSoon();
}
