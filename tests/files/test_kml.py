"""KML for Google Earth: valid, timed, on the ground, and nothing in a text is obeyed."""

from __future__ import annotations

import datetime as dt
import html
import importlib.util
import re
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from files.hostile import HOSTILE
from lxml import etree

import geo_events as ge
from geo_events.errors import FrameError
from geo_events.files.kml import encode_kml
from geo_events.files.looks import LOOKS
from geo_events.files.reading import read_frames

NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML 1.0, 2.2
KML = {"k": "http://www.opengis.net/kml/2.2"}


def frame_of(*shapes, **columns) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=4326)


def parse(**layers) -> etree._Element:
    return etree.fromstring(encode_kml(layers).encode())


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The schema of the standard, OGC 07-147r2, as the package fastkml carries it."""
    found = importlib.util.find_spec("fastkml")
    assert found is not None, "pip install 'geo_events[test]' brings it"
    return etree.XMLSchema(etree.parse(Path(found.origin).parent / "schema" / "ogckml22.xsd"))


@pytest.mark.parametrize(
    "thing",
    [
        lambda: {"a": frame_of()},
        lambda: {"a": frame_of(None, shapely.Point(1, 2), name=["x", None])},
        lambda: {"a": frame_of(shapely.box(0, 0, 5, 5).difference(shapely.box(1, 1, 2, 2)))},
        lambda: {"a": frame_of(shapely.LineString([(170, 0), (190, 10)]), n=[3], t=[True])},
        lambda: {"a": frame_of(*[shapely.Point(0, 0)] * len(HOSTILE), name=list(HOSTILE))},
        lambda: {"b <&\" 'c": frame_of(shapely.Point(0, 0), **{"<&\" '": ["x"]})},
        lambda: {"a": frame_of(shapely.Point(0, 0), begin=[dt.date(2015, 10, 7)], end=[None])},
        lambda: {
            "a": frame_of(shapely.Point(0, 0), begin=[pd.Timestamp("2015-10-07T01:02:03.5+03:00")])
        },
        lambda: {"a": frame_of(shapely.Point(0, 0), begin=["2015-13-77"], end=["<when>"])},
        lambda: {"a": pd.DataFrame({"no": ["geometry"]}), "c": frame_of(shapely.Point(0, 0))},
    ],
)
def test_what_is_written_is_valid_kml(thing, schema) -> None:
    """Whatever the frames hold, the text is valid against the schema of KML 2.2."""
    schema.assertValid(etree.fromstring(encode_kml(thing()).encode()))


def test_a_story_is_valid_kml_with_folders_and_days(schema, tmp_path) -> None:
    """A story's folders are its kinds; what has a date has a time in the file."""
    story = ge.read_text(
        "On 1 October 2024 two missiles were launched from Iran at Israel. "
        "Two fighters flew from Amman to Baghdad.",
        published="2024-10-02",
    )
    text = ge.save(story, tmp_path / "a.kml").read_bytes()
    schema.assertValid(etree.fromstring(text))
    root = etree.fromstring(text)
    folders = {one.findtext("k:name", "", KML): one for one in root.iterfind(".//k:Folder", KML)}
    assert list(folders) == ["corridors", "crossings", "places", "areas", "claims"]
    dated = folders["corridors"].find("k:Placemark", KML)
    assert dated.findtext("k:name", "", KML) == "Iran → Israel"
    assert dated.findtext(".//k:when", "", KML) == "2024-10-01"
    crossed = {one.text for one in folders["crossings"].iterfind("k:Placemark/k:name", KML)}
    assert {"Jordan", "Iraq"} <= crossed


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_text_is_shown_as_it_is(payload) -> None:
    """A text comes out of name and data as it went in, and its description is escaped twice."""
    root = parse(a=frame_of(shapely.Point(1, 2), name=[payload], note=[payload]))
    (placemark,) = root.iterfind(".//k:Placemark", KML)
    payload = NO_XML.sub("\ufffd", payload)
    assert placemark.findtext("k:name", "", KML) == payload
    data = placemark.iterfind(".//k:SimpleData", KML)
    assert {one.get("name"): one.text for one in data} == {"name": payload, "note": payload}
    shown = placemark.findtext("k:description", "", KML)
    plain = shown.replace("<b>", "").replace("</b>", "").replace("<br>", "\n")
    assert "<" not in plain, "no markup but our own"
    assert "$[" not in plain, "Google Earth would fill in a field"
    assert payload.replace("\n", " ") in html.unescape(plain).replace("\n", " ")


