"""Looks through passages, bytes and fields for secrets, and names each finding with its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from escape_route.protection.leaks import binary, dates, numbers, spellings, vocabulary
from escape_route.protection.leaks.folding import (
    View,
    decoded,
    folded,
    for_words,
    replaced,
    without_blocks,
    without_tags,
)
from escape_route.protection.leaks.parts import within
from escape_route.protection.leaks.targets import Hit
from escape_route.protection.leaks.withheld import DATE, is_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from escape_route.protection.leaks.parts import Bytes, Field, Passage
    from escape_route.protection.leaks.secrets import Secrets
    from escape_route.protection.leaks.targets import Targets

_MOST_OF_ONE_TEXT = 3  # places at which one text is told
_LEAST_OF_NOISE = 8  # letters that stand among bytes by no chance
_LEAST_PATH_OF_NOISE = 12  # letters: a shorter one may stand among bytes by chance
_WORDS = re.compile(r"[^\W_]+")
_MOST_PLACES = 200  # of one passage: whoever has so many leaks has one cause
_BETWEEN = bytes(64)
_OWN_PATHS = re.compile(
    r"(?<![\w.:/])(?:/(?:home|Users|Volumes|root|mnt|media|tmp|var/folders|var/home|private/var)/"
    r"[^\s\"'<>|:*?]*[^\s\"'<>|:*?.,;)]"
    r"|~/[\w.-]+/[^\s\"'<>|:*?]*[^\s\"'<>|:*?.,;)]"
    r"|[A-Za-z]:(?:\\\\?|/)(?:Users|Documents and Settings|Home)(?:\\\\?|/)[^\s\"'<>|:*?]+"
    r"|[A-Za-z]:\\{1,2}[^\s\\\"'<>|:*?]{2,}\\[^\s\"'<>|:*?]+"
    r"|file:/{2,3}[^\s\"'<>]+)"
)
#: Tags that change how a number looks, and do not end it as those of a table's cells do.
_TAG_IN_NUMBER = re.compile(
    r"<(?<=[\d.]<)/?(?:a|b|bdi|em|font|i|mark|small|span|strong|sub|sup|tspan|tt|u|wbr)\b[^<>]{0,200}>"
    r"(?:</?[a-z][^<>]{0,200}>)*(?=[\d.])",
    re.IGNORECASE,
)
#: Without one of these a text has no path, and need not be looked through for one.
_PATH_SIGNS = (
    *("/home/", "/Users/", "/Volumes/", "/root/", "/mnt/", "/media/", "/tmp/", "/var/"),  # noqa: S108
    *("~/", ":\\", ":/Users", ":/Documents and Settings", ":/Home", "file:/"),
)
_SIGN, _MOST_STROKES = max(map(len, _PATH_SIGNS)), 50_000
_PERSONAL = re.compile(r"author|creator|artist|lastmodifiedby|manager|company|owner|copyright|username|hostcomputer|by-?line", re.IGNORECASE)  # fmt: skip  # noqa: E501
_POSITION_FIELD = re.compile(r"GPS|geotag|LocationShown|LocationCreated", re.IGNORECASE)
_PROGRAMS = re.compile(r"escape-route|openpyxl|matplotlib|chromium|skia|weasyprint|python|pypdf|pillow|folium|jupyter", re.IGNORECASE)  # fmt: skip  # noqa: E501


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something in a published file that should not be there. It never repeats the secret itself.

    Parameters
    ----------
    place
        Where in the published file, such as ``line 3, column 10``.
    kind
        What was found, or the notation that it is written in.
    held_at
        Where the held file has it; empty for what is wrong in any file.
    """

    place: str
    kind: str
    held_at: str = ""

    def __str__(self) -> str:
        """Give place, kind and where it is held, on one line."""
        held = f" (held at {self.held_at})" if self.held_at else ""
        return f"{self.place}: {self.kind}{held}"


def passage(one: Passage, targets: Targets) -> Iterator[Finding]:
    """Find secrets in a text, whatever it is written in, and paths of somebody's machine."""
    source = View(vocabulary.masked(one.text, targets.own))
    hits = [*_own_paths(source, targets.secrets.paths, fewest=_LEAST_PATH_OF_NOISE if one.is_noise else 0)]
    if targets.secrets:
        hits += _in_views(source, targets, one)
    hits = _without_doubles(hits)[:_MOST_PLACES]
    places = one.name([hit.start for hit in hits]) if hits else []
    for hit, place in zip(hits, places, strict=True):
        yield Finding(place, hit.notation, _held_at(targets.secrets, hit))


def in_bytes(blobs: Sequence[Bytes], targets: Targets) -> Iterator[Finding]:
    """Find secret positions among the numbers that bytes may stand for; all bytes at once, for most are few."""
    starts = [0, *accumulate(len(one.content) + len(_BETWEEN) for one in blobs)]
    data = _BETWEEN.join(one.content for one in blobs)
    for hit in _without_doubles(binary.find(data, targets))[:_MOST_PLACES]:
        which = bisect_right(starts, hit.start) - 1
        place = within(blobs[which].place, f"byte {hit.start - starts[which]:,}")
        yield Finding(place, hit.notation, _held_at(targets.secrets, hit))


def field(one: Field) -> Iterator[Finding]:
    """Find a person's name or a position in a field of metadata, whatever it says."""
    if _POSITION_FIELD.search(one.name):
        yield Finding(one.place, f"metadata: a position, in {one.name}")
    elif _PERSONAL.search(one.name) and one.value.strip() and not _PROGRAMS.search(one.value):
        yield Finding(one.place, f"metadata: who made it, in {one.name}")


