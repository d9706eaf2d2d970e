"""Secret positions in bytes that are no text: floating point and scaled whole numbers at any offset, either byte order.

That reads well-known binary in one go: geometry blobs of GeoPackage, WKB and EWKB, arrays of numbers, and what a
database left in its empty pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from escape_route.protection.leaks.chance import MOST_BY_CHANCE
from escape_route.protection.leaks.readings import SINGLE_DEG
from escape_route.protection.leaks.targets import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from escape_route.protection.leaks.targets import Axis, Floats, Indices, Targets

_DOUBLE_DEG = 5e-7
_METRES = 0.02
_SCALES = (1e5, 1e6, 1e7, 2**31 / 180)  # the last are semicircles, which GPS watches count in
_FINE = 3
_REACH_DEG = 0.5  # bytes have about as many numbers as this near a secret
_BESIDE = 32  # bytes between the two halves of a position that is too round to count alone


def find(data: bytes, targets: Targets) -> Iterator[Hit]:
    """Find secret positions among the numbers that bytes may stand for.

    Parameters
    ----------
    data
        Anything.
    targets
        What is looked for.

    Yields
    ------
    Hit
        Offsets are in bytes.
    """
    if not targets.exact.any():
        return
    for order in "<>":
        for offset in range(8 if len(data) >= 8 else 0):  # noqa: PLR2004  # bytes of a double
            yield from _doubles(_numbers(data, offset, f"{order}f8"), offset, targets)
        for offset in range(4):
            whole = _numbers(data, offset, f"{order}i4")
            singles = _numbers(data, offset, f"{order}f4")
            yield from _both(singles, (offset, 4), targets, SINGLE_DEG, "single-precision numbers")
            for scale in _SCALES:
                unit = 1.01 / scale
                yield from _both(np.abs(whole / scale), (offset, 4), targets, unit, f"whole numbers of 1/{scale:,.0f}")


def _numbers(data: bytes, offset: int, kind: str) -> Floats:
    """Numbers without their signs; what is no number is 0."""
    count = max(0, (len(data) - offset) // np.dtype(kind).itemsize)
    with np.errstate(all="ignore"):
        values = np.frombuffer(data, dtype=kind, count=count, offset=offset if count else 0).astype(float)
        finite: Floats = np.nan_to_num(np.abs(values), nan=0.0, posinf=0.0, neginf=0.0)
    return finite


def _doubles(values: Floats, offset: int, targets: Targets) -> Iterator[Hit]:
    """Degrees alone where they are fine, and with their other half where not; radians and metres in pairs."""
    where = (offset, 8)
    kept = np.flatnonzero((values > 1e-3) & (values <= 180))  # noqa: PLR2004  # degrees or radians
    for axis in (targets.degrees.first, targets.degrees.second):
        yield from _fine(axis, values, kept, where, targets)
    yield from _both(values, where, targets, 1e-12, "double-precision numbers", beside=_BESIDE)
    turned = np.degrees(np.where(values <= np.pi, values, 0.0))
    yield from _both(turned, where, targets, _DOUBLE_DEG, "double-precision radians", beside=_BESIDE)
    frame = targets.metric["Web Mercator metres"]
    yield from _pairs(values, where, (frame.first, frame.second), targets, (_METRES, "Web Mercator metres", _BESIDE))


def _fine(axis: Axis, values: Floats, kept: Indices, where: tuple[int, int], targets: Targets) -> Iterator[Hit]:
    allowed = targets.degrees.allowed
    found, secrets = axis.within(values[kept] - _DOUBLE_DEG, values[kept] + _DOUBLE_DEG)
    fine = targets.exact[secrets]
    for index, secret in zip(found[fine].tolist(), secrets[fine].tolist(), strict=True):
        value = values[kept[[index]]]
        known = any(each.holds(value - 1e-9, value + 1e-9)[0] for each in allowed)
        if known or targets.secrets.positions.decimals[secret] < _FINE:
            continue
        if _matches_by_chance(axis, values[kept], value[0], _DOUBLE_DEG) < MOST_BY_CHANCE:
            start = where[0] + where[1] * int(kept[index])
            yield Hit(start, start + where[1], "double-precision number", secret)


def _matches_by_chance(axis: Axis, values: Floats, value: float, unit: float) -> float:
    """Expected number of numbers near one that are as near to a secret by chance, as many as there are of both."""
    others = int((np.abs(values - value) < _REACH_DEG).sum()) - 1
    bounds = np.searchsorted(axis.values, (value - _REACH_DEG, value + _REACH_DEG))
    return float(max(others, 1) * (bounds[1] - bounds[0]) * 2 * unit)


def _both(  # how the numbers lie, how near they must come, and what that is called
    values: Floats, where: tuple[int, int], targets: Targets, unit: float, name: str, *, beside: int = 0
) -> Iterator[Hit]:
    frame = targets.degrees
    yield from _pairs(values, where, (frame.first, frame.second), targets, (unit, name, beside))


def _pairs(
    values: Floats, where: tuple[int, int], axes: tuple[Axis, Axis], targets: Targets, how: tuple[float, str, int]
) -> Iterator[Hit]:
    """Both halves of one secret; anywhere in the bytes, or beside one another where `how` says so."""
    unit, name, beside = how
    ones = _by_secret(axes[0], values, unit)
    others = _by_secret(axes[1], values, unit) if ones else {}
    for secret in ones.keys() & others.keys():
        held = targets.exact if beside else targets.fine  # round numbers are many among scaled ones
        if not held[secret] or _is_published(targets, secret, unit):
            continue
        span = _closest(ones[secret], others[secret])
        if not span or (beside and (span[1] - span[0]) * where[1] > beside):
            continue
        start, end = span
        if beside or _pairs_by_chance(axes, values, span, unit) < MOST_BY_CHANCE:
            yield Hit(where[0] + start * where[1], where[0] + (end + 1) * where[1], name, secret)


def _pairs_by_chance(axes: tuple[Axis, Axis], values: Floats, span: tuple[int, int], unit: float) -> float:
    """Expected number of secrets with both halves among numbers that are like these two by chance."""
    one, other = (_matches_by_chance(axes[0], values, values[each], unit) for each in span)
    return max(one, 2 * unit) * max(other, 2 * unit)


def _by_secret(axis: Axis, values: Floats, unit: float) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    kept = np.flatnonzero((values >= axis.values[0] - unit) & (values <= axis.values[-1] + unit) & (values > unit))
    if not len(kept):
        return found
    which, secrets = axis.within(values[kept] - unit, values[kept] + unit)
    for index, secret in zip(kept[which].tolist(), secrets.tolist(), strict=True):
        found.setdefault(secret, []).append(index)
    return found


def _closest(ones: list[int], others: list[int]) -> tuple[int, int] | None:
    """Of two lists the two different members that are closest, the smaller first."""
    second = np.array(others)
    best: tuple[int, int, int] | None = None
    for one in ones:
        apart = np.where(second == one, np.iinfo(np.int64).max, np.abs(second - one))
        nearest = int(apart.argmin())
        if second[nearest] != one and (best is None or apart[nearest] < best[0]):
            best = int(apart[nearest]), min(one, int(second[nearest])), max(one, int(second[nearest]))
    return best[1:] if best else None


def _is_published(targets: Targets, secret: int, unit: float) -> bool:
    here = targets.lon_deg[secret], targets.lat_deg[secret]
    reach = min(unit, SINGLE_DEG)
    return bool((np.abs(targets.secrets.allowed - here) <= reach).all(axis=1).any())
