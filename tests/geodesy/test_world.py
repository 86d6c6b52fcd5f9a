"""Stays in the embedded world, against a 1 km reference made with shapely in suitable planes."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
import shapely

from geo_events.errors import DataMissingError
from geo_events.geodesy.crossings import find_stays
from geo_events.geodesy.edges import build_edge_index
from geo_events.geodesy.ellipsoid import GEOD, direct, inverse
from geo_events.geodesy.tracks import split_antimeridian

STEREO = "+proj=stere +lat_0={pole} +lon_0=0 +ellps=WGS84 +units=m"


@pytest.fixture(scope="module")
def pieces():
    from geo_events.atlas.territories import load_pieces

    try:
        return load_pieces().polygons
    except DataMissingError:
        pytest.skip("needs the embedded world (data/)")


@pytest.fixture(scope="module")
def index(pieces):
    return build_edge_index(pieces)


def _random(count, seed):
    rng = np.random.default_rng(seed)
    lat = np.degrees(np.arcsin(rng.uniform(-1, 1, count) * np.sin(np.radians(70))))
    return (
        rng.uniform(-180, 180, count),
        lat,
        rng.uniform(0, 360, count),
        rng.uniform(5e5, 3e6, count),
    )


def _over_180(count, seed):
    rng = np.random.default_rng(seed)
    lon = 180 + rng.uniform(-8, 8, count)
    lon = np.where(lon > 180, lon - 360, lon)
    bearing = np.where(lon > 0, 90, -90) + rng.uniform(-30, 30, count)
    return lon, rng.uniform(-70, 72, count), bearing, rng.uniform(1e6, 2.5e6, count)


def _polar(count, seed, pole):
    rng = np.random.default_rng(seed)
    lat = pole / 90 * rng.uniform(62, 88, count)
    return (
        rng.uniform(-180, 180, count),
        lat,
        rng.uniform(0, 360, count),
        rng.uniform(2e5, 2e6, count),
    )


def _steps(lon, lat, azimuth, length):
    along = np.linspace(0, length, int(length / 1000) + 2)
    return direct(lon, lat, azimuth, along)[:2]


def _inside_m(geometry, transformer=None):
    total = 0.0
    for part in shapely.get_parts(geometry):
        if part.geom_type == "LineString":
            xy = shapely.get_coordinates(part)
            lon, lat = xy.T if transformer is None else transformer.transform(*xy.T)
            total += float(GEOD.line_length(lon, lat))
    return total


def _compare(index, polygons, tracks, lines, transformer=None):
    """Inside lengths by track and unit: within 2 m, and no pair missing that is over 1 m deep."""
    lon, lat, azimuth, length = tracks
    end = direct(lon, lat, azimuth, length)
    stays = find_stays(index, lon, lat, end[0], end[1])
    ours = {}
    for k, unit, inside in zip(stays.track, stays.unit, stays.leave_m - stays.enter_m, strict=True):
        ours[int(k), int(unit)] = ours.get((int(k), int(unit)), 0.0) + inside
    track, unit = shapely.STRtree(polygons).query(lines, predicate="intersects")
    for pair in zip(track.tolist(), unit.tolist(), strict=True):
        met = shapely.intersection(lines[pair[0]], polygons[pair[1]])
        expected = _inside_m(met, transformer)
        # a stretch this short is less than 1 m deep
        assert abs(ours.pop(pair, 0.0) - expected) < 2 + 1e-6 * expected or expected < 2, pair
    assert all(inside < 2 for inside in ours.values())


def _check_plane(index, pieces, tracks):
    lines = np.empty(len(tracks[0]), dtype=object)
    for k, track in enumerate(zip(*tracks, strict=True)):
        lines[k] = split_antimeridian(shapely.LineString(np.c_[_steps(*track)]), edges="geodesic")
    shapely.prepare(pieces)
    _compare(index, pieces, tracks, lines)


def _check_polar(index, pieces, tracks, pole):
    there = pyproj.Transformer.from_crs(4326, STEREO.format(pole=pole), always_xy=True)
    back = pyproj.Transformer.from_crs(STEREO.format(pole=pole), 4326, always_xy=True)
    window = shapely.box(-180, min(pole, pole / 3), 180, max(pole, pole / 3))
    near = shapely.intersection(pieces, window)
    dense = shapely.segmentize(near, 0.02)
    flat = shapely.transform(dense, lambda xy: np.stack(there.transform(*xy.T), axis=1))
    flat = np.array([shapely.make_valid(p) if not p.is_valid else p for p in flat], dtype=object)
    lines = np.empty(len(tracks[0]), dtype=object)
    for k, track in enumerate(zip(*tracks, strict=True)):
        lines[k] = shapely.LineString(np.c_[there.transform(*_steps(*track))])
    shapely.prepare(flat)
    _compare(index, flat, tracks, lines, back)


def test_random_and_antimeridian_tracks_agree_in_the_plane(index, pieces):
    """150 random tracks and 50 over ±180°: no difference deeper than 1 m, lengths within 2 m."""
    _check_plane(index, pieces, _random(150, 1))
    _check_plane(index, pieces, _over_180(50, 2))


def test_polar_tracks_agree_in_the_stereographic_plane(index, pieces):
    """40 tracks round each pole agree with shapely in the polar stereographic plane."""
    for pole in (90, -90):
        _check_polar(index, pieces, _polar(40, 3, pole), pole)


@pytest.mark.slow
def test_thousands_of_tracks_agree_with_the_reference(index, pieces):
    """2,000 random tracks, 400 over ±180°, 800 polar ones: the same, within 1 m and 2 m."""
    _check_plane(index, pieces, _random(2_000, 4))
    _check_plane(index, pieces, _over_180(400, 5))
    for pole in (90, -90):
        _check_polar(index, pieces, _polar(400, 6, pole), pole)


def test_the_world_is_a_partition(index):
    """The embedded pieces leave no gap and no overlap: every border has a unit on both sides."""
    assert index.is_partition


def test_kernels_agree_in_the_world(index):
    """20,000 tracks over the real borders: the same stays, distances within 1 mm."""
    pytest.importorskip("numba")
    lon, lat, azimuth, length = _random(20_000, 7)
    end = direct(lon, lat, azimuth, length)
    one, two = (find_stays(index, lon, lat, end[0], end[1], kernel=k) for k in ("numpy", "numba"))
    assert (one.track == two.track).all()
    assert (one.unit == two.unit).all()
    assert np.abs(one.enter_m - two.enter_m).max() < 1e-3
    assert np.abs(one.leave_m - two.leave_m).max() < 1e-3
    assert inverse(lon, lat, *end[:2])[2] == pytest.approx(length, abs=1e-3)
