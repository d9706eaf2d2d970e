// Texts in the reader's language. Python has put the first language into the HTML; wording.py marks what can be said again.

/** @param {Texts} text @returns {string} the language in which a text is there */
function languageOf(text) {
  return [state.language, "en"].find((language) => language in text) ?? Object.keys(text)[0] ?? state.language;
}

const FROM_RIGHT = /^(?:ar|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)\b/;

/** @param {HTMLElement} element @param {string} language mark it as read in a language, and in its direction where that is another */
function mark(element, language) {
  const direction = FROM_RIGHT.test(language) ? "rtl" : "ltr";
  element.lang = language;
  if (direction === document.documentElement.dir) element.removeAttribute("dir");
  else element.dir = direction;
}

/** @param {Texts} text @returns {string} */
function inLanguage(text) {
  return together(text[languageOf(text)] ?? "");
}

/** @param {string} name of a place @returns {string} up to a comma or a bracket */
function firstWords(name) {
  return must(name.split(/[,:،、，：]| ?[(（]/)[0]);
}

/** @param {string} text @returns {string} with every number and its unit, and every range, on one line: as html.py does it */
function together(text) {
  if (!/\d/.test(text)) return text;
  return text
    .replace(/(\d\u2069?) (?=[\p{L}%°×])/gu, "$1\u00a0")
    .replace(/(\d\u2069?\u00a0[\p{L}×]{1,4}) (?=\u2068?\d)/gu, "$1\u00a0")
    .replace(/(\d\u2069?)([–—~〜～])(?=\u2068?\d)/gu, "$1\u2060$2\u2060");
}

/** @type {Map<string, Intl.NumberFormat>} one takes longer to make than all numbers of a page to be written by it */
const formats = new Map();

/** @param {number} value @param {number} [digits] @returns {string} */
function formatNumber(value, digits = 0) {
  const key = `${state.language} ${digits}`;
  let format = formats.get(key);
  if (!format) {
    const how = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: true };
    format = new Intl.NumberFormat(`${state.language}-u-nu-latn`, how);
    formats.set(key, format);
  }
  return format.format(value);
}

/**
 * A whole way to two significant digits: more would say more than is known.
 *
 * @param {number} km
 * @returns {number}
 */
function wholeKm(km) {
  return Number(km.toPrecision(2));
}

/** @typedef {Record<string, string | number>} Arguments numbers, texts, or "@path" for a text of the payload */

/** @param {string | number | undefined} value @returns {string} */
function argument(value) {
  // As it was rounded: a second rounding would say another number.
  if (typeof value === "number") return formatNumber(value, String(value).split(".")[1]?.length ?? 0);
  if (value?.startsWith("@")) return inLanguage(/** @type {Texts} */ (at(value.slice(1))));
  return value ?? "";
}

/** @param {string} text @returns {string} from right to left, what has figures or Latin letters stands by itself */
function apart(text) {
  return document.documentElement.dir === "rtl" && /[0-9A-Za-z]/.test(text) ? `\u2068${text}\u2069` : text;
}

/** @param {string} key a key of the payload's words @param {Arguments} [args] @returns {string} */
function say(key, args = {}) {
  const filled = inLanguage(must(payload.words[key])).replace(/\{(\w+)\}/g, (_, name) => apart(argument(args[name])));
  return together(filled);
}

/** @param {number} km @returns {string} a length with its unit: below a kilometre in metres */
function kilometres(km) {
  const isShort = km > 0 && km < 0.9995;
  return isShort ? say("unit_m", { n: Number((km * 1000).toPrecision(3)) }) : say("unit_km", { n: km });
}

/** @param {HTMLElement} element @returns {Arguments} */
function argumentsOf(element) {
  return JSON.parse(element.dataset.arguments ?? "{}");
}

