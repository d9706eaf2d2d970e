from __future__ import annotations

import io

import numpy as np
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

import payloads
from beside import SHIPPED, whole
from escape_route.distance.settings import Settings
from escape_route.geography import base
from escape_route.language.html import together
from escape_route.model.modes import Mode
from escape_route.publish.colours import LIGHT
from escape_route.publish.page import page as story
from making import by, journey, reported

LAND, SEA = LIGHT.land.removeprefix("#"), LIGHT.sea.removeprefix("#")

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NAMES = "() => [...document.querySelectorAll('.chapter h2 [data-text]')].map(e => e.textContent)"


@pytest.mark.parametrize("options", whole([{}, PHONE], PHONE), ids=["desktop", "phone"])
def test_the_page_asks_for_itself_alone_and_says_nothing(visit, ro, options):
    seen = visit(ro, **options)
    seen.page.mouse.wheel(0, 3000)
    seen.page.wait_for_timeout(200)
    assert [url for url in seen.requests if not url.startswith("data:")] == [ro.as_uri()]
    assert seen.said == []


WHERE_WHOLE = """() => {
    const map = Object.values(window).find(each => each instanceof L.Map);
    const shapes = ['geo_json_place_lines_0_0', 'geo_json_place_0_1'].map(name => window[name].getBounds());
    const whole = shapes[0].extend(shapes[1]);
    const at = [whole.getNorthWest(), whole.getSouthEast()].map(corner => map.latLngToContainerPoint(corner));
    const steps = document.querySelector('.steps').getBoundingClientRect();
    const frame = map.getContainer().getBoundingClientRect();
    return { left: at[0].x, top: at[0].y, right: frame.width - at[1].x, foot: steps.top - frame.top - at[1].y };
}"""


def test_where_it_began_and_ended_is_whole_in_the_first_view_and_above_the_controls(
    look, page_of_shipped
):
    margins = look(page_of_shipped("so-yeon.html", "lee-so-yeon")).page.evaluate(WHERE_WHOLE)
    assert min(margins.values()) > 0


RIVERS = """() => {
    const seen = [...document.querySelectorAll('.label')].filter(each => each.style.visibility === 'visible');
    const boxes = seen.map(each => each.getBoundingClientRect());
    const isApart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
    return seen.flatMap((each, n) => each.matches('.is-river')
        ? [[each.textContent, boxes.every((box, m) => n === m || isApart(box, boxes[n]))]] : []);
}"""


@pytest.mark.parametrize(
    "options", [{"viewport": {"width": 1280, "height": 800}}, PHONE], ids=["desktop", "phone"]
)
def test_each_told_river_is_named_once_and_covers_no_name(visit, page_of_shipped, options):
    page = visit(page_of_shipped("so-yeon.html", "lee-so-yeon"), **options).page
    assert sorted(page.evaluate(RIVERS)) == [["Tumen", True], ["Yalu", True]]


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
    seen.page.locator(".languages select").select_option("ko")
    assert seen.page.evaluate("location.hash") == "#ro-0&lang=ko"


def test_the_chapter_that_is_scrolled_to_is_lit(visit, ro):
    seen = visit(ro)
    seen.page.evaluate(
        "scrollTo(0, document.querySelector('[data-chapter=\"5\"]').offsetTop - 200)"
    )
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
        "[...document.querySelectorAll('[data-text], .narration')].filter(e => e.lang !== 'ko').length",
    )
    assert foreign == 0
    assert "노씨 가족" in seen.page.locator(".kicker").text_content()
    assert seen.page.title().startswith("다섯 식구")


def test_numbers_are_written_as_the_language_writes_them(visit, page_of):
    seen = visit(page_of())
    assert seen.page.locator(".legs .amount [data-number]").first.text_content() == "150"


def test_a_published_point_is_a_pin(visit, page_of):
    assert visit(page_of()).page.locator(".anchor.pin").count() == 1


def test_names_on_the_map_never_touch_one_another_nor_a_control(look, ro):
    touching = """() => {
      const boxes = [...document.querySelectorAll('.label, .legend, .steps, .leaflet-control, .languages')]
        .filter(e => getComputedStyle(e).visibility === 'visible' && e.textContent).map(e => e.getBoundingClientRect());
      return boxes.filter((a, i) => boxes.some((b, j) => i < j && a.width && b.width && a.left < b.right
        && b.left < a.right && a.top < b.bottom && b.top < a.bottom)).length;
    }"""
    for size in ((1280, 800), (1440, 900), (390, 844)):
        assert look(ro, size).page.evaluate(touching) == 0


