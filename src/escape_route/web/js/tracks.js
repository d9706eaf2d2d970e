// Tracks of very many points: drawn on a canvas, in the colours of the style sheet, simplified for each zoom by Leaflet.

const CANVAS_POINTS = 5000;

/** Move every long track from the drawing that folium made to a canvas. */
function startTracks() {
  for (const [n] of journey.legs.entries()) {
    const layer = legLayer(n);
    if (!layer || linesOf(layer).reduce((sum, line) => sum + line.length, 0) < CANVAS_POINTS) continue;
    layer.remove();
    const color = getComputedStyle(document.documentElement).getPropertyValue("--red").trim();
    Object.assign(layer.options, { renderer: L.canvas({ padding: 0.3 }), color, weight: 2.4, smoothFactor: 1.5 });
    layer.addTo(map);
  }
}
