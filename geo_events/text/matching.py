"""Match the words of a text against the names of the atlas: the longest name at each word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.candidates import ADJECTIVE, NOUN, Candidate, fold_word
from geo_events.text.languages.detection import ENGLISH_ONLY
from geo_events.text.languages.naming import find_name
from geo_events.text.lexicon import word_set
from geo_events.text.readings import is_never_alone, keep_readings
from geo_events.text.tokens import HYPHEN, NEWLINE, POSSESSIVE, STOP

if TYPE_CHECKING:
    from geo_events.text.candidates import CandidateSource
    from geo_events.text.tokens import Tokens

__all__ = ["Match", "find_matches"]

_LONGEST_NAME = 7
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
_POLES = ("the north pole", "the south pole", "north pole", "south pole")
_SIDES = {"n": "north", "s": "south", "e": "east", "w": "west"}
_DEMONYMS = (NOUN, ADJECTIVE)
# What Korean names of villages, towns and counties end in after a hyphen: "Mupyong-ri".
_KOREAN_ENDINGS = word_set("ri ni dong gun gu si do up eup myon myeon")
_OFFICES = word_set(
    "council manager hall police attorney clerk commission school schools officials"
)


class Match(NamedTuple):
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
    trim : (int, int)
        Characters at the beginning and end of the words that are no part of the name, as the
        Arabic "and" before it or a Turkish suffix after it.
    rate : float or None
        How likely it is the mention of a place, where that is known already (names in other
        languages than English).
    unlisted : bool
        The atlas does not know the name; the candidate is the state that is named with it.
    """

    first: int
    last: int
    key: str
    candidates: tuple[Candidate, ...]
    demonym: bool
    trim: tuple[int, int] = (0, 0)
    rate: float | None = None
    unlisted: bool = False


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


def _goes_on(tokens: Tokens, source: CandidateSource, i: int, key: str) -> bool:
    """Tell whether a name may begin with a key; after "the" it may be known with the article."""
    return source.begins(key) or (i > 0 and tokens.low[i - 1] == "the")


def _name_ends(tokens: Tokens, source: CandidateSource, i: int) -> list[tuple[int, str]]:
    """List the last words and keys of the names that may begin at word i, shortest first."""
    key = fold_word(tokens.words[i])
    if not key:
        return []
    ends = [(i, key)]
    gaps, words, low = tokens.gaps, tokens.words, tokens.low
    for k in range(i + 1, min(i + _LONGEST_NAME, len(words))):
        gap, word = gaps[k], words[k]
        if gap & ~(HYPHEN | NEWLINE):
            if gap == POSSESSIVE and word[0].isupper():
                key += "s"  # St. Peter's Basilica
            elif gap == STOP and k == i + 1 and key in _SIDES and word[0].isupper():
                key = key if low[k] == "va." else _SIDES[key]  # N. Korea, W. Va.
                ends.clear()
            else:
                break
        folded = fold_word(word)
        key = f"{key} {folded}"
        if not folded or (k > i + 1 and not _goes_on(tokens, source, i, key)):
            break
        if word[0].islower():
            korean = gap == HYPHEN and low[k] in _KOREAN_ENDINGS
            if korean or low[k] in _FEATURES or not word.isascii():
                ends.append((k, key))
            if low[k] not in _INNER:
                break
        else:
            ends.append((k, key))
    return ends


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
    words, last = tokens.words, -1
    english = tokens.tongues.main is ENGLISH_ONLY.main
    for i, word in enumerate(words):
        if i <= last:
            continue
        if english and word.isascii():
            if not "A" <= word < "[" and word not in _PARTICLES:
                continue
            match = _match_english(tokens, source, i)
        else:
            match = _match_any(tokens, source, i)
        if match is not None:
            matches.append(match)
            last = match.last
    return matches


def _match_english(tokens: Tokens, source: CandidateSource, i: int) -> Match | None:
    """Find the name that begins at word i by the rules of English, or as written."""
    match = _match_at(tokens, source, i) if _may_start(tokens, i) else None
    if match is not None and tokens.low[i] == "the":
        return _without_article(tokens, source, match)
    return match


def _match_any(tokens: Tokens, source: CandidateSource, i: int) -> Match | None:
    """Find the name that begins at word i by the rules of the word's language."""
    language = tokens.tongues.of(tokens.words[i])
    if language is None or language is ENGLISH_ONLY.main:
        return _match_english(tokens, source, i)
    found = find_name(tokens, source, i, language)
    return None if found is None else Match(*found)


def _without_article(tokens: Tokens, source: CandidateSource, match: Match) -> Match:
    """Leave "The" out of "The Pentagon" where it is the same without; not of "The Hague"."""
    shorter = _match_at(tokens, source, match.first + 1) if match.last > match.first else None
    if shorter is not None and shorter.last > match.last:
        return shorter  # "the Rock Hill school", not a place called The Rock
    if shorter is None or shorter.last != match.last:
        return match
    return shorter if shorter.candidates[0].row == match.candidates[0].row else match


def _find_with_article(
    tokens: Tokens, source: CandidateSource, i: int, key: str
) -> tuple[Candidate, ...]:
    """Look up a name; after "the" also with it, where that is better known: "the Gulf"."""
    if i and f"{tokens.low[i - 1]} {key}" in _POLES:
        return ()  # neither a town in Alaska nor a citizen of Poland
    found = source.find(key)
    if i and tokens.low[i - 1] == "the" and not tokens.gaps[i]:
        named = source.find(f"the {key}")
        known = named and named[0].kind != "city"
        if known and (not found or named[0].weight > found[0].weight):
            return named
    return found


def _has_office(tokens: Tokens, k: int) -> bool:
    """Tell whether word k is a council, a manager or the like."""
    return k < len(tokens) and tokens.low[k] in _OFFICES


def _match_at(tokens: Tokens, source: CandidateSource, i: int) -> Match | None:
    """Find the longest name that begins at word i."""
    for last, key in reversed(_name_ends(tokens, source, i)):
        if last == i and tokens.words[i] != "US" and is_never_alone(tokens.low[i]):
            break
        if last > i and tokens.low[last] == "city" and _has_office(tokens, last + 1):
            continue  # "Dublin City Council" is the council of Dublin
        candidates = _find_with_article(tokens, source, i, key)
        if not candidates:
            continue
        candidates = keep_readings(tokens, candidates, i, last)
        if candidates:
            demonym = candidates[0].name_class in _DEMONYMS
            if demonym:  # "British" is a country's, not the base in Cyprus of that name
                candidates = tuple(c for c in candidates if c.name_class in _DEMONYMS)
            return Match(i, last, key, candidates, demonym)
    return None
