"""What an import says, in the order of how much it matters: what is published and what is not read comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import IntEnum

from escape_route.cli.shared import warn
from escape_route.errors import visible

# lines in all from which on each group has a heading, and of the rest that are listed one by one
_LISTED = 8
_WAYPOINT = re.compile(r"waypoint (\S+)")
_UNREAD = re.compile(r"\bhidden\b|\bnot read\b|\bleft out\b|not known here")
_PLAINLY = re.compile(
    r': read as "|is taken as empty$|: status is empty in |: read with "|: a radius without lat and lon'
)
_OTHERWISE = re.compile(r"\bread as\b|: drawn as |\bjudgement\]")
_TOWN = re.compile(
    r'^.*?(?P<told>"[^"]*"): lat \S+ lon \S+ (?P<town>.+?), (?:[\d,]+ people|size unknown),.*$'
)


class Weight(IntEnum):
    """How much a line matters."""

    SAFETY = 0
    READ = 1
    OPEN = 2
    REST = 3


_HEADS = {
    Weight.SAFETY: "What is published, and what was not read",
    Weight.READ: "Read in another way than it was typed",
    Weight.OPEN: "Not found, or not clear",
    Weight.REST: "Found and read as it was told",
}


class Lines:
    """Lines that are gathered while a file is read, each by the cell of a table that it speaks of."""

    def __init__(self, source: str, cells: Mapping[str, str]) -> None:
        """Keep where they come from."""
        self.source, self.cells = source, cells
        self._said: list[tuple[Weight, bool, str]] = []

    def read(self, warnings: Iterable[str]) -> None:
        """Take what was said of cells while they were read."""
        for line in warnings:
            if _UNREAD.search(line):
                weight = Weight.SAFETY
            elif _PLAINLY.search(line):
                weight = Weight.REST
            else:
                weight = Weight.READ
            self._said.append((weight, True, line))

    def tell(self, chosen: Iterable[str], unclear: Iterable[str]) -> None:
        """Take what was chosen for places, and what was not."""
        for line in chosen:
            weight = Weight.READ if _OTHERWISE.search(line) else Weight.REST
            self._said.append((weight, False, self.by_cell(line)))
        for line in unclear:
            self.add(Weight.OPEN, f"{self.source}: {self.by_cell(line)}")

    def add(self, weight: Weight, line: str, *, is_warning: bool = True) -> None:
        """Take one line."""
        self._said.append((weight, is_warning, line))

    def by_cell(self, line: str) -> str:
        """Line that begins with the cell of a place, and not with its id, where that is known."""
        match = _WAYPOINT.match(line)
        if match and match[1] in self.cells:
            return f"{self.cells[match[1]]}{line[match.end() :]}"
        return line

    def print(self, *, everything: bool) -> None:
        """Print them by weight; of many the rest is counted unless everything is asked for, the towns each by name."""
        is_long = len(self._said) > _LISTED
        for weight in Weight:
            lines = [(is_warning, line) for its, is_warning, line in self._said if its is weight]
            if is_long and lines:
                print(f"\n{_HEADS[weight]} ({len(lines)})")
            if is_long and weight is Weight.REST and len(lines) > _LISTED and not everything:
                print(visible(_counted([line for _, line in lines])))
                continue
            for is_warning, line in lines:
                (warn if is_warning else _print)(line)
        if is_long:
            print()


def _print(line: str) -> None:
    print(visible(line))


def _counted(lines: list[str]) -> str:
    """The rest in one paragraph: each town under its name, of all else how many lines there are."""
    towns = [match for line in lines if (match := _TOWN.match(line))]
    named = "; ".join(f"{town['told']}: {town['town']}" for town in towns)
    more = len(lines) - len(towns)
    others = f"{more} more line{'s' * (more > 1)}" if more else ""
    return f"{'; '.join(filter(None, (named, others)))} (each with its reason: --all)"
