"""The parts of the build, the manifest over all files, and the comparison of two builds."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from data_build.earth.build import build_polygons
from data_build.sources import SOURCES
from geo_events.atlas.bundle import manifest_checksum
from geo_events.disk import sha256_of, write_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["PARTS", "VERSION", "compare_folders", "write_manifest"]

VERSION = "2026.11"
"""Version of the tables; raise it when their content changes."""

BUILT = "2026-11-26"


def _build_names(folder: Path) -> None:
    """Build the gazetteer and its name index."""
    from data_build.gazetteer import build_gazetteer  # noqa: PLC0415  needs the sources of names

    build_gazetteer(folder)


PARTS: dict[str, Callable[[Path], None]] = {"polygons": build_polygons, "names": _build_names}


def write_manifest(folder: Path) -> None:
    """Write ``manifest.json`` over all files of a folder."""
    tables = {}
    for path in sorted(folder.iterdir()):
        if path.name != "manifest.json" and path.is_file() and not path.name.startswith("."):
            tables[path.name] = {
                "sha256": sha256_of(path),
                "bytes": path.stat().st_size,
                "rows": _count_rows(path),
            }
    manifest: dict[str, object] = {
        "version": VERSION,
        "built": BUILT,
        "tables": tables,
        "sources": [asdict(source) for source in SOURCES],
    }
    manifest["checksum"] = manifest_checksum(manifest)
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    write_text(folder / "manifest.json", text + "\n")


def _count_rows(path: Path) -> int | None:
    """Rows of a Parquet table; None for other files."""
    return int(pq.read_metadata(path).num_rows) if path.suffix == ".parquet" else None


def compare_folders(new: Path, old: Path, parts: list[str]) -> list[str]:
    """List how two builds differ: missing files, and the first row that differs in each table."""
    del parts
    lines = []
    for path in sorted(new.iterdir()):
        other = old / path.name
        if not other.is_file():
            lines.append(f"{path.name}: not in {old}")
        elif path.read_bytes() != other.read_bytes():
            lines += _compare_files(path, other)
    return lines


def _compare_files(new: Path, old: Path) -> list[str]:
    """Say how two files with different bytes differ; equal rows in other bytes are the same."""
    if new.suffix != ".parquet":
        return [f"{new.name}: different bytes"]
    first, second = pq.read_table(new), pq.read_table(old)
    if first.equals(second):
        return []
    if first.num_rows != second.num_rows or first.schema != second.schema:
        return [f"{new.name}: {first.num_rows} rows, {second.num_rows} before; or other columns"]
    for row in range(first.num_rows):
        if first.slice(row, 1).to_pylist() != second.slice(row, 1).to_pylist():
            return [f"{new.name}: row {row} differs"]
    return [f"{new.name}: different"]
