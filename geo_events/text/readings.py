"""Rule out readings of a name by how it is written: codes, abbreviations, everyday words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.text.candidates import ABBREVIATION, CODE, WEAK
from geo_events.text.lexicon import FUNCTION_WORDS, word_set
from geo_events.text.tokens import COMMA, HYPHEN

if TYPE_CHECKING:
    from geo_events.text.candidates import Candidate
    from geo_events.text.tokens import Tokens

__all__ = ["is_never_alone", "keep_readings"]

# Capitalised words that, standing alone, are hardly ever the place whose code or name they are.
_NEVER_ALONE = FUNCTION_WORDS | word_set("""
les der die das los las une ein eine den dem des dans por para con mit und dos
mr mrs ms dr st mt ft no yes ok am pm tv ad bc id pr hr it la de el al san saint new old i
ii iii iv vi vii monday tuesday wednesday thursday friday saturday sunday january february
march april may june july august september october november december mon tue wed thu fri sat sun
jan feb mar apr jun jul aug sep sept oct nov dec
north south east west northeast northwest southeast southwest north-east north-west south-east
south-west northern southern eastern western northeastern northwestern southeastern southwestern
central centre center upper lower greater downtown midtown uptown
federal national international interior general state county city town village university college
school police court congress senate parliament ministry department section district street road
avenue highway station hospital church cathedral club union league group company board council
nato niña niño conservation summit guildhall grand
free jewish christian muslim catholic passover easter christmas swat hamas obama toyota dodge
""")
_APOSTROPHES = "'’ʼ"
_CONTRACTED = frozenset(("ve", "d", "m", "ll", "re", "t", "s"))
# Countries and unions that texts call by their code.
_COUNTRY_CODES = word_set("US USA UK UAE DRC DPRK ROK PRC EU")
_WHOLE = ("country", "area")
# Codes of states and provinces that stand after a town: "Tacoma, WA 98402".
_STATE_CODES = word_set("""
AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC
ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC AB BC MB NB NL NS ON PE QC SK
NSW QLD VIC TAS ACT
""")
# Clipped names that are everyday words or persons where they stand alone: "Miss", "Wash", "Barb".
_CLIPPED = word_set(
    "ala ariz ark calif colo conn del fla ill ind kan ken mass mich minn miss mont neb nev okla "
    "ore penn tenn tex wash wis wyo barb sing ont que man sask alta"
)
_CLIPPED_KINDS = ("region", "country")
_STATE_COUNTRIES = ("USA", "CAN", "AUS")


def is_never_alone(word: str) -> bool:
    """Tell whether a word that stands alone is no place: "North", "I've", "Friday"."""
    if word in _NEVER_ALONE:
        return True
    for mark in _APOSTROPHES:
        if mark in word:
            head, _, tail = word.partition(mark)
            return tail in _CONTRACTED and head in _NEVER_ALONE
    return False


def keep_readings(
    tokens: Tokens, candidates: tuple[Candidate, ...], i: int, last: int
) -> tuple[Candidate, ...]:
    """Drop the readings that the writing rules out.

    Codes need capitals and four letters (ICAO), or belong to the few countries that texts call by
    theirs; two letters are a state after a town, and else no name. An abbreviation without its dot
    needs a town before it ("Tacoma, Wash") or capitals.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    candidates : tuple of Candidate
        What the words may mean.
    i, last : int
        Numbers of the first and last word.

    Returns
    -------
    tuple of Candidate
        In the same order; perhaps none.
    """
    surface = tokens.span(i, last)
    plain = surface.replace(".", "")
    dotted = plain != surface
    if plain in _COUNTRY_CODES:
        kept = tuple(c for c in candidates if c.kind in _WHOLE and c.name_class != WEAK)
        return tuple(c._replace(name_class=ABBREVIATION) for c in kept) or candidates
    after_town = i > 0 and tokens.gaps[i] in (COMMA, HYPHEN) and tokens.words[i - 1][0].isupper()
    if plain in _STATE_CODES and after_town and not dotted:
        kept = tuple(c for c in candidates if c.kind == "region" and c.country in _STATE_COUNTRIES)
        return tuple(c._replace(name_class=ABBREVIATION) for c in kept)
    if len(plain) <= 2 and plain.isascii() and not dotted:
        return ()
    if len(plain) <= 3 and plain.isupper() and not dotted:
        return tuple(c for c in candidates if c.name_class == ABBREVIATION)
    if plain.isupper() and len(plain) > 3:
        return candidates
    clipped = i == last and plain.lower() in _CLIPPED and not (dotted or after_town)
    left = [c for c in candidates if c.name_class != CODE]
    if clipped:
        left = [c for c in left if c.kind not in _CLIPPED_KINDS]
    return candidates if len(left) == len(candidates) else tuple(left)
