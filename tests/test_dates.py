"""Dates as stretches of time. numpy is the peer: it counts days in the same calendar, before the year 1 as well."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from escape_route.model import dates
from escape_route.model.dates import Span, is_backward, is_date, span_of

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_DATES = [
    "Y17E8100000",
    "[1941,1942]/1945-05",
    "[..1938, 1950]",
    "",
    "..",
    "../..",
    "/",
    "2019/2020/2021",
    "May 2019",
    "2019-13",
    "2019-00",
    "44",
    "-44",
    "12000",
    "2019-02-30",
]
NO_SUCH_DAYS = ["2003-02-29", "1900-02-29", "-0001-02-29", "2019-04-31"]


def hours(year: int, month: int = 1, day: int = 1) -> float:
    """Hours from the year 0000 to a day, as numpy counts them."""
    sign = "-" if year < 0 else ""
    days = np.datetime64(f"{sign}{abs(year):04}-{month:02}-{day:02}") - np.datetime64("0000-01-01")
    return float(days.astype(int)) * 24


@given(st.integers(-9999, 9999), st.integers(1, 12), st.integers(1, 28))
def test_a_day_is_where_the_calendar_has_it(year: int, month: int, day: int) -> None:
    sign = "-" if year < 0 else ""
    span = span_of(f"{sign}{abs(year):04}-{month:02}-{day:02}")
    assert (span.earliest_h, span.latest_h) == (
        hours(year, month, day),
        hours(year, month, day) + 24,
    )
    assert span.is_a_day


@pytest.mark.parametrize(
    "text", ["2004-02-29", "2000-02-29", "0000-02-29", "-0004-02-29", "-0400-02-29"]
)
def test_a_leap_day_is_one_in_leap_years_before_the_year_1_too(text: str) -> None:
    year = int(text[:-6])
    assert span_of(text).earliest_h == hours(year, 2, 29)


STRETCHES = {
    "2019": ((2019, 1, 1), (2020, 1, 1)),
    "2019-12": ((2019, 12, 1), (2020, 1, 1)),
    "1969-12": ((1969, 12, 1), (1970, 1, 1)),
    "2008~": ((2007, 1, 1), (2010, 1, 1)),
    "2008?": ((2007, 1, 1), (2010, 1, 1)),
    "2008%": ((2006, 1, 1), (2011, 1, 1)),
    "198X": ((1980, 1, 1), (1990, 1, 1)),
    "-0043": ((-43, 1, 1), (-42, 1, 1)),
    "-0043-03": ((-43, 3, 1), (-43, 4, 1)),
    "-0001": ((-1, 1, 1), (0, 1, 1)),
    "0000": ((0, 1, 1), (1, 1, 1)),
    "Y-17000": ((-17000, 1, 1), (-16999, 1, 1)),
    "2019-05/2019-08-03": ((2019, 5, 1), (2019, 8, 4)),
    "-0044/0014": ((-44, 1, 1), (15, 1, 1)),
}


@pytest.mark.parametrize("text", STRETCHES)
def test_a_date_is_all_the_time_that_it_may_mean(text: str) -> None:
    first, after = STRETCHES[text]
    assert span_of(text) == Span(hours(*first), hours(*after))


@pytest.mark.parametrize("text", ["../2009", "/2009"])
def test_an_open_beginning_is_any_time_before(text: str) -> None:
    assert span_of(text) == Span(-inf, hours(2010))


@pytest.mark.parametrize("text", ["2009/..", "2009/"])
def test_an_open_end_is_any_time_after(text: str) -> None:
    assert span_of(text) == Span(hours(2009), inf)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2019-05-03T10:30:00Z", 10.5),
        ("2019-05-03T10:30:00", 10.5),
        ("2019-05-03T10:30:00+09:00", 1.5),
        ("2019-05-03T10:30:00-05:30", 16.0),
        ("2019-05-03T10:30:36Z", 10.51),
    ],
)
def test_a_time_is_a_moment_in_its_zone(text: str, hour: float) -> None:
    at_h = pytest.approx(hours(2019, 5, 3) + hour)
    assert (span_of(text).earliest_h, span_of(text).latest_h) == (at_h, at_h)


@pytest.mark.parametrize("text", [*NOT_DATES, *NO_SUCH_DAYS])
def test_what_is_no_date_is_none(text: str) -> None:
    assert not is_date(text)
    with pytest.raises(ValueError, match=r" is not a date"):
        span_of(text)


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_is_told_not_to_be(text: str) -> None:
    if is_date(text):
        assert span_of(text).earliest_h <= span_of(text).latest_h or "/" in text


def test_what_ends_at_midnight_is_before_what_begins_then() -> None:
    assert span_of("2018").is_before(span_of("2019"))
    assert not span_of("2019").is_before(span_of("2019"))
    moment = span_of("2019-05-03T00:00:00Z")
    assert span_of("2019-05-02").is_before(moment)
    assert not moment.is_before(moment)
    assert not moment.is_before(span_of("2019-05-03"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019/2018", True),
        ("2018/2019", False),
        ("2019", False),
        ("2019/..", False),
        ("-0043/-0044", True),
    ],
)
def test_an_interval_is_backward_only_where_its_end_is_before_its_beginning(
    text: str,
    expected: bool,  # noqa: FBT001
) -> None:
    assert is_backward(text) is expected


@pytest.mark.parametrize(
    "year", ["0000", "0001", "0004", "1582", "1900", "1940", "2000", "2023", "9999"]
)
def test_a_bare_date_is_what_edtf_takes_it_for(year: str) -> None:
    days = [
        f"{year}-{month:02d}-{day:02d}"
        for month in (1, 2, 12)
        for day in (0, 1, 28, 29, 30, 31, 32)
    ]
    for text in (year, f"{year}-02", f"{year}-12", *days):
        assert _span_by(dates._span, text) == _span_by(dates._parsed, text), text  # noqa: SLF001  # both ways


def _span_by(reader: Callable[[str], Span], text: str) -> Span | None:
    try:
        return reader(text)
    except ValueError:
        return None
