"""GeoPackage as QGIS opens it: layers, styles in the maps' colours, what the columns were."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from files.hostile import HOSTILE
from lxml import etree

import geo_events as ge
from geo_events.errors import InvalidInputError
from geo_events.files.geopackage import write_gpkg
from geo_events.files.reading import read_frames
from geo_events.maps import signs

STYLED = {"marker": "color", "line": "line_color", "fill": "outline_color"}


def frame_of(*shapes, **columns) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=4326)


def ask(path, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def styles_of(path) -> dict[str, etree._Element]:
    """The styles by the names of their layers."""
    found = ask(path, "SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault")
    return {name: etree.fromstring(text) for name, text in found}


def colours_of(style: etree._Element) -> dict[str, str]:
    """The colour of each value of a style, as #rrggbb."""
    symbols = {}
    for symbol in style.iter("symbol"):
        option = symbol.find(f".//Option[@name='{STYLED[symbol.get('type')]}']")
        parts = [int(part) for part in option.get("value").split(",")]
        symbols[symbol.get("name")] = "#{:02x}{:02x}{:02x}".format(*parts[:3])
    categories = {one.get("value"): symbols[one.get("symbol")] for one in style.iter("category")}
    return categories or {"": symbols["0"]}


@pytest.fixture(scope="module")
def corridor_file(tmp_path_factory):
    """A corridor between two points, saved."""
    path = tmp_path_factory.mktemp("gpkg") / "corridor.gpkg"
    return ge.save(ge.make_corridor("Moscow", "Ankara", half_width="50 km"), path)


def test_each_kind_is_a_layer_of_one_type_of_geometry(corridor_file) -> None:
    """QGIS styles a layer by its type: points, lines and areas of one kind stand apart."""
    found = {name: kind for name, kind in pyogrio.list_layers(corridor_file) if kind}
    assert found == {
        "corridors_points": "Point",
        "corridors_lines": "LineString",
        "corridors_areas": "Polygon",
        "crossings": "LineString",
    }


def test_styles_stand_where_qgis_looks_for_them(corridor_file) -> None:
    """`layer_styles` has the columns of QGIS, is registered, and one default for each layer."""
    columns = [row[1] for row in ask(corridor_file, "PRAGMA table_info(layer_styles)")]
    assert columns[:9] == [
        *("id", "f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column"),
        *("styleName", "styleQML", "styleSLD", "useAsDefault"),
    ]
    registered = ask(corridor_file, "SELECT table_name, data_type FROM gpkg_contents")
    assert ("layer_styles", "attributes") in registered
    geometry = dict(ask(corridor_file, "SELECT table_name, column_name FROM gpkg_geometry_columns"))
    styled = dict(ask(corridor_file, "SELECT f_table_name, f_geometry_column FROM layer_styles"))
    assert styled == geometry


def test_styles_have_the_colours_of_the_maps(corridor_file) -> None:
    """The same sign has the same colour in QGIS as on our map."""
    styles = styles_of(corridor_file)
    points = colours_of(styles["corridors_points"])
    assert points["origin"] == signs.ORIGIN.colour
    assert points["target"] == signs.TARGET.colour
    assert colours_of(styles["corridors_lines"])["track"] == signs.TRACK.colour
    assert colours_of(styles["corridors_areas"])["band"] == signs.BAND.colour
    assert colours_of(styles["crossings"]) == {"": signs.CROSSED.colour}


def test_styles_decide_by_a_column_that_is_there(corridor_file) -> None:
    """A categorised style names a column of its layer; symbols and categories match."""
    for name, style in styles_of(corridor_file).items():
        renderer = style.find("renderer-v2")
        symbols = {one.get("name") for one in renderer.iter("symbol")}
        if renderer.get("type") == "categorizedSymbol":
            columns = [row[1] for row in ask(corridor_file, f"PRAGMA table_info('{name}')")]
            assert renderer.get("attr") in columns
            assert {one.get("symbol") for one in renderer.iter("category")} == symbols
        assert style.find("layerGeometryType").text in "012"


