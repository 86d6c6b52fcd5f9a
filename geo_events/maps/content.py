"""What a map says beside its marks: layers with their legend, the list with its evidence, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal, cast

from geo_events.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.maps.features import Mark, Sign, Style

__all__ = [
    "Evidence",
    "Group",
    "Item",
    "LegendEntry",
    "MapContent",
    "Quote",
    "join_things",
    "merge_contents",
]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the source, with the words that count marked.

    Parameters
    ----------
    text : str
        The sentence as it stands in the source.
    marks : tuple of (int, int)
        Stretches of `text` (start, end) to mark, in order and apart.
    note : str
        What the marked words were taken for.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        last = 0
        for start, end in self.marks:
            if not last <= start <= end <= len(self.text):
                raise InvalidInputError(
                    f"marks: expected ordered stretches within {len(self.text)} characters; "
                    f"got {self.marks!r}"
                )
            last = end


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why something is on the map: rows of label and value, and quotes.

    Parameters
    ----------
    rows : tuple of (str, str)
        A label and what there is to say.
    quotes : tuple of Quote
        Sentences of the source.
    """

    rows: tuple[tuple[str, str], ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One sign of the legend and its meaning.

    Parameters
    ----------
    kind : {"area", "line", "point"}
        What the sign looks like.
    text : str
        What it means.
    style : Style
        How it is drawn.
    sign : Sign or None
        The shape of a point.
    """

    kind: Literal["area", "line", "point"]
    text: str
    style: Style
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A layer that the reader can show and hide, with its part of the legend.

    Parameters
    ----------
    key : str
        What marks refer to; unique on the map.
    title : str
        Its name in the legend.
    entries : tuple of LegendEntry
        Every sign that occurs in it.
    shown : bool
        Whether it is visible at first.
    opened : bool
        Whether its legend is unfolded at first.
    """

    key: str
    title: str
    entries: tuple[LegendEntry, ...] = ()
    shown: bool = True
    opened: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the list beside the map; marks with the same key belong to it.

    Parameters
    ----------
    key : str
        What marks refer to; unique on the map.
    section : str
        The heading it stands under.
    title : str
        What it is, in one line.
    detail : str
        One more line.
    badge : str
        A word set apart: "disputed", "claimed", "corrected by hand".
    evidence : Evidence
        Shown when the item, or a mark of it, is chosen.
    start, end : str
        Days (ISO 8601) between which it holds; "" when it has no date.
    """

    key: str
    section: str
    title: str
    detail: str = ""
    badge: str = ""
    evidence: Evidence = field(default_factory=Evidence)
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class MapContent:
    """All that one thing brings to a map.

    Parameters
    ----------
    title : str
        What the map shows, in one sentence.
    summary : tuple of str
        The answer in plain sentences.
    caveat : tuple of str
        What must not be read into it.
    facts : tuple of (str, str)
        What a reader looks for first: a label and its answer.
    headings : tuple of (str, str)
        A section of the list, and the words that explain its badges.
    groups, marks, items : tuples
        Layers, what is drawn, what is listed.
    notes : tuple of str
        Sources, versions, view, margins.
    citation : str
        One line to cite the map by.
    """

    title: str = ""
    summary: tuple[str, ...] = ()
    caveat: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    headings: tuple[tuple[str, str], ...] = ()
    groups: tuple[Group, ...] = ()
    marks: tuple[Mark, ...] = ()
    items: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()
    citation: str = ""


_OWN_LAYER = re.compile(r"-\d+$")  # of one corridor; all others are shared


def join_things(contents: Sequence[MapContent]) -> MapContent:
    """Put several things on one map, each with its own items and numbered layers.

    Parameters
    ----------
    contents : sequence of MapContent
        One per thing, such as a story.

    Returns
    -------
    MapContent
        As `merge_contents`; but what two things call by the same key, such as the first event of
        two stories, stays two, and first facts say which thing they are about.
    """
    if len(contents) == 1:
        return contents[0]
    named = _name_facts(contents)
    return merge_contents([_set_apart(content, f"{k}:") for k, content in enumerate(named, 1)])


def _set_apart(content: MapContent, tag: str) -> MapContent:
    """Put a tag before the keys of items and of the layers that are one thing's own."""

    def own(key: str) -> str:
        return f"{tag}{key}" if _OWN_LAYER.search(key) else key

    marks = []
    for mark in content.marks:
        changes: dict[str, Any] = {"group": own(mark.group)}
        if getattr(mark, "item", ""):
            changes["item"] = f"{tag}{getattr(mark, 'item')}"  # noqa: B009  a cloud has none
        marks.append(replace(mark, **changes))
    return replace(
        content,
        groups=tuple(replace(group, key=own(group.key)) for group in content.groups),
        items=tuple(replace(item, key=f"{tag}{item.key}") for item in content.items),
        marks=tuple(marks),
    )


def _name_facts(contents: Sequence[MapContent]) -> list[MapContent]:
    """Say of each fact which thing it is about, where several things bring facts."""
    told = [content for content in contents if content.facts]
    if len(told) < 2:
        return list(contents)
    shared = set.intersection(*(set(content.facts) for content in told))
    return [
        replace(
            content,
            facts=tuple(
                (label, text if (label, text) in shared else f"{text} ({_short(content.title)})")
                for label, text in content.facts
            ),
        )
        for content in contents
    ]


def _short(title: str) -> str:
    """Return the first sentence of a title."""
    return title.split(". ", maxsplit=1)[0].rstrip(".")


def merge_contents(contents: Sequence[MapContent]) -> MapContent:
    """Put the contents of several things on one map.

    Titles, summaries, caveats, notes and citations are joined without repeats; groups of the same
    key become one with the union of their entries, items of the same key are listed once.
    """
    if len(contents) == 1:
        return contents[0]
    joined: dict[str, Any] = {}
    for part in fields(MapContent):
        values = [getattr(content, part.name) for content in contents]
        if isinstance(values[0] if values else (), str):
            joined[part.name] = " · ".join(dict.fromkeys(filter(None, values)))
        elif part.name == "marks":
            joined["marks"] = tuple(mark for value in values for mark in value)
        elif part.name in {"groups", "items"}:
            joined[part.name] = _join_by_key(values)
        else:
            joined[part.name] = tuple(dict.fromkeys(text for value in values for text in value))
    return MapContent(**joined)


def _join_by_key(values: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
    """Join groups or items; those of one key become one."""
    found: dict[str, Any] = {}
    for value in values:
        for part in value:
            old = found.get(part.key)
            if isinstance(old, Group):
                entries = tuple(dict.fromkeys((*old.entries, *cast("Group", part).entries)))
                found[part.key] = Group(old.key, old.title, entries, old.shown, old.opened)
            elif old is None:
                found[part.key] = part
    return tuple(found.values())
