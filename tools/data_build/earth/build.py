"""Build all polygon tables into a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_build.earth.partition import build_partition
from data_build.earth.tables import write_partition

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["build_polygons"]


def build_polygons(folder: Path) -> None:
    """Write pieces, territories, regions, lakes, chokepoints and the basemap."""
    partition = build_partition()
    write_partition(folder, partition)
