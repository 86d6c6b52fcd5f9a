"""`find_crossings`: columns, order, forms of input, views."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Geod

from geo_events.corridors.crossings import COLUMNS, find_crossings
from geo_events.errors import GeoEventsWarning, InvalidInputError, InvalidMeasureError

GEOD = Geod(ellps="WGS84")
MOSCOW_ANKARA = [[37.6178, 55.752, 32.8543, 39.9199]]

# The columns of the design, with the dtypes that their meaning asks for.
DTYPES = {
    "leg": "int32",
    "order": "int32",
    "enter_km": "float64",
    "leave_km": "float64",
    "inside_km": "float64",
    "enter_lon": "float64",
    "enter_lat": "float64",
    "leave_lon": "float64",
    "leave_lat": "float64",
    "enter_min": "float64",
    "leave_min": "float64",
    "depth_km": "float64",
    "clear_of_border": "bool",
    "contested": "bool",
}


def box(west, south, east, north):
    """An area of the user's own."""
    return shapely.box(west, south, east, north)


def areas(*boxes, **columns):
    """A frame of areas."""
    return gpd.GeoDataFrame(columns, geometry=[box(*b) for b in boxes], crs=4326)


def test_the_columns_are_those_of_the_design():
    """The frame has exactly the designed columns, in their order, and their dtypes."""
    found = find_crossings(MOSCOW_ANKARA)
    assert tuple(found.columns) == COLUMNS
    assert {name: str(found[name].dtype) for name in DTYPES} == DTYPES


@pytest.mark.parametrize("options", [{}, {"near": "30 km"}, {"geometry": True}, {"extra": True}])
def test_without_depth_all_other_columns_are_the_same(options):
    """`depth=False` leaves out the two columns on depth and changes nothing else."""
    if "extra" in options:
        options = {"extra": areas((30, 45, 40, 50), (32, 30, 38, 47))}
    rng = np.random.default_rng(7)
    tracks = np.concatenate([MOSCOW_ANKARA, rng.uniform(-60, 60, (20, 4))])
    full = find_crossings(tracks, **options)
    quick = find_crossings(tracks, **options, depth=False)
    pd.testing.assert_frame_equal(quick, full.drop(columns=["depth_km", "clear_of_border"]))
    assert quick.attrs == full.attrs


def test_an_empty_table_has_the_same_columns_and_dtypes():
    """No tracks give no rows, but the same frame."""
    full, empty = find_crossings(MOSCOW_ANKARA), find_crossings(np.empty((0, 4)))
    assert len(empty) == 0
    assert list(empty.dtypes) == list(full.dtypes)
    assert tuple(empty.columns) == COLUMNS
    quick = find_crossings(np.empty((0, 4)), depth=False)
    assert list(quick.dtypes) == list(full.drop(columns=["depth_km", "clear_of_border"]).dtypes)


def test_moscow_to_ankara_is_inside_ukraine_for_486_km():
    """The published example of the project's brief holds in the de facto view."""
    found = find_crossings(MOSCOW_ANKARA)
    assert found["name"].tolist() == ["Russia", "Ukraine", "Russia", "Black Sea", "Turkey"]
    assert found["inside_km"].iloc[1] == pytest.approx(486, abs=1)
    assert found["other_view"].tolist() == ["", "", "Ukraine", "", ""]
    assert found["contested"].tolist()[2]


def test_the_recognised_view_counts_crimea_to_ukraine():
    """In the other view the same line leaves Ukraine only at the Black Sea."""
    found = find_crossings(MOSCOW_ANKARA, view="recognised")
    assert found["name"].tolist() == ["Russia", "Ukraine", "Black Sea", "Turkey"]
    assert found.attrs["view"] == "recognised"
    assert "Russia" in found["other_view"].iloc[1]


def test_stays_follow_each_other_without_gap_up_to_the_geodesic_length():
    """A partition's stays tile the track; their sum is the inverse problem's length."""
    rng = np.random.default_rng(5)
    tracks = np.column_stack([rng.uniform(-180, 180, 200), rng.uniform(-80, 80, 200)] * 2)
    tracks[:, 2:] = np.roll(tracks[:, 2:], 1, axis=0)
    found = find_crossings(tracks)
    length = GEOD.inv(*tracks.T)[2] / 1000
    total = found.groupby("track")["inside_km"].sum()
    np.testing.assert_allclose(total, length, rtol=0, atol=1e-6)
    same = found["track"].eq(found["track"].shift())
    gap = (found["enter_km"] - found["leave_km"].shift())[same]
    assert gap.abs().max() < 1e-9
    assert found.groupby("track")["order"].apply(lambda o: o.tolist() == list(range(len(o)))).all()


def test_entry_points_lie_on_the_geodesic():
    """Every entry is as far from the start as its kilometres say."""
    found = find_crossings(MOSCOW_ANKARA)
    start = np.tile(MOSCOW_ANKARA[0][:2], (len(found), 1))
    away = GEOD.inv(*start.T, found["enter_lon"].to_numpy(), found["enter_lat"].to_numpy())[2]
    np.testing.assert_allclose(away / 1000, found["enter_km"], atol=1e-6)


