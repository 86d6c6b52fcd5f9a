"""The gazetteer's table: every place by row number, memory-mapped column by column."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from geo_events.atlas.bundle import open_bundle
from geo_events.atlas.columns import open_columns
from geo_events.atlas.compile import PLACES_FILE, SCALE, WEIGHT_STEPS, PlaceRow
from geo_events.atlas.places import Place
from geo_events.atlas.spool import BLOCK

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    from numpy.typing import NDArray

    from geo_events.atlas.bundle import Bundle

__all__ = ["Gazetteer", "load_gazetteer"]

# Where one name often stands for places of several states.
_FEDERATIONS = frozenset({"USA", "CAN", "AUS", "BRA", "MEX", "IND"})


class Gazetteer:
    """All places. Made by `load_gazetteer`; rows are numbered from 0.

    Parameters
    ----------
    path : Path
        The file ``places.cols``.

    Attributes
    ----------
    kinds, countries, regions, features, sources : list of str
        What the codes in the columns of the same singular name stand for.
    kind, country, region, feature, source : ndarray of small unsigned integers, shape (n,)
        Codes.
    population : ndarray of uint32, shape (n,)
        People; 0 where it is not known.
    region_of_code : dict of str to str
        Region id by GeoNames admin-1 code, such as ``"SY.04"``.
    """

    def __init__(self, path: Path) -> None:
        columns, notes = open_columns(path)
        self._columns = columns
        self.kinds: list[str] = notes["kind"]
        self.countries: list[str] = notes["country"]
        self.regions: list[str] = notes["region"]
        self.features: list[str] = notes["feature"]
        self.sources: list[str] = notes["source"]
        self.kind = columns["kind"]
        self.country = columns["country"]
        self.region = columns["region"]
        self.feature = columns["feature"]
        self.source = columns["source"]
        self.population = columns["population"]
        self.region_of_code: dict[str, str] = notes.get("admin1", {})
        self._special: dict[str, int] = {}
        self._country_rows: list[int] = notes["country_row"]
        self._region_rows: list[int] = notes["region_row"]

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self.kind)

    def __repr__(self) -> str:
        return f"<Gazetteer of {len(self):,} places>"

    @property
    def lon(self) -> NDArray[np.float64]:
        """Longitudes of all places in degrees, shape (n,)."""
        return self._columns["lon"] / SCALE

    @property
    def lat(self) -> NDArray[np.float64]:
        """Latitudes of all places in degrees, shape (n,)."""
        return self._columns["lat"] / SCALE

    @property
    def weight(self) -> NDArray[np.float32]:
        """Prior weights of all places, 0 to 1, shape (n,)."""
        return (self._columns["weight"] / WEIGHT_STEPS).astype(np.float32)

    def lonlat_at(self, row: int) -> tuple[float, float]:
        """Return longitude and latitude of one row in degrees."""
        return int(self._columns["lon"][row]) / SCALE, int(self._columns["lat"][row]) / SCALE

    def weight_at(self, row: int) -> float:
        """Return the prior weight of one row."""
        return int(self._columns["weight"][row]) / WEIGHT_STEPS

    def name_at(self, row: int) -> str:
        """Return the shown name of one row."""
        return self._text("name", row)

    def id_at(self, row: int) -> str:
        """Return the id of one row."""
        number = int(self._columns["number"][row])
        if number:
            return f"geonames:{number}"
        return self._text("id", int(np.searchsorted(self._columns["special"], row)))

    def kind_at(self, row: int) -> str:
        """Return the kind of one row."""
        return self.kinds[int(self.kind[row])]

    def country_at(self, row: int) -> str:
        """Return the ISO alpha-3 code of one row, empty where it has none."""
        return self.countries[int(self.country[row])]

    def region_at(self, row: int) -> str:
        """Return the id of the region of one row, empty where it has none."""
        return self.regions[int(self.region[row])]

    def _text(self, prefix: str, row: int) -> str:
        """Read one string of a column of strings."""
        sizes = self._columns[f"{prefix}_size"]
        block = row // BLOCK
        start = int(self._columns[f"{prefix}_start"][block])
        start += int(sizes[block * BLOCK : row].sum())
        return bytes(self._columns[f"{prefix}_text"][start : start + int(sizes[row])]).decode()

    def _texts(self, prefix: str) -> list[str]:
        """Read a whole column of strings."""
        ends = np.cumsum(self._columns[f"{prefix}_size"], dtype=np.int64)
        data = self._columns[f"{prefix}_text"].tobytes()
        starts = np.concatenate([[0], ends[:-1]]) if len(ends) else ends
        return [data[a:b].decode() for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]

    def row_of(self, id_: str) -> int | None:
        """Find the row of an id; None when there is no such place.

        Examples
        --------
        >>> gazetteer = load_gazetteer()
        >>> gazetteer.name_at(gazetteer.row_of("country:SYR"))
        'Syria'
        """
        if id_.startswith("geonames:") and id_[9:].isdigit():
            found = np.flatnonzero(self._columns["number"] == int(id_[9:]))
            return int(found[0]) if len(found) else None
        return self._special_rows.get(id_)

    @property
    def _special_rows(self) -> dict[str, int]:
        """Rows by id, for ids that are not GeoNames numbers."""
        if not self._special:
            rows = self._columns["special"].tolist()
            self._special = dict(zip(self._texts("id"), rows, strict=True))
        return self._special

    def place(self, row: int) -> Place:
        """Make the `Place` of a row.

        Parameters
        ----------
        row : int
            Row number.

        Returns
        -------
        Place
            The same values at every call.

        Examples
        --------
        >>> gazetteer = load_gazetteer()
        >>> str(gazetteer.place(gazetteer.row_of("country:SYR")))
        'Syria (country)'
        """
        lon, lat = self.lonlat_at(row)
        kind = self.kind_at(row)
        return Place(
            id=self.id_at(row),
            name=self.name_at(row),
            kind=kind,
            country=self.country_at(row) or None,
            region=self.region_at(row) or None,
            lon=lon,
            lat=lat,
            population=int(self.population[row]),
            source=self.sources[self.source[row]],
            within=self._place_within(row, kind),
        )

    def _place_within(self, row: int, kind: str) -> str:
        """Return what is shown behind a name: the country, in federations also the state."""
        country = self._country_rows[self.country[row]]
        if country < 0 or kind == "country":
            return ""
        region = self._region_rows[self.region[row]]
        parts = [self.name_at(country)]
        if region >= 0 and self.country_at(row) in _FEDERATIONS:
            parts.insert(0, self.name_at(region))
        return ", ".join(parts)

    def row_record(self, row: int) -> PlaceRow:
        """Return a row as the compiler takes it, to copy it into another table."""
        lon, lat = self.lonlat_at(row)
        return PlaceRow(
            id=self.id_at(row),
            name=self.name_at(row),
            kind=self.kind_at(row),
            lon=lon,
            lat=lat,
            country=self.country_at(row),
            region=self.region_at(row),
            population=int(self.population[row]),
            feature=self.features[self.feature[row]],
            source=self.sources[self.source[row]],
            weight=self.weight_at(row),
        )

    def to_frame(self) -> gpd.GeoDataFrame:
        """Give all places as a table.

        Returns
        -------
        GeoDataFrame
            One row per place in row order, EPSG:4326, geometry the reference points; columns
            `id, name, kind, country, region, lon, lat, population, feature, source, weight`.
        """
        import geopandas as gpd  # noqa: PLC0415  a look-up needs no frames
        import pandas as pd  # noqa: PLC0415

        ids = np.array([f"geonames:{n}" for n in self._columns["number"].tolist()], dtype=object)
        ids[self._columns["special"]] = self._texts("id")
        data: dict[str, Any] = {"id": ids, "name": self._texts("name")}
        for column, values in (("kind", self.kinds), ("country", self.countries),
                               ("region", self.regions), ("feature", self.features),
                               ("source", self.sources)):  # fmt: skip
            data[column] = np.array(values, dtype=object)[getattr(self, column)]
        data |= {"lon": self.lon, "lat": self.lat, "population": self.population}
        data["weight"] = self.weight
        order = ["id", "name", "kind", "country", "region", "lon", "lat", "population", "feature",
                 "source", "weight"]  # fmt: skip
        points = gpd.points_from_xy(data["lon"], data["lat"])
        return gpd.GeoDataFrame(pd.DataFrame(data)[order], geometry=points, crs="EPSG:4326")


def load_gazetteer(bundle: Bundle | None = None) -> Gazetteer:
    """Load the gazetteer of the embedded tables; later calls return the same value.

    Parameters
    ----------
    bundle : Bundle, optional
        Other tables than those that `open_bundle` opens.

    Raises
    ------
    DataMissingError, DataCorruptError
        The tables are missing or damaged.
    """
    return _load_gazetteer(open_bundle() if bundle is None else bundle)


@lru_cache(maxsize=2)
def _load_gazetteer(bundle: Bundle) -> Gazetteer:
    """Load the gazetteer of a bundle."""
    return Gazetteer(bundle.path(PLACES_FILE))
