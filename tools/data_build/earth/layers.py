"""The other polygon layers: regions, lakes, chokepoints and the basemap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely
import yaml

from data_build.earth.natural_earth import SEEDS, STEPS, read_lakes, read_regions
from data_build.earth.tables import measure_area_km2, write_polygons
from data_build.ids import NAME_FIXES, country_id, plain_slug, region_ids

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from data_build.earth.partition import Partition

__all__ = ["write_basemap", "write_chokepoints", "write_lakes", "write_regions"]

_REGION_TOLERANCE = 0.005
_LEVELS = {"110m": (0.15, 0.15), "50m": (0.04, 0.02)}
"""Level: tolerance in degrees, and the smallest island drawn in square degrees."""


def _polygons_only(shape: shapely.Geometry) -> shapely.Geometry:
    """Keep all polygons of a repaired geometry, also those inside collections."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.union_all(parts[shapely.get_type_id(parts) == 3])


def _repair(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Put polygons on the grid, valid; none may lose area."""
    fixed = shapely.make_valid(shapely.set_precision(shapes, 1 / STEPS, mode="pointwise"))
    fixed = np.asarray([_polygons_only(shape) for shape in fixed])
    lost = np.abs(shapely.area(fixed) - shapely.area(shapes)) > 0.01 + 0.01 * shapely.area(shapes)
    if lost.any():
        raise ValueError(f"polygons lost area when repaired: rows {np.flatnonzero(lost)[:5]}")
    empty = shapely.is_empty(fixed)
    fixed[empty] = shapes[empty]
    return fixed


def write_regions(folder: Path) -> dict[str, int]:
    """Write ``regions``: states and provinces, simplified with their shared borders."""
    table, shapes = read_regions()
    simple = np.asarray(shapely.coverage_simplify(_repair(shapes), _REGION_TOLERANCE))
    ids = region_ids(zip(table["iso_3166_2"], table["adm1_code"], strict=True))
    iso = [id_[7:] if id_[9:10] == "-" and "+" not in id_ else "" for id_ in ids]
    english, own = table["name_en"].fillna(""), table["name"].fillna("")
    names = english.where(english != "", own)
    names = [
        NAME_FIXES.get(code, name) for code, name in zip(table["adm1_code"], names, strict=True)
    ]
    columns = pd.DataFrame(
        {
            "id": ids,
            "name": names,
            "country": [country_id(code)[8:] for code in table["adm0_a3"]],
            "iso_3166_2": iso,
            "lon": table["longitude"].astype(float).round(4),
            "lat": table["latitude"].astype(float).round(4),
        }
    )
    order = np.argsort(np.array(ids), kind="stable")
    return write_polygons(folder, "regions", columns.iloc[order], _repair(simple[order]))


def write_lakes(folder: Path) -> dict[str, int]:
    """Write ``lakes``: all lakes, with names where the hand-made list knows one."""
    shapes = _repair(read_lakes())
    seeds: list[dict[str, Any]] = yaml.safe_load((SEEDS / "lakes.yaml").read_text("utf-8"))
    ids, names = [""] * len(shapes), [""] * len(shapes)
    for seed in seeds:
        row = _lake_at(shapes, seed)
        ids[row] = seed.get("id") or f"lake:{plain_slug(seed['name'])}"
        names[row] = seed["name"]
    areas = np.array([measure_area_km2(shape) for shape in shapes])
    inner = shapely.get_coordinates(shapely.point_on_surface(shapes)).round(4)
    kept = np.array([bool(id_) for id_ in ids]) | (areas > 100)
    ids = [id_ or f"lake:at-{x:.2f}-{y:.2f}" for id_, (x, y) in zip(ids, inner, strict=True)]
    columns = pd.DataFrame(
        {
            "id": ids,
            "name": names,
            "lon": inner[:, 0],
            "lat": inner[:, 1],
            "area_km2": areas.round(1),
        }
    )[kept]
    order = np.argsort(columns["id"].to_numpy(), kind="stable")
    return write_polygons(folder, "lakes", columns.iloc[order], shapes[kept][order])


def _lake_at(shapes: NDArray[np.object_], seed: dict[str, Any]) -> int:
    """Find the lake nearest to a seed's point, within 0.3 degree; of several the largest."""
    point = shapely.Point(seed["point"])
    near = np.flatnonzero(shapely.dwithin(shapes, point, 0.3))
    here = near[shapely.intersects(shapes[near], point)]
    near = here if len(here) else near
    if not len(near):
        raise LookupError(f"no lake near {seed}")
    return int(near[np.argmax(shapely.area(shapes[near]))])


def write_chokepoints(folder: Path) -> dict[str, int]:
    """Write ``chokepoints``: hand-drawn straits and canals."""
    seeds = yaml.safe_load((SEEDS / "chokepoints.yaml").read_text("utf-8"))
    seeds.sort(key=lambda seed: seed["id"])
    columns = pd.DataFrame(
        {
            "id": [seed["id"] for seed in seeds],
            "name": [seed["name"] for seed in seeds],
            "lon": [float(seed["point"][0]) for seed in seeds],
            "lat": [float(seed["point"][1]) for seed in seeds],
        }
    )
    shapes = np.asarray([shapely.Polygon(seed["outline"]) for seed in seeds])
    if not shapely.is_valid(shapes).all():
        raise ValueError("a chokepoint's outline crosses itself")
    return write_polygons(folder, "chokepoints", columns, shapes)


def write_basemap(folder: Path, partition: Partition, names: dict[str, str]) -> dict[str, int]:
    """Write ``basemap``: countries and great lakes for drawing, two levels, both views."""
    land = (partition.table["kind"] == "country").to_numpy()
    pieces = shapely.transform(partition.polygons[land], lambda xy: xy / STEPS)
    owners = partition.table[land].reset_index(drop=True)
    rows: list[dict[str, str]] = []
    shapes: list[shapely.Geometry] = []
    for level, (tolerance, smallest) in _LEVELS.items():
        simple = np.asarray(shapely.coverage_simplify(pieces, tolerance))
        simple = np.asarray([_drop_islets(shape, smallest) for shape in simple])
        simple = _on_coarse_grid(simple)
        for view in ("de_facto", "recognised"):
            for id_ in sorted(set(owners[view])):
                mine = (owners[view] == id_).to_numpy()
                united = _polygons_only(shapely.union_all(simple[mine]))
                if not united.is_empty:
                    note = "; ".join(sorted(set(owners["contested"][mine]) - {""}))
                    rows.append(_drawn(level, view, "country", id_, names[id_], note))
                    shapes.append(united)
        for id_, name, shape in _large_lakes(tolerance):
            rows.append(_drawn(level, "", "lake", id_, name, ""))
            shapes.append(shape)
    return write_polygons(folder, "basemap", pd.DataFrame(rows), np.asarray(shapes))


def _drawn(level: str, view: str, kind: str, id_: str, *named: str) -> dict[str, str]:
    """Make a row of the basemap; `named` are its name and who contests it."""
    name, note = named
    return {
        "level": level, "view": view, "kind": kind, "id": id_, "name": name, "contested": note,
    }  # fmt: skip


def _drop_islets(shape: shapely.Geometry, smallest: float) -> shapely.Geometry:
    """Leave out islands too small to draw, but never a whole territory."""
    parts = shapely.get_parts(shape)
    area = shapely.area(parts)
    kept = area >= min(smallest, float(area.max()))
    return shapely.union_all(parts[kept])


def _on_coarse_grid(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Round to 0.01 degree, which is finer than a pixel of any drawn map."""
    rounded = shapely.set_precision(shapes, 0.01, mode="pointwise")
    fixed = np.asarray([_polygons_only(shape) for shape in shapely.make_valid(rounded)])
    empty = shapely.is_empty(fixed)
    fixed[empty] = shapes[empty]
    return fixed


def _large_lakes(tolerance: float) -> list[tuple[str, str, shapely.Geometry]]:
    """Give the named lakes that a map of the world shows."""
    seeds = yaml.safe_load((SEEDS / "lakes.yaml").read_text("utf-8"))
    shapes = _repair(read_lakes())
    found = []
    for seed in seeds:
        shape = shapes[_lake_at(shapes, seed)]
        if shape.area > tolerance * 2:
            simple = _on_coarse_grid(np.asarray([shapely.simplify(shape, tolerance)]))[0]
            found.append(
                (seed.get("id") or f"lake:{plain_slug(seed['name'])}", seed["name"], simple)
            )
    return found
