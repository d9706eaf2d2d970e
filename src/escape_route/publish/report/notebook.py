"""How a journey and a report show themselves in a notebook: HTML, Markdown and text of what may be published.

A saved notebook is a publication, so what is handed in here is the protected journey. All text is escaped by the
templates, as strictly as the page's; the style names its own class in every rule, and the text is readable without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup
from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from escape_route.language import comparison as comparing
from escape_route.language import tables
from escape_route.language.markdown import escaped, row
from escape_route.language.plain import plain
from escape_route.language.sentences import Speaker
from escape_route.model.journey import say
from escape_route.publish.page.assembly import environment, web_file
from escape_route.publish.report.terminal import finding
from escape_route.publish.report.writeup import write_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.distance.report import PublishedReport
    from escape_route.model.journey import Journey, Waypoint
    from escape_route.model.published import Published
    from escape_route.publish.report.shown import Bundle
    from escape_route.publish.report.writeup import Bar, WriteUp

_RICH_WIDTH = 100


def journey(published: Published, *, generalised: bool = False, language: str = "en") -> Bundle:
    """Show the places of a journey as they were told; nothing is measured for it.

    Parameters
    ----------
    published
        What may be published of it.
    generalised
        Whether it was made coarser than the file that it was read from.
    language
        One of `words.languages()`.
    """
    told, speaker = published.journey, Speaker(language)
    heads = ("place", "told_as", "arrived", "when", "numbers")
    head = {key: speaker.word(f"journey.{key}") for key in heads} | {"certainty": speaker.word("page.certainty")}
    places = [_place(waypoint, speaker) for waypoint in told.waypoints]
    claims = ", ".join(dict.fromkeys(speaker.stated(claim) for claim in told.claims))
    said = [speaker.word("report.generalised")] if generalised else []
    quiet = " ".join([*said, speaker.word("journey.check")])
    texts = {
        "title": say(told.title, language),
        "care": "" if told.care is None else say(told.care, language),
        "summary": say(told.summary, language),
        "claims": claims,
        "quiet": quiet,
    }
    marks = changed(told, language)
    html = _template("notebook/journey.html", language=language, head=head, places=places, marks=marks, **texts)
    columns = [head["place"], head["told_as"], head["arrived"], head["when"], head["certainty"]]
    lines = [row([escaped(each) for each in place.values()]) for place in places]
    parts = [f"**{escaped(texts['title'])}**", *map(escaped, filter(None, (texts["care"], texts["summary"])))]
    table = "\n".join([row(map(escaped, columns)), row(["---"] * len(columns)), *lines])
    parts += [table, *([f"{escaped(head['numbers'])}: {escaped(claims)}."] if claims else []), *map(escaped, marks)]
    text = f"<Journey {told.id}: {len(told.waypoints)} waypoints, {len(told.claims)} claims>"
    rich = _journey_rich(texts, ["#", *columns], places, marks)
    return {"html": html, "markdown": "\n\n".join(parts) + "\n", "text": text, "rich": rich}


def _journey_rich(texts: dict[str, str], columns: list[str], places: list[dict[str, str]], marks: list[str]) -> Group:
    listed = Table(*columns, box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="dim")
    for number, place in enumerate(places, start=1):
        listed.add_row(str(number), *(Text(plain(each)) for each in place.values()))
    said = [Text(plain(each)) for each in (texts["care"], texts["summary"]) if each]
    end = [Text(plain(each), style="dim") for each in (*marks, texts["quiet"])]
    return Group(Text(plain(texts["title"]), style="bold"), *said, Text(""), listed, Text(""), *end)


def _place(waypoint: Waypoint, speaker: Speaker) -> dict[str, str]:
    word = speaker.word
    joint = f" {word('page.or' if waypoint.modes_are == 'alternatives' else 'page.and')} "
    precision = word(f"precision.{waypoint.precision}")
    if waypoint.uncertainty_m:
        precision = word("page.within_km", km=f"{waypoint.uncertainty_m / 1000:,.4g}")
    told = word("page.withheld") if waypoint.withheld else precision
    return {
        "name": say(waypoint.name, speaker.language),
        "told_as": told,
        "arrived": joint.join(word(f"mode.{share.mode}") for share in waypoint.modes),
        "when": waypoint.when or "",
        "certainty": word(f"status.{waypoint.status}"),
    }


def report(found: PublishedReport, *, generalised: bool = False, language: str = "en") -> Bundle:
    """Show a finding and its ledger.

    Parameters
    ----------
    found
        On what may be published of the journey.
    generalised
        Whether that was made coarser than the file that it was read from.
    language
        One of `words.languages()`.
    """
    up, speaker = write_up(found, language), Speaker(language)
    bars = [each.bar for claim in up.stated for each in claim.judged]
    cited = sorted({number for claim in up.stated for number in claim.sources})
    quiet = " ".join([*([speaker.word("report.generalised")] if generalised else []), made_with(found, language)])
    pictures = {each: picture(each.bar, up) for claim in up.stated for each in claim.judged}
    html = _template(
        "notebook/report.html",
        up=up,
        head={"scope": speaker.word("report.scope")},
        highest=f"{bars[0].highest_km:,.0f}" if bars else "",
        dash="\N{EN DASH}",
        pictures=pictures,
        marks=changed(found.journey, language),
        cited=[(number, up.sources[number - 1]) for number in cited],
        quiet=quiet,
    )
    text = f"<Report {found.journey.id}: {plain(up.finding)}>"
    rich = finding(found, _RICH_WIDTH)
    return {"html": html, "markdown": _report_markdown(up, quiet), "text": text, "rich": rich}


def comparison(reports: Sequence[PublishedReport], text: str) -> Bundle:
    """Show journeys side by side: a row each, as they may be published."""
    compared = tables.compared(comparing.compare(reports))
    columns = [str(name) for name in compared.columns]
    filled = compared.astype(object).where(compared.notna(), "")
    lines = [[str(each) for each in line] for line in filled.to_numpy().tolist()]
    listed = Table(*columns, box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="dim")
    for line in lines:
        listed.add_row(*(Text(plain(each)) for each in line))
    rows = [row(map(escaped, columns)), row(["---"] * len(columns)), *(row(map(escaped, line)) for line in lines)]
    html = _template("notebook/comparison.html", columns=columns, lines=lines)
    return {"html": html, "markdown": "\n".join(rows) + "\n", "text": text, "rich": listed}


def picture(bar: Bar, up: WriteUp) -> str:
    """Words for one line of the ledger, for who cannot see it."""
    said = [f"{up.words['stated']} {bar.stated_km:,.0f} km"]
    if bar.bound_km is not None:
        said.append(up.words["ledger_bound"].replace("{km}", f"{bar.bound_km:,.0f}"))
    if bar.low95_km is not None and bar.high95_km is not None:
        filled = up.words["ledger_plausible"].replace("{low}", f"{bar.low95_km:,.0f}")
        said.append(filled.replace("{high}", f"{bar.high95_km:,.0f}"))
    return "; ".join(said)


def made_with(found: PublishedReport, language: str = "en") -> str:
    """Draws, seed, rho, where, and priors that were set: what every number of a report was made with."""
    speaker = Speaker(language)
    settings = found.settings
    said = [
        speaker.word(
            "report.draws",
            kept=f"{found.draws.kept:,}",
            seed=str(settings.seed),
            rho=f"{settings.rho:g}",
            where=speaker.word(f"where.{settings.where}"),
        )
    ]
    for winding in settings.priors:
        at = winding.prior.at(1.0)
        numbers = dict(zip(("median", "low", "high"), (f"{value:.2f}" for value in at), strict=True))
        mode = speaker.word(f"mode.{winding.mode}")
        said.append(speaker.word("prior.own", mode=mode, **numbers))
    return " ".join(said)


def changed(told: Journey, language: str = "en") -> list[str]:
    """Notes that say what was changed of a journey here: such a journey is nobody's telling."""
    speaker = Speaker(language)
    starts = tuple(speaker.word(key, name="\0").split("\0")[0] for key in ("what_if.mode", "what_if.place"))
    said = [say(note.text, language) for note in told.notes if not note.sources]
    return [text for text in said if text.startswith(starts)]


def _report_markdown(up: WriteUp, quiet: str) -> str:
    parts = [f"**{escaped(up.title)}**", *([escaped(up.care)] if up.care else []), f"**{escaped(up.finding)}**"]
    parts += [escaped(up.hangs_on)] if up.hangs_on else []
    if up.stated:
        columns = [up.words["stated"], Speaker(up.language).word("report.scope"), up.words["verdict"]]
        lines = [
            row(map(escaped, (claim.words, each.scope, f"{each.verdict}, {each.times}".removesuffix(", "))))
            for claim in up.stated
            for each in claim.judged
        ]
        parts.append("\n".join([row(map(escaped, columns)), row(["---"] * len(columns)), *lines]))
    return "\n\n".join([*parts, escaped(quiet)]) + "\n"


def _template(name: str, **values: object) -> str:
    style = Markup(web_file("notebook/style.css"))  # noqa: S704  # our own file
    return environment().get_template(name).render(style=style, **values).strip() + "\n"
