"""Look up the words for the inhabitants and things of a country in the languages served."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geo_events.atlas.fold import fold

if TYPE_CHECKING:
    from geo_events.text.languages.language import Language

__all__ = ["find_demonym"]


@lru_cache(maxsize=1)
def _read_table() -> dict[str, dict[str, str]]:
    """Read ``demonyms.tsv``: by language code, folded stems to countries."""
    text = Path(__file__).with_name("demonyms.tsv").read_text(encoding="utf-8")
    head, *rows = (line.split("\t") for line in text.splitlines() if line)
    return {
        code: {fold(stem): row[0] for row in rows for stem in row[column].split()}
        for column, code in enumerate(head)
        if column
    }


@lru_cache(maxsize=32)
def _endings(language: Language) -> tuple[str, ...]:
    """Fold the endings of a language's demonyms, the longest first."""
    return tuple(sorted({fold(e) for e in language.demonym_endings}, key=lambda e: (-len(e), e)))


@lru_cache(maxsize=50_000)
def find_demonym(key: str, language: Language) -> str:
    """Find the country of a demonym.

    Parameters
    ----------
    key : str
        A folded word.
    language : Language
        Its language.

    Returns
    -------
    str
        ISO 3166 alpha-3 code; "" when the word is no demonym that is listed.

    Examples
    --------
    >>> from geo_events.text.languages.russian import RUSSIAN
    >>> find_demonym(fold("сирийских"), RUSSIAN)
    'SYR'
    """
    stems = _read_table().get(language.code, {})
    key = key.removeprefix(fold(language.article))
    for ending in _endings(language):
        if key.endswith(ending) and (stem := key[: len(key) - len(ending)]) in stems:
            return stems[stem]
    return ""
