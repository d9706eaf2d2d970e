"""What people type into a table: other words than those of the format, degrees and radii, and how one went.

No mode is that of an animal or a cart: a road's pace is that of motor cars. Such words are read as
unknown, and told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from escape_route import packaged
from escape_route.model.modes import Mode
from escape_route.model.units import UNITS, Quantity, nearest, units_called
from escape_route.model.vocabulary import Flight, Outcome, Precision, Role, Word, Wording

#: By column: what other headers likely mean it, in small letters.
_HEADERS: Mapping[str, Sequence[str]] = packaged.table("formats/tables/words.toml")["headers"]
#: Headers that are read as a column, where it is not there or empty; others may hold another unit,
#: or be private.
_READ_AS = {
    word: column
    for column, words in packaged.table("formats/tables/words.toml")["headers_read"].items()
    for word in words.split(", ")
}
#: Headers of a column that holds both coordinates.
PAIRS = frozenset(_HEADERS['"lat" and "lon", a column each'])
_READ = ("name_en", "within", "when", "stay", "mode", "sources")
#: By column: the table that its value is a row of, each with what others likely mean it.
_WORDS: dict[str, type[Word]] = {
    "mode": Mode,
    "role": Role,
    "precision": Precision,
    "wording": Wording,
    "quantity": Quantity,
    "flight": Flight,
    "outcome": Outcome,
}
#: By column: the table of a catalogue that has our words for its values.
CATALOGUED = {"consent_basis": "basis", "kind": "source"} | {
    name: name for name in ("status", "mode", "precision", "outcome")
}
_FIRST = re.compile(r"\w+")
_A_BOAT = re.compile(
    r"(?:(?! (?:and|or|und|oder) )[^,;/&+])+ boat|(?:(?! (?:und|oder) )[^,;/&+])*boot"
)
_BY = re.compile(
    "^(?:by|in|on|mit|per|en|avec|con)(?: (?:an?|the|de[mr]|einem|einer|une?|una|le|la|el))? "
)


def header(text: str, taken: frozenset[str]) -> str | None:
    """Column that a header likely means, in words; None where it means none, or that column is there already."""
    plain = " ".join(text.lower().split())
    known = next((column for column, others in _HEADERS.items() if plain in others), None)
    return None if known is None or taken & set(_FIRST.findall(known)) else known


def read_as(text: str) -> str | None:
    """Header of the column that another header is read as; None where it is asked, or nobody's.

    >>> read_as("Country"), read_as("Ort"), read_as("notes"), read_as("radius km")
    ('within', 'name_de', None, None)
    """
    plain = " ".join(text.lower().split())
    meant = (header(text, frozenset()) or "").strip('"')
    return _READ_AS.get(plain) or (meant if meant in _READ else None)


def choice(column: str, text: str) -> str | None:
    """Value of a column that a word likely means.

    >>> choice("mode", "by train"), choice("role", "Border"), choice("mode", "rocket")
    ('rail', 'crossing', None)
    >>> choice("mode", "ferry")
    'boat_along" or "boat_across" or "sea'
    """
    folded = " ".join(text.lower().split())
    plain = _BY.sub("", folded)
    if column == "unit":
        others = {unit.name: unit.also for unit in UNITS.values()}
    else:
        others = _others(column)
    spelled = {
        folded,
        plain,
        *([plain.removesuffix("s")] if column == "mode" else []),
    }  # cattle trucks
    values = '" or "'.join(value for value, also in others.items() if spelled & {*also})
    if not values and column == "mode":
        return mode_told(folded) or (choice("mode", "boat") if _A_BOAT.fullmatch(plain) else None)
    return values or None


def sizes_of(units: str) -> str:
    """How long the units are that a word may mean, behind the question which.

    >>> sizes_of('li" or "ri_korean')
    ' (500 m in China, 393 m in Korea)'
    """
    rows = [UNITS[name] for name in units.split('" or "') if name in UNITS]
    return f" ({', '.join(f'{unit.size:,.0f} m {_in(unit.place)}' for unit in rows)})"


def _in(place: str) -> str:
    return place if place.startswith(("at ", "every")) else f"in {place}"


def may_be(text: str) -> str:
    """What is said of the unit at the end of a text whose word may have meant another; empty of any other.

    >>> may_be("zwanzig Meilen").partition(":")[0], may_be("20 km")
    ('an English mile of 1.6 km', '')
    """
    last = (re.findall(r"[^\W\d_]+", text.lower()) or [""])[-1]
    others = packaged.table("formats/tables/words.toml")["unit_may_be"]
    return next((remark for words, remark in others.items() if last in words.split(", ")), "")


def agree(column: str, one: str, other: str) -> bool:
    """Whether two words of a column may mean the same.

    >>> agree("unit", "ri_korean", "리"), agree("wording", "ca.", "about"), agree("unit", "km", "miles")
    (True, True, False)
    """

    def meant(word: str) -> set[str]:
        return {word.strip().lower(), *(choice(column, word) or "").split('" or "')} - {""}

    return not meant(one).isdisjoint(meant(other))


@cache
def _others(column: str) -> dict[str, tuple[str, ...]]:
    typed = packaged.table("formats/tables/words.toml").get(column, {})
    said = _as_we_say(CATALOGUED.get(column, ""))
    values = dict.fromkeys((*map(str, _WORDS.get(column, typed)), *said))
    return {
        value: (*filter(None, typed.get(value, "").split(", ")), *said.get(value, ()))
        for value in values
    }


def _as_we_say(table: str) -> dict[str, list[str]]:
    """Words that the program itself has for the values of a table, in each of its languages."""
    ours: dict[str, list[str]] = {}
    for file in (
        sorted((files("escape_route") / "language" / "words").iterdir(), key=str) if table else ()
    ):
        for key, text in json.loads(file.read_text("utf-8")).items():
            if key.startswith(f"{table}.") and isinstance(text, str) and "{" not in text:
                words = ours.setdefault(key.partition(".")[2], [])
                words += {text.lower(), text.lower().replace("’", "'")} - {*words}
    return ours


_PART = r"(\d{1,3}(?:[.,]\d+)?)"
_LETTER = r"(n|s|e|w|north|south|east|west)?"
_MINUTES = rf"(?:\s*{_PART}\s*(?:['′’´]|min\.?|(?=\s|[nsew]|$)))?"
_SECONDS = rf"(?:\s*{_PART}\s*(?:[\"″”]|''|′′|’’|sec\.?|(?=\s|[nsew]|$)))?"
_DEGREES = re.compile(
    rf"{_LETTER}\s*([+−-])?{_PART}\s*(?:(°|º|deg\.?|degrees|(?=\s\d))(?:{_MINUTES}{_SECONDS}))?\s*{_LETTER}",
    re.IGNORECASE,
)
#: A radius: perhaps a word for at most, a number, a unit.
_RADIUS = re.compile(
    r"(?:within|up to|at most|max\.?|innerhalb von|bis zu|dans un rayon de|반경|최대)?\s*"
    r"(\d.*?)\s*([^\W\d]+(?: [^\W\d]+)?)\.?(?: 이내)?",
    re.IGNORECASE,
)
_SIXTY = 60
LONGEST = 80  # characters of a number with its words: more would take long to find none in
#: Decimals of a degree that a minute and a second stand for: 110 m and 1 m, finer than either.
_DECIMALS = {1: 3, 2: 5}
_MOST_DECIMALS = 7


def degrees(text: str) -> tuple[float, str] | None:
    r"""Degrees that are marked as such, south and west negative, and the letter: N, S, E, W or none.

    >>> degrees("38°34'N"), degrees("W 7,9°"), degrees("7° 54' 30\" west"), degrees("38.57")
    ((38.567, 'N'), (-7.9, 'W'), (-7.90833, 'W'), None)
    """
    match = _DEGREES.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if match is None:
        return None
    before, sign, whole, mark, minutes, seconds, after = match.groups()
    letter = (before or after or "")[:1].upper()
    parts = [part.replace(",", ".") for part in (whole, minutes, seconds) if part]
    fractions = "." in "".join(parts[:-1])
    if (
        not (mark or letter)
        or (before and after)
        or (sign and letter)
        or (seconds and not minutes)
        or fractions
    ):
        return None
    if any(float(part) >= _SIXTY for part in parts[1:]):
        return None
    value = sum(float(part) / _SIXTY**power for power, part in enumerate(parts))
    decimals = _DECIMALS.get(len(parts) - 1, 0) + len(parts[-1].partition(".")[2])
    south_or_west = letter in {"S", "W"} or sign in {"-", "−"}
    return round(-value if south_or_west else value, min(decimals, _MOST_DECIMALS)), letter


def pair(text: str) -> tuple[str, str] | None:
    """Both coordinates of a cell that holds two.

    >>> pair("38.57, -7.9"), pair("38°34'N 7°54'W"), pair("38,57"), pair("38.57")
    (('38.57', '-7.9'), ("38°34'N", "7°54'W"), ('38', '57'), None)
    """
    for match in re.finditer(r"\s*[;,/]\s*|\s+", text.strip()):
        halves = text.strip()[: match.start()], text.strip()[match.end() :]
        if all(
            re.fullmatch(r"[+−-]?\d{1,3}(?:[.,]\d+)?", half) or degrees(half) for half in halves
        ):
            return halves
    return None


def pair_in_words(text: str) -> tuple[str, str, str] | None:
    """Latitude and longitude that stand among the words of a name, and the words; None where there are none.

    >>> pair_in_words("Hue (16.46, 107.59)"), pair_in_words("38°34'N 7°54'W"), pair_in_words("Camps 3, 4")
    (('16.46', '107.59', 'Hue'), ("38°34'N", "7°54'W", ''), None)
    """
    plain = text[:LONGEST].strip()
    cuts = [
        match.start() for match in re.finditer(r"(?:^|(?<=[\s(]))[+−-]?\d|[(]|\b[NS] ?\d", plain)
    ]
    for at in cuts:
        halves = pair(plain[at:].strip("( )"))
        if halves and all(re.search(r"\d[.,]\d|[°ºNSEW]", half) for half in halves):
            return (*halves, plain[:at].strip(" ,:;(@"))
    return None


def radius(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Number of a radius with its unit, and the units that its word may mean.

    >>> radius("20 km"), radius("500m"), radius("3 miles"), radius("within 20 nautical miles"), radius("20")
    (('20', ('km',)), ('500', ('m',)), ('3', ('mi',)), ('20', ('nmi',)), None)
    """
    match = _RADIUS.fullmatch(text.strip()) if len(text) <= LONGEST else None
    units = units_called(match[2]) if match else ()
    return (match[1], units) if match and units else None


