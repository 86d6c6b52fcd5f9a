"""Broken GeoJSON, made by breaking a whole one in every way that we could think of."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
WHOLE = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {
                "name": "R-1",
                "begin": "2022-02-24T04:00Z",
                "end": "2022-03-01T00:00+03:00",
                "lower": "GND",
                "upper": "FL195",
            },
            "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
        }
    ],
}
TEXT = json.dumps(WHOLE)

# Where a wrong value is put, and which of the junk values are right there after all.
SLOTS: dict[str, tuple[list, set[str]]] = {
    "type": (["type"], set()),
    "features": (["features"], {"empty list"}),
    "feature": (["features", 0], set()),
    "feature type": (["features", 0, "type"], set()),
    "properties": (["features", 0, "properties"], {"null", "empty object"}),
    "begin": (["features", 0, "properties", "begin"], {"null", "empty text"}),
    "lower": (["features", 0, "properties", "lower"], {"null", "empty text"}),
    "geometry": (["features", 0, "geometry"], set()),
    "kind": (["features", 0, "geometry", "type"], set()),
    "rings": (["features", 0, "geometry", "coordinates"], set()),
    "ring": (["features", 0, "geometry", "coordinates", 0], set()),
    "position": (["features", 0, "geometry", "coordinates", 0, 1], set()),
    "longitude": (["features", 0, "geometry", "coordinates", 0, 1, 0], {"0", "small"}),
    "latitude": (["features", 0, "geometry", "coordinates", 0, 1, 1], {"0", "small"}),
}
JUNK: dict[str, object] = {
    "null": None,
    "true": True,
    "0": 0,
    "small": -0.5,
    "text": "x",
    "empty text": "",
    "empty list": [],
    "empty object": {},
    "list of null": [None],
    "list of lists": [[]],
    "deep": [[[[[[0]]]]]],
    "NaN": float("nan"),
    "Infinity": float("inf"),
    "-Infinity": float("-inf"),
    "huge": 1e308,
    "huge whole number": 10**400,
}

TEXTS: dict[str, bytes] = {
    "empty file": b"",
    "blanks": b"  \n\t ",
    "byte order mark alone": b"\xef\xbb\xbf",
    "nul bytes": bytes(1000),
    "utf-16": TEXT.encode("utf-16"),
    "gzip": b"\x1f\x8b\x08\x00" + bytes(60),
    "zip": b"PK\x03\x04" + bytes(60),
    "sqlite": b"SQLite format 3\x00" + bytes(100),
    "kml": b"<?xml version='1.0'?><kml><Document/></kml>",
    "disguised vrt": b"<OGRVRTDataSource><OGRVRTLayer name='p'><SrcDataSource>/etc/passwd"
    b"</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
    "remote vrt": b"<OGRVRTDataSource><OGRVRTLayer name='p'><SrcDataSource>"
    b"/vsicurl/http://127.0.0.1/a.geojson</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
    "web page": b"<!doctype html><title>404</title>",
    "two documents": (TEXT + TEXT).encode(),
    "json lines": (TEXT + "\n" + TEXT).encode(),
    "single quotes": TEXT.replace('"', "'").encode(),
    "trailing comma": TEXT.replace("]}", ",]}", 1).encode(),
    "deep arrays": b"[" * 100_000,
    "deep arrays, closed": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "deep coordinates": TEXT.replace(json.dumps(SQUARE), "[" * 50_000 + "]" * 50_000).encode(),
    "number of 5,000 digits": TEXT.replace("[1, 0]", f"[{'9' * 5000}, 0]").encode(),
    "1e999": TEXT.replace("[1, 0]", "[1e999, 0]").encode(),
    "list at the top": b"[]",
    "number at the top": b"5",
    "text at the top": b'"FeatureCollection"',
    "null at the top": b"null",
    "empty object": b"{}",
    "topology": b'{"type":"Topology","objects":{},"arcs":[]}',
    "esri json": b'{"geometryType":"esriGeometryPolygon","features":[]}',
}

RINGS: dict[str, list] = {
    "two positions": [[[0, 0], [1, 1]]],
    "one position": [[[0, 0]]],
    "three times the same": [[[0, 0], [0, 0], [0, 0], [0, 0]]],
    "all on one line": [[[0, 0], [1, 1], [2, 2], [0, 0]]],
    "there and back": [[[0, 0], [1, 0], [0, 0], [1, 0], [0, 0]]],
    "latitude and longitude swapped": [[[39, 100], [40, 100], [40, 101], [39, 100]]],
    "latitude 95": [[[0, 94], [1, 95], [1, 94], [0, 94]]],
    "longitude 1e9": [[[1e9, 0], [1, 0], [1, 1], [1e9, 0]]],
    "longitude 361": [[[361, 0], [361.5, 0], [361, 1], [361, 0]]],
    "metres": [[[4342000, 4290000], [4343000, 4290000], [4343000, 4291000]]],
    "positions of one number": [[[0], [1], [2], [0]]],
    "positions of nine numbers": [[[0] * 9, [1] * 9, [2] * 9, [0] * 9]],
    "positions of text": [[["0", "0"], ["1", "0"], ["1", "1"], ["0", "0"]]],
    "positions as objects": [[{"lon": 0, "lat": 0}, {"lon": 1, "lat": 0}, {"lon": 1, "lat": 1}]],
    "numbers without brackets": [[0, 0, 1, 0, 1, 1, 0, 0]],
    "truth values": [[[True, False], [False, True], [True, True], [True, False]]],
    "an empty hole": [SQUARE, []],
    "a hole of two positions": [SQUARE, [[0.1, 0.1], [0.2, 0.2]]],
    "a ring too few brackets": SQUARE,
    "crossing itself 20,000 times": [[[i * 37 % 101 / 9, i * 53 % 97 / 9] for i in range(400)]],
}
PROPERTIES: dict[str, dict[str, object]] = {
    "begin without a zone": {"begin": "2022-02-24T04:00"},
    "begin as a date": {"begin": "2022-02-24"},
    "begin as a number": {"begin": 1645675200},
    "begin in words": {"begin": "tomorrow at noon, or so"},
    "begin with month 13": {"begin": "2022-13-01T00:00Z"},
    "begin in the year 99999": {"begin": "99999-01-01T00:00Z"},
    "begin of 1,000,000 characters": {"begin": "2" * 1_000_000},
    "ends before it begins": {"begin": "2022-03-02T00:00Z"},
    "upper without a unit": {"upper": "195"},
    "upper as a number": {"upper": 19500},
    "upper in an unknown unit": {"upper": "12 parsecs"},
    "lower above upper": {"lower": "FL300"},
    "lower as a list": {"lower": ["GND"]},
    "lower is NaN in words": {"lower": "NaN m"},
}
GEOMETRIES: dict[str, object] = {
    "a point": {"type": "Point", "coordinates": [0, 0]},
    "a line": {"type": "LineString", "coordinates": SQUARE},
    "points": {"type": "MultiPoint", "coordinates": SQUARE},
    "a collection": {"type": "GeometryCollection", "geometries": []},
    "an empty multipolygon": {"type": "MultiPolygon", "coordinates": []},
    "a multipolygon of nothing": {"type": "MultiPolygon", "coordinates": [[], []]},
    "a multipolygon a bracket short": {"type": "MultiPolygon", "coordinates": [SQUARE]},
    "a polygon a bracket too many": {"type": "Polygon", "coordinates": [[SQUARE]]},
    "no coordinates": {"type": "Polygon"},
    "the type in lower case": {"type": "polygon", "coordinates": [SQUARE]},
    "arcs": {"type": "Polygon", "arcs": [[0]]},
}
CRSES: dict[str, object] = {
    "web mercator": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}},
    "a text": "EPSG:4326",
    "a link": {"type": "link", "properties": {"href": "http://example.org/crs"}},
    "no name": {"type": "name", "properties": {}},
    "a list": [4326],
}


def with_value(path: list, value: object) -> dict:
    """The whole document with one value put in another's place."""
    document = copy.deepcopy(WHOLE)
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return document


