"""Plain forms: text that does nothing to the terminal that prints it, and values as JSON has them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import TypeAlias, TypeVar

Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | float | bool | None"

T = TypeVar("T")

_KEYS = {"start": "from", "end": "to"}

_JOINERS = "\u200c\u200d"  # letters of Persian and of Indian scripts are joined or parted by them


def plain(text: str) -> str:
    """Text on one line, without control characters and without marks that turn the direction of what follows them."""
    kept = (letter for letter in text if unicodedata.category(letter) != "Cf" or letter in _JOINERS)
    return "".join(
        " " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in kept
    )


def members(part: object, *names: str) -> dict[str, Json]:
    """Some attributes of a part of a view as members of a JSON object; where it starts and ends is "from" and "to"."""
    return {_KEYS.get(name, name): as_json(getattr(part, name)) for name in names}


def like(kind: Callable[..., T], part: object, **own: object) -> T:
    """Data of a kind made from another part: what has the same name there is the same, the rest is given."""
    names = [field.name for field in fields(kind) if field.name not in own]  # type: ignore[arg-type]
    return kind(**{name: getattr(part, name) for name in names if hasattr(part, name)}, **own)


def as_json(value: object) -> Json:
    """Value as JSON has it, a part of a view with all of its attributes."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): as_json(member) for key, member in value.items()}
    if isinstance(value, Sequence):
        return [as_json(item) for item in value]
    if is_dataclass(value):
        return members(value, *(field.name for field in fields(value)))
    raise TypeError(f"{type(value).__name__} is nothing that JSON has")
