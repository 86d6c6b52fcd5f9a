"""Find places by name: the public look-ups of the gazetteer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from geo_events.atlas.coordinates import find_position
from geo_events.atlas.fold import fold
from geo_events.atlas.names import load_name_index
from geo_events.atlas.places import Place
from geo_events.atlas.prominence import KINDS
from geo_events.atlas.queries import find_hits, find_suggestions
from geo_events.atlas.ranking import Filter, find_equals, rank_hits
from geo_events.atlas.records import Gazetteer, load_gazetteer
from geo_events.errors import AmbiguousPlaceError, InvalidInputError, PlaceNotFoundError
from geo_events.values import LonLat

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from geo_events.atlas.ranking import Hit

__all__ = [
    "Candidate",
    "Gazetteer",
    "PlaceLike",
    "find_candidates",
    "find_places",
    "load_gazetteer",
    "resolve_place",
]

PlaceLike: TypeAlias = "str | Place | LonLat | BaseGeometry"

_EQUAL_MARGIN = 0.05
_MAX_NAME = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a name can mean.

    Parameters
    ----------
    place : Place
        The place.
    score : float
        0 to 1; comparable between the candidates of one name.
    reason : str
        One line: what speaks for it.
    """

    place: Place
    score: float
    reason: str

    def __str__(self) -> str:
        return f"{self.place} [{self.score:.2f}: {self.reason}]"


def find_candidates(
    name: str,
    *,
    kind: str | Iterable[str] | None = None,
    country: str | None = None,
    near: PlaceLike | None = None,
    limit: int | None = 10,
    fuzzy: bool = True,
) -> tuple[Candidate, ...]:
    """Find the places that a name can mean, without loading pandas.

    Parameters
    ----------
    name : str
        In any script; case, accents, punctuation and invisible characters do not count. Codes
        (ISO, ICAO, IATA, LOCODE), abbreviations and demonyms are names too. A comma or brackets
        may give the country, state or large city it lies in: ``"Langley, Virginia"``.
    kind : str or iterable of str, optional
        Only these kinds: country, region, district, city, sea, lake, strait, island, natural,
        airport, airbase, port, facility, institution, area.
    country : str, optional
        Only places of this country: a code, name or id.
    near : place, optional
        Rank places near this one higher; given as for `resolve_place`.
    limit : int or None, default 10
        At most so many; None for all.
    fuzzy : bool, default True
        When nothing has the very name, take names that are like it.

    Returns
    -------
    tuple of Candidate
        Best first; empty when nothing fits.

    Raises
    ------
    InvalidInputError
        An empty or over-long name, an unknown kind or country, a limit below 0.
    PlaceNotFoundError, AmbiguousPlaceError
        For `near`.
    DataMissingError, DataCorruptError
        The tables are missing or damaged.

    Examples
    --------
    >>> print(find_candidates("Raqqa")[0].place)
    Raqqa, Syria (city)
    >>> [c.place.country for c in find_candidates("Langley", country="CAN", limit=1)]
    ['CAN']
    """
    _check_name(name, limit)
    wanted = _make_filter(kind, country, near)
    gazetteer = load_gazetteer()
    hits = _ranked(name, wanted, fuzzy=fuzzy)
    return tuple(_candidate(gazetteer, hit) for hit in hits[:limit])


def _ranked(name: str, wanted: Filter, *, fuzzy: bool) -> list[Hit]:
    """Find and rank the rows of a name."""
    gazetteer = load_gazetteer()
    hits = find_hits(load_name_index(), gazetteer, name, wanted, fuzzy=fuzzy)
    return rank_hits(gazetteer, hits, wanted.near)


def _candidate(gazetteer: Gazetteer, hit: Hit) -> Candidate:
    """Make the candidate of a ranked hit."""
    return Candidate(gazetteer.place(hit.row), hit.score, hit.reason)


