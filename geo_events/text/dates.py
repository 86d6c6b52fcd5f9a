"""Find dates in a text and work them out from the day of publication.

A small closed grammar, on purpose: a phrase that is not in it stays text, and a relative phrase
without a publication date stays unresolved. Nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.date_rules import DatePrecision, Reading, find_keys, read_date

if TYPE_CHECKING:
    from datetime import date

    from geo_events.text.tokens import Tokens

__all__ = ["DateFound", "DateSpan", "find_dates"]


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A stretch of days that a text names.

    Parameters
    ----------
    start, end : date or None
        First and last day; both None when the phrase needs a publication date and has none.
    precision : str
        "day", "night", "days", "week", "month", "year", "part" (of a month or year) or
        "unresolved".
    text : str
        The phrase as written.
    rule : str
        The rule that read it, such as "weekday" or "month-day"; "dateline" for the day on which
        the story was filed.
    offset : int
        Where the phrase starts in the text.
    """

    start: date | None
    end: date | None
    precision: DatePrecision
    text: str
    rule: str
    offset: int

    def overlaps(self, other: DateSpan) -> bool:
        """Tell whether the two can mean one day; an unresolved one can mean any."""
        if self.start is None or other.start is None or self.end is None or other.end is None:
            return True
        return self.start <= other.end and other.start <= self.end

    def with_rule(self, rule: str) -> DateSpan:
        """Return the same days, read by another rule.

        Parameters
        ----------
        rule : str
            The rule's name.

        Returns
        -------
        DateSpan
            A copy.
        """
        return replace(self, rule=rule)


class DateFound(NamedTuple):
    """A date with the numbers of its first and last word."""

    first: int
    last: int
    value: DateSpan


def _make_span(tokens: Tokens, reading: Reading) -> DateSpan:
    """Make the value; an opening bracket belongs to "[Last] night"."""
    offset, text = tokens.starts[reading.first], tokens.span(reading.first, reading.last)
    if "]" in text and offset and tokens.text[offset - 1] == "[":
        offset, text = offset - 1, "[" + text
    return DateSpan(reading.start, reading.end, reading.precision, text, reading.rule, offset)


def find_dates(
    tokens: Tokens, published: date | None, begin: int = 0, stop: int | None = None
) -> list[DateFound]:
    """Find the dates of a text.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    published : date or None
        The day from which "Wednesday" and "yesterday" count. A weekday is the latest such day up
        to and including this one.
    begin, stop : int
        The words to look at, from `begin` up to, not with, `stop`; by default all.

    Returns
    -------
    list of DateFound
        In the order of the text, without overlaps; empty when there is none. Without `published`,
        relative dates and dates without a year have the precision "unresolved".

    Examples
    --------
    >>> from datetime import date
    >>> from geo_events.text.tokens import tokenize
    >>> found = find_dates(tokenize("They left late on Wednesday."), date(2015, 10, 8))
    >>> found[0].value.text, str(found[0].value.start)
    ('late on Wednesday', '2015-10-07')
    """
    found: list[DateFound] = []
    for i in find_keys(tokens, begin, len(tokens) if stop is None else stop):
        reading = read_date(tokens, i, published)
        if reading is None:
            continue
        while found and found[-1].last >= reading.first:
            if found[-1].last - found[-1].first > reading.last - reading.first:
                break
            found.pop()
        else:
            found.append(DateFound(reading.first, reading.last, _make_span(tokens, reading)))
    return found
