"""Words of the figures in one language: those of the page, those of the sentences, and how numbers are written."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from escape_route.language.sentences import Speaker


@cache
def _page_words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(
        files("escape_route").joinpath("language", "words.json").read_text("utf-8")
    )
    return found


class Words:
    """Says what stands on a figure."""

    def __init__(self, language: str) -> None:
        """Take a language; raises UsageError where nothing is held in it."""
        self.speaker = Speaker(language)
        self.language = language

    def word(self, key: str, **values: str) -> str:
        """Word of the page by its key, filled in."""
        texts = _page_words()[key]
        return texts.get(self.language, texts["en"]).format(**values)

    def own(self, key: str, **values: str) -> str:
        """Word of the figures alone, or of the sentences, by its key."""
        return self.speaker.word(key, **values)

    def km(self, value_km: float) -> str:
        """Length with its unit."""
        return self.word("km", km=self.number(value_km))

    def number(self, value: float) -> str:
        """Number with its thousands parted."""
        return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"
