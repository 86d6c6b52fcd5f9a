"""From values to the page's JSON: exact, finite, and the same bytes every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from branca.element import JavascriptLink

sys.path.insert(0, str(Path(__file__).parent))

from contents import RED, fill_all

from geo_events.errors import (
    DataCorruptError,
    FrameError,
    GeoEventsWarning,
    InvalidCoordinateError,
    InvalidInputError,
)
from geo_events.maps import EventMap, draw_map
from geo_events.maps import assets as assets_module
from geo_events.maps.assets import find_asset, list_assets
from geo_events.maps.content import Group, Item, MapContent, Quote, merge_contents
from geo_events.maps.encode import encode_path, to_island
from geo_events.maps.eventmap import MarkLayer
from geo_events.maps.features import AreaMark, PointMark, Style
from geo_events.maps.island import write_content
from geo_events.maps.paths import join_line
from geo_events.maps.table_layers import table_content
from geo_events.maps.unwrap import find_centre, shift_geometry

# Paths --------------------------------------------------------------------------------------------


def test_path_is_written_as_google_documents_it():
    """The example of the published description of encoded polylines comes out."""
    lon, lat = [-120.2, -120.95, -126.453], [38.5, 40.7, 43.252]
    assert encode_path(lon, lat) == "_p~iF~ps|U_ulLnnqC_mqNvxq`@"


def decode(text: str) -> list[tuple[float, float]]:
    """Read a path as the published description says, lon first."""
    values, at = [], 0
    while at < len(text):
        value = shift = 0
        while True:
            chunk = ord(text[at]) - 63
            at += 1
            value |= (chunk & 31) << shift
            shift += 5
            if chunk < 32:
                break
        values.append(~(value >> 1) if value & 1 else value >> 1)
    steps = np.array(values).reshape(-1, 2).cumsum(axis=0) / 1e5
    return [(lon, lat) for lat, lon in steps.tolist()]


def test_path_is_read_back_to_the_metre():
    """Any path, also beyond 180 degrees, comes back to within 1e-5 degree."""
    rng = np.random.default_rng(7)
    lon, lat = rng.uniform(-540, 540, 500), rng.uniform(-90, 90, 500)
    back = np.array(decode(encode_path(lon, lat)))
    assert np.abs(back - np.column_stack([lon, lat])).max() <= 0.5001e-5


def test_empty_path_is_empty_text():
    """No points, no text."""
    assert encode_path([], []) == ""


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_path_that_is_not_finite_is_refused(bad):
    """A NaN or infinity is named with its position."""
    with pytest.raises(InvalidCoordinateError, match="at point 1"):
        encode_path([1.0, bad], [1.0, 2.0])


def test_island_cannot_end_its_element():
    """No character that ends a script element or opens a comment is left as it is."""
    island = to_island({"text": "</script><!-- & \u2028 \u2029"})
    assert not set(island) & set("<>&\u2028\u2029")
    assert json.loads(island) == {"text": "</script><!-- & \u2028 \u2029"}


def test_island_refuses_what_json_has_no_word_for():
    """NaN never reaches the page."""
    with pytest.raises(InvalidInputError, match="cannot be written"):
        to_island({"value": float("nan")})


# The date line ------------------------------------------------------------------------------------


def test_centre_is_the_middle_of_the_shortest_arc():
    """Points round +-180 are drawn round +-180, others round their middle."""
    assert abs(find_centre(np.array([170.0, -170.0]))) == 180.0
    assert find_centre(np.array([10.0, 30.0])) == 20.0
    assert find_centre(np.array([-179.0, -10.0])) == -94.5


def test_cut_area_is_whole_again():
    """An area cut at +-180 becomes one polygon of the full width."""
    cut = shapely.multipolygons([shapely.box(170, 0, 180, 10), shapely.box(-180, 0, -170, 10)])
    whole = shift_geometry(cut, 180.0)
    assert whole.geom_type == "Polygon"
    assert whole.bounds == (170.0, 0.0, 190.0, 10.0)


def test_cut_line_is_whole_again():
    """A line cut at +-180 has no jump."""
    lon, _ = join_line(shapely.from_wkt("MULTILINESTRING((170 0, 180 5), (-180 5, -170 0))"))
    assert lon.tolist() == [170.0, 180.0, 190.0]


# Values -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (lambda: Style("red"), "#rrggbb"),
        (lambda: Style("#000000", dash="wavy"), "dash"),
        (lambda: Style("#000000", fill="url(#x)"), "fill"),
        (lambda: Style("#000000", opacity=2.0), "opacity"),
        (lambda: Style("#000000", width_px=float("nan")), "width_px"),
        (lambda: PointMark(np.nan, 1.0, "x", RED), "finite"),
        (lambda: PointMark(1.0, 91.0, "x", RED), "finite"),
        (lambda: PointMark(1.0, 1.0, "x", RED, "skull"), "sign"),
        (lambda: AreaMark(None, "x", RED), "geometry"),
        (lambda: AreaMark(shapely.Polygon(), "x", RED), "empty"),
        (lambda: Quote("abc", ((2, 9),)), "marks"),
        (lambda: Quote("abc", ((1, 2), (0, 1))), "marks"),
    ],
)
def test_value_that_cannot_be_drawn_is_refused(make, match):
    """A mark, style or quote with a fault is refused when it is made."""
    with pytest.raises(InvalidInputError, match=match):
        make()


@pytest.mark.parametrize("what", ["group", "item"])
def test_mark_without_its_group_or_item_is_refused(what):
    """A mark that names a layer or item that is not there is an error, not a hidden mark."""
    mark = PointMark(1.0, 1.0, "x", RED, **{what: "missing"})
    with pytest.raises(InvalidInputError, match="missing"):
        write_content(MapContent(marks=(mark,)), None)


def test_merged_contents_join_layers_and_items_once():
    """Layers of one key become one with all their signs; items of one key are listed once."""
    content = MapContent(groups=(Group("g", "G"),), items=(Item("i", "s", "t"),), notes=("n",))
    merged = merge_contents([content, content])
    assert [group.key for group in merged.groups] == ["g"]
    assert [item.key for item in merged.items] == ["i"]
    assert merged.notes == ("n",)


# Assets -------------------------------------------------------------------------------------------


def test_every_asset_is_what_the_manifest_says():
    """Each file has the sha256 of the manifest and a licence text beside it."""
    names = [asset.file for asset in list_assets()]
    assert len(names) == len(set(names)) >= 10
    for asset in list_assets():
        assert assets_module._read(asset)
        assert asset.licence


def test_all_that_folium_loads_by_default_is_carried():
    """Every default script and style sheet of the installed folium has its copy."""
    for _, url in (*folium.Map.default_js, *folium.Map.default_css):
        assert find_asset(url)


def test_unknown_asset_is_named():
    """What is not carried is an error that says which address, and the way out."""
    with pytest.raises(InvalidInputError, match=r"evil\.example.*offline=False"):
        find_asset("https://evil.example/leaflet@1.9.3/dist/leaflet.js")


def test_damaged_asset_is_found_out():
    """A file that is not the manifest's is refused."""
    asset = list_assets()[0]
    wrong = type(asset)(asset.file, "0" * 64, asset.package, asset.version, asset.licence, ())
    with pytest.raises(DataCorruptError, match="000"):
        assets_module._read.__wrapped__(wrong)


