"""Claims that a place is in range, made without a launch: "Guam is within range of ..."."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from geo_events.corridors.reach import check_range
from geo_events.corridors.verdicts import not_checkable
from geo_events.corridors.wording import name_place
from geo_events.story.ranges import find_reach_of
from geo_events.text.lexicon import AIRCRAFT, PROJECTILES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo_events.atlas.places import Place
    from geo_events.corridors.verdict import Verdict
    from geo_events.text.mentions import Mention
    from geo_events.text.reader import Document
    from geo_events.values import View

__all__ = ["check_reach_claims"]

_IN_RANGE = re.compile(
    r"\b(?:within\s+(?:the\s+)?(?:range|reach)|in\s+range|in\s+reach)\b", re.IGNORECASE
)
_CAN_REACH = re.compile(r"\b(?:can|could|able\s+to)\s+(?:reach|hit|strike)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+|\n\s*\n")
_WEAPONS = PROJECTILES | AIRCRAFT
_LONGEST = 1_000


def check_reach_claims(
    document: Document, given: Mapping[str, str], view: View
) -> Iterator[Verdict]:
    """Check each claim that a place is in range of something.

    Parameters
    ----------
    document : Document
        What the text says.
    given : mapping of str to str
        Ranges that the reader gave, as `make_ranges` returns them.
    view : {"de_facto", "recognised"}
        Whose borders.

    Yields
    ------
    Verdict
        Of claim "range". Not checkable where the sentence names no place to measure from, or no
        range is known.
    """
    named = [m for m in document.mentions if m.kind in ("name", "demonym") and m.place is not None]
    for pattern, target_first in ((_IN_RANGE, True), (_CAN_REACH, False)):
        for phrase in pattern.finditer(document.text):
            sentence = _sentence_around(document.text, phrase)
            if not _WEAPONS & set(re.findall(r"\w+", document.text[slice(*sentence)].lower())):
                continue
            before, after = _places_around(named, phrase, sentence)
            target, origin = (before, after) if target_first else (after, before)
            if target is not None:
                yield _check(document, phrase.start(), (origin, target), given, view)


def _sentence_around(text: str, phrase: re.Match[str]) -> tuple[int, int]:
    """Return where the sentence of a phrase begins and ends."""
    first = max(0, phrase.start() - _LONGEST)
    starts = [end.end() for end in _SENTENCE_END.finditer(text, first, phrase.start())]
    stop = _SENTENCE_END.search(text, phrase.end(), phrase.end() + _LONGEST)
    return (starts or [first])[-1], stop.start() if stop else phrase.end() + _LONGEST


def _places_around(
    named: Sequence[Mention], phrase: re.Match[str], sentence: tuple[int, int]
) -> tuple[Place | None, Place | None]:
    """Return the last place before a phrase and the first after it, in its sentence."""
    row = bisect_left(named, phrase.start(), key=lambda mention: mention.start)
    before = named[row - 1].place if row and named[row - 1].start >= sentence[0] else None
    after = named[row].place if row < len(named) and named[row].start < sentence[1] else None
    return before, after


def _check(
    document: Document,
    offset: int,
    ends: tuple[Place | None, Place],
    given: Mapping[str, str],
    view: View,
) -> Verdict:
    """Check one claim."""
    origin, target = ends
    reach = find_reach_of(document, offset, given)
    question = f"Is {name_place(target)} in range?"
    if origin is None or origin.id == target.id:
        reason = "The text does not say from where, so there is no distance to measure."
        return not_checkable(question, reason, view, claim="range")
    if reach is None:
        question = f"Is {name_place(target)} in range of {name_place(origin)}?"
        reason = "Neither the text nor its reader gives the range."
        return not_checkable(question, reason, view, claim="range")
    found = check_range(origin, target, reach.length, view=view)
    if not reach.is_limit and found.answer != "yes":
        reason = f"The text says at least {reach.length}, which sets no limit."
        return not_checkable(found.question, reason, view, claim="range")
    return replace(found, reasons=(*found.reasons, str(reach)))
