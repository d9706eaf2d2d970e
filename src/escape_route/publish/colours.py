"""The colours of all that is published, light and dark: pages, reports and figures take them from here."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from escape_route import packaged


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours by what they are for, as CSS writes them.

    The last four are for figures: how much of what lies below the relief, an area, a disc and a
    line's band cover.
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


LIGHT, DARK = (
    Colours(**packaged.table("publish/colours.toml")[scheme]) for scheme in ("light", "dark")
)


def css() -> str:
    """Declare them for a page, by the scheme of the reader's device; paper, and what is painted for it, is light."""
    dark = f":root:where(:not(.is-printing)) {{ {DARK.css()} }}"
    return (
        f":root {{ {LIGHT.css()} }}\n@media screen and (prefers-color-scheme: dark) {{ {dark} }}\n"
    )
