from __future__ import annotations

import pytest

import payloads
from beside import whole
from escape_route.language.html import together

TAGS = (
    "[...document.querySelectorAll('.view .tag-on-scale')].map(e => e.innerText.replace(/\\n/g, ' "
    "'))"
)


def test_words_of_the_verdicts_stand_on_the_bars(visit, page_of):
    tags = visit(page_of()).page.evaluate(TAGS)
    said = ["“about 900 km” unexplained A book", "impossible below 250 km", "fits 350–500 km"]
    assert tags == [*map(together, said)]


def test_the_gap_and_the_dots_are_told_in_words_where_they_are(visit, page_of):
    words = ".view .open-parts"
    assert (
        visit(page_of()).page.locator(words).inner_text()
        == "Between bars: unlikely. Dotted: unexplained."
    )
    held = payloads.claim(stated={"en": "about 400 km"}, value_km=400.0, verdict="consistent")
    seen = visit(page_of(payloads.payload(payloads.journey(claims=[held]))))
    assert seen.page.locator(words).inner_text() == "Between bars: unlikely."


@pytest.mark.parametrize("language", ["en", "ar"])
def test_how_far_apart_the_ends_are_is_a_length_of_its_own_where_the_headline_says_it(
    visit, look, ro, page_of, language
):
    page = look(ro, language=language).page
    said = page.locator(".view .tag-on-scale.apart")
    if language == "en":
        assert said.inner_text() == together("505 km at most, straight from Home to South Korea")
    length, zero, dot = page.evaluate("""() => [
      document.querySelector('.view .apart-length').getBBox().width,
      Number(document.querySelector('.view .axis').getAttribute('x1')),
      Math.max(...[...document.querySelectorAll('.view .claim-dot')].map((e) => Math.abs(Number(e.getAttribute('cx'))
        - Number(document.querySelector('.view .axis').getAttribute('x1')))))]""")
    assert zero >= 0
    assert length / dot == pytest.approx(505 / 12_000, rel=0.02)
    bars, words = page.locator(".view .bar-impossible").first.bounding_box(), said.bounding_box()
    assert words["y"] + words["height"] < bars["y"], "no part of the way"
    assert not visit(page_of()).page.locator(".apart").count()


@pytest.mark.parametrize("language", ["en", "ko", "ar"])
def test_on_a_phone_the_other_reading_has_the_row_of_that_length_and_the_map_keeps_its_room(
    visit, ro, language
):
    page = visit(ro, f"#lang={language}", viewport={"width": 390, "height": 844}).page
    assert not page.locator(".view .tag-on-scale.apart").count()
    reading, scale = (
        page.locator(f".view .{each}").bounding_box() for each in ("tag-on-scale.reading", "scale")
    )
    others = [
        each.bounding_box() for each in page.locator(".view .tag-on-scale:not(.reading)").all()
    ]
    assert all(each["y"] + each["height"] <= reading["y"] + 1 for each in others)
    assert reading["x"] >= scale["x"]
    assert reading["x"] + reading["width"] <= scale["x"] + scale["width"] + 1
    assert (
        page.locator(".map").bounding_box()["y"] + 230
        <= page.locator(".view > .ledger").bounding_box()["y"]
    )


def test_a_number_that_is_longer_than_its_scale_has_its_verdict_below_it(visit, page_of):
    long = payloads.claim(stated={"en": "about 1,900 miles (3,100 km)"}, value_km=3100.0)
    made = page_of(payloads.payload(payloads.journey(claims=[long])))
    page = visit(made, "#embed", viewport={"width": 600, "height": 500}).page
    said, scale = (
        page.locator(f".view .{each}").bounding_box() for each in ("tag-on-scale.stated", "scale")
    )
    assert said["x"] + said["width"] <= scale["x"] + scale["width"] + 1


@pytest.mark.parametrize("size", [(390, 844), (1280, 800), (600, 500), (340, 480)])
def test_each_number_has_its_words_and_its_source_and_the_axis_keeps_off_the_edge(look, ro, size):
    page = look(ro, size, framed=size[1] <= 500).page
    said = page.locator(".view .tag-on-scale.stated").all_inner_texts()
    kinds = ("", "") if size[1] <= 500 else (", newspaper", ", review")
    assert [" ".join(each.split()) for each in said] == [
        f"“12,000 km” unexplained Chosun Ilbo{kinds[0]}",
        f"“nearly 5,000 km” fits Essentially Hollywood{kinds[1]}",
    ]
    right = page.locator(".view .axis-number").evaluate_all(
        "all => Math.max(...all.map(e => e.getBoundingClientRect().right))"
    )
    assert right <= size[0] - 12


