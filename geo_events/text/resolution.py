"""Choose which place each name means, from priors and from the rest of the text.

The evidence is gathered by `geo_events.text.evidence`; its weights are fitted. A region or country
that is named with a town decides; the same name means the same in the whole text.
"""

from __future__ import annotations

import math
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.candidates import ALTERNATE, MAIN
from geo_events.text.clues import find_callings, find_varieties
from geo_events.text.evidence import (
    CONTEXT_FEATURES,
    Scene,
    count_votes,
    describe_context,
    describe_prior,
    find_parents,
)
from geo_events.text.lexicon import word_set

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo_events.text.candidates import Candidate
    from geo_events.text.evidence import Votes
    from geo_events.text.matching import Match
    from geo_events.text.tokens import Tokens

__all__ = ["Choice", "Ranker", "resolve_matches", "set_scene"]

_MOST_POINTS = 30
_MOST_RANKED = 25
_MOST_SHARED = 12
_MOST_PRIORS = 200_000
_SURE = 0.995
_KNOWN_AREA = 0.8
_GREAT_CITY = 100_000  # people: a name that such a city shares is weighed
_UNLISTED = "not in the atlas; shown at the {} named with it"
_FIXED = 4.0  # how far a place whose region or country is named with it stands above the others
_REGIONS = ("region", "district")
_SEATS = ("PPLA", "PPLC")  # GeoNames: seats of regions and of states
_REGION_WORDS = word_set(
    "province provinces region regions governorate governorates oblast oblasts state county "
    "district prefecture kray krai countryside"
)


class Choice(NamedTuple):
    """The chosen candidate of a match, how sure it is, the ranking, and why.

    `is_explained`: its region or country is named with it. `company`: the share of the text's other
    places that lie in its country. `at_odds`: how much more the text is written for readers of
    another country.
    """

    candidate: Candidate
    confidence: float
    ranking: tuple[tuple[Candidate, float], ...]
    reason: str
    is_explained: bool = False
    company: float = 0.0
    at_odds: float = 0.0


class Ranker:
    """Weigh the evidence for candidates; what speaks for each by itself is weighed once.

    Parameters
    ----------
    weights : mapping of str to float
        By feature.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._context = tuple(weights.get(name, 0.0) for name in CONTEXT_FEATURES)
        self._priors: dict[tuple[int, int], float] = {}

    def weigh(self, candidate: Candidate, key: str, scene: Scene) -> float:
        """Return the weight of the evidence for a candidate of the name `key`."""
        known = (candidate.row, candidate.name_class)
        total = self._priors.get(known)
        if total is None:
            described = describe_prior(candidate)
            total = sum(self._weights.get(name, 0.0) * value for name, value in described)
            if len(self._priors) < _MOST_PRIORS:
                self._priors[known] = total
        context = describe_context(candidate, key, scene)
        fit: float = sum(map(mul, self._context, context))
        return total + fit


def resolve_matches(tokens: Tokens, matches: Sequence[Match], ranker: Ranker) -> list[Choice]:
    """Choose one place for each match.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    matches : sequence of Match
        The names that are taken for places.
    ranker : Ranker
        Weighs the evidence.

    Returns
    -------
    list of Choice
        In the order of the matches; the confidence is between 0 and 1.
    """
    scene = set_scene(tokens, matches, ranker)
    distinct = {match.key: match for match in matches}
    chosen = {
        key: _choose(match, scene, ranker, scene.fixed.get(key)) for key, match in distinct.items()
    }
    choices = []
    for match, parent in zip(matches, scene.parents, strict=True):
        choice = chosen[match.key]
        if parent is not None and parent.row != scene.fixed[match.key].row:
            choice = _choose(match, scene, ranker, parent)
        choices.append(_settle_level(tokens, match, _settle_namesake(choice)))
    return choices


def set_scene(tokens: Tokens, matches: Sequence[Match], ranker: Ranker) -> Scene:
    """Gather what a text says for places.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    matches : sequence of Match
        The names that are taken for places.
    ranker : Ranker
        Weighs the evidence.

    Returns
    -------
    Scene
        Linear in the number of matches.
    """
    parents = find_parents(tokens, matches)
    fixed: dict[str, Candidate] = {}
    for match, parent in zip(matches, parents, strict=True):
        if parent is not None:
            fixed.setdefault(match.key, parent)
    votes = count_votes(matches, parents)
    callings = find_callings(tokens, matches)
    scene = Scene(parents, fixed, votes, {}, find_varieties(tokens), callings)
    first = scene
    votes = count_votes(matches, parents, lambda match: _share(match, first, ranker))
    scene = scene._replace(votes=votes)
    points: dict[str, Candidate] = {}
    for key, match in {match.key: match for match in matches}.items():
        if len(points) >= _MOST_POINTS:
            break
        best = fixed.get(key) or _best(match, scene, ranker)
        if best.kind not in ("country", "area", "sea"):
            points[key] = best
    return scene._replace(points=points)


def _share(match: Match, scene: Scene, ranker: Ranker) -> list[tuple[Candidate, float]]:
    """Share the vote of a name among its candidates by the evidence so far."""
    weighed = [(c, ranker.weigh(c, match.key, scene)) for c in match.candidates[:_MOST_SHARED]]
    top = max(weight for _, weight in weighed)
    raw = [(c, math.exp(weight - top)) for c, weight in weighed]
    total = sum(part for _, part in raw)
    return [(c, part / total) for c, part in raw]


def _best(match: Match, scene: Scene, ranker: Ranker) -> Candidate:
    """Return the candidate with the most evidence."""
    ranked = match.candidates[:_MOST_RANKED]
    return max(ranked, key=lambda c: ranker.weigh(c, match.key, scene))


def _settle_namesake(choice: Choice) -> Choice:
    """Prefer the place that bears the name to one around it that is also called so: "Svalbard"."""
    best = choice.candidate
    if best.name_class != ALTERNATE or choice.is_explained:
        return choice
    for other, _ in choice.ranking[1:]:
        if other.name_class == MAIN and other.country == best.country and _is_around(other, best):
            return choice._replace(candidate=other)
    return choice


def _is_around(one: Candidate, other: Candidate) -> bool:
    """Tell whether two places lie together."""
    return abs(one.lat - other.lat) < 1.2 and abs(one.lon - other.lon) < 2.5


def _settle_level(tokens: Tokens, match: Match, choice: Choice) -> Choice:
    """Choose between a town and the region named after it: "Raqqa", "Raqqa province"."""
    best = choice.candidate
    if best.kind not in ("region", "district", "city"):
        return choice
    wanted = _REGIONS if _is_called_region(tokens, match) else ("city",)
    if best.kind in wanted:
        return choice
    for other, _ in choice.ranking[1:]:
        if other.kind in wanted and other.country == best.country and _is_seat(other, best):
            if other.kind == "city" and other.weight < best.weight - 0.12:
                return choice
            what = "the town" if other.kind == "city" else "the region"
            return choice._replace(candidate=other, reason=f"{what} of this name; {choice.reason}")
    return choice


def _is_seat(one: Candidate, other: Candidate) -> bool:
    """Tell whether one of two places is the other's namesake: near it, or its seat."""
    if abs(one.lat - other.lat) < 1.2 and abs(one.lon - other.lon) < 1.6:
        return True
    seat = one.feature in _SEATS or other.feature in _SEATS
    return seat and one.region == other.region  # Magadan lies far from the middle of its region