def test_doubted_movements_look_doubted(tmp_path) -> None:
    """What is claimed is dashed, what is denied dotted."""
    lines = [shapely.LineString([(0, k), (1, k)]) for k in range(3)]
    frame = frame_of(*lines, status=["asserted", "claimed", "denied"])
    style = styles_of(write_gpkg({"corridors": frame}, tmp_path / "a.gpkg"))["corridors"]
    dashes = [one.get("value") for one in style.iterfind(".//Option[@name='line_style']")]
    values = [one.get("value") for one in style.iter("category")]
    assert dict(zip(values, dashes, strict=True)) == {
        "claimed": "dash",
        "denied": "dot",
        "": "solid",
    }


def test_the_area_of_a_corridor_is_an_envelope(tmp_path) -> None:
    """As on our maps: a grey outline without a filling, not a line and not the line's colour."""
    frame = frame_of(shapely.box(0, 0, 1, 1), status=["asserted"])
    style = styles_of(write_gpkg({"corridors": frame}, tmp_path / "a.gpkg"))["corridors"]
    assert set(colours_of(style).values()) == {signs.ENVELOPE.colour}
    assert {one.get("value") for one in style.iterfind(".//Option[@name='style']")} == {"no"}


def test_an_empty_layer_has_the_type_it_would_have(tmp_path) -> None:
    """A story without lines has a layer of lines all the same, ready for QGIS."""
    nothing = frame_of(name=pd.Series(dtype="str"))
    file = write_gpkg({"places": nothing, "crossings": nothing}, tmp_path / "a.gpkg")
    kinds = dict(pyogrio.list_layers(file))
    assert (kinds["places"], kinds["crossings"]) == ("Point", "LineString")


def test_a_story_has_its_kinds_as_layers_and_its_events_as_a_table(tmp_path) -> None:
    """Points and areas are apart: a country is never a pin."""
    story = ge.read_text(
        "On 1 October 2024 two missiles were launched from Iran at Israel. "
        "Two fighters flew from Amman to Baghdad.",
        published="2024-10-02",
    )
    file = ge.save(story, tmp_path / "a.gpkg")
    kinds = dict(pyogrio.list_layers(file))
    assert kinds["places"] == "Point"
    assert kinds["areas"] in ("Polygon", "MultiPolygon")
    assert kinds["events"] is None
    areas = gpd.read_file(file, layer="areas").set_index("name")
    assert {"Iran", "Israel"} <= set(areas.index)
    assert areas.loc["Iran", "roles"] == "origin of E1"
    assert str(areas.loc["Iran", "begin"]) == "2024-10-01"


@pytest.mark.parametrize("name", ["", "gpkg_contents", "SQLITE_x", "layer_styles", "a;b", "x" * 61])
def test_names_that_no_layer_can_have_are_refused(name, tmp_path) -> None:
    """The format's own tables, and names that need quoting everywhere, are no layers."""
    with pytest.raises(InvalidInputError, match="names of layers"):
        write_gpkg({name: frame_of(shapely.Point(1, 2))}, tmp_path / "a.gpkg")
    assert list(tmp_path.iterdir()) == []


def test_names_that_differ_in_case_alone_are_refused(tmp_path) -> None:
    """SQLite takes them for one."""
    frame = frame_of(shapely.Point(1, 2))
    with pytest.raises(InvalidInputError, match="each once"):
        write_gpkg({"Places": frame, "places": frame}, tmp_path / "a.gpkg")


