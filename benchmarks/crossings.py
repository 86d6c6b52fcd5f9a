"""Crossings in bulk: geo_events against its peers, on the same tracks and borders, in one run.

Run it as ``python benchmarks/crossings.py [--tracks 2000] [--many 20000]``. Times are process
CPU time of one core; ratios are what matters. Peers that are not installed are left out
(``pip install 'geo_events[bench]'``). Peers get tracks with a vertex every 10 km
(spherely: whole, on a sphere) and countries
only; ours answers countries and seas, in order, on the ellipsoid.
"""

# ruff: noqa: ANN401 - the peers' objects have no common type

from __future__ import annotations

import argparse
import os
import resource
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from geo_events.atlas.territories import load_pieces
from geo_events.geodesy.crossings import find_stays
from geo_events.geodesy.edges import EdgeIndex, build_edge_index
from geo_events.geodesy.ellipsoid import GEOD, direct
from geo_events.geodesy.tracks import split_antimeridian

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_STEP_M = 10_000.0
_BOX_STEP_M = 100_000.0
_DEEP_M = 1.0
Pairs = dict[tuple[int, int], float]


class World(NamedTuple):
    """Territories of the de facto view: countries first, then seas."""

    polygons: np.ndarray
    n_countries: int
    index: EdgeIndex


class Tracks(NamedTuple):
    """Random tracks, evenly over the Earth between 75° south and north."""

    lon0: np.ndarray
    lat0: np.ndarray
    lon1: np.ndarray
    lat1: np.ndarray
    azimuth: np.ndarray
    length: np.ndarray


def make_tracks(count: int, low_m: float, high_m: float, seed: int) -> Tracks:
    """Draw tracks of a range of lengths."""
    rng = np.random.default_rng(seed)
    lon = rng.uniform(-180, 180, count)
    lat = np.degrees(np.arcsin(rng.uniform(-1, 1, count) * np.sin(np.radians(75))))
    azimuth, length = rng.uniform(-180, 180, count), rng.uniform(low_m, high_m, count)
    end = direct(lon, lat, azimuth, length)
    return Tracks(lon, lat, end[0], end[1], azimuth, length)


def load_world() -> World:
    """Unite the pieces to the territories of one view and index them."""
    pieces = load_pieces()
    owner = pieces.territory_of("de_facto")
    names = np.array(pieces.kinds)[: owner.max() + 1]
    order = [*np.nonzero(names == "country")[0], *np.nonzero(names != "country")[0]]
    held = [k for k in order if (owner == k).any()]
    polygons = np.empty(len(held), dtype=object)
    for row, number in enumerate(held):
        polygons[row] = shapely.coverage_union_all(pieces.polygons[owner == number])
    n_countries = sum(names[k] == "country" for k in held)
    began = time.process_time()
    index = build_edge_index(polygons)
    print(f"{len(held)} territories, {n_countries} of them countries, {len(index.edges):,} edges; ")
    print(f"index built in {time.process_time() - began:.2f} s, partition: {index.is_partition}")
    return World(polygons, n_countries, index)


def cpu_seconds(task: Callable[[], Any], repeat: int = 1) -> tuple[float, Any]:
    """Best CPU time of some runs, and the last result."""
    best = np.inf
    for _ in range(repeat):
        began = time.process_time()
        result = task()
        best = min(best, time.process_time() - began)
    return best, result


def run_ours(world: World, tracks: Tracks, kernel: Any) -> Any:
    """Find the ordered stays."""
    return find_stays(
        world.index, tracks.lon0, tracks.lat0, tracks.lon1, tracks.lat1, kernel=kernel
    )


def densify(tracks: Tracks, step_m: float = _STEP_M) -> tuple[np.ndarray, np.ndarray]:
    """Draw lon/lat lines with a vertex every 10 km, cut at ±180°; with their track numbers."""
    pieces = np.maximum(np.ceil(tracks.length / step_m), 1).astype(int) + 1
    owner = np.repeat(np.arange(len(pieces)), pieces)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    along = step * (tracks.length / (pieces - 1))[owner]
    lon, lat, _ = direct(tracks.lon0[owner], tracks.lat0[owner], tracks.azimuth[owner], along)
    lines = shapely.linestrings(lon, lat, indices=owner)
    jumps = np.unique(owner[1:][(np.abs(np.diff(lon)) > 180) & (np.diff(owner) == 0)])
    for row in jumps:
        lines[row] = split_antimeridian(lines[row])
    parts, owner = shapely.get_parts(lines, return_index=True)
    return parts, owner


