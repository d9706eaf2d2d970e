"""Figure, report and page say the same of a journey: verdict words, likely range and scope, equal in every language."""

from __future__ import annotations

import html
import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import pytest

from beside import SHIPPED
from escape_route.language.catalogues import languages
from escape_route.language.phrases import Phrases
from escape_route.language.view import PublishedView, view_published
from escape_route.publish import figure
from escape_route.publish.figure import caption, ledger_layout
from escape_route.publish.page.payload import payload
from escape_route.publish.report import document
from making import checked

if TYPE_CHECKING:
    from escape_route.publish.page.shown import ShownJourney

EVERYWHERE = list(product(SHIPPED, languages()))


@cache
def viewed(name: str) -> PublishedView:
    return view_published(checked(name))


@cache
def on_page(name: str) -> ShownJourney:
    return payload([checked(name)]).journeys[0]


def in_figure(name: str, language: str) -> list[str]:
    """Texts of each row of the figure's ledger, without the blanks at which they are broken."""
    look = figure.options(size="page", language=language).look()
    found = ledger_layout.lay_out(viewed(name), look, look.size.inner_pt, beside=True)
    rows = () if found is None else found.rows
    return [
        "".join(bare(line) for tag in (*row.heading, *row.tags) for line, *_ in tag.lines)
        for row in rows
    ]


def in_report(name: str, language: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(document, "_pictures", lambda *_, **__: {"map": ""})
    told = document.render(checked(name), document.Kind.HTML, language).decode()
    return bare(html.unescape(re.sub("<[^>]*>", "", told)))


def bare(text: str) -> str:
    return re.sub("[\\s\u2060\u2066-\u2069\u200b]", "", text)


@pytest.mark.parametrize(("name", "language"), EVERYWHERE)
def test_verdicts_ranges_and_scopes_are_those_of_the_page(
    name: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, page = Phrases(language), on_page(name)
    report, rows = in_report(name, language, monkeypatch), in_figure(name, language)
    scopes = [each for each in page.scopes if each.lower_bound_km is not None]
    assert len(rows) == len(scopes)
    for scope, row in zip(scopes, rows, strict=True):
        label, _, aside = bare(scope.label[language]).partition("(")
        assert label.lower() in row.lower()
        assert aside.strip(")").lower() in row.lower()
        assert scope.likely is not None
        assert scope.plausible_km is not None
        assert bare(scope.likely[language]) in row
        in_words = words.range_km(scope.plausible_km.low95, scope.plausible_km.high95)
        assert bare(in_words) in bare(caption.description(viewed(name), words))
    for claim in page.claims:
        judged = ((claim.scope_id, claim.said), (claim.also_scope_id, claim.also_said))
        for scope_id, said in judged:
            if said is not None:
                at = [each.id for each in scopes].index(str(scope_id))
                assert bare(said[language]) in rows[at]
                assert bare(said[language]) in report
                assert bare(scopes[at].label[language]) in report
        assert bare(claim.sentence[language]) in report


@pytest.mark.parametrize(("name", "language"), EVERYWHERE)
def test_the_finding_of_the_figure_is_that_of_report_and_page(
    name: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = on_page(name).finding[language]
    assert finding == Phrases(language).say(viewed(name).finding)
    assert bare(finding) in in_report(name, language, monkeypatch)
