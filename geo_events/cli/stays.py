"""Print stays for a reader: legs merged, the other view's name, and who contests what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo_events.cli.options import Format
from geo_events.cli.printing import chosen, print_frame, print_view, write

if TYPE_CHECKING:
    import pandas as pd

    from geo_events.values import View

__all__ = ["STAYS", "merge_legs", "print_stays", "say_contests"]

STAYS = (
    *("track", "order", "name", "kind", "enter_km", "leave_km", "inside_km"),
    *("enter_min", "leave_min", "depth_km", "clear_of_border", "contested", "miss_km"),
)
_LAST = ("leave_km", "leave_lon", "leave_lat", "leave_min")
_MOST = ("depth_km", "clear_of_border", "contested", "other_view")
_GAP_KM = 0.001


def print_stays(
    stays: pd.DataFrame, *, view: View, format_: Format | None, one: bool = False
) -> None:
    """Print stays; the table merges legs and names the other view, other formats have all rows.

    Parameters
    ----------
    stays : DataFrame
        As `find_crossings` gives them.
    view : {"de_facto", "recognised"}
        Whose borders.
    format_ : Format or None
        As given.
    one : bool
        Whether they are those of one track, with their geometry: its number is left out, and who
        contests what is told below the table.
    """
    if chosen(format_) is not Format.table:
        print_frame(stays, view=view, format_=format_)
        return
    merged = merge_legs(stays)
    other: View = "recognised" if view == "de_facto" else "de_facto"
    merged["name"] = [
        f"{name} ({other}: {theirs})" if isinstance(theirs, str) and theirs else str(name)
        for name, theirs in zip(merged["name"], merged["other_view"], strict=True)
    ]
    columns = [name for name in STAYS if name in merged and not (one and name == "track")]
    print_frame(merged, view=None, format_=format_, columns=columns)
    for line in say_contests(stays, view) if one else ():
        write(line)
    print_view(view)


def merge_legs(stays: pd.DataFrame) -> pd.DataFrame:
    """Merge rows of one territory that follow on each other, leg after leg.

    Parameters
    ----------
    stays : DataFrame
        As `find_crossings` gives them.

    Returns
    -------
    DataFrame
        Without geometry; kilometres inside are added up, the greatest depth is kept, and `order`
        counts anew.
    """
    columns = [name for name in stays.columns if str(stays[name].dtype) != "geometry"]
    rows: list[dict[str, Any]] = []
    for record in stays[columns].to_dict("records"):
        row = {str(name): value for name, value in record.items()}
        if rows and _follows(rows[-1], row):
            _join(rows[-1], row)
        else:
            order = rows[-1]["order"] + 1 if rows and rows[-1]["track"] == row["track"] else 0
            rows.append(row | {"order": order})
    return type(stays[columns])(rows, columns=columns)


def _follows(before: dict[str, Any], row: dict[str, Any]) -> bool:
    """Tell whether a row goes on where the one before ended, in the same territory."""
    same = all(before[name] == row[name] for name in ("track", "territory"))
    fresh_leg = before["leg"] != row["leg"] and not (row.get("miss_km") or before.get("miss_km"))
    return bool(same and fresh_leg and abs(row["enter_km"] - before["leave_km"]) < _GAP_KM)


def _join(before: dict[str, Any], row: dict[str, Any]) -> None:
    """Add a row to the one before."""
    before |= {name: row[name] for name in ("leg", *_LAST) if name in row}
    before["inside_km"] += row["inside_km"]
    for name in _MOST:
        if name in row:
            before[name] = (
                max(before[name], row[name], key=lambda value: value or 0)
                if (name != "other_view")
                else (before[name] or row[name])
            )


def say_contests(stays: pd.DataFrame, view: View) -> list[str]:
    """Say who contests the territories that one track crosses.

    Parameters
    ----------
    stays : GeoDataFrame
        As `find_crossings` gives them with `geometry=True`.
    view : {"de_facto", "recognised"}
        Whose borders.

    Returns
    -------
    list of str
        One line per territory and dispute, in the order of crossing.
    """
    import numpy as np
    import shapely

    from geo_events.atlas.territories import load_pieces

    marked = stays[stays["contested"].to_numpy(dtype=bool)]
    if not len(marked):
        return []
    pieces = load_pieces()
    owner = pieces.territory_of(view)
    texts = np.array(pieces.contested, dtype=object)
    lines: dict[str, None] = {}
    for territory, name, line in zip(
        marked["territory"], marked["name"], marked.geometry, strict=True
    ):
        rows = np.nonzero((owner == pieces.number_of(territory)) & (texts != ""))[0]
        met = rows[shapely.intersects(line, pieces.polygons[rows])]
        lines |= dict.fromkeys(f"contested on the way, {name}: {text}" for text in texts[met])
    return list(lines)
