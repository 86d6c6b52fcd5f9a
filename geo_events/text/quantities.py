"""Find counts of things that move, and distances: separations, ranges, lengths.

"26 cruise missiles" and "two planes" are counts; "F-16s", "the first time", "two officials" and
"20 nautical miles" are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from geo_events.measures import parse_length
from geo_events.text.lexicon import (
    AIRCRAFT,
    FUNCTION_WORDS,
    PROJECTILES,
    VESSELS,
    word_set,
)
from geo_events.text.tokens import HYPHEN, POSSESSIVE

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo_events.text.tokens import Tokens

__all__ = ["CROWDS", "Quantity", "QuantityFound", "find_quantities", "is_number"]

QuantityKind = Literal["count", "separation", "range", "distance"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text gives, with what it counts or measures.

    Parameters
    ----------
    kind : {"count", "separation", "range", "distance"}
        A separation is how near something may come; a range is how far something reaches.
    min, max : float or None
        Least and greatest value; `max` is None for "at least", `min` is None for "up to". Things
        for a count, metres otherwise.
    unit : str
        What is counted, such as "missiles"; "m" for the others.
    text : str
        The words as written.
    offset : int
        Where they start in the text.
    """

    kind: QuantityKind
    min: float | None
    max: float | None
    unit: str
    text: str
    offset: int

    @property
    def km(self) -> float | None:
        """The greatest (or else least) value in kilometres; None for a count."""
        value = self.min if self.max is None else self.max
        return None if self.kind == "count" or value is None else value / 1000


class QuantityFound(NamedTuple):
    """A quantity with the numbers of its first and last word."""

    first: int
    last: int
    value: Quantity


