"""`read_frames`: what was saved comes back: rows, columns, labels, dtypes, attributes."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from strategies import lonlats

import geo_events as ge
from geo_events.errors import FrameError, InvalidInputError
from geo_events.files.geojson import encode_geojson
from geo_events.files.geojson_reader import read_geojson
from geo_events.files.kml import encode_kml
from geo_events.files.kml_reader import read_kml
from geo_events.files.layers import layers_of
from geo_events.files.reading import SUFFIXES, read_frames

DRAWN = (".geojson", ".gpkg", ".kml", ".parquet", ".csv")
TEXT = "On 1 October 2024 two missiles were launched from Iran at Israel. A plane left Lviv."


def comparable(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with what files cannot tell apart made alike: None and NaN; categories unused."""
    plain = pd.DataFrame(frame)
    for name in plain.columns:
        column = plain[name]
        if column.dtype == object:
            plain[name] = column.where(column.notna(), None)
        if str(column.dtype) == "category":
            plain[name] = column.cat.set_categories(sorted(set(column.dropna())))
        if str(column.dtype) == "geometry":
            plain[name] = [None if one is None or one.is_empty else one.geom_type for one in column]
    return plain


def assert_same(before: pd.DataFrame, after: pd.DataFrame) -> None:
    """Rows, columns, dtypes and index are the same; geometries cover the same to a centimetre."""
    assert type(before) is type(after)
    pd.testing.assert_frame_equal(comparable(before), comparable(after), check_categorical=False)
    if isinstance(before, gpd.GeoDataFrame):
        pairs = zip(before.geometry, after.geometry, strict=True)
        for first, second in pairs:
            if first is not None and not first.is_empty:
                assert shapely.hausdorff_distance(first, second) < 1e-6


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    """Every table that the library makes."""
    story = ge.read_text(TEXT, published="2024-10-02")
    corridor = ge.make_corridor("Moscow", "Ankara", speed="900 km/h")
    stays = corridor.crossings()
    return {
        "mentions": story.to_frame("mentions"),
        "events": story.to_frame("events"),
        "corridors": story.to_frame("corridors"),
        "verdicts": story.to_frame("verdicts"),
        "no crossings": story.to_frame("crossings"),
        "places": story.places,
        "parts": corridor.to_gdf(),
        "stays": stays,
        "stays, labelled": stays.set_axis([f"stay {k}" for k in range(len(stays))]),
        "stays without geometry": pd.DataFrame(stays.drop(columns="geometry")),
        "shares": corridor.shares(),
        "found": ge.find_places("Raqqa"),
        "rings": ge.make_range_rings("Moscow", "100 km", "50 km"),
        "origins": ge.find_origins("Caspian Sea", "Raqqa", crossing="Iran"),
    }


PLAIN = ("mentions", "events", "verdicts", "no crossings", "stays without geometry", "shares")
LOCATED = ("corridors", "places", "parts", "stays", "stays, labelled", "found", "rings", "origins")


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [*itertools.product(LOCATED, DRAWN), *itertools.product(PLAIN, (".csv", ".parquet"))],
)
def test_our_tables_come_back(kind, suffix, frames, tmp_path) -> None:
    """Each of our tables has the same columns, dtypes, labels and rows after save and read."""
    frame = frames[kind]
    (back,) = read_frames(ge.save(frame, tmp_path / f"a{suffix}")).values()
    assert_same(frame, back)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".kml"])
def test_the_layers_of_a_story_come_back(suffix, tmp_path) -> None:
    """All layers, in their order, with the title and the citation as attributes."""
    story = ge.read_text(TEXT, published="2024-10-02")
    layers = layers_of(story)
    if suffix != ".gpkg":
        layers.pop("events")
    back = read_frames(ge.save(story, tmp_path / f"a{suffix}"))
    assert list(back) == list(layers)
    for name, frame in layers.items():
        assert_same(frame, back[name])
        assert back[name].attrs["source"] == story.cite()


