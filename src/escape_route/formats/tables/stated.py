"""Numbers as one states them in a cell, with what they count: about sixty miles, two nights and a day.

What was told with doubt is told as about: nobody who measured says "I think". Who said it changes
no number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache

from escape_route import packaged
from escape_route.formats.tables import spans
from escape_route.formats.tables.synonyms import LONGEST, choice
from escape_route.model.said_numbers import LONGEST as LONGEST_NUMBER
from escape_route.model.said_numbers import Said, meanings, said, says_straight
from escape_route.model.units import COUNTED, UNITS, Quantity, units_called, units_of
from escape_route.model.vocabulary import Counts, Wording

_WORDS = packaged.table("formats/tables/stated.toml")
#: Other units of time, by how many of which they are.
_ALSO_TIMES: Mapping[str, tuple[float, str]] = _WORDS["also_times"]
#: What has its number in itself: two of them in Arabic, several where the word alone is told, a
#: whole night.
_AS_ONE_WORD = {
    word: number for number, words in _WORDS["as_one_word"].items() for word in words.split(", ")
}
_LONGEST_HEDGED = 200
#: One to three figures, a mark, and three figures: of thousands, or of a fraction.
_GROUPED = re.compile(r"(?<![\d.,])([1-9]\d{0,2})([.,])(\d{3})(?![\d.,])")
_OTHER = {".": ",", ",": "."}
_MOST = 4  # hedges of one number


def unhedged(text: str) -> tuple[bool, str]:
    """Whether a text in small letters, of a number, says that it is not sure; and the text without such words.

    >>> unhedged("i think sixty or seventy kilometres"), unhedged("60 km, glaube ich"), unhedged("sixty miles")
    ((True, 'sixty or seventy kilometres'), (True, '60 km'), (False, 'sixty miles'))
    >>> unhedged("mother always said a hundred"), unhedged("mother never said a hundred")
    ((False, 'a hundred'), (False, 'mother never said a hundred'))
    """
    is_doubtful = False
    for _ in range(_MOST):
        body = next(
            (
                match["rest"]
                for pattern in _patterns("reported")
                if (match := pattern.fullmatch(text))
            ),
            text,
        )
        rest = next(
            (match["rest"] for pattern in _patterns("doubt") if (match := pattern.fullmatch(body))),
            None,
        )
        is_doubtful |= rest is not None
        rest = (body if rest is None else rest).strip(" ,")
        if rest == text:
            break
        text = rest
    return is_doubtful, text


def is_of_words(text: str) -> bool:
    """Whether a stated number stands among words that are no part of it, is told twice, or has marks of thousands."""
    plain = " ".join(text.lower().split())
    is_hedged = unhedged(plain) != (False, plain) or _GROUPED.search(plain) is not None
    return is_hedged or not _once(_in_figures(text))


@cache
def _verbs() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(verb), wording) for verb, wording in _WORDS["verbs"].items())


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of a kind, compiled once: `re` keeps 512 of all that a program has, and makes any other anew."""
    by_language: dict[str, list[str]] = _WORDS[kind]
    listed = (pattern for patterns in by_language.values() for pattern in patterns)
    return tuple(re.compile(pattern.replace("<rest>", "(?P<rest>.+?)")) for pattern in listed)


def ungrouped(text: str) -> str | None:
    """Text in small letters with the marks between thousands gone; None where they may be those of fractions.

    Nobody tells a length to three decimals of which the last is 0, or a fraction of people; of
    others the language of the words beside the number says which the mark is.

    >>> ungrouped("1,500 kilometres"), ungrouped("1.500 km"), ungrouped("1,234 miles"), ungrouped("1.234 kilómetros")
    ('1500 kilometres', '1500 km', '1234 miles', '1234 kilómetros')
    >>> ungrouped("1,234 km"), ungrouped("1.234 miles"), ungrouped("1,500")
    (None, None, None)
    """
    words = frozenset(re.findall(r"[^\W\d_]+", text))
    for match in _GROUPED.finditer(text):
        is_read = bool(words & _marked(match[2])) and not words & _marked(_OTHER[match[2]])
        if not words or not (is_read or match[3].endswith("0") or words & _marked("counted")):
            return None
    return _GROUPED.sub(r"\1\3", text)


