"""Commands on places: `find` and `locate`."""

from __future__ import annotations

from typing import Annotated

import typer

from geo_events.cli.options import FormatOption, ViewName, ViewOption, view_of
from geo_events.cli.printing import print_frame, print_rows

__all__ = ["find", "locate"]

COLUMNS = ("name", "kind", "within", "lon", "lat", "population", "score", "reason", "id")


def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help='As "Raqqa" or "Raqqa, Syria".')],
    kind: Annotated[str | None, typer.Option("--kind", help="As city, country, sea.")] = None,
    country: Annotated[
        str | None, typer.Option("--country", help="Only in this country: name or ISO code.")
    ] = None,
    near: Annotated[str | None, typer.Option("--near", help="Those near this place first.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many.")] = 10,
    fuzzy: Annotated[
        bool, typer.Option("--fuzzy/--exact", help="Also names that are only alike.")
    ] = True,
    view: ViewOption = ViewName.de_facto,
    format_: FormatOption = None,
) -> None:
    """Find the places of a name, best first."""
    from geo_events.atlas.gazetteer import find_candidates, resolve_place

    found = find_candidates(name, kind=kind, country=country, near=near, limit=limit, fuzzy=fuzzy)
    if not found:
        resolve_place(name, kind=kind, country=country, near=near, fuzzy=fuzzy)  # says what is near
    rows = [
        {
            "id": candidate.place.id,
            "name": candidate.place.name,
            "kind": candidate.place.kind,
            "within": candidate.place.within,
            "country": candidate.place.country,
            "region": candidate.place.region,
            "lon": candidate.place.lon,
            "lat": candidate.place.lat,
            "population": candidate.place.population or None,
            "score": round(candidate.score, 4),
            "reason": candidate.reason,
            "source": candidate.place.source,
        }
        for candidate in found
    ]
    print_rows(rows, view=view_of(view), format_=format_, columns=COLUMNS)


def locate(
    places: Annotated[
        list[str], typer.Argument(metavar="PLACE...", help='As "35.95N 39.01E" or a name.')
    ],
    distances: Annotated[
        bool, typer.Option("--distances", help="Also the nearest border and coast.")
    ] = False,
    view: ViewOption = ViewName.de_facto,
    format_: FormatOption = None,
) -> None:
    """Say in which country, region, sea or lake points lie."""
    from geo_events.atlas.gazetteer import resolve_place

    found = [resolve_place(given) for given in places]
    import geopandas as gpd
    import pandas as pd

    from geo_events.atlas.locate import locate as locate_points

    points = gpd.GeoDataFrame(
        geometry=gpd.points_from_xy([place.lon for place in found], [place.lat for place in found]),
        index=pd.Index(places, name="place"),
        crs="EPSG:4326",
    )
    result = locate_points(points, view=view_of(view), distances=distances)
    result.insert(0, "understood", [str(place) for place in found])
    result.insert(1, "lon", [place.lon for place in found])
    result.insert(2, "lat", [place.lat for place in found])
    names = [name for name in result.columns if name != result.geometry.name]
    print_frame(result, view=view_of(view), format_=format_, columns=["place", *names])
