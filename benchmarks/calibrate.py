"""How often the plausible intervals hold journeys of known length, and how sharp they are: `make calibrate`.

    python benchmarks/calibrate.py                  # everything is written: docs/calibration.md and its numbers

Nothing is fitted here, and nothing may be fitted or chosen after a look at the journeys that are
held out.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from math import comb
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import rivals

from escape_route.distance import by_network, plausible
from escape_route.distance.bounds import Edge
from escape_route.distance.settings import DEFAULT_SEED, Settings
from escape_route.errors import UsageError
from escape_route.geography import network
from escape_route.model.journey import Journey, ModeShare, Waypoint
from escape_route.model.modes import Mode, ModesAre
from escape_route.model.places import located
from escape_route.model.vocabulary import Outcome, Precision, Role, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from escape_route.geography.geodesic import Floats

HERE = Path(__file__).parent
KNOWN = HERE / "known_journeys"
STORED = HERE / "calibration.json"
#: What `check` says of such intervals.
SAID = HERE.parent / "src" / "escape_route" / "distance" / "calibration.json"
SHARES = (0.5, 0.8, 0.95)
_NORMAL_975 = 1.959963984540054
_MODES = {"river": "boat_along"}
_GROUPS = {"boat_along": "river"}
LEGS = {"1 leg": (1, 1), "2 or 3 legs": (2, 3), "4 to 6 legs": (4, 6), "7 legs or more": (7, 99)}
KM = {
    "under 300 km": (0, 300),
    "300 to 1,000 km": (300, 1e3),
    "1,000 to 3,000 km": (1e3, 3e3),
    "longer": (3e3, 1e9),
}


@dataclass(frozen=True, slots=True)
class Known:
    """A journey of known length: `mode` is the group that it is counted in, `legs` the modes of each leg.

    `read` is whether the words that state its length were read, and not remembered.
    """

    id: str
    mode: str
    length_km: float
    legs: tuple[tuple[Mode, ...], ...]
    places: tuple[tuple[str, float, float], ...]
    outside: frozenset[int] = frozenset()
    read: bool = True


@dataclass(frozen=True, slots=True)
class Weighed:
    """A known journey beside what the program makes of it, lengths in km.

    `below` is the share of the draws that are shorter; `crps` is over the length, of the program
    and of what it is set beside; `network_km` is the shortest way on today's networks, where that
    is given, else `network_reason` says why.
    """

    id: str
    mode: str
    read: bool
    legs: int
    chain_km: float
    length_km: float
    median_km: float
    held: tuple[bool, ...]
    below: float
    width95: float
    width95_before: float
    crps: dict[str, float]
    network_km: float | None
    network_reason: str


@dataclass(frozen=True, slots=True)
class Cover:
    """How many of `n` lengths the 50, 80 and 95 % intervals hold, each with Wilson's 95 % interval of the share.

    `chance` is how often a right model would be as far off (exact binomial), of the 50 and of the
    95 % interval.
    """

    name: str
    n: int
    held: tuple[int, ...]
    wilson: tuple[tuple[float, float], ...]
    chance: tuple[float, float]
    width95: float
    width95_before: float
    crps: dict[str, float]


def development() -> list[Known]:
    """Journeys that models are chosen by and fitted to: the 63, and the three sets that were held out before."""
    rows = json.loads((KNOWN / "development.json").read_text("utf-8"))["journeys"]
    chosen = [
        _known(row, row["published_km"], [row["mode"]] * (len(row["waypoints"]) - 1))
        for row in rows
    ]
    return chosen + _set("journeys.json") + _set("second.json") + _set("third.json")


def held_out() -> list[Known]:
    """Journeys that nothing was fitted to or chosen by."""
    return _set("fourth.json")


def _set(name: str) -> list[Known]:
    rows = json.loads((KNOWN / name).read_text("utf-8"))["journeys"]
    return [_known(row, row["length_km"], row["leg_modes"]) for row in rows]


def _known(row: dict[str, Any], length_km: float, legs: list[str]) -> Known:
    return Known(
        id=row["id"],
        mode=_GROUPS.get(row["mode"], row["mode"]),
        length_km=length_km,
        legs=tuple(tuple(Mode(_MODES.get(mode, mode)) for mode in leg.split("+")) for leg in legs),
        places=tuple(
            (place["name"], place["lon_deg"], place["lat_deg"]) for place in row["waypoints"]
        ),
        outside=frozenset(row.get("legs_outside_published_length", ())),
        read=row.get("confirmed", True) and not row.get("seen", "").startswith("remembered"),
    )


def told(known: Known) -> Journey:
    """Journey of exact points; two modes of a leg are parts of equal length [judgement]."""
    waypoints = []
    for index, (name, lon, lat) in enumerate(known.places):
        modes = known.legs[index - 1] if index else ()
        waypoints.append(
            Waypoint(
                id=f"{known.id}-{index}",
                name={"en": name},
                role=Role.STOP,
                precision=Precision.EXACT,
                status=Status.REPORTED,
                label=(lon, lat),
                modes=tuple(ModeShare(mode, 1 / len(modes), Status.REPORTED) for mode in modes),
                modes_are=ModesAre.PARTS if len(modes) > 1 else ModesAre.ALTERNATIVES,
                leg_told=index - 1 not in known.outside,
            )
        )
    title = {"en": known.id}
    return Journey(
        id=known.id, title=title, summary=title, outcome=Outcome.REACHED, waypoints=tuple(waypoints)
    )


def weigh(known: Known, settings: Settings) -> Weighed:
    """Draw a known journey and see where its length falls."""
    journey = told(known)
    drawn = plausible.draw(journey, settings)
    total_km = np.sort(drawn.travelled_m.sum(axis=1)) / 1000
    legs_km = drawn.chain_m[0] / 1000
    before_km = np.sort(rivals.before(known.legs, legs_km, np.random.default_rng(DEFAULT_SEED)))
    length_km, chain_km = known.length_km, float(legs_km.sum())
    way = _by_network(journey)
    return Weighed(
        id=known.id,
        mode=known.mode,
        read=known.read,
        legs=int((legs_km > 0).sum()),
        chain_km=chain_km,
        length_km=length_km,
        median_km=float(np.median(total_km)),
        held=tuple(_holds(total_km, share, length_km) for share in SHARES),
        below=float(np.mean(total_km < length_km)),
        width95=_width(total_km) / length_km,
        width95_before=_width(before_km) / length_km,
        crps={
            "escape-route": rivals.crps(total_km, length_km),
            "version 0.1": rivals.crps(before_km, length_km),
            "straight lines x 1.3": abs(1.3 * chain_km / length_km - 1),
            "straight lines x 1.4": abs(1.4 * chain_km / length_km - 1),
        },
        network_km=None if way.length_m is None else way.length_m / 1000,
        network_reason=f"{way.reason} {way.where}".strip() if way.length_m is None else "",
    )


def _by_network(journey: Journey) -> by_network.ByNetwork:
    places = located(journey)
    edges = [Edge.GEODESIC if each.leg_told else Edge.FREE for each in journey.waypoints[1:]]
    return by_network.by_network(journey.waypoints, list(places), list(places.values()), edges, 0.0)


def _ends(total: Floats, share: float) -> tuple[float, float]:
    low, high = np.quantile(total, [(1 - share) / 2, (1 + share) / 2])
    return float(low), float(high)


def _holds(total: Floats, share: float, length: float) -> bool:
    low, high = _ends(total, share)
    return low <= length <= high


def _width(total: Floats) -> float:
    low, high = _ends(total, SHARES[-1])
    return high - low


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Interval of a share, 95 %, by Wilson's closed form (1927, doi 10.1080/01621459.1927.10502953).

    Examples
    --------
    >>> [round(end, 3) for end in wilson(9, 10)]
    [0.596, 0.982]
    """
    z2 = _NORMAL_975**2
    middle = (hits + z2 / 2) / (n + z2)
    half = _NORMAL_975 / (n + z2) * float(np.sqrt(hits * (n - hits) / n + z2 / 4))
    return middle - half, middle + half


