"""Words for shares and for where something holds."""

from __future__ import annotations

import numpy as np
import pytest

from geo_events.corridors.wording import (
    find_where,
    format_degrees,
    format_share,
    join_words,
    say_where,
)

_LON, _LAT = np.meshgrid(np.arange(20.05, 30, 0.1), np.arange(-4.95, 5, 0.1))
GRID_LON, GRID_LAT = _LON.ravel(), _LAT.ravel()


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "none"),
        (0.004, "fewer than 1 in 100"),
        (0.012, "about 1 in 100"),
        (0.06, "about 6 in 100"),
        (0.357, "about 4 in 10"),
        (0.618, "about 6 in 10"),
        (0.878, "about 9 in 10"),
        (0.97, "about 97 in 100"),
        (0.999, "more than 99 in 100"),
        (1.0, "all"),
    ],
)
def test_shares_are_said_as_a_reader_says_them(share, words):
    """Tenths in the middle, hundredths at the ends, never 0 or 10 in 10."""
    assert format_share(share) == words


def test_parallels_and_meridians_have_their_side():
    """North and south, east and west; beyond 180° the other side."""
    assert format_degrees(-12.5, "lat") == "12.5° S"
    assert format_degrees(190, "lon") == "170° W"
    assert format_degrees(0, "lat") == "the equator"


def test_lists_are_joined_for_a_reader():
    """Commas, and a word before the last."""
    assert join_words([]) == ""
    assert join_words(["a"]) == "a"
    assert join_words(["a", "b"], last="or") == "a or b"


@pytest.mark.parametrize(
    ("holds", "words"),
    [
        (GRID_LAT < 2, "everywhere south of 2° N, nowhere north of 2° N"),
        (GRID_LAT > -3, "everywhere north of 3° S, nowhere south of 3° S"),
        (GRID_LON < 24, "everywhere west of 24° E, nowhere east of 24° E"),
        (GRID_LON > 27, "everywhere east of 27° E, nowhere west of 27° E"),
    ],
)
def test_a_straight_divide_is_named(holds, words):
    """Each side of the compass."""
    assert say_where(find_where(GRID_LON, GRID_LAT, holds.astype(float))) == words


def test_no_divide_no_words():
    """Where no parallel or meridian separates half of the area, nothing is said."""
    checkers = ((np.floor(GRID_LON) + np.floor(GRID_LAT)) % 2).astype(float)
    assert say_where(find_where(GRID_LON, GRID_LAT, checkers)) == ""
