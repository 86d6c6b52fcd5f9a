"""Many texts into tables."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from geo_events.engines import read_stories
from geo_events.errors import FrameError, InvalidInputError
from geo_events.story import read_text

TOWNS = ("Malta", "Rome", "Cairo", "Ankara", "Tehran", "Baku", "Oslo", "Lima")
ALL = ("stories", "mentions", "events", "corridors", "verdicts", "crossings")
FAST = ("stories", "mentions", "events")


def make_text(k):
    start, end = TOWNS[k % 8], TOWNS[(k * 3 + 1) % 8]
    return f"On Monday {k + 2} jets flew from {start} to {end}, the ministry said."


def same(one, other):
    assert one.tables.keys() == other.tables.keys()
    for name, frame in one.tables.items():
        assert_frame_equal(frame, other[name])
    assert_frame_equal(one.errors, other.errors)


@pytest.fixture(scope="module")
def texts():
    return [make_text(k) for k in range(50)]


@pytest.fixture(scope="module")
def serial(texts):
    return read_stories(texts, tables=FAST, workers=1)


def test_each_table_is_that_of_its_stories():
    """The tables of many are the tables of one, in order, with the label in front."""
    texts = {"a": make_text(0), "b": "Nothing.", "c": make_text(1)}
    found = read_stories(texts, tables=ALL, published="2024-05-06")
    for table in ALL[1:]:
        parts = []
        for label, text in texts.items():
            part = read_text(text, published="2024-05-06").to_frame(table)
            part.insert(0, "story", pd.Series([label] * len(part), index=part.index, dtype=object))
            parts.append(part)
        expected = pd.concat([part for part in parts if len(part)], ignore_index=True)
        assert_frame_equal(found[table], expected, check_like=True)
    assert found["stories"].index.tolist() == ["a", "b", "c"]
    assert found["stories"]["events"].tolist() == [1, 0, 1]


@pytest.mark.parametrize("workers", [1, 3])
def test_threads_read_the_same_in_the_same_order(texts, serial, workers):
    """The number of threads changes nothing."""
    same(read_stories(texts, tables=FAST, workers=workers), serial)


def test_processes_read_the_same_and_tell_progress(texts, serial):
    """Processes return the same rows; progress counts every text once."""
    told = []
    found = read_stories(
        texts,
        tables=FAST,
        executor="processes",
        workers=2,
        progress=lambda done, total: told.append((done, total)),
    )
    same(found, serial)
    assert told == [(16, 50), (32, 50), (48, 50), (50, 50)]


def test_another_engines_executor_reads_the_same(texts, serial):
    """Anything with the standard library's `submit` is an engine."""
    with ThreadPoolExecutor(2) as pool:
        same(read_stories(texts, tables=FAST, executor=pool), serial)


def test_a_killed_worker_costs_no_row(texts, serial):
    """What a dead process had not finished is read again; every row is there once."""
    killed = []

    def kill_one(done, _):
        workers = multiprocessing.active_children()
        if not killed and workers:
            os.kill(workers[0].pid, signal.SIGKILL)
            killed.append(done)

    found = read_stories(
        iter(texts), tables=FAST, executor="processes", workers=2, progress=kill_one
    )
    assert killed
    same(found, serial)


def deadly(text):
    """A recogniser that ends its process at one of the texts."""
    if text == "die":
        os._exit(9)
    return [(0, 5, "GPE")]


@pytest.mark.slow
def test_a_text_that_kills_its_worker_is_an_error_of_its_own():
    """The culprit is found and listed; its neighbours are read."""
    texts = ["Malta is an island.", "die", "Cairo is a city."]
    found = read_stories(
        texts,
        tables=["mentions"],
        spans=deadly,
        executor="processes",
        workers=1,
        errors="report",
    )
    assert found["mentions"]["text"].tolist() == ["Malta", "Cairo"]
    assert found.errors[["label", "error"]].to_numpy().tolist() == [[1, "WorkerError"]]


