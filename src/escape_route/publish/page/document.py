"""A report as one HTML string: what folium drew (`layers`), and the texts, joined by `assembly`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from escape_route.publish.page.assembly import Drawing, assemble
from escape_route.publish.page.layers import Shapes, draw

if TYPE_CHECKING:
    from collections.abc import Mapping

    from branca.element import Figure

    from escape_route.publish.page.tiles import Tiles


def render(payload: Mapping[str, Any], shapes: Shapes, tiles: Tiles | None = None) -> str:
    """Draw the page of one or several journeys.

    Parameters
    ----------
    payload
        As ``web/payload.d.ts`` has it: lengths in kilometres, positions (lon, lat) in degrees.
    shapes
        What has no words.
    tiles
        Online tiles over the built-in map, if any.

    Returns
    -------
    str
        A whole HTML document that asks for nothing but itself and those tiles; the same bytes for the same arguments.
    """
    story = draw(payload, shapes, tiles)
    figure = cast("Figure", story.get_root())
    figure.render()
    return assemble(payload, Drawing(figure.html.render(), _compact(figure.script.render()), tiles))


def _compact(script: str) -> str:
    """Take the blanks out of folium's script: there is no text in it, so between numbers they mean nothing."""
    return re.sub(r"(?<=[\d\]\[,:{}]) +(?=[\[\]\-\d\"{}])", "", re.sub(r"\n\s*", "\n", script))
