"""Static figures, PNG and PDF: the same content, text as text, and a word on how to get more."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import folium
import geopandas as gpd
import pytest
import shapely

sys.path.insert(0, str(Path(__file__).parent))

from contents import fill_all

from geo_events.corridors.corridor import make_corridor
from geo_events.errors import GeoEventsWarning, InvalidInputError, MissingExtraError
from geo_events.maps import EventMap, figures
from geo_events.maps.figures import write_pdf, write_png
from geo_events.maps.plots import draw_figure, plot

matplotlib = pytest.importorskip("matplotlib")
plt = pytest.importorskip("matplotlib.pyplot")
matplotlib.use("agg")

PICTURES = Path(__file__).parents[1] / "pictures"


def texts_of(figure) -> list[str]:
    """List all that is written on a figure."""
    return [text.get_text() for text in figure.findobj(matplotlib.text.Text)]


def test_figure_says_what_the_page_says():
    """Title, caveat, sources and every sign of the legend stand on the figure."""
    corridor = make_corridor("Caspian Sea", "Raqqa, Syria")
    figure = draw_figure(corridor)
    PICTURES.mkdir(exist_ok=True)
    figure.savefig(PICTURES / "figure-caspian.png")
    text = " ".join(texts_of(figure)).replace("\n", " ")
    for words in (
        "Where straight lines from the Caspian Sea to Raqqa would cross Iran.",
        "Shares are of area, not probabilities.",
        "From here the line to Raqqa crosses it",
        "Line that does not cross Iran",
        "geo_events data",
    ):
        assert words in text, words


@pytest.mark.parametrize("ends", [("Anchorage", "Vladivostok"), ("Pyongyang", "20N 160W")])
def test_figure_across_the_date_line_is_whole(ends):
    """A line across ±180° is one line within the frame, not two at its edges."""
    figure = draw_figure(make_corridor(*ends), legend=False)
    figure.savefig(PICTURES / f"figure-{ends[0].lower()}.png")
    (axes,) = figure.axes
    west, east = axes.get_xlim()
    (line,) = axes.collections[-1].get_segments()
    assert west <= line[:, 0].min() <= line[:, 0].max() <= east
    assert east - west < 180


def test_axes_of_the_reader_are_drawn_on():
    """On given axes no new figure is made, and what is on them stays."""
    figure, axes = plt.subplots()
    axes.plot([30.0, 60.0], [30.0, 50.0])
    assert plot(make_corridor("Moscow", "Ankara"), ax=axes) is axes
    assert axes.get_xlim()[0] < 30
    assert len(axes.lines) >= 2
    plt.close(figure)


@pytest.mark.parametrize("text", ["$x^{2}$ $\\frac{$", "{{7*7}} \\input{x} %", "a_b^c #&~"])
def test_text_on_a_figure_is_only_text(text):
    """Neither mathematics nor TeX is read from any text, also where the reader turned TeX on."""
    with matplotlib.rc_context({"text.usetex": True}):
        figure = draw_figure(fill_all(text), basemap=None)
        ours = [one for one in figure.findobj(matplotlib.text.Text) if text in one.get_text()]
        assert len(ours) >= 8
        assert not any(one.get_parse_math() or one.get_usetex() for one in ours)
        figure.savefig(io.BytesIO())


def test_methods_plot():
    """Places draw themselves, as do frames given to `plot`."""
    frame = gpd.GeoDataFrame(
        {"name": ["a", "b", "c"]},
        geometry=[
            shapely.Point(10, 10),
            shapely.box(11, 11, 12, 12),
            shapely.LineString([(9, 9), (12, 9)]),
        ],
        crs=4326,
    )
    axes = plot(frame, basemap=None)
    assert axes.get_title(loc="left") == "Table"
    plt.close(axes.figure)


@pytest.mark.browser
@pytest.mark.usefixtures("chromium")
def test_picture_of_the_page(tmp_path):
    """With a browser, PNG is the page in the size asked for, and PDF is A4."""
    from PIL import Image

    m = EventMap(content=fill_all("Raqqa"))
    with Image.open(write_png(m, tmp_path / "a.png", size=(800, 600), scale=1.5)) as picture:
        assert picture.size == (1200, 900)
    data = write_pdf(m, tmp_path / "a.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594.95996 841.91998]" in data or b"/MediaBox [0 0 595" in data


def test_without_a_browser_the_figure_is_written(tmp_path, monkeypatch):
    """Without a browser both are the static figure, with a word on how to get a browser."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    for write, suffix, head in ((write_png, "png", b"\x89PNG"), (write_pdf, "pdf", b"%PDF")):
        with pytest.warns(GeoEventsWarning, match="apt-get install chromium"):
            path = write(fill_all("Raqqa"), tmp_path / f"a.{suffix}")
        assert path.read_bytes().startswith(head)


def test_without_a_browser_a_plain_map_is_refused(tmp_path, monkeypatch):
    """A folium map that is none of ours has no figure."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    with pytest.raises(InvalidInputError, match="apt-get install chromium"):
        write_png(folium.Map(tiles=None), tmp_path / "a.png")
    assert figures.find_browser() is None


def test_without_matplotlib_the_extra_is_named(monkeypatch):
    """Where matplotlib is not installed, the error says how to install it."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"geo_events\[image\]"):
        plot(fill_all("x"), basemap=None)


@pytest.mark.parametrize(
    "options", [{"size": (10, 10)}, {"size": (1280, 99_999)}, {"scale": 9.0}, {"scale": 0.0}]
)
def test_size_out_of_range_is_refused(tmp_path, options):
    """A picture has a size that a browser can draw."""
    with pytest.raises(InvalidInputError, match="size"):
        write_png(fill_all("x"), tmp_path / "a.png", **options)


def test_folder_that_is_not_there_is_refused_before_drawing(tmp_path):
    """A picture for a missing folder is refused at once."""
    with pytest.raises(InvalidInputError, match="no folder"):
        write_png(fill_all("x"), tmp_path / "missing" / "a.png")