def add_up(track: np.ndarray, unit: np.ndarray, metres: np.ndarray) -> Pairs:
    """Inside length by pair of track and country."""
    pairs: Pairs = {}
    for key, length in zip(zip(track.tolist(), unit.tolist(), strict=True), metres, strict=True):
        pairs[key] = pairs.get(key, 0.0) + float(length)
    return pairs


def measure_lengths(geometries: np.ndarray) -> np.ndarray:
    """Geodesic lengths of lines; other parts count nothing."""
    return np.array([GEOD.geometry_length(_lines_of(g)) for g in geometries])


def _lines_of(geometry: Any) -> Any:
    """Lines of a collection."""
    if geometry.geom_type != "GeometryCollection":
        return geometry
    parts = [p for p in shapely.get_parts(geometry) if "Line" in p.geom_type]
    return shapely.union_all(parts) if parts else shapely.LineString()


def run_overlay(world: World, tracks: Tracks) -> Pairs:
    """geopandas.overlay of 10 km lines with countries, and geodesic lengths."""
    import geopandas as gpd

    lines, owner = densify(tracks)
    left = gpd.GeoDataFrame({"track": owner}, geometry=lines, crs=4326)
    right = gpd.GeoDataFrame(
        {"unit": np.arange(world.n_countries)},
        geometry=world.polygons[: world.n_countries],
        crs=4326,
    )
    met = gpd.overlay(left, right, how="intersection", keep_geom_type=True)
    lengths = measure_lengths(met.geometry.to_numpy())
    return add_up(met["track"].to_numpy(), met["unit"].to_numpy(), lengths)


def subdivide(polygon: Any, most: int = 256) -> list[Any]:
    """Cut a polygon in halves until each part has few vertices."""
    if shapely.get_num_coordinates(polygon) <= most:
        return [polygon]
    west, south, east, north = polygon.bounds
    if east - west > north - south:
        middle = (west + east) / 2
        boxes = [(west, south, middle, north), (middle, south, east, north)]
    else:
        middle = (south + north) / 2
        boxes = [(west, south, east, middle), (west, middle, east, north)]
    halves = [shapely.clip_by_rect(polygon, *box) for box in boxes]
    parts = [part for half in halves for part in shapely.get_parts(half)]
    return [cut for part in parts if part.geom_type == "Polygon" for cut in subdivide(part, most)]


def make_subdivided(world: World) -> tuple[shapely.STRtree, np.ndarray, np.ndarray]:
    """Prepare small parts of countries and a tree over them."""
    parts, owner = [], []
    for number, country in enumerate(world.polygons[: world.n_countries]):
        cut = [c for part in shapely.get_parts(country) for c in subdivide(part)]
        parts += cut
        owner += [number] * len(cut)
    small = np.array(parts, dtype=object)
    shapely.prepare(small)
    return shapely.STRtree(small), small, np.array(owner)


def run_subdivided(made: Any, tracks: Tracks) -> Pairs:
    """Shapely on subdivided countries behind an STRtree."""
    tree, small, unit = made
    lines, owner = densify(tracks)
    line, part = tree.query(lines, predicate="intersects")
    met = shapely.intersection(lines[line], small[part])
    return add_up(owner[line], unit[part], measure_lengths(met))


def run_spherely(made: Any, tracks: Tracks) -> Pairs:
    """Spherely (S2) behind a bounding-box filter; two-vertex lines, on a sphere."""
    import spherely

    geographies, known, tree = made
    ends = np.stack([np.c_[tracks.lon0, tracks.lat0], np.c_[tracks.lon1, tracks.lat1]], axis=1)
    drawn = spherely.from_wkb(shapely.to_wkb(shapely.linestrings(ends)))
    lines, owner = densify(tracks, _BOX_STEP_M)
    line, unit = tree.query(lines)
    pairs = np.unique(np.stack([owner[line], unit], axis=1), axis=0)
    pairs = pairs[np.isin(pairs[:, 1], known)]
    shapes = geographies[np.searchsorted(known, pairs[:, 1])]
    hit = spherely.intersects(drawn[pairs[:, 0]], shapes)
    met = spherely.intersection(drawn[pairs[hit, 0]], shapes[hit])
    return add_up(pairs[hit, 0], pairs[hit, 1], spherely.length(met))


