"""Draw docs/architecture.svg from the imports: `make architecture`.

A row for each room, from what is typed down to what knows of no journey, with the names of its
modules; at the right an arc from each room to every room that it imports. All arcs lead down: `make
lint` sees to that.
"""

from __future__ import annotations

import ast
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from house import PACKAGE, imports, modules, room_of  # noqa: E402

PICTURE = ROOT / "docs" / "architecture.svg"
COLOURS = {
    "cli": "#b0241c",
    "archive": "#8a5a83",
    "api": "#1d5c88",
    "publish": "#7a5400",
    "lint": "#4a6b2f",
    "language": "#6a3d7c",
    "protection": "#0d7377",
    "formats": "#a34d12",
    "distance": "#3c5aa6",
    "model": "#8c2f5b",
    "geography": "#555b60",
    "": "#1b2126",
}
ROOMS = list(COLOURS)
PAPER, INK, MUTED, RULE = "#faf8f3", "#1b2126", "#585e63", "#dcd7cb"
TITLE = "Rooms of the package, and which imports which: every arc leads down"
SAID = (
    "Rooms and their modules. An arc at the right leads from a room to one that it imports; all "
    "lead down."
)
WIDTH, ROW_WIDTH, LEFT, LINE, GAP = 1060, 740, 24, 17, 14
LETTERS = 112  # of a line


def drawing() -> str:
    """The picture as SVG; equal for equal imports."""
    spans: dict[str, tuple[int, int]] = {}
    rows = ""
    top = 64
    for room in ROOMS:
        lines = _lines(room)
        spans[room] = (top, top + LINE * len(lines) + 34)
        rows += _row(room, lines, *spans[room])
        top = spans[room][1] + GAP
    arcs = "".join(
        _arc(one, other, spans)
        for one in ROOMS
        for other in ROOMS
        if (one, other) in _between_rooms()
    )
    head = _text(LEFT, 36, 20, INK, "<tspan font-weight='bold'>escape_route</tspan>")
    head += _text(LEFT + 140, 36, 13, MUTED, SAID)
    size = f'viewBox="0 0 {WIDTH} {top + 6}" role="img" aria-label="{TITLE}"'
    ground = f'<rect width="{WIDTH}" height="{top + 6}" fill="{PAPER}"/>\n'
    fonts = 'font-family="Helvetica, Arial, sans-serif"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
        f"{fonts}>\n{ground}{head}{rows}{arcs}</svg>\n"
    )


def _text(x: float, y: float, size: float, colour: str, content: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{colour}">{content}</text>\n'


def _row(room: str, lines: list[str], top: int, bottom: int) -> str:
    colour = COLOURS[room]
    box = f'x="{LEFT}" y="{top}" height="{bottom - top}"'
    name = f"<tspan font-weight='bold'>{room or 'loose files'}</tspan>"
    purpose = f"<tspan dx='10' font-size='12.5' fill='{MUTED}'>{escape(_purpose(room))}</tspan>"
    row = f'<rect {box} width="{ROW_WIDTH}" rx="5" fill="#fff" stroke="{RULE}"/>\n'
    row += f'<rect {box} width="5" fill="{colour}"/>\n'
    row += _text(LEFT + 14, top + 21, 15, colour, name + purpose)
    return row + "".join(
        _text(LEFT + 14, top + 42 + LINE * n, 12.5, INK, line) for n, line in enumerate(lines)
    )


def _arc(one: str, other: str, spans: dict[str, tuple[int, int]]) -> str:
    """Arc from a room to one below it: the farther out to the right the farther down it leads."""
    floors = ROOMS.index(other) - ROOMS.index(one)
    start, end = sum(spans[one]) / 2 + 7, sum(spans[other]) / 2 - 7
    x, out = LEFT + ROW_WIDTH, LEFT + ROW_WIDTH + 30 + 26 * floors
    way = f"M{x} {start:g}C{out} {start:g} {out} {end:g} {x + 1} {end:g}"
    head = f"M{x + 9} {end - 5:g}L{x + 1} {end:g}L{x + 9} {end + 5:g}"
    told = f"<title>{one} imports {other or 'loose files'}</title>"
    return (
        f'<path d="{way}{head}" fill="none" stroke="{COLOURS[one]}" stroke-width="1.6" '
        f'opacity="0.8">{told}</path>\n'
    )


def _between_rooms() -> set[tuple[str, str]]:
    pairs = {(room_of(each.importer), room_of(each.imported)) for each in imports()}
    return {(one, other) for one, other in pairs if one not in ("", other)}


def _purpose(room: str) -> str:
    """First line of what a room says of itself."""
    if not room:
        return "What every room may use, and what knows of no room."
    said = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text("utf-8"))) or ""
    return said.partition("\n")[0].replace("`", "")


def _lines(room: str) -> list[str]:
    """Names of the modules of a room, those of a folder within it after its name, in lines of a length."""
    folders: dict[str, list[str]] = {}
    for name, path in modules().items():
        if room_of(name) == room and not path.name.startswith("__"):
            *folder, own = path.relative_to(PACKAGE / room).with_suffix("").parts
            folders.setdefault("".join(f"{each}/ " for each in folder), []).append(own)
    return [line for folder, names in sorted(folders.items()) for line in _wrapped(folder, names)]


def _wrapped(folder: str, names: list[str]) -> list[str]:
    lines = [folder + names[0]]
    for name in names[1:]:
        if len(lines[-1]) + len(name) > LETTERS:
            lines.append(name)
        else:
            lines[-1] += f" · {name}"
    return lines


if __name__ == "__main__":
    PICTURE.write_text(drawing(), encoding="utf-8")
