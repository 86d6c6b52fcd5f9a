"""Import a GeoNames dump: the embedded tables, with all its places and names added.

Everything streams: lines are read one by one, columns grow on disk, names are compiled shard by
shard. The finished folder takes the target's place in one step.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geo_events.atlas.bundle import find_data_folder, manifest_checksum, open_bundle
from geo_events.atlas.compile import (
    ALTERNATE,
    CODE,
    MAIN,
    NAMES_FILE,
    PLACES_FILE,
    WEAK,
    NameWriter,
    PlaceRow,
    PlaceWriter,
)
from geo_events.atlas.dump import Rejects, read_alternate_names, read_places
from geo_events.atlas.fold import fold
from geo_events.atlas.names import load_name_index
from geo_events.atlas.prominence import estimate_weight
from geo_events.atlas.records import Gazetteer, load_gazetteer
from geo_events.disk import sha256_of, staging_folder, write_text
from geo_events.errors import FrameError, InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo_events.atlas.bundle import Bundle
    from geo_events.atlas.dump import DumpPlace

__all__ = ["ImportReport", "import_geonames"]

_SOURCE = "GeoNames dump"
_REJECTS = "rejected.tsv"
_BYTES_PER_SHARD = 60_000_000
_CODES = frozenset({"iata", "icao", "unlc", "faac"})
_NO_NAMES = frozenset({"link", "wkdt", "post", "phon", "piny", "tcid"})
_CLASS_KIND = {"P": "city", "T": "natural", "V": "natural", "U": "natural", "H": "natural",
               "L": "area", "R": "facility", "S": "facility", "A": "district"}  # fmt: skip
_FEATURE_KIND = {"ISL": "island", "ISLS": "island", "ISLET": "island", "ISLF": "island",
                 "ATOL": "island", "LK": "lake", "LKS": "lake", "RSV": "lake", "LKN": "lake",
                 "STRT": "strait", "CHN": "strait", "CNLN": "strait", "AIRP": "airport",
                 "AIRF": "airport", "AIRB": "airbase", "PRT": "port", "MILB": "facility",
                 "PRK": "natural", "RESN": "natural", "ADM1": "region"}  # fmt: skip
_KIND_WEIGHT = {"natural": 0.28, "facility": 0.16, "area": 0.26, "island": 0.34, "lake": 0.34,
                "strait": 0.4, "airport": 0.28, "airbase": 0.36, "port": 0.26}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Parameters
    ----------
    folder : Path
        The new tables; name it in the environment variable ``GEO_EVENTS_DATA`` to use them.
    places : int
        Places in the new tables, the embedded ones included.
    added, updated : int
        Places that are new, and embedded ones that got the dump's position and population.
    names : int
        Names that the dump gave.
    rejected : int
        Lines that could not be used; they stand in ``rejected.tsv`` in the folder.
    reasons : dict of str to int
        How many lines were rejected for which reason.
    """

    folder: Path
    places: int
    added: int
    updated: int
    names: int
    rejected: int
    reasons: dict[str, int]


def import_geonames(
    all_countries: str | os.PathLike[str],
    alternate_names: str | os.PathLike[str] | None = None,
    target: str | os.PathLike[str] = "geo_events_data",
    *,
    progress: Callable[[int, int], object] | None = None,
) -> ImportReport:
    """Import GeoNames' ``allCountries`` (or one country's file) into a folder of tables.

    Parameters
    ----------
    all_countries : path-like
        ``allCountries.zip`` or ``.txt``: 19 cells by tabs.
    alternate_names : path-like, optional
        ``alternateNamesV2.zip`` or ``.txt``; its codes and former names get their class.
    target : path-like
        The folder to make or replace. Until the import is done it stays as it was. One that
        holds anything else than tables is refused.
    progress : callable, optional
        Called with bytes read and bytes in all, for each file anew.

    Returns
    -------
    ImportReport
        Counts; lines that could not be used are counted by reason and kept in ``rejected.tsv``.

    Raises
    ------
    InvalidInputError
        A file is missing, no archive, or an archive that unpacks out of all proportion; the
        target's parent is missing, or the target holds other things than tables.
    FrameError
        No line of the file can be used; the first faults are listed with their line numbers.
    DataMissingError, DataCorruptError
        The current tables, to which the dump is added, are missing or damaged.

    Notes
    -----
    Memory: about 300 MB for a million places, and 10 bytes more for each further one. Places that
    the embedded tables have already are updated; polygons are copied. Of two lines with one id
    the first counts. The dump is added to the tables that ``GEO_EVENTS_DATA`` names, or to the
    shipped ones where that folder is yet to be made.

    Examples
    --------
    >>> import_geonames("allCountries.zip", target="big")  # doctest: +SKIP
    """
    _check_replaceable(Path(target))
    bundle = _open_base()
    with staging_folder(target) as stage:
        run = _Import(stage, bundle, _count_shards(Path(all_countries), alternate_names))
        run.copy_embedded()
        run.add_places(Path(all_countries), progress)
        if alternate_names is not None:
            run.add_names(Path(alternate_names), progress)
        run.finish()
    rejects = run.rejects
    return ImportReport(
        Path(target), run.places.count, run.added, run.updated, run.named, rejects.count,
        rejects.reasons,
    )  # fmt: skip


