// The layers that folium drew, found by the names that layers.py gave them.

/** @param {string} name @returns {any} */
function drawn(name) {
  return /** @type {any} */ (window)[name];
}

/** @type {L.Map} */
const map = drawn("map_story");

/** @param {number} w @param {number} [j] @returns {L.GeoJSON[]} what is drawn of a waypoint's place */
function placeLayers(w, j = 0) {
  return [drawn(`geo_json_place_${j}_${w}`), drawn(`geo_json_place_lines_${j}_${w}`)].filter(Boolean);
}

/** @param {number} n @param {number} [j] @returns {L.Polyline | undefined} */
function legLayer(n, j = 0) {
  return drawn(`poly_line_leg_${j}_${n}`);
}

/** @param {number} s @param {number} [j] @returns {L.Polyline | undefined} */
function shortestLayer(s, j = 0) {
  return drawn(`poly_line_shortest_${j}_${s}`);
}

/** @returns {L.Polyline | undefined} the shortest way of the part that is looked at */
function shortestNow() {
  return shortestLayer(state.scope, Math.max(0, stopNow().j));
}

/** @param {L.Layer} layer @returns {L.Path[]} what is painted of it */
function pathsOf(layer) {
  if (layer instanceof L.LayerGroup) return layer.getLayers().flatMap(pathsOf);
  return layer instanceof L.Path ? [layer] : [];
}

/** @param {L.Layer} layer @param {"is-past" | "is-now" | "is-ahead"} stage */
function setStage(layer, stage) {
  for (const path of pathsOf(layer)) {
    if (/** @type {{ stage?: string }} */ (path.options).stage === stage) continue;
    path.setStyle(/** @type {L.PathOptions} */ ({ stage }));
  }
}

/** @param {number} w @param {number} now the place that is read @returns {"is-past" | "is-now" | "is-ahead"} */
function stageOf(w, now) {
  if (w === now) return "is-now";
  return w < now ? "is-past" : "is-ahead";
}

/** @param {L.Layer} layer @returns {L.LatLng[][]} every line or ring of it */
function linesOf(layer) {
  if (layer instanceof L.LayerGroup) return layer.getLayers().flatMap(linesOf);
  if (!(layer instanceof L.Polyline)) return [];
  /** @param {any} nested @returns {L.LatLng[][]} */
  const flat = (nested) => (nested[0] instanceof L.LatLng ? [nested] : nested.flatMap(flat));
  const latLngs = layer.getLatLngs();
  return latLngs.length ? flat(latLngs) : [];
}

/**
 * Where the name of a place hangs: its label point, or a point of what is drawn of it.
 * @param {number} w @param {number} [j] @returns {L.LatLng | null}
 */
function labelPoint(w, j = 0) {
  const { label, hang } = must(must(payload.journeys[j]).waypoints[w]);
  const point = label ?? hang;
  return point && L.latLng(point[1], point[0]);
}
