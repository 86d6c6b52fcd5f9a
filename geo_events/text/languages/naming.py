"""Find the names of places in words of other languages than English.

At each word the longest name is taken that the atlas knows, as written or with what the language
does to names undone. Whether it is taken for a place depends on how well known the place is, and on
what speaks for a name: more than one word, "in" before it, a capital inside a sentence.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.candidates import ABBREVIATION, ADJECTIVE, ALTERNATE, MAIN, WEAK, fold_word
from geo_events.text.languages.demonyms import find_demonym
from geo_events.text.languages.forms import Form, find_forms
from geo_events.text.languages.other_things import OTHER_THINGS
from geo_events.text.person_names import GIVEN_NAMES
from geo_events.text.tokens import HYPHEN, NEWLINE, QUOTE

if TYPE_CHECKING:
    from geo_events.text.candidates import Candidate, CandidateSource
    from geo_events.text.languages.language import Language
    from geo_events.text.tokens import Tokens

__all__ = ["NameFound", "find_name"]

_LONGEST_NAME = 6
_MOST_READINGS = 24
_SHORTEST_ALONE = 3  # letters

# How well known (weight of the atlas, 0 to 1) a place must be to be taken for what a word means.
_NEED_AT_HOME, _NEED_ABROAD = 0.55, 0.68
_SEVERAL_WORDS = -0.2
_BESIDE_LOCATIVE = -0.12
_AFTER_FIRM = -0.2  # in languages that write names with capitals
_AS_WRITTEN = -0.08  # the place's own name, with a capital inside a sentence
_WITH_SUFFIX = -0.15  # that only names have
_AT_SENTENCE_START = 0.08
_BESIDE_CAPITAL = 0.12
_SHORT = 0.1
_TINY = 0.3  # of two letters, or of three where an ending was taken off
_SURE_AS_WRITTEN = 0.8  # then no ending is taken off
_STEEPNESS = 20.0
_LEAST = 0.45
_DEMONYM_RATE = 0.9
# How much better known a place abroad must be than one at home; more for a mere transliteration.
_HOME_BONUS, _HOME_BONUS_ALTERNATE = 0.15, 0.25
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


class _Reading(NamedTuple):
    """The words read so far, as one form."""

    key: str
    lead: int
    tail: int
    cost: float
    adjective: bool
    last: int


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
    if _may_begin(tokens, i, language):
        readings = _read_on(tokens, source, i, language)
        for last in sorted({r.last for r in readings}, reverse=True):
            alike = [r for r in readings if r.last == last]
            found = _best_name(tokens, source, (i, last), alike, language)
            if found is not None:
                return found
    return _as_demonym(tokens, source, i, language)


def _may_begin(tokens: Tokens, i: int, language: Language) -> bool:
    """Tell whether a name may begin at a word by how it is written."""
    word = tokens.words[i]
    if language.capitals == "none":
        return word[0].isalpha()
    if word[0].isupper():
        return True
    if tokens.low[i] in language.generic:
        return i + 1 < len(tokens) and not tokens.gaps[i + 1]
    head = find_forms(word, language) if "'" in word or "’" in word else ()
    return any(word[form.lead].isupper() for form in head if form.lead)


def _read_on(tokens: Tokens, source: CandidateSource, i: int, language: Language) -> list[_Reading]:
    """List the readings of the words from word i on that are names."""
    merged = language.merged.get(tokens.low[i - 1], "") if i and not tokens.gaps[i] else ""
    begun = [_Reading(f"{merged} ", 0, 0, 0.0, False, i)] if merged else []  # noqa: FBT003
    begun.append(_Reading("", 0, 0, 0.0, False, i))  # noqa: FBT003
    names: list[_Reading] = []
    for k in range(i, min(i + _LONGEST_NAME, len(tokens))):
        if k > i and tokens.gaps[k] & ~(HYPHEN | NEWLINE):
            break
        longer = _extend(begun, find_forms(tokens.words[k], language), k, first=k == i)
        names += [r for r in longer if source.find(r.key)]
        begun = [
            r._replace(key=r.key + " ")
            for r in longer
            if not r.tail and not r.adjective and source.begins(r.key + " ")
        ][:_MOST_READINGS]
        if not begun:
            break
    return names


def _extend(
    begun: list[_Reading], forms: tuple[Form, ...], last: int, *, first: bool
) -> list[_Reading]:
    """Put each form of the next word behind each reading."""
    return [
        _Reading(
            reading.key + form.key,
            form.lead if first else reading.lead,
            form.tail,
            reading.cost + form.cost,
            form.adjective,
            last,
        )
        for reading in begun
        for form in forms
        if first or not form.lead
    ]


def _best_name(
    tokens: Tokens,
    source: CandidateSource,
    words: tuple[int, int],
    readings: list[_Reading],
    language: Language,
) -> NameFound | None:
    """Take the reading whose place is known best, when it is known well enough."""
    if _is_other_thing(tokens, words) or not _has_capital(tokens, words, language):
        return None
    best: NameFound | None = None
    for reading in readings:
        if words[0] == words[1] and _is_everyday(tokens, source, words[0], reading, language):
            continue
        candidates = _usable(tokens, words, reading, source.find(reading.key), language)
        if not candidates or (reading.adjective and candidates[0].weight < _WEIGHTY):
            continue
        rate = _rate(tokens, words, reading, candidates[0], language)
        trim = (reading.lead, reading.tail)
        if best is None or rate > best.rate:
            best = NameFound(*words, reading.key, candidates, reading.adjective, trim, rate)
        if not reading.cost and rate >= _SURE_AS_WRITTEN:
            break
    if best is None or best.rate < _LEAST or _is_demonym_rather(tokens, best, language):
        return None
    return best


def _has_capital(tokens: Tokens, words: tuple[int, int], language: Language) -> bool:
    """Tell whether one of the words, and no mere article, has the capital of a name."""
    if language.capitals == "none":
        return True
    for k in range(words[0], words[1] + 1):
        word = tokens.words[k]
        at = max(word.find("'"), word.find("’")) + 1
        head = (
            word[at]
            if 0 < at < len(word) and word[: at - 1].lower() in language.elided
            else word[0]
        )
        if head.isupper() and tokens.low[k] not in language.stop_words:
            return True
    return False


def _is_other_thing(tokens: Tokens, words: tuple[int, int]) -> bool:
    """Tell whether the words are part of a club's or paper's name, or a name between quotes."""
    first, last = words
    after = tokens.gaps[last + 1] if last + 1 < len(tokens) else 0
    if tokens.gaps[first] & QUOTE and after & QUOTE:
        return True
    name = [fold_word(word) for word in tokens.words[max(0, first - 1) : last + 2]]
    return any(
        " ".join(name[i:j]) in OTHER_THINGS for i in (0, 1) for j in range(i + 2, len(name) + 1)
    )


def _usable(
    tokens: Tokens,
    words: tuple[int, int],
    reading: _Reading,
    candidates: tuple[Candidate, ...],
    language: Language,
) -> tuple[Candidate, ...]:
    """Leave out codes and English demonyms, and put last what the language hardly means."""
    capitals = tokens.words[words[0]].isupper()
    several = words[1] > words[0]
    kept = [
        c
        for c in candidates
        if c.name_class in (MAIN, ALTERNATE)
        or (c.name_class == ABBREVIATION and capitals)
        or (c.name_class == WEAK and several)
    ]
    written = tokens.words[words[0]][reading.lead :]
    return _put_likely_first(kept, language.meanings.get(written, ""), language)


def _put_likely_first(
    candidates: list[Candidate], kind: str, language: Language
) -> tuple[Candidate, ...]:
    """Mark as weak the candidates that a text in this language hardly means, and put them last.

    Those are towns abroad, where one at home has the name; regions with the name of a greater town;
    and other kinds than the one that the name has in this language.
    """
    at_home = max((c.weight for c in candidates if c.country in language.home), default=0.0)
    town = max((c.weight for c in candidates if c.kind == "city"), default=0.0)

    def is_unlikely(c: Candidate) -> bool:
        if kind:
            return c.kind != kind
        if c.kind == "country" or not c.country:
            return False
        bonus = _HOME_BONUS_ALTERNATE if c.name_class == ALTERNATE else _HOME_BONUS
        abroad = c.country not in language.home and c.weight < at_home + bonus
        return abroad or (c.kind in ("region", "district") and c.weight <= town)

    marked = [c._replace(name_class=WEAK) if is_unlikely(c) else c for c in candidates]
    return tuple(sorted(marked, key=lambda c: c.name_class == WEAK))


@lru_cache(maxsize=32)
def _everyday_keys(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Fold the words of a language that are never names, and those that are seldom names."""
    never = frozenset(fold_word(w) for w in (*language.stop_words, *language.common))
    return never, frozenset(fold_word(w) for w in language.homographs) - never


