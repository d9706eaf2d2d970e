"""What must not appear: each value of a held file that its published form does not contain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from escape_route.errors import member_path
from escape_route.leaks import dates, derived, vocabulary
from escape_route.leaks.folding import View, folded, plain
from escape_route.strict_json import is_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Path: TypeAlias = "tuple[str | int, ...]"

DATE = "withheld date"
_SHORTEST_WORD = 4
_SHORTEST_IDEOGRAPHS = 2
_LONG_TEXT = 48  # of a longer text its sentences and its beginning are looked for as well
_BEGINNING = 32
_FEWEST_DIGITS = 5
_HIGHEST_LAT, _HIGHEST_LON = 90, 180
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")
_SENTENCES = re.compile(r"(?<=[.!?;。！？])\s+|(?<=[。！？])|\n+")
_LAT_NAMES = re.compile(r"(?:^|[a-z_ ])(?:lat|latitude|y)$", re.IGNORECASE)
_LON_NAMES = re.compile(r"(?:^|[a-z_ ])(?:lon|lng|long|longitude|x)$", re.IGNORECASE)
_GEOMETRY = frozenset({"coordinates", "bbox"})
_ID_NAMES = frozenset({"id", "from", "to"})
_PAIR = re.compile(r"(-?\d{1,3}\.\d{3,})[^\d-]{1,12}(-?\d{1,3}\.\d{3,})")


@dataclass(frozen=True, slots=True)
class Position:
    """A position that is held and not published: degrees, decimals it is held with, and where it stands.

    `is_exact` is False where it follows from held positions, as the middle of two does.
    """

    lon_deg: float
    lat_deg: float
    decimals: int
    held_at: str
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """A text that is held and not published, in the one spelling that texts are compared in."""

    text: str
    held_at: str
    kind: str = "withheld text"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is held and not published, long enough that it stands nowhere by chance."""

    value: float
    held_at: str


@dataclass(frozen=True, slots=True, eq=False)
class Secrets:
    """All that must not appear in a published file, and what may.

    `allowed` are the published positions as (lon, lat); `decimals` is the most that one of their numbers has; `paths`
    are published texts that may hold what looks like a path. Two are the same only where they are one.
    """

    positions: tuple[Position, ...] = ()
    texts: tuple[Words, ...] = ()
    numbers: tuple[Number, ...] = ()
    allowed: frozenset[tuple[float, float]] = frozenset()
    decimals: int = 0
    paths: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.positions or self.texts or self.numbers)


def secrets_of(held: Mapping[str, object], protected: Mapping[str, object]) -> Secrets:
    """Find what a held file has and its published form has not.

    Parameters
    ----------
    held
        The held file as parsed, with whatever members it has, known or not.
    protected
        The same journey's published form as a GeoJSON document.

    Returns
    -------
    Secrets
        Positions (each vertex, and what follows from them), texts, dates, long numbers.

    Examples
    --------
    >>> held = {"geometry": {"coordinates": [128.04567, 42.01234]}, "note": "house of Mrs Kim"}
    >>> found = secrets_of(held, {"geometry": {"coordinates": [128.05, 42.05]}})
    >>> [each.held_at for each in (*found.positions, *found.texts)]
    ['geometry.coordinates', 'note']
    """
    return secrets_of_all([(held, protected)])


def secrets_of_all(pairs: Iterable[tuple[Mapping[str, object], Mapping[str, object]]]) -> Secrets:
    """Find the secrets of several journeys that are published in one file: what any of them publishes may appear."""
    pairs = list(pairs)
    published = [value for _, protected in pairs for value in walk(protected)]
    told = [position for _, protected in pairs for position in _positions(protected)]
    allowed = frozenset((each.lon_deg, each.lat_deg) for each in told)
    corpus = _corpus(published)
    values = [value for held, _ in pairs for value in walk(held)]
    found = [_of_one(held, protected, allowed) for held, protected in pairs]
    return Secrets(
        positions=tuple(_once(each for positions in found for each in positions)),
        texts=(*_texts(values, corpus), *_dates(values, published)),
        numbers=tuple(_numbers(values, published)),
        allowed=allowed,
        paths=tuple(value for _, value in published if isinstance(value, str) and ("/" in value or "\\" in value)),
        decimals=max((each.decimals for each in told), default=0),
    )


