"""Compare what is read in a labelled passage with its labels: counts, and a sentence per fault.

A label says what a careful reader finds. Where two readings are one and the same, both are right:
where something fell is `impact` of the launch, or of a crash of its own that the launch led to;
what a strike hit is its destination, and is where it took place.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.reader import Document, read_document

if TYPE_CHECKING:
    from geo_events.text.events import Event, Role

ROLES = ("origin", "destination", "impact", "place")
MOVING = ("launch", "flight", "movement", "crash", "diversion")
# What the types shade into: drones are launched or fly, evacuees fly or move.
ALIKE = {"launch": ("flight",), "flight": ("movement", "launch"), "movement": ("flight",)}
LANDING = ("destination", "impact", "place")


class Result(NamedTuple):
    """What comparing one passage gave."""

    counts: Counter
    faults: list[str]


def is_named(label: str, names: set[str]) -> bool:
    """Tell whether a label is one of the names, or a part of one."""
    return any(label.lower() in name.lower() or name.lower() in label.lower() for name in names)


def names_of(role: Role) -> set[str]:
    """All names by which a role's place may be called in a label."""
    return {role.place.name, *(span.text for span in role.evidence)}


def is_same(label: str, role: Role) -> bool:
    """Tell whether a label names a role's place."""
    return is_named(label, names_of(role))


def told_by(event: Event, roles: tuple[str, ...]) -> list[set[str]]:
    """List the names of all places of an event in some roles, in the atlas or not."""
    found = [names_of(r) for name in roles for r in getattr(event, name)]
    return found + [{u.text} for u in event.unlisted if u.role in roles]


def compare(case: dict) -> Result:
    """Compare what is read in a passage with its labels."""
    document = read_document(case["text"], published=case.get("published"))
    result = Result(Counter(), [])
    left = list(document.events)
    for want in case["events"]:
        fits = find_fits(want, left)
        optional = want.get("optional", False)
        result.counts["events gold"] += not optional
        if not fits and not optional:
            result.faults.append(f"no {want['type']}")
            count_missing(want, result)
        if not fits:
            continue
        left.remove(fits[0])
        others = [e for e in left if is_companion(want, e, case)]
        left = [e for e in left if e not in others]
        compare_event(want, fits[0], others, (case, result))
    aside = [*case.get("enclosing", ()), *chain(*case.get("corridors_also_right", ()))]
    for event in left:
        where = told_by(event, ROLES)
        if where and all(any(is_named(label, n) for label in aside) for n in where):
            continue
        result.counts["events false"] += 1
        result.faults.append(f"false {event.type} {told_by(event, ROLES)}")
    compare_corridors(case, document, result)
    return result


def find_fits(want: dict, left: list[Event]) -> list[Event]:
    """List the events that can be the labelled one, best first: of its type, or one alike."""
    fits = [e for e in left if e.type == want["type"]]
    fits += [e for e in left if e.type in ALIKE.get(want["type"], ()) and agreement(want, e)]
    return sorted(fits, key=lambda e: (-agreement(want, e), e.type != want["type"]))


def agreement(want: dict, event: Event) -> int:
    """Count the labelled places that an event has in their roles."""
    return sum(
        any(is_named(label, names) for names in told_by(event, (role,)))
        for role in ROLES
        for label in want.get(role, ())
    )


def count_missing(want: dict, result: Result) -> None:
    """Count what an event that is not found leaves out."""
    for role in ROLES:
        result.counts[f"{role} gold"] += len(want.get(role, ()))
    result.counts["date gold"] += "date" in want
    result.counts["count gold"] += "count" in want


def is_companion(want: dict, event: Event, case: dict) -> bool:
    """Tell whether an event tells a part of the labelled one, and no label of its own.

    The fall that ends a launch, the flight that ends in a crash or a strike: all its places are
    among those of the label.
    """
    own = {"crash": ("crash",)}.get(event.type, ("flight", "movement", "launch"))
    if event.type not in MOVING or any(other["type"] in own for other in case["events"]):
        return False
    known = [label for role in ROLES for label in want.get(role, ())]
    known += case.get("enclosing", ())
    where = told_by(event, ROLES)
    return bool(where) and all(any(is_named(label, n) for label in known) for n in where)


