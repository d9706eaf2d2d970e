"""Whether a sentence of a guarded place tells more finely than the place and its date are published, by its words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

import numpy as np

from escape_route import packaged
from escape_route.errors import Problem, UsageError
from escape_route.geography import base
from escape_route.geography.gazetteer import Candidate, GeoNames
from escape_route.geography.geodesic import geodesic_m
from escape_route.geography.named import fold
from escape_route.lint.rules import Subject, at, rule
from escape_route.model import dates
from escape_route.model.journey import Waypoint
from escape_route.protection.guarded import guarded, texts_of
from escape_route.protection.sensitivity import NO_COORDINATES, sensitivity_of

_NEAR_M = 10_000.0  # a town no farther from a place may be its own [judgement]
_SHOWN = 60  # characters of a sentence around what tells
_YEARS = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_CELL_M = 8_000.0  # a cell of 0.1 degree around its centre, rounded up
_LEAST_LETTERS, _LEAST_CHARACTERS = 4, 2  # of a name in ASCII, and in another script
_AS_PLACES, _IN_A_YEAR, _IN_A_MONTH = (
    ("address", "landmark"),
    ("season", "feast", "clock"),
    ("feast", "clock"),
)
_WHAT = {
    "address": "a street, a house or a door",
    "landmark": "what it stands beside",
    "season": "a season",
    "feast": "a feast or a moon",
    "clock": "an hour",
    "settlement": "a town or village",
}
_FIX = (
    "say less in the words, or declare the sensitivity that they may have; what is meant otherwise "
    "may stay"
)


@rule("sentence-tells-more")
def _sentence_tells_more(subject: Subject) -> Iterator[Problem]:
    shown = {
        held.id: form
        for held, form in zip(subject.journey.waypoints, subject.form.waypoints, strict=True)
    }
    called = {fold(name) for form in shown.values() for name in form.name.values()}
    for held in guarded(subject.journey):
        signs = [*_by_words(held), *_by_names(held, shown[held.id], called)]
        if signs:
            kinds: dict[str, list[str]] = {}
            for kind, where in signs:
                kinds.setdefault(where, []).append(_WHAT[kind])
            listed = "; ".join(
                f"{' and '.join(dict.fromkeys(whats))} ({where})" for where, whats in kinds.items()
            )
            yield Problem(
                at(held), f"its words may tell more than is published of it: {listed}", _FIX
            )


def _by_words(held: Waypoint) -> Iterator[tuple[str, str]]:
    """Kinds of what the vocabulary finds in the texts of a place, each with where it stands."""
    of_time = _IN_A_YEAR if sensitivity_of(held) == NO_COORDINATES else _IN_A_MONTH
    for member, language, text in texts_of(held):
        of_another_year = held.when is not None and not _is_of(held.when, text)
        for kind in _AS_PLACES if of_another_year else (*_AS_PLACES, *of_time):
            match = next(
                (match for pattern in _patterns(language, kind) if (match := pattern.search(text))),
                None,
            )
            if match is not None:
                yield kind, f"{member}: {_around(text, match)}"


def _by_names(held: Waypoint, form: Waypoint, called: Collection[str]) -> Iterator[tuple[str, str]]:
    """Towns that the texts of a place name and that are finer than what is published of it, as the gazetteer has them.

    Of a point in a cell those near it; of what is told or published by its countries any that is
    less than a cell, at sensitivity 1 any.
    """
    named: dict[str, str] = {}
    for member, language, text in texts_of(held):
        patterns = _patterns(language, "settlement") if member != "name" else ()
        for match in (match for pattern in patterns for match in pattern.finditer(text)):
            for name in _beginnings(match[1]):
                if not _is_told_or_larger(name, called):
                    named.setdefault(fold(name), f"{member}: {_around(text, match)}")
    towns = _towns(named.keys(), held, form)
    for name, said in named.items():
        if any(_is_finer(candidate, held, form) for candidate in towns.get(name, ())):
            yield "settlement", said


def _towns(
    names: AbstractSet[str], held: Waypoint, form: Waypoint
) -> Mapping[str, Sequence[Candidate]]:
    """Towns of some names in the countries of a place; none where no gazetteer is there."""
    codes = {
        code
        for reference in (*form.footprints, *form.within)
        for code in base.countries_of(reference)
    }
    if held.label is not None and not held.is_label_only:
        codes |= {str(code) for code in base.countries_at(np.array([held.label])) if code}
    finder = _gazetteer() if names and codes else None
    return {} if finder is None else finder.towns(names, codes)


def _is_finer(town: Candidate, held: Waypoint, form: Waypoint) -> bool:
    """Whether a town is a place's own, as far as can be told, and finer than what is published."""
    if sensitivity_of(held) == NO_COORDINATES:
        return True
    if held.label is None or held.is_label_only or form.label is None:
        return town.radius_m < _CELL_M
    is_near = geodesic_m(town.position, held.label) <= max(_NEAR_M, held.uncertainty_m or 0.0)
    return is_near and town.radius_m < (form.uncertainty_m or _CELL_M)


def _beginnings(name: str) -> Iterator[str]:
    """A name, and without its last words: what follows a name may begin with a capital as well."""
    words = name.split()
    yield from (" ".join(words[:count]) for count in range(len(words), 0, -1))


def _is_told_or_larger(name: str, called: Collection[str]) -> bool:
    """Whether a name is published as that of a place, or that of a country, a region or a month; or is too short."""
    folded = fold(name)
    is_short = len(folded) < (_LEAST_LETTERS if folded.isascii() else _LEAST_CHARACTERS)
    is_month = folded in packaged.table("model/month_names.json")
    is_called = any(folded in place for place in called)
    return (
        is_short
        or is_month
        or is_called
        or bool(base.countries_named(name) or base.regions_named(name))
    )


def _is_of(when: str, text: str) -> bool:
    """Whether a text may speak of a date: it names no year, or one of its years."""
    told = dates.span_of(when)
    years = [dates.span_of(f"{int(year):04}") for year in _YEARS.findall(text)]
    return not years or any(
        told.earliest_h < year.latest_h and year.earliest_h < told.latest_h for year in years
    )


def _around(text: str, match: re.Match[str]) -> str:
    """What was found with some words of the sentence around it."""
    start, end = max(match.start() - _SHOWN // 2, 0), min(match.end() + _SHOWN // 2, len(text))
    start = text.rfind(" ", 0, start) + 1
    end = text.find(" ", end) if " " in text[end:] else len(text)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


@cache
def _patterns(language: str, kind: str) -> tuple[re.Pattern[str], ...]:
    """Expressions of a language for a kind; those of all languages where a text says none."""
    table = packaged.table("lint/finer.toml")
    words = [table.get(language.partition("-")[0], {})] if language else list(table.values())
    return tuple(re.compile(word) for row in words for word in row.get(kind, ()))


@cache
def _gazetteer() -> GeoNames | None:
    """The offline gazetteer, read once; None where it is not installed."""
    try:
        return GeoNames()
    except UsageError:
        return None
