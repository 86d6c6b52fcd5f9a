"""Small HTML tables that stand for a corridor or a verdict in a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from geo_events.measures import format_km

if TYPE_CHECKING:
    from geo_events.corridors.corridor_value import Corridor

__all__ = ["describe_html"]

_STYLE = "border-collapse:collapse;text-align:left"
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
    rows = [
        ("from", f"{corridor.origin.name} ({corridor.origin.kind})"),
        ("to", f"{corridor.target.name} ({corridor.target.kind})"),
        ("length", length),
        ("crosses", _crossed(corridor)),
        ("view", corridor.view),
    ]
    if corridor.direct_km is not None:
        rows.insert(3, ("straight line", format_km(corridor.direct_km)))
    body = "".join(f"<tr><th>{escape(key)}</th><td>{escape(text)}</td></tr>" for key, text in rows)
    caveat = "Straight lines on the ellipsoid; not an observed path."
    return (
        f'<table style="{_STYLE}"><caption>{escape(corridor.name)}</caption>'
        f"<tbody>{body}</tbody><tfoot><tr><td colspan=2><small>{escape(caveat)}</small></td></tr>"
        "</tfoot></table>"
    )


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
