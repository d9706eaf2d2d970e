"""The report's page in a browser: readable, no violation, in light, dark and on a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from beside import whole
from escape_route.distance.settings import Settings
from escape_route.publish.report import document
from escape_route.publish.report.document import Kind
from making import reported, shipped

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def file(once):
    found = reported(shipped("ro-family"), Settings(draws=200))
    return once("report.html", lambda: document.render(found, Kind.HTML))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", whole([390, 1280], 390))
def test_it_has_no_violation_and_asks_for_nothing(visit, file, scheme, width):
    seen = visit(file, viewport={"width": width, "height": 800}, color_scheme=scheme)
    found = Axe().run(seen.page, options={"runOnly": RULES["runOnly"]})
    assert [each["id"] for each in found.response["violations"]] == []
    assert seen.said == []
    assert [each for each in seen.requests if not each.startswith("data:")] == [file.as_uri()]
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
