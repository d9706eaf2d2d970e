"""What the published places cannot tell is not said of a number: a place made coarser only lengthens what is likely."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from escape_route.api.reports import shown
from escape_route.distance import many, report
from escape_route.distance.settings import Settings
from escape_route.distance.verdicts import Verdict
from escape_route.language.sentences import Speaker
from escape_route.model.modes import Mode
from escape_route.model.told_places import is_country_alone
from escape_route.protection.protect import protect
from making import at_country, by, claim, journey

if TYPE_CHECKING:
    from escape_route.model.journey import Journey

FEW = Settings(draws=2_000)
OPEN = {"sensitivity": 0}
GUESTROW = (12.17, 53.8)


def danzig_to_hamburg(
    value: float, sensitivity: int, label: tuple[float, float] = GUESTROW
) -> Journey:
    """Danzig, a village near Güstrow, Hamburg: 575 km at the least, 586 to 869 likely by road."""
    village = {"label": label, "sensitivity": sensitivity, **by(Mode.ROAD)}
    ends = {"label": (18.65, 54.35), **OPEN}, {"label": (9.99, 53.55), **OPEN, **by(Mode.ROAD)}
    return journey(ends[0], village, ends[1], claims=(claim(value, 2),))


def judged(held: Journey) -> tuple[Verdict, str | None]:
    """Verdict on the publishable form, and why it was not weighed."""
    found = report.gather(protect(held).journey, FEW).claims[0].judgements[0]
    return found.verdict, found.reason


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (571, Verdict.IMPOSSIBLE_SHORT),  # below the bound of 574.6, which no hiding makes higher
        (
            581,
            Verdict.BELOW_PLAUSIBLE,
        ),  # short wherever in Germany the village lies: from 586 on is likely
        (595, Verdict.INSUFFICIENT),  # short of Germany, from 635 on, and not of each place in it
        (625, Verdict.INSUFFICIENT),
        (645, Verdict.CONSISTENT),
        (1_900, Verdict.CONSISTENT),
        (2_900, Verdict.ABOVE_PLAUSIBLE),  # longer than all of Germany makes likely
    ],
)
def test_of_a_country_in_place_of_a_village_short_is_said_only_where_it_holds_of_each_point(
    value: float, verdict: Verdict
) -> None:
    assert judged(danzig_to_hamburg(value, 1)) == (
        verdict,
        "coarser" if verdict is Verdict.INSUFFICIENT else None,
    )


@pytest.mark.parametrize("sensitivity", [2, 3, 4])
def test_a_cell_hides_nothing_of_a_number_that_is_short_of_it_by_far(sensitivity: int) -> None:
    assert judged(danzig_to_hamburg(581, sensitivity)) == (Verdict.BELOW_PLAUSIBLE, None)


def test_what_is_open_or_was_told_as_a_country_by_the_account_is_judged_as_ever() -> None:
    told = journey(
        {"label": (18.65, 54.35), **OPEN},
        {**at_country("DE"), "name": {"en": "Germany"}, **by(Mode.ROAD)},
        {"label": (9.99, 53.55), **OPEN, **by(Mode.ROAD)},
        claims=(claim(605, 2),),
    )
    assert judged(told) == (Verdict.BELOW_PLAUSIBLE, None)


@pytest.mark.parametrize("codes", [("LA",), ("LA", "MM")])
@pytest.mark.parametrize("is_turned", [False, True])
@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (14, Verdict.IMPOSSIBLE_SHORT),  # the border is 16 km away
        (
            45,
            Verdict.INSUFFICIENT,
        ),  # over the border and not far: nobody says how far into the country
        (600, Verdict.CONSISTENT),
        (9_000, Verdict.ABOVE_PLAUSIBLE),
    ],
)
def test_what_counts_to_a_country_counts_to_where_in_it_one_was(
    codes: tuple[str, ...],
    is_turned: bool,  # noqa: FBT001
    value: float,
    verdict: Verdict,
) -> None:
    name = {"LA": "Laos", "MM": "Myanmar"}
    country = at_country("LA") | {
        "footprints": tuple(f"country:{code}" for code in codes),
        "name": {"en": " or ".join(name[code] for code in codes)},
    }
    stops = [{"label": (101.57, 21.47), **OPEN}, country]
    first, last = reversed(stops) if is_turned else stops
    told = journey(first, {**last, **by(Mode.FOOT)}, claims=(claim(value, 1),))
    assert judged(told)[0] is verdict


@pytest.mark.parametrize(
    ("radius_km", "values", "verdict"),
    [  # two discs 23 km apart; whatever the number, for a smaller one is no surer than a greater
        (1, (21.5, 22), Verdict.BELOW_PLAUSIBLE),
        (10, (3, 6, 10), Verdict.BELOW_PLAUSIBLE),
        (30, (1, 3, 10), Verdict.INSUFFICIENT),
        (100, (1, 5, 20), Verdict.INSUFFICIENT),
        (100, (60,), Verdict.CONSISTENT),
    ],
)
def test_a_number_is_not_called_short_by_how_wide_the_places_are(
    radius_km: float, values: tuple[float, ...], verdict: Verdict
) -> None:
    start, end = (
        {"label": (lon, 47.0), "uncertainty_m": radius_km * 1_000} for lon in (16.0, 16.3)
    )
    for value in values:
        told = journey(start, {**end, **by(Mode.FOOT)}, claims=(claim(value, 1),))
        assert report.gather(told, FEW).claims[0].judgements[0].verdict is verdict


def test_a_place_that_no_gazetteer_has_and_that_is_drawn_as_its_country_makes_nobody_short() -> (
    None
):
    """The same way, and a name that tells something in Germany: it is not the whole of it that was told."""
    told = journey(
        {"label": (18.65, 54.35), **OPEN},
        {**at_country("DE"), "name": {"en": "a farm in the moor"}, **by(Mode.ROAD)},
        {"label": (9.99, 53.55), **OPEN, **by(Mode.ROAD)},
        claims=(claim(605, 2), claim(581, 2)),
    )
    judgements = [each.judgements[0] for each in report.gather(told, FEW).claims]
    assert [each.verdict for each in judgements] == [Verdict.INSUFFICIENT, Verdict.BELOW_PLAUSIBLE]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "somewhere in Germany",
            "Germany, somewhere",
            "in Germany",
            "irgendwo in Deutschland",
            "quelque part en Allemagne",
        ),
        *(
            "en alguna parte de Alemania",
            "독일 어딘가",
            "독일의 어딘가에서",
            "ドイツのどこか",
            "مكان ما في ألمانيا",
        ),
    ],
)
def test_somewhere_in_a_country_tells_the_country_alone(name: str) -> None:
    told = journey(
        {"label": (18.65, 54.35), **OPEN},
        {**at_country("DE"), "name": {"en": name}, **by(Mode.ROAD)},
        {"label": (9.99, 53.55), **OPEN, **by(Mode.ROAD)},
        claims=(claim(605, 2),),
    )
    assert judged(told) == (Verdict.BELOW_PLAUSIBLE, None)


@pytest.mark.parametrize(
    "name",
    [
        "somewhere in the north of Germany",
        "a farm in Germany",
        "독일 북부 어딘가",
        "ドイツの村",
        "irgendwo in Polen",
    ],
)
def test_a_name_that_tells_more_than_a_country_is_drawn_coarser_than_it_was_told(name: str) -> None:
    assert not is_country_alone(name, "country:DE")


def within(radius_km: float, value: float, **more: object) -> Journey:
    """Danzig, somewhere within a radius of a point near Güstrow, Hamburg."""
    place = {"label": GUESTROW, "uncertainty_m": radius_km * 1_000, **more, **by(Mode.ROAD)}
    ends = {"label": (18.65, 54.35), **OPEN}, {"label": (9.99, 53.55), **OPEN, **by(Mode.ROAD)}
    return journey(ends[0], place, ends[1], claims=(claim(value, 2),))


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (571, Verdict.IMPOSSIBLE_SHORT),
        (
            586,
            Verdict.BELOW_PLAUSIBLE,
        ),  # a village there would fit, and within 150 km was what was told
        (
            604,
            Verdict.INSUFFICIENT,
        ),  # from 601 on is likely for 150 km, from 609 for the 250 that are shown
        (625, Verdict.CONSISTENT),
    ],
)
def test_a_radius_that_was_told_is_no_coarseness_of_the_cell(
    value: float, verdict: Verdict
) -> None:
    assert judged(within(150, value))[0] is verdict


@pytest.mark.parametrize("radius_km", [20, 90, 126, 150, 200, 240, 300])
@pytest.mark.parametrize("value", [586, 590, 595, 600, 605])
def test_no_radius_is_judged_short_in_its_cell_that_fits_as_held(
    radius_km: float, value: float
) -> None:
    held = report.gather(within(radius_km, value), FEW).claims[0].judgements[0].verdict
    assert (
        held is not Verdict.CONSISTENT
        or judged(within(radius_km, value))[0] is not Verdict.BELOW_PLAUSIBLE
    )


def test_the_holder_hears_that_it_fits_and_that_the_published_places_cannot_tell() -> None:
    found = shown(danzig_to_hamburg(625, 1), FEW)
    own = found.claims[0].judgements[0]
    assert (own.verdict, own.by_numbers, own.reason) == (
        Verdict.CONSISTENT,
        Verdict.INSUFFICIENT,
        "coarser",
    )
    said = Speaker().weighed(found, found.claims[0])
    assert said.startswith(
        "As held: fits. By the places as they may be published: 625 km to W2 cannot be judged: "
    )
    assert said.endswith("where one was in some of these is open.")


def test_two_held_files_of_one_publishable_form_are_judged_alike() -> None:
    here, there = (
        protect(danzig_to_hamburg(600, 1, label)).journey for label in (GUESTROW, (11.0, 48.5))
    )
    assert here == there
    assert report.gather(here, FEW) == report.gather(there, FEW)


@pytest.mark.parametrize("value", [581, 586, 590, 640])
def test_many_at_once_are_judged_as_each_alone(value: float) -> None:
    form = protect(danzig_to_hamburg(value, 2)).journey
    found = many.weighed([form], Settings())[0]
    alone = report.gather(form).claims[0].judgements[0].verdict
    assert found is None or found.claims[0].judgement.verdict is alone


@pytest.mark.parametrize(("value", "is_aside"), [(625, False), (700, True)])
def test_that_places_were_made_coarser_is_said_once(value: float, is_aside: bool) -> None:  # noqa: FBT001
    found = report.gather(protect(danzig_to_hamburg(value, 1)).journey, FEW)
    assert bool(Speaker().finding_aside(found)) is is_aside
