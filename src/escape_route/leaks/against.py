"""Secrets of journeys as they are held: of the whole file where it is GeoJSON, else of what was read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from escape_route import formats, strict_json
from escape_route.formats import geojson
from escape_route.leaks.secrets import Secrets, secrets_of_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from escape_route.model import Journey


class Held(Protocol):
    """A journey as its holder has it, and the file that it was read from, if any."""

    data: Journey
    path: Path | None


def secrets_against(journeys: Iterable[tuple[Held, Journey]]) -> Secrets:
    """Find what held journeys have and their published forms have not.

    Parameters
    ----------
    journeys
        Each as it is held, and in its published form; what any of them publishes may appear.
    """
    return secrets_of_all([(document_of(held), geojson.to_document(published)) for held, published in journeys])


def document_of(held: Held) -> Mapping[str, object]:
    """Held file as a document: with members that nobody knows, where the file is GeoJSON and still there."""
    known = geojson.to_document(held.data)
    if held.path is None or formats.format_of(held.path).name != "geojson":
        return known
    try:
        document, _ = strict_json.parse(held.path.read_bytes())
    except OSError:
        return known
    return document if isinstance(document, dict) else known
