"""Clues to what a text is about that are no names: its variety of English, and the words at a name.

A local paper does not say in which country it lies, but it writes of sheriffs and school districts,
or of councillors and constabularies. Words at a name say what kind of place it is: a town has a
city council and a high school, a state a legislature.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from geo_events.text.lexicon import word_set
from geo_events.text.tokens import COMMA, POSSESSIVE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo_events.text.matching import Match
    from geo_events.text.tokens import Tokens

__all__ = ["call_name", "find_callings", "find_varieties"]

_SMOOTH = 1.5  # clues that are for nobody, so that one clue decides less than ten
_MOST = 3  # how often one clue counts

_AMERICAN = word_set("""
sheriff sheriffs township townships freeway interstate congressman congresswoman congressmen
republican republicans democrat democrats gop medicaid medicare obamacare trooper troopers
sophomore sophomores freshman freshmen quarterback quarterbacks touchdown touchdowns selectman
selectmen alderman aldermen ymca ywca ncaa nfl nba mlb walmart thanksgiving color colors neighbor
neighbors neighborhood neighborhoods center centers labor favor favorite honor honored honors
behavior defense theater theaters gotten downtown statewide countywide varsity fundraiser realtor
semester rbi inning innings playoffs homecoming sidewalk sidewalks gasoline attorneys prosecutors
misdemeanor felony felonies arraigned indicted indictment subpoena caucus caucuses commissioners
superintendent valedictorian legislature lawmakers epa fema fbi dea atf nasa nra aclu zip
""")
_BRITISH = word_set("""
councillor councillors constabulary mp mps pence quid tory tories nhs lorry lorries motorway
motorways fortnight solicitor barrister borough boroughs ofsted bbc pensioner pensioners
colour colours neighbour neighbours neighbourhood neighbourhoods centre centres labour favour
favourite honour honoured behaviour defence theatre theatres organisation organisations realise
realised recognise recognised programme programmes metre metres kilometre kilometres whilst
parliamentary parliament westminster a-level gcse ukip brexit ofcom asbo snp pub pubs
""")
# Words of single countries; spellings of the Commonwealth count for each of its larger members.
_COUNTRIES = {
    "USA": _AMERICAN,
    "GBR": _BRITISH,
    "CAN": word_set(
        "rcmp mpp mpps mla mlas opp ndp ctv loonie provincial premier liberals conservatives "
        "centre centres colour neighbour neighbours neighbourhood labour cheque cheques "
        "kilometres metres defence theatre harbour"
    ),
    "AUS": word_set(
        "nsw afl nrl ute utes pokies cfa rfs abc qantas telstra centrelink colour neighbour "
        "neighbours labour centre centres organisation organisations kilometres metres defence "
        "theatre councillor councillors harbour mp mps whilst"
    ),
    "NZL": word_set("maori iwi nzpa kiwi kiwis councillor councillors whilst metres centre"),
    "IRL": word_set(
        "garda gardai gardaí taoiseach dail dáil tánaiste td tds gaa rte rté fianna fine gael "
        "fáil fail sinn féin centre colour defence councillor councillors"
    ),
    "IND": word_set(
        "crore crores lakh lakhs rupees rs panchayat lok sabha bjp upa nda mla mlas dgp dsp "
        "rupee centre colour defence metres"
    ),
    "PAK": word_set("rupees rs crore lakh ppp taliban madrassa madrassas centre rupee"),
    "ZAF": word_set("anc cosatu eskom rand saps sapa centre metres councillor councillors"),
    "NGA": word_set("naira efcc inec pdp apc lga governorship"),
    "KEN": word_set("shillings kshs odm"),
    "PHL": word_set("barangay barangays peso pesos philhealth"),
}
_PHRASES = {
    "USA": """
school district;school board;high school;middle school;elementary school;junior high;city council;
city manager;city hall;county commissioners;county commission;county sheriff;grand jury;
state police;state trooper;district attorney;state rep;state sen;u.s. rep;u.s. sen;
national guard;community college;little league;superior court;circuit court;common pleas;
fire department;police department;city officials;county jail;state university;town meeting;
public works;real estate;police chief;county fair;main street;social security;supreme court
""",
    "GBR": """
borough council;county council;parish council;district council;city centre;town centre;
high street;crown court;magistrates court;primary school;secondary school;comprehensive school;
fire brigade;council tax;grammar school;ambulance service;local authority;leisure centre;
premier league;member of;detective inspector;police constable;bank holiday;sixth form
""",
    "CAN": """