def radius_fix(text: str) -> str:
    """How to write a radius that is told as a range, as about so much, in a unit of several lengths, or as a time.

    >>> radius_fix("about 20 km"), radius_fix("20-30 km"), radius_fix("far")
    ('write 20 km, or more where that may not hold it', 'write 30 km', 'metres, or a number with its unit: 20 km')
    >>> radius_fix("3 ri"), radius_fix("a day's walk").partition(":")[0]
    ('write 3 ri_korean (1.2 km), or 3 ri_japanese (12 km)', 'a time and no length')
    """
    match = _NUMBERS.search(text[:LONGEST])
    units = units_called(match[3]) or nearest(match[3], Quantity.DISTANCE) if match else ()
    if match and len(units) > 1:
        number = float(match[2] or match[1])
        return "write " + ", or ".join(
            f"{number:g} {unit} ({number * UNITS[unit].size / 1000:.2g} km)" for unit in units
        )
    if any(
        units_called(word, Quantity.DURATION) for word in re.findall(r"[^\W\d_]+", text[:LONGEST])
    ):
        return (
            "a time and no length: write how far one may have come in it, such as 30 km for a "
            "day's walk"
        )
    if match is None or radius(f"{match[2] or match[1]} {match[3]}") is None:
        return "metres, or a number with its unit: 20 km"
    if match[2]:
        return f"write {match[2]} {match[3]}"
    return f"write {match[1]} {match[3]}, or more where that may not hold it"


