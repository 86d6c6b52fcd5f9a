"""A file of named arrays that opens by memory map, without pyarrow.

A look-up of one name must not read whole tables, nor load a library for it. The file is a line
``GECOLS1``, the length of a JSON header, the header (names, types, positions, notes), and the
arrays themselves, each on a 64-byte boundary, little-endian.
"""

from __future__ import annotations

import json
import mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geo_events.errors import DataCorruptError

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from numpy.typing import NDArray

__all__ = ["Columns", "open_columns", "write_columns"]

_MAGIC = b"GECOLS1\n"
_ALIGN = 64


def write_columns(
    path: str | os.PathLike[str],
    columns: Mapping[str, NDArray[Any]],
    notes: Mapping[str, Any],
    *,
    planes: bool = False,
) -> None:
    """Write one-dimensional arrays and JSON notes to a file; the same input gives the same bytes.

    Parameters
    ----------
    path : path-like
        The file to write, replaced when it exists.
    columns : mapping of str to array of shape (n,)
        Numbers of any fixed width; each column may have its own length. Memory-mapped arrays are
        copied piece by piece.
    notes : mapping
        Whatever JSON can hold.
    planes : bool, default False
        Store all first bytes of a column, then all second bytes, and so on. The file packs
        better into a zip archive, but a column is then copied when it is first used.
    """
    layout: dict[str, dict[str, Any]] = {}
    position = 0
    for name, values in columns.items():
        kind = values.dtype.newbyteorder("<").str
        layout[name] = {"dtype": kind, "length": len(values), "start": position}
        layout[name]["planes"] = planes and values.itemsize > 1
        position += -(-values.nbytes // _ALIGN) * _ALIGN
    header = json.dumps({"columns": layout, "notes": dict(notes)}, ensure_ascii=False).encode()
    header += b" " * (-(len(_MAGIC) + 8 + len(header)) % _ALIGN)
    with Path(path).open("wb") as file:
        file.write(_MAGIC + len(header).to_bytes(8, "little") + header)
        for name, values in columns.items():
            plain = values.astype(layout[name]["dtype"], copy=False)
            (_split_bytes(plain) if layout[name]["planes"] else plain).tofile(file)
            file.write(bytes(-values.nbytes % _ALIGN))


def _split_bytes(values: NDArray[Any]) -> NDArray[np.uint8]:
    """Return the bytes of an array, plane by plane."""
    return np.ascontiguousarray(values.view(np.uint8).reshape(len(values), values.itemsize).T)


class Columns(dict[str, "NDArray[Any]"]):
    """The columns of a file; those stored in planes are put together when first asked for.

    Parameters
    ----------
    columns : mapping
        Arrays that can be used as they are.
    planes : mapping of str to (bytes, dtype)
        Arrays of bytes that are still in planes.
    """

    def __init__(
        self,
        columns: Mapping[str, NDArray[Any]],
        planes: Mapping[str, tuple[NDArray[np.uint8], str]],
    ) -> None:
        super().__init__(columns)
        self._planes = dict(planes)

    def __missing__(self, name: str) -> NDArray[Any]:
        """Put a column together from its planes."""
        data, dtype = self._planes[name]
        width = np.dtype(dtype).itemsize
        joined = np.ascontiguousarray(data.reshape(width, len(data) // width).T).view(dtype).ravel()
        joined.flags.writeable = False
        self[name] = joined
        return joined


def open_columns(path: str | os.PathLike[str]) -> tuple[Columns, dict[str, Any]]:
    """Open a file of columns by memory map.

    Parameters
    ----------
    path : path-like
        A file of `write_columns`.

    Returns
    -------
    Columns
        Read-only arrays of shape (n,) by name; nothing is read before it is touched.
    dict
        The notes.

    Raises
    ------
    DataCorruptError
        When the file is not of this form.
    """
    with Path(path).open("rb") as file:
        start = file.read(len(_MAGIC) + 8)
        if not start.startswith(_MAGIC):
            raise DataCorruptError(str(path), "a file of columns", repr(start[:8]))
        size = int.from_bytes(start[len(_MAGIC) :], "little")
        try:
            header = json.loads(file.read(size))
            base = len(start) + size
            memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            base = len(start) + size
            columns, planes = {}, {}
            for name, entry in header["columns"].items():
                count, begin = entry["length"], base + entry["start"]
                if entry["planes"]:
                    size = count * np.dtype(entry["dtype"]).itemsize
                    data = np.frombuffer(memory, np.uint8, size, begin)
                    planes[name] = (data, entry["dtype"])
                else:
                    columns[name] = np.frombuffer(memory, entry["dtype"], count, begin)
        except (ValueError, KeyError, TypeError, OverflowError) as error:
            raise DataCorruptError(str(path), "whole columns", str(error)) from error
    return Columns(columns, planes), header["notes"]
