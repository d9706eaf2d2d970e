"""From journeys to their page: measured, put into words and drawn; and pages about journeys.

Of those one introduces several journeys, and leads to the page of each in the reader's language,
with a small picture that has no word in it. The other takes the place of a page that was withdrawn,
and says nothing of the journey.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup

from escape_route.geography import base
from escape_route.language.html import FROM_RIGHT, spoken
from escape_route.language.phrases import Phrases
from escape_route.language.view import ReportView
from escape_route.model.journey import say
from escape_route.model.places import outlines
from escape_route.publish.page import layers, notebook, order
from escape_route.publish.page.assembly import (
    Drawing,
    assemble,
    base_style,
    environment,
    policy,
    web_file,
    without_notes,
    words,
)
from escape_route.publish.page.backdrop import CLOSE_DEG, Backdrop, Bounds, backdrop, covering
from escape_route.publish.page.frame import beside, middle_of, turned
from escape_route.publish.page.layers import Shapes, draw, figure_of
from escape_route.publish.page.payload import payload
from escape_route.publish.page.still import picture, still

if TYPE_CHECKING:
    import folium

    from escape_route.distance.report import PublishedReport
    from escape_route.publish.page.sharing import Address, Theme
    from escape_route.publish.page.shown import Page
    from escape_route.publish.page.tiles import Tiles


_WORLD = (-180.0, -60.0, 180.0, 75.0)
_NUMBER = r"-?\d+(?:\.\d{1,5})?"
_POSITION = rf"\[{_NUMBER},{_NUMBER}\]"
_RUN = re.compile(rf"\[({_POSITION}(?:,{_POSITION}){{3,}})\]")
_FIRST_LETTER, _MORE = 63, 32


def build(
    reports: Sequence[PublishedReport],
    *,
    tiles: Tiles | None = None,
    language: str | None = None,
    address: Address | None = None,
    theme: Theme | None = None,
) -> str:
    """Draw the page of one or several journeys, a whole HTML document: equal for equal reports.

    The first is the page's own; others are told after it. Where they have a mark, the page says so.
    `tiles` lie over the built-in map; the page opens in `language`, in that of the journeys where
    it is None. `address` is where it will be found, if that is known.
    """
    shown = payload(reports, language)
    return render(shown, _shapes(reports, shown.journeys[0].middle_deg), tiles, address, theme)


def build_contents(reports: Sequence[PublishedReport]) -> str:
    """Write the page that introduces journeys and leads to `<journey id>.html` of each; marked as `build` does it."""
    page = payload(reports)
    pictures = {}
    for journey, report in zip(page.journeys, reports, strict=True):
        alone = replace(journey, middle_deg=middle_of([ReportView.of(report)]))
        shapes = _shapes([report], alone.middle_deg)
        pictures[journey.id] = picture(alone, shapes, order.of(alone, shapes.places))
    return render_contents(page, pictures)


def build_map(
    reports: Sequence[PublishedReport], how: notebook.Exploring | None = None
) -> folium.Map:
    """Draw the same map for a notebook, as a folium map to which others' layers can be added; marked as `build` is."""
    shown = payload(reports)
    return notebook.explore_map(shown, _shapes(reports, shown.journeys[0].middle_deg), how)


def build_onto(report: PublishedReport, language: str) -> notebook.JourneyOnMap:
    """Draw a journey as one element for a folium map that somebody has already."""
    return notebook.JourneyOnMap(payload([report]).journeys[0], outlines(report.journey), language)


def _shapes(reports: Sequence[PublishedReport], middle_deg: float = 0.0) -> layers.Shapes:
    drawn = {
        (report.journey.id, name): shape
        for report in reports
        for name, shape in outlines(report.journey).items()
    }
    boxes = [turned(shape, middle_deg).bounds for shape in drawn.values()]
    # A page of several journeys has no room for them.
    small = {
        box
        for box in boxes
        if max(box[2] - box[0], box[3] - box[1]) <= CLOSE_DEG and len(reports) == 1
    }
    labels = [
        waypoint.label
        for report in reports
        for waypoint in report.journey.waypoints
        if waypoint.label
    ]
    boxes += [beside(label, middle_deg) * 2 for label in labels]
    return layers.Shapes(
        _backdrop(covering(boxes) if boxes else _WORLD, middle_deg, tuple(sorted(small))), drawn
    )


@lru_cache(maxsize=4)
def _backdrop(box: Bounds, middle_deg: float, close: tuple[Bounds, ...]) -> Backdrop:
    return backdrop(box, base.geo_folder() / "base", middle_deg, close)


