"""Turn the bytes of a file into text, and say where that took a guess or a repair."""

from __future__ import annotations

import codecs
import re

from geo_events.errors import InvalidInputError

__all__ = ["decode_text"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}encoding=["']([\w.:-]{2,40})|<meta[^>]{0,400}charset=["']?([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_HEAD = 4_096
_SAMPLE = 65_536
# The encodings besides Unicode that news were ever written in; a guess is one of these.
_GUESSED = (
    *("cp1252", "cp1251", "koi8_r", "cp1254", "cp1256", "cp1250", "cp1253", "cp1255"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
)


def decode_text(raw: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Turn bytes into text.

    Parameters
    ----------
    raw : bytes
        The whole file.
    name : str
        What it is called, for messages.

    Returns
    -------
    str
        The text.
    tuple of str
        One sentence for each guess or repair; empty where the encoding was clear.

    Raises
    ------
    InvalidInputError
        When the bytes are no text, or not in the encoding that their mark says.

    Notes
    -----
    In this order: the byte order mark; UTF-8; the encoding that an HTML or XML head declares;
    UTF-8 with broken places, which become U+FFFD; a guess by ``charset-normalizer``.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _decode_marked(raw, encoding, name), ()
    _refuse_binary(raw[:_HEAD], name)
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        first_bad = error.start
    declared = _find_declared(raw)
    if declared is not None:
        try:
            return raw.decode(declared), ()
        except UnicodeDecodeError:
            pass  # the head is wrong about it, as often
    repaired = raw.decode("utf-8", errors="replace")
    bad = repaired.count("\ufffd")
    good = sum(1 for char in repaired[: 4 * _SAMPLE] if char > "\x7f") - bad
    if good >= bad:
        note = f"{name}: broken UTF-8 at byte {first_bad:,}; {bad:,} places became U+FFFD (�)"
        return repaired, (f"{note}. Names there may be missed",)
    return _guess(raw, name)


def _decode_marked(raw: bytes, encoding: str, name: str) -> str:
    """Decode bytes that begin with a byte order mark."""
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise InvalidInputError(f"{name}: expected {encoding} text; {error}") from error


def _refuse_binary(head: bytes, name: str) -> None:
    """Refuse bytes that hold NULs or many control characters."""
    controls = sum(byte < 9 or 13 < byte < 27 for byte in head)
    if b"\x00" in head or controls * 20 > len(head):
        raise InvalidInputError(
            f"{name}: expected a text; this is a binary file: save it as plain text or HTML"
        )


def _find_declared(raw: bytes) -> str | None:
    """Return the encoding that the head of a page declares, when Python knows it."""
    match = _DECLARED.search(raw[:_HEAD])
    if match is None:
        return None
    try:
        info = codecs.lookup((match.group(1) or match.group(2)).decode("ascii", "replace"))
    except LookupError:
        return None
    # What pages call Latin-1 is Windows-1252, as browsers read it.
    return "cp1252" if info.name in ("iso8859-1", "ascii") else info.name


def _guess(raw: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Guess the encoding of bytes that are not UTF-8 by which letters follow each other."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - loaded only where it is needed

    best = from_bytes(raw[:_SAMPLE], cp_isolation=list(_GUESSED)).best()
    if best is None:
        raise InvalidInputError(
            f"{name}: expected a text; the bytes are no UTF-8 and fit no other encoding. "
            "Save it as UTF-8"
        )
    note = f"{name} is not UTF-8; read as {best.encoding}, a guess. Save it as UTF-8 to be sure"
    return raw.decode(best.encoding, errors="replace"), (note,)
