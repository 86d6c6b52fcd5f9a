"""What is crossed: territories filled with share and length, and where a line enters them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo_events.atlas.territories import territory_polygon
from geo_events.corridors.ends import End
from geo_events.corridors.wording import format_share
from geo_events.errors import InvalidInputError
from geo_events.maps import signs
from geo_events.maps.content import Evidence, Group, Item, LegendEntry, MapContent
from geo_events.maps.features import AreaMark, Mark, PointMark
from geo_events.maps.paths import place_caption, simplify_area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geo_events.corridors.corridor import Corridor
    from geo_events.maps.features import Sign

__all__ = ["Crossed", "crossed_content", "find_crossed"]

_LEAST_SHARE = 0.005
_LEAST_FILLED = 0.05  # of the lines: what fewer cross is listed, not filled
_KEY = "crossed"
_MOST_NAMED = 5  # places of entry that are named on the map


@dataclass(frozen=True, slots=True)
class Crossed:
    """A territory that lines cross.

    Parameters
    ----------
    id, name, kind : str
        Of the territory.
    share : float
        Of the straight lines; 1.0 for a single line.
    inside_km : (float, float)
        Least and greatest length inside, over the sample lines that cross it.
    is_transit : bool
        Whether it is a country that holds neither origin nor target.
    enter : (lon, lat) or None
        Where the single line enters.
    enter_km, leave_km : float or None
        Where on the single line.
    low, high : float
        Bounds of the share by sampling.
    notes : tuple of str
        What else must be said: contested ground, another view.
    view : str
        Whose borders.
    shape : shapely geometry or None
        Its outline, where it is no country or sea of the tables.
    """

    id: str
    name: str
    kind: str
    share: float
    inside_km: tuple[float, float]
    is_transit: bool
    enter: tuple[float, float] | None = None
    enter_km: float | None = None
    leave_km: float | None = None
    low: float = 1.0
    high: float = 1.0
    notes: tuple[str, ...] = ()
    view: str = "de_facto"
    shape: BaseGeometry | None = None

    @property
    def outline(self) -> BaseGeometry:
        """The outline, EPSG:4326."""
        if self.shape is not None:
            return self.shape
        return territory_polygon(self.id, self.view)  # type: ignore[arg-type]  # a view

    @property
    def end(self) -> End:
        """The territory as corridors take it."""
        polygon = self.outline
        point = polygon.representative_point()
        return End(self.name, self.name, self.id, self.kind, point.x, point.y, polygon)

    @property
    def length(self) -> str:
        """The length inside, for a reader."""
        low, high = (round(value) for value in self.inside_km)
        return f"{high:,} km" if low == high else f"{low:,} to {high:,} km"


def find_crossed(corridor: Corridor) -> tuple[Crossed, ...]:
    """List what a corridor crosses: a line in its order, an area by share.

    Parameters
    ----------
    corridor : Corridor
        Any.

    Returns
    -------
    tuple of Crossed
        For a line one per stay; for areas one per territory, largest share first; none where the
        ends are so large that there are no shares.
    """
    frame = corridor.crossings()
    stays = frame.drop(columns=frame.active_geometry_name).to_dict("records")
    if corridor.is_line:
        return _of_line(corridor, stays)
    try:
        return _of_area(corridor, stays)
    except InvalidInputError:  # ends so large that no share means anything: the lines alone
        return ()


def _of_line(corridor: Corridor, stays: list[dict[str, Any]]) -> tuple[Crossed, ...]:
    """List the stays of a single line."""
    return tuple(
        Crossed(
            row["territory"],
            row["name"],
            row["kind"],
            1.0,
            (row["inside_km"], row["inside_km"]),
            is_transit=row["kind"] == "country",
            enter=(row["enter_lon"], row["enter_lat"]),
            enter_km=row["enter_km"],
            leave_km=row["leave_km"],
            notes=_notes(row),
            view=corridor.view,
        )
        for row in stays
    )


def _of_area(corridor: Corridor, stays: list[dict[str, Any]]) -> tuple[Crossed, ...]:
    """List the territories by share; lengths come from the sample lines."""
    lengths = _lengths(stays)
    first = {row["territory"]: row for row in reversed(stays)}
    found = []
    for row in corridor.shares().to_dict("records"):
        key = row["territory"]
        if row["share"] < _LEAST_SHARE or key not in lengths:
            continue
        found.append(
            Crossed(
                key,
                row["name"],
                row["kind"],
                row["share"],
                lengths[key],
                is_transit=row["kind"] == "country" and row["part"] == "transit",
                low=row["sampling_low"],
                high=row["sampling_high"],
                notes=_notes(first[key]),
                view=corridor.view,
            )
        )
    return tuple(found)


def _lengths(stays: list[dict[str, Any]]) -> dict[str, tuple[float, float]]:
    """Return the least and greatest length of a line inside each territory."""
    per_line: dict[str, dict[Any, float]] = {}
    for row in stays:
        lines = per_line.setdefault(row["territory"], {})
        lines[row["track"]] = lines.get(row["track"], 0.0) + row["inside_km"]
    return {key: (min(lines.values()), max(lines.values())) for key, lines in per_line.items()}


def _notes(row: dict[str, Any]) -> tuple[str, ...]:
    """Say what is contested, or seen otherwise, about a stay."""
    notes = []
    for column, words in (("contested", "contested: "), ("other_view", "in the other view: ")):
        value = row.get(column)
        if isinstance(value, str) and value:
            notes.append(f"{words}{value}")
    if row.get("clear_of_border") is False:
        notes.append("nearer to the border than the border data are good for")
    return tuple(notes)


def crossed_content(
    crossed: Sequence[Crossed],
    focus: Crossed | None,
    window: tuple[float, float, float, float] | None,
    *,
    name: str,
    number: int = 1,
    days: tuple[str, str] = ("", ""),
) -> MapContent:
    """Fill the countries crossed, list all territories, and mark where a line enters.

    Parameters
    ----------
    crossed : sequence of Crossed
        From `find_crossed`.
    focus : Crossed or None
        The territory in question, filled in a colour of its own.
    window : (west, south, east, north) or None
        What the map shows, for the captions; None across +-180.
    name : str
        The corridor's name, for the list's heading.
    number : int
        Tells the layers of several corridors apart.
    days : (str, str)
        First and last day of the movement, ISO 8601; "" for none.

    Returns
    -------
    MapContent
        One layer with its marks, and an item per territory.
    """
    if not crossed:
        return MapContent()
    marks = [*_fills(crossed, focus, window, number), *_entries(crossed, number)]
    is_line = crossed[0].enter is not None
    groups = (Group(_KEY, "Countries crossed", _legend(marks, focus)),) if marks else ()
    section = f"Straight lines {name} cross"
    if is_line:
        section = f"The straight line {name} crosses, in order"
    items = tuple(
        _item(one, section, _item_key(one, number), k, days) for k, one in enumerate(crossed, 1)
    )
    return MapContent(groups=groups, marks=tuple(marks), items=items)


def _item_key(one: Crossed, number: int) -> str:
    """Return the key of a territory's item; a line may enter one several times."""
    place = "" if one.enter_km is None else f"-{one.enter_km:.3f}"
    return f"crossed-{number}-{one.id}{place}"


