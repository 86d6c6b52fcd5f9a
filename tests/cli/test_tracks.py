"""`crossings` of tables in every format, with times, heights and faults; `map` of a file."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geo_events as ge

LINES = {
    "t1": [[37.62, 55.75, 10_000], [32.85, 39.92, 9_000]],  # Moscow - Ankara
    "t2": [[2.35, 48.86, 11_000], [13.40, 52.52, 11_000]],  # Paris - Berlin
}
PROPERTIES = {
    "depart": "2015-10-07T02:00+03:00",
    "times": ["2015-10-07T02:00+03:00", "2015-10-07T04:00+03:00"],
    "level": "FL350",
}


def rows(result) -> list[dict]:
    assert result.code == 0, result.err
    return [json.loads(line) for line in result.out.splitlines()]


@pytest.fixture
def tracks(tmp_path):
    """Two tracks with ids, properties and heights, as GeoJSON by somebody else."""
    features = [
        {
            "type": "Feature",
            "id": name,
            "properties": PROPERTIES,
            "geometry": {"type": "LineString", "coordinates": points},
        }
        for name, points in LINES.items()
    ]
    path = tmp_path / "tracks.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".kml", ".parquet", ".csv"])
def test_lines_of_every_format_are_tracks(suffix, run, tmp_path) -> None:
    """The same lines cross the same countries, whatever the file."""
    frame = gpd.GeoDataFrame(
        geometry=[shapely.LineString([point[:2] for point in line]) for line in LINES.values()],
        crs=4326,
    )
    found = rows(run("crossings", ge.save(frame, tmp_path / f"a{suffix}"), "--no-depth"))
    names = [row["name"] for row in found if row["track"] == 0]
    assert names == ["Russia", "Ukraine", "Russia", "Black Sea", "Turkey"]


@pytest.mark.parametrize("suffix", [".gpkg", ".kml", ".parquet", ".csv"])
def test_ends_in_columns_are_tracks(suffix, run, tmp_path) -> None:
    """A table of names; in formats of places its geometries are not the tracks."""
    frame = pd.DataFrame({"from": ["Paris"], "to": ["Berlin"]})
    if suffix in (".gpkg", ".kml"):
        frame = gpd.GeoDataFrame(frame, geometry=[shapely.Point(2.35, 48.86)], crs=4326)
    file = ge.save(frame, tmp_path / f"a{suffix}")
    found = rows(run("crossings", file, "--origin", "from", "--target", "to", "--no-depth"))
    assert next(row["name"] for row in found) == "France"


def test_a_track_over_180_is_whole(run, tmp_path) -> None:
    """A line that was cut at ±180° for the file is one track of one leg again."""
    line = gpd.GeoDataFrame(geometry=[shapely.LineString([(170, 0), (190, 0)])], crs=4326)
    found = rows(run("crossings", ge.save(line, tmp_path / "a.geojson"), "--no-depth"))
    assert {row["track"] for row in found} == {0}
    total = sum(row["inside_km"] for row in found)
    assert total == pytest.approx(20 * 111.3195, abs=0.01)  # twenty degrees of the equator


def test_a_layer_is_named_where_there_are_several(run, tmp_path) -> None:
    """Two layers of lines: the message lists them, and --layer chooses."""
    line = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (1, 0)])], crs=4326)
    file = ge.save({"first": line, "second": line}, tmp_path / "a.gpkg")
    refused = run("crossings", file)
    assert refused.code == 2
    assert "--layer" in refused.err
    assert "second" in refused.err
    assert rows(run("crossings", file, "--layer", "second", "--no-depth"))
    assert run("crossings", file, "--layer", "third").code == 2


def test_ids_times_and_speed_give_minutes(tracks, run) -> None:
    """Departures from a column with a speed: minutes since then; ids are the tracks' labels."""
    found = rows(run("crossings", tracks, "--time", "depart", "--speed", "900 km/h"))
    first, *_ = found
    assert first["track"] == "t1"
    assert first["leave_min"] == pytest.approx(first["leave_km"] / 15, abs=0.01)


def test_times_at_each_vertex_need_no_speed(tracks, run) -> None:
    """Two hours from end to end: the last stay ends after 120 minutes."""
    found = rows(run("crossings", tracks, "--time", "times", "--no-depth"))
    last = [row for row in found if row["track"] == "t1"][-1]
    assert last["leave_min"] == pytest.approx(120, abs=0.01)


