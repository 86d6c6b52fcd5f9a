"""Find datelines: where and when a story was filed, at the start of a paragraph.

"KYIV, 14 March 2024 (Agency) - Drones ..." was published on 14 March. That says nothing about the
day of what it tells, but "on Tuesday" counts from it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.dates import find_dates
from geo_events.text.lexicon import FUNCTION_WORDS
from geo_events.text.tokens import BRACKET, NEWLINE, PARAGRAPH, STOP

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo_events.text.dates import DateFound
    from geo_events.text.mentions import MentionFound
    from geo_events.text.tokens import Tokens

__all__ = ["Dateline", "date_text", "find_datelines", "is_filed_from"]

_BEFORE, _AFTER = 9, 5  # words of a dateline before and after its date, at most
_DASHES = frozenset("-–—―−")
_LONG_ABBREVIATION = 3  # characters: "UAE" opens a sentence, "CAIRO" a dispatch
_FILED = re.compile(r"[^.;:!?\n]{0,40}?(?:\([^)\n]{2,30}\)\s*[-–—]|\s[–—]|\s-)\s")
_JOINING = frozenset(("of", "the", "and", "de", "al"))


class Dateline(NamedTuple):
    """The words of a dateline, from `first` to `last`, with its date."""

    first: int
    last: int
    date: DateFound


def find_datelines(
    tokens: Tokens, mentions: Sequence[MentionFound], dates: Sequence[DateFound]
) -> list[Dateline]:
    """Find the datelines with a date.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    mentions : sequence of MentionFound
        Its names, in the order of the text.
    dates : sequence of DateFound
        Its dates, in the order of the text.

    Returns
    -------
    list of Dateline
        In the order of the text: a place that opens a paragraph, a date, and a dash or full stop,
        with nothing but names between.
    """
    found = []
    for when in dates:
        first = _opening(tokens, when.first)
        if first is None or not _is_place(tokens, mentions, first, when.first):
            continue
        last = _closing(tokens, when.last)
        if last is not None:
            found.append(Dateline(first, last, when))
    return found


def _opening(tokens: Tokens, k: int) -> int | None:
    """Return the paragraph's first word when nothing but names stands from there to word k."""
    for i in range(k, max(-1, k - _BEFORE - 1), -1):
        if i < k and not _is_name(tokens, i):
            return None
        if i == 0 or tokens.gaps[i] & (NEWLINE | PARAGRAPH):
            return i if i < k else None
        if tokens.gaps[i] & STOP or _has_dash(tokens, i):
            return None
    return None


def _is_name(tokens: Tokens, i: int) -> bool:
    """Tell whether word i can be part of a name."""
    return tokens.words[i][0].isupper() or tokens.low[i] in _JOINING


def _has_dash(tokens: Tokens, i: int) -> bool:
    """Tell whether a dash, not a hyphen inside a word, stands before word i."""
    gap = tokens.gap_text(i)
    return any(mark in _DASHES for mark in gap) and (len(gap) > 1 or gap in "—―")


def _is_place(tokens: Tokens, mentions: Sequence[MentionFound], first: int, end: int) -> bool:
    """Tell whether the words from `first` up to `end` open with a place, not with "On Friday"."""
    if tokens.low[first] in FUNCTION_WORDS:
        return False
    n = bisect_left(mentions, first, key=lambda m: m.last)
    named = n < len(mentions) and mentions[n].first <= first and mentions[n].last < end
    return named or (tokens.words[first].isupper() and len(tokens.words[first]) > 2)


def _closing(tokens: Tokens, k: int) -> int | None:
    """Return the dateline's last word: a dash or stop follows its date, or the agency after it."""
    for i in range(k + 1, min(len(tokens), k + 2 + _AFTER)):
        if _has_dash(tokens, i) or (i == k + 1 and tokens.gaps[i] & STOP):
            return i - 1
        inside = i > k + 1 or tokens.gaps[i] & BRACKET
        if not inside or tokens.gaps[i] & (STOP | NEWLINE | PARAGRAPH) or not _is_name(tokens, i):
            return None
    return None


def date_text(
    tokens: Tokens,
    mentions: Sequence[MentionFound],
    published: date | None,
    starts: Sequence[int],
) -> tuple[list[DateFound], list[Dateline]]:
    """Find the dates of a text, and which of them are its datelines'.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    mentions : sequence of MentionFound
        Its names.
    published : date or None
        The day that relative dates count from. Without it, they count from the dateline before
        them in their section, where there is one.
    starts : sequence of int
        The offsets at which the sections start.

    Returns
    -------
    tuple of list
        The dates, in the order of the text, those of datelines with the rule "dateline"; and the
        datelines.
    """
    dates = find_dates(tokens, published)
    lines = find_datelines(tokens, mentions, dates)
    if published is None:
        dates = _count_from_datelines(tokens, dates, lines, starts)
    marked = {line.date.first for line in lines}
    for n, found in enumerate(dates):
        if found.first in marked:
            dates[n] = found._replace(value=found.value.with_rule("dateline"))
    return dates, lines


def _count_from_datelines(
    tokens: Tokens, dates: list[DateFound], lines: Sequence[Dateline], starts: Sequence[int]
) -> list[DateFound]:
    """Work out again the dates that follow a dateline with a known day, up to its section's end."""
    result: list[DateFound] = []
    done = 0
    for n, line in enumerate(lines):
        day = line.date.value.start
        if day is None or day != line.date.value.end:
            continue
        section = bisect_left(starts, tokens.starts[line.first] + 1)
        end = bisect_left(tokens.starts, starts[section]) if section < len(starts) else len(tokens)
        end = min(end, lines[n + 1].first if n + 1 < len(lines) else end)
        result += [d for d in dates if done <= d.first <= line.date.last]
        result += find_dates(tokens, day, line.date.last + 1, end)
        done = end
    return result + [d for d in dates if d.first >= done]


def is_filed_from(text: str, start: int, end: int) -> bool:
    """Tell whether a name opens a paragraph as the place of filing, with or without a date.

    Parameters
    ----------
    text : str
        The text.
    start, end : int
        The name's offsets.

    Returns
    -------
    bool
        True for "BEIRUT (Reuters) - ", "Kyiv, 14 March - " and "CAIRO " at a paragraph's start.

    Examples
    --------
    >>> is_filed_from("BEIRUT (Reuters) - A missile was launched.", 0, 6)
    True
    >>> is_filed_from("Beirut was hit.", 0, 6)
    False
    """
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if before.strip("*_> \t\ufeff"):
        return False
    name = text[start:end]
    return _FILED.match(text, end) is not None or (
        name.isupper() and len(name) > _LONG_ABBREVIATION
    )
