// "How winding was the way?": a factor on the straight legs, and where each stated distance would be met.

const MOST_WINDING = 4;

/** @param {ScopePayload} scope @returns {number | null} straight kilometres that the factor multiplies */
function straightKm(scope) {
  return scope.chain_km ?? scope.shortest?.length_km ?? null;
}

/** @returns {"" | "_shortest"} which words speak of what the factor multiplies */
function straightWords() {
  return currentScope()?.chain_km === null ? "_shortest" : "";
}

/** @param {number} factor @returns {string} two digits behind the point */
function formatFactor(factor) {
  return formatNumber(factor, 2);
}

/** @returns {HTMLInputElement} */
function slider() {
  const input = /** @type {HTMLInputElement} */ (make("input", "slider"));
  Object.assign(input, {
    type: "range",
    min: "1",
    max: String(MOST_WINDING),
    step: "0.05",
    value: String(state.factor),
  });
  input.id = "winding-slider";
  input.addEventListener("input", () => change({ factor: Number(input.value) }));
  return input;
}

/** @param {number} by @param {string} key @returns {HTMLElement} a step button beside the slider */
function stepButton(by, key) {
  const button = make("button", "round");
  button.setAttribute("type", "button");
  button.setAttribute("aria-label", say(key));
  const sign = make("span", "", by < 0 ? "−" : "+");
  sign.setAttribute("aria-hidden", "true");
  button.append(sign);
  button.addEventListener("click", () => {
    change({ factor: Math.min(MOST_WINDING, Math.max(1, Math.round((state.factor + by) * 20) / 20)) });
  });
  return button;
}

/** @param {number} factor @returns {string} its place on the slider's track, in per cent */
function onTrack(factor) {
  return `${((Math.min(MOST_WINDING, Math.max(1, factor)) - 1) / (MOST_WINDING - 1)) * 100}%`;
}

/** @param {MethodPayload["priors"][number]} prior @returns {HTMLElement} how winding ways of a mode are, as a bar */
function priorRow(prior) {
  const row = make("li", "prior");
  const words = make("span", "prior-name", say(`mode_${prior.mode}`));
  if (prior.judgement) words.append(make("small", "", ` ${say("winding_judgement")}`));
  const track = make("span", "prior-track");
  const bar = make("span", "prior-bar");
  bar.style.insetInline = `${onTrack(prior.low90)} calc(100% - ${onTrack(prior.high90)})`;
  const middle = make("span", "prior-middle");
  middle.style.insetInlineStart = onTrack(prior.median_factor);
  track.append(bar, middle);
  const numbers = `${formatFactor(prior.median_factor)} (${formatFactor(prior.low90)}–${formatFactor(prior.high90)})`;
  row.append(words, make("span", "prior-numbers", together(numbers)), track);
  return row;
}

/** @returns {MethodPayload["priors"]} the priors of the modes that this journey has */
function priorsHere() {
  const modes = new Set(
    toldNow().legs.flatMap((leg) => (leg.length_km === null ? [] : leg.modes.map((item) => item.mode))),
  );
  return toldNow().method.priors.filter((prior) => modes.has(prior.mode));
}

/** @param {ScopePayload} scope @param {ClaimPayload} claim @returns {HTMLElement} where it would be met */
function metRow(scope, claim) {
  const [straight, shortest] = [must(straightKm(scope)), must(scope.shortest?.length_km ?? scope.lower_bound_km)];
  const stated = claim.value_km ?? 0;
  const km = claim.reaches === "above" ? Math.max(stated, straight, shortest) : stated; // so many at least: any way from there on
  const [factor, least] = [km / straight, km / shortest];
  const words = {
    claim: say("quoted", { n: inLanguage(claim.stated) }),
    factor: formatFactor(factor),
    least: formatFactor(least),
  };
  const key = factor >= 1 ? "met" : least >= 1 ? "below" : "too_short";
  const row = make("li", "met", say(`winding_${key}${straightWords()}`, words));
  row.classList.toggle("is-met", state.factor >= factor);
  return row;
}

/** Fill the part of the page that the slider lives in, anew. */
function buildWinding() {
  const host = one("[data-winding]");
  const label = /** @type {HTMLLabelElement} */ (make("label", "slider-label", say(`winding_label${straightWords()}`)));
  label.htmlFor = "winding-slider";
  const row = make("div", "slider-row");
  row.append(stepButton(-0.05, "winding_less"), slider(), stepButton(0.05, "winding_more"));
  const marks = make("div", "slider-marks");
  marks.setAttribute("aria-hidden", "true");
  for (const factor of [1, 2, 3, 4]) {
    const mark = make("span", "", `×${factor}`);
    mark.style.insetInlineStart = onTrack(factor);
    marks.append(mark);
  }
  const output = make("p", "slider-output");
  output.setAttribute("role", "status");
  const priors = make("ul", "priors");
  priors.setAttribute("role", "list");
  priors.append(...priorsHere().map(priorRow));
  const met = make("ul", "mets");
  met.setAttribute("role", "list");
  host.replaceChildren(label, row, marks, output, met, make("p", "priors-title", say("winding_priors")), priors);
}

/** @param {State} now @param {State} before */
function showWinding(now, before) {
  const scope = currentScope();
  const tool = one("[data-tool='winding']");
  const straight = scope ? straightKm(scope) : null;
  tool.hidden = straight === null;
  if (!scope || straight === null) return;
  if (now.language !== before.language || !one("[data-winding]").hasChildNodes()) buildWinding();
  const input = /** @type {HTMLInputElement} */ (one("#winding-slider"));
  if (input.value !== String(now.factor)) input.value = String(now.factor);
  one(".slider-label").textContent = say(`winding_label${straightWords()}`);
  const words = say(`winding_now${straightWords()}`, {
    factor: formatFactor(now.factor),
    km: straight * now.factor < 10 ? wholeKm(straight * now.factor) : Math.round(straight * now.factor),
  });
  input.setAttribute("aria-valuetext", words);
  one(".slider-output").textContent = inLanguage(scope.label) + say("colon") + words;
  one(".mets").replaceChildren(...claimsOf(scope).map((claim) => metRow(scope, claim)));
}
