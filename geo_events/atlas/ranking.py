"""Rank the places that a name can mean, and say in a line why."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo_events.atlas.compile import (
    ABBREVIATION,
    ADJECTIVE,
    ALTERNATE,
    CODE,
    MAIN,
    NOUN,
    WEAK,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo_events.atlas.records import Gazetteer
    from geo_events.values import LonLat

__all__ = ["Filter", "Hit", "find_equals", "measure_arc_km", "rank_hits"]

# What a name of a class takes from the prior weight of its place.
_PENALTY = {
    MAIN: 0.0,
    ALTERNATE: 0.06,
    CODE: 0.15,
    ABBREVIATION: 0.05,
    NOUN: 0.04,
    ADJECTIVE: 0.04,
    WEAK: 0.45,
}
_CLASS_NAMES = {
    MAIN: "",
    ALTERNATE: "alternate name",
    CODE: "code",
    ABBREVIATION: "abbreviation",
    NOUN: "its people",
    ADJECTIVE: "adjective",
    WEAK: "weak or former name",
}
_RARE = 0.12  # of an alternate name that is itself only alike
_STRICTNESS = 2.5
_NEAR_KM = 300.0
_NEAR_SHARE = 0.4
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Filter:
    """What the places of an answer must be.

    Parameters
    ----------
    kinds : frozenset of str
        Kinds that are wanted; empty for all.
    countries : frozenset of str
        ISO alpha-3 codes that are wanted; empty for all.
    near : LonLat or None
        Places near this position rank higher.
    """

    kinds: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    near: LonLat | None = None

    def accepts(self, gazetteer: Gazetteer, row: int) -> bool:
        """Tell whether a row is of a wanted kind and country."""
        if self.kinds and gazetteer.kind_at(row) not in self.kinds:
            return False
        return not self.countries or gazetteer.country_at(row) in self.countries


@dataclass(frozen=True, slots=True)
class Hit:
    """One row that a name can mean.

    Parameters
    ----------
    row : int
        Row of the gazetteer.
    kind : int
        Class of the name.
    likeness : float
        1 for the very name, less for one that is only like it.
    bonus : float
        What the rest of the query adds ("Springfield, Illinois").
    score : float
        0 to 1; set by `rank_hits`.
    reason : str
        One line; set by `rank_hits`.
    """

    row: int
    kind: int
    likeness: float = 1.0
    bonus: float = 0.0
    score: float = 0.0
    reason: str = ""


def measure_arc_km(lon0: float, lat0: float, lon1: float, lat1: float) -> float:
    """Return the distance of two points on a sphere, km; good to half a per cent."""
    phi0, phi1 = math.radians(lat0), math.radians(lat1)
    half = math.sin((phi1 - phi0) / 2) ** 2
    half += math.cos(phi0) * math.cos(phi1) * math.sin(math.radians(lon1 - lon0) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def rank_hits(gazetteer: Gazetteer, hits: Iterable[Hit], near: LonLat | None) -> list[Hit]:
    """Score hits and sort them, best first; each row once, with its best score.

    Parameters
    ----------
    gazetteer : Gazetteer
        The table the rows are of.
    hits : iterable of Hit
        In any order.
    near : LonLat or None
        Places near this position rank higher.

    Returns
    -------
    list of Hit
        By falling score, then population, then id.
    """
    best: dict[int, Hit] = {}
    for hit in hits:
        scored = _score(gazetteer, hit, near)
        known = best.get(hit.row)
        if known is None or scored.score > known.score:
            best[hit.row] = scored
    population = gazetteer.population
    return sorted(
        best.values(),
        key=lambda h: (-h.score, -int(population[h.row]), gazetteer.id_at(h.row)),
    )


def _score(gazetteer: Gazetteer, hit: Hit, near: LonLat | None) -> Hit:
    """Give a hit its score and reason."""
    penalty, bonus = _PENALTY[hit.kind], hit.bonus
    if gazetteer.kind_at(hit.row) == "country":  # "USA" is a name as much as a code
        penalty = _PENALTY[ABBREVIATION] if hit.kind == CODE else penalty
        bonus = max(bonus, 0.0)
    score = gazetteer.weight_at(hit.row) - penalty + bonus
    if hit.likeness < 1 and hit.kind == ALTERNATE:
        score -= _RARE
    score = min(1.0, max(0.01, score)) * hit.likeness**_STRICTNESS
    reasons = [_describe(gazetteer, hit)]
    if near is not None:
        lon, lat = gazetteer.lonlat_at(hit.row)
        distance = measure_arc_km(near.lon, near.lat, lon, lat)
        closeness = math.exp(-distance / _NEAR_KM)
        score = (1 - _NEAR_SHARE) * score + _NEAR_SHARE * closeness
        reasons.append(f"{distance:,.0f} km away")
    return Hit(hit.row, hit.kind, hit.likeness, hit.bonus, round(score, 4), "; ".join(reasons))


def _describe(gazetteer: Gazetteer, hit: Hit) -> str:
    """Say in a few words what speaks for a hit."""
    kind = gazetteer.kind_at(hit.row)
    people = int(gazetteer.population[hit.row])
    capital = gazetteer.features[gazetteer.feature[hit.row]] == "PPLC"
    parts = ["capital" if capital else kind]
    if people and kind in {"city", "district"}:
        parts.append(f"population {people:,}")
    if _CLASS_NAMES[hit.kind]:
        parts.append(_CLASS_NAMES[hit.kind])
    if hit.likeness < 1:
        parts.append(f"name like it ({hit.likeness:.2f})")
    if hit.bonus > 0 and hit.kind != CODE:
        parts.append("in the place named after the comma")
    return ", ".join(parts)


def find_equals(gazetteer: Gazetteer, hits: list[Hit], margin: float) -> list[Hit]:
    """Find the hits that are about as good as the first and mean another place.

    A region and the city that it is named after, an airport beside its city, the country around
    a region, and weak or former names are no rivals.

    Parameters
    ----------
    gazetteer : Gazetteer
        The table the rows are of.
    hits : list of Hit
        As `rank_hits` returns them, not empty.
    margin : float
        Scores closer than this are about equal.

    Returns
    -------
    list of Hit
        Without the first; empty when it is alone.
    """
    first = hits[0]
    country = gazetteer.country_at(first.row)
    lon, lat = gazetteer.lonlat_at(first.row)
    region = gazetteer.region_at(first.row) or gazetteer.id_at(first.row)
    equals = []
    for hit in hits[1:]:
        if hit.score < first.score - margin:
            break
        around = (
            gazetteer.kind_at(hit.row) == "country" and gazetteer.country_at(hit.row) == country
        )
        if around or (hit.kind == WEAK and first.kind != WEAK):
            continue
        distance = measure_arc_km(lon, lat, *gazetteer.lonlat_at(hit.row))
        within = region in {gazetteer.id_at(hit.row), gazetteer.region_at(hit.row)}
        other_kind = gazetteer.kind[hit.row] != gazetteer.kind[first.row]
        if distance > 30 and not (within and (other_kind or distance < 60)):
            equals.append(hit)
    return equals
