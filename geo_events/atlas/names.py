"""The name index: folded key to rows of the gazetteer; exact, by prefix, or nearly.

The keys stand in a marisa trie and the rows in two arrays, all memory-mapped: opening reads
nothing, a look-up touches a few pages.
"""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

import marisa_trie
import numpy as np

from geo_events.atlas.bundle import open_bundle
from geo_events.atlas.columns import open_columns
from geo_events.atlas.compile import NAMES_FILE, shard_of
from geo_events.atlas.fuzzy import find_similar
from geo_events.errors import DataCorruptError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from geo_events.atlas.bundle import Bundle

__all__ = ["NameIndex", "load_name_index"]

_NO_ROWS = np.zeros(0, dtype=np.uint32)
_NO_CLASSES = np.zeros(0, dtype=np.uint8)
_MORE = 1 << 31
_GOES_ON = 1 << 30
_ROW_MASK = (1 << 24) - 1
_CLASS_MASK = 7


class NameIndex:
    """All names of the gazetteer. Made by `load_name_index`.

    Parameters
    ----------
    tries : list of marisa_trie.Trie
        The keys, parted by `geo_events.atlas.compile.shard_of`.
    starts : list of int
        Where the heads of each trie begin.
    heads, tails : ndarray of uint32
        The postings, as `geo_events.atlas.compile` packs them.

    Notes
    -----
    Classes of names: 0 main, 1 alternate, 2 code (ISO, ICAO, IATA, LOCODE), 3 abbreviation,
    4 inhabitants ("Syrians"), 5 adjective ("Syrian"), 6 weak or former.
    """

    def __init__(
        self,
        tries: list[marisa_trie.Trie],
        starts: list[int],
        heads: NDArray[np.uint32],
        tails: NDArray[np.uint32],
    ) -> None:
        self._tries, self._starts = tries, starts
        self._heads, self._tails = heads, tails

    def __len__(self) -> int:
        """Return the number of keys."""
        return len(self._heads)

    def __repr__(self) -> str:
        return f"<NameIndex of {len(self):,} keys>"

    def has(self, key: str) -> bool:
        """Tell whether a folded key names anything."""
        return key in self._tries[shard_of(key, len(self._tries))]

    def lookup(self, key: str) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
        """Find what a folded key names.

        Parameters
        ----------
        key : str
            A key as `geo_events.atlas.fold.fold` makes it.

        Returns
        -------
        rows : ndarray of uint32, shape (n,)
            Rows of the gazetteer, ascending, each once; empty when nothing has this name.
        classes : ndarray of uint8, shape (n,)
            The class of the name for each row (see Notes of the class).

        Examples
        --------
        >>> index = load_name_index()
        >>> rows, classes = index.lookup("raqqa")
        >>> len(rows) > 0
        True
        """
        pairs = self.pairs(key)
        if not pairs:
            return _NO_ROWS, _NO_CLASSES
        rows = np.array([row for row, _ in pairs], dtype=np.uint32)
        return rows, np.array([kind for _, kind in pairs], dtype=np.uint8)

    def pairs(self, key: str) -> list[tuple[int, int]]:
        """Find what a folded key names, as (row, class) pairs; the fastest look-up for a few."""
        shard = shard_of(key, len(self._tries))
        number = self._tries[shard].get(key)
        if number is None:
            return []
        return list(self._postings(self._starts[shard] + number))

    def _postings(self, number: int) -> Iterator[tuple[int, int]]:
        """Unpack the postings of one key."""
        head = int(self._heads[number])
        if not head & _MORE:
            yield head & _ROW_MASK, head >> 24 & _CLASS_MASK
            return
        position = head & ~_MORE
        goes_on = True
        while goes_on:
            value = int(self._tails[position])
            yield value & _ROW_MASK, value >> 24 & _CLASS_MASK
            goes_on = bool(value & _GOES_ON)
            position += 1

    def prefix(self, start: str, limit: int | None = None) -> list[str]:
        """Find the keys that begin with a folded text.

        Parameters
        ----------
        start : str
            The beginning of a key, folded.
        limit : int, optional
            At most so many.

        Returns
        -------
        list of str
            Keys in the order of the trie; empty when there are none.
        """
        found = (key for trie in self._tries for key in trie.iterkeys(start))
        return list(islice(found, limit))

    def fuzzy(self, key: str, limit: int = 10) -> list[tuple[str, float]]:
        """Find the keys most like a folded key that is itself not there.

        Parameters
        ----------
        key : str
            A folded key.
        limit : int, default 10
            At most so many.

        Returns
        -------
        list of (str, float)
            Keys with their likeness in (0, 1), best first; one typing error in a word of eight
            letters has about 0.9.

        Notes
        -----
        All keys at one insertion, deletion, change or transposition are tried, then spellings
        that transliterations vary (``kh``/``h``, ``q``/``k``, ``y``/``i``, doubled letters), then
        keys with the same beginning by their edit distance.
        """
        return find_similar(self, key, limit)

    def items(self) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        """Walk through all keys with their (row, class) pairs."""
        for trie, start in zip(self._tries, self._starts, strict=True):
            for key in trie.iterkeys():
                yield key, list(self._postings(start + trie[key]))


def load_name_index(bundle: Bundle | None = None) -> NameIndex:
    """Load the name index of the embedded tables; later calls return the same value.

    Parameters
    ----------
    bundle : Bundle, optional
        Other tables than those that `open_bundle` opens.

    Raises
    ------
    DataMissingError, DataCorruptError
        The tables are missing or damaged.
    """
    return _load_name_index(open_bundle() if bundle is None else bundle)


@lru_cache(maxsize=2)
def _load_name_index(bundle: Bundle) -> NameIndex:
    """Load the name index of a bundle."""
    columns, notes = open_columns(bundle.path(NAMES_FILE))
    tries = [_open_trie(bundle.path(name)) for name in notes["shards"]]
    return NameIndex(tries, notes["starts"], columns["heads"], columns["tails"])


def _open_trie(path: Path) -> marisa_trie.Trie:
    """Map a trie into memory."""
    try:
        return marisa_trie.Trie().mmap(str(path))
    except (RuntimeError, OSError) as error:
        raise DataCorruptError(str(path), "a marisa trie", json.dumps(str(error))) from error