def test_on_a_phone_a_table_is_cards_and_still_a_table(visit, ro):
    seen = visit(ro, **PHONE)
    cell = seen.page.locator(".legs tbody tr").nth(2).locator("td").nth(2)
    assert cell.locator(".card-label").text_content() == "Straight or track, km"
    assert cell.get_attribute("role") == "cell"
    widest = (
        "Math.max(...[...document.querySelectorAll('td, tbody th')].map(e => "
        "e.getBoundingClientRect().right))"
    )
    assert seen.page.evaluate(widest) <= PHONE["viewport"]["width"]
    below = "e => e.getBoundingClientRect().bottom - e.closest('td').getBoundingClientRect().bottom"
    labels = seen.page.locator(".legs td:not(:first-child) .card-label")
    assert max(labels.evaluate_all(f"all => all.map({below})")) <= 0


def test_on_a_phone_the_list_of_languages_gives_way_to_what_is_read_and_comes_back(visit, ro):
    page = visit(ro, **PHONE).page
    languages = page.locator(".languages select")
    for by_px, is_there in ((2000, False), (-200, True), (200, False)):
        page.evaluate(f"scrollBy(0, {by_px})")
        expect(languages).to_be_in_viewport() if is_there else expect(
            languages
        ).not_to_be_in_viewport()
    languages.focus()
    expect(languages).to_be_in_viewport()


def test_all_stops_have_their_names_in_the_overview_tied_to_their_places(look, ro):
    seen = look(ro, (1920, 1080))
    assert "Home, in the north" in seen.page.locator(".labels").inner_text()
    assert "The border river" in seen.page.locator(".labels").inner_text()
    assert seen.page.locator(".label-leaders line").count() > 0


def test_a_journey_without_a_subject_begins_with_its_year(visit, page_of):
    seen = visit(page_of(payloads.payload(payloads.journey(subject=None))))
    assert seen.page.locator(".kicker").inner_text() == "2004"


def test_a_chapter_says_how_one_arrived(visit, page_of):
    assert visit(page_of()).page.locator(".tag.how").first.inner_text() == "arrived by road"


def test_nothing_moves_for_a_reader_who_wants_it_calm(visit, ro):
    seen = visit(ro)
    seen.page.evaluate("window.moves = 0; map_story.on('zoomanim', () => window.moves++); null")
    seen.page.keyboard.press("ArrowRight")
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate("window.moves") == 0


def test_the_map_is_moved_by_buttons_too(visit, page_of):
    seen = visit(page_of())
    seen.page.locator(".legend summary").click()
    before = seen.page.evaluate("map_story.getCenter().lat")
    seen.page.get_by_role("button", name="Move the map up").click()
    assert seen.page.evaluate("map_story.getCenter().lat") > before
    seen.page.get_by_role("button", name="Show the whole journey").click()
    assert seen.page.evaluate("map_story.getCenter().lat") == pytest.approx(before, abs=0.2)


def test_play_goes_on_by_itself_and_stops_when_the_reader_takes_over(visit, page_of):
    seen = visit(page_of(), alone=True)
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
    seen = visit(page_of(), alone=True)
    seen.page.clock.install()
    seen.page.get_by_label("Speed").select_option("2")
    seen.page.get_by_role("button", name="Play").click()
    seen.page.clock.run_for(3500)
    assert seen.chapter() == "Disc"


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


def test_the_page_stays_below_a_megabyte_with_all_journeys_in_it(joint):
    assert joint.stat().st_size < 1_000_000


def test_a_mistyped_address_opens_the_page_all_the_same(visit, page_of):
    seen = visit(page_of(), "#%E0%A4%A&lang=xx")
    assert seen.said == []
    assert seen.page.locator(".count").inner_text() == "Overview"


def test_a_chapter_says_its_date_where_the_years_above_do_not(visit, page_of):
    told = payloads.journey()
    told["waypoints"][0] |= {"when": "2019-05-04", "when_said": {"en": "4 May 2019"}}
    seen = visit(page_of(payloads.payload(told)), "#w1")
    assert seen.page.locator(".chapter .tag").first.inner_text() == "4\u00a0May\u00a02019"


PLACES = """(points) => {
  const canvas = document.querySelector('.leaflet-places-pane canvas');
  const box = canvas.getBoundingClientRect();
  const origin = map_story.getContainer().getBoundingClientRect();
  const scale = canvas.width / box.width;
  return points.map(([lon, lat, dx, dy]) => {
    const { x, y } = map_story.latLngToContainerPoint([lat, lon]);
    const at = [(x + dx + origin.left - box.left) * scale, (y + dy + origin.top - box.top) * scale];
    return canvas.getContext('2d').getImageData(Math.round(at[0]), Math.round(at[1]), 1, 1).data[3];
  });
}"""