def walk(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every text and number of a document with its path, in the file's order; without recursion, however deep it is."""
    waiting: list[tuple[Path, object]] = [(path, value)]
    while waiting:
        here, one = waiting.pop()
        if isinstance(one, dict):
            waiting += [((*here, str(name)), member) for name, member in reversed(one.items())]
        elif isinstance(one, list | tuple):
            waiting += [((*here, index), member) for index, member in reversed(list(enumerate(one)))]
        elif isinstance(one, str) or is_number(one):
            yield here, one


def named(path: Path) -> str:
    """Path as messages write it.

    Examples
    --------
    >>> named(("features", 3, "geometry"))
    'features[3].geometry'
    """
    place = ""
    for step in path:
        place = f"{place}[{step}]" if isinstance(step, int) else member_path(place, step)
    return place


def decimals_of(value: float) -> int:
    """Places after the point that a number is written with.

    Examples
    --------
    >>> decimals_of(128.0), decimals_of(42.0125), decimals_of(1e-7)
    (0, 4, 7)
    """
    whole, _, decimals = repr(value).partition(".")
    if "e" not in decimals and "e" not in whole:
        return len(decimals.rstrip("0"))
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _of_one(
    held: Mapping[str, object], protected: Mapping[str, object], allowed: frozenset[tuple[float, float]]
) -> list[Position]:
    """Positions of one file that nothing published has, and what follows from its stops and not from published ones."""
    positions = [each for each in _positions(held) if (each.lon_deg, each.lat_deg) not in allowed]
    positions.sort(key=lambda each: "coordinates" not in each.held_at)  # a place is named by its geometry first
    following = derived.positions(_stops(held))
    public = {(round(lon, 9), round(lat, 9)) for lon, lat, _ in derived.positions(_stops(protected))}
    return positions + [
        Position(lon, lat, 15, what, is_exact=False)
        for lon, lat, what in following
        if (round(lon, 9), round(lat, 9)) not in public
    ]


def _stops(document: Mapping[str, object]) -> list[tuple[float, float]]:
    """Points of the features, in order."""
    features = document.get("features")
    found = []
    for feature in features if isinstance(features, list) else []:
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if isinstance(geometry, dict) and geometry.get("type") == "Point":
            found += [(each.lon_deg, each.lat_deg) for each in _positions(geometry)]
    return found


def _positions(document: object) -> Iterator[Position]:
    """Every pair of numbers that may be a position: lists of two to four, members named lat and lon, pairs in texts."""
    waiting: list[tuple[Path, object]] = [((), document)]
    while waiting:
        path, one = waiting.pop()
        if isinstance(one, dict):
            yield from _by_name(path, one)
            waiting += [((*path, str(name)), member) for name, member in reversed(one.items())]
        elif isinstance(one, list | tuple):
            yield from _by_order(path, one)
            waiting += [((*path, index), member) for index, member in reversed(list(enumerate(one)))]
        elif isinstance(one, str):
            yield from _in_text(path, one)


def _by_order(path: Path, values: Sequence[object]) -> Iterator[Position]:
    if not all(map(is_number, values)):
        return
    numbers: list[float] = list(values)  # type: ignore[arg-type]  # is_number has looked
    if not (_GEOMETRY & set(path)) and not all(map(decimals_of, numbers[:2])):
        return  # a range, a grade, a size
    if len(numbers) in {2, 3}:
        yield from _position(numbers[0], numbers[1], path)
    elif len(numbers) in {4, 6}:  # a bounding box
        yield from _position(numbers[0], numbers[1], path)
        yield from _position(numbers[len(numbers) // 2], numbers[len(numbers) // 2 + 1], path)


def _by_name(path: Path, members: Mapping[object, object]) -> Iterator[Position]:
    lats = [(name, value) for name, value in members.items() if is_number(value) and _LAT_NAMES.search(str(name))]
    lons = [(name, value) for name, value in members.items() if is_number(value) and _LON_NAMES.search(str(name))]
    for (lat_name, lat), (_, lon) in zip(lats, lons, strict=False):
        if decimals_of(lat) or decimals_of(lon):  # type: ignore[arg-type]  # numbers, as looked above
            yield from _position(lon, lat, (*path, str(lat_name)))  # type: ignore[arg-type]  # numbers, as looked above


def _in_text(path: Path, text: str) -> Iterator[Position]:
    for match in _PAIR.finditer(text) if "." in text else ():
        yield from _position(float(match[1]), float(match[2]), path)


def _position(first: float, second: float, path: Path) -> Iterator[Position]:
    """Position of a pair in GeoJSON's order, or in the other where only that one is on the earth."""
    lon, lat = (first, second) if abs(second) <= _HIGHEST_LAT else (second, first)
    if abs(lat) <= _HIGHEST_LAT and abs(lon) <= _HIGHEST_LON:
        yield Position(float(lon), float(lat), max(decimals_of(lon), decimals_of(lat)), named(path))


def _once(positions: Iterable[Position]) -> Iterator[Position]:
    seen: set[tuple[float, float]] = set()
    for each in positions:
        if (each.lon_deg, each.lat_deg) not in seen:
            seen.add((each.lon_deg, each.lat_deg))
            yield each


def _corpus(published: Iterable[tuple[Path, object]]) -> str:
    """Everything that is published as text, and names of members, in one string for looking things up in."""
    texts = [str(value) for _, value in published]
    names = {str(step) for path, _ in published for step in path}
    return "\x00".join(map(plain, (*texts, *sorted(names))))


def _texts(values: Iterable[tuple[Path, object]], corpus: str) -> Iterator[Words]:
    seen: set[str] = set()
    for path, value in values:
        if not isinstance(value, str) or dates.is_date(value.strip()):  # a date is looked for as such
            continue
        for part in _parts(value):
            if part not in seen and not _stands_in(part, corpus) and _says_something(part, path):
                seen.add(part)
                yield Words(part, named(path))


def _dates(values: Iterable[tuple[Path, object]], published: Iterable[tuple[Path, object]]) -> Iterator[Words]:
    """Days and months that are told and not published, as ISO 8601 writes them."""
    seen = {day for _, value in published if isinstance(value, str) for day in _all_days(value)}
    for path, value in values:
        for day in dates.named(folded(View(value)).text) if isinstance(value, str) else ():
            if day not in seen:
                seen.add(day)
                yield Words(day, named(path), DATE)


def _all_days(text: str) -> set[str]:
    """Days that a text may mean, with and without their year."""
    days = {day for _, _, found in dates.found_in(folded(View(text)).text) for day in found}
    return days | {f"-{day[4:]}" for day in days if len(day) == len("2019-05-14")}


def _parts(text: str) -> Iterator[str]:
    """A text whole; of a long one its sentences and its beginning too, for it may be quoted or cut off."""
    whole = plain(text)
    yield whole
    if len(whole) > _LONG_TEXT and " " in whole:
        yield whole[:_BEGINNING].rpartition(" ")[0]
        for sentence in _SENTENCES.split(text):
            if len(part := plain(sentence).rstrip(".!?;。！？")) > _BEGINNING:
                yield part


def _says_something(text: str, path: Path) -> bool:
    """Whether a text is long enough to be looked for, and not what the program itself always says."""
    letters = sum(character.isalpha() for character in text)
    if path and path[-1] in _ID_NAMES:
        text = text.rstrip(" 0123456789")
        letters = len(text)
    fewest = _SHORTEST_IDEOGRAPHS if _IDEOGRAPHS.search(text) else _SHORTEST_WORD
    long_enough = letters >= fewest or len(re.sub(r"\D", "", text)) > _FEWEST_DIGITS
    return long_enough and not _stands_in(text, vocabulary.own_words())


def _stands_in(text: str, corpus: str) -> bool:
    """Whether a text stands in another as words of its own, not within a longer word."""
    start = corpus.find(text) if text else -1
    while start >= 0:
        if is_whole(corpus, start, start + len(text)):
            return True
        start = corpus.find(text, start + 1)
    return not text


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether what stands from start to end is no part of a longer word; scripts without spaces have no such."""
    return not (
        (start > 0 and _joins(text[start - 1], text[start])) or (end < len(text) and _joins(text[end - 1], text[end]))
    )


def _joins(one: str, other: str) -> bool:
    """Whether two neighbours are of one word, in a script that puts spaces between words."""
    return (one.isalpha() and other.isalpha() and max(one, other) < "\u0e00") or (one.isdigit() and other.isdigit())


def _numbers(values: Iterable[tuple[Path, object]], published: Iterable[tuple[Path, object]]) -> Iterator[Number]:
    """Numbers of five digits and more, such as heights and times; those within positions are looked for as such."""
    seen = {value for _, value in published if is_number(value)}
    for path, value in values:
        if is_number(value) and value not in seen and len(_digits(value)) >= _FEWEST_DIGITS:
            if _is_coordinate(path):
                continue
            seen.add(value)
            yield Number(float(value), named(path))  # type: ignore[arg-type]  # is_number has looked


def _is_coordinate(path: Path) -> bool:
    """Whether a path leads into a geometry or its bounds; of a point's height that is not so, of a track's it is."""
    if "bbox" in path or "coordinates" not in path:
        return "bbox" in path
    return path[-1] in {0, 1} or path[-2] != "coordinates"


def _digits(value: object) -> str:
    """Digits of a number that say something: no zeros at either end."""
    return f"{Decimal(repr(value)).normalize():f}".replace(".", "").strip("-0")
