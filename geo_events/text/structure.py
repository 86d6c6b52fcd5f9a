"""Lay a text out for the rules: clauses, quotations, and what stands at each word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from geo_events.text.lexicon import AUXILIARIES, CUTS, DETERMINERS, PRONOUNS
from geo_events.text.tokens import BRACKET, COMMA, HYPHEN, QUOTE, SEMICOLON, STOP
from geo_events.text.verbs import REPORTING, TRIGGERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.text.datelines import Dateline
    from geo_events.text.dates import DateFound
    from geo_events.text.mentions import MentionFound
    from geo_events.text.quantities import QuantityFound
    from geo_events.text.tokens import Tokens

__all__ = ["Layout", "Quotation", "lay_out"]

_SUBJECT_REACH = 12
_OPENING_WORDS = 16
_TIMES = frozenset(("dawn", "noon", "midnight", "sunrise", "sunset", "dusk", "nightfall"))
_RELATIVE = frozenset(("which", "who", "whose", "where"))
_OPENING = frozenset("([{（【")
_Found = TypeVar("_Found", "DateFound", "QuantityFound")


class Quotation(NamedTuple):
    """The words inside a pair of quotation marks."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """A text with all that the rules ask of it.

    Parameters
    ----------
    tokens : Tokens
        The words.
    clauses : list of int
        The number of the clause of each word; brackets are clauses of their own.
    mentions : sequence of MentionFound
        Mentions in the order of the text.
    mention_at : dict of int to int
        Number of the mention that a word belongs to.
    dates, quantities : sequence
        As found, in the order of the text; without the dates of datelines.
    date_words : set of int
        The words that belong to dates and datelines.
    quotations : list of Quotation
        Quoted stretches of four words or more.
    sentence_starts : list of int
        First word of each sentence.
    unlisted : frozenset of int
        Numbers of the mentions that are names of places which the atlas does not list.
    """

    tokens: Tokens
    clauses: list[int]
    mentions: Sequence[MentionFound]
    mention_at: dict[int, int]
    dates: Sequence[DateFound]
    date_words: set[int]
    quantities: Sequence[QuantityFound]
    quotations: list[Quotation]
    sentence_starts: list[int]
    unlisted: frozenset[int] = frozenset()

    def sentence_bounds(self, i: int) -> tuple[int, int]:
        """Return the first word of the sentence of word i, and the first of the next."""
        sentence = self.tokens.sentences[i]
        starts = self.sentence_starts
        end = starts[sentence + 1] if sentence + 1 < len(starts) else len(self.tokens)
        return starts[sentence], end

    def clause_bounds(self, i: int) -> tuple[int, int]:
        """Return the first and one past the last word around i up to other clauses' words.

        Clauses in brackets inside it are part of the stretch.
        """
        low, high = self.sentence_bounds(i)
        clause, first, last = self.clauses[i], i, i
        for k in range(i - 1, low - 1, -1):
            if self.clauses[k] == clause:
                first = k
        for k in range(i + 1, high):
            if self.clauses[k] == clause:
                last = k
        return first, last + 1

    def within(self, found: Sequence[_Found], low: int, high: int) -> Sequence[_Found]:
        """Return what begins at a word from `low` up to, not with, `high`."""
        begin = bisect_left(found, low, key=lambda f: f.first)
        return found[begin : bisect_left(found, high, key=lambda f: f.first)]

    def quotation_of(self, i: int) -> Quotation | None:
        """Return the quotation that word i stands in, or None."""
        k = bisect_right(self.quotations, i, key=lambda q: q.first) - 1
        if k >= 0 and self.quotations[k].last >= i:
            return self.quotations[k]
        return None


def lay_out(
    tokens: Tokens,
    mentions: Sequence[MentionFound],
    dates: Sequence[DateFound],
    quantities: Sequence[QuantityFound],
    datelines: Sequence[Dateline] = (),
) -> Layout:
    """Lay a text out for the rules.

    Parameters
    ----------
    tokens : Tokens
        The words.
    mentions, dates, quantities, datelines : sequence
        What was found in them. The days of datelines are no events' days.

    Returns
    -------
    Layout
        Linear in the length of the text.
    """
    mention_at = {k: n for n, m in enumerate(mentions) for k in range(m.first, m.last + 1)}
    date_words = {k for d in dates for k in range(d.first, d.last + 1)}
    date_words |= {k for line in datelines for k in range(line.first, line.last + 1)}
    filed = {line.date.first for line in datelines}
    starts = [
        i for i in range(len(tokens)) if i == 0 or tokens.sentences[i] != tokens.sentences[i - 1]
    ]
    quotations = _find_quotations(tokens)
    return Layout(
        tokens,
        _number_clauses(tokens, date_words | set(mention_at)),
        mentions,
        mention_at,
        [d for d in dates if d.first not in filed],
        date_words,
        quantities,
        quotations,
        starts,
    )


def _find_quotations(tokens: Tokens) -> list[Quotation]:
    """Pair quotation marks; a paragraph's end closes an open one."""
    found: list[Quotation] = []
    opened: int | None = None
    for i, flags in enumerate(tokens.gaps):
        if not flags & QUOTE:
            continue
        gap = tokens.gap_text(i)
        opens, closes = _quote_direction(gap, is_open=opened is not None)
        if closes and opened is not None:
            if i - opened >= 4:
                found.append(Quotation(opened, i - 1))
            opened = None
        if opens:
            opened = i
    tail = tokens.text[tokens.ends[-1] : tokens.ends[-1] + 3] if len(tokens) else ""
    if opened is not None and any(mark in tail for mark in '”"»') and len(tokens) - opened >= 4:
        found.append(Quotation(opened, len(tokens) - 1))
    return found


