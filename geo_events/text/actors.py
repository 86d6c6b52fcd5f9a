"""Find who acts and with what, around an event word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.lexicon import (
    AIRCRAFT,
    AUXILIARIES,
    CUTS,
    DETERMINERS,
    PREPOSITIONS,
    PROJECTILES,
    PRONOUNS,
    word_set,
)
from geo_events.text.quantities import is_number
from geo_events.text.tokens import COMMA, HYPHEN, POSSESSIVE
from geo_events.text.verbs import TRIGGERS

if TYPE_CHECKING:
    from geo_events.text.structure import Layout
    from geo_events.text.triggers import Trigger

__all__ = ["Actor", "find_actor", "find_instrument"]

_LONGEST = 12
_THINGS = PROJECTILES | AIRCRAFT
_PAST = word_set(
    "left flew fled sent brought drove rode went came took ran began shot fell struck hit withdrew "
    "threw fought overflew set"
)
_PARTICLES = frozenset(("down", "off", "out", "back"))
_ONWARD = (["from"], ["to"], ["for"], ["over"], ["between"], ["in"])
_MARKS = {ord(mark): None for mark in "*`"}  # of Markdown
_BEING = frozenset(("was", "were", "been", "being", "is", "are", "be"))


class Actor(NamedTuple):
    """Who acts: the words (empty for "Russian missiles"), and the country they name."""

    text: str
    country: str | None


def find_actor(layout: Layout, trigger: Trigger) -> Actor | None:
    """Find who acts.

    Parameters
    ----------
    layout : Layout
        The text.
    trigger : Trigger
        The event word.

    Returns
    -------
    Actor or None
        The subject of an active verb, the agent after "by", or the owner of a noun ("Russia's
        strike"); None when it names nobody: "two missiles fell" has no actor but a country may be
        known from "Russian missiles".
    """
    tokens = layout.tokens
    first, end = layout.clause_bounds(trigger.at)
    may_name_agent = trigger.noun or tokens.low[trigger.at].endswith(("ed", "en", "hit", "shot"))
    for k in range(trigger.last + 1, min(end, trigger.last + 5)):
        if tokens.low[k] == "by" and may_name_agent:
            return _phrase(layout, k + 1, _phrase_end(layout, k + 1, end))
    last = trigger.at - 1
    while last >= first and (tokens.low[last] in AUXILIARIES or tokens.low[last].endswith("ly")):
        last -= 1
    if last < first:
        return None
    begin = last
    while begin > first and not _starts_subject(layout, begin):
        begin -= 1
    begin = _past_verbs(layout, begin, last, noun=trigger.noun)
    return _phrase(layout, begin, _phrase_end(layout, begin, last + 1))


def _past_verbs(layout: Layout, begin: int, last: int, *, noun: bool) -> int:
    """Return where the phrase begins when another verb stands in it: behind that verb.

    Of a verb only what a new clause begins with is its subject: "A bombed B and C fired". Without
    one the phrase is that before the verbs: "A left B and arrived".
    """
    low = layout.tokens.low
    verbs = [k for k in range(begin, last + 1) if _is_finite(layout, k)]
    if not verbs:
        return begin
    if noun:
        return verbs[-1] + 1 + (low[verbs[-1] + 1] in _PARTICLES)
    joined = [k for k in range(verbs[-1], last) if low[k] in ("and", "but")]
    clause = joined and low[joined[-1] + 1] not in PREPOSITIONS
    if clause and joined[-1] + 1 not in layout.date_words:
        return joined[-1] + 1
    return begin if verbs[0] > begin else last + 1


def _is_finite(layout: Layout, k: int) -> bool:
    """Tell a verb in the past, not a participle before its noun: "left", not "the downed jet"."""
    low = layout.tokens.low
    if k in layout.mention_at or (k and low[k - 1] in DETERMINERS | PREPOSITIONS):
        return False
    return low[k] in _PAST or (low[k] in TRIGGERS and low[k].endswith("ed"))


def _starts_subject(layout: Layout, k: int) -> bool:
    """Tell whether the subject starts at word k: what stands before belongs to something else."""
    tokens = layout.tokens
    if tokens.gaps[k] & COMMA or k - 1 in layout.date_words:
        return True
    return tokens.low[k - 1] in CUTS or tokens.low[k - 1] in AUXILIARIES


def _phrase_end(layout: Layout, k: int, end: int) -> int:
    """Return the last word of the noun phrase that starts at word k."""
    tokens = layout.tokens
    last = k - 1
    for i in range(k, min(end, k + _LONGEST)):
        if tokens.gaps[i] & ~(HYPHEN | POSSESSIVE) and i > k:
            break
        if tokens.low[i] in PREPOSITIONS - {"of"} or tokens.low[i] in AUXILIARIES:
            break
        if tokens.low[i].endswith("ed") and tokens.low[i + 1 : i + 2] == ["to"]:
            break
        if i > k and (_is_finite(layout, i) or _is_going_on(layout, i)):
            break
        last = i
    return last


def _is_going_on(layout: Layout, i: int) -> bool:
    """Tell "flying from X" behind a noun."""
    low = layout.tokens.low
    return low[i].endswith("ing") and low[i] in TRIGGERS and low[i + 1 : i + 2] in _ONWARD


def _phrase(layout: Layout, first: int, last: int) -> Actor | None:
    """Make an actor of some words when they name a country, an organisation or people."""
    tokens = layout.tokens
    while first <= last and (first in layout.date_words or tokens.low[first] in ("and", "but")):
        first += 1
    if first > last or last - first > _LONGEST:
        return None
    country = None
    for k in range(first, last + 1):
        n = layout.mention_at.get(k)
        place = layout.mentions[n].mention.place if n is not None else None
        if place is not None and place.country and country is None:
            country = place.country
    named = country is not None or any(
        tokens.words[k][0].isupper() and tokens.low[k] not in DETERMINERS | PREPOSITIONS
        for k in range(first + 1, last + 1)
    )
    if not named or (first == last and tokens.low[first] in PRONOUNS):
        return None
    if tokens.low[last] in _THINGS or (
        tokens.low[last - 1] in _THINGS and _is_model(layout, last - 1)
    ):
        return Actor("", country)
    return Actor(tokens.span(first, last).translate(_MARKS), country)


def find_instrument(layout: Layout, trigger: Trigger) -> str | None:
    """Find with what: the weapon or aircraft nearest to an event word in its clause.

    Of an interception it is what was stopped, not with what.

    Parameters
    ----------
    layout : Layout
        The text.
    trigger : Trigger
        The event word.

    Returns
    -------
    str or None
        Such as "cruise missiles", "a ballistic missile" or "F-16s"; None when nothing is named.
    """
    tokens = layout.tokens
    first, end = layout.clause_bounds(trigger.at)
    best: int | None = None
    begin = max(0, first - 2)
    if _is_taken_up(layout, trigger, first):
        if trigger.type in ("crash", "flight", "diversion", "movement"):
            return None  # "a fighter shot it down, and it crashed": what fell was named before
        begin = trigger.at + 1
    if trigger.type == "interception" and not trigger.noun:
        passive = not _BEING.isdisjoint(tokens.low[max(first, trigger.at - 2) : trigger.at])
        begin, end = (begin, trigger.at) if passive else (trigger.at + 1, end)
    for k in range(begin, end):
        known = tokens.low[k] in _THINGS and (len(tokens.low[k]) > 2 or _is_model(layout, k))
        if known and (best is None or abs(k - trigger.at) < abs(best - trigger.at)):
            best = k
    if best is None:
        return None
    if _is_model(layout, best):
        return _with_article(layout, best, best + 1, trigger)
    begin = best
    while (
        begin > first
        and begin > best - 3
        and not tokens.gaps[begin] & ~HYPHEN
        and tokens.words[begin - 1][0].islower()
        and tokens.low[begin - 1] not in DETERMINERS | PREPOSITIONS | AUXILIARIES
        and not tokens.low[begin - 1].endswith("ed")
        and begin - 1 != trigger.at
        and not (is_number(tokens.low[begin - 1]) and tokens.low[best].endswith("s"))
    ):
        begin -= 1
    return _with_article(layout, begin, best, trigger)


def _is_taken_up(layout: Layout, trigger: Trigger, first: int) -> bool:
    """Tell whether a pronoun is the subject right before an event word: "they were diverted"."""
    low, k = layout.tokens.low, trigger.at - 1
    while k > first and (low[k] in AUXILIARIES or low[k].endswith("ly")):
        k -= 1
    return k >= first and low[k] in ("it", "they")


def _with_article(layout: Layout, begin: int, last: int, trigger: Trigger) -> str:
    """Return a thing's words; of a single thing from its article on: "a Russian cruise missile"."""
    tokens = layout.tokens
    words = tokens.span(begin, last)
    low = tokens.low[last]
    names_event = last + 1 == trigger.at and trigger.noun
    if names_event or low.endswith("s") or low in ("aircraft", "debris", "wreckage"):
        return words
    k = begin
    while k > 0 and begin - k < 4 and not tokens.gaps[k] & ~HYPHEN:
        k -= 1
        if tokens.low[k] in ("a", "an", "the"):
            return f"{tokens.low[k]} {tokens.span(k + 1, last)}"
        if tokens.words[k].islower():
            break
    return words


def _is_model(layout: Layout, k: int) -> bool:
    """Tell whether word k and the next are a model's name, as F-16s."""
    tokens = layout.tokens
    if k + 1 >= len(tokens) or tokens.gaps[k + 1] != HYPHEN:
        return False
    return tokens.words[k + 1][0].isdigit()
