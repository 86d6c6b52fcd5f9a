"""Measure how well places are found in texts and resolved, against annotated corpora.

``python benchmarks/accuracy.py CORPUS.jsonl... [--folds FOLDS [--transfer]] [--json OUT]``

A corpus is JSON lines with `text` and `toponyms` (`start`, `end`, `name`, `lat`, `lon`). Without
``--folds`` the weights of the package are measured, which were fitted on two of the corpora. FOLDS
comes from ``tools/fit_names.py``: each document of a corpus that was fitted on is then read with
weights fitted on other documents, with ``--transfer`` with weights fitted on the other corpora.

Per corpus: spans (exact, overlap; with and without demonyms), recall and precision within 161 km
from raw text, errors over what was matched, the same given the annotated spans, countries,
calibration, slices, speed, memory. The 95 % intervals are drawn by document.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from place_cost import measure_cost, measure_speed
from place_errors import print_errors
from place_figures import draw_interval, measure_all, measure_counts
from place_outcomes import judge, read_corpus

from geo_events.text.weights import NameWeights, load_weights

if TYPE_CHECKING:
    from place_outcomes import Result

# The figures with a bar, and those of calibration, get intervals.
_DRAWN = ("exact f1", "overlap f1", "recall@161", "accuracy@161", "country accuracy")


def _choose_weights(
    folds: dict[str, Any] | None, stem: str, number: int, *, transfer: bool
) -> NameWeights:
    """Return the weights to read a document with: none that were fitted on it."""
    if folds is None or stem not in folds["corpora"]:
        return load_weights()
    tree = (
        folds["transfer"][stem] if transfer else folds["held_out"][number % len(folds["held_out"])]
    )
    return NameWeights.from_json(tree)


def _print_figures(
    title: str, figures: dict[str, float], intervals: dict[str, tuple[float, float]]
) -> None:
    """Print the figures of a corpus, one a line."""
    print(f"\n## {title}")
    for name, value in figures.items():
        low_high = intervals.get(name)
        span = f"   [{low_high[0]:.3f}, {low_high[1]:.3f}]" if low_high else ""
        print(f"  {name:42s} {value:9.3f}{span}")


def main() -> None:
    """Measure the corpora that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--folds", type=Path, help="weights from tools/fit_names.py --folds")
    parser.add_argument("--transfer", action="store_true", help="fitted on the other corpora")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--errors", action="store_true", help="print errors by class")
    parser.add_argument("--sample", type=int, help="with --errors: only so many, drawn evenly")
    parser.add_argument("--fast", action="store_true", help="no intervals, no speed, no memory")
    options = parser.parse_args()
    folds = json.loads(options.folds.read_text(encoding="utf-8")) if options.folds else None
    report: dict[str, Any] = {}
    for path in options.corpora:
        documents = read_corpus(path)
        made = [
            _choose_weights(folds, path.stem, n, transfer=options.transfer)
            for n in range(len(documents))
        ]
        results: list[Result] = [judge(d, w) for d, w in zip(documents, made, strict=True)]
        figures = measure_all(results, made)
        intervals: dict[str, tuple[float, float]] = {}
        if not options.fast:
            counts = [measure_counts(result) for result in results]
            intervals = {name: draw_interval(counts, name) for name in _DRAWN}
            texts = [document["text"] for document in documents]
            for processes in (1, 2):
                title = f"documents of 300 words/s, processes: {processes}"
                figures[title] = measure_speed(texts, processes)
        report[path.stem] = {"figures": figures, "intervals": intervals}
        _print_figures(f"{path.stem}: {len(documents)} documents", figures, intervals)
        if options.errors:
            print_errors(results, options.sample)
    if not options.fast:
        report["cost"] = measure_cost()
        _print_figures("cost", report["cost"], {})
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
