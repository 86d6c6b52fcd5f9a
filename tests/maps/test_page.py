"""The page in a browser: nothing is loaded, everything is reachable, users' layers still work."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import folium
import folium.plugins
import geopandas as gpd
import numpy as np
import pytest
import shapely

sys.path.insert(0, str(Path(__file__).parent))

from contents import fill_all

from geo_events.maps import EventMap, draw_map
from geo_events.maps.content import Group, MapContent
from geo_events.maps.eventmap import MarkLayer
from geo_events.maps.features import AreaMark, Style, TrackMark
from geo_events.maps.frame import embed_page

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[1] / "assets" / "axe.min.js"
PHONE = (390, 844)
_AXE_RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
  .filter((one) => ['serious', 'critical'].includes(one.impact))
  .map((one) => one.id + ': ' + one.nodes.map((node) => node.target.join(' ')).join(' | '))"""
_DRAWN = """() => { const c = document.querySelector('canvas.ge-base');
  const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
  const seen = new Set();
  for (let k = 0; k < d.length; k += 4) seen.add(d[k] * 65536 + d[k + 1] * 256 + d[k + 2]);
  return seen.size; }"""


def render(m: folium.Map, **options: object) -> str:
    return m.get_root().render(**options)


def test_page_loads_nothing_and_is_not_blank(open_map, outside):
    """A saved map asks for nothing, complains about nothing, and draws land."""
    with open_map(render(EventMap(content=fill_all("Raqqa")))) as watched:
        assert outside(watched) == []
        assert watched.faults == []
        assert watched.page.evaluate(_DRAWN) > 2
        watched.picture("all-signs")


@pytest.mark.parametrize(
    ("size", "dark"), [((1280, 800), False), ((1280, 800), True), (PHONE, False)]
)
def test_axe_finds_nothing_serious(open_map, size, dark):
    """No serious or critical fault of accessibility, light, dark and on a phone."""
    with open_map(render(EventMap(content=fill_all("Raqqa"))), size=size, dark=dark) as watched:
        for button in watched.page.query_selector_all(".ge-item-button"):
            button.click()
        watched.page.evaluate(AXE.read_text(encoding="utf-8"))
        assert watched.page.evaluate(_AXE_RUN) == []


def test_evidence_is_reached_by_keyboard(open_map):
    """Tab and Enter open the evidence of an item, and it says whether it is open."""
    with open_map(render(EventMap(content=fill_all("Raqqa")))) as watched:
        page = watched.page
        page.focus(".ge-item-button")
        page.keyboard.press("Enter")
        assert page.get_attribute(".ge-item-button", "aria-expanded") == "true"
        assert page.is_visible(".ge-item blockquote mark")


def test_click_on_a_mark_shows_its_evidence(open_map):
    """A click on a point opens a popup with the quote, its words marked."""
    with open_map(render(EventMap(content=fill_all("Raqqa")))) as watched:
        watched.page.click(".ge-icon")
        assert watched.page.inner_text(".ge-popup mark") == "Ra"


def test_layers_can_be_hidden(open_map):
    """Unticking a layer takes its marks and captions away; ticking brings them back."""
    with open_map(render(EventMap(content=fill_all("Raqqa")))) as watched:
        count = "document.querySelectorAll('.ge-icon, .ge-caption-area').length"
        assert watched.page.evaluate(count) == 2
        watched.page.click(".ge-group-head input")
        assert watched.page.evaluate(count) == 0
        watched.page.click(".ge-group-head input")
        assert watched.page.evaluate(count) == 2


def test_time_slider_hides_what_came_later(open_map):
    """With events on several days a slider hides the later ones; nothing moves by itself."""
    with open_map(render(EventMap(content=fill_all("Raqqa")))) as watched:
        page = watched.page
        assert page.query_selector_all(".ge-later") == []
        page.evaluate(
            "() => { const s = document.querySelector('#ge-time'); s.value = 0;"
            " s.dispatchEvent(new Event('input')); }"
        )
        assert page.inner_text(".ge-later .ge-item-title") == "later"


def test_legend_needs_no_scrolling(open_map):
    """At 1280 x 800 legend, caveat and map are all in view."""
    with open_map(render(EventMap(content=fill_all("Raqqa")))) as watched:
        page = watched.page
        for selector in (".ge-legend-body", ".ge-strip", ".folium-map", "#ge-foot"):
            box = page.query_selector(selector).bounding_box()
            assert box["y"] + box["height"] <= 800
        assert page.evaluate("document.documentElement.scrollHeight") <= 800


