"""The words of the program: one catalogue a language, `words/<language tag>.json`, from key to text.

A new language is a new file there; what it lacks is said in English. A text has `{places}` that are
filled. Where it hangs on a number it is a list of forms, which the rule `plural` of the catalogue
chooses from as gettext's do; the last is for numbers that are not whole as well. Keys are
`room.name`, or `table.row` for the words of a table of the model.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from gettext import c2py
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from escape_route.errors import UsageError

if TYPE_CHECKING:
    from escape_route.model.journey import Journey

Catalogue: TypeAlias = "Mapping[str, str | list[str]]"

FOLDER = Path(str(files("escape_route.language"))) / "words"
_WHOLE_KM = 0.9995  # what is no kilometre yet when it is rounded to three digits
FIRST = "en"
"""Language that every word is in, and that stands in for another that lacks it."""


@cache
def _catalogues(folder: Path) -> dict[str, Catalogue]:
    return {
        path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))
    }


def catalogues() -> dict[str, Catalogue]:
    """Every catalogue by its language, as its file has it."""
    return _catalogues(FOLDER)


def languages() -> tuple[str, ...]:
    """Languages that there is a catalogue of; English is the first."""
    return (FIRST, *(language for language in catalogues() if language != FIRST))


def language_of(journeys: Iterable[Journey]) -> str:
    """Language to speak of journeys where none is asked for: the first of ours that all are told in, else English."""
    titles = [journey.title for journey in journeys]
    return next(
        (language for language in languages() if all(language in title for title in titles)), FIRST
    )


def in_each(key: str, among: Iterable[str] | None = None) -> dict[str, str]:
    """Text of a key in each language that has it, or in those of some; the places in it are not filled."""
    if among is None:
        among = languages()
    wanted = [language for language in languages() if language in {FIRST, *among}]
    return {
        language: _last(words[key])
        for language in wanted
        if key in (words := catalogues()[language])
    }


def _last(text: str | list[str]) -> str:
    return text if isinstance(text, str) else text[-1]


def filled(text: str, values: Mapping[str, object]) -> str:
    """Text with its places filled; values are put in as they are: a brace in a name stays a brace.

    >>> filled("{n} km to {name}", {"n": "5", "name": "{n}"})
    '5 km to {n}'
    """
    return re.sub(r"\{(\w+)\}", lambda place: str(values[place[1]]), text)


def opened(text: str) -> str:
    """Text as the beginning of a line: with a capital, where its script has them."""
    return text[:1].upper() + text[1:]


_MIXED = re.compile(r"[0-9A-Za-z]")
_ISOLATED = "\N{FIRST STRONG ISOLATE}{}\N{POP DIRECTIONAL ISOLATE}"


class Words:
    """Says the words of one of `languages()`."""

    def __init__(self, language: str = FIRST) -> None:
        """Keep the language; raises UsageError where nothing is held in it."""
        if language not in languages():
            raise UsageError(
                f"language: nothing is held in {language!r}, only in {', '.join(languages())}"
            )
        self.language = language
        self._texts = {**catalogues()[FIRST], **catalogues()[language]}
        self.is_rtl = self._texts["page.dir"] == "rtl"

    def word(self, key: str, **values: object) -> str:
        """Word or sentence by its key, filled in."""
        return self.filled(_last(self._texts[key]), values)

    def form(self, key: str, number: int, **values: object) -> str:
        """One of the texts of a key that has several, such as the names of the months, filled in."""
        return self.filled(self._texts[key][number], values)

    def filled(self, text: str, values: Mapping[str, object]) -> str:
        """Text filled; where it is written from right to left, what has figures or Latin letters stands by itself."""
        if not self.is_rtl:
            return filled(text, values)
        said = [(name, str(value)) for name, value in values.items()]
        return filled(
            text,
            {
                name: _ISOLATED.format(value) if _MIXED.search(value) else value
                for name, value in said
            },
        )

    def counted(self, key: str, number: float, **values: object) -> str:
        """Word or sentence in the form that goes with a number, filled in."""
        forms = self._texts[key]
        if isinstance(forms, str) or number != int(number):
            return self.word(key, **values)
        rule = c2py(_last(self._texts["plural"]))
        return self.filled(forms[rule(int(number))], values)

    def sentences(self, said: Iterable[str]) -> str:
        """Sentences one after another, parted as this language does; those that are empty are left out."""
        return self.word("blank").join(filter(None, said))

    def quoted(self, text: str) -> str:
        """Text in the quotation marks of this language."""
        return self.word("page.quoted", n=text)

    def cited(self, name: str, kind: object) -> str:
        """Name of a source with what it is, where that is told: The Times, newspaper."""
        what = self.word(f"source.{kind}") if kind else ""
        is_said = what.casefold() in name.casefold()  # an interview with her, of 2016
        return name if is_said else self.word("source.of", name=name, kind=what)

    def percent(self, share: float) -> str:
        """Share as a whole number of hundredths."""
        return self.word("percent", n=f"{share * 100:.0f}")

    def number(self, value: float) -> str:
        """Number as it was rounded, of which three digits or a tenth are the most: 7,200 and 45.6 and 3.77.

        Coarser it would be another number than the next sentence has.
        """
        decimals = 0 if value == round(value) else max(1, 2 - math.floor(math.log10(abs(value))))
        return self.marked(f"{round(value, decimals):,.10g}")

    def kilometres(self, value_km: float) -> str:
        """Length with its unit: below a kilometre in metres.

        >>> [Words().kilometres(value_km) for value_km in (0.0, 0.295, 0.9996, 1.0, 7.21, 12_000)]
        ['0 km', '295 m', '1 km', '1 km', '7.21 km', '12,000 km']
        """
        return self.range_km(value_km, value_km)

    def range_km(self, low_km: float, high_km: float, key: str = "stated.range") -> str:
        """Lengths from one to another in the words of `key`, with their unit: metres where both are below a kilometre.

        >>> [Words().range_km(*ends) for ends in ((0.8, 0.9), (0.0, 0.295), (0.8, 1.2), (0.8, 0.8))]
        ['800 to 900 m', '0 to 295 m', '0.8 to 1.2 km', '800 m']
        """
        is_short = 0 < high_km < _WHOLE_KM
        ends = [
            self.number(float(f"{end * 1000:.3g}") if is_short else end)
            for end in (low_km, high_km)
        ]
        unit = "unit.m" if is_short else "unit.km"
        if ends[0] == ends[1]:
            return self.word(unit, n=ends[0])
        return filled(_last(self._texts[unit]), {"n": self.word(key, low=ends[0], high=ends[1])})

    def whole(self, value: float) -> str:
        """Number rounded to a whole one, with its thousands parted."""
        return self.marked(f"{value:,.0f}")

    def marked(self, number: str) -> str:
        """Number that is written as in English, with this language's marks: 12.000,5 in German."""
        marks = {",": self.word("number.thousands"), ".": self.word("number.decimal")}
        return "".join(marks.get(sign, sign) for sign in number)
