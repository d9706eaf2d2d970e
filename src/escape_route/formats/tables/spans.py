"""Numbers that are told again at once, one more exactly or corrected: six hours, six and a half; five days, maybe six.

Both are kept, as the ends of a range: which of them is right nobody here knows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from escape_route import packaged
from escape_route.model.said_numbers import said
from escape_route.model.units import UNITS, Quantity, units_called
from escape_route.model.vocabulary import Wording

Told = Mapping[str, str]
#: By column what a text says, each way in which it may be read.
Read = Callable[[str], Sequence[Told]]

_WORDS = packaged.table("formats/tables/stated.toml")
_BLANKS = "|".join(
    again for language, again in _WORDS["again"].items() if language not in {"ko", "ja"}
)
_WRITTEN_TOGETHER = "|".join((_WORDS["again"]["ko"], _WORDS["again"]["ja"]))
#: What stands between a number and the same once more.
_AGAIN = re.compile(
    rf"[,;،]? (?:{_BLANKS})(?:,| that)? |[,;،、]? ?(?<=[^a-z(])(?:{_WRITTEN_TOGETHER})[,、]? ?|[,;،] |、|"
    r"(?<=[\d½¼¾]) ?[-–—] ?(?=\d)"
)
_BETWEEN = re.compile(rf"^(?:{_WORDS['between']['before']}) ")
_LINK = re.compile(rf" (?:{_WORDS['between']['link']}) ?")
_MOST_CUTS = 8
_FURTHEST = (
    4  # times: nobody corrects three hours to two days; who says both tells a sum, or two things
)
_APART_AT_MOST = 10
_PLUS_MINUS = re.compile(
    r"^(.*?\d) ?(?:±|\+/-|\+-|plus or minus|plus oder minus|plus ou moins|más menos) ?(\d\S*)(.*)$"
)
_BRACKETS = re.compile(r"^(.+?) ?\(([^()]*\d[^()]*)\)$")
_BEHIND = re.compile("|".join(_WORDS["aside"]["behind"]))
_BEFORE = re.compile("|".join(_WORDS["aside"]["before"]))
_ARTICLES = frozenset(_WORDS["aside"]["articles"].split())
_HOURS = re.compile(
    r"(?<![\w.,])(\d{1,3}) ?(?:h|hrs?|hours?|std\.?|stunden?|heures?|horas?|:|시간|時間) ?"
    r"([0-5]\d|[0-5]?\d(?= ?m|분|分)) ?(?:m|min\.?|mins?|minut\w+|h|std\.?|stunden?|hours?|분|分)?(?![\w:])"
)
_QUALIFIERS = frozenset(_WORDS["aside"]["never"].split())
_SAME = 0.03  # how far two units may round one length [our judgement]


def twice_told(text: str, read: Read) -> list[dict[str, str]]:
    """Range from a number to the same once more, in small letters; none where a text tells no number twice.

    `read` reads one number with its words.
    """
    body = _BETWEEN.sub("", text, 1)
    links = [*(_LINK.finditer(body) if body != text else ()), *_AGAIN.finditer(body)][:_MOST_CUTS]
    cuts = [(body[: cut.start()], body[cut.end() :], cut[0]) for cut in links]
    cuts = [
        cut
        for cut in cuts
        if not (_is_dash(cut[2]) and len(cut[0].rsplit(" ")[-1]) > len(cut[1].split()[0]))
    ]
    for first, last, link in cuts:
        for one, other in _both(first.strip(), last.strip(), read):
            joined = _joined(one, other, is_listed=link.strip() in {",", ";", "،", "、"})
            if joined:
                return joined
    return _in_brackets(text, read)


def _is_dash(link: str) -> bool:
    return link.strip() in {"-", "–", "—"}  # of 120-30 km the last may have lost its hundred


def plus_minus(text: str) -> str:
    """Text with a number and its margin as the range that both are.

    >>> plus_minus("300 ± 50 km"), plus_minus("300 km ± 50"), plus_minus("50 ± 300 km")
    ('250 to 350 km', '300 km ± 50', '50 ± 300 km')
    """
    match = _PLUS_MINUS.match(text)
    ends = [said(end) for end in match.group(1, 2)] if match else []
    if match is None or None in ends:
        return text
    middle, margin = (end.value for end in ends if end)
    if middle > margin:
        return f"{middle - margin:.10g} to {middle + margin:.10g}{match[3]}"
    return text


def in_hours(text: str) -> str:
    """Text with hours and minutes that are told in figures, in small letters, as hours.

    >>> in_hours("4h30"), in_hours("about 4 h 15 min"), in_hours("4:45 h"), in_hours("4:45"), in_hours("4 h")
    ('4.5 h', 'about 4.25 h', '4.75 h', '4:45', '4 h')
    """
    match = _HOURS.search(text)
    if match is None or (":" in match[0] and match[0][-1:].isdigit()):  # of which hour it was
        return text
    hours = round(float(match[1]) + float(match[2]) / 60, 2)
    return f"{text[: match.start()]}{hours:g} h{text[match.end() :]}"


def without_asides(text: str) -> Iterator[str]:
    """Text without what was told beside its number, behind it or before it; none where there is nothing of the kind.

    >>> list(without_asides("three days without getting out of the bus")), list(without_asides("20 km in two days"))
    (['three days'], [])
    """
    for match in (*_BEHIND.finditer(text), *filter(None, [_BEFORE.match(text)])):
        words = re.findall(r"\w+", match[0])
        if match[0] != text and not any(_is_of_a_number(word) for word in words):
            yield (text[: match.start()] + text[match.end() :]).strip(" ,،、")


def without_more(text: str) -> str:
    """Text before a comma or a dash behind which no number and no unit stands: four nights, waiting for the men."""
    first, *rest = re.split(r"[,،、;] ?| [-–—] ", text, maxsplit=1)
    if any(_is_of_a_number(word) for part in rest for word in re.findall(r"\w+", part)):
        return text
    return first


def _is_of_a_number(word: str) -> bool:
    if re.search(r"\d", word) or any(
        units_called(word, quantity) for quantity in (Quantity.DISTANCE, Quantity.DURATION)
    ):
        return True
    return word in _QUALIFIERS or (said(word) is not None and word not in _ARTICLES)


def _both(first: str, last: str, read: Read) -> Iterator[tuple[Told, Told]]:
    """What both parts say, with the unit of one where the other has none: six hours, six and a half."""
    for one in read(first):
        for other in read(last):
            unit = one.get("unit") or other.get("unit") or ""
            figures = bool(re.search(r"\d", first + last))
            if unit or not figures:  # 30, 40 may be a fraction that was torn
                yield (
                    {**one, **({"unit": unit} if unit else {})},
                    {**other, **({"unit": unit} if unit else {}), **other},
                )


def _joined(one: Told, other: Told, *, is_listed: bool) -> list[dict[str, str]]:
    wordings = [Wording(end.get("wording") or Wording.EXACT) for end in (one, other)]
    if any(map(math.isinf, (part for wording in wordings for part in wording.row.reach))):
        return []
    if one.get("quantity") != other.get("quantity") or "value_to" in {*one, *other}:
        return []
    unit, sizes = _of_one_size(one.get("unit", ""), other.get("unit", ""))
    ends = [float(end["value"]) * size for end, size in zip((one, other), sizes, strict=True)]
    if not unit and (one.get("unit") or other.get("unit")):
        return []
    is_other_unit = one.get("unit") != other.get("unit")
    is_sum = is_other_unit and is_listed and ends[1] < ends[0]  # three years, four months
    if (
        is_sum
        or max(ends) > min(ends) * (_FURTHEST if is_other_unit else _APART_AT_MOST)
        or max(ends) == min(ends)
    ):
        return []
    kept = {name: one[name] for name in ("quantity", "wording") if one.get(name)}
    numbers = {"value": f"{min(ends):.10g}", "value_to": f"{max(ends):.10g}"}
    return [{**kept, **numbers, **({"unit": unit} if unit else {})}]


def _of_one_size(one: str, other: str) -> tuple[str, tuple[float, float]]:
    """The smaller of two units of a time, and how many of it each is; no unit where they are not to be compared."""
    if one == other:
        return one, (1.0, 1.0)
    known = [units_called(name, Quantity.DURATION) for name in (one, other)]
    if not all(known):
        return "", (1.0, 1.0)
    small = min((units[0] for units in known), key=lambda name: UNITS[name].size)
    one_size, other_size = (UNITS[units[0]].size / UNITS[small].size for units in known)
    return small, (one_size, other_size)


def _in_brackets(text: str, read: Read) -> list[dict[str, str]]:
    """A number whose brackets have the same in another unit: 12,000 km (7,456 miles)."""
    match = _BRACKETS.match(text)
    ways = [read(part.strip()) for part in match.groups()] if match else []
    if not ways or any(len(way) != 1 for way in ways):
        return []
    one, other = (way[0] for way in ways)
    if any(length.get("unit") not in UNITS or "value_to" in length for length in (one, other)):
        return []
    lengths = [float(length["value"]) * UNITS[length["unit"]].size for length in (one, other)]
    is_same = UNITS[one["unit"]].quantity is UNITS[other["unit"]].quantity
    return [dict(one)] if is_same and math.isclose(*lengths, rel_tol=_SAME) else []
