"""Places that are told by others: near a town, so far from one, between two, at the border, somewhere in a country.

Such a place is a set, and here is read which: the towns that it is told by, and how far from them
it may lie. Which town of that name is meant is left to `locate`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from escape_route import packaged
from escape_route.geography import base, named
from escape_route.model.said_numbers import said
from escape_route.model.units import UNITS, Quantity, units_called

NEAR_M = 30_000.0
"""How far from the edge of a town a place may lie that is told as near it, or is named after it [our judgement]."""
CLOSE_M = 10_000.0
"""How far from the edge of a town its station or harbour may lie [our judgement]."""
ISLAND_M = 80_000.0
"""How far from the edge of the town of its name an island may reach that no footprint is known of [our judgement]."""
TOWARDS_M = 100_000.0
"""How far from the edge of a town a place may lie that is told by its direction from it alone [our judgement]."""
_MORE = "a quarter more than what was told"
_AND_MORE = 1.25  # of a stated distance: 20 miles are told of 17 and of 24 [our judgement]
#: What parts places of which it was one: Hanoi or Hue, Laos oder Kambodscha.
_OR = re.compile(
    r",? +(?:or(?: maybe| perhaps)?|oder|ou|o|또는|아니면|혹은|أو) +|(?<=\S)(?:または|もしくは)(?=\S)",
    re.IGNORECASE,
)
_TO_A_BORDER = "between it and the border, how far from it was not told"
_ARTICLE = re.compile(r"^(?:the|die|der|das|la|le|l['’]|el) ?", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:hours?|days?|\w*stunden?|tage?n?|heures?|jours?|horas?|días?)\b|시간|하루|이틀|사흘|나흘|\d일|時間|日|ساع|يوم|أيام",
    re.IGNORECASE,
)
_AT_SEA = re.compile(
    r"\b(?:at sea|off the (?:\w+ )?coast|coast|open sea|auf (?:dem|see)(?: meer)?|meer|küste|en mer|au large|côtes?|"
    r"mar|costa)\b|바다|앞바다|海|沖|البحر|ساحل",
    re.IGNORECASE,
)
_AT = re.compile(r"\b(?:at|by|bei) $", re.IGNORECASE)
_BRACKETS = re.compile(r"[()（）]")
_IN_BRACKETS = re.compile(r"(?P<town>[^()（）,]+?) ?[(（](?P<more>[^()（）,]+)[)）]")
_COMMA = re.compile(r"[,،、，]")
_CODE = 2  # letters of a state's code
_KM = 1_000.0
_MORE_WORDS = re.compile(
    r",(?: (?=[a-zà-ÿ])|$)"
)  # behind a town, and no country: Arusha, below Mount Meru
_ALIKE = 0.01  # of two lengths that are one number
_LONGEST = 120  # letters of a name that is looked through
_AT_BORDER = r"\b(?:border|frontier|grenze|frontière|frontera)\s+(?:of|between|zwischen|entre|de|von)\s+(?:the\s+)?"
_SIDES = re.compile(rf"{_AT_BORDER}(.+?)\s+(?:and|und|et|y|e)\s+(?:the\s+)?(.+)$", re.IGNORECASE)
_SIDE = re.compile(rf"{_AT_BORDER}(.+)$", re.IGNORECASE)
_BORDER = re.compile(
    r"\b(?:border|frontier|grenze|frontière|frontera)\b|국경|国境|國境|الحدود|حدود", re.IGNORECASE
)

#: Letters of a direction, as English writes them: 12 miles NW of.
_LETTERS = re.compile(r"(?:N|S|E|W|NE|NW|SE|SW|NN[EW]|SS[EW]|E[NS]E|W[NS]W)")
_BEARINGS = {
    **dict.fromkeys(("north", "nord", "nörd", "norte", "nor", "북", "北", "شمال"), 0.0),
    **dict.fromkeys(("east", "ost", "öst", "est", "este", "동", "東", "شرق"), 90.0),
    **dict.fromkeys(("south", "süd", "sued", "sud", "sur", "su", "남", "南", "جنوب"), 180.0),
    **dict.fromkeys(("west", "ouest", "oeste", "서", "西", "غرب"), 270.0),
}
_WORDS = re.compile("|".join(sorted(_BEARINGS, key=len, reverse=True)), re.IGNORECASE)
_OF_LETTERS = dict(zip("NESW", (0.0, 90.0, 180.0, 270.0), strict=True))


@dataclass(frozen=True, slots=True)
class Relation:
    """The towns that a place is told by, one or two, how far from their edge it may lie, and how that was told.

    `reach_m` is None for what lies between two towns. `bearing_deg` is in which direction from the
    town it lies, from north by east; None where none is told. `is_either` where it is one of the
    towns. `or_in` is what may be the larger town of two, behind a comma: Miraflores, Lima.
    """

    towns: tuple[str, ...]
    reach_m: float | None
    words: str
    bearing_deg: float | None = None
    is_either: bool = False
    or_in: str = ""


def relations(names: Iterable[str]) -> tuple[Relation, ...]:
    """Each way in which names tell a place by towns, the surest first.

    >>> [each.towns for each in relations(["a village near Hyesan"])], relations(["Hanoi"])
    ([('Hyesan',)], ())
    >>> [(each.towns, each.reach_m) for each in relations(["about twelve miles from Prizren, Kosovo"])][0]
    (('Prizren, Kosovo',), 25000.0)
    >>> [each.towns[0] for each in relations(["Tengeru, near Arusha, below Mount Meru"])]
    ['Tengeru', 'Arusha']
    """
    found: dict[Relation, None] = {}
    for name in names:
        plain = " ".join(unicodedata.normalize("NFC", name).split())[:_LONGEST]
        found |= dict.fromkeys(
            told
            if (
                told := (
                    _or_nears(plain)
                    or (
                        *_eithers(plain),
                        *_betweens(plain),
                        *(_aways(plain) or _towards(plain) or _beyond(plain)),
                    )
                )
            )
            else (*_filed(plain), *_nears(plain), *_bracketed(plain))
        )
    bare = (
        replace(relation, towns=tuple(_MORE_WORDS.split(town)[0] for town in relation.towns))
        for relation in found
    )
    return tuple(
        relation
        for relation in dict.fromkeys(bare)
        if not any(town[:1].islower() for town in relation.towns)
    )


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    """Patterns of a kind of telling, in each of the languages of `told_places.toml`, compiled once."""
    languages = packaged.table("model/told_places.toml").values()
    return tuple(
        re.compile(
            each.replace("<sites>", f"(?P<site>{told['sites']})")
            .replace("<way>", f"(?P<way>{told['way']})")
            .replace("<somewhere>", told["somewhere"]),
            re.IGNORECASE,
        )
        for told in languages
        for each in told.get(kind, ())
    )


@cache
def _close() -> re.Pattern[str]:
    """Words for sites that lie in a town or beside it."""
    told = packaged.table("model/told_places.toml").values()
    return re.compile("|".join(each["close"] for each in told), re.IGNORECASE)


def _matches(kind: str, text: str) -> list[re.Match[str]]:
    found = (pattern.fullmatch(text) for pattern in _patterns(kind))
    return [match for match in found if match is not None]


def alternatives(name: str) -> tuple[str, ...]:
    """Places of which a name tells one or another, two or more; none of any other name.

    >>> alternatives("Hanoi or Hue or Vinh"), alternatives("Da Nang, Hue oder Vinh"), alternatives("Hue, Vietnam")
    (('Hanoi', 'Hue', 'Vinh'), ('Da Nang', 'Hue', 'Vinh'), ())
    >>> alternatives("Laos, Cambodia or Thailand"), alternatives("Tripoli, Libya or Tunis")
    (('Laos', 'Cambodia', 'Thailand'), ('Tripoli, Libya', 'Tunis'))
    """
    parts = [each.strip(" ,") for each in _OR.split(name)]
    listed = [each.strip() for part in parts for each in part.split(",")]
    are_lands = [bool(base.countries_named(each)) for each in listed]
    found = listed if all(are_lands) or not any(are_lands) else parts
    return tuple(found) if len(parts) > 1 and all(found) else ()


def _or_nears(text: str) -> list[Relation]:
    """A place that is in a town or near it: Rạch Giá or a village near Rạch Giá, in Hue or near it.

    >>> [each.towns for name in ("Hue or a village near Hue", "in Hue or near it", "Hue or near Vinh")
    ...  for each in _or_nears(name)]
    [('Hue',), ('Hue',)]
    """
    itself = next(
        (
            match["town"]
            for match in _matches("near", text)
            if _OR.search(text[match.end("town") :])
        ),
        "",
    )
    near = [(alternative, _nears(alternative)) for alternative in alternatives(text)]
    towns = {found[0].towns[0] if found else each for each, found in near}
    is_near = any(found for _, found in near)
    town = itself or (towns.pop() if len(towns) == 1 and is_near else "")
    return [Relation((town,), NEAR_M, "in it or near it")] if town else []


def _eithers(text: str) -> list[Relation]:
    told = alternatives(text)
    if told:
        return [Relation(told, 0.0, "which of them it was is not known", is_either=True)]
    return []


def _betweens(text: str) -> list[Relation]:
    found = [match.group("town", "other") for match in _matches("between", text)]
    return [_to_a_border(each) or Relation(each, None, "between both") for each in found]


def _to_a_border(ends: tuple[str, ...]) -> Relation | None:
    """What lies between a town and a border that is not said to be another's: Figueras and the border."""
    towns = [each for each in ends if not _BORDER.fullmatch(_ARTICLE.sub("", each))]
    return Relation((towns[0],), TOWARDS_M, _TO_A_BORDER) if len(towns) == 1 else None


