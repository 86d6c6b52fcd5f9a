"""The rules that read a date at its key word: weekdays, months, "last night", "two days ago"."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from geo_events.text.lexicon import word_set
from geo_events.text.tokens import BRACKET, COMMA, HYPHEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo_events.text.tokens import Tokens

__all__ = ["DatePrecision", "Reading", "find_keys", "read_date"]

DatePrecision = Literal["day", "night", "days", "week", "month", "year", "part", "unresolved"]


class Reading(NamedTuple):
    """What a rule made of some words: their numbers, the days, precision and the rule's name."""

    first: int
    last: int
    start: date | None
    end: date | None
    precision: DatePrecision
    rule: str


_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS |= {f"{name}.": number for name, number in _MONTHS.items() if len(name) == 3}
_MONTHS |= {"sept": 9, "sept.": 9}
_COUNTING = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: number for number, word in enumerate((*_COUNTING, "eleven", "twelve"))}
_NUMBERS |= {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 4}
_MEASURES = word_set("km kilometres kilometers miles metres meters feet people troops soldiers")
_TO_COME = word_set("will plans plan intends intend due expected scheduled set aims hopes")
_UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30, "year": 365}
_UNITS |= {"years": 365, "hours": 0, "hour": 0}
_DAY_PARTS = word_set("morning afternoon evening night dawn noon midnight")
_PARTS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
_YEAR_LEADS = word_set("in since of during by until early late mid from to through and")
_MAY_LEADS = word_set("in of since until last next this by early late mid from during")


def _month_days(year: int, month: int) -> tuple[date, date]:
    """Return the first and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _third(start: date, end: date, part: int) -> tuple[date, date]:
    """Return the first, middle or last third of a stretch of days."""
    if (end - start).days > 40:
        months = ((1, 4), (5, 8), (9, 12))[part]
        return date(start.year, months[0], 1), _month_days(start.year, months[1])[1]
    edges = ((1, 10), (11, 20), (21, end.day))[part]
    return start.replace(day=edges[0]), start.replace(day=edges[1])


def _year_of(tokens: Tokens, i: int) -> int | None:
    """Read word i as a year from 1800 to 2199."""
    if 0 <= i < len(tokens) and len(tokens.words[i]) == 4 and tokens.words[i].isdecimal():
        year = int(tokens.words[i])
        return year if 1800 <= year < 2200 else None
    return None


def _day_of(tokens: Tokens, i: int) -> int | None:
    """Read word i as the day of a month: 7, 07, 7th."""
    if not 0 <= i < len(tokens):
        return None
    word = tokens.low[i]
    if word[-2:] in ("st", "nd", "rd", "th"):
        word = word[:-2]
    if len(word) <= 2 and word.isdecimal() and word.isascii() and 1 <= int(word) <= 31:
        return int(word)
    return None


def _make_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none."""
    return date(year, month, day) if day <= calendar.monthrange(year, month)[1] else None


def _take_lead(tokens: Tokens, i: int, leads: frozenset[str]) -> int:
    """Move the start of a phrase left over its leading words."""
    while i > 0 and tokens.low[i - 1] in leads and not tokens.gaps[i] & ~(HYPHEN | BRACKET):
        i -= 1
    return i


def _part_before(tokens: Tokens, i: int) -> tuple[int, int | None]:
    """Find "early", "mid-", "at the end of" before word i: new start and which third."""
    if i > 0 and tokens.low[i - 1] in _PARTS and not tokens.gaps[i] & ~HYPHEN:
        return i - 1, _PARTS[tokens.low[i - 1]]
    if i > 1 and tokens.low[i - 1] == "of" and tokens.low[i - 2] in _PARTS:
        return _take_lead(tokens, i - 2, frozenset(("at", "the", "in"))), _PARTS[tokens.low[i - 2]]
    return i, None