_NUMBERS = re.compile(
    r"(\d+(?:\.\d+)?)(?:\s*(?:-|–|to|bis|à|~)\s*(\d+(?:\.\d+)?))?\s*([^\W\d_]+(?: [^\W\d_]+)?)"
)


def number_in(text: str) -> str | None:
    """The one number in a text with words around it; None where there is none, or several.

    >>> number_in("about 1,200 km"), number_in("20-30")
    ('1,200', None)
    """
    numbers = re.findall(r"(?<![\w.,^])[+−-]?\d(?:[\d.,]*\d)?(?![\w½¼¾^·×]|\s*[천만千万萬])", text)
    return numbers[0] if len(numbers) == 1 else None


#: What joins several means of going, and how a place begins that one went over.
_JOINED = re.compile(
    r"\s*[;,+&/、،]\s*(?:(?:and|then|und|dann|et|puis|y|luego|later|später) )*|"
    r" (?:and|or|then|und|oder|dann|et|ou|puis|y|o|luego|و|أو|ثم) (?:(?:then|later|dann|puis|luego) )?|"
    r"(?<=[\uac00-\ud7a3])(?:와|과|하고|이나) |と(?=[\u3040-\u9fff])"
)
_WHERE = re.compile(
    r"(?:over|across|through|along|past|über|durch|entlang|quer über|à travers|sur|le long|a través|sobre|a lo largo) "
    r"(?!(?:the |das |la |el )?(?:sea|water|land|meer|mer|mar)\b)|"
    r".+(?:을|를) (?:건너|넘어|지나)|.+を(?:越え|渡っ|通っ)|(?:عبر|فوق) "
)
_BESIDE = re.compile(
    r"(?P<mode>.+?),? (?:with|under|underneath|beneath|mit|unter|avec|sous|con|bajo) (?P<rest>.+)"
)
_RODE = re.compile(
    r"^(?:by|on|in|with|rode|riding|mit|auf|per|en|avec|con)(?: (?:an?|the|dem|der|einem|une?|una?))? "
)


