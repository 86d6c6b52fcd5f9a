"""Speed and accuracy of look-ups by name: ``python benchmarks/names.py``.

Prints: first look-up in a fresh process (seconds, memory above an interpreter with numpy), exact
and fuzzy look-ups, one typing error in names of large cities, the case files of
``tests/cases/names`` with the misses, and the size of the tables as zipped.
"""

from __future__ import annotations

import csv
import io
import itertools
import random
import statistics
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import numpy as np

from geo_events.atlas.bundle import find_data_folder
from geo_events.atlas.fold import fold
from geo_events.atlas.gazetteer import Candidate, find_candidates, load_gazetteer
from geo_events.atlas.names import load_name_index
from geo_events.atlas.ranking import measure_arc_km

ROOT = Path(__file__).resolve().parents[1]
FIRST = """
import time, numpy
rss = lambda: int(next(l for l in open("/proc/self/status") if l.startswith("VmRSS")).split()[1])
before, start = rss(), time.perf_counter()
from geo_events.atlas.gazetteer import resolve_place
resolve_place("Raqqa")
print(time.perf_counter() - start, (rss() - before) / 1024)
"""


def measure_first() -> None:
    """Measure the first look-up of fresh processes."""
    runs = []
    for _ in range(5):
        done = subprocess.run(
            [sys.executable, "-c", FIRST], capture_output=True, text=True, check=True
        )
        runs.append(tuple(map(float, done.stdout.split())))
    seconds, megabytes = (statistics.median(column) for column in zip(*runs, strict=True))
    print(f"first look-up: {seconds:.3f} s, {megabytes:.0f} MB above numpy (bar 0.3 s, 60 MB)")


def choose_cities(count: int) -> list[int]:
    """Choose cities of more than 100,000 people that their own name finds, by chance.

    Of two cities with one name only the one that ranks first can be found at all. The choice is
    always the same.
    """
    gazetteer = load_gazetteer()
    large = (gazetteer.kind == gazetteer.kinds.index("city")) & (gazetteer.population > 100_000)
    rows = np.flatnonzero(large).tolist()
    chance = random.Random(20261126)  # noqa: S311  a sample, not a secret
    chance.shuffle(rows)
    return list(itertools.islice(filter(finds_itself, rows), count))


def finds_itself(row: int) -> bool:
    """Tell whether the shown name of a row finds the row's place first."""
    gazetteer = load_gazetteer()
    found = find_candidates(gazetteer.name_at(row), limit=1)
    return is_near(found, row)


def is_near(found: tuple[Candidate, ...], row: int) -> bool:
    """Tell whether the first candidate lies within 50 km of a row."""
    here = load_gazetteer().lonlat_at(row)
    return bool(found) and measure_arc_km(found[0].place.lon, found[0].place.lat, *here) < 50


def measure_exact(rows: list[int]) -> None:
    """Measure exact look-ups: in the index, and as ranked candidates."""
    gazetteer, index = load_gazetteer(), load_name_index()
    names = [gazetteer.name_at(row) for row in rows]
    keys = [fold(name) for name in names]
    start = time.perf_counter()
    for key in keys:
        index.pairs(key)
    raw = (time.perf_counter() - start) / len(keys)
    start = time.perf_counter()
    for name in names:
        find_candidates(name, limit=1)
    ranked = (time.perf_counter() - start) / len(names)
    print(f"exact look-up: {raw * 1e6:.1f} µs (bar 20), ranked {ranked * 1e6:.0f} µs")


def misspell(name: str, chance: random.Random) -> str:
    """Make one typing error: a letter left out, put in, changed, or two exchanged."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    place = chance.randrange(len(name))
    kind = chance.choice(["drop", "insert", "change", "swap"])
    if kind == "drop":
        return name[:place] + name[place + 1 :]
    if kind == "insert":
        return name[:place] + chance.choice(letters) + name[place:]
    if kind == "change":
        return name[:place] + chance.choice(letters) + name[place + 1 :]
    place = min(place, len(name) - 2)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def measure_typing_errors(rows: list[int]) -> None:
    """Measure names with one typing error: how often the right place is first, and how fast."""
    gazetteer = load_gazetteer()
    chance = random.Random(7)  # noqa: S311  a sample, not a secret
    right = asked = 0
    times = []
    for row in rows:
        name = gazetteer.name_at(row)
        wrong = misspell(name, chance)
        if fold(wrong) == fold(name):
            continue
        asked += 1
        start = time.perf_counter()
        found = find_candidates(wrong, limit=1)
        times.append(time.perf_counter() - start)
        right += is_near(found, row)
    middle, slow = np.percentile(times, [50, 95]) * 1e3
    print(
        f"one typing error in {asked} names: right place first {right / asked:.3f} (bar 0.90); "
        f"fuzzy look-up {middle:.1f} ms, 95 % below {slow:.1f} ms (bar 10)"
    )


def measure_cases() -> None:
    """Measure the case files, and list what is missed."""
    sys.path.insert(0, str(ROOT / "tests" / "atlas"))
    from test_names_cases import CASES, is_right

    total = missed = 0
    for path in sorted(CASES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            cases = list(csv.DictReader(lines))
        wrong = [case["name"] for case in cases if not is_right(case)]
        total, missed = total + len(cases), missed + len(wrong)
        print(f"  {path.stem}: {len(cases) - len(wrong)} of {len(cases)}; missed: {wrong}")
    print(f"cases: {1 - missed / total:.4f} of {total} right (bar 0.98)")


def measure_size() -> None:
    """Measure the tables as a wheel packs them."""
    folder = find_data_folder()
    sizes = {}
    for path in sorted(folder.iterdir()):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(path, path.name)
        sizes[path.name] = len(buffer.getvalue()) / 1e6
    names = sum(size for name, size in sizes.items() if name.startswith(("names", "places")))
    print(f"tables zipped: {sum(sizes.values()):.1f} MB (bar 25), names and places {names:.1f} MB")


if __name__ == "__main__":
    measure_first()
    CITIES = choose_cities(2000)
    measure_exact(CITIES)
    measure_typing_errors(CITIES)
    measure_cases()
    measure_size()
