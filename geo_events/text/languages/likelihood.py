"""Decide which places a name of a language may mean, and how likely the words mean one.

A place must be known the better, the less speaks for a name. How well known it is, is its weight in
the atlas, from 0 to 1: a country has about 0.95, a city of a million 0.72, a town of 1,000 people
0.36. The numbers here were set by hand, on sentences of our own; none is fitted.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo_events.text.candidates import ABBREVIATION, ALTERNATE, MAIN, WEAK
from geo_events.text.languages.everyday import is_listed
from geo_events.text.tokens import HYPHEN

if TYPE_CHECKING:
    from geo_events.text.candidates import Candidate
    from geo_events.text.languages.language import Language
    from geo_events.text.languages.passage import Passage, Reading

__all__ = ["choose_candidates", "rate_name"]

# The weight that is needed for an even chance, of a place at home and abroad.
_AT_HOME, _ABROAD = 0.55, 0.68
# What raises or lowers it.
_SEVERAL_WORDS, _SEVERAL_AT_HOME = -0.2, -0.35  # the latter where no ending was taken off
_BESIDE_LOCATIVE = -0.12
_AFTER_FIRM = -0.2  # in languages that write names with capitals
_AS_WRITTEN = -0.08  # no ending taken off, a capital inside a sentence
_WITH_SUFFIX = -0.15  # that only names have
_AT_SENTENCE_START = 0.08
_BESIDE_CAPITAL = 0.12
_INSIDE_COMPOUND = 0.25  # "Belle" of "Belle-Île-en-Mer"
_SHORT = 0.1  # of three letters
_TINY = 0.3  # of two letters, or of three where an ending was taken off
_STEEPNESS = 20.0
# How much better known a place abroad must be than one at home; more for a mere transliteration.
_HOME_BONUS, _HOME_BONUS_ALTERNATE = 0.15, 0.25
_NAMESAKES = frozenset(("USA", "CAN", "AUS", "ZAF", "NZL"))  # where towns bear the names of others


def choose_candidates(passage: Passage, reading: Reading) -> tuple[Candidate, ...]:
    """List the places that a reading may mean, those first that its language means.

    Parameters
    ----------
    passage : Passage
        The words and their language.
    reading : Reading
        Words read as a name.

    Returns
    -------
    tuple of Candidate
        Without codes and English demonyms; abbreviations only for words in capitals. Those that
        are hardly meant are marked as weak, and last.
    """
    word = passage.tokens.words[reading.first]
    several = reading.last > reading.first
    kept = [
        c
        for c in passage.source.find(reading.key)
        if c.name_class in (MAIN, ALTERNATE)
        or (c.name_class == ABBREVIATION and word.isupper())
        or (c.name_class == WEAK and several)
    ]
    kind = passage.language.meanings.get(word[reading.lead :], "")
    return _put_likely_first(kept, kind, passage.language)


def _put_likely_first(
    candidates: list[Candidate], kind: str, language: Language
) -> tuple[Candidate, ...]:
    """Mark as weak the candidates that a text in this language hardly means, and put them last.

    Those are towns abroad, where one at home has the name; namesakes overseas; regions with the
    name of a greater town; and other kinds than the one that the name has in this language.
    """
    at_home = max((c.weight for c in candidates if c.country in language.home), default=0.0)
    town = max((c.weight for c in candidates if c.kind == "city"), default=0.0)
    best = max((c.weight for c in candidates), default=0.0)

    def is_unlikely(c: Candidate) -> bool:
        if kind:
            return c.kind != kind
        if c.kind == "country" or not c.country:
            return False
        if c.country in _NAMESAKES and c.weight < best:
            return True
        transliterated = c.name_class == ALTERNATE and language.script != "LATIN"
        bonus = _HOME_BONUS_ALTERNATE if transliterated else _HOME_BONUS
        abroad = c.country not in language.home and c.weight < at_home + bonus
        return (abroad and c.kind in ("city", "region", "district")) or (
            c.kind in ("region", "district") and c.weight <= town
        )

    marked = [c._replace(name_class=WEAK) if is_unlikely(c) else c for c in candidates]
    return tuple(sorted(marked, key=lambda c: c.name_class == WEAK))


def rate_name(passage: Passage, reading: Reading, best: Candidate) -> float:
    """Rate how likely words mean a place.

    Parameters
    ----------
    passage : Passage
        The words and their language.
    reading : Reading
        Words read as a name.
    best : Candidate
        The place that they mean, if any.

    Returns
    -------
    float
        Between 0 and 1.
    """
    language = passage.language
    at_home = best.country in language.home or not best.country
    need = (_AT_HOME if at_home else _ABROAD) + reading.cost
    need += _weigh_neighbours(passage, reading) + _weigh_length(reading, best, language)
    if reading.last > reading.first:
        need += _SEVERAL_AT_HOME if at_home and not reading.cost else _SEVERAL_WORDS
    elif language.capitals == "names":
        need += _weigh_capitals(passage, reading)
    if reading.tail:
        need += _WITH_SUFFIX
    if _is_in_compound(passage, reading):
        need += _INSIDE_COMPOUND
    return 1 / (1 + math.exp(-_STEEPNESS * (best.weight - need)))


def _is_in_compound(passage: Passage, reading: Reading) -> bool:
    """Tell whether a hyphen joins the words to another capitalised one."""
    tokens = passage.tokens
    beside = [(reading.first - 1, reading.first), (reading.last + 1, reading.last + 1)]
    return any(
        0 <= k < len(tokens) and tokens.gaps[gap] == HYPHEN and tokens.words[k][0].isupper()
        for k, gap in beside
    )


def _weigh_length(reading: Reading, best: Candidate, language: Language) -> float:
    """Say how much more is needed of a name of few letters."""
    length, is_country = len(reading.key), best.kind == "country"
    if language.capitals == "none":  # there vowels are not written
        return _SHORT if length < 3 and not is_country else 0.0
    if best.name_class != ABBREVIATION and length <= 3 - (not reading.cost):
        return _TINY
    return _SHORT if length == 3 and not is_country else 0.0


def _weigh_neighbours(passage: Passage, reading: Reading) -> float:
    """Say how much less is needed after "in", or before "district"."""
    language = passage.language
    no_capitals = language.capitals == "none"
    before = passage.before(reading.first)
    if before in language.firm and not no_capitals:
        return _AFTER_FIRM
    near = before in language.locatives or passage.after(reading.last) in language.behind
    if near or (reading.lead and no_capitals) or is_listed(passage, reading):
        return _BESIDE_LOCATIVE
    return 0.0


def _weigh_capitals(passage: Passage, reading: Reading) -> float:
    """Say how much more is needed of the first word of a sentence, or beside a capital."""
    tokens, i = passage.tokens, reading.first
    if i == 0 or tokens.sentences[i] != tokens.sentences[i - 1]:
        return 0.0 if reading.tail else _AT_SENTENCE_START
    for k in (i - 1, i + 1):
        if not 0 < k < len(tokens) or tokens.gaps[max(k, i)]:
            continue
        word = tokens.words[k]
        if word[0].isupper() and "'" not in word and "’" not in word:
            return _BESIDE_CAPITAL
    return 0.0 if reading.cost else _AS_WRITTEN
