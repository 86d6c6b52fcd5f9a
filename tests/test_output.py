"""`save`: the format that the suffix names, of everything that can be saved."""

from __future__ import annotations

import datetime as dt
import json

import folium
import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geo_events as ge
from geo_events.errors import InvalidInputError

SUFFIXES = (".html", ".geojson", ".gpkg", ".kml", ".parquet", ".csv")
TEXT = "On Wednesday two missiles were launched from Iran at Israel."


@pytest.fixture(scope="module")
def story() -> ge.Story:
    """A story with one corridor."""
    return ge.read_text(TEXT, published="2024-10-02")


@pytest.fixture(scope="module")
def corridor() -> ge.Corridor:
    """A corridor between two points."""
    return ge.make_corridor("Moscow", "Ankara")


@pytest.fixture
def frame() -> gpd.GeoDataFrame:
    """One place."""
    return gpd.GeoDataFrame({"name": ["Raqqa"]}, geometry=[shapely.Point(39.01, 35.95)], crs=4326)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_frame_is_saved_in_every_format(suffix, frame, tmp_path) -> None:
    """A frame with geometry has a file in each format."""
    path = ge.save(frame, tmp_path / f"a{suffix}")
    assert path.stat().st_size > 0
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_corridor_is_saved_in_every_format(suffix, corridor, tmp_path) -> None:
    """A corridor has a file in each format."""
    assert ge.save(corridor, tmp_path / f"a{suffix}").stat().st_size > 0


def test_a_story_is_a_map_or_layers(story, tmp_path) -> None:
    """A story's GeoJSON holds its kinds as layers, told apart, with its source."""
    document = json.loads(ge.save(story, tmp_path / "a.geojson").read_text("utf-8"))
    layers = {feature["properties"]["layer"] for feature in document["features"]}
    assert layers >= {"areas", "corridors"}
    assert "geo_events" in document["metadata"]["source"]
    named = set(gpd.list_layers(ge.save(story, tmp_path / "a.gpkg"))["name"])
    assert named >= {"corridors", "crossings", "places", "areas", "claims", "events"}


@pytest.mark.parametrize("suffix", [".html", ".geojson", ".gpkg", ".kml"])
def test_a_list_is_saved_together(suffix, story, corridor, tmp_path) -> None:
    """Things of one list stand in one file."""
    assert ge.save([story, corridor], tmp_path / f"a{suffix}").stat().st_size > 0


def test_the_rows_of_a_list_say_whose_they_are(corridor, tmp_path) -> None:
    """Corridors of one table are told apart by the column `group`."""
    other = ge.make_corridor("Paris", "Berlin")
    table = pd.read_csv(ge.save([corridor, other], tmp_path / "a.csv"))
    assert set(table["group"]) == {"Moscow → Ankara", "Paris → Berlin"}
    layers = ge.read_frames(ge.save([corridor, other], tmp_path / "a.gpkg"))
    crossed = layers["crossings"].groupby("group", sort=False)["name"].agg(list)
    assert crossed["Paris → Berlin"][0] == "France"


def test_a_list_of_places_is_one_table(tmp_path) -> None:
    """Each row names itself."""
    places = [ge.resolve_place("Raqqa"), ge.resolve_place("Ankara")]
    table = pd.read_csv(ge.save(places, tmp_path / "a.csv"))
    assert table["name"].tolist() == ["Raqqa", "Ankara"]


def test_stays_have_times_where_departure_and_speed_are_known(tmp_path) -> None:
    """The line of 1,786 km at 900 km/h ends after 119 minutes (hand reckoning)."""
    depart = dt.datetime(2015, 10, 7, 2, 0, tzinfo=dt.UTC)
    corridor = ge.make_corridor("Moscow", "Ankara", speed="900 km/h", depart=depart)
    stays = ge.read_frames(ge.save(corridor, tmp_path / "a.gpkg"))["crossings"]
    assert stays["begin"].iloc[0] == pd.Timestamp(depart)
    flown = stays["end"].iloc[-1] - pd.Timestamp(depart)
    assert flown.total_seconds() / 60 == pytest.approx(corridor.length_km / 15, abs=0.1)


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_story_is_no_single_table(suffix, story, tmp_path) -> None:
    """The message says which tables there are, and one of them can be saved."""
    with pytest.raises(InvalidInputError, match="'events'"):
        ge.save(story, tmp_path / f"a{suffix}")
    ge.save(story.to_frame("events"), tmp_path / "events.csv")
    assert pd.read_csv(tmp_path / "events.csv")["destination"].tolist() == ["Israel"]


