"""Seas, straits and lakes of the gazetteer: the polygon tables', with names by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import yaml

from data_build.entries import SEEDS, Entry, read_seed, split_names
from geo_events.atlas.compile import PlaceRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["make_waters"]

_SOURCE = "Natural Earth 5.1"
_OCEAN_KM2 = 10_000_000
_LAYERS = (("territories", "sea"), ("lakes", "lake"), ("chokepoints", "strait"))
_TABLES = {"sea": "seas.yaml", "lake": "lakes.yaml", "strait": "chokepoints.yaml"}
_LANGUAGES = ("other", "ru", "ar", "fa", "tr", "fr", "de", "es")


def make_waters(folder: Path) -> list[Entry]:
    """Make the named seas, lakes and straits of the polygon tables, with the same ids.

    Names come from the hand-made tables of the polygons (``seas.yaml``, ``lakes.yaml``,
    ``chokepoints.yaml``) and, in further languages, from ``sea_names.csv``.

    Parameters
    ----------
    folder : Path
        Where the polygon tables are.
    """
    entries = {e.row.id: e for layer, kind in _LAYERS for e in _read_layer(folder, layer, kind)}
    for row in read_seed("sea_names.csv"):
        if row["id"] in entries:
            entries[row["id"]].names.extend(split_names(row["names"]))
        else:
            print(f"sea_names.csv: no {row['id']} among the seas")
    return list(entries.values())


def _read_layer(folder: Path, layer: str, kind: str) -> Iterator[Entry]:
    """Make the entries of one layer; waters without a name are left out."""
    path = folder / f"{layer}.parquet"
    if not path.exists():
        print(f"no {path}: its waters are left out")
        return
    key = "name" if kind == "lake" else "id"
    names = {row[key]: row for row in _read_yaml(_TABLES[kind])}
    for row in pq.read_table(path).to_pylist():
        if not row["name"] or row.get("kind", kind) != kind:
            continue
        area = row.get("area_km2") or 0
        place = PlaceRow(
            id=row["id"],
            name=row["name"],
            kind=kind,
            lon=row["lon"],
            lat=row["lat"],
            source=_SOURCE,
            weight=_weight(kind, row["name"], area),
        )
        entry = Entry(place)
        for language in _LANGUAGES:
            entry.add(str(names.get(row[key], {}).get(language) or "").split("|"))
        yield entry


def _read_yaml(file: str) -> list[dict[str, Any]]:
    """Read a hand-made table of waters."""
    path = SEEDS.parent / file
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return rows


def _weight(kind: str, name: str, area_km2: float) -> float:
    """Return the weight of a water: oceans, then seas, then bays and sounds by their area."""
    if kind == "strait":
        return 0.74
    if kind == "lake":
        return 0.64 if area_km2 > 1000 else 0.54
    if area_km2 > _OCEAN_KM2:
        return 0.90
    if re.search(r"\b(Strait|Straits|Channel|Bosporus|Dardanelles)\b", name):
        return 0.70
    if area_km2 > 100_000 or name.endswith(" Sea"):
        return 0.80
    return 0.64 if area_km2 > 5_000 else 0.56