def make_spherely(world: World) -> tuple[np.ndarray, np.ndarray, shapely.STRtree]:
    """Turn countries into S2 geographies, as far as it accepts them."""
    import spherely

    made, known = [], []
    for number, country in enumerate(world.polygons[: world.n_countries]):
        dense = shapely.segmentize(country, 0.5)
        try:
            made.append(spherely.from_wkb(np.array([shapely.to_wkb(dense)], dtype=object))[0])
        except (RuntimeError, ValueError) as error:
            print(f"  spherely refuses country {number}: {str(error)[:60]}")
        else:
            known.append(number)
    geographies = np.array(made, dtype=object)
    spherely.prepare(geographies)
    return geographies, np.array(known), shapely.STRtree(world.polygons[: world.n_countries])


def connect_duckdb(world: World) -> Any:
    """Open DuckDB with its spatial extension from a wheel, one thread."""
    import duckdb
    import duckdb_extension_spatial as wheel

    found = sorted(Path(next(iter(wheel.__path__))).rglob("*.duckdb_extension"))
    db = duckdb.connect(config={"allow_unsigned_extensions": "true", "threads": 1})
    db.execute(f"load '{found[0]}'")
    countries = table_of("unit", np.arange(world.n_countries), world.polygons[: world.n_countries])
    db.register("raw_countries", countries)
    db.execute("create table countries as select unit, st_geomfromwkb(w) p from raw_countries")
    return db


def table_of(name: str, numbers: np.ndarray, geometries: np.ndarray) -> Any:
    """Arrow table of numbers and WKB."""
    import pyarrow as pa

    return pa.table({name: numbers, "w": pa.array(shapely.to_wkb(geometries), pa.binary())})


def run_duckdb(db: Any, tracks: Tracks) -> Pairs:
    """DuckDB spatial: join, intersection, spheroidal length."""
    lines, owner = densify(tracks)
    db.register("raw_lines", table_of("track", owner, lines))
    db.execute("create or replace table lines as select track, st_geomfromwkb(w) l from raw_lines")
    rows = db.execute(
        "select track, unit, st_aswkb(st_intersection(l, p)) w from lines join countries "
        "on st_intersects(l, p)"
    ).fetchnumpy()
    met = shapely.from_wkb(np.array([bytes(w) for w in rows["w"]], dtype=object))
    return add_up(rows["track"], rows["unit"], measure_lengths(met))


def connect_sedona(world: World) -> Any:
    """Open SedonaDB, one thread."""
    os.environ["RAYON_NUM_THREADS"] = os.environ["TOKIO_WORKER_THREADS"] = "1"
    import sedonadb

    sd = sedonadb.connect()
    countries = table_of("unit", np.arange(world.n_countries), world.polygons[: world.n_countries])
    sd.create_data_frame(countries).to_view("countries", overwrite=True)
    return sd


def run_sedona(sd: Any, tracks: Tracks) -> Pairs:
    """SedonaDB, planar: join and intersection."""
    lines, owner = densify(tracks)
    sd.create_data_frame(table_of("track", owner, lines)).to_view("lines", overwrite=True)
    table = sd.sql(
        "select track, unit, ST_AsBinary(ST_Intersection(l, p)) w from "
        "(select track, ST_GeomFromWKB(w) l from lines) a join "
        "(select unit, ST_GeomFromWKB(w) p from countries) b on ST_Intersects(a.l, b.p)"
    ).to_arrow_table()
    met = shapely.from_wkb(np.array(table["w"].to_pylist(), dtype=object))
    return add_up(table["track"].to_numpy(), table["unit"].to_numpy(), measure_lengths(met))


