"""Bring the event words that tell of one event together, and make the events."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo_events.text.actors import find_actor, find_instrument
from geo_events.text.events import Event, Precision, Role, Statement, Status
from geo_events.text.rules import RoleName
from geo_events.text.lexicon import AIRCRAFT, PROJECTILES
from geo_events.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.atlas.places import Place
    from geo_events.text.actors import Actor
    from geo_events.text.dates import DateSpan
    from geo_events.text.quantities import Quantity
    from geo_events.text.roles import RoleFound
    from geo_events.text.statements import Attribution
    from geo_events.text.structure import Layout
    from geo_events.text.triggers import Trigger

__all__ = ["make_events"]

_ROLES: tuple[RoleName, ...] = ("origin", "destination", "impact", "place")
_PRECISION: dict[str, Precision] = {
    "country": "country",
    "region": "region",
    "district": "region",
    "natural": "region",
    "island": "region",
    "area": "region",
    "sea": "sea",
    "lake": "sea",
    "strait": "sea",
    "city": "city",
}
_MOVING = frozenset(("launch", "flight", "movement"))
_DEPENDENT = frozenset(("crash", "diversion", "interception"))
_HITTING = frozenset(
    "hit hits hitting struck strike strikes engaged destroyed pounded slammed".split()
)
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
    count: Quantity | None = None
    actor: Actor | None = None
    instrument: str | None = None
    statements: list[Statement] = field(default_factory=list)
    firmness: set[str] = field(default_factory=set)

    def has_roles(self) -> bool:
        """Tell whether any place is known."""
        return any(self.roles.values())


class _Maker:
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


def make_events(
    layout: Layout,
    triggers: Sequence[Trigger],
    roles: Sequence[RoleFound],
    attribution: Attribution,
    sections: Sequence[int],
) -> tuple[Event, ...]:
    """Make the events of a text.

    Parameters
    ----------
    layout : Layout
        The text.
    triggers : sequence of Trigger
        Its event words.
    roles : sequence of RoleFound
        The roles of its places.
    attribution : Attribution
        Who says what.
    sections : sequence of int
        The section of each event word.

    Returns
    -------
    tuple of Event
        In the order of the text. Event words without any place belong to an event of their type
        or to none.
    """
    maker = _Maker(layout, triggers, sections)
    drafts = [_draft(maker, n, roles, attribution) for n in range(len(triggers))]
    _share_within_sentences(maker, drafts)
    merged = _merge_all(maker, [d for d in drafts if d.firmness != {"hypothetical"}])
    merged = [d for d in merged if _is_whole(maker, d, merged)]
    _hang_dependents(maker, merged)
    _add_later(maker, merged, attribution)
    merged.sort(key=lambda d: min(triggers[t].at for t in d.triggers))
    return tuple(_finish(maker, draft, n) for n, draft in enumerate(merged, 1))


def _is_whole(maker: _Maker, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Tell whether enough is known to call it an event: a place, or a flight that it changed."""
    if draft.type == "diversion" and not draft.has_roles():
        near = {s for d in drafts if d.type == "flight" for s in maker.sentence(d)}
        return bool(maker.sentence(draft) & near)
    if draft.type == "movement" or (
        draft.type == "flight" and all(maker.triggers[t].noun for t in draft.triggers)
    ):
        return bool(draft.roles["origin"] or draft.roles["destination"])
    return draft.has_roles()


def _draft(maker: _Maker, n: int, roles: Sequence[RoleFound], attribution: Attribution) -> Draft:
    """Start a draft from one event word."""
    layout, trigger = maker.layout, maker.triggers[n]
    found: dict[RoleName, list[tuple[int, str]]] = {role: [] for role in _ROLES}
    for role in roles:
        if role.trigger == n:
            found[role.role].append((role.mention, role.rule))
    draft = Draft(trigger.type, maker.sections[n], [n], found)
    if draft.type == "strike" and found["destination"]:
        extra: RoleName = "impact" if layout.tokens.low[trigger.at] in _HITTING else "place"
        found[extra].extend(found["destination"])
    draft.pairs = [(o, d) for o, _ in found["origin"] for d, _ in found["destination"]]
    draft.date = _date_near(layout, trigger, maker.triggers)
    draft.count = _count_near(layout, trigger)
    draft.actor = find_actor(layout, trigger)
    draft.instrument = find_instrument(layout, trigger)
    draft.statements = list(attribution.of_trigger.get(n, ()))
    draft.firmness = {_firmness(trigger, draft.statements)}
    return draft