def test_a_number_that_fits_another_part_has_both_readings_on_one_axis_at_either_scale(visit, ro):
    page = visit(ro).page
    river = "fits from the border river to South Korea (flight counted)"
    for n, (verdict, other) in enumerate(
        [("unexplained", river), ("fits", "unexplained to Thailand")]
    ):
        page.locator(f".view [data-scope='{n}']").click()
        own = page.locator(".view .tag-on-scale.stated").get_by_text("“12,000 km”").locator("..")
        assert verdict in own.inner_text()
        assert page.locator(".view .tag-on-scale.reading").inner_text() == together(
            f"“12,000 km” {other}"
        )
        dots = page.locator(".view .claim-dot").evaluate_all(
            "all => all.map(e => [e.getAttribute('cx'), e.cy.baseVal.value])"
        )
        at_12_000 = [y for x, y in dots if x == dots[-1][0]]
        assert len(at_12_000) == 2
        assert at_12_000[1] > at_12_000[0] + 40
        assert page.locator(".view .bar-fits").count() == 2
    assert page.locator(".whole-ledger .also").count() == 1


QUOTED = {
    "en": "“12,000 km”",
    "de": "„12.000 km“",
    "fr": "« 12 000 km »",
    "ja": "「12,000km」",
    "ar": "«12,000 كم»",
}


def test_a_number_is_quoted_with_the_marks_of_the_language(look, ro):
    bare = str.maketrans("\u202f\u00a0", "  ", "\u2068\u2069\u200e\u200f")
    for language, quoted in QUOTED.items():
        seen = look(ro, language=language)
        for part in (".verdicts li", ".view .tag-on-scale.stated"):
            said = seen.page.locator(part).first.text_content().strip().translate(bare)
            assert said.startswith(quoted), said


def test_the_axis_is_the_same_for_every_part(visit, ro):
    seen = visit(ro)
    numbers = (
        "[...document.querySelectorAll('.view .axis-number')].map(e => [e.textContent, "
        "e.getAttribute('x')]).join()"
    )
    found = set()
    for scope in seen.page.locator(".view [data-scope]").all():
        scope.click()
        found.add(seen.page.evaluate(numbers))
    assert len(found) == 1


#: What each verdict is compared with, as a claim that was weighed has it.
WHY = {"en": "350–500 km fit, firm by what was told"}


def test_of_many_numbers_some_stand_in_words_all_as_dots_and_the_others_in_a_fold(visit, page_of):
    many = [
        payloads.claim(
            id=f"c{n}", value_km=100.0 * n, stated={"en": f"{100 * n} km"}, verdict=verdict, why=WHY
        )
        for n in range(1, 25)
        for verdict in [
            "impossible_short" if n < 3 else "consistent" if n < 6 else "above_plausible"
        ]
    ]
    page = visit(
        page_of(payloads.payload(payloads.journey(claims=many))),
        viewport={"width": 390, "height": 844},
    ).page
    assert page.locator(".view .claim-dot").count() == 24
    words = page.locator(".view .tag-on-scale.stated").all_inner_texts()
    assert {word.split()[2] for word in words} == {"impossible", "fits", "unexplained"}
    page.locator(".view .others summary").click()
    folded = page.locator(".view .others li").all_inner_texts()
    assert page.locator(".view .others summary").inner_text() == together(f"{len(folded)} more")
    assert sorted([*words, *folded], key=lambda each: int(each[1:].split()[0])) == [
        next(each for each in (*words, *folded) if each.startswith(together(f"“{100 * n} km”")))
        for n in range(1, 25)
    ]
    assert page.locator(".view > .ledger").bounding_box()["height"] < 844 / 3


def test_a_claim_stands_where_its_number_is(visit, page_of):
    seen = visit(page_of())
    bar, dot = seen.page.evaluate(
        """() => {
          const bar = document.querySelector('.view .bar-impossible').getBoundingClientRect();
          const dot = document.querySelector('.view .claim-dot').getBoundingClientRect();
          return [bar.width, (dot.left + dot.right) / 2 - bar.left];
        }"""
    )
    assert dot / bar == pytest.approx(900 / 250, rel=0.01)


def test_a_least_distance_is_one_that_can_be_felt(look, ro):
    assert look(ro).page.locator(".view .felt").inner_text() == together(
        "3,390 km is about as far as from Moscow to Kabul."
    )


ROADS = {
    "length_km": 420.0,
    "tick": {"en": "today's roads, 420 km"},
    "said": {"en": "By today's roads: 420 km."},
}


