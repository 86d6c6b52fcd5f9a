"""Tell event words that mean something else: crashing markets, strikes of staff, shots on goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.text.lexicon import PROJECTILES, word_set
from geo_events.text.quantities import is_number

if TYPE_CHECKING:
    from geo_events.text.structure import Layout
    from geo_events.text.verbs import Sense

__all__ = ["BUSINESS", "is_idiom", "is_sports"]

_FLIGHT_NOUNS = word_set(
    "path paths plan plans data recorder recorders deck school attendant attendants safety crew "
    "crews operations ban time times number schedule engineer simulator zone test"
)
_NO_CARGO = word_set(
    "message messages letter letters signal signals email emails note invitation invitations "
    "condolences greetings bill word"
)
_LABOUR = word_set("teachers workers union unions labor labour nurses drivers employees")
BUSINESS = word_set(
    "market markets stocks stock prices shares sales economy computer website server system party "
    "parties bank currency ruble rouble profits demand exports business career popularity song "
    "album show startup start-up craze trend"
)
_SPORTS = word_set(
    "goalkeeper striker midfielder quarterback touchdown innings halftime semifinal semifinals "
    "referee goalscorer midfield playoff playoffs inning basketball baseball football soccer rugby "
    "tennis cricket hockey"
)
_WEATHER = word_set("rain snow hail temperatures temperature night darkness silence tears ash")
_BLIND = word_set(
    "earthquake earthquakes quake tremor storm storms hurricane tornado typhoon cyclone flood "
    "floods fire blaze wildfire lightning virus pandemic recession crisis tragedy disaster car "
    "truck van bus train motorcycle driver drought"
)
_ABSTRACT = word_set(
    "plan plans proposal proposals policy policies bill idea ideas decision record records goal "
    "goals audience audiences poverty inflation corruption law laws reform reforms budget critics "
    "rhetoric speech comments claim claims problem problems deal minister president opposition"
)


def is_idiom(layout: Layout, i: int, sense: Sense, things: set[str]) -> bool:
    """Tell flight plans, crashing markets, strikes of teachers and sent letters.

    Parameters
    ----------
    layout : Layout
        The text.
    i : int
        The word.
    sense : Sense
        What it would mean.
    things : set of str
        The moving things around it.

    Returns
    -------
    bool
        Whether it means something else here.
    """
    low = layout.tokens.low
    following = low[i + 1] if i + 1 < len(low) else ""
    if sense.type == "crash":
        return bool((BUSINESS | _WEATHER) & set(low[max(0, i - 4) : i + 3]))
    if sense.group == "reach" and {"hopes", "hope", "hoping", "aims"} & set(low[max(0, i - 3) : i]):
        return not things
    if sense.group == "send":
        return bool(_NO_CARGO & set(low[i + 1 : i + 5]))
    if sense.type == "strike" and not sense.noun:
        return _is_no_attack(layout, i, sense)
    if not sense.noun:
        return False
    if sense.type == "flight":
        return following in _FLIGHT_NOUNS
    return sense.type == "strike" and (
        following in ("group", "force", "aircraft", "team")
        or bool(_LABOUR & set(low[max(0, i - 4) : i + 5]))
    )


def _is_no_attack(layout: Layout, i: int, sense: Sense) -> bool:
    """Tell staff who strike, plans that are attacked, 50 pounds, and storms and cars that hit."""
    low = layout.tokens.low
    before, after = low[max(0, i - 7) : i], low[i + 1 : i + 6]
    if low[i] in ("strike", "strikes") and _LABOUR & set(before):
        return True
    if _ABSTRACT & set(after[:3]) or (low[i].startswith("engag") and after[:1] == ["in"]):
        return True
    if (
        low[i] in ("pound", "pounds")
        and before
        and (before[-1][0].isdigit() or is_number(before[-1]))
    ):
        return True
    agent = after[1:] if after[:1] == ["by"] else before
    return sense.group == "hit" and bool(_BLIND & set(agent)) and PROJECTILES.isdisjoint(agent)


def is_sports(layout: Layout, i: int) -> bool:
    """Tell whether the sentence of word i is about a game.

    Parameters
    ----------
    layout : Layout
        The text.
    i : int
        The word.

    Returns
    -------
    bool
        Whether a word of a sport stands in it.
    """
    start, end = layout.sentence_bounds(i)
    return not _SPORTS.isdisjoint(layout.tokens.low[start:end])
