// Turning the earth: a way keeps its shape and its lengths when the sphere under it is turned.
// Latitudes go to the sphere of equal area and back (Snyder 1987, doi 10.3133/pp1395, p. 16), on which a length is off by
// 0.12 % at most; taken as they are, they would be off by 0.56 %.

const ECCENTRICITY = Math.sqrt(0.00669437999014);

/** @typedef {[number, number, number]} Vector */

/** @param {number} sine of a latitude @returns {number} Snyder's q */
function snyderQ(sine) {
  const e = ECCENTRICITY;
  const part = e * sine;
  return (1 - e * e) * (sine / (1 - part * part) - Math.log((1 - part) / (1 + part)) / (2 * e));
}

/** @param {number} latDeg on WGS84 @returns {number} radians on the sphere of equal area */
function toSphere(latDeg) {
  return Math.asin(snyderQ(Math.sin((latDeg * Math.PI) / 180)) / snyderQ(1));
}

/** @param {number} beta radians on the sphere of equal area @returns {number} degrees on WGS84 */
function fromSphere(beta) {
  let lat = beta;
  for (let turn = 0; turn < 5; turn++) {
    const missing = Math.asin(Math.min(1, Math.max(-1, snyderQ(Math.sin(lat)) / snyderQ(1)))) - beta;
    lat -= missing;
  }
  return (lat * 180) / Math.PI;
}

/** @param {L.LatLng} point @returns {Vector} */
function vectorOf({ lat, lng }) {
  const [beta, lambda] = [toSphere(lat), (lng * Math.PI) / 180];
  return [Math.cos(beta) * Math.cos(lambda), Math.cos(beta) * Math.sin(lambda), Math.sin(beta)];
}

/** @param {Vector} vector @returns {L.LatLng} */
function pointOf([x, y, z]) {
  const lng = (Math.atan2(y, x) * 180) / Math.PI;
  return L.latLng(fromSphere(Math.atan2(z, Math.hypot(x, y))), lng + turnOf(lng));
}

/** @param {Vector} up @returns {[Vector, Vector, Vector]} east, north and up at a point */
function frameAt(up) {
  const length = Math.hypot(up[0], up[1]) || 1e-12;
  /** @type {Vector} */
  const east = [-up[1] / length, up[0] / length, 0];
  return [east, cross(up, east), up];
}

/** @param {Vector} a @param {Vector} b @returns {Vector} */
function cross([a1, a2, a3], [b1, b2, b3]) {
  return [a2 * b3 - a3 * b2, a3 * b1 - a1 * b3, a1 * b2 - a2 * b1];
}

/** @param {Vector} a @param {Vector} b @returns {number} */
function dot([a1, a2, a3], [b1, b2, b3]) {
  return a1 * b1 + a2 * b2 + a3 * b3;
}

/**
 * The turn of the sphere that brings one point to another and keeps north where it is at the start.
 * @param {L.LatLng} from @param {L.LatLng} to @returns {(point: L.LatLng) => L.LatLng}
 */
function turnFrom(from, to) {
  const [east, north, up] = frameAt(vectorOf(from));
  const [newEast, newNorth, newUp] = frameAt(vectorOf(to));
  return (point) => {
    const vector = vectorOf(point);
    const [a, b, c] = [dot(vector, east), dot(vector, north), dot(vector, up)];
    return pointOf([
      a * newEast[0] + b * newNorth[0] + c * newUp[0],
      a * newEast[1] + b * newNorth[1] + c * newUp[1],
      a * newEast[2] + b * newNorth[2] + c * newUp[2],
    ]);
  };
}

/** @param {L.LatLng[]} line @returns {L.LatLng[]} without a jump at the antimeridian: longitudes go on beyond 180 */
function unbroken(line) {
  let last = line[0]?.lng ?? 0;
  return line.map(({ lat, lng }) => {
    const near = lng - 360 * Math.round((lng - last) / 360);
    last = near;
    return L.latLng(lat, near);
  });
}
