"""Read GeoNames' own files, line by line: bounded, checked, nothing lost silently.

`read_places` and `read_alternate_names` take the text file or the zip archive as GeoNames offers
it. Every line that cannot be used is handed to a `Rejects`, with its number and the reason.
"""

from __future__ import annotations

import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from geo_events.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["AlternateName", "DumpPlace", "Rejects", "read_alternate_names", "read_places"]

_PLACE_CELLS = 19
_NAME_CELLS = (8, 10)
_MAX_LINE = 1 << 18
_MAX_BYTES = 16 << 30
_MAX_RATIO = 60
_BLOCK = 1 << 22


@dataclass(frozen=True, slots=True)
class DumpPlace:
    """One line of ``allCountries.txt``.

    Parameters
    ----------
    number : int
        GeoNames' id.
    name, ascii_name : str
        The name, and its plain form.
    names : list of str
        Alternate names.
    lon, lat : float
        Degrees.
    feature_class, feature : str
        Such as ``"P"`` and ``"PPLC"``.
    country, admin1, admin2 : str
        ISO alpha-2 code, and GeoNames' admin codes.
    population : int
        People.
    """

    number: int
    name: str
    ascii_name: str
    names: list[str]
    lon: float
    lat: float
    feature_class: str
    feature: str
    country: str
    admin1: str
    admin2: str
    population: int


@dataclass(frozen=True, slots=True)
class AlternateName:
    """One line of ``alternateNamesV2.txt``.

    Parameters
    ----------
    number : int
        GeoNames' id of the place.
    language : str
        ISO language code, or GeoNames' own such as ``"iata"`` and ``"link"``.
    name : str
        The name.
    historic : bool
        Whether it is no longer in use.
    """

    number: int
    language: str
    name: str
    historic: bool


@dataclass(slots=True)
class Rejects:
    """Lines that could not be used.

    Parameters
    ----------
    path : Path
        Where they are written: file, line number, reason and the line itself, by tabs.
    """

    path: Path
    count: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    first: list[tuple[str, str]] = field(default_factory=list)

    def add(self, file: str, number: int, reason: str, line: bytes = b"") -> None:
        """Note one line."""
        self.count += 1
        self.reasons[reason] = self.reasons.get(reason, 0) + 1
        if len(self.first) < 20:
            self.first.append((f"{file}:{number}", reason))
        with self.path.open("ab") as target:
            target.write(f"{file}\t{number}\t{reason}\t".encode() + line.rstrip(b"\r\n") + b"\n")


def read_places(
    path: Path,
    rejects: Rejects,
    progress: Callable[[int, int], object] | None = None,
    *,
    is_new: Callable[[int], bool] = bool,
) -> Iterator[DumpPlace]:
    """Read the places of ``allCountries.txt``, a country's file, or their zip archives.

    Parameters
    ----------
    path : Path
        Text with 19 cells by tabs, or a zip archive that holds one such file.
    rejects : Rejects
        Gets the lines that cannot be used.
    progress : callable, optional
        Called with bytes read and bytes in all.
    is_new : callable, optional
        Asked with the id of each good line; where it answers no, the line is rejected as a
        repetition. By default ids may repeat.

    Yields
    ------
    DumpPlace
        In the order of the file.

    Raises
    ------
    InvalidInputError
        The archive is none, is dangerous, or a line is endless.
    """
    for number, line in _read_lines(path, progress):
        try:
            place = _parse_place(line)
        except UnicodeDecodeError:
            rejects.add(path.name, number, "broken UTF-8", line)
        except _LineError as error:
            rejects.add(path.name, number, str(error), line)
        else:
            if is_new(place.number):
                yield place
            else:
                rejects.add(path.name, number, "an id that was there already", line)


def read_alternate_names(
    path: Path, rejects: Rejects, progress: Callable[[int, int], object] | None = None
) -> Iterator[AlternateName]:
    """Read ``alternateNamesV2.txt`` or its zip archive; as `read_places`."""
    for number, line in _read_lines(path, progress):
        try:
            yield _parse_name(line)
        except UnicodeDecodeError:
            rejects.add(path.name, number, "broken UTF-8", line)
        except _LineError as error:
            rejects.add(path.name, number, str(error), line)


