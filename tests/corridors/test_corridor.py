"""`make_corridor`, `make_corridors` and what a corridor answers."""

from __future__ import annotations

from datetime import UTC, datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Geod

from geo_events.corridors.corridor import make_corridor
from geo_events.corridors.ends import UnknownExtentError, make_end
from geo_events.corridors.movements import make_corridors
from geo_events.corridors.surroundings import measure_area_km2
from geo_events.errors import (
    AmbiguousPlaceError,
    FrameError,
    InvalidCoordinateError,
    InvalidInputError,
    InvalidMeasureError,
    PlaceNotFoundError,
)
from geo_events.values import LonLat

GEOD = Geod(ellps="WGS84")
A, B = LonLat(lon=0, lat=0), LonLat(lon=10, lat=0)


def test_the_length_is_the_geodesic():
    """Between points it is the inverse problem's length; via points count."""
    assert make_corridor(A, B).length_km == pytest.approx(GEOD.inv(0, 0, 10, 0)[2] / 1000)
    via = make_corridor(A, B, via=LonLat(lon=5, lat=5))
    assert via.length_km == pytest.approx(GEOD.line_length([0, 5, 10], [0, 5, 0]) / 1000)


def test_for_areas_the_length_is_a_range():
    """From a meridian's strip to a point: the nearest and the farthest corner."""
    shortest, longest = make_corridor(shapely.box(0, -1, 1, 1), B).length_km
    assert shortest == pytest.approx(GEOD.inv(1, 0, 10, 0)[2] / 1000, abs=0.01)
    assert longest == pytest.approx(GEOD.inv(0, 1, 10, 0)[2] / 1000, abs=0.01)


def test_the_track_stays_within_50_m_of_the_geodesic():
    """Every vertex of the drawn line lies on it, and its straight pieces do not stray."""
    corridor = make_corridor("50N 10W", "50N 60E")
    lon, lat = shapely.get_coordinates(corridor.track).T
    assert GEOD.line_length(lon, lat) / 1000 == pytest.approx(corridor.length_km, rel=1e-9)
    assert lat.max() > 55


def test_for_areas_there_is_no_single_line():
    """The line is empty, and asking for a place on it is refused."""
    corridor = make_corridor("Caspian Sea", "Raqqa")
    assert not corridor.is_line
    assert corridor.track.is_empty
    assert corridor.band.is_empty
    with pytest.raises(InvalidInputError, match="area"):
        corridor.locate("300 km")
    with pytest.raises(InvalidInputError, match="area"):
        corridor.nearest("Turkey")


def test_every_sample_line_stays_in_the_envelope():
    """Nothing of the fan is outside of the envelope."""
    corridor = make_corridor("Caspian Sea", "Raqqa")
    fan = corridor.fan(64)
    assert len(fan) == 64
    points = shapely.get_coordinates(fan.geometry)
    assert shapely.contains_xy(corridor.envelope.buffer(1e-3), *points.T).all()
    assert all("country:SYR" in crossed for crossed in fan["crosses"])


def test_the_band_has_its_true_width():
    """Its boundary is the half-width away from the line."""
    band = make_corridor(A, B, half_width="111.319490793 km").band
    west, south, east, north = band.bounds
    assert (west, east) == pytest.approx((-1, 11), abs=1e-4)
    assert north == pytest.approx(-south, abs=1e-6)


def test_what_the_band_touches_adds_up_to_it():
    """The world is a partition: shares of the band add up to one, largest first."""
    touched = make_corridor("Moscow", "Ankara", half_width="50 km").touched()
    assert touched["share"].sum() == pytest.approx(1)
    assert touched["area_km2"].is_monotonic_decreasing
    assert {"Russia", "Ukraine", "Turkey"} <= set(touched["name"])
    with pytest.raises(InvalidInputError, match="half_width"):
        make_corridor("Moscow", "Ankara").touched()


def test_a_position_after_a_distance_and_after_a_time_are_one():
    """At 600 km/h, 20 minutes are 200 km."""
    depart = datetime(2015, 10, 7, 6, tzinfo=UTC)
    corridor = make_corridor(A, B, speed="600 km/h", depart=depart)
    by_km, by_time = corridor.locate("200 km"), corridor.locate("20 min")
    assert by_km.lon == pytest.approx(by_time.lon)
    assert by_km.lon == pytest.approx(GEOD.fwd(0, 0, 90, 200_000)[0])
    assert by_km.minutes == pytest.approx(20)
    assert by_km.time == depart.replace(minute=20)
    assert by_km.azimuth_deg == pytest.approx(90)


