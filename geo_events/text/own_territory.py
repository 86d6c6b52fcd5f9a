"""Read "its airspace", "their territory" as the country that the sentence speaks of before.

Only where the sentence names one country before these words: with two, it could be either.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo_events.text.lexicon import word_set
from geo_events.text.mentions import Mention, MentionFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo_events.text.structure import Layout

__all__ = ["add_own_territory"]

_OWN = frozenset(("its", "their"))
_LAND = word_set("territory soil airspace waters skies territories coast shores")
_REACH = 3


def add_own_territory(layout: Layout, sentences: Iterable[int]) -> tuple[Layout, dict[int, int]]:
    """Add "its territory" and the like as mentions of a country.

    Parameters
    ----------
    layout : Layout
        The text.
    sentences : iterable of int
        Where to look: the sentences with event words.

    Returns
    -------
    tuple of Layout and dict
        A copy with those mentions; and from the first word of each to that of the mention that
        names its country.
    """
    found: list[MentionFound] = []
    stands_for: dict[int, int] = {}
    for sentence in sentences:
        start = layout.sentence_starts[sentence]
        for k in range(start, layout.sentence_bounds(start)[1]):
            if layout.tokens.low[k] not in _OWN:
                continue
            made = _read(layout, start, k)
            if made is not None:
                found.append(made[0])
                stands_for[k] = made[1].first
    if not found:
        return layout, {}
    mentions = sorted([*layout.mentions, *found], key=lambda m: m.first)
    places = {k: n for n, m in enumerate(mentions) for k in range(m.first, m.last + 1)}
    return replace(layout, mentions=mentions, mention_at=places), stands_for


def _read(layout: Layout, start: int, k: int) -> tuple[MentionFound, MentionFound] | None:
    """Read "its own airspace" at word k: the mention it makes, and that of its country."""
    tokens = layout.tokens
    ahead = range(k + 1, min(len(tokens), k + 1 + _REACH))
    last = next((i for i in ahead if tokens.low[i] in _LAND), None)
    numbers = sorted({layout.mention_at[i] for i in range(start, k) if i in layout.mention_at})
    countries = [
        layout.mentions[n]
        for n in numbers
        if layout.mentions[n].mention.kind in ("name", "institution")
        and (place := layout.mentions[n].mention.place) is not None
        and (place.kind == "country" or layout.mentions[n].mention.kind == "institution")
    ]
    if last is None or len(countries) != 1:
        return None
    named = countries[0]
    if named.mention.place is None or named.mention.place.kind != "country":
        return None
    begin, end = tokens.starts[k], tokens.ends[last]
    text, place, score = tokens.text[begin:end], named.mention.place, named.mention.score
    mention = Mention(begin, end, text, "name", place, score, (), "the country named before")
    return MentionFound(k, last, mention), named
