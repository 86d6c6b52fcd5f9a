"""Many tracks on other engines: the same rows as on one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pandas.testing import assert_frame_equal

import geo_events as ge
from geo_events.engines import find_crossings
from geo_events.errors import FrameError, GeoEventsWarning, InvalidInputError


@pytest.fixture(scope="module")
def ends():
    rng = np.random.default_rng(7)
    return np.column_stack([rng.uniform(low, high, 40) for low, high in ((20, 45), (30, 50)) * 2])


def lines(ends):
    shapes = [shapely.LineString(end.reshape(2, 2)) for end in ends]
    return gpd.GeoSeries(shapes, index=[f"t{k}" for k in range(len(ends))], crs=4326)


@pytest.mark.parametrize("make", [np.asarray, lines])
def test_an_engine_returns_what_one_call_returns(ends, make):
    """Parted over another engine's workers, rows, labels and dtypes are the same."""
    tracks = make(ends)
    expected = ge.find_crossings(tracks)
    with ThreadPoolExecutor(2) as pool:
        found = find_crossings(tracks, executor=pool, chunk=7)
    assert_frame_equal(found, expected)
    assert found.attrs == expected.attrs
    assert_frame_equal(find_crossings(tracks, workers=2), expected)


def test_processes_return_the_same_and_report_bad_rows(ends):
    """A bad row is reported with its label; progress counts every track once."""
    frame = pd.DataFrame(ends, columns=["lon0", "lat0", "lon1", "lat1"])
    frame.index = frame.index + 100
    frame.loc[105, "lat0"] = 95.0
    given = {"origin": ("lon0", "lat0"), "target": ("lon1", "lat1"), "errors": "report"}
    told = []
    found = find_crossings(
        frame,
        **given,
        executor="processes",
        workers=2,
        chunk=20,
        progress=lambda done, total: told.append((done, total)),
    )
    expected = ge.find_crossings(frame, **given)
    assert_frame_equal(found, expected)
    assert [label for label, _ in found.attrs["errors"]] == [105]
    assert told == [(20, 40), (40, 40)]


def test_all_bad_rows_raise_at_once_before_the_work(ends):
    """The error names every bad row, whatever chunk it is in."""
    bad = ends.copy()
    bad[[3, 33], 1] = 95.0
    with ThreadPoolExecutor(1) as pool, pytest.raises(FrameError, match="2 of 40") as caught:
        find_crossings(bad, executor=pool, chunk=10)
    assert [label for label, _ in caught.value.faults] == [3, 33]


def test_warnings_of_the_workers_are_told():
    """What one call warns of, the engine warns of."""
    with (
        ThreadPoolExecutor(1) as pool,
        pytest.warns(GeoEventsWarning, match="nearly antipodal"),
    ):
        find_crossings([[0.0, 10.0, 179.99, -10.0]], executor=pool)


def test_no_tracks_give_no_rows():
    """The columns are there all the same."""
    with ThreadPoolExecutor(1) as pool:
        found = find_crossings(np.empty((0, 4)), executor=pool)
    assert_frame_equal(found, ge.find_crossings(np.empty((0, 4))))


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"executor": "rockets"}, "executor"),
        ({"workers": 0}, "workers"),
        ({"chunk": 0}, "chunk"),
        ({"executor": "processes", "origin": "a"}, "both origin= and target="),
    ],
)
def test_wrong_options_are_refused(ends, options, match):
    """Every option that is not understood is named."""
    with pytest.raises(InvalidInputError, match=match):
        find_crossings(ends, **options)
