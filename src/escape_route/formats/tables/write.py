"""A journey as sheets of rows: what the CSV and the XLSX file have in common. Only their carriers differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from escape_route.formats import geojson
from escape_route.formats.tables.cells import Value, cell_of
from escape_route.formats.tables.columns import SHEETS, Column, Heading, header_of
from escape_route.model.journey import Journey, say
from escape_route.model.units import UNITS, ToldLength


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet to write: its headers in order, with what each says, and a row a waypoint, source, claim, ..."""

    name: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """Headers in order."""
        return tuple(header_of(heading) for heading in self.headings)


def tables_of(journey: Journey) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """Sheets that hold a journey, in the order of `SHEETS`, and what they cannot hold of it, a line each."""
    document = geojson.to_document(journey)
    top = cast("dict[str, object]", document["journey"])
    features = cast("list[dict[str, object]]", document["features"])
    objects = {
        "waypoints": [_waypoint(feature) for feature in features if _kind(feature) == "waypoint"],
        "journey": [_flat(top, "consent")],
        "sources": cast("list[dict[str, object]]", top["sources"]),
        "claims": [
            _flat(claim, "scope") for claim in cast("list[dict[str, object]]", top["claims"])
        ],
        "notes": cast("list[dict[str, object]]", top.get("notes", [])),
        "corrections": cast("list[dict[str, object]]", top.get("corrections", [])),
        "tracks": [_track(feature) for feature in features if _kind(feature) == "leg"],
    }
    written = tuple(table_of(name, listed) for name, listed in objects.items())
    return written, tuple(_lost(journey))


_MEDIA = ("image", "audio")
_RADIUS = "coordinateUncertaintyInMeters"


def _lost(journey: Journey) -> Iterator[str]:
    for waypoint in journey.waypoints:
        for name, medium in (("picture", waypoint.image), ("recording", waypoint.audio)):
            if medium is not None and medium.is_embedded:
                yield f'waypoint {waypoint.id} "{say(waypoint.name)}": its {name}, which no cell of a table holds'
        for language, statements in waypoint.narration.items():
            if not statements:
                yield f'waypoint "{waypoint.id}": that there is a narration in "{language}" without a sentence in it'


def _kind(feature: Mapping[str, object]) -> object:
    return cast("dict[str, object]", feature["properties"])["kind"]


def _waypoint(feature: Mapping[str, object]) -> dict[str, object]:
    properties = cast("dict[str, object]", feature["properties"])
    members = _flat(properties, "sensitivity_lowered", "scene", "quote", *_MEDIA) | {
        "id": feature["id"]
    }
    members = _flat(members, *(f"{name}.media_checked" for name in _MEDIA)) | _radius(properties)
    for kind in _MEDIA:
        if str(members.get(f"{kind}.file", "")).startswith("data:"):
            members = {
                name: value for name, value in members.items() if not name.startswith(f"{kind}.")
            }
    geometry = cast("dict[str, object] | None", feature["geometry"])
    if geometry is None:
        return members
    if geometry["type"] != "Point":
        return members | {"geometry": geometry}
    lon_deg, lat_deg = cast("list[float]", geometry["coordinates"])
    return members | {"longitude": lon_deg, "latitude": lat_deg}


def _radius(properties: Mapping[str, object]) -> dict[str, object]:
    """Radius with the unit that it was told in, where that gives the same metres again."""
    unit, radius_m = (
        properties.get("uncertainty_unit"),
        cast("float", properties.get(_RADIUS) or 0.0),
    )
    number = f"{radius_m / UNITS[str(unit)].size:.10g}" if unit else ""
    if unit and ToldLength(float(number), str(unit)) == radius_m:
        return {_RADIUS: f"{number} {unit}"}
    return {}


def _track(feature: Mapping[str, object]) -> dict[str, object]:
    return {"id": feature.get("id"), "geometry": feature["geometry"]} | cast(
        "dict[str, object]", feature["properties"]
    )


def _flat(members: Mapping[str, object], *names: str) -> dict[str, object]:
    """Members, those of the objects `names` among them as ``name.member``."""
    inner = {name: cast("dict[str, object]", members.get(name) or {}) for name in names}
    return dict(members) | {
        f"{name}.{key}": value for name in names for key, value in inner[name].items()
    }


def _listed(citing: Mapping[str, object]) -> dict[str, object]:
    passages = cast("dict[str, str] | None", citing.get("sources_at"))
    if not passages:
        return dict(citing) | {"sources_at": None}
    return dict(citing) | {
        "sources_at": [passages.get(source, "") for source in cast("list[str]", citing["sources"])]
    }


def table_of(sheet: str, objects: Iterable[Mapping[str, object]]) -> Table:
    """Sheet of a kind of objects: the columns that the template has, and further ones that these objects need."""
    used: dict[Heading, None] = dict.fromkeys(
        Heading(column, number=n) for column, n in _usual(sheet)
    )
    filled: list[dict[Heading, Value]] = []
    for item in objects:
        cells: dict[Heading, Value] = {}
        listed = _listed(item)
        for column in SHEETS[sheet]:
            cells |= dict(_cells(column, listed.get(column.member)))
        filled.append({heading: cell for heading, cell in cells.items() if cell is not None})
        used |= dict.fromkeys(filled[-1])
    headings = tuple(sorted(used, key=lambda heading: _rank(sheet, heading, tuple(used))))
    rows = tuple(tuple(cells.get(heading) for heading in headings) for cells in filled)
    return Table(sheet, headings, rows)


def _usual(sheet: str) -> Iterator[tuple[Column, int]]:
    """Columns that a sheet has even where they are empty: each that is not rare once, modes twice."""
    for column in SHEETS[sheet]:
        if column.is_rare:
            continue
        yield column, 1
        if column.name == "mode" and column.numbered:
            yield column, 2


def _rank(sheet: str, heading: Heading, used: tuple[Heading, ...]) -> tuple[int, int, int, int]:
    """Columns go as the list has them; languages as they first came; a numbered column keeps its parts beside it."""
    columns = SHEETS[sheet]
    first = next(
        index for index, column in enumerate(columns) if column.name == heading.column.name
    )
    languages = list(
        dict.fromkeys(head.language for head in used if head.column.name == heading.column.name)
    )
    return first, languages.index(heading.language), heading.number, columns.index(heading.column)


def _cells(column: Column, value: object) -> Iterator[tuple[Heading, Value]]:
    if column.name == "mode" and column.numbered:
        for number, share in enumerate(cast("list[dict[str, object]]", value or []), 1):
            yield Heading(column, number=number), cell_of(column, share.get(column.part or "mode"))
    elif column.name == "narration":
        for language, statements in cast("dict[str, list[dict[str, object]]]", value or {}).items():
            for number, statement in enumerate(statements, 1):
                part = "sources_at" if column.part == "at" else column.part or "text"
                yield Heading(column, language, number), cell_of(column, _listed(statement)[part])
    elif column.per_language:
        for language, text in cast("dict[str, str]", value or {}).items():
            yield Heading(column, language), cell_of(column, text)
    else:
        yield Heading(column), cell_of(column, value)


def upright(table: Table) -> tuple[tuple[str, Value], ...]:
    """The one row of a sheet as pairs of header and cell: the sheet "journey" is read from top to bottom."""
    (row,) = table.rows
    return tuple(zip(table.headers, row, strict=True))
