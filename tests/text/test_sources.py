"""Files to text."""

from __future__ import annotations

import io
import sys
from datetime import date

import pytest

from geo_events.errors import GeoEventsWarning, InvalidInputError, MissingExtraError
from geo_events.story import read_story
from geo_events.text.sections import find_sections
from geo_events.text.sources import load_text

TURKEY = (
    "<p>Two <b>jets</b> flew from <a href='/x'>Turkey</a> to Raqqa and turned away when another "
    "aircraft came within 20 nautical miles, the ministry said on Wednesday in a statement.</p>"
)
IRAN = (
    "<p>Four ships in the Caspian Sea launched missiles at targets in Syria, the ministry said. "
    "Iran denied that any missile fell in the country and called the report a campaign.</p>"
)
MENU = "<nav><ul><li><a href='/'>Home</a><li><a href='/paris'>Paris</a></ul></nav>"
FOOT = "<footer>Write to us in Berlin</footer>"


def write(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def page_of(body, head=""):
    return f"<!doctype html><html><head>{head}</head><body>{MENU}{body}{FOOT}</body></html>"


def load_page(tmp_path, body, head=""):
    pytest.importorskip("resiliparse", reason="needs the extra html")
    return load_text(write(tmp_path, "a.html", page_of(body, head)))


def test_front_matter_gives_title_and_day(tmp_path):
    """Title and publication come from between the dashes and are no part of the text."""
    path = write(tmp_path, "a.md", "---\ntitle: T\npublished: 2015-10-08\n---\n# One\nText.\n")
    loaded = load_text(path)
    assert (loaded.title, loaded.published) == ("T", date(2015, 10, 8))
    assert loaded.text.startswith("# One")


def test_html_that_is_not_closed_is_read(tmp_path):
    """Scripts, styles and menus are left out; what is not closed is closed as browsers do."""
    pytest.importorskip("resiliparse", reason="needs the extra html")
    page = (
        "<!doctype html><html><head><title>A  title</title><script>var x;</script>"
        "<meta property='article:published_time' content='2015-10-08T10:00Z'></head>"
        "<body><nav>Menu</nav><p>Jets flew <b>to</b> Malta.<p>They <i>landed"
    )
    loaded = load_text(write(tmp_path, "a.html", page))
    assert loaded.text == "Jets flew to Malta.\n\nThey landed"
    assert (loaded.title, loaded.published) == ("A title", date(2015, 10, 8))


def test_the_article_is_read_without_menus(tmp_path):
    """Places of the menu, the footer and link targets are no places of the story."""
    loaded = load_page(tmp_path, f"<article><h1>Jets turn</h1>{TURKEY}</article>")
    assert "Two jets flew from Turkey to Raqqa" in loaded.text
    assert not any(word in loaded.text for word in ("Paris", "Berlin", "Home", "<", "/x"))
    assert loaded.notes == ()


def test_two_stories_of_a_page_are_two_sections(tmp_path):
    """Headings keep their rank, so that each story of a page starts a section."""
    body = f"<article><h2>Jets turn</h2>{TURKEY}</article><article><h2>Ships fire</h2>{IRAN}"
    sections = find_sections(load_page(tmp_path, body).text)
    assert [section.title for section in sections] == ["Jets turn", "Ships fire"]


@pytest.mark.parametrize("ending", ["txt", "md", "html"])
def test_two_stories_of_a_file_are_two_sections(tmp_path, ending):
    """Text, Markdown and HTML with two headlines have two sections each."""
    stories = [("Jets turn back over the sea", TURKEY), ("Ships fire on two towns", IRAN)]
    plain = [(head, body.replace("<p>", "").replace("</p>", "")) for head, body in stories]
    if ending == "html":
        pytest.importorskip("resiliparse", reason="needs the extra html")
        content = page_of("".join(f"<h2>{head}</h2>{body}" for head, body in stories))
    else:
        mark = "## " if ending == "md" else ""
        content = "\n\n".join(f"{mark}{head}\n\n{body}" for head, body in plain)
    story = read_story(write(tmp_path, f"a.{ending}", content))
    assert [s.title for s in story.document.sections] == [head for head, _ in stories]


@pytest.mark.parametrize(
    "head",
    [
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Jets turn", '
            '"datePublished": "2015-10-08T23:30:00-05:00"}</script>'
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"headline": '
            '"Jets turn", "datePublished": "2015-10-08"}]}</script>'
        ),
        (
            '<script type="application/ld+json">{broken</script>'
            '<meta property="og:title" content="Jets turn"><meta name="DC.date.issued" '
            'content="Thu, 08 Oct 2015 12:00:00 GMT">'
        ),
        '<title>Jets turn</title><meta itemprop="datePublished" content="2015-10-08">',
    ],
)
def test_title_and_day_come_from_the_page(tmp_path, head):
    """JSON-LD and meta elements give the headline and the day as it is written there."""
    loaded = load_page(tmp_path, TURKEY, head)
    assert (loaded.title, loaded.published) == ("Jets turn", date(2015, 10, 8))


def test_a_time_element_gives_the_day_but_words_do_not(tmp_path):
    """Only what the page marks as a time is taken for the day of publication."""
    marked = load_page(tmp_path, f"<time datetime='2015-10-08'>Thursday</time>{TURKEY}")
    worded = load_page(tmp_path, f"<p>On 3 March 2014 a jet fell.</p>{TURKEY}")
    assert (marked.published, worded.published) == (date(2015, 10, 8), None)


