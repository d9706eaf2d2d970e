"""From the sheets of a table to a journey.

A GeoJSON document is built of the cells and read by the rules of `model.read`, so that none of them
stands here a second time; what is wrong is told with the cell that it came from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import PureWindowsPath
from typing import cast

from escape_route import packaged
from escape_route.errors import JourneyFileError, Problem
from escape_route.formats import Loaded
from escape_route.formats.members import refuse_several
from escape_route.formats.tables import later
from escape_route.formats.tables import synonyms as meant_by
from escape_route.formats.tables.columns import SHEETS, Column, Heading, Holds, column_of, header_of
from escape_route.formats.tables.grid import (
    EXCEL_DAY_0,
    Cell,
    Entries,
    Entry,
    Grid,
    Sheets,
    records,
)
from escape_route.formats.tables.stated import in_words
from escape_route.formats.tracks.draft import named
from escape_route.geography import base
from escape_route.model import read, references, shapes
from escape_route.model.dates import is_date
from escape_route.model.told_places import regions_in
from escape_route.model.units import Quantity, told_in, units_of
from escape_route.model.vocabulary import Precision, Status
from escape_route.strict_json import ids_by_name, is_number, show

Members = dict[str, object]

#: How the rules of GeoJSON are said of a table, in words and as whole fixes.
_WORDS, _FIXES = packaged.table("formats/tables/messages.toml").values()
_NO_SOURCE = (
    "the interview is a row of the sheet sources, with its title; where it is the only one, this "
    "stays empty"
)
_NO_STAY = (
    "write a number and its unit, such as 2 weeks; or leave it empty, and tell it in the narration"
)
_AT = re.compile(r"(?:à|au|aux|en|in|at|to|nach|zu|a) (?=[A-ZÀ-Þ][^,;]*$)")
_MOST_LISTED = 12  # choices that are listed in a message
_RADIUS = "coordinateUncertaintyInMeters"
_NAMED_IN_MESSAGES = (
    "role",
    "near_previous_km",
)  # columns that a message about a whole row speaks of
_NO_VALUE = {"missing", "empty"}
_QUANTITIES = {
    unit: str(quantity)
    for quantity in (Quantity.DISTANCE, Quantity.DURATION)
    for unit in units_of(quantity)
}
_MISSING_IDS = ("no waypoint ", "no source ")
#: Members of the document that are a sheet as a whole.
_WHOLE = {"features": "waypoints"}
_WHOLE |= {f"journey.{sheet}": sheet for sheet in ("sources", "claims", "notes", "corrections")}


def journey_of(grids: Mapping[str, Grid], source: str, day_0: datetime = EXCEL_DAY_0) -> Loaded:
    """Read the journey that the sheets of a file hold, by their names in `SHEETS`.

    The file's name is for messages, and for the journey's id where none is given; `day_0` is what
    the number 0 is where a date lost its format. Raises JourneyFileError with every problem of the
    file, each with its sheet, row and column.
    """
    refuse_several(records(grids.get("waypoints")), source)
    builder = _Builder(Sheets(grids, day_0))
    document = builder.document(references.id_of(PureWindowsPath(source).stem))
    faults = builder.sheets.problems
    try:
        journey = read.read(json.dumps(document).encode(), source)
    except JourneyFileError as error:
        faults = [*faults, *filter(None, map(builder.told, error.problems))]
    doubts = builder.sheets.doubts
    if faults:
        faults = [*faults, *doubts]
        ordered = sorted(faults, key=lambda fault: (fault[0], _rank(fault[0])))
        raise JourneyFileError(source, tuple(dict.fromkeys(_told_once(ordered))))
    warnings = (*builder.sheets.warnings, *(str(problem) for _, problem in doubts))
    radii_m = {str(feature["id"]): radius_m for feature, radius_m in builder.radii}
    cells = {
        waypoint.id: str(builder.cells[f"features[{index}]"])
        for index, waypoint in enumerate(journey.waypoints)
    }
    dated = {
        waypoint.id: builder.cells.get(f"features[{index}].properties.when")
        for index, waypoint in enumerate(journey.waypoints)
    }
    seasons = {
        name: season
        for name, cell in dated.items()
        if cell and (season := builder.sheets.seasons.get(cell))
    }
    return Loaded(journey, warnings, radii_m=radii_m, cells=cells, seasons=seasons)


def _told_once(ordered: Sequence[tuple[Cell, Problem]]) -> Iterator[Problem]:
    """Problems in turn; an id that is cited and nowhere to be found is told where it first stands, with the other rows.

    So one id that was renamed, or mistyped, is one error and not one a row; nor is a word that
    stands in many rows.
    """
    cells: dict[tuple[object, ...], list[Cell]] = {}
    for cell, problem in ordered:
        cells.setdefault(_kind_of(cell, problem), []).append(cell)
    for cell, problem in ordered:
        same = cells[_kind_of(cell, problem)]
        rows = [str(row) for row in dict.fromkeys(cell.row for cell in same)]
        if len(same) == 1 or (len(rows) == 1 and not problem.message.startswith(_MISSING_IDS)):
            yield problem
        elif cell is same[0] and problem.message.startswith(_MISSING_IDS):
            cited = dict.fromkeys(f"{list(SHEETS)[cell.sheet]} row {cell.row}" for cell in same)
            others = f"; cited in {named([*cited][1:])} as well" if len(cited) > 1 else ""
            yield replace(problem, message=f"{problem.message}{others}")
        elif cell is same[0]:
            place = problem.place.replace(
                f"row {rows[0]}", f"rows {', '.join(rows[:-1])} and {rows[-1]}", 1
            )
            yield replace(problem, place=place)


def _kind_of(cell: Cell, problem: Problem) -> tuple[object, ...]:
    """What is told once: an id that is missing wherever it is cited, else the same fault of a column."""
    if problem.message.startswith(_MISSING_IDS):
        return (problem.message,)
    return cell.sheet, cell.column, cell.header, problem.message, problem.fix


def _rank(cell: Cell) -> int:
    headers = [column.header() for column in list(SHEETS.values())[cell.sheet]]
    return headers.index(cell.header) if cell.header in headers else len(headers)


class _Builder:
    """The document that the sheets make, and for each place in it the cell that it came from."""

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        self.cells: dict[str, Cell] = {}
        self.named: dict[
            tuple[str, str, object], Cell
        ] = {}  # last cell that holds an id, by sheet and column
        self.names: dict[str, str] = {}  # of waypoints whose id nobody typed
        self.rows: dict[str, int] = {}  # that these stand in
        self.only: list[str] = []  # id of a journey's only source
        self.cited: dict[
            str, str
        ] = {}  # ids of sources by what rows cite them by, in small letters
        self.radii: list[
            tuple[Members, float]
        ] = []  # radii that were told of towns without coordinates

    def document(self, name: str) -> Members:
        """Build the document; `name` is the journey's id where the file gives none."""
        top = self._object("journey", self.sheets.upright("journey"), "journey", 0)
        top["id"] = top.get("id", name)
        for sheet in ("sources", "claims", "notes", "corrections"):
            rows = self.sheets.rows(sheet)
            listed = [
                self._listed(sheet, entries, index, row)
                for index, (row, entries) in enumerate(rows)
            ]
            top[sheet] = listed
            if sheet == "claims":
                _number(listed)
            if sheet == "sources":
                self._name_sources(listed)
        waypoints: list[Members] = [
            self._waypoint(entries, index, row)
            for index, (row, entries) in enumerate(self.sheets.rows("waypoints"))
        ]
        self._name(waypoints)
        self._count_stays(waypoints, self._count_dates(waypoints))
        numbered = enumerate(self.sheets.rows("tracks"), len(waypoints))
        tracks = [self._track(entries, index, row) for index, (row, entries) in numbered]
        claims = cast("list[dict[str, Members]]", top["claims"])
        places = [cast("Members", feature["properties"]) for feature in (*waypoints, *tracks)]
        _one_account(self.only, [*places, *claims])
        self._as_many_accounts(places)
        _name_ends(
            (*(claim["scope"] for claim in claims), *(track["properties"] for track in tracks)),
            waypoints,
        )
        return {"type": "FeatureCollection", "journey": top, "features": [*waypoints, *tracks]}

    def _name_sources(self, listed: Sequence[Members]) -> None:
        """Give the sources ids that a file may have, in place, and keep by what rows may cite them: old id or title."""
        for number, source in enumerate(listed, 1):
            typed, at = source.get("id"), self.cells[f"journey.sources[{number - 1}].id"]
            if not references.is_id(str(typed or "")) or (
                typed is None and at not in self.sheets.faulty
            ):
                source["id"] = _free("s", number, self.cited)
                if typed is not None:
                    self.sheets.warn(
                        at,
                        f"{show(typed)} stands as {source['id']} in the file: its ids have letters a to z",
                    )
            self.cited |= {
                str(name).casefold(): str(source["id"])
                for name in (typed, source.get("title"))
                if name
            }
            self.cited[str(source["id"]).casefold()] = str(source["id"])
        self.only = [str(source["id"]) for source in listed] if len(listed) == 1 else []

    def _as_many_accounts(self, listed: Iterable[Members]) -> None:
        """Of several sources: what cites one is one account, what cites more is several, where nothing else is said."""
        silent = [members for members in listed if not self.only and members.get("status") is None]
        for members in silent:
            cited = cast("list[str]", members.get("sources") or [])
            members["status"] = str(Status.REPORTED if len(cited) > 1 else Status.SINGLE)
            for share in cast("list[Members]", members.get("modes") or []):
                share["status"] = share.get("status") or members["status"]
        if silent:
            rows = f"{len(silent)} row{'s' if len(silent) > 1 else ''}"
            taken = "one account where a row cites one source, several accounts where it cites more"
            self.sheets.warn(
                self.sheets.cell("waypoints"),
                f"status is empty in {rows}: taken as {taken} (accounts differ where they do)",
            )

    def _listed(self, sheet: str, entries: Entries, index: int, row: int) -> Members:
        members = self._object(sheet, entries, f"journey.{sheet}[{index}]", row)
        if sheet == "sources":
            members.setdefault("url", None)
        elif sheet == "claims":
            members.setdefault("scope", Members())
        return members

    def _object(self, sheet: str, entries: Entries, place: str, row: int) -> Members:
        """Members of an object from the plain columns of its row; lists and scopes are there even where empty."""
        self.cells[place] = self.sheets.cell(sheet, row)
        members: Members = {}
        for column in SHEETS[sheet]:
            if column.numbered or column.member in {"latitude", "longitude", "geometry"}:
                continue
            self._expect(sheet, column, place, row)
            for heading, entry in entries.items():
                if heading.column == column:
                    self._put(members, place, heading, entry.value, entry.cell)
        return members

    def _expect(self, sheet: str, column: Column, place: str, row: int) -> None:
        """Where a value would stand that the sheet has no column for."""
        self.cells[f"{place}.{column.member}"] = self.sheets.cell(
            sheet, row, -1, header_of(Heading(column))
        )

    def _put(
        self, members: Members, place: str, heading: Heading, value: object, cell: Cell
    ) -> None:
        *outer, name = heading.column.member.split(".")
        for member in outer:
            if value is not None or member == "scope":
                members = members.setdefault(member, {})  # type: ignore[assignment]
            place = f"{place}.{member}"
        at = f"{place}.{name}"
        if outer and value is None and "scope" not in outer:
            self.cells.setdefault(at, cell)
            return
        if heading.column.per_language:
            self._put_text(members, at, heading, value, cell)
            return
        self.cells[at] = cell
        if heading.column.holds is Holds.LIST and name == "sources":
            value = self._ids_cited(cast("list[str] | None", value))
        if heading.column.holds is Holds.PLACES:
            value = self._places(
                cast("list[str] | None", value),
                cast("list[str]", members.get("sources") or []),
                cell,
            )
        if value is not None:
            members[name] = value
        if heading.column.holds is Holds.WORD:
            self.named[list(SHEETS)[cell.sheet], heading.column.name, value] = cell

    def _ids_cited(self, titles: Iterable[str] | None) -> list[str]:
        return [*dict.fromkeys(self.cited.get(title.casefold(), title) for title in titles or ())]

    def _places(
        self, passages: list[str] | None, sources: list[str], cell: Cell
    ) -> dict[str, str] | None:
        """Places in sources by their ids, from a list in the order of the sources that the row cites."""
        sources = sources or self.only
        if passages and len(sources) == 1:  # all of them are in that one
            passages = ["; ".join(filter(None, passages))]
        if passages and len(passages) > len(sources):
            if sources:
                cited = f"this row cites {len(sources)} sources ({'; '.join(sources)})"
            else:
                cited = "no source is cited"
            fix = (
                "a place for each source, in the same order, nothing between the semicolons where "
                "none is known"
            )
            places = "a place" if len(passages) == 1 else f"{len(passages)} places"
            self.sheets.fault(
                cell, f"{places}, and {cited}", f"{fix}; two in one source with a comma"
            )
            return None
        return {
            source: place for source, place in zip(sources, passages or (), strict=False) if place
        } or None

    def _put_text(
        self, members: Members, at: str, heading: Heading, value: object, cell: Cell
    ) -> None:
        if self.cells[at].column < 0 or heading.language == "en":
            self.cells[at] = cell
        if value is not None:
            name = heading.column.member.rpartition(".")[2]
            members.setdefault(name, {})[heading.language] = value  # type: ignore[index]
            self.cells[f"{at}.{heading.language}"] = cell

    def _waypoint(self, entries: Entries, index: int, row: int) -> Members:
        place = f"features[{index}]"
        properties = self._object("waypoints", entries, f"{place}.properties", row)
        self.cells[place] = self.cells[f"{place}.properties"]
        self.cells[f"{place}.id"] = self.cells[f"{place}.properties.id"]
        self._without_at(properties, f"{place}.properties.name")
        when = entries.get(Heading(column_of("waypoints", "when")))
        if when and when.told and properties.get("status") is None:  # it was told in two ways
            properties["status"] = str(Status.CONFLICT)
        properties |= {"kind": "waypoint"} | self._modes(
            entries, f"{place}.properties.modes", properties.get("status")
        )
        properties |= self._narration(entries, f"{place}.properties.narration")
        geometry = self._geometry(entries, f"{place}.geometry")
        if geometry is None and not properties.get("withheld"):
            self._tell_a_pair(properties, f"{place}.properties.name")
            self._tell_precision(properties, self.cells[f"{place}.properties.precision"])
        feature: Members = {
            "type": "Feature",
            "id": properties.pop("id", None),
            "geometry": geometry,
        }
        self._keep_radius(feature, properties, f"{place}.properties.{_RADIUS}")
        if unit := told_in(properties.get(_RADIUS)):
            properties["uncertainty_unit"] = unit
        return feature | {"properties": properties}

    def _count_dates(self, waypoints: Iterable[Members]) -> frozenset[int]:
        """Read, in place, dates that are told from the row before or without a year, and say so: ten days later.

        Returns the indices of rows whose date is told and not read.
        """
        rows = [cast("Members", waypoint["properties"]) for waypoint in waypoints]
        dated = [index for index, row in enumerate(rows) if row.get("when")]
        for index, said in later.count_on(rows):
            at = self.cells[f"features[{index}].properties.when"]
            if said.fix:
                self.sheets.fault(at, said.message, said.fix)
            else:
                self.sheets.warn(at, said.message)
            if said.words:
                self.sheets.seasons[at] = said.words
        return frozenset(
            index for index in dated if not is_date(str(rows[index].get("when") or ""))
        )

    def _count_stays(self, waypoints: Iterable[Members], undated: frozenset[int]) -> None:
        """Read, in place, stays that are told by what they lasted until, from the date of their row on, and say so.

        Those of rows whose date is told and not read, `undated`, are judged once it is.
        """
        for index, waypoint in enumerate(waypoints):
            properties = cast("Members", waypoint["properties"])
            until = cast("Members", properties.get("stay") or {}).get("until")
            if until is None:
                continue
            at, when = self.cells[f"features[{index}].properties.stay"], properties.get("when")
            half = _half_of(waypoint) if later.is_of_a_half(str(until)) else ""
            stay = properties["stay"] = later.stay_until(when, str(until), half)
            if stay:
                season = f", the season that it is on the {half} of the Earth" if half else ""
                self.sheets.warn(
                    at, f"{show(until)} is read as {in_words(stay)}, counted from {when}{season}"
                )
            elif later.is_said_by(when, str(until), half):
                self.sheets.warn(
                    at,
                    f"{show(until)} is said by the date of its row, {when}, which ends then: left out",
                )
            elif (when is None or is_date(str(when))) and index not in undated:
                self.sheets.fault(at, f"{show(until)} is no time that one stayed", _NO_STAY)

    def _without_at(self, properties: Members, at: str) -> None:
        """Take the word for at or to off names, in place, and say so: à Teseney; the place as told keeps it."""
        names = cast("Members", properties.get("name") or {})
        for language, name in names.items():
            if match := _AT.match(str(name)):
                names[language] = str(name)[match.end() :]
                properties.setdefault("verbatimLocality", name)
                self.sheets.warn(
                    self.cells[f"{at}.{language}"],
                    f"{show(name)} is called {show(names[language])}",
                )

    def _tell_a_pair(self, properties: Members, at: str) -> None:
        """Say of coordinates that stand in a name, where no others are told, in which columns they belong."""
        for language, name in cast("Members", properties.get("name") or {}).items():
            pair = meant_by.pair_in_words(str(name))
            cell = self.cells.get(f"{at}.{language}", self.cells.get(at))
            if pair and cell is not None:
                lat, lon, words = pair
                fix = (
                    f"write {lat} into lat and {lon} into lon, and here "
                    f"{show(words) if words else 'how it is called'}"
                )
                self.sheets.fault(cell, f"{show(name)} holds coordinates", fix)

    def _tell_precision(self, properties: Members, at: Cell) -> None:
        """Say, in place, how finely a place without a point is told whose row does not, by what its name means."""
        names = [str(name) for name in cast("Members", properties.get("name") or {}).values()]
        if properties.get("precision") is not None or at in self.sheets.faulty or not names:
            return
        words = [*names, *cast("list[str]", properties.get("footprint") or [])]
        within = _known(cast("list[str]", properties.get("within") or []))
        if any(base.countries_named(word) or word.startswith("country:") for word in words):
            precision = Precision.COUNTRY
        elif any(word.startswith("region:") for word in words) or regions_in(names, within):
            precision = Precision.REGION
        elif properties.get("footprint") or any(base.places_named(name) for name in names):
            precision = Precision.NAMED_FEATURE
        else:
            precision = Precision.CITY
        properties["precision"] = str(precision)
        self.sheets.warn(at, f"empty: {names[0]} is taken as a {precision}")

    def _keep_radius(self, feature: Members, properties: Members, at: str) -> None:
        """Put the radius of a town aside that is to be looked up by its name."""
        spoilt = any(
            cell in self.sheets.faulty for cell in (self.cells[at], *self._cells_of_point(at))
        )
        is_town = properties.get("precision") in {
            Precision.CITY,
            Precision.NAMED_FEATURE,
            Precision.EXACT,
        }
        is_open = feature["geometry"] is None and not (
            properties.get("footprint") or properties.get("withheld")
        )
        radius_m = properties.get(_RADIUS)
        if (
            is_open
            and is_town
            and not spoilt
            and isinstance(radius_m, int | float)
            and radius_m > 0
        ):
            del properties[_RADIUS]
            self.radii.append((feature, radius_m))
            self.sheets.warn(
                self.cells[at],
                "a radius without lat and lon: import takes it about the town of that name",
            )

    def _cells_of_point(self, at: str) -> Iterator[Cell]:
        geometry = f"{at.partition('.')[0]}.geometry"
        yield from (
            self.cells[name]
            for axis in ("", ".lat", ".lon")
            if (name := f"{geometry}{axis}") in self.cells
        )

    def _name(self, waypoints: list[Members]) -> None:
        """Give an id to those that have none: w and the number of the row, from the first waypoint on."""
        taken = {waypoint["id"] for waypoint in waypoints}
        for number, waypoint in enumerate(waypoints, 1):
            if waypoint["id"] is None:
                given = _free("w", number, taken)
                names = cast("Members", cast("Members", waypoint["properties"]).get("name") or {})
                waypoint["id"], self.names[given] = given, next(map(str, names.values()), given)
                self.rows[given] = self.cells[f"features[{number - 1}]"].row

    def _track(self, entries: Entries, index: int, row: int) -> Members:
        place = f"features[{index}]"
        properties = self._object("tracks", entries, f"{place}.properties", row)
        self.cells[place] = self.cells[f"{place}.properties"]
        self.cells[f"{place}.id"] = self.cells[f"{place}.properties.id"]
        self._expect("tracks", column_of("tracks", "shape"), place, row)
        shape = entries.get(Heading(column_of("tracks", "shape")))
        if shape is not None:
            self.cells[f"{place}.geometry"] = shape.cell
        name = {"id": properties.pop("id")} if "id" in properties else {}
        geometry = shape and shape.value
        return {
            "type": "Feature",
            **name,
            "geometry": geometry,
            "properties": properties | {"kind": "leg"},
        }

    def _geometry(self, entries: Entries, place: str) -> object:
        """Point of lat and lon, or the shape that is drawn; None where there is neither."""
        given = {
            column: entries.get(Heading(column_of("waypoints", column)))
            for column in ("lat", "lon", "shape")
        }
        self.cells[place] = self.cells[place.removesuffix(".geometry")]
        for entry in filter(None, (given["shape"], given["lon"], given["lat"])):
            self.cells[place] = entry.cell
        shape = given["shape"]
        if shape is not None and shape.value is not None:
            self.cells[place] = shape.cell
            if any(given[name] and given[name].value is not None for name in ("lat", "lon")):  # type: ignore[union-attr]
                self.sheets.fault(shape.cell, "both a shape and a point", "keep one of them")
            return shape.value
        return self._point({name: given[name] for name in ("lat", "lon")}, place)

    def _point(self, given: Mapping[str, Entry | None], place: str) -> object:
        """Point of two numbers; a cell that holds none, or is empty beside one that does not, is a fault."""
        numbers = {name: None if entry is None else entry.value for name, entry in given.items()}
        filled = {name for name, number in numbers.items() if number is not None}
        for name, entry in given.items():
            cell = entry.cell if entry else self.sheets.cell("waypoints", self.cells[place].row)
            self.cells[f"{place}.{name}"] = cell
            if filled and name not in filled and cell not in self.sheets.faulty:
                self.sheets.fault(cell, f"{name} is missing", "a point has both lat and lon")
            elif name in filled and not is_number(numbers[name]):
                self.sheets.fault(
                    cell,
                    f"{show(numbers[name])} is not a number",
                    "decimal degrees, such as -33.45; empty where unknown",
                )
        if len(filled) < len(numbers) or not all(map(is_number, numbers.values())):
            self._check_alone(numbers, place)
            return None
        if numbers["lon"] == numbers["lat"] == 0:
            self.sheets.fault(self.cells[f"{place}.lat"], *shapes.NULL_ISLAND)
        return {"type": "Point", "coordinates": [numbers["lon"], numbers["lat"]]}

    def _check_alone(self, numbers: Mapping[str, object], place: str) -> None:
        for name, number in numbers.items():
            problems: list[Problem] = []
            if is_number(number):
                shapes.is_in_range([number, 0.0] if name == "lon" else [0.0, number], "", problems)
            for problem in problems:
                self.sheets.fault(self.cells[f"{place}.{name}"], problem.message, problem.fix)

    def _modes(self, entries: Entries, place: str, status: object) -> Members:
        """Modes by their numbers; one without a status of its own stands as the row does."""
        shares: list[Members] = []
        for parts in _parts(entries, "mode"):
            at = f"{place}[{len(shares)}]"
            self.cells |= {f"{at}.{name or 'mode'}": entry.cell for name, entry in parts.items()}
            self.cells.setdefault(place, next(iter(parts.values())).cell)
            if "status" not in parts or parts["status"].value is None:
                self.cells[f"{at}.status"] = self.cells[f"{place.removesuffix('modes')}status"]
            given = {
                name or "mode": entry.value
                for name, entry in parts.items()
                if entry.value is not None
            }
            told = parts[""].told if "" in parts else ""
            shares.append({"status": status} | ({"told": told} if told else {}) | given)
        return {"modes": shares} if shares else {}

    def _narration(self, entries: Entries, place: str) -> Members:
        narration: dict[str, list[Members]] = {}
        for parts in _parts(entries, "narration"):
            language = next(
                heading.language for heading in entries if entries[heading] in parts.values()
            )
            statements = narration.setdefault(language, [])
            at = f"{place}.{language}[{len(statements)}]"
            self.cells |= {f"{at}.{name or 'text'}": entry.cell for name, entry in parts.items()}
            cited, inside, text = parts.get("sources"), parts.get("at"), parts.get("")
            statement: Members = {
                "sources": self._ids_cited(cast("list[str] | None", cited and cited.value))
            }
            if inside is not None:
                self.cells[f"{at}.sources_at"] = inside.cell
                ids = cast("list[str]", statement["sources"])
                passages = self._places(cast("list[str] | None", inside.value), ids, inside.cell)
                statement |= {"sources_at": passages} if passages else {}
            statements.append(
                statement | ({"text": text.value} if text and text.value is not None else {})
            )
        return {"narration": narration} if narration else {}

    def told(self, problem: Problem) -> tuple[Cell, Problem] | None:
        """A problem of the document as one of a cell; None where that cell has been told to be wrong already."""
        cell = self._cell_of(problem)
        message, fix = problem.message, _FIXES.get(problem.fix, problem.fix)
        if (cell in self.sheets.faulty and cell.column >= 0) or self._follows_from_a_spoilt_point(
            problem
        ):
            return None
        if (
            message in _NO_VALUE
            and cell.header in {"unit", "quantity"}
            and self._is_number_refused(cell)
        ):
            return None
        if message in _NO_VALUE:
            fix = _what_to_write(cell) or fix
        if message == "empty" and cell.header == "sources" and not self.cited:
            fix = _NO_SOURCE
        if cell.column < 0 and cell.header and message in _NO_VALUE:
            kind = "row" if cell.sheet == list(SHEETS).index("journey") else "column"
            message, cell = f'no {kind} "{cell.header}"', replace(cell, row=0)
        for said, better in _WORDS.items():
            message, fix = message.replace(said, better), fix.replace(said, better)
        if fix.startswith("did you"):
            meant = [name for name in re.findall(r"\w+", fix) if name in self.names]
        else:
            meant = []
        if len(meant) > len({self.names[name] for name in meant}):
            rows = (
                f"{', '.join(str(self.rows[name]) for name in meant[:-1])} and "
                f"{self.rows[meant[-1]]}"
            )
            fix = (
                f"rows {rows} bear that name: give them ids of their own in the column id, and "
                "write the one meant"
            )
        message, fix = self._by_name(message), self._by_name(fix)
        return cell, replace(problem, place=str(cell), message=message, fix=fix)

    def _by_name(self, text: str) -> str:
        """Text with the name of a place instead of an id that nobody typed."""
        return re.sub(
            r'"?\b(w\d+x*)\b"?',
            lambda match: show(self.names[match[1]]) if match[1] in self.names else match[0],
            text,
        )

    def _is_number_refused(self, cell: Cell) -> bool:
        """Whether number or unit of a claim's row is told to be wrong, with which the other would have been told."""
        row = cell.sheet, cell.row
        return any(
            (bad.sheet, bad.row) == row and bad.header in {"value", "unit"}
            for bad in self.sheets.faulty
        )

    def _follows_from_a_spoilt_point(self, problem: Problem) -> bool:
        """Whether a radius is said to have no point because lat, lon or shape could not be read, which is told."""
        cells = self._cells_of_point(problem.place)
        return problem.message.startswith("a radius without") and any(
            cell in self.sheets.faulty for cell in cells
        )

    def _cell_of(self, problem: Problem) -> Cell:
        """Cell of the place of a problem, or of the nearest place that it lies in."""
        place = problem.place
        if place.endswith(".geometry.coordinates") and problem.message.startswith("l"):
            axis = place.replace(
                "coordinates", "lon" if problem.message.startswith("longitude") else "lat"
            )
            place = axis if axis in self.cells else place
        while place not in self.cells and place:
            if place in _WHOLE:
                return self._row_named(_WHOLE[place], problem.message)
            place = place[: max(place.rfind("."), place.rfind("["), 0)]
        return self.cells.get(place, self.sheets.cell("waypoints"))

    def _row_named(self, sheet: str, message: str) -> Cell:
        """Last row of the id that a message about a whole sheet names; the sheet itself where it names none."""
        quoted = re.search(r'"([^"]*)"', message)
        sheet, column = ("tracks", "to") if "traced leg" in message else (sheet, "id")
        named = self.named.get((sheet, column, quoted[1] if quoted else None))
        if named is None:
            return self.sheets.cell(sheet)
        row = (
            cell
            for cell in self.cells.values()
            if (cell.sheet, cell.row) == (named.sheet, named.row)
        )
        return next(
            (cell for cell in row if cell.header in _NAMED_IN_MESSAGES and cell.header in message),
            named,
        )


