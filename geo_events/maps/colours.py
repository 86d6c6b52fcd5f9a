"""Colours that all readers can tell apart, and the check that a colour is one."""

from __future__ import annotations

import re

from geo_events.errors import InvalidInputError
from geo_events.palette import GREY, OKABE_ITO

__all__ = ["GREY", "OKABE_ITO", "validate_colour", "validate_tile_url"]

_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_TILE_URL = re.compile(r"https?://[\w.{}-]+(?::\d+)?(?:/[\w.{}@~+,;=%/?&-]*)?", re.ASCII)


def validate_colour(colour: object) -> str:
    """Check a colour for the map.

    Parameters
    ----------
    colour : object
        What was given.

    Returns
    -------
    str
        The colour, ``#rrggbb``.

    Raises
    ------
    InvalidInputError
        For anything else: names, ``url(...)``, other notations.

    Examples
    --------
    >>> validate_colour("#0072B2")
    '#0072B2'
    """
    if not isinstance(colour, str) or _HEX.fullmatch(colour) is None:
        raise InvalidInputError(f"colour: expected '#rrggbb'; got {colour!r}")
    return colour


def validate_tile_url(url: str) -> str:
    """Check the address template of map tiles.

    Parameters
    ----------
    url : str
        Such as ``"https://tiles.example.org/{z}/{x}/{y}.png"``.

    Returns
    -------
    str
        The same.

    Raises
    ------
    InvalidInputError
        When it is not a plain http or https address.
    """
    if _TILE_URL.fullmatch(url) is None or "{z}" not in url:
        raise InvalidInputError(
            f"tiles: expected an address like 'https://host/{{z}}/{{x}}/{{y}}.png'; got {url!r}"
        )
    return url
