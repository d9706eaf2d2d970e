"""Takes a file apart, whatever kind it is, into texts, bytes, fields and the files within it."""

from __future__ import annotations

import base64
import binascii
import bz2
import lzma
import re
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias

from escape_route.protection.leaks import databases, documents, pictures, sheets
from escape_route.protection.leaks.folding import View, decoded
from escape_route.protection.leaks.parts import Bytes, Gap, Inside, Passage, by_json_path, by_line, joined, within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from escape_route.protection.leaks.parts import Namer, Part

MOST_BYTES = 256_000_000  # that are unpacked from one file
MOST_MEMBERS = 20_000
_SMALL = 4096
_B64 = "A-Za-z0-9+/_-"
_RUN = re.compile(rf"[{_B64}]{{16,}}")  # a plain set and a least length: the engine finds it many times as fast
_BASE64 = re.compile(rf"(?:[{_B64}]{{40,}}+[ \t]*+\r?\n[ \t]*+)+[{_B64}]+={{0,2}}|[{_B64}]{{16,}}+={{0,2}}")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:0x|\\x|X')?((?:[0-9A-Fa-f]{2}){16,})(?![0-9A-Za-z])")
_URL_SAFE = str.maketrans("-_", "+/", " \t\r\n")
_STRINGS = re.compile(rb"(?:[\x20-\x7e\t]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){4,}|(?:[\xe0-\xef][\x80-\xbf]{2}){2,}")  # fmt: skip  # noqa: E501
_LONG_STRINGS = re.compile(rb"[\x20-\x7e\s]{8,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00){4,}|(?:\x00[\x20-\x7e]){4,}")
_ZLIB = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
_LEAST_UNPACKED = 8  # bytes: one number
_TABLES = (".csv", ".tsv")


Opener: TypeAlias = "Callable[[bytes, str, Budget], Iterator[Part]]"


class Budget:
    """How much more may be unpacked from one file."""

    def __init__(self) -> None:
        """Begin with all of it."""
        self.left = MOST_BYTES

    def take(self, count: int) -> None:
        """Use some of it."""
        self.left -= count


def open_up(content: bytes, name: str, place: str, budget: Budget) -> Iterator[Part]:
    """Take a file apart by one level.

    Parameters
    ----------
    content
        The file.
    name
        Its name, whose ending tells a table.
    place
        Where it stands, empty for the published file itself.
    budget
        What may still be unpacked.
    """
    kinds = [take_apart for is_kind, take_apart in _KINDS if is_kind(content)]
    for take_apart in kinds:  # more than one where an archive stands behind a picture
        yield from take_apart(content, place, budget)
    text = None if kinds else _as_text(content)
    if text is None:
        yield from raw(pictures.without_pixels(content), place, budget)
    else:
        yield from in_text(text, name, place, budget)


def _as_text(content: bytes) -> str | None:
    """Text of a file that is one: UTF-8, or UTF-16 or UTF-32 with its mark."""
    marks = (("utf-32", b"\xff\xfe\0\0"), ("utf-32", b"\0\0\xfe\xff"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))
    try:
        text = content.decode(next((name for name, mark in marks if content.startswith(mark)), "utf-8-sig"))
    except UnicodeDecodeError:
        return None
    return text if text.count("\0") <= len(text) // 50 else None


def in_text(text: str, name: str, place: str, budget: Budget) -> Iterator[Part]:
    """Give a text, and what is packed in it as base64 or hexadecimal."""
    is_json = text[:64].lstrip()[:1] in {"{", "["}
    namer = by_json_path(text, place) if is_json else by_line(text, place)
    yield Passage(text, namer, is_table=name.lower().endswith(_TABLES))
    if is_json and '"nbformat"' in text:
        yield from documents.cells(text, place)
    yield from _packed(text, namer, budget)


