// A journey's places on a map that somebody has already: uncertain is soft, no line runs through label points, names
// enter by textContent and go through no template.
/** @typedef {{ name: string, said: string, label: [number, number] | null, radius_m: number | null, shape: any, band: any }} OntoPlace */
/** @typedef {{ places: OntoPlace[], lines: { line: [number, number][], dashes: string }[], language: string, blue: string }} Onto */
/** @param {L.Map} map @param {Onto} told */
(map, told) => {
  const color = told.blue;
  const group = L.featureGroup();
  /** Widths of the strokes of a river or a border that are laid over one another: a band that fades to both sides. */
  const BAND = [13, 10, 7, 4];
  /** Steps in which a disc fades to its rim. */
  const STEPS = [1, 0.85, 0.7, 0.55, 0.4, 0.25];
  /** @param {L.Layer} layer @param {OntoPlace} place */
  const named = (layer, { name, said }) => {
    const element = document.createElement("span");
    element.lang = told.language;
    element.dir = "auto";
    element.append(Object.assign(document.createElement("b"), { textContent: name }));
    if (said) element.append(document.createElement("br"), said);
    return layer.bindTooltip(element, { sticky: true }).addTo(group);
  };
  for (const { line, dashes } of told.lines) {
    L.polyline(line, { color, weight: 2.4, dashArray: dashes, interactive: false }).addTo(group);
  }
  for (const place of told.places) {
    const { label, radius_m, shape, band } = place;
    if (shape) named(L.geoJSON(shape, { style: { stroke: false, fillColor: color, fillOpacity: 0.16 } }), place);
    for (const weight of band ? BAND : []) {
      const strip = L.geoJSON(band, { style: { color, weight, opacity: 0.18, lineCap: "round", fill: false } });
      if (weight === BAND[BAND.length - 1]) named(strip, place);
      else strip.addTo(group);
    }
    if (shape || band) continue;
    if (label && radius_m) {
      for (const part of STEPS) {
        const disc = L.circle(label, { radius: radius_m * part, stroke: false, fillColor: color, fillOpacity: 0.1 });
        if (part === STEPS[0]) named(disc, place);
        else disc.addTo(group);
      }
    } else if (label)
      named(
        L.circleMarker(label, { radius: 5, color: "#ffffff", weight: 1.5, fillColor: color, fillOpacity: 1 }),
        place,
      );
  }
  group.addTo(map);
};
