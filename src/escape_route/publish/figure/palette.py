"""Colours of the figures: those of the page, for paper and for a dark screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Colour: TypeAlias = "str | tuple[str, float]"
"""A colour as matplotlib takes it, alone or with how much of it covers what lies below."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for; `relief`, `hatch` and `tint` say how much of what lies below they cover."""

    paper: str
    ink: str
    muted: str
    rule: str
    red: str
    blue: str
    amber: str
    land: str
    sea: str
    border: str
    river: str
    relief: float
    hatch: float
    tint: float


LIGHT = Palette(
    paper="#faf8f3",
    ink="#1b2126",
    muted="#585e63",
    rule="#dcd7cb",
    red="#b0241c",
    blue="#1d5c88",
    amber="#7a5400",
    land="#efece5",
    sea="#d6dfe4",
    border="#a59d92",
    river="#a9bfcb",
    relief=0.55,
    hatch=0.36,
    tint=0.08,
)
DARK = Palette(
    paper="#14171a",
    ink="#ece9e2",
    muted="#a7acae",
    rule="#353b40",
    red="#ff8272",
    blue="#85bbe3",
    amber="#e2b25c",
    land="#363c41",
    sea="#10151a",
    border="#737a7f",
    river="#4d6373",
    relief=0.4,
    hatch=0.42,
    tint=0.1,
)
