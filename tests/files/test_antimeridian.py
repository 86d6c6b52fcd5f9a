"""Two lines over ±180° in every format: whole, in pieces that meet it, and read back whole."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from lxml import etree

import geo_events as ge
from geo_events.files.frames import join_antimeridian
from geo_events.files.reading import read_frames

# From where to where; by hand: where each piece begins and ends in longitude.
WAYS = {
    "Pyongyang to the middle of the Pacific": (
        (39.03, 125.75),
        (30.0, -150.0),
        [(125.75, 180.0), (-180.0, -150.0)],
    ),
    "Anchorage to Vladivostok": (
        (61.22, -149.9),
        (43.12, 131.9),
        [(-149.9, -180.0), (180.0, 131.9)],
    ),
    "Vladivostok to Anchorage": (
        (43.12, 131.9),
        (61.22, -149.9),
        [(131.9, 180.0), (-180.0, -149.9)],
    ),
}


@pytest.fixture(scope="module", params=WAYS)
def way(request):
    """A corridor over ±180°, its pieces by hand, and where GeographicLib meets ±180°."""
    start, end, pieces = WAYS[request.param]
    origin, target = (ge.LonLat(lon=lon, lat=lat) for lat, lon in (start, end))
    return ge.make_corridor(origin, target), pieces, latitude_at_180(start, end)


def latitude_at_180(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Walk along the geodesic with GeographicLib and halve the way to ±180°."""
    line = Geodesic.WGS84.InverseLine(*start, *end)
    side = np.sign(start[1])
    low, high = 0.0, line.s13
    for _ in range(60):
        middle = (low + high) / 2
        crossed = np.sign(line.Position(middle)["lon2"]) != side
        low, high = (low, middle) if crossed else (middle, high)
    return line.Position(low)["lat2"]


def assert_pieces(parts, pieces, latitude) -> None:
    """The parts begin and end where the pieces do, and meet ±180° at the same latitude."""
    ends = [(part.coords[0][0], part.coords[-1][0]) for part in parts]
    assert ends == [pytest.approx(piece, abs=1e-6) for piece in pieces]
    meeting = [parts[0].coords[-1][1], parts[1].coords[0][1]]
    assert meeting[0] == meeting[1]
    assert meeting[0] == pytest.approx(latitude, abs=1e-3)  # the track is drawn to 50 m
    for part in parts:
        lon = np.array(part.coords)[:, 0]
        assert (np.abs(np.diff(lon)) < 90).all(), "no edge runs round the Earth"


def test_geojson(way, tmp_path) -> None:
    """RFC 7946, 3.1.9: a MultiLineString of two parts."""
    corridor, pieces, latitude = way
    features = json.loads(ge.save(corridor, tmp_path / "a.geojson").read_text("utf-8"))["features"]
    (track,) = [one for one in features if one["properties"].get("part") == "track"]
    assert track["geometry"]["type"] == "MultiLineString"
    parts = [shapely.LineString(part) for part in track["geometry"]["coordinates"]]
    assert_pieces(parts, pieces, latitude)


def test_kml(way, tmp_path) -> None:
    """A MultiGeometry of two lines."""
    corridor, pieces, latitude = way
    root = etree.parse(ge.save(corridor, tmp_path / "a.kml")).getroot()
    folder = root.find(".//{*}Folder")  # the first: the parts of the corridor
    found = folder.findall(".//{*}MultiGeometry")
    texts = [[line.text.split() for line in one.iter("{*}coordinates")] for one in found]
    (track,) = [lines for lines in texts if len(lines) == 2 and len(lines[0]) > 2]
    parts = [
        shapely.LineString([[float(n) for n in point.split(",")] for point in line])
        for line in track
    ]
    assert_pieces(parts, pieces, latitude)


def test_geopackage(way, tmp_path) -> None:
    """GDAL finds a MultiLineString of two parts."""
    corridor, pieces, latitude = way
    file = ge.save(corridor, tmp_path / "a.gpkg")
    lines = gpd.read_file(file, layer="corridors_lines")
    (track,) = lines.geometry
    assert_pieces(list(track.geoms), pieces, latitude)


@pytest.mark.parametrize("suffix", [".geojson", ".kml", ".gpkg", ".parquet", ".csv"])
def test_read_back_and_joined_it_is_the_same_line(way, suffix, tmp_path) -> None:
    """Joined at ±180° the line has its length again: nothing is lost, nothing is added."""
    corridor, _, _ = way
    frame = corridor.to_gdf()
    file = ge.save(frame[frame["part"] == "track"], tmp_path / f"a{suffix}")
    (back,) = read_frames(file).values()
    whole = join_antimeridian(back.geometry.iloc[0])
    assert whole.geom_type == "LineString"
    lon, lat = np.array(whole.coords).T
    length_km = gpd.GeoSeries([whole], crs=4326).crs.get_geod().line_length(lon, lat) / 1000
    assert length_km == pytest.approx(corridor.length_km, rel=1e-6)


def test_an_area_over_180_is_two_areas(tmp_path) -> None:
    """A square from 175° to 185° becomes two halves, on either side."""
    square = gpd.GeoDataFrame(geometry=[shapely.box(175, -5, 185, 5)], crs=4326)
    for suffix in (".geojson", ".kml", ".gpkg", ".parquet", ".csv"):
        (back,) = read_frames(ge.save(square, tmp_path / f"a{suffix}")).values()
        bounds = sorted(part.bounds for part in back.geometry.iloc[0].geoms)
        assert bounds == [(-180, -5, -175, 5), (175, -5, 180, 5)]
