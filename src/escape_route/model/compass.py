"""Directions as people tell them: north of, südwestlich von, au nord-est de, 북쪽, شمال غرب."""

from __future__ import annotations

import math
import re

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


def bearing_deg(told: str) -> float | None:
    """Bearing of a direction in degrees from north by east: of its words taken together; None where they are none.

    Examples
    --------
    >>> [round(bearing_deg(each)) for each in ("south-west", "nordöstlich", "SSW", "noroeste", "서남", "شمال شرق")]
    [225, 45, 207, 315, 225, 45]
    >>> bearing_deg("east-west"), bearing_deg("up")
    (None, None)
    """
    letters = _LETTERS.fullmatch(told)
    found = (
        [_OF_LETTERS[each] for each in told] if letters else [_BEARINGS[each.lower()] for each in _WORDS.findall(told)]
    )
    east = math.fsum(math.sin(math.radians(each)) for each in found)
    north = math.fsum(math.cos(math.radians(each)) for each in found)
    if math.hypot(east, north) < 0.5:  # noqa: PLR2004  # none, or two that are opposite
        return None
    return math.degrees(math.atan2(east, north)) % 360
