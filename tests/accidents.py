"""How a place, a day and a name get into a file by accident: one of each, as people and programs write them.

Chinese maps' shifts are the program's own, which `test_leaks` holds to published values; the rest
is by PROJ and by the published descriptions.
"""

from __future__ import annotations

import base64
import json

import numpy as np
from pyproj import Geod, Transformer

import written_codes
from leaking import dm, dms, minutes, nmea, polyline, sexagesimal, tile, wkb
from leaking_files import located, workbook

LON, LAT = 128.04567, 42.01234
PUBLISHED = (128.05, 42.05)
TOWN = (128.3391, 42.1207)  # a place of the journey that is published as held
DAY, NAME = "2019-12-05", "Ban Phonxay bakery, Rue Hengboun 12"
HELD = {
    "type": "FeatureCollection",
    "features": [
        {
            "id": "w1",
            "geometry": {"type": "Point", "coordinates": [LON, LAT]},
            "properties": {
                "name": {"en": "A house"},
                "when": DAY,
                "verbatimLocality": NAME,
                "phone": 8562055512,
            },
        },
        {
            "id": "w2",
            "geometry": {"type": "Point", "coordinates": list(TOWN)},
            "properties": {"name": {"en": "Erdao", "ko": "이도"}, "sensitivity": 0},
        },
    ],
}
SHOWN = {
    "type": "FeatureCollection",
    "features": [
        {
            "id": "w1",
            "geometry": {"type": "Point", "coordinates": list(PUBLISHED)},
            "properties": {"name": {"en": "A house"}, "when": "2019-12"},
        },
        HELD["features"][1],
    ],
}
CHINESE = (
    128.05176,
    42.01483,
)  # GCJ-02 of the place, by the formula whose published values a test holds it to
BAIDU, BAIDU_M = (128.05817, 42.02115), (14255525, 5135276)
_WAY = Geod(ellps="WGS84").inv(*TOWN, LON, LAT)
WAY_KM, WAY_DEG = _WAY[2] / 1000, _WAY[0] % 360


def _projected(epsg: int, scale: float = 1.0) -> tuple[float, float]:
    x, y = Transformer.from_crs(4326, epsg, always_xy=True).transform(LON, LAT)
    return x * scale, y * scale


def _plotly() -> str:
    """Columns as Plotly keeps them: doubles in base64, longitudes and latitudes apart."""
    columns = {"lon": [101.5, LON, 99.25], "lat": [17.5, LAT, 18.75]}
    packed = {name: {"dtype": "f8", "bdata": base64.b64encode(np.array(each).tobytes()).decode()} for name, each in columns.items()}  # fmt: skip  # noqa: E501
    return json.dumps({"data": [packed | {"type": "scattermap"}]})


