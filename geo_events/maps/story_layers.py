"""What a story brings to a map: its corridors, its events with evidence, claims and denials."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo_events.maps import signs
from geo_events.maps.claim_layers import DOUBTED, claim_content
from geo_events.maps.content import MapContent, merge_contents
from geo_events.maps.corridor_layers import ask_crossing, corridor_content, data_notes
from geo_events.maps.event_layers import role_content
from geo_events.maps.event_titles import STATUS_WORDS
from geo_events.maps.evidence import Sentences, describe_event
from geo_events.maps.features import AreaMark, Mark
from geo_events.maps.glance import border_fact, story_facts, warning_facts
from geo_events.maps.ring_layers import separation_content
from geo_events.maps.story_lists import (
    EVENTS,
    VERDICTS,
    correction_list,
    event_list,
    place_list,
    verdict_list,
)
from geo_events.maps.wording import name_role
from geo_events.story.claims import DETOUR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.corridors.corridor import Corridor
    from geo_events.corridors.verdict import Verdict
    from geo_events.maps.content import Evidence
    from geo_events.story.story import Story

__all__ = ["story_content"]

_TELLING = ("depends", "too close to call", "yes", "no")
_SENTENCES = 2
_JOINED = ("claims", "roles")
_JOINED_RANK = 14.0  # above the names of points: it says more
_NO_LINES = "The text tells of no movement between two places that it names."
_NO_EVENTS = "Only the places that the text names: events are read from English only."
_ANSWER_WORDS = {
    "yes": "every straight line does",
    "no": "no straight line does",
    "depends": "some straight lines do, others do not",
    "too close to call": "nearer to the border than the border data are good for",
    "not checkable": "the text does not give what geometry needs",
}


def story_content(story: Story) -> MapContent:
    """Turn a story into what stands on a map.

    Parameters
    ----------
    story : Story
        From `read_story` or `read_text`.

    Returns
    -------
    MapContent
        The corridors with their fans, areas and crossings; claimed and denied falls; the events,
        verdicts and places as a list with their evidence; corrections made by hand, as such.
    """
    sentences = Sentences(story.text)
    evidence = {event.id: describe_event(event, story, sentences) for event in story.events}
    corridors = [
        _corridor(corridor, story, number) for number, corridor in enumerate(story.corridors, 1)
    ]
    lead = next((one for one in corridors if _has_question(one)), (*corridors, MapContent())[0])
    merged = merge_contents(
        [
            _frame(story, evidence, lead),
            event_list(story, evidence),
            verdict_list(story),
            *(_without_frame(content) for content in corridors),
            role_content(story),
            claim_content(story),
            separation_content(story),
            place_list(story, sentences),
            correction_list(story),
        ]
    )
    return replace(merged, marks=_join_captions(merged))


def _frame(story: Story, evidence: dict[str, Evidence], lead: MapContent) -> MapContent:
    """Make what stands round the map: title, answer, first facts, sources."""
    return MapContent(
        title=lead.title or _plain_title(story),
        summary=_summary(story, lead),
        caveat=lead.caveat or (_say_no_lines(story),),
        facts=(
            *story_facts(story, evidence),
            *(lead.facts or (border_fact(story.view),)),
            *warning_facts(story, evidence),
        ),
        headings=_headings(story),
        notes=data_notes(story.view),
        citation=story.cite(),
    )


def _say_no_lines(story: Story) -> str:
    """Say why there are no lines: the text tells of none, or its language is not read for it."""
    return _NO_LINES if story.document.language in ("", "en") else _NO_EVENTS


def _has_question(content: MapContent) -> bool:
    """Whether a corridor's map is about a question: a part of its lines is set apart."""
    return any(label.startswith("Crosses ") for label, _ in content.facts)


def _headings(story: Story) -> tuple[tuple[str, str], ...]:
    """Explain the badges that occur in the list."""
    statuses = {event.status for event in story.events}
    answers = {verdict.answer for verdict in story.verdicts}
    rows = (
        (EVENTS, [f"{name}: {text}" for name, text in STATUS_WORDS.items() if name in statuses]),
        (VERDICTS, [f"{name}: {text}" for name, text in _ANSWER_WORDS.items() if name in answers]),
    )
    return tuple((name, "; ".join(words) + ".") for name, words in rows if words)


