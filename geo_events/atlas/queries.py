"""From what a user types to rows of the gazetteer: commas, codes, extra words, likeness."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from geo_events.atlas.compile import ALTERNATE, CODE, MAIN, WEAK
from geo_events.atlas.fold import fold
from geo_events.atlas.ranking import Filter, Hit, measure_arc_km

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo_events.atlas.names import NameIndex
    from geo_events.atlas.records import Gazetteer

__all__ = ["find_hits", "find_suggestions"]

_WITHIN_BONUS = 0.2
_CITY_KM = 60.0
_LARGE = 100_000
_COMPLETED = 200
_BEGINNING = 4  # letters that a name's beginning must have
_LEAST_LIKE = 0.7
_SCANNED = 4000
_FAR = 4  # edits; what is shown is then another name of the place than the one that is alike
_EDIT_COST = 0.35
_CAPITALS = {CODE: 0.25, MAIN: -0.25, ALTERNATE: -0.25}  # for three capital letters
_PARENTHESIS = re.compile(r"^(.*?)\s*\(([^()]+)\)\s*$")

# Words that only say what kind of place is meant.
_KIND_WORDS = {
    "city": ("city",), "town": ("city",), "village": ("city",),
    "province": ("region", "district"), "region": ("region", "area"), "state": ("region",),
    "governorate": ("region",), "oblast": ("region",), "district": ("district", "region"),
    "county": ("district", "region"), "island": ("island",), "islands": ("island", "country"),
    "airport": ("airport", "airbase"), "airfield": ("airbase", "airport"),
    "airbase": ("airbase", "airport"), "base": ("airbase", "facility"),
    "port": ("port", "city"), "harbour": ("port",), "sea": ("sea",), "lake": ("lake",),
}  # fmt: skip
_SPELLED_OUT = {"st": "saint", "mt": "mount", "ft": "fort", "saint": "st", "mount": "mt",
                "fort": "ft", "sainte": "ste", "ste": "sainte"}  # fmt: skip


def find_hits(
    index: NameIndex, gazetteer: Gazetteer, name: str, wanted: Filter, *, fuzzy: bool
) -> list[Hit]:
    """Find the rows that a name can mean, unranked.

    Parameters
    ----------
    index, gazetteer
        The tables.
    name : str
        A name, or a name and the place it lies in: ``"Langley, Virginia"``, ``"Paris (Texas)"``.
    wanted : Filter
        Kinds and countries.
    fuzzy : bool
        Whether names that are only like it count when the very name is not there.

    Returns
    -------
    list of Hit
        Empty when nothing fits.
    """
    hits = [*_exact(index, name), *_qualified(index, gazetteer, name)]
    kept = [hit for hit in hits if wanted.accepts(gazetteer, hit.row)]
    if kept:
        return kept
    kept = [h for h in _with_kind_word(index, gazetteer, name) if wanted.accepts(gazetteer, h.row)]
    if kept or not fuzzy:
        return kept
    hits = [*_similar(index, name), *_qualified(index, gazetteer, name, fuzzy=True)]
    return [hit for hit in hits if wanted.accepts(gazetteer, hit.row)]


def _exact(index: NameIndex, name: str) -> list[Hit]:
    """Look up the very name, or one that differs in an article or a spelled-out word."""
    for key in _variants(fold(name)):
        pairs = index.pairs(key)
        if pairs:
            return _weigh_writing(name.strip(), [Hit(row, kind) for row, kind in pairs])
    return []


def _weigh_writing(name: str, hits: list[Hit]) -> list[Hit]:
    """Let the way a name is written speak: ``N.C.`` is no code, ``MAN`` is one."""
    if "." in name:
        return [hit for hit in hits if hit.kind != CODE] or hits
    if len(name) == 3 and name.isascii() and name.isupper():
        return [replace(hit, bonus=_CAPITALS.get(hit.kind, 0.0)) for hit in hits]
    return hits


def _variants(key: str) -> Iterator[str]:
    """Give a key, then the ways in which it may be listed."""
    yield key
    words = key.split()
    if len(words) > 1 and words[0] == "the":
        yield " ".join(words[1:])
    for i, word in enumerate(words):
        if word in _SPELLED_OUT:
            yield " ".join([*words[:i], _SPELLED_OUT[word], *words[i + 1 :]])
    if len(words) > 1:
        yield "".join(words)


def _qualified(
    index: NameIndex, gazetteer: Gazetteer, name: str, *, fuzzy: bool = False
) -> Iterator[Hit]:
    """Look up the part before the comma, and keep what lies in the places after it."""
    match = _PARENTHESIS.match(name)
    parts = [match[1], match[2]] if match else re.split(r"[,،、，;]", name)
    parts = [part for part in parts if fold(part)]
    if len(parts) < 2:
        return
    head, *outer = parts
    hits = _similar(index, head) if fuzzy else _exact(index, head)
    fences = [_Fence(index, gazetteer, part) for part in outer]
    for hit in hits:
        if all(fence.holds(hit.row) for fence in fences):
            yield replace(hit, bonus=hit.bonus + _WITHIN_BONUS)


class _Fence:
    """The places that a qualifier can mean: countries, regions, or the surroundings of cities."""

    def __init__(self, index: NameIndex, gazetteer: Gazetteer, name: str) -> None:
        self._gazetteer = gazetteer
        self._countries: set[str] = set()
        self._regions: set[str] = set()
        self._cities: list[tuple[float, float]] = []
        hits = _exact(index, name)
        for hit in [h for h in hits if h.kind != WEAK] or hits:
            kind = gazetteer.kind_at(hit.row)
            if kind == "country":
                self._countries.add(gazetteer.country_at(hit.row))
            elif kind == "region":
                self._regions.add(gazetteer.id_at(hit.row))
            elif kind == "district" or gazetteer.population[hit.row] >= _LARGE:
                self._cities.append(gazetteer.lonlat_at(hit.row))

    def holds(self, row: int) -> bool:
        """Tell whether a row lies in any of them."""
        gazetteer = self._gazetteer
        if (
            gazetteer.country_at(row) in self._countries
            or gazetteer.region_at(row) in self._regions
        ):
            return True
        here = gazetteer.lonlat_at(row)
        return any(measure_arc_km(*here, *city) < _CITY_KM for city in self._cities)


def _with_kind_word(index: NameIndex, gazetteer: Gazetteer, name: str) -> Iterator[Hit]:
    """Look up a name whose last or first word only says the kind: "Raqqa province"."""
    words = fold(name).split()
    for word, rest in ((words[-1:], words[:-1]), (words[:1], words[1:])):
        kinds = _KIND_WORDS.get(word[0]) if word else None
        if not kinds or not rest:
            continue
        key = " ".join(rest)
        found = [Hit(row, kind) for row, kind in index.pairs(key)]
        found += _completed(index, key)
        yield from (hit for hit in found if gazetteer.kind_at(hit.row) in kinds)


def _completed(index: NameIndex, key: str) -> list[Hit]:
    """Look up the longer names that begin with the words of a key."""
    hits = []
    for longer in index.prefix(key + " ", _COMPLETED):
        likeness = 0.9 if len(longer) < 2 * len(key) + 12 else 0.8
        hits += [Hit(r, k, likeness) for r, k in index.pairs(longer) if k in {MAIN, ALTERNATE}]
    return hits


def _similar(index: NameIndex, name: str) -> list[Hit]:
    """Look up the names that are like a name."""
    hits = []
    for key, likeness in index.fuzzy(fold(name)):
        hits += [
            Hit(row, kind, likeness) for row, kind in index.pairs(key) if kind in {MAIN, ALTERNATE}
        ]
    return hits + _begun(index, fold(name))


def _begun(index: NameIndex, key: str) -> list[Hit]:
    """Look up the names of which only the beginning is given, cut within a word."""
    if len(key) < _BEGINNING:
        return []
    known = (k for k in index.prefix(key, _SCANNED) if len(k) <= 2 * len(key) + 2)
    hits = []
    for longer in sorted(known, key=len)[:_COMPLETED]:
        likeness = max(len(key) / len(longer), _LEAST_LIKE)
        hits += [Hit(r, k, likeness) for r, k in index.pairs(longer) if k in {MAIN, ALTERNATE}]
    return hits


def find_suggestions(
    index: NameIndex, gazetteer: Gazetteer, name: str, limit: int = 5
) -> list[str]:
    """Find names that exist and are like a name that does not, best first."""
    words = sorted(fold(name).split(), key=len, reverse=True)
    tries = (name, re.split(r"[,(]", name)[0], *words[:3])
    hits = next((found for part in tries if (found := _similar(index, part))), [])
    key = fold(name)
    best: dict[str, float] = {}
    for hit in hits:
        shown = gazetteer.name_at(hit.row)
        edits = min(OSA.distance(key, fold(shown)), _FAR)
        worth = hit.likeness**2 * (0.3 + gazetteer.weight_at(hit.row)) / (1 + _EDIT_COST * edits)
        best[shown] = max(worth, best.get(shown, 0.0))
    near = [n for n in best if OSA.distance(key, fold(n)) < _FAR]
    return sorted(near or best, key=lambda n: (-best[n], n))[:limit]
