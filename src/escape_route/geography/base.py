"""The base geography: countries, borders and what has a name, read from `geo/base` when first asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import shape

from escape_route import packaged
from escape_route.errors import UnknownPlaceError
from escape_route.geography import named

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from escape_route.geography.geodesic import LonLat

#: As far as a border of the map of 1:50m may be off the ground.
BORDER_OFF_M = 5_000.0
_OFF_SHORE_DEG = (
    1.0  # islands that belong to a country lie no farther off, most of them [judgement]
)
_COLLECTION = "GeometryCollection"
#: Held by reference alone: the Yukon is a territory too, and other islands are called so.
_OTHERS_OF_THAT_NAME = {
    "river:yukon",
    "island:flores",
    "island:north-island",
    "island:south-island",
}
#: How what has a name is referred to.
NAMED = ", ".join([*(f"{kind}:NAME" for kind in named.KINDS), "region:XX-YY"])
_SHOWN = 3  # names that are offered for one that is unknown
_NEARER = 0.8  # the same, of the many regions
_NEAR = 0.75  # likeness of a spelling that is taken for a slip of another
_NOT_HELD = (
    "what is not listed has no footprint: tell it by lat and lon of its middle and uncertainty_m, "
    "or draw its shape"
)
_SEVERAL = {"congo": ("CD", "CG"), "korea": ("KP", "KR")}
_ALSO_A_STATE = "georgia"
_TWO_LETTERS = re.compile(r"[A-Za-z]{2}")


@cache
def geo_folder() -> Path:
    """Folder of the shipped journeys: the checkout's `geo/` when running from one, else the copy within the wheel."""
    package = Path(str(files("escape_route")))
    inside = package / "geo"
    return inside if inside.is_dir() else package.parents[1] / "geo"


def is_shipped(path: Path) -> bool:
    """Whether a file is one of the journeys that the package ships, which are published already.

    >>> is_shipped(geo_folder() / "ro-family.geojson"), is_shipped(Path("mine.geojson"))
    (True, False)
    """
    return path.resolve().parent == geo_folder().resolve()


@cache
def country_codes() -> tuple[str, ...]:
    """Codes of all countries that the base geography holds (ISO 3166-1 alpha-2 and a few of its own)."""
    return tuple(
        sorted(path.stem for path in (geo_folder() / "base" / "countries").glob("*.geojson"))
    )


def normal_reference(reference: str) -> str:
    """Reference in its one spelling: a border has its two codes in the order of the alphabet.

    Raises UnknownPlaceError where nothing of that name is held; the message says what is likely
    meant.
    """
    kind, _, name = reference.partition(":")
    if kind not in {"country", "border", "region", *named.KINDS}:
        alike = (
            countries_named(reference)
            or places_named(reference, is_feature=True)
            or regions_named(reference)
        )
        meant = " or ".join(f'"{place}"' for place in alike) or near_regions(reference)
        nameless = "; what has none is told by lat and lon of its middle and a radius"
        if meant:
            fix = f"did you mean {meant}?"
        else:
            fix = f"country:XX, border:XX-YY or one of {NAMED}{nameless}"
        raise UnknownPlaceError(f'"{reference}" is not a footprint: {fix}')
    if kind not in named.KINDS:
        name = name.upper() if kind == "region" else "-".join(sorted(name.upper().split("-")))
    held = _names_of(kind)
    if name not in held:
        hint = _hint_of_region(name, held) if kind == "region" else _hint(kind, name, held)
        raise UnknownPlaceError(f'"{reference}" is not in the base geography: {hint}')
    return f"{kind}:{name}"


def _names_of(kind: str) -> tuple[str, ...]:
    if kind == "country":
        return country_codes()
    if kind == "border":
        return tuple(_features("borders", "pair"))
    if kind == "region":
        return tuple(region.partition(":")[2] for region in _regions())
    return tuple(
        sorted(place.partition(":")[2] for place in _places() if place.startswith(f"{kind}:"))
    )


