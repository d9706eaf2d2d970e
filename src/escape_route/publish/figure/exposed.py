"""What is left of each place that is held back, as a picture and as a page for the holder's own eyes."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from math import ceil

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from escape_route.protection.exposure import Exposure
from escape_route.publish.colours import LIGHT
from escape_route.publish.figure.output import About, Kind, settings, to_bytes
from escape_route.publish.figure.type import SANS, STRONG, register
from escape_route.publish.page.assembly import environment

AS_HELD = "Of what is held: not for passing on"
_LEFT, _GONE, _POINT = LIGHT.blue, "#c9c9c9", LIGHT.red
_ABREAST, _SIDE_IN, _DPI = 4, 2.6, 110
HEADERS = ("waypoint", "left of its cell", "left of its date", "what takes the rest")


def rows(exposures: Sequence[Exposure]) -> list[tuple[str, str, str, str]]:
    """A row a place, under `HEADERS`."""
    return [
        (
            exposure.held,
            f"{exposure.share:.0%}",
            "" if exposure.days is None else f"{exposure.days:.0%}",
            "; ".join(exposure.by),
        )
        for exposure in exposures
    ]


def picture(exposures: Sequence[Exposure]) -> bytes:
    """Draw the cell of each place as a PNG: what is left of it, what is ruled out, where the place is held to be."""
    with settings():
        high, wide = max(ceil(len(exposures) / _ABREAST), 1), min(max(len(exposures), 2), _ABREAST)
        register()
        mpl.rcParams["font.family"] = list(SANS)
        figure = Figure(
            figsize=(wide * _SIDE_IN, high * _SIDE_IN + 0.6), dpi=_DPI, layout="constrained"
        )
        figure.suptitle(AS_HELD, color=_POINT, weight=STRONG)
        for number, exposure in enumerate(exposures):
            _draw(figure.add_subplot(high, wide, number + 1), exposure)
        return to_bytes(
            figure, Kind.PNG, About(AS_HELD, "; ".join(map(str, exposures)), "en"), dpi=_DPI
        )


def _draw(axes: Axes, exposure: Exposure) -> None:
    lon, lat = exposure.points.T
    west, south, east, north = (
        float(value) for value in (lon.min(), lat.min(), lon.max(), lat.max())
    )
    axes.scatter(
        lon, lat, s=12, c=np.where(exposure.left, _LEFT, _GONE).tolist(), marker="s", linewidths=0
    )
    if exposure.place is not None:
        axes.plot(*exposure.place, marker="x", color=_POINT, markersize=9, markeredgewidth=2)
    axes.set_title(f"{exposure.held}: {exposure.share:.0%} left", fontsize=9, wrap=True)
    axes.set_xticks([west, east], [_degrees(west, "EW"), _degrees(east, "EW")], fontsize=7)
    axes.set_yticks([south, north], [_degrees(south, "NS"), _degrees(north, "NS")], fontsize=7)
    axes.set_aspect(1 / max(np.cos(np.radians((south + north) / 2)), 0.1))


def _degrees(angle: float, sides: str) -> str:
    return f"{abs(angle):.2f}° {sides[angle < 0]}"


def page(exposures: Sequence[Exposure], name: str) -> bytes:
    """Table and picture as a page that asks for nothing."""
    shown = b64encode(picture(exposures)).decode()
    values = {
        "mark": AS_HELD,
        "headers": HEADERS,
        "rows": rows(exposures),
        "name": name,
        "picture": shown,
    }
    return environment().get_template("report/exposed.html").render(values).encode()
