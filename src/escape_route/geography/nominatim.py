"""The online gazetteer: OpenStreetMap's Nominatim through geopy, asked once a second at most, answers kept on disk."""

from __future__ import annotations

import json
import math
from importlib.metadata import version
from typing import TYPE_CHECKING, Protocol, cast

from geopy.exc import GeopyError

from escape_route.errors import EscapeRouteError
from escape_route.files import write_whole
from escape_route.geography.gazetteer import Candidate
from escape_route.geography.geodesic import geodesic_m
from escape_route.geography.named import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from escape_route.geography.gazetteer import Question

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
    limited = RateLimiter(server.geocode, min_delay_seconds=_SECONDS_BETWEEN, swallow_exceptions=False)
    return cast("Geocode", limited)


class Nominatim:
    """Finds settlements by any of their names online.

    Parameters
    ----------
    ask
        What asks the server; `geocoder` makes one.
    cache
        File that answers are kept in.
    """

    def __init__(self, ask: Geocode, cache: Path) -> None:
        """Read what was answered before."""
        self._ask = ask
        self._cache = cache
        self._answers: dict[str, list[Answer]] = _kept(cache)

    def find(self, questions: Iterable[Question]) -> dict[Question, list[Candidate]]:
        """Settlements that bear one of the names exactly, accents and case apart, in one of the stated countries.

        Raises
        ------
        EscapeRouteError
            Where the server cannot be reached or refuses; what was answered until then is kept.
        """
        return {question: self._candidates(question) for question in questions}

    def _candidates(self, question: Question) -> list[Candidate]:
        found: list[Candidate] = []
        for name in question.names:
            answers = self._answered(name, question.countries)
            wanted = {fold(name), fold(name.partition(",")[0])}
            found += [_candidate(each) for each in answers if wanted & set(map(fold, _names(each)))]
        return list(dict.fromkeys(found))

    def _answered(self, name: str, countries: tuple[str, ...]) -> list[Answer]:
        key = "|".join((name, *sorted(countries)))
        if key not in self._answers:
            options = {"exactly_one": False, "limit": _MOST_ANSWERS, "featuretype": "settlement", "language": "en"}
            options |= {"addressdetails": True, "namedetails": True, "extratags": True}
            try:
                places = self._ask(name, country_codes=[code.lower() for code in countries] or None, **options)
            except GeopyError as error:
                raise EscapeRouteError(
                    f"{HOST}: {error or 'no answer'}; nothing was written (try again, or leave out --online)"
                ) from error
            self._answers[key] = [cast("Answer", place.raw) for place in places or []]  # type: ignore[attr-defined]
            self._keep()
        return self._answers[key]

    def _keep(self) -> None:
        """Keep the answers for their owner alone: they tell which places somebody asked for."""
        write_whole(self._cache, (json.dumps(self._answers, ensure_ascii=False, indent=1) + "\n").encode())
        self._cache.chmod(_OWNER_ONLY)


def _kept(cache: Path) -> dict[str, list[Answer]]:
    """What was answered before; nothing where the file is missing or spoilt."""
    try:
        kept = json.loads(cache.read_bytes())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _names(answer: Answer) -> list[str]:
    told = cast("dict[str, str]", answer.get("namedetails") or {})
    named = [part for names in told.values() for part in names.split(";")]
    return [*named, str(answer.get("name") or "")]


def _candidate(answer: Answer) -> Candidate:
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
        radius_m=_radius_m(answer),
        state=address.get("state", ""),
    )


def _radius_m(answer: Answer) -> float:
    """Radius around the answer's point that holds its bounding box: whole kilometres, 3 to 100."""
    south, north, west, east = (float(str(each)) for each in cast("list[object]", answer["boundingbox"]))
    centre = float(str(answer["lon"])), float(str(answer["lat"]))
    farthest_m = max(geodesic_m(centre, (lon, lat)) for lon in (west, east) for lat in (south, north))
    return min(max(1000.0 * math.ceil(farthest_m / 1000), _LEAST_M), _MOST_M)
