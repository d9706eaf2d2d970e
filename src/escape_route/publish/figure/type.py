"""Writing in figures: the fonts that the package carries, how wide a text comes out, and where its lines break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from matplotlib.font_manager import fontManager, get_font, ttfFontProperty
from matplotlib.ft2font import FT2Font, LoadFlags

#: Packages of the extra `fonts`, one a script, with the file of each that is used; they come last,
#: for what ours lack.
FURTHER = {
    "pylopdf_fonts_ar": "NotoSansArabic-Variable.ttf",
    "pylopdf_fonts_he": "NotoSansHebrew-Variable.ttf",
    "pylopdf_fonts_hi": "NotoSansDevanagari-Variable.ttf",
    "pylopdf_fonts_jp": "NotoSansJP-Regular.otf",
    "pylopdf_fonts_zh_cn": "NotoSansSC-Regular.otf",
    "pylopdf_fonts_zh_tw": "NotoSansTC-Regular.otf",
}


def further_files() -> dict[str, Path]:
    """Fonts of the extra `fonts` that are installed, each by the family name that it has here and in no other place."""
    specs = {name: find_spec(name) for name in FURTHER}
    folders = {
        name: Path(spec.origin).parent for name, spec in specs.items() if spec and spec.origin
    }
    return {f"Journey {name}": folder / FURTHER[name] for name, folder in folders.items()}


SANS = (
    "Journey Sans",
    "Journey Sans KR",
    "Journey Sans Lao",
    "Journey Sans Thai",
    *further_files(),
)
SERIF = ("Journey Serif", "Journey Serif KR", *SANS)
PLAIN, STRONG = 400, 600
PT_PER_MM = 72 / 25.4
_MEASURED_AT_PT = 100
_OPENING, _CLOSING = re.compile(r"(?<![^\s(\[])([\"'])(?=\S)"), re.compile(r"(?<=[^\s\d])([\"'])")
_CURLED = {'"': "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"}
_CURLED["'"] = "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
_UNBROKEN = re.compile(r"(?<=[\d\u2069]) (?=(?:km|\u0643\u0645)\b)|(?<=°) (?=[A-Z]\b)")
_BLANK = "\N{NO-BREAK SPACE}"
_APART = "\N{ZERO WIDTH SPACE}"
_KANA_OR_HAN, _CLOSES = "\u3041-\u30ff\u3400-\u9fff", "、。」』)ーっゃゅょッャュョ々:%・）"
_BETWEEN = re.compile(
    rf"(?<=[、。」』){_KANA_OR_HAN}])(?=[{_KANA_OR_HAN}「『(0-9A-Za-z])(?![{_CLOSES}])"
    rf"|(?<=[A-Za-z])(?=[{_KANA_OR_HAN}])(?![{_CLOSES}])"
)
"""Where a line may break in a text without blanks: between kana or Han, or where these meet Latin letters."""
_MARKS = ",;:.·…"
_ISOLATED = re.compile("[\u2066-\u2068][^\u2069]*\u2069")
_ISOLATE, _ISOLATE_END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_FROM_RIGHT, _FROM_LEFT = "\N{RIGHT-TO-LEFT MARK}", "\N{LEFT-TO-RIGHT MARK}"
_LEADING_ON = frozenset(
    (
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "in",
        "on",
        "to",
        "by",
        "for",
        "no",
        "from",
        "with",
        "그",
        "이",
        "또는",
        "및",
    )
)
"""Speaker that no line of a title ends with."""
_UNEVEN = 1.35
"""How much wider than two even lines a line may be, so that the break comes where the sense has one."""
_NARROWER, _ORPHAN = (1.0, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76), 0.3
"""Shares of the room that are tried, and what of it the last line fills at the least."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: size and line height in points."""

    size_pt: float
    weight: int = PLAIN
    families: tuple[str, ...] = SANS
    leading: float = 1.32

    @property
    def line_pt(self) -> float:
        """Height of a line."""
        return self.size_pt * self.leading

    def strong(self) -> Style:
        """Same, set bold."""
        return replace(self, weight=STRONG)


@cache
def font_files() -> tuple[Path, ...]:
    """Files of the fonts that the package carries."""
    folder = Path(str(files("escape_route"))) / "publish" / "fonts"
    return tuple(sorted(folder.glob("*.ttf")))


