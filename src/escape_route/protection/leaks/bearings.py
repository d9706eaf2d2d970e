"""A distance and a direction from a place of the journey: "4.2 km north-east of Yanji" is a position."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from escape_route.geography import geodesic
from escape_route.protection.leaks.frames import Hit, Places
from escape_route.protection.leaks.spelling import plain, vocabulary

_METRES = list(vocabulary("metres").values())
_UNITS = "|".join(f"(?P<u{index}>{spelt})" for index, spelt in enumerate(vocabulary("metres")))
_DISTANCE = re.compile(rf"(?<![\d.,])(?P<value>\d+(?:[.,]\d+)*)\s?(?:{_UNITS})(?![A-Za-z])", re.IGNORECASE)
_DEGREES = re.compile(
    r"(?<![\d.,])(?P<value>\d{1,3}(?:[.,]\d+)?)\s?(?:°|deg(?:rees?)?\b|도|度)(?!\s?[CFNESW]\b|\s?\d)", re.IGNORECASE
)
_SIDES = [(re.compile(spelt, re.IGNORECASE), side) for spelt, side in vocabulary("directions").items()]
_SIDE = "|".join(vocabulary("directions"))
_WORDS = re.compile(rf"(?<![a-zà-ÿ])(?:{_SIDE})(?:[-\s]?(?:{_SIDE})){{0,2}}(?:wards?|lich)?(?![a-zà-ÿ])", re.IGNORECASE)
_SIGNS = vocabulary("direction signs")
_IDEOGRAPHS = re.compile(f"[{''.join(_SIGNS)}]{{2}}|[{''.join(_SIGNS)}](?=쪽|방향|方|边|邊|面|侧|側)")
_LETTERS = re.compile(r"(?<![A-Za-z])(?:[NS](?:[NS]?[EW])?|[EW](?:[NS][EW])?)(?![A-Za-z])")
_BY_LETTER = {"N": 0, "E": 90, "S": 180, "W": 270}
_BESIDE, _NAMED_WITHIN = 40, 120  # characters
_FARTHEST_M, _NEAR_M = 300_000.0, 100_000.0
_MOST_BY_CHANCE = 1e-2
_WORDS_OFF_DEG, _DEGREES_OFF_DEG = 22.5, 1.0


class _Way(NamedTuple):
    """A distance and a direction that stand side by side, each as a middle and what it may be off by."""

    start: int
    end: int
    length_m: float
    length_off_m: float
    bearing_deg: float
    bearing_off_deg: float


def find(text: str, places: Places) -> Iterator[Hit]:
    """Find secret positions that a folded text tells as a way from a place of the journey.

    A way counts from the places that are named beside it, or from any where it is told so finely that chance has no
    part in it.
    """
    held, origins = places.secrets.positions, places.secrets.origins
    secrets = places.standing
    for way in _ways(text) if origins and len(secrets) else ():
        beside = plain(text[max(0, way.start - _NAMED_WITHIN) : way.end + _NAMED_WITHIN])
        among = [origin for origin in origins if any(name in beside for name in origin.names)] or origins
        count = sum(places.count_within(origin.position, _FARTHEST_M) for origin in among)
        if count * way.length_off_m / _NEAR_M * way.bearing_off_deg / 180 >= _MOST_BY_CHANCE:
            continue
        for origin in among:
            off_m = np.abs(places.away_m(origin.position) - way.length_m)
            for one in secrets[off_m <= way.length_off_m].tolist():
                turn_deg = geodesic.bearing_deg(origin.position, places.point(one)) - way.bearing_deg
                leads = abs((turn_deg + 180) % 360 - 180) <= way.bearing_off_deg
                if leads and origin.held_at != held.held_at(one):
                    yield Hit(way.start, way.end, "a distance and a direction", one)


def _ways(text: str) -> Iterator[_Way]:
    """Distances with the direction that stands nearest to each."""
    distances = list(_DISTANCE.finditer(text))
    directions = list(_directions(text)) if distances else []
    for match in distances:
        beside = [(max(one[0] - match.end(), match.start() - one[1]), *one) for one in directions]
        gap, start, end, bearing_deg, off_deg = min(beside, default=(_BESIDE + 1, 0, 0, 0.0, 0.0))
        if gap <= _BESIDE:
            metres = next(each for index, each in enumerate(_METRES) if match[f"u{index}"])
            value, unit = _value(match["value"])
            where = min(match.start(), start), max(match.end(), end)
            yield _Way(*where, value * metres, 0.75 * unit * metres, bearing_deg, off_deg)


def _value(word: str) -> tuple[float, float]:
    """A number, and what its last digit counts; tens and hundreds may be rounded."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", word):
        word = word.replace(",", "")
    whole, _, broken = word.replace(",", ".").partition(".")
    value = float(f"{whole}.{broken.replace('.', '') or 0}")
    return value, 10.0 ** -len(broken) if broken else float(10 ** (len(whole) - len(whole.rstrip("0") or "0")))


def _directions(text: str) -> Iterator[tuple[int, int, float, float]]:
    """Directions: from where to where they stand, degrees from north, and how far they may be off."""
    for match in _DEGREES.finditer(text):
        yield *match.span(), float(match["value"].replace(",", ".")), _DEGREES_OFF_DEG
    told = [(match, [_BY_LETTER[letter] for letter in match[0]]) for match in _LETTERS.finditer(text)]
    told += [(match, [_SIGNS[sign] for sign in match[0]]) for match in _IDEOGRAPHS.finditer(text)]
    for match in _WORDS.finditer(text):
        sides = re.findall(_SIDE, match[0], re.IGNORECASE)
        told.append((match, [next(side for spelt, side in _SIDES if spelt.fullmatch(each)) for each in sides]))
    for match, sides in told:
        turn = np.exp(1j * np.radians(sides)).sum()
        if abs(turn) > 0.5:  # noqa: PLR2004  # not north and south at once
            yield *match.span(), float(np.degrees(np.angle(turn))) % 360, _WORDS_OFF_DEG
