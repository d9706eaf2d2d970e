"""What a picture says beside its picture: text chunks, EXIF with its position, XMP, comments."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from escape_route.protection.leaks.parts import Field, Gap, joined, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PIL import Image

    from escape_route.protection.leaks.parts import Part

_HEADS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF87a", b"GIF89a")
_WHOLE_DEGREES = 3
_INFO_SHOWN = (str, bytes, int, float)


def is_picture(content: bytes) -> bool:
    """Whether a file is a picture that can carry metadata."""
    return content.startswith(_HEADS) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")


def without_pixels(content: bytes) -> bytes:
    """A PNG without its pixels, with whatever else stands in it or behind it; another picture as it is."""
    if not content.startswith(_HEADS[0]):
        return content
    kept, start = [content[:8]], 8
    while start + 12 <= len(content):
        end = start + 12 + int.from_bytes(content[start : start + 4], "big")
        if content[start + 4 : start + 8] != b"IDAT" or end > len(content):
            kept.append(content[start:end])
        start = end
    return b"".join((*kept, content[start:]))


def take_apart(content: bytes, place: str, budget: object) -> Iterator[Part]:
    """Fields of a picture, and all of them as one text in which secrets are looked for."""
    from PIL import Image  # noqa: PLC0415  # for pictures alone

    del budget  # the picture itself is never decoded
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a very large picture is not decoded here
            with Image.open(BytesIO(content)) as picture:
                fields = [*_chunks(picture), *_exif(picture)]
    except Exception as error:  # noqa: BLE001  # Pillow raises whatever a broken file makes it raise
        yield Gap(f"a picture whose metadata cannot be read: {type(error).__name__}", place)
        return
    named = [(f"{name}: {value}", within(place, f"metadata {name}")) for name, value in fields if value]
    if named:
        yield joined(named)
    for name, value in fields:
        yield Field(name, value, within(place, f"metadata {name}"))


def _chunks(picture: Image.Image) -> Iterator[tuple[str, str]]:
    """Text chunks and comments."""
    picture.load() if picture.format == "PNG" and picture.width * picture.height < 50_000_000 else None  # noqa: PLR2004  # text may follow the picture
    for name, value in {**picture.info, **getattr(picture, "text", {})}.items():
        if name not in {"exif", "icc_profile"} and isinstance(value, _INFO_SHOWN):
            yield str(name), value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _exif(picture: Image.Image) -> Iterator[tuple[str, str]]:
    from PIL import ExifTags  # noqa: PLC0415  # for pictures alone

    exif = picture.getexif()
    for number, value in exif.items():
        name = ExifTags.TAGS.get(number, f"tag {number}")
        if not isinstance(value, dict) and name not in {"ExifOffset", "GPSInfo"}:
            yield name, _shown(value)
    for number, value in exif.get_ifd(ExifTags.IFD.Exif).items():
        yield ExifTags.TAGS.get(number, f"tag {number}"), _shown(value)
    position = exif.get_ifd(ExifTags.IFD.GPSInfo)
    named = {ExifTags.GPSTAGS.get(number, f"GPS tag {number}"): value for number, value in position.items()}
    if named:
        yield "GPS", _position(named)


def _position(fields: Mapping[str, object]) -> str:
    """Fields of a position as one text, degrees with minutes and seconds."""
    return "; ".join(f"{name} {_shown(value)}" for name, value in fields.items())


def _shown(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").replace("\0", "")
    if isinstance(value, tuple) and len(value) == _WHOLE_DEGREES:
        degrees, minutes, seconds = (float(each) for each in value)
        return f"{degrees:.10g}° {minutes:.10g}' {seconds:.10g}\""
    return str(value)