@cache
def register() -> None:
    """Make the package's fonts and the further ones known to matplotlib, under names that no other font has."""
    for path in font_files():
        fontManager.addfont(path)
    for family, path in further_files().items():
        entry = replace(ttfFontProperty(get_font(str(path))), name=family)
        fontManager.ttflist += [replace(entry, weight=weight) for weight in (PLAIN, STRONG)]


@lru_cache(maxsize=32)
def _font(families: tuple[str, ...], weight: int) -> FT2Font:
    """Font with those behind it that stand in for what it lacks, at the size that texts are measured at."""
    register()
    folder, further = font_files()[0].parent, further_files()
    paths = [
        further.get(family) or folder / f"{family.replace(' ', '')}-{weight}.ttf"
        for family in families
    ]
    font = get_font([str(path) for path in paths])
    font.set_size(_MEASURED_AT_PT, 72)
    return font


def width_pt(text: str, style: Style) -> float:
    """Width of one line of text in points, blanks at its end counted."""
    bare = text.rstrip(" ")
    if bare != text:
        return width_pt(f"{text}|", style) - width_pt("|", style)
    return _measured_pt(text, style.families, style.weight) * style.size_pt / _MEASURED_AT_PT


@lru_cache(maxsize=4096)
def _measured_pt(text: str, families: tuple[str, ...], weight: int) -> float:
    """Width of a text at the size that texts are measured at."""
    font = _font(families, weight)
    font.set_size(_MEASURED_AT_PT, 72)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64


def missing(text: str) -> str:
    """Characters of a text that no font of the package, and of those that are installed beside it, can write."""
    codes = _codes()
    kept = (character for character in dict.fromkeys(text) if ord(character) not in codes)
    return "".join(
        character for character in kept if unicodedata.category(character) not in {"Cc", "Cf"}
    )


@cache
def _codes() -> frozenset[int]:
    paths = (*font_files(), *further_files().values())
    return frozenset(code for path in paths for code in get_font(str(path)).get_charmap())


