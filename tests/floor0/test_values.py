"""Small values check what they are given and never repair it."""

import math

import pytest

from geo_events.errors import InvalidCoordinateError, InvalidInputError
from geo_events.values import LonLat, Source, Span, validate_view


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(math.nan, 0), (0, math.inf), (181, 0), (0, 90.1), ("1", 2), (None, 2), (True, 2)],
)
def test_position_off_the_earth_is_refused(lon, lat):
    """A position is finite and on the Earth."""
    with pytest.raises(InvalidCoordinateError, match=r"expected l(on|at) from"):
        LonLat(lon=lon, lat=lat)


def test_position_cannot_be_given_without_names():
    """Two bare numbers could be in either order."""
    with pytest.raises(TypeError):
        LonLat(39.0, 36.0)


def test_position_prints_with_its_letters():
    """The hemisphere stands behind each number."""
    assert str(LonLat(lon=-70.5, lat=-33.45)) == "33.45S 70.5W"


def test_span_must_fit_its_text():
    """The offsets say how long the text is."""
    assert Span(3, 7, "Iran").text == "Iran"
    with pytest.raises(InvalidInputError, match="end - start == 4"):
        Span(3, 8, "Iran")


@pytest.mark.parametrize("bad", ["UN", "de jure", "", None, 1])
def test_unknown_view_is_refused(bad):
    """There are two views, and neither is called UN or de jure."""
    with pytest.raises(InvalidInputError, match="'de_facto' or 'recognised'"):
        validate_view(bad)


def test_source_prints_its_version_and_licence():
    """A source can be cited as it prints."""
    assert str(Source("GeoNames", "2026-07", "CC BY 4.0")) == "GeoNames (2026-07, CC BY 4.0)"