def test_all_forms_of_input_give_the_same_stays():
    """An array, lines, points, numbers and names are the same track."""
    reference = find_crossings(MOSCOW_ANKARA)
    lon0, lat0, lon1, lat1 = MOSCOW_ANKARA[0]
    line = shapely.LineString([(lon0, lat0), (lon1, lat1)])
    points = gpd.GeoDataFrame(
        {"to": gpd.GeoSeries([shapely.Point(lon1, lat1)], crs=4326)},
        geometry=[shapely.Point(lon0, lat0)],
        crs=4326,
    )
    numbers = pd.DataFrame([MOSCOW_ANKARA[0]], columns=["a", "b", "c", "d"])
    names = pd.DataFrame({"from": ["55.752N 37.6178E"], "to": ["39.9199N 32.8543E"]})
    others = [
        find_crossings(gpd.GeoDataFrame(geometry=[line], crs=4326)),
        find_crossings(gpd.GeoSeries([line], crs=4326)),
        find_crossings(line),
        find_crossings(points, origin="geometry", target="to"),
        find_crossings(numbers, origin=("a", "b"), target=("c", "d")),
        find_crossings(names, origin="from", target="to"),
    ]
    for other in others:
        pd.testing.assert_frame_equal(other, reference)


def test_the_callers_labels_are_kept():
    """`track` carries the index of the frame, whatever it is."""
    frame = pd.DataFrame(
        MOSCOW_ANKARA * 2, columns=["a", "b", "c", "d"], index=["AF1", "AF2"]
    ).astype(float)
    before = frame.copy()
    found = find_crossings(frame, origin=("a", "b"), target=("c", "d"))
    assert list(dict.fromkeys(found["track"])) == ["AF1", "AF2"]
    pd.testing.assert_frame_equal(frame, before)


def test_legs_of_a_track_are_counted_and_kilometres_run_on():
    """A line of three points has two legs; a stay is cut where the leg ends."""
    line = shapely.LineString([(2, 48), (3, 48), (3, 47)])  # all in France
    found = find_crossings(line)
    assert found["leg"].tolist() == [0, 1]
    assert found["name"].tolist() == ["France", "France"]
    assert found["order"].tolist() == [0, 1]
    assert found["enter_km"].iloc[1] == pytest.approx(GEOD.inv(2, 48, 3, 48)[2] / 1000)
    assert found["leave_km"].iloc[1] == pytest.approx(
        GEOD.line_length([2, 3, 3], [48, 48, 47]) / 1e3
    )


def test_a_speed_gives_minutes():
    """At 60 km/h a kilometre takes a minute; without a speed there is no time."""
    found = find_crossings(MOSCOW_ANKARA, speed="60 km/h")
    np.testing.assert_allclose(found["enter_min"], found["enter_km"])
    np.testing.assert_allclose(found["leave_min"], found["leave_km"])
    assert find_crossings(MOSCOW_ANKARA)["enter_min"].isna().all()


def test_a_track_of_zero_length_has_one_stay():
    """A point is where it is, for no kilometre."""
    found = find_crossings([[39.01, 35.95, 39.01, 35.95]])
    assert found["name"].tolist() == ["Syria"]
    assert found["inside_km"].tolist() == [0.0]


def test_longitudes_beyond_180_are_wrapped():
    """A track given on 190° is the one on -170°."""
    a, b = find_crossings([[190, 10, 200, 10]]), find_crossings([[-170, 10, -160, 10]])
    pd.testing.assert_frame_equal(a, b)


def test_a_track_over_the_antimeridian_is_drawn_in_two_parts():
    """The geometry of a stay over ±180° is cut there (RFC 7946)."""
    found = find_crossings([[179, 10, -179, 10]], geometry=True)
    assert isinstance(found, gpd.GeoDataFrame)
    assert found.geometry.iloc[0].geom_type == "MultiLineString"
    assert found.crs.to_epsg() == 4326


def test_the_geometry_of_a_stay_stays_with_the_geodesic():
    """Every vertex of the drawing lies on the geodesic, and its length is that of the stay."""
    found = find_crossings([[-70, 45, 10, 55]], geometry=True)
    for row in found.itertuples():
        lon, lat = shapely.get_coordinates(row.geometry).T
        assert GEOD.line_length(lon, lat) / 1000 == pytest.approx(row.inside_km, rel=1e-9)


def test_depth_is_the_distance_to_the_border_of_the_users_area():
    """Through the middle of a band between two parallels the depth is half its width."""
    own = areas((0, -1, 20, 1))
    found = find_crossings([[5, 0, 15, 0]], territories=own)
    half = GEOD.inv(10, 0, 10, 1)[2] / 1000
    assert found["depth_km"].iloc[0] == pytest.approx(half, rel=1e-3)


def test_a_graze_is_not_clear_of_the_border():
    """Less than 2 km inside is within the accuracy of the borders."""
    own = areas((0, 0, 10, 10))
    found = find_crossings([[5, 9.99, 15, 9.99], [2, 5, 8, 5]], territories=own)
    assert found["clear_of_border"].tolist() == [False, True]


