"""`map` and `read` take what the reader knows better: corrections and ranges."""

from __future__ import annotations

import json

import pytest

TEXT = (
    "On Monday Iran fired a missile from Tabriz at Tel Aviv. Officials claimed that the missile "
    "crashed in Jordan."
)


@pytest.fixture
def text(tmp_path):
    """A file with the text."""
    path = tmp_path / "text.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_a_range_for_all_is_a_verdict(run, text):
    """Tabriz to Tel Aviv are some 1,240 km: 1,000 km do not reach."""
    done = run("read", text, "--table", "verdicts", "--range", "1000 km", "--format", "json")
    rows = [json.loads(line) for line in done.out.splitlines()]
    (row,) = [row for row in rows if row["claim"] == "range"]
    assert row["answer"] == "no"
    assert "1,2" in row["condition"]


def test_a_range_by_words_of_the_text(run, text):
    """Words, an equals sign, a length."""
    options = ("--range", "missile=2000 km", "--format", "json")
    done = run("read", text, "--table", "verdicts", *options)
    assert '"within 2000 km' in done.out.replace("Is Tel Aviv ", '"')


def test_a_range_that_is_none_is_one_line(run, text):
    """The message says what came."""
    done = run("read", text, "--range", "far")
    assert done.code == 2
    assert "far" in done.err


def test_corrections_are_written_read_and_shown(run, text, tmp_path):
    """A file by hand goes in, the same comes out, and the record of the map tells it."""
    given, saved = tmp_path / "given.json", tmp_path / "saved.json"
    given.write_text('{"events": [{"event": "fired", "origin": "Tehran"}]}', "utf-8")
    options = ("--corrections", given, "--save-corrections", saved, "--format", "json")
    done = run("map", text, "-o", tmp_path / "map.html", *options)
    record = json.loads(done.out)
    assert record["corrected"] == ["“fired”: origin is Tehran"]
    assert record["corridors"][0]["origin"] == "Tehran"
    assert json.loads(saved.read_text("utf-8")) == json.loads(given.read_text("utf-8"))


def test_corrections_that_match_nothing_are_one_line(run, text, tmp_path):
    """Nothing is written."""
    given = tmp_path / "given.json"
    given.write_text('{"Atlantis": null}', "utf-8")
    done = run("map", text, "-o", tmp_path / "map.html", "--corrections", given)
    assert done.code == 2
    assert "Atlantis" in done.err
    assert not (tmp_path / "map.html").exists()


def test_what_makes_a_story_uncertain_is_told(run, text, tmp_path):
    """Without a day of publication Monday stays open: on stderr, and below the map's summary."""
    assert "No publication date" in run("read", text, "--table", "events").err
    done = run("map", text, "-o", tmp_path / "map.html", "--format", "table")
    assert "Mind:" in done.out
    assert "No publication date" in done.out
