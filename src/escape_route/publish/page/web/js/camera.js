// The camera: a near view is moved to, a far one fades in over the last; both are stills, so that nothing is drawn on the way.

const MOVE = { ms: 900, fadeMs: 350, frames: 14, mostZooms: 2.5, mostScreens: 1.6 };

/** @typedef {{ scale: number, x: number, y: number }} Shift from one view's pixels to another's */

/** @returns {HTMLElement} the map as it stands now, to be looked at while it changes below */
function stillOfMap() {
  const still = make("div", "map-still");
  const pane = map.getPane("mapPane");
  const copy = /** @type {HTMLElement} */ (must(pane).cloneNode(true));
  const drawnNow = [...must(pane).querySelectorAll("canvas")];
  for (const [n, canvas] of [...copy.querySelectorAll("canvas")].entries()) {
    const source = must(drawnNow[n]);
    if (source.width && source.height) canvas.getContext("2d")?.drawImage(source, 0, 0);
  }
  still.append(copy);
  return still;
}

/** @param {L.LatLng} corner of the view before @param {number} zoom of it @returns {Shift} from that view to the one now */
function shiftFrom(corner, zoom) {
  const { x, y } = map.latLngToContainerPoint(corner);
  return { scale: map.getZoomScale(map.getZoom(), zoom), x, y };
}

/** @param {Shift} shift @param {number} part of the way, 0 to 1 @returns {Shift} the same camera, that far on */
function partOf({ scale, x, y }, part) {
  const here = scale ** part;
  const share = Math.abs(scale - 1) < 1e-3 ? part : (1 - here) / (1 - scale);
  return { scale: here, x: x * share, y: y * share };
}

/** @param {number} t @returns {number} slow at both ends */
function eased(t) {
  return t * t * (3 - 2 * t);
}

/** @param {Shift} shift @returns {string} */
function cssOf({ scale, x, y }) {
  return `translate(${x}px, ${y}px) scale(${scale})`;
}

/** @param {HTMLElement} still @param {Shift} shift move both stills along one path while the new one comes through */
function travel(still, shift) {
  const steps = Array.from({ length: MOVE.frames + 1 }, (_, n) => partOf(shift, eased(n / MOVE.frames)));
  const timing = { duration: MOVE.ms, easing: "linear" };
  const pane = must(map.getPane("mapPane"));
  pane.style.transformOrigin = "0 0";
  pane.animate(
    steps.map(({ scale, x, y }) => {
      const back = scale / shift.scale;
      return { transform: cssOf({ scale: back, x: x - shift.x * back, y: y - shift.y * back }) };
    }),
    timing,
  );
  still.style.transformOrigin = "0 0";
  return still.animate(
    steps.map((step, n) => ({
      transform: cssOf(step),
      opacity: String(1 - Math.min(1, Math.max(0, (n / MOVE.frames - 0.3) / 0.5))),
    })),
    timing,
  );
}

/** @type {HTMLElement | null} the view before, while it goes */
let going = null;

/**
 * Show these bounds: at once for who wants it calm, else by a move or a fade.
 * @param {L.LatLngBounds} bounds @param {boolean} [atOnce]
 */
function flyTo(bounds, atOnce = false) {
  if (!bounds.isValid() || map.getSize().y === 0) return;
  going?.remove();
  going = null;
  const calmly = atOnce || calm.matches || document.hidden || !document.documentElement.classList.contains("is-drawn");
  if (calmly) {
    map.fitBounds(bounds, { ...room(), animate: false });
    return;
  }
  const [corner, zoom] = [map.containerPointToLatLng([0, 0]), map.getZoom()];
  const still = stillOfMap();
  going = still;
  map.getContainer().append(still);
  labelHost.classList.add("is-moving");
  map.fitBounds(bounds, { ...room(), animate: false });
  const shift = shiftFrom(corner, zoom);
  const { x: width } = map.getSize();
  const far =
    Math.abs(Math.log2(shift.scale)) > MOVE.mostZooms || Math.hypot(shift.x, shift.y) > MOVE.mostScreens * width;
  const goes = far
    ? still.animate([{ opacity: 1 }, { opacity: 0 }], { duration: MOVE.fadeMs, easing: "ease" })
    : travel(still, shift);
  goes.finished.finally(() => {
    still.remove();
    if (going !== still && going) return;
    going = null;
    labelHost.classList.remove("is-moving");
  });
}
