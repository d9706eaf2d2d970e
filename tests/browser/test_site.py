"""The documentation as a site: no warning, nothing asked of others, links that lead somewhere, axe finds nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from axe import violations
from beside import PROJECT

QUESTIONS = (
    "install",
    "tutorial",
    "reference/verdicts",
    "calibration",
    "safety",
    "how-to/newsroom",
    "cite",
    "contributing",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site as `make docs` has built it just now; built here where nobody did."""
    if built := os.environ.get("ESCAPE_ROUTE_SITE"):
        return PROJECT / built
    folder = tmp_path_factory.mktemp("site")
    build = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "--keep-going",
        "-E",
        "-d",
        folder / "read",
        "-b",
        "html",
    ]
    done = subprocess.run(
        [*build, PROJECT / "docs", folder / "site"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "site"


@pytest.fixture(scope="module")
def read(site):
    """Each page by its path, parsed; the journeys' own pages have tests of their own."""
    paths = [path for path in site.rglob("*.html") if "pages" not in path.relative_to(site).parts]
    return {path: html.fromstring(path.read_bytes()) for path in paths}


def test_every_link_leads_to_a_page_and_to_a_place_on_it(read):
    ids = {path: set(page.xpath("//@id")) for path, page in read.items()}
    broken = []
    for path, page in read.items():
        for link in {
            *page.xpath("//a/@href"),
            *page.xpath("//img/@src"),
            *page.xpath("//script/@src"),
        }:
            parts = urlsplit(link)
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            lost = not target.exists() or (
                parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]
            )
            if not parts.scheme and lost:
                broken.append((path.name, link))
    assert len(read) > 30
    assert broken == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_first_page_answers_where_each_thing_is(read, site, question):
    links = read[site / "index.html"].xpath("//article//table//a/@href")
    assert f"{question}.html" in {urlsplit(link).path for link in links}


def test_nothing_is_asked_of_others_when_it_is_opened_from_a_disk(read, visit):
    asked = set()
    for path in read:
        seen = visit(path)
        asked |= {urlsplit(request).scheme for request in seen.requests}
        assert seen.said == [], path.name
        seen.page.close()
    assert asked <= {"file", "data", "blob"}
    assert "file" in asked


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(read, visit, site, scheme):
    found = {}
    for path in read:
        seen = visit(path, color_scheme=scheme)
        if objections := violations(seen.page):
            found[str(path.relative_to(site))] = objections
        seen.page.close()
    assert found == {}
