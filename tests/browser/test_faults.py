"""Faults that a graphics desk and fresh eyes found, and that no other test of the page would see come back."""

from __future__ import annotations

import io

import pytest
from PIL import Image

import payloads
from beside import whole

PHONE = {"viewport": {"width": 390, "height": 844}}
TOUCHING = """selector => {
  const boxes = [...document.querySelectorAll(selector)]
    .filter(e => getComputedStyle(e).visibility === 'visible' && e.offsetWidth && e.textContent)
    .map(e => e.getBoundingClientRect());
  return boxes.filter((a, i) => boxes.some((b, j) => i < j && a.left < b.right && b.left < a.right
    && a.top < b.bottom - 1 && b.top < a.bottom - 1)).length;
}"""
SETTING = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
LARGER = "html { font-size: 200% !important; }"
WIDER = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""


@pytest.mark.parametrize("css", [LARGER, WIDER], ids=["at 200 %", "spaced"])
@pytest.mark.parametrize("width", whole([390, 1280], 390))
def test_larger_and_wider_text_finds_new_places(visit, ro, css, width):
    page = visit(ro, viewport={"width": width, "height": 844}).page
    page.evaluate(SETTING, css)
    page.wait_for_timeout(600)
    assert (
        page.evaluate(
            TOUCHING, ".view .tag-on-scale, .ledger-head > *, .view .ledger-how > summary"
        )
        == 0
    )
    assert page.evaluate(TOUCHING, ".label") == 0
    map_ends = page.locator(".map").bounding_box()
    steps = page.locator(".steps").bounding_box()
    assert steps is None or steps["width"] <= map_ends["width"]


def test_nothing_on_the_map_of_the_whole_way_is_red(look, ro):
    """Red is for what is closed or does not fit, and not for countries where people were."""
    shown = Image.open(io.BytesIO(look(ro).page.locator(".map").screenshot())).convert("RGB")
    red = [
        pixel
        for count, pixel in shown.getcolors(shown.width * shown.height)
        if pixel[0] > max(pixel[1:]) + 60
    ]
    assert red == []


@pytest.mark.parametrize(
    ("texel_px", "painted"), [(1.0, True), (2.0, True), (2.5, False), (4.0, False)]
)
def test_the_relief_is_not_painted_where_its_picture_is_coarser_than_the_screen(
    visit, ro, texel_px, painted
):
    page = visit(ro).page
    drawn = """texel => {
      const overlay = window.image_overlay_relief;
      const bounds = overlay.getBounds();
      const from = map_story.latLngToLayerPoint(bounds.getNorthWest());
      const size = map_story.latLngToLayerPoint(bounds.getSouthEast()).subtract(from).x;
      const zoom = map_story.getZoom() + Math.log2(texel * overlay._image.naturalWidth / size);
      const calls = [];
      const { drawImage } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.drawImage = function (image, ...rest) {
        if (image === overlay._image) calls.push(1);
        return drawImage.call(this, image, ...rest);
      };
      Object.assign(map_story.options, { maxZoom: 20, minZoom: 0, zoomSnap: 0 });
      map_story.setZoom(zoom, { animate: false });
      return new Promise((done) => setTimeout(() => done(calls.length > 0), 400));
    }"""
    assert page.evaluate(drawn, texel_px) is painted


def test_a_text_that_turns_the_direction_does_not_turn_the_programs_words(visit, page_of):
    names = ("\u202eeman", "\u2067end", "\u202btsal")
    turned = payloads.journey(
        waypoints=[payloads.waypoint(n, name) for n, name in enumerate(names, 1)]
    )
    page = visit(page_of(payloads.payload(turned))).page
    loose = """() => [...document.querySelectorAll('[data-text], .narration p > bdi')]
      .filter(e => !getComputedStyle(e).unicodeBidi.includes('isolate')).map(e => e.outerHTML.slice(0, 80))"""
    assert page.evaluate(loose) == []
    order = """() => {
      const heading = document.querySelector('.chapter h2');
      return [heading.querySelector('.number'), heading.querySelector('bdi'), heading.querySelector('a')]
        .map(e => e.getBoundingClientRect().left);
    }"""
    left = page.evaluate(order)
    assert left == sorted(left)


def test_the_country_across_the_river_is_named_on_the_sons_page(look, son):
    page = look(son).page
    page.wait_for_timeout(200)
    country = page.locator(".label.is-country, .label.orientation").get_by_text(
        "North Korea", exact=True
    )
    assert country.evaluate("e => getComputedStyle(e.closest('.label')).visibility") == "visible"


def test_a_country_of_which_a_part_is_seen_is_named_amid_it(visit, joint):
    page = visit(joint, "#lee-so-yeon&lang=en").page
    page.wait_for_timeout(400)
    country = page.locator(".label.orientation").get_by_text("China", exact=True)
    assert country.evaluate("e => getComputedStyle(e.closest('.label')).visibility") == "visible"


def test_the_places_are_listed_beside_a_wide_map_where_there_is_room(visit, ro):
    page = visit(ro, viewport={"width": 1440, "height": 1000}).page
    links = page.locator(".stops a")
    assert links.count() == 9
    assert links.last.bounding_box()["y"] < 960
    links.nth(5).click()
    page.wait_for_timeout(300)
    assert page.evaluate("location.hash") == "#ro-5"
    for size in ((1280, 720), (390, 844)):
        small = visit(ro, viewport={"width": size[0], "height": size[1]}).page
        assert not small.locator(".stops").is_visible()


