"""Give an event without a place of its own the place that its sentence tells.

"Ten people were killed when a bomb went off in a market in Quetta": the killing is where the bomb
went off. These rules come last, and only for what happens in one place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.eligible import is_eligible
from geo_events.text.lexicon import word_set
from geo_events.text.phrases import trace_path
from geo_events.text.situations import INSIDE
from geo_events.text.verbs import REPORTING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.text.phrases import Path
    from geo_events.text.rules import RoleName
    from geo_events.text.structure import Layout
    from geo_events.text.triggers import Trigger

__all__ = ["RoleFound", "find_beside"]

_STANDING = frozenset(("strike", "other"))
_WHERE: dict[str, frozenset[str]] = {
    "strike": frozenset(("destination", "impact", "place")),
    "crash": frozenset(("impact",)),
    "other": frozenset(("place",)),
    "interception": frozenset(("place",)),
    "movement": frozenset(("place",)),
    "flight": frozenset(("place",)),
}
_SAID = REPORTING | word_set("spokesman spokeswoman statement conference interview speaking")
_FAR = 25  # words


class RoleFound(NamedTuple):
    """A role: which event word, which mention, what role, by which rule."""

    trigger: int
    mention: int
    role: RoleName
    rule: str


def find_beside(
    layout: Layout, triggers: Sequence[Trigger], found: Sequence[RoleFound]
) -> list[RoleFound]:
    """Find places for the events that have none.

    Parameters
    ----------
    layout : Layout
        The text.
    triggers : sequence of Trigger
        Its event words.
    found : sequence of RoleFound
        The roles by the rules proper.

    Returns
    -------
    list of RoleFound
        More roles, by "shared-place" (of another event of the sentence) or "same-sentence".
    """
    placed = {role.trigger for role in found}
    alone = [
        n for n, t in enumerate(triggers) if t.type in _STANDING and not t.noun and n not in placed
    ]
    if not alone:
        return []
    sentences = layout.tokens.sentences
    by_sentence: dict[int, list[int]] = {}
    for n, mention in enumerate(layout.mentions):
        by_sentence.setdefault(sentences[mention.first], []).append(n)
    roles: dict[int, list[RoleFound]] = {}
    for role in found:
        roles.setdefault(sentences[layout.mentions[role.mention].first], []).append(role)
    words = {k for t in triggers for k in range(t.at, t.last + 1)}
    more: list[RoleFound] = []
    for number in alone:
        sentence = sentences[triggers[number].at]
        mentions, here = by_sentence.get(sentence, []), roles.get(sentence, [])
        shared = _share(triggers, number, here)
        if not shared:
            free = [n for n in mentions if n not in {r.mention for r in here}]
            shared = _nearest(layout, triggers[number], free, words)
        more += [RoleFound(number, n, "place", rule) for n, rule in shared]
    return more


def _share(
    triggers: Sequence[Trigger], number: int, here: Sequence[RoleFound]
) -> list[tuple[int, str]]:
    """Take the places of the nearest other event of the sentence that says where it was."""
    where = [r for r in here if r.role in _WHERE.get(triggers[r.trigger].type, ())]
    if not where:
        return []
    at = triggers[number].at
    nearest = min((abs(triggers[r.trigger].at - at), r.trigger) for r in where)[1]
    return sorted({(r.mention, "shared-place") for r in where if r.trigger == nearest})


def _nearest(
    layout: Layout, trigger: Trigger, mentions: Sequence[int], words: set[int]
) -> list[tuple[int, str]]:
    """Take the nearest place of the sentence that stands in a phrase of place."""
    best: tuple[int, int] | None = None
    for n in mentions:
        if not is_eligible(layout, n):
            continue
        path = trace_path(layout, n, words)
        distance = abs(layout.mentions[n].first - trigger.at)
        if distance > _FAR or not _tells_where(layout, path):
            continue
        if best is None or distance < best[0]:
            best = (distance, n)
    return [(best[1], "same-sentence")] if best else []


def _tells_where(layout: Layout, path: Path) -> bool:
    """Tell whether a phrase says where something happened, not where somebody spoke."""
    if path.outer not in INSIDE or path.is_beside or path.loose:
        return False
    before = layout.tokens.low[max(0, path.first - 5) : path.first]
    return not _SAID & set(before)
