"""What the program itself always says: such words are no secret, and its own scripts are not read for secrets."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from escape_route.geography import base
from escape_route.protection.leaks.folding import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEAD = 64  # characters of a passage that it is looked for by


@cache
def own_words() -> str:
    """Words of the interface, names and values of the format's members, and names of countries, folded."""
    catalogues = (files("escape_route") / "language" / "words").iterdir()
    texts = [each.read_text(encoding="utf-8") for each in sorted(catalogues, key=lambda each: each.name)]
    texts += [re.sub(r"<[^>]*>", "\n", each) for each in _templates()]
    countries = [name for names in base.country_names().values() for name in names.values()]
    schema = (files("escape_route") / "model" / "schema" / "journey.schema.json").read_text(encoding="utf-8")
    values = re.findall(r'"([A-Za-z_ ]{3,})"', schema)
    return "\x00".join(map(plain, (*texts, *values, *countries)))


def said_in(name: str) -> frozenset[str]:
    """Words and dates that every published file of a kind has, by the ending of its name."""
    return frozenset(_said().get(name.rpartition(".")[2].lower(), "").split())


@cache
def _said() -> dict[str, str]:
    found: dict[str, str] = json.loads(
        (files("escape_route") / "protection" / "leaks" / "said.json").read_text(encoding="utf-8")
    )
    return found


def masked(text: str, own: Iterable[str]) -> str:
    """Text with the program's own passages blanked, every other character at its old place."""
    if "<html" not in text[:2000]:
        return text
    shown: list[str] = []
    end = 0
    for start, length in sorted((start, len(piece)) for piece in own for start in _starts(text, piece)):
        if start >= end:
            shown += (text[end:start], " " * length)
            end = start + length
    return "".join((*shown, text[end:]))


def _starts(text: str, piece: str) -> list[int]:
    """Where a long passage stands in a text: looked for by its head, for which a search is many times as fast."""
    head = piece[:_HEAD]
    found, start = [], text.find(head)
    while start >= 0:
        if text.startswith(piece, start):
            found.append(start)
        start = text.find(head, start + 1)
    return found


def _templates() -> list[str]:
    names = sorted((files("escape_route") / "publish" / "page" / "web").iterdir(), key=lambda each: each.name)
    return [each.read_text(encoding="utf-8") for each in names if each.name.endswith(".html")]