# The map ------------------------------------------------------------------------------------------


def test_map_is_a_folium_map_of_its_own():
    """A link added to one of our maps is on no other map."""
    first, second = EventMap(basemap=None), EventMap(basemap=None)
    first.add_js_link("mine", "https://example.org/mine.js")
    assert isinstance(first, folium.Map)
    assert "mine" not in dict(second.default_js)
    assert "mine" not in dict(folium.Map.default_js)


def test_offline_page_names_what_it_cannot_carry():
    """A plugin without a copy is an error; offline=False leaves its link."""
    m = EventMap(basemap=None)
    m.get_root().header.add_child(JavascriptLink("https://example.org/x.js"), name="x")
    with pytest.raises(InvalidInputError, match=r"example\.org/x\.js"):
        m.get_root().render()
    assert "https://example.org/x.js" in m.get_root().render(offline=False)


def test_tiles_are_refused_offline():
    """A tile layer is named when the page is to work offline; a map with tiles keeps its links."""
    m = EventMap(basemap=None)
    folium.TileLayer("https://tiles.example/{z}/{x}/{y}.png", attr="x").add_to(m)
    with pytest.raises(InvalidInputError, match=r"tiles\.example"):
        m.get_root().render()
    page = draw_map(tiles="https://tiles.example/{z}/{x}/{y}.png").get_root().render()
    assert "tiles.example" in page
    assert "cdn.jsdelivr.net" in page


def test_page_without_users_layers_is_light():
    """jQuery, Bootstrap and icon fonts come only where a layer of the user may need them."""
    m = EventMap(content=fill_all("x"), basemap=None)
    light = m.get_root().render()
    assert "jQuery v3" not in light
    folium.Marker([1, 1], popup="x").add_to(m)
    assert "jQuery v3" in m.get_root().render()


def test_save_writes_all_or_nothing(tmp_path):
    """A missing folder is an error; an old file stays when the map cannot be written."""
    m = EventMap(content=fill_all("x"), basemap=None)
    with pytest.raises(InvalidInputError, match="no folder"):
        m.save(tmp_path / "missing" / "map.html")
    target = tmp_path / "map.html"
    target.write_text("old")
    folium.TileLayer("https://tiles.example/{z}/{x}/{y}.png", attr="x").add_to(m)
    with pytest.raises(InvalidInputError):
        m.save(target)
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["map.html"]


