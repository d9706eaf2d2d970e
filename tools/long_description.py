"""The README as a package index shows it: its links lead into the repository, for there is no folder beside it there.

Hatchling runs it. Where `[project.urls]` names no Repository yet, a link becomes its words and its
path: what leads nowhere is no link. As soon as it names one, they lead to the files of this version
there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)\s]+)\)")


class CustomMetadataHook(MetadataHookInterface):
    """Give the metadata its long description."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Read the README and turn its links."""
        text = Path(self.root, "README.md").read_text("utf-8")
        at = metadata.get("urls", {}).get("Repository")
        described = long_description(text, f"{at}/{{kind}}/v{metadata['version']}/" if at else "")
        metadata["readme"] = {"content-type": "text/markdown", "text": described}


def long_description(text: str, base: str) -> str:
    """README with links into the repository, `base` with {kind} for "blob" or "raw"; without a base, with none."""

    def turned(found: re.Match[str]) -> str:
        is_image, words, path = found[1] == "!", found[2], found[3]
        if base:
            return f"{found[1]}[{words}]({base.format(kind='raw' if is_image else 'blob')}{path})"
        if is_image:
            return f"*{words}*"
        return words if words == path else f"{words} (`{path}`)"

    return _LINK.sub(turned, text)
