"""Bring the event words that tell of one event together, and make the events."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from geo_events.text.drafts import ROLE_NAMES, Draft, Maker, roles_agree, start_draft
from geo_events.text.events import Event, Statement
from geo_events.text.finishing import finish_event
from geo_events.text.movers import goes_on
from geo_events.text.roles import RolesRead
from geo_events.text.sharing import hang_dependents, share_within_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.text.dates import DateSpan
    from geo_events.text.rules import RoleName
    from geo_events.text.statements import Attribution
    from geo_events.text.structure import Layout
    from geo_events.text.triggers import Trigger

__all__ = ["make_events"]

_CROSSING = ("cross", "pass", "reach")
_APART = {"movement": 1, "flight": 3}  # sentences
_ENDS: tuple[RoleName, ...] = ("origin", "destination", "impact")
_CLOSE = 6  # characters
_FEW = 30  # how many earlier events a new mention is compared with


def make_events(
    layout: Layout,
    triggers: Sequence[Trigger],
    read: RolesRead,
    attribution: Attribution,
    sections: Sequence[int],
    *,
    number: int = 1,
) -> tuple[Event, ...]:
    """Make the events of a text.

    Parameters
    ----------
    layout : Layout
        The text.
    triggers : sequence of Trigger
        Its event words.
    read : RolesRead
        The roles of its places, and of names that the atlas does not list.
    attribution : Attribution
        Who says what.
    sections : sequence of int
        The section of each event word.
    number : int
        The number of the first event.

    Returns
    -------
    tuple of Event
        In the order of the text. Event words without any place belong to an event of their type
        or to none.
    """
    maker = Maker(layout, triggers, sections)
    by_trigger = [RolesRead([], []) for _ in triggers]
    for role in read.placed:
        by_trigger[role.trigger].placed.append(role)
    for name in read.unlisted:
        by_trigger[name.trigger].unlisted.append(name)
    drafts = [start_draft(maker, n, own, attribution) for n, own in enumerate(by_trigger)]
    share_within_sentences(maker, drafts)
    merged = _merge_all(maker, [d for d in drafts if d.firmness != {"hypothetical"}])
    sent = [d for d in merged if d.type in ("flight", "launch")]
    flown = {s + later for d in sent for s in maker.sentence(d) for later in range(3)}
    merged = [d for d in merged if _is_whole(maker, d, flown)]
    hang_dependents(maker, merged)
    _add_later(maker, merged, attribution)
    merged.sort(key=lambda d: min(triggers[t].at for t in d.triggers))
    return tuple(finish_event(maker, draft, n) for n, draft in enumerate(merged, number))


def _is_whole(maker: Maker, draft: Draft, flown: set[int]) -> bool:
    """Tell whether enough is known to call it an event: a place, or a flight that it changed."""
    if draft.type == "interception" and draft.count is not None:
        return True
    if draft.type in ("diversion", "interception") and not draft.has_roles():
        return bool(maker.sentence(draft) & flown)
    if draft.type == "movement" or (
        draft.type == "flight" and all(maker.triggers[t].noun for t in draft.triggers)
    ):
        return bool(draft.roles["origin"] or draft.roles["destination"])
    return draft.has_roles()


def _merge_all(maker: Maker, drafts: Sequence[Draft]) -> list[Draft]:
    """Merge drafts in the order of the text; those without places last, to their nearest."""
    merged: list[Draft] = []
    alone: list[Draft] = []
    for draft in drafts:
        if not draft.has_roles():
            continue
        target = next((m for m in reversed(merged[-_FEW:]) if _fits(maker, m, draft)), None)
        if target is None:
            merged.append(draft)
        else:
            _absorb(target, draft)
    for draft in drafts:
        if not draft.has_roles() and _tells_something(maker, draft):
            _merge_placeless(maker, draft, merged, alone)
    return merged + alone


def _tells_something(maker: Maker, draft: Draft) -> bool:
    """Tell whether a draft without places says anything: not a plan, nor "never crossed it"."""
    if draft.firmness <= {"planned"}:
        return False
    crossing = all(maker.triggers[t].group in _CROSSING for t in draft.triggers)
    return draft.firmness != {"denied"} or bool(draft.statements and not crossing)


def _merge_placeless(
    maker: Maker, draft: Draft, merged: Sequence[Draft], alone: list[Draft]
) -> None:
    """Merge a draft without places into the nearest that it fits, or keep it alone."""
    place = bisect_left(merged, draft.triggers[0], key=lambda m: m.triggers[0])
    close = merged[max(0, place - _FEW) : place + _FEW]
    near = [m for m in close if _fits(maker, m, draft) and not _is_anothers(maker, m, draft)]
    if near:
        target = min(near, key=lambda m: _distance(maker, m, draft))
        _keep_own_word(maker, target, draft)
        _absorb(target, draft)
    elif draft.type in ("diversion", "interception"):
        beside = [m for m in alone if _fits(maker, m, draft) and _is_together(maker, m, draft)]
        if beside:
            _absorb(beside[-1], draft)
        else:
            alone.append(draft)


def _is_anothers(maker: Maker, one: Draft, other: Draft) -> bool:
    """Tell whether somebody else claims it in another sentence: "the army said all were downed"."""
    if other.firmness != {"claimed"} or _is_together(maker, one, other):
        return False
    sources = {s.who for s in other.statements if s.who}
    return (
        bool(sources) and sources.isdisjoint(s.who for s in one.statements) and bool(one.statements)
    )


def _is_together(maker: Maker, one: Draft, other: Draft) -> bool:
    """Tell whether two drafts are told in one sentence."""
    return bool(maker.sentence(one) & maker.sentence(other))


def _keep_own_word(maker: Maker, target: Draft, draft: Draft) -> None:
    """Drop the claim around a noun that only names an event told elsewhere.

    Who says "we show launches of our missiles" does not tell the launch of another sentence.
    """
    nouns = all(maker.triggers[t].noun for t in draft.triggers)
    if draft.firmness == {"claimed"} and "asserted" in target.firmness:
        draft.statements, draft.firmness = [], set()  # "every missile reached its target, he said"
    if nouns and draft.firmness == {"asserted"}:
        draft.firmness = set()
    if nouns and draft.date is not None and not _is_beside(maker, draft, draft.date):
        draft.date = None  # "on Monday it showed pictures of the launch" dates the pictures
    apart = not maker.sentence(draft) & maker.sentence(target)
    if nouns and apart and draft.firmness == {"claimed"}:
        draft.statements, draft.firmness = [], set()


def _is_beside(maker: Maker, draft: Draft, date: DateSpan) -> bool:
    """Tell whether a date stands right before or after a noun: "Monday's launch"."""
    tokens, trigger = maker.layout.tokens, maker.triggers[draft.triggers[0]]
    start, end = tokens.starts[trigger.at], tokens.ends[trigger.last]
    return -_CLOSE <= date.offset - end <= _CLOSE or 0 <= start - date.offset <= 20


def _distance(maker: Maker, one: Draft, other: Draft) -> int:
    """Count the words between two drafts; what comes later counts double."""
    at = maker.triggers[other.triggers[0]].at
    return min(
        (at - maker.triggers[t].at)
        if maker.triggers[t].at < at
        else 2 * (maker.triggers[t].at - at)
        for t in one.triggers
    )


def _fits(maker: Maker, one: Draft, other: Draft) -> bool:
    """Tell whether two drafts can be one event: type, section, date, actor and places agree."""
    if one.type != other.type:
        return False
    if one.section != other.section and one.type != "other":
        return False
    first, second = one.date or one.bound, other.date or other.bound
    apart = first is not None and second is not None and not first.overlaps(second)
    if apart and not _is_one_way(maker, one, other):
        return False
    if not _is_same_actor(one, other) or _denies_only(one, other) or _denies_only(other, one):
        return False
    if ("planned" in one.firmness) != ("planned" in other.firmness) and not (
        one.type == "diversion" or not other.has_roles()
    ):
        return False
    if not _names_agree(maker, one, other) or _is_another_way(maker, one, other):
        return False
    return all(roles_agree(maker, one.roles[role], other.roles[role]) for role in ROLE_NAMES)


def _is_one_way(maker: Maker, one: Draft, other: Draft) -> bool:
    """Tell a departure and the arrival that ends it, told in one breath: days may lie between."""
    if one.roles["destination"] or other.roles["origin"]:
        return False
    ends = [maker.triggers[t] for t in other.triggers]
    return any(goes_on(maker.layout, maker.triggers[t], end) for t in one.triggers for end in ends)


def _is_another_way(maker: Maker, one: Draft, other: Draft) -> bool:
    """Tell whether two drafts that share no place are told too far apart to be one way.

    Of a flight the next sentences may say where it went; people move often in one text.
    """
    far = _APART.get(one.type)
    if far is None or not (any(one.roles.values()) and any(other.roles.values())):
        return False
    places = [{maker.place(m).id for r in d.roles.values() for m, _ in r} for d in (one, other)]
    if not places[0].isdisjoint(places[1]):
        return False
    last, first = max(maker.sentence(one)), min(maker.sentence(other))
    return first - last > far


def _names_agree(maker: Maker, one: Draft, other: Draft) -> bool:
    """Tell whether the unlisted names of two drafts agree, role by role."""
    spans = maker.layout.tokens.span
    for role in {u.role for u in one.unlisted}:
        first = {spans(*u.words).lower() for u in one.unlisted if u.role == role}
        second = {spans(*u.words).lower() for u in other.unlisted if u.role == role}
        if second and not first & second:
            return False
    return True


def _denies_only(one: Draft, other: Draft) -> bool:
    """Tell whether a draft denies something else: a way that the other does not tell of.

    "They denied that it crossed X", or went to X, does not deny that it flew, nor say where to.
    """
    if one.firmness != {"denied"} or "denied" in other.firmness:
        return False
    if other.has_roles() and any(one.roles[role] and not other.roles[role] for role in _ENDS):
        return True
    return bool(one.roles["place"]) and other.has_roles() and not other.roles["place"]


def _is_same_actor(one: Draft, other: Draft) -> bool:
    """Tell whether the actors' countries and names agree, as far as both are known."""
    if not one.mover.can_be(other.mover):
        return False
    first = one.actor.country if one.actor else None
    second = other.actor.country if other.actor else None
    return first is None or second is None or first == second


