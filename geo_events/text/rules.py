"""The named rules that give a place its role in an event.

Every rule has a name, one example and one counter-example; the first rule that fits decides. To
add a rule, add one entry to `RULES`: the tests read its examples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geo_events.text.lexicon import PLATFORMS, TARGETS
from geo_events.text.situations import (
    INSIDE,
    MOVING,
    OVER,
    TOWARDS,
    Situation,
    goes_to,
    is_aimed,
    is_attacked,
    is_bare,
    is_crossed,
    is_fled,
    is_from,
    is_lift_off,
    is_of,
    is_shooter,
    is_site,
    leaves_for,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["RULES", "RoleName", "Rule", "Situation", "find_rule"]

RoleName = Literal["origin", "destination", "impact", "place"]


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


def _elsewhere(_: Situation) -> bool:
    """Fit nothing: the rule is one that looks at more than one place or event."""
    return False


RULES: tuple[Rule, ...] = (
    Rule(
        "bound",
        "destination",
        lambda s: s.bound and s.trigger.type in MOVING,
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
        lambda s: s.trigger.type in ("launch", "strike") and is_aimed(s),
        "Ships launched rockets aimed at depots in Libya.",
        "Libya",
        "The jets flew in a plan aimed at calming Libya.",
    ),
    Rule(
        "from-platform-in",
        "origin",
        lambda s: (
            s.trigger.type in (*MOVING, "strike")
            and is_from(s)
            and s.path.inner in INSIDE
            and bool(PLATFORMS & set(s.path.words))
        ),
        "Missiles were fired from submarines in the Black Sea.",
        "Black Sea",
        "Missiles were fired at submarines in the Black Sea.",
    ),
    Rule(
        "shooter-in",
        "origin",
        lambda s: s.trigger.type == "launch" and s.trigger.group == "fire" and is_shooter(s),
        "Fighters in Lebanon launched two rockets.",
        "Lebanon",
        "Fighters in Lebanon said that rockets were launched.",
    ),
    Rule(
        "launched-in",
        "origin",
        lambda s: (
            s.trigger.type == "launch"
            and s.word.startswith("launch")
            and s.adjacent
            and s.path.outer == "in"
            and not (s.departs or s.trigger.noun or s.path.is_beside)
        ),
        "The rocket, launched in Kazakhstan, carried a satellite.",
        "Kazakhstan",
        "The rocket was launched by an army in Kazakhstan.",
    ),
    Rule(
        "loaded-at",
        "origin",
        lambda s: s.trigger.group == "load" and s.after and s.path.outer in ("at", "in"),
        "The ship was loaded at Odesa for Egypt.",
        "Odesa",
        "The ship passed through Odesa.",
    ),
    Rule(
        "from-place",
        "origin",
        lambda s: s.trigger.type not in ("other", "interception") and is_from(s),
        "A rocket was fired from Lebanon.",
        "Lebanon",
        "The planes flew on a request from the government of Lebanon.",
    ),
    Rule(
        "leaves-for",
        "destination",
        lambda s: s.trigger.type in MOVING and leaves_for(s),
        "The transport plane departed for Kenya.",
        "Kenya",
        "The plane flew for an airline of Kenya.",
    ),
    Rule(
        "fell-in",
        "impact",
        lambda s: (
            s.trigger.type == "crash"
            and s.path.outer in (INSIDE | TOWARDS)
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
            and ((s.trigger.group == "fire" and is_site(s)) or is_lift_off(s))
        ),
        "The rocket was launched at a site in Kazakhstan.",
        "Kazakhstan",
        "The rocket was launched from Russia at Kazakhstan.",
    ),
    Rule(
        "cross-object",
        "place",
        is_crossed,
        "The drone crossed Jordan.",
        "Jordan",
        "The drone flew to Jordan.",
    ),
    Rule(
        "to-place",
        "destination",
        lambda s: s.trigger.type in (*MOVING, "diversion", "strike") and goes_to(s) and s.after,
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
            and s.subject
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
        lambda s: s.trigger.type == "strike" and is_bare(s),
        "Jets bombed Aleppo.",
        "Aleppo",
        "Jets bombed rebels before Aleppo fell.",
    ),
    Rule(
        "attack-of",
        "destination",
        lambda s: s.trigger.type == "strike" and s.trigger.noun and is_of(s),
        "The bombing of Aleppo went on.",
        "Aleppo",
        "The attack of the navy of Syria went on.",
    ),
    Rule(
        "attack-named-for",
        "destination",
        lambda s: s.trigger.type == "strike" and s.trigger.noun and s.modifies,
        "The Paris attacks were planned for months.",
        "Paris",
        "The Paris police feared attacks.",
    ),
    Rule(
        "strike-in",
        "destination",
        is_attacked,
        "An air strike on a depot in Yemen was reported.",
        "Yemen",
        "Jets bombed a depot, the government of Yemen said.",
    ),
    Rule(
        "leave-object",
        "origin",
        lambda s: s.trigger.group == "leave" and is_bare(s),
        "The ship left Malta on Friday.",
        "Malta",
        "The ship left for Malta on Friday.",
    ),
    Rule(
        "fled-what-in",
        "origin",
        is_fled,
        "Thousands fled the war in Yemen.",
        "Yemen",
        "Thousands fled in Yemen on Friday.",
    ),
    Rule(
        "reach-object",
        "destination",
        lambda s: (
            s.trigger.group == "reach"
            and (is_bare(s) or (s.after and s.path.outer == "in" and s.path.lead in TARGETS))
        ),
        "The convoy reached Aleppo on Friday.",
        "Aleppo",
        "The convoy left Aleppo on Friday.",
    ),
    Rule(
        "arrive-in",
        "destination",
        lambda s: (
            s.trigger.group == "arrive" and s.path.outer in INSIDE and s.after and not s.parted
        ),
        "The plane landed in Malta.",
        "Malta",
        "The plane flew over Malta.",
    ),
    Rule(
        "campaign-in",
        "place",
        lambda s: (
            s.trigger.type == "other"
            and s.path.outer in (INSIDE | {"against"})
            and not s.path.is_beside
        ),
        "The army began an offensive in Yemen.",
        "Yemen",
        "The army began an offensive, Yemen said.",
    ),
    Rule(
        "flown-over",
        "place",
        lambda s: s.trigger.type in MOVING and s.path.outer in OVER and not s.path.is_beside,
        "A missile flew over Japan.",
        "Japan",
        "A missile was launched in Japan.",
    ),
    Rule(
        "happened-in",
        "place",
        lambda s: (
            s.path.outer in (INSIDE | {"via", "through"})
            and not s.path.is_beside
            and (s.after or s.path.outer in ("in", "over", "near"))
        ),
        "A jet was shot down over Sudan.",
        "Sudan",
        "A jet was shot down to the south of Sudan.",
    ),
    Rule(
        "between-and",
        "origin",
        _elsewhere,  # a pair of places: see `geo_events.text.roles`
        "The flight between Cairo and Tunis was late.",
        "Cairo",
        "The talks between Egypt and Tunisia were about flights.",
    ),
    Rule(
        "demonym-facility",
        "origin",
        _elsewhere,  # any role, of "a Turkish airfield": see `geo_events.text.roles`
        "Two jets took off from a Turkish airfield.",
        "Turkey",
        "Two jets took off near a Turkish embassy.",
    ),
    Rule(
        "hit-after-launch",
        "destination",
        _elsewhere,  # of what was sent: see `geo_events.text.sharing`
        "Jets took off from Malta and bombed Sirte.",
        "Sirte",
        "Jets took off from Malta. Ships bombed Sirte.",
    ),
    Rule(
        "fell-after-launch",
        "destination",
        _elsewhere,  # the same, where a missile fell into a sea
        "A missile was launched from Sunan and fell into the Sea of Japan.",
        "Sea of Japan",
        "A plane took off from Sunan and crashed into the Sea of Japan.",
    ),
    Rule(
        "shared-place",
        "place",
        _elsewhere,  # of another event of the sentence: see `geo_events.text.beside`
        "Jets bombed a depot in an attack on Aleppo.",
        "Aleppo",
        "Jets bombed Aleppo after an attack on Idlib.",
    ),
    Rule(
        "same-sentence",
        "place",
        _elsewhere,  # the last resort, for an attack without a place: the same
        "While they were on patrol in Helmand, two soldiers were attacked.",
        "Helmand",
        "A spokesman in Kabul said that soldiers were attacked.",
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
    return next((rule for rule in RULES if rule.fits(situation)), None)
