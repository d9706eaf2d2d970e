"""What is said of a report, once: rounded as it is published, or with every digit for who holds the journey."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from escape_route.distance.priors import windings
from escape_route.distance.report import gather_published
from escape_route.distance.settings import Settings
from escape_route.language.catalogues import Words
from escape_route.language.digits import MEASURED
from escape_route.language.plain import as_json
from escape_route.language.sources import SourceList
from escape_route.language.stated import told_km
from escape_route.language.view import ReportView, view_published
from escape_route.model.journey import Source
from escape_route.model.modes import Mode
from escape_route.model.published import Mark, Published
from making import by, checked, claim, journey, reported, traced

BANGKOK, VIENTIANE = {"label": (100.5, 13.75)}, {"label": (102.6, 17.97)}


def digits_of(value: float) -> int:
    """Significant digits of a number."""
    return len(f"{value:.12g}".replace(".", "").strip("0"))


def test_what_is_published_is_no_finer_than_what_was_measured_allows() -> None:
    measured, published = (
        ReportView.of(checked("ro-family"), *digits).scopes for digits in ((MEASURED,), ())
    )
    for exact, said in zip(measured, published, strict=True):
        assert 0 <= exact.lower_bound_km - said.lower_bound_km < exact.lower_bound_km / 100
        assert max(map(digits_of, said.plausible_km.rising)) <= 2
        assert said.plausible_km.rising == pytest.approx(exact.plausible_km.rising, rel=0.06)


def test_lengths_of_legs_are_said_to_the_kilometre() -> None:
    lengths_km = [
        leg.length_km for leg in ReportView.of(traced()).legs if leg.length_km is not None
    ]
    assert lengths_km
    assert [math.modf(length_km)[0] for length_km in lengths_km] == [0] * len(lengths_km)


def test_a_claim_keeps_its_number_whatever_the_digits() -> None:
    (stated,) = ReportView.of(
        reported(journey(BANGKOK, VIENTIANE, claims=(claim(1234.5),)), Settings(draws=20))
    ).claims
    assert (stated.value_km, stated.judgements[0].stated_km) == (1234.5, 1234.5)


@pytest.mark.parametrize(
    ("value", "unit", "km"),
    [
        (50, "mi", 80),
        (200, "mi", 320),
        (30, "li", 15),
        (1_000, "verst", 1_070),
        (12.5, "km", 12.5),
        (1_234, "km", 1_234),
    ],
)
def test_a_length_in_another_unit_is_as_fine_in_kilometres_as_it_was_told(
    value: float, unit: str, km: float
) -> None:
    assert told_km(claim(value, unit=unit)) == km


def test_priors_that_are_used_are_those_of_the_legs_that_were_drawn() -> None:
    """A track winds by itself, and of a leg whose mode nobody tells the unknown one is taken."""
    told = journey(BANGKOK, VIENTIANE | by(Mode.RAIL), {"label": (105.8, 21.0)})
    method = ReportView.of(
        reported(told, Settings(draws=20, priors=windings({"rail": 1.2})))
    ).method
    assert {prior.mode for prior in method.priors if prior.is_used} == {Mode.RAIL, Mode.UNKNOWN}
    assert {prior.mode for prior in method.priors if prior.is_own} == {Mode.RAIL}
    assert Mode.ROAD not in {
        prior.mode for prior in ReportView.of(traced()).method.priors if prior.is_used
    }


def test_sources_are_numbered_as_a_reader_meets_them_and_those_that_nothing_cites_come_last() -> (
    None
):
    view = ReportView.of(checked("ro-family"))
    assert [source.number for source in view.sources.numbered] == list(
        range(1, len(view.sources.numbered) + 1)
    )
    assert {source.id for source in view.sources.numbered} == {
        source.id for source in view.journey.sources
    }


def test_who_stated_it_is_named_up_to_a_comma_or_a_bracket() -> None:
    told = journey(BANGKOK, VIENTIANE, claims=(claim(700),))
    assert told.sources == (Source("S1", "A newspaper, 2019", None),)
    view = ReportView.of(reported(told, Settings(draws=20)))
    assert view.stated_by(view.claims[0], Words()) == "A newspaper"


@pytest.mark.filterwarnings("ignore::escape_route.errors.UnprotectedWarning")
def test_the_mark_of_what_is_held_goes_with_its_view() -> None:
    held = journey(BANGKOK)
    assert (
        view_published(gather_published(Published.as_held(held), Settings(draws=5))).mark
        is Mark.AS_HELD
    )
    assert view_published(reported(held, Settings(draws=5))).mark is None


def test_what_json_has_not_is_refused() -> None:
    with pytest.raises(TypeError, match=r"\Aset is nothing that JSON has\Z"):
        as_json({1})


@pytest.mark.parametrize(
    ("title", "other", "short"),
    [
        ("NPR, Oct 2023", "Sundance", "NPR"),
        ("Her diary, part 1", "Her diary, part 2", "Her diary, part 1"),
        ("Her diary, part 1", "Her diary (copy)", "Her diary, part 1"),
        ('"Go, went, gone", a novel', "", '"Go, went, gone"'),
        ("„Gehen, ging“, Roman", "", "„Gehen, ging“"),
        ("『歩く、歩いた』、小説", "", "『歩く、歩いた』"),
        ("1,200 km on foot", "", "1,200 km on foot"),
        ("朝日新聞、2019年", "", "朝日新聞"),
        ("(untitled), 1945", "", "(untitled)"),
        ("A" * 70, "", "A" * 70),
        ("word " * 14, "", "word " * 11 + "word…"),
    ],
)
def test_a_source_is_named_in_short_and_never_as_another(
    title: str, other: str, short: str
) -> None:
    told = journey({"sources": ("S1", "S2")}, {})
    listed = SourceList.of(
        replace(told, sources=(Source("S1", title, None), Source("S2", other, None)))
    )
    assert listed.numbered[0].called == short
