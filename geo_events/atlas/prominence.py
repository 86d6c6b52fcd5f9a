"""How likely a place is to be meant by its name alone, before any context: a number in [0, 1].

It stands in the gazetteer's column `weight`. Countries come first, then by population; a capital
counts for more than its people, a part of a city for less.
"""

from __future__ import annotations

import math

__all__ = ["KINDS", "estimate_weight"]

KINDS = (
    "country",
    "region",
    "district",
    "city",
    "sea",
    "lake",
    "strait",
    "island",
    "natural",
    "airport",
    "airbase",
    "port",
    "facility",
    "institution",
    "area",
)

# Weight of a place of which nothing but its kind is known.
_BASE = {
    "country": 0.92,
    "region": 0.60,
    "district": 0.40,
    "city": 0.20,
    "sea": 0.70,
    "lake": 0.45,
    "strait": 0.66,
    "island": 0.45,
    "natural": 0.40,
    "airport": 0.34,
    "airbase": 0.44,
    "port": 0.30,
    "facility": 0.34,
    "institution": 0.60,
    "area": 0.60,
}

# GeoNames feature codes that say more than the population.
_FEATURE = {
    "PPLC": 0.12,
    "PPLG": 0.06,
    "PPLA": 0.04,
    "PPLA2": 0.01,
    "PPLX": -0.10,
    "PPLH": -0.15,
    "PPLQ": -0.15,
    "PPLW": -0.15,
    "PPLCH": -0.10,
    "PPLF": -0.05,
    "PPLL": -0.03,
}


def estimate_weight(kind: str, population: int = 0, feature: str = "") -> float:
    """Return the prior weight of a place from its kind, people and GeoNames feature code.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    population : int
        People; 0 where it is not known.
    feature : str
        GeoNames feature code such as ``"PPLC"`` (capital), or empty.

    Returns
    -------
    float
        Between 0 and 1; a city of 10 million has 0.84, of 100,000 people 0.60, of 1,000 people
        0.36; a capital 0.12 more.

    Examples
    --------
    >>> round(estimate_weight("city", 1_000_000), 2)
    0.72
    >>> estimate_weight("country", 20_000_000) > estimate_weight("city", 9_000_000)
    True
    """
    people = 0.12 * math.log10(max(population, 1))
    weight = _BASE[kind]
    if kind == "city":
        weight = max(weight, people) + _FEATURE.get(feature, 0.0)
    elif kind == "district":
        weight = min(0.55, max(0.30, 0.8 * people))
    elif kind == "country":
        weight = min(1.0, max(0.80, 0.55 + 0.5 * people))
    return min(1.0, max(0.05, weight))
