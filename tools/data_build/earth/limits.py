"""Seas: their limits as lines from coast to coast, and which face belongs to which sea.

The coasts of the marine polygons do not fit those of the countries, so only the limits between
seas are kept; where a limit ends in the water it is led on to the nearest coast. Water that no
marine polygon covers thereby joins the sea it opens to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely
import yaml

from data_build.earth.linework import edges_of, lines_of
from data_build.earth.natural_earth import SEEDS, STEPS, RingLayer
from data_build.ids import sea_slug

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["describe_overlaps", "label_seas", "load_sea_seeds", "sea_ids", "sea_limits"]

_COASTS = (2e6, 3e7, 3e8, 3e9)
"""Square steps: limits are led to the nearest coast of land above each of these sizes, since an
islet off the coast closes nothing (1e8 is a square degree)."""

_REACH = 1.0 * STEPS
_OPEN = 300.0
_NAMED = 0.2


def load_sea_seeds() -> list[dict[str, Any]]:
    """Read the hand-made list of seas."""
    text = (SEEDS / "seas.yaml").read_text(encoding="utf-8")
    seeds: list[dict[str, Any]] = yaml.safe_load(text)
    return seeds


def sea_ids(marine: RingLayer) -> list[str]:
    """Give our id for every row of the marine layer, "" for one that is to be dissolved."""
    seeds = load_sea_seeds()
    by_name = {seed["natural_earth"]: seed["id"] for seed in seeds if "natural_earth" in seed}
    ids = [by_name.get(name, sea_slug(name)) for name in marine.table["name"]]
    nameless = np.flatnonzero((marine.table["name"] == "").to_numpy()[marine.owner])
    rings = np.asarray([shapely.Polygon(marine.rings[k]) for k in nameless])
    for seed in seeds:
        for lon, lat in seed.get("natural_earth_at", []):
            here = nameless[shapely.intersects_xy(rings, lon * STEPS, lat * STEPS)]
            if not len(here):
                raise LookupError(f"{seed['id']}: no nameless sea at {lon}, {lat}")
            ids[int(marine.owner[here[0]])] = seed["id"]
    return ids


def _marine_shapes(marine: RingLayer) -> NDArray[np.object_]:
    """Polygons of the marine rows, by even and odd rings."""
    shapes = []
    for row in range(len(marine.table)):
        rings = [marine.rings[k] for k in np.flatnonzero(marine.owner == row)]
        shape = shapely.MultiPolygon()
        for ring in sorted(map(shapely.Polygon, rings), key=lambda r: -r.area):
            shape = shapely.symmetric_difference(shape, shapely.make_valid(ring))
        shapes.append(shape)
    return np.asarray(shapes)


def sea_limits(marine: RingLayer, land: RingLayer) -> NDArray[np.object_]:
    """Draw the limits between seas, from coast to coast.

    Parameters
    ----------
    marine : RingLayer
        The seas.
    land : RingLayer
        The countries.

    Returns
    -------
    ndarray of shapely.LineString
        In grid steps.
    """
    shores = np.asarray([shapely.Polygon(ring) for ring in land.rings])
    shared = _shared_edges(marine, sea_ids(marine))
    edges = np.concatenate([shared, _open_edges(marine, shared, shores)])
    ends = _loose_ends(edges)
    joined = shapely.get_coordinates(ends)
    in_water = np.ones(len(ends), dtype=bool)
    in_water[shapely.STRtree(shores).query(ends, predicate="intersects")[0]] = False
    in_water &= (np.abs(joined[:, 0]) < 180 * STEPS) & (np.abs(joined[:, 1]) < 90 * STEPS)
    links = [_link_to_coast(ends[in_water], shores, size) for size in _COASTS]
    return np.concatenate([lines_of(edges), lines_of(_outline_edges(marine)), *links])


def _outline_edges(marine: RingLayer) -> NDArray[np.int64]:
    """List all edges of the seas whose limits with their neighbours do not fit."""
    wanted = {seed["id"] for seed in load_sea_seeds() if seed.get("outline")}
    rows = [row for row, id_ in enumerate(sea_ids(marine)) if id_ in wanted]
    rings = [ring for ring, row in zip(marine.rings, marine.owner, strict=True) if row in rows]
    return edges_of(rings)[0]


def _open_edges(
    marine: RingLayer, shared: NDArray[np.int64], shores: NDArray[np.object_]
) -> NDArray[np.int64]:
    """Edges far from land that only one sea has: limits whose other side has other vertices."""
    known = {edge.tobytes() for edge in shared}
    edges, count = edges_of(marine.rings)
    inner = np.abs(edges[:, :, 0]).min(axis=1) < 180 * STEPS
    inner &= np.array([edge.tobytes() not in known for edge in edges]) & (count == 1)
    edges = edges[inner]
    middle = shapely.points(edges.mean(axis=1))
    found, distance = shapely.STRtree(shores).query_nearest(
        middle, return_distance=True, all_matches=False
    )
    return np.asarray(edges[found[0][distance > _OPEN]])


def _link_to_coast(
    ends: NDArray[np.object_], shores: NDArray[np.object_], size: float
) -> NDArray[np.object_]:
    """Lead loose ends straight on to the nearest coast of land above a size."""
    coasts = shapely.get_exterior_ring(shores[shapely.area(shores) > size])
    end, coast = shapely.STRtree(coasts).query_nearest(ends, max_distance=_REACH, all_matches=False)
    return _reach_over(shapely.shortest_line(ends[end], coasts[coast]))


def _shared_edges(marine: RingLayer, ids: list[str]) -> NDArray[np.int64]:
    """Edges that lie between two seas with different ids."""
    owners: dict[bytes, set[str]] = {}
    all_edges, count = edges_of(marine.rings)
    for row in range(len(marine.table)):
        rings = [marine.rings[k] for k in np.flatnonzero(marine.owner == row)]
        for edge in edges_of(rings)[0]:
            owners.setdefault(edge.tobytes(), set()).add(ids[row])
    differs = [len(owners[edge.tobytes()]) > 1 for edge in all_edges]
    return np.asarray(all_edges[np.array(differs) & (count > 1)])


def _loose_ends(edges: NDArray[np.int64]) -> NDArray[np.object_]:
    """Points where exactly one edge ends."""
    points, count = np.unique(edges.reshape(-1, 2), axis=0, return_counts=True)
    return np.asarray(shapely.points(points[count == 1].astype(float)))


def _reach_over(links: NDArray[np.object_]) -> NDArray[np.object_]:
    """Lengthen lines by two steps beyond their end, so that rounding leaves no slit."""
    ends = shapely.get_coordinates(links).reshape(-1, 2, 2)
    along = ends[:, 1] - ends[:, 0]
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1.0)
    ends[:, 1] += along / length[:, None] * 2.0
    return np.asarray(shapely.linestrings(np.rint(ends)))


def label_seas(
    faces: NDArray[np.object_], water: NDArray[np.bool_], marine: RingLayer
) -> NDArray[np.object_]:
    """Find the sea of every face of water.

    Parameters
    ----------
    faces : ndarray of shapely.Polygon, shape (n,)
        All faces, in grid steps.
    water : ndarray of bool, shape (n,)
        Which of them are no land.
    marine : RingLayer
        The seas.

    Returns
    -------
    ndarray of str, shape (n,)
        Ids, "" on land.
    """
    ids = np.array(sea_ids(marine), dtype=object)
    overlap = _overlaps(faces, np.flatnonzero(water), _marine_shapes(marine), ids)
    labels = np.full(len(faces), "", dtype=object)
    for number, shares in overlap.items():
        if sum(shares.values()) > _NAMED * shapely.area(faces[number]):
            labels[number] = max(shares, key=lambda id_: (shares[id_], id_))
    rest = np.flatnonzero(water & (labels == ""))
    _label_by_border(faces, labels, rest)
    rest = np.flatnonzero(water & (labels == ""))
    known = np.flatnonzero(labels != "")
    found, near = shapely.STRtree(faces[known]).query_nearest(faces[rest], all_matches=False)
    labels[rest[found]] = labels[known[near]]
    return labels


def _label_by_border(
    faces: NDArray[np.object_], labels: NDArray[np.object_], rest: NDArray[np.int64]
) -> None:
    """Let unnamed water join the sea with which it shares the longest line."""
    known = np.flatnonzero(labels != "")
    lines = shapely.boundary(faces)
    tree = shapely.STRtree(faces[known])
    found = {}
    for row in rest:
        near = known[tree.query(faces[row], predicate="touches")]
        length = shapely.length(shapely.intersection(lines[row], lines[near]))
        if len(near) and length.max() > 0:
            found[int(row)] = labels[near[int(np.argmax(length))]]
    for number, label in found.items():
        labels[number] = label


def _overlaps(
    faces: NDArray[np.object_],
    rows: NDArray[np.int64],
    shapes: NDArray[np.object_],
    ids: NDArray[np.object_],
) -> dict[int, dict[str, float]]:
    """Area of each face of water in each named sea."""
    named = np.flatnonzero(ids != "")
    face, sea = shapely.STRtree(shapes[named]).query(faces[rows], predicate="intersects")
    parts = shapely.intersection(shapely.make_valid(faces[rows[face]]), shapes[named[sea]])
    found: dict[int, dict[str, float]] = {}
    for row, id_, size in zip(rows[face], ids[named[sea]], shapely.area(parts), strict=True):
        if size > 0:
            shares = found.setdefault(int(row), {})
            shares[id_] = shares.get(id_, 0.0) + float(size)
    return found


def describe_overlaps(
    faces: NDArray[np.object_], water: NDArray[np.bool_], marine: RingLayer
) -> pd.DataFrame:
    """List faces of water that hold a good part of a second sea: limits that do not close."""
    ids = np.array(sea_ids(marine), dtype=object)
    found = _overlaps(faces, np.flatnonzero(water), _marine_shapes(marine), ids)
    rows = []
    for number, shares in found.items():
        ranked = sorted(shares.items(), key=lambda item: -item[1])
        rows += [(number, ranked[0][0], id_, size / 1e8) for id_, size in ranked[1:]]
    return pd.DataFrame(rows, columns=["face", "sea", "second", "square_degrees"])
