"""Random valid journeys for hypothesis: every way to tell a place, poles and antimeridian, texts in any script."""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise
from typing import Any

import shapely
from hypothesis import strategies as st

from escape_route.formats import geojson
from escape_route.model import journey
from escape_route.model.members import tidy
from escape_route.model.modes import Mode, ModesAre
from escape_route.model.units import UNITS, Quantity, units_of
from escape_route.model.vocabulary import (
    Basis,
    Counts,
    Flight,
    Outcome,
    Precision,
    Role,
    SceneKind,
    Status,
    Wording,
)
from escape_route.strict_json import Members

#: Small outlines, so that measuring stays quick; FJ lies across the antimeridian, AQ holds a pole.
COUNTRIES = ("AQ", "FJ", "KH", "KP", "KR", "LA", "MM", "NP", "TH", "VN")
REFERENCES = (
    *(f"country:{code}" for code in COUNTRIES),
    *(
        "border:CN-KP",
        "border:LA-VN",
        "border:LA-TH",
        "river:yalu",
        "river:tumen",
        "river:mekong-lao-thai",
    ),
)
#: Points well inside a country, for discs that are cut to it.
INSIDE = {
    "LA": (102.5, 19.5),
    "TH": (101.0, 15.5),
    "VN": (105.0, 21.5),
    "KR": (128.0, 36.5),
    "FJ": (178.0, -17.8),
}
CORNERS = (
    (0.0, 90.0),
    (0.0, -90.0),
    (180.0, 0.0),
    (-180.0, 0.0),
    (179.9, 66.5),
    (-179.9, 66.5),
    (0.0, 0.0),
    (127.0, 37.0),
)
DATES = (
    "2019",
    "2019-12",
    "2003-09",
    "2008~",
    "2004-05-06",
    "2004?",
    "2008/2009",
    "-0043-03-15",
    "0000",
    "Y-17000",
    "../1969",
)
OWN_UNITS = ("kos", "里程", "yojana of the </script>")
HOSTILE = ("</script>", "{{7*7}}", "{% raw", "${alert(7)}", "`", "\u2067abc\u2069", "[red]")
_MICRO = 1_000_000
_LANGUAGES = ("en", "ko", "lo", "zh-Hans", "ar")


@cache
def positions(south_deg: float = -90, north_deg: float = 90) -> st.SearchStrategy[journey.LonLat]:
    """Longitude and latitude in degrees with six decimals; corners of the world come often."""
    lons = st.integers(-180 * _MICRO, 180 * _MICRO).map(lambda number: number / _MICRO)
    lats = st.integers(int(south_deg * _MICRO), int(north_deg * _MICRO)).map(
        lambda number: number / _MICRO
    )
    corners = [corner for corner in CORNERS if south_deg <= corner[1] <= north_deg]
    return st.one_of(st.tuples(lons, lats), st.sampled_from(corners)).filter(
        lambda position: position != (0.0, 0.0)
    )


@cache
def texts() -> st.SearchStrategy[str]:
    """Texts that are not blank, in any script, hostile ones among them."""
    letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cn", "Zl", "Zp"))
    anything = st.text(letters, min_size=1, max_size=12).filter(str.strip).filter(_stays)
    return st.one_of(anything, st.sampled_from(HOSTILE))


@cache
def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """What a strategy makes, or nothing; made once, for hypothesis validates each strategy anew."""
    return st.none() | strategy


def _stays(text: str) -> bool:
    """Whether reading leaves a text as it is."""
    document = Members(text=text)
    return not list(tidy(document)) and document["text"] == text


@cache
def local_texts() -> st.SearchStrategy[dict[str, str]]:
    """Text per language."""
    return st.dictionaries(st.sampled_from(_LANGUAGES), texts(), min_size=1, max_size=2)


