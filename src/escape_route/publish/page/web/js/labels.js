// Names on the map: beside their point, never on a line, a control or one another.

/**
 * @typedef {object} Box
 * @property {number} left @property {number} top @property {number} right @property {number} bottom
 */

/**
 * @typedef {object} Label
 * @property {HTMLElement} element @property {L.LatLng} point @property {L.LatLng} [brief] where it hangs when it is cut to its country
 * @property {boolean} [isCoarse] whether its place may be anywhere in a country
 * @property {boolean} [isPoint] whether a point of it was published, which it hangs at however it is cut
 * @property {number} rank the lower the earlier it is placed
 * @property {string[]} [avoid] countries that it must not lie in @property {string} [kind] of a name for orientation
 * @property {-1 | 1} [up] of an end: whether it lies above the other one, 1, or below
 * @property {boolean} [isOnBorder] whether its place may lie in more than one country
 * @property {boolean} [line] whether its place is a line, which it stands beside and not on
 * @property {Label} [joins] the name of its country, where that takes over its number
 * @property {string} [river] that its place is, and which names it in brief
 * @property {string} [country] of a capital, whose dot says nothing where that has no name
 * @property {string} [code] of the country that it names @property {string | null} [within] of the one that names it where it has no room
 */

const labelHost = make("div", "labels");

/** Places around a point, nearest and most readable first: [horizontal, vertical, distance, which of its lines is level with it: the last, -1, the one amid, 0, or the first, 1]. */
const DIRECTIONS = [6, 12, 20, 29, 42, 58, 78, 104].flatMap((far) =>
  [
    [1, 0],
    [-1, 0],
    [1, -0.8],
    [1, 0.8],
    [-1, -0.8],
    [-1, 0.8],
    [0, -1],
    [0, 1],
    [0.25, 1],
    [-0.25, 1],
    [0.25, -1],
    [-0.25, -1],
    ...(far <= 20
      ? [1, -1].flatMap((x) =>
          [-1, 1].flatMap((sign) => [
            [x, 0.4 * sign],
            [x, 0, sign],
          ]),
        )
      : []),
  ].map(([x = 0, y = 0, level = 0]) => [x, y, far, level]),
);

/** So high is a line of a name with its number, in pixels. */
const LINE_PX = 18;

/** A country's name lies over its middle, or begins, ends, or stands below or above there. */
const OVER = [
  [0, 0, 0],
  [1, 0, 0],
  [-1, 0, 0],
  [0, 1, 2],
  [0, -1, 2],
  [1, 1, 0],
  [-1, 1, 0],
  [1, -1, 0],
  [-1, -1, 0],
];

/** The name of a country stands so near to its place, in pixels; one that stands for several places and does not costs so much more. */
const NEAR = 29;
const STRAY_COST = 600;

/** A name that would cover more points of a line than this is cut to its number, which costs as much as some distance. */
const MOST_COVERED = 2;
const MOST_COVERED_NOW = 30;
const CUT_COST = 230;

/** How a name stands: as it is, without its radius, broken into more lines, by the rivers alone that it was told as or its first words, or cut to its number; what each costs, as some distance does. */
const FORMS = /** @type {const} */ (["", "is-bare", "is-tight", "is-brief", "is-short"]);
const FORM_COST = { "": 0, "is-bare": 24, "is-tight": 36, "is-brief": 70, "is-short": 0 };
const FIRST_COST = 130;

/** A place that was told as more than a country, whose number stands with that of its country, as if no more were known. */
const COARSENED_COST = 800;

/** Names of places without a label point give way first: what is drawn of them says where they are. */
const WITHOUT_POINT = { rank: 100, cost: 210 };

/** A country's name gives way last. */
const KEY_COST = 950;

/** Where it began and ended is never cut to a number: it is broken into more lines, or named by its country; it stands near, and rather on that side where the other end does not lie. */
const END = { broken: 40, brief: 110, far: 6, astray: 40 };

/** A country, or where it began or ended, that is not named at all. */
const LOST_COST = 1000;

/** A numbered country's name that stands over another country, its number beside its own. */
const STRAYS_COST = 150;

/** A number that lies on the other side of a border, or whose line runs through another name. */
const ASTRAY_COST = 400;

/** Names for orientation come last, and only where there is room at their own place. */
const ORIENTATION = 1000;

/** No name comes nearer to the edge of the map, in pixels. */
const EDGE = 6;

/** A number whose middle is further from its point than this, in pixels, is tied to it by a line, unless it stands within its own country. */
const TIED_BEYOND = 21;

/** A shorter line is not seen, and none at all is better. */
const LEAST_TIE = 10;
const TIE_COST = 40;

/** A line longer than this leads the eye over half a small map; what each pixel more costs. */
const LONG_TIE = 58;
const LONG_TIE_COST = 2;

/** A name that lies on an arrow by air takes it away, and with it the whole way. */
const OVER_COST = 75;

/** A country that has room for its name has it within. */
const OUTSIDE_COST = 200;

/** A line that runs through another country, for each of its points there: a country's name leads there the more astray. */
const TIE_THROUGH_COST = { place: 40, country: 150 };

/** A name that lies on the point of another one, over another country that was told, or over any other, and a country's beside its land. */
const ON_ANOTHER_COST = 150;
const OVER_TOLD_COST = 120;
const ABROAD_COST = 30;
const BESIDE_COST = 40;
const ACROSS_COST = 40;

