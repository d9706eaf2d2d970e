"""Tables that are made of the code: verdict words, members of the schemas, extras, public names."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from escape_route.language.catalogues import languages
from escape_route.language.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "src" / "escape_route" / "model" / "schema"
_VERDICTS = (
    *("impossible_short", "below_plausible", "consistent", "above_plausible"),
    *("not_comparable", "insufficient"),
)


class Table(SphinxDirective):
    """A table of Markdown that a function of this module makes."""

    has_content = False
    required_arguments = 1
    option_spec: ClassVar = {"of": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Parse what the function gives, as if it stood on the page."""
        lines = list(TABLES[self.arguments[0]](self.options.get("of", "")))
        return self.parse_text_to_nodes("\n".join(lines) + "\n", allow_section_headings=True)


def verdicts(_: str) -> Iterator[str]:
    """Each verdict in every language that has words for it, and its key in JSON."""
    tags = list(languages())
    yield from _table(
        ("in JSON", *tags),
        [(f"`{each}`", *_in_each(f"verdict.{each}", tags)) for each in _VERDICTS],
    )


def _in_each(key: str, tags: Sequence[str]) -> list[str]:
    return [Phrases(tag).word(key) for tag in tags]


def schema(name: str) -> Iterator[str]:
    """The members of each object of a schema."""
    whole = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    for title, part in {"the file": whole, **whole.get("$defs", {})}.items():
        members = part.get("properties", {})
        rows = [
            _member(each, told, part) for each, told in members.items() if isinstance(told, dict)
        ]
        if rows:
            yield from ("", f"### {name}: {title}", "", part.get("description", ""), "")
            yield from _table(("member", "needed", "kind", "what"), rows)


def _member(
    name: str, told: Mapping[str, object], part: Mapping[str, Sequence[str]]
) -> tuple[str, ...]:
    needed = "yes" if name in part.get("required", ()) else ""
    return f"`{name}`", needed, _kind(told), str(told.get("description", ""))


def _kind(told: Mapping[str, object]) -> str:
    """What may stand there: its words, its type, or the name of the part that says so."""
    if isinstance(words := told.get("enum"), list):
        return ", ".join(f"`{json.dumps(word)}`" for word in words)
    if "const" in told:
        return f"`{json.dumps(told['const'])}`"
    if "$ref" in told:
        return str(told["$ref"]).rpartition("/")[2]
    kind = told.get("type", "")
    text = " or ".join(kind) if isinstance(kind, list) else str(kind)
    items = told.get("items")
    return f"{text} of {_kind(items)}" if isinstance(items, dict) and _kind(items) else text


def extras(_: str) -> Iterator[str]:
    """The extras and what each brings, as `pyproject.toml` has them."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
        "optional-dependencies"
    ]
    yield from _table(
        ("extra", "brings"), [(f"`{name}`", ", ".join(needs)) for name, needs in declared.items()]
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


TABLES = {"verdicts": verdicts, "schema": schema, "extras": extras}


def setup(app: Sphinx) -> Mapping[str, bool]:
    """Tell Sphinx of it."""
    app.add_directive("made", Table)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
