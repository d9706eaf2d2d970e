"""One catalogue of words a language: whole, filled alike, with words for each row of the tables; one file adds one."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from beside import GEO, PACKAGE
from escape_route.cli import main
from escape_route.distance import report
from escape_route.distance.settings import Settings, Where
from escape_route.distance.verdicts import Verdict
from escape_route.errors import UsageError
from escape_route.language import catalogues as module
from escape_route.language.catalogues import FIRST, Words, catalogues, languages
from escape_route.language.html import together
from escape_route.language.sentences import Speaker
from escape_route.model.modes import Mode
from escape_route.model.units import UNITS, Quantity
from escape_route.model.vocabulary import Counts, Outcome, Precision, Status, Wording
from escape_route.protection.protect import protect
from escape_route.publish import figure
from escape_route.publish.figure.output import Kind
from escape_route.publish.page import page
from escape_route.publish.report import document, terminal
from making import by, claim, journey

if TYPE_CHECKING:
    from pathlib import Path

    from escape_route.distance.report import PublishedReport

OTHERS = [language for language in languages() if language != FIRST]
ENGLISH = catalogues()[FIRST]
#: Rows of the tables by the part of the catalogue that has their words.
ROWS = {
    "mode": [*Mode],
    "status": [*Status],
    "precision": [*Precision],
    "outcome": [*Outcome],
    "wording": [*Wording],
    "unit": [*UNITS, "own"],
    "verdict": [*Verdict],
    "where": [*Where],
    "quantity": [],
    "claim": [],
}
COUNTED = [
    quantity for quantity in Quantity if quantity not in {Quantity.DISTANCE, Quantity.DURATION}
]


def forms(text: str | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else text


def places(text: str | list[str]) -> list[set[str]]:
    return [set(re.findall(r"\{(\w+)\}", form)) for form in forms(text)]


MOST_LACKING = 60
"""Words that a language may lack for a while: they are said in English, and the run of the tests names them."""


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_its_words_in_the_order_of_the_english_ones(language: str) -> None:
    own = catalogues()[language]
    lacking = [key for key in ENGLISH if key not in own]
    assert len(lacking) <= MOST_LACKING, f"{language}: said in English: {', '.join(lacking)}"
    assert list(own) == [key for key in ENGLISH if key in own], (
        f"{language}: never said, or out of order"
    )


def test_korean_has_every_word() -> None:
    assert [key for key in ENGLISH if key not in catalogues()["ko"]] == []


HEARD = {
    "{networks}로": "its words end in a vowel: 도로, 철도, 항로",
    "{traced}는": "kilometres",
    "{nearer}를": "kilometres",
    "{speed}로": "kilometres",
    "{reason}이며": "needs none",
    "{claim}이": "people, 명, as far as it is counted",
}
"""Particles of Korean after what is filled in, which hang on its last syllable as it is read, and why each is right."""


def test_korean_has_no_particle_that_hangs_on_what_is_filled_in() -> None:
    said = json.dumps(catalogues()["ko"], ensure_ascii=False)
    found = set(re.findall(r"\{\w+\}”?(?:은|는|이|가|을|를|과|와|로|으로|이며)(?=[ ,.:\"])", said))
    assert found == set(HEARD)


def test_a_language_that_no_speaker_has_read_says_so() -> None:
    """Whoever has read a catalogue empties its `page.unread`, and takes it out here."""
    assert {language for language in languages() if Words(language).word("page.unread")} == set(
        OTHERS
    )


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_has_the_same_places_in_every_language(language: str) -> None:
    usual = {key: places(text)[-1] for key, text in ENGLISH.items()}
    if language in {"es", "fr"}:  # where centuries are counted in Roman numerals
        usual["date.century"] = {"roman"}
    wrong = {
        key: text
        for key, text in catalogues()[language].items()
        for found in places(text)
        if found != usual[key]
    }
    assert wrong == {}


@pytest.mark.parametrize("language", languages())
def test_no_key_stands_twice_in_a_file(language: str) -> None:
    pairs = json.loads(
        (module.FOLDER / f"{language}.json").read_text("utf-8"), object_pairs_hook=list
    )
    assert [key for key, count in Counter(key for key, _ in pairs).items() if count > 1] == []


SHOWN = [
    *module.FOLDER.glob("*.json"),
    *(PACKAGE / "publish" / "page" / "web").glob("*.json"),
    *GEO.glob("*.geojson"),
]


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.stem)
def test_what_a_reader_sees_has_no_straight_quotation_mark_or_apostrophe(path: Path) -> None:
    assert re.findall(r"[^\n]*(?:'|\\\")[^\n]*", path.read_text("utf-8")) == []


@pytest.mark.parametrize("table", ROWS)
def test_every_row_of_a_table_has_its_words_and_no_other_has(table: str) -> None:
    rows = ROWS[table] or COUNTED
    assert {key for key in ENGLISH if key.startswith(f"{table}.") and key.count(".") == 1} == {
        f"{table}.{row}" for row in rows
    }


@pytest.mark.parametrize(
    "verdict", sorted({*Verdict} - {Verdict.NOT_COMPARABLE})
)  # that one is no matter of length
def test_each_verdict_can_be_said_of_a_number_at_an_edge(verdict: Verdict) -> None:
    assert all(Words(language).word(f"verdict_is.{verdict}") for language in languages())


def test_every_other_count_has_a_reason_why_it_is_not_weighed() -> None:
    assert {f"reason.{counts}" for counts in {*Counts} - {Counts.JOURNEY, Counts.STRAIGHT}} <= set(
        ENGLISH
    )


def sources() -> str:
    """All code and templates, in one."""
    files = [
        path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".js", ".html", ".md", ".svg"}
    ]
    return "\n".join(path.read_text("utf-8") for path in files)


def test_every_word_is_asked_for_somewhere() -> None:
    """By its whole key, or by the beginning of it that something is put behind."""
    text = sources()
    asked = set(re.findall(r"[\"'`.]([\w.]+)[\"'`]|words\.(\w+)", text))
    whole = {each for pair in asked for each in pair}
    begun = tuple(
        filter(None, re.findall(r"[\"'`]([a-z_]+[._][a-z_.]*)(?:\{|\$\{|\"\s*~|%d)", text))
    )
    unused = [
        key
        for key in ENGLISH
        if key not in whole
        and key.removeprefix("page.") not in whole
        and not key.startswith(begun)
        and not key.removeprefix("page.").startswith(begun)
    ]
    assert unused == []


def test_every_word_that_python_asks_for_is_there() -> None:
    asked = re.findall(r"(?:\bword|\bcounted)\(\s*(f?)\"([^\"]+)\"", sources())
    whole = {key for made, key in asked if not made and "." in key.rstrip(".")}
    begun = {key.partition("{")[0] for made, key in asked if made or key.endswith(".")}
    assert whole - set(ENGLISH) == set()
    assert [each for each in begun if not any(key.startswith(each) for key in ENGLISH)] == []


@pytest.mark.parametrize(
    ("row", "table"),
    [("foot_wild", "modes.py"), ("farsakh_arab", "units.toml"), ("brokers", "units.py")],
)
def test_a_row_stands_in_its_table_and_the_schemas_alone(row: str, table: str) -> None:
    """What CONTRIBUTING.md promises of a mode, a unit and a quantity."""
    kinds = {".py", ".json", ".toml", ".js", ".ts", ".css", ".html"}
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*")
        if path.suffix in kinds and re.search(rf"\b{row}\b", path.read_text("utf-8"))
    }
    schemas = {"model/schema/journey.schema.json", "model/schema/report.schema.json"}
    catalogue = {f"language/words/{language}.json" for language in languages()}
    priors = {"distance/priors.json"} if table == "modes.py" else set()
    words = {
        "protection/leaks/said.json",
        "formats/tables/synonyms.py",
        "formats/tables/words.toml",
    }  # made; what a spreadsheet calls it elsewhere
    assert found - words == {f"model/{table}", *priors, *schemas, *catalogue}


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 miles"), (1, "1 mile"), (2, "2 miles"), (1.5, "1.5 miles"), (21, "21 miles")],
)
def test_a_unit_has_the_form_that_goes_with_its_number(number: float, said: str) -> None:
    assert Words().counted("unit.mi", number, n=f"{number:g}") == said


def test_a_language_without_forms_says_one_for_all() -> None:
    assert [Words("ko").counted("unit.mi", number, n=number) for number in (1, 2)] == [
        "1마일",
        "2마일",
    ]


def test_a_language_that_nothing_is_held_in_is_told() -> None:
    with pytest.raises(
        UsageError, match=r"\Alanguage: nothing is held in 'xx', only in en, .*ko\b"
    ):
        Words("xx")


NEW = "eo"
"""A language that there is no catalogue of."""
LACKING = ("page.skip", "page.language_name", "page.contents_title", "page.contents_foot")
MARK = "\N{CURRENCY SIGN}"


def marked(text: str | list[str]) -> str | list[str]:
    return MARK + text if isinstance(text, str) else [MARK + form for form in text]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalogues, and one more: English with a mark before every text, and without a few words."""
    for path in module.FOLDER.glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    new: dict[str, Any] = {
        key: text if key == "plural" else marked(text) for key, text in ENGLISH.items()
    }
    for key in LACKING:
        del new[key]
    (tmp_path / f"{NEW}.json").write_text(json.dumps(new), "utf-8")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    return tmp_path


