"""Which territories tracks cross, in which order, from where to where and how deep."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from geo_events.corridors.areas import read_areas
from geo_events.corridors.depth import measure_depth_km, measure_misses
from geo_events.corridors.legs import Legs, read_legs
from geo_events.corridors.profiles import make_profile
from geo_events.corridors.stays import Profile, Visits, clip_visits, merge_stays
from geo_events.corridors.table import COLUMNS, fill_columns, make_frame
from geo_events.corridors.verdict import BORDER_ACCURACY_KM
from geo_events.corridors.world import Layer, cite_world, load_lakes, load_world, make_area_layer
from geo_events.errors import FrameError, GeoEventsWarning
from geo_events.geodesy.crossings import find_stays
from geo_events.measures import parse_length
from geo_events.values import View, validate_view

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from geo_events.corridors.table import Columns

__all__ = ["COLUMNS", "find_crossings"]

_CHUNK = 8_192
_ANTIPODAL_M = 19_930_000.0


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """What is asked of every chunk of legs."""

    layers: list[Layer]
    near_m: float | None
    geometry: bool
    depth: bool
    workers: int


def find_crossings(  # noqa: PLR0913  the options of the public face, all keyword-only
    tracks: object,
    *,
    origin: object = None,
    target: object = None,
    view: View = "de_facto",
    territories: object = None,
    extra: object = None,
    near: str | None = None,
    speed: str | None = None,
    time: object = None,
    altitude: object = None,
    geometry: bool = False,
    depth: bool = True,
    errors: Literal["raise", "report"] = "raise",
    workers: int = 1,
    lakes: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Find the territories that tracks cross, in order, on the WGS 84 ellipsoid.

    Legs are geodesics from vertex to vertex. The world is one partition: countries, and seas out
    to the coast, so that the stays of a track follow each other without gap or overlap. A stay
    is cut where a leg ends. A leg of zero length has one stay, of zero length. A track along a
    border is in the territory on one side of it at any moment, with a depth near zero: look at
    `clear_of_border`.

    Parameters
    ----------
    tracks : GeoDataFrame, GeoSeries, DataFrame, LineString or array_like of shape (n, 4)
        LineStrings in EPSG:4326, of two or more points; or a frame with `origin` and `target`;
        or numbers lon0, lat0, lon1, lat1 in degrees. Longitudes beyond ±180 up to ±360 are
        wrapped. Not changed.
    origin, target : str or (str, str), optional
        Columns of the frame: of names, places or Points, or two columns of longitude and
        latitude.
    view : {"de_facto", "recognised"}
        Whose borders.
    territories : GeoDataFrame, optional
        Areas of your own in place of the world; they may overlap. Columns that count: `id`,
        `name`, `kind`, `begin`, `end`, `lower`, `upper`.
    extra : GeoDataFrame, optional
        Areas of your own besides the world.
    near : str, optional
        Such as "50 km": also the territories that a leg misses by no more than this.
    speed : str, optional
        Such as "900 km/h", for the minutes.
    time : str or datetime, optional
        Column of departures, or of lists with the time at each vertex; aware datetimes.
    altitude : str, optional
        Column of altitudes such as "FL350", or of lists with one per vertex; one altitude for
        all; or "z" for the geometry's Z in metres.
    geometry : bool
        Draw every stay: a GeoDataFrame comes back.
    depth : bool
        Whether to measure how deep each stay goes, which takes most of the time. Without it the
        columns `depth_km` and `clear_of_border` are left out; all else is the same.
    errors : {"raise", "report"}
        Whether a faulty track (its line, ends, times or altitudes) raises, or is left out and
        listed in `.attrs["errors"]`.
    workers : int
        Threads.
    lakes : bool
        Also the stays over lakes, which then overlap those of the countries.
    progress : callable, optional
        Called with the number of legs done and of all legs.

    Returns
    -------
    DataFrame
        One row per stay, by track, then by where it begins: `track` (your label), `leg`,
        `order` (from 0 within the track), `territory` (id), `name`, `kind`, `iso3`; `enter_km`,
        `leave_km` from the start of the track, `inside_km`; `enter_lon`, `enter_lat`,
        `leave_lon`, `leave_lat` in degrees; `enter_min`, `leave_min` (NaN without speed or
        times); `depth_km`, the greatest distance from the border while inside;
        `clear_of_border`, whether that is above the accuracy of the borders (2 km); `contested`;
        `other_view`, what the other view calls it where that differs; `parent`, the id of the sea
        that a sea is part of, else empty. With areas of your own
        `checked`: "horizontal only", "time", "height" or "time and height". With `near` also
        `miss_km`: 0 for a stay; for a miss, enter and leave are both the closest point.
        The same columns and dtypes when empty. `.attrs` holds `view`, `data` and `errors`.

    Warns
    -----
    GeoEventsWarning
        Ends that are nearly antipodal: says which of the many geodesics is taken.

    Raises
    ------
    FrameError
        Faulty tracks (all at once, with their labels), a missing column, a missing or wrong CRS.
    InvalidInputError
        Another type, or an unknown option.
    InvalidMeasureError
        A measure without its unit.

    Notes
    -----
    Entry and exit are those of the true geodesic over the lon/lat-straight edges of the border
    data, to about a centimetre; the border data themselves are good to 1-2 km.

    Examples
    --------
    >>> found = find_crossings([[37.62, 55.75, 32.85, 39.92]])      # Moscow - Ankara
    >>> found.name.tolist()
    ['Russia', 'Ukraine', 'Russia', 'Black Sea', 'Turkey']
    """
    view = validate_view(view)
    near_m = None if near is None else parse_length(near, name="near")
    layers = _choose_layers(view, territories, extra, lakes=lakes)
    legs = read_legs(tracks, origin=origin, target=target, view=view, errors=errors)
    legs, profile = make_profile(
        legs, tracks, speed=speed, time=time, altitude=altitude, errors=errors
    )
    _warn_antipodal(legs, profile)
    task = _Task(layers, near_m, geometry, depth, _check_workers(workers))
    chunks = []
    for start in range(0, max(len(legs), 1), _CHUNK):
        stop = min(start + _CHUNK, len(legs))
        chunks.append(_cross_chunk(legs, profile, slice(start, stop), task))
        if progress is not None:
            progress(stop, len(legs))
    own = any(layer.overlapping for layer in layers)
    frame = make_frame(chunks, legs, layers, own=own)
    frame.attrs = {"view": view, "data": cite_world(view), "errors": legs.faults}
    return frame


