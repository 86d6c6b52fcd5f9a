"""Write what must be said about the sources wherever the tables go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_build.sources import SOURCES
from geo_events.disk import write_text

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["write_attribution"]

_TEXT = """\
# Where the embedded tables come from

* **Contains GeoNames data** (https://www.geonames.org), licensed under CC BY 4.0
  (https://creativecommons.org/licenses/by/4.0/), **modified**: merged, folded and ranked.
* **Made with Natural Earth** (https://www.naturalearthdata.com), public domain: countries in two
  editions, states and provinces, seas, lakes; cut into one partition on a grid of 1e-4 degree,
  gaps closed, regions simplified.
* Airports: OurAirports (https://ourairports.com), public domain; airportsdata, MIT licence,
  Copyright (c) Mike Borsetti.
* Ports: World Port Index of the US National Geospatial-Intelligence Agency, public domain;
  GeoNames as above; UN/LOCODE codes.
* Country names: countrynames, MIT licence, Copyright (c) Friedrich Lindenberg and contributors.
* Demonyms: CIA World Factbook, public domain.
* Contested areas, limits, parents and names of seas, chokepoints, names of lakes, landmarks:
  made by hand for geo_events, CC0 1.0; see `seeds/README.md` in the source tree.

The view "recognised" follows Natural Earth's German edition, which is close to recognition by the
United Nations; the view "de_facto" follows Natural Earth's default edition, which shows who
controls. Neither is the opinion of the makers of geo_events.

## MIT licence of airportsdata and countrynames

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions: The above copyright notice and this
permission notice shall be included in all copies or substantial portions of the Software. THE
SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

## Packages the tables were built from

| package | version | registry | content | licence of the data |
| --- | --- | --- | --- | --- |
"""


def write_attribution(folder: Path) -> None:
    """Write ``ATTRIBUTION.md``."""
    rows = [
        f"| {s.package} | {s.version} | {s.registry} | {s.content} | {s.licence} |\n"
        for s in SOURCES
    ]
    write_text(folder / "ATTRIBUTION.md", _TEXT + "".join(rows))