@pytest.fixture
def told(folder: Path) -> PublishedReport:  # noqa: ARG001  # the catalogues are there before anything is said
    ends = {"label": (100.5, 13.75)}, {"label": (102.6, 17.97), **by(Mode.ROAD)}
    texts = {FIRST: "A way", NEW: "Vojo"}
    one = replace(journey(*ends, claims=(claim(5_000),)), title=texts, summary=texts)
    return report.gather_published(protect(one).published, Settings(draws=200))


def test_a_new_language_is_one_file(folder: Path) -> None:  # noqa: ARG001
    assert languages() == (FIRST, *sorted([NEW, *OTHERS]))
    assert Words(NEW).word("page.play") == f"{MARK}Play"


def test_a_word_that_it_lacks_is_said_in_english(folder: Path) -> None:  # noqa: ARG001
    assert Words(NEW).word("page.skip") == "Skip to the story"
    assert NEW not in module.in_each("page.skip")


def test_a_page_speaks_a_new_language(told: PublishedReport) -> None:
    html = page.build([told])
    spoken = re.search(r'"languages":(\[[^]]*\])', html)
    assert spoken is not None
    assert sorted(json.loads(spoken[1])) == sorted([FIRST, NEW, *OTHERS])
    assert f'"{NEW}":"{MARK}Play"' in html
    contents = page.build_contents([told])
    assert re.search(
        rf'<div data-in="{NEW}" lang="{NEW}"[^>]*><h1>{ENGLISH["page.contents_title"]}</h1>',
        contents,
    )
    assert contents.count(MARK) >= len(("lead", "finding"))


