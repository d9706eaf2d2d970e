// Going through the story: by scroll, by buttons, by keys, by address.

const chapterElements = all("[data-chapter]");

/** While the page scrolls by itself, the chapters it passes are not the reader's. */
let scrollsUntil = 0;

/** @param {number} chapter go to it and bring its text into view */
function goTo(chapter) {
  const last = stops.length - 1;
  const next = Math.max(0, Math.min(last, chapter));
  scrollsUntil = performance.now() + 900;
  toChapter(next);
  bringIntoView(next);
}

/** @param {number} chapter the ledger follows the story, and what was looked at by the way is put aside */
function toChapter(chapter) {
  change({ chapter, bound: false, ...scopeFor(chapter) });
}

/** @param {number} chapter */
function bringIntoView(chapter) {
  const element = must(chapterElements.find((item) => Number(item.dataset.chapter) === chapter));
  const below = narrow.matches ? window.innerHeight * 0.56 : window.innerHeight * 0.14;
  const top = chapter === 0 ? 0 : element.getBoundingClientRect().top + window.scrollY - below;
  window.scrollTo({ top, behavior: calm.matches ? "instant" : "smooth" });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.altKey || event.ctrlKey || event.metaKey || target.closest("input, select, textarea, .folium-map")) {
    return;
  }
  if (event.key === "ArrowRight") goTo(state.chapter + 1);
  else if (event.key === "ArrowLeft") goTo(state.chapter - 1);
  else return;
  event.preventDefault();
}

/** The chapter in the middle of what is read becomes the current one; on a phone the opening does at the head of the window. */
function watchScroll() {
  /** @param {IntersectionObserverEntry[]} entries */
  const read = (entries) => {
    if (performance.now() < scrollsUntil) return;
    for (const entry of entries) {
      const chapter = Number(/** @type {HTMLElement} */ (entry.target).dataset.chapter);
      if (entry.isIntersecting && chapter !== state.chapter) toChapter(chapter);
    }
  };
  const inMiddle = narrow.matches ? "-70% 0px -28% 0px" : "-38% 0px -60% 0px";
  const observer = new IntersectionObserver(read, { rootMargin: inMiddle });
  const atHead = new IntersectionObserver(read, { rootMargin: "-8% 0px -80% 0px" });
  for (const element of chapterElements) observer.observe(element);
  if (narrow.matches) atHead.observe(one(".opening"));
}

/** On a small screen the list of languages goes when one reads on, and comes back when one scrolls up or comes to it by keys. */
function watchReading() {
  let before = window.scrollY;
  const onScroll = () => {
    const now = window.scrollY;
    if (Math.abs(now - before) < 8) return;
    one(".languages").classList.toggle("is-away", now > before);
    before = now;
  };
  if (narrow.matches) window.addEventListener("scroll", onScroll, { passive: true });
}

/** @param {State} now */
function showChapter(now) {
  for (const element of chapterElements) {
    const chapter = Number(element.dataset.chapter);
    element.classList.toggle("is-past", chapter < now.chapter);
    element.classList.toggle("is-now", chapter === now.chapter);
    if (chapter === now.chapter && chapter > 0) element.setAttribute("aria-current", "step");
    else element.removeAttribute("aria-current");
  }
  document.documentElement.classList.toggle("is-reading", now.chapter > 0);
  const last = stops.length - 1;
  one(".count").textContent = now.chapter ? say("count", { n: now.chapter, all: last }) : say("overview");
  one("[data-step='-1']").toggleAttribute("disabled", now.chapter === 0);
  one("[data-step='1']").toggleAttribute("disabled", now.chapter === last);
}

/** Set the ways through the story up once. */
function startChapters() {
  for (const button of all("[data-step]")) {
    button.addEventListener("click", () => goTo(state.chapter + Number(button.dataset.step)));
  }
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", () => {
    const patch = fromAddress();
    if (patch.language) change({ language: patch.language });
    if (patch.chapter !== undefined && patch.chapter !== state.chapter) goTo(patch.chapter);
  });
  watchScroll();
  watchReading();
}
