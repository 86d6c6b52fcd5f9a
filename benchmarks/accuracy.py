"""Measure how well places are found in texts and resolved, against annotated corpora.

``python benchmarks/accuracy.py CORPUS.jsonl... [--json OUT] [--errors N]``

A corpus is JSON lines with `text` and `toponyms` (`start`, `end`, `name`, `lat`, `lon`). Printed
per corpus: span precision, recall and F1 (exact, overlap), recall@161 and precision@161 from raw
text, accuracy@161, mean and median error and AUC over matched mentions, accuracy@161 given the
gold spans, country accuracy, calibration, slices, documents per second; 95 % intervals by
bootstrap over documents.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from geo_events.text.candidates import load_candidates
from geo_events.text.mentions import find_mentions
from geo_events.text.tokens import tokenize

NEAR_KM = 161.0
WORST_KM = 20039.0


def measure_km(lon0: float, lat0: float, lon1: float, lat1: float) -> float:
    """Return the great-circle distance, as the published figures are measured."""
    a, b, c, d = map(math.radians, (lon0, lat0, lon1, lat1))
    h = math.sin((d - b) / 2) ** 2 + math.cos(b) * math.cos(d) * math.sin((c - a) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))


def pair_up(gold: list[dict], found: list[Any], *, exact: bool) -> list[tuple[int, int]]:
    """Pair gold and found mentions one to one, the greatest overlap first."""
    used: set[int] = set()
    pairs = []
    for g, want in enumerate(gold):
        best = None
        for f, have in enumerate(found):
            if f in used:
                continue
            same = have.start == want["start"] and have.end == want["end"]
            overlap = min(have.end, want["end"]) - max(have.start, want["start"])
            if same if exact else overlap > 0:
                best = max(best or (0, -1), (overlap, f))
        if best is not None:
            used.add(best[1])
            pairs.append((g, best[1]))
    return pairs


def read_corpus(path: Path) -> list[dict]:
    """Read the documents of a corpus."""
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def find(text: str) -> list[Any]:
    """Find the mentions that a gold annotation would have: those with a place."""
    found = find_mentions(tokenize(text), load_candidates())
    return [m.mention for m in found if m.mention.place is not None]


def count_document(gold: list[dict], found: list[Any]) -> Counter:
    """Count what one document adds to the figures."""
    c: Counter = Counter(gold=len(gold), found=len(found))
    c["exact"] = len(pair_up(gold, found, exact=True))
    pairs = pair_up(gold, found, exact=False)
    c["overlap"] = len(pairs)
    c["located"] = sum(g["lat"] is not None for g in gold)
    for g, f in pairs:
        want, place = gold[g], found[f].place
        if want["lat"] is None:
            continue
        km = measure_km(want["lon"], want["lat"], place.lon, place.lat)
        c["matched"] += 1
        c["near"] += km <= NEAR_KM
        if found[f].score >= 0.7:
            c["sure"] += 1
            c["sure_near"] += km <= NEAR_KM
    return c


def show_errors(doc: dict, found: list[Any]) -> None:
    """Print what was missed, wrongly found, and wrongly resolved in a document."""
    gold, text = doc["toponyms"], doc["text"]
    pairs = pair_up(gold, found, exact=False)
    seen_gold, seen_found = {g for g, _ in pairs}, {f for _, f in pairs}

    def around(start: int, end: int) -> str:
        return text[max(0, start - 40) : end + 40].replace("\n", " ")

    for g, want in enumerate(gold):
        if g not in seen_gold:
            print("MISS ", want["name"], "|", around(want["start"], want["end"]))
    for f, have in enumerate(found):
        if f not in seen_found:
            print(
                "EXTRA",
                have.text,
                have.kind,
                have.score,
                have.place,
                "|",
                around(have.start, have.end),
            )
    for g, f in pairs:
        want, place = gold[g], found[f].place
        if want["lat"] is None:
            continue
        km = measure_km(want["lon"], want["lat"], place.lon, place.lat)
        if km > NEAR_KM:
            print(
                f"FAR {km:6.0f}",
                found[f].text,
                "->",
                place,
                "| gold",
                want.get("fcode"),
                want.get("country"),
                want["lat"],
                want["lon"],
                "|",
                around(want["start"], want["end"]),
            )


def summarise(counts: list[Counter]) -> dict[str, float]:
    """Turn counts into figures."""
    c = sum(counts, Counter())

    def ratio(top: float, bottom: float) -> float:
        return top / bottom if bottom else 0.0

    result: dict[str, float] = {}
    for mode in ("exact", "overlap"):
        p, r = ratio(c[mode], c["found"]), ratio(c[mode], c["gold"])
        result |= {f"{mode}_p": p, f"{mode}_r": r, f"{mode}_f1": ratio(2 * p * r, p + r)}
    result["recall@161"] = ratio(c["near"], c["located"])
    result["precision@161"] = ratio(c["near"], c["found"])
    result["accuracy@161"] = ratio(c["near"], c["matched"])
    result["accuracy_sure"] = ratio(c["sure_near"], c["sure"])
    return result


def measure_distances(docs: list[dict], all_found: list[list[Any]]) -> dict[str, float]:
    """Mean and median error and AUC over matched mentions; calibration over all that was found.

    A found mention is right when it matches an annotation and lies within 161 km of it.
    """
    errors: list[float] = []
    bins: dict[int, list[tuple[float, bool]]] = {}
    for doc, found in zip(docs, all_found, strict=True):
        gold_of = {f: g for g, f in pair_up(doc["toponyms"], found, exact=False)}
        for f, have in enumerate(found):
            want = doc["toponyms"][gold_of[f]] if f in gold_of else None
            if want is not None and want["lat"] is None:
                continue
            km = math.inf
            if want is not None:
                km = measure_km(want["lon"], want["lat"], have.place.lon, have.place.lat)
                errors.append(km)
            bins.setdefault(min(9, int(have.score * 10)), []).append((have.score, km <= NEAR_KM))
    logs = sorted(math.log(e + 1) / math.log(WORST_KM) for e in errors)
    area = sum((a + b) / 2 for a, b in pairwise(logs)) / max(1, len(logs) - 1)
    gap = sum(abs(sum(s for s, _ in v) - sum(ok for _, ok in v)) for v in bins.values())
    return {
        "mean_km": statistics.mean(errors),
        "median_km": statistics.median(errors),
        "auc": area,
        "calibration_error": gap / max(1, sum(map(len, bins.values()))),
    }


def bootstrap(counts: list[Counter], key: str, rounds: int = 300) -> tuple[float, float]:
    """Return the 95 % interval of a figure by drawing documents."""
    draw = random.Random(0)  # noqa: S311 - a bootstrap needs no cryptography
    values = [
        summarise([counts[draw.randrange(len(counts))] for _ in counts])[key] for _ in range(rounds)
    ]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def main() -> None:
    """Measure the corpora that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--intervals", action="store_true")
    options = parser.parse_args()
    report = {}
    find("Warm up in Paris, Texas.")
    for path in options.corpora:
        docs = read_corpus(path)
        begin = time.perf_counter()
        all_found = [find(doc["text"]) for doc in docs]
        seconds = time.perf_counter() - begin
        counts = [count_document(d["toponyms"], f) for d, f in zip(docs, all_found, strict=True)]
        figures = summarise(counts) | measure_distances(docs, all_found)
        figures["documents_per_second"] = len(docs) / seconds
        report[path.stem] = figures
        print(f"## {path.stem}: {len(docs)} documents")
        for key, value in figures.items():
            span = ""
            if options.intervals and key in ("overlap_f1", "exact_f1", "recall@161"):
                span = " [{:.3f}, {:.3f}]".format(*bootstrap(counts, key))
            print(f"  {key:22s} {value:9.3f}{span}")
        for doc, found in list(zip(docs, all_found, strict=True))[: options.errors]:
            show_errors(doc, found)
    if options.json:
        options.json.write_text(json.dumps(report, indent=2), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
