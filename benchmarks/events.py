"""Measure how well events and their roles are read, against labelled passages and corpora.

``python benchmarks/events.py [passages.yaml] [--corpora FOLDER] [--errors]``

For the passages: type and status of events, places of roles, corridors, dates, counts. For the
corpora, with the gold event word given: micro precision, recall and F1 of origin, destination and
place over named places; and false corridors per document on news without movements.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from geo_events.text.candidates import load_candidates
from geo_events.text.dates import find_dates
from geo_events.text.mentions import find_mentions
from geo_events.text.quantities import find_quantities
from geo_events.text.reader import Document, read_document
from geo_events.text.roles import find_roles
from geo_events.text.structure import Layout, lay_out
from geo_events.text.tokens import tokenize
from geo_events.text.triggers import find_triggers, sense_for

if TYPE_CHECKING:
    from geo_events.text.events import Event, Role

PASSAGES = Path(__file__).parents[1] / "tests" / "cases" / "events" / "passages.yaml"
CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
ROLES = ("origin", "destination", "impact", "place")
MOVING = ("launch", "flight", "movement", "crash")


def names_of(role: Role) -> set[str]:
    """All names by which a role's place may be called in a label."""
    return {role.place.name, role.text}


def same(label: str, role: Role) -> bool:
    """Tell whether a label names a role's place."""
    return any(
        label.lower() in name.lower() or name.lower() in label.lower() for name in names_of(role)
    )


def corridors_of(document: Document) -> list[tuple[Role, Role]]:
    """Return the pairs that the events state, unique by places and section."""
    found = {}
    for event in document.events:
        if event.type in MOVING:
            for o, d in event.pairs:
                key = (event.origin[o].place.id, event.destination[d].place.id, event.section)
                found[key] = (event.origin[o], event.destination[d])
    return list(found.values())


def compare(case: dict) -> tuple[Counter, list[str]]:
    """Compare what is read in a passage with its labels: counts, and sentences on what differs."""
    document = read_document(case["text"], published=case.get("published"))
    counts, faults = Counter(), []
    left = list(document.events)
    for want in case["events"]:
        fits = [e for e in left if e.type == want["type"]]
        fits.sort(key=lambda e, want=want: -agreement(want, e))
        counts["events gold"] += 1
        if not fits:
            faults.append(f"no {want['type']}")
            continue
        left.remove(fits[0])
        compare_event(want, fits[0], counts, faults)
    for event in left:
        counts["events false"] += 1
        places = [str(r.place) for role in ROLES for r in getattr(event, role)]
        faults.append(f"false {event.type} {places}")
    compare_corridors(case, document, counts, faults)
    return counts, faults


def agreement(want: dict, event: Event) -> int:
    """Count the labelled places that an event has in their roles."""
    return sum(
        any(same(label, r) for r in getattr(event, role))
        for role in ROLES
        for label in want.get(role, ())
    )


def compare_event(want: dict, event: Event, counts: Counter, faults: list[str]) -> None:
    """Compare one event with its label."""
    counts["events found"] += 1
    counts["status right"] += event.status == want["status"]
    if event.status != want["status"]:
        faults.append(f"{event.type}: status {event.status}, not {want['status']}")
    for role in ROLES:
        compare_role(want, event, role, (counts, faults))
    if "date" in want:
        counts["date gold"] += 1
        span = event.date
        right = bool(span and span.start and span.start <= want["date"] <= span.end)
        counts["date right"] += right
        if not right:
            faults.append(f"{event.type}: date {span}, not {want['date']}")
    if "count" in want:
        counts["count gold"] += 1
        right = event.count is not None and event.count.min == want["count"]
        counts["count right"] += right
        if not right:
            faults.append(f"{event.type}: count {event.count}, not {want['count']}")


def compare_role(want: dict, event: Event, role: str, into: tuple[Counter, list[str]]) -> None:
    """Compare the places of one role."""
    counts, faults = into
    found = getattr(event, role)
    labels = want.get(role, ())
    for label in labels:
        counts[f"{role} gold"] += 1
        right = any(same(label, r) for r in found)
        counts[f"{role} right"] += right
        if not right:
            faults.append(f"{event.type}: {role} {label} missing")
    if role not in want and role not in ("origin", "destination"):
        return
    counts[f"{role} found"] += len(found)
    inherited = event.type == "crash" and role in ("origin", "destination")
    faults += [
        f"{event.type}: {role} {r.place} is false"
        for r in found
        if not inherited and not any(same(label, r) for label in labels)
    ]


