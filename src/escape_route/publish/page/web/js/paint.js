// How the map is painted: folium draws shapes by class, and here a class is given its colours. Uncertain is soft.

const INWARD_PX = 7;
/** What is smaller is all edge: it is filled evenly, and stronger, for it is seen as a spot. */
const SMALL_PX = 16;
/** What fades over more than this fades without steps. */
const WIDE_PX = 14;
/** @type {[number, number, number]} */
const BAND_PX = [13, 9, 5];

/** How far a country or a disc is filled: by how far the story has come. */
const STRENGTH = { "is-now": 0.34, "is-past": 0.18, "is-ahead": 0.1 };

/** @type {Map<string, string>} */
const colours = new Map();

/** @param {string} name @returns {string} a colour of the style sheet */
function colour(name) {
  const known = colours.get(name);
  if (known !== undefined) return known;
  const found = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  colours.set(name, found);
  return found;
}

/** @typedef {{ options: { className?: string, stage?: string }, _parts: { x: number, y: number }[][], _pxBounds: any, _map: L.Map, _renderer: any }} Painted */

/** @param {{ x: number, y: number }[][]} parts lines or rings @param {boolean} closed @returns {Path2D} */
function pathOf(parts, closed) {
  const path = new Path2D();
  for (const part of parts) {
    for (const [n, { x, y }] of part.entries()) n ? path.lineTo(x, y) : path.moveTo(x, y);
    if (closed) path.closePath();
  }
  return path;
}

/**
 * The outline of a disc without what a coast or a border takes off: that has no edge of its own to fade from.
 * @param {Painted} layer @returns {Path2D} the convex hull
 */
function roundOf(layer) {
  const points = layer._parts.flat().sort((one, other) => one.x - other.x || one.y - other.y);
  const path = new Path2D();
  for (const side of [points, [...points].reverse()]) {
    /** @type {{ x: number, y: number }[]} */
    const found = [];
    for (const point of side) {
      while (found.length > 1 && !turnsLeft(found.at(-2), found.at(-1), point)) found.pop();
      found.push(point);
    }
    for (const { x, y } of found) path.lineTo(x, y);
  }
  path.closePath();
  return path;
}

/** @param {any} from @param {any} by @param {{ x: number, y: number }} to @returns {boolean} */
function turnsLeft(from, by, to) {
  return (by.x - from.x) * (to.y - from.y) - (by.y - from.y) * (to.x - from.x) > 0;
}

/** Meridian that the map is drawn around: 0, or that of a journey that lies across 180 degrees. */
let middleDeg = 0;
/** @this {any} */
function takeMiddle() {
  middleDeg = this.options.middle ?? 0;
}
L.Map.addInitHook(takeMiddle);

/** @param {number} lng @returns {number} degrees by which it is moved, to lie in the copy of the world that is drawn */
function turnOf(lng) {
  return middleDeg ? -360 * Math.floor((lng - middleDeg + 180) / 360) : 0;
}

/** @param {any} nested lines or rings, as Leaflet keeps them, each brought there in one piece @param {L.LatLngBounds} bounds of them */
function turnLines(nested, bounds) {
  if (!(nested[0] instanceof L.LatLng)) {
    for (const part of nested) turnLines(part, bounds);
    return;
  }
  let [west, east] = [Infinity, -Infinity];
  for (const { lng } of nested) [west, east] = [Math.min(west, lng), Math.max(east, lng)];
  const turn = turnOf((west + east) / 2);
  for (const [n, { lat, lng }] of nested.entries()) {
    nested[n] = L.latLng(lat, lng + turn);
    bounds.extend(nested[n]);
  }
}

const { _setLatLngs: setLines } = /** @type {any} */ (L.Polyline.prototype);
/** @type {any} */ (L.Polyline).include({
  /** @this {any} @param {any} nested */
  _setLatLngs(nested) {
    setLines.call(this, nested);
    if (!middleDeg) return;
    this._bounds = L.latLngBounds([]);
    turnLines(this._latlngs, this._bounds);
  },
});

const scratch = document.createElement("canvas");
const softened = document.createElement("canvas");

/** A sheet has as many pixels for one of the map's: what is soft needs no more, and a quarter is painted in a quarter of the time. */
const SHEET = 0.5;

/**
 * Paint something on a sheet of its own, no larger than it is, and lay that on the map.
 * @param {CanvasRenderingContext2D} ctx @param {Painted} layer @param {number} alpha
 * @param {(sheet: CanvasRenderingContext2D) => void} draw
 */