def without(path: list) -> dict:
    """The whole document with one member left out."""
    document = copy.deepcopy(WHOLE)
    place = document
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return document


def cases() -> list[tuple[str, bytes]]:
    """All broken files: what is wrong, and the bytes."""
    documents = [(name, json.dumps(document).encode()) for name, document in wrong_documents()]
    return [*TEXTS.items(), *damaged_texts(), *documents]


def damaged_texts() -> Iterator[tuple[str, bytes]]:
    """A whole file cut short, and one with a byte that is no UTF-8."""
    for cut in range(1, len(TEXT) - 1, len(TEXT) // 30):
        yield f"cut after {cut} characters", TEXT[:cut].encode()
    for place in range(0, len(TEXT), len(TEXT) // 20):
        broken = bytearray(TEXT.encode())
        broken[place] = 0xFF
        yield f"byte {place} is 0xff", bytes(broken)


def wrong_documents() -> Iterator[tuple[str, dict]]:
    """Sound JSON that says something wrong."""
    for slot, (path, allowed) in SLOTS.items():
        for name, value in JUNK.items():
            if name not in allowed:
                yield f"{slot}: {name}", with_value(path, value)
    geometry = ["features", 0, "geometry"]
    for name, rings in RINGS.items():
        yield name, with_value([*geometry, "coordinates"], rings)
    for name, shape in GEOMETRIES.items():
        yield name, with_value(geometry, shape)
    for name, changed in PROPERTIES.items():
        properties = WHOLE["features"][0]["properties"] | changed
        yield name, with_value(["features", 0, "properties"], properties)
    for name, crs in CRSES.items():
        yield f"crs: {name}", WHOLE | {"crs": crs}
    for path in (["type"], ["features"], ["features", 0, "type"], geometry, [*geometry, "type"]):
        yield f"without {path[-1]}, {len(path)} deep", without(path)