def _known(within: Sequence[str]) -> list[str]:
    """References of those that are there: what is mistyped is told when the document is read."""
    return [reference for reference in within if reference in base.references()]


def _half_of(waypoint: Members) -> str:
    """Half of the Earth that a place is told to lie on: the north where nothing says that it is the other."""
    geometry = waypoint["geometry"]
    if isinstance(geometry, dict) and geometry["type"] == "Point":
        return "south" if geometry["coordinates"][1] < 0 else "north"
    within = cast("list[str]", cast("Members", waypoint["properties"]).get("within") or [])
    bounds = [base.geometry_of(reference).bounds for reference in _known(within)]
    if bounds and all(north + south < 0 for _, south, _, north in bounds):
        return "south"
    return "north"


def _what_to_write(cell: Cell) -> str:
    """What a column is for, and what may stand in it; empty where no column is meant."""
    columns = list(SHEETS.values())[cell.sheet]
    column = next(
        (column for column in columns if cell.header in {column.name, column.header()}), None
    )
    if column is None:
        return ""
    choices = column.words or column.choices
    more = f", and {len(choices) - _MOST_LISTED} more" if len(choices) > _MOST_LISTED else ""
    words = f"one of {', '.join(choices[:_MOST_LISTED])}{more}" if choices else ""
    return "; ".join(filter(None, (column.explanation, words)))


