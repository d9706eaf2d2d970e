"""What a report says in words, in every language that it speaks."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from escape_route.distance import report
from escape_route.distance.settings import Settings
from escape_route.distance.verdicts import Verdict
from escape_route.language import sentences
from escape_route.language.sentences import Speaker, rounded
from escape_route.language.words import catalogues, languages
from escape_route.model.journey import Scope
from escape_route.model.modes import Mode
from escape_route.model.units import Quantity
from escape_route.model.vocabulary import Counts, Flight, Wording
from making import by, checked, claim, journey, traced

BANGKOK, VIENTIANE = {"label": (100.5, 13.75)}, {"label": (102.6, 17.97), **by(Mode.ROAD)}
VALUES = {
    Verdict.IMPOSSIBLE_SHORT: 400,
    Verdict.BELOW_PLAUSIBLE: 521,
    Verdict.CONSISTENT: 700,
    Verdict.ABOVE_PLAUSIBLE: 5_000,
}
every_language = pytest.mark.parametrize("language", languages())


def judged(value: float, *legs: dict, **stated: object) -> report.Report:
    told = legs or (BANGKOK, VIENTIANE)
    return report.gather(journey(*told, claims=(claim(value, **stated),)), Settings(draws=2_000))


def said(found: report.Report, language: str = "en") -> str:
    return Speaker(language).claim(found, found.claims[0])


@every_language
@pytest.mark.parametrize("name", ["ro-family", "lee-so-yeon", "lee-son"])
def test_nothing_is_left_unfilled_of_what_is_said_of_the_shipped_journeys(name: str, language: str) -> None:
    found, speaker = checked(name), Speaker(language)
    texts = [speaker.finding(found), *(speaker.claim(found, item) for item in found.claims)]
    assert all(texts)
    assert not any(re.search(r"[{}]|None|nan", text) for text in texts)


@every_language
@pytest.mark.parametrize("verdict", VALUES)
def test_each_verdict_has_its_sentence(verdict: Verdict, language: str) -> None:
    found = judged(VALUES[verdict])
    assert found.claims[0].judgements[0].verdict is verdict
    assert said(found, language).startswith(Speaker(language).finding(found))
    assert not re.search(r"[{}]", said(found, language))


@every_language
def test_what_cannot_be_weighed_is_said_with_its_reason(language: str) -> None:
    speaker = Speaker(language)
    assert speaker.word("reason.fewer_than_two_places") in said(judged(700, BANGKOK, {}), language)
    assert speaker.word("reason.untold") in said(judged(700, BANGKOK, {**VIENTIANE, "leg_told": False}), language)
    for counts in (Counts.SUM, Counts.AVERAGE, Counts.NETWORK):
        assert speaker.word(f"reason.{counts}") in said(judged(700, counts=counts), language)


def test_the_finding_on_the_ro_family_needs_no_statistics() -> None:
    found = Speaker().finding(checked("ro-family"))
    assert found.startswith(
        "12,000 km to Thailand is above what is plausible: a way through the places that were told takes 3,3"
    )
    assert found.endswith(" km or more are left unexplained.")
    assert found.count(".") == 1
    assert not re.search("percent|%|interval|median|prior", found)


def test_a_journey_without_a_distance_says_so() -> None:
    assert Speaker().finding(checked("lee-son")) == (
        "No distance was stated for this journey, and its places are too vague to measure."
    )


def test_a_measured_journey_without_a_claim_says_what_its_ways_come_to() -> None:
    found = report.gather(journey(BANGKOK, VIENTIANE), Settings(draws=500))
    assert re.fullmatch(
        r"No distance was stated for this journey; ways through its places come to \d+ to [\d,]+ km\.",
        Speaker().finding(found),
    )


def test_too_short_is_never_called_false() -> None:
    sentences = (text for words in catalogues().values() for key, text in words.items() if not key.startswith("page."))
    said = " ".join(map(str, sentences))
    assert not re.search(r"\bfalse\b|\blie[sd]?\b|거짓", said)


@pytest.mark.parametrize(
    ("wording", "english", "korean"),
    [
        (Wording.EXACT, "4,000 km", "4,000km"),
        (Wording.ABOUT, "about 4,000 km", "약 4,000km"),
        (Wording.NEARLY, "nearly 4,000 km", "거의 4,000km"),
        (Wording.OVER, "over 4,000 km", "4,000km 넘게"),
    ],
)
def test_a_claim_is_said_in_its_own_words(wording: Wording, english: str, korean: str) -> None:
    stated = claim(4_000, wording=wording)
    assert (Speaker().stated(stated), Speaker("ko").stated(stated)) == (english, korean)


@pytest.mark.parametrize(
    ("value", "stated", "text"),
    [
        (2_500, {"unit": "mi"}, "2,500 miles (4,000 km)"),
        (620, {"unit": "mi", "wording": Wording.ABOUT}, "about 620 miles (1,000 km)"),
        (1_000, {"unit": "mi", "wording": Wording.ABOUT}, "about 1,000 miles (1,610 km)"),
        (1_234.5, {"unit": "mi", "wording": Wording.AT_LEAST}, "at least 1,234.5 miles (1,986.7 km)"),
        (800, {"unit": "mi", "value_to": 1_000}, "800 to 1,000 miles (1,290 to 1,610 km)"),
        (12.5, {"unit": "nmi"}, "12.5 nautical miles (23.2 km)"),
        (4_020, {"unit": "verst"}, "4,020 versts (4,290 km)"),
        (300, {"unit": "kos", "unit_m": 3_200.0}, "300 kos (960 km)"),
        (500, {"unit": "m"}, "500 m"),
        (10, {"unit": "h", "quantity": Quantity.DURATION}, "10 hours"),
        (50, {"unit": None, "quantity": Quantity.BROKERS}, "50 brokers"),
        (4, {"unit": None, "quantity": Quantity.BORDERS}, "4 borders"),
    ],
)
def test_a_claim_is_said_in_its_own_unit(value: float, stated: dict, text: str) -> None:
    assert Speaker().stated(claim(value, **stated)) == text


def test_what_is_above_needs_kilometres_and_a_factor() -> None:
    text = said(judged(5_000))
    assert re.search(
        r"3,\d00 km or more are left unexplained\. It would need detours, .*: a way 9\.6 times the straight line", text
    )


def test_a_slip_of_the_unit_is_said() -> None:
    text = said(judged(430, wording=Wording.EXACT))
    assert "The same number of statute miles would be in the middle of what is likely." in text


def test_the_unit_that_was_taken_is_said_where_it_is_no_matter_of_course() -> None:
    assert "Russian versts are taken as 1,066.8 m each." in said(judged(700, unit="verst"))
    own = judged(200, unit="kos", unit_m=3_200.0, unit_reason="as on the Mughal roads.")
    assert "kos: taken as 3,200 m each (as on the Mughal roads)." in said(own)
    assert "taken as" not in said(judged(430, unit="mi"))


def test_a_li_is_not_offered_where_nobody_counts_in_it() -> None:
    assert " li " not in said(judged(1_500, wording=Wording.EXACT))


def test_whether_the_flight_closes_the_gap_is_said_both_ways() -> None:
    told = (VIENTIANE, BANGKOK, {"label": (127.0, 37.5), **by(Mode.FLIGHT)})
    found = judged(700, *told, scope=Scope("w0", "w2", Flight.UNKNOWN))
    assert "Leaving the flight out would close the gap." in said(found)
    found = judged(4_600, *told, scope=Scope("w0", "w2", Flight.NO))
    assert "Counting the flight would close the gap." in said(found)


def test_what_the_verdict_hangs_on_is_said() -> None:
    found = {item.claim.id: Speaker().asides(checked("ro-family"), item) for item in checked("ro-family").claims}
    assert 'if it went anywhere in each country, the verdict is "consistent"' in found["c-chosun"]
    assert "No other choice of where the way lay" in found["c-hrnk"]
    assert found["c-chosun"].endswith("It contradicts “nearly 5,000 km” (Essentially Hollywood).")


def test_other_numbers_get_their_own_sums() -> None:
    texts = [Speaker().claim(checked("ro-family"), item) for item in checked("ro-family").claims if not item.judgements]
    assert texts == [
        "5 people travelled.",
        "About 50 brokers: set beside the kilometres and nothing more.",
        "Over 50 brokers: set beside the kilometres and nothing more.",
        "4 borders: 4 are counted along the told places, and one more by air.",
        "About 10 hours on foot come to 15 to 30 km [our judgement: 1.5 to 3 km an hour in such country].",
    ]


def test_a_brace_in_a_name_stays_a_brace() -> None:
    found = judged(700, BANGKOK, {**VIENTIANE, "name": {"en": "{0} {claim} {{7*7}}"}})
    assert "to {0} {claim} {{7*7}} agrees" in said(found)


def test_a_bound_is_rounded_down_and_never_up() -> None:
    assert Speaker().at_least_km(3_399_999) == "3,390 km"
    assert Speaker().at_least_km(3_400_000) == "3,400 km"


@pytest.mark.parametrize(
    ("value", "two_digits"), [(7_245, 7_200), (0, 0), (0.0456, 0.046), (99_500, 100_000), (-7_245, -7_200)]
)
def test_numbers_are_said_to_two_digits(value: float, two_digits: float) -> None:
    assert rounded(value) == pytest.approx(two_digits)


def test_in_all_languages_one_sentence_each() -> None:
    found = sentences.in_all(lambda speaker: speaker.scope(traced(), traced().scopes[0].key))
    assert dict(found) == {"en": "to W1", "ko": "W1까지"}


def test_a_scope_says_whether_its_flight_counts() -> None:
    key = traced().scopes[-1].key
    assert Speaker().scope(traced(), key) == "to W3 (flight not counted)"
    told = replace(traced(), scopes=(replace(traced().scopes[-1], key=replace(key, counts_flight=True)),))
    assert Speaker().scope(told, told.scopes[0].key) == "to W3 (flight counted)"


def test_a_qualifier_stands_where_korean_has_it() -> None:
    told = [each for each in checked("ro-family").journey.claims if each.quantity is Quantity.BROKERS]
    assert [Speaker("ko").stated(each) for each in told] == ["브로커 약 50명", "브로커 50명 넘게"]


def test_a_round_number_that_agrees_only_when_taken_loosely_says_what_it_may_mean() -> None:
    found = judged(1_000, wording=Wording.ABOUT)
    assert found.claims[0].judgements[0].verdict is Verdict.CONSISTENT
    assert "agrees with the places that were told as a round number: it may mean 900 to 1,100 km, and" in said(found)