#: Lengths that are said of any long way as well.
_SAYING = re.compile(
    r"(?:[한두세삼구수]|\d)? ?[천만] ?리|[三九数]?[千万萬]里|\b(?:a |ten )?thousand (?:miles|leagues)|"
    r"\b(?:zehn)?tausend meilen|\b(?:cent )?mille lieues|\bmil (?:leguas|millas)|ألف ميل"
)


def is_a_saying(text: str) -> bool:
    """Whether a length is told in words that are said of any long way too, and may be no measured number.

    >>> [is_a_saying(each) for each in ("2만 리", "천 리", "A thousand miles from home", "1,000 miles", "40리")]
    [True, True, True, False, False]
    """
    return _SAYING.search(text.lower()) is not None


def says_its_language(unit: str) -> bool:
    """Whether a unit is spelled in words of a language by which the marks between thousands are known.

    >>> says_its_language("kilometres"), says_its_language("Meilen"), says_its_language("km")
    (True, True, False)
    """
    return unit.strip().lower() in _marked(",") | _marked(".")


@cache
def _marked(kind: str) -> frozenset[str]:
    """Words of languages that put a comma, or a point, between thousands; or of what is counted."""
    return frozenset(_WORDS["thousands"][kind].split(", "))


_NIGHTS = "nights?|nacht|nächten?|nuits?|noches?|밤|박|夜|晩|泊|ليلة|ليال|ليالي"
_DAYS = "days?|tage?|tagen|jours?|días?|dias?|낮|일|日|昼|يوم|أيام"
_AND = r"(?:\s*(?:,|&|\band\b|\bund\b|\bet\b|\by\b|و)\s*|\s*)"
_TOLD = re.compile(rf"(.+?)\s*({_NIGHTS}|{_DAYS}){_AND}(.*?)\s*({_NIGHTS}|{_DAYS})")
#: A number of its own with its days or its nights: 이틀 밤낮, 사흘 밤.
_BOTH = re.compile(r"(하루|이틀|사흘|나흘|닷새|엿새|이레) ?(?:밤낮|낮밤|(?<!하루 )(?<!하루)밤)")
#: What so many nights and days are read as, in a line.
SAYS = "the calendar days that so many nights and days may touch"


def days_touched(text: str) -> Said | None:
    """Calendar days that nights and days in turn may touch; None of other texts.

    A night lies on two days where it is not told as passed after midnight, so that the most is one
    more than the nights. Nights and days that cannot have been by turns (ten days and two nights)
    are not understood.

    >>> days_touched("two nights and one day"), days_touched("2박 3일")
    (Said(value=2.0, value_to=3.0, wording='', unit='d'), Said(value=3.0, value_to=None, wording='', unit='d'))
    >>> days_touched("three days and nights").value_to, days_touched("ten days and two nights")
    (4.0, None)
    >>> days_touched("사흘 밤")
    Said(value=3.0, value_to=4.0, wording='', unit='d')
    """
    counted = _by_turns(text)
    if counted is None:
        return None
    nights, days = counted
    if not (nights.is_integer() and days.is_integer() and nights >= 1 and abs(nights - days) <= 1):
        return None
    least, most = max(nights, days), max(nights + 1, days)
    return Said(least, most if most > least else None, unit="d")


def _by_turns(text: str) -> tuple[float, float] | None:
    """How many nights and how many days; of both the same where one number alone is told."""
    if len(text) > LONGEST_NUMBER:
        return None
    if both := _BOTH.fullmatch(text):
        number = said(both[1])
        return (number.value, number.value) if number else None
    match = _TOLD.fullmatch(text)
    if match is None:
        return None
    first, unit, last, other_unit = match.groups()
    numbers = [said(part) for part in (first, last or first)]
    is_night = [bool(re.fullmatch(_NIGHTS, name)) for name in (unit, other_unit)]
    exact = [
        number.value
        for number in numbers
        if number and not (number.value_to or number.wording or number.unit)
    ]
    if is_night[0] is is_night[1] or len(exact) != len(numbers):
        return None
    return (exact[0], exact[1]) if is_night[0] else (exact[1], exact[0])


