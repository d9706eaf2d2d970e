// The journey draws itself: chapter after chapter at a readable pace, each leg growing as it is reached.

const SPEEDS = [0.5, 1, 2];
const PACE = { leastMs: 2600, perLetterMs: 34, legMs: 1300 };

const playing = { on: false, speed: 1, timer: 0, frame: 0, line: /** @type {L.Polyline | null} */ (null) };

/** @returns {number} how long a chapter stands, in milliseconds, by how much there is to read */
function readingTime() {
  const text = one(`[data-chapter="${state.chapter}"]`).textContent ?? "";
  const letters = state.chapter === 0 ? 60 : text.replace(/\s+/g, " ").length;
  return (PACE.leastMs + PACE.perLetterMs * letters) / playing.speed;
}

/** @param {L.LatLng[]} line @param {number} part from 0 to 1 @returns {L.LatLng[]} its beginning */
function beginningOf(line, part) {
  const end = part * (line.length - 1);
  const whole = Math.floor(end);
  const [a, b] = [line[whole], line[whole + 1]];
  const tip =
    a && b ? [L.latLng(a.lat + (b.lat - a.lat) * (end - whole), a.lng + (b.lng - a.lng) * (end - whole))] : [];
  return [...line.slice(0, whole + 1), ...tip];
}

/** Let the leg that arrives at the chapter grow, unless the reader wants it calm. */
function drawLeg() {
  const layer = legLayer(state.chapter - 2);
  const line = layer ? linesOf(layer)[0] : undefined;
  if (!line || calm.matches) return;
  const start = performance.now();
  const growing = L.polyline([], { className: "growing", interactive: false }).addTo(map);
  playing.line = growing;
  /** @param {number} now */
  const step = (now) => {
    const part = Math.min(1, ((now - start) / PACE.legMs) * playing.speed);
    growing.setLatLngs(beginningOf(line, part));
    if (part < 1 && playing.on) playing.frame = requestAnimationFrame(step);
    else growing.remove();
  };
  playing.frame = requestAnimationFrame(step);
}

/** Go on to the next chapter when this one has been read. */
function goOn() {
  playing.timer = window.setTimeout(() => {
    if (state.chapter >= journey.waypoints.length) return stopPlaying();
    goTo(state.chapter + 1);
    drawLeg();
    goOn();
  }, readingTime());
}

function startPlaying() {
  playing.on = true;
  if (state.chapter >= journey.waypoints.length) goTo(0);
  else {
    goTo(state.chapter + 1);
    drawLeg();
  }
  goOn();
  showPlaying();
}

function stopPlaying() {
  playing.on = false;
  window.clearTimeout(playing.timer);
  cancelAnimationFrame(playing.frame);
  playing.line?.remove();
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