CELLS = {
    "int8": pd.Series([1, -2], dtype="int8"),
    "uint32": pd.Series([1, 2**32 - 1], dtype="uint32"),
    "int64": pd.Series([2**53 + 1, -(2**53) - 1], dtype="int64"),
    "float32": pd.Series([0.5, np.nan], dtype="float32"),
    "float64": pd.Series([0.1, 1e-300], dtype="float64"),
    "bool": pd.Series([True, False]),
    "Int64": pd.Series([1, None], dtype="Int64"),
    "boolean": pd.Series([True, None], dtype="boolean"),
    "string": pd.Series(["x", None], dtype="string"),
    "object": pd.Series(["x", None], dtype=object),
    "category": pd.Series(["b", "a"], dtype="category"),
    "times": pd.to_datetime(pd.Series(["2015-10-07T01:02:03.456Z", None])),
    "naive times": pd.to_datetime(pd.Series(["2015-10-07T01:02:03", None])),
    "local times": pd.to_datetime(pd.Series(["2015-10-07T12:00Z"] * 2)).dt.tz_convert(
        "Asia/Tehran"
    ),
    "durations": pd.to_timedelta(pd.Series(["1 days 02:03:04", None])),
    "dates": pd.Series([dt.date(2015, 10, 7), None], dtype=object),
    "numbers as texts": pd.Series(["007", "1e5"]),
    "words as texts": pd.Series(["NA", "null"]),
}


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".kml", ".parquet"])
@pytest.mark.parametrize("kind", CELLS)
def test_every_dtype_comes_back(kind, suffix, tmp_path) -> None:
    """A file that says what its columns are gives the same dtype and the same values."""
    column = CELLS[kind]
    frame = gpd.GeoDataFrame({"a": column}, geometry=[shapely.Point(1, 2)] * 2, crs=4326)
    (back,) = read_frames(ge.save(frame, tmp_path / f"a{suffix}")).values()
    assert_same(frame, back)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".kml", ".parquet"])
@pytest.mark.parametrize(
    "index",
    [
        pd.Index(["b", "a"], name="track"),
        pd.Index([7, 5]),
        pd.Index([1, 0]),
        pd.Index([0.5, 1.5], name="x"),
        pd.DatetimeIndex(["2015-10-07T00:00Z", "2015-10-08T00:00Z"], name="day"),
    ],
    ids=str,
)
def test_labels_come_back(index, suffix, tmp_path) -> None:
    """The caller's labels keep their values, dtype and name."""
    points = [shapely.Point(1, 2), shapely.Point(3, 4)]
    frame = gpd.GeoDataFrame({"a": [1, 2]}, geometry=points, index=index, crs=4326)
    (back,) = read_frames(ge.save(frame, tmp_path / f"a{suffix}")).values()
    assert_same(frame, back)
    assert back.index.name == index.name


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".kml", ".parquet"])
def test_points_lines_and_areas_of_one_frame_keep_their_order(suffix, tmp_path) -> None:
    """A frame of all kinds, with a row without a place, comes back in its order."""
    shapes = [
        shapely.box(0, 0, 1, 1),
        shapely.Point(1, 2),
        None,
        shapely.LineString([(0, 0), (1, 1)]),
        shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)]),
        shapely.MultiPoint([(0, 0), (1, 1)]),
    ]
    frame = gpd.GeoDataFrame({"n": range(6)}, geometry=shapes, crs=4326)
    (back,) = read_frames(ge.save(frame, tmp_path / f"a{suffix}")).values()
    assert_same(frame, back)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".kml", ".parquet"])
def test_an_empty_frame_keeps_its_columns(suffix, tmp_path) -> None:
    """No rows: the same columns and dtypes all the same."""
    columns = {"a": pd.Series(dtype="int64"), "b": pd.Series(dtype="float64")}
    frame = gpd.GeoDataFrame(columns, geometry=[], crs=4326)
    (back,) = read_frames(ge.save(frame, tmp_path / f"a{suffix}")).values()
    assert_same(frame, back)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg"])
def test_a_column_called_layer_is_no_layer(suffix, tmp_path) -> None:
    """The name that tells layers apart gives way to the user's column."""
    frame = gpd.GeoDataFrame({"layer": ["x"]}, geometry=[shapely.Point(1, 2)], crs=4326)
    back = read_frames(ge.save({"a": frame, "b": frame}, tmp_path / f"a{suffix}"))
    assert list(back) == ["a", "b"]
    assert_same(frame, back["b"])