#: A number that is told with doubt: sixty miles?
_DOUBT = re.compile(r"\(?[?？؟]\)?")  # of several scripts
#: A half or a quarter with a stroke, and a fraction whose 0 was left out: 3 1/2 hours, ,5 km.
_WITH_STROKE = re.compile(r"(?:(?<=\d) )?(?<![\d/,.])(1/2|1/4|3/4)(?![\d/])")
_OF_ONE = {"1/2": "½", "1/4": "¼", "3/4": "¾"}
_WITHOUT_ZERO = re.compile(r"(?<!\S)[.,](?=\d)")
#: 300+ km; 300 km to 400 km.
_AND_MORE = re.compile(r"^(\d[^+]*)\+(\D*)$")
_UNIT_TWICE = re.compile(
    r"^(.*\d) ?([^\W\d_]+\.?) ?(-|–|—|~|to|bis|à|a|and|und|et|y) ?(\d.*?) ?\2$"
)
_AND_A_HALF = (
    " and a half",
    " et demi",
    " et demie",
    " y medio",
    " y media",
    " 반",
    "半",
    " ونصف",
    " و نصف",
)
_WRITTEN_TOGETHER = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


_STRAIGHT = re.compile("|".join(_WORDS["straight"]))
_NAMED_DAYS = "하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레|열흘|보름"
#: What is told in another order, or with a word more, than it is read in: eine gute Stunde, gut und
#: gern 1000 km, 한 일 년 남짓, 사흘인가 나흘.
_IN_USUAL_ORDER = (
    (re.compile(r"\b(ein(?:e[nrm]?)?) (gut|knapp)e[nrsm]? (?=[^\W\d])"), r"\2 \1 "),
    (
        re.compile(
            r"\ba good (?=(?:half )?(?:hour|day|night|week|fortnight|month|year|mile|league|kilomet))"
        ),
        "over a ",
    ),
    (re.compile(r"\b(?:the )?(?:best|better) part of (?=\w)"), "nearly "),
    (re.compile(r"\b(?:scarcely|hardly) (?=an?\b|\d|more\b)"), "barely "),
    (
        re.compile(
            r"\b(une?) bon(?:ne)? (?=(?:demi-)?(?:heure|jour|nuit|semaine|mois|an|lieue|kilom))"
        ),
        r"bien \1 ",
    ),
    (re.compile(r"\b(une?) petite? (?=[^\W\d])"), r"presque \1 "),
    (re.compile(r"\b(una?) buena? (?=[^\W\d])"), r"más de \1 "),
    (
        re.compile(
            r"^(?:nur|only|seulement|s[oó]lo|겨우|고작) (?!ein ?paar)| (?:nur|only|seulement|solamente)$"
        ),
        "",
    ),
    (re.compile(r"\bgut und gerne? "), "gut "),
    (re.compile(r"^(?:한|약) (?!시간|달|해|주|리|년|밤|나절)(?=.+(?:남짓|넘게|넘는|이상)$)"), ""),
    (re.compile(rf"({_NAMED_DAYS})(?:인가|이나|나|이거나|아니면) (?={_NAMED_DAYS})"), r"\1에서 "),
)
#: A day or two; ein Tag oder zwei.
_OR_TWO = re.compile(r"\b(?:an?|one|ein(?:e|en)?|une?|una) (\S+) (or|oder|ou|o) (\w+)$")


