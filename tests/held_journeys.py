"""Made-up journeys with known secrets, by a seed: exact places, local names, days, heights, tracks, whatever else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from documents import content
from escape_route.geography import base

if TYPE_CHECKING:
    from collections.abc import Iterator

_SYLLABLES = (
    "ba",
    "cho",
    "du",
    "gan",
    "hwe",
    "jin",
    "kor",
    "lam",
    "mul",
    "nae",
    "pyo",
    "rae",
    "sung",
    "toh",
    "wol",
    "yeo",
)
_MODES = ("road", "road_poor", "foot", "foot_wild", "rail", "boat_along", "unknown")
#: West, south, east and north of where a journey may lie: both hemispheres, the antimeridian, the
#: far north.
_AREAS = ((95, 8, 135, 45), (-118, 14, -86, 34), (12, 30, 45, 52), (170, -46, 180, -34), (-72, -52, -40, -10), (10, 62, 60, 71))  # fmt: skip  # noqa: E501


@dataclass(frozen=True, slots=True)
class HeldJourney:
    """A journey's document, and what nobody may learn of it: positions (lon, lat), and texts."""

    document: dict[str, Any]
    positions: tuple[tuple[float, float], ...]
    texts: tuple[str, ...]

    @property
    def content(self) -> bytes:
        """Bytes of its file."""
        return content(self.document)

    def given_away(self, published: bytes) -> list[str]:
        """Secrets that stand in a file letter for letter: a second opinion, by the simplest means there are.

        Positions are looked for with four decimals, cut off and rounded, longitude and latitude
        within 64 characters: a picture of half a megabyte holds either of them somewhere by chance.
        """
        text = published.decode("utf-8", "replace")
        found = [word for word in self.texts if word in text]
        return found + [str(each) for each in self.positions if _stand_together(text, *each)]


def _stand_together(text: str, lon: float, lat: float) -> bool:
    ways = [{f"{abs(value):.8f}"[:-4], f"{abs(value):.4f}"} for value in (lon, lat)]
    at = [
        [found.start() for way in each for found in re.finditer(re.escape(way), text)]
        for each in ways
    ]
    return any(abs(one - other) <= 64 for one in at[0] for other in at[1])


def held_journey(seed: int, *, countries: bool = True) -> HeldJourney:
    """Journey of a seed, the same on every machine; without `countries` none of its places is told as one alone."""
    rng = np.random.Generator(np.random.PCG64(seed))
    stops = [_stop(rng, number, place) for number, place in enumerate(_places(rng))]
    if not countries:  # the distance between outlines of countries takes seconds
        for stop in stops:
            stop["properties"]["sensitivity"] = max(2, stop["properties"].get("sensitivity", 2))
    secret = [stop for stop in stops if stop["properties"].get("sensitivity") != 0]
    tracks = [_track(rng, one, other) for one, other in pairwise(stops) if rng.random() < 0.3]
    drawn = [position for track in tracks for position in _hidden_of(track, stops)]
    broker = f"{_word(rng)} of {_word(rng)}"
    document = {
        "type": "FeatureCollection",
        "journey": {
            "id": f"j{seed}",
            "title": {"en": "A way"},
            "summary": {"en": "Made up by a seed."},
            "outcome": "reached",
            "sources": [{"id": "A", "title": "A letter", "url": None}],
            "claims": [_claim(rng, stops)],
            "broker": broker,
        },
        "features": [*stops, *tracks],
        "metadata": {
            "written_on": f"/home/{_word(rng)}/held.geojson",
            "device": {"lat": 12.34567, "lon": -45.67891},
        },
    }
    members = ("verbatimLocality", "request")
    words = [
        stop["properties"][each]
        for stop in secret
        for each in members
        if each in stop["properties"]
    ]
    positions = [tuple(stop["geometry"]["coordinates"][:2]) for stop in secret]
    return HeldJourney(document, (*positions, *drawn, (-45.67891, 12.34567)), (*words, broker))


