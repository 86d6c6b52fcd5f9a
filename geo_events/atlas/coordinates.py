"""Read a position that is written with the letters N, S, E, W."""

from __future__ import annotations

import re

from geo_events.errors import InvalidCoordinateError, InvalidInputError
from geo_events.values import LonLat

__all__ = ["find_position"]

_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
_ANGLE = (
    rf"({_NUMBER})\s*(?:°|º|deg|d|\s|$)?\s*"
    rf"(?:({_NUMBER})\s*(?:['′’ʹ]|min|m|\s|$)?\s*)?"
    rf"(?:({_NUMBER})\s*(?:\"|″|”|''|’’|sec|s(?![a-z])|\s|$)?\s*)?"
)
_AFTER = re.compile(rf"^{_ANGLE}([NSEWnsew])[\s,;/]*{_ANGLE}([NSEWnsew])$")
_BEFORE = re.compile(rf"^([NSEWnsew])\s*{_ANGLE}[\s,;/]*([NSEWnsew])\s*{_ANGLE}$")
_BARE = re.compile(r"^[\s(\[]*[-+]?\d+(?:\.\d+)?°?[\s,;/]+[-+]?\d+(?:\.\d+)?°?[\s)\]]*$")
_LIMITS = {"lat": 90, "lon": 180}


def find_position(text: str) -> LonLat | None:
    r"""Find the position that a text states, if it is one.

    Parameters
    ----------
    text : str
        Such as ``"35.95N 39.01E"``, ``"E39.01 N35.95"``, ``"35°57'N, 39°0'36\"E"``.

    Returns
    -------
    LonLat or None
        None when the text is no position at all, so that it may be a name.

    Raises
    ------
    InvalidInputError
        For two bare numbers: people write both orders.
    InvalidCoordinateError
        Out of range, or twice the same axis.

    Examples
    --------
    >>> find_position("39.01E 35.95N")
    LonLat(lon=39.01, lat=35.95)
    >>> find_position("Raqqa") is None
    True
    """
    text = text.strip()
    if _BARE.match(text):
        raise InvalidInputError(
            f"expected a position with letters, such as '35.95N 39.01E', or LonLat(lon=, lat=); "
            f"got the bare numbers {text!r}, whose order is not known"
        )
    match = _AFTER.match(text)
    if match:
        parts = [(match[4], match.groups()[0:3]), (match[8], match.groups()[4:7])]
    else:
        match = _BEFORE.match(text)
        if not match:
            return None
        parts = [(match[1], match.groups()[1:4]), (match[5], match.groups()[5:8])]
    values: dict[str, float] = {}
    for letter, angle in parts:
        axis = "lat" if letter in "NSns" else "lon"
        if axis in values:
            raise InvalidCoordinateError(
                f"expected one of N, S and one of E, W; got {text!r}, two numbers for one axis"
            )
        values[axis] = _degrees(text, axis, letter, angle)
    return LonLat(**values)


def _degrees(text: str, axis: str, letter: str, angle: tuple[str | None, ...]) -> float:
    """Turn degrees, minutes and seconds into signed degrees."""
    degrees, minutes, seconds = (float((part or "0").replace(",", ".")) for part in angle)
    value = degrees + minutes / 60 + seconds / 3600
    if minutes >= 60 or seconds >= 60 or value > _LIMITS[axis]:
        raise InvalidCoordinateError(
            f"expected {axis} up to {_LIMITS[axis]} degrees and minutes and seconds below 60; "
            f"got {text!r}"
        )
    return round(-value if letter in "SWsw" else value, 9)
