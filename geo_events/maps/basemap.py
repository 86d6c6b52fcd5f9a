"""Land and borders from the embedded tables, in the same view as the answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import shapely

from geo_events.atlas.bundle import open_bundle
from geo_events.errors import InvalidInputError
from geo_events.maps.encode import encode_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo_events.values import View

__all__ = ["Basemap", "Level", "encode_rings", "load_basemap", "validate_level"]

Level = Literal["110m", "50m"]

_DIGITS = 2
_TABLE = "basemap"


@dataclass(frozen=True, slots=True, eq=False)
class Basemap:
    """The outlines that a map is drawn on.

    Parameters
    ----------
    ids, names, kinds : tuple of str, shape (n,)
        Of each territory; kinds are "country" and "lake".
    polygons : array of shapely geometries, shape (n,)
        EPSG:4326, simplified together.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    polygons: NDArray[np.object_]
    _cache: dict[str, Any] = field(default_factory=dict, repr=False)

    def index(self, territory: str) -> int | None:
        """Return the row of a territory, or None when the basemap does not draw it."""
        if "rows" not in self._cache:
            self._cache["rows"] = {key: row for row, key in enumerate(self.ids)}
        row: int | None = self._cache["rows"].get(territory)
        return row

    def to_json(self) -> dict[str, Any]:
        """Return what the page needs: rings at 0.01 degree, and where a name may stand."""
        if "json" not in self._cache:
            self._cache["json"] = {
                "digits": _DIGITS,
                "names": list(self.names),
                "kinds": list(self.kinds),
                "rings": [encode_rings(polygon, digits=_DIGITS) for polygon in self.polygons],
                "at": [_name_position(polygon) for polygon in self.polygons],
            }
        found: dict[str, Any] = self._cache["json"]
        return found


def validate_level(level: object) -> Level:
    """Check the name of a basemap.

    Parameters
    ----------
    level : object
        What was given as ``basemap=``.

    Returns
    -------
    {"110m", "50m"}
        The same.

    Raises
    ------
    InvalidInputError
        For any other value.
    """
    if level not in get_args(Level):
        raise InvalidInputError(f"basemap: expected '110m' or '50m'; got {level!r}")
    return level  # type: ignore[return-value]  # checked above


def load_basemap(level: Level, view: View) -> Basemap:
    """Load the basemap of one level of detail and one view.

    Parameters
    ----------
    level : {"110m", "50m"}
        Detail, after Natural Earth's scales.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    Basemap
        Cached per folder of tables, level and view.

    Raises
    ------
    DataMissingError, DataCorruptError
        When the tables are not there, or damaged.
    """
    return _load_cached(str(open_bundle().folder), level, view)


@lru_cache(maxsize=4)
def _load_cached(folder: str, level: Level, view: View) -> Basemap:
    """Read the rows of one level and view."""
    table, polygons = open_bundle(folder).polygons(_TABLE)
    columns = table.select(["level", "view", "kind", "id", "name"]).to_pydict()
    rows = [
        row
        for row in range(table.num_rows)
        if columns["level"][row] == level and columns["view"][row] in ("", view)
    ]
    return Basemap(
        tuple(columns["id"][row] for row in rows),
        tuple(columns["name"][row] for row in rows),
        tuple(columns["kind"][row] for row in rows),
        polygons[rows],
    )


def encode_rings(
    geometry: BaseGeometry, *, digits: int = 5, centre: float | None = None
) -> list[str]:
    """Write all rings of an area as encoded paths; drawn even-odd they give its holes too.

    Parameters
    ----------
    geometry : shapely geometry
        Polygons count; points and lines in a collection are left out.
    digits : int
        Decimals kept.
    centre : float or None
        When given, parts are moved by whole turns to within 180 degrees of this longitude.

    Returns
    -------
    list of str
        One entry per ring.
    """
    parts = shapely.get_parts(geometry)
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    encoded: list[str] = []
    for part in parts:
        shift = 0.0 if centre is None else _shift_to(shapely.bounds(part), centre)
        for ring in shapely.get_rings(part):
            lon, lat = shapely.get_coordinates(ring).T
            encoded.append(encode_path(lon + shift, lat, digits=digits))
    return encoded


def _shift_to(bounds: Sequence[float] | NDArray[np.float64], centre: float) -> float:
    """Return the whole turns, in degrees, that bring a part near a longitude."""
    middle = (bounds[0] + bounds[2]) / 2
    return float(360.0 * np.round((centre - middle) / 360.0))


def _name_position(polygon: BaseGeometry) -> list[float]:
    """Return lon, lat and size in degrees of the place for a territory's name."""
    parts = shapely.get_parts(polygon)
    if not len(parts):
        return [0.0, 0.0, 0.0]
    largest = parts[int(np.argmax(shapely.area(parts)))]
    point = shapely.point_on_surface(largest)
    west, _, east, _ = shapely.bounds(largest)
    return [round(point.x, 2), round(point.y, 2), round(float(east - west), 2)]
