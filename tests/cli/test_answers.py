"""What answers say beside their numbers: what a share means, whose view, in which order."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re

import pandas as pd
import pytest

from geo_events.cli.rounding import decimals_of, round_frame, round_row
from geo_events.cli.stays import merge_legs
from geo_events.corridors.corridor import make_corridor


def decimals(number: float) -> int:
    """How many decimals a number is written with."""
    return len(repr(number).partition(".")[2]) if "e" not in repr(number) else 99


def test_origins_say_what_any_means(run) -> None:
    """For an area as target the share is of starts from which one line at least fits."""
    result = run("origins", "Caspian Sea", "Syria", "--crossing", "Iran", "--format", "table")
    meaning = "from here at least one straight line to somewhere in Syria crosses Iran"
    assert meaning in result.out


def test_origins_for_all_lines_are_fewer(run) -> None:
    """From where all lines cross, one does; `--quantifier` chooses, and the words say which."""
    asked = ("origins", "Caspian Sea", "Syria", "--crossing", "Iran", "--quantifier")
    found = {}
    for quantifier in ("any", "all"):
        result = run(*asked, quantifier)
        assert ("every straight line" in result.err) == (quantifier == "all")
        found[quantifier] = sum(json.loads(line)["share"] for line in result.out.splitlines())
    assert 0 < found["all"] < found["any"]


@pytest.mark.parametrize("format_", ["json", "table"])
def test_origins_that_are_nowhere_are_an_empty_result(format_, run) -> None:
    """No line from the Caspian Sea to Raqqa crosses France: a remark, no output, exit code 0."""
    result = run("origins", "Caspian Sea", "Raqqa", "--crossing", "France", "--format", format_)
    assert (result.code, result.out) == (0, "")
    assert result.err.splitlines()[-1].startswith("nowhere in Caspian Sea: ")


def test_the_table_of_a_corridor_names_the_other_view_and_who_contests(run) -> None:
    """Crimea: Russia's de facto, Ukraine's by the General Assembly's resolution 68/262."""
    result = run("corridor", "Moscow", "Ankara", "--format", "table")
    assert "Russia (recognised: Ukraine)" in result.out
    assert re.search(r"contested on the way, Russia: .*68/262", result.out)
    result = run("corridor", "Moscow", "Ankara", "--format", "table", "--view", "recognised")
    assert "Ukraine (de_facto: Russia)" in result.out


def test_the_table_of_a_route_has_one_row_per_stay(run) -> None:
    """A point on the way within a country is no border: Russia once, as long as both legs."""
    result = run("corridor", "Moscow", "Kazan", "--via", "Nizhny Novgorod", "--format", "table")
    assert len(re.findall(r"\bRussia\b +country", result.out)) == 1


def test_merged_legs_keep_the_length() -> None:
    """Kilometres inside add up to the length of the line; neighbours are never the same."""
    corridor = make_corridor("Moscow", "Ankara", via=["Tula, Russia", "Kharkiv"])
    merged = merge_legs(corridor.crossings())
    assert merged["inside_km"].sum() == pytest.approx(corridor.length_km, abs=0.01)
    names = merged["name"].tolist()
    assert all(one != other for one, other in itertools.pairwise(names))
    assert merged["order"].tolist() == list(range(len(merged)))


def test_a_story_lists_what_a_line_crosses_in_order(run, tmp_path) -> None:
    """Moscow to Ankara in the recognised view: Russia, Ukraine, the Black Sea, Turkey, with km."""
    text = tmp_path / "a.txt"
    text.write_text("On Wednesday two missiles were launched from Moscow at Ankara.")
    options = ("--published", "2015-10-08", "-o", tmp_path / "a.html", "--view", "recognised")
    shown = " ".join(run("map", text, *options, "--format", "table").out.split())
    assert re.search(
        r"crosses, in order: Russia 616 km, Ukraine 67\d km, Black Sea 26\d km, Turkey 23\d km",
        shown,
    )
    record = json.loads(run("map", text, *options, "--format", "json").out)
    (corridor,) = record["corridors"]
    assert list(corridor["crosses"]) == ["Russia", "Ukraine", "Black Sea", "Turkey"]


def test_numbers_are_rounded_by_what_they_measure() -> None:
    """Metres of km, thousandths of minutes, millionths of shares and degrees; all else stays."""
    names = ("enter_km", "area_km2", "leave_min", "share", "can_cross", "enter_lon", "lat_b")
    assert [decimals_of(name) for name in names] == [3, 3, 3, 6, 6, 6, 6]
    assert [decimals_of(name) for name in ("name", "count_min_age", "score")] == [None] * 3
    row = {"near_km": [(0.12345, 1.98765)], "share": None, "name": "a", "time": 0.123456789}
    expected = {"near_km": [[0.123, 1.988]], "share": None, "name": "a", "time": 0.123456789}
    assert round_row(row) == expected


def test_a_frame_that_is_printed_stays_as_it_is() -> None:
    """Rounding gives a new frame with the same index and attributes."""
    frame = pd.DataFrame({"inside_km": [1.23456], "name": ["a"]}, index=["x"])
    frame.attrs["view"] = "de_facto"
    rounded = round_frame(frame)
    assert frame["inside_km"].tolist() == [1.23456]
    assert rounded["inside_km"].tolist() == [1.235]
    assert (rounded.index.tolist(), rounded.attrs) == (["x"], {"view": "de_facto"})


def test_json_csv_and_geojson_are_rounded(run) -> None:
    """Three decimals of a km, six of a degree, in every format for programs."""
    asked = ("corridor", "Moscow", "Ankara", "--speed", "900 km/h", "--format")
    rows = [json.loads(line) for line in run(*asked, "json").out.splitlines()]
    table = csv.DictReader(io.StringIO(run(*asked, "csv").out))
    rows += [
        {key: float(row[key]) for key in ("inside_km", "enter_lon", "leave_min")} for row in table
    ]
    for row in rows:
        assert decimals(row["inside_km"]) <= 3
        assert decimals(row["leave_min"]) <= 3
        assert decimals(row["enter_lon"]) <= 6


def test_a_saved_table_of_crossings_is_rounded(run, tmp_path) -> None:
    """The file that -o names holds the same numbers as what is printed."""
    tracks, file = tmp_path / "tracks.csv", tmp_path / "stays.csv"
    tracks.write_text("origin,target\nMoscow,Ankara\n")
    run("crossings", tracks, "-o", file)
    assert all(decimals(number) <= 3 for number in pd.read_csv(file)["inside_km"])


def test_a_way_without_a_margin_says_that_it_touches_the_border(run) -> None:
    """The shortest way round bends at the border itself; a margin keeps it away."""
    way = ("route", "Paris", "Rome", "--avoid", "Switzerland")
    assert "turns at the border of Switzerland" in run(*way).err
    assert "turns at the border" not in run(*way, "--margin", "20 km").err
