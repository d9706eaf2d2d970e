// Where the words of the ledger go, worked out from how wide they are: no label may touch another.

/**
 * @typedef {object} Tag a label of the ledger
 * @property {number} x where it points, in pixels @property {number} width measured, in pixels
 * @property {number} [reach] how far from there it may stand, to either side
 * @property {number} [row] from 0, filled in @property {number} [left] filled in
 */

const TAG_GAP = 14;

/**
 * Give each tag a row and a left edge. Rows are read like a text: a tag stands beside the one before it, sliding
 * sideways a little if that helps, or begins the next row, so that no row goes back to a smaller number.
 * @template {Tag} T @param {T[]} tags @param {number} width of the whole @returns {T[]} with rows
 */
function layTags(tags, width) {
  /** @type {T[]} */
  let inRow = [];
  let row = 0;
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

/** @param {Tag} tag @param {Tag[]} others in its row @param {number} width @returns {boolean} and sets its left edge */
function fits(tag, others, width) {
  const middle = Math.max(0, Math.min(width - tag.width, tag.x - tag.width / 2));
  const after = Math.max(0, ...others.map((other) => must(other.left) + other.width + TAG_GAP));
  const left = Math.max(middle, after);
  // A tag may slide until its point is at its left edge, not further: it must still stand over what it names.
  const most = Math.max(middle, Math.min(tag.x - 4 + (tag.reach ?? 0), width - tag.width));
  const free = left <= most && left + tag.width <= width;
  tag.left = free ? left : middle;
  return free || others.length === 0;
}

/** @param {number} most @returns {number[]} round numbers from 0 to the most, in kilometres */
function ticksUpTo(most) {
  const step = [100, 200, 500, 1000, 2000, 5000, 10000].find((size) => most / size <= 15) ?? 20000;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, k) => k * step);
}
