"""The leak check: nothing that a held file has and its published form has not may stand in a published file.

`secrets_of_all` says what that is, `find` looks for it as people and programs write it by accident: in any text, in any
file within the file. Whoever hides something on purpose gets it past.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from escape_route.protection.leaks import scan, unpack
from escape_route.protection.leaks.frames import places_of
from escape_route.protection.leaks.parts import Budget, Bytes, Finding, Inside, Passage, gap, joined
from escape_route.protection.leaks.secrets import Secrets, secrets_of_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Finding", "Secrets", "find", "secrets_of_all"]

_DEEPEST = 8


def find(content: bytes, name: str, secrets: Secrets, *, own: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Find what should not be in a published file, or in its name.

    `own` are long passages that the program's own files carry unchanged (scripts, styles): nothing is looked for in
    them. Findings come each once, in the order of the file. A part that cannot be looked through is one too, with
    `is_gap`: nothing is called clean that was not read.

    Examples
    --------
    >>> held = {"geometry": {"coordinates": [128.04567, 42.01234]}}
    >>> secrets = secrets_of_all([held], [{"geometry": {"coordinates": [128.05, 42.05]}}])
    >>> [str(each) for each in find(b"They met at 42.01234, 128.04567.", "note.txt", secrets)]
    ['line 1, column 13: decimal degrees (held at geometry.coordinates)']
    >>> find(b"They met near 42.05, 128.05.", "note.txt", secrets)
    ()
    """
    places = places_of(secrets)
    findings = dict.fromkeys(scan.passage(joined([(name, "the file's own name")]), places))
    blobs: list[Bytes] = []
    for part in _all_parts(Inside(content, name, "")):
        if isinstance(part, Finding):
            findings[part] = None
        elif isinstance(part, Passage):
            findings |= dict.fromkeys(scan.passage(part, places, own))
        else:
            blobs.append(part)
    return tuple(findings | dict.fromkeys(scan.in_bytes(blobs, places)))


def _all_parts(file: Inside) -> Iterator[Passage | Bytes | Finding]:
    """Take a file apart to the last."""
    budget = Budget()
    waiting = [(file, 0)]
    while waiting:
        inside, depth = waiting.pop()
        if depth > _DEEPEST:
            yield gap("a file in a file, too many deep", inside.place)
            continue
        for part in unpack.open_up(inside, budget):
            if isinstance(part, Inside):
                waiting.append((part, depth + 1))
            else:
                yield part
