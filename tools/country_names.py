"""Make src/escape_route/geography/countries.json: short names of countries per language, from CLDR as Babel packs it.

Run by `make names`. CLDR is under the Unicode License v3. A name is no statement on what it names.
Codes are those of
`geo/base/countries`; of the few that are our own there, the base geography has the English name.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src" / "escape_route" / "geography" / "countries.json"
BABEL = "babel==2.17.0"
LANGUAGES = sorted(
    path.stem for path in (ROOT / "src" / "escape_route" / "language" / "words").glob("*.json")
)
CHOSEN = {
    "en": {"MM": "Myanmar"},
    "ko": {"KP": "북한", "KR": "한국"},
}  # the shorter, and as the shipped journeys say


def main() -> None:
    """Read the names and write them, a line a country."""
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", BABEL], check=True)
    from babel import Locale  # noqa: PLC0415  # installed just now

    codes = sorted(path.stem for path in (ROOT / "geo" / "base" / "countries").glob("*.geojson"))
    territories = {
        language: {**Locale(language).territories, **CHOSEN.get(language, {})}
        for language in LANGUAGES
    }
    lines = []
    for code in codes:
        names = {language: named[code] for language, named in territories.items() if code in named}
        if names:
            lines.append(f"  {json.dumps(code)}: {json.dumps(names, ensure_ascii=False)}")
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    print(f"{TARGET.name}: {len(lines)} countries")


if __name__ == "__main__":
    main()
