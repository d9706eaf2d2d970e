// Starts the page.

listen((now, before) => {
  if (now.language !== before.language) showLanguage(now);
  showChapter(now);
  showMap(now, before);
  showLedgers(now, before);
  showWinding(now, before);
  toAddress();
  if (now.language !== before.language) sayTools();
});

/** Say the tools again in the reader's language. */
function sayTools() {
  drawDates();
  buildElsewhere();
}

addLanguages();
startMap();
startLedgers();
startChapters();
startTracks();
startPlay();
startBeside();
startElsewhere();
startNotes();
startShare();
startEmbed();
const first = fromAddress();
showLanguage(state);
nameControls();
sayTools();
change({ language: first.language ?? state.language });
map.invalidateSize({ animate: false });
fitChapter();
requestAnimationFrame(() => document.documentElement.classList.add("is-drawn"));
if (first.chapter) goTo(first.chapter);
