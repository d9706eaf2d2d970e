// The distance ledger: one scale from 0 to beyond the largest claim, with what is impossible, plausible and stated on it.

const SVG = "http://www.w3.org/2000/svg";
const BAR = { height: 22, above: 36, below: 20, axis: 20, least: 280 };

/** @typedef {{ x: number, width: number, row?: number, left?: number, element: HTMLElement, kind: string }} LedgerTag */

/** @returns {ScopePayload | undefined} the scope that the reader looks at */
function currentScope() {
  return journey.scopes[state.scope];
}

/** @param {ScopePayload} scope @returns {ClaimPayload[]} the distances that were stated for it */
function claimsOf(scope) {
  return journey.claims.filter(
    (claim) => claim.value_km !== null && (claim.scope_id === scope.id || claim.also_scope_id === scope.id),
  );
}

/** @param {ScopePayload} scope @param {ClaimPayload} claim @returns {VerdictName | null} in that scope */
function verdictIn(scope, claim) {
  return claim.scope_id === scope.id ? claim.verdict : claim.also_verdict;
}

/** @param {string} id @returns {string} the title of a source without its edition and date */
function shortTitle(id) {
  const title = journey.sources.find((source) => source.id === id)?.title ?? "";
  return must(title.split(/,|\s\(/)[0]);
}

/** @param {ScopePayload} scope @returns {number} the straight kilometres of the scope up to the chapter */
function travelledKm(scope) {
  if (scope.chain_km === null) return 0;
  const end = waypointIndex(scope.to);
  const last = Math.min(state.chapter - 1, end);
  if (last === end) return scope.chain_km;
  const km = journey.legs.slice(waypointIndex(scope.from), Math.max(0, last)).reduce((sum, leg) => {
    const flown = scope.flight === "no" && leg.modes.some((item) => item.mode === "flight" && item.weight > 0.5);
    return sum + (flown ? 0 : (leg.length_km ?? 0));
  }, 0);
  // The whole is rounded; it is not less than its parts.
  return Math.min(wholeKm(km), scope.chain_km);
}

/** @param {string} name @param {Record<string, string | number>} attributes @returns {SVGElement} */
function svg(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** @param {ScopePayload} scope @returns {number} the largest number that the scale must hold */
function mostOf(scope) {
  const stated = claimsOf(scope).map((claim) => claim.value_km ?? 0);
  const wound = (straightKm(scope) ?? 0) * state.factor;
  return Math.max(scope.plausible_km?.high95 ?? 0, scope.lower_bound_km ?? 0, wound, ...stated, 100);
}

/** @param {string} kind @param {string} strong @param {string} [small] @returns {HTMLElement} */
function tagElement(kind, strong, small = "") {
  const element = make("div", `tag-on-scale ${kind}`);
  element.append(make("b", "", strong));
  if (small) element.append(make("small", "", small));
  return element;
}

/** @param {ScopePayload} scope @returns {{ km: number, element: HTMLElement, kind: string }[]} what was stated */
function statedTags(scope) {
  return claimsOf(scope).map((claim) => {
    const element = tagElement(
      "stated",
      `“${inLanguage(claim.stated)}”`,
      claim.sources.slice(0, 1).map(shortTitle).join(""),
    );
    return { km: claim.value_km ?? 0, element, kind: "stated" };
  });
}

/** @param {ScopePayload} scope @returns {{ km: number, element: HTMLElement, kind: string }[]} what geometry says */
function measuredTags(scope) {
  const tags = [];
  const { lower_bound_km: bound, chain_km: chain, plausible_km: range } = scope;
  const sofar = travelledKm(scope);
  if (sofar) {
    const element = tagElement("travelled", say("ledger_travelled", { km: Math.round(sofar) }));
    tags.push({ km: sofar / 2, element, kind: "travelled" });
  }
  if (bound !== null) {
    const element = tagElement("bound", say("ledger_bound", { km: bound }));
    tags.push({ km: bound, element, kind: "bound" });
  }
  if (chain !== null) {
    tags.push({ km: chain, element: tagElement("chain", chainInWords(scope, chain)), kind: "chain" });
  }
  if (range) {
    const words = say("ledger_plausible", { low: range.low95, high: range.high95 });
    tags.push({
      km: range.median,
      element: tagElement("plausible", words),
      kind: "plausible",
    });
  }
  return [...tags, ...gapTags(scope)];
}

/** @param {ScopePayload} scope @returns {{ km: number, element: HTMLElement, kind: string }[]} way that nobody told */
function gapTags(scope) {
  const high = scope.plausible_km?.high95;
  const beyond = claimsOf(scope).filter((claim) => verdictIn(scope, claim) === "above_plausible");
  const furthest = Math.max(0, ...beyond.map((claim) => claim.value_km ?? 0));
  if (high === undefined || furthest <= high) return [];
  const km = Math.max(...beyond.map((claim) => (claim.scope_id === scope.id ? (claim.unexplained_km ?? 0) : 0)));
  const words = km > 0 ? say("ledger_gap", { km }) : say("verdict_above_plausible");
  return [{ km: (high + furthest) / 2, element: tagElement("gap", words), kind: "gap" }];
}

/** @param {ScopePayload} scope @param {number} km @returns {string} where the chain of straight lines begins, if late */
function chainInWords(scope, km) {
  const first = must(journey.waypoints[waypointIndex(scope.from)]).number;
  const from = scope.chain_from ?? first;
  return from === first ? say("ledger_chain", { km }) : say("ledger_chain_from", { km, n: from });
}

/**
 * Put tags into a host and measure them.
 * @param {{ km: number, element: HTMLElement, kind: string }[]} tags @param {HTMLElement} host
 * @param {(km: number) => number} xOf @param {number} width @returns {LedgerTag[]}
 */
function placeTags(tags, host, xOf, width) {
  host.replaceChildren(...tags.map((tag) => tag.element));
  const placed = tags.map((tag) => {
    const size = Math.ceil(tag.element.offsetWidth);
    // What has been travelled is named from its beginning, where there is room.
    return { ...tag, x: tag.kind === "travelled" ? size / 2 : xOf(tag.km), width: size };
  });
  const marks = hangTags(placed.filter(isMark), width);
  const others = placed.filter((tag) => !isMark(tag));
  return [...marks, ...layTags(others, width, rowsOf(marks))];
}

/** @param {{ kind: string }} tag @returns {boolean} whether it names a point of the scale and hangs on a line from it */
function isMark({ kind }) {
  return kind === "chain" || kind === "bound";
}

/** @param {LedgerTag[]} tags @returns {number} how many rows they take */
function rowsOf(tags) {
  return tags.reduce((most, tag) => Math.max(most, (tag.row ?? 0) + 1), 0);
}

/** @param {HTMLElement} host @param {ScopePayload} scope draw the scale into it */
function drawScale(host, scope) {
  const width = host.clientWidth;
  if (width < BAR.least / 2) return;
  const above = one(".above", host);
  const below = one(".below", host);
  const ticks = ticksUpTo(mostOf(scope));
  const most = must(ticks[ticks.length - 1]);
  const inset = 8;
  /** @param {number} km */
  const xOf = (km) => inset + (km / most) * (width - 2 * inset);
  const stated = placeTags(statedTags(scope), above, xOf, width);
  const measured = placeTags(measuredTags(scope), below, xOf, width);
  const top = rowsOf(stated) * BAR.above + 8;
  for (const tag of stated) setTag(tag, top - 8 - ((tag.row ?? 0) + 1) * BAR.above);
  for (const tag of measured) setTag(tag, top + BAR.height + BAR.axis + 4 + (tag.row ?? 0) * BAR.below);
  host.style.height = `${top + BAR.height + BAR.axis + 4 + rowsOf(measured) * BAR.below}px`;
  const picture = one(".scale-picture", host);
  picture.replaceChildren(...pictureOf(scope, { stated, measured, ticks, top, xOf }));
}

/** @param {LedgerTag} tag @param {number} y */
function setTag(tag, y) {
  tag.element.style.transform = `translate(${Math.round(tag.left ?? 0)}px, ${Math.round(y)}px)`;
}

/**
 * @typedef {object} Layout
 * @property {LedgerTag[]} stated @property {LedgerTag[]} measured @property {number[]} ticks
 * @property {number} top of the bar @property {(km: number) => number} xOf
 */

/** @param {ScopePayload} scope @param {Layout} layout @returns {SVGElement[]} */
function pictureOf(scope, layout) {
  return [
    ...bars(scope, layout),
    ...axis(layout),
    ...leaders(layout),
    ...travelledLine(scope, layout),
    ...wound(scope, layout),
  ];
}

/** @param {ScopePayload} scope @param {Layout} layout @returns {SVGElement[]} impossible, plausible, and the gap */
function bars(scope, { top, xOf, measured }) {
  /** @param {number} from @param {number} to @param {string} name */
  const bar = (from, to, name) =>
    svg("rect", { class: name, x: xOf(from), y: top, width: Math.max(0, xOf(to) - xOf(from)), height: BAR.height });
  const shapes = [];
  if (scope.lower_bound_km !== null) shapes.push(bar(0, scope.lower_bound_km, "bar-impossible"));
  const range = scope.plausible_km;
  if (range) {
    shapes.push(bar(range.low95, range.high95, "bar-95"), bar(range.low50, range.high50, "bar-50"));
    const x = xOf(range.median);
    shapes.push(svg("line", { class: "bar-median", x1: x, x2: x, y1: top, y2: top + BAR.height }));
  }
  const gap = measured.find((tag) => tag.kind === "gap");
  if (range && gap) {
    const y = top + BAR.height / 2;
    shapes.push(
      svg("line", { class: "bar-gap", x1: xOf(range.high95) + 3, x2: 2 * gap.x - xOf(range.high95) - 8, y1: y, y2: y }),
    );
  }
  return shapes;
}

/** @param {Layout} layout @returns {SVGElement[]} the line of the scale, and its numbers where no mark's line goes down */
function axis({ ticks, top, xOf, measured }) {
  const y = top + BAR.height;
  const line = svg("line", { class: "axis", x1: xOf(0), x2: xOf(must(ticks[ticks.length - 1])), y1: y, y2: y });
  const every = xOf(must(ticks[1])) - xOf(0) < 58 ? 2 : 1;
  const marks = ticks.flatMap((km, n) => {
    const tick = svg("line", { class: "axis", x1: xOf(km), x2: xOf(km), y1: y, y2: y + 4 });
    if (n % every || measured.some((tag) => isMark(tag) && Math.abs(tag.x - xOf(km)) < 24)) return [tick];
    const words = svg("text", {
      class: "axis-number",
      x: xOf(km),
      y: y + 16,
      "text-anchor": n === 0 ? "start" : n === ticks.length - 1 ? "end" : "middle",
    });
    words.textContent = n === 0 ? say("unit_km", { n: 0 }) : formatNumber(km);
    return [tick, words];
  });
  return [line, ...marks];
}

/** @param {Layout} layout @returns {SVGElement[]} from each label to its number */
function leaders({ stated, measured, top }) {
  const bottom = top + BAR.height;
  const up = stated.flatMap((tag) => [
    svg("line", { class: "leader stated", x1: tag.x, x2: tag.x, y1: top - 6 - (tag.row ?? 0) * BAR.above, y2: bottom }),
    svg("circle", { class: "claim-dot", cx: tag.x, cy: top + BAR.height / 2, r: 5 }),
  ]);
  const down = measured.filter(isMark).map((tag) => {
    const y2 = bottom + BAR.axis + ((tag.row ?? 0) + 1) * BAR.below;
    return svg("line", { class: `leader ${tag.kind}`, x1: tag.x, x2: tag.x, y1: top - 3, y2 });
  });
  return [...down, ...up];
}

/** @param {ScopePayload} scope @param {Layout} layout @returns {SVGElement[]} how far the story has come, in straight lines */
function travelledLine(scope, { top, xOf }) {
  const km = travelledKm(scope);
  if (!km) return [];
  const y = top + BAR.height - 2;
  return [svg("line", { class: "travelled", x1: xOf(0), x2: xOf(km), y1: y, y2: y })];
}

/** @param {ScopePayload} scope @param {Layout} layout @returns {SVGElement[]} where the chosen winding comes to */
function wound(scope, { top, xOf }) {
  const straight = straightKm(scope);
  if (state.factor <= 1 || straight === null) return [];
  const x = xOf(straight * state.factor);
  const y = top + BAR.height;
  return [
    svg("line", { class: "wound", x1: xOf(straight), x2: x, y1: y - BAR.height / 2, y2: y - BAR.height / 2 }),
    svg("path", { class: "wound-mark", d: `M${x} ${top - 4}v${BAR.height + 8}` }),
  ];
}

/** @param {ScopePayload} scope @returns {string} the picture in words */
function scaleInWords(scope) {
  const claims = claimsOf(scope).map((claim) => inLanguage(claim.stated));
  return say("ledger_picture", {
    max: mostOf(scope),
    bound: scope.lower_bound_km ?? "–",
    low: scope.plausible_km?.low95 ?? "–",
    high: scope.plausible_km?.high95 ?? "–",
    claims: claims.join(", ") || "–",
  });
}

/** @param {HTMLElement} host fill one ledger anew */
function buildLedger(host) {
  const heading = make("h2", "ledger-title", say("ledger_title"));
  if (host.hasAttribute("aria-labelledby")) heading.id = "ledger-title";
  const head = make("div", "ledger-head");
  head.append(heading, scopeButtons());
  const scale = make("div", "scale");
  scale.setAttribute("role", "img");
  const picture = svg("svg", { class: "scale-picture", "aria-hidden": "true" });
  scale.append(make("div", "above"), picture, make("div", "below"));
  const scope = currentScope();
  // The finding says already that there is nothing to measure.
  host.hidden = !scope || (scope.lower_bound_km === null && scope.chain_km === null);
  const foot = make("div", "ledger-foot");
  foot.append(ledgerKey(), boundButton());
  host.replaceChildren(head, scale, foot);
}

/** @param {string} sign of the scale @returns {SVGElement} a sample of it */
function keyPicture(sign) {
  const picture = svg("svg", { width: 18, height: 10, "aria-hidden": "true" });
  const name = `bar-${sign}`;
  if (sign === "median") picture.append(svg("line", { class: name, x1: 9, x2: 9, y1: 0, y2: 10 }));
  else picture.append(svg("rect", { class: name, width: 18, height: 10 }));
  return picture;
}

/** @returns {HTMLElement} what the fillings of the scale mean */
function ledgerKey() {
  const key = make("p", "ledger-key");
  const simulated = journey.scopes.some((scope) => scope.plausible_km) ? ["95", "50", "median"] : [];
  for (const sign of ["impossible", ...simulated]) {
    const item = make("span");
    item.append(keyPicture(sign), say(`ledger_key_${sign}`));
    key.append(item);
  }
  return key;
}

/** @returns {HTMLElement} one button a scope */
function scopeButtons() {
  const group = make("div", "scopes");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", say("ledger_scope"));
  for (const [n, scope] of journey.scopes.entries()) {
    const button = make("button", "", inLanguage(scope.label));
    button.setAttribute("type", "button");
    button.dataset.scope = String(n);
    button.setAttribute("aria-pressed", String(n === state.scope));
    button.addEventListener("click", () => {
      change({ scope: n });
      host(button)?.querySelector(`[data-scope="${n}"]`)?.dispatchEvent(new Event("focus"));
    });
    group.append(button);
  }
  group.hidden = journey.scopes.length < 2;
  return group;
}

/** @param {Element} element @returns {HTMLElement | null} the ledger around it */
function host(element) {
  return element.closest("[data-ledger]");
}

/** @returns {HTMLElement} shows the shortest journey on the map, and hides it */
function boundButton() {
  const button = make("button", "show-bound", say(state.bound ? "ledger_hide" : "ledger_show"));
  button.setAttribute("type", "button");
  button.setAttribute("aria-pressed", String(state.bound));
  button.hidden = !currentScope()?.shortest;
  button.addEventListener("click", () => change({ bound: !state.bound }));
  return button;
}

/** @param {HTMLElement} ledger bring buttons, words and scale up to date without losing the focus */
function updateLedger(ledger) {
  const scope = currentScope();
  const scale = /** @type {HTMLElement | null} */ (ledger.querySelector(".scale"));
  for (const button of all("[data-scope]", ledger)) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.scope) === state.scope));
  }
  const show = /** @type {HTMLElement | null} */ (ledger.querySelector(".show-bound"));
  if (show) {
    show.textContent = say(state.bound ? "ledger_hide" : "ledger_show");
    show.setAttribute("aria-pressed", String(state.bound));
    show.hidden = !scope?.shortest;
  }
  if (!scope || !scale) return;
  scale.setAttribute("aria-label", scaleInWords(scope));
  drawScale(scale, scope);
}

