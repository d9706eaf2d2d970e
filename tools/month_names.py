"""Make src/escape_route/model/month_names.json: which month a name is, in 28 languages, from CLDR as Babel packs it.

Run by `make names`. CLDR is under the Unicode License v3.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src" / "escape_route" / "model" / "month_names.json"
BABEL = "babel==2.17.0"
LANGUAGES = (
    *(
        "ar",
        "bg",
        "cs",
        "da",
        "de",
        "el",
        "en",
        "es",
        "fa",
        "fi",
        "fr",
        "he",
        "hr",
        "hu",
        "id",
        "it",
        "nb",
        "nl",
        "pl",
    ),
    *("lo", "pt", "ro", "ru", "sr", "sv", "th", "tr", "uk", "vi"),
)
_FEWEST_LETTERS = 3


def main() -> None:
    """Read the names of the months, whole and short, and write each with its numbers: a few are two months."""
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", BABEL], check=True)
    from babel import Locale  # noqa: PLC0415  # installed just now

    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for form in Locale(language).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in form[width].items():
                    plain = unicodedata.normalize("NFC", name.casefold()).rstrip(".").strip()
                    if len(plain) >= _FEWEST_LETTERS and not re.search(r"\d", plain):
                        found.setdefault(plain, set()).add(number)
    lines = [
        f"  {json.dumps(name, ensure_ascii=False)}: {sorted(found[name])}" for name in sorted(found)
    ]
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    print(f"{TARGET.name}: {len(lines)} names")


if __name__ == "__main__":
    main()
