"""What a newcomer gets wrong: one line in plain words, exit code 2; and pipes that close."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest


def refusal(result) -> str:
    """The one line on stderr of a command that was refused."""
    assert (result.code, result.out) == (2, "")
    (line,) = result.err.strip().splitlines()
    assert line.startswith("geo-events: ")
    return line


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("find",), ("find: NAME is missing", "geo-events find --help")),
        (("corridor", "Moscow"), ("TARGET is missing",)),
        (("map", "x"), ("--output is missing",)),
        (("corridor", "Moscow", "Ankara", "Kyiv", "Sofia"), ("too many words", "quotes")),
        (("corridor", "Moscow", "Ankara", "--viea", "x"), ("no option --viea", "--view")),
        (("corridor", "Moscow", "Ankara", "--view", "mine"), ("--view", "recognised", "'mine'")),
        (("find", "x", "--limit", "x"), ("--limit: expected a whole number",)),
        (("find", "x", "--limit", "0"), ("--limit: expected 1 or more",)),
        (("route", "Helsinki", "Tokyo", "--avoid"), ("--avoid: expected a value", "got none")),
        (("data",), ("a command is missing", "status, verify, build")),
        (("data", "frobnicate"), ("no command 'frobnicate'", "status")),
        (("frobnicate",), ("no command 'frobnicate'", "crosses")),
        (("origins", "Caspian Sea", "Syria", "--quantifier", "most"), ("'any'", "'all'")),
    ],
)
def test_wrong_usage_is_one_line_in_plain_words(arguments, words, run) -> None:
    """A missing, unknown or superfluous word is named, with what was expected."""
    line = refusal(run(*arguments))
    for word in words:
        assert word in line
    for word in ("Usage:", "Error:", "Got unexpected", "Value error", "Input should"):
        assert word not in line


def test_without_any_command_the_help_is_shown(run) -> None:
    """Who types only the program's name sees what it can do; the exit code is that of bad usage."""
    result = run()
    assert (result.code, result.out) == (2, "")
    assert "crosses" in result.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("locate", "Rqaqa"), ("'Rqaqa'", "'Raqqa'")),
        (("rings", "Rqaqa", "100 km"), ("'Rqaqa'", "'Raqqa'")),
        (("shares", "Caspain Sea", "Raqqa"), ("'Caspain Sea'", "'Caspian Sea'")),
        (("corridor", "Moscow", "Ankara", "--via", "Kyvi"), ("'Kyvi'", "'Kyiv'")),
        (("crosses", "Moscow", "Ankara", "Ukriane"), ("'Ukriane'", "'Ukraine'")),
        (("route", "Helsinki", "Tokyo", "--avoid", "Russla"), ("'Russla'", "'Russia'")),
        (("origins", "Caspian Sea", "Raqqa", "--crossing", "Irann"), ("'Irann'", "'Iran'")),
        (("separation", "Moscow > Ankra", "Paris"), ("'Ankra'", "'Ankara'")),
    ],
)
def test_a_misspelt_place_is_refused_with_what_was_meant(arguments, words, run) -> None:
    """No command guesses: a name that no place has is an error that offers the name meant."""
    line = refusal(run(*arguments))
    assert "no place is called" in line
    for word in words:
        assert word in line


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("separation", "Moscow > ", "Ankara"), ("A: the target is empty", "'Moscow > '")),
        (("separation", "Ankara", "> Kyiv"), ("B: the origin is empty", "'> Kyiv'")),
        (
            ("separation", "0N 0E > 0N 9E", "1N 0E", "--speed", "900 km/h"),
            ("--speed and --depart", "only --speed"),
        ),
        (
            ("separation", "0N 0E > 0N 9E", "1N 0E", "--depart", "2015-10-07T02:00+03:00"),
            ("--speed and --depart", "only --depart"),
        ),
        (
            ("crosses", "Moscow", "Ankara", "Ukraine", "--max-length", "1000 km"),
            ("1,000 km is shorter than the straight line (1,795 km): no route fits",),
        ),
        (("corridor", "Moscow", "Ankara", "--half-width", "20"), ("half_width:", "'20'")),
        (("route", "Helsinki", "Tokyo", "--avoid", "Moscow"), ("'Moscow' is a point", "country")),
        (
            ("origins", "Caspian Sea", "Raqqa", "--crossing", "Iran", "--avoiding", "Iran"),
            ("no line crosses Iran and stays out of it",),
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_with_advice(arguments, words, run) -> None:
    """A question without sense is told apart from one without an answer."""
    line = refusal(run(*arguments))
    for word in words:
        assert word in line


def test_csv_of_a_text_names_the_tables_to_choose_from(run, tmp_path) -> None:
    """CSV holds one table, and the reader cannot know their names."""
    text = tmp_path / "a.txt"
    text.write_text("On Wednesday two missiles were launched from Iran at Israel.")
    line = refusal(run("read", text, "--published", "2015-10-08", "--format", "csv"))
    for table in ("mentions", "places", "events", "corridors", "verdicts", "crossings"):
        assert table in line


@pytest.mark.parametrize("format_", ["json", "table"])
def test_a_pipe_that_closes_ends_the_program_quietly(format_) -> None:
    """As with `| head -1`: what reads our output may stop when it has read enough."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "geo_events", "find", "Paris", "--format", format_],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )
    os.close(writer)
    assert done.returncode == 128 + signal.SIGPIPE
    assert done.stderr == ""
