"""Look names up in the embedded atlas and keep what was found at hand.

The rest of this folder sees places only through `CandidateSource`: which places a folded key may
mean, and the full value of a chosen one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from geo_events.atlas.fold import fold
from geo_events.atlas.names import load_name_index
from geo_events.atlas.records import load_gazetteer

if TYPE_CHECKING:
    from geo_events.atlas.names import NameIndex
    from geo_events.atlas.places import Place
    from geo_events.atlas.records import Gazetteer

__all__ = [
    "ABBREVIATION",
    "ADJECTIVE",
    "ALTERNATE",
    "CODE",
    "MAIN",
    "NOUN",
    "WEAK",
    "AtlasCandidates",
    "Candidate",
    "CandidateSource",
    "fold_word",
    "load_candidates",
]

# Classes of names, as the name index numbers them.
MAIN, ALTERNATE, CODE, ABBREVIATION, NOUN, ADJECTIVE, WEAK = range(7)

_MOST_CANDIDATES = 60
_CACHE_LIMIT = 200_000
_LONGEST_WORD = 60
# How much a name of a class says less than a main name, in steps of the prior weight.
_CLASS_COST = {MAIN: 0.0, ALTERNATE: 0.05, CODE: 0.3, ABBREVIATION: 0.0, WEAK: 0.6}


class Candidate(NamedTuple):
    """One place that a name may mean, as plain numbers and strings."""

    row: int
    name_class: int
    kind: str
    country: str
    region: str
    lon: float
    lat: float
    population: int
    weight: float
    feature: str


class CandidateSource(Protocol):
    """Where names are looked up."""

    def find(self, key: str) -> tuple[Candidate, ...]:
        """Return the places that a folded key may mean, best prior first."""

    def begins(self, key: str) -> bool:
        """Tell whether some name begins with a folded text."""

    def place(self, row: int) -> Place:
        """Return the full value of a place."""


class AtlasCandidates:
    """The embedded atlas as a source of candidates, with a bounded cache.

    Parameters
    ----------
    index : NameIndex
        Folded keys to rows and classes.
    gazetteer : Gazetteer
        The places by row.
    """

    def __init__(self, index: NameIndex, gazetteer: Gazetteer) -> None:
        self._index = index
        self._gazetteer = gazetteer
        self._cache: dict[str, tuple[Candidate, ...]] = {}
        self._begins: dict[str, bool] = {}
        self._places: dict[int, Place] = {}

    def find(self, key: str) -> tuple[Candidate, ...]:
        """Return the places that a folded key may mean, best prior first; empty when none."""
        found = self._cache.get(key)
        if found is None:
            found = self._look_up(key)
            if len(self._cache) >= _CACHE_LIMIT:
                self._cache.clear()
            self._cache[key] = found
        return found

    def begins(self, key: str) -> bool:
        """Tell whether some name begins with a folded text."""
        found = self._begins.get(key)
        if found is None:
            found = bool(self._index.prefix(key, 1))
            if len(self._begins) >= _CACHE_LIMIT:
                self._begins.clear()
            self._begins[key] = found
        return found

    def place(self, row: int) -> Place:
        """Return the full value of a place."""
        found = self._places.get(row)
        if found is None:
            if len(self._places) >= _CACHE_LIMIT:
                self._places.clear()
            self._places[row] = found = self._gazetteer.place(row)
        return found

    def _look_up(self, key: str) -> tuple[Candidate, ...]:
        """Read the postings of a key and the columns of their rows."""
        made = [self._candidate(row, kind) for row, kind in self._index.pairs(key)]
        made.sort(key=lambda c: (_CLASS_COST.get(c.name_class, 0.1) - c.weight, c.row))
        return tuple(made[:_MOST_CANDIDATES])

    def _candidate(self, row: int, name_class: int) -> Candidate:
        """Read one row."""
        table = self._gazetteer
        lon, lat = table.lonlat_at(row)
        kind = table.kind_at(row)
        return Candidate(
            row,
            name_class,
            kind,
            table.country_at(row),
            table.id_at(row) if kind == "region" else table.region_at(row),  # a region's is itself
            lon,
            lat,
            int(table.population[row]),
            table.weight_at(row),
            table.features[table.feature[row]],
        )


@lru_cache(maxsize=1)
def load_candidates() -> AtlasCandidates:
    """Open the embedded atlas for look-ups by name; cached."""
    return AtlasCandidates(load_name_index(), load_gazetteer())


_folded: dict[str, str] = {}


def fold_word(word: str) -> str:
    """Fold one word, remembering the last hundred thousand; overlong words fold to nothing."""
    key = _folded.get(word)
    if key is None:
        key = fold(word) if len(word) <= _LONGEST_WORD else ""
        if len(_folded) > _CACHE_LIMIT:
            _folded.clear()
        _folded[word] = key
    return key
