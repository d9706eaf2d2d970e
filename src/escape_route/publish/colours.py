"""The colours of all that is published, light and dark: pages, reports and figures take them from here."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours by what they are for, as CSS writes them.

    The last four are for figures: how much of what lies below the relief, an area, a disc and a line's band cover.
    """

    paper: str
    halo: str
    raised: str
    ink: str
    muted: str
    rule: str
    red: str
    red_soft: str
    blue: str
    blue_soft: str
    blue_mid: str
    amber: str
    land: str
    sea: str
    border: str
    river: str
    stone: str
    relief: float
    tint: float
    disc: float
    band: float

    def css(self, *names: str) -> str:
        """Declare them as custom properties, such as `--red-soft`: those that are named, or all of them."""
        held = {name: value for name, value in asdict(self).items() if isinstance(value, str)}
        return " ".join(f"--{name.replace('_', '-')}: {held[name]};" for name in names or held)


LIGHT = Colours(
    paper="#faf8f3",
    halo="#faf8f3",
    raised="#ffffff",
    ink="#1b2126",
    muted="#585e63",
    rule="#dcd7cb",
    red="#b0241c",
    red_soft="#b0241c2b",
    blue="#1d5c88",
    blue_soft="#1d5c8826",
    blue_mid="#1d5c8866",
    amber="#7a5400",
    land="#efece5",
    sea="#d6dfe4",
    border="#a59d92",
    river="#a9bfcb",
    stone="#8b857b",
    relief=0.55,
    tint=0.16,
    disc=0.6,
    band=0.5,
)
DARK = Colours(
    paper="#14171a",
    halo="#14171a",
    raised="#1e2327",
    ink="#ece9e2",
    muted="#a7acae",
    rule="#353b40",
    red="#ff8272",
    red_soft="#ff827233",
    blue="#85bbe3",
    blue_soft="#85bbe34d",
    blue_mid="#85bbe399",
    amber="#e2b25c",
    land="#363c41",
    sea="#10151a",
    border="#737a7f",
    river="#4d6373",
    stone="#7d8287",
    relief=0.4,
    tint=0.24,
    disc=0.6,
    band=0.6,
)


def css() -> str:
    """Declare them for a page, by the scheme of the reader's device; paper, and what is painted for it, is light."""
    dark = f":root:where(:not(.is-printing)) {{ {DARK.css()} }}"
    return f":root {{ {LIGHT.css()} }}\n@media screen and (prefers-color-scheme: dark) {{ {dark} }}\n"
