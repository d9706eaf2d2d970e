"""A picture and a recording of a waypoint: what the file says of them. Whoever reads the file from a disk embeds them.

`file` is the name of a file beside the journey until then, and a ``data:`` address afterwards: what was published needs
no other file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from escape_route.model import dates
from escape_route.model.members import AUDIO_MEMBERS, CHECKED_MEMBERS, IMAGE_MEMBERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from escape_route.strict_json import Fields

IMAGE_HEAD, AUDIO_HEAD = "data:image/jpeg;base64,", "data:audio/mpeg;base64,"
_PACKED = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_NAME = re.compile(r"(?!\.)[^/\\:\x00-\x1f]+")
_DAY = re.compile(r"-?\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Checked:
    """Who looked at it, or listened, and on which day (EDTF): faces, voices, signs, windows."""

    by: str
    when: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; `alt` says per language what is to be seen."""

    file: str
    alt: Mapping[str, str]
    credit: str
    checked: Checked

    @property
    def is_embedded(self) -> bool:
        """Whether the picture itself is here."""
        return self.file.startswith(IMAGE_HEAD)


@dataclass(frozen=True, slots=True)
class Audio:
    """A recording; `transcript` says per language what is to be heard."""

    file: str
    transcript: Mapping[str, str]
    credit: str
    checked: Checked

    @property
    def is_embedded(self) -> bool:
        """Whether the recording itself is here."""
        return self.file.startswith(AUDIO_HEAD)


def image(properties: Fields) -> Image | None:
    """Read the picture of a waypoint; None where there is none."""
    fields = properties.object("image")
    if fields is None:
        return None
    fields.know(IMAGE_MEMBERS)
    alt = fields.local_text("alt", needed=True) or {}
    return Image(_file(fields, IMAGE_HEAD), alt, fields.text("credit", needed=True) or "", _checked(fields))


def audio(properties: Fields) -> Audio | None:
    """Read the recording of a waypoint; None where there is none."""
    fields = properties.object("audio")
    if fields is None:
        return None
    fields.know(AUDIO_MEMBERS)
    transcript = fields.local_text("transcript", needed=True) or {}
    return Audio(_file(fields, AUDIO_HEAD), transcript, fields.text("credit", needed=True) or "", _checked(fields))


def _file(fields: Fields, head: str) -> str:
    file = fields.text("file", needed=True) or ""
    named = _NAME.fullmatch(file)
    if file and not named and not (file.startswith(head) and _PACKED.fullmatch(file, len(head))):
        fields.fault("file", "not the name of a file beside the journey", "its name alone, without a folder")
    return file


def _checked(fields: Fields) -> Checked:
    inner = fields.object("media_checked", needed=True)
    if inner is None:
        return Checked("", "")
    inner.know(CHECKED_MEMBERS)
    by, when = inner.text("by", needed=True) or "", inner.text("when", needed=True) or ""
    if when and not (_DAY.fullmatch(when) and dates.is_date(when)):
        inner.fault("when", f"{when} is no day", "the day on which it was checked, such as 2026-11-29")
    return Checked(by, when)