def _free(letter: str, number: int, taken: Collection[object]) -> str:
    """Id of a row by its number, with as many letters x as make it differ."""
    return next(name for more in count() if (name := f"{letter}{number}{'x' * more}") not in taken)


def _number(claims: Sequence[Members]) -> None:
    """Fill in, in place, what claims leave out: the id, c and the number of the row; of what a length is the number."""
    taken = {claim.get("id") for claim in claims}
    for number, claim in enumerate(claims, 1):
        claim["id"] = claim.get("id") or _free("c", number, taken)
        if claim.get("quantity") is None and claim.get("unit") in _QUANTITIES:
            claim["quantity"] = _QUANTITIES[
                str(claim["unit"])
            ]  # nothing but a distance is told in miles


def _one_account(only: list[str], stated: Iterable[object]) -> None:
    """One interview is one account: what says nothing else rests on a journey's only source."""
    for item in cast("Iterable[Members]", stated) if only else ():
        if "kind" in item:  # a claim has no status of its own
            item["status"] = item.get("status") or str(Status.SINGLE)
        if not item.get("sources") and item.get("status") != str(Status.INFERRED):
            item["sources"] = list(only)
        for shown in filter(None, (cast("Members", item.get(name)) for name in ("quote", "scene"))):
            shown["sources"] = shown.get("sources") or list(only)
        for share in cast("list[Members]", item.get("modes") or []):
            share["status"] = share.get("status") or item["status"]


