"""Match the words of a text against the names of the atlas: the longest name at each word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo_events.text.candidates import (
    ABBREVIATION,
    ADJECTIVE,
    ALTERNATE,
    CODE,
    MAIN,
    NOUN,
    WEAK,
    Candidate,
    fold_word,
)
from geo_events.text.inflection import guess_base_forms
from geo_events.text.lexicon import (
    FUNCTION_WORDS,
    word_set,
)
from geo_events.text.tokens import HYPHEN, NEWLINE

if TYPE_CHECKING:
    from geo_events.text.candidates import CandidateSource
    from geo_events.text.tokens import Tokens

__all__ = ["Match", "find_matches"]

_LONGEST_NAME = 7
_KNOWN = 0.45  # the least weight of a place whose inflected name is taken for it
# Lower-case words that may stand inside a name, begin one (before a hyphen), or end one.
_INNER = word_set(
    "of de del della di da do dos du des la le les lo los las el al an ar as ash at az ad ed en "
    "es et ez der den dem die das von van am im zu auf bei in on upon by sur sous saint and y e "
    "i the bin bint ben ibn abu umm ul ur os sul na nad pod au aux und i"
)
_PARTICLES = word_set("al el ad an ar as ash at az ed er es ez")
_FEATURES = word_set(
    "sea strait straits gulf bay river lake island islands mountain mountains peninsula strip "
    "region province governorate oblast district county state city ocean channel canal desert "
    "valley airport airfield base port coast delta plateau hills heights"
)
# Short capitalised words that are hardly ever the place whose code or name they are.
_NEVER = FUNCTION_WORDS | word_set(
    "les der die das los las une ein eine den dem des dans por para con mit und dos "
    "mr mrs ms dr st mt ft no yes ok am pm tv ad bc id pr hr it la de el al san saint new old i "
    "ii iii iv vi vii monday tuesday wednesday thursday friday saturday sunday january february "
    "april june july august september october november december mon tue wed thu fri sat sun jan "
    "feb mar apr jun jul aug sep sept oct nov dec"
)
# Countries that texts call by their code.
_COUNTRY_CODES = word_set("US USA UK UAE DRC DPRK ROK PRC")


@dataclass(frozen=True, slots=True)
class Match:
    """Words that are a name in the atlas.

    Parameters
    ----------
    first, last : int
        Numbers of the first and last word.
    key : str
        The folded name.
    candidates : tuple of Candidate
        The places it may mean, best prior first.
    demonym : bool
        The name is a demonym ("Russian", "Syrians") and nothing else of weight.
    """

    first: int
    last: int
    key: str
    candidates: tuple[Candidate, ...]
    demonym: bool


def _may_start(tokens: Tokens, i: int) -> bool:
    """Tell whether a name may begin at word i: a capital, a script without case, or "al-"."""
    head = tokens.words[i][0]
    if head.isupper():
        return True
    if head.islower():
        return (
            tokens.low[i] in _PARTICLES
            and i + 1 < len(tokens)
            and tokens.gaps[i + 1] == HYPHEN
            and tokens.words[i + 1][0].isupper()
        )
    return head.isalpha()


def _name_ends(tokens: Tokens, i: int) -> list[tuple[int, str]]:
    """List the last words and keys of the names that may begin at word i, shortest first."""
    key = fold_word(tokens.words[i])
    if not key:
        return []
    ends = [(i, key)]
    for k in range(i + 1, min(i + _LONGEST_NAME, len(tokens))):
        if tokens.gaps[k] & ~(HYPHEN | NEWLINE):
            break
        word = tokens.words[k]
        folded = fold_word(word)
        if not folded:
            break
        key = f"{key} {folded}"
        if word[0].islower():
            if tokens.low[k] in _FEATURES or not word.isascii():
                ends.append((k, key))
            if tokens.low[k] not in _INNER:
                break
        else:
            ends.append((k, key))
    return ends


def _keep(
    tokens: Tokens, candidates: tuple[Candidate, ...], i: int, last: int
) -> tuple[Candidate, ...]:
    """Drop the readings that the writing rules out.

    Codes need capitals and four letters (ICAO), or belong to the few countries that texts call by
    theirs; two letters are no name but for these.
    """
    surface = tokens.span(i, last)
    plain = surface.replace(".", "")
    if plain in _COUNTRY_CODES:
        kept = tuple(c for c in candidates if c.kind == "country" and c.name_class != WEAK)
        return tuple(c._replace(name_class=ABBREVIATION) for c in kept) or candidates
    if len(plain) <= 2 and plain.isascii() and "." not in surface:
        return ()
    if len(plain) <= 3 and plain.isupper() and "." not in surface:
        return tuple(c for c in candidates if c.name_class == ABBREVIATION or c.kind == "country")
    if plain.isupper() and len(plain) > 3:
        return candidates
    return tuple(c for c in candidates if c.name_class != CODE)


def find_matches(tokens: Tokens, source: CandidateSource) -> list[Match]:
    """Find the longest names of the atlas, from left to right, without overlaps.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    source : CandidateSource
        Where names are looked up.

    Returns
    -------
    list of Match
        In the order of the text. Whether a match is a mention of a place is decided later.

    Notes
    -----
    At most seven words each, so linear in the length of the text.
    """
    matches: list[Match] = []
    i, words = 0, tokens.words
    while i < len(words):
        if words[i][0].islower() and words[i] not in _PARTICLES:
            i += 1
            continue
        match = _match_at(tokens, source, i) if _may_start(tokens, i) else None
        if match is not None and tokens.low[i] == "the":
            match = _without_article(tokens, source, match)
        if match is not None:
            matches.append(match)
            i = match.last
        i += 1
    return matches


def _without_article(tokens: Tokens, source: CandidateSource, match: Match) -> Match:
    """Leave "The" out of "The Pentagon" where it is the same without; not of "The Hague"."""
    shorter = _match_at(tokens, source, match.first + 1) if match.last > match.first else None
    if shorter is None or shorter.last != match.last:
        return match
    return shorter if shorter.candidates[0].row == match.candidates[0].row else match


def _match_at(tokens: Tokens, source: CandidateSource, i: int) -> Match | None:
    """Find the longest name that begins at word i."""
    for last, key in reversed(_name_ends(tokens, i)):
        if last == i and tokens.low[i] in _NEVER and tokens.words[i] != "US":
            break
        candidates = source.find(key)
        if not candidates:
            continue
        candidates = _keep(tokens, candidates, i, last)
        if candidates:
            demonym = candidates[0].name_class in (NOUN, ADJECTIVE)
            return Match(i, last, key, candidates, demonym)
    return _match_inflected(tokens, source, i)


def _match_inflected(tokens: Tokens, source: CandidateSource, i: int) -> Match | None:
    """Find a well-known name of one or two words in an inflected form at word i."""
    first = guess_base_forms(tokens.words[i])
    if not first:
        return None
    if i + 1 < len(tokens) and not tokens.gaps[i + 1]:
        second = (tokens.words[i + 1], *guess_base_forms(tokens.words[i + 1]))
        for one in first:
            for two in second:
                match = _known(source, (i, i + 1), f"{fold_word(one)} {fold_word(two)}")
                if match is not None:
                    return match
    found = (_known(source, (i, i), fold_word(one)) for one in first)
    return next((match for match in found if match is not None), None)


def _known(source: CandidateSource, words: tuple[int, int], key: str) -> Match | None:
    """Make a match of a guessed key when it names a place of weight and is no code."""
    candidates = tuple(
        c for c in source.find(key) if c.name_class in (MAIN, ALTERNATE) and c.weight >= _KNOWN
    )
    return Match(*words, key, candidates, demonym=False) if candidates else None
