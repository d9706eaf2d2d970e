"""Mutations that keep a file's structure: one value, element, row or cell of it is made odd, and the file stays one.

Bytes alone seldom come past a parser; these do, so that what a reader makes of odd values is tried
as well.
"""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

#: Values that a slip, another program or ill will may put where something else is expected.
ODD: list[Any] = [
    *(
        "",
        " ",
        "0",
        "-0",
        "nan",
        "1e999",
        "1,5",
        "١٩٥٠",
        "\u2028",
        "\u202e",
        "\ufffd",
        "=1+1",
        "x" * 5000,
        "[]",
    ),
    *(
        "44",
        "1939-40",
        "1945-02-30",
        "-0001",
        "0000",
        "9999",
        "spring 1945",
        "juche 34",
        "1945-W19",
        "12/05/1915",
    ),
    *(
        "until May 1945",
        "1941 or 1942",
        "24:00",
        "Easter 0000",
        "last week of May 0000",
        "late winter 1944",
        "1945-05-08T23:59:60Z",
        "1945-05-08T10:00+14:00",
        "Y17E8",
        "XXXX",
    ),
    *(
        "country:XX",
        "country:VN",
        "border:CN-VN",
        "river:yalu",
        "exact",
        "region",
        "withheld",
        "single",
        "boat",
    ),
    *(
        "1000 li",
        "12 parsecs",
        "about 50 miles",
        "-5 km",
        "1e308 km",
        "http://[",
        "file:///",
        "javascript:",
        "0,0",
    ),
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        2,
        5e-324,
        1e308,
        -1e308,
        2**63,
        10**400,
        180.0000001,
        -90.1,
        1e-9,
        [],
        {},
        [[]],
    ),
    *([0, 0], [[0, 0], [0, 0]], {"en": ""}, {"type": "Point"}, [[[[]]]], {"": ""}),
]
#: What XML can hold.
ODD_TEXTS = [str(each) for each in ODD if not isinstance(each, (list, dict))]
_MOST = 4


def mutated(name: str, data: bytes, random: Random) -> bytes | None:
    """Content of a format with one to four odd places; None where its structure cannot be read."""
    mutate = BY_FORMAT.get(name)
    if mutate is None:
        return None
    with suppress(Exception):  # what cannot be taken apart is left to the mutations of bytes
        for _ in range(random.randint(1, _MOST)):
            data = mutate(data, random)
        return data
    return None


def _json(data: bytes, random: Random) -> bytes:
    document = json.loads(data)
    holders = list(_holders(document))
    holder = random.choice(holders)
    key = random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    other = random.choice(holders)
    match random.randrange(6):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, list):
            holder.insert(key, holder[random.randrange(len(holder))])
        case 2:
            holder[key] = json.loads(json.dumps(random.choice(_values(other))))
        case 3 if isinstance(holder, dict):
            holder[random.choice([str(each) for each in other] or [""])] = holder.pop(key)
        case _:
            holder[key] = random.choice(ODD)
    return json.dumps(document, ensure_ascii=random.random() < 1 / 2).encode(
        "utf-8", "surrogatepass"
    )


def _values(holder: Any) -> list[Any]:
    return list(holder.values()) if isinstance(holder, dict) else list(holder)


def _holders(value: Any) -> list[Any]:
    """Every list and object of a document that is not empty."""
    if not isinstance(value, (dict, list)) or not value:
        return []
    return [value, *(each for inner in _values(value) for each in _holders(inner))]


def _xml(data: bytes, random: Random) -> bytes:
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=False))
    elements = [each for each in root.iter() if isinstance(each.tag, str)]
    element, other = random.choice(elements), random.choice(elements)
    parent = element.getparent()
    match random.randrange(7):
        case 0 if parent is not None:
            parent.remove(element)
        case 1 if parent is not None:
            parent.insert(
                random.randrange(len(parent) + 1), etree.fromstring(etree.tostring(other))
            )
        case 2:
            element.tag = other.tag
        case 3 if element.attrib:
            element.set(random.choice(list(element.attrib)), _writable(random.choice(ODD_TEXTS)))
        case 4:
            element.text = other.text
        case 5:
            element.text = _writable(f"{element.text or ''}{random.choice(ODD_TEXTS)}")
        case _:
            element.text = _writable(random.choice(ODD_TEXTS))
    return etree.tostring(
        root, encoding=random.choice(["utf-8", "utf-16", "us-ascii"]), xml_declaration=True
    )


def _writable(text: str) -> str:
    return "".join(letter for letter in text if letter >= " ")


def _csv(data: bytes, random: Random) -> bytes:
    rows = [line.split(",") for line in data.decode("utf-8").split("\n")]
    row = random.choice(rows)
    at = random.randrange(len(row))
    match random.randrange(5):
        case 0:
            rows.insert(random.randrange(len(rows)), list(row))
        case 1:
            rows.remove(row)
        case 2:
            del row[at]
        case 3:
            row[at] = random.choice(random.choice(rows))
        case _:
            row[at] = '"' + random.choice(ODD_TEXTS).replace('"', '""') + '"'
    return "\n".join(",".join(each) for each in rows).encode("utf-8")


def _zip(data: bytes, random: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {each.filename: archive.read(each) for each in archive.infolist()}
    name = random.choice([each for each in members if each.endswith((".xml", ".kml", ".rels"))])
    if random.random() < 1 / 20:
        del members[name]
    else:
        members[name] = _xml(members[name], random)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in members.items():
            archive.writestr(each, content)
    return made.getvalue()


def _gpkg(data: bytes, random: Random) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.gpkg"
        path.write_bytes(data)
        database = sqlite3.connect(path)
        with database:
            _odd_cell(database, random)
        database.close()
        return path.read_bytes()


def _odd_cell(database: sqlite3.Connection, random: Random) -> None:
    tables = [
        name for (name,) in database.execute("select name from sqlite_master where type = 'table'")
    ]
    ids = {
        each: [row for (row,) in database.execute(f'select rowid from "{each}"')]  # noqa: S608
        for each in tables
    }
    table = random.choice([each for each in tables if ids[each]])
    column = random.choice([row[1] for row in database.execute(f'pragma table_info("{table}")')])
    odd = random.choice([*ODD_TEXTS, None, 0, -1, 1e308, b"GP\x00\x01"])
    change = f'update "{table}" set "{column}" = ? where rowid = ?'  # noqa: S608  # of a file made here
    database.execute(change, (odd, random.choice(ids[table])))


def _parquet(data: bytes, random: Random) -> bytes:
    table = pq.read_table(io.BytesIO(data))
    at = random.randrange(table.num_columns)
    field = table.schema.field(at)
    cells = table.column(at).to_pylist()
    cells[random.randrange(len(cells))] = random.choice(
        [*ODD_TEXTS, None, 0, -1, 1e308, b"\x01\x01\x00"]
    )
    changed = pa.array(cells, type=field.type)
    made = io.BytesIO()
    pq.write_table(table.set_column(at, field, changed), made)
    return made.getvalue()


BY_FORMAT: dict[str, Callable[[bytes, Random], bytes]] = {
    **dict.fromkeys(("geojson", "linked_places"), _json),
    **dict.fromkeys(("gpx", "kml"), _xml),
    **dict.fromkeys(("kmz", "xlsx"), _zip),
    "csv": _csv,
    "gpkg": _gpkg,
    "parquet": _parquet,
}
