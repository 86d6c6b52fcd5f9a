"""Columns that grow on disk while a table is compiled, in bounded memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["BLOCK", "Codes", "Spool", "Strings"]

BLOCK = 64
"""Strings are found from the start of their block of so many rows."""

_FLUSH = 50_000


class Codes(dict[str, int]):
    """Number distinct strings in the order of their first appearance."""

    def __missing__(self, value: str) -> int:
        self[value] = number = len(self)
        return number


class Spool:
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


class Strings:
    """A column of strings: bytes, lengths, and the start of every block."""

    def __init__(self, spool: Spool, prefix: str) -> None:
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
