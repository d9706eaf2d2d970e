// Runs before the map is made, so that the map finds its place on the page.
document.documentElement.classList.add("js");

const ways = document.getElementById("ways")?.textContent?.split("\n") ?? [];

/** @param {number} n @returns {number[][]} the pairs of numbers that compact.py has put into the nth encoded polyline */
function way(n) {
  const code = ways[n] ?? "";
  const parts = 10 ** Number(code[0]);
  const pairs = [];
  const sums = [0, 0];
  for (let place = 1, turn = 0; place < code.length; turn ^= 1) {
    let [number, shift, bits] = [0, 0, 0];
    do {
      bits = code.charCodeAt(place++) - 63;
      number |= (bits & 31) << shift;
      shift += 5;
    } while (bits > 31);
    sums[turn] = (sums[turn] ?? 0) + (number & 1 ? ~(number >> 1) : number >> 1);
    if (turn) pairs.push(sums.map((sum) => sum / parts));
  }
  return pairs;
}
