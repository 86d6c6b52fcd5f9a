"""Find the mentions of places in a text: names, demonyms, institutions, ships, persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.kinds import (
    Kind,
    Stretch,
    find_persons,
    find_vehicles,
    is_institution,
)
from geo_events.text.matching import find_matches
from geo_events.text.resolution import resolve_matches
from geo_events.text.span_filter import look_around, rate_spans
from geo_events.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo_events.atlas.places import Place
    from geo_events.text.candidates import CandidateSource
    from geo_events.text.matching import Match
    from geo_events.text.resolution import Choice
    from geo_events.text.tokens import Tokens

__all__ = ["Mention", "MentionFound", "find_mentions"]

_THRESHOLD = 0.45
_MONTH_NAMES = frozenset(("march", "may", "august", "mars", "avril", "juin"))


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


def find_mentions(
    tokens: Tokens,
    source: CandidateSource,
    corrections: Mapping[str, Place | None] | None = None,
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

    Returns
    -------
    list of MentionFound
        In the order of the text, without overlaps.
    """
    matches = [m for m in find_matches(tokens, source) if not _is_month(tokens, m)]
    by_first = {match.first: match for match in matches}
    vehicles = find_vehicles(tokens, by_first)
    persons = [p for p in find_persons(tokens, by_first) if not _touches(p, vehicles)]
    persons = sorted({*persons, *_surnames_alone(tokens, persons, vehicles)})
    ships = _cover(vehicles)
    free = [m for m in matches if not any(k in ships for k in range(m.first, m.last + 1))]
    around = look_around(tokens, free, _cover(persons), {tokens.low[p.last] for p in persons})
    rated = zip(free, rate_spans(tokens, free, around), strict=True)
    kept = [(match, rate) for match, rate in rated if rate >= _THRESHOLD]
    taken = {k for match, _ in kept for k in range(match.first, match.last + 1)}
    persons = [p for p in persons if not any(k in taken for k in range(p.first, p.last + 1))]
    choices = resolve_matches(tokens, [m for m, _ in kept])
    listed: dict[int, tuple[tuple[Place, float], ...]] = {}  # by ranking, which `choices` holds
    found = [
        _make_mention(tokens, source, (match, rate), choice, listed)
        for (match, rate), choice in zip(kept, choices, strict=True)
    ]
    found = _mark_coordinated(tokens, found)
    found.extend(_bare(tokens, stretch, "vehicle") for stretch in vehicles)
    found.extend(_bare(tokens, stretch, "person") for stretch in persons)
    if corrections:
        found = _correct(tokens, found, corrections)
    return sorted(found, key=lambda f: f.first)


def _correct(
    tokens: Tokens, found: list[MentionFound], corrections: Mapping[str, Place | None]
) -> list[MentionFound]:
    """Apply corrections by hand wherever their words stand, found before or not."""
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
    return kept + made


def _by_hand(tokens: Tokens, words: tuple[int, int], place: Place | None) -> MentionFound:
    """Make a mention that a person has corrected."""
    start, end = tokens.starts[words[0]], tokens.ends[words[1]]
    candidates = ((place, 1.0),) if place is not None else ()
    mention = Mention(
        start, end, tokens.text[start:end], "name", place, 1.0, candidates, "corrected by hand"
    )
    return MentionFound(words[0], words[1], mention)


def _is_month(tokens: Tokens, match: Match) -> bool:
    """Tell whether "March" is a month here: a number stands beside it."""
    if match.first != match.last or tokens.low[match.first] not in _MONTH_NAMES:
        return False
    beside = tokens.words[max(0, match.first - 1) : match.first + 2]
    return any(word[0].isdigit() for word in beside)


def _surnames_alone(
    tokens: Tokens, persons: Sequence[Stretch], vehicles: Sequence[Stretch]
) -> list[Stretch]:
    """Find the surnames of known persons where they stand alone; not after "in" or "near"."""
    surnames = {tokens.words[p.last] for p in persons if p.last > p.first}
    taken = _cover([*persons, *vehicles])
    return [
        Stretch(i, i)
        for i, word in enumerate(tokens.words)
        if word in surnames
        and i not in taken
        and tokens.low[i - 1] not in ("in", "near", "at", "from", "to", "of")
    ]


def _touches(stretch: Stretch, others: Sequence[Stretch]) -> bool:
    """Tell whether a stretch shares a word with one of the others."""
    return any(stretch.first <= o.last and o.first <= stretch.last for o in others)


def _cover(stretches: Sequence[Stretch]) -> set[int]:
    """Return the numbers of all words of the stretches."""
    return {k for stretch in stretches for k in range(stretch.first, stretch.last + 1)}


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
    listed: dict[int, tuple[tuple[Place, float], ...]],
) -> MentionFound:
    """Make the mention of a match with its chosen place; equal rankings share their places."""
    match, rate = rated
    kind: Kind = "demonym" if match.demonym else "name"
    reason = choice.reason
    if is_institution(tokens, match):
        kind, reason = "institution", f"a government or authority, not the place; {choice.reason}"
    start, end = tokens.starts[match.first], tokens.ends[match.last]
    candidates = listed.get(id(choice.ranking))
    if candidates is None:
        candidates = tuple((source.place(c.row), share) for c, share in choice.ranking)
        listed[id(choice.ranking)] = candidates
    mention = Mention(
        start,
        end,
        tokens.text[start:end],
        kind,
        source.place(choice.candidate.row),
        round(rate * choice.confidence, 4),
        candidates,
        reason,
    )
    return MentionFound(match.first, match.last, mention)


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
