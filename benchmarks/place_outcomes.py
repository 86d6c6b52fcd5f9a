"""Set what was found in annotated texts against the annotation: one outcome for each mention."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo_events.text.candidates import ADJECTIVE, NOUN, fold_word, load_candidates
from geo_events.text.matching import Match
from geo_events.text.mentions import find_mentions
from geo_events.text.resolution import Ranker, resolve_matches
from geo_events.text.tokens import tokenize

if TYPE_CHECKING:
    from pathlib import Path

    from geo_events.text.candidates import Candidate
    from geo_events.text.mentions import Mention
    from geo_events.text.tokens import Tokens
    from geo_events.text.weights import NameWeights

__all__ = ["NEAR_KM", "Outcome", "Result", "judge", "measure_km", "read_corpus", "resolve_gold"]

NEAR_KM = 161.0
_GAPS = " ,.-\n"


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """One annotated place, one found mention, or both where they overlap.

    Parameters
    ----------
    gold : dict or None
        The annotation; None for what is found and not annotated.
    found : Mention or None
        What was found; None for what was missed.
    km : float or None
        From the annotated point to the place; None where one of them is missing.
    demonym : bool
        The words are a demonym ("Syrian").
    candidates : tuple of Candidate
        What the annotated words, or else the found ones, may mean.
    """

    gold: dict[str, Any] | None
    found: Mention | None
    km: float | None
    demonym: bool
    candidates: tuple[Candidate, ...]

    @property
    def is_exact(self) -> bool:
        """Whether the found words are exactly the annotated ones."""
        gold, found = self.gold, self.found
        return (
            gold is not None
            and found is not None
            and (gold["start"], gold["end"]) == (found.start, found.end)
        )

    @property
    def is_located(self) -> bool:
        """Whether the annotation has a point."""
        return self.gold is not None and self.gold["lat"] is not None

    @property
    def is_near(self) -> bool:
        """Whether the place lies within 161 km of the annotated point."""
        return self.km is not None and self.km <= NEAR_KM


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """One document with its outcomes, in the order of the text."""

    document: dict[str, Any]
    outcomes: list[Outcome]


def read_corpus(path: Path) -> list[dict[str, Any]]:
    """Read the documents of a corpus: JSON lines with `text` and `toponyms`."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def measure_km(lon0: float, lat0: float, lon1: float, lat1: float) -> float:
    """Return the great-circle distance on a sphere, as the published figures are measured."""
    a, b, c, d = map(math.radians, (lon0, lat0, lon1, lat1))
    h = math.sin((d - b) / 2) ** 2 + math.cos(b) * math.cos(d) * math.sin((c - a) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(h)))


def _pair(gold: list[dict[str, Any]], found: list[Mention]) -> dict[int, int]:
    """Pair annotations with found mentions one to one, the greatest overlap first."""
    shared = [
        (min(have.end, want["end"]) - max(have.start, want["start"]), g, f)
        for g, want in enumerate(gold)
        for f, have in enumerate(found)
    ]
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for length, g, f in sorted(shared, key=lambda s: (-s[0], s[1], s[2])):
        if length > 0 and g not in pairs and f not in used:
            pairs[g] = f
            used.add(f)
    return pairs


@lru_cache(maxsize=100_000)
def _look_up(words: str) -> tuple[Candidate, ...]:
    """Return what some words may mean by the atlas."""
    key = " ".join(filter(None, (fold_word(word) for word in tokenize(words).words)))
    return load_candidates().find(key)


def judge(document: dict[str, Any], weights: NameWeights | None) -> Result:
    """Read a document and set what is found against its annotation.

    Parameters
    ----------
    document : dict
        With `text` and `toponyms`.
    weights : NameWeights or None
        Fitted numbers; None for those of the package.

    Returns
    -------
    Result
        Only mentions with a place count as found: ships and persons are not.
    """
    mentions = find_mentions(tokenize(document["text"]), load_candidates(), weights=weights)
    found = [m.mention for m in mentions if m.mention.place is not None]
    gold = document["toponyms"]
    pairs = _pair(gold, found)
    outcomes = [
        _compare(want, found[pairs[g]] if g in pairs else None) for g, want in enumerate(gold)
    ]
    free = set(range(len(found))) - set(pairs.values())
    outcomes += [_compare(None, found[f]) for f in sorted(free)]
    return Result(document, sorted(outcomes, key=_start_of))


def _start_of(outcome: Outcome) -> int:
    """Return where an outcome stands in the text."""
    return outcome.gold["start"] if outcome.gold else outcome.found.start if outcome.found else 0


def _compare(want: dict[str, Any] | None, have: Mention | None) -> Outcome:
    """Compare an annotation with what was found."""
    words = want["name"] if want else have.text if have else ""
    candidates = _look_up(words)
    demonym = bool(candidates) and candidates[0].name_class in (NOUN, ADJECTIVE)
    km = None
    if want and have and have.place and want["lat"] is not None:
        km = measure_km(want["lon"], want["lat"], have.place.lon, have.place.lat)
    return Outcome(want, have, km, demonym, candidates)


def resolve_gold(
    document: dict[str, Any], weights: NameWeights
) -> list[tuple[dict[str, Any], Candidate | None, tuple[Candidate, ...]]]:
    """Resolve the annotated spans themselves.

    Returns
    -------
    list of tuple
        Each annotation with a point, the chosen place (None where the atlas has no such name) and
        all that the name may mean.
    """
    tokens = tokenize(document["text"])
    matched = []
    for gold in document["toponyms"]:
        match = _match_span(tokens, gold)
        if match is not None:
            matched.append((gold, match))
    matched.sort(key=lambda pair: pair[1].first)
    choices = resolve_matches(tokens, [m for _, m in matched], Ranker(weights.ranking))
    chosen = {
        id(gold): (choice.candidate, match.candidates)
        for (gold, match), choice in zip(matched, choices, strict=True)
    }
    located = [gold for gold in document["toponyms"] if gold["lat"] is not None]
    return [(gold, *chosen.get(id(gold), (None, ()))) for gold in located]


def _match_span(tokens: Tokens, gold: dict[str, Any]) -> Match | None:
    """Make a match of the words of an annotation, or None where the atlas has no such name."""
    inside = [
        k
        for k in range(len(tokens))
        if tokens.starts[k] < gold["end"] and tokens.ends[k] > gold["start"]
    ]
    candidates = _look_up(gold["name"])
    if not inside or not candidates:
        return None
    demonym = candidates[0].name_class in (NOUN, ADJECTIVE)
    return Match(inside[0], inside[-1], gold["name"].lower(), candidates, demonym)
