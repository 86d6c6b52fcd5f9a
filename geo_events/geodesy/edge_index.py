"""The edge index as a value, and as one file that is opened by memory map."""

from __future__ import annotations

import hashlib
import json
import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geo_events.disk import write_bytes
from geo_events.errors import DataCorruptError, DataMissingError
from geo_events.geodesy.grid import Grid

if TYPE_CHECKING:
    import os

__all__ = ["OUTSIDE", "EdgeIndex", "open_edge_index", "save_edge_index"]

Ints32 = npt.NDArray[np.int32]

OUTSIDE = -1
_MAGIC = b"geo_events edges 1\n"
_ALIGN = 64


@dataclass(frozen=True, slots=True, eq=False)
class EdgeIndex:
    """Border edges of areas ("units") on the ellipsoid, ready for `find_stays`.

    Parameters
    ----------
    n_units : int
        Number of units; unit k is the k-th polygon the index was built from.
    is_partition : bool
        Whether the units cover the Earth without gap or overlap: every border has a unit on
        both sides, each point lies in exactly one.
    edges : ndarray of float64, shape (n, 10)
        Start (0:3) and end (3:6) of each edge as vectors from the Earth's centre in units of
        `A_M`; the unit normal of their plane (6:9), pointing left; how far the true edge stands
        off that plane in its middle (9).
    sides : ndarray of int32, shape (n, 2)
        Unit on the left and on the right, `OUTSIDE` (-1) for none.
    ends : ndarray of float32, shape (n, 6)
        Start and end of each edge once more, in half the room: they sort out most candidates.
    grid : Grid
        Which edges touch which cell.
    cell_start : ndarray of int32
        Where the units of each cell's anchor begin in `cell_units`; empty for a partition.
    cell_units : ndarray of int32
        Units that hold the anchor of each cell; for a partition exactly one each.
    """

    n_units: int
    is_partition: bool
    edges: npt.NDArray[np.float64]
    sides: Ints32
    ends: npt.NDArray[np.float32]
    grid: Grid
    cell_start: Ints32
    cell_units: Ints32


def save_edge_index(index: EdgeIndex, path: str | os.PathLike[str]) -> None:
    """Write an edge index to one file, atomically and with a checksum.

    Parameters
    ----------
    index : EdgeIndex
    path : path-like
        An older file there is replaced.

    Raises
    ------
    InvalidInputError
        The folder is missing or cannot be written.

    Examples
    --------
    >>> save_edge_index(index, "borders.edges")  # doctest: +SKIP
    """
    blocks = [np.ascontiguousarray(array) for array in _arrays(index).values()]
    payload = b"".join(block.tobytes() + bytes(-block.nbytes % _ALIGN) for block in blocks)
    header = {
        "n_units": index.n_units,
        "is_partition": index.is_partition,
        "size": index.grid.size,
        "arrays": {
            name: [array.dtype.str, list(array.shape)] for name, array in _arrays(index).items()
        },
        "sha256": hashlib.sha256(payload).hexdigest(),
    }
    head = _MAGIC + json.dumps(header).encode() + b"\n"
    write_bytes(Path(path), head + b" " * (-len(head) % _ALIGN) + payload)


def open_edge_index(path: str | os.PathLike[str]) -> EdgeIndex:
    """Open an edge index by memory map, after its checksum has been verified.

    Parameters
    ----------
    path : path-like
        A file written by `save_edge_index`.

    Returns
    -------
    EdgeIndex
        Its arrays are read-only views into the file.

    Raises
    ------
    DataMissingError
        There is no such file.
    DataCorruptError
        The file is damaged, cut short, or of another version.

    Examples
    --------
    >>> index = open_edge_index("borders.edges")  # doctest: +SKIP
    """
    try:
        with Path(path).open("rb") as file:
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError as error:
        raise DataMissingError(
            f"no edge index at {path}; build it with build_edge_index"
        ) from error
    except ValueError as error:  # an empty file cannot be mapped
        raise DataCorruptError(str(path), "an edge index", "an empty file") from error
    header, start = _read_header(view, str(path))
    found = hashlib.sha256(view[start:]).hexdigest()
    if found != header["sha256"]:
        raise DataCorruptError(str(path), header["sha256"], found)
    arrays = {}
    for name, (dtype, shape) in header["arrays"].items():
        count = int(np.prod(shape))
        arrays[name] = np.frombuffer(view, dtype, count, start).reshape(shape)
        start += arrays[name].nbytes + -arrays[name].nbytes % _ALIGN
    return EdgeIndex(
        header["n_units"],
        header["is_partition"],
        arrays["edges"],
        arrays["sides"],
        arrays["ends"],
        Grid(header["size"], arrays["start"], arrays["items"]),
        arrays["cell_start"],
        arrays["cell_units"],
    )


def _arrays(index: EdgeIndex) -> dict[str, npt.NDArray[Any]]:
    """All arrays of an index, by name, in the order of the file."""
    return {
        "edges": index.edges,
        "sides": index.sides,
        "ends": index.ends,
        "start": index.grid.start,
        "items": index.grid.items,
        "cell_start": index.cell_start,
        "cell_units": index.cell_units,
    }


def _read_header(view: memoryview, path: str) -> tuple[dict[str, Any], int]:
    """Read the header; return it and where the arrays begin."""
    head = bytes(view[: 1 << 16])
    end = head.find(b"\n", len(_MAGIC)) + 1
    if not head.startswith(_MAGIC) or not end:
        raise DataCorruptError(path, repr(_MAGIC), repr(head[: len(_MAGIC)]))
    try:
        header = json.loads(head[len(_MAGIC) : end])
    except ValueError as error:
        raise DataCorruptError(path, "a JSON header", str(error)) from error
    return header, end + -end % _ALIGN