def test_ctrl_c_ends_the_workers(tmp_path):
    """After Ctrl-C no process of the run is left."""
    script = tmp_path / "run.py"
    script.write_text(
        "import itertools\n"
        "from geo_events.engines import read_stories\n"
        "def tell(done, total):\n"
        "    print(done, flush=True)\n"
        "if __name__ == '__main__':\n"
        "    texts = itertools.repeat('A jet flew from Malta to Rome.')\n"
        "    read_stories(texts, tables=['stories'], executor='processes', workers=2,\n"
        "                 progress=tell)\n"
    )
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as run:
        assert run.stdout.readline()
        os.killpg(run.pid, signal.SIGINT)
        _, told = run.communicate(timeout=60)
    assert run.returncode != 0
    assert told.count("Traceback") == 1  # the main process' own
    deadline = time.monotonic() + 20
    while is_alive(run.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not is_alive(run.pid)


def is_alive(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_texts_are_taken_step_by_step():
    """A source without end is read only a little ahead of what is done."""
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield "Malta is an island."

    class Enough(Exception):  # noqa: N818 - no error, a signal
        pass

    def stop(done, total):
        assert (done, total) == (16, None)
        raise Enough

    with pytest.raises(Enough):
        read_stories(endless(), tables=["stories"], workers=2, progress=stop)
    assert len(taken) <= 16 * (2 * 3 + 1)


def test_a_folder_is_read_by_its_sorted_paths(tmp_path):
    """Text, Markdown and HTML of all subfolders are read; other files are not."""
    pytest.importorskip("resiliparse", reason="needs the extra html")
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text("A jet flew from Malta to Rome.")
    (tmp_path / "sub" / "a.md").write_text("---\ntitle: T\ndate: 2015-10-08\n---\nCairo is hot.")
    (tmp_path / "a.html").write_text("<html><title>Page</title><p>Ankara is a city.")
    (tmp_path / "c.png").write_bytes(b"\x89PNG")
    (tmp_path / "d.txt").write_bytes("The café in Zürich".encode("cp1252"))
    found = read_stories(tmp_path)["stories"]
    assert found.index.tolist() == ["a.html", "b.txt", "d.txt", "sub/a.md"]
    assert found["title"].tolist() == ["Page", None, None, "T"]
    assert found["published"].tolist() == [None, None, None, date(2015, 10, 8)]
    assert ["guess" in note for note in found["notes"]] == [False, False, True, False]
    only = read_stories(tmp_path, pattern="*.txt", tables=["stories"])
    assert only["stories"].index.tolist() == ["b.txt", "d.txt"]


def test_a_frame_keeps_its_index_and_its_days():
    """Each row is read with its own day; a row without one has none."""
    frame = pd.DataFrame(
        {"body": [make_text(0), make_text(1)], "day": ["2024-05-06", None]}, index=[70, "x"]
    )
    found = read_stories(frame, text="body", published="day", tables=["stories", "events"])
    assert found["stories"].index.tolist() == [70, "x"]
    assert found["stories"]["published"].tolist() == [date(2024, 5, 6), None]
    assert found["events"]["story"].tolist() == [70, "x"]
    assert found["events"]["begin"].tolist() == [date(2024, 5, 6), None]


def test_bad_texts_are_listed_and_the_rest_is_read():
    """Each bad row stands in the errors with label, place and message."""
    frame = pd.DataFrame(
        {"text": ["Malta.", None, "", "Rome."], "day": ["2024-05-06", "2024-05-06", None, "soon"]},
        index=list("abcd"),
    )
    found = read_stories(frame, published="day", tables=["stories"], errors="report")
    assert found["stories"].index.tolist() == ["a"]
    assert found.errors["label"].tolist() == ["b", "c", "d"]
    assert found.errors["where"].tolist() == ["row 'b'", "row 'c'", "row 'd'"]
    assert set(found.errors["error"]) == {"InvalidInputError"}
    assert "soon" in found.errors["message"].iloc[2]


def test_the_first_bad_text_raises_with_its_label():
    """By default nothing is left out in silence."""
    with pytest.raises(FrameError, match="text 1 cannot be read") as caught:
        read_stories(["Malta.", " ", "Rome."], tables=["stories"])
    assert caught.value.faults == ((1, "text: it is empty; there is nothing to read"),)


def test_a_fault_of_a_recogniser_is_one_texts_error():
    """What a plugged-in function raises ends one text, not the run."""

    def divide(text):
        return [(0, 5 // (len(text) - 6), "GPE")]

    found = read_stories(
        ["Malta.", "Cairo is."], tables=["mentions"], spans=divide, errors="report"
    )
    assert found.errors["label"].tolist() == [0]
    assert "ZeroDivisionError" in found.errors["error"].tolist()


def test_a_function_that_cannot_travel_is_refused():
    """Processes need a function of a module; the message says so before any process starts."""
    with pytest.raises(InvalidInputError, match="cannot be sent to another process"):
        read_stories(["Malta."], spans=lambda _: [], executor="processes")


def test_empty_sources_give_the_same_columns():
    """No text: every table has its columns and dtypes."""
    empty, full = read_stories([], tables=ALL), read_stories([make_text(0)], tables=ALL)
    for table in ALL:
        assert len(empty[table]) == 0
        assert list(empty[table].columns) == list(full[table].columns)
        assert empty[table].dtypes.tolist() == full[table].dtypes.tolist()


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"source": 5}, "expected a folder"),
        ({"source": "/no/such/folder"}, "expected a folder of texts"),
        ({"tables": ["places"]}, "tables: expected some of"),
        ({"executor": "rockets"}, "executor: expected"),
        ({"workers": 0}, "workers: expected a whole number"),
        ({"errors": "ignore"}, "errors: expected"),
        ({"view": "mine"}, "view"),
        ({"source": pd.DataFrame({"body": []})}, "'text'"),
        ({"source": pd.DataFrame({"text": []}), "published": "day"}, "'day'"),
    ],
)
def test_wrong_options_are_refused(options, match):
    """Every option that is not understood is named, before anything is read."""
    with pytest.raises(InvalidInputError, match=match):
        read_stories(**({"source": ["Malta."]} | options))


def test_a_folder_without_texts_is_said(tmp_path):
    """The message names the folder and the endings."""
    with pytest.raises(InvalidInputError, match="no file in"):
        read_stories(tmp_path)
