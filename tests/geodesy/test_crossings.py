"""Ordered stays: hard input, both kernels, properties of partitions."""

from __future__ import annotations

import gzip
import warnings
from pathlib import Path

import numpy as np
import pytest
import shapely
from earths import MERIDIANS, PARALLELS, make_boxes, make_stars, rotate
from hypothesis import assume, given, settings
from strategies import legs

from geo_events.errors import GeoEventsWarning, InvalidCoordinateError, InvalidInputError
from geo_events.geodesy.borders import Borders, split_borders
from geo_events.geodesy.crossings import find_stays
from geo_events.geodesy.edge_index import EdgeIndex
from geo_events.geodesy.edges import build_edge_index
from geo_events.geodesy.ellipsoid import direct, inverse, to_ecef
from geo_events.geodesy.grid import make_grid
from geo_events.geodesy.kernel_numpy import cross_borders
from geo_events.geodesy.stepper import make_lines

CASES = Path(__file__).parents[1] / "cases" / "geodesy"


def _kernels():
    try:
        import numba  # noqa: F401 (is it there?)
    except ImportError:
        return ["numpy"]
    return ["numpy", "numba"]


@pytest.fixture(scope="module", params=_kernels())
def kernel(request):
    return request.param


@pytest.fixture(scope="module")
def boxes():
    return build_edge_index(make_boxes())


def _unit_at(lon, lat):
    """Box that holds a point, by its corners alone."""
    held = shapely.contains_xy(make_boxes(), lon, lat)
    return int(np.nonzero(held)[0][0])


def _rows(stays):
    return list(zip(stays.track.tolist(), stays.unit.tolist(), strict=True))


def _tracks(count, seed, reach=15e6):
    rng = np.random.default_rng(seed)
    lon, azimuth = rng.uniform(-180, 180, count), rng.uniform(-180, 180, count)
    lat = np.degrees(np.arcsin(rng.uniform(-1, 1, count)))
    return lon, lat, *direct(lon, lat, azimuth, rng.uniform(1e4, reach, count))[:2]


def _bearing_angle(track, border):
    """Angle between two directions, 0 to 90 degrees."""
    apart = np.abs((track - border + 90) % 180 - 90)
    return np.where(apart > 90, 180 - apart, apart)


@pytest.fixture(scope="module")
def pairs():
    with gzip.open(CASES / "geographiclib_intersect_5000.csv.gz", "rt") as file:
        return np.loadtxt(file, delimiter=",", skiprows=2)


def _line_index(lat0, lon0, lat1, lon1):
    """Index in which unit k has only its one geodesic as border."""
    count = len(lat0)
    sides = np.stack([np.arange(count), np.full(count, -1)], axis=1).astype(np.int32)
    lines = Borders(np.c_[lon0, lat0], np.c_[lon1, lat1], sides, is_partition=False)
    rows, sides = split_borders(lines, geodesic=True)
    nothing = np.zeros(6 * 128**2 + 1, np.int32)
    return EdgeIndex(
        n_units=count,
        is_partition=False,
        edges=rows,
        sides=sides,
        ends=rows[:, :6].astype(np.float32),
        grid=make_grid(rows, 128),
        cell_start=nothing,
        cell_units=nothing[:0],
    )


@pytest.mark.parametrize("compiled", [False, True])
def test_crossings_agree_with_geographiclib_intersect(pairs, compiled):
    """5,000 pairs: the same decision where it is clear by 1 m; 10 mm, or 1 m where grazing."""
    if compiled:
        pytest.importorskip("numba")
        from geo_events.geodesy.kernel_numba import cross_borders_compiled as cross
    else:
        cross = cross_borders
    lat0, lon0, lat1, lon1, *border, x, y, mode, coincident = pairs.T
    index = _line_index(*border)
    azimuth, _, length = inverse(lon0, lat0, lon1, lat1)
    found = cross(index, make_lines(lon0, lat0, azimuth, length))
    own = index.sides[found.edge, 0] == found.track
    track, along = found.track[own], found.along_m[own]
    hits = np.bincount(track, minlength=len(pairs))
    turn_y, _, length_y = inverse(border[1], border[0], border[3], border[2])
    ends = np.abs([x, x - length, y, y - length_y]).min(axis=0)
    clear = ends > 1  # metres from the ends of both segments
    clear &= coincident == 0
    assert clear.sum() > 4_800
    assert (hits[clear] == (mode[clear] == 0)).all()
    place = np.full(len(pairs), np.nan)
    place[track] = along
    both = clear & (mode == 0)
    off = np.abs(place - x)[both]
    at_x = direct(lon0, lat0, azimuth, x)[2]
    at_y = direct(border[1], border[0], turn_y, y)[2]
    angle = _bearing_angle(at_x, at_y)[both]
    assert (angle > 1).sum() > 1_000
    assert off[angle > 1].max() < 0.010
    assert off.max() < 1.0


