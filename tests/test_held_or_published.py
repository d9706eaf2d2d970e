"""What is held cannot be handed to a renderer, a writer or an exporter: mypy says so."""

from __future__ import annotations

import ast
import re

import pytest
from mypy import api as mypy

from beside import PACKAGE, PROJECT

KNOWN = """
from typing import Any
from escape_route.api import save
from escape_route.api.publish import publish
from escape_route.distance import report
from escape_route.formats import format_named, geojson, gpkg, writer
from escape_route.formats.tables import xlsx
from escape_route.language import tables, view
from escape_route.model.journey import Journey
from escape_route.model.published import Published
from escape_route.protection.protect import protect
from escape_route.publish import figure
from escape_route.publish.figure import axes, sheet
from escape_route.publish.figure.output import Kind
from escape_route.publish.page import page, payload
from escape_route.publish.report import document, notebook

def handed(held: Journey, measured: report.Report, look: Any, target: Any) -> None:
    form = protect(held).published
    shown = report.gather_published(form)
"""
TAKEN = {
    "a page": "page.build([{report}])",
    "an index": "page.build_contents([{report}])",
    "a notebook's map": "page.build_map([{report}])",
    "what a page says": "payload.payload([{report}])",
    "a figure": "figure.render({report}, Kind.SVG, figure.Options())",
    "a sheet": "sheet.draw(view.view_published({report}), look)",
    "a comparison": "figure.render_comparison([{report}], Kind.SVG, figure.Options())",
    "axes with a map": "axes.plot_map({form}, None, look)",
    "axes with a ledger": "axes.plot_ledger({report}, None, look)",
    "axes with draws": "axes.plot_draws({report}, None, look)",
    "axes with a comparison": "axes.plot_comparison([{report}], None, look)",
    "a report": "document.render({report}, document.Kind.HTML)",
    "a journey in a notebook": "notebook.journey({form})",
    "a report in a notebook": "notebook.report({report})",
    "a comparison in a notebook": "notebook.comparison([{report}], '')",
    "a table for geopandas": "tables.places({form})",
    "a writer": "geojson.write({form})",
    "a writer of tables": "xlsx.write({form})",
    "a writer of layers": "gpkg.write({form})",
    "an exporter": "writer(format_named('kml')).write({form})",
}


HANDED = {
    "measured anew": "publish([], lambda given: page.build([report.gather(given[0].journey)]).encode(), target)",
    "a view of what is held": "sheet.draw(view.ReportView.of(measured), look)",
    "held": "publish([], lambda given: geojson.write(held).content, target)",
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What mypy says of each line; of many lines at once, for it takes its time to begin."""
    held = [call.format(form="held", report="measured") for call in TAKEN.values()]
    published = [call.format(form="form", report="shown") for call in TAKEN.values()]
    lines = [*held, *published, *HANDED.values()]
    file = tmp_path_factory.mktemp("snippets") / "snippet.py"
    file.write_text(KNOWN + "".join(f"    {line}\n" for line in lines))
    config, cache = (
        f"--config-file={PROJECT / 'pyproject.toml'}",
        f"--cache-dir={PROJECT / '.mypy_cache'}",
    )
    out, err, _ = mypy.run([str(file), config, cache])
    found = re.findall(r"snippet\.py:(\d+): error: (.*)$", out, re.MULTILINE)
    assert (len(found), err) == (out.count(": error:"), "")
    first = KNOWN.count("\n") + 1
    return {lines[int(line) - first]: message for line, message in found}


@pytest.mark.parametrize("what", TAKEN)
def test_it_takes_what_is_published_and_nothing_held(what: str, said: dict[str, str]) -> None:
    assert re.search(
        r'incompatible type.*expected "(Sequence\[)?Published(Report)?"|List item',
        said[TAKEN[what].format(form="held", report="measured")],
    )
    assert TAKEN[what].format(form="form", report="shown") not in said


@pytest.mark.parametrize("what", HANDED)
def test_publishing_hands_no_renderer_what_is_held(what: str, said: dict[str, str]) -> None:
    assert "Published" in said[HANDED[what]]


MAKERS = {
    "Published": {"protection/protect.py", "model/published.py"},
    "PublishedReport": {"distance/report.py"},
    "PublishedView": {"language/view.py"},
}


@pytest.mark.parametrize("name", MAKERS)
def test_nobody_else_makes_what_is_published(name: str) -> None:
    """`cls(...)` in `Published.as_held` is the one that warns."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call)
        ]
        if any(getattr(call.func, "id", getattr(call.func, "attr", "")) == name for call in calls):
            found.add(path.relative_to(PACKAGE).as_posix())
    assert found <= MAKERS[name]
