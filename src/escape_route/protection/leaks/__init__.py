"""The leak check: nothing that a held file has and its published form has not may stand in a published file.

`secrets_of_all` says what that is, `find` looks for it as people and programs write it by accident:
in any text, in any file within the file. Whoever hides something on purpose gets it past.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import numpy as np

from escape_route.protection.leaks import codes, coordinates, dates, spelling, unpack, words
from escape_route.protection.leaks.frames import DEGREES, Hit, Places, Told, places_of
from escape_route.protection.leaks.parts import (
    Budget,
    Bytes,
    Finding,
    Floats,
    Inside,
    Passage,
    gap,
    joined,
    within,
)
from escape_route.protection.leaks.secrets import Secrets, secrets_of_all
from escape_route.protection.leaks.spelling import View

__all__ = ["Finding", "Secrets", "find", "secrets_of_all"]

_DEEPEST = 8
_MOST_OF_ONE_TEXT = 3  # places at which one text is told
_MOST_PLACES = 200  # of one passage: whoever has so many leaks has one cause
_LEAST_OF_NOISE, _LEAST_PATH_OF_NOISE = 8, 12  # letters that stand among bytes by no chance
_BETWEEN = bytes(64)
_WHOLE_DAY = len("2019-05-14")
_DOUBLE_DEG, _SINGLE_DEG = 5e-7, 1.6e-5  # the last is between neighbours of single precision at 180
_WHOLE = (
    1e7,
    1e6,
    2**31 / 180,
)  # whole numbers of a degree; the last are the semicircles of sports watches
#: Folders that bear somebody's name, and addresses of files.
_OWN_PATHS = re.compile(
    r"(?<![\w.:/])(?:/(?:home|Users|Volumes|var/home)/[^\s\"'<>|:*?]*[^\s\"'<>|:*?.,;)]"
    r"|[A-Za-z]:(?:\\{1,2}|/)(?:Users|Documents and Settings|Home)(?:\\{1,2}|/)[^\s\"'<>|:*?]+"
    r"|file:/{2,3}[^\s\"'<>]+)"
)
#: Without one of these a text has no path, and need not be looked through for one.
_PATH_SIGNS = ("/home/", "/Users/", "/Volumes/", ":\\", ":/")


def find(
    content: bytes, name: str, secrets: Secrets, *, own: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """Find what should not be in a published file, or in its name.

    `own` are long passages that the program's own files carry unchanged (scripts, styles): nothing
    is looked for in them. Findings come each once, in the order of the file. A part that cannot be
    looked through is one too, with `is_gap`: nothing is called clean that was not read.

    >>> held = {"geometry": {"coordinates": [128.04567, 42.01234]}}
    >>> secrets = secrets_of_all([held], [{"geometry": {"coordinates": [128.05, 42.05]}}])
    >>> [str(each) for each in find(b"They met at 42.01234, 128.04567.", "note.txt", secrets)]
    ['line 1, column 13: decimal degrees (held at geometry.coordinates)']
    >>> find(b"They met near 42.05, 128.05.", "note.txt", secrets)
    ()
    """
    places = places_of(secrets)
    findings = dict.fromkeys(_in_text(joined([(name, "the file's own name")]), places))
    blobs: list[Bytes] = []
    for part in _all_parts(Inside(content, name, "")):
        if isinstance(part, Finding):
            findings[part] = None
        elif isinstance(part, Passage):
            findings |= dict.fromkeys(_in_text(part, places, own))
        else:
            blobs.append(part)
    return tuple(findings | dict.fromkeys(_in_bytes(blobs, places)))


def _all_parts(file: Inside) -> Iterator[Passage | Bytes | Finding]:
    """Take a file apart to the last."""
    budget = Budget()
    waiting = [(file, 0)]
    while waiting:
        inside, depth = waiting.pop()
        if depth > _DEEPEST:
            yield gap("a file in a file, too many deep", inside.place)
            continue
        for part in unpack.open_up(inside, budget):
            if isinstance(part, Inside):
                waiting.append((part, depth + 1))
            else:
                yield part


def _in_text(passage: Passage, places: Places, own: Iterable[str] = ()) -> Iterator[Finding]:
    """Find secrets in a text, whatever it is written in, and paths of somebody's machine; none in our own passages."""
    text = passage.text
    for piece in own if "<html" in text[:2000] else ():
        text = text.replace(piece, " " * len(piece))
    source = View(text)
    clear = spelling.decoded(source)
    fewest = _LEAST_PATH_OF_NOISE if passage.is_noise else 0
    hits = [
        hit
        for view in {source.text: source, clear.text: clear}.values()
        for hit in _paths(view, places, fewest)
    ]
    if places.secrets:
        for view in {source.text: source, clear.text: clear}.values():
            hits += (
                _moved(view, hit)
                for line in codes.polylines_in(view.text)
                for hit in places.hits(line)
            )
        plain = spelling.folded(spelling.without_blocks(clear))
        hits += (_moved(plain, hit) for hit in _in_plain(plain.text, places))
        hits += _words(plain, places.secrets, is_noise=passage.is_noise)
    hits = _without_doubles(hits)[:_MOST_PLACES]
    named = passage.name([hit.start for hit in hits]) if hits else []
    for hit, place in zip(hits, named, strict=True):
        yield Finding(place, hit.notation, _held_at(places.secrets, hit))