def test_what_xml_cannot_hold_becomes_a_replacement_character() -> None:
    """NUL, other control characters and half pairs are no XML: U+FFFD stands for them."""
    root = parse(a=frame_of(shapely.Point(1, 2), name=["a\0b\x1bc\ufffed"]))
    assert root.findtext(".//k:Placemark/k:name", "", KML) == "a\ufffdb\ufffdc\ufffdd"


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("2015-10-07", "2015-10-07", {"when": "2015-10-07"}),
        ("2015-10-06", "2015-10-07", {"begin": "2015-10-06", "end": "2015-10-07"}),
        ("2015-10-06", None, {"begin": "2015-10-06"}),
        (None, "2015-10-07", {"end": "2015-10-07"}),
        (None, None, {}),
        ("in autumn", "2015-02-30", {}),
    ],
)
def test_days_become_a_span_or_a_stamp(begin, end, expected) -> None:
    """Known days are written, the same day as a stamp; what is no day is left out."""
    root = parse(a=frame_of(shapely.Point(1, 2), begin=[begin], end=[end]))
    found = {
        one.tag.rpartition("}")[2]: one.text
        for tag in ("when", "begin", "end")
        for one in root.iterfind(f".//k:Placemark//k:{tag}", KML)
    }
    assert found == expected


def test_lines_and_areas_lie_on_the_ground() -> None:
    """Without tessellate Google Earth would draw a line through the Earth."""
    line, area = shapely.LineString([(0, 0), (50, 50)]), shapely.box(0, 0, 1, 1)
    root = parse(a=frame_of(line, area))
    flags = [one.text for one in root.iterfind(".//k:tessellate", KML)]
    assert flags == ["1", "1"]


def test_the_vertices_of_a_line_stay_and_edges_of_areas_are_filled_up() -> None:
    """Lines are geodesics between their vertices; the parallel that bounds an area is none."""
    line, area = shapely.LineString([(0, 49), (10, 49)]), shapely.box(0, 45, 10, 49)
    root = parse(a=frame_of(line, area))
    drawn, ring = [one.text.split() for one in root.iterfind(".//k:coordinates", KML)]
    assert drawn == ["0,49", "10,49"]
    north = sorted(float(point.split(",")[0]) for point in ring if point.endswith(",49"))
    assert north == [*range(11)]


def test_a_line_over_180_has_two_parts_that_meet_it() -> None:
    """Cut where the straight line from (170, 0) to (190, 10) meets 180: at latitude 5."""
    root = parse(a=frame_of(shapely.LineString([(170, 0), (190, 10)])))
    parts = [one.text for one in root.iterfind(".//k:MultiGeometry//k:coordinates", KML)]
    assert parts == ["170,0 180,5", "-180,5 -170,10"]


def test_colours_are_those_of_the_maps() -> None:
    """Google Earth's aabbggrr turned round is the colour of the same sign on our maps."""
    from geo_events.maps import signs

    root = parse(corridors=frame_of(shapely.Point(1, 2), part=["track"]))
    colours = {
        one.get("id"): one.findtext("k:LineStyle/k:color", "", KML)
        for one in root.iterfind(".//k:Style", KML)
    }
    blue, green, red = (colours["track"][k : k + 2] for k in (2, 4, 6))
    assert f"#{red}{green}{blue}" == signs.TRACK.colour
    same = {
        "origin": signs.ORIGIN,
        "target": signs.TARGET,
        "band": signs.BAND,
        "envelope": signs.ENVELOPE,
        "crossings": signs.CROSSED,
        "rings": signs.RING,
        "places": signs.PLACE,
        "areas": signs.PLACE_AREA,
        "features": signs.TABLE,
    }
    assert {key: LOOKS[key].colour for key in same} == {k: s.colour for k, s in same.items()}