def stated(text: str) -> list[dict[str, str]]:
    """What a number that was stated in one cell may say, by column: with its wording and its unit, in words or figures.

    None where a part of it is not understood, and several where it may mean several.

    >>> stated("about 600 miles"), stated("1.2만 km")
    ([{'wording': 'about', 'value': '600', 'unit': 'mi'}], [{'value': '12000', 'unit': 'km'}])
    >>> stated("about 60 to 70 km"), stated("1,500 km")
    ([{'wording': 'about', 'value': '60', 'value_to': '70', 'unit': 'km'}], [{'value': '1500', 'unit': 'km'}])
    >>> stated("three or four days"), stated("a fortnight")
    ([{'value': '3', 'value_to': '4', 'unit': 'd'}], [{'value': '2', 'unit': 'week'}])
    >>> stated("sixty miles?"), stated("two days and two nights")
    ([{'wording': 'about', 'value': '60', 'unit': 'mi'}], [{'value': '2', 'value_to': '3', 'unit': 'd'}])
    >>> stated(",5 km"), stated("3 1/2 hours"), stated("90 min")
    ([{'value': '0.5', 'unit': 'km'}], [{'value': '3.5', 'unit': 'h'}], [{'value': '1.5', 'unit': 'h'}])
    >>> stated("about a dozen people"), stated("600 lorries"), stated("천 리")
    ([{'quantity': 'people', 'wording': 'about', 'value': '12'}], [], [{'value': '1000', 'unit': '리'}])
    """
    if len(text) > _LONGEST_HEDGED:
        return []
    plain = _in_figures(text)
    if says_straight(plain):
        return _straight(plain)
    return _once(plain) or spans.twice_told(plain, _with_more) or _with_more(plain)


def _straight(text: str) -> list[dict[str, str]]:
    """What a length says that is told in a straight line; none where two lengths are told, or what is left is no more.

    >>> _straight("300 km as the crow flies"), _straight("luftlinie etwa 300 km")[0]["wording"]
    ([{'value': '300', 'unit': 'km', 'counts': 'straight'}], 'about')
    >>> _straight("300 km, 200 as the crow flies"), _straight("300 km, not as the crow flies")
    ([], [])
    """
    rest = _STRAIGHT.sub(" ", text, 1).strip(" ,:،、。.")
    if says_straight(rest) or re.search(r"\d.*[,;،、(].*\d", ungrouped(rest) or rest):
        ways = []
    else:
        ways = _once(rest)
    return [{**way, "counts": str(Counts.STRAIGHT)} for way in ways if not _is_counted(way)]


def _is_counted(told: Mapping[str, str]) -> bool:
    return "quantity" in told or told.get("unit") in units_of(Quantity.DURATION)


def _in_figures(text: str) -> str:
    """Text in small letters whose halves, hours with minutes, and margins are written as numbers."""
    written_out = _WITHOUT_ZERO.sub(
        "0.", _WITH_STROKE.sub(lambda match: _OF_ONE[match[1]], text.lower())
    )
    figures = " ".join(written_out.split())
    for turned, usual in _IN_USUAL_ORDER:
        figures = turned.sub(usual, figures)
    return spans.plus_minus(spans.in_hours(figures))


def _with_more(text: str) -> list[dict[str, str]]:
    """What is told in a text, perhaps with more words, which change nothing of a length or a time."""
    ways = (_once(part) for part in spans.without_asides(text))
    return _once(text) or next(
        (way for way in ways if way and all("unit" in row for row in way)), []
    )


def _once(text: str) -> list[dict[str, str]]:
    """What a number that is told once may say."""
    for verb, wording in _verbs():
        text = verb.sub(wording, text)
    is_doubtful, plain = unhedged(" ".join(_DOUBT.sub(" ", text).split()))
    plain = _UNIT_TWICE.sub(r"\1 \3 \4 \2", _AND_MORE.sub(r"at least \1\2", plain))
    bare = ungrouped(plain) if plain and len(plain) <= LONGEST else None
    if bare is None:
        return []
    half = _half_behind(bare)
    bare = _OR_TWO.sub(
        r"1 \2 \3 \1", _AS_ONE_WORD.get(bare.removesuffix(half), bare.removesuffix(half)) + half
    )
    doubt = str(Wording.ABOUT) if is_doubtful or _DOUBT.search(text) else ""
    ways = [
        _told(days, 1, {"wording": word or doubt})
        for word, body in _loosely(bare)
        if (days := days_touched(body))
    ] or [
        _told(number, size, {**of, "wording": word or behind or doubt})
        for behind, rest in (
            ("", bare),
            *((_wording(tail), body) for body, tail in _halves(bare) if _is_wording(tail, body)),
        )
        for size, of, body in _counted(rest)
        for word, number in _worded(body)
    ]
    return list({tuple(way.items()): way for way in ways}.values()) or _summed(plain)


