"""Build the gazetteer: all places and all their names, into a folder of tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from data_build.cities import make_cities, read_cities
from data_build.countries import make_countries
from data_build.entries import Entry, read_seed, split_names
from data_build.nearness import give_regions, lend_names
from data_build.regions import make_districts, make_regions
from data_build.seas import make_waters
from data_build.transport import make_airports, make_ports
from geo_events.atlas.bundle import find_data_folder
from geo_events.atlas.compile import ALTERNATE, CODE, MAIN, NameWriter, PlaceRow, PlaceWriter
from geo_events.atlas.fold import fold

__all__ = ["build_gazetteer"]


def build_gazetteer(folder: Path) -> dict[str, int]:
    """Write ``places.cols``, ``names.marisa`` and ``names.cols`` into a folder.

    Parameters
    ----------
    folder : Path
        An existing folder. The polygon tables are read from it, or from the embedded tables when
        it has none.

    Returns
    -------
    dict of str to int
        Number of rows by file name: places, keys, places' names.
    """
    here = (folder / "territories.parquet").is_file()
    entries, codes = _collect(folder if here else find_data_folder())
    entries.sort(key=lambda e: (fold(e.row.name), e.row.id))
    _check_ids(entries)
    places, names = PlaceWriter(folder), NameWriter(folder)
    count = 0
    for entry in entries:
        row = places.add(entry.row)
        pairs = {(fold(name), kind) for name, kind in [(entry.row.name, MAIN), *entry.names]}
        for key, kind in sorted(pairs):
            names.add(key, row, kind)
            count += 1
    places.notes["admin1"] = codes
    places.finish(planes=True)
    names.finish(planes=True)
    print("places by kind:", dict(sorted(Counter(e.row.kind for e in entries).items())))
    return {"places.cols": len(entries), "names.cols": count, "names.marisa": count}


_SEEDED = ("institutions.csv", "bases.csv", "areas.csv", "natural.csv")
_WATERS = frozenset({"lake", "strait"})


def _collect(folder: Path) -> tuple[list[Entry], dict[str, str]]:
    """Make the entries of all kinds; also which region a GeoNames admin-1 code stands for."""
    cities = read_cities()
    regions = make_regions(cities)
    entries = [
        *make_countries(folder),
        *regions.entries,
        *make_districts(cities, regions),
        *make_cities(cities, regions),
        *make_waters(folder),
        *make_airports(),
        *make_ports(),
    ]
    lend_names(entries)
    _add_seeded(entries)
    _add_further_names(entries)
    _set_reference_points(entries)
    give_regions(entries)
    return entries, regions.by_code


def _add_seeded(entries: list[Entry]) -> None:
    """Add the landmarks, bases, areas and natural features that are listed by hand.

    One that is there already (an airfield by its code, a lake or strait by its name) gives its
    weight and names to the entry that is there.
    """
    known = {entry.row.id: entry for entry in entries}
    waters = {fold(e.row.name): e for e in entries if e.row.kind in _WATERS | {"sea"}}
    for file in _SEEDED:
        for row in read_seed(file):
            names = split_names(row["names"])
            codes = [f"airport:{name}" for name, kind in names if kind == CODE]
            there = next((known[i] for i in [row["id"], *codes] if i in known), None)
            if there is None and row["kind"] in _WATERS:
                keys = [fold(name) for name in [row["name"], *(n for n, _ in names)]]
                there = next((waters[key] for key in keys if key in waters), None)
            if there is None:
                entries.append(Entry(_seeded_row(row), names))
                continue
            there.names.extend([*names, (row["name"], ALTERNATE), (there.row.name, ALTERNATE)])
            weight = max(there.row.weight, float(row["weight"]))
            there.row = replace(there.row, weight=weight)
            if row["kind"] not in _WATERS:
                there.row = replace(there.row, name=row["name"], kind=row["kind"])


def _add_further_names(entries: list[Entry]) -> None:
    """Add the names in further languages that are listed by the id of their place."""
    known = {entry.row.id: entry for entry in entries}
    for row in read_seed("further_names.csv"):
        entry = known.get(row["id"])
        if entry is None:
            print(f"further_names.csv: no {row['id']} in the gazetteer")
            continue
        entry.names.extend(split_names(row["names"]))


def _set_reference_points(entries: list[Entry]) -> None:
    """Move regions, seas and areas to their customary points, which are listed by hand."""
    known = {entry.row.id: entry for entry in entries}
    for row in read_seed("reference_points.csv"):
        entry = known.get(row["id"])
        if entry is None:
            print(f"reference_points.csv: no {row['id']} in the gazetteer")
            continue
        entry.row = replace(entry.row, lon=float(row["lon"]), lat=float(row["lat"]))


def _seeded_row(row: dict[str, str]) -> PlaceRow:
    """Make the row of a hand-made place."""
    return PlaceRow(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        country=row["country"],
        region=row.get("region") or "",
        source="geo_events seeds",
        weight=float(row["weight"]),
    )


def _check_ids(entries: list[Entry]) -> None:
    """Refuse two places with one id."""
    counts = Counter(entry.row.id for entry in entries)
    twice = [id_ for id_, count in counts.items() if count > 1]
    if twice:
        raise ValueError(f"expected every id once; twice: {', '.join(twice[:20])}")


if __name__ == "__main__":
    import sys

    print(build_gazetteer(Path(sys.argv[1])))