def test_kernels_give_the_same_stays():
    """20,000 tracks: the same units in the same order, distances within 1 mm."""
    pytest.importorskip("numba")
    for index in (build_edge_index(make_boxes()), build_edge_index(make_stars(40, 3))):
        tracks = _tracks(20_000, 11)
        one, two = (find_stays(index, *tracks, kernel=k) for k in ("numpy", "numba"))
        assert _rows(one) == _rows(two)
        assert np.abs(one.enter_m - two.enter_m).max() < 1e-3
        assert np.abs(one.leave_m - two.leave_m).max() < 1e-3


def _check_tiling(stays, lengths):
    """Stays of each track begin at 0, touch one another, and end at its length."""
    first = np.r_[True, stays.track[1:] != stays.track[:-1]]
    last = np.r_[first[1:], True]
    assert (stays.enter_m[first] == 0).all()
    assert (stays.leave_m[last] == lengths[stays.track[last]]).all()
    assert (stays.enter_m[~first] == stays.leave_m[:-1][~first[1:]]).all()
    assert set(stays.track.tolist()) == set(range(len(lengths)))
    assert (stays.unit[~first] != stays.unit[:-1][~first[1:]]).all()


def test_stays_of_a_partition_tile_the_track(boxes, kernel):
    """Stays in a partition cover every track from 0 to its length without gap or overlap."""
    tracks = _tracks(5_000, 1)
    stays = find_stays(boxes, *tracks, kernel=kernel)
    _check_tiling(stays, inverse(*tracks)[2])


@settings(max_examples=300, deadline=None)
@given(legs())
def test_any_leg_is_tiled(kernel, leg):
    """Hard legs too: poles, ±180°, antipodes, no length, along a border."""
    index = _any_index()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", GeoEventsWarning)
        stays = find_stays(index, *leg, kernel=kernel)
    length = inverse(*leg)[2]
    _check_tiling(stays, np.array([float(length)]))


@settings(max_examples=200, deadline=None)
@given(legs())
def test_the_way_back_meets_the_same_units(kernel, leg):
    """Wherever a track is clear of borders for a metre, both ways tell the same unit.

    On which side of a border a track lies is defined as far as it is clear of it: along a border,
    and at a pole where many meet, rounding decides. Stays below a metre are given to a neighbour,
    and each way may choose another. So the two ways are laid over one another: where they differ,
    the track stays in no box, a millimetre from its border, for more than a metre.
    """
    length = float(inverse(*leg)[2])
    assume(length < 1.9e7)  # between nearly antipodal ends each way may take another geodesic
    there = find_stays(_any_index(), *leg, kernel=kernel)
    back = find_stays(_any_index(), *leg[2:], *leg[:2], kernel=kernel)
    knots = np.unique(np.r_[there.enter_m, length - back.leave_m, length])
    middle = (knots[:-1] + knots[1:]) / 2
    first = there.unit[np.searchsorted(there.enter_m, middle) - 1]
    second = back.unit[::-1][np.searchsorted(length - back.leave_m[::-1], middle) - 1]
    for k in np.nonzero(first != second)[0]:
        assert _longest_clear_run(leg, np.linspace(knots[k], knots[k + 1], 65)) < 1.01


