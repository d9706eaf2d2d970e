"""Pictures and recordings beside a journey's file: what is refused, what is made smaller, that nothing else stays."""

from __future__ import annotations

import base64
import io
import json
import re
import struct
import zlib

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

import documents
import escape_route as er
from escape_route import formats
from escape_route.cli import main
from escape_route.errors import EscapeRouteError, JourneyFileError
from escape_route.model.journey import AUDIO_HEAD, IMAGE_HEAD
from escape_route.protection.protect import MEDIA, protect

CHECKED = {"by": "the editor", "when": "2026-11-29"}
TOLD = {
    "file": "market.jpg",
    "alt": {"en": "A market hall"},
    "credit": "J. Doe",
    "media_checked": CHECKED,
}
HEARD = {
    "file": "song.mp3",
    "transcript": {"en": "A song"},
    "credit": "J. Doe",
    "media_checked": CHECKED,
}
TRACE = "Hidden Valley 42.01234"

seen = formats.embedder()


def jpeg(size=(1600, 1200), **options) -> bytes:
    out = io.BytesIO()
    Image.radial_gradient("L").resize(size).convert("RGB").save(out, "JPEG", **options)
    return out.getvalue()


def mp3(seconds=5.0, kbits=32) -> bytes:
    """Frames of MPEG 1, layer III, 44.1 kHz, mono, that are silent."""
    index = (0, 32, 40, 48, 56, 64).index(kbits)
    length = 144 * kbits * 1000 // 44_100
    frame = bytes([0xFF, 0xFB, index << 4, 0xC0]) + bytes(length - 4)
    return frame * round(seconds * 44_100 / 1152)


def unpacked(uri: str) -> bytes:
    return base64.b64decode(uri.partition(",")[2])


def held(folder, *, files=(), **members):
    """A journey with media at its second place, and the files beside it."""
    document = documents.journey()
    document["features"][1]["properties"] |= {"sensitivity": 0, **members}
    for name, content in dict(files).items():
        (folder / name).write_bytes(content)
    path = folder / "walk.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def told_of(folder, **members) -> str:
    with pytest.raises(JourneyFileError) as refused:
        er.read_journey(held(folder, **members))
    return str(refused.value)


@pytest.mark.parametrize("member", ["file", "alt", "credit", "media_checked"])
def test_a_picture_needs_all_that_is_said_of_it(tmp_path, member):
    said = told_of(tmp_path, image={key: value for key, value in TOLD.items() if key != member})
    assert f"image.{member}" in said
    assert ("faces, voices, signs and windows" in said) == (member == "media_checked")


@pytest.mark.parametrize("member", ["file", "transcript", "credit", "media_checked"])
def test_a_recording_needs_all_that_is_said_of_it(tmp_path, member):
    assert f"audio.{member}" in told_of(
        tmp_path, audio={key: each for key, each in HEARD.items() if key != member}
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"file": "../market.jpg"}, "not the name of a file beside the journey"),
        ({"file": "https://example.org/a.jpg"}, "not the name of a file beside the journey"),
        ({"file": "data:image/svg+xml;base64,AAAA"}, "not the name of a file beside the journey"),
        ({"media_checked": {"by": "me", "when": "2026-11"}}, "2026-11 is no day"),
        ({"media_checked": {"when": "2026-11-29"}}, "media_checked.by"),
        ({"alt": {}}, "image.alt"),
        ({"file": "missing.jpg"}, "missing.jpg: no such file beside the journey"),
    ],
)
def test_what_is_said_of_a_picture_is_checked(tmp_path, change, said):
    assert said in told_of(tmp_path, image=TOLD | change)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "image: market.jpg: not a picture"),
        (b"<svg/>", "not a picture"),
        (jpeg()[:3000], "not a picture"),
        (b"GIF89a" + bytes(40), "not a picture"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(tmp_path, content, said):
    assert said in told_of(tmp_path, image=TOLD, files={"market.jpg": content})


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says that it has so many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", head), (b"IDAT", b""), (b"IEND", b""))
    )


@pytest.mark.parametrize(
    ("size", "told"),
    [((7100, 7100), "7100 by 7100 pixels, 50 m"), ((60_000, 60_000), "3,600 million pixels, 50 m")],
)
def test_a_bomb_is_refused_before_it_is_unpacked(size, told):
    with pytest.raises(ValueError, match=told):
        seen.picture(bomb(*size))


def test_what_is_too_large_is_made_smaller_and_a_small_one_is_not_made_larger():
    noise = Image.effect_noise((2000, 2500), 120).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "PNG")
    written = unpacked(seen.picture(out.getvalue()))
    assert len(written) <= seen.MOST_IMAGE_BYTES
    assert Image.open(io.BytesIO(written)).width <= 960
    assert Image.open(io.BytesIO(unpacked(seen.picture(jpeg((300, 200)))))).size == (300, 200)


def test_nothing_of_the_file_is_left_but_its_pixels():
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = TRACE, 6  # the description, and that it lies on its side
    exif.get_ifd(0x8825)[2] = (42.0, 0.0, 44.4)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    full = jpeg(exif=exif, icc_profile=profile, comment=TRACE.encode()) + TRACE.encode()
    written = unpacked(seen.picture(full))
    shown = Image.open(io.BytesIO(written))
    assert TRACE.encode() not in written
    assert not {"exif", "icc_profile", "comment", "xmp"} & set(shown.info)
    assert shown.size == (960, 1280)  # it stands now


