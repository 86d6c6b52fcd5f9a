"""Where points lie: in either view, in bulk, with distances, and with clear errors."""

from __future__ import annotations

import csv
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo_events.atlas.cells import build_cell_index, find_holders
from geo_events.atlas.distances import build_line_indexes, measure_line_distance
from geo_events.atlas.locate import locate
from geo_events.atlas.territories import load_pieces
from geo_events.errors import FrameError, InvalidCoordinateError, InvalidInputError
from geo_events.geodesy.ellipsoid import to_ecef
from geo_events.values import LonLat

POINTS = list(
    csv.DictReader(
        (Path(__file__).parent / "political_points.csv").read_text(encoding="utf-8").splitlines()
    )
)


def _frame() -> pd.DataFrame:
    table = pd.DataFrame(POINTS)
    return table.astype({"lon": float, "lat": float})


@pytest.fixture(scope="module")
def de_facto() -> gpd.GeoDataFrame:
    """The political points, de facto."""
    return locate(_frame())


@pytest.fixture(scope="module")
def recognised() -> gpd.GeoDataFrame:
    """The political points, recognised."""
    return locate(_frame(), view="recognised")


def test_there_are_enough_political_points() -> None:
    """The list keeps its size."""
    assert len(POINTS) >= 120


@pytest.mark.parametrize("row", range(len(POINTS)), ids=[point["name"] for point in POINTS])
def test_political_points(
    row: int, de_facto: gpd.GeoDataFrame, recognised: gpd.GeoDataFrame
) -> None:
    """Each view gives the owner that its published maps show."""
    point = POINTS[row]
    assert de_facto["territory"][row] == point["de_facto"]
    assert recognised["territory"][row] == point["recognised"]
    other = point["recognised"] if point["recognised"] != point["de_facto"] else ""
    assert de_facto["other_view"][row] == other


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Simferopol", "Ukraine"),
        ("Kyrenia", "Northern Cyprus"),
        ("Hargeisa", "Somaliland"),
        ("Smara", "Morocco"),
        ("Tifariti", "Morocco"),
        ("Golan Katzrin", "497"),
        ("Srinagar", "Pakistan"),
        ("Gilgit", "India"),
        ("Siachen", "Pakistan"),
        ("Aksai Chin", "India"),
        ("Tawang", "China"),
        ("Kunashir", "Japan"),
        ("Halaib", "Sudan"),
        ("Abyei", "South Sudan"),
        ("Tskhinvali", "South Ossetia"),
        ("Sukhumi", "Abkhazia"),
        ("Tiraspol", "Transnistria"),
        ("Pristina", "Serbia"),
        ("Taipei", "People's Republic"),
        ("Donetsk", "Russia"),
        ("Gaza City", "Palestine"),
        ("Ceuta", "Morocco"),
        ("Gibraltar", "Spain"),
        ("Stanley", "Argentina"),
        ("Essequibo Lethem", "Venezuela"),
        ("Guantanamo base", "Cuba"),
        ("Bir Tawil", "no state"),
        ("South Pole", "Antarctic Treaty"),
    ],
)
def test_contested_areas_say_so(name: str, word: str, de_facto: gpd.GeoDataFrame) -> None:
    """A contested point names who contests it, also where both views agree."""
    row = next(k for k, point in enumerate(POINTS) if point["name"] == name)
    assert word in de_facto["contested"][row]


@pytest.mark.parametrize("name", ["Damascus", "Tbilisi", "Yerevan", "Belgrade", "Stepanakert"])
def test_uncontested_points_have_no_note(name: str, de_facto: gpd.GeoDataFrame) -> None:
    """Nobody on the list contests these."""
    row = next(k for k, point in enumerate(POINTS) if point["name"] == name)
    assert de_facto["contested"][row] == ""


@pytest.mark.parametrize(
    ("lon", "lat", "region"),
    [
        (39.01, 35.95, "region:SY-RA"),
        (37.62, 55.75, "region:RU-MOW"),
        (-118.24, 34.05, "region:US-CA"),
        (2.35, 48.86, "region:FR-75"),
        (47.50, 42.98, "region:RU-DA"),
    ],
    ids=["Raqqa", "Moscow", "Los Angeles", "Paris", "Makhachkala"],
)
def test_regions(lon: float, lat: float, region: str) -> None:
    """Cities lie in their ISO 3166-2 region."""
    assert locate([LonLat(lon=lon, lat=lat)])["region"][0] == region


def test_lakes_are_named() -> None:
    """A point in a lake has the lake, beside its country."""
    found = locate([LonLat(lon=107.7, lat=53.2), LonLat(lon=42.9, lat=38.6)])
    assert found["lake_name"].tolist() == ["Lake Baikal", "Lake Van"]
    assert found["territory"].tolist() == ["country:RUS", "country:TUR"]


def test_seas_have_their_parent() -> None:
    """The Aegean is part of the Mediterranean."""
    assert locate([LonLat(lon=25.0, lat=38.8)])["parent"][0] == "sea:mediterranean-sea"


def test_the_callers_index_is_kept_and_nothing_is_changed() -> None:
    """The answer has the caller's index; the input stays as it was."""
    frame = gpd.GeoDataFrame(
        {"a": [1, 2]}, geometry=gpd.points_from_xy([39.0, 50.5], [36.0, 42.0]),
        index=["x", "y"], crs="EPSG:4326",
    )  # fmt: skip
    before = frame.copy()
    found = locate(frame)
    assert found.index.tolist() == ["x", "y"]
    pd.testing.assert_frame_equal(frame, before)