def _held_at(secrets: Secrets, hit: Hit) -> str:
    """Where the held file has a secret: positions count from 0, texts after them, numbers down from -1."""
    index = hit.secret
    if index is None:
        return ""
    if index >= len(secrets.positions):
        return secrets.texts[index - len(secrets.positions)].held_at
    return secrets.positions.held_at(index) if index >= 0 else secrets.numbers[-1 - index].held_at


def _in_views(source: View, targets: Targets, one: Passage) -> Iterator[Hit]:
    """Look through a text as it stands, as its escapes mean it, and folded."""
    clear = decoded(source)
    plain = folded(without_blocks(clear))
    yield from _through(source, spellings.polylines, targets)
    if clear is not source:
        yield from _through(clear, spellings.polylines, targets)
    yield from _through(plain, spellings.find, targets)
    parted = replaced(plain, _TAG_IN_NUMBER, lambda _: "")
    for view in (plain, parted) if parted is not plain else (plain,):
        found = numbers.find(view.text, targets, is_table=one.is_table, is_noise=one.is_noise)
        yield from (_moved(view, hit) for hit in found)
    yield from _words(plain, targets, is_noise=one.is_noise)
    yield from _dates(plain, targets, is_sheet=one.is_sheet)


def _through(view: View, look: Callable[[str, Targets], Iterator[Hit]], targets: Targets) -> Iterator[Hit]:
    yield from (_moved(view, hit) for hit in look(view.text, targets))


def _moved(view: View, hit: Hit) -> Hit:
    """A find at the place that it has in the file."""
    return Hit(view.origin(hit.start), view.origin(hit.end), hit.notation, hit.secret)


def _words(view: View, targets: Targets, *, is_noise: bool) -> Iterator[Hit]:
    """Withheld texts, with and without the tags between them; among bytes none that is short."""
    first = len(targets.secrets.positions)
    wanted = [
        (first + index, words)
        for index, words in enumerate(targets.secrets.texts)
        if words.kind != DATE and words.text not in targets.said and not (is_noise and _is_short(words.text))
    ]
    if not wanted:
        return
    lowered = for_words(view)
    bare = for_words(without_tags(view))
    for each in (lowered, bare) if bare.text != lowered.text else (lowered,):
        for index, words in wanted:
            for start, end in _occurrences(each.text, words.text):
                yield _moved(each, Hit(start, end, words.kind, index))


def _is_short(text: str) -> bool:
    """Whether a text may stand among bytes by chance."""
    letters = sum(character.isalnum() for character in text)
    return letters < (_LEAST_OF_NOISE if text.isascii() else _LEAST_OF_NOISE // 2)


def _occurrences(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Where words stand in a text as words of their own, whatever stands between them."""
    told = 0
    for match in _spelt(words).finditer(text):
        if told < _MOST_OF_ONE_TEXT and is_whole(text, *match.span()):
            told += 1
            yield match.span()


@lru_cache(maxsize=4096)
def _spelt(words: str) -> re.Pattern[str]:
    """Words with any space or signs between them, or none."""
    return re.compile(r"[\W_]{0,3}".join(map(re.escape, _WORDS.findall(words))) or re.escape(words))


def _dates(view: View, targets: Targets, *, is_sheet: bool) -> Iterator[Hit]:
    """Withheld days and months, in whatever way they are written."""
    first = len(targets.secrets.positions)
    wanted = {
        words.text: first + index
        for index, words in enumerate(targets.secrets.texts)
        if words.kind == DATE and words.text not in targets.said
    }
    for start, end, days in dates.found_in(view.text, is_sheet=is_sheet) if wanted else ():
        for day in days & wanted.keys():
            yield _moved(view, Hit(start, end, DATE, wanted[day]))


def _own_paths(view: View, published: Sequence[str], *, fewest: int) -> Iterator[Hit]:
    """Paths of the machine that a file was made on, of so many letters or more."""
    clear = decoded(view)
    for each in (view, clear) if clear is not view else (view,):
        for match in _OWN_PATHS.finditer(each.text) if _may_have_paths(each.text) else ():
            if len(match[0]) >= fewest and not _is_told(match[0], published):
                yield _moved(each, Hit(*match.span(), "a path of somebody's machine", None))


def _may_have_paths(text: str) -> bool:
    """Whether there is a sign of a path, each near a stroke: far fewer characters are compared than by a search."""
    if text.count("/") + text.count("\\") <= _MOST_STROKES:
        text = "\n".join(text[max(0, at - _SIGN) : at + _SIGN] for stroke in "/\\" for at in _all_of(stroke, text))
    return any(sign in text for sign in _PATH_SIGNS)


def _all_of(sign: str, text: str) -> Iterator[int]:
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def _is_told(path: str, published: Iterable[str]) -> bool:
    """Whether what looks like a path stands in a published text, such as an address of the web."""
    bare = path.rstrip(")]}&,;\\")
    return any(bare in text for text in published)


def _without_doubles(hits: Iterable[Hit]) -> list[Hit]:
    """One find for each secret at each place, the longest; what is no secret only where none was found."""
    kept: list[Hit] = []
    last: dict[int | None, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.secret is None)):
        if hit.end > last.get(hit.secret, -1) and (
            hit.secret is not None or hit.start >= max(last.values(), default=0)
        ):
            last[hit.secret] = hit.end
            kept.append(hit)
    return kept
