"""The leak checker in files of every kind: found with its place, and no harm from hostile ones."""

from __future__ import annotations

import base64
import gzip
import json
import struct
import zipfile
from importlib.util import find_spec
from io import BytesIO

import pytest

from beside import whole
from escape_route.protection import leaks
from escape_route.protection.leaks import parts
from leaking import secrets_of
from leaking_files import (
    FILES,
    TEXT,
    archive,
    chunked,
    described,
    located,
    notebook,
    pdf,
    picture,
    workbook,
)

SECRETS = secrets_of(
    {"coordinates": [128.04567, 42.01234], "note": "Behind the mill"},
    {"coordinates": [128.05, 42.05]},
)
NOTHING = leaks.Secrets()


def kinds(content: bytes, name: str = "a", secrets: leaks.Secrets = NOTHING) -> list[str]:
    return [str(each) for each in leaks.find(content, name, secrets)]


@pytest.mark.parametrize("kind", FILES)
def test_a_position_is_found_in_every_kind_of_file_and_its_place_named(kind: str) -> None:
    name, content, place = FILES[kind]
    findings = leaks.find(content, name, SECRETS)
    assert [each for each in findings if place in each.place and each.held_at == "coordinates"], (
        findings
    )


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="needs pyarrow")
def test_a_position_is_found_in_parquet_by_row_and_column() -> None:
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    buffer = BytesIO()
    table = pa.table({"name": ["A", "B"], "lat": [1.5, 42.01234], "lon": [2.5, 128.04567]})
    parquet.write_table(table, buffer, compression="snappy")
    assert "table, row 2, column lat: decimal degrees (held at coordinates)" in kinds(
        buffer.getvalue(), "a", SECRETS
    )


def test_parquet_is_never_called_clean_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    assert kinds(b"PAR1....PAR1") == [
        "the file: not looked through: Parquet cannot be read here: install pyarrow (the extra geo), and check it again"
    ]


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        (located("JPEG"), "metadata GPS: metadata: a position, in GPS"),
        (described("JPEG", 0x013B, "Kim"), "metadata Artist: metadata: who made it, in Artist"),
        (
            described("WEBP", 0x8298, "Kim"),
            "metadata Copyright: metadata: who made it, in Copyright",
        ),
        (chunked("Author", "Kim"), "metadata Author: metadata: who made it, in Author"),
        (pdf(fields={"Author": "Kim"}), "metadata Author: metadata: who made it, in Author"),
        (
            archive({"docProps/core.xml": "<dc:creator>Kim</dc:creator>"}),
            "member docProps/core.xml: metadata: who made it, in creator",
        ),
        (
            archive({"docProps/core.xml": "<cp:lastModifiedBy>Kim</cp:lastModifiedBy>"}),
            "member docProps/core.xml: metadata: who made it, in lastModifiedBy",
        ),
    ],
    ids=["GPS", "Artist", "Copyright", "PNG", "PDF", "creator", "lastModifiedBy"],
)
def test_metadata_that_say_who_or_where_are_findings_by_themselves(
    content: bytes, finding: str
) -> None:
    assert finding in kinds(content)


@pytest.mark.parametrize(
    "path",
    [
        "/home/kim/journey.geojson",
        "/Users/kim/Desktop/a.py",
        r"C:\Users\kim\a.csv",
        r"C:\\Users\\kim\\a.csv",
        "C:/Users/kim/a.csv",
        "/Volumes/Kim/a.csv",
        "/var/home/kim/a.csv",
        "file:///srv/a.html",
        "file:///C:/a.html",
        "%2Fhome%2Fkim%2Fa",
    ],
)
def test_paths_of_somebodys_machine_are_findings_by_themselves(path: str) -> None:
    assert kinds(f'{{"source": "{path}"}}'.encode()) == [
        "line 1, column 13 (source): a path of somebody's machine"
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/home/kim/a",
        "https://example.org/Users/kim",
        "a/home/kim",
        "../tmp/x",
        "10:/15",
        "https://example.org/~kim/a/b",
        r"or a:\n\nthen",
    ],
)
def test_addresses_are_no_paths(address: str) -> None:
    assert kinds(f"see {address} there".encode()) == []