def test_a_verdict_is_a_row(tmp_path) -> None:
    """A verdict is saved with its answer and its reasons."""
    verdict = ge.check_crossing("Moscow", "Ankara", "Ukraine")
    table = pd.read_csv(ge.save(verdict, tmp_path / "a.csv"))
    assert table["answer"].tolist() == ["yes"]
    assert "486 km" in table["reasons"][0]


def test_a_place_is_saved_with_its_shape(tmp_path) -> None:
    """A country is a polygon."""
    path = ge.save(ge.resolve_place("Syria"), tmp_path / "a.geojson")
    assert gpd.read_file(path).geom_type[0] in ("Polygon", "MultiPolygon")


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".kml", ".parquet", ".csv"])
def test_a_map_is_no_table(suffix, frame, tmp_path) -> None:
    """The message says in which formats a map can be saved."""
    with pytest.raises(InvalidInputError, match=r"\.html, \.png or \.pdf"):
        ge.save(ge.draw_map(frame), tmp_path / f"a{suffix}")
    assert list(tmp_path.iterdir()) == []


def test_somebody_elses_folium_map_is_saved_to_work_offline(tmp_path) -> None:
    """A plain folium map becomes a page without requests."""
    plain = folium.Map(tiles=None)
    folium.Marker([35.95, 39.01], popup="Raqqa").add_to(plain)
    page = ge.save(plain, tmp_path / "a.html").read_text("utf-8")
    assert 'src="http' not in page
    assert "Content-Security-Policy" in page


@pytest.mark.parametrize(("suffix", "start"), [(".png", b"\x89PNG"), (".pdf", b"%PDF")])
@pytest.mark.filterwarnings("ignore::geo_events.errors.GeoEventsWarning")  # without a browser
def test_a_picture_is_saved(suffix, start, frame, tmp_path) -> None:
    """A PNG and a PDF, by the browser or without one."""
    assert ge.save(frame, tmp_path / f"a{suffix}").read_bytes().startswith(start)


def test_a_plain_table_has_no_geometry_to_save(tmp_path) -> None:
    """The message says what can be done."""
    with pytest.raises(InvalidInputError, match="no geometry"):
        ge.save(pd.DataFrame({"a": [1]}), tmp_path / "a.geojson")


@pytest.mark.parametrize("name", ["a.xlsx", "a", "a.kmz", "a.shp", "a.geojson.zip", ".html", ""])
def test_an_unknown_suffix_lists_the_known(name, frame, tmp_path) -> None:
    """What cannot be saved is told with what can."""
    with pytest.raises(InvalidInputError, match=r"\.geojson"):
        ge.save(frame, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("thing", [None, 5, "text", [1], object()])
@pytest.mark.parametrize("suffix", [".geojson", ".csv"])
def test_what_is_none_of_ours_is_refused(thing, suffix, tmp_path) -> None:
    """Other things are refused by their type's name, and nothing is written."""
    name = type(thing[0] if isinstance(thing, list) else thing).__name__
    with pytest.raises(InvalidInputError, match=name):
        ge.save(thing, tmp_path / f"a{suffix}")
    assert list(tmp_path.iterdir()) == []


def test_the_same_story_gives_the_same_bytes(tmp_path) -> None:
    """HTML and GeoJSON of the same text are the same, byte for byte."""
    for suffix in (".html", ".geojson", ".kml"):
        files = [
            ge.save(ge.read_text(TEXT, published="2024-10-02"), tmp_path / f"{name}{suffix}")
            for name in "ab"
        ]
        assert files[0].read_bytes() == files[1].read_bytes()
