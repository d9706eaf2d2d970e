"""What stands in one cell of a table, and the JSON value that it means; forgiving of habits, strict about content."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NoReturn, TypeAlias

import numpy as np
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from escape_route import packaged
from escape_route.formats.tables import going, stated
from escape_route.formats.tables import synonyms as meant_by
from escape_route.formats.tables.columns import Column, Holds
from escape_route.formats.tables.later import is_until, whole
from escape_route.formats.tracks.draft import in_letters, in_signs, is_unset
from escape_route.geography import base
from escape_route.model import date_steps, dates, said_numbers, told_dates
from escape_route.model.units import Quantity, ToldLength, nearest, units_called
from escape_route.strict_json import Members, is_number, numbers_meant, show

Value: TypeAlias = str | int | float | bool | None
"""What a carrier gives for a cell: a text, a number, yes or no, or nothing."""

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_MINUS = re.compile(r"^[−–‒](?=[\d.,])|−")  # a dash before a figure, as word processors make it
_COMMA = re.compile(r"([+-]?)(\d*),(\d+)")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_APART = re.compile(r"[+-]?[1-9]\d{0,2}(?:[ \u00a0\u202f'’]\d{3})+")
_A_MARK = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_DOTTED = re.compile(r"[+-]?[1-9]\d{0,2}\.\d\d0")
_EDTF = re.compile(r"(?i:edtf):?\s+(\S.*)")  # as a date of EDTF that looks like years is written
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?")
_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d(?:T.*)?)?")
_NUMBERS = {Holds.NUMBER, Holds.DECIMAL, Holds.DEGREES, Holds.RADIUS}
_TIMES = {Holds.DATE, Holds.STAY}
_LETTERS = {"lat": ("", "N", "S"), "lon": ("", "E", "W")}
_WORDS = packaged.table("formats/tables/words.toml")
_YES = {"yes": True, "true": True, "x": True, "1": True, "no": False, "false": False, "0": False}
_YES |= {word: answer == "yes" for answer in ("yes", "no") for word in _WORDS["cells"][answer]}
#: What people write where they know nothing, in small letters; a dash of any kind too.
_NOTHING = frozenset(_WORDS["cells"]["nothing"])
_BOATS = " (along a river or a coast, across a river, over the sea)"
_NO_CLAIM = "leave the row out, and tell it in a narration or in the sheet notes"
_LAST_YEAR, _LAST_SERIAL = 9_999, 2_958_465  # a spreadsheet's last day is 9999-12-31
_DECIMALS = 7


class SheetError(str):
    """Text of a cell that a spreadsheet program gives no value for: #REF!, or a formula without a result."""

    __slots__ = ()


class CellError(Exception):
    """A cell that means nothing, with the rule that it breaks and the likely fix."""

    def __init__(self, message: str, fix: str = "") -> None:
        """Keep both."""
        self.message = message
        self.fix = fix
        super().__init__(message)


