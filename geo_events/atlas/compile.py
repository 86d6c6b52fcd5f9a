"""Compile places and their names into the tables that look-ups open: the one compiler.

`PlaceWriter` takes places row by row and spools them to disk, `NameWriter` takes folded keys with
their rows. Both work in bounded memory, so that the same code builds the embedded tables and
imports 13 million places of a GeoNames dump.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import marisa_trie
import numpy as np

from geo_events.atlas.columns import write_columns
from geo_events.atlas.prominence import KINDS
from geo_events.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

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

# Classes of names, in the order in which one place keeps the better of two.
MAIN, ALTERNATE, CODE, ABBREVIATION, NOUN, ADJECTIVE, WEAK = range(7)

PLACES_FILE = "places.cols"
NAMES_FILE = "names.cols"
TRIE_FILE = "names.marisa"

MAX_ROWS = 1 << 24
SCALE = 10_000  # coordinates are whole steps of 1e-4 degree (11 m), as the polygons are
BLOCK = 64  # strings are found from the start of their block
WEIGHT_STEPS = 100
_MORE = np.uint32(1 << 31)  # a head that points into the tails
_GOES_ON = np.uint32(1 << 30)  # a tail that is not the last of its key
_CLASS_SHIFT = 24
_FLUSH = 50_000


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


class _Codes(dict[str, int]):
    """Number distinct strings in the order of their first appearance."""

    def __missing__(self, value: str) -> int:
        self[value] = number = len(self)
        return number


class _Spool:
    """Columns that grow on disk: values are appended in pieces and mapped at the end."""

    def __init__(self, folder: Path, dtypes: dict[str, str]) -> None:
        self._folder = folder
        self._dtypes = dtypes
        self.pending: dict[str, Any] = {
            name: bytearray() if name.endswith("_text") else [] for name in dtypes
        }
        for name in dtypes:
            self._path(name).write_bytes(b"")

    def _path(self, name: str) -> Path:
        """Return the temporary file of a column."""
        return self._folder / f"column-{name}.tmp"

    def append(self, **values: float) -> None:
        """Add one value to each of the named columns."""
        for name, value in values.items():
            self.pending[name].append(value)
        if len(self.pending[next(iter(values))]) >= _FLUSH:
            self.flush()

    def extend(self, name: str, data: bytes) -> None:
        """Add raw bytes to a column of bytes."""
        self.pending[name] += data

    def flush(self) -> None:
        """Bring what is pending to the disk."""
        for name, values in self.pending.items():
            with self._path(name).open("ab") as file:
                if isinstance(values, bytearray):
                    file.write(values)
                else:
                    np.asarray(values, dtype=self._dtypes[name]).tofile(file)
            values.clear()

    def finish(self) -> dict[str, NDArray[Any]]:
        """Return all columns, memory-mapped."""
        self.flush()
        columns: dict[str, NDArray[Any]] = {}
        for name, dtype in self._dtypes.items():
            size = self._path(name).stat().st_size
            columns[name] = (
                np.memmap(self._path(name), dtype=dtype, mode="r") if size else np.zeros(0, dtype)
            )
        return columns

    def remove(self) -> None:
        """Delete the temporary files."""
        for name in self._dtypes:
            self._path(name).unlink(missing_ok=True)


class _Strings:
    """A column of strings: bytes, lengths, and the start of every block."""

    def __init__(self, spool: _Spool, prefix: str) -> None:
        self._spool, self._prefix = spool, prefix
        self.count = self._bytes = 0

    @staticmethod
    def dtypes(prefix: str) -> dict[str, str]:
        """Return the three columns that hold the strings."""
        return {f"{prefix}_text": "<u1", f"{prefix}_size": "<u2", f"{prefix}_start": "<u4"}

    def append(self, text: str) -> None:
        """Add one string."""
        data = text.encode()
        if self.count % BLOCK == 0:
            self._spool.pending[f"{self._prefix}_start"].append(self._bytes)
        self._spool.pending[f"{self._prefix}_size"].append(len(data))
        self._spool.extend(f"{self._prefix}_text", data)
        self.count += 1
        self._bytes += len(data)


class PlaceWriter:
    """Write places to ``places.cols``, row by row.

    Parameters
    ----------
    folder : Path
        Where the table and its temporary files go.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._spool = _Spool(
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
                **_Strings.dtypes("name"),
                **_Strings.dtypes("id"),
            },
        )
        self._names = _Strings(self._spool, "name")
        self._ids = _Strings(self._spool, "id")
        self._codes = {name: _Codes({"": 0}) for name in ("feature", "country", "region", "source")}
        self._rows: dict[str, int] = {}
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

    def finish(self, *, planes: bool = False) -> Path:
        """Write the table, remove the temporary files, and return its path.

        Parameters
        ----------
        planes : bool, default False
            As for `write_columns`.
        """
        path = self._folder / PLACES_FILE
        notes: dict[str, list[Any]] = {name: list(codes) for name, codes in self._codes.items()}
        notes["country_row"] = [self._rows.get(f"country:{c}", -1) for c in notes["country"]]
        notes["region_row"] = [self._rows.get(region, -1) for region in notes["region"]]
        write_columns(path, self._spool.finish(), {"kind": list(KINDS), **notes}, planes=planes)
        self._spool.remove()
        return path


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
        for path in self._paths:
            path.write_bytes(b"")

    def add(self, key: str, row: int, kind: int) -> None:
        """Add one folded key for one row; an empty key is passed over."""
        if not key:
            return
        shard = shard_of(key, len(self._paths))
        self._pending[shard].append(f"{key}\t{row}\t{kind}\n")
        if len(self._pending[shard]) >= _FLUSH:
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
        heads: list[NDArray[np.uint32]] = []
        tails: list[NDArray[np.uint32]] = []
        starts: list[int] = []
        written: list[Path] = []
        for shard, path in enumerate(self._paths):
            self._flush(shard)
            trie, found = _compile_shard(path)
            target = self._folder / trie_name(shard)
            trie.save(str(target))
            written.append(target)
            starts.append(sum(map(len, heads)))
            head, tail = _pack_postings(trie, found, sum(map(len, tails)))
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


def _read_pairs(path: Path) -> Iterator[tuple[str, int, int]]:
    """Read a temporary file back."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            key, row, kind = line[:-1].split("\t")
            yield key, int(row), int(kind)


def _compile_shard(path: Path) -> tuple[marisa_trie.Trie, dict[str, dict[int, int]]]:
    """Group the keys of a shard, each row once with its best class, and build the trie."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for key, row, kind in _read_pairs(path):
        rows = found[key]
        rows[row] = min(kind, rows.get(row, kind))
    trie = marisa_trie.Trie(sorted(found), order=marisa_trie.LABEL_ORDER)
    return trie, found


def _pack_postings(
    trie: marisa_trie.Trie, found: dict[str, dict[int, int]], start: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Pack (row, class) pairs: one in the head itself, several in a run of the tails."""
    heads = np.zeros(len(trie), dtype=np.uint32)
    by_id = {trie[key]: rows for key, rows in found.items()}
    tails: list[int] = []
    for number in range(len(trie)):
        pairs = [row | kind << _CLASS_SHIFT for row, kind in sorted(by_id[number].items())]
        if len(pairs) == 1:
            heads[number] = pairs[0]
            continue
        heads[number] = int(_MORE) | (start + len(tails))
        tails.extend(pair | int(_GOES_ON) for pair in pairs[:-1])
        tails.append(pairs[-1])
    return heads, np.asarray(tails, dtype=np.uint32)
