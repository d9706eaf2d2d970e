"""From reports to what their page shows."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Pillow

from escape_route.distance.bounds import Edge
from escape_route.formats import geojson
from escape_route.geography import geodesic
from escape_route.language import whens
from escape_route.language.catalogues import Words, languages
from escape_route.language.digits import decimals_of, position
from escape_route.language.json import PROGRAM
from escape_route.language.kept import coarser
from escape_route.language.names import footprint_names, in_languages
from escape_route.language.phrases import Phrases, notes_of
from escape_route.language.plain import like
from escape_route.language.radii import radius_of, within
from escape_route.language.sentences import in_order
from escape_route.language.stated import stayed
from escape_route.language.view import LegView, PriorView, ReportView
from escape_route.model import places
from escape_route.model.journey import IMAGE_HEAD, Journey, Text, Waypoint
from escape_route.publish.page import headline, orientation
from escape_route.publish.page.frame import beside, middle_of, turned
from escape_route.publish.page.shown import (
    Download,
    Footprint,
    Lines,
    Page,
    Shortest,
    ShownAudio,
    ShownClaim,
    ShownImage,
    ShownJourney,
    ShownLeg,
    ShownMethod,
    ShownNetwork,
    ShownPrior,
    ShownScope,
    ShownWaypoint,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shapely.geometry.base import BaseGeometry

    from escape_route.distance.report import PublishedReport, Report
    from escape_route.distance.scopes import ScopeReport
    from escape_route.geography.geodesic import LonLat
    from escape_route.language.claim_view import ClaimView, ScopeView
    from escape_route.language.sources import Cited

_LEG_COLUMNS = ("from", "to", "length_km", "bearing_deg", "vague", "status", "country")
_BREAK_M = 60_000.0  # the shortest journey is not drawn nearer than this to a point of it


def payload(reports: Sequence[PublishedReport], language: str | None = None) -> Page:
    """Everything that a page shows in words and numbers; the first journey is its own, all have one mark.

    It opens in `language`; in that of the journeys where it is None.
    """
    reports = [*map(in_order, reports)]  # as they are said
    views = [ReportView.of(report) for report in reports]
    spoken, middle_deg = _languages(views, language), middle_of(views)
    journeys = tuple(
        _around(_journey(report, view, spoken), middle_deg, report)
        for report, view in zip(reports, views, strict=True)
    )
    if len(journeys) == 1:
        journeys = (replace(journeys[0], lead=headline.lead(journeys[0].summary)),)
    published = [report.journey for report in reports]
    names = orientation.names(published, spoken)
    sides, sides_per_deg = orientation.sides(published, names)
    return Page(
        program=PROGRAM,
        languages=spoken,
        journeys=journeys,
        mark=next((report.mark for report in reports), None),
        when=_each(
            lambda words: whens.when(
                (waypoint.when for view in views for waypoint in view.journey.waypoints), words
            ),
            spoken,
        ),
        names=names,
        sides=sides,
        sides_per_deg=sides_per_deg,
        downloads=tuple(file for view in views for file in _downloads(view)),
    )


def _languages(views: Sequence[ReportView], wanted: str | None) -> tuple[str, ...]:
    """Languages that the page can be read in, all that we speak: a wanted one first, then those of every journey.

    What a journey tells itself stays in the languages that it has.
    """
    own = [{*view.journey.title} & {*view.journey.summary} for view in views]
    shared = [language for language in languages() if all(language in has for has in own)]
    first = [Words(wanted).language] if wanted else []
    return tuple(dict.fromkeys((*first, *shared, *languages())))


def _each(say: Callable[[Words], str], spoken: Sequence[str]) -> Text:
    """What is said in each of the languages of the page."""
    return {language: say(Words(language)) for language in spoken}


def _in(spoken: Sequence[str], text: Text) -> Text:
    """What we say, in the languages of the page alone; what a journey says itself is kept in all of its languages."""
    return {language: said for language, said in text.items() if language in spoken}


def _downloads(view: ReportView) -> list[Download]:
    """Files that a reader can take out of the page: the journey as published, and its legs as a table."""
    journey = view.journey
    files = (
        (
            f"{journey.id}.geojson",
            "application/geo+json",
            geojson.to_bytes(_without_media(journey)).decode(),
        ),
        (f"{journey.id}-legs.csv", "text/csv", _legs_csv(view)),
    )
    return [
        Download(name, mime, text, hashlib.sha256(text.encode()).hexdigest())
        for name, mime, text in files
    ]


def _legs_csv(view: ReportView) -> str:
    """Legs as CSV (RFC 4180), a row a leg, as the page's table has them."""
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow(_LEG_COLUMNS)
    for leg in view.legs:
        ends = (leg.start, leg.end, leg.length_km, leg.bearing_deg)
        writer.writerow((*ends, leg.vague, leg.status, _countries(leg)))
    return content.getvalue()


