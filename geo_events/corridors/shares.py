"""Which share of the straight lines between two places crosses which territory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo_events.atlas.territories import load_pieces
from geo_events.corridors.allowances import Judge, check_max_length, make_allowance
from geo_events.corridors.ends import End, Given, make_end
from geo_events.corridors.extents import WHOLE_EARTH, find_reach
from geo_events.corridors.legs import check_crs
from geo_events.corridors.sampling import find_line_stays, sample_lines, single_line
from geo_events.corridors.world import Layer, cite_world, load_world
from geo_events.errors import InvalidInputError
from geo_events.geodesy.edges import build_edge_index
from geo_events.geodesy.ellipsoid import inverse
from geo_events.geodesy.sampling import estimate_margin
from geo_events.geodesy.shadows import make_shadow, measure_shadow_shares
from geo_events.values import View, validate_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo_events.geodesy.detours import Allowance

__all__ = [
    "SHARE_COLUMNS",
    "Weights",
    "find_shares",
    "measure_disc_share",
    "measure_share",
]

Floats = npt.NDArray[np.float64]
Weights: TypeAlias = "gpd.GeoDataFrame | Callable[[Floats, Floats], Floats]"

SHARE_COLUMNS = (
    "territory",
    "name",
    "kind",
    "part",
    "share",
    "method",
    "sampling_low",
    "sampling_high",
)
_SCRAMBLES = 16
_POINTS = 1024
_LEAST = 1e-9
_KEPT = 4


@dataclass(frozen=True, slots=True, eq=False)
class _Shares:
    """Shares by territory number, with their interval."""

    share: Floats
    low: Floats
    high: Floats
    method: str


def find_shares(
    origin: Given,
    target: Given,
    *,
    detour: str | None = None,
    max_length: str | None = None,
    weights: Weights | None = None,
    view: View = "de_facto",
) -> pd.DataFrame:
    """Find the share of straight lines between two places that crosses each territory.

    An area stands for "somewhere in it", uniform by area on the ellipsoid: a share is the
    fraction of independent, uniformly drawn pairs of origin and target whose line crosses. It is
    a share of area, not a probability, and shares do not add up to one.

    Parameters
    ----------
    origin, target : str, Place, LonLat or shapely geometry
        Points or areas.
    detour : str, optional
        How much longer than the straight line a route may be, such as "5 %".
    max_length : str, optional
        How long a route may be at most, such as "1500 km".
    weights : GeoDataFrame or callable, optional
        How likely each part of the origin's area is: polygons with a column `weight` (0 outside
        of them; where they overlap, weights add up), or a function of arrays of longitude and
        latitude.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    DataFrame
        `territory`, `name`, `kind`, `part` {origin, target, transit}, `share`, `method` {exact,
        sampled}, `sampling_low`, `sampling_high` (95 % interval of the sampling; the share itself
        where exact), largest share first. With `detour` or `max_length` also `can_cross` (share
        of lines for which some route within the allowance touches the territory) and `can_avoid`
        (some route within it stays out); then also territories with share 0 that can be crossed.
        `.attrs` holds `origin`, `target` (what was understood), `view` and `data`.

    Raises
    ------
    InvalidInputError
        Weights for an origin that is a point, or unusable ones; a greatest length shorter than
        the straight line.
    InvalidMeasureError
        A measure without its unit.
    PlaceNotFoundError, AmbiguousPlaceError
        As `resolve_place` does.

    Notes
    -----
    Between a point and an area the share is exact: seen from the point, lines are rays, and the
    part of the area in a territory's shadow is measured. Between two areas, and from or to an area
    so large that lines go everywhere (an ocean), 16 independent
    scrambles of 1,024 quasi-random pairs are drawn, always the same ones; the interval is
    Student's over the 16 means.

    Examples
    --------
    >>> shares = find_shares("Caspian Sea", "Raqqa").set_index("name").share
    >>> shares[["Iran", "Turkey"]].round(2).tolist()
    [0.62, 0.88]
    """
    view = validate_view(view)
    ends = (
        make_end(origin, view=view, what="origin"),
        make_end(target, view=view, what="target"),
    )
    world = load_world(view)
    allowance = make_allowance(detour, max_length)
    check_max_length(allowance, *ends)
    if weights is not None and not ends[0].is_area:
        raise InvalidInputError(f"weights: {ends[0].given!r} is a point; weights need an area")
    frame = _to_frame(_measure(ends, world, weights), ends, world)
    if allowance is not None:
        frame = _add_allowed(frame, ends, world, allowance)
    frame.attrs = {
        "origin": ends[0].name,
        "target": ends[1].name,
        "view": view,
        "data": cite_world(view),
    }
    return frame


def _measure(ends: tuple[End, End], world: Layer, weights: Weights | None) -> _Shares:
    """Choose the method and measure."""
    if weights is None and ends[0].is_area != ends[1].is_area:
        reach = find_reach(ends[0].geometry, ends[1].geometry)
        # From an ocean lines go everywhere: two hundred shadows would take half a minute.
        everywhere = reach.equals(WHOLE_EARTH)
        return _sampled(ends, world, None) if everywhere else _exact(ends, world, reach)
    if not any(end.is_area for end in ends):
        crossed = _crossed(single_line(*ends), world)
        share = np.bincount(crossed[1], minlength=len(world.ids)).astype(np.float64)
        return _Shares(share, share, share, "exact")
    return _sampled(ends, world, weights)


def _exact(ends: tuple[End, End], world: Layer, reach: BaseGeometry) -> _Shares:
    """Measure the shadows that the territories throw from the point onto the area."""
    area, point = ends if ends[0].is_area else ends[::-1]
    pieces = load_pieces().polygons
    near = np.unique(world.of_unit[shapely.intersects(reach, pieces)])
    share = np.zeros(len(world.ids))
    share[near] = measure_shadow_shares(
        area.geometry, point.lon, point.lat, [world.polygon(number) for number in near.tolist()]
    )
    return _Shares(share, share, share, "exact")


def _sampled(ends: tuple[End, End], world: Layer, weights: Weights | None) -> _Shares:
    """Draw quasi-random pairs in independent scrambles and count."""
    lines, track, territory = _draw(ends, world)
    weight = np.ones(len(lines)) if weights is None else _weigh(weights, lines)
    count = len(world.ids)
    cell = (track // _POINTS) * count + territory
    hits = np.bincount(cell, weights=weight[track], minlength=_SCRAMBLES * count)
    total = weight.reshape(_SCRAMBLES, _POINTS).sum(axis=1)
    means = hits.reshape(_SCRAMBLES, count) / total[:, None]
    share = hits.reshape(_SCRAMBLES, count).sum(axis=0) / total.sum()
    half = estimate_margin(means, len(lines))
    return _Shares(share, np.clip(share - half, 0, 1), np.clip(share + half, 0, 1), "sampled")


def _draw(
    ends: tuple[End, End], world: Layer
) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
    """Draw lines between areas and find what they cross; kept for the next question."""
    kept: dict[tuple[str, str], Any] = world.cache.setdefault("drawn", {})
    key = (ends[0].id, ends[1].id)
    if all(key) and key in kept:
        found: tuple[Floats, NDArray[np.int64], NDArray[np.int64]] = kept[key]
        return found
    lines = np.concatenate([sample_lines(*ends, _POINTS, seed=k) for k in range(_SCRAMBLES)])
    found = (lines, *_crossed(lines, world))
    if all(key):
        if len(kept) >= _KEPT:
            kept.pop(next(iter(kept)))
        kept[key] = found
    return found


def measure_share(
    origin: End, target: End, territory: End, world: Layer
) -> tuple[float, BaseGeometry]:
    """Measure the share of straight lines between two ends that crosses one territory.

    Parameters
    ----------
    origin, target : End
        Points or areas.
    territory : End
        An area.
    world : Layer
        The world in the view that counts.

    Returns
    -------
    share : float
        Exact unless both ends are areas.
    where : shapely geometry
        The part of the area from (or to) which the line crosses; empty unless exactly one end
        is an area.
    """
    if origin.is_area != target.is_area:
        area, point = (origin, target) if origin.is_area else (target, origin)
        seen = (area.geometry, point.lon, point.lat)
        share = float(measure_shadow_shares(*seen, [territory.geometry])[0])
        return share, make_shadow(*seen, territory.geometry) if share > 0 else shapely.Polygon()
    if not origin.is_area:
        lines, crossing = single_line(origin, target), None
    else:
        lines, track, number = _draw((origin, target), world)
        mine = _numbers_of(territory, world)
        crossing = None if mine is None else track[np.isin(number, mine)]
    if crossing is None:
        index = build_edge_index(np.array([territory.geometry], dtype=object))
        crossing = find_line_stays(index, lines).track
    return len(np.unique(crossing)) / len(lines), shapely.Polygon()


def _numbers_of(territory: End, world: Layer) -> NDArray[np.int64] | None:
    """Return the territories of the world that an end is made of; None for another area."""
    pieces = load_pieces()
    if territory.kind in ("country", "sea") and territory.id in pieces.territory_ids:
        return np.unique(world.of_unit[pieces.pieces_of(territory.id, world.view)])
    return None


def measure_disc_share(origin: End, target: End, reach_km: float) -> float:
    """Measure the share of pairs of points that are within a distance of each other.

    Parameters
    ----------
    origin, target : End
        Points or areas.
    reach_km : float
        The distance, kilometres.

    Returns
    -------
    float
        From 16,384 quasi-random pairs where an end is an area.
    """
    if not (origin.is_area or target.is_area):
        lines = single_line(origin, target)
    else:
        lines = sample_lines(origin, target, _POINTS * _SCRAMBLES, seed=0)
    return float(np.mean(inverse(*lines.T)[2] <= reach_km * 1000))


def _crossed(lines: Floats, world: Layer) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct pairs of line and territory."""
    stays = find_line_stays(world.index, lines)
    pairs = stays.track.astype(np.int64) * len(world.ids) + world.of_unit[stays.unit]
    distinct = np.unique(pairs)
    return distinct // len(world.ids), distinct % len(world.ids)


