"""Names that the atlas does not know: streets, and towns whose state the text names.

"in Sylmar, California" is in California even where nobody has heard of Sylmar. A street is the
street, not the town that it is named after: "Washington Drive" says nothing of Washington.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.text.candidates import ABBREVIATION, MAIN, WEAK, fold_word
from geo_events.text.kinds import Stretch
from geo_events.text.lexicon import FUNCTION_WORDS, RANKS, word_set
from geo_events.text.matching import Match
from geo_events.text.person_names import GIVEN_NAMES
from geo_events.text.readings import is_never_alone
from geo_events.text.tokens import COMMA, HYPHEN, NEWLINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo_events.text.candidates import Candidate
    from geo_events.text.tokens import Tokens

__all__ = ["find_streets", "find_unlisted"]

_LONGEST = 4
_LARGE = ("region", "country")
_BEFORE = word_set(
    "in at near from to of outside around through into toward towards and between for leaving "
    "reached off nearby inside"
)
_STREET = word_set("""
street st. road rd. avenue ave drive dr. boulevard blvd lane parkway freeway turnpike crescent
highway terrace alley pike expressway motorway causeway
""")
_NOT_STREETS = word_set("wall sesame bourbon silk high main")
_ORDINAL_ENDS = ("st", "nd", "rd", "th")


def _is_capital(tokens: Tokens, i: int) -> bool:
    """Tell whether word i begins with a capital."""
    return i >= 0 and tokens.words[i][0].isupper()


def _run_start(tokens: Tokens, last: int) -> int:
    """Return the first word of the run of capitalised words that ends at word `last`."""
    first = last
    while (
        first > 0
        and last - first < _LONGEST - 1
        and not tokens.gaps[first] & ~(HYPHEN | NEWLINE)
        and _is_capital(tokens, first - 1)
        and tokens.low[first - 1] not in FUNCTION_WORDS
    ):
        first -= 1
    return first


def find_state(match: Match) -> Candidate | None:
    """Return the state or country that a name after a comma means; None for a town's name.

    One that bears the name comes before one that is only also called so: of "Norfolk" the county.
    """
    large = [c for c in match.candidates if c.kind in _LARGE and c.name_class != WEAK]
    if not large or match.candidates[0].kind not in _LARGE:
        return None
    return next((c for c in large if c.name_class in (MAIN, ABBREVIATION)), large[0])


def find_unlisted(tokens: Tokens, matches: Sequence[Match]) -> list[Match]:
    """Find names that the atlas does not know before a comma and a state: "in Sylmar, California".

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    matches : sequence of Match
        The names that the atlas knows, in the order of the text.

    Returns
    -------
    list of Match
        In the order of the text. Their only candidate is the state or country.
    """
    taken = {k for m in matches for k in range(m.first, m.last + 1)}
    found = []
    for match in matches:
        state, last = find_state(match), match.first - 1
        if state is None or match.demonym or tokens.gaps[match.first] != COMMA or last in taken:
            continue
        if not _is_capital(tokens, last):
            continue
        first = _run_start(tokens, last)
        if taken.isdisjoint(range(first, last + 1)) and _may_be_town(tokens, first, last):
            key = " ".join(fold_word(word) for word in tokens.words[first : last + 1])
            found.append(Match(first, last, key, (state,), demonym=False, unlisted=True))
    return found


def _may_be_town(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether unknown capitalised words may be a town: not a person, a day or a title."""
    head = tokens.low[first]
    if first == last and (is_never_alone(head) or len(head) < 3):
        return False
    if head.rstrip(".") in RANKS or head in GIVEN_NAMES or not tokens.words[last][0].isalpha():
        return False
    if first == 0 or tokens.sentences[first] != tokens.sentences[first - 1]:
        return tokens.words[first].isupper()
    if tokens.gaps[first] & COMMA:
        return True
    return not tokens.gaps[first] and tokens.low[first - 1] in _BEFORE


def find_streets(tokens: Tokens) -> list[Stretch]:
    """Find the names of streets: "Newmarket Road", "West 22nd Street".

    Parameters
    ----------
    tokens : Tokens
        The words of the text.

    Returns
    -------
    list of Stretch
        In the order of the text, without the number of the house.
    """
    found: list[Stretch] = []
    for k, word in enumerate(tokens.low):
        if word not in _STREET or k == 0 or not tokens.words[k][0].isupper():
            continue
        if tokens.gaps[k] & ~(HYPHEN | NEWLINE) or (found and found[-1].last >= k - 1):
            continue
        if _goes_on(tokens, k + 1):
            continue  # Highway 82, Highway Patrol
        first = _street_start(tokens, k)
        if first < k and not (first == k - 1 and tokens.low[first] in _NOT_STREETS):
            found.append(Stretch(first, k))
    return found


def _goes_on(tokens: Tokens, k: int) -> bool:
    """Tell whether a number or a capitalised word follows, with nothing but a space between."""
    if k >= len(tokens) or tokens.gaps[k]:
        return False
    return tokens.words[k][0].isdigit() or tokens.words[k][0].isupper()


def _street_start(tokens: Tokens, k: int) -> int:
    """Return the first word of the street's name that ends at word k; k itself where none is."""
    before = tokens.words[k - 1]
    if before[0].isdigit() and before.endswith(_ORDINAL_ENDS):
        first = k - 1
    elif _is_capital(tokens, k - 1) and tokens.low[k - 1] not in FUNCTION_WORDS:
        first = _run_start(tokens, k - 1)
    else:
        return k
    while first < k and tokens.low[first].rstrip(".") in RANKS:
        first += 1
    return first
