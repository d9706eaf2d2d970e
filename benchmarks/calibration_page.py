# ruff: noqa: E501  # sentences of the page, a line each
"""Write docs/calibration.md and its figures from `calibration.json` and `priors/tried.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import calibration_said
import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs"
SHARES = (50, 80, 95)
#: Targets that were set beforehand: shares of the held-out journeys.
TARGETS = {"50 %": (0, 0.42, 0.58), "95 %": (2, 0.91, 0.98)}
CHAINS = (0.90, 0.99)
NARROWER = 0.8
NETWORK = {"rail": 0.03, "road": 0.06}
#: Kinds of at least so many journeys are named where the 95 % interval holds a smaller share of
#: them.
FEW, WEAK = 10, 0.85
COLLECTED = "32abd69"  # commit of the journeys that are held out
LEAST = 0.05  # of chance, over as many modes as are looked at
_SETS = {"held out": "held out", "development": "that the model was made with"}
_INK, _PALE = "#22313f", "#8fa3b3"

HEAD = """# Calibration: how often is "95 %" right?

**What is called 95 % held {held95} of {known} known lengths that nothing was fitted to ({share95} %), and what is called 50 % held {held50} ({share50} %).**

`make calibrate` draws journeys whose length a page states, as often as the printed digits need, and counts how often the plausible interval holds that length.
This page and its figures are written by it; the numbers of every journey are in [`benchmarks/calibration.json`](../benchmarks/calibration.json).

- **{known} held out** ([`fourth.json`](../benchmarks/known_journeys/README.md)): collected and committed ({commit}) by others than whoever made the model, from pages whose words were all read, and compared with it once, when it was final. Nothing was changed afterwards.
  Beforehand only their stops were read, by a script, so that no leg between them is leg data.
- **{seen} for development**: 63 that models were chosen by, and the 145, 206 and 160 that were held out from the first, second and third model. The journeys' part of the model is fitted to them, so they are no test.

How the model was made, and of what: [leg data and journeys](../benchmarks/priors/README.md).
"""


BEFORE = """
The first model held 121 of 145 (83 %) by the 95 % interval, the second 185 of 206 (90 %) and 87 (42 %) by the 50 %, the third 143 of 160 (89 %) and 72 (45 %). Each set is seen once it was compared, and serves for the next model: whoever mends this one has to collect others.
Version 0.1 had no mode for the sea; who went by ship is told to it as on a boat along a river, which is most of its CRPS there.
"""


def write() -> None:
    """Write all."""
    found = json.loads((HERE / "calibration.json").read_text("utf-8"))
    tried = json.loads((HERE / "priors" / "tried.json").read_text("utf-8"))
    count = {key: len(found[key]["journeys"]) for key in _SETS}
    lines = [HEAD.format(commit=COLLECTED, **calibration_said.current()), *targets(found, tried)]
    lines += [*says(found, tried), BEFORE]
    for key, name in _SETS.items():
        lines += [f"\n## The {count[key]} {name}\n", *table(found[key]["cover"])]
    lines += [
        "\n## Where the lengths fell\n",
        "![Where the lengths fell](calibration-where.svg)\n",
        *_figures(found),
    ]
    lines += [*chains(tried), *networks(found)]
    (DOCS / "calibration.md").write_text("\n".join(lines) + "\n", "utf-8")


def targets(found: dict[str, Any], tried: dict[str, Any]) -> Iterator[str]:
    """What was aimed at beforehand, and what was found."""
    covers = found["held out"]["cover"]
    total, modes = covers[0], modes_of(found["held out"])
    by_name = {each["name"]: each for each in covers}
    yield "## Targets, and what was found\n"
    yield f"| target, set beforehand | found on the {total['n']} | met |"
    yield "|---|---|---|"
    for name, (at, low, high) in TARGETS.items():
        share = total["held"][at] / total["n"]
        said = f"{total['held'][at]} of {total['n']} = {share:.1%}".replace("%", " %")
        yield _row(
            f"the {name} interval holds {low * 100:.0f} to {high * 100:.0f} %",
            said,
            low <= share <= high,
        )
    odds = {mode: min(by_name[mode]["chance"]) for mode in modes}
    worst = min(odds, key=lambda mode: odds[mode])
    tests = 2 * len(modes)
    said = (
        f"farthest: {worst}, which chance makes as far off {odds[worst]:.3f} of the time; the "
        f"limit is {LEAST / tests:.4f}"
    )
    yield _row(
        f"no mode is off by more than chance allows ({tests} looks, Bonferroni)",
        said,
        odds[worst] >= LEAST / tests,
    )
    for mode in ("road", "rail"):
        each = by_name[mode]
        ratio = each["width95"] / each["width95_before"]
        said = f"{each['width95']:.2f} against {each['width95_before']:.2f}: {ratio:.2f} times"
        yield _row(
            f"{mode}: the median width is a fifth below version 0.1", said, ratio <= NARROWER
        )
    own, *others = total["crps"].items()
    said = f"{own[1]:.3f} against " + ", ".join(f"{value:.3f} ({name})" for name, value in others)
    yield _row(
        "CRPS is below that of the three rivals", said, own[1] < min(value for _, value in others)
    )
    for mode in ("road", "rail"):
        of_200 = tried[f"{mode}, chains of 200"]["table"]
        said = f"{of_200['held95']:.1%} of {of_200['n']}".replace("%", " %")
        name = f"chains of 200 legs by {mode}: the 95 % interval holds 90 to 99 %"
        yield _row(name, said, CHAINS[0] <= of_200["held95"] <= CHAINS[1])
    for mode, limit in NETWORK.items():
        errors = network_errors(found["held out"], mode)
        if errors:
            said = f"{np.median(errors):.1%} on {len(errors)}".replace("%", " %")
        else:
            said = "on none is it given"
        name = (
            f"{mode}: the way by today's network is within {limit * 100:.0f} % (median) of the "
            "length"
        )
        yield _row(name, said, bool(errors) and float(np.median(errors)) <= limit)


def says(found: dict[str, Any], tried: dict[str, Any]) -> Iterator[str]:
    """To which side the lengths lean, which are missed, and what the sets before had promised."""
    rows, total = found["held out"]["journeys"], found["held out"]["cover"][0]
    known, (held50, _, held95) = total["n"], total["held"]
    missed = [each for each in rows if not each["held"][-1]]
    low, high = (
        [each for each in missed if (each["below"] < 1 / 2) is is_low] for is_low in (True, False)
    )
    below = sum(each["below"] < 1 / 2 for each in rows)
    less = [
        each
        for each in found["held out"]["cover"]
        if each["n"] >= FEW and each["held"][2] / each["n"] < WEAK
    ]
    named = ", ".join(f"{each['name']} {each['held'][2]} of {each['n']}" for each in less)
    yield f"""
