"""The one way out: whatever leaves the program as a file goes through `publish`, and no command goes round it.

It protects the journeys, looks for what must not stand in their publishable forms, has these drawn,
and writes the result whole. What is drawn is a function of the publishable forms alone: two held
files with the same form give the same bytes, so that the forms are read once and not each drawing
of them.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypedDict, cast

from escape_route import progress, strict_json
from escape_route.errors import LeakError, OutputError
from escape_route.files import is_device, write_whole
from escape_route.formats import Loaded, format_of, geojson
from escape_route.formats.recognise import recognise
from escape_route.geography import base
from escape_route.model.journey import Journey, say
from escape_route.model.published import Mark, Published
from escape_route.protection import elsewhere, exposure, guarded, leaks, register, register_file
from escape_route.protection.protect import Protected, protect

MOST_FINDINGS = 20
_PREVIEW = ".preview"
_TO_LOOK = "to look at it first, for your own eyes: map, figure or report with --preview"
_ONLY_LINE = re.compile(r"\Aline 1, column \d+ \((.+?)\)")


class Held(Protocol):
    """A journey as its holder has it.

    With the file that it was read from, if any, what stood there, and whether it was changed since
    to ask what if.
    """

    data: Journey
    path: Path | None
    what_if: bool
    as_read: Loaded | None


class Publishing(TypedDict, total=False):
    """How a file is published: keyword arguments of `publish`, and of all that ends in it."""

    mark: Mark | None
    finer: bool


def publish(
    held: Sequence[Held],
    render: Callable[[Sequence[Published]], bytes],
    target: Path,
    *,
    mark: Mark | None = None,
    finer: bool = False,
) -> None:
    """Protect journeys, check what may be published of them for leaks, render it and write it whole, or not at all.

    Their own files are never written over; `render` makes the bytes of the file from what it is
    given, and from nothing else. A `mark` says as held, which is warned of, or preview (see
    `preview_path`): neither is written down as published. `finer` allows places that were published
    coarser before, where the file says why.

    Raises OutputError where the file cannot be written, or is one that a journey was read from;
    FinerError where a place would be published finer than before; LeakError where something that is
    held back stands in a publishable form or in the file's name, too little of a place is left when
    all of the form is put together, or something was asked of a place and nobody said what was
    done, or a text prints the name that was asked to be left out: nothing is written.
    """
    refuse_own(held, target, mark)
    if mark is Mark.AS_HELD:
        write_whole(target, render([Published.as_held(own.data) for own in held]))
        return
    forms = [form_of(own) for own in held]
    of_files = [
        (own, form, own.path) for own, form in zip(held, forms, strict=True) if own.path is not None
    ]
    known = of_files if mark is None else []
    for own, form, path in known:
        register.refuse_finer(own.data, form, path, allowed=finer)
    try:
        refuse_unsettled(target.name, held)
        refuse_asked(target.name, held, forms)
        refuse_exposed(forms, target.name, held, allowed=finer)
    except LeakError as error:
        if mark is None:
            raise LeakError(f"{error}\n{_TO_LOOK}") from None
        warnings.warn(f"a preview alone; for a publication: {error}", stacklevel=2)
    published = [form.published.preview() if mark else form.published for form in forms]
    with progress.task(f"drawing up {target.name}"):
        refuse_leaks(forms, target.name, held)
        content = render(published)
    for told in (
        sentence
        for own, form in zip(held, forms, strict=True)
        for sentence in told_though_asked(own, form)
    ):
        warnings.warn(str(told), stacklevel=2)
    for own, form, path in known:
        if not own.what_if and not base.is_shipped(path):
            register.record(
                own.data, form, path
            )  # before the file: broken off in between, it says too much
    write_whole(target, content)


def what_stops(held: Held, name: str) -> str:
    """What would stop a publication under a name, in the words of its refusal; empty where nothing would."""
    forms = [form_of(held)]
    try:
        refuse_unsettled(name, [held])
        refuse_asked(name, [held], forms)
        refuse_exposed(forms, name, [held], allowed=False)
        refuse_leaks(forms, name, [held])
    except LeakError as error:
        return str(error)
    return ""


def form_of(held: Held) -> Protected:
    """Publishable form of a journey that goes on from its last publication, as the register beside its file has it."""
    return protect(register.remembering(held.data, held.path))


def put_in_place(held: Sequence[Held], content: bytes, target: Path) -> None:
    """Write what says nothing of journeys where something of them was published; never over their own files."""
    refuse_own(held, target)
    write_whole(target, content)


def preview_path(name: str) -> Path:
    """File for a first look, in a new folder that nobody else may read: `x.preview.html` of the name `x.html`."""
    path = Path(name)
    return Path(tempfile.mkdtemp(prefix="escape-route-")) / f"{path.stem}{_PREVIEW}{path.suffix}"


def shown(journey: Journey, *, unprotected: bool = False) -> Published:
    """What a notebook is shown of a journey: its publishable form; where asked for, with a warning, as it is held."""
    return Published.as_held(journey) if unprotected else protect(journey).published


def refuse_own(held: Sequence[Held], target: Path, mark: Mark | None = None) -> None:
    """Raise OutputError for a folder, a journey's own file, and a name that is kept for registers or previews."""
    if target.is_dir():
        raise OutputError(f"{target}: a folder; give the name of a file in it")
    if is_device(target):
        raise OutputError(f"{target}: a device or a pipe; give the name of a file")
    kept = [
        (own.path, register_file.path_of(own.path, own.data.id))
        for own in held
        if own.path is not None
    ]
    if any(_is_same(target, path) for paths in kept for path in paths):
        raise OutputError(f"{target}: this is the journey's own file; give another name")
    register_file.refuse_name(target)
    if (target.with_suffix("").suffix.lower() == _PREVIEW) != (mark is Mark.PREVIEW):
        raise OutputError(
            f"{target}: names in {_PREVIEW}{target.suffix} are kept for previews (give another name)"
        )


