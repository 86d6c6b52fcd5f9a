"""Say shares, and where in an area something holds, in plain words."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from geo_events.atlas.places import Place
    from geo_events.corridors.ends import End

__all__ = [
    "Where",
    "find_where",
    "format_degrees",
    "format_share",
    "join_words",
    "name_place",
    "say_where",
]

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

_AREA_ARTICLE = re.compile(
    r"^(Levant|Sahel|Maghreb|Midwest|Donbas|Caribbean|Urals|Sahara|Alps|Himalayas|Hindu Kush|Arctic"
    r"|Antarctic)$|^(Horn|Line) of|\b(East|Bank|Strip|Peninsula|Heights|[Ss]tates|Mountains|Desert"
    r"|Valley|River|Coast|Area|Lakes|Plains|South|Balkans|Caucasus)$"
)

_ARTICLES = {
    "sea": _SEA_ARTICLE,
    "strait": _SEA_ARTICLE,
    "lake": _SEA_ARTICLE,
    "area": _AREA_ARTICLE,
    "natural": _AREA_ARTICLE,
}


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


def name_place(end: End | Place) -> str:
    """Return a place's name as it stands in a sentence.

    Parameters
    ----------
    end : End or Place
        The place.

    Returns
    -------
    str
        With "the" where English wants it: "the Caspian Sea", "the Middle East".
    """
    wants = _ARTICLES.get(end.kind, _LAND_ARTICLE)
    if end.name.lower().startswith("the ") or not wants.search(end.name):
        return end.name
    return f"the {end.name}"


class Where(NamedTuple):
    """In which part of an area something holds, by a parallel or a meridian on each side.

    Parameters
    ----------
    explained : float
        Share of the area that the two lines set apart; 0 where none does.
    always : str
        Where it holds everywhere, such as "south of 42° N"; empty where no line shows it.
    only : str
        Where all, or all but a few, of the points lie for which it holds: "south of 43° N".
    beyond : str
        The other side of that line: "north of 43° N".
    never : bool
        Whether it holds for no point at all beyond.
    """

    explained: float
    always: str = ""
    only: str = ""
    beyond: str = ""
    never: bool = False


def find_where(lon: Floats, lat: Floats, holds: Floats) -> Where:
    """Find in which part of an area something holds, by bands of latitude or longitude.

    Parameters
    ----------
    lon, lat : ndarray, shape (n,)
        Points spread evenly over the area; degrees, longitudes continuous.
    holds : ndarray, shape (n,)
        For each point the share of lines for which it holds, 0 to 1.

    Returns
    -------
    Where
        All words empty where no parallel or meridian separates the two in at least half of the
        area.

    Notes
    -----
    "Always" is 98 of 100 points of every band; beyond, at most 5 of 100 of all points hold.
    """
    axes: tuple[tuple[Floats, Axis], ...] = ((np.asarray(lat), "lat"), (np.asarray(lon), "lon"))
    options = [
        _split(values, np.asarray(holds, np.float64), axis, rising=rising)
        for values, axis in axes
        for rising in (False, True)
    ]
    best = max(options, key=lambda option: option.explained)
    return best if best.explained >= _ENOUGH else Where(0.0)


def say_where(where: Where) -> str:
    """Say where in an area something holds.

    Parameters
    ----------
    where : Where
        As found.

    Returns
    -------
    str
        Such as "everywhere south of 42° N, almost nowhere north of 43° N"; empty without any.

    Examples
    --------
    >>> lat = np.linspace(30, 39.9, 100)
    >>> say_where(find_where(np.zeros(100), lat, (lat < 34).astype(float)))
    'everywhere south of 34° N, nowhere north of 34° N'
    """
    nowhere = "nowhere" if where.never else "almost nowhere"
    words = [f"everywhere {where.always}"] if where.always else []
    words += [f"{nowhere} {where.beyond}"] if where.beyond else []
    return ", ".join(words)


def _band_edges(values: Floats) -> Floats:
    """Return round band edges that cover the values with some 5 to 18 bands."""
    low, high = float(values.min()), float(values.max())
    step = next((s for s in _STEPS if (high - low) / s <= _BANDS), _STEPS[-1])
    return np.asarray(
        np.arange(math.floor(low / step), math.floor(high / step) + 2) * step, np.float64
    )


def _split(values: Floats, holds: Floats, axis: Axis, *, rising: bool) -> Where:
    """Find how much of the area two thresholds explain, and the words for them.

    `rising` means that it holds on the side of greater values.
    """
    edges = _band_edges(values)
    band = np.clip(np.digitize(values, edges) - 1, 0, len(edges) - 2)
    count = np.bincount(band, minlength=len(edges) - 1)
    used = np.nonzero(count)[0]
    share = np.bincount(band, weights=holds, minlength=len(edges) - 1)[used] / count[used]
    order = slice(None, None, -1) if rising else slice(None)
    inside, weights, bands = share[order], count[used][order], used[order]
    full, blank = _count_bands(inside, weights)
    if not full and not blank:
        return Where(0.0)
    sides = {"lat": ("south", "north"), "lon": ("west", "east")}[axis]
    here, there = sides[::-1] if rising else sides
    always = only = beyond = ""
    if 0 < full < len(used):
        edge = edges[bands[full - 1] + (0 if rising else 1)]
        always = f"{here} of {format_degrees(edge, axis)}"
    if 0 < blank < len(used):
        edge = edges[bands[len(used) - blank] + (1 if rising else 0)]
        only, beyond = (f"{side} of {format_degrees(edge, axis)}" for side in (here, there))
    if not always and not only:
        return Where(0.0)
    explained = (weights[:full].sum() + weights[len(used) - blank :].sum()) / len(values)
    never = bool(inside[len(used) - blank :].max(initial=0.0) <= _NOWHERE)
    return Where(float(explained), always, only, beyond, never)


def _count_bands(inside: Floats, weights: npt.NDArray[np.int64]) -> tuple[int, int]:
    """Count the first bands in which it always holds, and the last in which it hardly does."""
    full = int(np.logical_and.accumulate(inside >= _EVERYWHERE).sum())
    beyond = np.cumsum((inside * weights)[::-1]) / np.cumsum(weights[::-1])
    blank = int(np.nonzero(beyond <= _ALMOST_NOWHERE)[0].max(initial=-1)) + 1
    blank = min(blank, len(inside) - full) if beyond[0] <= _ALMOST_NOWHERE else 0
    return full, blank
