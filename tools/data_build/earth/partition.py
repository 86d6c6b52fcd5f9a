"""Cut the Earth into pieces: countries in both views, contested areas, seas."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely
import yaml

from data_build.earth.limits import label_seas, sea_limits
from data_build.earth.linework import cut_faces, edges_of, label_faces, lines_of, world_box
from data_build.earth.natural_earth import (
    SEEDS,
    STEPS,
    RingLayer,
    layer_of,
    read_de_facto,
    read_marine,
    read_recognised,
    read_regions,
)
from data_build.ids import country_id

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["SEEDS", "Partition", "build_partition", "read_own_territories"]


THIN = 30.0
"""Faces that vanish when shrunk by this many steps (0.003 degree) are slivers."""

_OWN_NAMES = {
    "Somaliland": "country:SOL",
    "Northern Cyprus": "country:CYN",
    "Cyprus No Mans Area": "country:CNM",
    "Siachen Glacier": "country:IND",
    "Southern Patagonian Ice Field": "country:SPI",
    "Bajo Nuevo Bank (Petrel Is.)": "country:BJN",
    "Serranilla Bank": "country:SER",
    "Baykonur Cosmodrome": "country:KAZ",
}
_SPLITS = {
    "GUF": "GUF", "MTQ": "MTQ", "GLP": "GLP", "REU": "REU", "MYT": "MYT", "NSV": "SJM",
    "NJM": "SJM", "BVT": "BVT", "TKL": "TKL", "CCK": "CCK", "CXR": "CXR",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """The pieces: one row per piece, polygons in grid steps.

    Parameters
    ----------
    table : DataFrame
        Columns `de_facto`, `recognised`, `contested`, `kind`.
    polygons : ndarray of shapely polygons
        In grid steps, a valid coverage of the whole map.
    countries : DataFrame
        Natural Earth's attributes of the countries, with `id`.
    """

    table: pd.DataFrame
    polygons: NDArray[np.object_]
    countries: pd.DataFrame


@dataclass(slots=True, eq=False)
class _Faces:
    """The faces while they are being labelled."""

    polygons: NDArray[np.object_]
    points: NDArray[np.object_]
    recognised: NDArray[np.object_]
    de_facto: NDArray[np.object_]
    contested: NDArray[np.object_]


def build_partition() -> Partition:
    """Cut, label and merge; the result is the same on every run."""
    official, actual, marine = read_recognised(), read_de_facto(), read_marine()
    contested = yaml.safe_load((SEEDS / "contested.yaml").read_text(encoding="utf-8"))
    regions = read_regions()
    polygons = _cut_earth(official, actual, marine, _cut_rings(contested, regions))
    countries = official.table.assign(id=[country_id(code) for code in official.table["ADM0_A3"]])
    faces = _label_countries(polygons, official, actual, countries)
    _split_dependencies(faces, regions)
    _label_contested(faces, contested, regions)
    _settle_slivers(faces)
    seas = label_seas(faces.polygons, faces.recognised == "", marine)
    faces.recognised = np.where(seas != "", seas, faces.recognised)
    faces.de_facto = np.where(seas != "", seas, faces.de_facto)
    return _merge(faces, countries)


def _cut_earth(
    official: RingLayer, actual: RingLayer, marine: RingLayer, extra: list[NDArray[np.int64]]
) -> NDArray[np.object_]:
    """Cut the map along all borders, coasts, hand-made outlines and limits of seas."""
    edges, _ = edges_of(official.rings + actual.rings)
    known = {edge.tobytes() for edge in edges}
    added, _ = edges_of(extra)
    added = np.array([edge for edge in added if edge.tobytes() not in known])
    frame = shapely.get_exterior_ring(world_box())
    land = np.concatenate([lines_of(edges), lines_of(added)])
    limits = sea_limits(marine, official)
    return cut_faces(np.concatenate([land, limits, [frame]]))


def _cut_rings(
    contested: list[dict[str, Any]], regions: tuple[pd.DataFrame, NDArray[np.object_]]
) -> list[NDArray[np.int64]]:
    """Rings of the contested areas that cut a country."""
    rings = []
    for entry in contested:
        rings += _area_layer(entry, regions).rings
    return rings


def _area_layer(
    entry: dict[str, Any], regions: tuple[pd.DataFrame, NDArray[np.object_]]
) -> RingLayer:
    """One contested area as a layer with one owner; empty when it cuts nothing."""
    table, shapes = regions
    if "regions" in entry:
        known = table["iso_3166_2"].isin(entry["regions"]) | table["adm1_code"].isin(
            entry["regions"]
        )
        missing = set(entry["regions"]) - set(table["iso_3166_2"]) - set(table["adm1_code"])
        if missing:
            raise LookupError(f"{entry['id']}: no regions {sorted(missing)}")
        chosen = shapes[known.to_numpy()]
    elif "outline" in entry:
        chosen = np.array([shapely.Polygon(entry["outline"])])
    else:
        chosen = np.array([], dtype=object)
    return layer_of(np.asarray(chosen), pd.DataFrame({"id": [entry["id"]] * len(chosen)}))


def _label_countries(
    polygons: NDArray[np.object_], official: RingLayer, actual: RingLayer, countries: pd.DataFrame
) -> _Faces:
    """Say whose each face is in both editions; where one is silent on land, take the other."""
    points = np.asarray(shapely.point_on_surface(polygons))
    row, other = label_faces(points, official), label_faces(points, actual)
    ids = np.array([*countries["id"], ""], dtype=object)
    other_ids = np.array([*_match_names(polygons, row, other, actual, ids), ""], dtype=object)
    recognised, de_facto = ids[row], other_ids[other]
    recognised = np.where(recognised == "", de_facto, recognised)
    de_facto = np.where(de_facto == "", recognised, de_facto)
    blank = np.full(len(polygons), "", dtype=object)
    faces = _Faces(polygons, points, recognised, de_facto, blank)
    _fill_holes(faces, row == -1)
    return faces


def _match_names(
    polygons: NDArray[np.object_],
    row: NDArray[np.int64],
    other: NDArray[np.int64],
    actual: RingLayer,
    ids: NDArray[np.object_],
) -> list[str]:
    """Find our id of each row of the default edition: by name, else by the greatest overlap."""
    shared: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for a, b, size in zip(row, other, shapely.area(polygons), strict=True):
        if a >= 0 and b >= 0:
            shared[int(b)][str(ids[a])] += float(size)
    found = []
    for number, name in enumerate(actual.table["name"]):
        own = _OWN_NAMES.get(name)
        overlaps = shared.get(number)
        if own is None and not overlaps:
            raise LookupError(f"{name!r} of the default edition overlaps no recognised country")
        found.append(own or max(overlaps, key=overlaps.__getitem__))
    return found


def _fill_holes(faces: _Faces, hole: NDArray[np.bool_]) -> None:
    """Give the holes of the recognised edition to whom the hand-made list says."""
    entries = yaml.safe_load((SEEDS / "contested.yaml").read_text(encoding="utf-8"))
    large = shapely.area(faces.polygons) > 100 * 100 * 100  # 0.01 square degree
    for entry in entries:
        if "hole" in entry:
            mine = hole & large & (faces.de_facto == entry["hole"])
            if not mine.any():
                raise LookupError(f"{entry['id']}: no hole held by {entry['hole']}")
            faces.recognised[mine] = entry["recognised"]
            faces.contested[mine] = entry["text"]


def _split_dependencies(faces: _Faces, regions: tuple[pd.DataFrame, NDArray[np.object_]]) -> None:
    """Give islands and provinces with a code of their own to themselves, not their sovereign."""
    table, shapes = regions
    code = table["gu_a3"].map(_SPLITS)
    code = code.where(~table["iso_3166_2"].str.startswith("NL-BQ"), "BES")
    code = code.where(table["name"] != "Jan Mayen", "SJM")
    chosen = code.notna().to_numpy()
    layer = layer_of(shapes[chosen], table[chosen].reset_index(drop=True))
    owner = label_faces(faces.points, layer)
    codes = np.array([*code[chosen], ""], dtype=object)
    near = _nearest_owner(faces, layer, owner)
    ids = np.array([f"country:{c}" if c else "" for c in codes[near]], dtype=object)
    sovereign = {"country:FRA", "country:NOR", "country:NZL", "country:IOA", "country:NLD"}
    split = (ids != "") & np.isin(faces.recognised, list(sovereign))
    faces.recognised[split] = ids[split]
    faces.de_facto[split] = ids[split]


def _nearest_owner(faces: _Faces, layer: RingLayer, owner: NDArray[np.int64]) -> NDArray[np.int64]:
    """Let islets that miss their region's polygon by less than 0.2 degree join it."""
    rings = np.asarray([shapely.Polygon(ring) for ring in layer.rings])
    missing = np.flatnonzero(owner == -1)
    islet = missing[shapely.area(faces.polygons[missing]) < 1e6]
    found, ring = shapely.STRtree(rings).query_nearest(
        faces.points[islet], max_distance=0.2 * STEPS, all_matches=False
    )
    owner = owner.copy()
    owner[islet[found]] = layer.owner[ring]
    return owner


