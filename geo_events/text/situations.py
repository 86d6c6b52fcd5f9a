"""What a rule sees of a place beside an event word, and the conditions that rules share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.lexicon import PLATFORMS, SOURCES, TARGETS, word_set

if TYPE_CHECKING:
    from geo_events.text.phrases import Path
    from geo_events.text.triggers import Trigger

__all__ = [
    "INSIDE",
    "MOVING",
    "OVER",
    "TOWARDS",
    "Situation",
    "goes_to",
    "is_aimed",
    "is_attacked",
    "is_bare",
    "is_crossed",
    "is_fled",
    "is_from",
    "is_lift_off",
    "is_of",
    "is_shooter",
    "is_site",
    "leaves_for",
]


class Situation(NamedTuple):
    """A place beside an event word, as a rule sees it.

    Parameters
    ----------
    path : Path
        The phrase that the place stands in.
    trigger : Trigger
        The event word.
    after : bool
        Whether the phrase comes after the event word.
    passive : bool
        Whether the event word is a passive verb ("was hit").
    bound : bool
        Whether "-bound" follows the place.
    word : str
        The event word in lower case.
    object_before : bool
        Whether a projectile stands between the event word and the phrase ("fired a missile at").
    kind : str
        The kind of the place.
    departs : bool
        Whether the clause says "from" of another place: what stands after "at" is then a target.
    subject : bool
        Whether the place itself is what the clause is about: "Aleppo was".
    adjacent : bool
        Whether the phrase starts right after the event word.
    modifies : bool
        Whether the place's name stands before the event's noun as a part of it ("Paris attacks").
    abuts : bool
        Whether the phrase ends right before the event word, but for auxiliaries and a relative
        clause: "the terminal at X, which is new, was hit".
    parted : bool
        Whether a comma stands right before the phrase.
    """

    path: Path
    trigger: Trigger
    after: bool
    passive: bool
    bound: bool
    word: str
    object_before: bool
    kind: str
    departs: bool = False
    subject: bool = True
    adjacent: bool = True
    modifies: bool = False
    abuts: bool = False
    parted: bool = False


MOVING = frozenset(("launch", "flight", "movement"))
INSIDE = word_set("in at on near over inside off within across around outside above along")
TOWARDS = word_set("to into onto toward towards")
OVER = word_set("over across above through via")
_SITES = word_set(
    "site sites ground grounds range center centre station facility cosmodrome spaceport base "
    "airport airfield launchpad pad county area province region"
)
_LAUNCH_SITES = word_set("launch test testing cosmodrome spaceport launchpad pad range")
_SHOT = ("fire", "lob", "shoot", "shot", "hurl")
_AIR = word_set("the of air space airspace airspaces skies median line middle border frontier")
_NO_ORIGIN = word_set(
    "request requests order orders statement statements message messages letter call calls "
    "report reports pressure support help assistance permission approval criticism official "
    "officials footage images data debris news information people analysts experts protection "
    "threats threat different distant away far separate apart free independence"
)
_TELLERS = SOURCES | word_set("correspondent correspondents reporter reporters")
_CAUSES = word_set("war wars policy policies threat threats plan plans invasion rule sanctions")
_ARMED = word_set("militants fighters rebels gunmen forces troops militias group groups militiamen")
_LENGTHS = word_set(
    "km kilometres kilometers kilometre kilometer miles mile metres meters nautical"
)
_FOR_VERBS = word_set("""
left leave leaves leaving depart departed departs departing headed head heading heads set sets
setting off out take takes took taken taking bound sailed sails sail sailing fly flew flight flights
start fled flee flees fleeing escaped loaded evacuated embarked
""")


def is_from(s: Situation) -> bool:
    """Tell an origin by "from"; not "a request from"."""
    if s.path.outer != "from" or s.path.lead in _NO_ORIGIN | _LENGTHS or s.path.loose:
        return False
    return "coast" not in s.path.words or "off" not in s.path.words


def is_aimed(s: Situation) -> bool:
    """Tell a target of something fired: aimed at, against, or at what describes a target."""
    if _CAUSES & set(s.path.words):
        return False
    if s.path.outer == "aimed-at":
        return True
    if s.trigger.group not in ("fire", "hit", "attack"):
        return False
    if s.path.outer == "against":
        return True
    if s.path.outer != "at" or not s.after or _is_tested_at(s):
        return False
    if s.departs or s.object_before or s.kind == "country" or TARGETS & set(s.path.words):
        return True
    return not s.trigger.noun and (not s.passive or s.word.startswith(_SHOT))


def _is_tested_at(s: Situation) -> bool:
    """Tell "launched at a site in X" from "launched at X": the place is where it was tested."""
    if s.departs:
        return bool(_LAUNCH_SITES & set(s.path.words[:4]))
    tested = s.word.startswith(("launch", "test", "lift", "blast")) and not s.object_before
    return tested and (s.passive or s.trigger.noun) and bool(_SITES & set(s.path.words[:3]))


def is_site(s: Situation) -> bool:
    """Tell the site of a launch: at a place, or in or near one at what describes a site."""
    if s.departs and not _LAUNCH_SITES & set(s.path.words):
        return False
    at_site = s.path.outer in ("in", "near") and bool(_SITES & set(s.path.words))
    return s.after and (s.path.outer == "at" or at_site)


def is_attacked(s: Situation) -> bool:
    """Tell the place of an attack after "on", "in", "near" and so on."""
    return (
        s.trigger.type == "strike"
        and s.path.outer in INSIDE
        and not s.path.is_beside
        and (s.after or (s.path.outer in ("in", "near", "at") and s.path.lead not in _TELLERS))
    )


def leaves_for(s: Situation) -> bool:
    """Tell a destination after "for": "left for X", "headed for X"."""
    return s.path.outer == "bound-for" or (
        s.path.outer == "for" and s.word in _FOR_VERBS and s.after and not s.path.loose
    )


def goes_to(s: Situation) -> bool:
    """Tell "to X", "toward X" after a moving word, with nothing unknown between."""
    return s.path.outer in TOWARDS and not s.path.loose and not s.path.is_beside


def is_bare(s: Situation) -> bool:
    """Tell a bare noun phrase right after an active verb."""
    if s.path.outer or s.path.is_beside or _LENGTHS & set(s.path.words):
        return False
    return s.after and s.adjacent and not s.passive and not s.trigger.noun


def is_shooter(s: Situation) -> bool:
    """Tell where those stand who fire: "fighters in X launched", "a frigate in X fired"."""
    armed = s.path.lead in PLATFORMS | _ARMED and s.path.outer in ("in", "on", "off", "inside")
    return armed and s.abuts and not s.passive and not s.trigger.noun


def is_lift_off(s: Situation) -> bool:
    """Tell where a rocket lifts off: "at", "in" or "near" a place."""
    return s.trigger.group == "lift" and s.after and s.path.outer in ("at", "in", "near")


def is_fled(s: Situation) -> bool:
    """Tell where they fled from what stands between: "fled the war in X"."""
    fled = s.trigger.group == "leave" and s.word.startswith(("flee", "fled", "escap"))
    aside = s.adjacent or s.parted or s.path.is_beside
    return fled and s.after and s.path.outer in ("in", "at") and not aside


def is_of(s: Situation) -> bool:
    """Tell what an event's noun is of: "the bombing of X", "the shelling of the city of X"."""
    words = [w for w in s.path.words if w not in ("the", "of")]
    near = s.path.inner == "of" and s.after and s.adjacent and not s.path.is_beside
    return near and (not s.path.outer or s.path.outer == "of") and TARGETS.issuperset(words)


def is_crossed(s: Situation) -> bool:
    """Tell what is crossed or flown: a place, its airspace, or "the airspace of" it."""
    entered = s.trigger.group == "reach" and not {"airspace", "airspaces"}.isdisjoint(s.path.words)
    if not (entered or s.trigger.group in ("cross", "fly")) or not set(s.path.words) <= _AIR:
        return False
    into = s.after and s.path.outer in ("in", "into") and "airspace" in s.path.words
    return is_bare(s) or (into and s.trigger.group == "cross")