def _journey(report: Report, view: ReportView, spoken: Sequence[str]) -> ShownJourney:
    journey = view.journey
    people = journey.people or 0
    shapes = places.outlines(journey)
    said = headline.of(report, view, spoken)
    return like(
        ShownJourney,
        journey,
        ended=_each(lambda words: Phrases(words.language).outcome(journey), spoken)
        if journey.outcome.row.broken_off
        else None,
        notes=notes_of(journey),
        sources=view.sources.numbered,
        when=_each(
            lambda words: whens.when((waypoint.when for waypoint in journey.waypoints), words),
            spoken,
        ),
        waypoints=tuple(
            replace(
                _waypoint(journey, number, shapes.get(waypoint.id), avoid, spoken),
                brief=brief,
                hang=hang,
                again=orientation.again(waypoint, waypoint.label or hang),
            )
            for number, (waypoint, avoid, brief, hang) in enumerate(
                zip(
                    journey.waypoints,
                    orientation.avoided(journey),
                    orientation.briefly(journey),
                    orientation.hangs(journey, shapes),
                    strict=True,
                ),
                1,
            )
        ),
        legs=tuple(_leg(leg, view.cited_of(leg)) for leg in view.legs),
        claims=tuple(_claim(claim, spoken) for claim in view.claims),
        scopes=tuple(
            _scope(view, *pair, spoken) for pair in zip(view.scopes, report.scopes, strict=True)
        ),
        finding=_in(spoken, view.finding),
        finding_aside=_in(spoken, view.finding_aside),
        method=like(
            ShownMethod,
            view.method,
            draws_kept=view.method.draws,
            priors=tuple(map(_prior, view.method.priors)),
        ),
        headline=said,
        standfirst=headline.standfirst(journey.summary),
        people_said=None
        if people < 2  # noqa: PLR2004  # one alone
        else _each(lambda words: words.counted("quantity.people", people, n=people), spoken),
        apart_km=headline.apart_km(report, said),
        leading=0 if view.leading is None else view.scopes.index(view.leading),
    )


def _around(shown: ShownJourney, middle_deg: float, report: Report) -> ShownJourney:
    """The journey on a map around a meridian: the boxes of its places lie where that shows them."""
    if not middle_deg:
        return shown
    shapes = places.outlines(report.journey)
    waypoints = (
        replace(
            waypoint,
            bbox=_bbox(
                waypoint.label and beside(waypoint.label, middle_deg),
                shape and turned(shape, middle_deg),
            ),
        )
        for waypoint in shown.waypoints
        for shape in (shapes.get(waypoint.id),)
    )
    return replace(shown, middle_deg=middle_deg, waypoints=tuple(waypoints))


def _waypoint(
    journey: Journey,
    number: int,
    shape: BaseGeometry | None,
    avoid: tuple[str, ...],
    spoken: Sequence[str],
) -> ShownWaypoint:
    waypoint = journey.waypoints[number - 1]
    audio = waypoint.audio
    is_coarser = waypoint.data_generalizations or waypoint.information_withheld
    label = None if waypoint.label is None or waypoint.withheld else position(waypoint.label)
    return like(
        ShownWaypoint,
        waypoint,
        name=in_languages(waypoint),
        number=number,
        when_said=_each(partial(whens.told, waypoint), spoken) if waypoint.when else None,
        stayed=_each(partial(stayed, waypoint), spoken) if waypoint.stay else None,
        label=label,
        pin=waypoint.label is not None and not waypoint.is_vague,
        uncertainty_km=None if waypoint.uncertainty_m is None else waypoint.uncertainty_m / 1000,
        within_said=_each(partial(within, waypoint), spoken) if waypoint.uncertainty_m else None,
        radius_said=_each(partial(radius_of, waypoint), spoken) if waypoint.uncertainty_m else None,
        footprints=tuple(
            Footprint(reference, footprint_names(reference)) for reference in waypoint.footprints
        ),
        bbox=_bbox(label, shape),
        coarser=_each(partial(coarser, waypoint), spoken) if is_coarser else None,
        image=_image(waypoint),
        audio=ShownAudio(audio.file, audio.transcript, audio.credit)
        if audio and audio.is_embedded
        else None,
        avoid=avoid,
    )


def _bbox(label: LonLat | None, shape: BaseGeometry | None) -> tuple[float, ...] | None:
    """West, south, east and north of all that is known of a place; None where nothing is."""
    if shape is not None:
        west, south, east, north = shape.bounds
        decimals = decimals_of(max(east - west, north - south))
        return *position((west, south), decimals), *position((east, north), decimals)
    return None if label is None else label * 2


def _leg(leg: LegView, cited: Cited) -> ShownLeg:
    decimals = decimals_of(
        max((float(np.ptp(part, axis=0).max()) for part in leg.line), default=0.0)
    )
    line = tuple(tuple(position(point, decimals) for point in part) for part in leg.line)
    return like(
        ShownLeg,
        leg,
        country=_countries(leg),
        line=line,
        sources=cited.sources,
        sources_at=cited.sources_at,
    )


