"""Fit the weights by which candidates are ranked, on annotated corpora, with cross-validation.

``python tools/fit_ranking.py CORPUS.jsonl... -o geo_events/text/rank_weights.json``

A conditional logit over the candidates of each annotated name; a candidate within 161 km of the
annotation is right. Only the weights are written.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from geo_events.text.candidates import load_candidates
from geo_events.text.kinds import find_persons
from geo_events.text.matching import find_matches
from geo_events.text.resolution import (
    FEATURES,
    count_votes,
    describe_candidate,
    find_parents,
    find_points,
)
from geo_events.text.span_filter import look_around, rate_spans
from geo_events.text.tokens import tokenize

NEAR_KM = 161.0
FOLDS = 5
Group = tuple[np.ndarray, np.ndarray, int]


def measure_km(lon0: float, lat0: float, lon1: float, lat1: float) -> float:
    """Return the great-circle distance in kilometres."""
    a, b, c, d = map(math.radians, (lon0, lat0, lon1, lat1))
    h = math.sin((d - b) / 2) ** 2 + math.cos(b) * math.cos(d) * math.sin((c - a) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))


def collect(path: Path) -> list[Group]:
    """Describe the candidates of every annotated name that is found; which are right; document."""
    source = load_candidates()
    groups: list[Group] = []
    for number, line in enumerate(path.open(encoding="utf-8")):
        doc = json.loads(line)
        tokens = tokenize(doc["text"])
        matches = find_matches(tokens, source)
        persons = find_persons(tokens, {m.first: m for m in matches})
        words = {k for p in persons for k in range(p.first, p.last + 1)}
        around = look_around(tokens, matches, words, {tokens.low[p.last] for p in persons})
        rates = rate_spans(tokens, matches, around)
        matches = [m for m, rate in zip(matches, rates, strict=True) if rate >= 0.5]
        parents = find_parents(tokens, matches)
        votes = count_votes(matches, parents)
        fixed = {m.key: p for m, p in zip(matches, parents, strict=True) if p is not None}
        points = find_points({m.key: m for m in matches}, votes, fixed)
        for match in matches:
            start, end = tokens.starts[match.first], tokens.ends[match.last]
            gold = next(
                (
                    t
                    for t in doc["toponyms"]
                    if t["start"] < end and start < t["end"] and t["lat"] is not None
                ),
                None,
            )
            if gold is None or match.key in fixed or len(match.candidates) < 2:
                continue
            candidates = match.candidates[:25]
            right = np.array(
                [measure_km(c.lon, c.lat, gold["lon"], gold["lat"]) <= NEAR_KM for c in candidates]
            )
            if right.all() or not right.any():
                continue
            x = np.array([describe_candidate(c, match.key, votes, points) for c in candidates])
            groups.append((x, right, number % FOLDS))
    return groups


def fit(groups: list[Group], weights: list[float], ridge: float) -> np.ndarray:
    """Maximise the likelihood that a right candidate is chosen."""

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradient = ridge * (w @ w) / 2, ridge * w
        for (x, right, _), weight in zip(groups, weights, strict=True):
            s = x @ w
            p = np.exp(s - s.max())
            p /= p.sum()
            q = np.where(right, p, 0.0)
            mass = q.sum() + 1e-300
            value -= weight * math.log(mass)
            gradient = gradient - weight * ((q / mass - p) @ x)
        return value, gradient

    return minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x


def measure(groups: list[Group], w: np.ndarray) -> float:
    """Return the share of names whose best candidate is right."""
    return float(np.mean([right[int((x @ w).argmax())] for x, right, _ in groups]))


def main() -> None:
    """Fit, cross-validate, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--ridge", type=float, default=1.0)
    options = parser.parse_args()
    parts = [collect(path) for path in options.corpora]
    old = json.loads(options.output.read_text(encoding="utf-8"))["weights"]
    before = np.array([old[name] for name in FEATURES])
    groups = [g for part in parts for g in part]
    weights = [2000 / len(part) for part in parts for _ in part]
    print("names:", [len(part) for part in parts])
    print("before:", [round(measure(part, before), 3) for part in parts])
    scores = []
    for fold in range(FOLDS):
        train = [k for k, g in enumerate(groups) if g[2] != fold]
        w = fit([groups[k] for k in train], [weights[k] for k in train], options.ridge)
        scores.append([round(measure([g for g in part if g[2] == fold], w), 3) for part in parts])
    print("cross-validated:", scores)
    w = fit(groups, weights, options.ridge)
    print("all:", [round(measure(part, w), 3) for part in parts])
    note = (
        "Weights of the ranking (geo_events/text/resolution.py), fitted by tools/fit_ranking.py on "
        + " and ".join(path.stem for path in options.corpora)
        + ": conditional logit with a ridge, each corpus weighted the same."
    )
    found = {name: round(float(value), 4) for name, value in zip(FEATURES, w, strict=True)}
    text = json.dumps({"note": note, "weights": found}, indent=1, ensure_ascii=False)
    options.output.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