def _packed(text: str, namer: Namer, budget: Budget) -> Iterator[Part]:
    """What is packed in a text, as it stands or once its escapes are undone."""
    source = View(text)
    clear = decoded(source)
    for view in (source, clear) if clear is not source else (source,):
        yield from _blocks(view, namer, budget)


def _blocks(view: View, namer: Namer, budget: Budget) -> Iterator[Part]:
    """Blocks of base64 and hexadecimal: large ones as files, the small ones together."""
    text = view.text
    runs = list(_runs(text))
    found = [(match.start(), "base64", data) for match in runs if (data := _from_base64(match[0]))]
    found += [  # letters of hexadecimal are all letters of base64: no run of them stands elsewhere
        (match.start(1), "hexadecimal", binascii.unhexlify(match[1]))
        for run in runs
        for match in _HEX.finditer(text, max(0, run.start() - len("0x")), run.end() + 1)
    ]
    if not found:
        return
    spots = namer([view.origin(start) for start, _, _ in found])
    small = []
    for (_, kind, data), spot in zip(found, spots, strict=True):
        where = within(spot, f"{kind} block")
        yield from _unpacked(data, where, budget)
        if len(data) > _SMALL or _is_packed_again(data) or any(is_kind(data) for is_kind, _ in _KINDS):
            yield Inside(data, "", where)
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


def _is_packed_again(data: bytes) -> bool:
    """Whether a block is a text that holds a block of its own."""
    return data.isascii() and b"\0" not in data and _RUN.search(data.decode("ascii")) is not None


def _from_base64(block: str) -> bytes:
    block = block.translate(_URL_SAFE).rstrip("=")
    block = block[: len(block) - (len(block) % 4 == 1)]
    return base64.b64decode(block + "=" * (-len(block) % 4))


def _unpacked(data: bytes, place: str, budget: Budget) -> Iterator[Part]:
    """A block that is compressed, with or without a head."""
    bare = () if _ZLIB.match(data) else (-zlib.MAX_WBITS,)
    for bits in (*bare, zlib.MAX_WBITS | 32) if _ZLIB.match(data) else bare:
        yield from _inflated(data, bits, within(place, "decompressed"), budget)


def _together(blocks: Sequence[tuple[bytes, str]]) -> Iterator[Part]:
    """Small blocks together, as texts, as what looks like text in the others, and as bytes: scripts have hundreds."""
    texts, strings, others = [], [], []
    for data, where in blocks:
        text = _as_text(data)
        if text is not None and "".join(text.split()).isprintable():
            texts.append((text, where))
        elif len(data) >= _LEAST_UNPACKED:
            strings += [(match[0].decode("utf-8", "replace"), where) for match in _LONG_STRINGS.finditer(data)]
            others.append(Bytes(data, where))
    yield from (joined(pieces, is_noise=pieces is strings) for pieces in (texts, strings) if pieces)
    yield from others


def raw(content: bytes, place: str, budget: Budget) -> Iterator[Part]:
    """Bytes as they are: the numbers and texts in them, and compressed streams wherever they begin."""
    yield Bytes(content, place)
    pieces = [(match.start(), match[0].decode("utf-8", "replace")) for match in _STRINGS.finditer(content)]
    pieces += [(match.start(), match[0].replace(b"\0", b"").decode("ascii")) for match in _WIDE.finditer(content)]
    if pieces:
        strings = joined([(text, within(place, f"byte {start:,}")) for start, text in pieces], is_noise=True)
        yield strings
        yield from _packed(strings.text, strings.name, budget)
    end = 0
    for match in _ZLIB.finditer(content):
        if match.start() >= end:
            bits = zlib.MAX_WBITS | 32
            where = within(place, f"compressed data at byte {match.start():,}")
            yield from _inflated(content[match.start() :], bits, where, budget)