/** @param {Box} a @param {Box} b @param {number} [gap] @returns {boolean} */
function overlap(a, b, gap = 3) {
  return a.left < b.right + gap && b.left < a.right + gap && a.top < b.bottom + gap && b.top < a.bottom + gap;
}

/** @typedef {{ width: number, height: number, mark: L.Point }} Size of a name, and where in it the numbers stand */

/** @typedef {(typeof FORMS)[number]} Form */

/** @type {WeakMap<HTMLElement, Map<Form, Size>>} */
const sizes = new WeakMap();

/** @param {HTMLElement} element @param {Form} form */
function setForm(element, form) {
  for (const each of FORMS) if (each) element.classList.toggle(each, each === form);
}

/** @param {Label[]} labels measure all of them at once: each change between would lay the page out anew */
function measure(labels) {
  for (const { element } of labels) sizes.set(element, new Map());
  for (const form of [...FORMS].reverse()) {
    const formed = labels.filter(({ rank, kind }) => !form || rank < ORIENTATION || kind === "country");
    for (const { element } of formed) setForm(element, form);
    for (const { element } of formed) {
      const [width, height] = [widthOf(element), element.offsetHeight];
      sizes.get(element)?.set(form, { width, height, mark: markIn(element, width, height) });
    }
  }
}

/** @param {HTMLElement} element @returns {number} of a name with a number, that of its lines: where they are broken, the column that they stand in is wider */
function widthOf(element) {
  const parts = all(":scope > :not(.numbers)", element).filter(({ offsetWidth }) => offsetWidth > 0);
  const whole = Math.ceil(element.getBoundingClientRect().width);
  if (!parts.length || !all(".numbers", element).length) return whole;
  const range = document.createRange();
  const words = parts.map((part) => {
    range.selectNodeContents(part);
    return range.getBoundingClientRect().width;
  });
  const column = Math.max(...parts.map(({ offsetWidth }) => offsetWidth));
  return whole - Math.max(0, Math.floor(column - Math.max(...words) - 2));
}

/** @param {HTMLElement} element @param {number} width @param {number} height @returns {L.Point} amid the numbers, or amid a name that has none */
function markIn(element, width, height) {
  const numbers = all(".numbers", element)[0];
  if (!numbers) return L.point(width / 2, height / 2);
  const { offsetLeft: left, offsetTop: top, offsetWidth: wide, offsetHeight: high } = numbers;
  return L.point(left + wide / 2, top + high / 2);
}

/** @param {L.Point} point @param {Size} size @param {number[]} direction @returns {Box} */
function boxAt(point, { width, height }, [x = 0, y = 0, far = 0, level = 0]) {
  const left = point.x + x * far + (x === 0 ? -width / 2 : x < 0 ? -width : 0);
  const amid = -height / 2 + level * Math.max(0, height / 2 - LINE_PX / 2);
  const top = point.y + y * far + (y === 0 ? amid : y < 0 ? -height : 0);
  return { left, top, right: left + width, bottom: top + height };
}

/** @returns {L.Point[]} points every few pixels along everything that a name must not cover */
function linePoints() {
  const { j } = stopNow();
  const shown = payload.journeys.flatMap((told, n) => (j < 0 || j === n ? [{ told, n }] : []));
  const layers = shown.flatMap(({ told, n }) => [
    ...told.legs.map((leg, l) => (leg.vague ? undefined : legLayer(l, n))),
    ...told.waypoints.map((_, w) => drawn(`geo_json_place_lines_${n}_${w}`)),
    ...orderOf(n).filter(isOver),
  ]);
  if (state.bound) layers.push(shortestNow());
  return pointsOf(layers);
}

/** @param {boolean} over through the air or over the sea @returns {L.Point[]} points along the arrows, of which a name hides as few as it can */
function arrowPoints(over) {
  const { j } = stopNow();
  const shown = orderSeen(map) ? payload.journeys.flatMap((_, n) => (j < 0 || j === n ? orderOf(n) : [])) : [];
  return pointsOf(shown.filter((layer) => isOver(layer) === over));
}

/** @param {(L.GeoJSON | L.Polyline | undefined)[]} layers @returns {L.Point[]} */
function pointsOf(layers) {
  return layers.flatMap((layer) => (layer ? linesOf(layer) : [])).flatMap(pointsAlong);
}

/** @param {number} j @returns {L.GeoJSON[]} the order of a journey, a layer for each way to paint it */
function orderOf(j) {
  return [0, 1, 2, 3, 4, 5].flatMap((n) => drawn(`geo_json_order_${j}_${n}`) ?? []);
}

/** @param {L.GeoJSON | undefined} layer @returns {boolean} whether it shows the order through the air or over the sea */
function isOver(layer) {
  return Boolean(layer && pathsOf(layer)[0]?.options.className?.includes("over"));
}

/** @param {L.LatLng[]} line @returns {L.Point[]} */
function pointsAlong(line) {
  /** @type {L.Point[]} */
  const points = [];
  let last = null;
  for (const latLng of line.length > 3000 ? [] : line) {
    const next = map.latLngToContainerPoint(latLng);
    const steps = last ? Math.min(400, Math.ceil(last.distanceTo(next) / 7)) : 1;
    for (let step = 1; step <= steps; step++) {
      points.push(last ? last.add(next.subtract(last).multiplyBy(step / steps)) : next);
    }
    last = next;
  }
  return points;
}

