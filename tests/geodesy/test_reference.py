"""Known figures on real borders: the Caspian Sea to Raqqa, and routes without closed countries."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geo_events.errors import DataMissingError
from geo_events.geodesy.crossings import find_stays
from geo_events.geodesy.detours import Allowance, measure_can_avoid, measure_can_cross
from geo_events.geodesy.edges import build_edge_index
from geo_events.geodesy.routes import find_shortest_path
from geo_events.geodesy.sampling import sample_area
from geo_events.geodesy.shadows import make_shadow, measure_shadow_shares

RAQQA = (39.01, 35.95)
SHARES = {
    "SYR": 1.0,
    "TUR": 0.878,
    "IRN": 0.618,
    "ARM": 0.600,
    "AZE": 0.558,
    "RUS": 0.426,
    "GEO": 0.374,
    "IRQ": 0.357,
    "KAZ": 0.060,
    "TKM": 0.012,
}


def _border(name):
    """Take a territory from the embedded world, or skip where it is missing."""
    territories = pytest.importorskip("geo_events.atlas.territories")
    try:
        return territories.territory_polygon(name)
    except DataMissingError as error:
        pytest.skip(f"needs the embedded world: {error}")


@pytest.fixture(scope="module")
def caspian():
    """The Caspian Sea."""
    return _border("sea:caspian-sea")


def test_shares_from_the_caspian_to_raqqa(caspian):
    """The exact shares are the published ones within a per cent."""
    countries = [_border(f"country:{code}") for code in SHARES]
    found = measure_shadow_shares(caspian, *RAQQA, countries)
    np.testing.assert_allclose(found, list(SHARES.values()), atol=0.01)


def test_iran_is_crossed_from_the_south(caspian):
    """Everywhere south of 42° N lines to Raqqa cross Iran, almost nowhere north of 43° N."""
    shadow = make_shadow(caspian, *RAQQA, _border("country:IRN"))
    for cut, low, high in (((40, 36, 60, 42), 0.999, 1.001), ((40, 43, 60, 48), 0.0, 0.03)):
        part = shapely.intersection(caspian, shapely.box(*cut))
        share = shapely.intersection(shadow, part).area / part.area
        assert low <= share <= high


def test_detours_from_the_caspian_to_raqqa(caspian):
    """Iran within 1 % from about .85, within 5 % from all; Turkey avoided with 5 % from half."""
    lon, lat = sample_area(caspian, 1024, seed=1)
    iran, turkey = _border("country:IRN"), _border("country:TUR")
    one, five = Allowance(detour=0.01), Allowance(detour=0.05)
    assert measure_can_cross(lon, lat, RAQQA, iran, one).mean() == pytest.approx(0.85, abs=0.02)
    assert measure_can_cross(lon, lat, RAQQA, iran, five).all()
    assert measure_can_avoid(lon, lat, RAQQA, turkey, five).mean() == pytest.approx(0.5, abs=0.06)


def test_delhi_london_without_pakistan_and_afghanistan():
    """The way goes round by the north, never inside, and is some 200 km longer."""
    closed = [_border("country:PAK"), _border("country:AFG")]
    lon, lat = find_shortest_path(77.2, 28.6, -0.13, 51.5, closed)
    stays = find_stays(build_edge_index(np.array(closed)), lon[:-1], lat[:-1], lon[1:], lat[1:])
    assert len(stays.track) == 0
    assert lat.max() > 35


@pytest.mark.slow
def test_helsinki_tokyo_without_russia():
    """The way by the Kerch Strait, not Bering's, is as long as over fine grids, never inside."""
    from oracles import GEOD

    russia = _border("country:RUS")
    lon, lat = find_shortest_path(24.94, 60.17, 139.69, 35.69, russia)
    stays = find_stays(build_edge_index(np.array([russia])), lon[:-1], lat[:-1], lon[1:], lat[1:])
    assert len(stays.track) == 0
    assert GEOD.line_length(lon, lat) == pytest.approx(10_526_900, rel=0.002)


@pytest.mark.slow
def test_shares_agree_with_a_million_lines(caspian):
    """Exact shares agree with 2^20 Sobol points, each line crossed with the borders, to 5e-5."""
    names = ["IRN", "TUR", "IRQ", "ARM"]
    countries = [_border(f"country:{code}") for code in names]
    exact = measure_shadow_shares(caspian, *RAQQA, countries)
    lon, lat = sample_area(caspian, 2**20, seed=1)
    index = build_edge_index(np.array(countries))
    there = np.full(len(lon), RAQQA[0]), np.full(len(lon), RAQQA[1])
    stays = find_stays(index, lon, lat, *there)
    for unit, share in enumerate(exact):
        crossed = len(np.unique(stays.track[stays.unit == unit]))
        assert crossed / len(lon) == pytest.approx(share, abs=5e-5)