def _label_contested(
    faces: _Faces,
    contested: list[dict[str, Any]],
    regions: tuple[pd.DataFrame, NDArray[np.object_]],
) -> None:
    """Write who contests each face; the first entry that fits wins."""
    for entry in contested:
        fits = _entry_mask(faces, entry, regions) & (faces.contested == "")
        faces.contested[fits] = entry["text"]


def _entry_mask(
    faces: _Faces, entry: dict[str, Any], regions: tuple[pd.DataFrame, NDArray[np.object_]]
) -> NDArray[np.bool_]:
    """Faces that an entry of the list means."""
    if "pair" in entry:
        official, actual = entry["pair"]
        return (faces.recognised == official) & (faces.de_facto == actual)
    if "territory" in entry:
        return (faces.recognised == entry["territory"]) | (faces.de_facto == entry["territory"])
    if "hole" in entry:
        return np.zeros(len(faces.polygons), dtype=bool)
    if "box" in entry:
        xy = shapely.get_coordinates(faces.points) / STEPS
        west, south, east, north = entry["box"]
        inside = (xy[:, 0] > west) & (xy[:, 0] < east) & (xy[:, 1] > south) & (xy[:, 1] < north)
    else:
        inside = label_faces(faces.points, _area_layer(entry, regions)) >= 0
    owner = entry.get("owner")
    owned = faces.de_facto == owner if owner else faces.de_facto != ""
    return inside & owned


