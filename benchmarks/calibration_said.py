"""Put the numbers of the calibration into the sentences of other pages that say them; `make calibrate` runs it."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent
PRIORS = files("escape_route.distance") / "priors.json"
#: Sentences by their page; where a line is broken says nothing.
SAID = {
    "docs/index.md": ("what is called 95 % held {held95} of {known} known lengths",),
    "docs/how-to/court.md": (
        "the intervals called 95 % held {share95} % of {known} known lengths",
    ),
    "docs/method.md": (
        "estimated from {legs} legs by road and rail",
        "and from {seen} journeys of known length",
        "On {known} journeys of known length",
        "the 95 % interval held {held95} ({share95} %) and the 50 % interval {held50} ({share50} %)",
    ),
    "paper/paper.md": (
        "estimated from {legs} legs of today's roads",
        "and {seen} journeys of known length",
        "On {known} other journeys",
        "the 95 % interval held {held95} ({share95} %) and the 50 % interval {held50} ({share50} %)",
        "for {short} of the {missed} that it missed",
        "is {crps} against {crps_straight} for straight lines times 1.3",
        "The {seen} journeys of known length, each with its source",
    ),
}


def numbers(found: dict[str, Any], priors: dict[str, Any]) -> dict[str, str]:
    """Each number that is said, as it is written."""
    total, journeys = found["held out"]["cover"][0], found["held out"]["journeys"]
    known, (held50, _, held95) = total["n"], total["held"]
    missed = [each["below"] for each in journeys if not each["held"][-1]]
    kinds = [kind for mode in priors["modes"].values() for kind in mode["stops"].items()]
    legs = sum(
        kind.get("legs", 0) for name, kind in kinds if name != "unlike_most"
    )  # those of as_told again
    return {
        "known": f"{known}",
        "seen": f"{len(found['development']['journeys'])}",
        "held95": f"{held95}",
        "held50": f"{held50}",
        "share95": f"{held95 / known * 100:.1f}",
        "share50": f"{held50 / known * 100:.1f}",
        "missed": f"{len(missed)}",
        "short": f"{sum(below < 1 / 2 for below in missed)}",
        "crps": f"{total['crps']['escape-route']:.3f}",
        "crps_straight": f"{total['crps']['straight lines x 1.3']:.3f}",
        "legs": f"{round(legs, -3):,}",
    }


def said(text: str, sentence: str, known: dict[str, str]) -> tuple[str, int]:
    """The text with the numbers in a sentence, and how often it stands there."""
    parts = re.split(r"\{(\w+)\}", sentence)
    words = [re.escape(part).replace(r"\ ", r"\s+") for part in parts[::2]]
    pattern = r"([\d.,]*\d)".join(f"({part})" for part in words)
    values = [known[name] for name in parts[1::2]]

    def put(match: re.Match[str]) -> str:
        return "".join(
            word + value for word, value in zip(match.groups()[::2], [*values, ""], strict=True)
        )

    return re.subn(pattern, put, text)


def write() -> None:
    """Write the pages anew."""
    known = current()
    for name, sentences in SAID.items():
        page = ROOT / name
        text = page.read_text("utf-8")
        for sentence in sentences:
            text, _ = said(text, sentence, known)
        page.write_text(text, "utf-8")


def current() -> dict[str, str]:
    """The numbers of what is stored."""
    found = json.loads((HERE / "calibration.json").read_text("utf-8"))
    return numbers(found, json.loads(PRIORS.read_text("utf-8")))


if __name__ == "__main__":
    write()