def find_places(
    name: str,
    *,
    kind: str | Iterable[str] | None = None,
    country: str | None = None,
    near: PlaceLike | None = None,
    limit: int | None = 10,
    fuzzy: bool = True,
) -> gpd.GeoDataFrame:
    """Find the places that a name can mean, as a table.

    Parameters
    ----------
    name : str
        In any script; see `resolve_place` for all the ways to write it.
    kind : str or iterable of str, optional
        Only these kinds: country, region, district, city, sea, lake, strait, island, natural,
        airport, airbase, port, facility, institution, area.
    country : str, optional
        Only places of this country: a code, name or id.
    near : place, optional
        Rank places near this one higher; given as for `resolve_place`.
    limit : int or None, default 10
        At most so many rows; None for all.
    fuzzy : bool, default True
        When nothing has the very name, take names that are like it.

    Returns
    -------
    GeoDataFrame
        Best first, EPSG:4326, geometry the reference points; index from 0; columns `id, name,
        kind, country, region, lon, lat, population, source, score, reason`. Empty, with the same
        columns, when nothing fits.

    Raises
    ------
    InvalidInputError
        An empty or over-long name, an unknown kind or country, a limit below 0.
    PlaceNotFoundError, AmbiguousPlaceError
        For `near`.
    DataMissingError, DataCorruptError
        The tables are missing or damaged.

    Examples
    --------
    >>> find_places("Moscow", limit=2)["country"].tolist()[0]
    'RUS'
    >>> len(find_places("no such place anywhere", fuzzy=False))
    0
    """
    import geopandas as gpd  # noqa: PLC0415  a single look-up needs no frames
    import pandas as pd  # noqa: PLC0415

    found = find_candidates(name, kind=kind, country=country, near=near, limit=limit, fuzzy=fuzzy)
    text = ["id", "name", "kind", "country", "region"]
    data: dict[str, pd.Series] = {
        column: pd.Series([getattr(c.place, column) or "" for c in found], dtype="str")
        for column in text
    }
    data["lon"] = pd.Series([c.place.lon for c in found], dtype="float64")
    data["lat"] = pd.Series([c.place.lat for c in found], dtype="float64")
    data["population"] = pd.Series([c.place.population for c in found], dtype="int64")
    data["source"] = pd.Series([c.place.source for c in found], dtype="str")
    data["score"] = pd.Series([c.score for c in found], dtype="float64")
    data["reason"] = pd.Series([c.reason for c in found], dtype="str")
    frame = pd.DataFrame(data)
    points = gpd.points_from_xy(frame["lon"], frame["lat"])
    return gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")


def resolve_place(
    name: PlaceLike,
    *,
    kind: str | Iterable[str] | None = None,
    country: str | None = None,
    near: PlaceLike | None = None,
    limit: int | None = 10,
    fuzzy: bool = False,
) -> Place:
    """Resolve what is given as a place to exactly one place, or raise.

    Parameters
    ----------
    name : str, Place, LonLat or shapely geometry
        A name ("Raqqa", "Raqqa, Syria", "Сирия", "LTAG"), a position with letters
        ("35.95N 39.01E", "35°57'N 39°1'E", either order), an id ("country:SYR",
        "geonames:172955"), or a place, position or geometry, which pass through.
    kind : str or iterable of str, optional
        Only these kinds: country, region, district, city, sea, lake, strait, island, natural,
        airport, airbase, port, facility, institution, area.
    country : str, optional
        Only places of this country: a code, name or id.
    near : place, optional
        Rank places near this one higher.
    limit : int or None, default 10
        How many candidates an `AmbiguousPlaceError` lists.
    fuzzy : bool, default False
        When nothing has the very name (case, marks and punctuation aside), take a name that is
        like it (one typing error, another transliteration) if it is the only such place of
        weight. By default such names are only suggestions: a name that is not known is an error,
        never a guess.

    Returns
    -------
    Place
        The place that is meant by far most often.

    Raises
    ------
    PlaceNotFoundError
        Nothing has this name; `.suggestions` are names like it.
    AmbiguousPlaceError
        Several places are about equally likely; `.candidates`, best first.
    InvalidInputError
        An empty name, bare numbers, an unknown kind or country, an empty geometry.
    InvalidCoordinateError
        A position that is out of range.
    DataMissingError, DataCorruptError
        The tables are missing or damaged.

    Examples
    --------
    >>> print(resolve_place("Каспийское море"))
    Caspian Sea (sea)
    >>> resolve_place("35.95N 39.01E").lonlat
    LonLat(lon=39.01, lat=35.95)
    """
    if not isinstance(name, str):
        return _pass_through(name)
    _check_name(name, limit)
    position = find_position(name)
    if position is not None:
        return _point_place(position, name.strip())
    gazetteer = load_gazetteer()
    row = gazetteer.row_of(name) if ":" in name else None
    if row is not None:
        return gazetteer.place(row)
    wanted = _make_filter(kind, country, near)
    hits = _ranked(name, wanted, fuzzy=False) or (
        _ranked(name, wanted, fuzzy=True) if fuzzy else []
    )
    if not hits:
        suggestions = find_suggestions(load_name_index(), gazetteer, name)
        hint = "" if suggestions else "check its spelling, or give a position: '35.95N 39.01E'"
        raise PlaceNotFoundError(name, suggestions, hint)
    equals = find_equals(gazetteer, hits, _EQUAL_MARGIN)
    if equals:
        shown = [_candidate(gazetteer, hit).place for hit in [hits[0], *equals][:limit]]
        raise AmbiguousPlaceError(name, shown, [_tell_apart(gazetteer, p) for p in shown])
    return gazetteer.place(hits[0].row)


