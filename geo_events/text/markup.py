"""Blank the marks of Markdown out of a text, so that only what a reader sees is read.

The blanked text is as long as the text, so that offsets into it are offsets into the text.
"""

from __future__ import annotations

import re

__all__ = ["blank_markup"]

# Every part ends at a character that it cannot hold itself, so the search is linear.
_MARKUP = re.compile(
    r"""
    !?\[(?P<words>[^\[\]\n]{0,1000})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])  # a link
    | ^[ ]{0,3}\[[^\[\]\n]{1,200}\]:[^\n]*     # the definition of a label
    | (?:https?://|www\.)[^\s<>"'«»“”）)\]]+   # a bare address
    | <!--[^<>]*-->                     # a comment
    | </?[a-zA-Z][^<>]{0,2000}>         # a tag
    | [*`]+ | ~~ | (?<![^\W_])_+ | _+(?![^\W_])    # emphasis
    """,
    re.VERBOSE | re.MULTILINE,
)
_ANY = re.compile(r"[*~`_<]|\]\(|\]\[|\]:|://|www\.")
_NOT_LINE_END = re.compile(r"[^\n]")


def blank_markup(text: str) -> str:
    r"""Replace link targets, addresses, tags, comments and emphasis by spaces.

    Parameters
    ----------
    text : str
        Plain text or Markdown.

    Returns
    -------
    str
        As long as `text`, line for line; `text` itself where there is nothing to blank. Headings
        keep their ``#``, which parts a file into its stories.

    Examples
    --------
    >>> blank_markup("**Jets** left [Malta](https://x.org/Rome).")
    '  Jets   left  Malta                     .'
    """
    if _ANY.search(text) is None:
        return text
    return _MARKUP.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    """Return as many spaces, with line ends and the words of a link kept."""
    found, words = match.group(), match.group("words")
    if words is None:
        return _NOT_LINE_END.sub(" ", found) if "\n" in found else " " * len(found)
    before = match.start("words") - match.start()
    after = len(found) - before - len(words)
    return " " * before + _MARKUP.sub(_blank, words) + " " * after
