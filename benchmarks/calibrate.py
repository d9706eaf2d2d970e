"""How often the plausible intervals hold journeys of known length, and the road prior beside what it was made of.

    python benchmarks/calibrate.py [--draws N] [--seed N] [--bands FILE] [--json FILE] [--british-roads]

It reports the cover that is found. No prior is fitted to these journeys.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import numpy as np

from escape_route.distance import plausible
from escape_route.distance.priors import PRIORS
from escape_route.distance.settings import DEFAULT_DRAWS, DEFAULT_RHO, DEFAULT_SEED, Interval, Settings
from escape_route.model.journey import Journey, ModeShare, Waypoint
from escape_route.model.modes import Mode
from escape_route.model.vocabulary import Outcome, Precision, Role, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from escape_route.geography.geodesic import Floats

HERE = Path(__file__).parent
KNOWN = HERE / "known_journeys.json"
BANDS = HERE.parents[1] / "shared" / "data" / "circuity_road_gb_by_distance.json"
RHOS = (0.0, DEFAULT_RHO, 1.0)
ZONES = (0.0, 0.025, 0.25, 0.5, 0.75, 0.975, 1.0)
_NORMAL_975 = 1.959963984540054
_EDGES_KM = (25.0, 50.0, 100.0, 200.0, 400.0)
_BRITISH_SIGMA = (0.82, 0.58, 0.58, 0.48, 0.38, 0.30)


class Known(TypedDict, total=False):
    """A journey of `known_journeys.json`: the keys that are used here."""

    id: str
    mode: str
    confirmed: bool
    published_km: float
    legs_outside_published_length: list[int]
    waypoints: list[dict[str, float | str]]


@dataclass(frozen=True, slots=True)
class At:
    """Plausible length of a journey at one rho, in km, and the share of its draws below the published length."""

    rho: float
    median_km: float
    low50_km: float
    high50_km: float
    low95_km: float
    high95_km: float
    share_below: float
    inside50: bool
    inside95: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """A journey of known length beside what the program makes of its waypoints; `at` in the order of `RHOS`."""

    id: str
    mode: str
    confirmed: bool
    waypoints: int
    chain_km: float
    published_km: float
    factor: float
    at: tuple[At, ...]

    @property
    def default(self) -> At:
        """At the rho that the program uses unless told otherwise."""
        return self.at[RHOS.index(DEFAULT_RHO)]


@dataclass(frozen=True, slots=True)
class Cover:
    """How many of `n` published lengths lie inside, with the 95 % interval of that share (Wilson)."""

    name: str
    n: int
    inside95: int
    low: float
    high: float
    inside50: int
    below: int
    above: int
    inside95_by_rho: tuple[int, ...]
    inside50_by_rho: tuple[int, ...]
    zones: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Road prior at the middle of a band of distances, beside the British driving distances in it."""

    km_min: float
    km_max: float
    n: int
    middle_km: float
    median_data: float
    median_prior: float
    low90_data: float
    high90_data: float
    low90_prior: float
    high90_prior: float
    cover90: float


def told(known: Known) -> Journey:
    """Journey of exact points and one mode; of a leg that the published length leaves out nothing is told."""
    modes = (ModeShare(Mode(known["mode"]), 1.0, Status.REPORTED),)
    outside = set(known.get("legs_outside_published_length", []))
    waypoints = tuple(
        Waypoint(
            id=f"{known['id']}-{index}",
            name={"en": str(place["name"])},
            role=Role.STOP,
            precision=Precision.EXACT,
            status=Status.REPORTED,
            label=(float(place["lon_deg"]), float(place["lat_deg"])),
            modes=modes if index else (),
            leg_told=index - 1 not in outside,
        )
        for index, place in enumerate(known["waypoints"])
    )
    title = {"en": known["id"]}
    return Journey(id=known["id"], title=title, summary=title, outcome=Outcome.REACHED, waypoints=waypoints)


def weigh(known: Known, settings: Settings) -> Weighed:
    """Draw a known journey at every rho and see where its published length falls."""
    journey = told(known)
    drawn = plausible.draw_at(journey, settings, RHOS)
    published_m = known["published_km"] * 1000
    chain_m = float(drawn[0].chain_m[0].sum())
    return Weighed(
        id=known["id"],
        mode=known["mode"],
        confirmed=known["confirmed"],
        waypoints=len(known["waypoints"]),
        chain_km=chain_m / 1000,
        published_km=known["published_km"],
        factor=published_m / chain_m,
        at=tuple(_at(each.settings.rho, each.travelled_m.sum(axis=1), published_m) for each in drawn),
    )


