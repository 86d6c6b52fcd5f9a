"""What else `draw_map` takes: lists of things, bare geometries, and the words for a table."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from geo_events.atlas.gazetteer import resolve_place
from geo_events.corridors.corridor import make_corridor
from geo_events.errors import InvalidInputError
from geo_events.maps import draw_map
from geo_events.maps.table_layers import table_content


@pytest.mark.parametrize(("count", "title"), [(1, "Table: 1 row"), (2, "Table: 2 rows")])
def test_legend_of_a_table_holds_for_page_and_figure(count, title):
    """One row is no rows; nobody can click on a figure, so the words speak of no click."""
    frame = gpd.GeoDataFrame(geometry=[shapely.Point(1, 2)] * count, crs=4326)
    (group,) = table_content(frame).groups
    assert group.title == title
    assert [entry.text for entry in group.entries] == ["A row of the table"]


def test_lists_of_things_are_drawn_like_the_things():
    """A list, or a list in a tuple, is the same map as its things given one by one."""
    first, second = make_corridor("Moscow", "Ankara"), resolve_place("Raqqa")
    alone = draw_map(first, second).content
    for given in ([first, second], (first, [second])):
        content = draw_map(given).content
        assert (content.title, content.items) == (alone.title, alone.items)
    assert draw_map([]).content.marks == ()


@pytest.mark.parametrize(
    ("shape", "mark"),
    [(shapely.box(30, 30, 40, 40), "AreaMark"), (shapely.Point(30, 40), "PointMark")],
)
def test_bare_geometry_is_drawn_as_a_place(shape, mark):
    """An area of the user's own is an area, a point is a point; two of them stay two."""
    content = draw_map(shape, shapely.Point(1, 2)).content
    assert [type(one).__name__ for one in content.marks] == [mark, "PointMark"]
    assert len(content.items) == 2


def test_bare_line_is_refused():
    """A line may be anything; a table or a corridor says what it is."""
    with pytest.raises(InvalidInputError, match=r"Point, Polygon or MultiPolygon.*LineString"):
        draw_map(shapely.LineString([(0, 0), (1, 1)]))
