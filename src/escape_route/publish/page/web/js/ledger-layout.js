// Where the words of the ledger go, worked out from how wide they are: no label may touch another.

/**
 * @typedef {object} Tag a label of the ledger
 * @property {number} x where it points, in pixels @property {number} width measured, in pixels
 * @property {number} [row] from 0, filled in @property {number} [left] filled in
 */

const TAG_GAP = 14;

/**
 * Give each tag a row and a left edge. Rows are read like a text: a tag stands beside the one before it, sliding
 * sideways a little if that helps, or begins the next row, so that no row goes back to a smaller number.
 * @template {Tag} T @param {T[]} tags @param {number} width of the whole @param {number} [first] row to begin with
 * @returns {T[]} with rows
 */
function layTags(tags, width, first = 0) {
  /** @type {T[]} */
  let inRow = [];
  let row = first;
  for (const tag of [...tags].sort((a, b) => a.x - b.x)) {
    if (!fits(tag, inRow, width)) {
      row++;
      inRow = [];
      fits(tag, inRow, width);
    }
    tag.row = row;
    inRow.push(tag);
  }
  return tags;
}

/**
 * Hang each tag on a line that comes down from its mark. Two marks look away from one another, the left one's words end
 * at its line and the right one's begin at theirs; where there is no room they hang like flags, the rightmost first.
 * @template {Tag} T @param {T[]} tags @param {number} width of the whole @returns {T[]} with rows
 */
function hangTags(tags, width) {
  const sorted = [...tags].sort((a, b) => a.x - b.x);
  const [left, right] = sorted;
  const apart = left && left.x - left.width >= TAG_GAP && (!right || right.x + right.width + TAG_GAP <= width);
  for (const [n, tag] of sorted.entries()) {
    tag.row = apart ? 0 : sorted.length - 1 - n;
    const ends = apart ? tag === left : tag.x + tag.width + 6 > width;
    tag.left = Math.max(0, ends ? tag.x - tag.width - 6 : tag.x + 6);
  }
  return tags;
}

/** @param {Tag} tag @param {Tag[]} others in its row @param {number} width @returns {boolean} and sets its left edge */
function fits(tag, others, width) {
  const middle = Math.max(0, Math.min(width - tag.width, tag.x - tag.width / 2));
  const after = Math.max(0, ...others.map((other) => must(other.left) + other.width + TAG_GAP));
  const left = Math.max(middle, after);
  // A tag may slide until its point is at its left edge, not further: it must still stand over what it names.
  const most = Math.max(middle, Math.min(tag.x - 4, width - tag.width));
  const free = left <= most && left + tag.width <= width;
  tag.left = free ? left : middle;
  return free || others.length === 0;
}

/** @param {number} most @returns {number[]} round numbers from 0 to beyond the most, in kilometres */
function ticksUpTo(most) {
  const step = [100, 200, 500, 1000, 2000, 5000, 10000].find((size) => most / size <= 7) ?? 20000;
  const count = Math.ceil((most * 1.04) / step);
  return Array.from({ length: count + 1 }, (_, k) => k * step);
}
