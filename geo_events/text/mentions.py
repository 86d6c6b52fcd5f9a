"""Find the mentions of places in a text: names, demonyms, institutions, ships, persons."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.kinds import Kind, Stretch, is_institution
from geo_events.text.leading import is_led
from geo_events.text.resolution import Ranker, resolve_matches
from geo_events.text.scoring import score_mention
from geo_events.text.span_rates import rate_spans
from geo_events.text.spotting import spot_names
from geo_events.text.tokens import tokenize
from geo_events.text.weights import load_weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo_events.atlas.places import Place
    from geo_events.text.candidates import CandidateSource
    from geo_events.text.matching import Match
    from geo_events.text.resolution import Choice
    from geo_events.text.tokens import Tokens
    from geo_events.text.weights import NameWeights

__all__ = ["Mention", "MentionFound", "correct_mentions", "find_mentions", "resolve_rated"]

_THRESHOLD = 0.45
_LED_THRESHOLD = 0.3  # of a name that an event's words lead to
_STREET_SCORE = 0.7  # about the share of such names that annotators take for a place


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text that name a place, or look like it.

    Parameters
    ----------
    start, end : int
        Offsets into the text: `text[start:end]` is the mention.
    text : str
        The words themselves.
    kind : {"name", "demonym", "institution", "vehicle", "person"}
        Only a name may be the end of a corridor, and a demonym with a facility ("a Turkish
        airfield").
    place : Place or None
        What it means; for a demonym its country; None for ships, persons and unknown places.
    score : float
        How likely the words are a mention of this place, 0 to 1.
    candidates : tuple of (Place, float)
        The places it may mean, with their shares, best first; at most five.
    reason : str
        Why this place, in one line.

    Examples
    --------
    >>> from geo_events import read_text
    >>> story = read_text("Moscow said that a Turkish jet had left for Raqqa.")
    >>> [(mention.text, mention.kind) for mention in story.mentions]
    [('Moscow', 'institution'), ('Turkish', 'demonym'), ('Raqqa', 'name')]
    """

    start: int
    end: int
    text: str
    kind: Kind
    place: Place | None
    score: float
    candidates: tuple[tuple[Place, float], ...]
    reason: str


class MentionFound(NamedTuple):
    """A mention with the numbers of its first and last word."""

    first: int
    last: int
    mention: Mention


@lru_cache(maxsize=2)
def _make_ranker(weights: NameWeights) -> Ranker:
    """Make the ranker of some weights; kept, as it remembers what it weighed."""
    return Ranker(weights.ranking)


def find_mentions(
    tokens: Tokens,
    source: CandidateSource,
    corrections: Mapping[str, Place | None] | None = None,
    *,
    weights: NameWeights | None = None,
) -> list[MentionFound]:
    """Find and resolve the mentions of a text.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    source : CandidateSource
        Where names are looked up.
    corrections : mapping of str to Place or None, optional
        What some words mean by hand; None for "no place".
    weights : NameWeights, optional
        Fitted numbers other than those of the package.

    Returns
    -------
    list of MentionFound
        In the order of the text, without overlaps.
    """
    weights = weights or load_weights()
    spotted = spot_names(tokens, source)
    matches = spotted.matches
    rates = rate_spans(tokens, matches, spotted.around, weights.spans)
    kept = [
        (match, rate)
        for match, rate in zip(matches, rates, strict=True)
        if rate >= _THRESHOLD or (rate >= _LED_THRESHOLD and is_led(tokens, match))
    ]
    found = resolve_rated(tokens, source, kept, weights)
    found.extend(_place_streets(tokens, spotted.streets, found))
    taken = {k for f in found for k in range(f.first, f.last + 1)}
    persons = (p for p in spotted.persons if taken.isdisjoint(range(p.first, p.last + 1)))
    found.extend(_bare(tokens, stretch, "vehicle") for stretch in spotted.vehicles)
    found.extend(_bare(tokens, stretch, "person") for stretch in persons)
    return correct_mentions(tokens, found, corrections or {})


def resolve_rated(
    tokens: Tokens,
    source: CandidateSource,
    rated: Sequence[tuple[Match, float]],
    weights: NameWeights,
) -> list[MentionFound]:
    """Resolve matches together; `rated` says how likely each is the mention of a place.

    Returns one mention for each match, in their order.
    """
    choices = resolve_matches(tokens, [m for m, _ in rated], _make_ranker(weights))
    listed: dict[int, tuple[tuple[Place, float], ...]] = {}  # by ranking, which `choices` holds
    scores: dict[tuple[object, ...], float] = {}  # by all that they depend on
    found = [
        _make_mention(tokens, source, pair, choice, (listed, scores, weights))
        for pair, choice in zip(rated, choices, strict=True)
    ]
    return _mark_coordinated(tokens, found)


def correct_mentions(
    tokens: Tokens, found: list[MentionFound], corrections: Mapping[str, Place | None]
) -> list[MentionFound]:
    """Apply corrections by hand wherever their words stand, found before or not; in text order."""
    if not corrections:
        return sorted(found, key=lambda f: f.first)
    keys = {
        tuple(word.lower() for word in tokenize(text).words): p for text, p in corrections.items()
    }
    by_head: dict[str, list[tuple[str, ...]]] = {}
    for key in sorted(keys, key=len, reverse=True):
        if key:
            by_head.setdefault(key[0], []).append(key)
    made: list[MentionFound] = []
    for i, word in enumerate(tokens.low):
        for key in by_head.get(word, ()):
            free = not made or made[-1].last < i
            if free and tuple(tokens.low[i : i + len(key)]) == key:
                made.append(_by_hand(tokens, (i, i + len(key) - 1), keys[key]))
                break
    taken = {k for m in made for k in range(m.first, m.last + 1)}
    kept = [f for f in found if not any(k in taken for k in range(f.first, f.last + 1))]
    return sorted(kept + made, key=lambda f: f.first)