def _weigh(weights: Weights, lines: Floats) -> Floats:
    """Return the weight of every line by its origin."""
    lon, lat = lines[:, 0], lines[:, 1]
    if isinstance(weights, gpd.GeoDataFrame):
        result = _look_up(weights, lon, lat)
    elif callable(weights):
        result = np.asarray(weights(lon, lat), dtype=np.float64)
    else:
        raise InvalidInputError(
            "weights: expected a GeoDataFrame with a column 'weight', or a function of longitude "
            f"and latitude; got {type(weights).__name__}"
        )
    if result.shape != lon.shape or not np.isfinite(result).all() or (result < 0).any():
        raise InvalidInputError("weights: expected a finite number of zero or more for each point")
    if not (result.reshape(_SCRAMBLES, _POINTS).sum(axis=1) > 0).all():
        raise InvalidInputError("weights: they are zero in (nearly) all of the origin's area")
    return result


def _look_up(weights: gpd.GeoDataFrame, lon: Floats, lat: Floats) -> Floats:
    """Return the weight of the polygons that each point lies in, summed; 0 outside."""
    check_crs(weights.geometry, "weights")
    if "weight" not in weights.columns:
        raise InvalidInputError("weights: expected a column 'weight'")
    point, row = shapely.STRtree(weights.geometry.to_numpy()).query(
        shapely.points(lon, lat), predicate="intersects"
    )
    result = np.zeros(len(lon))
    np.add.at(result, point, weights["weight"].to_numpy(dtype=np.float64)[row])
    return result


