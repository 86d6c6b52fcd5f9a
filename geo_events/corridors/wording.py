"""Say shares, and where in an area something holds, in plain words."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from geo_events.corridors.ends import End

__all__ = ["format_degrees", "format_share", "join_words", "name_place", "say_where"]

Floats = npt.NDArray[np.float64]
Axis = Literal["lat", "lon"]

_EVERYWHERE = 0.98
_ALMOST_NOWHERE = 0.05
_NOWHERE = 0.001
_ENOUGH = 0.5
_STEPS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
_BANDS = 18
_SEA_ARTICLE = re.compile(r"\b(Sea|Ocean|Gulf|Straits?|Channel|Canal|Passage)\b|^Bay of")
_LAND_ARTICLE = re.compile(
    r"^(United|Netherlands|Philippines|Bahamas|Maldives|Gambia|Comoros|Seychelles|Vatican$)"
    r"|\b(Republic|Islands|Emirates|Territory|Territories)\b|^area around"
)


def format_share(share: float) -> str:
    """Write a share as a reader says it.

    Parameters
    ----------
    share : float
        From 0 to 1.

    Returns
    -------
    str
        Such as "about 6 in 10", "about 6 in 100", "fewer than 1 in 100", "all" or "none".

    Examples
    --------
    >>> format_share(0.618), format_share(0.06), format_share(1.0)
    ('about 6 in 10', 'about 6 in 100', 'all')
    """
    if share <= 0 or share >= 1:
        return "none" if share <= 0 else "all"
    if share < 0.01 or share > 0.99:
        return "fewer than 1 in 100" if share < 0.5 else "more than 99 in 100"
    if 0.095 <= share < 0.95:
        tenths = round(share * 10)
        return f"about {tenths} in 10" if tenths < 10 else "about 95 in 100"
    return f"about {round(share * 100)} in 100"


def format_degrees(value: float, axis: Axis) -> str:
    """Write a parallel or meridian.

    Parameters
    ----------
    value : float
        Degrees; north and east are positive.
    axis : {"lat", "lon"}
        Which of the two it is.

    Returns
    -------
    str
        Such as "42° N", "7.5° W" or "the equator".

    Examples
    --------
    >>> format_degrees(42.0, "lat"), format_degrees(-7.5, "lon")
    ('42° N', '7.5° W')
    """
    if value == 0:
        return "the equator" if axis == "lat" else "the meridian of Greenwich"
    if axis == "lon":
        value = (value + 180) % 360 - 180
    side = ("N" if value > 0 else "S") if axis == "lat" else ("E" if value > 0 else "W")
    return f"{abs(value):g}° {side}"


def join_words(words: list[str] | tuple[str, ...], last: str = "and") -> str:
    """Join a list for a reader: "a, b and c".

    Parameters
    ----------
    words : list of str
        What to join.
    last : str
        The word before the last one.

    Returns
    -------
    str
        Empty for an empty list.

    Examples
    --------
    >>> join_words(["Iran", "Turkey", "Iraq"])
    'Iran, Turkey and Iraq'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def name_place(end: End) -> str:
    """Return a place's name as it stands in a sentence.

    Parameters
    ----------
    end : End
        The place.

    Returns
    -------
    str
        With "the" where English wants it: "the Caspian Sea", "the United States".
    """
    wants = _SEA_ARTICLE if end.kind in ("sea", "strait") else _LAND_ARTICLE
    if end.name.lower().startswith("the ") or not wants.search(end.name):
        return end.name
    return f"the {end.name}"


def say_where(lon: Floats, lat: Floats, holds: Floats) -> str:
    """Say where in an area something holds, by bands of latitude or longitude.

    Parameters
    ----------
    lon, lat : ndarray, shape (n,)
        Points spread evenly over the area; degrees, longitudes continuous.
    holds : ndarray, shape (n,)
        For each point the share of lines for which it holds, 0 to 1.

    Returns
    -------
    str
        Such as "everywhere south of 42° N, almost nowhere north of 43° N"; empty where no
        parallel or meridian separates the two in at least half of the area.

    Notes
    -----
    "Everywhere" is 98 of 100 points of every band, "almost nowhere" at most 5 of 100 of all
    points beyond.

    Examples
    --------
    >>> lat = np.linspace(30, 39.9, 100)
    >>> say_where(np.zeros(100), lat, (lat < 34).astype(float))
    'everywhere south of 34° N, nowhere north of 34° N'
    """
    axes: tuple[tuple[Floats, Axis], ...] = ((np.asarray(lat), "lat"), (np.asarray(lon), "lon"))
    options = [
        _split(values, np.asarray(holds, np.float64), axis, rising=rising)
        for values, axis in axes
        for rising in (False, True)
    ]
    explained, phrase = max(options, key=lambda option: option[0])
    return phrase if explained >= _ENOUGH else ""


def _band_edges(values: Floats) -> Floats:
    """Return round band edges that cover the values with some 5 to 18 bands."""
    low, high = float(values.min()), float(values.max())
    step = next((s for s in _STEPS if (high - low) / s <= _BANDS), _STEPS[-1])
    return np.asarray(
        np.arange(math.floor(low / step), math.floor(high / step) + 2) * step, np.float64
    )


def _split(values: Floats, holds: Floats, axis: Axis, *, rising: bool) -> tuple[float, str]:
    """Find how much of the area two thresholds explain, and the words for them.

    `rising` means that it holds on the side of greater values.
    """
    edges = _band_edges(values)
    band = np.clip(np.digitize(values, edges) - 1, 0, len(edges) - 2)
    count = np.bincount(band, minlength=len(edges) - 1)
    used = np.nonzero(count)[0]
    share = np.bincount(band, weights=holds, minlength=len(edges) - 1)[used] / count[used]
    order = slice(None, None, -1) if rising else slice(None)
    inside, weights = share[order], count[used][order]
    full = int(np.logical_and.accumulate(inside >= _EVERYWHERE).sum())
    beyond = np.cumsum((inside * weights)[::-1]) / np.cumsum(weights[::-1])
    blank = int(np.nonzero(beyond <= _ALMOST_NOWHERE)[0].max(initial=-1)) + 1
    blank = min(blank, len(used) - full) if beyond[0] <= _ALMOST_NOWHERE else 0
    if not full and not blank:
        return 0.0, ""
    explained = (weights[:full].sum() + weights[len(used) - blank :].sum()) / len(values)
    bands = used[order]
    sides = {"lat": ("south", "north"), "lon": ("west", "east")}[axis]
    here, there = sides[::-1] if rising else sides
    words = []
    if full and full < len(used):
        edge = edges[bands[full - 1] + (0 if rising else 1)]
        words.append(f"everywhere {here} of {format_degrees(edge, axis)}")
    if blank and blank < len(used):
        first = len(used) - blank
        edge = edges[bands[first] + (1 if rising else 0)]
        none = inside[first:].max() <= _NOWHERE
        words.append(
            f"{'nowhere' if none else 'almost nowhere'} {there} of {format_degrees(edge, axis)}"
        )
    return (float(explained) if words else 0.0), ", ".join(words)
