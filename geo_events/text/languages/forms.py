"""Undo what a language does to a name: case endings, prefixes, elision, suffixes.

Everything is compared after folding (see `geo_events.atlas.fold`), so that marks, letter variants
and invisible characters do not count; offsets are counted in the word as written.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geo_events.atlas.fold import fold
from geo_events.text.candidates import fold_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo_events.text.languages.language import Ending, Language, Prefix

__all__ = ["Form", "find_forms"]

_APOSTROPHES = "'’ʼ"
_JOINER = "\u200c"  # zero-width non-joiner: between the parts of a Persian word
_LONGEST_WORD = 40
_LONGEST_SUFFIX = 8
_SHORTEST = 3  # letters of a name that are left when a prefix is taken off
_SHORTEST_STEM = 2  # when an ending is: the second half of "Алма-Ате"
_PREFIX_COST, _ENDING_COST = 0.02, 0.05


class Form(NamedTuple):
    """A word of a name as it may stand in a list of names.

    Parameters
    ----------
    key : str
        The folded word.
    lead, tail : int
        How many characters at the beginning and end of the word are no part of the name.
    cost : float
        How much of a guess it is, from 0 for the word as written.
    adjective : bool
        The word says what belongs to the place: "Moskauer".
    """

    key: str
    lead: int = 0
    tail: int = 0
    cost: float = 0.0
    adjective: bool = False


@lru_cache(maxsize=50_000)
def find_forms(word: str, language: Language) -> tuple[Form, ...]:
    """List the forms that a word of a name may have in a list of names.

    Parameters
    ----------
    word : str
        A word as written.
    language : Language
        By whose rules.

    Returns
    -------
    tuple of Form
        The word as written first; each key and lead once. Empty for overlong words and words
        without letters.

    Examples
    --------
    >>> from geo_events.text.languages.russian import RUSSIAN
    >>> [form.key for form in find_forms("Сирии", RUSSIAN)][:2]
    ['сирии', 'сирия']
    >>> from geo_events.text.languages.arabic import ARABIC
    >>> find_forms("والعراق", ARABIC)[1][:2]
    ('العراق', 1)
    """
    if len(word) > _LONGEST_WORD:
        return ()
    found: dict[tuple[str, int, int, bool], Form] = {}
    for form in _list_forms(word, language):
        if form.key:
            found.setdefault((form.key, form.lead, form.tail, form.adjective), form)
    return tuple(found.values())


def _list_forms(word: str, language: Language) -> Iterator[Form]:
    """List the forms of a word, likelier ones first."""
    whole = Form(fold_word(word))
    yield whole
    if _JOINER in word.strip(_JOINER):
        yield Form(fold(word.replace(_JOINER, " ")))
    parted = _part(word, language)
    if parted is not None:
        yield parted
    for start in (whole, *_without_prefix(word, whole.key, _rules(language).prefixes)):
        if start.lead or start.cost:
            yield start
        yield from _without_ending(start, _rules(language))
    if parted is not None and not parted.tail:
        yield from _without_ending(parted, _rules(language))


def _part(word: str, language: Language) -> Form | None:
    """Take a word apart at its apostrophe: "l'Iran", "Suriye'den"."""
    at = next((i for i, c in enumerate(word) if c in _APOSTROPHES), -1)
    if at < 1 or at == len(word) - 1:
        return None
    head, rest = word[:at], word[at + 1 :]
    if head.lower() in language.elided:
        return Form(fold_word(rest), lead=at + 1)
    if language.suffix_mark and len(rest) <= _LONGEST_SUFFIX and rest == rest.lower():
        adjective = any(fold_word(rest).startswith(e.written) for e in _rules(language).adjectives)
        return Form(fold_word(head), tail=len(word) - at, adjective=adjective)
    return None


class _Rules(NamedTuple):
    """The endings and prefixes of a language, folded."""

    endings: tuple[Ending, ...]
    adjectives: tuple[Ending, ...]
    prefixes: tuple[Prefix, ...]


@lru_cache(maxsize=32)
def _rules(language: Language) -> _Rules:
    """Fold the tables of a language once."""
    return _Rules(
        tuple(_fold_ending(e) for e in language.endings),
        tuple(_fold_ending(e) for e in language.adjectives),
        tuple(
            p._replace(written=fold(p.written), becomes=fold(p.becomes)) for p in language.prefixes
        ),
    )


def _fold_ending(ending: Ending) -> Ending:
    """Fold an ending and what stands for it."""
    return ending._replace(written=fold(ending.written), base=tuple(fold(b) for b in ending.base))


def _without_prefix(word: str, key: str, prefixes: tuple[Prefix, ...]) -> Iterator[Form]:
    """Take off what is written together with the beginning of a name."""
    for prefix in prefixes:
        rest = key[len(prefix.written) :]
        if len(rest) < _SHORTEST or not key.startswith(prefix.written):
            continue
        lead = _find_lead(word, key[prefix.outside :]) if prefix.outside else 0
        yield Form(prefix.becomes + rest, lead=lead, cost=_PREFIX_COST)


def _find_lead(word: str, rest: str) -> int:
    """Find how many characters of a word stand before the part that folds to `rest`."""
    return max((k for k in range(1, len(word)) if fold(word[k:]) == rest), default=0)


def _without_ending(form: Form, rules: _Rules) -> Iterator[Form]:
    """Take off the endings of cases and of adjectives."""
    key = form.key
    for adjective, endings in ((False, rules.endings), (True, rules.adjectives)):
        for ending in endings:
            left = len(key) - len(ending.written)
            if left < _SHORTEST_STEM or not key.endswith(ending.written):
                continue
            for base in ending.base:
                yield form._replace(
                    key=key[:left] + base, cost=form.cost + _ENDING_COST, adjective=adjective
                )
