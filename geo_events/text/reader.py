"""Read a whole text: mentions, dates, quantities, events."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo_events.errors import InvalidInputError
from geo_events.text.candidates import load_candidates
from geo_events.text.dates import find_dates
from geo_events.text.mentions import find_mentions
from geo_events.text.merging import make_events
from geo_events.text.quantities import find_quantities
from geo_events.text.roles import find_roles
from geo_events.text.sections import find_sections
from geo_events.text.statements import attribute
from geo_events.text.structure import lay_out
from geo_events.text.tokens import tokenize
from geo_events.text.triggers import find_triggers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geo_events.atlas.places import Place
    from geo_events.text.candidates import CandidateSource
    from geo_events.text.dates import DateSpan
    from geo_events.text.events import Event
    from geo_events.text.mentions import Mention
    from geo_events.text.quantities import Quantity
    from geo_events.text.sections import Section

__all__ = ["Document", "read_document"]


@dataclass(frozen=True, slots=True)
class Document:
    """A text with all that was read in it.

    Parameters
    ----------
    text : str
        The text as it was given; all offsets point into it.
    sections : tuple of Section
        The stories of the file, at least one.
    mentions : tuple of Mention
        In the order of the text.
    events : tuple of Event
        In the order of the text.
    dates : tuple of DateSpan
        In the order of the text.
    quantities : tuple of Quantity
        In the order of the text.
    published : date or None
        The day that relative dates count from.
    """

    text: str
    sections: tuple[Section, ...]
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    dates: tuple[DateSpan, ...]
    quantities: tuple[Quantity, ...]
    published: date | None

    def section_of(self, offset: int) -> int:
        """Return the number of the section that a character of the text stands in.

        Parameters
        ----------
        offset : int
            An offset into the text.

        Returns
        -------
        int
            From 0.
        """
        return max(0, bisect_right(self.sections, offset, key=lambda s: s.start) - 1)


def read_document(
    text: str,
    *,
    published: date | None = None,
    places: Mapping[str, Place | None] | None = None,
    source: CandidateSource | None = None,
) -> Document:
    """Read a text.

    Parameters
    ----------
    text : str
        Plain text, or Markdown; any length, any Unicode.
    published : date, optional
        The day from which "Wednesday" and "yesterday" count. Without it, such dates stay
        unresolved.
    places : mapping of str to Place or None, optional
        Corrections by hand: what a mention's words mean, or None for "no place".
    source : CandidateSource, optional
        Where names are looked up; the embedded atlas by default.

    Returns
    -------
    Document
        Mentions, events, dates and quantities; all empty for a text without any.

    Raises
    ------
    InvalidInputError
        When `text` is no string, or `published` lies outside the years 1800 to 2199.
    """
    if not isinstance(text, str):
        raise InvalidInputError(f"text: expected a string; got {type(text).__name__}")
    if published is not None and not 1800 <= published.year < 2200:
        raise InvalidInputError(f"published: expected a day in 1800 to 2199; got {published!r}")
    tokens = tokenize(text)
    sections = find_sections(text)
    mentions = find_mentions(tokens, source or load_candidates(), places or {})
    dates = find_dates(tokens, published)
    quantities = find_quantities(tokens)
    layout = lay_out(tokens, mentions, dates, quantities)
    triggers = find_triggers(layout)
    starts = [section.start for section in sections]
    numbers = [bisect_right(starts, tokens.starts[t.at]) - 1 for t in triggers]
    events = make_events(
        layout, triggers, find_roles(layout, triggers), attribute(layout, triggers), numbers
    )
    return Document(
        text,
        sections,
        tuple(m.mention for m in mentions),
        events,
        tuple(d.value for d in dates),
        tuple(q.value for q in quantities),
        published,
    )