def _aways(text: str) -> list[Relation]:
    told = ((match, _length_m(match["told"])) for match in _matches("away", text))
    found = [
        Relation(
            (match["town"],),
            _KM * math.ceil(_AND_MORE * length_m / _KM),
            _MORE,
            _bearing_deg(match),
        )
        for match, length_m in told
        if length_m is not None
    ]
    return sorted(
        found, key=lambda relation: relation.bearing_deg is None
    )  # what holds the direction too is the surer


def bearing_deg(told: str) -> float | None:
    """Bearing of a direction in degrees from north by east: of its words taken together; None where they are none.

    >>> [round(bearing_deg(each)) for each in ("south-west", "nordöstlich", "SSW", "noroeste", "서남", "شمال شرق")]
    [225, 45, 207, 315, 225, 45]
    >>> bearing_deg("east-west"), bearing_deg("up")
    (None, None)
    """
    letters = _LETTERS.fullmatch(told)
    if letters:
        found = [_OF_LETTERS[each] for each in told]
    else:
        found = [_BEARINGS[each.lower()] for each in _WORDS.findall(told)]
    east = math.fsum(math.sin(math.radians(each)) for each in found)
    north = math.fsum(math.cos(math.radians(each)) for each in found)
    if math.hypot(east, north) < 0.5:  # noqa: PLR2004  # none, or two that are opposite
        return None
    return math.degrees(math.atan2(east, north)) % 360


