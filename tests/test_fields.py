"""Checked access to a JSON object."""

from __future__ import annotations

import pytest

from escape_route.errors import Problem, suggest
from escape_route.model.vocabulary import Role
from escape_route.strict_json import Fields, Members, in_file_order


def fields(**members: object) -> Fields:
    return Fields(Members(members), "at", [])


def told(of: Fields) -> list[str]:
    return [str(problem) for problem in of.problems]


def test_what_is_right_is_given_and_nothing_is_told() -> None:
    given = fields(
        text="a", number=2, whole=3.0, yes=True, role="stop", list=["a"], local=Members(en="a")
    )
    assert (given.text("text"), given.number("number"), given.whole("whole", 1, 4)) == ("a", 2.0, 3)
    assert (given.yes("yes"), given.choice("role", Role, Role.START)) == (True, Role.STOP)
    assert (given.texts("list"), given.local_text("local")) == (("a",), {"en": "a"})
    assert told(given) == []


WORDS = 'words between "quotation marks"'
OBJECT = 'names and values between { and }: {"name": "value"}'
WANTED = {
    "text": f" ({WORDS})",
    "number": " (a number)",
    "local_text": ' (a text a language, such as {"en": "words"})',
    "object": f" ({OBJECT})",
    "raw": "",
}


@pytest.mark.parametrize("ask", WANTED)
@pytest.mark.parametrize("members", [{}, {"x": None}])
def test_what_is_missing_is_none_and_a_fault_only_where_it_is_needed(
    ask: str, members: dict[str, object]
) -> None:
    given = fields(**members)
    assert getattr(given, ask)("x") is None
    assert told(given) == []
    assert getattr(given, ask)("x", needed=True) is None
    lacking = "null where a value is needed" if members else "missing"
    assert told(given) == [f"at.x: {lacking}{WANTED[ask]}"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (5, "5 is not a text"),
        ("  ", "an empty text"),
        (["a"], '["a"] is not a text'),
        (False, "false is not a text"),
    ],
)
def test_a_text_is_a_text_that_is_not_blank(value: object, message: str) -> None:
    given = fields(x=value)
    assert given.text("x") is None
    assert told(given) == [f"at.x: {message} ({WORDS})"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("5", '"5" is not a number (write 5)'),
        ("1.500,5", '"1.500,5" is not a number (write 1500.5)'),
        ("1,500.5", '"1,500.5" is not a number (write 1500.5)'),
        ("-1.234.567", '"-1.234.567" is not a number (write -1234567)'),
        ("12,5", '"12,5" is not a number (write 12.5)'),
        ("1,500", '"1,500" is not a number (write 1500, or 1.500)'),
        ("1 200 000,5", '"1 200 000,5" is not a number (write 1200000.5)'),
        ("1,50,5", '"1,50,5" is not a number (a number alone, without quotation marks)'),
        (True, "true is not a number"),
        (float("inf"), "Infinity is not a number"),
    ],
)
def test_a_number_is_finite(value: object, message: str) -> None:
    given = fields(x=value)
    assert given.number("x") is None
    assert told(given) == [f"at.x: {message}"]


@pytest.mark.parametrize("value", [0, 5, 2.5, -1])
def test_a_whole_number_is_within_its_ends(value: float) -> None:
    given = fields(x=value)
    assert given.whole("x", 1, 4) is None
    assert told(given) == [f"at.x: {value} is not a whole number from 1 to 4 (or leave it out)"]


def test_a_choice_falls_back_to_its_default_and_suggests() -> None:
    given = fields(x="STOPP")
    assert given.choice("x", Role, Role.PASSED) is Role.PASSED
    assert told(given) == ['at.x: "STOPP" is not known here (did you mean "stop"?)']


def test_objects_carry_their_place_and_share_the_list_of_faults() -> None:
    given = fields(x=[Members(y=1), 7])
    (first,) = given.objects("x")
    first.text("y")
    assert told(given) == [
        f"at.x[1]: 7 is not an object ({OBJECT})",
        f"at.x[0].y: 1 is not a text ({WORDS})",
    ]


def test_a_misspelt_member_is_told_and_a_foreign_one_is_not() -> None:
    given = fields(summry="a", colour="b", title="c", titel="d")
    given.know(("summary", "title"))
    assert told(given) == [
        'at.summry: unknown member (did you mean "summary"?)'
    ]  # titel: title is there itself


def test_problems_are_put_in_the_order_of_their_file() -> None:
    document = Members(a=[0, Members(b=1, c=2)], d=3)
    places = ["e", "d", "a[1].x", "a[1].c", "a[1].b", "a[0]", "a", "a"]
    ordered = in_file_order([Problem(place, "wrong") for place in places], document)
    assert [problem.place for problem in ordered] == [
        "a",
        "a[0]",
        "a[1].b",
        "a[1].c",
        "a[1].x",
        "d",
        "e",
    ]


@pytest.mark.parametrize(
    ("value", "hint"),
    [("Rail", 'did you mean "rail"?'), ("sledge", "one of road, rail"), (5, "one of road, rail")],
)
def test_a_suggestion_is_the_nearest_or_all(value: object, hint: str) -> None:
    assert suggest(value, ["road", "rail"]) == hint


def test_nothing_is_suggested_of_nothing() -> None:
    assert suggest("road", []) == ""
