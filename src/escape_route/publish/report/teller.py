"""A copy for the person whose journey it is: what others will see of each place, what not, what is theirs to decide.

It is made of the publishable form alone, and so gives nothing away where it is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from escape_route.geography.base import country_name
from escape_route.language import whens
from escape_route.language.catalogues import opened
from escape_route.language.json import PROGRAM
from escape_route.language.kept import not_shown
from escape_route.language.names import footprint_names
from escape_route.language.phrases import DASH, Phrases, notes_of
from escape_route.language.radii import radius_of
from escape_route.language.stated import stayed
from escape_route.language.view import view_published
from escape_route.publish.page.assembly import base_style, policy, web_file
from escape_route.publish.report.template import as_is, filled

if TYPE_CHECKING:
    from escape_route.distance.report import PublishedReport
    from escape_route.model.journey import Waypoint


class Seen(TypedDict):
    """What is seen of a place, in words: lines about it, and what is told there."""

    name: str
    lines: list[str]
    words: list[str]


def render(report: PublishedReport, language: str = "en") -> bytes:
    """Write the copy as HTML; equal for equal arguments."""
    phrases, view = Phrases(language), view_published(report)
    styles = [base_style() + web_file("report/report.css")]
    return filled(
        "report/teller.html",
        phrases,
        view=view,
        program=" ".join(PROGRAM.values()),
        policy=policy([], styles),
        styles=map(as_is, styles),
        notes=notes_of(view.journey),
        places=[seen(waypoint, phrases) for waypoint in view.journey.waypoints],
    ).encode()


def seen(waypoint: Waypoint, phrases: Phrases) -> Seen:
    """What a reader sees of a place, and what is kept back."""
    when = whens.told(waypoint, phrases)
    dated = phrases.word("teller.dated", when=when) if when else phrases.word("teller.undated")
    lines = [f"{phrases.word('teller.shown')}: {_shown(waypoint, phrases)}", dated]
    lines += filter(None, [stayed(waypoint, phrases)])
    if waypoint.leg_told:
        how = phrases.how(waypoint.modes, waypoint.modes_are)
    else:
        how = phrases.word("page.untold")
    if how:
        lines.append(f"{phrases.word('page.how')}: {how}")
    if waypoint.image:
        lines.append(phrases.word("teller.picture", what=phrases.say(waypoint.image.alt)))
    if waypoint.audio:
        lines.append(phrases.word("teller.recording", what=phrases.say(waypoint.audio.transcript)))
    narrated = waypoint.narration.get(phrases.language) or waypoint.narration.get("en") or ()
    words = [phrases.quoted(statement.text) for statement in narrated]
    if quote := waypoint.quote:
        words.append(f"{phrases.say(quote.speaker)}: {phrases.quoted(phrases.say(quote.text))}")
    return {
        "name": phrases.called(waypoint),
        "lines": [
            opened(line)
            for line in (*lines, not_shown(waypoint, phrases) or phrases.word("teller.all"))
        ],
        "words": words,
    }


def _shown(waypoint: Waypoint, phrases: Phrases) -> str:
    """How a place is drawn, in words."""
    if waypoint.withheld:
        return phrases.word("teller.nowhere")
    if waypoint.footprints:
        return phrases.word(
            "teller.area",
            area=" / ".join(_area(footprint, phrases) for footprint in waypoint.footprints),
        )
    if waypoint.geometry is not None:
        return phrases.word("teller.drawn")
    if waypoint.label is None or waypoint.is_label_only:
        return phrases.word("teller.none")
    if waypoint.uncertainty_m:
        return phrases.word("teller.disc", radius=radius_of(waypoint, phrases))
    return phrases.word("teller.point")


def _area(reference: str, phrases: Phrases) -> str:
    kind, _, name = reference.partition(":")
    if kind == "border":
        ends = DASH.join(country_name(code, phrases.language) for code in name.split("-"))
        return phrases.word("teller.border", ends=ends)
    return phrases.say(footprint_names(reference))