def _tell_apart(gazetteer: Gazetteer, place: Place) -> str:
    """Write a place with its region and position, by which its namesakes differ."""
    row = gazetteer.row_of(place.region) if place.region else None
    parts = [place.name, gazetteer.name_at(row) if row is not None else "", place.within]
    return f"{', '.join(dict.fromkeys(filter(None, parts)))} ({place.kind}, {place.lonlat})"


def _check_name(name: object, limit: int | None) -> None:
    """Refuse what cannot be a name, and a limit that is none."""
    if not isinstance(name, str):
        raise InvalidInputError(f"expected the name of a place as text; got {name!r}")
    if len(name) > _MAX_NAME:
        raise InvalidInputError(
            f"expected a name of at most {_MAX_NAME} characters; got {len(name)}"
        )
    if not fold(name):
        raise InvalidInputError(f"expected the name of a place; got {name!r}, which names nothing")
    if limit is not None and (not isinstance(limit, int) or isinstance(limit, bool) or limit < 0):
        raise InvalidInputError(f"limit: expected a number from 0 on, or None; got {limit!r}")


def _make_filter(
    kind: str | Iterable[str] | None, country: str | None, near: PlaceLike | None
) -> Filter:
    """Read the options of a look-up."""
    kinds = frozenset([kind] if isinstance(kind, str) else kind or ())
    unknown = sorted(kinds.difference(KINDS))
    if unknown:
        raise InvalidInputError(f"kind: expected one of {', '.join(KINDS)}; got {unknown[0]!r}")
    return Filter(
        kinds,
        frozenset() if country is None else _find_countries(country),
        None if near is None else resolve_place(near).lonlat,
    )


def _find_countries(country: str) -> frozenset[str]:
    """Find the alpha-3 codes that a country given by code, name or id can mean."""
    gazetteer = load_gazetteer()
    key = fold(country.removeprefix("country:")) if isinstance(country, str) else ""
    rows = [row for row, _ in load_name_index().pairs(key)]
    codes = {gazetteer.country_at(row) for row in rows if gazetteer.kind_at(row) == "country"}
    if key.upper() in codes:
        return frozenset([key.upper()])
    if not codes:
        raise InvalidInputError(
            f"country: expected a country's name, ISO code or id such as 'country:SYR'; "
            f"got {country!r}"
        )
    return frozenset(codes)


def _pass_through(given: Any) -> Place:  # noqa: ANN401  anything may have been given
    """Make a place of what is no name: a place, a position, a geometry."""
    if isinstance(given, Place):
        return given
    if isinstance(given, LonLat):
        return _point_place(given, str(given))
    if hasattr(given, "geom_type"):
        return _shape_place(given)
    hint = ""
    if isinstance(given, tuple | list):
        hint = "; for two numbers write LonLat(lon=, lat=), because people give both orders"
    raise InvalidInputError(
        f"expected a place as a name, Place, LonLat or shapely geometry; got {given!r}{hint}"
    )


def _point_place(position: LonLat, name: str) -> Place:
    """Make the place of a position."""
    return Place(
        id=f"point:{position.lon:.6f},{position.lat:.6f}",
        name=name,
        kind="point",
        country=None,
        region=None,
        lon=position.lon,
        lat=position.lat,
        source="given",
    )


def _shape_place(shape: BaseGeometry) -> Place:
    """Make the place of a geometry; a point becomes a position."""
    if shape.is_empty:
        raise InvalidInputError(f"expected a geometry with an extent; got {shape!r}")
    inner = shape.representative_point()
    position = LonLat(lon=inner.x, lat=inner.y)
    if shape.geom_type == "Point":
        return _point_place(position, str(position))
    west, south, east, north = shape.bounds
    for lon, lat in ((west, south), (east, north)):
        LonLat(lon=lon, lat=lat)
    return Place(
        id=f"shape:{position.lon:.6f},{position.lat:.6f}",
        name=f"{shape.geom_type} around {position}",
        kind="shape",
        country=None,
        region=None,
        lon=position.lon,
        lat=position.lat,
        source="given",
        shape=shape,
    )
