"""The page that takes the place of one that was withdrawn: it says so, and nothing of the journey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from escape_route.language.phrases import Phrases
from escape_route.publish.page.assembly import base_style, environment, policy, web_file

if TYPE_CHECKING:
    from collections.abc import Sequence


def render(languages: Sequence[str], day: str) -> bytes:
    """Write the page.

    Parameters
    ----------
    languages
        In which it says so, the first at the top.
    day
        Of the withdrawal, as it is to be read.
    """
    style = base_style() + web_file("css/contents.css")
    return (
        environment()
        .get_template("withdrawn.html")
        .render(
            tellings=[Phrases(language) for language in languages],
            day=day,
            policy=policy([], [style]),
            styles=[Markup(style)],  # noqa: S704  # our own file, under a policy that names its hash
        )
        .encode()
    )
