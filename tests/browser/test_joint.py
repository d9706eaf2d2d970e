"""Several journeys as one story: one axis of years, and all of them stepped through."""

from __future__ import annotations

import pytest

import payloads
from beside import whole
from escape_route.language.html import together

SHOWN = "[0, 1, 2].filter(j => map_story.hasLayer(window[`feature_group_places_${j}`]))"
PHONE = {"viewport": {"width": 390, "height": 844}}
AT = "bars => bars.map(bar => parseFloat(bar.style.insetInlineStart))"


def test_it_opens_with_how_many_journeys_and_their_years_and_leads_to_each(visit, joint):
    page = visit(joint).page
    assert page.locator("h1").inner_text() == together("3 journeys, 2008–2019")
    assert page.title() == together("3 journeys, 2008–2019")
    assert page.evaluate(SHOWN) == [0, 1, 2]
    page.locator(".joined a").nth(1).click()
    page.wait_for_timeout(300)
    assert page.evaluate(SHOWN) == [1]
    assert page.evaluate("location.hash") == "#lee-so-yeon"


def test_stepping_goes_through_all_of_them_and_shows_the_one_that_is_read(visit, joint):
    page = visit(joint).page
    seen = []
    for _ in range(page.locator("[data-chapter]").count() - 1):
        page.keyboard.press("ArrowRight")
        seen.append((page.evaluate(SHOWN)[0], page.evaluate("location.hash")))
    assert [shown for shown, _ in seen] == [0] * 10 + [1] * 3 + [2] * 3
    assert seen[0][1] == "#ro-family"
    assert seen[13][1] == "#lee-son"
    assert len({address for _, address in seen}) == 16
    assert page.locator("[data-step='1']").is_disabled()


def test_names_are_those_of_the_journey_that_is_read(visit, joint):
    page = visit(joint, "#lee-so-yeon").page
    page.wait_for_timeout(200)
    assert "The border river: the" in page.locator(".labels").inner_text()
    assert "Mekong" not in page.locator(".labels").inner_text()


def test_the_years_of_all_journeys_stand_on_one_axis_and_lead_to_each(visit, joint):
    page = visit(joint).page
    left = page.locator(".date-bar").evaluate_all(AT)
    assert len(left) == 3
    assert left[1] < left[0] == left[2]
    page.locator(".date-row", has_text="Lee So-yeon").first.click()
    page.wait_for_timeout(300)
    assert page.locator(".date-row[aria-current]").inner_text().startswith("Lee So-yeon")
    assert page.evaluate("location.hash") == "#lee-so-yeon"


def test_the_tables_have_the_legs_claims_and_notes_of_every_journey(visit, joint):
    page = visit(joint).page
    assert page.locator("table.legs").count() == 3
    legs = [table.locator("tbody tr").count() for table in page.locator("table.legs").all()]
    assert legs == [8, 1, 1]
    for table in page.locator("table").all():
        ids = table.get_attribute("aria-labelledby").split()
        assert len(ids) == 2
        assert all(page.locator(f"[id='{each}']").count() == 1 for each in ids)
    said = page.locator("table.legs").all_text_contents()
    assert "Mekong" in said[0]
    assert "South Korea" in said[1]
    assert "Mekong" not in said[1] + said[2]


def test_the_ledger_stands_there_only_while_its_own_journey_is_read(visit, joint):
    page = visit(joint).page
    strip, years = page.locator("[data-ledger='strip']"), page.locator("[data-dates]")
    for address, is_its_own in (("#ro-4", True), ("#lee-son", False)):
        page.evaluate("address => { location.hash = address; }", address)
        page.wait_for_timeout(200)
        assert [strip.is_visible(), years.is_visible()] == [is_its_own, not is_its_own], address


def test_each_journey_has_its_own_ledger_and_all_have_one_axis(visit, page_of):
    longer = payloads.scope(id="t", label={"en": "to the far end"}, lower_bound_km=1500)
    far = payloads.claim(id="d", stated={"en": "about 2,000 km"}, value_km=2000.0, scope_id="t")
    second = payloads.journey(id="b", scopes=[longer], claims=[far], subject={"en": "Others"})
    page = visit(page_of(payloads.payload(payloads.journey(), second))).page
    strip = page.locator("[data-ledger='strip']")
    assert not strip.is_visible()
    ends = []
    for address, stated in (("small", "900"), ("b", "2,000")):
        page.evaluate("address => { location.hash = address; }", address)
        page.wait_for_timeout(300)
        assert stated in strip.inner_text()
        ends.append(strip.locator(".axis-number").last.text_content())
    assert ends[0] == ends[1]
    assert page.locator(".whole-ledger h3").all_inner_texts() == [
        "Two people: to the end",
        "Others: to the far end",
    ]