def _to_frame(shares: _Shares, ends: tuple[End, End], world: Layer) -> pd.DataFrame:
    """Make the frame of all territories with a share."""
    part = _parts(ends, world)
    rows = np.nonzero(shares.share > _LEAST)[0]
    rows = rows[np.lexsort((np.array(world.ids)[rows], -shares.share[rows].round(9)))]
    return _frame_of(rows, shares, part, world)


def _frame_of(
    rows: NDArray[np.int64], shares: _Shares, part: NDArray[Any], world: Layer
) -> pd.DataFrame:
    """Make the frame of these territories."""
    return pd.DataFrame(
        {
            "territory": np.array(world.ids, dtype=object)[rows],
            "name": np.array(world.names, dtype=object)[rows],
            "kind": np.array(world.kinds, dtype=object)[rows],
            "part": part[rows],
            "share": np.minimum(shares.share[rows], 1.0),
            "method": np.full(len(rows), shares.method, dtype=object),
            "sampling_low": np.minimum(shares.low[rows], 1.0),
            "sampling_high": np.minimum(shares.high[rows], 1.0),
        }
    )


def _parts(ends: tuple[End, End], world: Layer) -> NDArray[Any]:
    """Say of every territory whether it holds (a part of) the origin or target."""
    part = np.full(len(world.ids), "transit", dtype=object)
    for end, word in ((ends[1], "target"), (ends[0], "origin")):
        part[_holding(end, world)] = word
    return part


def _holding(end: End, world: Layer) -> NDArray[np.int64]:
    """Return the territories in which an end lies."""
    whole = _numbers_of(end, world)
    if whole is not None:
        return whole
    pieces = load_pieces()
    touching = np.nonzero(shapely.intersects(end.geometry, pieces.polygons))[0]
    if end.is_area:
        shared = shapely.area(shapely.intersection(end.geometry, pieces.polygons[touching]))
        touching = touching[shared > _LEAST]
    return np.unique(world.of_unit[touching])


def _add_allowed(
    frame: pd.DataFrame, ends: tuple[End, End], world: Layer, allowance: Allowance
) -> pd.DataFrame:
    """Add what routes within the allowance can cross and avoid."""
    numbers = {id_: number for number, id_ in enumerate(world.ids)}
    listed = [numbers[id_] for id_ in frame["territory"]]
    judge = Judge(*ends, allowance)
    found = {number: judge.judge(world.polygon(number)) for number in listed}
    near = judge.reachable(load_pieces().polygons)
    for number in np.unique(world.of_unit[near]).tolist():
        if number not in found and judge.can_cross(world.polygon(number)) > 0:
            found[number] = judge.judge(world.polygon(number))
    more = np.array(list(found)[len(listed) :], dtype=np.int64)
    if len(more):
        zero = np.zeros(len(world.ids))
        nothing = _Shares(zero, zero, zero, str(frame["method"].iloc[0]))
        rest = _frame_of(more, nothing, _parts(ends, world), world)
        frame = pd.concat([frame, rest], ignore_index=True)
    return frame.assign(
        can_cross=[allowed.can_cross for allowed in found.values()],
        can_avoid=[allowed.can_avoid for allowed in found.values()],
    )
