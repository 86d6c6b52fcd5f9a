"""The record of an event: its roles, its date and count, and who claims or denies it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from geo_events.atlas.places import Place
    from geo_events.text.dates import DateSpan
    from geo_events.text.quantities import Quantity
    from geo_events.text.verbs import EventType
    from geo_events.values import Span

__all__ = ["Event", "Precision", "Role", "Stance", "Statement", "Status", "Unlisted"]

Status = Literal["asserted", "claimed", "alleged", "denied", "disputed", "planned"]
Stance = Literal["claims", "denies", "relays"]
Precision = Literal["point", "city", "region", "country", "sea"]


@dataclass(frozen=True, slots=True)
class Role:
    """A place with its part in an event; one per distinct place.

    Parameters
    ----------
    place : Place
        Where.
    text : str
        The words that say so, `text[start:end]`.
    start, end : int
        Offsets of the first such words.
    rule : str
        The named rule that gave the role; see `geo_events.text.rules`.
    evidence : tuple of Span
        All places in the text that say so.
    precision : {"point", "city", "region", "country", "sea"}
        How exactly the place is known.

    Examples
    --------
    >>> from geo_events import read_text
    >>> story = read_text("Two jets flew from Ankara to Raqqa on Monday.", published="2015-10-08")
    >>> role = story.events[0].origin[0]
    >>> role.place.name, role.text, role.start, role.precision
    ('Ankara', 'Ankara', 19, 'city')
    """

    place: Place
    text: str
    start: int
    end: int
    rule: str
    evidence: tuple[Span, ...]
    precision: Precision


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A name with its part in an event that reads like a place and is in no atlas of ours.

    Parameters
    ----------
    role : {"origin", "destination", "impact", "place"}
        What it would be.
    text : str
        The name, `text[start:end]`.
    start, end : int
        Offsets.
    rule : str
        The named rule that gave the role.
    within : Place or None
        Where it lies, when the text says so ("the Kafr Souseh area of Damascus"); that place then
        has the role too.
    """

    role: Literal["origin", "destination", "impact", "place"]
    text: str
    start: int
    end: int
    rule: str
    within: Place | None


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody's word on an event.

    Parameters
    ----------
    stance : {"claims", "denies", "relays"}
        A medium that passes on another's word relays.
    who : str or None
        The words that name the source; None when the text does not say ("allegations that").
    via : str or None
        Through whom: "CNN" for an official who told CNN.
    when : DateSpan or None
        When it was said.
    span : Span
        The words of the source, or of the cue where no source is named.

    Examples
    --------
    >>> from geo_events import read_text
    >>> story = read_text("The army denied that a rocket had hit Raqqa.", published="2015-10-08")
    >>> [(said.stance, said.who) for said in story.events[0].statements]
    [('denies', 'The army')]
    """

    stance: Stance
    who: str | None
    via: str | None
    when: DateSpan | None
    span: Span


@dataclass(frozen=True, slots=True)
class Event:
    """What a text says happened.

    Parameters
    ----------
    id : str
        "E1", "E2" and so on, in the order of the text.
    type : str
        "launch", "strike", "flight", "diversion", "crash", "interception", "movement" or "other".
    status : str
        "asserted", "claimed", "alleged", "denied", "disputed" (claimed by one side, denied by
        another) or "planned".
    origin, destination, impact, place : tuple of Role
        From where, to where, where it came down, where it took place.
    actor, instrument : str or None
        Who did it, with what; the words of the text.
    count : Quantity or None
        How many.
    date : DateSpan or None
        When; None rather than a guess.
    statements : tuple of Statement
        Who claims, denies or relays it.
    mentions : tuple of Span
        The words that tell of it; several that were merged.
    section : int
        Number of the section of the text.
    pairs : tuple of (int, int)
        Which origin goes with which destination, as indices: only pairs that the text itself
        makes.
    unlisted : tuple of Unlisted
        Names with a part in it that the atlas does not list: said, but not on any map.
    reach : Quantity or None
        How far what was launched or flown is said to reach ("with a range of 1,500 km"): of kind
        "range", in metres; `max` is None for "at least", `min` is None for "up to".

    Examples
    --------
    >>> from geo_events import read_text
    >>> story = read_text("Two jets flew from Ankara to Raqqa on Monday.", published="2015-10-08")
    >>> event = story.events[0]
    >>> event.type, event.status, event.count.text, str(event.date.start)
    ('flight', 'asserted', 'Two jets', '2015-10-05')
    """

    id: str
    type: EventType
    status: Status
    origin: tuple[Role, ...]
    destination: tuple[Role, ...]
    impact: tuple[Role, ...]
    place: tuple[Role, ...]
    actor: str | None
    instrument: str | None
    count: Quantity | None
    date: DateSpan | None
    statements: tuple[Statement, ...]
    mentions: tuple[Span, ...]
    section: int
    pairs: tuple[tuple[int, int], ...] = ()
    unlisted: tuple[Unlisted, ...] = ()
    reach: Quantity | None = None

    @property
    def range_m(self) -> float | None:
        """The range in metres, where the text gives one that limits: not "at least 1,500 km"."""
        return None if self.reach is None else self.reach.max
