"""Long work says how far it is to whoever listens, and what it gives back is the same where nobody does."""

from __future__ import annotations

import io
import os
import re
import sys
import time
import warnings
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbclient import NotebookClient

from beside import on_posix
from documents import content, journey
from escape_route import progress
from escape_route.distance import bounds, report
from escape_route.distance.bounds import Edge, shortest_journey
from escape_route.distance.settings import Settings
from escape_route.model import read as reading
from making import country

if TYPE_CHECKING:
    from escape_route.model.journey import Journey


@dataclass
class Heard:
    """Remembers what it is told."""

    totals: dict[str, int | None] = field(default_factory=dict)
    steps: dict[str, int] = field(default_factory=dict)
    running: list[str] = field(default_factory=list)

    def __call__(self, what: str, total: int | None) -> Told:
        self.totals[what] = total
        self.steps.setdefault(what, 0)
        self.running.append(what)
        return Told(self, what)


@dataclass
class Told:
    """A task of which somebody was told."""

    heard: Heard
    what: str

    def update(self, steps: int) -> None:
        self.heard.steps[self.what] += steps

    def close(self) -> None:
        assert self.heard.running.pop() == self.what  # the innermost ends first


class Screen(io.StringIO):
    """Stands in for a terminal."""

    def isatty(self) -> bool:
        return True


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
    assert (heard.totals, heard.steps, heard.running) == (
        {"counting": 1000},
        {"counting": 1000},
        [],
    )


def test_a_loop_of_a_single_step_is_not_worth_a_word() -> None:
    heard = Heard()
    with progress.listening(heard):
        assert list(progress.each([7], "counting")) == [7]
    assert heard == Heard()


def test_work_that_breaks_off_is_ended() -> None:
    heard = Heard()
    with (
        progress.listening(heard),
        pytest.raises(KeyboardInterrupt, match="stop"),
        progress.task("counting", 2),
    ):
        raise KeyboardInterrupt("stop")
    assert heard.running == []
    assert not progress.is_listening()


def test_a_report_is_the_same_whoever_listens() -> None:
    alone, heard = report.gather(walk(), Settings(draws=50)), Heard()
    with progress.listening(heard):
        watched = report.gather(walk(), Settings(draws=50))
    assert watched.scopes == alone.scopes
    assert watched.leg_draws == alone.leg_draws


def test_draws_the_search_and_features_are_told() -> None:
    bounds.through.cache_clear()  # the same places are searched once
    heard = Heard()
    with progress.listening(heard):
        report.gather(walk(), Settings(draws=50))
        shortest_journey(
            [country("KR"), country("VN")], [Edge.GEODESIC]
        )  # where all are points nothing is searched
    sweeps = heard.steps["drawing ways"] / heard.totals["drawing ways"]
    assert (heard.totals["drawing ways"], sweeps) == (
        len(walk().waypoints),
        2,
    )  # wherever points lie, and leg by leg
    assert {"searching for the shortest way", "reading features"} <= set(heard.totals)
    assert heard.running == []


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "_PATIENCE_S", 0)


def work(screen: Screen, *, takes_s: float = 0.0) -> None:
    """Work with a terminal on standard error and standard output in a file."""
    with (
        Path(os.devnull).open("w") as out,
        redirect_stdout(out),
        redirect_stderr(screen),
        progress.on_terminal(),
    ):
        two_tasks(takes_s)


def two_tasks(takes_s: float) -> None:
    with progress.task("outer [bold]\x1b[31m", 3) as done:
        for _ in progress.each("ab", "inner"):
            time.sleep(takes_s)
        done(1)


def shown(screen: Screen) -> list[str]:
    """What a terminal shows at the end, a line each, by the movements that were written to it."""
    lines, at = [""], 0
    for piece in re.findall(r"\r|\n|\x1b\[A|[^\r\n\x1b]+", screen.getvalue()):
        if piece == "\n":
            at += 1
            lines += [""] * (at + 1 - len(lines))
        elif piece == "\x1b[A":
            at -= 1
        elif piece != "\r":
            lines[at] = piece
    return [line.rstrip() for line in lines]


