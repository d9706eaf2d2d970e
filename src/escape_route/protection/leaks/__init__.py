"""The leak checker: nothing that a held file has and its published form has not may stand in a published file.

`secrets_of` says what that is, `find` looks for it: in any notation, in any text, in any file within the file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from escape_route.protection.leaks import containers, scan, vocabulary
from escape_route.protection.leaks.parts import Bytes, Field, Gap, Inside, Passage, joined
from escape_route.protection.leaks.scan import Finding
from escape_route.protection.leaks.secrets import Secrets, secrets_of, secrets_of_all
from escape_route.protection.leaks.targets import targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from escape_route.protection.leaks.parts import Part
    from escape_route.protection.leaks.targets import Targets

__all__ = ["Finding", "Secrets", "find", "secrets_of", "secrets_of_all"]

_DEEPEST = 8


def find(content: bytes, name: str, secrets: Secrets, *, own: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Find what should not be in a published file.

    Parameters
    ----------
    content
        The file.
    name
        Its name, in which secrets are looked for as well.
    secrets
        What must not appear.
    own
        Long passages that the program's own files carry unchanged (scripts, styles): nothing is looked for in them.

    Returns
    -------
    tuple
        Findings, each once, in the order of the file; empty for a clean file. A part that cannot be looked through is
        a finding too: nothing is called clean that was not read.

    Examples
    --------
    >>> held = {"geometry": {"coordinates": [128.04567, 42.01234]}}
    >>> secrets = secrets_of(held, {"geometry": {"coordinates": [128.05, 42.05]}})
    >>> [str(each) for each in find(b"They met at 42.01234, 128.04567.", "note.txt", secrets)]
    ['line 1, column 13: decimal degrees (held at geometry.coordinates)']
    >>> find(b"They met near 42.05, 128.05.", "note.txt", secrets)
    ()
    """
    targets = replace(targets_of(secrets), said=vocabulary.said_in(name), own=tuple(own))
    budget = containers.Budget()
    findings = dict.fromkeys(scan.passage(joined([(name, "the file's own name")]), targets))
    blobs: list[Bytes] = []
    for part in _all_parts(Inside(content, name, ""), budget):
        if isinstance(part, Bytes):
            blobs.append(part)
        else:
            findings |= dict.fromkeys(_in_part(part, targets))
    return tuple(findings | dict.fromkeys(scan.in_bytes(blobs, targets)))


def texts_of(content: bytes, name: str) -> Iterator[tuple[str, bool]]:
    """Every text of a file, and whether it is only what looks like text among bytes."""
    for part in _all_parts(Inside(content, name, ""), containers.Budget()):
        if isinstance(part, Passage):
            yield part.text, part.is_noise


def _all_parts(file: Inside, budget: containers.Budget) -> Iterator[Part]:
    """Take a file apart to the last."""
    waiting = [(file, 0)]
    while waiting:
        inside, depth = waiting.pop()
        if depth > _DEEPEST:
            yield Gap("a file in a file, too many deep", inside.place)
            continue
        for part in containers.open_up(inside.content, inside.name, inside.place, budget):
            if isinstance(part, Inside):
                waiting.append((part, depth + 1))
            else:
                yield part


def _in_part(part: Part, targets: Targets) -> Iterator[Finding]:
    if isinstance(part, Passage):
        yield from scan.passage(part, targets)
    elif isinstance(part, Field):
        yield from scan.field(part)
    elif isinstance(part, Gap):
        yield Finding(part.place or "the file", f"not looked through: {part.why}")
