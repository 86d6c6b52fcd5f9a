"""Choose which place each name means, from priors and from the rest of the text.

Evidence, strongest first: "City, State" and "City, Country" patterns; one sense per text; what
kind of place and how many people (the atlas' prior); the countries and regions that the other
names vote for; nearness to the other places. The weights of the evidence stand in
``rank_weights.json`` beside this module; where they come from is told in that file.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.candidates import ABBREVIATION, ADJECTIVE, MAIN, NOUN, WEAK
from geo_events.text.lexicon import word_set
from geo_events.text.tokens import BRACKET, COMMA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo_events.text.candidates import Candidate
    from geo_events.text.matching import Match
    from geo_events.text.tokens import Tokens

__all__ = [
    "FEATURES",
    "Choice",
    "Votes",
    "best_within",
    "count_votes",
    "describe_candidate",
    "find_parents",
    "resolve_matches",
]

FEATURES = (
    "weight",
    "people",
    "alternate",
    "weak",
    "country share",
    "region share",
    "near",
    "nearest",
    "country",
    "country*share",
    "region",
    "region*share",
    "district",
    "facility",
    "nature",
    "area",
)
_PRIOR = 10.0  # how fast the votes of a name fall with the prior weight of its candidates
_SMOOTH = 0.7  # votes that are for nobody, so that two names decide less than twenty
_NEAR_KM = 150.0
_MOST_POINTS = 30
_MOST_RANKED = 25
_FACILITY = frozenset(("airport", "airbase", "port", "facility", "institution"))
_NATURE = frozenset(("sea", "lake", "strait", "natural", "island"))
_SURE = 0.97
_REGIONS = ("region", "district")
_REGION_WORDS = word_set(
    "province provinces region regions governorate governorates oblast oblasts state county "
    "district prefecture kray krai countryside"
)


class Choice(NamedTuple):
    """The chosen candidate of a match, how sure it is, the ranking, and why."""

    candidate: Candidate
    confidence: float
    ranking: tuple[tuple[Candidate, float], ...]
    reason: str


@dataclass(slots=True)
class Votes:
    """What the names of a text say for countries and regions, name by name.

    Parameters
    ----------
    total : dict of str to float
        Votes by country code and region id, of all names.
    own : dict of str to dict
        The same by key, so that no name votes for itself.
    sums : dict of str to float
        Votes in all for "country" and "region".
    """

    total: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    own: dict[str, dict[str, float]] = field(default_factory=dict)
    sums: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def share(self, key: str, area: str, level: str) -> float:
        """Return the share of the other names' votes that an area has, 0 to 1."""
        if not area:
            return 0.0
        own = self.own.get(key, {})
        votes = self.total.get(area, 0.0) - own.get(area, 0.0)
        return votes / (self.sums[level] - own.get(level, 0.0) + _SMOOTH)


@lru_cache(maxsize=1)
def _load_weights() -> tuple[float, ...]:
    """Read the weights of the evidence, in the order of `FEATURES`."""
    path = Path(__file__).with_name("rank_weights.json")
    weights: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))["weights"]
    return tuple(weights[name] for name in FEATURES)


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
    parents = find_parents(tokens, matches)
    votes = count_votes(matches, parents)
    distinct = {match.key: match for match in matches}
    fixed: dict[str, Candidate] = {}
    for match, parent in zip(matches, parents, strict=True):
        if parent is not None:
            fixed.setdefault(match.key, parent)
    points = find_points(distinct, votes, fixed)
    chosen = {key: _choose(match, votes, points, fixed.get(key)) for key, match in distinct.items()}
    choices = []
    for match, parent in zip(matches, parents, strict=True):
        choice = chosen[match.key]
        if parent is not None and parent.row != fixed[match.key].row:
            choice = _choose(match, votes, points, parent)
        choices.append(_settle_level(tokens, match, choice))
    return choices


def _settle_level(tokens: Tokens, match: Match, choice: Choice) -> Choice:
    """Choose between a town and the region named after it: "Raqqa", "Raqqa province"."""
    best = choice.candidate
    if best.kind not in ("region", "district", "city"):
        return choice
    wanted = _REGIONS if _is_called_region(tokens, match) else ("city",)
    if best.kind in wanted:
        return choice
    for other, _ in choice.ranking[1:]:
        near = abs(other.lat - best.lat) < 1.2 and abs(other.lon - best.lon) < 1.6
        if other.kind in wanted and near and other.country == best.country:
            if other.kind == "city" and other.weight < best.weight - 0.12:
                return choice
            what = "the town" if other.kind == "city" else "the region"
            return choice._replace(candidate=other, reason=f"{what} of this name; {choice.reason}")
    return choice