/** @param {ParentNode} [root] say everything in it again */
function translate(root = document) {
  for (const element of all("[data-text]", root)) {
    const text = /** @type {Texts} */ (at(must(element.dataset.text)));
    element.textContent = inLanguage(text);
    mark(element, languageOf(text));
  }
  for (const element of all("[data-word]", root)) {
    element.textContent = say(must(element.dataset.word), argumentsOf(element));
  }
  for (const element of all("[data-label]", root)) {
    element.setAttribute("aria-label", say(must(element.dataset.label), argumentsOf(element)));
  }
  for (const element of all("[data-alt]", root)) {
    const text = /** @type {Texts} */ (at(must(element.dataset.alt)));
    element.setAttribute("alt", inLanguage(text));
    element.lang = languageOf(text);
  }
  for (const element of all("[data-number]", root)) {
    element.textContent = formatNumber(Number(element.dataset.number), Number(element.dataset.digits));
  }
}

/** @param {Citing} citing @param {number} j @returns {HTMLElement} links to the numbered sources of a journey, with where in them */
function sourceNotes(citing, j) {
  const notes = make("span", "notes");
  for (const id of citing.sources) {
    const number = sourceNumbers[j]?.get(id);
    if (number === undefined) continue;
    const link = /** @type {HTMLAnchorElement} */ (
      make("a", "note", [number, citing.sources_at[id]].filter(Boolean).join(", "))
    );
    link.href = `#source-${j}-${number}`;
    link.setAttribute("aria-label", say("source_n", { n: number }));
    notes.append(notes.childElementCount ? " " : "", link);
  }
  return notes;
}

/** Tell every chapter again in the reader's language. */
function narrate() {
  for (const element of all("[data-narration]")) {
    const [j = 0, w = 0] = must(element.dataset.narration).split(".").map(Number);
    const { narration } = must(must(payload.journeys[j]).waypoints[w]);
    const language = [state.language, "en"].find((each) => each in narration) ?? Object.keys(narration)[0] ?? "en";
    const passages = (narration[language] ?? []).map((statement) => {
      const passage = make("p", "", together(statement.text));
      if (statement.sources.length) passage.append(sourceNotes(statement, j));
      return passage;
    });
    mark(element, language);
    element.replaceChildren(...passages);
  }
}

/** @param {string} language @returns {string} its own name of itself */
function nameOfLanguage(language) {
  return must(payload.words.language_name)[language] ?? language;
}

/** The list that changes the language. */
function addLanguages() {
  const choice = /** @type {HTMLSelectElement} */ (one(".languages select"));
  for (const language of payload.languages) {
    const option = /** @type {HTMLOptionElement} */ (make("option", "", nameOfLanguage(language)));
    option.value = option.lang = language;
    choice.append(option);
  }
  choice.addEventListener("change", () => change({ language: choice.value }));
  one(".languages").hidden = false;
}

/** Say in which languages a journey is told, where the reader's is not one of them. */
function sayTold() {
  const told = Object.keys(journey.title);
  const note = one(".told-in");
  note.hidden = told.includes(state.language);
  note.textContent = note.hidden ? "" : say("told_in", { languages: told.map(nameForReader).join(", ") });
}

/**
 * Name of a language in that of the reader; its own name where the browser has no other.
 * @param {string} language
 */
function nameForReader(language) {
  const name = new Intl.DisplayNames([state.language], { type: "language", fallback: "none" }).of(language);
  return name ?? nameOfLanguage(language);
}

/** @returns {string} */
function titleOfPage() {
  if (!isJoint) return inLanguage(journey.title);
  const years = inLanguage(payload.when);
  return years ? say("joint_title", { n: payload.journeys.length, years }) : say("contents_title");
}

/** @param {State} now */
function showLanguage(now) {
  document.documentElement.lang = now.language;
  document.documentElement.dir = say("dir");
  document.title = titleOfPage();
  /** @type {HTMLSelectElement} */ (one(".languages select")).value = now.language;
  translate();
  narrate();
  sayTold();
}
