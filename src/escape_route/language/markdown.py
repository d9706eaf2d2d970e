"""Text as Markdown that says it and does nothing else: no markup, no HTML, no formula, no second line."""

from __future__ import annotations

import re

from escape_route.language.plain import plain

_SIGNS = re.compile(r"([\\`*_{}\[\]<>|$~&@^])|(?<=:)(?=//)|(?<=[wW]{3})(?=\.)")
_AT_START = re.compile(r"^(?=[#+=:-])|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])|(?<=^\d{3})(?=[.)])")


def escaped(text: object) -> str:
    r"""Text on one line with a backslash before whatever Markdown, its tables, links or formulas would take for a sign.

    Examples
    --------
    >>> escaped("<b> *1* | $x$")
    '\\<b\\> \\*1\\* \\| \\$x\\$'
    >>> escaped("- 10-hour walk, see https://example.org")
    '\\- 10-hour walk, see https:\\//example.org'
    """
    return _AT_START.sub(r"\\", _SIGNS.sub(r"\\\1", plain(str(text)).strip()))


def address(url: str) -> str:
    """Address in which nothing ends the angle brackets around it."""
    signs = {" ": "%20", "<": "%3C", ">": "%3E", "\\": "%5C"}
    return "".join(signs.get(letter, letter) for letter in url if letter.isprintable())
