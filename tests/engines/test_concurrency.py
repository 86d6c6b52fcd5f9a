"""Threads and processes, spawned and forked, answer as one after another does."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import chain
from multiprocessing import get_context

import pytest

import geo_events as ge
from geo_events.text.reader import read_document

NAMES = ("Raqqa", "Paris, Texas", "LTAG", "Caspian Sea", "قزوین", "Damascus", "Springfield, Ohio")
TEXTS = (
    "Two jets flew from Malta to Rome on Monday, the ministry in Paris said.",
    "Missiles launched from the Caspian Sea at Raqqa, Syria, fell in Iran.",
    "Ракеты упали в Иране, сообщили в Москве.",
)


def answer(k):
    """Look a name up, cross a line and read a text; as plain values."""
    place = ge.resolve_place(NAMES[k % len(NAMES)])
    track = [k % 60, k % 50, (k * 7) % 90, (k * 3) % 60 + 0.5]
    crossed = ge.find_crossings([track], depth=False)[["territory", "enter_km"]]
    document = read_document(f"{TEXTS[k % len(TEXTS)]} Number {k}.")
    return (
        place.id,
        crossed.to_numpy().tolist(),
        [(m.start, m.end, m.kind, m.place and m.place.id, m.score) for m in document.mentions],
        [(e.type, [r.place.id for r in e.origin]) for e in document.events],
    )


def answers(numbers):
    return [answer(k) for k in numbers]


def compare(count, chunk, workers):
    """Ask the same on eight threads, and on spawned and on forked processes."""
    expected = answers(range(count))
    parts = [range(start, min(start + chunk, count)) for start in range(0, count, chunk)]
    with ThreadPoolExecutor(8) as threads:
        assert [*chain.from_iterable(threads.map(answers, parts))] == expected
    for method in ("spawn", "fork"):
        if method == "fork" and sys.platform != "linux":
            continue
        with ProcessPoolExecutor(workers, get_context(method)) as processes:
            assert [*chain.from_iterable(processes.map(answers, parts))] == expected


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_threads_and_processes_answer_as_one_does():
    """Twenty look-ups, crossings and texts are the same wherever they run."""
    compare(20, 5, 2)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_thousand_answers_are_the_same_everywhere():
    """The same with a thousand, on four processes of either kind."""
    compare(1_000, 25, 4)
