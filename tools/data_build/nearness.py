"""Give a region to places that have none, by the nearest city of their country."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from geo_events.atlas.compile import ALTERNATE
from geo_events.atlas.fold import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_build.entries import Entry

__all__ = ["give_regions"]

_KINDS = frozenset({"airport", "airbase", "port", "facility", "institution"})
_SEATS = frozenset({"PPLC", "PPLA"})
_KIND_ENDINGS = tuple("省州市县縣區区道府県都주시도현")
_FARTHEST = 80 / 6371  # 80 km, as a chord of the unit sphere


def give_regions(entries: list[Entry]) -> None:
    """Set the region of airports, bases, ports and landmarks from the nearest city.

    Only cities of the same country within 80 km count; the entries are changed in place.
    """
    cities: dict[str, list[Entry]] = defaultdict(list)
    wanting: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.row.kind == "city" and entry.row.region:
            cities[entry.row.country].append(entry)
        elif entry.row.kind in _KINDS and not entry.row.region:
            wanting[entry.row.country].append(entry)
    for country, places in wanting.items():
        if not cities[country]:
            continue
        tree = cKDTree(_directions(cities[country]))
        distances, found = tree.query(_directions(places))
        for entry, distance, number in zip(places, distances, found, strict=True):
            if distance < _FARTHEST:
                entry.row = replace(entry.row, region=cities[country][number].row.region)


def lend_names(entries: list[Entry]) -> None:
    """Give cities the names, in other languages, of the region that is named after them.

    Natural Earth names regions in 26 languages, GeoNames' short list names few cities in all of
    them. Only names of one word are lent: "Vienna" is the city's name too, "Vienna Region" not.
    """
    regions = {e.row.id: e for e in entries if e.row.kind == "region"}
    for entry in entries:
        region = regions.get(entry.row.region)
        if entry.row.kind != "city" or region is None or entry.row.feature not in _SEATS:
            continue
        own = {fold(name) for name, _ in entry.names} | {fold(entry.row.name)}
        if fold(region.row.name) in own:
            entry.add(name for name, kind in region.names if kind == ALTERNATE and _is_plain(name))


def _is_plain(name: str) -> bool:
    """Tell whether the name of a region has no word for its kind."""
    return len(fold(name).split()) == 1 and not name.endswith(_KIND_ENDINGS)


def _directions(entries: list[Entry]) -> NDArray[np.float64]:
    """Return the unit vectors of places."""
    lon, lat = np.radians(np.array([(e.row.lon, e.row.lat) for e in entries])).T
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
