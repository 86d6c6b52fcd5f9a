"""Finding and resolving places by name."""

from __future__ import annotations

import subprocess
import sys

import pytest
import shapely

from geo_events.atlas.gazetteer import find_candidates, find_places, resolve_place
from geo_events.errors import (
    AmbiguousPlaceError,
    InvalidCoordinateError,
    InvalidInputError,
    PlaceNotFoundError,
)
from geo_events.values import LonLat

COLUMNS = [
    "id", "name", "kind", "country", "region", "lon", "lat", "population", "source", "score",
    "reason", "geometry",
]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "35.95N 39.01E", "39.01E 35.95N", "N35.95 E39.01", "35.95 N, 39.01 E", "35.95°N 39.01°E",
        "35°57'N 39°0'36\"E", "35°57′00″N, 39°00′36″E", "35 57 00 N 39 00 36 E", "35.95n39.01e",
    ],
)  # fmt: skip
def test_positions_with_letters_are_read_in_either_order(text):
    """Decimal degrees and degrees-minutes-seconds give the same point."""
    place = resolve_place(text)
    assert place.kind == "point"
    assert place.lon == pytest.approx(39.01)
    assert place.lat == pytest.approx(35.95)


@pytest.mark.parametrize("bare", ["35.95, 39.01", "35.95 39.01", "(39.01, 35.95)", "-10;20"])
def test_bare_number_pairs_are_refused_with_advice(bare):
    """Two numbers without letters name no order, so they are refused."""
    with pytest.raises(InvalidInputError, match="LonLat"):
        resolve_place(bare)


@pytest.mark.parametrize("given", [(35.95, 39.01), [39.01, 35.95], 7, None])
def test_what_is_no_place_is_refused(given):
    """Tuples, lists and numbers are no places."""
    with pytest.raises(InvalidInputError, match="expected a place"):
        resolve_place(given)


@pytest.mark.parametrize("text", ["95N 10E", "35N 200E", "35N 36N", "35°70'N 10E"])
def test_impossible_positions_are_refused(text):
    """Degrees out of range, minutes over 60 and two latitudes are errors."""
    with pytest.raises(InvalidCoordinateError):
        resolve_place(text)


def test_places_positions_and_shapes_pass_through():
    """A Place comes back as it is; a LonLat and a geometry become places."""
    raqqa = resolve_place("Raqqa")
    assert resolve_place(raqqa) is raqqa
    assert resolve_place(LonLat(lon=1, lat=2)).lonlat == LonLat(lon=1.0, lat=2.0)
    box = shapely.box(10, 20, 12, 24)
    assert resolve_place(box).geometry.equals(box)
    assert resolve_place(shapely.Point(3, 4)).kind == "point"


def test_an_empty_geometry_is_refused():
    """A geometry without extent stands nowhere."""
    with pytest.raises(InvalidInputError, match="geometry"):
        resolve_place(shapely.Polygon())


@pytest.mark.parametrize("id_", ["country:SYR", "geonames:172955", "airport:LTAG", "poi:pentagon"])
def test_ids_resolve_to_themselves(id_):
    """An id given as a name finds its place."""
    assert resolve_place(id_).id == id_


def test_equally_likely_places_raise_with_candidates():
    """Springfield alone is no answer; the candidates say in which states."""
    with pytest.raises(AmbiguousPlaceError, match="Springfield") as caught:
        resolve_place("Springfield")
    assert len(caught.value.candidates) >= 3
    assert "Illinois" in str(caught.value)


@pytest.mark.parametrize(
    "name", ["Paris", "Moscow", "London", "Georgia", "Jordan", "Turkey", "Washington", "Langley",
             "White House", "England", "Chechnya", "Homs", "Idlib", "Aleppo", "Berlin"],
)  # fmt: skip
def test_a_dominating_place_is_not_ambiguous(name):
    """A famous place, or a city with the region named after it, resolves without an error."""
    assert resolve_place(name)


def test_the_place_after_the_comma_decides():
    """City and state, city and country, in brackets, with abbreviations."""
    assert resolve_place("Paris, Texas").country == "USA"
    assert resolve_place("Paris (Texas)").country == "USA"
    assert resolve_place("Langley, British Columbia").country == "CAN"
    assert resolve_place("Springfield, Mo.").region == "region:US-MO"


def test_options_narrow_the_answer():
    """kind=, country= and near= choose among places of one name."""
    assert resolve_place("Georgia", kind="region").country == "USA"
    assert resolve_place("London", country="Canada").country == "CAN"
    assert resolve_place("London", country="CA").country == "CAN"
    assert resolve_place("Springfield", near="Chicago").region == "region:US-IL"
    assert {c.place.kind for c in find_candidates("Moscow", kind=["region"])} == {"region"}


