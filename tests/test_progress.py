"""Long work says how far it is to whoever listens, and what it gives back is the same where nobody does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from documents import content, journey, leg, waypoint
from escape_route import progress
from escape_route.distance import plausible, report, shortest
from escape_route.distance.plausible import Settings
from escape_route.geography import geodesic
from escape_route.model import read as reading

if TYPE_CHECKING:
    from escape_route.model.journey import Journey


@dataclass
class Heard:
    """Remembers what it is told."""

    totals: dict[str, int | None] = field(default_factory=dict)
    steps: dict[str, int] = field(default_factory=dict)
    running: list[str] = field(default_factory=list)

    def begin(self, what: str, total: int | None) -> int:
        self.totals[what] = total
        self.steps.setdefault(what, 0)
        self.running.append(what)
        return len(self.running)

    def advance(self, task: int, steps: int) -> None:
        self.steps[self.running[task - 1]] += steps

    def end(self, task: int) -> None:
        assert task == len(self.running)  # the innermost ends first
        self.running.pop()


def walk() -> Journey:
    return reading.read(content(journey()))


def test_nobody_is_told_unless_somebody_listens() -> None:
    heard = Heard()
    with progress.listening(heard):
        assert progress.is_listening()
    assert not progress.is_listening()
    assert list(progress.each("abc", "counting")) == ["a", "b", "c"]
    assert heard == Heard()


def test_a_loop_is_told_with_its_length_and_its_steps() -> None:
    heard = Heard()
    with progress.listening(heard):
        assert list(progress.each(range(1000), "counting")) == list(range(1000))
    assert (heard.totals, heard.steps, heard.running) == ({"counting": 1000}, {"counting": 1000}, [])


def test_a_loop_of_a_single_step_is_not_worth_a_word() -> None:
    heard = Heard()
    with progress.listening(heard):
        assert list(progress.each([7], "counting")) == [7]
    assert heard == Heard()


def test_work_that_breaks_off_is_ended() -> None:
    heard = Heard()
    with progress.listening(heard), pytest.raises(KeyboardInterrupt, match="stop"), progress.task("counting", 2):
        raise KeyboardInterrupt("stop")
    assert heard.running == []
    assert not progress.is_listening()


def test_a_report_is_the_same_whoever_listens() -> None:
    alone, heard = report.gather(walk(), Settings(draws=50)), Heard()
    with progress.listening(heard):
        watched = report.gather(walk(), Settings(draws=50))
    assert watched.scopes == alone.scopes
    assert (watched.draws.travelled_m == alone.draws.travelled_m).all()


def test_draws_the_search_and_features_are_told() -> None:
    shortest._shortest.cache_clear()  # noqa: SLF001  # the same places are searched once
    heard = Heard()
    with progress.listening(heard):
        report.gather(walk(), Settings(draws=50))
    assert heard.totals["drawing ways"] == heard.steps["drawing ways"] / 3 == 50  # once for each choice of where
    assert {"searching for the shortest way", "reading features"} <= set(heard.totals)
    assert heard.running == []


def test_a_long_track_is_told_and_measured_once() -> None:
    line = tuple((100 + step / 1000, 15.0) for step in range(3000))
    heard, again = Heard(), Heard()
    with progress.listening(heard):
        length_m = geodesic.line_length_m(line)
    with progress.listening(again):
        assert geodesic.line_length_m(list(line)) == length_m
    assert (heard.totals, again.totals) == ({"measuring a track": 2999}, {})
    assert length_m == pytest.approx(geodesic.line_length_by_pyproj_m(line), abs=1e-3)


def test_draws_beyond_one_batch_are_made_in_several() -> None:
    read = reading.read(content(journey(waypoint(0), waypoint(1), waypoint(2), leg())))
    heard = Heard()
    with progress.listening(heard):
        drawn = plausible.draw(read, Settings(draws=120_000))
    assert (drawn.kept, drawn.proposed, len(drawn.travelled_m)) == (120_000, 120_000, 120_000)
    assert heard.steps["drawing ways"] == 120_000
