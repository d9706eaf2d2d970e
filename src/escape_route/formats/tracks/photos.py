"""Photographs as candidates for stops: the place and the time that a camera wrote into each picture (EXIF).

No picture is copied, opened as a picture or changed: the few bytes before it are read. Photographs
that follow one another within `TOGETHER_M` are one candidate.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import ExifTags, Image

from escape_route.errors import UsageError
from escape_route.formats import Loaded
from escape_route.formats.recognise import not_read
from escape_route.formats.tracks.clocks import BEGAN_ANEW, is_rounds_before
from escape_route.formats.tracks.draft import (
    MOST_PARTS,
    Draft,
    Place,
    is_unset,
    named,
    number_of,
    time_of,
)
from escape_route.formats.tracks.journey import loaded
from escape_route.geography.geodesic import LonLat, geodesic_m
from escape_route.model.journey import Source

TOGETHER_M = 1_000.0
"""Photographs one after the other within this distance were taken at one stop: the width of a village [judgement]."""

_READ = frozenset((".jpg", ".jpeg", ".jpe", ".tif", ".tiff", ".png", ".webp", ".avif"))
#: What phones and cameras write that is not read here.
_NAMED = {
    ending: f"{kind}, which is not read here ({fix})"
    for ending, (kind, fix) in not_read("pictures").items()
}
_CLOCK = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_OFFSET = re.compile(r"[+-]\d\d:\d\d")
_MOST_DECIMALS = 5  # of a degree, a metre: finer than any telephone knows where it is
_MINUTES, _SECONDS = 60.0, 3600.0
_MOST_DEG = {"GPSLatitude": 90.0, "GPSLongitude": 180.0}
_SIGNS = {"N": 1.0, "S": -1.0, "E": 1.0, "W": -1.0}


@dataclass(frozen=True, slots=True)
class Photo:
    """What a picture says of itself: `moment` is in a known zone, `clock` is what the camera showed.

    `stamp` is the time of the satellites, in UTC: no moment where it is a round of weeks before the
    clock.
    """

    name: str
    at: LonLat | None = None
    radius_m: float | None = None
    moment: dt.datetime | None = None
    clock: dt.datetime | None = None
    stamp: dt.datetime | None = None

    @property
    def is_early(self) -> bool:
        """Whether the satellites' time is a round of weeks before the camera's."""
        return bool(self.stamp and self.clock and is_rounds_before(self.stamp, self.clock))

    @property
    def when(self) -> str | None:
        """EDTF moment; without a known zone the day alone, for the hour could be any."""
        if self.moment is not None:
            return self.moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return None if self.clock is None else self.clock.date().isoformat()


def read(folder: Path) -> Loaded:
    """Read the photographs of a folder, and of those in it, as candidates for stops in the order of their times.

    Raises UsageError where it is no folder, or none of its pictures has a place.
    """
    if not folder.is_dir():
        raise UsageError(
            f"{folder}: not a folder (--photos takes the folder that the pictures are in)"
        )
    draft = Draft(summary="Places where photographs were taken, as their cameras recorded them.")
    files = sorted(
        path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")
    )
    if len(files) > MOST_PARTS:
        raise UsageError(
            f"{folder}: {len(files):,} files, more than {MOST_PARTS:,} (is this a journey?)"
        )
    photos = _in_time(
        [photo for photo in _photos(files, folder, draft) if photo.at is not None], draft
    )
    if not photos:
        raise UsageError(
            "\n".join((f"{folder}: no photograph with a place in it", *draft.warnings))
        )
    draft.places = [_candidate(group, number) for number, group in enumerate(_together(photos), 1)]
    made = loaded(draft, folder.resolve().name, "photographs")
    source = Source("file", "the photographs' own record of place and time", None)
    names = {
        waypoint.id: place.origin
        for waypoint, place in zip(made.journey.waypoints, draft.places, strict=True)
    }
    return Loaded(replace(made.journey, sources=(source,)), made.warnings, cells=names)


def _photos(files: Iterable[Path], folder: Path, draft: Draft) -> list[Photo]:
    """Every picture that can be read; those that cannot, or have no place, are named in warnings."""
    photos, apart = [], dict[str, list[str]]()
    for path in files:
        name, suffix = path.relative_to(folder).as_posix(), path.suffix.lower()
        photo = _photo(path, name) if suffix in _READ else None
        reason = _NAMED.get(suffix) if suffix not in _READ else "not a picture that can be read"
        if photo is not None:
            photos.append(photo)
            reason = (
                "without a place (taken with the location off, or taken out when they were sent)"
            )
        if reason and (photo is None or photo.at is None):
            apart.setdefault(reason, []).append(name)
    draft.warnings += [f"left out, {reason}: {named(names)}" for reason, names in apart.items()]
    early = [f"{photo.name} ({photo.stamp:%Y-%m-%d})" for photo in photos if photo.is_early]
    if early:
        draft.warnings.append(f"{BEGAN_ANEW} before the camera's clock: {named(early)}")
    return photos


def _photo(path: Path, name: str) -> Photo | None:
    try:
        with Image.open(path) as picture:
            exif = picture.getexif()
            own, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, Image.DecompressionBombError):
        return None
    said = {ExifTags.TAGS.get(tag, ""): value for tag, value in (*exif.items(), *own.items())}
    at = {ExifTags.GPSTAGS.get(tag, ""): value for tag, value in gps.items()}
    clock = _time(said.get("DateTimeOriginal") or said.get("DateTimeDigitized"))
    lon, lat = _degrees(at, "GPSLongitude"), _degrees(at, "GPSLatitude")
    place = None if lon is None or lat is None or (lon, lat) == (0, 0) else (lon, lat)
    radius_m = number_of(at.get("GPSHPositioningError"))
    photo = Photo(
        name, place, radius_m if radius_m and radius_m > 0 else None, clock=clock, stamp=_stamp(at)
    )
    return replace(photo, moment=_moment(said, photo))


def _degrees(at: Mapping[str, object], name: str) -> float | None:
    """Degrees of three rational numbers and a hemisphere; None where one is missing, or they are no place."""
    parts, sign = at.get(name), _SIGNS.get(str(at.get(f"{name}Ref", "")).strip("\0 ").upper())
    numbers = [number_of(part) for part in parts] if isinstance(parts, tuple) else []
    if sign is None or len(numbers) != len("DMS"):
        return None
    degrees, minutes, seconds = (math.nan if number is None else number for number in numbers)
    value = degrees + minutes / _MINUTES + (0.0 if math.isnan(seconds) else seconds) / _SECONDS
    return round(sign * value, 7) if 0 <= value <= _MOST_DEG[name] else None


def _time(text: object) -> dt.datetime | None:
    """Time of a camera's clock; None where it was never set."""
    clock = _CLOCK.fullmatch(str(text).strip("\0 ")[:19])
    moment = "{}-{}-{}T{}:{}:{}".format(*clock.groups()) if clock else ""
    return None if is_unset(moment) else time_of(moment)


