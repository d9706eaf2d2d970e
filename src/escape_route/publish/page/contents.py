"""Pages about journeys: the one that introduces several, and the one that takes the place of one that was withdrawn.

The first leads to the page of each in the reader's language, with a small picture: what that page draws, no word in it.
The second says that it was withdrawn, and nothing of the journey.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup

from escape_route.language.html import FROM_RIGHT, spoken
from escape_route.language.phrases import Phrases
from escape_route.model.journey import say
from escape_route.publish.page.assembly import base_style, environment, policy, web_file, without_notes, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from escape_route.publish.page.shown import Page


def render(page: Page, pictures: Mapping[str, Markup] = MappingProxyType({})) -> str:
    """Write the page that leads to `<journey id>.html` beside it, HTML that asks for nothing.

    Pictures are by journey id; a journey of which nothing can be shown has none.
    """
    style = base_style() + web_file("css/contents.css")
    script = without_notes(web_file("contents.js"))
    template = environment().get_template("contents.html")
    return template.render(
        policy=policy([script], [style]),
        script=Markup(script),  # noqa: S704  # as the style
        style=Markup(style),  # noqa: S704  # our own file, under a policy that names its hash
        journeys=page.journeys,
        pictures=pictures,
        mark=page.mark,
        languages=page.languages,
        shown=_shown(page),
        spoken=spoken,
        from_right=FROM_RIGHT.match,
        words=words(page.languages),
        say=say,
        program=page.program,
    )


def _shown(page: Page) -> tuple[str, ...]:
    """Languages that stand without a script: those that every journey is told in, and the first."""
    told = [each for each in page.languages if all(each in journey.title for journey in page.journeys)]
    return tuple(dict.fromkeys([page.languages[0], *told]))


def withdrawn(languages: Sequence[str], day: str) -> bytes:
    """Write the page that takes the place of one that was withdrawn on a day, the first language at the top."""
    style = base_style() + web_file("css/contents.css")
    tellings = [Phrases(language) for language in languages]
    styles = [Markup(style)]  # noqa: S704  # our own file, under a policy that names its hash
    template = environment().get_template("withdrawn.html")
    return template.render(tellings=tellings, day=day, policy=policy([], [style]), styles=styles).encode()
