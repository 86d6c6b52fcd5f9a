"""Choose which place each name means, from priors and from the rest of the text.

Evidence, strongest first: "City, State" and "City, Country" patterns; one sense per text; what
kind of place and how many people (the atlas' prior); the countries and regions that the other
names vote for; nearness to the other places.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.candidates import ABBREVIATION, ADJECTIVE, MAIN, NOUN, WEAK
from geo_events.text.tokens import BRACKET, COMMA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.text.candidates import Candidate
    from geo_events.text.matching import Match
    from geo_events.text.tokens import Tokens

__all__ = ["Choice", "resolve_matches"]

_WEIGHT = 10.0  # of the atlas' prior
_COUNTRY = 2.2  # of the share of votes for the candidate's country
_REGION = 2.5  # of the share of votes for its region
_NEAR = 1.2  # of places within about 150 km
_CLASS = {MAIN: 0.0, NOUN: 0.0, ADJECTIVE: 0.0, ABBREVIATION: -0.1, WEAK: -6.0}
_ALTERNATE = -0.7
_NEAR_KM = 150.0
_MOST_POINTS = 40


class Choice(NamedTuple):
    """The chosen candidate of a match, how sure it is, the ranking, and why."""

    candidate: Candidate
    confidence: float
    ranking: tuple[tuple[Candidate, float], ...]
    reason: str


@dataclass(slots=True)
class _Votes:
    """Shares of the countries and regions that the names of a text speak for."""

    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    regions: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    country_total: float = 0.0
    region_total: float = 0.0


def resolve_matches(tokens: Tokens, matches: Sequence[Match]) -> list[Choice]:
    """Choose one place for each match.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    matches : sequence of Match
        The names that are taken for places.

    Returns
    -------
    list of Choice
        In the order of the matches; the confidence is between 0 and 1.
    """
    parents = [_find_parent(tokens, matches, k) for k in range(len(matches))]
    votes = _count_votes(matches, parents)
    fixed = _one_sense(matches, parents)
    distinct = {match.key: match for match in matches}
    first = {
        key: fixed.get(key) or max(match.candidates, key=lambda c: _score(c, votes))
        for key, match in distinct.items()
    }
    points = [c for c in first.values() if c.kind not in ("country", "area", "sea")][:_MOST_POINTS]
    chosen = {key: _choose(match, votes, points, fixed.get(key)) for key, match in distinct.items()}
    return [
        _choose(match, votes, points, parents[k]) if parents[k] else chosen[match.key]
        for k, match in enumerate(matches)
    ]


def _score(candidate: Candidate, votes: _Votes) -> float:
    """Score a candidate by prior, class of name, and the votes of the text."""
    score = _WEIGHT * candidate.weight + _CLASS.get(candidate.name_class, _ALTERNATE)
    if votes.country_total and candidate.country:
        score += _COUNTRY * votes.countries.get(candidate.country, 0.0) / votes.country_total
    if votes.region_total and candidate.region and candidate.kind != "country":
        score += _REGION * votes.regions.get(candidate.region, 0.0) / votes.region_total
    return score


def _find_parent(tokens: Tokens, matches: Sequence[Match], k: int) -> Candidate | None:
    """Find the candidate of match k that lies in the region or country named right after it."""
    if k + 1 >= len(matches):
        return None
    this, following = matches[k], matches[k + 1]
    if this.demonym or following.demonym or following.first != this.last + 1:
        return None
    if not tokens.gaps[following.first] in (COMMA, BRACKET):
        return None
    return best_within(this, following)


def best_within(inner: Match, outer: Match) -> Candidate | None:
    """Return the best candidate of one name that lies in a region or country of the other."""
    holders = {c.region for c in outer.candidates if c.kind == "region" and c.region}
    holders |= {c.country for c in outer.candidates if c.kind == "country"}
    inside = [
        c
        for c in inner.candidates
        if c.kind not in ("country", "region") and (c.country in holders or c.region in holders)
    ] or [c for c in inner.candidates if c.kind == "region" and c.country in holders]
    return max(inside, key=lambda c: c.weight + _CLASS.get(c.name_class, _ALTERNATE), default=None)


def _count_votes(matches: Sequence[Match], parents: Sequence[Candidate | None]) -> _Votes:
    """Let each name vote for countries and regions, by the priors of its candidates."""
    votes = _Votes()
    for match, parent in zip(matches, parents, strict=True):
        shares = [(parent, 1.5)] if parent else _shares(match.candidates)
        for candidate, share in shares:
            if candidate.country:
                votes.countries[candidate.country] += share
            if candidate.region and candidate.kind != "country":
                votes.regions[candidate.region] += share
    votes.country_total = sum(votes.countries.values())
    votes.region_total = sum(votes.regions.values())
    return votes


def _shares(candidates: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """Share one vote among candidates by their priors."""
    best = candidates[0].weight
    raw = [(c, math.exp(_WEIGHT * (c.weight - best))) for c in candidates[:8]]
    total = sum(share for _, share in raw)
    return [(c, share / total) for c, share in raw]


def _one_sense(
    matches: Sequence[Match], parents: Sequence[Candidate | None]
) -> dict[str, Candidate]:
    """Let a name that is explained once ("Paris, Texas") mean the same wherever it stands."""
    fixed: dict[str, Candidate] = {}
    for match, parent in zip(matches, parents, strict=True):
        if parent is not None:
            fixed.setdefault(match.key, parent)
    return fixed


def _nearness(candidate: Candidate, points: Sequence[Candidate]) -> float:
    """Measure how many other places of the text lie around a candidate, at most 1.5."""
    total = 0.0
    for point in points:
        if point.row == candidate.row:
            continue
        km = _rough_km(candidate, point)
        if km < 6 * _NEAR_KM:
            total += math.exp(-km / _NEAR_KM)
    return min(1.5, total)


def _rough_km(one: Candidate, other: Candidate) -> float:
    """Return a distance good to a few per cent at short range: enough to rank."""
    north = (one.lat - other.lat) * 111.2
    if north > 1000 or north < -1000:
        return 2000.0
    east = (one.lon - other.lon + 180) % 360 - 180
    return math.hypot(north, east * 111.3 * math.cos(math.radians(one.lat)))


def _choose(
    match: Match, votes: _Votes, points: Sequence[Candidate], fixed: Candidate | None
) -> Choice:
    """Rank the candidates of a match and say why the first is first."""
    if len(match.candidates) == 1:
        only = match.candidates[0]
        return Choice(only, 0.97, ((only, 1.0),), "the only place of this name")
    scored = [(c, _score(c, votes) + _NEAR * _nearness(c, points)) for c in match.candidates[:25]]
    if fixed is not None:
        scored = [(c, s + (20.0 if c.row == fixed.row else 0.0)) for c, s in scored]
    scored.sort(key=lambda pair: -pair[1])
    total = sum(math.exp(score - scored[0][1]) for _, score in scored)
    ranking = tuple((c, math.exp(s - scored[0][1]) / total) for c, s in scored[:5])
    return Choice(ranking[0][0], ranking[0][1], ranking, _explain(ranking, votes, fixed))


def _explain(
    ranking: Sequence[tuple[Candidate, float]], votes: _Votes, fixed: Candidate | None
) -> str:
    """Say in one line what decided."""
    best = ranking[0][0]
    if fixed is not None and fixed.row == best.row:
        return "the region or country is named with it"
    if best.kind == "country":
        return "a country"
    parts = []
    if best.population:
        parts.append(f"population {best.population:,}")
    share = votes.countries.get(best.country, 0.0) / votes.country_total if best.country else 0.0
    if share > 0.3:
        parts.append(f"{share:.0%} of the text's places point to {best.country}")
    if not parts:
        parts.append(f"the best known {best.kind} of this name")
    return "; ".join(parts)
