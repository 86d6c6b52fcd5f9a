"""Every error is ours and the built-in that a caller expects."""

import inspect
import pickle

import pytest

from geo_events import errors


@pytest.mark.parametrize(
    ("ours", "builtin"),
    [
        (errors.InvalidInputError, ValueError),
        (errors.InvalidCoordinateError, ValueError),
        (errors.InvalidMeasureError, ValueError),
        (errors.FrameError, ValueError),
        (errors.PlaceNotFoundError, LookupError),
        (errors.AmbiguousPlaceError, LookupError),
        (errors.DataMissingError, FileNotFoundError),
        (errors.DataCorruptError, ValueError),
        (errors.MissingExtraError, ImportError),
        (errors.WorkerError, RuntimeError),
    ],
)
def test_error_is_ours_and_the_expected_builtin(ours, builtin):
    """A caller may catch either."""
    assert issubclass(ours, errors.GeoEventsError)
    assert issubclass(ours, builtin)


def test_every_error_stands_in_the_list():
    """`__all__` holds every class of the module."""
    found = {name for name, thing in vars(errors).items() if inspect.isclass(thing)}
    assert {name for name in found if name.endswith(("Error", "Warning"))} == set(errors.__all__)


def test_frame_error_tells_all_faults_but_shows_five():
    """The message stays short; the attribute holds everything."""
    error = errors.FrameError("expected points", [(row, "latitude 95") for row in range(9)])
    assert len(error.faults) == 9
    assert "row 4: latitude 95; and 4 more" in str(error)


def test_not_found_suggests():
    """The names that are like it stand in the message."""
    assert "did you mean 'Raqqa'?" in str(errors.PlaceNotFoundError("Rakkka", ["Raqqa"]))


def test_ambiguous_says_how_to_choose():
    """The candidates and the ways to tell them apart stand in the message."""
    text = str(errors.AmbiguousPlaceError("Springfield", ["Springfield, MA", "Springfield, IL"]))
    assert "Springfield, MA; Springfield, IL" in text
    assert "country=" in text


def test_missing_extra_names_the_pip_line():
    """The reader can copy the command."""
    assert "pip install 'geo_events[fast]'" in str(errors.MissingExtraError("numba", "fast"))


@pytest.mark.parametrize(
    "error",
    [
        errors.FrameError("expected points", [(7, "latitude 95")]),
        errors.PlaceNotFoundError("Rakkka", ["Raqqa"]),
        errors.DataCorruptError("a.bin", "1", "2"),
        errors.MissingExtraError("numba", "fast"),
    ],
)
def test_an_error_travels_between_processes(error):
    """A worker's error arrives with its message and attributes."""
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