def _warn_antipodal(legs: Legs, profile: Profile) -> None:
    """Warn of legs whose ends are nearly opposite: which of many geodesics is taken is chance."""
    rows = np.nonzero(profile.length_m > _ANTIPODAL_M)[0]
    if len(rows):
        label, azimuth = legs.labels[int(legs.track[rows[0]])], profile.azimuth_deg[rows[0]]
        more = f" (and {len(rows) - 1} more legs)" if len(rows) > 1 else ""
        warnings.warn(
            f"track {label!r}{more}: the ends are nearly antipodal, many geodesics are about as "
            f"short; the one that leaves at azimuth {azimuth:.2f}° is taken. Give points on the "
            "way to choose another",
            GeoEventsWarning,
            stacklevel=3,
        )


def _check_workers(workers: int) -> int:
    """Refuse a number of threads that is none."""
    if not isinstance(workers, int) or workers < 1:
        raise FrameError(f"workers: expected a whole number of threads from 1; got {workers!r}")
    return workers


def _choose_layers(view: View, territories: object, extra: object, *, lakes: bool) -> list[Layer]:
    """Return the layers that the tracks are laid over."""
    if territories is None:
        layers = [load_world(view)]
    else:
        layers = [make_area_layer(read_areas(territories, what="territories"))]
    if lakes:
        layers.append(load_lakes())
    if extra is not None:
        layers.append(make_area_layer(read_areas(extra, what="extra")))
    return layers


def _cross_chunk(legs: Legs, profile: Profile, rows: slice, task: _Task) -> Columns:
    """Cross a run of legs with all layers."""
    part, about = legs.take(rows), profile.take(rows)
    visits, depths, misses = [], [], []
    offset = 0
    for layer in task.layers:
        entered = _enter_layer(part, layer, task)
        found = clip_visits(entered, layer, about) if layer.overlapping else entered
        depth_km = measure_depth_km(part, about, found, layer) if task.depth else _none(found)
        miss_km = _none(found)
        if task.near_m is not None:
            missed, distance_km = measure_misses(part, about, entered, layer, task.near_m)
            found = Visits.join([found, missed])
            depth_km = np.concatenate([depth_km, _none(missed)])
            miss_km = np.concatenate([miss_km, distance_km])
        visits.append(found.shifted(offset))
        depths.append(depth_km)
        misses.append(miss_km)
        offset += len(layer.ids)
    together, depth, miss = Visits.join(visits), np.concatenate(depths), np.concatenate(misses)
    if task.near_m is not None or any(layer.overlapping for layer in task.layers):
        order = np.lexsort((together.leave_m, together.enter_m, together.leg))
        together, depth, miss = together.take(order), depth[order], miss[order]
    columns = fill_columns(part, about, together, depth, geometry=task.geometry)
    if task.near_m is not None:
        columns["miss_km"] = miss
        columns["clear_of_border"] |= miss > BORDER_ACCURACY_KM
    if not task.depth:
        del columns["depth_km"], columns["clear_of_border"]
    return columns


def _enter_layer(legs: Legs, layer: Layer, task: _Task) -> Visits:
    """Find where legs are in the territories of a layer, whatever the times and heights."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", GeoEventsWarning)  # told before, with the caller's labels
        stays = find_stays(layer.index, *legs.start.T, *legs.end.T, workers=task.workers)
    return merge_stays(
        stays.track, stays.unit.astype(np.int64), stays.enter_m, stays.leave_m, layer
    )


def _none(visits: Visits) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return a zero for each visit."""
    return np.zeros(len(visits))
