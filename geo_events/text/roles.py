"""Attach places to event words and give each its role by the named rules."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.beside import RoleFound, find_beside
from geo_events.text.describing import describe_situation, is_bound, may_precede
from geo_events.text.eligible import is_eligible, is_holder, is_within
from geo_events.text.lexicon import AUXILIARIES, word_set
from geo_events.text.own_territory import add_own_territory
from geo_events.text.phrases import DIRECTIONS, trace_path
from geo_events.text.rules import RoleName, find_rule
from geo_events.text.situations import MOVING, TOWARDS
from geo_events.text.tokens import COMMA
from geo_events.text.unlisted import add_unlisted
from geo_events.text.verbs import REPORTING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.text.phrases import Path
    from geo_events.text.structure import Layout
    from geo_events.text.triggers import Trigger

__all__ = ["RoleFound", "RolesRead", "UnlistedRole", "read_roles"]

_REACH = 32
_FORWARD = 18
_LENGTHS = 16  # words, for a length and the same in other units
_MOVED = ("fly", "travel", "pass", "cross")
_LISTED = word_set(
    "and the both also nearby neighbouring neighboring cities towns villages city town village "
    "port ports of province provinces region regions district districts island "
    "north south east west northern southern eastern western northeastern northwestern "
    "southeastern southwestern central"
)


class UnlistedRole(NamedTuple):
    """The role of a name that the atlas does not list.

    Parameters
    ----------
    trigger : int
        The number of the event word.
    words : tuple of int
        The first and last word of the name.
    role, rule : str
        What role, by which rule.
    within : int or None
        The number of the mention that says where it lies.
    """

    trigger: int
    words: tuple[int, int]
    role: RoleName
    rule: str
    within: int | None


class RolesRead(NamedTuple):
    """The roles of places, and of names that the atlas does not list."""

    placed: list[RoleFound]
    unlisted: list[UnlistedRole]


def read_roles(layout: Layout, triggers: Sequence[Trigger]) -> RolesRead:
    """Give the places of a text, and the names that the atlas does not list, their roles.

    Parameters
    ----------
    layout : Layout
        The text.
    triggers : sequence of Trigger
        Its event words.

    Returns
    -------
    RolesRead
        In the order of the text.
    """
    sentences = {layout.tokens.sentences[t.at] for t in triggers}
    wide, stands_for = add_own_territory(layout, sentences)
    wide = add_unlisted(wide, sentences)
    found = _apply_rules(wide, triggers)
    found += find_beside(wide, triggers, found)
    if wide is layout:
        return RolesRead(sorted(found, key=lambda r: r.mention), [])
    own = {m.first: n for n, m in enumerate(layout.mentions)}
    numbers = {
        n: own[stands_for.get(m.first, m.first)]
        for n, m in enumerate(wide.mentions)
        if n not in wide.unlisted
    }
    placed = [r._replace(mention=numbers[r.mention]) for r in found if r.mention in numbers]
    unlisted = [
        UnlistedRole(
            r.trigger,
            wide.mentions[r.mention][:2],
            r.role,
            r.rule,
            numbers.get(r.mention + 1) if is_within(wide, r.mention + 1) else None,
        )
        for r in found
        if r.mention in wide.unlisted
    ]
    return RolesRead(sorted(placed, key=lambda r: r.mention), unlisted)


def _apply_rules(layout: Layout, triggers: Sequence[Trigger]) -> list[RoleFound]:
    """Go through the mentions in the order of the text."""
    at = {k: n for n, t in enumerate(triggers) for k in range(t.at, t.last + 1)}
    sentences = {layout.tokens.sentences[t.at] for t in triggers}
    events = (triggers, at, set(at))
    found: list[RoleFound] = []
    latest: dict[int, list[RoleFound]] = {}
    for n, mention in enumerate(layout.mentions):
        if layout.tokens.sentences[mention.first] not in sentences:
            continue
        if found and found[-1].mention == n:
            continue  # the second of "between A and B"
        roles, carried = _of_mention(layout, n, events, latest.get(n - 1, []))
        found.extend(roles)
        if carried:
            latest[n] = carried
    return found


def _of_mention(
    layout: Layout,
    n: int,
    events: tuple[Sequence[Trigger], dict[int, int], set[int]],
    before: list[RoleFound],
) -> tuple[list[RoleFound], list[RoleFound]]:
    """Give one mention its roles, and say what a list after it goes on with."""
    copied = [r._replace(mention=n) for r in before]
    if before and is_within(layout, n):
        return copied, before
    if before and _continues_list(layout, n):
        return (copied if is_eligible(layout, n) else []), before
    if not is_eligible(layout, n):
        return [], (before if is_holder(layout, n) else [])
    roles = _roles_of(layout, n, events)
    return roles, roles


def _continues_list(layout: Layout, n: int) -> bool:
    """Tell whether mention n follows the one before it by "and" or a comma, as in a list."""
    before, this = layout.mentions[n - 1], layout.mentions[n]
    if this.mention.kind != "name" or is_holder(layout, n):
        return False
    between = layout.tokens.low[before.last + 1 : this.first]
    following = layout.tokens.low[this.last + 1 : this.last + 2]
    if following and following[0] in AUXILIARIES | REPORTING:
        return False
    if not between:
        return bool(layout.tokens.gaps[this.first] & COMMA)
    if not _LISTED.issuperset(between) or "and" not in between[:1] + between[-1:]:
        return False
    if between[-1] == "of" and between[-2] in DIRECTIONS:
        return False  # "and east of Luzon"
    return all(not layout.tokens.gaps[k] & ~COMMA for k in range(before.last + 1, this.first + 1))


def _roles_of(
    layout: Layout, n: int, events: tuple[Sequence[Trigger], dict[int, int], set[int]]
) -> list[RoleFound]:
    """Find the event word and role of one mention; of two for "between A and B"."""
    triggers, at, words = events
    path = _past_length(layout, trace_path(layout, n, words), events)
    if path.outer == "between" and path.first + 1 >= layout.mentions[n].first - 1:
        return _between(layout, n, path, at)
    for number, after in _nearby_triggers(layout, path, at):
        situation = describe_situation(layout, path, triggers[number], after=after)
        rule = find_rule(situation)
        if rule is not None and (after or may_precede(layout, path, situation)):
            demonym = layout.mentions[n].mention.kind == "demonym"
            name = "demonym-facility" if demonym else rule.name
            return [RoleFound(number, n, rule.role, name)]
        if after and path.first - triggers[number].last <= 1:
            break
    return _bound_elsewhere(layout, path, triggers)


def _bound_elsewhere(layout: Layout, path: Path, triggers: Sequence[Trigger]) -> list[RoleFound]:
    """Give "the Cyprus-bound jet, which left Egypt, turned" to the flight of its sentence."""
    n = path.mention
    if not is_bound(layout, n):
        return []
    start, end = layout.sentence_bounds(layout.mentions[n].first)
    first = bisect_left(triggers, start, key=lambda t: t.at)
    for number in range(first, bisect_left(triggers, end, key=lambda t: t.at)):
        if triggers[number].type in MOVING and triggers[number].group != "arrive":
            return [RoleFound(number, n, "destination", "bound")]
    return []


def _past_length(
    layout: Layout, path: Path, events: tuple[Sequence[Trigger], dict[int, int], set[int]]
) -> Path:
    """Look past a range or a flown length before "from": it is no distance from the place.

    "A Scud with a range of 300 km from Yemen", "flew 300 km (186 miles) from Rome to Malta".
    """
    triggers, at, words = events
    near = layout.within(layout.quantities, max(0, path.first - _LENGTHS), path.first)
    before, kinds = path.first, set[str]()
    for found in reversed(near):
        if found.last != before - 1 or found.value.kind == "count":
            break
        before = found.first
        kinds.add(found.value.kind)
    before -= layout.tokens.low[before - 1] == "the"
    verb = triggers[at[before - 1]] if before - 1 in at else None
    moved = verb is not None and not verb.noun and verb.group in _MOVED
    flown = bool(kinds) and moved and _goes_on_to(layout, path.mention, words)
    return path._replace(lead="") if flown or "range" in kinds else path


def _goes_on_to(layout: Layout, n: int, words: set[int]) -> bool:
    """Tell whether the clause goes on to a place: "300 km from Rome to Malta"."""
    clause = layout.clauses[layout.mentions[n].first]
    for later in range(n + 1, min(n + 4, len(layout.mentions))):
        if layout.clauses[layout.mentions[later].first] != clause:
            break
        path = trace_path(layout, later, words)
        if path.outer in TOWARDS and not path.loose:
            return True
    return False


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
    "travelled traveled driven drove moved voyage trip journey shipments shuttling shuttled "
    "commuting plying vanished disappeared sailed route routes service services"
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
