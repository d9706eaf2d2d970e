"""A held-back place that stands once more in the publishable form, finer than its own cell: the same house again.

As another place that declares 0, as a vertex of a track or an outline, as coordinates in words of
any language; and by a name that is held back and stands in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from escape_route.formats import geojson
from escape_route.geography import geodesic
from escape_route.model.journey import Journey, Waypoint, say
from escape_route.model.vocabulary import Precision
from escape_route.protection.leaks import parts, words
from escape_route.protection.leaks.coordinates import quoted_in
from escape_route.protection.leaks.secrets import members
from escape_route.protection.leaks.spelling import plain
from escape_route.protection.protect import Protected
from escape_route.protection.sensitivity import AS_HELD, CELLS, NO_COORDINATES, sensitivity_of

Positions = NDArray[np.float64]

_NEAR_M, _SMALL_M = 100.0, 1_000.0
_NEAR_IN_WORDS_M = 1_000.0  # nobody quotes coordinates so near a place but to tell it [judgement]
_WITH_DASHES = re.compile(
    r"(?<!\d)(\d{1,3})[-_](\d{2,})"
)  # a decimal of an id, which has no points
_TWO_NUMBERS = re.compile(r"\d\D+\d")
_WHERE = ("label", "geometry", "uncertainty_m")
_JOINING = {
    "am",
    "an",
    "de",
    "del",
    "der",
    "di",
    "du",
    "el",
    "im",
    "la",
    "le",
    "les",
    "of",
    "the",
    "van",
    "von",
}
_SAY_NOTHING = words.COMMON.union(words.TELLS_NO_PLACE)
_LETTERS = re.compile(r"[^\W\d_]+")
_LEAST_DEGREE_M = 110_500.0  # of latitude, at the equator


@dataclass(frozen=True, slots=True)
class Again:
    """A place that is held back, and where what is published tells it all the same: both for the holder alone."""

    held: str
    where: str
    away_m: float
    name: str = field(default="", compare=False)
    other: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Name both, and what to do."""
        held = f'waypoint "{self.held}"{self.name}'
        return f"{held} is held back, and {self.found} ({self.fix})"

    @property
    def found(self) -> str:
        """What tells the place once more, and how near."""
        return (
            f"{self.where}{self.other} stands {self.away_m:,.0f} m from it and is published more "
            "finely"
        )

    @property
    def fix(self) -> str:
        """What to do, by what tells the place."""
        if self.where.startswith("the text "):
            return "take the coordinates out of the text, or hold both back alike"
        return f"{ALIKE}, or leave one out"


ALIKE = "the same sensitivity for both, and as coarse a place (a country, a region, a town)"


def again(journey: Journey, form: Protected) -> list[Again]:
    """Everything in a publishable form that tells a place of a held journey more finely than the cell of that.

    It counts from 100 m on, or from the radius of the place where that is under 1 km; in words from
    1 km [judgement].
    """
    kept = list(kept_back(journey, form))
    if not kept:
        return []
    drawn, words = (
        list(dict(told_as_places(journey, form)).items()),
        list(dict(told_in_words(form)).items()),
    )
    drawn_lats = _lats([(positions, positions) for _, positions in drawn])
    words_lats = _lats([both for _, both in words])
    repeats = []
    for held, reach_m, points in kept:
        for at in _near_in_lat(points, drawn_lats, reach_m):
            (where, degrees), positions = drawn[at]
            if where != _named(held) and degrees < degrees_of(held):
                repeats += _near(held, where, reach_m, _apart_m(points, positions, positions))
        quoted_m = max(reach_m, _NEAR_IN_WORDS_M)
        for at in _near_in_lat(np.abs(points), words_lats, quoted_m):
            where, (low, high) = words[at]
            repeats += _near(held, where, quoted_m, _apart_m(np.abs(points), low, high))
    names = {_named(waypoint): _called(waypoint) for waypoint in journey.waypoints}
    return [replace(repeat, other=names.get(repeat.where, "")) for repeat in repeats]


