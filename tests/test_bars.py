"""Bars show on a terminal and in a notebook, go when the work is done, and show nowhere else."""

from __future__ import annotations

import io
import os
import pty
import sys
import time
import warnings
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbclient import NotebookClient
from rich.console import Console

from escape_route import bars, progress

if TYPE_CHECKING:
    from pathlib import Path


class Cell:
    """Stands in for a cell of a notebook: everything that its one output ever showed."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def __call__(self, markup: str) -> Cell:
        self.shown.append(markup)
        return self

    def update(self, markup: str) -> None:
        self.shown.append(markup)


def terminal() -> tuple[Console, io.StringIO]:
    written = io.StringIO()
    return Console(file=written, force_terminal=True, force_interactive=True, width=80, color_system=None), written


def work(bar: progress.Listener, *, takes_s: float = 0.0) -> None:
    with progress.listening(bar), progress.task("outer [bold]\x1b[31m", 3) as done:
        for _ in progress.each("ab", "inner"):
            time.sleep(takes_s)
        done(1)


def test_a_terminal_shows_each_task_as_one_line() -> None:
    console, written = terminal()
    bar = bars.TerminalBar(console, patience_s=0)
    work(bar, takes_s=0.15)
    assert r"outer [bold]\x1b[31m" in written.getvalue()  # neither markup nor a control character
    assert "inner" in written.getvalue()


def test_a_terminal_is_left_as_it_was() -> None:
    console, written = terminal()
    work(bars.TerminalBar(console, patience_s=0), takes_s=0.1)
    assert written.getvalue().endswith("\x1b[?25h\r\x1b[1A\x1b[2K")  # cursor shown, the line taken away


def test_quick_work_shows_nothing_on_a_terminal() -> None:
    console, written = terminal()
    work(bars.TerminalBar(console, patience_s=60))
    assert written.getvalue() == ""


def test_a_bar_serves_one_piece_of_work_after_another() -> None:
    console, written = terminal()
    bar = bars.TerminalBar(console, patience_s=0)
    work(bar, takes_s=0.05)
    first = len(written.getvalue())
    work(bar, takes_s=0.05)
    assert first < len(written.getvalue())


def test_a_terminal_that_cannot_redraw_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    written = io.StringIO()
    work(bars.TerminalBar(Console(file=written, force_terminal=True), patience_s=0), takes_s=0.05)
    assert written.getvalue() == ""


def test_a_notebook_shows_its_tasks_escaped_and_ends_empty() -> None:
    cell = Cell()
    work(bars.NotebookBar(cell, patience_s=0))
    assert cell.shown[0] == (
        r'<div><label>outer [bold]\x1b[31m <progress max="3" value="0"></progress></label> 0%</div>'
    )
    assert cell.shown[-1] == ""


def test_markup_in_a_task_is_text_in_a_notebook() -> None:
    cell = Cell()
    with progress.listening(bars.NotebookBar(cell, patience_s=0)), progress.task("<script>", None):
        pass
    assert cell.shown == ["<div><label>&lt;script&gt; <progress></progress></label></div>", ""]


def test_quick_work_shows_nothing_in_a_notebook() -> None:
    cell = Cell()
    work(bars.NotebookBar(cell, patience_s=60))
    assert cell.shown == []


def test_what_is_not_a_terminal_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with bars.on_terminal():
        assert not progress.is_listening()


@pytest.mark.parametrize("through", ["file", "pipe"])
def test_a_terminal_is_told_unless_what_is_printed_goes_through_a_pipe(
    through: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    terminal_end, mine = pty.openpty()
    pipe = os.pipe()
    with os.fdopen(mine, "w") as err, os.fdopen(pipe[1], "w") as into, (tmp_path / "out").open("w") as file:
        monkeypatch.setattr(sys, "stderr", err)
        monkeypatch.setattr(sys, "stdout", into if through == "pipe" else file)
        with bars.on_terminal():
            assert progress.is_listening() is (through == "file")
    os.close(terminal_end)
    os.close(pipe[0])


def test_a_script_of_somebodys_own_is_told_nothing() -> None:
    with bars.in_notebook():
        assert not progress.is_listening()


def test_who_listens_already_goes_on_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = bars.NotebookBar(Cell()), Cell()
    monkeypatch.setattr(bars, "_notebook_display", lambda: other)
    with progress.listening(mine), bars.in_notebook(), progress.task("x", 1) as done:
        done(1)
    assert other.shown == []


def test_a_real_kernel_shows_a_bar_and_keeps_none() -> None:
    code = (
        "import time\nfrom escape_route import bars, progress\n"
        "with bars.in_notebook(), progress.task('counting', 2) as done:\n"
        "    time.sleep(0.6); done(1)\n    print(progress.is_listening())"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    client = NotebookClient(notebook)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a kernel of its own warns of is not ours
        client.execute()
    outputs = notebook.cells[0].outputs
    assert [output["text"] for output in outputs if output["output_type"] == "stream"] == ["True\n"]
    (bar,) = [output["data"] for output in outputs if output["output_type"] == "display_data"]
    assert bar["text/html"] == ""
