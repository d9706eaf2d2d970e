"""How a journey and a report show themselves: what is said, escaped, and only as it may be published."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from IPython.core.formatters import DisplayFormatter
from markupsafe import escape
from PIL import Image
from rich.console import Console

import escape_route as er
import payloads
import strategies
from escape_route.distance.report import gather
from escape_route.distance.settings import Settings
from escape_route.model.journey import say
from escape_route.model.published import Published
from escape_route.publish.page import assembly
from escape_route.publish.report import notebook
from making import claim
from making import journey as made

RO = er.read_journey("ro-family")
KINDS = ["text/html", "text/markdown", "text/plain"]
HELD = er.journey(
    "A walk",
    er.waypoint("A", at=(100.123456, 15.654321)),
    er.waypoint("B", at=(103.234567, 15.765432), by="road"),
    claims=[er.claim(500, source="x")],
)


@pytest.fixture(scope="module")
def report() -> er.Report:
    return RO.check(draws=300, priors={"road": (1.2, 1.6)})


def hostile(text: str) -> er.Report:
    """A report in which every text of the journey is `text`."""
    told = made({"label": (100.0, 15.0)}, {"label": (103.0, 15.0)}, claims=(claim(500),))
    waypoints = tuple(replace(each, name={"en": text}, when=None) for each in told.waypoints)
    sources = tuple(replace(each, title=text) for each in told.sources)
    words = {"title": {"en": text}, "summary": {"en": text}, "care": {"en": text}}
    return er.Report(
        gather(replace(told, waypoints=waypoints, sources=sources, **words), Settings(draws=20))
    )


def shows(text: str) -> tuple[str, str]:
    """HTML of such a journey, and of its report."""
    found = hostile(text)
    return er.Journey(found.data.journey)._repr_html_(), found._repr_html_()


def tags(html: str) -> list[str]:
    """Tags of some HTML, without what a picture is called."""
    return re.findall(r"<[^>]*>", re.sub(r'aria-label="[^"]*"', "", html))


def test_a_journey_shows_its_places_as_they_were_told() -> None:
    shown = RO._repr_mimebundle_()
    assert sorted(shown) == KINDS
    assert shown["text/plain"] == repr(RO)
    for waypoint in RO.data.waypoints:
        assert say(waypoint.name) in shown["text/html"]
    assert "<td>somewhere within 75 km</td><td>on foot</td>" in shown["text/html"]
    assert (
        "| The Mekong between Laos and Thailand | told as a named place | by bad roads |"
        in shown["text/markdown"]
    )


def test_a_report_shows_its_finding_ledger_and_what_it_was_made_with(report: er.Report) -> None:
    shown = report._repr_mimebundle_()
    assert shown["text/plain"] == repr(report)
    for kind in ("text/html", "text/markdown"):
        text = shown[kind].replace("\u00a0", " ")  # a number and its unit stay together
        assert report.finding() in text
        assert (
            "300 draws, seed 2019, rho as estimated for each mode, the way straight through each country"
            in text
        )
        assert (
            "by road: 1.35 times the straight line, 1.20 to 1.60 in nine of ten (set for this run, not ours)"
            in text
        )
    assert shown["text/html"].count('<svg width="252"') == 5
    assert 'aria-label="Stated 12,000 km; impossible below 3,390 km; fits' in shown["text/html"]


def test_a_what_if_is_marked_where_it_shows_itself() -> None:
    changed = RO.with_mode("ro-4", "road_poor")
    mark = "What if: how they arrived at Vietnam was set by whoever made this; no source says so."
    assert mark in changed._repr_html_()
    assert mark in changed._repr_markdown_()
    assert mark not in RO._repr_html_()


@pytest.mark.parametrize("text", payloads.HOSTILE)
def test_no_text_of_a_journey_becomes_markup(text: str) -> None:
    for number in (0, 1):
        html, tame = (shows(each)[number] for each in (text, "tame"))
        assert tags(html) == tags(tame)
        assert str(escape(text)) in html


@pytest.mark.parametrize("text", payloads.HOSTILE)
def test_no_text_of_a_journey_becomes_markdown(text: str) -> None:
    markdown = er.Journey(hostile(text).data.journey)._repr_markdown_()
    assert not re.search(r"(?<!\\)[<`$\[{]", markdown)
    assert "\u202e" not in markdown


@given(strategies.journeys(most=3))
@settings(max_examples=20)
def test_every_journey_shows_itself(told: er.Journey) -> None:
    shown = notebook.journey(Published(told))
    table = [line for line in shown["markdown"].splitlines() if line.startswith("| ")]
    assert len(table) >= len(told.waypoints) + 1  # header and rule, and a row each
    assert shown["html"].count("<tr>") == len(told.waypoints) + 1


def test_what_is_shown_is_what_may_be_published() -> None:
    report = HELD.check(draws=50)
    for shown in (HELD, report):
        said = "".join(shown._repr_mimebundle_().values())
        assert "places generalised" in said
    mark = "Shown as it would be published: places generalised. "
    assert report._repr_html_().replace(mark, "") == HELD.protect().check(draws=50)._repr_html_()


def test_the_style_stays_within_what_is_shown() -> None:
    style = re.sub(r"/\*.*?\*/", "", assembly.web_file("notebook/style.css"))
    selectors = [
        each.strip() for rule in re.findall(r"([^{}]+)\{", style) for each in rule.split(",")
    ]
    assert selectors
    assert [each for each in selectors if not re.match(r"\.escape-route\b", each)] == []


def test_it_asks_for_nothing_and_takes_the_colours_of_where_it_is(report: er.Report) -> None:
    html = RO._repr_html_() + report._repr_html_()
    assert not re.search(r"(?:src|href|url\(|@import|<script|\bon\w+=)", html)
    style = assembly.web_file("notebook/style.css")
    assert "color: inherit" in style
    assert not re.search(r"background: #|(?<!border-)color: #", style)


def test_rich_prints_both(report: er.Report) -> None:
    console = Console(file=io.StringIO(), width=100)
    console.print(RO, report)
    said = " ".join(console.file.getvalue().split())  # type: ignore[attr-defined]
    assert "er.check(journey) weighs the stated distances" in said
    assert report.finding() in said


def test_a_comparison_shows_a_row_a_journey_and_escapes_it() -> None:
    shown = er.compare(
        [er.Journey(hostile("<b>|x").data.journey), er.read_journey("lee-son")]
    )._repr_mimebundle_()
    assert shown["text/html"].count("<tr>") == 3
    assert "&lt;b&gt;|x" in shown["text/html"]
    assert "<b>" not in shown["text/html"]
    assert "\\<b\\>\\|x" in shown["text/markdown"]


def test_a_plot_shows_itself_in_a_notebook() -> None:
    """As the last value of a cell: IPython asks it for a picture."""
    ledger = er.check(er.read_journey("ro-family"), draws=200).plot_ledger()
    for axes in (er.read_journey("lee-son").plot(), ledger):
        picture = DisplayFormatter().format(axes)[0]["image/png"]
        content = base64.b64decode(picture) if isinstance(picture, str) else picture
        assert Image.open(io.BytesIO(content)).size[0] > 800
