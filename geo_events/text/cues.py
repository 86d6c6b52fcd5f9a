"""Find who says what: the words of saying and denying, with their sources and what they cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo_events.text.lexicon import (
    AUXILIARIES,
    CUTS,
    DETERMINERS,
    MEDIA,
    NEGATIONS,
    PREPOSITIONS,
    SOURCES,
    word_set,
)
from geo_events.text.tokens import COMMA, QUOTE, SEMICOLON, STOP
from geo_events.text.verbs import REPORTING

if TYPE_CHECKING:
    from geo_events.text.dates import DateSpan
    from geo_events.text.events import Stance
    from geo_events.text.structure import Layout

__all__ = ["DENYING", "Cue", "Source", "find_cues"]

DENYING = word_set(
    "denied denies deny denying rejected rejects reject rejecting refuted refutes refute "
    "dismissed dismisses dismiss dismissing disputed disputes dispute debunked contradicted"
)
_CLAIM_NOUNS = word_set(
    "claim claims allegation allegations accusation accusations report reports assertion "
    "assertions rumour rumours rumor rumors suggestion suggestions charge charges"
)
_DISMISSING = word_set("called calls call described describes branded brands labelled termed")
_WORTHLESS = word_set(
    "fiction propaganda lie lies nonsense false fabrication fabrications untrue baseless fake "
    "absurd groundless unfounded disinformation rubbish myth hoax"
)
_PAPERS = word_set("plan plans schedule schedules law laws rules custom timetable need needs taste")
_CITING = word_set("citing quoting according")
_PRONOUNS = word_set("he she they it we")
_OFFICIALS = word_set(
    "official officials spokesman spokeswoman spokesperson minister president general commander "
    "ministry source sources officer officers chief secretary"
)
_LONGEST = 16
_SOURCE_ENDS = CUTS | word_set("in on at during after before with to for from about of")


class Source(NamedTuple):
    """Who says something: the words from `first` to `last`, or nobody named (-1)."""

    first: int
    last: int

    @property
    def is_named(self) -> bool:
        """Whether the text names a source at all."""
        return self.first >= 0


class Cue(NamedTuple):
    """A word of saying.

    Parameters
    ----------
    at : int
        The word.
    stance : str
        "claims", "denies" or "relays".
    source, via : Source
        Who says it, and through whom; unnamed ones have the words -1.
    when : DateSpan or None
        When it was said.
    noun : bool
        A noun ("claims by X that"), not a verb.
    trails : bool
        What it covers stands before it (", CNN reports").
    """

    at: int
    stance: Stance
    source: Source
    via: Source
    when: DateSpan | None
    noun: bool
    trails: bool


_NOBODY = Source(-1, -1)
_KEYS = _CLAIM_NOUNS | REPORTING | DENYING | _DISMISSING | _CITING


def find_cues(layout: Layout, trigger_words: set[int]) -> list[Cue]:
    """Find the words of saying and denying.

    Parameters
    ----------
    layout : Layout
        The text.
    trigger_words : set of int
        Words that tell of events.

    Returns
    -------
    list of Cue
        In the order of the text.
    """
    found: list[Cue] = []
    low = layout.tokens.low
    for i in [i for i, word in enumerate(low) if word in _KEYS]:
        if i in trigger_words or i in layout.mention_at:
            continue
        word = low[i]
        if word in _CLAIM_NOUNS and _is_claim_noun(layout, i):
            found.append(_noun_cue(layout, i))
        elif word in REPORTING or word in DENYING or _dismisses(layout, i):
            cue = _verb_cue(layout, i, trigger_words)
            if cue is not None:
                found.append(cue)
        elif word in _CITING:
            cue = _citing_cue(layout, i)
            if cue is not None:
                found.append(cue)
    return found


def _dismisses(layout: Layout, i: int) -> bool:
    """Tell "called it fiction", "described the report as a lie"."""
    low = layout.tokens.low
    return low[i] in _DISMISSING and not _WORTHLESS.isdisjoint(low[i + 1 : i + 16])


def is_media(layout: Layout, source: Source) -> bool:
    """Tell whether a source is a medium that passes on what others say."""
    words = set(layout.tokens.low[source.first : source.last + 1])
    return bool(words & MEDIA) and not words & _OFFICIALS


def _is_claim_noun(layout: Layout, i: int) -> bool:
    """Tell "claims" the noun from the verb: an adjective or determiner before, or "that" after."""
    tokens = layout.tokens
    before = tokens.low[i - 1] if i else ""
    if before in AUXILIARIES or before in NEGATIONS or before == "to":
        return False
    if tokens.low[i] in ("report", "reports", "claims", "charges", "claim") and (
        before in SOURCES or before in _PRONOUNS or i - 1 in layout.mention_at
    ):
        kind = (
            layout.mentions[layout.mention_at[i - 1]].mention.kind
            if i - 1 in layout.mention_at
            else ""
        )
        return kind == "demonym" or (tokens.gaps[i] != 0 and not tokens.gaps[i] & COMMA)
    return True


def _noun_cue(layout: Layout, i: int) -> Cue:
    """Read "earlier claims by two officials that", "US allegations that"."""
    low = layout.tokens.low
    _, end = layout.sentence_bounds(i)
    source = _NOBODY
    if i + 1 < end and low[i + 1] in ("by", "from"):
        last = _source_end(layout, i + 2, end)
        if last >= i + 2:
            source = Source(i + 2, last)
    elif i and i - 1 in layout.mention_at:
        found = layout.mentions[layout.mention_at[i - 1]]
        source = Source(found.first, found.last)
    stance: Stance = "relays" if source.is_named and is_media(layout, source) else "claims"
    return Cue(i, stance, source, _NOBODY, None, noun=True, trails=False)


def _source_end(layout: Layout, i: int, end: int) -> int:
    """Return the last word of the noun phrase that starts at word i and names a source."""
    tokens = layout.tokens
    last = i - 1
    for k in range(i, min(end, i + _LONGEST)):
        parted = k > i and tokens.gaps[k] & (COMMA | QUOTE | SEMICOLON | STOP)
        if parted and not (tokens.gaps[k] == COMMA and _is_apposition(layout, i, k, end)):
            break
        ends = tokens.low[k] in _SOURCE_ENDS or tokens.low[k] in REPORTING
        if (ends or k in layout.date_words) and (tokens.low[k] not in ("of", "for") or k == i):
            break
        last = k
    return last


def _is_apposition(layout: Layout, i: int, k: int, end: int) -> bool:
    """Tell whether ", a spokesman" follows a name: a determiner, then a source's word."""
    low = layout.tokens.low
    return (
        low[k] in ("a", "an", "the")
        and any(w in SOURCES for w in low[k : min(end, k + 6)])
        and k - i < 8
    )


