"""What the embedded tables are, and whether they are whole."""

from __future__ import annotations

from typing import Any

from geo_events.atlas.bundle import open_bundle

__all__ = ["bundle_status", "verify_bundle"]


def bundle_status() -> list[dict[str, Any]]:
    """List the tables of the bundle in use.

    Returns
    -------
    list of dict
        One per file, sorted by name: `table`, `rows` (None where it is no table of rows),
        `bytes`, `sha256`, `version` of the bundle, `folder`.

    Raises
    ------
    DataMissingError, DataCorruptError
        There is no bundle, or its manifest is damaged. The tables themselves are not read.

    Examples
    --------
    >>> [row["rows"] for row in bundle_status() if row["table"] == "pieces.parquet"][0] > 500
    True
    """
    bundle = open_bundle()
    return [
        {
            "table": name,
            "rows": entry.get("rows"),
            "bytes": entry["bytes"],
            "sha256": entry["sha256"],
            "version": bundle.manifest["version"],
            "folder": str(bundle.folder),
        }
        for name, entry in sorted(bundle.manifest["tables"].items())
    ]


def verify_bundle() -> None:
    """Check every table of the bundle against the manifest.

    Returns
    -------
    None
        When all is well.

    Raises
    ------
    DataMissingError
        A table is not there.
    DataCorruptError
        A table's size or sha256 sum is not the manifest's.

    Examples
    --------
    >>> verify_bundle()
    """
    bundle = open_bundle()
    for name in bundle.files:
        bundle.recheck(name)