def _read_weekday(tokens: Tokens, i: int, published: date | None) -> Reading | None:
    """Read "Wednesday", "early on Wednesday", "last Wednesday", "next Wednesday night"."""
    if not tokens.words[i][0].isupper():
        return None
    first = _take_lead(tokens, i, word_set("on late early last next this earlier"))
    last = i + 1 if i + 1 < len(tokens) and tokens.low[i + 1] in _DAY_PARTS else i
    if published is None:
        return Reading(first, last, None, None, "unresolved", "weekday")
    lead = tokens.low[first:i]
    back = (published.weekday() - _WEEKDAYS[tokens.low[i]]) % 7
    if "next" in lead or _speaks_of_future(tokens, first):
        day = published + timedelta(days=7 - back)
    else:
        day = published - timedelta(days=7 if "last" in lead and back == 0 else back)
    return Reading(first, last, day, day, "day", "weekday")


def _speaks_of_future(tokens: Tokens, i: int) -> bool:
    """Tell whether "will", "plans to", "is due to" stand before word i in its sentence."""
    for k in range(i - 1, max(-1, i - 16), -1):
        if tokens.sentences[k] != tokens.sentences[i]:
            return False
        if tokens.low[k] in _TO_COME and (
            tokens.low[k] == "will" or tokens.low[k + 1 : k + 2] == ["to"]
        ):
            return True
        if tokens.low[k] == "would" and tokens.low[k + 1 : k + 2] != ["have"]:
            return True
    return False


def _read_single(tokens: Tokens, i: int, published: date | None) -> Reading | None:
    """Read "yesterday", "today", "tonight", "tomorrow", "overnight"."""
    word = tokens.low[i]
    if published is None:
        return Reading(i, i, None, None, "unresolved", word)
    shift = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    day = published + timedelta(days=shift)
    if word == "overnight":
        return Reading(i, i, day - timedelta(days=1), day, "night", word)
    last = i + 1 if i + 1 < len(tokens) and tokens.low[i + 1] in _DAY_PARTS else i
    return Reading(i, last, day, day, "day", word)


def _read_relative(tokens: Tokens, i: int, published: date | None) -> Reading | None:
    """Read "last night", "this morning", "last week", "at the end of last month", "this year"."""
    if i + 1 >= len(tokens):
        return None
    which, unit = tokens.low[i], tokens.low[i + 1]
    first, part = _part_before(tokens, i)
    first = _take_lead(tokens, first, frozenset(("earlier", "later")))
    if published is None:
        known = unit in _DAY_PARTS or unit in ("week", "month", "year")
        return Reading(first, i + 1, None, None, "unresolved", f"{which}-{unit}") if known else None
    if unit in _DAY_PARTS:
        return _read_day_part(tokens, i, published)
    days = _relative_stretch(which, unit, published)
    if days is None:
        return None
    start, end, precision = days
    if part is not None and unit != "week":
        (start, end), precision = _third(start, end, part), "part"
    if which == "this" and tokens.low[first] == "earlier":
        end = published
    return Reading(first, i + 1, start, end, precision, f"{which}-{unit}")


def _read_day_part(tokens: Tokens, i: int, published: date) -> Reading | None:
    """Read "last night" and "this morning"; "[Last] night" was said on a day of its own."""
    if tokens.low[i] == "this":
        return Reading(i, i + 1, published, published, "day", "this-day-part")
    if tokens.low[i] != "last":
        return None
    # An editor's brackets: the words were spoken earlier, on the day of publication or before.
    spoken = 1 if tokens.gaps[i + 1] & BRACKET else 0
    start = published - timedelta(days=1 + spoken)
    return Reading(i, i + 1, start, published, "night", "last-night")


