"""Places of sensitivity 1 or 2, or with none declared, and their texts, which are published as they were written.

And what was asked of places: of whom nobody said what was done, and what is told though the request
names it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from escape_route.geography import base
from escape_route.model.journey import Journey, Waypoint, say
from escape_route.protection.leaks.spelling import plain, vocabulary
from escape_route.protection.leaks.words import COMMON, TELLS_NO_PLACE, own_words
from escape_route.protection.sensitivity import (
    AS_HELD,
    DEFAULT_SENSITIVITY,
    NO_COORDINATES,
    sensitivity_of,
)

_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*[^\W\d_])")
_BEGINS = re.compile(r"(?:\A|[.!?:…。！？]|\n)[\s\"'“”„«»‘’(\[-]*\Z")
_SENTENCES = re.compile(r"(?<=[.!?。！？])\s*")
_SHORT, _KOREAN_NAME = 2, 3
#: Scripts without capitals, whose names are words by themselves or stand joined to others.
_HANGUL, _HAN, _KANA = "\uac00-\ud7a3", "々\u3400-\u4dbf\u4e00-\u9fff", "ァ-ヺー"
#: A person's name by what stands behind it: of that name, Mr or Mrs.
_NAMED = re.compile(
    rf"([{_HANGUL}]{{2,5}}?)(?:이?라[는고]|이?란 |의? ?이름| ?씨| ?님)"
    rf"|([{_HAN}{_KANA}]{{2,8}}?)(?:さん|様|氏|という|の名)"
)
_FAMILIES = (
    "김이박최정강조윤장임한오서신권황안송류전홍문양손배백허남심노하곽성차주우구민진나지엄채원천방공현"
    "함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국"
)
_UNLIKE = re.compile(rf"[{_HANGUL}]+|[{_HAN}]+|[{_KANA}]{{2,}}|[^\W\d_]+")
_PARTICLES = re.compile(
    rf"(?<=[{_HANGUL}]{{2}})"
    "(?:에서는?|에게서?|한테|으로|까지|부터|이나|에는|은|는|이|가|을|를|의|에|와|과|도|로|만)$"
)
#: Endings that a name bears in a sentence and not by itself: of German and English its s, of
#: Russian its cases.
_ENDINGS = re.compile(
    r"(?<=\w{3})(?:['’]?s|['’])$|(?<=[а-яё]{3})(?:[аяуюыиеёой]|о[мйв]|е[мйв]|ым|ого|ому|ами?|ях?|ах)$"
)
#: What stands before a noun in German and no name.
_ARTICLES = re.compile(
    r"(?:\b(?:d(?:er|ie|as|en|em|es)|(?:[dms]?ein|unser|ihr|euer|eur|jen|dies|jed)(?:e[rnms]?)?|kein\w*"
    r"|[iav][mn]s?|zu[mr]?|vom|beim|aller?|welche\w)|e[nrms]|e)\s+\Z",
    re.IGNORECASE,
)


def guarded(journey: Journey) -> Iterator[Waypoint]:
    """Places of sensitivity 1 and 2, and those where none is declared; none that is withheld, for it tells nothing."""
    for waypoint in journey.waypoints:
        if AS_HELD < sensitivity_of(waypoint) <= DEFAULT_SENSITIVITY and not waypoint.withheld:
            yield waypoint


def texts_of(waypoint: Waypoint) -> Iterator[tuple[str, str, str]]:
    """Published texts of a place by the member that holds them and by their language (none: of any)."""
    named = {} if sensitivity_of(waypoint) == NO_COORDINATES else waypoint.name
    for language, name in named.items():
        yield "name", language, name
    for language, statements in waypoint.narration.items():
        for statement in statements:
            yield "narration", language, statement.text
            yield from (("sources_at", "", where) for where in statement.sources_at.values())
    yield from (("sources_at", "", where) for where in waypoint.sources_at.values())
    yield from (("told", "", share.told) for share in waypoint.modes if share.told)
    spoken = {
        "quote": waypoint.quote and waypoint.quote.text,
        "alt": waypoint.image and waypoint.image.alt,
        "transcript": waypoint.audio and waypoint.audio.transcript,
    }
    for member, by_language in spoken.items():
        yield from ((member, language, text) for language, text in (by_language or {}).items())


def sentences_of(waypoint: Waypoint) -> Iterator[tuple[str, str, str]]:
    """What of its published texts is read as a sentence: neither its name nor where in a source."""
    return (text for text in texts_of(waypoint) if text[0] not in {"name", "sources_at"})


def count_of_sentences(journey: Journey) -> int:
    """How many sentences of guarded places are published as they were written, in the language that has the most."""
    languages = [
        language for waypoint in guarded(journey) for _, language, _ in sentences_of(waypoint)
    ]
    return max(map(languages.count, set(languages)), default=0)


def unsettled(journey: Journey) -> Iterator[Waypoint]:
    """Places of which something was asked, and neither a sensitivity nor that they are withheld says what was done."""
    return (
        waypoint
        for waypoint in journey.waypoints
        if waypoint.request and waypoint.sensitivity is None and not waypoint.withheld
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A name that was asked to be held back, or is part of a place's hidden words, and the sentence that tells it.

    `is_asked`: it stands in the request, surely as a name, and nothing settled by hand what may be
    told of the place.
    """

    place: Waypoint
    name: str
    where: str
    sentence: str
    is_in_request: bool
    is_asked: bool

    @property
    def said(self) -> str:
        """What is told of which place, and the sentence."""
        what = "the request of" if self.is_in_request else "what is held back of"
        return f'tells "{self.name}", which stands in {what} {self.place.id}: {self.sentence}'

    def __str__(self) -> str:
        """Name the place, what is told and where."""
        what = "its request names" if self.is_in_request else "what is held back of it has"
        sentence = (
            f'{what} "{self.name}", and so does what is published: read it ({self.where}: '
            f"{self.sentence})"
        )
        return f'waypoint {self.place.id} "{say(self.place.name)}": {sentence}'


