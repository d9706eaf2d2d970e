"""Make the fonts of the figures from the Noto fonts that npm packages carry; run by `make fonts`.

The fonts are cut to the writing that figures need, without hints (figures are drawn without them),
and named "Journey ...": a figure must find these and not what a machine happens to have under the
name of Noto. Noto is under the SIL Open Font License 1.1, which allows both; the names that it
reserves are not used. Same packages, same bytes.
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

TARGET = Path(__file__).parents[1] / "src" / "escape_route" / "publish" / "fonts"
SCOPE = "@expo-google-fonts"
VERSIONS = {
    "noto-sans": "0.4.2",
    "noto-sans-kr": "0.4.3",
    "noto-sans-lao": "0.4.2",
    "noto-sans-thai": "0.4.2",
    "noto-serif": "0.4.2",
    "noto-serif-kr": "0.4.3",
}
EPOCH = 3_786_912_000  # 2024-01-01 in seconds since 1904: no clock may show in the files

Codes = frozenset[int]


def _span(first: int, last: int) -> Codes:
    return frozenset(range(first, last + 1))


def _common_hangul() -> Codes:
    """The 2,350 syllables of KS X 1001: nearly all that is written."""
    found = set()
    for row in range(0xB0, 0xC9):
        for cell in range(0xA1, 0xFF):
            found.add(ord(bytes([row, cell]).decode("euc_kr")))
    return frozenset(found)


#: Latin with all that Vietnamese and the romanisations need, Greek, Cyrillic, marks and signs.
LETTERS = frozenset().union(
    *map(
        _span,
        (0x20, 0xA0, 0x2B0, 0x370, 0x1E00, 0x2000, 0x20A0),
        (0x7E, 0x24F, 0x36F, 0x52F, 0x1EFF, 0x206F, 0x20CF),
    ),
    {0x2116, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x25CC},
)
#: A space belongs to each font: programs that shape text keep to one font, and set a box where it
#: has none.
SPACES = frozenset({0x20, 0xA0})
KOREAN = (
    SPACES
    | _span(0x3001, 0x3003)
    | _span(0x3008, 0x3011)
    | _span(0x3131, 0x318E)
    | _span(0xFF01, 0xFF5E)
)
HANGUL = KOREAN | _span(0xAC00, 0xD7A3)
COMMON_HANGUL = KOREAN | _common_hangul()
LAO, THAI = SPACES | _span(0xE80, 0xEFF) | {0x25CC}, SPACES | _span(0xE00, 0xE7F) | {0x25CC}


@dataclass(frozen=True, slots=True)
class Cut:
    """One font to make: which file of which package, what to keep of it, and what it is then called.

    There are two weights, 400 and 600, in every family, so that one may stand in for another; of
    the serifs the bold cut goes for 600.
    """

    package: str
    file: str
    family: str
    weight: int
    keep: Codes


CUTS = (
    Cut("noto-sans", "400Regular/NotoSans_400Regular", "Journey Sans", 400, LETTERS),
    Cut("noto-sans", "600SemiBold/NotoSans_600SemiBold", "Journey Sans", 600, LETTERS),
    Cut("noto-serif", "400Regular/NotoSerif_400Regular", "Journey Serif", 400, LETTERS),
    Cut("noto-serif", "700Bold/NotoSerif_700Bold", "Journey Serif", 600, LETTERS),
    Cut("noto-sans-kr", "400Regular/NotoSansKR_400Regular", "Journey Sans KR", 400, HANGUL),
    Cut("noto-sans-kr", "600SemiBold/NotoSansKR_600SemiBold", "Journey Sans KR", 600, HANGUL),
    Cut(
        "noto-serif-kr", "400Regular/NotoSerifKR_400Regular", "Journey Serif KR", 400, COMMON_HANGUL
    ),
    Cut("noto-serif-kr", "700Bold/NotoSerifKR_700Bold", "Journey Serif KR", 600, COMMON_HANGUL),
    Cut("noto-sans-lao", "400Regular/NotoSansLao_400Regular", "Journey Sans Lao", 400, LAO),
    Cut("noto-sans-lao", "600SemiBold/NotoSansLao_600SemiBold", "Journey Sans Lao", 600, LAO),
    Cut("noto-sans-thai", "400Regular/NotoSansThai_400Regular", "Journey Sans Thai", 400, THAI),
    Cut("noto-sans-thai", "600SemiBold/NotoSansThai_600SemiBold", "Journey Sans Thai", 600, THAI),
)


def main() -> None:
    """Fetch the packages, make every font, and write the sums and the licences beside them."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        packages = [f"{SCOPE}/{package}@{version}" for package, version in VERSIONS.items()]
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", name, *packages],
            check=True,
        )
        source = Path(name) / "node_modules" / SCOPE
        for cut in CUTS:
            made = make(source, cut)
            print(f"{made.name}: {made.stat().st_size / 1000:,.0f} kB")
        licences = {
            package: (source / package / "LICENSE_FONT").read_text("utf-8").strip()
            for package in VERSIONS
        }
    whose = dict.fromkeys(text.splitlines()[0] for text in licences.values())
    (TARGET / "OFL.txt").write_text(_joined(list(whose), next(iter(licences.values()))), "utf-8")
    sums = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(TARGET.glob("*.ttf"))
    ]
    (TARGET / "SHA256SUMS").write_text("".join(sums), "utf-8")


def make(source: Path, cut: Cut) -> Path:
    """Cut one font and write it."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "liga"]
    options.notdef_outline = True
    font = TTFont(source / cut.package / f"{cut.file}.ttf", recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=cut.keep)
    cutter.subset(font)
    _rename(font, cut)
    font["OS/2"].usWeightClass = cut.weight
    font["head"].created = font["head"].modified = EPOCH
    target = TARGET / f"{cut.family.replace(' ', '')}-{cut.weight}.ttf"
    font.save(target)
    return target


def _rename(font: TTFont, cut: Cut) -> None:
    """Give it its own family; the copyright and the licence stay as they are."""
    names = font["name"]
    kept = {number: names.getDebugName(number) for number in (0, 13, 14)}
    names.names = []
    style = {400: "Regular", 600: "SemiBold"}[cut.weight]
    whole = f"{cut.family} {style}"
    given = {
        1: cut.family,
        2: style,
        3: f"escape-route: {whole}",
        4: whole,
        6: whole.replace(" ", ""),
    }
    for number, text in sorted({**kept, **given}.items()):
        if text:
            names.setName(text, number, 3, 1, 0x409)


def _joined(whose: list[str], licence: str) -> str:
    """Licence with every copyright line above it."""
    return "\n".join([*whose, *licence.splitlines()[1:], ""])


if __name__ == "__main__":
    main()
