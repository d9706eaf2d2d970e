"""Long work says how far it is: tqdm draws that on a terminal and in a notebook's cell, and nowhere else.

A context variable holds who is told. The loops that take long lie at the bottom, under `publish`'s
renderers and the formats' readers, whose signatures have no room for it; and what they give back
never depends on who listens. A bar shows only once the work has taken a moment, and is gone when it
is done. What is piped or tested sees nothing.
"""

from __future__ import annotations

import html
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from threading import RLock, Timer
from typing import Any, Protocol, TypeVar, cast

_STEPS = 200  # a listener is told of this many steps of a loop, however long it is
_PATIENCE_S = 0.5  # work that is done sooner shows nothing
_JITTER_S = 0.01  # between the clocks of a timer and of a bar
_TERMINAL = {True: "{desc} {bar:30} {percentage:3.0f} % {elapsed}", False: "{desc} {elapsed}"}
_CELL = {
    True: '<label>{desc} <progress max="{total}" value="{n}"></progress></label> {percentage:.0f}%',
    False: "<label>{desc} <progress></progress></label>",
}

Item = TypeVar("Item")


class Bar(Protocol):
    """A task as it is shown."""

    def update(self, steps: int) -> object:
        """Note that so many more steps are done."""

    def close(self) -> None:
        """End the task, whether it was finished or broken off."""


class NewBar(Protocol):
    """Begins a task: its words, and its number of steps, None where nobody knows. The one begun last ends first."""

    def __call__(self, what: str, total: int | None) -> Bar:
        """Begin it."""


_LISTENER: ContextVar[NewBar | None] = ContextVar("listener", default=None)


@contextmanager
def listening(new_bar: NewBar | None) -> Iterator[None]:
    """Show all work within by bars of a kind; none where it is None."""
    token = _LISTENER.set(new_bar)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def is_listening() -> bool:
    """Whether somebody is told of the work that is done now."""
    return _LISTENER.get() is not None


@contextmanager
def on_terminal() -> Iterator[None]:
    """Show bars on standard error while the work within goes on, if that is a terminal that can redraw a line."""
    can_redraw = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    with listening(_LISTENER.get() or (terminal_bar if can_redraw and not _is_piped() else None)):
        yield


@contextmanager
def in_notebook() -> Iterator[None]:
    """Show bars in the cell that runs, if this is a notebook's kernel; in a script of somebody's own nothing."""
    with listening(_LISTENER.get() or (cell_bar if _has_kernel() else None)):
        yield


@contextmanager
def task(what: str, total: int | None = None) -> Iterator[Callable[[int], object]]:
    """Do a piece of work that may take long, said in a few words, in so many steps; None where nobody knows how many.

    What it gives is called with the number of further steps that are done.

    >>> with task("counting sheep", total=3) as done:
    ...     done(3)
    """
    new_bar = _LISTENER.get()
    if new_bar is None:
        yield _unheard
        return
    bar = new_bar(what, total)
    try:
        yield bar.update
    finally:
        bar.close()


def each(items: Iterable[Item], what: str, *, total: int | None = None) -> Iterable[Item]:
    """Items as they are, one step of a task each; `total` is how many there are, where they have no length.

    Of a single item nothing is said: it is done when it is done.

    >>> [sheep for sheep in each("abc", "counting sheep")]
    ['a', 'b', 'c']
    """
    count = len(items) if total is None and isinstance(items, Sized) else total
    return items if _LISTENER.get() is None or count == 1 else _counted(items, what, count)


def _counted(items: Iterable[Item], what: str, total: int | None) -> Iterator[Item]:
    stride = max(1, (total or 0) // _STEPS)
    with task(what, total) as done:
        for number, item in enumerate(items, start=1):
            yield item
            if number % stride == 0:
                done(stride)


def _unheard(steps: int) -> None:
    """Nobody listens."""


@cache
def _tqdm() -> Callable[..., Bar]:
    """Tqdm's bars with a lock of their own: no process beside this one draws them, and no thread watches them."""
    from tqdm import tqdm  # noqa: PLC0415  # as long as a start: loaded where something is shown

    quiet: Any = type("Quiet", (tqdm,), {"monitor_interval": 0})
    quiet.set_lock(RLock())
    return cast("Callable[..., Bar]", quiet)


@dataclass(frozen=True, slots=True)
class _Terminal:
    """A bar that shows after a moment even if no step is done by then."""

    bar: Bar
    timer: Timer

    def update(self, steps: int) -> object:
        return self.bar.update(steps)

    def close(self) -> None:
        self.timer.cancel()
        self.timer.join()
        self.bar.close()


def terminal_bar(what: str, total: int | None) -> Bar:
    """Show a task as a line of standard error."""
    drawn = {
        "bar_format": _TERMINAL[bool(total)],
        "delay": _PATIENCE_S,
        "leave": False,
        "dynamic_ncols": True,
    }
    bar = _tqdm()(desc=_printable(what), total=total, **drawn)
    timer = Timer(_PATIENCE_S + _JITTER_S, bar.update, (0,))
    timer.daemon = True
    timer.start()
    return _Terminal(bar, timer)


def _printable(what: str) -> str:
    """Words in which nothing acts on a terminal: control characters and direction marks are replaced."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in what
    )


def _is_piped() -> bool:
    """Whether standard output goes to another program, which may be drawing on the same terminal."""
    try:
        return stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        return True


class _Cell:
    """An output of the cell that runs, as a file: a line replaces the one before it, without a widget."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self._handle: Any = None

    def write(self, line: str) -> None:
        from IPython.display import HTML, display  # noqa: PLC0415  # only where a kernel has loaded it

        markup = HTML(f"<div>{line.strip()}</div>" if line.strip() else "")  # type: ignore[no-untyped-call]
        if self._handle is not None:
            self._handle.update(markup)
        elif line.strip():
            self._handle = display(markup, display_id=True)  # type: ignore[no-untyped-call]

    def flush(self) -> None:
        """Nothing waits."""


def cell_bar(what: str, total: int | None) -> Bar:
    """Show a task below the cell that runs."""
    drawn = {
        "bar_format": _CELL[bool(total)],
        "delay": _PATIENCE_S,
        "leave": False,
        "mininterval": 0.2,
        "position": 0,
    }
    return _tqdm()(desc=html.escape(_printable(what)), total=total, file=_Cell(), **drawn)


def _has_kernel() -> bool:
    """Whether this runs in a notebook's kernel."""
    if "IPython" not in sys.modules:
        return False
    from IPython import get_ipython  # noqa: PLC0415  # only where it is loaded already

    return getattr(get_ipython(), "kernel", None) is not None
