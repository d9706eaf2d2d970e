"""The page that introduces the journeys."""

from __future__ import annotations

import re
from dataclasses import replace

from escape_route.model.published import Mark
from escape_route.publish.page.page import build_contents, render_contents
from escape_route.publish.page.payload import payload
from making import checked

HOSTILE = '</script><img src=x onerror="alert(7)">{{7*7}}'


def page() -> str:
    return render_contents(payload([checked(name) for name in ("ro-family", "lee-son")]))


def test_each_journey_is_introduced_with_its_finding_in_every_language_and_linked() -> None:
    further = [f"#lang={language}" for language in ("ko", "ar", "de", "es", "fr", "ja")]
    assert re.findall(r'href="([^"]+)"', page()) == [
        f"{name}.html{language}" for name in ("ro-family", "lee-son") for language in ("", *further)
    ]
    assert page().count('class="finding"') == 14


def test_without_a_script_it_stands_in_the_languages_that_every_journey_is_told_in() -> None:
    sections = re.findall(
        r'<section class="words" data-in="(\w+)" lang="\1" dir="(\w+)"( hidden)?>', page()
    )
    assert sections[:3] == [("en", "ltr", ""), ("ko", "ltr", ""), ("ar", "rtl", " hidden")]
    assert [language for language, _, hidden in sections if not hidden] == ["en", "ko"] * 2


def test_what_a_journey_says_itself_is_marked_with_its_own_language_and_direction() -> None:
    assert page().count('<h2 lang="en" dir="ltr">') == 2 * 5


def test_a_finding_says_what_it_depends_on() -> None:
    assert "is unexplained if the way ran straight through each country" in page()


def test_the_sentence_of_care_comes_before_the_summary() -> None:
    assert page().index('class="care"') < page().index("aged 17, crossed the Yalu")


def test_it_says_where_places_are_shown_as_they_are_held() -> None:
    mark = "This page shows places as they are held, not generalised. Do not pass it on."
    assert (
        render_contents(payload([replace(checked("lee-son"), mark=Mark.AS_HELD)])).count(mark) == 1
    )
    assert mark not in page()


def test_it_runs_one_script_of_ours_and_asks_for_nothing() -> None:
    assert page().count("<script") == 1
    assert page().count("script-src &#39;sha256-") == 1
    assert "default-src &#39;none&#39;" in page()


def test_hostile_words_are_text() -> None:
    told = payload([checked("lee-son")])
    told = replace(told, journeys=(replace(told.journeys[0], title={"en": HOSTILE}),))
    assert "<img" not in render_contents(told)
    assert "{{7*7}}" in render_contents(told)


def test_each_journey_has_a_picture_that_leads_to_its_page_and_has_no_word_in_it() -> None:
    whole = build_contents([checked(name) for name in ("ro-family", "lee-so-yeon", "lee-son")])
    pictures = re.findall(
        r'<a class="to-page" href="([^"]+)".*?(<svg class="picture".*?</svg>)</a>', whole, re.DOTALL
    )
    assert [link for link, _ in pictures] == ["ro-family.html", "lee-so-yeon.html", "lee-son.html"]
    for _, drawn in pictures:
        assert re.sub(r"<[^>]*>", "", drawn) == ""
        assert 'class="place is-line"' in drawn
    assert len(whole.encode()) < 300_000
