"""What other pages say of the calibration is what is stored of it: `make calibrate` writes it."""

from __future__ import annotations

import runpy

import pytest

from beside import PROJECT

SAYING = runpy.run_path(str(PROJECT / "benchmarks" / "calibration_said.py"))
SENTENCES = [
    (page, sentence) for page, sentences in SAYING["SAID"].items() for sentence in sentences
]


@pytest.mark.parametrize(("page", "sentence"), SENTENCES)
def test_a_page_says_once_what_is_stored(page: str, sentence: str) -> None:
    text = (PROJECT / page).read_text("utf-8")
    assert SAYING["said"](text, sentence, SAYING["current"]()) == (text, 1)


def test_a_number_that_is_not_the_stored_one_is_put_right_across_a_broken_line() -> None:
    put = SAYING["said"](
        "it held 1\nof 1,200 (3 %).", "it held {a} of {b} ({c} %)", {"a": "2", "b": "90", "c": "4"}
    )
    assert put == ("it held 2\nof 90 (4 %).", 1)


def test_legs_of_a_network_are_counted_once() -> None:
    stops = {
        "as_told": {"legs": 2600},
        "unlike_most": {"legs": 2600},
        "any_towns": {"legs": 10_000},
    }
    total = {"n": 2, "held": [1, 1, 1], "crps": {"escape-route": 0.1, "straight lines x 1.3": 0.2}}
    weighed = [{"held": [True] * 3, "below": 0.5}, {"held": [False] * 3, "below": 0.001}]
    found = {"held out": {"cover": [total], "journeys": weighed}, "development": {"journeys": []}}
    told = SAYING["numbers"](found, {"modes": {"road": {"stops": stops}}})
    assert (told["legs"], told["missed"], told["short"], told["share95"]) == (
        "13,000",
        "1",
        "1",
        "50.0",
    )
