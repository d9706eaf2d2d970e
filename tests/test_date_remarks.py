"""A remark in brackets behind a date, and stretches that end after, over or at the end of a feast."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escape_route.errors import JourneyFileError
from escape_route.formats.tables import csv as csv_tables
from escape_route.formats.tables import later
from escape_route.model.date_accounts import accounts
from escape_route.model.dates import is_date
from escape_route.model.told_dates import meanings
from test_newcomers import HEADER, place, table


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("a few days after the coup (11 September 1973)", "1973-09-12/1973-09-18~"),
        ("a week before the ceasefire (27 July 1953)", "1953-07-20~"),
        ("le lendemain de la capitulation (8 mai 1945)", "1945-05-09"),
        ("the coup (11 September 1973)", "1973-09-11"),
        ("bis kurz vor Weihnachten 2014/15 (7. Januar)", "../2015-01-06"),
        ("winter 1974 (our winter, July or August)", "[1974-07,1974-08]"),
        ("spring 1945 (March)", "1945-03"),
        ("March 1945 (spring)", "1945-03"),
        ("spring 1945 (cold)", "1945-21"),
        ("2560 BE (2017)", "2017"),
        ("25 October (7 November) 1917", "1917-11-07"),
        ("Oktober 2015 bis nach Neujahr 2016", "2015-10/2016-01-15~"),
        ("über Weihnachten 2015", "2015-12-24/2015-12-26"),
        ("over the winter 1944/45", "1944-12/1945-02"),
        ("Ende Ramadan 2015", "2015-07-08~/2015-07-18"),
        ("نهاية رمضان 1994", "1994-03-04~/1994-03-14"),
    ],
)
def test_it_is_read_with_what_stands_before_it(told: str, read: str) -> None:
    assert meanings(told) == (read,)


@pytest.mark.parametrize(
    "told",
    [
        "spring 1945 (12 December)",
        "three weeks before the great flood (1973)",
        "spring 1945 (after the fair)",
        "1999 (Ethiopian calendar)",
        "Juche 34 (1946)",
        "over 1945",
        "over New Year 1945",
        "end of Christmas 1945",
    ],
)
def test_what_disagrees_or_may_say_something_else_is_asked(told: str) -> None:
    assert meanings(told) == ()


def test_who_typed_words_hears_of_no_format() -> None:
    with pytest.raises(
        JourneyFileError,
        match=r'"in the time of the rain 1975" is not understood as a date \(.*1975',
    ):
        csv_tables.read(
            table([place("Hanoi", "start", when="in the time of the rain 1975")]).encode(),
            "trip.csv",
        )


@pytest.mark.parametrize(
    ("when", "stay", "read"),
    [("1974-12-15", "until Christmas", "9-11 d"), ("December 1974", "till spring", "8-26 weeks")],
)
def test_a_stay_until_something_is_counted_from_the_date_of_its_row(
    when: str, stay: str, read: str
) -> None:
    rows = table([[*place("Hanoi", "start", when=when), stay]])
    told = csv_tables.read(
        rows.replace(",".join(HEADER), ",".join([*HEADER, "stay"])).encode(), "trip.csv"
    ).warnings
    assert any(f'"{stay}" is read as {read}, counted from ' in each for each in told)


@pytest.mark.parametrize(
    ("told", "both"),
    [
        ("March 1945 (brother: April 1945)", "[1945-03,1945-04]"),
        ("March 1945 / April 1945 (brother)", "[1945-03,1945-04]"),
        ("März 1945, laut meinem Bruder April 1945", "[1945-03,1945-04]"),
        ("mars 1945 (selon mon frère, avril)", "[1945-03,1945-04]"),
        ("marzo de 1945 (según mi hermano, abril)", "[1945-03,1945-04]"),
        ("1945년 3월 (형은 4월)", "[1945-03,1945-04]"),
        ("1945年3月（兄は4月）", "[1945-03,1945-04]"),
        ("مارس 1945 (حسب أخي أبريل 1945)", "[1945-03,1945-04]"),
        ("mother: 1946; father: 1945", "[1945,1946]"),
        ("spring 1945 (my sister says summer)", "[1945-03-01..1945-05-31,1945-06-01..1945-08-31]"),
        ("spring 1945 (March)", ""),
        ("March 1945 or April 1945", ""),
        ("March 1945 (father arrested April 1945)", ""),
        ("March 1945 (his brother too)", ""),
        ("", ""),
    ],
)
def test_a_date_that_two_tell_each_in_their_way_keeps_both(told: str, both: str) -> None:
    assert accounts(told) == both


def test_a_row_whose_date_is_told_by_two_says_that_accounts_differ() -> None:
    rows = [
        place("Saigon", "start"),
        place("Rach Gia", when="March 1979 (my brother: April)", mode="bus"),
    ]
    loaded = csv_tables.read(table(rows).encode(), "trip.csv")
    assert [(each.when, str(each.status)) for each in loaded.journey.waypoints[1:]] == [
        ("[1979-03,1979-04]", "conflict")
    ]
    assert any(
        "two accounts that differ; tell in the narration which is whose" in each
        for each in loaded.warnings
    )


def test_another_season_in_brackets_is_not_dropped() -> None:
    assert meanings("spring 1945 (my sister insists on summer)") == ()


_TOLD = [
    tuple(each.split(" | ")[1:3])
    for each in (Path(__file__).parent / "told_dates.txt").read_text("utf-8").splitlines()
    if not each.startswith("#")
]


@given(
    st.lists(
        st.sampled_from([part for pair in _TOLD for part in pair])
        | st.sampled_from(
            ["the next day", "by May", "until June", "a good month later", "quatsch"]
        ),
        min_size=2,
        max_size=8,
    )
)
def test_dates_in_any_order_are_counted_or_left_and_never_a_traceback(told: list[str]) -> None:
    rows: list[dict[str, object]] = [{"when": each} for each in told]
    for index, said in later.count_on(rows):
        assert rows[index]["when"] == said.when
    assert all(
        row["when"] in {None, each} or is_date(str(row["when"]))
        for row, each in zip(rows, told, strict=True)
    )