def _bearing_deg(match: re.Match[str]) -> float | None:
    way = match.groupdict().get("way")
    return None if way is None else bearing_deg(way)


def _towards(text: str) -> list[Relation]:
    """Towns that a place is told to lie in a direction from, where neither a length nor a time is told."""
    found = []
    for match in _matches("towards", text):
        before = match["before"].casefold().split()
        is_timed = any(units_called(word.strip("'’"), Quantity.DURATION) for word in before)
        if before[-1:] == ["the"] and before[-2:-1] != ["to"]:
            found.append(Relation((match["town"],), 0.0, "in it"))  # in the north of Hanoi
        elif (
            not is_timed
            and not country_in([match["town"]])
            and not base.countries_named(match["town"])
        ):
            length_m = _length_m(match["before"])  # the Gulf of Siam, 80 miles south of Rach Gia
            reach_m = TOWARDS_M if length_m is None else _KM * math.ceil(_AND_MORE * length_m / _KM)
            words = "how far was not told" if length_m is None else _MORE
            found.append(Relation((match["town"],), reach_m, words, _bearing_deg(match)))
    return found


def _beyond(text: str) -> list[Relation]:
    """Towns that a place is told to lie past, how far from them was not told; a time is no length.

    >>> [each.towns for name in ("somewhere past Győr", "회령 지나서", "a day past Győr") for each in _beyond(name)]
    [('Győr',), ('회령',)]
    """
    towns = [] if _TIME.search(text) else [each["town"] for each in _matches("beyond", text)]
    return [
        Relation((town,), TOWARDS_M, "past it, how far was not told")
        for town in towns
        if not (base.countries_named(town) or base.places_named(town, is_feature=True))
    ]


