"""Tell words that only look like places: everyday words, persons, clubs, ships in quotes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geo_events.text.candidates import fold_word
from geo_events.text.languages.forms import find_forms
from geo_events.text.languages.other_things import OTHER_THINGS
from geo_events.text.person_names import GIVEN_NAMES
from geo_events.text.tokens import QUOTE

if TYPE_CHECKING:
    from geo_events.text.languages.language import Language
    from geo_events.text.languages.passage import Passage, Reading

__all__ = [
    "has_capital",
    "is_club",
    "is_everyday",
    "is_listed",
    "is_named_person",
    "is_other_thing",
]

_WELL_KNOWN = 0.6  # the least weight of a place that makes a name of the word "and" joins to it


@lru_cache(maxsize=32)
def _fold_everyday(language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Fold the words of a language that are never names, and those that are seldom names."""
    never = frozenset(fold_word(w) for w in (*language.stop_words, *language.common))
    return never, frozenset(fold_word(w) for w in language.homographs) - never


def is_everyday(passage: Passage, reading: Reading) -> bool:
    """Tell whether one word, read as a name, is an everyday word here or part of a person's name.

    Parameters
    ----------
    passage : Passage
        The words and their language.
    reading : Reading
        Of one word.

    Returns
    -------
    bool
        True also for words that are names only after "in", or joined to a name by "and", where
        neither is so.
    """
    language, i = passage.language, reading.first
    never, seldom = _fold_everyday(language)
    low = passage.tokens.low[i]
    at = max(low.rfind("'"), low.rfind("’")) + 1 if language.elided else 0
    keys = {fold_word(low), fold_word(low[at:]), reading.key}
    if not keys.isdisjoint(never) or low in language.titles:
        return True
    before = passage.before(i)
    if not keys.isdisjoint(seldom) and not (before in language.firm or reading.tail):
        return not is_listed(passage, reading)
    return before in language.titles or _is_part_of_person(passage, i)


def is_listed(passage: Passage, reading: Reading) -> bool:
    """Tell whether "and" joins a name to a well-known place: "Kabul and Kandahar"."""
    tokens, source, language = passage
    i, last = reading.first, reading.last
    beside = []
    if i > 1 and tokens.low[i - 1] in language.joining:
        beside.append(i - 2)
    if i and reading.lead and not tokens.gaps[i]:  # an "and" that is written with the name
        beside.append(i - 1)
    if last + 2 < len(tokens) and tokens.low[last + 1] in language.joining:
        beside.append(last + 2)
    never, seldom = _fold_everyday(language)
    keys = {form.key for k in beside for form in find_forms(tokens.words[k], language)}
    found = [source.find(key) for key in keys - never - seldom]
    return any(f and f[0].weight >= _WELL_KNOWN for f in found)


def _is_given_name(low: str, language: Language) -> bool:
    """Tell whether a word is a given name; the list for English serves all with Latin letters."""
    return low in language.given_names or (language.script == "LATIN" and low in GIVEN_NAMES)


def _is_part_of_person(passage: Passage, i: int) -> bool:
    """Tell whether a word is a surname after a given name, or a given name before a surname."""
    tokens, _, language = passage
    no_capitals = language.capitals == "none"
    if _is_given_name(passage.before(i), language):
        return no_capitals or tokens.words[i - 1][0].isupper()
    surname = bool(passage.after(i)) and tokens.words[i + 1][0].isupper()
    return tokens.low[i] in language.given_names and (surname or no_capitals)


def is_club(passage: Passage, reading: Reading, kind: str) -> bool:
    """Tell whether a city's name is a club's, by the article before it: "el Barcelona"."""
    before = passage.before(reading.first)
    article = before in passage.language.club_articles
    return article and kind == "city" and reading.first == reading.last and " " not in reading.key


def is_named_person(passage: Passage, reading: Reading) -> bool:
    """Tell whether several words begin with a given name: "Karl Marx", a village in Ukraine."""
    first = reading.first
    several = reading.last > first and not passage.tokens.gaps[first + 1]
    return several and _is_given_name(passage.tokens.low[first], passage.language)


def has_capital(passage: Passage, first: int, last: int) -> bool:
    """Tell whether one of some words, and no mere article, has the capital of a name."""
    tokens, _, language = passage
    if language.capitals == "none":
        return True
    for k in range(first, last + 1):
        word = tokens.words[k]
        at = max(word.find("'"), word.find("’")) + 1
        elided = 0 < at < len(word) and word[: at - 1].lower() in language.elided
        head = word[at] if elided else word[0]
        if head.isupper() and tokens.low[k] not in language.stop_words:
            return True
    return False


def is_other_thing(passage: Passage, first: int, last: int) -> bool:
    """Tell whether words are part of a club's or paper's name, or stand alone between quotes."""
    tokens = passage.tokens
    after = tokens.gaps[last + 1] if last + 1 < len(tokens) else 0
    if tokens.gaps[first] & QUOTE and after & QUOTE:
        return True
    name = [fold_word(word) for word in tokens.words[max(0, first - 1) : last + 2]]
    count = len(name)
    parts = (name[i:j] for i in range(count - 1) for j in range(i + 2, count + 1))
    return any(" ".join(part) in OTHER_THINGS for part in parts)