def test_a_figure_speaks_a_new_language(told: PublishedReport) -> None:
    svg = figure.render(
        told, Kind.SVG, figure.options(size="column", language=NEW, dpi=40)
    ).decode()
    assert f'lang="{NEW}"' in svg
    assert MARK in svg


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("kind", [document.Kind.HTML, document.Kind.MARKDOWN])
def test_a_report_speaks_a_new_language(told: PublishedReport, kind: document.Kind) -> None:
    text = document.render(told, kind, NEW).decode()
    headings = [line for line in text.splitlines() if line.startswith("## ") or "<h2" in line]
    assert headings
    assert [line for line in headings if MARK not in line] == []
    finding = Speaker(NEW).finding(told)
    assert (together(finding) if kind is document.Kind.HTML else finding) in text


def test_a_terminal_speaks_a_new_language(
    told: PublishedReport, capsys: pytest.CaptureFixture[str]
) -> None:
    """All but the words of the file: ids, modes, statuses, titles."""
    terminal.show([told], NEW)
    printed = capsys.readouterr().out
    headings = [
        f"{MARK}{ENGLISH[key]}" for key in ("terminal.needs", "terminal.origin", "terminal.choices")
    ]
    assert [heading for heading in headings if heading not in printed] == []
    assert "Label points are" not in printed.replace(f"{MARK}Label points are", "")


def test_check_prints_korean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["check", "lee-son", "--draws", "20", "--language", "ko"]) == 0
    printed = capsys.readouterr().out
    assert catalogues()["ko"]["terminal.label_points"] in " ".join(printed.split())
    assert re.findall(r"\b(?:Legs|Label|nothing|stated|draws)\b", printed) == []
