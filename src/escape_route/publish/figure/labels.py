"""Where names go on a map: beside what they name, off the lines, never over one another.

Each name has some hundred places that it might take. They are weighed by what they would cover, and
moved one after the other until none finds a better one. Of a name for which there is no room the
number alone is set, if there is room for that, and the caption says the rest.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from escape_route.geography.geodesic import Floats
from escape_route.publish.figure.type import Style, balanced, widest

_ROUNDS = 12
_TOUCHES = 0.02
_MOST_TRIED, _CHEAPEST = (
    16,
    6,
)  # names of which each is also held where it costs least, and the others give way
_ELSEWHERE = 0.5  # of its own size, across or upwards
_MOST_NAMES, _MOST_NUMBERS = 80, 200  # that are tried: a page has no room for more [judgement]
_GAP_PT = (6.0, 2.0)
"""Across and upwards, between two names: side by side they would be read as one."""
_EDGE = 0.7
_TURNS = np.arange(16) * (math.pi / 8)
_REACHES = (0.6, 1.3, 2.2, 3.4, 4.8, 6.6)
"""How far from its point a name may hang, in line heights."""
_CROSSED = 300.0
_THROUGH, _OWN_PT, _ON_EDGE = 60.0, 4.0, 0.4
"""What it costs that a name's line runs through an area which is not its own, as far from its point as that; and that a
name covers the edge of its own (a point).
"""
_ASTRAY, _SLIGHTLY = 150.0, 0.25
"""What it costs that a name, or its line, lies on the wrong side of a border: as much again for all of it, and less
where only so much of it does: a small country is no wider than its name.
"""
_OVERLAP, _ON_LINE, _ON_POINT, _FAR, _TURN, _LINES = 1000.0, 2.2, 30.0, 2.6, 0.9, 3.0
"""What it costs to cover a name (a point squared), a line (a point), a mark; to hang far off; to the left; per line."""


@dataclass(frozen=True, slots=True)
class Name:
    """A text to place: `head` is its number, `note` a smaller line below; `hangs` in points from the map's lower left.

    `over` allows it to lie on its own point, as a country's name does; `mark_pt` is the radius of
    the mark there; `avoid` are areas in which it would seem to name what it does not.
    """

    head: str
    text: str
    note: str
    hangs: tuple[tuple[float, float], ...]
    over: bool = False
    mark_pt: float = 0.0
    avoid: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A name with its place: `box` is west, south, east, north in points; `align` left, center or right."""

    name: Name
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    box: tuple[float, float, float, float]
    align: str
    hang: tuple[float, float]


