"""Decide which event words stand under whose word: claimed, relayed, denied."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.cues import Cue, Source, find_cues, is_media
from geo_events.text.events import Stance, Statement
from geo_events.text.lexicon import (
    AIRCRAFT,
    AUXILIARIES,
    PROJECTILES,
    SOURCES,
    VESSELS,
    word_set,
)
from geo_events.text.tokens import NEWLINE, PARAGRAPH
from geo_events.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.text.structure import Layout, Quotation
    from geo_events.text.triggers import Trigger

__all__ = ["Attribution", "Later", "attribute"]

_ANAPHORS = word_set(
    "it this that these those claim claims report reports allegation allegations accusation "
    "accusations charge charges suggestion suggestions"
)
_CLOSING = 4  # words after ", officials told reporters."
_PARTS = word_set("part role involvement responsibility hand link links connection")
_MEANWHILE = word_set("after before when while as since because following")
_FEW = 40  # how many earlier sayings a pronoun or "one official" may mean
_FOLLOWERS = word_set("one another second third both they he she")
_MOVING_THINGS = PROJECTILES | AIRCRAFT | VESSELS


class Later(NamedTuple):
    """A statement on an event told before: "Moscow denied the report", "one official told CNN"."""

    at: int
    statement: Statement
    grounds: bool = False  # all that was told before rests on it: "CNN reported this"


@dataclass(slots=True)
class Attribution:
    """What is said about each event word, and statements that point back to earlier events.

    Parameters
    ----------
    of_trigger : dict of int to list of Statement
        Statements by number of the event word.
    presupposed : set of int
        Numbers of event words that a claim takes for granted ("missiles launched from X have").
    later : list of Later
        Statements without an event word of their own.
    """

    of_trigger: dict[int, list[Statement]] = field(default_factory=dict)
    presupposed: set[int] = field(default_factory=set)
    later: list[Later] = field(default_factory=list)


def attribute(layout: Layout, triggers: Sequence[Trigger]) -> Attribution:
    """Find who stands behind each event word.

    Parameters
    ----------
    layout : Layout
        The text.
    triggers : sequence of Trigger
        Its event words.

    Returns
    -------
    Attribution
        Event words without statements are the narrator's own.
    """
    words = {k for t in triggers for k in range(t.at, t.last + 1)}
    cues = _identify(layout, find_cues(layout, words))
    result = Attribution()
    result.presupposed = {n for n, t in enumerate(triggers) if _is_presupposed(layout, t)}
    used: set[int] = set()
    by_sentence: dict[int, list[int]] = {}
    for n, cue in enumerate(cues):
        by_sentence.setdefault(layout.tokens.sentences[cue.at], []).append(n)
    for n, trigger in enumerate(triggers):
        quotation = layout.quotation_of(trigger.at)
        nearby = [cues[k] for k in by_sentence.get(layout.tokens.sentences[trigger.at], ())]
        governing = _speakers(layout, cues, quotation) if quotation else []
        governing += [
            c for c in nearby if c not in governing and _covers(layout, c, trigger, nearby)
        ]
        if governing and not (n in result.presupposed and not quotation):
            result.of_trigger[n] = [_make(layout, c, trigger) for c in governing]
            used |= {c.at for c in governing}
    result.later = [
        later
        for cue in cues
        if (later := _point_back(layout, cue, cues)) is not None
        and (later.statement.via or cue.at not in used)
    ]
    return result


def _make(layout: Layout, cue: Cue, trigger: Trigger | None) -> Statement:
    """Make the statement of a cue; a claim that something did not happen is a denial."""
    stance: Stance = cue.stance
    if trigger is not None and trigger.modality == "negated" and stance == "claims":
        stance = "denies"
    tokens = layout.tokens
    who = tokens.span(*cue.source) if cue.source.is_named else None
    via = tokens.span(*cue.via) if cue.via.is_named else None
    first, last = cue.source if cue.source.is_named else (cue.at, cue.at)
    start, end = tokens.starts[first], tokens.ends[last]
    return Statement(stance, who, via, cue.when, Span(start, end, tokens.text[start:end]))


def _speakers(layout: Layout, cues: Sequence[Cue], quotation: Quotation) -> list[Cue]:
    """Find who speaks in a quotation: the cue right after it, or right before it."""
    tokens = layout.tokens
    after = bisect_left(cues, quotation.last, key=lambda c: c.at)
    for cue in cues[after : after + 6]:
        if cue.noun or not 0 <= cue.at - quotation.last <= 18:
            continue
        stretch = range(quotation.last + 1, cue.at + 1)
        breaks = (k for k in stretch if tokens.gaps[k] & (PARAGRAPH | NEWLINE))
        if not any(tokens.sentences[k] != tokens.sentences[k - 1] for k in breaks):
            return [cue]
    before = bisect_left(cues, quotation.first, key=lambda c: c.at)
    for cue in reversed(cues[max(0, before - 6) : before]):
        near = not cue.noun and 0 < quotation.first - cue.at <= 14
        if near and tokens.sentences[cue.at] >= tokens.sentences[quotation.first] - 1:
            return [cue]
    return []


def _covers(layout: Layout, cue: Cue, trigger: Trigger, nearby: Sequence[Cue]) -> bool:
    """Tell whether what a cue says includes the event word, within one sentence."""
    if _is_apart(layout, cue, trigger):
        return False
    if cue.stance == "denies" and not cue.noun and _has_anaphor(layout, cue):
        return False
    if cue.stance == "denies" and not cue.noun and _denied_noun(layout, cue, nearby):
        noun = _denied_noun(layout, cue, nearby)
        return noun is not None and trigger.at > noun.at
    if cue.noun:
        return trigger.at > cue.at and not _is_cut_off(layout, cue, trigger)
    if cue.at < trigger.at:
        if cue.trails and _trails_only(layout, cue):
            return False
        return not any(
            cue.at < other.at < trigger.at and not other.noun and not other.trails
            for other in nearby
        )
    if not cue.trails:
        return False
    return not any(
        other is not cue and other.at < trigger.at and not other.trails for other in nearby
    )


def _is_apart(layout: Layout, cue: Cue, trigger: Trigger) -> bool:
    """Tell whether the event stands outside of what the cue says.

    "X accused Y after missiles fell", "X denied any part in the attack", and what another half of
    the sentence says, behind a semicolon.
    """
    low, tokens = layout.tokens.low, layout.tokens
    first, last = sorted((cue.at, trigger.at))
    rest = low[cue.at + 1 : layout.sentence_bounds(cue.at)[1]]
    closes = len(rest) <= _CLOSING and AUXILIARIES.isdisjoint(rest)
    if not closes and any(
        ";" in tokens.gap_text(k) for k in range(first + 1, last + 1) if tokens.gaps[k]
    ):
        return True
    if cue.noun:
        return False
    if cue.at > trigger.at:
        return trigger.at < cue.source.first and low[cue.source.first - 1] in _MEANWHILE
    between = low[cue.at + 1 : trigger.at]
    if cue.stance == "denies" and not _PARTS.isdisjoint(between[:4]):
        return True
    return "that" not in between and not _MEANWHILE.isdisjoint(between)


def _trails_only(layout: Layout, cue: Cue) -> bool:
    """Tell whether a trailing cue has no "that" of its own after it."""
    low = layout.tokens.low
    return "that" not in low[cue.at + 1 : cue.at + 12]


def _denied_noun(layout: Layout, cue: Cue, nearby: Sequence[Cue]) -> Cue | None:
    """Find the "allegations that ..." that a verb of denying governs."""
    for other in nearby:
        if other.noun and 0 < other.at - cue.at <= 8:
            following = layout.tokens.low[other.at + 1 : other.at + 12]
            return other if "that" in following or "of" in following[:1] else None
    return None


def _is_cut_off(layout: Layout, cue: Cue, trigger: Trigger) -> bool:
    """Tell whether a noun like "claims" has no clause that holds the event word."""
    between = layout.tokens.low[cue.at + 1 : trigger.at]
    return not any(word in ("that", "of", "about") for word in between[:14])


def _is_presupposed(layout: Layout, trigger: Trigger) -> bool:
    """Tell a participle that describes what moves from the verb that says what happened.

    In "missiles launched from the sea have crashed", "launched" is such a participle.
    """
    tokens = layout.tokens
    if trigger.noun or trigger.type not in ("launch", "flight") or trigger.at == 0:
        return False
    if tokens.low[trigger.at - 1] not in _MOVING_THINGS or not tokens.low[trigger.at].endswith(
        "ed"
    ):
        return False
    _, end = layout.clause_bounds(trigger.at)
    rest = tokens.low[trigger.last + 1 : end]
    return any(word in AUXILIARIES for word in rest) or any(
        word in ("crashed", "landed", "fell", "hit", "struck", "killed") for word in rest
    )


def _identify(layout: Layout, cues: list[Cue]) -> list[Cue]:
    """Give pronouns and "a senior official" the name that the next or last source has."""
    named: list[Cue] = []
    for n, cue in enumerate(cues):
        source, when = cue.source, cue.when
        if source.is_named and not cue.noun:
            if source.first == source.last and layout.tokens.low[source.first] in (
                "he",
                "she",
                "they",
            ):
                source = _last_source(named) or source
            elif _is_indefinite(layout, source) and n + 1 < len(cues):
                following = _next_verb(cues, n)
                if following is not None and _is_same(layout, cue, following):
                    source, when = following.source, when or following.when
        named.append(cue._replace(source=source, when=when))
    return named


def _next_verb(cues: Sequence[Cue], n: int) -> Cue | None:
    """Return the next cue that is a verb with a source."""
    return next((c for c in cues[n + 1 : n + 8] if not c.noun and c.source.is_named), None)


def _last_source(named: Sequence[Cue]) -> Source | None:
    """Return the last named source that is no medium."""
    for cue in reversed(named[-_FEW:]):
        if cue.source.is_named and cue.stance != "relays" and not cue.noun:
            return cue.source
    return None


def _is_indefinite(layout: Layout, source: Source) -> bool:
    """Tell "a senior official" from a named source."""
    words = layout.tokens.low[source.first : source.last + 1]
    return (
        words[0] in ("a", "an")
        and any(w in SOURCES for w in words)
        and not _has_person(layout, source)
    )


def _has_person(layout: Layout, source: Source) -> bool:
    """Tell whether a source is a person by name."""
    numbers = {layout.mention_at.get(k) for k in range(source.first, source.last + 1)}
    return any(n is not None and layout.mentions[n].mention.kind == "person" for n in numbers)


def _is_same(layout: Layout, cue: Cue, following: Cue) -> bool:
    """Tell whether the next source can be the unnamed one: a person of the same country, soon."""
    tokens = layout.tokens
    if not _has_person(layout, following.source):
        return False
    if tokens.sentences[following.at] - tokens.sentences[cue.at] > 3:
        return False
    one, other = _countries(layout, cue.source), _countries(layout, following.source)
    return bool(one & other) or not one or not other


def _countries(layout: Layout, source: Source) -> set[str]:
    """List the countries that the words of a source name."""
    found: set[str] = set()
    for k in range(source.first, source.last + 1):
        n = layout.mention_at.get(k)
        place = layout.mentions[n].mention.place if n is not None else None
        if place is not None and place.country:
            found.add(place.country)
    return found


def _point_back(layout: Layout, cue: Cue, cues: Sequence[Cue]) -> Later | None:
    """Read a statement whose event stands earlier in the text."""
    low = layout.tokens.low
    if cue.noun or not cue.source.is_named:
        return None
    after = low[cue.at + 1 : cue.at + 7]
    if cue.stance == "denies" and (not after or _has_anaphor(layout, cue)):
        return Later(cue.at, _make(layout, cue, None))
    if _closes_sentence(layout, cue):
        return Later(cue.at, _make(layout, cue, None), grounds=True)
    if cue.via.is_named and low[cue.source.first] in _FOLLOWERS:
        source = _earlier_source(layout, cue, cues)
        if source is not None:
            return Later(cue.at, _make(layout, cue._replace(source=source), None))
    return None


def _has_anaphor(layout: Layout, cue: Cue) -> bool:
    """Tell whether a cue speaks of what was told: "rejected the claim", not "the claim that"."""
    tokens = layout.tokens
    for k in range(cue.at + 1, min(len(tokens), cue.at + 6)):
        following = tokens.low[k + 1] if k + 1 < len(tokens) else ""
        ended = k + 1 >= len(tokens) or bool(tokens.gaps[k + 1])
        if tokens.low[k] in _ANAPHORS:
            return ended if tokens.low[k] == "that" else following not in ("that", "of", "by")
    return False


def _closes_sentence(layout: Layout, cue: Cue) -> bool:
    """Tell "CNN reported this, quoting an official": what is said stands in the text before."""
    low = layout.tokens.low
    start, end = layout.sentence_bounds(cue.at)
    if "reported" not in low[start:end] and "said" not in low[start:end]:
        return False
    for k in range(start, end - 1):
        if low[k] in ("reported", "said", "reports", "says") and low[k + 1] in ("this", "it", "so"):
            return k + 2 >= end or layout.tokens.gaps[k + 2] != 0
    return False


def _earlier_source(layout: Layout, cue: Cue, cues: Sequence[Cue]) -> Source | None:
    """Find the officials that "one official" is one of."""
    low = layout.tokens.low
    head = low[cue.source.last].rstrip("s")
    place = bisect_left(cues, cue.at, key=lambda c: c.at)
    for other in reversed(cues[max(0, place - _FEW) : place]):
        if other.at >= cue.at or not other.source.is_named:
            continue
        words = {w.rstrip("s") for w in low[other.source.first : other.source.last + 1]}
        if head in words or cue.source.first == cue.source.last:
            return None if is_media(layout, other.source) else other.source
    return None
