"""Templates of the report and of what a notebook shows, filled with a view: HTML, and Markdown as strictly escaped."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import bidirectional

from jinja2 import Environment
from markupsafe import Markup

from escape_route.language.html import together
from escape_route.language.phrases import Phrases
from escape_route.language.plain import plain
from escape_route.model.journey import Text
from escape_route.publish.page.assembly import environment

_SIGNS = re.compile(r"([\\`*_{}\[\]<>|$~&@^])|(?<=:)(?=//)|(?<=[wW]{3})(?=\.)")
_AT_START = re.compile(r"^(?=[#+=:-])|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])|(?<=^\d{3})(?=[.)])")


def filled(name: str, phrases: Phrases, **values: object) -> str:
    """Fill a template of `web/`, which says texts and words by ``say`` and ``word``, in the language of its phrases.

    Whatever is put into it is escaped for the kind of file that its name says, ``.html`` or
    ``.md``.
    """
    templates, kept = (_in_markdown(), str) if name.endswith(".md") else (environment(), together)

    def side(text: Text) -> Markup:
        """Attribute of a paragraph whose script runs against what is around it: paper knows no `unicode-bidi`."""
        is_turned = turned(phrases.say(text), from_right=phrases.is_rtl) != phrases.say(text)
        against = "ltr" if phrases.is_rtl else "rtl"
        return as_is(f' dir="{against}"' if is_turned else "")

    said = {
        "phrases": phrases,
        "say": lambda text: kept(turned(phrases.say(text), from_right=phrases.is_rtl)),
        "word": lambda key, **values: kept(phrases.word(key, **values)),
        "side": side,
    }
    return templates.get_template(name).render(**said, **values)


def turned(text: str, *, from_right: bool) -> str:
    """Text whose script runs against what is around it, between marks that keep its own signs with it.

    >>> [len(turned("A claim.", from_right=each)) for each in (True, False)]
    [10, 8]
    """
    strong = next((side for side in map(bidirectional, text) if side in {"L", "R", "AL"}), "")
    if not strong or (strong != "L") == from_right:
        return text
    mark = "\N{LEFT-TO-RIGHT MARK}" if from_right else "\N{RIGHT-TO-LEFT MARK}"
    return f"{mark}{text}{mark}"


@cache
def _in_markdown() -> Environment:
    templates = environment().overlay(
        finalize=lambda said: said if isinstance(said, Markup) else as_is(escaped(said))
    )
    templates.filters["address"] = _address
    return templates


def as_is(text: str) -> Markup:
    """Our own text, which is put into a template as it is."""
    return Markup(text)  # noqa: S704


def escaped(text: object) -> str:
    r"""Text on one line with a backslash before whatever Markdown, its tables, links or formulas would take for a sign.

    >>> escaped("<b> *1* | $x$")
    '\\<b\\> \\*1\\* \\| \\$x\\$'
    >>> escaped("- 10-hour walk, see https://example.org")
    '\\- 10-hour walk, see https:\\//example.org'
    """
    return _AT_START.sub(r"\\", _SIGNS.sub(r"\\\1", plain(str(text)).strip()))


def _address(url: str) -> Markup:
    """Address in which nothing ends the angle brackets around it."""
    signs = {" ": "%20", "<": "%3C", ">": "%3E", "\\": "%5C"}
    return as_is("".join(signs.get(letter, letter) for letter in url if letter.isprintable()))
