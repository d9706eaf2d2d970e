"""A journey that is told in one language works everywhere, and is spoken of in that language where we speak it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

import escape_route as er
from beside import whole
from escape_route.cli import main
from escape_route.language.catalogues import Words, catalogues, languages
from escape_route.language.radii import radius
from escape_route.language.whens import in_words, when
from escape_route.publish.figure.legible import speakable
from escape_route.publish.page import assembly

if TYPE_CHECKING:
    from pathlib import Path

#: A title, two names of places and a narration in each language; Portuguese and Ukrainian are none
#: of ours.
TOLD = {
    "de": ("Ein Weg durch den Harz", "Goslar", "Quedlinburg", "Sie gingen zu Fuß."),
    "fr": ("Un chemin dans le Harz", "Goslar la haute", "Quedlimbourg", "Ils allèrent à pied."),
    "es": ("Un camino por el Harz", "Goslar", "Quedlimburgo", "Fueron a pie."),
    "ja": ("ハルツの道", "ゴスラー", "クヴェードリンブルク", "徒歩で行った。"),
    "ar": ("طريق عبر هارتس", "غوسلار", "كفيدلينبورغ", "مشوا على الأقدام."),
    "pt": ("Um caminho pelo Harz", "Goslar", "Quedlimburgo", "Foram a pé."),
    "uk": ("Шлях через Гарц", "Гослар", "Кведлінбург", "Вони йшли пішки."),
}


def document(language: str) -> dict[str, object]:
    """Two towns of the Harz and 70 km on foot, told in one language alone."""
    title, first, last, words = TOLD[language]
    shared = {
        "kind": "waypoint",
        "precision": "city",
        "status": "single",
        "sources": ["A"],
        "sensitivity": 0,
    }
    shared |= {
        "coordinateUncertaintyInMeters": 2000,
        "narration": {language: [{"text": words, "sources": ["A"]}]},
    }
    ends = [
        ("w1", [10.43, 51.91], {"name": {language: first}, "role": "start", "when": "1945-21"}),
        ("w2", [11.15, 51.79], {"name": {language: last}, "role": "reached", "when": "1945-21"}),
    ]
    told = [
        {
            "type": "Feature",
            "id": name,
            "geometry": {"type": "Point", "coordinates": at},
            "properties": shared | own,
        }
        for name, at, own in ends
    ]
    told[1]["properties"]["modes"] = [{"mode": "foot", "weight": 1, "status": "single"}]  # type: ignore[index]
    scope = {"from": "w1", "to": "w2", "flight": "no"}
    claim = {
        "id": "d",
        "quantity": "distance",
        "value": 1234.5,
        "unit": "km",
        "wording": "about",
        "scope": scope,
    }
    journey = {
        "id": "harz",
        "title": {language: title},
        "summary": {language: words},
        "outcome": "reached",
    }
    journey |= {
        "sources": [{"id": "A", "title": "A letter", "url": None}],
        "claims": [claim | {"sources": ["A"]}],
    }
    return {"type": "FeatureCollection", "journey": journey, "features": told}


@pytest.fixture(params=whole(TOLD, *list(TOLD)[:2], "ar"))
def told(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, str]:
    """A language and the path of a journey that is told in it alone."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "harz.geojson").write_text(json.dumps(document(request.param)), "utf-8")
    return request.param, "harz.geojson"


def spoken(language: str) -> str:
    return language if language in languages() else "en"


@pytest.mark.usefixtures("undrawn")
def test_every_command_takes_it(told: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    language, path = told
    title, first, last, _ = TOLD[language]
    words = Words(spoken(language))
    assert main.main(["check", path, "--draws", "20"]) == 0
    printed = capsys.readouterr().out
    assert title in printed
    assert words.word("page.layer_legs") in printed
    assert main.main(["compare", path, path, "--draws", "20", "-o", "c.csv"]) == 0
    assert words.word("compare.stated") in capsys.readouterr().out
    assert main.main(["map", path, "--draws", "20", "-o", "m.html"]) == 0
    page = er.read_journey(path).path.with_name("m.html").read_text("utf-8")  # type: ignore[union-attr]
    assert f'<html lang="{words.language}"' in page
    assert f"<title>{title}</title>" in page
    assert (first in page, last in page) == (True, True)
    assert words.form("date.seasons", 0, year=words.word("date.year", year="1945")) in page.replace(
        "\\u2068", ""
    )
    assert main.main(["report", path, "--draws", "20", "-o", "r.md"]) == 0
    report = er.read_journey(path).path.with_name("r.md").read_text("utf-8")  # type: ignore[union-attr]
    assert title in report
    assert words.word("report.finding") in report
    assert main.main(["figure", path, "--draws", "20", "-o", "f.svg"]) == 0
    shown = er.read_journey(path).path.with_name("f.svg").read_text("utf-8")  # type: ignore[union-attr]
    assert f'xml:lang="{speakable(words.language)}"' in shown


def test_a_notebook_takes_it(told: tuple[str, str]) -> None:
    language, path = told
    journey, words = er.read_journey(path), Words(spoken(language))
    assert words.word("journey.place") in journey._repr_html_()  # as Jupyter asks
    assert TOLD[language][1] in journey.explore(height=300)._repr_html_()
    checked = er.check(journey, draws=20)
    shown = (
        checked._repr_html_().replace("&#39;", "'").replace("\u00a0", " ")
    )  # a number and its unit stay together
    assert checked.finding().replace("\u00a0", " ") in shown
    assert len(journey.plot().texts) > 0


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "12,000.5"),
        ("de", "12.000,5"),
        ("fr", "12\u202f000,5"),
        ("es", "12.000,5"),
        ("ja", "12,000.5"),
        ("ar", "12,000.5"),
        ("ko", "12,000.5"),
    ],
)
def test_a_number_has_the_marks_of_its_language(language: str, said: str) -> None:
    assert Words(language).number(12_000.5) == said