def _is_called_region(tokens: Tokens, match: Match) -> bool:
    """Tell whether the text says that a name is a region's: "X province", "the province of X"."""
    after = tokens.low[match.last + 1 : match.last + 2]
    before = tokens.low[max(0, match.first - 2) : match.first]
    return (bool(after) and after[0] in _REGION_WORDS) or (
        before[-1:] == ["of"] and before[0] in _REGION_WORDS
    )


def find_points(
    distinct: Mapping[str, Match], votes: Votes, fixed: Mapping[str, Candidate]
) -> dict[str, Candidate]:
    """Choose provisional places by prior and votes, for nearness; at most 30.

    Parameters
    ----------
    distinct : mapping of str to Match
        One match for each key.
    votes : Votes
        From `count_votes`.
    fixed : mapping of str to Candidate
        Keys that the text itself explains.

    Returns
    -------
    dict of str to Candidate
        Places with a position worth being near to: no countries, seas or areas.
    """
    points: dict[str, Candidate] = {}
    for key, match in distinct.items():
        best = fixed.get(key) or max(
            match.candidates[:_MOST_RANKED], key=lambda c: _score(c, key, votes, {})
        )
        if best.kind not in ("country", "area", "sea") and len(points) < _MOST_POINTS:
            points[key] = best
    return points


def describe_candidate(
    candidate: Candidate, key: str, votes: Votes, points: Mapping[str, Candidate]
) -> tuple[float, ...]:
    """Describe how well a candidate fits, in the order of `FEATURES`.

    Parameters
    ----------
    candidate : Candidate
        What the name may mean.
    key : str
        The folded name.
    votes : Votes
        From `count_votes`.
    points : mapping of str to Candidate
        From `find_points`.

    Returns
    -------
    tuple of float
        One number for each feature.
    """
    kind, name_class = candidate.kind, candidate.name_class
    country = votes.share(key, candidate.country, "country")
    region = votes.share(key, candidate.region, "region") if kind != "country" else 0.0
    near, nearest = _nearness(candidate, key, points) if points else (0.0, 0.0)
    is_country, is_region = float(kind == "country"), float(kind == "region")
    return (
        candidate.weight,
        math.log10(candidate.population + 30) / 8 if kind == "city" else 0.0,
        float(name_class not in (MAIN, NOUN, ADJECTIVE, ABBREVIATION, WEAK)),
        float(name_class == WEAK),
        country,
        region,
        near,
        nearest,
        is_country,
        is_country * country,
        is_region,
        is_region * region,
        float(kind == "district"),
        float(kind in _FACILITY),
        float(kind in _NATURE),
        float(kind == "area"),
    )


def _score(candidate: Candidate, key: str, votes: Votes, points: Mapping[str, Candidate]) -> float:
    """Weigh the evidence for a candidate."""
    described = describe_candidate(candidate, key, votes, points)
    return sum(w * v for w, v in zip(_load_weights(), described, strict=True))


def find_parents(tokens: Tokens, matches: Sequence[Match]) -> list[Candidate | None]:
    """Find, for each match, the candidate that lies in the region or country named right after it.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    matches : sequence of Match
        The names that are taken for places.

    Returns
    -------
    list of Candidate or None
        In the order of the matches: "Paris, Texas", "Aleppo (Syria)".
    """
    parents: list[Candidate | None] = [None] * len(matches)
    for k in range(len(matches) - 1):
        this, following = matches[k], matches[k + 1]
        if this.demonym or following.demonym or following.first != this.last + 1:
            continue
        if tokens.gaps[following.first] in (COMMA, BRACKET):
            parents[k] = best_within(this, following)
    return parents