def _absorb(target: Draft, draft: Draft) -> None:
    """Merge a draft into another: roles are added to, other facts only filled in."""
    _pair_up(target, draft)
    target.triggers.extend(draft.triggers)
    for role in ROLE_NAMES:
        target.roles[role].extend(draft.roles[role])
    target.pairs.extend(draft.pairs)
    if target.date is None or (draft.date is not None and _is_narrower(draft.date, target.date)):
        target.date = draft.date
    target.bound = target.bound or draft.bound
    target.count = target.count or draft.count
    if target.actor is None or (draft.actor and draft.actor.text and not target.actor.text):
        target.actor = draft.actor
    target.instrument = target.instrument or draft.instrument
    target.statements.extend(s for s in draft.statements if s not in target.statements)
    target.firmness |= draft.firmness
    target.unlisted.extend(draft.unlisted)
    target.reach = target.reach or draft.reach
    target.mover = target.mover.joined(draft.mover)


def _pair_up(one: Draft, other: Draft) -> None:
    """Pair the only origin of one draft with all destinations of another: of one way, told in two.

    "Drones took off from A and headed for B and C."
    """
    if one.pairs or other.pairs:
        return
    for start, end in ((one, other), (other, one)):
        origins, targets = start.roles["origin"], end.roles["destination"]
        whole = start.roles["destination"] or end.roles["origin"]
        if not whole and len(origins) == 1 and len(targets) > 1:
            one.pairs = [(origins[0][0], d) for d, _ in targets]


