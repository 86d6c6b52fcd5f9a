"""Names from outside sources and the places they mean (`tests/cases/names`)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geo_events.atlas.gazetteer import find_candidates
from geo_events.atlas.ranking import measure_arc_km

CASES = Path(__file__).parents[1] / "cases" / "names"
FILES = ("capitals", "countries", "iata", "news", "ranking", "waters")


def is_right(row: dict[str, str]) -> bool:
    """Tell whether the first candidate of a case is the place that is meant."""
    given = row["given"].split("|") if row["given"] else None
    found = find_candidates(row["name"], kind=given, limit=1)
    if not found:
        return False
    place = found[0].place
    if place.kind not in row["kind"].split("|"):
        return False
    if row["country"] and (place.country or "") not in row["country"].split("|"):
        return False
    if not row["lon"]:
        return True
    position = (float(row["lon"]), float(row["lat"]))
    return measure_arc_km(place.lon, place.lat, *position) <= float(row["km"])


def read_cases(file: str) -> list[dict[str, str]]:
    """Read one case file."""
    with (CASES / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("file", FILES)
def test_first_candidate_is_the_place_that_is_meant(file):
    """Of every file's names at least 98 % resolve to the right place; the others are listed."""
    cases = read_cases(file)
    missed = [row["name"] for row in cases if not is_right(row)]
    assert len(missed) <= 0.02 * len(cases), f"{len(missed)} of {len(cases)} missed: {missed}"


@pytest.mark.parametrize("row", read_cases("ranking"), ids=lambda row: row["name"])
def test_names_that_must_rank_right(row):
    """Of these names every single one ranks the place that is meant first."""
    assert is_right(row), [str(c) for c in find_candidates(row["name"], limit=3)]
