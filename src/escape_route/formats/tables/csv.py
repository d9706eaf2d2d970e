"""A journey as one CSV file: the waypoints first, the other tables below them, each under a row such as [claims].

One file and not several, because a spreadsheet is mailed and moved about as one file, and a journey
without its claims and sources is none. The waypoints come first and without such a row, so that
QGIS and the like find a plain table. Its text is UTF-8 or UTF-16, else Windows-1252 where it can be
nothing else.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from escape_route.errors import refusal
from escape_route.formats import Loaded, Written
from escape_route.formats.tables.cells import Value
from escape_route.formats.tables.columns import SHEETS, heading_of
from escape_route.formats.tables.grid import MOST_ROWS, Grid, Line, line_of
from escape_route.formats.tables.read import journey_of
from escape_route.formats.tables.synonyms import header
from escape_route.formats.tables.write import Table, tables_of, upright
from escape_route.model.published import Published

_DELIMITERS = ",;\t|"
_ACTS = "=+-@\t\r＝＋－＠'"  # a spreadsheet program may take a cell that begins so for a formula
_MARKER = re.compile(r"\s*\[\s*([A-Za-z]+)\s*\]\s*")
_ABOVE = 20  # rows that the headers are looked for among
_LOOKED_AT = 20_000  # characters that the delimiter is told by
_MOST_CHARACTERS = 64_000_000  # of a cell: a track is one


def read(content: bytes, source: str) -> Loaded:
    """Read a journey from a CSV file in the encoding and with the separator that it happens to have.

    Raises JourneyFileError with every problem of the file, each with its table, row and column.
    """
    text, warnings = decoded(content, source)
    lines = _lines(text, source)
    if lines and not any(_is_headed(line) for line in lines[:_ABOVE]):
        fix = "type its places in travel order into a table: escape-route new"
        raise refusal(source, "no table: no header in it is known here", fix)
    loaded = journey_of(_tables(lines, source), source)
    return replace(loaded, warnings=(*warnings, *loaded.warnings))


def write(published: Published) -> Written:
    """Write a journey as CSV: UTF-8 with a byte-order mark, by which Excel knows it, commas and Windows line ends."""
    tables, lost = tables_of(published.journey)
    return Written(to_bytes(tables), lost)


def to_bytes(tables: Iterable[Table], *, empty_too: bool = False) -> bytes:
    """Write tables one below the other; those without a row only where asked for, but for the waypoints."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for table in tables:
        if table.name == "journey":
            writer.writerows(
                [[], ["[journey]"], *([name, safe(cell)] for name, cell in upright(table))]
            )
        elif table.name == "waypoints" or table.rows or empty_too:
            head = [] if table.name == "waypoints" else [[], [f"[{table.name}]"]]
            writer.writerows([*head, table.headers, *(map(safe, row) for row in table.rows)])
    return text.getvalue().encode("utf-8-sig")