def _fills(
    crossed: Sequence[Crossed],
    focus: Crossed | None,
    window: tuple[float, float, float, float] | None,
    number: int,
) -> list[Mark]:
    """Fill each country once, with its share and the length inside."""
    total_km: dict[str, float] = {}
    for one in crossed:
        total_km[one.id] = total_km.get(one.id, 0.0) + one.inside_km[1]
    marks: list[Mark] = []
    filled = {one.id: one for one in reversed(crossed) if one.is_transit}
    filled = {key: one for key, one in filled.items() if one.share >= _LEAST_FILLED}
    for one in sorted(filled.values(), key=lambda one: one is focus):
        words = f"{format_share(one.share)} lines · {one.length}"
        label = f"{one.name}: crossed by {format_share(one.share)} of the lines, {one.length}"
        if one.enter is not None:
            words = f"{total_km[one.id]:,.0f} km"
            label = f"{one.name}: {words} inside"
        outline = one.outline
        at = None if window is None else place_caption(outline, window)
        marks.append(
            AreaMark(
                None if one.shape is None else simplify_area(one.shape),
                label,
                signs.FOCUS if one is focus else signs.CROSSED,
                _KEY,
                _item_key(one, number),
                one.id,
                f"{one.name}\n{words}",
                at,
                5 + one.share,
                focus=False,
            )
        )
    return marks


def _entries(crossed: Sequence[Crossed], number: int) -> list[Mark]:
    """Mark where a single line enters each territory: a few by name, many by small dots."""
    entered = [one for one in crossed if one.enter is not None and one.enter_km]
    few = len(entered) <= _MOST_NAMED
    return [
        PointMark(
            *one.enter,
            f"Enters {one.name} after {one.enter_km:,.0f} km",
            signs.STAY,
            "enter" if few else "dot",
            _KEY,
            _item_key(one, number),
            f"enters {one.name}" if few else "",
            rank=6.0,
        )
        for one in entered
        if one.enter is not None
    ]


def _legend(marks: Sequence[Mark], focus: Crossed | None) -> tuple[LegendEntry, ...]:
    """Explain the signs that occur."""
    styles = {mark.style for mark in marks if isinstance(mark, AreaMark)}
    entries = []
    if signs.FOCUS in styles and focus is not None:
        entries.append(LegendEntry("area", f"{focus.name}: in question", signs.FOCUS))
    if signs.CROSSED in styles:
        is_line = any(isinstance(mark, PointMark) for mark in marks)
        text = "Country that the line crosses" if is_line else "Country that some lines cross"
        entries.append(LegendEntry("area", text, signs.CROSSED))
    if any(isinstance(mark, PointMark) for mark in marks):
        few = any(isinstance(mark, PointMark) and mark.sign == "enter" for mark in marks)
        sign: Sign = "enter" if few else "dot"
        entries.append(LegendEntry("point", "The line enters here", signs.STAY, sign))
    return tuple(entries)


def _item(one: Crossed, section: str, key: str, order: int, days: tuple[str, str]) -> Item:
    """List one territory with all there is to say."""
    rows = [("Length inside", one.length)]
    if one.enter_km is not None and one.leave_km is not None:
        rows.append(("On the line", f"from {one.enter_km:,.0f} to {one.leave_km:,.0f} km"))
        title, detail = f"{order}. {one.name}", one.length
    else:
        share = f"{format_share(one.share)} ({one.share:.0%})"
        between = f", by sampling {one.low:.0%} to {one.high:.0%}" if one.high > one.low else ""
        rows.insert(0, ("Share of straight lines", f"{one.share:.0%}{between}"))
        title, detail = one.name, f"{share} · {one.length} inside"
    rows.extend(("Note", note) for note in one.notes)
    evidence = Evidence(rows=tuple(rows))
    return Item(key, section, title, detail, evidence=evidence, start=days[0], end=days[1])
