"""What a story brings to a map: its corridors, its events with evidence, claims and denials."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo_events.maps import signs
from geo_events.maps.claim_layers import DOUBTED, claim_content
from geo_events.maps.content import Evidence, Group, Item, LegendEntry, MapContent, merge_contents
from geo_events.maps.corridor_layers import CAVEAT, ask_crossing, corridor_content, data_notes
from geo_events.maps.event_layers import ROLES, role_content
from geo_events.maps.event_titles import STATUS_WORDS, name_event
from geo_events.maps.evidence import Sentences, describe_event, describe_mention, say_who
from geo_events.maps.features import AreaMark, Mark, PointMark
from geo_events.maps.glance import border_fact, story_facts
from geo_events.maps.ring_layers import separation_content
from geo_events.story.claims import DETOUR
from geo_events.text.datelines import is_filed_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo_events.atlas.places import Place
    from geo_events.corridors.corridor import Corridor
    from geo_events.corridors.verdict import Verdict
    from geo_events.story.story import Story
    from geo_events.text.events import Event
    from geo_events.text.mentions import Mention

__all__ = ["story_content"]

_EVENTS = "What the text says"
_VERDICTS = "What geometry allows"
_PLACES = "Other places that the text names"
_CORRECTIONS = "Corrected by hand"
_POINTS = ("city", "airport", "airbase", "port", "facility", "institution")
_NO_LINES = "The text tells of no movement between two places that it names."
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
            _events(story, evidence),
            _verdicts(story),
            *(_without_frame(content) for content in corridors),
            role_content(story),
            claim_content(story),
            separation_content(story),
            _places(story, sentences),
            _corrections(story),
        ]
    )
    return replace(merged, marks=_join_captions(merged))


def _frame(story: Story, evidence: dict[str, Evidence], lead: MapContent) -> MapContent:
    """Make what stands round the map: title, answer, first facts, sources."""
    return MapContent(
        title=lead.title or _plain_title(story),
        summary=lead.summary or _first_answer(story),
        caveat=(CAVEAT if lead.marks else _NO_LINES,),
        facts=(*story_facts(story, evidence), *(lead.facts or (border_fact(story.view),))),
        headings=_headings(story),
        notes=data_notes(story.view),
        citation=story.cite(),
    )


def _has_question(content: MapContent) -> bool:
    """Whether a corridor's map is about a question: a part of its lines is set apart."""
    return any(label.startswith("Crosses ") for label, _ in content.facts)


