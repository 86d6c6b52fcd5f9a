"""The value that holds what the reader knows of one language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Ending", "Language", "Prefix", "read_endings", "read_prefixes"]


class Ending(NamedTuple):
    """An ending that a name may have in a sentence, and what its dictionary form has instead."""

    written: str
    base: tuple[str, ...]


class Prefix(NamedTuple):
    """What may be written together with the beginning of a name.

    `written` is taken off and `becomes` put in its place; the first `outside` characters are no
    part of the mention.
    """

    written: str
    becomes: str
    outside: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Language:
    """What the reader knows of one language.

    All words are in small letters, written as the language writes them.

    Parameters
    ----------
    code : str
        ISO 639-1 code, "ru".
    name : str
        Its name in English.
    script : str
        The first word of the Unicode names of its letters: "LATIN", "CYRILLIC", "ARABIC".
    stop_words : frozenset of str
        Its most frequent words, by which a text is known to be in it. Never a name by themselves.
    letters : frozenset of str
        Letters that few other languages have: they count as a stop word does.
    common : frozenset of str
        Everyday words and surnames that are also the names of places. Never a name by themselves.
    homographs : frozenset of str
        Everyday words that are places of weight as well: a name only after a firm word, or with a
        suffix that only names have.
    firm : frozenset of str
        Words after which hardly anything but a place is written with a capital: "in", "nach".
    locatives : frozenset of str
        Words that stand before places: "in", "near", "the city of".
    joining : frozenset of str
        Words for "and", between two names.
    behind : frozenset of str
        Words that stand right behind places: Turkish "ilçesi" (district).
    generic : frozenset of str
        Words for kinds of places, written small, with which a name may begin: "mer Caspienne".
    home : frozenset of str
        Countries (ISO 3166 alpha-3) whose small towns a text in this language may well name.
    capitals : {"names", "nouns", "none"}
        What is written with a capital.
    endings : tuple of Ending
        What case, number and possession do to the end of a name.
    adjectives : tuple of Ending
        The same for endings that make a name the word for what belongs there ("Moskauer").
    prefixes : tuple of Prefix
        What is written together with the beginning of a name: Arabic "and", German "north".
    elided : frozenset of str
        Words that may stand before an apostrophe: French "l", "d".
    suffix_mark : bool
        Suffixes of names stand after an apostrophe, as in Turkish.
    merged : mapping of str to str
        Prepositions that hold the article of the name after them: French "du" holds "le".
    demonym_endings : tuple of str
        What may follow the stems of ``demonyms.tsv``.
    country_first : bool
        A capital tells a country from its demonym: "Siria", "siria".
    article : str
        What may be written together with the beginning of a demonym: Arabic "the".
    demonyms_capital : bool
        Demonyms are written with a capital.
    titles : frozenset of str
        Words right after which a name is a person's or a ship's: "president", "Fregatte".
    club_articles : frozenset of str
        Articles that stand before a club, never before its city: "el Barcelona".
    given_names : frozenset of str
        Given names: what follows them is a surname.
    meanings : mapping of str to str
        The kind of place that some names have in this language, against the atlas' first choice.
    """

    code: str
    name: str
    script: str
    stop_words: frozenset[str]
    letters: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    homographs: frozenset[str] = frozenset()
    firm: frozenset[str] = frozenset()
    locatives: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()
    home: frozenset[str] = frozenset()
    capitals: Literal["names", "nouns", "none"] = "names"
    endings: tuple[Ending, ...] = ()
    adjectives: tuple[Ending, ...] = ()
    prefixes: tuple[Prefix, ...] = ()
    elided: frozenset[str] = frozenset()
    suffix_mark: bool = False
    merged: Mapping[str, str] = field(default_factory=dict)
    demonym_endings: tuple[str, ...] = ("",)
    country_first: bool = False
    article: str = ""
    demonyms_capital: bool = False
    titles: frozenset[str] = frozenset()
    club_articles: frozenset[str] = frozenset()
    given_names: frozenset[str] = frozenset()
    meanings: Mapping[str, str] = field(default_factory=dict)


def read_endings(table: str) -> tuple[Ending, ...]:
    """Read a table of endings.

    Parameters
    ----------
    table : str
        One ending per line, and after it what the dictionary form may have instead; ``-`` for
        nothing.

    Returns
    -------
    tuple of Ending
        The longest first.

    Examples
    --------
    >>> read_endings("ии ия")
    (Ending(written='ии', base=('ия',)),)
    >>> read_endings("a - o")[0].base
    ('', 'o')
    """
    rows = [line.split() for line in table.strip().splitlines() if line.strip()]
    made = [Ending(row[0], tuple("" if b == "-" else b for b in row[1:])) for row in rows]
    return tuple(sorted(made, key=lambda e: (-len(e.written), e.written)))


def read_prefixes(table: str) -> tuple[Prefix, ...]:
    """Read a table of prefixes.

    Parameters
    ----------
    table : str
        One prefix per line, with ``|`` where the mention begins, and what the name has instead of
        the prefix, if anything.

    Returns
    -------
    tuple of Prefix
        In the order of the table.

    Examples
    --------
    >>> read_prefixes("و|")
    (Prefix(written='و', becomes='', outside=1),)
    >>> read_prefixes("|Nord")[0].outside
    0
    """
    rows = [line.split() for line in table.strip().splitlines() if line.strip()]
    return tuple(
        Prefix(row[0].replace("|", ""), "".join(row[1:]), row[0].index("|")) for row in rows
    )
