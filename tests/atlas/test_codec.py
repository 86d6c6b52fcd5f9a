"""The polygon codec: exact on its grid, borders shared, damage noticed."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo_events.atlas.codec import decode_polygons, encode_polygons
from geo_events.errors import DataCorruptError


def _round_trip(*polygons: shapely.Geometry) -> np.ndarray:
    encoded = encode_polygons(np.array(polygons, dtype=object))
    return decode_polygons(encoded.arcs, encoded.shapes)


def test_polygons_on_the_grid_come_back_exactly() -> None:
    """A polygon with a hole and a second part loses nothing."""
    ring = shapely.Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(3, 3), (3.0001, 6.1234), (6, 3)]])
    both = shapely.MultiPolygon([ring, shapely.box(-180, -90, -179.9999, -89.5)])
    assert _round_trip(both)[0].equals(both)


def test_a_shared_border_is_written_once() -> None:
    """Two squares side by side have three arcs: two outer sides and the common one."""
    encoded = encode_polygons(np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]))
    assert encoded.arcs.num_rows == 3


def test_an_enclave_shares_its_whole_ring() -> None:
    """A country inside another is a hole of the one and the ring of the other: two arcs."""
    hole = shapely.box(1, 1, 2, 2)
    outer = shapely.Polygon(shapely.box(0, 0, 3, 3).exterior, [hole.exterior.coords[:]])
    encoded = encode_polygons(np.array([outer, hole]))
    assert encoded.arcs.num_rows == 2


def test_four_corners_meet_in_one_vertex() -> None:
    """Where four polygons meet, all four come back valid and without gap."""
    squares = [shapely.box(x, y, x + 1, y + 1) for x in (0, 1) for y in (0, 1)]
    back = _round_trip(*squares)
    assert shapely.union_all(back).equals(shapely.box(0, 0, 2, 2))
    assert bool(shapely.coverage_is_valid(back))


def test_an_empty_polygon_stays_empty() -> None:
    """A territory without land in a view keeps its row."""
    back = _round_trip(shapely.MultiPolygon(), shapely.box(0, 0, 1, 1))
    assert back[0].is_empty
    assert back[1].area == pytest.approx(1)


def test_no_polygons_at_all() -> None:
    """An empty table decodes to an empty array."""
    assert len(_round_trip()) == 0


@given(
    st.lists(
        st.tuples(st.integers(-179, 178), st.integers(-89, 88)),
        min_size=1,
        max_size=12,
        unique=True,
    )
)
def test_any_set_of_unit_squares_comes_back(corners: list[tuple[int, int]]) -> None:
    """Squares that touch in sides, corners or not at all all survive."""
    squares = [shapely.box(x, y, x + 1, y + 1) for x, y in corners]
    back = _round_trip(*squares)
    assert all(a.equals(b) for a, b in zip(back, squares, strict=True))


def test_an_arc_that_does_not_exist_is_damage() -> None:
    """A reference beyond the arcs is told, not read from elsewhere."""
    encoded = encode_polygons(np.array([shapely.box(0, 0, 1, 1)]))
    wrong = pa.array([[[[7]]]], type=encoded.shapes.type)
    with pytest.raises(DataCorruptError, match="arc 7"):
        decode_polygons(encoded.arcs, wrong)


def test_a_ring_that_does_not_close_is_damage() -> None:
    """An open ring is told."""
    encoded = encode_polygons(np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]))
    wrong = pa.array([[[[0]]]], type=encoded.shapes.type)
    with pytest.raises(DataCorruptError, match="open ring"):
        decode_polygons(encoded.arcs, wrong)
