"""Rate how likely a matched name is the mention of a place, and no surname or common word.

A logistic model over a few dozen features that can be read off a text; its weights are fitted.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo_events.text.span_filter import describe_beside, describe_place, is_in_person

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo_events.text.matching import Match
    from geo_events.text.span_filter import Surroundings
    from geo_events.text.tokens import Tokens

__all__ = ["rate_spans"]

_INSTITUTION = 0.9  # "the Pentagon": kept, so that nothing flies from there


def rate_spans(
    tokens: Tokens,
    matches: Sequence[Match],
    around: Surroundings,
    weights: Mapping[str, float],
) -> list[float]:
    """Rate how likely each match is the mention of a place.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    matches : sequence of Match
        The matched names.
    around : Surroundings
        From `look_around`.
    weights : mapping of str to float
        Fitted, by feature.

    Returns
    -------
    list of float
        Between 0 and 1, in the order of the matches.
    """
    rates = []
    known: dict[tuple[object, ...], float] = {}  # what a name weighs wherever it stands
    for match in matches:
        if match.rate is not None:
            rates.append(match.rate)
            continue
        if match.candidates[0].kind == "institution":
            rates.append(_INSTITUTION)
            continue
        total = _weigh_place(tokens, match, around, (weights, known))
        if is_in_person(match, around):
            total += weights.get("in person", 0.0)
        for name, value in describe_beside(tokens, match, around):
            total += weights.get(name, 0.0) * value
        total += _script_bonus(tokens.words[match.first], match)
        rates.append(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))))
    return rates


def _weigh_place(
    tokens: Tokens,
    match: Match,
    around: Surroundings,
    shared: tuple[Mapping[str, float], dict[tuple[object, ...], float]],
) -> float:
    """Weigh what does not depend on where a name stands, once for each way of writing it."""
    weights, known = shared
    words = tokens.words
    written = words[match.first] if match.first == match.last else tokens.span(*match[:2])
    meant = (id(match.candidates[0]), len(match.candidates), match.demonym, match.unlisted)
    total = known.get((match.key, written, *meant))
    if total is None:
        total = weights.get("bias", 0.0)
        for name, value in describe_place(tokens, match, around):
            total += weights.get(name, 0.0) * value
        known[(match.key, written, *meant)] = total
    return total


def _script_bonus(word: str, match: Match) -> float:
    """Add what the English training texts cannot teach: names in other scripts and letters.

    There a surname or an everyday word that is also a little known town is the greater danger, so
    only places of some weight gain.
    """
    if word.isascii() or match.candidates[0].weight < 0.4:
        return 0.0
    return 2.5 if match.candidates[0].weight >= 0.5 or match.last > match.first else 1.0