def test_the_published_day_of_the_caller_wins(tmp_path):
    """What the caller says stands above what the page says."""
    pytest.importorskip("resiliparse", reason="needs the extra html")
    page = page_of(TURKEY, '<meta name="date" content="2015-10-08">')
    path = write(tmp_path, "a.html", page)
    assert read_story(path).published == date(2015, 10, 8)
    assert read_story(path, published="2015-10-09").published == date(2015, 10, 9)


def test_a_page_without_an_article_says_so(tmp_path):
    """Where menus cannot be told from the article all words are read, with a note."""
    pytest.importorskip("resiliparse", reason="needs the extra html")
    loaded = load_text(write(tmp_path, "a.html", "<html><nav>Jets flew to Malta."))
    assert loaded.text == "Jets flew to Malta."
    assert "no article" in loaded.notes[0]


def test_without_the_extra_html_is_refused_with_the_pip_line(tmp_path, monkeypatch):
    """The error says how to install what reads pages."""
    monkeypatch.setitem(sys.modules, "resiliparse.extract.html2text", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'geo_events\[html\]'"):
        load_text(write(tmp_path, "a.html", page_of(TURKEY)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1251", "koi8-r"])
def test_encodings_by_mark_or_guess(tmp_path, encoding):
    """Unicode is told by its mark, and older Russian encodings by their letters."""
    text = "Ракеты упали в Иране, сообщили в Москве."
    assert load_text(write(tmp_path, "a.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "The café in Zürich"),
        ("latin-1", "Der Angriff auf Düsseldorf, Köln und Göttingen wurde bestätigt."),
        ("cp1254", "İncirlik üssünden kalkan uçaklar Rakka'yı vurdu. Şırnak'ta çatışma çıktı."),
        ("cp1256", "أطلقت الصواريخ من بحر قزوين على أهداف في سوريا وسقط بعضها في إيران"),
        ("gb18030", "导弹从里海发射，飞往叙利亚的目标。"),
    ],
)
def test_a_guessed_encoding_is_said(tmp_path, encoding, text):
    """What is no UTF-8 is guessed, and the guess is told."""
    loaded = load_text(write(tmp_path, "a.txt", text.encode(encoding)))
    assert loaded.text == text
    assert "a guess" in loaded.notes[0]


@pytest.mark.parametrize("said", ["iso-8859-1", "windows-1252", "utf-8"])
def test_a_page_is_read_as_it_declares(tmp_path, said):
    """A declared encoding is taken where the bytes fit it; Latin-1 is Windows-1252 to browsers."""
    pytest.importorskip("resiliparse", reason="needs the extra html")
    page = f"<html><head><meta charset='{said}'></head><p>Jets left Besançon – “Zürich”.</p>"
    loaded = load_text(write(tmp_path, "a.html", page.encode("cp1252")))
    assert loaded.text.startswith("Jets left Besançon")
    assert bool(loaded.notes) == (said == "utf-8")


def test_broken_utf8_is_repaired_and_said(tmp_path):
    """Broken places become U+FFFD; the note says where the first is; reading warns."""
    path = write(tmp_path, "a.txt", "Ракеты".encode() + b"\xd0 " + "упали в Иране.".encode())
    with pytest.warns(GeoEventsWarning, match="broken UTF-8 at byte 12; 1 places"):
        story = read_story(path)
    assert story.text == "Ракеты\ufffd упали в Иране."


def test_a_guess_warns_when_a_story_is_read(tmp_path):
    """`read_story` passes the note on as a warning."""
    path = write(tmp_path, "a.txt", "The café in Zürich".encode("cp1252"))
    with pytest.warns(GeoEventsWarning, match="not UTF-8"):
        assert read_story(path).text == "The café in Zürich"


@pytest.mark.parametrize(
    ("name", "content", "match"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t ", "empty"),
        ("a.md", b"---\ntitle: T\n---\n \n", "empty after the front matter"),
        ("a.txt", bytes(range(256)) * 4, "binary"),
        ("a.bin", b"\x89PNG\r\n\x1a\n\x00\x00\x00", "binary"),
        ("a.html", b"<html><script>x</script></html>", "none"),
        ("a.html", b"<html>" + b"<div>" * 1500 + b"Paris", "nested"),
        pytest.param(
            *("a.html", b"<html>" + b"<li>" * 1_000_001, "elements"), marks=pytest.mark.slow
        ),
        ("a.md", b"---\npublished: 2015-13-40\n---\nText.", "published"),
        ("a.txt", b"\xff\xfea", "utf-16"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, name, content, match):
    """Empty, binary and broken files give one clear message."""
    if name.endswith("html"):
        pytest.importorskip("resiliparse", reason="needs the extra html")
    with pytest.raises(InvalidInputError, match=match):
        load_text(write(tmp_path, name, content))


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    """The message names the path."""
    with pytest.raises(InvalidInputError, match="no such file"):
        load_text(tmp_path / "missing.txt")
    with pytest.raises(InvalidInputError, match="folder"):
        load_text(tmp_path)
    with pytest.raises(InvalidInputError, match="cannot be read"):
        load_text("a\x00b.txt")


def test_an_open_file_is_read():
    """Text and bytes that are open for reading are read as they are."""
    assert load_text(io.StringIO("A text.")).text == "A text."
    assert load_text(io.BytesIO("Ürümqi".encode())).text == "Ürümqi"


def test_line_ends_of_all_systems_are_one_character(tmp_path):
    """Offsets do not depend on where a file was written."""
    found = {load_text(write(tmp_path, "a.txt", f"One.{end}Two.")).text for end in ("\n", "\r\n")}
    assert found == {"One.\nTwo."}
