"""Names of places within a sentence: an article at their start goes lower-case, and what explains them goes unsaid."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from escape_route.geography import base, named
from escape_route.language.catalogues import Words, filled, in_each, languages, opened

if TYPE_CHECKING:
    from escape_route.model.journey import Text, Waypoint

#: Of each language the articles that names of places begin with; of German only those of a
#: nominative (Den Haag).
_ARTICLES = {
    "en": ("the", "a", "an"),
    "de": ("der", "die", "das", "ein", "eine"),
    "fr": ("le", "la", "les", "l’", "l'", "un", "une", "des"),
    "es": ("el", "la", "los", "las", "un", "una", "unos", "unas"),
}
_NEVER_OF_TOWNS = {"der", "die", "das"}
_LINES = ("river:", "border:")
# letters of a word that is none of those between the words of a town's name (A Pobra do Brollon)
_SHORTEST = 4
_EXPLAINED = re.compile(r"\s*[:\N{FULLWIDTH COLON}]\s*")


def in_sentence(waypoint: Waypoint, language: str) -> str:
    """Name of a place as it stands within a sentence of a language; one that is not told in it is quoted.

    Only a description loses the capital of its article; what may be the name of a town keeps it.

    >>> from types import SimpleNamespace as Place
    >>> names = ["The border river", "The Hague", "A Coruña", "A Chinese town"]
    >>> [in_sentence(Place(name={"en": name}, footprints=()), "en") for name in names]
    ['the border river', 'The Hague', 'A Coruña', 'a Chinese town']
    >>> in_sentence(Place(name={"en": "The Yalu"}, footprints=("river:yalu",)), "en")
    'the Yalu'
    """
    return _set_off(_as_told(waypoint, language), waypoint, language)


def _as_told(waypoint: Waypoint, language: str) -> str:
    by_language = in_languages(waypoint)
    name = _told(by_language, language)
    return _lowered(name, language, waypoint.footprints) if by_language.get(language) else name


def _set_off(name: str, waypoint: Waypoint, language: str) -> str:
    return name if in_languages(waypoint).get(language) else quoted(name, language)


def quoted(name: str, language: str) -> str:
    """Name from another language: in quotation marks, and by itself where its letters run the other way.

    >>> quoted("The border river", "de"), len(quoted("כפר", "en"))
    ('„The border river“', 7)
    """
    words = Words(language)
    runs_back = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in name)
    return words.quoted(f"\u2068{name}\u2069" if runs_back and not words.is_rtl else name)


def in_languages(waypoint: Waypoint) -> Text:
    """Name of a place per language: as it is told, and, where that is the name of what it was told as, ours of that.

    >>> from types import SimpleNamespace as Place
    >>> in_languages(Place(name={"en": "The Yalu"}, footprints=("river:yalu",)))["fr"]
    'Yalou'
    >>> in_languages(Place(name={"en": "China-North Korea border"}, footprints=("border:CN-KP",)))["de"]
    'Grenze China–Nordkorea'
    >>> in_languages(Place(name={"en": "The north of China"}, footprints=("country:CN",)))
    {'en': 'The north of China'}
    """
    told, withheld = (
        waypoint.name,
        {language: opened(word) for language, word in in_each("page.withheld").items()},
    )
    several = [footprint_names(reference) for reference in waypoint.footprints] or [withheld]
    known = [language for language in languages() if all(language in names for names in several)]
    ours = {language: " / ".join(names[language] for names in several) for language in known}
    stored = " / ".join(base.name_of(reference)["en"] for reference in waypoint.footprints)
    alike = any(
        _bare(told[language]) in {_bare(ours.get(language, stored)), _bare(stored)}
        for language in told
    )
    return {**ours, **told} if alike else told


def footprint_names(reference: str) -> Text:
    """What a country, a border or another place of the base geography is called, per language of ours.

    >>> footprint_names("border:CN-KP")["ko"], footprint_names("country:CN")["ar"]
    ('중국–북한 국경', 'الصين')
    """
    kind, _, name = reference.partition(":")
    if kind == "border":
        codes = name.split("-")
        ends = {
            language: "–".join(base.country_name(code, language) for code in codes)
            for language in languages()
        }
        return {
            each: filled(text, {"ends": ends[each]})
            for each, text in in_each("place.border").items()
        }
    known = base.name_of(reference)
    known = known | base.country_names().get(name, {}) if kind == "country" else known
    return {language: known[language] for language in languages() if language in known}


def _told(text: Text, language: str) -> str:
    return text.get(language) or text.get("en") or next(iter(text.values()), "")


def _bare(name: str) -> str:
    return named.fold(name).removeprefix("the ")


def _lowered(name: str, language: str, footprints: Sequence[str]) -> str:
    article = next(
        (article for article in _ARTICLES.get(language, ()) if _begins(name, article)), None
    )
    if article is None:
        return name
    rest = name[len(article) :]
    is_line = any(footprint.startswith(_LINES) for footprint in footprints)
    return article + rest if article in _NEVER_OF_TOWNS or is_line or _describes(rest) else name


def _begins(name: str, article: str) -> bool:
    ends = article[-1] in "’'" or name[len(article) : len(article) + 1] == " "
    return ends and name[: len(article)] == article.capitalize()


def _describes(rest: str) -> bool:
    """Whether what follows an article has a common noun, or the like, before any comma, and so is no town's name."""
    words = re.split(r"[,;:(\N{FULLWIDTH COLON}]", rest)[0].split()
    common = [word for word in words if word[0].islower()]
    return bool(common) and (
        words[0] == common[0] or any(len(word) >= _SHORTEST for word in common)
    )


def short(waypoint: Waypoint, among: Sequence[Waypoint], language: str) -> str:
    """Name of a place as an end of a way: without what explains it behind a colon, where it is still told by it.

    What stands before the colon must be more than a word or a number (a camp, day 3), and no other
    place may be called so; else the explanation stands in brackets.

    >>> from types import SimpleNamespace as Place
    >>> names = ["The border river: the Yalu or the Tumen", "Day 3: Herat", "Kabul"]
    >>> places = [Place(name={"en": name}, footprints=()) for name in names]
    >>> [short(place, places, "en") for place in places]
    ['the border river', 'Day 3 (Herat)', 'Kabul']
    """
    name = _as_told(waypoint, language)
    head, *rest = _EXPLAINED.split(name, maxsplit=1)
    if not head or not rest or not rest[0]:
        return _set_off(name, waypoint, language)
    own = _told(in_languages(waypoint), language)
    others = {_told(in_languages(stop), language) for stop in among} - {own}
    heads = [_EXPLAINED.split(other)[0] for other in others]
    is_alone = _EXPLAINED.split(own)[0] not in heads
    return _set_off(
        head if is_alone and _names(head) else f"{head} ({rest[0]})", waypoint, language
    )


def _names(head: str) -> bool:
    """Whether the beginning of a name says by itself which place is meant."""
    is_cased = head.lower() != head.upper()
    return not any(sign.isdigit() for sign in head) and (" " in head or not is_cased)
