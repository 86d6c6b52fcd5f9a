"""The commands: what they answer, where they print it, with which exit code."""

from __future__ import annotations

import json
import re

import geopandas as gpd
import pandas as pd
import pytest

from geo_events.cli.corridors import EXIT_CODES


def rows(result) -> list[dict]:
    """Parse JSON lines with NaN forbidden."""

    def refuse(constant: str):
        raise AssertionError(constant)

    assert result.code in EXIT_CODES.values()
    return [json.loads(line, parse_constant=refuse) for line in result.out.splitlines()]


def test_find_gives_json_lines_where_there_is_no_terminal(run) -> None:
    """One object per place, the best first: Raqqa is GeoNames' 172955 in Syria."""
    found = rows(run("find", "Raqqa"))
    assert found[0]["id"] == "geonames:172955"
    assert found[0]["country"] == "SYR"
    assert all(row["view"] == "de_facto" for row in found)


def test_find_gives_a_table_on_request(run) -> None:
    """A table for people, with the view under it."""
    result = run("find", "Raqqa", "--format", "table")
    assert "Raqqa" in result.out
    assert "view de_facto" in result.out


def test_find_gives_geojson(run) -> None:
    """A feature collection of points, with the view as metadata."""
    document = json.loads(run("find", "Raqqa", "--format", "geojson", "--limit", "1").out)
    lon, lat = document["features"][0]["geometry"]["coordinates"]
    assert (round(lon), round(lat)) == (39, 36)
    assert document["metadata"] == {"view": "de_facto"}


def test_find_gives_csv(run) -> None:
    """A header and one line per place."""
    lines = run("find", "Raqqa", "--format", "csv", "--limit", "1").out.splitlines()
    assert "id" in lines[0]
    assert "geonames:172955" in lines[1]


def test_find_narrows_by_kind_and_country(run) -> None:
    """Paris in the United States is another place than the capital of France."""
    found = rows(run("find", "Paris", "--country", "US", "--kind", "city"))
    assert {row["country"] for row in found} == {"USA"}


def test_locate_tells_the_country_of_a_point(run) -> None:
    """35.95 N 39.01 E lies in Syria, 42 N 51 E in the Caspian Sea."""
    found = rows(run("locate", "35.95N 39.01E", "42N 51E"))
    assert [row["territory"] for row in found] == ["country:SYR", "sea:caspian-sea"]


@pytest.mark.parametrize(
    ("arguments", "answer", "words"),
    [
        (("Moscow", "Ankara", "Ukraine"), "yes", "486 km"),
        (("Paris", "Berlin", "Spain"), "no", "does not disprove"),
        (("Caspian Sea", "Raqqa", "Iran"), "depends", "about 6 in 10"),
    ],
)
def test_crosses_answers_in_words_and_by_exit_code(arguments, answer, words, run) -> None:
    """Yes is 0, no is 10, depends is 11; the words are those of the design."""
    result = run("crosses", *arguments, "--format", "table")
    assert result.code == EXIT_CODES[answer]
    assert answer.upper() in result.out
    assert words in result.out


def test_crosses_gives_json(run) -> None:
    """The verdict as one object."""
    (row,) = rows(run("crosses", "Moscow", "Ankara", "Ukraine"))
    assert row["answer"] == "yes"
    assert row["view"] == "de_facto"


def test_the_view_changes_the_answer(run) -> None:
    """A line over Crimea crosses Russia there in one view, and Ukraine in the other."""
    arguments = ("corridor", "45.3N 33E", "45.3N 34.4E")
    de_facto = {row["territory"] for row in rows(run(*arguments))}
    recognised = {row["territory"] for row in rows(run(*arguments, "--view", "recognised"))}
    assert "country:RUS" in de_facto
    assert "country:UKR" in recognised
    assert "country:RUS" not in recognised


def test_shares_of_the_caspian_sea(run) -> None:
    """Turkey .878, Iran .618 of the straight lines from the Caspian Sea to Raqqa."""
    share = {row["name"]: row["share"] for row in rows(run("shares", "Caspian Sea", "Raqqa"))}
    assert share["Turkey"] == pytest.approx(0.878, abs=0.01)
    assert share["Iran"] == pytest.approx(0.618, abs=0.01)


