"""What the program itself always says: such words are no secret, and its own scripts are not read for secrets."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from functools import cache
from importlib.resources import files

from escape_route.geography import base
from escape_route.model import journey
from escape_route.protection.leaks import dates
from escape_route.protection.leaks.folding import View, plain, without_blocks

_WORD_FILES = ("language/words.json", "language/sentences.json")
_WORD = re.compile(r"[^\W\d_]{4,}")
_HEAD = 64  # characters of a passage that it is looked for by
_LEAST_OF_NOISE = 8  # letters: fewer stand in any bytes by chance


@cache
def own_words() -> str:
    """Words of the interface, values of the format's enumerations, names of its members and of countries, folded."""
    texts = [(files("escape_route") / name).read_text(encoding="utf-8") for name in _WORD_FILES]
    texts += [re.sub(r"<[^>]*>", "\n", each) for each in _templates()]
    values = [str(value) for kind in vars(journey).values() if _is_enumeration(kind) for value in kind]
    countries = [name for names in base.country_names().values() for name in names.values()]
    schema = (files("escape_route") / "model" / "schema" / "journey.schema.json").read_text(encoding="utf-8")
    values += re.findall(r'"([A-Za-z_]{3,})"', schema)
    return "\x00".join(map(plain, (*texts, *values, *countries)))


@cache
def own_pieces() -> tuple[str, ...]:
    """Long passages that pages carry unchanged: Leaflet, the page's scripts and styles, its words and cities."""
    from escape_route.publish.page import assembly  # noqa: PLC0415  # the page's own module is loaded for a page alone

    scripts = [assembly.leaflet_js(), assembly.leaflet_css()]
    own = [assembly.web_file(f"js/{name}") for name in assembly.SCRIPTS]
    own += [assembly.web_file(f"css/{name}") for name in assembly.STYLES]
    cities = json.loads(assembly.web_file("cities.json"))
    data = [assembly.safe_json(assembly.words()), assembly.safe_json(cities)]
    return (*scripts, *own, *data)


def said_in(name: str) -> frozenset[str]:
    """Words and dates that every published file of a kind has, by the ending of its name."""
    return frozenset(_said().get(name.rpartition(".")[2].lower(), "").split())


@cache
def _said() -> dict[str, str]:
    found: dict[str, str] = json.loads(
        (files("escape_route") / "protection" / "leaks" / "said.json").read_text(encoding="utf-8")
    )
    return found


def words_in(content: bytes, name: str) -> frozenset[str]:
    """Words and dates of a file, as they are compared: what `said_in` is made from."""
    from escape_route.protection import leaks  # noqa: PLC0415  # it looks words up here

    found: set[str] = set()
    for text, is_noise in leaks.texts_of(content, name):
        fewest = _LEAST_OF_NOISE if is_noise else 0
        shown = without_blocks(View(masked(text))).text
        found.update(word for word in _WORD.findall(plain(shown)) if len(word) >= fewest)
        found.update(date for _, _, written in dates.found_in(shown) for date in written if not is_noise)
    return frozenset(found)


def masked(text: str) -> str:
    """Text with the program's own passages blanked, every other character at its old place."""
    if "<html" not in text[:2000]:
        return text
    shown: list[str] = []
    end = 0
    for start, length in sorted((start, len(piece)) for piece in own_pieces() for start in _starts(text, piece)):
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


def _is_enumeration(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
