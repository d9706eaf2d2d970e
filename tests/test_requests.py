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

PLACES = (
    {"label": (101.0, 15.2)},
    {"label": (103.0, 15.0), "name": {"en": "Khartum, bei einer Frau in Al-Jiraif"}},
)


def asked(request: str, **more: object) -> Journey:
    return journey({**PLACES[0], "sensitivity": 0}, {**PLACES[1], "request": request, **more})


@pytest.mark.parametrize(
    ("more", "is_stopped"),
    [
        ({}, True),
        ({"sensitivity": 1}, False),
        ({"sensitivity": 3}, False),
        ({"withheld": True}, False),
    ],
)
def test_nothing_is_published_where_a_request_is_filled_and_nobody_said_what_was_done(
    more: dict[str, object], tmp_path: Path, *, is_stopped: bool
) -> None:
    held = er.Journey(asked("Not the house.", **more), None)
    target = tmp_path / "open.geojson"
    if not is_stopped:
        held.save_protected(target)
        return
    with pytest.raises(
        LeakError, match=r"a request is filled and no sensitivity says what was done:\n.*w1"
    ):
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
        (
            "최덕수라는 이름과 골짜기는 내지 말아 달라. 아직 거기 산다.",
            "최덕수 씨의 산막에서 묵었다.",
            ("최덕수",),
        ),
        (
            "최덕수라는 이름과 골짜기는 내지 말아 달라. 아직 거기 산다.",
            "거기 골짜기의 이름은 모른다.",
            (),
        ),
        ("田中さんの名前は出さないでください。", "田中の小屋に泊まった。", ("田中",)),
        ("Den Namen von Frau Emma nicht drucken.", "Emmas Hof. Die Frau gab uns Brot.", ("Emmas",)),
        ("Имя Ивана не печатать.", "Ночевали у Ивановых. С Иваном шли к реке.", ("Иваном",)),
    ],
)
def test_names_in_a_request_that_are_told_all_the_same_are_found(
    request_: str, published: str, names: tuple[str, ...]
) -> None:
    held = asked(request_)
    held = replace(
        held, waypoints=(held.waypoints[0], replace(held.waypoints[1], name={"ko": "알지라이프"}))
    )
    assert (
        tuple(dict.fromkeys(each.name for each in told_though_asked(held, [("note 1", published)])))
        == names
    )


@pytest.mark.parametrize(
    ("told", "published", "name"),
    [
        ("삼합 골짜기 버섯막", "누이는 삼합에서 트럭을 얻어 탔다.", "삼합"),
        ("삼합 골짜기 버섯막", "골짜기에서 강을 건너 중국 산속에 숨었다.", ""),
        ("三合谷の小屋", "妹は三合谷からトラックに乗った。", "三合谷"),
        (
            "Dorf hinter Stutthof",
            "Das Dorf lag am Haff. Von Stutthof fuhr ein Schlitten.",
            "Stutthof",
        ),
        ("a hut above Yavi Chico, China", "A hut in China. They left Yavi by truck.", "Yavi"),
        (
            "Khartum, a hut",
            "They left Khartum.",
            "",
        ),  # the other place of that name is published by its own row
    ],
)
def test_words_of_a_hidden_place_are_found_in_what_is_told_of_others(
    told: str, published: str, name: str
) -> None:
    held = asked("", verbatim_locality=told, sensitivity=1, name={"en": "Khartum, a hut"})
    texts = [("waypoint w2, name", "Khartum"), ("waypoint w2, narration", published)]
    assert {each.name for each in told_though_asked(held, texts)} == ({name} if name else set())


def test_a_name_that_was_asked_to_be_left_out_is_not_printed_before_somebody_says_that_its_text_was_read(
    tmp_path: Path,
) -> None:
    held = asked("Nothing of Al-Jiraif, please.", sensitivity=1, name={"en": "a house"})
    held = replace(held, summary={"en": "They hid in Al-Jiraif."})
    with pytest.raises(
        LeakError, match=r'w1 .*names "Al-Jiraif".*\(journey, summary: They hid in Al-Jiraif\.\)'
    ):
        er.Journey(held, None).save_protected(tmp_path / "open.geojson")
    with pytest.warns(UserWarning, match="Al-Jiraif"):
        er.Journey(replace(held, reviewed="2026-11-30"), None).save_protected(
            tmp_path / "open.geojson"
        )


def test_they_are_told_at_a_publication(tmp_path: Path) -> None:
    held = er.Journey(asked("Nothing of Al-Jiraif, please.", sensitivity=2), None)
    with pytest.warns(
        UserWarning,
        match=r'w1 "Khartum.*": its request names "Al-Jiraif", and so does what is published',
    ):
        held.save_protected(tmp_path / "open.geojson")
