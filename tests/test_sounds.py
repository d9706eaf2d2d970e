"""Towns by the names that Koreans call them, where the gazetteer has none in Hangul, and phrases that hold a town."""

from __future__ import annotations

import pytest

from escape_route.geography.gazetteer import GeoNames
from escape_route.model.locate import Resolved, resolve
from escape_route.model.told_places import relations
from escape_route.model.vocabulary import Precision
from making import journey

WORLD = GeoNames()


def looked_up(name: str, country: str) -> Resolved:
    place = {"name": {"ko": name}, "precision": Precision.CITY, "within": (f"country:{country}",)}
    return resolve(journey(place), WORLD)


@pytest.mark.parametrize(
    ("name", "country", "town"),
    [
        ("쿤밍", "CN", "Kunming"),
        ("훈춘", "CN", "Hunchun"),
        ("징훙", "CN", "Jinghong"),
        ("션양", "CN", "Shenyang"),
        ("따리엔", "CN", "Dalian"),
        ("단동", "CN", "Dandong"),
        ("곤명", "CN", "Kunming"),
        ("청진", "KP", "Chongjin"),
        ("치앙센", "TH", "Chiang Saen"),
        ("치앙라이", "TH", "Chiang Rai"),
        ("타칠렉", "MM", "Tachilek"),
        ("루앙남타", "LA", "Luang Namtha"),
        ("昆明", "CN", "Kunming"),
    ],
)
def test_a_town_is_found_by_the_name_that_koreans_call_it(
    name: str, country: str, town: str
) -> None:
    found = looked_up(name, country)
    assert f" {town}, " in found.chosen[0], found
    assert found.journey.waypoints[0].label is not None


def test_what_only_sounds_so_is_told_and_of_two_none_is_taken() -> None:
    assert "read as Jinghong: lat " in looked_up("징훙", "CN").chosen[0]
    two = looked_up("투먼", "CN")  # 图们 and 土门
    assert not two.chosen
    assert [each.count("Tumen, China") for each in two.unclear] == [0, 1, 1]


@pytest.mark.parametrize("name", ["어느 시골", "국경 마을", "산골", "우리집", "한"])
def test_words_that_are_no_town_are_none(name: str) -> None:
    assert not looked_up(name, "CN").chosen


@pytest.mark.parametrize(
    ("phrase", "town"),
    [
        ("룽징 쪽 어느 조선족 마을", "룽징"),
        ("단동 쪽", "단동"),
        ("멍라 근처 국경", "멍라"),
        ("청진 도집결소", "청진"),
        ("온성 보위부", "온성"),
        ("치앙라이 경찰서", "치앙라이"),
        ("방콕 이민국 수용소", "방콕"),
        ("방콕수용소", "방콕"),
        ("흥남부두", "흥남"),
        ("심양 총영사관", "심양"),
        ("선양 시내", "선양"),
        ("バンコク収容所", "バンコク"),
        ("チェンライの警察署", "チェンライ"),
        ("Bangkok Immigration Detention Centre", "Bangkok"),
        ("Chiang Rai police station", "Chiang Rai"),
        ("Polizeiwache Chiang Rai", "Chiang Rai"),
        ("commissariat de Chiang Rai", "Chiang Rai"),
        ("comisaría de Chiang Rai", "Chiang Rai"),
    ],
)
def test_a_phrase_names_the_town_that_it_is_told_by(phrase: str, town: str) -> None:
    assert relations([phrase])[0].towns == (town,)


@pytest.mark.parametrize("phrase", ["남쪽 마을", "강 건너 이쪽", "어느 경찰서"])
def test_a_phrase_without_a_town_names_none(phrase: str) -> None:
    assert not [each for each in relations([phrase]) if each.towns[0] in {"남", "이", "어느"}]
