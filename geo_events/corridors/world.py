"""Layers of territories that tracks are laid over: the world in a view, the user's own areas."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import platformdirs

from geo_events.atlas.bundle import open_bundle
from geo_events.atlas.territories import load_pieces, territory_polygon
from geo_events.geodesy.edges import build_edge_index, load_edge_index
from geo_events.values import VIEW_NOTES, View, validate_view

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo_events.atlas.territories import Pieces
    from geo_events.corridors.areas import Areas
    from geo_events.geodesy.edge_index import EdgeIndex

__all__ = ["Layer", "cite_world", "load_lakes", "load_world", "make_area_layer"]

_PIECES = ("pieces.parquet", "pieces.arcs.parquet")
_LAKES = ("lakes.parquet", "lakes.arcs.parquet")


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Territories that tracks are laid over.

    Parameters
    ----------
    index : EdgeIndex
        The edges of the units (pieces of the Earth, or the user's areas).
    of_unit : ndarray of int32, shape (u,)
        Territory number of each unit.
    ids, names, kinds, iso3 : tuple of str
        By territory number.
    parents : tuple of str
        By territory number, the id of the sea that a sea is part of; "" for none.
    contested : ndarray of bool, shape (u,)
        Whether somebody on our list contests the unit.
    other : ndarray of int32, shape (u,)
        Territory number in the other view where it differs, else -1.
    overlapping : bool
        Whether units may overlap (the user's own), or are a partition (the world).
    window_s, height_m : ndarray, shape (t, 2)
        Times and heights of the user's areas; empty for the world.
    cache : dict
        What was made on demand: polygons and border points.
    """

    index: EdgeIndex
    of_unit: npt.NDArray[np.int32]
    ids: tuple[str, ...]
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    iso3: tuple[str, ...]
    parents: tuple[str, ...]
    contested: npt.NDArray[np.bool_]
    other: npt.NDArray[np.int32]
    overlapping: bool = False
    view: View = "de_facto"
    window_s: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))
    height_m: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 2)))
    cache: dict[str, Any] = field(default_factory=dict, repr=False)

    def polygon(self, territory: int) -> BaseGeometry:
        """Return the polygon of a territory; empty where the view does not know it."""
        if "polygons" in self.cache:
            own: BaseGeometry = self.cache["polygons"][territory]
            return own
        return territory_polygon(self.ids[territory], self.view, whole=False)


def load_world(view: View = "de_facto") -> Layer:
    """Load the Earth's one partition, read in a view.

    The index of its borders is built on first use (some seconds) into the user's cache folder,
    and opened from there by memory map later; where that folder cannot be written, it is kept
    in memory.

    Parameters
    ----------
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    Layer
        Countries and seas, without gap or overlap; the same value on every call.

    Raises
    ------
    DataMissingError, DataCorruptError
        The embedded tables are missing or damaged.

    Examples
    --------
    >>> world = load_world()
    >>> "country:IRN" in world.ids, world.overlapping
    (True, False)
    """
    return _load_world(validate_view(view), _key(_PIECES))


def load_lakes() -> Layer:
    """Load the lakes as a layer that lies over the countries.

    Returns
    -------
    Layer
        One territory per lake; the same value on every call.

    Raises
    ------
    DataMissingError, DataCorruptError
        The embedded tables are missing or damaged.
    """
    return _load_lakes(_key(_LAKES))


def make_area_layer(areas: Areas) -> Layer:
    """Make a layer of the user's own areas, which may overlap.

    Parameters
    ----------
    areas : Areas
        Checked areas.

    Returns
    -------
    Layer
        One unit and one territory per area.
    """
    count = len(areas)
    return Layer(
        index=build_edge_index(areas.polygons),
        of_unit=np.arange(count, dtype=np.int32),
        ids=areas.ids,
        names=areas.names,
        kinds=areas.kinds,
        iso3=("",) * count,
        parents=("",) * count,
        contested=np.zeros(count, dtype=bool),
        other=np.full(count, -1, dtype=np.int32),
        overlapping=True,
        window_s=areas.window_s,
        height_m=areas.height_m,
        cache={"polygons": areas.polygons},
    )


def cite_world(view: View) -> str:
    """Say which data and view an answer rests on.

    Parameters
    ----------
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    str
        One line: version of the tables and what the view means.
    """
    manifest = open_bundle().manifest
    return (
        f"geo_events data {manifest.get('version', '?')} (made with Natural Earth), "
        f"view {view}: {VIEW_NOTES[view]}"
    )


def _key(names: tuple[str, ...]) -> str:
    """Return what an index depends on: the checksums of its tables."""
    tables = open_bundle().manifest["tables"]
    return "-".join(tables[name]["sha256"][:20] for name in names if name in tables)


def _cache_folder() -> Path:
    """Return where indexes are kept."""
    return Path(platformdirs.user_cache_dir("geo_events", appauthor=False))


@lru_cache(maxsize=2)
def _load_index(key: str) -> EdgeIndex:
    """Open or build the index of the pieces' borders; both views share it."""
    return load_edge_index(lambda: load_pieces().polygons, key, _cache_folder())


@lru_cache(maxsize=2)
def _load_lakes(key: str) -> Layer:
    """Open or build the layer of lakes."""
    table, polygons = open_bundle().polygons("lakes")
    count = table.num_rows
    return Layer(
        index=load_edge_index(lambda: polygons, key, _cache_folder()),
        of_unit=np.arange(count, dtype=np.int32),
        ids=tuple(table.column("id").to_pylist()),
        names=tuple(table.column("name").to_pylist()),
        kinds=("lake",) * count,
        iso3=("",) * count,
        parents=("",) * count,
        contested=np.zeros(count, dtype=bool),
        other=np.full(count, -1, dtype=np.int32),
        overlapping=True,
        window_s=np.full((count, 2), np.nan),
        height_m=np.full((count, 2), np.nan),
        cache={"polygons": polygons},
    )


@lru_cache(maxsize=4)
def _load_world(view: View, key: str) -> Layer:
    """Read the pieces in one view."""
    pieces: Pieces = load_pieces()
    mine = pieces.territory_of(view)
    theirs = pieces.territory_of("recognised" if view == "de_facto" else "de_facto")
    return Layer(
        index=_load_index(key),
        of_unit=mine,
        ids=pieces.territory_ids,
        names=pieces.names,
        kinds=pieces.kinds,
        iso3=pieces.iso3,
        parents=pieces.parents,
        contested=np.array([text != "" for text in pieces.contested], dtype=bool),
        other=np.where(mine != theirs, theirs, -1).astype(np.int32),
        view=view,
    )
