"""Questions that cannot be asked: the error says why and what to give instead."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import shapely

from geo_events.corridors.corridor import make_corridor
from geo_events.corridors.origins import find_origins
from geo_events.corridors.routes import find_route
from geo_events.corridors.separation import measure_separation, measure_separations
from geo_events.corridors.shares import find_shares
from geo_events.corridors.verdicts import check_crossing
from geo_events.errors import InvalidInputError, InvalidMeasureError
from geo_events.values import LonLat

NOON = datetime(2015, 10, 7, 12, tzinfo=UTC)


def test_a_greatest_length_below_the_straight_line_is_refused():
    """Moscow to Ankara is 1,795 km: nothing of 1,000 km goes there."""
    words = r"max_length: 1,000 km is shorter than the straight line \(1,795 km\): no route fits"
    with pytest.raises(InvalidInputError, match=words):
        check_crossing("Moscow", "Ankara", "Ukraine", max_length="1000 km")
    with pytest.raises(InvalidInputError, match=words):
        find_shares("Moscow", "Ankara", max_length="1000 km")


def test_a_greatest_length_of_an_area_needs_to_fit_its_nearest_point_only():
    """A square from 1° east on the equator: 111.3 km at the least; 200 km fit, 100 do not."""
    square = shapely.box(1, -1, 3, 1)
    with pytest.raises(InvalidInputError, match="shorter than the shortest straight line"):
        find_shares("0N 0E", square, max_length="100 km")
    assert len(find_shares("0N 0E", square, max_length="200 km"))


def test_the_very_length_of_the_straight_line_fits():
    """A route may be the straight line itself."""
    length_km = make_corridor("Moscow", "Ankara").length_km
    verdict = check_crossing("Moscow", "Ankara", "Ukraine", max_length=f"{length_km:.3f} km")
    assert verdict.answer == "yes"


def test_a_speed_without_a_departure_is_no_movement():
    """Distances in time need both; a speed alone is for minutes along one corridor."""
    fast = make_corridor(LonLat(lon=0, lat=0), LonLat(lon=9, lat=0), speed="900 km/h")
    with pytest.raises(InvalidInputError, match=r"a: .* has a speed but no departure"):
        measure_separation(fast, fast)
    with pytest.raises(InvalidInputError, match=r"b\[0\]: .* has a speed but no departure"):
        measure_separations([shapely.Point(1, 1)], [fast])
    moving = make_corridor(fast.origin, fast.target, speed="900 km/h", depart=NOON)
    assert measure_separation(moving, moving).method == "moving"
    assert fast.crossings()["leave_min"].notna().all()


def test_no_line_crosses_what_it_stays_out_of():
    """The same territory on both sides, by name or by shape, is a question without sense."""
    with pytest.raises(InvalidInputError, match="no line crosses Iran and stays out of it"):
        find_origins("Caspian Sea", "Raqqa", crossing="Iran", avoiding=["Turkey", "Iran"])
    square = shapely.box(0, 0, 1, 1)
    with pytest.raises(InvalidInputError, match="stays out of it"):
        find_origins("Caspian Sea", "Raqqa", crossing=square, avoiding=shapely.box(0, 0, 1, 1))


@pytest.mark.parametrize(
    ("target", "quantifier", "meaning"),
    [
        ("Raqqa", "any", "from here the straight line to Raqqa crosses Iran"),
        (
            shapely.box(38, 35, 39, 36),
            "any",
            "from here at least one straight line to somewhere in area around .* crosses Iran",
        ),
        (
            shapely.box(38, 35, 39, 36),
            "all",
            "from here every straight line to area around .*, wherever in it, crosses Iran",
        ),
    ],
)
def test_origins_carry_what_they_mean(target, quantifier, meaning):
    """What a share is a share of stands in `.attrs`, in words."""
    south = shapely.box(50, 37.5, 52, 38.5)
    found = find_origins(south, target, crossing="Iran", quantifier=quantifier)
    assert found.attrs["quantifier"] == quantifier
    assert shapely.is_valid(found.geometry).all()
    assert re.fullmatch(meaning, found.attrs["meaning"])


def test_a_width_without_a_unit_is_named():
    """The error names the argument."""
    with pytest.raises(InvalidMeasureError, match=r"^half_width: .*'20'"):
        make_corridor("Moscow", "Ankara", half_width="20")


def test_a_former_state_comes_with_advice():
    """The Soviet Union has no borders in today's tables: ask for its successors."""
    verdict = check_crossing("Moscow", "Ankara", "Soviet Union")
    assert verdict.answer == "not checkable"
    assert "successors" in verdict.text
    assert "give a city" not in verdict.text


def test_a_point_to_avoid_comes_with_advice():
    """What to give instead of a point: an area."""
    with pytest.raises(InvalidInputError, match=r"avoid: 'Moscow' is a point; give .*country"):
        find_route("Helsinki", "Tokyo", avoid="Moscow")
