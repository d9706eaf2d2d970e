"""What was asked of a place: nothing is published before somebody says what was done, and what is told all the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import escape_route as er
from escape_route.errors import LeakError
from escape_route.protection.guarded import told_though_asked
from making import journey

if TYPE_CHECKING:
    from pathlib import Path

    from escape_route.model.journey import Journey

PLACES = {"label": (101.0, 15.2)}, {"label": (103.0, 15.0), "name": {"en": "Khartum, bei einer Frau in Al-Jiraif"}}


def asked(request: str, **more: object) -> Journey:
    return journey({**PLACES[0], "sensitivity": 0}, {**PLACES[1], "request": request, **more})


@pytest.mark.parametrize(
    ("more", "is_stopped"),
    [({}, True), ({"sensitivity": 1}, False), ({"sensitivity": 3}, False), ({"withheld": True}, False)],
)
def test_nothing_is_published_where_a_request_is_filled_and_nobody_said_what_was_done(
    more: dict[str, object], tmp_path: Path, *, is_stopped: bool
) -> None:
    held = er.Journey(asked("Not the house.", **more), None)
    target = tmp_path / "open.geojson"
    if not is_stopped:
        held.save_protected(target)
        return
    with pytest.raises(LeakError, match=r"a request is filled and no sensitivity says what was done:\n.*w1"):
        held.save_protected(target)
    assert not target.exists()


@pytest.mark.parametrize(
    ("request_", "published", "names"),
    [
        ("Please leave Al-Jiraif out.", "They hid in al-Jiraif.", ("al-Jiraif",)),
        ("Al-Jiraif must not be named.", "They hid in Al-Jiraif.", ("Al-Jiraif",)),
        ("Al-Jiraif must not be named.", "They hid in a house.", ()),
        ("The house must not be shown.", "The house of a farmer. They hid in it.", ()),
        ("", "They hid in Al-Jiraif.", ()),
        ("알지라이프의 집은 빼 주세요.", "알지라이프 근처에 숨었다.", ("알지라이프",)),
    ],
)
def test_names_in_a_request_that_are_told_all_the_same_are_found(
    request_: str, published: str, names: tuple[str, ...]
) -> None:
    held = asked(request_)
    held = replace(held, waypoints=(held.waypoints[0], replace(held.waypoints[1], name={"ko": "알지라이프"})))
    assert [found for _, found in told_though_asked(held, [published])] == ([names] if names else [])


def test_they_are_told_at_a_publication(tmp_path: Path) -> None:
    held = er.Journey(asked("Nothing of Al-Jiraif, please.", sensitivity=2), None)
    with pytest.warns(
        UserWarning, match=r'w1 "Khartum.*": its request names "Al-Jiraif", and so does what is published'
    ):
        held.save_protected(tmp_path / "open.geojson")