def _is_narrower(one: DateSpan, other: DateSpan) -> bool:
    """Tell whether one date says the day more exactly than another."""
    if one.start is None or one.end is None:
        return False
    if other.start is None or other.end is None:
        return True
    return (one.end - one.start) < (other.end - other.start)


def _add_later(maker: Maker, drafts: Sequence[Draft], attribution: Attribution) -> None:
    """Add statements that point back: to the last event of the section that is in doubt."""
    words = [trigger.at for trigger in maker.triggers]
    begun = [(min(words[t] for t in draft.triggers), draft) for draft in drafts]
    for later in attribution.later:
        passed = bisect_right(words, later.at)
        section = maker.sections[passed - 1] if passed else None
        before = [d for at, d in begun if at < later.at and section in (d.section, None)]
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
        draft = max(doubted, key=lambda d: _last_before(maker, d, later.at))
        alike = [d for d in doubted if _stand_together(maker, d, draft)]
        for each in alike:
            _attach(each, later.statement)


def _last_before(maker: Maker, draft: Draft, at: int) -> int:
    """Return the last event word of a draft before a word."""
    return max(maker.triggers[t].at for t in draft.triggers if maker.triggers[t].at < at)


def _stand_together(maker: Maker, one: Draft, other: Draft) -> bool:
    """Tell whether two drafts are one allegation: one, or told by one source in one sentence."""
    if one is other:
        return True
    if not maker.sentence(one) & maker.sentence(other):
        return False
    return any(s in other.statements for s in one.statements)


def _is_just_before(maker: Maker, draft: Draft, at: int) -> bool:
    """Tell whether a draft is told in one of the two sentences before a word."""
    sentence = maker.layout.tokens.sentences[at]
    return any(0 < sentence - other <= 2 for other in maker.sentence(draft))


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
