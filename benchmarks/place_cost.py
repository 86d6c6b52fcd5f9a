"""Measure what a first answer costs in a fresh process: seconds and memory."""

from __future__ import annotations

import json
import subprocess
import sys

__all__ = ["measure_cost"]

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