def test_words_of_care_come_before_the_journey_that_asks_for_it_and_play_stops_before_it(
    visit, joint
):
    page = visit(joint, "#lee-so-yeon").page
    intro = page.locator(".is-intro#lee-son")
    parts = intro.locator("p, h2").evaluate_all("all => all.map(e => e.className)")
    assert parts[:3] == ["kicker", "care", ""]
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.locator("[data-play]").click()
    assert page.evaluate("location.hash") == ""  # from the beginning, and not into it
    assert page.evaluate(SHOWN) == [0, 1, 2]


def test_without_scripts_every_chapter_of_every_journey_is_there(visit, joint):
    page = visit(joint, java_script_enabled=False).page
    assert page.locator(".chapter").count() == 16
    assert page.locator(".is-intro .care").is_visible()


def test_on_a_phone_the_years_are_on_the_first_screen(visit, joint):
    page = visit(joint, **PHONE).page
    box = page.locator("[data-dates]").bounding_box()
    assert box["y"] + box["height"] <= 844
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_years_before_the_year_1_are_told_as_people_count_them(visit, page_of):
    told = [
        payloads.waypoint(n, "Rome", when=when)
        for n, when in enumerate(["-0043-03-15", "0014", "2019-21"], 1)
    ]
    seen = visit(
        page_of(payloads.payload(payloads.journey(), payloads.journey(id="b", waypoints=told)))
    )
    assert seen.page.locator(".date-axis").text_content().startswith(together("44 BC"))
    left = seen.page.locator(".date-bar").evaluate_all(AT)
    assert left[1] < left[2] < left[3] == pytest.approx(99.9, abs=0.1)


def test_the_overview_says_beside_a_wide_map_how_each_begins_and_care_where_it_is_asked(
    visit, joint
):
    said = visit(joint, viewport={"width": 1280, "height": 800}).page.locator(".joined-said")
    assert [each.is_visible() for each in said.all()] == [True] * 3
    assert said.last.inner_text().endswith("you may leave it here.")
    assert (
        not visit(joint, viewport={"width": 390, "height": 844})
        .page.locator(".joined-said")
        .first.is_visible()
    )


SEEN = """() => {
  const seen = [...document.querySelectorAll('.label')].filter((each) => each.style.visibility === 'visible');
  const paths = (layer) => (layer.getLatLngs ? [layer] : layer.getLayers().flatMap(paths));
  const names = Object.keys(window).filter((name) => /^geo_json_order_[0-9]+_[0-9]+$/.test(name));
  const over = names.flatMap((name) => paths(window[name])).filter((path) => path.options.className.includes('over'));
  const at = over.flatMap((path) => path.getLatLngs().flat(3)).map((each) => map_story.latLngToContainerPoint(each));
  const from = map_story.getContainer().getBoundingClientRect();
  const boxes = seen.map((each) => each.getBoundingClientRect());
  const isIn = ({ x, y }, box) => x > box.left - from.left + 3 && x < box.right - from.left - 3
    && y > box.top - from.top + 3 && y < box.bottom - from.top - 3;
  return [seen.map((each) => each.textContent), at.filter((each) => boxes.some((box) => isIn(each, box))).length];
}"""
TOLD = {"North Korea", "South Korea", "China", "Vietnam", "Laos", "Thailand"}


@pytest.mark.parametrize(
    "size", whole([(390, 844), (768, 1024), (1280, 800), (1920, 1080)], (390, 844), (1280, 800))
)
def test_the_overview_names_every_country_that_was_told_and_no_name_lies_on_the_arrows_by_air(
    visit, joint, size
):
    page = visit(joint, "#lang=en", viewport={"width": size[0], "height": size[1]}).page
    page.wait_for_timeout(300)
    names, under = page.evaluate(SEEN)
    assert set(names) >= TOLD
    assert under <= 1


def test_how_it_ended_has_lines_of_more_than_a_word_or_is_left_to_the_text(visit, joint):
    lines = """() => [...document.querySelectorAll('.label small')]
      .filter((e) => e.checkVisibility({ visibilityProperty: true }))
      .map((e) => e.textContent.split(' ').length / Math.round(e.offsetHeight / 15.6))"""
    for size in ((390, 844), (600, 500)):
        page = visit(joint, "#lee-son", viewport={"width": size[0], "height": size[1]}).page
        assert [words for words in page.evaluate(lines) if words < 1.5] == [], size