def _is_wording(tail: str, body: str) -> bool:
    """Whether the end of a text is a qualifier; behind a figure "min" is minutes."""
    return bool(_wording(tail)) and not (body[-1:].isdigit() and tail.strip(". ") in _ALSO_TIMES)


def _loosely(text: str) -> Iterator[tuple[str, str]]:
    """A text, and without a word before it that means about."""
    yield "", text
    halves = ((_wording(word), body) for word, body in _halves(text))
    yield from ((word, body) for word, body in halves if word in _LOOSE[1:])


def _told(number: Said, size: float, of: Mapping[str, str]) -> dict[str, str]:
    """Columns of a number; a range and a qualifier in its words are told with it."""
    loose, open_wide = of["wording"], number.wording
    wording = (
        open_wide if open_wide and loose in _LOOSE else loose
    )  # some hundreds are at least so many
    ends = _ends(number, wording)
    numbers = {name: f"{end * size:.10g}" for name, end in ends.items() if end is not None}
    unit = {"unit": number.unit} if number.unit else {}
    words = {**of, "wording": wording, **unit}
    columns = ("quantity", "wording", "value", "value_to", "unit")
    return {name: value for name in columns if (value := {**words, **numbers}.get(name, ""))}


def _ends(number: Said, wording: str) -> dict[str, float | None]:
    """Value of a number, and the higher end of a range; of one that is open at one side the other end alone."""
    below, above = Wording(wording or Wording.EXACT).row.reach
    if number.value_to and math.isinf(below):  # up to 60 or 70
        return {"value": number.value_to}
    return {"value": number.value, "value_to": None if math.isinf(above) else number.value_to}


def _counted(text: str) -> Iterator[tuple[float, dict[str, str], str]]:
    """A text without what was counted at its end, each way; how many of that a unit is, and the columns that say it."""
    yield 1.0, {}, text
    half = _half_behind(text)
    days = said(text.removesuffix(half)) if half else None
    if days and days.unit:  # 하루 반
        yield 1.0, {"unit": days.unit}, _and_a_half(text.removesuffix(half))
    for body, tail in _halves(text):
        counted = tail.strip(". ")
        half = _half_behind(counted)
        counted = counted.removesuffix(half)
        size, unit = _ALSO_TIMES.get(counted, (1, counted))
        units = units_called(unit) or units_called(unit, Quantity.DURATION)
        if units:
            named = {"unit": units[0] if len(units) == 1 else unit}  # of several the column asks
            yield size, named, _and_a_half(body) if half else body
        elif not half and (quantity := choice("quantity", counted) or counted) in COUNTED:
            yield 1.0, {"quantity": quantity}, body


def _half_behind(text: str) -> str:
    return next((half for half in _AND_A_HALF if text.endswith(half)), "")


def _and_a_half(text: str) -> str:
    """Number of a year and a half, of which the half stands behind the unit."""
    whole = said(text)
    return "" if whole is None or whole.value_to or whole.wording else f"{whole.value + 0.5:g}"


def _worded(text: str) -> Iterator[tuple[str, Said]]:
    for word, body in (("", text), *_halves(text)):
        wording = _wording(word)
        for number in meanings(body) if wording or not word else ():
            yield wording, number


_LOOSE = ("", Wording.ABOUT, Wording.SOME, Wording.ROUGHLY)


def _wording(word: str) -> str:
    plain = word.strip(" ,").replace(" ", "_")
    return plain if plain in list(Wording) else choice("wording", word.strip(" ,")) or ""


_TWO_UNITS = re.compile(r"(.+?) (\S+?)(?:,| and| und| et| y)? (\S+(?: \S+)?) (\S+)")


