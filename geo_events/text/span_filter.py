"""Rate how likely a matched name is the mention of a place, and no surname or common word."""

from __future__ import annotations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from geo_events.text.matching import Match
    from geo_events.text.tokens import Tokens


def rate_spans(tokens: Tokens, matches: Sequence[Match], surnames: set[str]) -> list[float]:
    """Rate matches."""
    return [0.3 if m.first == m.last and tokens.low[m.first] in surnames else 0.9 for m in matches]
