"""Two held files with one publishable form give the same bytes: through every renderer, in every format.

That is why the leak check at the end of publishing reads the form alone. Whoever adds a format, a
size of a figure or a way to show a journey finds it here already, or a test that asks for it.
"""

from __future__ import annotations

import inspect
import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from rich.console import Console

import escape_route as er
from beside import IS_LONG, whole
from escape_route.api import comparisons, save
from escape_route.cli import main
from escape_route.distance.settings import Settings
from escape_route.formats import FORMATS, geojson
from escape_route.model.modes import Mode
from escape_route.publish import figure
from escape_route.publish.figure.output import About, Kind, to_bytes
from escape_route.publish.figure.output import settings as figure_settings
from escape_route.publish.figure.sizes import SizeName
from escape_route.publish.report import document
from making import by, claim, journey, track

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    Way = Callable[[list[er.Journey], Path], object]

FEW = Settings(draws=20)
DRAWS = {"draws": 20}


def held(folder: Path, where: Sequence[int], day: int) -> er.Journey:
    """A walk of three stops in Laos: each anywhere in its cell, on any day of the month, with more in its file."""
    a, b, c, d = (value / 100_000 for value in where)
    start, stop, end = (102.6 + a, 17.9 + b), (103.2 + c, 18.4 + d), (104.0, 18.0)
    told = journey(
        {
            "label": start,
            "when": f"2019-12-{day:02}",
            "verbatim_locality": f"house {day}",
            "sources": ("S1",),
        }
        | {"request": f"not that it was day {day}", "sensitivity": 2},
        {"label": stop, "uncertainty_m": 400.0, "sources": ("S1",), **by(Mode.FOOT)},
        {"label": end, "sensitivity": 0, "sources": ("S1",), **by(Mode.ROAD)},
        claims=(claim(120), claim(250, 2, id="d")),
        traces=(track(0, start, (102.9 + b, 18.2 + a), stop),),
    )
    written = geojson.to_document(told)
    written["phone"] = f"+856 20 5555 {day:04}"
    path = folder / f"told by Auntie {day}" / "held.geojson"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(written))
    return er.read_journey(path)


def saved(path: Path, save: Callable[[Path], object]) -> dict[str, bytes]:
    """Files that were written, by their names."""
    save(path)
    return {each.name: each.read_bytes() for each in path.parent.iterdir()}


def drawn(axes: Axes) -> bytes:
    with figure_settings():
        return to_bytes(axes.figure, Kind.SVG, About("", "", "en"), dpi=40)  # type: ignore[arg-type]


def printed(shown: object) -> str:
    console = Console(file=io.StringIO(), width=100)
    console.print(shown)
    return console.file.getvalue()  # type: ignore[attr-defined]


def shown_of(told: Any) -> tuple[dict[str, str], str]:
    """All that a notebook saves and a terminal prints."""
    return told._repr_mimebundle_(), printed(told)


def in_figure(size: str, kind: Kind) -> Way:
    options = figure.options(size=size, language="en", dpi=40)
    return lambda told, folder: saved(
        folder / f"x.{kind}", lambda path: save.save_figure(told[0], path, FEW, options)
    )


def in_report(kind: str) -> Way:
    return lambda told, folder: saved(
        folder / f"x.{kind}", lambda path: save.save_report(told[0], path, FEW)
    )


def in_comparison(ending: str) -> Way:
    options = figure.options(size="column", language="en", dpi=40)
    return lambda told, folder: saved(
        folder / f"x.{ending}", lambda path: comparisons.save_comparison(told, path, FEW, options)
    )


def in_format(name: str) -> Way:
    ending = FORMATS[name].suffixes[0]
    return lambda told, folder: saved(
        folder / f"x{ending}", lambda path: told[0].export(path, to=name)
    )


QUICK: dict[str, Way] = {
    "Journey.save_protected": lambda told, folder: saved(
        folder / "x.geojson", told[0].save_protected
    ),
    "Journey.__geo_interface__": lambda told, _: told[0].__geo_interface__,
    "Journey.to_geopandas": lambda told, _: told[0].to_geopandas().to_csv(),
    "Journey._repr_mimebundle_": lambda told, _: shown_of(told[0]),
    "Report._repr_mimebundle_": lambda told, _: shown_of(told[0].check(**DRAWS)),
    "Comparison._repr_mimebundle_": lambda told, _: shown_of(er.compare(told, FEW)),
    **{f"Journey.export {name}": in_format(name) for name in FORMATS},
}
"""What takes a tenth of a second."""

