"""One place of the gazetteer while it is being built: its row, and all its names with classes."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from geo_events.atlas.compile import (
    ABBREVIATION,
    ADJECTIVE,
    ALTERNATE,
    CODE,
    NOUN,
    WEAK,
    PlaceRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["SEEDS", "Entry", "read_seed", "split_names"]

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "gazetteer"

_MARKS = {
    "~": WEAK,
    "=": ABBREVIATION,
    "#": CODE,
    "+": ADJECTIVE,
    "*": NOUN,
}


@dataclass(slots=True)
class Entry:
    """A place and its names.

    Parameters
    ----------
    row : PlaceRow
        What is shown; its name is class MAIN without being listed again.
    names : list of (str, int)
        Further names and their classes.
    """

    row: PlaceRow
    names: list[tuple[str, int]] = field(default_factory=list)

    def add(self, names: Iterable[str | None], kind: int = ALTERNATE) -> None:
        """Add names of one class; empty ones are passed over."""
        self.names.extend((name, kind) for name in names if name)


def split_names(text: str) -> list[tuple[str, int]]:
    """Read the `names` cell of a seed table.

    Names are parted by ``|``; a leading mark gives the class: ``~`` weak or historic, ``=``
    abbreviation, ``#`` code, ``+`` adjective, ``*`` inhabitants; none is an alternate name.
    """
    names = []
    for part in filter(None, (piece.strip() for piece in text.split("|"))):
        kind = _MARKS.get(part[0], ALTERNATE)
        names.append((part if kind == ALTERNATE else part[1:].strip(), kind))
    return names


def read_seed(file: str) -> Iterator[dict[str, str]]:
    """Read a hand-made table; lines that begin with ``#`` are remarks."""
    with (SEEDS / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))