def test_a_place_told_as_a_country_is_soft_at_its_edge_and_has_no_pin(visit, page_of):
    seen = visit(page_of(), "#w3")
    middle, edge, beyond = seen.page.evaluate(
        PLACES, [[103.5, 18.2, 0, 0], [104, 18.2, -2, 0], [104, 18.2, 3, 0]]
    )
    assert middle > 2 * edge > 0
    assert beyond == 0
    assert (
        seen.page.locator(".anchor.pin").count() == 1
    )  # of the first place, which was published as a point


def test_no_line_is_drawn_through_label_points(visit, look, page_of, ro):
    drawn = "n => map_story.hasLayer(window['poly_line_leg_0_' + n])"
    small = visit(page_of()).page
    assert [small.evaluate(drawn, n) for n in (0, 1)] == [True, False]
    family = look(ro).page
    assert [family.evaluate(drawn, n) for n in range(2, 8)] == [False] * 6
    assert family.evaluate("map_story.hasLayer(feature_group_order_0)"), (
        "their order is shown, and not by lines"
    )


def test_the_order_is_seen_on_the_whole_way_and_not_on_a_near_map(visit, ro):
    seen = visit(ro)
    page = seen.page
    drawn = "document.querySelector('.leaflet-places-pane canvas').toDataURL()"
    pictures = [page.evaluate(drawn)]
    page.evaluate("void feature_group_order_0.remove()")
    page.wait_for_timeout(300)
    assert page.evaluate(drawn) not in pictures
    page.evaluate("void feature_group_order_0.addTo(map_story)")
    for place, is_whole in (("", True), ("ro-2", False), ("ro-4", False)):
        if place:
            seen.turn(place)
        assert (page.evaluate("orderSeen(map_story)") == 1) is is_whole, place
        assert page.locator(".order-note").is_visible() is is_whole


NAMED = """() => {
  const seen = (e) => getComputedStyle(e).visibility === 'visible' && e.offsetWidth > 0;
  const labels = [...document.querySelectorAll('.labels > .label')].filter(seen);
  const names = labels.map((label) => [...label.querySelectorAll('.name, .brief')].filter(seen)
    .map((e) => e.textContent).join(' '));
  const numbers = labels.map((label) => [...label.querySelectorAll('.number')].map((e) => e.textContent));
  return { names, bare: numbers.filter((each, n) => each.length && !names[n]).flat(), numbers: numbers.flat().sort() };
}"""
EVERY_SIZE = [
    (340, 480),
    (390, 844),
    (600, 500),
    (844, 390),
    (768, 1024),
    (1280, 800),
    (1920, 1080),
]
SIZE_NAMES = [f"{wide}x{high}" for wide, high in EVERY_SIZE]
SIZES = whole(EVERY_SIZE, (340, 480), (390, 844), (1280, 800))
FRAMED = {(600, 500), (340, 480)}


ENDS = {"en": ("north korea", "south korea"), "ko": ("북한", "한국")}
LANGUAGES = ("en", "ko", "fr", "ar")


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
def test_every_number_stands_by_a_name_and_every_country_has_its_name_in_every_size_and_language(
    look, ro, size
):
    first = LANGUAGES[EVERY_SIZE.index(size) % len(LANGUAGES)]
    seen = look(ro, size, first, framed=size in FRAMED)
    seen.page.wait_for_timeout(300)
    countries = seen.page.evaluate("""() => JSON.parse(document.querySelector('#payload').textContent).names
      .filter(({ kind, code }) => kind === 'country' && ['KP', 'CN', 'VN', 'LA', 'TH', 'KR'].includes(code))
      .map(({ name }) => name)""")
    assert len(countries) == 6
    for language in sorted(LANGUAGES, key=lambda each: each != first):
        said = look(ro, size, language, framed=size in FRAMED).page.evaluate(NAMED)
        assert said["bare"] == [], language
        assert said["numbers"] == [str(n) for n in range(1, 10)], language
        told = " / ".join(said["names"])
        assert [
            each["en"]
            for each in countries
            if each[language] not in told and each["en"] not in told
        ] == []
        ends = seen.page.locator(
            ".label.is-key"
        ).evaluate_all("""all => all.map((label) =>
          label.style.visibility === 'visible' ? label.innerText.replace(/\\s+/g, ' ').toLowerCase() : '')""")
        assert len(ends) == 2
        assert all(
            name in end for name, end in zip(ENDS.get(language, ("", "")), ends, strict=True)
        ), ends


