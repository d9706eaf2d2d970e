"""Consent is held, and a word and a year of it are published; corrections are told; what is withdrawn says nothing."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

import escape_route as er
import making
from beside import SHIPPED
from documents import content, journey, waypoint
from escape_route.cli import main as cli
from escape_route.formats import geojson
from escape_route.language import kept
from escape_route.language.phrases import Phrases
from escape_route.model.journey import Audio, Checked, Consent, Image
from escape_route.model.vocabulary import Basis
from escape_route.protection import generalise
from escape_route.protection.protect import CONSENT, protect
from escape_route.publish.report import teller

HELD = {
    "basis": "given_for_another",
    "when": "2025-03-14",
    "by": "Marta Quellenberg",
    "to": "the map, without the village",
    "on_behalf_of": "her mother, Ilse Quellenberg",
    "withdraw": "by a letter to the museum at Lindenau",
}
CORRECTION = {"when": "2026-02-01", "what": {"en": "The winter was that of 1947."}}


@pytest.fixture
def walk(tmp_path: Path) -> Path:
    file = tmp_path / "walk.geojson"
    file.write_bytes(content(journey(consent=HELD, corrections=[CORRECTION])))
    return file


def test_a_word_and_a_year_are_published_and_nothing_else(walk: Path) -> None:
    form = protect(er.read_journey(walk).data)
    assert form.journey.consent == Consent(Basis.GIVEN_FOR_ANOTHER, "2025")
    assert form.changes[CONSENT] == 1
    assert protect(form.journey).changes.get(CONSENT) is None


@pytest.mark.parametrize("when", [None, "2025", "2025~", "2025-03-14/2025-04", "../2025"])
def test_of_a_date_its_first_year_is_published(walk: Path, when: str | None) -> None:
    walk.write_bytes(content(journey(consent={"basis": "given", "when": when})))
    consent = protect(er.read_journey(walk).data).journey.consent
    assert consent == Consent(Basis.GIVEN, when and "2025")


@pytest.mark.parametrize(
    "command", [["map"], ["report", "--for-teller"], ["report"], ["export", "--to", "geojson"]]
)
def test_no_file_tells_who_agreed_and_to_what(walk: Path, command: list[str], capsys) -> None:
    target = walk.with_name("out.geojson" if command[0] == "export" else "out.html")
    assert cli.main([command[0], str(walk), *command[1:], "-o", str(target)]) == 0, (
        capsys.readouterr().err
    )
    text = target.read_text("utf-8")
    assert [
        word
        for word in ("Quellenberg", "Lindenau", "without the village", "2025-03")
        if word in text
    ] == []
    assert "given_for_another" in text or "given for another, 2025" in text


def test_the_page_says_when_and_what_was_corrected(walk: Path, capsys) -> None:
    target = walk.with_name("out.html")
    assert cli.main(["map", str(walk), "-o", str(target)]) == 0, capsys.readouterr().err
    assert "Corrected 2026-02-01: The winter was that of 1947." in target.read_text("utf-8")


def test_a_file_is_not_named_after_whoever_agreed(walk: Path, capsys) -> None:
    assert cli.main(["map", str(walk), "-o", str(walk.with_name("Marta Quellenberg.html"))]) == 3
    assert "journey.consent.by" in capsys.readouterr().err


def test_the_page_of_a_withdrawn_journey_says_nothing_of_it(walk: Path, capsys) -> None:
    target = walk.with_name("walk.html")
    assert cli.main(["map", str(walk), "-o", str(target)]) == 0
    assert (
        cli.main(["withdraw", str(walk), "-o", str(target), "--date", "2026-03-01"]) == 1
    )  # it is there already
    assert (
        cli.main(["withdraw", str(walk), "-o", str(target), "--date", "2026-03-01", "--force"]) == 0
    )
    text = target.read_text("utf-8")
    assert "This map has been withdrawn" in text
    assert "2026-03-01" in text
    data = er.read_journey(walk).data
    told = [
        *data.title.values(),
        *data.summary.values(),
        *(each.name["en"] for each in data.waypoints),
    ]
    assert [each for each in told if each in text] == []
    capsys.readouterr()


def test_a_withdrawal_is_of_a_day_and_never_over_the_held_file(walk: Path, capsys) -> None:
    assert cli.main(["withdraw", str(walk), "--date", "soon"]) == 2
    assert "soon: not a day" in capsys.readouterr().err
    assert cli.main(["withdraw", str(walk), "-o", str(walk), "--force"]) == 1
    assert "own file" in capsys.readouterr().err


def test_the_teller_is_told_what_is_seen_and_what_not(tmp_path: Path, capsys) -> None:
    file = tmp_path / "walk.geojson"
    file.write_bytes(content(journey(waypoint(0), waypoint(1), waypoint(2, sensitivity=0))))
    target = tmp_path / "copy.html"
    assert cli.main(["report", str(file), "--for-teller", "-o", str(target)]) == 0, (
        capsys.readouterr().err
    )
    text = target.read_text("utf-8")
    assert "Not shown: the place as finely as it is held" in text
    assert "somewhere in a circle of" in text
    assert "You need not say why." in text


def test_the_copy_says_all_that_the_page_shows_in_the_language_of_the_teller(
    tmp_path: Path, capsys
) -> None:
    quote = {
        "text": {"en": "We ran.", "ko": "우리는 뛰었다."},
        "speaker": {"en": "She", "ko": "그녀"},
        "sources": ["A"],
    }
    held = {
        "verbatimLocality": "by the mill",
        "when": "2019-05-04",
        "modes": [{"mode": "foot", "status": "single"}],
    }
    walked = waypoint(1, quote=quote, **held)
    border = waypoint(
        2, footprint=["border:LA-VN"], precision="region", leg="untold", sensitivity=0
    )
    hidden = waypoint(3, sensitivity=1, footprint=["country:VN"], precision="country")
    for each in (border, hidden):
        each["geometry"] = None
    file = tmp_path / "walk.geojson"
    file.write_bytes(content(journey(waypoint(0), walked, border, hidden)))
    target = tmp_path / "copy.html"
    command = ["report", str(file), "--for-teller", "--language", "ko", "-o", str(target)]
    assert cli.main(command) == 0, capsys.readouterr().err
    seen = " ".join(target.read_text("utf-8").split())
    words = Phrases("ko")
    kept = [words.word(f"teller.kept.{each}") for each in ("place", "words", "date")]
    assert [each for each in kept if each not in seen] == []
    assert "라오스–베트남 국경 어딘가" in seen  # as ranges are written
    assert "베트남 어딘가" in seen
    assert "그녀: “우리는 뛰었다.”" in seen
    assert f"{words.word('page.how')}: {words.word('mode.foot')}" in seen
    assert f"{words.word('page.how')}: {words.word('page.untold')}" in seen
    assert [each for each in ("the place", "the date", "Laos", "Vietnam") if each in seen] == []


@pytest.mark.parametrize(
    ("language", "head"), [("ar", '<html lang="ar" dir="rtl">'), ("fr", '<html lang="fr">')]
)
def test_the_copy_runs_as_its_language_does(walk: Path, language: str, head: str, capsys) -> None:
    target = walk.with_name("copy.html")
    command = ["report", str(walk), "--for-teller", "--language", language, "-o", str(target)]
    assert cli.main(command) == 0, capsys.readouterr().err
    assert head in target.read_text("utf-8")


def test_the_teller_is_told_of_pictures_and_recordings() -> None:
    checked = Checked("the editor", "2026-11-29")
    image = Image("market.jpg", {"en": "A market hall", "ko": "시장"}, "J. Doe", checked)
    audio = Audio("song.mp3", {"en": "A song"}, "J. Doe", checked)
    place = making.waypoint(0, label=(100.0, 15.0), image=image, audio=audio)
    lines = teller.seen(place, Phrases("ko"))["lines"]
    assert {
        Phrases("ko").word("teller.picture", what="시장"),
        Phrases("ko").word("teller.recording", what="A song"),
    } <= {*lines}


def test_what_the_publishable_form_leaves_out_has_words_in_every_language() -> None:
    said = {generalise.TOLD_AS_ONE, generalise.ONE_SHOWN}
    for module in map(
        import_module, ("escape_route.protection.generalise", "escape_route.protection.protect")
    ):
        source = Path(inspect.getfile(module)).read_text("utf-8")
        found = re.findall(r'\bwithholding\(.+, (?:"([^"]+)"|([A-Z_]+))\)', source)
        assert found
        said |= {words or getattr(module, name) for words, name in found}
    phrases = Phrases("ko")
    as_written = making.waypoint(0, information_withheld="; ".join(sorted(said)))
    assert not said & set(kept.left_out(as_written, phrases))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_journeys_say_what_they_rest_on(name: str) -> None:
    consent = er.read_journey(name).data.consent
    assert consent is not None
    assert consent.basis is Basis.PUBLISHED_SOURCES


def test_what_is_held_comes_back_from_its_file(walk: Path) -> None:
    held = er.read_journey(walk).data
    document = geojson.to_document(held)
    assert document["journey"]["consent"] == HELD
    assert document["journey"]["corrections"] == [CORRECTION]


def test_what_a_holder_wrote_of_what_is_left_out_stands_as_it_was_written() -> None:
    own, ours = "the town is not sought", "the place itself, and its name"
    for held_back, said in ((own, own), (f"{own}; {ours}", f"not shown: {ours}; {own}")):
        told = making.journey({"label": (102.0, 18.0), "information_withheld": held_back})
        assert kept.not_shown(told.waypoints[0], Phrases("en")) == said
