"""Territories: the one partition of the Earth into pieces, read in either view.

A *piece* is a part of the Earth on whose owner every source is of one mind within each view: it
has one territory in the de facto view, one in the recognised view, and perhaps a note on who
contests it. Pieces cover the Earth without gap or overlap; a view is only another labelling.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo_events.atlas.bundle import Bundle, open_bundle
from geo_events.errors import InvalidInputError
from geo_events.values import View, validate_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

__all__ = ["Pieces", "load_pieces", "territory_polygon"]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The partition of the Earth. Made by `load_pieces`; do not change its arrays.

    Parameters
    ----------
    polygons : ndarray of shapely.MultiPolygon, shape (n,)
        EPSG:4326, on a grid of 1e-4 degree; neighbours share their vertices exactly.
    de_facto, recognised : ndarray of int32, shape (n,)
        Territory number of each piece in each view.
    contested : tuple of str
        Who contests each piece, "" for nobody on our list.
    territory_ids : tuple of str
        Ids by territory number, in the order of `territories.parquet`.
    names : tuple of str
        English names by territory number.
    kinds : tuple of str
        "country" or "sea", by territory number.
    iso3 : tuple of str
        Three-letter codes by territory number, "" where there is none.
    area_km2 : ndarray of float64, shape (n,)
        Area of each piece on the ellipsoid.
    parents : tuple of str
        For a sea the id of the sea it is part of, else "", by territory number.
    """

    polygons: NDArray[np.object_]
    de_facto: NDArray[np.int32]
    recognised: NDArray[np.int32]
    contested: tuple[str, ...]
    territory_ids: tuple[str, ...]
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    iso3: tuple[str, ...]
    parents: tuple[str, ...]
    area_km2: NDArray[np.float64]

    def territory_of(self, view: View) -> NDArray[np.int32]:
        """Give the territory number of every piece in a view, shape (n,)."""
        return self.de_facto if validate_view(view) == "de_facto" else self.recognised

    def number_of(self, territory: str) -> int:
        """Give the number of a territory id.

        Raises
        ------
        InvalidInputError
            There is no such id.
        """
        try:
            return self.territory_ids.index(territory)
        except ValueError:
            raise InvalidInputError(
                f"no territory {territory!r}; expected an id such as 'country:SYR' or "
                "'sea:caspian-sea'"
            ) from None

    def pieces_of(self, territory: str, view: View, *, whole: bool = True) -> NDArray[np.int64]:
        """Find the pieces of a territory.

        Parameters
        ----------
        territory : str
            An id such as ``"country:SYR"`` or ``"sea:mediterranean-sea"``.
        view : {"de_facto", "recognised"}
            Whose borders.
        whole : bool, default True
            For a sea, also its parts: the Aegean for the Mediterranean.

        Returns
        -------
        ndarray of int64
            Piece numbers, ascending; empty when the territory has none in this view.

        Raises
        ------
        InvalidInputError
            There is no such territory.
        """
        numbers = {self.number_of(territory)}
        if whole:
            numbers |= self._parts_of(territory)
        return np.flatnonzero(np.isin(self.territory_of(view), list(numbers)))

    def _parts_of(self, territory: str) -> set[int]:
        """Numbers of the seas that are part of a sea, over all generations."""
        found: set[int] = set()
        wanted = [territory]
        while wanted:
            above = wanted.pop()
            for number, parent in enumerate(self.parents):
                if parent == above and number not in found:
                    found.add(number)
                    wanted.append(self.territory_ids[number])
        return found


def load_pieces() -> Pieces:
    """Load the partition of the Earth; later calls return the same value.

    Raises
    ------
    DataMissingError, DataCorruptError
        The embedded tables are missing or damaged.

    Examples
    --------
    >>> pieces = load_pieces()
    >>> iran = pieces.pieces_of("country:IRN", "de_facto")
    >>> bool(shapely.intersects_xy(pieces.polygons[iran], 51.4, 35.7).any())   # Tehran
    True
    """
    return _load_pieces(open_bundle())


@lru_cache(maxsize=2)
def _load_pieces(bundle: Bundle) -> Pieces:
    """Load the partition from a bundle."""
    territories = bundle.table(
        "territories.parquet", ["id", "name", "kind", "iso3", "parent"]
    ).to_pydict()
    numbers = {id_: number for number, id_ in enumerate(territories["id"])}
    table, polygons = bundle.polygons("pieces")
    shapely.prepare(polygons)
    return Pieces(
        polygons=polygons,
        de_facto=_numbers(table.column("de_facto").to_pylist(), numbers),
        recognised=_numbers(table.column("recognised").to_pylist(), numbers),
        contested=tuple(table.column("contested").to_pylist()),
        territory_ids=tuple(territories["id"]),
        names=tuple(territories["name"]),
        kinds=tuple(territories["kind"]),
        iso3=tuple(territories["iso3"]),
        parents=tuple(territories["parent"]),
        area_km2=np.asarray(table.column("area_km2"), dtype=np.float64),
    )


def _numbers(ids: Iterable[str], numbers: dict[str, int]) -> NDArray[np.int32]:
    """Translate territory ids to territory numbers."""
    return np.array([numbers[id_] for id_ in ids], dtype=np.int32)


def territory_polygon(
    territory: str, view: View = "de_facto", *, whole: bool = True
) -> shapely.MultiPolygon:
    """Give the polygon of a country or sea.

    Parameters
    ----------
    territory : str
        An id such as ``"country:SYR"`` or ``"sea:mediterranean-sea"``.
    view : {"de_facto", "recognised"}, default "de_facto"
        Whose borders.
    whole : bool, default True
        For a sea, with the seas that are part of it (the Mediterranean with the Aegean); False
        gives only the area that `locate` and crossings call by this name.

    Returns
    -------
    shapely.MultiPolygon
        EPSG:4326, cut at ±180°; empty when the view does not know the territory (Northern
        Cyprus in the recognised view).

    Raises
    ------
    InvalidInputError
        There is no such territory or view.
    DataMissingError, DataCorruptError
        The embedded tables are missing or damaged.

    Examples
    --------
    >>> territory_polygon("country:CYN", "recognised").is_empty
    True
    """
    return _territory_polygon(open_bundle(), territory, validate_view(view), whole=whole)


@lru_cache(maxsize=512)
def _territory_polygon(
    bundle: Bundle, territory: str, view: View, *, whole: bool
) -> shapely.MultiPolygon:
    """Unite the pieces of a territory."""
    pieces = _load_pieces(bundle)
    chosen = pieces.polygons[pieces.pieces_of(territory, view, whole=whole)]
    united = shapely.coverage_union_all(chosen) if len(chosen) else shapely.MultiPolygon()
    return shapely.MultiPolygon(list(shapely.get_parts(united)))
