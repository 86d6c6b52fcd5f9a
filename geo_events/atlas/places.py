"""`Place`: one place of the gazetteer, a frozen value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo_events._version import __version__
from geo_events.atlas.prominence import KINDS
from geo_events.cards import write_card
from geo_events.errors import InvalidCoordinateError, InvalidInputError
from geo_events.upward import Drawable
from geo_events.values import LonLat

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["Place"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Drawable):
    """A place with a name, a kind and a customary reference point.

    Parameters
    ----------
    id : str
        Such as ``"country:SYR"``, ``"sea:caspian-sea"``, ``"geonames:172955"``,
        ``"airport:LTAG"``, ``"poi:pentagon"``, or ``"point:39.01,35.95"`` for a bare position.
    name : str
        The name that is shown.
    kind : str
        country, region, district, city, sea, lake, strait, island, natural, airport, airbase,
        port, facility, institution, area; or "point" and "shape" for what was given as such.
    country : str or None
        ISO 3166 alpha-3 code of the country it is counted to.
    region : str or None
        Id of its first-level region.
    lon, lat : float
        Customary reference point, degrees on WGS 84: GeoNames' point, not the centroid.
    population : int
        People; 0 where it is not known.
    source : str
        Where the entry comes from.
    within : str
        Name of the region or country that is shown behind the name, such as ``"Syria"``.
    shape : shapely geometry, optional
        The geometry that was given, for kind "shape".

    Raises
    ------
    InvalidInputError
        For an unknown kind.
    InvalidCoordinateError
        When the reference point is not on the globe.

    Examples
    --------
    >>> from geo_events import resolve_place
    >>> place = resolve_place("Raqqa")
    >>> place.kind, place.country, round(place.lon, 2), round(place.lat, 2)
    ('city', 'SYR', 39.01, 35.95)
    """

    id: str
    name: str
    kind: str
    country: str | None
    region: str | None
    lon: float
    lat: float
    population: int = 0
    source: str = ""
    within: str = ""
    shape: BaseGeometry | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS and self.kind not in {"point", "shape"}:
            raise InvalidInputError(f"Place: expected a kind of {KINDS}; got {self.kind!r}")
        if not (math.isfinite(self.lon) and abs(self.lon) <= 180 and abs(self.lat) <= 90):
            raise InvalidCoordinateError(
                f"Place {self.name!r}: expected lon in -180..180 and lat in -90..90; "
                f"got lon={self.lon!r}, lat={self.lat!r}"
            )

    def __str__(self) -> str:
        within = f", {self.within}" if self.within and self.within != self.name else ""
        return f"{self.name}{within} ({self.kind})"

    def _repr_html_(self) -> str:
        """Return a small table for a notebook; all text is escaped."""
        people = f"{self.population:,}" if self.population else ""
        rows = [
            ("kind", self.kind),
            ("within", self.within),
            ("position", f"lon {self.lon:.4f}, lat {self.lat:.4f}"),
            ("people", people),
            ("id", self.id),
            ("source", self.source),
        ]
        return write_card(self.name, rows)

    def cite(self) -> str:
        """Say in one line which place this is, and where its entry comes from.

        Returns
        -------
        str
            To be copied below a map or a table.
        """
        position = f"lon {self.lon:.4f}, lat {self.lat:.4f}"
        return f"{self}, {self.id}, {position}, geo_events {__version__}; {self.source or 'given'}"

    @property
    def lonlat(self) -> LonLat:
        """The reference point."""
        return LonLat(lon=self.lon, lat=self.lat)

    @property
    def geometry(self) -> BaseGeometry:
        """The extent where the tables have one, else the reference point.

        A polygon for countries, regions, seas, lakes and the geometry that was given; a point
        for everything else. In the de facto view; EPSG:4326, cut at ±180°.
        """
        from geo_events.atlas.shapes import shape_of  # noqa: PLC0415  brings shapely

        return self.shape or shape_of(self.id, self.kind, self.lon, self.lat)

    @property
    def __geo_interface__(self) -> dict[str, object]:
        """The place as a GeoJSON feature."""
        from shapely.geometry import mapping  # noqa: PLC0415  brings shapely

        return {
            "type": "Feature",
            "geometry": mapping(self.geometry),
            "properties": {
                "id": self.id,
                "name": self.name,
                "kind": self.kind,
                "country": self.country,
                "region": self.region,
            },
        }
