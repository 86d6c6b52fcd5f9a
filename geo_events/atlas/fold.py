"""Fold a name to the form under which it is looked up.

`fold` forgives what differs between two writings of one name: case, accents and other marks,
punctuation, full-width letters, invisible characters, Arabic and Persian letter variants.
It is defined word by word, so that ``fold(a + " " + b) == fold(a) + " " + fold(b)`` for words
`a` and `b` that do not vanish.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["fold"]

# Marks of these blocks only decorate a letter; elsewhere (Devanagari, Thai, kana) they are letters.
_DECORATION = (
    (0x0300, 0x036F),  # combining accents
    (0x0483, 0x0487),  # Cyrillic
    (0x0591, 0x05C7),  # Hebrew points
    (0x0610, 0x061A),  # Arabic signs
    (0x064B, 0x065F),  # Arabic vowels and hamza
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x0711, 0x074A),  # Syriac
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20F0),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFE20, 0xFE2F),
    (0xE0100, 0xE01EF),
)

# Letters that Unicode does not take apart, and marks that stand inside a word.
_LETTERS = {
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ŋ": "n",
    "æ": "ae", "œ": "oe", "þ": "th", "ə": "e", "ǝ": "e", "ɓ": "b", "ɗ": "d", "ƙ": "k",
    "ƴ": "y", "ɨ": "i", "ʉ": "u", "ɛ": "e", "ɔ": "o",
    "ی": "ي", "ى": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه",
    "ە": "ه", "ۃ": "ه", "ٱ": "ا", "ـ": "", "ء": "",
    "&": " and ",
    "'": "", "’": "", "‘": "", "ʻ": "", "ʼ": "", "ʾ": "", "ʿ": "", "ʹ": "", "ʽ": "", "`": "",
    "´": "", "′": "", "‛": "", "ˈ": "", "׳": "", "״": "", "ʺ": "",
}  # fmt: skip

# Letters of other scripts that look Latin, for words that mix both.
_LATIN_TWINS = str.maketrans(
    "авекмнорстухіјѕһԁԛԝӏёїαβεικνορτυχ",
    "abekmhopctyxijshdqwleiabeikvoptux",
)
_CYRILLIC_TWINS = str.maketrans("abekmhopctyxijs", "авекмнорстухіјѕ")

_SINGLE = re.compile(r"(?<![^\W\d_])([^\W\d_])\.(?=[^\W\d_])")
_MIXED = re.compile(r"\S*(?:[a-z][Ͱ-ӿ]|[Ͱ-ӿ][a-z])\S*")
_LATIN = re.compile(r"[a-z]")


class _Table(dict[int, str]):
    """Translate each character once, by its Unicode category, and remember it."""

    def __missing__(self, code: int) -> str:
        """Decide what a character becomes: itself, nothing, or a space."""
        self[code] = result = _fold_character(chr(code))
        return result


def _fold_character(character: str) -> str:
    """Return what one decomposed, case-folded character becomes."""
    if character in _LETTERS:
        return _LETTERS[character]
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category[0] == "M":
        code = ord(character)
        return "" if any(low <= code <= high for low, high in _DECORATION) else character
    if category == "Cf":
        return ""
    return character if category[0] in "LN" else " "


_TABLE = _Table()


def fold(text: str) -> str:
    r"""Return the key under which a name is looked up.

    Parameters
    ----------
    text : str
        A name in any script. No language is assumed.

    Returns
    -------
    str
        Lower-case words separated by single spaces; empty when nothing but punctuation or
        invisible characters came.

    Notes
    -----
    NFKC and case folding; accents, Arabic vowels and Hebrew points dropped; the Turkish dotless
    ``ı`` and the dotted ``İ`` both become ``i``; apostrophes dropped (``Xi'an`` → ``xian``); other
    punctuation parts words (``Port-au-Prince`` → ``port au prince``), but a period after a single
    letter does not (``U.S.`` → ``us``, ``W.Va.`` → ``wva``); zero-width and direction marks
    dropped; letters of a second script that look the same are brought to the script of the word.

    Examples
    --------
    >>> fold("Velikiy  USTYÚG")
    'velikiy ustyug'
    >>> fold("İncirlik"), fold("ＲＡＱＱＡ"), fold("Ra\u200bqqa")
    ('incirlik', 'raqqa', 'raqqa')
    >>> fold("U.S."), fold("St. Louis"), fold("Al-Tanf")
    ('us', 'st louis', 'al tanf')
    """
    if text.isascii():
        lowered = text.lower()
        if "." in lowered:
            lowered = _SINGLE.sub(r"\1", lowered)
        return " ".join(lowered.translate(_TABLE).split())
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    folded = _SINGLE.sub(r"\1", folded)
    folded = unicodedata.normalize("NFD", folded).translate(_TABLE)
    folded = " ".join(unicodedata.normalize("NFC", folded).split())
    return _MIXED.sub(_unmix, folded)


def _unmix(match: re.Match[str]) -> str:
    """Bring a word of two scripts to the one that most of its letters have."""
    word = match[0]
    latin = len(_LATIN.findall(word))
    return word.translate(_LATIN_TWINS if 2 * latin >= len(word) else _CYRILLIC_TWINS)
