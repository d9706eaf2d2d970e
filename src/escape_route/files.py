"""Files: read where they are files and no larger than a journey, written whole or not at all, or held in an address."""

from __future__ import annotations

import base64
import secrets
from contextlib import suppress
from pathlib import Path

from escape_route.errors import EscapeRouteError, OutputError

MOST_BYTES = 200_000_000  # of a journey's file
_OF_SYSTEM, _IN_MEMORY = ("/dev", "/proc", "/sys"), "/dev/shm"  # noqa: S108  # names of devices and of what is open; files


def read_whole(path: Path, name: str, most: int = MOST_BYTES) -> bytes:
    """Bytes of a file of so many at the most; `name` is its name for messages.

    Raises EscapeRouteError where it cannot be read, is larger than that, or is a device or a pipe,
    which may never end.
    """
    try:
        if not path.is_file():
            raise EscapeRouteError(
                f"{name}: not a file but a device or a pipe (write it into a file first)"
            )
        size = path.stat().st_size
        if size > most:
            raise EscapeRouteError(
                f"{name}: {size / 1e6:,.0f} MB, more than {most / 1e6:,.0f} (split it, or simplify its tracks)"
            )
        return path.read_bytes()
    except OSError as error:
        raise EscapeRouteError(f"{name}: cannot read: {error.strerror}") from error


def write_whole(target: Path, content: bytes) -> None:
    """Write to a temporary file beside the target, then put it in its place in one step.

    The temporary file is named before it is made, so that an interruption at any moment finds it
    and takes it away.

    Raises OutputError where the file cannot be written; what was there before is there still.
    """
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        if is_device(target):
            raise OutputError(f"{target}: a folder, a device or a pipe; give the name of a file")
        _make(temporary, target, content)
        temporary.replace(target)
    except OSError as error:
        raise OutputError(f"{target}: cannot write: {error.strerror}") from error
    finally:
        with suppress(OSError):  # it was never made, or has its place now
            temporary.unlink()


def is_device(path: Path) -> bool:
    """Whether a path is no file of its own: a folder, a device, a pipe, or a name of what is open, as `/dev/stdout`.

    The last may lead to a file: put in its place, ours would take the name from every program of
    the machine.
    """
    folder = path.parent.resolve()
    is_of_system = any(
        folder.is_relative_to(each) for each in _OF_SYSTEM
    ) and not folder.is_relative_to(_IN_MEMORY)
    return is_of_system or (path.exists() and not path.is_file())


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


def data_uri(media_type: str, content: bytes) -> str:
    """Address that holds a file whole, for pages that ask for nothing."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"