def _in_bytes(blobs: Sequence[Bytes], places: Places) -> Iterator[Finding]:
    """Find secret positions among the numbers that bytes may stand for; all bytes at once, for most are few."""
    starts = [0, *accumulate(len(blob.content) + len(_BETWEEN) for blob in blobs)]
    data = _BETWEEN.join(blob.content for blob in blobs)
    hits = _in_numbers(data, places) if places.is_looked_for.any() else ()
    for hit in _without_doubles(hits)[:_MOST_PLACES]:
        which = bisect_right(starts, hit.start) - 1
        place = within(blobs[which].place, f"byte {hit.start - starts[which]:,}")
        yield Finding(place, hit.notation, _held_at(places.secrets, hit))


def _held_at(secrets: Secrets, hit: Hit) -> str:
    """Where the held file has a secret: positions count from 0, texts after them."""
    if hit.secret is None:
        return ""
    after = hit.secret - len(secrets.positions)
    return secrets.texts[after].held_at if after >= 0 else secrets.positions.held_at(hit.secret)


def _in_plain(text: str, places: Places) -> Iterator[Hit]:
    for numbers in coordinates.told_in(text):
        yield from places.hits(numbers)
    for numbers in coordinates.alone_in(text):
        yield from places.alone(numbers)
    yield from coordinates.ways_in(text, places)
    yield from _dates(text, places.secrets)


def _dates(text: str, secrets: Secrets) -> Iterator[Hit]:
    first = len(secrets.positions)
    wanted = {
        secret.text: first + index
        for index, secret in enumerate(secrets.texts)
        if secret.kind == words.DATE
    }
    written = list(dates.found_in(text)) if wanted else []
    in_days = {
        at
        for start, end, days in written
        if any(len(day) == _WHOLE_DAY for day in days)
        for at in range(start, end)
    }
    months = {
        day[:7] for day in wanted if len(day) == _WHOLE_DAY
    }  # another day of such a month is not the one held
    for start, end, days in written:
        meant = days - months if start in in_days else days
        yield from (
            Hit(start, end, words.DATE, wanted[day]) for day in sorted(meant & wanted.keys())
        )


def _words(view: View, secrets: Secrets, *, is_noise: bool) -> Iterator[Hit]:
    """Withheld texts, with and without the tags between them; among bytes none that is short.

    A single word in small letters is looked for in what people read, and not in tags and programs.
    """
    wanted = [
        (len(secrets.positions) + index, secret)
        for index, secret in enumerate(secrets.texts)
        if secret.kind != words.DATE and not (is_noise and _is_short(secret.text))
    ]
    seen: set[str] = set()
    for reading, is_code in (
        (view, True),
        (spelling.without_tags(view), True),
        (spelling.read_by_people(view), False),
    ):
        small = spelling.for_words(reading)
        if (small.text in seen and is_code) or not wanted:
            continue
        seen.add(small.text)
        whole: list[tuple[int, int]] = []
        for index, secret in wanted:  # a text comes before its parts
            if secret.is_name is not is_code:
                continue
            for start, end in words.occurrences(small.text, secret, _MOST_OF_ONE_TEXT):
                if secret.kind != words.PART or not any(
                    first <= start and end <= last for first, last in whole
                ):
                    whole.append((start, end))
                    yield _moved(small, Hit(start, end, secret.kind, index))


