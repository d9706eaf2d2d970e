"""What the program itself always says: such words are no secret, and its own scripts are not read for secrets."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from functools import cache
from importlib.resources import files

from escape_route import geography, model
from escape_route.leaks.folding import plain

_WORD_FILES = ("web/words.json", "sentences.json")
_TEMPLATES = ("contents", "figures", "further", "legend", "page", "parts", "patterns", "record", "tools")


@cache
def own_words() -> str:
    """Words of the interface, values of the format's enumerations, names of its members and of countries, folded."""
    texts = [(files("escape_route") / name).read_text(encoding="utf-8") for name in _WORD_FILES]
    texts += [re.sub(r"<[^>]*>", "\n", _template(name)) for name in _TEMPLATES]
    values = [str(value) for kind in vars(model).values() if _is_enumeration(kind) for value in kind]
    schema = (files("escape_route") / "schema" / "journey.schema.json").read_text(encoding="utf-8")
    values += re.findall(r'"([A-Za-z_]{3,})"', schema)
    return "\x00".join(map(plain, (*texts, *values, *_countries())))


@cache
def own_pieces() -> tuple[str, ...]:
    """Long passages that pages carry unchanged: Leaflet, the page's scripts and styles, its words and cities."""
    from escape_route import assembly  # noqa: PLC0415  # the page's own module is loaded for a page alone

    scripts = [assembly.leaflet_js(), assembly.leaflet_css()]
    own = [assembly.web_file(f"js/{name}") for name in assembly.SCRIPTS]
    own += [assembly.web_file(f"css/{name}") for name in assembly.STYLES]
    cities = json.loads(assembly.web_file("cities.json"))
    data = [assembly.safe_json(assembly.words()), assembly.safe_json(cities)]
    return (*scripts, *own, *data)


def masked(text: str) -> str:
    """Text with the program's own passages blanked, every other character at its old place."""
    if "<html" not in text[:2000]:
        return text
    for piece in own_pieces():
        text = text.replace(piece, " " * len(piece))
    return text


def _template(name: str) -> str:
    return (files("escape_route") / "web" / f"{name}.html").read_text(encoding="utf-8")


def _is_enumeration(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum


def _countries() -> list[str]:
    features = json.loads((geography.geo_folder() / "base" / "world-50m.geojson").read_bytes())["features"]
    return [str(feature["properties"]["name"]) for feature in features]
