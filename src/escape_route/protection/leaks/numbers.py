"""Numbers of a text, all at once, and which of them are a secret position in some notation.

How often a number comes close to a secret by chance depends on its decimals (`readings`), and on how many numbers of
that size the text has (`crowd`). A match counts only where chance would make fewer than one in a thousand such
(`MOST_BY_CHANCE`): a lone latitude of five decimals in a short text is a finding, and among a hundred thousand numbers
of a drawing it is one only beside its longitude.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from escape_route.protection.leaks import boxes, sexagesimal, tile_addresses
from escape_route.protection.leaks.chance import FINE, MOST_BY_CHANCE, PAIR_FINE, Crowd, number_chance
from escape_route.protection.leaks.numerals import Numbers
from escape_route.protection.leaks.readings import (
    METRE_DEG,
    MOST_DEG,
    SINGLE_DEG,
    SLACK,
    Reading,
    fine_pairs,
    is_allowed,
    lone,
    numbered_pairs,
    of_degrees,
    pairs,
)
from escape_route.protection.leaks.targets import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from escape_route.protection.leaks.targets import Targets

_COMMA_NUMBER = re.compile(r"(?<![\d.,])\d{1,3},\d{3,20}(?!\d|\.\d)")
#: Other units, how many of each a degree has, and the fewest decimals at which one is as fine as some metres.
_ANGLES = (
    ("minutes of arc", 60.0, 3),
    ("seconds of arc", 3600.0, 1),
    ("gradians", 10 / 9, 4),
    ("turns", 1 / 360, 7),
    ("semicircles", 2**31 / 180, 0),
)
_LEAST_WHOLE = 100_000  # of semicircles: a hundredth of a degree
_NEXT_CELL = 4  # characters between numbers of neighbouring cells: a sign, quotation marks and a comma
_LEAST_FINE = 3  # decimals that a page's own drawing has


def find(text: str, targets: Targets, *, is_table: bool = False, is_noise: bool = False) -> Iterator[Hit]:
    """Find secret positions and numbers among the numbers of a text.

    Parameters
    ----------
    text
        Folded: ASCII digits, points and minus signs.
    targets
        What is looked for.
    is_table
        Whether the text is a table, in which coordinates are held and not drawn.
    is_noise
        Whether the text is what looks like text among bytes: degrees with minutes count in pairs alone there.

    Yields
    ------
    Hit
        In no particular order; the same place may come more than once.
    """
    numbers = Numbers(text)
    if len(numbers):
        yield from _positions(numbers, targets, is_table=is_table)
        yield from sexagesimal.find(numbers, targets, alone=not is_noise)
        yield from _long_numbers(numbers, targets)
        yield from _too_fine(numbers, targets, is_table=is_table)
    commas = Numbers(text, _COMMA_NUMBER)
    if len(commas):
        yield from _decimal_degrees(commas, targets, is_table=is_table)
        yield from _thousands(text, targets)


def _positions(numbers: Numbers, targets: Targets, *, is_table: bool) -> Iterator[Hit]:
    yield from _decimal_degrees(numbers, targets, is_table=is_table)
    yield from _scaled(numbers, targets)
    yield from _in_other_units(numbers, targets)
    yield from _radians(numbers, targets)
    yield from _metres(numbers, targets)
    yield from _pixels(numbers, targets)
    yield from tile_addresses.find(numbers, targets)
    yield from boxes.find(numbers, targets)


def _decimal_degrees(numbers: Numbers, targets: Targets, *, is_table: bool) -> Iterator[Hit]:
    """Decimal degrees: pairs, and fine ones alone."""
    read = of_degrees(numbers)
    coarse = numbers.decimals[read.which] < PAIR_FINE
    read = replace(read, unit=np.where(coarse, 0.0, read.unit))  # a coarse number must be the very value
    crowd = Crowd(numbers, targets)
    for first, second, secret, hit in numbered_pairs(numbers, targets.degrees, read, "decimal degrees"):
        fewest = int(min(numbers.decimals[first], numbers.decimals[second]))
        if not targets.exact[secret] and fewest < FINE:
            continue
        named = bool(numbers.in_points[first] and numbers.in_points[second])
        if not named and not max(numbers.decimals[first], numbers.decimals[second]):
            continue  # rows and weights are whole numbers too
        told = is_table or named
        if told or crowd.pair_chance(secret, fewest, side_by_side=abs(first - second) == 1) < MOST_BY_CHANCE:
            yield hit
    yield from _alone(numbers, targets, read, crowd)


def _alone(numbers: Numbers, targets: Targets, read: Reading, crowd: Crowd) -> Iterator[Hit]:
    """Fine decimal degrees without their other half."""
    fine = read.only(numbers.decimals[read.which] >= FINE)
    for token, _, secret in lone(targets, fine):
        if targets.secrets.positions.decimals[secret] >= PAIR_FINE and crowd.alone_chance(token) < MOST_BY_CHANCE:
            yield numbers.hit(token, token, "decimal degrees, one alone", secret)


def _scaled(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    """Degrees as whole numbers of ten-thousandths, and so on down to ten-millionths."""
    whole = np.flatnonzero((numbers.decimals == 0) & (numbers.values >= 1000))  # noqa: PLR2004
    for power in (4, 5, 6, 7):
        value = numbers.values[whole] / 10.0**power
        fits = value <= MOST_DEG
        unit = np.full(int(fits.sum()), max(10.0**-power, 1e-6))
        read = Reading(whole[fits], whole[fits], value[fits], unit)
        yield from fine_pairs(numbers, targets, read, f"degrees times 10^{power}")


def _in_other_units(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    """Minutes and seconds of arc, gradians, turns, and the semicircles of GPS watches: pairs, where they are fine."""
    for notation, degree, fewest in _ANGLES:
        values = numbers.values / degree
        which = np.flatnonzero((numbers.decimals >= fewest) & (values <= MOST_DEG) & (numbers.values > 0))
        if fewest == 0:
            which = which[(numbers.decimals[which] == 0) & (numbers.values[which] >= _LEAST_WHOLE)]
        unit = np.maximum(10.0 ** -numbers.decimals[which] / degree, METRE_DEG / 10)
        yield from fine_pairs(numbers, targets, Reading(which, which, values[which], unit), notation)


def _radians(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    """Radians: pairs from five decimals on."""
    which = np.flatnonzero((numbers.decimals >= 5) & (numbers.values < 3.1416))  # noqa: PLR2004
    unit = np.maximum(np.degrees(10.0 ** -numbers.decimals[which]), METRE_DEG / 10)
    read = Reading(which, which, np.degrees(numbers.values[which]), unit)
    yield from fine_pairs(numbers, targets, read, "radians")


def _metres(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    """Eastings and northings in metres."""
    which = np.flatnonzero(numbers.values >= 10_000)  # noqa: PLR2004
    unit = np.maximum(10.0 ** -numbers.decimals[which], 0.05)
    read = Reading(which, which, numbers.values[which], unit)
    for name, frame in targets.metric.items():
        yield from pairs(numbers, frame, read, name)


def _pixels(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    """Places on the world as Web Mercator draws it: 0 to 1, in tiles, or in pixels at some zoom."""
    for power in range(31):
        fewest = max(0, math.ceil((16 - power) * math.log10(2)))  # finer than a sixty-thousandth of the world
        values = numbers.values / 2.0**power
        which = np.flatnonzero((numbers.decimals >= fewest) & (values < 1) & (numbers.values > 0))
        if power >= 16 and len(which):  # noqa: PLR2004  # whole pixels: only large numbers can be such
            which = which[values[which] > 1e-3]  # noqa: PLR2004
        unit = 10.0 ** -numbers.decimals[which] / 2.0**power
        read = Reading(which, which, values[which], np.maximum(unit, 1e-8))
        yield from pairs(numbers, targets.web_unit, read, f"Web Mercator times 2^{power}")


def _too_fine(numbers: Numbers, targets: Targets, *, is_table: bool) -> Iterator[Hit]:
    """Coordinates with more decimals than the published journey has, where a text names them as such.

    In a table two neighbours that are both so fine are taken for such; its index may round them to single precision.

    Only where something is held back at all: a journey that is published as it is held has no such limit.
    """
    most = max(targets.secrets.decimals, _LEAST_FINE)
    finer = (numbers.decimals > most) & (numbers.values <= MOST_DEG)
    if not targets.exact.any() or not finer.any():
        return
    read = of_degrees(numbers)
    finer[read.which] &= ~is_allowed(read, targets.degrees, slack=SINGLE_DEG if is_table else SLACK)
    named = numbers.in_shapes
    if is_table:
        beside = finer[1:] & finer[:-1] & (numbers.starts[1:] - numbers.ends[:-1] <= _NEXT_CELL)
        named = named | np.append(beside, False) | np.append(False, beside)
    for index in np.flatnonzero(finer & named):
        said = f"a coordinate of {numbers.decimals[index]} decimals, more than is published"
        yield numbers.hit(int(index), int(index), said, None)


def _long_numbers(numbers: Numbers, targets: Targets) -> Iterator[Hit]:
    """Numbers that are held and not published, to the last digit, where chance has no part in it."""
    slack = np.abs(numbers.values) * 1e-12
    for index, secret in targets.numbers.matches(numbers.values - slack, numbers.values + slack):
        if number_chance(numbers, targets, index) >= MOST_BY_CHANCE:
            continue
        yield numbers.hit(index, index, "withheld number", -1 - secret)


def _thousands(text: str, targets: Targets) -> Iterator[Hit]:
    """The same, written with commas between thousands."""
    if not len(targets.numbers.values):
        return
    for match in re.finditer(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])", text):
        value = np.array([float(match[0].replace(",", ""))])
        for secret in targets.numbers.within(value - SLACK, value + SLACK)[1].tolist():
            yield Hit(*match.span(), "withheld number", -1 - secret)
