"""Count what is right in the events of a document: roles, tokens, corridors, sites and dates.

Each function takes one line of a corpus and adds to the tallies of that document; `events.py`
sums, resamples and prints them.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.candidates import load_candidates
from geo_events.text.dates import find_dates
from geo_events.text.mentions import find_mentions
from geo_events.text.quantities import find_quantities
from geo_events.text.reader import Document, read_document
from geo_events.text.roles import RolesRead, read_roles
from geo_events.text.structure import Layout, lay_out
from geo_events.text.tokens import tokenize
from geo_events.text.triggers import Trigger, find_triggers, sense_for

if TYPE_CHECKING:
    from collections.abc import Iterator

MOVING = ("launch", "flight", "movement", "crash", "diversion")
FIXED = ("destination", "impact", "place")
NAMED = ("name", "demonym", "institution")


@dataclass(slots=True)
class Tally:
    """The counts of one document, by measure, and what went wrong, by class.

    A measure counts "right" of "found" and "hit" of "gold"; a share has only the latter two.
    """

    counts: dict[str, Counter] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)

    def add(self, measure: str, **numbers: int) -> None:
        """Add to a measure."""
        self.counts.setdefault(measure, Counter()).update(numbers)


class Given(NamedTuple):
    """A gold event beside what is read when its word is given."""

    layout: Layout
    trigger: Trigger
    moving: bool
    roles: RolesRead


def is_moving(event: dict) -> bool:
    """Tell whether a gold event moves something: otherwise it is an attack."""
    return event["type"].lower().startswith(("movement", "motion", "disaster"))


def read_given(doc: dict) -> Iterator[tuple[dict, Given]]:
    """Read the roles of every gold event of a document, its word given."""
    tokens = tokenize(doc["text"])
    mentions = find_mentions(tokens, load_candidates())
    layout = lay_out(tokens, mentions, find_dates(tokens, None), find_quantities(tokens))
    starts = {start: k for k, start in enumerate(tokens.starts)}
    others = find_triggers(layout)
    for event in doc["events"]:
        at = starts.get(event["trigger"]["start"])
        if at is None:
            continue
        own = sense_for(layout, at, moving=is_moving(event))
        triggers = sorted([t for t in others if t.at != at] + [own], key=lambda t: t.at)
        read, number = read_roles(layout, triggers), triggers.index(own)
        mine = RolesRead(
            [r for r in read.placed if r.trigger == number],
            [u for u in read.unlisted if u.trigger == number],
        )
        yield event, Given(layout, own, is_moving(event), mine)


def gold_of(event: dict, kind: str, *, moving: bool) -> list[dict]:
    """List the gold spans of a role; an attack is where its target or its place is."""
    return event[kind] if moving else [*event["place"], *event["target"]]


def named_in(layout: Layout, span: dict) -> set[int]:
    """Numbers of the mentions inside a gold span that name places."""
    return {
        n
        for n, m in enumerate(layout.mentions)
        if m.mention.place is not None
        and m.mention.kind in NAMED
        and m.mention.start < span["end"]
        and span["start"] < m.mention.end
    }


def found_as(given: Given, kind: str) -> dict[int, str]:
    """Map the mentions that are read as a role to their rule."""
    if not given.moving:
        return {r.mention: r.rule for r in given.roles.placed if r.role != "origin"}
    kinds = ("destination", "impact") if kind == "destination" else (kind,)
    return {r.mention: r.rule for r in given.roles.placed if r.role in kinds}


def score_roles(doc: dict, tally: Tally) -> None:
    """Score the roles of every event with its word given, and swaps of origin and destination."""
    for event, given in read_given(doc):
        kinds = ("origin", "destination") if given.moving else ("place",)
        wanted = {}
        for kind in kinds:
            spans = [named_in(given.layout, s) for s in gold_of(event, kind, moving=given.moving)]
            gold, found = [s for s in spans if s], found_as(given, kind)
            wanted[kind] = set().union(*gold)
            tally.add(
                kind,
                right=len(wanted[kind] & set(found)),
                found=len(found),
                hit=sum(bool(s & set(found)) for s in gold),
                gold=len(gold),
            )
            explain(event, given, (kind, wanted[kind], found), tally)
        if given.moving:
            ends = {k: set(found_as(given, k)) - wanted[k] for k in kinds}
            swapped = len(ends["origin"] & wanted["destination"])
            swapped += len(ends["destination"] & wanted["origin"])
            both = sum(len(found_as(given, k)) for k in kinds)
            tally.add("ends swapped", hit=swapped, gold=both)


def explain(
    event: dict, given: Given, what: tuple[str, set[int], dict[int, str]], tally: Tally
) -> None:
    """Note the errors of one role, with their class."""
    kind, wanted, found = what
    layout, at = given.layout, given.trigger.at
    start, end = layout.sentence_bounds(at)
    around = layout.tokens.span(start, min(end, start + 45) - 1).replace("\n", " ")
    for n in wanted - set(found):
        apart = not start <= layout.mentions[n].first < end
        why = "in another sentence" if apart else "no rule fits"
        name = layout.mentions[n].mention.text
        tally.errors.append(
            (f"{kind} missed: {why}", f"{name} | {event['trigger']['text']} | {around}")
        )
    for n in set(found) - wanted:
        name = layout.mentions[n].mention.text
        why = "its labels name none" if not wanted else "its labels name others"
        tally.errors.append(
            (f"{kind} false, {why}: {found[n]}", f"{name} | {event['trigger']['text']} | {around}")
        )


def score_end_to_end(doc: dict, tally: Tally) -> None:
    """Score the places of a whole document by role, whatever the words that tell of events."""
    document = read_document(doc["text"])
    for kind in ("origin", "destination", "place"):
        moving = kind != "place"
        gold = [
            (s["start"], s["end"])
            for e in doc["events"]
            if is_moving(e) == moving
            for s in gold_of(e, kind, moving=moving)
            if any(
                overlaps((s["start"], s["end"]), (m.start, m.end))
                for m in document.mentions
                if m.place is not None and m.kind in NAMED
            )
        ]
        found = spans_of(document, kind)
        tally.add(
            f"{kind}, end to end",
            right=sum(any(overlaps(f, g) for g in gold) for f in found),
            found=len(found),
            hit=sum(any(overlaps(f, g) for f in found) for g in set(gold)),
            gold=len(set(gold)),
        )


def overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether two stretches of text share a character."""
    return one[0] < other[1] and other[0] < one[1]


