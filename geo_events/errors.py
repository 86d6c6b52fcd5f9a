"""All errors and the one warning of geo_events.

::

    GeoEventsError
    ├── InvalidInputError (ValueError)
    │   ├── InvalidCoordinateError
    │   ├── InvalidMeasureError
    │   └── FrameError                    all faults at once, with row labels
    ├── PlaceNotFoundError (LookupError)  .query, .suggestions
    ├── AmbiguousPlaceError (LookupError) .query, .candidates
    ├── DataMissingError (FileNotFoundError)
    ├── DataCorruptError (ValueError)     .path, .expected, .found
    ├── MissingExtraError (ImportError)   the pip line
    └── WorkerError (RuntimeError)        worker processes do not start or die
    GeoEventsWarning (UserWarning)

Every error is a `GeoEventsError` and also the built-in that a caller would expect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

__all__ = [
    "AmbiguousPlaceError",
    "DataCorruptError",
    "DataMissingError",
    "FrameError",
    "GeoEventsError",
    "GeoEventsWarning",
    "InvalidCoordinateError",
    "InvalidInputError",
    "InvalidMeasureError",
    "MissingExtraError",
    "PlaceNotFoundError",
    "WorkerError",
]

_SHOWN = 5


class GeoEventsError(Exception):
    """The root of all errors that geo_events raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes with all attributes, whatever the constructor takes."""
        return _remake, (type(self), self.args, self.__dict__)


def _remake(kind: type[GeoEventsError], args: tuple[Any, ...], state: dict[str, Any]) -> Any:  # noqa: ANN401 - the error
    """Make an error again in another process, without its constructor."""
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class InvalidInputError(GeoEventsError, ValueError):
    """What was given cannot be used; the message says what was expected and what came."""


class InvalidCoordinateError(InvalidInputError):
    """A longitude or latitude is not finite or out of range."""


class InvalidMeasureError(InvalidInputError):
    """A length, speed, duration or fraction cannot be read, or has no unit."""


class FrameError(InvalidInputError):
    """A table has faults; all of them are told at once.

    Parameters
    ----------
    message : str
        What was expected of the table.
    faults : iterable of (row label, sentence)
        Every faulty row with what is wrong with it.
    """

    def __init__(self, message: str, faults: Iterable[tuple[Hashable, str]] = ()) -> None:
        self.faults = tuple(faults)
        shown = [f"row {label!r}: {text}" for label, text in self.faults[:_SHOWN]]
        if len(self.faults) > _SHOWN:
            shown.append(f"and {len(self.faults) - _SHOWN} more")
        super().__init__("; ".join([message, *shown]))


class PlaceNotFoundError(GeoEventsError, LookupError):
    """No place has this name.

    Parameters
    ----------
    query : str
        The name that was looked for.
    suggestions : iterable of str
        Names like it that do exist, best first.
    hint : str
        One more sentence for the message.
    """

    def __init__(self, query: str, suggestions: Iterable[str] = (), hint: str = "") -> None:
        self.query = query
        self.suggestions = tuple(suggestions)
        text = f"no place is called {query!r}"
        if self.suggestions:
            text += "; did you mean " + ", ".join(map(repr, self.suggestions[:_SHOWN])) + "?"
        super().__init__(f"{text}; {hint}" if hint else text)


class AmbiguousPlaceError(GeoEventsError, LookupError):
    """Several places fit a name about equally well.

    Parameters
    ----------
    query : str
        The name that was looked for.
    candidates : iterable
        The places that fit, best first; each prints as one line.
    labels : iterable of str, optional
        How to print them, where their own line does not tell them apart.
    """

    def __init__(
        self, query: str, candidates: Iterable[Any] = (), labels: Iterable[str] = ()
    ) -> None:
        self.query = query
        self.candidates = tuple(candidates)
        listed = "; ".join(list(labels or map(str, self.candidates))[:_SHOWN])
        super().__init__(
            f"{query!r} can mean several places: {listed}. "
            "Add the country or region after a comma, or give country=, kind= or near="
        )


class DataMissingError(GeoEventsError, FileNotFoundError):
    """The embedded tables are not where they should be."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class DataCorruptError(GeoEventsError, ValueError):
    """A table is damaged: its checksum is not the one in the manifest.

    Parameters
    ----------
    path : str
        The damaged file.
    expected, found : str
        The two sha256 sums (or sizes).
    """

    def __init__(self, path: str, expected: str, found: str) -> None:
        self.path, self.expected, self.found = path, expected, found
        super().__init__(
            f"{path} is damaged: its manifest expects {expected}, found {found}. "
            "Reinstall geo_events, or build the tables again with 'geo-events data build'"
        )


class MissingExtraError(GeoEventsError, ImportError):
    """An optional package is needed for this.

    Parameters
    ----------
    what : str
        What was asked for.
    extra : str
        The extra that brings it.
    """

    def __init__(self, what: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"{what} needs an optional package: pip install 'geo_events[{extra}]'")


class WorkerError(GeoEventsError, RuntimeError):
    """Worker processes do not start, or one dies again and again."""


class GeoEventsWarning(UserWarning):
    """Something was repaired, approximated or left out; the message says what and why."""
