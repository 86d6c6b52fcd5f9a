"""The value `Corridor`: straight lines between two places, and all that is asked of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo_events._version import __version__
from geo_events.corridors.cards import describe_html
from geo_events.corridors.crossings import find_crossings
from geo_events.corridors.drawing import draw_line
from geo_events.corridors.ends import End, Given, make_end
from geo_events.corridors.extents import find_reach, measure_extent_km
from geo_events.corridors.fans import make_fan_frame
from geo_events.corridors.parts import make_part_frame
from geo_events.corridors.positions import Approach, Position, locate_on
from geo_events.corridors.shares import find_shares
from geo_events.corridors.surroundings import find_touched, measure_approach
from geo_events.corridors.world import cite_world
from geo_events.errors import InvalidInputError
from geo_events.geodesy.bands import make_band
from geo_events.geodesy.tracks import measure_track
from geo_events.measures import parse_length, parse_speed
from geo_events.upward import Drawable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    import geopandas as gpd
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from geo_events.values import View

__all__ = ["Corridor"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Corridor(Drawable):
    """Straight lines (geodesics) from an origin to a target. Made by `make_corridor`.

    Where both ends are points there is one line. Where one is an area there is none: the area
    stands for "somewhere in it", and `fan`, `envelope` and `shares` say what can be said.

    Parameters
    ----------
    origin, target : End
        What was understood of the places given.
    via : tuple of End
        Points on the way.
    half_width, speed : str or None
        As given, with their units.
    depart : datetime or None
        Departure, with its zone.
    view : {"de_facto", "recognised"}
        Whose borders.
    avoid : tuple of End
        Territories that the route was made to avoid.
    direct_km : float or None
        For a route round something: length of the straight line.
    events, status, section : tuple of str, str or None, int or None
        Of which events of a story it speaks, what the story says of them, and where.
    days : (date, date) or None
        First and last day on which it is said to have been flown.
    count : str or None
        How many, in the words of the story, such as "26 cruise missiles".
    """

    origin: End
    target: End
    via: tuple[End, ...] = ()
    half_width: str | None = None
    speed: str | None = None
    depart: datetime | None = None
    view: View = "de_facto"
    avoid: tuple[End, ...] = ()
    direct_km: float | None = None
    events: tuple[str, ...] = ()
    status: str | None = None
    section: int | None = None
    days: tuple[date, date] | None = None
    count: str | None = None
    _cache: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """Origin and target as one line."""
        return f"{self.origin.name} → {self.target.name}"

    def __str__(self) -> str:
        return self.name

    @property
    def is_line(self) -> bool:
        """Whether both ends are points, so that there is one line."""
        return not (self.origin.is_area or self.target.is_area)

    @property
    def half_width_m(self) -> float | None:
        """Half of the width in metres."""
        return None if self.half_width is None else parse_length(self.half_width, name="half_width")

    @property
    def speed_mps(self) -> float | None:
        """Speed in metres per second."""
        return None if self.speed is None else parse_speed(self.speed)

    @property
    def length_km(self) -> float | tuple[float, float]:
        """Length in km; for areas the shortest and the longest line."""
        length: float | tuple[float, float] = self._once("length", self._measure)
        return length

    def _measure(self) -> float | tuple[float, float]:
        """Measure the length, or the shortest and the longest one."""
        if self.is_line:
            return float(measure_track(*self.vertices)[-1]) / 1000
        return measure_extent_km(self.origin.geometry, self.target.geometry)

    @property
    def longer_km(self) -> float:
        """By how much a route is longer than the straight line; 0 for a straight line."""
        if self.direct_km is None or not isinstance(self.length_km, float):
            return 0.0
        return max(self.length_km - self.direct_km, 0.0)

    @property
    def vertices(self) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Longitudes and latitudes of origin, via points and target (reference points)."""
        ends = (self.origin, *self.via, self.target)
        return np.array([end.lon for end in ends]), np.array([end.lat for end in ends])

    @property
    def track(self) -> BaseGeometry:
        """The line, within 50 m of the geodesic, cut at ±180°; empty for areas."""
        if not self.is_line:
            return shapely.LineString()
        track: BaseGeometry = self._once("track", lambda: draw_line(*self.vertices))
        return track

    @property
    def band(self) -> BaseGeometry:
        """All points within the half-width of the line; empty without one, and for areas."""
        width = self.half_width_m
        if not self.is_line or width is None:
            return shapely.Polygon()
        band: BaseGeometry = self._once("band", lambda: make_band(*self.vertices, width))
        return band

    @property
    def envelope(self) -> BaseGeometry:
        """An area that holds every line; for a line the line itself (or its band)."""
        if self.is_line:
            return self.band if self.half_width is not None else self.track
        ends = (self.origin.geometry, self.target.geometry)
        envelope: BaseGeometry = self._once("envelope", lambda: find_reach(*ends))
        return envelope

    def _once(self, name: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401  what it makes
        """Make something on first use and keep it."""
        if name not in self._cache:
            self._cache[name] = make()
        return self._cache[name]

    def fan(self, count: int = 64) -> gpd.GeoDataFrame:
        """Draw sample lines between areas, and name what each crosses.

        Parameters
        ----------
        count : int
            How many; a line has only itself.

        Returns
        -------
        GeoDataFrame
            One row per sample, from west to east: `sample`, `lon0`, `lat0`, `lon1`, `lat1`,
            `length_km`, `crosses` (ids in order), `names`, `geometry`. Always the same samples.

        Examples
        --------
        >>> from geo_events.corridors.corridor import make_corridor
        >>> len(make_corridor("Caspian Sea", "Raqqa").fan(16))
        16
        """
        make = partial(make_fan_frame, self.origin, self.target, count, view=self.view)
        frame: gpd.GeoDataFrame = self._once(f"fan{count}", make)
        return frame.copy()

    def crossings(self, *, near: str | None = None) -> gpd.GeoDataFrame:
        """Find the territories that the line crosses, in order, with the geometry of each stay.

        Parameters
        ----------
        near : str, optional
            Also those that it misses by no more than this, such as "50 km".

        Returns
        -------
        GeoDataFrame
            As `find_crossings`. For areas those of the sample lines of `fan()`: `track` is the
            number of the sample.

        Examples
        --------
        >>> from geo_events.corridors.corridor import make_corridor
        >>> make_corridor("Moscow", "Ankara").crossings().name.tolist()
        ['Russia', 'Ukraine', 'Russia', 'Black Sea', 'Turkey']
        """
        frame: gpd.GeoDataFrame = self._once(f"crossings {near}", lambda: self._cross(near))
        return frame.copy()

    def _cross(self, near: str | None) -> pd.DataFrame:
        """Find what the line crosses, or what the sample lines do."""
        lines = self.fan()[["lon0", "lat0", "lon1", "lat1"]].to_numpy()
        tracks = shapely.LineString(np.column_stack(self.vertices)) if self.is_line else lines
        return find_crossings(tracks, view=self.view, speed=self.speed, near=near, geometry=True)

    def shares(self, **options: Any) -> pd.DataFrame:  # noqa: ANN401  find_shares checks them
        """Find which share of the straight lines crosses which territory.

        Parameters
        ----------
        **options
            `detour`, `max_length`, `weights`, as for `find_shares`.

        Returns
        -------
        DataFrame
            As `find_shares`.

        Examples
        --------
        >>> from geo_events.corridors.corridor import make_corridor
        >>> make_corridor("Caspian Sea", "Raqqa").shares().name.iloc[2]
        'Turkey'
        """
        make = partial(find_shares, self.origin, self.target, view=self.view, **options)
        frame: pd.DataFrame = self._once(f"shares {sorted(options.items(), key=str)}", make)
        return frame.copy()

    def locate(self, after: str) -> Position:
        """Say where something is after a distance or a time.

        Parameters
        ----------
        after : str
            "300 km" from the origin, or "20 min" after departure (needs a speed).

        Returns
        -------
        Position
            Place, direction, time, and the territory below.

        Raises
        ------
        InvalidInputError
            For areas, beyond the target, or a time without a speed.
        InvalidMeasureError
            Neither a length nor a duration with its unit.

        Examples
        --------
        >>> from geo_events.corridors.corridor import make_corridor
        >>> make_corridor("Moscow", "Ankara").locate("700 km").name
        'Ukraine'
        """
        self._need_line("locate")
        return locate_on(self, after)

    def _need_line(self, what: str) -> None:
        """Refuse what only one line can answer."""
        if not self.is_line:
            area = self.origin if self.origin.is_area else self.target
            raise InvalidInputError(
                f"{what}: {area.name!r} is an area, so there is no single line; "
                "use shares(), fan() or envelope"
            )

    def nearest(self, territory: Given) -> Approach:
        """Measure how near the line comes to a territory.

        Parameters
        ----------
        territory : str, Place or shapely geometry
            The territory.

        Returns
        -------
        Approach
            Prints as "passes 14 km from Turkey".

        Raises
        ------
        InvalidInputError
            For corridors between areas.

        Examples
        --------
        >>> from geo_events.corridors.corridor import make_corridor
        >>> make_corridor("Moscow", "Ankara").nearest("Ukraine").miss_km
        0.0
        """
        self._need_line("nearest")
        end = make_end(territory, view=self.view, what="territory")
        return measure_approach(*self.vertices, end)

    def touched(self) -> pd.DataFrame:
        """Find the territories that the band touches, and how much of it lies in each.

        Returns
        -------
        DataFrame
            `territory`, `name`, `kind`, `iso3`, `area_km2`, `share` of the band (for areas: of
            the envelope), largest first.

        Raises
        ------
        InvalidInputError
            For a line without a half-width.

        Examples
        --------
        >>> from geo_events.corridors.corridor import make_corridor
        >>> corridor = make_corridor("Moscow", "Ankara", half_width="50 km")
        >>> corridor.touched().share.sum().round(3).item()
        1.0
        """
        if self.is_line and self.half_width is None:
            raise InvalidInputError(
                "touched: this corridor has no width; give make_corridor(..., half_width='50 km')"
            )
        return find_touched(self.envelope, self.view)

    def to_gdf(self) -> gpd.GeoDataFrame:
        """Return ends, line, band and envelope as rows.

        Returns
        -------
        GeoDataFrame
            `part` {origin, via, target, track, band, envelope}, `name`, `shortest_km`,
            `longest_km`, `view`, `geometry`; only parts that are not empty.

        Examples
        --------
        >>> from geo_events.corridors.corridor import make_corridor
        >>> make_corridor("Moscow", "Ankara").to_gdf().part.tolist()
        ['origin', 'target', 'track']
        """
        return make_part_frame(self)

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """The rows of `to_gdf` as a GeoJSON mapping."""
        return dict(self.to_gdf().__geo_interface__)

    def with_events(
        self, events: Sequence[str], status: str | None = None, section: int | None = None
    ) -> Corridor:
        """Return the same corridor, saying of which events of a story it speaks (by their ids)."""
        return replace(self, events=tuple(events), status=status, section=section)

    def with_figures(self, days: tuple[date, date] | None, count: str | None) -> Corridor:
        """Return the same corridor with the days and the number that a story tells."""
        return replace(self, days=days, count=count)

    def with_route(self, avoid: tuple[End, ...], direct_km: float) -> Corridor:
        """Return the same corridor as the way round some territories."""
        return replace(self, avoid=avoid, direct_km=direct_km)

    def cite(self) -> str:
        """Say in one line what this is, by which method and from which data.

        Returns
        -------
        str
            To be copied below a map or a table.
        """
        return (
            f"{self.name}: straight lines (geodesics on WGS 84), geo_events {__version__}, "
            f"{cite_world(self.view)}. Not an observed path."
        )

    def _repr_html_(self) -> str:
        """Return a small table for a notebook; all text is escaped."""
        return describe_html(self)
