"""Texts and numbers of the page in one language, marked so that the page's JavaScript can say them in another."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import cast

from markupsafe import Markup

from escape_route.language.catalogues import Words
from escape_route.model.journey import Text

Argument = str | float
"""A number, or ``@path`` for a text of the payload."""


def spoken(texts: Mapping[str, object], language: str) -> str:
    """Language in which something is told: the one that is read, else English, else the first that it is told in."""
    return next((tag for tag in (language, "en") if tag in texts), next(iter(texts), language))


_NUMBER, _SOON = r"(\d\u2069?)", r"(?=\u2068?\d)"
_JOINTS = (
    (re.compile(_NUMBER + r" (?=[^\W\d_]|[%°×])"), "\\1\u00a0"),
    (re.compile(_NUMBER[:-1] + r"\u00a0(?:[^\W\d_]|×){1,4}) " + _SOON), "\\1\u00a0"),
    (re.compile(_NUMBER + "([–—~〜～])" + _SOON), "\\1\u2060\\2\u2060"),
)


def together(text: str) -> str:
    r"""Text with every number and its unit, and every range, on one line; `web/js/words.js` does the same.

    >>> together("4,200–7,000 km or 5 to 6 days") == "4,200\u2060–\u20607,000\xa0km or 5\xa0to\xa06\xa0days"
    True
    """
    for joint, joined in _JOINTS:
        text = joint.sub(joined, text)
    return text


FROM_RIGHT = re.compile(r"(?:ar|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)\b")


class Wording:
    """Says the payload's texts in its first language.

    Every text is put out as ``<span data-text="path">`` or ``<span data-word="key">``;
    ``web/js/words.js`` finds these and says them again when the reader changes the language, so the
    two must agree on how a text is found.
    """

    def __init__(self, page: object, words: Mapping[str, Mapping[str, str]], language: str) -> None:
        """Keep the page, its words, and the language to say them in."""
        self._page = page
        self._words = words
        self.language = language
        self.words = Words(language)

    def text(self, path: str) -> Markup:
        """Say a text of the payload by its path, ``journeys.0.title``: an escaped element with both."""
        language, text = self._found(path)
        return Markup('<span data-text="{}" {}>{}</span>').format(
            path, self.marked(language), together(text)
        )

    def marked(self, language: str) -> Markup:
        """Give a language, and the direction that it is read in where that is not the page's."""
        from_right = bool(FROM_RIGHT.match(language))
        if from_right == self.words.is_rtl:
            direction = ""
        else:
            direction = f' dir="{"rtl" if from_right else "ltr"}"'
        return Markup('lang="{}"' + direction).format(language)  # noqa: S704 - the direction is one of two words

    def bare(self, path: str) -> str:
        """Say a text of the payload without an element around it, for titles and attributes."""
        return self._found(path)[1]

    def word(self, key: str, **arguments: Argument) -> Markup:
        """Say a word of the interface, filling its ``{places}`` with numbers and texts."""
        said = together(self.plain(key, **arguments))
        if not arguments:
            return Markup('<span data-word="{}">{}</span>').format(key, said)
        return Markup('<span data-word="{}"{}>{}</span>').format(key, _filled_by(arguments), said)

    def plain(self, key: str, **arguments: Argument) -> str:
        """Say a word of the interface without an element around it, for titles and attributes."""
        pattern = self._words[key]
        said = pattern.get(self.language, pattern["en"])
        return self.words.filled(
            said, {name: self._argument(value) for name, value in arguments.items()}
        )

    def alternative(self, path: str) -> Markup:
        """Give an ``alt``, and its language, that follow the language."""
        language, text = self._found(path)
        return Markup('data-alt="{}" alt="{}" lang="{}"').format(path, text, language)

    def labelled(self, key: str, **arguments: Argument) -> Markup:
        """Give an ``aria-label`` that follows the language, filled as `word` fills it."""
        values = _filled_by(arguments) if arguments else ""
        return Markup('data-label="{}"{} aria-label="{}"').format(
            key, values, self.plain(key, **arguments)
        )

    def number(self, value: float | None, digits: int = 0) -> Markup:
        """Say a number, or a dash for none."""
        if value is None:
            return Markup("&ndash;")
        return Markup('<span data-number="{}" data-digits="{}">{}</span>').format(
            value, digits, self.words.marked(f"{value:,.{digits}f}")
        )

    @staticmethod
    def decimals(value: float) -> int:
        """Decimals of a number as it was rounded."""
        return len(f"{value:.6f}".rstrip("0").partition(".")[2])

    def _found(self, path: str) -> tuple[str, str]:
        node = self._page
        for key in path.split("."):
            node = node[int(key)] if isinstance(node, Sequence) else getattr(node, key)
        text = cast("Text", node)
        language = spoken(text, self.language)
        return language, text[language]

    def _argument(self, value: Argument) -> str:
        if isinstance(value, str):
            return self._found(value[1:])[1] if value.startswith("@") else value
        return self.words.number(value)


def _filled_by(arguments: Mapping[str, Argument]) -> Markup:
    """An attribute with what fills the places of a word, in single quotation marks: JSON is full of the double ones."""
    text = json.dumps(arguments, separators=(",", ":"))
    for sign, name in (("&", "&amp;"), ("'", "&#39;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, name)
    return Markup(" data-arguments='" + text + "'")  # noqa: S704  # every sign that could end it is escaped
