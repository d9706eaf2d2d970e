// Starts the page.

listen((now, before) => {
  if (now.language !== before.language) showLanguage(now);
  showChapter(now);
  showMap(now, before);
  showLedgers(now, before);
  showWinding(now, before);
  toAddress();
});

addLanguages();
startMap();
startLedgers();
startChapters();
const first = fromAddress();
showLanguage(state);
nameControls();
change({ language: first.language ?? state.language });
map.invalidateSize({ animate: false });
fitChapter();
if (first.chapter) goTo(first.chapter);
