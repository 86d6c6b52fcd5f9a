"""Build all polygon tables into a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from data_build.earth.attribution import write_attribution
from data_build.earth.layers import (
    write_basemap,
    write_chokepoints,
    write_lakes,
    write_regions,
)
from data_build.earth.partition import build_partition
from data_build.earth.tables import write_partition

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["build_polygons"]


def build_polygons(folder: Path) -> None:
    """Write pieces, territories, regions, lakes, chokepoints and the basemap."""
    partition = build_partition()
    write_partition(folder, partition)
    territories = pq.read_table(folder / "territories.parquet", columns=["id", "name"])
    names = dict(zip(*territories.to_pydict().values(), strict=True))
    write_basemap(folder, partition, names)
    write_regions(folder)
    write_lakes(folder)
    write_chokepoints(folder)
    write_attribution(folder)
