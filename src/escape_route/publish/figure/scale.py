"""The bar of a map's scale: a round length, measured on the ground between its own two ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from escape_route.geography import geodesic

if TYPE_CHECKING:
    from escape_route.publish.figure.scene import Scene

_ROUND_KM = (1, 2, 5, 10, 20, 50, 100, 200, 250, 500, 1000, 2000, 5000)
_SHARE = 0.25
_ROUNDS = 4


def bar(scene: Scene, width_pt: float, at: tuple[float, float]) -> tuple[int, float]:
    """Choose and measure the bar of a map.

    Parameters
    ----------
    scene
        The map.
    width_pt
        Its width on paper.
    at
        Left end of the bar in points from the lower left corner. If one of its ends would lie beyond the Earth the bar
        is measured in the middle of the map.

    Returns
    -------
    tuple
        Its length in km, round, and on paper in points: a quarter of the map's width at the most.
    """
    most = width_pt * _SHARE
    km_per_pt = _km_per_pt(scene, width_pt, at, most)
    if km_per_pt is None:
        at = ((width_pt - most) / 2, width_pt / scene.aspect / 2)
        km_per_pt = _km_per_pt(scene, width_pt, at, most) or scene.width_m / width_pt / 1000
    length_km = max((km for km in _ROUND_KM if km / km_per_pt <= most), default=_ROUND_KM[0])
    for _ in range(_ROUNDS):  # the scale changes along the bar: what is measured must be as long as what is drawn
        km_per_pt = _km_per_pt(scene, width_pt, at, length_km / km_per_pt) or km_per_pt
    return length_km, length_km / km_per_pt


def _km_per_pt(scene: Scene, width_pt: float, at: tuple[float, float], reach: float) -> float | None:
    """Kilometres on the ground of a point of paper, from one on to another to its right; None if one is beyond."""
    per_m = width_pt / scene.width_m
    ends = np.array([at, (at[0] + reach, at[1])]) / per_m + scene.window[:2]
    one, other = scene.projection.inverse(ends)
    if not np.isfinite([one, other]).all():
        return None
    return geodesic.geodesic_m((float(one[0]), float(one[1])), (float(other[0]), float(other[1]))) / reach / 1000