def test_a_terminal_shows_each_task_as_one_line_and_is_left_as_it_was() -> None:
    screen = Screen()
    work(screen, takes_s=0.15)
    assert (
        "outer [bold]\N{REPLACEMENT CHARACTER}[31m" in screen.getvalue()
    )  # neither markup nor a control character
    assert re.search("inner .* 50 %", screen.getvalue())
    assert set(shown(screen)) == {""}


def test_a_task_without_a_step_shows_on_a_terminal_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE_S", 0.1)
    screen = Screen()
    with (
        redirect_stderr(screen),
        progress.listening(progress.terminal_bar),
        progress.task("drawing up a page"),
    ):
        time.sleep(0.3)
    assert "drawing up a page 00:00" in screen.getvalue()
    assert set(shown(screen)) == {""}


def test_quick_work_shows_nothing_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE_S", 60)
    screen = Screen()
    work(screen)
    assert screen.getvalue() == ""


def test_a_terminal_that_cannot_redraw_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    screen = Screen()
    work(screen, takes_s=0.05)
    assert screen.getvalue() == ""


def test_what_is_not_a_terminal_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress.on_terminal():
        assert not progress.is_listening()


@on_posix
@pytest.mark.parametrize("through", ["file", "pipe"])
def test_a_terminal_is_told_unless_what_is_printed_goes_through_a_pipe(
    through: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    terminal_end, mine = os.openpty()
    pipe = os.pipe()
    with (
        os.fdopen(mine, "w") as err,
        os.fdopen(pipe[1], "w") as into,
        (tmp_path / "out").open("w") as file,
    ):
        monkeypatch.setattr(sys, "stderr", err)
        monkeypatch.setattr(sys, "stdout", into if through == "pipe" else file)
        with progress.on_terminal():
            assert progress.is_listening() is (through == "file")
    os.close(terminal_end)
    os.close(pipe[0])


def test_a_script_of_somebodys_own_is_told_nothing() -> None:
    with progress.in_notebook():
        assert not progress.is_listening()


def test_who_listens_already_goes_on_alone() -> None:
    heard, screen = Heard(), Screen()
    with progress.listening(heard):
        work(screen)
    assert heard.totals == {"outer [bold]\x1b[31m": 3, "inner": 2}
    assert screen.getvalue() == ""


def test_a_cell_shows_a_task_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    cell = io.StringIO()
    monkeypatch.setattr(progress, "_Cell", lambda: cell)
    with progress.listening(progress.cell_bar), progress.task("<script>\x1b[31m {n}", 4) as done:
        time.sleep(0.25)
        done(1)
    begun, going, ended = (line.strip() for line in cell.getvalue().split("\r") if line)
    assert (
        begun
        == '<label>&lt;script&gt;\N{REPLACEMENT CHARACTER}[31m {n} <progress max="4" value="0"></progress></label> 0%'
    )
    assert (going, ended) == (begun.replace('"0"', '"1"').replace("0%", "25%"), "")


NOTEBOOK = """
import time
from escape_route import progress
with progress.in_notebook(), progress.task('counting', 2) as done:
    time.sleep(0.6); done(1)
    print(progress.is_listening())
with progress.in_notebook(), progress.task('quick', 2) as done:
    done(2)
"""


def test_a_real_kernel_shows_a_bar_and_keeps_none() -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(NOTEBOOK)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a kernel of its own warns of is not ours
        NotebookClient(notebook).execute()
    outputs = notebook.cells[0].outputs
    assert [output["text"] for output in outputs if output["output_type"] == "stream"] == ["True\n"]
    (bar,) = [output["data"] for output in outputs if output["output_type"] == "display_data"]
    assert bar["text/html"] == ""
