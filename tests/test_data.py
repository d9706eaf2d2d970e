"""The shipped journeys hold what `facts.md` allows, and nothing of what it leaves out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

import escape_route as er
from beside import GEO, SHIPPED

if TYPE_CHECKING:
    from escape_route.model.journey import Journey, Waypoint

JOURNEYS = {name: er.read_journey(name).data for name in SHIPPED}
RO, LEE, SON = (JOURNEYS[name] for name in SHIPPED)

#: facts.md, section 1: id, label point, footprint, role, status, sources.
RO_PLACES: list[tuple[str, tuple[float, float] | None, tuple[str, ...], str, str, str]] = [
    ("ro-0", None, ("border:CN-KP",), "start", "single", "S14"),
    ("ro-1", None, ("river:yalu", "river:tumen"), "crossing", "conflict", "S4 S6 S14 S20 S16"),
    ("ro-2", (128, 42), (), "stop", "reported", "S10 S16"),
    ("ro-3", (112, 34), ("country:CN",), "passed", "reported", "S1 S6 S16 S13 S14"),
    ("ro-4", (105, 21), ("country:VN",), "passed", "reported", "S1 S7 S4"),
    (
        "ro-5",
        (103, 19),
        ("country:LA", "border:LA-VN"),
        "passed",
        "reported",
        "S1 S9 S10 S14 S5 S16 S22",
    ),
    (
        "ro-6",
        (104, 18),
        ("river:mekong-lao-thai",),
        "crossing",
        "reported",
        "S1 S7 S14 S16 S19 S22",
    ),
    ("ro-7", (102, 16), ("country:TH",), "reached", "reported", "S1 S16"),
    ("ro-8", (127, 37), ("country:KR",), "reached", "reported", "S1 S11"),
]
#: facts.md, sections 2 and 3.
LEE_PLACES = [
    ("ly-0", None, ("river:tumen", "river:yalu"), "crossing", "conflict", "S1 S40 S41 S44"),
    ("ly-1", (127, 37), ("country:KR",), "reached", "reported", "S1 S40"),
]
SON_PLACES = [
    ("son-0", None, ("river:yalu",), "crossing", "single", "S30"),
    ("son-1", None, ("country:CN",), "passed", "reported", "S1 S31"),
]
#: facts.md, section 1: quantity, value, wording, from, to, flight, sources.
CLAIMS = {
    "c-chosun": ("distance", 12_000, "km", "exact", "ro-0", "ro-7", "no", "S1"),
    "c-moneytimes": ("distance", 12_000, "km", "exact", "ro-1", "ro-8", "yes", "S3"),
    "c-hrnk": ("distance", 4_000, "km", "nearly", "ro-1", "ro-8", "unknown", "S8"),
    "c-review": ("distance", 5_000, "km", "nearly", "ro-0", "ro-7", "no", "S2"),
    "c-people": ("people", 5, None, "exact", "ro-0", "ro-8", "unknown", "S1"),
    "c-brokers": ("brokers", 50, None, "about", "ro-0", "ro-8", "unknown", "S1 S12"),
    "c-brokers-over": ("brokers", 50, None, "over", "ro-0", "ro-8", "unknown", "S25"),
    "c-borders": ("borders", 4, None, "exact", "ro-0", "ro-8", "unknown", "S15"),
    "c-night-walk": ("duration", 10, "h", "about", "ro-4", "ro-6", "no", "S16 S22"),
}
#: Mode, weight and whether several are accounts that differ or parts of one way.
MODES = {
    "ro-0": ([], "alternatives"),
    "ro-1": ([("foot", 1)], "alternatives"),
    "ro-2": ([("foot", 1)], "alternatives"),
    "ro-3": ([("road", 0.8), ("flight", 0.2)], "alternatives"),
    "ro-4": ([("road", 0.8), ("flight", 0.2)], "alternatives"),
    "ro-5": ([("road_poor", 0.9), ("foot_wild", 0.1)], "parts"),
    "ro-6": ([("road_poor", 1)], "alternatives"),
    "ro-7": ([("boat_across", 0.01), ("road", 0.99)], "parts"),
    "ro-8": ([("flight", 1)], "alternatives"),
}
#: Said of such totals in general, and nowhere else (facts.md, section 1: three end points).
END_POINTS = {
    "en": "The same words can hide three end points: the Thai bank of the Mekong, Bangkok, or Seoul."
    " This is said of such totals in general, not of this family’s stops.",
    "ko": "같은 말이라도 끝나는 곳은 메콩강 태국 쪽 강가, 방콕, 서울 세 가지일 수 있다."
    " 이런 수치 일반에 대한 설명이며, 이 가족이 머문 곳을 말하는 것이 아니다.",
}
#: facts.md, section 5, in English and Korean: cities, camps, how it was arranged, what was
#: suffered.
NEVER = re.findall(
    r"\S+",
    """
