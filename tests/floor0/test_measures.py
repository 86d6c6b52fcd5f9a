"""Measures: units from the SI brochure, the ICAO flight level and the international mile."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo_events import measures
from geo_events.errors import InvalidMeasureError


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("20 nmi", 37_040.0),
        ("20 nautical miles", 37_040.0),
        ("20nm", 37_040.0),
        ("1,500 km", 1_500_000.0),
        ("1e3 m", 1000.0),
        ("1 mile", 1609.344),
        ("10000 m", 10_000.0),
        (" 3.5  Kilometres ", 3500.0),
        ("0 m", 0.0),
        ("1 ft", 0.3048),
    ],
)
def test_length_is_read_in_metres(text, metres):
    """A length is a number with its unit, in any case and spacing."""
    assert measures.parse_length(text) == pytest.approx(metres, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "speed"),
    [("900 km/h", 250.0), ("1 kt", 1852 / 3600), ("60 mph", 26.8224), ("3 km/s", 3000.0)],
)
def test_speed_is_read_in_metres_per_second(text, speed):
    """A knot is 1,852 m an hour."""
    assert measures.parse_speed(text) == pytest.approx(speed, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("20 min", 1200.0), ("2 h 30 min", 9000.0), ("2h30min", 9000.0), ("1.5 hours", 5400.0)],
)
def test_duration_is_read_in_seconds(text, seconds):
    """A duration may have several parts."""
    assert measures.parse_duration(text) == seconds


@pytest.mark.parametrize(
    ("text", "metres"), [("FL350", 10_668.0), ("fl 100", 3048.0), ("10,000 ft", 3048.0)]
)
def test_altitude_reads_flight_levels(text, metres):
    """A flight level is hundreds of feet."""
    assert measures.parse_altitude(text) == pytest.approx(metres)


def test_fraction_is_read_from_per_cent():
    """Five per cent is 0.05."""
    assert measures.parse_fraction("5 %") == 0.05
    assert measures.parse_fraction("5 per cent") == 0.05


@pytest.mark.parametrize("parse", ["length", "speed", "duration", "fraction", "altitude"])
@pytest.mark.parametrize(
    "bad",
    [
        "", " ", "20", 20, 20.0, None, "twenty km", "20 parsecs", "nan km", "inf m", "1e999 km",
        "--2 km", "1,50 km", "20 km nmi", "20 km\x00", b"20 km", "1 km " * 100,
    ],
)  # fmt: skip
def test_what_is_no_measure_is_refused_with_an_example(parse, bad):
    """A bare number, an unknown unit or no number raises and shows how to write it."""
    with pytest.raises(InvalidMeasureError, match=r"the thing: .*(for instance|such as)"):
        getattr(measures, f"parse_{parse}")(bad, name="the thing")


@pytest.mark.parametrize("bad", ["-1 km", "-5 nmi"])
def test_negative_lengths_are_refused(bad):
    """A length is zero or more."""
    with pytest.raises(InvalidMeasureError, match="zero or more"):
        measures.parse_length(bad)


def test_speed_of_nothing_is_refused():
    """Nothing arrives at 0 km/h."""
    with pytest.raises(InvalidMeasureError, match="more than zero"):
        measures.parse_speed("0 km/h")


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    """No text makes a measure that is not finite, or an error of another kind."""
    for parse in (measures.parse_length, measures.parse_duration, measures.parse_altitude):
        try:
            value = parse(text)
        except InvalidMeasureError:
            continue
        assert math.isfinite(value)


@pytest.mark.parametrize(
    ("length_km", "text"),
    [(486.4, "486 km"), (1240.4, "1,240 km"), (1.13, "1.1 km"), (9.96, "10 km"), (0.0, "0.0 km")],
)
def test_lengths_are_written_for_readers(length_km, text):
    """Whole kilometres; one decimal below ten; never 10.0."""
    assert measures.format_km(length_km) == text
