"""Every way out of the program, for a file that is held: each command that publishes, in each format it writes."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import escape_route as er
from escape_route.api import save
from escape_route.cli import main
from escape_route.distance.settings import Settings
from escape_route.formats import FORMATS, geojson

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FEW = Settings(draws=50)


def in_process(content: bytes, folder: Path) -> Iterator[Path]:
    """Protect, map and GeoJSON of a held file, by the library; each as if it was the first to be published."""
    held = [folder / name / "held.geojson" for name in ("protect", "map", "geojson")]
    for each in held:
        each.parent.mkdir(parents=True)
        each.write_bytes(content)
    journeys = [er.read_journey(each) for each in held]
    yield journeys[0].save_protected(held[0].with_name("protected.geojson"))
    yield save.save_page(journeys[1:2], held[1].with_name("page.html"), _FEW)
    written = held[2].with_name("interface.geojson")
    written.write_bytes(geojson.to_bytes(journeys[2].protect().data))
    yield written


def commands(held: Path, folder: Path) -> Iterator[list[str]]:
    """Command lines that publish a held file into a folder; those of commands that there are."""
    journey, draws = str(held), ["--draws", "50"]
    yield ["protect", journey, "-o", str(folder / "protected.geojson")]
    yield ["map", journey, "-o", str(folder / "page.html"), *draws]
    yield ["pages", journey, "-o", str(folder / "pages"), *draws]
    if "figure" in main.COMMANDS:
        yield from (
            ["figure", journey, "-o", str(folder / f"figure.{kind}"), *draws]
            for kind in ("svg", "png", "pdf")
        )
    if "report" in main.COMMANDS:
        yield from (
            ["report", journey, "-o", str(folder / f"report.{kind}"), *draws]
            for kind in ("html", "md")
        )
    if "compare" in main.COMMANDS and hasattr(import_module("escape_route.cli.compare"), "run"):
        yield ["compare", journey, journey, "-o", str(folder / "compared.svg"), *draws]
    if "export" in main.COMMANDS:
        for each in FORMATS.values():
            yield [
                "export",
                journey,
                "--to",
                each.name,
                "-o",
                str(folder / f"export{each.suffixes[0]}"),
            ]
