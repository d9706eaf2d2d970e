"""How long one stayed somewhere, as a cell of a table says it: a fortnight, two or three weeks, 6 Jahre, 두 달."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from escape_route.formats.tables.synonyms import LONGEST, stated
from escape_route.model.units import Quantity, units_of
from escape_route.model.vocabulary import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

_STAYED = re.compile(
    r"(?:(?:we |i |they )?(?:stayed|waited|hid|lived|spent)\b|for\b|blieb\w*|für\b|pendant\b|pour\b|durante\b|por\b|"
    r"مدة|لمدة)\s*"
)
_WHERE = re.compile(r" (?:in|at|with|by|on|near|among|bei|im|auf|dans|chez|en|con) .+$")  # a night in jail
_STAYING = re.compile(r"\s*(?:long|there|here|lang|dort|동안|쯤|정도|ほど|ぐらい|くらい|間)$")


def read(text: str) -> list[dict[str, object]]:
    """How long one stayed by what a cell says: members of the format, of each that it may mean.

    >>> read("two or three weeks"), read("six years")
    ([{'value': 2, 'value_to': 3, 'unit': 'week'}], [{'value': 6, 'unit': 'year'}])
    >>> read("for about a month"), read("overnight"), read("600 miles"), read("14")
    ([{'value': 1, 'unit': 'month', 'wording': 'about'}], [{'value': 1, 'unit': 'night'}], [], [])
    """
    plain = " ".join(text.lower().split())
    bare = _STAYING.sub("", _STAYED.sub("", plain, 1)) if len(plain) <= LONGEST else ""
    units = units_of(Quantity.DURATION)
    ways = dict.fromkeys((plain, bare, _WHERE.sub("", bare)))
    told = (_NIGHT if each in _OVERNIGHT else stated(each) for each in ways)
    found = next(filter(None, ([one for one in each if one.get("unit") in units] for each in told)), [])
    return [_as_members(each) for each in found]


_NIGHT: list[dict[str, str]] = [{"value": "1", "unit": "night"}]
_OVERNIGHT = frozenset(
    {"overnight", "the night", "über nacht", "la nuit", "une nuit", "la noche", "하룻밤", "一晩", "一泊", "ليلة"}
)


def _as_members(told: Mapping[str, str]) -> dict[str, object]:
    """Members of a stated number: its figures as numbers, the qualifier where there is one."""
    numbers = {name: float(told[name]) for name in ("value", "value_to") if name in told}
    figures = {name: int(number) if number.is_integer() else number for name, number in numbers.items()}
    return {**figures, "unit": told["unit"], **({"wording": told["wording"]} if told.get("wording") else {})}


def in_words(stay: Mapping[str, object]) -> str:
    """How long one stayed, as a cell says it and is read again.

    >>> in_words({"value": 2, "value_to": 3, "unit": "week"}), in_words(read("under a year")[0])
    ('2-3 week', 'under 1 year')
    """
    wording = str(stay.get("wording") or Wording.EXACT)
    before = "" if wording == Wording.EXACT else f"{wording.replace('_', ' ')} "
    ends = "-".join(f"{each:.10g}" for name in ("value", "value_to") if (each := stay.get(name)) is not None)
    return f"{before}{ends} {stay['unit']}"
