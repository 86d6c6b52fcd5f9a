"""Build the gazetteer: all places and all their names, into a folder of tables."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from data_build.cities import make_cities, read_cities
from data_build.countries import make_countries
from data_build.entries import Entry, read_seed, split_names
from data_build.regions import make_districts, make_regions
from data_build.seas import make_seas
from data_build.transport import make_airports, make_ports
from geo_events.atlas.compile import MAIN, NameWriter, PlaceRow, PlaceWriter
from geo_events.atlas.fold import fold

__all__ = ["build_gazetteer"]


def build_gazetteer(folder: Path) -> dict[str, int]:
    """Write ``places.cols``, ``names.marisa`` and ``names.cols`` into a folder.

    Parameters
    ----------
    folder : Path
        An existing folder that already holds the polygon tables.

    Returns
    -------
    dict of str to int
        Number of rows by file name: places, keys, places' names.
    """
    entries = _collect(folder)
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
    places.finish()
    names.finish()
    print("places by kind:", dict(sorted(Counter(e.row.kind for e in entries).items())))
    return {"places.cols": len(entries), "names.cols": count, "names.marisa": count}


def _collect(folder: Path) -> list[Entry]:
    """Make the entries of all kinds."""
    cities = read_cities()
    regions = make_regions(cities)
    return [
        *make_countries(folder),
        *regions.entries,
        *make_districts(cities, regions),
        *make_cities(cities, regions),
        *make_seas(folder),
        *make_airports(),
        *make_ports(),
        *_make_seeded(),
    ]


def _make_seeded() -> list[Entry]:
    """Make the landmarks, bases, areas and natural features that are listed by hand."""
    entries = []
    for row in read_seed("places.csv"):
        place = PlaceRow(
            id=row["id"],
            name=row["name"],
            kind=row["kind"],
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            country=row["country"],
            source="geo_events seeds",
            weight=float(row["weight"]),
        )
        entries.append(Entry(place, split_names(row["names"])))
    return entries


def _check_ids(entries: list[Entry]) -> None:
    """Refuse two places with one id."""
    counts = Counter(entry.row.id for entry in entries)
    twice = [id_ for id_, count in counts.items() if count > 1]
    if twice:
        raise ValueError(f"expected every id once; twice: {', '.join(twice[:20])}")


if __name__ == "__main__":
    import sys

    print(build_gazetteer(Path(sys.argv[1])))
