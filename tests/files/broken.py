"""Broken KML, GeoPackage, Parquet, CSV and GeoJSON: cut, flipped, bombs, and lies about columns."""

from __future__ import annotations

import io
import json
import random
import sqlite3
import struct
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geo_events.output import save

if TYPE_CHECKING:
    from collections.abc import Iterator

POINT = b"\x01\x01\x00\x00\x00" + struct.pack("<dd", 1, 2)
NESTED_WKB = b"\x01\x07\x00\x00\x00\x01\x00\x00\x00" * 1_000_000 + POINT
COUNTLESS_WKB = b"\x01\x02\x00\x00\x00\xff\xff\xff\x7f" + struct.pack("<dd", 1, 2)
KML = "<kml><Placemark><Point><coordinates>{}</coordinates></Point></Placemark></kml>"
LAUGHS = "<!DOCTYPE kml [<!ENTITY a0 'ha'>{}]><kml><name>&a99;</name></kml>".format(
    "".join(f"<!ENTITY a{n + 1} '&a{n};&a{n};'>" for n in range(99))
)

WRONG_KML: dict[str, str | bytes] = {
    "empty": "",
    "no xml": "PK\x03\x04",
    "not closed": "<kml><Placemark>",
    "two roots": "<kml/><kml/>",
    "a web page": "<html><body/></html>",
    "a virtual dataset": "<OGRVRTDataSource><OGRVRTLayer name='a'/></OGRVRTDataSource>",
    "a billion laughs": LAUGHS,
    "an external entity": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><kml>&b;</kml>",
    "a remote document type": "<!DOCTYPE kml SYSTEM 'http://127.0.0.1/a.dtd'><kml/>",
    "a parameter entity": "<!DOCTYPE a [<!ENTITY % b SYSTEM 'file:///etc/passwd'> %b;]><kml/>",
    "an unknown entity": "<kml><name>&nbsp;</name></kml>",
    "nested without end": "<kml>" + "<Folder>" * 100_000,
    "multigeometries without end": "<kml><Placemark>" + "<MultiGeometry>" * 100_000,
    "an encoding that is none": "<?xml version='1.0' encoding='klingon'?><kml/>",
    "utf-16 that is none": b"\xff\xfe<kml/>",
    **{
        f"coordinates {text[:20]!r}": KML.format(text)
        for text in (
            *("", "1", "1,2,3,4", "a,b", "nan,nan", "inf,0", "1e999,0", "1,95", "1000,0", "1_0,2"),
            *(",", "1,", "1,2;3,4", "0x10,2", "١,٢", "1,2 3"),
        )
    },
    "a line of one position": "<kml><Placemark><LineString><coordinates>1,2</coordinates>"
    "</LineString></Placemark></kml>",
    "an area without a ring": "<kml><Placemark><Polygon/></Placemark></kml>",
    "an area of two positions": "<kml><Placemark><Polygon><outerBoundaryIs><LinearRing>"
    "<coordinates>0,0 1,1</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>",
}
WRONG_JSON: dict[str, str] = {
    "collections without end": '{"type":"Feature","properties":{},"geometry":'
    + '{"type":"GeometryCollection","geometries":[' * 200
    + "]}" * 200
    + "}",
    "a ring that is open": '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}',
    "a number for a feature": '{"type":"FeatureCollection","features":[5]}',
    "properties that are a list": '{"type":"Feature","properties":[],"geometry":null}',
    "no geometry": '{"type":"Feature","properties":{}}',
    "an unknown type": '{"type":"Feature","properties":{},"geometry":{"type":"Circle"}}',
    "truth values": '{"type":"Point","coordinates":[true,false]}',
    "five numbers": '{"type":"Point","coordinates":[1,2,3,4,5]}',
    "a latitude of 95": '{"type":"Point","coordinates":[1,95]}',
}
WRONG_CSV: dict[str, str | bytes] = {
    "empty": b"",
    "not utf-8": b"name\n\xff\n",
    "a million columns": "a," * 1_000_000 + "\n",
    "collections without end": "geometry\nPOINT (1 2)\n"
    + "GEOMETRYCOLLECTION (" * 1_000_000
    + "POINT (0 0)"
    + ")" * 1_000_000,
    "half a geometry": "geometry\nPOINT (1 2)\nPOINT (1\n",
    "more cells than columns": "a,b\n1,2\n1,2,3\n",
    "a quote that never ends": 'a,b\n1,"2\n' + "x\n" * 1000,
}


def as_bytes(content: str | bytes) -> bytes:
    """Bytes of a text."""
    return content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")


def wrong_files() -> Iterator[tuple[str, str, bytes]]:
    """What is wrong, the suffix, and the bytes; none of these can be read."""
    for suffix, table in ((".kml", WRONG_KML), (".json", WRONG_JSON), (".csv", WRONG_CSV)):
        for name, content in table.items():
            yield name, suffix, as_bytes(content)
    for name, content in wrong_parquets():
        yield name, ".parquet", content
    for name, content in wrong_geopackages():
        yield name, ".gpkg", content
    for suffix in (".gpkg", ".parquet"):
        for name in ("empty", "a virtual dataset", "nested without end"):
            yield name, suffix, as_bytes(WRONG_KML[name])