def _inflated(data: bytes, bits: int, place: str, budget: Budget) -> Iterator[Part]:
    """What a compressed stream holds, as far as it can be read; a gap where it is too much."""
    engine = zlib.decompressobj(bits)
    try:
        content = engine.decompress(data, max(1, budget.left))
    except zlib.error:
        return
    if bits < 0 and not engine.eof:
        return
    budget.take(len(content))
    if engine.unconsumed_tail:
        yield Gap("it unpacks to more than is looked through", place)
    if len(content) >= _LEAST_UNPACKED:
        yield Inside(content, "", place)


def _zip(content: bytes, place: str, budget: Budget) -> Iterator[Part]:
    """Members of an archive, with their names and comments; workbooks by their cells as well."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            yield from _members(archive, place, budget)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError, EOFError) as error:
        yield Gap(f"an archive that cannot be opened: {type(error).__name__}", place)


def _members(archive: zipfile.ZipFile, place: str, budget: Budget) -> Iterator[Part]:
    entries = archive.infolist()
    if len(entries) > MOST_MEMBERS:
        yield Gap(f"an archive of more than {MOST_MEMBERS:,} members", place)
        return
    names = [(entry.filename, within(place, f"name of member {number}")) for number, entry in enumerate(entries, 1)]
    notes = [(entry.comment, within(place, f"comment of member {number}")) for number, entry in enumerate(entries, 1)]
    notes.append((archive.comment, within(place, "comment of the archive")))
    yield joined(names + [(note.decode("utf-8", "replace"), where) for note, where in notes if note] or [("", place)])
    unpacked = {}
    for entry in entries:
        where = within(place, f"member {entry.filename}")
        member = _member(archive, entry, budget)
        if member is None:
            yield Gap("it is encrypted, broken, or unpacks to more than is looked through", where)
        elif entry.filename.startswith("xl/") and entry.filename.endswith(".xml"):
            unpacked[entry.filename] = member
            yield Inside(member, entry.filename, where)
        else:
            yield Inside(member, entry.filename, where)
            yield from documents.properties(member, entry.filename, where)
    yield from sheets.cells(unpacked, place)


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> bytes | None:
    """Content of a member; None where it cannot be read, or is too much."""
    try:
        with archive.open(entry) as file:
            content = file.read(max(0, budget.left) + 1)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError, EOFError, zlib.error):
        return None
    if len(content) > budget.left:
        return None
    budget.take(len(content))
    return content


def _unpacker(engine: Callable[[], bz2.BZ2Decompressor | lzma.LZMADecompressor]) -> Opener:
    """What unpacks a stream of one of the other two compressions."""

    def take_apart(content: bytes, place: str, budget: Budget) -> Iterator[Part]:
        unpacker = engine()
        try:
            unpacked = unpacker.decompress(content, max(1, budget.left))
        except (OSError, EOFError, lzma.LZMAError) as error:
            yield Gap(f"a compressed file that cannot be read: {type(error).__name__}", place)
            return
        budget.take(len(unpacked))
        if not unpacker.eof:
            yield Gap("it is broken, or unpacks to more than is looked through", place)
        yield Inside(unpacked, "", within(place, "decompressed"))

    return take_apart


def _starts(*heads: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(heads)


def _is_zip(content: bytes) -> bool:
    return content.startswith(b"PK") or (b"PK\x05\x06" in content[-66_000:] and zipfile.is_zipfile(BytesIO(content)))


#: How a kind of file is known, and what takes it apart.
_KINDS: tuple[tuple[Callable[[bytes], bool], Opener], ...] = (
    (lambda content: b"%PDF-" in content[:1024], documents.pdf),
    (_starts(b"SQLite format 3\0"), databases.sqlite),
    (_starts(b"PAR1"), databases.parquet),
    (pictures.is_picture, pictures.take_apart),
    (_starts(b"BZh"), _unpacker(bz2.BZ2Decompressor)),
    (_starts(b"\xfd7zXZ\0"), _unpacker(lzma.LZMADecompressor)),
    (_is_zip, _zip),
)
