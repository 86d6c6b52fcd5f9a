"""The small readable file of corrections, and every other form in which they are given.

The file is JSON. Words on the left, the place as anybody would write it on the right, ``null``
where the words are no place at all::

    {
      "Langley": "Langley, Virginia",
      "Davis": null
    }

With corrections of kinds or events it has three parts, each of which may be left out::

    {
      "places": {"Langley": "Langley, Virginia"},
      "kinds": {"Dagestan": "vehicle"},
      "events": [
        {"event": "took off", "origin": "Incirlik Air Base", "date": "2015-10-07"},
        {"event": "crashed", "start": 412, "impact": null}
      ]
    }

An event is named by the words that tell of it; where these stand more than once, `start` is the
position of the one that is meant. Its id ("E2") does as well, as long as nothing else changes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo_events.disk import write_text
from geo_events.errors import InvalidInputError
from geo_events.story.corrections import (
    Correction,
    EventCorrection,
    join_corrections,
    make_correction,
    make_event_correction,
)

if TYPE_CHECKING:
    from geo_events.story.corrections import AnyCorrection, Corrections

__all__ = ["load_corrections", "make_corrections", "save_corrections"]

_LARGEST_FILE = 1_000_000
_PARTS = ("places", "kinds", "events")
_EXAMPLE = 'such as {"Langley": "Langley, Virginia", "Davis": null}'


def make_corrections(given: Corrections | None) -> tuple[AnyCorrection, ...]:
    """Understand corrections given in any of their forms.

    Parameters
    ----------
    given : mapping, sequence of corrections, path or None
        A mapping of words to a place (name, `Place` or None), or one with the parts of a file;
        corrections made before; or the path of a file that `save_corrections` wrote.

    Returns
    -------
    tuple of Correction or EventCorrection
        In the order given; of two for the same words the later one.

    Raises
    ------
    InvalidInputError
        For anything else, and for a file that does not hold corrections.
    PlaceNotFoundError, AmbiguousPlaceError
        As `resolve_place` does.
    """
    if given is None or given in ([], ()):
        return ()
    if isinstance(given, str | os.PathLike):
        return load_corrections(given)
    if isinstance(given, Mapping):
        return _from_mapping(given, "corrections")
    items = given if isinstance(given, Sequence) else (given,)
    made = [item for item in items if isinstance(item, Correction | EventCorrection)]
    if len(made) == len(items):
        return join_corrections((), made)
    raise InvalidInputError(
        "corrections: expected a mapping such as {'Langley': 'Langley, Virginia'}, "
        f"a list of corrections, or the path of a corrections file; got {given!r}"
    )


def _from_mapping(given: Mapping[str, Any], where: str) -> tuple[AnyCorrection, ...]:
    """Understand a mapping of words to places, or one in three parts."""
    if not any(isinstance(value, dict | list) for value in given.values()):
        return tuple(make_correction(text, place) for text, place in given.items())
    unknown = [name for name in given if name not in _PARTS]
    places, kinds, events = (given.get(part) or {} for part in _PARTS)
    mapped = isinstance(places, Mapping) and isinstance(kinds, Mapping)
    if unknown or not mapped or not isinstance(events, Iterable):
        raise InvalidInputError(
            f"{where}: expected words and places, {_EXAMPLE}, or the parts {_PARTS}; "
            f"got {unknown or list(given)!r}"
        )
    untold = [text for text, kind in kinds.items() if kind is None]
    if untold:
        raise InvalidInputError(
            f"{where}: expected kinds of {untold!r}, such as 'vehicle'; got null; words that are "
            f"no place stand in the part 'places': {{{untold[0]!r}: null}}"
        )
    words = [make_correction(text, place, kinds.get(text)) for text, place in places.items()]
    words += [make_kind_correction(text, kinds[text]) for text in kinds if text not in places]
    return join_corrections(words, [_from_event(item, where) for item in events])


def make_kind_correction(text: str, kind: str) -> Correction:
    """Understand what kind of thing some words name; a name is looked up by the words."""
    return make_correction(text, text if kind == "name" else None, kind)


def _from_event(item: object, where: str) -> EventCorrection:
    """Understand the correction of one event."""
    if not isinstance(item, Mapping) or not isinstance(item.get("event"), str):
        raise InvalidInputError(
            f"{where}: expected events such as "
            f'{{"event": "took off", "origin": "Incirlik Air Base"}}; got {item!r}'
        )
    fields = {name: value for name, value in item.items() if name not in ("event", "start")}
    return make_event_correction(item["event"], item.get("start"), fields)


def load_corrections(path: str | os.PathLike[str]) -> tuple[AnyCorrection, ...]:
    """Read corrections from a file.

    Parameters
    ----------
    path : path-like
        A JSON object, as `save_corrections` writes it.

    Returns
    -------
    tuple of Correction or EventCorrection
        In the order of the file.

    Raises
    ------
    InvalidInputError
        When the file is missing, too large (1 MB) or holds no corrections.
    PlaceNotFoundError, AmbiguousPlaceError
        When a place in it cannot be found.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "corrections.json")
    ...     _ = path.write_text('{"Davis": null}')
    ...     print(load_corrections(path)[0])
    “Davis” means no place (corrected by hand)
    """
    content = _read_json(Path(path))
    if not isinstance(content, dict) or not _is_plain(content):
        raise InvalidInputError(
            f"corrections: expected an object of words to places in {str(path)!r}, {_EXAMPLE}"
        )
    return _from_mapping(content, f"corrections in {str(path)!r}")


def _is_plain(content: dict[str, Any]) -> bool:
    """Tell whether all values are places, or parts."""
    return all(value is None or isinstance(value, str | dict | list) for value in content.values())


def _read_json(file: Path) -> object:
    """Read a JSON file, not too large."""
    try:
        size = file.stat().st_size
        text = file.read_text("utf-8") if size <= _LARGEST_FILE else ""
    except OSError as error:
        raise InvalidInputError(
            f"corrections: cannot read {str(file)!r}: {error.strerror}"
        ) from error
    except ValueError as error:
        raise InvalidInputError(f"corrections: {str(file)!r} is not text in UTF-8") from error
    if size > _LARGEST_FILE:
        raise InvalidInputError(f"corrections: {str(file)!r} is larger than 1 MB")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidInputError(f"corrections: {str(file)!r} is not JSON: {error}") from error


def save_corrections(corrections: Sequence[AnyCorrection], path: str | os.PathLike[str]) -> Path:
    """Write corrections to a file that can be given again.

    Parameters
    ----------
    corrections : sequence of Correction or EventCorrection
        Such as `story.corrections`.
    path : path-like
        The file to write, all or nothing.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InvalidInputError
        When the file cannot be written, or a place was given as an area, which has no name to be
        read by.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     print(save_corrections([Correction("Davis", None)], Path(folder, "c.json")).read_text())
    {
      "Davis": null
    }
    <BLANKLINE>
    """
    _refuse_shapes(corrections)
    words = [item for item in corrections if isinstance(item, Correction)]
    places: dict[str, Any] = {item.text: item.given for item in words if _holds_place(item)}
    kinds = {item.text: item.kind for item in words if item.kind is not None}
    events = [_to_event(item) for item in corrections if isinstance(item, EventCorrection)]
    parts: dict[str, Any] = {"places": places, "kinds": kinds, "events": events}
    content = {name: part for name, part in parts.items() if part} if kinds or events else places
    return write_text(path, json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _refuse_shapes(corrections: Sequence[AnyCorrection]) -> None:
    """Refuse places that were given as a bare area: a file could not find them again."""
    for item in corrections:
        given = (
            [item.place]
            if isinstance(item, Correction)
            else [place for change in item.changes for place in change.places]
        )
        if any(place is not None and place.kind == "shape" for place in given):
            raise InvalidInputError(
                f"corrections: {item.text!r} was corrected to an area given as a shape, and a "
                "file holds names only; give the name or id of a place, or a LonLat, instead"
            )


def _holds_place(item: Correction) -> bool:
    """Tell whether a place must be written: where the kind and the words do not say it."""
    return item.kind is None or item.given not in (None, item.text)


def _to_event(item: EventCorrection) -> dict[str, Any]:
    """Write the correction of one event."""
    start = {} if item.start is None else {"start": item.start}
    return {"event": item.text, **start, **{change.field: change.given for change in item.changes}}