**So "95 %" holds {held95 / known * 100:.1f} %, and "50 %" {held50 / known * 100:.1f} %.** Less sure for: {named or "no kind of journey"}. Of the {known} lengths {below} lie below the median. Of the {len(missed)} that are missed {len(low)} lie below the interval ({_named(low)})
and {len(high)} above it ({_named(high)}). In brackets: how much longer than the straight lines from stop to stop."""
    out, plain = (
        tried[name]["all"]
        for name in ("each set left out", "each set left out, the ground not told")
    )
    yield f"""
Beforehand each of the sets that were seen had been held against what the others make of it ([`tried.json`](../benchmarks/priors/tried.json)): of {out["journeys"]} journeys by one mode {out["held95"]} ({out["held95"] / out["journeys"] * 100:.0f} %) by the
95 % and {out["held50"]} ({out["held50"] / out["journeys"] * 100:.0f} %) by the 50 % interval; CRPS {out["crps"]:.4f}, and {plain["crps"]:.4f} where the ground is not told."""


def _named(rows: list[dict[str, Any]]) -> str:
    factors = sorted((each["length_km"] / each["chain_km"], each["id"]) for each in rows)
    return ", ".join(f"{name} {factor:.2f}" for factor, name in factors) or "none"


def _row(target: str, said: str, met: bool) -> str:  # noqa: FBT001  # a cell of a table
    return f"| {target} | {said} | {'yes' if met else '**no**'} |"


def modes_of(part: dict[str, Any]) -> list[str]:
    """Modes of a set of journeys, in its order."""
    return list(dict.fromkeys(each["mode"] for each in part["journeys"]))


def network_errors(part: dict[str, Any], mode: str) -> list[float]:
    """How far the way by today's network is from the length, over the length, where it is given."""
    rows = [
        each for each in part["journeys"] if each["mode"] == mode and each["network_km"] is not None
    ]
    return [abs(each["network_km"] / each["length_km"] - 1) for each in rows]


def table(covers: list[dict[str, Any]]) -> Iterator[str]:
    """Cover and sharpness of a set, a row a group; in brackets Wilson's 95 % interval of the share."""
    yield "Shares that the intervals hold, in brackets Wilson's 95 % interval of the share; the median width of the 95 % interval over the length"
    yield "(version 0.1's in brackets); CRPS over the length, best where least, beside version 0.1, straight lines x 1.3 and x 1.4.\n"
    yield "| | n | 50 % | 80 % | 95 % | width | CRPS | version 0.1 | x 1.3 | x 1.4 |"
    yield "|---|---:|---|---|---|---:|---:|---:|---:|---:|"
    for each in covers:
        shares = [
            f"{hits / each['n'] * 100:.0f} ({low * 100:.0f}-{high * 100:.0f})"
            for hits, (low, high) in zip(each["held"], each["wilson"], strict=True)
        ]
        width = f"{each['width95']:.2f} ({each['width95_before']:.2f})"
        errors = [f"{value:.3f}" for value in each["crps"].values()]
        yield f"| {each['name']} | {each['n']} | " + " | ".join([*shares, width, *errors]) + " |"


