"""Photographs as candidates for stops: places, times and what is honest to say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PIL import ExifTags, Image

from escape_route import lint
from escape_route.cli import main
from escape_route.errors import UsageError
from escape_route.formats.tracks import photos

if TYPE_CHECKING:
    from pathlib import Path

VIENNA, NEAR_VIENNA, GRAZ = (16.37, 48.21), (16.375, 48.211), (15.44, 47.07)


def picture(
    path: Path, at: tuple[float, float] | None = None, clock: str = "", **more: Any
) -> None:
    image = Image.new("RGB", (4, 4))
    exif = image.getexif()
    own = exif.get_ifd(ExifTags.IFD.Exif)
    if clock:
        own[ExifTags.Base.DateTimeOriginal] = clock
    if "offset" in more:
        own[ExifTags.Base.OffsetTimeOriginal] = more["offset"]
    if at is not None:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        for name, value, signs in (("Longitude", at[0], "EW"), ("Latitude", at[1], "NS")):
            gps[ExifTags.GPS[f"GPS{name}"]] = (abs(value), 0.0, 0.0)
            gps[ExifTags.GPS[f"GPS{name}Ref"]] = more.get("ref", signs[value < 0])
        gps |= {ExifTags.GPS[name]: value for name, value in more.items() if name.startswith("GPS")}
    path.parent.mkdir(exist_ok=True, parents=True)
    image.save(path, exif=exif)


def test_photographs_are_stops_in_the_order_of_their_moments(tmp_path: Path) -> None:
    picture(tmp_path / "a.jpg", GRAZ, "2015:09:03 09:00:00", offset="+02:00")
    picture(tmp_path / "in" / "b.jpg", VIENNA, "2015:09:02 23:30:00", offset="-05:00")
    picture(tmp_path / "c.jpg", NEAR_VIENNA, "2015:09:03 06:40:00", offset="+02:00")
    found = photos.read(tmp_path)
    assert [(each.name["en"], each.label, each.when) for each in found.journey.waypoints] == [
        ("Stop 1", VIENNA, "2015-09-03T04:30:00Z/2015-09-03T04:40:00Z"),
        ("Stop 2", GRAZ, "2015-09-03T07:00:00Z"),
    ]
    assert tuple(found.cells.values()) == ("2 photographs, in/b.jpg to c.jpg", "a.jpg")
    assert found.journey.waypoints[0].uncertainty_m == pytest.approx(388, abs=2)


def test_south_and_west_and_the_receivers_own_error(tmp_path: Path) -> None:
    more = {
        "GPSHPositioningError": 12.0,
        "GPSDateStamp": "2015:09:02",
        "GPSTimeStamp": (8.0, 5.0, 7.5),
    }
    picture(tmp_path / "a.jpg", (-70.5, -33.25), "2015:09:02 01:00:00", **more)
    stop = photos.read(tmp_path).journey.waypoints[0]
    assert (stop.label, stop.uncertainty_m, stop.when) == (
        (-70.5, -33.25),
        12.0,
        "2015-09-02T08:05:07Z",
    )


def test_a_time_without_a_zone_is_a_day_and_one_without_a_time_comes_last(tmp_path: Path) -> None:
    picture(tmp_path / "a.jpg", GRAZ)
    picture(tmp_path / "b.jpg", VIENNA, "2015:09:02 23:30:00")
    picture(tmp_path / "c.jpg", (14.3, 48.3), "0000:00:00 00:00:00")
    found = photos.read(tmp_path)
    assert [each.when for each in found.journey.waypoints] == ["2015-09-02", None, None]
    assert found.warnings[:2] == (
        "without a time, and put last: a.jpg, c.jpg",
        "no time zone: the day alone is kept, and may be the one before or after: b.jpg",
    )


@pytest.mark.parametrize(
    ("stamp", "when"), [("1999:08:24", "2019-04-09"), ("1999:06:24", "1999-06-24T08:00:00Z")]
)
def test_a_stamp_a_round_of_weeks_before_the_clock_is_told(
    tmp_path: Path, stamp: str, when: str
) -> None:
    more = {"GPSDateStamp": stamp, "GPSTimeStamp": (8.0, 0.0, 0.0)}
    picture(tmp_path / "a.jpg", GRAZ, "2019:04:09 10:00:00", **more)
    found = photos.read(tmp_path)
    said = [
        each
        for each in found.warnings
        if each.endswith("before the camera's clock: a.jpg (1999-08-24)")
    ]
    assert (found.journey.waypoints[0].when, bool(said)) == (when, "08" in stamp)


def test_what_has_no_place_is_named_by_its_reason(tmp_path: Path) -> None:
    picture(tmp_path / "a.jpg", GRAZ)
    picture(tmp_path / "nowhere.jpg")
    picture(tmp_path / "zero.jpg", (0, 0))
    picture(tmp_path / "no-hemisphere.jpg", VIENNA, ref="")
    picture(tmp_path / "off.jpg", (16.0, 95.0))
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe1")
    (tmp_path / "phone.HEIC").write_bytes(b"\0\0\0\x18ftypheic")
    (tmp_path / "notes.txt").write_text("of the way")
    said = " ".join(photos.read(tmp_path).warnings)
    assert (
        "location off, or taken out when they were sent): no-hemisphere.jpg, nowhere.jpg, off.jpg, zero.jpg"
        in said
    )
    assert "left out, not a picture that can be read: broken.jpg" in said
    assert "left out, HEIC, which is not read here (save them as JPEG" in said
    assert "notes.txt" not in said


def test_a_folder_without_a_place_is_refused_with_what_was_found(tmp_path: Path) -> None:
    picture(tmp_path / "a.jpg")
    with pytest.raises(
        UsageError, match=r"no photograph with a place in it\nleft out, without a place .*: a\.jpg"
    ):
        photos.read(tmp_path)


def test_import_writes_candidates_and_copies_no_picture(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture(tmp_path / "in" / "a.jpg", GRAZ, "2015:09:03 09:00:00", offset="+02:00")
    assert (
        main.main(
            ["import", "--photos", str(tmp_path / "in"), "-o", str(tmp_path / "stops.geojson")]
        )
        == 0
    )
    assert capsys.readouterr().out.startswith("w1 2015-09-03T07:00:00Z: a.jpg\n")
    assert "a.jpg" not in (tmp_path / "stops.geojson").read_text()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "stops.geojson"]


@pytest.mark.parametrize("others", [("x.gpx",), ("--into", "trip.geojson"), ("--online",)])
def test_photographs_go_alone(
    others: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["import", "--photos", str(tmp_path), *others]) == 2
    assert "--photos: makes candidates of its own; leave out" in capsys.readouterr().err


def test_import_needs_a_file_or_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["import"]) == 2
    assert "a FILE, or --photos FOLDER" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("radius_m", "decimals"), [(None, 5), (0.5, 5), (6.0, 5), (100.0, 4), (1_600.0, 3), (2e6, 0)]
)
def test_a_fix_has_no_more_decimals_than_it_can_hold(
    tmp_path: Path, radius_m: float | None, decimals: int
) -> None:
    more = {} if radius_m is None else {"GPSHPositioningError": radius_m}
    picture(tmp_path / "a.jpg", (13.123456789, 47.987654321), **more)
    journey = photos.read(tmp_path).journey
    assert journey.waypoints[0].label == (
        round(13.123456789, decimals),
        round(47.987654321, decimals),
    )
    assert "too-many-decimals" not in {each.rule.name for each in lint.lint(journey)}
