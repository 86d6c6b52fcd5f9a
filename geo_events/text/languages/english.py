"""English: its stop words only; its names are read by the rules and weights of this package."""

from __future__ import annotations

from geo_events.text.languages.language import Language
from geo_events.text.lexicon import word_set

__all__ = ["ENGLISH"]

ENGLISH = Language(
    code="en",
    name="English",
    script="LATIN",
    stop_words=word_set("""
    the of and to in a is that for it was on are with as at be this from by have or had not
    but what all were when we there can an your which their said if do will each about how up
    out them then she many some so these would other into has more her two him see could no
    than first been who its now people my made over did down only way find use may after his
    he i you they also where through before between against under near during because while
    since told says say officials according us our just most new last year years week day any
    both off since until during without within around
    """),
)