@pytest.mark.parametrize("altitude", ["z", "level", "FL350"])
def test_heights_count_against_areas_with_limits(altitude, tracks, run, tmp_path) -> None:
    """An area up to 3,000 m is not entered at 10 km, one without a limit is."""
    box = {"type": "Polygon", "coordinates": [[[33, 43], [37, 43], [37, 46], [33, 46], [33, 43]]]}
    areas = tmp_path / "areas.geojson"
    features = [
        {"type": "Feature", "id": name, "properties": {"name": name, **limit}, "geometry": box}
        for name, limit in {"low": {"upper": "3000 m"}, "all": {}}.items()
    ]
    areas.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    found = rows(run("crossings", tracks, "--territories", areas, "--altitude", altitude))
    assert [row["territory"] for row in found] == ["all"]


def test_lakes_are_crossed_on_request(run, tmp_path) -> None:
    """From Ludington to Milwaukee is Lake Michigan."""
    table = tmp_path / "a.csv"
    table.write_text("a,b,c,d\n-86.45,43.95,-87.91,43.04\n")
    ends = ("--origin", "a,b", "--target", "c,d", "--no-depth")
    without = {row["name"] for row in rows(run("crossings", table, *ends))}
    lakes = {row["name"] for row in rows(run("crossings", table, *ends, "--lakes"))}
    assert "Lake Michigan" in lakes - without


def test_faulty_tracks_stop_or_are_reported(run, tmp_path) -> None:
    """One bad row: an error that names it, or a remark and all the rest."""
    table = tmp_path / "a.csv"
    table.write_text("origin,target\nParis,Berlin\nParis,Nowhere-at-all\n")
    refused = run("crossings", table)
    assert refused.code == 2
    assert "row 1" in refused.err
    reported = run("crossings", table, "--errors", "report", "--no-depth")
    assert {row["track"] for row in rows(reported)} == {0}
    assert "left out: row 1" in reported.err


def test_stays_are_saved_with_their_lines(tracks, run, tmp_path) -> None:
    """A format of geometries gets the geometry of each stay."""
    file = tmp_path / "stays.kml"
    run("crossings", tracks, "--no-depth", "-o", file)
    (frame,) = ge.read_frames(file).values()
    assert set(frame.geom_type) == {"LineString"}
    assert set(frame["track"]) == {"t1", "t2"}


@pytest.mark.parametrize(
    "time", ["2015-10-07T02:00", "yesterday", "2015-13-07T02:00+03:00", "no_such_column"]
)
def test_a_time_without_a_zone_is_refused(time, tracks, run) -> None:
    """--time takes a column or a time with its zone; the message names the option."""
    refused = run("crossings", tracks, "--time", time, "--speed", "900 km/h")
    assert refused.code == 2
    assert "--time" in refused.err


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".kml", ".parquet"])
def test_a_file_is_drawn(suffix, run, tmp_path) -> None:
    """`map` draws what `save` wrote."""
    frame = gpd.GeoDataFrame({"name": ["Raqqa"]}, geometry=[shapely.Point(39.01, 35.95)], crs=4326)
    page = tmp_path / "a.html"
    drawn = run("map", ge.save(frame, tmp_path / f"a{suffix}"), "-o", page)
    assert drawn.code == 0, drawn.err
    assert "Raqqa" in page.read_text("utf-8")


def test_a_bad_time_is_one_row_of_several(run, tmp_path) -> None:
    """A time without its zone stops by its row, or is left out and told; the rest is counted."""
    table, out = tmp_path / "a.csv", tmp_path / "b.csv"
    table.write_text(
        "origin,target,t\nParis,Berlin,2023-06-06T04:00+00:00\nParis,Rome,2023-06-06 04:00\n"
    )
    given = ("crossings", table, "--time", "t", "--speed", "900 km/h", "--no-depth")
    refused = run(*given)
    assert refused.code == 2
    assert "row 1: time" in refused.err
    reported = run(*given, "--errors", "report", "-o", out)
    assert "left out: row 1" in reported.err
    assert "geo-events: 1 tracks" in reported.err or "geo-events: 1 track," in reported.err


def test_a_table_with_semicolons_is_told_apart(run, tmp_path) -> None:
    """One column whose name holds the others: the message names the separator."""
    table = tmp_path / "a.csv"
    table.write_text("name;origin;target\na;Paris;Berlin\n")
    assert "semicolons" in run("crossings", table).err
