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
      return [{ element, point, rank: 200 + w }];
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

/** @param {JourneyPayload} told @returns {{ from: number, to: number, about: boolean, when: string }[]} each date once */
function spansOf(told) {
  const whens = new Set(told.waypoints.flatMap((waypoint) => (waypoint.when ? [waypoint.when] : [])));
  return [...whens].flatMap((when) => {
    const span = spanOf(when);
    return span ? [{ ...span, when }] : [];
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
    row.append(name, make("span", "date-when", spans.map((span) => dateInWords(span.when)).join(", ")), track);
    list.append(row);
  }
  const axisOf = make("div", "date-axis");
  axisOf.setAttribute("aria-hidden", "true");
  for (let year = least + 1; year < most; year += Math.max(1, Math.round((most - least) / 6))) {
    const tick = make("span", "", year > 0 ? String(year) : dayInWords(year));
    tick.style.left = at(year);
    axisOf.append(tick);
  }
  host.replaceChildren(list, axisOf);
}

/** @param {string} when EDTF, perhaps two with a stroke between them @returns {string} as the language writes dates */
function dateInWords(when) {
  const said = when.split("/").map((end) => {
    const [, year, ...parts] = end.match(DATE) ?? [];
    if (!year) return end;
    const date = dayInWords(Number(year), ...parts.filter(Boolean).map(Number));
    const doubt = /[?%]/.test(end) ? say("date_perhaps", { date }) : date;
    return /[~%]/.test(end) ? say("date_about", { date: doubt }) : doubt;
  });
  return said.join(" – ");
}

/** @param {number} year 0 is the year before 1 @param {number} [month] from 1 @param {number} [day] @returns {string} */
function dayInWords(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, (month ?? 1) - 1, day ?? 1);
  /** @type {Intl.DateTimeFormatOptions} */
  const form = { year: "numeric", timeZone: "UTC" };
  if (month) form.month = "long";
  if (day) form.day = "numeric";
  if (year <= 0) form.era = "short";
  return new Intl.DateTimeFormat(state.language, form).format(date);
}

/** Write every date as the language does. */
function sayDates() {
  for (const element of all("[data-when]")) element.textContent = dateInWords(must(element.dataset.when));
}

/** Set the other journeys up once. */
function startBeside() {
  for (const button of all("[data-lay]")) {
    button.hidden = false;
    button.addEventListener("click", () => toggleBeside(Number(button.dataset.lay)));
  }
}
