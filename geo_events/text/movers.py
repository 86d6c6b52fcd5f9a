"""Tell movers apart by their names: flight numbers, ships, persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.lexicon import DETERMINERS

if TYPE_CHECKING:
    from geo_events.text.actors import Actor
    from geo_events.text.structure import Layout
    from geo_events.text.triggers import Trigger

__all__ = ["Mover", "find_mover", "goes_on"]

_FLIGHTS = frozenset(("flight", "flights"))
_NAMED_TYPES = frozenset(("flight", "movement"))
_LEAVING = frozenset(("leave", "leave-from"))
_ARRIVING = frozenset(("arrive", "reach"))
_THEN = frozenset(("and", "then", "later", "finally"))


class Mover(NamedTuple):
    """The names of what moves: numbers of flights, and the words of a proper name."""

    numbers: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def can_be(self, other: Mover) -> bool:
        """Tell whether two movers can be one, as far as both have names of one sort."""
        pairs = zip(self, other, strict=True)
        return all(not (a and b) or not a.isdisjoint(b) for a, b in pairs)

    def joined(self, other: Mover) -> Mover:
        """Return the names of both."""
        return Mover(self.numbers | other.numbers, self.words | other.words)


def find_mover(layout: Layout, trigger: Trigger, actor: Actor | None) -> Mover:
    """Find the names of what moves: "Flight 12", "the Blue Heron".

    Parameters
    ----------
    layout : Layout
        The text.
    trigger : Trigger
        The event word.
    actor : Actor or None
        Who acts there.

    Returns
    -------
    Mover
        Without names where the text has none: "the ship".
    """
    low = layout.tokens.low
    first, end = layout.clause_bounds(trigger.at)
    numbers = {
        low[k + 1]
        for k in range(first, end - 1)
        if low[k] in _FLIGHTS and any(char.isdigit() for char in low[k + 1])
    }
    words: set[str] = set()
    if actor is not None and actor.country is None and trigger.type in _NAMED_TYPES:
        words = {w for w in actor.text.split() if w.lower() not in DETERMINERS}
    proper = not trigger.noun and all(w[0].isupper() and w.isalpha() for w in words)
    return Mover(frozenset(numbers), frozenset(words) if proper else frozenset())


def goes_on(layout: Layout, one: Trigger, other: Trigger) -> bool:
    """Tell "left A on Monday and arrived in B on Tuesday": one way of one subject.

    Parameters
    ----------
    layout : Layout
        The text.
    one, other : Trigger
        Two event words.

    Returns
    -------
    bool
        Whether the second has no subject of its own and ends what the first began.
    """
    tokens = layout.tokens
    if one.group not in _LEAVING or other.group not in _ARRIVING or other.at <= one.at:
        return False
    same = tokens.sentences[one.at] == tokens.sentences[other.at]
    return same and tokens.low[other.at - 1] in _THEN
