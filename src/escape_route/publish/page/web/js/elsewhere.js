// "From where you live": the whole way laid out from another place.

const LAT_MOST = 85;

/** @type {L.LatLng | null} where the way is laid out from now */
let laidFrom = null;

/** @type {L.Polyline[]} */
let laidLines = [];

/** @type {L.Marker | null} */
let startMarker = null;

/** @returns {{ index: number, point: L.LatLng } | null} the first waypoint that a measured leg starts from */
function startOfWay() {
  const index = journey.legs.findIndex((leg) => leg.length_km !== null);
  const label = journey.waypoints[index]?.label;
  return label ? { index, point: L.latLng(label[1], label[0]) } : null;
}

/** @param {L.LatLng | null} to lay the way out from there, or put it back */
function layOut(to) {
  laidFrom = to;
  for (const line of laidLines) line.remove();
  laidLines = [];
  document.documentElement.classList.toggle("is-elsewhere", to !== null);
  repaint(map);
  const start = startOfWay();
  if (to && start) {
    const turn = turnFrom(start.point, to);
    let last = to.lng;
    for (const [n] of journey.legs.entries()) {
      for (const line of linesOf(legLayer(n) ?? L.polyline([]))) {
        const turned = unbroken([L.latLng(0, last), ...line.map(turn)]).slice(1);
        last = turned[turned.length - 1]?.lng ?? last;
        laidLines.push(L.polyline(turned, { className: "laid", interactive: false }).addTo(map));
      }
    }
  }
  placeStart(to ?? start?.point ?? null);
  sayLaid();
  nameSoon();
}

/** @returns {L.LatLngBounds} of the way as it is laid out */
function laidBounds() {
  const bounds = L.latLngBounds([]);
  for (const line of laidLines) bounds.extend(line.getBounds());
  return bounds;
}

/** @param {L.LatLng | null} point put the handle of the start there */
function placeStart(point) {
  if (!point) return;
  if (!startMarker) {
    const icon = L.divIcon({ className: "start-handle", iconSize: [30, 30], html: make("span") });
    startMarker = L.marker(point, { icon, draggable: true, keyboard: false, autoPan: true });
    startMarker.on("drag", () => layOut(must(startMarker).getLatLng()));
    startMarker.on("dragend", () => flyTo(laidBounds()));
  }
  startMarker.setLatLng(point);
}

/** @returns {Label[]} names of the places where they come to lie */
function laidLabels() {
  const start = startOfWay();
  if (!laidFrom || !start) return [];
  const turn = turnFrom(start.point, laidFrom);
  const middle = laidBounds().isValid() ? laidBounds().getCenter().lng : laidFrom.lng;
  return journey.waypoints.flatMap((waypoint, w) => {
    if (!waypoint.label || w < start.index) return [];
    const turned = turn(L.latLng(waypoint.label[1], waypoint.label[0]));
    const point = L.latLng(turned.lat, turned.lng - 360 * Math.round((turned.lng - middle) / 360));
    const element = make("div", "label is-laid");
    addNumber(element, make("span", "number", String(waypoint.number)));
    element.append(make("span", "name", inLanguage(waypoint.name)));
    element.lang = languageOf(waypoint.name);
    return [{ element, point, rank: w }];
  });
}

/** Say what is laid out, in words. */
function sayLaid() {
  const output = document.querySelector(".laid-output");
  if (!output) return;
  const km = journey.legs.reduce((sum, leg) => sum + (leg.length_km ?? 0), 0);
  const words = laidFrom
    ? say("elsewhere_now", {
        lat: formatNumber(laidFrom.lat, 1),
        lon: formatNumber(laidFrom.lng, 1),
        km: wholeKm(km),
      })
    : "";
  output.textContent = words;
}

/** @param {string} key @param {HTMLElement} field @returns {HTMLElement} a field with its label */
function labelled(key, field) {
  const label = make("label", "field", say(key));
  label.append(field);
  return label;
}

/** @param {string} name @param {number} most @returns {HTMLInputElement} */
function degrees(name, most) {
  const input = /** @type {HTMLInputElement} */ (make("input"));
  Object.assign(input, { type: "number", step: "any", min: String(-most), max: String(most), name, required: true });
  return input;
}

/** Fill the tool anew. */
function buildElsewhere() {
  const host = document.querySelector("[data-elsewhere]");
  if (!host) return;
  const form = /** @type {HTMLFormElement} */ (make("form", "elsewhere"));
  form.noValidate = true;
  const [lat, lon] = [degrees("lat", LAT_MOST), degrees("lon", 180)];
  const output = make("p", "laid-output");
  output.setAttribute("role", "status");
  const go = make("button", "", say("elsewhere_go"));
  const reset = make("button", "", say("elsewhere_reset"));
  reset.setAttribute("type", "button");
  reset.addEventListener("click", () => {
    layOut(null);
    flyTo(chapterBounds());
  });
  const cities = cityChoice(lat, lon, () => form.requestSubmit());
  form.append(
    labelled("elsewhere_city", cities),
    labelled("elsewhere_lat", lat),
    labelled("elsewhere_lon", lon),
    go,
    reset,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    for (const field of [lat, lon]) field.setAttribute("aria-invalid", String(!field.validity.valid));
    if (!form.checkValidity()) {
      output.textContent = say("elsewhere_bad");
      [lat, lon].find((field) => !field.validity.valid)?.focus();
      return;
    }
    layOut(L.latLng(Number(lat.value), Number(lon.value)));
    flyTo(laidBounds());
  });
  host.replaceChildren(form, output);
  sayLaid();
}

/**
 * @param {HTMLInputElement} lat @param {HTMLInputElement} lon @param {() => void} chosen
 * @returns {HTMLSelectElement} a short list of cities
 */
function cityChoice(lat, lon, chosen) {
  const select = /** @type {HTMLSelectElement} */ (make("select"));
  const first = /** @type {HTMLOptionElement} */ (make("option", "", say("elsewhere_choose")));
  first.value = "";
  select.append(first);
  for (const [n, city] of (payload.cities ?? []).entries()) {
    const option = /** @type {HTMLOptionElement} */ (make("option", "", inLanguage(city.name)));
    option.value = String(n);
    select.append(option);
  }
  select.addEventListener("change", () => {
    const city = payload.cities?.[Number(select.value)];
    if (!select.value || !city) return;
    [lon.value, lat.value] = [String(city.at[0]), String(city.at[1])];
    chosen();
  });
  return select;
}

/** Offer it, unless the journey asks for care or has no way to lay out; the handle shows while the tool is read. */
function startElsewhere() {
  const tool = /** @type {HTMLElement | null} */ (document.querySelector("[data-tool='elsewhere']"));
  const start = startOfWay();
  if (!tool || journey.care || !start) return;
  tool.hidden = false;
  placeStart(start.point);
  new IntersectionObserver(([entry]) => {
    if (entry?.isIntersecting) startMarker?.addTo(map);
    else if (!laidFrom) startMarker?.remove();
    if (startMarker?.getElement()) startMarker.getElement()?.setAttribute("title", say("elsewhere_drag"));
  }).observe(tool);
}
