// Tracks of very many points: simplified for each zoom by Leaflet.

/** Show the long tracks, which folium has put into a group of their own that is not on the map. */
function startTracks() {
  for (const [j] of payload.journeys.entries()) {
    /** @type {L.FeatureGroup | undefined} */
    const tracks = drawn(`feature_group_tracks_${j}`);
    for (const layer of tracks?.getLayers() ?? []) {
      Object.assign(layer.options, { smoothFactor: 1.5 });
      drawn(`feature_group_legs_${j}`).addLayer(layer);
    }
  }
}
