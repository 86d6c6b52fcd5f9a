"""Importing GeoNames dumps: what is read, what is refused, what a kill leaves."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile

import pytest

from geo_events.atlas.bundle import Bundle, manifest_checksum
from geo_events.atlas.compile import ALTERNATE, CODE, MAIN, NameWriter, PlaceRow, PlaceWriter
from geo_events.atlas.fold import fold
from geo_events.atlas.geonames import import_geonames
from geo_events.atlas.records import Gazetteer
from geo_events.disk import sha256_of
from geo_events.errors import FrameError, GeoEventsError, InvalidInputError

EMBEDDED = [
    (PlaceRow("country:SYR", "Syria", "country", 38, 35, "SYR", weight=0.95), "SY", CODE),
    (PlaceRow("country:USA", "United States", "country", -98, 39, "USA", weight=1.0), "US", CODE),
    (PlaceRow("sea:caspian-sea", "Caspian Sea", "sea", 50.5, 41.5, weight=0.8),
     "Каспийское море", ALTERNATE),
    (PlaceRow("region:SY-RA", "Raqqa Region", "region", 39, 36, "SYR", weight=0.6), "SY-RA", CODE),
    (PlaceRow("geonames:172955", "Raqqa", "city", 39.01, 35.95, "SYR", "region:SY-RA", 220_000,
              "PPLA", weight=0.68), "Rakka", ALTERNATE),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _small_tables(tmp_path, monkeypatch):
    """Let a handful of places stand for the embedded tables."""
    folder = tmp_path / "embedded"
    folder.mkdir()
    places, names = PlaceWriter(folder), NameWriter(folder)
    for place, other, kind in EMBEDDED:
        row = places.add(place)
        names.add(fold(place.name), row, MAIN)
        names.add(fold(other), row, kind)
    places.notes["admin1"] = {"SY.04": "region:SY-RA"}
    places.finish(planes=True)
    names.finish(planes=True)
    (folder / "pieces.parquet").write_bytes(b"polygons")
    tables = {
        path.name: {"sha256": sha256_of(path), "bytes": path.stat().st_size, "rows": None}
        for path in sorted(folder.iterdir())
    }
    manifest = {"version": "1", "built": "", "tables": tables, "sources": []}
    manifest["checksum"] = manifest_checksum(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    monkeypatch.setenv("GEO_EVENTS_DATA", str(folder))


def make_line(number, name="Newtown", lat="35.5", lon="39.5", **cells):
    """Write one line of allCountries.txt."""
    values = {
        "ascii": name, "names": "", "class": "P", "code": "PPL", "country": "SY", "cc2": "",
        "admin1": "04", "admin2": "", "a3": "", "a4": "", "people": "1200", "elevation": "",
        "dem": "", "zone": "Asia/Damascus", "date": "2026-01-01", **cells,
    }  # fmt: skip
    row = [str(number), name, values["ascii"], values["names"], lat, lon, values["class"],
           values["code"], values["country"], values["cc2"], values["admin1"], values["admin2"],
           values["a3"], values["a4"], values["people"], values["elevation"], values["dem"],
           values["zone"], values["date"]]  # fmt: skip
    return "\t".join(row).encode() + b"\n"


@pytest.fixture
def dump(tmp_path):
    """A made dump with good lines and one of each kind of bad line."""
    path = tmp_path / "made.txt"
    path.write_bytes(
        make_line(90000001, "Zzyzxabad", names="Зизиксабад,Zyzyx-Abad")
        + make_line(90000002, "Qwertyville", lat="0", lon="-179.5", country="US", admin1="TX")
        + make_line(172955, "Ar Raqqah", lat="35.96", lon="39.02", people="777777")
        + make_line(90000001, "Twice")
        + make_line(90000003, "No Coordinates", lat="")
        + make_line(90000004, "Out of range", lat="95")
        + make_line(90000005, "Not a number", lon="east")
        + make_line(90000006, "NaN", lon="nan")
        + b"only\tthree\tcells\n"
        + b"90000007\tBroken \xff\xfe" + b"\t" * 17 + b"\n"
        + make_line("x17", "Bad id")
        + make_line(90000008, "")
        + make_line(90000009, "Bad people", people="many")
        + make_line(90000010, "Made Peak", **{"class": "T", "code": "MT"})
    )  # fmt: skip
    return path


@pytest.fixture
def imported(dump, tmp_path):
    """The folder that the made dump gives."""
    names = tmp_path / "names.txt"
    names.write_bytes(
        b"1\t90000001\tde\tSisixstadt\t\t\t\t\t\t\n"
        b"2\t90000001\tlink\thttps://example.org\t\t\t\t\t\t\n"
        b"3\t90000001\tiata\tZZX\t\t\t\t\t\t\n"
        b"4\t12345\tde\tNirgendwo\t\t\t\t\t\t\n"
        b"bad line\n"
    )
    return import_geonames(dump, names, tmp_path / "big")


def find(folder, name):
    """Resolve a name in another process that uses the imported tables."""
    code = f"from geo_events.atlas.gazetteer import resolve_place as r; print(r({name!r}).id)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False,
        env={**os.environ, "GEO_EVENTS_DATA": str(folder)},
    )  # fmt: skip
    return done.stdout.strip() or done.stderr


def test_good_lines_are_found_under_all_their_names(imported):
    """Main, alternate, foreign and coded names of an imported place find it."""
    for name in ("Zzyzxabad", "Зизиксабад", "zyzyx abad", "Sisixstadt", "ZZX"):
        assert find(imported.folder, name) == "geonames:90000001"


def test_the_embedded_places_stay(imported):
    """What was found before is found after."""
    assert find(imported.folder, "Каспийское море") == "sea:caspian-sea"
    assert find(imported.folder, "Raqqa") == "geonames:172955"


def test_a_known_place_gets_the_dump_s_position_and_people(imported):
    """A place that the tables have already is updated, not doubled."""
    gazetteer = Gazetteer(imported.folder / "places.cols")
    record = gazetteer.row_record(gazetteer.row_of("geonames:172955"))
    assert (record.lon, record.lat, record.population) == (39.02, 35.96, 777777)
    assert record.name == "Raqqa"
    assert imported.updated == 1
    assert imported.added == 3


def test_bad_lines_are_counted_by_reason_and_kept(imported):
    """Nothing is lost: each bad line stands in rejected.tsv with its number and reason."""
    assert imported.rejected == 11
    text = (imported.folder / "rejected.tsv").read_bytes()
    for part in (b"made.txt\t9\texpected 19 cells", b"broken UTF-8", b"no coordinates", b"no name",
                 b"out of range", b"made.txt\t4\tan id that was there already\t90000001\tTwice",
                 b"No Coordinates",
                 b"names.txt\t5\texpected 8 or 10 cells"):  # fmt: skip
        assert part in text


def test_the_new_folder_is_a_whole_bundle(imported):
    """Every file of the manifest has its checksum, and the polygons came along."""
    bundle = Bundle(imported.folder)
    for name in bundle.files:
        bundle.path(name)
    assert "pieces.parquet" in bundle.files


@pytest.mark.parametrize("content", [b"a,b,c\n1,2,3\n", b"\x00\x01\x02" * 50, b"\xff\n"])
def test_a_file_without_any_usable_line_is_an_error(tmp_path, content):
    """A wrong file raises with its first faults and leaves no folder."""
    path = tmp_path / "wrong.txt"
    path.write_bytes(content)
    with pytest.raises(FrameError, match="none can be used"):
        import_geonames(path, target=tmp_path / "big")
    assert not (tmp_path / "big").exists()


def test_an_archive_is_read_and_a_bomb_refused(tmp_path, dump):
    """A zip archive gives the same places; one that unpacks out of all proportion is refused."""
    packed, bomb = tmp_path / "ok.zip", tmp_path / "bomb.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(dump, "allCountries.txt")
    assert import_geonames(packed, target=tmp_path / "big").added == 3
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("allCountries.txt", b"0" * 30_000_000)
    with pytest.raises(InvalidInputError, match="unpack"):
        import_geonames(bomb, target=tmp_path / "other")


@pytest.mark.parametrize("make", [lambda p: p, lambda p: p.mkdir() or p])
def test_a_missing_dump_is_told(tmp_path, make):
    """A path that is no file is an error of ours."""
    with pytest.raises(InvalidInputError, match="is none"):
        import_geonames(make(tmp_path / "nothing.zip"), target=tmp_path / "big")


def test_a_folder_of_other_things_is_not_replaced(tmp_path, dump):
    """Files of the user's own are never lost to an import: only tables are replaced."""
    (tmp_path / "mine").mkdir()
    own = tmp_path / "mine" / "notes.txt"
    own.write_text("mine")
    for target in (own.parent, own):
        with pytest.raises(InvalidInputError, match="would be lost"):
            import_geonames(dump, target=target)
    assert own.read_text() == "mine"