def is_blank(value: Value) -> bool:
    """Whether there is nothing in a cell, or only spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def says_nothing(column: Column, value: Value) -> bool:
    """Whether a cell for a number or a date holds a word for nothing: unknown, n/a, a dash."""
    is_asked = column.holds in _NUMBERS | _TIMES and isinstance(value, str)
    return is_asked and str(value).strip().lower() in _NOTHING and not isinstance(value, SheetError)


def value_of(column: Column, value: Value) -> object:
    """JSON value of a cell, as a column has it; what is not one is left as it is, for the reading to speak of.

    Raises CellError where the cell may mean two things, or is a shape that cannot be read.
    """
    if isinstance(value, SheetError):
        if value.startswith("="):
            what = "a formula without a stored result"
        else:
            what = "an error of the spreadsheet"
        raise CellError(
            f"{show(value)} is {what}", "save the file in a spreadsheet program, or write the value"
        )
    if column.holds in _NUMBERS and isinstance(value, str) and _DAY.fullmatch(value):
        raise CellError(
            f"{show(value)} is a date", "format the cell as a number, and write the number anew"
        )
    return None if is_blank(value) else _READERS[column.holds](column, value)


def _plain(value: Value) -> str:
    """Text of a cell that a spreadsheet program took for a number or a truth value, without spaces around it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _choice(column: Column, value: Value) -> object:
    plain = _plain(value)
    if plain.lower() in column.words:
        return column.choices[column.words.index(plain.lower())]
    meant = meant_by.choice(column.name, plain) if column.part == "" else None
    if (
        meant is None
        and column.name == "mode"
        and column.part == ""
        and plain.lower() not in column.choices
    ):
        meant = (
            meant_by.mode_of_several(plain) if column.numbered else None
        ) or going.mode_in_a_sentence(plain)
    if (
        meant in column.choices
    ):  # a town is a city, a train is rail: what means one thing alone is taken for it
        return meant
    if plain.lower() not in column.choices and meant:
        which = _BOATS if "boat_along" in meant and "sea" in meant else ""
        which = meant_by.sizes_of(meant) if column.name == "unit" else which
        raise CellError(f"{show(plain)} is not known here", f'did you mean "{meant}"?{which}')
    if column.words and plain.lower() not in column.choices:
        raise CellError(f"{show(plain)} is not known here", f"one of {', '.join(column.words)}")
    if column.name == "quantity" and plain.lower() not in column.choices:
        fix = f"one of {', '.join(column.choices)}; of any other number {_NO_CLAIM}"
        raise CellError(f"{show(plain)} is not counted here", fix)
    if column.numbered and (several := _several(column, plain)):
        raise several
    spellings = (plain.lower(), plain.lower().replace(" ", "_"))  # "at least" is at_least
    spelt = next((word for word in spellings if word in column.choices), plain)
    if column.name == "wording" and spelt not in column.choices and " " in plain:
        raise CellError(
            f"{show(value)} is a sentence, where one word is looked for", _sentence(plain)
        )
    return spelt


def _several(column: Column, plain: str) -> CellError | None:
    """What is wrong with several choices in one cell, of which one may be none; None where there is one."""
    odd = going.unknown_in(plain) if column.name == "mode" else ""
    if odd and odd not in column.choices and ";" not in plain:
        message = f"{show(odd)} in {show(plain)} is no means of travel that is known here"
        return CellError(message, "leave it out here, and tell it in the narration")
    if not re.search("[;,+&/]| (?:and|then|und|dann|et|puis|y|luego) ", plain):
        return None
    shares = "; their shares in mode_weight, mode_2_weight, ... add up to 1"
    fix = f"one in each column: {column.name}, {column.name}_2, ..."
    return CellError(f"{show(plain)} is several", fix + shares * (column.name == "mode"))


def _text(column: Column, value: Value) -> object:
    """Text of a cell; a language that is told by its name is its code."""
    plain = in_letters(value) if isinstance(value, str) else _plain(value)
    return (meant_by.choice("language", plain) if column.name == "language" else None) or plain


def _sentence(text: str) -> str:
    word = re.search(
        r"\b(about|some|roughly|nearly|almost|over|under|at least|at most|up to|more than|less than)\b",
        text,
    )
    first = f"write {word[0]} here" if word else "leave it empty for a number alone"
    return f"{first}, and the sentence into note_en"


