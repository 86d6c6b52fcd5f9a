"""How fast points are located, beside geopandas.sjoin, and how fast the tables open.

Run with ``python benchmarks/atlas_locate.py``; prints one line per measure;
rates are points per processor second, so of one core.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np

from geo_events.atlas.atlas import load_atlas
from geo_events.atlas.bundle import Bundle, find_data_folder
from geo_events.atlas.locate import find_pieces, locate
from geo_events.atlas.territories import load_pieces

if TYPE_CHECKING:
    from collections.abc import Callable

POINTS = 200_000
FEWER = 20_000


def clock(work: Callable[[], object]) -> float:
    """Processor seconds of one run, the best of three: other work on the machine counts little."""
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def draw_points(count: int) -> gpd.GeoDataFrame:
    """Points uniform on the sphere."""
    draw = np.random.default_rng(1)
    lon = draw.uniform(-180, 180, count)
    lat = np.degrees(np.arcsin(draw.uniform(-1, 1, count)))
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326")


def draw_places(count: int) -> gpd.GeoDataFrame:
    """Points where people live: drawn from the gazetteer."""
    places = load_atlas().places
    return places.sample(count, random_state=1)[["geometry"]].reset_index(drop=True)


def main() -> None:
    """Measure and print."""
    start = time.perf_counter()
    bundle = Bundle(find_data_folder())
    for name in bundle.files:
        bundle.path(name)
    print(f"verify all {len(bundle.files)} files: {time.perf_counter() - start:.3f} s")
    start = time.perf_counter()
    load_pieces()
    print(f"load the pieces: {time.perf_counter() - start:.2f} s")
    start = time.perf_counter()
    locate(draw_points(10))
    print(f"first locate (builds its grids): {time.perf_counter() - start:.2f} s")
    pieces = gpd.GeoDataFrame(geometry=load_pieces().polygons, crs="EPSG:4326")
    for label, points, fewer in (
        ("uniform on the sphere", draw_points(POINTS), draw_points(FEWER)),
        ("where people live", draw_places(POINTS), draw_places(FEWER)),
    ):
        lon, lat = points.geometry.x.to_numpy(), points.geometry.y.to_numpy()
        bare = POINTS / clock(lambda lon=lon, lat=lat: find_pieces(lon, lat))  # type: ignore[misc]
        full = POINTS / clock(lambda p=points: locate(p))  # type: ignore[misc]
        join = FEWER / clock(lambda p=fewer: gpd.sjoin(p, pieces, predicate="within"))  # type: ignore[misc]
        print(f"{label}: territory alone {bare:,.0f}/s; locate {full:,.0f}/s; sjoin {join:,.0f}/s")
        locate(fewer, distances=True)
        far = FEWER / clock(lambda p=fewer: locate(p, distances=True))  # type: ignore[misc]
        print(f"{label}: with distances {far:,.0f}/s")


if __name__ == "__main__":
    main()
