"""Corrections by hand: which words of a text mean which place, kept in a small readable file.

The file is JSON: words on the left, the place as anybody would write it on the right, ``null``
where the words are no place at all::

    {
      "Langley": "Langley, Virginia",
      "Davis": null
    }
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from geo_events.atlas.gazetteer import resolve_place
from geo_events.disk import write_text
from geo_events.errors import InvalidInputError

if TYPE_CHECKING:
    from geo_events.atlas.places import Place

    Corrections: TypeAlias = (
        "Mapping[str, str | Place | None] | Sequence[Correction] | str | os.PathLike[str]"
    )

__all__ = ["Correction", "load_corrections", "make_corrections", "save_corrections"]

_LARGEST_FILE = 1_000_000


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: words, and the place they mean.

    Parameters
    ----------
    text : str
        The words as they stand in the text.
    place : Place or None
        What they mean; None where they are no place.
    given : str or None
        The place as it was given, so that the correction can be saved as it was written.

    Raises
    ------
    InvalidInputError
        For empty words.
    """

    text: str
    place: Place | None
    given: str | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidInputError("correction: expected the words to correct; got an empty text")

    def __str__(self) -> str:
        meaning = "no place" if self.place is None else str(self.place)
        return f"“{self.text}” means {meaning} (corrected by hand)"


def make_correction(text: str, place: str | Place | None) -> Correction:
    """Understand one correction; the place is looked up as `resolve_place` does."""
    if not isinstance(text, str):
        raise InvalidInputError(f"correction: expected words of the text; got {text!r}")
    if place is None:
        return Correction(text, None)
    found = resolve_place(place)
    return Correction(text, found, place if isinstance(place, str) else found.id)


def make_corrections(given: Corrections | None) -> tuple[Correction, ...]:
    """Understand corrections given in any of their forms.

    Parameters
    ----------
    given : mapping, sequence of Correction, path or None
        A mapping of words to a place (name, `Place` or None), corrections made before, or the
        path of a file that `save_corrections` wrote.

    Returns
    -------
    tuple of Correction
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
        return tuple(make_correction(text, place) for text, place in given.items())
    made = [item for item in given if isinstance(item, Correction)] if _is_list(given) else []
    if made and len(made) == len(given):
        return tuple({item.text: item for item in made}.values())
    raise InvalidInputError(
        "corrections: expected a mapping such as {'Langley': 'Langley, Virginia'}, "
        f"a list of Correction, or the path of a corrections file; got {given!r}"
    )


def _is_list(given: object) -> bool:
    """Tell whether something is a list of things."""
    return isinstance(given, Sequence)


def load_corrections(path: str | os.PathLike[str]) -> tuple[Correction, ...]:
    """Read corrections from a file.

    Parameters
    ----------
    path : path-like
        A JSON object of words to places, as `save_corrections` writes it.

    Returns
    -------
    tuple of Correction
        In the order of the file.

    Raises
    ------
    InvalidInputError
        When the file is missing, too large (1 MB) or no such object.
    PlaceNotFoundError, AmbiguousPlaceError
        When a place in it cannot be found.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "corrections.json")
    ...     _ = path.write_text('{"Davis": null}')
    ...     load_corrections(path)
    (Correction(text='Davis', place=None, given=None),)
    """
    file = Path(path)
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise InvalidInputError(f"corrections: {str(path)!r} is larger than 1 MB")
        content = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise InvalidInputError(
            f"corrections: cannot read {str(path)!r}: {error.strerror}"
        ) from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, InvalidInputError):
            raise
        raise InvalidInputError(f"corrections: {str(path)!r} is not JSON: {error}") from error
    if not isinstance(content, dict) or not all(
        place is None or isinstance(place, str) for place in content.values()
    ):
        raise InvalidInputError(
            f"corrections: expected an object of words to places in {str(path)!r}, "
            'such as {"Langley": "Langley, Virginia", "Davis": null}'
        )
    return make_corrections(content)


def save_corrections(corrections: Sequence[Correction], path: str | os.PathLike[str]) -> Path:
    """Write corrections to a file that can be given again.

    Parameters
    ----------
    corrections : sequence of Correction
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
        When the file cannot be written.

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
    content = {item.text: item.given for item in corrections}
    return write_text(path, json.dumps(content, ensure_ascii=False, indent=2) + "\n")