def test_columns_that_the_format_cannot_have_come_back(tmp_path) -> None:
    """`fid` and `geom` are taken, and SQLite takes Name and name for one: all four come back."""
    columns = {"fid": ["a"], "geom": ["b"], "Name": ["c"], "name": ["d"], 'q"u;': ["e"]}
    frame = frame_of(shapely.Point(1, 2), **columns)
    (back,) = read_frames(write_gpkg({"a": frame}, tmp_path / "a.gpkg")).values()
    assert list(back.columns) == [*columns, "geometry"]
    assert {key: back[key].tolist() for key in columns} == columns


def test_hostile_texts_are_stored_as_they_are(tmp_path) -> None:
    """Names and notes are data: what comes back is what went in, up to NUL and half pairs."""
    texts = [text for text in HOSTILE if "\0" not in text]
    frame = frame_of(*[shapely.Point(1, 2)] * len(texts), note=texts)
    (back,) = read_frames(write_gpkg({"a": frame}, tmp_path / "a.gpkg")).values()
    assert back["note"].tolist() == texts


def test_what_the_file_says_of_its_columns_is_json_in_the_standards_table(corridor_file) -> None:
    """The metadata extension holds it, registered, for each layer."""
    rows = ask(
        corridor_file,
        "SELECT r.table_name, m.mime_type, m.metadata FROM gpkg_metadata AS m "
        "JOIN gpkg_metadata_reference AS r ON r.md_file_id = m.id",
    )
    assert {mime for _, mime, _ in rows} == {"application/json"}
    said = {name: json.loads(text) for name, _, text in rows}
    assert said["crossings"]["columns"]["order"] == "int32"
    extensions = ask(corridor_file, "SELECT table_name, extension_name FROM gpkg_extensions")
    assert ("gpkg_metadata", "gpkg_metadata") in extensions


def test_a_file_by_others_is_read(tmp_path) -> None:
    """GDAL's types come as bool, date, time, number and text; its feature ids are left out."""
    frame = frame_of(
        shapely.Point(1, 2, 3),
        shapely.Point(4, 5, 6),
        yes=[True, False],
        when=pd.to_datetime(["2015-10-07T01:02:03Z", None]),
        n=[1, 2],
        x=[1.5, None],
        name=["Ош", None],
    )
    path = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(frame, path, layer="their layer", driver="GPKG")
    (name, back), *rest = read_frames(path).items()
    assert (name, rest) == ("their layer", [])
    assert back["yes"].tolist() == [True, False]
    assert back["when"][0] == pd.Timestamp("2015-10-07T01:02:03Z")
    assert back["n"].tolist() == [1, 2]
    assert back["name"][0] == "Ош"
    assert back[["x", "name", "when"]].isna().iloc[1].all()
    assert back.geometry.to_wkt().tolist() == ["POINT Z (1 2 3)", "POINT Z (4 5 6)"]


def test_views_and_triggers_of_a_file_are_never_run(tmp_path) -> None:
    """A view that would run for ever is no layer, and is not touched."""
    path = write_gpkg({"a": frame_of(shapely.Point(1, 2), n=[1])}, tmp_path / "a.gpkg")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(
            "CREATE VIEW endless AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
            " SELECT x FROM c;"
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)"
            " VALUES ('endless', 'attributes', 'endless', 0);"
        )
    assert list(read_frames(path)) == ["a"]


def test_a_file_that_was_left_in_wal_mode_is_read(tmp_path) -> None:
    """QGIS leaves files with a write-ahead log; without the log they are read as they are."""
    path = write_gpkg({"a": frame_of(shapely.Point(1, 2), n=[1])}, tmp_path / "a.gpkg")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    assert read_frames(path)["a"]["n"].tolist() == [1]


def test_another_crs_is_refused(tmp_path) -> None:
    """Metres are not read as degrees."""
    path = tmp_path / "a.gpkg"
    frame = gpd.GeoDataFrame(geometry=[shapely.Point(4e6, 4e6)], crs=3857)
    pyogrio.write_dataframe(frame, path, layer="a", driver="GPKG")
    with pytest.raises(InvalidInputError, match="EPSG:4326"):
        read_frames(path)
