"""Contents for map tests: one text in every place where text can appear."""

from __future__ import annotations

import numpy as np
import shapely

from geo_events.maps.content import Evidence, Group, Item, LegendEntry, MapContent, Quote
from geo_events.maps.features import (
    AreaMark,
    CloudMark,
    PointMark,
    RingMark,
    Style,
    TrackMark,
)

BLUE = Style("#0072b2", 2.0, "dashed", "hatch")
RED = Style("#d55e00", 2.0)


def fill_all(text: str) -> MapContent:
    """Return a content with the same text in every sink."""
    evidence = Evidence(((text, text),), (Quote(text, ((0, max(1, len(text) // 2)),), text),))
    marks = (
        AreaMark(shapely.box(40, 30, 50, 40), text, BLUE, "g", "i", caption=text, rank=9),
        PointMark(45.0, 42.0, text, RED, "question", "g", "i", text),
        TrackMark(
            ((np.array([30.0, 60.0]), np.array([28.0, 28.0])),),
            text,
            RED,
            "g",
            "i",
            text,
            (33.0, 28.0),
        ),
        RingMark(
            np.array([20.0, 22, 20, 18, 20]),
            np.array([30.0, 28, 26, 28, 30]),
            text,
            text,
            RED,
            "g",
            "i",
        ),
        CloudMark(
            shapely.points([[35.0, 45.0], [36.0, 45.0]]), [text, text], {text: [text, ""]}, RED, "g"
        ),
    )
    return MapContent(
        title=text,
        summary=(text,),
        caveat=(text,),
        facts=((text, text),),
        headings=((text, text),),
        groups=(
            Group(
                "g",
                text,
                (LegendEntry("area", text, BLUE), LegendEntry("point", text, RED, "star")),
            ),
        ),
        marks=marks,
        items=(
            Item("i", text, text, text, text, evidence, "2015-10-07", "2015-10-07"),
            Item("j", "later", "later", start="2015-10-09", end="2015-10-09"),
        ),
        notes=(text,),
        citation=text,
    )
