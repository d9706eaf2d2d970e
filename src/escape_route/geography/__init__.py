"""The Earth: geodesics, the base map's countries and rivers, cells, the antimeridian, names of places."""