def test_geojson_by_others_is_read(tmp_path) -> None:
    """Any geometries, properties of any kind, ids as labels; heights are kept."""
    file = tmp_path / "a.json"
    features = [
        {
            "type": "Feature",
            "id": "t1",
            "properties": {
                "n": 1,
                "geometry": "x",
                "times": ["2015-10-07T02:00Z", "2015-10-07T03:00Z"],
            },
            "geometry": {"type": "LineString", "coordinates": [[0, 0, 1000], [1, 1, 2000]]},
        },
        {"type": "Feature", "id": "t2", "properties": None, "geometry": None},
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (frame,) = read_frames(file).values()
    assert frame.index.tolist() == ["t1", "t2"]
    assert frame["geometry_"].iloc[0] == "x"  # a property of that name gives way
    assert frame["times"].iloc[0] == ["2015-10-07T02:00Z", "2015-10-07T03:00Z"]
    assert frame.geometry.iloc[0].wkt == "LINESTRING Z (0 0 1000, 1 1 2000)"
    assert frame.geometry.iloc[1] is None


def test_a_schema_that_does_not_fit_is_not_believed(tmp_path) -> None:
    """A file edited by hand: a column that is no longer whole numbers keeps what it holds."""
    frame = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.Point(1, 2)], crs=4326)
    file = ge.save(frame, tmp_path / "a.geojson")
    file.write_text(file.read_text().replace('"n":1}', '"n":"many","new":2.5}'))
    (back,) = read_frames(file).values()
    assert back["n"].tolist() == ["many"]
    assert back["new"].tolist() == [2.5]


def test_a_csv_by_others_is_read(tmp_path) -> None:
    """Numbers are numbers, WKT a geometry, and only an empty cell is missing."""
    file = tmp_path / "a.csv"
    file.write_text("name,iso2,km,geometry\nNamibia,NA,1.5,POINT (1 2)\n,,,\n")
    (frame,) = read_frames(file).values()
    assert frame["iso2"].tolist()[0] == "NA"
    assert frame["km"].tolist()[0] == 1.5
    assert frame.geometry.iloc[0].wkt == "POINT (1 2)"
    assert frame.iloc[1].isna().all()


@pytest.mark.parametrize("label", [None, "t7"])
def test_a_geometry_by_another_name_comes_back_from_csv(label, tmp_path) -> None:
    """The one column of WKT is the geometry, whatever it is called."""
    shapes = [shapely.box(0, 0, 1, 1), None]
    given = {"km": [1.5, 2.5], "outline": shapes, "name": ["a", "b"]}
    frame = gpd.GeoDataFrame(given, geometry="outline", crs=4326)
    if label is not None:
        frame.index = [label, "t8"]
    (back,) = read_frames(ge.save(frame, tmp_path / "a.csv")).values()
    assert back.active_geometry_name == "outline"
    assert_same(frame, back)


@pytest.mark.parametrize(
    "content",
    ["a,b\nPOINT (1 2),POINT (3 4)\n", "a\nPoint (see below)\n", "a\nPOINT (4e6 4e6)\n"],
)
def test_no_geometry_is_guessed_from_csv(content, tmp_path) -> None:
    """Two columns of WKT, words that look like it, and metres stay texts."""
    (tmp_path / "a.csv").write_text(content)
    (back,) = read_frames(tmp_path / "a.csv").values()
    assert not isinstance(back, gpd.GeoDataFrame)


