"""Turn annotated texts into cases to fit on: spans, choices among candidates, whole mentions."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo_events.text.candidates import load_candidates
from geo_events.text.evidence import CONTEXT_FEATURES, describe_context, describe_prior
from geo_events.text.resolution import Ranker, resolve_matches, set_scene
from geo_events.text.scoring import describe_mention
from geo_events.text.span_filter import describe_span
from geo_events.text.span_rates import rate_spans
from geo_events.text.spotting import spot_names
from geo_events.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geo_events.text.candidates import Candidate
    from geo_events.text.matching import Match
    from geo_events.text.spotting import Spotted
    from geo_events.text.tokens import Tokens

__all__ = ["Text", "list_choices", "list_mentions", "list_spans", "read_texts"]

_NEAR_KM = 161.0
_KEPT = 0.45
_MOST_RANKED = 25


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """An annotated text, its names spotted once: spotting depends on no weight.

    Parameters
    ----------
    corpus : str
        Where it comes from.
    number : int
        Its place in the corpus, from 0.
    tokens : Tokens
        Its words.
    spotted : Spotted
        What is named like a place in it.
    gold : list of dict
        `start`, `end`, `lat`, `lon` of the annotated places.
    """

    corpus: str
    number: int
    tokens: Tokens
    spotted: Spotted
    gold: list[dict[str, Any]]

    def gold_of(self, match: Match) -> dict[str, Any] | None:
        """Return the annotation that shares the most characters with a match, or None."""
        start, end = self.tokens.starts[match.first], self.tokens.ends[match.last]
        shared = [(min(end, g["end"]) - max(start, g["start"]), n) for n, g in enumerate(self.gold)]
        length, n = max(shared, default=(0, 0))
        return self.gold[n] if length > 0 else None


def read_texts(path: Path) -> list[Text]:
    """Read a corpus of JSON lines with `text` and `toponyms`."""
    source = load_candidates()
    texts = []
    for number, line in enumerate(path.open(encoding="utf-8")):
        document = json.loads(line)
        tokens = tokenize(document["text"])
        spotted = spot_names(tokens, source)
        texts.append(Text(path.stem, number, tokens, spotted, document["toponyms"]))
    return texts


def _is_near(candidate: Candidate, gold: Mapping[str, Any]) -> bool:
    """Tell whether a candidate lies within 161 km of an annotation, on a sphere."""
    a, b, c, d = map(math.radians, (candidate.lon, candidate.lat, gold["lon"], gold["lat"]))
    h = math.sin((d - b) / 2) ** 2 + math.cos(b) * math.cos(d) * math.sin((c - a) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h))) <= _NEAR_KM


@lru_cache(maxsize=4096)
def list_spans(text: Text) -> list[tuple[dict[str, float], bool]]:
    """List the matches of a text as cases of the span filter."""
    return [
        (dict(describe_span(text.tokens, m, text.spotted.around)), text.gold_of(m) is not None)
        for m in text.spotted.matches
        if m.candidates[0].kind != "institution"
    ]


def _keep(text: Text, spans: Mapping[str, float]) -> tuple[list[Match], list[float]]:
    """Return the matches that the span filter keeps, with their rates."""
    matches = text.spotted.matches
    rates = rate_spans(text.tokens, matches, text.spotted.around, spans)
    kept = [(m, rate) for m, rate in zip(matches, rates, strict=True) if rate >= _KEPT]
    return [m for m, _ in kept], [rate for _, rate in kept]


def list_choices(
    text: Text, spans: Mapping[str, float], ranking: Mapping[str, float]
) -> list[tuple[list[dict[str, float]], list[bool]]]:
    """List the names of a text with several candidates, of which some but not all are right.

    `ranking` holds the weights by which the names of a text vote and are provisionally placed.
    """
    matches, _ = _keep(text, spans)
    scene = set_scene(text.tokens, matches, Ranker(ranking))
    groups = []
    for match in matches:
        gold = text.gold_of(match)
        if gold is None or gold["lat"] is None or match.key in scene.fixed:
            continue
        candidates = match.candidates[:_MOST_RANKED]
        right = [_is_near(c, gold) for c in candidates]
        if all(right) or not any(right):
            continue
        described = []
        for candidate in candidates:
            context = describe_context(candidate, match.key, scene)
            described.append(
                dict(describe_prior(candidate)) | dict(zip(CONTEXT_FEATURES, context, strict=True))
            )
        groups.append((described, right))
    return groups


def list_mentions(
    text: Text, spans: Mapping[str, float], ranking: Mapping[str, float]
) -> list[tuple[dict[str, float], bool]]:
    """List what is found in a text as cases of the score: described, and whether right."""
    matches, rates = _keep(text, spans)
    choices = resolve_matches(text.tokens, matches, Ranker(ranking))
    cases = []
    for match, rate, choice in zip(matches, rates, choices, strict=True):
        gold = text.gold_of(match)
        if gold is not None and gold["lat"] is None:
            continue
        right = gold is not None and _is_near(choice.candidate, gold)
        cases.append((dict(describe_mention(match, rate, choice)), right))
    return cases
