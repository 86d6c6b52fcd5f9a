"""Decide what an event word means where it stands: a missile fired, or a manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.text.idioms import BUSINESS, is_idiom, is_sports
from geo_events.text.lexicon import (
    AIRCRAFT,
    AUXILIARIES,
    DETERMINERS,
    DRONES,
    PREPOSITIONS,
    PROJECTILES,
    PRONOUNS,
    VESSELS,
    word_set,
)
from geo_events.text.quantities import is_number
from geo_events.text.tokens import HYPHEN, POSSESSIVE
from geo_events.text.verbs import CAMPAIGNS, PARTICLES, STRIKES, TRIGGERS, Sense

if TYPE_CHECKING:
    from geo_events.text.structure import Layout

__all__ = ["find_sense", "is_flight_told", "is_noun", "things_around"]

_REACH = 24
_COUNTING = 7  # words
_NOUNISH = word_set(
    "ship ships shell shells bomb bombs target targets land lands head run runs drive drives "
    "ride rides walk walks move moves leave leaves return returns visit visits march test tests "
    "transport export exports import imports transfer raid raids storm storms fire fires cross "
    "escape approach turn turns ferry ferries down set go travel travels strike strikes attack "
    "attacks hit hits ambush blast crash crashes launch launches lob open start exit send "
    "flight transfers transports invade enter"
)
_VERB_LEADS = word_set(
    "to will would can could may might shall should must did do does not who which that they we "
    "i you he she it and or then also n't"
)
_TAKING_UP = frozenset(("it", "they", "both", "some", "one", "another", "none", "neither", "all"))
_SOME = word_set("some all both each many several few another any most others")
_OF_THEM = _SOME | word_set("at least about up to of them the others have has had also")
_PICTURES = word_set(  # after a missile's or bomb's word: nothing flies
    "images imagery image pictures photos television data threat threats warning scare alert hoax "
    "defence defense defences defenses"
)
_FIRED = PROJECTILES | DRONES
_SELF_MOVING = frozenset(("arrive", "leave", "leave-from", "reach"))
_FLIGHT_WORDS = word_set(
    "flight flights pilot pilots passengers airline airlines airliner copilot cockpit"
)


def things_around(layout: Layout, i: int) -> set[str]:
    """Say which moving things stand in the sentence near word i."""
    low, (start, end) = layout.tokens.low, layout.sentence_bounds(i)
    begin = max(start, i - _REACH)
    if start and (low[start] in _TAKING_UP or _counts_them(layout, start, i)):
        begin = layout.sentence_bounds(start - 1)[0]
    things = _things_in(layout, begin, min(end, i + _REACH))
    if not things and start and {"it", "they"} & set(low[max(start, i - 4) : i]):
        return _things_in(layout, layout.sentence_bounds(start - 1)[0], start)
    return things


def _counts_them(layout: Layout, start: int, i: int) -> bool:
    """Tell "at least four of them" before word i: some of what the sentence before is about."""
    words = layout.tokens.low[start:i]
    return 0 < len(words) <= _COUNTING and all(w in _OF_THEM or is_number(w) for w in words)


def _things_in(layout: Layout, begin: int, end: int) -> set[str]:
    """Say which moving things stand in the words from `begin` up to, not with, `end`."""
    low = layout.tokens.low
    things: set[str] = set()
    for k in range(begin, end):
        word = low[k]
        if word in PROJECTILES and _PICTURES.isdisjoint(low[k + 1 : k + 2]):
            things.add("projectile")
        if word in DRONES:
            things.add("drone")
        elif word in AIRCRAFT and (len(word) > 2 or _is_model(layout, k)):
            things.add("plane")
        if word in AIRCRAFT and (len(word) > 2 or _is_model(layout, k)):
            things.add("aircraft")
        if word in VESSELS:
            things.add("vessel")
    return things


def _is_model(layout: Layout, k: int) -> bool:
    """Tell whether a letter or two begin a model's name: F-16, MiG-29, Su-24."""
    tokens = layout.tokens
    return (
        k + 1 < len(tokens)
        and bool(tokens.gaps[k + 1] & HYPHEN)
        and tokens.words[k + 1][0].isdigit()
    )


