"""Spot what in a text is named like a place: matches with the atlas, ships, persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.kinds import Stretch, find_persons, find_vehicles
from geo_events.text.matching import find_matches
from geo_events.text.span_filter import look_around
from geo_events.text.unlisted_names import find_streets, find_unlisted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.text.candidates import CandidateSource
    from geo_events.text.matching import Match
    from geo_events.text.span_filter import Surroundings
    from geo_events.text.tokens import Tokens

__all__ = ["Spotted", "spot_names"]

_PLACE_BEFORE = ("in", "near", "at", "from", "to", "of")


class Spotted(NamedTuple):
    """What is named like a place in a text.

    Parameters
    ----------
    matches : list of Match
        Names of the atlas outside of ships' names; most, not all, are places.
    persons, vehicles, streets : list of Stretch
        Words that name persons, ships and streets.
    around : Surroundings
        What the filter of spans asks of the text.
    """

    matches: list[Match]
    persons: list[Stretch]
    vehicles: list[Stretch]
    streets: list[Stretch]
    around: Surroundings


def spot_names(tokens: Tokens, source: CandidateSource) -> Spotted:
    """Spot the names in a text.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    source : CandidateSource
        Where names are looked up.

    Returns
    -------
    Spotted
        All in the order of the text.
    """
    matches = find_matches(tokens, source)
    streets = _clear_streets(tokens, matches)
    covered = _cover(streets)
    matches = [m for m in matches if covered.isdisjoint(range(m.first, m.last + 1))]
    unlisted = find_unlisted(tokens, matches) if tokens.tongues.english else []
    if unlisted:
        matches = sorted([*matches, *unlisted], key=lambda m: m.first)
    by_first = {match.first: match for match in matches}
    vehicles = find_vehicles(tokens, by_first)
    persons = [p for p in find_persons(tokens, by_first) if not _touches(p, vehicles)]
    persons = sorted({*persons, *_surnames_alone(tokens, persons, vehicles)})
    ships = _cover(vehicles)
    if ships:
        matches = [m for m in matches if ships.isdisjoint(range(m.first, m.last + 1))]
        streets = [s for s in streets if ships.isdisjoint(range(s.first, s.last + 1))]
    named = _cover([p for p in persons if _has_initial(tokens, p)])
    if named:  # "Harvey A. Lincoln" is nobody's town
        matches = [m for m in matches if not named.issuperset(range(m.first, m.last + 1))]
    surnames = {tokens.low[p.last] for p in persons}
    around = look_around(tokens, matches, _cover(persons), surnames)
    return Spotted(matches, persons, vehicles, streets, around)


def _clear_streets(tokens: Tokens, matches: Sequence[Match]) -> list[Stretch]:
    """Find streets, but for what the atlas knows: "Silk Road", the turnpike of "Ohio Turnpike"."""
    ends = {match.last for match in matches if match.last > match.first}
    large = {m.first for m in matches if m.candidates[0].kind in ("country", "region")}
    streets = find_streets(tokens)
    return [s for s in streets if s.last not in ends and s.first not in large]


def _surnames_alone(
    tokens: Tokens, persons: Sequence[Stretch], vehicles: Sequence[Stretch]
) -> list[Stretch]:
    """Find the surnames of known persons where they stand alone; not after "in" or "near"."""
    surnames = {tokens.words[p.last] for p in persons if p.last > p.first}
    taken = _cover([*persons, *vehicles])
    return [
        Stretch(i, i)
        for i, word in enumerate(tokens.words)
        if word in surnames and i not in taken and tokens.low[i - 1] not in _PLACE_BEFORE
    ]


def _has_initial(tokens: Tokens, person: Stretch) -> bool:
    """Tell whether a person's name has a middle initial."""
    return any(len(tokens.words[k]) == 1 for k in range(person.first + 1, person.last))


def _touches(stretch: Stretch, others: Sequence[Stretch]) -> bool:
    """Tell whether a stretch shares a word with one of the others."""
    return any(stretch.first <= o.last and o.first <= stretch.last for o in others)


def _cover(stretches: Sequence[Stretch]) -> set[int]:
    """Return the numbers of all words of the stretches."""
    return {k for stretch in stretches for k in range(stretch.first, stretch.last + 1)}