def chains(tried: dict[str, Any]) -> Iterator[str]:
    """Chains through the countries that nothing was fitted to."""
    yield "\n## Chains through countries that were kept out of the fit\n"
    yield "Random chains of legs through the towns of 20 countries (7 by rail), with the length that the network gives them (`make priors`).\n"
    yield "| | n | 50 % | 80 % | 95 % | width (0.1) | CRPS (0.1) |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, both in tried.items():
        if "chains" in name:
            own, before = both["table"], both["version 0.1"]
            held = " | ".join(f"{own[f'held{share}'] * 100:.0f}" for share in SHARES)
            sharp = (
                f"{own['width95']:.2f} ({before['width95']:.2f}) | {own['crps']:.3f} "
                f"({before['crps']:.3f})"
            )
            yield f"| {name} | {own['n']} | {held} | {sharp} |"


def networks(found: dict[str, Any]) -> Iterator[str]:
    """The way by today's networks, where it is given."""
    yield "\n## By today's networks (`--routes`)\n"
    yield "The shortest way on today's networks beside the length, where the network is known to be whole by the rule that was fixed on other data.\n"
    yield "| | journeys | given | median error | median error of the plausible median there |"
    yield "|---|---:|---:|---:|---:|"
    for key in _SETS:
        for mode in modes_of(found[key]):
            rows = [each for each in found[key]["journeys"] if each["mode"] == mode]
            errors = network_errors(found[key], mode)
            given = [each for each in rows if each["network_km"] is not None]
            if given:
                own = np.median([abs(each["median_km"] / each["length_km"] - 1) for each in given])
                said = f"{np.median(errors):.1%} | {own:.1%}".replace("%", " %")
                yield f"| {mode}, {key} | {len(rows)} | {len(given)} | {said} |"
    yield "\nOn foot the network is roads from motorways to primary roads, and paths wind otherwise; by sea it is `searoute`'s lanes."


def _figures(found: dict[str, Any]) -> Iterator[str]:
    """Draw where the lengths fell, and the cover by mode."""
    style = {
        "svg.hashsalt": "calibration",
        "font.size": 9,
        "axes.edgecolor": _PALE,
        "svg.fonttype": "none",
    }
    with mpl.rc_context(style):
        _where(found).savefig(DOCS / "calibration-where.svg", metadata={"Date": None})
        _cover(found).savefig(DOCS / "calibration-cover.svg", metadata={"Date": None})
    yield "The share of the draws that are shorter than the length: were the intervals exact, each tenth would hold a tenth of the journeys (the line)."
    yield "\n![Cover by mode](calibration-cover.svg)\n"
    yield "The share of the held-out journeys that the 50, 80 and 95 % intervals hold, with Wilson's intervals."


def _where(found: dict[str, Any]) -> Figure:
    figure = Figure(figsize=(7, 2.6), layout="constrained")
    for axes, (key, name) in zip(figure.subplots(1, 2, sharey=False), _SETS.items(), strict=True):
        below = [each["below"] for each in found[key]["journeys"]]
        axes.hist(below, bins=np.linspace(0, 1, 11), color=_INK, edgecolor="white")
        axes.axhline(len(below) / 10, color=_PALE)
        axes.set_title(f"{len(below)} {name}", fontsize=9, loc="left")
        axes.set_xlabel("share of the draws that are shorter")
        axes.spines[["top", "right"]].set_visible(False)
    return figure


def _cover(found: dict[str, Any]) -> Figure:
    modes = ["all", *modes_of(found["held out"])]
    rows = [each for each in found["held out"]["cover"] if each["name"] in modes]
    figure = Figure(figsize=(7, 2.8), layout="constrained")
    for axes, at in zip(figure.subplots(1, 3, sharey=True), range(3), strict=True):
        shares = [each["held"][at] / each["n"] * 100 for each in rows]
        ends = [
            [abs(share - end * 100) for end in each["wilson"][at]]
            for share, each in zip(shares, rows, strict=True)
        ]
        axes.errorbar(
            shares, range(len(rows)), xerr=np.array(ends).T, fmt="o", color=_INK, markersize=4
        )
        axes.axvline(SHARES[at], color=_PALE)
        axes.set_xlim(0, 103)
        axes.set_title(f"{SHARES[at]} % interval holds, %", fontsize=9, loc="left")
        axes.set_yticks(range(len(rows)), [f"{each['name']} ({each['n']})" for each in rows])
        axes.spines[["top", "right"]].set_visible(False)
    axes.invert_yaxis()
    return figure


if __name__ == "__main__":
    write()
