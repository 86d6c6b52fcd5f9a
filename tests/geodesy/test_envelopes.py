"""No geodesic between two areas leaves their envelope."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from oracles import GEOD

from geo_events.errors import InvalidInputError
from geo_events.geodesy.envelopes import make_envelope
from geo_events.geodesy.rings import make_ring
from geo_events.geodesy.sampling import sample_pairs

ENDS = {
    "1,700 km": (make_ring(53, 33, 3e5), make_ring(34.8, 32.1, 6e4)),
    "3,900 km": (make_ring(60, 60, 4e5), make_ring(0, 50, 2e5)),
    "6,000 km": (make_ring(40, 20, 4e5), make_ring(110, 40, 2e5)),
    "boxes": (shapely.box(-60, -20, -40, 5), shapely.box(0, 40, 30, 60)),
    "point": (shapely.Point(10, 10), shapely.box(40, 40, 60, 50)),
    "across 180": (shapely.box(160, 40, 170, 50), make_ring(-150, 60, 5e5)),
    "over the pole": (make_ring(20, 70, 4e5), make_ring(-150, 65, 6e5)),
    "12,000 km": (make_ring(0, 50, 4e5), make_ring(115, -30, 4e5)),
    "16,000 km": (make_ring(20, 50, 2e5), make_ring(-160, -20, 2e5)),
    "nested": (shapely.box(0, 0, 30, 30), shapely.box(10, 10, 12, 12)),
}


@pytest.mark.parametrize("name", ENDS)
def test_no_point_of_a_track_is_outside(name):
    """Of 100,000 points on random tracks between the areas none lies outside the envelope."""
    here, there = ENDS[name]
    lon0, lat0, lon1, lat1 = sample_pairs(here, there, 4096, seed=11)
    azimuth, _, length = (np.asarray(v) for v in GEOD.inv(lon0, lat0, lon1, lat1))
    rng = np.random.default_rng(1)
    row = rng.integers(0, 4096, 100_000)
    along = length[row] * rng.uniform(0, 1, 100_000)
    lon, lat, _ = GEOD.fwd(lon0[row], lat0[row], azimuth[row], along)
    envelope = make_envelope(here, there)
    assert envelope.is_valid
    shapely.prepare(envelope)
    assert shapely.contains_xy(envelope, lon, lat).all()


def test_envelope_between_points_is_a_thin_line():
    """Between two points little more than the geodesic itself is covered."""
    envelope = make_envelope(shapely.Point(0, 50), shapely.Point(40, 50))
    assert abs(GEOD.geometry_area_perimeter(envelope)[0]) < 3e6 * 2000


def test_envelope_is_not_much_larger_than_its_tracks():
    """The hull of two discs is the strip between them: 2 r L + π r² up to the Earth's bend."""
    envelope = make_envelope(make_ring(0, 0, 2e5), make_ring(20, 0, 2e5))
    size = abs(GEOD.geometry_area_perimeter(envelope)[0])
    assert size == pytest.approx(4e5 * 2_226_390 + np.pi * 4e10, rel=0.02)


@pytest.mark.parametrize("end", [shapely.Polygon(), shapely.LineString([(0, 0), (1, 1)]), None])
def test_what_is_no_end_is_refused(end):
    """A line, an empty polygon or nothing is an error."""
    with pytest.raises(InvalidInputError, match="end"):
        make_envelope(end, shapely.Point(0, 0))


def test_antipodal_areas_are_refused():
    """Lines between opposite areas go everywhere, and the error says so."""
    with pytest.raises(InvalidInputError, match="opposite"):
        make_envelope(make_ring(0, 0, 5e5), make_ring(180, 0, 5e5))
