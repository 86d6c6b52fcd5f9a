"""Read the user's own areas: closed airspace, flight information regions, claims."""

from __future__ import annotations

import math
import re
import warnings
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geo_events.errors import FrameError, GeoEventsWarning, InvalidInputError
from geo_events.files.area_sources import list_areas
from geo_events.files.rings import RingFault, build_area
from geo_events.measures import parse_altitude

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

__all__ = ["MAX_AREAS", "read_territories"]

MAX_AREAS = 100_000
_LONGEST_NAME = 200
_NAMES = ("name", "NAME", "Name", "title")
_KNOWN = ("name", "begin", "end", "lower", "upper", "geometry")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]+")
_GROUND = ("gnd", "sfc", "ground", "surface")
_UNLIMITED = ("unl", "unlimited")


def read_territories(
    path: str | os.PathLike[str], *, driver: str | None = None, layer: str | None = None
) -> gpd.GeoDataFrame:
    """Read areas of the user's own and check them, for `territories=` and `extra=`.

    Open rings are closed, rings that cross themselves are repaired (even-odd) and areas over
    ±180° are cut there, each with a warning that names the rows; everything else that is wrong
    is an error that lists all faulty rows at once. Nothing is read but the file itself.

    Parameters
    ----------
    path : path-like
        A .geojson, .json, .gpkg, .kml or .parquet file of at most 64 MiB and 100,000 areas. Not a
        URL, not a virtual path (`/vsi…`), not a link out of its folder.
    driver : {"GPKG", "KML", "FlatGeobuf"}, optional
        Read this format whatever the suffix. A file of another format under that name is refused.
    layer : str, optional
        Which layer, where the file has several with geometries.

    Returns
    -------
    GeoDataFrame
        EPSG:4326, one row per area in the file's order, index 0, 1, 2, …: `name` (str; "area 3"
        where the file gives none), `begin`, `end` (times in UTC; NaT: no limit), `lower`, `upper`
        (metres; -inf and inf: no limit), `geometry` (valid polygons within [-180, 180]), then
        the file's other properties; among them `id`, where its areas have their own.

    Raises
    ------
    InvalidInputError
        The path, the file or the JSON cannot be used.
    FrameError
        Areas are faulty; `.faults` lists the rows.

    Warns
    -----
    GeoEventsWarning
        Areas were repaired; says which and how.

    Notes
    -----
    Times must carry a zone ("2022-02-24T04:00Z"), altitudes a unit ("FL195", "3000 m", "10,000
    ft", "GND", "UNL").

    Examples
    --------
    >>> import tempfile, pathlib
    >>> text = '''{"type": "Feature", "properties": {"name": "R-1", "upper": "FL100"},
    ...   "geometry": {"type": "Polygon", "coordinates": [[[0,0], [1,0], [1,1], [0,0]]]}}'''
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder) / "areas.geojson"
    ...     _ = file.write_text(text)
    ...     read_territories(file)[["name", "upper"]].values.tolist()
    [['R-1', 3048.0]]
    """
    features = list_areas(path, driver=driver, layer=layer)
    if len(features) > MAX_AREAS:
        raise InvalidInputError(
            f"{str(path)!r} holds {len(features):,} areas; at most {MAX_AREAS:,} are read"
        )
    return _to_frame(features, str(path))


def _to_frame(features: list[Any], source: str) -> gpd.GeoDataFrame:
    """Check all features and build the frame; all faults are told at once."""
    rows: list[dict[str, Any]] = []
    faults: list[tuple[int, str]] = []
    mended: list[str] = []
    for number, feature in enumerate(features):
        try:
            row, repairs = _row(feature, number)
        except (RingFault, InvalidInputError) as error:
            faults.append((number, str(error)))
        else:
            rows.append(row)
            mended += [f"area {number} ({row['name']}): {repair}" for repair in repairs]
    if faults:
        raise FrameError(f"{source!r} has areas that cannot be used", faults)
    if mended:
        more = f"; and {len(mended) - 5} more" if len(mended) > 5 else ""
        warnings.warn(
            f"{source!r} was repaired: {'; '.join(mended[:5])}{more}",
            GeoEventsWarning,
            stacklevel=3,
        )
    return _frame_of_rows(rows)


