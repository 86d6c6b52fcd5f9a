"""Measure how well events and their roles are read, against labelled passages and corpora.

``python benchmarks/events.py [--corpora FOLDER] [--only NAME] [--json] [--errors]``

Micro precision, recall and F1 of roles over named places, with the gold event word given and end
to end per document; swapped ends; tokens of the places of verbs; corridors on news without
movements; statuses, dates and counts of passages. Intervals are 95 % bootstraps by document.
The corpora are no part of the project; without them only the passages are measured.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import yaml

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(Path(__file__).parent)]

import passage_scores  # noqa: E402 - found through the line above
from event_scores import (  # noqa: E402 - the same
    Tally,
    score_end_to_end,
    score_false_corridors,
    score_missile_test,
    score_roles,
    score_tokens,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PASSAGES = ROOT / "tests" / "cases" / "events"
CORPORA = ROOT.parent / "shared" / "corpora"
DRAWS = 1000
TASKS: tuple[tuple[str, str, tuple[Callable[[dict, Tally], None], ...]], ...] = (
    ("RAMS, development part", "events/rams_dev.jsonl", (score_roles, score_end_to_end)),
    (
        "WikiEvents, development part",
        "events/wikievents_dev.jsonl",
        (score_roles, score_end_to_end),
    ),
    (
        "WikiEvents, training part (noisy)",
        "events/wikievents_train_aligned.jsonl",
        (score_roles, score_end_to_end),
    ),
    ("SpaceEval", "events/spaceeval.jsonl", (score_roles, score_end_to_end)),
    ("Places of verbs (silver)", "events/verb_places_silver.jsonl", (score_tokens,)),
    ("Missile tests", "events/nk_missile_tests.jsonl", (score_missile_test,)),
    ("LGL, news without movements", "places/lgl.jsonl", (score_false_corridors,)),
    ("GeoWebNews, the same", "places/geowebnews.jsonl", (score_false_corridors,)),
)
RECALL_ONLY = ("RAMS",)  # it labels one event per window: what else is found is not false


class Row(NamedTuple):
    """One figure with its interval and the counts behind it."""

    corpus: str
    measure: str
    figure: str
    value: float
    low: float
    high: float
    detail: str


def score_passage(case: dict, tally: Tally) -> None:
    """Score a labelled passage."""
    counts, faults = passage_scores.compare(case)
    pairs = {
        "events": ("events found", "events gold", "events false"),
        "corridors": ("corridors right", "corridors gold", "corridors false"),
    }
    for name, (right, gold, false) in pairs.items():
        hit = counts[right]
        tally.add(name, right=hit, found=hit + counts[false], hit=hit, gold=counts[gold])
    for role in passage_scores.ROLES:
        tally.add(role, hit=counts[f"{role} right"], gold=counts[f"{role} gold"])
    for name in ("status", "type", "date", "count"):
        gold = counts["events found"] if name in ("status", "type") else counts[f"{name} gold"]
        tally.add(name, hit=counts[f"{name} right"], gold=gold)
    drawn = counts["corridors right"] + counts["corridors false"]
    tally.add("ends swapped", hit=counts["corridors swapped"], gold=drawn)
    tally.add("passages without a fault", hit=not faults, gold=1)
    tally.errors += [(f"{'gap: ' if 'gap' in case else ''}{f}", case["id"]) for f in faults]


def f1(right: np.ndarray, found: np.ndarray, hit: np.ndarray, gold: np.ndarray) -> np.ndarray:
    """F1 of precision (right of found) and recall (hit of gold)."""
    p, r = right / np.maximum(1, found), hit / np.maximum(1, gold)
    return 2 * p * r / np.maximum(1e-9, p + r)


def summarize(corpus: str, tallies: list[Tally]) -> list[Row]:
    """Make the rows of a corpus, each with a bootstrap over its documents."""
    draws = np.random.default_rng(7).integers(0, len(tallies), (DRAWS, len(tallies)))
    rows = []
    for measure in dict.fromkeys(m for t in tallies for m in t.counts):
        columns = [
            np.array([t.counts.get(measure, Counter())[key] for t in tallies])
            for key in ("right", "found", "hit", "gold")
        ]
        if columns[3].sum():
            rows.append(make_row((corpus, measure), columns, draws))
    return rows


def make_row(name: tuple[str, str], columns: list[np.ndarray], draws: np.ndarray) -> Row:
    """Make one row: F1 where both sides are counted, otherwise a share."""
    right, found, hit, gold = (int(c.sum()) for c in columns)
    drawn = [c[draws].sum(axis=1) for c in columns]
    share = drawn[2] / np.maximum(1, drawn[3])
    recall_only = name[0].startswith(RECALL_ONLY) and "end to end" in name[1]
    if recall_only or not (columns[0].any() or columns[1].any()):
        low, high = np.percentile(share, (2.5, 97.5))
        figure = "recall" if recall_only else "share"
        return Row(*name, figure, hit / gold, float(low), float(high), f"{hit} of {gold}")
    low, high = np.percentile(f1(*drawn), (2.5, 97.5))
    value = float(f1(*(np.array(float(n)) for n in (right, found, hit, gold))))
    detail = f"P {right / max(1, found):.3f} of {found}, R {hit / gold:.3f} of {gold}"
    return Row(*name, "F1", value, float(low), float(high), detail)


def measure(
    docs: Iterable[dict], scorers: tuple[Callable[[dict, Tally], None], ...]
) -> list[Tally]:
    """Score every document."""
    tallies = []
    for doc in docs:
        tally = Tally()
        for score in scorers:
            score(doc, tally)
        tallies.append(tally)
    return tallies


def print_errors(tallies: list[Tally]) -> None:
    """Print the errors by class, the most frequent first."""
    classes: dict[str, list[str]] = {}
    for tally in tallies:
        for kind, text in tally.errors:
            classes.setdefault(kind, []).append(text)
    for kind, texts in sorted(classes.items(), key=lambda item: -len(item[1])):
        print(f"  {len(texts):4d} {kind}")
        for text in texts:
            print(f"         {text[:300]}")


def tasks(corpora: Path) -> Iterable[tuple[str, list[dict], tuple]]:
    """List what there is to measure."""
    for path in sorted(PASSAGES.glob("passages*.yaml")):
        yield f"{path.stem}", yaml.safe_load(path.read_text(encoding="utf-8")), (score_passage,)
    for name, file, scorers in TASKS:
        path = corpora / file
        if path.exists():
            yield name, [json.loads(line) for line in path.open(encoding="utf-8")], scorers


def main() -> None:
    """Measure what is there, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--only", default="", help="a part of a corpus' name")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows: list[Row] = []
    for name, docs, scorers in tasks(options.corpora):
        if options.only.lower() not in name.lower():
            continue
        tallies = measure(docs, scorers)
        rows += summarize(name, tallies)
        if options.errors:
            print(f"## {name}")
            print_errors(tallies)
    if options.json:
        print(json.dumps([row._asdict() for row in rows], indent=1))
        return
    for row in rows:
        span = f"[{row.low:.3f}, {row.high:.3f}]"
        head = f"{row.corpus:34s} {row.measure:26s} {row.figure:6s}"
        print(f"{head} {row.value:.3f} {span} {row.detail}")


if __name__ == "__main__":
    main()