def render(
    payload: Page,
    shapes: Shapes,
    tiles: Tiles | None = None,
    address: Address | None = None,
    theme: Theme | None = None,
) -> str:
    """Draw the page of what it says and of what has no words; see `build`.

    A whole HTML document that asks for nothing but itself and its tiles; the same bytes for the
    same arguments.
    """
    orders = order.orders(payload, shapes.places)
    story = draw(payload, shapes, tiles, orders)
    figure = figure_of(story)
    figure.render()
    journey = payload.journeys[0]
    first = still(journey, shapes, orders[journey.id])
    kinds = frozenset[str]().union(*orders.values())
    drawing = Drawing(figure.html.render(), *compact(figure.script.render()), tiles, first, kinds)
    return assemble(payload, drawing, address, theme)


def compact(script: str) -> tuple[str, str]:
    """Script of a drawing with `way(n)` for its runs of positions, and line n of a text for each of these.

    They are encoded polylines (Google's description) behind the number of their decimals: the leak
    check reads these as well as numbers, they take a sixth of the room, and a browser reads them
    sooner. They stand in a block of their own, as they are: in a string of a program some letters
    would be written otherwise. `web/js/start.js` makes the very same numbers of them. Positions
    with more than five decimals stay as they are. There is no text in the script, so between
    numbers blanks mean nothing.
    """
    ways: dict[
        str, int
    ] = {}  # what is drawn twice, as a country in two journeys, stands there once

    def drawn(run: re.Match[str]) -> str:
        pairs = (pair.split(",") for pair in run[1][1:-1].split("],["))
        numbers = [tuple(map(float, pair)) for pair in pairs]
        decimals = next(
            n
            for n in range(6)
            if all(round(number, n) == number for pair in numbers for number in pair)
        )
        way = f"{decimals}{encoded([(round(x * 10**decimals), round(y * 10**decimals)) for x, y in numbers])}"
        return f"way({ways.setdefault(way, len(ways))})"

    bare = re.sub(r"(?<=[\d\]\[,:{}]) +(?=[\[\]\-\d\"{}])", "", re.sub(r"\n\s*", "\n", script))
    return _RUN.sub(drawn, bare), "\n".join(ways)


def encoded(positions: list[tuple[int, int]]) -> str:
    """Positions, as whole numbers, as an encoded polyline.

    >>> encoded([(3850000, -12020000), (4070000, -12095000), (4325200, -12645300)])
    '_p~iF~ps|U_ulLnnqC_mqNvxq`@'
    """
    steps = [(b - a, d - c) for (a, c), (b, d) in pairwise([(0, 0), *positions])]
    return "".join(_number(number) for step in steps for number in step)


def _number(number: int) -> str:
    left, letters = ~(number << 1) if number < 0 else number << 1, ""
    while left >= _MORE:
        letters += chr((_MORE | left & (_MORE - 1)) + _FIRST_LETTER)
        left >>= 5
    return letters + chr(left + _FIRST_LETTER)


def render_contents(page: Page, pictures: Mapping[str, Markup] = MappingProxyType({})) -> str:
    """Write the page that leads to `<journey id>.html` beside it, HTML that asks for nothing.

    Pictures are by journey id; a journey of which nothing can be shown has none.
    """
    style = base_style() + web_file("css/contents.css")
    script = without_notes(web_file("contents.js"))
    template = environment().get_template("contents.html")
    return template.render(
        policy=policy([script], [style]),
        script=Markup(script),  # noqa: S704  # as the style
        style=Markup(style),  # noqa: S704  # our own file, under a policy that names its hash
        journeys=page.journeys,
        pictures=pictures,
        mark=page.mark,
        languages=page.languages,
        shown=_shown(page),
        spoken=spoken,
        from_right=FROM_RIGHT.match,
        words=words(page.languages),
        say=say,
        program=page.program,
    )


def _shown(page: Page) -> tuple[str, ...]:
    """Languages that stand without a script: those that every journey is told in, and the first."""
    shared = [
        language
        for language in page.languages
        if all(language in journey.title for journey in page.journeys)
    ]
    return tuple(dict.fromkeys([page.languages[0], *shared]))


def build_withdrawn(languages: Sequence[str], day: str) -> bytes:
    """Write the page that takes the place of one that was build_withdrawn on a day, the first language at the top."""
    style = base_style() + web_file("css/contents.css")
    tellings = [Phrases(language) for language in languages]
    styles = [Markup(style)]  # noqa: S704  # our own file, under a policy that names its hash
    template = environment().get_template("withdrawn.html")
    return template.render(
        tellings=tellings, day=day, policy=policy([], [style]), styles=styles
    ).encode()