def _longest_clear_run(leg, along):
    """Metres for which a track is in one box without a break and 1 mm from its border."""
    lon, lat, _ = direct(*leg[:2], inverse(*leg)[0], along)
    box = np.searchsorted(MERIDIANS, lon) * 100 + np.searchsorted(PARALLELS, lat)
    box[_distance_to_borders(lon, lat) < 1e-3] = -1
    breaks = np.nonzero(np.diff(box))[0] + 1
    runs = [run for run in np.split(np.arange(len(box)), breaks) if box[run[0]] >= 0]
    return max((along[run[-1]] - along[run[0]] for run in runs), default=0.0)


def _distance_to_borders(lon, lat):
    """Metres to the nearest meridian or parallel on which borders of the boxes lie."""
    east = np.abs(lon[:, None] - MERIDIANS).min(axis=1) * 111_320 * np.cos(np.radians(lat))
    north = np.abs(lat[:, None] - PARALLELS).min(axis=1) * 110_574
    return np.minimum(east, north)


_KEPT = {}


def _any_index():
    if not _KEPT:
        _KEPT["boxes"] = build_edge_index(make_boxes())
    return _KEPT["boxes"]


def test_points_along_the_track_lie_in_the_unit_told(boxes, kernel):
    """Half way through each stay, the point lies in the box that was named."""
    tracks = _tracks(3_000, 2)
    stays = find_stays(boxes, *tracks, kernel=kernel)
    azimuth = inverse(*tracks)[0]
    lon, lat, _ = direct(
        tracks[0][stays.track],
        tracks[1][stays.track],
        azimuth[stays.track],
        (stays.enter_m + stays.leave_m) / 2,
    )
    tree = shapely.STRtree(make_boxes())
    point, unit = tree.query(shapely.points(lon, lat), predicate="intersects")
    told = set(zip(point.tolist(), unit.tolist(), strict=True))
    assert all((k, u) in told for k, u in enumerate(stays.unit.tolist()))


def test_borders_are_where_the_data_draw_them(boxes, kernel):
    """Entries lie on the lon/lat-straight border, on parallels too, within 10 mm."""
    tracks = _tracks(3_000, 4, reach=4e6)
    stays = find_stays(boxes, *tracks, kernel=kernel)
    inner = stays.enter_m > 0
    track = stays.track[inner]
    azimuth = inverse(*tracks)[0][track]
    lon, lat, bearing = direct(tracks[0][track], tracks[1][track], azimuth, stays.enter_m[inner])
    off = _distance_to_borders(lon, lat)
    steep = np.abs(np.cos(np.radians(bearing))) > 0.02
    flat = np.abs(np.sin(np.radians(bearing))) > 0.02
    assert off[steep & flat].max() < 0.010
    assert off.max() < 1.0


def test_turning_the_world_turns_the_answers(kernel):
    """36 turns by k·10°, 28 tracks each: the same units, the same distances."""
    boxes, stars = make_boxes(), make_stars(12, 8)
    lon0, lat0, lon1, lat1 = _tracks(28, 21)
    for polygons in (boxes, stars):
        expected = find_stays(build_edge_index(polygons), lon0, lat0, lon1, lat1, kernel=kernel)
        for turn in range(0, 360, 10):
            index = build_edge_index(rotate(polygons, turn))
            turned = [(lon + turn + 180) % 360 - 180 for lon in (lon0, lon1)]
            stays = find_stays(index, turned[0], lat0, turned[1], lat1, kernel=kernel)
            assert index.is_partition == (polygons is boxes)
            assert _rows(stays) == _rows(expected)
            assert np.abs(stays.enter_m - expected.enter_m).max() < 0.01
            assert np.abs(stays.leave_m - expected.leave_m).max() < 0.01


def test_overlapping_areas_are_counted_one_by_one(kernel):
    """A track through two overlapping areas is in both at once, and outside in neither."""
    areas = np.array([shapely.box(0, -5, 10, 5), shapely.box(5, -5, 15, 5)])
    stays = find_stays(build_edge_index(areas), [-1], [0], [16], [0], kernel=kernel)
    degree = 111_319.4908  # of the equator
    assert stays.unit.tolist() == [0, 1]
    assert stays.enter_m == pytest.approx([degree, 6 * degree], abs=0.01)
    assert stays.leave_m == pytest.approx([11 * degree, 16 * degree], abs=0.01)


