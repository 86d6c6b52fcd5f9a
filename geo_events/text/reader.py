"""Read a whole text: mentions, dates, quantities, events."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geo_events.errors import InvalidInputError
from geo_events.text.candidates import load_candidates
from geo_events.text.datelines import date_text
from geo_events.text.languages.notes import describe_language
from geo_events.text.markup import blank_markup
from geo_events.text.mentions import find_mentions
from geo_events.text.merging import make_events
from geo_events.text.quantities import find_quantities
from geo_events.text.recognised import find_recognised, read_spans
from geo_events.text.roles import read_roles
from geo_events.text.sections import find_sections
from geo_events.text.statements import attribute
from geo_events.text.structure import lay_out
from geo_events.text.tokens import split_tokens, tokenize
from geo_events.text.triggers import find_triggers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from geo_events.atlas.places import Place
    from geo_events.text.candidates import CandidateSource
    from geo_events.text.dates import DateSpan
    from geo_events.text.events import Event
    from geo_events.text.mentions import Mention, MentionFound
    from geo_events.text.quantities import Quantity
    from geo_events.text.recognised import Recogniser, Spans
    from geo_events.text.sections import Section
    from geo_events.text.tokens import Tokens

__all__ = ["Document", "read_document"]

_STRETCH = 500_000  # characters that are cut into words at a time
_PART = 5_000  # words: longer texts are read in parts of whole sentences


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
    language : str
        ISO 639-1 code of the language of most of the text; "" when it was not recognised.
    notes : tuple of str
        What could not be read, in plain sentences: a language that is not served, or one whose
        places are marked but whose events are not read. Empty for English.
    """

    text: str
    sections: tuple[Section, ...]
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    dates: tuple[DateSpan, ...]
    quantities: tuple[Quantity, ...]
    published: date | None
    language: str = "en"
    notes: tuple[str, ...] = ()

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
    spans: Spans | Recogniser | None = None,
) -> Document:
    """Read a text.

    Parameters
    ----------
    text : str
        Plain text, or Markdown; any length, any Unicode.
    published : date, optional
        The day from which "Wednesday" and "yesterday" count. Without it, they count from the
        dateline of their section ("KYIV, 14 March 2024 - "); without that, they stay unresolved.
    places : mapping of str to Place or None, optional
        Corrections by hand: what a mention's words mean, or None for "no place".
    source : CandidateSource, optional
        Where names are looked up; the embedded atlas by default.
    spans : iterable of (int, int, str), or callable, optional
        What another recogniser found, as `read_spans` takes it: then these, and no others, are the
        mentions; what they mean is still decided here.

    Returns
    -------
    Document
        Mentions, events, dates and quantities; all empty for a text without any.

    Raises
    ------
    InvalidInputError
        When `text` is no string, `published` lies outside the years 1800 to 2199, or spans are
        not as `read_spans` takes them.

    Notes
    -----
    Linear in the length of the text: sentences end after 160 words at the latest, and texts of more
    than 5,000 words are read in parts, across which names and events are not brought together.
    Events are read from English only; `notes` says when a text is in another language.
    Link targets, addresses, tags and marks of emphasis are passed over; offsets count them.
    """
    if not isinstance(text, str):
        raise InvalidInputError(f"text: expected a string; got {type(text).__name__}")
    if published is not None and not 1800 <= published.year < 2200:
        raise InvalidInputError(f"published: expected a day in 1800 to 2199; got {published!r}")
    given = None if spans is None else read_spans(spans, text)
    seen = blank_markup(text)
    sections = find_sections(seen)
    starts = [section.start for section in sections]
    look_up = source or load_candidates()
    parts = _Parts()
    for begin, stop in _cut_long(seen):
        words = tokenize(seen, begin, stop)
        for tokens in split_tokens(replace(words, text=text), _PART):
            if given is None:
                mentions = find_mentions(tokens, look_up, places or {})
            else:
                mentions = find_recognised(tokens, given, look_up, places or {})
            _read_part(tokens, mentions, published, (starts, parts))
    return Document(
        text,
        sections,
        tuple(parts.mentions),
        tuple(parts.events),
        tuple(parts.dates),
        tuple(parts.quantities),
        published,
        max(parts.languages, key=lambda code: parts.languages[code], default="en"),
        tuple(parts.notes),
    )


def _cut_long(text: str) -> Iterator[tuple[int, int]]:
    """Cut a very long text at white space, so that memory stays bounded."""
    begin = 0
    while len(text) - begin > _STRETCH:
        stop = text.rfind(" ", begin + _STRETCH // 2, begin + _STRETCH) + 1
        stop = stop or begin + _STRETCH
        yield begin, stop
        begin = stop
    yield begin, len(text)


@dataclass(slots=True)
class _Parts:
    """What was read so far."""

    mentions: list[Mention] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    dates: list[DateSpan] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    languages: dict[str, int] = field(default_factory=dict)  # words by language
    notes: dict[str, None] = field(default_factory=dict)  # each once, in order

    def hear(self, tokens: Tokens) -> None:
        """Count the words of a part by language, and note what its language keeps unread."""
        tongues = tokens.tongues
        self.languages[tongues.code] = self.languages.get(tongues.code, 0) + len(tokens)
        note = describe_language(tongues)
        if note:
            self.notes[note] = None


def _read_part(
    tokens: Tokens,
    mentions: list[MentionFound],
    published: date | None,
    into: tuple[list[int], _Parts],
) -> None:
    """Read the dates, quantities and events of one part, and add them to what was read."""
    starts, parts = into
    parts.hear(tokens)
    dates, datelines = date_text(tokens, mentions, published, starts)
    dated = {k for d in dates for k in range(d.first, d.last + 1)}
    quantities = find_quantities(tokens, dated)
    layout = lay_out(tokens, mentions, dates, quantities, datelines)
    parts.mentions += [m.mention for m in mentions]
    parts.dates += [d.value for d in dates]
    parts.quantities += [q.value for q in quantities]
    triggers = find_triggers(layout) if tokens.tongues.english else []
    if not triggers:
        return
    numbers = [bisect_right(starts, tokens.starts[t.at]) - 1 for t in triggers]
    roles, attribution = read_roles(layout, triggers), attribute(layout, triggers)
    first = len(parts.events) + 1
    parts.events += make_events(layout, triggers, roles, attribution, numbers, number=first)