def find_sense(layout: Layout, i: int) -> tuple[Sense | None, int]:
    """Choose what the word at i means here, and its last word."""
    low = layout.tokens.low
    if is_sports(layout, i):
        return None, i
    if i + 1 < len(low) and (low[i], low[i + 1]) in PARTICLES:
        sense = PARTICLES[low[i], low[i + 1]]
        return _fit(layout, i, sense), i + 1
    if low[i] in ("shot", "shoot", "shooting", "shoots") and "down" in low[i + 1 : i + 5]:
        return Sense("interception", "intercept"), i
    noun = is_noun(layout, i)
    for sense in TRIGGERS.get(low[i], ()):
        if sense.noun != noun:
            continue
        fitting = _fit(layout, i, sense)
        if fitting is not None:
            return fitting, i
    return None, i


def is_noun(layout: Layout, i: int) -> bool:
    """Tell a noun from a verb by the word before and its ending."""
    tokens = layout.tokens
    word = tokens.low[i]
    before = tokens.low[i - 1] if i else ""
    if word.endswith("ed"):
        return False
    if before in _SOME and _is_only_verb(word):
        return False  # "some fell"
    if tokens.gaps[i] & POSSESSIVE or (before in DETERMINERS and before != "that"):
        return True
    if before == "that":
        return any(s.noun for s in TRIGGERS.get(word, ()))
    if word.endswith("ing"):
        return before in ("the", "a", "of") or word.endswith("bombing")
    if word not in _NOUNISH:
        senses = TRIGGERS.get(word, ())
        return bool(senses) and all(sense.noun for sense in senses)
    if before in _VERB_LEADS or before in AUXILIARIES or before.endswith("ly"):
        return False
    return not _has_subject_before(layout, i)


def _is_only_verb(word: str) -> bool:
    """Tell a word that is a verb wherever it stands, as far as the tables know: "fell"."""
    senses = TRIGGERS.get(word, ())
    sure = word not in _NOUNISH and not word.endswith("ing")
    return sure and bool(senses) and not any(sense.noun for sense in senses)


def _has_subject_before(layout: Layout, i: int) -> bool:
    """Tell whether the word before i reads like the subject of a verb: a plural, a name."""
    tokens = layout.tokens
    word, before = tokens.low[i], tokens.low[i - 1] if i else ""
    if not before or tokens.gaps[i] or before in PREPOSITIONS or word in ("ship", "ships"):
        return False
    if before in PRONOUNS:
        return True
    things = before in PROJECTILES or before in AIRCRAFT or before in VESSELS
    if before.endswith("s") and (things or before in ("forces", "rebels", "troops", "militants")):
        return True
    following = tokens.words[i + 1] if i + 1 < len(tokens) else "."
    return (
        word in ("hit", "hits", "strikes", "crashes", "attacks")
        and (following in DETERMINERS or following[0].isupper())
        and (things or i - 1 in layout.mention_at)
    )


def _fit(layout: Layout, i: int, sense: Sense) -> Sense | None:
    """Check that what a sense needs is there; let the things around refine the type."""
    low = layout.tokens.low
    things = things_around(layout, i)
    if sense.group == "detect":
        return sense if _is_launch_detected(layout, i) else None
    if sense.group == "happen":
        return _what_happened(layout, i, sense)
    if sense.group == "fire":
        return _fit_fire(layout, i, sense, things)
    if sense.group == "begin":
        return sense if _campaign_near(layout, i, CAMPAIGNS) else None
    if sense.needs == "landing":
        return _fit_landing(layout, i, things)
    if sense.group == "lift":
        return _fit_lift(layout, i, things)
    if low[i] in ("slam", "slams", "slammed", "slamming", "drop", "drops", "dropped", "dropping"):
        return _fit_slam(layout, i, sense, things)
    return _refine(layout, i, sense, things) if _has_mover(layout, i, sense, things) else None


def _has_mover(layout: Layout, i: int, sense: Sense, things: set[str]) -> bool:
    """Tell whether what a sense needs stands in the sentence."""
    low = layout.tokens.low
    if sense.group in ("board", "pass", "load"):
        return _has_object(layout, i, sense, things)
    if sense.needs == "taken":
        return low[i] == "taken" and low[i + 1 : i + 2] == ["to"]
    if sense.needs == "airspace":
        return bool({"airspace", "airspaces", "skies"} & set(low[i + 1 : i + 7]))
    if sense.needs == "business":
        return not BUSINESS & set(low[max(0, i - 7) : i])
    flown = "aircraft" in things or is_flight_told(layout, i)
    return {
        "flying": flown or "projectile" in things,
        "aircraft": flown,
        "vessel": "vessel" in things,
        "mover": flown or bool(things) or "services" in low[max(0, i - 5) : i],
    }.get(sense.needs, True)


