"""A journey as a folder to be kept: its publishable form, all that is drawn of it, and what remakes it, as an RO-Crate.

Everything in it is made of the publishable form, so that whoever has the folder makes the same
bytes from the journey in it, with the version and the command that it names.

References
----------
RO-Crate, https://w3id.org/ro/crate; S. R. Carroll et al. (2020), The CARE Principles for Indigenous Data
Governance, doi 10.5334/dsj-2020-043.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import requires, version
from pathlib import Path

from escape_route import packaged, progress
from escape_route.api import save
from escape_route.api.publish import Held, publish
from escape_route.distance.settings import Settings
from escape_route.errors import OutputError, UsageError, naming_its_extra
from escape_route.formats.tables.csv import safe
from escape_route.language.phrases import notes_of
from escape_route.model import dates
from escape_route.model.journey import Journey, say
from escape_route.model.published import Published

_TOLD = packaged.table("api/deposit.toml")
#: Each file, what it is, and its media type.
FILES: Mapping[str, tuple[str, str]] = _TOLD["files"]
_METADATA, _SUMS = "ro-crate-metadata.json", "SHA256SUMS"


@progress.in_notebook()
def save_deposit(
    journey: Held, folder: Path, settings: Settings, *, licence: str, day: str, finer: bool = False
) -> list[Path]:
    """Write the folder, a new one or an empty one, and give the files that were written.

    `licence` is the address of the licence that the holder gives it, or its SPDX name, `day` the
    day of the deposit (EDTF); `finer` allows places that were published coarser before, where the
    file says why. Raises UsageError where the day is none, or the extra `deposit` is not installed;
    OutputError where the folder has files: nothing is written.
    """
    if not dates.is_date(day):
        raise UsageError(f"{day}: not a day (such as 2026-03-01)")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OutputError(f"{folder}: is there, and not an empty folder; give another name")
    command, extras = (
        remaking(settings, licence, day),
        "deposit,routes" if settings.routes else "deposit",
    )

    def described(published: Sequence[Published]) -> bytes:
        return _crate(published[0].journey, folder, licence, day, command)

    def publish_text(name: str, write: Callable[[Journey], str]) -> None:
        publish(
            [journey], lambda forms: write(forms[0].journey).encode(), folder / name, finer=finer
        )

    _crate_class()  # before anything is written
    save.save_protected(journey, folder / "journey.geojson", finer=finer)
    save.save_page([journey], folder / "page.html", settings, finer=finer)
    save.save_report(journey, folder / "report.html", settings, finer=finer)
    save.save_figure(journey, folder / "figure.svg", settings, finer=finer)
    save.export(journey, folder / "annotations.jsonld", to="annotations", finer=finer)
    publish_text("sources.csv", _sources)
    publish_text("CARE.md", _care)
    publish_text("README.md", lambda told: _readme(told, command))
    publish_text("requirements.txt", lambda _: _versions(extras))
    publish([journey], described, folder / _METADATA, finer=finer)
    publish([journey], lambda _: _sums(folder), folder / _SUMS, finer=finer)
    return [folder / name for name in (*FILES, _METADATA, _SUMS)]


def remaking(settings: Settings, licence: str, day: str) -> str:
    """The command that makes the folder again from the journey in it."""
    draws = ["--seed", str(settings.seed)]
    draws += [] if settings.draws is None else ["--draws", str(settings.draws)]
    draws += [] if settings.rho is None else ["--rho", str(settings.rho)]
    draws += ["--routes"] if settings.routes else []
    words = [
        "escape-route",
        "deposit",
        "journey.geojson",
        "-o",
        "again",
        "--license",
        licence,
        "--date",
        day,
        *draws,
    ]
    return shlex.join(words)


def _sums(folder: Path) -> bytes:
    names = sorted((*FILES, _METADATA))
    lines = [f"{_digest(folder / name)}  {name}\n" for name in names]
    return "".join(lines).encode()


def _sources(journey: Journey) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("id", "title", "url", "language", "note"))
    for source in journey.sources:
        row = (source.id, source.title, source.url or "", source.language or "", source.note or "")
        writer.writerow(map(safe, row))
    return text.getvalue()


def _care(journey: Journey) -> str:
    told = notes_of(replace(journey, notes=()))
    said = "\n".join(f"- {say(note.text)}" for note in told) or "- Nothing was said."
    return str(_TOLD["care"].format(said=said))


def _versions(extras: str) -> str:
    """The program and what it stands on here, pinned, one a line."""
    from packaging.requirements import Requirement  # noqa: PLC0415  # the extra brings it
    from packaging.utils import canonicalize_name  # noqa: PLC0415  # likewise

    asked = Requirement(f"escape-route[{extras}]")
    seen, left = {asked.name: f"{asked}=={version(asked.name)}"}, [asked]
    while left:
        need = left.pop()
        for requirement in map(Requirement, requires(need.name) or ()):
            wanted = requirement.marker is None or any(
                requirement.marker.evaluate({"extra": name}) for name in need.extras or {""}
            )
            if wanted and (name := canonicalize_name(requirement.name)) not in seen:
                seen[name] = f"{name}=={version(name)}"
                left.append(requirement)
    return "\n".join([seen.pop(asked.name), *(seen[name] for name in sorted(seen))]) + "\n"


def _readme(journey: Journey, command: str) -> str:
    listed = "\n".join(f"- `{name}`: {what}" for name, (what, _) in FILES.items())
    names = {"metadata": _METADATA, "sums": _SUMS, "version": version("escape-route")}
    return str(
        _TOLD["readme"].format(title=say(journey.title), listed=listed, command=command, **names)
    )


def _crate_class() -> type:
    try:
        from rocrate.rocrate import ROCrate  # noqa: PLC0415  # an extra
    except ModuleNotFoundError as error:
        raise naming_its_extra(error) from error
    return ROCrate  # type: ignore[no-any-return]  # untyped


def _crate(journey: Journey, folder: Path, licence: str, day: str, command: str) -> bytes:
    crate = _crate_class()()
    crate.name, crate.description = say(journey.title), say(journey.summary)
    root = crate.root_dataset
    root["datePublished"], root["license"] = day, licence
    root["conditionsOfAccess"] = "See CARE.md: whoever is shown may have it changed or taken down."
    root["citation"] = [source.url for source in journey.sources if source.url]
    program = crate.add_jsonld(
        {
            "@id": f"pkg:pypi/escape-route@{version('escape-route')}",
            "@type": "SoftwareApplication",
            "name": "escape-route",
            "url": f"pkg:pypi/escape-route@{version('escape-route')}",
            "version": version("escape-route"),
        }
    )
    for name, (what, media_type) in FILES.items():
        told = {
            "name": name,
            "description": what,
            "encodingFormat": media_type,
            "sha256": _digest(folder / name),
        }
        crate.add_file(
            folder / name,
            name,
            properties=told | {"contentSize": str((folder / name).stat().st_size)},
        )
    made = {
        "@id": "#made",
        "@type": "CreateAction",
        "name": command,
        "description": "Makes this folder again",
    }
    parts = [{"@id": name} for name in FILES]
    crate.add_jsonld(
        made
        | {"instrument": {"@id": program.id}, "object": {"@id": "journey.geojson"}, "result": parts}
    )
    root["mentions"] = {"@id": "#made"}
    return (
        json.dumps(crate.metadata.generate(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    ).encode()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
