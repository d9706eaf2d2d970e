// Online tiles over the built-in map, on a page that was made with them. Without a network they give up and all else stays.

const ENOUGH_FAILED = 4;

/** Show the tiles, and stop asking where none comes. */
function startTiles() {
  /** @type {L.TileLayer} */
  const tiles = drawn("tile_layer_online");
  let came = 0;
  let failed = 0;
  tiles.on("add", () => {
    came = 0;
    failed = 0;
  });
  tiles.on("tileload", () => {
    came += 1;
  });
  tiles.on("tileerror", () => {
    failed += 1;
    if (!came && failed >= ENOUGH_FAILED) tiles.remove();
  });
  tiles.addTo(map);
}

startTiles();