def compare_event(want: dict, event: Event, others: list[Event], into: tuple[dict, Result]) -> None:
    """Compare one event, and those that tell parts of it, with its label."""
    if want.get("optional"):
        into = (into[0], Result(Counter(), []))
    counts, faults = into[1]
    counts["events found"] += 1
    counts["type right"] += event.type == want["type"]
    counts["status right"] += event.status == want["status"]
    if event.status != want["status"]:
        faults.append(f"{event.type}: status {event.status}, not {want['status']}")
    for role in ROLES:
        compare_role(want, [event, *others], role, into)
    if "date" in want:
        span = event.date
        right = bool(span and span.start and span.start <= want["date"] <= span.end)
        counts["date gold"] += 1
        counts["date right"] += right
        if not right:
            faults.append(f"{event.type}: date {span and span.text}, not {want['date']}")
    if "count" in want:
        right = event.count is not None and event.count.min == want["count"]
        counts["count gold"] += 1
        counts["count right"] += right
        if not right:
            faults.append(f"{event.type}: count {event.count}, not {want['count']}")


def compare_role(want: dict, events: list[Event], role: str, into: tuple[dict, Result]) -> None:
    """Compare the places of one role."""
    case, (counts, faults) = into
    labels = want.get(role, ())
    lenient = role != "origin" and (role in ("impact", "place") or want["type"] == "strike")
    found = [n for e in events for n in told_by(e, LANDING if lenient else (role,))]
    for label in labels:
        right = any(is_named(label, names) for names in found)
        counts[f"{role} gold"] += 1
        counts[f"{role} right"] += right
        if not right:
            faults.append(f"{want['type']}: {role} {label} missing")
    if role not in ("origin", "destination"):
        return
    allowed = [*case.get("enclosing", ()), *want.get("impact", ())]
    allowed += [label for other in case["events"] for label in other.get(role, ())]
    allowed += want.get("place", ()) if want["type"] == "strike" else ()
    for names in told_by(events[0], (role,)):
        counts[f"{role} found"] += 1
        inherited = events[0].type == "crash"
        if not inherited and not any(is_named(label, names) for label in allowed):
            counts[f"{role} false"] += 1
            faults.append(f"{want['type']}: {role} {names} is false")


def corridors_of(document: Document) -> list[tuple[Role, Role]]:
    """Return the pairs that the events state, unique by places and section."""
    found = {}
    for event in document.events:
        if event.type in MOVING:
            for o, d in event.pairs:
                if event.origin[o].place.id == event.destination[d].place.id:
                    continue
                key = (event.origin[o].place.id, event.destination[d].place.id, event.section)
                found[key] = (event.origin[o], event.destination[d])
    return list(found.values())


def compare_corridors(case: dict, document: Document, result: Result) -> None:
    """Compare the pairs of origin and destination."""
    counts, faults = result
    gold = [tuple(pair) for pair in case["corridors"]]
    counts["corridors gold"] += len(gold)
    for origin, target in corridors_of(document):
        pair = next((p for p in gold if is_same(p[0], origin) and is_same(p[1], target)), None)
        wide = case.get("enclosing", ())
        also = any(
            any(is_same(label, origin) for label in (a, *wide))
            and any(is_same(label, target) for label in (b, *wide))
            for a, b in [*case.get("corridors_also_right", ()), *case["corridors"]]
        )
        if pair is not None:
            gold.remove(pair)
            counts["corridors right"] += 1
        elif not also:
            counts["corridors false"] += 1
            swap = any(is_same(d, origin) and is_same(o, target) for o, d in case["corridors"])
            counts["corridors swapped"] += swap
            faults.append(f"false corridor {origin.place} to {target.place}")
    faults += [f"corridor {o} to {d} missing" for o, d in gold]