def mode_told(text: str) -> str | None:
    """Mode of what was told of a cart, an animal or a walk, in small letters; None of anything else.

    >>> mode_told("by ox-cart"), mode_told("walked for two nights")
    ('unknown', 'foot')
    >>> mode_told("walked through the forest") == Mode.FOOT_WILD
    True
    >>> mode_told("walked, then by train"), mode_told("car")
    (None, None)
    """
    if is_of_a_cart(text):
        return str(Mode.UNKNOWN)
    walked = next((word for word in _words("walked") if _holds(word, text)), None)
    if walked is None or any(
        _holds(word, text) for name in ("not_alone", "cart") for word in _words(name)
    ):
        return None
    return str(Mode.FOOT_WILD if any(_holds(word, text) for word in _words("wild")) else Mode.FOOT)


def is_of_a_cart(text: str) -> bool:
    """Whether a mode is told as an animal, or what one draws.

    >>> is_of_a_cart("Horse and cart"), is_of_a_cart("소달구지"), is_of_a_cart("unknown")
    (True, True, False)
    """
    plain = " ".join(text.lower().replace("-", " ").split())
    return bool({plain, _RODE.sub("", plain)} & {*_words("cart")})


def is_of_nothing_known(text: str) -> bool:
    """Whether a text says that it is not known how one went.

    >>> is_of_nothing_known("unknown"), is_of_nothing_known("Weiß nicht"), is_of_nothing_known("sledge")
    (True, True, False)
    """
    return " ".join(text.lower().split()) in {
        str(Mode.UNKNOWN),
        *_others("mode")[str(Mode.UNKNOWN)],
    }


def is_a_walk_with_more(text: str) -> bool:
    """Whether a mode is told as a walk of which more is said than when.

    >>> is_a_walk_with_more("walked two nights"), is_a_walk_with_more("On foot, at night"), is_a_walk_with_more("bus")
    (True, False, False)
    """
    plain = " ".join(joined_parts(text))
    return (
        plain not in _words("walked") and not is_of_a_cart(plain) and mode_told(plain) is not None
    )


