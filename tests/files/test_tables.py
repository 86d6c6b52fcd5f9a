"""CSV, Parquet and GeoPackage: the same rows come back."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from geo_events.errors import FrameError, InvalidInputError
from geo_events.files.geopackage import write_gpkg
from geo_events.files.tables import encode_csv, write_csv, write_parquet


@pytest.fixture
def places() -> gpd.GeoDataFrame:
    """Two places, one with a name that a spreadsheet would run."""
    columns = {"name": ["Raqqa", "=HYPERLINK(1)"], "others": [("Rakka", "ar-Raqqah"), ()]}
    points = [shapely.Point(39.01, 35.95), shapely.Point(179, 0)]
    return gpd.GeoDataFrame(columns, geometry=points, crs=4326)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "=cmd|' /C calc'!A0"]
)
def test_formulas_are_guarded_on_request(cell) -> None:
    """A text that a spreadsheet would run gets an apostrophe: OWASP's list of first characters."""
    text = encode_csv(pd.DataFrame({"cell": [cell]}), guard_formulas=True)
    assert pd.read_csv(pd.io.common.StringIO(text))["cell"][0][0] == "'"


def test_formula_names_of_columns_are_guarded_too() -> None:
    """The header is a row of cells like any other."""
    assert encode_csv(pd.DataFrame({"=x": [1]}), guard_formulas=True) == "'=x\n1\n"


def test_negative_numbers_are_no_formulas() -> None:
    """A number stays a number, guard or not."""
    assert encode_csv(pd.DataFrame({"km": [-1.5]}), guard_formulas=True) == "km\n-1.5\n"


def test_without_the_guard_cells_are_as_they_are(places) -> None:
    """By default no cell is altered."""
    assert "=HYPERLINK(1),,POINT (179 0)" in encode_csv(places)


def test_what_is_missing_is_an_empty_cell() -> None:
    """NaN and None leave their cells empty."""
    assert encode_csv(pd.DataFrame({"a": [np.nan, 1.0], "b": [None, "x"]})) == "a,b\n,\n1.0,x\n"


def test_columns_that_are_numbered_become_names(tmp_path) -> None:
    """Parquet wants text as the names of columns; a table without a header has numbers."""
    write_parquet(pd.DataFrame({0: [1], 1: ["a"]}), tmp_path / "a.parquet")
    assert pd.read_parquet(tmp_path / "a.parquet").to_dict("list") == {"0": [1], "1": ["a"]}


def test_an_index_with_labels_is_written_first() -> None:
    """The caller's labels are kept, under their name or as "row"."""
    frame = pd.DataFrame({"km": [1.0]}, index=["t7"])
    assert encode_csv(frame) == "row,km\nt7,1.0\n"
    assert encode_csv(frame.rename_axis("track")) == "track,km\nt7,1.0\n"


def test_csv_is_utf8(tmp_path) -> None:
    """Names in any script come back."""
    frame = pd.DataFrame({"name": ["الرقة", "Ош", "東京"]})
    assert pd.read_csv(write_csv(frame, tmp_path / "a.csv"))["name"].tolist() == [*frame["name"]]


def test_geoparquet_comes_back(places, tmp_path) -> None:
    """GeoParquet keeps rows, geometry and CRS; lists are joined."""
    back = gpd.read_parquet(write_parquet(places, tmp_path / "a.parquet"))
    assert back.geometry.equals(places.geometry)
    assert back["others"].tolist() == ["Rakka; ar-Raqqah", ""]


def test_plain_parquet_comes_back(tmp_path) -> None:
    """A table without geometry is plain Parquet, its index kept."""
    frame = pd.DataFrame({"km": [1.0, 2.0]}, index=pd.Index(["a", "b"], name="track"))
    pd.testing.assert_frame_equal(pd.read_parquet(write_parquet(frame, tmp_path / "a.pq")), frame)


def test_geopackage_has_one_layer_per_kind(places, tmp_path) -> None:
    """Each frame is a layer under its own name, and GDAL reads it."""
    line = gpd.GeoDataFrame({"km": [2.0]}, geometry=[shapely.LineString([(170, 0), (190, 0)])])
    file = write_gpkg({"places": places, "tracks": line}, tmp_path / "a.gpkg")
    layers = [name for name, _ in pyogrio.list_layers(file)]
    assert layers == ["places", "tracks", "layer_styles"]
    assert gpd.read_file(file, layer="places")["name"].tolist() == [*places["name"]]
    assert gpd.read_file(file, layer="tracks").geometry[0].geom_type == "MultiLineString"


def test_a_geopackage_needs_a_layer(tmp_path) -> None:
    """No layers: an error and no file."""
    with pytest.raises(InvalidInputError, match="at least one layer"):
        write_gpkg({}, tmp_path / "a.gpkg")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", [write_csv, write_parquet])
def test_two_columns_of_one_name_are_refused(write, tmp_path) -> None:
    """Nothing is written of a table in which a name stands twice."""
    frame = pd.DataFrame([[1, 2]], columns=["a", "a"])
    with pytest.raises(FrameError, match="twice"):
        write(frame, tmp_path / "a")
    assert list(tmp_path.iterdir()) == []
