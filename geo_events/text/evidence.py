"""Gather what a text says for each place that a name may mean.

Evidence: "City, State" and "City, Country" patterns; the countries and regions that the other names
vote for; nearness to the other places; what kind of place and how many people (the atlas' prior).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.candidates import ABBREVIATION, ADJECTIVE, MAIN, NOUN, WEAK
from geo_events.text.tokens import BRACKET, COMMA

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo_events.text.candidates import Candidate
    from geo_events.text.matching import Match
    from geo_events.text.tokens import Tokens

__all__ = [
    "CONTEXT_FEATURES",
    "Scene",
    "Votes",
    "best_within",
    "count_votes",
    "describe_context",
    "describe_prior",
    "find_parents",
]

CONTEXT_FEATURES = (
    "country share",
    "region share",
    "near",
    "nearest",
    "country*share",
    "variety",
    "country*variety",
    "called right",
    "called wrong",
)
_VOTE_PRIOR = 10.0  # how fast the votes of a name fall with the prior weight of its candidates
_SMOOTH = 0.7  # votes that are for nobody, so that two names decide less than twenty
_NEAR_KM = 150.0
_WELL_KNOWN = 0.7  # towns that are not taken for an unlisted namesake
_KNOWN_REGION = 0.62  # regions that the news name weigh more
_NEUTRAL = 0.4  # the votes of what lies in no country: seas, continents
_GROUPS = {
    **dict.fromkeys(("airport", "airbase", "port", "facility", "institution"), "facility"),
    **dict.fromkeys(("sea", "lake", "strait", "natural", "island"), "nature"),
}
_FEATURES = frozenset(("PPLC", "PPLA", "PPLX", "ADM1"))
_CALLED = {"city": "town", "region": "state", "country": "country"}


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
        own, votes = self.own.get(key), self.total.get(area, 0.0)
        if own is None:
            return votes / (self.sums[level] + _SMOOTH)
        return (votes - own.get(area, 0.0)) / (self.sums[level] - own.get(level, 0.0) + _SMOOTH)


class Scene(NamedTuple):
    """What a text says before its names are decided.

    Parameters
    ----------
    parents : list of Candidate or None
        For each match, the candidate that the text itself explains: "Paris, Texas".
    fixed : dict of str to Candidate
        The first of these by name.
    votes : Votes
        What the names say for countries and regions.
    points : dict of str to Candidate
        Provisional places, for nearness; no countries, seas or areas.
    varieties : mapping of str to float
        For which countries' readers the text is written.
    callings : mapping of str to frozenset
        What the words at a name call it.
    """

    parents: list[Candidate | None]
    fixed: dict[str, Candidate]
    votes: Votes
    points: dict[str, Candidate]
    varieties: Mapping[str, float]
    callings: Mapping[str, frozenset[str]]


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
            listed = k + 2 < len(matches) and _goes_on(tokens, following, matches[k + 2])
            unlisted = None if listed else _unlisted(tokens, this, following)
            parents[k] = best_within(this, following) or unlisted
    return parents


def _goes_on(tokens: Tokens, second: Match, third: Match) -> bool:
    """Tell whether a third state follows in a list: "Saipan, Guam, Alaska"; not "Ohio, USA"."""
    if third.first != second.last + 1 or not tokens.gaps[third.first] & COMMA:
        return False
    one, other = second.candidates[0], third.candidates[0]
    return other.kind == "region" or (other.kind == "country" and one.kind == "country")


def _unlisted(tokens: Tokens, inner: Match, outer: Match) -> Candidate | None:
    """Return the state of "Orient, Ohio," where the atlas knows no Orient there: better than none.

    Not for lists of places: the inner name is a little known town, and a state or country is named
    after it that ends there.
    """
    town, state = inner.candidates[0], outer.candidates[0]
    if town.kind != "city" or town.weight >= _WELL_KNOWN or state.name_class == WEAK:
        return None
    if state.kind not in ("region", "country") or state.country == "":
        return None
    k = outer.last + 1
    ends = k >= len(tokens) or bool(tokens.gaps[k]) or tokens.low[k] not in ("and", "or")
    return state if ends else None


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
    named = [c for c in outer.candidates if c.name_class != WEAK]
    holders = {c.region for c in named if c.kind == "region" and c.region}
    holders |= {c.country for c in named if c.kind == "country"}
    holders.discard("")
    plain = inner.candidates[0].kind == "country"  # "Lebanon, Pa.": only what bears the name
    inside = [
        c
        for c in inner.candidates
        if (c.country in holders or (c.region in holders and c.kind != "region"))
        and c.kind != "country"
        and (c.name_class == MAIN or not plain)
    ]
    return min(
        inside, key=lambda c: (c.name_class == WEAK, c.name_class != MAIN, -c.weight), default=None
    )


def count_votes(
    matches: Sequence[Match],
    parents: Sequence[Candidate | None],
    share: Callable[[Match], list[tuple[Candidate, float]]] | None = None,
) -> Votes:
    """Let each name vote for countries and regions, by the priors of its candidates.

    Parameters
    ----------
    matches : sequence of Match
        The names that are taken for places.
    parents : sequence of Candidate or None
        From `find_parents`: such a candidate has all votes of its name.
    share : callable, optional
        How the vote of a name is shared among its candidates; by their priors by default.

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
        shares = share(match) if share else _shares(match.candidates)
        for candidate, part in [(parent, 1.5)] if parent else shares:
            if candidate.country:
                own[candidate.country] += part * weight
                own["country"] += part * weight
            if candidate.region and candidate.kind != "country":
                own[candidate.region] += part * weight
                own["region"] += part * weight
        votes.own[match.key] = own
        for area, part in own.items():
            (votes.sums if area in ("country", "region") else votes.total)[area] += part
    return votes