#: By name: a text or a file's bytes. What is found is only that a finding comes; what is not is in
#: docs/safety.md.
PLACES: dict[str, str | bytes] = {
    "latitude first, in prose": f"They met at {LAT:.5f}, {LON:.5f} by night.",
    "longitude first": f"at ({LON:.5f}, {LAT:.5f})",
    "four decimals": f"lat {LAT:.4f} lon {LON:.4f}",
    "three decimals": f"the well at {LAT:.3f}/{LON:.3f}",
    "two decimals": f"somewhere near {LAT:.2f} N, {LON:.2f} E, it said",
    "decimal commas": f"{LAT:.5f}; {LON:.5f}".replace(".", ","),
    "a latitude alone": f"They waited at latitude {LAT:.5f} for hours.",
    "degree signs and letters": f"N{LAT:.4f}° E{LON:.4f}°",
    "ISO 6709": f"{LAT:+08.4f}{LON:+09.4f}/",
    "degrees, minutes, seconds": dms(LON, LAT, "{a}°{b}′{c}″{ns} {d}°{e}′{f}″{ew}"),
    "seconds after dashes": "{}-{:02}-{:02.0f}, {}-{:02}-{:02.0f}".format(
        *sexagesimal(LAT, 0), *sexagesimal(LON, 0)
    ),
    "seconds in words": dms(
        LON, LAT, "{a} degrees {b} min {c} sec north, {d} degrees {e} min {f} sec east"
    ),
    "degrees and minutes": dm(LON, LAT, "{a}°{b}'{ns}, {d}°{e}'{ew}"),
    "whole minutes": "about {}°{:.0f}'N {}°{:.0f}'E".format(*minutes(LAT), *minutes(LON)),
    "seconds in Korean": dms(LON, LAT, "북위 {a}도 {b}분 {c}초, 동경 {d}도 {e}분 {f}초"),
    "seconds in Chinese": dms(LON, LAT, "北纬{a}度{b}分{c}秒，东经{d}度{e}分{f}秒"),
    "a receiver's sentence": nmea(LON, LAT),
    "full-width digits": "".join(chr(ord(c) + 0xFEE0) for c in f"{LAT:.5f},{LON:.5f}"),
    "a geo: address": f'<a href="geo:{LAT:.5f},{LON:.5f}">',
    "OpenStreetMap, the map": f"https://www.openstreetmap.org/#map=17/{LAT:.5f}/{LON:.5f}",
    "OpenStreetMap, a marker": f"https://www.openstreetmap.org/?mlat={LAT:.5f}&amp;mlon={LON:.5f}",
    "Google, the view": f"https://www.google.com/maps/@{LAT:.5f},{LON:.5f},17z",
    "Google, the place": f"/maps/place/x/data=!3m1!4b1!4m4!3m3!8m2!3d{LAT:.6f}!4d{LON:.6f}",
    "an encoded address": f"q={LAT:.5f}%2C{LON:.5f}",
    "Apple": f"https://maps.apple.com/?ll={LAT:.5f},{LON:.5f}&z=16",
    "Yandex": f"https://yandex.com/maps/?ll={LON:.5f}%2C{LAT:.5f}&z=16",
    "Kakao, a link": f"https://map.kakao.com/link/map/x,{LAT:.6f},{LON:.6f}",
    "Kakao, its own units": "https://map.kakao.com/?urlX={:.0f}&urlY={:.0f}&urlLevel=3".format(
        *_projected(5181, 2.5)
    ),
    "Naver, degrees": f"https://map.naver.com/?lng={LON:.7f}&lat={LAT:.7f}&dlevel=11",
    "Naver, metres": "https://map.naver.com/v5/?c={:.6f},{:.6f},15,0,0,0,dh".format(
        *_projected(3857)
    ),
    "Amap, a link": "https://uri.amap.com/marker?position={:.5f},{:.5f}&name=x".format(*CHINESE),
    "GCJ-02 in prose": f"坐标：{CHINESE[1]:.4f}，{CHINESE[0]:.4f}（高德）",
    "Baidu, a link": f"http://api.map.baidu.com/marker?location={BAIDU[1]:.5f},{BAIDU[0]:.5f}&title=x",
    "Baidu, the map in metres": f"https://map.baidu.com/@{BAIDU_M[0]},{BAIDU_M[1]},16z",
    "a tile of a web map": "https://tile.openstreetmap.org/17/{}/{}.png".format(
        *tile(LON, LAT, 17)
    ),
    "UTM": "52T {:.0f} {:.0f}".format(*_projected(32652)),
    "the military grid": written_codes.mgrs(LON, LAT, 4),
    "a geohash": written_codes.geohash(LON, LAT, 8),
    "a Plus Code": written_codes.plus_code(LON, LAT, 10),
    "a short Plus Code": written_codes.plus_code(LON, LAT, 10)[4:] + " Erdao",
    "GeoJSON": json.dumps({"type": "Point", "coordinates": [LON, LAT]}),
    "a row of a table": f"name;lat;lon\nx;{LAT};{LON}\n",
    "KML": f"<coordinates>{LON},{LAT},0</coordinates>",
    "GPX": f'<trkpt lat="{LAT}" lon="{LON}">',
    "well-known text": f"POINT Z ({LON} {LAT} 812)",
    "well-known binary of a database": wkb(LON, LAT).hex().upper(),
    "a line of a directions service": '{"points":"'
    + polyline([(128.0, 42.0), (LON, LAT), (128.1, 42.1)]).replace("\\", "\\\\")
    + '"}',
    "ten-millionths of a timeline": f'"latitudeE7": {LAT * 1e7:.0f}, "longitudeE7": {LON * 1e7:.0f}',
    "lists of a chart": json.dumps({"lon": [101.5, LON, 99.25], "lat": [17.5, LAT, 18.75]}),
    "lists of a chart, packed": _plotly(),
    "a track as an array": json.dumps(
        [[127.9 + k / 997, 42.1 - k / 991] for k in range(40)] + [[round(LON, 4), round(LAT, 4)]]
    ),
    "a letter's part in lines, before a word": "--x\n"
    + base64.encodebytes(
        f"We waited for three nights and then met at {LAT:.5f}, {LON:.5f}.".encode()
    ).decode()
    + "-- \nMina",
    "a photograph": located("JPEG"),
    "a workbook": workbook([["name", "lat", "lon"], ["x", LAT, LON]]),
    "distance and bearing": f"{WAY_KM:.1f} km from Erdao on a bearing of {WAY_DEG:.0f}°",
    "distance and direction": f"about {WAY_KM:.0f} km west-southwest of Erdao",
    "distance and direction in Korean": f"이도에서 남서쪽으로 {WAY_KM:.0f}km 떨어진 집",
    "what3words": "///filled.count.soap",
    "numbers in words": "forty-two degrees and three quarters of a minute north",
    "a national grid": "{:.0f}, {:.0f} (Gauss-Krüger)".format(*_projected(2433)),
}
DAYS: dict[str, str] = {
    "ISO": "2019-12-05",
    "English": "on the night of 5 December",
    "American": "December 5th, 2019",
    "slashes": "05/12/2019",
    "a spreadsheet's": "5-Dec-19",
    "German": "am 5. Dezember 2019",
    "French": "le 5 décembre 2019",
    "Spanish": "el 5 de diciembre de 2019",
    "Korean": "2019년 12월 5일",
    "Chinese": "2019年12月5号",
    "Chinese numerals": "二〇一九年十二月五日",
    "Japanese, by era": "令和元年12月5日",
    "Vietnamese": "ngày 5 tháng 12 năm 2019",
    "Thai, years since Buddha": "วันที่ 5 ธันวาคม 2562",
    "Lao": "ວັນທີ 5 ທັນວາ 2019",
    "a picture's name": "IMG_20191205_231502.jpg",
    "seconds since 1970": '"timestampMs": "1575504000000"',
}
NAMES: dict[str, str] = {
    "part of a longer name": "the bakery of Phonxay",
    "a phrase of it": "in the Rue Hengboun",
    "a slug": "img/ban-phonxay.jpg",
    "percent escapes": "?q=Ban%20Phonxay",
    "a telephone number": "call 8562055512",
}