@pytest.mark.parametrize(
    "content",
    [
        picture(),
        picture("JPEG"),
        picture("WEBP"),
        pdf(
            text="Near 42.05, 128.05.",
            fields={"Producer": "escape-route", "Author": "The escape-route authors"},
        ),
        workbook([["name", "lat", "lon"], ["B", 42.05, 128.05]]),
        notebook({"image/png": base64.b64encode(picture()).decode()}),
        archive({"a.txt": "42.05, 128.05", "b.zip": archive({"c.csv": "lat,lon\n42.05,128.05"})}),
        gzip.compress(b"42.05, 128.05"),
    ],
    ids=["PNG", "JPEG", "WebP", "PDF", "workbook", "notebook", "archives", "gzip"],
)
def test_files_without_a_secret_are_clean(content: bytes) -> None:
    assert kinds(content, "a", SECRETS) == []


def bomb(size: int) -> bytes:
    return archive({"zeros": b" " * size})


def nested(depth: int) -> bytes:
    content = TEXT.encode()
    for _ in range(depth):
        content = archive({"a": content})
    return content


def test_a_bomb_is_not_unpacked_and_not_called_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts.Budget.__init__, "__defaults__", (1_000_000,))
    why = "not looked through: it is encrypted, broken, or unpacks to more than is looked through"
    assert kinds(bomb(1_000_001)) == [f"member zeros: {why}"]
    assert kinds(bomb(900_000)) == []


def test_bombs_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts.Budget.__init__, "__defaults__", (1_000_000,))
    content = archive({"a.zip": bomb(600_000), "b.zip": bomb(600_000)})
    assert len([each for each in kinds(content) if "more than is looked through" in each]) == 1


def test_a_compressed_stream_that_is_too_much_is_not_called_clean(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parts.Budget.__init__, "__defaults__", (10_000,))
    assert "unpacks to more than is looked through" in kinds(gzip.compress(bytes(50_000)))[0]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\x28\xb5\x2f\xfd\x04\x00\x81\x00\x00abc", "Zstandard is not read here"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "HEIC is not read here"),
        (b"\x00\x00\x00\x18ftypqt  \xa9xyz\x00", "a video is not read here"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "7-Zip is not read here"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document is not read here"),
        (b"\x1b\x02\x00\xf8\x25\xae\x90\x00\xff", "bytes of no kind that is known here"),
    ],
    ids=["Zstandard", "HEIC", "video", "7-Zip", "doc", "brotli"],
)
def test_what_cannot_be_read_is_not_called_clean(content: bytes, why: str) -> None:
    (finding,) = leaks.find(content, "a", SECRETS)
    assert (finding.place, finding.kind, finding.is_gap) == (
        "the file",
        f"not looked through: {why}",
        True,
    )
    assert leaks.find(archive({"a.bin": content}), "a.zip", SECRETS)[0].is_gap


@pytest.mark.parametrize("encoding", ["cp949", "utf-16", "utf-8-sig"])
def test_a_name_is_found_in_whatever_encoding_a_table_has(encoding: str) -> None:
    secrets = secrets_of({"note": "혜산시 위연동"}, {})
    assert "withheld text" in " ".join(
        kinds("이름;곳\n가;혜산시 위연동\n".encode(encoding), "a.csv", secrets)
    )


def test_nesting_ends() -> None:
    assert [each for each in kinds(nested(3), "a", SECRETS) if "decimal degrees" in each]
    assert [
        each
        for each in kinds(nested(30), "a", SECRETS)
        if "a file in a file, too many deep" in each
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n1 0 obj << /Length 99999 >> stream\n\xff\xfe",
        pdf(text="x")[:300],
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 0xFFFFFFFF) + b"tEXt" + b"a" * 9,
        b"\xff\xd8\xff\xe1\xff\xff" + b"Exif\0\0II*\0" + b"\xff" * 60,
        b"RIFF\xff\xff\xff\xffWEBPVP8 " + bytes(8),
        b"PK\x03\x04" + b"\xff" * 60,
        archive({"a": b"abc" * 50})[:-30],
        b"SQLite format 3\0" + b"\xff" * 200,
        b"PAR1" + b"\xff" * 40 + b"PAR1",
        b"\x1f\x8b\x08" + b"\xff" * 30,
    ],
    ids=[
        "empty",
        "PDF",
        "PDF cut",
        "PNG",
        "PNG chunk",
        "JPEG",
        "WebP",
        "ZIP",
        "ZIP cut",
        "SQLite",
        "Parquet",
        "gzip",
    ],
)
def test_broken_files_do_no_harm(content: bytes) -> None:
    assert leaks.find(content + b" 42.01234, 128.04567", "a", SECRETS), "called clean"


