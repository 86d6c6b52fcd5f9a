"""Trace from a place to the preposition that governs it, through the nouns between.

In "on their way to a stronghold in the Syrian city of Raqqa" the word that decides is "to", two
nouns away from Raqqa; in "at targets in Syria" it is "at".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.eligible import DESCRIBING, STEPS, STOPS, facility_after
from geo_events.text.lexicon import DETERMINERS, PREPOSITIONS, word_set
from geo_events.text.tokens import BRACKET, COMMA

if TYPE_CHECKING:
    from geo_events.text.structure import Layout

__all__ = ["DIRECTIONS", "Path", "trace_path"]

_DECIDING = word_set(
    "from to into onto toward towards against at aimed-at way-to way-from back-to bound-for for via"
)
_UPGRADES = _DECIDING | {"on", "near", "off", "over", "inside", "outside"}
_STRICT = frozenset(("to", "for", "onto"))
DIRECTIONS = word_set(
    "north south east west northeast northwest southeast southwest northwards southwards "
    "eastwards westwards upstream downstream"
)


class Path(NamedTuple):
    """The phrase that a place stands in.

    Parameters
    ----------
    mention : int
        Number of the mention.
    first : int
        The phrase's first word: the deciding preposition, or the start of a bare noun phrase.
    outer, inner : str
        The deciding preposition (such as "from", "aimed-at", "way-to"; empty for none) and the
        one nearest to the place.
    words : tuple of str
        The words between the deciding preposition and the place, and a facility after it.
    lead : str
        The word before the phrase.
    loose : bool
        Too many unknown words stand between: "to avoid a jet in Syria" goes nowhere.
    """

    mention: int
    first: int
    outer: str
    inner: str
    words: tuple[str, ...]
    lead: str
    loose: bool

    @property
    def is_beside(self) -> bool:
        """Whether the phrase names a direction from the place: "to the south of X"."""
        if "with" in self.words and {"border", "frontier"} & set(self.words):
            return True  # "near the border with X" is not in X
        near = [word for word in self.words[:3] if word != "the"]
        return near[:1] == ["of"] and near[1:2] != [] and near[1] in DIRECTIONS


_AIMED = word_set("aimed directed pointed aiming")
_BOUND = word_set("bound headed heading destined heads head")
_CLOSE = word_set("close next due according adjacent thanks response north")


def _normalise(layout: Layout, k: int) -> tuple[str, int]:
    """Name the preposition at word k together with the word before it, and where it starts."""
    low = layout.tokens.low
    word, before = low[k], low[k - 1] if k else ""
    if word in ("at", "against", "toward", "towards") and before in _AIMED:
        return "aimed-at", k - 1
    if word in ("to", "towards", "toward", "from"):
        return _normalise_way(word, before, k)
    if word == "for" and before in _BOUND:
        return "bound-for", k
    if word == "of":
        if low[k - 2 : k] == ["by", "way"]:
            return "via", k - 2
        return {"out": ("from", k - 1), "direction": ("to", k)}.get(before, (word, k))
    return word, k


def _normalise_way(word: str, before: str, k: int) -> tuple[str, int]:
    """Name "to", "towards" or "from" at word k: on the way to, back to, close to."""
    if before == "back" and word != "from":
        return "back-to", k - 1
    if before in ("way", "route", "back"):
        return ("from" if word == "from" else "way-to"), k - (before == "back")
    return ("near", k - 1) if before in _CLOSE else (word, k)


def _step_left(layout: Layout, k: int, clause: int, low_bound: int) -> int:
    """Return the next word to the left in the same clause, jumping over brackets; -1 for none."""
    k -= 1
    if k < low_bound:
        return -1
    if layout.clauses[k] == clause:
        return k
    if not layout.tokens.gaps[k + 1] & BRACKET:
        return -1
    while k >= low_bound and layout.clauses[k] != clause:
        k -= 1
    return k if k >= low_bound else -1


class _Walk:
    """A walk to the left from a place, remembering the best preposition so far."""

    def __init__(self, layout: Layout, n: int, trigger_words: frozenset[int] | set[int]) -> None:
        self.layout, self.n, self.trigger_words = layout, n, trigger_words
        found = layout.mentions[n]
        self.clause = layout.clauses[found.first]
        self.low_bound = layout.sentence_bounds(found.first)[0]
        self.first, self.outer, self.inner = found.first, "", ""
        self.words: list[str] = []
        self.kept: tuple[str, ...] = ()
        self.unknown = self.kept_unknown = 0

    def run(self) -> Path:
        """Walk, and return the path."""
        k, steps = self.layout.mentions[self.n].first, 0
        while True:
            k = _step_left(self.layout, k, self.clause, self.low_bound)
            if k < 0 or self._is_barrier(k):
                break
            word = self.layout.tokens.low[k]
            if word in PREPOSITIONS:
                steps = 0
                if not self._take(k):
                    break
                continue
            steps += 1
            self.words.append(word)
            self.unknown += word.islower() and not self._is_known(k)
            if steps > STEPS:
                break
            if word in DETERMINERS and self._ends_phrase(k):
                break
            if not self.outer:
                self.first = k
        return self._finish()

    def _is_known(self, k: int) -> bool:
        """Tell whether a word belongs to the description of a place."""
        tokens = self.layout.tokens
        return (
            tokens.low[k] in DESCRIBING
            or tokens.words[k][0].isupper()
            or k in self.layout.mention_at
        )

    def _is_barrier(self, k: int) -> bool:
        """Tell whether word k, or what follows it, ends the phrase."""
        tokens = self.layout.tokens
        if tokens.gaps[k + 1] & COMMA or k in self.trigger_words:
            return True
        return k in self.layout.date_words or tokens.low[k] in STOPS or tokens.low[k] == "and"

    def _ends_phrase(self, k: int) -> bool:
        """Tell whether the determiner at k begins the noun phrase: no preposition before it."""
        before = self.layout.tokens.low[k - 1] if k else ""
        if not self.outer:
            self.first = k
        return before not in PREPOSITIONS

    def _take(self, k: int) -> bool:
        """Take a preposition into account; tell whether to walk on."""
        name, start = _normalise(self.layout, k)
        if not self.inner:
            self.inner = name
        if name == "of":
            self.words.append(name)
            return True
        if self.outer and name in _STRICT and self.unknown:
            return False  # "to avoid a jet in": an infinitive
        if not self.outer or name in _UPGRADES:
            self.outer, self.first = name, start
            self.kept, self.kept_unknown = tuple(self.words), self.unknown
        self.words.append(name)
        return name not in _DECIDING and self._may_go_on(start)

    def _may_go_on(self, k: int) -> bool:
        """Tell whether a common noun stands before the preposition at k."""
        tokens = self.layout.tokens
        if k <= self.low_bound or tokens.gaps[k] & ~BRACKET:
            return False
        before = k - 1
        return (
            before not in self.layout.mention_at
            and before not in self.layout.date_words
            and tokens.words[before][0].isalpha()
        )

    def _finish(self) -> Path:
        """Make the path of what was found."""
        layout = self.layout
        words = self.kept if self.outer else tuple(self.words)
        unknown = self.kept_unknown if self.outer else self.unknown
        facility = facility_after(layout, self.n)
        if facility is not None:
            last = layout.mentions[self.n].last
            words = (*words, *layout.tokens.low[last + 1 : facility + 1])
        limit = self._most_unknown()
        lead = layout.tokens.low[self.first - 1] if self.first else ""
        return Path(self.n, self.first, self.outer, self.inner, words, lead, unknown > limit)

    def _most_unknown(self) -> int:
        """Say how many unknown words may stand in the phrase: after "to", none for an infinitive.

        "To a business in X" and "to Russia's turbulent X" are none: a determiner or a name follows.
        """
        if self.outer not in _STRICT:
            return 4
        begin = self.first + 1
        named = begin in self.layout.mention_at and begin != self.layout.mentions[self.n].first
        placed = self.inner in ("in", "at", "near")
        opened = placed and self.layout.tokens.low[begin] in DETERMINERS
        return 3 if self.outer == "to" and (named or opened) else 0


def trace_path(layout: Layout, n: int, trigger_words: frozenset[int] | set[int]) -> Path:
    """Find the preposition that governs a place.

    Parameters
    ----------
    layout : Layout
        The text.
    n : int
        The number of the mention.
    trigger_words : set of int
        Words that tell of events: a phrase ends there.

    Returns
    -------
    Path
        With an empty `outer` for a bare noun phrase ("bombed Raqqa").
    """
    return _Walk(layout, n, trigger_words).run()
