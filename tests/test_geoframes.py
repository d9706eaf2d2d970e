"""Places as a geopandas table."""

from __future__ import annotations

import sys

import pytest

import escape_route as er
from escape_route.errors import UnprotectedWarning, UsageError
from making import journey as made

HELD = er.journey(
    "x",
    er.waypoint("A", at=(100.123456, 15.654321)),
    er.waypoint("B", footprint="country:LA", at=(1, 2)),
)


def test_a_row_is_a_place_as_it_was_told() -> None:
    table = er.read_journey("ro-family").to_geopandas()
    assert table.crs == "EPSG:4326"
    assert list(table["id"]) == [f"ro-{number}" for number in range(9)]
    assert table.geometry.geom_type.iloc[2] == "Polygon"  # a disc within China
    assert table.loc[2, "uncertainty_m"] == 75_000
    assert table["label"].iloc[2].coords[0] == (128, 42)


def test_places_are_generalised_unless_their_holder_asks_for_them() -> None:
    with pytest.warns(UnprotectedWarning, match="as they are held"):
        held = HELD.to_geopandas(unprotected=True)
    told = HELD.to_geopandas()
    assert held.geometry.iloc[0].coords[0] == (100.123456, 15.654321)
    assert told["label"].iloc[0].coords[0] != (100.123456, 15.654321)
    assert told["uncertainty_m"].iloc[0] > 0


def test_a_label_is_no_place_and_a_withheld_place_is_none() -> None:
    with pytest.warns(UnprotectedWarning):
        table = HELD.to_geopandas(unprotected=True)
    assert (
        table.geometry.geom_type.iloc[1] == "MultiPolygon"
        or table.geometry.geom_type.iloc[1] == "Polygon"
    )
    hidden = er.Journey(made({"withheld": True, "sensitivity": 1})).to_geopandas()
    assert hidden.geometry.iloc[0] is None
    assert hidden["label"].iloc[0] is None


def test_without_geopandas_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "geopandas", None)
    with pytest.raises(
        UsageError, match=r'needs geopandas: python -m pip install "escape-route\[geo\]"\Z'
    ):
        HELD.to_geopandas()
