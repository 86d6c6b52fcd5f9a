"""Seas, straits and lakes of the gazetteer: the polygon tables', with names by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import yaml

from data_build.entries import SEEDS, Entry, read_seed, split_names
from geo_events.atlas.compile import PlaceRow

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["make_seas"]

_SOURCE = "Natural Earth 5.1"
_OCEAN_KM2 = 10_000_000


def make_seas(folder: Path) -> list[Entry]:
    """Make the seas of ``territories.parquet``; names from ``seas.yaml`` and ``sea_names.csv``.

    Parameters
    ----------
    folder : Path
        Where the polygon tables are.
    """
    table = pq.read_table(folder / "territories.parquet").to_pylist()
    entries = {}
    for row in table:
        if row["kind"] != "sea" or not row["name"]:
            continue
        place = PlaceRow(
            id=row["id"],
            name=row["name"],
            kind="sea",
            lon=row["lon"],
            lat=row["lat"],
            source=_SOURCE,
            weight=_weight(row["name"], row["area_km2"]),
        )
        entries[row["id"]] = Entry(place)
    _read_yaml(entries)
    for row in read_seed("sea_names.csv"):
        if row["id"] in entries:
            entries[row["id"]].names.extend(split_names(row["names"]))
        else:
            print(f"sea_names.csv: no {row['id']} among the seas")
    return list(entries.values())


def _weight(name: str, area_km2: float) -> float:
    """Return the weight of a sea: oceans, then seas, then bays and sounds by their area."""
    if area_km2 > _OCEAN_KM2:
        return 0.90
    if area_km2 > 100_000 or name.endswith(" Sea"):
        return 0.80
    return 0.62 if area_km2 > 5_000 else 0.52


def _read_yaml(entries: dict[str, Entry]) -> None:
    """Add the names in other languages that stand beside the seas' limits."""
    rows = yaml.safe_load((SEEDS.parent / "seas.yaml").read_text(encoding="utf-8"))
    for row in rows:
        entry = entries.get(row["id"])
        names = row.get("names") or {}
        if entry is None:
            continue
        values = names.values() if isinstance(names, dict) else names
        for value in values:
            entry.add([value] if isinstance(value, str) else value)
        entry.add(row.get("aliases") or [])
