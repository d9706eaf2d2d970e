// Other journeys, laid beside this one: their places on the map, their dates on one axis.

/** @type {Set<number>} journeys that are on the map beside the first */
const besides = new Set();

/** @param {number} j */
function toggleBeside(j) {
  if (besides.has(j)) besides.delete(j);
  else besides.add(j);
  for (const kind of ["places", "legs"]) {
    const group = drawn(`feature_group_${kind}_${j}`);
    if (besides.has(j)) group?.addTo(map);
    else group?.remove();
  }
  if (besides.has(j)) {
    const bounds = L.latLngBounds([]);
    for (const { bbox } of must(payload.journeys[j]).waypoints) if (bbox) bounds.extend(boundsOf(bbox));
    flyTo(bounds);
  }
  showBesides();
  nameSoon();
}

/** Say on each button what it does now. */
function showBesides() {
  for (const button of all("[data-lay]")) {
    const on = besides.has(Number(button.dataset.lay));
    button.setAttribute("aria-pressed", String(on));
    one("[data-word]", button).dataset.word = on ? "beside_hide" : "beside_show";
    translate(button);
  }
}

/** @returns {Label[]} names of the places of the journeys that are laid on the map */
function besideLabels() {
  return [...besides].flatMap((j) => {
    const told = must(payload.journeys[j]);
    return told.waypoints.flatMap((waypoint, w) => {
      const point = labelPoint(w, j);
      if (!point || waypoint.withheld) return [];
      const element = make("div", "label is-beside");
      const name = make("span", "name", inLanguage(waypoint.name));
      name.lang = languageOf(waypoint.name);
      element.append(name, make("small", "", told.subject ? inLanguage(told.subject) : inLanguage(told.title)));
      return [{ element, point, rank: 60 + w }];
    });
  });
}

/** Year, month and day of an EDTF date; a season (2019-21) is told by its year. */
const DATE = /^(-?\d{4})(?:-(0[1-9]|1[0-2])(?!\d)(?:-(0[1-9]|[12]\d|3[01])(?!\d))?)?/;

/** @param {string} when EDTF: 2019, 2019-12, 2008~, -0043 @returns {{ from: number, to: number, about: boolean } | null} in years */
function spanOf(when) {
  const [, year, month] = when.match(DATE) ?? [];
  if (!year) return null;
  const from = Number(year) + (month ? (Number(month) - 1) / 12 : 0);
  return { from, to: from + (month ? 1 / 12 : 1), about: /[~?%]/.test(when) };
}

/** @param {JourneyPayload} told @returns {{ from: number, to: number, about: boolean, said: Texts }[]} each date once */
function spansOf(told) {
  const whens = new Map(told.waypoints.map(({ when, when_said }) => [when, when_said]));
  return [...whens].flatMap(([when, said]) => {
    const span = when && spanOf(when);
    return span && said ? [{ ...span, said }] : [];
  });
}

/** The dates of all journeys on one axis, one row each. */
function drawDates() {
  const host = document.querySelector("[data-dates]");
  if (!host) return;
  const rows = payload.journeys.map((told) => ({ told, spans: spansOf(told) }));
  const years = rows.flatMap(({ spans }) => spans.flatMap(({ from, to }) => [Math.floor(from), Math.ceil(to)]));
  if (!years.length) return;
  const [least, most] = [Math.min(...years) - 1, Math.max(...years) + 1];
  /** @param {number} year */
  const at = (year) => `${((year - least) / (most - least)) * 100}%`;
  const list = make("ul", "date-rows");
  list.setAttribute("role", "list");
  for (const { told, spans } of rows) {
    const row = make("li", "date-row");
    const track = make("span", "date-track");
    for (const { from, to, about } of spans) {
      const bar = make("span", about ? "date-bar is-about" : "date-bar");
      bar.style.left = at(from);
      bar.style.width = `max(6px, ${((to - from) / (most - least)) * 100}%)`;
      track.append(bar);
    }
    const name = make("span", "date-name", inLanguage(told.subject ?? told.title));
    row.append(name, make("span", "date-when", spans.map(({ said }) => inLanguage(said)).join(", ")), track);
    list.append(row);
  }
  const axisOf = make("div", "date-axis");
  axisOf.setAttribute("aria-hidden", "true");
  for (let year = least + 1; year < most; year += Math.max(1, Math.round((most - least) / 6))) {
    const tick = make("span", "", year > 0 ? String(year) : say("date_bce", { year: String(1 - year) }));
    tick.style.left = at(year);
    axisOf.append(tick);
  }
  host.replaceChildren(list, axisOf);
}

/** Set the other journeys up once. */
function startBeside() {
  for (const button of all("[data-lay]")) {
    button.hidden = false;
    button.addEventListener("click", () => toggleBeside(Number(button.dataset.lay)));
  }
}
