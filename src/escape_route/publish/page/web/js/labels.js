// Names on the map: beside their point, never on a line, a control or one another.

/**
 * @typedef {object} Box
 * @property {number} left @property {number} top @property {number} right @property {number} bottom
 */

/**
 * @typedef {object} Label
 * @property {HTMLElement} element @property {L.LatLng} point @property {number} rank the lower the earlier it is placed
 */

const labelHost = make("div", "labels");

/** Places around a point, nearest and most readable first: [horizontal, vertical, distance]. */
const DIRECTIONS = [6, 12, 20, 29, 42, 58, 78].flatMap((far) =>
  [
    [1, 0],
    [-1, 0],
    [1, -0.8],
    [1, 0.8],
    [-1, -0.8],
    [-1, 0.8],
    [0, -1],
    [0, 1],
  ].map(([x = 0, y = 0]) => [x, y, far]),
);

/** A name that would cover more points of a line than this is cut to its number, which costs as much as some distance. */
const MOST_COVERED = 2;
const CUT_COST = 110;

/** Names of places without a label point give way first: what is drawn of them says where they are. */
const WITHOUT_POINT = { rank: 100, cost: 90 };

/** A name that stands further from its point than this, in pixels, is tied to it by a line. */
const TIED_BEYOND = 24;

/** @param {Box} a @param {Box} b @param {number} [gap] @returns {boolean} */
function overlap(a, b, gap = 3) {
  return a.left < b.right + gap && b.left < a.right + gap && a.top < b.bottom + gap && b.top < a.bottom + gap;
}

/** @param {L.Point} point @param {HTMLElement} element @param {number[]} direction @returns {Box} */
function boxAt(point, element, [x = 0, y = 0, far = 0]) {
  const width = element.offsetWidth;
  const height = element.offsetHeight;
  const left = point.x + x * far + (x === 0 ? -width / 2 : x < 0 ? -width : 0);
  const top = point.y + y * far + (y === 0 ? -height / 2 : y < 0 ? -height : 0);
  return { left, top, right: left + width, bottom: top + height };
}

/** @returns {L.Point[]} points every few pixels along everything that a name must not cover */
function linePoints() {
  const layers = journey.legs.map((_, n) => legLayer(n));
  if (state.bound) layers.push(shortestLayer(state.scope));
  const rivers = journey.waypoints.map((_, w) => drawn(`geo_json_place_lines_0_${w}`));
  // The outline of the place that is told of: its name stands inside or outside, not across.
  if (state.chapter) layers.push(drawn(`geo_json_place_0_${state.chapter - 1}`));
  return [...layers, ...rivers].flatMap((layer) => (layer ? linesOf(layer) : [])).flatMap(pointsAlong);
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
  const selector = ".legend, .steps, .credit, .pan, .leaflet-control";
  return all(selector, one(".map")).map((element) => {
    const box = element.getBoundingClientRect();
    return {
      left: box.left - origin.left,
      top: box.top - origin.top,
      right: box.right - origin.left,
      bottom: box.bottom - origin.top,
    };
  });
}

/** @param {Box} box @param {L.Point[]} points @returns {number} how many points lie in it */
function covered(box, points) {
  const pad = 4;
  let count = 0;
  for (const { x, y } of points) {
    if (x > box.left - pad && x < box.right + pad && y > box.top - pad && y < box.bottom + pad) count++;
  }
  return count;
}

/**
 * The best free place for a label, and what it costs: lines covered, and distance from its point.
 * @param {Label} label @param {Box[]} taken @param {L.Point[]} points @param {number} most points it may cover
 * @returns {{ box: Box, cost: number } | null}
 */
function bestBox(label, taken, points, most) {
  const { x: width, y: height } = map.getSize();
  const anchor = map.latLngToContainerPoint(label.point);
  if (anchor.x < 0 || anchor.y < 0 || anchor.x > width || anchor.y > height) return null;
  let best = null;
  for (const [order, direction] of DIRECTIONS.entries()) {
    const box = boxAt(anchor, label.element, direction);
    if (box.left < 4 || box.top < 4 || box.right > width - 4 || box.bottom > height - 4) continue;
    if (taken.some((other) => overlap(box, other))) continue;
    if (tieTo(anchor, box).some((point) => taken.some((other) => covered(other, [point])))) continue;
    const over = covered(box, points);
    const cost = over * 12 + (order % 8) + must(direction[2]);
    if (over <= most && (!best || cost < best.cost)) best = { box, cost };
  }
  return best;
}

/** @typedef {{ label: Label, box: Box | null, short: boolean }} Placing */

/** @param {Label[]} labels in the order of placing @param {L.Point[]} points @param {Box[]} controls */
function attempt(labels, points, controls) {
  const taken = [...controls];
  let cost = 0;
  const placings = labels.map((label) => {
    label.element.classList.remove("is-short");
    let best = bestBox(label, taken, points, label.rank < 0 ? 30 : MOST_COVERED);
    const short = !best;
    if (short) {
      label.element.classList.add("is-short");
      best = bestBox(label, taken, points, 99);
      cost += label.rank >= WITHOUT_POINT.rank ? WITHOUT_POINT.cost : CUT_COST;
    }
    if (best) taken.push(best.box);
    cost += best?.cost ?? CUT_COST;
    return { label, box: best?.box ?? null, short };
  });
  return { placings, cost };
}

/** @param {L.Point} anchor @param {Box} box @returns {L.Point[]} of the line that ties a box to its point, none if it is near */
function tieTo(anchor, box) {
  const end = L.point(
    Math.max(box.left, Math.min(box.right, anchor.x)),
    Math.max(box.top, Math.min(box.bottom, anchor.y)),
  );
  const far = anchor.distanceTo(end);
  if (far <= TIED_BEYOND) return [];
  const steps = Math.ceil(far / 8);
  return Array.from({ length: steps }, (_, k) => anchor.add(end.subtract(anchor).multiplyBy((k + 0.5) / steps)));
}

/** @param {Placing[]} placings @returns {SVGElement} the lines that tie names to their points */
function ties(placings) {
  const picture = svg("svg", { class: "label-leaders" });
  for (const { label, box } of placings) {
    const points = box ? tieTo(map.latLngToContainerPoint(label.point), box) : [];
    const [first, last] = [points[0], points[points.length - 1]];
    if (first && last) picture.append(svg("line", { x1: first.x, y1: first.y, x2: last.x, y2: last.y }));
  }
  return picture;
}

/** @param {Label[]} labels put every label where it covers nothing, cut it to its number, or leave it out */
function placeLabels(labels) {
  const points = linePoints();
  const controls = controlBoxes();
  const ranked = [...labels].sort((a, b) => a.rank - b.rank);
  const first = ranked.filter((label) => label.rank < 0);
  const rest = ranked.filter((label) => label.rank >= 0);
  const north = [...rest].sort((a, b) => b.point.lat - a.point.lat);
  const orders = [rest, [...rest].reverse(), north, [...north].reverse()];
  const attempts = orders.map((order) => attempt([...first, ...order], points, controls));
  const best = attempts.reduce((least, next) => (next.cost < least.cost ? next : least));
  labelHost.prepend(ties(best.placings));
  for (const { label, box, short } of best.placings) {
    label.element.classList.toggle("is-short", short);
    label.element.classList.toggle("is-left", box !== null && box.right <= map.latLngToContainerPoint(label.point).x);
    label.element.style.visibility = box ? "visible" : "hidden";
    if (box) label.element.style.transform = `translate(${Math.round(box.left)}px, ${Math.round(box.top)}px)`;
  }
}
