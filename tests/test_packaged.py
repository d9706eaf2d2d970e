"""The tables that the package brings: each is read, and read once."""

from __future__ import annotations

import pytest

from beside import PACKAGE
from escape_route import packaged

TABLES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.toml"))


@pytest.mark.parametrize("path", TABLES)
def test_a_table_is_one_that_the_code_asks_for(path: str) -> None:
    code = "\n".join(each.read_text("utf-8") for each in PACKAGE.rglob("*.py"))
    assert f'packaged.table("{path}")' in code
    assert packaged.table(path)


def test_a_table_is_parsed_once() -> None:
    assert packaged.table("model/units.toml") is packaged.table("model/units.toml")
    assert packaged.table("geography/countries.json")["VN"]["en"] == "Vietnam"