school board;chamber of;regional council;hockey league;provincial government;federal government;
provincial police;health unit
""",
    "AUS": "shire council;primary school;federal police;state government;fire service;bush fire",
    "IRL": "county council;fine gael;fianna fail;district court;town council",
    "IND": "chief minister;gram panchayat;lok sabha;high court",
}


def _turn_round() -> dict[str, tuple[str, ...]]:
    """List the countries of each clue."""
    turned: dict[str, list[str]] = defaultdict(list)
    for country, words in _COUNTRIES.items():
        for word in words:
            turned[word].append(country)
    for country, phrases in _PHRASES.items():
        for phrase in phrases.replace("\n", " ").split(";"):
            if phrase.strip():
                turned[phrase.strip()].append(country)
    return {clue: tuple(countries) for clue, countries in turned.items()}


_CLUES = _turn_round()
_SECONDS = frozenset(clue.split()[1] for clue in _CLUES if " " in clue)

_TOWN_AFTER = word_set("""
council mayor police resident residents school schools high middle elementary township fire city
town village public library chamber native man woman couple teen teenager boy girl downtown area
community neighborhood hospital junior senior university academy street road avenue manager
selectmen alderman aldermen trustees board park independent
""")
_STATE_AFTER = word_set("""
legislature legislators lawmakers lawmaker gov governor senate statehouse state province
provincial house department supreme general assembly budget senator senators congressman rep
delegation republicans democrats premier
""")
_COUNTRY_AFTER = word_set("""
president ambassador embassy army forces troops military prime foreign government parliament
invasion war border airspace minister ministry
""")
_STATE_OF = word_set("state province commonwealth")
_TOWN_OF = word_set("city town village township mayor downtown outside suburb suburbs borough")
_COUNTRY_OF = word_set("president republic kingdom government people")


def find_varieties(tokens: Tokens) -> dict[str, float]:
    """Estimate by its words for which country's readers a text is written.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.

    Returns
    -------
    dict of str to float
        Shares by country code, which add up to less than 1; empty where nothing tells.

    Examples
    --------
    >>> from geo_events.text.tokens import tokenize
    >>> find_varieties(tokenize("The sheriff of the township spoke at the high school."))
    {'USA': 0.67}
    """
    low = tokens.low
    counts: dict[str, int] = defaultdict(int)
    for i, word in enumerate(low):
        if word in _CLUES:
            counts[word] += 1
        if word in _SECONDS and i and f"{low[i - 1]} {word}" in _CLUES:
            counts[f"{low[i - 1]} {word}"] += 1
    votes: dict[str, float] = defaultdict(float)
    for clue, count in counts.items():
        countries = _CLUES[clue]
        for country in countries:
            votes[country] += min(count, _MOST) / len(countries)
    total = sum(votes.values()) + _SMOOTH
    return {country: round(vote / total, 2) for country, vote in sorted(votes.items())}


def find_callings(tokens: Tokens, matches: Sequence[Match]) -> Mapping[str, frozenset[str]]:
    """Find what the words at a name call it: a town, a state, a country.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    matches : sequence of Match
        The names.

    Returns
    -------
    mapping of str to frozenset
        "town", "state" and "country" by key, wherever in the text; keys without any are left out.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for match in matches:
        called = call_name(tokens, match)
        if called:
            found[match.key].add(called)
    return {key: frozenset(called) for key, called in found.items()}


def call_name(tokens: Tokens, match: Match) -> str:
    """Say what the words right at a name call it.

    Parameters
    ----------
    tokens : Tokens
        The words of the text.
    match : Match
        The name.

    Returns
    -------
    str
        "town", "state", "country", or "" where nothing tells.
    """
    k, i = match.last + 1, match.first
    low = tokens.low
    if k < len(low) and not tokens.gaps[k] & ~POSSESSIVE:
        for name, words in (
            ("town", _TOWN_AFTER),
            ("state", _STATE_AFTER),
            ("country", _COUNTRY_AFTER),
        ):
            if low[k] in words:
                return name
    if i >= 2 and low[i - 1] == "of":
        for name, words in (("town", _TOWN_OF), ("state", _STATE_OF), ("country", _COUNTRY_OF)):
            if low[i - 2] in words:
                return name
    return "town" if _is_home(tokens, i) else ""


def _is_home(tokens: Tokens, i: int) -> bool:
    """Tell whether a name is where somebody lives: "Ann Lee, 34, of Springfield"."""
    k = i - 2 if i and tokens.low[i - 1] == "of" else i - 1
    if k < 1 or not tokens.words[k].isdigit() or len(tokens.words[k]) > 2:
        return False
    return bool(tokens.gaps[k] & COMMA and tokens.gaps[k + 1] & COMMA)