def _number(column: Column, value: Value) -> object:
    number = number_of(value)
    if not isinstance(number, str):
        return number
    in_words = None if re.search(r"\d", number) else said_numbers.said(number)
    if in_words is not None and not (in_words.value_to or in_words.wording or in_words.unit):
        return int(in_words.value) if in_words.value.is_integer() else in_words.value
    if column.name == "people" and (count := said_numbers.one_in(number)):
        return count
    alone = meant_by.number_in(number)
    if column.name == "people" and re.fullmatch(
        r"1[5-9]\d\d|20\d\d", alone or ""
    ):  # Father till 1940
        alone = None
    if alone is None:
        raise CellError(f"{show(value)} is no number alone", _in_figures(column, number, in_words))
    if column.name == "value":
        more = "; what it counts, and words such as about, have columns of their own"
    else:
        more = ""
    rest = number.replace(alone, "").strip()
    units = nearest(rest, Quantity.DISTANCE) if more and not units_called(rest) else ()
    more += f"; is its unit {', '.join(units)}?" if units else ""
    raise CellError(f"{show(value)} is not a number alone", f"write {_written(alone)}{more}")


def _in_figures(column: Column, text: str, in_words: said_numbers.Said | None) -> str:
    """How to write what is told in words: each number that it may be, and where the words go."""
    if column.name == "value":
        ways = [
            " ".join(
                f"to {part} (in value_to)" if name == "value_to" else part
                for name, part in way.items()
            )
            for way in stated.stated(text)
        ]
        return (
            f"write {' or '.join(ways) or 'it in figures, such as 12'}; where none was told, "
            f"{_NO_CLAIM}"
        )
    if in_words is None:
        such = "12"
    else:
        such = " or ".join(f"{end:g}" for end in (in_words.value, in_words.value_to) if end)
    return f"write it in figures, such as {such}, or leave it empty and tell it in words elsewhere"


def _written(number: str) -> str:
    try:
        read = number_of(number)
        if _A_MARK.fullmatch(number):  # 1.234 miles
            return f"{number.replace('.', '')}, or {number}"
        if not isinstance(read, str):
            return f"{read:g}"
        return ", or ".join(numbers_meant(read)) or read
    except CellError as error:
        return error.fix.removeprefix("write ")


def _radius(_: Column, value: Value) -> object:
    """Metres; a number with a unit is told in it."""
    text, units = (meant_by.radius(value) if isinstance(value, str) else None) or (value, ("m",))
    number = number_of(text)
    if not is_number(number):
        raise CellError(f"{show(value)} is no radius", meant_by.radius_fix(str(value)))
    if len(units) > 1:
        raise CellError(
            f"{show(value)} is in a unit of several lengths", meant_by.radius_fix(str(value))
        )
    return number if units[0] == "m" else ToldLength(number, units[0])  # type: ignore[arg-type]  # is_number has looked


def _degrees(column: Column, value: Value) -> object:
    """Decimal degrees, of degrees with minutes too; a letter has to be one of that column."""
    number = number_of(value, decimal=True)
    if not isinstance(number, str):
        return number
    marked, both = meant_by.degrees(number), meant_by.pair(number)
    if marked is not None:
        if marked[1] not in _LETTERS[column.name]:
            raise CellError(
                f"{show(value)} is not a {column.member}", "latitude and longitude swapped?"
            )
        return marked[0]
    if both is not None:
        raise CellError(
            f"{show(value)} holds two numbers", f"a cell each: lat {both[0]} and lon {both[1]}?"
        )
    return number


def number_of(value: Value, *, decimal: bool = False) -> object:
    """Number of a cell, or the text in it where it is none.

    A comma counts as the decimal mark where it can be nothing else: always in a latitude, a
    longitude or a weight (`decimal`), elsewhere only where it does not stand before three digits as
    it does between thousands.

    >>> number_of("12,5"), number_of("–3.20"), number_of("48,856", decimal=True), number_of("1 200")
    (12.5, -3.2, 48.856, 1200)
    """
    if not isinstance(value, str):
        return value
    text = _MINUS.sub("-", value.strip())
    if not decimal and _APART.fullmatch(text):
        text = re.sub(r"[^\d+-]", "", text)
    if not decimal and _DOTTED.fullmatch(
        text
    ):  # no program writes a fraction with a zero at its end
        whole = text.replace(".", "")
        raise CellError(
            f"{show(value)} may be {whole} or {float(text):g}", f"write {whole}, or {float(text):g}"
        )
    comma = _COMMA.fullmatch(text)
    if comma and not decimal and _THOUSANDS.fullmatch(text):
        whole, point = text.replace(",", ""), text.replace(",", ".")
        raise CellError(
            f"{show(value)} may be {whole} or {float(point):g}",
            f"write {whole}, or {float(point):g}",
        )
    text = f"{comma[1]}{comma[2] or 0}.{comma[3]}" if comma else text
    if not _NUMBER.fullmatch(text):
        return value
    number = int(text) if re.fullmatch(r"[+-]?\d{1,18}", text) else float(text)
    return number if math.isfinite(number) else value