def wrong_parquets() -> Iterator[tuple[str, bytes]]:
    """Parquet that lies, or unfolds without end."""
    for name, cell in {
        "nested without end": NESTED_WKB,
        "countless positions": COUNTLESS_WKB,
        "no geometry": b"\x01",
        "a latitude of 95": shapely.to_wkb(shapely.Point(1, 95)),
        "NaN": b"\x01\x02\x00\x00\x00\x02\x00\x00\x00" + struct.pack("<4d", 0, 0, np.nan, 1),
    }.items():
        yield name, parquet({"geometry": [POINT, cell]}, geo())
    yield "texts for geometries", parquet({"geometry": ["POINT (1 2)"]}, geo())
    yield "numbers for geometries", parquet({"geometry": [1, 2]}, geo())
    yield "a geometry column that is not there", parquet({"a": [1]}, geo())
    yield (
        "another column is the primary one",
        parquet({"geometry": [POINT]}, geo(primary_column="b")),
    )
    yield "no columns", parquet({"geometry": [POINT]}, geo(columns={}))
    yield "columns that are a list", parquet({"geometry": [POINT]}, geo(columns=[]))
    yield "an encoding that is none", parquet({"geometry": [POINT]}, geo(encoding="SQL"))
    yield "a CRS that is none", parquet({"geometry": [POINT]}, geo(crs={"id": 5}))
    yield "metadata that is no JSON", parquet({"geometry": [POINT]}, b"{")
    yield "metadata that is a list", parquet({"geometry": [POINT]}, b"[]")
    yield "a hundred million rows in little", parquet({"a": np.zeros(100_000_000, "int8")}, None)


def geo(*, encoding: str = "WKB", crs: object = None, **changed: object) -> bytes:
    """The metadata of GeoParquet, with something changed."""
    column = {"encoding": encoding, "geometry_types": [], "crs": crs}
    whole = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    return json.dumps(whole | changed).encode()


def parquet(columns: dict, said: bytes | None) -> bytes:
    """A Parquet file of these columns."""
    table = pa.table(columns)
    buffer = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(said and {b"geo": said}), buffer)
    return buffer.getvalue()


def wrong_geopackages() -> Iterator[tuple[str, bytes]]:
    """GeoPackages whose tables lie."""
    header = b"GP\x00\x01\xe6\x10\x00\x00"
    for name, blob in {
        "nested without end": header + NESTED_WKB,
        "countless positions": header + COUNTLESS_WKB,
        "no magic": b"XX\x00\x01\xe6\x10\x00\x00" + POINT,
        "an envelope that is none": b"GP\x00\x0b\xe6\x10\x00\x00" + POINT,
        "an extended geometry": b"GP\x00\x21\xe6\x10\x00\x00" + POINT,
        "a header alone": header,
        "a text": "POINT (1 2)",
        "a latitude of 95": header + shapely.to_wkb(shapely.Point(1, 95)),
    }.items():
        yield name, geopackage("UPDATE a SET geom = ?", blob)
    yield "no contents", geopackage("DROP TABLE gpkg_contents")
    yield "no geometry columns", geopackage("DROP TABLE gpkg_geometry_columns")
    yield "another CRS", geopackage("UPDATE gpkg_geometry_columns SET srs_id = 3857")
    yield (
        "contents of a virtual table",
        geopackage(
            "CREATE VIRTUAL TABLE gpkg_contents USING rtree(a, b, c)",
            first="DROP TABLE gpkg_contents",
        ),
    )
    yield "a plain database", geopackage("DROP TABLE gpkg_contents")[:4096]


def geopackage(sql: str, *values: object, first: str = "SELECT 1") -> bytes:
    """A GeoPackage of one point in the layer "a", changed by SQL; triggers are taken out."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(whole_files()[".gpkg"])
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(first)
        connection.execute(sql, values)
        connection.commit()
        return connection.serialize()


@cache
def whole_files() -> dict[str, bytes]:
    """A whole file of each format."""
    columns = {"name": ["Ош", None], "n": [1, 2], "x": [0.5, None], "begin": ["2015-10-07", None]}
    points = [shapely.Point(1, 2), shapely.Point(3, 4)]
    frame = gpd.GeoDataFrame(columns, geometry=points, crs=4326)
    with tempfile.TemporaryDirectory() as folder:
        return {
            suffix: save(
                {"a": frame} if suffix == ".gpkg" else frame, Path(folder) / f"a{suffix}"
            ).read_bytes()
            for suffix in (".geojson", ".kml", ".gpkg", ".parquet", ".csv")
        }


def damaged(suffix: str) -> Iterator[bytes]:
    """A whole file cut, with bytes flipped, with stretches blanked, and with pieces doubled."""
    whole, chance = whole_files()[suffix], random.Random(7)  # noqa: S311 - no secret
    for _ in range(40):
        yield whole[: chance.randrange(len(whole))]
    for _ in range(120):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 1, 3, 10))):
            content[chance.randrange(len(whole))] = chance.randrange(256)
        yield bytes(content)
    for _ in range(40):
        content, start = bytearray(whole), chance.randrange(len(whole))
        end = min(len(whole), start + chance.randrange(1, 200))
        content[start:end] = bytes(end - start)
        yield bytes(content)
        yield whole[:end] + whole[start:]
