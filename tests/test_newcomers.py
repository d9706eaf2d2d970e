"""Spreadsheets as people type them who have read no more than the README: one round of errors, and a page."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

import escape_route as er
from escape_route.cli import main as cli
from escape_route.errors import JourneyFileError
from escape_route.formats.tables import csv as csv_tables
from escape_route.formats.tables import later, stated, synonyms
from escape_route.formats.tables.cells import value_of
from escape_route.formats.tables.columns import column_of
from escape_route.formats.tables.going import mode_in_a_sentence
from escape_route.formats.tables.grid import Grid, Line, Sheets
from escape_route.formats.tables.synonyms import choice, mode_of_several

if TYPE_CHECKING:
    from pathlib import Path

    from escape_route.formats import Loaded

HEADER = [
    "name_en",
    "precision",
    "within",
    "role",
    "when",
    "mode",
    "sources",
    "sources_at",
    "narration_en",
]
INTERVIEW = [["i1", "Interview, 2016"]]
BOTH = [*INTERVIEW, ["i2", "His notebook"]]


def table(
    places: list[list[str]],
    *,
    claims: tuple[list[str], ...] = (),
    sources: list[list[str]] = INTERVIEW,
) -> str:
    """A spreadsheet of places, each as long as it was typed, with the other tables below it."""
    more = [
        ["title_en", "A way"],
        ["summary_en", "Told by one."],
        ["people", "five"],
        ["outcome", "arrived"],
    ]
    rows = [HEADER, *places, [], ["[journey]"], *more, [], ["[sources]"], ["id", "title"], *sources]
    rows += (
        [[], ["[claims]"], ["quantity", "value", "unit", "from", "to", "sources"], *claims]
        if claims
        else []
    )
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def read(text: str) -> Loaded:
    return csv_tables.read(text.encode(), "trip.csv")


def problems(text: str) -> list[str]:
    with pytest.raises(JourneyFileError) as caught:
        read(text)
    return [str(each) for each in caught.value.problems]


def place(name: str, role: str = "stop", **more: str) -> list[str]:
    told = {
        "name_en": name,
        "precision": "city",
        "within": "Vietnam",
        "role": role,
        "when": "1979",
        "sources": "i1",
    }
    return [(told | more).get(header, "") for header in HEADER]


WAY = [place("Saigon", "start"), place("Rach Gia", mode="bus")]


def test_of_several_sources_a_row_says_by_what_it_cites_how_well_it_stands() -> None:
    loaded = read(table([*WAY, place("Hue", sources="i1; i2", mode="bus")], sources=BOTH))
    places = loaded.journey.waypoints
    assert [each.status for each in places] == ["single", "single", "reported"]
    assert places[2].modes[0].status == "reported"
    (line,) = [each for each in loaded.warnings if "status" in each]
    assert line.startswith(
        "table waypoints: status is empty in 3 rows: taken as one account where a row cites one"
    )


def test_a_row_that_cites_none_of_several_sources_is_one_error() -> None:
    (line,) = problems(table([*WAY, place("Hue", sources="")], sources=BOTH))
    assert line.startswith(
        "table waypoints, row 4, column G (sources): empty (ids of sources, separated by semicolons"
    )


def test_where_no_source_is_told_the_sheet_for_it_is_named() -> None:
    (line,) = problems(
        table([place("Saigon", "start", sources=""), place("Hue", sources="")], sources=[])
    )
    assert line.startswith(
        "table waypoints, rows 2 and 3, column G (sources): empty (the interview is a row of the sheet"
    )


@pytest.mark.parametrize(("cites", "n"), [("I1", 1), ("interview", 0)])
def test_a_source_is_cited_by_its_id_in_any_case(cites: str, n: int) -> None:
    text = table([*WAY, place("Hue", sources=cites)], sources=BOTH)
    assert (len(read(text).journey.sources) if n else len(problems(text))) == (2 if n else 1)


def test_a_source_is_cited_by_its_title_and_may_have_an_id_in_any_script() -> None:
    sources = [["면담", "김씨 면담 2001"], ["", "His notebook"]]
    loaded = read(
        table(
            [place("Saigon", "start", sources="면담"), place("Hue", sources="his notebook")],
            sources=sources,
        )
    )
    assert [each.id for each in loaded.journey.sources] == ["s1", "s2"]
    assert [each.sources for each in loaded.journey.waypoints] == [("s1",), ("s2",)]
    assert any('"면담" stands as s1' in each for each in loaded.warnings)


def test_several_places_in_the_one_source_of_a_row_are_all_of_it() -> None:
    loaded = read(table([*WAY, place("Hue", sources_at="p. 4; 00:12:03")]))
    assert loaded.journey.waypoints[2].sources_at == {"i1": "p. 4; 00:12:03"}


def test_two_places_in_a_source_that_is_cited_twice_are_both_kept() -> None:
    two = place("Hue", sources="i1; i1", sources_at="00:26:20; 00:29:00")
    stop = read(table([*WAY, two], sources=BOTH)).journey.waypoints[2]
    assert (stop.sources, stop.sources_at) == (("i1",), {"i1": "00:26:20; 00:29:00"})
    (line,) = problems(
        table([*WAY, place("Hue", sources="i1; i2; i1", sources_at="a; b; c")], sources=BOTH)
    )
    assert "3 places, and this row cites 2 sources (i1; i2)" in line


def test_more_places_than_sources_are_told_with_the_sources() -> None:
    (line,) = problems(
        table([*WAY, place("Hue", sources="i1; i2", sources_at="1; 2; 3")], sources=BOTH)
    )
    assert (
        "3 places, and this row cites 2 sources (i1; i2) (a place for each source, in the same order"
        in line
    )


@pytest.mark.parametrize(
    ("name", "precision"),
    [
        ("Hue", "city"),
        ("Vietnam", "country"),
        ("the Mekong river", "named feature"),
        ("somewhere in Laos", "city"),
    ],
)
def test_a_place_without_a_precision_is_what_its_name_means_and_that_is_told(
    name: str, precision: str
) -> None:
    loaded = read(table([*WAY, place(name, precision="")]))
    assert loaded.journey.waypoints[2].precision == precision
    assert any(
        each.endswith(f"(precision): empty: {name} is taken as a {precision}")
        for each in loaded.warnings
    )


@pytest.mark.parametrize(
    ("header", "cell", "lon_lat", "order"),
    [
        ("coordinates", "16.46, 107.59", (107.59, 16.46), "lat and lon"),
        ("좌표", "107.59, 16.46", (107.59, 16.46), "lon and lat"),
        ("Koordinaten", "16°28'N 107°35'E", (107.583, 16.467), "lat and lon"),
        ("gps", "16.46; 90", (90, 16.46), "lat and lon"),
        ("gps", "91, 16.46", (91, 16.46), "lon and lat"),
    ],
)
def test_a_column_of_both_coordinates_is_read_and_the_order_is_told(
    header: str, cell: str, lon_lat: tuple[float, float], order: str
) -> None:
    text = table([WAY[0], place("Hue", within="", mode="bus")]).replace(
        "name_en,", f"{header},name_en,", 1
    )
    text = text.replace("Saigon,", ",Saigon,", 1).replace("Hue,", f'"{cell}",Hue,', 1)
    loaded = read(text)
    assert loaded.journey.waypoints[1].label == lon_lat
    assert any(f"({header.lower()}): read as {order}" in each for each in loaded.warnings)


def test_coordinates_of_which_both_numbers_may_be_no_latitude_are_asked() -> None:
    text = table([WAY[0], place("Hue", mode="bus")]).replace("name_en,", "coordinates,name_en,", 1)
    text = text.replace("Saigon,", '"120, 10",Saigon,', 1).replace("Hue,", '"10, 120",Hue,', 1)
    assert any('did you mean "lat" and "lon"' in each for each in read(text).warnings)


@pytest.mark.parametrize("mark", ["〃", "ditto", '"', "dto.", "위와 같음", "同上"])
def test_a_mark_for_the_same_as_above_is_what_stands_above_and_that_is_told(mark: str) -> None:
    loaded = read(
        table(
            [WAY[0], place("Hue", when="May 1979", mode="bus"), place("Vinh", when=mark, mode=mark)]
        )
    )
    last = loaded.journey.waypoints[2]
    assert (last.when, [each.mode for each in last.modes]) == ("1979-05", ["road"])
    assert sum(' is read as "May 1979"' in each for each in loaded.warnings) == 1


def test_a_country_that_is_mistyped_is_told_where_no_precision_is_either() -> None:
    (line,) = problems(table([WAY[0], place("Jilin", precision="", within="Austira", mode="bus")]))
    assert '"Austira" is not a country or region' in line


def test_a_name_that_is_left_empty_is_asked_for_in_words_and_not_in_json() -> None:
    line = next(
        line
        for line in problems(table([WAY[0], place("", mode="bus")]).replace("name_en", "name_ko"))
        if "row 3" in line
    )
    assert "words that tell no more than may be known" in line
    assert "{" not in line


@pytest.mark.parametrize(
    ("code", "country"), [("VNM", "country:VN"), ("AUT", "country:AT"), ("VN", "country:VN")]
)
def test_a_country_may_be_told_by_three_letters(code: str, country: str) -> None:
    assert read(table([WAY[0], place("Hue", within=code, mode="bus")])).journey.waypoints[
        1
    ].within == (country,)


@pytest.mark.parametrize(
    "word", ["camp", "beach", "border crossing", "Lager", "수용소", "항구", "plage", "place"]
)
def test_what_people_call_a_place_is_a_precision(word: str) -> None:
    assert read(table([*WAY, place("Hue", precision=word)])).journey.waypoints[2].precision in {
        "named feature",
        "city",
    }


def test_one_word_that_is_wrong_in_many_rows_is_one_error_with_its_rows() -> None:
    (line,) = problems(
        table([*WAY, *(place(name, mode="boat") for name in ("Hue", "Songkhla", "Kos"))])
    )
    assert line.startswith(
        'table waypoints, rows 4, 5 and 6, column F (mode): "boat" is not known here (did you mean'
    )
    assert line.endswith("(along a river or a coast, across a river, over the sea))")


@pytest.mark.parametrize(
    ("typed", "value", "value_to", "unit", "wording"),
    [
        ("about three hundred miles", 300, None, "mi", "about"),
        ("three or four days", 3, 4, "d", "exact"),
        ("half a year", 0.5, None, "year", "exact"),
        ("수천 km", 2_000, None, "km", "at_least"),
        ("zwölf Tage", 12, None, "d", "exact"),
        ("sixty miles?", 60, None, "mi", "about"),
        ("60 miles (?)", 60, None, "mi", "about"),
        ("over sixty miles?", 60, None, "mi", "over"),
        ("not even two hundred kilometres", 200, None, "km", "up_to"),
        ("nicht einmal hundert Kilometer", 100, None, "km", "up_to"),
        ("백 km도 안 되는", 100, None, "km", "up_to"),
        ("close to sixty miles", 60, None, "mi", "close_to"),
        ("about sixty or seventy kilometres", 60, 70, "km", "about"),
        ("60 or 70 km, I think", 60, 70, "km", "about"),
        ("1,500 kilometres", 1_500, None, "km", "exact"),
        ("1.500 Kilometer", 1_500, None, "km", "exact"),
        ("Mother always said a hundred kilometres", 100, None, "km", "exact"),
        ("well over sixty miles", 60, None, "mi", "over"),
    ],
)
def test_a_claim_in_words_is_read_and_that_is_told(
    typed: str, value: float, value_to: float | None, unit: str, wording: str
) -> None:
    loaded = read(table(WAY, claims=(["", typed, "", "Saigon", "Rach Gia", "i1"],)))
    (claim,) = loaded.journey.claims
    assert (claim.value, claim.value_to, claim.unit, claim.wording) == (
        value,
        value_to,
        unit,
        wording,
    )
    plain = {
        "half a year",
        "zwölf Tage",
        "about three hundred miles",
        "close to sixty miles",
        "well over sixty miles",
    }
    assert any(
        "column B (value)" in each and " is read as " in each for each in loaded.warnings
    ) is (typed not in plain)


@pytest.mark.parametrize(
    "typed",
    [
        "twelve miles",
        "About twelve miles",
        "ten thousand km",
        "열두 마일",
        "zwölf Seemeilen",
        "over ten miles",
    ],
)
def test_a_plain_number_in_words_needs_no_line(typed: str) -> None:
    assert (
        read(table(WAY, claims=(["", typed, "", "Saigon", "Rach Gia", "i1"],))).warnings
        == read(table(WAY)).warnings
    )


@pytest.mark.parametrize(
    "typed",
    [
        "several miles",
        "a couple of miles",
        "sixty or seventy miles",
        "dozens of miles",
        "twelve miles?",
    ],
)
def test_a_number_that_may_be_read_otherwise_is_told(typed: str) -> None:
    loaded = read(table(WAY, claims=(["", typed, "", "Saigon", "Rach Gia", "i1"],)))
    assert any(f'"{typed}" is read as ' in each for each in loaded.warnings)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("two nights and one day", (2, 3)),
        ("one night and two days", (2, None)),
        ("two days and two nights", (2, 3)),
        ("2 days and 3 nights", (3, 4)),
        ("zwei Tage und zwei Nächte", (2, 3)),
        ("deux jours et deux nuits", (2, 3)),
        ("dos noches y un día", (2, 3)),
        ("2박 3일", (3, None)),
        ("二泊三日", (3, None)),
        ("ثلاثة أيام وثلاث ليال", (3, 4)),
    ],
)
def test_nights_and_days_are_the_calendar_days_that_they_may_touch(
    typed: str, days: tuple[int, int | None]
) -> None:
    loaded = read(table(WAY, claims=(["", typed, "", "Saigon", "Rach Gia", "i1"],)))
    (claim,) = loaded.journey.claims
    assert (claim.value, claim.value_to, claim.unit, claim.quantity) == (*days, "d", "duration")
    assert any(
        each.endswith("d, the calendar days that so many nights and days may touch")
        for each in loaded.warnings
    )


@pytest.mark.parametrize("typed", ["ten days and two nights", "a long way"])
def test_of_a_number_that_was_refused_no_unit_is_missed(typed: str) -> None:
    (line,) = problems(table(WAY, claims=(["", typed, "", "Saigon", "Rach Gia", "i1"],)))
    assert "column B (value)" in line


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("seven hours on foot", "is read as 7 h"),
        ("sechs Stunden, nein, sieben", "is read as 6 to 7 h"),
        (
            "20 Meilen",
            "is told in a word that is taken for an English mile of 1.6 km: for a sea mile write nmi",
        ),
    ],
)
def test_what_was_left_out_of_a_number_or_may_be_another_unit_is_told(
    typed: str, said: str
) -> None:
    loaded = read(table(WAY, claims=(["", typed, "", "Saigon", "Rach Gia", "i1"],)))
    assert any(f'"{typed}" {said}' in each for each in loaded.warnings)


def test_a_word_of_several_units_is_asked_with_how_long_each_is() -> None:
    (told,) = problems(table(WAY, claims=(["", "10 里", "", "Saigon", "Rach Gia", "i1"],)))
    assert (
        '"li" or "ri_korean" or "ri_japanese"? (500 m in China, 393 m in Korea, 3,927 m in Japan)'
        in told
    )


def test_a_number_that_is_none_is_refused_with_where_it_goes() -> None:
    claims = (["money", "ten gold leaves", "", "Saigon", "Rach Gia", "i1"],)
    told = problems(table(WAY, claims=claims))
    assert any(
        '"money" is not counted here' in each and "tell it in a narration" in each for each in told
    )
    assert any('"ten gold leaves" is no number alone (write it in figures' in each for each in told)


def test_how_many_travelled_may_be_told_in_words() -> None:
    loaded = read(table(WAY))
    assert loaded.journey.people == 5
    assert not any("(people)" in each for each in loaded.warnings)
    more = read(table(WAY).replace("people,five", "people,a family of five"))
    assert any('(people): "a family of five" is read as 5' in each for each in more.warnings)
    (line,) = problems(table(WAY).replace("people,five", "people,five or six"))
    assert line.endswith(
        "(write it in figures, such as 5 or 6, or leave it empty and tell it in words elsewhere)"
    )


BOAT = [
    *(
        place("Saigon", "start", when="spring 1979"),
        place("a village near Rach Gia", precision="village", mode="bus"),
    ),
    *(place("Hon Tre Island", "passed", precision="island", mode="rubber boat"),),
    *(place("Gulf of Siam", "passed", precision="sea", within="", mode="sea"),),
    *(
        place("Songkla", within="Thailand", mode="sea"),
        place("Songkhla camp", precision="camp", within="Thailand"),
    ),
    *(
        place("Panat Nikhom camp", precision="camp", within="Thailand"),
        place("Sydney", "reached", within="Australia", when="1981"),
    ),
]


def test_an_interview_of_odd_places_is_imported_at_once_and_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "trip.csv").write_text(
        table(BOAT, claims=(["", "about 300 miles", "", "Hon Tre Island", "Songkla"],))
    )
    assert cli.main(["import", "trip.csv"]) == 0
    out, err = capsys.readouterr()
    held = er.read_journey("trip.geojson").data.waypoints
    assert (
        'row 3 "a village near Rach Gia": drawn as somewhere within 43 km of lat 10.01 lon 105.08 (Rạch Giá'
        in out
    )
    assert 'trip.csv: table waypoints, row 4 "Hon Tre Island": not found; write a name' in err
    assert "(read as Phanat Nikhom, Thailand; near the town of its name [our judgement])" in out
    assert [each.footprints for each in held if each.footprints] == [
        ("country:VN",),
        ("sea:gulf-of-thailand",),
    ]
    assert 'its date as "' in out
    assert "write 0 into its cell in the column sensitivity" in out
    assert cli.main(["map", "trip.geojson", "-o", "trip.html"]) == 0
    text = (tmp_path / "trip.csv").read_text()
    (tmp_path / "trip.csv").write_text(text.replace("Panat Nikhom camp", "Phanat Nikhom camp"))
    assert cli.main(["import", "trip.csv", "--force"]) == 0
    assert er.read_journey("trip.geojson").data.waypoints[6].uncertainty_m == 33_000


def test_what_would_stop_a_publication_is_told_at_the_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [
        place("Saigon", "start", within=""),
        place("Rach Gia", narration_en="We hid at 10.0123, 105.0809."),
    ]
    text = table(rows).replace("name_en,", "lat,lon,sensitivity,name_en,", 1)
    text = text.replace("Saigon,", "10.82,106.63,2,Saigon,", 1).replace(
        "Rach Gia,", "10.0123,105.0809,2,Rach Gia,", 1
    )
    (tmp_path / "trip.csv").write_text(text)
    assert cli.main(["import", "trip.csv"]) == 0
    told = capsys.readouterr().err
    assert (
        "a publication would stop at this: trip.html: not written, for it would give away what is held back:"
        in told
    )
    assert cli.main(["map", "trip.geojson", "-o", "trip.html"]) != 0


@pytest.mark.parametrize(
    "told",
    [
        *(
            "by cart",
            "ox-cart",
            "oxcart",
            "horse and cart",
            "Horse cart",
            "wagon",
            "on horseback",
            "mule",
        ),
        *(
            "Pferdewagen",
            "auf einem Ochsenkarren",
            "auf dem Pferdeschlitten",
            "en charrette",
            "à cheval",
            "en carreta",
            "소달구지",
            "馬車",
            "حصان",
        ),
    ],
)
def test_what_an_animal_draws_is_no_motor_car(told: str) -> None:
    loaded = read(table([WAY[0], place("Rach Gia", mode=told)]))
    assert [(each.mode, each.told) for each in loaded.journey.waypoints[1].modes] == [
        ("unknown", told)
    ]
    (line,) = [each for each in loaded.warnings if "(mode)" in each]
    assert line.endswith(
        f'"{told}": no mode is that of a cart or an animal: read as unknown, and the words are kept'
    )


@pytest.mark.parametrize(
    ("told", "mode", "is_told"),
    [
        ("walked for three or four days", "foot", True),
        ("walked through the forest", "foot_wild", True),
        ("zu Fuß durch den Wald", "foot_wild", True),
        ("걸어서 숲을 지나", "foot_wild", True),
        ("on foot", "foot", False),
        ("walked, at night", "foot", False),
        ("nachts, zu Fuß", "foot", False),
        ("on foot mostly", "foot", True),
        ("train, cattle trucks", "rail", False),
        ("Zug, Viehwaggons", "rail", False),
        ("cattle wagon", "rail", False),
        ("freight train", "rail", False),
        ("in an open boat", "sea", False),
        ("towed by a ship", "sea", False),
    ],
)
def test_how_one_went_is_read_with_more_words(told: str, mode: str, *, is_told: bool) -> None:
    loaded = read(table([WAY[0], place("Rach Gia", mode=told)]))
    assert [each.mode for each in loaded.journey.waypoints[1].modes] == [mode]
    lines = [each for each in loaded.warnings if "(mode)" in each]
    assert [each.endswith(f'"{told}" is read as {mode}') for each in lines] == [True] * is_told


@pytest.mark.parametrize(
    "told",
    [
        *(
            "on foot and by cart",
            "walked, then by train",
            "by ship or by train",
            "boat, train",
            "a bus, a train and a boat",
        ),
        *(
            "zu Fuß und mit dem Zug",
            "à pied et en train",
            "a pie y en tren",
            "걸어서, 기차",
            "列車と船",
        ),
    ],
)
def test_several_modes_without_shares_are_unknown_and_that_is_told(told: str) -> None:
    loaded = read(table([WAY[0], place("Rach Gia", mode=told)]))
    assert [each.mode for each in loaded.journey.waypoints[1].modes] == ["unknown"]
    (line,) = [each for each in loaded.warnings if "(mode)" in each]
    assert (
        f'"{told}" is read as unknown, for no shares are told (where they are known: one in each column'
        in line
    )


@pytest.mark.parametrize(
    ("told", "mode"),
    [
        *(
            (each, "road")
            for each in (
                "they moved us by bus",
                "wurden mit dem Bus gebracht",
                "on nous a emmenés en camion",
                "nos llevaron en camión",
                "봉고차로",
                "트럭에 실려서",
                "トラックの荷台",
                "نقلونا بالحافلة",
                "by bus, a day and a night",
                "by bus, I think",
            )
        ),
        *((each, "rail") for each in ("기차를 타고", "on the roof of a train", "سافرنا بالقطار")),
        *(
            (each, "unknown")
            for each in (
                "the priest took me",
                "mit der Polizei",
                "avec la police",
                "con el coyote",
                "경찰이 데려갔다",
                "브로커와 함께",
                "not by train",
                "the priest took me, then we walked",
                "à pied et en charrette",
                "헤엄쳐서",
            )
        ),
    ],
)
def test_how_one_went_is_read_in_a_sentence_and_that_is_told(told: str, mode: str) -> None:
    loaded = read(table([WAY[0], place("Rach Gia", mode=told)]))
    assert [each.mode for each in loaded.journey.waypoints[1].modes] == [mode]
    (line,) = [each for each in loaded.warnings if "(mode)" in each]
    assert f'"{told}" is read as {mode}' in line


@pytest.mark.parametrize(
    "told", ["쪽배로", "pulled by a rope behind another boat", "taxi boat", "en pirogue", "船で"]
)
def test_a_boat_of_any_name_is_asked_which_water_it_went_on(told: str) -> None:
    (line,) = problems(table([WAY[0], place("Rach Gia", mode=told)]))
    assert 'did you mean "boat_along" or "boat_across" or "sea"? (along a river or a coast' in line


@pytest.mark.parametrize("told", ["rocket", "by rocket", "x" * 500, "by " * 100])
def test_a_means_that_is_not_known_is_asked_with_all_that_are(told: str) -> None:
    (line,) = problems(table([WAY[0], place("Rach Gia", mode=told)]))
    assert "is not known here (one of road, road_poor, rail" in line


@pytest.mark.parametrize(
    "told", ["over the ice", "über das Eis", "à travers la forêt", "산을 넘어", "山を越えて"]
)
def test_a_way_without_means_is_unknown_and_that_is_told(told: str) -> None:
    loaded = read(table([WAY[0], place("Rach Gia", mode=told)]))
    assert [each.mode for each in loaded.journey.waypoints[1].modes] == ["unknown"]
    (line,) = [each for each in loaded.warnings if "(mode)" in each]
    assert line.endswith(f'"{told}" is read as unknown (where one went, and not how)')


@pytest.mark.parametrize(
    "told",
    [
        "on foot mostly, my grandmother on the cart",
        "meist zu Fuß, Großmutter auf dem Wagen",
        "mostly on foot, some by train",
    ],
)
def test_what_is_told_as_most_of_a_way_is_its_mode(told: str) -> None:
    loaded = read(table([WAY[0], place("Rach Gia", mode=told)]))
    assert [each.mode for each in loaded.journey.waypoints[1].modes] == ["foot"]
    (line,) = [each for each in loaded.warnings if "(mode)" in each]
    assert f'"{told}" is read as foot' in line


@pytest.mark.parametrize("told", ["rowing boat", "Wagen", "walked, then by rocket"])
def test_a_mode_that_may_be_several_is_asked(told: str) -> None:
    (line,) = [
        each for each in problems(table([WAY[0], place("Rach Gia", mode=told)])) if "(mode)" in each
    ]
    assert "did you mean" in line or '"by rocket" in "walked, then by rocket" is no means' in line


@pytest.mark.parametrize(
    ("told", "read_as"),
    [
        *(
            ("early '76", "1976-37"),
            ("from January '45", "1945-01/.."),
            ("5 May ’45", "1945-05-05"),
            ("'44", "1944"),
        ),
        *(
            ("Toussaint 40", "1940-11-01"),
            ("en 42", "1942"),
            ("au début de 42", "1942-37"),
            ("Herbst 44", "1944-23"),
        ),
        *(
            ("im Frühjahr 45", "1945-21"),
            ("44년 봄", "1944-21"),
            ("hiver 42/43", "1942-12/1943-02"),
            ("um 43", "1943~"),
        ),
    ],
)
def test_a_year_of_two_figures_is_of_the_century_of_the_other_dates(
    told: str, read_as: str
) -> None:
    loaded = read(table([*WAY, place("Hue", when=told, mode="bus")]))
    assert loaded.journey.waypoints[2].when == read_as
    (line,) = [each for each in loaded.warnings if "(when)" in each]
    assert re.search(r" is read as .*: no other date here is of another century$", line)


@pytest.mark.parametrize(
    ("others", "both"),
    [(("1876", "1976"), ("1976-37", "1876-37")), (("", ""), ("1976-37", "1876-37"))],
)
def test_a_year_of_two_figures_that_may_be_of_two_centuries_is_refused(
    others: tuple[str, str], both: tuple[str, str]
) -> None:
    rows = [place("Saigon", "start", when=others[0]), place("Rach Gia", mode="bus", when=others[1])]
    told = [
        each
        for each in problems(table([*rows, place("Hue", when="early '76", mode="bus")]))
        if "'76" in each
    ]
    assert len(told) == 1
    assert all(each in told[0] for each in both)


def test_a_date_of_which_a_part_is_understood_names_the_other() -> None:
    date = "a fortnight until the middle of September 1944"
    (line,) = problems(table([*WAY, place("Hue", when=date, mode="bus")]))
    assert '"a fortnight" is not understood beside "until the middle of September 1944"' in line


@pytest.mark.parametrize(
    ("told", "read_as"),
    [
        ("ten days or so later", "[1945-02-06..1945-02-08]"),
        ("two or three days later", "[1945-01-30..1945-01-31]"),
        ("the next day", "1945-01-29"),
        ("am nächsten Tag", "1945-01-29"),
        ("eine Woche später", "[1945-02-03..1945-02-05]"),
        ("dix jours plus tard", "1945-02-07"),
        ("al día siguiente", "1945-01-29"),
        ("열흘 뒤", "1945-02-07"),
        ("翌日", "1945-01-29"),
        ("بعد عشرة أيام", "1945-02-07"),
        ("the same day", "1945-01-28"),
        ("that night", "[1945-01-28..1945-01-29]"),
        ("le lendemain matin", "1945-01-29"),
        ("다음 날 아침", "1945-01-29"),
        ("two days after", "1945-01-30"),
        ("à l’aube, deux nuits plus tard", "1945-01-30"),
        ("three days later, in the evening", "1945-01-31"),
        ("early the next morning", "1945-01-29"),
        ("früh am nächsten Morgen", "1945-01-29"),
        ("le lendemain à l'aube", "1945-01-29"),
        ("이튿날 늦은 밤", "1945-01-29"),
        ("a good month later", "[1945-02-27..]"),
        ("barely a week later", "[1945-01-28..1945-02-04]"),
        ("au bout d’un mois", "[1945-02-25..1945-03-01]"),
    ],
)
def test_a_date_is_counted_from_the_row_before_and_that_is_told(told: str, read_as: str) -> None:
    loaded = read(
        table([place("Saigon", "start", when="28 January 1945"), place("Rach Gia", when=told)])
    )
    assert loaded.journey.waypoints[1].when == read_as
    (line,) = [each for each in loaded.warnings if "(when)" in each]
    some_time = ", some time in it" if ".." in read_as else ""
    assert line.endswith(
        f'"{told}" is read as {read_as}{some_time}, counted from the row before (1945-01-28)'
    )


@pytest.mark.parametrize(
    ("before", "told", "read_as"),
    [
        ("May 1945", "later that year", "[1945-05-01..1945-12-31]"),
        *(
            ("May 1945", told, "1945-06")
            for told in ("the month after", "im Monat darauf", "다음 달", "翌月", "le mois suivant")
        ),
        *(
            ("May 1945", told, "1946")
            for told in ("l'année suivante", "al año siguiente", "이듬해", "في العام التالي")
        ),
        *(
            ("May 1945", told, "1946-21")
            for told in ("the following spring", "이듬해 봄", "au printemps suivant")
        ),
        ("spring 1945", "the next month", "[1945-04..1945-06]"),
        ("31 December 1945", "the month after", "1946-01"),
        ("spring 1945", "ten days after", "[1945-03-11..1945-06-10]"),
        ("May 1945", "später in dem Jahr", "[1945-05-01..1945-12-31]"),
        ("May 1945", "그해 가을", "1945-23"),
        ("May 1945", "when winter came", "1945-24"),
        ("until May 1945", "the next month", "1945-06"),
        ("May 1945", "l'hiver venu", "1945-24"),
        ("May 1945", "als der Winter kam", "1945-24"),
        ("May 1945", "au printemps d'après", "1946-21"),
        ("30 May 1945", "the following week", "[1945-05-31..1945-06-13]"),
    ],
)
def test_a_year_or_a_month_is_counted_from_the_row_before(
    before: str, told: str, read_as: str
) -> None:
    loaded = read(table([place("Saigon", "start", when=before), place("Rach Gia", when=told)]))
    assert loaded.journey.waypoints[1].when == read_as
    assert any(f'"{told}"' in each and f"is read as {read_as}" in each for each in loaded.warnings)


@pytest.mark.parametrize(
    ("before", "told", "fix"),
    [
        (
            "winter 1944/45",
            "이듬해 봄",
            "may be one or another, counted from the row before (1944-12/1945-02) (write 1945-21, or",
        ),
        (
            "May 1945",
            "the year before",
            "is counted back (write 1944 if it is counted from the row before (1945-05), or",
        ),
        (
            "by May 1945",
            "the next month",
            "is counted from the row before, which has no such date (write the month",
        ),
    ],
)
def test_a_year_that_may_be_another_is_asked_with_two_ways(
    before: str, told: str, fix: str
) -> None:
    (line,) = problems(table([place("Saigon", "start", when=before), place("Rach Gia", when=told)]))
    assert f'"{told}" {fix}' in line


@pytest.mark.parametrize("before", ["", "since 1945", "by May 1945"])
def test_a_date_that_cannot_be_counted_is_refused_with_what_to_write(before: str) -> None:
    (line,) = problems(
        table([place("Saigon", "start", when=before), place("Rach Gia", when="ten days later")])
    )
    assert (
        '"ten days later" is counted from the row before, which has no such date (write the month or season'
        in line
    )


@pytest.mark.parametrize(
    ("told", "found"), [("ten days before", "01-18"), ("la veille", "01-27"), ("열흘 전", "01-18")]
)
def test_a_date_that_is_counted_back_is_asked_with_what_it_may_be(told: str, found: str) -> None:
    (line,) = problems(
        table([place("Saigon", "start", when="28 January 1945"), place("Rach Gia", when=told)])
    )
    assert (
        f'"{told}" is counted back (write 1945-{found} if it is counted from the row before' in line
    )


@pytest.mark.parametrize(
    ("before", "told", "read_as"),
    [
        ("February 1945", "12 March", "1945-03-12"),
        ("February 1945", "February", "1945-02"),
        ("Februar 1945", "12.3.", "1945-03-12"),
        ("décembre 1944", "le 3 janvier", "1945-01-03"),
        ("1945년 2월", "3월 초", "1945-03-01/1945-03-10"),
        ("20 March 1945", "19 September", "1945-09-19"),
    ],
)
def test_a_date_without_its_year_is_the_first_after_the_row_before_and_that_is_told(
    before: str, told: str, read_as: str
) -> None:
    loaded = read(table([place("Saigon", "start", when=before), place("Rach Gia", when=told)]))
    assert loaded.journey.waypoints[1].when == read_as
    assert any(
        f'"{told}" has no year, and is read as {read_as}, the first from ' in each
        for each in loaded.warnings
    )


@pytest.mark.parametrize(
    ("before", "told", "ways"),
    [
        ("20 March 1945", "20 September", "1945-09-20, or 1946-09-20"),
        ("20 March 1945", "12 March", "1945-03-12, or 1946-03-12"),
        ("1945", "12 March", "1945-03-12, or 1946-03-12"),
        ("February 1945", "spring", "1945-21, or 1946-21"),
        ("February 1945", "3/5", "1945-05-03, or 1945-03-05, or 1946-05-03, or 1946-03-05"),
    ],
)
def test_a_date_without_its_year_that_may_be_of_two_is_asked(
    before: str, told: str, ways: str
) -> None:
    (line,) = problems(table([place("Saigon", "start", when=before), place("Rach Gia", when=told)]))
    assert line.endswith(f'"{told}" has no year (write {ways})')


def test_dates_are_counted_on_from_one_that_was_counted() -> None:
    rows = [
        place("Saigon", "start", when="1945-01"),
        *(place(name, when="a week later") for name in ("Hue", "Rach Gia")),
    ]
    loaded = read(table(rows))
    assert [each.when for each in loaded.journey.waypoints[1:]] == [
        "[1945-01-07..1945-02-08]",
        "[1945-01-13..1945-02-16]",
    ]


def test_an_end_that_stands_in_a_longer_name_is_offered_by_that_name() -> None:
    rows = [place("a farm about four miles from Insterburg", "start"), place("Hue")]
    (line,) = problems(table(rows, claims=(["", "4", "mi", "Insterburg", "Hue", "i1"],)))
    assert (
        'no waypoint "Insterburg" (did you mean "a farm about four miles from Insterburg"?)' in line
    )


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("Hue (16.46, 107.59)", 'write 16.46 into lat and 107.59 into lon, and here "Hue"'),
        (
            "16°28'N 107°35'E",
            "write 16°28'N into lat and 107°35'E into lon, and here how it is called",
        ),
    ],
)
def test_coordinates_in_a_name_are_told_once_with_their_columns(name: str, fix: str) -> None:
    (line,) = problems(table([*WAY, place(name, mode="bus")]))
    at = f"table waypoints, row 4, column A (name_en): {json.dumps(name, ensure_ascii=False)}"
    assert line == f"{at} holds coordinates ({fix})"


@pytest.mark.parametrize(
    "told",
    ["Laos or Cambodia or Thailand", "Laos; Cambodia; Thailand", "Laos, Cambodia or Thailand"],
)
def test_several_countries_of_a_cell_are_those_that_it_may_be(told: str) -> None:
    loaded = read(table([*WAY, place("A camp", within=told, mode="bus")]))
    assert loaded.journey.waypoints[2].within == ("country:LA", "country:KH", "country:TH")


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("1,500", "kilometres", 1_500),
        ("12,345", "miles", 12_345),
        ("1.500", "Meilen", 1_500),
        ("1,500", "km", None),
    ],
)
def test_the_mark_of_thousands_is_known_by_the_language_of_the_unit(
    typed: str, unit: str, value: int | None
) -> None:
    text = table(WAY, claims=(["distance", typed, unit, "Saigon", "Rach Gia", "i1"],))
    if value is None:
        assert "may be 1500 or 1.5" in problems(text)[0]
        return
    loaded = read(text)
    assert loaded.journey.claims[0].value == value
    assert any(f'"{typed}" is read as {value}' in each for each in loaded.warnings)


@pytest.mark.parametrize(
    ("column", "typed", "read"),
    [
        ("mode", "by car with the priest", "road"),
        ("mode", "Lastwagen, unter Planen", "road"),
        ("mode", "Kühllaster", "road"),
        ("precision", "Hof", "named feature"),
        ("role", "durchgekommen", "passed"),
        ("role", "passiert", "passed"),
        ("role", "erreicht", "reached"),
        ("role", "angekommen", "reached"),
        ("within", "Großbritannien", ["country:GB"]),
        ("within", "Grande-Bretagne", ["country:GB"]),
        ("within", "England", ["region:GB-ENG"]),
        ("within", "Schottland; England", ["region:GB-SCT", "region:GB-ENG"]),
        ("within", "허베이성", ["region:CN-HE"]),
    ],
)
def test_words_of_an_interview_are_read(column: str, typed: str, read: object) -> None:
    assert value_of(column_of("waypoints", column), typed) == read


@pytest.mark.parametrize(
    "typed", ["by car with the train", "the priest took me", "mit der Polizei"]
)
def test_who_took_one_is_no_mode(typed: str) -> None:
    assert mode_of_several(typed) is None


def test_a_part_of_a_country_that_a_place_lies_in_is_kept_and_nothing_said_against_it() -> None:
    told = read(table([place("London", "start", within="England")]))
    assert told.journey.waypoints[0].within == ("region:GB-ENG",)
    assert not any("country that it lies in" in each for each in told.warnings)


@pytest.mark.parametrize(
    ("told", "is_one"), [("천 리", True), ("a thousand miles", True), ("1,000 miles", False)]
)
def test_a_length_that_is_said_of_any_long_way_is_reminded_of(told: str, is_one: bool) -> None:  # noqa: FBT001
    assert stated.is_a_saying(told) is is_one
    sheets = Sheets(
        {
            "claims": Grid(
                "", (Line(1, ("value", "unit")), Line(2, (told, "mi" if "mil" in told else "")))
            )
        }
    )
    [*sheets.rows("claims")]
    assert any("said of any long way" in each for each in sheets.warnings) is is_one


@pytest.mark.parametrize(
    ("header", "told", "meant"),
    [
        ("status", "les récits divergent", "conflict"),
        ("status", "unsere Folgerung", "inferred"),
        ("precision", "dit comme une ville", "city"),
        ("mode", "à pied, hors des chemins", "foot_wild"),
        ("kind", "Tagebuch", "diary"),
        ("kind", "postcard", "letter"),
        ("kind", "entretien", "interview"),
        ("consent_basis", "donné", "given"),
    ],
)
def test_a_word_of_a_list_may_be_that_of_the_interface_in_any_language(
    header: str, told: str, meant: str
) -> None:
    assert synonyms.choice(header, told) == meant


def test_a_year_beside_people_is_no_count_of_them() -> None:
    (line,) = problems(
        table(WAY).replace("people,five", 'people,"Mama and three of us, Father till 1940"')
    )
    assert "(write it in figures, such as 12" in line


def test_of_two_rows_of_a_name_that_a_claim_is_to_both_are_named() -> None:
    (line,) = problems(
        table(
            [*WAY, place("Rach Gia", mode="bus")],
            claims=(["distance", "30", "km", "Saigon", "Rach Gia", "i1"],),
        )
    )
    assert "rows 3 and 4 bear that name: give them ids of their own in the column id" in line


def test_the_word_for_at_is_no_part_of_a_name() -> None:
    named = [
        ("à Hué", "Hué"),
        ("in Hue or near it", "Hue or near it"),
        ("In Salah", "In Salah"),
        ("in the jungle", ""),
    ]
    rows = [place(told, "stop" if at else "start") for at, (told, _) in enumerate(named)]
    found = read(table(rows)).journey.waypoints
    assert [each.name["en"] for each in found] == [name or told for told, name in named]
    assert [each.verbatim_locality for each in found] == ["à Hué", "in Hue or near it", None, None]


def test_a_claim_names_its_end_as_it_was_typed() -> None:
    rows = [place("à Hué", "start"), place("in Rach Gia", mode="bus")]
    claims = (["", "about 300 miles", "", "à Hué", "in Rach Gia"],)
    scope = read(table(rows, claims=claims)).journey.claims[0].scope
    assert (scope.start, scope.end) == ("w1", "w2")


@pytest.mark.parametrize(
    ("told", "precision"),
    [
        ("مدينة", "city"),
        ("دولة", "country"),
        ("محافظة", "region"),
        ("ميناء", "named feature"),
        ("lieu", "city"),
        ("空港", "named feature"),
    ],
)
def test_how_finely_a_place_is_told_is_read_in_every_language(told: str, precision: str) -> None:
    assert choice("precision", told) == precision


@pytest.mark.parametrize(
    ("told", "mode"),
    [
        ("train, three or four days across the desert", "rail"),
        ("lorries over the mountains", "road"),
        ("ship, an old coal tramp", "sea"),
        ("par le train de nuit", "rail"),
        ("mit dem Zug, ohne Karte", "rail"),
        ("im Viehwaggon", "rail"),
        ("버스로 열두 시간", "road"),
        ("화물칸 위에", "rail"),
        ("train, then the smuggler took us", "unknown"),
        ("with my mother", "unknown"),
        ("walked, then by rocket", None),
        ("rocket, three days", None),
    ],
)
def test_what_is_said_beside_a_means_of_travel_makes_it_no_other(
    told: str, mode: str | None
) -> None:
    assert mode_in_a_sentence(told) == mode


@pytest.mark.parametrize(
    ("before", "told", "said"),
    [
        (
            "1998-02-10",
            "그해 모내기 철",
            'has "모내기 철" beside what is counted from the row before',
        ),
        ("1945/..", "zehn Tage später", "the row before, which has no such date"),
        ("[1997-09-18..]", "사나흘 뒤", "is read as [1997-09-21..], some time in it"),
        ("1945-03-31~", "vierzehn Tage später", "is read as 1945-04-14~"),
        ("1945-05-01", "nach vierzehn Tagen", "is read as 1945-05-15"),
        ("1945-05-01", "ein paar Tage später", "is read as [1945-05-02..1945-05-08]"),
        ("1945-05-01", "drei Tage drauf", "is read as 1945-05-04"),
        ("1998-02-10", "이튿날 새벽", "is read as 1998-02-11"),
        ("1998-02-10", "사흘인가 나흘 뒤", "is read as [1998-02-13..1998-02-14]"),
    ],
)
def test_of_a_date_that_is_told_from_another_row_the_true_cause_is_said(
    before: str, told: str, said: str
) -> None:
    rows: list[dict[str, object]] = [{"when": before}, {"when": told}]
    ((_, counted),) = later.count_on(rows)
    assert said in counted.message


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        ("quatsch", "im Herbst darauf"),
        ("quatsch", "am Tag vor Heiligabend"),
        ("in the tenth part of April 1938", "at Easter"),
        ("in the tenth part of April 1938", "three days later"),
    ],
)
def test_what_is_told_from_a_refused_date_is_no_fault_of_its_own(refused: str, told: str) -> None:
    rows: list[dict[str, object]] = [{"when": refused}, {"when": told}, {"when": "the next day"}]
    assert list(later.count_on(rows)) == []
    assert [row["when"] for row in rows] == [refused, None, None]
