"""What the search of a text gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: from where to where in the text, the notation, and the index of the secret, if it is one."""

    start: int
    end: int
    notation: str
    secret: int | None