def _firmness(trigger: Trigger, statements: Sequence[Statement]) -> str:
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
    others = [t.at for t in triggers if t.at != trigger.at and low <= t.at < high]
    best: tuple[int, DateSpan] | None = None
    for found in layout.dates:
        if not low <= found.first < high:
            continue
        if layout.clauses[found.first] != clause and not _is_opening(layout, found.first, low):
            continue
        distance = abs(found.first - trigger.at)
        closer = any(abs(found.first - other) < distance for other in others)
        cost = distance + (12 if closer else 0)
        if best is None or cost < best[0]:
            best = (cost, found.value)
    return best[1] if best is not None and best[0] <= _NEAR_WORDS else None


def _is_opening(layout: Layout, k: int, low: int) -> bool:
    """Tell whether a date opens the sentence, so that it holds for all of it."""
    return k <= low + 1


def _count_near(layout: Layout, trigger: Trigger) -> Quantity | None:
    """Find how many, in the sentence of an event word: what fits its type, nearest first."""
    if trigger.type in ("strike", "other") and trigger.group != "hit":
        return None
    low, high = layout.sentence_bounds(trigger.at)
    is_air = trigger.type in ("flight", "diversion")
    fitting = AIRCRAFT if is_air else PROJECTILES
    best: tuple[int, Quantity] | None = None
    for found in layout.quantities:
        if found.value.kind != "count" or not low <= found.first < high:
            continue
        if (
            trigger.type not in ("movement", "crash", "interception")
            and found.value.unit not in fitting
            and not (is_air and "-" in found.value.unit)
        ):
            continue
        distance = abs(found.last - trigger.at)
        if best is None or distance < best[0]:
            best = (distance, found.value)
    return best[1] if best is not None else None


