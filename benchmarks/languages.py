"""Measure how well places are found in texts of other languages, against labelled sentences.

``python benchmarks/languages.py [CASES.yaml] [--errors] [--json OUT]``

The sentences stand in ``tests/cases/text/languages.yaml``, written by somebody who did not know the
rules; those of ``languages_unseen.yaml`` beside it were run once, after the rules stood. Printed
per language: share of the places found (recall) and share of what was found that is one
(precision), by overlap; share of the found spans that are exact; share of all places that are
found and right (recall@161); texts per second.

A span is exact when it is the label's, or lies in the same words (Arabic labels hold the prefixes
written together with a name, the mentions do not). Right is a place within 161 km of the label's
point; a place with an area when the point lies in it or within 161 km; a country for a country.
Demonyms are neither wanted nor counted; institutions ("the Kremlin") count where a label wants a
place.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from place_outcomes import NEAR_KM, measure_km
from shapely.geometry import Point
from shapely.ops import nearest_points

from geo_events.text.reader import read_document

if TYPE_CHECKING:
    from geo_events.atlas.places import Place

CASES = Path(__file__).parents[1] / "tests" / "cases" / "text" / "languages.yaml"
AREAS = ("country", "region", "sea", "lake", "river", "island")


def find_spans(text: str, words: str) -> list[tuple[int, int]]:
    """List where words stand in a text, not inside longer words."""
    pattern = rf"(?<![^\W_]){re.escape(words)}(?![^\W_])"
    return [match.span() for match in re.finditer(pattern, text)]


def list_gold(case: dict) -> list[tuple[tuple[int, int], dict]]:
    """List the wanted spans: all where the words stand, or `times` of them; none inside another."""
    spans = [
        (span, want)
        for want in case["places"] or ()
        for span in find_spans(case["text"], want["text"])[: want.get("times")]
    ]
    return [
        (a, want)
        for a, want in spans
        if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b, _ in spans)
    ]


def is_right(place: Place, want: dict) -> bool:
    """Tell whether a place is the one that is meant."""
    if want["kind"] == "country":
        return place.kind == "country" and place.country == want["country"]
    if place.kind == "country" and want["kind"] not in AREAS:
        return False
    if measure_km(want["lon"], want["lat"], place.lon, place.lat) <= NEAR_KM:
        return True
    if want["kind"] not in AREAS:
        return False
    point = Point(want["lon"], want["lat"])
    near, _ = nearest_points(place.geometry, point)
    return measure_km(near.x, near.y, point.x, point.y) <= NEAR_KM


def is_exact(text: str, span: tuple[int, int], want: tuple[int, int]) -> bool:
    """Tell whether a span is the wanted one, or a part of the same words without white space."""
    if span == want:
        return True
    inside = want[0] <= span[0] and span[1] <= want[1]
    rest = text[want[0] : span[0]] + text[span[1] : want[1]]
    return inside and not re.search(r"[\s\-]", rest)


def count_sentence(case: dict, *, errors: bool) -> Counter:
    """Count what one sentence adds to the figures; print its errors when asked."""
    text = case["text"]
    gold = list_gold(case)
    places = [m for m in read_document(text).mentions if m.place is not None]
    free = [m for m in places if m.kind in ("name", "institution")]
    count: Counter = Counter(gold=len(gold), texts=1)
    for span, want in gold:
        hit = next((m for m in free if m.start < span[1] and span[0] < m.end), None)
        if hit is None:
            if errors:
                print(f"  MISS  {case['id']} {want['text']!r} ({want['name']}) | {text}")
            continue
        free.remove(hit)
        right = is_right(hit.place, want)
        exact = is_exact(text, (hit.start, hit.end), span)
        count.update(matched=1, exact=exact, right=right)
        if errors and not (right and exact):
            label = "SPAN " if right else "WRONG"
            print(f"  {label} {case['id']} {hit.text!r} -> {hit.place}, want {want} | {text}")
    extra = [m for m in free if m.kind == "name"]
    count["found"] = count["matched"] + len(extra)
    if errors:
        for mention in extra:
            print(f"  EXTRA {case['id']} {mention.text!r} -> {mention.place} | {text}")
    return count


def measure_seconds(texts: list[str]) -> float:
    """Return the time of reading texts that were not read before."""
    begin = time.perf_counter()
    for text in texts:
        read_document(text)
    return time.perf_counter() - begin


def summarise(count: Counter) -> dict[str, float]:
    """Turn counts into figures."""
    matched = count["matched"]
    return {
        "places": count["gold"],
        "recall": matched / max(1, count["gold"]),
        "precision": matched / max(1, count["found"]),
        "exact": count["exact"] / max(1, matched),
        "recall@161": count["right"] / max(1, count["gold"]),
    }


def main() -> None:
    """Measure the sentences, language by language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="?", type=Path, default=CASES)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    cases = yaml.safe_load(options.cases.read_text(encoding="utf-8"))
    languages = list(dict.fromkeys(case["language"] for case in cases))
    report = {}
    read_document("Warm up in Paris, Texas.")
    print("language  texts  places  recall  precision  exact  recall@161  texts/s")
    for language in [*languages, "all"]:
        chosen = [c for c in cases if language in (c["language"], "all")]
        seconds = measure_seconds([c["text"] for c in chosen])
        total = sum(
            (count_sentence(c, errors=options.errors and language != "all") for c in chosen),
            Counter(),
        )
        figures = summarise(total)
        report[language] = figures
        print(
            f"{language:8s}  {len(chosen):5d}  {figures['places']:6d}  {figures['recall']:6.3f}"
            f"  {figures['precision']:9.3f}  {figures['exact']:5.3f}  {figures['recall@161']:10.3f}"
            f"  {len(chosen) / seconds:7.0f}"
        )
    if options.json:
        options.json.write_text(json.dumps(report, indent=2), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
