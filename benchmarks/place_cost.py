"""Measure what reading costs: seconds and memory of a first answer, documents per second."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from geo_events.text.candidates import load_candidates
from geo_events.text.mentions import find_mentions
from geo_events.text.tokens import tokenize

__all__ = ["measure_cost", "measure_speed"]

_WORDS = 300  # of a document of usual length

_PROGRAM = """
import json, time
begin = time.perf_counter()
from geo_events.text.candidates import load_candidates
from geo_events.text.mentions import find_mentions
from geo_events.text.tokens import tokenize
imported = time.perf_counter()
source = load_candidates()
loaded = time.perf_counter()
assert find_mentions(tokenize("He flew from Paris, Texas, to the Syrian coast."), source)
answered = time.perf_counter()
status = open("/proc/self/status").read()  # the peak that the kernel keeps for this program alone
peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
print(json.dumps({
    "import s": imported - begin,
    "load s": loaded - imported,
    "first answer s, all together": answered - begin,
    "peak memory MB": peak,
}))
"""


def measure_cost() -> dict[str, float]:
    """Read one sentence in a fresh interpreter; the best of three.

    Returns
    -------
    dict of str to float
        Seconds for the import, for the opening of the atlas, and until the first answer; the
        greatest resident memory in MB.
    """
    runs = []
    for _ in range(3):
        made = subprocess.run(
            [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True
        )
        runs.append(json.loads(made.stdout))
    return {name: min(run[name] for run in runs) for name in runs[0]}


def _read(texts: list[str]) -> tuple[int, float]:
    """Find the places of some texts, the second time at speed; return words and seconds."""
    source = load_candidates()
    best, words = float("inf"), 0
    for _ in range(3):
        begin, words = time.process_time(), 0
        for text in texts:
            tokens = tokenize(text)
            words += len(tokens)
            find_mentions(tokens, source)
        best = min(best, time.process_time() - begin)
    return words, best


def measure_speed(texts: list[str], processes: int) -> float:
    """Measure how fast the places of texts are found.

    Parameters
    ----------
    texts : list of str
        Texts of any length.
    processes : int
        Among how many processes they are shared.

    Returns
    -------
    float
        Documents of 300 words per second of processor time, of all processes together, once warm:
        what a machine with as many idle cores reads.
    """
    parts = [texts[n::processes] for n in range(processes)]
    if processes == 1:
        done = [_read(texts)]
    else:
        with ProcessPoolExecutor(processes) as pool:
            done = list(pool.map(_read, parts))
    return sum(words / _WORDS / seconds for words, seconds in done)
