"""Small HTML cards that stand for a value in a notebook: safe with any text, light and dark.

A card takes its ink from the page round it and its lines from half-transparent grey, so that it is
read on white and on black. All text is escaped.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["write_card"]

_TABLE = (
    "border-collapse:collapse;text-align:left;color:inherit;background:transparent;"
    "max-width:60em;font-size:0.95em"
)
_HEAD = "text-align:left;font-weight:bold;padding:2px 0;caption-side:top;color:inherit"
_LABEL = (
    "text-align:left;vertical-align:top;padding:2px 10px 2px 0;font-weight:600;white-space:nowrap;"
    "border:0;border-top:1px solid rgba(128,128,128,.4);color:inherit;background:transparent"
)
_CELL = (
    "text-align:left;vertical-align:top;padding:2px 0;white-space:normal;overflow-wrap:anywhere;"
    "border:0;border-top:1px solid rgba(128,128,128,.4);color:inherit;background:transparent"
)
_CONTROL = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), " ")
_SIGNS = {ord(sign): f"&#{ord(sign)};" for sign in "`$\\{}"}


def write_card(title: str, rows: Iterable[tuple[str, object]], note: str = "") -> str:
    """Write a card: a table of labels and values below a title.

    Parameters
    ----------
    title : str
        What it stands for.
    rows : iterable of (str, object)
        Labels and values; rows without a value are left out.
    note : str
        A caveat in small print.

    Returns
    -------
    str
        One HTML table without a script, a link, a class or an id. Text is escaped so that neither
        HTML nor a template (`$`, `{`, backticks, backslashes) is read from it.

    Examples
    --------
    >>> "<b>" in write_card("<b>", [("name", "x")])
    False
    """
    body = "".join(
        f'<tr style="background:transparent"><th scope="row" style="{_LABEL}">{_plain(label)}</th>'
        f'<td dir="auto" style="{_CELL}">{_plain(value)}</td></tr>'
        for label, value in rows
        if value is not None and str(value)
    )
    small = f'<td colspan="2" style="{_CELL}"><small>{_plain(note)}</small></td>'
    foot = f"<tfoot><tr>{small}</tr></tfoot>"
    return (
        f'<table style="{_TABLE}"><caption dir="auto" style="{_HEAD}">{_plain(title)}</caption>'
        f"<tbody>{body}</tbody>{foot if note else ''}</table>"
    )


def _plain(value: object) -> str:
    """Return a value as text that nothing is read from."""
    return escape(str(value).translate(_CONTROL)).translate(_SIGNS)
