// Starts the page.

listen((now, before) => {
  if (now.language !== before.language) showLanguage(now);
  showChapter(now);
  inOwnTask(() => showMap(now, before));
  inOwnTask(() => showLedgers(now, before));
  showYears();
  showWinding(now, before);
  toAddress();
  if (now.language !== before.language) sayTools();
});

/** Say the tools again in the reader's language, and fit the map into the room that words of another length leave. */
function sayTools() {
  drawDates();
  buildElsewhere();
  fitOpening();
  fitChapter();
}

/** How long a piece of the start may hold the page, in milliseconds, before it lets others in. */
const PIECE_MS = 16;

/** @param {(() => void)[]} pieces done in their order, and between them the page paints and answers */
function inPieces(pieces) {
  const from = performance.now();
  let done = 0;
  while (done < pieces.length && performance.now() - from < PIECE_MS) must(pieces[done++])();
  if (done < pieces.length) setTimeout(() => inPieces(pieces.slice(done)));
}

/** @type {Partial<State>} */
let first = {};

inPieces([
  addLanguages,
  startMap,
  startChapters,
  startTracks,
  startPlay,
  startImagined,
  startElsewhere,
  startNotes,
  startShare,
  startEmbed,
  () => {
    first = fromAddress();
    Object.assign(state, scopeFor(0));
    if (first.language) state.language = first.language;
    showLanguage(state);
  },
  nameControls,
  drawDates,
  buildElsewhere,
  () => change({}),
  startLedgers,
  fitOpening,
  () => map.invalidateSize({ animate: false }),
  fitChapter,
  () => {
    requestAnimationFrame(() => document.documentElement.classList.add("is-drawn"));
    if (first.chapter) goTo(first.chapter);
  },
]);
