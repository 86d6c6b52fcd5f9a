"""Describe a place beside an event word: what the rules ask of the words around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.text.eligible import facility_after
from geo_events.text.lexicon import (
    AIRCRAFT,
    AUXILIARIES,
    FACILITIES,
    PREPOSITIONS,
    PROJECTILES,
    VESSELS,
    word_set,
)
from geo_events.text.situations import Situation
from geo_events.text.tokens import BRACKET, COMMA, HYPHEN

if TYPE_CHECKING:
    from geo_events.text.phrases import Path
    from geo_events.text.structure import Layout
    from geo_events.text.triggers import Trigger

__all__ = ["describe_situation", "is_bound", "may_precede"]

_REACH = 32
_FORWARD = 18
_SMALL = FACILITIES | word_set(
    "both then also again on early late about around the a its their and of most part parts "
    "entire whole all key strategic important nearby neighbouring neighboring "
    "north south east west northern southern eastern western northeastern northwestern "
    "southeastern southwestern central"
)
_MOVERS = (
    PROJECTILES
    | AIRCRAFT
    | VESSELS
    | word_set(
        "troops forces fighters soldiers convoy convoys migrants refugees flight flights "
        "passengers trucks weapons arms missiles attack attacks strike strikes fire militants "
        "rebels"
    )
)


def describe_situation(layout: Layout, path: Path, trigger: Trigger, *, after: bool) -> Situation:
    """Describe a place beside an event word.

    Parameters
    ----------
    layout : Layout
        The text.
    path : Path
        The phrase that the place stands in.
    trigger : Trigger
        The event word.
    after : bool
        Whether the phrase comes after it.

    Returns
    -------
    Situation
        What the rules ask of it.
    """
    tokens = layout.tokens
    found = layout.mentions[path.mention]
    passive = (
        not trigger.noun
        and any(
            word in ("was", "were", "been", "being", "is", "are", "be")
            for word in tokens.low[max(0, trigger.at - 3) : trigger.at]
        )
        and not tokens.low[trigger.at].endswith("ing")
    )
    between = tokens.low[trigger.last + 1 : path.first] if after else []
    return Situation(
        path,
        trigger,
        after,
        passive,
        is_bound(layout, path.mention),
        tokens.low[trigger.at],
        any(word in PROJECTILES for word in between),
        found.mention.place.kind if found.mention.place else "",
        _departs(layout, path),
        _is_subject(layout, path.mention),
        after and _is_adjacent(layout, trigger.last + 1, path.first),
        _modifies(layout, path.mention, trigger),
        not after and _abuts(layout, found.last + 1, trigger.at),
        bool(tokens.gaps[path.first] & COMMA),
    )


def _is_adjacent(layout: Layout, begin: int, end: int) -> bool:
    """Tell whether nothing but adverbs and dates stands in the words from `begin` to `end`."""
    low = layout.tokens.low
    dated = layout.date_words
    return all(low[k].endswith("ly") or k in dated or low[k] in _SMALL for k in range(begin, end))


def _abuts(layout: Layout, begin: int, at: int) -> bool:
    """Tell whether only auxiliaries, adverbs and other clauses stand before the word `at`."""
    tokens = layout.tokens
    return all(
        tokens.low[k] in AUXILIARIES
        or tokens.low[k].endswith("ly")
        or layout.clauses[k] != layout.clauses[at]
        for k in range(begin, at)
    )


def _modifies(layout: Layout, n: int, trigger: Trigger) -> bool:
    """Tell whether a name stands before an event's noun as a part of it: "Paris bomb attacks"."""
    tokens, last = layout.tokens, layout.mentions[n].last
    if (
        not trigger.noun
        or not last < trigger.at <= last + 3
        or layout.mentions[n].mention.kind != "name"
    ):
        return False
    between = tokens.low[last + 1 : trigger.at]
    if any(tokens.gaps[k] for k in range(last + 1, trigger.at + 1)) or PREPOSITIONS & set(between):
        return False
    return not AUXILIARIES & set(between)


def _is_subject(layout: Layout, n: int) -> bool:
    """Tell whether a place, or a facility there, is the subject of what follows."""
    last, tokens = layout.mentions[n].last, layout.tokens
    facility = facility_after(layout, n)
    following = (last if facility is None else facility) + 1
    if following >= len(tokens) or tokens.gaps[following] & (COMMA | BRACKET):
        return True
    if tokens.low[following] == "and":
        return n + 1 < len(layout.mentions) and layout.mentions[n + 1].first == following + 1
    return tokens.low[following] in AUXILIARIES


def _departs(layout: Layout, path: Path) -> bool:
    """Tell whether the clause of a phrase says "from" of a place other than the phrase's own."""
    low, clause = layout.tokens.low, layout.clauses[layout.mentions[path.mention].first]
    start, end = layout.sentence_bounds(path.first)
    for k in range(max(start, path.first - _REACH), min(end, path.first + _FORWARD)):
        if low[k] != "from" or layout.clauses[k] != clause:
            continue
        for i in range(k + 1, min(end, k + 8)):
            n = layout.mention_at.get(i)
            if n is not None and n != path.mention and layout.mentions[n].mention.place:
                return True
            if n == path.mention or low[i] in ("at", "to", "against"):
                break
    return False


def may_precede(layout: Layout, path: Path, situation: Situation) -> bool:
    """Tell whether a phrase before an event word belongs to it.

    It does when it opens its clause ("From Malta, two ships sailed"), when it describes what moves
    ("a missile from Gaza hit"), and for "-bound" and the passive subject.

    Parameters
    ----------
    layout : Layout
        The text.
    path : Path
        The phrase.
    situation : Situation
        What stands around it.

    Returns
    -------
    bool
        False for what belongs to another word.
    """
    if situation.bound or situation.modifies or not path.outer:
        return True
    if situation.abuts and (situation.passive or situation.trigger.group == "fire"):
        return True
    if path.lead in _MOVERS and path.outer in ("from", "aimed-at", "way-to", "bound-for"):
        return True
    first, _ = layout.clause_bounds(layout.mentions[path.mention].first)
    opening = layout.tokens.low[first : path.first]
    return all(
        k in layout.date_words or layout.tokens.low[k] in AUXILIARIES
        for k in range(first, first + len(opening))
    )


def is_bound(layout: Layout, n: int) -> bool:
    """Tell whether "-bound" follows a name.

    Parameters
    ----------
    layout : Layout
        The text.
    n : int
        The number of the mention.

    Returns
    -------
    bool
        True for "a Cyprus-bound jet".
    """
    k = layout.mentions[n].last + 1
    return layout.tokens.low[k : k + 1] == ["bound"] and layout.tokens.gaps[k] in (HYPHEN, 0)
