"""Areas with times and heights count only where all of it overlaps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo_events.corridors.crossings import find_crossings
from geo_events.errors import FrameError

NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)
TRACK = shapely.LineString([(0, 0), (10, 0)])  # 1,113 km along the equator


def area(**columns):
    """The area from 2° to 8° E over the equator, with limits."""
    return gpd.GeoDataFrame(
        {name: [value] for name, value in columns.items()},
        geometry=[shapely.box(2, -1, 8, 1)],
        crs=4326,
    )


def tracks(**columns):
    """The one track, with times or heights."""
    return gpd.GeoDataFrame(
        {name: [value] for name, value in columns.items()}, geometry=[TRACK], crs=4326
    )


def cross(own, given, **options):
    """Entry and exit in degrees of longitude, and what was checked."""
    found = find_crossings(given, territories=own, **options)
    return [
        (round(row.enter_lon, 3), round(row.leave_lon, 3), row.checked)
        for row in found.itertuples()
    ]


def test_times_at_the_vertices_cut_a_stay():
    """Ten hours for ten degrees: an area closed from 5 to 7 o'clock counts from 5° to 7°."""
    own = area(begin=NOON + timedelta(hours=5), end=NOON + timedelta(hours=7))
    given = tracks(when=[NOON, NOON + timedelta(hours=10)])
    assert cross(own, given, time="when") == [(5.0, 7.0, "time")]


def test_an_area_closed_later_is_not_crossed():
    """A stay of which no moment overlaps is no stay."""
    own = area(begin=NOON + timedelta(hours=9))
    given = tracks(when=[NOON, NOON + timedelta(hours=10)])
    assert cross(own, given, time="when") == []


def test_a_departure_with_a_speed_gives_times():
    """One degree of the equator an hour: the same as times at the vertices."""
    own = area(end=NOON + timedelta(hours=4))
    given = tracks(when=NOON)
    found = cross(own, given, time="when", speed="111.319490793 km/h")
    assert found == [(2.0, 4.0, "time")]


def test_heights_change_linearly_between_vertices():
    """Climbing from 0 to 10,000 m over ten degrees: above 3,000 m from 3° on."""
    own = area(lower="3000 m", upper="6000 m")
    given = tracks(alt=["0 m", "10000 m"])
    assert cross(own, given, altitude="alt") == [(3.0, 6.0, "height")]


def test_a_level_flight_is_inside_or_outside_as_a_whole():
    """FL350 is above FL300, so the area below is not crossed."""
    assert cross(area(upper="FL300"), tracks(), altitude="FL350") == []
    assert cross(area(upper="FL400"), tracks(), altitude="FL350") == [(2.0, 8.0, "height")]


def test_both_count_together():
    """Time and height must hold at the same moment."""
    own = area(begin=NOON + timedelta(hours=4), lower="3000 m", upper="5000 m")
    given = tracks(when=[NOON, NOON + timedelta(hours=10)], alt=["0 m", "10000 m"])
    found = cross(own, given, time="when", altitude="alt")
    assert found == [(4.0, 5.0, "time and height")]


def test_what_one_side_lacks_is_not_checked():
    """An area with a height and a track without one: horizontal only, and it says so."""
    assert cross(area(lower="3000 m"), tracks()) == [(2.0, 8.0, "horizontal only")]
    assert cross(area(), tracks(), altitude="FL350") == [(2.0, 8.0, "horizontal only")]


def test_the_z_of_a_geometry_is_a_height_in_metres():
    """altitude='z' reads the third coordinate."""
    line = shapely.LineString([(0, 0, 0), (10, 0, 10_000)])
    given = gpd.GeoDataFrame(geometry=[line], crs=4326)
    assert cross(area(lower="3000 m", upper="6000 m"), given, altitude="z") == [
        (3.0, 6.0, "height")
    ]


def test_minutes_come_from_the_times():
    """Times at the vertices give minutes, without a speed."""
    given = tracks(when=[NOON, NOON + timedelta(hours=10)])
    found = find_crossings(given, territories=area(), time="when")
    assert found["enter_min"].iloc[0] == pytest.approx(120)
    assert found["leave_min"].iloc[0] == pytest.approx(480)


