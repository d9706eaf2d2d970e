"""One thing is told in one way: the length of a leg, how it was travelled, a chain with holes."""

from __future__ import annotations

import pytest
from rich.console import Console

from escape_route.distance import report
from escape_route.distance.legs import countries_touched, crossings_of
from escape_route.distance.settings import Settings
from escape_route.language.catalogues import languages
from escape_route.language.phrases import Phrases
from escape_route.language.sentences import Speaker
from escape_route.language.view import ReportView
from escape_route.model.journey import Scope
from escape_route.model.modes import Mode
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Flight, Role, Wording
from escape_route.publish.report.terminal import finding
from making import at_country, by, claim, journey

FEW = Settings(draws=2_000)
INSTERBURG = {"label": (21.82, 54.63), "uncertainty_m": 25_000.0}
HEILIGENBEIL = {"label": (19.94, 54.46), "uncertainty_m": 3_000.0}
DANZIG = {"label": (18.65, 54.35), "uncertainty_m": 13_000.0, **by(Mode.FOOT)}
UNKNOWN = by(Mode.UNKNOWN)


def printed(found: report.Report) -> str:
    console = Console(width=110)
    with console.capture() as capture:
        console.print(finding(found, 110))
    return " ".join(capture.get().split())


@pytest.mark.parametrize(
    "told",
    [
        claim(10, 1, quantity=Quantity.DURATION, unit="d", wording=Wording.ABOUT),
        claim(150, 1),
        claim(150, 1, scope=Scope("w0", "w1", Flight.UNKNOWN)),
    ],
)
def test_a_leg_with_a_number_of_its_own_has_the_length_that_this_is_weighed_by(told) -> None:
    """Ten days for 120 to 320 km stood above a leg of 120 to 350."""
    found = report.gather(
        journey(INSTERBURG, HEILIGENBEIL, DANZIG, claims=(told, claim(300, 2, id="d"))), FEW
    )
    leg = ReportView.of(found).legs[0].plausible_km
    assert leg is not None
    range_km = f"{leg.low95:,.0f} to {leg.high95:,.0f} km"
    assert range_km in Speaker().weighed(found, found.claims[0])
    assert ReportView.of(found).legs[1].plausible_km != leg


def test_a_leg_without_a_number_is_told_as_coarsely_as_ever() -> None:
    found = report.gather(journey(INSTERBURG, HEILIGENBEIL, DANZIG, claims=(claim(300, 2),)), FEW)
    assert not any(each.is_scope for each in found.leg_draws if each)


@pytest.mark.parametrize("language", languages())
def test_no_means_and_unknown_means_are_told_alike(language: str) -> None:
    found = report.gather(journey(INSTERBURG, HEILIGENBEIL, {**DANZIG, **UNKNOWN}), FEW)
    words = Phrases(language)
    assert {words.how_told(leg) for leg in ReportView.of(found).legs} == {
        words.word("mode.unknown")
    }


def test_the_terminal_tells_them_alike_too_and_a_way_that_nobody_tells_of_as_none() -> None:
    untold = {**DANZIG, "modes": (), "leg_told": False}
    said = printed(
        report.gather(journey(INSTERBURG, HEILIGENBEIL, {**INSTERBURG, **UNKNOWN}, untold), FEW)
    )
    legs = said.partition("how status")[2].partition("Chain of")[0]
    assert legs.count("by other or unknown means") == 2
    assert legs.count(" - ") == 3


def test_a_chain_with_holes_says_how_many_legs_are_not_in_it() -> None:
    """144 km stood for a journey from Insterburg to Hamburg whose grave was shown as all of Germany."""
    whole = report.gather(journey(INSTERBURG, HEILIGENBEIL, DANZIG), FEW)
    holed = report.gather(journey(INSTERBURG, HEILIGENBEIL, at_country("DE"), DANZIG), FEW)
    assert "Chain of label points: 20" in printed(whole)
    assert (
        "Chain of label points, where both ends of a leg have one: 123 km (legs without: 2)."
        in printed(holed)
    )


def test_a_short_number_names_no_kilometres_that_its_own_rounding_contradicts() -> None:
    """About 1,500 km may mean 1,600: 80 km short of that, and not of the number beside it."""
    found = report.gather(journey(INSTERBURG, HEILIGENBEIL, DANZIG, claims=(claim(215, 2),)), FEW)
    said = Speaker().weighed(found, found.claims[0])
    assert "is short" in said
    assert "times the straight lines between points drawn at random in its places" in said
    assert "short of" not in said


KALININGRAD = {"label": (20.5, 54.72), "uncertainty_m": 3_000.0}
ON_THE_BORDER = {
    "label": (19.94, 54.43),
    "uncertainty_m": 3_000.0,
}  # of Russia and Poland, near Mamonovo
BESIDE_THE_BORDER = {"label": (19.94, 54.47), "uncertainty_m": 3_000.0}
IN_THE_BALTIC = {"label": (18.5, 56.5), "uncertainty_m": 3_000.0}
GUESTROW = {"label": (12.17, 53.8), "within": ("country:DE",)}


@pytest.mark.parametrize(
    ("stops", "countries"),
    [
        ((KALININGRAD, DANZIG, GUESTROW), ("RU", "PL", "DE")),  # told of the last alone
        ((GUESTROW, KALININGRAD, GUESTROW), ("DE", "RU")),  # in the order of the way, each once
        ((ON_THE_BORDER, IN_THE_BALTIC, DANZIG), ("PL",)),  # either, none, one
        ((BESIDE_THE_BORDER, DANZIG), ("RU", "PL")),  # four kilometres from it, and three wide
        (({"label": BESIDE_THE_BORDER["label"]}, {"label": IN_THE_BALTIC["label"]}), ("RU",)),
        (
            ({**DANZIG, "uncertainty_m": 200_000.0}, GUESTROW),
            ("DE",),
        ),  # a disc that reaches over a border
        (({**DANZIG, "withheld": True}, GUESTROW), ("DE",)),
        ((at_country("MM"), GUESTROW), ("MM", "DE")),
    ],
)
def test_countries_are_told_or_those_that_a_place_lies_wholly_in(
    stops, countries: tuple[str, ...]
) -> None:
    told = journey(*stops)
    assert countries_touched(told, crossings_of(told), on_the_map=True) == countries


def test_a_place_told_as_a_crossing_is_named_where_it_is_of_no_border_between_countries() -> None:
    """A place in one country; one at the border of two is of that border."""
    crossings = {**ON_THE_BORDER, "role": Role.CROSSING}, {**GUESTROW, "role": Role.CROSSING}
    said = printed(report.gather(journey(KALININGRAD, crossings[0], DANZIG, crossings[1]), FEW))
    assert "Countries on today’s map RU, PL, DE; borders crossed between them: none told; " in said
    assert "told as a crossing, and of no border between these: W3." in said
    told = printed(report.gather(journey(KALININGRAD, DANZIG), FEW))
    assert "borders crossed between them: none told." in told
