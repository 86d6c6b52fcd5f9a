"""The frame of crossings: its columns, their dtypes, and how it is filled in chunks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo_events.corridors.drawing import draw_stretches
from geo_events.corridors.verdict import BORDER_ACCURACY_KM
from geo_events.geodesy.ellipsoid import direct

if TYPE_CHECKING:
    from geo_events.corridors.legs import Legs
    from geo_events.corridors.stays import Profile, Visits
    from geo_events.corridors.world import Layer

__all__ = ["COLUMNS", "fill_columns", "make_frame"]

Floats = npt.NDArray[np.float64]
Columns = dict[str, npt.NDArray[Any]]

COLUMNS = (
    "track",
    "leg",
    "order",
    "territory",
    "name",
    "kind",
    "iso3",
    "enter_km",
    "leave_km",
    "inside_km",
    "enter_lon",
    "enter_lat",
    "leave_lon",
    "leave_lat",
    "enter_min",
    "leave_min",
    "depth_km",
    "clear_of_border",
    "contested",
    "other_view",
    "parent",
)
_CHECKED = ("horizontal only", "time", "height", "time and height")


def fill_columns(
    legs: Legs, profile: Profile, visits: Visits, depth_km: Floats, *, geometry: bool
) -> Columns:
    """Fill all columns of a chunk of visits but those that need the whole table.

    Parameters
    ----------
    legs : Legs
        The legs.
    profile : Profile
        Their lengths, directions and times.
    visits : Visits
        Sorted by leg, then by where they begin.
    depth_km : ndarray, shape (n,)
        Greatest distance from the border while inside.
    geometry : bool
        Whether to draw each stay too.

    Returns
    -------
    dict of str to ndarray, each of length n
        Codes instead of words for territory and other view.
    """
    leg = visits.leg
    before = profile.before_m[leg]
    enter, leave = _positions(legs, profile, visits)
    length = profile.length_m[leg]
    scale = np.where(length > 0, length, 1.0)
    at = profile.minutes[leg]
    minutes = [
        at[:, 0] + (at[:, 1] - at[:, 0]) * m / scale for m in (visits.enter_m, visits.leave_m)
    ]
    columns: Columns = {
        "track": legs.track[leg],
        "leg": legs.leg[leg],
        "code": visits.territory.astype(np.int32),
        "enter_km": (before + visits.enter_m) / 1000,
        "leave_km": (before + visits.leave_m) / 1000,
        "inside_km": (visits.leave_m - visits.enter_m) / 1000,
        "enter_lon": enter[0],
        "enter_lat": enter[1],
        "leave_lon": leave[0],
        "leave_lat": leave[1],
        "enter_min": minutes[0],
        "leave_min": minutes[1],
        "depth_km": depth_km,
        "clear_of_border": depth_km > BORDER_ACCURACY_KM,
        "contested": visits.contested,
        "other_code": visits.other.astype(np.int32),
        "checked": visits.checked,
    }
    if geometry:
        azimuth = profile.azimuth_deg[leg]
        columns["geometry"] = draw_stretches(
            legs.start[leg], azimuth, visits.enter_m, visits.leave_m
        )
    return columns


def make_frame(
    chunks: list[Columns], legs: Legs, layers: list[Layer], *, own: bool
) -> pd.DataFrame:
    """Join chunks into the frame that a reader gets.

    Parameters
    ----------
    chunks : list of columns
        At least one, in the order of the tracks; emptied as it is read, to keep memory low.
    legs : Legs
        For the labels.
    layers : list of Layer
        Whose words stand for the codes; codes count on from layer to layer.
    own : bool
        Whether areas of the user's own are there, which get a column `checked`.

    Returns
    -------
    DataFrame or GeoDataFrame
        RangeIndex; the same columns and dtypes when empty.
    """
    column = {name: _join(chunks, name) for name in list(chunks[0])}
    track = column.pop("track")
    first = np.searchsorted(track, track, side="left")
    code, other = column.pop("code"), column.pop("other_code")
    words = _words(layers)
    data: dict[str, Any] = {
        "track": legs.labels.take(track),
        "leg": column.pop("leg"),
        "order": (np.arange(len(track)) - first).astype(np.int32),
    }
    for name in ("territory", "name", "kind", "iso3"):
        data[name] = _category(words[name], code)
    checked = column.pop("checked")
    drawn = column.pop("geometry", None)
    data |= column
    data["other_view"] = _category(("", *words["name"]), other + 1)
    data["parent"] = _category(words["parent"], code)
    if own:
        data["checked"] = pd.Categorical.from_codes(checked, categories=pd.Index(_CHECKED))
    frame = pd.DataFrame(data, copy=False)
    return frame if drawn is None else gpd.GeoDataFrame(frame, geometry=drawn, crs=4326)


def _join(chunks: list[Columns], name: str) -> npt.NDArray[Any]:
    """Join one column and free its parts."""
    return np.concatenate([chunk.pop(name) for chunk in chunks])


def _words(layers: list[Layer]) -> dict[str, tuple[str, ...]]:
    """Return ids, names, kinds, codes and parents of all layers on end."""
    return {
        "territory": tuple(word for layer in layers for word in layer.ids),
        "name": tuple(word for layer in layers for word in layer.names),
        "kind": tuple(word for layer in layers for word in layer.kinds),
        "iso3": tuple(word for layer in layers for word in layer.iso3),
        "parent": tuple(word for layer in layers for word in layer.parents),
    }


def _category(words: tuple[str, ...], codes: npt.NDArray[Any]) -> pd.Categorical:
    """Return words by their codes, repeated words counted once."""
    distinct = dict.fromkeys(words)
    number = {word: k for k, word in enumerate(distinct)}
    table = np.array([number[word] for word in words], dtype=np.int32)
    mapped = table[codes] if len(words) else codes
    return pd.Categorical.from_codes(mapped, categories=pd.Index(distinct, dtype=object))


def _positions(
    legs: Legs, profile: Profile, visits: Visits
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Return where each stay begins and ends; a shared border point is computed once."""
    enter = _locate(legs, profile, visits.leg, visits.enter_m)
    touching = np.zeros(len(visits), dtype=bool)
    touching[:-1] = (visits.leg[1:] == visits.leg[:-1]) & (
        visits.enter_m[1:] == visits.leave_m[:-1]
    )
    rest = np.nonzero(~touching)[0]
    found = _locate(legs, profile, visits.leg[rest], visits.leave_m[rest])
    leave = (np.roll(enter[0], -1), np.roll(enter[1], -1))
    for values, computed in zip(leave, found, strict=True):
        values[rest] = computed
    return enter, leave


def _locate(
    legs: Legs, profile: Profile, leg: npt.NDArray[np.int64], along_m: Floats
) -> tuple[Floats, Floats]:
    """Return the position at a distance along a leg; its own ends exactly."""
    lon, lat = legs.start[leg, 0], legs.start[leg, 1]
    inner = np.nonzero(along_m > 0)[0]
    mine = leg[inner]
    lon[inner], lat[inner], _ = direct(
        lon[inner], lat[inner], profile.azimuth_deg[mine], along_m[inner]
    )
    last = along_m >= profile.length_m[leg]
    lon[last], lat[last] = legs.end[leg[last]].T
    return lon, lat
