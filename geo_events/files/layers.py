"""What a thing is saved as: one table, or layers by their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geo_events.atlas.places import Place
from geo_events.corridors.corridor import Corridor
from geo_events.corridors.verdict import Verdict
from geo_events.errors import InvalidInputError
from geo_events.files.story_layers import frame_of_verdicts, layers_of_story
from geo_events.story import Story

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["has_geometry", "layers_of", "table_of"]

# Tables of ours by the columns that only they have, and the name of their layer.
_KNOWN = {
    "crossings": {"territory", "enter_km", "leave_km"},
    "origins": {"part", "area_km2", "share"},
    "rings": {"center", "radius_km"},
    "corridors": {"part", "shortest_km"},
    "claims": {"question", "answer"},
}


def layers_of(thing: Any) -> dict[str, pd.DataFrame]:  # noqa: ANN401 - whatever can be saved
    """Give the layers that a thing is saved as.

    Parameters
    ----------
    thing : Story, Corridor, Verdict, Place, DataFrame, or a dict of frames or list of these
        A list's layers of one name become one, with a column `group` that tells the stories or
        corridors apart.

    Returns
    -------
    dict of str to DataFrame
        Of a story `corridors`, `crossings`, `places`, `areas`, `claims`, `events`; of a corridor
        `corridors` (its parts) and `crossings`; of anything else one layer.

    Raises
    ------
    InvalidInputError
        The thing is none of these.
    """
    if isinstance(thing, Story):
        return layers_of_story(thing)
    if isinstance(thing, Corridor):
        return _layers_of_corridor(thing)
    if isinstance(thing, dict) and thing and all(_is_frame(frame) for frame in thing.values()):
        return {str(name): frame for name, frame in thing.items()}
    if _is_list(thing):
        return _join([layers_of(one) for one in thing], thing)
    frame = _frame_of(thing)
    if frame is None:
        raise InvalidInputError(f"cannot save a {_type_name(thing)} as layers{_hint(thing)}")
    return {_layer_name(frame, thing): frame}


def table_of(thing: Any) -> pd.DataFrame:  # noqa: ANN401 - whatever can be saved
    """Give the one table that a thing is saved as.

    Parameters
    ----------
    thing : Corridor, Verdict, Place, DataFrame, or a list of one of these
        What to save.

    Raises
    ------
    InvalidInputError
        The thing is none of these, or holds several tables; says which.
    """
    frame = _frame_of(thing)
    if frame is not None:
        return frame
    if isinstance(thing, Story) or (_is_list(thing) and isinstance(thing[0], Story)):
        raise InvalidInputError(
            "a story holds several tables; save one of them: story.places, or story.to_frame() of "
            "'mentions', 'events', 'corridors', 'verdicts' or 'crossings'; .gpkg holds them all"
        )
    if _is_list(thing):
        tables = [table_of(one) for one in thing]
        return _join([{"": table} for table in tables], thing)[""]
    raise InvalidInputError(f"cannot save a {_type_name(thing)} as a table{_hint(thing)}")


def has_geometry(thing: object) -> bool:
    """Tell whether a thing is a frame with a geometry."""
    return isinstance(thing, gpd.GeoDataFrame) and thing.active_geometry_name is not None


def _is_frame(thing: object) -> bool:
    """Tell whether a thing is a table."""
    return isinstance(thing, pd.DataFrame)


def _is_list(thing: object) -> bool:
    """Tell whether a thing is a list with something in it."""
    return isinstance(thing, Sequence) and not isinstance(thing, str | bytes) and len(thing) > 0


def _type_name(thing: Any) -> str:  # noqa: ANN401 - anything
    """Name a thing's type; of a list also that of what it holds."""
    name = type(thing).__name__
    return f"{name} of {type(thing[0]).__name__}" if _is_list(thing) else name


def _hint(thing: object) -> str:
    """Say what fits, where a map was given."""
    is_map = hasattr(thing, "get_root") and hasattr(thing, "fit_bounds")
    return "; a map can be saved as .html, .png or .pdf" if is_map else ""


def _frame_of(thing: Any) -> pd.DataFrame | None:  # noqa: ANN401 - whatever can be saved
    """Give a thing as one frame; None where it is not one."""
    if _is_frame(thing):
        table: pd.DataFrame = thing
        return table
    if isinstance(thing, Corridor):
        parts: pd.DataFrame = thing.to_gdf()
        return parts
    if isinstance(thing, Place):
        return _frame_of_place(thing)
    return frame_of_verdicts([thing]) if isinstance(thing, Verdict) else None


def _layer_name(frame: pd.DataFrame, thing: object) -> str:
    """Name the layer of a frame after what it holds."""
    if isinstance(thing, Place):
        return "places"
    columns = set(frame.columns)
    return next((name for name, own in _KNOWN.items() if own <= columns), "features")


def _layers_of_corridor(corridor: Corridor) -> dict[str, pd.DataFrame]:
    """Give a corridor's parts, and for a line the stays along it, with their times."""
    layers: dict[str, pd.DataFrame] = {"corridors": corridor.to_gdf()}
    if corridor.is_line:
        stays = corridor.crossings()
        if corridor.depart is not None and corridor.speed is not None:
            for column, minutes in (("begin", "enter_min"), ("end", "leave_min")):
                seconds = pd.to_timedelta((stays[minutes] * 60).round(), unit="s")
                stays[column] = pd.Timestamp(corridor.depart) + seconds
        layers["crossings"] = stays
    for frame in layers.values():
        frame.attrs = {"title": corridor.name, "source": corridor.cite()}
    return layers


def _frame_of_place(place: Place) -> pd.DataFrame:
    """Give a place as one row with its shape."""
    names = ("id", "name", "kind", "country", "region", "lon", "lat", "population")
    row = {name: getattr(place, name) for name in names}
    frame: pd.DataFrame = gpd.GeoDataFrame([row], geometry=[place.geometry], crs="EPSG:4326")
    return frame


def _join(parts: Iterable[dict[str, pd.DataFrame]], things: Any) -> dict[str, pd.DataFrame]:  # noqa: ANN401 - a list of things
    """Put layers of the same name one below the other."""
    found: dict[str, list[pd.DataFrame]] = {}
    for number, (layers, thing) in enumerate(zip(parts, things, strict=True)):
        for name, frame in layers.items():
            label = _group_name(thing, number)
            marked = frame if label is None else frame.assign(group=label)
            found.setdefault(name, []).append(marked)
    return {name: _stack(frames) for name, frames in found.items()}


def _stack(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Put frames one below the other, counting their rows anew."""
    if len(frames) == 1:
        return frames[0]
    filled: list[pd.DataFrame] = [frame for frame in frames if len(frame)] or frames[:1]
    whole: Any = pd.concat(filled, ignore_index=True)
    whole.attrs = {}
    joined: pd.DataFrame = whole
    return joined


def _group_name(thing: object, number: int) -> str | None:
    """Name what the rows of a thing belong to; None where each row names itself."""
    if isinstance(thing, Story):
        return thing.title or f"story {number + 1}"
    return thing.name if isinstance(thing, Corridor) else None
