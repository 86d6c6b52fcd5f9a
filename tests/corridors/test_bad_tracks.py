"""Tracks that cannot be used: all faults at once, with the rows' labels; never a NaN."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo_events.corridors.crossings import find_crossings
from geo_events.errors import FrameError, GeoEventsError, InvalidInputError

GOOD = shapely.LineString([(0, 0), (1, 1)])


def frame(*lines, crs=4326, index=None):
    """A frame of lines."""
    return gpd.GeoDataFrame(geometry=list(lines), crs=crs, index=index)


def test_all_faults_are_told_at_once_with_their_labels():
    """Five faulty rows are five faults of one error; good rows are not named."""
    tracks = frame(
        GOOD,
        shapely.MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3)]]),
        None,
        shapely.LineString(),
        shapely.Point(1, 1),
        shapely.LineString([(10, 95), (1, 1)]),
        index=list("abcdef"),
    )
    with pytest.raises(FrameError) as caught:
        find_crossings(tracks)
    faults = dict(caught.value.faults)
    assert set(faults) == set("bcdef")
    assert "explode" in faults["b"]
    assert "no geometry" in faults["c"]
    assert "empty" in faults["d"]
    assert "Point" in faults["e"]
    assert "swapped" in faults["f"]


def test_report_leaves_faulty_rows_out_and_lists_them():
    """With errors='report' the rest is unharmed."""
    tracks = frame(GOOD, None, GOOD, index=[10, 20, 30])
    found = find_crossings(tracks, errors="report")
    assert sorted(set(found["track"])) == [10, 30]
    assert [label for label, _ in found.attrs["errors"]] == [20]


@pytest.mark.parametrize(
    "row",
    [
        [np.nan, 0, 1, 1],
        [0, np.inf, 1, 1],
        [0, 95, 1, 1],
        [0, 0, 1e9, 1],
        [0, 0, 1, -90.5],
        [361, 0, 1, 1],
    ],
)
def test_bad_numbers_name_their_row(row):
    """NaN, infinity and numbers out of range are refused in any column."""
    with pytest.raises(FrameError, match="row 1"):
        find_crossings(np.array([[0, 0, 1, 1], row], dtype=float))


def test_a_line_with_nan_is_refused():
    """A LineString with NaN is no track, though shapely builds it."""
    with np.errstate(invalid="ignore"):
        line = shapely.LineString([(0, 0), (np.nan, 1), (2, 2)])
    with pytest.raises(FrameError, match="not finite"):
        find_crossings(frame(line))


def test_text_in_a_column_of_numbers_is_refused():
    """Text is no number, even where it looks like one."""
    table = pd.DataFrame({"a": [0, "1"], "b": [0, 0], "c": [1, 1], "d": [1, 1]})
    with pytest.raises(FrameError, match=r"row 1.*'1'"):
        find_crossings(table, origin=("a", "b"), target=("c", "d"))


@pytest.mark.parametrize("crs", [None, 3857])
def test_a_missing_or_other_crs_is_refused(crs):
    """Without EPSG:4326 nobody knows what the numbers mean."""
    with pytest.raises(FrameError, match="EPSG:4326"):
        find_crossings(frame(GOOD, crs=crs))


def test_mixed_crs_are_refused():
    """Two geometry columns in two systems are an error, not a mixture."""
    table = gpd.GeoDataFrame(
        {"to": gpd.GeoSeries([shapely.Point(1, 1)], crs=3857)},
        geometry=[shapely.Point(0, 0)],
        crs=4326,
    )
    with pytest.raises(FrameError, match="to_crs"):
        find_crossings(table, origin="geometry", target="to")


def test_unknown_names_and_areas_are_faults_of_their_rows():
    """A name that is nowhere, and a name that is a country, are told with their labels."""
    table = pd.DataFrame({"a": ["Xqzzyvrk", "Syria", "Ankara", None], "b": ["Ankara"] * 4})
    with pytest.raises(FrameError) as caught:
        find_crossings(table, origin="a", target="b")
    faults = dict(caught.value.faults)
    assert set(faults) == {0, 1, 3}
    assert "Xqzzyvrk" in faults[0]
    assert "find_shares" in faults[1]


def test_a_missing_column_is_named():
    """The message lists the columns that there are."""
    with pytest.raises(FrameError, match=r"no column 'x'.*'a'"):
        find_crossings(pd.DataFrame({"a": [1]}), origin="x", target="a")


@pytest.mark.parametrize(
    "tracks",
    [
        "Moscow",
        42,
        None,
        [[1, 2, 3]],
        [["a", "b", "c", "d"]],
        [[0, 0, 1, 1], [0, 0, 1]],
        np.zeros((2, 2, 2)),
        pd.DataFrame({"a": [1]}),
        shapely.box(0, 0, 1, 1),
    ],
)
def test_what_is_no_track_is_refused(tracks):
    """Anything else than the accepted forms is an error of ours that says what was expected."""
    with pytest.raises(GeoEventsError, match="expected"):
        find_crossings(tracks)


def test_bad_areas_are_told_at_once():
    """The user's own areas are checked like tracks."""
    own = gpd.GeoDataFrame(
        {"lower": ["FL100", "high", "FL200"], "upper": ["FL300", "FL200", "FL100"]},
        geometry=[
            shapely.Point(1, 1),
            shapely.box(0, 0, 1, 1),
            shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]),
        ],
        crs=4326,
        index=["x", "y", "z"],
    )
    with pytest.raises(FrameError) as caught:
        find_crossings([[0, 0, 1, 1]], territories=own)
    assert {label for label, _ in caught.value.faults} == {"x", "y", "z"}


def test_areas_without_crs_are_refused():
    """An area without a CRS could be anywhere."""
    own = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)])
    with pytest.raises(InvalidInputError, match="EPSG:4326"):
        find_crossings([[0, 0, 1, 1]], extra=own)


def test_a_crs_counts_in_a_plain_frame_too():
    """Points in metres are refused as a column of a DataFrame that is no GeoDataFrame."""
    for crs, told in ((None, "no CRS"), (3857, "Pseudo-Mercator")):
        points = gpd.GeoSeries([shapely.Point(10, 20)], crs=crs)
        frame = pd.DataFrame({"a": ["Rome"], "b": points})
        with pytest.raises(FrameError, match=rf"target column 'b'.*{told}"):
            find_crossings(frame, origin="a", target="b")


def test_a_column_that_is_there_twice_is_named():
    """Two columns of one name do not say which is meant."""
    twice = pd.DataFrame([[1.0, 2.0, 3.0, 4.0]], columns=["a", "a", "b", "c"])
    with pytest.raises(FrameError, match="origin: 2 columns are called 'a'"):
        find_crossings(twice, origin=("a", "b"), target=("b", "c"))
