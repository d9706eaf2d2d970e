// The distance ledger: one axis for all parts of the journey that are of a size; a verdict is a word on its bar.

const SVG = "http://www.w3.org/2000/svg";
const SIZES = { height: 16, row: 24, axis: 19, below: 20, gap: 8, inset: 2, end: 26, least: 140, number: 64 };

/** Its sizes in pixels, as large as the reader's text. */
let BAR = SIZES;

/** Take the size of the reader's text over. */
function fitToText() {
  const larger = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const sized = Object.entries(SIZES).map(([name, px]) => [name, px * larger]);
  BAR = /** @type {typeof SIZES} */ (Object.fromEntries(sized));
}

/** So many names of parts stand beside one another, where the strip is wide. */
const MOST_ABREAST = 3;

/** @typedef {{ x: number, width: number, row?: number, left?: number, element: HTMLElement, kind: string, reaches?: Reach }} LedgerTag */

/** @typedef {"above" | "below" | null | undefined} Reach which lengths are told beside the one: at least so many, at most */

/** @type {Map<ScopePayload, number>} of each part, whose it is */
const whose = new Map(payload.journeys.flatMap((told, j) => told.scopes.map((scope) => [scope, j])));

/** @param {ScopePayload} scope @returns {JourneyPayload} the journey that it is a part of */
function tellerOf(scope) {
  return must(payload.journeys[must(whose.get(scope))]);
}

/** @returns {JourneyPayload} whose ledger stands in the strip: the one that is read */
function toldNow() {
  return must(payload.journeys[Math.max(0, stopNow().j)]);
}

/** @returns {ScopePayload | undefined} the scope that the reader looks at */
function currentScope() {
  return toldNow().scopes[state.scope];
}

/** @param {ScopePayload} scope @returns {ClaimPayload[]} the distances that were stated for it, compared or not */
function statedFor(scope) {
  return tellerOf(scope).claims.filter(
    (claim) => claim.value_km !== null && (claim.scope_id === scope.id || claim.also_scope_id === scope.id),
  );
}

/** @param {ScopePayload} scope @returns {ClaimPayload[]} those that are weighed: no scale holds what is not comparable with it */
function claimsOf(scope) {
  return statedFor(scope).filter((claim) => verdictIn(scope, claim) !== "not_comparable");
}

/** @param {ScopePayload} scope @param {ClaimPayload} claim @returns {VerdictName | null} in that scope */
function verdictIn(scope, claim) {
  return claim.scope_id === scope.id ? claim.verdict : claim.also_verdict;
}

