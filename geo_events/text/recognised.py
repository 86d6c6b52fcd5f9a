"""Take the spans of another recogniser for mentions, and resolve them as our own.

A recogniser is any function that takes a text and returns (start, end, label) for each name in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from geo_events.errors import InvalidInputError
from geo_events.text.candidates import CODE, fold_word
from geo_events.text.kinds import Kind, Stretch
from geo_events.text.matching import Match, find_matches
from geo_events.text.mentions import Mention, MentionFound, correct_mentions, resolve_rated
from geo_events.text.weights import load_weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo_events.atlas.places import Place
    from geo_events.text.candidates import CandidateSource
    from geo_events.text.tokens import Tokens

__all__ = ["LABELS", "NamedSpan", "Recogniser", "Spans", "find_recognised", "read_spans"]

Spans: TypeAlias = Iterable[tuple[int, int, str]]
Recogniser: TypeAlias = Callable[[str], Spans]

# What the labels of spaCy, OntoNotes, CoNLL, WikiNER, GeoWebNews and GLiNER's users mean here.
_KINDS: dict[Kind, str] = {
    "name": "name gpe loc location fac facility place toponym city country region state province "
    "county town village sea lake river island mountain airport airbase airfield port base "
    "waterbody address",
    "demonym": "demonym norp nationality adjective",
    "institution": "institution org organization organisation government agency military",
    "vehicle": "vehicle ship vessel aircraft product",
    "person": "person per people",
}
_NOT_PLACES = (
    "date time money percent quantity ordinal cardinal event law language work_of_art misc "
    "weapon number url email"
)
_UNKNOWN: dict[Kind, str] = {
    "vehicle": "a ship's name",
    "person": "a person's name",
    **dict.fromkeys(("name", "demonym", "institution"), "no place of this name is known"),
}
LABELS: dict[str, Kind | None] = {
    **{label: kind for kind, labels in _KINDS.items() for label in labels.split()},
    **dict.fromkeys(_NOT_PLACES.split()),
}
"""Label in lower case to kind; None for what is passed over."""


class NamedSpan(NamedTuple):
    """A span of the text that another recogniser found, with its kind here."""

    start: int
    end: int
    kind: Kind


def read_spans(given: Spans | Recogniser, text: str) -> tuple[NamedSpan, ...]:
    """Check the spans of a recogniser and map their labels to kinds.

    Parameters
    ----------
    given : iterable of (int, int, str), or callable
        Start and end as offsets into `text`, and a label; or a function that takes the text and
        returns them. Any order. Labels in any case: those of spaCy (GPE, LOC, FAC, NORP, ORG,
        PERSON, PRODUCT), common ones of GLiNER (city, country, ship, ...), or the kinds of
        `Mention` themselves. DATE, MONEY and the like are passed over.
    text : str
        The text.

    Returns
    -------
    tuple of NamedSpan
        In the order of the text.

    Raises
    ------
    InvalidInputError
        For a span that is no such triple, lies outside the text, is empty or blank, overlaps
        another, or has a label that is not known.

    Examples
    --------
    >>> read_spans([(0, 5, "GPE"), (18, 24, "DATE")], "Raqqa was hit on Monday.")
    (NamedSpan(start=0, end=5, kind='name'),)
    """
    spans: Any = given(text) if callable(given) else given
    if isinstance(spans, str | bytes) or not isinstance(spans, Iterable):
        raise InvalidInputError(
            "spans: expected (start, end, label) for each name, or a function that returns them; "
            f"got {spans!r}"
        )
    read = sorted(
        (start, end, label) for start, end, label in (_check(span, text) for span in spans)
    )
    for before, after in pairwise(read):
        if after[0] < before[1]:
            raise InvalidInputError(
                f"spans: expected spans that do not overlap; got {before!r} and {after!r}"
            )
    kinds = ((start, end, LABELS[label]) for start, end, label in read)
    return tuple(NamedSpan(start, end, kind) for start, end, kind in kinds if kind is not None)


def _check(span: Any, text: str) -> tuple[int, int, str]:  # noqa: ANN401 - it comes from outside
    """Return one span with its label in lower case, or say what is wrong with it."""
    try:
        start, end, label = span
    except (TypeError, ValueError) as error:
        raise InvalidInputError(f"spans: expected (start, end, label); got {span!r}") from error
    if not all(isinstance(n, int) and not isinstance(n, bool) for n in (start, end)):
        raise InvalidInputError(f"spans: expected whole numbers as start and end; got {span!r}")
    if not 0 <= start < end <= len(text):
        raise InvalidInputError(
            f"spans: expected 0 <= start < end <= {len(text)}, the length of the text; got {span!r}"
        )
    if not any(char.isalnum() for char in text[start:end]):
        raise InvalidInputError(
            f"spans: expected the span of a name; {span!r} is {text[start:end]!r}"
        )
    if not isinstance(label, str) or label.strip().lower() not in LABELS:
        raise InvalidInputError(
            f"spans: the label of {span!r} is not known; map it to name, demonym, institution, "
            f"vehicle or person, or leave the span out. Known are: {', '.join(sorted(LABELS))}"
        )
    return start, end, label.strip().lower()


def find_recognised(
    tokens: Tokens,
    spans: Sequence[NamedSpan],
    source: CandidateSource,
    corrections: Mapping[str, Place | None] | None = None,
) -> list[MentionFound]:
    """Make mentions of the spans that begin in a part of a text, and resolve them.

    Parameters
    ----------
    tokens : Tokens
        The words of the part.
    spans : sequence of NamedSpan
        From `read_spans`: of the whole text, in its order.
    source : CandidateSource
        Where names are looked up.
    corrections : mapping of str to Place or None, optional
        What some words mean by hand.

    Returns
    -------
    list of MentionFound
        One for each span, in the order of the text. A name that the atlas does not know has no
        place. A name at which a government speaks is an institution, as for our own mentions.
    """
    placed = list(_place_spans(tokens, spans))
    inside = _match_inside(find_matches(tokens, source), placed)
    matches: list[Match] = []
    heads: list[int | None] = []
    for (stretch, span), found in zip(placed, inside, strict=True):
        bare = span.kind in ("vehicle", "person")
        known = [] if bare else _choose_matches(tokens, source, stretch, span, found)
        heads.append(len(matches) if known else None)
        matches += known
    resolved = resolve_rated(tokens, source, [(match, 1.0) for match in matches], load_weights())
    made = []
    for (stretch, span), head in zip(placed, heads, strict=True):
        mention = None if head is None else resolved[head].mention
        made.append(MentionFound(*stretch, _make_mention(tokens.text, span, mention)))
    return correct_mentions(tokens, made, corrections or {})


def _place_spans(tokens: Tokens, spans: Sequence[NamedSpan]) -> Iterable[tuple[Stretch, NamedSpan]]:
    """Give the spans of this part the numbers of the words that they share a character with."""
    if not len(tokens):
        return
    begin = bisect_right(spans, tokens.begin, key=lambda span: span.end)
    taken = -1
    for span in spans[begin:]:
        if span.start >= tokens.ends[-1]:
            break
        first = max(bisect_right(tokens.ends, span.start), taken + 1)
        last = bisect_left(tokens.starts, span.end) - 1
        if first <= last:  # not: a second span in the same word
            taken = last
            yield Stretch(first, last), span


def _match_inside(
    matches: Sequence[Match], placed: Sequence[tuple[Stretch, NamedSpan]]
) -> list[list[Match]]:
    """List the matches that lie within each span."""
    firsts = [match.first for match in matches]
    inside = []
    for stretch, _ in placed:
        low, high = bisect_left(firsts, stretch.first), bisect_right(firsts, stretch.last)
        inside.append([match for match in matches[low:high] if match.last <= stretch.last])
    return inside


def _choose_matches(
    tokens: Tokens,
    source: CandidateSource,
    stretch: Stretch,
    span: NamedSpan,
    inside: list[Match],
) -> list[Match]:
    """Choose what a span means: its own words' match first; with "City, State" both.

    An institution is known only by all of its words: "University of Damascus" is not Damascus.
    """
    whole = [match for match in inside if (match.first, match.last) == tuple(stretch)]
    if whole:
        return whole
    key = " ".join(fold_word(word) for word in tokens.words[stretch.first : stretch.last + 1])
    found = tuple(c for c in source.find(key) if c.name_class != CODE)
    if found:
        return [Match(*stretch, key, found, demonym=span.kind == "demonym")]
    if span.kind == "institution":
        return []
    return inside


def _make_mention(text: str, span: NamedSpan, known: Mention | None) -> Mention:
    """Make the mention of a span: what it means by ours, its characters and kind as they came."""
    words = text[span.start : span.end]
    if known is None:
        return Mention(span.start, span.end, words, span.kind, None, 0.9, (), _UNKNOWN[span.kind])
    kind = known.kind if span.kind == "name" else span.kind
    found = (known.place, known.score, known.candidates, known.reason)
    return Mention(span.start, span.end, words, kind, *found)
