"""What an honest user's file holds anyway is no finding; dates and texts are found however they are written."""

from __future__ import annotations

import base64
import json
import math
import sys
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from beside import PROJECT
from escape_route.protection import leaks
from escape_route.protection.leaks import vocabulary

sys.path.append(str(PROJECT / "benchmarks"))
import leak_words

DAY = leaks.secrets_of({"when": "2019-12-05"}, {"when": "2019-12"})
HOUSE = leaks.secrets_of({"a": "Yanji House"}, {})
PLACE = {"coordinates": [128.04567, 42.01234]}


def kinds(content: str | bytes, secrets: leaks.Secrets, name: str = "a.html") -> set[str]:
    data = content if isinstance(content, bytes) else content.encode()
    return {each.kind for each in leaks.find(data, name, secrets)}


@pytest.mark.parametrize(
    "url",
    ["https://x.example/#/home/reports", "https://x.example/v?path=/media/a.jpg", "https://x.example/?u=file:///a"],
)
def test_what_a_published_address_holds_is_nobodys_path(url: str) -> None:
    secrets = leaks.secrets_of(PLACE, {"url": url})
    assert kinds(f'<a href="{url}">', secrets) == set()
    assert kinds("see /home/kim/secret.txt", secrets) == {"a path of somebody's machine"}


@pytest.mark.parametrize(
    ("word", "ending"),
    [("Railway", "html"), ("government", "html"), ("main", "xlsx"), ("family", "xlsx"), ("spheroid", "gpkg")],
)
def test_a_word_that_a_kind_of_file_always_has_is_no_finding_there(word: str, ending: str) -> None:
    secrets = leaks.secrets_of({"verbatimLocality": word}, {})
    assert kinds(f"the {word} of it", secrets, f"a.{ending}") == set()
    assert kinds(f"the {word} of it", secrets, "a.kml") == ({"withheld text"} if secrets.texts else set())


def test_a_short_word_among_bytes_is_no_finding_and_a_long_one_is() -> None:
    secrets = leaks.secrets_of({"a": "Musan", "b": "Musan-nodongjagu"}, {})
    assert kinds(b"\xff\x00\x01Musan\x00\xff", secrets) == set()
    assert kinds(b"\xff\x00\x01Musan-nodongjagu\x00\xff", secrets) == {"withheld text"}


def test_heights_of_a_track_are_no_finding_without_their_positions() -> None:
    line = [[105 + k / 1000, 17.5, 812.25 + k] for k in range(50)]
    assert kinds("at 812.25 m", leaks.secrets_of({"geometry": {"coordinates": line}}, {})) == set()


def test_a_number_among_many_like_it_is_no_finding() -> None:
    secrets = leaks.secrets_of({"height": 812.25}, {})
    drawing = " ".join(f"{790 + k * 0.37:.2f}" for k in range(100))
    assert kinds(f"at 812.25 m {drawing}", secrets) == set()


@pytest.mark.parametrize("held", [{"range": [1, 2]}, {"coordinates": [10, 20]}, {"coordinates": [2, 1]}])
def test_whole_numbers_beside_one_another_are_no_position(held: dict[str, Any]) -> None:
    secrets = leaks.secrets_of(held, {})
    assert kinds("fid,weight\n1,2\n10,20\n2,1\n100000 200000 10:20:00 100000.00", secrets, "a.csv") == set()


def test_whole_numbers_that_a_file_names_as_coordinates_are_one() -> None:
    held = leaks.secrets_of({"coordinates": [10, 20]}, {"coordinates": [10.05, 20.05]})
    assert kinds(json.dumps({"coordinates": [10, 20]}), held, "a.geojson") == {"decimal degrees"}


def test_the_workbook_s_own_example_is_no_withheld_month() -> None:
    secrets = leaks.secrets_of({"when": "2019-12"}, {"when": "2019"})
    assert kinds("2019-12", secrets, "a.xlsx") == set()
    assert kinds("in December 2019", secrets) == {"withheld date"}


