"""A date that two people tell each in their way, in one text: March 1945 (my brother: April 1945)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from escape_route import packaged
from escape_route.model import date_steps
from escape_route.model.told_dates import lent_by

_TABLE = packaged.table("model/date_accounts.toml")
_TELLERS, _BESIDE = (
    re.compile("|".join(_TABLE[kind].values()), re.IGNORECASE) for kind in ("tellers", "beside")
)
_BRACKETS = re.compile(r"(?P<told>[^()]{1,100}?) ?\((?P<remark>[^()]{1,100})\)")
_JOINT = re.compile(
    r" ?[;/、，,،] ?| (?:or|oder|ou|o|또는|아니면|أو) |または|もしくは", re.IGNORECASE
)
_CUT = re.compile(r"\s+|(?<=[:：])|(?<=[은는はがと])(?=\d)")
_PLAIN = str.maketrans("（）", "()")
_LONGEST, _MOST_WORDS = 120, 14


def accounts(text: str) -> str:
    """EDTF of one date or another that two are said to tell; empty where no teller is told, or both tell the same.

    >>> accounts("March 1945 (my brother: April 1945)"), accounts("March 1945 / April 1945 (brother)")
    ('[1945-03,1945-04]', '[1945-03,1945-04]')
    >>> accounts("mars 1945, selon ma sœur avril"), accounts("1945년 3월 (형은 4월)"), accounts("1945 (laut Akte 1946)")
    ('[1945-03,1945-04]', '[1945-03,1945-04]', '[1945,1946]')
    >>> accounts("March 1945 or April 1945"), accounts("spring 1945 (March)"), accounts("the coup (11 September 1973)")
    ('', '', '')
    """
    folded = " ".join(text.translate(_PLAIN).split()).strip(" .")
    if len(folded) > _LONGEST or not (_TELLERS.search(folded) or re.search("[:：]", folded)):
        return ""
    for first, second in _parted(folded):
        first_date, second_date = _date_in(first, second), _date_in(second, first)
        is_told = (first_date and first_date[1]) or (second_date and second_date[1])
        if first_date and second_date and is_told and first_date[0] != second_date[0]:
            return _either(first_date[0], second_date[0])
    return ""


def _either(first: str, second: str) -> str:
    return date_steps.either(
        *((second, first) if date_steps.is_backward(first, second) else (first, second))
    )


def _parted(text: str) -> Iterator[tuple[str, str]]:
    """Both parts of a text, at the brackets, or at each joint; what stands in brackets is of the part before them."""
    match = _BRACKETS.fullmatch(text)
    if match:
        yield match["told"], match["remark"]
        text = f"{match['told']} {match['remark']}"
    for joint in _JOINT.finditer(text):
        yield text[: joint.start()], text[joint.end() :]


def _date_in(part: str, lender: str) -> tuple[str, bool] | None:
    """The one date of a part, and whether a teller stands beside it; None where anything else does."""
    words = [word for word in _CUT.split(part) if word]
    if len(words) > _MOST_WORDS:
        return None
    spans = sorted(combinations(range(len(words) + 1), 2), key=lambda span: span[0] - span[1])
    for first, last in spans:
        dates = lent_by(" ".join(words[first:last]), lender)
        beside = [*words[:first], *words[last:]]
        if len(dates) == 1 and _are_of_a_teller(beside):
            return dates[0], bool(beside)
    return None


def _are_of_a_teller(words: list[str]) -> bool:
    """Whether words say who tells it, or there are none: my brother says, laut Akte, Ali:."""
    if words and words[-1].endswith((":", "：")):
        return not any(re.search(r"\d", word) for word in words)
    plain = [word.strip(",.:;()") for word in words]
    return not words or (
        any(map(_TELLERS.fullmatch, plain))
        and all(_TELLERS.fullmatch(word) or _BESIDE.fullmatch(word) for word in plain)
    )