shenyang dalian qingdao kunming nanning beijing shanghai harbin changchun yanji dandong jilin guangzhou
xishuangbanna jinghong hekou guilin chongqing xi-an xi'an wuhan linjiang ji'an
hanoi haiphong saigon danang vinh lao-cai vientiane luang pakse savannakhet thakhek oudom houay huay
bangkok chiang nong-khai nakhon udon bueng loei mukdahan isan
hyesan musan hoeryong chongjin pyongyang hamhung sinuiju onsong kilju ryanggang samjiyon
seoul incheon busan hanawon
camp prison yodok detention gulag torture tortured beaten suicide suicidal kill illegal illegally
safe-house safehouse escort passport bribe bribed trafficker
선양 심양 다롄 대련 칭다오 청도 쿤밍 곤명 난닝 베이징 북경 상하이 하얼빈 창춘 장춘 옌지 연길 단둥 지린 린장 광저우 충칭
하노이 하이퐁 호찌민 사이공 비엔티안 비엔티엔 루앙프라방 팍세 사반나케트 방콕 치앙 농카이 우돈 나콘
혜산 무산 회령 청진 평양 함흥 신의주 온성 길주 삼지연 양강도 량강도 서울 인천 부산 하나원
수용소 관리소 교화소 감옥 고문 구타 자살 자결 불법 밀입국 안전가옥 은신처 여권 뇌물
""",
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAY = re.compile(
    rf"\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}일\b|\d{{1,2}} (?:{MONTHS})|(?:{MONTHS}) \d{{1,2}}\b"
)


def texts(value: object) -> list[str]:
    """All texts at any depth but web addresses and titles of sources, which are others' words."""
    if isinstance(value, dict):
        return [
            text
            for name, member in value.items()
            if name not in {"url", "title"}
            for text in texts(member)
        ]
    if isinstance(value, list):
        return [text for member in value for text in texts(member)]
    return [value] if isinstance(value, str) else []


def forbidden(text: str) -> list[str]:
    """Words of the list above that a text has: English ones as whole words, Korean ones with whatever follows."""
    whole = {
        word: word if re.search("[가-힣]", word) else rf"\b{word.replace('-', '[- ]')}s?\b"
        for word in NEVER
    }
    return [word for word, pattern in whole.items() if re.search(pattern, text.lower())]


def document(name: str) -> Any:
    return json.loads((GEO / f"{name}.geojson").read_bytes())


def told(waypoint: Waypoint) -> tuple[object, ...]:
    """A waypoint as the tables above have it."""
    sources = " ".join(waypoint.sources)
    return (
        waypoint.id,
        waypoint.label,
        waypoint.footprints,
        str(waypoint.role),
        str(waypoint.status),
        sources,
    )


def waypoints() -> list[Any]:
    return [
        pytest.param(waypoint, id=waypoint.id)
        for one in JOURNEYS.values()
        for waypoint in one.waypoints
    ]


@pytest.mark.parametrize(
    ("one", "places"), [(RO, RO_PLACES), (LEE, LEE_PLACES), (SON, SON_PLACES)], ids=SHIPPED
)
def test_each_place_is_as_the_facts_have_it(one: Journey, places: list[tuple[object, ...]]) -> None:
    assert [told(waypoint) for waypoint in one.waypoints] == places


def test_the_hiding_place_is_a_disc_on_the_chinese_side() -> None:
    assert {
        waypoint.id: (waypoint.uncertainty_m, waypoint.within)
        for waypoint in RO.waypoints
        if waypoint.within
    } == {"ro-2": (75_000, ("country:CN",))}


def test_the_modes_are_as_the_facts_have_them() -> None:
    found = {
        waypoint.id: (
            [(str(share.mode), share.weight) for share in waypoint.modes],
            str(waypoint.modes_are),
        )
        for waypoint in RO.waypoints
    }
    assert found == MODES


def test_the_claims_are_as_the_facts_have_them() -> None:
    found = {
        claim.id: (
            *(str(claim.quantity), claim.value, claim.unit, str(claim.wording)),
            *(claim.scope.start, claim.scope.end, str(claim.scope.flight), " ".join(claim.sources)),
        )
        for claim in RO.claims
    }
    assert found == CLAIMS


def test_nothing_was_stated_of_the_other_journeys() -> None:
    assert (LEE.claims, SON.claims) == ((), ())


def test_no_line_is_drawn_where_the_way_is_not_told() -> None:
    assert [
        waypoint.id
        for one in JOURNEYS.values()
        for waypoint in one.waypoints
        if not waypoint.leg_told
    ] == [
        "ly-1",
        "son-1",
    ]


def test_the_son_has_no_point_at_all_and_a_word_of_care_first() -> None:
    assert [waypoint.label for waypoint in SON.waypoints] == [None, None]
    assert set(SON.care or {}) == {"en", "ko"}
    assert {name: one.outcome for name, one in JOURNEYS.items()} == {
        "ro-family": "reached",
        "lee-so-yeon": "reached",
        "lee-son": "captured_and_returned",
    }


@pytest.mark.parametrize("waypoint", waypoints())
def test_a_label_point_is_in_whole_degrees(waypoint: Waypoint) -> None:
    assert waypoint.geometry is None
    assert all(value == round(value) for value in waypoint.label or ())