def _row(feature: object, number: int) -> tuple[dict[str, Any], list[str]]:
    """Turn one feature into a row, with what had to be repaired."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise RingFault("expected an object of the type Feature")
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        raise RingFault("it has no geometry")
    shape, mended = build_area(geometry.get("type"), geometry.get("coordinates"))
    properties = feature.get("properties")
    properties = {} if properties is None else properties
    if not isinstance(properties, dict):
        raise RingFault("its 'properties' are no object")
    if isinstance(feature.get("id"), str | int) and "id" not in properties:
        properties = {"id": str(feature["id"]), **properties}
    given: dict[str, Any] = {
        "name": _name(properties, number),
        "begin": _time(properties.get("begin"), "begin"),
        "end": _time(properties.get("end"), "end"),
        "lower": _altitude(properties.get("lower"), "lower", -math.inf),
        "upper": _altitude(properties.get("upper"), "upper", math.inf),
        "geometry": shape,
    }
    if given["begin"] > given["end"]:  # false where either is missing
        raise RingFault("it ends before it begins")
    if given["lower"] > given["upper"]:
        raise RingFault("its lower limit is above its upper limit")
    others = {key: _scalar(value) for key, value in properties.items() if key not in _KNOWN}
    return given | {_clean(key): value for key, value in others.items()}, mended


def _clean(text: str) -> str:
    """Take control characters out of a text."""
    return _CONTROL.sub(" ", text.encode("utf-8", "replace").decode()).strip()


def _name(properties: dict[str, Any], number: int) -> str:
    """Return an area's name, or a number where it has none."""
    for key in _NAMES:
        value = properties.get(key)
        if isinstance(value, str) and (name := _clean(value)[:_LONGEST_NAME]):
            return name
    return f"area {number}"


def _scalar(value: object) -> Any:  # noqa: ANN401 - a cell
    """Keep a property that is a text, number or truth value; others as text."""
    if isinstance(value, str):
        return _clean(value)
    return value if value is None or isinstance(value, bool | int | float) else _clean(str(value))


def _time(value: object, name: str) -> Any:  # noqa: ANN401 - a Timestamp or NaT
    """Read a time with its zone, as UTC; None means no limit."""
    if value is None or value == "":
        return pd.NaT
    wrong = f"{name}: expected a time with its zone, such as 2022-02-24T04:00Z; got {value!r}"
    if not isinstance(value, str) or len(value) > 40:
        raise RingFault(wrong[:200])
    try:
        time = pd.Timestamp(value)
    except (ValueError, OverflowError) as error:
        raise RingFault(wrong) from error
    if pd.isna(time) or time.tzinfo is None:
        raise RingFault(wrong)
    return time.tz_convert("UTC")


def _altitude(value: object, name: str, unlimited: float) -> float:
    """Read an altitude with its unit, in metres; None means no limit."""
    if value is None or value == "":
        return unlimited
    if isinstance(value, str) and value.strip().casefold() in _GROUND:
        return 0.0 if name == "upper" else -math.inf
    if isinstance(value, str) and value.strip().casefold() in _UNLIMITED:
        return math.inf
    return parse_altitude(value, name=name)  # type: ignore[arg-type] # it refuses what is no text


def _frame_of_rows(rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Build the frame; the same columns and types when it is empty."""
    others = list(dict.fromkeys(key for row in rows for key in row if key not in _KNOWN))
    column: Callable[[str], list[Any]] = lambda key: [row.get(key) for row in rows]  # noqa: E731 - a name for one expression
    known = {
        "name": pd.Series(column("name"), dtype=object),
        "begin": _times(column("begin")),
        "end": _times(column("end")),
        "lower": pd.Series(column("lower"), dtype="float64"),
        "upper": pd.Series(column("upper"), dtype="float64"),
    }
    rest = {key: pd.Series(column(key), dtype=object) for key in others}
    return gpd.GeoDataFrame(known, geometry=column("geometry"), crs=4326).assign(**rest)


def _times(values: list[Any]) -> pd.Series[Any]:
    """Build a column of times in UTC."""
    return pd.Series(pd.DatetimeIndex(values, dtype="datetime64[ns, UTC]"))
