"""How often such intervals held: counted by `make calibrate` on journeys that nothing was fitted to or chosen by."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Record:
    """How many of the known journeys that were held out the 95 % interval held."""

    held: int
    known: int


@cache
def record() -> Record:
    """Read what was counted."""
    return Record(**json.loads(files("escape_route.distance").joinpath("calibration.json").read_text("utf-8")))
