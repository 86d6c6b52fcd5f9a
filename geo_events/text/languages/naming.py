"""Find the names of places in words of other languages than English.

At each word the longest name is taken that the atlas knows, as written or with what the language
does to names undone. `everyday` tells what only looks like a name, `likelihood` how well known a
place must be to be taken for what the words mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.candidates import ADJECTIVE, fold_word
from geo_events.text.languages.demonyms import find_demonym
from geo_events.text.languages.everyday import (
    has_capital,
    is_club,
    is_everyday,
    is_named_person,
    is_other_thing,
)
from geo_events.text.languages.forms import Form, find_forms
from geo_events.text.languages.likelihood import choose_candidates, rate_name
from geo_events.text.languages.passage import Passage, Reading
from geo_events.text.tokens import HYPHEN, NEWLINE

if TYPE_CHECKING:
    from geo_events.text.candidates import Candidate, CandidateSource
    from geo_events.text.languages.language import Language
    from geo_events.text.tokens import Tokens

__all__ = ["NameFound", "find_name"]

_LONGEST_NAME = 6
_MOST_READINGS = 24
_LEAST = 0.45
_SURE_AS_WRITTEN = 0.8  # then no ending is taken off
_DEMONYM_RATE = 0.9
_WEIGHTY = 0.6  # the least weight of a place whose adjective is formed by rule


class NameFound(NamedTuple):
    """Words that name a place.

    Parameters
    ----------
    first, last : int
        Numbers of the first and last word.
    key : str
        The folded name.
    candidates : tuple of Candidate
        The places it may mean, best prior first.
    demonym : bool
        The words say what belongs to a place, or who lives there.
    trim : (int, int)
        Characters at the beginning and end of the words that are no part of the name.
    rate : float
        How likely the words are a mention of a place, 0 to 1.
    """

    first: int
    last: int
    key: str
    candidates: tuple[Candidate, ...]
    demonym: bool
    trim: tuple[int, int]
    rate: float


def find_name(
    tokens: Tokens, source: CandidateSource, i: int, language: Language
) -> NameFound | None:
    """Find the longest name that begins at a word.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    source : CandidateSource
        Where names are looked up.
    i : int
        The number of the word.
    language : Language
        The word's language.

    Returns
    -------
    NameFound or None
        None when the word begins no name, or one that hardly means the place.
    """
    passage = Passage(tokens, source, language)
    if _may_begin(passage, i):
        readings = _read_on(passage, i)
        for last in sorted({r.last for r in readings}, reverse=True):
            found = _best_name(passage, [r for r in readings if r.last == last])
            if found is not None:
                return found
    return _as_demonym(passage, i)


def _may_begin(passage: Passage, i: int) -> bool:
    """Tell whether a name may begin at a word by how it is written."""
    tokens, _, language = passage
    word = tokens.words[i]
    if language.capitals == "none":
        return word[0].isalpha()
    if word[0].isupper():
        return True
    if tokens.low[i] in language.generic:
        return bool(passage.after(i))
    elided = find_forms(word, language) if "'" in word or "’" in word else ()
    return any(word[form.lead].isupper() for form in elided if form.lead)


def _read_on(passage: Passage, i: int) -> list[Reading]:
    """List the readings of the words from word i on that are names."""
    tokens, source, language = passage
    article = language.merged.get(passage.before(i), "")
    begun = [Reading(i, i, f"{article} ")] if article else []
    begun.append(Reading(i, i))
    names: list[Reading] = []
    for k in range(i, min(i + _LONGEST_NAME, len(tokens))):
        if k > i and tokens.gaps[k] & ~(HYPHEN | NEWLINE):
            break
        longer = _extend(begun, find_forms(tokens.words[k], language), k)
        names += [r for r in longer if source.find(r.key)]
        begun = [
            r._replace(key=r.key + " ")
            for r in longer
            if not r.tail and not r.adjective and source.begins(r.key + " ")
        ][:_MOST_READINGS]
        if not begun:
            break
    return names


def _extend(begun: list[Reading], forms: tuple[Form, ...], last: int) -> list[Reading]:
    """Put each form of the next word behind each reading."""
    return [
        Reading(
            reading.first,
            last,
            reading.key + form.key,
            form.lead or reading.lead,
            form.tail,
            reading.cost + form.cost,
            form.adjective,
        )
        for reading in begun
        for form in forms
        if last == reading.first or not form.lead
    ]


def _best_name(passage: Passage, readings: list[Reading]) -> NameFound | None:
    """Take the reading, of the same words, whose place is known best, if it is known enough."""
    first, last = readings[0][:2]
    if is_other_thing(passage, first, last) or not has_capital(passage, first, last):
        return None
    best: NameFound | None = None
    for reading in readings:
        found = _weigh(passage, reading)
        if found is None:
            continue
        if best is None or found.rate > best.rate:
            best = found
        if not reading.cost and found.rate >= _SURE_AS_WRITTEN:
            break
    if best is None or best.rate < _LEAST or _is_demonym_rather(passage, best):
        return None
    return best


def _weigh(passage: Passage, reading: Reading) -> NameFound | None:
    """Rate a reading; None when it names no place, or something else."""
    if reading.first == reading.last and is_everyday(passage, reading):
        return None
    candidates = choose_candidates(passage, reading)
    if not candidates or is_club(passage, reading, candidates[0].kind):
        return None
    doubtful = reading.adjective or is_named_person(passage, reading)
    if doubtful and candidates[0].weight < _WEIGHTY:
        return None
    rate = rate_name(passage, reading, candidates[0])
    trim = (reading.lead, reading.tail)
    first, last, key = reading[:3]
    return NameFound(first, last, key, candidates, reading.adjective, trim, rate)


def _is_demonym_rather(passage: Passage, found: NameFound) -> bool:
    """Tell whether a word that could name a place is a demonym here: "siria", not "Siria"."""
    tokens, _, language = passage
    if found.last > found.first or found.demonym:
        return False
    word = tokens.words[found.first][found.trim[0] :]
    if not find_demonym(fold_word(word), language):
        return False
    is_country = found.candidates[0].kind == "country"
    if language.capitals == "none":
        return not (is_country and passage.before(found.first) in language.locatives)
    return not (is_country and word[0].isupper() and language.country_first)


def _as_demonym(passage: Passage, i: int) -> NameFound | None:
    """Read a word as the demonym of a country."""
    tokens, source, language = passage
    word = tokens.words[i]
    if language.demonyms_capital and not word[0].isupper():
        return None
    for form in find_forms(word, language):
        country = "" if form.cost and not form.lead else find_demonym(form.key, language)
        found = _country(source, country) if country else None
        if found is not None:
            candidates = (found._replace(name_class=ADJECTIVE),)
            trim, key = (form.lead, form.tail), f"{country} demonym"
            return NameFound(i, i, key, candidates, demonym=True, trim=trim, rate=_DEMONYM_RATE)
    return None


def _country(source: CandidateSource, code: str) -> Candidate | None:
    """Find the candidate of a country by its code."""
    found = (c for c in source.find(code.lower()) if c.kind == "country" and c.country == code)
    return next(found, None)
