"""What is found in a file that is nobody's journey yet, places and tracks, made a journey with honest defaults."""

from __future__ import annotations

import datetime as dt
import html
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from escape_route.errors import JourneyFileError, Problem, refusal
from escape_route.geography.geodesic import LonLat
from escape_route.model import date_steps, dates, told_dates
from escape_route.model.shapes import is_in_range
from escape_route.model.units import UNITS, units_called
from escape_route.model.vocabulary import LineIs, Precision

_LEAST_DEG = 1e-12
"""Degrees that are nothing: a number so small is no other position, and arithmetic on it goes wrong."""
MOST_PROBLEMS = 100
MOST_PARTS = 20_000  # places and parts of tracks: as many as a table may have rows
_TIME = re.compile(r"(-?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,]\d+)?(Z|[+-]\d\d(?::?\d\d)?)?")
#: What programs and people call the name, the words, the time, the first and the last day of a
#: place, in small letters.
NAMES = (
    "name",
    "title",
    "label",
    "ort",
    "ortsname",
    "nom",
    "lieu",
    "nombre",
    "lugar",
    "이름",
    "장소",
    "名称",
    "地名",
)
WORDS = (
    "description",
    "desc",
    "notes",
    "note",
    "text",
    "beschreibung",
    "descripción",
    "설명",
    "説明",
)
YEARS = ("year", "jahr", "année", "año", "연도", "年")
TIMES = (
    "when",
    "time",
    "date",
    "timestamp",
    "datetime",
    "datum",
    "zeit",
    "fecha",
    "날짜",
    "日付",
    *YEARS,
)
BEGINS = (
    "begin",
    "start",
    "start_date",
    "startdate",
    "date_start",
    "starttime",
    "start_time",
    "beginn",
)
ENDS = ("end", "end_date", "enddate", "date_end", "endtime", "end_time", "ende", "fin")
#: What programs call the month and the day beside a year; the place in travel order; a radius, in
#: metres where no unit is told. Of some no more is certain than that they number something.
MONTHS = ("month", "monat", "mois", "mes", "월", "月")
DAYS = ("day", "tag", "jour", "día", "dia", "일", "日")
ORDERS = (
    "order",
    "seq",
    "sequence",
    "reihenfolge",
    "ordre",
    "orden",
    "순서",
    "順番",
    "順序",
    "الترتيب",
)
NUMBERS = (
    "nr",
    "nr.",
    "no",
    "no.",
    "number",
    "nummer",
    "numéro",
    "número",
    "stop",
    "step",
    "번호",
    "番号",
)
RADII = (
    *(
        "radius",
        "accuracy",
        "uncertainty",
        "precision",
        "horizontalaccuracy",
        "horizontal_accuracy",
        "umkreis",
    ),
    *(
        "genauigkeit",
        "unschärfe",
        "rayon",
        "incertitude",
        "précision",
        "radio",
        "incertidumbre",
        "precisión",
    ),
    *("반경", "정확도", "半径", "精度", "نصف القطر"),
)
_WITH_UNIT = re.compile(
    r"(.+?)[ _]*(?:in )?[(\[]?(m|meters?|metres?|meter|km|kilometers?|kilometres?|miles?|mi)[)\]]?"
)
_MOST_RADIUS_M = 20_000_000  # farther than any two places are apart
#: Moments that programs write where they have none: the zero of a clock, whatever its zone.
_UNSET = tuple(
    map(
        dt.datetime.fromisoformat,
        ["0001-01-01", "1601-01-01", "1899-12-30", "1970-01-01", "1980-01-06"],
    )
)
_FARTHEST_ZONE = dt.timedelta(hours=14)
_LENGTH = re.compile(r"([\d.]+) *([^\W\d_]+)?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_TWICE_OVER = 3  # times that a text may have been written in HTML
SECONDS = (
    "numbers in place of dates are taken for seconds, or thousandths of them, since the beginning "
    "of 1970"
)
_SECONDS_DIGITS = 10
#: A moment as GDAL and others write it, for EDTF.
_OF_PROGRAMS = re.compile(r"^(\d{4})[/-](\d\d)[/-](\d\d)[ T](\d\d:\d\d)(.*)$")
#: What other programs say of a place that their map does not show, in small letters, and with which
#: values.
_UNSHOWN = {"visibility": ("0", "false"), "visible": ("0", "false"), "hidden": ("1", "true")}
MARKUP = re.compile(r"<[^<>]{0,2000}>")
#: Addresses of the pictures that a description in HTML shows.
PICTURES = re.compile(
    r"""<img\b[^<>]{0,500}?\bsrc\s*=\s*["']([^"'<>]{1,2000})["']""", re.IGNORECASE
)
#: What a point of a track is called that has no position.
NO_FIX = "points of a track without a position: the receiver had none"
_NAMED = 5  # things listed by name in one warning


def is_hidden(properties: Mapping[str, object]) -> bool:
    """Whether members or columns, names in small letters, say that a map does not show their place.

    >>> is_hidden({"visibility": 0}), is_hidden({"visible": "true"}), is_hidden({"visibility": -1})
    (True, False, False)
    """
    return any(str(properties.get(name, "")).lower() in values for name, values in _UNSHOWN.items())


def refuse_rows(count: int, source: str) -> None:
    """Raise JourneyFileError where a table has more rows than any journey has parts."""
    if count > MOST_PARTS:
        raise refusal(source, f"{count:,} rows, more than {MOST_PARTS:,}", "is this a journey?")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a file: `geometry` is a GeoJSON Point, LineString, Polygon or MultiPolygon; `when` an EDTF date.

    A place that the file has by its name alone has no geometry; `order` is its number in a column
    of such.

    `more` are members of a waypoint that the file does say: they stand before the defaults.
    """

    origin: str
    geometry: Mapping[str, object] | None
    name: str | None = None
    when: str | None = None
    words: str | None = None
    more: Mapping[str, object] = field(default_factory=dict)
    order: float | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """An unbroken part of a track; `times` is empty, or as long as `line`."""

    line: list[LonLat]
    times: list[str | None] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Track:
    """A line of a file, in the parts that its recording fell into; `kind` and `line_is` are what the file calls it."""

    origin: str
    segments: tuple[Segment, ...]
    name: str | None = None
    kind: str | None = None

    @property
    def line_is(self) -> LineIs | None:
        """Whether the file says that it was recorded, or drawn."""
        kind = (self.kind or "").strip().lower()
        return LineIs(kind) if kind in set(LineIs) else None


@dataclass(slots=True)
class Draft:
    """All that is found in a file, in its order, while it is gone through.

    `left` counts what a journey has no place for, by its name: "elevations", "symbols". `written`
    is when the file was, `undated` are texts that should have been dates, `ordered_by` is the
    column that numbers the places, `hidden` the names of what the file does not show, `says_ours`
    how many places carry words of ours. `faults` are all problems; the first hundred are kept.
    """

    title: str | None = None
    summary: str | None = None
    written: str | None = None
    places: list[Place] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sources: list[dict[str, object]] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    ordered_by: str = ""
    media: list[tuple[str, str]] = field(default_factory=list)
    says_ours: int = 0
    faults: int = 0

    def strictest(self) -> int:
        """Strictest sensitivity that a place says of itself; 1 where none is clear."""
        said = {place.more.get("sensitivity") for place in self.places}
        return min((number for number in range(1, 5) if number in said), default=1)

    @property
    def parts(self) -> int:
        """Count of the places and of the parts of tracks."""
        return len(self.places) + sum(len(track.segments) for track in self.tracks)

    def fault(self, place: str, message: str, fix: str = "") -> None:
        """Note a problem; after a hundred they are counted only."""
        self.faults += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(place, message, fix))

    def add(self, problems: Iterable[Problem]) -> None:
        """Note problems."""
        for problem in problems:
            self.fault(problem.place, problem.message, problem.fix)

    def moment(self, text: str | None, place: str) -> str | None:
        """EDTF date or time of a text; one that is neither is noted with its place."""
        both = dates.ambiguity((text or "").strip())
        if both is not None:
            self.fault(
                place, f'"{_shown(text)}" may mean two dates', f"write {both[0]}, or {both[1]}"
            )
            return None
        when = moment(text)
        meant = told_dates.meanings(text) if text and when is None else ()
        if len(meant) > 1:
            self.fault(
                place,
                f'"{_shown(text)}" may mean {len(meant)} dates',
                f"write {told_dates.each_way(meant)}",
            )
        elif meant:
            return meant[0]
        elif when is None and text and text.strip():
            self.undated.append(f'"{_shown(text.strip())}" ({place})')
        return when

    def stretch(self, begun: str | None, ended: str | None, place: str) -> str | None:
        """EDTF date from the beginning of one text's date to the end of another's; open where one is not told."""
        start, end = (self.moment(text, place) for text in (begun, ended))
        if start == end:
            return start
        return date_steps.through(
            dates.stretch(start or "..") or "..", dates.stretch(end or "..") or ".."
        )

    def when_of(self, texts: Mapping[str, object], place: str) -> str | None:
        """EDTF date of members or columns by what programs call them, names in small letters: one, or from and to."""
        time = self._time_in(texts, TIMES)
        if re.fullmatch(r"-?\d{1,4}", time or ""):
            month, day = (
                next((str(texts[name]) for name in names if texts.get(name)), "")
                for names in (MONTHS, DAYS)
            )
            time = joined_date(time or "", month, day)
        begun, ended = (self._time_in(texts, names) for names in (BEGINS, ENDS))
        if time or not (begun or ended):
            return self.moment(time, place)
        return self.stretch(begun, ended, place)

    def _time_in(self, texts: Mapping[str, object], names: Sequence[str]) -> str | None:
        value = next((texts[name] for name in names if texts.get(name) not in (None, "")), None)
        if isinstance(value, str | int | float):
            text = re.sub(r"\.0+$", "", str(value)).strip()
        else:
            text = ""
        if not re.fullmatch(r"\d{9,13}", text):
            return _OF_PROGRAMS.sub(r"\1-\2-\3T\4\5", text) or None
        if SECONDS not in self.warnings:
            self.warnings.append(SECONDS)
        count = int(text) / (1000 if len(text) > _SECONDS_DIGITS else 1)
        return f"{dt.datetime.fromtimestamp(count, dt.UTC):%Y-%m-%dT%H:%M:%SZ}"

    def order_of(self, texts: Mapping[str, object]) -> float | None:
        """Number of a place in the first of its columns that number it, names in small letters."""
        listed = (name for name in (*ORDERS, *NUMBERS) if texts.get(name) not in (None, ""))
        name = next((name for name in listed if not isinstance(texts[name], bool)), "")
        self.ordered_by = self.ordered_by or name
        return number_of(texts.get(name)) if name == self.ordered_by else None

    def radius_of(self, columns: Mapping[str, object]) -> dict[str, object]:
        """Members for how sure a position is, of columns that tell a radius or a word of ours, in small letters."""
        for header, value in columns.items():
            unit = radius_column(header)
            if unit is None or value in (None, ""):
                continue
            if isinstance(value, str) and value in set(Precision):
                return {"precision": value}
            length = _LENGTH.fullmatch(f"{value} {unit}".strip().lower())
            units = units_called(length[2] or "") if length else ()
            if length:
                radius_m = (number_of(length[1]) or 0) * (UNITS[units[0]].size if units else 1)
            else:
                radius_m = 0
            if not length or (length[2] and len(units) != 1) or not 0 < radius_m <= _MOST_RADIUS_M:
                self.left[f"values of {header} that are no radius"] += 1
                continue
            metres = (
                f"{header}: numbers without a unit are taken for metres within which a place lies"
            )
            if not units and metres not in self.warnings:
                self.warnings.append(metres)
            return {"coordinateUncertaintyInMeters": radius_m}
        return {}

    def name_media(self, place: str, addresses: Iterable[str | None]) -> None:
        """Name the pictures and films of a place, which lie elsewhere and are not fetched."""
        kept = list(dict.fromkeys(address for address in addresses if address))
        if kept:
            self.warnings.append(
                f"{place}: pictures are not fetched (keep them beside the journey): {named(kept)}"
            )
            self.media += [(place, address) for address in kept]

    def pointless(self, place: Place) -> None:
        """Note what has no position: a place to be looked up where it has a name, else nothing."""
        if place.name:
            self.places.append(place)
        else:
            self.left["places without a name and a position"] += 1

    def position(self, lon: object, lat: object, place: str) -> LonLat | None:
        """Longitude and latitude in degrees, or a problem and None."""
        numbers = [number_of(lon), number_of(lat)]
        if None in numbers:
            comma = any("," in str(number) for number in (lon, lat))
            if comma:
                fix = "a point and not a comma for the decimal mark"
            else:
                fix = "longitude and latitude in degrees"
            self.fault(place, f"{_shown(lon)}, {_shown(lat)} is not a position", fix)
            return None
        lon_deg, lat_deg = (
            number if number and abs(number) > _LEAST_DEG else 0.0 for number in numbers
        )
        off_the_map: list[Problem] = []
        if is_in_range([lon_deg, lat_deg], place, off_the_map):
            return lon_deg, lat_deg
        self.add(off_the_map)
        return None

    def stop_on_problems(self, source: str) -> None:
        """Raise JourneyFileError where there are problems."""
        if not self.problems:
            return
        more = self.faults - len(self.problems)
        rest = (Problem("", f"and {more:,} more like these"),) if more else ()
        raise JourneyFileError(source, (*self.problems, *rest))


def moment(text: str | None) -> str | None:
    """EDTF date or time of a format's own time, None where it is none; parts of seconds are cut off.

    >>> moment("2020-05-01T10:00:00.250+00:00"), moment("2020-05"), moment("May 2020")
    ('2020-05-01T10:00:00Z', '2020-05', None)
    """
    if text is None:
        return None
    match = _TIME.fullmatch(text.strip())
    date = match[1] + dates.zone_of(match[2] or "") if match else text.strip()
    is_one = time_of(date) is not None if match and date[0] != "-" else dates.is_date(date)
    return date if is_one else None


def joined_date(year: str, month: str, day: str) -> str:
    """Date of a year, a month and a day that stand apart, the month in figures or in words.

    >>> joined_date("1942", "5", "3"), joined_date("1942", "May", ""), joined_date("1942", "5월", "")
    ('1942-05-03', 'May 1942', '1942-05')
    """
    *parts, last = (re.sub(r"\.0+$|[월月일日.]$", "", part.strip()) for part in (year, month, day))
    if parts[1].isdecimal() and (last.isdecimal() or not last):
        return "-".join((parts[0], parts[1].zfill(2), *([last.zfill(2)] if last else [])))
    return " ".join(filter(None, (last, parts[1], parts[0]))) if parts[1] else year


def radius_column(header: str) -> str | None:
    """Unit that a column of radii has in its name, in small letters; empty for none, None where it is another column.

    >>> radius_column("radius_km"), radius_column("Rayon (m)".lower()), radius_column("accuracy"), radius_column("m")
    ('km', 'm', '', None)
    """
    match = _WITH_UNIT.fullmatch(header)
    if header in RADII:
        return ""
    if match and match[1] in RADII:
        return match[2]
    return None


def is_unset(text: str) -> bool:
    """Whether a moment is what a program or a clock writes that has none, in the zone that it was written in.

    >>> is_unset("1970-01-01T00:00:00Z"), is_unset("1970-01-01T09:00:00"), is_unset("1970-01-01T09:30:00Z")
    (True, True, False)
    """
    moment = time_of(text)
    if moment is None or moment.tzinfo is None:
        ways = () if moment is None or moment.minute or moment.second else _UNSET
        return moment is not None and any(abs(moment - way) <= _FARTHEST_ZONE for way in ways)
    with suppress(OverflowError):
        return moment.astimezone(dt.UTC).replace(tzinfo=None) in _UNSET
    return True


def in_letters(text: str) -> str:
    """Text whose signs were written for HTML, once too often or several times, as one reads it.

    >>> in_letters("Caf&eacute; &amp;amp; Bar"), in_letters("Caf&#233;"), in_letters("A & B; C")
    ('Café & Bar', 'Café', 'A & B; C')
    """
    for _ in range(_TWICE_OVER):
        text = _ENTITY.sub(lambda sign: html.unescape(sign[0]), text)
    return text


def in_signs(text: str) -> str:
    """Text that `in_letters` reads as what it is: with its signs written for HTML, where it holds such itself.

    >>> in_letters(in_signs("&eacute; & co")), in_signs("A & B")
    ('&eacute; & co', 'A & B')
    """
    for _ in range(_TWICE_OVER if in_letters(text) != text else 0):
        text = text.replace("&", "&amp;")
    return text


def time_of(text: str) -> dt.datetime | None:
    """Moment that an EDTF date is; None where it is a day or longer, or before the year 1.

    >>> time_of("2020-05-01T10:00:00Z"), time_of("2020-05-01"), time_of("-0043-03-01T10:00:00Z")
    (datetime.datetime(2020, 5, 1, 10, 0, tzinfo=datetime.timezone.utc), None, None)
    """
    try:
        return dt.datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return None


def not_kept(left: Counter[str]) -> list[str]:
    """What is counted, a line each.

    >>> not_kept(Counter({"elevations": 1220}))
    ['not kept, for a journey has no place for it: elevations (1,220)']
    """
    return [
        f"not kept, for a journey has no place for it: {what} ({count:,})"
        for what, count in left.items()
        if count
    ]


def named(names: Sequence[str]) -> str:
    """A few things by name.

    >>> named(["A", "B"]), named(["A"] * 7)
    ('A, B', 'A, A, A, A, A and 2 more')
    """
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def without_markup(text: str) -> str:
    """Text without tags of markup, a blank for any gap.

    >>> without_markup("<p>They left<br>at night.</p>")
    'They left at night.'
    """
    return " ".join(MARKUP.sub(" ", text).split())


def number_of(value: object) -> float | None:
    """Finite number that a value is, or that a text says; None where there is none."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _shown(value: object) -> str:
    text = "nothing" if value is None or not str(value).strip() else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004  # as much as tells it apart
