"""Find, verify and open the tables of the embedded world.

The tables stand in a folder with a `manifest.json`. It is looked for in this order: the folder
that the environment variable ``GEO_EVENTS_DATA`` names, `_data` inside the installed package,
`data` beside the package in a checkout. The manifest carries a checksum of itself and of every
table; a table is checked when it is first opened, never later.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from geo_events.errors import DataCorruptError, DataMissingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = ["Bundle", "find_data_folder", "manifest_checksum", "open_bundle"]

_PACKAGE = Path(__file__).resolve().parents[1]
_CHUNK = 1 << 20


class Bundle:
    """One folder of tables, verified on first use. Made by `open_bundle`.

    Parameters
    ----------
    folder : Path
        The folder that holds `manifest.json`.

    Attributes
    ----------
    folder : Path
        The folder.
    manifest : dict
        `version`, `built`, `tables` {file: {sha256, bytes, rows}}, `sources`.

    Raises
    ------
    DataMissingError
        The manifest is not there.
    DataCorruptError
        The manifest cannot be read or its checksum does not fit.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = _read_manifest(folder / "manifest.json")
        self._verified: set[str] = set()

    def __repr__(self) -> str:
        return f"<Bundle {self.manifest.get('version', '?')} in {str(self.folder)!r}>"

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all tables, sorted."""
        return tuple(sorted(self.manifest["tables"]))

    def path(self, name: str) -> Path:
        """Give the path of a table whose checksum has been verified.

        Parameters
        ----------
        name : str
            File name as in the manifest, such as ``"names.marisa"``.

        Raises
        ------
        DataMissingError
            The manifest does not name this file, or it is not in the folder.
        DataCorruptError
            Its size or its sha256 sum is not the manifest's.
        """
        path = self._expect(name)
        if name not in self._verified:
            with _open_table(path) as file:
                self._check(path, file)
            self._verified.add(name)
        return path

    def recheck(self, name: str) -> Path:
        """Check a file again, as `path` does on first use, and give its path."""
        self._verified.discard(name)
        return self.path(name)

    def read(self, name: str) -> bytes:
        """Read a whole table into memory, checking the bytes that are returned.

        Parameters
        ----------
        name : str
            File name as in the manifest.

        Raises
        ------
        DataMissingError, DataCorruptError
            As `path` does.
        """
        path = self._expect(name)
        with _open_table(path) as file:
            content = file.read()
        if name not in self._verified:
            self._check(path, io.BytesIO(content))
            self._verified.add(name)
        return content

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Read a Parquet table.

        Parameters
        ----------
        name : str
            File name as in the manifest, such as ``"territories.parquet"``.
        columns : sequence of str, optional
            Only these columns.

        Raises
        ------
        DataMissingError, DataCorruptError
            As `path` does.
        """
        import pyarrow as pa  # noqa: PLC0415  a name look-up opens no Parquet table
        import pyarrow.parquet as pq  # noqa: PLC0415

        source = pa.BufferReader(self.read(name))
        wanted = None if columns is None else list(columns)
        return pq.read_table(source, columns=wanted, use_threads=False)

    def polygons(self, name: str) -> tuple[pa.Table, NDArray[np.object_]]:
        """Read a polygon table: its plain columns, and its shapes as shapely polygons.

        Parameters
        ----------
        name : str
            The table without its suffix, such as ``"pieces"``; ``pieces.parquet`` has a column
            `shape` of arc numbers, ``pieces.arcs.parquet`` the arcs.

        Returns
        -------
        table : pyarrow.Table
            All columns but `shape`.
        polygons : ndarray of shapely.MultiPolygon
            In row order, EPSG:4326.

        Raises
        ------
        DataMissingError, DataCorruptError
            As `path` does.
        """
        from geo_events.atlas.codec import decode_polygons  # noqa: PLC0415  brings shapely

        table = self.table(f"{name}.parquet")
        polygons = decode_polygons(self.table(f"{name}.arcs.parquet"), table.column("shape"))
        return table.drop_columns(["shape"]), polygons

    def _expect(self, name: str) -> Path:
        """Check that the manifest names a file, and give its path."""
        if name not in self.manifest["tables"]:
            raise DataMissingError(
                f"no table {name!r} in the manifest of {str(self.folder)!r}; "
                f"it has: {', '.join(self.files)}"
            )
        return self.folder / name

    def _check(self, path: Path, file: BinaryIO) -> None:
        """Compare an open file with its entry in the manifest."""
        entry = self.manifest["tables"][path.name]
        digest, size = hashlib.sha256(), 0
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
        if size != entry["bytes"]:
            raise DataCorruptError(str(path), f"{entry['bytes']} bytes", f"{size} bytes")
        if digest.hexdigest() != entry["sha256"]:
            raise DataCorruptError(
                str(path), f"sha256 {entry['sha256']}", f"sha256 {digest.hexdigest()}"
            )