def _is_called_region(tokens: Tokens, match: Match) -> bool:
    """Tell whether the text says that a name is a region's: "X province", "the province of X"."""
    after = tokens.low[match.last + 1 : match.last + 2]
    before = tokens.low[max(0, match.first - 2) : match.first]
    return (bool(after) and after[0] in _REGION_WORDS) or (
        before[-1:] == ["of"] and before[0] in _REGION_WORDS
    )


def _is_part_of_the_world(candidates: Sequence[Candidate]) -> bool:
    """Tell the Middle East, which no hamlet of that name is; Gaza may be the city or the strip."""
    first = candidates[0]
    return (
        first.kind == "area"
        and first.weight >= _KNOWN_AREA
        and all(c.population < _GREAT_CITY for c in candidates[1:])
    )


def _choose(match: Match, scene: Scene, ranker: Ranker, fixed: Candidate | None) -> Choice:
    """Rank the candidates of a match and say why the first is first."""
    candidates = match.candidates[:_MOST_RANKED]
    if len(candidates) == 1 and fixed is None:
        only = candidates[0]
        why = _UNLISTED.format(only.kind) if match.unlisted else "the only place of this name"
        return _weigh_up(Choice(only, _SURE, ((only, 1.0),), why), match, scene)
    if fixed is None and _is_part_of_the_world(candidates):
        area = candidates[0]
        return _weigh_up(Choice(area, _SURE, ((area, 1.0),), "a part of the world"), match, scene)
    scored = [(c, ranker.weigh(c, match.key, scene)) for c in candidates]
    if fixed is not None:
        scored = [(c, s) for c, s in scored if c.row != fixed.row]
        scored.append((fixed, max((s for _, s in scored), default=0.0) + _FIXED))
    scored.sort(key=lambda pair: -pair[1])
    total = sum(math.exp(score - scored[0][1]) for _, score in scored)
    ranking = tuple((c, math.exp(s - scored[0][1]) / total) for c, s in scored[:5])
    reason = _explain(match, ranking, scene.votes, fixed)
    sure = min(_SURE, ranking[0][1])
    choice = Choice(ranking[0][0], sure, ranking, reason, is_explained=fixed is not None)
    return _weigh_up(choice, match, scene)


def _weigh_up(choice: Choice, match: Match, scene: Scene) -> Choice:
    """Add to a choice how far the rest of the text speaks for its country."""
    country = choice.candidate.country
    if not country:
        return choice
    company = scene.votes.share(match.key, country, "country")
    own = scene.varieties.get(country, 0.0)
    most = max(scene.varieties.values(), default=0.0)
    return choice._replace(company=company, at_odds=most - own)


def _explain(
    match: Match,
    ranking: Sequence[tuple[Candidate, float]],
    votes: Votes,
    fixed: Candidate | None,
) -> str:
    """Say in one line what decided."""
    best = ranking[0][0]
    if fixed is not None and fixed.row == best.row:
        if fixed not in match.candidates:
            return _UNLISTED.format(best.kind)
        return "the region or country is named with it"
    parts = ["a country"] if best.kind == "country" else []
    if best.population and not parts:
        parts.append(f"population {best.population:,}")
    share = votes.share(match.key, best.country, "country")
    if share > 0.25:
        parts.append(f"{share:.0%} of the text's other places point to {best.country}")
    return "; ".join(parts) or f"the best known {best.kind} of this name"
