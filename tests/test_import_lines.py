"""What an import says comes in the order of how much it matters, and no line of it is lost."""

from __future__ import annotations

import pytest

from escape_route.cli.import_lines import Lines, Weight


def said(count: int) -> Lines:
    lines = Lines("trip.csv", {"w1": "row 3"})
    lines.read(
        [
            'row 1: "Ort": read as "name_de"',
            'row 2: "auf Schlitten" is read as unknown',
            "sheet waypoints: rows 4: hidden, and left out",
        ]
    )
    towns = [
        f'waypoint w{at} "Town {at}": lat 1.00 lon 2.00 Place {at}, Italy, 1,000 people, disc of 3 km; clear'
        for at in range(1, count)
    ]
    lines.tell(
        [*towns, 'waypoint w0 "near X": drawn as somewhere within 5 km'],
        ['waypoint w99 "Nowhere": not found', "  one"],
    )
    lines.add(Weight.SAFETY, "No place says its sensitivity", is_warning=False)
    return lines


def test_what_is_published_comes_first_then_what_is_read_otherwise_then_what_is_not_found(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said(20).print(everything=False)
    out, err = capsys.readouterr()
    heads = [
        line
        for line in out.splitlines()
        if line.endswith(")") and line[0].isupper() and ": " not in line
    ]
    assert [head.partition(" (")[0] for head in heads] == [
        "What is published, and what was not read",
        "Read in another way than it was typed",
        "Not found, or not clear",
        "Found and read as it was told",
    ]
    assert '"Town 1": Place 1, Italy; "Town 2": Place 2, Italy' in out
    assert "1 more line (each with its reason: --all)" in out
    assert err.index("hidden") < err.index("auf Schlitten") < err.index("Nowhere")


@pytest.mark.parametrize(("count", "everything"), [(20, True), (2, False), (1, False)])
def test_no_line_is_lost(
    capsys: pytest.CaptureFixture[str], *, count: int, everything: bool
) -> None:
    said(count).print(everything=everything)
    told = "".join(capsys.readouterr())
    for at in range(1, count):
        assert f'"Town {at}": lat 1.00 lon 2.00 Place {at}, Italy' in told
    assert all(
        each in told
        for each in ("name_de", "auf Schlitten", "hidden", "near X", "Nowhere", "  one", "No place")
    )


def test_a_line_on_a_place_names_its_cell_and_a_short_list_has_no_headings(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said(2).print(everything=False)
    out, _ = capsys.readouterr()
    assert 'row 3 "Town 1": lat' in out
    assert "What is published" not in out
