"""Templates of the report and of what a notebook shows, filled with a view: HTML, and Markdown as strictly escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from escape_route.language.markdown import address, escaped
from escape_route.publish.page.assembly import environment

if TYPE_CHECKING:
    from escape_route.language.phrases import Phrases


def filled(name: str, phrases: Phrases, **values: object) -> str:
    """Fill a template of `web/`; whatever is put into it is escaped for the kind of file that its name says.

    Parameters
    ----------
    name
        Ends in ``.html`` or ``.md``.
    phrases
        In the language of the file; templates say texts and words by ``say`` and ``word``.
    **values
        What else the template asks for.
    """
    templates = environment()
    if name.endswith(".md"):
        templates = templates.overlay(finalize=_as_markdown)
        templates.filters["address"] = lambda url: Markup(address(url))  # noqa: S704  # nothing in it ends its brackets
    said = {"phrases": phrases, "say": phrases.say, "word": phrases.word}
    return templates.get_template(name).render(**said, **values)


def as_is(text: str) -> Markup:
    """Our own text, which is put into a template as it is."""
    return Markup(text)  # noqa: S704


def _as_markdown(value: object) -> Markup:
    return value if isinstance(value, Markup) else Markup(escaped(value))  # noqa: S704  # escaped in the line itself