def _check_replaceable(target: Path) -> None:
    """Refuse a target that holds anything but tables: replacing it would lose that."""
    if not target.exists() and target.name:
        return
    if (target / "manifest.json").is_file() and (target / PLACES_FILE).is_file():
        return
    if not target.is_dir() or any(target.iterdir()):
        raise InvalidInputError(
            f"expected a new or empty folder, or one of tables; {str(target)!r} holds something "
            "else, which would be lost: name another folder"
        )


def _open_base() -> Bundle:
    """Open the tables that the dump is added to."""
    named = os.environ.get("GEO_EVENTS_DATA")
    is_new = bool(named) and not (Path(str(named)) / "manifest.json").exists()
    return open_bundle(find_data_folder(shipped=is_new))


def _count_shards(*paths: Path | str | os.PathLike[str] | None) -> int:
    """Choose into how many tries the names go, so that each is compiled in bounded memory."""
    size = 0
    for path in paths:
        if path is not None and Path(path).is_file():
            packed = Path(path).suffix == ".zip"
            size += Path(path).stat().st_size * (5 if packed else 1)
    return 2 + size // _BYTES_PER_SHARD


class _Seen:
    """A set of 32-bit numbers in pages of bits."""

    def __init__(self) -> None:
        self._pages: dict[int, bytearray] = {}

    def add(self, number: int) -> bool:
        """Add a number; False when it was there already."""
        page = self._pages.setdefault(number >> 16, bytearray(8192))
        place, bit = number >> 3 & 8191, 1 << (number & 7)
        if page[place] & bit:
            return False
        page[place] |= bit
        return True


