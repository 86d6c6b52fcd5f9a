"""Find names of places that the atlas does not list, beside event words.

"In the village of Midaya", "near Udrigovo": the reader knows that these are places from the words
around. They get roles like any other name, but no point on a map: an event says that it has them,
and within which known place where the text says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo_events.text.lexicon import (
    AIRCRAFT,
    DETERMINERS,
    FACILITIES,
    GOVERNMENT,
    MEDIA,
    PREPOSITIONS,
    PROJECTILES,
    RANKS,
    VESSELS,
    word_set,
)
from geo_events.text.mentions import Mention, MentionFound
from geo_events.text.tokens import HYPHEN, QUOTE
from geo_events.text.verbs import REPORTING, TRIGGERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo_events.text.structure import Layout

__all__ = ["REASON", "add_unlisted"]

REASON = "named like a place; not in the atlas"
_LOCATIVE = word_set(
    "in near at outside around inside into to toward towards from across through off over within"
)
_GENERIC = FACILITIES | word_set("""
neighbourhoods neighborhoods districts quarter quarters suburb checkpoint checkpoints
crossing crossings highway road street square bridge hill hills mountain river valley lake lakes
dam plant mosque church cathedral market hotel university college academy school prison jail
ground grounds station junction county governorate municipality township settlement roundabouts
settlements launching roundabout oilfield courthouse
hamlet commune parish axis plains forest park factory complex stadium shrine monastery
peninsulas provinces regions local
""")
_BETWEEN = _GENERIC | word_set("""
the of north south east west northern southern eastern western northeastern northwestern
southeastern southwestern central downtown nearby neighbouring neighboring strategic key rural
coastal main small large remote populated densely industrial old besieged controlled held rebel
government military naval air border hilltop mountaintop port its their strategic both areas
""")
_THINGS = PROJECTILES | AIRCRAFT | VESSELS
_NAMES_NONE = (
    GOVERNMENT
    | MEDIA
    | _THINGS
    | (RANKS - {"sheikh", "king", "prince"})
    | word_set("""
