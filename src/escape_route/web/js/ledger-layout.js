// Where the words of the ledger go, worked out from how wide they are: no label may touch another.

/**
 * @typedef {object} Tag a label of the ledger
 * @property {number} x where it points, in pixels @property {number} width measured, in pixels
 * @property {number} [row] from 0, filled in @property {number} [left] filled in
 */

const TAG_GAP = 14;

/**
 * Give each tag a row and a left edge: in the lowest row where it is free, sliding sideways a little if that helps.
 * @template {Tag} T @param {T[]} tags @param {number} width of the whole @returns {T[]} with rows
 */
function layTags(tags, width) {
  /** @type {T[][]} */
  const rows = [];
  for (const tag of [...tags].sort((a, b) => a.x - b.x)) {
    let row = 0;
    while (!fits(tag, rows[row] ?? [], width)) row++;
    tag.row = row;
    rows[row] = [...(rows[row] ?? []), tag];
  }
  return tags;
}

/** @param {Tag} tag @param {Tag[]} others in its row @param {number} width @returns {boolean} and sets its left edge */
function fits(tag, others, width) {
  const middle = Math.max(0, Math.min(width - tag.width, tag.x - tag.width / 2));
  const after = Math.max(0, ...others.map((other) => must(other.left) + other.width + TAG_GAP));
  const left = Math.max(middle, after);
  // A tag may slide until its point is at its left edge, not further: it must still stand over what it names.
  if (left > Math.max(middle, Math.min(tag.x - 4, width - tag.width)) || left + tag.width > width)
    return others.length === 0;
  tag.left = left;
  return true;
}

/** @param {number} most @returns {number[]} round numbers from 0 to beyond the most, in kilometres */
function ticksUpTo(most) {
  const step = [100, 200, 500, 1000, 2000, 5000, 10000].find((size) => most / size <= 7) ?? 20000;
  const count = Math.ceil((most * 1.04) / step);
  return Array.from({ length: count + 1 }, (_, k) => k * step);
}
