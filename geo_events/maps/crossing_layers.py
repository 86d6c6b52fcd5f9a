"""What is crossed: territories filled with share and length, and where a line enters them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo_events.atlas.territories import territory_polygon
from geo_events.corridors.ends import End
from geo_events.corridors.wording import format_share
from geo_events.maps import signs
from geo_events.maps.features import (
    AreaMark,
    Evidence,
    Group,
    Item,
    LegendEntry,
    MapContent,
    Mark,
    PointMark,
)
from geo_events.maps.paths import place_caption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.corridors.corridor import Corridor

__all__ = ["Crossed", "crossed_content", "find_crossed"]

_LEAST_SHARE = 0.005
_AREA_SECTION = "What the straight lines cross"
_LINE_SECTION = "What the straight line crosses, in order"


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

    @property
    def end(self) -> End:
        """The territory as corridors take it."""
        polygon = territory_polygon(self.id, self.view)  # type: ignore[arg-type]  # a view
        point = polygon.representative_point()
        return End(
            self.name, self.name, self.id, self.kind, point.x, point.y, polygon
        )

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
        For a line one per stay; for areas one per territory, largest share first.
    """
    stays = corridor.crossings()
    return _of_line(corridor, stays) if corridor.is_line else _of_area(corridor, stays)


def _of_line(corridor: Corridor, stays: pd.DataFrame) -> tuple[Crossed, ...]:
    """List the stays of a single line."""
    last = len(stays) - 1
    return tuple(
        Crossed(
            row.territory,
            row.name,
            row.kind,
            1.0,
            (row.inside_km, row.inside_km),
            is_transit=row.kind == "country" and 0 < k < last,
            enter=(row.enter_lon, row.enter_lat),
            enter_km=row.enter_km,
            leave_km=row.leave_km,
            notes=_notes(row),
            view=corridor.view,
        )
        for k, row in enumerate(_rows(stays))
    )


def _of_area(corridor: Corridor, stays: pd.DataFrame) -> tuple[Crossed, ...]:
    """List the territories by share; lengths come from the sample lines."""
    inside = stays.groupby(["territory", "track"], sort=False)["inside_km"].sum()
    lengths = inside.groupby(level="territory").agg(["min", "max"])
    first = {row.territory: row for row in reversed(_rows(stays))}
    found = []
    for row in _rows(corridor.shares()):
        if row.share < _LEAST_SHARE or row.territory not in lengths.index:
            continue
        low, high = lengths.loc[row.territory]
        found.append(
            Crossed(
                row.territory,
                row.name,
                row.kind,
                float(row.share),
                (float(low), float(high)),
                is_transit=row.kind == "country" and row.part == "transit",
                low=float(row.sampling_low),
                high=float(row.sampling_high),
                notes=_notes(first[row.territory]),
                view=corridor.view,
            )
        )
    return tuple(found)


class _Row:
    """A row of a frame by its columns' names."""

    def __init__(self, values: dict[str, object]) -> None:
        self.__dict__.update(values)

    def __getattr__(self, name: str) -> object:
        raise AttributeError(name)


def _rows(frame: pd.DataFrame) -> list[_Row]:
    """Return the rows of a frame; unlike itertuples it keeps a column called "name"."""
    columns = [column for column in frame.columns if column not in ("geometry", "ends")]
    return [_Row(values) for values in frame[columns].to_dict("records")]


def _notes(row: _Row) -> tuple[str, ...]:
    """Say what is contested, or seen otherwise, about a stay."""
    notes = []
    contested = getattr(row, "contested", None)
    if isinstance(contested, str) and contested:
        notes.append(f"contested: {contested}")
    other = getattr(row, "other_view", None)
    if isinstance(other, str) and other:
        notes.append(f"in the other view: {other}")
    if getattr(row, "clear_of_border", True) is False:
        notes.append("nearer to the border than the border data are good for")
    return tuple(notes)