NUMBERS = """() => {
  const map = document.querySelector('.map').getBoundingClientRect();
  const at = (x, y) => { const { lng, lat } = map_story.containerPointToLatLng([x, y]); return [lng, lat]; };
  const lines = [...document.querySelectorAll('.label-leaders line')].map((line) => ['x1', 'y1', 'x2', 'y2']
    .map((name) => Number(line.getAttribute(name))));
  return [...document.querySelectorAll('.label')].filter((e) => e.style.visibility === 'visible').flatMap((label) => {
    const numbers = label.querySelector('.numbers');
    if (!numbers) return [];
    const [box, own] = [label.getBoundingClientRect(), numbers.getBoundingClientRect()];
    const [left, top] = [box.left - map.left, box.top - map.top];
    const isTied = lines.some(([x1, y1, x2, y2]) => x2 > left - 2 && x2 < left + box.width + 2 && y2 > top - 2
      && y2 < top + box.height + 2 && Math.hypot(x2 - x1, y2 - y1) >= 9);
    const middle = [own.left + own.width / 2 - map.left, own.top + own.height / 2 - map.top];
    const all = [...numbers.children].map((each) => Number(each.textContent));
    return [[all, isTied, at(...middle), middle]];
  });
}"""
WHERE_THEY_HANG = """() => JSON.parse(document.querySelector('#payload').textContent).journeys[0].waypoints
  .map(({ label, hang, footprints, brief }) => {
    const [lng, lat] = label ?? hang;
    const { x, y } = map_story.latLngToContainerPoint([lat, lng]);
    return [x, y, footprints.length === 1 ? footprints[0].ref : `country:${brief}`];
  })"""


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
@pytest.mark.parametrize("language", whole(["en", "ko", "ar"], "en"))
def test_a_number_stands_at_its_place_or_within_its_country_or_a_line_ties_it_to_it(
    look, ro, size, language
):
    page = look(ro, size, language, framed=size in FRAMED).page
    page.wait_for_timeout(300)
    numbers, places = page.evaluate(NUMBERS), page.evaluate(WHERE_THEY_HANG)
    assert sorted(n for own, *_ in numbers for n in own) == list(range(1, 10))
    for own, is_tied, lonlat, (x, y) in numbers:
        told = [places[n - 1] for n in own] + ([(-99, -99, "country:KP")] if 1 in own else [])
        is_near = any(np.hypot(x - at_x, y - at_y) <= 22 for at_x, at_y, _ in told)
        is_within = f"country:{base.countries_at(np.array([lonlat]))[0]}" in {
            ref for *_, ref in told
        }
        assert is_tied or is_near or is_within, own


@pytest.mark.parametrize("size", [(600, 500), (768, 1024), (1280, 800), (1920, 1080)])
def test_a_place_told_as_more_than_a_country_has_its_own_number_where_there_is_room(
    visit, ro, size
):
    page = visit(
        ro, "#embed" if size == (600, 500) else "", viewport={"width": size[0], "height": size[1]}
    ).page
    page.wait_for_timeout(300)
    numbers = [own for own, *_ in page.evaluate(NUMBERS)]
    assert [2] in numbers, "the river"
    assert [3] in numbers, "the mountain"
    assert [7] in numbers, "the other river"


@pytest.mark.parametrize(("name", "is_called"), [("Laos", True), ("The desert of Laos", False)])
def test_a_place_told_as_a_country_is_set_as_one_only_where_it_is_called_so(
    visit, page_of, name, is_called
):
    told = payloads.journey()
    country = {"ref": "country:LA", "name": {"en": "Laos"}}
    told["waypoints"][2] |= {"name": {"en": name}, "footprints": [country]}
    page = visit(page_of(payloads.payload(told)), "#lang=en").page
    case = page.locator(".label.is-country:not(.orientation) .name").evaluate(
        "e => getComputedStyle(e).textTransform"
    )
    assert case == ("uppercase" if is_called else "none")


BY_AIR = """() => {
  const paths = (layer) => (layer.getLatLngs ? [layer] : layer.getLayers().flatMap(paths));
  const names = Object.keys(window).filter((name) => /^geo_json_order_0_[0-9]+$/.test(name));
  const over = names.flatMap((name) => paths(window[name])).filter((path) => path.options.className.includes('over'));
  const at = over.flatMap((path) => path.getLatLngs().flat(3)).map((each) => map_story.latLngToContainerPoint(each));
  const boxes = map_story.options.named;
  const under = at.filter(({ x, y }) =>
    boxes.some((box) => x > box.left && x < box.right && y > box.top && y < box.bottom));
  const visible = [...document.querySelectorAll('.label')].filter((e) => e.style.visibility === 'visible');
  const ends = [at.slice(0, 6), at.slice(-6)].flat();
  return [at.length, under.length, under.filter((each) => ends.includes(each)).length, boxes.length - visible.length];
}"""


