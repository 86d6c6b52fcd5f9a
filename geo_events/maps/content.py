"""What a map says beside its marks: layers with their legend, the list with its evidence, notes."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
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
