"""The user's own areas: what is read, what is mended, what is refused."""

from __future__ import annotations

import json
import math
import os

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from files.malformed import SQUARE, WHOLE, cases

from geo_events.errors import FrameError, GeoEventsError, GeoEventsWarning, InvalidInputError
from geo_events.files.areas import read_territories
from geo_events.files.geopackage import write_gpkg

CASES = dict(cases())
COLUMNS = ["name", "begin", "end", "lower", "upper", "geometry"]


@pytest.fixture
def write(tmp_path):
    """Write a document, text or bytes to a file and give its path."""

    def write(content, name: str = "areas.geojson"):
        path = tmp_path / name
        if not isinstance(content, bytes | str):
            content = json.dumps(content)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def polygon(*rings, **properties) -> dict:
    geometry = {"type": "Polygon", "coordinates": list(rings)}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features) -> dict:
    return {"type": "FeatureCollection", "features": list(features)}


def test_there_are_150_kinds_of_broken_files() -> None:
    """The cases below are many, and each is named once."""
    names = [name for name, _ in cases()]
    assert len(names) == len(set(names)) >= 150


@pytest.mark.timeout(20)  # so that a hang is a failure; the time taken is measured elsewhere
@pytest.mark.parametrize("content", CASES.values(), ids=CASES)
def test_a_broken_file_is_one_clear_error(content, write) -> None:
    """Whatever is wrong with a file, the error is one of ours and names the file or the row."""
    path = write(content)
    with pytest.raises(InvalidInputError) as caught:
        read_territories(path)
    message = str(caught.value)
    assert "areas.geojson" in message
    assert len(message) < 1500
    assert message.isprintable()


def test_a_whole_file_is_read(write) -> None:
    """Name, times in UTC, heights in metres (FL195 is 19,500 ft of 0.3048 m), the polygon."""
    areas = read_territories(write(WHOLE))
    assert list(areas.columns) == COLUMNS
    assert areas.crs.to_epsg() == 4326
    row = areas.iloc[0]
    assert row["name"] == "R-1"
    assert row.begin == pd.Timestamp("2022-02-24T04:00Z")
    assert row.end == pd.Timestamp("2022-02-28T21:00Z")
    assert row.lower == -math.inf
    assert row.upper == pytest.approx(5943.6)
    assert row.geometry.equals(shapely.box(0, 0, 1, 1))


def test_an_empty_collection_has_the_same_columns_and_types(write) -> None:
    """No areas: the same columns with the same types."""
    empty, whole = read_territories(write(collection())), read_territories(write(WHOLE, "b.json"))
    assert list(empty.columns) == COLUMNS
    assert len(empty) == 0
    assert empty.dtypes.equals(whole.dtypes)


def test_what_is_not_given_has_no_limit(write) -> None:
    """Without times and heights an area always holds, at all heights; it gets a number as name."""
    row = read_territories(write(collection(polygon(SQUARE), polygon(SQUARE)))).iloc[1]
    assert row["name"] == "area 1"
    assert row[["begin", "end"]].isna().all()
    assert (row.lower, row.upper) == (-math.inf, math.inf)


def test_other_properties_are_kept(write) -> None:
    """Nothing that the file says is lost: other members become columns behind ours."""
    feature = polygon(SQUARE, name="a", icao="LTAA", parts=[1, 2])
    areas = read_territories(write(collection(feature, polygon(SQUARE))))
    assert list(areas.columns) == [*COLUMNS, "icao", "parts"]
    assert areas["icao"].tolist() == ["LTAA", None]
    assert areas["parts"][0] == "[1, 2]"


def test_names_lose_control_characters(write) -> None:
    """A name that would move a terminal's cursor, or turn its writing round, is made harmless."""
    areas = read_territories(write(collection(polygon(SQUARE, name="a\x1b[2Jb\u202ec"))))
    assert areas["name"][0] == "a [2Jb c"


