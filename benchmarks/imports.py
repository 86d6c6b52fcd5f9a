"""Time and memory of importing a dump: ``python benchmarks/imports.py [ROWS]``.

Makes a dump in GeoNames' form (by default of a million places with their alternate names), imports
it in a fresh process, and prints seconds, peak memory and size; then finds three of its places.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SYLLABLES = ("ba", "dor", "el", "fin", "gur", "ha", "im", "kar", "lo", "mas", "nor", "os", "pe",
             "qur", "ras", "sta", "tul", "um", "ver", "yas", "zen")  # fmt: skip
COUNTRIES = ("SY", "TR", "IR", "RU", "US", "DE", "FR", "CN", "IN", "BR")
FEATURES = (("P", "PPL"), ("T", "MT"), ("H", "STM"), ("S", "SCH"), ("L", "PRK"))
FIRST = 100_000_001
IMPORT = """
import resource, sys, time
from geo_events.atlas.geonames import import_geonames
start = time.perf_counter()
report = import_geonames(sys.argv[1], target=sys.argv[2])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{report.added:,} places added, {report.rejected:,} lines rejected: "
      f"{time.perf_counter() - start:.1f} s, {peak:,.0f} MB at the most")
"""
FIND = """
import sys
from geo_events.atlas.gazetteer import resolve_place
print(resolve_place(sys.argv[1]))
"""


def make_name(draw: random.Random) -> str:
    """Draw a name."""
    return "".join(draw.choices(SYLLABLES, k=draw.randint(2, 5))).capitalize()


def make_line(number: int, draw: random.Random) -> str:
    """Make one line of ``allCountries.txt``."""
    name = f"{make_name(draw)} {make_name(draw)}"
    others = ",".join(make_name(draw) for _ in range(draw.randint(0, 3)))
    kind, feature = draw.choice(FEATURES)
    lat, lon = f"{draw.uniform(-80, 80):.5f}", f"{draw.uniform(-180, 180):.5f}"
    cells = [str(number), name, name, others, lat, lon, kind, feature, draw.choice(COUNTRIES), "",
             "", "", "", "", str(draw.randint(0, 9000)), "", "", "", "2026-01-01"]  # fmt: skip
    return "\t".join(cells) + "\n"


def write_dump(path: Path, rows: int) -> None:
    """Write a dump; the first three places have names of their own."""
    draw = random.Random(3)  # noqa: S311  made places, no secrets
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            line = make_line(FIRST + number, draw)
            if number < 3:
                cells = line.split("\t")
                cells[1] = cells[2] = f"Zzyzxabad Made{number}"
                line = "\t".join(cells)
            file.write(line)


def main() -> None:
    """Make, import, find."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as room:
        dump, big = Path(room) / "allCountries.txt", Path(room) / "big"
        write_dump(dump, rows)
        print(f"dump: {rows:,} rows, {dump.stat().st_size / 1e6:,.0f} MB")
        subprocess.run([sys.executable, "-c", IMPORT, str(dump), str(big)], check=True)
        size = sum(file.stat().st_size for file in big.iterdir())
        print(f"tables: {size / 1e6:,.0f} MB")
        environment = {**os.environ, "GEO_EVENTS_DATA": str(big)}
        for number in range(3):
            start = time.perf_counter()
            command = [sys.executable, "-c", FIND, f"Zzyzxabad Made{number}"]
            done = subprocess.run(command, env=environment, check=True, capture_output=True)
            print(done.stdout.decode().strip(), f"{time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
