"""Pictures and recordings beside a journey's file: read, written anew with nothing else of them, and embedded.

A picture is decoded and written anew from its pixels, small enough: no EXIF, place, thumbnail,
profile or comment is left. There is no decoder for sound in Python's library: of an MP3 the frames
that sound are kept, and all between, before and behind them goes (tags, covers, comments); one that
is too large has to be made smaller by whoever has the recording. What hides inside a frame, or in
the pixels, stays.
"""

from __future__ import annotations

import base64
import io
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from PIL import Image as Pillow
from PIL import ImageCms, ImageFile, ImageOps

from escape_route.errors import EscapeRouteError, JourneyFileError, Problem, visible
from escape_route.files import read_whole
from escape_route.model.journey import AUDIO_HEAD, IMAGE_HEAD, Audio, Image, Journey, Waypoint

Medium = TypeVar("Medium", Image, Audio)

MOST_IMAGE_BYTES, MOST_AUDIO_BYTES = 80_000, 300_000
MOST_SIZE_PX = (960, 1280)
MOST_SECONDS = 60.5  # a minute, and what an encoder fills its last frames with
_MOST_FILE_BYTES = 40_000_000
# of a picture before it is made smaller: more than a telephone takes, less than a bomb
_MOST_PIXELS = 50_000_000
_QUALITIES = (85, 76, 66, 56, 46)
_OF_THE_FORMAT = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
_END = b"\xff\xd9"  # of a JPEG
_LEAST_FRAMES = 10
_SMALLER = "make it smaller: ffmpeg -i IN -t 60 -ac 1 -b:a 32k OUT.mp3"
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    IndexError,
    TypeError,
    KeyError,
    EOFError,
    struct.error,
    zlib.error,
)


def embedded(journey: Journey, folder: Path, source: str) -> Journey:
    """Put the pictures and recordings that a journey names, and that lie in the folder of its file, into it.

    Raises JourneyFileError with everything that is wrong with them.
    """
    problems: list[Problem] = []
    waypoints = tuple(_with_media(waypoint, folder, problems) for waypoint in journey.waypoints)
    if problems:
        raise JourneyFileError(source, tuple(problems))
    return journey if waypoints == journey.waypoints else replace(journey, waypoints=waypoints)


def _with_media(waypoint: Waypoint, folder: Path, problems: list[Problem]) -> Waypoint:
    image, audio = waypoint.image, waypoint.audio
    try:
        image = image and replace(image, file=_image(image, folder))
    except (ValueError, EscapeRouteError) as error:
        problems.append(Problem(f"waypoint {waypoint.id}, image", _of_file(image, error)))
    try:
        audio = audio and replace(audio, file=sound(_content(audio, folder)))
    except (ValueError, EscapeRouteError) as error:
        problems.append(Problem(f"waypoint {waypoint.id}, audio", _of_file(audio, error)))
    return replace(waypoint, image=image, audio=audio)


def _of_file(media: Image | Audio | None, error: Exception) -> str:
    name = "" if media is None or media.is_embedded else f"{visible(media.file)}: "
    return f"{name}{str(error).removeprefix(name)}"


def _image(image: Image, folder: Path) -> str:
    """Address of a picture; one that is as it would be written is kept, byte for byte."""
    content = _content(image, folder)
    if _is_clean(content):
        return IMAGE_HEAD + base64.b64encode(content).decode("ascii")
    return picture(content)


def _content(media: Image | Audio, folder: Path) -> bytes:
    """Bytes of a picture or recording, embedded or in its file beside the journey."""
    name = media.file
    if media.is_embedded:
        return base64.b64decode(name.partition(",")[2])
    if not (folder / name).exists():
        raise ValueError(f"{name}: no such file beside the journey")
    return read_whole(folder / name, name, _MOST_FILE_BYTES)