def test_an_empty_folder_and_older_tables_are_replaced(tmp_path, dump):
    """An empty folder may be named, and a second import takes the place of the first."""
    (tmp_path / "big").mkdir()
    assert import_geonames(dump, target=tmp_path / "big").added == 3
    assert import_geonames(dump, target=tmp_path / "big").added == 3


def test_the_variable_may_name_the_folder_that_is_yet_to_be_made(tmp_path, dump, monkeypatch):
    """With GEO_EVENTS_DATA on a new folder the dump is added to the shipped tables."""
    monkeypatch.setattr("geo_events.atlas.bundle._PACKAGE", tmp_path / "package")
    (tmp_path / "package").mkdir()
    (tmp_path / "embedded").rename(tmp_path / "package" / "_data")
    monkeypatch.setenv("GEO_EVENTS_DATA", str(tmp_path / "big"))
    assert import_geonames(dump, target=tmp_path / "big").added == 3
    assert "Zzyzxabad" not in find(tmp_path / "big", "Raqqa")
    assert find(tmp_path / "big", "Zzyzxabad") == "geonames:90000001"


def kill_at_random(tmp_path, dump, count):
    """Import again and again and kill at random moments; the target must stay whole."""
    target = tmp_path / "big"
    import_geonames(dump, target=target)
    code = (
        "import sys; from geo_events.atlas.geonames import import_geonames as i;"
        "i(sys.argv[1], target=sys.argv[2])"
    )
    start = time.monotonic()
    subprocess.run([sys.executable, "-c", code, str(dump), str(target)], check=True)
    whole = time.monotonic() - start
    chance = random.Random(1)  # noqa: S311  moments, not secrets
    for _ in range(count):
        process = subprocess.Popen([sys.executable, "-c", code, str(dump), str(target)])
        time.sleep(chance.uniform(0.1, 1.05) * whole)
        process.send_signal(signal.SIGKILL)
        process.wait()
        bundle = Bundle(target)
        for name in bundle.files:
            bundle.path(name)
        gazetteer = Gazetteer(target / "places.cols")
        assert gazetteer.row_of("geonames:90000001") is not None


def test_a_kill_leaves_the_old_tables_or_the_new(tmp_path, dump):
    """After kill -9 at a random moment the folder is whole."""
    kill_at_random(tmp_path, dump, 3)


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_two_hundred_kills_leave_whole_tables(tmp_path, dump):
    """200 kills at random moments: 0 partial, 0 corrupt."""
    kill_at_random(tmp_path, dump, 200)


def test_every_error_is_ours(tmp_path):
    """An archive cut in the middle raises an error of ours."""
    path = tmp_path / "cut.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.txt", os.urandom(50_000))
    data = bytearray(path.read_bytes())
    data[2000:30_000] = bytes(28_000)
    path.write_bytes(data)
    with pytest.raises(GeoEventsError):
        import_geonames(path, target=tmp_path / "big")
