"""Make the page of rules from the rules themselves: every example is read as the page is made."""

from __future__ import annotations

from datetime import date

from geo_events.text.dates import find_dates
from geo_events.text.quantities import find_quantities
from geo_events.text.reader import read_document
from geo_events.text.rules import RULES
from geo_events.text.tokens import tokenize
from geo_events.text.verbs import NOUNS, VERBS

PUBLISHED = date(2015, 10, 8)  # a Thursday
DATES = (
    *("on Thursday", "late on Wednesday", "last Thursday", "yesterday", "tonight", "last night"),
    *("two days ago", "a week ago", "last month", "at the end of last month", "this year"),
    *("on September 30", "7 October 2015", "September 8-10", "in late August"),
    *("in September 2013", "in early 2014", "2015-10-07", "will leave on 18 November"),
)
QUANTITIES = (
    "26 cruise missiles",
    "at least two jets",
    "up to 30 rockets",
    "a total of 11 targets and 4 ships",
    "one or two drones",
    "two dozen rockets",
    "a single drone",
    "several missiles",
    "within 20 nautical miles",
    "with a range of 1,500 km",
    "a range of at least 300 km",
    "F-16s on their second sortie",
)
STATEMENTS = (
    "A missile fell in Romania.",
    "Kyiv said that a missile had fallen in Romania.",
    "A missile fell in Romania, CNN reported, citing an official.",
    "A missile reportedly fell in Romania.",
    "Moscow denied that a missile had fallen in Romania.",
    "Moscow rejected allegations that a missile had fallen in Romania.",
    "Kyiv said that a missile had fallen in Romania. Moscow denied the claim.",
    "It is not true that a missile fell in Romania, Moscow said.",
    "Rumours that a missile had fallen in Romania spread.",
    "Ships will fire missiles at Romania.",
    "If a missile falls in Romania, Moscow will pay.",
)
TYPES = ("launch", "strike", "flight", "diversion", "crash", "interception", "movement", "other")


def make_rules() -> str:
    """List the rules for roles, the event words, and what dates, numbers and claims are read as."""
    parts = ["## Roles", "", *_roles(), "## Words that tell of events", "", *_words()]
    parts += ["## Who says so", "", *_statements(), "## Dates", "", *_dates()]
    return "\n".join([*parts, "## Numbers", "", *_quantities()]) + "\n"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    """Give a Markdown table."""
    lines = ["| " + " | ".join(row) + " |" for row in (head, ("---",) * len(head), *rows)]
    return [*lines, ""]


def _roles() -> list[str]:
    """List the named rules in the order in which they are tried."""
    rows = [
        (f"`{rule.name}`", rule.role, _mark(rule.example, rule.place), rule.counter_example)
        for rule in RULES
    ]
    return _table(("rule", "role", "example", "counter-example"), rows)


def _mark(sentence: str, place: str) -> str:
    """Set a place in bold; of "a Turkish airfield", the adjective."""
    word = (
        place
        if place in sentence
        else next((w for w in sentence.split() if w[:4] == place[:4]), "")
    )
    return sentence.replace(word, f"**{word}**", 1) if word else sentence


def _words() -> list[str]:
    """List the event words by type, and what must stand around them."""
    rows = []
    for kind in TYPES:
        for words, sense in (*VERBS, *NOUNS):
            if sense.type == kind:
                form = "noun" if sense.noun else "verb"
                rows.append((kind, form, sense.needs or "–", words.replace(" ", ", ")))
    return _table(("type", "as a", "needs", "words"), rows)


def _statements() -> list[str]:
    """Show the status that a sentence gives its event."""
    rows = []
    for sentence in STATEMENTS:
        events = read_document(sentence).events
        told = "; ".join(
            f"{s.stance}: {s.who or 'nobody named'}" + (f", via {s.via}" if s.via else "")
            for event in events
            for s in event.statements
        )
        status = events[0].status if events else "no event"
        rows.append((sentence, f"*{status}*", told or "–"))
    return _table(("sentence", "status", "statements"), rows)


def _dates() -> list[str]:
    """Show what a phrase means in a text of Thursday, 8 October 2015."""
    rows = []
    for phrase in DATES:
        for found in find_dates(tokenize(f"It was seen {phrase}."), PUBLISHED):
            span = found.value
            days = f"{span.start}" if span.start == span.end else f"{span.start} to {span.end}"
            rows.append((phrase, days, span.precision, f"`{span.rule}`"))
    return _table(("phrase", "days", "precision", "rule"), rows)


def _quantities() -> list[str]:
    """Show what is counted or measured in a phrase."""
    rows = []
    for phrase in QUANTITIES:
        found = find_quantities(tokenize(f"They saw {phrase}."))
        for quantity in (f.value for f in found):
            least, most = (_number(n) for n in (quantity.min, quantity.max))
            rows.append((phrase, quantity.kind, least, most, quantity.unit))
        if not found:
            rows.append((phrase, "nothing", "–", "–", "–"))
    return _table(("phrase", "kind", "least", "most", "unit"), rows)


def _number(value: float | None) -> str:
    """Write a number, or that there is no bound."""
    return "–" if value is None else f"{value:,.10g}"