def test_a_frame_says_who_they_are(visit, ro):
    page = visit(ro, "#embed&lang=en", viewport={"width": 600, "height": 500}).page
    who = page.locator(".lead-in")
    assert "documentary Beyond Utopia a couple, two daughters" in who.inner_text()
    link, ledger = (
        page.locator(each).bounding_box() for each in (".whole-story", ".view > .ledger")
    )
    assert link["y"] + link["height"] <= ledger["y"] + 1
    small = visit(ro, "#embed&lang=ar", viewport={"width": 340, "height": 480}).page
    assert "أشخاص" in small.locator(".kicker").inner_text()


def test_enlarged_four_times_the_words_on_the_arrows_lie_on_no_text(look, ro):
    assert not look(ro, (320, 256)).page.locator(".order-note").is_visible()


def test_no_country_is_named_twice(visit, ro):
    page = visit(ro, "#ro-1&lang=en", **PHONE).page
    page.wait_for_timeout(900)
    said = page.evaluate(
        """() => [...document.querySelectorAll('.label .name, .label .brief')]
          .filter(e => getComputedStyle(e).visibility === 'visible' && e.offsetWidth).map(e => e.textContent)"""
    )
    assert said.count("North Korea") == 1


def test_on_a_phone_no_card_lies_over_the_ledger(visit, ro):
    page = visit(ro, "#ro-6", **PHONE).page
    page.wait_for_timeout(1200)
    assert not page.locator(".view > .ledger").is_visible()
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(600)
    assert page.locator(".view > .ledger").is_visible()


@pytest.mark.parametrize("size", [(800, 500), (600, 500), (340, 480)])
def test_in_a_frame_the_list_of_languages_covers_no_word(look, ro, size):
    page = look(ro, size, framed=True).page
    over = """() => {
      const list = document.querySelector('.languages').getBoundingClientRect();
      const range = document.createRange();
      return [...document.querySelectorAll('h1, .kicker, .verdicts')].filter((e) => {
        range.selectNodeContents(e);
        return [...range.getClientRects()].some(a => a.left < list.right && list.left < a.right
          && a.top < list.bottom - 1 && list.top < a.bottom);
      }).length;
    }"""
    assert page.evaluate(over) == 0


def test_the_axis_of_the_ledger_has_numbers(look, ro):
    page = look(ro).page
    numbers = page.locator(".view .axis-number").evaluate_all("all => all.map(e => e.textContent)")
    assert numbers[0] == "0"
    assert len(numbers) >= 4
    assert page.evaluate(TOUCHING, ".view .axis-number") == 0


@pytest.mark.parametrize(
    "size", whole([(390, 844), (320, 640), (844, 390), (600, 500)], (320, 640))
)
@pytest.mark.parametrize("address", ["#lang=en", "#lang=ar", "#embed"])
def test_nothing_lies_on_the_opened_legend(visit, ro, size, address):
    page = visit(ro, address, viewport={"width": size[0], "height": size[1]}).page
    page.locator(".legend summary").click()
    parts = ".legend summary, .legend button, .steps button"
    covered = """(parts) => [...document.querySelectorAll(parts)].filter((part) => {
      const box = part.getBoundingClientRect();
      const there = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      const legend = document.querySelector('.legend').getBoundingClientRect();
      const ledger = document.querySelector('.view > .ledger').getBoundingClientRect();
      const below = ledger.left < legend.right && ledger.right > legend.left ? ledger.top : Infinity;
      const most = Math.min(innerHeight, legend.bottom, below);
      return part.checkVisibility() && box.bottom < most && there && !part.contains(there);
    }).map((part) => part.outerHTML.slice(0, 80))"""
    assert page.evaluate(covered, parts) == []


def test_who_made_the_relief_is_credited_where_it_is_seen(visit, ro):
    page = visit(ro).page
    page.wait_for_function("() => !document.querySelector('.map').matches('.is-flat')")
    assert "T. Patterson" in page.locator(".credit").inner_text()
    page.evaluate("void map_story.setView([41, 127], 9, {animate: false})")
    page.wait_for_function("() => document.querySelector('.map').matches('.is-flat')")
    assert page.locator(".credit").inner_text() == "Map: Natural Earth · Leaflet"


def test_the_length_of_the_scale_runs_into_no_tick(look, ro):
    lines = """() => [...document.querySelectorAll('.leaflet-control-scale-line')].map((line) =>
      getComputedStyle(line).borderInlineEndWidth)"""
    assert set(look(ro).page.evaluate(lines)) == {"0px"}


def test_a_journey_of_two_places_tells_beside_the_map_what_was_told_of_each(look, son):
    page = look(son).page
    said = page.locator(".stops .said").all_inner_texts()
    assert len(said) == 2
    assert "caught in China" in said[1]
    room = page.locator(".stops-room").bounding_box()
    assert all(
        box["y"] + box["height"] <= room["y"] + room["height"]
        for box in [page.locator(".stops").bounding_box()]
    )


def test_a_disc_that_inlets_cut_fades_from_its_round_and_not_from_their_shores(visit, ro):
    # from the right nearly through
    inlet = "[[0, 0], [100, 0], [100, 45], [10, 50], [100, 55], [100, 100], [0, 100]]"
    found = visit(ro).page.evaluate(
        f"""() => {{
      const layer = {{ _parts: [{inlet}.map(([x, y]) => ({{ x, y }}))] }};
      const ctx = document.createElement('canvas').getContext('2d');
      ctx.lineWidth = 10;
      return [[50, 50], [99, 50], [50, 97], [-9, 50]].map(([x, y]) =>
        [ctx.isPointInPath(roundOf(layer), x, y), ctx.isPointInStroke(roundOf(layer), x, y)]);
    }}"""
    )
    assert found == [[True, False], [True, True], [True, True], [False, False]]
