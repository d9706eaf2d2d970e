// A journey's places and legs on a map that somebody has already: names enter by textContent, and go through no template.
/** @typedef {{ name: string, label: [number, number] | null, radius_m: number | null, shape: any }} OntoPlace */
/** @typedef {{ places: OntoPlace[], lines: [number, number][][], language: string }} Onto */
/** @param {L.Map} map @param {Onto} told */
(map, told) => {
  const style = { color: "#a3341f", weight: 1.5, fillColor: "#a3341f", fillOpacity: 0.15 };
  const group = L.featureGroup();
  /** @param {L.Layer} layer @param {string} name */
  const named = (layer, name) => {
    const element = document.createElement("span");
    element.lang = told.language;
    element.textContent = name;
    return layer.bindTooltip(element).addTo(group);
  };
  for (const line of told.lines) L.polyline(line, { ...style, fill: false, dashArray: "4 4" }).addTo(group);
  for (const { name, label, radius_m, shape } of told.places) {
    if (shape) named(L.geoJSON(shape, { style }), name);
    else if (label && radius_m) named(L.circle(label, { ...style, radius: radius_m }), name);
    else if (label) named(L.circleMarker(label, { ...style, radius: 5 }), name);
  }
  group.addTo(map);
};