def _date(_: Column, value: Value) -> object:
    """EDTF text: a number of three or four digits is a year, a midnight that a program added is left away.

    A date in another form stands for its EDTF where it has one meaning alone.
    """
    plain = _plain(value)
    if is_unset(plain.replace(" ", "T", 1)):
        fix = f"leave it empty; write {plain[:10]} for that day"
        raise CellError(f"{show(plain)} is what programs write where no time is known", fix)
    midnight = _MIDNIGHT.fullmatch(plain)
    if midnight:
        return midnight[1]
    marked = _EDTF.fullmatch(plain)
    if marked:
        return marked[1]
    both = dates.ambiguity(plain)
    if both is not None:
        raise CellError(f"{show(plain)} may mean two dates", f"write {both[0]}, or {both[1]}")
    plain = re.sub(r"^(\d{3,4})\.0+$", r"\1", plain)  # a year, as a program writes a number too
    if re.fullmatch(r"\d{3}|[01]\d{3}|20[0-2]\d", plain):
        return plain.zfill(4)
    meant = told_dates.meanings(plain)
    if meant:
        return meant[0] if len(meant) == 1 else plain
    is_doubtful, sure = stated.unhedged(plain.lower())
    meant = told_dates.meanings(sure) if is_doubtful else ()
    return date_steps.doubted(meant[0]) if len(meant) == 1 else plain


def serial_in(value: Value) -> float | None:
    """Day number that a spreadsheet program shows for a date whose format was lost; None where a cell holds none.

    >>> serial_in("43831"), serial_in(1989)
    (43831.0, None)
    """
    number = number_of(value, decimal=True) if isinstance(value, str) else value
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    return float(number) if _LAST_YEAR < number <= _LAST_SERIAL else None


def date_text(moment: datetime, shown: str = "yyyy-mm-dd") -> str:
    """EDTF date of a date cell, as fine as the cell shows it: a cell formatted ``yyyy`` holds a year.

    >>> from datetime import datetime
    >>> [date_text(datetime(1952, 3, 1), shown) for shown in ("dd.mm.yyyy", "mmm-yy", "yyyy")]
    ['1952-03-01', '1952-03', '1952']
    """
    moment += timedelta(
        microseconds=500_000
    )  # days are kept as fractions, which miss whole seconds by a little
    letters = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", shown.lower())
    if "y" in letters and "d" not in letters:
        return f"{moment:%Y-%m}" if "m" in letters else f"{moment:%Y}"
    is_midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return f"{moment:%Y-%m-%d}" if is_midnight else f"{moment:%Y-%m-%dT%H:%M:%S}"


def _stay(_: Column, value: Value) -> object:
    """Members of how long one stayed, told in words or in figures with a unit."""
    text = _plain(value)
    stays = stated.stay(text)
    if len(stays) == 1:
        return stays[0]
    if not stays and (season := whole(text)):
        return season
    number, until = (part.strip() for part in text.partition(",")[::2])
    if not stays and is_until(until) and len(both := stated.stay(number)) == 1:  # told twice
        return both[0]
    if not stays and is_until(text):  # from the date of its row, which is not read yet
        return {"until": text}
    ways = (
        " or ".join(stated.in_words(stay) for stay in stays)
        or "a number and its unit, such as 2 weeks"
    )
    unit = "a number without its unit" if is_number(number_of(text)) else "no time that one stayed"
    if is_number(number_of(text)):
        such = " or ".join(f"{text} {name}" for name in ("hours", "days", "weeks"))
    else:
        such = ways
    message = "may mean several times" if stays else f"is {unit}"
    raise CellError(
        f"{show(value)} {message}", f"write {such}; or leave it empty, and tell it in the narration"
    )


