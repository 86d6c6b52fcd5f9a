"""Make the final record of an event: status, roles one per place, pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.text.drafts import ROLE_NAMES, lies_in
from geo_events.text.events import Event, Precision, Role, Statement, Status, Unlisted
from geo_events.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.atlas.places import Place
    from geo_events.text.drafts import Draft, Maker
    from geo_events.text.rules import RoleName

__all__ = ["find_precision", "finish_event"]

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


def _status(draft: Draft) -> Status:
    """Weigh what is said of an event."""
    stances = {s.stance for s in draft.statements}
    if "denies" in stances or "denied" in draft.firmness:
        doubted = stances & {"claims", "relays"} or draft.firmness & {
            "asserted",
            "alleged",
            "claimed",
            "presupposed",
        }
        return "disputed" if doubted else "denied"
    if "asserted" in draft.firmness or draft.firmness == {"presupposed"}:
        return "asserted"
    if "claimed" in draft.firmness:
        nobody = draft.statements and all(s.who is None for s in draft.statements)
        return "alleged" if nobody else "claimed"
    if "alleged" in draft.firmness:
        return "alleged"
    return "planned" if "planned" in draft.firmness else "asserted"


def finish_event(maker: Maker, draft: Draft, number: int) -> Event:
    """Make the event of a draft."""
    roles = {role: _make_roles(maker, draft.roles[role]) for role in ROLE_NAMES}
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
        _named_first(draft.statements),
        tuple(spans),
        draft.section,
        _make_pairs(maker, draft, roles),
        _list_unlisted(maker, draft),
        draft.reach,
    )


def _named_first(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Leave out a claim by nobody where somebody is named who claims it."""
    claiming = ("claims", "relays")
    named = any(s.stance in claiming and s.who for s in statements)
    return tuple(s for s in statements if s.who or not (named and s.stance == "claims"))


def _list_unlisted(maker: Maker, draft: Draft) -> tuple[Unlisted, ...]:
    """List the names that the atlas does not list, each once per role."""
    tokens = maker.layout.tokens
    made: dict[tuple[str, str], Unlisted] = {}
    for name in sorted(draft.unlisted, key=lambda u: u.words):
        start, end = tokens.starts[name.words[0]], tokens.ends[name.words[1]]
        within = maker.place(name.within) if name.within is not None else None
        text = tokens.text[start:end]
        made.setdefault(
            (name.role, text.lower()), Unlisted(name.role, text, start, end, name.rule, within)
        )
    return tuple(made.values())


def _make_roles(maker: Maker, found: Sequence[tuple[int, str]]) -> tuple[Role, ...]:
    """Make one role per distinct place, in the order of the text."""
    by_place: dict[str, list[tuple[int, str]]] = {}
    kept = _narrowest(maker, found)
    for mention, rule in sorted(set(found)):
        if kept[mention] == maker.place(mention).id:
            by_place.setdefault(kept[mention], []).append((mention, rule))
    return tuple(_make_role(maker, entries) for entries in by_place.values())


def _narrowest(maker: Maker, found: Sequence[tuple[int, str]]) -> dict[int, str]:
    """Map each mention to the id of its place, or of the only narrower one that is told too.

    "A strike on Latakia", later "the raid in Syria": it was Latakia.
    """
    places = {maker.place(mention).id: maker.place(mention) for mention, _ in found}
    kept = {}
    for mention, _ in found:
        place = maker.place(mention)
        inner = [other for other in places.values() if lies_in(other, place)]
        inside = [p.id for p in inner if not any(lies_in(other, p) for other in inner)]
        kept[mention] = inside[0] if len(inside) == 1 else place.id
    return kept


def _make_role(maker: Maker, entries: Sequence[tuple[int, str]]) -> Role:
    """Make a role from the mentions of one place."""
    distinct = dict(reversed(entries))
    spans = []
    for mention in sorted(distinct):
        m = maker.layout.mentions[mention].mention
        spans.append(Span(m.start, m.end, m.text))
    place = maker.place(entries[0][0])
    first, rule = spans[0], entries[0][1]
    precision = find_precision(place)
    return Role(place, first.text, first.start, first.end, rule, tuple(spans), precision)


def find_precision(place: Place) -> Precision:
    """Say how exactly a place is known by its kind.

    Parameters
    ----------
    place : Place
        Where.

    Returns
    -------
    {"point", "city", "region", "country", "sea"}
        "point" for airports, facilities and the like.
    """
    return _PRECISION.get(place.kind, "point")


def _make_pairs(
    maker: Maker, draft: Draft, roles: dict[RoleName, tuple[Role, ...]]
) -> tuple[tuple[int, int], ...]:
    """Turn pairs of mentions into pairs of roles; a single origin and destination are one."""
    origins = [role.place.id for role in roles["origin"]]
    targets = [role.place.id for role in roles["destination"]]
    starts = _narrowest(maker, draft.roles["origin"])
    ends = _narrowest(maker, draft.roles["destination"])
    pairs = {
        (origins.index(starts[o]), targets.index(ends[d]))
        for o, d in draft.pairs
        if starts[o] in origins and ends[d] in targets
    }
    if not pairs and len(origins) == 1 and len(targets) == 1:
        pairs = {(0, 0)}
    return tuple(sorted(pairs))