def _has_object(layout: Layout, i: int, sense: Sense, things: set[str]) -> bool:
    """Tell boarding a ship, passing over a place and loading a cargo from other such words."""
    low = layout.tokens.low
    if sense.group == "board":
        passive = bool({"was", "were", "been"} & set(low[max(0, i - 3) : i]))
        return bool(VESSELS & set(low[max(0, i - 6) : i] if passive else low[i + 1 : i + 6]))
    if sense.group == "pass":
        through = low[i + 1 : i + 2] and low[i + 1] in ("over", "through", "across")
        return bool(through) and bool(things or is_flight_told(layout, i))
    return "vessel" in things and bool({"at", "in"} & set(low[i + 1 : i + 2]))


def _fit_lift(layout: Layout, i: int, things: set[str]) -> Sense | None:
    """Tell a rocket that lifts off from an aircraft that does."""
    if "aircraft" in things and "projectile" not in things:
        return Sense("flight", "leave-from")
    if BUSINESS & set(layout.tokens.low[max(0, i - 7) : i]):
        return None
    return Sense("launch", "lift")


def _fit_slam(layout: Layout, i: int, sense: Sense, things: set[str]) -> Sense | None:
    """Tell a missile that slams into a town, and bombs that are dropped on it, from a fall."""
    low = layout.tokens.low
    if low[i].startswith("drop"):
        if PROJECTILES & set(low[i + 1 : i + 5]):
            return Sense("strike", "attack")
        down = low[i + 1 : i + 2] and low[i + 1] in ("into", "in", "on", "onto", "near")
        return sense if down and things & {"projectile", "aircraft"} else None
    ahead = [layout.mention_at.get(k) for k in range(i + 1, min(len(low), i + 6))]
    places = [layout.mentions[n].mention.place for n in ahead if n is not None]
    dry = not any(place is not None and place.kind in ("sea", "lake") for place in places)
    if things & {"projectile", "drone"} and "plane" not in things and dry:
        return Sense("strike", "hit")
    return sense if things & {"projectile", "aircraft"} else None


def _is_launch_detected(layout: Layout, i: int) -> bool:
    """Tell whether a launch or a missile is what was detected: it stands before, in the clause."""
    low = layout.tokens.low
    first, _ = layout.clause_bounds(i)
    passive = bool({"was", "were", "been"} & set(low[max(first, i - 3) : i]))
    told = set(low[max(first, i - 9) : i])
    return passive and bool(told & PROJECTILES or told & {"launch", "launches", "test", "tests"})


def _what_happened(layout: Layout, i: int, sense: Sense) -> Sense | None:
    """Read "the tests took place", "carried out air strikes": a test, an attack, or neither."""
    low = layout.tokens.low
    first, end = layout.clause_bounds(i)
    told = set(low[max(first, i - 12) : min(end, i + 7)])
    if told & STRIKES:
        return Sense("strike", "attack")
    if not told & {"test", "tests", "launch", "launches", "firing", "firings"}:
        return None
    return sense if PROJECTILES & set(low[_context_start(layout, i) : end]) else None


def _context_start(layout: Layout, i: int) -> int:
    """Return the first word of the sentence four before that of word i."""
    sentence = layout.tokens.sentences[i]
    return layout.sentence_starts[max(0, sentence - 4)]


def _refine(layout: Layout, i: int, sense: Sense, things: set[str]) -> Sense | None:
    """Refuse idioms; call it a flight when what moves is an aircraft."""
    low = layout.tokens.low
    if is_idiom(layout, i, sense, things):
        return None
    moves = sense.type == "flight" or sense.group in ("cross", "reach", "pass")
    if sense.noun and moves:
        moves = not PROJECTILES.isdisjoint(low[max(0, i - 3) : i])
    if moves and "projectile" in things and "plane" not in things:
        return sense._replace(type="launch")
    if sense.type == "movement" and ("aircraft" in things or is_flight_told(layout, i)):
        return sense._replace(type="flight")
    fired = "vessel" not in things and not PROJECTILES.isdisjoint(low[max(0, i - 4) : i])
    if sense.type == "movement" and fired and sense.group in _SELF_MOVING:
        return sense._replace(type="launch")
    if sense.group == "hit" and _is_stopped(layout, i):
        return Sense("interception", "intercept")
    return sense


