"""Make the picture of the README: ``python tools/make_picture.py``; needs a browser and Pillow.

The map of the worked case as a reader sees it, with few colours so that the file stays small.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image

import geo_events as ge
from geo_events.maps.figures import find_browser, write_png

ROOT = Path(__file__).parents[1]
STORY = ROOT / "seeds" / "caspian-2015" / "story.md"
PICTURE = ROOT / "docs" / "_static" / "caspian-2015.png"
SIZE = (1100, 700)
SCALE = 1.25
COLOURS = 256
LARGEST = 300_000


def main() -> int:
    """Draw the map, write the picture, and say how large it is."""
    if find_browser() is None:
        print("the picture is one of the page itself: it needs Chromium", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        shot = write_png(ge.read_story(STORY), Path(folder) / "shot.png", size=SIZE, scale=SCALE)
        picture = (
            Image.open(shot)
            .convert("RGB")
            .quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
        )
        picture.save(PICTURE, optimize=True)
    size = PICTURE.stat().st_size
    print(f"{PICTURE.relative_to(ROOT)}: {picture.width} x {picture.height}, {size:,} bytes")
    return int(size > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