def test_gdal_reads_folders_and_columns(tmp_path) -> None:
    """Another reader finds a layer per folder and the typed columns."""
    places = frame_of(shapely.Point(39.01, 35.95), name=["Raqqa"], people=[220488], km=[1.5])
    file = ge.save({"places": places, "others": places}, tmp_path / "a.kml")
    assert [name for name, _ in pyogrio.list_layers(file)] == ["places", "others"]
    back = gpd.read_file(file, layer="places", driver="LIBKML")
    assert back.geometry[0].wkt.startswith("POINT")
    assert back["Name"][0] == "Raqqa"


def test_bad_coordinates_are_refused() -> None:
    """What is no place on Earth is not written."""
    with pytest.raises(FrameError, match="swapped"):
        encode_kml({"a": frame_of(shapely.Point(0, 95))})


OTHERS = """<?xml version="1.0"?>
<kml xmlns="http://earth.google.com/kml/2.0"><Document><name>Zones</name>
<Folder><name>North</name>
<Placemark><name>P</name><description><![CDATA[<b>bold</b> &amp; <i>more</i>]]></description>
<TimeSpan><begin>2022-02-24T04:00:00Z</begin></TimeSpan>
<Point><coordinates> 10.5 , 20.5 , 300 </coordinates></Point></Placemark>
<Placemark><TimeStamp><when>2015-10-07</when></TimeStamp>
<ExtendedData><Data name="limit"><value>FL195</value></Data></ExtendedData>
<LineString><coordinates>0,0
 1,1</coordinates></LineString></Placemark></Folder>
<Placemark><name>M</name><MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>
0,0 4,0 4,4 0,4 0,0</coordinates></LinearRing></outerBoundaryIs><innerBoundaryIs><LinearRing>
<coordinates>1,1 2,1 2,2 1,1</coordinates></LinearRing></innerBoundaryIs></Polygon>
<Polygon><outerBoundaryIs><LinearRing><coordinates>5,5 6,5 6,6 5,5</coordinates></LinearRing>
</outerBoundaryIs></Polygon></MultiGeometry></Placemark>
<Placemark><name>nowhere</name></Placemark>
<NetworkLink><Link><href>http://example.org/x.kml</href></Link></NetworkLink>
</Document></kml>"""


def test_kml_by_others_is_read(tmp_path) -> None:
    """Placemarks come with name, description as text, folder, times, data and geometry."""
    file = tmp_path / "a.kml"
    file.write_text(OTHERS, encoding="utf-8")
    (frame,) = read_frames(file).values()
    assert frame.loc[0, ["name", "description", "folder", "begin"]].tolist() == [
        "P",
        "bold & more",
        "Zones / North",
        "2022-02-24T04:00:00Z",
    ]
    assert frame["begin"][1] == frame["end"][1] == "2015-10-07"
    assert frame["limit"][1] == "FL195"
    assert frame.geometry.to_wkt().tolist()[:3] == [
        "POINT Z (10.5 20.5 300)",
        "LINESTRING (0 0, 1 1)",
        "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 1, 2 2, 1 1)), ((5 5, 6 5, 6 6, 5 5)))",
    ]
    assert frame.geometry[3] is None


def test_areas_of_ones_own_come_from_kml(tmp_path) -> None:
    """An area drawn in Google Earth is a territory."""
    area = frame_of(shapely.box(0, 0, 1, 1), name=["R-1"], upper=["FL100"])
    areas = ge.read_territories(ge.save(area, tmp_path / "a.kml"))
    assert areas["name"].tolist() == ["R-1"]
    assert areas["upper"][0] == pytest.approx(3048)
    assert areas.geometry[0].equals(shapely.box(0, 0, 1, 1))