def _at(rho: float, totals_m: Floats, published_m: float) -> At:
    interval = Interval.of(totals_m)
    return At(
        rho=rho,
        median_km=interval.median_m / 1000,
        low50_km=interval.low50_m / 1000,
        high50_km=interval.high50_m / 1000,
        low95_km=interval.low95_m / 1000,
        high95_km=interval.high95_m / 1000,
        share_below=float(np.mean(totals_m < published_m)),
        inside50=interval.low50_m <= published_m <= interval.high50_m,
        inside95=interval.low95_m <= published_m <= interval.high95_m,
    )


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Interval of a share, 95 %, by Wilson's closed form (1927, doi 10.1080/01621459.1927.10502953).

    Examples
    --------
    >>> [round(end, 3) for end in wilson(9, 10)]
    [0.596, 0.982]
    """
    z2 = _NORMAL_975**2
    middle = (hits + z2 / 2) / (n + z2)
    half = _NORMAL_975 / (n + z2) * math.sqrt(hits * (n - hits) / n + z2 / 4)
    return middle - half, middle + half


def cover(name: str, weighed: Sequence[Weighed]) -> Cover:
    """Count the published lengths inside the intervals, and where the others fall."""
    at = [each.default for each in weighed]
    inside = sum(each.inside95 for each in at)
    low, high = wilson(inside, len(at))
    zone = Counter(min(int(np.searchsorted(ZONES, each.share_below, side="right")), 6) - 1 for each in at)
    return Cover(
        name=name,
        n=len(at),
        inside95=inside,
        low=low,
        high=high,
        inside50=sum(each.inside50 for each in at),
        below=sum(not each.inside95 and each.share_below < 0.5 for each in at),
        above=sum(not each.inside95 and each.share_below > 0.5 for each in at),
        inside95_by_rho=tuple(sum(each.at[k].inside95 for each in weighed) for k in range(len(RHOS))),
        inside50_by_rho=tuple(sum(each.at[k].inside50 for each in weighed) for k in range(len(RHOS))),
        zones=tuple(zone[k] for k in range(len(ZONES) - 1)),
    )


def covers(weighed: Sequence[Weighed]) -> list[Cover]:
    """Cover of each mode, of those whose length a page confirms, and of all."""
    modes = dict.fromkeys(each.mode for each in weighed)
    found = [cover(mode, [each for each in weighed if each.mode == mode]) for mode in modes]
    return [*found, cover("confirmed", [each for each in weighed if each.confirmed]), cover("all", weighed)]


def bands(path: Path) -> list[Band]:
    """Road prior at the geometric middle of each band; the cover is that of the band's own lognormal distribution."""
    found = []
    for row in json.loads(path.read_text("utf-8"))["bins"]:
        middle_km = math.sqrt(row["km_min"] * row["km_max"])
        median, low, high = PRIORS[Mode.ROAD].at(middle_km)
        ends = [(math.log(end - 1) - row["ln_excess_mu"]) / row["ln_excess_sigma"] for end in (low, high)]
        found.append(
            Band(
                km_min=row["km_min"],
                km_max=row["km_max"],
                n=row["n"],
                middle_km=middle_km,
                median_data=row["median"],
                median_prior=median,
                low90_data=row["p05"],
                high90_data=row["p95"],
                low90_prior=low,
                high90_prior=high,
                cover90=_normal(ends[1]) - _normal(ends[0]),
            ),
        )
    return found


def _normal(z: float) -> float:
    return 0.5 * (1 + math.erf(z / math.sqrt(2)))


@contextmanager
def british_roads() -> Iterator[None]:
    """Road prior as it was first set: with the spread of the British distances alone."""
    mended = PRIORS[Mode.ROAD]
    british = tuple(zip((0.0, *_EDGES_KM), _BRITISH_SIGMA, strict=True))
    PRIORS[Mode.ROAD] = replace(mended, excess=replace(mended.excess, sigma=british))
    try:
        yield
    finally:
        PRIORS[Mode.ROAD] = mended


def known_journeys() -> list[Known]:
    """Journeys of known length, in the order of the file."""
    journeys: list[Known] = json.loads(KNOWN.read_text("utf-8"))["journeys"]
    return journeys


def _print_bands(found: Sequence[Band]) -> None:
    print("Road prior beside 5,434 driving distances in Great Britain (way / geodesic)\n")
    print("  band, km      n   median: data  prior   5-95 %: data      prior   90 % holds")
    for each in found:
        band = f"{each.km_min:.0f}-{each.km_max:.0f}"
        data, prior = f"{each.low90_data:.2f}-{each.high90_data:.2f}", f"{each.low90_prior:.2f}-{each.high90_prior:.2f}"
        medians = f"{each.median_data:12.2f} {each.median_prior:6.2f}"
        print(f"  {band:9} {each.n:5,}   {medians}      {data}  {prior}   {each.cover90:10.0%}")
    print()