def test_a_position_beyond_the_target_or_without_speed_is_refused():
    """Where it would be after the end nobody knows; a time needs a speed."""
    corridor = make_corridor(A, B)
    with pytest.raises(InvalidInputError, match="at most"):
        corridor.locate("2000 km")
    with pytest.raises(InvalidInputError, match="speed"):
        corridor.locate("20 min")
    with pytest.raises(InvalidMeasureError):
        corridor.locate("300")


def test_the_nearest_approach_is_said_in_words():
    """A line one degree south of an area passes 111 km from it."""
    area = shapely.box(4, 1, 6, 2)
    approach = make_corridor(A, B).nearest(area)
    assert approach.miss_km == pytest.approx(GEOD.inv(5, 0, 5, 1)[2] / 1000, rel=1e-3)
    assert str(approach).startswith("passes 111 km from ")
    assert str(make_corridor("Moscow", "Ankara").nearest("Ukraine")) == "crosses Ukraine"


def test_a_corridor_as_rows():
    """Ends, line and band are rows in EPSG:4326; areas have an envelope instead."""
    line = make_corridor("Moscow", "Ankara", half_width="10 km").to_gdf()
    assert line["part"].tolist() == ["origin", "target", "track", "band"]
    area = make_corridor("Caspian Sea", "Raqqa").to_gdf()
    assert area["part"].tolist() == ["origin", "target", "envelope"]
    assert area.crs.to_epsg() == 4326
    assert make_corridor("Moscow", "Ankara").__geo_interface__["type"] == "FeatureCollection"


def test_events_of_a_story_hang_on_a_copy():
    """The corridor itself is not changed, and the copy shares what was computed."""
    corridor = make_corridor(A, B)
    other = corridor.with_events(["E1", "E2"], "claimed", 0)
    assert (other.events, other.status, other.section) == (("E1", "E2"), "claimed", 0)
    assert corridor.events == ()
    assert other.origin is corridor.origin


def test_the_html_of_a_hostile_name_is_escaped():
    """No name reaches the page as markup."""
    from dataclasses import replace

    end = replace(make_end(A), name="<script>alert(1)</script>")
    html = make_corridor(end, B)._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_citation_names_version_view_and_method():
    """One line to copy."""
    text = make_corridor("Moscow", "Ankara").cite()
    for word in ("geo_events", "WGS 84", "Natural Earth", "de_facto"):
        assert word in text


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ((39.0, 35.9), InvalidInputError),
        ([39.0, 35.9], InvalidInputError),
        (np.array([39.0, 35.9]), InvalidInputError),
        (35, InvalidInputError),
        (None, InvalidInputError),
        (shapely.LineString([(0, 0), (1, 1)]), InvalidInputError),
        (shapely.Polygon(), InvalidInputError),
        (shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), InvalidInputError),
        (shapely.Point(10, 95), InvalidCoordinateError),
        ("Xqzzyvrk", PlaceNotFoundError),
        ("Donbas", UnknownExtentError),
        ("", InvalidInputError | PlaceNotFoundError),
    ],
)
def test_what_is_no_place_is_refused(given, error):
    """Bare pairs, other geometries, unknown names, areas without an extent: one clear error."""
    errors = (InvalidInputError, PlaceNotFoundError, AmbiguousPlaceError)
    with pytest.raises(errors) as caught:
        make_corridor(given, "Raqqa")
    assert isinstance(caught.value, error)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"half_width": "-5 km"}, InvalidMeasureError),
        ({"half_width": "0 km"}, InvalidMeasureError),
        ({"half_width": "50"}, InvalidMeasureError),
        ({"half_width": "30000 km"}, InvalidMeasureError),
        ({"speed": "0 km/h"}, InvalidMeasureError),
        ({"speed": "fast"}, InvalidMeasureError),
        ({"depart": datetime(2015, 10, 7), "speed": "900 km/h"}, InvalidInputError),  # noqa: DTZ001
        ({"depart": datetime(2015, 10, 7, tzinfo=UTC)}, InvalidInputError),
        ({"via": "Caspian Sea"}, InvalidInputError),
        ({"via": (39, 35)}, InvalidInputError),
        ({"view": "UN"}, InvalidInputError),
    ],
)
def test_options_that_cannot_be_are_refused(options, error):
    """A negative width, one larger than the Earth, no unit, no zone, an area as via point."""
    with pytest.raises(error):
        make_corridor("Moscow", "Ankara", **options)


@pytest.mark.parametrize(("name", "square_km"), [("Sicily", 25_460), ("Crete", 8_303)])
def test_an_island_is_its_land(name, square_km):
    """An island is not a point: its area is the published one, within 3 %."""
    end = make_end(name)
    assert end.is_area
    assert measure_area_km2(end.geometry) == pytest.approx(square_km, rel=0.03)


