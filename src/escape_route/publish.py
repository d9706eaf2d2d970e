"""The one way out: whatever leaves the program as a file goes through `publish`, and no command goes round it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from escape_route.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    """Write to a temporary file beside the target, then put it in its place in one step."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise OutputError(f"{target}: cannot write here: {error.strerror}") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(0o644)
        temporary.replace(target)
    except OSError as error:
        raise OutputError(f"{target}: cannot write: {error.strerror}") from error
    finally:
        temporary.unlink(missing_ok=True)


def _is_same(target: Path, path: Path) -> bool:
    return target.exists() and path.exists() and target.samefile(path)