def test_own_areas_may_overlap():
    """A track in two of the user's areas has a stay in each."""
    own = areas((0, 0, 10, 10), (5, 0, 15, 10), name=["west", "east"])
    found = find_crossings([[1, 5, 14, 5]], territories=own)
    assert found["name"].tolist() == ["west", "east"]
    assert found["enter_km"].iloc[1] < found["leave_km"].iloc[0]
    assert found["checked"].tolist() == ["horizontal only"] * 2


def test_extra_areas_lie_over_the_world():
    """With `extra` the world's stays are there too."""
    own = areas((36, 45, 40, 57), name=["zone"])
    found = find_crossings(MOSCOW_ANKARA, extra=own)
    assert set(found["name"]) == {"Russia", "Ukraine", "Black Sea", "Turkey", "zone"}


def test_near_lists_the_misses():
    """A country passed within the distance is listed, with how far away it is passed."""
    own = areas((0, 1, 10, 2), (0, 30, 10, 31), name=["near", "far"])
    found = find_crossings([[2, 0, 8, 0]], territories=own, near="150 km")
    assert found["name"].tolist() == ["near"]
    row = found.iloc[0]
    assert row["inside_km"] == 0
    assert row["miss_km"] == pytest.approx(GEOD.inv(5, 0, 5, 1)[2] / 1000, rel=1e-3)
    assert row["clear_of_border"]


def test_near_gives_no_miss_for_what_is_entered():
    """What is crossed is not missed."""
    found = find_crossings(MOSCOW_ANKARA, near="100 km")
    crossed = found[found["miss_km"] == 0]["name"]
    assert crossed.tolist() == ["Russia", "Ukraine", "Russia", "Black Sea", "Turkey"]
    missed = found[found["miss_km"] > 0]
    assert not set(missed["name"]) & set(crossed)
    assert (missed["miss_km"] <= 100).all()


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"view": "UN"}, InvalidInputError),
        ({"near": "50"}, InvalidMeasureError),
        ({"speed": "900"}, InvalidMeasureError),
        ({"altitude": "350"}, InvalidMeasureError),
        ({"workers": 0}, InvalidInputError),
        ({"errors": "ignore"}, InvalidInputError),
        ({"origin": "a"}, InvalidInputError),
        ({"territories": [1]}, InvalidInputError),
        ({"time": "when"}, InvalidInputError),
    ],
)
def test_bad_options_are_refused(options, error):
    """An option that cannot be is an error of our own, not a guess."""
    with pytest.raises(error):
        find_crossings(MOSCOW_ANKARA, **options)


def test_progress_and_workers_change_nothing():
    """Threads and a progress callback give the same table, and the callback sees the end."""
    seen = []
    rng = np.random.default_rng(1)
    tracks = np.column_stack([rng.uniform(-50, 50, 300) for _ in range(4)])
    one = find_crossings(tracks)
    two = find_crossings(tracks, workers=2, progress=lambda done, total: seen.append((done, total)))
    pd.testing.assert_frame_equal(one, two)
    assert seen[-1] == (300, 300)


def test_antipodes_are_warned_of_with_the_callers_label():
    """Of the many shortest lines between opposite points one is taken, and that is said."""
    frame = pd.DataFrame([[0.0, 0.0, 180.0, 0.0]], columns=list("abcd"), index=["QF1"])
    with pytest.warns(GeoEventsWarning, match="'QF1'.*antipodal"):
        found = find_crossings(frame, origin=("a", "b"), target=("c", "d"))
    assert found["inside_km"].sum() == pytest.approx(GEOD.inv(0, 0, 180, 0)[2] / 1000)


@pytest.mark.parametrize(
    ("track", "names"),
    [
        ([0, -90, 90, -90], {"Antarctica"}),  # the pole, on two meridians
        ([10, 89, -170, 89], {"Arctic Ocean"}),  # over the pole
        ([180, 10, -180, 5], {"North Pacific Ocean"}),  # along the antimeridian
        ([28, -29.5, 29, -29.5], {"Lesotho"}),  # an enclave
        ([12.44, 43.94, 12.47, 43.93], {"San Marino"}),
        ([29.3, -29.5, 27.0, -29.7], {"South Africa", "Lesotho"}),
        ([20.5, 54.7, 21.5, 54.7], {"Russia"}),  # an exclave: Kaliningrad
    ],
)
def test_hard_places_have_their_names(track, names):
    """Poles, ±180°, enclaves and exclaves are as on any map."""
    found = find_crossings([track])
    assert set(found["name"]) == names
    assert not found.drop(columns=["enter_min", "leave_min"]).isna().to_numpy().any()


def test_a_sea_tells_the_sea_that_it_is_part_of():
    """The Sea of Crete is a part of the Aegean; countries are part of no sea."""
    found = find_crossings([[23.65, 37.94, 25.15, 35.34]])  # Piraeus - Heraklion
    parents = dict(zip(found["name"], found["parent"], strict=True))
    assert parents == {"Greece": "", "Sea of Crete": "sea:aegean-sea"}