function onSheet(ctx, layer, alpha, draw) {
  const width = Math.ceil(ctx.canvas.width * SHEET);
  const height = Math.ceil(ctx.canvas.height * SHEET);
  if (scratch.width !== width || scratch.height !== height) Object.assign(scratch, { width, height });
  const sheet = /** @type {CanvasRenderingContext2D} */ (scratch.getContext("2d"));
  const { a, d, e, f } = ctx.getTransform();
  const own = new DOMMatrix([a * SHEET, 0, 0, d * SHEET, e * SHEET, f * SHEET]);
  const { min, max } = layer._pxBounds;
  const x = Math.max(0, Math.floor(own.a * (min.x - BAND_PX[0]) + own.e));
  const y = Math.max(0, Math.floor(own.d * (min.y - BAND_PX[0]) + own.f));
  const wide = Math.min(width, Math.ceil(own.a * (max.x + BAND_PX[0]) + own.e)) - x;
  const high = Math.min(height, Math.ceil(own.d * (max.y + BAND_PX[0]) + own.f)) - y;
  if (wide <= 0 || high <= 0) return;
  sheet.setTransform(1, 0, 0, 1, 0, 0);
  sheet.clearRect(x - 2, y - 2, wide + 4, high + 4); // what is laid on the map takes a little from beyond its edge
  sheet.save();
  sheet.setTransform(own);
  draw(sheet);
  sheet.restore();
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalAlpha = alpha;
  ctx.drawImage(scratch, x, y, wide, high, x / SHEET, y / SHEET, wide / SHEET, high / SHEET);
  ctx.restore();
}

/**
 * An area without an edge: it fades inward from an outline, its own where no other is told.
 * @param {CanvasRenderingContext2D} ctx @param {Painted} layer @param {number} alpha @param {number} inward in pixels @param {Path2D} [round]
 */
function softArea(ctx, layer, alpha, inward, round) {
  const path = pathOf(layer._parts, true);
  const edge = round ?? path;
  onSheet(ctx, layer, alpha, (sheet) => {
    sheet.fillStyle = colour("blue");
    sheet.fill(path, "evenodd");
    sheet.globalCompositeOperation = "destination-out";
    sheet.lineJoin = "round";
    if (inward > WIDE_PX) return fadeFrom(sheet, edge, inward);
    for (const part of [1, 0.62, 0.28]) {
      sheet.globalAlpha = 0.48;
      sheet.lineWidth = 2 * inward * part;
      sheet.stroke(edge);
    }
  });
}

/**
 * Take an outline's shadow alone away, its line being drawn where nobody sees it: strokes over one another would show as rings.
 * @param {CanvasRenderingContext2D} sheet @param {Path2D} path @param {number} inward in pixels
 */
function fadeFrom(sheet, path, inward) {
  const { a, b, c, d, e, f } = sheet.getTransform();
  const away = 2 * sheet.canvas.width;
  sheet.shadowColor = "black";
  sheet.shadowBlur = (inward * a) / 2;
  sheet.shadowOffsetX = away;
  sheet.setTransform(a, b, c, d, e - away, f);
  sheet.lineWidth = inward;
  sheet.stroke(path);
}

/** @param {CanvasRenderingContext2D} ctx @param {Painted} layer @param {number} alpha a river or a border: a blurred band */
function softLine(ctx, layer, alpha) {
  const path = pathOf(layer._parts, false);
  onSheet(ctx, layer, Math.min(0.8, alpha * 1.7), (sheet) => {
    sheet.strokeStyle = colour("blue");
    sheet.lineJoin = "round";
    sheet.lineCap = "round";
    for (const width of BAND_PX) {
      sheet.globalAlpha = 0.34;
      sheet.lineWidth = width;
      sheet.stroke(path);
    }
  });
}

/** @param {CanvasRenderingContext2D} ctx @param {Painted} layer */
function paintPlace(ctx, layer) {
  const name = layer.options.className ?? "";
  const stage = /** @type {keyof typeof STRENGTH} */ (layer.options.stage ?? "is-past");
  const alpha = STRENGTH[stage] * (document.documentElement.classList.contains("is-elsewhere") ? 0.35 : 1);
  if (name.includes("is-line")) return softLine(ctx, layer, alpha);
  const { x, y } = layer._pxBounds.getSize();
  if (Math.max(x, y) < SMALL_PX) {
    ctx.save();
    ctx.globalAlpha = Math.min(0.8, alpha * (name.includes("disc") ? 2.4 : 1.4));
    ctx.fillStyle = colour("blue");
    ctx.fill(pathOf(layer._parts, true), "evenodd");
    ctx.restore();
    return;
  }
  if (!name.includes("disc")) return softArea(ctx, layer, alpha, INWARD_PX);
  softArea(ctx, layer, alpha * 1.6, Math.max(2, Math.min(x, y) * 0.22), roundOf(layer));
}