def test_reference_in_the_plane_agrees(kernel):
    """Inside lengths of overlapping areas agree with shapely on 1 km steps within 2 m."""
    areas = make_stars(30, 5)
    lon0, lat0, lon1, lat1 = _tracks(200, 6, reach=3e6)
    near = (np.abs(lon0 - lon1) < 180) & (np.abs(lat0) < 70) & (np.abs(lat1) < 70)
    tracks = [v[near] for v in (lon0, lat0, lon1, lat1)]
    stays = find_stays(build_edge_index(areas), *tracks, kernel=kernel)
    inside = np.zeros((near.sum(), len(areas)))
    np.add.at(inside, (stays.track, stays.unit), stays.leave_m - stays.enter_m)
    azimuth, _, length = inverse(*tracks)
    for k in range(near.sum()):
        along = np.linspace(0, length[k], int(length[k] / 1000) + 2)
        lon, lat, _ = direct(tracks[0][k], tracks[1][k], azimuth[k], along)
        line = shapely.LineString(np.c_[lon, lat])
        for unit in np.nonzero(shapely.intersects(areas, line))[0]:
            inside[k, unit] -= _length_m(shapely.intersection(line, areas[unit]))
    assert np.abs(inside).max() < 2


def _length_m(geometry):
    from geo_events.geodesy.ellipsoid import GEOD

    return sum(
        GEOD.geometry_length(part)
        for part in shapely.get_parts(geometry)
        if part.geom_type == "LineString"
    )


def test_holes_enclaves_and_exclaves(kernel):
    """An enclave interrupts the stay around it; an exclave is a second stay of its unit."""
    land = shapely.Polygon([(0, 0), (20, 0), (20, 10), (0, 10)], [[(5, 4), (7, 4), (7, 6), (5, 6)]])
    enclave = shapely.box(5, 4, 7, 6)
    both = shapely.MultiPolygon([shapely.box(20, 0, 25, 10), shapely.box(30, 0, 31, 10)])
    index = build_edge_index(np.array([land, enclave, both]))
    stays = find_stays(index, [1], [5], [32], [5], kernel=kernel)
    assert stays.unit.tolist() == [0, 1, 0, 2, 2]


def test_no_length_has_the_stay_of_its_point(boxes, kernel):
    """Coincident ends give one stay, from 0 to 0, where the point lies."""
    stays = find_stays(boxes, [10.0, 0.0], [40.0, 90.0], [10.0, 50.0], [40.0, 90.0], kernel=kernel)
    assert stays.track.tolist() == [0, 1]
    assert stays.unit[0] == _unit_at(10, 40)
    assert stays.enter_m.tolist() == stays.leave_m.tolist() == [0, 0]


def test_start_at_a_pole_goes_down_its_meridian(boxes, kernel):
    """From the pole, only boxes on the meridian of the end are crossed, from north to south."""
    stays = find_stays(boxes, [0], [90], [40], [-10], kernel=kernel)
    expected = [_unit_at(40, lat) for lat in (80, 60, 40, 20, -5)]
    assert stays.unit[-5:].tolist() == expected
    assert (stays.leave_m - stays.enter_m)[:-5].sum() < 1


def test_track_over_a_pole_changes_the_meridian(boxes, kernel):
    """Over the pole the box on the other side is entered at the pole, 10° of meridian away."""
    stays = find_stays(boxes, [0], [80], [180], [80], kernel=kernel)
    assert stays.unit.tolist()[0] == _unit_at(0.1, 80)
    assert len(stays) <= 3
    assert stays.enter_m[-1] == pytest.approx(1_116_826, abs=1)  # 80° to 90° on WGS 84


def test_along_the_antimeridian_is_one_side(boxes, kernel):
    """Along ±180° the track keeps to the east side, whichever sign is written."""
    for sign in (180.0, -180.0):
        stays = find_stays(boxes, [sign], [-80], [sign], [80], kernel=kernel)
        expected = [_unit_at(-179.9, lat) for lat in (-70, -30, -10, 10, 40, 60, 75)]
        assert stays.unit.tolist() == expected