def _name_ends(ended: Iterable[object], waypoints: Iterable[Members]) -> None:
    """Put the id, in place, where an end was told by a name that one waypoint alone bears, or has before its comma.

    Its name as told is one too: à Teseney.
    """
    told_of = (
        (str(waypoint["id"]), cast("Members", waypoint["properties"])) for waypoint in waypoints
    )
    names = {
        name: [
            *cast("Members", members.get("name") or {}).values(),
            *filter(None, [members.get("verbatimLocality")]),
        ]
        for name, members in told_of
    }
    bearers = ids_by_name((name, map(str, words)) for name, words in names.items())
    heads = ids_by_name(
        (name, (str(word).partition(",")[0] for word in words)) for name, words in names.items()
    )
    for members in cast("Iterable[Members]", ended):
        for end in ("from", "to"):
            text = str(members.get(end))
            plain = text.strip().lower()
            ids = bearers.get(plain) or heads.get(plain, [])
            if text not in names and len(ids) == 1:
                members[end] = ids[0]


def _parts(entries: Entries, name: str) -> list[dict[str, Entry]]:
    groups: dict[tuple[str, int], dict[str, Entry]] = {}
    for heading, entry in entries.items():
        if heading.column.name == name and heading.column.numbered:
            groups.setdefault((heading.language, heading.number), {})[heading.column.part] = entry
    ordered = [groups[key] for key in sorted(groups, key=lambda key: key[1])]
    return [parts for parts in ordered if any(entry.value is not None for entry in parts.values())]
