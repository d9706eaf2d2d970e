"""The tracked pages in output/ are what the program builds now."""

from pathlib import Path

import pytest

from escape_route.cli import main

OUTPUT = Path(__file__).parents[1] / "output"
PAGES = ("index.html", "ro-family.html", "lee-so-yeon.html", "lee-son.html")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("output")
    assert main.main(["pages", "-o", str(folder)]) == 0
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_a_tracked_page_is_current(built, name):
    same = (built / name).read_bytes() == (OUTPUT / name).read_bytes()
    assert same, f"output/{name} is not what the program builds now: run `make map` and commit it"


def test_nothing_else_is_in_the_folder(built):
    assert sorted(path.name for path in OUTPUT.iterdir()) == sorted(PAGES)
    assert sorted(path.name for path in built.iterdir()) == sorted(PAGES)


def test_a_page_stays_below_a_megabyte(built):
    assert max(path.stat().st_size for path in built.iterdir()) < 1_000_000
