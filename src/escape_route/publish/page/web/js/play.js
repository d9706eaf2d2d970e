// The journey draws itself: chapter after chapter at a readable pace.

const SPEEDS = [0.5, 1, 2];
const PACE = { leastMs: 2600, perLetterMs: 34 };

const playing = { on: false, speed: 1, timer: 0 };

/** @returns {number} how long a chapter stands, in milliseconds, by how much there is to read */
function readingTime() {
  const text = one(`[data-chapter="${state.chapter}"]`).textContent ?? "";
  const letters = state.chapter === 0 ? 60 : text.replace(/\s+/g, " ").length;
  return (PACE.leastMs + PACE.perLetterMs * letters) / playing.speed;
}

/** @param {number} chapter @returns {boolean} there is none, or it is of a journey that asks for care */
function isNotPlayed(chapter) {
  const stop = stops[chapter];
  return !stop || Boolean(payload.journeys[stop.j]?.care);
}

/** Go on to the next chapter when this one has been read. */
function goOn() {
  playing.timer = window.setTimeout(() => {
    if (isNotPlayed(state.chapter + 1)) return stopPlaying();
    goTo(state.chapter + 1);
    goOn();
  }, readingTime());
}

function startPlaying() {
  playing.on = true;
  if (isNotPlayed(state.chapter + 1)) goTo(0);
  else goTo(state.chapter + 1);
  goOn();
  imagineOn();
  showPlaying();
}

function stopPlaying() {
  playing.on = false;
  window.clearTimeout(playing.timer);
  imagineOn();
  showPlaying();
}

function showPlaying() {
  const button = one("[data-play]");
  button.classList.toggle("is-on", playing.on);
  one("[data-word]", button).dataset.word = playing.on ? "pause" : "play";
  translate(button);
}

/** @returns {HTMLElement} a choice of speeds */
function speedChoice() {
  const select = /** @type {HTMLSelectElement} */ (make("select", "speed"));
  select.dataset.label = "speed";
  for (const speed of SPEEDS) {
    const option = /** @type {HTMLOptionElement} */ (make("option", "", `×${speed}`));
    option.value = String(speed);
    option.selected = speed === playing.speed;
    select.append(option);
  }
  select.addEventListener("change", () => {
    playing.speed = Number(select.value);
  });
  return select;
}

/** Set play and pause up, unless the journey asks for care: it does not play by itself. */
function startPlay() {
  if (journey.care) return;
  const button = one("[data-play]");
  button.hidden = false;
  button.addEventListener("click", () => (playing.on ? stopPlaying() : startPlaying()));
  button.after(speedChoice());
  // Whoever takes the story into their own hands is not pulled on.
  for (const taken of ["wheel", "touchmove"]) {
    window.addEventListener(taken, () => playing.on && stopPlaying(), { passive: true });
  }
  window.addEventListener("keydown", (event) => {
    const presses = event.target === button && (event.key === "Enter" || event.key === " ");
    if (playing.on && !presses) stopPlaying();
  });
  for (const step of all("[data-step]")) step.addEventListener("click", () => playing.on && stopPlaying());
}