def spans_of(document: Document, kind: str) -> set[tuple[int, int]]:
    """List the spans that events give a role; of attacks, wherever they took place."""
    roles = FIXED if kind == "place" else (kind,)
    return {
        (span.start, span.end)
        for event in document.events
        if (event.type in MOVING) == (kind != "place")
        for role in roles
        for found in getattr(event, role)
        for span in found.evidence
    }


def score_tokens(doc: dict, tally: Tally) -> None:
    """Score the words of the places of a verb; and of every place, for comparison.

    A name that the atlas does not list counts; what only says where it lies does not.
    """
    if any(len(s["text"].strip()) < 3 for e in doc["events"] for s in e["place"]):
        return  # the label's offsets are broken
    for event, given in read_given(doc):
        tokens, mentions = given.layout.tokens, given.layout.mentions
        gold = {
            k
            for k in range(len(tokens))
            for s in event["place"]
            if overlaps((tokens.starts[k], tokens.ends[k]), (s["start"], s["end"]))
        }
        unlisted = [u for u in given.roles.unlisted if u.role != "origin"]
        within = {u.within for u in unlisted}
        stretches = [u.words for u in unlisted]
        stretches += [mentions[n][:2] for n in found_as(given, "place") if n not in within]
        have = {k for first, last in stretches for k in range(first, last + 1)}
        every = {
            k
            for m in mentions
            if m.mention.place is not None and m.mention.kind == "name"
            for k in range(m.first, m.last + 1)
        }
        for name, words in (("places", have), ("every place", every)):
            right = len(words & gold)
            tally.add(
                f"{name}, all sentences", right=right, found=len(words), hit=right, gold=len(gold)
            )
            if gold:
                tally.add(
                    f"{name}, with a place",
                    right=right,
                    found=len(words),
                    hit=right,
                    gold=len(gold),
                )
        if gold and have != gold:
            names = [s["text"] for s in event["place"]]
            said = [tokens.span(*words) for words in stretches]
            tally.errors.append(
                ("places of a verb", f"{said}, not {names} | {doc['text'].strip()[:200]}")
            )


def score_missile_test(doc: dict, tally: Tally) -> None:
    """Score launch site and date in the description of a missile test."""
    record = doc["record"]
    parts = [int(p) for p in record["date"].split("-")]
    day = date(*parts) if len(parts) == 3 else None
    document = read_document(doc["text"], published=day + timedelta(days=3) if day else None)
    spans = [(s["start"], s["end"]) for s in doc["origin_name_matches"]]
    if spans:
        told = any(overlaps(s, g) for s in origins_in(document) for g in spans)
        hit = told or any(
            math.hypot(r.place.lat - record["lat"], r.place.lon - record["lon"]) < 0.5
            for e in document.events
            for r in e.origin
            if r.precision in ("point", "city", "region")
        )
        tally.add("launch site", hit=hit, gold=1)
        if not hit:
            first = spans[0]
            tally.errors.append(
                ("launch site", doc["text"][max(0, first[0] - 150) : first[1] + 80])
            )
    dated = [
        e.date.start for e in document.events if e.type == "launch" and e.date and e.date.start
    ]
    if day and dated:
        close = any(abs((start - day).days) <= 1 for start in dated)
        tally.add("date within a day", hit=close, gold=1)
        if not close:
            tally.errors.append(("date", f"{day}: {[str(start) for start in dated]}"))


def origins_in(document: Document) -> set[tuple[int, int]]:
    """List the spans of all origins, in the atlas or not."""
    listed = {(s.start, s.end) for e in document.events for r in e.origin for s in r.evidence}
    return listed | {
        (u.start, u.end) for e in document.events for u in e.unlisted if u.role == "origin"
    }


def score_false_corridors(doc: dict, tally: Tally) -> None:
    """Count the corridors of news that tell of almost no movements."""
    document = read_document(doc["text"])
    tally.add("corridors per document", hit=0, gold=1)
    for event in document.events:
        if event.type in MOVING:
            tally.add("corridors per document", hit=len(event.pairs))
            for o, d in event.pairs:
                a, b = event.origin[o], event.destination[d]
                at = event.mentions[0].start
                text = " ".join(doc["text"][max(0, at - 100) : at + 150].split())
                tally.errors.append(
                    (f"corridor by {a.rule} and {b.rule}", f"{a.place} to {b.place} | {text}")
                )
