"""Find what is named like a place and is none: ships, persons, organisations, governments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from geo_events.text.candidates import ABBREVIATION
from geo_events.text.lexicon import (
    AUXILIARIES,
    FUNCTION_WORDS,
    GOVERNMENT,
    PREPOSITIONS,
    RANKS,
    SEATS,
    word_set,
)
from geo_events.text.person_names import GIVEN_NAMES, GIVEN_OR_PLACE
from geo_events.text.tokens import COMMA, HYPHEN, NEWLINE, POSSESSIVE, QUOTE, SEMICOLON, STOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo_events.text.matching import Match
    from geo_events.text.tokens import Tokens

__all__ = [
    "Kind",
    "Stretch",
    "find_generic",
    "find_persons",
    "find_vehicles",
    "is_institution",
    "is_organisation",
]

Kind = Literal["name", "demonym", "institution", "vehicle", "person"]

_SHIP = word_set(
    "ship warship vessel submarine frigate destroyer cruiser corvette carrier tanker ferry "
    "trawler freighter gunboat minesweeper battleship icebreaker boat"
)
_SHIPS = word_set(
    "ships warships vessels submarines frigates destroyers cruisers corvettes carriers tankers "
    "ferries trawlers freighters gunboats minesweepers battleships boats"
)
_SHIP_PREFIXES = word_set("USS HMS HMCS HMAS INS SS MV USNS RMS ARA ROKS JS TCG")
_SHIP_WORDS = word_set(
    "missile guided cruise patrol landing nuclear powered attack small sized class aircraft "
    "cargo container oil hospital research diesel electric artillery anti flagship"
)
_CALENDAR = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december"
)
_ORGANISATION = word_set("""
university college academy institute agency times post tribune herald journal gazette news bank
inc corp corporation company co ltd llc plc airlines airways party council committee commission
association federation union league club fc united city's team church school hospital foundation
society centre center museum hotel group holdings police department ministry bureau office court
senate congress parliament assembly navy army force forces fleet brigade division regiment guard
accord accords agreement treaty declaration summit conference cup championship championships
festival award awards prize stadium arena theatre theater railway railroad bridge tower street
avenue road boulevard drive lane square park highway
""")


_TELLING = word_set(
    "statement statements order orders word source sources official officials comment call message "
    "letter said told reported announcement pressure response denial spokesman signal news data"
)
_INITIALS = re.compile(r"(?:[A-Z]\.){2}")
_NO_INITIALS = word_set(
    "U.S. U.K. U.N. D.C. N.Y. N.J. N.C. S.C. N.D. S.D. N.H. N.M. R.I. L.A. B.C. P.O."
)
_GENERIC = word_set(
    "county province district region state city town village island islands river lake "
    "peninsula governorate oblast valley border airport parish township area metropolitan "
    "suburb"
)


def find_generic(word: str) -> bool:
    """Tell whether a word says what kind of place a name before it is: county, river, airport."""
    return word in _GENERIC


class Stretch(NamedTuple):
    """Words from `first` to `last` that are something's name."""

    first: int
    last: int


def _is_capital(tokens: Tokens, i: int) -> bool:
    """Tell whether word i exists and starts with a capital."""
    return 0 <= i < len(tokens) and tokens.words[i][0].isupper()


def _run_end(tokens: Tokens, i: int) -> int:
    """Return the last word of the run of capitalised words that starts at word i."""
    words, low, gaps = tokens.words, tokens.low, tokens.gaps
    k, end = i, min(i + 5, len(words) - 1)
    while k < end and words[k + 1][0].isupper():
        if gaps[k + 1] & ~(HYPHEN | NEWLINE) and not _is_joined(tokens, k + 1):
            break
        ends = low[k + 1] in FUNCTION_WORDS and not _is_initial(tokens, k + 1)
        if ends or low[k + 1] in _CALENDAR:
            break
        k += 1
    return k


def _is_initial(tokens: Tokens, k: int) -> bool:
    """Tell whether word k is a capital with a dot inside a name: the A of "Harvey A. Lincoln"."""
    after = k + 1
    return len(tokens.words[k]) == 1 and after < len(tokens) and tokens.gaps[after] == STOP


def _is_joined(tokens: Tokens, k: int) -> bool:
    """Tell whether nothing but a space, hyphen or an initial's dot stands before word k."""
    gap = tokens.gaps[k] & ~(HYPHEN | NEWLINE)
    return not gap or (gap == STOP and len(tokens.words[k - 1]) == 1 and k > 1)


