"""Tiles by their name in xyzservices, and what a page with them may ask for."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from xyzservices import TileProvider, providers

import payloads
from escape_route.cli import main
from escape_route.errors import UsageError
from escape_route.publish.page import page, tiles

if TYPE_CHECKING:
    from pathlib import Path

FAMILY = "such as OpenStreetMap.Mapnik, OpenStreetMap.DE, OpenStreetMap.CH"
WELL_KNOWN = "(such as OpenStreetMap.Mapnik, OpenTopoMap, Esri.WorldGrayCanvas)"


def drawn(name: str | None = None) -> str:
    return page.render(payloads.payload(), payloads.shapes(), tiles.find(name) if name else None)


def provider(**more: Any) -> TileProvider:
    """A provider that xyzservices does not have."""
    plain = {
        "name": "Own",
        "url": "https://tiles.example.org/{z}/{x}/{y}.png",
        "attribution": "(C) Own",
    }
    return TileProvider(plain | more)


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch):
    """Puts a provider into xyzservices under the name Own."""
    return lambda **more: monkeypatch.setitem(providers, "Own", provider(**more))


@pytest.mark.parametrize(
    "name", ["OpenStreetMap.Mapnik", "openstreetmap mapnik", "OPENSTREETMAP_MAPNIK"]
)
def test_a_provider_is_found_however_its_name_is_written(name: str) -> None:
    assert tiles.find(name).name == "OpenStreetMap.Mapnik"


@pytest.mark.parametrize(
    ("name", "hosts"),
    [
        ("OpenStreetMap.Mapnik", ["tile.openstreetmap.org"]),
        ("OpenTopoMap", [f"{letter}.tile.opentopomap.org" for letter in "abc"]),
        ("Esri.WorldGrayCanvas", ["server.arcgisonline.com"]),
    ],
)
def test_the_policy_allows_pictures_of_exactly_these_servers(name: str, hosts: list[str]) -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', unescape(drawn(name)))
    assert re.search("img-src ([^;]+)", policy)[1].split() == [
        "data:",
        *(f"https://{host}" for host in hosts),
    ]
    assert policy.count("https:") == len(hosts)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")


def test_subdomains_are_those_of_the_provider(own) -> None:
    own(url="https://t{s}.example.org/{z}/{x}/{y}.png", subdomains="12")
    assert tiles.find("own").hosts == ("t1.example.org", "t2.example.org")


def test_a_page_without_tiles_has_nothing_of_them() -> None:
    plain = drawn()
    assert "img-src data:;" in plain
    assert not re.search(
        'tile_layer|leaflet-tiles-pane|startTiles|"referrer"', plain.partition('id="payload"')[0]
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nowhere", f"tiles: nowhere: xyzservices has no such provider {WELL_KNOWN}"),
        ("\x1b[31m", rf"tiles: \x1b[31m: xyzservices has no such provider {WELL_KNOWN}"),
        (
            "openstreetmap",
            f"tiles: openstreetmap: xyzservices has no such provider ({FAMILY})",
        ),
        ("mapbox", f"tiles: MapBox: needs a key, which a page cannot keep to itself {WELL_KNOWN}"),
        ("Gaode.Normal", f"tiles: Gaode.Normal: is not served by https {WELL_KNOWN}"),
    ],
)
def test_what_a_page_cannot_use_is_refused_and_nothing_is_written(
    name: str, told: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "page.html"
    assert main.main(["map", "lee-son", "--tiles", name, "-o", str(target)]) == 2
    assert capsys.readouterr() == ("", f"escape-route: {told}\n")
    assert not target.exists()


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"\(such as OpenStreetMap\.Mapnik, "):
        tiles.find("OpenStreetMap.Mapnick")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"url": "https://x.example.org/{z}/{x}/{y}?k={token}"}, "needs a key"),
        ({"crs": "EPSG:3031"}, "drawn in EPSG:3031"),
        ({"status": "broken"}, "marked as broken"),
        ({"url": "https://x.example.org;script-src/{z}"}, "cannot be written safely"),
        ({"url": "https://x.example.org/{{7*7}}/{z}"}, "cannot be written safely"),
        ({"url": "https://x.example.org/{z}", "subdomains": "a;b"}, "cannot be written safely"),
    ],
)
def test_a_provider_that_could_harm_the_page_is_refused(
    own, more: dict[str, Any], why: str
) -> None:
    own(**more)
    with pytest.raises(UsageError, match=why):
        tiles.find("own")


def test_the_credit_is_text_whatever_the_provider_writes(own) -> None:
    own(html_attribution="&copy; <a href='x'>A &amp; B</a>\n{{7*7}} ${alert(1)} &lt;img src=x&gt;")
    found = tiles.find("own")
    html = page.render(payloads.payload(), payloads.shapes(), found)
    assert found.attribution == "© A & B {{7*7}} ${alert(1)} <img src=x>"
    assert (
        '<p class="tiles-credit" lang="en">© A &amp; B {{7*7}} ${alert(1)} &lt;img src=x&gt;</p>'
        in html
    )
    assert html.count("alert(1)") == 1


def test_every_provider_that_is_not_refused_is_safe_to_write() -> None:
    usable = [name for name, each in providers.flatten().items() if not tiles._refusal(each)]  # noqa: SLF001
    found = [tiles.find(name) for name in usable]
    assert len(found) > 500
    assert {
        each.url for each in found if re.search(r"[\s\"'<>`$\\]|\{\{|\{%|\{#", each.url)
    } == set()
    assert {
        host for each in found for host in each.hosts if not re.fullmatch(r"[\w.-]+", host)
    } == set()
    assert [each.name for each in found if not each.attribution] == []


def test_only_openstreetmap_is_told_the_site_for_it_answers_no_one_else() -> None:
    assert '<meta name="referrer" content="strict-origin">' in drawn("OpenStreetMap.Mapnik")
    assert '<meta name="referrer" content="no-referrer">' in drawn("OpenTopoMap")


def test_whoever_makes_a_page_with_openstreetmap_is_warned(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "page.html"
    assert (
        main.main(
            [
                "map",
                "lee-son",
                "--draws",
                "10",
                "--tiles",
                "openstreetmap.mapnik",
                "-o",
                str(target),
            ]
        )
        == 0
    )
    assert capsys.readouterr().err == (
        "tiles: OpenStreetMap.Mapnik: OpenStreetMap's servers refuse pages opened from disk; from "
        "a web server they "
        "answer, and the built-in map is always there [warning]\n"
    )
    assert "https://tile.openstreetmap.org/{z}/{x}/{y}.png" in target.read_text(encoding="utf-8")


def test_two_pages_with_tiles_are_equal_byte_for_byte() -> None:
    assert drawn("OpenTopoMap") == drawn("OpenTopoMap")
