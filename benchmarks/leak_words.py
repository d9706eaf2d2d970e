"""The words and dates that the program writes into each kind of file whatever the journey says: `leaks/said.json`.

    python benchmarks/leak_words.py

Two journeys that share no word of their own are published in every way there is. What stands in both files of a kind
the kind itself says: tags, styles, a workbook's help, a font's licence. No such word is a secret by itself.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import escape_route
from escape_route.formats import FORMATS
from escape_route.protection import leaks
from escape_route.protection.leaks import dates, vocabulary
from escape_route.protection.leaks.folding import View, plain, without_blocks
from escape_route.publish.page.assembly import own_passages

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
_WORD = re.compile(r"[^\W\d_]{4,}")
_LEAST_OF_NOISE = 8  # letters: fewer stand in any bytes by chance
FIGURES, REPORTS = ("svg", "pdf", "png"), ("html", "md", "pdf")
WORDS = (("qarvo", "zhulm", "wexip"), ("bnofu", "tyrkk", "gjamd"))


def journey(words: tuple[str, ...], lon: float, lat: float) -> dict[str, Any]:
    """Three stops with made-up names."""
    features = [
        {
            "type": "Feature",
            "id": f"{word}-{number}",
            "geometry": {"type": "Point", "coordinates": [round(lon + number, 5), round(lat + number, 5)]},
            "properties": {
                "kind": "waypoint",
                "name": {"en": word},
                "role": ("start", "stop", "reached")[number],
                "precision": "exact",
                "status": "inferred",
                "when": f"20{number}{round(lon) % 10}-0{number + 1}-1{len(word) - number}",
                "verbatimLocality": word[::-1],
                "modes": [{"mode": "road", "status": "inferred"}] if number == 1 else [],
                word[1:]: word[2:],
            },
        }
        for number, word in enumerate(words)
    ]
    about = {"id": words[0], "title": {"en": words[1]}, "summary": {"en": words[2]}, "outcome": "reached"}
    return {
        "type": "FeatureCollection",
        "journey": {**about, "sources": [], "claims": []},
        "features": features,
    }


def published(document: dict[str, Any], folder: Path, wanted: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Files of a journey by their endings; of some kinds, or of all."""
    (folder / "held.geojson").write_text(json.dumps(document), encoding="utf-8")
    held = escape_route.read_journey(str(folder / "held.geojson"))
    formats = [each.suffixes[0].lstrip(".") for each in FORMATS.values() if each.writes]
    for number, (write, endings) in enumerate(
        ((held.save_map, ("html",)), (held.save_figure, FIGURES), (held.save_report, REPORTS), (held.export, formats))
    ):
        for ending in (each for each in endings if each in (wanted or endings)):
            path = folder / f"{number}.{ending}"
            write(path)
            yield ending.rpartition(".")[2], path.read_bytes()


def words_in(content: bytes, name: str) -> frozenset[str]:
    """Words and dates of a file, as they are compared."""
    words: set[str] = set()
    for text, is_noise in leaks.texts_of(content, name):
        fewest = _LEAST_OF_NOISE if is_noise else 0
        shown = without_blocks(View(vocabulary.masked(text, own_passages()))).text
        words.update(word for word in _WORD.findall(plain(shown)) if len(word) >= fewest)
        words.update(date for _, _, written in dates.found_in(shown) for date in written if not is_noise)
    return frozenset(words)


def said(endings: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Words and dates by ending, in alphabetical order; of some kinds of file, or of all."""
    seen: list[dict[str, set[str]]] = []
    for words, (lon, lat) in zip(WORDS, ((105.01234, 17.51234), (21.43217, 46.98765)), strict=True):
        kinds: dict[str, set[str]] = {}
        with tempfile.TemporaryDirectory() as folder:
            for ending, content in published(journey(words, lon, lat), Path(folder), endings):
                kinds.setdefault(ending, set()).update(words_in(content, f"a.{ending}"))
        seen.append(kinds)
    return {ending: sorted(seen[0][ending] & seen[1][ending]) for ending in sorted(seen[0])}


def main() -> None:
    """Run from the command line."""
    lines = ",\n".join(f'"{ending}": {json.dumps(" ".join(words))}' for ending, words in said().items())
    target = ROOT / "src" / "escape_route" / "protection" / "leaks" / "said.json"
    target.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