def find_vehicles(tokens: Tokens, matches: dict[int, Match]) -> list[Stretch]:
    """Find the names of ships.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    matches : dict of int to Match
        Matches with the atlas by their first word, to tell "the Russian ship" from a name.

    Returns
    -------
    list of Stretch
        In the order of the text: names after "USS", beside "frigate", in lists after "ships".
    """
    found: list[Stretch] = []
    for i, word in enumerate(tokens.low):
        if word in _SHIP:
            found.extend(_named_ship(tokens, matches, i))
        elif word in _SHIPS:
            found.extend(_ship_list(tokens, matches, i))
        elif tokens.words[i] in _SHIP_PREFIXES and _is_capital(tokens, i + 1):
            found.append(Stretch(i + 1, _run_end(tokens, i + 1)))
    return sorted(set(found))


def _is_ship_name(tokens: Tokens, matches: dict[int, Match], i: int) -> bool:
    """Tell whether the capitalised word i may begin a ship's name."""
    if not _is_capital(tokens, i) or tokens.low[i] in _CALENDAR or tokens.low[i] in FUNCTION_WORDS:
        return False
    match = matches.get(i)
    return match is None or not (match.demonym or match.candidates[0].kind in ("country", "sea"))


def _named_ship(tokens: Tokens, matches: dict[int, Match], i: int) -> Iterator[Stretch]:
    """Find "the frigate X" and "the X missile ship" around the word "ship" at i."""
    after = i + 1
    touching = after < len(tokens) and not tokens.gaps[after] & ~QUOTE
    if touching and _is_ship_name(tokens, matches, after):
        if tokens.words[after] not in _SHIP_PREFIXES:
            yield Stretch(after, _run_end(tokens, after))
        return
    k = i - 1
    while k > 0 and tokens.low[k] in _SHIP_WORDS and tokens.words[k][0].islower():
        k -= 1
    first = k
    while _is_capital(tokens, first - 1) and not tokens.gaps[first]:
        first -= 1
    if _is_ship_name(tokens, matches, first) and first and tokens.low[first - 1] in ("the", "its"):
        yield Stretch(first, k)


def _ship_list(tokens: Tokens, matches: dict[int, Match], i: int) -> Iterator[Stretch]:
    """Find "ships A, B and C" and "ships, A, B and C" after the word "ships" at i."""
    items: list[Stretch] = []
    k = first = _skip_naming(tokens, i + 1)
    joined = False
    while k < len(tokens):
        if tokens.low[k] == "the" and k + 1 < len(tokens) and (items or k == first):
            k += 1
        if tokens.low[k] == "and" and items:
            joined = True
            k += 1
            continue
        if tokens.gaps[k] & ~(COMMA | QUOTE | SEMICOLON) or (joined and tokens.gaps[k] & COMMA):
            break
        if items and not tokens.gaps[k] and tokens.low[k - 1] not in ("and", "the"):
            break
        if not _is_ship_name(tokens, matches, k):
            break
        items.append(Stretch(k, _run_end(tokens, k)))
        k = items[-1].last + 1
    apart = first > i + 1 or (first < len(tokens) and tokens.gaps[first] & COMMA)
    if items and (not apart or (joined and len(items) > 1)):
        yield from items


def _skip_naming(tokens: Tokens, k: int) -> int:
    """Jump over "were", "named", "including" between "ships" and their names."""
    naming = ("were", "are", "named", "called", "including", "include", "included")
    return k + 1 if k < len(tokens) and tokens.low[k] in naming else k


def find_persons(tokens: Tokens, matches: dict[int, Match]) -> list[Stretch]:
    """Find persons: names after a rank or title, and names that begin with a given name.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    matches : dict of int to Match
        Matches with the atlas by their first word; "Prince Edward Island" is one, no person.

    Returns
    -------
    list of Stretch
        In the order of the text, without the title, without overlaps.
    """
    found: list[Stretch] = []
    low = tokens.low
    heads = [i for i, w in enumerate(tokens.words) if not w[0].islower() or low[i] in RANKS]
    for i in heads:
        if found and found[-1].last >= i:
            continue
        person = _person_at(tokens, matches, i)
        if person is not None:
            found.append(person)
    return found


def _person_at(tokens: Tokens, matches: dict[int, Match], i: int) -> Stretch | None:
    """Read a person whose title or given name is word i."""
    word = tokens.low[i].rstrip(".")
    if word in RANKS:
        match = matches.get(i)
        if match is not None and match.last > i:
            return None
        return _titled(tokens, matches, i)
    if not _is_capital(tokens, i):
        return None
    last = _run_end(tokens, i)
    match = matches.get(i)
    if last == i or (match is not None and match.last > i and match.last >= last):
        return None
    if tokens.low[last] in _ORGANISATION:
        return None
    given = word in GIVEN_NAMES or (
        word in GIVEN_OR_PLACE and _followed_by_surname(tokens, matches, i)
    )
    return Stretch(i, last) if given or _looks_personal(tokens, i, last) else None