@pytest.mark.parametrize("language", ["en", "ko", "ar", "de"])
@pytest.mark.parametrize("size", [(340, 480), (390, 844)], ids=["340x480", "390x844"])
def test_what_was_told_as_more_than_a_country_does_not_stand_in_its_sign(look, ro, size, language):
    page = look(ro, size, language, framed=size in FRAMED).page
    shared = page.evaluate(
        "[...document.querySelectorAll('.label .number + .number')].map(e => e.textContent)"
    )
    assert shared == []
    named = page.locator(".label:has(.number:text-is('3'))")
    assert named.evaluate("e => e.innerText").split() != ["3"]


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
def test_no_name_lies_on_the_arrows_by_air_nor_is_any_arrow_seen_under_a_name(look, ro, size):
    page = look(ro, size, framed=size in FRAMED).page
    page.wait_for_timeout(300)
    corners, under, at_its_ends, untold = page.evaluate(BY_AIR)
    assert corners > 30
    assert under <= 1
    assert at_its_ends == 0
    assert untold == 0, "the arrows know every name"


WHERE_COUNTRIES_ARE = """() => {
  const map = document.querySelector('.map').getBoundingClientRect();
  const seen = (e) => getComputedStyle(e).visibility === 'visible' && e.offsetWidth > 0;
  const corner = ({ left, top, width, height }, x, y) => {
    const { lng, lat } = map_story.containerPointToLatLng([left - map.left + x * width, top - map.top + y * height]);
    return [lng, lat];
  };
  return [...document.querySelectorAll('.orientation.is-country')].filter(seen).map((label) => [
    label.textContent,
    [0, 0.25, 0.5, 0.75, 1].flatMap((x) => [0.5, 0, 1].map((y) => corner(label.getBoundingClientRect(), x, y))),
  ]);
}"""


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
@pytest.mark.parametrize("name", whole(SHIPPED, "ro-family"))
def test_a_countrys_name_for_orientation_lies_over_it_or_its_sea(look, page_of_shipped, size, name):
    file = page_of_shipped(
        {"ro-family": "ro.html", "lee-son": "son.html"}.get(name, f"{name}.html"), name
    )
    page = look(file, size, framed=size in FRAMED).page
    page.wait_for_timeout(300)
    codes = {names["en"]: code for code, names in base.country_names().items()}
    for country, corners in page.evaluate(WHERE_COUNTRIES_ARE):
        lies = [code not in {"", codes[country]} for code in base.countries_at(np.array(corners))]
        assert not lies[6], country  # its middle
        assert codes[country] in base.countries_at(np.array(corners)), f"{country} touches its land"
        assert sum(lies) < len(lies) / 2, country


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
def test_the_country_that_a_journey_left_is_named_where_its_river_names_the_place(look, son, size):
    page = look(son, size, framed=size in FRAMED).page
    page.wait_for_timeout(300)
    names = [
        each.inner_text().replace("\n", " ")
        for each in page.locator(".label").all()
        if each.is_visible()
    ]
    assert any("NORTH KOREA" in name for name in names), names


def test_a_journey_that_was_cut_short_says_so_beside_where_it_ended_and_shows_there_and_back(
    look, son
):
    page = look(son).page
    assert page.locator(".label.is-key").last.inner_text().split() == [
        "2",
        "CHINA",
        *("caught", "in", "China", "and", "sent", "back", "to", "North", "Korea"),
    ]
    assert "Yalu" not in page.locator(".label.orientation").all_inner_texts(), (
        "it is named by its place"
    )
    assert page.locator(".order-note").is_visible()


def test_no_name_for_orientation_lies_under_the_card_that_is_read(visit, ro):
    page = visit(ro, "#ro-5", **PHONE).page
    page.wait_for_timeout(300)
    top = page.locator(".chapter.is-now .card").bounding_box()["y"]
    names = [each for each in page.locator(".label.orientation").all() if each.is_visible()]
    assert names
    assert all(box["y"] + box["height"] <= top for box in (each.bounding_box() for each in names))


