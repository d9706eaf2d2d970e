"""The page that introduces several journeys and leads to the page of each: words alone, in every language at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from escape_route.model.journey import say
from escape_route.publish.page.assembly import environment, policy, web_file, words

if TYPE_CHECKING:
    from escape_route.publish.page.shown import Page

_STYLES = ("base.css", "contents.css")


def render(page: Page) -> str:
    """Write the page that leads to `<journey id>.html` beside it.

    Parameters
    ----------
    page
        The journeys in the order in which they are introduced.

    Returns
    -------
    str
        HTML without a script; the same bytes for the same page.
    """
    style = "".join(web_file(f"css/{name}") for name in _STYLES)
    template = environment().get_template("contents.html")
    return template.render(
        policy=policy([], [style]),
        style=Markup(style),  # noqa: S704  # our own file, under a policy that names its hash
        journeys=page.journeys,
        mark=page.mark,
        languages=page.languages,
        words=words(page.languages),
        say=say,
        program=page.program,
    )
