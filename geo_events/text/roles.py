"""Attach places to event words and give each its role by the named rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.lexicon import (
    AIRCRAFT,
    AUXILIARIES,
    PROJECTILES,
    VESSELS,
    word_set,
)
from geo_events.text.phrases import is_eligible, is_holder, trace_path
from geo_events.text.rules import RoleName, Situation, find_rule
from geo_events.text.tokens import COMMA, HYPHEN
from geo_events.text.verbs import REPORTING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.text.phrases import Path
    from geo_events.text.structure import Layout
    from geo_events.text.triggers import Trigger

__all__ = ["RoleFound", "find_roles"]

_REACH = 32
_FORWARD = 18
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


class RoleFound(NamedTuple):
    """A role: which event word, which mention, what role, by which rule."""

    trigger: int
    mention: int
    role: RoleName
    rule: str


def find_roles(layout: Layout, triggers: Sequence[Trigger]) -> list[RoleFound]:
    """Give the places of a text their roles.

    Parameters
    ----------
    layout : Layout
        The text.
    triggers : sequence of Trigger
        Its event words.

    Returns
    -------
    list of RoleFound
        In the order of the mentions; a mention has at most one role per event word.
    """
    at = {k: n for n, t in enumerate(triggers) for k in range(t.at, t.last + 1)}
    sentences = {layout.tokens.sentences[t.at] for t in triggers}
    words = set(at)
    found: list[RoleFound] = []
    latest: dict[int, list[RoleFound]] = {}
    for n, mention in enumerate(layout.mentions):
        if layout.tokens.sentences[mention.first] not in sentences:
            continue
        if found and found[-1].mention == n:
            continue  # the second of "between A and B"
        if n - 1 in latest and _continues_list(layout, n):
            copied = (
                [r._replace(mention=n) for r in latest[n - 1]] if is_eligible(layout, n) else []
            )
            latest[n] = latest[n - 1]
            found.extend(copied)
            continue
        if not is_eligible(layout, n):
            if is_holder(layout, n) and n - 1 in latest:
                latest[n] = latest[n - 1]
            continue
        roles = _roles_of(layout, n, (triggers, at, words))
        if roles:
            latest[n] = roles
            found.extend(roles)
    return found


def _continues_list(layout: Layout, n: int) -> bool:
    """Tell whether mention n follows the one before it by "and" or a comma, as in a list."""
    before, this = layout.mentions[n - 1], layout.mentions[n]
    if this.mention.kind != "name" or is_holder(layout, n):
        return False
    between = layout.tokens.low[before.last + 1 : this.first]
    following = layout.tokens.low[this.last + 1 : this.last + 2]
    if following and following[0] in AUXILIARIES | REPORTING:
        return False
    if between == ["and"]:
        return True
    return not between and bool(layout.tokens.gaps[this.first] & COMMA)


def _roles_of(
    layout: Layout, n: int, events: tuple[Sequence[Trigger], dict[int, int], set[int]]
) -> list[RoleFound]:
    """Find the event word and role of one mention; of two for "between A and B"."""
    triggers, at, words = events
    path = trace_path(layout, n, words)
    if path.outer == "between" and path.first + 1 >= layout.mentions[n].first - 1:
        return _between(layout, n, path, at)
    for number, after in _nearby_triggers(layout, path, at):
        situation = _look(layout, path, triggers[number], after=after)
        rule = find_rule(situation)
        if rule is not None and (after or _may_precede(layout, path, situation)):
            demonym = layout.mentions[n].mention.kind == "demonym"
            name = "demonym-facility" if demonym else rule.name
            return [RoleFound(number, n, rule.role, name)]
        if after and path.first - triggers[number].last <= 1:
            break
    return []


def _between(layout: Layout, n: int, path: Path, at: dict[int, int]) -> list[RoleFound]:
    """Read "the flight between Cairo and Tunis"."""
    if n + 1 >= len(layout.mentions):
        return []
    this, other = layout.mentions[n], layout.mentions[n + 1]
    joined = layout.tokens.low[this.last + 1 : other.first] == ["and"]
    k = path.first - 1
    if not joined or k not in at or layout.tokens.low[k] not in _BETWEEN_WORDS:
        return []
    number = at[k]
    return [
        RoleFound(number, n, "origin", "between-and"),
        RoleFound(number, n + 1, "destination", "between-and"),
    ]


_BETWEEN_WORDS = word_set(
    "flight flights fly flies flew flying sail sailing sailed travel traveling travelling "
    "travelled traveled driven drove moved voyage trip journey shipments"
)


def _nearby_triggers(layout: Layout, path: Path, at: dict[int, int]) -> list[tuple[int, bool]]:
    """List the event words that the phrase may belong to: those before it, then the next one."""
    first = layout.mentions[path.mention].first
    clause, (start, end) = layout.clauses[first], layout.sentence_bounds(first)
    near: list[tuple[int, bool]] = []
    for k in range(path.first - 1, max(start, path.first - _REACH) - 1, -1):
        if layout.clauses[k] == clause and k in at and (at[k], True) not in near:
            near.append((at[k], True))
            if len(near) == 2:
                break
    last = layout.mentions[path.mention].last
    for k in range(last + 1, min(end, last + _FORWARD)):
        if layout.clauses[k] == clause and k in at:
            near.append((at[k], False))
            break
    return near


def _look(layout: Layout, path: Path, trigger: Trigger, *, after: bool) -> Situation:
    """Describe a place beside an event word."""
    tokens = layout.tokens
    found = layout.mentions[path.mention]
    following = tokens.low[found.last + 1 : found.last + 2]
    bound = following == ["bound"] and tokens.gaps[found.last + 1] in (HYPHEN, 0)
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
        bound,
        tokens.low[trigger.at],
        any(word in PROJECTILES for word in between),
        found.mention.place.kind if found.mention.place else "",
        _departs(layout, path),
    )


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


def _may_precede(layout: Layout, path: Path, situation: Situation) -> bool:
    """Tell whether a phrase before an event word belongs to it.

    It does when it opens its clause ("From Malta, two ships sailed"), when it describes what moves
    ("a missile from Gaza hit"), and for "-bound" and the passive subject.
    """
    if situation.bound or not path.outer:
        return True
    if path.lead in _MOVERS and path.outer in ("from", "aimed-at", "way-to", "bound-for"):
        return True
    first, _ = layout.clause_bounds(layout.mentions[path.mention].first)
    opening = layout.tokens.low[first : path.first]
    return all(
        k in layout.date_words or layout.tokens.low[k] in AUXILIARIES
        for k in range(first, first + len(opening))
    )