def test_a_corridor_lists_what_it_crosses_in_order(run) -> None:
    """Moscow to Ankara: out of Russia, over Ukraine and the Black Sea, into Turkey."""
    found = rows(run("corridor", "Moscow", "Ankara", "--view", "recognised"))
    assert [row["name"] for row in found] == ["Russia", "Ukraine", "Black Sea", "Turkey"]


def test_a_corridor_of_an_area_gives_shares(run) -> None:
    """There is no single line from a sea."""
    result = run("corridor", "Caspian Sea", "Raqqa")
    assert "no single line" in result.err
    assert "share" in rows(result)[0]


def test_a_result_is_saved_too(run, tmp_path) -> None:
    """With -o the result also goes to a file, by its suffix."""
    file = tmp_path / "shares.csv"
    run("shares", "Caspian Sea", "Raqqa", "-o", file)
    assert "Iran" in set(pd.read_csv(file)["name"])


def test_crossings_of_a_table(run, tmp_path) -> None:
    """Each row's label is kept as the track."""
    table = tmp_path / "tracks.csv"
    table.write_text("origin,target\nMoscow,Ankara\nParis,Berlin\n")
    found = rows(run("crossings", table, "--view", "recognised"))
    names = [row["name"] for row in found if row["track"] == 0]
    assert names == ["Russia", "Ukraine", "Black Sea", "Turkey"]
    assert {row["track"] for row in found} == {0, 1}


def test_crossings_without_depths(run, tmp_path) -> None:
    """With --no-depth the two columns on depth are left out."""
    table = tmp_path / "tracks.csv"
    table.write_text("origin,target\nMoscow,Ankara\n")
    found = rows(run("crossings", table, "--no-depth"))
    assert {"depth_km", "clear_of_border"}.isdisjoint(found[0])
    assert len(found) == len(rows(run("crossings", table)))


def test_crossings_of_coordinates_and_of_areas_of_ones_own(run, tmp_path) -> None:
    """Columns of numbers, and a square of 1° that the track along the equator crosses."""
    table, areas = tmp_path / "tracks.csv", tmp_path / "areas.geojson"
    table.write_text("a,b,c,d\n0,0,3,0\n")
    ring = [[1, -1], [2, -1], [2, 1], [1, 1], [1, -1]]
    areas.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    found = rows(
        run("crossings", table, "--origin", "a,b", "--target", "c,d", "--territories", areas)
    )
    (stay,) = found
    assert stay["inside_km"] == pytest.approx(111.319, abs=0.01)  # one degree of the equator


def test_rings(run) -> None:
    """A ring per radius, as polygons in GeoJSON."""
    document = json.loads(run("rings", "Raqqa", "100 km", "200 km", "--format", "geojson").out)
    assert len(document["features"]) == 2


def test_data_status_and_verify(run) -> None:
    """What the tables are, and that they are whole."""
    assert "names.marisa" in run("data", "status", "--format", "table").out
    result = run("data", "verify")
    assert result.code == 0
    assert "whole" in result.err


def test_the_version(run) -> None:
    """The version is printed and nothing else."""
    assert re.fullmatch(r"geo_events \d+\.\d+\.\d+\n", run("--version").out)


def test_help_names_every_command_and_the_exit_codes(run) -> None:
    """What a newcomer sees first."""
    text = run("--help").out
    for word in ("map", "read", "find", "crosses", "shares", "too close to call"):
        assert word in text


def test_names_cannot_move_the_cursor(run) -> None:
    """Control characters in what was given never reach the terminal."""
    result = run("find", "Xq\x1b[2Jzz\u202eplk")
    assert result.code == 2
    assert "\x1b" not in result.err
    assert "\u202e" not in result.err


def test_read_gives_the_tables_of_a_text(run, tmp_path) -> None:
    """Events, corridors and verdicts, each row naming its table."""
    text = tmp_path / "a.txt"
    text.write_text("On Wednesday two missiles were launched from Iran at Israel.")
    found = rows(run("read", text, "--published", "2015-10-08"))
    assert {row["table"] for row in found} >= {"events", "corridors"}
    (corridor,) = [row for row in found if row["table"] == "corridors"]
    assert (corridor["origin"], corridor["target"]) == ("Iran", "Israel")


