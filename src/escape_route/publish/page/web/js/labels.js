// Names on the map: beside their point, never on a line, a control or one another.

/**
 * @typedef {object} Box
 * @property {number} left @property {number} top @property {number} right @property {number} bottom
 */

/**
 * @typedef {object} Label
 * @property {HTMLElement} element @property {L.LatLng} point @property {L.LatLng} [brief] where it hangs when it is cut to its country
 * @property {boolean} [isPoint] whether a point of it was published, which it hangs at however it is cut
 * @property {number} rank the lower the earlier it is placed
 * @property {string[]} [avoid] countries that it must not lie in @property {string} [kind] of a name for orientation
 * @property {-1 | 1} [up] of an end: whether it lies above the other one, 1, or below
 * @property {boolean} [isOnBorder] whether its place may lie in more than one country
 * @property {boolean} [line] whether its place is a line, which it stands beside and not on
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
const CUT_COST = 150;

/** How long a name stands: as it is, broken into more lines, which costs as much as some distance, or cut to its number. */
const FORMS = /** @type {const} */ (["", "is-tight", "is-short"]);
const TIGHT_COST = 36;

/** Names of places without a label point give way first: what is drawn of them says where they are. */
const WITHOUT_POINT = { rank: 100, cost: 130 };

/** A country's name gives way last. */
const KEY_COST = 950;

/** Where it began and ended is never cut to a number: it is broken into more lines, or named by its country; it stands near, and rather on that side where the other end does not lie. */
const END = { broken: 40, brief: 110, far: 6, astray: 40 };

/** A country, or where it began or ended, that is not named at all. */
const LOST_COST = 1000;

/** A numbered country's name that stands over another country, its number beside its own. */
const STRAYS_COST = 150;

/** A number that lies on the other side of a border, or whose line runs through another name. */
const ASTRAY_COST = 200;

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
const LONG_TIE_COST = 1;

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

