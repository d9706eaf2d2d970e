"""Progress bars: on standard error where that is a terminal, and in a notebook's cell; nowhere else.

A bar shows only once the work has taken a moment, and is gone when it is done. What is piped or tested sees nothing.
"""

from __future__ import annotations

import html
import os
import stat
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer
from typing import TYPE_CHECKING, Protocol

from escape_route import progress
from escape_route.errors import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.progress import Progress, TaskID

_PATIENCE_S = 0.5  # work that is done sooner shows nothing
_REDRAWN_S = 0.2  # a notebook redraws its bar no more often


@contextmanager
def on_terminal() -> Iterator[None]:
    """Show bars on standard error while the work within goes on, if that is a terminal."""
    if progress.is_listening() or not sys.stderr.isatty() or _is_piped():
        yield
        return
    bar = TerminalBar()
    try:
        with progress.listening(bar):
            yield
    finally:
        bar.close()


@contextmanager
def in_notebook() -> Iterator[None]:
    """Show bars in the cell that runs, if this is a notebook's kernel; in a script of somebody's own nothing."""
    display = None if progress.is_listening() else _notebook_display()
    if display is None:
        yield
        return
    bar = NotebookBar(display)
    try:
        with progress.listening(bar):
            yield
    finally:
        bar.close()


def _is_piped() -> bool:
    """Whether standard output goes to another program, which may be drawing on the same terminal."""
    try:
        return stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return True


class TerminalBar:
    """One line a task, drawn by rich on standard error; the lines go when the outermost task ends.

    Parameters
    ----------
    console
        Where to draw; standard error where None.
    patience_s
        How long the outermost task may take before anything shows, in seconds.
    """

    def __init__(self, console: Console | None = None, patience_s: float = _PATIENCE_S) -> None:
        """Draw nothing yet."""
        self._console = console
        self._patience_s = patience_s
        self._lines: dict[int, TaskID] = {}
        self._progress: Progress | None = None
        self._timer: Timer | None = None

    def begin(self, what: str, total: int | None) -> int:
        """Begin a line; the first one shows after a moment."""
        if self._progress is None:
            self._progress = self._new_progress()
            self._timer = Timer(self._patience_s, self._progress.start)
            self._timer.daemon = True
            self._timer.start()
        line = self._progress.add_task(visible(what), total=total)
        self._lines[int(line)] = line
        return int(line)

    def advance(self, task: int, steps: int) -> None:
        """Lengthen a line."""
        if self._progress is not None:
            self._progress.advance(self._lines[task], steps)

    def end(self, task: int) -> None:
        """End a line, and with the last one all of it."""
        line = self._lines.pop(task)
        if not self._lines:
            self.close()
        elif self._progress is not None:
            self._progress.remove_task(line)

    def close(self) -> None:
        """Take away what shows: the terminal is as it was."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        if self._progress is not None:
            self._progress.stop()
        self._lines.clear()
        self._progress = self._timer = None

    def _new_progress(self) -> Progress:
        from rich.console import Console  # noqa: PLC0415  # only where something is shown
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        console = self._console or Console(stderr=True)
        return Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=30),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_interactive,
            redirect_stdout=False,
            redirect_stderr=False,
        )


class Display(Protocol):
    """An output of a cell that can be drawn anew."""

    def update(self, markup: str) -> None:
        """Show other HTML in its place."""


class NewDisplay(Protocol):
    """Makes an output in the cell that runs."""

    def __call__(self, markup: str) -> Display:
        """Show HTML, and give what it can be replaced by."""


@dataclass(slots=True)
class _Task:
    what: str
    total: int | None
    done: int = 0


class NotebookBar:
    """HTML progress elements below the cell, without a widget; they are empty when the outermost task ends.

    Parameters
    ----------
    display
        Makes an output in the cell.
    patience_s
        How long the work may take before anything shows, in seconds.
    """

    def __init__(self, display: NewDisplay, patience_s: float = _PATIENCE_S) -> None:
        """Draw nothing yet."""
        self._display = display
        self._tasks: dict[int, _Task] = {}
        self._next = 0
        self._due_s = time.monotonic() + patience_s
        self._shown: Display | None = None

    def begin(self, what: str, total: int | None) -> int:
        """Begin a line."""
        self._next += 1
        self._tasks[self._next] = _Task(what, total)
        self._draw()
        return self._next

    def advance(self, task: int, steps: int) -> None:
        """Lengthen a line."""
        self._tasks[task].done += steps
        self._draw()

    def end(self, task: int) -> None:
        """End a line."""
        del self._tasks[task]
        if not self._tasks:
            self.close()

    def close(self) -> None:
        """Leave nothing in the cell."""
        self._tasks.clear()
        if self._shown is not None:
            self._shown.update("")
        self._shown = None

    def _draw(self) -> None:
        now_s = time.monotonic()
        if now_s < self._due_s:
            return
        self._due_s = now_s + _REDRAWN_S
        markup = "".join(map(_line, self._tasks.values()))
        if self._shown is None:
            self._shown = self._display(markup)
        else:
            self._shown.update(markup)


def _line(task: _Task) -> str:
    """One task as HTML; without a value the element shows that something goes on."""
    value = "" if task.total is None else f' max="{task.total}" value="{min(task.done, task.total)}"'
    said = "" if not task.total else f" {min(task.done, task.total) / task.total:.0%}"
    return f"<div><label>{html.escape(visible(task.what))} <progress{value}></progress></label>{said}</div>"


def _notebook_display() -> NewDisplay | None:
    """How to show something in the cell that runs; None where no notebook's kernel runs."""
    if "IPython" not in sys.modules:
        return None
    from IPython import get_ipython  # noqa: PLC0415  # only where it is loaded already
    from IPython.display import HTML, display  # noqa: PLC0415

    if getattr(get_ipython(), "kernel", None) is None:
        return None

    class _Output:
        def __init__(self, markup: str) -> None:
            self._handle = display(HTML(markup), display_id=True)  # type: ignore[no-untyped-call]

        def update(self, markup: str) -> None:
            self._handle.update(HTML(markup))  # type: ignore[no-untyped-call]

    return _Output