def _quote_direction(gap: str, *, is_open: bool) -> tuple[bool, bool]:
    """Tell whether a gap opens a quotation, closes one, or both."""
    opens = any(mark in gap for mark in "“„«")
    closes = any(mark in gap for mark in "”»") or ("“" in gap and is_open and "”" not in gap)
    plain = gap.count('"')
    if plain:
        if plain > 1:
            return True, True
        return (opens or not is_open), (closes or is_open)
    return opens, closes


def _number_clauses(tokens: Tokens, opaque: set[int]) -> list[int]:
    """Give clauses numbers; each cut starts one, a closing bracket returns to the one before."""
    cuts = _find_cuts(tokens, opaque)
    numbers = [0] * len(tokens)
    current = latest = 0
    around: int | None = None
    stack: list[int] = []
    sentences = tokens.sentences
    for i, flags in enumerate(tokens.gaps):
        if i and sentences[i] != sentences[i - 1]:
            stack.clear()
            latest += 1
            current, around = latest, None
        elif flags & BRACKET:
            for char in tokens.gap_text(i):
                if char in _OPENING:
                    stack.append(current)
                    latest += 1
                    current = latest
                elif char in ")]}）】" and stack:
                    current = stack.pop()
        if i in cuts:
            if flags & COMMA and tokens.low[i] in _RELATIVE:
                around = current
            latest += 1
            current = latest
        elif around is not None and _resumes(tokens, i):
            current, around = around, None
        numbers[i] = current
    return numbers


def _resumes(tokens: Tokens, i: int) -> bool:
    """Tell whether the clause around a ", which ...," goes on at word i: with its verb."""
    if not tokens.gaps[i] & COMMA or i + 1 >= len(tokens):
        return False
    verb = tokens.low[i + 1] if tokens.low[i].endswith("ly") else tokens.low[i]
    return verb in AUXILIARIES or (verb in TRIGGERS and verb.endswith(("ed", "ew", "ell", "uck")))


def _find_cuts(tokens: Tokens, opaque: set[int]) -> set[int]:
    """Find the words that start a clause within a sentence."""
    cuts: set[int] = set()
    low, gaps = tokens.low, tokens.gaps
    for i, word in enumerate(low):
        flags = gaps[i]
        if flags and (
            flags & SEMICOLON
            or (flags & QUOTE and flags & (COMMA | STOP))
            or (flags & COMMA and _ends_opening(tokens, i))
        ):
            cuts.add(i)
        if word in CUTS and not _is_plain(tokens, i):
            cuts.add(i)
        elif word in REPORTING and i not in opaque and low[i + 1 : i + 3] != ["to", "have"]:
            cuts.add(i + 1)
            cuts.update(_subject_cut(tokens, i))
    return cuts


def _ends_opening(tokens: Tokens, i: int) -> bool:
    """Tell whether the comma before word i ends "Leaving Malta, the ship": its subject follows."""
    if tokens.low[i] not in PRONOUNS and tokens.low[i] not in DETERMINERS:
        return False
    sentence = tokens.sentences[i]
    for k in range(i - 1, max(-1, i - _OPENING_WORDS), -1):
        if tokens.gaps[k] & COMMA or k == 0 or tokens.sentences[k - 1] != sentence:
            starts = k == 0 or tokens.sentences[k - 1] != sentence
            return starts and tokens.low[k].endswith("ing") and tokens.low[k] in TRIGGERS
    return False


def _is_plain(tokens: Tokens, i: int) -> bool:
    """Tell whether a cutting word is none here: "as many as", "so far", "that night"."""
    word = tokens.low[i]
    before = tokens.low[i - 1] if i else ""
    after = tokens.low[i + 1] if i + 1 < len(tokens) else ""
    if word == "as":
        return before in ("such", "well", "many", "much", "far", "soon", "known") or after in (
            "well",
            "many",
            "part",
        )
    if word == "so":
        return after in ("far", "many")
    if word == "what":
        return after in ("appeared", "appears", "seemed", "seems", "looked")
    if word == "than":
        return before in ("more", "less", "fewer", "rather", "other")
    if word == "once":
        return before in ("least", "at")
    if word == "that":
        return after in ("day", "night", "time", "year", "week", "month", "country", "area")
    if word in ("before", "after") and (after in _TIMES or _gap_after(tokens, i) & COMMA):
        return True  # "before dawn", "the night before,"
    return word in ("after", "before", "since", "until") and tokens.gaps[i] == HYPHEN


def _gap_after(tokens: Tokens, i: int) -> int:
    """Return the flags of what stands after word i."""
    return tokens.gaps[i + 1] if i + 1 < len(tokens) else 0


def _subject_cut(tokens: Tokens, i: int) -> list[int]:
    """Find where the subject of a reporting verb starts after a comma: ", CNN reports"."""
    for k in range(i, max(0, i - _SUBJECT_REACH), -1):
        if tokens.gaps[k] & (COMMA | QUOTE):
            return [k]
        if tokens.sentences[k] != tokens.sentences[i]:
            break
    return []