def beside(journey: Journey, target: Path) -> tuple[Journey, dict[Path, bytes]]:
    """A journey whose embedded pictures and recordings are files beside `target`, and those that are not there yet.

    A name that another file has already is not taken: `read(what is written)` has the same
    pictures.
    """
    new: dict[Path, bytes] = {}

    def named(media: Medium | None, suffix: str, waypoint: Waypoint) -> Medium | None:
        if media is None or not media.is_embedded:
            return media
        content = _content(media, target.parent)
        ends = (suffix, *(f"-{number}{suffix}" for number in range(2, 1000)))
        paths = (target.with_name(f"{target.stem}-{waypoint.id}{end}") for end in ends)
        there = (
            (path, new.get(path) or (path.read_bytes() if path.exists() else None))
            for path in paths
        )
        path, old = next(pair for pair in there if pair[1] in {None, content})
        if old is None:
            new[path] = content
        return replace(media, file=path.name)

    stops = tuple(
        replace(
            waypoint,
            image=named(waypoint.image, ".jpg", waypoint),
            audio=named(waypoint.audio, ".mp3", waypoint),
        )
        for waypoint in journey.waypoints
    )
    return replace(journey, waypoints=stops), new


def picture(content: bytes) -> str:
    """Write a picture anew from its pixels: a JPEG of 960 by 1280 pixels and 80 kB at the most, as a ``data:`` address.

    Raises ValueError where it is no picture, or has so many pixels that it would fill the memory.
    """
    try:
        small = _decoded(content)
        return IMAGE_HEAD + base64.b64encode(_within_limits(small)).decode("ascii")
    except Pillow.DecompressionBombError as error:
        count = re.search(r"\d+", str(error))
        pixels = f"{int(count[0]) / 1e6:,.0f} million pixels" if count else "too many pixels"
        raise ValueError(
            f"{pixels}, {_MOST_PIXELS / 1e6:g} million at the most (make it smaller)"
        ) from error
    except _BROKEN as error:
        if isinstance(error, _ToldError):
            raise
        raise ValueError(
            "not a picture that can be read here (a whole JPEG, PNG or WebP)"
        ) from error


class _ToldError(ValueError):
    """What is wrong, in words that need no others."""