def test_geoparquet_says_version_1_1_and_what_it_holds(tmp_path) -> None:
    """The metadata of GeoParquet 1.1: version, primary column, encoding, types, CRS, bounds."""
    points = [shapely.Point(1, 2), shapely.Point(3, 4)]
    frame = gpd.GeoDataFrame({"a": [1, 2]}, geometry=points, crs=4326)
    schema = pq.read_schema(ge.save(frame, tmp_path / "a.parquet"))
    geo = json.loads(schema.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["primary_column"] == "geometry"
    column = geo["columns"]["geometry"]
    assert (column["encoding"], column["geometry_types"]) == ("WKB", ["Point"])
    assert column["crs"]["id"] == {"authority": "EPSG", "code": 4326}
    assert column["bbox"] == [1, 2, 3, 4]


def test_parquet_in_metres_is_refused(tmp_path) -> None:
    """Another CRS is told, not read as degrees."""
    frame = gpd.GeoDataFrame(geometry=[shapely.Point(4e6, 4e6)], crs=3857)
    frame.to_parquet(tmp_path / "a.parquet")
    with pytest.raises(InvalidInputError, match="reproject"):
        read_frames(tmp_path / "a.parquet")


@pytest.mark.parametrize("suffix", [".geojson", ".kml", ".csv"])
def test_coordinates_that_are_none_are_told_with_their_rows(suffix, tmp_path) -> None:
    """A latitude beyond 90 is an error that names the row."""
    texts = {
        ".geojson": '{"type":"Feature","properties":{},"geometry":'
        '{"type":"Point","coordinates":[1,95]}}',
        ".kml": "<kml><Placemark><Point><coordinates>1,95</coordinates></Point></Placemark></kml>",
        ".csv": "geometry\nPOINT (1 95)\n",
    }
    file = tmp_path / f"a{suffix}"
    file.write_text(texts[suffix])
    with pytest.raises(FrameError, match="swapped") as caught:
        read_frames(file)
    assert [label for label, _ in caught.value.faults] == [0]


@pytest.mark.parametrize("name", ["a.vrt", "a.shp", "a.kmz", "a.zip", "a", "a.gpkg.txt", ""])
def test_the_suffix_decides_and_unknown_ones_list_the_known(name, tmp_path) -> None:
    """Nothing is guessed from the content of a file."""
    (tmp_path / "a.vrt").write_text("<OGRVRTDataSource/>")
    with pytest.raises(InvalidInputError, match="unknown suffix"):
        read_frames(tmp_path / name)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "name", ["/vsicurl/http://127.0.0.1/a", "http://127.0.0.1/a", "file:///etc/passwd", "none"]
)
def test_only_local_files_are_read(name, suffix) -> None:
    """No URL, no virtual path, and a missing file is told."""
    with pytest.raises(InvalidInputError, match=r"local file|No such file"):
        read_frames(f"{name}{suffix}")


def test_a_file_is_drawn(tmp_path) -> None:
    """`draw_map` takes the path of a file that we wrote, with a layer for each of its own."""
    file = ge.save(ge.make_corridor("Moscow", "Ankara"), tmp_path / "a.kml")
    content = ge.draw_map(file).content
    assert content.title == "Moscow → Ankara"
    assert "not observed paths" in content.caveat[0]
    assert any("geo_events" in note for note in content.notes), "what it was made with"
    titles = [group.title for group in content.groups]
    assert [title.partition(":")[0] for title in titles] == ["corridors", "crossings"]


def test_a_file_without_geometries_cannot_be_drawn(tmp_path) -> None:
    """A table is no map; the message says so."""
    file = ge.save(pd.DataFrame({"a": [1]}), tmp_path / "a.csv")
    with pytest.raises(InvalidInputError, match="no geometries"):
        ge.draw_map(str(file))


NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
shapes = st.one_of(
    lonlats.map(shapely.Point),
    st.lists(lonlats, min_size=2, max_size=5, unique=True).map(shapely.LineString),
    st.none(),
)
cells = st.tuples(st.text(), st.integers(-(2**62), 2**62), st.floats(), st.booleans(), shapes)


@given(st.lists(cells, max_size=4), st.text(min_size=1))
def test_any_texts_and_numbers_come_back(rows, name) -> None:
    """Whatever text, number and place: GeoJSON and KML give it back, infinite as missing."""
    columns = {key: [row[k] for row in rows] for k, key in enumerate(("text", "n", "x", "yes"))}
    kinds = {"text": object, "n": "int64", "x": "float64", "yes": "bool"}
    frame = gpd.GeoDataFrame(
        pd.DataFrame(columns).astype(kinds), geometry=[row[4] for row in rows], crs=4326
    )
    for text, read in (
        (encode_geojson({name: frame}), read_geojson),
        (encode_kml({name: frame}), read_kml),
    ):
        (back,) = read(text.encode(), "a").values()
        assert back["n"].tolist() == columns["n"]
        assert back["yes"].tolist() == columns["yes"]
        finite = [x if np.isfinite(x) else np.nan for x in columns["x"]]
        np.testing.assert_array_equal(back["x"], finite)
        wanted = columns["text"]
        if read is read_kml:
            wanted = [NO_XML.sub("\ufffd", one) for one in wanted]
        assert back["text"].tolist() == wanted
        assert [one is None for one in back.geometry] == [one is None for one in frame.geometry]