SLOW: dict[str, Way] = {
    "Journey.save_map": lambda told, folder: saved(
        folder / "x.html", lambda path: save.save_page(told[:1], path, FEW)
    ),
    "map of several": lambda told, folder: saved(
        folder / "x.html", lambda path: save.save_page(told, path, FEW)
    ),
    "pages": lambda told, folder: saved(
        folder / "x.html", lambda path: save.save_pages(told[:1], path.parent, FEW)
    ),
    "Journey.explore": lambda told, _: told[0].explore(others=told[1:]).get_root().render(),
    "Journey.plot": lambda told, _: drawn(told[0].plot()),
    "Report.plot_ledger": lambda told, _: drawn(told[0].check(**DRAWS).plot_ledger()),
    "Report.plot_draws": lambda told, _: drawn(told[0].check(**DRAWS).plot_draws()),
    "Comparison.plot": lambda told, _: drawn(er.compare(told, FEW).plot()),
    **{f"Journey.save_figure {size}": in_figure(size, Kind.SVG) for size in SizeName},
    **{
        f"Journey.save_figure {kind}": in_figure("column", kind)
        for kind in Kind
        if kind is not Kind.SVG
    },
    **{f"Journey.save_report {kind}": in_report(kind) for kind in document.Kind},
    **{f"compare {ending}": in_comparison(ending) for ending in (*Kind, "csv")},
}
WAYS = QUICK | SLOW


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> list[list[er.Journey]]:
    """Journeys held at opposite corners of their cells and ends of a month, each with one that lies beside it."""
    folder = tmp_path_factory.mktemp("held")
    beside = er.read_journey("lee-son")
    corners = ((1, 2, 9_998, 9_997), 5), ((9_999, 9_996, 3, 4), 27)
    return [[held(folder, where, day), beside] for where, day in corners]


def test_the_twins_are_held_apart_and_published_as_one(twins: list[list[er.Journey]]) -> None:
    (one, _), (other, _) = twins
    assert one.protect().data == other.protect().data
    assert one.as_read != other.as_read
    assert one.data != other.data


@pytest.mark.parametrize(
    "way",
    whole(WAYS, *QUICK, "Journey.save_map", "Journey.save_figure column", "Journey.save_report md"),
)
def test_one_publishable_form_is_one_file(
    way: str, twins: list[list[er.Journey]], tmp_path: Path
) -> None:
    one, other = (WAYS[way](told, tmp_path / str(n) / "out") for n, told in enumerate(twins))
    assert one == other
    assert one


@pytest.mark.parametrize("seed", range(6 if IS_LONG else 1))
def test_so_is_that_of_any_two(seed: int, tmp_path: Path) -> None:
    folder, rng = tmp_path, np.random.default_rng(seed)
    pair = [
        [held(folder / str(n), rng.integers(0, 10_000, 4).tolist(), int(rng.integers(1, 32)))]
        for n in range(2)
    ]
    for name, way in QUICK.items():
        one, other = (
            way(told, folder / str(n) / name.replace(" ", "-")) for n, told in enumerate(pair)
        )
        assert one == other, name


@pytest.mark.filterwarnings("ignore::escape_route.errors.UnprotectedWarning")
@pytest.mark.parametrize("name", [*FORMATS])
def test_as_they_are_held_they_are_not(
    name: str, twins: list[list[er.Journey]], tmp_path: Path
) -> None:
    """A comparison that could not fail would say nothing."""
    ending = FORMATS[name].suffixes[0]
    for n, (told, _) in enumerate(twins):
        told.export(tmp_path / f"{n}{ending}", to=name, unprotected=True)
    assert (tmp_path / f"0{ending}").read_bytes() != (tmp_path / f"1{ending}").read_bytes()


def ways_out(held_by: type) -> Iterator[str]:
    """What shows, draws or saves what is held, by the names of its methods."""
    for name, _ in inspect.getmembers(held_by):
        if name.startswith(("save_", "plot", "explore", "export", "to_geo", "__geo", "_repr_mime")):
            yield f"{held_by.__name__}.{name}"


@pytest.mark.parametrize("held_by", [er.Journey, er.Report, er.Comparison])
def test_every_way_out_is_gone_through(held_by: type) -> None:
    gone = {way.partition(" ")[0] for way in WAYS}
    assert set(ways_out(held_by)) <= gone


def test_every_command_that_publishes_is_one_of_these() -> None:
    told_to_holder = {"new", "import", "check", "lint", "leaks", "exposure", "doctor", "completion"}
    as_methods = {"map", "pages", "figure", "report", "compare", "protect", "export"}
    elsewhere = {"archive", "deposit", "withdraw"}  # test_archive, test_deposit, test_consent
    assert set(main.COMMANDS) == told_to_holder | as_methods | elsewhere