def peers(world: World) -> Iterator[tuple[str, Callable[[Tracks], Pairs]]]:
    """Yield each peer that is installed, ready to run."""
    yield "geopandas.overlay", lambda tracks: run_overlay(world, tracks)
    made = make_subdivided(world)
    yield "shapely subdivided + STRtree", lambda tracks: run_subdivided(made, tracks)
    for name, make, run in (
        ("spherely behind boxes", make_spherely, run_spherely),
        ("DuckDB spatial", connect_duckdb, run_duckdb),
        ("SedonaDB planar", connect_sedona, run_sedona),
    ):
        try:
            ready = make(world)
        except ImportError as error:
            print(f"  {name}: not installed ({error})")
            continue
        yield name, lambda tracks, run=run, ready=ready: run(ready, tracks)


def judge(world: World, tracks: Tracks, ours: Pairs, theirs: Pairs) -> str:
    """Say where answers differ, and who is right by points on the geodesic every 50 m."""
    only = [("ours", k) for k in ours if k not in theirs and ours[k] > _DEEP_M]
    only += [("theirs", k) for k in theirs if k not in ours and theirs[k] > _DEEP_M]
    right = 0
    for who, (track, unit) in only[:40]:
        along = np.arange(0, tracks.length[track], 50.0)
        start = tracks.lon0[track], tracks.lat0[track], tracks.azimuth[track]
        lon, lat, _ = direct(*start, along)
        inside = shapely.contains_xy(world.polygons[unit], lon, lat).any()
        right += inside == (who == "ours")
    shared = np.array([abs(ours[k] - theirs[k]) for k in ours if k in theirs])
    return (
        f"{len(only)} pairs differ, ours right in {right} of {min(len(only), 40)} judged; "
        f"lengths differ by {np.median(shared):.1f} m median, {shared.max():.0f} m at most"
    )


def compare(world: World, count: int, many: int) -> None:
    """Print the table of speeds and ratios."""
    large, small = make_tracks(many, 5e5, 3e6, 5), make_tracks(count, 5e5, 3e6, 6)
    speed = {}
    for kernel in ("numpy", "numba"):
        try:
            run_ours(world, small, kernel)
        except ImportError:
            continue
        seconds, _ = cpu_seconds(lambda kernel=kernel: run_ours(world, large, kernel), 3)
        speed[kernel] = many / seconds
        print(f"geo_events, {kernel:<22} {speed[kernel]:>10,.0f} tracks/s")
    stays = run_ours(world, small, "numpy")
    land = stays.unit < world.n_countries
    ours = add_up(stays.track[land], stays.unit[land], (stays.leave_m - stays.enter_m)[land])
    for name, run in peers(world):
        seconds, theirs = cpu_seconds(lambda run=run: run(small))
        rate = count / seconds
        ratios = ", ".join(f"{kernel} {own / rate:,.0f}x" for kernel, own in speed.items())
        print(f"{name:<34} {rate:>10,.0f} tracks/s; ours is faster: {ratios}")
        print(f"    {judge(world, small, ours, theirs)}")


def growth(world: World) -> None:
    """Print how time grows with the number and length of tracks, and the memory of many."""
    one = make_tracks(1, 1.5e6, 1.6e6, 1)
    run_ours(world, one, "numpy")
    seconds, _ = cpu_seconds(lambda: [run_ours(world, one, "auto") for _ in range(100)])
    print(f"one query, loaded: {seconds * 10:.2f} ms")
    for low, high in ((1e5, 5e5), (5e5, 3e6), (3e6, 1e7), (1e7, 1.9e7)):
        tracks = make_tracks(10_000, low, high, 2)
        seconds, _ = cpu_seconds(lambda tracks=tracks: run_ours(world, tracks, "auto"), 2)
        print(f"{low / 1e6:g}-{high / 1e6:g} thousand km: {10_000 / seconds:>10,.0f} tracks/s")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for count in (10_000, 100_000, 1_000_000):
        tracks = make_tracks(count, 5e5, 3e6, 3)
        seconds, stays = cpu_seconds(lambda tracks=tracks: run_ours(world, tracks, "auto"))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(
            f"{count:>9,} tracks: {count / seconds:>10,.0f} tracks/s, {len(stays):>9,} stays; "
            f"peak of the process {peak / 1024:,.0f} MB (before {before / 1024:,.0f} MB)"
        )


def main() -> None:
    """Run the whole comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracks", type=int, default=2_000, help="for the peers")
    parser.add_argument("--many", type=int, default=20_000, help="for ours")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    world = load_world()
    growth(world)
    compare(world, options.tracks, options.many)


if __name__ == "__main__":
    main()
