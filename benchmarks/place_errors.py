"""Print the errors of a corpus by class, to be read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from place_outcomes import Outcome, Result

__all__ = ["print_errors"]

_AROUND = 45


def _classify(outcome: Outcome) -> str | None:
    """Name the class of an error; None for what is right."""
    if outcome.found is None:
        known = "known" if outcome.candidates else "unknown"
        return f"missed, {known} to the atlas"
    if outcome.gold is None:
        return f"not annotated, {outcome.found.kind}"
    if outcome.km is not None and not outcome.is_near:
        return "too far"
    return None if outcome.is_exact else "other bounds"


def _line(text: str, outcome: Outcome) -> str:
    """Show one error in its sentence."""
    gold, found = outcome.gold, outcome.found
    start = gold["start"] if gold else found.start if found else 0
    end = gold["end"] if gold else found.end if found else 0
    before = text[max(0, start - _AROUND) : start]
    shown = f"{before}[{text[start:end]}]{text[end : end + _AROUND]}".replace("\n", " ")
    if found is not None and found.place is not None:
        place = found.place
        shown += (
            f" | found {found.text!r} {found.score:.2f} {place.name}, {place.country} {place.id}"
        )
    if gold is not None and outcome.km is not None and not outcome.is_near:
        shown += f" | {outcome.km:.0f} km from {gold['lat']:.2f} {gold['lon']:.2f}"
    return shown


def print_errors(results: Sequence[Result], sample: int | None) -> None:
    """Print errors by class.

    Parameters
    ----------
    results : sequence of Result
        What was found.
    sample : int or None
        Only about so many in all, every n-th of the corpus; None for all.
    """
    found = [
        (_classify(outcome), _line(result.document["text"], outcome))
        for result in results
        for outcome in result.outcomes
    ]
    errors = [(name, line) for name, line in found if name is not None]
    step = max(1, len(errors) // sample) if sample else 1
    classes: dict[str, list[str]] = {}
    for name, line in errors[::step]:
        classes.setdefault(name, []).append(line)
    for name, lines in sorted(classes.items()):
        whole = sum(other == name for other, _ in errors)
        sys.stdout.write(f"\n### {name}: {whole} of {len(errors)} errors\n")
        sys.stdout.writelines(f"  {line}\n" for line in lines)
