"""`protect`, and what every publishing command does with places that must not be found."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import escape_route as er
from beside import on_posix, whole
from documents import claim, content, journey, waypoint
from escape_route.cli import main
from escape_route.errors import UnprotectedWarning

SECRET = {"geometry": {"type": "Point", "coordinates": [102.6331, 17.9757]}}


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A journey with an exact place, a day and words that are to be held back."""
    monkeypatch.chdir(tmp_path)
    told = waypoint(
        0, when="2019-12-05", verbatimLocality="the blue house by the bridge", precision="exact"
    )
    document = journey(told | SECRET, waypoint(1), waypoint(2))
    (tmp_path / "way.geojson").write_bytes(content(document))
    return "way.geojson"


def test_protect_says_that_the_dates_of_several_places_are_one_span(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    told = [
        waypoint(n, when=when, sensitivity=2)
        for n, when in enumerate(("1998-03-05", "1998-07-01", "1999-02-11"))
    ]
    (tmp_path / "way.geojson").write_bytes(content(journey(*told)))
    assert main.main(["protect", "way.geojson", "-o", "out.geojson"]) == 0
    said = (
        "(the dates of these places are one span, March 1998 to February 1999: no day shows "
        "between two of them)"
    )
    assert f"dates made coarser: 3 {said}" in capsys.readouterr().out


def test_protect_says_what_was_changed_and_never_where(
    held: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["protect", held, "-o", "out.geojson"]) == 0
    shown = capsys.readouterr().out
    assert "places made coarser" in shown
    assert "dates made coarser: 1\n" in shown
    assert "texts left out: 1\n" in shown
    assert "102.6" not in shown


def test_protecting_what_is_protected_changes_nothing(
    held: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["protect", held, "-o", "once.geojson"]) == 0
    capsys.readouterr()
    assert main.main(["protect", "once.geojson", "-o", "twice.geojson"]) == 0
    assert (tmp_path / "once.geojson").read_bytes() == (tmp_path / "twice.geojson").read_bytes()
    assert "nothing had to be changed" in capsys.readouterr().out


def test_protect_never_writes_over_the_journey(
    held: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (tmp_path / held).read_bytes()
    assert main.main(["protect", held, "-o", held]) == 1
    assert (
        capsys.readouterr().err
        == "way.geojson: this is the journey's own file; give another name\n"
    )
    assert (tmp_path / held).read_bytes() == before


def test_a_page_shows_the_publishable_form_alone(held: str, tmp_path: Path) -> None:
    assert main.main(["map", held, "--draws", "20", "-o", "page.html"]) == 0
    page = (tmp_path / "page.html").read_text()
    assert "102.65" in page
    for secret in ("102.6331", "17.9757", "blue house", "2019-12-05"):
        assert secret not in page


def test_unprotected_warns_in_one_line_and_marks_the_page(
    held: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["map", held, "--draws", "20", "--unprotected", "-o", "page.html"]) == 0
    told = capsys.readouterr().err
    assert (
        told
        == "--unprotected: places are published as they are held, and can be found; do not pass the file on [warning]\n"
    )
    assert (
        "This page shows places as they are held, not generalised."
        in (tmp_path / "page.html").read_text()
    )


def test_a_protected_page_carries_no_such_mark(held: str, tmp_path: Path) -> None:
    assert main.main(["map", held, "--draws", "20", "-o", "page.html"]) == 0
    body = (tmp_path / "page.html").read_text().partition("<script")[0]
    assert "as they are held" not in body


def test_a_finer_place_stops_a_map_as_well(
    held: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["map", held, "--draws", "20", "-o", "page.html"]) == 0
    document = json.loads((tmp_path / held).read_text())
    document["features"][0]["properties"]["sensitivity"] = 4
    (tmp_path / held).write_text(json.dumps(document))
    assert main.main(["map", held, "--draws", "20", "-o", "again.html"]) == 1
    assert "would be published in a cell of 0.001 degree" in capsys.readouterr().err
    assert not (tmp_path / "again.html").exists()


def test_words_of_the_page_that_give_a_place_away_stop_it(held: str, tmp_path: Path) -> None:
    document = json.loads((tmp_path / held).read_text())
    document["journey"]["phone"] = "+856 20 5555 0134"
    document["journey"]["title"]["en"] = "Call me"
    (tmp_path / held).write_text(json.dumps(document))
    assert main.main(["map", held, "--draws", "20", "-o", "page.html"]) == 0
    assert "5555" not in (tmp_path / "page.html").read_text()


def test_protect_says_where_a_distance_is_judged_otherwise_as_published(
    held: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads((tmp_path / held).read_text())
    reasoned = {
        "reason": "nobody lives there now",
        "date": "2026-01-02",
    }  # the claim leaves a fifth of the country
    document["features"][1]["properties"] |= {"sensitivity": 1, "sensitivity_lowered": reasoned}
    (tmp_path / held).write_text(json.dumps(document))
    assert main.main(["protect", held, "-o", "out.geojson", "--finer"]) == 0
    assert (
        '"about 300 km" is impossible as held, and short from the places' in capsys.readouterr().out
    )


def test_a_page_says_that_it_was_judged_from_coarser_places(held: str, tmp_path: Path) -> None:
    assert main.main(["map", held, "--draws", "20", "-o", "page.html"]) == 0
    said = "It was judged from places that were made coarser for publication."
    assert said in (tmp_path / "page.html").read_text().partition("<script type")[0]


WARNED = (
    "--unprotected: places are published as they are held, and can be found; do not pass the file "
    "on [warning]\n"
)
THERE = "exists already; give another name, or --force to write over it"
FEW = ("--draws", "20")
#: Command lines that publish, by the file that each writes.
PUBLISHING = {
    "x.html": ("map", "way.geojson", "-o", "x.html", *FEW),
    "x.svg": ("figure", "way.geojson", "-o", "x.svg", *FEW),
    "x.md": ("report", "way.geojson", "-o", "x.md", *FEW),
    "x.csv": ("compare", "way.geojson", "-o", "x.csv", *FEW),
    "other.geojson": ("protect", "way.geojson", "-o", "other.geojson"),
    "x.gpx": ("export", "way.geojson", "--to", "gpx", "-o", "x.gpx"),
}


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("name", PUBLISHING)
def test_nothing_is_written_over_a_file_without_force(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text("before")
    assert main.main([*PUBLISHING[name]]) == 1
    assert capsys.readouterr() == ("", f"{name}: {THERE}\n")
    assert (tmp_path / name).read_text() == "before"
    assert not (tmp_path / "walk.published.json").exists()
    assert main.main([*PUBLISHING[name], "--force"]) == 0
    assert (tmp_path / name).read_text() != "before"


@on_posix
@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("name", PUBLISHING)
@pytest.mark.parametrize("own", ["way.geojson", "walk.published.json"])
def test_a_journeys_own_file_and_its_register_are_refused_even_with_force(
    own: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / name).symlink_to(tmp_path / own)
    (tmp_path / "walk.published.json").write_text("before")
    assert main.main([*PUBLISHING[name], "--force"]) == 1
    assert capsys.readouterr() == (
        "",
        f"{name}: this is the journey's own file; give another name\n",
    )
    assert (tmp_path / "walk.published.json").read_text() == "before"


@pytest.mark.parametrize("name", ["other.published.json", "journey.PUBLISHED.json"])
def test_no_command_writes_a_file_by_a_registers_name(
    held: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text("{}")
    for command in ("import", "map", "protect", "export --to csv"):
        assert main.main([*command.split(), held, "-o", name, "--force"]) == 1
        assert "kept for registers" in capsys.readouterr().err
    assert (tmp_path / name).read_text() == "{}"


def test_pages_name_all_the_files_that_are_there_at_once(
    held: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    for name in ("index", "walk", "lee-son"):
        (tmp_path / "out" / f"{name}.html").write_text("before")
    assert main.main(["pages", held, "lee-so-yeon", "lee-son", "-o", "out", *FEW]) == 1
    there = [f"out/{name}.html: {THERE}\n" for name in ("index", "walk", "lee-son")]
    assert capsys.readouterr() == ("", "".join(there))
    assert not (tmp_path / "out" / "lee-so-yeon.html").exists()
    assert main.main(["pages", held, "-o", "out", "--force", *FEW]) == 0
    assert (tmp_path / "out" / "index.html").read_text() != "before"


def test_unprotected_pages_are_marked_and_so_is_their_index(held: str, tmp_path: Path) -> None:
    assert main.main(["pages", held, "-o", "out", "--unprotected", *FEW]) == 0
    for name in ("index", "walk"):
        assert (
            "This page shows places as they are held"
            in (tmp_path / "out" / f"{name}.html").read_text()
        )


@pytest.fixture
def vague(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A journey whose length as it is published is another than as it is held."""
    monkeypatch.chdir(tmp_path)
    told = [waypoint(n, sensitivity=2) for n in range(2)]
    for each, lon in zip(told, (100.0999, 100.2001), strict=True):
        each["geometry"] = {"type": "Point", "coordinates": [lon, 15.05123]}
    document = journey(*told, claims=[claim(scope={"from": "w0", "to": "w1", "flight": "no"})])
    (tmp_path / "vague.geojson").write_bytes(content(document))
    return "vague.geojson"


def test_compare_prints_the_publishable_form_as_it_writes_it(
    vague: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held, published = er.read_journey(vague), er.read_journey(vague).protect()
    as_held, as_published = (
        er.compare([each]).table["least_km"].item() for each in (held, published)
    )
    assert as_held == as_published != round(held.check().claims["lower_bound_km"].item(), 1)
    assert main.main(["compare", vague, "--json", "-o", "x.csv", *FEW]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["least_km"] == as_published
    assert "unprotected" not in found
    assert f',"{as_published}",' in (tmp_path / "x.csv").read_text()


def test_compare_prints_the_same_of_what_is_held_and_what_is_published(
    vague: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["protect", vague, "-o", "published.geojson"]) == 0
    capsys.readouterr()
    printed = []
    for name in (vague, "published.geojson"):
        assert main.main(["compare", name, *FEW]) == 0
        printed.append(capsys.readouterr())
    assert printed[0] == printed[1]
    assert main.main(["compare", vague, "--unprotected", *FEW]) == 0
    as_held = capsys.readouterr()
    assert as_held.out != printed[0].out
    assert as_held.err == WARNED


def test_compare_unprotected_says_so_in_all_that_it_gives(
    vague: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mark = "places as they are held: do not pass it on"
    assert main.main(["compare", vague, "--json", "--unprotected", "-o", "x.csv", *FEW]) == 0
    out, err = capsys.readouterr()
    assert err == WARNED
    assert json.loads(out)[0]["unprotected"] == mark
    header, row = (tmp_path / "x.csv").read_text().splitlines()
    assert (header.rpartition(",")[2], row.rpartition(",")[2]) == ('"unprotected"', f'"{mark}"')
    assert main.main(["compare", vague, "-o", "y.csv", *FEW]) == 0
    assert "unprotected" not in (tmp_path / "y.csv").read_text()


def test_protect_counts_members_that_are_not_of_the_format_and_names_none(
    held: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads((tmp_path / held).read_text())
    document["journey"]["broker"] = {"name": "Mr Zzyzx", "phone": "1"}
    document["features"][1]["properties"] |= {"secret": {"deep": [1]}, "phone": "+85620555123"}
    document["features"][2]["properties"]["sources"] = ["A"]
    (tmp_path / held).write_text(json.dumps(document))
    assert main.main(["protect", held, "-o", "out.geojson"]) == 0
    out, err = capsys.readouterr()
    assert "members left out that are not of the format: 3\n" in out
    assert (err, [word for word in ("Zzyzx", "broker", "secret", "phone") if word in out]) == (
        "",
        [],
    )


def test_protect_says_how_many_places_are_published_as_held(
    held: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads((tmp_path / held).read_text())
    for feature in document["features"]:
        feature["properties"]["sensitivity"] = 0
    (tmp_path / held).write_text(json.dumps(document))
    assert main.main(["protect", held, "-o", "out.geojson"]) == 0
    out = capsys.readouterr().out
    assert "places that declare 0, published as held: 3\n" in out
    assert "coarse enough" not in out


def test_a_figure_can_be_saved_as_it_is_held_and_says_so(held: str, tmp_path: Path) -> None:
    journey_ = er.read_journey(held)
    mark = "as they are held"
    with pytest.warns(UnprotectedWarning):
        saved = journey_.save_figure(tmp_path / "held.svg", size="column", unprotected=True)
    assert mark in saved.read_text()
    assert (
        mark not in journey_.save_figure(tmp_path / "x.svg", size="column", finer=True).read_text()
    )


def test_a_notebooks_map_of_what_is_held_warns_and_says_so(held: str) -> None:
    told = er.read_journey(held)
    with pytest.warns(
        UnprotectedWarning, match="places are published as they are held, and can be found"
    ):
        drawn = told.explore(unprotected=True)
    assert "not generalised. Do not pass it on" in drawn.get_root().render()
    assert "not generalised. Do not pass it on" not in told.explore().get_root().render()


@pytest.mark.parametrize("command", ["protect", "map", "import"])
@pytest.mark.parametrize("target", [".", "folder"])
def test_a_folder_is_no_file_to_write_to(
    held: str, command: str, target: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.iterdir())
    assert main.main([command, held, "-o", target, "--force"]) == 1
    assert capsys.readouterr() == ("", f"{target}: a folder; give the name of a file in it\n")
    assert sorted(tmp_path.iterdir()) == before


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Addresses that a browser was told to open; temporary folders are made where the test can see them."""
    addresses: list[str] = []
    monkeypatch.setattr("webbrowser.open", addresses.append)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    return addresses


LOOKS = {
    "map": "walk.preview.html",
    "figure": "walk.preview.svg",
    "report": "walk-report.preview.html",
}


@pytest.mark.parametrize("command", LOOKS)
def test_a_first_look_is_marked_opened_and_not_written_down(
    command: str, held: str, tmp_path: Path, opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = {each.name for each in tmp_path.iterdir()}
    assert main.main([command, held, "--preview", *FEW]) == 0
    assert {each.name for each in tmp_path.iterdir()} == before
    (file,) = (tmp_path / "temporary").rglob("*.preview.*")
    assert file.name == LOOKS[command]
    assert opened == [file.as_uri() + ("#lang=en" if command == "map" else "")]
    assert file.parent.stat().st_mode & 0o077 == 0
    assert "not written down as published" in capsys.readouterr().out
    text = file.read_text()
    assert not re.search(r"102\.6331|17\.9757|blue house", text)
    assert command == "figure" or "This is a preview for your own eyes." in text


def test_a_preview_is_the_publishable_form_with_a_mark(
    held: str, tmp_path: Path, opened: list[str]
) -> None:
    assert main.main(["map", held, "-o", "page.html", *FEW]) == 0
    assert main.main(["map", held, "--preview", "--no-open", *FEW]) == 0
    assert opened == []
    (file,) = (tmp_path / "temporary").rglob("*.preview.html")
    mark = '<p class="care">'
    published, looked = (tmp_path / "page.html").read_text(), file.read_text()
    assert looked.count(mark) == published.count(mark) + 1
    assert '"mark":null' in published
    assert '"mark":"preview"' in looked


def test_a_preview_asks_no_register(held: str, tmp_path: Path, opened: list[str]) -> None:
    assert main.main(["map", held, "-o", "page.html", *FEW]) == 0
    document = json.loads((tmp_path / held).read_text())
    document["features"][0]["properties"]["sensitivity"] = 4
    (tmp_path / held).write_text(json.dumps(document))
    assert main.main(["map", held, "-o", "again.html", *FEW]) == 1
    assert main.main(["map", held, "--preview", *FEW]) == 0
    assert main.main(["map", held, "-o", "again.html", *FEW]) == 1
    assert len(opened) == 1


@pytest.mark.parametrize("more", [["-o", "x.html"], ["--unprotected"], ["--finer"]])
def test_a_preview_goes_nowhere_else_and_shows_no_more(
    more: list[str], held: str, opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["map", held, "--preview", *more]) == 2
    assert f"leave out {more[0]}" in capsys.readouterr().err
    assert opened == []


@pytest.mark.parametrize("name", ["x.preview.html", "x.Preview.svg", "x.preview.geojson"])
def test_nothing_else_is_called_a_preview(
    name: str, held: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = {"html": "map", "svg": "figure", "geojson": "protect"}[name.rpartition(".")[2]]
    assert main.main([command, held, "-o", name]) == 1
    assert "are kept for previews (give another name)" in capsys.readouterr().err
    assert not (tmp_path / name).exists()


HELD_FIRST = "Of what is held: not for passing on."


def test_what_is_finer_than_may_be_published_is_said_first(
    held: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (
        ["check", held, *FEW],
        ["lint", held],
        ["compare", held, "--unprotected", *FEW],
    ):
        main.main(command)
        out = capsys.readouterr().out
        assert out.startswith(HELD_FIRST) or (command[0] == "lint" and not out)
    for command in (
        ["check", held, "--published", *FEW],
        ["lint", held, "--published"],
        ["compare", held, *FEW],
    ):
        main.main(command)
        assert HELD_FIRST not in capsys.readouterr().out
    main.main(["check", "lee-son", *FEW])
    assert HELD_FIRST not in capsys.readouterr().out


def test_programs_are_told_whether_it_is_of_what_is_held(
    held: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command, expected in (
        (["check", held, *FEW], True),
        (["check", held, "--published", *FEW], False),
    ):
        assert main.main([*command, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["as_held"] is expected
    for command, expected in ((["lint", held], True), (["lint", held, "--published"], False)):
        main.main([*command, "--json"])
        assert json.loads(capsys.readouterr().out)["as_held"] is expected


LATER = "2019-05-03T12:00:00Z"
CELL = (
    [102.601, 17.901],
    [102.699, 17.901],
    [102.601, 17.999],
    [102.699, 17.999],
    [102.63312, 17.97574],
)


def told_way(label: list[float], kind: str) -> bytes:
    """A journey whose middle is held somewhere in its cell, its other places known; no number of it is near an edge."""
    hidden = {"geometry": {"type": "Point", "coordinates": label}}
    open_ = {"sensitivity": 0, "precision": "exact", "coordinateUncertaintyInMeters": None}
    known = [waypoint(n, **open_) for n in (0, 2)]
    dated = (
        {"when": LATER, "modes": [{"mode": "foot", "weight": 1, "status": "single"}]}
        if kind == "too fast"
        else {}
    )
    middle = waypoint(1, precision="exact", coordinateUncertaintyInMeters=None, **dated) | hidden
    if kind == "too fast":
        known[0]["properties"]["when"] = "2019-05-03T10:00:00Z"
    flown = {"note": {"en": "As the crow flies"}} if kind == "as the crow flies" else {}
    scopes = [("w0", "w1"), ("w1", "w2"), ("w0", "w2")]
    told = [
        claim(
            id=f"c{n}",
            value=5_000,
            unit="km",
            scope={"from": start, "to": end, "flight": "no"},
            **flown,
        )
        for n, (start, end) in enumerate(scopes)
    ]
    if kind == "two stops":
        return content(journey(known[0], middle, claims=told[:1]))
    return content(journey(known[0], middle, known[1], claims=told))


def pasted(label: list[float], kind: str, capsys: pytest.CaptureFixture[str]) -> list[object]:
    """Everything that a holder may paste of a journey: what commands print, and what Python says."""
    Path("way.geojson").write_bytes(told_way(label, kind))
    said: list[object] = []
    for command in (
        "check",
        "check --json",
        "check --explain --held",
        "compare --unprotected",
        "lint",
        "lint --json",
    ):
        name, *options = command.split()
        main.main([name, "way.geojson", *options, *([] if name == "lint" else FEW)])
        said.append(capsys.readouterr().out)
    held = er.read_journey("way.geojson")
    found = held.check(draws=50)
    return [*said, str(found), repr(found), found.to_document(), er.compare([held]).table.to_csv()]


@pytest.mark.parametrize(
    "kind", whole(["two stops", "two scopes", "as the crow flies", "too fast"], "two scopes")
)
def test_what_a_holder_pastes_is_the_same_for_every_place_in_a_cell(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    first, *others = [pasted(corner, kind, capsys) for corner in CELL]
    assert all(each == first for each in others)
    assert "between the places as they may be published" in str(first[0])
    assert ("takes longer" in str(first[4]) or "take" in str(first[4])) == (kind == "too fast")


def test_a_verdict_is_of_what_is_held_where_the_numbers_would_say_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    told = [waypoint(n, precision="exact", coordinateUncertaintyInMeters=None) for n in range(2)]
    for each, lon in zip(
        told, (100.01, 100.19), strict=True
    ):  # 19 km apart, and the middles of their cells 11
        each["geometry"] = {"type": "Point", "coordinates": [lon, 15.05123]}
    stated = claim(
        value=17, unit="km", wording="exact", scope={"from": "w0", "to": "w1", "flight": "no"}
    )
    Path("way.geojson").write_bytes(content(journey(*told, claims=[stated])))
    assert main.main(["check", "way.geojson", "--strict"]) == 3
    said = " ".join(capsys.readouterr().out.split())
    assert "As held: impossible. By the places as they may be published: 17 km" in said
    assert main.main(["check", "way.geojson", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["claims"]
    assert (found["verdict"], found["judgements"][0]["firmness"]) == ("impossible_short", None)
    assert found["lower_bound_km"] < 17
