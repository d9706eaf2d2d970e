"""The text of a typed file: UTF-8 or UTF-16, else Windows-1252 where it can be nothing else."""

from __future__ import annotations

import re

from escape_route.errors import JourneyFileError, Problem
from escape_route.formats.tables.columns import SHEETS

_UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
#: Languages that Windows-1252 writes; a column for any other says that the file is in another code page.
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

    Raises
    ------
    JourneyFileError
        Where it is in a code page that cannot be told for sure: no letter is guessed.
    """
    encoding = _UTF_16.get(content[:2], "utf-8-sig")
    if encoding == "utf-8-sig" and content[:200].count(0) * 3 > len(content[:200]):
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    try:
        return content.decode(encoding), ()
    except UnicodeDecodeError as error:
        if encoding != "utf-8-sig":
            problem = Problem("", f"byte {error.start} is not UTF-16", _FIX)
            raise JourneyFileError(source, (problem,)) from error
        return _western(content, error.start, source), _GUESSED


_GUESSED = ("not UTF-8: read as Windows-1252; look at the letters with accents",)


def _western(content: bytes, at: int, source: str) -> str:
    """Text in Windows-1252; raises where its letters, or the languages of its columns, speak for another code page."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        problem = Problem("", f"byte {error.start} is neither UTF-8 nor Windows-1252", _FIX)
        raise JourneyFileError(source, (problem,)) from error
    others = sorted({found.decode() for found in _COLUMN.findall(content)} - _WESTERN)
    beyond = "".join(letter for letter in text if ord(letter) > 0x7F)  # noqa: PLR2004  # ASCII
    paired = sum(map(len, _IN_A_ROW.findall(content))) * 2 > len(beyond)
    if others:
        reason = f'in Windows-1252 there is no text for "{others[0]}", for which there is a column'
    elif paired:
        likely = [f"{name.upper()} ({language})" for name, language in _PAIRED.items() if _is_text(content, name)]
        reason = f"its letters stand in pairs: {' or '.join(likely)}?" if likely else "its letters stand side by side"
    elif not _WESTERN_LETTERS.fullmatch(beyond):
        reason = "read as Windows-1252 it holds signs that no Western language has within words"
    else:
        return text
    raise JourneyFileError(source, (Problem("", f"byte {at} is not UTF-8; {reason}", _FIX),))


def _is_text(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
