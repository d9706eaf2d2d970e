"""Places and claims as W3C Web Annotations, for Recogito and other tools that annotate the sources themselves.

Each annotation is about the pages that it was read in. What a place was called there is quoted
where that is published; where it lies stands in the body as GeoJSON. Written and not read: the
journey itself is better kept in another format.

References
----------
W3C (2017), Web Annotation Data Model, https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import cast

from escape_route.formats import Written, geojson
from escape_route.model.journey import Claim, Journey, Waypoint, say
from escape_route.model.published import Published

_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    "https://geojson.org/geojson-ld/geojson-context.jsonld",
]
_LOST = (
    "how one came, dates, narration and the order of the places: annotations speak of one place or "
    "number each"
)


def write(published: Published) -> Written:
    """Write an annotation for each place and each claim; what belongs to the way as a whole is lost."""
    journey = published.journey
    features = cast("list[dict[str, object]]", geojson.to_document(journey)["features"])
    places = [
        _place(journey, waypoint, feature)
        for waypoint, feature in zip(journey.waypoints, features, strict=False)
        if not waypoint.withheld
    ]
    page = {
        "@context": _CONTEXT,
        "id": _address(journey),
        "type": "AnnotationPage",
        "items": [*places, *(_claim(journey, claim) for claim in journey.claims)],
    }
    return Written((json.dumps(page, ensure_ascii=False, indent=2) + "\n").encode(), (_LOST,))


def _place(
    journey: Journey, waypoint: Waypoint, feature: Mapping[str, object]
) -> dict[str, object]:
    names = [
        {
            "type": "TextualBody",
            "purpose": "tagging",
            "value": name,
            "language": language,
            "format": "text/plain",
        }
        for language, name in waypoint.name.items()
    ]
    what = {
        "title": say(waypoint.name),
        "precision": str(waypoint.precision),
        "footprint": list(waypoint.footprints),
    }
    if waypoint.uncertainty_m is None:
        uncertainty = {}
    else:
        uncertainty = {"coordinateUncertaintyInMeters": waypoint.uncertainty_m}
    where = {
        "id": f"{_address(journey)}:{waypoint.id}#place",
        "type": "Feature",
        "geometry": feature["geometry"],
    }
    shape = {
        "type": "SpecificResource",
        "purpose": "identifying",
        "source": where | {"properties": what | uncertainty},
    }
    return {
        "id": f"{_address(journey)}:{waypoint.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [*names, shape, *_where(journey, waypoint)],
        "target": _targets(journey, waypoint.sources, waypoint.verbatim_locality),
    }


def _claim(journey: Journey, claim: Claim) -> dict[str, object]:
    if claim.value_to is None:
        number = f"{claim.value:g}"
    else:
        number = f"{claim.value:g} to {claim.value_to:g}"
    words = f"{claim.quantity}: {claim.wording} {number} {claim.unit or ''}".strip()
    stated = (
        f"{words}, from {_name(journey, claim.scope.start)} to {_name(journey, claim.scope.end)}"
    )
    return {
        "id": f"{_address(journey)}:{claim.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {"type": "TextualBody", "value": stated, "language": "en", "format": "text/plain"},
            *_where(journey, claim),
        ],
        "target": _targets(journey, claim.sources, None),
    }


def _where(journey: Journey, citing: Waypoint | Claim) -> list[dict[str, object]]:
    titles = {source.id: source.title for source in journey.sources}
    said = (f"{titles[source]}, {where}" for source, where in citing.sources_at.items())
    return [
        {"type": "TextualBody", "purpose": "commenting", "value": text, "format": "text/plain"}
        for text in said
    ]


def _name(journey: Journey, waypoint_id: str) -> str:
    return say(journey.waypoints[journey.index_of(waypoint_id)].name)


def _targets(journey: Journey, cited: Iterable[str], quoted: str | None) -> list[dict[str, object]]:
    """The sources that are annotated; the journey itself where it is our own inference."""
    urls = {
        source.id: source.url or f"{_address(journey)}:source:{source.id}"
        for source in journey.sources
    }
    selector = {"selector": {"type": "TextQuoteSelector", "exact": quoted}} if quoted else {}
    pages = [urls[source] for source in cited] or [_address(journey)]
    return [{"type": "SpecificResource", "source": page, **selector} for page in pages]


def _address(journey: Journey) -> str:
    return f"urn:escape-route:{journey.id}"