/** @returns {Box[]} what lies over the map */
function controlBoxes() {
  const origin = map.getContainer().getBoundingClientRect();
  const selector = ".legend, .steps, .credit, .order-note, .leaflet-control, .languages, .view > .ledger";
  return all(selector).map((element) => {
    const box = element.getBoundingClientRect();
    return {
      left: box.left - origin.left,
      top: box.top - origin.top,
      right: box.right - origin.left,
      bottom: box.bottom - origin.top,
    };
  });
}

/** Side of a cell of the grid that says where lines are, in pixels. */
const CELL = 7;

/** @typedef {{ wide: number, high: number, cells: Uint8Array, overs: Uint8Array, arrows: Uint8Array, controls: Box[], points: { of: Label, at: L.Point }[] }} Grid where the lines are that no name may cover, and arrows over land, what lies over the map, and where the places are */

/** @param {Box[]} controls @param {Label[]} named @returns {Grid} */
function gridOf(controls, named) {
  const { x, y } = map.getSize();
  const [wide, high] = [Math.ceil(x / CELL) + 1, Math.ceil(y / CELL) + 1];
  const [cells, overs, arrows] = [linePoints(), arrowPoints(true), arrowPoints(false)].map((along) => {
    const found = new Uint8Array(wide * high);
    for (const point of along) {
      const [column, row] = [Math.floor(point.x / CELL), Math.floor(point.y / CELL)];
      if (column >= 0 && row >= 0 && column < wide && row < high) found[row * wide + column] = 1;
    }
    return found;
  });
  const places = named.filter(({ rank }) => rank < ORIENTATION);
  const points = places.map((of) => ({ of, at: map.latLngToContainerPoint(of.point) }));
  return { wide, high, cells: must(cells), overs: must(overs), arrows: must(arrows), controls, points };
}

/** @param {Box} box @param {Grid} grid @param {Uint8Array} [cells] @returns {number} how many of its cells a line runs through */
function covered(box, { wide, high, cells: lines }, cells = lines) {
  let count = 0;
  const right = Math.min(wide - 1, Math.floor((box.right + 3) / CELL));
  const bottom = Math.min(high - 1, Math.floor((box.bottom + 3) / CELL));
  for (let row = Math.max(0, Math.floor((box.top - 3) / CELL)); row <= bottom; row++) {
    for (let column = Math.max(0, Math.floor((box.left - 3) / CELL)); column <= right; column++) {
      count += cells[row * wide + column] ?? 0;
    }
  }
  return count;
}

/** @param {Box} box @param {L.Point} point @returns {boolean} */
function holds({ left, top, right, bottom }, { x, y }) {
  return x > left - 4 && x < right + 4 && y > top - 4 && y < bottom + 4;
}

/** A river's name stands so far beside its course, and that of a place told as a line beside it. */
const BESIDE_PX = 12;

/** Where the names of each kind may stand that are there for orientation; those of seas over their point. @type {Record<string, number[][]>} */
const STANDS = {
  capital: DIRECTIONS.slice(0, 2),
  country: OVER,
  river: DIRECTIONS.filter(([, , far]) => far === BESIDE_PX),
};

/** @param {Label} label @returns {number[][]} where it may stand: a country's own name over its point before all */
function directionsOf({ rank, kind = "", element, line }) {
  if (kind === "country" && rank <= ORIENTATION && !all(".number", element).length)
    return [...OVER, ...DIRECTIONS.filter(([, , far = 0]) => far <= NEAR)];
  if (rank >= ORIENTATION) return STANDS[kind] ?? [[0, 0, 0]];
  if (line) return DIRECTIONS.filter(([, , far = 0]) => far >= BESIDE_PX);
  return element.classList.contains("is-country") ? [[0, 0, 0], ...DIRECTIONS] : DIRECTIONS;
}

/** @param {Choice} choice @param {Label} label @returns {boolean} whether any part of it and of its tie lies where it must not, or much of a country's name over another one */
function lies(choice, label) {
  const { avoid = [], kind, rank } = label;
  if (kind === "country" && choice.tie.length && rank > ORIENTATION) return true;
  if (kind)
    choice.astray ??= reaches(around(middleOf(choice.box)), avoid) || (rank > ORIENTATION && isAbroad(choice, avoid));
  else choice.astray ??= isBeyond(choice, label);
  return choice.astray;
}

/** So many points of a line, eight pixels apart, are still at its place, which may lie on the border. */
const OWN_STEPS = 2;

/** @param {Choice} choice @param {Label} label @returns {boolean} */
function isBeyond(choice, label) {
  const { avoid = [], element } = label;
  // A row of numbers is wider than its country: near it, and tied to it, counts more.
  if (isShared(label)) return false;
  // A country's own name says which side is meant.
  if (["is-brief", "is-short"].includes(choice.form) || element.matches(".is-country")) return isAbroad(choice, avoid);
  return reaches([...cornersOf(choice.box), ...choice.tie.slice(OWN_STEPS)], avoid);
}

/** @param {Choice} choice @param {Label} label @returns {boolean} whether a numbered country's name lies over another one, and no line ties it to its own */
function strays(choice, { code, rank, within: named, element }) {
  // Where it began and ended is named by its country where it is cut.
  const own = code ?? (choice.form === "is-short" && element.matches(".is-key") ? named : null);
  if (!own || rank >= ORIENTATION || choice.tie.length) return false;
  choice.strays ??= isAbroad(choice, othersThan(own));
  return choice.strays;
}

/** @param {string | undefined} own @returns {string[]} */
function othersThan(own) {
  return [...sides.keys()].filter((other) => other !== own);
}