def _by_hand(tokens: Tokens, words: tuple[int, int], place: Place | None) -> MentionFound:
    """Make a mention that a person has corrected."""
    start, end = tokens.starts[words[0]], tokens.ends[words[1]]
    candidates = ((place, 1.0),) if place is not None else ()
    mention = Mention(
        start, end, tokens.text[start:end], "name", place, 1.0, candidates, "corrected by hand"
    )
    return MentionFound(words[0], words[1], mention)


def _bare(tokens: Tokens, stretch: Stretch, kind: Kind) -> MentionFound:
    """Make the mention of a ship or a person: no place."""
    reason = "a ship's name" if kind == "vehicle" else "a person's name"
    start, end = tokens.starts[stretch.first], tokens.ends[stretch.last]
    mention = Mention(start, end, tokens.text[start:end], kind, None, 0.9, (), reason)
    return MentionFound(stretch.first, stretch.last, mention)


def _make_mention(
    tokens: Tokens,
    source: CandidateSource,
    rated: tuple[Match, float],
    choice: Choice,
    shared: tuple[
        dict[int, tuple[tuple[Place, float], ...]], dict[tuple[object, ...], float], NameWeights
    ],
) -> MentionFound:
    """Make the mention of a match with its chosen place; what is equal is made once."""
    match, rate = rated
    listed, scores, weights = shared
    kind: Kind = "demonym" if match.demonym else "name"
    reason = choice.reason
    if is_institution(tokens, match):
        kind, reason = "institution", f"a government or authority, not the place; {choice.reason}"
    start, end = tokens.starts[match.first] + match.trim[0], tokens.ends[match.last] - match.trim[1]
    candidates = listed.get(id(choice.ranking))
    if candidates is None:
        candidates = tuple((source.place(c.row), share) for c, share in choice.ranking)
        listed[id(choice.ranking)] = candidates
    same = (id(choice), id(match.candidates), rate, match.demonym, match.unlisted)
    score = scores.get((*same, match.first == match.last))
    if score is None:
        score = round(score_mention(match, rate, choice, weights.score), 4)
        scores[(*same, match.first == match.last)] = score
    mention = Mention(
        start,
        end,
        sys.intern(tokens.text[start:end]),  # names stand more than once
        kind,
        source.place(choice.candidate.row),
        score,
        candidates,
        reason,
    )
    return MentionFound(match.first, match.last, mention)


def _place_streets(
    tokens: Tokens, streets: list[Stretch], found: list[MentionFound]
) -> list[MentionFound]:
    """Place streets at their town: the one named right after, or else last before, or first.

    Where the text names no town, its county or state has to do.
    """
    held: dict[str, list[MentionFound]] = {"city": [], "district": [], "region": []}
    for mention in found if streets else ():
        if mention.mention.place and mention.mention.place.kind in held:
            held[mention.mention.place.kind].append(mention)
    towns = held["city"] or held["district"] or held["region"]
    return [_place_street(tokens, street, towns) for street in streets]


def _place_street(tokens: Tokens, street: Stretch, towns: list[MentionFound]) -> MentionFound:
    """Make the mention of a street; without a place where no town is named."""
    after = [t for t in towns if street.last < t.first <= street.last + 2]
    before = [t for t in towns if t.last < street.first]
    chosen = next(iter(after or before[-1:] or towns), None)
    start, end = tokens.starts[street.first], tokens.ends[street.last]
    place, score, reason = None, _STREET_SCORE, "a street, and no town is named"
    candidates: tuple[tuple[Place, float], ...] = ()
    if chosen is not None and chosen.mention.place is not None:
        place = chosen.mention.place
        candidates = ((place, 1.0),)
        score = round(_STREET_SCORE * chosen.mention.score, 4)
        reason = f"a street; shown at {place.name}, which the text names"
    text = tokens.text[start:end]
    mention = Mention(start, end, text, "name", place, score, candidates, reason)
    return MentionFound(street.first, street.last, mention)


def _mark_coordinated(tokens: Tokens, found: list[MentionFound]) -> list[MentionFound]:
    """Take "Langley" in "the Pentagon and Langley" for an institution, as its neighbour is."""
    marked = list(found)
    for k in range(1, len(found)):
        before, this = marked[k - 1], found[k]
        joined = this.first == before.last + 2 and tokens.low[this.first - 1] == "and"
        if not joined or before.mention.kind != "institution" or this.mention.kind != "name":
            continue
        chosen = [p for p, _ in this.mention.candidates if p.kind == "institution"]
        if chosen:
            marked[k] = _as_institution(this, chosen[0])
    return marked


def _as_institution(found: MentionFound, place: Place) -> MentionFound:
    """Return the mention read as an institution."""
    m = found.mention
    reason = "an authority, as the one named beside it"
    mention = Mention(m.start, m.end, m.text, "institution", place, m.score, m.candidates, reason)
    return MentionFound(found.first, found.last, mention)