def told_though_asked(journey: Journey, published: Iterable[tuple[str, str]]) -> Iterator[Told]:
    """Names in what was asked of a place, and in its name and words that are held back, with who tells them.

    A name is a word with a capital that does not begin a sentence, there or here; in a script
    without capitals it is a word of the place's own name and locality, or a person's by what stands
    behind it, whatever is joined to its end.
    """
    texts = [(where, sentence) for where, text in published for sentence in _SENTENCES.split(text)]
    sentences = [(where, sentence, list(_words(sentence))) for where, sentence in texts]
    names = {_stem(word) for _, _, words in sentences for word, is_name in words if is_name}
    public = {
        _stem(word)
        for where, sentence, words in sentences
        if where.endswith(", name")
        for word, _ in words
    }
    for place in journey.waypoints:
        asked = dict(_asked(place, names))
        if sensitivity_of(place) == AS_HELD and not place.withheld:
            hidden = set()
        else:
            hidden = _hidden(place) - public
        keys = asked.keys() | hidden
        if not keys:
            continue
        is_unsettled = place.withheld or sensitivity_of(place) == NO_COORDINATES
        for where, sentence, words in sentences:
            for key in sorted(keys):
                name = _name_in(key, sentence, words)
                if name is not None:
                    is_asked = is_unsettled and asked.get(key, False) and key not in public
                    yield Told(place, name, where, sentence, key in asked, is_asked)