def _list(column: Column, value: Value) -> object:
    """Texts between semicolons, commas or line ends; a country may be told by its two letters or its name."""
    is_place = column.name in {"within", "footprint"}
    parts = re.split(rf"[;,\n]{'| (?:or|oder|ou|o|또는|أو) ' if is_place else ''}", _plain(value))
    listed = [item.strip() for item in parts if item.strip()]
    if not is_place:
        return listed
    meant = (base.lands_of_once(item) or (base.reference_of(item),) for item in listed)
    return list(dict.fromkeys(reference for references in meant for reference in references))


def _shape(_: Column, value: Value) -> object:
    text = str(value).strip()
    try:
        if text.startswith("{"):
            return json.loads(text, object_pairs_hook=Members, parse_constant=_refuse)
        with np.errstate(invalid="ignore"):  # a position that is no number is told below
            written = mapping(_finite(shapely.from_wkt(text)))
    except (shapely.errors.GEOSException, ValueError, RecursionError) as error:
        fix = "such as LINESTRING (102.6 18, 103 18.4): longitude, latitude"
        raise CellError(f"{show(text)} is neither WKT nor GeoJSON", fix) from error
    return Members(
        {"type": written["type"], "coordinates": as_lists(written.get("coordinates", ()))}
    )


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(geometry: BaseGeometry) -> BaseGeometry:
    if not math.isfinite(shapely.get_coordinates(geometry).sum()):
        raise ValueError("a position that is no number")
    return geometry


def as_lists(coordinates: object) -> object:
    """Coordinates as JSON has them."""
    if isinstance(coordinates, tuple | list):
        return [as_lists(part) for part in coordinates]
    return coordinates


_READERS: dict[Holds, Callable[[Column, Value], object]] = {
    Holds.TEXT: _text,
    Holds.WORD: lambda _, value: _plain(value),
    Holds.CHOICE: _choice,
    Holds.NUMBER: _number,
    Holds.DECIMAL: lambda _, value: number_of(value, decimal=True),
    Holds.DEGREES: _degrees,
    Holds.RADIUS: _radius,
    Holds.DATE: _date,
    Holds.STAY: _stay,
    Holds.LIST: _list,
    # empty ones among them: each belongs to the source at its place
    Holds.PLACES: lambda _, value: [name.strip() for name in re.split(r"[;\n]", _plain(value))],
    Holds.YES: lambda _, value: _YES.get(_plain(value).lower(), value),
    Holds.SHAPE: _shape,
}


def cell_of(column: Column, value: object) -> Value:
    """What to write into a cell for a JSON value."""
    if value is None or value is False or value in ("", []):
        return None
    if isinstance(value, list | dict) and column.holds is not Holds.SHAPE:
        return stated.in_words(value) if isinstance(value, dict) else "; ".join(map(str, value))
    if column.words and value in column.choices:
        return column.words[column.choices.index(str(value))]
    if column.holds is Holds.YES:
        return "yes"
    if column.holds is Holds.SHAPE:
        return str(shapely.to_wkt(shape(value), rounding_precision=_DECIMALS, trim=True))
    value = in_signs(str(value)) if column.holds is Holds.TEXT else value
    looks_like_years = column.holds is Holds.DATE and dates.ambiguity(str(value)) is not None
    return f"EDTF {value}" if looks_like_years else value  # type: ignore[return-value]  # a text or a number: what is left in the GeoJSON of a journey
