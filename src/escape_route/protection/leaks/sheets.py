"""Cells of an XLSX workbook by sheet and cell, read from the XML within it: no formula is followed."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from escape_route.protection.leaks.parts import Passage, by_piece, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from escape_route.protection.leaks.parts import Part

_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*\bname=\"([^\"]*)\"")
_SHARED = re.compile(r"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_ROW = re.compile(r"<(?:\w+:)?row\b[^>]*>(.*?)</(?:\w+:)?row>", re.DOTALL)
_CELL = re.compile(r"<(?:\w+:)?c\b([^>]*)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(r"<(?:\w+:)?(?:v|t|f)\b[^>]*>(.*?)</(?:\w+:)?(?:v|t|f)>", re.DOTALL)
_FILE = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


def cells(members: Mapping[str, bytes], place: str) -> Iterator[Part]:
    """Cells of each sheet, a row a line.

    Parameters
    ----------
    members
        The XML files of a workbook by name.
    place
        Where the workbook stands.
    """
    text = {name: content.decode("utf-8", "replace") for name, content in members.items()}
    names = [html.unescape(name) for name in _SHEET.findall(text.get("xl/workbook.xml", ""))]
    shared = ["".join(_plain(each) for each in _VALUE.findall(item)) for item in _SHARED.findall(text.get("xl/sharedStrings.xml", ""))]  # fmt: skip  # noqa: E501
    for name, sheet in text.items():
        if found := _FILE.fullmatch(name):
            number = int(found[1])
            title = names[number - 1] if 0 < number <= len(names) else name
            yield from _sheet(sheet, shared, within(place, f"sheet {title}"))


def _sheet(sheet: str, shared: list[str], place: str) -> Iterator[Part]:
    parts: list[str] = []
    starts: list[int] = []
    names: list[str] = []
    length = 0
    for row in _ROW.findall(sheet):
        for attributes, body in _CELL.findall(row):
            value = _value(attributes, body, shared) + "\t"
            reference = re.search(r'\br="([A-Z]+\d+)"', attributes)
            starts.append(length)
            names.append(within(place, f"cell {reference[1]}" if reference else f"cell {len(names) + 1}"))
            parts.append(value)
            length += len(value)
        parts.append("\n")
        length += 1
    if starts:
        yield Passage("".join(parts), by_piece(starts, names), is_table=True, is_sheet=True)


def _value(attributes: str, body: str, shared: list[str]) -> str:
    values = [_plain(each) for each in _VALUE.findall(body)]
    if 't="s"' in attributes and values and values[-1].isdigit():
        index = int(values[-1])
        return shared[index] if index < len(shared) else ""
    return " ".join(values)


def _plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", text))
