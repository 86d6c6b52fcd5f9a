"""Part a file that holds several stories at their headlines."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Section", "find_sections"]

_LINE = re.compile(r"[^\n]+")
_ENDS = tuple(".!?…。؟۔\"”»’'):;")
_GOES_ON = re.compile(r"\n[ \t]*[a-z\d]")  # the next line, without an empty one between
_FEWEST_WORDS, _MOST_WORDS = 4, 22


@dataclass(frozen=True, slots=True)
class Section:
    """One story of a file.

    Parameters
    ----------
    start, end : int
        Offsets into the text.
    title : str or None
        Its headline, where it has one.
    """

    start: int
    end: int
    title: str | None


def _is_headline(line: str, *, is_last: bool) -> bool:
    """Tell whether a line reads like a headline: a few words, a capital first, no stop."""
    stripped = line.strip()
    if stripped.startswith("#"):
        return bool(stripped.strip("# "))
    if (
        is_last
        or not stripped
        or stripped.endswith(_ENDS)
        or stripped.startswith(("- ", "* ", ">"))
    ):
        return False
    words = stripped.split()
    return _FEWEST_WORDS <= len(words) <= _MOST_WORDS and not stripped[0].islower()


def find_sections(text: str) -> tuple[Section, ...]:
    r"""Find the stories of a text: each starts at a headline.

    A headline is a Markdown heading; in a text without any, a line of 4 to 22 words without a
    closing stop that follows a finished sentence and precedes one. Lines broken by width are not
    headlines.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    tuple of Section
        At least one; they cover the text without gaps.

    Examples
    --------
    >>> text = "A plane left.\nJets turn back over the sea\nTwo jets turned back."
    >>> [section.title for section in find_sections(text)]
    [None, 'Jets turn back over the sea']
    """
    lines = [match for match in _LINE.finditer(text) if match.group().strip()]
    unfinished = sum(not line.group().rstrip().endswith(_ENDS) for line in lines)
    wrapped = len(lines) > 6 and unfinished * 2 > len(lines)
    marked = any(line.group().lstrip().startswith("# ") for line in lines)
    starts: list[tuple[int, str | None]] = [(0, None)]
    finished = False
    for k, line in enumerate(lines):
        words = line.group()
        heading = _is_headline(words, is_last=k == len(lines) - 1)
        goes_on = k + 1 < len(lines) and _GOES_ON.match(text, line.end()) is not None
        if (wrapped or marked or goes_on) and not words.lstrip().startswith("#"):
            heading = False
        if heading and k == 0:
            starts[0] = (0, words.strip("# \r"))
        elif heading and finished:
            starts.append((line.start(), words.strip("# \r")))
        finished = not heading and words.rstrip().endswith(_ENDS)
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return tuple(
        Section(start, end, title) for (start, title), end in zip(starts, ends, strict=True)
    )
