"""`escape-route leaks`: whether published files give away what a journey holds back."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from escape_route.api.journeys import read_all
from escape_route.api.publish import documents_of
from escape_route.cli import shared
from escape_route.errors import EscapeRouteError, visible
from escape_route.files import read_whole
from escape_route.formats import geojson
from escape_route.protection import leaks
from escape_route.protection.leaks import Finding, Secrets
from escape_route.protection.leaks.words import NUMBER
from escape_route.protection.protect import protect
from escape_route.protection.sensitivity import was_made_coarser
from escape_route.publish.page.assembly import own_passages

OK, FOUND, NOT_LOOKED_THROUGH = 0, 3, 4
_MOST_BYTES = 2_000_000_000  # of a file that is looked through


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "published",
        nargs="+",
        metavar="PUBLISHED",
        help="files of any kind, or folders with all that is in them",
    )
    parser.add_argument(
        "--against",
        action="append",
        required=True,
        metavar="JOURNEY",
        help="the file that you hold, not its published form; several where a file shows several journeys",
    )
    parser.add_argument("--json", action="store_true", help="one JSON document for programs")


def run(options: argparse.Namespace) -> int:
    """Look in published files for whatever a held journey has and its published form has not.

    Exit code 3: something was found. 4: nothing was, and a file or a part of one could not be
    looked through.
    """
    secrets = _secrets(options.against)
    files = list(_files(options.published))
    contents = {path: read_whole(path, str(path), _MOST_BYTES) for path in files}
    findings = {
        path: leaks.find(content, path.name, secrets, own=own_passages(content))
        for path, content in contents.items()
    }
    if options.json:
        _print_json(findings, secrets)
    else:
        _print_lines(findings, secrets)
    listed = [finding for several in findings.values() for finding in several]
    if not listed:
        return OK
    return NOT_LOOKED_THROUGH if all(finding.is_gap for finding in listed) else FOUND


def _secrets(sources: Sequence[str]) -> Secrets:
    """Secrets of held journeys; a journey without any is the wrong file to hold others against."""
    read = shared.with_warnings(read_all(sources))
    journeys = [
        (documents_of(held), geojson.with_arrays(protect(held.data).journey)) for held in read
    ]
    for source, journey, (held, published) in zip(sources, read, journeys, strict=True):
        secrets = leaks.secrets_of_all(held, [published])
        if not secrets or (was_made_coarser(journey.data) and not len(secrets.positions)):
            raise EscapeRouteError(
                f"{source}: this file is already its own published form, and no place in it is "
                "held back: "
                "give the file that you hold"
            )
    held = [document for documents, _ in journeys for document in documents]
    return leaks.secrets_of_all(held, [published for _, published in journeys])


def _files(published: Sequence[str]) -> Iterator[Path]:
    for name in published:
        path = Path(name)
        if path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.is_file())
            if not files:
                raise EscapeRouteError(
                    f"{name}: no file in this folder (give the published files, or the folder that they are in)"
                )
            yield from files
        elif path.exists():
            yield path
        else:
            raise EscapeRouteError(
                f"{name}: no such file or folder (a name misspelt, or another folder?)"
            )


def _print_lines(findings: dict[Path, tuple[Finding, ...]], secrets: Secrets) -> None:
    """One line a finding; where there is none, what was looked for and where."""
    for path, listed in findings.items():
        for finding in listed:
            print(visible(f"{path}: {finding}"))
    if not any(findings.values()):
        files = "1 file" if len(findings) == 1 else f"{len(findings):,} files"
        counts = _counts(secrets)
        known = (
            f"{counts['positions']:,} positions, {counts['texts']:,} texts and dates, "
            f"{counts['numbers']:,} numbers"
        )
        print(f"Nothing found in {files}: {known} were looked for")


def _counts(secrets: Secrets) -> dict[str, int]:
    numbers = sum(text.kind == NUMBER for text in secrets.texts)
    return {
        "positions": len(secrets.positions),
        "texts": len(secrets.texts) - numbers,
        "numbers": numbers,
    }


def _print_json(findings: dict[Path, tuple[Finding, ...]], secrets: Secrets) -> None:
    files = [
        {
            "file": str(path),
            "findings": [
                {"place": finding.place, "kind": finding.kind, "held_at": finding.held_at or None}
                for finding in listed
                if not finding.is_gap
            ],
            "not_looked_through": [
                {"place": finding.place, "why": finding.kind}
                for finding in listed
                if finding.is_gap
            ],
        }
        for path, listed in findings.items()
    ]
    shared.print_json({"looked_for": _counts(secrets), "files": files})
