"""How long one stayed: typed as people tell it, kept by every format, shown where the place is shown."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from documents import content, journey, waypoint
from escape_route import formats
from escape_route.errors import JourneyFileError
from escape_route.formats.tables import csv as csv_tables
from escape_route.formats.tables import later, stated
from escape_route.language.catalogues import Words, opened
from escape_route.language.phrases import Phrases
from escape_route.language.stated import stayed
from escape_route.model import read as reading
from escape_route.model.journey import Stay
from escape_route.model.published import Published
from escape_route.model.units import Quantity, units_of
from escape_route.model.vocabulary import Wording
from escape_route.protection.protect import protect
from escape_route.publish.page.payload import payload
from escape_route.publish.report import teller
from making import reported

TOLD = {
    "a fortnight": (2, None, "week", None),
    "two or three weeks": (2, 3, "week", None),
    "six years": (6, None, "year", None),
    "four years or a little more": (4, None, "year", "over"),
    "a little over four years": (4, None, "year", "over"),
    "just under four years": (4, None, "year", "nearly"),
    "thirty-six hours": (36, None, "h", None),
    "a day or two": (1, 2, "d", None),
    "ten days or so": (10, None, "d", "about"),
    "a night in jail": (1, None, "night", None),
    "a year and two months": (14, None, "month", None),
    "3 weeks 2 days": (23, None, "d", None),
    "overnight": (1, None, "night", None),
    "less than a day": (1, None, "d", "less_than"),
    "weeks": (2, None, "week", "at_least"),
    "zwei bis drei Wochen": (2, 3, "week", None),
    "ein Tag oder zwei": (1, 2, "d", None),
    "pendant deux mois": (2, None, "month", None),
    "seis años": (6, None, "year", None),
    "한 달 반": (1.5, None, "month", None),
    "2주일 동안": (2, None, "week", None),
    "三週間": (3, None, "week", None),
    "أسبوعان": (2, None, "week", None),
}


@pytest.mark.parametrize("text", TOLD)
def test_a_stay_is_read_as_people_tell_it(text: str) -> None:
    value, value_to, unit, wording = TOLD[text]
    told = {"value": value, "value_to": value_to, "unit": unit, "wording": wording}
    assert stated.stay(text) == [{name: each for name, each in told.items() if each is not None}]


@pytest.mark.parametrize("unit", units_of(Quantity.DURATION))
@pytest.mark.parametrize("wording", Wording)
@pytest.mark.parametrize("value", [0.5, 2, 12.25, 1234])
def test_what_a_cell_says_of_a_stay_is_read_again(
    unit: str, wording: Wording, value: float
) -> None:
    told = {"value": value, "unit": unit} | (
        {} if wording is Wording.EXACT else {"wording": str(wording)}
    )
    assert stated.stay(stated.in_words(told)) == [told]


TABLE = """name_en,lat,lon,precision,role,when,{header},sensitivity,sources
Hanoi,21.03,105.85,city,start,2019-01-01,{cell},0,i
Hue,16.46,107.59,city,reached,2019-03-20,,0,i

[journey]
title_en,A way
summary_en,Told by one.
outcome,reached