/** @param {State} now @param {State} before */
function showLedgers(now, before) {
  for (const ledger of all("[data-ledger]")) {
    if (now.language !== before.language || !ledger.hasChildNodes()) buildLedger(ledger);
    updateLedger(ledger);
  }
  showShortest(now, before);
}

/** @param {State} now @param {State} before draw the shortest journey while it is looked at */
function showShortest(now, before) {
  document.documentElement.classList.toggle("shows-bound", now.bound);
  if (now.bound === before.bound && now.scope === before.scope) return;
  for (const [s] of journey.scopes.entries()) {
    const layer = shortestLayer(s);
    if (!layer) continue;
    if (now.bound && s === now.scope) layer.addTo(map);
    else layer.removeFrom(map);
  }
  const shown = now.bound ? shortestLayer(now.scope) : undefined;
  if (shown) flyTo(shown.getBounds());
}

/** @param {number} chapter @returns {Partial<State>} the scope that a chapter belongs to */
function scopeFor(chapter) {
  /** @param {ScopePayload | undefined} scope */
  const reaches = (scope) => scope !== undefined && waypointIndex(scope.to) >= chapter - 1;
  if (reaches(journey.scopes[0])) return { scope: 0 };
  const scope = journey.scopes.findIndex(reaches);
  return scope < 0 ? {} : { scope };
}

/** Draw again when there is more or less room. */
function startLedgers() {
  const observer = new ResizeObserver(() => {
    for (const ledger of all("[data-ledger]")) updateLedger(ledger);
  });
  for (const ledger of all("[data-ledger]")) observer.observe(ledger);
}
