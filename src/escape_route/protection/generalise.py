"""One place made as coarse as its sensitivity asks for: a cell, the country alone, a date cut short."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from typing import TypeAlias

import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from escape_route.distance.stated_numbers import stands_for
from escape_route.geography import base, cells
from escape_route.geography.geodesic import LonLat, geodesic_m, way_m
from escape_route.model import dates
from escape_route.model.journey import (
    COUNTRY_ALONE,
    DATE_KEPT,
    GENERALISED,
    POINT_KEPT,
    Stay,
    Waypoint,
    cell_named,
    say,
)
from escape_route.model.units import UNITS
from escape_route.model.vocabulary import Precision, Wording, precision_of, weakest
from escape_route.protection import stand_ins
from escape_route.protection.leaks.spelling import plain
from escape_route.protection.leaks.words import TELLS_NO_PLACE, Words, occurrences
from escape_route.protection.sensitivity import (
    AS_HELD,
    CELLS,
    NO_COORDINATES,
    cut_date,
    sensitivity_of,
    withholding,
)

#: Centre and height in degrees, as text, of the cell that a place was published in.
Cell: TypeAlias = tuple[LonLat, str]

_TOWN_M, _COARSE_M = (
    1_000.0,
    20_000.0,
)  # what is known no better than this is told as a town, and as a region

_WITHHELD = {"en": "Place withheld"}
_MOST_NAMES = 4  # of countries that a place is called by; more are counted
_IN_DAYS = 4  # sensitivity from which on a day may be told
_SMALL_SHARE = 0.4  # of half a diagonal: a radius counts as that at the least

_WHOLE = 1 - 1e-9

COARSER, FEWER, DATES, TEXTS, ASKED = (
    *("places made coarser", "places without coordinates", "dates made coarser", "texts left out"),
    "requests left out",
)


def coarsened(waypoint: Waypoint, counts: Counter[str], last: Cell | None = None) -> Waypoint:
    """Give a place as it may be published, and count each kind of change; what is coarse enough stays as it is.

    `last` is the cell that it was published in before: it is kept where the place lies next to it,
    for two cells that touch tell that it lies at their common edge.
    """
    counts[ASKED] += waypoint.request is not None
    waypoint = replace(waypoint, lowered=None, request=None)
    if sensitivity_of(waypoint) == AS_HELD:
        return waypoint
    coarse = _with_place(waypoint, counts, last)
    if coarse.verbatim_locality is not None:
        counts[TEXTS] += 1
        coarse = replace(
            withholding(coarse, "the place in the words it was told in"), verbatim_locality=None
        )
    return coarse


def _with_place(waypoint: Waypoint, counts: Counter[str], last: Cell | None) -> Waypoint:
    if waypoint.withheld or sensitivity_of(waypoint) == NO_COORDINATES:
        if waypoint.withheld:  # it would be found by its name
            bare = waypoint if waypoint.name == _WITHHELD else _with_name_of(waypoint, ())
        else:
            bare = _without_coordinates(waypoint)
        counts[FEWER] += bare != waypoint
        return bare
    waypoint = _footprint_alone(waypoint, counts)
    if waypoint.label is None and waypoint.geometry is None:
        return waypoint
    degrees = CELLS[sensitivity_of(waypoint)]
    if _is_coarse(waypoint, degrees):
        return waypoint
    counts[COARSER] += 1
    shape = waypoint.geometry
    if shape is None:
        return _in_cell(waypoint, degrees, last)
    if not _is_within_a_cell(shape, degrees):
        return _as_cells(waypoint, degrees)
    middle = _middle(shape)
    radius_m = max(
        geodesic_m(middle, (lon, lat)) for lon, lat in shapely.get_coordinates(shape).tolist()
    )
    return _in_cell(
        replace(waypoint, label=middle, geometry=None, uncertainty_m=radius_m), degrees, last
    )


def _footprint_alone(waypoint: Waypoint, counts: Counter[str]) -> Waypoint:
    """A footprint without the point of a place that was told more finely: a river and a cell are a strip of both."""
    is_finer = waypoint.precision.fineness > Precision.NAMED_FEATURE.fineness
    if not waypoint.footprints or waypoint.label is None or not is_finer:
        return waypoint
    counts[COARSER] += 1
    return withholding(replace(waypoint, label=None, precision=Precision.NAMED_FEATURE), POINT_KEPT)


def _middle(shape: BaseGeometry) -> LonLat:
    west, south, east, north = shape.bounds
    return (west + east) / 2, (south + north) / 2


def _is_within_a_cell(shape: BaseGeometry, degrees: Decimal) -> bool:
    """Whether a shape is no larger than a cell, wherever its edges are: the cells that it meets tell where it is."""
    west, south, east, north = shape.bounds
    left, low, right, high = cells.bounds(_middle(shape), degrees)
    return bool(east - west <= right - left and north - south <= high - low)


def _is_coarse(waypoint: Waypoint, degrees: Decimal) -> bool:
    """Whether a place already names a cell that is coarse enough, is written no finer, and says how large it is."""
    named = waypoint.cell
    if named is None or named < degrees or not 0 < named <= cells.LARGEST:
        return False
    if waypoint.geometry is not None:
        return all(
            _is_multiple(value, named) for value in shapely.get_coordinates(waypoint.geometry).flat
        )
    if waypoint.label is None or not all(
        _is_multiple(value, named / 2) for value in waypoint.label
    ):
        return False
    if waypoint.is_label_only:
        return True
    return (waypoint.uncertainty_m or 0.0) >= cells.half_diagonal_m(waypoint.label, named)


def _is_multiple(value: float, step: Decimal) -> bool:
    return Decimal(repr(float(value))) % step == 0


def _in_cell(waypoint: Waypoint, degrees: Decimal, last: Cell | None) -> Waypoint:
    """The centre of the cell for the point, and a radius that is sure to hold the place wherever it is in the cell."""
    label: LonLat = waypoint.label  # type: ignore[assignment]  # asked for by the caller
    middles = stand_ins.told_as_one(label, degrees)
    if (
        last is not None
        and Decimal(last[1]) == degrees
        and stand_ins.is_beside(last[0], label, degrees)
    ):
        middles = stand_ins.told_as_one(last[0], degrees)
    middle = middles[0]
    coarse = replace(waypoint, label=middle, within=_within(waypoint.within, middle, degrees))
    if not waypoint.is_label_only:
        reach_m = _reach_m(middles, degrees, way_m((middle, label)), waypoint.uncertainty_m or 0.0)
        precision = _no_finer(waypoint.precision, reach_m)
        coarse = replace(coarse, uncertainty_m=reach_m, uncertainty_unit=None, precision=precision)
    return _generalised(coarse, degrees, "point")


def _within(footprints: tuple[str, ...], middle: LonLat, degrees: Decimal) -> tuple[str, ...]:
    """Countries that a place is cut to; none where they or the rest are a sliver of its cell: so none tells which."""
    if not footprints:
        return ()
    cell = box(*cells.bounds(middle, degrees))
    land = shapely.union_all(
        shapely.intersection([base.geometry_of(footprint) for footprint in footprints], cell)
    )
    share = land.area / cell.area
    return footprints if share > _WHOLE or stand_ins.SLIVER <= share <= 1 - stand_ins.SLIVER else ()


def _reach_m(
    middles: tuple[LonLat, ...], degrees: Decimal, away_m: float, radius_m: float
) -> float:
    """Radius that is published: a step of the ladder, the same for all places that are small beside their cell.

    A radius tells which town of a cell it is, where it is that of no other. So any below 0.4 of
    half the diagonal, a disc of a quarter of the cell, counts as that. The place lies `away_m` from
    the centre.
    """
    least_m = _SMALL_SHARE * cells.half_diagonal_m(middles[0], degrees)
    needed_m = max(
        stand_ins.half_diagonal_m(middles, degrees) + max(radius_m, least_m), away_m + radius_m
    )
    return next(step_m for step_m in cells.RADII_M if step_m >= needed_m)


def _as_cells(waypoint: Waypoint, degrees: Decimal) -> Waypoint:
    """All the cells that a drawn place meets; of a part that is no larger than a cell those around its own."""
    parts = [
        cells.block_around(_middle(part), degrees) if _is_within_a_cell(part, degrees) else part
        for part in shapely.get_parts(waypoint.geometry)
    ]
    shape, taken = cells.cover(
        parts[0] if len(parts) == 1 else shapely.GeometryCollection(parts), degrees
    )
    point = shape.representative_point()
    coarse = replace(waypoint, geometry=shape, label=(point.x, point.y))
    return _generalised(coarse, taken, "outline")


def _generalised(waypoint: Waypoint, degrees: Decimal, what: str) -> Waypoint:
    said = f"{what} {GENERALISED} {degrees.normalize():f} degree"
    words = waypoint.data_generalizations
    # What the file says of an earlier, finer generalisation is no longer true, and would be read as
    # the cell.
    kept = words if words and not cell_named(words) else None
    coarse = replace(waypoint, data_generalizations=f"{said}; {kept}" if kept else said)
    return withholding(coarse, "the place as finely as it is held")


def _no_finer(precision: Precision, reach_m: float) -> Precision:
    """Precision that a place of this radius can still be said to have."""
    if precision is not Precision.EXACT or reach_m <= _TOWN_M:
        return precision
    return Precision.REGION if reach_m > _COARSE_M else Precision.CITY


def _without_coordinates(waypoint: Waypoint) -> Waypoint:
    """The footprint alone; where none was told, the countries that stand for it. Every finer name goes as well."""
    has_place = waypoint.label is not None or waypoint.geometry is not None
    inside = tuple(
        f"country:{code}" for code in base.countries_in(waypoint.within)
    )  # a province would be finer
    bare = replace(
        waypoint,
        label=None,
        geometry=None,
        uncertainty_m=None,
        uncertainty_unit=None,
        within=inside,
    )
    if any(map(_is_small_region, waypoint.footprints)):
        standing = dict.fromkeys(
            code for footprint in waypoint.footprints for code in _standing_for(footprint)
        )
        return _with_name_of(bare, tuple(f"country:{code}" for code in standing))
    if waypoint.footprints:
        bare = withholding(bare, POINT_KEPT) if has_place else bare
        is_finer = waypoint.precision.fineness > Precision.NAMED_FEATURE.fineness
        is_its_own = waypoint.name == _name_of(
            waypoint.footprints
        )  # it stands for one which is held back
        is_its_own |= tells_only(waypoint.name.values(), waypoint.footprints)
        return bare if is_its_own and not is_finer else _with_name_of(bare, waypoint.footprints)
    footprints = waypoint.within or tuple(
        country for name in waypoint.name.values() for country in base.countries_named(name)
    )
    if (
        not has_place
        and waypoint.precision.is_area
        and tells_only(waypoint.name.values(), footprints)
    ):
        return bare
    codes = _countries(waypoint)
    bare = replace(bare, within=(), data_generalizations=COUNTRY_ALONE if codes else None)
    return _with_name_of(bare, tuple(f"country:{code}" for code in codes))


def tells_only(names: Iterable[str], references: Sequence[str]) -> bool:
    """Whether all names are one of these footprints, in a language that is held, or words that tell no place.

    What is in doubt is not: a word that nobody here knows may be a village, and a name is held back
    that need not be.

    >>> names = "Laos", "라오스의 어느 마을", "a house in Laos", "Laos, near Kham", "Luang Namtha", "house 5 in Laos"
    >>> [tells_only([each], ["country:LA"]) for each in names]
    [True, True, True, False, False, False]
    """
    if references:
        known = {plain(name) for reference in references for name in base.every_name_of(reference)}
    else:
        known = set()
    spelt = [*sorted(known, key=len, reverse=True), *TELLS_NO_PLACE]
    return bool(known) and not any(re.search(r"\w", _without(plain(name), spelt)) for name in names)


def _without(text: str, known: Iterable[str]) -> str:
    """Text without what is known, each as words of its own."""
    for name in known:
        if name in text:
            for start, end in reversed([*occurrences(text, Words(name, ""), len(text))]):
                text = f"{text[:start]} {text[end:]}"
    return text


def _is_small_region(reference: str) -> bool:
    """Whether a province meets so few boxes of a degree that a country of its size would not stand alone."""
    return reference.startswith("region:") and len(stand_ins.boxes_of(reference)) < stand_ins.ALONE


def _standing_for(reference: str) -> tuple[str, ...]:
    """Codes of the countries that stand for a footprint: of a province those that would for a place in it."""
    codes = tuple(sorted(base.countries_of(reference)))
    if not reference.startswith("region:"):
        return codes
    point = base.geometry_of(reference).representative_point()
    return stand_ins.standing_for((point.x, point.y), codes)


def _name_of(footprints: Sequence[str]) -> dict[str, str]:
    names = [base.name_of(footprint)["en"] for footprint in footprints] or [*_WITHHELD.values()]
    return {
        "en": f"One of {len(names)} countries" if len(names) > _MOST_NAMES else " / ".join(names)
    }


def _with_name_of(waypoint: Waypoint, footprints: tuple[str, ...]) -> Waypoint:
    """A place that is told as its footprints and called by their names; withheld where there are none."""
    bare = replace(
        waypoint,
        name=_name_of(footprints),
        footprints=footprints,
        precision=precision_of(footprints),
        withheld=not footprints,
    )
    return withholding(bare, "the place itself, and its name")


def _countries(waypoint: Waypoint) -> tuple[str, ...]:
    """Codes of the countries that stand for a place."""
    countries = base.countries_in(waypoint.within)
    position = waypoint.label
    if position is None and waypoint.geometry is not None:
        point = waypoint.geometry.representative_point()
        position = point.x, point.y
    return countries if position is None else stand_ins.standing_for(position, countries)


def dated(coarse: Sequence[Waypoint], counts: Counter[str]) -> list[Waypoint]:
    """Places with their dates as they may be published, and each change counted.

    Where one is cut to the month or the year, all that are cut get one span of time: where a month
    begins between two stops, or a day is told of one, the other is told to some days. It is in
    years where one of them is.
    """
    hidden = [waypoint for waypoint in coarse if _is_cut(waypoint)]
    least = min(map(sensitivity_of, hidden), default=AS_HELD)
    spans = [cut for waypoint in hidden if (cut := cut_date(waypoint.when, least)) is not None]
    span, is_one = _one_span(spans), least < _IN_DAYS and bool(spans)
    return [
        _with_date(
            waypoint,
            span
            if is_one and _is_cut(waypoint)
            else cut_date(waypoint.when, sensitivity_of(waypoint)),
            counts,
        )
        for waypoint in coarse
    ]


def _one_span(spans: Sequence[str]) -> str | None:
    """Span of several dates in travel order; of one alone it is that date as it was told: after 1941.

    None where nobody knows when it began or ended; an end that is open is that of a stop before or
    after, where one has it.
    """
    if len(set(spans)) == 1:
        return spans[0]
    ends = [(dates.stretch(span) or "/").replace("..", "") for span in spans]
    bounded = [end.lstrip("/") if number else end for number, end in enumerate(ends)]
    bounded = [
        end.rstrip("/") if number < len(ends) - 1 else end for number, end in enumerate(bounded)
    ]
    return dates.covering([end for end in bounded if end])


def _is_cut(waypoint: Waypoint) -> bool:
    """Whether a date is cut to what the sensitivity of its place allows, and can be."""
    is_cut = sensitivity_of(waypoint) != AS_HELD and waypoint.when_published is None
    return is_cut and cut_date(waypoint.when, NO_COORDINATES) is not None


def _with_date(waypoint: Waypoint, cut: str | None, counts: Counter[str]) -> Waypoint:
    when = waypoint.when_published or cut
    if when == waypoint.when:
        return waypoint
    counts[DATES] += 1
    coarse = replace(waypoint, when=when)
    return coarse if waypoint.when is None else withholding(coarse, DATE_KEPT)


TOLD_AS_ONE = "stops that share a cell are told as one"
ONE_SHOWN = "a quotation, picture, recording or scene of one of them"


def merged(stops: Sequence[Waypoint]) -> Waypoint:
    """One waypoint for neighbouring ones that share a cell: arrived at as the first was, with what is said of all."""
    return reduce(_joined, stops)


def _joined(one: Waypoint, other: Waypoint) -> Waypoint:
    shown = next(
        (waypoint for waypoint in (one, other) if waypoint.geometry is None), one
    )  # a disc is no less than its cell
    single = [
        (getattr(one, name), getattr(other, name)) for name in ("scene", "quote", "image", "audio")
    ]
    left_out = ONE_SHOWN if any(mine and its and mine != its for mine, its in single) else None
    return replace(
        one,
        label=shown.label,
        geometry=shown.geometry,
        name={
            language: " / ".join(
                dict.fromkeys(say(waypoint.name, language) for waypoint in (one, other))
            )
            for language in {**one.name, **other.name}
        },
        role=max(one.role, other.role, key=lambda role: role.row.weight),
        precision=min(one.precision, other.precision, key=lambda precision: precision.fineness),
        uncertainty_m=max(one.uncertainty_m or 0.0, other.uncertainty_m or 0.0) or None,
        uncertainty_unit=None,
        within=tuple(dict.fromkeys((*one.within, *other.within)))
        if one.within and other.within
        else (),
        when=_span(one.when, other.when),
        when_published=_span(one.when_published, other.when_published)
        if one.when_published and other.when_published
        else None,
        status=weakest((one.status, other.status)),
        narration={
            language: (*one.narration.get(language, ()), *other.narration.get(language, ()))
            for language in {**one.narration, **other.narration}
        },
        stay=_stays(one.stay, other.stay),
        scene=one.scene or other.scene,
        quote=one.quote or other.quote,
        image=one.image or other.image,
        audio=one.audio or other.audio,
        sources=tuple(dict.fromkeys((*one.sources, *other.sources))),
        sources_at={
            source: _told((one.sources_at.get(source), other.sources_at.get(source))) or ""
            for source in {**one.sources_at, **other.sources_at}
        },
        data_generalizations=_told((one.data_generalizations, other.data_generalizations)),
        information_withheld=_told(
            (one.information_withheld, other.information_withheld, TOLD_AS_ONE, left_out)
        ),
    )


def _stays(one: Stay | None, other: Stay | None) -> Stay | None:
    """How long one stayed at both together; as it was told of one where nobody told it of the other.

    >>> [f"{each.value:g} to {each.highest:g} {each.unit}" for each in (
    ...     _stays(Stay(2, "week"), Stay(1, "week", value_to=2)), _stays(Stay(2, "week"), Stay(3, "d")))]
    ['3 to 4 week', '2 to 3 week']
    """
    if one is None or other is None:
        return one or other
    if one.unit == other.unit and one.wording == other.wording:
        most = one.highest + other.highest if one.value_to or other.value_to else None
        return replace(one, value=one.value + other.value, value_to=most)
    both = [[end * stay.unit_size for end in stands_for(stay)] for stay in (one, other)]
    unit = max(one, other, key=lambda stay: stay.unit_size).unit
    return between_in_units(
        math.fsum(low for low, _ in both), math.fsum(high for _, high in both), unit
    )


def between_in_units(low_h: float, high_h: float, unit: str) -> Stay | None:
    """A stay from so many hours to so many, in whole units; None where nothing is left of it."""
    low, high = low_h / UNITS[unit].size, high_h / UNITS[unit].size
    least = float(math.floor(low))
    if math.isinf(high):
        return Stay(least, unit, Wording.AT_LEAST) if least else None
    most = float(math.ceil(high))
    return Stay(least, unit, value_to=most) if least else Stay(most, unit, Wording.UP_TO)


def _span(one: str | None, other: str | None) -> str | None:
    """From the earlier of two dates to the later; None where neither end is known."""
    if one is None or other is None or one == other:
        return one or other
    one, other = dates.stretch(one) or "..", dates.stretch(other) or ".."
    first, second = (
        (one, other) if not dates.span_of(other).is_before(dates.span_of(one)) else (other, one)
    )
    start, end = first.partition("/")[0], second.rpartition("/")[2]
    return None if {start, end} <= {"", ".."} else f"{start}/{end}"


def _told(texts: Iterable[str | None]) -> str | None:
    """Remarks of several, each once."""
    parts = dict.fromkeys(part for text in texts if text for part in text.split("; "))
    return "; ".join(parts) or None