class _LineError(ValueError):
    """A line cannot be used; the text says why."""


def _parse_place(line: bytes) -> DumpPlace:
    """Take one line of places apart."""
    cells = line.decode().rstrip("\r\n").split("\t")
    if len(cells) != _PLACE_CELLS:
        raise _LineError(f"expected {_PLACE_CELLS} cells by tabs, got {len(cells)}")
    if not cells[0].isdecimal() or not 0 < int(cells[0]) < 1 << 32:
        raise _LineError("the id is no number")
    if not cells[1].strip():
        raise _LineError("no name")
    lat, lon = _degrees(cells[4], 90), _degrees(cells[5], 180)
    population = cells[14] or "0"
    if not population.lstrip("-").isdecimal():
        raise _LineError("the population is no number")
    return DumpPlace(
        number=int(cells[0]),
        name=cells[1].strip(),
        ascii_name=cells[2],
        names=cells[3].split(",") if cells[3] else [],
        lon=lon,
        lat=lat,
        feature_class=cells[6],
        feature=cells[7],
        country=cells[8],
        admin1=cells[10],
        admin2=cells[11],
        population=max(int(population), 0),
    )


def _degrees(cell: str, limit: int) -> float:
    """Read a coordinate."""
    if not cell.strip():
        raise _LineError("no coordinates")
    try:
        value = float(cell)
    except ValueError:
        raise _LineError("a coordinate is no number") from None
    if not abs(value) <= limit:
        raise _LineError("a coordinate is out of range")
    return value


def _parse_name(line: bytes) -> AlternateName:
    """Take one line of alternate names apart."""
    cells = line.decode().rstrip("\r\n").split("\t")
    if len(cells) not in _NAME_CELLS:
        raise _LineError(f"expected 8 or 10 cells by tabs, got {len(cells)}")
    if not cells[1].isdecimal():
        raise _LineError("the id is no number")
    return AlternateName(int(cells[1]), cells[2], cells[3], cells[7] == "1")


def _read_lines(
    path: Path, progress: Callable[[int, int], object] | None
) -> Iterator[tuple[int, bytes]]:
    """Give the lines of a file or of the one file in an archive, numbered from 1."""
    with _open_dump(path) as (file, total):
        number = done = told = 0
        while line := file.readline(_MAX_LINE + 1):
            number += 1
            done += len(line)
            if len(line) > _MAX_LINE:
                raise InvalidInputError(
                    f"{path}: expected lines of at most {_MAX_LINE} bytes; line {number} is longer"
                )
            if done > total:
                raise InvalidInputError(
                    f"{path}: the archive holds more bytes than the {total} it declares"
                )
            if progress is not None and done - told > _BLOCK:
                progress(done, total)
                told = done
            if line.strip():
                yield number, line
        if progress is not None:
            progress(total, total)


@contextmanager
def _open_dump(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """Open a text file, or the one text file of a zip archive, with its size."""
    if not path.is_file():
        raise InvalidInputError(f"expected a file of GeoNames; {str(path)!r} is none")
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            yield file, path.stat().st_size
        return
    with zipfile.ZipFile(path) as archive:
        inside = _choose_member(path, archive)
        try:
            with archive.open(inside) as file:
                yield file, inside.file_size
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise InvalidInputError(f"{path}: the archive is damaged: {error}") from error


def _choose_member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Find the one text file of an archive, and refuse bombs."""
    texts = [
        member
        for member in archive.infolist()
        if member.filename.endswith(".txt") and "readme" not in member.filename.lower()
    ]
    largest = max(texts, key=lambda member: member.file_size, default=None)
    if largest is None:
        raise InvalidInputError(f"{path}: expected a .txt file inside the archive; found none")
    ratio = largest.file_size / max(largest.compress_size, 1)
    if largest.file_size > _MAX_BYTES or ratio > _MAX_RATIO:
        raise InvalidInputError(
            f"{path}: {largest.filename} would unpack {largest.compress_size} bytes to "
            f"{largest.file_size}; expected at most {_MAX_RATIO} times and {_MAX_BYTES} bytes"
        )
    if largest.flag_bits & 1:
        raise InvalidInputError(f"{path}: the archive is encrypted")
    return largest
