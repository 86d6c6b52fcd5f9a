"""The part of an area from which a straight line crosses some territories and avoids others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import geopandas as gpd
import numpy as np
import shapely

from geo_events.corridors.ends import End, Given, make_end, make_ends
from geo_events.corridors.surroundings import measure_area_km2
from geo_events.corridors.world import cite_world
from geo_events.errors import InvalidInputError
from geo_events.geodesy.rings import MAX_RADIUS_M, make_ring
from geo_events.geodesy.sampling import sample_area
from geo_events.geodesy.shadows import make_shadow
from geo_events.measures import parse_length
from geo_events.values import View, validate_view

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["find_origins"]

_TARGETS = 16
_RIM = 16
_ROUGH_M = 500.0
_FINE_M = 50.0
_SLIVER_KM2 = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class _Wish:
    """What is asked of a line."""

    area: BaseGeometry
    crossing: tuple[End, ...]
    avoiding: tuple[End, ...]
    within_m: float | None


def find_origins(
    area: Given,
    target: Given,
    *,
    crossing: object = (),
    avoiding: object = (),
    within: str | None = None,
    quantifier: Literal["any", "all"] = "any",
    view: View = "de_facto",
) -> gpd.GeoDataFrame:
    """Find the part of an area from which straight lines fit what is asked.

    Parameters
    ----------
    area : str, Place or shapely geometry
        Where lines start; an area.
    target : str, Place, LonLat or shapely geometry
        Where they end.
    crossing, avoiding : place or list of places
        Territories that the line must cross, all of them, and must stay out of.
    within : str, optional
        How far the target may be, such as "1500 km".
    quantifier : {"any", "all"}
        For a target that is an area: from where some line fits, or every line does.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    GeoDataFrame
        One row per separate part, largest first: `part` (from 0), `area_km2`, `share` (of the
        area), `geometry`. No rows where nothing fits. `.attrs` holds `area`, `target`,
        `quantifier`, `meaning` (in words what holds from there), `view`, `data` and `method`.

    Raises
    ------
    InvalidInputError
        An area that is a point, a territory that is one or is to be both crossed and avoided, an
        unknown quantifier.
    InvalidMeasureError
        A distance without its unit.
    PlaceNotFoundError, AmbiguousPlaceError
        As `resolve_place` does.

    Notes
    -----
    Exact for a target that is a point: the shadows of the territories, seen from it. For an area
    32 points of it stand for the target: "any" finds too little rather than too much, "all" too
    much rather than too little.

    Examples
    --------
    >>> found = find_origins("Caspian Sea", "Raqqa", crossing="Iran", avoiding="Turkey")
    >>> float(found.share.sum().round(2))
    0.12
    """
    view = validate_view(view)
    if quantifier not in ("any", "all"):
        raise InvalidInputError(f"quantifier: expected 'any' or 'all'; got {quantifier!r}")
    start = make_end(area, view=view, what="area")
    end = make_end(target, view=view, what="target")
    if not start.is_area:
        raise InvalidInputError(f"area: {start.given!r} is a point; expected a sea, a country ...")
    wish = _Wish(
        area=start.geometry,
        crossing=_territories(crossing, view, "crossing"),
        avoiding=_territories(avoiding, view, "avoiding"),
        within_m=None if within is None else parse_length(within, name="within"),
    )
    _refuse_both(wish)
    tolerance_m = _ROUGH_M if end.is_area else _FINE_M
    parts = [_fitting(wish, lon, lat, tolerance_m) for lon, lat in _targets(end)]
    found = _combine(parts, quantifier)
    frame = _to_frame(found, measure_area_km2(start.geometry))
    frame.attrs = {
        "area": start.name,
        "target": end.name,
        "quantifier": quantifier,
        "meaning": _say_meaning(wish, end, quantifier, within),
        "view": view,
        "data": cite_world(view),
        "method": "sampled" if end.is_area else "exact",
    }
    return frame


def _territories(given: object, view: View, what: str) -> tuple[End, ...]:
    """Understand territories, and refuse points."""
    ends = make_ends(given, view=view, what=what)
    for end in ends:
        if not end.is_area:
            raise InvalidInputError(
                f"{what}: {end.given!r} is a point, which no line crosses; give a country, sea, "
                "region, or a polygon of your own"
            )
    return ends


def _refuse_both(wish: _Wish) -> None:
    """Refuse a territory that is to be both crossed and avoided."""
    for territory in wish.crossing:
        for other in wish.avoiding:
            same = territory.id == other.id if territory.id else False
            if same or shapely.equals(territory.geometry, other.geometry):
                raise InvalidInputError(
                    f"crossing and avoiding: no line crosses {territory.name} and stays out of it; "
                    "give it in one of the two"
                )


def _say_meaning(wish: _Wish, end: End, quantifier: str, within: str | None) -> str:
    """Say in words what holds from the part that is found."""
    if not end.is_area:
        which = f"the straight line to {end.name}"
    elif quantifier == "any":
        which = f"at least one straight line to somewhere in {end.name}"
    else:
        which = f"every straight line to {end.name}, wherever in it,"
    wishes = [f"crosses {territory.name}" for territory in wish.crossing]
    wishes += [f"stays out of {territory.name}" for territory in wish.avoiding]
    wishes += [] if within is None else [f"is no longer than {within}"]
    return f"from here {which} {' and '.join(wishes) or 'starts'}"


def _targets(end: End) -> list[tuple[float, float]]:
    """Return the points that stand for the target."""
    if not end.is_area:
        return [(end.lon, end.lat)]
    lon, lat = sample_area(end.geometry, _TARGETS, seed=0)
    outline = shapely.get_coordinates(shapely.boundary(end.geometry))
    rim = outline[np.linspace(0, len(outline) - 1, _RIM).astype(np.int64)]
    return [*zip(lon.tolist(), lat.tolist(), strict=True), *map(tuple, rim.tolist())]


def _fitting(wish: _Wish, lon: float, lat: float, tolerance_m: float) -> BaseGeometry:
    """Return the part of the area from which the line to one point fits."""

    def shadow(territory: End) -> BaseGeometry:
        # Of the whole area, so that one territory throws the same shadow whenever it is asked for.
        seen = (lon, lat, territory.geometry)
        thrown: BaseGeometry = make_shadow(wish.area, *seen, tolerance_m=tolerance_m)
        return thrown

    found = wish.area
    if wish.within_m is not None and wish.within_m < MAX_RADIUS_M:
        found = _polygons(shapely.intersection(found, make_ring(lon, lat, wish.within_m)))
    for territory in wish.crossing:
        if not found.is_empty:
            found = _polygons(shapely.intersection(found, shadow(territory)))
    for territory in wish.avoiding:
        if not found.is_empty:
            found = _polygons(shapely.difference(found, shadow(territory)))
    return found


def _combine(parts: list[BaseGeometry], quantifier: str) -> BaseGeometry:
    """Return where any, or all, of the parts are."""
    if quantifier == "any":
        return _polygons(shapely.union_all(parts))
    found = parts[0]
    for part in parts[1:]:
        found = _polygons(shapely.intersection(found, part))
    return found


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    """Keep the polygons of what a set operation left."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    kept: BaseGeometry = shapely.multipolygons(parts[shapely.get_type_id(parts) == 3])
    return kept


def _to_frame(found: BaseGeometry, whole_km2: float) -> gpd.GeoDataFrame:
    """Make one row per part, largest first."""
    parts = shapely.get_parts(_polygons(found))
    sizes = np.array([measure_area_km2(part) for part in parts], dtype=np.float64)
    order = [row for row in np.argsort(-sizes, kind="stable") if sizes[row] > _SLIVER_KM2]
    return gpd.GeoDataFrame(
        {
            "part": np.arange(len(order), dtype=np.int64),
            "area_km2": sizes[order],
            "share": sizes[order] / whole_km2,
        },
        geometry=list(parts[order]),
        crs=4326,
    )