def crossed_content(
    crossed: Sequence[Crossed],
    focus: Crossed | None,
    window: tuple[float, float, float, float] | None,
    *,
    number: int = 1,
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
    number : int
        Tells the layers of several corridors apart.

    Returns
    -------
    MapContent
        One layer with its marks, and an item per territory.
    """
    marks = [mark for one in crossed for mark in _marks(one, one is focus, window, number)]
    if not crossed:
        return MapContent()
    key = f"crossed-{number}"
    title = "Countries crossed: share of the lines, km inside"
    if crossed[0].enter is not None:
        title = "Countries crossed: km inside"
    group = Group(key, title, _legend(marks, focus))
    items = tuple(_item(one, k, number) for k, one in enumerate(crossed))
    groups = (group,) if marks else ()
    return MapContent(groups=groups, marks=tuple(marks), items=items)


def _item_key(one: Crossed, number: int) -> str:
    """Return the key of a territory's item; a line may enter one several times."""
    place = "" if one.enter_km is None else f"-{one.enter_km:.3f}"
    return f"crossed-{number}-{one.id}{place}"


def _marks(
    one: Crossed,
    is_focus: bool,  # noqa: FBT001
    window: tuple[float, float, float, float] | None,
    number: int,
) -> list[Mark]:
    """Fill one country, and mark the entry of a line."""
    key, item = f"crossed-{number}", _item_key(one, number)
    marks: list[Mark] = []
    if one.is_transit:
        at = None
        if window is not None:
            at = place_caption(territory_polygon(one.id, one.view), window)  # type: ignore[arg-type]
        words = one.length if one.enter else f"{format_share(one.share)} · {one.length}"
        style = signs.FOCUS if is_focus else signs.CROSSED
        label = f"{one.name}: crossed by {_who(one)}, {one.length} inside"
        caption = f"{one.name}\n{words}"
        marks.append(
            AreaMark(
                None, label, style, key, item, one.id, caption, at, 5 + one.share, focus=False
            )
        )
    if one.enter is not None and one.enter_km:
        label = f"Enters {one.name} after {one.enter_km:,.0f} km"
        marks.append(PointMark(*one.enter, label, signs.STAY, "enter", key, item))
    return marks


def _who(one: Crossed) -> str:
    """Say which lines cross it."""
    return "the line" if one.enter else f"{format_share(one.share)} of the straight lines"


def _legend(marks: Sequence[Mark], focus: Crossed | None) -> tuple[LegendEntry, ...]:
    """Explain the signs that occur."""
    styles = {mark.style for mark in marks if isinstance(mark, AreaMark)}
    entries = []
    if signs.FOCUS in styles and focus is not None:
        entries.append(LegendEntry("area", f"{focus.name}: the country in question", signs.FOCUS))
    if signs.CROSSED in styles:
        text = "Country that some lines cross" if focus else "Country that is crossed"
        entries.append(LegendEntry("area", text, signs.CROSSED))
    if any(isinstance(mark, PointMark) for mark in marks):
        entries.append(LegendEntry("point", "The line enters here", signs.STAY, "enter"))
    return tuple(entries)


def _item(one: Crossed, order: int, number: int) -> Item:
    """List one territory with all there is to say."""
    rows = [("Length inside", one.length)]
    if one.enter_km is not None and one.leave_km is not None:
        rows.append(("On the line", f"from {one.enter_km:,.0f} to {one.leave_km:,.0f} km"))
        section, detail = _LINE_SECTION, one.length
        title = f"{order + 1}. {one.name}"
    else:
        share = f"{format_share(one.share)} ({one.share:.0%})"
        rows.insert(0, ("Share of straight lines", f"{one.share:.1%}, {one.low:.1%} to {one.high:.1%}"))
        section, detail = _AREA_SECTION, f"{share} · {one.length} inside"
        title = one.name
    rows.extend(("Note", note) for note in one.notes)
    rows.append(("Id", one.id))
    return Item(
        _item_key(one, number), section, title, detail, evidence=Evidence(rows=tuple(rows))
    )
