"""`find_shares` and `find_origins`: shares of straight lines, exact and sampled."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo_events.corridors.ends import make_end
from geo_events.corridors.origins import find_origins
from geo_events.corridors.shares import SHARE_COLUMNS, find_shares, measure_share
from geo_events.corridors.world import load_world
from geo_events.errors import FrameError, InvalidInputError, InvalidMeasureError

# The shares that the project's brief gives, uniform over the Caspian Sea, each within .01.
TO_RAQQA = {
    "Syria": 1.000,
    "Turkey": 0.878,
    "Iran": 0.618,
    "Armenia": 0.600,
    "Azerbaijan": 0.558,
    "Russia": 0.426,
    "Georgia": 0.374,
    "Iraq": 0.357,
    "Kazakhstan": 0.060,
    "Turkmenistan": 0.012,
}
TO_SYRIA = {
    "Turkey": 0.784,
    "Iran": 0.670,
    "Azerbaijan": 0.578,
    "Armenia": 0.551,
    "Iraq": 0.494,
    "Russia": 0.421,
    "Georgia": 0.361,
}


def test_shares_to_a_point_are_those_of_the_brief():
    """From the Caspian Sea to Raqqa, exactly, by the shadow."""
    found = find_shares("Caspian Sea", "Raqqa").set_index("name")
    for name, share in TO_RAQQA.items():
        assert found["share"][name] == pytest.approx(share, abs=0.01), name
    assert set(found["method"]) == {"exact"}
    assert found["part"]["Syria"] == "target"
    assert found["part"]["Caspian Sea"] == "origin"
    assert found["part"]["Iran"] == "transit"


def test_shares_to_an_area_are_those_of_the_brief():
    """From the Caspian Sea to anywhere in Syria, sampled, with an interval that holds them."""
    found = find_shares("Caspian Sea", "Syria").set_index("name")
    for name, share in TO_SYRIA.items():
        assert found["share"][name] == pytest.approx(share, abs=0.01), name
    assert set(found["method"]) == {"sampled"}
    assert (found["sampling_low"] <= found["share"]).all()
    assert (found["share"] <= found["sampling_high"]).all()
    assert (found["sampling_high"] > found["sampling_low"]).all()


def test_the_columns_are_those_of_the_design():
    """Eight columns, and two more with an allowance."""
    assert tuple(find_shares("Caspian Sea", "Raqqa").columns) == SHARE_COLUMNS


def test_there_and_back_are_the_same_shares():
    """A geodesic is the same line in both directions."""
    there = find_shares("Caspian Sea", "Raqqa").set_index("name")
    back = find_shares("Raqqa", "Caspian Sea").set_index("name")
    np.testing.assert_allclose(back["share"].sort_index(), there["share"].sort_index())
    assert back["part"]["Syria"] == "origin"


def test_a_wall_south_of_the_equator_hides_the_southern_half():
    """By symmetry: half of an area astride the equator lies behind it, seen from the equator."""
    area = make_end(shapely.box(10, -5, 20, 5))
    point, wall = make_end("0.0N 0.0E"), make_end(shapely.box(5, -30, 6, 0))
    for ends in ((area, point), (point, area)):
        share, where = measure_share(*ends, wall, load_world())
        assert share == pytest.approx(0.5, abs=1e-5)
        assert where.bounds == pytest.approx((10, -5, 20, 0), abs=1e-3)


def test_weights_shift_the_share():
    """All weight in the north of the Caspian Sea: no line crosses Iran; in the south: all do."""
    north = gpd.GeoDataFrame({"weight": [1.0]}, geometry=[shapely.box(45, 45, 56, 48)], crs=4326)
    found = find_shares("Caspian Sea", "Raqqa", weights=north).set_index("name")["share"]
    assert "Iran" not in found.index
    south = find_shares("Caspian Sea", "Raqqa", weights=lambda _, lat: (lat < 40) * 1.0)
    assert south.set_index("name")["share"]["Iran"] == pytest.approx(1.0, abs=1e-3)


def test_bad_weights_are_refused():
    """Negative or vanishing weights, another type, no column, or a point as origin."""
    with pytest.raises(InvalidInputError, match="zero or more"):
        find_shares("Caspian Sea", "Raqqa", weights=lambda _, lat: lat * -1)
    with pytest.raises(InvalidInputError, match="zero"):
        find_shares("Caspian Sea", "Raqqa", weights=lambda _, lat: lat * 0)
    with pytest.raises(InvalidInputError, match="expected a GeoDataFrame"):
        find_shares("Caspian Sea", "Raqqa", weights=3)
    with pytest.raises(InvalidInputError, match="point"):
        find_shares("Raqqa", "Caspian Sea", weights=lambda _, lat: lat)
    frame = gpd.GeoDataFrame(geometry=[shapely.box(45, 45, 56, 48)], crs=4326)
    with pytest.raises((InvalidInputError, FrameError), match="weight"):
        find_shares("Caspian Sea", "Raqqa", weights=frame)


def test_between_points_a_share_is_all_or_nothing():
    """One line crosses or does not."""
    found = find_shares("Moscow", "Ankara")
    assert set(found["share"]) == {1.0}
    assert "Ukraine" in set(found["name"])


def test_a_longer_route_can_cross_more_and_avoid_more():
    """The brief: Iran can be crossed within 5 % from everywhere, Turkey avoided from about half."""
    found = find_shares("Caspian Sea", "Raqqa", detour="5 %").set_index("name")
    assert found["can_cross"]["Iran"] == pytest.approx(1.0, abs=0.01)
    assert found["can_avoid"]["Turkey"] == pytest.approx(0.5, abs=0.1)
    assert found["can_avoid"]["Syria"] == 0
    crossed = found[found["share"] > 0]
    assert (crossed["can_cross"] >= crossed["share"] - 0.01).all()
    one = find_shares("Caspian Sea", "Raqqa", detour="1 %").set_index("name")
    assert one["can_cross"]["Iran"] == pytest.approx(0.85, abs=0.02)


def test_a_measure_without_unit_is_refused():
    """5 could be per cent or a factor."""
    with pytest.raises(InvalidMeasureError):
        find_shares("Caspian Sea", "Raqqa", detour="5")


def test_origins_are_the_shadow_less_the_shadows():
    """Iran but not Turkey is what Iran's share and Turkey's leave over together."""
    shares = find_shares("Caspian Sea", "Raqqa").set_index("name")["share"]
    iran = find_origins("Caspian Sea", "Raqqa", crossing="Iran")
    both = find_origins("Caspian Sea", "Raqqa", crossing=["Iran", "Turkey"])
    only = find_origins("Caspian Sea", "Raqqa", crossing="Iran", avoiding="Turkey")
    assert iran["share"].sum() == pytest.approx(shares["Iran"], abs=1e-3)
    assert both["share"].sum() + only["share"].sum() == pytest.approx(shares["Iran"], abs=1e-3)
    assert iran.crs.to_epsg() == 4326


def test_origins_hold_only_points_whose_line_fits():
    """Lines from inside the polygons cross Iran and stay out of Turkey, by the crossings."""
    from geo_events.corridors.crossings import find_crossings

    found = find_origins("Caspian Sea", "Raqqa", crossing="Iran", avoiding="Turkey")
    west, south, east, north = found.total_bounds
    rng = np.random.default_rng(0)
    lon, lat = rng.uniform(west, east, 400), rng.uniform(south, north, 400)
    inside = shapely.contains_xy(found.union_all().buffer(-0.01), lon, lat)
    tracks = np.column_stack([lon, lat, np.full(400, 39.0044), np.full(400, 35.9496)])[inside]
    names = find_crossings(tracks).groupby("track")["name"].apply(set)
    assert len(names) > 20
    assert all("Iran" in crossed and "Turkey" not in crossed for crossed in names)


def test_origins_within_a_range_lie_within_it():
    """Nothing of the area found is farther away than the range."""
    found = find_origins("Caspian Sea", "Raqqa", within="1200 km")
    from pyproj import Geod

    lon, lat = shapely.get_coordinates(found.geometry).T
    away = Geod(ellps="WGS84").inv(lon, lat, np.full_like(lon, 39.0044), np.full_like(lat, 35.9496))
    assert max(away[2]) <= 1_200_500


def test_no_origin_fits_is_an_empty_frame():
    """Nothing is an empty frame with the same columns, never None."""
    none = find_origins("Caspian Sea", "Raqqa", crossing="Egypt")
    some = find_origins("Caspian Sea", "Raqqa", crossing="Iran")
    assert len(none) == 0
    assert list(none.columns) == list(some.columns)
    assert list(none.dtypes.astype(str)) == list(some.dtypes.astype(str))


@pytest.mark.parametrize(
    "arguments",
    [
        {"area": "Raqqa", "target": "Moscow"},
        {"area": "Caspian Sea", "target": "Raqqa", "crossing": "Moscow"},
        {"area": "Caspian Sea", "target": "Raqqa", "quantifier": "most"},
        {"area": "Caspian Sea", "target": (39, 35)},
        {"area": "Caspian Sea", "target": "Raqqa", "avoiding": 7},
    ],
)
def test_what_cannot_be_asked_is_refused(arguments):
    """A point as area, a point as territory, an unknown quantifier, bare numbers."""
    with pytest.raises(InvalidInputError):
        find_origins(**arguments)


def test_nothing_both_crosses_and_stays_out():
    """Lines that cross Iran and avoid it start nowhere, not in slivers along a shadow's edge."""
    iran = make_end("Iran").geometry
    more = shapely.union(iran, shapely.box(-150, -10, -149, -9))  # far away, in nobody's way
    assert find_origins("Caspian Sea", "Raqqa", crossing=iran, avoiding=more).empty


def test_weights_add_up_where_they_overlap():
    """Weight 1 everywhere and 3 more in the south is 4 in the south and 1 in the north."""
    whole, south = shapely.box(45, 36, 56, 48), shapely.box(45, 36, 56, 40)
    north = shapely.box(45, 40, 56, 48)
    both, apart = (
        gpd.GeoDataFrame({"weight": weight}, geometry=shapes, crs=4326)
        for weight, shapes in (([3.0, 1.0], [south, whole]), ([4.0, 1.0], [south, north]))
    )
    first, second = (
        find_shares("Caspian Sea", "Raqqa", weights=weights).set_index("name")["share"]
        for weights in (both, apart)
    )
    assert first["Turkey"] == pytest.approx(second["Turkey"], abs=1e-9)
