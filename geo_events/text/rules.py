"""The named rules that give a place its role in an event.

Every rule has a name, one example and one counter-example; the first rule that fits decides. To
add a rule, add one entry to `RULES`: the tests read its examples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from geo_events.text.lexicon import (
    PLATFORMS,
    TARGETS,
    word_set,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo_events.text.phrases import Path
    from geo_events.text.triggers import Trigger

__all__ = ["RULES", "RoleName", "Rule", "Situation", "find_rule"]

RoleName = Literal["origin", "destination", "impact", "place"]


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
    """

    path: Path
    trigger: Trigger
    after: bool
    passive: bool
    bound: bool
    word: str
    object_before: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule.

    Parameters
    ----------
    name : str
        As it stands on the roles.
    role : {"origin", "destination", "impact", "place"}
        What the place becomes.
    fits : callable
        The condition.
    example, place : str
        A sentence in which the rule gives this place its role.
    counter_example : str
        A sentence in which it must give no place this role.
    """

    name: str
    role: RoleName
    fits: Callable[[Situation], bool]
    example: str
    place: str
    counter_example: str


_MOVING = frozenset(("launch", "flight", "movement"))
_INSIDE = word_set("in at on near over inside off within across around outside above along")
_TOWARDS = word_set("to into onto toward towards")
_SITES = word_set(
    "site sites ground grounds range center centre station facility cosmodrome spaceport base "
    "airport airfield launchpad pad county area province region"
)
_NO_ORIGIN = word_set(
    "request requests order orders statement statements message messages letter call calls "
    "report reports pressure support help assistance permission approval criticism official "
    "officials footage images data debris news information people analysts experts protection "
    "threats threat different distant away far separate apart free independence"
)
_FOR_VERBS = word_set(
    "left leave leaves leaving depart departed departs departing headed head heading heads set "
    "off took bound sailed sails sail sailing fly flew flight flights start"
)


def _is_from(s: Situation) -> bool:
    """Tell an origin by "from"; not "a request from"."""
    if s.path.outer != "from" or s.path.lead in _NO_ORIGIN or s.path.loose:
        return False
    return "coast" not in s.path.words or "off" not in s.path.words


def _aimed(s: Situation) -> bool:
    """Tell a target of something fired: aimed at, against, or at what describes a target."""
    if s.path.outer == "aimed-at":
        return True
    if s.trigger.group not in ("fire", "hit", "attack"):
        return False
    if s.path.outer == "against":
        return True
    if s.path.outer != "at" or not s.after:
        return False
    tested = s.word.startswith(("launch", "test", "lift", "blast")) and not s.object_before
    if tested and (s.passive or s.trigger.noun) and _SITES & set(s.path.words[:3]):
        return False
    aims = bool(TARGETS & set(s.path.words))
    return aims or s.object_before or (not s.passive and not s.trigger.noun) or s.kind == "country"


def _fired_on(s: Situation) -> bool:
    """Tell the place of an attack after "on", "in", "near" and so on."""
    return (
        s.trigger.type == "strike"
        and s.path.outer in _INSIDE
        and not (s.path.is_beside)
        and (s.after or s.path.outer in ("in", "near", "at"))
    )


def _leaves_for(s: Situation) -> bool:
    """Tell a destination after "for": "left for X", "headed for X"."""
    return s.path.outer == "bound-for" or (
        s.path.outer == "for" and s.word in _FOR_VERBS and s.after and not s.path.loose
    )


def _goes_to(s: Situation) -> bool:
    """Tell "to X", "toward X" after a moving word, with nothing unknown between."""
    return s.path.outer in _TOWARDS and not s.path.loose and not s.path.is_beside


def _is_bare(s: Situation) -> bool:
    """Tell a bare noun phrase right after an active verb."""
    return not s.path.outer and s.after and not s.passive and not s.trigger.noun


RULES: tuple[Rule, ...] = (
    Rule(
        "bound",
        "destination",
        lambda s: s.bound,
        "Two Cyprus-bound jets took off from Egypt.",
        "Cyprus",
        "The jets flew over the snow-bound hills of Norway.",
    ),
    Rule(
        "way-to-in",
        "destination",
        lambda s: s.path.outer == "way-to",
        "The bombers were on their way to a base in Norway.",
        "Norway",
        "The road made way to the south of Norway for a plane.",
    ),
    Rule(
        "back-to",
        "destination",
        lambda s: (
            s.path.outer == "back-to"
            or (s.word.startswith("return") and s.path.outer == "to" and not s.path.loose)
        ),
        "The jets turned around and flew back to Denmark.",
        "Denmark",
        "The dispute dates back to the war in Denmark.",
    ),
    Rule(
        "detected-at",
        "origin",
        lambda s: (
            s.trigger.group in ("detect", "happen")
            and s.trigger.type == "launch"
            and s.after
            and s.path.outer in ("near", "at", "in", "around", "outside", "off")
        ),
        "The launch was detected near Minsk.",
        "Minsk",
        "Radiation was detected near Minsk.",
    ),
    Rule(
        "aimed-at-in",
        "destination",
        lambda s: s.trigger.type in ("launch", "strike") and _aimed(s),
        "Ships launched rockets aimed at depots in Libya.",
        "Libya",
        "The jets flew in a plan aimed at calming Libya.",
    ),
    Rule(
        "from-platform-in",
        "origin",
        lambda s: (
            s.trigger.type in (*_MOVING, "strike")
            and _is_from(s)
            and s.path.inner in _INSIDE
            and bool(PLATFORMS & set(s.path.words))
        ),
        "Missiles were fired from submarines in the Black Sea.",
        "Black Sea",
        "Missiles were fired at submarines in the Black Sea.",
    ),
    Rule(
        "from-place",
        "origin",
        lambda s: s.trigger.type not in ("other", "interception") and _is_from(s),
        "A rocket was fired from Lebanon.",
        "Lebanon",
        "The planes flew on a request from the government of Lebanon.",
    ),
    Rule(
        "leaves-for",
        "destination",
        lambda s: s.trigger.type in _MOVING and _leaves_for(s),
        "The transport plane departed for Kenya.",
        "Kenya",
        "The plane flew for an airline of Kenya.",
    ),
    Rule(
        "fell-in",
        "impact",
        lambda s: (
            s.trigger.type == "crash"
            and s.path.outer in (_INSIDE | _TOWARDS)
            and not s.path.is_beside
        ),
        "A missile crashed in Jordan.",
        "Jordan",
        "A missile crashed 90 km north of Jordan.",
    ),
    Rule(
        "launched-at-site",
        "origin",
        lambda s: (
            s.trigger.type == "launch"
            and s.trigger.group == "fire"
            and s.after
            and (
                s.path.outer == "at"
                or (s.path.outer in ("in", "near") and bool(_SITES & set(s.path.words)))
            )
        ),
        "The rocket was launched at a site in Kazakhstan.",
        "Kazakhstan",
        "The rocket was fired at a town in Kazakhstan.",
    ),
    Rule(
        "to-place",
        "destination",
        lambda s: s.trigger.type in (*_MOVING, "diversion", "strike") and _goes_to(s) and s.after,
        "The aircraft flew to Malta.",
        "Malta",
        "The aircraft flew to the south of Malta.",
    ),
    Rule(
        "was-hit",
        "destination",
        lambda s: (
            s.trigger.type == "strike"
            and s.passive
            and not s.after
            and not s.path.outer
            and not s.path.is_beside
        ),
        "Aleppo was hit by rockets.",
        "Aleppo",
        "Rockets hit a convoy, and Aleppo condemned it.",
    ),
    Rule(
        "hit-object",
        "destination",
        lambda s: s.trigger.type == "strike" and _is_bare(s),
        "Jets bombed Aleppo.",
        "Aleppo",
        "Jets bombed rebels before Aleppo fell.",
    ),
    Rule(
        "strike-in",
        "destination",
        _fired_on,
        "An air strike on a depot in Yemen was reported.",
        "Yemen",
        "Jets bombed a depot, the government of Yemen said.",
    ),
    Rule(
        "leave-object",
        "origin",
        lambda s: s.trigger.group == "leave" and _is_bare(s),
        "The ship left Malta on Friday.",
        "Malta",
        "The ship left for Malta on Friday.",
    ),
    Rule(
        "reach-object",
        "destination",
        lambda s: s.trigger.group == "reach" and _is_bare(s),
        "The convoy reached Aleppo on Friday.",
        "Aleppo",
        "The convoy left Aleppo on Friday.",
    ),
    Rule(
        "arrive-in",
        "destination",
        lambda s: s.trigger.group == "arrive" and s.path.outer in _INSIDE and s.after,
        "The plane landed in Malta.",
        "Malta",
        "The plane flew over Malta.",
    ),
    Rule(
        "campaign-in",
        "place",
        lambda s: (
            s.trigger.type == "other"
            and s.path.outer in (_INSIDE | {"against"})
            and not s.path.is_beside
        ),
        "The army began an offensive in Yemen.",
        "Yemen",
        "The army began an offensive, Yemen said.",
    ),
    Rule(
        "happened-in",
        "place",
        lambda s: (
            s.path.outer in (_INSIDE | {"via", "through"})
            and not s.path.is_beside
            and (s.after or s.path.outer in ("in", "over", "near"))
        ),
        "A jet was shot down over Sudan.",
        "Sudan",
        "A jet was shot down to the south of Sudan.",
    ),
    Rule(
        "cross-object",
        "place",
        lambda s: (s.trigger.group in ("cross", "fly")) and _is_bare(s) and not s.path.words,
        "The drone crossed Jordan.",
        "Jordan",
        "The drone flew to Jordan.",
    ),
    Rule(
        "between-and",
        "origin",
        lambda _: False,  # a pair of places: see `geo_events.text.roles`
        "The flight between Cairo and Tunis was cancelled.",
        "Cairo",
        "The talks between Egypt and Tunisia were about flights.",
    ),
)


def find_rule(situation: Situation) -> Rule | None:
    """Return the first rule that fits, or None.

    Parameters
    ----------
    situation : Situation
        A place beside an event word.

    Returns
    -------
    Rule or None
        None when the place has no role in the event.
    """
    for rule in RULES:
        if rule.fits(situation):
            return rule
    return None