def timed_from(names: Iterable[str]) -> str:
    """Town from which names tell a place by a time, which is no length; empty where they tell none.

    >>> [timed_from([each]) for each in ("two hours by car from Hanoi", "하노이에서 차로 두 시간", "9 km from Hue")]
    ['Hanoi', '하노이', '']
    """
    told = (
        match for name in names for match in _matches("away", " ".join(name.split())[:_LONGEST])
    )
    return next(
        (
            match["town"]
            for match in told
            if _TIME.search(match["told"]) and not match["town"][0].islower()
        ),
        "",
    )


def is_told_by(names: Iterable[str], town: Iterable[str], length_m: float) -> bool:
    """Whether names tell a place by so long a way from a town, by one of its names.

    >>> is_told_by(["seven versts from Prizren"], ["Prizren, Kosovo"], 7467.6), is_told_by(["Hue"], ["Hue"], 0.0)
    (True, False)
    """
    told = (
        match for name in names for match in _matches("away", " ".join(name.split())[:_LONGEST])
    )
    heads = {_COMMA.split(each)[0].strip().casefold() for each in town}
    return any(
        _COMMA.split(match["town"])[0].strip().casefold() in heads
        and math.isclose(_length_m(match["told"]) or math.inf, length_m, rel_tol=_ALIKE)
        for match in told
    )


def _length_m(text: str) -> float | None:
    """Length at the end of a text, with any words before it; None where there is none."""
    words = re.sub(r"(?<=\d)(?=[^\W\d])", " ", text).split()
    for first in range(len(words)):
        for last in range(len(words) - 1, first, -1):
            units = units_called(" ".join(words[last:]))
            number = said(" ".join(words[first:last]))
            if (
                units and number is not None
            ):  # the longest of units of one name: it holds the others
                return (number.value_to or number.value) * max(UNITS[unit].size for unit in units)
    return None


def _filed(text: str) -> list[Relation]:
    """A place that is told behind the comma of its town, as archives do, and is no land: it lies in the town or by it.

    >>> [_filed(each)[0].towns for each in ("Lima, Cuban embassy", "Buenos Aires, hotel in Once, Argentina")]
    [('Lima',), ('Buenos Aires, Argentina',)]
    >>> _filed("Kassala, Sudan"), _filed("Phoenix, AZ"), _filed("Laos, a village"), _filed("Hanoi,")
    ([], [], [], [])
    """
    head, *inside = (each.strip() for each in _COMMA.split(text))
    is_in_a_land = bool(inside) and (len(inside[-1]) <= _CODE or base.countries_named(inside[-1]))
    if is_in_a_land or (inside and base.regions_named(inside[-1])):
        land = f", {inside.pop()}"
    else:
        land = ""
    if not inside or not head or not all(inside) or base.countries_named(head):
        return []
    if named.is_along(inside[0]) and base.places_named(inside[0], is_feature=True):
        return [Relation((f"{head}{land}",), 0.0, "in it")]  # Baja, an der Donau
    return [Relation((f"{head}{land}",), NEAR_M, "in it or near it", or_in=f"{inside[0]}{land}")]


def _bracketed(text: str) -> list[Relation]:
    """A place with more of it in brackets, its other name or what it lies in: as behind a comma.

    >>> [_bracketed(each)[0].towns[0] for each in ("Fünfkirchen (Pécs)", "Eisenstadt (Burgenland)")], _bracketed("Hue")
    (['Fünfkirchen', 'Eisenstadt, Burgenland'], [])
    """
    match = _IN_BRACKETS.fullmatch(text)
    if not match or base.countries_named(match["town"]):
        return []
    told = f"{match['town']}, {match['more']}"
    return _filed(told) or [Relation((told,), 0.0, "in it")]


