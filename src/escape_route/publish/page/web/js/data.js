// The payload and how to look things up in it. All files here are put into one function in the order that assembly.py
// gives: a file may use what stands in an earlier one, and functions of a later one once the page runs.

/** @template T @param {T | null | undefined} value @returns {T} */
function must(value) {
  if (value === null || value === undefined) throw new Error("the page lacks a part that it is built with");
  return value;
}

/** @type {Payload} */
const payload = JSON.parse(must(document.getElementById("payload")).textContent ?? "");

/** @param {Position | null} at @returns {any} the same in the copy of the world that is drawn */
function beside(at) {
  return at && [at[0] + turnOf(at[0]), at[1]];
}

for (const waypoint of payload.journeys.flatMap(({ waypoints }) => waypoints)) {
  const { label, hang, again } = waypoint;
  Object.assign(waypoint, { label: beside(label), hang: beside(hang), again: again.map(beside) });
}
for (const name of payload.names) name.at = beside(name.at);

/** @typedef {{ ring: Position[], west: number, east: number, south: number, north: number }} Side a part of a country, and how far it reaches */

/** @param {number[]} steps in parts of a degree @returns {Side} */
function sideOf(steps) {
  let [x, y] = [0, 0];
  /** @type {Position[]} */
  const corners = [];
  for (let n = 0; n < steps.length; n += 2) {
    x += must(steps[n]);
    y += must(steps[n + 1]);
    corners.push([x / payload.sides_per_deg, y / payload.sides_per_deg]);
  }
  const turn = turnOf(must(corners[Math.floor(corners.length / 2)])[0]);
  const ring = corners.map(([lon, lat]) => /** @type {Position} */ ([lon + turn, lat]));
  const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
  return {
    ring,
    west: Math.min(...lons),
    east: Math.max(...lons),
    south: Math.min(...lats),
    north: Math.max(...lats),
  };
}

/** @type {Map<string, Side[]>} the countries that the map shows, by their codes */
const sides = new Map(Object.entries(payload.sides).map(([code, rings]) => [code, rings.map(sideOf)]));

/** The journey that the page is about; others are laid beside it. */
const journey = must(payload.journeys[0]);

/** Whether several journeys are told as one story. */
const isJoint = payload.journeys.length > 1;

/** @typedef {{ j: number, w: number, id: string }} Stop a chapter: a place of a journey; w is -1 where it is about all of it, j where about all journeys */

/** @type {Stop[]} every chapter, in the order of the page */
const stops = [
  ...(isJoint ? [{ j: -1, w: -1, id: "" }] : []),
  ...payload.journeys.flatMap((told, j) => [
    { j, w: -1, id: isJoint ? told.id : "" },
    ...told.waypoints.map(({ id }, w) => ({ j, w, id: j ? `${told.id}/${id}` : id })),
  ]),
];

/** @type {Map<string, number>[]} for each journey: source id -> number as shown */
const sourceNumbers = payload.journeys.map((each) => new Map(each.sources.map((source) => [source.id, source.number])));

/** @param {string} path @returns {unknown} what lies at keys and indices joined by dots */
function at(path) {
  /** @type {unknown} */
  let found = payload;
  for (const key of path.split(".")) found = /** @type {Record<string, unknown>} */ (found)[key];
  return found;
}

/** @param {string} selector @param {ParentNode} [root] @returns {HTMLElement[]} */
function all(selector, root = document) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector))];
}

/** @param {string} selector @param {ParentNode} [root] @returns {HTMLElement} */
function one(selector, root = document) {
  return must(/** @type {HTMLElement | null} */ (root.querySelector(selector)));
}

/**
 * Make an element.
 * @param {string} name @param {string} [className] @param {string} [text] enters by textContent
 * @returns {HTMLElement}
 */
function make(name, className = "", text = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

/** @param {() => void} work done in a task of its own once the page stands, so that a step is seen in the text first; at once for who wants it calm, whose map does not move */
function inOwnTask(work) {
  if (calm.matches || !document.documentElement.classList.contains("is-drawn")) work();
  else setTimeout(work);
}

/** A frame or a window in which the headline alone says how far apart the ends are. */
const tiny = window.matchMedia("(height < 30rem), (width < 45rem) and (height < 32rem)");
const narrow = window.matchMedia(
  "(width < 60rem) and (not ((orientation: landscape) and (width >= 30rem) and (height < 30rem)))",
);
