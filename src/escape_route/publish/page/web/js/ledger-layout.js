// Where the words of the ledger go, worked out from how wide they are: no label may touch another.

/**
 * @typedef {object} Tag a label of the ledger
 * @property {number} x where it points, in pixels @property {number} width measured, in pixels
 * @property {number} [reach] how far from there it may stand, to either side
 * @property {number} [row] from 0, filled in @property {number} [left] filled in
 */

const TAG_GAP = 14;

/**
 * Give each tag a row and a left edge. Rows are read like a text: a tag stands beside the one before it, both sliding
 * sideways a little if that helps, or begins the next row, so that no row goes back to a smaller number.
 * @template {Tag} T @param {T[]} tags @param {number} width of the whole @returns {T[]} with rows
 */
function layTags(tags, width) {
  /** @type {T[]} */
  let inRow = [];
  let row = 0;
  for (const tag of [...tags].sort((a, b) => a.x - b.x)) {
    if (inRow.length && !leftmost([...inRow, tag], width)) {
      row++;
      inRow = [];
    }
    tag.row = row;
    inRow.push(tag);
    setLefts(inRow, width);
  }
  return tags;
}

/** @param {Tag} tag @param {number} width @returns {[number, number, number]} left edges: the least, over its point, the most */
function leftsOf(tag, width) {
  const last = Math.max(0, width - tag.width);
  /** @param {number} left */
  const kept = (left) => Math.max(0, Math.min(last, left));
  // A tag may slide until its point is at one of its ends, not further: it must still stand over what it names.
  const reach = tag.reach ?? 0;
  const middle = kept(tag.x - tag.width / 2);
  return [kept(tag.x + 4 - tag.width - reach), middle, Math.max(middle, kept(tag.x - 4 + reach))];
}

/** @param {Tag[]} tags of one row @param {number} width @returns {number[] | null} each as far left as it may be; null where they have no room */
function leftmost(tags, width) {
  const lefts = [];
  let free = 0;
  for (const tag of tags) {
    const [least, , most] = leftsOf(tag, width);
    const left = Math.max(least, free);
    if (left > most) return null;
    lefts.push(left);
    free = left + tag.width + TAG_GAP;
  }
  return lefts;
}

/** @param {Tag[]} tags of one row @param {number} width bring each as near to its point as the next one lets it */
function setLefts(tags, width) {
  const least = leftmost(tags, width) ?? tags.map((tag) => leftsOf(tag, width)[0]);
  let free = Number.POSITIVE_INFINITY;
  for (const [n, tag] of [...tags.entries()].reverse()) {
    tag.left = Math.max(must(least[n]), Math.min(leftsOf(tag, width)[1], free - TAG_GAP - tag.width));
    free = tag.left;
  }
}

/** @param {Tag[]} tags @param {boolean} downward whether the first row is the uppermost @returns {number} how many lines from tags to their points run through others */
function crossings(tags, downward) {
  const through = (/** @type {Tag} */ { x, row = 0 }, /** @type {Tag} */ other) => {
    const isBelow = downward ? (other.row ?? 0) > row : (other.row ?? 0) < row;
    return isBelow && x > must(other.left) - 2 && x < must(other.left) + other.width + 2;
  };
  return tags.reduce((sum, tag) => sum + tags.filter((other) => through(tag, other)).length, 0);
}

/** @param {number} most @returns {number[]} round numbers from 0 to the most, in kilometres */
function ticksUpTo(most) {
  const sizes = most < 100 ? [0.01, 0.1, 1, 10].flatMap((size) => [size, 2 * size, 5 * size]) : [];
  const step = [...sizes, 100, 200, 500, 1000, 2000, 5000, 10000].find((size) => most / size <= 15) ?? 20000;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, k) => Number((k * step).toPrecision(6)));
}
