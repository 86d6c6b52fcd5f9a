"""Tables of movements: names, coordinates and codes; a precision makes a point an area."""

from pathlib import Path

import pandas as pd
import pytest
import shapely

import geo_events as ge
from geo_events.corridors.precision import widen_end
from geo_events.errors import FrameError, InvalidMeasureError

SEEDS = Path(__file__).parents[2] / "seeds"
TESTS = SEEDS / "nk-tests" / "tests.csv"
ROUTES = SEEDS / "routes" / "routes.csv"

needs_seeds = pytest.mark.skipif(
    not TESTS.exists(), reason="the worked tables are not beside the tests"
)


@pytest.fixture(scope="module")
def tests():
    """The table of missile tests, with its corridors."""
    table = pd.read_csv(TESTS)
    made = ge.make_corridors(
        table,
        origin="site",
        target="landing",
        origin_precision="site_precision",
        target_precision="landing_precision",
    )
    return table.join(made[["shortest_km", "longest_km"]])


@needs_seeds
def test_every_published_flight_of_a_missile_fits_its_corridor(tests):
    """The distance that was published lies between the shortest and the longest line."""
    told = tests[tests.flown_km.notna()]
    assert len(told) >= 15
    fits = (told.shortest_km <= told.flown_km) & (told.flown_km <= told.longest_km)
    assert told[~fits].date.tolist() == []


@needs_seeds
@pytest.mark.parametrize(("day", "km"), [("2017-08-29", 2700), ("2017-09-15", 3700)])
def test_two_landings_east_of_a_cape_are_as_far_as_was_published(tests, day, km):
    """Sunan to so many km east of Cape Erimo is the published length, within the rounding."""
    row = tests[tests.date == day].iloc[0]
    assert (row.shortest_km + row.longest_km) / 2 == pytest.approx(km, rel=0.015)


@needs_seeds
def test_published_lengths_of_flights_are_met():
    """Airports by code, across ±180° and near the pole: within 0.1 % of what is published."""
    table = pd.read_csv(ROUTES)
    made = ge.make_corridors(table, origin="origin", target="target")
    told = table.published_km.notna()
    assert told.sum() >= 17
    ratio = made.shortest_km[told] / table.published_km[told]
    assert (ratio - 1).abs().max() < 0.001


@needs_seeds
def test_helsinki_to_tokyo_round_russia_is_longer_but_not_longer_than_flown():
    """Round Russia it is longer than straight over it, and at most the 12,900 km flown."""
    straight = ge.make_corridor("EFHK", "RJAA")
    assert "Russia" in straight.crossings().name.tolist()
    around = ge.find_route("EFHK", "RJAA", avoid="Russia")
    assert straight.length_km < around.length_km < 12_900
    assert "Russia" not in around.crossings().name.tolist()


def test_a_precision_for_all_or_row_by_row():
    """25 km to either side of each end, or only where the row says so."""
    frame = pd.DataFrame({"a": ["Moscow"] * 3, "b": ["Ankara"] * 3, "p": ["25 km", None, "point"]})
    whole = ge.make_corridors(
        frame, origin="a", target="b", origin_precision="25 km", target_precision="25 km"
    )
    assert (whole.longest_km - whole.shortest_km).tolist() == pytest.approx([100] * 3, abs=0.5)
    rows = ge.make_corridors(frame, origin="a", target="b", origin_precision="p")
    assert (rows.longest_km - rows.shortest_km).tolist() == pytest.approx([50, 0, 0], abs=0.5)


def test_a_country_or_region_of_a_point():
    """Kharkiv stands for somewhere in Ukraine, or somewhere in its region."""
    frame = pd.DataFrame({"a": ["Kharkiv"], "b": ["Warsaw"]})
    names = [
        ge.make_corridors(frame, origin="a", target="b", origin_precision=word).origin[0]
        for word in ("country", "region")
    ]
    assert names[0] == "Ukraine"
    assert names[1] != "Ukraine"


def test_names_codes_coordinates_and_shapes_stand_in_one_column():
    """Whatever a place is given as, elsewhere, it may stand in a cell."""
    frame = pd.DataFrame(
        {"a": ["Paris", "LFPG", "48.85N 2.35E", shapely.Point(2.35, 48.85)], "b": ["Rome"] * 4}
    )
    made = ge.make_corridors(frame, origin="a", target="b")
    assert made.shortest_km.max() - made.shortest_km.min() < 30


def test_text_in_a_column_of_degrees_is_refused():
    """Text may be anything, even where it looks like a number; the row is named."""
    frame = pd.DataFrame({"x": ["20"], "y": [10.0], "b": ["Rome"]}, index=["row 7"])
    with pytest.raises(FrameError, match="row 7"):
        ge.make_corridors(frame, origin=("x", "y"), target="b")


@pytest.mark.parametrize("word", ["25", "near", "0 km", "50000 km", 25])
def test_a_precision_that_is_none_is_refused_with_its_row(word):
    """A length has its unit, and a word is one of four."""
    frame = pd.DataFrame({"a": ["Moscow"], "b": ["Ankara"], "p": [word]}, index=["row 7"])
    with pytest.raises(FrameError, match=r"(?s)row 7.*precision"):
        ge.make_corridors(frame, origin="a", target="b", origin_precision="p")


def test_an_area_stays_what_it_is():
    """Nothing makes a sea more exact, or less."""
    frame = pd.DataFrame({"a": ["Caspian Sea"], "b": ["Raqqa"]})
    plain = ge.make_corridors(frame, origin="a", target="b")
    wide = ge.make_corridors(frame, origin="a", target="b", origin_precision="25 km")
    assert plain.geometry.iloc[0].equals(wide.geometry.iloc[0])


def test_a_point_at_sea_has_a_sea_and_no_region():
    """In the open Pacific there is a sea around, and no region."""
    end = ge.make_corridor("40N 160W", "Tokyo").origin
    assert widen_end(end, "country").name == "North Pacific Ocean"
    with pytest.raises(ge.errors.InvalidInputError, match="no region"):
        widen_end(end, "region")


def test_a_measure_without_its_unit_is_one_error():
    """A width is the same for all rows."""
    frame = pd.DataFrame({"a": ["Moscow"], "b": ["Ankara"]})
    with pytest.raises(InvalidMeasureError):
        ge.make_corridors(frame, origin="a", target="b", half_width="50")
