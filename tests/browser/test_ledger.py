from __future__ import annotations

import pytest

import payloads

TAGS = "[...document.querySelectorAll('.view .tag-on-scale')].map(e => e.innerText.replace(/\\n/g, ' '))"


def test_the_ledger_names_the_bound_the_chain_the_interval_and_each_claim(visit, page_of):
    tags = visit(page_of()).page.evaluate(TAGS)
    assert tags == [
        "“about 900 km” A book",
        "250 km at the least",
        "300 km in straight lines",
        "plausible 350–500 km",
        "about 400 km that nobody has told of",
    ]


def with_scope(**more):
    return payloads.payload(payloads.journey(scopes=[payloads.scope(**more)]))


def test_page_and_table_say_one_number_for_what_nobody_has_told(visit, page_of):
    claim = payloads.claim(unexplained_km=360.0)
    seen = visit(page_of(payloads.payload(payloads.journey(claims=[claim]))))
    assert seen.page.evaluate(TAGS)[-1] == "about 360 km that nobody has told of"


def test_a_chain_that_begins_late_says_where(visit, page_of):
    tags = visit(page_of(with_scope(chain_from=2))).page.evaluate(TAGS)
    assert "300 km in straight lines, from 2 on" in tags


def test_a_chain_with_holes_is_not_shown_and_the_slider_multiplies_the_shortest(visit, page_of):
    seen = visit(page_of(with_scope(chain_km=None, chain_from=None)), "#w3")
    assert seen.page.locator(".view .leader.chain, .view .tag-on-scale.travelled, .view path.travelled").count() == 0
    seen.page.locator("#winding-slider").fill("2")
    assert "2.00 times the shortest journey makes 510 km" in seen.page.locator(".slider-output").inner_text()
    assert "is met at 3.53 times the shortest journey" in seen.page.locator(".met").inner_text()


@pytest.mark.parametrize("width", [390, 1280])
def test_each_mark_of_the_scale_has_its_words_at_its_line(visit, ro, width):
    seen = visit(ro, viewport={"width": width, "height": 800})
    off = """() => ['bound', 'chain'].map((kind) => {
      const [host] = [...document.querySelectorAll('[data-ledger]')].filter(e => e.offsetWidth);
      const line = host.querySelector(`.leader.${kind}`).getBoundingClientRect().left;
      const box = host.querySelector(`.tag-on-scale.${kind}`).getBoundingClientRect();
      return Math.min(Math.abs(box.left - line), Math.abs(box.right - line));
    })"""
    assert max(seen.page.evaluate(off)) < 10


@pytest.mark.parametrize("width", [1280, 1440, 1000])
def test_words_of_the_ledger_never_touch(visit, ro, width):
    seen = visit(ro, "#ro-7", viewport={"width": width, "height": 800})
    touching = """() => {
      const boxes = [...document.querySelectorAll('.view .tag-on-scale')].map(e => e.getBoundingClientRect());
      return boxes.filter((a, i) => boxes.some((b, j) => i < j && a.left < b.right && b.left < a.right
        && a.top < b.bottom - 1 && b.top < a.bottom - 1)).length;
    }"""
    for scope in seen.page.locator(".view [data-scope]").all():
        scope.click()
        assert seen.page.evaluate(touching) == 0


def test_a_claim_stands_where_its_number_is(visit, page_of):
    seen = visit(page_of())
    at = seen.page.evaluate(
        """() => {
          const of = (s, name) => document.querySelector(s).getAttribute(name);
          const x = (s) => Number(of(s, 'cx') ?? of(s, 'x1'));
          return [x('.view .claim-dot'), x('.view .leader.chain'), x('.view .leader.bound')];
        }""",
    )
    claim, chain, bound = at
    assert (claim - bound) / (chain - bound) == pytest.approx((900 - 250) / (300 - 250), rel=0.01)


def test_the_travelled_part_grows_with_the_story(visit, page_of):
    seen = visit(page_of(), "#w3")
    assert seen.page.locator(".view .tag-on-scale.travelled").inner_text() == "so far 300 km, straight"
    seen.page.keyboard.press("ArrowLeft")
    assert seen.page.locator(".view .tag-on-scale.travelled").inner_text() == "so far 150 km, straight"


def test_the_ledger_follows_the_story_to_the_next_scope(visit, ro):
    seen = visit(ro, "#ro-8")
    assert "South Korea" in seen.page.locator(".view [data-scope][aria-pressed='true']").inner_text()


def test_the_shortest_journey_is_there_only_while_it_is_looked_at(visit, page_of):
    seen = visit(page_of())
    line = seen.page.locator("path.shortest")
    assert line.count() == 0
    seen.page.locator(".view .show-bound").click()
    assert line.count() == 1
    assert "computed, nobody's route" in seen.page.locator(".labels").inner_text()
    seen.page.keyboard.press("ArrowRight")
    assert line.count() == 0


def test_the_slider_says_where_each_claim_is_met(visit, page_of):
    seen = visit(page_of())
    seen.page.locator("#winding-slider").fill("2.5")
    assert "2.50 times straight makes 750 km" in seen.page.locator(".slider-output").inner_text()
    met = seen.page.locator(".met")
    assert "is met at 3.00 times the straight legs, 3.53 times the shortest journey" in met.inner_text()
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
    assert seen.page.locator(".prior-numbers").all_inner_texts() == ["1.30 (1.10–1.80)"]
    assert seen.page.locator(".prior-middle").evaluate("e => e.style.left") == "10%"


def test_the_sliders_numbers_are_the_reports(visit, ro):
    seen = visit(ro)
    data = seen.page.evaluate("JSON.parse(document.querySelector('#payload').textContent).journeys[0]")
    chain = data["scopes"][0]["chain_km"]
    stated = next(claim["value_km"] for claim in data["claims"] if claim["id"] == "c-chosun")
    assert f"{stated / chain:.2f} times the straight legs" in seen.page.locator(".mets").inner_text()


def test_a_journey_without_distances_says_so(visit, son):
    seen = visit(son)
    assert "too vague to measure" in seen.page.locator(".finding").inner_text()
    assert not seen.page.locator(".view .ledger").is_visible()
    assert not seen.page.locator("[data-tool='winding']").is_visible()


def test_a_claim_below_the_least_possible_is_shown_below_it(visit, page_of):
    short = payloads.claim(stated={"en": "about 200 km"}, value_km=200.0, verdict="impossible_short")
    seen = visit(page_of(payloads.payload(payloads.journey(claims=[short]))))
    assert "“about 200 km”" in seen.page.evaluate(TAGS)[0]
    assert seen.page.locator(".view .bar-gap").count() == 0
