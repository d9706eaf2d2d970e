from __future__ import annotations

import pytest

import payloads

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NAMES = "() => [...document.querySelectorAll('.chapter h2 [data-text]')].map(e => e.textContent)"


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_the_page_asks_for_itself_alone_and_says_nothing(visit, ro, options):
    seen = visit(ro, **options)
    seen.page.mouse.wheel(0, 3000)
    seen.page.wait_for_timeout(200)
    assert [url for url in seen.requests if not url.startswith("data:")] == [ro.as_uri()]
    assert seen.said == []


def test_every_chapter_is_reached_by_keyboard_alone(visit, ro):
    seen = visit(ro)
    names = seen.page.evaluate(NAMES)
    reached = []
    for _ in names:
        seen.page.keyboard.press("ArrowRight")
        reached.append(seen.chapter())
    assert reached == names
    seen.page.keyboard.press("ArrowLeft")
    assert seen.chapter() == names[-2]


def test_buttons_are_reached_by_tab_and_go_through_the_story(visit, page_of):
    seen = visit(page_of())
    for _ in range(20):
        seen.page.keyboard.press("Tab")
        if seen.page.evaluate("document.activeElement.dataset.step") == "1":
            break
    seen.page.keyboard.press("Enter")
    assert seen.chapter() == "Start"


def test_arrow_keys_in_the_map_move_the_map_and_not_the_story(visit, page_of):
    seen = visit(page_of())
    seen.page.locator(".folium-map").focus()
    before = seen.page.evaluate("map_story.getCenter().lng")
    seen.page.keyboard.press("ArrowRight")
    seen.page.wait_for_timeout(500)
    assert seen.page.evaluate("map_story.getCenter().lng") > before
    assert seen.page.locator(".chapter.is-now").count() == 0


def test_an_address_opens_its_chapter_in_its_language(visit, ro):
    seen = visit(ro, "#ro-6&lang=ko")
    assert seen.chapter() == "라오스와 태국 사이의 메콩강"
    assert seen.page.evaluate("document.documentElement.lang") == "ko"


def test_the_address_follows_the_reader(visit, ro):
    seen = visit(ro)
    seen.page.keyboard.press("ArrowRight")
    seen.page.get_by_role("button", name="한국어").click()
    assert seen.page.evaluate("location.hash") == "#ro-0&lang=ko"


def test_the_chapter_that_is_scrolled_to_is_lit(visit, ro):
    seen = visit(ro)
    seen.page.evaluate("scrollTo(0, document.querySelector('[data-chapter=\"5\"]').offsetTop - 200)")
    seen.page.wait_for_timeout(300)
    assert seen.chapter() == "Vietnam"


def test_the_map_shows_all_that_is_known_of_a_chapters_place(visit, ro):
    seen = visit(ro, "#ro-7")
    shown = seen.page.evaluate(
        "map_story.getBounds().contains(geo_json_place_0_7.getBounds())",
    )
    assert shown


def test_changing_the_language_changes_every_passage_and_its_mark(visit, ro):
    seen = visit(ro, "#lang=ko")
    foreign = seen.page.evaluate(
        "[...document.querySelectorAll('[data-text], .narration p')].filter(e => e.lang !== 'ko').length",
    )
    assert foreign == 0
    assert "노씨 가족" in seen.page.locator(".kicker").text_content()
    assert seen.page.title().startswith("다섯 식구")


def test_numbers_are_written_as_the_language_writes_them(visit, page_of):
    seen = visit(page_of())
    assert seen.page.locator(".legs .amount [data-number]").first.text_content() == "150"


def test_a_place_told_as_a_country_is_hatched_and_has_no_pin(visit, ro):
    seen = visit(ro, "#ro-3")
    fill = seen.page.evaluate("getComputedStyle(document.querySelector('path.place.w3.is-area')).fill")
    assert "hatch-now" in fill
    assert seen.page.locator(".anchor, .leaflet-marker-icon").count() == 0


def test_a_published_point_is_a_pin(visit, page_of):
    assert visit(page_of()).page.locator(".anchor.pin").count() == 1


def test_a_vague_leg_is_fainter_and_broader_than_a_known_one(visit, page_of):
    seen = visit(page_of())
    style = "s => { const c = getComputedStyle(document.querySelector(s)); return [c.strokeWidth, c.strokeOpacity]; }"
    known, vague = (seen.page.evaluate(style, f"path.halo.{n}") for n in ("n0", "n1"))
    assert float(vague[0][:-2]) > float(known[0][:-2])
    assert float(vague[1]) < float(known[1])


def test_names_on_the_map_never_touch_one_another_nor_a_control(visit, ro):
    touching = """() => {
      const boxes = [...document.querySelectorAll('.label, .legend, .steps, .leaflet-control')]
        .filter(e => getComputedStyle(e).visibility === 'visible').map(e => e.getBoundingClientRect());
      return boxes.filter((a, i) => boxes.some((b, j) => i < j && a.width && b.width && a.left < b.right
        && b.left < a.right && a.top < b.bottom && b.top < a.bottom)).length;
    }"""
    for size in ((1280, 800), (1440, 900), (390, 844)):
        seen = visit(ro, viewport={"width": size[0], "height": size[1]})
        assert seen.page.evaluate(touching) == 0


def test_on_a_phone_a_table_is_cards_and_still_a_table(visit, ro):
    seen = visit(ro, **PHONE)
    cell = seen.page.locator(".legs tbody tr").nth(2).locator("td").nth(2)
    assert cell.locator(".card-label").inner_text() == "Straight, km"
    assert cell.get_attribute("role") == "cell"
    widest = "Math.max(...[...document.querySelectorAll('td, tbody th')].map(e => e.getBoundingClientRect().right))"
    assert seen.page.evaluate(widest) <= PHONE["viewport"]["width"]


