"""Fit the weights by which names in texts are found, resolved and scored, on annotated corpora.

``python tools/fit_names.py LGL.jsonl GEOWEBNEWS.jsonl -o geo_events/text/name_weights.json``

With ``--folds OUT`` it also writes the weights that ``benchmarks/accuracy.py --folds OUT`` needs to
measure honestly: for each of five parts of the documents those fitted on the other four, and for
each corpus those fitted on the other corpora. Only weights are written, nothing of the texts. The
same corpora give the same file.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from name_fitting.models import fit_choices, fit_logistic
from name_fitting.samples import list_choices, list_mentions, list_spans, read_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from name_fitting.samples import Text

FOLDS = 5
_INNER = 4
_ROUNDS = 2  # the votes of a text's names hang on the ranking, so it is fitted twice
_FIRST = {"weight": 10.0}
# The corpora, mostly American, hardly know the parishes and districts that share a city's name.
_EXPECTED = {"minor region": -3.0}
_SPAN_RIDGE, _RANK_RIDGE, _SCORE_RIDGE = 2.0, 1.0, 1.0
_SPAN_CASES, _RANK_CASES, _SCORE_CASES = 5000, 2000, 3000  # what each corpus counts for


def _gather(
    texts: Sequence[Text], list_cases: Callable[[Text], Sequence[Any]], worth: float
) -> tuple[list[Any], list[float]]:
    """List the cases of all texts, and what each counts, so that each corpus counts the same."""
    cases = [(text.corpus, case) for text in texts for case in list_cases(text)]
    counts = Counter(corpus for corpus, _ in cases)
    return [case for _, case in cases], [worth / counts[corpus] for corpus, _ in cases]


def _fit_two(texts: Sequence[Text]) -> tuple[dict[str, float], dict[str, float]]:
    """Fit the span filter and the ranking."""
    cases, worth = _gather(texts, list_spans, _SPAN_CASES)
    spans = fit_logistic([c for c, _ in cases], [y for _, y in cases], worth, _SPAN_RIDGE)
    ranking = _FIRST
    for _ in range(_ROUNDS):
        groups, worth = _gather(
            texts, partial(list_choices, spans=spans, ranking=ranking), _RANK_CASES
        )
        ranking = fit_choices(groups, worth, _RANK_RIDGE, _EXPECTED)
    return spans, ranking


def fit_all(texts: Sequence[Text]) -> dict[str, dict[str, float]]:
    """Fit everything; the score on texts that its span filter and ranking were not fitted on."""
    kept: dict[int, tuple[dict[str, float], dict[str, float]]] = {}
    for part in range(_INNER):
        kept[part] = _fit_two([t for t in texts if t.number // FOLDS % _INNER != part])
    cases, worth = _gather(
        texts, lambda t: list_mentions(t, *kept[t.number // FOLDS % _INNER]), _SCORE_CASES
    )
    score = fit_logistic([c for c, _ in cases], [y for _, y in cases], worth, _SCORE_RIDGE)
    spans, ranking = _fit_two(texts)
    return {"spans": spans, "ranking": ranking, "score": score}


def _write(tree: dict[str, Any], path: Path) -> None:
    """Write a tree as a readable file."""
    path.write_text(json.dumps(tree, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--folds", type=Path)
    options = parser.parse_args()
    texts = [text for path in options.corpora for text in read_texts(path)]
    stems = [path.stem for path in options.corpora]
    if options.output:
        note = (
            f"Fitted by tools/fit_names.py on {' and '.join(stems)}, each corpus counting the same;"
            " see docs/names.md. spans: how likely a matched name is a place; ranking: which place;"
            " score: how likely both are right."
        )
        _write({"note": note, **fit_all(texts)}, options.output)
    if options.folds:
        held_out = [fit_all([t for t in texts if t.number % FOLDS != n]) for n in range(FOLDS)]
        others = {s: [t for t in texts if t.corpus != s] for s in stems if len(stems) > 1}
        transfer = {stem: fit_all(rest) for stem, rest in others.items()}
        _write({"corpora": stems, "held_out": held_out, "transfer": transfer}, options.folds)


if __name__ == "__main__":
    main()
