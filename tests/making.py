"""Places and journeys for the tests of measuring, made in a line each."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import shapely

from beside import PROJECT
from escape_route.distance import report
from escape_route.distance.settings import Settings
from escape_route.geography import base
from escape_route.model import read
from escape_route.model.journey import Claim, Journey, ModeShare, Scope, Source, TracedLeg, Waypoint
from escape_route.model.modes import Mode
from escape_route.model.places import Place, Region
from escape_route.model.published import Published
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Flight, Outcome, Precision, Role, Status, Wording

if TYPE_CHECKING:
    import numpy as np

    from escape_route.distance.report import PublishedReport


def disc(lon_deg: float, lat_deg: float, radius_km: float = 0.0) -> Place:
    return Place((Region(None, (lon_deg, lat_deg), radius_km * 1000),))


def box(west: float, south: float, east: float, north: float) -> Place:
    return Place((Region(shapely.box(west, south, east, north)),))


def line(*positions: tuple[float, float]) -> Place:
    return Place((Region(shapely.LineString(positions)),))


def country(*codes: str) -> Place:
    return Place(
        tuple(
            Region(base.geometry_of(f"country:{code}"), reference=f"country:{code}")
            for code in codes
        )
    )


def anywhere(rng: np.random.Generator) -> tuple[float, float]:
    """A point of the globe, uniform by area; at times a pole, or on the antimeridian."""
    lon_deg, lat_deg = rng.uniform(-180, 180), math.degrees(math.asin(rng.uniform(-1, 1)))
    corner = rng.integers(0, 12)
    return {0: (lon_deg, 90.0), 1: (lon_deg, -90.0), 2: (180.0, lat_deg), 3: (-180.0, lat_deg)}.get(
        int(corner), (lon_deg, lat_deg)
    )


def waypoint(number: int, **told: Any) -> Waypoint:
    """Waypoint `w0`, `w1`, ... told as given; an exact stop that is reported where nothing else is said."""
    usual = {"role": Role.STOP, "precision": Precision.EXACT, "status": Status.REPORTED}
    return Waypoint(**({"id": f"w{number}", "name": {"en": f"W{number}"}} | usual | told))


def by(mode: Mode) -> dict[str, Any]:
    """Arrival by a mode, for `waypoint`."""
    return {"modes": (ModeShare(mode, 1.0, Status.REPORTED),)}


def at_country(code: str) -> dict[str, Any]:
    """A whole country, for `waypoint`."""
    return {"footprints": (f"country:{code}",), "precision": Precision.COUNTRY}


def journey(
    *told: dict[str, Any], claims: tuple[Claim, ...] = (), traces: tuple[TracedLeg, ...] = ()
) -> Journey:
    waypoints = tuple(waypoint(number, **each) for number, each in enumerate(told))
    source = Source("S1", "A newspaper, 2019", None)
    texts = {"en": "A way"}, {"en": "Of it"}
    return Journey(
        "j", *texts, Outcome.REACHED, waypoints, traces=traces, claims=claims, sources=(source,)
    )


def track(start: int, *positions: tuple[float, float]) -> TracedLeg:
    """Track from one waypoint to the next."""
    return TracedLeg(f"t{start}", f"w{start}", f"w{start + 1}", positions, Status.REPORTED, ("S1",))


def claim(value: float, end: int = 1, **stated: Any) -> Claim:
    """Distance claim from the first waypoint to another, in km."""
    usual: dict[str, Any] = {
        "unit": "km",
        "wording": Wording.EXACT,
        "scope": Scope("w0", f"w{end}", Flight.NO),
    }
    members = {"id": "c", "quantity": Quantity.DISTANCE, "value": value, "sources": ("S1",)}
    return Claim(**(members | usual | stated))


@cache
def shipped(name: str) -> Journey:
    return read.read((PROJECT / "geo" / f"{name}.geojson").read_bytes(), name)


def reported(held: Journey, settings: Settings | None = None) -> PublishedReport:
    """Report on a journey for a renderer, its places as they are: what a test makes up may be published."""
    return report.gather_published(Published(held), settings)


@cache
def checked(name: str) -> PublishedReport:
    """Report on a shipped journey with the default settings."""
    return reported(shipped(name))


@cache
def traced() -> PublishedReport:
    """Report on a journey with a track from Thailand into Laos, a stop without a label, and a flight."""
    told = (
        {"label": (100.5, 13.75)},
        {"label": (102.6, 17.97), **by(Mode.ROAD)},
        {"footprints": ("river:mekong-lao-thai",)},
        {"label": (127.0, 37.5), **by(Mode.FLIGHT)},
    )
    way = track(0, (100.5, 13.75), (102.0, 16.0), (102.6, 18.3))
    claims = (claim(700, scope=Scope("w0", "w1", Flight.UNKNOWN)), claim(5000, 3, id="d"))
    return reported(journey(*told, claims=claims, traces=(way,)), Settings(draws=2_000))
