"""How a journey and a report show themselves in a notebook: HTML, Markdown and text of what may be published.

A saved notebook is a publication, so what is handed in here is the protected journey. All text is
escaped by the templates, as strictly as the page's; the style names its own class in every rule,
and the text is readable without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from escape_route.errors import counted
from escape_route.language import tables, whens
from escape_route.language.comparison import Comparison
from escape_route.language.phrases import Phrases
from escape_route.language.plain import plain
from escape_route.language.radii import within
from escape_route.language.sentences import Speaker
from escape_route.language.stated import stayed
from escape_route.language.view import view_published
from escape_route.publish.page.assembly import web_file
from escape_route.publish.report.template import as_is, filled
from escape_route.publish.report.terminal import finding

if TYPE_CHECKING:
    from escape_route.distance.report import PublishedReport
    from escape_route.model.journey import Journey, Waypoint
    from escape_route.model.published import Published
    from escape_route.publish.report.shown import Bundle

_RICH_WIDTH = 100


def journey(published: Published, *, generalised: bool = False, language: str = "en") -> Bundle:
    """Show the places of a journey as they were told, and whether any was generalised; nothing is measured."""
    form, phrases = published.journey, Phrases(language)
    heads = [phrases.word(f"journey.{key}") for key in ("place", "told_as", "arrived", "when")]
    columns = [*heads, phrases.word("page.certainty")]
    places = [_place(waypoint, phrases) for waypoint in form.waypoints]
    marks = _what_if(form, phrases)
    quiet = _quiet(phrases, phrases.word("journey.check"), generalised=generalised)
    texts = [phrases.say(form.title), *filter(None, map(phrases.say, (form.care, form.summary)))]
    listed = _listed(
        ["#", *columns], [[str(number), *place] for number, place in enumerate(places, start=1)]
    )
    shown = {
        "journey": form,
        "columns": columns,
        "places": places,
        "claims": ", ".join(
            dict.fromkeys(Speaker(language).stated(claim) for claim in form.claims)
        ),
        "marks": marks,
        "quiet": quiet,
    }
    holds = f"{counted(len(form.waypoints), 'waypoint')}, {counted(len(form.claims), 'claim')}"
    text = f"<Journey {form.id}: {holds}>"
    return _bundle("journey", phrases, shown, text, _around(listed, texts, [*marks, quiet]))


def report(measured: PublishedReport, *, generalised: bool = False, language: str = "en") -> Bundle:
    """Show a finding and its ledger, and whether the journey was generalised."""
    view, phrases = view_published(measured), Phrases(language)
    unit_km = 10.0 ** (len(str(int(view.longest_km))) - 2)
    cited = view.sources.cited(source for claim in view.distances for source in claim.sources)
    shown = {
        "view": view,
        "highest_km": float(
            int(view.longest_km / unit_km + 1) * unit_km
        ),  # a round number, for the end of a scale
        "marks": _what_if(view.journey, phrases),
        "cited": sorted(cited, key=lambda source: source.number),
        "quiet": _quiet(phrases, phrases.made_with(view.method), generalised=generalised),
    }
    text = f"<Report {view.journey.id}: {plain(phrases.say(view.finding))}>"
    return _bundle("report", phrases, shown, text, finding(measured, _RICH_WIDTH, language))


def comparison(reports: Sequence[PublishedReport], text: str) -> Bundle:
    """Show journeys side by side: a row each, as they may be published."""
    compared = tables.compared(Comparison(tuple(map(view_published, reports))))
    columns = [str(name) for name in compared.columns]
    filled_up = compared.astype(object).where(compared.notna(), "")
    lines = [[str(cell) for cell in line] for line in filled_up.to_numpy().tolist()]
    shown = {"columns": columns, "lines": lines}
    return _bundle("comparison", Phrases("en"), shown, text, _listed(columns, lines))


def _place(waypoint: Waypoint, phrases: Phrases) -> tuple[str, str, str, str, str]:
    """Name of a place, how finely it was told, how one arrived and when, and how certain that is."""
    told_as = within(waypoint, phrases) or phrases.word(f"precision.{waypoint.precision}")
    return (
        phrases.called(waypoint),
        phrases.word("page.withheld") if waypoint.withheld else told_as,
        phrases.how(waypoint.modes, waypoint.modes_are),
        phrases.word("comma").join(
            filter(None, (whens.told(waypoint, phrases), stayed(waypoint, phrases)))
        ),
        phrases.word(f"status.{waypoint.status}"),
    )


def _bundle(
    name: str, phrases: Phrases, shown: Mapping[str, object], text: str, rich: RenderableType
) -> Bundle:
    style = as_is(web_file("notebook/style.css"))
    html = filled(f"notebook/{name}.html", phrases, style=style, **shown).strip() + "\n"
    markdown = filled(f"notebook/{name}.md", phrases, **shown).strip() + "\n"
    return {"html": html, "markdown": markdown, "text": text, "rich": rich}


def _listed(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> Table:
    table = Table(
        *columns, box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="dim"
    )
    for line in lines:
        table.add_row(*(Text(plain(cell)) for cell in line))
    return table


def _around(table: Table, before: Sequence[str], after: Iterable[str]) -> Group:
    """Table below a title and some texts, and above others."""
    title, *texts = (plain(text) for text in before)
    quiet = (Text(plain(text), style="dim") for text in after)
    return Group(Text(title, style="bold"), *map(Text, texts), Text(""), table, Text(""), *quiet)


def _quiet(phrases: Phrases, text: str, *, generalised: bool) -> str:
    """Last line, which says that places were generalised where they were."""
    return f"{phrases.word('report.generalised')} {text}" if generalised else text


def _what_if(form: Journey, phrases: Phrases) -> list[str]:
    """Notes that say what was changed of a journey here: such a journey is nobody's telling."""
    starts = tuple(
        phrases.word(key, name="\0").split("\0")[0] for key in ("what_if.mode", "what_if.place")
    )
    said = [phrases.say(note.text) for note in form.notes if not note.sources]
    return [text for text in said if text.startswith(starts)]
