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

__all__ = ["open_columns", "write_columns"]

_MAGIC = b"GECOLS1\n"
_ALIGN = 64


def write_columns(
    path: str | os.PathLike[str], columns: Mapping[str, NDArray[Any]], notes: Mapping[str, Any]
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
    """
    layout: dict[str, dict[str, Any]] = {}
    position = 0
    for name, values in columns.items():
        kind = values.dtype.newbyteorder("<").str
        layout[name] = {"dtype": kind, "length": len(values), "start": position}
        position += -(-values.nbytes // _ALIGN) * _ALIGN
    header = json.dumps({"columns": layout, "notes": dict(notes)}, ensure_ascii=False).encode()
    header += b" " * (-(len(_MAGIC) + 8 + len(header)) % _ALIGN)
    with Path(path).open("wb") as file:
        file.write(_MAGIC + len(header).to_bytes(8, "little") + header)
        for name, values in columns.items():
            values.astype(layout[name]["dtype"], copy=False).tofile(file)
            file.write(bytes(-values.nbytes % _ALIGN))


def open_columns(
    path: str | os.PathLike[str],
) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Open a file of columns by memory map.

    Parameters
    ----------
    path : path-like
        A file of `write_columns`.

    Returns
    -------
    dict of str to read-only array of shape (n,)
        The columns; nothing is read before it is touched.
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
            memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            base = len(start) + size
            columns = {
                name: np.frombuffer(memory, c["dtype"], c["length"], base + c["start"])
                for name, c in header["columns"].items()
            }
        except (ValueError, KeyError, TypeError) as error:
            raise DataCorruptError(str(path), "whole columns", str(error)) from error
    return columns, header["notes"]
