"""Dates as people tell them, in several languages and calendars, and what each may mean as EDTF.

Words become signs first (`m02` a month, `s21` a season, `p0` the early part of something), then a few forms are
matched, whatever the language and the order; a word that is known in no language makes a text no date. "Early", "mid"
and "late" are thirds: of a year four months, of a month ten days, of a decade three or four years; that is a judgement.
What may mean two things gives both.
"""

from __future__ import annotations

import json
import re
import unicodedata
from calendar import monthrange
from contextlib import suppress
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice, product
from typing import TYPE_CHECKING

from convertdate import islamic, julian

from escape_route.model import named_spans
from escape_route.model.dates import is_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_YEAR_DIGITS = 4
#: Signs, and the words that stand for each in the languages that are read; a phrase of several words is one.
_WORDS = {
    "m01": "jänner",
    "m02": "feber",
    "s21": "spring, frühling, frühlings, frühjahr, printemps, primavera, wiosna, wiosną, весна, весной, lente, "
    "voorjaar, vår, 봄, 春",
    "s22": "summer, sommer, sommers, été, verano, estate, verão, lato, latem, лето, летом, zomer, 여름, 夏",
    "s23": "autumn, fall, herbst, herbstes, automne, otoño, autunno, outono, jesień, jesienią, осень, осенью, herfst, "
    "höst, 가을, 秋",
    "s24": "winter, winters, hiver, invierno, inverno, zima, zimą, зима, зимой, vinter, 겨울, 冬",
    "p0": "early, beginning, start, first days, ersten tage, ersten tagen, premiers jours, früh, 연초, anfang, "
    "beginn, début, principios, comienzos, inizio, início, początek, начало, начале, begin, 초순, 초반, 초, "
    "初め, 初頭",
    "p1": "mid, middle, high, hoch, 한, mitte, milieu, mi, mediados, metà, meados, połowa, середина, "
    "середине, midden, 중순, 중반, 半ば, 中旬",
    "p2": "late, end, last days, letzten tage, letzten tagen, derniers jours, spät, 연말, 늦, ende, fin, "
    "finales, fines, fine, final, koniec, конец, конце, eind, einde, 하순, 후반, 말, 末",
    "about": "about, around, approximately, approx, circa, ca, c, um, etwa, ungefähr, gegen, vers, environ, hacia, "
    "alrededor, verso, około, około, около, ongeveer, rond, 경, 쯤, 무렵, 약, 頃, ごろ, 約",
    "before": "before, vor, avant, antes, prima, przed, до, перед, voor, 이전, 전, 以前",
    "after": "after, nach, après, después, dopo, depois, после, na, 이후, 후, 以後, 以降",
    "until": "until, till, up to, by, not later than, no later than, spätestens, au plus tard, bis, jusqu'en, "
    "jusqu'à, hasta, fino a, fino al, até, tot, 까지, まで",
    "since": "since, from, ab, seit, depuis, à partir, desde, dal, von, vom, vanaf, od, с, 부터, から",
    "or": "or, oder, ou, o, oppure, lub, или, 또는, 혹은, または",
    "to": "to, and, und, et, bis, à, au, a, y, e, i, и, по, en, ~, –, 에서",
    "between": "between, zwischen, entre, tra, między, между, tussen, 사이",
    "xmas": "christmas, weihnachten, noël, navidad, natale, natal, boże narodzenie, рождество, kerstmis, 성탄절, "
    "크리스마스, クリスマス",
    "ashwednesday": "ash wednesday, aschermittwoch, mercredi des cendres, miércoles de ceniza, 재의 수요일",
    "palmsunday": "palm sunday, palmsonntag, dimanche des rameaux, domingo de ramos, 종려주일",
    "goodfriday": "good friday, karfreitag, vendredi saint, viernes santo, venerdì santo, 성금요일, 聖金曜日",
    "easter": "easter, ostern, pâques, pascua, pasqua, páscoa, wielkanoc, pasen, 부활절, 復活祭",
    "orthodoxeaster": "orthodox easter, orthodoxe ostern, orthodoxes ostern, pâques orthodoxes, pâque orthodoxe, "
    "пасха, пасху, великдень",
    "eastersunday": "easter sunday, easter day, ostersonntag, dimanche de pâques, domingo de pascua, 부활주일",
    "eastermonday": "easter monday, ostermontag, lundi de pâques, lunes de pascua",
    "ascension": "ascension, ascension day, himmelfahrt, christi himmelfahrt, ascensión, 승천일",
    "whitsun": "whitsun, whitsuntide, pentecost, pfingsten, pentecôte, pentecostés, pentecoste, zielone świątki, "
    "pinksteren, 성령강림절, 오순절, 聖霊降臨祭",
    "whitsunday": "whit sunday, whitsunday, pfingstsonntag, dimanche de pentecôte, 성령강림주일",
    "whitmonday": "whit monday, pfingstmontag, lundi de pentecôte",
    "corpuschristi": "corpus christi, fronleichnam, fête - dieu",
    "xmaseve": "christmas eve, heiligabend, heiliger abend, réveillon de noël, nochebuena, 성탄 전야, 크리스마스 이브",
    "xmasday": "christmas day",
    "newyearseve": "new year's eve, silvester, saint - sylvestre, la saint - sylvestre, nochevieja, 大晦日",
    "turn": "turn of year, jahreswechsel",
    "week": "week, woche, semaine, semana, settimana, tydzień, неделя, неделе, неделю, 주, 주차, 주간, 週",
    "o1": "first, erste, ersten, première, premier, primera, 첫, 첫째, 첫 번째",
    "o2": "second, zweite, zweiten, deuxième, seconde, segunda, 둘째, 두 번째",
    "o3": "third, dritte, dritten, troisième, tercera, 셋째, 세 번째",
    "o4": "fourth, vierte, vierten, quatrième, cuarta, 넷째, 네 번째",
    "o5": "last, letzte, letzten, dernière, última, 마지막",
    "newyear": "new year's day, new year, neujahr, nouvel an, año nuevo, capodanno, ano novo, nowy rok, новый год, "
    "nieuwjaar, 신정, 元日",
    "decade": "s, er, er jahre, er jahren, années, años, anni, anos, lata, latach, годы, годах, jaren, 年代, 년대",
    "century": "century, jahrhundert, jh, jhd, siècle, siglo, secolo, século, wiek, wieku, век, века, eeuw, 세기, 世紀",
    "h0": "first half, erste hälfte, ersten hälfte, première moitié, premier semestre, 상반기, 전반기, 上半期",
    "h1": "second half, zweite hälfte, zweiten hälfte, seconde moitié, deuxième moitié, second semestre, "
    "하반기, 후반기, 下半期",
    "maybe": "probably, perhaps, maybe, possibly, wahrscheinlich, vermutlich, vielleicht, probablement, peut - être, "
    "sans doute, 아마, 아마도, おそらく",
    "dangun": "단기, dangun, dangi",
    "be": "be, b e, buddhist era, buddhist, พ ศ, 불기, 仏暦",
    "juche": "juche, 주체",
    "ah": "ah, a h, hijri, anno hegirae",
    "os": "os, o s, old style, julian, julian calendar, alten stils, julianisch, vieux style, ancien style, julien, "
    "ст ст, 율리우스력",
    "day": "st, nd, rd, th, er, ème, e, ème, 일, 日",
    "year": "년, 年",
    "month": "월, 月",
    "": "the, of, in, on, at, year, years, der, die, das, des, dem, im, am, jahr, jahre, jahres, le, les, la, l, du, "
    "de, d, an, année, à, à l, au, aux, dans, en, den, del, el, los, año, di, nel, anno, roku, rok, r, г, гг, года, "
    "году, год, het, der, um die, 에",
}
_MOST_READINGS = 16
#: Words that are written as one: Spätsommer, Maiwoche, midwinter.
_COMPOUND = re.compile(
    r"\b(?:spät|früh|hoch|mitt|mid)(?=(?:sommer|herbst|winter|summer|autumn|spring)s?\b)|\b(?:januar|jänner|februar"
    r"|märz|april|mai|juni|juli|august|september|oktober|november|dezember)(?=woche)"
)
_MARKS = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|[/~–-]|[^\s.,()\[\]'’]")
_LONGEST_PHRASE = 3
_NUMBERS = re.compile(r"(\d{1,4})[./ -](\d{1,2})[./ -](\d{1,4})")
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[./ -](\d{4})")
_YEARS = re.compile(r"(\d{4}) ?[\N{EN DASH}-] ?(\d{4})")
_SHORT_YEARS = re.compile(r"(\d\d)(\d\d) ?[\N{EN DASH}-] ?(\d\d)")


@lru_cache(maxsize=4096)
def meanings(text: str) -> tuple[str, ...]:
    """EDTF dates that a date may mean which people wrote in another way; none where that cannot be told.

    Parameters
    ----------
    text
        Such as ``5 December 1915``, ``12/1915``, ``spring 1945``, ``Ende Februar 1940``, ``1945년 봄``, ``1941 or
        1942``, ``before 1945``, ``the 1940s``, ``1914-18``, ``2488 BE``, ``1 March 1917 O.S.``. The day comes first
        or the month, so a date such as ``12/05/1915`` has two meanings; a year has four figures.

    Examples
    --------
    >>> meanings("12/05/1915"), meanings("25.12.1915"), meanings("May 1915"), meanings("12/05/15")
    (('1915-05-12', '1915-12-05'), ('1915-12-25',), ('1915-05',), ())
    >>> meanings("spring 1945"), meanings("Winter 1940/41"), meanings("fin février 1940"), meanings("주체 34년")
    (('1945-21',), ('1940-12/1941-02',), ('1940-02-21/1940-02-29',), ('1945',))
    """
    plain = _plain(text)
    found = (*_by_numbers(plain), *_by_words(plain))
    return tuple(dict.fromkeys(filter(is_date, found)))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFC", text.casefold()).replace("’", "'")
    apart = _COMPOUND.sub(r"\g<0> ", " ".join(folded.split()).strip(" ,;.").replace("turn of the year", "turn of year"))
    return re.sub(r"\b([dl])'", r"\1 ", apart)


def _by_numbers(plain: str) -> Iterator[str]:
    """Dates of figures alone, days that no month has among them."""
    numbers, month = _NUMBERS.fullmatch(plain), _MONTH_AND_YEAR.fullmatch(plain)
    years, short = _YEARS.fullmatch(plain), _SHORT_YEARS.fullmatch(plain)
    if numbers and len(numbers[1]) == _YEAR_DIGITS:
        yield _day(numbers[1], numbers[2], numbers[3])
    elif numbers and len(numbers[3]) == _YEAR_DIGITS:
        yield _day(numbers[3], numbers[2], numbers[1])
        yield _day(numbers[3], numbers[1], numbers[2])
    elif month:
        yield f"{month[2]}-{int(month[1]):02d}"
    elif years:
        yield f"{years[1]}/{years[2]}"
    elif short and int(short[3]) > int(short[2]):
        yield f"{short[1]}{short[2]}/{short[1]}{short[3]}"


def _by_words(plain: str) -> Iterator[str]:
    """Dates of words and figures: each way to read the words that have several senses."""
    senses = _signs(plain)
    if senses is not None:
        for signs in islice(product(*senses), _MOST_READINGS):
            yield from _told([sign for sign in signs if sign])


def _signs(plain: str) -> list[tuple[str, ...]] | None:
    """Signs of each word of a text in turn; None where a word is known in no language."""
    words = _MARKS.findall(_run_on().sub(r" \g<0> ", plain))
    found: list[tuple[str, ...]] = []
    at = 0
    while at < len(words):
        phrases = (" ".join(words[at : at + length]) for length in range(_LONGEST_PHRASE, 0, -1))
        phrase = next((each for each in phrases if each in _senses()), words[at])
        if phrase not in _senses() and not re.fullmatch(r"\d+|[/–-]", phrase):
            return None
        found.append(_senses().get(phrase, (phrase,)))
        at += phrase.count(" ") + 1
    return found


@cache
def _senses() -> Mapping[str, tuple[str, ...]]:
    """Signs of each phrase: words first, then names of months."""
    found: dict[str, tuple[str, ...]] = {}
    for sign, phrases in _WORDS.items():
        for phrase in phrases.split(", "):
            found[phrase] = tuple(dict.fromkeys((*found.get(phrase, ()), sign)))
    path = files("escape_route").joinpath("model", "month_names.json")
    months: dict[str, list[int]] = json.loads(path.read_text("utf-8"))
    for name, numbers in months.items():
        found[name] = (*found.get(name, ()), *(f"m{number:02d}" for number in numbers))
    return found


@cache
def _run_on() -> re.Pattern[str]:
    """Words of scripts that put no blank between them, the longest first."""
    phrases = (each for each in _senses() if re.match("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]", each))
    return re.compile("|".join(sorted(phrases, key=len, reverse=True)))


def _told(signs: Sequence[str]) -> Iterator[str]:
    """Dates of a row of signs: joined, framed by a word such as "before", in another calendar, or alone."""
    for joint, form in (("or", "[{},{}]"), ("to", "{}/{}"), ("since", "{}/{}"), ("until", "{}/{}")):
        if joint in signs[1:-1]:
            at = signs.index(joint, 1)
            around = _AROUND[joint]
            first, last = ([each for each in part if each not in around] for part in (signs[:at], signs[at + 1 :]))
            yield from _joined(first, last, form)
    frames = [sign for sign in (*signs[:1], *signs[-1:]) if sign in _FRAMES]
    if len(frames) == 1:
        rest = [sign for sign in signs if sign != frames[0]]
        yield from filter(None, map(_FRAMES[frames[0]], _date(rest)))
    yield from _date(signs)


def _joined(first: Sequence[str], last: Sequence[str], form: str) -> Iterator[str]:
    """Two dates as one; the first may leave its year, or its month, to the second: 5 to 7 May 1945."""
    lent = [sign for sign in last if _YEAR.fullmatch(sign) or _MONTH.fullmatch(sign)]
    for given in (first, [*first, *lent], [*first, *lent[-1:]]):
        pairs = [(one, other) for one in _date(given) for other in _date(last)]
        if pairs:
            yield from (form.format(one.split("/")[0], other.split("/")[-1]) for one, other in pairs)
            return


def _date(signs: Sequence[str]) -> Iterator[str]:
    """One date: the kinds of its signs say its form, whatever their order."""
    kinds = _kinds(signs)
    if kinds is None:
        return
    maker = _FORMS.get(frozenset(kinds))
    made = None
    with suppress(ValueError, OverflowError):  # a feast of the year 0, a week beyond the year 9999
        made = maker(kinds) if maker else None
    if made:
        yield from [made] if isinstance(made, str) else made


def _kinds(signs: Sequence[str]) -> dict[str, str] | None:
    """Signs by what they are; None where one is none of a date, or stands twice."""
    found: dict[str, str] = {}
    for at, sign in enumerate(signs):
        follows = signs[at + 1] if at + 1 < len(signs) else ""
        before = signs[at - 1] if at else ""
        kind, value = _kind(sign, follows, before, is_told="year" in found)
        if kind in found or kind == "none":
            return None
        if kind:
            found[kind] = value
    return found


def _kind(sign: str, follows: str, before: str, *, is_told: bool) -> tuple[str, str]:
    """Kind and value of a sign, with those beside it and whether there is a year; no kind for what says nothing."""
    if sign in {"year", "day", "month"}:
        return ("none", "") if sign == "day" and _YEAR.fullmatch(before) else ("", "")
    if sign in {"/", "-", "\N{EN DASH}"}:
        return ("", "") if before and (before[:1] == "p" or _NEXT.fullmatch(follows)) else ("none", "")
    if sign.isdecimal():
        return _number(sign, follows, before, is_told=is_told)
    kind = _SIGNS.get(sign[:1] if sign[1:].isdecimal() else sign, "none")
    return kind, sign


def _number(sign: str, follows: str, before: str, *, is_told: bool) -> tuple[str, str]:
    if before in {"/", "-", "\N{EN DASH}"} and is_told:
        return "next", sign
    if follows == "month":
        return "month", f"m{int(sign):02d}"
    if _YEAR.fullmatch(sign):
        return "year", sign
    return ("day", sign) if len(sign) <= 2 and follows != "year" else ("count", sign)  # noqa: PLR2004  # days of a month


def _season(kinds: Mapping[str, str]) -> str | None:
    """Season of a year; a winter of two years is its three months."""
    year, season = kinds["year"], kinds["season"][1:]
    if "next" not in kinds:
        return f"{year}-{season}"
    following = str(int(year) + 1)
    is_winter = int(season) == _WINTER and following.endswith(kinds["next"])
    return f"{year}-12/{following}-02" if is_winter else None


def _third(kinds: Mapping[str, str]) -> str:
    """Third of a year: one of the codes of EDTF for four months."""
    return f"{kinds['year']}-{37 + int(kinds['part'][1:])}"


def _third_of_season(kinds: Mapping[str, str]) -> list[str]:
    """Third of a season; the middle or end of a winter that is told by one year is of that winter or of the next."""
    year, season, part = int(kinds["year"]), int(kinds["season"][1:]), int(kinds["part"][1:])
    if "next" in kinds:
        is_winter = season == _WINTER and str(year + 1).endswith(kinds["next"])
        return [named_spans.third_of_season(year, season, part)] if is_winter else []
    begins = (year - 1, year) if season == _WINTER and part else (year,)
    return [named_spans.third_of_season(each, season, part) for each in begins]


def _week(kinds: Mapping[str, str]) -> str | None:
    """Week of a month by its number, or the one from a day on: the third week of May, the week of 7 May."""
    year, month = int(kinds["year"]), int(kinds["month"][1:])
    signs = list(kinds)
    if "ordinal" not in kinds and signs.index("week") < signs.index("day"):
        return named_spans.week_from(year, month, int(kinds["day"]))
    number = int(kinds["ordinal"][1:] if "ordinal" in kinds else kinds["day"])
    return named_spans.week(year, month, number) if 1 <= number <= named_spans.LAST_WEEK else None


def _turn(kinds: Mapping[str, str]) -> str | None:
    """Turn of two years that follow one another: the last day and the first."""
    years = _two_years(kinds)
    return years and "{}-12-31/{}-01-01".format(*years.split("/"))


def _decade(kinds: Mapping[str, str]) -> str | None:
    return f"{kinds['year'][:3]}X" if kinds["year"].endswith("0") else None


def _third_of_decade(kinds: Mapping[str, str]) -> str | None:
    first, last = ((0, 3), (4, 6), (7, 9))[int(kinds["part"][1:])]
    decade = kinds["year"][:3]
    return f"{decade}{first}/{decade}{last}" if kinds["year"].endswith("0") else None


def _third_of_month(kinds: Mapping[str, str]) -> str:
    year, month = kinds["year"], kinds["month"][1:]
    days = monthrange(int(year), int(month))[1]
    first, last = ((1, 10), (11, 20), (21, days))[int(kinds["part"][1:])]
    return f"{year}-{month}-{first:02d}/{year}-{month}-{last:02d}"


def _half(kinds: Mapping[str, str]) -> str:
    """Half of a year, as its months: the code of EDTF for it is taken for years elsewhere."""
    return (
        f"{kinds['year']}-01/{kinds['year']}-06" if kinds["half"] == "h0" else f"{kinds['year']}-07/{kinds['year']}-12"
    )


def _century(kinds: Mapping[str, str]) -> str | None:
    number = int(kinds["day"])
    return f"{number - 1:02d}XX" if 1 <= number <= _CENTURIES else None


def _two_years(kinds: Mapping[str, str]) -> str | None:
    """Two years that follow one another, the second by its last figures: 1941/42."""
    following = str(int(kinds["year"]) + 1)
    return f"{kinds['year']}/{following}" if following.endswith(kinds["next"]) else None


def _feast(kinds: Mapping[str, str]) -> str:
    """Feast of a year."""
    name = kinds["feast"].removeprefix("orthodox")
    return named_spans.feast(name, int(kinds["year"]), is_orthodox=name != kinds["feast"])


def _day_of(kinds: Mapping[str, str]) -> str:
    return _day(kinds["year"], kinds["month"][1:], kinds["day"])


def _julian(kinds: Mapping[str, str]) -> str | None:
    """Day of the Julian calendar in the Gregorian one."""
    try:
        year, month, day = julian.to_gregorian(int(kinds["year"]), int(kinds["month"][1:]), int(kinds["day"]))
    except ValueError:
        return None
    return _day(f"{year:04d}", str(month), str(day))


def _islamic(kinds: Mapping[str, str]) -> str:
    """Year of the Islamic calendar as the months of the Gregorian one that it touches."""
    year = int(kinds.get("count") or kinds["year"])
    first, last = islamic.to_gregorian(year, 1, 1), islamic.to_gregorian(year, 12, 29)
    return f"{first[0]:04d}-{first[1]:02d}/{last[0]:04d}-{last[1]:02d}"


def _before(text: str) -> str | None:
    """All until the year, month or day before a date; None where that is not told by one of these."""
    start = text.split("/", maxsplit=1)[0]
    previous = _moved(start, -1)
    return previous and f"../{previous}"


def _after(text: str) -> str | None:
    following = _moved(text.rsplit("/", maxsplit=1)[-1], 1)
    return following and f"{following}/.."


def _moved(text: str, by: int) -> str | None:
    """Year, month or day that comes before or after one."""
    parts = [int(part) for part in text.split("-")] if re.fullmatch(r"\d{4}(-\d\d){0,2}", text) else []
    if len(parts) == 1:
        return f"{parts[0] + by:04d}"
    if len(parts) == 2:  # noqa: PLR2004  # a month, or a season, which has none before it
        months = parts[0] * _MONTHS + parts[1] - 1 + by
        return f"{months // _MONTHS:04d}-{months % _MONTHS + 1:02d}" if parts[1] <= _MONTHS else None
    return (date(*parts) + timedelta(days=by)).isoformat() if parts else None


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02d}-{int(day):02d}"