def _relative_stretch(
    which: str, unit: str, published: date
) -> tuple[date, date, DatePrecision] | None:
    """Return the days of last/this/next week, month or year."""
    step = {"last": -1, "this": 0, "next": 1}.get(which)
    if step is None:
        return None
    if unit == "week":
        monday = published - timedelta(days=published.weekday() - 7 * step)
        return monday, monday + timedelta(days=6), "week"
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        start, end = _month_days(months // 12, months % 12 + 1)
        return start, end, "month"
    if unit == "year":
        year = published.year + step
        return date(year, 1, 1), date(year, 12, 31), "year"
    if unit in _MONTHS:
        return _named_month(unit, step, published)
    return None


def _named_month(name: str, step: int, published: date) -> tuple[date, date, DatePrecision]:
    """Return "last May", "this May", "next May"."""
    month = _MONTHS[name]
    year = published.year
    if step < 0 and month >= published.month:
        year -= 1
    elif step > 0 and month <= published.month:
        year += 1
    start, end = _month_days(year, month)
    return start, end, "month"


def _read_ago(tokens: Tokens, i: int, published: date | None) -> Reading | None:
    """Read "two days ago" and "a week ago", with the word "ago" at i."""
    unit = tokens.low[i - 1] if i else ""
    number = _number_of(tokens.low[i - 2]) if i > 1 and unit in _UNITS else None
    if number is None:
        return None
    if published is None:
        return Reading(i - 2, i, None, None, "unresolved", "ago")
    try:
        middle = published - timedelta(days=_UNITS[unit] * number)
    except OverflowError:
        return None
    if unit.startswith("month"):
        start, end = _month_days(middle.year, middle.month)
        return Reading(i - 2, i, start, end, "month", "ago")
    if unit.startswith("year"):
        start, end = date(middle.year, 1, 1), date(middle.year, 12, 31)
        return Reading(i - 2, i, start, end, "year", "ago")
    spread = timedelta(days=3 if unit.startswith("week") else 0)
    precision: DatePrecision = "week" if spread else "day"
    return Reading(i - 2, i, middle - spread, middle + spread, precision, "ago")


def _number_of(word: str) -> int | None:
    """Read a small number in words or digits."""
    if word.isdecimal() and len(word) <= 3:
        return int(word)
    return _NUMBERS.get(word)


def _read_month(tokens: Tokens, i: int, published: date | None) -> Reading | None:
    """Read a date with a month's name at word i."""
    if not tokens.words[i][0].isupper():
        return None
    before = _day_before(tokens, i)
    if before is not None:
        first, day = before
        return _read_month_day(tokens, i, (first, day, i), published)
    day_after = _day_of(tokens, i + 1) if tokens.low[max(0, i - 1)] != "in" else None
    if day_after is not None and not tokens.gaps[i + 1] & ~BRACKET:
        return _read_month_day(tokens, i, (i, day_after, i + 1), published)
    return _read_whole_month(tokens, i, published)


def _day_before(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Find the day in "7 October" and "7th of October": its word and number."""
    k = i - 1
    if k > 0 and tokens.low[k] == "of":
        k -= 1
    day = _day_of(tokens, k)
    if day is None or tokens.gaps[i] or (k < i - 1 and tokens.gaps[i - 1]):
        return None
    return k, day


def _read_month_day(
    tokens: Tokens, i: int, found: tuple[int, int, int], published: date | None
) -> Reading | None:
    """Add the year, a range's end and the weekday to a month with its day."""
    first, day, last = found
    month = _MONTHS[tokens.low[i]]
    until = _day_of(tokens, last + 1) if _is_glued(tokens, last + 1) else None
    last += until is not None
    year = _year_of(tokens, last + 1) if not _gap(tokens, last + 1) & ~COMMA else None
    last += year is not None
    first = _lead_weekday(tokens, first)
    if year is None and published is None:
        return Reading(first, last, None, None, "unresolved", "month-day")
    to_come = year is None and _speaks_of_future(tokens, first)
    start = _nearest(year, (month, day), published, to_come=to_come)
    end = _make_day(start.year, month, until or day) if start else None
    if start is None or end is None or end < start:
        return None
    return Reading(first, last, start, end, "days" if until else "day", "month-day")


def _is_glued(tokens: Tokens, i: int) -> bool:
    """Tell whether a hyphen or dash alone joins word i to the one before."""
    return _gap(tokens, i) == HYPHEN


def _gap(tokens: Tokens, i: int) -> int:
    """Return the gap before word i; beyond the end, one that fits nothing."""
    return tokens.gaps[i] if i < len(tokens) else ~0


def _lead_weekday(tokens: Tokens, first: int) -> int:
    """Take in "on", "Wednesday," before a month's date."""
    if first > 0 and tokens.low[first - 1] in _WEEKDAYS and not tokens.gaps[first] & ~COMMA:
        first -= 1
    return _take_lead(tokens, first, frozenset(("on", "the")))


def _nearest(
    year: int | None, month_day: tuple[int, int], published: date | None, *, to_come: bool
) -> date | None:
    """Return the day in its year; or the latest up to publication, of a plan the next one."""
    if year is not None:
        return _make_day(year, *month_day)
    if published is None:
        return None
    step = 1 if to_come else -1
    for candidate in range(published.year, published.year + 9 * step, step):
        day = _make_day(candidate, *month_day)
        if day is not None and (day - published).days * step >= 0:
            return day
    return None


def _read_whole_month(tokens: Tokens, i: int, published: date | None) -> Reading | None:
    """Read "September 2015", "in September", "late September"."""
    lead = tokens.low[i - 1] if i else ""
    month = _MONTHS[tokens.low[i]]
    year = _year_of(tokens, i + 1) if not _gap(tokens, i + 1) & ~COMMA else None
    if year is None and (lead not in _MAY_LEADS or lead in ("last", "this", "next")):
        return None
    first, part = _part_before(tokens, i)
    last = i + (year is not None)
    if year is None and published is None:
        return Reading(first, last, None, None, "unresolved", "month")
    if year is None and published is not None:
        year = published.year - (month > published.month)
    start, end = _month_days(year or 1, month)
    if part is None:
        return Reading(first, last, start, end, "month", "month")
    return Reading(first, last, *_third(start, end, part), "part", "month")


def _read_year(tokens: Tokens, i: int, published: date | None) -> Reading | None:
    """Read "in 2015", "late 2015" and the ISO date 2015-10-07."""
    del published
    year = _year_of(tokens, i)
    if year is None:
        return None
    month, day = _day_of(tokens, i + 1), _day_of(tokens, i + 2)
    if month and day and month <= 12 and _is_glued(tokens, i + 1) and _is_glued(tokens, i + 2):
        exact = _make_day(year, month, day)
        return Reading(i, i + 2, exact, exact, "day", "iso") if exact else None
    lead = tokens.low[i - 1] if i else ""
    if tokens.low[i + 1 : i + 2] and tokens.low[i + 1] in _MEASURES:
        return None
    if lead not in _YEAR_LEADS or _gap(tokens, i + 1) == HYPHEN or tokens.gaps[i] & COMMA:
        return None
    first, part = _part_before(tokens, i)
    start, end = date(year, 1, 1), date(year, 12, 31)
    if part is None:
        return Reading(first, i, start, end, "year", "year")
    return Reading(first, i, *_third(start, end, part), "part", "year")


_RULES: dict[str, Callable[[Tokens, int, date | None], Reading | None]] = {
    **dict.fromkeys(_WEEKDAYS, _read_weekday),
    **dict.fromkeys(("yesterday", "today", "tonight", "tomorrow", "overnight"), _read_single),
    **dict.fromkeys(("last", "this", "next"), _read_relative),
    "ago": _read_ago,
    **dict.fromkeys(_MONTHS, _read_month),
}


def find_keys(tokens: Tokens, begin: int, stop: int) -> list[int]:
    """List the words from `begin` up to `stop` that may be the key word of a date."""
    low = tokens.low
    return [
        i
        for i in range(begin, stop)
        if low[i] in _RULES or (len(low[i]) == 4 and low[i].isdecimal())
    ]


def read_date(tokens: Tokens, i: int, published: date | None) -> Reading | None:
    """Read a date that has its key word at i."""
    rule = _RULES.get(tokens.low[i])
    if rule is not None:
        return rule(tokens, i, published)
    word = tokens.words[i]
    return _read_year(tokens, i, published) if len(word) == 4 and word.isdecimal() else None
