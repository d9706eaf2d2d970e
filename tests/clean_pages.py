"""Pages that give nothing of a made-up journey away: its publishable form in each format, and what others wrote."""

from __future__ import annotations

import json
import random
import sysconfig
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from escape_route.formats import FORMATS, geojson, writer
from escape_route.model import read
from escape_route.protection import leaks
from escape_route.protection.protect import protect
from held_journeys import held_journey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from escape_route.protection.leaks import Secrets
    from escape_route.protection.protect import Protected

ENDINGS = frozenset(
    {".html", ".md", ".txt", ".csv", ".json", ".svg", ".xml", ".rst", ".yaml", ".geojson"}
)
MOST_BYTES, JOURNEYS = 400_000, 100


@lru_cache(maxsize=JOURNEYS)
def journey(seed: int) -> tuple[Secrets, Protected]:
    """What must not appear of a made-up journey, whose stops have names of their own, and its publishable form."""
    document = held_journey(seed, countries=False).document
    for feature in document["features"]:
        if "name" in feature["properties"]:
            feature["properties"]["name"] = {"en": f"Chowol {feature['properties']['name']['en']}"}
    form = protect(read.read(json.dumps(document).encode()))
    return leaks.secrets_of_all([document], [geojson.to_document(form.journey)]), form


def own(count: int) -> Iterator[tuple[str, bytes, Secrets]]:
    """Publishable forms as the formats have them, in turn."""
    formats = [each for each in FORMATS.values() if each.name != "parquet"]
    for seed in range(count):
        wanted = formats[seed % len(formats)]
        secrets, form = journey(seed % JOURNEYS)
        yield f"journey{wanted.suffixes[0]}", writer(wanted).write(form.published).content, secrets


def others(count: int, seed: int = 1) -> Iterator[tuple[str, bytes, Secrets]]:
    """Files of the Python packages that are installed here, each held against a journey."""
    folder = Path(sysconfig.get_paths()["purelib"])
    files = sorted(
        path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file()
    )
    files = [
        path
        for path in files
        if 200 < path.stat().st_size < MOST_BYTES and "escape_route" not in str(path)
    ]
    random.Random(seed).shuffle(files)  # noqa: S311  # the same ones each time
    for number, path in enumerate(files[:count]):
        yield str(path.relative_to(folder)), path.read_bytes(), journey(number % JOURNEYS)[0]


def alarms(pages: Iterator[tuple[str, bytes, Secrets]]) -> list[str]:
    """What is taken for a secret in pages that hold none."""
    return [
        f"{name}: {finding}"
        for name, content, secrets in pages
        for finding in leaks.find(content, name, secrets)
        if finding.held_at
    ]
