"""Places that are told by others: near a town, so far from one, between two, at the border, somewhere in a country.

Such a place is a set, and here is read which: the towns that it is told by, and how far from them it may lie. Which
town of that name is meant is left to `locate`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escape_route.geography import base
from escape_route.model.said_numbers import said
from escape_route.model.units import UNITS, units_called

if TYPE_CHECKING:
    from collections.abc import Iterable

NEAR_M = 30_000.0
"""How far from the edge of a town a place may lie that is told as near it, or is named after it [our judgement]."""
_AND_MORE = 1.25  # of a stated distance: 20 miles are told of 17 and of 24 [our judgement]
_KM = 1_000.0
_LONGEST = 120  # letters of a name that is looked through

_SITES_EN = (
    r"(?:(?:refugee|transit|prison|labou?r|internment|holding|army|border|railway|train|bus|detention|reception|"
    r"D\.?P\.?) )*"
    r"(?:camps?|airport|airfield|station|harbou?r|port|docks?|pier|prison|jail|hospital|barracks|beach|checkpoint|"
    r"crossing|monastery|temple|mission|orphanage|cent(?:er|re)|outskirts|suburbs?)"
)
_SITES_DE = (
    r"(?:\w*lager|\w*hafen|\w*bahnhof|bhf\.?|\w*gefängnis|\w*kaserne|\w*kloster|grenzübergang|\w*krankenhaus|\w*heim)"
)
_SITES_FR = r"(?:camp|gare|port|aéroport|prison|caserne|plage|hôpital|monastère|centre|faubourgs?)(?: de \w+)?"
_SITES_ES = r"(?:campo|campamento|estación|puerto|aeropuerto|cárcel|prisión|playa|hospital|monasterio|cuartel)"
_SITES_KO = r"(?:\S*수용소|난민촌|피난민촌|난민캠프|부두|항구|항|역|공항|비행장|형무소|교도소|감옥|해변|성당|교회)"
_SITES_JA = r"(?:\S*収容所|難民キャンプ|港|駅|空港|刑務所|監獄|海岸)"
_SITES_AR = r"(?:مخيم|ميناء|محطة|مطار|سجن|شاطئ|معبر|مستشفى)"
_WAY_EN = r"(?:north|south|east|west)\w*(?:[- ](?:north|south|east|west)\w*)*"

#: How a place is told by a distance from a town: number, unit, town.
_AWAY = (
    (
        rf"(?P<told>.+?) (?:(?:to the |due )?{_WAY_EN} |away |out |inland |upriver |downriver )?"
        r"(?:from|of|outside(?: of)?|beyond|off|before) (?P<town>.+)"
    ),
    r"(?P<told>.+?) (?:\w+lich |entfernt |weit |weg )?(?:von|vor|hinter|außerhalb von|ausserhalb von) (?P<town>.+)",
    r"(?:à )?(?P<told>.+?) (?:au (?:nord|sud|est|ouest)\S* )?(?:de |d['’])(?P<town>.+)",
    r"(?:a )?(?P<told>.+?) (?:al (?:norte|sur|este|oeste|noreste|noroeste|sureste|suroeste) )?de (?P<town>.+)",
    (
        r"(?P<town>.+?)(?:에서|로부터) ?(?:[동서남북]+쪽?(?:으로)? ?)?(?P<told>.+?)(?: ?(?:쯤|정도))?"
        r"(?: ?(?:떨어진|거리|밖|[동서남북]+쪽).*)?"
    ),
    r"(?P<town>.+?)(?:から|より)(?:[東西南北]+へ)?(?P<told>.+?)(?:ほど)?(?:離れ.*|の.*|[東西南北].*)?",
    r"(?:على (?:بعد|مسافة) )?(?P<told>.+?) (?:شمال |جنوب |شرق |غرب )?(?:من|عن) (?P<town>.+)",
)
#: How a place is told as near a town.
_NEAR = (
    (
        r"(?:.* )?(?:near|near to|close to|just outside|outside(?: of)?|outskirts of|edge of|vicinity of|not far from|"
        r"next to|around|by|at) (?P<town>.+)"
    ),
    r"(?:.* )?(?:bei|nahe(?: bei)?|in der nähe von|unweit(?: von)?|am rande? von|im umland von|vor) (?P<town>.+)",
    (
        r"(?:.* )?(?:près|proche|aux environs|à côté|non loin|aux alentours|aux abords|en dehors) "
        r"(?:de |d['’])(?P<town>.+)"
    ),
    r"(?:.* )?(?:cerca|junto|en las afueras|en los alrededores|al lado) (?:de|a) (?P<town>.+)",
    r"(?P<town>\S+?)(?:의)? ?(?:근처|인근|부근|근방|주변|외곽|교외|변두리)(?:의|에)?(?: .+|[가-힣]*)?",
    r"(?P<town>.+?)の?(?:近く|付近|近郊|郊外|周辺|そば)(?:の.+)?",
    r"(?:.* )?(?:بالقرب من|قرب|قريب من|بجوار|في ضواحي|ضواحي) (?P<town>.+)",
)
#: How a place is told as one that is named after a town.
_NAMED_AFTER = (
    rf"(?P<town>.+?)(?:'s)? {_SITES_EN}",
    rf"(?:the )?{_SITES_EN}(?: (?:of|at|in))? (?P<town>.+)",
    rf"(?P<town>.+?) {_SITES_DE}",
    rf"{_SITES_DE} (?:von |in |bei )?(?P<town>.+)",
    rf"(?:le |la |l['’])?{_SITES_FR} (?:de |d['’]|à )(?P<town>.+)",
    rf"(?:el |la )?{_SITES_ES} de (?P<town>.+)",
    rf"(?P<town>\S+?) ?{_SITES_KO}",
    rf"(?P<town>.+?)の?{_SITES_JA}",
    rf"{_SITES_AR} (?P<town>.+)",
)
_BETWEEN = (
    r"(?:.* )?between (?P<town>.+?) and (?P<other>.+)",
    r"(?:.* )?on the (?:road|way|train|trail|boat) from (?P<town>.+?) to (?P<other>.+)",
    r"(?:.* )?zwischen (?P<town>.+?) und (?P<other>.+)",
    r"(?:.* )?auf dem weg von (?P<town>.+?) nach (?P<other>.+)",
    r"(?:.* )?entre (?P<town>.+?) (?:et|y|e) (?P<other>.+)",
    r"(?P<town>\S+?)(?:와|과|하고) (?P<other>\S+?)의? ?사이(?:의|에)?.*",
    r"(?P<town>.+?)と(?P<other>.+?)の(?:間|あいだ).*",
    r"(?:.* )?بين (?P<town>.+?) و ?(?P<other>.+)",
)
#: How a place is told as somewhere in a town or a country.
_INSIDE = (
    r"(?:.* )?(?:in|inside|within|across|through) (?:the )?(?P<town>.+)",
    r"(?:.* )?(?:in|im|irgendwo in)(?: der| den)? (?P<town>.+)",
    r"(?:.* )?(?:en|au|aux|dans(?: le| la| les)?|à) (?P<town>.+)",
    r"(?:.* )?en(?: el| la| los)? (?P<town>.+)",
    r"(?P<town>\S+?)(?:(?:의|에서|에)? (?:어느|정글|산속|산골|시골|북부|남부|동부|서부)| ?어딘가).*",
    r"(?P<town>.+?)の(?:どこか|ある|ジャングル|山中|山|村|北部|南部|東部|西部).*",
    r"(?:.* )?في (?P<town>.+)",
)
#: How a place is told as somewhere in a country alone: north of a town is not in it.
_PART = (
    (
        r"(?:.* )?(?:jungles?|mountains?|hills|forests?|woods|north|south|east|west|cent(?:er|re)|interior|"
        r"countryside|middle|heart|part) of (?:the )?(?P<town>.+)"
    ),
    r"(?:.* )?(?:dschungel|bergen|norden|süden|osten|westen|wäldern|wald) (?:von |der |des )?(?P<town>.+)",
    r"(?:.* )?(?:jungle|montagnes?|nord|sud|est|ouest|forêts?) (?:de |du |des |de la |d['’])(?P<town>.+)",
    r"(?:.* )?(?:selva|montañas?|norte|sur|este|oeste) (?:de |del |de la )(?P<town>.+)",
)
_BORDER = re.compile(r"\b(?:border|frontier|grenze|frontière|frontera)\b|국경|国境|國境|الحدود|حدود", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relation:
    """The towns that a place is told by, one or two, how far from their edge it may lie, and how that was told.

    `reach_m` is None for what lies between two towns.
    """

    towns: tuple[str, ...]
    reach_m: float | None
    words: str


def relations(names: Iterable[str]) -> tuple[Relation, ...]:
    """Each way in which names tell a place by towns, the surest first.

    Examples
    --------
    >>> [each.towns for each in relations(["a village near Hyesan"])], relations(["Hanoi"])
    ([('Hyesan',)], ())
    >>> [(each.towns, each.reach_m) for each in relations(["about twelve miles from Prizren, Kosovo"])][0]
    (('Prizren, Kosovo',), 25000.0)
    """
    found: dict[Relation, None] = {}
    for name in names:
        plain = " ".join(unicodedata.normalize("NFC", name).split())[:_LONGEST]
        found |= dict.fromkeys((*_betweens(plain), *_aways(plain), *_nears(plain)))
    return tuple(each for each in found if not any(town[0].islower() for town in each.towns))


def _matches(patterns: Iterable[str], text: str) -> list[re.Match[str]]:
    found = (re.fullmatch(each, text, re.IGNORECASE) for each in patterns)
    return [each for each in found if each is not None]


def _betweens(text: str) -> list[Relation]:
    return [Relation((each["town"], each["other"]), None, "between both") for each in _matches(_BETWEEN, text)]


def _aways(text: str) -> list[Relation]:
    told = ((each["town"], _length_m(each["told"])) for each in _matches(_AWAY, text))
    return [
        Relation((town,), _KM * math.ceil(_AND_MORE * length_m / _KM), "a quarter more than what was told")
        for town, length_m in told
        if length_m is not None
    ]


def _length_m(text: str) -> float | None:
    """Length at the end of a text, with any words before it; None where there is none."""
    words = re.sub(r"(?<=\d)(?=[^\W\d])", " ", text).split()
    for first in range(len(words)):
        for last in range(len(words) - 1, first, -1):
            units = units_called(" ".join(words[last:]))
            number = said(" ".join(words[first:last]))
            if units and number is not None:  # the longest of units of one name: it holds the others
                return (number.value_to or number.value) * max(UNITS[each].size for each in units)
    return None


def _nears(text: str) -> list[Relation]:
    near = [Relation((each["town"],), NEAR_M, "near it") for each in _matches(_NEAR, text)]
    after = [Relation((each["town"],), NEAR_M, "near the town of its name") for each in _matches(_NAMED_AFTER, text)]
    return [*near, *after, *(Relation((each["town"],), 0.0, "in it") for each in _matches(_INSIDE, text))]


def country_in(names: Iterable[str]) -> str:
    """Reference of the one country that names say a place is somewhere in; empty where they say none.

    Examples
    --------
    >>> country_in(["somewhere in the jungle of Laos"]), country_in(["a gym in Georgia"]), country_in(["Laos road"])
    ('country:LA', '', '')
    """
    told = [each["town"] for name in names for each in _matches((*_INSIDE, *_PART), " ".join(name.split())[:_LONGEST])]
    found = {base.countries_named(each) for each in told if not base.is_also_a_state(each)}
    meant = {each for listed in found for each in listed}
    return meant.pop() if len(meant) == 1 else ""


def is_border(names: Iterable[str]) -> bool:
    """Whether names tell a border, and not where on it.

    Examples
    --------
    >>> is_border(["the border"]), is_border(["국경"]), is_border(["Grenze zur Türkei"]), is_border(["Borderville"])
    (True, True, True, False)
    """
    return any(_BORDER.search(name) for name in names)
