"""Numbers in words, in one language: lengths, speeds, shares, and what was stated, in its own unit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from escape_route.distance.stated_numbers import rounding
from escape_route.language.catalogues import Words
from escape_route.language.digits import (
    MOST_IN,
    PUBLISHED,
    SAID,
    about,
    drawn,
    one_in,
    rounded,
    said_km,
)
from escape_route.model.units import UNITS, Quantity

if TYPE_CHECKING:
    from escape_route.distance.bounds import Bound
    from escape_route.distance.intervals import Interval
    from escape_route.model.journey import Claim, Stay, Waypoint

_METRIC = {"km", "m"}  # nobody needs kilometres beside these
_MODERN = {*_METRIC, "mi", "nmi"}  # whose length is known


def _number(value: float) -> str:
    """Number with all its digits: 12,000 and 1,234.5."""
    return f"{value:,.10g}"


def _as_told(value: float, unit: str | None) -> str:
    """Number of a claim, the half of a time as people say it: ½ year, 1½ hours.

    >>> _as_told(0.5, "year"), _as_told(1.5, "h"), _as_told(1.5, "km"), _as_told(1.25, "h")
    ('½', '1½', '1.5', '1.25')
    """
    is_time = unit in UNITS and UNITS[unit].quantity is Quantity.DURATION
    if is_time and value % 1 == 1 / 2:
        return f"{int(value):,}½".removeprefix("0")
    return _number(value)


def _ends(claim: Claim | Stay) -> tuple[float, ...]:
    """Number of a claim, or the two of a range."""
    return (claim.value,) if claim.value_to is None else (claim.value, claim.value_to)


def unit_key(unit: str) -> str:
    """Key of the words for a unit, listed or not."""
    return f"unit.{unit}" if unit in UNITS else "unit.own"


def _km_of(value: float, claim: Claim | Stay) -> float:
    """Kilometres of a number in another unit: two digits, three from 1 on, or as many as it has itself."""
    size_km = claim.unit_size / 1000
    length_km = value * size_km
    digits = SAID + (f"{length_km:e}"[0] == "1")
    usual = digits - 1 - math.floor(math.log10(length_km))
    own = -math.floor(math.log10(rounding(value) * size_km))
    return round(length_km, max(usual, own))


def told_km(claim: Claim) -> float:
    """Kilometres of a claim, the middle of a range, as finely as they are said: 50 miles are 80 km."""
    return _km_of((claim.value + claim.highest) / 2, claim)


class Numbers(Words):
    """Says numbers in one language."""

    def km(self, length_m: float, *, digits: int = SAID) -> str:
        """Length to a number of significant digits."""
        return self.kilometres(rounded(length_m / 1000, digits))

    def at_least_km(self, bound: Bound) -> str:
        """Certified length as it is published: it must not become too large."""
        return self.kilometres(said_km(bound))

    def about_km(self, length_m: float, error_m: float) -> str:
        """How far a claim lies outside what is likely: a difference to an edge that was drawn, with its error."""
        return self.kilometres(about(length_m / 1000, error_m / 1000))

    def between(self, low_m: float, high_m: float) -> str:
        """Range of lengths to two significant digits each; one length where that is all that is left of it."""
        return self.range_km(rounded(low_m / 1000), rounded(high_m / 1000))

    def likely_km(self, plausible: Interval) -> str:
        """What is likely, as finely as it was drawn."""
        *_, low, high = PUBLISHED.drawn_km(plausible)
        return self.range_km(low, high)

    def stated(self, claim: Claim | Stay) -> str:
        """Say a claim in the words and unit it was stated in, with kilometres beside any other unit."""
        number = self._range(*(self.marked(_as_told(end, claim.unit)) for end in _ends(claim)))
        key = f"quantity.{claim.quantity}" if claim.unit is None else unit_key(claim.unit)
        last = (
            max(_ends(claim)[-1], 1) if claim.quantity is Quantity.DURATION else _ends(claim)[-1]
        )  # ½ year, as of one
        wording = f"wording.{claim.wording}"
        follows = self.word(wording, n="\0").startswith("\0")
        if claim.unit is None and not follows:  # 브로커 약 50명, but 브로커 50명 넘게
            return self.counted(key, last, n=self.word(wording, n=number))
        measured = self.counted(key, last, n=number, unit=claim.unit or "")
        if claim.quantity is Quantity.DISTANCE and claim.unit not in _METRIC:
            in_km = self._range(*(self.marked(_number(_km_of(end, claim))) for end in _ends(claim)))
            measured = self.word("stated.in_km", n=measured, km=self.word("unit.km", n=in_km))
        return self.word(wording, n=measured)

    def _range(self, low: str, high: str = "") -> str:
        return self.word("stated.range", low=low, high=high) if high else low

    def unit_taken(self, claim: Claim) -> list[str]:
        """How long the unit of a distance is taken to be, where that is no matter of course."""
        if claim.quantity is not Quantity.DISTANCE or claim.unit is None or claim.unit in _MODERN:
            return []
        metres = self.marked(_number(float(f"{claim.unit_size:.5g}")))
        if claim.unit_m is not None:
            reason = (claim.unit_reason or "").strip().removesuffix(".")
            return [self.word("unit_is_own", unit=claim.unit, metres=metres, reason=reason)]
        name = self.word(f"unit_name.{claim.unit}")
        return [self.word("unit_is", unit=name[0].upper() + name[1:], metres=metres)]

    def share(self, share: float) -> str:
        """Share of the draws: 1 in 40, fewer than 1 in 1,000."""
        count = one_in(share)
        return self.word(
            "share.fewer" if count is None else "share.one_in", n=self.number(count or MOST_IN)
        )

    def speed(self, km: tuple[float, float], per: str, *, is_drawn: bool = False) -> str:
        """Range of speeds, to two significant digits or as finely as lengths are drawn; an end may be open.

        `per` is an hour or a day.
        """
        to_digits = drawn if is_drawn else rounded
        low, high = (to_digits(end) if math.isfinite(end) else end for end in km)
        if low == 0:
            amount = self.word("wording.at_most", n=self.number(high))
        elif math.isinf(high):
            amount = self.word("wording.at_least", n=self.number(low))
        elif low == high:
            amount = self.number(low)
        else:
            amount = self._range(self.number(low), self.number(high))
        return self.word(f"speed.{per}", n=amount)


def stayed(waypoint: Waypoint, words: Words) -> str:
    """How long one stayed at a place, and that it is said so coarsely to keep it; empty where that was not told."""
    if waypoint.stay is None:
        return ""
    key = "stayed_kept" if waypoint.has_coarser_stay else "stayed"
    return words.word(key, time=Numbers(words.language).stated(waypoint.stay))