/** @param {string} name @param {Record<string, string | number>} attributes @returns {SVGElement} */
function svg(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** @param {ScopePayload} scope @returns {number} the largest number that it has */
function largestIn(scope) {
  return Math.max(
    scope.plausible_km?.high95 ?? 0,
    scope.lower_bound_km ?? 0,
    (straightKm(scope) ?? 0) * (scope === currentScope() ? state.factor : 1),
    ...claimsOf(scope).map((claim) => claim.value_km ?? 0),
  );
}

/** Parts are of a size where the largest number of each is no less than this part of the largest of all. */
const OF_A_SIZE = 0.2;

/** @returns {boolean} whether a part would be a dot on the axis of another */
function hasOwnAxes() {
  const most = [...whose.keys()].filter(({ lower_bound_km: least }) => least !== null).map(largestIn);
  return Math.min(...most) < OF_A_SIZE * Math.max(...most);
}

/** @param {ScopePayload} scope @returns {number} the end of its axis: the same for all that are of a size */
function mostOn(scope) {
  const other = otherReading(scope)?.other;
  const numbers = hasOwnAxes() ? [scope, ...(other ? [other] : [])].map(largestIn) : [...whose.keys()].map(largestIn);
  return (Math.max(...numbers) || 1) * 1.01;
}

/** @param {string} kind @param {string} words @param {string} [small] @returns {HTMLElement} */
function tagElement(kind, words, small = "") {
  const element = make("div", `tag-on-scale ${kind}`);
  element.append(make("b", "", words));
  if (small) element.append(make("span", "", ` ${small}`));
  return element;
}

/** @typedef {{ km: number, half?: number, element: HTMLElement, kind: string, reaches?: Reach }} Tagged `half` of its bar, in kilometres */

/** @param {ScopePayload} scope @param {boolean} isStrip where the other reading has a row of its own @returns {Tagged[]} what was stated, in its own unit and words, with its verdict */
function statedTags(scope, isStrip) {
  return claimsOf(scope).map((claim) => {
    const verdict = verdictIn(scope, claim) ?? "";
    const words = verdict ? say(`verdict_${verdict}`) : "";
    const element = tagElement(`stated ${verdict}`, say("quoted", { n: inLanguage(claim.stated) }), words);
    const source = publisherOf(tellerOf(scope), claim);
    if (source) element.append(make("small", "", ` ${source}`));
    if (claim.fits_in && claim.scope_id === scope.id && !isStrip) {
      const also = make("small", "also", " ");
      also.append(make("b", "", say("verdict_consistent")), ` ${inLanguage(claim.fits_in)}`);
      element.append(also);
    }
    return { km: claim.value_km ?? 0, element, kind: verdict, reaches: claim.reaches };
  });
}

/** @param {JourneyPayload} told @param {ClaimPayload} claim @returns {string} who published it first and, where there is room, what that is */
function publisherOf({ sources }, claim) {
  const { called: name = "", kind = null } = sources.find(({ id }) => id === claim.sources[0]) ?? {};
  return kind && !tiny.matches ? say("source_of", { name, kind: say(`source_${kind}`) }) : name;
}

/** @param {number} w @param {JourneyPayload} told @returns {string} the first words of a place's name, quoted where they are in another language */
function calledIn(w, { waypoints }) {
  const { name } = must(waypoints[w]);
  const first = firstWords(inLanguage(name));
  return state.language in name ? first : say("quoted", { n: first });
}

/** @param {ScopePayload} scope @returns {string} how far apart first and last place are, where the headline says it */
function apartInWords(scope) {
  const told = tellerOf(scope);
  const { apart_km: km, waypoints } = told;
  return km === null || tiny.matches
    ? ""
    : say("ledger_apart", { first: calledIn(0, told), last: calledIn(waypoints.length - 1, told), km });
}

/**
 * The same as a length of the axis, in a row of its own: it is no part of the way, and not one of its bars.
 * @param {HTMLElement} host @param {ScopePayload} scope @param {(km: number) => number} xOf @param {number} width
 * @returns {{ high: number, shapes: SVGElement[] }} how high its row is
 */
function apartRow(host, scope, xOf, width) {
  const words = apartInWords(scope);
  if (!words) return { high: 0, shapes: [] };
  const element = make("div", "tag-on-scale apart", words);
  host.append(element);
  const [from, to] = [xOf(0), xOf(must(tellerOf(scope).apart_km))];
  const beside = Math.max(from, to) + BAR.gap;
  const room = to > from ? width - beside : to - BAR.gap;
  element.style.maxWidth = `${room}px`;
  const left = to > from ? beside : Math.max(0, to - BAR.gap - element.offsetWidth);
  element.style.transform = `translate(${Math.round(left)}px, 0)`;
  const y = BAR.row / 2 - 3;
  const path = `M${from} ${y - 4}v8M${from} ${y}H${to}M${to} ${y - 4}v8`;
  return { high: element.offsetHeight + 4, shapes: [svg("path", { class: "apart-length", d: path })] };
}

/** @param {ScopePayload} scope @returns {Tagged[]} what geometry says, below its bars */
function measuredTags(scope) {
  const tags = [];
  const { lower_bound_km: bound, plausible_km: range, network } = scope;
  if (bound) {
    const element = tagElement(
      "bound",
      say("verdict_impossible_short"),
      say("ledger_below", { km: kilometres(bound) }),
    );
    tags.push({ km: bound / 2, half: bound / 2, element, kind: "bound" });
  }
  if (range) {
    const element = tagElement("plausible", say("verdict_consistent"), inLanguage(must(scope.likely)));
    const half = (range.high95 - range.low95) / 2;
    tags.push({ km: range.low95 + half, half, element, kind: "plausible" });
  }
  if (network?.length_km && network.tick) {
    tags.push({ km: network.length_km, element: tagElement("roads", "", inLanguage(network.tick)), kind: "roads" });
  }
  return tags;
}

/**
 * Put tags into a host and measure them.
 * @param {Tagged[]} tags @param {HTMLElement} host @param {(km: number) => number} xOf @param {number} width
 * @returns {LedgerTag[]}
 */
function placeTags(tags, host, xOf, width) {
  host.replaceChildren(...tags.map((tag) => tag.element));
  const shown = tags.filter(({ element }) => element.offsetWidth > 0);
  return layTags(
    shown.map((tag) => ({
      ...tag,
      x: xOf(tag.km),
      reach: Math.abs(xOf(tag.half ?? 0) - xOf(0)),
      width: Math.ceil(tag.element.offsetWidth),
    })),
    width,
  );
}

/**
 * Put what was stated over its scale: in fewer rows, or within its width, where each verdict below its number makes them so.
 * @param {ScopePayload} scope @param {boolean} isStrip @param {HTMLElement} host @param {(km: number) => number} xOf @param {number} width
 * @returns {LedgerTag[]}
 */
function placeStated(scope, isStrip, host, xOf, width) {
  host.classList.remove("is-stacked");
  const abreast = placeTags(statedTags(scope, isStrip), host, xOf, width);
  const isCut = abreast.some((tag) => tag.width > width);
  if (rowsOf(abreast) < 2 && !isCut) return abreast;
  host.classList.add("is-stacked");
  const stacked = placeTags(statedTags(scope, isStrip), host, xOf, width);
  if (rowsOf(stacked) < 2 || isCut) return stacked;
  host.classList.remove("is-stacked");
  return placeTags(statedTags(scope, isStrip), host, xOf, width);
}

/** So many rows of what was stated stand over a scale at the most; the others are dots, and in words where somebody asks. */
const MOST_ROWS = { strip: 3, whole: 5 };
const MOST_TRIED = 60;

/**
 * Keep as many tags as have room in some rows: how far apart the ends are, one of each verdict, then as they were told.
 * @param {LedgerTag[]} tags laid out @param {number} width @param {number} most rows @returns {LedgerTag[]} those that are left out
 */
function leaveOut(tags, width, most) {
  if (rowsOf(tags) <= most) return [];
  const isFirst = (/** @type {LedgerTag} */ tag) => tags.find(({ kind }) => kind === tag.kind) === tag;
  const ranked = [...tags.filter(isFirst), ...tags.filter((tag) => !isFirst(tag))].slice(0, MOST_TRIED);
  /** @type {LedgerTag[]} */
  let kept = [];
  for (const tag of ranked) if (rowsOf(layTags([...kept, tag], width)) <= most) kept = [...kept, tag];
  layTags(kept, width);
  const left = tags.filter((tag) => !kept.includes(tag));
  for (const { element } of left) element.remove();
  return left;
}

/** @param {HTMLElement} host @param {LedgerTag[]} left say in a fold what has no room on its scale */
function foldAway(host, left) {
  host.hidden = left.length === 0;
  one("summary", host).textContent = say("ledger_more", { n: left.length });
  one("ul", host).replaceChildren(...left.map(({ element }) => make("li", "", element.textContent ?? "")));
}

/** @param {LedgerTag[]} tags @returns {number} how many rows they take */
function rowsOf(tags) {
  return tags.reduce((most, tag) => Math.max(most, (tag.row ?? 0) + 1), 0);
}

/** @param {HTMLElement} host @param {ScopePayload} scope draw the scale into it */
function drawScale(host, scope) {
  const width = host.clientWidth;
  if (width < BAR.least) return;
  const most = mostOn(scope);
  const start = document.documentElement.dir === "rtl" ? width - BAR.inset : BAR.inset;
  const turn = document.documentElement.dir === "rtl" ? -1 : 1;
  /** @param {number} km */
  const xOf = (km) => start + turn * (km / most) * (width - BAR.inset - BAR.end);
  const isStrip = host.closest(".view") !== null;
  const stated = placeStated(scope, isStrip, one(".above", host), xOf, width);
  const measured = placeTags(measuredTags(scope), one(".below", host), xOf, width);
  const left = leaveOut(stated, width, isStrip ? MOST_ROWS.strip : MOST_ROWS.whole);
  foldAway(one(".others", must(host.nextElementSibling)), left);
  const said = stated.filter((tag) => !left.includes(tag));
  const rows = rowsOf(said);
  const reading = isStrip && !tiny.matches ? otherReading(scope) : undefined;
  const isTold = isStrip ? !(reading && narrow.matches) : tellerOf(scope).scopes[0] === scope;
  const apart = isTold ? apartRow(one(".above", host), scope, xOf, width) : { high: 0, shapes: [] };
  const row = Math.max(BAR.row, ...said.map(({ element }) => element.offsetHeight + 6));
  const top = apart.high + Math.max(apart.high ? 0 : 1, rows) * row + BAR.gap;
  if (crossings(said, true) > crossings(said, false)) for (const tag of said) tag.row = rows - 1 - (tag.row ?? 0);
  for (const tag of said) setTag(tag, apart.high + (tag.row ?? 0) * row);
  for (const tag of measured) setTag(tag, top + BAR.height + BAR.axis + (tag.row ?? 0) * BAR.below);
  const below = top + BAR.height + BAR.axis + Math.max(1, rowsOf(measured)) * BAR.below;
  const again = readingRow(one(".below", host), reading, { top: below, xOf, most, width });
  host.style.height = `${below + again.high}px`;
  one(".scale-picture", host).replaceChildren(
    ...bars(scope, top, xOf),
    ...marks(scope, { top, xOf, most }),
    ...apart.shapes,
    ...said.map((tag) => leader(tag, apart.high + ((tag.row ?? 0) + 1) * row - 3, top)),
    ...stated.flatMap((tag) => reachOf(tag, top, { above: xOf(most), below: xOf(0) })),
    ...stated.map((tag) => dotOf(tag, top)),
    ...wound(scope, top, xOf),
    ...again.shapes,
  );
}

/** @param {LedgerTag} tag @param {number} y */
function setTag(tag, y) {
  tag.element.style.transform = `translate(${Math.round(tag.left ?? 0)}px, ${Math.round(y)}px)`;
}

/** @param {ScopePayload} scope @param {number} top @param {(km: number) => number} xOf @returns {SVGElement[]} */
function bars(scope, top, xOf) {
  /** @param {number} from @param {number} to @param {string} name */
  const bar = (from, to, name) => {
    const [x1 = 0, x2 = 0] = [xOf(from), xOf(to)].sort((a, b) => a - b);
    return svg("rect", { class: name, x: x1, y: top, width: Math.max(0, x2 - x1), height: BAR.height });
  };
  const shapes = [];
  const { lower_bound_km: bound, plausible_km: range } = scope;
  if (bound !== null) shapes.push(bar(0, bound, "bar-impossible"));
  if (range) shapes.push(bar(range.low95, range.high95, "bar-fits"));
  const furthest = furthestBeyond(scope);
  if (range && furthest) {
    const y = top + BAR.height / 2;
    shapes.push(svg("line", { class: "bar-gap", x1: xOf(range.high95), x2: xOf(furthest), y1: y, y2: y }));
  }
  return shapes;
}

/**
 * Ticks of the axis, and today's roads.
 * @param {ScopePayload} scope @param {{ top: number, xOf: (km: number) => number, most: number }} layout
 * @returns {SVGElement[]}
 */
function marks(scope, { top, xOf, most }) {
  const bottom = top + BAR.height;
  const line = svg("line", { class: "axis", x1: xOf(0), x2: xOf(most), y1: bottom, y2: bottom });
  const ticks = ticksUpTo(most).map((km) =>
    svg("line", { class: "axis", x1: xOf(km), x2: xOf(km), y1: bottom, y2: bottom + 3 }),
  );
  const each = Math.ceil(ticks.length / Math.max(2, Math.abs(xOf(most) - xOf(0)) / BAR.number));
  const numbers = ticksUpTo(most)
    .filter((_, n) => n % each === 0)
    .map((km) => {
      const anchor = km === 0 ? "start" : "middle";
      const number = svg("text", { class: "axis-number", x: xOf(km), y: bottom + BAR.axis - 3, "text-anchor": anchor });
      number.textContent = argument(km);
      return number;
    });
  const roads = scope.network?.length_km ? [xOf(scope.network.length_km)] : [];
  return [
    line,
    ...ticks,
    ...numbers,
    ...roads.map((x) => svg("line", { class: "roads-tick", x1: x, x2: x, y1: top - 2, y2: bottom + 3 })),
  ];
}

/** @param {LedgerTag} tag @param {number} start @param {number} top @returns {SVGElement} the line from its words to its dot */
function leader({ x }, start, top) {
  return svg("line", { class: "leader", x1: x, x2: x, y1: start, y2: top + BAR.height / 2 });
}

/** @param {LedgerTag} tag @param {number} top @returns {SVGElement} */
function dotOf({ x, kind }, top) {
  return svg("circle", { class: `claim-dot ${kind}`, cx: x, cy: top + BAR.height / 2, r: 6 });
}

/** @param {LedgerTag} tag @param {number} top @param {{ above: number, below: number }} ends @returns {SVGElement[]} all lengths that "at least" or "at most" tells, from its dot on */
function reachOf({ x, kind, reaches }, top, ends) {
  if (!reaches) return [];
  const y = top + BAR.height / 2;
  return [svg("line", { class: `claim-reach ${kind}`, x1: x, x2: ends[reaches], y1: y, y2: y })];
}

/** @param {ScopePayload} scope @param {number} top @param {(km: number) => number} xOf @returns {SVGElement[]} the chosen winding */
function wound(scope, top, xOf) {
  const straight = straightKm(scope);
  if (state.factor <= 1 || straight === null || scope !== currentScope()) return [];
  return [svg("path", { class: "wound-mark", d: `M${xOf(straight * state.factor)} ${top - 4}v${BAR.height + 8}` })];
}

/** @param {ScopePayload} scope @returns {string} the picture in words */
function scaleInWords(scope) {
  const claims = claimsOf(scope).map(
    (claim) => `${inLanguage(claim.stated)} (${say(`verdict_${verdictIn(scope, claim)}`)})`,
  );
  const picture = say("ledger_picture", {
    max: Math.round(mostOn(scope)),
    bound: scope.lower_bound_km ?? "–",
    low: scope.plausible_km?.low95 ?? "–",
    high: scope.plausible_km?.high95 ?? "–",
    claims: claims.join(", ") || "–",
  });
  return [picture, apartInWords(scope)].filter(Boolean).join(" ");
}

/** @param {ScopePayload} scope @param {boolean} isTight @returns {string} what is left open on its scale, in words: the gap, the dots, an axis of its own */
function openInWords(scope, isTight) {
  const { lower_bound_km: least, plausible_km: range } = scope;
  const isApart = range && least !== null && least < range.low95;
  const hasDots = range && furthestBeyond(scope);
  const parts = { space: isApart, dots: hasDots, own_axis: hasOwnAxes() };
  const open = Object.entries(parts)
    .filter(([, isTold]) => isTold)
    .map(([part]) => say(`ledger_${part}`));
  return isTight && otherReading(scope) ? "" : open.join(" "); // the other reading has its room
}

/** @typedef {{ other: ScopePayload, claim: ClaimPayload, verdict: VerdictName }} Reading */

/** @param {ScopePayload} scope @returns {Reading | undefined} a number of this part as another has it: where it fits, or where it was stated and does not */
function otherReading(scope) {
  const { claims, scopes } = tellerOf(scope);
  for (const claim of claims) {
    const own = scopes.find(({ id }) => id === claim.scope_id);
    const fitting = claim.fits_in && scopes.find(({ label }) => inLanguage(label) === inLanguage(must(claim.fits_in)));
    if (!own || !fitting || claim.value_km === null) continue;
    if (own === scope) return { other: fitting, claim, verdict: "consistent" };
    if (fitting === scope && claim.verdict) return { other: own, claim, verdict: claim.verdict };
  }
  return undefined;
}

/**
 * The same number on the bars of the other part that it is read as one of, on the same axis.
 * @param {HTMLElement} host @param {Reading | undefined} reading @param {{ top: number, xOf: (km: number) => number, most: number, width: number }} layout
 * @returns {{ high: number, shapes: SVGElement[] }} how high its row is
 */
function readingRow(host, reading, { top, xOf, most, width }) {
  if (!reading) return { high: 0, shapes: [] };
  const { other, claim, verdict } = reading;
  const element = make("div", `tag-on-scale reading ${verdict}`);
  if (!narrow.matches) element.append(make("b", "", say("quoted", { n: inLanguage(claim.stated) })), " ");
  element.append(make("span", "", say(`verdict_${verdict}`)), ` ${inLanguage(other.label)}`);
  host.append(element);
  element.style.maxWidth = `${width}px`;
  const left = xOf(most) > xOf(0) ? 0 : width - element.offsetWidth;
  element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  const barTop = top + element.offsetHeight + BAR.inset;
  const [line] = marks(other, { top: barTop, xOf, most });
  const tag = { x: xOf(claim.value_km ?? 0), kind: verdict, width: 0, element, reaches: claim.reaches };
  return {
    high: element.offsetHeight + BAR.height + BAR.inset,
    shapes: [
      ...bars(other, barTop, xOf),
      must(line),
      ...reachOf(tag, barTop, { above: xOf(most), below: xOf(0) }),
      dotOf(tag, barTop),
    ],
  };
}

/** @param {ScopePayload} scope @returns {number | null} the number that lies farthest beyond what is likely */
function furthestBeyond(scope) {
  const far = claimsOf(scope).filter((claim) => verdictIn(scope, claim) === "above_plausible");
  const furthest = Math.max(0, ...far.map((claim) => claim.value_km ?? 0));
  return scope.plausible_km && furthest > scope.plausible_km.high95 ? furthest : null;
}

/** @param {ScopePayload} scope @returns {string} its least length as a distance that one can feel */
function feltInWords({ felt, lower_bound_km: least }) {
  if (!felt || least === null) return "";
  return say("ledger_felt", { km: least, one: inLanguage(felt.one), other: inLanguage(felt.other) });
}

/** @param {HTMLElement} host @param {ScopePayload} scope an empty scale and its words */
function addScale(host, scope) {
  const scale = make("div", "scale");
  setScale(scale, scope);
  scale.setAttribute("role", "img");
  scale.append(
    make("div", "above"),
    svg("svg", { class: "scale-picture", "aria-hidden": "true" }),
    make("div", "below"),
  );
  const others = make("details", "others");
  others.append(make("summary"), make("ul"));
  const open = make("div", "open-row");
  open.append(make("p", "open-parts"), others);
  host.append(scale, open);
}

/** @type {WeakMap<HTMLElement, ScopePayload>} what each scale shows */
const shownOn = new WeakMap();

/** @param {HTMLElement} scale @param {ScopePayload} scope */
function setScale(scale, scope) {
  scale.dataset.scale = scope.id;
  shownOn.set(scale, scope);
}

/** @param {HTMLElement} host fill the strip below the map, which shows the part that the story is at */
function buildStrip(host) {
  const scope = currentScope();
  host.hidden = !scope || scope.lower_bound_km === null;
  host.replaceChildren();
  if (!scope) return;
  const head = make("div", "ledger-head");
  head.classList.toggle("has-many", toldNow().scopes.length > MOST_ABREAST);
  head.append(make("h2", "ledger-title", say("ledger_title")), scopeButtons(), scopeChoice());
  host.append(head);
  addScale(host, scope);
  host.append(make("p", "felt"), howKnown());
}

/** @param {HTMLElement} host fill the whole ledger: every part */
function buildWhole(host) {
  host.replaceChildren();
  for (const [scope, j] of whose) {
    if (scope.lower_bound_km === null) continue;
    const whoseName = isJoint
      ? `${inLanguage(must(payload.journeys[j]).subject ?? must(payload.journeys[j]).title)}: `
      : "";
    host.append(make("h3", "", whoseName + inLanguage(scope.label)));
    addScale(host, scope);
    host.append(make("p", "felt", feltInWords(scope)));
    if (scope.network) host.append(make("p", "felt", inLanguage(scope.network.said)));
  }
}

/** @returns {HTMLElement} one button a scope */
function scopeButtons() {
  const group = make("div", "scopes");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", say("ledger_scope"));
  for (const [n, scope] of toldNow().scopes.entries()) {
    const button = make("button", "", inLanguage(scope.label));
    button.setAttribute("type", "button");
    button.dataset.scope = String(n);
    button.addEventListener("click", () => change({ scope: n }));
    group.append(button);
  }
  group.hidden = toldNow().scopes.length < 2;
  return group;
}

/** @returns {HTMLElement} the same as one list, for where the names have no room beside one another */
function scopeChoice() {
  const choice = /** @type {HTMLSelectElement} */ (make("select", "scope-choice"));
  choice.hidden = toldNow().scopes.length < 2;
  choice.setAttribute("aria-label", say("ledger_scope"));
  choice.append(...toldNow().scopes.map((scope) => make("option", "", inLanguage(scope.label))));
  choice.addEventListener("change", () => change({ scope: choice.selectedIndex }));
  return choice;
}

/** Bring buttons, words and scales up to date without losing the focus. */
function drawLedgers() {
  fitToText();
  const current = currentScope();
  for (const choice of all(".scope-choice")) {
    /** @type {HTMLSelectElement} */ (choice).selectedIndex = state.scope;
  }
  for (const button of all("[data-scope]")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.scope) === state.scope));
  }
  for (const strip of all("[data-ledger='strip']")) {
    if (current) setScale(one(".scale", strip), current);
    if (current) one(".felt", strip).textContent = feltInWords(current);
    if (current) tellHow(one(".ledger-how > div", strip), current);
  }
  for (const scale of all("[data-scale]")) {
    const scope = must(shownOn.get(scale));
    scale.setAttribute("aria-label", scaleInWords(scope));
    one(".open-parts", must(scale.nextElementSibling)).textContent = openInWords(
      scope,
      narrow.matches && scale.closest(".view") !== null,
    );
    drawScale(scale, scope);
  }
}

