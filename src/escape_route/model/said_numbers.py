"""Numbers as people say them: in figures or in words of the languages of the interface, exact, about, or a range."""

from __future__ import annotations

import itertools
import operator
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from escape_route import packaged
from escape_route.model.vocabulary import Wording
from escape_route.strict_json import numbers_meant

LONGEST = 60  # characters of a number in words
_THOUSAND, _HUNDRED, _TEN, _FRENCH_TENS = 1_000, 100, 10, (60, 80)
_SIGNS = {"½": ".5", "¼": ".25", "¾": ".75"}
_FIGURES = re.compile(r"(?:\d[\d.,'’ \u00a0\u202f]*\d|\d)[½¼¾]?|[½¼¾]")
_MAYBE_THOUSANDS = re.compile(
    r"[1-9]\d{0,2}\.\d\d0"
)  # 1.500, of which nobody tells the last of three decimals
_TORN = re.compile(r"\d(?:[.,]\s|\s[.,])\s?\d")  # 5, 6 km are two numbers, or one that was torn
_DASH = re.compile(r"(?<=[^\W_])\s*[-–—~～〜]\s*(?=[^\W_])")
_FROM = re.compile(r"^(?:from|von|de|entre|من) ")
_BETWEEN = re.compile(r"(?:between|zwischen|entre|بين) (.+) (?:and|und|et|y|و) ?(.+)")
#: Words of a number that was one at one time and another at another.
_CHANGING = re.compile(
    r"\d{4}|\b(?:alone|at first|later|then|until|allein|zuerst|anfangs|später|dann|seule?|d['’]abord|ensuite|puis"
    r"|solo|sola|al principio|luego|después)\b|혼자|처음|나중|이후|一人で|独りで|ひとりで|最初|その後|وحد|أولا|ثم"
)
#: Words for a straight line, in the languages that numbers are told in.
_STRAIGHT = re.compile(
    r"crow|(?:straight|direct)[- ]line|beeline|luftlinie|vol d.oiseau|ligne droite|l[ií]nea recta|linha reta|"
    r"linea d.aria|직선|直線|直线|по прямой|خط مستقيم|đường chim bay|เส้นตรง",
    re.IGNORECASE,
)
_BARE = str.maketrans("", "", " -\u00ad\u00a0\u202f")


@dataclass(frozen=True, slots=True)
class Said:
    """A number: its value, the higher end of a range, the qualifier in it, and the unit that is one word with it."""

    value: float
    value_to: float | None = None
    wording: str = ""
    unit: str = ""


def says_straight(text: str) -> bool:
    """Whether words tell of a straight line.

    >>> says_straight("As the crow flies."), says_straight("300 km Luftlinie"), says_straight("300 km by road")
    (True, True, False)
    """
    return _STRAIGHT.search(text) is not None


@dataclass(frozen=True, slots=True)
class _Language:
    """The words of one, without blanks and hyphens."""

    plain: Mapping[str, float]
    times: Mapping[str, float]
    links: tuple[str, ...]
    parting: re.Pattern[str]
    about: tuple[str, ...]
    more: tuple[str, ...]
    least: Mapping[str, float]
    tokens: re.Pattern[str]


@cache
def _words() -> tuple[tuple[_Language, ...], dict[str, Said]]:
    """Words by language, and the words that are a range, or days, by themselves."""
    held = dict(packaged.table("model/said_numbers.toml"))
    whole = {
        word: _ends(ends, "")
        for pairs in held.pop("ranges").values()
        for word, ends in _pairs(pairs)
    }
    whole |= {
        word: _ends(ends, "d")
        for pairs in held.pop("days").values()
        for word, ends in _pairs(pairs)
    }
    return tuple(map(_language, held.values())), whole


def _language(table: Mapping[str, str]) -> _Language:
    plain, times, least = (
        {word: float(number) for word, number in _pairs(table[name])}
        for name in ("plain", "times", "least")
    )
    links = tuple(map(_bare, filter(None, table["links"].split(", "))))
    every = sorted((*plain, *times, *links), key=len, reverse=True)
    about, more = (
        sorted(map(_bare, filter(None, table[name].split(", "))), key=len, reverse=True)
        for name in ("about", "more")
    )
    token = "|".join(map(re.escape, every))
    words = "|".join(map(re.escape, table["or"].split(", ")))
    blank = r"\s+" if table["or"].isascii() or "à" in table["or"] else r"\s*"
    return _Language(
        plain,
        times,
        links,
        re.compile(rf"{blank}(?:{words}){blank}"),
        tuple(about),
        tuple(more),
        least,
        re.compile(rf"(?:{token})(?={token}|[\d½¼¾]|$)"),  # cent soixante, and not cents
    )