def _stamp(at: Mapping[str, object]) -> dt.datetime | None:
    """Time of the satellites, without its zone, which is UTC."""
    day, hours = str(at.get("GPSDateStamp", "")).strip("\0 "), at.get("GPSTimeStamp")
    numbers = [number_of(hour) for hour in hours] if isinstance(hours, tuple) else []
    if len(numbers) != len("HMS") or None in numbers:
        return None
    return _time(f"{day} {':'.join(f'{int(number or 0):02d}' for number in numbers)}")


def _moment(said: Mapping[str, object], photo: Photo) -> dt.datetime | None:
    """Moment by the satellites' time, which is UTC, else by the clock where the camera wrote its offset."""
    if photo.stamp is not None and not photo.is_early:
        return photo.stamp.replace(tzinfo=dt.UTC)
    offset = str(said.get("OffsetTimeOriginal") or said.get("OffsetTime") or "").strip("\0 ")
    if photo.clock is None or not _OFFSET.fullmatch(offset):
        return None
    return time_of(f"{photo.clock.isoformat()}{offset}")


def _in_time(photos: Sequence[Photo], draft: Draft) -> list[Photo]:
    """Photographs in the order of their moments, else of the cameras' clocks, which is said; without a time, last."""
    timed = [photo for photo in photos if photo.moment or photo.clock]
    timeless = [photo for photo in photos if not (photo.moment or photo.clock)]
    if timeless:
        listed = named([photo.name for photo in timeless])
        draft.warnings.append(f"without a time, and put last: {listed}")
    zoneless = [photo for photo in timed if photo.moment is None]
    if zoneless:
        reason = "no time zone: the day alone is kept, and may be the one before or after"
        draft.warnings.append(f"{reason}: {named([photo.name for photo in zoneless])}")
    if not zoneless:
        return sorted(timed, key=lambda photo: (photo.moment, photo.name)) + timeless
    if any(photo.clock is None for photo in timed):
        draft.warnings.append(
            "some times have a zone and some have none: the order is that of the days"
        )
    return sorted(timed, key=_by_clock) + timeless


def _by_clock(photo: Photo) -> tuple[dt.datetime, str]:
    """What the camera showed; a moment of the satellites where it showed nothing."""
    moment = photo.moment or dt.datetime.min.replace(tzinfo=dt.UTC)
    return photo.clock or moment.replace(tzinfo=None), photo.name


def _together(photos: Sequence[Photo]) -> Iterator[list[Photo]]:
    group: list[Photo] = []
    for photo in photos:
        if group and geodesic_m(_at(group[0]), _at(photo)) > TOGETHER_M:
            yield group
            group = []
        group.append(photo)
    yield group


def _candidate(group: Sequence[Photo], number: int) -> Place:
    """A place for photographs that were taken at one stop: where the first was, as sure as that is."""
    whens = [photo.when for photo in (group[0], group[-1])]
    if whens[0] == whens[1] or whens[1] is None:
        when = whens[0]
    else:
        when = f"{whens[0] or '..'}/{whens[1]}"
    radius_m = group[0].radius_m if len(group) == 1 else _reach_m(group)
    more = {} if radius_m is None else {"coordinateUncertaintyInMeters": radius_m}
    point = {
        "type": "Point",
        "coordinates": [round(degrees, _decimals(radius_m)) for degrees in _at(group[0])],
    }
    return Place(_of(group), point, f"Stop {number}", when, more=more)


def _decimals(radius_m: float | None) -> int:
    """Decimals of a degree that a fix can hold: a step of the last is a tenth of its radius, or less, and no finer."""
    if radius_m is None:
        return _MOST_DECIMALS
    return min(_MOST_DECIMALS, max(0, math.ceil(math.log10(1e6 / radius_m))))


def _reach_m(group: Sequence[Photo]) -> float:
    """Metres around the first photograph in which all of them were taken, and the receiver's own error."""
    farthest_m = max(geodesic_m(_at(group[0]), _at(photo)) for photo in group)
    return float(math.ceil(farthest_m + max(photo.radius_m or 0.0 for photo in group)) or 1)


def _of(group: Sequence[Photo]) -> str:
    first, last = group[0].name, group[-1].name
    return first if len(group) == 1 else f"{len(group)} photographs, {first} to {last}"


def _at(photo: Photo) -> LonLat:
    assert photo.at is not None  # noqa: S101  # those without a place were left out
    return photo.at