/** Say on each button what it does: it draws the shortest way, or takes it away. */
function sayBound() {
  for (const button of all("[data-bound]")) {
    button.hidden = !currentScope()?.shortest;
    button.textContent = say(state.bound ? "ledger_hide" : "ledger_show");
    button.setAttribute("aria-pressed", String(state.bound));
  }
}

/** @param {State} now @param {State} before */
function showLedgers(now, before) {
  const isOther = stops[now.chapter]?.j !== stops[before.chapter]?.j;
  for (const host of all("[data-ledger]")) {
    const isDue = now.language !== before.language || (isOther && host.dataset.ledger === "strip");
    if (!isDue && host.hasChildNodes()) continue;
    if (host.dataset.ledger === "strip") buildStrip(host);
    else buildWhole(host);
  }
  if (isJoint && stopNow().j < 0) one("[data-ledger='strip']").hidden = true;
  drawLedgers();
  sayBound();
  showShortest(now, before);
}

/** @param {State} now @param {State} before draw the shortest journey while it is looked at */
function showShortest(now, before) {
  if (now.bound === before.bound && now.scope === before.scope && now.chapter === before.chapter) return;
  const shown = now.bound ? shortestNow() : undefined;
  for (const [scope, j] of whose) {
    const layer = shortestLayer(must(payload.journeys[j]).scopes.indexOf(scope), j);
    if (layer && layer !== shown) layer.removeFrom(map);
  }
  shown?.addTo(map);
  if (shown) flyTo(shown.getBounds());
}

/** @param {number} chapter @returns {Partial<State>} the scope that a chapter belongs to */
function scopeFor(chapter) {
  const { j, w } = must(stops[chapter]);
  const { scopes, waypoints, leading } = must(payload.journeys[Math.max(0, j)]);
  /** @param {ScopePayload | undefined} scope */
  const reaches = (scope) => scope !== undefined && waypoints.findIndex(({ id }) => id === scope.to) >= w;
  if (w < 0 || reaches(scopes[leading])) return { scope: leading };
  const scope = scopes.findIndex(reaches);
  return scope < 0 ? { scope: Math.max(0, scopes.length - 1) } : { scope };
}

/** Draw again when there is more or less room, and tell how high the strip is: on a phone it lies over the map. */
function startLedgers() {
  const observer = new ResizeObserver(() => {
    inOwnTask(drawLedgers);
    document.documentElement.style.setProperty(
      "--strip",
      `${all(".view > .ledger:not([hidden])")[0]?.offsetHeight ?? 0}px`,
    );
  });
  for (const ledger of all("[data-ledger]")) observer.observe(ledger);
  for (const button of all("[data-bound]")) button.addEventListener("click", () => change({ bound: !state.bound }));
}