def _nears(text: str) -> list[Relation]:
    near = [Relation((match["town"],), NEAR_M, "near it") for match in _matches("near", text)]
    bare = " ".join(_BRACKETS.sub(" ", text).split())  # Friedland (Lager)
    sites = sorted(
        _matches("named_after", bare), key=lambda match: not _close().search(match["site"])
    )
    after = [
        Relation((match["town"],), CLOSE_M, "in the town of its name or beside it")
        if _close().search(match["site"])
        else Relation((match["town"],), NEAR_M, "near the town of its name")
        for match in sites
    ]
    after += [
        Relation((match["town"],), ISLAND_M, "the island of its name")
        for match in _matches("island", text)
    ]
    inside = [] if _matches("land", text) else _matches("inside", text)
    is_close = bool(after) and after[0].reach_m == CLOSE_M  # at the station of
    return [
        *([] if is_close else near),
        *after,
        *(Relation((match["town"],), 0.0, "in it") for match in inside),
    ]


def country_in(names: Iterable[str]) -> str:
    """Reference of the one country that names say a place is somewhere in; empty where they say none.

    >>> country_in(["somewhere in the jungle of Laos"]), country_in(["a gym in Georgia"]), country_in(["Laos road"])
    ('country:LA', '', '')
    """
    plain = [" ".join(name.split())[:_LONGEST] for name in names]
    told = [
        match["town"]
        for name in plain
        for kind in ("inside", "part")
        for match in _matches(kind, name)
    ]
    found = {base.countries_named(each) for each in told if not base.is_also_a_state(each)}
    meant = {each for listed in found for each in listed}
    return meant.pop() if len(meant) == 1 else ""


def regions_in(names: Iterable[str], within: Sequence[str] = ()) -> tuple[str, ...]:
    """References of the province or state that names say a place is somewhere in, several of a land of once; none else.

    Of a name that a town bears too only where more is said: a province, a state, somewhere in it, a
    village in it.

    >>> regions_in(["somewhere in Arizona"]), regions_in(["Jilin province"]), regions_in(["Jilin"])
    (('region:US-AZ',), ('region:CN-JL',), ())
    >>> regions_in(["a refugee camp in Campeche"]), regions_in(["a hotel in Campeche"]), regions_in(["Donbas"])
    (('region:MX-CAM',), (), ('region:UA-14', 'region:UA-09'))
    """
    found = [_region_in(" ".join(name.split())[:_LONGEST], within) for name in names]
    told = [each for each in found if each]
    return told[0] if all(each == told[0] for each in told[1:]) and told else ()


def _region_in(name: str, within: Sequence[str]) -> tuple[str, ...]:
    matches = (
        match for kind in ("inside", "part", "land", "alone") for match in _matches(kind, name)
    )
    inside = [match["town"].strip() for match in matches if "town" in match.groupdict()]
    is_wide = any(_matches(kind, name) for kind in ("land", "part", "camp", "alone"))
    told = [(name, False), *((town, is_wide) for town in inside)]
    return next(
        (found for town, is_wide in told if (found := region_of(town, within, is_wide=is_wide))), ()
    )


def region_of(name: str, within: Sequence[str] = (), *, is_wide: bool = False) -> tuple[str, ...]:
    """References of the one province that a name means, or of what has a land of once; none where it may be another.

    `is_wide` says that what is meant is larger than a town.
    """
    found = base.regions_named(name, within)
    is_of_once = set(found) <= set(base.lands_of_once(name))
    is_one = is_of_once or len(found) == 1
    if not is_one or is_of_once or base.says_region(name):
        return found if is_one else ()
    countries = base.countries_named(name)
    is_country = bool(countries) and base.may_meet(countries, within)
    is_town = not is_wide and any(map(base.is_also_a_town, found))
    return () if is_country or is_town else found