/** So much of a country's name may lie over others, which are drawn more coarsely than the map. */
const MOST_ABROAD = 0.3;

/** @param {{ box: Box }} choice @param {string[]} others @returns {boolean} whether the middle of a name, or much of it, lies over one of these countries */
function isAbroad({ box }, others) {
  if (reaches([middleOf(box)], others)) return true;
  const corners = cornersOf(box);
  return corners.filter((corner) => reaches([corner], others)).length > MOST_ABROAD * corners.length;
}

/** @param {Box} box @returns {L.Point} */
function middleOf({ left, top, right, bottom }) {
  return L.point((left + right) / 2, (top + bottom) / 2);
}

/** @param {Box} box @returns {L.Point[]} along its upper and its lower edge */
function cornersOf({ left, top, right, bottom }) {
  const across = [0, 0.25, 0.5, 0.75, 1].map((part) => left + part * (right - left));
  return across.flatMap((x) => [top, bottom].map((y) => L.point(x, y)));
}

/** Outlines are coarser than the map: what lies so near to one may lie on its other side, in degrees, and in pixels at the least. */
const COARSE_DEG = 0.4;
const COARSE_PX = 4;

/** @param {L.Point} point @returns {L.Point[]} it, and what lies beside it */
function around({ x, y }) {
  const coarse = Math.max(COARSE_PX, (COARSE_DEG * 256 * 2 ** map.getZoom()) / 360);
  return [0, -coarse, coarse].flatMap((off) => [L.point(x + off, y), L.point(x, y + off)]);
}

/** @param {L.Point[]} points @param {string[]} countries @returns {boolean} whether one of them lies there */
function reaches(points, countries) {
  return points.some(({ x, y }) => countries.includes(landAt(x, y)));
}

/** Side of the cells of which it is known once which country each lies in, in pixels. */
const LAND_CELL = 6;

/** @type {Map<number, string>} as long as the map stands still */
const lands = new Map();

/** @param {number} x @param {number} y @returns {string} the country there, as far as its outline is known; else nothing */
function landAt(x, y) {
  const [column, row] = [Math.floor(x / LAND_CELL), Math.floor(y / LAND_CELL)];
  const cell = row * 100000 + column;
  const known = lands.get(cell);
  if (known !== undefined) return known;
  const place = map.containerPointToLatLng([(column + 0.5) * LAND_CELL, (row + 0.5) * LAND_CELL]);
  let found = "";
  for (const [code, rings] of sides) if (!found && rings.some((ring) => within(place, ring))) found = code;
  lands.set(cell, found);
  return found;
}

/** @param {L.LatLng} place @param {Side} side @returns {boolean} */
function within({ lng: x, lat: y }, { ring, west, east, south, north }) {
  if (x < west || x > east || y < south || y > north) return false;
  let inside = false;
  let before = ring[ring.length - 1];
  for (const after of ring) {
    // Most sides lie above or below: nothing is taken apart for them.
    if (before && before[1] > y !== after[1] > y) {
      const part = (y - before[1]) / (after[1] - before[1]);
      if (x < (after[0] - before[0]) * part + before[0]) inside = !inside;
    }
    before = after;
  }
  return inside;
}

/** @typedef {{ box: Box, form: Form, cost: number, over: number, anchor: L.Point, number: L.Point, tie: L.Point[], astray?: boolean, strays?: boolean }} Choice a place for a name, whatever stands there */

/** @param {number[]} direction @param {Label} label @returns {number} how far it stands, which counts more of an end and where it leads to the other one */
function distanceOf([, y = 0, far = 0], label) {
  const { up } = label;
  if (up === undefined) return far;
  const strays = far > NEAR && isShared(label);
  return far * END.far + (1 + y * up) * END.astray + (strays ? STRAY_COST : 0);
}

/** @param {Label} label @param {Form} form @param {Grid} grid @returns {Choice[]} where it may stand, the best first */
function choicesOf(label, form, grid) {
  const { x: width, y: height } = map.getSize();
  const anchor = map.latLngToContainerPoint((form === "is-short" && !label.isPoint && label.brief) || label.point);
  if (!isSeen(anchor)) return [];
  // What lies over its point is no reason to be without a name.
  const over = grid.controls.filter((control) => holds(control, anchor));
  const size = must(must(sizes.get(label.element)).get(form));
  const { code = "" } = label;
  const isRoomy = [-1, 0, 1].every((side) => reaches([anchor.add([(side * size.width) / 4, 0])], [code]));
  const choices = [];
  for (const [order, direction] of directionsOf(label).entries()) {
    if (direction[3] && size.height < 2 * LINE_PX - 6) continue;
    const box = boxAt(anchor, size, direction);
    if (Math.min(box.left, box.top, width - box.right, height - box.bottom) < EDGE) continue;
    const lines = covered(box, grid);
    const far = distanceOf(direction, label);
    const { mark } = size;
    const number = L.point(isLeft(box, anchor) ? box.right - mark.x : box.left + mark.x, box.top + mark.y);
    const tie = tieOf(anchor, box, number, label)?.filter((point) => !over.some((control) => holds(control, point)));
    if (!tie) continue;
    const hidden = covered(box, grid, grid.arrows);
    const cost =
      lines * 12 +
      covered(inset(box), grid, grid.overs) * OVER_COST +
      hidden * 3 +
      (order % 12) +
      far +
      formCost(form, label) +
      (isRoomy && !reaches([number], [code]) ? OUTSIDE_COST : 0) +
      (tie.length ? TIE_COST + LONG_TIE_COST * Math.max(0, (direction[2] ?? 0) - LONG_TIE) : 0);
    const through =
      tie.filter(({ x, y }) => isForeign(landAt(x, y), label)).length * TIE_THROUGH_COST[code ? "country" : "place"];
    choices.push({ box, form, over: lines, cost: cost + through + awayCost(box, label, grid), anchor, number, tie });
  }
  return choices;
}

