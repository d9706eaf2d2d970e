"""What stands below a figure: what the map is, how was measured, who stated what; and all of it as one description."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from escape_route.distance.priors import PRIORS
from escape_route.language import digits
from escape_route.language.comparison import Sides
from escape_route.model.journey import UNTOLD_MODES, say
from escape_route.protection.sensitivity import was_made_coarser
from escape_route.publish.figure.ground import has_relief
from escape_route.publish.figure.ledger_layout import source_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.distance.report import Report
    from escape_route.distance.scopes import ScopeReport
    from escape_route.language.comparison import Comparison
    from escape_route.language.sentences import Speaker
    from escape_route.publish.figure.projection import Projection
    from escape_route.publish.figure.scene import Scene

_SENTENCE_DASH = "\N{EN DASH}"


def kicker(report: Report, words: Speaker) -> str:
    """Whose journey, and in which years."""
    journey = report.journey
    years = sorted(year for waypoint in journey.waypoints for year in re.findall(r"\d{4}", waypoint.when or ""))
    when = _SENTENCE_DASH.join(dict.fromkeys((years[0], years[-1]))) if years else ""
    return " · ".join(part for part in (say(journey.subject or {}, words.language), when) if part)


def caption(report: Report, scene: Scene | None, words: Speaker, unnamed: Sequence[int] = ()) -> list[str]:
    """Paragraphs below a figure; `unnamed` are the numbers of places whose names had no room on its map."""
    parts = []
    if unnamed:
        names = "; ".join(_numbered(report, number, words) for number in unnamed)
        parts.append(words.word("figure.unnamed", names=names))
    if scene is not None:
        if any(not place.pin for place in scene.places):
            parts.append(words.word("figure.places_coarser" if was_made_coarser(report.journey) else "figure.places"))
        credit = words.word("figure.relief") if has_relief(scene) else ""
        parts.append(words.word("figure.map", projection=projection_in_words(scene.projection, words), relief=credit))
    if report.draws.travelled_m.any():
        parts.append(" ".join(_measures(report, words)))
    stated = _stated_by(report)
    if stated:
        parts.append(words.word("figure.sources", sources="; ".join(stated)))
    parts.append(words.word("figure.program"))
    return [" ".join(parts)]


def _numbered(report: Report, number: int, words: Speaker) -> str:
    name = say(report.journey.waypoints[number - 1].name, words.language)
    return words.word("figure.place", number=str(number), name=name)


def projection_in_words(projection: Projection, words: Speaker) -> str:
    """Name of a projection with the angles that define it."""
    lon = _degrees(projection.centre[0], "east", "west", words)
    lat = _degrees(projection.centre[1], "north", "south", words)
    values = {"lon": lon, "lat": lat}
    if projection.key in {"aea", "lcc"}:
        low, high = (_degrees(angle, "north", "south", words) for angle in projection.angles[:2])
        values |= {"low": low, "high": high}
    if projection.key == "cea":
        values["low"] = _degrees(projection.angles[0], "north", "south", words)
    return words.word(f"figure.projection.{projection.key}", **values)


def _degrees(angle: float, positive: str, negative: str, words: Speaker) -> str:
    angle = math.remainder(angle, 360)
    return words.word(f"figure.{positive if angle >= 0 else negative}", n=f"{abs(angle):g}")


def _measures(report: Report, words: Speaker) -> list[str]:
    draws = {"draws": f"{report.draws.kept:,}", "seed": str(report.settings.seed), "rho": f"{report.settings.rho:g}"}
    said = [words.word("figure.measures", **draws)]
    drawn = zip(report.legs, report.leg_draws, strict=True)
    modes = [share.mode for leg, draw in drawn if draw and not leg.traced for share in leg.modes or UNTOLD_MODES]
    judged = [words.word(f"mode.{mode}") for mode in dict.fromkeys(modes) if PRIORS[mode].judgement]
    if judged:
        said.append(words.word("figure.judged", modes=", ".join(judged)))
    return said


def _stated_by(report: Report) -> list[str]:
    cited = dict.fromkeys(source for item in report.claims if item.judgements for source in item.claim.sources)
    titles = {source.id: source.title for source in report.journey.sources}
    return [titles[each] for each in cited if each in titles]


def of_comparison(found: Comparison, words: Speaker) -> list[str]:
    """Paragraphs below a comparison."""
    said = [words.word("compare.note")]
    drawn = [report for report in found.reports if report.draws.travelled_m.any()]
    said += _measures(drawn[0], words) if drawn else []
    shown = [
        (report, source)
        for report, row in zip(found.reports, found.rows, strict=True)
        for each in row.stated
        for source in each.sources
    ]
    stated = dict.fromkeys(
        other.title for report, source in shown for other in report.journey.sources if other.id == source
    )
    said += [words.word("figure.sources", sources="; ".join(stated))] if stated else []
    return [" ".join([*said, words.word("figure.program")])]


def comparison_described(found: Comparison, words: Speaker) -> str:
    """All that a comparison shows, in words."""
    sides = Sides(words.language)
    said = [words.word("compare.note")]
    for row in found.rows:
        lines = sides.lines(row)
        heads = ((words.word(f"compare.{key}"), text) for key, text in lines.items() if text)
        told = "; ".join(f"{head}: {text}" for head, text in heads)
        said.append(f"{say(row.subject, words.language)}: {told}.")
    return " ".join(said)


def description(report: Report, words: Speaker) -> str:
    """All that the figure shows, in words, from published texts alone: the finding, the places, every scope."""
    journey = report.journey
    said = [
        words.word("figure.alt.map"),
        say(journey.care or {}, words.language),
        words.finding(report),
        words.finding_aside(report),
    ]
    shown = [(n, waypoint) for n, waypoint in enumerate(journey.waypoints, start=1) if not waypoint.withheld]
    names = ", ".join(
        words.word("figure.place", number=str(n), name=say(each.name, words.language)) for n, each in shown
    )
    said.append(words.word("figure.alt.places", names=names))
    said += [_scope(report, scope, words) for scope in report.scopes if scope.bound is not None]
    return " ".join(part for part in said if part)


def _scope(report: Report, scope: ScopeReport, words: Speaker) -> str:
    claims = [
        words.word(
            "figure.alt.claim",
            claim=words.stated(claim),
            source=source_of(report, claim),
            verdict=words.verdict(own.verdict),
        )
        for claim, own in report.claims_in(scope)
    ]
    bound = "" if scope.bound is None else words.kilometres(digits.rounded_down(scope.bound.bound_m / 1000))
    plausible = scope.plausible
    said = "" if plausible is None else words.range_km(plausible.low95_m, plausible.high95_m)
    label = words.scope(report, scope.key)
    label = label[0].upper() + label[1:]
    return words.word("figure.alt.scope", scope=label, bound=bound, range=said, claims="".join(claims))