def test_other_coordinate_systems_are_understood() -> None:
    """A frame in Web Mercator is brought to degrees."""
    frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy([39.0], [36.0]), crs="EPSG:4326")
    assert locate(frame.to_crs("EPSG:3857"))["territory"].tolist() == ["country:SYR"]


@pytest.mark.parametrize("distances", [False, True])
def test_no_points_give_an_empty_frame_with_all_columns(*, distances: bool) -> None:
    """Empty in, empty out, with the same columns."""
    empty = gpd.GeoDataFrame(geometry=gpd.GeoSeries([], crs="EPSG:4326"))
    some = locate([LonLat(lon=0.0, lat=0.0)], distances=distances)
    found = locate(empty, distances=distances)
    assert len(found) == 0
    assert list(found.columns) == list(some.columns)


def test_a_bare_pair_is_refused() -> None:
    """The order of two numbers cannot be known."""
    with pytest.raises(InvalidInputError, match="bare pair"):
        locate((35.95, 39.01))


def test_lines_are_refused_with_their_rows() -> None:
    """A geometry that is no point is named."""
    shapes = gpd.GeoSeries(
        [shapely.Point(0, 0), shapely.LineString([(0, 0), (1, 1)])], index=["a", "b"], crs=4326
    )
    with pytest.raises(FrameError, match="row 'b'"):
        locate(shapes)


def test_coordinates_out_of_range_are_refused() -> None:
    """A latitude of 95 degrees is told."""
    with pytest.raises(InvalidCoordinateError, match="95"):
        locate(pd.DataFrame({"lon": [10.0], "lat": [95.0]}))


def test_a_table_without_coordinates_is_refused() -> None:
    """The message says which columns were expected."""
    with pytest.raises(FrameError, match="'lon' and 'lat'"):
        locate(pd.DataFrame({"x": [1.0], "y": [2.0]}))


def test_an_unknown_view_is_refused() -> None:
    """There are two views."""
    with pytest.raises(InvalidInputError, match="de_jure"):
        locate([LonLat(lon=0, lat=0)], view="de_jure")  # type: ignore[arg-type]


def test_the_grid_agrees_with_shapely_everywhere() -> None:
    """The fast index and shapely's own point-in-polygon give the same pieces."""
    pieces = load_pieces()
    draw = np.random.default_rng(5)
    lon = draw.uniform(-180, 180, 3000)
    lat = np.degrees(np.arcsin(draw.uniform(-1, 1, 3000)))
    corner = shapely.get_coordinates(pieces.polygons[::7])[::97]
    near = corner + draw.uniform(-0.02, 0.02, corner.shape)
    near = near[(np.abs(near[:, 0]) < 179.9) & (np.abs(near[:, 1]) < 89.9)][:6000]
    lon, lat = np.append(lon, near[:, 0]), np.append(lat, near[:, 1])
    found = find_holders(build_cell_index(pieces.polygons), lon, lat)
    point, piece = shapely.STRtree(pieces.polygons).query(
        shapely.points(lon, lat), predicate="intersects"
    )
    expected = np.full(len(lon), -1)
    expected[point] = piece
    assert (found == expected).mean() > 0.9999
    assert (found >= 0).all()


def test_points_on_borders_have_one_owner() -> None:
    """On a common side, a corner and a vertical side somebody is answered, never nobody."""
    squares = np.array([shapely.box(x, y, x + 1, y + 1) for x in (0, 1) for y in (0, 1)])
    index = build_cell_index(squares)
    lon = np.array([1.0, 0.5, 1.0, 1.0])
    lat = np.array([0.5, 1.0, 1.0, 1.5])
    assert (find_holders(index, lon, lat) >= 0).all()


@pytest.mark.parametrize(
    ("lon", "lat", "column", "km", "tolerance"),
    [
        (-123.3933, -48.8767, "coast_km", 2688, 12),
        (86.67, 46.28, "coast_km", 2510, 140),
        (35.0, 22.5, "border_km", 55.4, 25),
        (12.4534, 41.9033, "border_km", 0.1, 0.6),
        (115.0, -25.0, "border_km", 1700, 600),
    ],
    ids=["Point Nemo", "Eurasian pole of inaccessibility", "Egypt", "Vatican", "Australia"],
)
def test_distances_match_known_ones(
    lon: float, lat: float, column: str, km: float, tolerance: float
) -> None:
    """Published distances to coasts and borders are met."""
    found = locate([LonLat(lon=lon, lat=lat)], distances=True)
    assert found[column][0] == pytest.approx(km, abs=tolerance)


def test_distances_agree_with_a_plain_search() -> None:
    """The two-level search finds the nearest stretch that looking at all of them finds."""
    borders, coasts = build_line_indexes(load_pieces(), "de_facto")
    draw = np.random.default_rng(6)
    lon = draw.uniform(-180, 180, 150)
    lat = np.degrees(np.arcsin(draw.uniform(-1, 1, 150)))
    for index in (borders, coasts):
        found, _ = measure_line_distance(index, lon, lat)
        points = to_ecef(lon, lat)
        plain = [np.sqrt(((index.first - point) ** 2).sum(axis=1).min()) for point in points]
        plain = 2 * np.arcsin(np.array(plain) / 2) * 6378.137
        np.testing.assert_allclose(found / 1000, plain, rtol=0.004, atol=2)


def test_the_territorial_sea_is_named_near_coasts_only() -> None:
    """At sea within 12 nautical miles of a coast its country is given, elsewhere nothing."""
    found = locate(
        [LonLat(lon=33.0, lat=36.0), LonLat(lon=34.0, lat=43.3), LonLat(lon=37.0, lat=37.0)],
        distances=True,
    )
    assert found["within_12nmi_of"].tolist() == ["country:TUR", "", ""]
