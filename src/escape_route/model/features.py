"""The features of a journey's file: its waypoints as they follow one another, and the legs that were traced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

import shapely

from escape_route import progress
from escape_route.errors import Problem
from escape_route.geography import antimeridian
from escape_route.model import dates, journey, references, shapes, told_dates
from escape_route.model.lines import what_it_is
from escape_route.model.members import LEG_MEMBERS, MAX_SENSITIVITY, WAYPOINT_MEMBERS, names_of
from escape_route.model.modes import Mode, ModesAre
from escape_route.model.references import Order, above_0, unit_of, value_to
from escape_route.model.units import UNITS, Quantity
from escape_route.model.vocabulary import LineIs, Precision, Role, SceneKind, Status, Wording
from escape_route.strict_json import Fields, show

if TYPE_CHECKING:
    from escape_route.geography.geodesic import LonLat
    from escape_route.model.claims import Sources

Medium = TypeVar("Medium", journey.Image, journey.Audio)

_WEIGHT_SLACK = 1e-6
_FARTHEST_KM = 20_037.5  # half of the equator: no two places are farther apart
_STAY_DECIMALS = 2
_MOST_WORDS = 25
_MOST_SIGNS = 75  # of a quotation in a script that does not part its words
_MOST_COUNTED = 99
_PACKED = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_NAME = re.compile(r"(?!\.)[^/\\:\x00-\x1f]+")
_DAY = re.compile(r"-?\d{4}-\d{2}-\d{2}")
_WHO_LOOKED = (
    "who looked for faces, voices, signs and windows, and when: "
    '{"by": "A. Name", "when": "2026-11-29"}'
)
_UNPARTED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


def waypoint(
    feature: Fields, properties: Fields, sources: Sources, broken: frozenset[str]
) -> journey.Waypoint:
    """Read one; `broken` are the places of the file that are not GeoJSON."""
    properties.know(WAYPOINT_MEMBERS)
    label, geometry = shapes.told_geometry(
        feature, ("Point", "LineString", "Polygon", "MultiPolygon"), broken
    )
    status = properties.choice("status", Status, Status.SINGLE, needed=True)
    modes_are = properties.choice("modes_are", ModesAre, ModesAre.ALTERNATIVES)
    read = journey.Waypoint(
        id=references.feature_id(feature),
        name=properties.local_text("name", needed=True) or {},
        role=properties.choice("role", Role, Role.STOP, needed=True),
        precision=properties.choice("precision", Precision, Precision.REGION, needed=True),
        status=status,
        label=label,
        geometry=geometry,
        uncertainty_m=properties.number("coordinateUncertaintyInMeters"),
        uncertainty_unit=unit_of(properties, "uncertainty_unit", Quantity.DISTANCE),
        footprints=shapes.references(properties, "footprint"),
        within=shapes.references(properties, "within", ("country:", "region:")),
        when=told_dates.in_member(properties, "when"),
        when_published=told_dates.in_member(properties, "when_published"),
        stay=_stay(properties),
        modes=_modes(properties),
        modes_are=modes_are,
        leg_told=not properties.only("leg", "untold"),
        near_previous_km=_near_previous_km(properties),
        narration=_narration(properties, sources),
        scene=_scene(properties, sources),
        quote=_quote(properties, sources),
        image=_media(properties, "image", journey.Image, "alt", journey.IMAGE_HEAD),
        audio=_media(properties, "audio", journey.Audio, "transcript", journey.AUDIO_HEAD),
        sources=(cited := sources.cited(properties, needed=status is not Status.INFERRED)),
        sources_at=sources.places(properties, cited),
        sensitivity=properties.whole("sensitivity", 0, MAX_SENSITIVITY),
        lowered=_lowered(properties),
        withheld=properties.yes("withheld"),
        verbatim_locality=properties.text("verbatimLocality"),
        request=properties.text("request"),
        data_generalizations=properties.text("dataGeneralizations"),
        information_withheld=properties.text("informationWithheld"),
    )
    shapes.check(read, properties, feature.members.get("geometry"))
    return read


def _modes(properties: Fields) -> tuple[journey.ModeShare, ...]:
    listed = properties.objects("modes")
    shares = []
    is_shared = any("weight" in fields.members for fields in listed)
    for fields in listed:
        fields.know(names_of(journey.ModeShare))
        mode = fields.choice("mode", Mode, Mode.UNKNOWN, needed=True)
        weight = fields.number("weight", needed=len(listed) > 1 and is_shared)
        if weight is not None and not 0 < weight <= 1:
            fields.fault(
                "weight",
                f"{weight:g} is not above 0 and at most 1",
                "a share such as 0.5; those of a place add up to 1",
            )
        status = fields.choice("status", Status, Status.INFERRED, needed=True)
        shares.append(
            journey.ModeShare(mode, 1.0 if weight is None else weight, status, fields.text("told"))
        )
    if len(listed) > 1 and not is_shared:
        properties.fault(
            "modes", "several modes, and no shares", _shares_of([share.mode for share in shares])
        )
    elif all("weight" in fields.members for fields in listed):  # one that is missing is told
        total = sum(share.weight for share in shares)
        if shares and abs(total - 1) > _WEIGHT_SLACK:
            properties.fault("modes", f"the weights add up to {total:g}", "they must add up to 1")
    return tuple(shares)


def _shares_of(modes: Sequence[Mode]) -> str:
    """How to write modes that have no shares: alike ones, of two decimals, the first with what is left to 1."""
    share = round(1 / len(modes), 2)
    weights = [1 - share * (len(modes) - 1), *[share] * (len(modes) - 1)]
    said = "; ".join(f"{mode} {weight:g}" for mode, weight in zip(modes, weights, strict=True))
    return (
        f"write {said} if no more is known (in a spreadsheet in mode_weight, mode_2_weight, ...), "
        "or one mode alone"
    )


def _lowered(properties: Fields) -> journey.Lowered | None:
    lowered = properties.object("sensitivity_lowered")
    if lowered is None:
        return None
    lowered.know(names_of(journey.Lowered))
    reason, date = (
        lowered.text("reason", needed=True),
        told_dates.in_member(lowered, "date", needed=True),
    )
    return journey.Lowered(reason or "", date or "")


def _near_previous_km(properties: Fields) -> float | None:
    near_km = properties.number("near_previous_km")
    if near_km is not None and not 0 < near_km <= _FARTHEST_KM:
        fix = (
            "how far from the place before it was told to lie at the most; leave it out where "
            "nothing is said"
        )
        properties.fault(
            "near_previous_km",
            f"{near_km:g} is not above 0 and at most half way round the Earth",
            fix,
        )
    return near_km


def _narration(properties: Fields, sources: Sources) -> dict[str, tuple[journey.Statement, ...]]:
    narration = properties.object("narration")
    if narration is None:
        return {}
    return {
        language: tuple(
            journey.Statement(
                fields.text("text", needed=True) or "",
                cited := sources.cited(fields, needed=False),
                sources.places(fields, cited),
            )
            for fields in narration.objects(language)
        )
        for language in narration.members
    }


def _stay(properties: Fields) -> journey.Stay | None:
    fields = properties.object("stay", such='such as {"value": 2, "unit": "week"}')
    if fields is None:
        return None
    fields.know(names_of(journey.Stay))
    value = above_0(fields, "value", needed=True)
    wording = fields.choice("wording", Wording, Wording.EXACT)
    highest = value_to(fields, value, wording)
    for name, number in (("value", value), ("value_to", highest)):
        if number is not None and number != round(number, _STAY_DECIMALS):
            fields.fault(
                name,
                f"{number:.10g} is finer than anybody tells it",
                "two decimals, or a smaller unit",
            )
    unit = unit_of(fields, "unit", Quantity.DURATION, needed=True)
    return journey.Stay(value or 1.0, unit if unit in UNITS else "d", wording, highest)


def _scene(properties: Fields, sources: Sources) -> journey.Scene | None:
    fields = properties.object("scene")
    if fields is None:
        return None
    fields.know(names_of(journey.Scene))
    kind = fields.choice("kind", SceneKind, SceneKind.PLAIN, needed=True)
    return journey.Scene(
        kind,
        fields.whole("count", 1, _MOST_COUNTED),
        sources.cited(fields, needed=kind.needs_source),
    )


def _quote(properties: Fields, sources: Sources) -> journey.Quote | None:
    fields = properties.object("quote")
    if fields is None:
        return None
    fields.know(names_of(journey.Quote))
    text, speaker = (
        fields.local_text("text", needed=True) or {},
        fields.local_text("speaker", needed=True) or {},
    )
    for language, said in text.items():
        unparted = bool(_UNPARTED.search(said))
        length, most = (len(said), _MOST_SIGNS) if unparted else (len(said.split()), _MOST_WORDS)
        if length > most:
            counted = "characters" if unparted else "words"
            fields.fault(
                f"text.{language}", f"{length} {counted}", f"{most} at the most: quote what matters"
            )
    return journey.Quote(text, speaker, sources.cited(fields, needed=True))


def _media(
    properties: Fields, member: str, kind: type[Medium], caption: str, head: str
) -> Medium | None:
    """Read a picture or a recording of a waypoint; `told` says per language what is to be seen or heard."""
    fields = properties.object(member)
    if fields is None:
        return None
    fields.know(names_of(kind))
    words = fields.local_text(caption, needed=True) or {}
    file = fields.text("file", needed=True) or ""
    named = _NAME.fullmatch(file)
    if file and not named and not (file.startswith(head) and _PACKED.fullmatch(file, len(head))):
        fields.fault(
            "file", "not the name of a file beside the journey", "its name alone, without a folder"
        )
    return kind(file, words, fields.text("credit", needed=True) or "", _checked(fields))


def _checked(fields: Fields) -> journey.Checked:
    inner = fields.object("media_checked", needed=True, such=_WHO_LOOKED)
    if inner is None:
        return journey.Checked("", "")
    inner.know(names_of(journey.Checked))
    by, when = inner.text("by", needed=True) or "", inner.text("when", needed=True) or ""
    if when and not (_DAY.fullmatch(when) and dates.is_date(when)):
        inner.fault(
            "when", f"{when} is no day", "the day on which it was checked, such as 2026-11-29"
        )
    return journey.Checked(by, when)


def trace(
    feature: Fields, properties: Fields, sources: Sources, broken: frozenset[str]
) -> journey.TracedLeg:
    """Read one; `broken` are the places of the file that are not GeoJSON."""
    properties.know(LEG_MEMBERS)
    line = _line(feature, broken)
    status = properties.choice("status", Status, Status.SINGLE, needed=True)
    return journey.TracedLeg(
        id=references.feature_id(feature) if "id" in feature.members else "",
        start=properties.text("from", needed=True) or "",
        end=properties.text("to", needed=True) or "",
        line=line,
        status=status,
        sources=(cited := sources.cited(properties, needed=status is not Status.INFERRED)),
        sources_at=sources.places(properties, cited),
        line_is=properties.choice("line", LineIs, what_it_is(line) if line else LineIs.RECORDED),
        line_told=properties.members.get("line") is not None,
    )


def _line(feature: Fields, broken: frozenset[str]) -> tuple[LonLat, ...]:
    """Line of a traced leg: a LineString, or a MultiLineString where it is cut at the antimeridian."""
    _, geometry = shapes.told_geometry(feature, ("LineString", "MultiLineString"), broken)
    if feature.members.get("geometry") is None:
        feature.fault(
            "geometry",
            "a traced leg without a line",
            "a LineString, or leave the leg out",
            rule="missing-value",
        )
    if geometry is None:
        return ()
    parts = [
        [(lon, lat) for lon, lat in part.coords] for part in getattr(geometry, "geoms", (geometry,))
    ]
    line = antimeridian.joined(parts)
    if line is None:
        fix = (
            "one LineString; or parts of which one ends on longitude 180 where the next begins on "
            "-180"
        )
        feature.fault("geometry", "the parts of this track do not meet at the antimeridian", fix)
    return line or ()


@dataclass(frozen=True, slots=True)
class Features:
    """What the features are, and the order that claims refer to."""

    waypoints: tuple[journey.Waypoint, ...]
    traces: tuple[journey.TracedLeg, ...]
    order: Order


def read_features(
    root: Fields, sources: Sources, broken: frozenset[str], known: Sequence[journey.Waypoint] = ()
) -> Features:
    """Read all that follow those `known`; `broken` are the places of the file that are not GeoJSON."""
    waypoints = list(known)
    traces: list[tuple[journey.TracedLeg, Fields]] = []
    for feature in progress.each(root.objects("features"), "reading features"):
        properties = feature.object("properties", needed=True)
        if properties is None:
            continue
        kind = properties.raw("kind", needed=True, such="waypoint or leg")
        if kind == "waypoint":
            waypoints.append(waypoint(feature, properties, sources, broken))
        elif kind == "leg":
            traces.append((trace(feature, properties, sources, broken), properties))
        elif kind is not None:
            properties.fault("kind", f"{show(kind)} is not known here", "waypoint or leg")
    are_read = len(waypoints) - len(known) + len(traces)
    is_whole = are_read == len(cast("list[object]", root.members["features"]))
    order = Order(
        [(waypoint.id, waypoint.name.values()) for waypoint in waypoints], is_whole=is_whole
    )
    check_waypoints(waypoints, root.problems, is_whole=is_whole)
    _check_traces(traces, order, root.problems)
    return Features(tuple(waypoints), tuple(leg for leg, _ in traces), order)


def check_waypoints(
    waypoints: Sequence[journey.Waypoint], problems: list[Problem], *, is_whole: bool
) -> None:
    """Note what is wrong with waypoints as they follow one another; `is_whole` where all of them could be read."""
    if not waypoints and is_whole:
        fix = 'features with properties.kind "waypoint"'
        problems.append(Problem("features", "no waypoint in it", fix, "not-a-journey"))
    references.note_twice((waypoint.id for waypoint in waypoints), problems, "features", "feature")
    vertices = int(shapely.get_num_coordinates([waypoint.geometry for waypoint in waypoints]).sum())
    if vertices > shapes.MOST_VERTICES:
        message = f"outlines of {vertices:,} positions together, more than {shapes.MOST_VERTICES:,}"
        fix = "simplify them: half a kilometre is fine enough for what nobody measured"
        problems.append(Problem("features", message, fix, "broken-shape"))
    if waypoints and waypoints[0].near_previous_km is not None:
        message = f'near_previous_km of waypoint "{waypoints[0].id}", which is the first'
        problems.append(
            Problem("features", message, "leave it out, or give it to the next", "contradiction")
        )
    for waypoint in waypoints[1:]:
        if waypoint.role is Role.START:
            message = f'waypoint "{waypoint.id}" has the role start but is not the first'
            problems.append(
                Problem("features", message, "stop or passed, or put its row first", "wrong-order")
            )


def _check_traces(
    traces: list[tuple[journey.TracedLeg, Fields]], order: Order, problems: list[Problem]
) -> None:
    for leg, fields in traces:
        if order.legs_between(fields, leg.start, leg.end) not in {None, 1}:
            message = f'"{leg.end}" does not follow "{leg.start}"'
            fields.fault("to", message, "a leg joins two neighbours", rule="wrong-order")
    references.note_twice((leg.end for leg, _ in traces), problems, "features", "traced leg to")
