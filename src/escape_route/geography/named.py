"""Places by name beside countries and borders: which river, lake, sea, island, desert, range or province one means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

#: Kinds of footprints that are held by name.
KINDS = ("river", "lake", "sea", "island", "desert", "range")
_APOSTROPHE = re.compile(r"\b([dl])['’]", re.IGNORECASE)
_SOMEWHERE = r"(?:(?:somewhere|irgendwo|quelque part|en algun lugar) )?"
_ARTICLES = r"the|der|die|das|dem|den|de la|de l|du|des|de|le|la|les|l|el|los|las|del|al"
#: Words for where to or from a place something is. A river is told beside some, with an article
#: beside all but those for in it: along Ohio, from the Ohio; and not from Ohio, in the Ohio.
_BESIDE = (
    "along|on|at|across|through|over|beside|into|by|entlang|an|am|auf|durch|uber|le long|au "
    "bord|sur|a|sobre|a orillas"
)
_WITHIN_IT = "in|im|dans|en|aux?(?! bord)|في"
_FROM = (
    "from|off|out of|aus|vom|von|zum|zur|nach|depuis|par|vers|a "
    "travers|desde|hacia|por|de|من|عبر|على|الى"
)
#: Words that say where from a place something is, and its article: they belong to no name.
_LEADING = re.compile(rf"{_SOMEWHERE}(?:{_BESIDE}|{_WITHIN_IT}|{_FROM})? ?\b(?:{_ARTICLES})?\b ?")
_FROM_IT = re.compile(rf"^(?:{_FROM}) (?:(?:{_ARTICLES}) )?")
_ALONG = re.compile(rf"{_SOMEWHERE}(?:{_BESIDE})\b")
_NO_RIVER = re.compile(
    rf"{_SOMEWHERE}(?:(?:{_WITHIN_IT})\b|(?:{_FROM})\b(?! (?:{_ARTICLES})\b)(?<!vom)(?<!zum)(?<!zur))"
)
#: What a place is called beside its name, per kind; of a border, all that it is called.
GENERIC = {
    "river": (
        "river",
        "rivers",
        "fluss",
        "strom",
        "fleuve",
        "riviere",
        "rio",
        "강",
        "川",
        "河",
        "江",
        "نهر",
    ),
    "lake": ("lake", "see", "lac", "lago", "호", "호수", "湖", "بحيرة"),
    "sea": ("sea", "ocean", "meer", "mer", "mar", "해", "바다", "海", "بحر"),
    "island": (
        "island",
        "isle of",
        "insel",
        "ile de",
        "ile",
        "isla de",
        "isla",
        "섬",
        "島",
        "岛",
        "جزيرة",
    ),
    "desert": (
        "desert",
        "wuste",
        "wueste",
        "desert de",
        "desierto de",
        "desierto",
        "사막",
        "砂漠",
        "沙漠",
        "صحراء",
    ),
    "range": (
        "mountains",
        "mountain range",
        "range",
        "gebirge",
        "monts",
        "montes",
        "cordillera",
        "산맥",
        "山脈",
        "山脉",
        "جبال",
    ),
}


def fold(name: str) -> str:
    """Name without accents, case, hyphens and the like: how names are compared.

    >>> fold("San-José"), fold("Xi'an"), fold("ĐÀ NẴNG")
    ('san jose', 'xian', 'da nang')
    """
    if name.isascii():
        plain = name
    else:
        plain = unicodedata.normalize("NFKD", name.replace("Đ", "D").replace("đ", "d"))
    return " ".join(plain.translate(_BARE).casefold().split())


class _Bare(dict[int, str | None]):
    """What stands for each letter, by its number: nothing for an accent or an apostrophe, a blank for a hyphen."""

    def __missing__(self, letter: int) -> str | None:
        self[letter] = None if unicodedata.combining(chr(letter)) else chr(letter)
        return self[letter]


_BARE = _Bare(str.maketrans({"-": " "} | dict.fromkeys("'’ʻʼ`.")))


_JOSA = ("에서부터", "에서", "에", "으로", "로", "을", "를", "から", "で", "に", "を")
_PARTICLES = (*_JOSA, *map(fold, _JOSA))


def indexed(names: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], tuple[str, ...]]:
    """References by kind and name, without the word for the kind too, and by the name alone (kind "").

    Many a river, and many a lake without the word for it, has the name of a state or a town:
    Colorado, Ontario. Such a name stands for them only beside a word or an article that says so.
    The English name of each stands first.
    """
    by_key: dict[tuple[str, str], dict[str, None]] = {}
    for reference, called in names.items():
        kind = reference.partition(":")[0]
        folded = [ending for name in called for ending in _inflected(fold(name))]
        shared = {_without(folded[0], kind)} - {folded[0]} if kind == "lake" else set()
        for name in folded:
            alone = [] if (kind == "river" and name.isascii()) or name in shared else [("", name)]
            for key in (*alone, (kind, name), (kind, _without(name, kind))):
                by_key.setdefault(key, {})[reference] = None
    return {key: tuple(references) for key, references in by_key.items()}


def _inflected(name: str) -> list[str]:
    """A folded name, in German with each ending of its adjective: Schwarzes Meer, im Schwarzen Meer."""
    match = re.fullmatch(r"(\w+)es meer", name)
    if match:
        return [name, *(f"{match[1]}{ending} meer" for ending in ("e", "en", "em"))]
    return [name]


def matching(
    text: str, index: Mapping[tuple[str, str], tuple[str, ...]], *, is_feature: bool = False
) -> tuple[str, ...]:
    """References in an index that a text means: of the whole name, else of what is left without articles and kinds.

    `is_feature` says whether it is known to name a river, a lake and their like, and no state: then
    the bare name is enough.

    >>> index = indexed({"river:ohio": ["Ohio"], "desert:gobi": ["Gobi"], "lake:ontario": ["Lake Ontario", "Ontario"]})
    >>> matching("along the Ohio", index), matching("Gobi Desert", index), matching("Lake Ontario", index)
    (('river:ohio',), ('desert:gobi',), ('lake:ontario',))
    >>> matching("Ohio", index), matching("Ontario", index), matching("Ohio", index, is_feature=True)
    ((), (), ('river:ohio',))
    """
    folded = (fold(text), fold(_APOSTROPHE.sub(r"\1 ", text)))
    for name in dict.fromkeys((folded[0], *map(bare, folded))) if is_feature else ():
        if meant := [place for kind in ("", *KINDS) for place in index.get((kind, name), ())]:
            return tuple(dict.fromkeys(meant))
    readings = (reading for name in dict.fromkeys(folded) for reading in _readings(name))
    return next((index[reading] for reading in readings if reading in index), ())


def is_along(text: str) -> bool:
    """Whether a text says that something is along, on or across what it names, as it is of a river.

    >>> is_along("on the Jordan"), is_along("aus der Schweiz")
    (True, False)
    """
    return _ALONG.match(fold(text)) is not None


def bare(text: str) -> str:
    """Folded text without where to or from a place something is: before it, and joined to it in Korean and Japanese."""
    leading = _LEADING.match(text)
    left = text[leading.end() :] if leading else text
    return next(
        (
            left.removesuffix(particle)
            for particle in _PARTICLES
            if left.endswith(particle) and left != particle
        ),
        left,
    )


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """Kind that a text says, and what may be the name beside it, likeliest first."""
    yield "", text
    without = bare(text)
    for name in dict.fromkeys((text, without)):
        for kind in KINDS:
            left = _without(name, kind)
            if left != name:
                yield kind, left
                yield kind, bare(left)  # the desert of the Sahara
    yield "", without
    if without != text and not _NO_RIVER.match(text):  # along the Ohio, the Ohio; and not: in Ohio
        yield "river", without


def _without(name: str, kind: str) -> str:
    """Name without the word for its kind, before it or behind; in the scripts that write no blank, joined to it."""
    for word in map(fold, GENERIC[kind]):
        blank = " " if word.isascii() or "\u0600" <= word[0] <= "\u06ff" else ""
        if name.startswith(f"{word} "):
            return name[len(word) + 1 :]
        if len(name) > len(blank + word) and name.endswith(blank + word):
            return name[: -len(blank + word)].strip()
    return name


def _words(*texts: str) -> frozenset[str]:
    return frozenset(fold(word) for text in texts for word in text.split())


#: Words for what a region is, before its name or behind it.
_KINDS_OF_REGIONS = _words(
    "province provinces state states oblast krai kray okrug governorate prefecture department canton county counties",
    "region regions district voivodeship territory republic division wilaya wilayat vilayet municipality emirate",
    "provinz bundesland bundesstaat land staat republik gouvernement regierungsbezirk kanton kreis komitat bezirk",
    "département état gouvernorat voïvodie république région territoire kraï",
    "provincia estado departamento gobernación comunidad república óblast región territorio voivodato",
    "regione judet județul województwo kraj ili sheng shi respublika область край республика воеводство",
    "ولاية محافظة مقاطعة إقليم أوبلاست جمهورية منطقة كراي",
)
#: What may stand with such a word: the autonomous, a federal.
_QUALIFIERS = _words(
    "autonomous federal metropolitan special administrative autonome autonomer autonomen autónoma autónomo автономный",
    "автономна автономная الذاتية",
)
_BETWEEN = _words("of von der des de del di do da du d la le l the die das el los las les")
#: Of the scripts that write no blank: joined to the name.
_JOINED = tuple(
    sorted(
        _words("특별자치도 자치구 지방 주 도 성 현 省 州 県 府 道 自治区 自治州"),
        key=len,
        reverse=True,
    )
)


def region_key(name: str) -> str:
    """Name as names of regions are compared: as towns are, and an elided article a word of its own.

    >>> region_key("Oblast d’Odessa"), region_key("Şanlıurfa")
    ('oblast d odessa', 'sanliurfa')
    """
    return fold(_APOSTROPHE.sub(r"\1 ", name).replace("ı", "i"))


def bare_region(name: str) -> str:
    """Folded name without the word for its kind, and what goes with it; the name where it has none.

    >>> bare_region("jilin province"), bare_region("the state of campeche"), bare_region("brandenburg")
    ('jilin', 'campeche', 'brandenburg')
    """
    words = name.split()
    start = next(
        (at for at, word in enumerate(words) if word not in _BETWEEN and word not in _QUALIFIERS), 0
    )
    if words[start : start + 1] and words[start] in _KINDS_OF_REGIONS:
        rest = words[start + 1 :]
        first = next((at for at, word in enumerate(rest) if word not in _BETWEEN), 0)
        if rest[first:]:
            return " ".join(rest[first:])
    end = len(words)
    while end > 1 and (words[end - 1] in _KINDS_OF_REGIONS or words[end - 1] in _QUALIFIERS):
        end -= 1
    if end < len(words):
        return " ".join(words[int(words[0] == "the" and end > 1) : end])
    if not name.endswith(_JOINED):
        return name
    joined = next(ending for ending in _JOINED if name.endswith(ending))
    return name.removesuffix(joined).strip() if len(name) > len(joined) + 1 else name


def indexed_regions(names: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """References by folded name, with and without the word for the kind, and what stands in brackets alone."""
    by_name: dict[str, dict[str, None]] = {}
    for reference, called in names.items():
        for text in called:
            parts = [text] if "(" not in text else [text, *text.rstrip(")").split("(", 1)]
            for name in map(region_key, parts):
                for key in {name, bare_region(name)} - _KINDS_OF_REGIONS:
                    by_name.setdefault(key, {})[reference] = None
    return {key: tuple(references) for key, references in by_name.items()}


def matching_region(
    text: str, index: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], bool]:
    """References in an index that a text means, and whether it says what they are: a province, a state.

    >>> index = indexed_regions({"region:CN-JL": ["Jilin", "吉林省"], "region:US-AZ": ["Arizona", "애리조나 주"]})
    >>> matching_region("Jilin", index), matching_region("Jilin Province", index), matching_region("吉林省", index)
    ((('region:CN-JL',), False), (('region:CN-JL',), True), (('region:CN-JL',), True))
    >>> matching_region("애리조나주", index), matching_region("the Arizona", index)
    ((('region:US-AZ',), True), (('region:US-AZ',), False))
    """
    plain = region_key(text)
    left = bare_region(plain)
    is_said = left != plain
    if plain in index:
        return index[plain], is_said
    if left in index:
        return index[left], is_said
    first, _, rest = plain.partition(" ")
    return index.get(rest if first in _BETWEEN else _FROM_IT.sub("", plain), ()), False