@pytest.mark.parametrize(
    "run",
    whole(
        [
            ("QUJD", 500_000),
            ("A", 1_000_000),
            ("[", 300_000),
            ("<", 300_000),
            ("&#x", 200_000),
            ("\\u00", 200_000),
            ("1.", 300_000),
            ("9", 400_000),
            ("1 ", 200_000),
            ("-", 500_000),
            ("%", 300_000),
            ('"', 300_000),
            ("1e99 ", 50_000),
        ],
        ("QUJD", 500_000),
        ("&#x", 200_000),
        ("9", 400_000),
        ("1e99 ", 50_000),
    ),
)
def test_a_long_run_of_one_thing_takes_no_long_time(run: tuple[str, int]) -> None:
    sign, times = run
    assert kinds((sign * times).encode(), "a.json", SECRETS) == []


def test_an_encrypted_archive_is_not_called_clean() -> None:
    content = bytearray(archive({"a.txt": "x" * 50}))
    for signature, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flag] |= 1
    assert zipfile.is_zipfile(BytesIO(bytes(content)))
    assert "not looked through: it is encrypted" in kinds(bytes(content))[0]


def test_deep_json_is_held_and_searched() -> None:
    held: object = [128.04567, 42.01234]
    for _ in range(5000):
        held = [held]
    secrets = secrets_of({"x": held}, {})
    assert kinds(b"42.01234, 128.04567", "a", secrets)[0].startswith(
        "line 1, column 1: decimal degrees (held at x[0][0]"
    )


def test_pictures_within_json_within_base64_within_gzip() -> None:
    inner = json.dumps({"picture": base64.b64encode(chunked("Comment", TEXT)).decode()}).encode()
    content = b"data:" + base64.b64encode(gzip.compress(inner))
    assert [
        each
        for each in kinds(content, "a", SECRETS)
        if "decompressed, line 1" in each and "Comment" in each
    ]


def test_a_text_that_a_notebook_keeps_in_several_lines_is_found_whole() -> None:
    held = {"note": "behind the tannery in the lower town"}
    lines = ["They waited behind the\n", "tannery in the lower", " town."]
    cells = [
        {"cell_type": "markdown", "source": ["# A way\n"]},
        {"cell_type": "markdown", "source": lines},
    ]
    notebook = json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}, indent=1
    )
    found = leaks.find(notebook.encode(), "a.ipynb", secrets_of(held, {}))
    assert [each.place for each in found] == ["cell 2"]


@pytest.mark.parametrize("path", ["/home/jane/journeys/held.py", "/Users/jane/held.py"])
def test_a_path_in_a_coloured_traceback_is_found(path: str) -> None:
    output = {
        "output_type": "error",
        "ename": "E",
        "evalue": "",
        "traceback": [f"File \x1b[39m\x1b[32m{path}:1\x1b[0m"],
    }
    cell = {"cell_type": "code", "source": [], "outputs": [output]}
    notebook = json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}, indent=1
    )
    found = leaks.find(notebook.encode(), "a.ipynb", secrets_of({}, {}))
    assert "a path of somebody's machine" in {each.kind for each in found}


def test_a_word_in_bold_letters_of_a_terminal_is_found() -> None:
    secrets = secrets_of({"note": "Ban Phonxay bakery"}, {})
    assert leaks.find(b"at Ban \x1b[1mPhon\x1b[0mxay bakery", "a.txt", secrets)