def test_a_country_that_names_a_place_at_its_border_says_so(look, ro):
    label = look(ro).page.locator(".label:has(.number)").get_by_text("or its border")
    assert "Laos" in label.locator("..").text_content()


PHONES = {"phone": PHONE, "on its side": PHONE | {"viewport": {"width": 844, "height": 390}}}


@pytest.mark.parametrize("options", [{}, *PHONES.values()], ids=["desktop", *PHONES])
def test_headline_verdict_map_and_ledger_are_on_the_first_screen(visit, ro, options):
    page = visit(ro, **options).page
    size = page.viewport_size
    for part in ("h1", ".standfirst", ".pill", ".map", ".view > .ledger .claim-dot"):
        box = page.locator(part).first.bounding_box()
        assert 0 <= box["y"] < size["height"] - 20, part
        assert box["x"] + min(box["width"], 40) <= size["width"], part
    seen = page.locator(".map").bounding_box()
    ledger = page.locator(".view > .ledger").bounding_box()
    assert min(ledger["y"], size["height"]) - seen["y"] >= 240


def test_the_first_screen_says_what_the_verdict_hangs_on_in_the_same_size(look, ro):
    page = look(ro).page
    assert page.locator(".verdicts").inner_text().split("\n") == [
        together("“12,000 km”: one number, two readings"),
        together(
            "to Thailand unexplained: longer than the 4,200–7,000 km that fit · depends on the route taken"
        ),
        together("from the border river to South Korea (flight counted) fits: 8,000–12,000 km"),
    ]
    line = page.locator(".verdicts")
    sizes = line.evaluate(
        "e => [e, ...e.querySelectorAll('*')].map(each => getComputedStyle(each).fontSize)"
    )
    assert len(set(sizes)) == 1


def test_one_finger_scrolls_and_the_map_is_moved_by_buttons_that_come_when_asked_for(
    visit, page_of
):
    seen = visit(page_of(), **PHONE)
    assert not seen.page.evaluate("map_story.dragging.enabled()")
    up = seen.page.get_by_role("button", name="Move the map up")
    assert not up.is_visible()
    seen.page.locator(".legend summary").click()
    assert up.is_visible()
    assert seen.page.locator(".credit").is_visible()


def test_without_scripts_all_is_there_to_be_read_and_the_map_to_be_seen(visit, ro):
    seen = visit(ro, java_script_enabled=False)
    text = seen.page.locator("body").text_content()
    assert "in a small boat" in text
    assert "nobody’s way" in text
    assert seen.page.locator(".still").is_visible()
    assert not seen.page.locator(".folium-map").is_visible()
    assert seen.page.locator(".legs tbody tr").count() == 8


def test_the_first_view_is_there_before_any_script(ro):
    html = ro.read_text("utf-8")
    assert html.index('<svg class="still"') < html.index("<script")


def test_the_handout_has_the_map_its_legend_every_part_and_the_chapters(visit, ro):
    page = visit(ro).page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".whole-ledger .scale").count() == 3
    for part in (
        ".legend ul",
        ".chapter h2",
        ".whole-ledger .scale",
        ".map",
        ".leaflet-control-scale",
    ):
        assert page.locator(part).first.is_visible(), part
    legend, shown = (page.locator(part).bounding_box() for part in (".legend", ".map"))
    assert legend["y"] >= shown["y"] + shown["height"] - 1
    ledger = page.locator(".whole-ledger").bounding_box()
    assert (ledger["x"], ledger["width"]) == pytest.approx((shown["x"], shown["width"]), abs=2)
    empty = """() => [...document.querySelectorAll('h2, h3')].filter(e => e.offsetHeight
      && ![...e.parentElement.children].some(other => other !== e && other.offsetHeight)).map(e => e.textContent)"""
    assert page.evaluate(empty) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_land_and_sea_have_their_colours(visit, son, scheme):
    printed = PdfReader(
        io.BytesIO(visit(son, color_scheme=scheme).page.pdf(prefer_css_page_size=True))
    )
    ground = max(
        (each.image for each in printed.pages[0].images),
        key=lambda image: image.width * image.height,
    )
    seen = {
        colour: count
        for count, colour in ground.convert("RGB").getcolors(ground.width * ground.height)
    }
    share = {
        each: seen.get(tuple(bytes.fromhex(each)), 0) / sum(seen.values()) for each in (LAND, SEA)
    }
    assert all(each > 0.05 for each in share.values()), share


@pytest.mark.parametrize(("name", "sheets"), [("ro", 3), ("son", 1)])
def test_a_page_on_paper_has_no_more_sheets_than_it_needs(request, visit, name, sheets):
    page = visit(request.getfixturevalue(name)).page
    assert len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages) == sheets


