"""Compile places and their names into the tables that look-ups open: the one compiler.

`PlaceWriter` takes places row by row and spools them to disk, `NameWriter` takes folded keys with
their rows. Both work in bounded memory, so that the same code builds the embedded tables and
imports 13 million places of a GeoNames dump.
"""

from __future__ import annotations

import zlib
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import marisa_trie
import numpy as np

from geo_events.atlas.columns import write_columns
from geo_events.atlas.prominence import KINDS
from geo_events.atlas.spool import Codes, Spool, Strings
from geo_events.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    _Array = NDArray[np.uint32]

__all__ = [
    "ABBREVIATION",
    "ADJECTIVE",
    "ALTERNATE",
    "CODE",
    "MAIN",
    "MAX_ROWS",
    "NAMES_FILE",
    "NOUN",
    "PLACES_FILE",
    "TRIE_FILE",
    "WEAK",
    "NameWriter",
    "PlaceRow",
    "PlaceWriter",
]

# Classes of names.
MAIN, ALTERNATE, CODE, ABBREVIATION, NOUN, ADJECTIVE, WEAK = range(7)

PLACES_FILE = "places.cols"
NAMES_FILE = "names.cols"
TRIE_FILE = "names.marisa"

MAX_ROWS = 1 << 24
SCALE = 10_000  # coordinates are whole steps of 1e-4 degree (11 m), as the polygons are
WEIGHT_STEPS = 100
_MORE = np.uint32(1 << 31)  # a head that points into the tails
_GOES_ON = np.uint32(1 << 30)  # a tail that is not the last of its key
_CLASS_SHIFT = 24
_FLUSH = 50_000
# One place keeps the better class of two: an abbreviation counts for more than a code.
_GRADE = {MAIN: 0, ALTERNATE: 1, ABBREVIATION: 2, CODE: 3, NOUN: 4, ADJECTIVE: 5, WEAK: 6}


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place as the compiler takes it.

    Parameters
    ----------
    id : str
        Such as ``"geonames:172955"`` or ``"airport:LTAG"``.
    name : str
        The name that is shown.
    kind : str
        One of `geo_events.atlas.prominence.KINDS`.
    lon, lat : float
        Degrees on WGS 84.
    country : str
        ISO 3166 alpha-3 code, or empty.
    region : str
        The id of the first-level region, or empty.
    population : int
        0 where it is not known.
    feature : str
        GeoNames feature code, or empty.
    source : str
        Where the row comes from.
    weight : float
        Prior for ranking, 0 to 1.
    """

    id: str
    name: str
    kind: str
    lon: float
    lat: float
    country: str = ""
    region: str = ""
    population: int = 0
    feature: str = ""
    source: str = ""
    weight: float = 0.3


class PlaceWriter:
    """Write places to ``places.cols``, row by row.

    Parameters
    ----------
    folder : Path
        Where the table and its temporary files go.

    Attributes
    ----------
    count : int
        Places so far.
    notes : dict
        What else goes into the file's header.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._spool = Spool(
            folder,
            {
                "lon": "<i4",
                "lat": "<i4",
                "population": "<u4",
                "number": "<u4",
                "kind": "<u1",
                "feature": "<u2",
                "country": "<u2",
                "region": "<u2",
                "source": "<u1",
                "weight": "<u1",
                "special": "<u4",
                **Strings.dtypes("name"),
                **Strings.dtypes("id"),
            },
        )
        self._names = Strings(self._spool, "name")
        self._ids = Strings(self._spool, "id")
        self._codes = {name: Codes({"": 0}) for name in ("feature", "country", "region", "source")}
        self._rows: dict[str, int] = {}
        self._corrections: dict[int, PlaceRow] = {}
        self.notes: dict[str, Any] = {}
        self.count = 0

    def add(self, place: PlaceRow) -> int:
        """Add a place and return its row number.

        Raises
        ------
        InvalidInputError
            When there are more places than a name index can number.
        """
        row = self.count
        if row >= MAX_ROWS:
            raise InvalidInputError(f"expected at most {MAX_ROWS} places; got more")
        self._names.append(place.name)
        if place.kind in {"country", "region"}:
            self._rows[place.id] = row
        number = 0
        if place.id.startswith("geonames:"):
            number = int(place.id[9:])
        else:
            self._spool.pending["special"].append(row)
            self._ids.append(place.id)
        self.count += 1
        self._spool.append(
            lon=round(place.lon * SCALE),
            lat=round(place.lat * SCALE),
            population=min(max(place.population, 0), 0xFFFFFFFF),
            number=number,
            kind=KINDS.index(place.kind),
            feature=self._codes["feature"][place.feature],
            country=self._codes["country"][place.country],
            region=self._codes["region"][place.region],
            source=self._codes["source"][place.source],
            weight=round(place.weight * WEIGHT_STEPS),
        )
        return row

    def correct(self, row: int, place: PlaceRow) -> None:
        """Give a row another position, population, feature and weight; its name and id stay."""
        self._corrections[row] = place

    def finish(self, *, planes: bool = False) -> Path:
        """Write the table, remove the temporary files, and return its path.

        Parameters
        ----------
        planes : bool, default False
            As for `write_columns`.
        """
        path = self._folder / PLACES_FILE
        for place in self._corrections.values():
            self._codes["feature"][place.feature]  # numbered before the codes are written
        notes: dict[str, list[Any]] = {name: list(codes) for name, codes in self._codes.items()}
        notes["country_row"] = [self._rows.get(f"country:{c}", -1) for c in notes["country"]]
        notes["region_row"] = [self._rows.get(region, -1) for region in notes["region"]]
        columns = self._spool.finish()
        if self._corrections:
            columns |= self._corrected(columns)
        write_columns(path, columns, {"kind": list(KINDS), **notes, **self.notes}, planes=planes)
        self._spool.remove()
        return path

    def _corrected(self, columns: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        """Return the columns that corrections change, changed."""
        rows = np.fromiter(self._corrections, dtype=np.int64)
        places = list(self._corrections.values())
        values = {
            "lon": [round(p.lon * SCALE) for p in places],
            "lat": [round(p.lat * SCALE) for p in places],
            "population": [min(max(p.population, 0), 0xFFFFFFFF) for p in places],
            "feature": [self._codes["feature"][p.feature] for p in places],
            "weight": [round(p.weight * WEIGHT_STEPS) for p in places],
        }
        changed = {}
        for name, new in values.items():
            changed[name] = np.array(columns[name])
            changed[name][rows] = new
        return changed


class NameWriter:
    """Write folded keys and the rows they name to ``names.marisa`` and ``names.cols``.

    Parameters
    ----------
    folder : Path
        Where the tables and their temporary files go.
    shards : int
        Into how many tries the keys are parted (by checksum); one trie of 2 million keys needs
        about 700 MB to compile.
    """

    def __init__(self, folder: Path, *, shards: int = 1) -> None:
        self._folder = folder
        self._paths = [folder / f"shard-{i}.tmp" for i in range(shards)]
        self._pending: list[list[str]] = [[] for _ in range(shards)]
        self._limit = max(1000, 4 * _FLUSH // shards)
        for path in self._paths:
            path.write_bytes(b"")

    def add(self, key: str, row: int, kind: int) -> None:
        """Add one folded key for one row; an empty key is passed over."""
        if not key:
            return
        shard = shard_of(key, len(self._paths))
        self._pending[shard].append(f"{key}\t{row}\t{kind}\n")
        if len(self._pending[shard]) >= self._limit:
            self._flush(shard)

    def _flush(self, shard: int) -> None:
        """Bring the pending keys of one shard to the disk."""
        with self._paths[shard].open("a", encoding="utf-8", newline="\n") as file:
            file.writelines(self._pending[shard])
        self._pending[shard].clear()

    def finish(self, *, planes: bool = False) -> list[Path]:
        """Compile the tries and postings, remove the temporary files, and return all paths.

        Parameters
        ----------
        planes : bool, default False
            As for `write_columns`.
        """
        heads: list[_Array] = []
        tails: list[_Array] = []
        starts: list[int] = []
        written: list[Path] = []
        for shard, path in enumerate(self._paths):
            self._flush(shard)
            trie, head, tail = _compile_shard(path, sum(map(len, tails)))
            target = self._folder / trie_name(shard)
            trie.save(str(target))
            written.append(target)
            starts.append(sum(map(len, heads)))
            heads.append(head)
            tails.append(tail)
            path.unlink()
        target = self._folder / NAMES_FILE
        columns = {"heads": np.concatenate(heads), "tails": np.concatenate(tails)}
        write_columns(
            target, columns, {"starts": starts, "shards": [p.name for p in written]}, planes=planes
        )
        return [*written, target]


def shard_of(key: str, shards: int) -> int:
    """Return the trie in which a key stands."""
    return zlib.crc32(key.encode()) % shards if shards > 1 else 0


def trie_name(shard: int) -> str:
    """Return the file name of a trie."""
    return TRIE_FILE if shard == 0 else f"names-{shard}.marisa"


def _compile_shard(path: Path, start: int) -> tuple[marisa_trie.Trie, _Array, _Array]:
    """Build the trie of a shard and pack its postings; `start` counts the tails before it."""
    keys: list[str] = []
    packed, tails = array("I"), array("I")
    for key, rows in _group_lines(path):
        keys.append(key)
        if len(rows) == 1:
            row, kind = rows.popitem()
            packed.append(row | kind << _CLASS_SHIFT)
            continue
        pairs = [row | kind << _CLASS_SHIFT for row, kind in sorted(rows.items())]
        packed.append(int(_MORE) | (start + len(tails)))
        tails.extend(pair | int(_GOES_ON) for pair in pairs[:-1])
        tails.append(pairs[-1])
    trie = marisa_trie.Trie(keys, order=marisa_trie.LABEL_ORDER)
    heads = np.zeros(len(trie), dtype=np.uint32)
    heads[np.fromiter(map(trie.key_id, keys), dtype=np.int64, count=len(keys))] = packed
    return trie, heads, np.asarray(tails, dtype=np.uint32)


def _group_lines(path: Path) -> Iterator[tuple[str, dict[int, int]]]:
    """Give every key of a temporary file with its rows, each row once with its best class."""
    with path.open(encoding="utf-8", newline="\n") as file:
        lines = sorted(file)
    current: str | None = None
    rows: dict[int, int] = {}
    for line in lines:
        key, row, kind = line.split("\t")
        if key != current:
            if current is not None:
                yield current, rows
            current, rows = key, {}
        number, grade = int(row), int(kind)
        if number not in rows or _GRADE[grade] < _GRADE[rows[number]]:
            rows[number] = grade
    if current is not None:
        yield current, rows
