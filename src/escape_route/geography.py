"""The base geography: countries, borders and rivers by reference, read from `geo/base` when first asked for."""

from __future__ import annotations

import json
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import shape

from escape_route.errors import UnknownPlaceError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_CODE_LETTERS = 2


@cache
def geo_folder() -> Path:
    """Folder of the shipped journeys: the checkout's `geo/` when running from one, else the copy within the wheel."""
    package = Path(str(files("escape_route")))
    inside = package / "geo"
    return inside if inside.is_dir() else package.parents[1] / "geo"


@cache
def country_codes() -> tuple[str, ...]:
    """Codes of all countries that the base geography holds (ISO 3166-1 alpha-2 and a few of its own)."""
    return tuple(sorted(path.stem for path in (geo_folder() / "base" / "countries").glob("*.geojson")))


def normal_reference(reference: str) -> str:
    """Reference in its one spelling: a border has its two codes in the order of the alphabet.

    Raises
    ------
    UnknownPlaceError
        Where nothing of that name is held; the message names the nearest that is.
    """
    kind, _, name = reference.partition(":")
    if kind == "country":
        return _known(reference, f"country:{name.upper()}", [f"country:{code}" for code in country_codes()])
    if kind == "border":
        pair = "-".join(sorted(name.upper().split("-")))
        return _known(reference, f"border:{pair}", [f"border:{each}" for each in _lines("borders", "pair")])
    if kind == "river":
        return _known(reference, reference, [f"river:{each}" for each in _lines("rivers", "id")])
    raise UnknownPlaceError(f'"{reference}" is not a footprint: country:XX, border:XX-YY or river:NAME')


def _known(given: str, wanted: str, held: list[str]) -> str:
    if wanted in held:
        return wanted
    near = get_close_matches(wanted, held, n=1)
    hint = f'; did you mean "{near[0]}"?' if near else ""
    raise UnknownPlaceError(f'"{given}" is not in the base geography{hint}')


@cache
def geometry_of(reference: str) -> BaseGeometry:
    """Footprint of a reference in its one spelling, as stored: edges straight in longitude and latitude, unclipped."""
    kind, _, name = reference.partition(":")
    if kind == "country":
        return _country(name)
    found: BaseGeometry = _lines("borders", "pair")[name] if kind == "border" else _lines("rivers", "id")[name]
    return found


def countries_of(reference: str) -> frozenset[str]:
    """Codes of the countries that a footprint lies in or between."""
    kind, _, name = reference.partition(":")
    if kind == "country":
        return frozenset({name})
    if kind == "border":
        return frozenset(name.split("-"))
    return frozenset(_features("rivers", "id")[name]["properties"]["countries"])


def border_between(one: str, other: str) -> BaseGeometry | None:
    """Common land border of two countries, or None where they have none."""
    return _lines("borders", "pair").get("-".join(sorted((one, other))))


def countries_near(line: BaseGeometry) -> list[str]:
    """Codes of the countries whose outline meets a line; reads every country, so it is for tracks only."""
    codes = country_codes()
    tree = shapely.STRtree([geometry_of(f"country:{code}") for code in codes])
    return sorted(codes[index] for index in tree.query(line, predicate="intersects"))


def name_of(reference: str) -> dict[str, str]:
    """Names of a footprint per language; English alone where the base geography has no more."""
    kind, _, name = reference.partition(":")
    if kind == "country":
        return {"en": str(_country_feature(name)["properties"]["name"])}
    if kind == "border":
        ends = [str(_country_feature(code)["properties"]["name"]) for code in name.split("-")]
        return {"en": f"{ends[0]}-{ends[1]} border"}
    return dict(_features("rivers", "id")[name]["properties"]["name"])


@cache
def _country_feature(code: str) -> dict:  # type: ignore[type-arg]  # GeoJSON of our own making
    document = json.loads((geo_folder() / "base" / "countries" / f"{code}.geojson").read_bytes())
    feature: dict = document["features"][0] if "features" in document else document  # type: ignore[type-arg]
    return feature


@cache
def _country(code: str) -> BaseGeometry:
    geometry: BaseGeometry = shape(_country_feature(code)["geometry"])
    shapely.prepare(geometry)
    return geometry


@cache
def _features(file: str, key: str) -> dict[str, dict]:  # type: ignore[type-arg]
    document = json.loads((geo_folder() / "base" / f"{file}.geojson").read_bytes())
    return {str(feature["properties"][key]): feature for feature in document["features"]}


@cache
def _lines(file: str, key: str) -> dict[str, BaseGeometry]:
    return {name: shape(feature["geometry"]) for name, feature in _features(file, key).items()}