def _print_journeys(weighed: Sequence[Weighed]) -> None:
    print("Journeys of known length, km (factor: published over the chain of the waypoints;")
    print("below: share of the draws that are shorter than the published length)\n")
    mode = ""
    for each in weighed:
        if each.mode != mode:
            mode = each.mode
            print(f"{mode:34} published fact. median          95 % below")
        at = each.default
        mark = "" if at.inside95 else " <" if at.share_below < 0.5 else " >"
        interval = f"{at.low95_km:,.0f}-{at.high95_km:,.0f}"
        numbers = f"{each.published_km:6,.0f} {each.factor:4.2f} {at.median_km:6,.0f} {interval:>13}"
        print(f"  {each.id:35} {numbers} {at.share_below:.3f}{mark}")
    print("\n  <, >: the published length is below or above the 95 % interval\n")


def _print_covers(found: Sequence[Cover]) -> None:
    print("Cover of the 95 % interval (in brackets its own, by Wilson) and of the 50 % one\n")
    print("               n   95 % holds          below  above   50 % holds   rho 0   rho 1")
    for each in found:
        share = f"{each.inside95:2} = {each.inside95 / each.n:.0%} ({each.low:.0%}-{each.high:.0%})"
        rhos = f"{each.inside95_by_rho[0]:5}   {each.inside95_by_rho[2]:5}"
        half = f"{each.inside50} = {each.inside50 / each.n:.0%}"
        print(f"  {each.name:11} {each.n:2}   {share:20} {each.below:3}    {each.above:3}   {half:>10}   {rhos}")
    total = found[-1]
    halves = " and ".join(f"{total.inside50_by_rho[k]} at rho {RHOS[k]:g}" for k in (0, 2))
    print(f"\nThe 50 % interval holds {halves} of {total.n}.")
    named = ("0-2.5", "2.5-25", "25-50", "50-75", "75-97.5", "97.5-100")
    expected = [total.n * (b - a) for a, b in pairwise(ZONES)]
    print("Published lengths by percentile of the draws (in brackets what would be right):")
    cells = [f"{name}: {n} ({want:.1f})" for name, n, want in zip(named, total.zones, expected, strict=True)]
    print("  " + "   ".join(cells[:4]) + "\n  " + "   ".join(cells[4:]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=DEFAULT_DRAWS)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--bands", type=Path, default=BANDS, help="the British driving distances by band")
    parser.add_argument("--json", type=Path, help="write every number to this file")
    parser.add_argument("--british-roads", action="store_true", help="the road prior as first set")
    return parser.parse_args()


def calibrate(settings: Settings, bands_path: Path, json_path: Path | None) -> None:
    """Compute, print, and write where asked to."""
    if bands_path.is_file():
        found = bands(bands_path)
        _print_bands(found)
    else:
        found = []
        print(f"The British driving distances are not at {bands_path}: the road prior is not compared with them")
        print("here (--bands names another file).\n")
    weighed = [weigh(known, settings) for known in known_journeys()]
    by_mode = covers(weighed)
    _print_journeys(weighed)
    _print_covers(by_mode)
    print(f"\n{settings.draws:,} draws, seed {settings.seed}, rho {DEFAULT_RHO:g} unless said otherwise.")
    if json_path is not None:
        document = {
            "settings": {"draws": settings.draws, "seed": settings.seed, "rho": DEFAULT_RHO, "rhos": RHOS},
            "cover": [asdict(each) for each in by_mode],
            "journeys": [asdict(each) for each in weighed],
            "road_bands": [asdict(each) for each in found],
        }
        json_path.write_text(json.dumps(_rounded(document), indent=1) + "\n", "utf-8")


def _rounded(value: object) -> object:
    """Numbers to four decimals: 0.1 m, and what another machine's last digit does not change."""
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    return round(value, 4) if isinstance(value, float) else value


def main() -> None:
    """Run from the command line."""
    arguments = _arguments()
    settings = Settings(seed=arguments.seed, draws=arguments.draws)
    if arguments.british_roads:
        print("The road prior here is the one first set: the spread of the British distances alone.\n")
        with british_roads():
            calibrate(settings, arguments.bands, arguments.json)
    else:
        calibrate(settings, arguments.bands, arguments.json)


if __name__ == "__main__":
    main()
