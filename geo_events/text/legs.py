"""Read the legs of a way: "from A to B, then to C" goes from B to C last."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.text.structure import Layout

__all__ = ["find_legs"]

_THEN = frozenset(("then", "onward", "onwards", "thence"))
_FEW = 6  # words between two stops


def find_legs(
    layout: Layout, origins: Sequence[int], destinations: Sequence[int]
) -> list[tuple[int, int]]:
    """Pair the origins of one event word with its destinations.

    Parameters
    ----------
    layout : Layout
        The text.
    origins, destinations : sequence of int
        Numbers of mentions.

    Returns
    -------
    list of tuple of int
        Pairs of mentions: each origin with each destination, but a destination that is told with
        "then" comes from the one before it.
    """
    pairs: list[tuple[int, int]] = []
    before: int | None = None
    for stop in sorted(destinations):
        onward = before is not None and bool(origins) and _is_onward(layout, before, stop)
        starts = [before] if onward and before is not None else origins
        pairs.extend((start, stop) for start in starts)
        before = stop
    return pairs


def _is_onward(layout: Layout, one: int, other: int) -> bool:
    """Tell whether "then" or "on to" stands between two stops."""
    low = layout.tokens.low[layout.mentions[one].last + 1 : layout.mentions[other].first]
    if len(low) > _FEW:
        return False
    on = any(low[k : k + 2] == ["on", "to"] for k in range(len(low)))
    return on or not _THEN.isdisjoint(low)