army armies front brigade brigades party union movement news court committee company corp inc
group division battalion regiment congress senate house operation council force forces coalition
state states organization organisation authority intelligence department movement militia militias
jihad islam muslim muslims christian christians sunni shiite shia jew jews english arabic russian
ramadan easter christmas twitter facebook telegram god allah internet guard guards corps network
association federation islamic national united president monday tuesday wednesday thursday friday
saturday sunday january february march april may june july august september october november
december gmt est hamas hezbollah isis isil daesh fatah taliban nusra qaeda qaida ypg pkk sdf fsa
mr i cup open league championship masters trophy championships olympics games division treaty act
""")
)
_NOT_PLACES = frozenset(word for word in _NAMES_NONE if len(word) > 2)  # not the "al" of media
_TAKING = word_set(
    "captured capture captures capturing seized seize seizing liberated liberate entered enter "
    "entering recaptured recapture retook retake retaking stormed storm storming besieged besiege "
    "shelled shelling bomb bombed bombing attack attacked attacking bombarded overflew overflown "
    "patrolled patrolling patrol hit hits hitting struck striking"
)
_TAKING_GROUPS = frozenset(("leave", "reach", "cross"))
_PARTICLES = word_set("al el ad ar an as ash az at de la le du del bin ul dar umm abu")


def add_unlisted(layout: Layout, sentences: Iterable[int]) -> Layout:
    """Add the names of places that the atlas does not list.

    Parameters
    ----------
    layout : Layout
        The text.
    sentences : iterable of int
        Where to look: the sentences with event words.

    Returns
    -------
    Layout
        A copy whose mentions hold those names too, without a place, their numbers in `unlisted`;
        the same layout when there are none.
    """
    found: list[MentionFound] = []
    for sentence in sorted(sentences):
        start = layout.sentence_starts[sentence]
        found.extend(_find_in(layout, start, layout.sentence_bounds(start)[1]))
    if not found:
        return layout
    new = {m.first for m in found}
    taken = {k for m in found for k in range(m.first, m.last + 1)}
    kept = [m for m in layout.mentions if m.first not in taken and m.last not in taken]
    mentions = sorted([*kept, *found], key=lambda m: m.first)
    return replace(
        layout,
        mentions=mentions,
        mention_at={k: n for n, m in enumerate(mentions) for k in range(m.first, m.last + 1)},
        unlisted=frozenset(n for n, m in enumerate(mentions) if m.first in new),
    )


def _find_in(layout: Layout, start: int, end: int) -> list[MentionFound]:
    """Find such names in one sentence."""
    found: list[MentionFound] = []
    k = start
    while k < end:
        last = _run_end(layout, k, end) if _starts_name(layout, k, end) else k - 1
        if last < k:
            k += 1
            continue
        last = _trim(layout, k, last)
        if last >= k and _is_place(layout, (k, last), start, found):
            found.append(_make(layout, k, last))
        k = max(k, last) + 1
    return found


def _is_capital(layout: Layout, k: int) -> bool:
    """Tell whether word k is capitalised and belongs to nothing that is known."""
    return (
        layout.tokens.words[k][0].isupper()
        and not _is_taken(layout, k)
        and k not in layout.date_words
        and layout.tokens.low[k] not in PREPOSITIONS | DETERMINERS
    )


def _is_taken(layout: Layout, k: int) -> bool:
    """Tell whether word k belongs to a known place or a ship; a person's may be a village's."""
    n = layout.mention_at.get(k)
    return n is not None and layout.mentions[n].mention.kind != "person"


def _is_demonym(layout: Layout, k: int) -> bool:
    """Tell whether word k is a demonym: within a name it is a part of it ("Jabal Turkmen")."""
    n = layout.mention_at.get(k)
    return n is not None and layout.mentions[n].mention.kind == "demonym"


def _starts_name(layout: Layout, k: int, end: int) -> bool:
    """Tell whether a name can start at word k: with a capital, or as "al-Wafa" does."""
    if _is_capital(layout, k):
        return True
    particle = layout.tokens.low[k] in _PARTICLES and k + 1 < end
    return particle and layout.tokens.gaps[k + 1] == HYPHEN and _is_capital(layout, k + 1)


def _run_end(layout: Layout, k: int, end: int) -> int:
    """Return the last of the capitalised words from k on; k - 1 beside a known name."""
    tokens = layout.tokens
    if k and _is_taken(layout, k - 1) and not tokens.gaps[k] & ~HYPHEN:
        return k - 1
    last = k
    while last + 1 < end and not tokens.gaps[last + 1] & ~(HYPHEN | QUOTE):
        following = last + 1
        if _is_taken(layout, following) and not _is_demonym(layout, following):
            return k - 1
        particle = tokens.low[following] in _PARTICLES or tokens.gaps[following] & HYPHEN
        known = _is_capital(layout, following) or _is_demonym(layout, following)
        if not (known or (particle and tokens.words[following].isalpha())):
            break
        last = following
    return last


def _trim(layout: Layout, first: int, last: int) -> int:
    """Cut small words off the end of a run."""
    words = layout.tokens.words
    while last > first and words[last].islower() and not layout.tokens.gaps[last] & HYPHEN:
        last -= 1
    return last


def _is_place(layout: Layout, run: tuple[int, int], start: int, found: list[MentionFound]) -> bool:
    """Tell whether the words around a run of capitalised words make it the name of a place."""
    tokens, (first, last) = layout.tokens, run
    low = tokens.low[first : last + 1]
    following = tokens.low[last + 1] if last + 1 < len(tokens) else ""
    named_so = last > first and low[-1] in _GENERIC
    if set(low) & _NOT_PLACES or following in REPORTING or following in RANKS:
        return False
    if sum(map(len, low)) < 3 or (last - first > 4):
        return False
    generic_after = following in _GENERIC and not tokens.gaps[last + 1] & ~HYPHEN
    if tokens.words[first].isupper() and first == last and not generic_after:
        return False
    if generic_after or named_so:
        return True
    if any(k in layout.mention_at and not _is_demonym(layout, k) for k in range(first, last + 1)):
        return _is_led(layout, first, start, strict=True)
    if found and _is_listed(layout, found[-1].last, first):
        return True
    return first > start and _is_led(layout, first, start)


def _is_listed(layout: Layout, before: int, first: int) -> bool:
    """Tell whether a name continues a list after such a name: "Hayyan, Huraytan and Anadan"."""
    between = layout.tokens.low[before + 1 : first]
    return between == ["and"] or (not between and first == before + 1)


def _is_led(layout: Layout, first: int, start: int, *, strict: bool = False) -> bool:
    """Tell whether "in", "near", "the village of" and the like lead to word `first`.

    Where persons are known by that name (`strict`), only "the village of" does.
    """
    tokens = layout.tokens
    for k in range(first - 1, max(start - 1, first - 7), -1):
        if tokens.gaps[k + 1] & ~HYPHEN:
            return False
        if tokens.low[k] in _LOCATIVE and not strict:
            return True
        if _takes_place(tokens.low[k]) and not strict:
            return True
        if tokens.low[k] == "of" and k > start and tokens.low[k - 1] in _GENERIC:
            return True
        if tokens.low[k] not in _BETWEEN and not (
            k in layout.mention_at and tokens.low[k + 1] in _GENERIC
        ):
            return False
    return False


def _takes_place(word: str) -> bool:
    """Tell whether a verb's bare object is a place: "captured X", "overflew X", "left X"."""
    return word in _TAKING or any(s.group in _TAKING_GROUPS for s in TRIGGERS.get(word, ()))


def _make(layout: Layout, first: int, last: int) -> MentionFound:
    """Make the mention of such a name."""
    tokens = layout.tokens
    start, end = tokens.starts[first], tokens.ends[last]
    text = tokens.text[start:end]
    return MentionFound(first, last, Mention(start, end, text, "name", None, 0.5, (), REASON))
