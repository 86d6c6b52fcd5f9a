"""Cut a text of any script into words, with exact offsets into the original."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo_events.text.languages.detection import ENGLISH_ONLY, Tongues, find_tongues
from geo_events.text.lexicon import word_set

__all__ = [
    "BRACKET",
    "COMMA",
    "HYPHEN",
    "NEWLINE",
    "OTHER",
    "PARAGRAPH",
    "POSSESSIVE",
    "QUOTE",
    "SEMICOLON",
    "STOP",
    "Tokens",
    "split_tokens",
    "tokenize",
]

# What stands between a word and the word before it, as bit flags.
HYPHEN = 1
COMMA = 2
STOP = 4
SEMICOLON = 8  # also colons and dashes between words
BRACKET = 16
QUOTE = 32
NEWLINE = 64
PARAGRAPH = 128
POSSESSIVE = 256
OTHER = 512

# Combining marks and the vowel signs of scripts whose words contain them.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f"
    "\u0951-\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d\u0a70\u0a71\u0a81-\u0a83"
    "\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56"
    "\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u0d81-\u0d83\u0dca-\u0ddf\u0e31"
    "\u0e34-\u0e3a\u0e47-\u0e4e\u102b-\u103e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0"
    "\ufe00-\ufe0f\ufe20-\ufe2f"
)
# Characters without width that may stand inside a word: soft hyphen, joiners, direction marks.
_FORMATS = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_WORD = re.compile(
    rf"""
    [A-Za-z][a-z]*(?=[ ,;:!?\n)"”]) | [a-z]{{3,}}(?=\.)          # most words, fast
    | (?:[^\W\d_]{{1,2}}\.){{2,6}}                             # U.S.  W.Va.  N.S.W.
    | (?=[A-Z])(?:St|Mt|Ft|Gen|Col|Maj|Lt|Capt|Sgt|Adm|Cmdr|Brig|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Pres
        |Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|No
        |Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo
        |Mont|Neb|Nev|Okla|Ont|Ore|Pa|Penn|Que|Tenn|Tex|Va|Vt|Wash|Wis|Wyo)\.(?=[\s,;:)])
    | \d+(?:[.,]\d+)*(?=(?:km|mi|nm|nmi|NM|m|ft)?(?![^\W_]))
    | [^\W_](?:[^\W_]|[{_MARKS}]|[{_FORMATS}]{{1,4}}(?=[^\W_{_MARKS}])
        |['’ʼ](?=[^\W\d_])(?![sS](?![^\W_])))*
    """,
    re.VERBOSE,
)
_FORMAT_SET = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069\ufeff"
)
_POSSESSIVE = re.compile(r"\s?['’ʼ](?:\s?s\b)?")
_QUOTES = frozenset('"“”„«»‹›「」『』')
_STOPS = frozenset(".!?…。！？؟۔।")
_SEMICOLONS = frozenset(";:—–؛：；―")
_COMMAS = frozenset(",،、，")
_BRACKETS = frozenset("()[]{}（）【】")
_HYPHENS = frozenset("-‐‑‒–−/־")
_MARK_FLAGS = {
    **dict.fromkeys(_QUOTES, QUOTE),
    **dict.fromkeys(_STOPS, STOP),
    **dict.fromkeys(_COMMAS, COMMA),
    **dict.fromkeys(_SEMICOLONS, SEMICOLON),
    **dict.fromkeys(_BRACKETS, BRACKET),
    "-": SEMICOLON,
    "\n": NEWLINE,
}
_POSSESSIVES = frozenset("sS")
_APOSTROPHES = "'’ʼ"
_LONGEST_SENTENCE = 160
_CACHE_LIMIT = 20_000
_gap_cache: dict[str, int] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The words of a text, as parallel lists.

    Parameters
    ----------
    text : str
        The text as it was given.
    words, low : list of str
        Each word as written, and in lower case.
    starts, ends : list of int
        Character offsets: `text[starts[i]:ends[i]] == words[i]`.
    gaps : list of int
        Flags of what stands between word i and the one before it (`gaps[0]`: before the first).
    sentences : list of int
        The number of the sentence that each word belongs to, from 0.
    begin : int
        Where the words' part of the text begins.
    tongues : Tongues
        Which language the words are in.
    """

    text: str
    words: list[str]
    low: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[int]
    sentences: list[int]
    begin: int = 0
    tongues: Tongues = ENGLISH_ONLY

    def __len__(self) -> int:
        return len(self.words)

    def gap_text(self, i: int) -> str:
        """Return the characters between word i and the word before it."""
        return self.text[self.ends[i - 1] if i else self.begin : self.starts[i]]

    def span(self, first: int, last: int) -> str:
        """Return the text from word `first` to word `last`, both included."""
        return self.text[self.starts[first] : self.ends[last]]


def _classify(gap: str) -> int:
    """Say which kinds of separators a gap holds."""
    if len(gap) == 1 and gap in _HYPHENS:
        return HYPHEN
    if gap == ":":
        return OTHER  # a clock's time: 8:30
    flags = 0
    if gap[0] in "'’ʼ" or gap[:2] in (" ’", " '"):
        match = _POSSESSIVE.match(gap)
        if match and "s" in match.group():
            flags, gap = POSSESSIVE, gap[match.end() :]
    for char in gap:
        flag = _MARK_FLAGS.get(char)
        if flag is not None:
            flags |= PARAGRAPH if flag == NEWLINE and flags & NEWLINE else flag
        elif not char.isspace() and char not in _FORMAT_SET:
            flags |= OTHER
    return flags


def _gap_flags(gap: str) -> int:
    """Classify a gap, remembering the short ones."""
    flags = _gap_cache.get(gap)
    if flags is None:
        flags = _classify(gap[:80])
        if len(gap) < 12 and len(_gap_cache) < _CACHE_LIMIT:
            _gap_cache[gap] = flags
    return flags


def _find_words(text: str, begin: int, stop: int) -> tuple[list[str], list[int], list[int]]:
    """List words with their offsets; a possessive s is part of the gap, not a word."""
    spans = [match.span() for match in _WORD.finditer(text, begin, stop)]
    words = [text[start:end] for start, end in spans]
    dropped = set()
    for k, word in enumerate(words):
        if word in _POSSESSIVES and k and k - 1 not in dropped:
            gap = text[spans[k - 1][1] : spans[k][0]]
            if len(gap) <= 3 and gap.strip() and gap.strip() in _APOSTROPHES:
                dropped.add(k)
    if dropped:
        spans = [span for k, span in enumerate(spans) if k not in dropped]
        words = [word for k, word in enumerate(words) if k not in dropped]
    return words, [start for start, _ in spans], [end for _, end in spans]


_OPENERS = word_set(
    "the a an in on at it he she they we i this that these those but and as after when while if "
    "its his her their there with for from according meanwhile however officials"
)


def _is_wrapped(words: list[str], gaps: list[int]) -> bool:
    """Tell whether lines are broken by width: many single line ends stand before lower case."""
    single = [i for i, flags in enumerate(gaps) if i and flags & NEWLINE and not flags & PARAGRAPH]
    inside = sum(words[i][:1].islower() for i in single)
    return len(single) >= 3 and inside * 3 > len(single)


def _is_initial(word: str) -> bool:
    """Tell whether a word is somebody's initial, whose dot ends no sentence."""
    return len(word) == 1 and word.isupper() and word != "I"


_UNFINISHED = word_set(
    "to from in on at of the a an and or with by for over near into its their his her was were "
    "has have had is are be been will would that which who"
)


def _goes_on(words: list[str], low: list[str], gaps: list[int], i: int) -> bool:
    """Tell whether the line that begins at word i goes on with the sentence before."""
    return words[i][0].islower() or low[i - 1] in _UNFINISHED or bool(gaps[i] & COMMA)


def _number_sentences(words: list[str], low: list[str], gaps: list[int]) -> list[int]:
    """Give sentences numbers by stops, paragraphs and, unless lines are wrapped, line ends.

    A line that begins in small letters, or after "to" or a comma, goes on with the one before.
    """
    wrapped = _is_wrapped(words, gaps)
    breaking = PARAGRAPH if wrapped else PARAGRAPH | NEWLINE
    current = length = 0
    numbers = [0] * len(words)
    for i in range(1, len(words)):
        flags = gaps[i]
        length += 1
        if length > _LONGEST_SENTENCE:
            current += 1
        elif flags:
            if flags & PARAGRAPH or (flags & breaking and not _goes_on(words, low, gaps, i)):
                current += 1
            elif flags & STOP and not _is_initial(words[i - 1]):
                current += not words[i][0].islower()
        elif words[i - 1][-1] == "." and low[i] in _OPENERS and words[i][0].isupper():
            current += 1  # "... in the U.S. The ..."
        if numbers[i - 1] != current:
            length = 0
        numbers[i] = current
    return numbers


def split_tokens(tokens: Tokens, limit: int) -> list[Tokens]:
    """Part a long text after whole sentences.

    Parameters
    ----------
    tokens : Tokens
        The words of a text.
    limit : int
        The most words of a part.

    Returns
    -------
    list of Tokens
        Parts with offsets into the whole text, and sentences numbered from 0; the text itself when
        it is short.
    """
    if len(tokens) <= limit:
        return [tokens]
    parts = []
    first = 0
    while first < len(tokens):
        end = min(first + limit, len(tokens))
        while end < len(tokens) and tokens.sentences[end] == tokens.sentences[end - 1]:
            end -= 1
            if end <= first + limit // 2:
                break
        parts.append(_slice(tokens, first, end))
        first = end
    return parts


def _slice(tokens: Tokens, first: int, end: int) -> Tokens:
    """Return the words from `first` up to `end` as a text part."""
    base = tokens.sentences[first]
    return Tokens(
        tokens.text,
        tokens.words[first:end],
        tokens.low[first:end],
        tokens.starts[first:end],
        tokens.ends[first:end],
        tokens.gaps[first:end],
        [number - base for number in tokens.sentences[first:end]],
        tokens.ends[first - 1] if first else tokens.begin,
        find_tongues(tokens.low[first:end]),
    )


def tokenize(text: str, begin: int = 0, stop: int | None = None) -> Tokens:
    """Cut a text into words.

    Hyphens part words ("Syria-bound" is two), possessive endings belong to the gap, dotted
    abbreviations ("U.S.", "W.Va.") are one word. Marks, joiners and direction marks inside a
    word stay in it.

    Parameters
    ----------
    text : str
        Any Unicode text.
    begin, stop : int
        The part of the text to cut, by default all of it; offsets point into the whole.

    Returns
    -------
    Tokens
        Parallel lists, in the order of the text; empty lists for a text without words.

    Notes
    -----
    Linear in the length of the text.

    Examples
    --------
    >>> tokenize("Syria-bound, from Syria’s coast").words
    ['Syria', 'bound', 'from', 'Syria', 'coast']
    """
    words, starts, ends = _find_words(text, begin, len(text) if stop is None else stop)
    low = [word.lower() for word in words]
    gaps = [
        0
        if after - before == 1 and text[before] == " "
        else _gap_flags(text[before:after])
        if after > before
        else 0
        for before, after in zip([begin, *ends], starts, strict=False)
    ]
    sentences = _number_sentences(words, low, gaps)
    return Tokens(text, words, low, starts, ends, gaps, sentences, begin, find_tongues(low))
