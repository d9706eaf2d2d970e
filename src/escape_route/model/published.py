"""What may leave the program: the one type that every renderer, writer and exporter takes.

`protection.protect` makes it; it stands down here because writers and measures, which lie below
protection, take it. Nothing else of the held journey is in it, so that whoever draws can give
nothing else away.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from enum import StrEnum

from escape_route.errors import UnprotectedWarning
from escape_route.model.journey import Journey


class Mark(StrEnum):
    """What whoever sees a file must be told of it, for it is no publication; the value names its words."""

    AS_HELD = "unprotected"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class Published:
    """A journey as it may be shown: its publishable form, without a mark, or what its mark says.

    Only `protection.protect.protect` and `as_held` make one; `preview` marks one for its holder's
    eyes.
    """

    journey: Journey
    mark: Mark | None = None

    @classmethod
    def as_held(cls, journey: Journey) -> Published:
        """Show a journey as it is held: warns of it, and marks whatever is drawn of it."""
        warnings.warn(UnprotectedWarning(), stacklevel=2)
        return cls(journey, Mark.AS_HELD)

    def preview(self) -> Published:
        """Give the same as a first look, which is no publication."""
        return replace(self, mark=Mark.PREVIEW)