def test_a_capital_has_a_dot_only_where_nobody_was_told_to_be(look, ro):
    page = look(ro).page
    codes = page.evaluate(
        "JSON.parse(document.querySelector('#payload').textContent).names.map(n => n.kind + n.code)"
    )
    told = {"capitalCN", "capitalKP", "capitalKR", "capitalVN", "capitalLA", "capitalTH"}
    assert not told & set(codes)
    assert {"capitalMN", "capitalKH"} <= set(codes)


ASTRAY = """() => {
  const { sides, journeys } = JSON.parse(document.querySelector('#payload').textContent);
  const from = map_story.getContainer().getBoundingClientRect();
  const inside = (ring, { lng, lat }) => ring.reduce((odd, [x1, y1], n) => {
    const [x2, y2] = ring[(n + 1) % ring.length];
    return (y1 > lat) !== (y2 > lat) && lng < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1 ? !odd : odd;
  }, false);
  const corners = (steps) => {
    let [x, y] = [0, 0];
    return steps.flatMap((step, n) => (n % 2 ? [[(x += steps[n - 1]) / 10, (y += step) / 10]] : []));
  };
  const named = [...document.querySelectorAll('.label:not(.is-short, .orientation)')];
  return named.filter((label) => label.style.visibility === 'visible').flatMap((label) => {
    const number = Number(label.querySelector('.number').textContent);
    const box = label.getBoundingClientRect();
    const middle = [(box.left + box.right) / 2 - from.left, (box.top + box.bottom) / 2 - from.top];
    const at = map_story.containerPointToLatLng(middle);
    const avoided = journeys[0].waypoints[number - 1].avoid;
    const lies = (code) => sides[code].map(corners).some((ring) => inside(ring, at));
    return avoided.filter(lies).map((code) => `${number} ${code}`);
  });
}"""


@pytest.mark.parametrize("size", [(390, 844), (1280, 800), (600, 500)])
def test_a_name_stands_on_its_own_side_of_every_border(visit, ro, size):
    seen = visit(ro, viewport={"width": size[0], "height": size[1]})
    for place in ("", "ro-0", "ro-8"):
        if place:
            seen.turn(place)
        assert seen.page.locator(".labels > .label .number").count() == 9
        assert seen.page.evaluate(ASTRAY) == [], place


def test_a_source_opens_in_place_and_closes_again(visit, ro):
    page = visit(ro, "#ro-3").page
    note = page.locator(".chapter.is-now a.note").first
    before = page.evaluate("scrollY")
    note.click()
    assert "Chosun Ilbo" in page.locator(".note-open").inner_text()
    assert note.get_attribute("aria-expanded") == "true"
    page.get_by_role("button", name="Close the note").click()
    assert page.locator(".note-open").count() == 0
    assert abs(page.evaluate("scrollY") - before) < 100


def test_a_browser_whose_language_the_page_has_not_is_told_it_in_its_first(visit, ro):
    """Those that it has: test_languages."""
    page = visit(ro, locale="pt-BR").page
    assert page.evaluate("document.documentElement.lang") == "en"
    page.evaluate("scrollTo(0, 4000)")
    assert page.locator(".languages").is_visible()
    assert page.locator(".languages").bounding_box()["y"] >= 0


def test_the_camera_moves_stills_and_leaves_nothing_behind(visit, ro):
    page = visit(ro, reduced_motion="no-preference").page
    page.wait_for_function("() => document.documentElement.classList.contains('is-drawn')")
    page.wait_for_timeout(700)
    page.evaluate("""() => new MutationObserver(() => {
      if (document.querySelector('.map-still')) document.body.dataset.moved = 'by stills';
    }).observe(document.querySelector('.folium-map'), {childList: true})""")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.body.dataset.moved === 'by stills'")
    page.wait_for_timeout(2500)
    assert page.locator(".map-still").count() == 0
    assert page.locator(".labels.is-moving").count() == 0


def test_small_type_and_small_targets_are_gone(visit, ro):
    page = visit(ro, **PHONE).page
    small = """() => [...document.querySelectorAll('body *')].filter(e => e.offsetHeight
      && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
      && parseFloat(getComputedStyle(e).fontSize) < 13)
      .map(e => e.outerHTML.slice(0, 80))"""
    assert page.evaluate(small) == []


def test_a_scene_shows_as_many_marks_as_were_told(look, ro):
    page = look(ro).page
    assert page.locator(".scene-people .scene circle").count() == 5
    assert page.locator(".scene-crest .scene").count() == 1
    assert (
        page.locator(".scene-night .card").evaluate("e => getComputedStyle(e).backgroundColor")
        == "rgb(16, 21, 28)"
    )