def safe(cell: Value) -> Value:
    """Cell that no program runs: a text that begins like a formula gets an apostrophe, which reading takes off."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" \n")[:1] in tuple(_ACTS) else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip(" \n")[:1] in tuple(_ACTS) else cell


def _lines(text: str, source: str) -> list[Line]:
    csv.field_size_limit(
        _MOST_CHARACTERS
    )  # the library's own limit is 131,072, which a track goes beyond
    mark = re.match(r'(?:"?sep=([,;\t|])"?)\r?\n', text, re.IGNORECASE)  # as Excel writes it
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=mark[1] if mark else _delimiter(text)
    )
    lines = []
    try:
        for number, cells in enumerate(reader, 1):
            if number > MOST_ROWS:
                raise refusal(source, f"more than {MOST_ROWS:,} rows", "is this a journey?")
            lines.append(line_of(number, map(_bare, cells), source))
    except csv.Error as error:
        raise refusal(source, f"not CSV: {error}", _FIX, place=f"line {reader.line_num}") from error
    return lines[1:] if mark else lines


def _delimiter(text: str) -> str:
    """Separator by which the first rows have most headers that are known here, then that most cells are parted by."""

    def known(delimiter: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO(text[:_LOOKED_AT], newline=""), delimiter=delimiter)
        with suppress(csv.Error):
            listed = [row for row in rows if row]
            return max(map(_known, listed), default=0), len(listed[0]) if listed else 0
        return 0, 0

    return max(_DELIMITERS, key=known)


def _is_headed(line: Line) -> bool:
    """Whether a row holds a header that is known here, or means one, or the name of a table."""
    cells = [str(cell).strip() for cell in line.cells if cell]
    return (
        bool(_known(cells))
        or _marker(line) is not None
        or any(header(cell, frozenset()) for cell in cells)
    )


def _known(row: Sequence[str]) -> int:
    return max(sum(heading_of(sheet, cell) is not None for cell in row) for sheet in SHEETS)


def _tables(lines: Sequence[Line], source: str) -> dict[str, Grid]:
    """Tables of a file by name; rows above the first marker are waypoints."""
    tables: dict[str, list[Line]] = {"waypoints": []}
    name = "waypoints"
    for line in lines:
        marked = _marker(line)
        if marked is None:
            tables[name].append(line)
            continue
        name = marked
        if name not in SHEETS or tables.get(name):
            rule = "a second table of this name" if name in SHEETS else "no table of this name"
            raise refusal(
                source,
                f"[{name}]: {rule}",
                f"one each of {', '.join(SHEETS)}",
                place=f"row {line.number}",
            )
        tables[name] = []
    alone = len(tables) == 1
    return {
        name: Grid("" if alone else f"table {name}", tuple(rows)) for name, rows in tables.items()
    }


def _marker(line: Line) -> str | None:
    first, *others = (*line.cells, None)
    match = _MARKER.fullmatch(first) if isinstance(first, str) else None
    return match[1].lower() if match and not any(others) else None


_UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
#: Languages that Windows-1252 writes; a column for any other says that the file is in another code
#: page.
_WESTERN = frozenset(
    (
        *("af", "ca", "da", "de", "en", "es", "eu", "fi", "fo", "fr", "ga", "gl", "is"),
        *("it", "nb", "nl", "nn", "no", "pt", "sq", "sv", "sw"),
    )
)
_TOLD = {column.name for columns in SHEETS.values() for column in columns if column.per_language}
_COLUMN = re.compile(rf"\b(?:{'|'.join(sorted(_TOLD))})_([a-z]{{2}})\b".encode(), re.IGNORECASE)
#: What a text in a Western language has beyond ASCII; other signs come of other code pages.
_WESTERN_LETTERS = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸ\u2013\u2014\u2018-\u201e\u2026€£§°«»¿¡´·º ª]*")
_IN_A_ROW = re.compile(rb"[\x80-\xff]{2,}")
#: Code pages in which two bytes make a letter, and who saves tables in them.
_PAIRED = {"cp949": "Korean", "shift_jis": "Japanese", "gb18030": "Chinese", "big5": "Chinese"}
_FIX = "save the file as CSV UTF-8"


def decoded(content: bytes, source: str) -> tuple[str, tuple[str, ...]]:
    """Text of a file, and what was guessed of it.

    Raises JourneyFileError where it is in a code page that cannot be told for sure: no letter is
    guessed.
    """
    encoding = _UTF_16.get(content[:2], "utf-8-sig")
    if encoding == "utf-8-sig" and content[:200].count(0) * 3 > len(content[:200]):
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    try:
        return content.decode(encoding), ()
    except UnicodeDecodeError as error:
        if encoding != "utf-8-sig":
            raise refusal(source, f"byte {error.start} is not UTF-16", _FIX) from error
        return _western(content, error.start, source), _GUESSED


_GUESSED = ("not UTF-8: read as Windows-1252; look at the letters with accents",)


def _western(content: bytes, at: int, source: str) -> str:
    """Text in Windows-1252; raises where its letters, or the languages of its columns, speak for another code page."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise refusal(
            source, f"byte {error.start} is neither UTF-8 nor Windows-1252", _FIX
        ) from error
    others = sorted({word.decode() for word in _COLUMN.findall(content)} - _WESTERN)
    beyond = "".join(letter for letter in text if ord(letter) > 0x7F)  # noqa: PLR2004  # ASCII
    paired = sum(map(len, _IN_A_ROW.findall(content))) * 2 > len(beyond)
    if others:
        reason = f'in Windows-1252 there is no text for "{others[0]}", for which there is a column'
    elif paired:
        likely = [
            f"{name.upper()} ({language})"
            for name, language in _PAIRED.items()
            if _is_text(content, name)
        ]
        if likely:
            reason = f"its letters stand in pairs: {' or '.join(likely)}?"
        else:
            reason = "its letters stand side by side"
    elif not _WESTERN_LETTERS.fullmatch(beyond):
        reason = "read as Windows-1252 it holds signs that no Western language has within words"
    else:
        return text
    raise refusal(source, f"byte {at} is not UTF-8; {reason}", _FIX)


def _is_text(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
