"""Read lengths, speeds, durations, fractions and altitudes that carry their unit.

Bare numbers are refused: nobody can tell 20 kilometres from 20 nautical miles by looking at "20".
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NoReturn

from geo_events.errors import InvalidMeasureError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "NAUTICAL_MILE_M",
    "format_km",
    "parse_altitude",
    "parse_duration",
    "parse_fraction",
    "parse_length",
    "parse_speed",
]

NAUTICAL_MILE_M = 1852.0
_FOOT_M = 0.3048
_MILE_M = 1609.344
_LONGEST_INPUT = 100

_LENGTHS: dict[str, float] = {
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), 1.0),
    **dict.fromkeys(("km", "kilometre", "kilometres", "kilometer", "kilometers"), 1000.0),
    **dict.fromkeys(
        ("nmi", "nm", "nautical mile", "nautical miles", "sea mile", "sea miles"), NAUTICAL_MILE_M
    ),
    **dict.fromkeys(("mi", "mile", "miles", "statute mile", "statute miles"), _MILE_M),
    **dict.fromkeys(("ft", "foot", "feet"), _FOOT_M),
}
_SPEEDS: dict[str, float] = {
    **dict.fromkeys(("m/s", "metres per second", "meters per second"), 1.0),
    **dict.fromkeys(("km/h", "kmh", "kph", "kilometres per hour", "kilometers per hour"), 1 / 3.6),
    **dict.fromkeys(("kt", "kn", "kts", "knot", "knots"), NAUTICAL_MILE_M / 3600),
    **dict.fromkeys(("mph", "miles per hour"), _MILE_M / 3600),
    **dict.fromkeys(("km/s", "kilometres per second", "kilometers per second"), 1000.0),
}
_DURATIONS: dict[str, float] = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1.0),
    **dict.fromkeys(("min", "minute", "minutes"), 60.0),
    **dict.fromkeys(("h", "hr", "hour", "hours"), 3600.0),
    **dict.fromkeys(("d", "day", "days"), 86400.0),
}
_FRACTIONS: dict[str, float] = {
    **dict.fromkeys(("%", "per cent", "percent", "pct"), 0.01),
}

_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?"
_PART = re.compile(rf"({_NUMBER})\s*([^\d\s.,+-][^\d.,+]*?)\s*(?=$|{_NUMBER})")
_FLIGHT_LEVEL = re.compile(r"FL\s*(\d{1,4})", re.IGNORECASE)


def _refuse(text: object, name: str, example: str) -> NoReturn:
    """Raise with what was expected."""
    raise InvalidMeasureError(
        f"{name}: expected a number with its unit, such as {example}; got {text!r}"
    )


def _to_number(digits: str) -> float:
    """Read a number that may have thousands commas."""
    return float(digits.replace(",", ""))


def _parse(text: object, units: Mapping[str, float], name: str, example: str) -> float:
    """Read one number with one unit; the value is finite and in the base unit."""
    if not isinstance(text, str) or len(text) > _LONGEST_INPUT:
        _refuse(text, name, example)
    match = re.fullmatch(rf"\s*({_NUMBER})\s*(\S.*?)?\s*", text)
    if match is None:
        _refuse(text, name, example)
    unit = " ".join((match[2] or "").split()).casefold()
    if unit not in units:
        known = ", ".join(sorted({min(same, key=len) for same in _spellings(units)}))
        raise InvalidMeasureError(
            f"{name}: {'no unit' if not unit else f'unknown unit {match[2]!r}'} in {text!r}; "
            f"use one of {known}, for instance {example}"
        )
    value = _to_number(match[1]) * units[unit]
    if not math.isfinite(value):
        _refuse(text, name, example)
    return value


def _spellings(units: Mapping[str, float]) -> list[list[str]]:
    """Group the spellings that mean the same unit."""
    groups: dict[float, list[str]] = {}
    for spelling, factor in units.items():
        groups.setdefault(factor, []).append(spelling)
    return list(groups.values())


def _not_negative(value: float, text: object, name: str) -> float:
    """Return the value, or refuse it when it is negative."""
    if value < 0:
        raise InvalidMeasureError(f"{name}: expected zero or more; got {text!r}")
    return value


def parse_length(text: str, *, name: str = "length") -> float:
    """Read a length with its unit.

    Parameters
    ----------
    text : str
        Such as "20 nmi", "300 km", "1,500 km" or "2 miles".
    name : str
        What the length is, for the error.

    Returns
    -------
    float
        Metres; zero or more.

    Raises
    ------
    InvalidMeasureError
        Without a unit, with an unknown one, negative or not finite.

    Examples
    --------
    >>> parse_length("20 nmi")
    37040.0
    """
    return _not_negative(_parse(text, _LENGTHS, name, '"20 nmi" or "37 km"'), text, name)


def parse_speed(text: str, *, name: str = "speed") -> float:
    """Read a speed with its unit.

    Parameters
    ----------
    text : str
        Such as "900 km/h", "250 m/s" or "480 kt".
    name : str
        What the speed is, for the error.

    Returns
    -------
    float
        Metres per second; more than zero.

    Raises
    ------
    InvalidMeasureError
        Without a unit, with an unknown one, zero, negative or not finite.

    Examples
    --------
    >>> parse_speed("900 km/h")
    250.0
    """
    value = _parse(text, _SPEEDS, name, '"900 km/h" or "480 kt"')
    if value <= 0:
        raise InvalidMeasureError(f"{name}: expected more than zero; got {text!r}")
    return value


def parse_duration(text: str, *, name: str = "duration") -> float:
    """Read a duration with its units.

    Parameters
    ----------
    text : str
        Such as "20 min" or "2 h 30 min".
    name : str
        What the duration is, for the error.

    Returns
    -------
    float
        Seconds; zero or more.

    Raises
    ------
    InvalidMeasureError
        Without a unit, with an unknown one, negative or not finite.

    Examples
    --------
    >>> parse_duration("2 h 30 min")
    9000.0
    """
    example = '"20 min" or "2 h 30 min"'
    if not isinstance(text, str) or len(text) > _LONGEST_INPUT:
        _refuse(text, name, example)
    parts = list(_PART.finditer(text.strip()))
    if not parts or "".join(part[0] for part in parts) != text.strip():
        _refuse(text, name, example)
    values = [_parse(f"{part[1]} {part[2]}", _DURATIONS, name, example) for part in parts]
    return sum(_not_negative(value, text, name) for value in values)


def parse_fraction(text: str, *, name: str = "fraction") -> float:
    """Read a fraction given in per cent.

    Parameters
    ----------
    text : str
        Such as "5 %" or "5 per cent".
    name : str
        What the fraction is, for the error.

    Returns
    -------
    float
        The fraction: 0.05 for "5 %"; zero or more.

    Raises
    ------
    InvalidMeasureError
        Without a unit, with an unknown one, negative or not finite.

    Examples
    --------
    >>> parse_fraction("5 %")
    0.05
    """
    return _not_negative(_parse(text, _FRACTIONS, name, '"5 %"'), text, name)


def parse_altitude(text: str, *, name: str = "altitude") -> float:
    """Read an altitude: metres, feet or a flight level.

    Parameters
    ----------
    text : str
        Such as "3000 m", "10,000 ft" or "FL350" (hundreds of feet).
    name : str
        What the altitude is, for the error.

    Returns
    -------
    float
        Metres; may be negative (below the reference).

    Raises
    ------
    InvalidMeasureError
        Without a unit, with an unknown one or not finite.

    Examples
    --------
    >>> round(parse_altitude("FL350"))
    10668
    """
    if isinstance(text, str) and (level := _FLIGHT_LEVEL.fullmatch(text.strip())):
        return float(level[1]) * 100 * _FOOT_M
    return _parse(text, _LENGTHS, name, '"FL350", "10,000 ft" or "3000 m"')


def format_km(length_km: float) -> str:
    """Write a length for a reader: whole kilometres, one decimal below ten.

    Parameters
    ----------
    length_km : float
        Kilometres.

    Returns
    -------
    str
        Such as "486 km", "1,240 km" or "1.1 km".

    Examples
    --------
    >>> format_km(1240.4), format_km(1.13)
    ('1,240 km', '1.1 km')
    """
    return f"{length_km:.1f} km" if abs(length_km) < 9.95 else f"{length_km:,.0f} km"
