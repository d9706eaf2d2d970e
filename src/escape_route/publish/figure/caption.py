"""What stands below a figure: what the map is, how was measured, who stated what; and all of it as one description."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from escape_route.language.phrases import Phrases, corrections_of
from escape_route.protection.sensitivity import was_made_coarser
from escape_route.publish.figure.ground import has_relief, is_soft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from escape_route.language.claim_view import ScopeView
    from escape_route.language.view import ReportView
    from escape_route.publish.figure.projection import Projection
    from escape_route.publish.figure.scene import Scene

_MOST_UNNAMED = 30  # that are listed: more would fill the page, and a count says as much


def caption(
    view: ReportView, scene: Scene | None, words: Phrases, unnamed: Sequence[int] = ()
) -> str:
    """All that stands below a figure; `unnamed` are the numbers of places whose names had no room on its map."""
    said = [words.say(correction.text) for correction in corrections_of(view.journey)]
    if unnamed:
        names = [_numbered(view, number, words) for number in unnamed[:_MOST_UNNAMED]]
        names += [f"+ {words.whole(len(unnamed) - len(names))}"] * (len(unnamed) > len(names))
        said.append(words.word("figure.unnamed", names=words.word("semicolon").join(names)))
    if scene is not None:
        said += [*as_told(view, scene, words), of_maps([scene], words)]
    said += measures(view, words)
    cited = view.sources.cited(source for claim in view.distances for source in claim.sources)
    return words.sentences(
        [
            *said,
            *stated_by([words.cited(source.title, source.kind) for source in cited], words),
            words.word("figure.program"),
        ]
    )


def credit(view: ReportView, scene: Scene | None, words: Phrases) -> str:
    """What a card says of its map, and by what it was made."""
    return words.sentences(
        [*as_told(view, scene, words), *_coarse([scene], words), words.word("figure.program")]
    )


def as_told(view: ReportView, scene: Scene | None, words: Phrases) -> list[str]:
    """That places are shown as they were told, or coarser, and what names hang at, where any is no point."""
    if scene is None or all(place.pin for place in scene.places):
        return []
    key = "figure.places_coarser" if was_made_coarser(view.journey) else "figure.places"
    return [
        words.word(key),
        words.word("figure.labels_and_lines" if scene.legs else "figure.labels"),
    ]


def of_maps(scenes: Sequence[Scene], words: Phrases) -> str:
    """How maps were projected, each way once, and whose ground they show."""
    projections = dict.fromkeys(projection_in_words(scene.projection, words) for scene in scenes)
    relief = words.word("figure.relief") if any(map(has_relief, scenes)) else ""
    said = words.word("figure.map", projection=words.word("comma").join(projections), relief=relief)
    return words.sentences([said, *_coarse(scenes, words)])


def _coarse(scenes: Sequence[Scene | None], words: Phrases) -> list[str]:
    """That coasts and borders may be off, where that is seen."""
    return [words.word("figure.coarse")] * any(
        is_soft(scene) for scene in scenes if scene is not None
    )


def _numbered(view: ReportView, number: int, words: Phrases) -> str:
    name = words.called(view.journey.waypoints[number - 1])
    return words.word("figure.place", number=str(number), name=name)


def projection_in_words(projection: Projection, words: Phrases) -> str:
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


def _degrees(angle: float, positive: str, negative: str, words: Phrases) -> str:
    angle = math.remainder(angle, 360)
    return words.word(
        f"figure.{positive if angle >= 0 else negative}", n=words.marked(f"{abs(angle):g}")
    )


def measures(view: ReportView, words: Phrases) -> list[str]:
    """How plausible lengths were made, and what of that is judged; nothing where there are none."""
    method = view.method
    if not method.has_lengths:
        return []
    said = [
        words.word(
            "figure.measures",
            draws=words.whole(method.draws),
            seed=str(method.seed),
            rho=words.say(method.rho_said),
        )
    ]
    is_judged = {prior.mode: prior.judgement and not prior.is_own for prior in method.priors}
    wound = dict.fromkeys(share.mode for leg in view.legs for share in leg.wound)
    judged = [words.word(f"mode.{mode}") for mode in wound if is_judged[mode]]
    return said + [words.word("figure.judged", modes=words.word("comma").join(judged))] * bool(
        judged
    )


def stated_by(titles: Sequence[str], words: Phrases) -> list[str]:
    """Titles of sources in a line, each once; no line where there are none."""
    if titles:
        return [words.word("figure.sources", sources="; ".join(dict.fromkeys(titles)))]
    return []


def description(view: ReportView, words: Phrases) -> str:
    """All that the figure shows, in words, from published texts alone: the finding, the places, every scope."""
    numbered = enumerate(view.journey.waypoints, start=1)
    names = [
        _numbered(view, number, words) for number, waypoint in numbered if not waypoint.withheld
    ]
    said = [
        words.word("figure.alt.map"),
        words.say(view.journey.care),
        words.say(view.finding),
        words.say(view.finding_aside),
        words.word("figure.alt.places", names=words.word("comma").join(names)),
        *(_scope(view, scope, words) for scope in view.scopes if scope.lower_bound_km is not None),
    ]
    return words.sentences(said)


def _scope(view: ReportView, scope: ScopeView, words: Phrases) -> str:
    claims = [
        words.word(
            "figure.alt.claim",
            claim=words.say(claim.stated),
            source=view.stated_by(claim, words),
            verdict=words.verdict(judgement),
        )
        for claim, judgement in view.judged_in(scope)
    ]
    return words.word(
        "figure.alt.scope",
        scope=words.capital(scope.label),
        bound="" if scope.lower_bound_km is None else words.kilometres(scope.lower_bound_km),
        range=""
        if (likely := scope.plausible_km) is None
        else words.range_km(likely.low95, likely.high95),
        claims="".join(claims),
    )
