"""A copy for the person whose journey it is: what others will see of each place, what not, what is theirs to decide.

It is made of the publishable form alone, and so gives nothing away where it is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from escape_route.geography.base import name_of
from escape_route.language import whens
from escape_route.language.json import PROGRAM
from escape_route.language.lengths import radius
from escape_route.language.phrases import Phrases
from escape_route.language.record import notes_of
from escape_route.language.view import view_published
from escape_route.publish.page.assembly import base_style, policy, web_file
from escape_route.publish.report.template import as_is, filled

if TYPE_CHECKING:
    from escape_route.distance.report import PublishedReport
    from escape_route.model.journey import Waypoint


class Seen(TypedDict):
    """What is seen of a place, in words."""

    name: str
    shown: str
    dated: str
    kept: str
    words: list[str]


def render(found: PublishedReport, language: str = "en") -> bytes:
    """Write the copy as HTML; equal for equal arguments."""
    phrases, view = Phrases(language), view_published(found)
    styles = [base_style() + web_file("report/report.css")]
    return filled(
        "report/teller.html",
        phrases,
        view=view,
        program=" ".join(PROGRAM.values()),
        policy=policy([], styles),
        styles=map(as_is, styles),
        notes=notes_of(view.journey),
        places=[_seen(each, phrases) for each in view.journey.waypoints],
    ).encode()


def _seen(waypoint: Waypoint, phrases: Phrases) -> Seen:
    kept = waypoint.information_withheld
    when = waypoint.when
    told = waypoint.narration.get(phrases.language) or waypoint.narration.get("en") or ()
    return {
        "name": phrases.say(waypoint.name),
        "shown": f"{phrases.word('teller.shown')}: {_shown(waypoint, phrases)}",
        "dated": phrases.word("teller.dated", when=whens.in_words(when, phrases))
        if when
        else phrases.word("teller.undated"),
        "kept": phrases.word("teller.kept", what=kept) if kept else phrases.word("teller.all"),
        "words": [statement.text for statement in told],
    }


def _shown(waypoint: Waypoint, phrases: Phrases) -> str:
    """How a place is drawn, in words."""
    if waypoint.withheld:
        return phrases.word("teller.nowhere")
    if waypoint.footprints:
        return phrases.word("teller.area", area=" / ".join(phrases.say(name_of(each)) for each in waypoint.footprints))
    if waypoint.geometry is not None:
        return phrases.word("teller.drawn")
    if waypoint.label is None or waypoint.is_label_only:
        return phrases.word("teller.none")
    if waypoint.uncertainty_m:
        return phrases.word("teller.disc", radius=radius(waypoint.uncertainty_m, phrases))
    return phrases.word("teller.point")
