"""Words of dates in the languages that are read (date_words.json), and what each stands for: a text as rows of signs.

`m02` is a month, `s21` a season, `p0` the early part of something; a word that is known in no
language makes a text no date. A word of several senses gives several rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, product

from escape_route import packaged
from escape_route.model import calendars

_MOST_READINGS = 96
#: Words that are written as one: Spätsommer, Maiwoche, midwinter.
_COMPOUND = re.compile(
    r"\b(?:(?:spät|früh|hoch)(?=(?:sommer|herbst|winter)s?\b)|mid(?=(?:winter|autumn|spring)\b))|\b(?:januar|jänner|februar"
    r"|märz|april|mai|juni|juli|august|september|oktober|november|dezember)(?=woche|hälfte)"
)
_PHRASES = packaged.table("model/date_phrases.toml")
_SAID: Sequence[Sequence[str]] = _PHRASES["said"]
_PATTERNS = tuple((re.compile(pattern), said) for pattern, said in _PHRASES["patterns"])
#: Figures and marks as wide as Chinese letters: １９５０．１２．３.
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5E)}
#: A day told in two calendars: 25 October (7 November) 1917.
_TWO_DAYS = re.compile(r"(\d{1,2}\.? [^\W\d]+) \((\d{1,2}\.? [^\W\d]+)\),? (\d{4})")
_TWO_OF_A_MONTH = re.compile(r"(\d{1,2})(?:er)? ?\((\d{1,2})\)(?= [^\W\d])")
_HOURS = (
    *(
        "midnight",
        "midday",
        "noon",
        "dawn",
        "daybreak",
        "dusk",
        "sunrise",
        "sunset",
        "nightfall",
        "dark",
    ),
    *(
        "mitternacht",
        "mittag",
        "sonnenaufgang",
        "sonnenuntergang",
        "tagesanbruch",
        "einbruch der (?:nacht|dunkelheit)",
    ),
    *("minuit", "midi", "aube", "lever du jour", "lever du soleil", "coucher du soleil"),
    *("medianoche", "mediodía", "alba", "amanecer", "anochecer"),
)
_PARTS = (
    *("evening", "morning", "abend", "morgen", "vormittag", "nachmittag"),
    *("soir", "matin", "noche", "tarde", "mañana"),
)
#: Early or late in a part of a day, which says nothing of the month: early one morning in May, spät
#: am Abend, un matin très tôt.
_EARLY_OR_LATE = re.compile(
    r"(?:very )?\b(?:early|late) (?:(?:in the|at|the) )?"
    r"(?=(?:(?:next|following) )?(?:morning|afternoon|evening|night)\b)|"
    r"(?:very )?\b(?:early|late) (?:one|on an?) "
    r"(?=(?:[a-z]+ )?(?:morning|afternoon|evening|night)\b)|"
    r"(?:very )?\b(?:early|late) on (?=\d|the \d)|"
    r"(?:very )?\b(?:early|late) (?=that (?:morning|afternoon|evening|night)\b)|"
    r"(?:(?:ganz|sehr) )?\b(?:früh|spät)(?:e[nmrs]?)? "
    r"(?:(?=am nächsten|am folgenden)|am |in der |des |in )?"
    r"(?=(?:am (?:nächsten|folgenden) )?(?:morgen|vormittag|mittag|nachmittag|abend|nacht)s?\b)|"
    r"(?:très )?\b(?:tôt|tard) (?:un |le |dans la |en |au )?"
    r"(?=(?:matin|matinée|après-midi|soir|soirée|nuit)\b)|"
    r"(?:très )?\btôt (?=le lendemain\b)|(?:muy )?\btemprano (?=al día siguiente|al otro día)|"
    r"(?:(?<=matin)|(?<=soir)|(?<=soirée)|(?<=nuit)) (?:très )?(?:tôt|tard)\b|"
    r"(?:muy )?\b(?:temprano|tarde) (?:(?=una )|por la |en la |de la )?"
    r"(?=(?:una )?(?:mañana|noche)\b)|"
    r"(?<=mañana) (?:muy )?temprano\b|(?<=noche) (?:muy )?tarde\b|"
    r"(?:이른|늦은) ?(?=새벽|아침|낮|오후|저녁|밤)"
)
#: The night before Christmas is the day before it, and before midnight on 3 May is that day: hours
#: are not kept.
_PARTS_OF_DAYS = (
    (
        r",? ?\b(?:towards?|around|about|gegen|um|vers|hacia|sobre) (?:the |l'|le |la |el )?(?:"
        + "|".join((*_HOURS, *_PARTS))
        + r")\b(?! (?:before|after|vor|nach|avant|après|d'avant))(?: (?:on|of|am|des|vom|du|del|de)\b)?",
        "",
    ),
    (
        r"(?<=일) ?(?:새벽|아침|낮|한낮|정오|점심|저녁|밤|한밤|자정) ?(?:무렵|즈음|쯤|께|경|녘)에?",
        "",
    ),
    (r"(?<=\d),? (?:(?:ganz )?früh )?um (?:[a-zäöüß]{3,6}|\d{1,2})(?: uhr)?(?: früh)?$", ""),
    (r"(?<=\d),? (?:in der früh|(?:ganz )?früh(?: am morgen)?)$", ""),
    (
        r"(?:before|after|vor|nach|avant|après|antes de|antes del|después de) (?:the )?(?:l'|el |la )?(?:"
        + "|".join(_HOURS)
        + r")(?: (?:on|of|am|des|le|du|del|de))?(?= \d)",
        "",
    ),
    (
        r"(?:nights|nächte|nuits|noches) (?=before|after|later|vor|nach|später|avant|après|antes|después)",
        "days ",
    ),
    (
        r"(?:night|evening|afternoon|morning) before|(?:nacht|abend|nachmittag|morgen) vor",
        "one day before",
    ),
    (
        r"(?:night|evening|afternoon|morning) after|(?:nacht|abend|nachmittag|morgen) nach",
        "one day after",
    ),
    (
        r"(?:nuit|soir|soirée|matin|après-midi) (?:d')?avant|(?:noche|tarde|mañana) (?:antes de|anterior a)",
        "one day before",
    ),
    (
        r"(?:nuit|soir|soirée|matin) (?:d')?après|(?:noche|tarde|mañana) (?:después de|siguiente a)",
        "one day after",
    ),
)
#: What one figure says of another, or a letter of the figures after it: 1941 or '42, 1945ish,
#: pre-1945, 5.V.1945.
_LATER_YEAR = re.compile(r"(\d\d)(\d\d)( (?:\D+ '|(?:or|oder|ou|o) ))(\d\d)(?![\d.]| [^\W\d])")
_JOINED = (
    (re.compile(r"(?<=\d)-? ?ish\b"), " about"),
    (re.compile(r"\b(pre|post)-"), r"\1 "),
    (re.compile(r"\bو(?=\d)"), "و "),
    (re.compile(r"^[~≈](?=\d{4})"), "about "),
    (re.compile(r"(?<=\d{4}) ?[x×] ?(?=\d{4}\b|\d\d$)"), "-"),
    (re.compile(r"^days (?=before|after)"), "a few days "),
    (re.compile(r"^tage (?=vor|nach)"), "einige tage "),
    (
        re.compile(
            r"\bsome (?=(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty) )"
        ),
        "about ",
    ),
    *((re.compile(rf"\b(?:{parts})"), said) for parts, said in _PARTS_OF_DAYS),
)
#: The hour of a day, which is not kept: at 4:45, 5 a.m., um 4 Uhr, à 16h30, 오전 3시.
_CLOCK = re.compile(
    r",? ?(?:\b(?:at|around|about|um|gegen|à|vers|a las|hacia las) )?\b(?:"
    r"\d{1,2}:\d\d(?: ?(?:[ap]\.?m\b\.?|uhr\b|h\b))?|\d{1,2}(?:[.:]\d\d)? ?(?:[ap]\.?m\b\.?|uhr\b)"
    r"|\d{1,2} ?h ?\d\d\b)"
    r"|(?<=[일日]) ?(?:오전|오후|새벽|아침|저녁|밤|午前|午後|上午|下午)? ?\d{1,2}[시時点](?: ?\d{1,2}[분分])?"
)
#: A Vietnamese date, whose month stands behind its word, and Chinese figures before what they
#: count.
_VIETNAMESE = re.compile(r"(?:(?:ngày )?(\d{1,2}) )?tháng (\d{1,2})(?: ?/ ?| năm | )(\d{4})")
_CHINESE = re.compile(
    r"[〇零一二三四五六七八九十]+(?=[年月日号號])|(?<=月)初?[一二三四五六七八九十]+$|(?<=国|國)[一二三四五六七八九十]+(?=年)"
)
_FIGURES = "〇一二三四五六七八九"
#: Days in figures: 1944-01-15, 15.2.1944, 1950. 6. 25., and the first of two that leaves its year
#: to the other.
_BESIDE_WORDS = re.compile(
    r"(?<![\d.])(?:(?<!-)(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-]|[t ]\d\d:)"
    r"|(?P<e>\d{1,2})\. ?(?P<n>\d{1,2})\. ?(?P<z>\d{4})(?!\d)"
    r"|(?P<k>\d{4})\. ?(?P<o>\d{1,2})\. ?(?P<f>\d{1,2})\.?(?!\d)"
    r"|(?P<g>\d{1,2})\. ?(?P<l>\d{1,2})\.(?= ?(?:[/-]|bis(?: zum)?|und|oder|auf den) ?\d{1,2}\. ?\d{1,2}\. ?\d{4}))"
)
_NAMES = ("jan", "feb", "march", "april", "may", "june", "july", "aug", "sept", "oct", "nov", "dec")
_MONTHS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN_MONTH = re.compile(r"(\d{1,2})[./ -] ?(i{1,3}|iv|vi{0,3}|ix|xi{0,2})[./ -] ?(\d{4})")
#: Months in a row before one word for them, and two years with the stroke of Korean: 3, 4월;
#: 1940~41년.
_SEVERAL_MONTHS = re.compile(r"(?<!\d)(\d{1,2}), ?(?=\d{1,2} ?[월月])")
_KOREAN_YEARS = re.compile(r"(\d{4})~(\d\d)(?=년)")
#: Centuries by their Roman numbers: siglo XIX, XIXe siècle.
_ROMAN = ("xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi")
_FIRST_ROMAN = 15
_CENTURY = re.compile(
    r"(?<=\bsiglo )(?:xv(?:iii|ii|i)?|xix|xxi?)\b|\b(?:xv(?:iii|ii|i)?|xix|xxi?)(?=(?:e|eme|ème) siècle)"
)
#: A date whose parts strokes join: 5-May-1945, 1945-May.
_DASHED = re.compile(r"(\d{1,2})-([^\W\d]+)-(\d{4})|(\d{4})-([^\W\d]+)(?:-(\d{1,2}))?")
_MARKS = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|[/~-]|[^\s.,()\[\]'’]")
#: A month or season, and two figures that are no day of a month.
_SHORT_YEAR = re.compile(r"([^\W\d]+ )(?=(?:3[2-9]|[4-9]\d)$)")
_SHORT_YEARS = re.compile(r"(?<![\w'’])(?=(?:3[2-9]|[4-9]\d) ?[년年])")
_IN = frozenset(("in", "en", "im", "de", "del", "of"))
_A_SEASON = re.compile(r"s2\d")
#: How far the codes of the seasons of a half of the Earth lie from those that are of neither.
_HALVES = {"north": 4, "south": 8}
_BEFORE_A_YEAR = re.compile(r"m\d\d|s2\d|p\d|about|before|after|since|until")
_LONGEST_PHRASE = 4
_YEAR_DIGITS = 4
_FROM_TO = frozenset({"to", "since", "until"})
_OF_TWO = frozenset({*_FROM_TO, "before", "after", "about", "maybe"})


def plain(text: str) -> str:
    """Text in small letters, with figures of our own script, single blanks and one kind of dash."""
    figures = "".join(
        letter if (digit := unicodedata.decimal(letter, -1)) < 0 else str(digit) for letter in text
    )
    small = unicodedata.normalize("NFC", figures.casefold()).translate(_WIDE).replace("’", "'")
    folded = " ".join(small.split()).strip(" ,;.")
    for sign, *ways in _SAID:
        for said in ways:
            folded = folded.replace(said, sign)
    for pattern, read_as in _PATTERNS:
        folded = pattern.sub(read_as, folded)
    folded = _VIETNAMESE.sub(
        lambda match: "-".join(filter(None, (match[3], match[2].zfill(2), match[1]))), folded
    )
    folded = _BESIDE_WORDS.sub(_named_month, folded)
    folded = _CHINESE.sub(_chinese, folded)
    folded = _CENTURY.sub(lambda match: str(_ROMAN.index(match[0]) + _FIRST_ROMAN), folded)
    if dashed := _DASHED.fullmatch(folded):
        folded = " ".join(filter(None, dashed.groups()))
    if roman := _ROMAN_MONTH.fullmatch(folded):
        folded = f"{roman[3]}-{_MONTHS.index(roman[2]) + 1}-{roman[1]}"
    folded = _LATER_YEAR.sub(_in_full, _TWO_OF_A_MONTH.sub(r"\1/\2", folded))
    folded = without_hours(folded)
    for joined, apart in _JOINED:
        folded = joined.sub(apart, folded)
    folded = with_apostrophe(folded)
    folded = _SEVERAL_MONTHS.sub(r"\1~", _KOREAN_YEARS.sub(r"\1-\2", folded))
    apart = _TWO_DAYS.sub(r"\1 / \2 \3", _COMPOUND.sub(r"\g<0> ", folded))
    return re.sub(r"\b([dl])'", r"\1 ", apart)


def without_hours(text: str) -> str:
    """Text in small letters without how early or late in a part of a day something was.

    >>> without_hours("early one morning in may"), without_hours("late may"), without_hours("이튿날 늦은 밤")
    ('morning in may', 'late may', '이튿날 밤')
    """
    return _EARLY_OR_LATE.sub("", text)


def with_apostrophe(text: str) -> str:
    """Text with an apostrophe before the two figures of a year behind its words, or before a word for years.

    >>> with_apostrophe("late October 56"), with_apostrophe("en 42"), with_apostrophe("44년 봄")
    ("late October '56", "en '42", "'44년 봄")
    >>> with_apostrophe("October 26"), with_apostrophe("Juche 34"), with_apostrophe("44")
    ('October 26', 'Juche 34', '44')
    """
    match = _SHORT_YEAR.search(text)
    word = match[1].strip().casefold() if match else ""
    is_dated = word in _IN or any(map(_BEFORE_A_YEAR.fullmatch, _senses().get(word, ())))
    if _SHORT_YEARS.match(text):  # behind a word it may be of an era: 주체 34년
        return _SHORT_YEARS.sub("'", text)
    return _SHORT_YEAR.sub(r"\1'", text) if is_dated else text


def _in_full(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}{match[3].rstrip(chr(39))}{match[1]}{match[4]}"


def _named_month(match: re.Match[str]) -> str:
    """A day in figures with the name of its month: after 15.2.1944, 1944-01-15 to 1944-02-20; dots have the day first.

    >>> plain("bis 15.2.1944"), plain("1944-01-15 or 1944-01-17"), plain("15.2.-20.2.1944"), plain("1944-01-15")
    ('bis 15 feb 1944', '15 jan 1944 or 17 jan 1944', '15 feb-20 feb 1944', '1944-01-15')
    """
    if match.start() == 0 and match.end() == len(match.string):
        return match[0]
    year, month, day = (
        "".join(match[name] or "" for name in names) for names in ("yzk", "mnol", "defg")
    )
    is_month = 1 <= int(month) <= len(_NAMES)
    return f"{int(day)} {_NAMES[int(month) - 1]} {year}".strip() if is_month else match[0]


def _chinese(match: re.Match[str]) -> str:
    """Number in figures: of a year figure by figure, of a day or month up to thirty-one.

    >>> [plain(each) for each in ("一九四五年十月二十五日", "民国三十八年")]
    ['1945年10月25日', '民国38年']
    """
    text = match[0].removeprefix("初").replace("零", "〇")
    if "十" not in text:
        return "".join(str(_FIGURES.index(figure)) for figure in text)
    tens, ones = (
        _FIGURES.find(part) if len(part) == 1 else -len(part)
        for part in text.split("十", maxsplit=1)
    )
    return match[0] if min(tens, ones) < 0 else str(10 * (tens or 1) + ones)


def rows_of_signs(plain_text: str, half: str = "") -> Iterator[list[str]]:
    """Each way to read the words of a plain text; none where a word is known in no language.

    Seasons are of the half of the Earth that a word says, else of `half`, with the codes of EDTF:
    of neither, s21.
    """
    senses = _signs(_CLOCK.sub("", plain_text))
    for signs in islice(product(*senses), _MOST_READINGS) if senses else ():
        said = [sign for sign in signs if sign in _HALVES]
        more = _HALVES.get(said[0] if said else half, 0)
        unsaid = {"", *_HALVES, *(["whole"] if any(map(_is_of_weeks, signs)) else ())}
        read = (sign for sign in signs if sign not in unsaid)
        yield [f"s{int(sign[1:]) + more}" if _A_SEASON.fullmatch(sign) else sign for sign in read]


def _is_of_weeks(sign: str) -> bool:
    """Whether a sign is a season or a feast, of which one may say that it was all of it; New Year is of two years."""
    is_feast = sign in calendars.OUR_FEASTS or sign in calendars.OTHER_FEASTS
    return bool(_A_SEASON.fullmatch(sign)) or (is_feast and not sign.startswith("newyear"))


def _signs(plain_text: str) -> list[tuple[str, ...]] | None:
    """Signs of each word of a text in turn; None where a word is known in no language."""
    words = _MARKS.findall(_run_on().sub(r" \g<0> ", plain_text))
    rows: list[tuple[str, ...]] = []
    at = 0
    while at < len(words):
        phrases = (" ".join(words[at : at + length]) for length in range(_LONGEST_PHRASE, 0, -1))
        phrase = next((known for known in phrases if known in _senses()), words[at])
        if phrase not in _senses() and not re.fullmatch(r"\d+|[/-]", phrase):
            return None
        rows.append(_senses().get(phrase, (phrase,)))
        at += phrase.count(" ") + 1
    return rows


@cache
def _senses() -> Mapping[str, tuple[str, ...]]:
    senses: dict[str, tuple[str, ...]] = {}
    words: dict[str, str] = packaged.table("model/date_words.json")
    for sign, phrases in words.items():
        for phrase in phrases.casefold().split(", "):
            senses[phrase] = tuple(dict.fromkeys((*senses.get(phrase, ()), sign)))
    months: dict[str, list[int]] = packaged.table("model/month_names.json")
    for name, numbers in months.items():
        senses[name] = (*senses.get(name, ()), *(f"m{number:02d}" for number in numbers))
    return senses


@cache
def _run_on() -> re.Pattern[str]:
    """Words of scripts that put no blank between them, the longest first."""
    phrases = (
        phrase
        for phrase in _senses()
        if re.match("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]", phrase)
    )
    return re.compile("|".join(sorted(phrases, key=len, reverse=True)))


def has_two_ends(signs: Sequence[str]) -> bool:
    """Whether "before" or "after" before these signs is said of the first of two ends alone: not of 5 to 7 May."""
    ats = [at for at in range(1, len(signs) - 1) if parts_ends(signs, at)]
    return any(not all(map(_is_day, signs[:at])) for at in ats)


def _is_day(sign: str) -> bool:
    return sign == "day" or (sign.isdecimal() and len(sign) < _YEAR_DIGITS)


def parts_ends(signs: Sequence[str], at: int) -> bool:
    """Whether a sign parts two ends: a word for it, or a stroke between two that are more than years."""
    if signs[at] != "-":
        return signs[at] in _FROM_TO
    sides = signs[:at], signs[at + 1 :]
    are_whole = all(
        any(sign.isdecimal() and len(sign) == _YEAR_DIGITS for sign in side) for side in sides
    )
    is_more = any(not sign.isdecimal() and sign not in _OF_TWO for sign in signs[:at])
    return are_whole and is_more


def unframed(signs: Sequence[str], around: str, *, is_from: bool) -> tuple[Sequence[str], str]:
    """Signs of an end without the word that joins it at its outer side, and without its frame; and the frame."""
    for side in (0, -1):
        if len(signs) > 1 and around and signs[side] == around:
            signs = signs[1:] if side == 0 else signs[:-1]
    frames = {"before", "after", *(("until", "by", "since") if is_from else ())}
    for side in (0, -1):
        if len(signs) > 1 and signs[side] in frames:
            return (signs[1:] if side == 0 else signs[:-1]), signs[side]
    return signs, ""