/** By how much coasts and borders may be off, in metres, as backdrop.py has it; and in how many pixels that is not seen. */
const KNOWN = { m: 2000, unseenPx: 12, softPx: 30, mostPart: 0.5 };

/** @param {L.Map} map @returns {number} pixels of this map by which coasts and borders may be off */
function offPx(map) {
  const metresPerPx = (40_075_017 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
  return KNOWN.m / metresPerPx;
}

/** @param {number} off in pixels @returns {number} how much of a line is seen that may be so far off: what is drawn as a line is read as one */
function sharpness(off) {
  return Math.max(0, Math.min(1, (KNOWN.softPx - off) / (KNOWN.softPx - KNOWN.unseenPx)));
}

/**
 * Shapes without an edge, as far as they may be off: painted small, with what lies around the map, and their shadow alone is seen.
 * @param {CanvasRenderingContext2D} ctx @param {any[]} layers of one kind, as Leaflet cut them @param {string} name of a colour
 * @param {number} blurPx @param {number} widthPx of a line, 0 of an area
 */
function paintSoft(ctx, layers, name, blurPx, widthPx) {
  const { width, height } = ctx.canvas;
  const { a, d, e, f } = ctx.getTransform();
  const part = Math.min(SHEET, 8 / (blurPx * a));
  const beyond = Math.ceil(3 * blurPx * a * part);
  const [wide, high] = [Math.ceil(width * part) + 2 * beyond, Math.ceil(height * part) + 2 * beyond];
  Object.assign(scratch, { width: wide, height: high });
  const sheet = /** @type {CanvasRenderingContext2D} */ (scratch.getContext("2d"));
  sheet.setTransform(a * part, 0, 0, d * part, e * part + beyond, f * part + beyond);
  sheet.lineWidth = widthPx;
  // Not as they are cut at the edge of the map: there they would be soft as well.
  const rings = layers.flatMap(({ _rings }) => _rings);
  const path = pathOf(rings, !widthPx);
  if (widthPx) sheet.stroke(path);
  else sheet.fill(path, "evenodd");
  Object.assign(softened, { width: wide, height: high });
  const soft = /** @type {CanvasRenderingContext2D} */ (softened.getContext("2d"));
  soft.shadowColor = colour(name);
  soft.shadowBlur = 2 * blurPx * a * part;
  soft.shadowOffsetX = 2 * wide;
  soft.drawImage(scratch, -2 * wide, 0);
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.drawImage(softened, -beyond / part, -beyond / part, wide / part, high / part);
  ctx.restore();
}

/** The land of a map that is nearer than coasts are known: all of it at once, for its pieces have edges of their own. @param {CanvasRenderingContext2D} ctx @param {number} off */
function paintSoftLand(ctx, off) {
  const pieces = areasOf(/** @type {any} */ (window).geo_json_land).filter(({ _rings }) => _rings);
  paintSoft(ctx, pieces, "land", (off - KNOWN.unseenPx) / 2, 0);
}

/** @param {any} layer @returns {any[]} what is painted of it */
function areasOf(layer) {
  return layer instanceof L.LayerGroup ? layer.getLayers().flatMap(areasOf) : [layer];
}

/** A border as wide as it may be off, until that is as wide as the map. @param {CanvasRenderingContext2D} ctx @param {any} layer @param {number} off */
function paintSoftBorder(ctx, layer, off) {
  const { x, y } = layer._map.getSize();
  const seen = Math.min(1, 2 - (2 * off) / (KNOWN.mostPart * Math.min(x, y))) * (1 - sharpness(off));
  if (seen <= 0) return;
  ctx.save();
  ctx.globalAlpha = 0.55 * seen;
  paintSoft(ctx, [layer], "border", off / 2.5, off);
  ctx.restore();
}

/** @param {L.Map} map @returns {Element} the page's map with all that lies over it, or a map by itself */
function wholeOf(map) {
  return map.getContainer().closest(".map") ?? map.getContainer();
}

/** The relief, as long as its picture is fine enough for the zoom, and whether it is seen, for who is credited. @param {CanvasRenderingContext2D} ctx @param {L.Map} map */
function paintRelief(ctx, map) {
  wholeOf(map).classList.toggle("is-flat", !isRelieved(ctx, map));
}

/** @param {CanvasRenderingContext2D} ctx @param {L.Map} map @returns {boolean} whether anything was painted */
function isRelieved(ctx, map) {
  const overlay = /** @type {any} */ (window).image_overlay_relief;
  const image = /** @type {HTMLImageElement | undefined} */ (overlay?._image);
  if (!image?.complete || !image.naturalWidth || !map.hasLayer(overlay)) return false;
  const bounds = overlay.getBounds();
  const from = map.latLngToLayerPoint(bounds.getNorthWest());
  const size = map.latLngToLayerPoint(bounds.getSouthEast()).subtract(from);
  const texelPx = size.x / image.naturalWidth;
  const strength = Number(colour("relief")) * Math.max(0, Math.min(1, 2.25 - texelPx));
  if (!strength) return false;
  ctx.save();
  ctx.globalCompositeOperation = "hard-light";
  ctx.globalAlpha = strength;
  ctx.drawImage(image, from.x, from.y, size.x, size.y);
  ctx.restore();
  return true;
}

/**
 * Width and colour of what is a line, by the first word of its class.
 * @type {Record<string, [number, string, number[]]>}
 */
const STROKES = {
  borders: [0.8, "border", []],
  rivers: [0.9, "river", []],
  leg: [2.4, "blue", []],
  shortest: [2, "ink", [1, 5]],
  laid: [2.6, "blue", []],
  way: [2, "blue", []],
};

/** @param {string} name of a class @returns {number[]} the dashes of a mode, as the style sheet has them */
function dashesOf(name) {
  const mode = /mode-(\w+)/.exec(name)?.[1];
  const dashes = mode && getComputedStyle(document.documentElement).getPropertyValue(`--dash-${mode}`).trim();
  return dashes ? dashes.split(" ").map(Number) : [];
}

/** Zooms beyond the whole way at which the order fades, and is gone: a single arrow on a near map would be read as a way. */
const ORDER_ZOOMS = [0.4, 0.9];

/** @param {L.Map} map @returns {number} how much of the order is seen, 0 to 1; all of it where nobody has told the zoom of the whole way */
function orderSeen(map) {
  const whole = /** @type {{ orderZoom?: number }} */ (map.options).orderZoom ?? map.getZoom();
  const [from = 0, to = 1] = ORDER_ZOOMS;
  return Math.max(0, Math.min(1, (to - (map.getZoom() - whole)) / (to - from)));
}

/** A shorter dart is not read as one, in pixels. */
const LEAST_DART = 11;

/** @param {L.PointTuple[]} part outline of a dart, in pixels of the map @param {Box[]} named @returns {boolean} whether it is long enough to be read, and under no name */
function isDartSeen(part, named) {
  const [x, y] = [part.map(([each]) => each), part.map(([, each]) => each)];
  if (Math.hypot(Math.max(...x) - Math.min(...x), Math.max(...y) - Math.min(...y)) < LEAST_DART) return false;
  const between = part.map(([x1, y1], n) => {
    const [x2, y2] = part[(n + 1) % part.length] ?? [x1, y1];
    return [(x1 + x2) / 2, (y1 + y2) / 2];
  });
  const along = /** @type {L.PointTuple[]} */ ([...part, ...between]);
  return !named.some(({ left, top, right, bottom }) =>
    along.some(([px, py]) => px > left && px < right && py > top && py < bottom),
  );
}

/** @param {Painted} layer @returns {{ x: number, y: number }[][]} the darts of it that are to be seen */
function dartsOf(layer) {
  const { named = [] } = /** @type {{ named?: Box[] }} */ (layer._map.options);
  const from = layer._map.containerPointToLayerPoint([0, 0]);
  return layer._parts.filter((part) =>
    isDartSeen(
      part.map(({ x, y }) => [x - from.x, y - from.y]),
      named,
    ),
  );
}

/** @param {CanvasRenderingContext2D} ctx @param {Painted} layer darts from each place to the next; through the air or over the sea they are hollow */
function paintOrder(ctx, layer) {
  const name = layer.options.className ?? "";
  const hollow = name.includes("over");
  ctx.save();
  ctx.fillStyle = ctx.strokeStyle = colour("blue");
  ctx.lineWidth = 1.2;
  ctx.lineJoin = "round";
  const most = [0, 0.26, 0.44, 0.62][Number(/s(\d)/.exec(name)?.[1])] ?? 0;
  ctx.globalAlpha = most * orderSeen(layer._map);
  for (const part of dartsOf(layer)) {
    const path = pathOf([part], true);
    if (hollow) ctx.stroke(path);
    else ctx.fill(path);
  }
  ctx.restore();
}

/** @param {CanvasRenderingContext2D} ctx @param {Painted} layer @returns {boolean} whether it was ours to paint */
function paint(ctx, layer) {
  const name = layer.options.className ?? "";
  const [kind = ""] = name.split(" ");
  if (kind === "place") paintPlace(ctx, layer);
  else if (kind === "order") paintOrder(ctx, layer);
  else if (kind === "land" && offPx(layer._map) > KNOWN.unseenPx) {
    const isFirst = !layer._renderer._landed;
    layer._renderer._landed = true;
    if (isFirst) paintSoftLand(ctx, offPx(layer._map));
  } else if (kind === "sea" || kind === "land") {
    ctx.fillStyle = colour(kind);
    ctx.fill(pathOf(layer._parts, true), "evenodd");
  } else if (STROKES[kind]) {
    const [width, named, dashes] = STROKES[kind];
    const off = kind === "borders" || kind === "rivers" ? offPx(layer._map) : 0;
    if (kind === "borders" && off > KNOWN.unseenPx) paintSoftBorder(ctx, layer, off);
    ctx.save();
    ctx.globalAlpha = sharpness(off);
    ctx.lineWidth = width;
    ctx.lineCap = "round";
    ctx.lineJoin = "round";
    ctx.strokeStyle = colour(named);
    ctx.setLineDash(kind === "leg" ? dashesOf(name) : dashes);
    ctx.stroke(pathOf(layer._parts, false));
    ctx.restore();
  } else return false;
  return true;
}

/** Frame in which something was painted: what else is due waits for the next one. */
let paintedIn = -1;

/** What others put on a map of ours keeps its own style. */
const { _updatePoly: theirs, _draw: drawAll } = /** @type {any} */ (L.Canvas.prototype);
/** @type {any} */ (L.Canvas).include({
  /** However often the view changes before a frame, all is cut out and painted once in it. @this {any} */
  _updatePaths() {
    if (this._postponeUpdatePaths || !this._map) return;
    this._isStale = true;
    this._redrawRequest ||= L.Util.requestAnimFrame(this._redraw, this);
  },
  /** @this {any} @param {number} [frame] the moment of a frame; none where it has to be there at once */
  _redraw(frame) {
    this._redrawRequest = null;
    if (!this._map) return;
    if (frame !== undefined && frame === paintedIn) {
      this._redrawRequest = L.Util.requestAnimFrame(this._redraw, this);
      return;
    }
    paintedIn = frame ?? paintedIn;
    if (this._isStale) {
      for (const layer of Object.values(this._layers)) layer._update();
      this._redrawBounds = null;
      this._isStale = false;
    }
    this._redrawBounds?.min._floor();
    this._redrawBounds?.max._ceil();
    this._clear();
    this._draw();
    this._redrawBounds = null;
  },
  /** The relief comes once, between the land and the lines. @this {any} */
  _draw() {
    this._relieved = false;
    this._landed = false;
    drawAll.call(this);
    if (this.options.pane !== "base") return;
    const whole = wholeOf(this._map);
    if (!this._relieved) whole.classList.add("is-flat");
    whole.classList.toggle("is-coarse", offPx(this._map) > KNOWN.unseenPx);
  },
  /** @this {any} @param {any} layer @param {boolean} closed */
  _updatePoly(layer, closed) {
    if (!this._drawing || !layer._parts.length) return;
    const kind = layer.options.className?.split(" ")[0];
    if (!this._relieved && (kind === "rivers" || kind === "borders")) {
      paintRelief(this._ctx, layer._map);
      this._relieved = true;
    }
    if (!paint(this._ctx, layer)) theirs.call(this, layer, closed);
  },
});
/** @type {any} */ (L.Path).include({
  /** What is cut out for a view is cut once, by its canvas. @this {any} */
  _reset() {
    this._project();
    if (!this._renderer._postponeUpdatePaths && !this._renderer._isStale) this._update();
  },
});
L.Renderer.mergeOptions({ padding: 0.12 });

/** @param {L.Map} map paint all again and at once: in other colours, on paper, or when the relief has come */
function repaint(map) {
  colours.clear();
  const { _renderer, _paneRenderers } = /** @type {any} */ (map);
  for (const renderer of new Set([_renderer, ...Object.values(_paneRenderers)])) renderer?._redraw();
}
