"""Any folium map is saved so that it works without a network, or what it needs is named."""

from __future__ import annotations

import sys
from pathlib import Path

import folium
import folium.plugins
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from contents import fill_all

from geo_events.errors import GeoEventsWarning, InvalidInputError
from geo_events.maps import EventMap
from geo_events.maps.offline import render_page, write_page

POINTS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "here", "times": ["2020-01-01"]},
            "geometry": {"type": "LineString", "coordinates": [[44.0, 40.0]]},
        }
    ],
}
POINTS["features"][0]["geometry"] = {"type": "LineString", "coordinates": [[44.0, 40.0], [45, 41]]}
POINTS["features"][0]["properties"]["times"] = ["2020-01-01", "2020-01-02"]


def add_plugins(m: folium.Map) -> None:
    """Add the plugins that are used most."""
    layer = folium.GeoJson(POINTS).add_to(m)
    for plugin in (
        folium.plugins.Draw(),
        folium.plugins.Fullscreen(),
        folium.plugins.HeatMap([[40.0, 42.0, 1.0]]),
        folium.plugins.LocateControl(),
        folium.plugins.MarkerCluster([[37.0, 45.0], [37.0, 45.01]]),
        folium.plugins.MeasureControl(),
        folium.plugins.MiniMap(),
        folium.plugins.MousePosition(),
        folium.plugins.Search(layer=layer, search_label="name"),
        folium.plugins.TimestampedGeoJson(POINTS, period="P1D", auto_play=False),
    ):
        plugin.add_to(m)
    icon = folium.plugins.BeautifyIcon(number=7, border_color="#00f")
    folium.Marker([42, 43], icon=icon).add_to(m)
    folium.LayerControl().add_to(m)


@pytest.mark.browser
def test_plain_map_with_plugins_works_offline(open_map, outside):
    """A plain folium map with eleven plugins asks for nothing, fails nowhere, and shows land."""
    m = folium.Map([40, 43], zoom_start=5)
    add_plugins(m)
    with pytest.warns(GeoEventsWarning, match="tiles need a network"):
        page = render_page(m)
    with open_map(page) as watched:
        assert outside(watched) == []
        assert watched.faults == []
        for selector in (
            "canvas.ge-base",
            ".leaflet-control-minimap canvas.ge-base",
            ".leaflet-draw-toolbar",
            ".leaflet-control-search",
            ".leaflet-bar-timecontrol",
            ".marker-cluster",
            ".beautify-marker",
            ".leaflet-control-measure",
        ):
            assert watched.page.query_selector(selector) is not None, selector
        watched.picture("plain-folium")


@pytest.mark.browser
def test_our_map_takes_the_same_plugins(open_map, outside):
    """The same plugins work on our own map."""
    m = EventMap(content=fill_all("Raqqa"))
    add_plugins(m)
    with open_map(m.get_root().render()) as watched:
        assert outside(watched) == []
        assert watched.faults == []
        small = ".leaflet-control-minimap canvas.ge-base"
        assert watched.page.query_selector(small) is not None


def test_saving_leaves_the_map_as_it_was(tmp_path):
    """A map that was saved offline still has its tiles, and saves to the same bytes again."""
    m = folium.Map()
    names = list(m._children)
    with pytest.warns(GeoEventsWarning):
        first = write_page(m, tmp_path / "a.html").read_bytes()
    with pytest.warns(GeoEventsWarning):
        second = write_page(m, tmp_path / "b.html").read_bytes()
    assert first == second
    assert list(m._children) == names
    assert "tile.openstreetmap.org" in m.get_root().render()


def test_map_without_tiles_is_saved_without_a_word(tmp_path):
    """Nothing is replaced where no tiles are; the page may connect to nothing."""
    text = write_page(folium.Map(tiles=None), tmp_path / "a.html").read_text("utf-8")
    assert "connect-src 'none'" in text
    assert '<html lang="en">' in text


def test_plugin_without_a_copy_is_named(tmp_path):
    """What is not carried is named, and nothing is written."""
    m = folium.Map(tiles=None)
    folium.plugins.Geocoder().add_to(m)
    with pytest.raises(InvalidInputError, match="leaflet-control-geocoder"):
        write_page(m, tmp_path / "a.html")
    assert not (tmp_path / "a.html").exists()


def test_layer_of_pictures_is_named(tmp_path):
    """Other layers than tiles that load from the network are named."""
    m = folium.Map(tiles=None)
    folium.WmsTileLayer("https://wms.example/", "x").add_to(m)
    with pytest.raises(InvalidInputError, match=r"wms\.example"):
        write_page(m, tmp_path / "a.html")