_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"m\d\d")
_NEXT = re.compile(r"\d\d(?:\d\d)?")
_MONTHS, _WINTER = 12, 24
_BUDDHA, _JUCHE, _DANGUN, _CENTURIES = 543, 1911, 2333, 21
_SIGNS = {
    "m": "month",
    "s": "season",
    "p": "part",
    "h": "half",
    "century": "century",
    "dangun": "dangun",
    "decade": "decade",
    "os": "os",
    "ah": "ah",
    "be": "be",
    "juche": "juche",
    "o": "ordinal",
    "week": "week",
    "turn": "turn",
    **dict.fromkeys((*named_spans.FEASTS, "orthodoxeaster"), "feast"),
}
#: Words that may frame two dates that are joined by another.
_AROUND = {"or": set[str](), "to": {"between", "since"}, "since": {"until"}, "until": {"since"}}
_FRAMES: Mapping[str, Callable[[str], str | None]] = {
    "about": lambda text: "/".join(f"{end}~" for end in text.split("/")),
    "maybe": lambda text: "/".join(f"{end}?" for end in text.split("/")),
    "before": _before,
    "after": _after,
    "until": lambda text: f"../{text.split('/')[-1]}",
    "since": lambda text: f"{text.split('/')[0]}/..",
}
_FORMS: Mapping[frozenset[str], Callable[[Mapping[str, str]], str | list[str] | None]] = {
    frozenset(kinds.split()): maker
    for kinds, maker in (
        ("year", lambda kinds: kinds["year"]),
        ("year month", lambda kinds: f"{kinds['year']}-{kinds['month'][1:]}"),
        ("year month day", _day_of),
        ("year season", _season),
        ("year season next", _season),
        ("year next", _two_years),
        ("year season part", _third_of_season),
        ("year season next part", _third_of_season),
        ("year month ordinal week", _week),
        ("year month day week", _week),
        ("year next turn", _turn),
        ("year half", _half),
        ("day century", _century),
        ("year dangun", lambda kinds: f"{int(kinds['year']) - _DANGUN:04d}"),
        ("year part", _third),
        ("year month part", _third_of_month),
        ("year decade", _decade),
        ("year decade part", _third_of_decade),
        ("year feast", _feast),
        ("year month day os", _julian),
        ("year be", lambda kinds: f"{int(kinds['year']) - _BUDDHA:04d}"),
        ("day juche", lambda kinds: str(int(kinds["day"]) + _JUCHE)),
        ("count juche", lambda kinds: str(int(kinds["count"]) + _JUCHE)),
        ("count ah", _islamic),
        ("year ah", _islamic),
    )
}