def chance(hits: int, n: int, share: float) -> float:
    """How often a share of `n` is as unlikely as this one or more so: the exact binomial test."""
    odds = [comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
    return min(1.0, sum(each for each in odds if each <= odds[hits] * (1 + 1e-9)))


def cover(name: str, some: Sequence[Weighed]) -> Cover:
    """Count the lengths that are held."""
    n = len(some)
    held = tuple(sum(each.held[k] for each in some) for k in range(len(SHARES)))
    return Cover(
        name=name,
        n=n,
        held=held,
        wilson=tuple(wilson(hits, n) for hits in held),
        chance=(chance(held[0], n, SHARES[0]), chance(held[-1], n, SHARES[-1])),
        width95=float(np.median([each.width95 for each in some])),
        width95_before=float(np.median([each.width95_before for each in some])),
        crps={rival: float(np.mean([each.crps[rival] for each in some])) for rival in some[0].crps},
    )


def covers(weighed: Sequence[Weighed]) -> list[Cover]:
    """Cover of all, of each mode, by how many legs and by how long."""

    def groups() -> Iterator[tuple[str, Callable[[Weighed], bool]]]:
        yield "all", lambda _: True
        yield "words read", lambda each: each.read
        for mode in dict.fromkeys(each.mode for each in weighed):
            yield mode, lambda each, mode=mode: each.mode == mode
        for name, (least, most) in LEGS.items():
            yield name, lambda each, least=least, most=most: least <= each.legs <= most
        for name, (low, high) in KM.items():
            yield name, lambda each, low=low, high=high: low <= each.length_km < high

    found = [(name, [each for each in weighed if belongs(each)]) for name, belongs in groups()]
    return [cover(name, some) for name, some in found if some]


def _measured(journeys: Sequence[Known], settings: Settings) -> dict[str, Any]:
    weighed = [weigh(known, settings) for known in journeys]
    return {
        "cover": [asdict(each) for each in covers(weighed)],
        "journeys": [asdict(each) for each in weighed],
    }


def rounded(value: object) -> object:
    """Numbers to four decimals: 0.1 m, and what another machine's last digit does not change."""
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(each) for each in value]
    return round(value, 4) if isinstance(value, float) else value


