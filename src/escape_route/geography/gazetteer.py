"""What a gazetteer is asked, and what it answers: the populated places that bear a name."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from escape_route.geography.geodesic import geodesic_m

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from escape_route.geography.geodesic import LonLat

_DENSITY_PER_KM2 = 1_000.0
_LEAST_KM, _MOST_KM = 3, 50
_LEAST_DEGREE_M = 110_500.0  # of latitude, at the equator


@dataclass(frozen=True, slots=True)
class Candidate:
    """A populated place that bears a name; `country` is its ISO code, `state` one of the United States."""

    name: str
    country: str
    country_name: str
    position: LonLat
    population: int
    radius_m: float
    state: str = ""

    @property
    def where(self) -> str:
        """Country, with the state before it."""
        return ", ".join(filter(None, (self.state, self.country_name)))


class Finder(Protocol):
    """Something that knows places by name."""

    def find(self, questions: Iterable[Question]) -> Mapping[Question, Sequence[Candidate]]:
        """Candidates for each question, whatever their order."""


@dataclass(frozen=True, slots=True)
class Question:
    """Names that a place was told by, and the countries that it is said to lie in (none: not said)."""

    names: tuple[str, ...]
    countries: tuple[str, ...]


def fold(name: str) -> str:
    """Name without accents, case, hyphens and the like: how names are compared.

    Examples
    --------
    >>> fold("San-José"), fold("Xi'an"), fold("ĐÀ NẴNG")
    ('san jose', 'xian', 'da nang')
    """
    plain = name if name.isascii() else unicodedata.normalize("NFKD", name.replace("Đ", "D").replace("đ", "d"))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    return " ".join(re.sub(r"['’ʻʼ`.]", "", bare).replace("-", " ").split())


def radius_m(population: int) -> float:
    """Radius that is sure to hold a town of so many inhabitants, in metres [our judgement].

    As if a thousand lived on each square kilometre, which is thin for a town: whole kilometres, 3 at the least, 50 at
    the most.

    Examples
    --------
    >>> radius_m(1_000_000), radius_m(800)
    (18000.0, 3000.0)
    """
    radius_km = math.ceil(math.sqrt(population / _DENSITY_PER_KM2 / math.pi))
    return 1000.0 * min(max(radius_km, _LEAST_KM), _MOST_KM)


def distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates, the largest first, without those that lie within the radius of a larger one."""
    kept: list[Candidate] = []
    for each in sorted(candidates, key=lambda each: (-each.population, each.country, each.position)):
        if not any(_is_within(each.position, other) for other in kept):
            kept.append(each)
    return kept


def _is_within(position: LonLat, candidate: Candidate) -> bool:
    """Whether a position lies within the radius of a candidate; latitudes alone settle it for most."""
    apart_m = abs(position[1] - candidate.position[1]) * _LEAST_DEGREE_M
    return apart_m <= candidate.radius_m and geodesic_m(position, candidate.position) <= candidate.radius_m
