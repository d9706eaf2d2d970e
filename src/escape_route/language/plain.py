"""Text that a terminal prints and that does nothing to it."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"  # letters of Persian and of Indian scripts are joined or parted by them


def plain(text: str) -> str:
    """Text on one line, without control characters and without marks that turn the direction of what follows them."""
    kept = (letter for letter in text if unicodedata.category(letter) != "Cf" or letter in _JOINERS)
    return "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in kept)
