"""Turn outcomes into the figures of the accuracy benchmark, with intervals by document."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from place_countries import measure_countries
from place_outcomes import NEAR_KM, measure_km, resolve_gold

from geo_events.atlas.records import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from place_outcomes import Outcome, Result

    from geo_events.text.candidates import Candidate
    from geo_events.text.weights import NameWeights

__all__ = ["draw_interval", "measure_all", "measure_counts"]

_WORST_KM = 20_039.0
_SURE = 0.7
_BINS = 10
_SMALL = 50_000


def _ratio(top: float, bottom: float) -> float:
    """Return a share; 0 where there is nothing to share."""
    return top / bottom if bottom else 0.0


def measure_counts(result: Result) -> Counter[str]:
    """Count what one document adds to the figures that are shares of counts."""
    c: Counter[str] = Counter()
    for outcome in result.outcomes:
        _count(c, outcome, "")
        if not outcome.demonym:
            _count(c, outcome, ", no demonyms")
    right, all_of = measure_countries(result)
    c["country right"], c["country"] = right, all_of
    return c


def _count(c: Counter[str], outcome: Outcome, mark: str) -> None:
    """Add one outcome to the counts."""
    both = outcome.gold is not None and outcome.found is not None
    c["gold" + mark] += outcome.gold is not None
    c["found" + mark] += outcome.found is not None
    c["exact" + mark] += outcome.is_exact
    c["overlap" + mark] += both
    c["located" + mark] += outcome.is_located
    c["matched" + mark] += outcome.km is not None
    c["near" + mark] += outcome.is_near
    if (
        outcome.found is not None
        and outcome.found.score >= _SURE
        and (outcome.km is not None or not both)
    ):
        c["sure" + mark] += 1
        c["sure matched" + mark] += both
        c["sure near" + mark] += outcome.is_near


def _share_counts(c: Counter[str]) -> dict[str, float]:
    """Turn counts into figures."""
    figures: dict[str, float] = {}
    for mark in ("", ", no demonyms"):
        for mode in ("exact", "overlap"):
            p = _ratio(c[mode + mark], c["found" + mark])
            r = _ratio(c[mode + mark], c["gold" + mark])
            figures[f"{mode} precision{mark}"] = p
            figures[f"{mode} recall{mark}"] = r
            figures[f"{mode} f1{mark}"] = _ratio(2 * p * r, p + r)
        figures["recall@161" + mark] = _ratio(c["near" + mark], c["located" + mark])
        figures["precision@161" + mark] = _ratio(c["near" + mark], c["found" + mark])
    figures["accuracy@161"] = _ratio(c["near"], c["matched"])
    figures["country accuracy"] = _ratio(c["country right"], c["country"])
    figures["score >= .7: right, of matched"] = _ratio(c["sure near"], c["sure matched"])
    figures["score >= .7: right, of all found"] = _ratio(c["sure near"], c["sure"])
    figures["score >= .7: share of found"] = _ratio(c["sure"], c["found"])
    return figures


def draw_interval(
    counts: Sequence[Counter[str]], name: str, rounds: int = 300
) -> tuple[float, float]:
    """Return the 95 % interval of a figure by drawing documents with replacement."""
    keys = sorted({key for c in counts for key in c})
    table = np.array([[c[key] for key in keys] for c in counts], dtype=float)
    draw = np.random.default_rng(0)
    values = []
    for _ in range(rounds):
        total = table[draw.integers(len(table), size=len(table))].sum(axis=0)
        values.append(_share_counts(Counter(dict(zip(keys, total, strict=True))))[name])
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def measure_all(results: Sequence[Result], weights: Sequence[NameWeights]) -> dict[str, float]:
    """Measure a corpus.

    Parameters
    ----------
    results : sequence of Result
        What was found in each document.
    weights : sequence of NameWeights
        What each document was read with.

    Returns
    -------
    dict of str to float
        Figures by name, in the order in which they are printed.
    """
    outcomes = [outcome for result in results for outcome in result.outcomes]
    figures = _share_counts(sum((measure_counts(r) for r in results), Counter()))
    figures |= _measure_errors([o.km for o in outcomes if o.km is not None])
    figures |= _measure_calibration(outcomes)
    figures |= _measure_given_spans(results, weights)
    return figures | _measure_slices(outcomes)


def _measure_errors(kms: Sequence[float]) -> dict[str, float]:
    """Measure the errors over matched mentions; the area is under the curve of their logarithms."""
    logs = sorted(math.log(km + 1) / math.log(_WORST_KM) for km in kms)
    area = sum((a + b) / 2 for a, b in pairwise(logs)) / max(1, len(logs) - 1)
    return {
        "mean error km": statistics.mean(kms),
        "median error km": statistics.median(kms),
        "auc of errors": area,
    }


def _measure_calibration(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """Measure how far scores are from shares, in ten bins: over all found, and over matched."""
    figures = {}
    for title, matched in (("all found", False), ("matched", True)):
        bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        for o in outcomes:
            known = o.km is not None or (o.gold is None and not matched)
            if o.found is not None and known:
                place = min(_BINS - 1, int(o.found.score * _BINS))
                bins[place].append((o.found.score, o.is_near))
        gap = sum(abs(sum(s - near for s, near in held)) for held in bins.values())
        figures[f"calibration error, {title}"] = _ratio(gap, sum(map(len, bins.values())))
    return figures


def _measure_given_spans(
    results: Sequence[Result], weights: Sequence[NameWeights]
) -> dict[str, float]:
    """Measure resolution alone: the annotated spans are given."""
    count = near = reachable = 0
    for result, made in zip(results, weights, strict=True):
        for gold, chosen, candidates in resolve_gold(result.document, made):
            count += 1
            reachable += any(_is_near(c, gold) for c in candidates)
            near += chosen is not None and _is_near(chosen, gold)
    return {
        "given spans: accuracy@161, all": _ratio(near, count),
        "given spans: accuracy@161, known to the atlas": _ratio(near, reachable),
        "given spans: known to the atlas": _ratio(reachable, count),
    }


def _is_near(candidate: Candidate, gold: dict[str, Any]) -> bool:
    """Tell whether a candidate lies within 161 km of an annotation."""
    return measure_km(candidate.lon, candidate.lat, gold["lon"], gold["lat"]) <= NEAR_KM


def _measure_slices(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """Measure recall@161 on parts of the annotated places that have a point."""
    held: dict[str, list[bool]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.is_located:
            for name in _name_slices(outcome):
                held[name].append(outcome.is_near)
    return {
        f"recall@161, {name} ({len(near)})": _ratio(sum(near), len(near))
        for name, near in sorted(held.items())
        if len(near) >= 20
    }


def _name_slices(outcome: Outcome) -> list[str]:
    """Name the slices that an annotated place belongs to."""
    gold = outcome.gold or {}
    names = ["demonyms" if outcome.demonym else "names"]
    if _is_ambiguous(outcome.candidates):
        names.append("ambiguous names")
    if _is_small(gold):
        names.append("population < 50,000")
    kind = gold.get("type") or (gold.get("fcode") or "")[:4]
    if kind:
        names.append(f"type {kind}")
    return names


def _is_ambiguous(candidates: Sequence[Candidate]) -> bool:
    """Tell whether a name may mean places more than 161 km apart."""
    return any(
        measure_km(c.lon, c.lat, candidates[0].lon, candidates[0].lat) > NEAR_KM
        for c in candidates[1:]
    )


def _is_small(gold: dict[str, Any]) -> bool:
    """Tell whether an annotated town has fewer than 50,000 people."""
    table = load_gazetteer()
    row = table.row_of(f"geonames:{gold['geonameid']}") if gold.get("geonameid") else None
    if row is not None:
        return table.kind_at(row) == "city" and int(table.population[row]) < _SMALL
    return (gold.get("fcode") or "") == "PPL"