@contextmanager
def _whole_or_broken() -> Iterator[None]:
    """A picture that breaks off is broken, whatever another library (WeasyPrint) has set for the whole process."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _decoded(content: bytes) -> Pillow.Image:
    """Pixels alone, upright, in sRGB, on white where nothing is, and no larger than they are shown."""
    with warnings.catch_warnings(), _whole_or_broken():
        warnings.simplefilter("ignore")
        with Pillow.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                size = f"{opened.width} by {opened.height} pixels"
                raise _ToldError(
                    f"{size}, {_MOST_PIXELS / 1e6:g} million at the most (make it smaller)"
                )
            profile = opened.info.get("icc_profile")
            opened.draft("RGB", (2 * MOST_SIZE_PX[0], 2 * MOST_SIZE_PX[1]))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail(MOST_SIZE_PX)
            return _on_white(_in_srgb(upright, profile))


def _in_srgb(shown: Pillow.Image, profile: bytes | None) -> Pillow.Image:
    if not profile or shown.mode not in ("RGB", "CMYK"):
        return shown
    try:
        given, wanted = (
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
        )
        return ImageCms.profileToProfile(shown, given, wanted, outputMode="RGB") or shown
    except (ImageCms.PyCMSError, OSError):
        return shown  # a profile that says nothing


def _on_white(shown: Pillow.Image) -> Pillow.Image:
    if not shown.has_transparency_data:
        return shown.convert("RGB")
    white = Pillow.new("RGBA", shown.size, "white")
    return Pillow.alpha_composite(white, shown.convert("RGBA")).convert("RGB")


def _within_limits(shown: Pillow.Image) -> bytes:
    """Write as finely as the limit of bytes allows; from the bare pixels, to which nothing hangs."""
    bare = Pillow.frombytes("RGB", shown.size, shown.tobytes())
    while True:
        for quality in _QUALITIES:
            out = io.BytesIO()
            bare.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
            if len(out.getvalue()) <= MOST_IMAGE_BYTES:
                return out.getvalue()
        bare = bare.resize((max(1, bare.width * 4 // 5), max(1, bare.height * 4 // 5)))


def _is_clean(content: bytes) -> bool:
    """Whether a JPEG is as it would be written: small enough, whole, and with nothing but its picture in it."""
    if len(content) > MOST_IMAGE_BYTES or content.find(_END) != len(content) - len(
        _END
    ):  # nothing behind its end
        return False
    try:
        with _whole_or_broken(), Pillow.open(io.BytesIO(content), formats=("JPEG",)) as opened:
            within = opened.width <= MOST_SIZE_PX[0] and opened.height <= MOST_SIZE_PX[1]
            alone = set(opened.info) <= _OF_THE_FORMAT
            opened.load()
            return (
                within
                and alone
                and opened.mode == "RGB"
                and len(getattr(opened, "applist", ())) <= 1
            )
    except _BROKEN:
        return False


class _Frame(NamedTuple):
    """A frame of an MP3: bytes, hertz, and samples of each channel."""

    length: int
    rate_hz: int
    samples: int


def sound(content: bytes) -> str:
    """Write the frames of an MP3 alone, of a minute and 300 kB at the most, as a ``data:`` address.

    Raises ValueError where it is no MP3, or longer or larger than that.
    """
    frames = list(_frames(content))
    if len(frames) < _LEAST_FRAMES:
        raise ValueError(
            "not an MP3 that can be heard; other recordings are not taken in (" + _SMALLER + ")"
        )
    seconds = sum(frame.samples / frame.rate_hz for frame, _ in frames)
    if seconds > MOST_SECONDS:
        raise ValueError(f"{seconds:.0f} seconds, 60 at the most ({_SMALLER})")
    kept = b"".join(content[start : start + frame.length] for frame, start in frames)
    if len(kept) > MOST_AUDIO_BYTES:
        raise ValueError(f"{len(kept):,} bytes, {MOST_AUDIO_BYTES:,} at the most ({_SMALLER})")
    return AUDIO_HEAD + base64.b64encode(kept).decode("ascii")


def _frames(content: bytes) -> Iterator[tuple[_Frame, int]]:
    """Frames that sound, with where they start: each is followed by another of its kind, or by the end."""
    at, kind = _after_tag(content), None
    while at + 4 <= len(content):
        frame = _frame(content, at)
        if frame is None or (kind and kind != frame[1:]) or at + frame.length > len(content):
            at = _next_sync(content, at + 1)
            continue
        follower = _frame(content, at + frame.length)
        if kind is None and (follower is None or follower[1:] != frame[1:]):
            at = _next_sync(content, at + 1)
            continue
        kind = kind or frame[1:]
        head = content[at : at + min(frame.length, 64)]
        if not any(
            mark in head for mark in (b"Xing", b"Info", b"VBRI")
        ):  # it tells of the others, and does not sound
            yield frame, at
        at += frame.length


def _next_sync(content: bytes, at: int) -> int:
    start = content.find(b"\xff", at)
    return len(content) if start < 0 else start


def _after_tag(content: bytes) -> int:
    if content[:3] != b"ID3" or len(content) < 10:  # noqa: PLR2004  # the head of an ID3v2 tag
        return 0
    size = sum(
        (byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True)
    )
    return 10 + size


_KBITS = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def _frame(content: bytes, at: int) -> _Frame | None:
    """The frame of MPEG 1, 2 or 2.5, layer III, that begins here; None where none does."""
    if len(content) < at + 4 or content[at] != 0xFF or content[at + 1] & 0xE6 != 0xE2:  # noqa: PLR2004  # ISO 11172-3
        return None
    version, kbits, rate = content[at + 1] >> 3 & 3, content[at + 2] >> 4, content[at + 2] >> 2 & 3
    if version not in _RATES or rate == 3 or not _KBITS[3 if version == 3 else 2][kbits]:  # noqa: PLR2004
        return None
    samples = 1152 if version == 3 else 576  # noqa: PLR2004
    rate_hz, bits = _RATES[version][rate], _KBITS[3 if version == 3 else 2][kbits] * 1000  # noqa: PLR2004
    return _Frame(samples // 8 * bits // rate_hz + (content[at + 2] >> 1 & 1), rate_hz, samples)
