"""What the search for names hands around: the text with its language, and a way to read words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from geo_events.text.candidates import CandidateSource
    from geo_events.text.languages.language import Language
    from geo_events.text.tokens import Tokens

__all__ = ["Passage", "Reading"]


class Passage(NamedTuple):
    """Words of one language, and where their names are looked up."""

    tokens: Tokens
    source: CandidateSource
    language: Language

    def before(self, i: int) -> str:
        """Return the word before word i, in small letters; "" where a mark stands between."""
        return self.tokens.low[i - 1] if i and not self.tokens.gaps[i] else ""

    def after(self, i: int) -> str:
        """Return the word after word i, in small letters; "" where a mark stands between."""
        k = i + 1
        return self.tokens.low[k] if k < len(self.tokens) and not self.tokens.gaps[k] else ""


class Reading(NamedTuple):
    """A way to read some words as a name.

    Parameters
    ----------
    first, last : int
        Numbers of the first and last word.
    key : str
        The folded name.
    lead, tail : int
        Characters at the beginning and end of the words that are no part of the name.
    cost : float
        How much of a guess it is, from 0 for the words as written.
    adjective : bool
        The words say what belongs to the place.
    """

    first: int
    last: int
    key: str = ""
    lead: int = 0
    tail: int = 0
    cost: float = 0.0
    adjective: bool = False
