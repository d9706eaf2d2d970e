from __future__ import annotations

import math

import pytest

import payloads
from escape_route.publish.page import page

POINTS = 40_000
DRAWN = (
    "map_story.eachLayer(l => "
    "{ if (l._parts && /^leg/.test(l.options.className)) n += l._parts.flat().length; })"
)


def track(points: int) -> list[list[float]]:
    """A winding line from the first place to the second."""
    return [
        [
            round(101 + k / points + 0.02 * math.sin(k / 40), 5),
            round(16 + k / points + 0.02 * math.cos(k / 57), 5),
        ]
        for k in range(points)
    ]


@pytest.fixture(scope="module")
def long_track(folder):
    """A page with a track of very many points, as a file."""
    legs = [
        payloads.leg(1, track(POINTS), traced=True),
        payloads.leg(2, [[102, 17], [103, 18]], vague=True),
    ]
    file = folder / "track.html"
    html = page.render(payloads.payload(payloads.journey(legs=legs)), payloads.shapes())
    file.write_text(html, encoding="utf-8")
    return file


def test_a_long_track_is_drawn_on_a_canvas_and_the_map_still_moves(visit, long_track):
    seen = visit(long_track)
    assert seen.page.locator(".leaflet-overlay-pane canvas").count() == 1
    before = seen.page.evaluate("map_story.getCenter().lng")
    seen.page.locator(".legend summary").click()
    for _ in range(4):
        seen.page.get_by_role("button", name="Move the map left").click()
    assert seen.page.evaluate("map_story.getCenter().lng") < before
    assert seen.said == []


def test_a_long_track_is_simplified_for_each_zoom(visit, long_track):
    page = visit(long_track).page
    drawn = [page.evaluate(f"() => {{ let n = 0; {DRAWN}; return n; }}")]
    for zoom, change in ((5, "<"), (8, ">")):
        page.evaluate(f"map_story.setView([16.5, 101.5], {zoom}, {{animate: false}}); null")
        # in the next frames
        changed = f"() => {{ let n = 0; {DRAWN}; return n {change} {drawn[-1]} && n; }}"
        drawn.append(page.wait_for_function(changed).json_value())
    assert 0 < drawn[1] < drawn[2] < POINTS / 2