def test_a_png_loses_its_texts_and_stands_on_white():
    note = PngInfo()
    note.add_text("Comment", TRACE)
    out = io.BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(out, "PNG", pnginfo=note)
    shown = Image.open(io.BytesIO(unpacked(seen.picture(out.getvalue()))))
    assert shown.getpixel((9, 9)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"RIFF" + bytes(4000), "not an MP3"),
        (mp3(0.1), "not an MP3"),
        (mp3(62.0), "62 seconds, 60 at the most"),
        (mp3(58.0, 64), "300,000 at the most"),
    ],
)
def test_what_is_no_recording_or_too_long_is_refused_in_words(tmp_path, content, said):
    assert said in told_of(tmp_path, audio=HEARD, files={"song.mp3": content})


def test_of_a_recording_the_frames_alone_are_kept():
    size = len(TRACE) + 10
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, 0, size]) + TRACE.encode() + bytes(10)
    info = bytes([0xFF, 0xFB, 0x10, 0xC0]) + bytes(32) + b"Xing" + TRACE.encode()
    frames = mp3()
    full = tag + info.ljust(104, b"\0") + frames[: len(frames) // 2 // 104 * 104] + TRACE.encode()
    full += (
        frames[len(frames) // 2 // 104 * 104 :] + b"APETAGEX" + TRACE.encode() + b"TAG" + bytes(125)
    )
    assert unpacked(seen.sound(full)) == frames
    assert unpacked(seen.sound(unpacked(seen.sound(full)))) == frames


@pytest.fixture
def whole(tmp_path):
    """A journey with a picture and a recording."""
    files = {"market.jpg": jpeg(comment=TRACE.encode()), "song.mp3": mp3()}
    return held(tmp_path, image=TOLD, audio=HEARD, files=files)


def test_what_is_published_holds_them_and_neither_the_files_nor_their_names(whole, tmp_path):
    published = tmp_path / "out.geojson"
    assert main.main(["protect", str(whole), "-o", str(published)]) == 0
    text = published.read_text("utf-8")
    assert "market.jpg" not in text
    assert "song.mp3" not in text
    properties = json.loads(text)["features"][1]["properties"]
    assert properties["image"]["file"].startswith(IMAGE_HEAD)
    assert properties["audio"]["file"].startswith(AUDIO_HEAD)
    again = er.read_journey(published)
    assert protect(again.data).journey == again.data  # and are not written anew each time


def test_of_a_withheld_place_and_from_a_name_alone_nothing_is_shown(whole):
    read = er.read_journey(whole)
    names = er.Journey(read.as_read.journey)
    assert protect(names.data).changes[MEDIA] == 2
    assert all(
        each.image is None and each.audio is None for each in protect(names.data).journey.waypoints
    )


def test_the_page_shows_them_once_with_their_words(whole, tmp_path):
    page = tmp_path / "walk.html"
    assert main.main(["map", str(whole), "-o", str(page)]) == 0
    html = page.read_text("utf-8")
    assert html.count("data:image/jpeg;base64,") == 1
    assert html.count("data:audio/mpeg;base64,") == 1
    assert "media-src data:" in html
    assert re.search(r'<img [^>]*alt="A market hall"', html)
    assert re.search(r"<details><summary>.*What is to be heard.*</summary>.*A song", html)
    assert 'data-word="large"' not in html


def test_a_page_above_a_megabyte_says_so(tmp_path):
    document = documents.journey()
    (tmp_path / "market.jpg").write_bytes(jpeg())
    (tmp_path / "song.mp3").write_bytes(mp3(58.0, 40))
    for feature in document["features"]:
        if feature["properties"]["kind"] == "waypoint":
            feature["properties"] |= {"sensitivity": 0, "image": TOLD, "audio": HEARD}
    path = tmp_path / "walk.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert main.main(["map", str(path), "--draws", "20", "-o", str(tmp_path / "walk.html")]) == 0
    html = (tmp_path / "walk.html").read_text("utf-8")
    assert f"This page has {len(html.encode()) / 1e6:.1f}\u00a0MB" in html


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"quote": {"text": {"en": "Go!"}, "speaker": {"en": "a guide"}}}, "quote.sources"),
        ({"quote": {"text": {"en": "Go!"}, "sources": ["A"]}}, "quote.speaker"),
        (
            {"quote": {"text": {"en": "go " * 26}, "speaker": {"en": "a guide"}, "sources": ["A"]}},
            "26 words",
        ),
        ({"scene": {"kind": "night"}}, "scene.sources"),
        ({"scene": {"kind": "noon"}}, "scene.kind"),
        ({"scene": {"kind": "people", "count": 0, "sources": ["A"]}}, "scene.count"),
    ],
)
def test_a_scene_and_a_quotation_without_what_they_rest_on_are_refused(tmp_path, members, said):
    assert said in told_of(tmp_path, **members)


def test_a_headline_that_asks_for_what_nobody_computes_is_refused(tmp_path):
    document = documents.journey()
    document["journey"]["headline"] = {"en": "{speed} is fast"}
    path = tmp_path / "walk.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(EscapeRouteError, match="headline"):
        er.read_journey(path)
