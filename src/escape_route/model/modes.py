"""How one travels: a row a mode, with all that is said of it.

The words of a row stand in the catalogues as ``mode.<word>``. How winding
ways are is in `distance/priors.json`, the line is drawn in `publish`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from escape_route.model.vocabulary import Row, Word


class Through(Enum):
    """What a mode goes through."""

    LAND = "land"
    WATER = "water"
    SEA = "sea"
    AIR = "air"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Line:
    """How a leg is drawn: dashes and gaps in turn, in pixels of the page, as is the width where it is not the usual."""

    dashes: tuple[float, ...]
    width_px: float | None = None
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class TopSpeed:
    """Fastest that one may have gone over a whole way, without a rest, and where the number is from.

    Not the usual speed, but that beyond which nobody went: what `lint` holds a way to.
    """

    kmh: float
    basis: str
    judgement: bool = True


@dataclass(frozen=True, slots=True)
class Pace:
    """What people keep up, rests and halts counted: kilometres from slow to fast, in an hour and in a day.

    Both ends are judgement; `basis` is what they were judged by.
    """

    kmh: tuple[float, float]
    km_per_day: tuple[float, float]
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeRow(Row):
    """A mode; without a `pace` no speed is judged."""

    through: Through
    line: Line
    top_speed: TopSpeed
    pace: Pace | None = None


_BOAT_LINE = Line((10, 4, 2, 4))
_SPEEDBOAT = TopSpeed(80.0, "a speedboat")


class Mode(Word):
    """How one travelled."""

    row: ModeRow

    ROAD = ModeRow(
        word="road",
        through=Through.LAND,
        line=Line((14, 4)),
        top_speed=TopSpeed(130.0, "just above the 120 km/h that motorways of the region allow"),
        pace=Pace(
            (20.0, 90.0),
            (100.0, 900.0),
            "cars and buses on main roads with their halts; carts less",
        ),
    )
    ROAD_POOR = ModeRow(
        word="road_poor",
        through=Through.LAND,
        line=Line((4, 4)),
        top_speed=TopSpeed(80.0, "a good driver on a good day"),
        pace=Pace(
            (10.0, 50.0),
            (50.0, 400.0),
            "cars and lorries on bad roads with their halts; carts less",
        ),
    )
    RAIL = ModeRow(
        word="rail",
        through=Through.LAND,
        line=Line((14, 3, 3, 3)),
        top_speed=TopSpeed(
            350.0,
            "the fastest trains in regular service: https://english.www.gov.cn/news/top_news/2017/09/21/content_281475874794796.htm",
            judgement=False,
        ),
        pace=Pace(
            (25.0, 250.0),
            (200.0, 3_000.0),
            "from slow trains that wait to the fastest in regular service",
        ),
    )
    FOOT = ModeRow(
        word="foot",
        through=Through.LAND,
        line=Line((0.1, 5), width_px=2.8, dotted=True),
        top_speed=TopSpeed(10.0, "twice the fast end of walking: running, and never resting"),
        pace=Pace(
            (3.0, 5.0),
            (10.0, 40.0),
            "columns on roads 3.2 km/h by night, 4 by day (US Army FM 21-18); medieval travellers 24 to 40 km a day "
            "(N. Ohler, The Medieval Traveller); a child of nine alone 409 km in 12 days (UNHCR 2019); families less",
        ),
    )
    FOOT_WILD = ModeRow(
        word="foot_wild",
        through=Through.LAND,
        line=Line((0.1, 8), width_px=2.8, dotted=True),
        top_speed=TopSpeed(6.0, "twice the fast end of such walking"),
        pace=Pace(
            (1.5, 3.0),
            (5.0, 25.0),
            "columns across country 1.6 km/h by night, 2.5 by day (US Army FM 21-18); the days follow from these",
        ),
    )
    BOAT_ALONG = ModeRow(
        word="boat_along",
        through=Through.WATER,
        line=_BOAT_LINE,
        top_speed=_SPEEDBOAT,
        pace=Pace(
            (3.0, 40.0),
            (30.0, 400.0),
            "from a drifting raft to a river's speedboats with their halts",
        ),
    )
    BOAT_ACROSS = ModeRow(
        word="boat_across",
        through=Through.WATER,
        line=_BOAT_LINE,
        top_speed=_SPEEDBOAT,
        pace=Pace((2.0, 40.0), (20.0, 400.0), "from a rowing boat to a speedboat"),
    )
    SEA = ModeRow(
        word="sea",
        through=Through.SEA,
        line=Line((10, 4, 2, 4, 2, 4)),
        top_speed=TopSpeed(110.0, "the fastest ferry"),
        pace=Pace(
            (5.0, 60.0),
            (50.0, 1_000.0),
            "from a sailing boat in light winds to a fast ferry with its halts",
        ),
    )
    FLIGHT = ModeRow(
        word="flight",
        through=Through.AIR,
        line=Line((10, 10), width_px=1.3),
        top_speed=TopSpeed(1100.0, "an airliner with a strong wind behind it"),
        pace=Pace(
            (300.0, 900.0),
            (300.0, 15_000.0),
            "from a propeller aeroplane to airliners, waiting counted by the day",
        ),
    )
    UNKNOWN = ModeRow(
        word="unknown",
        through=Through.ANY,
        line=Line((2, 9)),
        top_speed=TopSpeed(1100.0, "it may have been a flight"),
    )


class ModesAre(Word):
    """Whether several modes are accounts that differ or parts of one way."""

    ALTERNATIVES = "alternatives"
    PARTS = "parts"
