"""Rings of true radius: distances that a text gives, drawn to scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo_events.geodesy.ellipsoid import direct
from geo_events.maps import signs
from geo_events.maps.content import Group, LegendEntry, MapContent
from geo_events.maps.features import RingMark
from geo_events.maps.unwrap import unwrap_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo_events.corridors.corridor import Corridor
    from geo_events.maps.features import Style
    from geo_events.story.story import Story
    from geo_events.text.quantities import Quantity

__all__ = ["make_ring_mark", "separation_content"]

_POINTS = 361


def separation_content(story: Story) -> MapContent:
    """Draw the separations that a text gives, to scale, where its flight was to go.

    Parameters
    ----------
    story : Story
        Its quantities of kind "separation".

    Returns
    -------
    MapContent
        One ring for each separation that stands in the section of a corridor to a point. Where
        the meeting took place is not known, and the ring says so.
    """
    drawn = tuple(_rings(story))
    if not drawn:
        return MapContent()
    texts = dict.fromkeys(f"{mark.caption} near {near}, not its place" for mark, near in drawn)
    entries = tuple(LegendEntry("line", text, signs.RING) for text in texts)
    group = Group("rings", "Distances in the text", entries)
    return MapContent(groups=(group,), marks=tuple(mark for mark, _ in drawn))


def _rings(story: Story) -> Iterator[tuple[RingMark, str]]:
    """Make a ring per separation, with the name of what it is drawn round."""
    seen: set[tuple[str, float]] = set()
    for quantity in story.document.quantities:
        km = quantity.km
        if quantity.kind != "separation" or km is None:
            continue
        section = story.document.section_of(quantity.offset)
        for corridor in story.corridors:
            key = (corridor.target.id, km)
            if corridor.section == section and not corridor.target.is_area and key not in seen:
                seen.add(key)
                yield _ring(corridor, quantity, km), corridor.target.name


def _ring(corridor: Corridor, quantity: Quantity, km: float) -> RingMark:
    """Draw one separation round the target."""
    item = f"event-{corridor.events[0]}" if corridor.events else ""
    caption = f"{quantity.text} ({km:.0f} km), drawn to scale"
    label = f"{caption} round {corridor.target.name}: where it was kept is not known"
    return make_ring_mark(corridor.target.lon, corridor.target.lat, km, (label, caption), item=item)


def make_ring_mark(
    lon: float,
    lat: float,
    radius_km: float,
    words: tuple[str, str],
    *,
    item: str = "",
    style: Style = signs.RING,
) -> RingMark:
    """Make a ring of true radius.

    Parameters
    ----------
    lon, lat : float
        Centre, degrees.
    radius_km : float
        Kilometres on the ellipsoid.
    words : (str, str)
        Label and caption.
    item : str
        Key of its item; "" for none.
    style : Style
        Its outline.

    Returns
    -------
    RingMark
        Closed, without a jump at +-180.
    """
    azimuth = np.linspace(0.0, 360.0, _POINTS)
    ones = np.ones(_POINTS)
    ring_lon, ring_lat, _ = direct(lon * ones, lat * ones, azimuth, radius_km * 1000 * ones)
    label, caption = words
    return RingMark(
        unwrap_path(np.asarray(ring_lon)),
        np.asarray(ring_lat),
        label,
        caption,
        style,
        "rings",
        item,
    )
