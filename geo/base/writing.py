"""GeoJSON as this folder keeps it: compact, one feature a line, the same bytes at each run."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, TypeAlias

import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_Nested: TypeAlias = "float | Sequence[_Nested]"


def feature(
    id_: str | None, properties: dict[str, Any], geometry: shapely.Geometry | None
) -> dict[str, Any]:
    """Return one GeoJSON feature."""
    head: dict[str, Any] = {"type": "Feature"} if id_ is None else {"type": "Feature", "id": id_}
    if geometry is None:
        return head | {"properties": properties, "geometry": None}
    mapping = shapely.geometry.mapping(geometry)
    shape = {"type": mapping["type"], "coordinates": _plain(mapping["coordinates"])}
    return head | {"properties": properties, "geometry": shape}


def write(path: Path, features: list[dict[str, Any]]) -> None:
    """Write a FeatureCollection, one feature a line."""
    lines = ",\n".join(
        json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in features
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8")


def write_sums(folder: Path, name: str) -> None:
    """Write the sha256 of every data file below the folder, in the form that sha256sum -c reads."""
    kept = sorted(p for suffix in ("*.geojson", "*.webp") for p in folder.rglob(suffix))
    sums = [
        f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}"
        for p in kept
    ]
    (folder / name).write_text("\n".join(sums) + "\n", encoding="ascii")


def _plain(value: _Nested) -> _Nested:
    """Return nested lists; whole numbers without their ".0", and no negative zero."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return [_plain(each) for each in value]
