"""Bad input on the command line: one clear line on stderr, exit code 2, nothing half-written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from geo_events.atlas.bundle import open_bundle

STORY = b"On Wednesday two missiles were launched from Iran at targets in Syria."


def assert_refused(result, *words: str) -> None:
    """One line on stderr that holds these words; nothing on stdout; exit code 2."""
    assert result.code == 2
    assert result.out == ""
    lines = result.err.strip().splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("geo-events: ")
    assert "Traceback" not in result.err
    for word in words:
        assert word in lines[0]


def test_an_unknown_place_comes_with_suggestions(run) -> None:
    """A name that no place has: the message offers names that exist."""
    assert_refused(run("crosses", "Rqaqa City", "Moscow", "Iran"), "'Rqaqa City'", "did you mean")


def test_an_unknown_place_is_refused_by_find_too(run) -> None:
    """`find` without any find is an error, so that scripts notice."""
    assert_refused(run("find", "Xqzzyplk"), "'Xqzzyplk'")


def test_an_ambiguous_place_comes_with_candidates(run) -> None:
    """A name that several places have about equally: the message lists them."""
    assert_refused(run("crosses", "Springfield", "Moscow", "Iran"), "several places", "Illinois")


@pytest.mark.parametrize("pair", ["35.95, 39.01", "35.95 39.01", "(35.95, 39.01)", "39,35"])
def test_a_bare_pair_of_numbers_is_refused(pair, run) -> None:
    """Nobody can tell latitude from longitude in two bare numbers."""
    assert_refused(run("locate", pair), pair)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--speed", "900"),
        ("--speed", "900 bananas"),
        ("--half-width", "20"),
        ("--half-width", "-5 km"),
        ("--near", "50"),
    ],
)
def test_a_measure_without_a_unit_is_refused(option, value, run) -> None:
    """A bare number has no meaning; the message shows how to write it."""
    assert_refused(run("corridor", "Moscow", "Ankara", option, value), value)


@pytest.mark.parametrize("value", ["5", "five", "-5 %"])
def test_a_detour_needs_per_cent(value, run) -> None:
    """An allowance is given in per cent."""
    assert_refused(run("crosses", "Moscow", "Ankara", "Ukraine", "--detour", value), value)


@pytest.mark.parametrize("content", [b"", b"  \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_text_is_refused(content, run, tmp_path) -> None:
    """No text, no map."""
    text, out = tmp_path / "a.txt", tmp_path / "a.html"
    text.write_bytes(content)
    assert_refused(run("map", text, "-o", out), "empty")
    assert not out.exists()


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"\xff\xfe" + b"\x00\xd8" * 50, bytes(99)]
)
def test_a_binary_file_is_refused(content, run, tmp_path) -> None:
    """A picture is no text."""
    text, out = tmp_path / "a.txt", tmp_path / "a.html"
    text.write_bytes(content)
    assert_refused(run("map", text, "-o", out), "a.txt")
    assert not out.exists()


def test_binary_on_stdin_is_refused(run, tmp_path) -> None:
    """The same through a pipe."""
    out = tmp_path / "a.html"
    result = run("map", "-", "--published", "2015-10-08", "-o", out, stdin=b"\xff\x00\x9f")
    assert_refused(result, "stdin")
    assert not out.exists()


def test_a_missing_file_is_refused(run, tmp_path) -> None:
    """A file that is not there is named."""
    assert_refused(run("map", tmp_path / "none.txt", "-o", tmp_path / "a.html"), "none.txt")


def test_a_folder_is_no_text(run, tmp_path) -> None:
    """A folder is named as one."""
    assert_refused(run("read", tmp_path), str(tmp_path))


@pytest.mark.parametrize("point", ["95N 39E", "35N 190E", "35N 1e9E", "nanN 39E"])
def test_coordinates_out_of_range_are_refused(point, run) -> None:
    """No answer comes from a place that is not on the Earth."""
    assert_refused(run("locate", point))


@pytest.mark.parametrize("date", ["2015-13-08", "8 October", "20151", "", "yesterday"])
def test_a_date_that_is_none_is_refused(date, run, tmp_path) -> None:
    """A date is year-month-day."""
    text = tmp_path / "a.txt"
    text.write_bytes(STORY)
    result = run("map", text, "--published", date, "-o", tmp_path / "a.html")
    assert_refused(result, "date", repr(date))
    assert not (tmp_path / "a.html").exists()


def test_an_output_folder_that_is_not_there_is_refused(run, tmp_path) -> None:
    """No folder is made behind the user's back."""
    text = tmp_path / "a.txt"
    text.write_bytes(STORY)
    assert_refused(run("map", text, "-o", tmp_path / "none" / "a.html"), "no folder")
    assert not (tmp_path / "none").exists()