def open_bundle(folder: str | os.PathLike[str] | None = None) -> Bundle:
    """Open the tables; the same folder with the same manifest is opened once.

    Parameters
    ----------
    folder : path-like, optional
        Where the tables are; by default as `find_data_folder` finds them.

    Raises
    ------
    DataMissingError
        No folder with a manifest is found.
    DataCorruptError
        The manifest is damaged.

    Examples
    --------
    >>> open_bundle().table("territories.parquet", ["id"]).num_rows > 200
    True
    """
    path = find_data_folder() if folder is None else Path(folder)
    try:
        stamp = (path / "manifest.json").stat().st_mtime_ns
    except OSError as error:
        raise DataMissingError(_missing(path)) from error
    return _open_cached(path, stamp)


@lru_cache(maxsize=4)
def _open_cached(folder: Path, _stamp: int) -> Bundle:
    """Open a bundle once per folder and state of its manifest."""
    return Bundle(folder)


def find_data_folder(*, shipped: bool = False) -> Path:
    """Find the folder of the tables.

    Parameters
    ----------
    shipped : bool, default False
        Look only for the tables that came with the package, whatever ``GEO_EVENTS_DATA`` names.

    Returns
    -------
    Path
        What ``GEO_EVENTS_DATA`` names, else `_data` inside the package, else `data` beside it.

    Raises
    ------
    DataMissingError
        None of them holds a manifest; the one that the variable names is not passed over.
    """
    named = None if shipped else os.environ.get("GEO_EVENTS_DATA")
    candidates = [Path(named)] if named else [_PACKAGE / "_data", _PACKAGE.parent / "data"]
    for folder in candidates:
        if (folder / "manifest.json").is_file():
            return folder
    raise DataMissingError(_missing(*candidates))


def manifest_checksum(manifest: dict[str, Any]) -> str:
    """Return the sha256 sum of a manifest's content, its own `checksum` left out."""
    rest = {key: value for key, value in manifest.items() if key != "checksum"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _read_manifest(path: Path) -> dict[str, Any]:
    """Read and check a manifest."""
    try:
        manifest = json.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError as error:
        raise DataMissingError(_missing(path.parent)) from error
    except ValueError as error:
        raise DataCorruptError(
            str(path), "a JSON manifest", f"unreadable text ({error})"
        ) from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("tables"), dict):
        raise DataCorruptError(str(path), "a manifest with tables", "something else")
    found = manifest_checksum(manifest)
    if manifest.get("checksum") != found:
        raise DataCorruptError(
            str(path), f"checksum {manifest.get('checksum')}", f"checksum {found}"
        )
    return manifest


def _open_table(path: Path) -> BinaryIO:
    """Open a file of the bundle; a missing one is a clear error."""
    try:
        return path.open("rb")
    except OSError as error:
        raise DataMissingError(
            f"{str(path)!r} cannot be opened ({error.strerror}); reinstall geo_events, "
            "or build the tables again with 'geo-events data build'"
        ) from error


def _missing(*folders: Path) -> str:
    """Say where the tables were looked for."""
    places = " or ".join(repr(str(folder)) for folder in folders)
    return (
        f"no embedded tables in {places} (no manifest.json); reinstall geo_events, "
        "or name the folder in the environment variable GEO_EVENTS_DATA"
    )
