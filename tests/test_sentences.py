"""What a report says in words, in every language that it speaks."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import documents
from escape_route.distance import report
from escape_route.distance.bounds import Bound, Shortest
from escape_route.distance.priors import Alike, windings
from escape_route.distance.settings import Settings, Where
from escape_route.distance.verdicts import Choice, Firmness, Verdict
from escape_route.language import names, sentences
from escape_route.language.catalogues import catalogues, languages
from escape_route.language.digits import rounded
from escape_route.language.phrases import Phrases
from escape_route.language.sentences import Speaker
from escape_route.language.view import ReportView
from escape_route.model import read
from escape_route.model.journey import Claim, Scope
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


def judged(value: float, *legs: dict, draws: int = 2_000, **stated: object) -> report.Report:
    told = legs or (BANGKOK, VIENTIANE)
    return report.gather(journey(*told, claims=(claim(value, **stated),)), Settings(draws=draws))


def said(found: report.Report, language: str = "en") -> str:
    return Speaker(language).claim(found, found.claims[0])


@every_language
@pytest.mark.parametrize("name", ["ro-family", "lee-so-yeon", "lee-son"])
def test_nothing_is_left_unfilled_of_what_is_said_of_the_shipped_journeys(
    name: str, language: str
) -> None:
    found, speaker = checked(name), Speaker(language)
    texts = [speaker.finding(found), *(speaker.claim(found, item) for item in found.claims)]
    assert all(texts)
    assert not any(re.search(r"[{}]|\bNone\b|\bnan\b", text) for text in texts)


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
    assert speaker.word("reason.untold") in said(
        judged(700, BANGKOK, {**VIENTIANE, "leg_told": False}), language
    )
    some = report.gather(replace(judged(9_000).journey, some_stops=True), Settings(draws=500))
    assert speaker.word("reason.some_stops") in said(some, language)
    for counts in (Counts.SUM, Counts.AVERAGE, Counts.NETWORK):
        assert speaker.word(f"reason.{counts}") in said(judged(700, counts=counts), language)


def test_the_finding_on_the_ro_family_needs_no_statistics() -> None:
    found = Speaker().finding(checked("ro-family"))
    assert found.startswith("12,000 km to Thailand is unexplained if the way ran ")
    assert re.search(r"it is longer than the [\d,]+ to [\d,]+ km that fit, by ", found)
    assert not re.search("percent|%|interval|median|prior|rho", found)


FIRM = Firmness(0.025, (), None, None)
INSTEAD = Choice(Where.ANYWHERE, Alike.TAKEN, Verdict.CONSISTENT)


@pytest.mark.parametrize(
    ("firmness", "clause", "label"),
    [
        (
            FIRM,
            "is unexplained, and firmly so, whatever is assumed of the way: ",
            "unexplained, firm",
        ),
        (
            replace(FIRM, turned_by=INSTEAD),
            (
                "is unexplained if the way ran straight through each country, from border to "
                "border, "
                "but fits if it ran anywhere at all in each country: in the first case "
            ),
            "unexplained, depends on the route taken",
        ),
        (
            replace(FIRM, turned_by=replace(INSTEAD, where=Where.CROSSINGS, alike=Alike.MOST)),
            (
                "is unexplained if the legs wound as alike as those of other journeys, "
                "but fits if all legs wound much alike: in the first case "
            ),
            "unexplained, depends on how alike the legs were",
        ),
        (
            replace(FIRM, turned_by=replace(INSTEAD, alike=Alike.LEAST)),
            (
                "is unexplained if the way ran straight through each country, from border to "
                "border "
                "and the legs wound as alike as those of other journeys, but fits if it ran "
                "anywhere at all in each "
                "country and each leg wound in a way of its own: in the first case "
            ),
            "unexplained, depends on the route taken and how alike the legs were",
        ),
        (
            replace(FIRM, edge_of=Verdict.CONSISTENT),
            (
                "is unexplained, but only just, for it stands at the very edge of what fits "
                "(one may as well say that it fits): "
            ),
            "unexplained, on the edge",
        ),
    ],
)
def test_how_firm_a_verdict_is_stands_in_the_first_sentence_before_the_numbers(
    firmness: Firmness, clause: str, label: str
) -> None:
    found = judged(5_000)
    item = found.claims[0]
    found = replace(found, claims=(replace(item, firmness=(firmness,)),))
    first = Speaker().finding(found)
    assert first.startswith(f"5,000 km to W1 {clause}")
    assert first.endswith(" or more, and 1 in 40 of the ways tried at random are that long.")
    assert first.count(".") == 1
    assert Speaker().judged(found, item.judgements[0], firmness) == label


@pytest.mark.parametrize(
    ("share", "english", "korean"),
    [
        (0.2, "1 in 5", "5개 중 1개"),
        (0.026, "1 in 40", "40개 중 1개"),
        (0.001, "1 in 1,000", "1,000개 중 1개"),
        (0.00095, "fewer than 1 in 1,000", "1,000개 중 1개 미만"),
        (0.0, "fewer than 1 in 1,000", "1,000개 중 1개 미만"),
    ],
)
def test_a_share_is_said_as_one_in_so_many(share: float, english: str, korean: str) -> None:
    assert (Speaker().share(share), Speaker("ko").share(share)) == (english, korean)


def test_nothing_is_said_of_the_share_of_a_number_in_the_middle() -> None:
    assert "of the ways tried" not in said(judged(630))
    assert "of the ways tried at random are that short." in said(judged(580))
    assert "of the ways tried at random are that long." in said(judged(800))
    assert "of the ways tried" not in said(judged(100, wording=Wording.OVER))


def test_another_scope_that_a_number_fits_is_part_of_the_finding() -> None:
    told = (VIENTIANE, BANGKOK | by(Mode.ROAD), {"label": (127.0, 37.5), **by(Mode.FLIGHT)})
    other = claim(4_600, id="d", scope=Scope("w0", "w2", Flight.YES))
    found = report.gather(
        journey(*told, claims=(claim(4_600, scope=Scope("w0", "w1", Flight.NO)), other)),
        Settings(draws=500),
    )
    assert (
        Speaker()
        .finding(found)
        .endswith(" The same number fits if it is counted to W2 (flight counted).")
    )


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
    sentences = (
        text
        for words in catalogues().values()
        for key, text in words.items()
        if not key.startswith("page.")
    )
    said = " ".join(map(str, sentences))
    assert not re.search(r"\bfalse\b|\blie[sd]?\b|거짓", said)


@pytest.mark.parametrize(
    ("wording", "english", "korean"),
    [
        (Wording.EXACT, "4,000 km", "4,000km"),
        (Wording.ABOUT, "about 4,000 km", "약 4,000km"),
        (Wording.NEARLY, "nearly 4,000 km", "거의 4,000km"),
        (Wording.OVER, "over 4,000 km", "4,000km 이상"),
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
        (
            1_234.5,
            {"unit": "mi", "wording": Wording.AT_LEAST},
            "at least 1,234.5 miles (1,986.7 km)",
        ),
        (800, {"unit": "mi", "value_to": 1_000}, "800 to 1,000 miles (1,290 to 1,610 km)"),
        (60, {"value_to": 70, "wording": Wording.ABOUT}, "about 60 to 70 km"),
        (12.5, {"unit": "nmi"}, "12.5 nautical miles (23.2 km)"),
        (4_020, {"unit": "verst"}, "4,020 versts (4,290 km)"),
        (300, {"unit": "kos", "unit_m": 3_200.0}, "300 kos (960 km)"),
        (500, {"unit": "m"}, "500 m"),
        (10, {"unit": "h", "quantity": Quantity.DURATION}, "10 hours"),
        (0.5, {"unit": "year", "quantity": Quantity.DURATION}, "½ year"),
        (1.5, {"unit": "h", "value_to": 2, "quantity": Quantity.DURATION}, "1½ to 2 hours"),
        (1.25, {"unit": "h", "quantity": Quantity.DURATION}, "1.25 hours"),
        (1.5, {"unit": "km"}, "1.5 km"),
        (50, {"unit": None, "quantity": Quantity.BROKERS}, "50 brokers"),
        (4, {"unit": None, "quantity": Quantity.BORDERS}, "4 borders"),
    ],
)
def test_a_claim_is_said_in_its_own_unit(value: float, stated: dict, text: str) -> None:
    assert Speaker().stated(claim(value, **stated)) == text


def test_what_is_above_needs_kilometres_and_a_factor() -> None:
    text = said(judged(5_000))
    assert re.search(
        r"by about 4,000 km or more, and .*\. It would need detours, .*: a way 9\.6 times the straight line",
        text,
    )


def test_a_slip_of_the_unit_is_said() -> None:
    text = said(judged(380, wording=Wording.EXACT))
    assert "The same number of statute miles would be in the middle of what fits." in text


def test_the_unit_that_was_taken_is_said_where_it_is_no_matter_of_course() -> None:
    assert "Russian versts are taken as 1,066.8 m each." in said(judged(700, unit="verst"))
    own = judged(200, unit="kos", unit_m=3_200.0, unit_reason="as on the Mughal roads.")
    assert "kos: taken as 3,200 m each (as on the Mughal roads)." in said(own)
    assert "taken as" not in said(judged(430, unit="mi"))


def test_a_li_is_not_offered_where_nobody_counts_in_it() -> None:
    assert " li " not in said(judged(1_500, wording=Wording.EXACT))


def test_a_finding_that_hangs_on_a_flight_says_both_verdicts() -> None:
    told = (VIENTIANE, BANGKOK, {"label": (127.0, 37.5), **by(Mode.FLIGHT)})
    open_, closed = (
        claim(700, scope=Scope("w0", "w2", flight)) for flight in (Flight.UNKNOWN, Flight.YES)
    )
    both, one = (
        Speaker().finding(report.gather(journey(*told, claims=(each,)), Settings(draws=500)))
        for each in (open_, closed)
    )
    assert "(flight counted)" in both
    assert "(flight not counted)" in both
    assert "(flight not counted)" not in one


def test_whether_the_flight_closes_the_gap_is_said_both_ways() -> None:
    told = (VIENTIANE, BANGKOK, {"label": (127.0, 37.5), **by(Mode.FLIGHT)})
    found = judged(700, *told, scope=Scope("w0", "w2", Flight.UNKNOWN))
    assert "Leaving the flight out would close the gap." in said(found)
    found = judged(4_600, *told, scope=Scope("w0", "w2", Flight.NO))
    assert "Counting the flight would close the gap." in said(found)


def test_claims_that_contradict_each_other_are_told_aside() -> None:
    found = {
        item.claim.id: Speaker().asides(checked("ro-family"), item)
        for item in checked("ro-family").claims
    }
    assert found["c-chosun"] == "It contradicts “nearly 5,000 km” (Essentially Hollywood, review)."


WAY = (
    {"label": (10.0, 50.0)},
    {"label": (10.0, 50.1348), **by(Mode.FOOT)},
    {"label": (10.0, 52.0), **by(Mode.FOOT)},
)


def durations(*claims: Claim) -> list[str]:
    found = report.gather(
        journey(*WAY, claims=claims), Settings(draws=500, priors=windings({"foot": 1.2}))
    )
    return [Speaker().claim(found, item) for item in found.claims]


def test_a_duration_is_set_beside_its_way_and_what_people_keep_up() -> None:
    """15 km as the crow flies, wound by 1.2, are 18 km; 207 km to the north are 249."""
    time = {"quantity": Quantity.DURATION}
    hours, days = time | {"unit": "h"}, time | {"unit": "d"}
    assert durations(
        claim(10, id="a", wording=Wording.ABOUT, **hours),
        claim(2, id="b", **hours),
        claim(6, id="c", end=2, **days),
        claim(3, id="d", end=2, wording=Wording.UP_TO, **days),
        claim(60, id="e", end=2, **days),
        claim(5, id="f", scope=Scope("w1", "w2", Flight.NO), **days),
    ) == [
        (
            "About 10 hours to W1 for 18 km is 1.6 to 2 km an hour, slower than people keep up, "
            "which is "
            "3 to 5 km an hour [our judgement]. What the rest of the time went into is not told."
        ),
        (
            "2 hours to W1 for 18 km is 8.5 to 9.5 km an hour, faster than people keep up: "
            "3 to 5 km an hour [our judgement]."
        ),
        (
            "6 days to W2 for 260 km is 42 to 46 km a day, faster than people keep up: "
            "10 to 40 km a day [our judgement]."
        ),
        (
            "Up to 3 days to W2 for 260 km is at least 90 km a day, faster than people keep up: "
            "10 to 40 km a day [our judgement]."
        ),
        (
            "60 days to W2 for 260 km is 4.2 to 4.6 km a day, slower than people keep up, which is "
            "10 to 40 km a day [our judgement]. What the rest of the time went into is not told."
        ),
        (
            "5 days from W1 to W2 for 240 km is 48 to 50 km a day, faster than people keep up: "
            "10 to 40 km a day [our judgement]."
        ),
    ]


def test_a_duration_of_a_way_that_is_not_told_says_so() -> None:
    found = judged(28, BANGKOK, {}, quantity=Quantity.DURATION, unit="d")
    assert said(found) == (
        "28 days to W1: neither the way nor how one went is told well enough to say how fast that was."
    )


def test_parts_that_do_not_add_up_are_told_with_what_they_come_to() -> None:
    unit = {"unit": "stadion_polybius"}
    parts = (
        claim(5_600, id="a", scope=Scope("w0", "w1", Flight.NO), **unit),
        claim(2_800, id="b", scope=Scope("w1", "w2", Flight.NO), **unit),
    )
    for wording, end in (
        (Wording.ABOUT, "which so round a number covers."),
        (Wording.EXACT, "which this number does not cover."),
    ):
        total = claim(9_000, id="t", end=2, wording=wording, **unit)
        found = report.gather(journey(*WAY, claims=(total, *parts)), Settings(draws=200))
        assert (
            "The parts that were stated (5,600 stadia (1,000 km), 2,800 stadia (500 km)) "
            f"come to 8,400 stadia (1,490 km), {end}"
        ) in said(found)


def test_other_numbers_get_their_own_sums() -> None:
    texts = [
        Speaker().claim(checked("ro-family"), item)
        for item in checked("ro-family").claims
        if not item.judgements
    ]
    assert texts == [
        "5 people travelled.",
        "About 50 brokers: set beside the kilometres and nothing more.",
        "Over 50 brokers: set beside the kilometres and nothing more.",
        "4 borders: 4 are counted along the told places, and one more by air.",
        (
            "About 10 hours on foot through the wild come to 15 to 30 km at what people keep up: "
            "1.5 to 3 km an hour [our judgement]."
        ),
    ]


@pytest.mark.parametrize(
    ("end", "language", "sentence"),
    [
        (1, "en", "146 people travelled to W1."),
        (2, "en", "146 people travelled."),
        (1, "de", "146 Personen waren unterwegs (Ziel „W1“)."),
    ],
)
def test_people_of_one_part_of_the_way_are_not_said_of_all_of_it(
    end: int, language: str, sentence: str
) -> None:
    told = claim(146, end=end, unit=None, quantity=Quantity.PEOPLE)
    found = report.gather(journey(*WAY, claims=(told,)), Settings(draws=200))
    assert Speaker(language).claim(found, found.claims[0]) == sentence


def test_a_brace_in_a_name_stays_a_brace() -> None:
    found = judged(700, BANGKOK, {**VIENTIANE, "name": {"en": "{0} {claim} {{7*7}}"}})
    assert "to {0} {claim} {{7*7}} fits" in said(found)


def test_a_bound_is_rounded_down_and_never_up() -> None:
    for bound_m, said in ((3_399_999.0, "3,390 km"), (3_400_000.0, "3,400 km")):
        assert Speaker().at_least_km(Bound(bound_m, Shortest(0.0, 0.0, ()))) == said


@pytest.mark.parametrize(
    ("value", "two_digits"),
    [(7_245, 7_200), (0, 0), (0.0456, 0.046), (99_500, 100_000), (-7_245, -7_200)],
)
def test_numbers_are_said_to_two_digits(value: float, two_digits: float) -> None:
    assert rounded(value) == pytest.approx(two_digits)


def test_in_all_languages_one_sentence_each() -> None:
    found = sentences.in_all(lambda speaker: speaker.scope(traced(), traced().scopes[0]))
    assert {language: found[language] for language in ("en", "ko", "de")} == {
        "en": "to W1",
        "ko": "“W1”까지",
        "de": "Ziel „W1“",
    }


def test_a_scope_says_whether_its_flight_counts() -> None:
    scope = traced().scopes[-1]
    assert Speaker().scope(traced(), scope) == "to W3 (flight not counted)"
    counted = replace(scope, key=replace(scope.key, counts_flight=True))
    assert Speaker().scope(traced(), counted) == "to W3 (flight counted)"


def test_a_scope_is_named_by_both_ends_unless_it_begins_where_the_journey_does() -> None:
    scope = traced().scopes[-1]
    later = replace(scope, key=replace(scope.key, start="w1"))
    assert Speaker().scope(traced(), later) == "from W1 to W3 (flight not counted)"
    assert Speaker("ko").scope(traced(), later) == "“W1”부터 “W3”까지(항공편 제외)"


def test_a_qualifier_stands_where_korean_has_it() -> None:
    told = [
        each for each in checked("ro-family").journey.claims if each.quantity is Quantity.BROKERS
    ]
    assert [Speaker("ko").stated(each) for each in told] == ["브로커 약 50명", "브로커 50명 이상"]


def test_a_round_number_that_agrees_only_when_taken_loosely_says_what_it_may_mean() -> None:
    found = judged(900, draws=20_000, wording=Wording.ABOUT)
    assert found.claims[0].judgements[0].verdict is Verdict.CONSISTENT
    assert " fits as a round number, " in said(found)
    assert ": it may mean 810 to 990 km, and" in said(found)


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("The border river", "en", "the border river"),
        ("The Mekong between Laos and Thailand", "en", "the Mekong between Laos and Thailand"),
        ("An unnamed village", "en", "an unnamed village"),
        ("A Chinese town", "en", "a Chinese town"),
        ("The Hague", "en", "The Hague"),
        ("The Hague, in a cellar", "en", "The Hague, in a cellar"),
        ("A Coruña", "en", "A Coruña"),
        ("A Pobra do Brollon", "en", "A Pobra do Brollon"),
        ("Theresienstadt", "en", "Theresienstadt"),
        ("Home, in the north", "en", "Home, in the north"),
        ("Der Grenzfluss im Norden", "de", "der Grenzfluss im Norden"),
        ("Die Mongolei", "de", "die Mongolei"),
        ("Ein namenloses Dorf", "de", "ein namenloses Dorf"),
        ("Ein Gedi", "de", "Ein Gedi"),
        ("Den Haag", "de", "Den Haag"),
        ("La frontière du nord", "fr", "la frontière du nord"),
        ("L’île sans nom", "fr", "l’île sans nom"),
        ("La Chaux-de-Fonds", "fr", "La Chaux-de-Fonds"),
        ("El río de la frontera", "es", "el río de la frontera"),
        ("Las Palmas de Gran Canaria", "es", "Las Palmas de Gran Canaria"),
        ("국경의 강", "ko", "국경의 강"),
    ],
)
def test_an_article_at_the_start_of_a_description_is_lower_case_within_a_sentence(
    name: str, language: str, said: str
) -> None:
    told = journey({"label": (0.0, 0.0), "name": {language: name}}).waypoints[0]
    assert names.in_sentence(told, language) == said


@pytest.mark.parametrize(
    ("name", "footprints", "language", "said"),
    [
        ({"en": "China"}, ["country:CN"], "de", "China"),
        ({"en": "South Korea", "ko": "한국"}, ["country:KR"], "fr", "Corée du Sud"),
        ({"en": "South Korea", "ko": "남조선"}, ["country:KR"], "ko", "남조선"),
        ({"de": "Südkorea"}, ["country:KR"], "ar", "كوريا الجنوبية"),
        ({"en": "China / Vietnam"}, ["country:CN", "country:VN"], "ja", "中国 / ベトナム"),
        ({"en": "Burma"}, ["country:MM"], "fr", "Burma"),
        ({"en": "A farm in China"}, ["country:CN"], "fr", "A farm in China"),
        ({"en": "China"}, ["country:CN", "country:VN"], "fr", "China"),
        ({"en": "Mekong"}, ["river:mekong"], "ja", "メコン川"),
        ({"en": "Place withheld"}, [], "de", "Ort zurückgehalten"),
        ({"en": "Place withheld: a farm"}, [], "de", "Place withheld: a farm"),
    ],
)
def test_what_is_called_as_its_footprint_is_called_so_in_every_language(
    name: dict[str, str], footprints: list[str], language: str, said: str
) -> None:
    place = (
        {"footprints": footprints, "precision": "region"} if footprints else {"label": (0.0, 0.0)}
    )
    told = journey({"name": name, **place}).waypoints[0]
    assert Phrases(language).called(told) == said


def test_a_name_that_is_told_in_another_language_keeps_the_rules_of_its_own_in_quotation_marks() -> (
    None
):
    told = journey({"label": (0.0, 0.0), "name": {"en": "Die Farm", "ko": "농장"}}).waypoints[0]
    assert (names.in_sentence(told, "de"), names.in_sentence(told, "ko")) == ("„Die Farm“", "농장")


@pytest.mark.parametrize(
    ("name", "others", "said"),
    [
        ("The border river: the Yalu or the Tumen", [], "to the border river"),
        ("The camp: the first", ["The camp: the second"], "to the camp (the first)"),
        ("Camp: Friedland", [], "to Camp (Friedland)"),
        ("Day 3: Herat", [], "to Day 3 (Herat)"),
        ("Herat", ["Herat: again"], "to Herat"),
    ],
)
def test_what_explains_a_name_behind_a_colon_goes_unsaid_where_the_place_is_told_without(
    name: str, others: list[str], said: str
) -> None:
    stops = [
        {"label": (float(at), 0.0), "name": {"en": text}}
        for at, text in enumerate(["Kabul", *others, name])
    ]
    told = journey(*stops)
    assert Speaker("en").ends(told, "w0", told.waypoints[-1].id) == said


@pytest.mark.parametrize(
    ("ends", "leads"),
    [
        (("w0", "w1"), "whole"),  # a fourth of the way
        (("w0", "w2"), "part"),  # half of it
        (("w2", "w4"), "part"),
        (("w0", "w4"), "part"),
    ],
)
def test_a_number_of_a_minor_part_does_not_lead(ends: tuple[str, str], leads: str) -> None:
    scope = dict(zip(("from", "to"), ends, strict=True))
    part = documents.claim(id="part", value=10, wording="exact", scope=scope | {"flight": "no"})
    whole = documents.claim(id="whole", value=450, scope={"from": "w0", "to": "w4", "flight": "no"})
    told = documents.journey(*map(documents.waypoint, range(5)), claims=[part, whole])
    found = report.gather(read.read(documents.content(told)), Settings(draws=500))
    led = Speaker().leading(found)
    assert led is not None
    assert led[0].claim.id == leads


def test_a_short_way_over_half_of_the_stops_is_minor_too() -> None:
    stops = [documents.waypoint(number) for number in range(5)]
    for stop, lon in zip(stops, (100, 100.1, 100.2, 104, 108), strict=True):
        stop["geometry"]["coordinates"] = [lon, 15]
    part = documents.claim(
        id="part", value=1, wording="exact", scope={"from": "w0", "to": "w2", "flight": "no"}
    )
    whole = documents.claim(id="whole", value=900, scope={"from": "w0", "to": "w4", "flight": "no"})
    found = report.gather(
        read.read(documents.content(documents.journey(*stops, claims=[part, whole]))),
        Settings(draws=500),
    )
    led = Speaker().leading(found)
    assert led is not None
    assert led[0].claim.id == "whole"


def test_numbers_are_told_from_the_journeys_own_to_those_of_minor_parts_and_to_what_cannot_be_judged() -> (
    None
):
    ends = {"sum": ("w0", "w4"), "minor": ("w0", "w1"), "fits": ("w0", "w4"), "short": ("w0", "w4")}
    counts = {"sum": "sum"}
    values = {"sum": 900, "minor": 118, "fits": 560, "short": 400}
    claims = [
        documents.claim(
            id=name,
            value=values[name],
            wording="exact",
            counts=counts.get(name, "journey"),
            scope={"from": start, "to": end, "flight": "no"},
        )
        for name, (start, end) in ends.items()
    ]
    told = documents.journey(*map(documents.waypoint, range(5)), claims=claims)
    found = report.gather(read.read(documents.content(told)), Settings(draws=500))
    assert [each.id for each in ReportView.of(found).claims] == ["short", "fits", "minor", "sum"]
    assert [each.id for each in ReportView.of(found).scopes] == ["w0..w4", "w0..w1"]