def _headings(story: Story) -> tuple[tuple[str, str], ...]:
    """Explain the badges that occur in the list."""
    statuses = {event.status for event in story.events}
    answers = {verdict.answer for verdict in story.verdicts}
    rows = (
        (_EVENTS, [f"{name}: {text}" for name, text in STATUS_WORDS.items() if name in statuses]),
        (_VERDICTS, [f"{name}: {text}" for name, text in _ANSWER_WORDS.items() if name in answers]),
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
    for mark in content.marks:
        under = crossed.get(mark.territory) if isinstance(mark, AreaMark) else None
        if isinstance(mark, AreaMark) and mark.group == "claims" and under is not None:
            words = mark.label.removeprefix(under.caption.split("\n")[0]).lstrip(": ")
            marks.append(replace(mark, at=under.at, caption=f"{under.caption}\n{words}"))
        else:
            marks.append(mark)
    return tuple(marks)


def _plain_title(story: Story) -> str:
    """Say what a map without lines shows."""
    return f"Places in: {story.title}" if story.title else "Places that the text names"


def _first_answer(story: Story) -> tuple[str, ...]:
    """Give the answer to the first question that has one."""
    chosen = next((one for one in story.verdicts if one.answer != "not checkable"), None)
    return (f"{chosen.question} {chosen.answer.capitalize()}: {chosen.text}",) if chosen else ()


def _without_frame(content: MapContent) -> MapContent:
    """Keep a corridor's layers; title, notes and citation are the story's own."""
    return replace(content, title="", summary=(), caveat=(), facts=(), notes=(), citation="")


def _corridor(corridor: Corridor, story: Story, number: int) -> MapContent:
    """Draw one corridor, coloured by the story's own question where it has one."""
    item = f"event-{corridor.events[0]}" if corridor.events else ""
    verdict = _question_of(corridor, story)
    return corridor_content(corridor, item=item, number=number, verdict=verdict, ask=False)


def _question_of(corridor: Corridor, story: Story) -> Verdict | None:
    """Find what the story asks of this corridor: a verdict, or a claimed fall on the way."""
    for verdict in story.verdicts:
        ends = (verdict.origin, verdict.target)
        if verdict.territory is None or None in ends or verdict.answer == "not checkable":
            continue
        if [end.id for end in ends if end] == [corridor.origin.id, corridor.target.id]:
            return verdict
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


# Events -----------------------------------------------------------------------------------------


def _events(story: Story, evidence: dict[str, Evidence]) -> MapContent:
    """List the events with their evidence."""
    corrected = {correction.text for correction in story.corrections}
    items = []
    for event in story.events:
        found = evidence[event.id]
        title, detail = name_event(event, found), _event_detail(event)
        badge, key = _badge(event, corrected), f"event-{event.id}"
        items.append(Item(key, _EVENTS, title, detail, badge, found, *_days(event)))
    return MapContent(items=tuple(items))


def _event_detail(event: Event) -> str:
    """Say when, and who claims or denies it."""
    when = str(event.date.start) if event.date is not None and event.date.start else ""
    return "; ".join(filter(None, (when, *map(say_who, event.statements))))


def _badge(event: Event, corrected: set[str]) -> str:
    """Return the word set apart: the status, and whether a place was corrected."""
    roles = (*event.origin, *event.destination, *event.impact, *event.place)
    by_hand = any(span.text in corrected for role in roles for span in role.evidence)
    return f"{event.status}, place corrected by hand" if by_hand else event.status


def _days(event: Event) -> tuple[str, str]:
    """Return first and last day in ISO 8601, or nothing."""
    if event.date is None or event.date.start is None or event.date.end is None:
        return "", ""
    return event.date.start.isoformat(), event.date.end.isoformat()


def _verdicts(story: Story) -> MapContent:
    """List what geometry allows of each claim."""
    items = []
    for number, verdict in enumerate(story.verdicts):
        rows = [("Why", reason) for reason in verdict.reasons]
        if verdict.share is not None:
            rows.append(("Share", f"{verdict.share:.1%} of the pairs of origin and target"))
        if verdict.can_cross is not None and verdict.can_avoid is not None:
            rows.append((f"A route {verdict.allowance} longer", _allowed(verdict)))
        rows += [("Method", verdict.method), ("Data", verdict.data)]
        items.append(
            Item(
                f"verdict-{number}",
                _VERDICTS,
                verdict.question,
                verdict.reasons[0],
                verdict.answer,
                Evidence(tuple((a, b) for a, b in rows if b)),
            )
        )
    return MapContent(items=tuple(items))


def _allowed(verdict: Verdict) -> str:
    """Say what a slightly longer route changes."""
    return (
        f"could cross from {verdict.can_cross:.0%} of the origin, "
        f"could stay out from {verdict.can_avoid:.0%}"
    )


# Places and corrections -------------------------------------------------------------------------


def _places(story: Story, sentences: Sentences) -> MapContent:
    """Draw the other places that the text gives as points, and list them."""
    marks, items = [], []
    for mention, place, filed in _other_places(story):
        key = f"place-{place.id}"
        badge = "dateline" if filed else ""
        evidence = describe_mention(mention, sentences)
        items.append(Item(key, _PLACES, str(place), badge=badge, evidence=evidence))
        if filed:
            continue
        marks.append(
            PointMark(
                place.lon,
                place.lat,
                str(place),
                signs.PLACE,
                "circle",
                "places",
                key,
                place.name,
                focus=not story.corridors,
            )
        )
    if not marks:
        return MapContent(items=tuple(items))
    entry = LegendEntry("point", "Place named in the text", signs.PLACE, "circle")
    group = Group("places", "Other places in the text", (entry,), opened=True)
    return MapContent(groups=(group,), marks=tuple(marks), items=tuple(items))


def _other_places(story: Story) -> Iterator[tuple[Mention, Place, bool]]:
    """Yield each point that no event uses, with whether it is only where the text was filed."""
    seen = {
        role.place.id for event in story.events for name in ROLES for role in getattr(event, name)
    }
    found: dict[str, tuple[Mention, Place, bool]] = {}
    for mention in story.mentions:
        place = mention.place
        if place is None or mention.kind != "name" or place.kind not in _POINTS or place.id in seen:
            continue
        if place.id not in found or found[place.id][2]:
            found[place.id] = (
                mention,
                place,
                is_filed_from(story.text, mention.start, mention.end),
            )
    yield from found.values()


def _corrections(story: Story) -> MapContent:
    """List what was corrected by hand."""
    items = tuple(
        Item(
            f"correction-{number}",
            _CORRECTIONS,
            f"“{correction.text}” is {correction.place or 'no place'}",
            badge="corrected by hand",
        )
        for number, correction in enumerate(story.corrections)
    )
    return MapContent(items=items)
