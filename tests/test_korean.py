"""What a Korean researcher typed and read: words of her sheet, numbers as people say them, and Korean on the page."""

from __future__ import annotations

import pytest

from escape_route.formats.tables.cells import value_of
from escape_route.formats.tables.columns import SHEETS
from escape_route.formats.tables.stated import stated
from escape_route.geography import base
from escape_route.language.catalogues import languages
from escape_route.language.kept import coarser
from escape_route.language.phrases import Phrases
from escape_route.model.journey import Waypoint
from escape_route.model.said_numbers import one_in
from escape_route.model.told_dates import meanings
from escape_route.model.vocabulary import Precision, Role, Status


@pytest.mark.parametrize(
    ("sheet", "column", "typed", "read"),
    [
        ("waypoints", "role", "도강", "crossing"),
        ("waypoints", "role", "머묾", "stop"),
        ("waypoints", "role", "거주", "stop"),
        ("waypoints", "role", "출발지", "start"),
        ("waypoints", "role", "도착지", "reached"),
        ("waypoints", "role", "渡河", "crossing"),
        ("waypoints", "role", "Flussübergang", "crossing"),
        ("waypoints", "mode", "트럭 짐칸", "road"),
        ("sources", "kind", "면담", "interview"),
        ("sources", "kind", "구술", "interview"),
        ("sources", "kind", "témoignage", "interview"),
        ("sources", "language", "한국어", "ko"),
        ("sources", "language", "Deutsch", "de"),
        ("sources", "language", "ko", "ko"),
    ],
)
def test_words_of_the_sheet_are_read(sheet: str, column: str, typed: str, read: str) -> None:
    told = next(each for each in SHEETS[sheet] if each.name == column)
    assert value_of(told, typed) == read


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("3,000킬로가 넘는다", {"wording": "over", "value": "3000", "unit": "km"}),
        ("만 킬로가 넘었어요", {"wording": "over", "value": "10000", "unit": "km"}),
        ("오백 킬로는 넘는다", {"wording": "over", "value": "500", "unit": "km"}),
        ("한 15킬로는 됐을 거예요", {"wording": "about", "value": "15", "unit": "km"}),
        ("한 백 킬로 정도 됐지", {"wording": "about", "value": "100", "unit": "km"}),
        ("두 시간이면 된다", {"value": "2", "unit": "h"}),
        ("이틀은 걸렸어요", {"value": "2", "unit": "d"}),
        ("다섯 시간 반쯤 걸렸나", {"wording": "about", "value": "5.5", "unit": "h"}),
        ("100킬로가 안 됐어요", {"wording": "under", "value": "100", "unit": "km"}),
    ],
)
def test_a_number_is_read_as_it_is_said(typed: str, told: dict[str, str]) -> None:
    assert stated(typed) == [told]


@pytest.mark.parametrize(
    "typed", ["넘는다", "몇 킬로인지 모른다", "두 시간이면 안 된다", "삼천리 금수강산"]
)
def test_what_says_no_number_is_none(typed: str) -> None:
    assert stated(typed) == []


@pytest.mark.parametrize("language", languages())
def test_what_was_made_coarser_is_said_in_the_language_of_the_page(language: str) -> None:
    kept = "the place as finely as it is held; the date as finely as it is held"
    made = "point generalised to 0.1 degree; the country alone"
    told = coarser(
        Waypoint(
            *("a", {"ko": "가"}, Role.STOP, Precision.CITY, Status.SINGLE),
            data_generalizations=made,
            information_withheld=f"쓰지 마세요.; {kept}",
        ),
        Phrases(language),
    )
    assert "쓰지 마세요" in told
    assert ".;" not in told
    assert "generalised" not in told
    assert (language == "en") is ("the place as finely" in told)


def test_a_kind_of_source_that_its_title_says_is_not_said_twice() -> None:
    phrases = Phrases("ko")
    assert phrases.cited("박 씨 구술 면담", "interview") == "박 씨 구술 면담"
    assert phrases.cited("박 씨", "interview") != "박 씨"


def test_a_province_is_one_word_in_korean_and_is_read_as_two_too() -> None:
    assert base.name_of("region:CN-HE")["ko"] == "허베이성"
    assert base.regions_named("허베이 성") == base.regions_named("허베이성") == ("region:CN-HE",)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("처음에는 혼자, 2004년에는 일행 아홉 명", None),
        ("alone at first, nine of us from 2004", None),
        ("erst allein, dann neun", None),
        ("最初は一人で、後に九人", None),
        ("일행 아홉 명", 9),
        ("a family of five", 5),
    ],
)
def test_people_of_whom_there_were_more_at_another_time_are_asked(
    typed: str, read: int | None
) -> None:
    assert one_in(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "1997년 음력설 지나고 얼마 안 돼서",
        "1997년 음력설 지나자마자",
        "1997년 설 쇠고 얼마 안 돼서",
    ],
)
def test_soon_after_a_feast_is_soon_after_it(typed: str) -> None:
    assert meanings(typed) == meanings("1997년 음력설 직후") != ()
