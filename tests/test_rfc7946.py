"""GeoJSON as RFC 7946 has it, held against the test suites of geojsonhint and check-geojson."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from beside import SHARED
from escape_route import strict_json
from escape_route.cli import main
from escape_route.errors import JourneyFileError
from escape_route.model import read, rfc7946

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = SHARED / "conformance" / "geojson"
#: Where the folder is missing one case stands for all, and the fixture `shared` says what is wrong.
INDEX = (
    json.loads((FOLDER / "index.json").read_bytes())
    if FOLDER.is_dir()
    else [{"file": "-", "expect": "invalid"}]
)
EXPECTED = {case["file"]: case["expect"] for case in INDEX}

#: The same file is in both suites: geojsonhint warns of a position of four numbers, check-geojson
#: refuses it. RFC 7946, section 3.1.1, says that implementations SHOULD NOT extend positions beyond
#: three: advice, so we warn.
DISAGREEMENT = "check-geojson/bad/point-toomany.geojson"
OURS = EXPECTED | {DISAGREEMENT: "valid_with_warning"}


def found_in(content: bytes) -> str:
    document, problems = strict_json.parse(content)
    if problems or list(rfc7946.check(document)):
        return "invalid"
    return "valid_with_warning" if list(rfc7946.warn(document)) else "valid"


def messages(text: str) -> list[str]:
    document, problems = strict_json.parse(text.encode())
    return [str(problem) for problem in problems or rfc7946.check(document)]


def warnings(text: str) -> list[str]:
    return [str(problem) for problem in rfc7946.warn(strict_json.parse(text.encode())[0])]


@pytest.mark.parametrize("file", OURS)
def test_each_file_of_the_suites_is_in_its_class(file: str, shared: Path) -> None:
    assert found_in((shared / "conformance/geojson" / file).read_bytes()) == OURS[file]


def test_both_suites_are_there_whole(shared: Path) -> None:
    files = {
        path.relative_to(FOLDER).as_posix()
        for path in (shared / "conformance/geojson").rglob("*.*json*")
    }
    assert files == {*EXPECTED, "index.json"}
    assert len(EXPECTED) == 131


def test_the_two_suites_disagree_on_one_file_only(shared: Path) -> None:
    del shared
    names = {file.partition("/")[2] for file in EXPECTED}
    pairs = {
        name: {EXPECTED.get(f"{suite}/{name}") for suite in ("geojsonhint", "check-geojson")}
        for name in names
    }
    apart = [name for name, classes in pairs.items() if None not in classes and len(classes) > 1]
    assert apart == ["bad/point-toomany.geojson"]


@pytest.mark.parametrize("file", OURS)
def test_no_file_makes_reading_raise_anything_else(file: str, shared: Path) -> None:
    content = (shared / "conformance/geojson" / file).read_bytes()
    with pytest.raises(
        JourneyFileError, match=r"\Ax\.geojson: "
    ):  # none of them has a journey in it
        read.read(content, "x.geojson")


@pytest.mark.parametrize("file", [file for file, expect in OURS.items() if expect == "invalid"])
def test_the_command_lists_the_problems_of_an_invalid_file(
    file: str, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(shared / "conformance/geojson" / file)
    assert main.main(["check", path]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err
    assert all(line.startswith(f"{path}: ") for line in err.splitlines())


def test_all_problems_of_a_file_are_told_at_once(shared: Path) -> None:
    text = (shared / "conformance/geojson/geojsonhint/bad/multiple_problems.geojson").read_text()
    assert messages(text) == [
        "features[0].id: {} is neither a text nor a number (write it in quotation marks, or leave it out)",
        (
            'features[0].geometry.coordinates: [-100.8984375, "39.36827914916011"] is not a '
            "position"
            " (two numbers: longitude, latitude)"
        ),
        'features[2].type: "Foo" is not a GeoJSON type here (one of Feature)',
        'features[3].type: "Foo" is not a GeoJSON type here (one of Feature)',
        'features[3].geometry.coordinates: "foo" is not a position ([longitude, latitude])',
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "the root of a GeoJSON file is an object, not []"),
        (
            '{"type": "feature"}',
            'type: "feature" is not a GeoJSON type here (upper and lower case count: "Feature")',
        ),
        ('{"type": "Point"}', "coordinates: missing"),
        ('{"type": "Point", "coordinates": [1, true]}', "coordinates: [1, true] is not a position"),
        (
            '{"type": "LineString", "coordinates": [[1, 2]]}',
            "coordinates: a line needs two positions or more",
        ),
        (
            '{"type": "Polygon", "coordinates": [[[0,0],[1,0],[1,1],[2,2]]]}',
            "coordinates: the first and last positions",
        ),
        (
            '{"type": "Polygon", "coordinates": [[[0,0],[1,0],[0,0]]]}',
            "coordinates: a ring needs four positions or more",
        ),
        (
            '{"type": "Point", "coordinates": [1, 2], "features": []}',
            "features: a geometry may not have this member",
        ),
        (
            '{"type": "Point", "coordinates": [1, 2], "bbox": [1]}',
            "bbox: [1] is not a list of 4 or 6 numbers",
        ),
        (
            '{"type": "GeometryCollection", "geometries": 1}',
            "geometries: 1 is not a list of geometries",
        ),
        ('{"type": "FeatureCollection", "features": [7]}', "features[0]: 7 is not a feature"),
        ('{"type": "Feature", "geometry": null}', "properties: missing (an object, or null)"),
        (
            '{"type": "Feature", "geometry": null, "properties": []}',
            "properties: [] is not an object",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, message: str) -> None:
    (found,) = messages(text)
    assert found.startswith(message)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_json_has_no_number_for_is_told_with_its_line(number: str) -> None:
    text = f'{{"type": "Point",\n "note": "NaN, Infinity",\n "coordinates": [1, {number}]}}'
    assert messages(text) == [
        f"line 3, column 21: not JSON: {number} is not a number there (a number, or null)"
    ]


def test_a_number_of_thousands_of_digits_is_told_with_its_line() -> None:
    (found,) = messages(f'{{"a": 1,\n "b": -{"9" * 5000}}}')
    assert (
        found
        == "line 2, column 7: a number of 5,000 digits (in quotation marks where it is a text)"
    )


def test_a_number_too_large_for_a_float_is_no_coordinate() -> None:
    expected = "coordinates: [Infinity, 1] is not a position (two numbers: longitude, latitude)"
    assert messages('{"type": "Point", "coordinates": [1e999, 1]}') == [expected]


def test_a_name_given_twice_is_told_at_any_depth() -> None:
    text = (
        '{"type": "Point", "type": "Point", "coordinates": [1, 2], "x": [{"a": {"b": 1, "b": 2}}]}'
    )
    fix = "given twice in one object (keep one of them)"
    assert messages(text) == [f"type: {fix}", f"x[0].a.b: {fix}"]


def test_half_a_surrogate_pair_is_told_and_a_whole_one_is_read() -> None:
    fix = "holds half a character (write the character itself, not as \\u and a number)"
    assert messages('{"a": ["\\ud83d\\ude00", "\\ud83d"]}') == [f'a[1]: "\\ud83d" {fix}']
    assert strict_json.parse(b'"\\ud83d\\ude00"') == ("\U0001f600", [])


def test_a_byte_order_mark_is_passed_over() -> None:
    assert strict_json.parse(b"\xef\xbb\xbf[1]") == ([1], [])


def test_deep_nesting_is_told() -> None:
    assert messages("[" * 100_000) == [
        "not a journey: nested too deeply (lists in lists in lists: is this the right file?)"
    ]


def test_rings_that_turn_the_wrong_way_are_warned_of_and_not_refused() -> None:
    text = (
        '{"type": "Polygon", "coordinates": [[[0,0],[0,9],[9,9],[0,0]], [[1,2],[2,3],[1,3],[1,2]]]}'
    )
    assert messages(text) == []
    fault = "a ring does not follow the right-hand rule (turn its order of positions round)"
    assert warnings(text) == [fault, fault]


def test_a_position_of_four_numbers_is_warned_of_and_not_refused() -> None:
    text = '{"type": "MultiPoint", "coordinates": [[1, 2, 3], [1, 2, 3, 4]]}'
    assert messages(text) == []
    fix = "longitude, latitude and height at most; a comma for the decimal mark?"
    assert warnings(text) == [
        f"coordinates[1]: a position has 4 numbers, of which the first two are taken ({fix})"
    ]


def test_a_long_value_is_shortened_in_a_message() -> None:
    assert strict_json.show("x" * 100) == '"' + "x" * 58 + "…"


@pytest.mark.parametrize(
    ("value", "number"), [(1, True), (1.5, True), (True, False), ("1", False), (10**400, False)]
)
def test_a_number_is_finite_and_no_truth_value(value: object, number: bool) -> None:  # noqa: FBT001
    assert strict_json.is_number(value) is number
