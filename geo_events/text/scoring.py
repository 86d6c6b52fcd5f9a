"""Score a mention: how likely it is that these words name this place."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo_events.text.matching import Match
    from geo_events.text.resolution import Choice

__all__ = ["describe_mention", "score_mention", "squash"]

_LARGE = frozenset(("country", "region"))


def squash(total: float) -> float:
    """Turn the weight of evidence into a share between 0 and 1: the logistic function."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _log_odds(share: float) -> float:
    """Turn a share into log odds, at most 6."""
    share = min(0.9975, max(0.0025, share))
    return math.log(share / (1 - share))


def describe_mention(match: Match, rate: float, choice: Choice) -> list[tuple[str, float]]:
    """List what the score of a mention depends on.

    Parameters
    ----------
    match : Match
        The matched name.
    rate : float
        How likely it is a place at all, by the filter of spans.
    choice : Choice
        The chosen place with its confidence.

    Returns
    -------
    list of (str, float)
        Features and their values; the rest are zero.
    """
    chosen = choice.candidate
    sure = _log_odds(choice.confidence)
    found = [("bias", 1.0), ("span", _log_odds(rate)), ("place", sure)]
    found += [("company", choice.company), ("at odds", choice.at_odds)]
    if len(match.candidates) == 1:
        found.append(("only one", 1.0))
    else:
        found.append(("candidates", math.log(len(match.candidates))))
    if choice.is_explained:
        found.append(("explained", 1.0))
    if match.unlisted or chosen not in match.candidates:
        found.append(("unlisted", 1.0))
    if match.demonym:
        found.append(("demonym", 1.0))
    if chosen.kind in _LARGE:
        found.append((chosen.kind, 1.0))
    elif chosen.kind == "city":
        found += [("city", 1.0), ("city weight", chosen.weight)]
    else:
        found.append(("other", 1.0))
    if match.last > match.first:
        found.append(("words", 1.0))
    return found


def score_mention(match: Match, rate: float, choice: Choice, weights: Mapping[str, float]) -> float:
    """Score a mention.

    Parameters
    ----------
    match, rate, choice
        As of `describe_mention`.
    weights : mapping of str to float
        Fitted, by feature.

    Returns
    -------
    float
        Between 0 and 1.
    """
    total = 0.0
    for name, value in describe_mention(match, rate, choice):
        total += weights.get(name, 0.0) * value
    return squash(total)