def _countries(leg: LegView) -> str | None:
    return ", ".join(sorted(leg.countries_km)) or None


def _scope(
    view: ReportView, scope: ScopeView, measured: ScopeReport, spoken: Sequence[str]
) -> ShownScope:
    shortest, likely = None, scope.plausible_km
    if measured.bound is not None:
        line = _broken(measured.bound.shortest.points, measured.edges)
        shortest = Shortest(scope.shortest_way_km, scope.shortest_error_km, line)
    return like(
        ShownScope,
        scope,
        flight="yes" if scope.has_flight and scope.counts_flight else "no",
        label=_in(spoken, scope.label),
        shortest=shortest,
        chain_km=scope.label_chain_km,
        chain_from=None if scope.chain_start is None else scope.chain_start + 1,
        claims=tuple(claim.id for claim, _ in view.judged_in(scope)),
        network=_network(scope, spoken),
        likely=None
        if likely is None
        else _each(lambda words: words.range_km(likely.low95, likely.high95, "range"), spoken),
        felt=None if scope.lower_bound_km is None else orientation.as_far_as(scope.lower_bound_km),
    )


def _network(scope: ScopeView, spoken: Sequence[str]) -> ShownNetwork | None:
    if scope.by_network is None or scope.by_network_said is None:
        return None
    tick = None if scope.by_network_tick is None else _in(spoken, scope.by_network_tick)
    return ShownNetwork(scope.by_network.length_km, tick, _in(spoken, scope.by_network_said))


def _broken(points: tuple[LonLat, ...], edges: tuple[Edge, ...]) -> Lines:
    """Shortest journey to draw, with a gap around each of its points: none may be read as where somebody was."""
    parts = []
    for edge, (start, end) in zip(edges, pairwise(points), strict=True):
        if edge is not Edge.GEODESIC or geodesic.geodesic_m(start, end) <= 3 * _BREAK_M:
            continue
        for part in geodesic.geodesic_line(start, end, _BREAK_M):
            ends_m = [
                (geodesic.geodesic_m(point, start), geodesic.geodesic_m(point, end))
                for point in part
            ]
            kept = [
                position(point, 3)
                for point, off_m in zip(part, ends_m, strict=True)
                if min(off_m) >= _BREAK_M / 2
            ]
            if len(kept) > 1:
                parts.append(tuple(kept))
    return tuple(parts)


def _claim(claim: ClaimView, spoken: Sequence[str]) -> ShownClaim:
    """A claim with its first judgement; of a second one, where it is unknown whether a flight counts, the verdict."""
    first, second = (*claim.judgements, None, None)[:2]
    return like(
        ShownClaim,
        claim,
        stated=_in(spoken, claim.stated),
        reaches=claim.wording.row.reaches,
        scope_id=None if first is None else first.scope.id,
        also_scope_id=None if second is None else second.scope.id,
        verdict=None if first is None else first.verdict,
        also_verdict=None if second is None else second.verdict,
        said=None if first is None else _in(spoken, first.said),
        also_said=None if second is None else _in(spoken, second.said),
        ratio=None if first is None or first.ratio is None else round(first.ratio, 2),
        unexplained_km=None if first is None else first.unexplained_km or None,
        sentence=_in(spoken, claim.weighed),
        more=_in(spoken, claim.asides),
        rest=_in(spoken, claim.rest) if any(claim.rest.values()) else None,
        why=_in(spoken, first.why) if first is not None and any(first.why.values()) else None,
        fits_in=None if claim.fits_in is None else _in(spoken, claim.fits_in.label),
        fits_why=None if claim.fits_why is None else _in(spoken, claim.fits_why),
    )


def _prior(prior: PriorView) -> ShownPrior:
    typical = prior.typical
    factors = (typical.median_factor, typical.low90_factor, typical.high90_factor)
    return ShownPrior(prior.mode, *factors, judgement=prior.judgement, basis=prior.basis)


def _image(waypoint: Waypoint) -> ShownImage | None:
    """The picture of a waypoint with its size, so that nothing moves when it comes; None where there is none."""
    image = waypoint.image
    if image is None or not image.is_embedded:
        return None
    content = base64.b64decode(image.file.removeprefix(IMAGE_HEAD))
    with Pillow.open(io.BytesIO(content), formats=("JPEG",)) as opened:
        return ShownImage(image.file, *opened.size, image.alt, image.credit)


def _without_media(journey: Journey) -> Journey:
    """The journey for a reader to take out of the page: what is to be seen and heard stands in the page already."""
    bare = tuple(replace(waypoint, image=None, audio=None) for waypoint in journey.waypoints)
    return replace(journey, waypoints=bare)
