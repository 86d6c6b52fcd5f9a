"""Direct and inverse problem, vectors, and the check of coordinates."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from strategies import azimuths, lengths_m, lonlats

from geo_events.errors import InvalidCoordinateError
from geo_events.geodesy.ellipsoid import A_M, direct, from_ecef, inverse, to_ecef, validate_lonlat
from geo_events.geodesy.stepper import make_lines, measure_along, step_along

CASES = Path(__file__).parents[1] / "cases" / "geodesy"


@pytest.fixture(scope="module")
def karney():
    with gzip.open(CASES / "GeodTest-short.dat.gz") as file:
        return np.loadtxt(file)


def _apart_m(lon0, lat0, lon1, lat1):
    return np.linalg.norm(to_ecef(lon0, lat0) - to_ecef(lon1, lat1), axis=-1) * A_M


def test_direct_agrees_with_karney_to_15_nanometres(karney):
    """The direct problem meets all 10,000 of the published geodesics within 15 nm."""
    lat0, lon0, azimuth, lat1, lon1, _, length = karney[:, :7].T
    lon, lat, _ = direct(lon0, lat0, azimuth, length)
    assert len(karney) == 10_000
    assert _apart_m(lon, lat, lon1, lat1).max() < 15e-9


def test_inverse_agrees_with_karney_to_15_nanometres(karney):
    """The inverse problem gives all 10,000 published lengths within 15 nm."""
    lat0, lon0, _, lat1, lon1, _, length = karney[:, :7].T
    assert np.abs(inverse(lon0, lat0, lon1, lat1)[2] - length).max() < 15e-9


def test_bulk_stepper_agrees_with_karney_to_a_millimetre(karney):
    """The own stepper ends within 1 mm of all 10,000 published ends."""
    lat0, lon0, azimuth, lat1, lon1, _, length = karney[:, :7].T
    lines = make_lines(lon0, lat0, azimuth, length)
    end = step_along(lines, lines.end).T
    assert (np.linalg.norm(end - to_ecef(lon1, lat1), axis=1) * A_M).max() < 1e-3
    assert np.abs(measure_along(lines, lines.end) - length).max() < 1e-3


@given(lonlats, azimuths, lengths_m)
def test_stepper_stays_within_a_millimetre_everywhere(point, azimuth, length):
    """At any share of any geodesic the stepper is within 1 mm of PROJ, poles and ±180° too."""
    one = [np.array([value]) for value in (*point, azimuth, length)]
    lines = make_lines(*one)
    sigma = 0.3 * lines.begin + 0.7 * lines.end
    lon, lat, _ = direct(*point, azimuth, measure_along(lines, sigma)[0])
    assert np.linalg.norm(step_along(lines, sigma)[:, 0] - to_ecef(lon, lat)) * A_M < 1e-3


@given(lonlats)
def test_vectors_give_the_position_back(point):
    """A position survives the way into space and back within a micrometre."""
    lon, lat = from_ecef(to_ecef(*point))
    assert _apart_m(*point, lon, lat) < 1e-6


def test_antimeridian_and_poles_are_one_vector_each():
    """Longitude 180 and -180 give the same vector, and so do all longitudes at a pole."""
    assert (to_ecef(180.0, 50.0) == to_ecef(-180.0, 50.0)).all()
    assert (to_ecef(12.0, 90.0) == to_ecef(-99.0, 90.0)).all()


def test_longitudes_up_to_360_are_wrapped():
    """Longitudes beyond ±180 up to ±360 mean the same meridian within ±180."""
    lon, lat = validate_lonlat([190, -190, 360, 180, -180], [0, 0, 0, 0, 0])
    assert lon.tolist() == [-170, 170, 0, 180, -180]
    assert lat.tolist() == [0] * 5


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(np.nan, 0), (np.inf, 0), (0, np.nan), (0, -np.inf), (0, 95), (1e9, 0), (361, 0), (0, -90.1)],
)
def test_bad_numbers_name_their_row(lon, lat):
    """What is not finite or out of range raises an error with the row's label."""
    with pytest.raises(InvalidCoordinateError, match="row 'b'"):
        validate_lonlat([0, lon], [0, lat], labels=["a", "b"])


def test_swapped_coordinates_are_suspected():
    """A latitude beyond 90 with a longitude that could be one asks whether they are swapped."""
    with pytest.raises(InvalidCoordinateError, match="swapped"):
        validate_lonlat([41.0], [141.0])


@pytest.mark.parametrize("bad", [["12"], [None], [True], ["x", 1.0], [[1], [2, 3]]])
def test_what_is_no_number_is_refused(bad):
    """Text, missing values and truth values are no coordinates."""
    with pytest.raises((InvalidCoordinateError, ValueError)):
        validate_lonlat(np.array(bad, dtype=object), np.zeros(len(bad)))


def test_more_longitudes_than_latitudes_are_refused():
    """Both coordinates must have one shape."""
    with pytest.raises(InvalidCoordinateError, match="as many"):
        validate_lonlat([1, 2], [1])


def test_empty_input_is_fine():
    """No rows in, no rows out."""
    assert [len(v) for v in validate_lonlat([], [])] == [0, 0]