def test_todays_roads_are_a_quiet_tick_where_they_are_known(visit, page_of):
    seen = visit(page_of(with_scope(network=ROADS)))
    assert seen.page.locator(".view .roads-tick").count() == 1
    assert together("today's roads, 420 km") in seen.page.evaluate(TAGS)
    assert visit(page_of()).page.locator(".view .roads-tick").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_stand_out_from_the_paper(visit, page_of, scheme):
    ratio = """([a, b]) => {
      const light = (css) => {
        const [r, g, b] = css.match(/[\\d.]+/g).map((v) => v / 255)
          .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
      return (x + 0.05) / (y + 0.05);
    }"""
    page = visit(page_of(), color_scheme=scheme).page
    paper = page.evaluate(
        "getComputedStyle(document.querySelector('.view > .ledger')).backgroundColor"
    )
    for bar in (".bar-impossible", ".bar-fits"):
        fill = page.locator(f".view {bar}").evaluate("e => getComputedStyle(e).fill")
        assert page.evaluate(ratio, [fill, paper]) >= 3, bar


def with_scope(**more):
    return payloads.payload(payloads.journey(scopes=[payloads.scope(**more)]))


def test_a_chain_with_holes_is_not_shown_and_the_slider_multiplies_the_shortest(visit, page_of):
    seen = visit(page_of(with_scope(chain_km=None, chain_from=None)), "#w3")
    seen.page.locator("#winding-slider").fill("2")
    assert (
        together("2.00 times the shortest journey makes 510 km")
        in seen.page.locator(".slider-output").inner_text()
    )
    assert (
        together("is met at 3.53 times the shortest journey")
        in seen.page.locator(".met").inner_text()
    )


@pytest.mark.parametrize("width", whole([1280, 1440, 1000], 1000))
def test_words_of_the_ledger_never_touch(visit, ro, width):
    seen = visit(ro, "#ro-7", viewport={"width": width, "height": 800})
    touching = """() => {
      const boxes = [...document.querySelectorAll('.view .tag-on-scale')].map(e => e.getBoundingClientRect());
      return boxes.filter((a, i) => boxes.some((b, j) => i < j && a.left < b.right && b.left < a.right
        && a.top < b.bottom - 1 && b.top < a.bottom - 1)).length;
    }"""
    for scope in seen.page.locator(".view [data-scope]").all():
        scope.evaluate(
            "button => button.click()"
        )  # where there is no room for them, a list does the same
        assert seen.page.evaluate(touching) == 0


def test_the_ledger_follows_the_story_to_the_next_scope(visit, ro):
    seen = visit(ro, "#ro-8")
    assert (
        "South Korea" in seen.page.locator(".view [data-scope][aria-pressed='true']").inner_text()
    )


def test_the_shortest_journey_is_there_only_while_it_is_looked_at(visit, page_of):
    seen = visit(page_of())
    line = "map_story.hasLayer(poly_line_shortest_0_0)"
    assert not seen.page.evaluate(line)
    seen.page.locator("[data-bound]").click()
    assert seen.page.evaluate(line)
    seen.page.wait_for_timeout(50)
    assert "computed, nobody’s route" in seen.page.locator(".labels").inner_text()
    seen.page.keyboard.press("ArrowRight")
    assert not seen.page.evaluate(line)


def test_the_slider_says_where_each_claim_is_met(visit, page_of):
    seen = visit(page_of())
    seen.page.locator("#winding-slider").fill("2.5")
    assert (
        together("2.50 times straight makes 750 km")
        in seen.page.locator(".slider-output").inner_text()
    )
    met = seen.page.locator(".met")
    assert (
        together("is met at 3.00 times the straight legs, 3.53 times the shortest journey")
        in met.inner_text()
    )
    assert "is-met" not in met.get_attribute("class")
    seen.page.locator("#winding-slider").fill("3.05")
    assert "is-met" in met.get_attribute("class")


def test_the_slider_has_step_buttons_beside_the_drag(visit, page_of):
    seen = visit(page_of())
    seen.page.get_by_role("button", name="More winding").click()
    assert seen.page.locator("#winding-slider").input_value() == "1.05"
    assert seen.page.locator(".view .wound-mark").count() == 1


def test_priors_of_the_modes_stand_on_the_sliders_scale(visit, page_of):
    seen = visit(page_of())
    assert seen.page.locator(".prior-numbers").all_inner_texts() == [together("1.30 (1.10–1.80)")]
    assert seen.page.locator(".prior-middle").evaluate("e => e.style.insetInlineStart") == "10%"


def test_the_sliders_numbers_are_the_reports(look, ro):
    seen = look(ro)
    data = seen.page.evaluate(
        "JSON.parse(document.querySelector('#payload').textContent).journeys[0]"
    )
    chain = data["scopes"][0]["chain_km"]
    stated = next(claim["value_km"] for claim in data["claims"] if claim["id"] == "c-chosun")
    assert (
        together(f"{stated / chain:.2f} times the straight legs")
        in seen.page.locator(".mets").inner_text()
    )


