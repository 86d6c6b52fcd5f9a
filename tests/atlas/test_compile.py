"""Compiling places and names into tables, and reading them back."""

from __future__ import annotations

import numpy as np
import pytest

from geo_events.atlas.columns import open_columns, write_columns
from geo_events.atlas.compile import (
    ABBREVIATION,
    ALTERNATE,
    CODE,
    MAIN,
    WEAK,
    NameWriter,
    PlaceRow,
    PlaceWriter,
)
from geo_events.atlas.names import NameIndex, _open_trie
from geo_events.atlas.records import Gazetteer
from geo_events.errors import DataCorruptError


def open_index(folder):
    """Open the index that a writer wrote."""
    columns, notes = open_columns(folder / "names.cols")
    tries = [_open_trie(folder / name) for name in notes["shards"]]
    return NameIndex(tries, notes["starts"], columns["heads"], columns["tails"])


@pytest.mark.parametrize("shards", [1, 3])
@pytest.mark.parametrize("planes", [False, True])
def test_every_key_finds_its_rows_with_the_best_class(tmp_path, shards, planes):
    """A key gives each row once, ascending, with the better of two classes, in any shard."""
    writer = NameWriter(tmp_path, shards=shards)
    for key, row, kind in [
        ("paris", 5, ALTERNATE), ("paris", 5, MAIN), ("paris", 2, WEAK), ("par", 9, CODE),
        ("us", 7, CODE), ("us", 7, ABBREVIATION), ("новый", 1, MAIN), ("", 3, MAIN),
    ]:  # fmt: skip
        writer.add(key, row, kind)
    writer.finish(planes=planes)
    index = open_index(tmp_path)
    assert index.pairs("paris") == [(2, WEAK), (5, MAIN)]
    assert index.pairs("par") == [(9, CODE)]
    assert index.pairs("us") == [(7, ABBREVIATION)]
    assert index.pairs("pari") == []
    assert index.has("новый")
    assert not index.has("")
    rows, classes = index.lookup("paris")
    assert rows.tolist() == [2, 5]
    assert classes.tolist() == [WEAK, MAIN]
    assert sorted(index.prefix("par")) == ["par", "paris"]
    assert dict(index.items())["par"] == [(9, CODE)]
    assert not list(tmp_path.glob("*.tmp"))


@pytest.mark.parametrize("planes", [False, True])
def test_places_come_back_as_they_went_in(tmp_path, planes):
    """All fields of a place survive, coordinates to 1e-4 degree, beyond a block of strings."""
    writer = PlaceWriter(tmp_path)
    rows = [
        PlaceRow(
            f"geonames:{n}" if n % 3 else f"poi:{n}", f"Ort {n} ё", "city", n / 7 - 9, 8 - n / 9,
            "SYR", "region:SY-RA", n * 1000, "PPLA", "made", 0.5,
        )
        for n in range(1, 200)
    ]  # fmt: skip
    for row in rows:
        writer.add(row)
    writer.finish(planes=planes)
    gazetteer = Gazetteer(tmp_path / "places.cols")
    assert len(gazetteer) == len(rows)
    for number, row in enumerate(rows):
        back = gazetteer.row_record(number)
        assert back.lon == pytest.approx(row.lon, abs=6e-5)
        assert back.lat == pytest.approx(row.lat, abs=6e-5)
        assert (back.id, back.name, back.kind, back.country, back.region) == (
            row.id, row.name, row.kind, row.country, row.region,
        )  # fmt: skip
        assert (back.population, back.feature, back.weight) == (row.population, "PPLA", 0.5)
        assert gazetteer.row_of(row.id) == number
    assert gazetteer.row_of("geonames:999999") is None
    assert gazetteer.to_frame()["id"].tolist() == [row.id for row in rows]


def test_the_same_places_give_the_same_bytes(tmp_path):
    """Two runs of the compiler write identical files."""
    contents = []
    for run in ("a", "b"):
        folder = tmp_path / run
        folder.mkdir()
        places, names = PlaceWriter(folder), NameWriter(folder)
        for n in range(500):
            names.add(f"name {n % 90}", places.add(PlaceRow(f"poi:{n}", f"N{n}", "city", 1, 2)), 0)
        places.finish()
        names.finish()
        contents.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert contents[0] == contents[1]


def test_columns_of_any_length_come_back(tmp_path):
    """Arrays of several types and lengths, also empty ones, and the notes survive."""
    columns = {
        "a": np.arange(5, dtype=np.int32) - 2,
        "b": np.zeros(0, dtype=np.uint16),
        "c": np.array([255, 0], dtype=np.uint8),
    }
    for planes in (False, True):
        write_columns(tmp_path / "x.cols", columns, {"ключ": [1, "ß"]}, planes=planes)
        back, notes = open_columns(tmp_path / "x.cols")
        assert notes == {"ключ": [1, "ß"]}
        for name, values in columns.items():
            assert back[name].tolist() == values.tolist()
            assert back[name].dtype == values.dtype


@pytest.mark.parametrize("content", [b"", b"GECOLS1\n", b"PAR1" * 9, b"GECOLS1\n" + b"\xff" * 8])
def test_a_file_that_is_none_of_ours_is_refused(tmp_path, content):
    """A cut or foreign file raises DataCorruptError."""
    path = tmp_path / "x.cols"
    path.write_bytes(content)
    with pytest.raises(DataCorruptError):
        open_columns(path)
