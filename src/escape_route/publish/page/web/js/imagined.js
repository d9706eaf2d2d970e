// Imagined ways: while the story plays, one way at a time runs through what is known, and is gone. By chance, from a fixed
// seed, out of the sets that are drawn here and of nothing else; nobody went any of them.

const IMAGINED = {
  ms: 1200,
  everyMs: 2000,
  seed: 20_000,
  tries: 40,
  ways: 3,
  fadePx: 60,
  leastScale: 12e6,
  bends: 5,
  sway: 0.16,
};

/** Ground that can be looked up at a pixel: which told country, as a number; 0 is sea, or none of them. @typedef {(x: number, y: number) => number} Ground */

/** @typedef {{ x: number, y: number }} Spot in pixels of the map */

/** @typedef {{ layers: L.GeoJSON[], line: boolean, point: Spot | null }} Known what is known of a place, as it is drawn now */

const imagining = { timer: 0, seed: IMAGINED.seed, sheet: /** @type {HTMLElement | null} */ (null) };

/** @param {number} seed @returns {() => number} from 0 to 1, the same for the same seed (Mulberry32, public domain) */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @returns {number} n, where the map is 1 : n */
function scaleOfMap() {
  const { lat } = map.getCenter();
  const metres = (40_075_017 * Math.cos((lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
  return metres / (0.0254 / 96);
}

/** @returns {boolean} whether ways are imagined here: not for who wants it calm, not with words of care, not near */
function mayImagine() {
  const told = payload.journeys[stopNow().j];
  const vague = told?.legs.some((leg) => leg.vague) ?? false;
  return vague && !told?.care && !calm.matches && !going && scaleOfMap() > IMAGINED.leastScale;
}

/** @param {JourneyPayload} told @returns {Ground} of the countries that were told, painted once for this view, small */
function groundOf(told) {
  const { x: width, y: height } = map.getSize();
  const part = 0.5;
  const sheet = document.createElement("canvas");
  Object.assign(sheet, { width: Math.ceil(width * part), height: Math.ceil(height * part) });
  const ctx = must(sheet.getContext("2d", { willReadFrequently: true }));
  const codes = toldIn(payload.journeys.indexOf(told));
  ctx.scale(part, part);
  for (const [n, code] of codes.entries()) {
    Object.assign(ctx, { fillStyle: `rgb(${n + 1} 0 0)`, strokeStyle: `rgb(${n + 1} 0 0)`, lineWidth: 6 });
    for (const ring of (sides.get(code) ?? []).map(ringPath)) {
      ctx.fill(ring);
      ctx.stroke(ring); // outlines are coarse: without it there is nothing between two neighbours
    }
  }
  ctx.globalCompositeOperation = "destination-in";
  const { x, y } = map.layerPointToContainerPoint([0, 0]);
  ctx.translate(x, y);
  const land = new Path2D();
  for (const layer of pathsOf(drawn("geo_json_land"))) land.addPath(pathOf(/** @type {any} */ (layer)._parts, true));
  ctx.fill(land, "evenodd");
  const { data } = ctx.getImageData(0, 0, sheet.width, sheet.height);
  return (left, top) => {
    const [column, row] = [Math.floor(left * part), Math.floor(top * part)];
    if (column < 0 || row < 0 || column >= sheet.width || row >= sheet.height) return 0;
    const at = 4 * (row * sheet.width + column);
    return data[at + 3] === 255 ? must(data[at]) : 0;
  };
}

/** @param {{ ref: string }} footprint @returns {string} */
function codeOf({ ref }) {
  return ref.startsWith("country:") ? ref.slice(8) : "";
}

/** @param {Side} side @returns {Path2D} */
function ringPath({ ring }) {
  const path = new Path2D();
  for (const [lon, lat] of ring) {
    const { x, y } = map.latLngToContainerPoint([lat, lon]);
    path.lineTo(x, y);
  }
  return path;
}

/** @param {number} w @param {number} j @returns {Known} */
function knownOf(w, j) {
  const waypoint = must(must(payload.journeys[j]).waypoints[w]);
  const at = waypoint.pin && waypoint.label ? map.latLngToContainerPoint([waypoint.label[1], waypoint.label[0]]) : null;
  const layers = placeLayers(w, j);
  const line = layers.some((layer) => pathsOf(layer).some(({ options }) => options.className?.includes("is-line")));
  return { layers, line, point: at };
}

/** @param {Known} known @param {() => number} next @returns {Spot | null} a point of it by chance, null where none of it is in view */
function spotOf({ layers, point, line }, next) {
  if (point) return point;
  const painted = /** @type {Painted[]} */ (/** @type {unknown} */ (layers.flatMap(pathsOf)));
  const seen = painted.filter(({ _map, _parts }) => _map && _parts.length);
  const spot = line ? spotAlong(seen, next) : spotWithin(seen, next);
  return spot && map.layerPointToContainerPoint(L.point(spot.x, spot.y));
}

/** @param {Painted[]} layers @param {() => number} next @returns {Spot | null} */
function spotAlong(layers, next) {
  const spots = layers.flatMap(({ _parts }) => _parts.flat());
  return spots[Math.floor(next() * spots.length)] ?? null;
}

/** @param {Painted[]} layers @param {() => number} next @returns {Spot | null} */
function spotWithin(layers, next) {
  const [inside, bounds] = [new Path2D(), L.bounds([])];
  for (const layer of layers) {
    inside.addPath(pathOf(layer._parts, true));
    bounds.extend(layer._pxBounds.min).extend(layer._pxBounds.max);
  }
  const { min, max } = bounds;
  const ctx = must(scratch.getContext("2d"));
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  for (let turn = 0; min && max && turn < IMAGINED.tries; turn++) {
    const spot = { x: min.x + next() * (max.x - min.x), y: min.y + next() * (max.y - min.y) };
    if (ctx.isPointInPath(inside, spot.x, spot.y, "evenodd")) return spot;
  }
  return null;
}

/** @param {Spot} from @param {Spot} to @param {() => number} next @returns {Spot[]} a winding way, without its beginning */
function windingWay(from, to, next) {
  let way = [from, to];
  for (let bend = 0; bend < IMAGINED.bends; bend++) {
    way = way.flatMap((spot, n) => {
      const after = way[n + 1];
      if (!after) return [spot];
      const [dx, dy] = [after.x - spot.x, after.y - spot.y];
      const off = (next() - 0.5) * 2 * IMAGINED.sway;
      return [spot, { x: spot.x + dx / 2 - dy * off, y: spot.y + dy / 2 + dx * off }];
    });
  }
  return way.slice(1);
}

/** Ways over the sea and through the air are not imagined; a boat on a river stays within the land. */
const OFF_LAND = ["flight", "sea"];

/** @typedef {{ spots: Spot[], closed: Set<number> }} Way its points, and which of them lie on a border or are an end */

/**
 * @param {number} j @param {number} upTo the last place that it goes to @param {Ground} ground @param {() => number} next
 * @returns {Way | null} through all places up to there, on told ground where the mode is by land; null where chance finds none
 */
function imagineWay(j, upTo, ground, next) {
  const told = must(payload.journeys[j]);
  const first = spotOf(knownOf(0, j), next);
  if (!first) return null;
  const [spots, closed] = [[first], new Set([0])];
  for (let w = 1; w <= upTo; w++) {
    if (must(told.legs[w - 1]).modes.every(({ mode }) => OFF_LAND.includes(mode))) break;
    const known = knownOf(w, j);
    const leg = legTo(known, must(spots[spots.length - 1]), ground, next);
    if (!leg) break;
    spots.push(...leg);
    if (known.line) closed.add(spots.length - 1);
  }
  closed.add(spots.length - 1);
  return spots.length > 1 ? { spots, closed } : null;
}

/** @param {number} j @param {number} upTo @param {Ground} ground @returns {Way | null} of a few ways the one that gets farthest */
function farthestWay(j, upTo, ground) {
  const ways = Array.from({ length: IMAGINED.ways }, () => imagineWay(j, upTo, ground, chance(imagining.seed++)));
  return ways.reduce((best, way) => ((way?.spots.length ?? 0) > (best?.spots.length ?? 0) ? way : best), null);
}

/** @param {Known} known @param {Spot} from @param {Ground} ground @param {() => number} next @returns {Spot[] | null} */
function legTo(known, from, ground, next) {
  for (let turn = 0; turn < IMAGINED.tries; turn++) {
    const to = spotOf(known, next);
    const way = to && windingWay(from, to, next);
    // A short one is not seen, and its ends may lie on a river or a border, which the ground knows less well than they are drawn.
    const isShort = to && Math.hypot(to.x - from.x, to.y - from.y) < IMAGINED.fadePx;
    if (way && (isShort || way.slice(1, -2).every(({ x, y }) => ground(x, y)))) return way;
  }
  return null;
}

/** @param {Way} way @param {Ground} ground @returns {number[]} how much of it is seen at each point: nothing near a crossing or an end */
function seenOf({ spots, closed }, ground) {
  const along = [0];
  for (const [n, { x, y }] of spots.entries()) {
    const before = spots[n - 1];
    if (before) along.push(must(along[n - 1]) + Math.hypot(x - before.x, y - before.y));
  }
  const country = spots.map(({ x, y }) => ground(x, y));
  const crossings = spots.flatMap((_, n) => (closed.has(n) || (n && country[n] !== country[n - 1]) ? [spots[n]] : []));
  return spots.map(({ x, y }) => {
    const near = Math.min(...crossings.map((each) => Math.hypot(x - must(each).x, y - must(each).y)));
    return Math.max(0, Math.min(1, (near - IMAGINED.fadePx) / 20));
  });
}

/** @param {Way} way @param {number[]} seen @returns {HTMLCanvasElement} */
function drawWay({ spots }, seen) {
  const { x: width, y: height } = map.getSize();
  const canvas = document.createElement("canvas");
  const dense = Math.min(2, window.devicePixelRatio);
  Object.assign(canvas, { width: width * dense, height: height * dense, className: "imagined-way" });
  const ctx = must(canvas.getContext("2d"));
  ctx.scale(dense, dense);
  Object.assign(ctx, { strokeStyle: colour("blue"), lineWidth: 1.6, lineCap: "round" });
  for (const [n, spot] of spots.entries()) {
    const after = spots[n + 1];
    ctx.globalAlpha = Math.min(must(seen[n]), seen[n + 1] ?? 0) * 0.7;
    if (!after || !ctx.globalAlpha) continue;
    ctx.beginPath();
    ctx.moveTo(spot.x, spot.y);
    ctx.lineTo(after.x, after.y);
    ctx.stroke();
  }
  return canvas;
}

/** Take away what is shown of an imagined way. */
function forgetWay() {
  imagining.sheet?.remove();
  imagining.sheet = null;
}

/** Show one imagined way, which goes by itself. */
function showWay() {
  forgetWay();
  const { j, w } = stopNow();
  const told = payload.journeys[j];
  if (!told || !mayImagine()) return;
  const ground = groundOf(told);
  const way = farthestWay(j, w < 0 ? told.waypoints.length - 1 : w, ground);
  const seen = way && seenOf(way, ground);
  if (!way || !seen?.some(Boolean)) return;
  const sheet = make("div", "imagined");
  sheet.append(drawWay(way, seen), make("p", "imagined-words", say("imagined")));
  one(".map").append(sheet);
  imagining.sheet = sheet;
  const fade = [{ opacity: 0 }, { opacity: 1, offset: 0.25 }, { opacity: 1, offset: 0.7 }, { opacity: 0 }];
  sheet.animate(fade, IMAGINED.ms).finished.then(
    () => imagining.sheet === sheet && forgetWay(),
    () => {},
  );
}

/** One after another, as long as the story plays. */
function imagineOn() {
  window.clearTimeout(imagining.timer);
  if (!playing.on) return forgetWay();
  showWay();
  imagining.timer = window.setTimeout(imagineOn, IMAGINED.everyMs);
}

/** Set imagined ways up: while the story plays, and by a button. */
function startImagined() {
  const button = one("[data-imagine]");
  const offered = () => {
    button.hidden = calm.matches || !payload.journeys.some((told) => !told.care && told.legs.some((leg) => leg.vague));
  };
  offered();
  calm.addEventListener("change", () => {
    offered();
    forgetWay();
  });
  button.addEventListener("click", showWay);
  map.on("movestart zoomstart", forgetWay);
  window.addEventListener("beforeprint", forgetWay);
}