def test_tap_on_a_phone_keeps_the_map_in_view(open_map):
    """On a phone the evidence opens on the map; the page does not move to the list below."""
    with open_map(render(EventMap(content=fill_all("Raqqa"))), size=PHONE) as watched:
        before = watched.page.evaluate("window.scrollY")
        watched.page.click(".ge-icon")
        assert watched.page.is_visible(".ge-popup")
        assert watched.page.evaluate("window.scrollY") == before


def test_small_layer_is_offered_to_be_zoomed_to(open_map):
    """A layer that is too small to be seen has a button that goes to it, others have none."""
    small = AreaMark(shapely.box(40.0, 30.0, 40.05, 30.05), "small", Style("#0072b2"), "s")
    large = AreaMark(shapely.box(20, 20, 60, 50), "large", Style("#0072b2"), "l")
    groups = (Group("s", "small"), Group("l", "large"))
    content = MapContent(title="Two", groups=groups, marks=(small, large))
    with open_map(render(EventMap(content=content))) as watched:
        buttons = watched.page.query_selector_all(".ge-zoom")
        assert [button.is_visible() for button in buttons] == [True, False]
        buttons[0].click()
        watched.page.wait_for_timeout(500)
        width = watched.page.evaluate(
            "document.querySelector('.folium-map path.leaflet-interactive')"
            ".getBoundingClientRect().width"
        )
        assert width > 15


def test_phone_needs_no_sideways_scrolling(open_map):
    """At 390 pixels the page is as wide as the screen, and controls are large enough to touch."""
    with open_map(render(EventMap(content=fill_all("Raqqa"))), size=PHONE) as watched:
        page = watched.page
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.query_selector(".ge-item-button").bounding_box()["height"] >= 44
        watched.picture("all-signs-phone")


def test_users_layers_work_offline(open_map, outside):
    """Markers with popups, icons, clusters and a LayerControl of the user work in a saved map."""
    m = EventMap(content=fill_all("Raqqa"))
    group = folium.FeatureGroup(name="mine").add_to(m)
    folium.Marker(
        [36, 44],
        popup="<b>mine</b>",
        tooltip="tip",
        icon=folium.Icon(color="red", icon="plane", prefix="fa"),
    ).add_to(group)
    folium.plugins.MarkerCluster([[37, 45], [37, 45.01]]).add_to(m)
    folium.plugins.HeatMap([[38, 46, 1.0]]).add_to(m)
    folium.plugins.Fullscreen().add_to(m)
    folium.LayerControl(collapsed=False).add_to(m)
    with open_map(render(m)) as watched:
        page = watched.page
        assert outside(watched) == []
        assert watched.faults == []
        assert "mine" in page.inner_text(".leaflet-control-layers")
        page.click("div.awesome-marker.awesome-marker-icon-red", force=True)
        page.wait_for_selector(".leaflet-popup-content b")
        assert page.inner_text(".leaflet-popup-content b") == "mine"
        watched.picture("users-layers")


def test_explore_adds_to_our_map(open_map, outside):
    """`gdf.explore(m=...)` works on our map, with its legend, offline."""
    frame = gpd.GeoDataFrame(
        {"name": ["a", "b"], "value": [1.0, 2.0]},
        geometry=shapely.points([[40.0, 35.0], [41.0, 36.0]]),
        crs=4326,
    )
    pytest.importorskip("mapclassify")
    m = frame.explore(column="value", m=EventMap())
    with open_map(render(m)) as watched:
        assert outside(watched) == []
        assert watched.faults == []


def test_our_layers_on_a_plain_map_are_safe(open_map):
    """On somebody's folium map our marks, legend and caveat appear, and text runs nothing."""
    m = folium.Map(tiles=None)
    text = "</script><img src=x onerror=window.__xss=1>"
    MarkLayer(fill_all(text), None).add_to(m)
    with open_map(embed_page(m.get_root().render())) as watched:
        assert watched.page.evaluate("window.__xss") is None
        assert text in watched.page.inner_text(".ge-strip")
        assert watched.page.query_selector(".ge-legend") is not None


