"""What stands for a corridor or a verdict in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo_events.cards import write_card
from geo_events.measures import format_km

if TYPE_CHECKING:
    from geo_events.corridors.corridor_value import Corridor
    from geo_events.corridors.verdict import Verdict

__all__ = ["describe_html", "describe_verdict"]

_LARGEST = 8


def describe_html(corridor: Corridor) -> str:
    """Describe a corridor as an HTML table; all text is escaped.

    Parameters
    ----------
    corridor : Corridor
        The corridor.

    Returns
    -------
    str
        One table with a caption and a caveat.
    """
    shortest, longest = np.broadcast_to(corridor.length_km, 2).tolist()
    length = format_km(shortest)
    if not corridor.is_line:
        length = f"{length} to {format_km(longest)}"
    direct = corridor.direct_km
    rows = [
        ("from", f"{corridor.origin.name} ({corridor.origin.kind})"),
        ("to", f"{corridor.target.name} ({corridor.target.kind})"),
        ("length", length),
        ("straight line", "" if direct is None else format_km(direct)),
        ("the text says", corridor.status or ""),
        ("crosses", _crossed(corridor)),
        ("view", corridor.view),
    ]
    return write_card(corridor.name, rows, "Straight lines on the ellipsoid; not an observed path.")


def describe_verdict(verdict: Verdict) -> str:
    """Describe a verdict as an HTML table; all text is escaped.

    Parameters
    ----------
    verdict : Verdict
        The verdict.

    Returns
    -------
    str
        One table: question, answer, what it takes, why, method and data.
    """
    rows = [
        ("answer", verdict.answer),
        ("what it takes", verdict.condition),
        ("why", verdict.text),
        ("method", "" if verdict.method == "none" else verdict.method),
        ("data", verdict.data),
    ]
    note = "What geometry allows; never what happened."
    return write_card(verdict.question, rows, note)


def _crossed(corridor: Corridor) -> str:
    """Name what is crossed, with kilometres or shares."""
    if corridor.is_line:
        found = corridor.crossings()
        parts = [
            f"{name} {format_km(km)}"
            for name, km in zip(found["name"], found["inside_km"], strict=True)
        ]
    else:
        shares = corridor.shares().head(_LARGEST)
        parts = [
            f"{name} {share:.0%}"
            for name, share in zip(shares["name"], shares["share"], strict=True)
        ]
    return ", ".join(parts)