_UNITS_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_SMALL = {word: float(number) for number, word in enumerate(_UNITS_WORDS)}
_SMALL |= {
    word: float(10 * number)
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_SCALES = {"dozen": 12.0, "hundred": 100.0, "thousand": 1e3, "million": 1e6, "score": 20.0}
_VAGUE: dict[str, tuple[float, float | None]] = {
    "several": (2, None),
    "dozens": (24, None),
    "scores": (40, None),
    "hundreds": (200, None),
    "thousands": (2000, None),
    "pair": (2, 2),
    "couple": (2, 2),
}
_RANGING = word_set("of is was about over around up to nearly some than least exceeding between")
_LENGTH_WORDS = word_set(
    "km kilometre kilometres kilometer kilometers mile miles mi nm nmi metre metres meter "
    "meters feet foot ft m"
)
CROWDS = word_set(
    "people migrants refugees soldiers troops evacuees civilians passengers families fighters "
    "lorries trucks vehicles tanks buses cars flights services"
)
_COUNTED = PROJECTILES | AIRCRAFT | VESSELS | CROWDS
_LONGEST_DIGITS = 12
_DIGITS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def _read_digits(word: str) -> float | None:
    """Read "1,500" or "3.5"; "1e400" is no number of a news text."""
    if len(word) > _LONGEST_DIGITS or not _DIGITS.fullmatch(word):
        return None
    return float(word.replace(",", ""))


def _read_number(tokens: Tokens, i: int) -> tuple[int, float] | None:
    """Read a number that starts at word i; its last word and value."""
    low = tokens.low
    value = _read_digits(low[i])
    if value is None:
        value = _SMALL.get(low[i])
    if value is None and low[i] in ("a", "half") and i + 1 < len(low) and low[i + 1] in _SCALES:
        value = 1.0
    if value is None:
        return None
    last = i
    while last + 1 < len(low) and not tokens.gaps[last + 1] & ~HYPHEN:
        word = low[last + 1]
        if word in _SCALES:
            value *= _SCALES[word]
        elif tokens.gaps[last + 1] and value >= 20 and 0 < _SMALL.get(word, 0) < 10:
            value += _SMALL[word]
        else:
            break
        last += 1
    return last, value


def _is_part_of_name(tokens: Tokens, i: int) -> bool:
    """Tell whether a number belongs to a model's name: F-16, Su-24, Falcon 9."""
    return bool(i and tokens.gaps[i] & HYPHEN and tokens.words[i - 1][0].isalpha())


def _find_counted(tokens: Tokens, i: int) -> int | None:
    """Find the counted noun in the words from i on: the last plural one of the noun phrase."""
    best = None
    if i < len(tokens) and tokens.low[i] == "of":
        i += 2 if i + 1 < len(tokens) and tokens.low[i + 1] in ("the", "its", "their") else 1
    for k in range(i, min(i + 6, len(tokens))):
        if tokens.gaps[k] & ~(HYPHEN | POSSESSIVE):
            break
        word = tokens.low[k]
        if word in FUNCTION_WORDS:
            break
        if word in _COUNTED and (word[-1] == "s" or word in ("aircraft", "people")):
            best = k
            break
        if word in AIRCRAFT and _is_plural_model(tokens, k + 1):
            best = k + 1
            break
    return best


def _is_plural_model(tokens: Tokens, k: int) -> bool:
    """Tell whether word k ends a model's name in the plural: the "16s" of F-16s."""
    return k < len(tokens) and tokens.gaps[k] == HYPHEN and tokens.low[k].endswith("s")


def _read_bounds(
    tokens: Tokens, first: int, value: float
) -> tuple[int, float | None, float | None]:
    """Take in "at least", "more than", "up to", "a total of": new start, least, greatest."""
    low = tokens.low
    before = low[max(0, first - 3) : first]
    if before[-2:] == ["at", "least"] or before[-2:] == ["more", "than"]:
        return first - 2, value, None
    if before[-2:] == ["up", "to"] or before[-2:] in (["fewer", "than"], ["less", "than"]):
        return first - 2, None, value
    if before == ["as", "many", "as"]:
        return first - 3, None, value
    if before == ["a", "total", "of"]:
        return first - 3, value, value
    if before[-1:] == ["over"]:
        return first - 1, value, None
    if before[-1:] and before[-1] in ("about", "around", "some", "nearly", "almost", "roughly"):
        return first - 1, value, value
    return first, value, value


def _read_count(tokens: Tokens, i: int) -> QuantityFound | None:
    """Read a count that has its number at word i."""
    number = _read_number(tokens, i)
    if number is None or _is_part_of_name(tokens, i):
        return None
    last, low = number
    high = low
    if last + 2 < len(tokens) and tokens.low[last + 1] in ("or", "to", "and"):
        second = _read_number(tokens, last + 2)
        joined = tokens.low[last + 1] != "and" or (i and tokens.low[i - 1] == "between")
        if second is not None and joined and second[1] > low:
            last, high = second
    noun = _find_counted(tokens, last + 1)
    if noun is None:
        return None
    first, least, most = _read_bounds(tokens, i, low)
    if high > low:
        least, most = low, high
    return _make_count(tokens, (first, noun), least, most)


def _make_count(
    tokens: Tokens, words: tuple[int, int], least: float | None, most: float | None
) -> QuantityFound:
    """Make the value of a count that spans the two words."""
    first, noun = words
    text = tokens.span(first, noun)
    unit = tokens.low[noun] if tokens.words[noun][0].isalpha() else tokens.span(noun - 1, noun)
    value = Quantity("count", least, most, unit, text, tokens.starts[first])
    return QuantityFound(first, noun, value)


def _read_single(tokens: Tokens, i: int) -> QuantityFound | None:
    """Read "one missile", "a single drone", with the number's word at i."""
    last = min(i + 6, len(tokens))
    for k in range(i + 1, last):
        if tokens.gaps[k] & ~(HYPHEN | POSSESSIVE) or tokens.low[k] in FUNCTION_WORDS:
            break
        if tokens.low[k] in _COUNTED - CROWDS and tokens.low[k][-1] != "s":
            first = i - 1 if tokens.low[i] == "single" and i else i
            return _make_count(tokens, (first, k), 1.0, 1.0)
    return None


def _read_vague(tokens: Tokens, i: int) -> QuantityFound | None:
    """Read "several missiles", "dozens of rockets"; "a number of" says nothing."""
    noun = _find_counted(tokens, i + 1)
    if noun is None:
        return None
    least, most = _VAGUE[tokens.low[i]]
    first = i - 1 if i and tokens.low[i - 1] == "a" else i
    return _make_count(tokens, (first, noun), least, most)


def _read_distance(tokens: Tokens, i: int) -> QuantityFound | None:
    """Read a length that has its number at word i."""
    value = _read_digits(tokens.low[i]) if tokens.low[i][0].isdigit() else None
    if value is None:
        value = _SMALL.get(tokens.low[i])
    if not value or _is_part_of_name(tokens, i):
        return None  # no number, or 0: "flew 0 km" measures nothing
    last = i + 1
    if last < len(tokens) and tokens.low[last] in ("nautical", "sea", "statute"):
        last += 1
    if last >= len(tokens) or tokens.low[last] not in _LENGTH_WORDS:
        return None
    if any(tokens.gaps[k] & ~HYPHEN for k in range(i + 1, last + 1)):
        return None
    metres = parse_length(f"{value} {' '.join(tokens.low[i + 1 : last + 1])}")
    return _make_distance(tokens, i, last, metres)


def _make_distance(tokens: Tokens, i: int, last: int, metres: float) -> QuantityFound:
    """Make the value of a length, saying what it is the length of."""
    first, least, most = _read_bounds(tokens, i, metres)
    kind = _distance_kind(tokens, first, last)
    if kind == "separation":
        first, least, most = i, None, metres
    text = tokens.span(i, last)
    value = Quantity(kind, least, most, "m", text, tokens.starts[i])
    return QuantityFound(first, last, value)


def _distance_kind(tokens: Tokens, first: int, last: int) -> QuantityKind:
    """Tell a separation and a range from other lengths by the words around."""
    before = tokens.low[max(0, first - 4) : first]
    after = tokens.low[last + 1 : last + 3]
    told = {"range", "ranges"} & set(before) and before[-1:] and before[-1] in _RANGING
    if after[:1] == ["range"] or told or before[-1:] == ["reaching"]:
        return "range"
    if "within" in before[-1:] or "apart" in after[:1] or "closer" in before or "near" in before:
        return "separation"
    return "distance"


def is_number(word: str) -> bool:
    """Tell whether a word in lower case is a number: "two", "dozens", "several"."""
    return word in _SMALL or word in _SCALES or word in _VAGUE


def _holds_date(found: QuantityFound, dated: Collection[int]) -> bool:
    """Tell whether a quantity's words hold a date's."""
    return any(k in dated for k in range(found.first, found.last + 1))


_KEYS = frozenset((*_VAGUE, *_SMALL, "single", "a", "half"))  # where a quantity may begin


def find_quantities(tokens: Tokens, dated: Collection[int] = ()) -> list[QuantityFound]:
    """Find counts, separations, ranges and other distances.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    dated : collection of int
        The words that belong to dates: their numbers count nothing.

    Returns
    -------
    list of QuantityFound
        In the order of the text; empty when there is none.

    Examples
    --------
    >>> from geo_events.text.tokens import tokenize
    >>> [q.value.text for q in find_quantities(tokenize("At least two F-16s took off."))]
    ['At least two F-16s']
    >>> found = find_quantities(tokenize("They came within 20 nautical miles."))
    >>> found[0].value.kind, round(found[0].value.km, 2)
    ('separation', 37.04)
    """
    found: list[QuantityFound] = []
    for i, word in enumerate(tokens.low):
        if (word not in _KEYS and not word[0].isdigit()) or i in dated:
            continue
        if word in _VAGUE:
            quantity = _read_vague(tokens, i)
        elif word[0].isdigit() or word in _SMALL:
            quantity = _read_distance(tokens, i) or _read_count(tokens, i)
            if quantity is None and word == "one":
                quantity = _read_single(tokens, i)
        elif word == "single":
            quantity = _read_single(tokens, i)
        elif word in ("a", "half") and tokens.low[i + 1 : i + 2] == ["dozen"]:
            quantity = _read_count(tokens, i)
        else:
            continue
        apart = quantity is not None and (not found or found[-1].last < quantity.first)
        if quantity is not None and apart and not _holds_date(quantity, dated):
            found.append(quantity)
    return found
