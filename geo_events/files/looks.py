"""How the features of a file are drawn by QGIS and Google Earth: the colours of our maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geo_events.palette import GREY, OKABE_ITO

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "DEFAULT",
    "EMPTY_DIMENSIONS",
    "LOOKS",
    "Dash",
    "Look",
    "key_at_dimension",
    "looks_of_layer",
]

Dash = Literal["solid", "dash", "dot", "dash dot"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of feature is drawn.

    Parameters
    ----------
    colour : str
        ``#rrggbb``.
    width : float
        Of lines and outlines, in points.
    dash : {"solid", "dash", "dot", "dash dot"}
        Of lines and outlines.
    fill : float
        How opaque an area's inside is, 0 to 1.
    """

    colour: str
    width: float = 1.5
    dash: Dash = "solid"
    fill: float = 0.25


DEFAULT = "features"
LOOKS: dict[str, Look] = {
    "features": Look(OKABE_ITO["blue"]),
    "origin": Look(OKABE_ITO["blue"], fill=0.35),
    "via": Look(OKABE_ITO["blue"]),
    "target": Look(OKABE_ITO["green"], fill=0.35),
    "track": Look(OKABE_ITO["vermilion"], 3.0),
    "band": Look(OKABE_ITO["vermilion"], 1.0, "dot", 0.15),
    "envelope": Look(GREY, 1.6, "dash dot", 0.0),
    "claimed envelope": Look(GREY, 1.6, "dash", 0.0),
    "denied envelope": Look(GREY, 1.6, "dot", 0.0),
    "corridors": Look(OKABE_ITO["vermilion"], 2.0),
    "claimed": Look(OKABE_ITO["vermilion"], 2.0, "dash"),
    "denied": Look(OKABE_ITO["vermilion"], 2.0, "dot"),
    "places": Look(GREY),
    "areas": Look(OKABE_ITO["sky"], 1.4),
    "crossings": Look(OKABE_ITO["purple"], 4.0),
    "claims": Look(OKABE_ITO["vermilion"], 1.6, fill=0.4),
    "origins": Look(OKABE_ITO["vermilion"], 1.6, fill=0.4),
    "rings": Look(OKABE_ITO["purple"], 2.4, "dot", 0.0),
}
# What an empty layer of ours would hold: 0 points (also of any other layer), 1 lines, 2 areas.
EMPTY_DIMENSIONS = {"crossings": 1, "areas": 2, "claims": 2, "origins": 2, "rings": 2}
_AS_AREA = {
    "corridors": "envelope",
    "claimed": "claimed envelope",
    "denied": "denied envelope",
}
# What a text says of a movement, where that is not simply that it happened.
_DOUBTED = {
    "claimed": "claimed",
    "alleged": "claimed",
    "planned": "claimed",
    "denied": "denied",
    "disputed": "denied",
}


def key_at_dimension(key: str, dimension: int) -> str:
    """Give the key of the look that points, lines or areas of one kind have.

    Parameters
    ----------
    key : str
        Of `LOOKS`.
    dimension : {0, 1, 2}
        Of the geometry. The area of a corridor is the envelope of all its lines, and is drawn as
        one, so that nobody reads a line out of it.

    Examples
    --------
    >>> key_at_dimension("claimed", 1), key_at_dimension("claimed", 2)
    ('claimed', 'claimed envelope')
    """
    return _AS_AREA.get(key, key) if dimension == 2 else key


def looks_of_layer(name: str, frame: pd.DataFrame) -> tuple[str | None, dict[str, str]]:
    """Say by which column the features of a layer differ in their look, and how.

    Parameters
    ----------
    name : str
        The layer's name.
    frame : DataFrame
        Its features.

    Returns
    -------
    column : str or None
        The column that decides; None where all look alike.
    looks : dict of str to str
        A key of `LOOKS` for each value of that column; under "" the look of all others.

    Examples
    --------
    >>> import pandas as pd
    >>> looks_of_layer("corridors", pd.DataFrame({"status": ["asserted", "alleged"]}))
    ('status', {'alleged': 'claimed', '': 'corridors'})
    """
    rest = {"": name if name in LOOKS else DEFAULT}
    for column, known in (("part", {key: key for key in LOOKS}), ("status", _DOUBTED)):
        if column in frame.columns:
            values = sorted({value for value in frame[column] if isinstance(value, str)})
            found = {value: known[value] for value in values if value in known}
            if found:
                return column, found | rest
    return None, rest