def test_nothing_found_suggests_names_like_it():
    """An unknown name raises with suggestions that exist."""
    with pytest.raises(PlaceNotFoundError) as caught:
        resolve_place("Kaliningradd", fuzzy=False)
    assert "Kaliningrad" in caught.value.suggestions


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Kaliningradd", "Kaliningrad"), ("Istanbil", "Istanbul"), ("Fallujha", "Fallujah"),
     ("Каленинград", "Kaliningrad"), ("Al Raqqa", "Raqqa"), ("Veliki Ustiug", "Veliky Ustyug")],
)  # fmt: skip
def test_typing_errors_and_transliterations_are_forgiven(typed, meant):
    """One wrong letter, or another romanisation, still finds the place first."""
    assert find_candidates(typed, limit=1)[0].place.name == meant


@pytest.mark.parametrize(
    ("begun", "meant"),
    [("Diyarb", "Diyarbakır"), ("Sevasto", "Sevastopol"), ("Kaliningr", "Kaliningrad"),
     ("Petersb", "Saint Petersburg"), ("Hmeim", "Hmeimim")],
)  # fmt: skip
def test_the_beginning_of_a_name_finds_the_place(begun, meant):
    """A name that is cut within a word finds the place; it stays a likeness, not a match."""
    found = find_candidates(begun, limit=1)[0]
    assert found.place.name == meant
    assert "name like it" in found.reason
    assert not find_candidates(begun, fuzzy=False)


def test_scores_fall_and_reasons_are_one_line():
    """Candidates come best first, scores lie in [0, 1], each with a one-line reason."""
    found = find_candidates("San Jose", limit=20)
    scores = [c.score for c in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert all(c.reason and "\n" not in c.reason for c in found)


def test_an_empty_answer_has_the_same_columns_and_types():
    """find_places gives a frame with all columns, also when nothing fits."""
    full, empty = find_places("Raqqa"), find_places("qqqqqqqqqqq xxxxx", fuzzy=False)
    assert list(full.columns) == list(empty.columns) == COLUMNS
    assert len(empty) == 0
    assert (full.dtypes == empty.dtypes).all()
    assert full.crs == empty.crs == "EPSG:4326"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"name": ""}, "names nothing"),
        ({"name": "\u200b"}, "names nothing"),
        ({"name": "x" * 501}, "at most 500"),
        ({"name": 5}, "as text"),
        ({"name": "Paris", "kind": "town"}, "kind"),
        ({"name": "Paris", "country": "Atlantis"}, "country"),
        ({"name": "Paris", "limit": -1}, "limit"),
        ({"name": "Paris", "limit": "a"}, "limit"),
    ],
)
def test_bad_input_is_told(options, message):
    """Every wrong option is an InvalidInputError that names it."""
    with pytest.raises(InvalidInputError, match=message):
        find_places(**options)


def test_a_country_prints_as_one_line_and_has_a_polygon():
    """str() is one line; the geometry of a country is its polygon, of a city its point."""
    assert str(resolve_place("Syria")) == "Syria (country)"
    assert str(resolve_place("Raqqa")) == "Raqqa, Syria (city)"
    assert resolve_place("Syria").geometry.geom_type == "MultiPolygon"
    assert resolve_place("Caspian Sea").geometry.area > 10
    assert resolve_place("Raqqa").geometry.geom_type == "Point"


def test_a_look_up_loads_no_heavy_library():
    """One name is found without pandas, pyarrow, shapely or scipy."""
    code = (
        "import sys; from geo_events.atlas.gazetteer import resolve_place as r; r('Raqqa');"
        "print([m for m in ('pandas','pyarrow','shapely','scipy','geopandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_namesakes_in_one_country_are_told_apart_by_their_regions():
    """The message of an ambiguous name has what its candidates differ in."""
    with pytest.raises(AmbiguousPlaceError, match=r"Odess?a, Ukraine.*Donets'?k, Ukraine"):
        resolve_place("Hrabove, Ukraine")


@pytest.mark.parametrize(("written", "meant"), [("Mowcow", "Moscow"), ("Jordn", "Jordan")])
def test_the_name_with_the_fewest_errors_is_suggested_first(written, meant):
    """A suggestion is what a reader would correct the name to."""
    with pytest.raises(PlaceNotFoundError) as caught:
        resolve_place(written)
    assert caught.value.suggestions[0] == meant
