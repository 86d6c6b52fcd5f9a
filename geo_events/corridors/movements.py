"""Make the corridors of a table of movements: one row, one corridor."""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo_events.corridors.corridor import make_corridor
from geo_events.corridors.ends import make_end
from geo_events.corridors.legs import check_column
from geo_events.corridors.precision import widen_end
from geo_events.errors import (
    AmbiguousPlaceError,
    FrameError,
    InvalidInputError,
    InvalidMeasureError,
    PlaceNotFoundError,
)
from geo_events.values import View, validate_view

if TYPE_CHECKING:
    from collections.abc import Hashable

    from geo_events.corridors.corridor import Corridor
    from geo_events.corridors.ends import End

__all__ = ["make_corridors"]


def make_corridors(
    frame: pd.DataFrame,
    *,
    origin: Any,  # noqa: ANN401  a column, or two of numbers
    target: Any,  # noqa: ANN401  a column, or two of numbers
    origin_precision: str | None = None,
    target_precision: str | None = None,
    half_width: str | None = None,
    speed: str | None = None,
    view: View = "de_facto",
) -> gpd.GeoDataFrame:
    """Make a corridor for every row of a frame.

    Parameters
    ----------
    frame : DataFrame
        One origin and one target per row; not changed.
    origin, target : column or (column, column)
        A column of names, codes ("RJTT"), coordinates with letters, places or geometries; or two
        columns of longitude and latitude in degrees.
    origin_precision, target_precision : str, optional
        How exactly the places are known: a column, or one precision for all rows. "point" or an
        empty cell: as they are. "country", "region": somewhere in the country or sea, or in the
        region, that holds the point. A length such as "25 km": somewhere within it.
    half_width, speed : str, optional
        As for `make_corridor`, the same for all.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    GeoDataFrame
        The frame's index; `origin`, `target` (what was understood), `shortest_km`, `longest_km`,
        `geometry` (the line, its band where there is a width, or the envelope of areas). The
        same columns when empty.

    Raises
    ------
    FrameError
        All rows whose places cannot be used, with their labels; a missing column.
    InvalidMeasureError
        A width or speed without its unit.

    Examples
    --------
    >>> frame = pd.DataFrame({"a": ["Moscow"], "b": ["Ankara"]})
    >>> make_corridors(frame, origin="a", target="b").shortest_km.round().tolist()
    [1795.0]
    >>> wide = make_corridors(frame, origin="a", target="b", origin_precision="100 km")
    >>> (wide.longest_km - wide.shortest_km).round().tolist()
    [200.0]
    """
    validate_view(view)
    ends = [
        _read_side(frame, *side)
        for side in ((origin, origin_precision, "origin"), (target, target_precision, "target"))
    ]
    made: list[Corridor] = []
    faults: list[tuple[Hashable, str]] = []
    for label, *row in zip(frame.index, *ends, strict=True):
        try:
            start, end = (_make_end(cells, view) for cells in row)
            made.append(make_corridor(start, end, half_width=half_width, speed=speed, view=view))
        except InvalidMeasureError:
            raise
        except (InvalidInputError, PlaceNotFoundError, AmbiguousPlaceError) as error:
            faults.append((label, str(error)))
    if faults:
        raise FrameError(f"{len(faults)} of {len(frame)} rows cannot be used", faults)
    return _to_frame(made, frame.index)


def _to_frame(made: list[Corridor], index: pd.Index[Any]) -> gpd.GeoDataFrame:
    """Make one row per corridor."""
    extent = np.array([np.broadcast_to(c.length_km, 2) for c in made]).reshape(-1, 2)
    return gpd.GeoDataFrame(
        {
            "origin": pd.array([c.origin.name for c in made], dtype=object),
            "target": pd.array([c.target.name for c in made], dtype=object),
            "shortest_km": extent[:, 0],
            "longest_km": extent[:, 1],
        },
        geometry=[c.envelope for c in made],
        crs=4326,
        index=index,
    )


def _make_end(cells: tuple[Any, object, str], view: View) -> End:
    """Understand one place of one row, as exactly as it is known."""
    place, precision, what = cells
    return widen_end(make_end(place, view=view, what=what), precision, view=view)


def _read_side(
    frame: pd.DataFrame,
    column: Any,  # noqa: ANN401
    precision: str | None,
    what: str,
) -> list[tuple[Any, object, str]]:
    """Return place, precision and the argument's name for every row."""
    places = _cells(frame, column, what)
    if precision is not None and precision in frame.columns:
        words: list[object] = pd.Series(frame[precision]).tolist()
    else:
        words = [precision] * len(places)
    return [(place, word, what) for place, word in zip(places, words, strict=True)]


def _cells(frame: pd.DataFrame, column: Any, what: str) -> list[Any]:  # noqa: ANN401
    """Return one place per row, as given or as a position."""
    columns = column if isinstance(column, tuple) else (column,)
    for name in columns:
        if name not in frame.columns:
            raise FrameError(f"{what}: no column {name!r}; the frame has {list(frame.columns)!r}")
    if len(columns) == 1:
        cells = pd.Series(frame[columns[0]])
        check_column(cells, f"{what} column {columns[0]!r}")
        places: list[Any] = cells.tolist()
        return places
    lon, lat = (frame[name] for name in columns)
    return [_position(x, y) for x, y in zip(lon, lat, strict=True)]


def _position(lon: Any, lat: Any) -> Any:  # noqa: ANN401  any cells
    """Return a Point, or the cells themselves, which are refused with their row's label."""
    if all(isinstance(cell, Real) and not isinstance(cell, bool) for cell in (lon, lat)):
        return shapely.Point(float(lon), float(lat))
    return (lon, lat)
