"""Takes a file apart, whatever kind it is, into texts, bytes and the files within it, and says what cannot be read."""

from __future__ import annotations

import base64
import binascii
import bz2
import logging
import lzma
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from escape_route.protection.leaks import documents
from escape_route.protection.leaks.parts import (
    Budget,
    Bytes,
    Inside,
    Namer,
    Part,
    Passage,
    by_line,
    gap,
    joined,
    within,
)
from escape_route.protection.leaks.spelling import View, decoded

MOST_MEMBERS = 20_000
_SMALL, _LEAST_UNPACKED, _MOSTLY = 4096, 8, 0.9  # bytes; one number; of a text
_B64 = "A-Za-z0-9+/_-"
_RUN = re.compile(
    rf"[{_B64}]{{16,}}"
)  # a plain set and a least length: the engine finds it many times as fast
_BASE64 = re.compile(
    rf"(?:[{_B64}]{{40,}}+[ \t]*+\r?\n[ \t]*+)+[{_B64}]+={{0,2}}|[{_B64}]{{16,}}+={{0,2}}"
)
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:0x|\\x|X')?((?:[0-9A-Fa-f]{2}){16,})(?![0-9A-Za-z])")
_URL_SAFE = str.maketrans("-_", "+/", " \t\r\n")
_STRINGS = re.compile(rb"(?:[\x20-\x7e\t]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){4,}|(?:[\xe0-\xef][\x80-\xbf]{2}){2,}")  # fmt: skip  # noqa: E501
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00){4,}|(?:\x00[\x20-\x7e]){4,}")
_MARKS = (
    ("utf-32", b"\xff\xfe\0\0"),
    ("utf-32", b"\0\0\xfe\xff"),
    ("utf-16", b"\xff\xfe"),
    ("utf-16", b"\xfe\xff"),
)
#: Encodings of texts that are not Unicode; in which of them one was written its bytes do not tell.
_OLD_ENCODINGS = ("cp949", "gb18030", "shift_jis", "cp1251", "cp1252", "latin-1")
_CONTROLS = bytes({*range(32)} - {7, 8, 9, 10, 12, 13, 27})
#: Files that are read as bytes whole, and fonts, which hold no journey: how they begin, and at
#: which byte.
_BYTES = (
    *((0, b"\0\0\x27\x0a"), (0, b"fgb\x03"), (0, b"\x93NUMPY"), (8, b".FIT")),
    *((0, b"wOFF"), (0, b"wOF2"), (0, b"OTTO"), (0, b"\0\1\0\0\0"), (0, b"true"), (0, b"ttcf")),
)
_CLOSED = (
    *(
        (0, b"\x28\xb5\x2f\xfd", "Zstandard"),
        (0, b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (0, b"Rar!", "RAR"),
    ),
    *((0, b"\x04\x22\x4d\x18", "LZ4"), (0, b"\xd0\xcf\x11\xe0", "an old Office document")),
    *((4, b"ftyphei", "HEIC"), (4, b"ftypmif", "HEIC"), (4, b"ftyp", "a video")),
)


class _Kind(NamedTuple):
    """A kind of file: how it is known, what takes it apart, and whether its bytes tell nothing as they are."""

    name: str
    knows: Callable[[bytes], bool]
    open: Callable[[bytes, str, Budget], Iterable[Part]]
    is_packed: bool = False


def open_up(file: Inside, budget: Budget) -> Iterator[Part]:
    """Take a file apart by one level."""
    kinds = [kind for kind in _KINDS if kind.knows(file.content)]
    for kind in kinds:  # more than one where an archive stands behind a picture
        yield from _read(kind, file, budget)
    texts = () if kinds else tuple(_as_texts(file))
    for text in texts:
        yield from _in_text(text, file.place)
    if not texts and not any(kind.is_packed for kind in kinds):
        yield from _raw(file.content, file.place)
    is_bytes = file.name.lower().endswith(".dbf") or any(
        file.content[at:].startswith(head) for at, head in _BYTES
    )
    if not texts and not kinds and file.is_file and not is_bytes:
        known = next(
            (name for at, head, name in _CLOSED if file.content[at:].startswith(head)), None
        )
        yield gap(
            f"{known} is not read here" if known else "bytes of no kind that is known here",
            file.place,
        )


def _read(kind: _Kind, file: Inside, budget: Budget) -> list[Part]:
    """What a reader makes of a file; libraries raise and say whatever a broken file makes them."""
    parts: list[Part] = []
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parts.extend(kind.open(file.content, file.place, budget))
    except Exception as error:  # noqa: BLE001
        parts.append(gap(f"{kind.name} that cannot be read: {type(error).__name__}", file.place))
    finally:
        logging.disable(logging.NOTSET)
    return parts


def _as_texts(file: Inside) -> Iterator[str]:
    """Text of a file that is one: Unicode, or each reading of it in older encodings that is possible."""
    encoding = next((name for name, mark in _MARKS if file.content.startswith(mark)), "utf-8-sig")
    text = _decoded(file.content, encoding)
    if text is not None:
        yield from [text] if text.count("\0") <= len(text) // 50 else []
    elif file.is_file and len(file.content.translate(None, _CONTROLS)) == len(file.content):
        yield from dict.fromkeys(
            filter(None, (_decoded(file.content, name) for name in _OLD_ENCODINGS))
        )


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _in_text(text: str, place: str) -> Iterator[Part]:
    """Give a text, and what is packed in it as base64 or hexadecimal."""
    is_json = text[:64].lstrip()[:1] in {"{", "["}
    namer = by_line(text, place, is_json=is_json)
    yield Passage(text, namer)
    if is_json and '"nbformat"' in text:
        yield from documents.notebook(text, place)
    yield from _packed(text, namer)


def _packed(text: str, namer: Namer) -> Iterator[Part]:
    source = View(text)
    for view in dict.fromkeys((source, decoded(source))):
        yield from _blocks(view, namer)


def _blocks(view: View, namer: Namer) -> Iterator[Part]:
    """Blocks of base64 and hexadecimal: what may be a file of its own, and the small ones together."""
    runs = list(_runs(view.text))
    runs_read = [
        (match.start(), "base64", data) for match in runs if (data := _from_base64(match[0]))
    ]
    # letters of hexadecimal are all letters of base64: no run of them stands elsewhere
    runs_read += [
        (match.start(1), "hexadecimal", binascii.unhexlify(match[1]))
        for run in runs
        for match in _HEX.finditer(view.text, max(0, run.start() - len("0x")), run.end() + 1)
    ]
    spots = namer([view.origin(start) for start, _, _ in runs_read]) if runs_read else []
    small = []
    for (_, kind, data), spot in zip(runs_read, spots, strict=True):
        where = within(spot, f"{kind} block")
        is_packed_again = data.isascii() and _RUN.search(data.decode("ascii")) is not None
        if len(data) > _SMALL or is_packed_again or any(kind.knows(data) for kind in _KINDS):
            yield Inside(data, "", where, is_file=False)
        else:
            small.append((data, where))
    yield from _together(small)


def _runs(text: str) -> Iterator[re.Match[str]]:
    """Runs of letters of base64 that begin where no such letter stands before; broken lines of one block together."""
    end = 0
    for run in _RUN.finditer(text):
        if run.start() >= end and (match := _BASE64.match(text, run.start())):
            end = match.end()
            yield match


def _from_base64(block: str) -> bytes:
    block = block.translate(_URL_SAFE).rstrip("=")
    block = block[: len(block) - (len(block) % 4 == 1)]
    return base64.b64decode(block + "=" * (-len(block) % 4))


def _together(blocks: Sequence[tuple[bytes, str]]) -> Iterator[Part]:
    """Small blocks together, as texts and as bytes: scripts have hundreds."""
    texts = []
    for data, where in blocks:
        # Of a block that a word follows, which was taken for its last line, all but that can be
        # read.
        text = "".join(
            sign for sign in data.decode("utf-8", "ignore") if sign.isprintable() or sign.isspace()
        )
        is_text = len(text.encode()) >= _MOSTLY * len(data)
        if is_text:
            texts.append((text, where))
        if (not is_text or len(text.encode()) < len(data)) and len(data) >= _LEAST_UNPACKED:
            yield Bytes(data, where)
    if texts:
        yield joined(texts)


def _raw(content: bytes, place: str) -> Iterator[Part]:
    """Bytes as they are: the numbers and the texts in them."""
    yield Bytes(content, place)
    pieces = [
        (match.start(), match[0].decode("utf-8", "replace")) for match in _STRINGS.finditer(content)
    ]
    pieces += [
        (match.start(), match[0].replace(b"\0", b"").decode("ascii"))
        for match in _WIDE.finditer(content)
    ]
    if pieces:
        strings = joined(
            [(text, within(place, f"byte {start:,}")) for start, text in pieces], is_noise=True
        )
        yield strings
        yield from _packed(strings.text, strings.name)


def _unpacked(engine: Callable[[], Any]) -> Callable[[bytes, str, Budget], Iterator[Part]]:
    """What unpacks a compressed stream: Python's three engines are alike."""

    def take_apart(content: bytes, place: str, budget: Budget) -> Iterator[Part]:
        unpacker = engine()
        unpacked = unpacker.decompress(content, max(1, budget.left))
        budget.left -= len(unpacked)
        if not unpacker.eof:
            yield gap("it is broken, or unpacks to more than is looked through", place)
        yield Inside(unpacked, "", within(place, "decompressed"))

    return take_apart


def _zip(content: bytes, place: str, budget: Budget) -> Iterator[Part]:
    """Members of an archive, with their names and comments; workbooks by their cells as well."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_MEMBERS:
            yield gap(f"an archive of more than {MOST_MEMBERS:,} members", place)
            return
        texts = [
            (archive.comment.decode("utf-8", "replace"), within(place, "comment of the archive"))
        ]
        for number, entry in enumerate(entries, 1):
            texts.append((entry.filename, within(place, f"name of member {number}")))
            texts.append(
                (
                    entry.comment.decode("utf-8", "replace"),
                    within(place, f"comment of member {number}"),
                )
            )
        yield joined(texts)
        for entry in entries:
            where = within(place, f"member {entry.filename}")
            member = _member(archive, entry, budget)
            if member is None:
                yield gap(
                    "it is encrypted, broken, or unpacks to more than is looked through", where
                )
            elif not entry.is_dir():
                yield Inside(member, entry.filename, where)
                yield from documents.properties(member, entry.filename, where)
    if any(entry.filename == "xl/workbook.xml" for entry in entries) and budget.left > 0:
        yield from documents.workbook(content, place)


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> bytes | None:
    try:
        with archive.open(entry) as file:
            content = file.read(max(0, budget.left) + 1)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        OSError,
        ValueError,
        RuntimeError,
        EOFError,
        zlib.error,
    ):
        return None
    if len(content) > budget.left:
        return None
    budget.left -= len(content)
    return content


def _starts(*heads: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(heads)


def _is_zip(content: bytes) -> bool:
    return content.startswith(b"PK") or (
        b"PK\x05\x06" in content[-66_000:] and zipfile.is_zipfile(BytesIO(content))
    )


_KINDS = (
    _Kind("a PDF", lambda content: b"%PDF-" in content[:1024], documents.pdf),
    _Kind("a database", _starts(b"SQLite format 3\0"), documents.sqlite),
    _Kind("Parquet", _starts(b"PAR1"), documents.parquet, is_packed=True),
    _Kind("a picture whose metadata", documents.is_picture, documents.picture),
    _Kind(
        "gzip",
        _starts(b"\x1f\x8b\x08"),
        _unpacked(lambda: zlib.decompressobj(zlib.MAX_WBITS | 16)),
        is_packed=True,
    ),
    _Kind("bzip2", _starts(b"BZh"), _unpacked(bz2.BZ2Decompressor), is_packed=True),
    _Kind("xz", _starts(b"\xfd7zXZ\0"), _unpacked(lzma.LZMADecompressor), is_packed=True),
    _Kind("an archive", _is_zip, _zip, is_packed=True),
)
