"""Build geometries from what strangers wrote: no endless nesting, no number that is none."""

from __future__ import annotations

import itertools
import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo_events.errors import FrameError
from geo_events.files.frames import fault_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

__all__ = ["build_shapes", "shape_of_json", "shape_of_wkb", "shape_of_wkt"]

_DEEPEST = 8  # collections within collections; GEOS itself would overflow its stack
_COLLECTION_WKB = (7, 1007, 2007, 3007)
_FLAGS_WKB = 0x1FFFFFFF  # without the flags for Z, M and SRID of PostGIS
_COLLECTION_STARTS = re.compile(
    rb"\x01[\x07\xef\xd7\xbf][\x00\x03\x07\x0b]\x00[\x00\x20\x40\x60\x80\xa0\xc0\xe0]"
    rb"|\x00[\x00\x20\x40\x60\x80\xa0\xc0\xe0]\x00[\x00\x03\x07\x0b][\x07\xef\xd7\xbf]"
)


def build_shapes(
    given: Sequence[Any], build: Callable[[Any], Any], labels: Sequence[Hashable], *, name: str
) -> list[Any]:
    """Build one geometry per row; all faults are told at once.

    Parameters
    ----------
    given : sequence
        What `build` takes; None where a row has no geometry.
    build : callable
        One of the functions below.
    labels : sequence
        The rows' labels, for the errors.
    name : str
        The file's name, for the errors.

    Returns
    -------
    list of shapely geometry or None

    Raises
    ------
    FrameError
        Rows whose geometry cannot be built, or holds coordinates that are none.
    """
    shapes: list[Any] = []
    faults: list[tuple[Hashable, str]] = []
    for label, one in zip(labels, given, strict=True):
        shape = None
        try:
            with np.errstate(invalid="ignore"):  # what is not finite is told below
                shape = None if one is None else build(one)
            fault = fault_of(shape)
        except (shapely.errors.ShapelyError, ValueError, TypeError) as error:
            fault = f"no geometry: {str(error).splitlines()[0][:120]}"
        if fault:
            faults.append((label, fault))
        shapes.append(shape)
    if faults:
        raise FrameError(f"{name!r} has features that cannot be used", faults)
    return shapes


def shape_of_json(geometry: Any) -> Any:  # noqa: ANN401 - JSON in, a shapely geometry out
    """Build a geometry from a GeoJSON object."""
    if not isinstance(geometry, dict):
        raise TypeError(f"expected an object; got {repr(geometry)[:40]}")
    _measure_nesting(geometry)
    return shapely.from_geojson(json.dumps(geometry))


def _measure_nesting(geometry: dict[str, Any]) -> None:
    """Refuse collections within collections beyond a few levels."""
    level, members = 0, [geometry]
    while members:
        level += 1
        if level > _DEEPEST:
            raise ValueError(f"collections are nested more than {_DEEPEST} deep")
        inner = [member.get("geometries") for member in members if isinstance(member, dict)]
        members = [one for found in inner if isinstance(found, list) for one in found]


def shape_of_wkb(blob: Any) -> Any:  # noqa: ANN401 - any cell in, a shapely geometry out
    """Build a geometry from well-known binary."""
    if not isinstance(blob, bytes):
        raise TypeError(f"expected bytes; got {type(blob).__name__}")
    little = blob[:1] == b"\x01"
    kind = int.from_bytes(blob[1:5], "little" if little else "big") & _FLAGS_WKB
    inner = _COLLECTION_STARTS.finditer(blob) if kind in _COLLECTION_WKB else ()
    if len(list(itertools.islice(inner, _DEEPEST + 1))) > _DEEPEST:
        raise ValueError(f"a collection holds more than {_DEEPEST} collections")
    return shapely.from_wkb(blob)


def shape_of_wkt(text: Any) -> Any:  # noqa: ANN401 - any cell in, a shapely geometry out
    """Build a geometry from well-known text."""
    if not isinstance(text, str):
        raise TypeError(f"expected text; got {type(text).__name__}")
    if text.upper().count("COLLECTION") > _DEEPEST:
        raise ValueError(f"a collection holds more than {_DEEPEST} collections")
    return shapely.from_wkt(text)
