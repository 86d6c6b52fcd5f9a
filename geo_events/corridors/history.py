"""Borders of another time: a warning where the event is older than the borders on its way."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import shapely

from geo_events.atlas.territories import territory_polygon
from geo_events.corridors.extents import WHOLE_EARTH, find_reach

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

    from geo_events.corridors.ends import End
    from geo_events.values import View

__all__ = ["BorderChange", "find_border_changes", "load_border_changes", "say_borders"]

_BORDERS_SINCE = 1992


@dataclass(frozen=True, slots=True)
class BorderChange:
    """A border, or who held land, that changed on a day.

    Parameters
    ----------
    day : date
        From when on it is as it is today.
    where : tuple of str
        Ids of the territories of today that it concerns; empty for a box.
    box : tuple of float or None
        West, south, east, north in degrees, where no whole territory is concerned.
    sentence : str
        What was otherwise before.
    source : str
        The treaty, judgment or resolution.
    """

    day: date
    where: tuple[str, ...]
    box: tuple[float, float, float, float] | None
    sentence: str
    source: str

    def touches(self, shape: BaseGeometry, view: View) -> bool:
        """Tell whether a geometry reaches the land concerned.

        Parameters
        ----------
        shape : shapely geometry
            EPSG:4326.
        view : {"de_facto", "recognised"}
            Whose borders.

        Returns
        -------
        bool
            Whether they share a point.
        """
        if self.box is not None:
            return bool(shapely.intersects(shape, shapely.box(*self.box)))
        lands = [territory_polygon(territory, view) for territory in self.where]
        return bool(shapely.intersects(shape, lands).any())


@lru_cache(maxsize=1)
def load_border_changes() -> tuple[BorderChange, ...]:
    """Load the table of changes that the package knows.

    Returns
    -------
    tuple of BorderChange
        By day. The table is written by hand and not complete: it holds changes since 1990 of
        whole states, and of land that was fought over.
    """
    table = files("geo_events.corridors").joinpath("border_changes.csv").read_text("utf-8")
    return tuple(_read_change(row) for row in csv.DictReader(table.splitlines()))


def _read_change(row: dict[str, str]) -> BorderChange:
    """Read one row of the table."""
    kind, _, numbers = row["where"].partition("box:")
    box = None
    if numbers:
        west, south, east, north = map(float, numbers.split(","))
        box = (west, south, east, north)
    return BorderChange(
        date.fromisoformat(row["date"]), tuple(kind.split()), box, row["sentence"], row["source"]
    )


def find_border_changes(
    when: date, places: Iterable[End], view: View = "de_facto"
) -> tuple[BorderChange, ...]:
    """Find the changes after a day that concern an event's places or the way between them.

    Parameters
    ----------
    when : date
        The day of the event.
    places : iterable of End
        Origin and target first, then any others.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    tuple of BorderChange
        By day; empty where none is known.
    """
    later = [change for change in load_border_changes() if when < change.day]
    if not later:
        return ()
    given = tuple(places)
    reach, ids = _reach(given), {place.id for place in given}
    return tuple(
        change for change in later if ids & set(change.where) or change.touches(reach, view)
    )


def _reach(places: tuple[End, ...]) -> BaseGeometry:
    """Return what lies between the first two places, unless that is everything; else the places."""
    shapes = [place.geometry for place in places]
    if len(shapes) == 1:
        return shapes[0]
    between = find_reach(shapes[0], shapes[1])
    return shapely.union_all(shapes[:2]) if between.equals(WHOLE_EARTH) else between


def say_borders(
    when: date | None, places: Iterable[End], view: View = "de_facto"
) -> tuple[str, ...]:
    """Warn that the borders at the time of an event were not those of today.

    Parameters
    ----------
    when : date or None
        The day of the event; None where it is not known.
    places : iterable of End
        Origin and target first, then any others.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    tuple of str
        One text; empty where no change is known. Before 1992 it always warns, and leaves out
        changes after 1993.

    Examples
    --------
    >>> from datetime import date
    >>> from geo_events.corridors.ends import make_end
    >>> say_borders(date(2010, 1, 1), [make_end("Khartoum"), make_end("Juba")])
    ('The borders are those of today: South Sudan was part of Sudan until 9 July 2011.',)
    """
    if when is None:
        return ()
    changes = find_border_changes(when, places, view)
    if when.year >= _BORDERS_SINCE:
        said = " ".join(change.sentence for change in changes)
        return (f"The borders are those of today: {said}",) if said else ()
    general = f"The borders are today's; in {when.year} some ran elsewhere or belonged to others."
    nearest = [change.sentence for change in changes if change.day.year <= _BORDERS_SINCE + 1]
    return (" ".join([general, *nearest]),)
