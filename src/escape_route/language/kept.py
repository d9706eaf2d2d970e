"""What the publishable form says that it made coarser or left out of a place, in the words of a language."""

from __future__ import annotations

import re

from escape_route.language.phrases import Phrases
from escape_route.model.journey import COUNTRY_ALONE, DATE_KEPT, GENERALISED, STAY_KEPT, Waypoint

#: What the publishable form says, in English, and what that is called in the catalogues.
_SAID = {
    "the place as finely as it is held": "teller.kept.place",
    "the place in the words it was told in": "teller.kept.words",
    STAY_KEPT: "teller.kept.stay",
    "a point on the map": "teller.kept.point",
    "the place itself, and its name": "teller.kept.name",
    DATE_KEPT: "teller.kept.date",
    "stops that share a cell are told as one": "teller.kept.one",
    "a quotation, picture, recording or scene of one of them": "teller.kept.shown",
    COUNTRY_ALONE: "coarser.country",
}
_CELL = re.compile(rf"(point|outline) {GENERALISED} ([\d.]+) degree")


def left_out(waypoint: Waypoint, phrases: Phrases) -> list[str]:
    """What was left out of a place; what its holder wrote stands as written, without a stop at its end."""
    remarks = (waypoint.information_withheld or "").split("; ")
    return [_in_words(remark, phrases) for remark in remarks if remark]


def coarser(waypoint: Waypoint, phrases: Phrases) -> str:
    """How coarsely a place is shown, and what of it is not; empty where nothing was changed."""
    remarks = (waypoint.data_generalizations or "").split("; ")
    said = [_in_words(remark, phrases) for remark in remarks if remark]
    return phrases.word("semicolon").join([*said, *filter(None, [not_shown(waypoint, phrases)])])


def not_shown(waypoint: Waypoint, phrases: Phrases) -> str:
    """What of a place is not shown, and that it is not; its holder's own words on it say so themselves."""
    remarks = [remark for remark in (waypoint.information_withheld or "").split("; ") if remark]
    ours = [_in_words(remark, phrases) for remark in remarks if remark in _SAID]
    own = [_in_words(remark, phrases) for remark in remarks if remark not in _SAID]
    joint = phrases.word("semicolon")
    said = [phrases.word("teller.kept", what=joint.join(ours))] if ours else []
    return joint.join([*said, *own])


def _in_words(remark: str, phrases: Phrases) -> str:
    if remark in _SAID:
        return phrases.word(_SAID[remark])
    cell = _CELL.fullmatch(remark)
    return phrases.word(f"coarser.{cell[1]}", degrees=cell[2]) if cell else remark.rstrip(". 。")