def mode_of_several(text: str) -> str | None:
    """Mode of what is told in several words: theirs where it is one, or what is told as most; else unknown.

    Their shares are not told, and none is invented. None where a part is not understood, or it is
    one alone.

    >>> mode_of_several("train, cattle trucks"), mode_of_several("on foot and by cart"), mode_of_several("rocket")
    ('rail', 'unknown', None)
    >>> mode_of_several("on foot mostly, my grandmother on the cart"), mode_of_several("over the ice")
    ('foot', 'unknown')
    """
    if beside := _of_which_more_is_told(text):
        return beside
    parts = joined_parts(text)
    named = [str(Mode.UNKNOWN) if _is_of_cart_or_place(part) else _one_mode(part) for part in parts]
    modes = [mode or _one_mode(_bare(part)) for part, mode in zip(parts, named, strict=True)]
    is_as_told = parts[0] == " ".join(text.lower().split())
    if None in modes or (len(parts) == 1 and not _is_where(parts[0]) and is_as_told):
        return None
    most = {
        mode
        for part, mode in zip(parts, modes, strict=True)
        if any(_holds(word, part) for word in _words("most"))
    }
    likely = most if len(most) == 1 else {*modes}
    only = str(likely.pop() if len(likely) == 1 else Mode.UNKNOWN)
    return only if only in list(Mode) else str(Mode.UNKNOWN)


def _of_which_more_is_told(text: str) -> str | None:
    """Mode before the words for whom or what one was with, or under, where those are no mode of their own.

    >>> _of_which_more_is_told("by car with the priest"), _of_which_more_is_told("Lastwagen, unter Planen")
    ('road', 'road')
    >>> _of_which_more_is_told("by car with the train"), _of_which_more_is_told("with the priest")
    (None, None)
    """
    match = _BESIDE.fullmatch(" ".join(text.lower().split())) if len(text) <= LONGEST else None
    mode = _one_mode(match["mode"]) if match else None
    if match is None or mode not in list(Mode) or _JOINED.search(match["rest"]):
        return None
    if _one_mode(match["rest"]) or _one_mode(_RODE.sub("", f"by {match['rest']}")):
        return None
    return mode


def _one_mode(text: str) -> str | None:
    return text if text in list(Mode) else choice("mode", text)


def how_read(text: str, mode: str) -> str:
    """What is said of what was told in several words when it is read as a mode; empty where they mean the same.

    >>> how_read("train, cattle trucks", "rail"), how_read("over the ice", "unknown").partition(" (")[0]
    ('', 'read as unknown')
    """
    if _of_which_more_is_told(text):
        return f"read as {mode} (with whom or what else is told in the narration)"
    parts = joined_parts(text)
    if any(_holds(word, part) for word in _words("most") for part in parts):
        return f"read as {mode}, which is told as most of it"
    if mode != Mode.UNKNOWN:
        return ""
    if all(map(_is_where, parts)):
        return f"read as {mode} (where one went, and not how)"
    columns = (
        "one in each column, mode, mode_2, ..., and their shares in mode_weight, mode_2_weight, ..."
    )
    return f"read as {mode}, for no shares are told (where they are known: {columns})"


def joined_parts(text: str) -> list[str]:
    """What is joined by commas, strokes and words such as "and", in small letters, without what says when."""
    plain = " ".join(text.lower().replace("-", " ").split())
    parts = (part.strip() for part in _JOINED.split(plain))
    kept = [part for part in parts if part and part not in _words("aside")]
    return kept or [plain]


def _bare(part: str) -> str:
    """A part without its article, and without how much of the way it was."""
    most = "|".join(map(re.escape, sorted(_words("most"), key=len, reverse=True)))
    some = "some|partly|partially|teils|teilweise|zum teil|en partie|en parte"
    amount = rf"^(?:{most}|{some}|an?|the|eine?[mnr]?|une?|una) "
    return re.sub(rf" (?:{most})$", "", re.sub(amount, "", part))


def _is_of_cart_or_place(part: str) -> bool:
    return _is_where(part) or any(_holds(word, part) for word in _words("cart"))


def _is_where(part: str) -> bool:
    """Whether a part tells where one went, and not how: over the ice."""
    how = (word for name in ("walked", "not_alone") for word in _words(name))
    return bool(_WHERE.match(part)) and not any(_holds(word, part) for word in how)


def _holds(word: str, text: str) -> bool:
    """Whether a word stands in a text, whole where words have blanks between them."""
    if word.isascii() or " " in word:
        return bool(re.search(rf"\b{re.escape(word)}\b", text))
    return word in text


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(packaged.table("formats/tables/words.toml")["going"][name].split(", "))
