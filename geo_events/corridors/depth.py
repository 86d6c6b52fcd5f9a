"""How deep stays go, and by how much legs miss what they do not enter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from geo_events.corridors.stays import Visits
from geo_events.geodesy.deepest import Stretches, find_deepest
from geo_events.geodesy.ellipsoid import A_M, direct, from_ecef, inverse, to_ecef

if TYPE_CHECKING:
    from collections.abc import Callable

    from scipy.spatial import cKDTree

    from geo_events.corridors.legs import Legs
    from geo_events.corridors.stays import Profile
    from geo_events.corridors.world import Layer

__all__ = ["Border", "load_border", "measure_depth_km", "measure_misses"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Measure: TypeAlias = "Callable[[Floats, Floats], Floats]"

_SPACING_M = 1000.0
_STEP_M = 25_000.0
_FINE = 9
_ROUNDS = 3
_END_M = 1.0
_CELLS = 40
_CLOSE = 30_000.0 / A_M
_MANY = 12
_MIXED = np.array([0.5714, 0.7391, 0.3572])
_CHUNK = 2_000_000
_FEW = 2_000
_OFTEN = 8
_KEPT = 64


@dataclass(frozen=True, slots=True, eq=False)
class Border:
    """Points along the borders of a layer's territories, in a tree.

    Parameters
    ----------
    tree : cKDTree
        The points as vectors from the Earth's centre, in units of `A_M`.
    edge : ndarray of int32, shape (n,)
        Row of the edge of each point.
    edges : ndarray, shape (m, 10)
        The edges, as in the index.
    """

    tree: cKDTree
    edge: npt.NDArray[np.int32]
    edges: Floats

    def distance_m(self, lon: Floats, lat: Floats) -> Floats:
        """Measure the geodesic distance of positions to the nearest border, in metres."""
        place = to_ecef(lon, lat)
        _, rows = self.tree.query(place, k=min(4, self.tree.n))
        edges = self.edge[rows.reshape(len(place), -1)]
        near = _nearest_on(self.edges[edges], place[:, None, :])
        best = np.argmin(((near - place[:, None, :]) ** 2).sum(axis=2), axis=1)
        at = from_ecef(near[np.arange(len(place)), best])
        return inverse(lon, lat, *at)[2]

    def look(self, place: Floats) -> tuple[Floats, Floats]:
        """Return the straight distance of places from the border, in `A_M`, and its point."""
        chord, rows = np.empty(len(place)), np.empty(len(place), dtype=np.int64)
        near_by = np.argsort(np.floor(place * _CELLS) @ (4.0 * _CELLS) ** np.arange(3))
        chord[near_by], rows[near_by] = self.tree.query(place[near_by])
        foot = np.asarray(self.tree.data)[rows]  # far away it is as good as the edge, to 4 m
        close = np.nonzero(chord < _CLOSE)[0]
        few = place[close, None, :]
        many = min(_MANY, self.tree.n)
        several = np.reshape(self.tree.query(place[close], k=many)[1], (len(close), many))
        feet = _nearest_on(self.edges[self.edge[several]], few)
        best = np.argmin(((feet - few) ** 2).sum(axis=2), axis=1)
        foot[close] = feet[np.arange(len(close)), best]
        return np.sqrt(((foot - place) ** 2).sum(axis=1)), foot

    def rough_m(self, lon: Floats, lat: Floats) -> Floats:
        """Measure the distance of positions to the nearest border point, within about 1 km."""
        chord, _ = self.tree.query(to_ecef(lon, lat))
        return np.asarray(2 * A_M * np.arcsin(np.minimum(chord / 2, 1.0)))


def _nearest_on(edges: Floats, place: Floats) -> Floats:
    """Return the point of each straight edge that is nearest to a place."""
    start = edges[..., :3]
    along = edges[..., 3:6] - start
    square = (along**2).sum(axis=-1)
    share = ((place - start) * along).sum(axis=-1) / np.where(square > 0, square, 1.0)
    return np.asarray(start + np.clip(share, 0.0, 1.0)[..., None] * along)


def load_border(layer: Layer, territories: tuple[int, ...] | None = None) -> Border:
    """Return the borders of a layer's territories, made on first use.

    Parameters
    ----------
    layer : Layer
        The layer.
    territories : tuple of int, optional
        Only the borders of these territories.

    Returns
    -------
    Border
        Without lines that only divide a territory in two.
    """
    kept: dict[tuple[int, ...] | None, Border] = layer.cache.setdefault("borders", {})
    if territories not in kept:
        left, right = _owners(layer).T
        used = left != right
        if territories is not None:
            used &= np.isin(left, territories) | np.isin(right, territories)
        made = _make_border(layer.index.edges, np.nonzero(used)[0])
        if len(kept) >= _KEPT:
            kept.pop(next(key for key in kept if key is not None))
        kept[territories] = made
    return kept[territories]


def _owners(layer: Layer) -> npt.NDArray[np.int32]:
    """Return the territories on the left and right of every edge; -1 for none."""
    owner: npt.NDArray[np.int32] = np.append(layer.of_unit, np.int32(-1))[layer.index.sides]
    return owner


def _choose_border(layer: Layer, visits: Visits) -> Border:
    """Return the borders of the territories visited, or of the whole world once that pays."""
    asked = layer.cache["asked"] = layer.cache.get("asked", 0) + 1
    if len(visits) >= _FEW or asked > _OFTEN:
        return load_border(layer)
    return load_border(layer, tuple(np.unique(visits.territory).tolist()))


def _make_border(edges: Floats, used: Ints) -> Border:
    """Put the vertices of some edges, and points between them, into a tree.

    The vertices must be there: the tip of a cape is nearer than the middle of its sides.
    """
    start, end = edges[used, :3], edges[used, 3:6]
    length = np.linalg.norm(end - start, axis=1) * A_M
    pieces = np.maximum(np.ceil(length / _SPACING_M).astype(np.int64), 1)
    loose = ~np.isin(end @ _MIXED, start @ _MIXED)  # ends where no other edge starts
    points_of = pieces + loose
    owner = np.repeat(np.arange(len(pieces)), points_of)
    number = np.arange(len(owner)) - np.repeat(np.cumsum(points_of) - points_of, points_of)
    share = (number / pieces[owner])[:, None]
    points = start[owner] * (1 - share) + end[owner] * share
    from scipy.spatial import cKDTree  # noqa: PLC0415  half a second that few answers need

    tree = cKDTree(points, leafsize=64, balanced_tree=False, compact_nodes=False)
    return Border(tree, used[owner].astype(np.int32), edges)


def measure_depth_km(legs: Legs, profile: Profile, visits: Visits, layer: Layer) -> Floats:
    """Measure the greatest distance from the border during each visit.

    Parameters
    ----------
    legs : Legs
        The legs.
    profile : Profile
        Their directions and lengths.
    visits : Visits
        Stays of the legs.
    layer : Layer
        The territories.

    Returns
    -------
    ndarray, shape (n,)
        Kilometres.
    """
    result = np.zeros(len(visits))
    if not len(visits):
        return result
    if not layer.overlapping:
        return _depths(legs, profile, visits, _choose_border(layer, visits)) / 1000
    for territory in np.unique(visits.territory):
        rows = np.nonzero(visits.territory == territory)[0]
        border = load_border(layer, (int(territory),))
        result[rows] = _depths(legs, profile, visits.take(rows), border) / 1000
    return result


def _depths(legs: Legs, profile: Profile, visits: Visits, border: Border) -> Floats:
    """Measure the greatest distance from a border during each visit, in metres."""
    if border.tree.n == 0:
        return np.full(len(visits), np.inf)

    def position(row: Ints, along: Floats) -> tuple[Floats, Floats]:
        mine = visits.leg[row]
        start, azimuth = legs.start[mine], profile.azimuth_deg[mine]
        return direct(start[:, 0], start[:, 1], azimuth, along)[:2]

    whole = visits.checked == 0  # a stay cut by time or height need not end on the border
    stretches = Stretches(
        visits.enter_m,
        visits.leave_m,
        whole & (visits.enter_m > _END_M),
        whole & (visits.leave_m < profile.length_m[visits.leg] - _END_M),
    )
    along, foot = find_deepest(
        stretches, lambda row, along: to_ecef(*position(row, along)), border.look
    )
    lon, lat = position(np.arange(len(visits)), along)
    return inverse(lon, lat, *from_ecef(foot))[2]


def _first_of_greatest(row: Ints, value: Floats, count: int) -> Ints:
    """Return for each row the place of its greatest value."""
    order = np.lexsort((-value, row))
    return order[np.searchsorted(row[order], np.arange(count))]


def _look(legs: Legs, profile: Profile, leg: Ints, along: Floats, measure: Measure) -> Floats:
    """Measure at positions along legs, in chunks."""
    result = np.empty(len(leg))
    for start in range(0, len(leg), _CHUNK):
        part = slice(start, start + _CHUNK)
        mine = leg[part]
        lon, lat, _ = direct(
            legs.start[mine, 0], legs.start[mine, 1], profile.azimuth_deg[mine], along[part]
        )
        result[part] = measure(lon, lat)
    return result


def measure_misses(
    legs: Legs, profile: Profile, visits: Visits, layer: Layer, near_m: float
) -> tuple[Visits, Floats]:
    """Measure by how much legs miss the territories that they do not enter.

    Parameters
    ----------
    legs : Legs
        The legs.
    profile : Profile
        Their directions and lengths.
    visits : Visits
        The stays that they do have, even those at another time or height.
    layer : Layer
        The territories.
    near_m : float
        Only misses by no more than this, in metres.

    Returns
    -------
    visits : Visits
        One for each miss, of no length, at the point of the closest approach.
    miss_km : ndarray, shape (n,)
        Kilometres.
    """
    entered = set(zip(visits.leg.tolist(), visits.territory.tolist(), strict=True))
    found = [
        _misses_of(legs, profile, layer, territory, near_m)
        for territory in _near_territories(legs, profile, layer, near_m)
    ]
    leg = np.concatenate([np.empty(0, np.int64), *(part[0] for part in found)])
    along = np.concatenate([np.empty(0), *(part[1] for part in found)])
    miss = np.concatenate([np.empty(0), *(part[2] for part in found)])
    number = np.concatenate([np.empty(0, np.int64), *(part[3] for part in found)])
    pairs = zip(leg.tolist(), number.tolist(), strict=True)
    kept = np.array([pair not in entered for pair in pairs], dtype=bool)
    leg, along, miss, number = leg[kept], along[kept], miss[kept], number[kept]
    count = len(leg)
    visits = Visits(
        leg=leg,
        territory=number,
        enter_m=along,
        leave_m=along.copy(),
        contested=np.zeros(count, dtype=bool),
        other=np.full(count, -1, dtype=np.int64),
        checked=np.zeros(count, np.int8),
    )
    return visits, miss / 1000


def _near_territories(legs: Legs, profile: Profile, layer: Layer, near_m: float) -> list[int]:
    """Return the territories whose border comes near any leg."""
    if layer.overlapping:
        return list(range(len(layer.ids)))
    border = load_border(layer)
    row, along = _stations(profile, near_m)
    lon, lat, _ = direct(legs.start[row, 0], legs.start[row, 1], profile.azimuth_deg[row], along)
    hits = border.tree.query_ball_point(to_ecef(lon, lat), 1.6 * near_m / A_M + 2e-4)
    points = np.unique(np.concatenate([np.empty(0, np.int64), *map(np.asarray, hits)])).astype(int)
    sides = _owners(layer)[border.edge[points]]
    return [int(number) for number in np.unique(sides[sides >= 0])]


def _stations(profile: Profile, near_m: float) -> tuple[Ints, Floats]:
    """Return positions along all legs, no farther apart than `near_m`."""
    pieces = np.maximum(np.ceil(profile.length_m / max(near_m, _SPACING_M)).astype(np.int64), 1) + 1
    row = np.repeat(np.arange(len(pieces)), pieces)
    number = np.arange(len(row)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    return row, profile.length_m[row] * number / (pieces[row] - 1)


def _misses_of(
    legs: Legs, profile: Profile, layer: Layer, territory: int, near_m: float
) -> tuple[Ints, Floats, Floats, Ints]:
    """Measure the closest approach of every leg to one territory's border."""
    border = load_border(layer, (territory,))
    if border.tree.n == 0:
        return np.empty(0, np.int64), np.empty(0), np.empty(0), np.empty(0, np.int64)
    step = min(max(near_m, _SPACING_M), _STEP_M)
    row, along = _stations(profile, step)
    rough = _look(legs, profile, row, along, border.rough_m)
    best = along[_first_of_greatest(row, -rough, len(legs))]
    half = np.full(len(legs), step)
    leg = np.arange(len(legs))
    for _ in range(_ROUNDS + 1):
        around = best[:, None] + half[:, None] * np.linspace(-1, 1, _FINE)
        around = np.clip(around, 0, profile.length_m[:, None])
        close = _look(legs, profile, np.repeat(leg, _FINE), around.ravel(), border.distance_m)
        best = around[leg, np.argmin(close.reshape(around.shape), axis=1)]
        half = half / (_FINE - 1) * 2
    miss = _look(legs, profile, leg, best, border.distance_m)
    near = miss <= near_m
    return leg[near], best[near], miss[near], np.full(int(near.sum()), territory, np.int64)
