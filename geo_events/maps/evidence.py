"""The evidence for what a text is read to say: sentences, words marked, who says it, how sure."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from geo_events.maps.content import Evidence, Quote
from geo_events.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo_events.story.story import Story
    from geo_events.text.events import Event, Role, Statement, Status
    from geo_events.text.mentions import Mention

__all__ = [
    "Sentences",
    "describe_event",
    "describe_mention",
    "name_instrument",
    "say_source",
    "say_who",
]

_MOST_QUOTES = 6
_STANCES = {"claims": "claimed by", "denies": "denied by", "relays": "passed on by"}
_ROLES = (("origin", "From"), ("destination", "To"), ("impact", "Fell in"), ("place", "Where"))
_CANDIDATES = 4


class Sentences:
    """The sentences of a text, found by any offset in it.

    Parameters
    ----------
    text : str
        The text.
    """

    def __init__(self, text: str) -> None:
        tokens = tokenize(text)
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        last = -1
        for start, end, number in zip(tokens.starts, tokens.ends, tokens.sentences, strict=True):
            if number != last:
                self.starts.append(start)
                self.ends.append(end)
                last = number
            self.ends[-1] = end

    def quote(self, spans: Iterable[tuple[int, int]], note: str = "") -> tuple[Quote, ...]:
        """Return the sentences that hold some spans, with the spans marked.

        Parameters
        ----------
        spans : iterable of (int, int)
            Offsets into the text.
        note : str
            What the marked words are.

        Returns
        -------
        tuple of Quote
            In the order of the text, each sentence once, at most six.
        """
        grouped: dict[int, list[tuple[int, int]]] = {}
        for start, end in sorted(set(spans)):
            grouped.setdefault(max(0, bisect_right(self.starts, start) - 1), []).append(
                (start, end)
            )
        quotes = [self._one(row, found, note) for row, found in grouped.items()]
        return tuple(quotes[:_MOST_QUOTES])

    def _one(self, row: int, spans: Sequence[tuple[int, int]], note: str) -> Quote:
        """Quote one sentence with its closing stop; overlapping spans become one."""
        start = self.starts[row] if self.starts else 0
        limit = self.starts[row + 1] if row + 1 < len(self.starts) else len(self.text)
        text = self.text[start : max(limit, spans[-1][1])].rstrip()
        marks: list[tuple[int, int]] = []
        for first, last in spans:
            low, high = max(0, first - start), min(len(text), last - start)
            if marks and low <= marks[-1][1]:
                marks[-1] = (marks[-1][0], max(marks[-1][1], high))
            elif low < high:
                marks.append((low, high))
        return Quote(text, tuple(marks), note)


def describe_event(event: Event, story: Story, sentences: Sentences) -> Evidence:
    """Tell of an event: the sentences, its parts, who says so, and how places were understood.

    Parameters
    ----------
    event : Event
        Of the story.
    story : Story
        For its mentions and corrections.
    sentences : Sentences
        Of the story's text.

    Returns
    -------
    Evidence
        Quotes with the words marked, and rows.
    """
    roles = [role for name, _ in _ROLES for role in getattr(event, name)]
    spans = [(span.start, span.end) for span in event.mentions]
    spans += [(span.start, span.end) for role in roles for span in role.evidence]
    spans += [(said.span.start, said.span.end) for said in event.statements]
    rows = [("Kind", f"{event.type}, {event.status}")]
    rows += [("Who", event.actor)] if event.actor else []
    rows += [("What", name_instrument(event))]
    rows += [("When", _when(event))]
    for name, label in _ROLES:
        rows += [(label, _say_role(role)) for role in getattr(event, name)]
    rows += [("Says", say_who(said, event.status)) for said in event.statements]
    rows += _understood(roles, story)
    rows += [("How it was read", "; ".join(dict.fromkeys(role.rule for role in roles)))]
    return Evidence(tuple((a, b) for a, b in rows if b), sentences.quote(spans))


def name_instrument(event: Event) -> str:
    """Return the words for how many of what.

    Parameters
    ----------
    event : Event
        With or without count and instrument.

    Returns
    -------
    str
        Such as "26 cruise missiles"; "" when neither is said.
    """
    count = event.count.text if event.count is not None else ""
    what = event.instrument or ""
    is_bare = count.replace(",", "").replace(".", "").isdigit()
    return f"{count} {what}".strip() if is_bare or not count else count


def _when(event: Event) -> str:
    """Return the day or days, and the words that say so."""
    date = event.date
    if date is None:
        return ""
    if date.start is None:
        return f"“{date.text}”, not resolved"
    days = str(date.start) if date.start == date.end else f"{date.start} to {date.end}"
    return f"{days} (“{date.text}”)"


def _say_role(role: Role) -> str:
    """Name a place in its part, and how exactly it is known."""
    return f"{role.place} · known as a {role.precision}"


def say_who(said: Statement, status: Status) -> str:
    """Say who claims or denies something.

    Parameters
    ----------
    said : Statement
        One statement.
    status : str
        Of its event: what the text itself asserts is no claim.

    Returns
    -------
    str
        Such as "denied by the spokesman", "claimed by officials, through CNN", "also said by".
    """
    also = status == "asserted" and said.stance == "claims"
    return f"{'also said by' if also else _STANCES[said.stance]} {say_source(said)}"


def say_source(said: Statement) -> str:
    """Name the source of a statement.

    Parameters
    ----------
    said : Statement
        One statement.

    Returns
    -------
    str
        Such as "officials, through CNN".
    """
    words = " ".join((said.who or "somebody not named").split())
    return f"{words}, through {said.via}" if said.via and said.via != said.who else words


def _understood(roles: Sequence[Role], story: Story) -> list[tuple[str, str]]:
    """Say how sure the places are, what else they may mean, and what was corrected by hand."""
    rows = []
    seen: set[str] = set()
    for role in roles:
        mention = next((one for one in story.mentions if one.start <= role.start < one.end), None)
        if mention is None or mention.text in seen:
            continue
        seen.add(mention.text)
        rows.append((f"“{mention.text}”", _understanding(mention)))
    return rows


def _understanding(mention: Mention) -> str:
    """Say what a mention was taken for, how surely, and the other candidates."""
    words = f"{mention.place or 'no place'} · score {mention.score:.2f} · {mention.reason}"
    others = [
        f"{place} {share:.2f}"
        for place, share in mention.candidates[:_CANDIDATES]
        if mention.place is None or place.id != mention.place.id
    ]
    return f"{words} · also possible: {'; '.join(others)}" if others else words


def describe_mention(mention: Mention, sentences: Sentences) -> Evidence:
    """Tell of a place that the text names.

    Parameters
    ----------
    mention : Mention
        With a place.
    sentences : Sentences
        Of its text.

    Returns
    -------
    Evidence
        The sentence with the words marked, and how they were understood.
    """
    quotes = sentences.quote([(mention.start, mention.end)])
    return Evidence((("Understood as", _understanding(mention)),), quotes)