def compare_corridors(case: dict, document: Document, counts: Counter, faults: list[str]) -> None:
    """Compare the pairs of origin and destination."""
    gold = list(case["corridors"])
    for origin, target in corridors_of(document):
        pair = next((p for p in gold if same(p[0], origin) and same(p[1], target)), None)
        if pair is None:
            counts["corridors false"] += 1
            faults.append(f"false corridor {origin.place} to {target.place}")
        else:
            gold.remove(pair)
            counts["corridors right"] += 1
    counts["corridors gold"] += len(case["corridors"])
    faults += [f"corridor {o} to {d} missing" for o, d in gold]


def measure_passages(path: Path, *, errors: bool) -> None:
    """Print the figures of the labelled passages."""
    cases = yaml.safe_load(path.read_text(encoding="utf-8"))
    total, clean = Counter(), 0
    for case in cases:
        counts, faults = compare(case)
        total += counts
        clean += not faults
        if errors and faults:
            print(f"{case['id']}{' (gap)' if 'gap' in case else ''}: {'; '.join(faults)}")
    print(f"passages: {len(cases)}, read without a fault: {clean}")
    for key in sorted(total):
        print(f"  {key:18s} {total[key]}")


def is_named(span: dict, layout: Layout) -> list[int]:
    """Numbers of the mentions inside a gold span that are names of places."""
    return [
        n
        for n, m in enumerate(layout.mentions)
        if m.mention.place is not None
        and m.mention.kind in ("name", "demonym", "institution")
        and m.mention.start < span["end"]
        and span["start"] < m.mention.end
    ]


def measure_roles(path: Path, *, errors: bool) -> None:
    """Print precision, recall and F1 of roles with the gold event word given."""
    counts = {role: Counter() for role in ("origin", "destination", "place")}
    source = load_candidates()
    for line in path.open(encoding="utf-8"):
        doc = json.loads(line)
        tokens = tokenize(doc["text"])
        layout = lay_out(
            tokens, find_mentions(tokens, source), find_dates(tokens, None), find_quantities(tokens)
        )
        starts = {start: k for k, start in enumerate(tokens.starts)}
        others = find_triggers(layout)
        for event in doc["events"]:
            at = starts.get(event["trigger"]["start"])
            if at is None:
                continue
            moving = event["type"].lower().startswith(("movement", "motion", "disaster"))
            own = sense_for(layout, at, moving=moving)
            triggers = sorted([t for t in others if t.at != at] + [own], key=lambda t: t.at)
            number = triggers.index(own)
            found = [r for r in find_roles(layout, triggers) if r.trigger == number]
            kinds = ("origin", "destination") if moving else ("place",)
            for kind in kinds:
                spans = event[kind] if moving else [*event["place"], *event["target"]]
                gold = [is_named(span, layout) for span in spans]
                gold = [numbers for numbers in gold if numbers]
                want = {n for numbers in gold for n in numbers}
                have = {
                    r.mention
                    for r in found
                    if (r.role == kind if moving else r.role in ("destination", "impact", "place"))
                    or (moving and kind == "destination" and r.role == "impact")
                }
                c = counts[kind]
                c["gold"] += len(gold)
                c["hit"] += sum(bool(set(numbers) & have) for numbers in gold)
                c["found"] += len(have)
                c["right"] += len(have & want)
                if errors:
                    around = doc["text"][
                        max(0, event["trigger"]["start"] - 120) : event["trigger"]["end"] + 140
                    ]
                    for numbers in gold:
                        if not set(numbers) & have:
                            print(
                                "MISS",
                                kind,
                                layout.mentions[numbers[0]].mention.text,
                                "|",
                                event["trigger"]["text"],
                                "|",
                                " ".join(around.split()),
                            )
                    for n in have - want:
                        rule = next(r.rule for r in found if r.mention == n)
                        print(
                            "FALSE",
                            kind,
                            layout.mentions[n].mention.text,
                            rule,
                            "|",
                            event["trigger"]["text"],
                            "|",
                            " ".join(around.split()),
                        )
    print(f"## {path.stem}")
    for kind, c in counts.items():
        p, r = c["right"] / max(1, c["found"]), c["hit"] / max(1, c["gold"])
        f1 = 2 * p * r / max(1e-9, p + r)
        print(
            f"  {kind:12s} gold {c['gold']:4d} found {c['found']:4d}  "
            f"P {p:.3f} R {r:.3f} F1 {f1:.3f}"
        )