def _looks_personal(tokens: Tokens, i: int, last: int) -> bool:
    """Tell a person by how the name is written: initials, "Jr.", an age after it."""
    words = tokens.words
    if any(len(words[k]) == 1 and words[k] != "I" for k in range(i + 1, last)):
        return True  # Harvey A. Smith
    if _INITIALS.fullmatch(words[i]) and words[i] not in _NO_INITIALS:
        return True  # C.J. Smith
    k = last + 1
    if k >= len(words):
        return False
    if tokens.low[k].rstrip(".") in ("jr", "sr") or tokens.low[last] in ("jr", "sr", "iii"):
        return True
    aged = tokens.gaps[k] == COMMA and words[k].isdigit() and len(words[k]) == 2
    return aged and k + 1 < len(words) and tokens.gaps[k + 1] == COMMA


def _titled(tokens: Tokens, matches: dict[int, Match], i: int) -> Stretch | None:
    """Read the name after a title; not "Captain on Friday", not "minister Syrian"."""
    k = i + 1
    if not _is_capital(tokens, k) or tokens.gaps[k] & ~HYPHEN:
        return None
    if tokens.low[k].rstrip(".") in RANKS or tokens.low[k] in FUNCTION_WORDS | _CALENDAR:
        return None
    match = matches.get(k)
    if match is not None and (match.demonym or match.candidates[0].kind == "country"):
        return None
    return Stretch(k, _run_end(tokens, k))


def _followed_by_surname(tokens: Tokens, matches: dict[int, Match], i: int) -> bool:
    """Tell whether a capitalised word that is no place follows "Jordan" or "Paris"."""
    k = i + 1
    if not _is_capital(tokens, k) or tokens.gaps[k] or k in matches:
        return False
    return (
        tokens.low[k] not in _ORGANISATION | _CALENDAR | FUNCTION_WORDS and len(tokens.low[k]) > 2
    )


def is_organisation(tokens: Tokens, match: Match) -> bool:
    """Tell whether a match stands inside an organisation's or a street's name.

    "Tehran Times", "University of Texas", "Central Intelligence Agency".
    """
    k = match.last + 1
    if _is_capital(tokens, k) and not tokens.gaps[k] & ~HYPHEN:
        run = tokens.low[k : _run_end(tokens, k) + 1]
        if any(word in _ORGANISATION for word in run[:3]):
            return True
    k = match.first - 1
    return (
        k > 0
        and tokens.low[k] in ("of", "for")
        and _is_capital(tokens, k - 1)
        and tokens.low[k - 1] in _ORGANISATION
    )


def is_institution(tokens: Tokens, match: Match) -> bool:
    """Tell whether a match stands for a government or an authority, not for the place.

    "the Pentagon", "Moscow began", "the Damascus government".
    """
    best = match.candidates[0]
    if best.kind == "institution":
        return not _is_left(tokens, match)
    if match.demonym or best.kind != "city" or best.name_class == ABBREVIATION:
        return False
    k = match.last + 1
    seat = tokens.low[max(0, match.first - 2) : match.first]
    if best.feature == "PPLC" and seat in (["government", "in"], ["regime", "in"]):
        return True
    if k >= len(tokens) or tokens.gaps[k] & ~POSSESSIVE:
        return False
    if tokens.low[k] in GOVERNMENT:
        return best.feature == "PPLC" and not _is_capital(tokens, k)
    return best.feature == "PPLC" and _is_subject(tokens, match)


def _is_left(tokens: Tokens, match: Match) -> bool:
    """Tell whether something moves to or from a house: "flew from Langley to Alaska"."""
    if match.first < 2 or tokens.low[match.first - 1] not in ("from", "near", "over", "outside"):
        return False
    return not _TELLING & set(tokens.low[max(0, match.first - 6) : match.first - 1])


def _is_subject(tokens: Tokens, match: Match) -> bool:
    """Tell whether a name is the subject of a verb that only people can do."""
    k = match.last + 1
    if tokens.gaps[k] & POSSESSIVE:
        return False
    before = tokens.low[match.first - 1] if match.first else ""
    if before in PREPOSITIONS or (before in ("and", "the") and match.first > 1):
        return False
    while k < len(tokens) and (tokens.low[k] in AUXILIARIES or tokens.low[k].endswith("ly")):
        k += 1
    return k < len(tokens) and tokens.low[k] in SEATS and not tokens.gaps[k]
