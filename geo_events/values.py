"""The small values that every floor shares: a position, a span of text, a source, a view."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, cast, get_args

from geo_events.errors import InvalidCoordinateError, InvalidInputError

__all__ = ["VIEW_NOTES", "LonLat", "Source", "Span", "View", "validate_view"]

View = Literal["de_facto", "recognised"]

VIEW_NOTES: dict[View, str] = {
    "de_facto": "who controls, after Natural Earth's default edition",
    "recognised": "close to recognition by the United Nations, "
    "after Natural Earth's German edition",
}


def validate_view(view: object) -> View:
    """Check the name of a view.

    Parameters
    ----------
    view : object
        What was given as `view=`.

    Returns
    -------
    {"de_facto", "recognised"}
        The same name.

    Raises
    ------
    InvalidInputError
        For any other value.
    """
    if view not in get_args(View):
        raise InvalidInputError(f"view: expected 'de_facto' or 'recognised'; got {view!r}")
    return cast("View", view)


@dataclass(frozen=True, slots=True, kw_only=True)
class LonLat:
    """A position, with its two numbers named so that they cannot be swapped unseen.

    Parameters
    ----------
    lon, lat : float
        Degrees on WGS 84; -180 to 180 and -90 to 90.

    Raises
    ------
    InvalidCoordinateError
        Not finite or out of range.

    Examples
    --------
    >>> LonLat(lon=39.01, lat=35.95)
    LonLat(lon=39.01, lat=35.95)
    """

    lon: float
    lat: float

    def __post_init__(self) -> None:
        for name, limit in (("lon", 180.0), ("lat", 90.0)):
            value = getattr(self, name)
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or not math.isfinite(value) or abs(value) > limit:
                raise InvalidCoordinateError(
                    f"LonLat: expected {name} from -{limit:g} to {limit:g} degrees; got {value!r}"
                )

    def __str__(self) -> str:
        north = "N" if self.lat >= 0 else "S"
        east = "E" if self.lon >= 0 else "W"
        return f"{abs(self.lat):.4g}{north} {abs(self.lon):.5g}{east}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the original text.

    Parameters
    ----------
    start, end : int
        Character offsets into the text as it was given; `text[start:end]` is the span.
    text : str
        The characters themselves.

    Raises
    ------
    InvalidInputError
        When the offsets do not fit the text's length.

    Examples
    --------
    >>> text = "They flew to Raqqa."
    >>> Span(13, 18, text[13:18])
    Span(start=13, end=18, text='Raqqa')
    """

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.text):
            raise InvalidInputError(
                f"Span: expected end - start == {len(self.text)}, the length of {self.text!r}; "
                f"got {self.start}..{self.end}"
            )


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from.

    Parameters
    ----------
    name : str
        The data set or document, such as "GeoNames".
    version : str
        Its version or date; empty where it has none.
    licence : str
        Such as "CC BY 4.0"; empty where it is not known.

    Examples
    --------
    >>> print(Source("GeoNames", "2026-07", "CC BY 4.0"))
    GeoNames (2026-07, CC BY 4.0)
    """

    name: str
    version: str = ""
    licence: str = ""

    def __str__(self) -> str:
        details = ", ".join(part for part in (self.version, self.licence) if part)
        return f"{self.name} ({details})" if details else self.name
