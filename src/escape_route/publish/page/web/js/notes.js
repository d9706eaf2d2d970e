// A source's number opens its note in place, and closes it again.

/** @param {HTMLAnchorElement} link @returns {HTMLElement | null} the note that it has opened */
function noteOf(link) {
  const next = link.closest(".notes")?.nextElementSibling;
  return next instanceof HTMLElement && next.classList.contains("note-open") && next.dataset.of === link.hash
    ? next
    : null;
}

/** @param {HTMLAnchorElement} link open what it leads to beside it */
function openNote(link) {
  const source = document.querySelector(`[id="${CSS.escape(link.hash.slice(1))}"]`);
  if (!source) return;
  for (const other of all(".note-open", must(link.closest("li, td, figure, main")))) other.remove();
  const note = make("span", "note-open");
  note.dataset.of = link.hash;
  const words = make("span");
  words.lang = /** @type {HTMLElement} */ (must(source.closest("[lang]"))).lang;
  words.append(...[...source.childNodes].map((node) => node.cloneNode(true)));
  note.append(words);
  const close = make("button", "quiet", "×");
  close.setAttribute("type", "button");
  close.setAttribute("aria-label", say("note_close"));
  close.addEventListener("click", () => {
    note.remove();
    link.setAttribute("aria-expanded", "false");
    link.focus();
  });
  note.append(close);
  link.closest(".notes")?.after(note);
  link.setAttribute("aria-expanded", "true");
}

/** Open and close notes wherever their numbers stand. */
function startNotes() {
  document.addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("a.note"));
    if (!link) return;
    event.preventDefault();
    const open = noteOf(link);
    if (!open) return openNote(link);
    open.remove();
    link.setAttribute("aria-expanded", "false");
  });
}