def test_notebook_frame_keeps_its_distance(open_map):
    """In a notebook the map runs in a sandboxed frame that cannot reach the notebook."""
    frame = EventMap(content=fill_all("Raqqa"))._repr_html_()
    page = f"<!DOCTYPE html><html data-ready='1'><body><p id=secret>s</p>{frame}</body></html>"
    with open_map(page) as watched:
        child = watched.page.frames[1]
        child.wait_for_selector("html[data-ready]", state="attached")
        reach = child.evaluate(
            "(() => { try { return parent.document.title; } catch (e) { return 'no'; } })()"
        )
        assert reach == "no"
        caption = child.wait_for_selector(".ge-caption-area", state="attached")
        assert caption is not None


def test_frame_without_a_size_is_fitted_later(open_map):
    """A notebook's frame that gets its size after the page was drawn shows all of the map."""
    frame = EventMap(content=fill_all("Raqqa"))._repr_html_()
    box = f"<div id=box style='display:none;width:620px'>{frame}</div>"
    with open_map(f"<!DOCTYPE html><html data-ready='1'><body>{box}</body></html>") as watched:
        child = watched.page.frames[1]
        watched.page.wait_for_timeout(300)
        watched.page.evaluate("document.getElementById('box').style.display = 'block'")
        inside = (
            "(() => { const m = document.querySelector('.folium-map').getBoundingClientRect();"
            "const lines = [...document.querySelectorAll('.leaflet-ge-tracks-pane path')];"
            "return lines.length > 0 && lines.every((line) => {"
            " const b = line.getBoundingClientRect();"
            " return b.width > 200 && b.left >= m.left && b.right <= m.right; }); })()"
        )
        for _ in range(50):
            if child.evaluate(inside):
                break
            watched.page.wait_for_timeout(100)
        assert child.evaluate(inside)


def test_citation_is_copied(open_map):
    """The line to cite by is selected and copied by one button."""
    with open_map(render(EventMap(content=fill_all("Raqqa")))) as watched:
        watched.page.click(".ge-copy")
        assert watched.page.inner_text(".ge-copy") in ("Copied", "Selected: press Ctrl+C")
        assert watched.page.evaluate("window.getSelection().toString()") == "Raqqa"


def test_date_line_is_no_edge(open_map):
    """A track and an area across +-180 are drawn whole, with land on both sides."""
    lon, lat = np.linspace(150.0, 220.0, 50), np.linspace(60.0, 55.0, 50)
    area = shapely.multipolygons([shapely.box(170, 50, 180, 60), shapely.box(-180, 50, -170, 60)])
    style = Style("#0072b2", 2.0, "solid", "hatch")
    marks = (
        TrackMark(((lon, lat),), "track", style, "g"),
        AreaMark(area, "area", style, "g"),
    )
    content = MapContent(title="Across", groups=(Group("g", "g"),), marks=marks)
    with open_map(render(EventMap(content=content))) as watched:
        boxes = watched.page.evaluate(
            "[...document.querySelectorAll('.folium-map path.leaflet-interactive')]"
            ".map((path) => path.getBoundingClientRect().width)"
        )
        assert len(boxes) == 2
        assert max(boxes) > 400
        assert watched.page.evaluate(_DRAWN) > 2
        watched.picture("date-line")


def test_many_features_are_ready(open_map):
    """Ten thousand points make a page of at most 2 MB that opens and answers a click."""
    rng = np.random.default_rng(1)
    points = gpd.points_from_xy(rng.uniform(-170, 170, 10_000), rng.uniform(-60, 70, 10_000))
    frame = gpd.GeoDataFrame(
        {"name": [f"place {k}" for k in range(10_000)]}, geometry=points, crs=4326
    )
    page = render(draw_map(frame))
    assert len(page.encode()) <= 2_000_000
    with open_map(page) as watched:
        assert watched.faults == []
        watched.picture("ten-thousand")


def test_print_is_one_map_with_its_legend(open_map):
    """Printed on A4 the page is not empty and has at most three sheets."""
    with open_map(render(EventMap(content=fill_all("Raqqa")))) as watched:
        data = watched.page.pdf(prefer_css_page_size=True, print_background=True)
    assert data.startswith(b"%PDF")
    assert 1 <= data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") <= 3
    assert io.BytesIO(data).getbuffer().nbytes > 5_000
