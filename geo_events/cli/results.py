"""What commands share before and after their one call: paths, times, what was understood."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from geo_events.cli.printing import say
from geo_events.errors import InvalidInputError

__all__ = ["check_output", "echo", "read_time", "save_result"]


def check_output(output: str | None) -> None:
    """Refuse a path that cannot be written before any work is done."""
    if output is not None:
        from geo_events.disk import check_target

        check_target(output)


def save_result(thing: Any, output: str | None) -> None:  # noqa: ANN401 - what save takes
    """Save a result where that was asked for; the numbers of a table are rounded."""
    if output is not None:
        import pandas as pd

        from geo_events.cli.rounding import round_frame
        from geo_events.output import save

        saved = save(round_frame(thing) if isinstance(thing, pd.DataFrame) else thing, output)
        say(f"geo-events: saved {saved}")


def echo(*ends: Any) -> None:  # noqa: ANN401 - names as given, or ends already understood
    """Say on stderr what the places given were understood to mean."""
    from geo_events.atlas.gazetteer import resolve_place

    places = [
        resolve_place(end) if isinstance(end, str) else (getattr(end, "place", None) or end)
        for end in ends
    ]
    say("understood: " + "; ".join(map(str, places)))


def read_time(text: str | None, what: str = "--depart") -> datetime | None:
    """Read a time with its zone; `what` names the option in an error."""
    if text is None:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        time = datetime.min  # noqa: DTZ901 - refused below, since it has no zone
    if time.tzinfo is None:
        raise InvalidInputError(
            f"{what}: expected a time with its zone, as 2015-10-07T02:00+03:00; got {text!r}"
        )
    return time
