"""What an honest user's file holds anyway is no finding; dates and texts are found however they are written."""

from __future__ import annotations

import base64
import json
import math
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

import clean_pages
from beside import IS_LONG
from escape_route.protection import leaks
from leaking import secrets_of

DAY = secrets_of({"when": "2019-12-05"}, {"when": "2019-12"})
HOUSE = secrets_of({"a": "Yanji House"}, {})
PLACE = {"coordinates": [128.04567, 42.01234]}


def kinds(content: str | bytes, secrets: leaks.Secrets, name: str = "a.html") -> set[str]:
    data = content if isinstance(content, bytes) else content.encode()
    return {each.kind for each in leaks.find(data, name, secrets)}


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/#/home/reports",
        "https://x.example/v?path=/media/a.jpg",
        "https://x.example/?u=file:///a",
    ],
)
def test_what_a_published_address_holds_is_nobodys_path(url: str) -> None:
    secrets = secrets_of(PLACE, {"url": url})
    assert kinds(f'<a href="{url}">', secrets) == set()
    assert kinds("see /home/kim/secret.txt", secrets) == {"a path of somebody's machine"}


def test_a_short_word_among_bytes_is_no_finding_and_a_long_one_is() -> None:
    secrets, head = secrets_of({"a": "Musan", "b": "Musan-nodongjagu"}, {}), b"fgb\x03\x00\x01"
    assert kinds(head + b"Musan\x00\xff", secrets) == set()
    assert kinds(head + b"Musan-nodongjagu\x00\xff", secrets) == {"withheld text"}


@pytest.mark.parametrize("word", ["main", "family", "path"])
def test_a_word_in_small_letters_is_looked_for_in_what_people_read(word: str) -> None:
    secrets = secrets_of({"verbatimLocality": word}, {})
    code = (
        f'<html><style>.{word} {{}}</style><p class="{word}">x</p><script>const {word} = 1</script>'
    )
    assert kinds(code, secrets) == set()
    assert kinds(f"<p>by the {word} there</p>", secrets) == (
        {"withheld text"} if secrets.texts else set()
    )


def test_the_same_day_of_another_year_is_no_finding() -> None:
    assert kinds("2021 Dec 5, December 5, 2021, 5 Dec 2021, 2021年12月5日", DAY) == set()


def test_another_day_of_the_month_is_no_finding_and_the_month_is() -> None:
    secrets = secrets_of({"when": "2019-12-05"}, {"when": "2019"})
    assert kinds("version 2019-12-07, of 7 December 2019", secrets) == set()
    for told in ("2019-12-05", "5 December 2019", "in December 2019", "2019-12"):
        assert kinds(told, secrets) == {"withheld date"}
    assert kinds("on 7 December 2019", secrets_of({"when": "2019-12"}, {"when": "2019"})) == {
        "withheld date"
    }


def test_heights_of_a_track_are_no_finding_without_their_positions() -> None:
    line = [[105 + k / 1000, 17.5, 812.25 + k] for k in range(50)]
    assert kinds("at 812.25 m", secrets_of({"geometry": {"coordinates": line}}, {})) == set()


def test_a_number_of_a_drawing_is_no_finding() -> None:
    secrets = secrets_of({"height": 812.25}, {})
    drawing = " ".join(f"{790 + k * 0.25:.2f}" for k in range(100))
    assert kinds(f'<path d="M{drawing}z"/>', secrets) == set()
    assert kinds(f"at 812,25 m, {drawing}", secrets) == {"withheld number"}


@pytest.mark.parametrize(
    "held", [{"range": [1, 2]}, {"coordinates": [10, 20]}, {"coordinates": [2, 1]}]
)
def test_whole_numbers_beside_one_another_are_no_position(held: dict[str, Any]) -> None:
    secrets = secrets_of(held, {})
    assert (
        kinds("fid,weight\n1,2\n10,20\n2,1\n100000 200000 10:20:00 100000.00", secrets, "a.csv")
        == set()
    )


def test_pixels_are_no_positions() -> None:
    numbers = np.frombuffer(np.array([128.04567, 42.01234] * 512).tobytes(), dtype=np.uint8)
    file = BytesIO()
    Image.fromarray(numbers.reshape(64, 128)).save(file, "PNG")
    assert kinds(file.getvalue(), secrets_of(PLACE, {}), "a.png") == set()


@pytest.mark.parametrize(
    "text",
    [
        "5th December 2019", "December 5th, 2019", "5th of December 2019", "Dec. 5, 2019", "5-Dec-2019", "5Dec2019",
        "2019 Dec 5", "5/12/19", "05-12-19", "2019/12/5", "2019. 12. 5.", "2019년 12월 5일", "2019年12月5日",
        "12월5일", "1575504000", "1575504000000", "20191205T1200",
    ],
)  # fmt: skip
def test_a_withheld_day_is_found_however_it_is_written(text: str) -> None:
    assert kinds(f"It was {text} at night.", DAY) == {"withheld date"}


@pytest.mark.parametrize(
    "text", ["5 December 2018", "2019-12", "December 2019", "43804", "2019-340", "12-05"]
)
def test_another_day_is_no_finding(text: str) -> None:
    assert kinds(f"It was {text} at night.", DAY) == set()


@pytest.mark.parametrize(
    "text", ["YanjiHouse", "Yanji, House", "YANJI-HOUSE", "Yanji\N{MIDDLE DOT}House"]
)
def test_words_are_found_whatever_joins_them(text: str) -> None:
    assert kinds(f"the {text} there", HOUSE) == {"withheld text"}
    assert kinds(f"the {text}s there", HOUSE) == set()


def test_numbers_of_neighbouring_points_of_a_drawing_make_no_position() -> None:
    turns = np.linspace(0, 2 * np.pi, 200).tolist()
    ring = [
        [round(167.35 + 0.09 * math.cos(t), 3), round(-43.65 + 0.07 * math.sin(t), 3)]
        for t in turns
    ]
    (lon, _), (_, lat) = ring[20], ring[21]
    secrets = secrets_of(
        {"coordinates": [lon + 2e-4, lat - 1e-4]}, {"coordinates": [167.35, -43.65]}
    )
    assert kinds(json.dumps(ring), secrets) == set()
    assert kinds(f"[{lon},{lat}]", secrets) == {"decimal degrees"}


def test_base64_is_read_though_a_dash_after_it_looks_like_more_of_it() -> None:
    packed = base64.b64encode(b"They met at 42.01234, 128.04567 by night.").decode()
    secrets = secrets_of(PLACE, {"coordinates": [128.05, 42.05]})
    assert kinds(f"<!-- {packed[:40]}\n{packed[40:]}\n-->", secrets) == {"decimal degrees"}


def test_a_doubtful_day_is_no_other_day() -> None:
    secrets = secrets_of(
        {"when": "2019-03-07?", "then": "2019-03-07"}, {"when": "2019-03", "then": "2019-03-07"}
    )
    assert kinds("on 2019-03-07", secrets) == set()


def test_no_clean_page_is_taken_for_a_leak() -> None:
    """A few of the thousand of `make leaks`."""
    assert clean_pages.alarms(clean_pages.own(24 if IS_LONG else 12)) == []
    assert clean_pages.alarms(clean_pages.others(40 if IS_LONG else 20)) == []