@pytest.mark.parametrize("border", [25.0, -141.0])
def test_along_a_meridian_border_is_its_east_side(boxes, kernel, border):
    """A track along 25° E or 141° W, both borders here, stays on their east side."""
    stays = find_stays(boxes, [border], [5], [border], [48], kernel=kernel)
    assert stays.unit.tolist() == [_unit_at(border + 0.1, lat) for lat in (10, 40)]
    back = find_stays(boxes, [border], [48], [border], [5], kernel=kernel)
    assert back.unit.tolist() == stays.unit.tolist()[::-1]


def test_start_and_end_on_a_border_add_no_sliver(boxes, kernel):
    """Ends on a border belong to the box the track is in; corners do not disturb."""
    stays = find_stays(boxes, [25, -3.7], [10, 31.6], [40, 25], [10, 49], kernel=kernel)
    assert _rows(stays) == [(0, _unit_at(30, 10)), (1, _unit_at(10, 40))]


def test_enclave_countries_of_a_degree_are_seen(kernel):
    """A unit of 500 m is entered and left; a touch of its corner is not a stay."""
    speck = shapely.box(12.45, 41.9, 12.456, 41.905)
    index = build_edge_index(np.array([speck]))
    through = find_stays(index, [12.4], [41.9025], [12.5], [41.9025], kernel=kernel)
    assert (through.leave_m - through.enter_m)[0] == pytest.approx(497.9, abs=1)
    assert len(find_stays(index, [12.4], [41.91], [12.5], [41.91], kernel=kernel)) == 0


def test_nearly_antipodal_ends_warn_and_say_which_line(boxes, kernel):
    """Between antipodes the answer names the azimuth that was taken, and is whole."""
    with pytest.warns(GeoEventsWarning, match="azimuth"):
        stays = find_stays(boxes, [0], [30], [180], [-30], kernel=kernel)
    assert stays.leave_m[-1] == pytest.approx(20_003_931, abs=2)


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e9])
def test_bad_coordinates_name_the_row(boxes, kernel, bad):
    """A coordinate that is none is an error with its row, never an answer."""
    with pytest.raises(InvalidCoordinateError, match="row 1"):
        find_stays(boxes, [0, bad], [0, 0], [1, 1], [1, 1], kernel=kernel)
    with pytest.raises(InvalidCoordinateError, match="row 0"):
        find_stays(boxes, [0], [0], [0], [95], kernel=kernel)


def test_empty_input_gives_empty_stays(boxes, kernel):
    """No legs, no stays; the types are kept."""
    stays = find_stays(boxes, [], [], [], [], kernel=kernel)
    assert len(stays) == 0
    assert (stays.track.dtype, stays.unit.dtype) == (np.int64, np.int32)


def test_threads_and_progress_change_nothing(boxes, kernel):
    """Two workers give the stays of one, and progress ends at the number of legs."""
    tracks = _tracks(40_000, 9, reach=1e6)
    told = []
    one = find_stays(boxes, *tracks, kernel=kernel)
    two = find_stays(boxes, *tracks, kernel=kernel, workers=2, progress=lambda *n: told.append(n))
    assert _rows(one) == _rows(two)
    assert (one.enter_m == two.enter_m).all()
    assert told[-1] == (40_000, 40_000)


def test_unknown_options_are_refused(boxes):
    """A kernel or number of workers that does not exist is an error."""
    with pytest.raises(InvalidInputError, match="kernel"):
        find_stays(boxes, [0], [0], [1], [1], kernel="fortran")
    with pytest.raises(InvalidInputError, match="workers"):
        find_stays(boxes, [0], [0], [1], [1], workers=0)
    with pytest.raises(InvalidCoordinateError, match="as many starts"):
        find_stays(boxes, [0, 1], [0, 1], [1], [1])


def test_vectors_of_starts_are_not_needed_to_be_sorted(boxes, kernel):
    """Row numbers of the answer are those of the question, in rising order."""
    tracks = _tracks(500, 12)
    stays = find_stays(boxes, *tracks, kernel=kernel)
    assert (np.diff(stays.track) >= 0).all()
    assert to_ecef(*tracks[:2]).shape == (500, 3)