def texts_published(form: Journey) -> Iterator[tuple[str, str]]:
    """Every text of a publishable form by where it stands."""
    texts = {"title": form.title, "headline": form.headline, "summary": form.summary}
    texts |= {"care": form.care, "subject": form.subject}
    texts |= {f"note {number}": note.text for number, note in enumerate(form.notes, start=1)}
    for where, by_language in texts.items():
        yield from ((f"journey, {where}", text) for text in (by_language or {}).values())
    for claim in form.claims:
        yield from ((f"claim {claim.id}, note", text) for text in (claim.note or {}).values())
    for source in form.sources:
        yield from ((f"source {source.id}", text) for text in (source.title, source.note) if text)
    for place in form.waypoints:
        yield from ((f"waypoint {place.id}, {member}", text) for member, _, text in texts_of(place))
        yield from (
            (f"waypoint {place.id}, quote", text)
            for text in (place.quote.speaker if place.quote else {}).values()
        )


def _asked(place: Waypoint, names: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Names in the request of a place, and whether each is surely one."""
    request, hidden = place.request or "", _own(place)
    for word, is_name in _words(request):
        key = _stem(word)
        if _has_case(word) and (is_name or key in names) and key not in _ordinary():
            yield key, not _ARTICLES.search(request[: request.find(word)])
        elif not _has_case(word):
            person = len(key) == _KOREAN_NAME and key[0] in _FAMILIES
            parts = {part for part in hidden if part in key}
            yield from ((part, True) for part in parts)
            if person and not parts and key not in _ordinary():
                yield key, False
    for match in _NAMED.finditer(request):
        key = match[1] or match[2]
        if key not in _ordinary():
            yield key, True


def _own(place: Waypoint) -> set[str]:
    """Words of a place's own names and of the place as it was told, in scripts without capitals, that are no kinds."""
    texts = (*place.name.values(), place.verbatim_locality or "")
    words = {
        _PARTICLES.sub("", word)
        for text in texts
        for word in _UNLIKE.findall(text)
        if not _has_case(word)
    }
    return {word for word in words if len(word) >= _SHORT and not _is_ordinary(word)}


def _hidden(place: Waypoint) -> set[str]:
    """Names in what is held back of a place: its words as told, and its names where none is published."""
    is_named = not place.withheld and sensitivity_of(place) != NO_COORDINATES
    texts = [place.verbatim_locality or "", *(() if is_named else place.name.values())]
    words = {
        _stem(word)
        for text in texts
        for word, _ in _words(text)
        if word[0].isupper() and not _is_ordinary(word)
    }
    bare = _own(place) - (_own_names(place) if is_named else set())
    texts = [
        name
        for footprint in (*place.footprints, *place.within)
        for name in base.every_name_of(footprint)
    ]
    known = {_stem(word) for name in texts for word, _ in _words(name)}
    return ({word for word in words if len(word) > _SHORT + 1} | bare) - known


def _own_names(place: Waypoint) -> set[str]:
    return {
        _PARTICLES.sub("", word) for text in place.name.values() for word in _UNLIKE.findall(text)
    }


def _name_in(key: str, sentence: str, words: Iterable[tuple[str, bool]]) -> str | None:
    """A name as a sentence tells it, with a capital where its script has any; None where it does not."""
    if _has_case(key):
        return next((word for word, _ in words if _stem(word) == key and not word.islower()), None)
    if re.match(f"[{_HAN}{_KANA}]", key):
        return key if key in sentence else None
    return key if any(word.startswith(key) for word, _ in words) else None


def _stem(word: str) -> str:
    """A word in small letters, without the endings that its place in a sentence gives it."""
    return _PARTICLES.sub("", word) if not _has_case(word) else _ENDINGS.sub("", word.casefold())


def _is_ordinary(word: str) -> bool:
    return plain(word) in _ordinary() or _stem(word) in _ordinary()


@cache
def _ordinary() -> Collection[str]:
    """Words that are in many names, those that tell of any place or person, and names of countries."""
    return COMMON.union(
        TELLS_NO_PLACE, vocabulary("words of hiding places").split(), own_words().split("\x00")
    )


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """Words of a text of three letters or more, two where they have no case, and whether each is surely a name."""
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word) > _SHORT or not _has_case(word):
            yield word, word[0].isupper() and not _BEGINS.search(text[: match.start()])


def _has_case(word: str) -> bool:
    return word.lower() != word.upper()