def measure_false_corridors(path: Path, *, errors: bool) -> None:
    """Print how many corridors news without movements give."""
    docs = [json.loads(line) for line in path.open(encoding="utf-8")]
    total = 0
    for doc in docs:
        document = read_document(doc["text"])
        for event in document.events:
            if event.type in MOVING and event.pairs:
                total += len(event.pairs)
                if errors:
                    for o, d in event.pairs:
                        a, b = event.origin[o], event.destination[d]
                        low = max(0, event.mentions[0].start - 100)
                        print(
                            event.type,
                            event.status,
                            a.place,
                            a.rule,
                            "->",
                            b.place,
                            b.rule,
                            "|",
                            " ".join(doc["text"][low : low + 300].split()),
                        )
    print(f"{path.stem}: corridors per document {total / len(docs):.3f} ({total} in {len(docs)})")


def measure_missile_tests(path: Path, *, errors: bool) -> None:
    """Print how often launch site and date are right in the descriptions of missile tests."""
    sites = dates = named = dated = known = 0
    for line in path.open(encoding="utf-8"):
        doc = json.loads(line)
        record = doc["record"]
        parts = [int(p) for p in record["date"].split("-")]
        day = date(*parts) if len(parts) == 3 else None
        document = read_document(doc["text"], published=day + timedelta(days=3) if day else None)
        if doc["origin_name_matches"]:
            named += 1
            known += any(
                m.place is not None and m.start < t["end"] and t["start"] < m.end
                for m in document.mentions
                for t in doc["origin_name_matches"]
            )
            spans = doc["origin_name_matches"]
            hit = any(
                e.start < s["end"] and s["start"] < e.end
                for event in document.events
                for role in event.origin
                for e in role.evidence
                for s in spans
            ) or any(
                math.hypot(role.place.lat - record["lat"], role.place.lon - record["lon"]) < 0.5
                for event in document.events
                for role in event.origin
                if role.precision in ("point", "city", "region")
            )
            sites += hit
            if errors and not hit:
                s = spans[0]
                print(
                    "MISS", s["text"], "|", doc["text"][max(0, s["start"] - 150) : s["end"] + 100]
                )
        launches = [e for e in document.events if e.type == "launch" and e.date and e.date.start]
        if day and launches:
            dated += 1
            close = any(abs((e.date.start - day).days) <= 1 for e in launches)
            dates += close
            if errors and not close:
                print("DATE", day, [(e.date.text, str(e.date.start)) for e in launches])
    print(
        f"missile tests: launch site {sites}/{named} ({known} found as places), "
        f"date within a day {dates}/{dated}"
    )


def main() -> None:
    """Measure what is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("passages", nargs="?", type=Path, default=PASSAGES)
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--only", default="")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()

    def wanted(name: str) -> bool:
        return not options.only or options.only in name

    if wanted("passages"):
        measure_passages(options.passages, errors=options.errors)
    if not options.corpora.is_dir():
        print(f"no corpora at {options.corpora}")
        return
    for name in (
        "rams_dev",
        "wikievents_dev",
        "wikievents_train_aligned",
        "verb_places_silver",
        "spaceeval",
    ):
        if wanted(name):
            measure_roles(options.corpora / "events" / f"{name}.jsonl", errors=options.errors)
    if wanted("nk"):
        measure_missile_tests(
            options.corpora / "events" / "nk_missile_tests.jsonl", errors=options.errors
        )
    for name in ("lgl", "geowebnews"):
        if wanted("corridors"):
            measure_false_corridors(
                options.corpora / "places" / f"{name}.jsonl", errors=options.errors
            )


if __name__ == "__main__":
    main()