def runs_from_right(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left; what is isolated has its own."""
    strong = (unicodedata.bidirectional(letter) for letter in _ISOLATED.sub("", text) or text)
    return next((side for side in strong if side in {"L", "R", "AL"}), "L") != "L"


def base_mark(text: str, *, mirrored: bool = False) -> str:
    """Mark that sets each line of a paragraph in the paragraph's own direction, whatever the line itself begins with.

    Empty where no letter runs from right to left. On a `mirrored` ground a text with such letters
    runs so as a whole, and so does one without any letter.
    """
    strong = {unicodedata.bidirectional(letter) for letter in text} & {"L", "R", "AL"}
    if strong == {"L"} or not (strong or mirrored):
        return ""
    return _FROM_RIGHT if mirrored or runs_from_right(text) else _FROM_LEFT


def directed(lines: Sequence[str], *, mirrored: bool) -> list[str]:
    """Lines of a paragraph as they are set: in its direction, and what stands by itself does so in each of them."""
    mark, opened = base_mark(" ".join(lines), mirrored=mirrored), ""
    turned = []
    for line in lines:
        text = f"{opened}{line}"
        still = text.count(_ISOLATE) - text.count(_ISOLATE_END)
        turned.append(f"{mark}{text}{_ISOLATE_END * still}")
        opened = _ISOLATE * still
    return turned


def curled(text: str) -> str:
    """Text with the quotation marks of print; those after a digit stay, for they may be minutes or inches.

    >>> print(curled("the wife's 'way', 38'"))
    the wife’s ‘way’, 38'
    """
    opened = _OPENING.sub(lambda match: _CURLED[match[1]][0], text)
    return _CLOSING.sub(lambda match: _CURLED[match[1]][1], opened)


def wrapped(text: str, style: Style, room_pt: float) -> list[str]:
    """Break a text into lines, at the least one, and where it has line breaks anyhow.

    Lines break at blanks: Korean is set so too, word by word. Chinese and Japanese break between
    any two letters, but not before a mark that closes or after one that opens. A number stays with
    its unit or its quarter of the sky, and a word that is wider than the room is broken between
    letters.
    """
    lines: list[str] = []
    for paragraph in curled(text).split("\n"):
        line = ""
        for part in _words(paragraph, style, room_pt):
            word, joint = part.removeprefix(_APART), "" if part.startswith(_APART) else " "
            longer = f"{line}{joint}{word}" if line else word
            if line and width_pt(longer, style) > room_pt:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return [line.replace(_BLANK, " ") for line in lines]


def balanced(text: str, style: Style, room_pt: float) -> list[str]:
    """Break a text into as few lines as `wrapped`, about equally wide, and rather after a comma than after "and"."""
    lines = wrapped(text, style, room_pt)
    parts = [
        part.strip(_APART)
        for line in curled(text).split("\n")
        for part in _words(line, style, room_pt)
    ]
    low, high = (
        min(widest(parts, style), room_pt) - room_pt / 64,
        room_pt,
    )  # no word is broken that need not be
    while high - low > room_pt / 64:
        middle = (low + high) / 2
        if (
            len(wrapped(text, style, middle)) > len(lines)
            or widest(wrapped(text, style, middle), style) > room_pt
        ):
            low = middle
        else:
            high = middle
    even = wrapped(text, style, high)
    if len(even) != 2 or "\n" in text or _BETWEEN.search(text):  # noqa: PLR2004
        return even
    return _in_two(" ".join(even), style, room_pt, widest(even, style))


def _in_two(text: str, style: Style, room_pt: float, even_pt: float) -> list[str]:
    """Two lines that fit: after a mark where that leaves them hardly less even, not after a word that leads on."""
    words = text.split(" ")
    breaks = [[" ".join(words[:n]), " ".join(words[n:])] for n in range(1, len(words))]
    breaks = [lines for lines in breaks if widest(lines, style) <= min(room_pt, even_pt * _UNEVEN)]

    def cost(lines: list[str]) -> float:
        last = lines[0].rsplit(" ", 1)[-1]
        leads_on = last.lower() in _LEADING_ON or "km" in lines[1][:3]
        return widest(lines, style) / even_pt + 0.3 * leads_on - 0.2 * (last[-1:] in _MARKS)

    return min(breaks, key=cost, default=[text])


def without_orphan(text: str, style: Style, room_pt: float) -> list[str]:
    """Break a text as `wrapped` does, but set it narrower where its last line would be a lone word."""
    lines = wrapped(text, style, room_pt)
    for share in _NARROWER:
        narrower = wrapped(text, style, room_pt * share)
        if len(narrower) == len(lines) and width_pt(narrower[-1], style) > room_pt * _ORPHAN:
            return narrower
    return balanced(text, style, room_pt)


def indented(text: str, style: Style, room_pt: float, indent_pt: float) -> list[str]:
    """Break a text as `wrapped` does, its first line shorter by an indent; empty where no word has room beside it."""
    text = curled(text)
    beside = room_pt - indent_pt
    if width_pt(_words(text, style, room_pt)[0], style) > beside:
        return ["", *wrapped(text, style, room_pt)]
    first = wrapped(text, style, beside)[0]
    rest = text[len(first) :].lstrip()
    return [first, *(wrapped(rest, style, room_pt) if rest else [])]


def widest(lines: list[str], style: Style) -> float:
    """Width of the widest line in points."""
    return max((width_pt(line, style) for line in lines), default=0.0)


def _words(paragraph: str, style: Style, room_pt: float) -> list[str]:
    """Parts between which a line may break; one that follows without a blank begins with `_APART`."""
    words = _UNBROKEN.sub(_BLANK, paragraph).split(" ")
    parts = [
        f"{_APART}{part}" if n else part
        for word in words
        for n, part in enumerate(_BETWEEN.split(word))
    ]
    return [piece for part in parts for piece in _pieces(part, style, room_pt)]


def _pieces(word: str, style: Style, room_pt: float) -> list[str]:
    """Cut a word into pieces that fit; a mark stays with the letter that it belongs to."""
    if width_pt(word, style) <= room_pt:
        return [word]
    pieces, piece = [], ""
    for letter in re.findall(
        r".[\u0300-\u036f\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb3-\u0ebc\u0ec8-\u0ecd]*", word
    ):
        if piece and width_pt(piece + letter, style) > room_pt:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]
