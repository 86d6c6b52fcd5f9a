"""Describe what speaks for a matched name to be a place, and no surname or common word."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo_events.text.candidates import ABBREVIATION, ALTERNATE, WEAK
from geo_events.text.clues import call_name
from geo_events.text.common_words import COMMON_WORDS
from geo_events.text.kinds import find_generic, is_organisation
from geo_events.text.lexicon import (
    FUNCTION_WORDS,
    RANKS,
    SEATS,
    word_set,
)
from geo_events.text.person_names import GIVEN_NAMES, GIVEN_OR_PLACE
from geo_events.text.tokens import BRACKET, COMMA, HYPHEN, POSSESSIVE, SEMICOLON, STOP
from geo_events.text.verbs import TRIGGERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.text.matching import Match
    from geo_events.text.tokens import Tokens

__all__ = [
    "Surroundings",
    "describe_beside",
    "describe_place",
    "describe_span",
    "is_in_person",
    "look_around",
]

_LOCATIVE = word_set("in at near from to into toward towards around outside across throughout")
_WATER = frozenset(("sea", "lake", "strait", "natural", "island"))
_SIDES = word_set("north south east west northeast northwest southeast southwest outside part")
_PLURALS = word_set("counties townships provinces districts states cities towns villages areas")
_SMALL = 0.55
_SMOOTH = 1.0
_FACILITY = frozenset(("airport", "airbase", "port", "facility", "institution"))
_CLASSES = {ALTERNATE: "alternate", WEAK: "weak", ABBREVIATION: "abbreviation"}
_EVERYDAY = COMMON_WORDS | FUNCTION_WORDS


@dataclass(slots=True)
class Surroundings:
    """What the features ask of a whole text, counted once.

    Parameters
    ----------
    starts, ends : dict of int to Match
        Matches by their first and last word.
    counts : Counter
        How often each key occurs.
    locative : set of str
        Keys that stand after "in", "near" and the like at least once.
    lower : set of str
        Words that occur in small letters.
    persons : set of int
        Words inside persons' names.
    surnames : set of str
        Last words of persons' names, in small letters.
    names : int
        How many different keys there are.
    countries : Counter
        How many of them name first of all a place of each country.
    """

    starts: dict[int, Match]
    ends: dict[int, Match]
    counts: Counter[str]
    locative: set[str] = field(default_factory=set)
    lower: set[str] = field(default_factory=set)
    persons: set[int] = field(default_factory=set)
    surnames: set[str] = field(default_factory=set)
    names: int = 0
    countries: Counter[str] = field(default_factory=Counter)


def look_around(
    tokens: Tokens, matches: Sequence[Match], persons: set[int], surnames: set[str]
) -> Surroundings:
    """Count what the features ask of a whole text.

    Parameters
    ----------
    tokens : Tokens
        The words.
    matches : sequence of Match
        The matched names.
    persons : set of int
        Words inside persons' names.
    surnames : set of str
        Their last words, in small letters.

    Returns
    -------
    Surroundings
        Linear in the length of the text.
    """
    around = Surroundings(
        {m.first: m for m in matches},
        {m.last: m for m in matches},
        Counter(m.key for m in matches),
        persons=persons,
        surnames=surnames,
    )
    best = {m.key: m.candidates[0].country for m in matches}
    around.names, around.countries = len(best), Counter(best.values())
    around.lower = {word for word in tokens.words if word[0].islower()}
    around.locative = {m.key for m in matches if m.first and tokens.low[m.first - 1] in _LOCATIVE}
    return around


def describe_span(tokens: Tokens, match: Match, around: Surroundings) -> list[tuple[str, float]]:
    """List the features of one match, with their values.

    Parameters
    ----------
    tokens : Tokens
        The words.
    match : Match
        The matched name.
    around : Surroundings
        From `look_around`.

    Returns
    -------
    list of (str, float)
        Only features that are not zero.
    """
    features = [("bias", 1.0), *describe_place(tokens, match, around)]
    if is_in_person(match, around):
        features.append(("in person", 1.0))
    return features + describe_beside(tokens, match, around)


def is_in_person(match: Match, around: Surroundings) -> bool:
    """Tell whether a word of a match stands inside a person's name.

    Parameters
    ----------
    match : Match
        The matched name.
    around : Surroundings
        From `look_around`.

    Returns
    -------
    bool
        True when it does.
    """
    persons = around.persons
    if match.first == match.last:
        return match.first in persons
    return not persons.isdisjoint(range(match.first, match.last + 1))


def describe_beside(tokens: Tokens, match: Match, around: Surroundings) -> list[tuple[str, float]]:
    """Describe the words beside a match; of small towns' names on their own.

    Parameters
    ----------
    tokens : Tokens
        The words.
    match : Match
        The matched name.
    around : Surroundings
        From `look_around`.

    Returns
    -------
    list of (str, float)
        As of `describe_span`.
    """
    beside = _describe_before(tokens, match, around) + _describe_after(tokens, match, around)
    best = match.candidates[0]
    if best.kind == "city" and best.weight < _SMALL:
        beside += [(f"{name}, small town", value) for name, value in beside]
    return beside


def describe_place(tokens: Tokens, match: Match, around: Surroundings) -> list[tuple[str, float]]:
    """Describe what the name may mean, how often it stands, and how it is written.

    Parameters
    ----------
    tokens : Tokens
        The words.
    match : Match
        The matched name.
    around : Surroundings
        From `look_around`.

    Returns
    -------
    list of (str, float)
        As of `describe_span`; the same wherever the name stands in the text.
    """
    best = match.candidates[0]
    group = "water" if best.kind in _WATER else best.kind
    group = "facility" if group in _FACILITY else group
    people = math.log10(best.population + 10) / 8
    found = [(f"kind={group}", 1.0), ("people", people), ("weight", best.weight)]
    found.append((f"count={min(around.counts[match.key], 3)}", 1.0))
    if group == "city":
        found += _describe_city(match)
    if match.demonym:
        found.append(("demonym", 1.0))
    if match.unlisted:
        found.append(("unlisted", 1.0))
    if best.name_class in _CLASSES:
        found.append((_CLASSES[best.name_class], 1.0))
        if group == "city":
            found.append((f"{_CLASSES[best.name_class]} city", 1.0))
    if best.country and around.names > 1:
        others = around.countries[best.country] - 1
        found.append(("company", others / (around.names - 1 + _SMOOTH)))
    if match.key in around.locative:
        found.append(("locative somewhere", 1.0))
        if group == "city":
            found.append(("locative city", 1.0))
    return found + _describe_writing(tokens, match, around, group)


def _describe_city(match: Match) -> list[tuple[str, float]]:
    """Describe how well known a town is, and how many share its name."""
    best = match.candidates[0]
    found = [
        (f"city weight={min(8, int(best.weight * 10))}", 1.0),
        ("candidates", math.log(len(match.candidates))),
    ]
    if best.feature == "PPLC":
        found.append(("capital city", 1.0))
    if len(match.candidates) == 1:
        found.append(("sole city", 1.0))
    return found


def _describe_writing(
    tokens: Tokens, match: Match, around: Surroundings, group: str
) -> list[tuple[str, float]]:
    """Describe how the name is written."""
    length = match.last - match.first + 1
    found = [(f"words={min(length, 3)}", 1.0)]
    word = tokens.words[match.first]
    if length == 1:
        found += _describe_word(tokens.low[match.first], word, around, group)
    elif all(w in _EVERYDAY for w in tokens.low[match.first : match.last + 1]):
        found.append(("all common", 1.0))
    if word.isupper() and len(word) > 3:
        found.append(("capitals", 1.0))
    return found


def _describe_word(
    low: str, word: str, around: Surroundings, group: str
) -> list[tuple[str, float]]:
    """Describe a name of one word."""
    found = []
    if low in COMMON_WORDS:
        found.append(("common", 1.0))
    if low in around.lower:
        found.append(("seen in small letters", 1.0))
    if low in GIVEN_NAMES:
        found.append(("given name", 1.0))
    if low in GIVEN_OR_PLACE:
        found.append(("given or place", 1.0))
    if low in around.surnames:
        found.append(("surname", 1.0))
    if len(word) <= 3:
        found.append(("short", 1.0))
    if len(word) == 4 and group == "city":
        found.append(("four letters", 1.0))
    return found


def _describe_before(tokens: Tokens, match: Match, around: Surroundings) -> list[tuple[str, float]]:
    """Describe the words before a match."""
    i = match.first
    if i == 0 or tokens.sentences[i] != tokens.sentences[i - 1]:
        return [("opens sentence", 1.0), *_describe_dateline(tokens, match)]
    gap = tokens.gaps[i]
    if gap & STOP and len(tokens.words[i - 1]) == 1:
        return [("after initial", 1.0)]
    if gap & COMMA:
        held = around.ends.get(i - 1)
        return [("after comma", 1.0)] + ([("after comma and place", 1.0)] if held else [])
    if gap & ~(HYPHEN | POSSESSIVE):
        return [("after mark", 1.0)]
    found = []
    if gap & HYPHEN:
        found.append(("after hyphen", 1.0))
    if gap & POSSESSIVE:
        found.append(("after possessive", 1.0))
    return found + _describe_word_before(tokens, match, around)


def _describe_dateline(tokens: Tokens, match: Match) -> list[tuple[str, float]]:
    """Describe a name that opens a paragraph and is followed by a dash: "TROY -", "TROY (AP) -"."""
    k = match.last + 1
    if k >= len(tokens):
        return []
    gap = tokens.gaps[k]
    if gap & (SEMICOLON | BRACKET) or (gap == HYPHEN and tokens.words[k][0].isupper()):
        return [
            ("dateline in capitals" if tokens.words[match.first].isupper() else "dateline", 1.0)
        ]
    return []


def _describe_word_before(
    tokens: Tokens, match: Match, around: Surroundings
) -> list[tuple[str, float]]:
    """Describe the word before a match, with nothing but a space between."""
    i = match.first
    before = tokens.low[i - 1]
    found = [
        (f"after {name}", 1.0)
        for name, words in (("locative", _LOCATIVE), ("rank", RANKS), ("given", GIVEN_NAMES))
        if before.rstrip(".") in words
    ]
    if before in TRIGGERS and before.endswith(("ed", "ing", "hit", "left", "struck")):
        found.append(("after event", 1.0))
    if before == "of" and i > 1 and tokens.low[i - 2] in _SIDES:
        found.append(("side of", 1.0))
    if before in ("of", "the", "and", "for", "by", "with", "on"):
        found.append((f"after {before}", 1.0))
    if tokens.words[i - 1][0].isupper() and before not in FUNCTION_WORDS:
        place = i - 1 in around.ends
        found.append(("after capital place" if place else "after capital", 1.0))
        if match.candidates[0].kind == "city":
            found.append(("city after capital", 1.0))
    return found


def _describe_after(tokens: Tokens, match: Match, around: Surroundings) -> list[tuple[str, float]]:
    """Describe the words after a match."""
    k = match.last + 1
    found = [("organisation", 1.0)] if is_organisation(tokens, match) else []
    called = call_name(tokens, match)
    if called:
        found.append((f"called a {called}", 1.0))
    if k >= len(tokens):
        return [*found, ("at end", 1.0)]
    gap = tokens.gaps[k]
    if gap & POSSESSIVE:
        return [*found, ("possessive", 1.0)]
    if gap & COMMA:
        if tokens.words[k].isdigit() and len(tokens.words[k]) == 2:
            return [*found, ("before age", 1.0)]
        return [*found, ("before comma and place" if k in around.starts else "before comma", 1.0)]
    if gap & STOP:
        return [*found, ("before stop", 1.0)]
    if gap & ~HYPHEN:
        return [*found, ("before mark", 1.0)]
    if gap:
        found.append(("before hyphen", 1.0))
    return found + _describe_word_after(tokens, match, around)


def _describe_word_after(
    tokens: Tokens, match: Match, around: Surroundings
) -> list[tuple[str, float]]:
    """Describe the word after a match, with nothing but a space between."""
    k, best = match.last + 1, match.candidates[0]
    found = []
    after = tokens.low[k]
    if find_generic(after):
        found.append(("before generic", 1.0))
    elif after == "and" and _is_listed(tokens, k):
        found.append(("before plural", 1.0))
    if after in _PLURALS:
        found.append(("before plural", 1.0))
    if after.endswith("ed") and after[0] == tokens.words[k][0]:
        found.append(("before past tense", 1.0))
    if after in SEATS:
        found.append(("known before saying" if best.weight > 0.7 else "before saying", 1.0))
    if tokens.words[k][0].isupper() and after not in FUNCTION_WORDS:
        found.append(("before capital place" if k in around.starts else "before capital", 1.0))
        if best.kind in ("country", "region") or match.demonym:
            found.append(("large before capital", 1.0))
    return found


def _is_listed(tokens: Tokens, k: int) -> bool:
    """Tell whether "and X counties" follows at word k."""
    return any(word in _PLURALS for word in tokens.low[k + 2 : k + 4])
