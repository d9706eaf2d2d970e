"""Sheets of cells as a carrier gives them, and what their headers and cells say, each with its place for messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from difflib import get_close_matches

from escape_route import packaged
from escape_route.errors import Problem, refusal
from escape_route.formats.members import is_sensitivity
from escape_route.formats.tables import cells as reading
from escape_route.formats.tables import going, stated
from escape_route.formats.tables import synonyms as meant_by
from escape_route.formats.tables.cells import CellError, Value
from escape_route.formats.tables.columns import SHEETS, Heading, Holds, header_of, heading_of
from escape_route.formats.tables.later import centuries_of, in_full
from escape_route.formats.tracks.draft import DAYS, MONTHS, YEARS, in_letters, joined_date
from escape_route.geography import base
from escape_route.model.date_accounts import accounts
from escape_route.model.modes import Mode
from escape_route.model.said_numbers import is_plain, is_vague
from escape_route.model.told_dates import each_way, has_brackets, meanings
from escape_route.strict_json import show

EXCEL_DAY_0 = datetime(1899, 12, 30)  # noqa: DTZ001  # a day of a calendar, nowhere in particular
MOST_ROWS, MOST_COLUMNS = 20_000, 1_000
_LIKENESS = 0.8
_POLE_DEG = 90
_AS_ABOVE = frozenset(packaged.table("formats/tables/words.toml")["cells"]["as_above"])
_ABOVE = 10  # rows among which the headers are looked for
_SHOWN = 60  # characters of a header in a message
_AS_SAID = (
    "wording",
    "value",
    "value_to",
    "unit",
    "quantity",
    "counts",
)  # parts of a stated number as one says them


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet: its number as a spreadsheet program counts, from 1, and its cells from column A on."""

    number: int
    cells: tuple[Value, ...]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in it."""
        return all(map(reading.is_blank, self.cells))


def line_of(number: int, cells: Iterable[Value], source: str, words: str = "") -> Line:
    """Row of a file, without the empty cells at its end; raises JourneyFileError where it is wider than any journey."""
    listed = list(cells)
    while listed and reading.is_blank(listed[-1]):
        listed.pop()
    if len(listed) > MOST_COLUMNS:
        place = ", ".join(filter(None, (words, f"row {number}")))
        raise refusal(
            source, f"more than {MOST_COLUMNS:,} columns", "is this a journey?", place=place
        )
    return Line(number, tuple(listed))


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: rows with the header first.

    `words` is how messages name the sheet. `columns` are the places of the columns in the file
    where they are not simply one after the other.
    """

    words: str
    lines: tuple[Line, ...]
    columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """Where a value stands; `column` is -1 where the sheet has no column for it, `row` 0 for the sheet itself."""

    sheet: int
    row: int
    column: int
    header: str = field(compare=False)
    words: str = field(compare=False)

    def __str__(self) -> str:
        """Say it as a reader would look for it."""
        parts = [self.words] if self.words else []
        parts += [f"row {self.row}"] if self.row else []
        parts += (
            [f"column {letter_of(self.column)} ({self.header[:_SHOWN]})"]
            if self.column >= 0
            else []
        )
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a cell, as JSON; None where it is empty. `told` are words that no value says."""

    cell: Cell
    value: object
    told: str = ""


Entries = dict[Heading, Entry]
"""One row of a sheet."""


def letter_of(column: int) -> str:
    """Letters of a column, from 0, as spreadsheet programs have them.

    >>> letter_of(0), letter_of(25), letter_of(26), letter_of(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    before, last = divmod(column, 26)
    return (letter_of(before - 1) if before else "") + chr(ord("A") + last)


def _headers_of(line: Line) -> str | None:
    """Sheet that all cells of a row are headers of; None where they are none."""
    cells = [str(cell).strip() for cell in line.cells if not reading.is_blank(cell)]
    tables = (
        sheet for sheet in SHEETS if sheet != "journey"
    )  # its headers stand below one another
    known = (
        sheet for sheet in tables if all(heading_of(sheet, cell) is not None for cell in cells)
    )
    return next(known, None) if len(cells) > 1 else None


def _taken_apart(values: dict[Heading, Value]) -> dict[Heading, Value]:
    """Cells of a claim; a number that stands with wording and unit in one cell is put into theirs if these agree."""
    columns = {column.name: Heading(column) for column in SHEETS["claims"]}
    value = values.get(columns["value"])
    unit = values.get(columns["unit"])
    ways = stated.stated(value) if isinstance(value, str) else []
    if (
        not ways
        and isinstance(value, str)
        and isinstance(unit, str)
        and stated.says_its_language(unit)
    ):
        ways = stated.stated(f"{value} {unit}")  # 1,500 beside kilometres
    if len(ways) > 1 and isinstance(unit, str):  # ten days or eleven: the unit beside it says which
        ways = [way for way in ways if "unit" not in way]
    if len(ways) != 1:
        return values
    parts = {columns[name]: part for name, part in ways[0].items()}
    others = {
        heading: str(values.get(heading) or "") for heading in parts if heading != columns["value"]
    }
    if not all(
        not cell or meant_by.agree(heading.column.name, cell, parts[heading])
        for heading, cell in others.items()
    ):
        return values
    return values | parts | {heading: cell for heading, cell in others.items() if cell}


def first_of(sheet: str, lines: Sequence[Line]) -> int:
    """Which row holds the headers: the first; where none stands in it, as in a title, the next with two or more."""
    known = [
        sum(heading_of(sheet, str(cell).strip()) is not None for cell in line.cells)
        for line in lines[:_ABOVE]
    ]
    return 0 if known[0] else next((index for index, count in enumerate(known) if count > 1), 0)


def records(grid: Grid | None) -> Iterator[dict[str, object]]:
    """Cells of the waypoints' rows by their headers as they stand, for columns that are somebody's own."""
    lines = [line for line in grid.lines if not line.is_blank] if grid else []
    first = first_of("waypoints", lines) if lines else 0
    for line in lines[first + 1 :]:
        yield {
            str(name): value
            for name, value in zip(lines[first].cells, line.cells, strict=False)
            if name
        }


class Sheets:
    """The sheets of a file by their names in `SHEETS`, read cell by cell; faults are gathered with their cells.

    `day_0` is what the number 0 is where a date lost its format.
    """

    def __init__(self, grids: Mapping[str, Grid], day_0: datetime = EXCEL_DAY_0) -> None:
        """Keep them."""
        self.grids = grids
        self.day_0 = day_0
        self.problems: list[tuple[Cell, Problem]] = []
        self.faulty: set[Cell] = set()
        self.centuries: frozenset[str] = frozenset()  # of the years of the sheet that is read
        self.seasons: dict[
            Cell, str
        ] = {}  # dates that another half of the Earth would make others, as told
        self.warnings: list[str] = []
        self.doubts: list[tuple[Cell, Problem]] = []

    def cell(self, sheet: str, row: int = 0, column: int = -1, header: str = "") -> Cell:
        """Where something stands, for messages."""
        grid = self.grids.get(sheet)
        places = grid.columns if grid else ()
        words = grid.words if grid else f"sheet {sheet}"
        return Cell(
            list(SHEETS).index(sheet),
            row,
            places[column] if places and column >= 0 else column,
            header,
            words,
        )

    def fault(self, cell: Cell, message: str, fix: str = "") -> None:
        """Note a fault of a cell."""
        self.problems.append((cell, Problem(str(cell), message, fix)))
        self.faulty.add(cell)

    def warn(self, cell: Cell, message: str) -> None:
        """Note what stops nothing."""
        self.warnings.append(str(Problem(str(cell), message)))

    def doubt(self, cell: Cell, message: str, fix: str) -> None:
        """Note what stops nothing, and what may be why something else does."""
        self.doubts.append((cell, Problem(str(cell), message, fix)))

    def rows(self, sheet: str) -> Iterator[tuple[int, Entries]]:
        """Rows below the headers that are not empty, each with its number."""
        if sheet in self.grids:
            lines = [line for line in self.grids[sheet].lines if not line.is_blank]
        else:
            lines = []
        if not lines:
            return
        first = first_of(sheet, lines)
        lines = self._with_dates_joined(sheet, self._with_pairs_parted(sheet, lines, first), first)
        header = lines[first]
        for line in lines[:first]:
            self.warn(self.cell(sheet, line.number), "above the headers, and not read")
        headings = self._headings(sheet, header, lines[first + 1 :])
        self.centuries = centuries_of(
            line.cells[at]
            for line in lines[first + 1 :]
            for at, (heading, _) in headings.items()
            if heading.column.holds is Holds.DATE and at < len(line.cells)
        )
        headed = {index for index, name in enumerate(header.cells) if not reading.is_blank(name)}
        above = header
        for typed in lines[first + 1 :]:
            above = line = typed if above is header else self._as_above(sheet, typed, above, header)
            named = _headers_of(line)
            if named == sheet:
                self.fault(
                    self.cell(sheet, line.number), "the headers once more", "leave the row out"
                )
                continue
            if named is not None:
                fix = f"a sheet {named}, or in CSV a row [{named}] above it"
                self.fault(
                    self.cell(sheet, line.number), f"the headers of {named}, within {sheet}", fix
                )
                return
            for index in (at for at in range(len(line.cells)) if at not in headed):
                self._stray(self.cell(sheet, line.number, index, "no header"), line.cells[index])
            yield line.number, self._entries(sheet, line, headings)

    def _with_pairs_parted(self, sheet: str, lines: list[Line], first: int) -> list[Line]:
        """Rows whose one column of coordinates is two, latitude before longitude unless the numbers say otherwise."""
        names = [str(cell).strip().lower() for cell in lines[first].cells]
        at = next((index for index, name in enumerate(names) if name in meant_by.PAIRS), None)
        if sheet != "waypoints" or at is None or {"lat", "lon", "latitude", "longitude"} & {*names}:
            return lines
        pairs = [
            meant_by.pair(str(line.cells[at])) if at < len(line.cells) else None
            for line in lines[first + 1 :]
        ]
        positions = [pair for pair in pairs if pair]
        is_turned = any(_is_beyond_a_pole(lat) for lat, _ in positions)
        if not positions or (is_turned and any(_is_beyond_a_pole(lat) for _, lat in positions)):
            return lines
        order = ("lon", "lat") if is_turned else ("lat", "lon")
        self.warn(
            self.cell(sheet, lines[first].number, at, names[at]),
            f"read as {order[0]} and {order[1]}",
        )
        width = max(len(line.cells) for line in lines)
        parted = [
            _parted(line, at, pair, width)
            for line, pair in zip(lines[first + 1 :], pairs, strict=True)
        ]
        return [*lines[:first], _parted(lines[first], at, order, width), *parted]

    def _with_dates_joined(self, sheet: str, lines: list[Line], first: int) -> list[Line]:
        """Rows whose columns for the month and the day are in that for the year, and say so."""
        names = [str(cell).strip().lower() for cell in lines[first].cells]
        at, *parts = (
            next(
                (index for name in listed for index, cell in enumerate(names) if cell == name), None
            )
            for listed in ((*YEARS, "when"), MONTHS, DAYS)
        )
        beside = [part for part in parts if part is not None]
        if sheet != "waypoints" or at is None or parts[0] is None:
            return lines
        for index in beside:
            self.warn(
                self.cell(sheet, lines[first].number, index, names[index]),
                f'read with "{names[at]}"',
            )
        joined = [self._with_date_joined(sheet, line, (at, *parts)) for line in lines[first + 1 :]]
        header = [
            None if index in beside else cell for index, cell in enumerate(lines[first].cells)
        ]
        return [*lines[:first], Line(lines[first].number, tuple(header)), *joined]

    def _with_date_joined(self, sheet: str, line: Line, places: Sequence[int | None]) -> Line:
        """Row with its date in the first of the cells, where that holds a year; the others are empty."""
        dated = [
            line.cells[at] if at is not None and at < len(line.cells) else None for at in places
        ]
        texts = ["" if reading.is_blank(part) else str(part) for part in dated]
        is_year = re.fullmatch(r" *(\d{1,4})?(\.0+)? *", texts[0])
        if not is_year and any(texts[1:]):
            self.warn(
                self.cell(sheet, line.number),
                f"{' '.join(texts[1:]).strip()} is not read beside {texts[0]}",
            )
        cells = [None if at in places else cell for at, cell in enumerate(line.cells)]
        if places[0] is not None and any(texts):
            cells += [None] * (places[0] + 1 - len(cells))
            cells[places[0]] = joined_date(*texts) if is_year and texts[1] else dated[0]
        return Line(line.number, tuple(cells))

    def _as_above(self, sheet: str, line: Line, above: Line, header: Line) -> Line:
        """Row whose ditto marks are what stands above them, and say so."""
        values = list(line.cells)
        for at, (value, over) in enumerate(zip(line.cells, above.cells, strict=False)):
            if (
                isinstance(value, str)
                and value.strip().lower() in _AS_ABOVE
                and at < len(header.cells)
            ):
                values[at] = over
                self.warn(
                    self.cell(sheet, line.number, at, str(header.cells[at])),
                    f"{show(value)} is read as {show(over)}",
                )
        return Line(line.number, tuple(values))

    def upright(self, sheet: str) -> Entries:
        """The one row of a sheet that is written from top to bottom: a name and a value in each line."""
        entries: Entries = {}
        for line in self.grids[sheet].lines if sheet in self.grids else ():
            name, value = (*line.cells, None, None)[:2]
            if reading.is_blank(name) or str(name).strip().lower() == "member":
                continue
            at = self.cell(sheet, line.number, 1, str(name).strip())
            heading = self._heading(sheet, at, entries)
            if heading is not None:
                entries[heading] = self._entry(heading, at, value)
        return entries

    def _headings(
        self, sheet: str, header: Line, below: Sequence[Line]
    ) -> dict[int, tuple[Heading, str]]:
        headings: dict[int, tuple[Heading, str]] = {}
        filled = {
            index
            for line in below
            for index, value in enumerate(line.cells)
            if not reading.is_blank(value)
        }
        known = {
            index: heading_of(sheet, str(name).strip()) for index, name in enumerate(header.cells)
        }
        there = frozenset(header_of(heading) for heading in known.values() if heading is not None)
        in_use = {heading for index, heading in known.items() if index in filled}
        for index, name in enumerate(header.cells):
            if reading.is_blank(name):
                continue
            at = self.cell(sheet, header.number, index, str(name).strip())
            if sheet == "waypoints" and known[index] is None:
                read_as = meant_by.read_as(at.header)
            else:
                read_as = None
            heading = heading_of(sheet, read_as) if read_as else None
            if heading is not None and heading not in in_use:
                in_use.add(heading)
                headings |= {index: (heading, at.header)}
                self.warn(at, f'read as "{read_as}"')
                continue
            if index not in filled and any(
                known[index] == heading for heading, _ in headings.values()
            ):
                continue  # its own column is empty
            meant = meant_by.header(at.header, there) if sheet == "waypoints" else None
            if meant:
                heading = None
            else:
                heading = self._heading(sheet, at, {heading for heading, _ in headings.values()})
            if meant:
                self.doubt(at, "not known here, and not read", f"did you mean {meant}?")
            if heading is not None:
                headings[index] = heading, at.header
        return headings

    def _heading(self, sheet: str, at: Cell, taken: object) -> Heading | None:
        """What a header says; a misspelt one is a fault, any other is somebody's own and is not read."""
        heading = heading_of(sheet, at.header)
        if heading is not None and heading in taken:  # type: ignore[operator]  # a set or a mapping
            self.fault(at, f'a second "{header_of(heading)}"', "keep one of them")
            return None
        if heading is None:
            names = [header_of(Heading(column)) for column in SHEETS[sheet]]
            if is_sensitivity(at.header):
                self.fault(at, "not known here", 'call it "sensitivity", so that it counts')
                return None
            near = get_close_matches(at.header.lower()[:_SHOWN], names, n=1, cutoff=_LIKENESS)
            if near:
                self.fault(at, "not known here", f'did you mean "{near[0]}"?')
            else:
                self.warn(at, "not known here, and not read")
        return heading

    def _entries(
        self, sheet: str, line: Line, headings: Mapping[int, tuple[Heading, str]]
    ) -> Entries:
        values = {
            heading: line.cells[at] if at < len(line.cells) else None
            for at, (heading, _) in headings.items()
        }
        told = values
        if sheet == "claims":
            values = _taken_apart(told)
        places = {
            heading: self.cell(sheet, line.number, at, header)
            for at, (heading, header) in headings.items()
        }
        self._say_what_is_read(told, values, places)
        told_in = next(
            (at for heading, at in places.items() if heading.column.name == "value"), None
        )
        own = self.cell(sheet, line.number) if told_in is None else told_in
        # what was told in the number's cell, as its unit, is faulty there
        stands = {heading: at for heading, at in places.items() if told[heading] == values[heading]}
        return {
            heading: self._entry(heading, stands.get(heading, own), value)
            for heading, value in values.items()
        }

    def _say_what_is_read(
        self,
        told: Mapping[Heading, Value],
        values: Mapping[Heading, Value],
        places: Mapping[Heading, Cell],
    ) -> None:
        """Tell how a number was read that might be read otherwise, with all that was taken from it."""
        for heading, value in told.items():
            read = {
                head.column.name: str(values[head])
                for head in values
                if values[head] != told.get(head)
            }
            days = stated.days_touched(str(value).strip().lower())
            is_told = (
                "value_to" in read
                or days
                or re.search(r"[?？؟]", str(value))
                or is_vague(str(value))
            )
            is_told = (
                is_told
                or stated.is_of_words(str(value))
                or _is_of_other_words(read.get("wording", ""), str(value))
            )
            if heading.column.name == "value" and value != values[heading] and is_told:
                read |= {"value_to": f"to {read['value_to']}"} if "value_to" in read else {}
                words = " ".join(read[name] for name in _AS_SAID if name in read)
                self.warn(
                    places[heading],
                    f"{show(value)} is read as {words}{f', {stated.SAYS}' if days else ''}",
                )
            if heading.column.name == "value" and stated.is_a_saying(str(value)):
                fix = "where nobody measured it, tell it in the narration and claim no number"
                self.warn(places[heading], f"{show(value)} is said of any long way too: {fix}")
            unit = meant_by.may_be(str(value)) if heading.column.name in {"value", "unit"} else ""
            if unit:
                self.warn(
                    places[heading], f"{show(value)} is told in a word that is taken for {unit}"
                )

    def _keep_a_season(self, heading: Heading, at: Cell, value: Value) -> None:
        """Keep the words of a date that the half of the Earth decides, and say what brackets are read as."""
        if heading.column.holds is Holds.DATE and isinstance(value, str) and has_brackets(value):
            self.warn(at, f"{show(value)} is read as {each_way(meanings(value))}")
        is_date = heading.column.name == "when" and isinstance(value, str)
        if is_date and meanings(str(value), half="south") != meanings(str(value)):
            self.seasons[at] = str(value)

    def _both_accounts(self, heading: Heading, at: Cell, value: Value) -> str:
        """Date that two tell each in their way, which is said; empty of any other."""
        if heading.column.holds is Holds.DATE and isinstance(value, str):
            both = accounts(value)
        else:
            both = ""
        if both:
            whose = "two accounts that differ; tell in the narration which is whose"
            self.warn(at, f"{show(value)} is read as {both}, {whose}")
        return both

    def _say_how_one_went(self, heading: Heading, at: Cell, value: Value, read: object) -> None:
        """Tell of a mode that was told in words what it is read as: an animal or a cart, a walk with more words."""
        if heading.column.name != "mode" or heading.column.part or not isinstance(value, str):
            return
        if meant_by.is_of_a_cart(value):
            self.warn(
                at,
                f"{show(value)}: no mode is that of a cart or an animal: read as {read}, and the words are kept",
            )
        elif meant_by.is_a_walk_with_more(value):
            self.warn(at, f"{show(value)} is read as {read}")
        elif (
            heading.column.numbered
            and meant_by.choice("mode", value) is None
            and meant_by.mode_of_several(value)
        ):
            how = meant_by.how_read(value, str(read))
            if how:
                self.warn(at, f"{show(value)} is {how}")
        elif read and read != value.strip().lower() and meant_by.choice("mode", value) is None:
            if going.is_of_no_means(value):
                none = " (no means of travel stands in it that is known here)"
            else:
                none = ""
            self.warn(at, f"{show(value)} is read as {read}{none}")

    def _say_of_lands(self, at: Cell, value: str) -> None:
        """Tell of a land that is no more."""
        for remark in filter(
            None, map(base.once_called, map(str.strip, re.split(r"[;,\n]", value)))
        ):
            self.warn(at, remark)

    def _stray(self, at: Cell, value: Value) -> None:
        if not reading.is_blank(value):
            self.fault(
                at,
                f"{show(value)} stands under no header",
                "give the column a header, or empty the cell",
            )

    def _entry(self, heading: Heading, at: Cell, value: Value) -> Entry:
        serial = reading.serial_in(value) if heading.column.holds is Holds.DATE else None
        if serial is not None:
            value = reading.date_text(self.day_0 + timedelta(days=serial))
            self.warn(at, f"{serial:g} is a spreadsheet's number of a day: taken for {value}")
        if heading.column.holds is Holds.DATE and isinstance(value, str):
            told, value = value, in_full(value, self.centuries)
            if value != told:
                self.warn(
                    at,
                    f"{show(told)} is read as {show(value)}: no other date here is of another century",
                )
        both = self._both_accounts(heading, at, value)
        said, value = (str(value), both) if both else ("", value)
        if (
            heading.column.holds is Holds.TEXT
            and isinstance(value, str)
            and in_letters(value) != value
        ):
            self.warn(at, f"{show(value)} is read as {show(in_letters(value))}")
        if reading.says_nothing(heading.column, value):
            self.warn(at, f"{show(value)} is taken as empty")
            value = None
        if heading.column.name in {"within", "footprint"} and isinstance(value, str):
            self._say_of_lands(at, value)
        try:
            read = reading.value_of(heading.column, value)
            self._say_how_one_went(heading, at, value, read)
            self._keep_a_season(heading, at, value)
            days = stated.days_touched(str(value).strip().lower())
            if (
                heading.column.holds is Holds.STAY
                and isinstance(read, dict)
                and "value" in read
                and (days or is_vague(str(value)) or stated.is_of_words(str(value)))
            ):
                touched = f", {stated.SAYS}" if days else ""
                self.warn(
                    at, f"{show(value)} is read as {reading.cell_of(heading.column, read)}{touched}"
                )
            is_told = isinstance(value, str) and not re.search(r"\d", value) and not is_plain(value)
            if heading.column.holds is Holds.NUMBER and read is not None and is_told:
                self.warn(at, f"{show(value)} is read as {read}")
            return Entry(
                at, read, said or (str(value).strip() if _is_no_mode(heading, value, read) else "")
            )
        except CellError as error:
            self.fault(at, error.message, error.fix)
            return Entry(at, None)


def _is_no_mode(heading: Heading, value: Value, read: object) -> bool:
    """Whether a means of travel was told that is of no mode, or of several: a sledge, on foot and by cart."""
    is_mode = heading.column.name == "mode" and not heading.column.part
    return is_mode and read == Mode.UNKNOWN and not meant_by.is_of_nothing_known(str(value))


def _is_beyond_a_pole(number: str) -> bool:
    degrees = re.match(r"[+−–-]?(\d+)", number)
    return degrees is not None and int(degrees[1]) > _POLE_DEG


def _parted(line: Line, at: int, pair: tuple[str, str] | None, width: int) -> Line:
    """Row with the first of a pair in its column and the second behind all others."""
    if pair is None:
        return line
    cells = [*line.cells, *([None] * (width - len(line.cells)))]
    return Line(line.number, (*cells[:at], pair[0], *cells[at + 1 :], pair[1]))


def _is_of_other_words(wording: str, text: str) -> bool:
    """Whether a number in words was told with a qualifier in other words than that which they are read as: not even."""
    is_said = wording in {"", "about"} or wording.replace("_", " ") in text.lower()
    return not is_said and not re.search(r"\d", text)