def _is_everyday(
    tokens: Tokens, source: CandidateSource, i: int, reading: _Reading, language: Language
) -> bool:
    """Tell whether a word is an everyday one here, a title, or part of a person's name."""
    never, seldom = _everyday_keys(language)
    low = tokens.low[i]
    at = max(low.rfind("'"), low.rfind("’")) + 1 if language.elided else 0
    keys = {fold_word(low), fold_word(low[at:]), reading.key}
    if not keys.isdisjoint(never) or low in language.titles:
        return True
    before = tokens.low[i - 1] if i and not tokens.gaps[i] else ""
    if not keys.isdisjoint(seldom) and not (before in language.firm or reading.tail):
        return not _is_listed(tokens, source, i, reading, language)
    if before in language.titles:
        return True
    given = language.given_names
    if before in given or (language.script == "LATIN" and before in GIVEN_NAMES):
        return language.capitals == "none" or tokens.words[i - 1][0].isupper()
    follows = i + 1 < len(tokens) and not tokens.gaps[i + 1] and tokens.words[i + 1][0].isupper()
    return low in given and (follows or language.capitals == "none")


def _is_listed(
    tokens: Tokens, source: CandidateSource, i: int, reading: _Reading, language: Language
) -> bool:
    """Tell whether "and" joins a word to a well-known place: "Kabul and Kandahar"."""
    beside = []
    if i > 1 and tokens.low[i - 1] in language.joining:
        beside.append(i - 2)
    if i and reading.lead and not tokens.gaps[i]:  # an "and" that is written with the name
        beside.append(i - 1)
    if i + 2 < len(tokens) and tokens.low[i + 1] in language.joining:
        beside.append(i + 2)
    never, seldom = _everyday_keys(language)
    keys = {form.key for k in beside for form in find_forms(tokens.words[k], language)}
    found = [source.find(key) for key in keys - never - seldom]
    return any(f and f[0].weight >= _WEIGHTY for f in found)


