"""Deliberate leaks: one secret position in every notation, and a secret text in every spelling."""

from __future__ import annotations

import base64
import gzip
import math
import struct
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from pyproj import Transformer

import written_codes
from escape_route.protection import leaks

if TYPE_CHECKING:
    from collections.abc import Mapping

Writer = "Callable[[float, float], str]"


def secrets_of(held: Mapping[str, object], protected: Mapping[str, object]) -> leaks.Secrets:
    return leaks.secrets_of_all([held], [protected])


def sexagesimal(value: float, decimals: int = 1) -> tuple[int, int, float]:
    """Degrees, minutes and seconds, rounded so that no 60 comes out."""
    total = round(abs(value) * 3600, decimals)
    return int(total // 3600), int(total % 3600 // 60), round(total % 60, decimals)


def minutes(value: float) -> tuple[int, float]:
    total = round(abs(value) * 60, 4)
    return int(total // 60), round(total % 60, 4)


def _letters(lon: float, lat: float) -> tuple[str, str]:
    return ("N" if lat >= 0 else "S"), ("E" if lon >= 0 else "W")


def dms(lon: float, lat: float, form: str) -> str:
    (a, b, c), (d, e, f) = sexagesimal(lat), sexagesimal(lon)
    ns, ew = _letters(lon, lat)
    return form.format(a=a, b=b, c=c, d=d, e=e, f=f, ns=ns, ew=ew)


def dm(lon: float, lat: float, form: str) -> str:
    (a, b), (d, e) = minutes(lat), minutes(lon)
    ns, ew = _letters(lon, lat)
    return form.format(a=a, b=b, d=d, e=e, ns=ns, ew=ew)


def nmea(lon: float, lat: float) -> str:
    (a, b), (d, e) = minutes(lat), minutes(lon)
    ns, ew = _letters(lon, lat)
    return f"$GPGGA,031502,{a:02}{b:07.4f},{ns},{d:03}{e:07.4f},{ew},1"


def projected(lon: float, lat: float, epsg: int, form: str = "{0:.1f}, {1:.1f}") -> str:
    return form.format(*Transformer.from_crs(4326, epsg, always_xy=True).transform(lon, lat))


def utm(lon: float, lat: float) -> str:
    zone = int((lon + 180) // 6 % 60 + 1)
    return f"{zone} " + projected(
        lon, lat, (32600 if lat >= 0 else 32700) + zone, "{0:.0f} {1:.0f}"
    )


def tile(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    """Column and row, by the formula of the OpenStreetMap wiki."""
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lon + 180) / 360 * 2**zoom), int(y * 2**zoom)


def polyline(positions: list[tuple[float, float]], precision: int = 5) -> str:
    """Encoded polyline, after Google's published description, letter by letter."""
    written, last = "", [0, 0]
    for lon, lat in positions:
        for axis, value in enumerate((lat, lon)):
            whole = round(value * 10**precision)
            delta, last[axis] = whole - last[axis], whole
            number = ~(delta << 1) if delta < 0 else delta << 1
            while number >= 0x20:
                written += chr((0x20 | (number & 0x1F)) + 63)
                number >>= 5
            written += chr(number + 63)
    return written


def wkb(lon: float, lat: float, order: str = "<", srid: int | None = None) -> bytes:
    head = struct.pack(f"{order}I", 1 if srid is None else 0x20000001)
    extra = b"" if srid is None else struct.pack(f"{order}I", srid)
    return (
        (b"\x01" if order == "<" else b"\x00") + head + extra + struct.pack(f"{order}dd", lon, lat)
    )


def in_base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _text(lon: float, lat: float) -> bytes:
    return f"They met at {lat:.5f}, {lon:.5f} by night.".encode()


def arabic_indic(text: str) -> str:
    return text.translate(
        {ord(str(digit)): chr(0x660 + digit) for digit in range(10)} | {ord("."): "\u066b"}
    )


NOTATIONS: dict[str, Any] = {
    "latitude, longitude": lambda lon, lat: f"{lat:.5f}, {lon:.5f}",
    "longitude, latitude": lambda lon, lat: f"[{lon:.5f},{lat:.5f}]",
    "four decimals, rounded": lambda lon, lat: f"{lat:.4f} {lon:.4f}",
    "four decimals, cut off": lambda lon, lat: (
        f"{math.trunc(lat * 1e4) / 1e4:.4f} {math.trunc(lon * 1e4) / 1e4:.4f}"
    ),
    "three decimals": lambda lon, lat: f"{lat:.3f}/{lon:.3f}",
    "fourteen decimals": lambda lon, lat: f"{lat + 3e-14:.14f}, {lon - 2e-14:.14f}",
    "a latitude alone": lambda _lon, lat: f"latitude {lat:.5f}",
    "a longitude alone": lambda lon, _lat: f"longitude {lon:.5f}",
    "decimal commas": lambda lon, lat: f"{lat:.5f}; {lon:.5f}".replace(".", ","),
    "an exponent": lambda lon, lat: f"{lat:.7e} {lon:.7e}",
    "a minus sign of Unicode": lambda lon, lat: f"{-lat:.5f}, {-lon:.5f}".replace(
        "-", "\N{MINUS SIGN}"
    ),
    "letters of the hemispheres": lambda lon, lat: f"{abs(lat):.5f}°N {abs(lon):.5f}°E",
    "full-width digits": lambda lon, lat: "".join(
        chr(ord(c) + 0xFEE0) for c in f"{lat:.5f},{lon:.5f}"
    ),
    "Arabic digits": lambda lon, lat: arabic_indic(f"{lat:.5f} {lon:.5f}"),
    "ISO 6709": lambda lon, lat: f"{lat:+08.4f}{lon:+09.4f}/",
    "a geo: address": lambda lon, lat: f"geo:{lat:.5f},{lon:.5f};u=35",
    "a map's address": lambda lon, lat: f"https://example.org/#map=17/{lat:.5f}/{lon:.5f}",
    "a percent-encoded address": lambda lon, lat: f"q={lat:.5f}%2C%20{lon:.5f}",
    "an attribute each": lambda lon, lat: f'<trkpt lat="{lat:.5f}" lon="{lon:.5f}">',
    "well-known text": lambda lon, lat: f"SRID=4326;POINT ({lon:.5f} {lat:.5f})",
    "a line of well-known text": lambda lon, lat: f"LINESTRING (100 15, {lon:.5f} {lat:.5f})",
    "KML": lambda lon, lat: f"<coordinates>{lon:.5f},{lat:.5f},0</coordinates>",
    "DMS with signs": partial(dms, form="{a}°{b}′{c}″{ns} {d}°{e}′{f}″{ew}"),
    "DMS with other signs": partial(dms, form="{a}º {b}' {c}'' {ns}, {d}º {e}' {f}'' {ew}"),
    "DMS with letters first": partial(dms, form="{ns}{a} {b} {c}, {ew}{d} {e} {f}"),
    "DMS in letters": partial(dms, form="{a}d{b}m{c}s {d}d{e}m{f}s"),
    "DMS in words": partial(
        dms, form="{a} degrees {b} min {c} sec north, {d} degrees {e} min {f} sec east"
    ),
    "DMS with colons": partial(dms, form="{a}:{b:02}:{c} {d}:{e:02}:{f}"),
    "DMS with dashes": partial(dms, form="{a}-{b:02}-{c} {d}-{e:02}-{f}"),
    "whole DMS with dashes": lambda lon, lat: "{}-{:02}-{:02.0f}, {}-{:02}-{:02.0f}".format(
        *sexagesimal(lat, 0), *sexagesimal(lon, 0)
    ),
    "DMS with spaces alone": partial(dms, form="{a} {b} {c} {d} {e} {f}"),
    "DMS as entities": partial(
        dms, form="{a}&deg;{b}&prime;{c}&Prime; {d}&deg;{e}&prime;{f}&Prime;"
    ),
    "degrees and minutes": partial(dm, form="{a}°{b}′{ns} {d}°{e}′{ew}"),
    "degrees and minutes in letters": partial(dm, form="{ns} {a} {b} {ew} {d} {e}"),
    "NMEA": nmea,
    "semicircles": lambda lon, lat: (
        f'"position_lat":{lat * 2**31 / 180:.0f},"position_long":{lon * 2**31 / 180:.0f}'
    ),
    "hundred-thousandths": lambda lon, lat: f'"y":{lat * 1e5:.0f},"x":{lon * 1e5:.0f}',
    "millionths": lambda lon, lat: f"{lat * 1e6:.0f},{lon * 1e6:.0f}",
    "ten-millionths": lambda lon, lat: f"<node lat7='{lat * 1e7:.0f}' lon7='{lon * 1e7:.0f}'/>",
    "Web Mercator": partial(projected, epsg=3857),
    "Web Mercator in whole metres": partial(projected, epsg=3857, form="x={0:.0f}&y={1:.0f}"),
    "UTM": utm,
    "MGRS": written_codes.mgrs,
    "MGRS with spaces": lambda lon, lat: "{} {} {} {}".format(
        *((c := written_codes.mgrs(lon, lat, 4))[:-10], c[-10:-8], c[-8:-4], c[-4:])
    ),
    "geohash": partial(written_codes.geohash, length=9),
    "a short geohash": partial(written_codes.geohash, length=6),
    "Plus Code": partial(written_codes.plus_code, digits=10),
    "a short Plus Code": lambda lon, lat: written_codes.plus_code(lon, lat, 11)[4:] + " Yanji",
    "a tile": lambda lon, lat: "/16/{}/{}.png".format(*tile(lon, lat, 16)),
    "a tile of TMS": lambda lon, lat: (
        f"/17/{tile(lon, lat, 17)[0]}/{2**17 - 1 - tile(lon, lat, 17)[1]}.png"
    ),
    "a tile's address": lambda lon, lat: "?x={}&y={}&z=18".format(*tile(lon, lat, 18)),
    "encoded polyline": lambda lon, lat: polyline([(100.0, 15.0), (lon, lat), (101.0, 16.0)]),
    "encoded polyline, precision 6": lambda lon, lat: polyline([(lon, lat), (101.0, 16.0)], 6),
    "encoded polyline in JSON": lambda lon, lat: (
        '"' + polyline([(lon, lat)]).replace("\\", "\\\\") + '"'
    ),
    "WKB in hexadecimal": lambda lon, lat: wkb(lon, lat).hex(),
    "EWKB in hexadecimal": lambda lon, lat: wkb(lon, lat, ">", 4326).hex().upper(),
    "WKB in base64": lambda lon, lat: in_base64(wkb(lon, lat)),
    "doubles in base64": lambda lon, lat: in_base64(
        np.array([100.5, 15.25, lon, lat, 7.0]).tobytes()
    ),
    "singles in base64": lambda lon, lat: in_base64(
        np.array([100.5, lon, lat, 7.0], dtype="f4").tobytes()
    ),
    "semicircles in base64": lambda lon, lat: in_base64(
        b"FIT" + struct.pack("<ii", round(lat * 2**31 / 180), round(lon * 2**31 / 180)) + b"...."
    ),
    "text in base64": lambda lon, lat: in_base64(_text(lon, lat)),
    "a line in base64": lambda lon, lat: in_base64(f"{lat:.5f}, {lon:.5f}\n".encode()),
    "text in base64 for addresses": lambda lon, lat: (
        base64.urlsafe_b64encode(_text(lon, lat)).decode().rstrip("=")
    ),
    "base64 in lines": lambda lon, lat: base64.encodebytes(b"." * 300 + _text(lon, lat)).decode(),
    "base64 in lines before a word": lambda lon, lat: (
        base64.encodebytes(b"." * 300 + _text(lon, lat)).decode() + "and so on"
    ),
    "gzip in base64": lambda lon, lat: in_base64(gzip.compress(_text(lon, lat))),
    "base64 in base64": lambda lon, lat: in_base64(in_base64(_text(lon, lat)).encode()),
    "\\u escapes": lambda lon, lat: "".join(f"\\u{ord(c):04x}" for c in f"{lat:.5f},{lon:.5f}"),
    "numeric entities": lambda lon, lat: "".join(f"&#{ord(c)};" for c in f"{lat:.5f},{lon:.5f}"),
}