def _hint(kind: str, name: str, held: tuple[str, ...]) -> str:
    """Likely fix of a name; of two letters none is likelier than another."""
    if kind == "country":
        codes = _codes_by_any_name()
        near = get_close_matches(name.strip().lower(), codes, n=1, cutoff=_NEAR)
        if near:
            return f'did you mean "country:{codes[near[0]]}"?'
        return "a country is named by its code in ISO 3166-1, such as country:VN"
    if (
        kind == "border"
        and name.count("-") == 1
        and all(code in country_codes() for code in name.split("-"))
    ):
        return "these two have no common border on land; name a country, or draw the place itself"
    longer = [known for known in held if name and known.startswith(name)]
    near = longer or get_close_matches(name, held, n=1, cutoff=_NEAR)
    if near:
        return f'did you mean "{kind}:{near[0]}"?'
    if kind == "border":
        return "the two codes of neighbours on land, such as border:LA-VN"
    meant = " or ".join(f'"{place}"' for place in places_named(name, is_feature=True))
    such = ", ".join(held[:: max(len(held) // 3, 1)][:3])
    listed = f"one of {len(held)}, such as {such}: geo/base/README.md lists them; {_NOT_HELD}"
    return f"did you mean {meant}?" if meant else listed


def _hint_of_region(name: str, held: tuple[str, ...]) -> str:
    """Likely fix of a region: those of that name, or of a like one, or codes of the same country."""
    meant = " or ".join(f'"{region}"' for region in regions_named(name)[:_SHOWN]) or near_regions(
        name
    )
    own = [code for code in held if code.partition("-")[0] == name.partition("-")[0]][:_SHOWN]
    such = (
        "a province or state is named by its code in ISO 3166-2, such as "
        f"{', '.join(own) or 'US-AZ'}"
    )
    return f"did you mean {meant}?" if meant else f"{such}; {_NOT_HELD}"


_NO_COUNTRY = frozenset(
    {"island"}
)  # but with a capital, and without an article: as Germans call Iceland


def countries_named(name: str) -> tuple[str, ...]:
    """References of the countries that bear a name in a language that is held: one, or none, or a few.

    >>> countries_named("Chile"), countries_named(" the Gambia"), countries_named("베트남"), countries_named("Congo")
    (('country:CL',), ('country:GM',), ('country:VN',), ('country:CD', 'country:CG'))
    """
    plain = name.strip().lower().removeprefix("the ")
    if plain in _NO_COUNTRY and name.strip() != plain.capitalize():
        return ()
    code = _codes_by_any_name().get(plain)
    return tuple(f"country:{letters}" for letters in _SEVERAL.get(plain, (code,) if code else ()))


def places_named(name: str, *, is_feature: bool = False) -> tuple[str, ...]:
    """References of the rivers, lakes, seas, islands, deserts and ranges that a text means, in any language held.

    A bare name that states and towns have too (Colorado, Ontario) is enough where it is said to be
    a feature alone.

    >>> places_named("the Gobi"), places_named("along the Mekong"), places_named("바이칼 호수")
    (('desert:gobi',), ('river:mekong',), ('lake:baikal',))
    """
    return named.matching(name, _places_by_name(), is_feature=is_feature)


def regions_named(text: str, within: Sequence[str] = ()) -> tuple[str, ...]:
    """References of the provinces or states that a text means, in any language held; a country may follow a comma.

    The text is a name, with or without the word for its kind; or that of a land of once, which
    several have today.
    `within` are references of the countries that it lies in; none where that is not told.

    >>> regions_named("Jilin province"), regions_named("애리조나 주"), regions_named("Kayah State, Myanmar")
    (('region:CN-JL',), ('region:US-AZ',), ('region:MM-12',))
    >>> regions_named("Khorasan"), regions_named("Limburg", ["country:BE"]), regions_named("Erewhon")
    (('region:IR-29', 'region:IR-30', 'region:IR-31'), ('region:BE-VLI',), ())
    """
    return _regions_meant(text, within)[0]


def says_region(text: str) -> bool:
    """Whether a text says that what it names is a province or a state, and no town of that name.

    >>> says_region("Campeche state"), says_region("Campeche"), says_region("Provinz Jilin"), says_region("지린성")
    (True, False, True, True)
    """
    return _regions_meant(text, ())[1]


def _regions_meant(text: str, within: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    head, comma, tail = text.rpartition(",")
    countries = countries_named(tail) if comma else ()
    regions, is_said = named.matching_region(head if countries else text, _regions_by_name())
    codes = {*countries_in((*countries, *within))}
    return tuple(
        region for region in regions if not codes or codes & countries_of(region)
    ), is_said and bool(regions)


def is_also_a_town(reference: str) -> bool:
    """Whether a town in the same country bears the name of a region."""
    return bool(_regions().get(reference, {}).get("town"))


def near_regions(text: str) -> str:
    """Regions that are spelled nearly as a text, with what they are, in words; empty where none is.

    >>> near_regions("Arizna"), near_regions("Qqqq")
    ('"region:US-AZ" (Arizona)', '')
    """
    names = _regions_by_name()
    near = get_close_matches(
        named.bare_region(named.region_key(text)), names, n=_SHOWN, cutoff=_NEARER
    )
    meant = dict.fromkeys(region for name in near for region in names[name])
    return " or ".join(f'"{region}" ({name_of(region)["en"]})' for region in list(meant)[:_SHOWN])


def once_called(name: str) -> str:
    """What must be said of a country that is told by a name of once; empty for any other.

    >>> once_called("Persia"), once_called("Iran")
    ('Persia is taken as Iran of today (country:IR), whose borders may be others', '')
    """
    plain = name.strip()
    if (parts := lands_of_once(plain)) and plain.lower() not in _also_called("once"):
        return f"{plain} is taken as {once_said(parts)}"
    code = _also_called("once").get(plain.lower().removeprefix("the "))
    today = "" if code is None else country_name(code, "en")
    if today:
        return f"{plain} is taken as {today} of today (country:{code}), whose borders may be others"
    return ""


def lands_of_once(name: str) -> tuple[str, ...]:
    """References of the provinces of today that have what a land of once was, or one that several states share.

    >>> lands_of_once("East Prussia"), lands_of_once("Arizona")
    (('region:RU-KGD', 'region:PL-28', 'region:LT-KL', 'region:LT-TA'), ())
    """
    key = named.region_key(name).removeprefix("the ")
    return next(
        (kind[key][0] for kind in map(_lands_of_once, ("names", "shared")) if key in kind), ()
    )


def once_said(references: Sequence[str]) -> str:
    """What is to be said of provinces that are taken for a land of once; empty where they are those of none."""
    lands = [*_lands_of_once("names").values()]
    why = next(
        (
            why
            for parts, why in lands
            if references and {*references} <= {*parts} and len(parts) > 1
        ),
        "",
    )
    today = ", ".join(name_of(reference)["en"] for reference in references)
    return f"all of {today} of today, whose borders are others ({why})" if why else ""


def is_also_a_state(name: str) -> bool:
    """Whether a country's name is that of a state of the United States too, so that it is not clear which is meant."""
    return name.strip().lower() == _ALSO_A_STATE


def reference_of(text: str) -> str:
    """Reference of a country by its two or three letters, or of one or a place by a name of its own; else the text.

    >>> [reference_of(each) for each in ("TM", "AUT", "Georgia", "the Gobi", "Bayern")]
    ['country:TM', 'country:AT', 'Georgia', 'desert:gobi', 'region:DE-BY']
    """
    countries = countries_named(text)
    if len(countries) == 1 and not is_also_a_state(text):
        return countries[0]
    if _TWO_LETTERS.fullmatch(text):
        return f"country:{text.upper()}"
    if text in _codes_of_three_letters():
        return f"country:{_codes_of_three_letters()[text]}"
    called = () if countries or ":" in text else places_named(text) or regions_named(text)
    return called[0] if len(called) == 1 else text


@cache
def country_names() -> dict[str, dict[str, str]]:
    """Short names of the countries per language by their codes, after CLDR."""
    names: dict[str, dict[str, str]] = packaged.table("geography/countries.json")
    return names


def country_name(code: str, language: str) -> str:
    """Short name of a country; its English one, or its code, where there is no other."""
    names = country_names().get(code) or (
        name_of(f"country:{code}") if code in country_codes() else {"en": code}
    )
    return names.get(language) or names["en"]


_BESIDE_DEG, _WHOLE = 0.2, 1 - 1e-6


@cache
def _codes_by_name() -> dict[str, str]:
    """Codes by English names in small letters, from the small map of the world: for hints alone."""
    return {
        str(land["properties"]["name"]).lower(): code
        for code, land in _features("world-50m", "iso_a2").items()
    }


@cache
def _codes_by_any_name() -> dict[str, str]:
    """Codes by names in small letters: those of the small map, of CLDR in its languages, and some that are in use."""
    short = {
        name.lower(): code for code, names in country_names().items() for name in names.values()
    }
    codes = short | _codes_by_name() | _also_called("in_use") | _also_called("once")
    return {name: code for name, code in codes.items() if code in country_codes()}


@cache
def _codes_of_three_letters() -> dict[str, str]:
    """Codes of two letters by those of three, in capitals."""
    text = packaged.table("geography/also_called.toml")["three_letters"]["codes"]
    return dict(pair.split() for pair in " ".join(text.split()).split(", "))


@cache
def _also_called(when: str) -> dict[str, str]:
    """Codes by names in small letters that CLDR does not have: ``in_use``, or of ``once``."""
    names_of = packaged.table("geography/also_called.toml")[when]
    return {name: code for code, names in names_of.items() for name in names}


@cache
def references() -> dict[str, str]:
    """Every reference that the base geography holds, with its English name: countries, borders, places by name.

    >>> references()["country:VN"], references()["border:LA-VN"]
    ('Vietnam', 'Laos-Vietnam border')
    """
    names = {
        code: str(land["properties"]["name"])
        for code, land in _features("world-50m", "iso_a2").items()
    }
    names |= {code: _english(code) for code in country_codes() if code not in names}
    countries = {f"country:{code}": names[code] for code in country_codes()}
    ends = {pair: pair.split("-") for pair in sorted(_names_of("border"))}
    borders = {
        f"border:{pair}": f"{names[one]}-{names[other]} border"
        for pair, (one, other) in ends.items()
    }
    places = {
        reference: name_of(reference)["en"] for reference in (*sorted(_places()), *_regions())
    }
    return countries | borders | places


@cache
def geometry_of(reference: str) -> BaseGeometry:
    """Footprint of a reference in its one spelling, as stored: edges straight in longitude and latitude, unclipped."""
    kind, _, name = reference.partition(":")
    if kind == "country":
        return _country(name)
    if kind == "border":
        return _line("borders", "pair", name)
    if kind == "region":
        return _outlines_of_regions(name.partition("-")[0])[name]
    return _line("rivers", "id", name) if reference in _border_rivers() else _place(reference)


def countries_of(reference: str) -> frozenset[str]:
    """Codes of the countries that a footprint lies in or between."""
    kind, _, name = reference.partition(":")
    if kind == "country":
        return frozenset({name})
    if kind == "border":
        return frozenset(name.split("-"))
    if kind == "region":
        return frozenset(_regions()[reference]["countries"])
    return frozenset(_places()[reference]["countries"])


def countries_in(references: Iterable[str]) -> tuple[str, ...]:
    """Codes of the countries that references lie in, each once, in their order.

    >>> countries_in(["region:US-AZ", "country:MX", "region:US-NM"])
    ('US', 'MX')
    """
    return tuple(
        dict.fromkeys(code for reference in references for code in sorted(countries_of(reference)))
    )


def may_meet(references: Iterable[str], within: Sequence[str]) -> bool:
    """Whether references lie in a country of what a place is told to lie in; so where that is not told.

    >>> may_meet(["country:US"], ["region:US-AZ"]), may_meet(["country:MX"], ["region:US-AZ"])
    (True, False)
    """
    return not within or not {*countries_in(references)}.isdisjoint(countries_in(within))


@cache
def least_borders(start: str, end: str) -> int | None:
    """How many land borders a way over land from one country to another crosses at the least; None where none leads.

    >>> least_borders("LA", "TH"), least_borders("IR", "AT"), least_borders("JP", "KR")
    (1, 5, None)
    """
    neighbours: dict[str, set[str]] = {}
    for a, b in (pair.split("-") for pair in _names_of("border")):
        neighbours.setdefault(a, set()).add(b)
        neighbours.setdefault(b, set()).add(a)
    reached, steps = {start}, 0
    while end not in reached:
        further = set().union(*(neighbours.get(code, set()) for code in reached)) - reached
        if not further:
            return None
        reached |= further
        steps += 1
    return steps


def border_between(one: str, other: str) -> BaseGeometry | None:
    """Common land border of two countries, or None where they have none."""
    pair = "-".join(sorted((one, other)))
    return _line("borders", "pair", pair) if pair in _features("borders", "pair") else None


@cache
def coast_of(code: str) -> BaseGeometry:
    """Outline of a country without its land borders: where one lands or sets sail. Empty where it has no coast."""
    borders = [
        _line("borders", "pair", pair) for pair in _names_of("border") if code in pair.split("-")
    ]
    outline = _country(code).boundary
    return shapely.difference(outline, shapely.union_all(borders)) if borders else outline


def is_land(lonlat_deg: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether positions, shape (n, 2) in degrees, lie on land, or on a lake or river in it; by the map of 1:50m.

    That map leaves out small islands.
    """
    on_land = np.zeros(len(lonlat_deg), dtype=bool)
    for _, inside in _coarse_at(lonlat_deg):
        on_land[inside] = True
    return on_land


def is_islet(lonlat: LonLat, countries: Iterable[BaseGeometry]) -> bool:
    """Whether a point lies at sea by the outlines, and off the shores of one of the countries: they lack its island."""
    at = shapely.Point(lonlat)
    return not bool(is_land(np.array([lonlat]))[0]) and any(
        country.distance(at) <= _OFF_SHORE_DEG for country in countries
    )


def _coarse_at(lonlat_deg: NDArray[np.float64]) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Countries of the small map near positions, by number, and which of the positions lie in each.

    They are asked as numbers and of prepared outlines: to make a point of each takes as long as all
    the rest.
    """
    if not len(lonlat_deg):
        return
    lon, lat = lonlat_deg.T
    around = shapely.box(lon.min(), lat.min(), lon.max(), lat.max())
    for country in np.sort(_land().query(around)).tolist():
        outline = _land().geometries[country]
        west, south, east, north = outline.bounds
        near = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        yield country, near[shapely.intersects_xy(outline, lon[near], lat[near])]


def is_fine_land(lonlat_deg: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether positions, shape (n, 2) in degrees, lie on land; by the map of 1:10m where that of 1:50m shows sea."""
    on_land = is_land(lonlat_deg)
    if on_land.all():
        return on_land
    around = _land().query(shapely.multipoints(lonlat_deg).envelope.buffer(_BESIDE_DEG))
    on_land[:] = False
    for index in around:
        country = _country(list(_features("world-50m", "iso_a2"))[index])
        shapely.prepare(country)
        on_land |= shapely.contains_xy(country, lonlat_deg)
    return on_land


def land_in(bounds: tuple[float, float, float, float]) -> BaseGeometry:
    """Land within west, south, east and north, in degrees; the map of 1:10m is read where that of 1:50m shows sea."""
    whole = shapely.box(*bounds)
    coarse = [_land().geometries[index] for index in _land().query(whole)]
    if any(shapely.contains(country, whole) for country in coarse):
        return whole
    codes = [
        list(_features("world-50m", "iso_a2"))[index]
        for index in _land().query(whole.buffer(_BESIDE_DEG))
    ]
    land = _clipped(coarse, bounds)
    if land.area > whole.area * _WHOLE:
        return land
    return _clipped([_country(code) for code in codes], bounds)


def _clipped(
    shapes: Sequence[BaseGeometry], bounds: tuple[float, float, float, float]
) -> BaseGeometry:
    return shapely.union_all(
        [shapely.make_valid(shapely.clip_by_rect(shape, *bounds)) for shape in shapes]
    )


def countries_near(line: BaseGeometry) -> list[str]:
    """Codes of the countries whose outline meets a line; reads every country, so it is for tracks only."""
    codes = country_codes()
    return sorted(codes[index] for index in _countries().query(line, predicate="intersects"))


@cache
def _countries() -> shapely.STRtree:
    return shapely.STRtree([geometry_of(f"country:{code}") for code in country_codes()])


def meets_land(shape_on_map: BaseGeometry) -> bool:
    """Whether a shape meets the land of any country; the map of 1:10m is read only where that of 1:50m shows sea."""
    return len(_land().query(shape_on_map, predicate="intersects")) > 0 or bool(
        countries_near(shape_on_map)
    )


def countries_at(lonlat_deg: NDArray[np.float64]) -> NDArray[np.str_]:
    """Code of the country that each position, shape (n, 2), lies in on the map of 1:50m; empty at sea."""
    code_at = np.full(len(lonlat_deg), "", dtype="<U2")
    codes = list(_features("world-50m", "iso_a2"))
    for country, inside in _coarse_at(lonlat_deg):
        code_at[inside] = codes[country]
    return code_at


@cache
def coarse_countries(file: str = "world-50m") -> dict[str, BaseGeometry]:
    """Every country as a small map of the world has it, by its code: to look at, not to measure."""
    return {code: shape(feature["geometry"]) for code, feature in _features(file, "iso_a2").items()}


@cache
def _land() -> shapely.STRtree:
    shapes = list(coarse_countries().values())
    shapely.prepare(shapes)
    return shapely.STRtree(shapes)


def name_of(reference: str) -> dict[str, str]:
    """Names of a footprint per language; English alone where the base geography has no more."""
    kind, _, name = reference.partition(":")
    if kind == "country":
        return {"en": _english(name)}
    if kind == "border":
        ends = [_english(code) for code in name.split("-")]
        return {"en": f"{ends[0]}-{ends[1]} border"}
    return dict((_regions() if kind == "region" else _places())[reference]["name"])


_BORDER = (
    "border frontier grenze frontière frontera between zwischen entre 국경 사이 国境 國境 边境 "
    "الحدود حدود بين"
)


@cache
def every_name_of(reference: str) -> frozenset[str]:
    """What a footprint and the countries that it lies in are called, in every language held, and words for its kind.

    >>> {"Yalu", "river"} <= every_name_of("river:yalu"), "독일" in every_name_of("country:DE")
    (True, True)
    """
    kind, _, _ = reference.partition(":")
    codes = countries_of(reference)
    names = {name for name, code in _codes_by_any_name().items() if code in codes} | set(
        map(_english, codes)
    )
    if kind == "border":
        return frozenset((*names, *_BORDER.split()))
    if kind == "country":
        return frozenset(names)
    own = (_regions() if kind == "region" else _places())[reference]
    return frozenset(
        (*names, *own["name"].values(), *own.get("also", ()), *named.GENERIC.get(kind, ()))
    )


_KIND_APART = re.compile(" (?=(?:성|주|도|현|시|군|구|부)$)")


@cache
def _regions() -> dict[str, dict]:  # type: ignore[type-arg]
    """What is said of each province or state, by its reference."""
    rows = {name: feature["properties"] for name, feature in _features("regions", "id").items()}
    return {
        name: row
        | {"name": _as_written(row["name"]), "also": [*row["also"], *row["name"].values()]}
        for name, row in rows.items()
    }


def _as_written(names: dict[str, str]) -> dict[str, str]:
    """Names of a region, in Korean with what it is written as one word with them: 허베이성, 애리조나주."""
    return {
        language: _KIND_APART.sub("", name) if language == "ko" else name
        for language, name in names.items()
    }


@cache
def _regions_by_name() -> dict[str, tuple[str, ...]]:
    """References by name: of lands of once, else of today; of both where a region of today is as likely meant."""
    also = packaged.table("geography/also_called.toml")["regions"]
    names = {
        reference: [*row["name"].values(), *row["also"], *also.get(reference.partition(":")[2], ())]
        for reference, row in _regions().items()
    }
    by_name = named.indexed_regions(names) | {
        name: references for name, (references, _) in _lands_of_once("names").items()
    }
    shared = _lands_of_once("shared")
    return by_name | {
        name: (*by_name.get(name, ()), *references) for name, (references, _) in shared.items()
    }


@cache
def _lands_of_once(kind: str) -> dict[str, tuple[tuple[str, ...], str]]:
    """What has the land of a name today, and what it was."""
    return {
        named.region_key(name): (
            tuple(f"{'region' if '-' in code else 'country'}:{code}" for code in land["today"]),
            land["why"],
        )
        for land in packaged.table("geography/lands_of_once.toml")["land"]
        for name in land.get(kind, ())
    }


@cache
def _outlines_of_regions(country: str) -> dict[str, BaseGeometry]:
    document = json.loads((geo_folder() / "base" / "regions" / f"{country}.geojson").read_bytes())
    outlines = {str(feature["id"]): shape(feature["geometry"]) for feature in document["features"]}
    shapely.prepare(list(outlines.values()))
    return outlines


@cache
def _border_rivers() -> dict[str, dict]:  # type: ignore[type-arg]
    """Rivers that are borders, cut out of them: what is said of each by its reference."""
    return {
        f"river:{name}": feature["properties"]
        for name, feature in _features("rivers", "id").items()
    }


@cache
def _places() -> dict[str, dict]:  # type: ignore[type-arg]
    """What is said of each river, lake, sea, island, desert and range, by its reference."""
    return _border_rivers() | {
        name: feature["properties"] for name, feature in _features("places", "id").items()
    }


@cache
def _places_by_name() -> dict[tuple[str, str], tuple[str, ...]]:
    """References by name; of a river that is held as a whole, a stretch along a border is asked for by reference."""
    more = packaged.table("geography/also_called.toml")["places"]
    names = {
        reference: [*row["name"].values(), *row.get("also", ()), *more.get(reference, ())]
        for reference, row in _places().items()
    }
    held = {called[0] for reference, called in names.items() if reference not in _border_rivers()}
    stretches = {reference for reference in _border_rivers() if names[reference][0] in held}
    apart = stretches | _OTHERS_OF_THAT_NAME
    return named.indexed(
        {reference: called for reference, called in names.items() if reference not in apart}
    )


@cache
def _place(reference: str) -> BaseGeometry:
    document = json.loads(
        (geo_folder() / "base" / "places" / f"{reference.replace(':', '-')}.geojson").read_bytes()
    )
    geometry: BaseGeometry = shape(document["features"][0]["geometry"])
    shapely.prepare(geometry)
    return geometry


def _country_file(code: str) -> bytes:
    return (geo_folder() / "base" / "countries" / f"{code}.geojson").read_bytes()


@cache
def _english(code: str) -> str:
    """Name of a country as its own file has it."""
    document = json.loads(_country_file(code))
    feature = document["features"][0] if "features" in document else document
    return str(feature["properties"]["name"])


@cache
def _country(code: str) -> BaseGeometry:
    whole = shapely.from_geojson(_country_file(code))  # without its members, in half the time
    geometry: BaseGeometry = (
        shapely.get_geometry(whole, 0) if whole.geom_type == _COLLECTION else whole
    )
    shapely.prepare(geometry)
    return geometry


@cache
def _features(file: str, key: str) -> dict[str, dict]:  # type: ignore[type-arg]
    document = json.loads((geo_folder() / "base" / f"{file}.geojson").read_bytes())
    return {str(feature["properties"][key]): feature for feature in document["features"]}


@cache
def _line(file: str, key: str, name: str) -> BaseGeometry:
    return shape(_features(file, key)[name]["geometry"])