def _places(rng: np.random.Generator) -> Iterator[tuple[float, float]]:
    """Places some tens of kilometres apart, none so near the middle of a cell that it could be published by chance."""
    west, south, east, north = _AREAS[rng.integers(len(_AREAS))]
    lon, lat = rng.uniform(west, east), rng.uniform(south, north)
    steps = rng.uniform(-0.8, 0.8, (rng.integers(3, 7), 2)).cumsum(axis=0)
    for east_deg, north_deg in steps.tolist():
        place = (lon + east_deg + 180) % 360 - 180, lat + north_deg
        yield round(_off_centre(place[0]), 6), round(_off_centre(place[1]), 6)


def _off_centre(value: float) -> float:
    """Value that differs from the middle of its thousandth of a degree, and so of each larger cell."""
    return float(np.floor(value * 1000) / 1000 + 0.00013 + 0.0002 * ((value * 1000) % 1))


def _mode(rng: np.random.Generator, place: tuple[float, float]) -> str:
    """How one came to a place; by boat where it lies at sea."""
    mode = str(rng.choice(_MODES))
    return mode if base.is_fine_land(np.array([place]))[0] else "sea"


def _stop(rng: np.random.Generator, number: int, place: tuple[float, float]) -> dict[str, Any]:
    sensitivity = rng.choice([None, None, 0, 1, 2, 3, 4])
    told = {
        "kind": "waypoint",
        "name": {"en": f"Stop {number + 1}"},
        "role": "start" if number == 0 else "stop",
        "precision": "exact",
        "coordinateUncertaintyInMeters": float(rng.integers(20, 900)),
        "status": "single",
        "sources": ["A"],
        "when": f"20{rng.integers(0, 24):02}-{rng.integers(1, 13):02}-{rng.integers(1, 29):02}",
        "verbatimLocality": f"{_word(rng)} {_word(rng)}",
        "request": f"{_word(rng)} {_word(rng)}",
        "modes": [{"mode": _mode(rng, place), "status": "single"}],
        "phone": f"+{rng.integers(10**10, 10**11)}",
    }
    if sensitivity is None:
        del told["request"]  # it would stop the publication until somebody says what was done
    else:
        told["sensitivity"] = int(sensitivity)
    if sensitivity == 0:  # published as held, words and all
        del told["phone"]
    height = round(float(rng.uniform(100, 3000)), 2)
    return {
        "type": "Feature",
        "id": f"w{number}",
        "geometry": {"type": "Point", "coordinates": [*place, height]},
        "properties": told,
    }


def _track(rng: np.random.Generator, start: dict[str, Any], end: dict[str, Any]) -> dict[str, Any]:
    """A track of twenty points between two stops, with some noise."""
    ends = np.array([each["geometry"]["coordinates"][:2] for each in (start, end)])
    line = ends[0] + (ends[1] - ends[0]) * np.linspace(0, 1, 20)[:, None]
    line[1:-1] += rng.normal(0, 0.01, (18, 2))
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": line.round(6).tolist()},
        "properties": {
            "kind": "leg",
            "from": start["id"],
            "to": end["id"],
            "status": "single",
            "sources": ["A"],
        },
    }


def _hidden_of(track: dict[str, Any], stops: list[dict[str, Any]]) -> list[tuple[float, float]]:
    """Inner points of a track, unless both its ends are declared not sensitive and it may be shown."""
    ends = {track["properties"]["from"], track["properties"]["to"]}
    open_ends = [
        stop for stop in stops if stop["id"] in ends and stop["properties"].get("sensitivity") == 0
    ]
    return (
        []
        if len(open_ends) == len(ends)
        else [tuple(each) for each in track["geometry"]["coordinates"][1:-1]]
    )


def _claim(rng: np.random.Generator, stops: list[dict[str, Any]]) -> dict[str, Any]:
    scope = {"from": stops[0]["id"], "to": stops[-1]["id"], "flight": "no"}
    value = (
        int(rng.integers(1, 9)) * 10_000
    )  # it agrees with no place, so that it leaves all of each
    return {"id": "c", "quantity": "distance", "value": value, "unit": "km", "wording": "about", "scope": scope, "sources": ["A"]}  # fmt: skip  # noqa: E501


def _word(rng: np.random.Generator) -> str:
    return "".join(rng.choice(_SYLLABLES, size=4)).capitalize()