@dataclass(frozen=True, slots=True)
class Named:
    """A text of a publishable form that calls a place by a name which is held back: both for the holder alone."""

    held: str
    where: str
    name: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Name both, and what to do."""
        where = f'the text at {self.where} tells its name, "{self.name}"'
        return f'waypoint "{self.held}" is published without its name, and {where} ({UNNAMED})'


UNNAMED = "say it without the name; a place that is not withheld keeps it from sensitivity 2 on"


def named(journey: Journey, form: Protected) -> list[Named]:
    """Every text of a publishable form with the name of a held place that is published under another, or under none.

    Names in each language and the locality in the teller's words are looked for whole, and up to
    the first comma or bracket; not what a published place, a country or the program itself is
    called, nor what is no name ("Our house").
    """
    public = [plain(name) for waypoint in form.waypoints for name in waypoint.name.values()]
    hidden = {held.id: _hidden_names(held, public) for held in journey.waypoints}
    if not any(hidden.values()):
        return []
    texts = [(where, said, plain(said)) for where, said in _texts(form)]
    matches = [
        (held, where, next((name.text for name in names if _tells(said, spelt, name)), None))
        for held, names in hidden.items()
        for where, said, spelt in texts
    ]
    return [Named(held, where, name) for held, where, name in matches if name is not None]


def _tells(said: str, spelt: str, name: words.Words) -> bool:
    """Whether a text tells a name; one word out of a description ("Mamani") has a capital there as well."""
    is_there = any(True for _ in words.occurrences(spelt, name, 1))
    if not is_there or name.kind != words.PART or " " in name.text:
        return is_there
    return any(plain(word) == name.text and not word.islower() for word in _LETTERS.findall(said))


def _hidden_names(waypoint: Waypoint, public: Sequence[str]) -> list[words.Words]:
    """Names of a place that no place is published under; its locality too, where all of its names are."""
    names = {name for name in waypoint.name.values() if not _is_told(plain(name), public)}
    if names == set(waypoint.name.values()) and waypoint.verbatim_locality:
        names.add(waypoint.verbatim_locality)
    return [name for name in _looked_for(names) if not _is_told(name.text, public)]


def _is_told(name: str, public: Sequence[str]) -> bool:
    """Whether a name stands in a published one, as words of its own: Kham does not in Khammouane."""
    return any(True for text in public for _ in words.occurrences(text, words.Words(name, ""), 1))


def _looked_for(names: set[str]) -> Iterator[words.Words]:
    """Names as they are looked for: whole, and what stands before a comma or a bracket.

    What has words in small letters describes ("our house", "a village near the river"), and is no
    name; the names in it are: Mamani and Yavi Chico in "the Mamani house in Yavi Chico".
    """
    for phrase in sorted({part for name in names for part in (name, words.PHRASES.split(name)[0])}):
        describes = any(word.islower() and word not in _JOINING for word in phrase.split())
        for name in words.PROPER.findall(phrase) if describes else [phrase]:
            part = plain(name)
            is_common = all(word in _SAY_NOTHING for word in part.split())
            if not is_common and words.says_something(part, ()):
                yield words.Words(part, "", words.PART if describes else "")


def _lats(boxes: Sequence[tuple[Positions, Positions]]) -> Positions:
    """Least and greatest latitude of each thing that is told, shape (n, 2)."""
    return np.array(
        [(low[:, 1].min(), high[:, 1].max()) for low, high in boxes], dtype=float
    ).reshape(-1, 2)


def _near_in_lat(points: Positions, lats: Positions, reach_m: float) -> NDArray[np.intp]:
    """Which of what is told, from its least to its greatest latitude, may lie within reach: all else is farther."""
    reach_deg = reach_m / _LEAST_DEGREE_M
    low, high = points[:, 1].min() - reach_deg, points[:, 1].max() + reach_deg
    return np.flatnonzero((lats[:, 1] >= low) & (lats[:, 0] <= high))


def kept_back(journey: Journey, form: Protected) -> Iterator[tuple[Waypoint, float, Positions]]:
    """Places that are not published as they are held, how near to each nothing finer may stand, and where it lies."""
    for held, shown in zip(journey.waypoints, form.waypoints, strict=True):
        points = _points(held, shown)
        if points is not None:
            radius_m = held.uncertainty_m or 0.0
            yield held, max(_NEAR_M, radius_m) if radius_m < _SMALL_M else _NEAR_M, points


def _near(held: Waypoint, where: str, reach_m: float, away_m: float) -> list[Again]:
    return [Again(held.id, where, away_m, _called(held))] if away_m <= reach_m else []


def _points(held: Waypoint, shown: Waypoint) -> Positions | None:
    """Positions of a place that are not published as they are held; None where there is nothing to keep."""
    is_as_published = all(getattr(held, member) == getattr(shown, member) for member in _WHERE)
    if sensitivity_of(held) == AS_HELD or is_as_published:
        return None
    is_name_alone = (
        held.is_label_only and held.precision.fineness <= Precision.NAMED_FEATURE.fineness
    )
    spots = [] if held.label is None or is_name_alone else [held.label]
    if held.geometry is not None:
        west, south, east, north = held.geometry.bounds
        is_small = max(east - west, north - south) <= float(CELLS[2])
        spots += shapely.get_coordinates(held.geometry).tolist() if is_small else []
    return np.array(spots, dtype=float).reshape(-1, 2) if spots else None


def degrees_of(waypoint: Waypoint) -> float:
    """Height of the cell that a place is promised."""
    sensitivity = sensitivity_of(waypoint)
    return 360.0 if sensitivity == NO_COORDINATES else float(CELLS.get(sensitivity, 0))


def _named(waypoint: Waypoint) -> str:
    return f'waypoint "{waypoint.id}"'


def _called(waypoint: Waypoint) -> str:
    """What a place is called, behind its id."""
    return f" ({say(waypoint.name)})" if waypoint.name else ""


def told_as_places(
    journey: Journey, form: Protected
) -> Iterator[tuple[tuple[str, float], Positions]]:
    """Positions by who tells them and by the height of the cell that they are published in.

    Of a place in a smaller cell those that are held, for the same house twice gives its smaller
    cell away.
    """
    for held, shown in zip(journey.waypoints, form.waypoints, strict=True):
        spots = np.array([held.label] if held.label is not None else [], dtype=float).reshape(-1, 2)
        if held.geometry is not None:
            spots = np.concatenate([spots, shapely.get_coordinates(held.geometry)])
        if len(spots) and (shown.label is not None or shown.geometry is not None):
            yield (
                (_named(held), 0.0 if sensitivity_of(held) == AS_HELD else float(shown.cell or 0)),
                spots,
            )
    for trace in form.journey.traces:
        yield (f'the track from "{trace.start}" to "{trace.end}"', 0.0), trace.vertices


def told_in_words(form: Protected) -> Iterator[tuple[str, tuple[Positions, Positions]]]:
    """Least and greatest positions, without signs, that each text tells, in both orders; none of a place at 0."""
    at_zero = [
        waypoint for waypoint in form.journey.waypoints if sensitivity_of(waypoint) == AS_HELD
    ]
    shown = {tuple(np.abs(waypoint.label)) for waypoint in at_zero if waypoint.label is not None}
    for where, said in _texts(form):
        text = _WITH_DASHES.sub(r"\1.\2", said) if where == "journey.id" else said
        if not _TWO_NUMBERS.search(text):
            continue
        rows = [row for row in quoted_in(text).T.tolist() if not _is_of(shown, row)]
        if rows:
            lon, lat, reach_lon, reach_lat = np.array(rows).T
            low = np.column_stack([lon - reach_lon, lat - reach_lat])
            yield f"the text at {where}", (low, np.column_stack([lon + reach_lon, lat + reach_lat]))


def _is_of(shown: set[tuple[float, ...]], spot: Sequence[float]) -> bool:
    """Whether a position in words is one that is published as it is held."""
    lon, lat, reach_lon, reach_lat = spot
    return any(abs(x - lon) <= reach_lon and abs(y - lat) <= reach_lat for x, y in shown)


def _texts(form: Protected) -> Iterator[tuple[str, str]]:
    """Every text of a publishable form by its path."""
    document = geojson.to_document(form.journey)
    return (
        (parts.named(path), value) for path, value in members(document) if isinstance(value, str)
    )


def _apart_m(points: Positions, low: Positions, high: Positions) -> float:
    """Least distance between positions and what may lie from low to high, metres."""
    ends = ((np.tile(point, (len(low), 1)), np.clip(point, low, high)) for point in points)
    apart_m = (geodesic.distances_m(*low_end.T, *high_end.T) for low_end, high_end in ends)
    return min(float(each_m.min()) for each_m in apart_m)
