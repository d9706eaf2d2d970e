"""Long work says how far it is, and does not know who listens: a terminal's bar, a notebook's, or nobody.

A context variable holds the listener. The loops that take long lie at the bottom, under `publish`'s renderers and the
formats' readers, whose signatures have no room for it; and what they give back never depends on who listens.
"""

from __future__ import annotations

from collections.abc import Sized
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_STEPS = 200  # a listener is told of this many steps of a loop, however long it is

Item = TypeVar("Item")


class Listener(Protocol):
    """Who is told of long work. Tasks may lie within one another; the one that began last ends first."""

    def begin(self, what: str, total: int | None) -> int:
        """Begin a task of so many steps, None where nobody knows; gives the task's number."""

    def advance(self, task: int, steps: int) -> None:
        """Note that so many more steps of a task are done."""

    def end(self, task: int) -> None:
        """End a task, whether it was finished or broken off."""


_LISTENER: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Listener | None) -> Iterator[None]:
    """Tell a listener of all work within; nobody where it is None."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def is_listening() -> bool:
    """Whether somebody is told of the work that is done now."""
    return _LISTENER.get() is not None


@contextmanager
def task(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Do a piece of work that may take long.

    Parameters
    ----------
    what
        The work in a few words: "drawing journeys".
    total
        How many steps it has; None where nobody knows.

    Yields
    ------
    callable
        To be called with the number of further steps that are done.

    Examples
    --------
    >>> with task("counting sheep", total=3) as done:
    ...     done(3)
    """
    listener = _LISTENER.get()
    if listener is None:
        yield _unheard
        return
    number = listener.begin(what, total)
    try:
        yield partial(listener.advance, number)
    finally:
        listener.end(number)


def each(items: Iterable[Item], what: str, *, total: int | None = None) -> Iterable[Item]:
    """Items as they are, one step of a task each; `total` is how many there are, where they have no length.

    Of a single item nothing is said: it is done when it is done.

    Examples
    --------
    >>> [sheep for sheep in each("abc", "counting sheep")]
    ['a', 'b', 'c']
    """
    count = _length(items) if total is None else total
    return items if _LISTENER.get() is None or count == 1 else _counted(items, what, count)


def _counted(items: Iterable[Item], what: str, total: int | None) -> Iterator[Item]:
    stride = max(1, (total or 0) // _STEPS)
    with task(what, total) as done:
        for number, item in enumerate(items, start=1):
            yield item
            if number % stride == 0:
                done(stride)


def _length(items: Iterable[object]) -> int | None:
    return len(items) if isinstance(items, Sized) else None


def _unheard(steps: int) -> None:
    """Nobody listens."""
