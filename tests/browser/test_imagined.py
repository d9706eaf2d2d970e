"""Imagined ways: while the story plays one at a time runs through what is known, says what it is, and is gone."""

from __future__ import annotations

import pytest

IMAGINE = "document.querySelector('[data-imagine]').click()"
PICTURE = "document.querySelector('.imagined-way').toDataURL()"
WHERE = """() => {
  const { sides, journeys } = JSON.parse(document.querySelector('#payload').textContent);
  const canvas = document.querySelector('.imagined-way');
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const part = map_story.getSize().x / width;
  const hang = journeys[0].waypoints[0].hang;
  const home = map_story.latLngToContainerPoint([hang[1], hang[0]]);
  const inside = (ring, { lng, lat }) => ring.reduce((odd, [x1, y1], n) => {
    const [x2, y2] = ring[(n + 1) % ring.length];
    return (y1 > lat) !== (y2 > lat) && lng < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1 ? !odd : odd;
  }, false);
  const corners = (steps) => {
    let [x, y] = [0, 0];
    return steps.flatMap((step, n) => (n % 2 ? [[(x += steps[n - 1]) / 10, (y += step) / 10]] : []));
  };
  const codes = journeys[0].waypoints.flatMap(({ avoid }) => avoid);
  const told = [...new Set(codes)].flatMap((code) => sides[code].map(corners));
  const found = { seen: 0, off: 0, nearest: Infinity };
  for (let at = 3; at < data.length; at += 4) {
    if (data[at] < 30) continue;
    const n = (at - 3) / 4;
    const [x, y] = [(n % width) * part, Math.floor(n / width) * part];
    const place = map_story.containerPointToLatLng([x, y]);
    found.seen++;
    found.off += told.some((ring) => inside(ring, place)) ? 0 : 1;
    found.nearest = Math.min(found.nearest, Math.hypot(x - home.x, y - home.y));
  }
  return found;
}"""


def test_one_runs_through_told_ground_shows_no_crossing_and_is_gone(visit, ro):
    page = visit(ro, reduced_motion="no-preference").page
    page.evaluate(IMAGINE)
    assert "imagined" in page.locator(".imagined-words").inner_text()
    found = page.evaluate(WHERE)
    assert found["seen"] > 200
    assert found["off"] < found["seen"] / 50, (
        "told countries are outlined coarsely, and no more than that is off them"
    )
    assert found["nearest"] > 55, "nothing is shown near the border that they crossed"
    page.wait_for_function("() => !document.querySelector('.imagined')", timeout=20_000)


def test_it_is_the_same_by_the_same_seed(visit, ro):
    pictures = []
    for _ in range(2):
        page = visit(ro, reduced_motion="no-preference").page
        page.evaluate(IMAGINE)
        pictures.append(page.evaluate(PICTURE))
    assert pictures[0] == pictures[1]


def test_they_run_while_the_story_plays_and_stop_with_it(visit, ro):
    page = visit(ro, "#ro-2", reduced_motion="no-preference").page
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => document.querySelector('.imagined')", timeout=20_000)
    page.get_by_role("button", name="Pause").click()
    page.wait_for_function("() => !document.querySelector('.imagined')", timeout=20_000)
    page.wait_for_timeout(2500)
    assert page.locator(".imagined").count() == 0


def test_there_are_none_for_who_wants_it_calm(visit, ro):
    page = visit(ro, "#ro-2").page
    assert page.locator("[data-imagine]").get_attribute("hidden") is not None
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(4500)
    assert page.locator(".imagined").count() == 0


def test_there_are_none_where_there_are_words_of_care(visit, son):
    page = visit(son, reduced_motion="no-preference").page
    assert page.locator("[data-imagine]").get_attribute("hidden") is not None
    page.evaluate(IMAGINE)
    assert page.locator(".imagined").count() == 0


@pytest.mark.parametrize("place", ["#ro-1", "#ro-2"])
def test_there_are_none_on_a_near_map(visit, ro, place):
    page = visit(ro, place, reduced_motion="no-preference").page
    page.wait_for_timeout(1500)
    page.evaluate(IMAGINE)
    assert page.locator(".imagined").count() == 0
