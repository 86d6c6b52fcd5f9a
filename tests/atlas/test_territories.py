"""The partition: whole, without gap or overlap, and the same Earth in both views."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo_events.atlas.atlas import load_atlas
from geo_events.atlas.codec import STEPS_PER_DEGREE
from geo_events.atlas.territories import Pieces, load_pieces, territory_polygon
from geo_events.errors import InvalidInputError
from geo_events.values import View  # noqa: TC001 - evaluated in annotations below

EARTH_KM2 = 510_065_621.724
"""Surface of the WGS 84 ellipsoid (Karney 2013; also `GeodesicLine` documentation)."""

AREAS = list(
    csv.DictReader(
        (Path(__file__).parent / "published_areas.csv").read_text(encoding="utf-8").splitlines()
    )
)
VIEWS: tuple[View, ...] = ("de_facto", "recognised")


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    """The partition."""
    return load_pieces()


def _area_km2(polygon: shapely.Geometry) -> float:
    """Area on the ellipsoid."""
    geod = Geod(ellps="WGS84")
    parts = shapely.orient_polygons(shapely.get_parts(polygon))
    return sum(geod.geometry_area_perimeter(part)[0] for part in parts) / 1e6


def test_the_pieces_cover_the_ellipsoid_once(pieces: Pieces) -> None:
    """The areas of all pieces add up to the surface of the Earth: no gap, no overlap."""
    total = sum(_area_km2(polygon) for polygon in pieces.polygons)
    assert total == pytest.approx(EARTH_KM2, abs=0.01)


def test_the_pieces_are_a_valid_coverage(pieces: Pieces) -> None:
    """Neighbours share all their vertices, and nothing overlaps."""
    steps = shapely.transform(pieces.polygons, lambda xy: np.rint(xy * STEPS_PER_DEGREE))
    assert shapely.coverage_is_valid(steps)
    assert shapely.area(steps).sum() == 360 * 180 * STEPS_PER_DEGREE**2


def test_every_piece_is_valid_and_not_empty(pieces: Pieces) -> None:
    """No polygon crosses itself or is lost."""
    assert shapely.is_valid(pieces.polygons).all()
    assert not shapely.is_empty(pieces.polygons).any()


def test_no_land_ring_is_wider_than_half_the_globe(pieces: Pieces) -> None:
    """Russia, Fiji and the Aleutians are cut at 180 degrees; only Antarctica spans the globe."""
    wide = set()
    for polygon, number in zip(pieces.polygons, pieces.de_facto, strict=True):
        bounds = shapely.bounds(shapely.get_parts(polygon))
        if (bounds[:, 2] - bounds[:, 0]).max() > 180 and pieces.kinds[number] == "country":
            wide.add(pieces.territory_ids[number])
    assert wide == {"country:ATA"}


@pytest.mark.parametrize("view", VIEWS)
def test_each_piece_has_one_territory_in_each_view(pieces: Pieces, view: View) -> None:
    """A view is a labelling of the pieces, and seas are the same in both."""
    numbers = pieces.territory_of(view)
    assert numbers.min() >= 0
    sea = np.array([kind == "sea" for kind in pieces.kinds])
    assert (sea[pieces.de_facto] == sea[pieces.recognised]).all()
    assert (pieces.de_facto == pieces.recognised)[sea[pieces.de_facto]].all()


@pytest.mark.parametrize("row", AREAS, ids=[row["id"] for row in AREAS])
def test_areas_are_within_one_percent_of_published_ones(row: dict[str, str]) -> None:
    """Countries have their published area, or the table says why not (then within 12 %)."""
    table = load_atlas(view="recognised").territories.set_index("id")
    allowed = 0.12 if row["why"] else 0.01
    assert table.loc[row["id"], "area_km2"] == pytest.approx(float(row["area_km2"]), rel=allowed)


def test_most_countries_have_their_published_area() -> None:
    """The explained exceptions stay the smaller part."""
    assert sum(not row["why"] for row in AREAS) >= 75


@pytest.mark.parametrize(
    ("lon", "lat", "area_km2", "recognised"),
    [
        (35.73, 33.03, 1191, "country:SYR"),
        (28.42, 9.67, 10876, "country:SDN"),
        (-55.96, -30.96, 267, "country:BRA"),
        (-73.31, -49.52, 1409, "country:SPI"),
    ],
    ids=["Golan", "Abyei", "Brazil-Uruguay strip", "ice field"],
)
def test_the_holes_of_the_recognised_view_are_filled(
    pieces: Pieces, lon: float, lat: float, area_km2: float, recognised: str
) -> None:
    """The four holes of the source have an owner, a note, and their known size."""
    here = np.flatnonzero(shapely.intersects_xy(pieces.polygons, lon, lat))
    assert len(here) == 1
    assert pieces.territory_ids[pieces.recognised[here[0]]] == recognised
    assert pieces.contested[here[0]]
    assert pieces.area_km2[here[0]] == pytest.approx(area_km2, rel=0.01)


def test_overseas_departments_are_not_france() -> None:
    """France is in Europe; French Guiana and the islands stand for themselves."""
    west, south, east, north = territory_polygon("country:FRA").bounds
    assert -6 < west < east < 10
    assert 41 < south < north < 52
    for code in ("GUF", "MTQ", "GLP", "REU", "MYT"):
        assert territory_polygon(f"country:{code}").area > 0


def test_a_sea_has_its_parts_unless_asked_otherwise() -> None:
    """The Mediterranean holds the Aegean; its own piece does not."""
    aegean = shapely.Point(25.0, 38.8)
    assert territory_polygon("sea:mediterranean-sea").contains(aegean)
    assert not territory_polygon("sea:mediterranean-sea", whole=False).contains(aegean)


@pytest.mark.parametrize(
    ("sea", "area_km2", "tolerance"),
    [
        ("sea:caspian-sea", 371_000, 0.05),
        ("sea:black-sea", 436_400, 0.05),
        ("sea:mediterranean-sea", 2_500_000, 0.03),
        ("sea:red-sea", 438_000, 0.06),
        ("sea:persian-gulf", 251_000, 0.08),
        ("sea:hudson-bay", 1_230_000, 0.35),
        ("sea:baltic-sea", 392_000, 0.10),
        ("sea:atlantic-ocean", 85_133_000, 0.10),
        ("sea:pacific-ocean", 168_723_000, 0.05),
    ],
)
def test_seas_have_about_their_published_area(sea: str, area_km2: float, tolerance: float) -> None:
    """Seas with their parts match encyclopaedias, as far as those agree on the limits."""
    table = load_atlas().seas.set_index("id")
    assert table.loc[sea, "area_km2"] == pytest.approx(area_km2, rel=tolerance)


def test_the_caspian_is_a_sea_and_kaliningrad_is_none() -> None:
    """The Caspian is named water, and the lagoon that the source calls Kaliningrad is not."""
    seas = set(load_atlas().seas["name"])
    assert "Caspian Sea" in seas
    assert "Kaliningrad" not in seas


def test_a_territory_that_a_view_does_not_know_is_empty() -> None:
    """Northern Cyprus has no polygon in the recognised view."""
    assert territory_polygon("country:CYN", "recognised").is_empty
    assert not territory_polygon("country:CYN", "de_facto").is_empty


def test_unknown_territories_and_views_are_refused() -> None:
    """A wrong id or view is told."""
    with pytest.raises(InvalidInputError, match="country:XYZ"):
        territory_polygon("country:XYZ")
    with pytest.raises(InvalidInputError, match="de_jure"):
        territory_polygon("country:SYR", "de_jure")  # type: ignore[arg-type]


def test_keys_are_unique_where_iso_codes_are_not() -> None:
    """Ids are our own: one row each, also where Natural Earth repeats an ISO code."""
    for view in VIEWS:
        table = load_atlas(view=view).territories
        assert table["id"].is_unique
        codes = table.loc[table["iso3"] != "", "iso3"]
        assert codes.is_unique


def test_the_atlas_is_shared_and_says_its_view() -> None:
    """The same atlas comes back, and shows whose borders it holds."""
    assert load_atlas() is load_atlas(view="de_facto")
    assert "recognised" in repr(load_atlas(view="recognised"))


def test_large_countries_lost_no_parts() -> None:
    """Repairing polygons must not delete mainland USA or Canada."""
    for code, lon, lat in (("USA", -98.5, 39.8), ("CAN", -106.0, 55.0), ("RUS", 100.0, 60.0)):
        assert territory_polygon(f"country:{code}").contains(shapely.Point(lon, lat))
