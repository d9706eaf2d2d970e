// Several journeys as one story: their dates on one axis of years, which leads to each.

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

/** @param {JourneyPayload} told @param {number} j @param {(year: number) => number} at in per cent @returns {HTMLElement} its dates, as a link to it */
function dateRow(told, j, at) {
  const row = make("li");
  const link = /** @type {HTMLAnchorElement} */ (make("a", "date-row"));
  link.href = `#${told.id}`;
  link.dataset.journey = String(j);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    goTo(stops.findIndex((stop) => stop.j === j));
  });
  const spans = spansOf(told);
  const track = make("span", "date-track");
  for (const { from, to, about } of spans) {
    const bar = make("span", about ? "date-bar is-about" : "date-bar");
    bar.style.insetInlineStart = `${at(from)}%`;
    bar.style.inlineSize = `max(6px, ${at(to) - at(from)}%)`;
    track.append(bar);
  }
  const name = make("span", "date-name");
  const subject = told.subject ?? told.title;
  name.textContent = inLanguage(subject);
  mark(name, languageOf(subject));
  link.append(name, track, make("span", "date-when", spans.map(({ said }) => inLanguage(said)).join(", ")));
  row.append(link);
  return row;
}

/** The dates of all journeys on one axis, one row each. */
function drawDates() {
  const host = document.querySelector("[data-dates]");
  if (!host) return;
  const years = payload.journeys.flatMap((told) =>
    spansOf(told).flatMap(({ from, to }) => [Math.floor(from), Math.ceil(to)]),
  );
  if (!years.length) return;
  const [least, most] = [Math.min(...years) - 1, Math.max(...years) + 1];
  /** @param {number} year */
  const at = (year) => ((year - least) / (most - least)) * 100;
  const list = make("ol", "date-rows");
  list.setAttribute("role", "list");
  list.append(...payload.journeys.map((told, j) => dateRow(told, j, at)));
  const axis = make("div", "date-row date-axis");
  axis.setAttribute("aria-hidden", "true");
  const ticks = make("span", "date-track");
  for (let year = least + 1; year < most; year += Math.max(1, Math.ceil((most - least) / (narrow.matches ? 3 : 6)))) {
    const tick = make("span", "", year > 0 ? String(year) : say("date_bce", { year: String(1 - year) }));
    tick.style.insetInlineStart = `${at(year + 0.5)}%`;
    ticks.append(tick);
  }
  axis.append(make("span"), ticks, make("span"));
  host.replaceChildren(list, axis);
  showYears();
}

/** The axis of years stands where the ledger of the first journey does not, and marks the journey that is read. */
function showYears() {
  const host = /** @type {HTMLElement | null} */ (document.querySelector("[data-dates]"));
  if (!host) return;
  host.hidden = !one("[data-ledger='strip']").hidden || !host.hasChildNodes();
  for (const link of all("a", host)) {
    if (Number(link.dataset.journey) === stopNow().j) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