/** @param {Form} form @param {Label} label @returns {number} its first words say less of a place than its rivers */
function formCost(form, { element }) {
  return FORM_COST[form] + (form === "is-brief" && all(".is-first", element).length ? FIRST_COST : 0);
}

/** @param {string} land @param {Label} label @returns {boolean} whether it is another one than the country that it names, or may lie in */
function isForeign(land, { code, avoid }) {
  return code ? land !== "" && land !== code : Boolean(avoid?.includes(land));
}

/** @param {Box} box @param {Label} label @param {Grid} grid @returns {number} for each point of another name below it, and for what of a country's name lies beside its land */
function awayCost(box, label, grid) {
  const { code, kind, avoid = [], rank } = label;
  const below = ON_ANOTHER_COST * grid.points.filter(({ of, at }) => of !== label && holds(box, at)).length;
  const { left, right, top, bottom } = box;
  if (kind ? kind !== "country" : rank >= ORIENTATION) return below;
  const lands = [left, (left + right) / 2, right].map((x) => landAt(x, (top + bottom) / 2));
  /** @param {(land: string) => boolean} isMeant @returns {number} how much of it lies over these countries */
  const over = (isMeant) => lands.filter((land) => land && isMeant(land)).length / lands.length;
  if (kind) return below + BESIDE_COST * (1 - over((land) => land === code));
  // Over one country or the sea alone, and not across a coast.
  if (!code) return below + ACROSS_COST * lands.filter((land, n) => n > 0 && land !== lands[n - 1]).length;
  const told = (OVER_TOLD_COST - ABROAD_COST) * over((land) => avoid.includes(land));
  return below + told + ABROAD_COST * over((land) => land !== code);
}

/** @param {Label} label @returns {boolean} whether where it began or ended took over the numbers of others in its country, which then names them */
function isShared({ brief, element }) {
  return Boolean(brief) && all(".number", element).length > 1;
}

/** @param {Label} label @param {Form} form @returns {boolean} whether it never stands so: one that took over others' numbers does not name them by its place */
function isNoForm(label, form) {
  const isPlain = label.rank >= ORIENTATION;
  if (form === "is-bare") return !all(".radius", label.element).length;
  if (form === "is-brief") return !all(".is-own", label.element).length || isPlain;
  if (form === "is-short") return isPlain || Boolean(label.joins) || !all(".number", label.element).length;
  return isShared(label) || Boolean(form && isPlain && label.kind !== "country");
}

/** So many places are tried for a name before the page may answer. */
const AT_ONCE = 32;

/** @param {Label} label @param {Grid} grid @returns {Generator<void, Choice[]>} in which it may stand, however it is written, the best first */
function* choicesFor(label, grid) {
  /** @type {Choice[]} */
  const found = [];
  for (const form of FORMS) {
    const all = isNoForm(label, form) ? [] : choicesOf(label, form, grid);
    if (all.length) yield;
    const free = all.filter(({ box, tie }) => grid.controls.every((each) => isClear(each, box, tie)));
    // Of what is there for orientation little is asked: the first that may be is taken.
    for (const [n, choice] of label.rank < ORIENTATION ? free.entries() : []) {
      choice.cost = wholeCost(choice, label);
      if (n % AT_ONCE === AT_ONCE - 1) yield;
    }
    found.push(...free.filter(({ cost }) => cost < Infinity));
    if (free.length) yield;
  }
  return found.sort((a, b) => a.cost - b.cost);
}

/** @param {Box} taken @param {Box} box @param {L.Point[]} tie @returns {boolean} whether neither a name nor its line lies on it */
function isClear(taken, box, tie) {
  return !overlap(box, taken) && !tie.some((point) => holds(taken, point));
}

/** @param {Choice} choice @param {Label} label @returns {number} with what it costs to be cut, or to lie where it should not; infinite where it must not */
function wholeCost(choice, label) {
  const { form, over, tie } = choice;
  const { element, rank } = label;
  const isShort = form === "is-short";
  const [isCountry, isEnd] = [element.matches(".is-country"), element.matches(".is-key")];
  // A country's name covers lines rather than leave its number bare.
  const isCovering = !isShort && over > (rank < 0 ? MOST_COVERED_NOW : MOST_COVERED);
  if (isCovering && !isCountry) return Infinity;
  const isAstray = lies(choice, label);
  // Where a number has no room on its own side of a border, its country's name and a line say whose it is.
  if (isAstray && !(isShort ? isEnd || !tie.length : isCountry)) return Infinity;
  return (
    choice.cost +
    (isShort ? cutCost(label) : 0) +
    (isAstray ? ASTRAY_COST : 0) +
    (strays(choice, label) ? STRAYS_COST : 0)
  );
}

/** A number that stands left of another one whose place lies left of its own, or above one whose place lies above, and how much apart is meant, in pixels. */
const TURNED_COST = 110;
const TURNED_PX = 9;

/** Lines whose points, eight pixels apart, come nearer than this cross one another. */
const CROSSING_PX = 6;

