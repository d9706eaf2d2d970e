from __future__ import annotations

import math
import time

import payloads


def track(points: int) -> list[list[float]]:
    """A winding line from the first place to the second."""
    return [
        [round(101 + k / points + 0.02 * math.sin(k / 40), 5), round(16 + k / points + 0.02 * math.cos(k / 57), 5)]
        for k in range(points)
    ]


def test_a_track_of_200000_points_opens_within_three_seconds_and_pans(visit, page_of):
    legs = [payloads.leg(1, track(200_000), traced=True), payloads.leg(2, [[102, 17], [103, 18]], vague=True)]
    file = page_of(payloads.payload(payloads.journey(legs=legs)))
    seen = visit(file)
    assert seen.page.evaluate("performance.timing.loadEventEnd - performance.timing.navigationStart") < 3000
    assert seen.page.locator("canvas").count() == 1
    start = time.perf_counter()
    for _ in range(4):
        seen.page.get_by_role("button", name="Move the map left").click()
    assert time.perf_counter() - start < 2
    assert seen.said == []
