"""How a chapter is told beside its narration: its scene, and what somebody said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from escape_route.model.journey import Quote, Scene
from escape_route.model.members import QUOTE_MEMBERS, SCENE_MEMBERS
from escape_route.model.vocabulary import SceneKind

if TYPE_CHECKING:
    from escape_route.model.claims import Sources
    from escape_route.strict_json import Fields

MOST_WORDS = 25
_MOST_SIGNS = 75  # of a quotation in a script that does not part its words
_MOST_COUNTED = 99
_UNPARTED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


def scene(properties: Fields, sources: Sources) -> Scene | None:
    """Read how the chapter of a waypoint is shown; None where nothing is said."""
    fields = properties.object("scene")
    if fields is None:
        return None
    fields.know(SCENE_MEMBERS)
    kind = fields.choice("kind", SceneKind, SceneKind.PLAIN, needed=True)
    return Scene(kind, fields.whole("count", 1, _MOST_COUNTED), sources.cited(fields, needed=kind.needs_source))


def quote(properties: Fields, sources: Sources) -> Quote | None:
    """Read what somebody said; None where nobody is quoted."""
    fields = properties.object("quote")
    if fields is None:
        return None
    fields.know(QUOTE_MEMBERS)
    text, speaker = fields.local_text("text", needed=True) or {}, fields.local_text("speaker", needed=True) or {}
    for language, said in text.items():
        unparted = bool(_UNPARTED.search(said))
        length, most = (len(said), _MOST_SIGNS) if unparted else (len(said.split()), MOST_WORDS)
        if length > most:
            counted = "characters" if unparted else "words"
            fields.fault(f"text.{language}", f"{length} {counted}", f"{most} at the most: quote what matters")
    return Quote(text, speaker, sources.cited(fields, needed=True))