def _settle_slivers(faces: _Faces) -> None:
    """Give slivers to a neighbour: their labels come from tiny differences of the sources."""
    land = faces.recognised != ""
    thin = np.asarray(shapely.is_empty(shapely.buffer(faces.polygons, -THIN, quad_segs=1)))
    tree = shapely.STRtree(faces.polygons)
    whole = ~thin
    for number in np.flatnonzero(thin):
        neighbours = _neighbours(faces, tree, int(number))
        if not land[number]:
            _settle_gap(faces, int(number), neighbours)
        else:
            _settle_label(faces, int(number), [n for n in neighbours if whole[n]])


def _neighbours(faces: _Faces, tree: shapely.STRtree, number: int) -> list[int]:
    """Neighbours of a face that share a line with it, the longest line first."""
    polygon = faces.polygons[number]
    near = [int(n) for n in tree.query(polygon, predicate="touches") if n != number]
    length = shapely.length(
        shapely.intersection(shapely.boundary(polygon), shapely.boundary(faces.polygons[near]))
    )
    ranked = sorted(zip(-length, near, strict=True))
    return [n for size, n in ranked if size < 0]


def _settle_gap(faces: _Faces, number: int, neighbours: list[int]) -> None:
    """Close a gap between countries; slivers of water stay water."""
    if neighbours and all(faces.recognised[n] != "" for n in neighbours):
        _copy_labels(faces, neighbours[0], number)


def _settle_label(faces: _Faces, number: int, neighbours: list[int]) -> None:
    """Let a sliver of land follow the longest whole neighbour with the same recognised owner."""
    for neighbour in neighbours:
        if faces.recognised[neighbour] == faces.recognised[number]:
            _copy_labels(faces, neighbour, number)
            return


def _copy_labels(faces: _Faces, source: int, target: int) -> None:
    """Copy a face's labels to another."""
    faces.recognised[target] = faces.recognised[source]
    faces.de_facto[target] = faces.de_facto[source]
    faces.contested[target] = faces.contested[source]


def _merge(faces: _Faces, countries: pd.DataFrame) -> Partition:
    """Unite the faces with the same labels to pieces, countries before seas, by id."""
    table = pd.DataFrame(
        {
            "de_facto": faces.de_facto,
            "recognised": faces.recognised,
            "contested": faces.contested,
        }
    )
    groups = sorted(table.groupby(["de_facto", "recognised", "contested"]).indices.items())
    polygons = [shapely.coverage_union_all(faces.polygons[rows]) for _, rows in groups]
    merged = pd.DataFrame([key for key, _ in groups], columns=list(table.columns))
    merged["kind"] = ["sea" if id_.startswith("sea:") else "country" for id_ in merged["de_facto"]]
    return Partition(merged, np.asarray(polygons), countries)


def read_own_territories() -> dict[str, dict[str, str]]:
    """Read the hand-made rows of `seeds/territories.csv` by id."""
    with (SEEDS / "territories.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}
