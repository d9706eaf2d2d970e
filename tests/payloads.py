"""A small payload for the page's tests: three places told in three ways, and one claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from shapely.geometry import LineString, Polygon, box

from escape_route.distance import intervals, verdicts
from escape_route.geography import geodesic
from escape_route.language import claim_view, sources
from escape_route.language.catalogues import languages
from escape_route.language.plain import as_json
from escape_route.model import journey as model
from escape_route.model import modes, published, units, vocabulary
from escape_route.publish.page import shown
from escape_route.publish.page.backdrop import Backdrop
from escape_route.publish.page.layers import Shapes
from escape_route.publish.page.shown import Page

HOLDING = (
    intervals,
    verdicts,
    geodesic,
    claim_view,
    sources,
    model,
    modes,
    published,
    units,
    vocabulary,
    shown,
)
NAMES = {name: value for module in HOLDING for name, value in vars(module).items()} | {
    "Mapping": Mapping,
    "Text": Mapping[str, str],
}

HOSTILE = (
    "</script><script>alert(1)</script>",
    "{{7*7}}",
    "{% raw",
    "${alert(7)}",
    "`alert(8)`",
    "\u202eright to left\u202c",
    '<img src=x onerror="alert(9)">',
    "' onclick='alert(2)",
    "a\u2028b &amp; <b>",
)

WITHIN = {"en": "somewhere within 30 km"}


def waypoint(number: int, name: str, **more: Any) -> dict[str, Any]:
    """A waypoint that is told as a point, unless `more` says otherwise."""
    return {
        "id": f"w{number}",
        "number": number,
        "name": {"en": name, "ko": f"{name} 곳"},
        "role": "stop",
        "precision": "exact",
        "status": "reported",
        "when": "2004",
        "when_said": {"en": "2004", "ko": "2004년"},
        "stayed": None,
        "within_said": None,
        "radius_said": None,
        "withheld": False,
        "label": [100.0 + number, 15.0 + number],
        "pin": True,
        "uncertainty_km": None,
        "footprints": [],
        "within": [],
        "bbox": [100.0 + number, 15.0 + number, 100.0 + number, 15.0 + number],
        "narration": {"en": [{"text": f"They came to {name}.", "sources": ["A"]}]},
        "sources": ["A"],
        "sources_at": {},
        "coarser": {"en": "disc of 10 km"},
    } | more


def leg(start: int, line: list[list[float]], **more: Any) -> dict[str, Any]:
    """A leg by road from a waypoint to the next."""
    return {
        "from": f"w{start}",
        "to": f"w{start + 1}",
        "told": True,
        "traced": False,
        "sketched": False,
        "length_km": 150.0,
        "bearing_deg": 44.0,
        "vague": False,
        "status": "reported",
        "modes": [{"mode": "road", "weight": 1.0, "status": "reported"}],
        "modes_are": "alternatives",
        "country": "TH",
        "line": [line],
        "plausible_km": None,
        "sources": ["A"],
        "sources_at": {},
    } | more


def journey(**more: Any) -> dict[str, Any]:
    """A point, a disc and a country, with 300 km between them and 900 km stated."""
    return {
        "id": "small",
        "title": {"en": "A small journey", "ko": "작은 여정"},
        "subject": {"en": "Two people"},
        "summary": {"en": "Two people went over a river.", "ko": "두 사람이 강을 건넜다."},
        "care": None,
        "when": {"en": "2004", "ko": "2004년"},
        "people": 2,
        "outcome": "reached",
        "notes": [{"text": {"en": "A note."}, "sources": ["A"]}],
        "sources": [
            {
                "id": "A",
                "number": 1,
                "title": "A book",
                "called": "A book",
                "url": "https://example.org/",
                "language": None,
            }
            | {"note": None},
        ],
        "waypoints": [
            waypoint(1, "Start"),
            waypoint(
                2,
                "Disc",
                pin=False,
                uncertainty_km=30.0,
                within_said={"en": "somewhere within 30 km"},
                radius_said={"en": "30 km"},
                bbox=[101.7, 16.7, 102.3, 17.3],
            ),
            waypoint(3, "Country", pin=False, precision="country", bbox=[102, 17, 104, 19]),
        ],
        "legs": [
            leg(1, [[101, 16], [102, 17]]),
            leg(2, [[102, 17], [103, 18]], vague=True),
        ],
        "claims": [claim()],
        "scopes": [scope()],
        "finding": {
            "en": "900 km needs way that is not told.",
            "ko": "900km에는 알려지지 않은 길이 필요하다.",
        },
        "finding_aside": {"en": "That hangs on the places.", "ko": "장소에 달려 있다."},
        "method": {
            "seed": 1,
            "draws_kept": 10,
            "draws_proposed": 12,
            "rho": None,
            "calibration": {"held": 121, "known": 145},
            "where": "crossings",
            "priors": [
                {
                    "mode": "road",
                    "median_factor": 1.3,
                    "low90": 1.1,
                    "high90": 1.8,
                    "judgement": False,
                    "basis": "measured",
                },
            ],
            "engines_differ_nm": 1.0,
        },
    } | more


def claim(**more: Any) -> dict[str, Any]:
    """900 km, from the first place to the last."""
    return {
        "id": "c",
        "quantity": "distance",
        "value": 900,
        "unit": "km",
        "stated": {"en": "about 900 km", "ko": "약 900km"},
        "value_km": 900.0,
        "reaches": None,
        "wording": "about",
        "scope": {"from": "w1", "to": "w3", "flight": "no"},
        "scope_id": "s",
        "also_scope_id": None,
        "sources": ["A"],
        "sources_at": {"A": "p. 12"},
        "verdict": "above_plausible",
        "also_verdict": None,
        "said": {"en": "unexplained, firm", "ko": "설명되지 않음, 확실함"},
        "also_said": None,
        "ratio": 2.2,
        "unexplained_km": 400.0,
        "sentence": {"en": "It needs more way."},
        "more": {"en": "It hangs on where the way lay."},
        "note": None,
    } | more


def scope(**more: Any) -> dict[str, Any]:
    """From the first place to the last: 250 km at the least, 350 to 500 km plausible."""
    return {
        "id": "s",
        "from": "w1",
        "to": "w3",
        "flight": "no",
        "label": {"en": "to the end", "ko": "끝까지"},
        "network": None,
        "lower_bound_km": 250,
        "shortest": {"length_km": 255, "sampling_error_km": 5, "line": [[[101, 16], [102, 17]]]},
        "chain_km": 300,
        "chain_from": 1,
        "plausible_km": {"median": 410, "low50": 380, "high50": 440, "low95": 350, "high95": 500},
        "likely": {"en": "350–500 km", "ko": "350~500km"},
        "claims": ["c"],
    } | more


def payload(*journeys: dict[str, Any], **more: Any) -> Page:
    """What the page of some journeys shows, of the small one where none is given."""
    told = {
        "program": {"name": "escape-route", "version": "0"},
        "languages": ["en", "ko"],
        "mark": None,
    } | more
    return typed(Page, told | {"journeys": list(journeys) or [journey()]})


def typed(kind: Any, value: Any) -> Any:
    """A value of JSON as a dataclass, or as what a member of one holds."""
    parts = [part for part in get_args(kind) if part is not type(None)]
    origin = get_origin(kind)
    if value is None or kind in (str, float, int, bool, object, Any):
        return value
    if is_dataclass(kind):
        hints = get_type_hints(kind, None, NAMES)
        renamed = {
            {"from": "start", "to": "end"}.get(name, name): member for name, member in value.items()
        }
        return kind(**{name: typed(hints[name], member) for name, member in renamed.items()})
    if origin is tuple:
        return tuple(typed(parts[0], each) for each in value)
    if origin is Mapping:
        return {key: typed(parts[1], each) for key, each in value.items()}
    return typed(parts[0], value) if parts else kind(value)


def shapes() -> Shapes:
    """Something to draw, made quickly: no relief, square land."""
    country = Polygon([(102, 17), (104, 17), (104, 19), (102, 19)])
    behind = Backdrop(
        window=(95, 10, 110, 25),
        land=box(96, 11, 109, 24),
        borders=LineString([(102, 11), (102, 24)]),
        rivers=LineString([(96, 15), (109, 20)]),
        relief=None,
    )
    return Shapes(behind, {("small", "w3"): country})


def everywhere(value: Any, text: str) -> Any:
    """The same value with `text` put in place of every text of a journey, ids and vocabulary left as they are."""
    if isinstance(value, Page):
        return typed(Page, everywhere(as_json(value), text))
    if isinstance(value, Mapping):
        if set(value) <= {*languages()} and "en" in value and isinstance(value["en"], str):
            return dict.fromkeys(value, text)
        free = ("text", "title", "note")
        return {
            key: text if key in free and isinstance(part, str) else everywhere(part, text)
            for key, part in value.items()
        }
    return [everywhere(part, text) for part in value] if isinstance(value, (list, tuple)) else value
