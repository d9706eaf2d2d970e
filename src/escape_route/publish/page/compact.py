"""Folium's script in fewer bytes: without blanks, and with each run of positions as an encoded polyline.

An encoded polyline (Google's description, precision 5) is what the leak check reads as well as it reads numbers, takes
a third of their room, and is read by a browser sooner than a program that has as many numbers in it. They stand in a
block of their own, a line each, as they are: in a string of a program some of their letters would be written otherwise.
`web/js/start.js` makes the very same numbers of them.
"""

from __future__ import annotations

import re
from itertools import pairwise

_NUMBER = r"-?\d+(?:\.\d{1,5})?"
_POSITION = rf"\[{_NUMBER},{_NUMBER}\]"
_RUN = re.compile(rf"\[({_POSITION}(?:,{_POSITION}){{3,}})\]")
_PRECISION = 1e5
_FIRST_LETTER, _MORE = 63, 32


def compact(script: str) -> tuple[str, str]:
    """Script of a drawing with `way(n)` for its runs of positions, and line n of a text for each of these.

    Positions with more decimals than can be encoded stay as they are. There is no text in the script, so between
    numbers blanks mean nothing.
    """
    ways: list[str] = []

    def drawn(run: re.Match[str]) -> str:
        ways.append(encoded(_positions(run[1])))
        return f"way({len(ways) - 1})"

    bare = re.sub(r"(?<=[\d\]\[,:{}]) +(?=[\[\]\-\d\"{}])", "", re.sub(r"\n\s*", "\n", script))
    return _RUN.sub(drawn, bare), "\n".join(ways)


def _positions(run: str) -> list[tuple[int, int]]:
    pairs = (pair.split(",") for pair in run[1:-1].split("],["))
    return [(round(float(first) * _PRECISION), round(float(second) * _PRECISION)) for first, second in pairs]


def encoded(positions: list[tuple[int, int]]) -> str:
    """Positions, as whole numbers, as an encoded polyline.

    Examples
    --------
    >>> encoded([(3850000, -12020000), (4070000, -12095000), (4325200, -12645300)])
    '_p~iF~ps|U_ulLnnqC_mqNvxq`@'
    """
    steps = [(b - a, d - c) for (a, c), (b, d) in pairwise([(0, 0), *positions])]
    return "".join(_number(number) for step in steps for number in step)


def _number(number: int) -> str:
    left, letters = ~(number << 1) if number < 0 else number << 1, ""
    while left >= _MORE:
        letters += chr((_MORE | left & (_MORE - 1)) + _FIRST_LETTER)
        left >>= 5
    return letters + chr(left + _FIRST_LETTER)
