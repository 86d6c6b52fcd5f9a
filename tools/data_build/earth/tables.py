"""Write the tables of the pieces, the territories and the seas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from pyproj import Geod

from data_build.earth.limits import load_sea_seeds, sea_ids
from data_build.earth.natural_earth import STEPS, read_marine
from data_build.earth.partition import Partition, read_own_territories
from geo_events.atlas.codec import encode_polygons

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["measure_area_km2", "write_partition", "write_polygons", "write_table"]

_GEOD = Geod(ellps="WGS84")
_COLUMNS = [
    "id", "name", "kind", "iso2", "iso3", "sovereign", "parent", "lon", "lat", "area_km2",
    "in_de_facto", "in_recognised",
]  # fmt: skip


def write_table(table: pa.Table, path: Path) -> int:
    """Write a Parquet table, small and the same on every run; returns its rows."""
    pq.write_table(table, path, compression="zstd", compression_level=19, store_schema=False)
    return int(table.num_rows)


def write_polygons(
    folder: Path, name: str, columns: pd.DataFrame, polygons: NDArray[np.object_]
) -> dict[str, int]:
    """Write a polygon table and its arcs; polygons in degrees. Returns rows by file name."""
    encoded = encode_polygons(polygons)
    table = pa.Table.from_pandas(columns, preserve_index=False).replace_schema_metadata(None)
    table = table.append_column("shape", encoded.shapes)
    arcs = folder / f"{name}.arcs.parquet"
    splits = {f"{axis}.list.element": "BYTE_STREAM_SPLIT" for axis in ("dx", "dy")}
    pq.write_table(
        encoded.arcs, arcs, compression="zstd", compression_level=19,
        use_dictionary=False, column_encoding=splits, store_schema=False,
    )  # fmt: skip
    rows = write_table(table, folder / f"{name}.parquet")
    return {f"{name}.parquet": rows, arcs.name: encoded.arcs.num_rows}


def measure_area_km2(polygon: shapely.Geometry) -> float:
    """Area on the ellipsoid in square kilometres; edges are geodesics."""
    total = 0.0
    for part in shapely.get_parts(polygon):
        area, _ = _GEOD.geometry_area_perimeter(shapely.orient_polygons(part))
        total += area
    return total / 1e6


def write_partition(folder: Path, partition: Partition) -> dict[str, int]:
    """Write ``pieces`` and ``territories``; returns rows by file name."""
    polygons = shapely.transform(partition.polygons, lambda xy: xy / STEPS)
    areas = np.array([measure_area_km2(polygon) for polygon in polygons])
    territories = _make_territories(partition, polygons, areas)
    columns = partition.table.assign(area_km2=areas.round(4))
    columns.insert(0, "piece", np.arange(len(columns), dtype=np.int32))
    rows = write_polygons(folder, "pieces", columns, polygons)
    table = pa.Table.from_pandas(territories, preserve_index=False)
    count = write_table(table.replace_schema_metadata(None), folder / "territories.parquet")
    return rows | {"territories.parquet": count}


def _make_territories(
    partition: Partition, polygons: NDArray[np.object_], areas: NDArray[np.float64]
) -> pd.DataFrame:
    """One row per territory, countries by id, then seas by id."""
    table = partition.table
    attributes = _country_attributes(partition.countries) | _sea_attributes()
    marine = _marine_names()
    parents = {row.get("parent", "") for row in attributes.values() if row["kind"] == "sea"}
    used = set(table["de_facto"]) | set(table["recognised"]) | (parents - {""})
    rows = []
    for id_ in sorted(used):
        row = attributes.get(id_) or _plain_attributes(id_, marine)
        actual, official = (table[view] == id_ for view in ("de_facto", "recognised"))
        mine = (actual if actual.any() else official).to_numpy()
        row = row | {
            "area_km2": round(float(areas[mine].sum()), 3),
            "in_de_facto": bool(actual.any()),
            "in_recognised": bool(official.any()),
        }
        if row.get("lon") is None:
            row = row | _inner_point(polygons[mine])
        rows.append(row)
    return pd.DataFrame(rows)[_COLUMNS]


def _inner_point(polygons: NDArray[np.object_]) -> dict[str, float]:
    """Find a point inside the largest part."""
    parts = shapely.get_parts(polygons)
    if len(parts) == 0:
        return {"lon": 0.0, "lat": 0.0}
    point = shapely.point_on_surface(parts[int(np.argmax(shapely.area(parts)))])
    return {"lon": round(float(point.x), 4), "lat": round(float(point.y), 4)}


def _plain_attributes(id_: str, marine: dict[str, str]) -> dict[str, Any]:
    """Make the attributes of a sea that only Natural Earth names."""
    return _row(id_, marine[id_], "sea")


def _marine_names() -> dict[str, str]:
    """Read Natural Earth's names of the seas by our ids."""
    marine = read_marine()
    return dict(zip(sea_ids(marine), marine.table["name"], strict=True))


def _row(id_: str, name: str, kind: str, **more: object) -> dict[str, Any]:
    """Make a row with its blanks."""
    blank = {"iso2": "", "iso3": "", "sovereign": "", "parent": "", "lon": None, "lat": None}
    return {"id": id_, "name": name, "kind": kind} | blank | more


def _country_attributes(countries: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Names, codes and customary points of the countries, hand-made rows winning."""
    sovereigns = {
        row.SOVEREIGNT: row.id for row in countries.itertuples() if row.SOVEREIGNT == row.ADMIN
    }
    found = {}
    for row in countries.itertuples():
        own = row.id.split(":")[1]
        iso3 = row.ISO_A3_EH if own == row.ISO_A3_EH else ""
        found[row.id] = _row(
            row.id,
            row.NAME_EN,
            "country",
            iso2=row.ISO_A2_EH if iso3 else "",
            iso3=iso3,
            sovereign=sovereigns.get(row.SOVEREIGNT, row.id),
            lon=round(float(row.LABEL_X), 4),
            lat=round(float(row.LABEL_Y), 4),
        )
    for id_, hand in read_own_territories().items():
        base = found.get(id_) or _row(id_, hand["name"], "country")
        given = {key: hand[key] for key in ("iso2", "iso3", "name")}
        sovereign = hand["sovereign"] or base["sovereign"] or id_
        found[id_] = base | given | {"sovereign": sovereign}
    return found


def _sea_attributes() -> dict[str, dict[str, Any]]:
    """Names, parents and points of the seas of the hand-made list."""
    found = {}
    for seed in load_sea_seeds():
        if seed["id"]:
            lon, lat = seed.get("point", (None, None))
            found[seed["id"]] = _row(
                seed["id"], seed["name"], "sea", parent=seed.get("parent", ""), lon=lon, lat=lat
            )
    return found
