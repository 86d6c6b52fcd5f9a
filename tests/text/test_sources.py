"""Files to text."""

from __future__ import annotations

import io
from datetime import date

import pytest

from geo_events.errors import GeoEventsWarning, InvalidInputError
from geo_events.text.sources import load_text


def write(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_front_matter_gives_title_and_day(tmp_path):
    """Title and publication come from between the dashes and are no part of the text."""
    path = write(tmp_path, "a.md", "---\ntitle: T\npublished: 2015-10-08\n---\n# One\nText.\n")
    loaded = load_text(path)
    assert (loaded.title, loaded.published) == ("T", date(2015, 10, 8))
    assert loaded.text.startswith("# One")


def test_html_gives_words_without_menus(tmp_path):
    """Scripts, styles and menus are left out; title and day come from the page."""
    page = (
        "<!doctype html><html><head><title>A  title</title><script>var x;</script>"
        "<meta property='article:published_time' content='2015-10-08T10:00Z'></head>"
        "<body><nav>Menu</nav><p>Jets flew <b>to</b> Malta.<p>They <i>landed"
    )
    loaded = load_text(write(tmp_path, "a.html", page))
    assert loaded.text == "Jets flew to Malta.\nThey landed"
    assert (loaded.title, loaded.published) == ("A title", date(2015, 10, 8))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_by_their_mark(tmp_path, encoding):
    """UTF-8 with and without a mark and UTF-16 with one read the same."""
    assert load_text(write(tmp_path, "a.txt", "Ракета над Сирией".encode(encoding))).text == (
        "Ракета над Сирией"
    )


def test_another_encoding_is_read_with_a_warning(tmp_path):
    """What is not UTF-8 is read as Windows-1252, and said so."""
    path = write(tmp_path, "a.txt", "The café in Zürich".encode("cp1252"))
    with pytest.warns(GeoEventsWarning, match="not UTF-8"):
        assert load_text(path).text == "The café in Zürich"


@pytest.mark.parametrize(
    ("name", "content", "match"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t ", "empty"),
        ("a.txt", bytes(range(256)) * 4, "binary"),
        ("a.bin", b"\x89PNG\r\n\x1a\n\x00\x00\x00", "binary"),
        ("a.html", b"<html><script>x</script></html>", "none"),
        ("a.md", b"---\npublished: 2015-13-40\n---\nText.", "published"),
        ("a.txt", b"\xff\xfea", "utf-16"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, name, content, match):
    """Empty, binary and broken files give one clear message."""
    with pytest.raises(InvalidInputError, match=match):
        load_text(write(tmp_path, name, content))


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    """The message names the path."""
    with pytest.raises(InvalidInputError, match="no such file"):
        load_text(tmp_path / "missing.txt")
    with pytest.raises(InvalidInputError, match="folder"):
        load_text(tmp_path)


def test_an_open_file_is_read():
    """Text and bytes that are open for reading are read as they are."""
    assert load_text(io.StringIO("A text.")).text == "A text."
    assert load_text(io.BytesIO("Ürümqi".encode())).text == "Ürümqi"