@dataclass(frozen=True)
class Room:
    """The map that names are placed on, in points: its size, what may not be covered, and lines better left free.

    A name's line does not run through `areas` that are not its own if it can help it: it would seem
    to name them.
    """

    size: tuple[float, float]
    taken: tuple[tuple[float, float, float, float], ...]
    lines: BaseGeometry
    areas: tuple[BaseGeometry, ...] = ()
    tree: shapely.STRtree = field(default_factory=lambda: shapely.STRtree([]), compare=False)

    @cached_property
    def pieces(self) -> Floats:
        """Straight pieces of the lines, those on one another once: x, y, x and y of their ends, shape (n, 4)."""
        at, which = shapely.get_coordinates(
            shapely.get_parts(shapely.union_all([self.lines])), return_index=True
        )
        return np.asarray(
            np.concatenate([at[:-1], at[1:]], axis=1)[which[:-1] == which[1:]], dtype=np.float64
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """How names are set: the style of the name and of the note, and the width at which they break."""

    name: Style
    note: Style
    room_pt: float


def place(names: Sequence[Name], room: Room, setting: Setting) -> list[Placed | None]:
    """Place names in the order of the journey, one for each.

    Of one without room its number alone is placed, None where there is none for that either. Of
    very many names only some are tried, evenly along the journey.
    """
    if not names:
        return []
    room = replace(room, tree=shapely.STRtree(room.areas))
    tried = _evenly(range(len(names)), _MOST_NAMES)
    choices = [_choices(name, room, setting) if n in tried else [] for n, name in enumerate(names)]
    chosen = _settled([_Choice.of(choice, names, room) for choice in choices])
    placed: list[Placed | None] = []
    for mine, at in zip(choices, chosen, strict=True):
        placed.append(None if at is None else mine[at])
    for n in sorted(_evenly([n for n, label in enumerate(placed) if label is None], _MOST_NUMBERS)):
        name = names[n]
        if name.head:
            there = [label for label in placed if label is not None]
            placed[n] = _number_alone(name, there, (names, room, setting))
            if placed[n] is None and len(names) <= _MOST_NAMES:
                _make_way(n, placed, (names, room, setting))
    return placed


def _make_way(
    lost: int, placed: list[Placed | None], on: tuple[Sequence[Name], Room, Setting]
) -> None:
    """Cut a name near a number that has no room to its own number, where both find room then."""
    names, hang = on[0], on[0][lost].hangs[0]
    whole = [
        (math.dist(_nearest(label.box, hang), hang), n)
        for n, label in enumerate(placed)
        if label is not None and label.name.text
    ]
    for _, near in sorted(whole)[:_CHEAPEST]:
        others = [label for n, label in enumerate(placed) if label is not None and n != near]
        number = _number_alone(names[lost], others, on)
        cut = number and _number_alone(names[near], [*others, number], on)
        if cut is not None:
            placed[lost], placed[near] = number, cut
            return


def _evenly(which: Sequence[int], most: int) -> set[int]:
    """As many of some names as are tried, evenly along the journey, its ends among them."""
    if len(which) <= most:
        return set(which)
    return {which[at] for at in np.linspace(0, len(which) - 1, most).round().astype(int).tolist()}


def _number_alone(
    name: Name, others: Sequence[Placed], on: tuple[Sequence[Name], Room, Setting]
) -> Placed | None:
    """Best place of a number without its name among names that are placed; None where it would cover one of them."""
    names, room, setting = on
    bare = replace(name, text="", note="")
    spots = _choices(bare, room, setting)
    if not spots:
        return None
    choice = _Choice.of(
        spots, [bare if neighbour is name else neighbour for neighbour in names], room
    )
    taken = np.array([label.box for label in others]).reshape(-1, 4)
    costs = choice.costs + _OVERLAP * _overlaps(choice.boxes, taken).sum(axis=1)
    best = int(np.argmin(costs))
    return spots[best] if costs[best] < _OVERLAP else None


class _Choice:
    """Places that one name may take, with what each costs by itself."""

    def __init__(self, boxes: Floats, costs: Floats, leaders: NDArray[np.object_]) -> None:
        self.boxes = boxes
        self.costs = costs
        self.leaders = leaders
        self.shapes = shapely.box(*boxes.T)
        ends = shapely.bounds(leaders).reshape(-1, 4)
        self.bounds = np.hstack(
            [np.minimum(ends[:, :2], boxes[:, :2]), np.maximum(ends[:, 2:], boxes[:, 2:])]
        )
        least, most = (
            self.bounds.min(axis=0, initial=np.inf),
            self.bounds.max(axis=0, initial=-np.inf),
        )
        self.extent: Floats = np.append(least[:2], most[2:])
        self._crossed: dict[tuple[_Choice, int], Floats] = {}

    @classmethod
    def of(cls, choices: Sequence[Placed], names: Sequence[Name], room: Room) -> _Choice:
        if not choices:
            return cls(np.empty((0, 4)), np.empty(0), np.empty(0, dtype=object))
        boxes = np.array([choice.box for choice in choices])
        own = choices[0].name
        costs = np.array([_own_cost(choice, choices[0]) for choice in choices])
        shapes = shapely.box(*boxes.T)
        costs += _ON_LINE * _covered_pt(boxes, room.pieces)
        marks = np.array(
            [hang for name in names if name is not own for hang in name.hangs[:1]]
        ).reshape(-1, 2)
        if len(marks):
            inside = (boxes[:, None, 0] < marks[:, 0]) & (marks[:, 0] < boxes[:, None, 2])
            inside &= (boxes[:, None, 1] < marks[:, 1]) & (marks[:, 1] < boxes[:, None, 3])
            costs += _ON_POINT * inside.sum(axis=1)
        taken = np.array(room.taken).reshape(-1, 4)
        costs += _OVERLAP * _overlaps(boxes, taken).sum(axis=1)
        leaders = shapely.linestrings(
            [[choice.hang, _nearest(choice.box, choice.hang)] for choice in choices]
        )
        costs += 0.5 * shapely.length(
            shapely.intersection(leaders, shapely.union_all(shapely.box(*taken.T)))
        )
        mine = room.tree.query(shapely.MultiPoint(own.hangs), predicate="dwithin", distance=_OWN_PT)
        through, areas = room.tree.query(leaders, predicate="intersects")
        costs[np.unique(through[~np.isin(areas, mine)])] += _THROUGH
        if own.avoid is not None:
            costs += _astray(boxes, own.avoid) + shapely.length(
                shapely.intersection(leaders, own.avoid)
            )
        if own.over and len(mine):
            edge = shapely.boundary(shapely.union_all([room.areas[area] for area in mine]))
            costs += _ON_EDGE * shapely.length(shapely.intersection(shapes, edge))
        return cls(boxes, costs, leaders)

    def crossed(self, other: _Choice, where: int) -> Floats:
        """How often each leader crosses another name that stands so, or its leader, and each box covers that."""
        if (other, where) not in self._crossed:
            shape, leader = other.shapes[where], other.leaders[where]
            times = shapely.intersects(self.leaders, shape).astype(np.float64)
            times += shapely.intersects(self.shapes, leader)
            self._crossed[other, where] = times + shapely.crosses(self.leaders, leader)
        return self._crossed[other, where]


def _astray(boxes: Floats, avoid: BaseGeometry) -> Floats:
    """What it costs each of some boxes to lie in an area, wholly or in part."""
    shapely.prepare(avoid)
    share = np.zeros(len(boxes))
    shapes = shapely.box(*boxes.T)
    met = shapely.intersects(avoid, shapes)
    share[met] = shapely.area(shapely.intersection(shapes[met], avoid)) / shapely.area(shapes[met])
    return np.where(share > _TOUCHES, _ASTRAY * (np.minimum(share / _SLIGHTLY, 1.0) + share), 0.0)


def _covered_pt(boxes: Floats, pieces: Floats) -> Floats:
    """How much of some straight pieces lies in each of some boxes, points: clipped as Liang and Barsky do."""
    near = (pieces[:, :2] <= boxes[:, 2:].max(axis=0)) | (pieces[:, 2:] <= boxes[:, 2:].max(axis=0))
    near &= (pieces[:, :2] >= boxes[:, :2].min(axis=0)) | (
        pieces[:, 2:] >= boxes[:, :2].min(axis=0)
    )
    starts, ends = np.split(pieces[near.all(axis=1)], 2, axis=1)
    along = ends - starts
    first, last = np.zeros((len(boxes), len(along))), np.ones((len(boxes), len(along)))
    for axis in range(2):
        with np.errstate(divide="ignore", invalid="ignore"):
            sides = (boxes[:, [axis, axis + 2], None] - starts[:, axis]) / along[:, axis]
        level = along[:, axis] == 0
        out = level & (
            (starts[:, axis] < boxes[:, [axis]]) | (starts[:, axis] > boxes[:, [axis + 2]])
        )
        first = np.maximum(first, np.where(level, np.where(out, np.inf, 0), sides.min(axis=1)))
        last = np.minimum(last, np.where(level, 1, sides.max(axis=1)))
    return np.asarray(np.clip(last - first, 0, None) @ np.hypot(*along.T), dtype=np.float64)


def _own_cost(choice: Placed, first: Placed) -> float:
    x, y = _nearest(choice.box, choice.hang)
    off = float(math.hypot(x - choice.hang[0], y - choice.hang[1]))
    left = (choice.box[0] + choice.box[2]) / 2 < choice.hang[0]
    turned = _TURN * (left + (choice.align == "center"))
    later = 4.0 * choice.name.hangs.index(choice.hang)
    return (
        _FAR * math.pow(off, 0.9)
        + turned
        + later
        + _LINES * abs(len(choice.lines) - len(first.lines))
    )


def _choices(name: Name, room: Room, setting: Setting) -> list[Placed]:
    """Places within the map that a name may take, in each of the ways in which it may be broken into lines."""
    spots: list[Placed] = []
    for width in (1.0, 0.72, 1.6):
        lines = balanced(f"{name.head} {name.text}".strip(), setting.name, setting.room_pt * width)
        if name.note:
            notes = balanced(name.note, setting.note, setting.room_pt * max(width, 1.0))
        else:
            notes = []
        if spots and len(lines) == len(spots[0].lines):
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
                    spots.append(Placed(name, tuple(lines), tuple(notes), box, align, hang))
    return spots


def _boxes(
    hang: tuple[float, float], size: tuple[float, float], name: Name, setting: Setting
) -> list[tuple[tuple[float, float, float, float], str]]:
    """Boxes of a size around a point, each with how its lines are aligned: towards the point."""
    (x, y), (width, height) = hang, size
    boxes = []
    if name.over:
        boxes.append(((x - width / 2, y - height / 2, x + width / 2, y + height / 2), "center"))
    for reach in _REACHES:
        distance = reach * setting.name.size_pt + name.mark_pt
        for turn in _TURNS:
            east, north = math.cos(turn), math.sin(turn)
            left = x + distance * east - width * (1 - _eased(east)) / 2
            low = y + distance * north - height * (1 - _eased(north)) / 2
            align = "left" if east > 0.3 else "right" if east < -0.3 else "center"  # noqa: PLR2004
            boxes.append(((left, low, left + width, low + height), align))
    return boxes


def _eased(part: float) -> float:
    """Share of a box that lies beyond its point: all of it as soon as the direction is plain."""
    return max(-1.0, min(1.0, part * 1.6))


def _overlaps(boxes: Floats, others: Floats) -> Floats:
    """Area that each of some boxes shares with each of others, with a gap around them: shape (boxes, others)."""
    if not len(others):
        return np.zeros((len(boxes), 1))
    wide = (
        np.minimum(boxes[:, None, 2], others[:, 2])
        - np.maximum(boxes[:, None, 0], others[:, 0])
        + _GAP_PT[0]
    )
    high = (
        np.minimum(boxes[:, None, 3], others[:, 3])
        - np.maximum(boxes[:, None, 1], others[:, 1])
        + _GAP_PT[1]
    )
    return np.asarray(np.clip(wide, 0, None) * np.clip(high, 0, None))


def _settled(choices: Sequence[_Choice]) -> list[int | None]:
    """Settle the names in several orders, for each ends elsewhere; keep the best end, and drop what still collides."""
    there = [n for n, choice in enumerate(choices) if len(choice.boxes)]
    orders = [sorted(there, key=lambda n: len(choices[n].boxes)), there, there[::-1]]
    ends = [_moved(choices, order, {}) for order in orders]
    if len(there) <= _MOST_TRIED:
        best = min(ends, key=_Board.total)
        ends += [
            _moved(choices, there, best.at | {n: at}, n)
            for n in there
            for at in _cheapest(choices[n])
        ]
    return _without_collisions(choices, min(ends, key=_Board.total).at)


class _Board:
    """Where names stand: of each its box, and the bounds of box and leader; without a number those not yet set."""

    def __init__(self, choices: Sequence[_Choice]) -> None:
        self.choices = choices
        self.at: dict[int, int] = {}
        self._boxes = np.full((len(choices), 4), np.nan)
        self._bounds = np.full((len(choices), 4), np.nan)

    def set(self, mine: int, where: int) -> None:
        self.at[mine] = where
        self._boxes[mine], self._bounds[mine] = (
            self.choices[mine].boxes[where],
            self.choices[mine].bounds[where],
        )

    def costs(self, mine: int) -> Floats:
        """What each place of a name costs where the other names stand as they do."""
        own = self.choices[mine]
        # Names that any place of this one, or a leader of it, may touch: all others cost it
        # nothing.
        touched = (self._bounds[:, :2] <= own.extent[2:] + _GAP_PT).all(axis=1)
        touched &= (self._bounds[:, 2:] >= own.extent[:2] - _GAP_PT).all(axis=1)
        near = [neighbour for neighbour in np.flatnonzero(touched).tolist() if neighbour != mine]
        overlap = _OVERLAP * _overlaps(own.boxes, self._boxes[near]).sum(axis=1)
        crossed = [own.crossed(self.choices[neighbour], self.at[neighbour]) for neighbour in near]
        return np.asarray(
            own.costs + overlap + _CROSSED * np.sum([np.zeros(len(own.boxes)), *crossed], axis=0)
        )

    def total(self) -> float:
        return sum(float(self.costs(mine)[where]) for mine, where in self.at.items())


def _cheapest(choice: _Choice) -> list[int]:
    """Places of a name that cost least by themselves, each elsewhere: none covers half of another."""
    apart: list[int] = []
    sizes = choice.boxes[:, 2:] - choice.boxes[:, :2]
    for at in np.argsort(choice.costs, kind="stable"):
        off = np.abs(choice.boxes[apart, :2] - choice.boxes[at, :2]) / sizes[at]
        if (off.max(axis=1, initial=0.0) >= _ELSEWHERE).all():
            apart.append(int(at))
        if len(apart) == _CHEAPEST:
            break
    return apart


def _moved(
    choices: Sequence[_Choice], order: Sequence[int], start: dict[int, int], held: int | None = None
) -> _Board:
    """Move every name to its best place, given where the others are, until none moves; one may be held at its place."""
    board = _Board(choices)
    for mine, where in start.items():
        board.set(mine, where)
    for _ in range(_ROUNDS):
        before = dict(board.at)
        for mine in order:
            if mine != held:
                board.set(mine, int(np.argmin(board.costs(mine))))
        if board.at == before:
            break
    return board


def _without_collisions(choices: Sequence[_Choice], at: dict[int, int]) -> list[int | None]:
    kept: dict[int, int] = {}
    for mine in sorted(at):
        own = choices[mine].boxes[at[mine]][None]
        others = np.array(
            [choices[neighbour].boxes[which] for neighbour, which in kept.items()]
        ).reshape(-1, 4)
        if choices[mine].costs[at[mine]] < _OVERLAP and not _overlaps(own, others).any():
            kept[mine] = at[mine]
    return [kept.get(mine) for mine in range(len(choices))]


def _nearest(
    box: tuple[float, float, float, float], point: tuple[float, float]
) -> tuple[float, float]:
    """Point of a box that is nearest to another."""
    return min(max(point[0], box[0]), box[2]), min(max(point[1], box[1]), box[3])


def leader(
    placed: Placed, least_pt: float
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Line from a name to what it names, where it hangs so far off that one is needed."""
    x, y = placed.hang
    near = _nearest(placed.box, placed.hang)
    off = math.hypot(near[0] - x, near[1] - y)
    if off <= least_pt + placed.name.mark_pt:
        return None
    share = placed.name.mark_pt / off
    return (x + (near[0] - x) * share, y + (near[1] - y) * share), near
