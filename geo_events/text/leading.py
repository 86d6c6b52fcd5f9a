"""Tell whether the words of an event lead to a name: "bombed Sumy", "flew from Paris to Lachin"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.text.lexicon import word_set
from geo_events.text.verbs import TRIGGERS

if TYPE_CHECKING:
    from geo_events.text.matching import Match
    from geo_events.text.tokens import Tokens

__all__ = ["is_led"]

_LEADING = word_set("from to for toward towards near at over into")
_TAKING = word_set("bombed shelled struck hit attacked bombarded shelling bombing striking hitting")
_REACH = 9  # words


def is_led(tokens: Tokens, match: Match) -> bool:
    """Tell whether a name is the end of what an event's words say.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    match : Match
        A name that may be a place's.

    Returns
    -------
    bool
        True after "bombed" and the like, and after "to" or "from" with a word of motion or fire
        at most nine words before it in the sentence.
    """
    before, low = match.first - 1, tokens.low
    if before < 0 or tokens.gaps[match.first] or match.demonym:
        return False
    if low[before] in _TAKING:
        return True
    if low[before] not in _LEADING:
        return False
    sentence = tokens.sentences[match.first]
    nearby = range(max(0, before - _REACH), before)
    return any(low[k] in TRIGGERS and tokens.sentences[k] == sentence for k in nearby)
