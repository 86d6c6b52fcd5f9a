"""A corridor on its way to the map: what all its layers need to know, and words for doubt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from geo_events.corridors.extents import WHOLE_EARTH
from geo_events.maps.unwrap import find_centre, shift_geometry

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo_events.corridors.corridor import Corridor
    from geo_events.corridors.verdict import Verdict
    from geo_events.maps.crossing_layers import Crossed

__all__ = ["Drawing", "doubt_of", "say_doubted"]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A corridor with what its layers share.

    Parameters
    ----------
    corridor : Corridor
        What is drawn.
    item : str
        Key of the list's item that its marks belong to; "" for none.
    number : int
        Tells the layers of several corridors apart.
    focus : Crossed or None
        The territory in question.
    verdict : Verdict or None
        The question.
    words : (str, str)
        What its ends are called.
    """

    corridor: Corridor
    item: str
    number: int
    focus: Crossed | None
    verdict: Verdict | None
    words: tuple[str, str] = ("origin", "target")

    def key(self, part: str) -> str:
        """Return the key of a layer of this corridor."""
        return f"{part}-{self.number}"

    @property
    def envelope(self) -> BaseGeometry:
        """What every line stays within; empty where that is the whole Earth, as from an ocean."""
        found = self.corridor.envelope
        return shapely.Polygon() if found.equals(WHOLE_EARTH) else found

    @property
    def window(self) -> tuple[float, float, float, float] | None:
        """West, south, east, north of the corridor, beyond 180 where it runs so; None if global."""
        shapes = [self.corridor.origin.geometry, self.corridor.target.geometry, self.envelope]
        lon = shapely.get_coordinates(shapes)[:, 0]
        centre = find_centre(lon)
        moved = [shift_geometry(shape, centre) for shape in shapes if not shapely.is_empty(shape)]
        west, south, east, north = shapely.total_bounds(moved)
        if east - west > 300:
            return None
        inset_lon, inset_lat = 0.06 * (east - west), 0.02 * (north - south)
        return west + inset_lon, south + inset_lat, east - inset_lon, north - inset_lat


def doubt_of(corridor: Corridor) -> str:
    """Return "Denied", "Claimed" and the like; "" for what is asserted or has no text."""
    return "" if corridor.status in (None, "asserted") else corridor.status.capitalize()


def say_doubted(corridor: Corridor, text: str) -> str:
    """Set "Denied: " and the like before a text about the lines of a doubted movement."""
    word = doubt_of(corridor)
    return f"{word}: {text[0].lower()}{text[1:]}" if word else text
