"""How one travels: a row a mode, with all that is said of it.

The words of a row stand in the catalogues as ``mode.<word>``. What ways have over the straight line is drawn in
`distance.priors`, the line in `publish`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import hypot, inf, log

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
class Excess:
    """What a way has over the straight line, as a share of it: a logarithmic normal distribution.

    `mu` is the mean of the logarithm for a straight line of 1 km, to which `per_ln_km` is added for each unit of the
    logarithm of its length, which is held within `range_km`. `sigma` is the standard deviation of the logarithm: from
    each length in kilometres on, that beside it. What no measurement carries is marked as a judgement.
    """

    mu: float
    sigma: tuple[tuple[float, float], ...]
    basis: str
    judgement: bool
    per_ln_km: float = 0.0
    range_km: tuple[float, float] = (1.0, inf)


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
    excess: Excess
    top_speed: TopSpeed
    pace: Pace | None = None


def alike(value: float) -> tuple[tuple[float, float], ...]:
    """One standard deviation for every length."""
    return ((0.0, value),)


_CHINA = "doi 10.1038/s44260-024-00023-x; doi 10.1080/19475683.2021.1966503"
_ROAD_MU, _ROAD_PER_LN_KM, _ROAD_KM = -0.234, -0.148, (5.0, 2000.0)
# One country's roads do not tell how networks differ between countries. Of motorways in nine regions it is published as
# 1.3 +- 0.1; taken as one standard deviation [judgement], that is 0.1 / 0.3 of what a way has over the straight line.
_BRITISH = ((0.0, 0.82), (25.0, 0.58), (50.0, 0.58), (100.0, 0.48), (200.0, 0.38), (400.0, 0.30))
_ROAD_SIGMA = tuple((from_km, hypot(sigma, 0.1 / 0.3)) for from_km, sigma in _BRITISH)
_BOATS = ("boat", "ferry", "raft", "canoe")
_BOAT_LINE = Line((10, 4, 2, 4))
_SPEEDBOAT = TopSpeed(80.0, "a speedboat")


class Mode(Word):
    """How one travelled."""

    row: ModeRow

    ROAD = ModeRow(
        word="road",
        also=("car", "bus", "truck", "lorry", "taxi", "motorbike", "van", "cart"),
        through=Through.LAND,
        line=Line((14, 4)),
        excess=Excess(
            mu=_ROAD_MU,
            per_ln_km=_ROAD_PER_LN_KM,
            range_km=_ROAD_KM,
            sigma=_ROAD_SIGMA,
            basis=f"5,434 driving distances in Great Britain, widened as motorways differ between countries: {_CHINA}",
            judgement=False,
        ),
        top_speed=TopSpeed(130.0, "just above the 120 km/h that motorways of the region allow"),
        pace=Pace((20.0, 90.0), (100.0, 900.0), "cars and buses on main roads with their halts; carts less"),
    )
    ROAD_POOR = ModeRow(
        word="road_poor",
        through=Through.LAND,
        line=Line((4, 4)),
        excess=Excess(
            mu=_ROAD_MU + 0.35,
            per_ln_km=_ROAD_PER_LN_KM,
            range_km=_ROAD_KM,
            sigma=alike(0.55),
            basis=f"road, wound more; one province measured at 1.435 ({_CHINA}), the rest judged",
            judgement=True,
        ),
        top_speed=TopSpeed(80.0, "a good driver on a good day"),
        pace=Pace((10.0, 50.0), (50.0, 400.0), "cars and lorries on bad roads with their halts; carts less"),
    )
    RAIL = ModeRow(
        word="rail",
        also=("train", "railway", "tram"),
        through=Through.LAND,
        line=Line((14, 3, 3, 3)),
        excess=Excess(log(0.33), alike(0.45), "long pairs of railway stations", judgement=False),
        top_speed=TopSpeed(
            350.0,
            "the fastest trains in regular service: https://english.www.gov.cn/news/top_news/2017/09/21/content_281475874794796.htm",
            judgement=False,
        ),
        pace=Pace((25.0, 250.0), (200.0, 3_000.0), "from slow trains that wait to the fastest in regular service"),
    )
    FOOT = ModeRow(
        word="foot",
        also=("walk", "walked", "walking", "on foot", "march"),
        through=Through.LAND,
        line=Line((0.1, 5), width_px=2.8, dotted=True),
        excess=Excess(log(0.40), alike(0.65), "recorded hikes on paths", judgement=False),
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
        excess=Excess(log(0.65), alike(0.70), "no measured figure was found", judgement=True),
        top_speed=TopSpeed(6.0, "twice the fast end of such walking"),
        pace=Pace(
            (1.5, 3.0),
            (5.0, 25.0),
            "columns across country 1.6 km/h by night, 2.5 by day (US Army FM 21-18); the days follow from these",
        ),
    )
    BOAT_ALONG = ModeRow(
        word="boat_along",
        also=_BOATS,
        through=Through.WATER,
        line=_BOAT_LINE,
        excess=Excess(
            mu=log(0.12),
            per_ln_km=0.19,
            range_km=(10.0, inf),
            sigma=alike(0.75),
            basis="rivers at 1:10m",
            judgement=False,
        ),
        top_speed=_SPEEDBOAT,
        pace=Pace((3.0, 40.0), (30.0, 400.0), "from a drifting raft to a river's speedboats with their halts"),
    )
    BOAT_ACROSS = ModeRow(
        word="boat_across",
        also=_BOATS,
        through=Through.WATER,
        line=_BOAT_LINE,
        excess=Excess(log(0.10), alike(0.80), "a river under 5 km wide", judgement=True),
        top_speed=_SPEEDBOAT,
        pace=Pace((2.0, 40.0), (20.0, 400.0), "from a rowing boat to a speedboat"),
    )
    SEA = ModeRow(
        word="sea",
        also=("boat", "ship", "ferry", "steamer", "launch", "sailed", "sailing", "vessel"),
        through=Through.SEA,
        line=Line((10, 4, 2, 4, 2, 4)),
        excess=Excess(
            # 0.10 at 50 km, falling to 0.02 at 3,000 km.
            mu=log(0.10) + 0.40 * log(50),
            per_ln_km=-0.40,
            range_km=(20.0, 6000.0),
            sigma=alike(1.20),
            basis="159 distances between ports (NGA Pub. 151, by way of LINER-LIB) whose straight line of 400 to "
            "6,000 km is clear of land: half have 0.3 to 8 % over it, the median 2.3 %; below 400 km judged",
            judgement=True,
        ),
        top_speed=TopSpeed(110.0, "the fastest ferry"),
        pace=Pace((5.0, 60.0), (50.0, 1_000.0), "from a sailing boat in light winds to a fast ferry with its halts"),
    )
    FLIGHT = ModeRow(
        word="flight",
        also=("plane", "airplane", "aeroplane", "air", "flew", "helicopter"),
        through=Through.AIR,
        line=Line((10, 10), width_px=1.3),
        excess=Excess(log(0.08), alike(0.60), "UK government's +8 %", judgement=False),
        top_speed=TopSpeed(1100.0, "an airliner with a strong wind behind it"),
        pace=Pace(
            (300.0, 900.0), (300.0, 15_000.0), "from a propeller aeroplane to airliners, waiting counted by the day"
        ),
    )
    UNKNOWN = ModeRow(
        word="unknown",
        through=Through.ANY,
        line=Line((2, 9)),
        excess=Excess(log(0.40), alike(0.70), "a mixture of the others", judgement=True),
        top_speed=TopSpeed(1100.0, "it may have been a flight"),
    )


class ModesAre(Word):
    """Whether several modes are accounts that differ or parts of one way."""

    ALTERNATIVES = "alternatives"
    PARTS = "parts"
