"""Find the words that tell of an event, and how sure the text is of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from geo_events.text.lexicon import (
    AIRCRAFT,
    AUXILIARIES,
    DETERMINERS,
    DRONES,
    NEGATIONS,
    PREPOSITIONS,
    PROJECTILES,
    PRONOUNS,
    VESSELS,
)
from geo_events.text.tokens import HYPHEN, POSSESSIVE
from geo_events.text.verbs import CAMPAIGNS, PARTICLES, STRIKES, TRIGGERS, EventType, Sense

if TYPE_CHECKING:
    from geo_events.text.structure import Layout

__all__ = ["Modality", "Trigger", "find_triggers"]

Modality = Literal["fact", "negated", "planned", "alleged", "hypothetical"]

_REACH = 24
_MODALS = frozenset("will would shall".split())
_MAYBE = frozenset("may might could".split())
_ABLE = frozenset("can capable able cannot".split())
_ALLEGED = frozenset(
    "allegedly reportedly purportedly supposedly apparently possibly suspected alleged purported "
    "presumably".split()
)
_FACTUAL_TO = frozenset(
    "had has have forced managed continue continues continued began begun started used obliged "
    "compelled made helped".split()
)
_FAILED_TO = frozenset("failed fails fail refused unable".split())
# Forms that are nouns unless something before them makes them verbs.
_NOUNISH = frozenset(
    "ship ships shell shells bomb bombs target targets land lands head run runs drive drives ride "
    "rides walk walks move moves leave leaves return returns visit visits march test tests "
    "transport export exports import imports transfer raid raids storm storms fire fires cross "
    "escape approach turn turns ferry ferries down set go travel travels strike strikes attack "
    "attacks hit hits ambush blast crash crashes launch launches lob open start exit send flight "
    "transfers transports invade enter".split()
)
_VERB_LEADS = frozenset(
    "to will would can could may might shall should must did do does not who which that they we i "
    "you he she it and or then also n't".split()
)
_FLIGHT_NOUNS = frozenset(
    "path paths plan plans data recorder recorders deck school attendant attendants safety crew "
    "crews operations ban time times number schedule engineer simulator zone test".split()
)
_NO_CARGO = frozenset(
    "message messages letter letters signal signals email emails note invitation invitations "
    "condolences greetings bill word".split()
)
_LABOUR = frozenset("teachers workers union unions labor labour nurses drivers employees".split())
_NOT_CRASHED = frozenset(
    "market markets stocks prices shares economy computer website server system party parties bank "
    "currency ruble rouble".split()
)


_FIRED = PROJECTILES | DRONES


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
    for i, word in enumerate(low):
        if word == "way" or word == "route" or word == "bound":
            sense, last = _on_the_way(layout, i), i
        elif word in TRIGGERS or (i + 1 < len(low) and (word, low[i + 1]) in PARTICLES):
            sense, last = _sense_at(layout, i)
        else:
            continue
        if sense is None or (found and found[-1].last >= i) or i in layout.mention_at:
            continue
        found.append(
            Trigger(i, last, sense.type, sense.group, sense.noun, _modality(layout, i, sense.noun))
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
    moving = _things_around(layout, i)
    return Sense("flight" if "aircraft" in moving else "movement", "way")


def _things_around(layout: Layout, i: int) -> set[str]:
    """Say which moving things stand in the sentence near word i."""
    low, (start, end) = layout.tokens.low, layout.sentence_bounds(i)
    things: set[str] = set()
    for k in range(max(start, i - _REACH), min(end, i + _REACH)):
        word = low[k]
        if word in PROJECTILES:
            things.add("projectile")
        if word in DRONES:
            things.add("drone")
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


def _sense_at(layout: Layout, i: int) -> tuple[Sense | None, int]:
    """Choose what the word at i means here, and its last word."""
    low = layout.tokens.low
    if i + 1 < len(low) and (low[i], low[i + 1]) in PARTICLES:
        sense = PARTICLES[low[i], low[i + 1]]
        return _fit(layout, i, sense), i + 1
    noun = _is_noun(layout, i)
    for sense in TRIGGERS.get(low[i], ()):
        if sense.noun != noun:
            continue
        fitting = _fit(layout, i, sense)
        if fitting is not None:
            return fitting, i
    return None, i


def _is_noun(layout: Layout, i: int) -> bool:
    """Tell a noun from a verb by the word before and its ending."""
    tokens = layout.tokens
    word = tokens.low[i]
    before = tokens.low[i - 1] if i else ""
    if word.endswith("ed"):
        return False
    if tokens.gaps[i] & POSSESSIVE or before in DETERMINERS:
        return True
    if word.endswith("ing"):
        return before in ("the", "a", "of") or word.endswith("bombing")
    if word not in _NOUNISH:
        return word in ("launching", "sortie", "sorties", "airstrike", "airstrikes", "flights")
    if before in _VERB_LEADS or before in AUXILIARIES or before.endswith("ly"):
        return False
    return not _has_subject_before(layout, i)


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
    following = tokens.low[i + 1] if i + 1 < len(tokens) else ""
    return (
        word in ("hit", "hits", "strikes", "crashes", "attacks")
        and (following in DETERMINERS or i + 1 in layout.mention_at)
        and (things or i - 1 in layout.mention_at)
    )


def _fit(layout: Layout, i: int, sense: Sense) -> Sense | None:
    """Check that what a sense needs is there; let the things around refine the type."""
    things = _things_around(layout, i)
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
    if sense.needs == "flying" and not things & {"projectile", "aircraft"}:
        return None
    if sense.needs == "aircraft" and "aircraft" not in things:
        return None
    if sense.needs == "mover" and not things and not _is_flight_told(layout, i):
        return None
    return _refine(layout, i, sense, things)


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
    earlier = layout.sentence_bounds(max(0, layout.sentence_bounds(i)[0] - 1))[0]
    return sense if PROJECTILES & set(low[earlier:end]) else None


def _refine(layout: Layout, i: int, sense: Sense, things: set[str]) -> Sense | None:
    """Refuse idioms; call it a flight when what moves is an aircraft."""
    low = layout.tokens.low
    following = low[i + 1] if i + 1 < len(low) else ""
    if sense.type == "flight" and sense.noun and following in _FLIGHT_NOUNS:
        return None
    if sense.type == "crash" and _NOT_CRASHED & set(low[max(0, i - 4) : i + 3]):
        return None
    if (
        sense.type == "strike"
        and sense.noun
        and following in ("group", "force", "aircraft", "team")
    ):
        return None
    if low[i] in ("strike", "struck", "hit") and following in ("a", "deal", "by") and sense.noun:
        return sense
    if sense.type == "flight" and "projectile" in things and "aircraft" not in things:
        return sense._replace(type="launch")
    if sense.group == "send" and _NO_CARGO & set(low[i + 1 : i + 5]):
        return None
    if sense.type == "strike" and sense.noun and _LABOUR & set(low[max(0, i - 4) : i + 5]):
        return None
    if sense.type == "movement" and "aircraft" in things:
        return sense._replace(type="flight")
    return sense


def _is_flight_told(layout: Layout, i: int) -> bool:
    """Tell whether the sentence of word i speaks of a flight or a pilot."""
    start, end = layout.sentence_bounds(i)
    words = set(layout.tokens.low[start:end])
    return bool(words & {"flight", "flights", "pilot", "pilots", "passengers", "airline", "ferry"})


def _fit_fire(layout: Layout, i: int, sense: Sense, things: set[str]) -> Sense | None:
    """Tell launching missiles from launching an attack, a campaign, or a website."""
    low = layout.tokens.low
    if things & {"projectile", "drone"} and _projectile_near(layout, i, noun=sense.noun):
        return sense
    if low[i] in ("launch", "launched", "launches", "launching", "unleashed"):
        if _campaign_near(layout, i, STRIKES):
            return Sense("strike", "attack")
        if _campaign_near(layout, i, CAMPAIGNS):
            return Sense("other", "begin")
        return None
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


def _projectile_near(layout: Layout, i: int, *, noun: bool) -> bool:
    """Tell whether a projectile stands in the clause of word i; of a noun, in its sentence."""
    first, end = layout.sentence_bounds(i) if noun else layout.clause_bounds(i)
    low = layout.tokens.low
    if layout.tokens.low[i] in ("test", "tests"):
        begin = max(0, layout.sentence_bounds(max(0, first - 1))[0]) if noun else max(first, i - 3)
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
    """Tell a missile that lands from an aircraft that does."""
    low = layout.tokens.low
    following = low[i + 1] if i + 1 < len(low) else ""
    if low[i] in ("land", "lands") and low[i - 1 : i] and low[i - 1] in DETERMINERS:
        return None
    if "projectile" in things:
        return Sense("crash", "fall")
    if following not in PREPOSITIONS and following not in ("safely", "back"):
        return None
    return Sense("flight" if "aircraft" in things else "movement", "arrive")


def _modality(layout: Layout, i: int, noun: bool) -> Modality:
    """Say how sure the text is of the event at word i."""
    low, clauses = layout.tokens.low, layout.clauses
    first, _ = layout.clause_bounds(i)
    if low[first] in ("if", "unless", "whether") or _is_asked(layout, i):
        return "hypothetical"
    window = [k for k in range(max(first, i - 5), i) if clauses[k] == clauses[i]]
    if noun:
        words = {low[k] for k in window[-3:]}
        return "alleged" if words & _ALLEGED else "negated" if words & {"no"} else "fact"
    for k in reversed(window):
        verdict = _modality_of(low[k], low[k - 1] if k else "", i - k)
        if verdict is not None:
            return verdict
    if first < i and low[first] in ("no", "none", "neither"):
        return "negated"
    return "alleged" if _ALLEGED & set(low[i + 1 : i + 2]) else "fact"


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
        return "negated"
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
    sense, last = _sense_at(layout, i)
    is_moving = sense is not None and sense.type in ("flight", "movement", "crash", "launch")
    if sense is None or is_moving != moving:
        known = [s for s in TRIGGERS.get(layout.tokens.low[i], ()) if (s.type == "movement") == moving]
        default = Sense("movement", "travel") if moving else Sense("strike", "attack")
        sense, last = known[0] if known else default, i
    return Trigger(i, last, sense.type, sense.group, _is_noun(layout, i), "fact")