/** @returns {L.Point[]} points along the arrows over land, of which a name hides as few as it can */
function arrowPoints() {
  const { j } = stopNow();
  const shown = orderSeen(map) ? payload.journeys.flatMap((_, n) => (j < 0 || j === n ? orderOf(n) : [])) : [];
  return pointsOf(shown.filter((layer) => !isOver(layer)));
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

/** @typedef {{ wide: number, high: number, cells: Uint8Array, arrows: Uint8Array, controls: Box[], points: { of: Label, at: L.Point }[] }} Grid where the lines are that no name may cover, and arrows over land, what lies over the map, and where the places are */

/** @param {Box[]} controls @param {Label[]} named @returns {Grid} */
function gridOf(controls, named) {
  const { x, y } = map.getSize();
  const [wide, high] = [Math.ceil(x / CELL) + 1, Math.ceil(y / CELL) + 1];
  const [cells, arrows] = [linePoints(), arrowPoints()].map((along) => {
    const found = new Uint8Array(wide * high);
    for (const point of along) {
      const [column, row] = [Math.floor(point.x / CELL), Math.floor(point.y / CELL)];
      if (column >= 0 && row >= 0 && column < wide && row < high) found[row * wide + column] = 1;
    }
    return found;
  });
  const places = named.filter(({ rank }) => rank < ORIENTATION);
  const points = places.map((of) => ({ of, at: map.latLngToContainerPoint(of.point) }));
  return { wide, high, cells: must(cells), arrows: must(arrows), controls, points };
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
  if (kind) choice.astray ??= rank <= ORIENTATION ? reaches([middleOf(choice.box)], avoid) : isAbroad(choice, avoid);
  else choice.astray ??= isBeyond(choice, label);
  return choice.astray;
}

/** @param {Choice} choice @param {Label} label @returns {boolean} */
function isBeyond(choice, label) {
  const { avoid = [], element } = label;
  // A row of numbers is wider than its country: near it, and tied to it, counts more.
  if (isShared(label)) return false;
  // A country's own name says which side is meant.
  if (choice.form === "is-short" || element.matches(".is-country")) return isAbroad(choice, avoid);
  return reaches([...cornersOf(choice.box), ...choice.tie], avoid);
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

/** @typedef {{ box: Box, form: Form, cost: number, over: number, anchor: L.Point, tie: L.Point[], astray?: boolean, strays?: boolean }} Choice a place for a name, whatever stands there */

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
  const choices = [];
  for (const [order, direction] of directionsOf(label).entries()) {
    if (direction[3] && size.height < 2 * LINE_PX - 6) continue;
    const box = boxAt(anchor, size, direction);
    if (Math.min(box.left, box.top, width - box.right, height - box.bottom) < EDGE) continue;
    const lines = covered(box, grid);
    const far = distanceOf(direction, label);
    const tie = tieOf(anchor, box, size.mark, label)?.filter((point) => !over.some((control) => holds(control, point)));
    if (!tie) continue;
    const hidden = covered(box, grid, grid.arrows);
    const cost =
      lines * 12 +
      hidden * 5 +
      (order % 12) +
      far +
      (form === "is-tight" ? TIGHT_COST : 0) +
      (tie.length ? TIE_COST + LONG_TIE_COST * Math.max(0, (direction[2] ?? 0) - LONG_TIE) : 0);
    choices.push({ box, form, over: lines, cost: cost + awayCost(box, label, grid), anchor, tie });
  }
  return choices;
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

/** @param {Label} label @returns {boolean} whether a place of which a point was published took over the numbers of others in its country, which then names them */
function isShared({ brief, isPoint, element }) {
  return Boolean(brief && isPoint) && all(".number", element).length > 1;
}

/** @param {Label} label @param {Form} form @returns {boolean} whether it never stands so: one that took over others' numbers does not name them by its place */
function isNoForm(label, form) {
  const isPlain = label.rank >= ORIENTATION;
  if (form === "is-short") return isPlain || !all(".number", label.element).length;
  return isShared(label) || Boolean(form && isPlain && label.kind !== "country");
}

/** @typedef {{ whole: Choice[], short: Choice[] }} Choices of a name, and of its number alone, the best first */

/** @param {Label} label @param {Grid} grid @returns {Choices} */
function bothChoices(label, grid) {
  const [whole, tight, short] = FORMS.map((form) => (isNoForm(label, form) ? [] : choicesOf(label, form, grid)));
  /** @param {Choice[]} choices */
  const sorted = (choices) => choices.sort((a, b) => a.cost - b.cost);
  return { whole: sorted([...must(whole), ...must(tight)]), short: sorted(must(short)) };
}

/**
 * @param {Choice[]} choices @param {Box[]} taken @param {number} most points it may cover
 * @param {Label} label @returns {Choice | undefined}
 */
function bestOf(choices, taken, most, label) {
  return choices.find(
    (choice) =>
      choice.over <= most &&
      !taken.some((other) => overlap(choice.box, other)) &&
      !choice.tie.some((point) => taken.some((other) => holds(other, point))) &&
      !lies(choice, label),
  );
}

/** @typedef {{ label: Label, box: Box | null, anchor: L.Point, form: Form, tie: L.Point[] }} Placing */

/** @param {Label} label @returns {number} */
function cutCost({ rank, element, brief }) {
  if (element.matches(".is-key")) return brief ? END.brief : END.broken;
  if (element.matches(".is-country")) return KEY_COST;
  return rank >= WITHOUT_POINT.rank ? WITHOUT_POINT.cost : CUT_COST;
}

/**
 * @param {Label[]} labels in the order of placing @param {Map<Label, Choices>} choices @param {Box[]} controls
 * @param {boolean} inBrief whether the ends are named by their countries, which leaves room to others
 */
function attempt(labels, choices, controls, inBrief) {
  const taken = [...controls];
  /** @type {Box[]} what no later name may lie on */
  const tied = [];
  /** @type {Set<string | undefined>} rivers that have their name */
  const rivers = new Set();
  /** @type {L.LatLng[]} where the countries stand that name a place in brief: none is named twice */
  const briefly = [];
  /** @type {{ up?: number, box: Box }[]} where it began or ended, as far as it has its name */
  const ends = [];
  let cost = 0;
  /** @param {Choices} each @param {Label} label @returns {Choices} those in which the names of both ends stand as their places do */
  const turnedRight = ({ whole, short }, { up }) => {
    const other = ends.find((end) => up && end.up === -up);
    /** @param {Choice} choice */
    const isRight = ({ box }) => !other || !up || (middleOf(box).y - middleOf(other.box).y) * up <= 0;
    return other ? { whole: whole.filter(isRight), short: short.filter(isRight) } : { whole, short };
  };
  const placings = labels.map((label) => {
    const { whole, short: cut } = turnedRight(must(choices.get(label)), label);
    const closed = [...taken, ...tied];
    const isSaid =
      rivers.has(label.code) || (label.kind === "country" && briefly.some((each) => each.equals(label.point)));
    const isBrief = isSaid || (inBrief && label.brief);
    let best = isBrief ? undefined : bestOf(whole, closed, label.rank < 0 ? 30 : MOST_COVERED, label);
    // A country's name covers lines rather than leave its number bare.
    if (!best && !isBrief && label.element.matches(".is-country")) {
      best = bestOf(whole, closed, 99, label);
      if (label.rank < ORIENTATION) best ??= whole.find(({ box }) => !taken.some((other) => overlap(box, other)));
      cost += best && lies(best, label) ? ASTRAY_COST : 0;
    }
    if (best && strays(best, label)) {
      const most = best.cost + STRAYS_COST;
      const staying = whole.filter((choice) => choice.cost <= most && !strays(choice, label));
      best = bestOf(staying, closed, MOST_COVERED, label) ?? best;
      cost += strays(best, label) ? STRAYS_COST : 0;
    }
    if (!best && label.rank < ORIENTATION) {
      const staying = cut.filter((choice) => !strays(choice, label));
      best = bestOf(staying, taken, 99, label) ?? bestOf(cut, taken, 99, label);
      cost += cutCost(label) + (best ? 0 : ASTRAY_COST) + (best && strays(best, label) ? STRAYS_COST : 0);
      // Where a number has no room on its own side of a border, its country's name and a line say whose it is.
      const isEnd = label.element.matches(".is-key");
      best ??= cut.find(({ box, tie }) => (isEnd || !tie.length) && !taken.some((other) => overlap(box, other)));
      if (!best) cost += label.code || label.element.matches(".is-key") ? LOST_COST : 0;
    }
    if (best) taken.push(best.box);
    if (best && label.up) ends.push({ up: label.up, box: best.box });
    if (best && label.kind === "river") rivers.add(label.code);
    if (best?.form === "is-short" && label.brief) briefly.push(label.brief);
    if (best) tied.push(...best.tie.map(boxAround));
    cost += best?.cost ?? (label.rank < ORIENTATION ? cutCost(label) : 0);
    const anchor = best?.anchor ?? map.latLngToContainerPoint(label.point);
    return { label, box: best?.box ?? null, anchor, form: best?.form ?? "is-short", tie: best?.tie ?? [] };
  });
  return { placings, cost };
}

/** @param {L.Point} anchor @param {Box} box @param {L.Point} mark where in it the number stands @param {Label} label @returns {L.Point[] | null} of the line that ties it to its place, none where it stands there; null where a line would not be seen */
function tieOf(anchor, box, mark, label) {
  if (!isTied(label)) return [];
  const number = L.point(isLeft(box, anchor) ? box.right - mark.x : box.left + mark.x, box.top + mark.y);
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
function isAtHome(anchor, box, number, { code, element }) {
  const isNumbered = all(".numbers", element).length > 0;
  if (isNumbered && anchor.distanceTo(number) <= TIED_BEYOND) return true;
  if (!code || !sides.get(code)) return !isNumbered;
  return reaches(isNumbered ? [number] : [middleOf(box), ...cornersOf(box)], [code]);
}

/** @param {L.Point} point of a line @returns {Box} that nothing for orientation may lie on */
function boxAround({ x, y }) {
  return { left: x - 2, top: y - 2, right: x + 2, bottom: y + 2 };
}

/** @param {Placing[]} placings @returns {SVGElement} the lines that tie names to their places */
function ties(placings) {
  const picture = svg("svg", { class: "label-leaders" });
  for (const { box, tie } of placings) {
    const [first, last] = [tie[0], tie[tie.length - 1]];
    if (box && first && last) picture.append(svg("line", { x1: first.x, y1: first.y, x2: last.x, y2: last.y }));
  }
  return picture;
}

/** @param {Label[]} labels @param {number} turn @returns {Label[]} where it began and ended is named whatever else is, in either order */
function endsFirst(labels, turn) {
  const isEnd = (/** @type {Label} */ { element }) => element.classList.contains("is-key");
  const isCountry = (/** @type {Label} */ { element }) => Number(element.classList.contains("is-country"));
  const ends = labels.filter(isEnd).sort((a, b) => (turn % 2 ? -1 : 1) * (isCountry(b) - isCountry(a)));
  return [...ends, ...labels.filter((label) => !isEnd(label))];
}

/** So many times are numbers that found no room for their name joined to a name that has it. */
const JOININGS = 4;

/** @param {Placing[]} placings @returns {Label[]} names that took over the numbers of places that had no room for their own, each in the country that it names */
function joined(placings) {
  const inView = placings.filter(({ anchor }) => isSeen(anchor));
  const seen = inView.map(({ label }) => label);
  const bare = inView.filter(({ label, form }) => form === "is-short" && label.within && !isNamed(label));
  /** @type {Set<Label>} */
  const changed = new Set();
  for (const { label } of bare) {
    const named = seen.find((each) => each !== label && each.code === label.within && each.element.isConnected);
    if (!named) continue;
    const numbers = all(".number", label.element);
    for (const number of numbers) addNumber(named.element, number);
    named.rank = Math.min(named.rank, CROSSED);
    if (label.isOnBorder && !all(".or-border", named.element).length) {
      named.element.append(make("small", "or-border", say("or_border")));
    }
    label.element.remove();
    changed.delete(label);
    changed.add(named);
  }
  return [...changed];
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

/** So many times is what found no room for its name placed before all others, each time without more of its best places. */
const REPAIRS = 7;
const PASSED_OVER = [0, 0, 1, 2, 4, 7, 12];

/** @param {Label[]} labels @param {Map<Label, Choices>} choices @param {Box[]} controls @returns {Placing[]} those of the order that costs the least */
function cheapest(labels, choices, controls) {
  const ranked = [...labels].sort((a, b) => a.rank - b.rank);
  const first = ranked.filter((label) => label.rank < 0);
  const rest = ranked.filter((label) => label.rank >= 0 && label.rank < ORIENTATION);
  const last = ranked.filter((label) => label.rank >= ORIENTATION);
  const north = [...rest].sort((a, b) => b.point.lat - a.point.lat);
  const dear = [...rest].sort((a, b) => cutCost(b) - cutCost(a));
  /** @param {Label[][]} orders @param {Map<Label, Choices>} [among] */
  const bestIn = (orders, among = choices) =>
    orders
      .flatMap((order) => [false, true].map((inBrief) => ({ order, inBrief, among })))
      .map((each) => ({ ...each, ...attempt([...first, ...each.order], among, controls, each.inBrief) }))
      .reduce((least, next) => (next.cost < least.cost ? next : least));
  let best = bestIn([rest, [...rest].reverse(), north, [...north].reverse(), dear].map(endsFirst));
  let order = best.order;
  for (let n = 0; n < REPAIRS; n++) {
    const without = best.placings.filter(isCut).map(({ label }) => label);
    if (!without.length) break;
    const others = order.filter((label) => !without.includes(label));
    order = [...without, ...others];
    const among = new Map(choices);
    for (const label of without) among.set(label, passedOver(must(choices.get(label)), label, PASSED_OVER[n]));
    const next = bestIn([order, [...without, ...others.reverse()]], among);
    if (next.cost < best.cost) best = next;
    else if (n % 2) order = [...order].reverse();
  }
  return attempt([...first, ...best.order, ...last], best.among, controls, best.inBrief).placings;
}

/** @param {Choices} choices @param {Label} label @param {number} [count] @returns {Choices} without so many of the best places */
function passedOver({ whole, short }, label, count = 0) {
  return { whole: count ? whole.filter((choice) => !lies(choice, label)).slice(count) : whole, short };
}

/** @param {Placing} placing @returns {boolean} whether there is no name on it */
function isCut({ label, box, form }) {
  return box === null || (form === "is-short" && !label.element.matches(".is-key"));
}

/** @param {Placing} placing @param {Placing[]} placings @returns {boolean} whether a country's name that found no room in it stands for no place, and a place there has its own; a capital, whether its country has no name */
function isNeedless({ label, box }, placings) {
  const { country } = label;
  if (country) return !placings.some((each) => each.label.code === country && each.box);
  if (!box || label.kind !== "country" || all(".number", label.element).length) return false;
  const others = othersThan(label.code);
  const isThere = placings.some((each) => each.label.within === label.code && each.box && each.form !== "is-short");
  return isThere && isAbroad({ box }, others);
}

/** @param {Label[]} labels put every label where it covers nothing, join it to that of its country, or leave it out */
function* placing(labels) {
  lands.clear();
  measure(labels);
  yield;
  const controls = controlBoxes();
  const grid = gridOf(controls, labels);
  /** @type {Map<Label, Choices>} */
  const choices = new Map();
  for (const label of labels) {
    choices.set(label, bothChoices(label, grid));
    yield;
  }
  let placings = cheapest(labels, choices, controls);
  for (let n = 0; n < JOININGS; n++) {
    const changed = joined(placings);
    if (!changed.length) break;
    yield;
    measure(changed);
    for (const label of changed) choices.set(label, bothChoices(label, grid));
    placings = cheapest(
      labels.filter(({ element }) => element.isConnected),
      choices,
      controls,
    );
  }
  yield;
  placings = placings.map((each) => (isNeedless(each, placings) ? { ...each, box: null } : each));
  labelHost.prepend(ties(placings));
  for (const { label, box, anchor, form } of placings) {
    setForm(label.element, form);
    label.element.classList.toggle("is-left", box !== null && isLeft(box, anchor));
    label.element.style.visibility = box ? "visible" : "hidden";
    if (box && label.kind === "capital") labelHost.prepend(dotAt(label.point, "anchor capital"));
    if (!box) continue;
    label.element.style.width = `${box.right - box.left}px`;
    label.element.style.transform = `translate(${Math.round(box.left)}px, ${Math.round(box.top)}px)`;
  }
  clearOfNames(placings.flatMap(({ box }) => (box ? inset(box) : [])));
}

/** @param {Box} box @returns {Box} what of it the letters fill */
function inset({ left, top, right, bottom }) {
  return { left: left + 3, top: top + 3, right: right - 3, bottom: bottom - 3 };
}

/** @param {Box[]} named no arrow ends under a name: what lies under one of these, or lay under one of those before, is painted anew */
function clearOfNames(named) {
  const before = /** @type {{ named?: Box[] }} */ (map.options).named ?? [];
  Object.assign(map.options, { named });
  if (JSON.stringify(before) === JSON.stringify(named) || orderSeen(map) === 0) return;
  const boxes = [...before, ...named];
  for (const layer of payload.journeys.flatMap((_, j) => orderOf(j)).filter((each) => map.hasLayer(each)))
    if (pointsOf([layer]).some((point) => boxes.some((box) => holds(box, point)))) layer.setStyle({});
}
