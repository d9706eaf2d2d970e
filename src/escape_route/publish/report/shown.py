"""What shows itself in a notebook and through rich, and of what: of what may be published, for a saved notebook is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from rich.console import RenderableType


class Bundle(TypedDict):
    """One thing in the forms that a notebook and a terminal take."""

    html: str
    markdown: str
    text: str
    rich: RenderableType


class Shown(ABC):
    """What shows itself in a notebook and through rich; a class says how by `_shown`, which is asked once."""

    @abstractmethod
    def _shown(self) -> Bundle:
        """Give the forms, of what may be published alone."""

    @cached_property
    def _bundle(self) -> Bundle:
        return self._shown()

    def _repr_html_(self) -> str:
        """HTML for a notebook."""
        return self._bundle["html"]

    def _repr_markdown_(self) -> str:
        """Markdown for what shows no HTML."""
        return self._bundle["markdown"]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:  # noqa: ARG002
        """Forms by their media type, as IPython asks for them: a saved notebook holds all of these."""
        bundle = self._bundle
        return {
            "text/plain": bundle["text"],
            "text/html": bundle["html"],
            "text/markdown": bundle["markdown"],
        }

    def __rich__(self) -> RenderableType:
        """Give what rich prints."""
        return self._bundle["rich"]
