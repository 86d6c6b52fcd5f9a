"""Find the words that tell of an event, and how sure the text is of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from geo_events.text.lexicon import NEGATIONS, word_set
from geo_events.text.senses import find_sense, is_flight_told, is_noun, things_around
from geo_events.text.tokens import HYPHEN
from geo_events.text.unfulfilled import is_called_off, is_feared, is_only_shown, is_put_off
from geo_events.text.verbs import PARTICLES, TRIGGERS, EventType, Sense

if TYPE_CHECKING:
    from geo_events.text.structure import Layout

__all__ = ["Modality", "Trigger", "find_triggers", "sense_for"]

Modality = Literal["fact", "negated", "planned", "alleged", "hypothetical"]

_MODALS = word_set("will would shall")
_MAYBE = word_set("may might could")
_ABLE = word_set("can capable able cannot")
_ALLEGED = word_set(
    "allegedly reportedly purportedly supposedly apparently possibly suspected alleged "
    "purported presumably"
)
_INTENDED = word_set(
    "plans plan planned planning intends intend intended will would due expected aims hopes set"
)
_UNTRUE = word_set("true untrue false")
_HEARSAY = word_set("reported believed said thought alleged rumoured rumored understood suspected")
_RUMOURS = word_set("rumour rumours rumor rumors")
_FACTUAL_TO = word_set(
    "had has have forced managed continue continues continued began begun started used obliged "
    "compelled made helped"
)
_SHOT = frozenset(("shot", "shoot", "shoots", "shooting", "brought", "bring"))
_WAYS = frozenset(("way", "route", "bound"))
_KEYS = _WAYS.union(TRIGGERS, (verb for verb, _ in PARTICLES))  # words that may tell of an event
_FAILED_TO = word_set("failed fails fail refused unable")


class Trigger(NamedTuple):
    """A word that tells of an event.

    Parameters
    ----------
    at, last : int
        Numbers of the word and of its last particle ("took off").
    type : str
        The type of event.
    group : str
        How its places attach; see `geo_events.text.verbs.Sense`.
    noun : bool
        A noun ("the launch"), not a verb.
    modality : str
        "fact", "negated", "planned", "alleged" or "hypothetical".
    """

    at: int
    last: int
    type: EventType
    group: str
    noun: bool
    modality: Modality


def find_triggers(layout: Layout) -> list[Trigger]:
    """Find the words that tell of events of the known types.

    Parameters
    ----------
    layout : Layout
        The text.

    Returns
    -------
    list of Trigger
        In the order of the text; empty when nothing happens.
    """
    found: list[Trigger] = []
    low = layout.tokens.low
    for i in [i for i, word in enumerate(low) if word in _KEYS]:
        if i in layout.mention_at or (found and found[-1].last >= i):
            continue
        word, following = low[i], low[i + 1] if i + 1 < len(low) else ""
        if word == "down" and not _SHOT.isdisjoint(low[max(0, i - 4) : i]):
            continue  # "shot it down": told by "shot"
        if word in _WAYS:
            sense, last = _on_the_way(layout, i), i
        elif word in TRIGGERS or (word, following) in PARTICLES:
            sense, last = find_sense(layout, i)
        else:
            continue
        if sense is None:
            continue
        found.append(
            Trigger(i, last, sense.type, sense.group, sense.noun, _modality(layout, i, sense))
        )
    return [t for n, t in enumerate(found) if not _is_object_of(layout, t, found[n + 1 : n + 2])]


def _is_object_of(layout: Layout, trigger: Trigger, following: list[Trigger]) -> bool:
    """Tell whether a noun only repeats the verb after it: "the attack was launched by missile"."""
    if not trigger.noun or trigger.type != "strike" or not following:
        return False
    between = layout.tokens.low[trigger.last + 1 : following[0].at]
    return (
        following[0].type == "launch"
        and len(between) <= 3
        and bool(set(between) & {"was", "were", "been"})
    )


def _on_the_way(layout: Layout, i: int) -> Sense | None:
    """Read "on their way to", "en route to", "bound for" with their chief word at i."""
    low = layout.tokens.low
    after = low[i + 1] if i + 1 < len(low) else ""
    before = low[max(0, i - 2) : i]
    if low[i] == "bound":
        if after != "for" or layout.tokens.gaps[i] & HYPHEN:
            return None
    elif after not in ("to", "from", "back", "home") or not {"on", "en"} & set(before):
        return None
    moving = things_around(layout, i)
    if moving == {"projectile"} and _is_flown(layout, i):
        return Sense("launch", "way")
    flown = "aircraft" in moving or is_flight_told(layout, i)
    return Sense("flight" if flown else "movement", "way")


def _is_flown(layout: Layout, i: int) -> bool:
    """Tell whether the clause says before word i that something crossed, flew or was fired."""
    first, _ = layout.clause_bounds(i)
    senses = (s for word in layout.tokens.low[first:i] for s in TRIGGERS.get(word, ()))
    return any(s.group in ("cross", "fly", "fire") for s in senses)


def _modality(layout: Layout, i: int, sense: Sense) -> Modality:
    """Say how sure the text is of the event at word i: of none that was called off."""
    if is_called_off(layout, i, sense):
        return "hypothetical"
    if is_put_off(layout, i, sense):
        return "planned"
    told = _modality_told(layout, i, noun=sense.noun)
    return "alleged" if told == "fact" and is_only_shown(layout, i) else told


def _modality_told(layout: Layout, i: int, *, noun: bool) -> Modality:
    """Say how sure the words before the event at word i are."""
    low, clauses = layout.tokens.low, layout.clauses
    first, _ = layout.clause_bounds(i)
    if low[first] in ("if", "unless", "whether") or _is_asked(layout, i):
        return "hypothetical"
    near = range(max(first, i - 5), i)
    window = [k for k in near if clauses[k] == clauses[i] and k not in layout.date_words]
    if noun:
        return _modality_of_noun(layout, i, [low[k] for k in window])
    if _is_untrue(layout, i):
        return "negated"
    for k in reversed(window):
        if low[k] in _MAYBE and is_feared(layout, k, i):
            return "planned"
        verdict = _modality_of(low[k], low[k - 1] if k else "", i - k)
        if verdict is not None:
            return verdict
    if _is_rumoured(layout, i) or _is_hearsay(layout, i):
        return "alleged"
    if first < i and low[first] in ("no", "none", "neither"):
        return "negated"
    return "alleged" if _ALLEGED & set(low[i + 1 : i + 2]) else "fact"


def _modality_of_noun(layout: Layout, i: int, words: list[str]) -> Modality:
    """Say how sure the text is of the noun at word i from the words before it."""
    if _ALLEGED & set(words) or _is_rumoured(layout, i):
        return "alleged"
    if "no" in words[-3:] or _is_untrue(layout, i):
        return "negated"
    return "planned" if _INTENDED & set(words) and "to" in words else "fact"


def _is_untrue(layout: Layout, i: int) -> bool:
    """Tell whether "it was not true that", "it is false that" governs word i."""
    start, _ = layout.sentence_bounds(i)
    low = layout.tokens.low[start:i]
    if "that" not in low or not _UNTRUE & set(low):
        return False
    at = next(k for k, word in enumerate(low) if word in _UNTRUE)
    said_so = low[at] != "true" or "not" in low[max(0, at - 2) : at]
    return said_so and at < 8 and "that" in low[at:]


def _is_rumoured(layout: Layout, i: int) -> bool:
    """Tell whether "unconfirmed reports" or "rumours" that name nobody govern word i."""
    start, _ = layout.sentence_bounds(i)
    low = layout.tokens.low[start:i]
    return any(
        word in _RUMOURS or (word == "reports" and k and low[k - 1] == "unconfirmed")
        for k, word in enumerate(low)
    )


def _is_hearsay(layout: Layout, i: int) -> bool:
    """Tell whether "is reported to have", "are believed to have" lead to word i."""
    low = layout.tokens.low
    near = range(max(1, i - 6), i - 1)
    return any(low[k : k + 2] == ["to", "have"] and low[k - 1] in _HEARSAY for k in near)


def _is_asked(layout: Layout, i: int) -> bool:
    """Tell whether the sentence of word i is a question."""
    _, end = layout.sentence_bounds(i)
    tokens = layout.tokens
    tail = tokens.gap_text(end) if end < len(tokens) else tokens.text[tokens.ends[-1] :][:4]
    return tail.lstrip("”\"’')").startswith(("?", "؟", "？"))


def _modality_of(word: str, before: str, distance: int) -> Modality | None:
    """Read one word before a verb."""
    if word in _ALLEGED:
        return "alleged"
    if word in NEGATIONS:
        return "negated" if word != "without" or distance == 1 else None
    if word in _MAYBE:
        return "alleged"
    if word in _ABLE:
        return "hypothetical"
    if word in _MODALS:
        return "planned"
    if word == "to" and distance == 1:
        if before in _FACTUAL_TO:
            return "fact"
        return "negated" if before in _FAILED_TO else "planned"
    return None


def sense_for(layout: Layout, i: int, *, moving: bool) -> Trigger:
    """Make the event word at i, whatever it is, for callers that know that one stands there.

    Parameters
    ----------
    layout : Layout
        The text.
    i : int
        The word.
    moving : bool
        Whether it tells of a movement; otherwise of an attack.

    Returns
    -------
    Trigger
        As the tables have the word where they do; else a movement or a strike.
    """
    sense, last = find_sense(layout, i)
    is_moving = sense is not None and sense.type in ("flight", "movement", "crash", "launch")
    if sense is None or is_moving != moving:
        known = [
            s for s in TRIGGERS.get(layout.tokens.low[i], ()) if (s.type == "movement") == moving
        ]
        default = Sense("movement", "travel") if moving else Sense("strike", "attack")
        sense, last = known[0] if known else default, i
    return Trigger(i, last, sense.type, sense.group, is_noun(layout, i), "fact")
