"""Rows of many journeys, as `tables.judged` has those of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from escape_route.distance.many import Plain, WeighedClaim, weighed
from escape_route.distance.report import gather
from escape_route.distance.scopes import ScopeReport
from escape_route.distance.settings import Settings
from escape_route.language import tables
from escape_route.language.claim_view import IntervalKm
from escape_route.language.digits import MEASURED
from escape_route.language.sentences import Speaker
from escape_route.language.stated import told_km
from escape_route.model.journey import UNTOLD_MODES, Journey

_SPEAKER = Speaker()


def judged_all(
    journeys: Sequence[Journey], settings: Settings
) -> Iterator[list[dict[str, object]] | Exception]:
    """What `tables.judged` has of each journey, or what became of it: those that are plain all at once."""
    for journey, plain in zip(journeys, weighed(journeys, settings), strict=True):
        try:
            yield tables.judged(gather(journey, settings)) if plain is None else _plainly(plain)
        except Exception as error:  # noqa: BLE001  # whatever is wrong with one journey, the others are looked at
            yield error


def _plainly(plain: Plain) -> list[dict[str, object]]:
    """Rows of a journey that was weighed with others: no country, no flight and no track is told of it."""
    modes = (
        share.mode
        for waypoint in plain.journey.waypoints[1:]
        for share in waypoint.modes or UNTOLD_MODES
    )
    whole = tables.of_whole(plain.journey, dict.fromkeys(modes), ())
    rows = [_weighed(plain.journey, claim) for claim in plain.claims] or [
        _scope(plain.journey, plain.whole)
    ]
    return [dict.fromkeys(tables.JUDGED) | row | whole for row in rows]


def _weighed(journey: Journey, claim: WeighedClaim) -> dict[str, object]:
    stated = {
        "id": claim.claim.id,
        "stated": _SPEAKER.stated(claim.claim),
        "stated_km": told_km(claim.claim),
    }
    verdict = tables.verdict_in(claim.judgement, claim.judgement.edge_m / 1000, claim.firmness)
    return stated | verdict | _scope(journey, claim.scope)


def _scope(journey: Journey, scope: ScopeReport) -> dict[str, object]:
    assert scope.bound is not None and scope.plausible is not None  # noqa: S101, PT018  # it was weighed
    likely_km = IntervalKm.of(scope.plausible, MEASURED.drawn_km)
    label = _SPEAKER.ends(journey, scope.key.start, scope.key.end)
    return {"scope": label, "lower_bound_km": scope.bound.bound_m / 1000, **tables.ends(likely_km)}