def test_a_map_is_a_html_file(run, tmp_path) -> None:
    """The output of `map` has one format."""
    text = tmp_path / "a.txt"
    text.write_bytes(STORY)
    assert_refused(run("map", text, "-o", tmp_path / "a.pdf"), ".html")


def test_an_unknown_suffix_lists_the_known(run, tmp_path) -> None:
    """What cannot be saved is told with what can."""
    result = run("shares", "Caspian Sea", "Raqqa", "-o", tmp_path / "a.xlsx")
    assert_refused(result, ".geojson", ".csv")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_territory_is_refused(run) -> None:
    """A territory is found like any place."""
    assert_refused(run("crosses", "Moscow", "Ankara", "Xqzzyplk"), "'Xqzzyplk'")


def test_a_table_without_the_columns_is_refused(run, tmp_path) -> None:
    """The message says which columns there are."""
    table = tmp_path / "a.csv"
    table.write_text("from,to\nMoscow,Ankara\n")
    assert_refused(run("crossings", table), "origin", "from")


def test_a_table_of_another_kind_is_refused(run, tmp_path) -> None:
    """The message says which tables are read."""
    assert_refused(run("crossings", tmp_path / "a.xlsx"), ".csv")


@pytest.fixture
def damaged(tmp_path):
    """A copy of the tables in which one byte of one table can be flipped."""

    def damage(name: str):
        folder = tmp_path / "data"
        shutil.copytree(open_bundle().folder, folder)
        content = bytearray((folder / name).read_bytes())
        content[len(content) // 2] ^= 1
        (folder / name).write_bytes(content)
        return folder

    return damage


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("names.marisa", ("find", "Raqqa")),
        ("pieces.parquet", ("crosses", "Moscow", "Ankara", "Ukraine")),
        ("manifest.json", ("find", "Raqqa")),
        ("names.cols", ("data", "verify")),
    ],
)
def test_a_damaged_table_is_told(name, arguments, damaged) -> None:
    """A flipped bit in a table: the file is named, and there is no answer."""
    done = subprocess.run(
        [sys.executable, "-m", "geo_events", *arguments],
        env=os.environ | {"GEO_EVENTS_DATA": str(damaged(name))},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert name in done.stderr


def test_a_missing_data_folder_is_told(tmp_path) -> None:
    """A folder without tables is named, with what to do."""
    done = subprocess.run(
        [sys.executable, "-m", "geo_events", "find", "Raqqa"],
        env=os.environ | {"GEO_EVENTS_DATA": str(tmp_path / "none")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert str(tmp_path / "none") in done.stderr


def test_an_unexpected_failure_is_one_line_and_exit_1(run, monkeypatch) -> None:
    """What we did not foresee is told in a line, with how to report it."""
    monkeypatch.setattr(json, "dumps", lambda *_, **__: 1 / 0)
    result = run("find", "Raqqa", "--format", "json")
    assert result.code == 1
    assert len(result.err.strip().splitlines()) == 1
    assert "--debug" in result.err


def test_debug_shows_where_it_came_from(run, monkeypatch) -> None:
    """With --debug, wherever it stands, the traceback is shown."""
    monkeypatch.setattr(json, "dumps", lambda *_, **__: 1 / 0)
    result = run("find", "Raqqa", "--format", "json", "--debug")
    assert result.code == 1
    assert "ZeroDivisionError" in result.err
    assert "Traceback" in result.err