def is_country_alone(name: str, reference: str) -> bool:
    """Whether a name tells a country, or a province, and nothing in it.

    >>> [is_country_alone(each, "country:DE") for each in ("Germany", "irgendwo in Deutschland", "독일 어딘가")]
    [True, True, True]
    >>> [is_country_alone(each, "country:DE") for each in ("a farm in Germany", "somewhere in the north of Germany")]
    [False, False]
    """
    told = (
        name,
        *(match["town"] for match in _matches("alone", " ".join(name.split())[:_LONGEST])),
    )
    named = base.regions_named if reference.startswith("region:") else base.countries_named
    return any(reference in named(each) for each in told)


def features_in(names: Iterable[str]) -> str:
    """Reference of the one sea, river, island or range that names say a place is somewhere in; empty for none.

    >>> features_in(["at sea in the Andaman Sea"]), features_in(["a tent in Paris"])
    ('sea:andaman', '')
    """
    told = [
        match["town"]
        for name in names
        for match in _matches("inside", " ".join(name.split())[:_LONGEST])
    ]
    meant = {place for name in told for place in base.places_named(name, is_feature=True)}
    return meant.pop() if len(meant) == 1 else ""


def is_at_sea(names: Iterable[str]) -> bool:
    """Whether names tell a place at sea, or by a coast, and not which.

    >>> is_at_sea(["40 Seemeilen vor der libyschen Küste"]), is_at_sea(["Hanoi"])
    (True, False)
    """
    return any(_AT_SEA.search(name) for name in names)


def is_border(names: Iterable[str]) -> bool:
    """Whether names tell a border, and not where on it.

    >>> is_border(["the border"]), is_border(["국경"]), is_border(["Grenze zur Türkei"]), is_border(["Borderville"])
    (True, True, True, False)
    """
    return any(_BORDER.search(name) for name in names)


def is_near_border(names: Iterable[str]) -> bool:
    """Whether names tell a place near a border, and not on it.

    >>> [is_near_border([each]) for each in ("a farm near the border", "국경에서 가까운 산속", "at the border")]
    [True, True, False]
    """
    found = (each for name in names for each in _matches("near", " ".join(name.split())[:_LONGEST]))
    return any(
        _BORDER.search(each["town"]) and not _AT.search(each.string[: each.start("town")])
        for each in found
    )


def across(names: Iterable[str]) -> str:
    """Reference of the one river that names tell a place across; empty for none.

    >>> across(["두만강 건너 마을"]), across(["a village across the Tumen"]), across(["past Hanoi"])
    ('river:tumen', 'river:tumen', '')
    """
    told = [
        each["town"]
        for name in names
        for each in _matches("beyond", " ".join(name.split())[:_LONGEST])
    ]
    found = {
        each
        for town in told
        for each in base.places_named(town, is_feature=True)
        if each.startswith("river:")
    }
    return found.pop() if len(found) == 1 else ""


def beside_border(name: str) -> str:
    """Reference of the one province near whose border a name says a place is, on this side or beyond; empty for none.

    >>> beside_border("near the border of Sonora province"), beside_border("the border of Laos")
    ('region:MX-SON', '')
    """
    match = _SIDE.search(" ".join(name.split())[:_LONGEST])
    told = base.regions_named(match[1]) if match else ()
    return told[0] if len(told) == 1 else ""


def sides_of_border(name: str) -> tuple[str, ...]:
    """References of two provinces on whose border a name says a place is, which lies in one or the other; else none.

    >>> sides_of_border("on the border of Arizona and Sonora"), sides_of_border("near the border of Sonora province")
    (('region:US-AZ', 'region:MX-SON'), ())
    >>> sides_of_border("an der Grenze zwischen Bayern und Hessen"), sides_of_border("the border of Laos and Thailand")
    (('region:DE-BY', 'region:DE-HE'), ())
    """
    match = _SIDES.search(" ".join(name.split())[:_LONGEST])
    told = [base.regions_named(each) for each in match.groups()] if match else []
    return tuple(each[0] for each in told) if told and all(len(each) == 1 for each in told) else ()
