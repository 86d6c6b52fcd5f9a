"""How exactly a place is known: a point becomes the area that it stands for."""

from __future__ import annotations

import math
from dataclasses import replace

from geo_events.atlas.locate import locate
from geo_events.corridors.ends import End, make_end
from geo_events.errors import InvalidInputError, InvalidMeasureError
from geo_events.geodesy.rings import make_ring
from geo_events.measures import parse_length
from geo_events.values import LonLat, View

__all__ = ["widen_end"]

_AS_IT_IS = ("", "point", "exact", "city")
_AREAS = ("country", "region")


def widen_end(end: End, precision: object, *, view: View = "de_facto") -> End:
    """Return the area that a place stands for, as exactly as it is known.

    Parameters
    ----------
    end : End
        A point, or an area, which stays as it is.
    precision : str or None
        "point", "exact", "city" or nothing: as it is. "country", "region": the country or sea,
        or the region, that holds the point. A length, such as "25 km": all within it.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    End
        Named after what it is.

    Raises
    ------
    InvalidInputError
        For other words, a length of zero or larger than the Earth, and where no region is known.

    Examples
    --------
    >>> widen_end(make_end("Sunan"), "country").name
    'North Korea'
    >>> widen_end(make_end("Sunan"), "25 km").name
    'Sunan (within 25 km)'
    """
    word = _read_word(precision)
    if word in _AS_IT_IS or end.is_area:
        return end
    if word in _AREAS:
        return _find_area(end, word, view)
    try:
        shape = make_ring(end.lon, end.lat, parse_length(word, name="precision"))
    except InvalidMeasureError as error:
        raise InvalidInputError(
            "precision: expected 'point', 'region', 'country' or a length such as '25 km'; "
            f"got {precision!r}"
        ) from error
    name = f"{end.name} (within {word})"
    return replace(end, name=name, id="", kind="polygon", geometry=shape, place=None)


def _read_word(precision: object) -> str:
    """Read a cell: nothing and NaN are an empty word."""
    if precision is None or (isinstance(precision, float) and math.isnan(precision)):
        return ""
    if not isinstance(precision, str):
        raise InvalidInputError(
            f"precision: expected a word or a length with its unit; got {precision!r}"
        )
    return precision.strip()


def _find_area(end: End, word: str, view: View) -> End:
    """Return the country, sea or region that holds a point."""
    found = locate([LonLat(lon=end.lon, lat=end.lat)], view=view).iloc[0]
    area = found["territory"] if word == "country" else found["region"]
    if not isinstance(area, str) or not area:
        raise InvalidInputError(f"precision: no {word} is known around {end.name!r}")
    return make_end(area, view=view)
