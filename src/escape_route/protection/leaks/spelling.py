"""One spelling for every way a text can be written, and the way back from it to the place in the file.

`vocabulary.json` has the words of ten languages that dates, distances, directions and names are
told with.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote_to_bytes

from escape_route import packaged

_MOST_ROUNDS = 3  # an entity inside a JSON text inside an address: deeper is nobody's accident
_ESCAPES = re.compile(  # the first character is one of a set, which the engine finds fast
    r"[\\%&=](?:"
    r"(?<=\\)(?:u[0-9a-fA-F]{4}(?:\\u[0-9a-fA-F]{4})*"
    r"|x[0-9a-fA-F]{2}(?:\\x[0-9a-fA-F]{2})*|[nrtbf/\"'\\])"
    r"|(?<=%)[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*"
    r"|(?<=&)(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"
    r"|(?<==)[0-9A-F]{2}(?:=[0-9A-F]{2})+)"
)
_COLOURS = re.compile(r"\x1b\[[0-9;:?]*[A-Za-z]")
_ESCAPE_SIGNS = ("\\", "%", "&", "=")
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": " "}
_BEYOND_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
_TAGS = re.compile(r"<[!/?a-zA-Z][^<>]{0,2000}>")
_CODE = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<[!/?a-zA-Z][^<>]{0,2000}>", re.DOTALL | re.IGNORECASE
)
_PACKED = re.compile(r"[A-Za-z0-9+/]{256,}|(?<=base64,)[A-Za-z0-9+/]+|sha256-[A-Za-z0-9+/]{43}=")
_GAPS = re.compile("  +")
_SEPARATORS = "-+_\t\n\r\v\f\u2028\u2029\x85"
_UNSEEN = (
    (0x034F, 0x034F),
    (0xFE00, 0xFE0F),
    (0xE0100, 0xE01EF),
)  # a joiner, and signs that choose a variant
_ALIKE = {
    **dict.fromkeys("\u2032\u02b9\u2019\u2018\u00b4\u02bc\uff07", "'"),
    **dict.fromkeys("\u2033\u201d\u201c\u02ba\uff02", '"'),
    **dict.fromkeys("\u00ba\u02da\u2218\u1d52", "\u00b0"),
    **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d\ufe58", "-"),
    **dict.fromkeys("\u066b\u00b7\u2024", "."),
}


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A text made from another, with what is needed to find the way back.

    `here` and `there` are offsets in step: from ``here[k]`` on, the text was made from ``there[k]``
    on in `parent`.
    """

    text: str
    parent: View | None = None
    here: list[int] = field(default_factory=list)
    there: list[int] = field(default_factory=list)

    def origin(self, offset: int) -> int:
        """Offset in the text that this one was made from in the first place."""
        if self.parent is None:
            return offset
        index = bisect_right(self.here, offset) - 1
        if index < 0:
            return self.parent.origin(offset)
        before = self.there[index] + offset - self.here[index]
        if index + 1 < len(self.there):
            before = min(before, self.there[index + 1])
        return self.parent.origin(before)


def replaced(view: View, pattern: re.Pattern[str], by: Callable[[str], str]) -> View:
    """View in which every match of a pattern is replaced; the view itself where there is none."""
    pieces: list[str] = []
    here: list[int] = []
    there: list[int] = []
    last = length = 0
    for match in pattern.finditer(view.text):
        start, end = match.span()
        new = by(match[0])
        pieces += (view.text[last:start], new)
        length += start - last
        here += (length, length + len(new))
        there += (start, end)
        length += len(new)
        last = end
    if not pieces:
        return view
    return View("".join((*pieces, view.text[last:])), view, here, there)


def decoded(view: View) -> View:
    """View in which entities and escapes of any kind are what they stand for, and a terminal's colours are gone."""
    for _ in range(_MOST_ROUNDS):
        if not any(sign in view.text for sign in _ESCAPE_SIGNS):
            break
        new = replaced(view, _ESCAPES, _unescape)
        if new is view or new.text == view.text:
            break
        view = new
    return replaced(view, _COLOURS, lambda _: "") if "\x1b" in view.text else view


def _unescape(escape: str) -> str:
    if escape.startswith("&"):
        return html.unescape(escape)
    if escape.startswith(("%", "=")):
        return unquote_to_bytes(escape.replace("=", "%")).decode("utf-8", "replace")
    if escape.startswith("\\u"):
        return bytes.fromhex(escape.replace("\\u", "")).decode("utf-16-be", "replace")
    if escape.startswith("\\x"):
        return bytes.fromhex(escape.replace("\\x", "")).decode("utf-8", "replace")
    return _SIMPLE.get(escape[1], escape[1])


def folded(view: View) -> View:
    """View with ASCII digits, minus signs, primes and degree signs, in NFKC, without what cannot be seen."""
    if view.text.isascii():
        return view
    return replaced(view, _BEYOND_ASCII, _fold)


def _fold(run: str) -> str:
    normal = _alike(unicodedata.normalize("NFKC", _alike(run)))
    return unicodedata.normalize("NFKC", normal.casefold())


def _alike(text: str) -> str:
    """Text with an ASCII character for each that stands for one: of a long text this is faster than `translate`."""
    for sign in set(text):
        if (plain_sign := _sign_alike(sign)) != sign:
            text = text.replace(sign, plain_sign)
    return text


@cache
def _sign_alike(sign: str) -> str:
    """What is ASCII and stands for the same, digits of every script too; nothing for what nobody sees."""
    category = unicodedata.category(sign)
    if category == "Cf" or any(first <= ord(sign) <= last for first, last in _UNSEEN):
        return ""
    return str(unicodedata.digit(sign)) if category == "Nd" else _ALIKE.get(sign, sign)


def for_words(view: View) -> View:
    """View for finding texts: small letters, one space for any gap, hyphen, plus or underline."""
    return replaced(View(_small(view.text), view, [0], [0]), _GAPS, lambda _: " ")


def _small(text: str) -> str:
    small = text.replace("\u0130", "I").lower()
    for sign in _SEPARATORS:
        small = small.replace(sign, " ")
    return small


def without_tags(view: View) -> View:
    """View without the tags of markup; the view itself where it has none."""
    return replaced(view, _TAGS, lambda _: "") if "<" in view.text else view


def read_by_people(view: View) -> View:
    """View with a blank for each tag of markup, and for its scripts and styles."""
    return replaced(view, _CODE, lambda _: " ") if "<" in view.text else view


def without_blocks(view: View) -> View:
    """View with blanks for blocks of base64 (unpacked elsewhere) and checksums: what their letters spell is nothing."""
    return replaced(view, _PACKED, lambda block: " " * len(block))


def plain(text: str) -> str:
    """Text as `for_words` writes it, for comparing.

    >>> plain("Ya\u200bnji\u00a0\uff28ouse-2") == plain("yanji house_2")
    True
    """
    return " ".join(_small(text if text.isascii() else _fold(text)).split())


@cache
def vocabulary(name: str) -> Any:  # noqa: ANN401  # as the file has it
    """One table of the words of ten languages."""
    return packaged.table("protection/leaks/vocabulary.json")[name]