def _is_short(text: str) -> bool:
    letters = sum(character.isalnum() for character in text)
    return letters < (_LEAST_OF_NOISE if text.isascii() else _LEAST_OF_NOISE // 2)


def _paths(view: View, places: Places, fewest: int) -> Iterator[Hit]:
    """Paths of the machine that a file was made on, of so many letters or more, that no published text holds."""
    for match in (
        _OWN_PATHS.finditer(view.text) if any(sign in view.text for sign in _PATH_SIGNS) else ()
    ):
        bare = match[0].rstrip(")]}&,;\\")
        if len(match[0]) >= fewest and not any(bare in text for text in places.secrets.paths):
            yield _moved(view, Hit(*match.span(), "a path of somebody's machine", None))


def _moved(view: View, hit: Hit) -> Hit:
    return Hit(view.origin(hit.start), view.origin(hit.end), hit.notation, hit.secret)


def _without_doubles(hits: Iterable[Hit]) -> list[Hit]:
    """One find for each secret at each place, the longest; what is no secret only where none was found."""
    kept: list[Hit] = []
    last: dict[int | None, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.secret is None)):
        is_new = hit.secret is not None or hit.start >= max(last.values(), default=0)
        if hit.end > last.get(hit.secret, -1) and is_new:
            last[hit.secret] = hit.end
            kept.append(hit)
    return kept


def _in_numbers(data: bytes, places: Places) -> Iterator[Hit]:
    """Floating point and scaled whole numbers at any offset, either byte order: shapes of databases, arrays, receivers.

    Doubles count alone, for they are exact; single precision and whole numbers in neighbouring
    pairs.
    """
    for order in "<>":
        for offset in range(8):
            pairs = _bytes_told(
                _read(data, offset, f"{order}f8"),
                offset,
                8,
                "double-precision number",
                _DOUBLE_DEG,
                0,
            )
            yield from places.alone(pairs)
        for offset in range(4):
            singles = _read(data, offset, f"{order}f4")
            yield from places.hits(
                _bytes_told(singles, offset, 4, "single-precision numbers", _SINGLE_DEG, 1)
            )
            whole = _read(data, offset, f"{order}i4")
            for scale in _WHOLE:
                name = f"whole numbers of 1/{scale:,.0f}"
                yield from places.hits(_bytes_told(whole / scale, offset, 4, name, 1.01 / scale, 1))


def _read(data: bytes, offset: int, kind: str) -> Floats:
    """Numbers without their signs; what is no number is 0."""
    count = max(0, (len(data) - offset) // np.dtype(kind).itemsize)
    with np.errstate(all="ignore"):
        values = np.frombuffer(data, dtype=kind, count=count, offset=offset if count else 0).astype(
            float
        )
        finite: Floats = np.nan_to_num(np.abs(values), nan=0.0, posinf=0.0, neginf=0.0)
    return finite


def _bytes_told(
    values: Floats, offset: int, width: int, notation: str, reach_deg: float, apart: int
) -> Told:
    """Numbers that may be degrees, each with its neighbour; with itself where they count alone."""
    is_degree = (values > 1e-3) & (values <= 180)  # noqa: PLR2004
    first = np.flatnonzero(is_degree[: len(values) - apart] & is_degree[apart:])
    reach, start = np.full(len(first), reach_deg), offset + width * first
    return Told(
        notation,
        DEGREES,
        values[first],
        values[first + apart],
        reach,
        reach,
        start,
        start + width * (1 + apart),
    )
