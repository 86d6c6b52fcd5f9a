"""The same input and versions: the same bytes, in two processes, whatever the hash seed."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd

from geo_events.files.reading import read_frames

CODE = """
import sys
import geo_events as ge
text = ("On 1 October 2024 two missiles were launched from Iran at Israel. "
        "Officials said that three drones flew from Aden to Eilat. Russia denied it.")
story = ge.read_text(text, published="2024-10-02")
for suffix in (".html", ".geojson", ".kml", ".gpkg"):
    ge.save(story, sys.argv[1] + suffix)
for suffix in (".csv", ".parquet"):
    ge.save(story.to_frame("events"), sys.argv[1] + suffix)
"""


def test_two_processes_write_the_same(tmp_path) -> None:
    """HTML, GeoJSON, KML and CSV byte for byte; Parquet and GeoPackage row for row."""
    for seed in ("1", "77"):
        subprocess.run(
            [sys.executable, "-c", CODE, str(tmp_path / seed)],
            env={"PYTHONHASHSEED": seed, "PATH": "", "PYTHONPATH": ":".join(sys.path)},
            check=True,
            timeout=120,
        )
    for suffix in (".html", ".geojson", ".kml", ".csv"):
        first, second = ((tmp_path / f"{seed}{suffix}").read_bytes() for seed in ("1", "77"))
        assert first == second, suffix
    for suffix in (".parquet", ".gpkg"):
        first, second = (read_frames(tmp_path / f"{seed}{suffix}") for seed in ("1", "77"))
        assert list(first) == list(second)
        for name, frame in first.items():
            pd.testing.assert_frame_equal(pd.DataFrame(frame), pd.DataFrame(second[name]))
