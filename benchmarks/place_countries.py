"""Compare the countries of annotated points with those of the places that were found there."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from geo_events.atlas.locate import locate

if TYPE_CHECKING:
    from place_outcomes import Result

__all__ = ["measure_countries"]

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

    The country of an annotation is the one that its point lies in; points at sea do not count. A
    place without a country (a continent) is right where it is within 161 km.
    """
    matched = [o for o in result.outcomes if o.km is not None and o.gold is not None]
    _locate_all({(o.gold["lon"], o.gold["lat"]) for o in matched if o.gold})
    right = count = 0
    for outcome in matched:
        if outcome.gold is None or outcome.found is None or outcome.found.place is None:
            continue
        want = _known[outcome.gold["lon"], outcome.gold["lat"]]
        if want:
            have = outcome.found.place.country
            count += 1
            right += have == want if have else outcome.is_near
    return right, count