@pytest.mark.parametrize("waypoint", waypoints())
def test_only_the_year_is_told(waypoint: Waypoint) -> None:
    assert re.fullmatch(r"\d{4}", waypoint.when or "2019")


@pytest.mark.parametrize("waypoint", waypoints())
def test_narration_has_one_to_four_statements_in_english_and_korean(waypoint: Waypoint) -> None:
    assert set(waypoint.narration) == {"en", "ko"}
    english, korean = waypoint.narration["en"], waypoint.narration["ko"]
    assert 1 <= len(english) <= 4
    assert [statement.sources for statement in english] == [
        statement.sources for statement in korean
    ]
    assert all(re.search("[가-힣]", statement.text) for statement in korean)


@pytest.mark.parametrize("waypoint", waypoints())
def test_a_statement_without_a_source_speaks_of_the_map_or_of_our_inference(
    waypoint: Waypoint,
) -> None:
    ours = [statement.text for statement in waypoint.narration["en"] if not statement.sources]
    assert all(re.search(r"\bmap\b|\bour inference\b", text) for text in ours)


@pytest.mark.parametrize("waypoint", waypoints())
def test_what_a_waypoint_says_is_in_its_sources_or_those_of_a_claim(waypoint: Waypoint) -> None:
    said = {source for statement in waypoint.narration["en"] for source in statement.sources}
    stated = {source for claim in RO.claims for source in claim.sources}
    assert said <= {*waypoint.sources, *stated}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_source_is_used_and_every_used_one_is_listed(name: str) -> None:
    top = document(name)["journey"]
    rest = json.dumps([top["claims"], top["notes"], document(name)["features"]])
    assert set(re.findall(r'"(S\d+)"', rest)) == {source["id"] for source in top["sources"]}


def test_the_same_source_is_named_the_same_everywhere() -> None:
    named: dict[str, set[tuple[str, str | None]]] = {}
    for one in JOURNEYS.values():
        for source in one.sources:
            named.setdefault(source.id, set()).add((source.title, source.url))
    assert {source: names for source, names in named.items() if len(names) > 1} == {}


def test_sources_have_the_addresses_of_the_facts(shared: Any) -> None:
    facts = (shared / "facts.md").read_text().partition("## 6. Sources")[2]
    table = dict(re.findall(r"^\| (S\d+) \|.*\| (\S+) \|$", facts, re.MULTILINE))
    for one in JOURNEYS.values():
        for source in one.sources:
            assert (source.url or "-") == table[source.id]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_text_is_in_english_and_korean(name: str) -> None:
    one = JOURNEYS[name]
    local = [
        one.title,
        one.summary,
        one.subject,
        *(note.text for note in one.notes),
        *(claim.note for claim in one.claims),
    ]
    assert all({"en", "ko"} <= set(text or {}) for text in local)
    assert all({"en", "ko"} <= set(waypoint.name) for waypoint in one.waypoints)


@pytest.mark.parametrize("name", SHIPPED)
def test_what_must_never_be_in_the_data_is_not(name: str) -> None:
    notes = {text for text in END_POINTS.values() if name == "ro-family"}
    said = " ".join(text for text in texts(document(name)) if text not in notes)
    assert forbidden(said) == []


def test_the_words_that_must_never_be_there_would_be_found() -> None:
    english = "From Kunming to Luang Prabang and a SAFE HOUSE; prison camps, illegally."
    assert forbidden(english) == ["kunming", "luang", "camp", "prison", "illegally", "safe-house"]
    assert forbidden("쿤밍에서 비엔티안의 은신처로") == ["쿤밍", "비엔티안", "은신처"]


def test_cities_at_the_end_are_named_in_one_general_note_only() -> None:
    (note,) = [note for note in RO.notes if "Bangkok" in note.text["en"]]
    assert dict(note.text) == END_POINTS
    assert note.sources == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_no_day_of_the_journey_is_told(name: str) -> None:
    days = [day for text in texts(document(name)) for day in DAY.findall(text)]
    film = ["31 January", "31일"] if name == "lee-so-yeon" else []  # the film's release in Korea
    assert days == ["2026-11-22", *film]


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_left_out_is_said_to_be_left_out(name: str) -> None:
    assert all(
        waypoint.information_withheld or waypoint.id == "-" for waypoint in JOURNEYS[name].waypoints
    )
    assert all(waypoint.data_generalizations for waypoint in JOURNEYS[name].waypoints)
    assert all(waypoint.sensitivity in {1, 2} for waypoint in JOURNEYS[name].waypoints)


def test_the_readme_says_how_a_person_shown_can_ask_for_a_change() -> None:
    readme = (GEO / "README.md").read_text()
    assert "**If you are shown here, or speak for somebody who is,**" in readme
    assert "no reason is asked for" in readme


def test_the_map_never_claims_the_true_route() -> None:
    assert any("never the true route" in note.text["en"] for note in RO.notes)
    assert any("altered some details on purpose" in note.text["en"] for note in RO.notes)