@st.composite
def polygons(draw: st.DrawFn) -> shapely.Polygon:
    """Star-shaped outline, at times with a hole; rings by the right-hand rule."""
    lon = draw(st.integers(-170, 170))
    lat = draw(st.integers(-80, 80))
    reaches = draw(st.lists(st.integers(2, 80), min_size=3, max_size=8))
    turns = [2 * math.pi * index / len(reaches) for index in range(len(reaches))]
    ring = [
        (round(lon + reach / 10 * math.cos(turn), 6), round(lat + reach / 10 * math.sin(turn), 6))
        for reach, turn in zip(reaches, turns, strict=True)
    ]
    hole = [
        (round(lon + (x - lon) / 4, 6), round(lat + (y - lat) / 4, 6)) for x, y in reversed(ring)
    ]
    return shapely.Polygon(ring, [hole] if draw(st.booleans()) else [])


@st.composite
def shapes(draw: st.DrawFn) -> shapely.Geometry:
    """A place that is drawn itself: outline, line, an outline cut at the antimeridian, or one that ends at a pole."""
    kind = draw(st.sampled_from(["outline", "line", "cut", "cap"]))
    if kind == "outline":
        return draw(polygons())
    if kind == "line":
        return shapely.LineString(draw(st.lists(positions(), min_size=2, max_size=5, unique=True)))
    low = draw(st.integers(-80, 70))
    if kind == "cut":
        return shapely.MultiPolygon(
            [shapely.box(178, low, 180, low + 5), shapely.box(-180, low, -179, low + 5)]
        )
    return shapely.box(-180, 80, 180, 90) if low > 0 else shapely.box(-180, -90, 180, -80)


