"""From the bytes of a GeoJSON file to a journey, or to all that is wrong with it at once."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, cast

import shapely
from shapely.geometry import Point, box, shape

from escape_route import antimeridian, dates, geography, progress, rfc7946, strict_json
from escape_route.errors import JourneyFileError, Problem, UnknownPlaceError
from escape_route.fields import Fields, ids_by_name, in_file_order, suggest, suggest_bearer
from escape_route.model import (
    Claim,
    Counts,
    Flight,
    Journey,
    Lowered,
    Mode,
    ModesAre,
    ModeShare,
    Note,
    Outcome,
    Precision,
    Quantity,
    Role,
    Scope,
    Source,
    Statement,
    Status,
    TracedLeg,
    Waypoint,
    Wording,
)
from escape_route.strict_json import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeGuard

    from shapely.geometry.base import BaseGeometry

    from escape_route.model import LonLat
    from escape_route.strict_json import Members

UNITS = {Quantity.DISTANCE: ("km", "m", "mi", "nmi", "li"), Quantity.DURATION: ("h", "d")}
MAX_SENSITIVITY = 4
MOST_PROBLEMS = 1_000  # told of one file
MAX_LON_DEG, MAX_LAT_DEG = 180.0, 90.0
_FARTHEST_M = 20_037_508.4  # half of the equator: no two places are farther apart
_MOST = 1_000_000_000  # of anything that is counted or measured here
_WEIGHT_SLACK = 1e-6
_LEAST_DEGREE_M = 110_500.0  # of latitude, at the equator
_BORDER_SLACK_DEG = 0.02
_LEAST_COSINE = 0.01
_ID_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

JOURNEY_MEMBERS = (
    *("id", "title", "summary", "care", "subject", "people", "outcome", "sources", "claims", "notes", "reviewed"),
)
WAYPOINT_MEMBERS = (
    *("kind", "name", "role", "precision", "coordinateUncertaintyInMeters", "footprint", "within", "when"),
    *("when_published", "modes", "modes_are", "leg", "status", "narration", "sources", "sensitivity"),
    *("sensitivity_lowered", "withheld", "verbatimLocality"),
    *("dataGeneralizations", "informationWithheld"),
)
LEG_MEMBERS = ("kind", "from", "to", "status", "sources")


def read(content: bytes, source: str = "journey") -> Journey:
    """Read a journey from the bytes of a GeoJSON file.

    Parameters
    ----------
    content
        The file's bytes.
    source
        The file's name for messages.

    Returns
    -------
    Journey
        With references to the base geography in their one spelling.

    Raises
    ------
    JourneyFileError
        With every problem of the file, each with its place, the rule and a likely fix.
    """
    document, problems = strict_json.parse(content)
    return _journey_in(document, [replace(each, rule="unreadable") for each in problems], source)


def read_document(document: Members, source: str = "journey") -> Journey:
    """Read a journey from a parsed document, as the readers of other formats build one; raises as `read` does."""
    return _journey_in(document, [], source)


def _journey_in(document: object, problems: list[Problem], source: str) -> Journey:
    try:
        found = islice(rfc7946.check(document), MOST_PROBLEMS)
        problems = problems or [replace(each, rule="not-geojson") for each in found]
        if not _is_collection(document):
            raise JourneyFileError(source, (*problems, *_not_a_journey(document, problems)))
        reader = _Reader(document, {problem.place for problem in problems if problem.message != rfc7946.TWICE})
        journey = reader.journey()
    except RecursionError as error:
        deep = Problem("", "not a journey: nested too deeply", rule="unreadable")
        raise JourneyFileError(source, (deep,)) from error
    problems += [problem for problem in reader.problems if reader.broken.isdisjoint(_ways_to(problem.place))]
    if problems:
        told = in_file_order(problems[:MOST_PROBLEMS], document)
        more = len(problems) >= MOST_PROBLEMS
        raise JourneyFileError(
            source, (*told, *([Problem("", "and more: the first thousand are told")] if more else []))
        )
    return journey


def read_with_warnings(content: bytes, source: str = "journey") -> tuple[Journey, tuple[Problem, ...]]:
    """Read as `read` does, and what RFC 7946 advises against in the file: the first thousand of it."""
    document, problems = strict_json.parse(content)
    journey = _journey_in(document, [replace(each, rule="unreadable") for each in problems], source)
    return journey, tuple(islice(rfc7946.warn(document), MOST_PROBLEMS))


class _Bounded(list[Problem]):
    """Problems up to a thousand: a large file can have millions, and nobody reads them."""

    def append(self, problem: Problem, /) -> None:
        """Add one, while there is room."""
        if len(self) < MOST_PROBLEMS:
            super().append(problem)


def _is_collection(document: object) -> TypeGuard[Members]:
    """Whether a document has the outer form of a journey, so that there is more to be read in it."""
    return (
        isinstance(document, strict_json.Members)
        and document.get("type") == "FeatureCollection"
        and isinstance(document.get("features"), list)
    )


def _not_a_journey(document: object, problems: list[Problem]) -> Iterator[Problem]:
    if not problems and isinstance(document, strict_json.Members):
        fix = 'a FeatureCollection with a "journey" member: see geo/README.md'
        yield Problem("type", f'"{document["type"]}" is not a journey', fix, "not-a-journey")


def _ways_to(place: str) -> list[str]:
    """Place and the places that it lies in: a, a[0], a[0].b."""
    return [place[: end.start()] for end in re.finditer(r"[.\[]|$", place)]


class _Reader:
    """One reading of one document: the faults found so far and the ids that others may refer to.

    `broken` are the places that are not GeoJSON: nothing is read there, and nothing more is said of them.
    """

    def __init__(self, document: Members, broken: set[str]) -> None:
        self.problems: list[Problem] = _Bounded()
        self.root = Fields(document, "", self.problems)
        self.broken = broken
        self.holds_broken = {way for place in broken for way in _ways_to(place)}
        self.source_ids: tuple[str, ...] = ()
        self.sources_known: frozenset[str] = frozenset()
        self.knows_all = True  # whether every feature could be taken for a waypoint or a leg
        self.knows_sources = True  # whether every source could be read
        self.titled: dict[str, list[str]] = {}  # ids of sources by their titles, in small letters
        self.named: dict[str, list[str]] = {}  # ids of waypoints by each of their names, in small letters

    def journey(self) -> Journey:
        """Read the whole; where there are problems, what is returned is not to be used."""
        top = self._top()
        sources = tuple(self._source(fields) for fields in top.objects("sources", needed=True))
        self.source_ids = tuple(source.id for source in sources)
        self.titled = ids_by_name((source.id, (source.title, source.id)) for source in sources)
        self.sources_known = frozenset(self.source_ids)
        listed = top.members.get("sources")
        self.knows_sources = isinstance(listed, list) and len(listed) == len(sources)
        self._twice(self.source_ids, "journey.sources", "source")
        waypoints, traces = self._features()
        claims = tuple(self._claim(fields, waypoints) for fields in top.objects("claims"))
        self._twice([claim.id for claim in claims], "journey.claims", "claim")
        return Journey(
            id=self._id(top),
            title=top.local_text("title", needed=True) or {},
            summary=top.local_text("summary", needed=True) or {},
            outcome=top.choice("outcome", Outcome, Outcome.UNKNOWN, needed=True),
            waypoints=waypoints,
            traces=traces,
            sources=sources,
            claims=claims,
            notes=tuple(self._note(fields) for fields in top.objects("notes")),
            subject=top.local_text("subject"),
            care=top.local_text("care"),
            people=top.whole("people", 1, _MOST),
            reviewed=self._date(top, "reviewed"),
        )

    def _top(self) -> Fields:
        if self.root.members.get("journey") is None:
            fix = "a FeatureCollection needs this member to be a journey: see geo/README.md"
            self._fault("journey", "missing", fix, rule="not-a-journey")
        top = self.root.object("journey")
        if top is None:
            return Fields(strict_json.Members(), "journey", [])
        top.know(JOURNEY_MEMBERS)
        return top

    def _fault(self, place: str, message: str, fix: str = "", *, rule: str = "wrong-value") -> None:
        self.problems.append(Problem(place, message, fix, rule))

    def _twice(self, ids: Iterable[str], place: str, what: str) -> None:
        seen: set[str] = set()
        for each in ids:
            if each in seen:
                self._fault(place, f'two of them have the {what} id "{each}"', "ids must differ", rule="same-id-twice")
            seen.add(each)

    def _id(self, fields: Fields, name: str = "id") -> str:
        value = fields.text(name, needed=True) or ""
        if any(letter not in _ID_LETTERS for letter in value):
            fields.fault(name, f"{show(value)} has more than letters, digits, hyphens and underlines", _as_id(value))
        return value

    def _source(self, fields: Fields) -> Source:
        url = fields.text("url")
        if url is not None and not url.startswith(("https://", "http://")):
            fields.fault("url", f"{show(url)} is not a web address", "start it with https://, or write null")
        return Source(
            id=self._id(fields),
            title=fields.text("title", needed=True) or "",
            url=url,
            language=fields.text("language"),
            note=fields.text("note"),
        )

    def _cited(self, fields: Fields, *, needed: bool) -> tuple[str, ...]:
        cited = fields.texts("sources", needed=needed)
        for each in cited:
            if each not in self.sources_known and self.knows_sources:
                fix = suggest_bearer(each, self.titled, self.source_ids)
                fields.fault("sources", f"no source {show(each)} in journey.sources", fix, rule="unknown-name")
        if needed and fields.members.get("sources") == []:
            way_out = ", or give the status inferred" if "status" in fields.members else ""
            fields.fault("sources", "empty", f"name a source{way_out}", rule="without-source")
        return cited

    def _note(self, fields: Fields) -> Note:
        return Note(fields.local_text("text", needed=True) or {}, self._cited(fields, needed=False))

    def _date(self, fields: Fields, name: str, *, needed: bool = False) -> str | None:
        value = fields.text(name, needed=needed)
        if value is not None and not dates.is_date(value):
            meant = dates.meanings(value)
            several = ": day and month cannot be told apart" if len(meant) > 1 else ""
            fix = f"write {' or '.join(meant)}" if meant else "such as 2019, 2019-12, 2019-12-05, 2008~"
            fields.fault(name, f"{show(value)} is not an EDTF date{several}", fix, rule="wrong-date")
        return value

    def _features(self) -> tuple[tuple[Waypoint, ...], tuple[TracedLeg, ...]]:
        waypoints: list[Waypoint] = []
        traces: list[tuple[TracedLeg, Fields]] = []
        for feature in progress.each(self.root.objects("features"), "reading features"):
            properties = feature.object("properties", needed=True)
            if properties is None:
                continue
            kind = properties.raw("kind", needed=True)
            if kind == "waypoint":
                waypoints.append(self._waypoint(feature, properties))
            elif kind == "leg":
                traces.append((self._trace(feature, properties), properties))
            elif kind is not None:
                properties.fault("kind", f"{show(kind)} is not known here", "waypoint or leg")
        self.knows_all = len(waypoints) + len(traces) == len(cast("list[object]", self.root.members["features"]))
        self.named = ids_by_name((waypoint.id, waypoint.name.values()) for waypoint in waypoints)
        self._check_order(waypoints)
        self._check_traces(waypoints, traces)
        return tuple(waypoints), tuple(trace for trace, _ in traces)

    def _check_order(self, waypoints: list[Waypoint]) -> None:
        if not waypoints and self.knows_all:
            fix = 'features with properties.kind "waypoint"'
            self._fault("features", "no waypoint in it", fix, rule="not-a-journey")
        self._twice([waypoint.id for waypoint in waypoints], "features", "feature")
        for waypoint in waypoints[1:]:
            if waypoint.role is Role.START:
                message = f'waypoint "{waypoint.id}" has the role start but is not the first'
                self._fault("features", message, rule="wrong-order")

    def _check_traces(self, waypoints: list[Waypoint], traces: list[tuple[TracedLeg, Fields]]) -> None:
        order = {waypoint.id: index for index, waypoint in enumerate(waypoints)}
        for trace, fields in traces:
            ends = {"from": trace.start, "to": trace.end}
            missing = [name for name, end in ends.items() if end not in order]
            for name in missing:
                self._no_waypoint(fields, name, ends[name], order)
            if not missing and order[trace.end] != order[trace.start] + 1:
                message = f'"{trace.end}" does not follow "{trace.start}"'
                fields.fault("to", message, "a leg joins two neighbours", rule="wrong-order")
        self._twice([trace.end for trace, _ in traces], "features", "traced leg to")

    def _no_waypoint(self, fields: Fields, name: str, end: str, order: Iterable[str]) -> None:
        """Note an end that names no waypoint; silent where a feature could not be read, for it may be that one."""
        if end and self.knows_all:
            fix = suggest_bearer(end, self.named, order)
            fields.fault(name, f"no waypoint {show(end)}", fix, rule="unknown-name")

    def _waypoint(self, feature: Fields, properties: Fields) -> Waypoint:
        properties.know(WAYPOINT_MEMBERS)
        label, geometry = self._place(feature, ("Point", "LineString", "Polygon", "MultiPolygon"))
        status = properties.choice("status", Status, Status.SINGLE, needed=True)
        modes_are = properties.choice("modes_are", ModesAre, ModesAre.ALTERNATIVES)
        waypoint = Waypoint(
            id=self._feature_id(feature),
            name=properties.local_text("name", needed=True) or {},
            role=properties.choice("role", Role, Role.STOP, needed=True),
            precision=properties.choice("precision", Precision, Precision.REGION, needed=True),
            status=status,
            label=label,
            geometry=geometry,
            uncertainty_m=properties.number("coordinateUncertaintyInMeters"),
            footprints=self._references(properties, "footprint"),
            within=self._references(properties, "within", "country:"),
            when=self._date(properties, "when"),
            when_published=self._date(properties, "when_published"),
            modes=self._modes(properties),
            modes_are=modes_are,
            leg_told=self._leg_told(properties),
            narration=self._narration(properties),
            sources=self._cited(properties, needed=status is not Status.INFERRED),
            sensitivity=properties.whole("sensitivity", 0, MAX_SENSITIVITY),
            lowered=self._lowered(properties),
            withheld=properties.yes("withheld"),
            verbatim_locality=properties.text("verbatimLocality"),
            data_generalizations=properties.text("dataGeneralizations"),
            information_withheld=properties.text("informationWithheld"),
        )
        drawn = feature.members.get("geometry")
        if waypoint.uncertainty_m is not None:
            has_point = isinstance(drawn, strict_json.Members) and drawn.get("type") == "Point"
            self._check_disc(waypoint, properties, has_point=has_point)
        if waypoint.geometry is not None and waypoint.footprints:
            message = "both a drawn shape and a footprint"
            properties.fault("footprint", message, "keep one of them", rule="contradiction")
        if waypoint.withheld and (drawn or waypoint.footprints):
            message = "a withheld place with a geometry or footprint"
            properties.fault("withheld", message, "make both null or empty", rule="contradiction")
        self._check_within(waypoint, properties)
        return waypoint

    def _check_within(self, waypoint: Waypoint, properties: Fields) -> None:
        """A place that lies outside the countries it is said to lie in would be no place, and drop out unseen."""
        if not waypoint.within:
            return
        told = [geography.geometry_of(reference) for reference in waypoint.footprints]
        if not told and waypoint.geometry is not None:
            told = [waypoint.geometry]
        elif not told and waypoint.label is not None:
            told = [_reach(waypoint.label, waypoint.uncertainty_m or 0.0)]
        countries = [geography.geometry_of(reference) for reference in waypoint.within]
        if not told or not countries or any(each.intersects(country) for each in told for country in countries):
            return
        turned = None if waypoint.label is None else Point(waypoint.label[1], waypoint.label[0])
        swapped = turned is not None and any(country.intersects(turned) for country in countries)
        fix = "longitude and latitude swapped?" if swapped else "another country, or another place"
        rule = "swapped-order" if swapped else "outside-country"
        properties.fault("within", f"the place lies outside {' and '.join(waypoint.within)}", fix, rule=rule)

    def _check_disc(self, waypoint: Waypoint, properties: Fields, *, has_point: bool) -> None:
        name, radius_m = "coordinateUncertaintyInMeters", waypoint.uncertainty_m or 0.0
        if radius_m <= 0:
            fix = "the radius that is sure to hold the place; leave it out where it is unknown"
            properties.fault(name, f"{radius_m:g} is not above 0", fix)
        if radius_m > _FARTHEST_M:
            fix = "leave it out where it is unknown"
            properties.fault(name, f"{radius_m:g} is more than half way round the Earth", fix)
        if not has_point:
            properties.fault(name, "a radius without a point", "give the geometry a Point")
        if waypoint.footprints:
            fix = 'cut a disc to a country by "within"'
            properties.fault("footprint", "both a disc and a footprint", fix, rule="contradiction")

    def _feature_id(self, feature: Fields) -> str:
        value = feature.raw("id", needed=True)
        if value is None:
            return ""
        if not isinstance(value, str):
            value = f"{value:g}" if isinstance(value, float) else str(value)
        if not value or any(letter not in _ID_LETTERS for letter in value):
            message = f"{show(value)} is empty or has more than letters, digits, hyphens and underlines"
            feature.fault("id", message, _as_id(value))
        return value

    def _place(self, feature: Fields, allowed: tuple[str, ...]) -> tuple[LonLat | None, BaseGeometry | None]:
        found = feature.object("geometry")
        if found is None or found.place in self.holds_broken:
            return None, None
        kind, coordinates = str(found.members["type"]), found.members.get("coordinates")
        if kind not in allowed:
            found.fault("type", f'"{kind}" cannot be a place here', f"only {', '.join(allowed)}")
            return None, None
        if _has_an_empty_list(coordinates):
            found.fault("coordinates", "an empty list in it", "give the geometry null where there is none")
            return None, None
        if not self._in_range(coordinates, found.at("coordinates")):
            return None, None
        if kind == "Point":
            lon_deg, lat_deg = cast("list[float]", coordinates)[:2]
            return (float(lon_deg), float(lat_deg)), None
        geometry = shape({"type": kind, "coordinates": _flat(coordinates)})
        if not geometry.is_valid and kind != "MultiLineString":  # a track may be cut at a point of its own
            fix = "edges that cross, or too few points; draw it anew"
            found.fault("coordinates", shapely.is_valid_reason(geometry), fix, rule="broken-shape")
        point = geometry.representative_point() if geometry.is_valid else geometry.centroid
        return (point.x, point.y), geometry

    def _in_range(self, coordinates: object, place: str) -> bool:
        members = cast("list[object]", coordinates)
        if isinstance(members[0], list):
            in_range = [self._in_range(member, f"{place}[{index}]") for index, member in enumerate(members)]
            return all(in_range)
        lon_deg, lat_deg = cast("list[float]", members)[:2]
        swapped = abs(lat_deg) > MAX_LAT_DEG and abs(lat_deg) <= MAX_LON_DEG and abs(lon_deg) <= MAX_LAT_DEG
        hint = "longitude and latitude swapped?" if swapped else "longitude comes first, in degrees"
        if abs(lat_deg) > MAX_LAT_DEG:
            rule = "swapped-order" if swapped else "wrong-value"
            self._fault(place, f"latitude {lat_deg:g} is outside -90..90", hint, rule=rule)
        if abs(lon_deg) > MAX_LON_DEG:
            self._fault(place, f"longitude {lon_deg:g} is outside -180..180", "cut the shape at the antimeridian")
        return abs(lat_deg) <= MAX_LAT_DEG and abs(lon_deg) <= MAX_LON_DEG

    def _references(self, properties: Fields, name: str, prefix: str = "") -> tuple[str, ...]:
        found = []
        for reference in properties.texts(name):
            if not reference.startswith(prefix):
                meant = " or ".join(map(show, geography.countries_named(reference)))
                fix = f"did you mean {meant}?" if meant else "such as country:VN"
                properties.fault(name, f"{show(reference)} is not a country", fix)
                continue
            try:
                found.append(geography.normal_reference(reference))
            except UnknownPlaceError as error:
                properties.fault(name, str(error), rule="unknown-name")
        return tuple(found)

    def _modes(self, properties: Fields) -> tuple[ModeShare, ...]:
        listed = properties.objects("modes")
        shares = []
        for fields in listed:
            fields.know(("mode", "weight", "status"))
            mode = fields.choice("mode", Mode, Mode.UNKNOWN, needed=True)
            weight = fields.number("weight", needed=len(listed) > 1)
            if weight is not None and not 0 < weight <= 1:
                fields.fault("weight", f"{weight:g} is not above 0 and at most 1")
            status = fields.choice("status", Status, Status.INFERRED, needed=True)
            shares.append(ModeShare(mode, 1.0 if weight is None else weight, status))
        total = sum(share.weight for share in shares)
        if shares and abs(total - 1) > _WEIGHT_SLACK:
            properties.fault("modes", f"the weights add up to {total:g}", "they must add up to 1")
        return tuple(shares)

    def _lowered(self, properties: Fields) -> Lowered | None:
        lowered = properties.object("sensitivity_lowered")
        if lowered is None:
            return None
        lowered.know(("reason", "date"))
        reason, date = lowered.text("reason", needed=True), self._date(lowered, "date", needed=True)
        return Lowered(reason or "", date or "")

    def _leg_told(self, properties: Fields) -> bool:
        value = properties.raw("leg")
        if value is not None and value != "untold":
            properties.fault("leg", f"{show(value)} is not known here", 'leave it out, or write "untold"')
        return value is None

    def _narration(self, properties: Fields) -> dict[str, tuple[Statement, ...]]:
        narration = properties.object("narration")
        if narration is None:
            return {}
        return {
            language: tuple(
                Statement(fields.text("text", needed=True) or "", self._cited(fields, needed=False))
                for fields in narration.objects(language)
            )
            for language in narration.members
        }

    def _trace(self, feature: Fields, properties: Fields) -> TracedLeg:
        properties.know(LEG_MEMBERS)
        line = self._line(feature)
        status = properties.choice("status", Status, Status.SINGLE, needed=True)
        return TracedLeg(
            id=self._feature_id(feature) if "id" in feature.members else "",
            start=properties.text("from", needed=True) or "",
            end=properties.text("to", needed=True) or "",
            line=line,
            status=status,
            sources=self._cited(properties, needed=status is not Status.INFERRED),
        )

    def _line(self, feature: Fields) -> tuple[LonLat, ...]:
        """Line of a traced leg: a LineString, or a MultiLineString where it is cut at the antimeridian."""
        _, geometry = self._place(feature, ("LineString", "MultiLineString"))
        if feature.members.get("geometry") is None:
            feature.fault("geometry", "a traced leg without a line", rule="missing-value")
        if geometry is None:
            return ()
        parts = [[(lon, lat) for lon, lat in part.coords] for part in getattr(geometry, "geoms", (geometry,))]
        line = antimeridian.joined(parts)
        if line is None:
            fix = "one LineString; or parts of which one ends on longitude 180 where the next begins on -180"
            feature.fault("geometry", "the parts of this track do not meet at the antimeridian", fix)
        return line or ()

    def _claim(self, fields: Fields, waypoints: tuple[Waypoint, ...]) -> Claim:
        fields.know(("id", "quantity", "value", "unit", "wording", "scope", "sources", "mode", "counts", "note"))
        quantity = fields.choice("quantity", Quantity, Quantity.DISTANCE, needed=True)
        value = fields.number("value", needed=True)
        if value is not None and not 0 < value <= _MOST:
            fields.fault("value", f"{value:g} is not above 0 and at most {_MOST:,}")
        return Claim(
            id=self._id(fields),
            quantity=quantity,
            value=value or 0.0,
            unit=self._unit(fields, quantity),
            wording=fields.choice("wording", Wording, Wording.EXACT),
            scope=self._scope(fields, waypoints),
            sources=self._cited(fields, needed=True),
            mode=None if fields.raw("mode") is None else fields.choice("mode", Mode, Mode.UNKNOWN),
            counts=fields.choice("counts", Counts, Counts.JOURNEY),
            note=fields.local_text("note"),
        )

    def _unit(self, fields: Fields, quantity: Quantity) -> str | None:
        allowed = UNITS.get(quantity, ())
        unit = fields.text("unit", needed=bool(allowed))
        if unit is not None and unit not in allowed:
            fix = suggest(unit, allowed) if allowed else "write null: people, brokers and borders are counted"
            fields.fault("unit", f"{show(unit)} is not a unit of {quantity}", fix)
        return unit

    def _scope(self, fields: Fields, waypoints: tuple[Waypoint, ...]) -> Scope:
        scope = fields.object("scope", needed=True)
        if scope is None:
            return Scope("", "", Flight.UNKNOWN)
        scope.know(("from", "to", "flight"))
        order = {waypoint.id: index for index, waypoint in enumerate(waypoints)}
        ends = {name: scope.text(name, needed=True) or "" for name in ("from", "to")}
        for name, end in ends.items():
            if end not in order:
                self._no_waypoint(scope, name, end, order)
        if all(end in order for end in ends.values()) and order[ends["from"]] >= order[ends["to"]]:
            scope.fault("to", f'"{ends["to"]}" does not come after "{ends["from"]}"', rule="wrong-order")
        return Scope(ends["from"], ends["to"], scope.choice("flight", Flight, Flight.UNKNOWN))


def _as_id(text: str) -> str:
    """How to write an id: the letters that it may have, as far as there are any."""
    plain = re.sub(f"[^{re.escape(_ID_LETTERS)}]+", "-", text).strip("-")
    return f'such as "{plain}"' if plain else ""


def _reach(label: LonLat, radius_m: float) -> BaseGeometry:
    """Box around a point that surely holds its disc, over the antimeridian too, with the slack that borders ask for."""
    lat_deg = min(radius_m, _FARTHEST_M) / _LEAST_DEGREE_M + _BORDER_SLACK_DEG
    lon_deg = lat_deg / max(math.cos(math.radians(min(abs(label[1]) + lat_deg, MAX_LAT_DEG))), _LEAST_COSINE)
    south, north = label[1] - lat_deg, label[1] + lat_deg
    wests = (label[0] - lon_deg + turn for turn in (-2 * MAX_LON_DEG, 0.0, 2 * MAX_LON_DEG))
    return shapely.union_all([box(west, south, west + 2 * lon_deg, north) for west in wests])


def _has_an_empty_list(coordinates: object) -> bool:
    """Whether a list of lists has an empty one at any depth; RFC 7946 allows it, and it is no place."""
    return isinstance(coordinates, list) and (not coordinates or any(map(_has_an_empty_list, coordinates)))


def _flat(coordinates: object) -> object:
    """Coordinates without heights."""
    members = cast("list[object]", coordinates)
    if isinstance(members[0], list):
        return [_flat(member) for member in members]
    return members[:2] if len(members) > 2 else members  # noqa: PLR2004  # a copy of a long track would be large