/** @param {Choice} one @param {Choice} other @returns {number} */
function turnedCost({ anchor, number, tie }, other) {
  let cost = tie.some((at) => other.tie.some((its) => at.distanceTo(its) < CROSSING_PX)) ? TURNED_COST : 0;
  for (const axis of /** @type {const} */ (["x", "y"])) {
    const [meant, seen] = [anchor[axis] - other.anchor[axis], number[axis] - other.number[axis]];
    if (meant * seen < 0 && Math.min(Math.abs(meant), Math.abs(seen)) > TURNED_PX) cost += TURNED_COST;
  }
  return cost;
}

/** @param {Label} label @returns {number} */
function cutCost({ rank, element, brief }) {
  if (element.matches(".is-key")) return brief ? END.brief : END.broken;
  if (element.matches(".is-country")) return KEY_COST;
  return rank >= WITHOUT_POINT.rank ? WITHOUT_POINT.cost : CUT_COST;
}

/** @typedef {Map<Label, Choice | null>} Standing where each name stands, if it does */

/**
 * @param {Label} label @param {Choice | null} choice @param {Standing} standing
 * @returns {{ cost: number, hit: Label[] }} what it costs there beside all others, and the others that are in its way
 */
function costBeside(label, choice, standing) {
  const { isCoarse, joins, kind, point } = label;
  const lost = kind ? 0 : joins && !isCoarse ? COARSENED_COST : cutCost(label);
  let cost = choice ? choice.cost : lost + (joins ? 0 : LOST_COST);
  /** @type {Label[]} */
  const hit = [];
  for (const [other, its] of standing) {
    if (other === label || !its) continue;
    // None is named twice.
    if (!choice && kind && its.form === "is-short" && other.brief?.equals(point)) cost = 0;
    if (!choice) continue;
    if (!isClear(its.box, choice.box, choice.tie) || its.tie.some((each) => holds(choice.box, each))) hit.push(other);
    else cost += turnedCost(choice, its);
  }
  return { cost, hit };
}

/** @param {Label} label @param {Choice[]} choices @param {Standing} standing @returns {{ choice: Choice | null, cost: number }} where it costs the least and nothing is in its way */
function bestOf(label, choices, standing) {
  let best = { choice: /** @type {Choice | null} */ (null), cost: costBeside(label, null, standing).cost };
  for (const choice of choices) {
    if (choice.cost >= best.cost) break;
    const { cost, hit } = costBeside(label, choice, standing);
    if (!hit.length && cost < best.cost) best = { choice, cost };
  }
  return best;
}

/** @param {Label} label @param {Map<Label, Choice[]>} choices @param {Standing} standing put it where it costs less, or one that is in its way elsewhere @returns {Generator<void, boolean>} whether that was found */
function* improve(label, choices, standing) {
  const before = standing.get(label) ?? null;
  const now = costBeside(label, before, standing).cost;
  /** @type {Map<Label, number>} */
  const others = new Map();
  standing.set(label, null);
  for (const [other, its] of standing) if (other !== label) others.set(other, costBeside(other, its, standing).cost);
  const most = now + Math.max(0, ...others.values());
  /** @type {{ gain: number, standing: [Label, Choice | null][] }} */
  let best = { gain: 1, standing: [[label, before]] };
  for (const [n, choice] of must(choices.get(label)).entries()) {
    if (choice.cost >= most) break;
    if (n % AT_ONCE === AT_ONCE - 1) yield;
    const { cost, hit } = costBeside(label, choice, standing);
    const [other] = hit;
    const gain = now + (other ? (others.get(other) ?? 0) : 0) - cost;
    if (hit.length > 1 || gain <= best.gain) continue;
    if (!other) best = { gain, standing: [[label, choice]] };
    else {
      standing.set(label, choice);
      const moved = bestOf(other, must(choices.get(other)), standing);
      yield;
      if (gain - moved.cost > best.gain)
        best = {
          gain: gain - moved.cost,
          standing: [
            [label, choice],
            [other, moved.choice],
          ],
        };
      standing.set(label, null);
    }
  }
  for (const [each, choice] of best.standing) standing.set(each, choice);
  return best.gain > 1;
}

/** So often every name may be put where it stands better. */
const SWEEPS = 8;

/** @param {Label[]} labels @param {Map<Label, Choice[]>} choices @param {Standing} [before] where they stood, before numbers were joined to some of them @returns {Generator<void, Standing>} those with numbers, and of countries that were told, so that all of them cost the least */
function* stand(labels, choices, before = new Map()) {
  const ranked = [...labels].sort((a, b) => a.rank - b.rank);
  const west = [...labels].sort((a, b) => a.point.lng - b.point.lng);
  const north = [...labels].sort((a, b) => b.point.lat - a.point.lat);
  let best = { standing: /** @type {Standing} */ (new Map()), cost: Infinity };
  for (const order of [ranked, north, west]) {
    /** @type {Standing} */
    const standing = new Map(labels.map((label) => [label, null]));
    const kept = order === ranked ? [...before].filter(([label]) => standing.has(label)) : [];
    for (const [label, choice] of kept) standing.set(label, choice);
    for (const label of order) {
      if (!standing.get(label)) standing.set(label, bestOf(label, must(choices.get(label)), standing).choice);
      yield;
    }
    for (let n = 0, isBetter = true; n < SWEEPS && isBetter; n++) {
      isBetter = false;
      for (const label of order) {
        isBetter = (yield* improve(label, choices, standing)) || isBetter;
        yield;
      }
    }
    const cost = labels.reduce((sum, each) => sum + costBeside(each, standing.get(each) ?? null, standing).cost, 0);
    if (cost < best.cost) best = { standing, cost };
  }
  return best.standing;
}