def test_an_open_ring_is_closed_with_a_warning(write) -> None:
    """A ring that misses its last position is closed, and the row is named."""
    with pytest.warns(GeoEventsWarning, match=r"area 0 \(a\): closed an open ring"):
        areas = read_territories(write(collection(polygon(SQUARE[:-1], name="a"))))
    assert areas.geometry[0].equals(shapely.box(0, 0, 1, 1))


def test_a_ring_that_crosses_itself_is_repaired_with_a_warning(write) -> None:
    """A bow tie becomes its two triangles, each of base 2 and height 1."""
    bow = [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]
    with pytest.warns(GeoEventsWarning, match="repaired an invalid polygon"):
        areas = read_territories(write(collection(polygon(bow))))
    assert areas.geometry[0].is_valid
    assert areas.geometry[0].area == pytest.approx(2)


def test_edges_that_jump_over_180_are_cut_with_a_warning(write) -> None:
    """From 170 to -170 the short way: two parts of 10° by 10°."""
    ring = [[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]]
    with pytest.warns(GeoEventsWarning, match="cut at ±180°"):
        areas = read_territories(write(collection(polygon(ring))))
    assert areas.geometry[0].area == pytest.approx(200)
    assert areas.total_bounds.tolist() == [-180, 0, 180, 10]


def test_longitudes_beyond_180_are_cut_without_a_warning(write) -> None:
    """From 170 to 190 nothing is in doubt."""
    ring = [[170, 0], [190, 0], [190, 10], [170, 10], [170, 0]]
    areas = read_territories(write(collection(polygon(ring))))
    assert areas.geometry[0].area == pytest.approx(200)


def test_all_faulty_rows_are_told_at_once(write) -> None:
    """Three areas, two faulty: the error lists both by their row, and nothing is read."""
    bad = polygon([[0, 94], [1, 95], [1, 94], [0, 94]])
    with pytest.raises(FrameError) as caught:
        read_territories(write(collection(bad, polygon(SQUARE), bad)))
    assert [row for row, _ in caught.value.faults] == [0, 2]


@pytest.mark.parametrize("kind", ["Feature", "Polygon", "MultiPolygon"])
def test_a_single_area_needs_no_collection(kind, write) -> None:
    """A feature or a bare geometry is a file of one area."""
    geometry = {"type": kind, "coordinates": [SQUARE] if kind == "Polygon" else [[SQUARE]]}
    areas = read_territories(write(polygon(SQUARE) if kind == "Feature" else geometry))
    assert areas.geometry[0].area == pytest.approx(1)


def test_a_byte_order_mark_is_no_fault(write) -> None:
    """Windows programs put one at the start."""
    assert len(read_territories(write(b"\xef\xbb\xbf" + json.dumps(WHOLE).encode()))) == 1


def test_crs84_may_be_declared(write) -> None:
    """The old crs member is fine where it says longitude and latitude."""
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert len(read_territories(write(WHOLE | {"crs": crs}))) == 1


NAMES = [
    "/vsicurl/http://127.0.0.1/a.geojson",
    "/vsizip//tmp/a.zip/a.geojson",
    "/VSIMEM/a.geojson",
    "/vsistdin/",
    "/vsitar/a.tar",
    "/vsigzip/a.gz",
    "/vsis3/bucket/a.geojson",
    "/vsisubfile/0_10,/etc/passwd",
    "http://127.0.0.1/a.geojson",
    "https://127.0.0.1/a.geojson",
    "HTTPS://127.0.0.1/a.geojson",
    "http:/127.0.0.1/a.geojson",
    "ftp://127.0.0.1/a.geojson",
    "file:///etc/passwd",
    "file:/etc/passwd",
    "s3://bucket/a.geojson",
    "gs://bucket/a.geojson",
    "zip://a.zip!a.geojson",
    "zip+https://127.0.0.1/a.zip",
    "jdbc:sqlite://a",
    "data:application/json,{}",
    "a.geojson\0.txt",
    "no-such-file.geojson",
    ".",
    "/",
    "/dev/zero",
    "/dev/null",
    "/etc/passwd",
    "/proc/self/environ",
    "x" * 5000 + ".geojson",
    '{"type":"FeatureCollection","features":[]}',
]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", NAMES, ids=[name[:40].replace("\0", "0") for name in NAMES])
def test_a_name_that_is_no_local_areas_file_is_refused(name) -> None:
    """Remote and virtual names, devices, folders and other files are refused, not opened."""
    with pytest.raises(InvalidInputError):
        read_territories(name)


