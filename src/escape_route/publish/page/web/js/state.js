// What the reader has chosen. Everything on the page that depends on it listens.

/**
 * @typedef {object} State
 * @property {number} chapter an index into `stops`: 0 is the whole, then places in their order
 * @property {string} language
 * @property {number} scope index into the scopes of the journey that is read
 * @property {boolean} bound the reader looks at the least distance
 * @property {number} factor how winding the way is taken to be
 */

/** @type {State} */
const state = { chapter: 0, language: payload.languages[0] ?? "en", scope: 0, bound: false, factor: 1 };

/** @type {((now: State, before: State) => void)[]} */
const listeners = [];

/** @param {(now: State, before: State) => void} listener */
function listen(listener) {
  listeners.push(listener);
}

/** @returns {Stop} where the reader is */
function stopNow() {
  return must(stops[state.chapter]);
}

/** @param {Partial<State>} patch */
function change(patch) {
  const before = { ...state };
  Object.assign(state, patch);
  for (const listener of listeners) listener(state, before);
}

/** @param {string} text @returns {string} an address that somebody has mistyped is taken as it stands */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @returns {string | undefined} the first language of the browser's that the page can be read in */
function browsersLanguage() {
  const wanted = navigator.languages.map((tag) => tag.toLowerCase());
  return wanted.flatMap((tag) =>
    payload.languages.filter((each) => tag.split("-")[0] === each.toLowerCase().split("-")[0]),
  )[0];
}

/** @returns {Partial<State>} chapter as the address has it; language as it has it, else as the browser does */
function fromAddress() {
  const [place = "", ...rest] = decoded(location.hash.slice(1)).split("&");
  const asked = new URLSearchParams(place.includes("=") ? [place, ...rest].join("&") : rest.join("&")).get("lang");
  const language = asked ?? browsersLanguage();
  /** @type {Partial<State>} */
  const patch = {};
  if (language && payload.languages.includes(language)) patch.language = language;
  const chapter = stops.findIndex(({ id }) => id && id === place);
  if (chapter >= 0) patch.chapter = chapter;
  return patch;
}

/** Keep the address at what is shown, without a history entry for every scroll. */
function toAddress() {
  if (document.documentElement.classList.contains("is-embed")) return;
  const place = encodeURIComponent(stopNow().id);
  const language = state.language === (browsersLanguage() ?? payload.languages[0]) ? "" : `lang=${state.language}`;
  const hash = [place, language].filter(Boolean).join("&");
  history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
}
