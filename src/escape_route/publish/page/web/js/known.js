// How a part of the ledger is known, for whoever asks: what was weighed, by whom it was stated, how it was measured.

/** @returns {HTMLElement} opens above the strip, and closes again by the same word or by Escape */
function howKnown() {
  const details = /** @type {HTMLDetailsElement} */ (make("details", "ledger-how"));
  details.append(make("summary", "", say("ledger_how")), make("div", ""));
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    details.open = false;
    one("summary", details).focus();
  });
  return details;
}

/** @param {HTMLElement} host @param {ScopePayload} scope tell all of it for one part, once */
function tellHow(host, scope) {
  const told = `${whose.get(scope)} ${scope.id} ${state.language}`;
  if (host.dataset.told === told) return;
  host.dataset.told = told;
  const stated = statedFor(scope).map((claim) => {
    const passage = make("p", "", [claim.sentence, claim.more].map(inLanguage).filter(Boolean).join(" "));
    passage.append(sourceNotes(claim, must(whose.get(scope))));
    return passage;
  });
  const measured = [say("method_bound"), ...drawsInWords(scope)];
  if (scope.network) measured.push(inLanguage(scope.network.said));
  host.replaceChildren(...stated, make("p", "", measured.join(" ")));
}

/** @param {ScopePayload} scope @returns {string[]} what stands behind the range that fits, where there is one */
function drawsInWords(scope) {
  const { draws_kept: kept, draws_proposed: proposed, seed, calibration } = tellerOf(scope).method;
  if (!scope.plausible_km) return [];
  return [
    say("method_draws", { kept, proposed, seed: String(seed) }),
    say("ledger_how_95"),
    say("method_held", { held: calibration.held, known: calibration.known }),
  ];
}
