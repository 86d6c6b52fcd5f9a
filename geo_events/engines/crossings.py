"""Find the crossings of many tracks on processes or another engine's workers."""

from __future__ import annotations

import warnings
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from geo_events.corridors import crossings as one_engine
from geo_events.corridors.legs import read_legs
from geo_events.engines.joining import join_frames
from geo_events.engines.running import Engine, check_workers, run_in_order
from geo_events.errors import GeoEventsWarning, InvalidInputError, WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["find_crossings"]

_ENDS = ("lon0", "lat0", "lon1", "lat1")


class _Found(NamedTuple):
    """The crossings of some tracks, with what was warned of."""

    frame: pd.DataFrame
    warned: list[str]
    done: int


def find_crossings(
    tracks: object,
    *,
    executor: Engine = "threads",
    workers: int | None = None,
    chunk: int = 20_000,
    errors: Literal["raise", "report"] = "raise",
    progress: Callable[[int, int], None] | None = None,
    **options: Any,  # noqa: ANN401 - those of geo_events.find_crossings
) -> pd.DataFrame:
    """Find the territories that many tracks cross.

    Parameters
    ----------
    tracks : GeoDataFrame, GeoSeries, DataFrame or array_like of shape (n, 4)
        As `geo_events.find_crossings` takes them.
    executor : {"threads", "processes"} or concurrent.futures.Executor
        Where to run. Threads share the tables and are the first choice: the work is done outside
        Python's lock. Another engine's executor does too, such as Dask's
        ``client.get_executor(pure=False)``.
    workers : int, optional
        How many at once; by default the cores of the processor.
    chunk : int
        How many tracks a process is given at a time.
    errors : {"raise", "report"}
        As for `geo_events.find_crossings`.
    progress : callable, optional
        Called with how many tracks are done and how many there are (with threads: legs).
    **options
        All other options of `geo_events.find_crossings`.

    Returns
    -------
    DataFrame or GeoDataFrame
        What `geo_events.find_crossings` returns for the same tracks, row by row.

    Raises
    ------
    FrameError, InvalidInputError, InvalidMeasureError
        As `geo_events.find_crossings` does; with errors="raise" before the work begins.
    WorkerError
        When worker processes do not start, or a track ends its process twice.

    Examples
    --------
    >>> found = find_crossings([[37.62, 55.75, 32.85, 39.92]], workers=2)   # Moscow - Ankara
    >>> found.name.tolist()
    ['Russia', 'Ukraine', 'Russia', 'Black Sea', 'Turkey']
    """
    count = check_workers(workers)
    if not isinstance(chunk, int) or chunk < 1:
        raise InvalidInputError(f"chunk: expected a whole number from 1; got {chunk!r}")
    if executor == "threads":
        return one_engine.find_crossings(
            tracks, workers=count or _count_threads(), errors=errors, progress=progress, **options
        )
    if not isinstance(tracks, pd.DataFrame | pd.Series):
        tracks, options = _frame_array(tracks, options)
    ends = {name: options[name] for name in ("origin", "target", "view") if name in options}
    if errors == "raise":
        read_legs(tracks, **ends)
    chunks = (tracks.iloc[k : k + chunk] for k in range(0, max(len(tracks), 1), chunk))
    parts = run_in_order(
        partial(_cross, errors=errors, options=options),
        chunks,
        executor=executor,
        workers=count,
        split=_halve,
        lose=_lose,
    )
    return _collect(parts, len(tracks), progress)


def _count_threads() -> int:
    """Return how many threads are worth while."""
    import os  # noqa: PLC0415 - used here alone

    return os.cpu_count() or 1


def _frame_array(tracks: object, options: dict[str, Any]) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Make a frame of an array, so that its rows keep their numbers when it is parted."""
    asked = {name: options[name] for name in ("origin", "target") if name in options}
    read_legs(tracks, errors="report", **asked)  # refuses other types, shapes and options
    frame = pd.DataFrame(np.asarray(tracks, dtype=np.float64), columns=list(_ENDS))
    return frame, {**options, "origin": _ENDS[:2], "target": _ENDS[2:]}


def _cross(tracks: Any, errors: Literal["raise", "report"], options: dict[str, Any]) -> _Found:  # noqa: ANN401 - a frame or series
    """Find the crossings of some tracks in a worker."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", GeoEventsWarning)
        frame = one_engine.find_crossings(tracks, errors=errors, **options)
    told = [str(item.message) for item in caught if item.category is GeoEventsWarning]
    return _Found(frame, told, len(tracks))


def _halve(tracks: Any) -> list[Any]:  # noqa: ANN401 - a frame or series
    """Part tracks in two."""
    middle = len(tracks) // 2
    return [tracks] if middle == 0 else [tracks.iloc[:middle], tracks.iloc[middle:]]


def _lose(tracks: Any) -> _Found:  # noqa: ANN401 - a frame or series
    """Refuse to leave out a track that ends its worker process each time."""
    raise WorkerError(
        f"track {tracks.index[0]!r} ended its worker process twice; is it out of memory?"
    )


def _collect(
    parts: Iterator[_Found], total: int, progress: Callable[[int, int], None] | None
) -> pd.DataFrame:
    """Put the parts together as they come."""
    found, done = [], 0
    for part in parts:
        for message in part.warned:
            warnings.warn(message, GeoEventsWarning, stacklevel=3)
        found.append(part.frame)
        done += part.done
        if progress is not None:
            progress(done, total)
    faults = tuple(fault for frame in found for fault in frame.attrs["errors"])
    together = join_frames(found)
    together.attrs["errors"] = faults
    return together
