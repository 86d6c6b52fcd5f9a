"""The extent of a place: its polygon where the tables have one, else its reference point."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import shapely

from geo_events.atlas.bundle import Bundle, open_bundle
from geo_events.atlas.territories import load_pieces, territory_polygon

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo_events.values import View

__all__ = ["shape_of"]

_LAYERS = {"region": "regions", "lake": "lakes", "strait": "chokepoints"}


def shape_of(id_: str, kind: str, lon: float, lat: float) -> BaseGeometry:
    """Give the polygon of a country, sea, region or lake, else the point.

    Parameters
    ----------
    id_, kind : str
        As in `Place`.
    lon, lat : float
        Reference point, degrees.

    Returns
    -------
    shapely geometry
        EPSG:4326; countries in the de facto view, or in the recognised view where only that
        knows them.
    """
    if kind in {"country", "sea", "strait"} and id_ in load_pieces().territory_ids:
        views: tuple[View, View] = ("de_facto", "recognised")
        for view in views:
            territory = territory_polygon(id_, view)
            if not territory.is_empty:
                return territory
    layer = _LAYERS.get(kind)
    if layer:
        polygon = _layer(open_bundle(), layer).get(id_)
        if polygon is not None:
            return polygon
    return shapely.Point(lon, lat)


@lru_cache(maxsize=4)
def _layer(bundle: Bundle, name: str) -> dict[str, BaseGeometry]:
    """Load the polygons of a layer by id; empty where the bundle has no such layer."""
    if f"{name}.parquet" not in bundle.files:
        return {}
    table, polygons = bundle.polygons(name)
    return dict(zip(table.column("id").to_pylist(), polygons, strict=True))
