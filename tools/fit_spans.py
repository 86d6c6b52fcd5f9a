"""Fit the weights of the span filter on annotated corpora, with cross-validation.

``python tools/fit_spans.py CORPUS.jsonl... -o geo_events/text/span_weights.json``

Only the weights are written: a few dozen numbers, nothing of the texts.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from geo_events.text.candidates import load_candidates
from geo_events.text.kinds import find_persons, find_vehicles
from geo_events.text.matching import find_matches
from geo_events.text.span_filter import describe_span, look_around
from geo_events.text.tokens import tokenize

FOLDS = 5


def collect(path: Path) -> tuple[list[dict[str, float]], list[int], list[int]]:
    """Describe every matched name of a corpus; whether gold has it; its document."""
    features, labels, groups = [], [], []
    source = load_candidates()
    for number, line in enumerate(path.open(encoding="utf-8")):
        doc = json.loads(line)
        tokens = tokenize(doc["text"])
        matches = find_matches(tokens, source)
        by_first = {m.first: m for m in matches}
        ships = {k for s in find_vehicles(tokens, by_first) for k in range(s.first, s.last + 1)}
        persons = find_persons(tokens, by_first)
        free = [m for m in matches if not any(k in ships for k in range(m.first, m.last + 1))]
        words = {k for p in persons for k in range(p.first, p.last + 1)}
        around = look_around(tokens, free, words, {tokens.low[p.last] for p in persons})
        for match in free:
            if match.candidates[0].kind == "institution":
                continue
            start, end = tokens.starts[match.first], tokens.ends[match.last]
            gold = any(t["start"] < end and start < t["end"] for t in doc["toponyms"])
            features.append(dict(describe_span(tokens, match, around)))
            labels.append(int(gold))
            groups.append(number)
    return features, labels, groups


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray, ridge: float) -> np.ndarray:
    """Fit a logistic model by Newton's method with a ridge."""
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (weight * (p - y)) + ridge * w
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(w))
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return w


def measure_f1(y: np.ndarray, p: np.ndarray, threshold: float = 0.5) -> float:
    """F1 over matched names only."""
    hit = ((p >= threshold) & (y == 1)).sum()
    return 2 * hit / max(1, (p >= threshold).sum() + (y == 1).sum())


def main() -> None:
    """Fit, cross-validate, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--ridge", type=float, default=2.0)
    options = parser.parse_args()
    parts = [collect(path) for path in options.corpora]
    names = sorted({name for features, _, _ in parts for f in features for name in f})
    index = {name: k for k, name in enumerate(names)}
    xs, ys, fs, ws = [], [], [], []
    for features, labels, groups in parts:
        x = np.zeros((len(features), len(names)))
        for row, f in enumerate(features):
            for name, value in f.items():
                x[row, index[name]] = value
        xs.append(x)
        ys.append(np.array(labels))
        fs.append(np.array(groups) % FOLDS)
        ws.append(np.full(len(labels), 5000 / len(labels)))  # each corpus counts the same
    x, y, folds, weight = map(np.concatenate, (xs, ys, fs, ws))
    scores = []
    for fold in range(FOLDS):
        train = folds != fold
        w = fit(x[train], y[train], weight[train], options.ridge)
        p = 1 / (1 + np.exp(-x[~train] @ w))
        scores.append(measure_f1(y[~train], p))
    print("cross-validated F1 over matched names:", [round(float(s), 3) for s in scores])
    for test in range(len(xs)):
        rest = [k for k in range(len(xs)) if k != test]
        if rest:
            w = fit(*(np.concatenate([g[k] for k in rest]) for g in (xs, ys, ws)), options.ridge)
            p = 1 / (1 + np.exp(-xs[test] @ w))
            print(options.corpora[test].stem, "from the others:", round(measure_f1(ys[test], p), 3))
    w = fit(x, y, weight, options.ridge)
    if options.output:
        note = (
            "Weights of the span filter (geo_events/text/span_filter.py), fitted by "
            "tools/fit_spans.py on "
            + " and ".join(path.stem for path in options.corpora)
            + ": logistic regression with a ridge, each corpus weighted the same."
        )
        weights = {name: round(float(value), 4) for name, value in zip(names, w, strict=True)}
        text = json.dumps({"note": note, "weights": weights}, indent=1, ensure_ascii=False)
        options.output.write_text(text + "\n", encoding="utf-8")
    for name, value in sorted(zip(names, w, strict=True), key=lambda pair: pair[1]):
        print(f"{value:8.2f} {name}")


if __name__ == "__main__":
    main()
