"""Tell which language a text is in: by its letters, then by its most frequent words."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.languages.known import LANGUAGES
from geo_events.text.languages.neighbours import NEIGHBOURS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.text.languages.language import Language

__all__ = ["ENGLISH_ONLY", "Tongues", "find_script", "find_tongues"]

_MOST = 300  # words, spread over the whole text
_FIRST_LOOK = 60
_RUN = 20
_CLEARLY = 0.25  # of an English text's words are stop words; in other languages under 0.1
_ENOUGH = 0.08  # a language with fewer stop words is not the text's
_FEW = 12  # words under which a text is taken for English unless something speaks against it
_SOME_ENGLISH, _FEWEST_ENGLISH = 0.04, 3  # stop words in a text of another language
_CLEAR_LEAD, _LEAD_SHARE = 2, 0.12  # of stop words, before a language that is not served is taken

_ENGLISH = LANGUAGES[0]
_BY_CODE = {language.code: language for language in LANGUAGES}
_OF_SCRIPT = {"CYRILLIC": _BY_CODE["ru"], "ARABIC": _BY_CODE["ar"]}
_WRITINGS = {"CJK": "Chinese or Japanese characters", "HIRAGANA": "Japanese", "HANGUL": "Korean"}
_PERSIAN_LETTERS = frozenset("پچژگکی")


class Tongues(NamedTuple):
    """The language of a text, and of single words in other letters.

    Parameters
    ----------
    main : Language or None
        The language of most words when it is served, else None.
    name : str
        What it is in English, served or not: "Russian", "Italian", "Thai letters", "unknown".
    code : str
        ISO 639 code; "" when it is not known.
    english : bool
        English sentences stand in the text, so that events can be read.
    sure : bool
        Enough words speak for it; else it is only taken to be so.
    script : str
        What most of its words are written in, as `find_script` says it.
    """

    main: Language | None
    name: str
    code: str
    english: bool
    sure: bool
    script: str = "LATIN"

    def of(self, word: str) -> Language | None:
        """Return the language by whose rules a word is read; None when no served one fits."""
        script = "LATIN" if word.isascii() else find_script(word[0])
        if self.main is not None and self.main.script == script:
            return self.main
        if script == "LATIN":
            return _ENGLISH if self.main is None or self.english else None
        if script == self.script:
            return None  # the text's own language, which is not served
        if script == "ARABIC" and not _PERSIAN_LETTERS.isdisjoint(word):
            return _BY_CODE["fa"]
        return _OF_SCRIPT.get(script)


ENGLISH_ONLY = Tongues(_ENGLISH, "English", "en", english=True, sure=True)
_ASSUMED = ENGLISH_ONLY._replace(sure=False)


@lru_cache(maxsize=4096)
def find_script(character: str) -> str:
    """Return the script of a letter as Unicode names it; "" for what is no letter.

    Parameters
    ----------
    character : str
        One character.

    Returns
    -------
    str
        "LATIN", "CYRILLIC", "ARABIC", "THAI", "ETHIOPIC", "CJK" and so on.

    Examples
    --------
    >>> find_script("ж"), find_script("ไ"), find_script("1")
    ('CYRILLIC', 'THAI', '')
    """
    if not character.isalpha():
        return ""
    first = unicodedata.name(character, "").split(" ", 1)[0]
    return "LATIN" if first == "FULLWIDTH" else first


def find_tongues(low: Sequence[str]) -> Tongues:
    """Tell which language a text is in.

    Parameters
    ----------
    low : sequence of str
        Its words in small letters.

    Returns
    -------
    Tongues
        English for a text of a few words that nothing speaks against.

    Notes
    -----
    The script that most words are written in is taken; among its languages the one most of whose
    stop words stand in at most 300 words, in runs spread over the text. Under 8 % the language is
    unknown. A text that is clearly English is known by 60 of its words.

    Examples
    --------
    >>> find_tongues("les avions ont quitté la base et sont rentrés".split()).name
    'French'
    >>> find_tongues("missiles over syria".split()).name
    'English'
    """
    few = _sample(low, _FIRST_LOOK)
    if few and sum(word in _ENGLISH.stop_words for word in few) >= _CLEARLY * len(few):
        return ENGLISH_ONLY
    words = _sample(low, _MOST)
    scripts = Counter(s for w in words if (s := "LATIN" if w.isascii() and w.isalpha()
                                           else find_script(w[0])))  # fmt: skip
    if not scripts:
        return _ASSUMED
    script = scripts.most_common(1)[0][0]
    return _find_language([w for w in words if _script_of(w) == script], script, words)


def _sample(low: Sequence[str], most: int) -> Sequence[str]:
    """Take at most so many words: runs, since single ones at equal steps may always be the same."""
    if len(low) <= most:
        return low
    runs = most // _RUN
    starts = (k * (len(low) - _RUN) // (runs - 1) for k in range(runs))
    return [word for start in starts for word in low[start : start + _RUN]]


def _script_of(word: str) -> str:
    """Return the script of a word's first letter."""
    return "LATIN" if word[0].isascii() and word[0].isalpha() else find_script(word[0])


def _find_language(words: Sequence[str], script: str, everything: Sequence[str]) -> Tongues:
    """Choose among the languages of a script by their stop words."""
    counts = Counter(words)
    hits = {
        language: _count_hits(counts, language)
        for language in (*LANGUAGES, *NEIGHBOURS)
        if language.script == script
    }
    best = _find_best(hits) if hits else None
    shared = best.stop_words if best is not None and best is not _ENGLISH else frozenset()
    english = sum(word in _ENGLISH.stop_words and word not in shared for word in everything)
    some = english >= max(_FEWEST_ENGLISH, _SOME_ENGLISH * len(everything))
    if best is None:
        name = _WRITINGS.get(script, f"{script.capitalize()} letters")
        return Tongues(None, name, "", some, sure=True, script=script)
    if hits[best] >= max(1, _ENOUGH * len(words)):
        served = best if best in LANGUAGES else None
        found = Tongues(served, best.name, best.code, some or best is _ENGLISH, sure=True)
    elif len(words) < _FEW:
        assumed = _ENGLISH if script == "LATIN" else _OF_SCRIPT[script]
        found = Tongues(assumed, assumed.name, assumed.code, script == "LATIN", sure=False)
    else:
        found = Tongues(None, "unknown", "", script == "LATIN", sure=False)
    return found._replace(script=script)


def _count_hits(counts: Counter[str], language: Language) -> int:
    """Count the words of a text that are a language's stop words or hold its own letters."""
    known = counts.keys() & language.stop_words
    if language.letters:
        known |= {word for word in counts if not language.letters.isdisjoint(word)}
    return sum(counts[word] for word in known)


def _find_best(hits: dict[Language, int]) -> Language:
    """Take the served language with most hits, unless one that is not served is clearly ahead."""
    served = max((la for la in hits if la in LANGUAGES), key=lambda la: hits[la])
    other = max(hits, key=lambda la: hits[la])
    ahead = hits[other] - hits[served]
    return other if ahead >= _CLEAR_LEAD and ahead > _LEAD_SHARE * hits[other] else served