def refuse_leaks(protected: Sequence[Protected], name: str, held: Sequence[Held]) -> None:
    """Raise LeakError where publishable forms, or the name of their file, tell what is held back in other words.

    A renderer adds nothing to a form but what it computes from it: title and metadata of a file are
    made of the form.
    """
    forms = [geojson.with_arrays(form.journey) for form in protected]
    secrets = leaks.secrets_of_all(
        [document for own in held for document in documents_of(own)], forms
    )
    read = [_without_tracks(form) for form in forms]
    content = json.dumps(read[0] if len(read) == 1 else read, ensure_ascii=False).encode()
    findings = [
        _ONLY_LINE.sub(r"\1", str(finding)) for finding in leaks.find(content, name, secrets)
    ]
    for own, form in zip(held, protected, strict=True):
        findings += map(str, (*elsewhere.again(own.data, form), *elsewhere.named(own.data, form)))
    if findings:
        if len(findings) > MOST_FINDINGS:
            more = [f"... and {len(findings) - MOST_FINDINGS} more"]
        else:
            more = []
        lines = [*findings[:MOST_FINDINGS], *more]
        raise LeakError(
            "\n".join([f"{name}: not written, for it would give away what is held back:", *lines])
        )


def _without_tracks(form: dict[str, object]) -> dict[str, object]:
    """A publishable form without the lines of its tracks: each position in them is published, and so none is a leak."""
    features = cast("list[dict[str, object]]", form["features"])
    kinds = [cast("dict[str, object]", feature["properties"])["kind"] for feature in features]
    kept = [
        {**feature, "geometry": None} if kind == "leg" else feature
        for feature, kind in zip(features, kinds, strict=True)
    ]
    return {**form, "features": kept}