def test_on_a_phone_how_far_it_was_comes_before_the_story(visit, ro):
    seen = visit(ro, **PHONE)
    above = seen.page.locator(".opening .ledger")
    assert above.is_visible()
    assert above.bounding_box()["y"] < seen.page.locator(".view").bounding_box()["y"]


def test_on_a_phone_the_map_is_moved_by_buttons_that_come_when_asked_for(visit, page_of):
    seen = visit(page_of(), **PHONE)
    up = seen.page.get_by_role("button", name="Move the map up")
    assert not up.is_visible()
    seen.page.locator(".pan summary").click()
    assert up.is_visible()
    assert seen.page.locator(".credit").is_visible()


def test_all_stops_have_their_names_in_the_overview_tied_to_their_places(visit, ro):
    seen = visit(ro)
    assert "Home, in the north" in seen.page.locator(".labels").inner_text()
    assert "The border river" in seen.page.locator(".labels").inner_text()
    assert seen.page.locator(".label-leaders line").count() > 0


def test_a_journey_without_a_subject_begins_with_its_year(visit, page_of):
    seen = visit(page_of(payloads.payload(payloads.journey(subject=None))))
    assert seen.page.locator(".kicker").inner_text() == "2004"


def test_a_chapter_says_how_one_arrived(visit, page_of):
    assert visit(page_of()).page.locator(".tag.how").first.inner_text() == "arrived by road"


def test_without_scripts_all_is_there_to_be_read(visit, ro):
    seen = visit(ro, java_script_enabled=False)
    text = seen.page.locator("body").inner_text()
    assert "In a small boat" in text or "in a small boat" in text
    assert "nobody's way" in text
    assert not seen.page.locator(".view").is_visible()
    assert seen.page.locator(".legs tbody tr").count() == 8


def test_nothing_moves_for_a_reader_who_wants_it_calm(visit, ro):
    seen = visit(ro)
    seen.page.evaluate("window.moves = 0; map_story.on('zoomanim', () => window.moves++); null")
    seen.page.keyboard.press("ArrowRight")
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate("window.moves") == 0


def test_the_handout_has_two_pages(visit, ro):
    printed = visit(ro).page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 2


def test_the_map_is_moved_by_buttons_too(visit, page_of):
    seen = visit(page_of())
    before = seen.page.evaluate("map_story.getCenter().lat")
    seen.page.get_by_role("button", name="Move the map up").click()
    assert seen.page.evaluate("map_story.getCenter().lat") > before
    seen.page.get_by_role("button", name="Show the whole journey").click()
    assert seen.page.evaluate("map_story.getCenter().lat") == pytest.approx(before, abs=0.2)


def test_play_goes_on_by_itself_and_stops_when_the_reader_takes_over(visit, page_of):
    seen = visit(page_of())
    seen.page.clock.install()
    seen.page.get_by_role("button", name="Play").click()
    assert seen.chapter() == "Start"
    seen.page.clock.run_for(8000)
    assert seen.chapter() == "Disc"
    seen.page.keyboard.press("ArrowLeft")
    seen.page.clock.run_for(20000)
    assert seen.chapter() == "Start"
    assert seen.page.get_by_role("button", name="Play").is_visible()


def test_a_higher_speed_shortens_the_wait(visit, page_of):
    seen = visit(page_of())
    seen.page.clock.install()
    seen.page.get_by_label("Speed").select_option("2")
    seen.page.get_by_role("button", name="Play").click()
    seen.page.clock.run_for(3500)
    assert seen.chapter() == "Disc"


def test_the_leg_grows_unless_the_reader_wants_it_calm(visit, page_of):
    for motion, growing in (("no-preference", 1), ("reduce", 0)):
        seen = visit(page_of(), "#w1", reduced_motion=motion)
        seen.page.get_by_role("button", name="Play").click()
        assert seen.page.locator("path.growing").count() == growing


def test_a_journey_that_asks_for_care_does_not_play_nor_move(visit, son):
    seen = visit(son)
    assert seen.page.locator("[data-play]").is_hidden()
    assert seen.page.locator("[data-tool='elsewhere']").count() == 0
    assert seen.page.locator(".opening .care").is_visible()


def test_downloads_are_in_the_file(visit, page_of):
    text = '{"type": "FeatureCollection"}'
    file = {"name": "small.geojson", "mime": "application/geo+json", "text": text, "sha256": "abc"}
    seen = visit(page_of(payloads.payload(downloads=[file])))
    with seen.page.expect_download() as got:
        seen.page.get_by_role("link", name="small.geojson").click()
    assert got.value.path().read_text() == text
    assert "abc" in seen.page.locator(".downloads").inner_text()


def test_the_page_stays_below_a_megabyte_with_all_journeys_in_it(ro):
    assert ro.stat().st_size < 1_000_000


def test_a_mistyped_address_opens_the_page_all_the_same(visit, page_of):
    seen = visit(page_of(), "#%E0%A4%A&lang=xx")
    assert seen.said == []
    assert seen.page.locator(".count").inner_text() == "The whole way"


def test_a_chapter_says_its_date_where_the_years_above_do_not(visit, page_of):
    told = payloads.journey()
    told["waypoints"][0]["when"] = "2019-05-04"
    seen = visit(page_of(payloads.payload(told)), "#w1")
    assert seen.page.locator(".chapter .tag [data-when]").first.inner_text() == "May 4, 2019"