def _is_stopped(layout: Layout, i: int) -> bool:
    """Tell "engaged two missiles", "33 drones were destroyed" from what hits the ground."""
    low = layout.tokens.low
    if not low[i].startswith(("engag", "destroy", "neutrali")):
        return False
    first, _ = layout.clause_bounds(i)
    passive = bool({"was", "were", "been"} & set(low[max(first, i - 3) : i]))
    flying = _FIRED | {"projectiles", "missiles"}
    if not passive:
        return not flying.isdisjoint(low[i + 1 : i + 5])
    start, _ = layout.sentence_bounds(i)
    return not flying.isdisjoint(low[max(start, i - 16) : i])


def is_flight_told(layout: Layout, i: int) -> bool:
    """Tell whether the sentence of word i speaks of a flight or a pilot."""
    start, end = layout.sentence_bounds(i)
    words = set(layout.tokens.low[start:end])
    return bool(words & _FLIGHT_WORDS)


def _fit_fire(layout: Layout, i: int, sense: Sense, things: set[str]) -> Sense | None:
    """Tell launching missiles from launching an attack, a campaign, or a website."""
    low = layout.tokens.low
    fired = bool(things & {"projectile", "drone"}) or sense.noun
    if fired and _projectile_near(layout, i, noun=sense.noun):
        return sense
    if low[i] in ("launch", "launched", "launches", "launching", "unleashed"):
        return _launch_of(layout, i)
    following = low[i + 1] if i + 1 < len(low) else ""
    if low[i] in ("fired", "shot", "shelled") and following in (
        "at",
        "on",
        "into",
        "toward",
        "towards",
    ):
        return Sense("strike", "attack")
    return None


def _launch_of(layout: Layout, i: int) -> Sense | None:
    """Read what is launched without a missile: an attack, a campaign, or nothing of ours."""
    if _campaign_near(layout, i, STRIKES):
        return Sense("strike", "attack")
    return Sense("other", "begin") if _campaign_near(layout, i, CAMPAIGNS) else None


def _projectile_near(layout: Layout, i: int, *, noun: bool) -> bool:
    """Tell whether a projectile stands in the clause of word i; of a noun, in its sentence."""
    first, end = layout.sentence_bounds(i) if noun else layout.clause_bounds(i)
    low = layout.tokens.low
    if low[first] in ("that", "which", "who"):
        first = max(0, first - 8)  # what the clause is about stands before it
    elif low[first] in _TAKING_UP and first:
        first = layout.sentence_bounds(first - 1)[0]
        return not _FIRED.isdisjoint(low[first : min(end, i + 12)])
    known = noun and low[i - 1 : i] and low[i - 1] in ("the", "this", "these")
    if low[i] in ("test", "tests") or (known and low[i] in ("launch", "launches")):
        begin = _context_start(layout, i) if noun else max(first, i - 3)
        return any(w in PROJECTILES for w in low[begin : min(end, i + 7)])
    return any(w in _FIRED for w in low[max(first - 2, i - 20, 0) : min(end, i + 12)])


def _campaign_near(layout: Layout, i: int, words: frozenset[str]) -> bool:
    """Tell whether one of the words is the object of the verb at i, or its passive subject."""
    low = layout.tokens.low
    first, end = layout.clause_bounds(i)
    if any(w in words for w in low[i + 1 : min(end, i + 7)]):
        return True
    passive = i > first and low[i - 1] in ("was", "were", "been", "is", "are", "being")
    return passive and any(w in words for w in low[max(first, i - 6) : i])


def _fit_landing(layout: Layout, i: int, things: set[str]) -> Sense | None:
    """Tell a missile that lands from an aircraft that does, or is made to."""
    low = layout.tokens.low
    last = i + 1 if low[i + 1 : i + 2] == ["down"] else i
    following = low[last + 1] if last + 1 < len(low) else ""
    if low[i] in ("land", "lands") and low[i - 1 : i] and low[i - 1] in DETERMINERS:
        return None
    told = "aircraft" in things or is_flight_told(layout, i)
    if told and {"forced", "made", "ordered", "compelled"} & set(low[max(0, i - 3) : i]):
        return Sense("diversion", "arrive")
    if "projectile" in things and "plane" not in things:
        return Sense("crash", "fall")
    if following not in PREPOSITIONS and following not in ("safely", "back"):
        return None
    if BUSINESS & set(low[max(0, i - 6) : i]):
        return None
    return Sense("flight" if told else "movement", "arrive")
