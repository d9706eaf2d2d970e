"""XML parsed without trust: no document type, no entity, no other file and no network."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from escape_route.errors import refusal

_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_LATE = re.compile(r"(\ufeff?\s+)(<\?xml\s[^>]*\?>)")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK = 32_768  # bytes
#: What may stand before the root of a file: blanks, processing instructions, comments.
_BEFORE = re.compile(r"(?:[\s\ufeff]+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)


def parse(
    content: bytes, source: str, handlers: Mapping[str, Callable[[etree._Element], None]] = {}
) -> etree._Element:
    """Root of an XML file in any encoding, without comments and processing instructions; `source` names it in messages.

    `each` says who takes the elements of a name as soon as one is read, of which then nothing is
    kept: as a tree, a million points take ten times what they do as numbers.

    Raises JourneyFileError where it is not well formed, or has a document type: what entities
    expand to has no bound.
    """
    known = _harmless(content, source)
    tags = [f"{{*}}{name}" for name in handlers]
    parser = etree.XMLPullParser(
        ("end",) if tags else (),
        tag=tags or None,
        encoding="utf-8",  # whatever its first line says: it is decoded
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,  # a line of a million positions is one text
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for at in range(0, len(known), _BLOCK):
            parser.feed(known[at : at + _BLOCK])
            taken = [element for _, element in parser.read_events()]
            for element in taken:
                handlers[name_of(element)](element)
            for element in taken[:-1]:  # at the last the parser still is
                if (parent := element.getparent()) is not None:
                    parent.remove(element)
        return parser.close()
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = f"not XML: {(error.msg or 'it ends too soon').partition(', line')[0]}"
        fix = "a file cut short, or no XML? save it again in the program that made it"
        raise refusal(
            source, message, fix, place=f"line {line}, column {column}", rule="unreadable"
        ) from None


def _harmless(content: bytes, source: str) -> bytes:
    """A file as UTF-8, the one that was given where it is that: long ones are not to be held several times."""
    # Text without a declaration that blank lines stand before: it is harmless, and lines keep their
    # numbers
    text = _decoded(content, source)
    late = _LATE.match(text)
    text = text if late is None else late[1] + " " * len(late[2]) + text[late.end() :]
    if not text.strip():
        raise refusal(source, "not XML", "the file is empty", rule="unreadable")
    before = _BEFORE.match(text)
    if before and text.startswith("<!", before.end()) and not text.startswith("<!--", before.end()):
        line = text.count("\n", 0, before.end()) + 1
        message = "a document type: none is read, for its entities may be anything"
        raise refusal(
            source,
            message,
            "take the line with <!DOCTYPE out",
            place=f"line {line}",
            rule="unreadable",
        )
    try:
        encoded = text.encode()
    except UnicodeError:  # UTF-7 can tell half of one
        raise refusal(source, "half a character stands in it", "save the file as UTF-8") from None
    return content if encoded == content else encoded


def _decoded(content: bytes, source: str) -> str:
    """Text of a file by its byte-order mark, else by the encoding that it names, else as UTF-8.

    The text and not the bytes are looked through for a document type: no encoding can hide one.
    """
    named = _ENCODING.match(content[:200])
    marked = [encoding for mark, encoding in _MARKS if content.startswith(mark)]
    if marked:
        encoding = marked[0]
    elif named:
        encoding = named[1].decode()
    else:
        encoding = "utf-8"
    try:
        return content.decode(encoding)
    except LookupError:
        message = f'the encoding "{encoding}" is not known'
        raise refusal(
            source, message, "save the file as UTF-8", place="line 1", rule="unreadable"
        ) from None
    except UnicodeError as error:
        where = f"byte {error.start} is not" if isinstance(error, UnicodeDecodeError) else "not"
        raise refusal(source, f"{where} {encoding.upper()}", "save the file as UTF-8") from None


def name_of(element: etree._Element) -> str:
    """Name of an element without its namespace; empty for what is none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Children of these names, in any namespace."""
    return (child for child in element if name_of(child) in names)


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """First child along a path of names, in any namespace."""
    for name in names:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def text_of(element: etree._Element | None, *names: str) -> str | None:
    """Text of a child along a path, without blanks around it; None where there is none."""
    node = child(element, *names)
    text = "" if node is None else "".join(node.itertext()).strip()
    return text or None