def _verb_cue(layout: Layout, i: int, trigger_words: set[int]) -> Cue | None:
    """Read "X said", "said X", "X denied"."""
    start, end = layout.sentence_bounds(i)
    if any(word in NEGATIONS for word in layout.tokens.low[max(start, i - 2) : i]):
        return None
    passive = layout.tokens.low[i + 1 : i + 2] == ["by"] and layout.tokens.low[i] in DENYING
    if passive and not {"was", "were", "been"}.isdisjoint(layout.tokens.low[max(start, i - 2) : i]):
        source, trails = Source(i + 2, _source_end(layout, i + 2, end)), True
    else:
        source, trails = _find_subject(layout, i, start, end, trigger_words)
    if not source.is_named:
        return None
    when = _date_of_saying(layout, i, source, end, trigger_words)
    via = _find_via(layout, i, end)
    stance: Stance = "claims"
    if layout.tokens.low[i] in DENYING or layout.tokens.low[i] in _DISMISSING:
        stance = "denies"
    elif is_media(layout, source):
        stance = "relays"
    return Cue(i, stance, source, via, when, noun=False, trails=trails)


def _find_subject(
    layout: Layout, i: int, start: int, end: int, trigger_words: set[int]
) -> tuple[Source, bool]:
    """Find the subject of a verb of saying; after it when the verb comes first."""
    tokens = layout.tokens
    last = i - 1
    while last >= start and (
        tokens.low[last] in AUXILIARIES
        or tokens.low[last].endswith("ly")
        or tokens.low[last] in ("also", "later", "then")
    ):
        last -= 1
    inverted = (
        last < start
        or tokens.gaps[i] & QUOTE
        or (
            tokens.gaps[last + 1] & (COMMA | QUOTE)
            and tokens.low[i] in ("said", "says")
            and i + 1 < end
            and _looks_like_source(layout, i + 1, min(end - 1, i + 6))
            and not _looks_like_source(layout, max(start, last - 3), last)
        )
    )
    if inverted:
        stop = _source_end(layout, i + 1, end)
        if stop > i and _looks_like_source(layout, i + 1, stop):
            return Source(i + 1, stop), True
        return _NOBODY, True
    last = _before_relative(layout, last, start)
    first = _subject_start(layout, last, start, trigger_words)
    if first > last or not _looks_like_source(layout, first, last):
        return _NOBODY, False
    trails = first > start and bool(tokens.gaps[first] & (COMMA | QUOTE))
    return Source(first, last), trails


