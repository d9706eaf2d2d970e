"""A comparison in words, in one language: what the terminal prints and the figure shows."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from escape_route.distance.verdicts import Verdict
from escape_route.geography import base
from escape_route.language.sentences import Speaker
from escape_route.model.journey import say

if TYPE_CHECKING:
    from escape_route.language.comparison import Row, Stated


@cache
def _page_words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(
        files("escape_route").joinpath("language", "words.json").read_text("utf-8")
    )
    return found


def country(code: str, language: str) -> str:
    """Short name of a country; its English one, or its code, where there is no other."""
    names = base.country_names().get(code)
    if names is None:
        names = base.name_of(f"country:{code}") if code in base.country_codes() else {"en": code}
    return say(names, language)


class Sides:
    """Says the rows of a comparison."""

    def __init__(self, language: str) -> None:
        """Take a language; raises UsageError where nothing is held in it."""
        self.speaker = Speaker(language)
        self.language = language

    def lines(self, row: Row) -> dict[str, str]:
        """Everything of a row, by the key of its heading; dashes where nothing is known."""
        word = self.speaker.word
        measured = row.plausible_km is not None
        return {
            "scope": say(row.scope, self.language) if measured else "\N{EN DASH}",
            "stated": self.stated(row),
            "least": self._km(row.least_km) if row.least_km is not None else word("compare.no_distance"),
            "plausible": self.plausible(row),
            "countries": self.countries(row) or word("compare.not_told"),
            "borders": self.borders(row),
            "modes": self.modes(row) or word("compare.not_told"),
            "outcome": word(f"compare.outcome.{row.outcome}"),
            "certainty": self.certainty(row),
            "years": row.years or word("compare.not_told"),
        }

    def stated(self, row: Row) -> str:
        """Every distance that was stated of the part, with its verdict."""
        return "; ".join(map(self._claim, row.stated)) or self.speaker.word("compare.no_claim")

    def _claim(self, stated: Stated) -> str:
        return f"{say(stated.words, self.language)} ({self.speaker.verdict(Verdict(stated.verdict))})"

    def plausible(self, row: Row) -> str:
        """Plausible range, or that there is none and why."""
        if row.plausible_km is None:
            return self.speaker.word("compare.too_vague")
        return self.speaker.range_km(row.plausible_km[0] * 1000, row.plausible_km[-1] * 1000)

    def countries(self, row: Row) -> str:
        """Countries in travel order."""
        return ", ".join(country(code, self.language) for code in row.countries)

    def borders(self, row: Row) -> str:
        """How many borders were crossed, those by air apart."""
        key = "compare.borders_air" if row.borders_by_air else "compare.borders_n"
        return self.speaker.word(key, n=str(row.borders), air=str(row.borders_by_air))

    def modes(self, row: Row) -> str:
        """How one travelled."""
        return ", ".join(say(_page_words()[f"mode_{mode}"], self.language) for mode in row.modes)

    def certainty(self, row: Row) -> str:
        """Share of each status, and of what."""
        percent = "%" if self.language == "ko" else " %"
        said = [
            f"{share * 100:.0f}{percent} {say(_page_words()[f'status_{each}'], self.language)}"
            for each, share in row.certainty.items()
        ]
        return f"{', '.join(said)} ({self.speaker.word(f'compare.of_{row.certainty_of}')})" if said else ""

    def _km(self, value_km: float) -> str:
        return self.speaker.at_least_km(value_km * 1000)
