"""Make the seeds: a small journey in each format, and small files of others.

python tests/fuzz/make_corpus.py
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from documents import claim, content, leg, waypoint
from documents import journey as document
from escape_route.formats import FORMATS, writer
from escape_route.model import read
from escape_route.model.published import Published

CORPUS = Path(__file__).resolve().parent / "corpus"


def main() -> None:
    """Write them all."""
    CORPUS.mkdir(parents=True, exist_ok=True)
    places = (
        waypoint(
            0, when="2019", sensitivity=0, narration={"en": [{"text": "T", "sources": ["A"]}]}
        ),
        leg(),
        waypoint(
            1, modes=[{"mode": "foot", "status": "single"}], coordinateUncertaintyInMeters=500
        ),
        waypoint(2, footprint=["country:TH"], precision="country"),
    )
    one = read.read(
        content(
            document(
                *places, claims=[claim()], people=2, notes=[{"text": {"en": "N"}, "sources": []}]
            )
        )
    )
    for each in FORMATS.values():
        (CORPUS / f"own{each.suffixes[0]}").write_bytes(writer(each).write(Published(one)).content)


if __name__ == "__main__":
    main()
