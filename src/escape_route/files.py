"""Files are written whole or not at all."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from escape_route.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(target: Path, content: bytes) -> None:
    """Write to a temporary file beside the target, then put it in its place in one step.

    The temporary file is named before it is made, so that an interruption at any moment finds it and takes it away.

    Raises
    ------
    OutputError
        Where the file cannot be written; what was there before is there still.
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