def test_a_link_out_of_its_folder_is_refused(write, tmp_path) -> None:
    """A link in a downloaded folder cannot make us read a file elsewhere."""
    elsewhere = write(WHOLE)
    folder = tmp_path / "downloaded"
    folder.mkdir()
    link = folder / "areas.geojson"
    link.symlink_to(elsewhere)
    with pytest.raises(InvalidInputError, match="outside its folder"):
        read_territories(link)


def test_a_link_within_its_folder_is_fine(write) -> None:
    """A link to a neighbour leads nowhere else."""
    file = write(WHOLE)
    link = file.with_name("link.geojson")
    link.symlink_to(file)
    assert len(read_territories(link)) == 1


@pytest.mark.timeout(20)
def test_a_pipe_is_refused(tmp_path) -> None:
    """A named pipe would wait for ever."""
    os.mkfifo(tmp_path / "a.geojson")
    with pytest.raises(InvalidInputError, match="regular file"):
        read_territories(tmp_path / "a.geojson")


def test_a_file_that_is_too_large_is_refused(tmp_path) -> None:
    """More than 64 MiB are not read; the file here has a hole and takes no room."""
    path = tmp_path / "a.geojson"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(InvalidInputError, match="at most"):
        read_territories(path)


@pytest.mark.parametrize("suffix", [".fgb", ".kmz", ".vrt", ".shp", ".zip", ".csv", ""])
def test_another_format_needs_its_drivers_name(suffix, write) -> None:
    """What is not called GeoJSON is not guessed at."""
    with pytest.raises(InvalidInputError, match="name its driver"):
        read_territories(write(WHOLE, f"a{suffix}"))


def test_a_geopackage_is_read_under_its_name(tmp_path) -> None:
    """With the driver named, the same checks give the same frame."""
    frame = gpd.GeoDataFrame(
        {"name": ["R-1"], "upper": ["FL100"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=4326
    )
    file = write_gpkg({"areas": frame}, tmp_path / "a.gpkg")
    areas = read_territories(file, driver="GPKG")
    assert list(areas.columns) == COLUMNS
    assert areas["upper"][0] == pytest.approx(3048)


@pytest.mark.parametrize("driver", ["GPKG", "FlatGeobuf"])
def test_a_disguised_file_is_refused(driver, write) -> None:
    """A virtual dataset under another name would make GDAL open other files."""
    vrt = b"<OGRVRTDataSource><OGRVRTLayer name='a'/></OGRVRTDataSource>"
    with pytest.raises(InvalidInputError, match="whatever its name says"):
        read_territories(write(vrt, "a.gpkg"), driver=driver)


@pytest.mark.parametrize("driver", ["GPKG", "FlatGeobuf"])
def test_a_damaged_file_is_refused(driver, write) -> None:
    """The right first bytes and rubbish after them: our error, not GDAL's."""
    start = b"SQLite format 3\x00" if driver == "GPKG" else b"fgb\x03fgb\x00"
    with pytest.raises(GeoEventsError):
        read_territories(write(start + bytes(range(256)) * 8, "a.gpkg"), driver=driver)


@pytest.mark.parametrize("driver", ["OGR_VRT", "LIBKML", "GeoJSON", "CSV", "", 3])
def test_an_unknown_driver_is_refused(driver, write) -> None:
    """Only formats that refer to no other file are taken."""
    with pytest.raises(InvalidInputError, match="driver: expected one of"):
        read_territories(write(WHOLE), driver=driver)
