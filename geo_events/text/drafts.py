"""Start an event from one event word: its roles, date, count, actor, and how firmly it is told."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo_events.text.actors import find_actor, find_instrument
from geo_events.text.legs import find_legs
from geo_events.text.lexicon import AIRCRAFT, DRONES, PROJECTILES, VESSELS, word_set
from geo_events.text.movers import Mover, find_mover
from geo_events.text.quantities import CROWDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.atlas.places import Place
    from geo_events.text.actors import Actor
    from geo_events.text.dates import DateSpan
    from geo_events.text.events import Statement
    from geo_events.text.quantities import Quantity, QuantityFound
    from geo_events.text.roles import RolesRead, UnlistedRole
    from geo_events.text.rules import RoleName
    from geo_events.text.statements import Attribution
    from geo_events.text.structure import Layout
    from geo_events.text.triggers import Trigger

__all__ = ["ROLE_NAMES", "Draft", "Maker", "lies_in", "roles_agree", "start_draft"]

ROLE_NAMES: tuple[RoleName, ...] = ("origin", "destination", "impact", "place")
_HITTING = word_set("hit hits hitting struck strike strikes engaged destroyed pounded slammed")
_BOUNDS = [["until"], ["till"], ["before"]]
_MEANWHILE = frozenset(("after", "before", "while", "when", "since"))
_NEAR_WORDS = 40


@dataclass(slots=True)
class Draft:
    """An event in the making."""

    type: str
    section: int
    triggers: list[int]
    roles: dict[RoleName, list[tuple[int, str]]]
    pairs: list[tuple[int, int]] = field(default_factory=list)
    date: DateSpan | None = None
    bound: DateSpan | None = None  # "until February 26": no date of the event, but not of others'
    count: Quantity | None = None
    actor: Actor | None = None
    instrument: str | None = None
    statements: list[Statement] = field(default_factory=list)
    firmness: set[str] = field(default_factory=set)
    unlisted: list[UnlistedRole] = field(default_factory=list)
    reach: Quantity | None = None
    mover: Mover = field(default_factory=Mover)

    def has_roles(self) -> bool:
        """Tell whether any place is told, in the atlas or not."""
        return bool(self.unlisted) or any(self.roles.values())


class Maker:
    """Drafts of one text, with what they are compared by."""

    def __init__(
        self, layout: Layout, triggers: Sequence[Trigger], sections: Sequence[int]
    ) -> None:
        self.layout, self.triggers, self.sections = layout, triggers, sections

    def place(self, mention: int) -> Place:
        """Return the place of an eligible mention."""
        place = self.layout.mentions[mention].mention.place
        if place is None:
            raise LookupError(mention)
        return place

    def sentence(self, draft: Draft) -> set[int]:
        """Return the sentences that a draft is told in."""
        return {self.layout.tokens.sentences[self.triggers[t].at] for t in draft.triggers}


def roles_agree(
    maker: Maker, one: Sequence[tuple[int, str]], other: Sequence[tuple[int, str]]
) -> bool:
    """Tell whether two lists of places name one place in common, or one of them is empty."""
    if not one or not other:
        return True
    return any(_is_same_place(maker.place(a), maker.place(b)) for a, _ in one for b, _ in other)


def _is_same_place(one: Place, other: Place) -> bool:
    """Tell whether two places are one, or one lies in the other."""
    return one.id == other.id or lies_in(one, other) or lies_in(other, one)


def lies_in(inner: Place, outer: Place) -> bool:
    """Tell whether a place lies in a country or a region, as far as the atlas lists it there.

    Parameters
    ----------
    inner, outer : Place
        Two places.

    Returns
    -------
    bool
        False for one and the same.
    """
    if inner.id == outer.id:
        return False
    if outer.kind == "country":
        return inner.country == outer.country and inner.country is not None
    return outer.kind == "region" and inner.region == outer.id


def start_draft(maker: Maker, n: int, read: RolesRead, attribution: Attribution) -> Draft:
    """Start a draft from one event word.

    Parameters
    ----------
    maker : Maker
        The text.
    n : int
        The number of the event word.
    read : RolesRead
        Its roles.
    attribution : Attribution
        Who says what.

    Returns
    -------
    Draft
        With all that stands beside the word.
    """
    layout, trigger = maker.layout, maker.triggers[n]
    found: dict[RoleName, list[tuple[int, str]]] = {role: [] for role in ROLE_NAMES}
    for role in read.placed:
        found[role.role].append((role.mention, role.rule))
    draft = Draft(trigger.type, maker.sections[n], [n], found)
    draft.unlisted = list(read.unlisted)
    if draft.type == "strike" and found["destination"]:
        extra: RoleName = "impact" if layout.tokens.low[trigger.at] in _HITTING else "place"
        found[extra].extend(found["destination"])
    ends = [[mention for mention, _ in found[role]] for role in ("origin", "destination")]
    draft.pairs = find_legs(layout, *ends)
    left = {o for o, _ in draft.pairs}
    found["origin"] += [
        r for r in found["destination"] if r[0] in left and r not in found["origin"]
    ]
    draft.date = _date_near(layout, trigger, maker.triggers)
    draft.bound = _bound_near(layout, trigger) if draft.date is None else None
    draft.count = _count_near(layout, trigger)
    draft.actor = find_actor(layout, trigger)
    draft.mover = find_mover(layout, trigger, draft.actor)
    draft.reach = _range_near(layout, trigger)
    draft.instrument = find_instrument(layout, trigger) if trigger.type != "other" else None
    draft.statements = list(attribution.of_trigger.get(n, ()))
    draft.firmness = {_rate_firmness(trigger, draft.statements)}
    aside = n in attribution.presupposed or _is_aside(layout, trigger)
    if aside and draft.firmness == {"asserted"}:
        draft.firmness = {"presupposed"}
    return draft


def _is_aside(layout: Layout, trigger: Trigger) -> bool:
    """Tell "after flying over X": said by the way, no more firmly than the rest."""
    before, word = layout.tokens.low[trigger.at - 1 : trigger.at], layout.tokens.low[trigger.at]
    return word.endswith("ing") and before != [] and before[0] in _MEANWHILE


def _rate_firmness(trigger: Trigger, statements: Sequence[Statement]) -> str:
    """Say how firmly one event word tells of its event."""
    if trigger.modality in ("hypothetical", "planned"):
        return trigger.modality
    stances = {s.stance for s in statements}
    if trigger.modality == "alleged":
        return "alleged" if not stances else "claimed"
    if stances:
        return "claimed" if stances & {"claims", "relays"} else "denied"
    return "denied" if trigger.modality == "negated" else "asserted"


def _date_near(layout: Layout, trigger: Trigger, triggers: Sequence[Trigger]) -> DateSpan | None:
    """Find the date of an event word: in its clause, nearest first; or opening its sentence."""
    low, high = layout.sentence_bounds(trigger.at)
    clause = layout.clauses[trigger.at]
    begin = bisect_left(triggers, low, key=lambda t: t.at)
    end = bisect_left(triggers, high, key=lambda t: t.at)
    others = [t.at for t in triggers[begin:end] if t.at != trigger.at]
    best: tuple[int, DateSpan] | None = None
    for found in layout.within(layout.dates, low, high):
        if layout.clauses[found.first] != clause and found.first > low + 1:
            continue
        if layout.tokens.low[found.first - 1 : found.first] in _BOUNDS:
            continue  # "until February 26 the flights had crossed"
        distance = abs(found.first - trigger.at)
        closer = any(
            abs(found.first - other) < distance or other < found.first < trigger.at
            for other in others
        )
        cost = distance + (12 if closer else 0)
        if best is None or cost < best[0]:
            best = (cost, found.value)
    return best[1] if best is not None and best[0] <= _NEAR_WORDS else None


def _bound_near(layout: Layout, trigger: Trigger) -> DateSpan | None:
    """Find the day until or before which something went on."""
    low, high = layout.sentence_bounds(trigger.at)
    for found in layout.within(layout.dates, low, high):
        if layout.tokens.low[found.first - 1 : found.first] in _BOUNDS:
            return found.value
    return None


def _range_near(layout: Layout, trigger: Trigger) -> Quantity | None:
    """Find the range of what is launched or flown: in its sentence, or in those beside it."""
    if trigger.type not in _REACHING:
        return None
    low, high = layout.sentence_bounds(trigger.at)
    begin = layout.sentence_bounds(low - 1)[0] if low else low
    end = layout.sentence_bounds(high)[1] if high < len(layout.tokens) else high
    for first, last in ((low, high), (begin, end)):
        within = layout.within(layout.quantities, first, last)
        ranges = [found for found in within if found.value.kind == "range"]
        if ranges:
            return min(ranges, key=lambda found: abs(found.first - trigger.at)).value
    return None


def _count_near(layout: Layout, trigger: Trigger) -> Quantity | None:
    """Find how many, in the sentence of an event word: what fits its type, nearest first."""
    if trigger.type == "other" or (trigger.type == "strike" and trigger.group != "hit"):
        return None
    low, high = layout.sentence_bounds(trigger.at)
    best: tuple[int, Quantity] | None = None
    for found in layout.within(layout.quantities, low, high):
        if found.value.kind != "count" or not _counts(layout, trigger, found):
            continue
        distance = abs(found.last - trigger.at)
        if best is None or distance < best[0]:
            best = (distance, found.value)
    return best[1] if best is not None else None


def _counts(layout: Layout, trigger: Trigger, found: QuantityFound) -> bool:
    """Tell whether a number counts what the event is about."""
    unit, air = found.value.unit, trigger.type in ("flight", "diversion")
    if unit in CROWDS - {"flights", "services"}:
        aboard = {"board", "aboard"} & set(layout.tokens.low[found.last + 1 : found.last + 4])
        same = layout.clauses[found.last] == layout.clauses[trigger.at]
        return trigger.type == "movement" and same and not aboard
    if air and ("-" in unit or unit in ("flights", "services")):
        return True
    return unit in _COUNTABLE.get(trigger.type, _THINGS)


_REACHING = frozenset(("launch", "flight", "strike", "crash"))
_THINGS = PROJECTILES | AIRCRAFT | VESSELS
_COUNTABLE: dict[str, frozenset[str]] = {
    "launch": PROJECTILES | DRONES,
    "strike": PROJECTILES | AIRCRAFT,
    "flight": AIRCRAFT,
    "diversion": AIRCRAFT | VESSELS,
}
