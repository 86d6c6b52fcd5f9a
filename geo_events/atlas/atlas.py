"""The whole atlas as tables: territories, seas, regions, lakes and places."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np

from geo_events.atlas.bundle import Bundle, open_bundle
from geo_events.atlas.gazetteer import load_gazetteer
from geo_events.atlas.territories import load_pieces, territory_polygon
from geo_events.values import VIEW_NOTES, View, validate_view

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Atlas", "load_atlas"]


class Atlas:
    """The embedded world in one view; each table is loaded when first asked for.

    Made by `load_atlas`. Every table is a GeoDataFrame in EPSG:4326; tables are shared, copy
    before changing one.

    Parameters
    ----------
    bundle : Bundle
        The verified folder of tables.
    view : {"de_facto", "recognised"}
        Whose borders.

    Examples
    --------
    >>> from geo_events import load_atlas
    >>> seas = load_atlas().seas
    >>> seas.loc[seas["id"] == "sea:caspian-sea", "name"].tolist()
    ['Caspian Sea']
    """

    def __init__(self, bundle: Bundle, view: View) -> None:
        self._bundle = bundle
        self._tables: dict[str, gpd.GeoDataFrame] = {}
        self.view: View = view

    def __repr__(self) -> str:
        return (
            f"<Atlas {self._bundle.manifest['version']}, view {self.view} "
            f"({VIEW_NOTES[self.view]})>"
        )

    @property
    def territories(self) -> gpd.GeoDataFrame:
        """Countries that exist in this view, with polygons.

        Columns `id, name, kind, iso2, iso3, sovereign, lon, lat, area_km2, contested`.
        """
        return self._get("territories")

    @property
    def seas(self) -> gpd.GeoDataFrame:
        """Named seas, with polygons that hold all their parts: the Mediterranean with the Aegean.

        Columns `id, name, kind, parent, lon, lat, area_km2`.
        """
        return self._get("seas")

    @property
    def regions(self) -> gpd.GeoDataFrame:
        """States and provinces, de facto: `id, name, country, iso_3166_2, lon, lat`, polygons."""
        return self._get("regions")

    @property
    def lakes(self) -> gpd.GeoDataFrame:
        """Lakes over 100 km² and all named ones: `id, name, lon, lat, area_km2`, polygons."""
        return self._get("lakes")

    @property
    def chokepoints(self) -> gpd.GeoDataFrame:
        """Straits and canals as small polygons: `id, name, lon, lat`."""
        return self._get("chokepoints")

    @property
    def places(self) -> gpd.GeoDataFrame:
        """All entries of the gazetteer with their reference points."""
        if "places" not in self._tables:
            self._tables["places"] = load_gazetteer().to_frame()
        return self._tables["places"]

    def _get(self, name: str) -> gpd.GeoDataFrame:
        """Load a table once."""
        if name not in self._tables:
            if name in {"territories", "seas"}:
                self._tables[name] = _make_territories(self._bundle, name, self.view)
            else:
                self._tables[name] = _read_layer(self._bundle, name)
        return self._tables[name]


def load_atlas(*, view: View = "de_facto") -> Atlas:
    """Load the embedded world.

    Parameters
    ----------
    view : {"de_facto", "recognised"}, default "de_facto"
        Whose borders: who controls, or close to recognition by the United Nations.

    Returns
    -------
    Atlas
        The same one on every call with the same view.

    Raises
    ------
    InvalidInputError
        For another view.
    DataMissingError, DataCorruptError
        The embedded tables are missing or damaged.

    Examples
    --------
    >>> atlas = load_atlas(view="recognised")
    >>> "country:SOL" in set(atlas.territories["id"])    # Somaliland is Somalia in this view
    False
    """
    return _load_cached(open_bundle(), validate_view(view))


@lru_cache(maxsize=4)
def _load_cached(bundle: Bundle, view: View) -> Atlas:
    """Make one atlas per bundle and view."""
    return Atlas(bundle, view)


def _make_territories(bundle: Bundle, name: str, view: View) -> gpd.GeoDataFrame:
    """Make the table of countries or of seas in a view."""
    table = bundle.table("territories.parquet").to_pandas()
    kind = "sea" if name == "seas" else "country"
    table = table[(table["kind"] == kind)]
    if kind == "country":
        table = table[table[f"in_{view}"]]
        wanted = ["id", "name", "kind", "iso2", "iso3", "sovereign", "lon", "lat"]
    else:
        wanted = ["id", "name", "kind", "parent", "lon", "lat"]
    frame = table[wanted].reset_index(drop=True)
    frame["area_km2"] = _areas(frame["id"], view)
    if kind == "country":
        frame["contested"] = _contested(frame["id"], view)
    shapes = [territory_polygon(id_, view) for id_ in frame["id"]]
    return gpd.GeoDataFrame(frame, geometry=shapes, crs="EPSG:4326")


def _areas(ids: pd.Series[str], view: View) -> list[float]:
    """Areas on the ellipsoid in km², seas with all their parts."""
    pieces = load_pieces()
    return [round(float(pieces.area_km2[pieces.pieces_of(id_, view)].sum()), 3) for id_ in ids]


def _contested(ids: pd.Series[str], view: View) -> list[str]:
    """Who contests parts of each country, "; " between several."""
    pieces = load_pieces()
    notes = np.array(pieces.contested, dtype=object)
    return ["; ".join(sorted(set(notes[pieces.pieces_of(id_, view)]) - {""})) for id_ in ids]


def _read_layer(bundle: Bundle, name: str) -> gpd.GeoDataFrame:
    """Read a polygon table as it is."""
    table, polygons = bundle.polygons(name)
    return gpd.GeoDataFrame(table.to_pandas(), geometry=polygons, crs="EPSG:4326")