/** So many points amid a country are tried for its name. */
const MOST_AMID = 6;

/** @param {Label[]} labels for orientation, in their order @param {Map<Label, Choice[]>} choices @param {Grid} grid @param {Standing} standing of those with numbers, to which they are added where there is room */
function* orient(labels, choices, grid, standing) {
  const short = [...standing].flatMap(([label, its]) => (isBare(its) || its?.form === "is-brief" ? [label] : []));
  const named = new Set(short.flatMap(({ river }) => river ?? []));
  const taken = [...standing.values()].flatMap((its) => (its ? [its.box, ...its.tie.map(boxAround)] : []));
  for (const label of labels) {
    const isSaid =
      named.has(label.code ?? "") || short.some(({ brief }) => label.kind === "country" && brief?.equals(label.point));
    const isFree = (/** @type {Choice} */ { box, tie }) => taken.every((each) => isClear(each, box, tie));
    const open = isSaid ? [] : must(choices.get(label)).filter((each) => isFree(each) && !lies(each, label));
    let found = open.find(({ over }) => over <= MOST_COVERED);
    if (!found && label.kind === "country" && !isSaid) {
      const amid = [];
      for (const point of amidst(label.code ?? "").slice(0, MOST_AMID)) {
        amid.push(...choicesOf({ ...label, point }, "", grid));
        yield;
      }
      const isOpen = (/** @type {Choice} */ each) =>
        grid.controls.every((control) => isClear(control, each.box, each.tie)) && isFree(each) && !lies(each, label);
      // It covers lines rather than be left out.
      found = amid.find((each) => each.over <= MOST_COVERED && isOpen(each)) ?? open[0] ?? amid.find(isOpen);
    }
    standing.set(label, found ?? null);
    if (!found) continue;
    yield;
    taken.push(found.box, ...found.tie.map(boxAround));
    if (label.kind === "river") named.add(label.code ?? "");
  }
}

/** @param {L.Point} anchor @param {Box} box @param {L.Point} number amid the numbers in it @param {Label} label @returns {L.Point[] | null} of the line that ties it to its place, none where it stands there; null where a line would not be seen */
function tieOf(anchor, box, number, label) {
  if (!isTied(label)) return [];
  if (isAtHome(anchor, box, number, label)) return [];
  const end = L.point(
    Math.max(box.left, Math.min(box.right, anchor.x)),
    Math.max(box.top, Math.min(box.bottom, anchor.y)),
  );
  const far = anchor.distanceTo(end);
  if (far < LEAST_TIE) return null;
  const steps = Math.ceil(far / 8);
  return Array.from({ length: steps + 1 }, (_, k) => anchor.add(end.subtract(anchor).multiplyBy(k / steps)));
}

/** @param {Label} label @returns {boolean} whether it is a number's or a country's: seas, rivers and capitals stand at their own place or not at all */
function isTied({ rank, kind }) {
  return rank < ORIENTATION || kind === "country";
}

/** @param {Box} box @param {L.Point} anchor @returns {boolean} whether the number stands on its right */
function isLeft(box, anchor) {
  return box.right <= anchor.x;
}

/** @param {L.Point} anchor @param {Box} box @param {L.Point} number @param {Label} label @returns {boolean} whether it is read as standing at its place: near it, or within its own country */
function isAtHome(anchor, box, number, { code, element, point, kind }) {
  const isNumbered = all(".numbers", element).length > 0;
  // Amid its country, where its name hangs that is cut or joined to that, it is not read as standing at its place.
  const isOwn = !kind && map.latLngToContainerPoint(point).equals(anchor);
  if (isNumbered && isOwn && anchor.distanceTo(number) <= TIED_BEYOND) return true;
  if (!code || !sides.get(code)) return !isNumbered;
  return isNumbered
    ? around(number).every((point) => reaches([point], [code]))
    : reaches([middleOf(box), ...cornersOf(box)], [code]);
}

/** @param {L.Point} point of a line @returns {Box} that nothing for orientation may lie on */
function boxAround({ x, y }) {
  return { left: x - 2, top: y - 2, right: x + 2, bottom: y + 2 };
}

/** @param {Standing} standing @returns {SVGElement} the lines that tie names to their places */
function ties(standing) {
  const picture = svg("svg", { class: "label-leaders" });
  for (const its of standing.values()) {
    const [first, last] = [its?.tie[0], its?.tie[its.tie.length - 1]];
    if (first && last) picture.append(svg("line", { x1: first.x, y1: first.y, x2: last.x, y2: last.y }));
  }
  return picture;
}

/** So many times are numbers that found no room for their name joined to a name that has it. */
const JOININGS = 4;

/** @param {Label} label @param {Label[]} labels @returns {Label | undefined} the name of its country, rather one with a number, which takes its own over where its name has no room */
function countrysName(label, labels) {
  const named = labels.filter((each) => each !== label && each.code && each.code === label.within);
  return isNamed(label) ? undefined : (named.find(({ kind }) => !kind) ?? named[0]);
}

