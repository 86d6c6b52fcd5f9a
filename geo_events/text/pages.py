"""Take the article, the title and the day of publication out of a page of HTML."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from geo_events.errors import InvalidInputError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resiliparse.parse.html import HTMLTree

__all__ = ["Page", "read_day", "read_page"]

_DEEPEST = 1_000  # browsers cut at 512; deeper pages cost time that grows with the square
_MOST_NODES = 1_000_000  # long pages have some ten thousand
_LONGEST_JSON = 1_000_000
_ISO_DAY = re.compile(r"\s*['\"]?(\d{4}-\d{2}-\d{2})(?!\d)")
_TITLES = 'meta[property="og:title"], meta[name="twitter:title"]'
_PUBLISHED = ", ".join(
    f'meta[{key}="{name}" i]'
    for key in ("property", "name", "itemprop")
    for name in (
        *("article:published_time", "og:published_time", "datePublished", "DC.date.issued"),
        *("DC.date", "date", "pubdate", "publishdate", "publish-date", "parsely-pub-date"),
    )
)
_TIMES = (
    'time[itemprop="datePublished"], time[pubdate], [itemprop="datePublished"][datetime]',
    "article time[datetime], main time[datetime]",
    "time[datetime]",
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds for a reader.

    Parameters
    ----------
    text : str
        The article: one paragraph per line with empty lines between, headings after ``#``.
    title : str or None
        Its headline.
    published : date or None
        The day of publication that the page states, as written there.
    is_article : bool
        Whether the menus could be told from the article; otherwise `text` is all of the page.
    """

    text: str
    title: str | None
    published: date | None
    is_article: bool


def read_page(content: str, name: str) -> Page:
    """Read a page of HTML; elements that are not closed are closed as browsers do.

    Parameters
    ----------
    content : str
        The page.
    name : str
        What it is called, for messages.

    Returns
    -------
    Page
        The article without menus, scripts and styles.

    Raises
    ------
    MissingExtraError
        When the extra ``html`` is not installed.
    InvalidInputError
        For a page without text, with more than a million elements, or with elements nested more
        than 1,000 deep.

    Notes
    -----
    The article is told from the menus by ``resiliparse``. The day is taken from JSON-LD, then meta
    elements, then ``time`` elements; words of the text are never taken for it.
    """
    try:
        from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415
        from resiliparse.parse.html import HTMLTree  # noqa: PLC0415 - an optional package
    except ImportError as error:
        raise MissingExtraError(f"{name}: reading HTML", "html") from error
    tree = HTMLTree.parse(content.encode("utf-8", "replace").decode("utf-8"))
    _refuse_monstrous(tree, name)
    linked = list(_find_linked_data(tree))
    title, published = _find_title(tree, linked), _find_published(tree, linked)
    _mark_headings(tree)
    text = extract_plain_text(tree, main_content=True, alt_texts=False)
    is_article = bool(text.strip())
    if not is_article:
        text = extract_plain_text(tree, alt_texts=False)
    if not text.strip():
        raise InvalidInputError(f"{name}: expected a page with text; it has none")
    return Page(text, title, published, is_article)


def _select(tree: HTMLTree, selectors: str) -> list[Any]:
    """List the elements that fit any of some CSS selectors, in the order of the page."""
    if tree.document is None:
        return []
    return tree.document.query_selector_all(selectors).values()  # iterating it is quadratic


def _refuse_monstrous(tree: HTMLTree, name: str) -> None:
    """Refuse a page nested too deeply, or of too many elements, to be read in good time."""
    node: Any = tree.document
    depth = count = 0
    while node is not None:
        count += 1
        if depth > _DEEPEST or count > _MOST_NODES:
            raise InvalidInputError(
                f"{name}: expected at most {_MOST_NODES:,} elements, nested at most {_DEEPEST:,} "
                "deep; got more. Is the HTML broken? Save the page's text instead"
            )
        if (below := node.first_child) is not None:
            node, depth = below, depth + 1
            continue
        while node is not None and node.next_sibling is None:
            node, depth = node.parent, depth - 1
        node = None if node is None else node.next_sibling


def _mark_headings(tree: HTMLTree) -> None:
    """Put the marks of Markdown before the words of headings."""
    for level in range(1, 7):
        for heading in _select(tree, f"h{level}"):
            if (heading.text or "").strip():
                mark = tree.create_text_node("#" * level + " ")
                heading.insert_before(mark, heading.first_child)


def _find_linked_data(tree: HTMLTree) -> Iterator[dict[str, Any]]:
    """List the objects of a page's JSON-LD, whatever it is worth."""
    for script in _select(tree, 'script[type="application/ld+json"]'):
        try:
            found = json.loads((script.text or "")[:_LONGEST_JSON])
        except (ValueError, RecursionError):
            continue
        for item in found if isinstance(found, list) else [found]:
            graph = item.get("@graph", item) if isinstance(item, dict) else None
            for entry in graph if isinstance(graph, list) else [graph]:
                if isinstance(entry, dict):
                    yield entry


def _find_title(tree: HTMLTree, linked: list[dict[str, Any]]) -> str | None:
    """Return a page's headline: from its metadata, its only main heading, or its title."""
    found = [item.get("headline") for item in linked if "datePublished" in item]
    found += [meta.get_attribute("content") for meta in _select(tree, _TITLES)]
    found.append(tree.title)
    words = (" ".join(title.split()) for title in found if isinstance(title, str))
    return next((title for title in words if title), None)


def _find_published(tree: HTMLTree, linked: list[dict[str, Any]]) -> date | None:
    """Return the day of publication that a page states."""
    stated = [item.get("datePublished") for item in linked]
    stated += [meta.get_attribute("content") for meta in _select(tree, _PUBLISHED)]
    for selector in _TIMES:
        times = _select(tree, selector)
        stated += [time.get_attribute("datetime") for time in times]
    days = (read_day(text) for text in stated if isinstance(text, str))
    return next((day for day in days if day is not None), None)


def read_day(text: str) -> date | None:
    """Read the day at the start of an ISO or RFC 2822 date, as written; None where there is none.

    Parameters
    ----------
    text : str
        "2015-10-08T12:00Z" or "Thu, 08 Oct 2015 12:00:00 GMT".

    Returns
    -------
    date or None
        The day in the time zone of the text.

    Examples
    --------
    >>> read_day("Thu, 08 Oct 2015 23:00:00 +0300")
    datetime.date(2015, 10, 8)
    """
    match = _ISO_DAY.match(text)
    try:
        if match is not None:
            return date.fromisoformat(match.group(1))
        return parsedate_to_datetime(text[:80]).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
