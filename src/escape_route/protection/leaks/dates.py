"""Dates in a text, however they are written: what looks like a date is read, and compared as a day or a month."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import TypeAlias

from escape_route import packaged
from escape_route.protection.leaks.spelling import vocabulary

Found: TypeAlias = "tuple[int, int, frozenset[str]]"

_NUMERALS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "十": 10,
    "元": 1,
}
_HAN = "[〇零元一二三四五六七八九十\\d]"
_ERAS: dict[str, int] = vocabulary("eras")  # years are counted from the next
_OF_MONTH = re.compile("^(?:เดือน|ເດືອນ)")
_SURE = frozenset(vocabulary("short months without a year").split())
#: Buddhist years are those from 2400 on, whatever stands before them.
_BUDDHIST, _BUDDHIST_FROM, _BUDDHIST_TO = 543, 2400, 2700


@cache
def _months() -> dict[str, list[int]]:
    """Which months a folded name may be."""
    names: dict[str, list[int]] = packaged.table("model/month_names.json")
    return {unicodedata.normalize("NFKC", name): numbers for name, numbers in names.items()}


# any word: those that are no month mean nothing
_NAME = r"(?<![^\W\d_])(?P<name>[^\W\d_][^\d\s,;:/()<>\"'\-]{2,17})"
_Y, _M, _D = r"(?P<y>\d{4})", r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})"
_TH = r"(?:st|nd|rd|th|er|\.|º|°)?"
_ALONE = r"(?<![0-9A-Za-z])"  # in a checksum "27feb5" is no date
_JOIN = rf"[\s.\-]{{1,3}}(?:(?:{vocabulary('before a year')})\s?)?"  # of a day and its month
_GAP = rf"[\s,.\-]{{0,3}}(?:(?:{vocabulary('before a year')})\s?)?"
_HAN_DATE = rf"(?P<hm>{_HAN}{{1,3}})\s?[월月]\s?(?:(?P<hd>{_HAN}{{1,3}})\s?[일日号號])"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d.]){_Y}(?P<s>\s?[-/.:_]\s?){_M}(?P=s){_D}(?!\d)",
        r"(?<![\d.a-f])(?P<y>\d{4})\s?(?P<m>\d{2})\s?(?P<d>\d{2})(?![\d.a-f])",
        rf"(?<![\d.])(?P<a>\d{{1,2}})(?P<s>\s?[-/._]\s?)(?P<b>\d{{1,2}})(?P=s){_Y}(?!\d)",
        r"(?<![\d./])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<short>\d{2})(?![\d/])",
        r"(?<![\w.-])(?=\d?0|\d\d.0)(?P<a>\d\d)(?P<s>[-.])(?P<b>\d\d)(?P=s)(?P<short>\d{2})(?![\w.-])",
        rf"{_ALONE}{_D}{_NAME}{_Y}(?!\d)",
        rf"{_ALONE}{_D}{_TH}{_JOIN}{_NAME}(?:(?:{_GAP}{_Y}|\s?[-'](?P<short>\d{{2}}))(?!\d))?",
        rf"{_ALONE}(?<!\d[\s-]){_NAME}{_JOIN}(?:the\s)?{_D}{_TH}(?![0-9A-Za-z])(?:[\s,.\-]{{1,3}}{_Y}(?!\d))?",
        rf"(?<!\d){_Y}{_GAP}{_NAME}{_GAP}{_D}(?!\d)",
        rf"{_NAME}{_GAP}{_Y}(?!\d)",
        r"(?:ngày\s)?(?P<d>\d{1,2})\stháng\s(?P<m>\d{1,2})(?:[\s,]{1,2}năm\s(?P<y>\d{4}))?",
        r"(?<!ngày )(?<!\d )tháng\s(?P<m>\d{1,2})(?:\snăm\s|/)(?P<y>\d{4})",
        rf"(?<!\d){_Y}\)?\s?[년年]\s?(?P<hm>{_HAN}{{1,3}})\s?[월月](?:\s?(?P<hd>{_HAN}{{1,3}})\s?[일日号號])?",
        rf"(?P<era>{'|'.join(_ERAS)})\s?(?P<hy>{_HAN}{{1,3}})\s?[년年]\s?{_HAN_DATE}",
        rf"(?<!{_HAN})(?P<hy>[〇零一二三四五六七八九]{{4}})年{_HAN_DATE}",
        rf"(?<![년年\d{_HAN[1:-1]}])(?<![년年]\s){_HAN_DATE}",
        r"(?<![\d./-])(?P<y>\d{4})-(?P<m>\d{2})(?!-?\d)",
        r"(?<![\d.a-f])(?P<epoch>1?\d{9})(?:\d{3})?(?![\da-f])",
    )
)


def found_in(text: str) -> Iterator[Found]:
    """Dates of a folded text: from where to where, and the days and months that each may be.

    >>> [sorted(days) for _, _, days in found_in("It was May 14th, 2019.")]
    [['2019-05', '2019-05-14']]
    >>> [sorted(days) for _, _, days in found_in("5 ธันวาคม 2562, or 5 December")]
    [['2019-12', '2019-12-05', '2562-12', '2562-12-05'], ['--12-05'], ['2019-12', '2562-12']]
    """
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if days := frozenset(
                _meant({name: value for name, value in match.groupdict().items() if value})
            ):
                yield (*match.span(), days)


def _meant(parts: dict[str, str]) -> Iterator[str]:
    """Days and months that the parts of a date may mean."""
    if "epoch" in parts:
        moment = datetime.fromtimestamp(int(parts["epoch"]), UTC)
        yield from _day(moment.year, moment.month, moment.day)
        return
    years = list(_years(parts))
    if "a" in parts:
        months_and_days = [(int(parts["b"]), int(parts["a"])), (int(parts["a"]), int(parts["b"]))]
    else:
        day = _numeral(parts.get("hd", "")) or int(parts.get("d", 0))
        months_and_days = [(month, day) for month in _months_of(parts)]
    for month, day in months_and_days:
        if not years and day:
            yield from (
                f"-{date[4:]}" for date in _day(2000, month, day) if len(date) == len("2000-01-01")
            )
        for year in years:
            yield from _day(year, month, day)


def _months_of(parts: dict[str, str]) -> list[int]:
    if "name" in parts:
        name = parts["name"].casefold().rstrip(".")
        is_sure = "y" in parts or "short" in parts or len(name) > len("dec") or name in _SURE
        return _months().get(_OF_MONTH.sub("", name), []) if is_sure else []
    return [_numeral(parts["hm"]) if "hm" in parts else int(parts["m"])]


def _years(parts: dict[str, str]) -> Iterator[int]:
    """The year, and what it is where it may be counted from Buddha's death."""
    if "hy" in parts:
        yield _numeral(parts["hy"]) + _ERAS.get(parts.get("era", ""), 0)
    elif "short" in parts:
        yield 2000 + int(parts["short"])
    elif "y" in parts:
        year = int(parts["y"])
        yield year
        if _BUDDHIST_FROM <= year <= _BUDDHIST_TO:
            yield year - _BUDDHIST