def _shares(candidates: Sequence[Candidate]) -> list[tuple[Candidate, float]]:
    """Share one vote among candidates by their priors."""
    best = candidates[0].weight
    raw = [(c, math.exp(_VOTE_PRIOR * (c.weight - best))) for c in candidates[:8]]
    total = sum(share for _, share in raw)
    return [(c, share / total) for c, share in raw]


def describe_prior(candidate: Candidate) -> list[tuple[str, float]]:
    """Describe what speaks for a candidate whatever the text.

    Parameters
    ----------
    candidate : Candidate
        What a name may mean.

    Returns
    -------
    list of (str, float)
        Features and their values; the rest are zero.
    """
    kind, name_class = candidate.kind, candidate.name_class
    found = [("weight", candidate.weight), (_GROUPS.get(kind, kind), 1.0)]
    if kind in ("city", "region", "district"):
        found.append((f"{kind} people", math.log10(candidate.population + 30) / 8))
    if kind == "region" and candidate.weight < _KNOWN_REGION:
        found.append(("minor region", 1.0))
    if candidate.feature in _FEATURES:
        found.append((candidate.feature, 1.0))
    if name_class == WEAK:
        found.append(("weak", 1.0))
    elif name_class not in (MAIN, NOUN, ADJECTIVE, ABBREVIATION):
        found.append(("alternate", 1.0))
    return found


def describe_context(candidate: Candidate, key: str, scene: Scene) -> tuple[float, ...]:
    """Describe how well a candidate fits the text, in the order of `CONTEXT_FEATURES`.

    Parameters
    ----------
    candidate : Candidate
        What the name may mean.
    key : str
        The folded name.
    scene : Scene
        What the text says.

    Returns
    -------
    tuple of float
        One number for each feature.
    """
    is_country = candidate.kind == "country"
    votes, points = scene.votes, scene.points
    country = votes.share(key, candidate.country, "country") if candidate.country else _NEUTRAL
    region = 0.0 if is_country else votes.share(key, candidate.region, "region")
    near, nearest = _nearness(candidate, key, points) if points else (0.0, 0.0)
    variety = scene.varieties.get(candidate.country, 0.0) if candidate.country else _NEUTRAL
    called = scene.callings.get(key, ())
    right = float(_CALLED.get(candidate.kind) in called)
    return (
        country,
        region,
        near,
        nearest,
        country if is_country else 0.0,
        variety,
        variety if is_country else 0.0,
        right,
        1.0 - right if called else 0.0,
    )


def _nearness(
    candidate: Candidate, key: str, points: Mapping[str, Candidate]
) -> tuple[float, float]:
    """Measure how many other places of the text lie around, and how near the nearest is."""
    total = nearest = 0.0
    lat, lon = candidate.lat, candidate.lon
    east_scale = 111.3 * math.cos(math.radians(lat))
    for other, point in points.items():
        north = (lat - point.lat) * 111.2
        if not -900.0 < north < 900.0 or other == key:
            continue
        east = ((lon - point.lon + 180) % 360 - 180) * east_scale
        if -900.0 < east < 900.0:
            closeness = math.exp(-math.hypot(north, east) / _NEAR_KM)
            total += closeness
            nearest = max(nearest, closeness)
    return min(2.0, total), nearest
