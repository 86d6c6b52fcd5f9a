"""The polar chart's area is the integral of GeographicLib's reduced length."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic

from geo_events.geodesy.polar import Chart, list_edges, trace_edges


@pytest.mark.parametrize("lat", [0.0, 36.0, -80.0, 90.0])
@pytest.mark.parametrize("azimuth", [0.0, 37.0, 133.0, 270.0])
@pytest.mark.parametrize("distance_m", [1e4, 1e6, 9e6, 1.99e7])
def test_area_of_a_sector(lat, azimuth, distance_m):
    """Area per radian is the reduced length, integrated along the geodesic (Simpson's rule)."""
    line = Geodesic.WGS84.Line(lat, 20.0, azimuth, Geodesic.ALL)
    steps = np.linspace(0, distance_m, 401)
    width = np.array([line.Position(s, Geodesic.REDUCEDLENGTH)["m12"] for s in steps])
    area = distance_m / 1200 * (width[0] + width[-1] + 4 * width[1::2].sum())
    area += distance_m / 1200 * 2 * width[2:-1:2].sum()
    end = line.Position(distance_m)
    height = Chart(20.0, lat).locate([end["lon2"]], [end["lat2"]])[1][0]
    assert height * 6_371_008.8**2 == pytest.approx(area, rel=1e-7)


@pytest.mark.parametrize("lat", [0.0, 50.0, -90.0])
def test_whole_earth(lat):
    """All sectors out to the antipode together are the area of the ellipsoid."""
    turn = np.linspace(0, 2 * math.pi, 72, endpoint=False)
    sectors = -Chart(5.0, lat, from_antipode=True).floor(turn)
    whole = sectors.mean() * 2 * math.pi * 6_371_008.8**2
    assert whole == pytest.approx(510_065_621_724_088.44, rel=1e-7)


def test_traced_edges_close():
    """Pieces of a ring's edges turn once round a centre inside, not at all round one outside."""
    start, end, _ = list_edges([shapely.box(0, 0, 40, 30)])
    for centre, turns in (((10.0, 10.0), 1), ((-10.0, 10.0), 0)):
        edges = trace_edges(Chart(*centre), start, end, 1e-9)
        assert abs((edges.end - edges.begin).sum()) == pytest.approx(turns * 2 * math.pi, abs=1e-9)