def _numeral(text: str) -> int:
    """A number in Chinese numerals or digits; 0 for none.

    >>> _numeral("二十五"), _numeral("十"), _numeral("一〇八"), _numeral("12")
    (25, 10, 108, 12)
    """
    if not text or text.isascii():
        return int(text or 0)
    before, ten, after = text.partition("十")
    if ten:
        return 10 * (_numeral(before) or 1) + _numeral(after)
    return int("".join(str(_NUMERALS.get(sign, sign)) for sign in text))


def _day(year: int, month: int, day: int) -> Iterator[str]:
    """A day and its month; the month alone where there is no day; nothing where there is no such day."""
    try:
        date(max(year, 1), month, day or 1)
    except ValueError:
        return
    yield f"{year:04}-{month:02}"
    if day:
        yield f"{year:04}-{month:02}-{day:02}"


def is_date(text: str) -> bool:
    """Whether a text is a date, or several, and nothing else but signs."""
    spans = sorted((start, end) for start, end, _ in found_in(text))
    rest, last = "", 0
    for start, end in spans:
        rest += text[last:start]
        last = max(last, end)
    return bool(spans) and not any(character.isalnum() for character in rest + text[last:])


def named(text: str) -> Iterator[str]:
    """Days and months that a text tells without doubt, and days without their year.

    >>> list(named("2019-05-14")), list(named("5/12/2019"))
    (['--05-14', '2019-05', '2019-05-14'], [])
    """
    for _, _, days in found_in(text):
        whole = [day for day in days if len(day) == len("2019-05-14")]
        if len(whole) <= 1:
            yield from sorted({*days, *(f"-{day[4:]}" for day in whole)})
