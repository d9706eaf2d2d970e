"""What a number that does not fit may have meant."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from escape_route.distance import hints
from escape_route.distance.verdicts import Measures, Verdict, judge
from escape_route.geography import base
from escape_route.model import units
from escape_route.model.journey import Source
from escape_route.model.units import Quantity
from making import checked, claim, journey

RUSSIA, CHINA = frozenset({"RU"}), frozenset({"CN", "VN"})


def at_hand(
    language: str | None, countries: frozenset[str], when: str | None, unit: str = "km"
) -> set[str]:
    told = replace(journey({"when": when}, {}), sources=(Source("S1", "A letter", None, language),))
    return set(hints.units_at_hand(claim(1, unit=unit), told, countries))


@pytest.mark.parametrize(
    ("language", "countries", "when", "unit", "found"),
    [
        (None, CHINA, "2019", "km", {"mi"}),
        ("en", CHINA, "1942", "mi", {"km"}),
        ("ru", RUSSIA, "1912", "km", {"verst"}),
        ("ru", RUSSIA, "1942", "km", set()),
        ("ru", CHINA, "1912", "km", set()),
        ("en", RUSSIA, "1912", "km", {"mi"}),
        ("zh-Hans", CHINA, "1935", "km", {"li"}),
        ("zh", CHINA, "1875/1930", "km", {"li", "li_qing"}),
        ("zh", CHINA, None, "km", {"li", "li_qing", "li_song", "li_han"}),
        ("grc", frozenset({"IR"}), "-0400", "stadion_attic", {"parasang"}),
    ],
)
def test_a_unit_is_at_hand_only_in_its_language_its_place_and_its_time(
    language: str | None, countries: frozenset[str], when: str | None, unit: str, found: set[str]
) -> None:
    assert at_hand(language, countries, when, unit) == found


def test_countries_of_the_units_are_known() -> None:
    assert set().union(*(row.countries for row in units.UNITS.values())) <= set(
        base.country_codes()
    )


def test_every_unit_of_distance_says_where_it_is_from() -> None:
    rows = [row for row in units.UNITS.values() if row.quantity is Quantity.DISTANCE]
    assert [
        row.name for row in rows if not row.source or row.first_year is None or row.size <= 0
    ] == []


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_at_most_a_tenth_of_random_numbers_that_do_not_fit_get_a_hint(language: str) -> None:
    """Of one to three digits, in km or miles, from a tenth of the bound to ten times what is plausible."""
    rng = np.random.default_rng(14)
    hinted = unfit = 0
    for scope in checked("ro-family").scopes:
        measures = Measures(scope.bound.bound_m, scope.chain.median_m, scope.plausible)
        for _ in range(600):
            length_km = np.exp(
                rng.uniform(
                    np.log(scope.bound.bound_m / 1e4), np.log(scope.plausible.high95_m / 1e2)
                )
            )
            unit = ("km", "mi")[rng.integers(0, 2)]
            told = claim(float(f"{length_km:.{rng.integers(1, 4)}g}"), unit=unit)
            units_told = at_hand(
                language, frozenset({"KP", "KR", "CN", "VN", "LA", "TH"}), "2019", unit
            )
            found = judge(told, measures, None, counts_flight=False, at_hand=tuple(units_told))
            unfit += found.verdict is not Verdict.CONSISTENT
            hinted += found.unit_slip is not None
    assert unfit > 1_000
    assert 0 < hinted <= unfit / 10