def best_within(inner: Match, outer: Match) -> Candidate | None:
    """Return the best candidate of one name that lies in a region or country of the other.

    Parameters
    ----------
    inner, outer : Match
        "Paris" and "Texas" of "Paris, Texas".

    Returns
    -------
    Candidate or None
        None when no candidate lies there.
    """
    holders = {c.region for c in outer.candidates if c.kind == "region" and c.region}
    holders |= {c.country for c in outer.candidates if c.kind == "country"}
    holders.discard("")
    inside = [
        c
        for c in inner.candidates
        if c.kind not in ("country", "region") and (c.country in holders or c.region in holders)
    ] or [c for c in inner.candidates if c.kind == "region" and c.country in holders]
    return min(
        inside, key=lambda c: (c.name_class == WEAK, c.name_class != MAIN, -c.weight), default=None
    )


def count_votes(matches: Sequence[Match], parents: Sequence[Candidate | None]) -> Votes:
    """Let each name vote for countries and regions, by the priors of its candidates.

    Parameters
    ----------
    matches : sequence of Match
        The names that are taken for places.
    parents : sequence of Candidate or None
        From `find_parents`: such a candidate has all votes of its name.

    Returns
    -------
    Votes
        A name that stands three times or more has three votes.
    """
    votes = Votes()
    counts = Counter(match.key for match in matches)
    explained = {m.key: p for m, p in zip(matches, parents, strict=True) if p is not None}
    for match in {m.key: m for m in matches}.values():
        weight = float(min(counts[match.key], 3))
        parent = explained.get(match.key)
        own: dict[str, float] = defaultdict(float)
        for candidate, share in [(parent, 1.5)] if parent else _shares(match.candidates):
            if candidate.country:
                own[candidate.country] += share * weight
                own["country"] += share * weight
            if candidate.region and candidate.kind != "country":
                own[candidate.region] += share * weight
                own["region"] += share * weight
        votes.own[match.key] = own
        for area, share in own.items():
            (votes.sums if area in ("country", "region") else votes.total)[area] += share
    return votes


def _shares(candidates: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """Share one vote among candidates by their priors."""
    best = candidates[0].weight
    raw = [(c, math.exp(_PRIOR * (c.weight - best))) for c in candidates[:8]]
    total = sum(share for _, share in raw)
    return [(c, share / total) for c, share in raw]


def _nearness(
    candidate: Candidate, key: str, points: Mapping[str, Candidate]
) -> tuple[float, float]:
    """Measure how many other places of the text lie around, and how near the nearest is."""
    total = nearest = 0.0
    east_scale = 111.3 * math.cos(math.radians(candidate.lat))
    for other, point in points.items():
        north = (candidate.lat - point.lat) * 111.2
        if other == key or not -900.0 < north < 900.0:
            continue
        east = ((candidate.lon - point.lon + 180) % 360 - 180) * east_scale
        if -900.0 < east < 900.0:
            closeness = math.exp(-math.hypot(north, east) / _NEAR_KM)
            total += closeness
            nearest = max(nearest, closeness)
    return min(2.0, total), nearest


def _choose(
    match: Match, votes: Votes, points: Mapping[str, Candidate], fixed: Candidate | None
) -> Choice:
    """Rank the candidates of a match and say why the first is first."""
    candidates = match.candidates[:_MOST_RANKED]
    if len(candidates) == 1:
        only = candidates[0]
        return Choice(only, _SURE, ((only, 1.0),), "the only place of this name")
    scored = [(c, _score(c, match.key, votes, points)) for c in candidates]
    if fixed is not None:
        scored = [(c, s) for c, s in scored if c.row != fixed.row]
        scored.append((fixed, max(s for _, s in scored) + 4.0))
    scored.sort(key=lambda pair: -pair[1])
    total = sum(math.exp(score - scored[0][1]) for _, score in scored)
    ranking = tuple((c, math.exp(s - scored[0][1]) / total) for c, s in scored[:5])
    reason = _explain(match.key, ranking, votes, fixed)
    return Choice(ranking[0][0], min(_SURE, ranking[0][1]), ranking, reason)


def _explain(
    key: str,
    ranking: Sequence[tuple[Candidate, float]],
    votes: Votes,
    fixed: Candidate | None,
) -> str:
    """Say in one line what decided."""
    best = ranking[0][0]
    if fixed is not None and fixed.row == best.row:
        return "the region or country is named with it"
    parts = ["a country"] if best.kind == "country" else []
    if best.population and not parts:
        parts.append(f"population {best.population:,}")
    share = votes.share(key, best.country, "country")
    if share > 0.25:
        parts.append(f"{share:.0%} of the text's other places point to {best.country}")
    return "; ".join(parts) or f"the best known {best.kind} of this name"
