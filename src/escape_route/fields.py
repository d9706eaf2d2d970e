"""Checked access to a JSON object: each value is asked for by what it must be, each fault gathered with its place."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from escape_route.errors import Problem, member_path, suggest
from escape_route.strict_json import Members, is_number, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import StrEnum

Choice = TypeVar("Choice", bound="StrEnum")


class Fields:
    """The members of one object, the place of that object in its file, and the list that faults go to.

    Parameters
    ----------
    members
        The object as parsed.
    place
        Its path in the file, such as ``journey.claims[2]``.
    problems
        Where faults are gathered; shared by all objects of a file.
    """

    def __init__(self, members: Members, place: str, problems: list[Problem]) -> None:
        """Keep the three."""
        self.members = members
        self.place = place
        self.problems = problems

    def at(self, name: str) -> str:
        """Path of a member."""
        return member_path(self.place, name)

    def fault(self, name: str, message: str, fix: str = "", *, rule: str = "wrong-value") -> None:
        """Note a fault of a member."""
        self.problems.append(Problem(self.at(name), message, fix, rule))

    def know(self, names: Iterable[str]) -> None:
        """Note members that are misspelt: unknown, but close to a known name. Others may be anybody's own."""
        known = tuple(names)
        for name in self.members:
            near = [] if name in known else get_close_matches(name, known, n=1, cutoff=0.84)
            if near and near[0] not in self.members:
                self.fault(name, "unknown member", f'did you mean "{near[0]}"?', rule="misspelt-member")

    def raw(self, name: str, *, needed: bool = False) -> object:
        """Value as it is; None where it is null or missing, which is a fault if it is needed."""
        value = self.members.get(name)
        if value is None and needed:
            message = "missing" if name not in self.members else "null where a value is needed"
            self.fault(name, message, rule="missing-value")
        return value

    def text(self, name: str, *, needed: bool = False) -> str | None:
        """Text that is not empty."""
        value = self.raw(name, needed=needed)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self.fault(name, f"{show(value)} is not a text" if not isinstance(value, str) else "an empty text")
        return None

    def number(self, name: str, *, needed: bool = False) -> float | None:
        """Finite number."""
        value = self.raw(name, needed=needed)
        if value is None:
            return None
        if is_number(value):
            return float(value)  # type: ignore[arg-type]  # is_number has looked
        self.fault(name, f"{show(value)} is not a number", _as_number(value))
        return None

    def whole(self, name: str, low: int, high: int) -> int | None:
        """Whole number from low to high."""
        value = self.raw(name)
        if value is None:
            return None
        number = float(value) if is_number(value) else -1.5  # type: ignore[arg-type]  # is_number has looked
        if number != int(number) or not low <= number <= high:
            self.fault(name, f"{show(value)} is not a whole number from {low} to {high}")
            return None
        return int(number)

    def yes(self, name: str) -> bool:
        """Return true or false; false where it is missing."""
        value = self.raw(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.fault(name, f"{show(value)} is neither true nor false")
        return False

    def choice(self, name: str, kind: type[Choice], default: Choice, *, needed: bool = False) -> Choice:
        """One of the values of an enumeration; the default stands in where it is missing or wrong."""
        value = self.raw(name, needed=needed)
        if value is None:
            return default
        allowed = [str(member) for member in kind]
        if isinstance(value, str) and value in allowed:
            return kind(value)
        self.fault(name, f"{show(value)} is not known here", suggest(value, allowed))
        return default

    def texts(self, name: str, *, needed: bool = False) -> tuple[str, ...]:
        """List of texts; empty where it is missing."""
        value = self.raw(name, needed=needed)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(member, str) and member for member in value):
            return tuple(value)
        fix = f"write [{show(value)}]" if isinstance(value, str) else ""
        self.fault(name, f"{show(value)} is not a list of texts", fix)
        return ()

    def local_text(self, name: str, *, needed: bool = False) -> dict[str, str] | None:
        """Text per language."""
        value = self.raw(name, needed=needed)
        if value is None:
            return None
        if (
            isinstance(value, Members)
            and value
            and all(isinstance(text, str) and text.strip() for text in value.values())
        ):
            return {language: str(text) for language, text in value.items()}
        fix = f'write {{"en": {show(value)}}}' if isinstance(value, str) else ""
        self.fault(name, f"{show(value)} is not a text per language", fix)
        return None

    def object(self, name: str, *, needed: bool = False) -> Fields | None:
        """One object as fields of its own."""
        value = self.raw(name, needed=needed)
        if isinstance(value, Members):
            return Fields(value, self.at(name), self.problems)
        if value is not None:
            self.fault(name, f"{show(value)} is not an object")
        return None

    def objects(self, name: str, *, needed: bool = False) -> tuple[Fields, ...]:
        """List of objects, each as fields of its own; empty where it is missing."""
        value = self.raw(name, needed=needed)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fault(name, f"{show(value)} is not a list")
            return ()
        found = []
        for index, member in enumerate(value):
            if isinstance(member, Members):
                found.append(Fields(member, f"{self.at(name)}[{index}]", self.problems))
            else:
                self.fault(f"{name}[{index}]", f"{show(member)} is not an object")
        return tuple(found)


def in_file_order(problems: Iterable[Problem], document: object) -> tuple[Problem, ...]:
    """Problems in the order of their places in a document, each once; a missing member is the last of its object."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: _rank(problem.place, document)))


def _rank(place: str, document: object) -> tuple[int, ...]:
    rank = []
    value = document
    for name, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", place):
        if isinstance(value, list) and index:
            rank.append(int(index))
            value = value[int(index)]
        elif isinstance(value, Members):
            rank.append(list(value).index(name) if name in value else len(value))
            value = value.get(name)
    return tuple(rank)


def _as_number(value: object) -> str:
    """How to write a text that holds a number: without quotation marks, and as `numbers_meant` has it."""
    if not isinstance(value, str):
        return ""
    meant = numbers_meant(value)
    return f"write {', or '.join(meant)}" if meant else "a number alone, without quotation marks"


def numbers_meant(text: str) -> tuple[str, ...]:
    """Numbers that a text may mean, without spaces and marks between thousands; in German the point is such a mark.

    Examples
    --------
    >>> numbers_meant("1 200"), numbers_meant("1,500.5"), numbers_meant("1.500,5"), numbers_meant("1,500")
    (('1200',), ('1500.5',), ('1500.5',), ('1500', '1.500'))
    """
    bare = "".join(text.split())
    english, german = bare.replace(",", ""), bare.replace(".", "").replace(",", ".")
    if re.fullmatch(r"-?\d{1,3},\d{3}", bare):
        return english, german
    if re.fullmatch(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", bare):
        return (english,)
    return (german,) if re.fullmatch(r"-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?", bare) else ()


def ids_by_name(named: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """Ids that each name stands for, names in small letters, from pairs of an id and its names.

    Examples
    --------
    >>> ids_by_name([("w1", ["Bern", "Berne"]), ("w2", ["Lyon"]), ("w3", ["Bern "])])
    {'bern': ['w1', 'w3'], 'berne': ['w1'], 'lyon': ['w2']}
    """
    found: dict[str, list[str]] = {}
    for each, names in named:
        for name in dict.fromkeys(name.strip().lower() for name in names):
            found.setdefault(name, []).append(each)
    return found


def suggest_bearer(name: str, bearers: Mapping[str, list[str]], ids: Iterable[str]) -> str:
    """Ids of those that bear a name which was given in place of an id, else the nearest id, else all of them."""
    found = bearers.get(name.strip().lower(), [])
    return f"did you mean {' or '.join(map(show, found))}?" if found else suggest(name, ids)
