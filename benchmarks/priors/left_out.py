"""Journeys of each set, held against what the other sets make of their mode: as those who ask are of none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import told
from scipy.special import ndtr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from network import Floats
    from told import Common, Row, Rows, Told

_EXCESS = np.exp(np.linspace(np.log(1e-4), np.log(20.0), 700))  # f - 1 that a forecast is told at
_SHARES = (0.5, 0.8, 0.95)


@dataclass(frozen=True, slots=True)
class _Fell:
    """Where a length fell: the share of the forecast below it; CRPS and the width of the 95 %, over the length."""

    below: float
    crps: float
    width: float


def scores(
    modes: Mapping[str, Rows], journeys: Sequence[Told], shared_by: Common
) -> dict[str, Any]:
    """Cover, CRPS and width of each mode's journeys, each set's by what was made of all the others."""
    fell = {
        mode: _fell(rows, [each for each in journeys if each.mode == mode], shared_by)
        for mode, rows in modes.items()
    }
    found = {mode: _score(some) for mode, some in fell.items() if some}
    return found | {"all": _score([each for some in fell.values() for each in some])}


def without(modes: Mapping[str, Rows], name: str) -> dict[str, Rows]:
    """Rows whose means do not hang on one thing under the line."""
    return {
        mode: {kind: {key: row[key] for key in row if key != name} for kind, row in rows.items()}
        for mode, rows in modes.items()
    }


def _fell(rows: Rows, journeys: Sequence[Told], shared_by: Common) -> list[_Fell]:
    if len(journeys) < told.FEWEST:
        return []
    found = []
    for name in dict.fromkeys(each.found_in for each in journeys):
        made = told.mended(rows, [each for each in journeys if each.found_in != name], shared_by)
        found += [_one(made, each) for each in journeys if each.found_in == name]
    return found


def _one(rows: Rows, journey: Told) -> _Fell:
    """Legs summed as in the fit."""
    parts = [(row["share"], *_spread(row, journey)) for row in rows.values()]

    def below(excess: Floats) -> Floats:
        return np.asarray(
            sum(share * ndtr((np.log(excess) - mean) / sd) for share, mean, sd in parts)
        )

    excess = max(journey.factor - 1, 1e-9)
    cover = below(_EXCESS)
    crps = np.trapezoid((cover - (excess <= _EXCESS)) ** 2, _EXCESS) / journey.factor
    low, high = np.interp([0.025, 0.975], cover, _EXCESS)
    return _Fell(float(below(np.array(excess))), float(crps), float(high - low) / journey.factor)


def _spread(row: Row, journey: Told) -> tuple[float, float]:
    seen = told.Seen(row, [journey])
    mean, var = seen.mean_and_spread(np.zeros(1))
    return float(mean[0]), float(np.sqrt(var[0] + seen.shared))


def _score(fell: Sequence[_Fell]) -> Row:
    below = np.array([each.below for each in fell])
    held = {
        f"held{share * 100:.0f}": int((np.abs(below - 0.5) <= share / 2).sum()) for share in _SHARES
    }
    return {
        "journeys": len(fell),
        **held,
        "too_short": int((below < 0.025).sum()),
        "too_long": int((below > 0.975).sum()),
        "below_median": int((below < 0.5).sum()),
        "crps": round(float(np.mean([each.crps for each in fell])), 4),
        "width95": round(float(np.median([each.width for each in fell])), 3),
    }