def _print(found: dict[str, Any]) -> None:
    print("                      n  50 %  80 %  95 %   width (0.1)  CRPS (0.1, x 1.3, x 1.4)")
    for each in found["cover"]:
        held = "  ".join(f"{hits / each['n']:4.0%}" for hits in each["held"])
        errors = " ".join(f"{error:.3f}" for error in each["crps"].values())
        print(
            f"{each['name']:20} {each['n']:3}  {held}   {each['width95']:.2f} ({each['width95_before']:.2f})  {errors}"
        )


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--development", action="store_true", help="only the journeys that models are chosen by"
    )
    arguments = parser.parse_args()
    settings = Settings(draws=20_000)
    try:
        network.require()
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    found = {"development": _measured(development(), settings)}
    _print(found["development"])
    if arguments.development:
        return 0
    found["held out"] = _measured(held_out(), settings)
    _print(found["held out"])
    stored = {"draws": settings.draws, "seed": settings.seed, **found}
    STORED.write_text(json.dumps(rounded(stored), indent=1) + "\n", "utf-8")
    total = found["held out"]["cover"][0]
    SAID.write_text(json.dumps({"held": total["held"][-1], "known": total["n"]}) + "\n", "utf-8")
    import calibration_page  # noqa: PLC0415  # reads what was just written
    import calibration_said  # noqa: PLC0415  # likewise

    calibration_page.write()
    calibration_said.write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