def _pairs(pairs: str) -> Iterator[tuple[str, str]]:
    for pair in pairs.split(", "):
        word, _, number = pair.rpartition(" ")
        yield _bare(word), number


def _ends(span: str, unit: str) -> Said:
    first, _, last = span.partition("-")
    return Said(float(first), float(last) if last else None, unit=unit)


def _bare(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().translate(_BARE)


def is_plain(text: str) -> bool:
    """Whether a text is one number and nothing else, which nobody reads otherwise.

    >>> is_plain("twelve"), is_plain("dozens"), is_plain("sixty or seventy"), is_plain("a family of five")
    (True, False, False, False)
    """
    number = said(text.strip().lower())
    return number is not None and number.value_to is None and not number.wording


def is_vague(text: str) -> bool:
    """Whether the first number in a text, in words, is a range or not quite a number: several, sixty or seventy.

    >>> is_vague("several miles"), is_vague("some two or three weeks"), is_vague("about twelve miles"), is_vague("6-7")
    (True, True, False, False)
    """
    words = text[:LONGEST].lower().split()
    spans = (
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(len(words), start, -1)
    )
    first = next(
        filter(None, map(said, spans)), None
    )  # the longest at the first word: miles are thousands, in Spanish
    is_open = first is not None and (first.value_to is not None or bool(first.wording))
    return is_open and not re.search(r"\d", text)


def said(text: str) -> Said | None:
    """Read what a number says; None where it is none that is understood, or may be several.

    >>> said("ten thousand").value, said("zweihundertfünfzig").value, said("만 사천").value, said("half a").value
    (10000.0, 250.0, 14000.0, 0.5)
    >>> said("three or four").value_to, said("seventy-odd").value_to, said("수천").wording, said("several lorries")
    (4.0, 80.0, 'at_least', None)
    """
    numbers = meanings(text)
    return numbers[0] if len(numbers) == 1 else None


def meanings(text: str) -> tuple[Said, ...]:
    """All that a number may say.

    >>> [(each.value, each.value_to) for each in meanings("4-5000")], meanings("several lorries")
    ([(4.0, 5000.0), (4000.0, 5000.0)], ())
    >>> [(each.value, each.value_to) for each in meanings("four to five thousand")]
    [(4000.0, 5000.0)]
    """
    plain = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    if not plain or len(plain) > LONGEST or plain[0] in "-−–" or _TORN.search(plain):
        return ()
    languages, wholes = _words()
    whole = wholes.get(_bare(plain))
    if whole is not None:
        return (whole,)
    return tuple(dict.fromkeys(number for language in languages for number in _in(plain, language)))


def one_in(text: str) -> int | None:
    """The one number above one among words: a family of five, there were seven of us; None where there is none.

    Nor where the words tell that it was another at another time: alone at first, nine from 2004.

    >>> one_in("a family of five"), one_in("seven of us"), one_in("two or three families"), one_in("my mother and I")
    (5, 7, None, None)
    """
    if _CHANGING.search(text.lower()):
        return None
    numbers = [said(word) for word in re.findall(r"[^\s,;]+", text)]
    exact = [
        number for number in numbers if number and number.value > 1 and number.value.is_integer()
    ]
    is_one = len(exact) == 1 and not (exact[0].value_to or exact[0].wording or exact[0].unit)
    return int(exact[0].value) if is_one else None


def _in(text: str, language: _Language) -> tuple[Said, ...]:
    """What a text may say in one language."""
    bare = _bare(text)
    least = language.least.get(bare)
    if least is None:  # hundreds of, des centaines de
        least = next(
            (
                language.least.get(bare.removesuffix(link))
                for link in language.links
                if bare.endswith(link)
            ),
            None,
        )
    if least is not None:
        return (Said(least, wording=str(Wording.AT_LEAST)),)
    between = _BETWEEN.fullmatch(text)
    for parting in (language.parting, _DASH):
        ends = between.groups() if between else parting.split(_FROM.sub("", text))
        numbers = [_alone(end, language) for end in ends]
        if len(numbers) == 2 and None not in numbers:  # noqa: PLR2004  # from, to
            ranges = _ranges(ends, language)
            if (
                ranges or between or parting is not _DASH or re.search(r"\d", text)
            ):  # thirty-six is one number
                return ranges
    exact = _alone(text, language)
    over = next((word for word in language.more if bare.endswith(word)), "")
    if over and (number := _alone(bare.removesuffix(over), language)):
        return (Said(number, number + _last_figure(number)),)
    word = next((sign for sign in language.about if sign in bare), "")
    number = _alone(bare.removesuffix(word), language) if word and exact is None else exact
    return () if number is None else (Said(number, wording=str(Wording.ABOUT) if word else ""),)


def _last_figure(number: float) -> float:
    """What one more in the last figure of a number is that is not 0: 10 for 70, 100 for 300."""
    size = 1.0
    while number % (_TEN * size) == 0:
        size *= _TEN
    return size


def _ranges(ends: Sequence[str], language: _Language) -> tuple[Said, ...]:
    """What two ends of a range may say: of four to five thousand both are thousands; of 4-5,000 that is not sure."""
    first, last = (_alone(end, language) or 0.0 for end in ends)
    short_by = _left_out(first, last, ends, language)
    is_in_words = not all(_figures(end.strip()) is not None for end in ends)
    lows = [first * short_by] if is_in_words else dict.fromkeys([first, first * short_by])
    return tuple(Said(low, last) for low in lows if low < last)


def _left_out(first: float, last: float, ends: Sequence[str], language: _Language) -> float:
    """By what the first end of a range is less than what was meant, where its thousands stand with the last alone."""
    words = [_tokens(end, language) for end in ends]
    if any(word in language.times for word in words[0]):
        return 1.0
    sizes = [_HUNDRED, _THOUSAND, _THOUSAND**2] if last >= _THOUSAND else [_HUNDRED]
    if any(word in language.times for word in words[1]):
        behind = itertools.takewhile(language.times.get, reversed(words[1]))
        sizes = list(itertools.accumulate((language.times[word] for word in behind), operator.mul))
    elif last >= _THOUSAND:
        sizes.remove(_HUNDRED)
    return max(
        (size for size in sizes if last % (size / _TEN) == 0 and first < last / size), default=1.0
    )


def _alone(text: str, language: _Language) -> float | None:
    """One number, in figures or in words."""
    figures = _figures(text.strip())
    return figures if figures is not None else _sum(_tokens(text, language), language)


def _tokens(text: str, language: _Language) -> list[str]:
    """Figures and words of a number one after the other; none where there is something else among them."""
    bare, values, at = _bare(text), [], 0
    while at < len(bare):
        match = _FIGURES.match(bare, at) or language.tokens.match(bare, at)
        if match is None:
            return []
        values.append(match[0])
        at = match.end()
    return values


def _figures(text: str) -> float | None:
    """Number in figures where it means one thing alone, with halves and quarters."""
    for sign, decimals in _SIGNS.items():
        if text.endswith(sign):
            whole = text.removesuffix(sign).strip() or "0"
            return float(f"{whole}{decimals}") if whole.isdecimal() else None
    if not _FIGURES.fullmatch(text) or _MAYBE_THOUSANDS.fullmatch(text):
        return None
    meant = numbers_meant(text.replace("'", "").replace("’", ""))
    return float(meant[0]) if len(meant) == 1 else None


def _sum(words: Iterable[str], language: _Language) -> float | None:
    """Value of words one after the other; None where they are no number, as digits in a row are none."""
    total, part, last, is_linked, is_told = 0.0, 0.0, 0.0, False, False
    for word in words:
        if word in language.links and word not in language.plain:
            is_linked = True
            continue
        is_told = True
        if word in language.times:
            total, part, last = _multiplied(total, part, last, language.times[word])
        else:
            value = language.plain[word] if word in language.plain else _figures(word)
            if value is None or not _may_follow(last, value, is_linked=is_linked):
                return None
            last += value
        is_linked = False
    return total + part + last if is_told else None


def _multiplied(total: float, part: float, last: float, size: float) -> tuple[float, float, float]:
    if size < _THOUSAND:
        return total, part + (last or 1.0) * size, 0.0
    higher = total // size * size
    return higher + ((total - higher + part + last) or 1.0) * size, 0.0, 0.0


def _may_follow(before: float, value: float, *, is_linked: bool) -> bool:
    """Whether a number is said after another of the same: three after twenty, and not after two."""
    if before == 0 or 0 < value < 1:
        return True
    if value >= _TEN and before < _TEN:
        return (
            is_linked and value % _TEN == 0 and value < _HUNDRED and before >= 1
        )  # dreiundzwanzig
    if before in _FRENCH_TENS and value < 2 * _TEN:
        return True
    power = 10.0 ** len(f"{value:.0f}")
    return before >= power and before % power == 0