def test_a_journey_without_distances_says_so(look, son):
    seen = look(son)
    assert "too vague to measure" in seen.page.locator(".finding").inner_text()
    assert not seen.page.locator(".view .ledger").is_visible()
    assert not seen.page.locator("[data-tool='winding']").is_visible()


def test_a_claim_below_the_least_possible_is_shown_below_it(visit, page_of):
    short = payloads.claim(
        stated={"en": "about 200 km"}, value_km=200.0, verdict="impossible_short"
    )
    seen = visit(page_of(payloads.payload(payloads.journey(claims=[short]))))
    assert together("“about 200 km”") in seen.page.evaluate(TAGS)[0]
    assert seen.page.locator(".view .bar-gap").count() == 0


def test_how_it_is_known_is_told_where_somebody_asks(visit, ro):
    seen = visit(ro)
    told = seen.page.locator(".view .ledger-how > div")
    assert not told.is_visible()
    seen.page.locator(".view .ledger-how summary").click()
    assert together("95 of 100") in told.inner_text()
    assert "detours" in told.inner_text()
    seen.page.locator(".view .ledger-how summary").press("Escape")
    assert not told.is_visible()


SIZES = [(1280, 800), (960, 700), (390, 844), (844, 390), (768, 1024), (1920, 1080)]
PAST_THE_FRAME = """() => [...document.querySelectorAll('.view .ledger *, .credit')].filter((each) => {
  const box = each.getBoundingClientRect();
  return box.width && each.getClientRects().length && (box.left < -1 || box.right > innerWidth + 1
    || each.scrollWidth > each.clientWidth + 2 && each.tagName === 'BUTTON');
}).map((each) => each.outerHTML.slice(0, 80))"""
APART = """() => {
  const [a, b] = ['.credit', '.steps'].map((each) => document.querySelector(each).getBoundingClientRect());
  return !b.width || a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
}"""


@pytest.mark.parametrize("size", whole(SIZES, (1280, 800), (390, 844)))
def test_nothing_of_the_first_screen_is_cut_or_lies_under_something(look, ro, size):
    first = ("en", "ko")[SIZES.index(size) % 2]
    for language in sorted(["en", "ko"], key=lambda each: each != first):
        seen = look(ro, size, language)
        assert seen.page.evaluate(PAST_THE_FRAME) == [], language
        assert seen.page.evaluate(APART), language
        tops = seen.page.locator(".card").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect().top)"
        )
        assert min(tops) >= size[1] or size[0] >= 960, language


def test_where_the_parts_have_no_room_they_are_chosen_from_a_list(visit, ro):
    seen = visit(ro, viewport={"width": 390, "height": 844})
    seen.page.locator(".view .scope-choice").select_option(index=1)
    assert (
        "South Korea" in seen.page.locator(".view [data-scope][aria-pressed='true']").inner_text()
    )


def test_it_opens_on_the_part_that_the_first_verdict_is_of_on_an_axis_of_its_own(visit, page_of):
    small = payloads.scope(
        id="t", to="w2", lower_bound_km=3, chain_km=40, claims=[], plausible_km=None
    )
    page = visit(
        page_of(payloads.payload(payloads.journey(scopes=[small, payloads.scope()], leading=1)))
    ).page
    last = page.locator(".view .axis-number").last
    assert page.locator(".view .scope-choice").input_value() == "to the end"
    assert page.locator(".view [data-scope='1']").get_attribute("aria-pressed") == "true"
    assert last.text_content() == "900"
    assert "axis of its own" in page.locator(".view .open-parts").text_content()
    page.evaluate("document.querySelector(\".view [data-scope='0']\").click()")
    assert last.text_content() == "40"


@pytest.mark.parametrize(("count", "is_there"), [(12, True), (14, True), (20, True), (21, False)])
def test_a_desk_page_lists_the_places_in_two_columns_where_they_have_room(
    visit, page_of, count, is_there
):
    places = [
        payloads.waypoint(n, f"A place with quite a long name, number {n}") for n in range(count)
    ]
    legs = [payloads.leg(n, [[101, 16], [102, 17]]) for n in range(count - 1)]
    told = payloads.payload(payloads.journey(waypoints=places, legs=legs, claims=[], scopes=[]))
    page = visit(page_of(told), viewport={"width": 1280, "height": 900}).page
    assert page.locator(".stops").is_visible() is is_there
    bottoms = page.evaluate(
        "[...document.querySelectorAll('.stops li')].map(e => e.getBoundingClientRect().bottom)"
    )
    assert max(bottoms) <= 900
