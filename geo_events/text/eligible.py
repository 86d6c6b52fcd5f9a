"""Tell which names can be the place of a role, and which only say where another one lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.text.lexicon import (
    AIRCRAFT,
    AUXILIARIES,
    CUTS,
    DETERMINERS,
    FACILITIES,
    GOVERNMENT,
    PLATFORMS,
    PREPOSITIONS,
    PROJECTILES,
    PRONOUNS,
    SOURCES,
    TARGETS,
    word_set,
)
from geo_events.text.tokens import BRACKET, COMMA, HYPHEN, POSSESSIVE
from geo_events.text.verbs import REPORTING

if TYPE_CHECKING:
    from geo_events.text.structure import Layout

__all__ = [
    "DESCRIBING",
    "STEPS",
    "STOPS",
    "facility_after",
    "is_eligible",
    "is_holder",
    "is_within",
]

STEPS = 7
STOPS = AUXILIARIES | PRONOUNS | CUTS | REPORTING
DESCRIBING = (
    FACILITIES
    | TARGETS
    | PLATFORMS
    | DETERMINERS
    | PREPOSITIONS
    | word_set("""
military air naval international main nearby neighbouring neighboring besieged occupied held
controlled rebel government war torn small old largest second first key strategic coastal central
north south east west northern southern eastern western northeastern northwestern southeastern
southwestern northeast northwest southeast southwest mid downtown greater upper lower same former
southernmost northernmost ground training launch missile test testing nuclear civil civilian
commercial regional local own home and or of high open middle parts part safe remote disputed
breakaway separatist annexed unnamed undisclosed island islands sea ocean gulf state mainland
heart edge outskirts direction vicinity
""")
)
_NOT_OF_PLACE = (
    GOVERNMENT
    | PROJECTILES
    | AIRCRAFT
    | (SOURCES - word_set("headquarters office offices command department station post"))
    | word_set("""