def _rate(
    tokens: Tokens,
    words: tuple[int, int],
    reading: _Reading,
    best: Candidate,
    language: Language,
) -> float:
    """Rate how likely the words mean a place, from how well known it is and what stands around."""
    first, last = words
    at_home = best.country in language.home or not best.country
    need = _NEED_AT_HOME if at_home else _NEED_ABROAD
    need += reading.cost + _need_beside(tokens, words, reading, language)
    if last > first:
        need += _SEVERAL_WORDS
    elif language.capitals == "names":
        need += _need_by_capitals(tokens, first, reading)
    if reading.tail:
        need += _WITH_SUFFIX
    need += _need_by_length(reading, best, language)
    return 1 / (1 + math.exp(-_STEEPNESS * (best.weight - need)))


def _need_by_length(reading: _Reading, best: Candidate, language: Language) -> float:
    """Say how much more is needed of a name of few letters."""
    length = len(reading.key)
    if language.capitals == "none":  # there vowels are not written
        return _SHORT if length < _SHORTEST_ALONE and best.kind != "country" else 0.0
    is_code = best.name_class == ABBREVIATION
    if not is_code and (length < _SHORTEST_ALONE or (length == _SHORTEST_ALONE and reading.cost)):
        return _TINY
    return _SHORT if length == _SHORTEST_ALONE and best.kind != "country" else 0.0


def _need_beside(
    tokens: Tokens, words: tuple[int, int], reading: _Reading, language: Language
) -> float:
    """Say how much less a word must be known after "in", or before "district"."""
    first, last = words
    before = tokens.low[first - 1] if first and not tokens.gaps[first] else ""
    after = tokens.low[last + 1] if last + 1 < len(tokens) and not tokens.gaps[last + 1] else ""
    if before in language.firm and language.capitals != "none":
        return _AFTER_FIRM
    joined = reading.lead and language.capitals == "none"
    near = before in language.locatives or after in language.behind or joined
    return _BESIDE_LOCATIVE if near else 0.0


def _need_by_capitals(tokens: Tokens, i: int, reading: _Reading) -> float:
    """Say how much more is needed of the first word of a sentence, or beside a capital."""
    if i == 0 or tokens.sentences[i] != tokens.sentences[i - 1]:
        return 0.0 if reading.tail else _AT_SENTENCE_START
    beside = [k for k in (i - 1, i + 1) if 0 < k < len(tokens)]
    for k in beside:
        marked = "'" in tokens.words[k] or "’" in tokens.words[k]
        if tokens.words[k][0].isupper() and not tokens.gaps[max(k, i)] and not marked:
            return _BESIDE_CAPITAL
    return 0.0 if reading.cost else _AS_WRITTEN


def _is_demonym_rather(tokens: Tokens, found: NameFound, language: Language) -> bool:
    """Tell whether a word that could name a place is a demonym here: "siria", not "Siria"."""
    if found.last > found.first or found.demonym:
        return False
    key = fold_word(tokens.words[found.first][found.trim[0] :])
    if not find_demonym(key, language):
        return False
    if language.capitals == "none":
        before = tokens.low[found.first - 1] if found.first else ""
        return before not in language.locatives or found.candidates[0].kind != "country"
    written = tokens.words[found.first][found.trim[0]]
    is_country = written.isupper() and found.candidates[0].kind == "country"
    return not (is_country and language.country_first)


def _as_demonym(
    tokens: Tokens, source: CandidateSource, i: int, language: Language
) -> NameFound | None:
    """Read a word as the demonym of a country."""
    word = tokens.words[i]
    if language.demonyms_capital and not word[0].isupper():
        return None
    for form in find_forms(word, language):
        country = "" if form.cost and not form.lead else find_demonym(form.key, language)
        found = _country(source, country) if country else None
        if found is not None:
            made = (found._replace(name_class=ADJECTIVE),)
            trim = (form.lead, form.tail)
            return NameFound(i, i, f"{country} demonym", made, True, trim, _DEMONYM_RATE)  # noqa: FBT003
    return None


def _country(source: CandidateSource, code: str) -> Candidate | None:
    """Find the candidate of a country by its code."""
    found = (c for c in source.find(code.lower()) if c.kind == "country" and c.country == code)
    return next(found, None)