/** @param {Standing} standing @returns {Label[]} names that took over the numbers of places that had no room for their own, each in the country that it names */
function joined(standing) {
  /** @type {Set<Label>} */
  const changed = new Set();
  for (const [label, its] of standing) {
    const named = its ? undefined : label.joins;
    if (!named || !isSeen(map.latLngToContainerPoint(label.point))) continue;
    const numbers = all(".number", label.element);
    for (const number of numbers) addNumber(named.element, number);
    named.rank = Math.min(named.rank, CROSSED);
    if (label.isOnBorder && !all(".or-border", named.element).length) {
      named.element.append(make("small", "or-border", say("or_border")));
    }
    label.element.remove();
    changed.add(named);
  }
  return [...changed];
}

/** @param {Choice | null | undefined} its @returns {boolean} whether a number stands alone, or not at all */
function isBare(its) {
  return !its || its.form === "is-short";
}

/** @param {L.Point} point @returns {boolean} */
function isSeen({ x, y }) {
  const { x: width, y: height } = map.getSize();
  return x >= 0 && y >= 0 && x <= width && y <= height;
}

/** @param {Label} label @returns {boolean} whether it names a country, or stays where it is */
function isNamed({ code, element, rank }) {
  return Boolean(code) || rank < 0 || element.matches(".is-key");
}

/** @param {HTMLElement} element @param {HTMLElement} number put it among those that stand there, in their order */
function addNumber(element, number) {
  const numbers = all(".numbers", element)[0] ?? make("span", "numbers");
  const later = all(".number", numbers).find((each) => Number(each.textContent) > Number(number.textContent));
  numbers.insertBefore(number, later ?? null);
  element.prepend(numbers);
  element.classList.remove("orientation");
}

/** @param {Label} label @param {Standing} standing @returns {boolean} whether a country's name that found no room in it stands for no place, and a place there has its own; a capital, whether its country has no name */
function isNeedless(label, standing) {
  const { country, code } = label;
  const [its, others] = [standing.get(label), [...standing]];
  if (country) return !others.some(([each, where]) => each.code === country && where);
  if (!its || label.kind !== "country" || all(".number", label.element).length) return false;
  return others.some(([each, where]) => each.within === code && !isBare(where)) && isAbroad(its, othersThan(code));
}

/** @param {Label[]} labels put every label where it covers nothing, join it to that of its country, or leave it out */
function* placing(labels) {
  lands.clear();
  measure(labels);
  yield;
  const grid = gridOf(controlBoxes(), labels);
  /** @type {Map<Label, Choice[]>} */
  const choices = new Map();
  for (const label of labels) {
    label.joins = countrysName(label, labels);
    choices.set(label, yield* choicesFor(label, grid));
  }
  const isTold = (/** @type {Label} */ { element, rank }) => element.isConnected && rank < ORIENTATION;
  let standing = yield* stand(labels.filter(isTold), choices);
  for (let n = 0; n < JOININGS; n++) {
    const changed = joined(standing);
    if (!changed.length) break;
    yield;
    measure(changed);
    for (const label of changed) choices.set(label, yield* choicesFor(label, grid));
    for (const label of changed) standing.delete(label);
    standing = yield* stand(labels.filter(isTold), choices, standing);
  }
  yield;
  const others = labels.filter(({ element, rank }) => element.isConnected && rank >= ORIENTATION);
  yield* orient(
    others.sort((a, b) => a.rank - b.rank),
    choices,
    grid,
    standing,
  );
  yield;
  for (const label of [...standing.keys()]) if (isNeedless(label, standing)) standing.set(label, null);
  labelHost.prepend(ties(standing));
  for (const [label, its] of standing) show(label, its);
  clearOfNames([...standing.values()].flatMap((its) => (its ? [inset(its.box)] : [])));
}

/** @param {Label} label @param {Choice | null} its */
function show({ element, kind, point }, its) {
  setForm(element, its?.form ?? "is-short");
  element.style.visibility = its ? "visible" : "hidden";
  if (!its) return;
  const { box, anchor } = its;
  element.classList.toggle("is-left", isLeft(box, anchor));
  if (kind === "capital") labelHost.prepend(dotAt(point, "anchor capital"));
  element.style.width = `${box.right - box.left}px`;
  element.style.transform = `translate(${Math.round(box.left)}px, ${Math.round(box.top)}px)`;
}

/** @param {Box} box @returns {Box} what of it the letters fill */
function inset({ left, top, right, bottom }) {
  return { left: left + 3, top: top + 3, right: right - 3, bottom: bottom - 3 };
}

/** @param {Box[]} named no arrow ends under a name: what lies under one of these, or lay under one of those before, is painted anew */
function clearOfNames(named) {
  const before = /** @type {{ named?: Box[] }} */ (map.options).named ?? [];
  Object.assign(map.options, { named });
  hushNote();
  if (JSON.stringify(before) === JSON.stringify(named) || orderSeen(map) === 0) return;
  const boxes = [...before, ...named];
  for (const layer of payload.journeys.flatMap((_, j) => orderOf(j)).filter((each) => map.hasLayer(each)))
    if (pointsOf([layer]).some((point) => boxes.some((box) => holds(box, point)))) layer.setStyle({});
}

/** What says what the arrows are is there only where one is seen: names may have taken them all. */
function hushNote() {
  const note = all(".order-note")[0];
  if (!note || note.hidden) return;
  const paths = payload.journeys.flatMap((_, j) =>
    orderOf(j)
      .filter((each) => map.hasLayer(each))
      .flatMap(pathsOf),
  );
  const from = map.containerPointToLayerPoint([0, 0]);
  note.hidden = !paths.some((path) =>
    dartsOf(/** @type {any} */ (path)).some((dart) =>
      dart.every(({ x, y }) => isSeen(L.point(x - from.x, y - from.y))),
    ),
  );
}