class _Import:
    """One import while it runs."""

    def __init__(self, stage: Path, bundle: Bundle, shards: int) -> None:
        self.stage = stage
        self.bundle = bundle
        self.places = PlaceWriter(stage)
        self.rejects = Rejects(stage / _REJECTS)
        self.added = self.updated = self.named = 0
        self._names = NameWriter(stage, shards=shards)
        self._gazetteer: Gazetteer = load_gazetteer(bundle)
        self._embedded: dict[int, int] = {}
        self._special: dict[str, int] = {}
        self._countries: dict[str, str] = {}
        self._seen = _Seen()
        self._numbers = array("I")
        self._rows = array("I")

    def copy_embedded(self) -> None:
        """Copy the embedded places and names."""
        for row in range(len(self._gazetteer)):
            place = self._gazetteer.row_record(row)
            self.places.add(place)
            if place.id.startswith("geonames:"):
                self._embedded[int(place.id[9:])] = row
            elif place.kind in {"country", "region", "district"}:
                self._special[place.id] = row
        for key, pairs in load_name_index(self.bundle).items():
            for row, kind in pairs:
                self._names.add(key, row, kind)
                if kind == CODE and len(key) == 2 and self._gazetteer.kind_at(row) == "country":
                    self._countries[key.upper()] = self._gazetteer.country_at(row)

    def add_places(self, path: Path, progress: Callable[[int, int], object] | None) -> None:
        """Add the places of the dump."""
        for place in read_places(path, self.rejects, progress, is_new=self._seen.add):
            row = self._place_row(place)
            self._numbers.append(place.number)
            self._rows.append(row)
            self._name(place.name, row, MAIN if row >= len(self._gazetteer) else ALTERNATE)
            for name in (place.ascii_name, *place.names):
                kind = _class_of(name)
                if kind is not None:
                    self._name(name, row, kind)
        if not len(self._numbers):
            raise FrameError(
                f"{path}: expected lines of GeoNames' allCountries.txt; none can be used",
                self.rejects.first,
            )

    def _place_row(self, place: DumpPlace) -> int:
        """Find the row of a place that is known, or add one."""
        known = self._embedded.get(place.number)
        if known is not None:
            self.places.correct(known, self._record(place))
            self.updated += 1
            return known
        special = self._special.get(self._administrative_id(place))
        if special is not None:
            return special
        self.added += 1
        return self.places.add(self._record(place))

    def _administrative_id(self, place: DumpPlace) -> str:
        """Return the id under which a country, region or district may be known."""
        if place.feature in {"PCLI", "PCLS", "PCLD", "PCLF", "PCLIX", "PCL"}:
            return f"country:{self._countries.get(place.country, '')}"
        if place.feature == "ADM1":
            return self._gazetteer.region_of_code.get(f"{place.country}.{place.admin1}", "")
        if place.feature == "ADM2":
            return f"district:{place.country}.{place.admin1}.{place.admin2}"
        return ""

    def _record(self, place: DumpPlace) -> PlaceRow:
        """Make the row of a place."""
        kind = _FEATURE_KIND.get(place.feature) or _CLASS_KIND.get(place.feature_class, "facility")
        weight = _KIND_WEIGHT.get(kind)
        if weight is None:
            weight = estimate_weight(kind, place.population, place.feature)
        return PlaceRow(
            id=f"geonames:{place.number}",
            name=place.name,
            kind=kind,
            lon=place.lon,
            lat=place.lat,
            country=self._countries.get(place.country, ""),
            region=self._gazetteer.region_of_code.get(f"{place.country}.{place.admin1}", ""),
            population=place.population,
            feature=place.feature,
            source=_SOURCE,
            weight=weight,
        )

    def _name(self, name: str, row: int, kind: int) -> None:
        """Add one name."""
        self._names.add(fold(name), row, kind)
        self.named += 1

    def add_names(self, path: Path, progress: Callable[[int, int], object] | None) -> None:
        """Add the alternate names of the places that were added."""
        numbers = np.frombuffer(self._numbers, dtype=np.uint32)
        order = np.argsort(numbers, kind="stable")
        numbers = numbers[order]
        rows = np.frombuffer(self._rows, dtype=np.uint32)[order]
        for name in read_alternate_names(path, self.rejects, progress):
            if name.language in _NO_NAMES:
                continue
            found = int(np.searchsorted(numbers, name.number))
            if found == len(numbers) or numbers[found] != name.number:
                continue
            kind = CODE if name.language in _CODES else WEAK if name.historic else ALTERNATE
            self._name(name.name, int(rows[found]), kind)

    def finish(self) -> None:
        """Write the tables, copy the polygons, and write the manifest."""
        bundle = self.bundle
        self.places.notes["admin1"] = self._gazetteer.region_of_code
        written = {self.places.finish(), *self._names.finish()}
        for name in bundle.files:
            if name not in {PLACES_FILE, NAMES_FILE} and not name.endswith(".marisa"):
                shutil.copyfile(bundle.path(name), self.stage / name)
                written.add(self.stage / name)
        for extra in ("ATTRIBUTION.md",):
            if (bundle.folder / extra).is_file() and extra not in bundle.files:
                shutil.copyfile(bundle.folder / extra, self.stage / extra)
        _write_manifest(self.stage, written, bundle.manifest)


def _class_of(name: str) -> int | None:
    """Tell the class of an alternate name of the dump; None for one to leave out.

    Links are no names; nor are automatic romanisations, which have no capital letters.
    """
    if not name or "://" in name or (name.isascii() and name == name.lower()):
        return None
    return CODE if re.fullmatch(r"[A-Z]{3}", name) else ALTERNATE


def _write_manifest(stage: Path, written: set[Path], old: dict[str, Any]) -> None:
    """Write the manifest of the new folder."""
    tables = {}
    for path in sorted(written):
        entry = old["tables"].get(path.name)
        rows = entry["rows"] if entry and path.suffix == ".parquet" else None
        tables[path.name] = {
            "sha256": sha256_of(path),
            "bytes": path.stat().st_size,
            "rows": rows,
        }
    source = {"package": _SOURCE, "version": "", "licence": "CC BY 4.0", "content": "places"}
    manifest = {
        **old,
        "version": f"{old['version']}+geonames",
        "tables": tables,
        "sources": [*old["sources"], source],
    }
    manifest["checksum"] = manifest_checksum(manifest)
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    write_text(stage / "manifest.json", text + "\n")