def test_columns_of_read_territories_are_understood():
    """Timestamps, NaT, metres as floats and infinite limits are what the reader gives."""
    own = area(
        begin=pd.Timestamp(NOON + timedelta(hours=5)),
        end=pd.NaT,
        lower=float("-inf"),
        upper=float("inf"),
    )
    given = tracks(when=[NOON, NOON + timedelta(hours=10)])
    assert cross(own, given, time="when", altitude="FL100") == [(5.0, 8.0, "time")]


def hours(*given):
    """Moments of one day."""
    return [datetime(2024, 1, 1, hour, tzinfo=UTC) for hour in given]


def test_who_stands_still_is_inside_while_the_area_is_closed():
    """A vertex held from 11 to 13 o'clock, in an area closed from 12 to 12:30, is a stay."""
    own = area(begin=NOON, end=NOON + timedelta(minutes=30))
    line = shapely.LineString([(0, 0), (5, 0), (5, 0), (10, 0)])
    given = gpd.GeoDataFrame({"t": [hours(10, 11, 13, 14)]}, geometry=[line], crs=4326)
    assert cross(own, given, time="t") == [(5, 5, "time")]
    own = area(begin=NOON + timedelta(hours=3), end=NOON + timedelta(hours=4))
    assert cross(own, given, time="t") == []


def test_what_is_passed_at_another_time_is_no_near_miss():
    """A line through an area that is closed at another time neither enters nor misses it."""
    own = area(begin=NOON + timedelta(hours=9), end=NOON + timedelta(hours=10))
    given = tracks(t=hours(12, 13))
    assert cross(own, given, time="t", near="500 km") == []
    assert cross(own, given, near="500 km") == [(2, 8, "horizontal only")]


def test_stays_are_in_the_order_in_which_they_begin():
    """An area that closes late comes after one that is entered before it closes."""
    own = gpd.GeoDataFrame(
        {"id": ["late", "open"], "begin": [NOON + timedelta(minutes=30), pd.NaT]},
        geometry=[shapely.box(1, -1, 9, 1), shapely.box(2, -1, 8, 1)],
        crs=4326,
    )
    found = find_crossings(tracks(t=hours(12, 13)), territories=own, time="t")
    assert found["territory"].tolist() == ["open", "late"]
    assert found["order"].tolist() == [0, 1]
    assert found["enter_lon"].round(3).tolist() == [2, 5]


def test_areas_that_run_on_beyond_180_are_cut_there():
    """A box from 178° to 183° is entered at 178° E and left at 177° W."""
    own = gpd.GeoDataFrame(geometry=[shapely.box(178, -1, 183, 1)], crs=4326)
    found = find_crossings([[175, 0, -175, 0]], territories=own)
    assert found[["enter_lon", "leave_lon"]].round(6).to_numpy().tolist() == [[178, -177]]


def several(times):
    """The same track several times, each with its own cell."""
    columns = {"t": pd.Series(times, dtype=object)}
    given = gpd.GeoDataFrame(columns, geometry=[TRACK] * len(times), crs=4326)
    return given.set_axis(list("abcde")[: len(times)])


CELLS = [[NOON, NOON + timedelta(hours=1)], "soon", [NOON] * 3, [NOON, NOON - timedelta(hours=1)]]


def test_times_that_cannot_be_used_are_told_all_at_once():
    """Unreadable, too many, running backwards: each with its label."""
    with pytest.raises(FrameError, match=r"(?s)3 of 4 tracks.*'b'.*'c'.*3 for 2.*'d'.*backwards"):
        find_crossings(several(CELLS), territories=area(), time="t")


def test_times_that_cannot_be_used_are_left_out_when_asked():
    """errors='report' keeps the good track and lists the others."""
    found = find_crossings(several(CELLS), territories=area(), time="t", errors="report")
    assert found["track"].tolist() == ["a"]
    assert [label for label, _ in found.attrs["errors"]] == ["b", "c", "d"]


def test_faults_of_lines_and_of_cells_are_reported_together():
    """A missing line and a bad altitude are both in the report."""
    given = several([[NOON, NOON], [NOON, NOON], [NOON, NOON]])
    given["alt"] = ["FL100", "high", "FL100"]
    given.loc["a", "geometry"] = None
    found = find_crossings(given, territories=area(), time="t", altitude="alt", errors="report")
    assert found["track"].tolist() == ["c"]
    assert [label for label, _ in found.attrs["errors"]] == ["a", "b"]
