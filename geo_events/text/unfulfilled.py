"""Tell what did not happen: cancelled flights, attacks that are feared, and what pictures claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.text.lexicon import AUXILIARIES, CUTS, NEGATIONS, PREPOSITIONS, word_set

if TYPE_CHECKING:
    from geo_events.text.structure import Layout
    from geo_events.text.verbs import Sense

__all__ = ["is_called_off", "is_feared", "is_only_shown", "is_put_off"]

_CANCELLING = word_set(
    "cancel cancels cancelled canceled cancelling canceling scrap scraps scrapped scrapping scrub "
    "scrubs scrubbed axed"
)
_SUSPENDING = word_set("suspend suspends suspended suspending discontinued")
_PUTTING_OFF = word_set("postpone postpones postponed postponing")
_CALLING = word_set("call calls called calling")
_RESUMING = word_set(
    "resume resumes resumed resuming restart restarts restarted restarting reinstated restored"
)
_BEING = word_set("was were been being be is are got")
_PICTURES = word_set(
    "video videos photo photos photograph photographs picture pictures image images footage clip "
    "clips post posts"
)
_CLAIMED = word_set(
    "claim claims claimed claiming said purport purports purported purporting purportedly alleged "
    "allegedly supposed supposedly believed appears appear appeared appearing"
)
_SHOWING = word_set("show shows showed showing depict depicts depicting")
_FEARING = word_set(
    "warn warns warned warning warnings fear fears feared fearing threaten threatens threatened "
    "threatening worried worries concern concerns risk"
)
_ASIDE = 9  # words between "cancelled" and the noun


def is_called_off(layout: Layout, i: int, sense: Sense) -> bool:
    """Tell whether the event at word i was called off: "the flight from X to Y was cancelled".

    Parameters
    ----------
    layout : Layout
        The text.
    i : int
        The event word.
    sense : Sense
        What it means; only services of aircraft are suspended before they begin.

    Returns
    -------
    bool
        Whether it did not take place; not where services are resumed.
    """
    if sense.type not in ("launch", "flight", "movement", "strike"):
        return False
    words = _CANCELLING | _SUSPENDING if sense.type == "flight" else _CANCELLING
    return _is_undone(layout, i, words, noun=sense.noun)


def is_put_off(layout: Layout, i: int, sense: Sense) -> bool:
    """Tell whether the event at word i was postponed; the same way.

    Parameters
    ----------
    layout : Layout
        The text.
    i : int
        The event word.
    sense : Sense
        What it means.

    Returns
    -------
    bool
        Whether it is still to come.
    """
    moving = sense.type in ("launch", "flight", "movement", "strike")
    return moving and _is_undone(layout, i, _PUTTING_OFF, noun=sense.noun)


def _is_undone(layout: Layout, i: int, words: frozenset[str], *, noun: bool) -> bool:
    """Tell whether one of the verbs has the noun, or what "leaving X" describes, for its object."""
    low = layout.tokens.low
    start, end = layout.sentence_bounds(i)
    if not _RESUMING.isdisjoint(low[start:end]):
        return False
    led = low[i - 1] in ("to", "being") if i else False
    if not (noun or led or low[i].endswith("ing")):
        return False
    first, end = layout.clause_bounds(i)
    for k in range(i + 1, end):
        if layout.clauses[k] == layout.clauses[i] and _is_of(layout, k, words):
            before = low[max(i + 1, k - 3) : k]
            return not _BEING.isdisjoint(before) and NEGATIONS.isdisjoint(before)
    return noun and _undoes(layout, max(first, i - _ASIDE), i, words)


def _undoes(layout: Layout, first: int, i: int, words: frozenset[str]) -> bool:
    """Tell "cancelled dozens of flights" before word i from "was cancelled in the flight"."""
    low = layout.tokens.low
    for k in range(i - 1, first - 1, -1):
        if _is_of(layout, k, words):
            return NEGATIONS.isdisjoint(low[max(0, k - 3) : k])
        if low[k] in (PREPOSITIONS | CUTS | AUXILIARIES) - {"of", "all", "off"}:
            return False
    return False


def _is_of(layout: Layout, k: int, words: frozenset[str]) -> bool:
    """Tell one of the verbs at word k, or "called off" ("put off" where it is postponed)."""
    low = layout.tokens.low
    if low[k] in words:
        return True
    if low[k + 1 : k + 2] != ["off"]:
        return False
    return low[k] == "put" if "postponed" in words else low[k] in _CALLING


def is_only_shown(layout: Layout, i: int) -> bool:
    """Tell whether word i stands in what a picture is said to show.

    Parameters
    ----------
    layout : Layout
        The text.
    i : int
        The event word.

    Returns
    -------
    bool
        Whether "a video that claims to show" comes before it in the sentence.
    """
    start, _ = layout.sentence_bounds(i)
    low = layout.tokens.low[start:i]
    for k, word in enumerate(low):
        claimed = word in _SHOWING and _CLAIMED.intersection(low[max(0, k - 3) : k])
        if claimed and _PICTURES.intersection(low[max(0, k - 8) : k]):
            return True
    return False


def is_feared(layout: Layout, modal: int, i: int) -> bool:
    """Tell whether "could launch" stands under a warning: it has not happened yet.

    Parameters
    ----------
    layout : Layout
        The text.
    modal : int
        The word "may", "might" or "could".
    i : int
        The event word.

    Returns
    -------
    bool
        False for "could have launched".
    """
    low = layout.tokens.low
    start, _ = layout.sentence_bounds(i)
    return "have" not in low[modal:i] and not _FEARING.isdisjoint(low[start:modal])