def test_pixels_are_no_positions() -> None:
    numbers = np.frombuffer(np.array([128.04567, 42.01234] * 512).tobytes(), dtype=np.uint8)
    file = BytesIO()
    Image.fromarray(numbers.reshape(64, 128)).save(file, "PNG")
    assert kinds(file.getvalue(), leaks.secrets_of(PLACE, {}), "a.png") == set()


@pytest.mark.parametrize(
    "text",
    [
        "5th December 2019", "December 5th, 2019", "5th of December 2019", "Dec. 5, 2019", "5-Dec-2019", "5Dec2019",
        "2019 Dec 5", "5/12/19", "05-12-19", "2019/12/5", "2019. 12. 5.", "2019년 12월 5일", "2019年12月5日",
        "12월5일", "2019-W49-4", "2019-339", "1575504000", "1575504000000", "20191205T1200",
    ],
)  # fmt: skip
def test_a_withheld_day_is_found_however_it_is_written(text: str) -> None:
    assert kinds(f"It was {text} at night.", DAY) == {"withheld date"}


@pytest.mark.parametrize("text", ["5 December 2018", "2019-12", "December 2019", "43804", "2019-340", "12-05"])
def test_another_day_is_no_finding(text: str) -> None:
    assert kinds(f"It was {text} at night.", DAY) == set()


@pytest.mark.parametrize("text", ["YanjiHouse", "Yanji, House", "YANJI-HOUSE", "Yanji\N{MIDDLE DOT}House"])
def test_words_are_found_whatever_joins_them(text: str) -> None:
    assert kinds(f"the {text} there", HOUSE) == {"withheld text"}
    assert kinds(f"the {text}s there", HOUSE) == set()


def test_numbers_of_neighbouring_points_of_a_drawing_make_no_position() -> None:
    turns = np.linspace(0, 2 * np.pi, 200).tolist()
    ring = [[round(167.35 + 0.09 * math.cos(t), 3), round(-43.65 + 0.07 * math.sin(t), 3)] for t in turns]
    (lon, _), (_, lat) = ring[20], ring[21]
    secrets = leaks.secrets_of({"coordinates": [lon + 2e-4, lat - 1e-4]}, {"coordinates": [167.35, -43.65]})
    assert kinds(json.dumps(ring), secrets) == set()
    assert kinds(f"[{lon},{lat}]", secrets) == {"decimal degrees"}


def test_digits_of_two_cells_are_two_numbers() -> None:
    secrets = leaks.secrets_of(PLACE, {"coordinates": [128.05, 42.05]})
    assert kinds("<tr><td>42.01</td><td>234</td><td>128.04</td><td>567</td></tr>", secrets) == set()
    assert kinds("42.01<b>234</b>, 128.04<b>567</b>", secrets) == {"decimal degrees"}


@pytest.mark.parametrize("ending", ["html", "md", "svg"])
def test_the_words_that_a_kind_of_file_always_has_are_kept_current(ending: str) -> None:
    assert sorted(vocabulary.said_in(f"a.{ending}")) == leak_words.said((ending,))[ending], "make words renews them"


def test_base64_is_read_though_a_dash_after_it_looks_like_more_of_it() -> None:
    packed = base64.b64encode(b"They met at 42.01234, 128.04567 by night.").decode()
    secrets = leaks.secrets_of(PLACE, {"coordinates": [128.05, 42.05]})
    assert kinds(f"<!-- {packed[:40]}\n{packed[40:]}\n-->", secrets) == {"decimal degrees"}


def test_a_doubtful_day_is_no_other_day() -> None:
    secrets = leaks.secrets_of({"when": "2019-03-07?", "then": "2019-03-07"}, {"when": "2019-03", "then": "2019-03-07"})
    assert kinds("on 2019-03-07", secrets) == set()


def test_the_index_of_a_table_may_round_what_is_published_to_single_precision() -> None:
    secrets = leaks.secrets_of(PLACE, {"coordinates": [128.05, 42.05]})
    rounded = ",".join(f"{float(np.float32(value)):.14f}" for value in (128.05, 42.05))
    assert kinds(f"lon,lat\n{rounded}\n", secrets, "a.csv") == set()
