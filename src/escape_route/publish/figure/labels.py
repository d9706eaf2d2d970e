"""Where names go on a map: beside what they name, off the lines, never over one another.

Each name has some hundred places that it might take. They are weighed by what they would cover, and moved one after the
other until none finds a better one. Of a name for which there is no room the number alone is set, if there is room for
that, and the caption says the rest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from escape_route.publish.figure.type import Style, balanced, widest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

_ROUNDS = 12
_GAP_PT = 2.0
_EDGE = 0.7
_TURNS = np.arange(16) * (math.pi / 8)
_REACHES = (0.6, 1.3, 2.2, 3.4, 4.8, 6.6)
"""How far from its point a name may hang, in line heights."""
_CROSSED = 70.0
_THROUGH, _OWN_PT, _ON_EDGE = 60.0, 4.0, 0.4
"""What it costs that a name's line runs through an area which is not its own, as far from its point as that; and that a
name covers the edge of its own (a point).
"""
_OVERLAP, _ON_LINE, _ON_POINT, _FAR, _TURN, _LINES = 1000.0, 2.2, 30.0, 2.6, 0.9, 3.0
"""What it costs to cover a name (a point squared), a line (a point), a mark; to hang far off; to the left; per line."""


@dataclass(frozen=True, slots=True)
class Name:
    """A text to place: `head` is its number, `note` a smaller line below; `hangs` in points from the map's lower left.

    `over` allows it to lie on its own point, as a country's name does; `mark_pt` is the radius of the mark there.
    """

    head: str
    text: str
    note: str
    hangs: tuple[tuple[float, float], ...]
    over: bool = False
    mark_pt: float = 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A name with its place: `box` is west, south, east, north in points; `align` left, center or right."""

    name: Name
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    box: tuple[float, float, float, float]
    align: str
    hang: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Room:
    """The map that names are placed on, in points: its size, what may not be covered, and lines better left free.

    A name's line does not run through `areas` that are not its own if it can help it: it would seem to name them.
    """

    size: tuple[float, float]
    taken: tuple[tuple[float, float, float, float], ...]
    lines: BaseGeometry
    areas: tuple[BaseGeometry, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """How names are set: the style of the name and of the note, and the width at which they break."""

    name: Style
    note: Style
    room_pt: float


def place(names: Sequence[Name], room: Room, setting: Setting) -> list[Placed | None]:
    """Place names.

    Parameters
    ----------
    names
        In the order of the journey.
    room
        The map.
    setting
        How they are set.

    Returns
    -------
    list
        One for each name: of one without room its number alone, None where there is none for that either.
    """
    if not names:
        return []
    choices = [_choices(name, room, setting) for name in names]
    chosen = _settled([_Choice.of(each, names, room) for each in choices])
    placed: list[Placed | None] = []
    for mine, at in zip(choices, chosen, strict=True):
        placed.append(None if at is None else mine[at])
    for n, name in enumerate(names):
        if placed[n] is None and name.head:
            placed[n] = _number_alone(name, [each for each in placed if each is not None], (names, room, setting))
    return placed


def _number_alone(name: Name, others: Sequence[Placed], on: tuple[Sequence[Name], Room, Setting]) -> Placed | None:
    """Best place of a number without its name among names that are placed; None where it would cover one of them."""
    names, room, setting = on
    bare = replace(name, text="", note="")
    found = _choices(bare, room, setting)
    if not found:
        return None
    choice = _Choice.of(found, [bare if each is name else each for each in names], room)
    taken = np.array([each.box for each in others]).reshape(-1, 4)
    costs = choice.costs + _OVERLAP * _overlaps(choice.boxes, taken).sum(axis=1)
    best = int(np.argmin(costs))
    return found[best] if costs[best] < _OVERLAP else None


class _Choice:
    """Places that one name may take, with what each costs by itself."""

    def __init__(self, boxes: Floats, costs: Floats, leaders: NDArray[np.object_]) -> None:
        self.boxes = boxes
        self.costs = costs
        self.leaders = leaders
        self.shapes = shapely.box(*boxes.T)

    @classmethod
    def of(cls, choices: Sequence[Placed], names: Sequence[Name], room: Room) -> _Choice:
        if not choices:
            return cls(np.empty((0, 4)), np.empty(0), np.empty(0, dtype=object))
        boxes = np.array([each.box for each in choices])
        own = choices[0].name
        costs = np.array([_own_cost(each, choices[0]) for each in choices])
        shapes = shapely.box(*boxes.T)
        costs += _ON_LINE * shapely.length(shapely.intersection(shapes, room.lines))
        marks = np.array([hang for name in names if name is not own for hang in name.hangs[:1]]).reshape(-1, 2)
        if len(marks):
            inside = (boxes[:, None, 0] < marks[:, 0]) & (marks[:, 0] < boxes[:, None, 2])
            inside &= (boxes[:, None, 1] < marks[:, 1]) & (marks[:, 1] < boxes[:, None, 3])
            costs += _ON_POINT * inside.sum(axis=1)
        taken = np.array(room.taken).reshape(-1, 4)
        costs += _OVERLAP * _overlaps(boxes, taken).sum(axis=1)
        leaders = shapely.linestrings([[each.hang, _nearest(each.box, each.hang)] for each in choices])
        costs += 0.5 * shapely.length(shapely.intersection(leaders, shapely.union_all(shapely.box(*taken.T))))
        mine, foreign = _parted(own, room)
        costs += _THROUGH * shapely.intersects(leaders, foreign)
        if own.over and not mine.is_empty:
            costs += _ON_EDGE * shapely.length(shapely.intersection(shapes, shapely.boundary(mine)))
        return cls(boxes, costs, leaders)


def _parted(name: Name, room: Room) -> tuple[BaseGeometry, BaseGeometry]:
    """Areas at which a name hangs, and the others, each as one."""
    hangs = shapely.MultiPoint(name.hangs)
    own = [bool(shapely.distance(area, hangs) <= _OWN_PT) for area in room.areas]
    mine = [area for area, is_own in zip(room.areas, own, strict=True) if is_own]
    foreign = [area for area, is_own in zip(room.areas, own, strict=True) if not is_own]
    return shapely.union_all(mine), shapely.union_all(foreign)


def _own_cost(choice: Placed, first: Placed) -> float:
    x, y = _nearest(choice.box, choice.hang)
    off = float(math.hypot(x - choice.hang[0], y - choice.hang[1]))
    left = (choice.box[0] + choice.box[2]) / 2 < choice.hang[0]
    turned = _TURN * (left + (choice.align == "center"))
    later = 4.0 * choice.name.hangs.index(choice.hang)
    return _FAR * math.pow(off, 0.8) + turned + later + _LINES * abs(len(choice.lines) - len(first.lines))


def _choices(name: Name, room: Room, setting: Setting) -> list[Placed]:
    """Places within the map that a name may take, in each of the ways in which it may be broken into lines."""
    found: list[Placed] = []
    for width in (1.0, 0.72, 1.6):
        lines = balanced(f"{name.head} {name.text}".strip(), setting.name, setting.room_pt * width)
        notes = balanced(name.note, setting.note, setting.room_pt * max(width, 1.0)) if name.note else []
        if found and len(lines) == len(found[0].lines):
            continue
        size = (
            max(widest(lines, setting.name), widest(notes, setting.note)),
            len(lines) * setting.name.line_pt + len(notes) * setting.note.line_pt,
        )
        for hang in name.hangs:
            for box, align in _boxes(hang, size, name, setting):
                edge = setting.name.size_pt * _EDGE
                within = box[0] >= edge and box[1] >= edge
                if within and box[2] <= room.size[0] - edge and box[3] <= room.size[1] - edge:
                    found.append(Placed(name, tuple(lines), tuple(notes), box, align, hang))
    return found


def _boxes(
    hang: tuple[float, float], size: tuple[float, float], name: Name, setting: Setting
) -> list[tuple[tuple[float, float, float, float], str]]:
    """Boxes of a size around a point, each with how its lines are aligned: towards the point."""
    (x, y), (width, height) = hang, size
    found = []
    if name.over:
        found.append(((x - width / 2, y - height / 2, x + width / 2, y + height / 2), "center"))
    for reach in _REACHES:
        distance = reach * setting.name.size_pt + name.mark_pt
        for turn in _TURNS:
            east, north = math.cos(turn), math.sin(turn)
            left = x + distance * east - width * (1 - _eased(east)) / 2
            low = y + distance * north - height * (1 - _eased(north)) / 2
            align = "left" if east > 0.3 else "right" if east < -0.3 else "center"  # noqa: PLR2004
            found.append(((left, low, left + width, low + height), align))
    return found


def _eased(part: float) -> float:
    """Share of a box that lies beyond its point: all of it as soon as the direction is plain."""
    return max(-1.0, min(1.0, part * 1.6))


def _overlaps(boxes: Floats, others: Floats) -> Floats:
    """Area that each of some boxes shares with each of others, with a gap around them: shape (boxes, others)."""
    if not len(others):
        return np.zeros((len(boxes), 1))
    wide = np.minimum(boxes[:, None, 2], others[:, 2]) - np.maximum(boxes[:, None, 0], others[:, 0]) + _GAP_PT
    high = np.minimum(boxes[:, None, 3], others[:, 3]) - np.maximum(boxes[:, None, 1], others[:, 1]) + _GAP_PT
    return np.asarray(np.clip(wide, 0, None) * np.clip(high, 0, None))


def _settled(choices: Sequence[_Choice]) -> list[int | None]:
    """Settle the names in several orders, for each ends elsewhere; keep the best end, and drop what still collides."""
    there = [n for n, each in enumerate(choices) if len(each.boxes)]
    orders = [sorted(there, key=lambda n: len(choices[n].boxes)), there, there[::-1]]
    ends = [_moved(choices, order) for order in orders]
    return _without_collisions(choices, min(ends, key=lambda at: _total(choices, at)))


def _moved(choices: Sequence[_Choice], order: Sequence[int]) -> dict[int, int]:
    """Move every name to its best place, given where the others are, until none moves."""
    at: dict[int, int] = {}
    for _ in range(_ROUNDS):
        before = dict(at)
        for mine in order:
            at[mine] = int(np.argmin(_costs(choices, mine, at)))
        if at == before:
            break
    return at


def _costs(choices: Sequence[_Choice], mine: int, at: dict[int, int]) -> Floats:
    """What each place of a name costs where the other names stand as they do."""
    others = np.array([choices[other].boxes[at[other]] for other in at if other != mine]).reshape(-1, 4)
    overlap = _OVERLAP * _overlaps(choices[mine].boxes, others).sum(axis=1)
    return np.asarray(choices[mine].costs + overlap + _CROSSED * _crossings(choices, mine, at))


def _total(choices: Sequence[_Choice], at: dict[int, int]) -> float:
    return sum(float(_costs(choices, mine, at)[where]) for mine, where in at.items())


def _crossings(choices: Sequence[_Choice], mine: int, at: dict[int, int]) -> Floats:
    """How many other names each leader of a name would cross, and how many leaders each of its boxes would cover."""
    others = [other for other in at if other != mine]
    own, found = choices[mine], np.zeros(len(choices[mine].boxes))
    for other in others:
        theirs = choices[other]
        found += shapely.intersects(own.leaders, theirs.shapes[at[other]])
        found += shapely.intersects(own.shapes, theirs.leaders[at[other]])
        found += shapely.crosses(own.leaders, theirs.leaders[at[other]])
    return found


def _without_collisions(choices: Sequence[_Choice], at: dict[int, int]) -> list[int | None]:
    kept: dict[int, int] = {}
    for mine in sorted(at):
        own = choices[mine].boxes[at[mine]][None]
        others = np.array([choices[other].boxes[which] for other, which in kept.items()]).reshape(-1, 4)
        if choices[mine].costs[at[mine]] < _OVERLAP and not _overlaps(own, others).any():
            kept[mine] = at[mine]
    return [kept.get(mine) for mine in range(len(choices))]


def _nearest(box: tuple[float, float, float, float], point: tuple[float, float]) -> tuple[float, float]:
    """Point of a box that is nearest to another."""
    return min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])


def leader(placed: Placed, least_pt: float) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Line from a name to what it names, where it hangs so far off that one is needed."""
    x, y = placed.hang
    near = _nearest(placed.box, placed.hang)
    off = math.hypot(near[0] - x, near[1] - y)
    if off <= least_pt + placed.name.mark_pt:
        return None
    share = placed.name.mark_pt / off
    return (x + (near[0] - x) * share, y + (near[1] - y) * share), near
