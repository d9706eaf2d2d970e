"""The one way out: whatever leaves the program as a file goes through `publish`, and no command goes round it."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from escape_route.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from escape_route.model import Journey


def publish(
    journeys: Sequence[Journey],
    render: Callable[[Sequence[Journey]], bytes],
    target: Path,
    *,
    held: Sequence[Path] = (),
) -> None:
    """Render journeys and write the result whole, or not at all.

    The renderer sees the journeys that it is given here and no others. For now these are all of them, as read; what is
    to be held back is to be taken out here, before anything is drawn.

    Parameters
    ----------
    journeys
        As read.
    render
        Makes the bytes of the file.
    target
        Where to write; its folder is made.
    held
        Files that the journeys were read from, which are never written over.

    Raises
    ------
    OutputError
        Where the file cannot be written, or is one of `held`.
    """
    if any(_is_same(target, path) for path in held):
        raise OutputError(f"{target}: this is the journey's own file; give another name")
    write_whole(target, render(journeys))


def write_whole(target: Path, content: bytes) -> None:
    """Write to a temporary file beside the target, then put it in its place in one step.

    The temporary file is named before it is made, so that an interruption at any moment finds it and takes it away.
    """
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        _make(temporary, target, content)
        temporary.replace(target)
    except OSError as error:
        raise OutputError(f"{target}: cannot write: {error.strerror}") from error
    finally:
        with suppress(OSError):  # it was never made, or has its place now
            temporary.unlink()


def _make(temporary: Path, target: Path, content: bytes) -> None:
    """Write a new file that anybody may read."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        file = temporary.open("xb")
    except OSError as error:
        raise OutputError(f"{target}: cannot write here: {error.strerror}") from error
    with file:
        file.write(content)
    temporary.chmod(0o644)


def _is_same(target: Path, path: Path) -> bool:
    return target.exists() and path.exists() and target.samefile(path)
