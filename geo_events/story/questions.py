"""What an event claims, as a question, and why geometry cannot answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.corridors.wording import join_words, name_place
from geo_events.text.lexicon import FUNCTION_WORDS, word_set
from geo_events.text.quantities import is_number

if TYPE_CHECKING:
    from geo_events.text.events import Event, Role, Statement

__all__ = [
    "NO_PLACE_ON_THE_WAY",
    "ask",
    "ask_about",
    "ask_origin",
    "is_flown_over",
    "say_dispute",
    "say_missing_ends",
    "say_no_origin",
    "write_mid_sentence",
]

NO_PLACE_ON_THE_WAY = (
    "The text names no place on the way that a line could cross or miss; "
    "whether it happened is nothing that geometry can say."
)
_QUESTIONS = {
    "crash": "Did {what} fall{where}?",
    "strike": "Did {what} hit a target{where}?",
    "launch": "Did anybody launch {what}{where}?",
    "flight": "Did {what} fly{where}?",
    "diversion": "Did {what} turn away{where}?",
    "interception": "Did anybody intercept {what}{where}?",
    "movement": "Did {what} move{where}?",
    "other": "Did this happen{where}?",
}
_OVERFLOWN = ("flight", "launch", "movement")
_FLOWN_OVER = ("flown-over", "cross-object")
_TOOK_PLACE = ("happened-in", "campaign-in")
_THINGS = word_set(  # small even where they open a sentence; a Scud and a Tomahawk are names
    "missile missiles rocket rockets projectile projectiles shell shells warhead warheads torpedo "
    "torpedoes mortar mortars bomb bombs munition munitions satellite satellites spacecraft debris "
    "interceptor interceptors weapon weapons fragments wreckage boosters salvos barrages volleys "
    "aircraft airplanes aeroplanes planes jets jetliners airliners warplanes fighters bombers "
    "helicopters choppers drone drones gunships seaplanes balloons airships gliders quadcopters"
)
_PEOPLE = ("officials", "witnesses", "residents", "experts", "rebels", "sources")


def ask(event: Event) -> str:
    """Return the claim of an event as a question that names its places.

    Parameters
    ----------
    event : Event
        The event.

    Returns
    -------
    str
        Such as "Did anybody launch missiles from Iran at Israel?".
    """
    groups = [
        ("from", event.origin),
        (
            {"launch": "at", "flight": "to", "movement": "to"}.get(event.type, "in"),
            event.destination,
        ),
        ("in", event.impact),
    ]
    groups += [(_over_or_in(event, role), (role,)) for role in event.place]
    where, said = "", set[str]()
    for word, roles in groups:
        new = [name_place(role.place) for role in roles if role.place.id not in said]
        said.update(role.place.id for role in roles)
        where += f" {word} {join_words(new)}" if new else ""
    only_over = not event.origin and any(is_flown_over(event, role) for role in event.place)
    verb = "flight" if only_over and not event.destination else event.type
    return _QUESTIONS[verb].format(what=_what(event), where=where)


def ask_about(event: Event, role: Role) -> str:
    """Return the claim that an event has to do with one place.

    Parameters
    ----------
    event : Event
        The event.
    role : Role
        One of its impacts or places.

    Returns
    -------
    str
        Such as "Did missiles fly over Iraq?".
    """
    if role in event.impact:
        return _QUESTIONS["crash"].format(what=_what(event), where=f" in {name_place(role.place)}")
    word = _over_or_in(event, role)
    verb = "flight" if word == "over" else event.type
    return _QUESTIONS[verb].format(what=_what(event), where=f" {word} {name_place(role.place)}")


def is_flown_over(event: Event, role: Role) -> bool:
    """Tell whether a place of an event was flown over, rather than that it happened there.

    Parameters
    ----------
    event : Event
        The event.
    role : Role
        One of its places.

    Returns
    -------
    bool
        By the rule that gave the role; else what flies is over a place.
    """
    if role.rule in _FLOWN_OVER:
        return True
    return event.type in _OVERFLOWN and role.rule not in _TOOK_PLACE


def _over_or_in(event: Event, role: Role) -> str:
    """Return the word before a place."""
    return "over" if is_flown_over(event, role) else "in"


def _what(event: Event) -> str:
    """Return what an event is about, counted where the text counts it."""
    if event.count is not None and event.count.text:
        return event.count.text[0].lower() + event.count.text[1:]
    what = event.instrument or "something"
    return what[:1].lower() + what[1:] if what.lower() in _THINGS else what


def say_missing_ends(event: Event) -> str:
    """Say which end of the line the text leaves out.

    Parameters
    ----------
    event : Event
        An event without a pair of ends.

    Returns
    -------
    str
        One sentence.
    """
    same = {role.place.id for role in event.origin} & {role.place.id for role in event.destination}
    if same:
        names = join_words([name_place(r.place) for r in event.origin if r.place.id in same])
        return f"Origin and target are the same place, {names}, so there is no line to check."
    missing = [
        word
        for word, roles in (("from where", event.origin), ("to where", event.destination))
        if not roles
    ]
    return (
        f"The text does not say {' and '.join(missing) or 'which origin goes with which target'}, "
        "so there is no line to check."
    )


def ask_origin(event: Event) -> str:
    """Ask from where a launch at a target was made.

    Parameters
    ----------
    event : Event
        A launch with a destination.

    Returns
    -------
    str
        Such as "From where did Iran launch missiles at Israel?".
    """
    at = join_words([name_place(role.place) for role in event.destination])
    return f"From where did {event.actor or 'somebody'} launch {_what(event)} at {at}?"


def say_no_origin(event: Event, country: str) -> str:
    """Say that a text states no origin, and how to give one.

    Parameters
    ----------
    event : Event
        A launch without an origin.
    country : str
        Whose launch it was: the origin that a reader may take for meant.

    Returns
    -------
    str
        Two sentences.
    """
    return (
        f"The text states no origin, only who did it ({event.actor}), so no line is drawn. "
        f'To give one: story.correct("{event.id}", origin="{country}"), or --corrections on the '
        "command line."
    )


def say_dispute(event: Event) -> tuple[str, ...]:
    """Say who contradicts whom, where an event is disputed.

    Parameters
    ----------
    event : Event
        The event.

    Returns
    -------
    tuple of str
        One sentence; empty for an event that is not disputed.
    """
    if event.status != "disputed":
        return ()
    claim = _say_who([s for s in event.statements if s.stance != "denies"], "claimed")
    denial = _say_who([s for s in event.statements if s.stance == "denies"], "denied")
    return (f"It is {claim} and {denial}; geometry cannot say who is right.",)


def _say_who(statements: list[Statement], verb: str) -> str:
    """Say who claims or denies."""
    names = dict.fromkeys(write_mid_sentence(s.who or s.via or "") for s in statements)
    said = join_words([name for name in names if name])
    return f"{verb} by {said}" if said else verb


def write_mid_sentence(words: str) -> str:
    """Write words that opened a sentence as they stand within one.

    Parameters
    ----------
    words : str
        A source, or how many of what.

    Returns
    -------
    str
        Such as "two US officials"; a name keeps its capital.

    Examples
    --------
    >>> write_mid_sentence("Two US officials"), write_mid_sentence("US officials")
    ('two US officials', 'US officials')
    """
    opening = words.partition(" ")[0]
    first = opening.lower()
    small = first in FUNCTION_WORDS or is_number(first) or first in _PEOPLE
    is_code = len(opening) > 1 and opening.isupper()  # US, not us
    return words[:1].lower() + words[1:] if small and not is_code else words