policy policies war talks crisis conflict deal summit issue question strategy sanctions accord
agreement desk bureau correspondent envoy embassy consulate soldiers soldier sailors marines troops
fighters rebels militants insurgents guerrillas terrorists gunmen peacekeepers citizens citizen
nationals national civilians men women people contractors tourists journalists workers prisoners
warship warships ships navy air allies ally leader leaders coalition artillery tanks helicopters
""")
)
_PARTS_OF = word_set(
    "neighbourhood neighborhood district suburb suburbs area areas county camp base"
)
_ALONG = word_set("""
in the north south east west northern southern eastern western northeastern northwestern
southeastern southwestern central downtown rural district area city town village neighbourhood
neighborhood suburb
""")
_SIDES = word_set("north south east west northeast northwest southeast southwest")
_SITES = word_set("site station center centre ground grounds range pad base facility cosmodrome")
_BASES = FACILITIES | word_set("air military naval army")
_WIDE = ("country", "region", "sea", "lake", "strait", "natural", "area")
_ABROAD = word_set("embassy consulate hospital compound")  # a Polish consulate is not in Poland


def facility_after(layout: Layout, n: int) -> int | None:
    """Find the facility that a demonym belongs to ("a Turkish military airfield").

    Parameters
    ----------
    layout : Layout
        The text.
    n : int
        The number of a mention.

    Returns
    -------
    int or None
        The facility's word; None when there is none or when it is named ("Syrian city of Raqqa").
    """
    tokens = layout.tokens
    k = layout.mentions[n].last + 1
    for i in range(k, min(k + 4, len(tokens))):
        if tokens.gaps[i] & ~(HYPHEN | POSSESSIVE) or i in layout.mention_at:
            return None
        if tokens.low[i] in PREPOSITIONS or tokens.low[i] in STOPS:
            return None
        if tokens.low[i] in FACILITIES:
            following = tokens.low[i + 1] if i + 1 < len(tokens) else ""
            if following in FACILITIES and not tokens.gaps[i + 1]:
                continue
            name = i + 3 if tokens.low[i + 2 : i + 3] == ["the"] else i + 2
            named = name in layout.mention_at and following in ("of", "at", "in", "near")
            named = named or (i + 1 in layout.mention_at and not tokens.gaps[i + 1])
            return None if named or following == "of" else i
    return None


def is_eligible(layout: Layout, n: int) -> bool:
    """Tell whether a mention can be a role's place at all: the vetoes.

    Ships, persons, institutions, datelines, bare demonyms, "US-led", "Syria policy", "Iran's
    missiles", "outside Syria" and the second half of "Aleppo, Syria" cannot.
    """
    found = layout.mentions[n]
    mention, tokens = found.mention, layout.tokens
    if n in layout.unlisted:
        return _is_followed_well(layout, n)
    if mention.place is None or mention.kind not in ("name", "demonym"):
        return False
    if found.first in layout.date_words:
        return False
    if mention.kind == "demonym":
        facility = facility_after(layout, n)
        return facility is not None and tokens.low[facility] not in _ABROAD
    if found.first and tokens.gaps[found.first] == HYPHEN:
        return False
    if is_holder(layout, n) or _is_dateline(layout, n) or _is_outside(layout, n):
        return False
    return _is_followed_well(layout, n)


def _is_outside(layout: Layout, n: int) -> bool:
    """Tell "outside Israel": not there. Outside a town is near it, in whatever it lies."""
    found, low = layout.mentions[n], layout.tokens.low
    place, k = found.mention.place, found.first - 1
    k -= low[k] == "the"
    if place is None or place.kind not in _WIDE or k < 0 or low[k] != "outside":
        return False
    following = layout.mentions[n + 1 : n + 2]
    return all(m.mention.place is None or m.mention.place.id != place.id for m in following)


def _is_followed_well(layout: Layout, n: int) -> bool:
    """Tell whether what follows a name leaves it the place: not "US-led", not "Syria policy"."""
    tokens, k = layout.tokens, layout.mentions[n].last + 1
    if k >= len(tokens):
        return True
    if tokens.gaps[k] == HYPHEN:
        return tokens.low[k] == "bound"
    if tokens.gaps[k] & POSSESSIVE:
        return facility_after(layout, n) is not None
    if tokens.low[k] in FACILITIES - _PARTS_OF and tokens.low[k + 1 : k + 2] == ["of"]:
        return k + 2 not in layout.mention_at  # "the West Bank city of Hebron"
    if tokens.gaps[k] or tokens.low[k] not in _NOT_OF_PLACE:
        return True
    ahead = tokens.low[k + 1 : k + 4]  # "the Sohae satellite launch station", "the X air base"
    site = next((n for n, word in enumerate(ahead) if word in _SITES), len(ahead))
    return site < len(ahead) and PREPOSITIONS.isdisjoint(ahead[:site])


def is_holder(layout: Layout, n: int) -> bool:
    """Tell whether mention n only says where the one before it lies: "Aleppo, Syria"."""
    if n == 0:
        return False
    this, before = layout.mentions[n], layout.mentions[n - 1]
    outer, inner = this.mention.place, before.mention.place
    if outer is None or inner is None or this.mention.kind != "name":
        return False
    between = layout.tokens.low[before.last + 1 : this.first]
    apart = layout.tokens.gaps[before.last + 1]
    if between[-1:] == ["near"] and not apart and _BASES.issuperset(between[:-1]):
        return inner.kind not in ("country", "sea", "region")  # "Shayrat air base near Homs"
    if inner.kind in ("country", "sea") or inner.country != outer.country:
        return False
    if outer.kind not in ("country", "region"):
        return not apart and len(between) <= 4 and "in" in between and _ALONG.issuperset(between)
    if not between:
        return bool(apart & (COMMA | BRACKET))
    if (
        apart == COMMA
        and between[0] in ("a", "an", "the")
        and "in" in between
        and len(between) <= 6
    ):
        return between[1:2] != [] and bool(FACILITIES & set(between))
    return between[0] == "in" and len(between) <= 3 and not apart and "and" not in between


def is_within(layout: Layout, n: int) -> bool:
    """Tell whether mention n says where the unlisted name before it lies.

    "The Kafr Souseh area of Damascus", "Gharz, a suburb of Daraa".
    """
    if n - 1 not in layout.unlisted or n >= len(layout.mentions):
        return False
    this, before = layout.mentions[n], layout.mentions[n - 1]
    if this.mention.place is None or this.mention.kind != "name":
        return False
    tokens = layout.tokens
    between = tokens.low[before.last + 1 : this.first]
    if tokens.sentences[this.first] != tokens.sentences[before.last] or len(between) > STEPS:
        return False
    apart = tokens.gaps[before.last + 1]
    if not between:
        return bool(apart & (COMMA | BRACKET))
    if "of" in between and between[between.index("of") - 1] in _SIDES:
        return False  # "Jamraya, north-west of Damascus"
    joined = "in" in between or (between[-1] in ("of", "the") and "of" in between)
    return joined and all(word in DESCRIBING and word != "and" for word in between)


def _is_dateline(layout: Layout, n: int) -> bool:
    """Tell whether a mention opens the text or a paragraph as the place of filing."""
    found, tokens = layout.mentions[n], layout.tokens
    word = tokens.words[found.first]
    if not word.isupper() or len(word) < 4 or "." in word:
        return False
    return tokens.sentences[found.first] != tokens.sentences[found.first - 1] or found.first == 0