def test_a_way_over_the_pacific_is_framed_as_it_went(folder, visit):
    told = (
        {"label": (121.0, 14.6)},
        {"label": (-122.4, 37.8), **by(Mode.FLIGHT)},
        {"label": (-118.2, 33.8)},
    )
    file = folder / "pacific.html"
    file.write_text(story.build([reported(journey(*told))]), encoding="utf-8")
    page = visit(file).page
    west, east = page.evaluate("(b => [b.getWest(), b.getEast()])(map_story.getBounds())")
    assert 60 < west < 121
    assert 242 < east < 300
    manila, california = (
        page.locator(".label", has_text=name).first.bounding_box() for name in ("W0", "W2")
    )
    assert manila["x"] < california["x"]
    arrows = page.evaluate(
        "Object.keys(window).filter(name => /^geo_json_order_0_[0-9]+$/.test(name))"
        ".map(name => window[name].getBounds()).map(bounds => [bounds.getWest(), bounds.getEast()])"
    )
    assert all(low > 121 and high < 242 for low, high in arrows)
    assert arrows


def test_numbers_of_places_out_of_sight_are_not_shown_as_those_of_another(folder, visit):
    at = [(104.92, 11.56), (103.92, 12.54), (102.97, 13.59), (106.9, 13.7), (105.5, 12.5)]
    file = folder / "near.html"
    told = journey(*({"label": each, "within": ("country:KH",)} for each in at))
    file.write_text(story.build([reported(told)]), encoding="utf-8")
    page = visit(file, "#w0").page
    shown = page.locator(".label:not(.orientation)").filter(visible=True)
    numbers = [each.locator(".number").all_text_contents() for each in shown.all()]
    assert ["1"] in numbers
    places = page.evaluate(
        f"{[[lat, lon] for lon, lat in at]}.map(at => map_story.latLngToContainerPoint(at))"
        ".map(({ x, y }) => x >= 0 && y >= 0 && x <= map_story.getSize().x && y <= "
        "map_story.getSize().y)"
    )
    seen = {str(number) for number, is_seen in enumerate(places, 1) if is_seen}
    assert len(seen) < 5
    assert {number for each in numbers for number in each} <= seen


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)], ids=["phone", "desk"])
def test_an_end_among_stops_of_its_country_is_named_by_itself_and_takes_over_no_number(
    visit, folder, size
):
    """Hamburg was "GERMANY", and so were four stops before it."""
    within = {"within": ("country:DE",), **by(Mode.FOOT)}
    told = (
        {
            "label": (21.82, 54.63),
            "uncertainty_m": 25_000.0,
            "name": {"en": "a farm near Insterburg"},
        },
        {
            "label": (18.65, 54.35),
            "uncertainty_m": 13_000.0,
            "name": {"en": "Danzig"},
            **by(Mode.FOOT),
        },
        {
            "label": (12.2, 53.8),
            "uncertainty_m": 80_000.0,
            "name": {"en": "somewhere in Mecklenburg"},
            **within,
        },
        {
            "label": (12.17, 53.8),
            "uncertainty_m": 50_000.0,
            "name": {"en": "a village near Güstrow"},
            **within,
        },
        {
            "label": (10.69, 53.87),
            "uncertainty_m": 39_000.0,
            "name": {"en": "the zone border, near Lübeck"},
            **within,
        },
        {
            "label": (9.8, 54.2),
            "uncertainty_m": 125_000.0,
            "name": {"en": "a camp in Schleswig-Holstein"},
            **within,
        },
        {"label": (9.99, 53.55), "uncertainty_m": 26_000.0, "name": {"en": "Hamburg"}, **within},
    )
    file = folder / f"ends-{size[0]}.html"
    file.write_text(story.build([reported(journey(*told), Settings(draws=200))]), encoding="utf-8")
    page = visit(file, viewport={"width": size[0], "height": size[1]}).page
    page.wait_for_timeout(300)
    ends = page.locator(".label.is-key").evaluate_all(
        """all => all.map((label) => ({
          seen: label.style.visibility === 'visible',
          said: [...label.querySelectorAll('.number, .name, .brief')].filter((e) => e.offsetWidth > 0)
            .map((e) => e.textContent).join(' '),
        }))"""
    )
    assert ends == [
        {"seen": True, "said": "1 a farm near Insterburg"},
        {"seen": True, "said": "7 Hamburg"},
    ]