def test_save_takes_an_open_file(tmp_path):
    """As in folium, an open binary file is written and closed."""
    with (tmp_path / "map.html").open("wb") as file:
        EventMap(basemap=None).save(file)
        assert file.closed
    assert (tmp_path / "map.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_page_has_language_title_policy_and_viewport():
    """The head states language, title, viewport, and a policy that forbids connections."""
    page = EventMap(content=fill_all("A & <b>"), basemap=None, lang="de").get_root().render()
    head = page[: page.index("</title>") + 8]
    assert '<html lang="de">' in head
    assert "<title>A &amp; &lt;b&gt;</title>" in head
    assert 'name="viewport"' in head
    assert "default-src 'none'" in head
    assert "connect-src 'none'" in head
    assert "'unsafe-inline'" not in head.split("script-src")[1].split(";")[0]


_SCRIPT = """
import sys
sys.path.insert(0, {folder!r})
import folium
from contents import fill_all
from geo_events.maps import EventMap
m = EventMap(content=fill_all("ab" * 16 + " <x>"), title="T")
group = folium.FeatureGroup(name="mine").add_to(m)
folium.Marker([1, 2], popup="p", tooltip="t").add_to(group)
folium.GeoJson({{"type": "Point", "coordinates": [1, 2]}}).add_to(m)
folium.LayerControl().add_to(m)
first = m.get_root().render()
assert first == m.get_root().render()
sys.stdout.buffer.write(first.encode())
"""


def test_same_map_is_the_same_bytes():
    """Two processes with different hash seeds write the same page, also with users' layers."""
    code = _SCRIPT.format(folder=str(Path(__file__).parent))
    pages = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(pages) == 1


def test_map_added_twice_to_a_plain_map_keeps_both():
    """Two of our layers on somebody's map have islands of their own."""
    m = folium.Map(tiles=None)
    MarkLayer(fill_all("one"), None).add_to(m)
    MarkLayer(fill_all("two"), None).add_to(m)
    assert m.get_root().render().count('type="application/json"') == 2


# Tables -------------------------------------------------------------------------------------------


def table(*geometries: object, crs: object = 4326) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"name": range(len(geometries))}, geometry=list(geometries), crs=crs)


@pytest.mark.parametrize(
    ("frame", "match"),
    [
        (pd.DataFrame({"a": [1]}), "enter_lon"),
        (table(), "0 rows"),
        (table(None), "none with a geometry"),
        (table(shapely.Point(1, 2), crs=None), "coordinate system"),
        (table(shapely.Point(1, 95)), "row 0"),
        (table(shapely.Point(np.inf, 3.0)), "finite"),
        (gpd.GeoDataFrame({"a": [1]}), "geometry column"),
    ],
)
def test_table_that_cannot_be_drawn_is_refused(frame, match):
    """Tables without geometry, system, rows or sound coordinates are refused with the reason."""
    with pytest.raises(FrameError, match=match):
        table_content(frame)


def test_rows_without_geometry_are_left_out_aloud():
    """Missing geometries are left out with a warning that names their rows."""
    frame = table(shapely.Point(1, 2), None, shapely.Point(3, 4))
    with pytest.warns(GeoEventsWarning, match="1 of 3 rows"):
        content = table_content(frame)
    assert len(content.marks[0].labels) == 2


def test_very_many_features_are_warned_of():
    """Above 50,000 features another format is offered."""
    points = shapely.points(np.zeros((50_001, 2)))
    frame = gpd.GeoDataFrame(geometry=points, crs=4326)
    with pytest.warns(GeoEventsWarning, match="GeoParquet"):
        table_content(frame)


def test_other_system_is_converted():
    """A table in another coordinate system is drawn where it is."""
    frame = table(shapely.Point(40.0, 35.0)).to_crs(3857)
    point = table_content(frame).marks[0].geometries[0]
    assert point.distance(shapely.Point(40.0, 35.0)) < 1e-6


def test_missing_values_are_blank():
    """NaN and None are told as nothing."""
    frame = table(shapely.Point(1, 2), shapely.Point(2, 3)).assign(a=[1.5, np.nan], b=[None, "x"])
    columns = table_content(frame).marks[0].columns
    assert list(columns["a"]) == ["1.5", ""]
    assert list(columns["b"]) == ["", "x"]


@pytest.mark.parametrize("thing", [None, 3, {"type": "Point"}])
def test_other_things_are_refused(thing):
    """What is none of ours is refused with a list of what can be drawn."""
    with pytest.raises(InvalidInputError, match="Story, Corridor"):
        draw_map(thing)


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"basemap": "10m"}, "110m"),
        ({"view": "mine"}, "de_facto"),
        ({"tiles": "javascript:{z}"}, "tiles"),
        ({"m": 3}, "folium.Map"),
    ],
)
def test_unknown_options_are_refused(options, match):
    """Options that are none are refused with what is known."""
    with pytest.raises(InvalidInputError, match=match):
        draw_map(**options)
