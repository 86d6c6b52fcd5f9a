"""Compare the countries of annotated points with those of the places that were found there."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from geo_events.atlas.locate import locate

if TYPE_CHECKING:
    from place_outcomes import Result

__all__ = ["measure_countries"]

_SAME_KM = 25.0
_known: dict[tuple[float, float], str] = {}


def _locate_all(points: set[tuple[float, float]]) -> None:
    """Look up the countries of points that are not known yet, all at once."""
    new = sorted(points - _known.keys())
    if new:
        found = locate(pd.DataFrame(new, columns=["lon", "lat"]))
        _known.update(zip(new, found["iso3"].tolist(), strict=True))


@lru_cache(maxsize=4096)
def measure_countries(result: Result) -> tuple[int, int]:
    """Count the matched mentions of a document whose country is right, and those that have one.

    The country of an annotation is the one that its point lies in. Points at sea and found places
    without a country (continents, seas) do not count. Points less than 25 km apart are the same
    place: the borders of the smallest states are coarser than that.
    """
    matched = [o for o in result.outcomes if o.km is not None and o.gold is not None]
    _locate_all({(o.gold["lon"], o.gold["lat"]) for o in matched if o.gold})
    right = count = 0
    for outcome in matched:
        if outcome.gold is None or outcome.found is None or outcome.found.place is None:
            continue
        want = _known[outcome.gold["lon"], outcome.gold["lat"]]
        have = outcome.found.place.country
        if want and have:
            count += 1
            right += have == want or (outcome.km or 0.0) < _SAME_KM
    return right, count