def _join_captions(content: MapContent) -> tuple[Mark, ...]:
    """Set the words of a claim below those of the same country's crossing, as one caption."""
    crossed = {
        mark.territory: mark
        for mark in content.marks
        if isinstance(mark, AreaMark) and mark.group == "crossed" and mark.at is not None
    }
    marks: list[Mark] = []
    for mark in _fill_once(content.marks):
        under = crossed.get(mark.territory) if isinstance(mark, AreaMark) else None
        if isinstance(mark, AreaMark) and mark.group in _JOINED and under is not None:
            words = mark.label.removeprefix(under.caption.split("\n")[0]).lstrip(": ")
            rank = max(mark.rank, _JOINED_RANK)
            joined = f"{under.caption}\n{words}"
            marks.append(replace(mark, at=under.at, caption=joined, rank=rank))
        else:
            marks.append(mark)
    return tuple(marks)


def _fill_once(marks: Sequence[Mark]) -> list[Mark]:
    """Fill a country once: for the corridor of the question, else for that of the largest share."""
    best: dict[str, AreaMark] = {}
    fills = [one for one in marks if isinstance(one, AreaMark) and one.group == "crossed"]
    for mark in fills:
        old = best.get(mark.territory)
        if old is None or _weight(mark) > _weight(old):
            best[mark.territory] = mark
    dropped = {id(mark) for mark in fills if best[mark.territory] is not mark}
    return [mark for mark in marks if id(mark) not in dropped]


def _weight(mark: AreaMark) -> tuple[bool, float]:
    """Return what decides between two fills of one country."""
    return mark.style is signs.FOCUS, mark.rank


def _plain_title(story: Story) -> str:
    """Say what a map without lines shows."""
    return f"Places in: {story.title}" if story.title else "Places that the text names"


def _summary(story: Story, lead: MapContent) -> tuple[str, ...]:
    """Give the answer that tells most: of the lead corridor's question, else of any."""
    if _has_question(lead):
        return lead.summary
    chosen = _most_telling(story.verdicts)
    if chosen is None:
        return lead.summary
    reasons = " ".join(chosen.reasons[:_SENTENCES])
    answer = f"{chosen.answer.capitalize()}. "
    said = reasons.lower().startswith(chosen.answer)
    return (f"{chosen.question} {'' if said else answer}{reasons}",)


def _most_telling(verdicts: Sequence[Verdict]) -> Verdict | None:
    """Choose the verdict that tells most; None where geometry has no answer."""
    answered = [one for one in verdicts if one.answer in _TELLING]
    return min(answered, key=_dullness, default=None)


def _dullness(verdict: Verdict) -> tuple[int, float]:
    """Return how little an answer tells: least where it depends, and for one half of the lines."""
    share = 0.5 if verdict.share is None else verdict.share
    return _TELLING.index(verdict.answer), abs(share - 0.5)


def _without_frame(content: MapContent) -> MapContent:
    """Keep a corridor's layers; title, notes and citation are the story's own."""
    return replace(content, title="", summary=(), caveat=(), facts=(), notes=(), citation="")


def _corridor(corridor: Corridor, story: Story, number: int) -> MapContent:
    """Draw one corridor, coloured by the story's own question where it has one."""
    item = f"event-{corridor.events[0]}" if corridor.events else ""
    kinds = [event.type for event in story.events if event.id in corridor.events]
    kind = kinds[0] if kinds else ""
    words = (name_role("origin", kind), name_role("destination", kind))
    verdict = _question_of(corridor, story)
    return corridor_content(
        corridor, item=item, number=number, verdict=verdict, ask=False, words=words
    )


def _question_of(corridor: Corridor, story: Story) -> Verdict | None:
    """Find what the story asks of this corridor: a verdict, or a claimed fall on the way."""
    asked = [
        verdict
        for verdict in story.verdicts
        if verdict.territory is not None
        and verdict.origin is not None
        and verdict.target is not None
        and (verdict.origin.id, verdict.target.id) == (corridor.origin.id, corridor.target.id)
    ]
    chosen = _most_telling(asked)
    if chosen is not None:
        return chosen
    return _fall_on(corridor, story)


def _fall_on(corridor: Corridor, story: Story) -> Verdict | None:
    """Ask whether lines of a corridor cross the country of a fall that its section claims."""
    ids = {corridor.origin.id, corridor.target.id}
    falls = [
        role.place
        for event in story.events
        if event.section == corridor.section and event.status in DOUBTED
        for role in event.impact
        if role.place.kind == "country" and role.place.id not in ids
    ]
    if not falls or corridor.is_line:
        return None
    ends = (corridor.origin, corridor.target)
    return ask_crossing(*ends, falls[0], detour=DETOUR, view=story.view)