def test_what_has_figures_stands_by_itself_where_lines_run_from_the_right() -> None:
    assert Words("ar").word("unit.km", n="1,000") == "\u20681,000\u2069 كم"
    assert Words("ar").word("scope.to", name="فيينا") == "إلى فيينا"
    assert Words("de").word("unit.km", n="1.000") == "1.000 km"


@pytest.mark.parametrize(
    ("edtf", "english", "german", "french", "korean"),
    [
        ("1945-21", "spring 1945", "Frühling 1945", "printemps 1945", "1945년 봄"),
        ("1945-37", "early 1945", "Anfang 1945", "début 1945", "1945년 초"),
        (
            "1940-02-21/1940-02-29",
            "late February 1940",
            "Ende Februar 1940",
            "fin février 1940",
            "1940년 2월 말",
        ),
        ("../1944", "until 1944", "bis 1944", "jusqu’à 1944", "1944년까지"),
        ("194X", "the 1940s", "1940er Jahre", "les années 1940", "1940년대"),
        ("1940-12/1941-02", "winter 1940/41", "Winter 1940/41", "hiver 1940/41", "1940/41년 겨울"),
        ("[1941,1942]", "1941 or 1942", "1941 oder 1942", "1941 ou 1942", "1941년 또는 1942년"),
        (
            "1944-12-24/1944-12-26",
            "Christmas 1944",
            "Weihnachten 1944",
            "Noël 1944",
            "1944년 성탄절",
        ),
        ("1945~", "about 1945", "um 1945", "vers 1945", "1945년쯤"),
        ("1914/1918", "1914 to 1918", "1914 bis 1918", "de 1914 à 1918", "1914년부터 1918년까지"),
        ("1945-05-01", "1 May 1945", "1. Mai 1945", "1er mai 1945", "1945년 5월 1일"),
        ("-0043", "44 BCE", "44 v. Chr.", "44 av. J.-C.", "기원전 44년"),
        ("1945-05-XX", "May 1945", "Mai 1945", "mai 1945", "1945년 5월"),
    ],
)
def test_a_date_is_read_back_in_words(
    edtf: str, english: str, german: str, french: str, korean: str
) -> None:
    assert [in_words(edtf, Words(each)) for each in ("en", "de", "fr", "ko")] == [
        english,
        german,
        french,
        korean,
    ]


@pytest.mark.parametrize("language", languages())
def test_no_date_is_read_back_as_a_code(language: str) -> None:
    codes = [f"1945-{code}" for code in range(21, 42)] + [
        "1945-05-05T10:30:00Z",
        "1984?/2004~",
        "{1941,1942}",
        "19XX",
    ]
    said = [in_words(each, Words(language)) for each in codes]
    assert [
        each
        for each in said
        if re.search(r"\d-\d\d|[{}\[\]~?]|/(?!46)|\dX|\bX+\b(?! siècle|$)", each)
    ] == []


def test_one_date_is_said_in_words_and_several_by_their_years() -> None:
    words = Words()
    assert when(["1945-21", None, "1945-21"], words) == "spring 1945"
    assert when(["2019-12", "2008~/2009"], words) == "2008–2019"
    assert when(["-0043-03-15", "0014"], words) == "44 BCE–14"
    assert (when(["198X", None], words), when([None], words)) == ("the 1980s", "")


@pytest.mark.parametrize(
    ("length_m", "said"), [(80_467.2, "50 Meilen (81 km)"), (206_512, "210 km"), (900, "900 m")]
)
def test_a_radius_is_said_as_it_was_told(length_m: float, said: str) -> None:
    assert radius(length_m, Words("de")) == said


@pytest.mark.parametrize("language", languages())
def test_the_words_of_the_page_are_those_of_its_languages(language: str) -> None:
    assert {each for texts in assembly.words((language,)).values() for each in texts} == {
        "en",
        language,
    }


def test_a_stated_number_stands_in_the_quotation_marks_of_the_language() -> None:
    found = {language: Words(language).quoted("5 km") for language in languages()}
    assert found == {
        "en": "“5 km”",
        "ko": "“5 km”",
        "de": "„5 km“",
        "fr": "«\N{NO-BREAK SPACE}5 km\N{NO-BREAK SPACE}»",
        "es": "«5 km»",
        "ja": "「5 km」",
        "ar": "«\u20685 km\u2069»",
    }


def test_in_french_no_line_begins_with_a_mark() -> None:
    texts = [
        text
        for told in catalogues()["fr"].values()
        for text in ([told] if isinstance(told, str) else told)
    ]
    assert [text for text in texts if re.search(r"\S [:;!?»]|« ", text)] == []


def test_sentences_are_parted_as_the_language_parts_them() -> None:
    assert Words("ja").sentences(["一つ。", "", "二つ。"]) == "一つ。二つ。"
    assert Words("en").sentences(["One.", "", "Two."]) == "One. Two."