def _share_within_sentences(maker: _Maker, drafts: list[Draft]) -> None:
    """Let words of one sentence complete each other: "fired from A, hit B", "flying from A, fell"."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(min(maker.sentence(draft)), []).append(draft)
    for group in by_sentence.values():
        for host in group:
            if host.type not in ("launch", "flight"):
                continue
            for other in group:
                if other.type == "strike":
                    _carry_to(maker, host, other)
                elif other.type == "crash":
                    _inherit(other, host)


def _carry_to(maker: _Maker, host: Draft, strike: Draft) -> None:
    """Take what was hit for where the missile or aircraft went, when nothing else is said."""
    if host.roles["destination"] or not strike.roles["destination"] or strike.roles["origin"]:
        return
    if strike.triggers[0] < host.triggers[0] and host.type == "flight":
        return
    host.roles["destination"] = [(m, "hit-after-launch") for m, _ in strike.roles["destination"]]
    host.pairs = [(o, d) for o, _ in host.roles["origin"] for d, _ in host.roles["destination"]]


def _inherit(draft: Draft, host: Draft) -> None:
    """Give what fell the origin and destination of what was sent."""
    for role in ("origin", "destination"):
        if not draft.roles[role]:
            draft.roles[role] = list(host.roles[role])
    if not draft.pairs:
        draft.pairs = [
            (o, d) for o, _ in draft.roles["origin"] for d, _ in draft.roles["destination"]
        ]


def _merge_all(maker: _Maker, drafts: Sequence[Draft]) -> list[Draft]:
    """Merge drafts in the order of the text; those without places last, to their nearest."""
    merged: list[Draft] = []
    for draft in drafts:
        if not draft.has_roles():
            continue
        target = next((m for m in reversed(merged) if _fits(maker, m, draft)), None)
        if target is None:
            merged.append(draft)
        else:
            _absorb(target, draft)
    for draft in drafts:
        if draft.has_roles() or draft.firmness <= {"planned"}:
            continue
        near = [m for m in merged if _fits(maker, m, draft)]
        if near:
            _absorb(min(near, key=lambda m: _distance(maker, m, draft)), draft)
        elif draft.type == "diversion":
            merged.append(draft)
    return merged


def _distance(maker: _Maker, one: Draft, other: Draft) -> int:
    """Count the words between two drafts; what comes later counts double."""
    at = maker.triggers[other.triggers[0]].at
    return min(
        (at - maker.triggers[t].at)
        if maker.triggers[t].at < at
        else 2 * (maker.triggers[t].at - at)
        for t in one.triggers
    )


def _fits(maker: _Maker, one: Draft, other: Draft) -> bool:
    """Tell whether two drafts can be one event: type, section, date, actor and places agree."""
    if one.type != other.type:
        return False
    if one.section != other.section and one.type != "other":
        return False
    if one.date is not None and other.date is not None and not one.date.overlaps(other.date):
        return False
    if one.actor and other.actor and one.actor.country and other.actor.country:
        if one.actor.country != other.actor.country:
            return False
    if ("planned" in one.firmness) != ("planned" in other.firmness) and not (
        one.type == "diversion" or not other.has_roles()
    ):
        return False
    return all(_roles_agree(maker, one.roles[role], other.roles[role]) for role in _ROLES)


def _roles_agree(
    maker: _Maker, one: Sequence[tuple[int, str]], other: Sequence[tuple[int, str]]
) -> bool:
    """Tell whether two lists of places name one place in common, or one of them is empty."""
    if not one or not other:
        return True
    return any(_is_same_place(maker.place(a), maker.place(b)) for a, _ in one for b, _ in other)


def _is_same_place(one: Place, other: Place) -> bool:
    """Tell whether two places are one, or one is the country of the other."""
    if one.id == other.id:
        return True
    if "country" in (one.kind, other.kind):
        return one.country == other.country and one.country is not None
    return False


def _absorb(target: Draft, draft: Draft) -> None:
    """Merge a draft into another: roles are added to, other facts only filled in."""
    target.triggers.extend(draft.triggers)
    for role in _ROLES:
        target.roles[role].extend(draft.roles[role])
    target.pairs.extend(draft.pairs)
    if target.date is None or (draft.date is not None and _is_narrower(draft.date, target.date)):
        target.date = draft.date
    target.count = target.count or draft.count
    if target.actor is None or (draft.actor and draft.actor.text and not target.actor.text):
        target.actor = draft.actor
    target.instrument = target.instrument or draft.instrument
    target.statements.extend(s for s in draft.statements if s not in target.statements)
    target.firmness |= draft.firmness


def _is_narrower(one: DateSpan, other: DateSpan) -> bool:
    """Tell whether one date says the day more exactly than another."""
    if one.start is None or one.end is None:
        return False
    if other.start is None or other.end is None:
        return True
    return (one.end - one.start) < (other.end - other.start)


def _hang_dependents(maker: _Maker, drafts: Sequence[Draft]) -> None:
    """Let falls and diversions take what they do not say from the flight they belong to."""
    for draft in drafts:
        if draft.type not in _DEPENDENT:
            continue
        hosts = [
            h
            for h in drafts
            if h.type in ("launch", "flight") and h.section == draft.section and _carries(h, draft)
        ]
        if len(hosts) != 1:
            continue
        host = hosts[0]
        if draft.type == "crash" and _shares_end(maker, host, draft):
            _inherit(draft, host)
        if draft.type == "diversion":
            draft.count = draft.count or host.count
            if draft.date is None:
                draft.date = host.date
                draft.statements.extend(s for s in host.statements if s not in draft.statements)
                if draft.firmness <= {"asserted", "planned"} and "asserted" not in host.firmness:
                    draft.firmness = set(host.firmness)


def _carries(host: Draft, draft: Draft) -> bool:
    """Tell whether a launch or flight can be what fell or turned."""
    if draft.type == "diversion":
        return host.type == "flight"
    return host.type == "launch" or draft.instrument is None or host.type == "flight"


def _shares_end(maker: _Maker, host: Draft, draft: Draft) -> bool:
    """Tell whether a fall names an end of the launch it belongs to."""
    return any(
        draft.roles[role] and _roles_agree(maker, host.roles[role], draft.roles[role])
        for role in ("origin", "destination")
    )


def _add_later(maker: _Maker, drafts: Sequence[Draft], attribution: Attribution) -> None:
    """Add statements that point back: to the last event of the section that is in doubt."""
    for later in attribution.later:
        before = [d for d in drafts if any(maker.triggers[t].at < later.at for t in d.triggers)]
        before = [d for d in before if _near_section(maker, d, later.at)]
        if later.grounds:
            before = [d for d in before if _is_just_before(maker, d, later.at)]
            for draft in before:
                _attach(draft, later.statement)
                draft.firmness.discard("asserted")
            continue
        doubted = [d for d in before if d.statements or "alleged" in d.firmness] or [
            d for d in before if d.type in ("crash", "strike", "interception")
        ]
        if not doubted:
            continue
        draft = max(
            doubted,
            key=lambda d: max(
                maker.triggers[t].at for t in d.triggers if maker.triggers[t].at < later.at
            ),
        )
        _attach(draft, later.statement)


def _is_just_before(maker: _Maker, draft: Draft, at: int) -> bool:
    """Tell whether a draft is told in one of the two sentences before a word."""
    sentence = maker.layout.tokens.sentences[at]
    return any(0 < sentence - other <= 2 for other in maker.sentence(draft))


def _near_section(maker: _Maker, draft: Draft, at: int) -> bool:
    """Tell whether a word stands in the section of a draft: no later section starts before it."""
    later = [s for n, s in enumerate(maker.sections) if maker.triggers[n].at <= at]
    return not later or later[-1] == draft.section


def _attach(draft: Draft, statement: Statement) -> None:
    """Add a statement; one that names its medium completes the one without."""
    for n, known in enumerate(draft.statements):
        if known.who == statement.who and known.stance == statement.stance and statement.via:
            if known.via is None:
                draft.statements[n] = Statement(
                    known.stance, known.who, statement.via, known.when or statement.when, known.span
                )
                draft.statements.append(
                    Statement("relays", statement.via, None, statement.when, statement.span)
                )
            return
    draft.statements.append(statement)
    draft.firmness.add("denied" if statement.stance == "denies" else "claimed")


def _status(draft: Draft) -> Status:
    """Weigh what is said of an event."""
    stances = {s.stance for s in draft.statements}
    if "denies" in stances or "denied" in draft.firmness:
        doubted = stances & {"claims", "relays"} or draft.firmness & {
            "asserted",
            "alleged",
            "claimed",
        }
        return "disputed" if doubted else "denied"
    if "asserted" in draft.firmness:
        return "asserted"
    if "claimed" in draft.firmness:
        return "claimed"
    return "alleged" if "alleged" in draft.firmness else "planned"


def _finish(maker: _Maker, draft: Draft, number: int) -> Event:
    """Make the event of a draft."""
    roles = {role: _make_roles(maker, draft.roles[role]) for role in _ROLES}
    tokens = maker.layout.tokens
    spans = []
    for t in sorted(set(draft.triggers)):
        trigger = maker.triggers[t]
        start, end = tokens.starts[trigger.at], tokens.ends[trigger.last]
        spans.append(Span(start, end, tokens.text[start:end]))
    return Event(
        f"E{number}",
        draft.type,  # type: ignore[arg-type]  # a draft keeps its type as a plain string
        _status(draft),
        roles["origin"],
        roles["destination"],
        roles["impact"],
        roles["place"],
        draft.actor.text or None if draft.actor else None,
        draft.instrument,
        draft.count,
        draft.date,
        tuple(draft.statements),
        tuple(spans),
        draft.section,
        _make_pairs(maker, draft, roles),
    )


def _make_roles(maker: _Maker, found: Sequence[tuple[int, str]]) -> tuple[Role, ...]:
    """Make one role per distinct place, in the order of the text."""
    by_place: dict[str, list[tuple[int, str]]] = {}
    for mention, rule in sorted(set(found)):
        by_place.setdefault(maker.place(mention).id, []).append((mention, rule))
    return tuple(_make_role(maker, entries) for entries in by_place.values())


def _make_role(maker: _Maker, entries: Sequence[tuple[int, str]]) -> Role:
    """Make a role from the mentions of one place."""
    distinct = {mention: rule for mention, rule in reversed(entries)}
    spans = []
    for mention in sorted(distinct):
        m = maker.layout.mentions[mention].mention
        spans.append(Span(m.start, m.end, m.text))
    place = maker.place(entries[0][0])
    precision = _PRECISION.get(place.kind, "point")
    first = spans[0]
    return Role(place, first.text, first.start, first.end, entries[0][1], tuple(spans), precision)


def _make_pairs(
    maker: _Maker, draft: Draft, roles: dict[RoleName, tuple[Role, ...]]
) -> tuple[tuple[int, int], ...]:
    """Turn pairs of mentions into pairs of roles; a single origin and destination are one."""
    origins = [role.place.id for role in roles["origin"]]
    targets = [role.place.id for role in roles["destination"]]
    pairs = {
        (origins.index(maker.place(o).id), targets.index(maker.place(d).id)) for o, d in draft.pairs
    }
    if not pairs and len(origins) == 1 and len(targets) == 1:
        pairs = {(0, 0)}
    return tuple(sorted(pairs))
