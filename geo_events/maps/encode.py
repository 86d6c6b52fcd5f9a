"""Turn coordinates and values into text that a page can carry safely."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import numpy as np

from geo_events.errors import InvalidCoordinateError, InvalidInputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["clean_text", "encode_path", "to_island"]

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_UNSAFE = re.compile("[<>&\u2028\u2029]")
_MAX_CHUNKS = 8  # 40 bits, enough for any zigzag step at 1e-7 degree


def clean_text(value: object) -> str:
    r"""Return a value as text without control characters and lone surrogates.

    Parameters
    ----------
    value : object
        Anything; ``str`` is called on it.

    Returns
    -------
    str
        Tabs and line feeds stay; every other control character is a space, so that no character
        is lost and offsets into the text stay true.

    Examples
    --------
    >>> clean_text("a\x00b")
    'a b'
    """
    return _CONTROL.sub(" ", str(value))


def to_island(content: object) -> str:
    """Write JSON that can stand inside a script element of any page.

    Parameters
    ----------
    content : object
        Dictionaries, lists, strings, finite numbers, booleans and None.

    Returns
    -------
    str
        Compact JSON; ``<``, ``>``, ``&``, U+2028 and U+2029 are written as escapes, so it can
        neither end its element nor open a comment.

    Raises
    ------
    InvalidInputError
        For a number that is not finite, or a value that JSON does not know.
    """
    try:
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (ValueError, TypeError) as error:
        raise InvalidInputError(f"a value on the map cannot be written: {error}") from error
    return _UNSAFE.sub(lambda match: _ESCAPES[match.group(0)], text)


def encode_path(lon: ArrayLike, lat: ArrayLike, *, digits: int = 5) -> str:
    """Write a path as delta-coded text (Google's encoded polyline, latitude first).

    Parameters
    ----------
    lon, lat : array-like, shape (n,)
        Degrees; longitudes may run beyond 180 where the path does.
    digits : int
        Decimals kept; 5 is about 1 m.

    Returns
    -------
    str
        Printable ASCII; "" for an empty path.

    Raises
    ------
    InvalidCoordinateError
        When a coordinate is not finite.

    Notes
    -----
    The format: https://developers.google.com/maps/documentation/utilities/polylinealgorithm

    Examples
    --------
    >>> encode_path([-120.2, -120.95, -126.453], [38.5, 40.7, 43.252])
    '_p~iF~ps|U_ulLnnqC_mqNvxq`@'
    """
    pairs = np.column_stack([np.asarray(lat, dtype=float), np.asarray(lon, dtype=float)])
    if not np.isfinite(pairs).all():
        row = int(np.flatnonzero(~np.isfinite(pairs).all(axis=1))[0])
        raise InvalidCoordinateError(
            f"expected finite coordinates to draw; got lon {pairs[row, 1]!r}, "
            f"lat {pairs[row, 0]!r} at point {row}"
        )
    fixed = np.rint(pairs * 10**digits).astype(np.int64)
    steps = np.diff(fixed, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).ravel()
    return _to_chunks((steps << 1) ^ (steps >> 63))


def _to_chunks(values: NDArray[np.int64]) -> str:
    """Write non-negative integers in groups of five bits, lowest first."""
    shifts = np.arange(_MAX_CHUNKS, dtype=np.int64) * 5
    chunks = (values[:, None] >> shifts) & 31
    length = np.maximum(1, (values[:, None] >> shifts > 0).sum(axis=1))
    column = np.arange(_MAX_CHUNKS)
    chunks[column < length[:, None] - 1] |= 32
    used = chunks[column < length[:, None]] + 63
    return str(used.astype(np.uint8).tobytes(), "ascii")