def refuse_exposed(
    protected: Sequence[Protected], name: str, held: Sequence[Held], *, allowed: bool
) -> None:
    """Raise LeakError where less than a quarter of what a place is promised is left, all that is published together.

    A place that says why it may be published finer, in `sensitivity_lowered`, passes where that was
    asked for.
    """
    exposed = []
    for own, form in zip(held, protected, strict=True):
        reasoned = {
            waypoint.id
            for waypoint in own.data.waypoints
            if allowed and waypoint.lowered is not None
        }
        exposed += [
            spot
            for spot in exposure.exposures(own.data, form)
            if spot.is_too_little and spot.held not in reasoned
        ]
    if exposed:
        unsaid = {
            place.id for own in held for place in own.data.waypoints if place.sensitivity is None
        }
        fix = (
            "no sensitivity is said of some of them: where an exact place harms nobody, write 0; else "
            if unsaid & {spot.held for spot in exposed}
            else ""
        ) + (
            f"{max((spot.fix for spot in exposed), key=len)}; else it takes a "
            '"sensitivity_lowered" in the file, '
            "with a reason, which is never published, and a date, and the option --finer (see "
            "escape-route exposure)"
        )
        raise LeakError(
            "\n".join(
                [
                    f"{name}: not written, for too little of these places is left:",
                    *map(str, exposed),
                    fix,
                ]
            )
        )


def refuse_unsettled(name: str, held: Sequence[Held]) -> None:
    """Raise LeakError where something was asked of a place, and nobody said what was done about it."""
    asked = [
        f'waypoint {waypoint.id} "{say(waypoint.name)}"'
        for own in held
        for waypoint in guarded.unsettled(own.data)
    ]
    if asked:
        fix = (
            "write its sensitivity: 1 holds its name back, another number where what name and "
            "sentences tell was "
            "settled by hand; or withheld, which leaves the place out"
        )
        raise LeakError(
            "\n".join(
                [
                    f"{name}: not written, for a request is filled and no sensitivity says what was done:",
                    *asked,
                    fix,
                ]
            )
        )


def told_though_asked(held: Held, form: Protected) -> Iterator[guarded.Told]:
    """Names in what was asked of a place, and in what is held back of it, that are told all the same."""
    return guarded.told_though_asked(held.data, guarded.texts_published(form.journey))


def refuse_asked(name: str, held: Sequence[Held], forms: Sequence[Protected]) -> None:
    """Raise LeakError where a text prints a name that was asked not to be printed, till the file says it was read."""
    sentences = [
        str(sentence)
        for own, form in zip(held, forms, strict=True)
        if own.data.reviewed is None
        for sentence in told_though_asked(own, form)
        if sentence.is_asked
    ]
    if sentences:
        fix = (
            'say it without the name; where it is meant: "reviewed" of the journey, the day on '
            "which its texts were "
            "read through, or another sensitivity than 1, which says that names and sentences were "
            "settled by hand"
        )
        raise LeakError(
            "\n".join(
                [
                    f"{name}: not written, for it prints what a request asks to leave out:",
                    *sentences,
                    fix,
                ]
            )
        )


def documents_of(held: Held) -> list[Mapping[str, object]]:
    """What is held of a journey: as it was read, what it was changed to, and what its file has become since.

    A file of the program's own format holds whatever else stands in it; one of another format the
    journey alone.
    """
    read = held.as_read
    documents: list[Mapping[str, object]] = []
    if read is not None:
        documents = [
            geojson.with_arrays_of(read.document, read.journey)
            if read.document
            else geojson.with_arrays(read.journey),
            geojson.added_to(read.journey),
        ]
    if read is None or held.data != read.journey:
        documents.append(geojson.with_arrays(held.data))
    return [*documents, *_as_it_is_now(held)]


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
    if recognise(content, held.path).name != "geojson":
        return
    document, problems = strict_json.parse(content)
    if problems or not isinstance(document, dict):
        fix = "it was changed since; what stands in it now is held back too, and cannot be read"
        raise OutputError(f"{held.path}: {problems[0] if problems else 'not a journey'} ({fix})")
    yield document


def _is_same(target: Path, path: Path) -> bool:
    there = target.exists() and path.exists() and target.samefile(path)
    return there or os.path.realpath(target) == os.path.realpath(path)