def _summed(text: str) -> list[dict[str, str]]:
    """A time told in two units, in the smaller of them: three years and four months."""
    match = _TWO_UNITS.fullmatch(text)
    units = [units_called(unit, Quantity.DURATION) for unit in match.group(2, 4)] if match else []
    numbers = [said(number) for number in match.group(1, 3)] if match else []
    exact = [
        number.value
        for number in numbers
        if number and not (number.value_to or number.wording or number.unit)
    ]
    if len(exact) != 2 or not units[0]:  # noqa: PLR2004  # one of each
        return []
    if match and not units[1]:
        size, unit = _ALSO_TIMES.get(match[4], (0, ""))  # two hours and twenty minutes
        if units[0] == (unit,):
            return [{"value": f"{round(exact[0] + size * exact[1], 2):g}", "unit": unit}]
        return []
    many = UNITS[units[0][0]].size / UNITS[units[1][0]].size
    if many <= 1 or abs(many - round(many)) > _WHOLE:
        return []
    return [{"value": f"{exact[0] * round(many) + exact[1]:.10g}", "unit": units[1][0]}]


_WHOLE = 0.01  # a year is 12 months, and 52.18 weeks


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """A text cut in two where a word may end: at blanks, by figures, anywhere in scripts that write no blanks."""
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        is_apart = (
            " " in (before, after) or before == "~" or before.isdigit() is not after.isdigit()
        )
        if is_apart or _WRITTEN_TOGETHER.search(before + after):
            yield text[:at].strip(), text[at:].strip()


_STAYED = re.compile(
    r"(?:(?:we |i |they )?(?:stayed|waited|hid|lived|spent)\b|for\b|blieb\w*|für\b|pendant\b|pour\b|durante\b|por\b|"
    r"مدة|لمدة)\s*"
)
_WHERE = re.compile(
    r" (?:in|at|with|by|on|near|among|bei|im|auf|dans|chez|en|con) .+$"
)  # a night in jail
_STAYING = re.compile(r"\s*(?:long|there|here|lang|dort|동안|쯤|정도|ほど|ぐらい|くらい|間)$")


def stay(text: str) -> list[dict[str, object]]:
    """How long one stayed by what a cell says: members of the format, of each that it may mean.

    >>> stay("two or three weeks"), stay("six years")
    ([{'value': 2, 'value_to': 3, 'unit': 'week'}], [{'value': 6, 'unit': 'year'}])
    >>> stay("for about a month"), stay("overnight"), stay("600 miles"), stay("14")
    ([{'value': 1, 'unit': 'month', 'wording': 'about'}], [{'value': 1, 'unit': 'night'}], [], [])
    """
    plain = " ".join(text.lower().split())
    bare = _STAYING.sub("", _STAYED.sub("", plain, 1)) if len(plain) <= LONGEST else ""
    units = units_of(Quantity.DURATION)
    ways = dict.fromkeys((plain, bare, _WHERE.sub("", bare), spans.without_more(bare)))
    readings = (stated(way) for way in ways)
    stays = next(
        filter(None, ([way for way in ways if way.get("unit") in units] for ways in readings)), []
    )
    return [_as_members(way) for way in stays]


def _as_members(told: Mapping[str, str]) -> dict[str, object]:
    """Members of a stated number: its figures as numbers, the qualifier where there is one."""
    numbers = {name: float(told[name]) for name in ("value", "value_to") if name in told}
    figures = {
        name: int(number) if number.is_integer() else number for name, number in numbers.items()
    }
    return {
        **figures,
        "unit": told["unit"],
        **({"wording": told["wording"]} if told.get("wording") else {}),
    }


def in_words(told: Mapping[str, object]) -> str:
    """How long one stayed, as a cell says it and is read again.

    >>> in_words({"value": 2, "value_to": 3, "unit": "week"}), in_words(stay("under a year")[0])
    ('2-3 weeks', 'under 1 year')
    """
    wording = str(told.get("wording") or Wording.EXACT)
    before = "" if wording == Wording.EXACT else f"{wording.replace('_', ' ')} "
    ends = "-".join(
        f"{end:.10g}" for name in ("value", "value_to") if (end := told.get(name)) is not None
    )
    several = "s" * (ends != "1" and len(str(told["unit"])) > 1)  # weeks, but h and d
    return f"{before}{ends} {told['unit']}{several}"