[sources]
id,title
i,Interview
"""


def read(cell: str, header: str = "stay") -> formats.Loaded:
    return csv_tables.read(TABLE.format(cell=cell, header=header).encode(), "trip.csv")


@pytest.mark.parametrize("header", ["stay", "stayed", "Aufenthalt", "머문 기간", "séjour"])
def test_a_column_of_the_spreadsheet_holds_it_and_a_line_says_how_it_was_read(header: str) -> None:
    loaded = read("two or three weeks", header)
    stay = loaded.journey.waypoints[0].stay
    assert stay is not None
    assert (stay.value, stay.value_to, stay.unit) == (2, 3, "week")
    assert any('"two or three weeks" is read as 2-3 week' in each for each in loaded.warnings)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (
            "14",
            '"14" is a number without its unit (write 14 hours or 14 days or 14 weeks; or leave it empty, and ',
        ),
        (
            "until the end",
            '"until the end" is no time that one stayed (write a number and its unit, such as 2 weeks; or',
        ),
    ],
)
def test_what_is_no_time_is_refused_with_the_way_on(cell: str, told: str) -> None:
    with pytest.raises(JourneyFileError, match="row 2, column G") as caught:
        read(cell)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "to", ["geojson", "gpx", "kml", "kmz", "csv", "xlsx", "linked_places", "gpkg", "parquet"]
)
def test_every_format_keeps_it(to: str) -> None:
    held = read("about 10 days").journey
    form = formats.format_named(to)
    content_ = formats.writer(form).write(Published(held)).content
    again = formats.reader(form).read(content_, f"trip.{to}").journey
    assert again.waypoints[0].stay == Stay(10, "d", Wording.ABOUT)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "stayed 2 weeks"), ("de", "Aufenthalt: 2 Wochen")]
)
def test_page_and_report_say_it(language: str, said: str) -> None:
    held = read("a fortnight").journey
    shown = payload([reported(held)], language).journeys[0].waypoints[0]
    assert shown.stayed is not None
    assert shown.stayed[language] == said
    assert opened(said) in teller.seen(held.waypoints[0], Phrases(language))["lines"]


def test_a_stay_that_was_made_coarser_says_so() -> None:
    held = read("three weeks").journey
    (guarded, *_) = protect(
        replace(held, waypoints=(replace(held.waypoints[0], sensitivity=1), *held.waypoints[1:]))
    ).journey.waypoints
    assert stayed(guarded, Words()) == "stayed up to 1 year, said so coarsely to guard the place"
    assert stayed(held.waypoints[0], Words()) == "stayed 3 weeks"


def test_a_stay_that_is_wrong_is_told_with_its_place() -> None:
    for stay, told in (
        ({"value": 2}, "stay.unit: missing"),
        ({"value": 0, "unit": "week"}, "stay.value: 0 is not above 0"),
        ({"value": 3, "value_to": 2, "unit": "d"}, "stay.value_to: 2 is not above 3"),
        (
            {"value": 1.234, "unit": "week"},
            "stay.value: 1.234 is finer than anybody tells it (two decimals, or",
        ),
        ({"value": 2, "unit": "km"}, 'stay.unit: "km" is not a unit of duration'),
        (
            "a fortnight",
            'stay: "a fortnight" is not an object (such as {"value": 2, "unit": "week"})',
        ),
    ):
        with pytest.raises(JourneyFileError) as caught:
            reading.read(content(journey(waypoint(0, stay=stay), waypoint(1))), "x")
        assert told in str(caught.value)


@pytest.mark.parametrize(
    ("when", "told", "least", "most"),
    [
        *(
            ("1974-06", each, 63, 182)
            for each in (
                "all of the summer and into the autumn",
                "tout l'été jusque dans l'automne",
            )
        ),
        ("1979-06", "from the first days of June until after the Mid-Autumn", 117, None),
        ("1979-06", "추석 지나서까지", 98, None),
        ("1944-06-01", "until after Easter", 305, None),
        ("1944-06-01", "jusqu'après Pâques", 305, None),
        *(
            ("1944-02", each, 32, 91)
            for each in (
                "from June to August",
                "von Juni bis August",
                "de juin à août",
                "de junio a agosto",
                "6월부터 8월까지",
                "六月から八月まで",
            )
        ),
        *(
            ("1944-11-01", each, 120, 211)
            for each in ("until the next spring", "이듬해 봄까지", "bis zum nächsten Frühjahr")
        ),
        ("1945-04", "이듬해 봄까지", 305, 425),
    ],
)
def test_a_stay_between_dates_is_counted_from_them(
    when: str, told: str, least: int, most: int | None
) -> None:
    found = later.stay_until(when, told) if later.is_until(told) else None
    unit, size_d = (
        ("month", 365.2425 / 12) if least >= 150 else ("week", 7) if least >= 60 else ("d", 1)
    )
    ends = {"value": math.floor(least / size_d), "unit": unit}
    assert found == ends | (
        {"value_to": math.ceil(most / size_d)} if most else {"wording": "at_least"}
    )


@pytest.mark.parametrize(
    ("lat", "season", "days"), [("21.03", "north", "7-11 months"), ("-21.03", "south", "59-150 d")]
)
def test_a_season_that_a_stay_lasted_until_is_that_of_its_place(
    lat: str, season: str, days: str
) -> None:
    text = TABLE.replace("21.03", lat)
    loaded = csv_tables.read(
        text.format(cell="all of the summer and into the autumn", header="stay").encode(), "x.csv"
    )
    (line,) = [each for each in loaded.warnings if "(stay)" in each]
    assert line.endswith(
        f"is read as {days}, counted from 2019-01-01, the season that it is on the {season} of the Earth"
    )


@pytest.mark.parametrize(
    ("when", "n"), [("until May 2019", 1), ("until June 2019", 0), ("until 28 February 2019", 0)]
)
def test_a_stay_until_what_the_date_of_its_row_ends_with_is_said_by_it(when: str, n: int) -> None:
    text = TABLE.replace("2019-01-01", when).format(cell="till spring", header="stay").encode()
    if n:
        (line,) = [each for each in csv_tables.read(text, "x.csv").warnings if "(stay)" in each]
        assert line.endswith(
            '"till spring" is said by the date of its row, ../2019-05, which ends then: left out'
        )
    else:
        with pytest.raises(JourneyFileError, match="is no time that one stayed"):
            csv_tables.read(text, "x.csv")


@pytest.mark.parametrize(
    "cell", ["the whole summer", "den ganzen Sommer", "tout l'été", "todo el verano", "여름 내내"]
)
def test_a_whole_season_is_about_three_months_and_that_is_told(cell: str) -> None:
    loaded = read(cell)
    assert loaded.journey.waypoints[0].stay == Stay(3, "month", Wording.ABOUT)
    assert any(f'"{cell}" is read as about 3 months' in each for each in loaded.warnings)


@pytest.mark.parametrize(
    "cell", ["until the end of it all", "from here to there", "from " * 30, "the whole way", "all"]
)
def test_what_has_no_dates_is_refused_with_the_way_on(cell: str) -> None:
    with pytest.raises(JourneyFileError, match="is no time that one stayed"):
        read(cell)


@pytest.mark.parametrize(
    "told", ["a full day", "une journée entière", "ein voller Tag", "un día entero", "꼬박 하루"]
)
def test_a_full_day_is_a_day(told: str) -> None:
    assert stated.stated(told) == [{"value": "1", "unit": "d"}]
