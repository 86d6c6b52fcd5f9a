"""Make frames with fixed columns, and put the frames of many parts together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["join_frames", "make_frame"]


def join_frames(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put frames of the same columns together, with the attributes of the first.

    Frames that number their rows are numbered through; others keep their labels.
    """
    filled = [frame for frame in frames if len(frame)] or list(frames[:1])
    attrs: dict[Any, Any] = frames[0].attrs
    for frame in filled:
        frame.attrs = {}  # pandas compares them one by one
    numbered = all(isinstance(frame.index, pd.RangeIndex) for frame in filled)
    together = pd.concat(filled, ignore_index=numbered)
    together.attrs = attrs
    return together


def make_frame(
    columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]], index: pd.Index[Any]
) -> pd.DataFrame:
    """Make a frame with fixed columns and dtypes, also from no row; what is missing stays None."""
    cells = zip(*rows, strict=True) if rows else ((),) * len(columns)
    pairs: Any = zip(columns.items(), cells, strict=True)
    return pd.DataFrame(
        {name: pd.Series(list(values), index, dtype) for (name, dtype), values in pairs}, index
    )