def test_read_takes_stdin(run) -> None:
    """TEXT may be -."""
    story = b"On Wednesday two missiles were launched from Iran at Israel."
    found = rows(run("read", "-", "--table", "corridors", stdin=story))
    assert found[0]["origin"] == "Iran"


def test_a_result_without_geometry_is_no_geojson(run) -> None:
    """The message says which formats there are."""
    result = run("shares", "Caspian Sea", "Raqqa", "--format", "geojson")
    assert result.code == 2
    assert "no geometry" in result.err


def test_a_saved_corridor_is_read_back(run, tmp_path) -> None:
    """GeoJSON of a corridor holds its two ends and its track."""
    file = tmp_path / "corridor.geojson"
    run("corridor", "Moscow", "Ankara", "-o", file)
    assert set(gpd.read_file(file)["part"]) >= {"origin", "target", "track"}


def test_separation_in_space(run) -> None:
    """Two tracks along the equator and one degree north of it: a degree of latitude apart."""
    (row,) = rows(run("separation", "0N 0E > 0N 9E", "1N 0E > 1N 9E", "--within", "120 km"))
    assert row["distance_km"] == pytest.approx(110.57, abs=0.05)
    assert len(row["near_km"]) == 1


def test_separation_in_time(run) -> None:
    """Two that leave the two ends of one line at the same time at the same speed meet."""
    moving = ("--speed", "600 km/h", "--depart", "2015-10-07T00:00+00:00", "--within", "20 nmi")
    (row,) = rows(run("separation", "0N 0E > 0N 9E", "0N 9E > 0N 0E", *moving))
    assert row["method"] == "moving"
    assert row["distance_km"] == pytest.approx(0, abs=0.01)
    assert len(row["near_times"]) == 1


def test_origins_are_the_part_of_the_area_that_fits(run) -> None:
    """From some of the Caspian Sea lines to Raqqa cross Iran but not Turkey."""
    found = rows(run("origins", "Caspian Sea", "Raqqa", "--crossing", "Iran"))
    assert sum(row["share"] for row in found) == pytest.approx(0.618, abs=0.01)


def test_a_departure_needs_a_zone(run) -> None:
    """A time without a zone is a time nowhere."""
    result = run("corridor", "Moscow", "Ankara", "--depart", "2015-10-07T00:00")
    assert result.code == 2
    assert "zone" in result.err


def test_a_geonames_dump_is_imported(run, tmp_path) -> None:
    """A line of GeoNames' own format becomes a place of the new tables; a broken one is told."""
    cells = ["99999999", "Xyzzyburg", "Xyzzyburg", "", "10", "20", "P", "PPL", "NG", "", "01"]
    line = "\t".join([*cells, "", "", "", "12345", "", "", "Africa/Lagos", "2026-01-01"])
    dump = tmp_path / "NG.txt"
    dump.write_text(f"{line}\nbroken\n", "utf-8")
    result = run("data", "import-geonames", dump, "--folder", tmp_path / "big")
    assert result.code == 0
    assert "1 new" in result.err
    assert "1 lines rejected" in result.err
    assert (tmp_path / "big" / "manifest.json").is_file()


def test_a_missing_dump_is_refused(run, tmp_path) -> None:
    """Nothing is made of a dump that is not there."""
    result = run("data", "import-geonames", tmp_path / "none.zip", "--folder", tmp_path / "big")
    assert result.code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_read_into_one_table(run, tmp_path):
    """Each row names its text; a text that cannot be read is told, or stops the run."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("A jet flew from Malta to Rome.")
    (folder / "b.md").write_text("# Quiet\nNothing.")
    (folder / "c.txt").write_text("")
    out = tmp_path / "events.csv"
    wanted = ("stories", folder, "-o", out)
    done = run(*wanted, "--errors", "report")
    assert done.code == 0
    rows = out.read_text("utf-8").splitlines()
    assert len(rows) == 2
    assert rows[1].startswith("a.txt,E1,flight")
    assert "left out: text 'c.txt'" in done.err
    assert run(*wanted).code == 2