def test_a_desert_known_as_a_point_is_no_end():
    """Nobody can draw a line from "the Sahara"."""
    with pytest.raises(UnknownExtentError, match="only a point is known"):
        make_corridor("Sahara", "Paris")


def test_via_points_between_areas_are_refused():
    """A way through a point needs two points to go between."""
    with pytest.raises(InvalidInputError, match="via"):
        make_corridor("Caspian Sea", "Raqqa", via="Ankara")


def test_many_corridors_keep_the_index():
    """One row per row of the frame, with what was understood."""
    frame = pd.DataFrame(
        {"a": ["Moscow", "Caspian Sea"], "b": ["Ankara", "Raqqa"]}, index=["x", "y"]
    )
    found = make_corridors(frame, origin="a", target="b")
    assert found.index.tolist() == ["x", "y"]
    assert found["origin"].tolist() == ["Moscow", "Caspian Sea"]
    assert found["shortest_km"]["x"] == found["longest_km"]["x"]
    assert found["shortest_km"]["y"] < found["longest_km"]["y"]


def test_many_corridors_tell_all_faults_at_once():
    """Both faulty rows are named with their labels."""
    frame = pd.DataFrame(
        {"lon": [0.0, 400.0, np.nan], "lat": [0.0, 0.0, 1.0], "b": ["Ankara"] * 3},
        index=["ok", "far", "nan"],
    )
    with pytest.raises(FrameError) as caught:
        make_corridors(frame, origin=("lon", "lat"), target="b")
    assert {label for label, _ in caught.value.faults} == {"far", "nan"}


def test_no_corridors_are_an_empty_frame():
    """The same columns when there is no row."""
    frame = pd.DataFrame({"a": [], "b": []})
    empty = make_corridors(frame, origin="a", target="b")
    full = make_corridors(pd.DataFrame({"a": ["Moscow"], "b": ["Ankara"]}), origin="a", target="b")
    assert list(empty.columns) == list(full.columns)
    assert len(empty) == 0


def test_a_fan_stays_within_50_m_of_its_geodesics():
    """The middle of every straight piece of a drawn line is near the geodesic of the sample."""
    fan = make_corridor(shapely.box(-10, 60, 0, 70), "60N 100E").fan(8)
    for row in fan.itertuples():
        lon, lat = shapely.get_coordinates(row.geometry).T
        middle = ((lon[1:] + lon[:-1]) / 2, (lat[1:] + lat[:-1]) / 2)
        line = np.column_stack([np.full(len(middle[0]), v) for v in (row.lon0, row.lat0)])
        azimuth, _, total = GEOD.inv(row.lon0, row.lat0, row.lon1, row.lat1)
        _, _, away = GEOD.inv(*line.T, *middle)
        on_line = GEOD.fwd(*line.T, np.full(len(away), azimuth), away)
        aside = np.asarray(GEOD.inv(*on_line[:2], *middle)[2])
        assert aside.max() < 60
        assert total / 1000 == pytest.approx(row.length_km)


def test_many_corridors_need_the_crs_of_their_points():
    """Points without a CRS, or with another one, are refused before they are taken for degrees."""
    for crs, told in ((None, "no CRS"), (3857, "Pseudo-Mercator")):
        points = gpd.GeoSeries([shapely.Point(10, 20)], crs=crs)
        with pytest.raises(FrameError, match=f"target column 'b'.*{told}"):
            make_corridors(pd.DataFrame({"a": ["Rome"], "b": points}), origin="a", target="b")


def test_many_corridors_wrap_longitudes_and_name_what_cannot_be():
    """200° E is 160° W; a latitude of 95 is told with its row."""
    frame = pd.DataFrame({"x": [200.0], "y": [0.0], "u": [-160.0], "v": [1.0]}, index=["r"])
    ends = {"origin": ("x", "y"), "target": ("u", "v")}
    assert make_corridors(frame, **ends)["shortest_km"].round(3).tolist() == [110.574]
    with pytest.raises(FrameError, match=r"row 'r'.*lat=95"):
        make_corridors(frame.assign(v=95.0), **ends)
    with pytest.raises(FrameError, match=r"row 'r'.*nan"):
        make_corridors(frame.assign(v=np.nan), **ends)


def test_a_bad_width_is_named():
    """The message says which measure is meant."""
    with pytest.raises(InvalidMeasureError, match="half_width"):
        make_corridor(A, B, half_width="-5 km")
    with pytest.raises(InvalidMeasureError, match="speed"):
        make_corridor(A, B, speed="fast")


def test_a_rounded_length_is_the_target():
    """A length that was rounded up by less than a metre still is on the line."""
    corridor = make_corridor(A, B)
    assert corridor.locate(f"{corridor.length_km + 0.0004:.6f} km").lon == pytest.approx(10)