def _subject_start(layout: Layout, last: int, start: int, trigger_words: set[int]) -> int:
    """Walk left to where the subject that ends at `last` begins, appositions included."""
    tokens = layout.tokens
    first = last + 1
    for k in range(last, max(start, last - _LONGEST) - 1, -1):
        if k in trigger_words or (tokens.low[k] in CUTS and tokens.low[k] != "than"):
            break
        said = tokens.low[k] in REPORTING and k not in layout.mention_at  # "United States"
        if said or tokens.low[k] in AUXILIARIES:
            break
        first = k
        if tokens.gaps[k] & (QUOTE | SEMICOLON):
            break
        if (
            tokens.gaps[k] & COMMA
            and k > start
            and not _is_appositive(layout, k, start, trigger_words)
        ):
            break
    while first <= last and (first in layout.date_words or tokens.low[first] in ("and", "but")):
        first += 1
    return first


def _before_relative(layout: Layout, last: int, start: int) -> int:
    """Jump over ", who did not want to be named," to the words that it describes."""
    tokens = layout.tokens
    if not tokens.gaps[last + 1] & COMMA:
        return last
    for k in range(last, max(start, last - _LONGEST), -1):
        if tokens.low[k] in ("who", "which", "whose") and tokens.gaps[k] & COMMA:
            return k - 1
    return last


def _is_appositive(layout: Layout, k: int, start: int, trigger_words: set[int]) -> bool:
    """Tell whether the words before the comma at k are the same source: "A's spokesman, B,"."""
    tokens = layout.tokens
    for j in range(k - 1, max(start - 1, k - 10), -1):
        if j in trigger_words or tokens.low[j] in AUXILIARIES or tokens.low[j] in CUTS:
            return False
        if tokens.low[j] in SOURCES or _in_person(layout, j):
            return True
        if j == start or tokens.gaps[j] & QUOTE:
            break
    return False


def _in_person(layout: Layout, k: int) -> bool:
    """Tell whether word k is part of a person's name."""
    n = layout.mention_at.get(k)
    return n is not None and layout.mentions[n].mention.kind == "person"


def _looks_like_source(layout: Layout, first: int, last: int) -> bool:
    """Tell whether some words can be who says something."""
    tokens = layout.tokens
    if first == last and tokens.low[first] in _PRONOUNS:
        return tokens.low[first] != "it"
    return any(
        tokens.low[k] in SOURCES
        or (k in layout.mention_at)
        or (
            tokens.words[k][0].isupper()
            and tokens.low[k] not in DETERMINERS | PREPOSITIONS | CUTS | _PRONOUNS
            and (k > first or tokens.sentences[k] == tokens.sentences[k - 1])
        )
        or tokens.low[k] in ("another", "one", "others", "both")
        for k in range(first, last + 1)
    )


def _date_of_saying(
    layout: Layout, i: int, source: Source, end: int, trigger_words: set[int]
) -> DateSpan | None:
    """Find the date that belongs to the saying: right after the verb, before what is said."""
    begin = max(i, source.last)
    for found in layout.within(layout.dates, max(0, i - 6), end):
        if found.first <= begin:
            if i - 3 <= found.last < i and found.last > source.last:
                return found.value
            continue
        if found.first >= min(end, begin + 9):
            break
        between = range(begin + 1, found.first)
        if any(k in trigger_words or layout.tokens.low[k] in CUTS for k in between):
            break
        return found.value
    return None


def _find_via(layout: Layout, i: int, end: int) -> Source:
    """Find the medium that was told: "told CNN news network on Thursday that"."""
    if layout.tokens.low[i] not in ("told", "tells"):
        return _NOBODY
    last = _source_end(layout, i + 1, end)
    source = Source(i + 1, last)
    return source if last > i and is_media(layout, source) else _NOBODY


def _citing_cue(layout: Layout, i: int) -> Cue | None:
    """Read "according to X", "citing X"."""
    low = layout.tokens.low
    start, end = layout.sentence_bounds(i)
    first = i + 1
    if low[i] == "according":
        if low[first : first + 1] != ["to"]:
            return None
        first += 1
    last = _source_end(layout, first, end)
    if last < first or not _PAPERS.isdisjoint(low[first : last + 1]):
        return None
    if low[i] != "according" and not _looks_like_source(layout, first, last):
        return None
    source = Source(first, last)
    stance: Stance = "relays" if is_media(layout, source) else "claims"
    return Cue(i, stance, source, _NOBODY, None, noun=False, trails=i > start)
