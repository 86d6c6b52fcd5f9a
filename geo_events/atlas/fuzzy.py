"""Keys that are nearly a given key: typing errors and other transliterations.

No second index is needed: the trie answers in half a microsecond, so all keys at one edit are
simply tried, and more distant ones are looked for among keys that begin alike.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["find_similar"]

_ALPHABETS = (
    ("a", "z", "abcdefghijklmnopqrstuvwxyz "),
    ("α", "ω", "αβγδεζηθικλμνξοπρστυφχψω "),
    ("а", "ԯ", "абвгдежзийклмнопрстуфхцчшщъыьэюяіјґєқғңүұһө "),
    ("א", "ת", "אבגדהוזחטיכךלמםנןסעפףצץקרשת "),
    ("ء", "ۓ", "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگڤۆێ "),
    ("ა", "ჰ", "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ "),
    ("ա", "և", "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև "),
)

# Spellings that romanisations of one name vary, each pair tried both ways.
_SPELLINGS = (
    ("kh", "h"), ("kh", "x"), ("q", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("zh", "j"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("y", "i"), ("iy", "y"), ("w", "v"), ("c", "k"),
    ("ch", "sh"), ("sh", "s"), ("tch", "ch"), ("ts", "c"), ("ck", "k"), ("ph", "f"), ("e", "a"),
    ("o", "u"), ("ai", "ay"), ("ei", "ey"), ("ii", "iy"), ("ij", "iy"), ("ij", "y"),
    ("ae", "a"), ("oe", "o"), ("ue", "u"), ("j", "y"), ("yy", "y"), ("iyy", "iy"),
    ("ah", "a"), ("eh", "a"), ("e", "i"), ("ia", "iya"), ("yo", "e"),
)  # fmt: skip

_DOUBLED = re.compile(r"(.)\1")
_ARTICLE = re.compile(r"^(?:al|el|ar|as|ash|at|ad|an|az|the|la|le|los|las) ")
_BEGINNING = 3
_MANY = 40
_RESPELLED, _RESPELLED_TWICE = 0.8, 1.6  # in typing errors
_SCANNED = 12_000
_MAX_KEY = 60


class _Keys(Protocol):
    """What the search needs of a name index."""

    def has(self, key: str) -> bool:
        """Tell whether a key is there."""
        ...

    def prefix(self, start: str, limit: int | None = None) -> list[str]:
        """Find the keys that begin with a text."""
        ...


def find_similar(keys: _Keys, key: str, limit: int) -> list[tuple[str, float]]:
    """Find the keys most like a key; see `NameIndex.fuzzy`."""
    if not key or len(key) > _MAX_KEY:
        return []
    found: dict[str, float] = {}
    size = max(len(key), 3)
    first = set(_respell_once(key))
    _add_known(found, keys, first, 1 - _RESPELLED / size)
    if len(key) > 2:
        _add_known(found, keys, _one_edit(key), 1 - 1 / size)
    if len(first) <= _MANY:
        second = (two for one in sorted(first) for two in islice(_respell_once(one), _MANY))
        _add_known(found, keys, second, 1 - _RESPELLED_TWICE / size)
    if len(found) < limit and len(key) > _BEGINNING:
        for candidate, likeness in _begin_alike(keys, key, limit):
            found.setdefault(candidate, likeness)
    found.pop(key, None)
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))[: max(limit, 0) * 8]


def _add_known(
    found: dict[str, float], keys: _Keys, candidates: Iterable[str], likeness: float
) -> None:
    """Keep the candidates that are keys, unless they were found with more likeness."""
    for candidate in candidates:
        if keys.has(candidate):
            found.setdefault(candidate, likeness)


def _respell_once(key: str) -> Iterator[str]:
    """Give the romanisations of a key one change away."""
    if not key.isascii():
        return
    short = _ARTICLE.sub("", key)
    if short != key:
        yield short
    if _DOUBLED.search(key):
        yield _DOUBLED.sub(r"\1", key)
    if " " in key:
        yield key.replace(" ", "")
    for one, two in _SPELLINGS:
        if one in key:
            yield key.replace(one, two)
        if two in key and two not in {"h", "e", "a", "i", "u"}:
            yield key.replace(two, one)


def _one_edit(key: str) -> Iterator[str]:
    """Give all texts one deletion, transposition, change or insertion away from a key."""
    letters = _alphabet_of(key)
    for i in range(len(key)):
        rest = key[i + 1 :]
        yield key[:i] + rest
        if rest:
            yield key[:i] + rest[0] + key[i] + rest[1:]
        for letter in letters:
            yield key[:i] + letter + rest
            yield key[:i] + letter + key[i:]
    for letter in letters:
        yield key + letter


def _alphabet_of(key: str) -> str:
    """Return the letters that a typing error in a key could have put there."""
    for first, last, letters in _ALPHABETS:
        if any(first <= character <= last for character in key):
            return letters
    return ""


def _begin_alike(keys: _Keys, key: str, limit: int) -> Iterable[tuple[str, float]]:
    """Give keys with the same first letters within two or three edits."""
    allowed = 2 if len(key) < 9 else 3
    start = key[: max(_BEGINNING, len(key) // 3)]
    choices = [k for k in keys.prefix(start, _SCANNED) if abs(len(k) - len(key)) <= allowed]
    hits = extract(
        key, choices, scorer=OSA.distance, processor=None, limit=limit, score_cutoff=allowed
    )
    for candidate, distance, _ in hits:
        yield candidate, 1 - distance / max(len(key), 4)