@st.composite
def _told(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """What a waypoint of a kind says of its place."""
    if kind == "point":
        return {
            "label": draw(positions()),
            "precision": draw(st.sampled_from(["city", "exact", "named feature"])),
        }
    if kind == "disc":
        unit = draw(st.sampled_from([None, None, "li", "mi", "verst"]))
        radius_m = (
            draw(st.integers(1, 800_000))
            if unit is None
            else draw(st.integers(1, 400)) * UNITS[unit].size
        )
        return {
            "label": draw(positions()),
            "uncertainty_m": float(radius_m),
            "uncertainty_unit": unit,
        }
    if kind == "cut disc":
        code = draw(st.sampled_from(sorted(INSIDE)))
        radius_m = float(draw(st.integers(1_000, 200_000)))
        return {"label": INSIDE[code], "uncertainty_m": radius_m, "within": (f"country:{code}",)}
    if kind == "footprint":
        references = draw(
            st.lists(st.sampled_from(REFERENCES), min_size=1, max_size=2, unique=True)
        )
        return {
            "label": draw(_maybe(positions())),
            "footprints": tuple(references),
            "precision": "country",
        }
    if kind == "shape":
        geometry = draw(shapes())
        point = geometry.representative_point()
        return {"label": (point.x, point.y), "geometry": geometry}
    return (
        {"withheld": True}
        if kind == "withheld"
        else {"label": draw(_maybe(positions())), "precision": "country"}
    )


@st.composite
def modes(draw: st.DrawFn) -> tuple[journey.ModeShare, ...]:
    """One mode to three with weights that add up to 1, or none."""
    names = draw(st.lists(st.sampled_from(list(Mode)), max_size=3, unique=True))
    cuts = sorted(
        draw(
            st.sets(
                st.integers(1, 99), min_size=max(len(names) - 1, 0), max_size=max(len(names) - 1, 0)
            )
        )
    )
    ends = [0, *cuts, 100]
    weights = [(high - low) / 100 for low, high in pairwise(ends)]
    statuses = st.sampled_from(list(Status))
    return tuple(
        journey.ModeShare(name, weight, draw(statuses), draw(_maybe(texts())))
        for name, weight in zip(names, weights, strict=False)
    )


@cache
def _consents() -> st.SearchStrategy[journey.Consent]:
    told = [st.none() | texts()] * 4
    return st.builds(journey.Consent, st.sampled_from(Basis), st.none() | st.just("2019-05"), *told)


@cache
def _citations(ids: tuple[str, ...], least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(ids), min_size=least, max_size=2, unique=True).map(tuple)


@cache
def _scenes(sources: tuple[str, ...]) -> st.SearchStrategy[journey.Scene]:
    return st.builds(
        journey.Scene,
        st.sampled_from(list(SceneKind)),
        st.none() | st.integers(1, 99),
        _citations(sources, 1),
    )


@cache
def _checked() -> st.SearchStrategy[journey.Checked]:
    return st.builds(journey.Checked, texts(), st.just("2026-11-29"))


@cache
def _statements(sources: tuple[str, ...]) -> st.SearchStrategy[tuple[journey.Statement]]:
    return st.tuples(st.builds(journey.Statement, texts(), _citations(sources)))


@st.composite
def _times_there(draw: st.DrawFn) -> journey.Stay:
    value, more = (
        draw(st.integers(1, 400)) / draw(st.sampled_from([1, 2])),
        draw(_maybe(st.integers(1, 9))),
    )
    wording = draw(st.sampled_from(list(Wording))) if more is None else Wording.EXACT
    return journey.Stay(
        value, draw(st.sampled_from(units_of(Quantity.DURATION))), wording, more and value + more
    )


@cache
def _lowered() -> st.SearchStrategy[journey.Lowered]:
    return st.builds(journey.Lowered, texts(), st.just("2026-11-25"))


@cache
def _quotes(sources: tuple[str, ...]) -> st.SearchStrategy[journey.Quote]:
    return st.builds(journey.Quote, local_texts(), local_texts(), _citations(sources, 1))


@cache
def _media(kind: type[Any], name: str) -> st.SearchStrategy[Any]:
    return st.builds(kind, st.just(name), local_texts(), texts(), _checked())


@st.composite
def _waypoint(
    draw: st.DrawFn, index: int, sources: tuple[str, ...], kinds: tuple[str, ...]
) -> journey.Waypoint:
    told = draw(_told(draw(st.sampled_from(kinds))))
    roles = [role for role in Role if index == 0 or role is not Role.START]
    members: dict[str, Any] = {
        "precision": Precision(told.pop("precision", "region")),
        "role": draw(st.sampled_from(roles)),
        "status": draw(st.sampled_from(list(Status))),
        "when": draw(_maybe(st.sampled_from(DATES))),
        "when_published": draw(_maybe(st.just("2019"))),
        "stay": draw(_maybe(_times_there())),
        "modes": draw(modes()) if index else (),
        "modes_are": draw(st.sampled_from(list(ModesAre))),
        "leg_told": draw(st.sampled_from([True, True, True, False])),
        "near_previous_km": draw(st.sampled_from([None, None, None, 20_037.5])) if index else None,
        "narration": draw(
            st.dictionaries(st.sampled_from(_LANGUAGES), _statements(sources), max_size=2)
        ),
        "scene": draw(_maybe(_scenes(sources))),
        "quote": draw(_maybe(_quotes(sources))),
        "image": draw(_maybe(_media(journey.Image, "a.jpg"))),
        "audio": draw(_maybe(_media(journey.Audio, "a.mp3"))),
        "sources": draw(_citations(sources, 1)),
        "sensitivity": draw(_maybe(st.integers(0, 4))),
        "lowered": draw(_maybe(_lowered())),
    }
    notes = draw(st.tuples(*[st.none() | texts()] * 4))
    named = dict(
        zip(
            ("verbatim_locality", "request", "data_generalizations", "information_withheld"),
            notes,
            strict=True,
        )
    )
    return journey.Waypoint(id=f"w{index}", name=draw(local_texts()), **members, **told, **named)


@st.composite
def _traces(
    draw: st.DrawFn, waypoints: tuple[journey.Waypoint, ...], sources: tuple[str, ...]
) -> tuple[journey.TracedLeg, ...]:
    """Tracks between some of the neighbours; never to or from a place that is withheld."""
    found = []
    for start, end in pairwise(waypoints):
        if start.withheld or end.withheld or not draw(st.sampled_from([False, False, True])):
            continue
        line = tuple(draw(st.lists(positions(), min_size=2, max_size=5, unique=True)))
        status = draw(st.sampled_from(list(Status)))
        found.append(
            journey.TracedLeg(
                f"t-{end.id}", start.id, end.id, line, status, draw(_citations(sources, 1))
            )
        )
    return tuple(found)


@st.composite
def _claim(draw: st.DrawFn, number: int, last: int, sources: tuple[str, ...]) -> journey.Claim:
    quantity = draw(st.sampled_from(list(Quantity)))
    start = draw(st.integers(0, last - 1))
    end = draw(st.integers(start + 1, last))
    value = draw(st.integers(1, 30_000)) / draw(st.sampled_from([1, 10]))
    more = draw(_maybe(st.integers(1, 9)))
    value_to = None if more is None else value + more
    own = quantity is Quantity.DISTANCE and draw(st.booleans())
    mode, counts = draw(st.sampled_from([None, *Mode])), draw(st.sampled_from(list(Counts)))
    if mode is not None and quantity is Quantity.DISTANCE and counts is Counts.JOURNEY:
        counts = Counts.PART  # as it is read, where other modes are told too
    if counts is Counts.STRAIGHT and quantity is not Quantity.DISTANCE:
        counts = Counts.JOURNEY  # of a distance alone
    return journey.Claim(
        id=f"c{number}",
        quantity=quantity,
        value=value,
        value_to=value_to,
        unit=draw(st.sampled_from(OWN_UNITS if own else units_of(quantity) or (None,))),
        unit_m=draw(st.integers(1, 90_000)) / 10 if own else None,
        unit_reason=draw(texts()) if own else None,
        wording=draw(
            st.sampled_from(
                [each for each in Wording if value_to is None or math.isfinite(sum(each.row.reach))]
            )
        ),
        scope=journey.Scope(f"w{start}", f"w{end}", draw(st.sampled_from(list(Flight)))),
        sources=draw(_citations(sources, 1)),
        mode=mode,
        counts=counts,
        note=draw(_maybe(local_texts())),
    )


KINDS = ("point", "disc", "cut disc", "footprint", "shape", "label", "withheld")


@st.composite
def journeys(
    draw: st.DrawFn,
    *,
    least: int = 1,
    most: int = 5,
    kinds: tuple[str, ...] = KINDS,
    traced: bool = True,
) -> journey.Journey:
    """Valid journeys of `least` to `most` waypoints.

    `kinds` says how places may be told: "point", "disc", "cut disc" (within a country), "footprint"
    (one or two countries, borders, rivers), "shape" (line or outline), "label" (of a country, or
    nothing at all), "withheld".
    """
    ids = tuple(f"S{number}" for number in range(draw(st.integers(1, 3))))
    addresses = st.sampled_from([None, "https://example.org/a?b=c", "http://example.org"])
    sources = tuple(
        journey.Source(each, draw(texts()), draw(addresses), draw(st.sampled_from([None, "ko"])))
        for each in ids
    )
    count = draw(st.integers(least, most))
    waypoints = tuple(draw(_waypoint(index, ids, kinds)) for index in range(count))
    claims = draw(st.integers(0, 3)) if count > 1 else 0
    return journey.Journey(
        id=draw(st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True)),
        title=draw(local_texts()),
        summary=draw(local_texts()),
        outcome=draw(st.sampled_from(list(Outcome))),
        waypoints=waypoints,
        traces=draw(_traces(waypoints, ids)) if traced else (),
        sources=sources,
        claims=tuple(draw(_claim(number, count - 1, ids)) for number in range(claims)),
        notes=tuple(
            draw(st.lists(st.builds(journey.Note, local_texts(), _citations(ids)), max_size=2))
        ),
        consent=draw(_maybe(_consents())),
        corrections=tuple(
            draw(
                st.lists(
                    st.builds(journey.Correction, st.just("2026-03"), local_texts()), max_size=2
                )
            )
        ),
        headline=draw(
            _maybe(local_texts().filter(lambda told: "{" not in "".join(told.values())))
        ),  # is filled in
        subject=draw(_maybe(local_texts())),
        care=draw(_maybe(local_texts())),
        people=draw(_maybe(st.integers(1, 60))),
        reviewed=draw(_maybe(st.just("2026-11-22"))),
        some_stops=draw(st.booleans()),
    )


def documents(**options: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Valid journeys as GeoJSON documents; options as `journeys` has them."""
    return journeys(**options).map(geojson.to_document)
