"""The one way out: whatever leaves the program as a file goes through `publish`, and no command goes round it.

It protects the journeys, has them drawn, looks for what must not be in the result, and writes it whole. What is drawn
is a function of the protected journeys alone: two held files with the same protected form give the same bytes.
"""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING, Protocol

from escape_route import progress, strict_json
from escape_route.errors import LeakError, OutputError, UnprotectedWarning
from escape_route.files import write_whole
from escape_route.formats import format_of, geojson
from escape_route.geography import base
from escape_route.protection import register, register_file
from escape_route.protection.protect import protect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from escape_route.formats import Loaded
    from escape_route.model.journey import Journey
    from escape_route.protection.protect import Protected

MOST_FINDINGS = 20


class Held(Protocol):
    """A journey as its holder has it.

    With the file that it was read from, if any, what stood there, and whether it was changed since to ask what if.
    """

    data: Journey
    path: Path | None
    what_if: bool
    as_read: Loaded | None


def publish(
    held: Sequence[Held],
    render: Callable[[Sequence[Journey]], bytes],
    target: Path,
    *,
    unprotected: bool = False,
    finer: bool = False,
) -> None:
    """Protect journeys, render them, check the result for leaks and write it whole, or not at all.

    Parameters
    ----------
    held
        The journeys as their holder has them; their files are never written over.
    render
        Makes the bytes of the file from the journeys that it is given, and from nothing else.
    target
        Where to write; its folder is made.
    unprotected
        Publish the journeys as they are held, and warn of it. Whoever asks for this marks what is published.
    finer
        Allow places that were published coarser before, where the file says why.

    Raises
    ------
    OutputError
        Where the file cannot be written, or is one that a journey was read from.
    FinerError
        Where a place would be published finer than before.
    LeakError
        Where something that is held back was found in the result; nothing is written.
    """
    refuse_own(held, target)
    if unprotected:
        warnings.warn(UnprotectedWarning(), stacklevel=3)
        write_whole(target, render([each.data for each in held]))
        return
    forms = [protect(each.data) for each in held]
    for each, form in zip(held, forms, strict=True):
        if each.path is not None:
            register.refuse_finer(each.data, form, each.path, allowed=finer)
    with progress.task(f"drawing up {target.name}"):
        content = render([form.journey for form in forms])
        refuse_leaks(content, target.name, list(zip(held, forms, strict=True)))
    for each, form in zip(held, forms, strict=True):
        if each.path is not None and not each.what_if and not base.is_shipped(each.path):
            register.record(each.data, form, each.path)  # before the file: broken off in between, it says too much
    write_whole(target, content)


def as_shown(journey: Journey, *, unprotected: bool) -> Journey:
    """What a notebook is shown of a journey: its publishable form; where asked for, with a warning, as it is held."""
    if unprotected:
        warnings.warn(UnprotectedWarning(), stacklevel=3)
        return journey
    return protect(journey).journey


def refuse_own(held: Sequence[Held], target: Path) -> None:
    """Raise OutputError for a folder, a journey's own file, and one that would bear a register's name."""
    if target.is_dir():
        raise OutputError(f"{target}: a folder; give the name of a file in it")
    kept = [(each.path, register_file.path_of(each.path, each.data.id)) for each in held if each.path is not None]
    if any(_is_same(target, path) for paths in kept for path in paths):
        raise OutputError(f"{target}: this is the journey's own file; give another name")
    register_file.refuse_name(target)


def refuse_leaks(content: bytes, name: str, journeys: Sequence[tuple[Held, Protected]]) -> None:
    """Raise LeakError where a file holds something of a held journey that no published form of them does."""
    from escape_route.protection import leaks  # noqa: PLC0415  # it reads many formats: loaded where something is published
    from escape_route.publish.page.assembly import own_passages  # noqa: PLC0415

    held = [document for each, _ in journeys for document in documents_of(each)]
    published = [geojson.to_document(form.journey) for _, form in journeys]
    secrets = leaks.secrets_of_all(held, published)
    findings = [str(finding) for finding in leaks.find(content, name, secrets, own=own_passages())]
    if findings:
        more = [f"... and {len(findings) - MOST_FINDINGS} more"] if len(findings) > MOST_FINDINGS else []
        lines = [*findings[:MOST_FINDINGS], *more]
        raise LeakError("\n".join([f"{name}: not written, for it would give away what is held back:", *lines]))


def documents_of(held: Held) -> list[Mapping[str, object]]:
    """What is held of a journey: as it was read, what it was changed to, and what its file has become since.

    A file of the program's own format holds whatever else stands in it; one of another format the journey alone.
    """
    read = held.as_read
    found: list[Mapping[str, object]] = []
    if read is not None:
        found = [read.document or geojson.to_document(read.journey), geojson.added_to(read.journey)]
    if read is None or held.data is not read.journey:
        found.append(geojson.to_document(held.data))
    return [*found, *_as_it_is_now(held)]


def _as_it_is_now(held: Held) -> Iterator[Mapping[str, object]]:
    """The file of a journey where it is not the one that was read, or nobody says that it was."""
    if held.path is None or not held.path.is_file() or format_of(held.path).name != "geojson":
        return
    try:
        content = held.path.read_bytes()
    except OSError as error:
        fix = "what stands in it now is held back too"
        raise OutputError(f"{held.path}: cannot read it again: {error.strerror} ({fix})") from error
    if held.as_read is not None and held.as_read.digest == geojson.digest_of(content):
        return
    document, problems = strict_json.parse(content)
    if problems or not isinstance(document, dict):
        fix = "it was changed since; what stands in it now is held back too, and cannot be read"
        raise OutputError(f"{held.path}: {problems[0] if problems else 'not a journey'} ({fix})")
    yield document


def _is_same(target: Path, path: Path) -> bool:
    there = target.exists() and path.exists() and target.samefile(path)
    return there or os.path.realpath(target) == os.path.realpath(path)
