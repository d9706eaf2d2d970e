// Tracks of very many points: drawn on a canvas, in the colours of the style sheet, simplified for each zoom by Leaflet.

/** Show the long tracks, which folium has put into a group of their own that is not on the map. */
function startTracks() {
  /** @type {L.FeatureGroup | undefined} */
  const tracks = drawn("feature_group_tracks_0");
  const color = getComputedStyle(document.documentElement).getPropertyValue("--red").trim();
  for (const layer of tracks?.getLayers() ?? []) {
    Object.assign(layer.options, { renderer: L.canvas({ padding: 0.3 }), color, weight: 2.4, smoothFactor: 1.5 });
    drawn("feature_group_legs_0").addLayer(layer);
  }
}
