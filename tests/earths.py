"""Small partitions of the Earth, and rotations of them, for the tests of crossings."""

from __future__ import annotations

import itertools

import numpy as np
import shapely
import shapely.affinity

from geo_events.geodesy.tracks import split_antimeridian

MERIDIANS = (-180.0, -141.0, -97.3, -40.0, -3.7, 25.0, 61.2, 112.9, 180.0)
PARALLELS = (-90.0, -52.4, -20.0, 0.0, 31.6, 49.0, 66.6, 90.0)


def make_boxes() -> np.ndarray:
    """Cut the Earth into 56 boxes between irregular meridians and parallels."""
    boxes = [
        shapely.box(west, south, east, north)
        for (west, east), (south, north) in itertools.product(
            itertools.pairwise(MERIDIANS), itertools.pairwise(PARALLELS)
        )
    ]
    return np.array(boxes, dtype=object)


def rotate(polygons: np.ndarray, degrees: float) -> np.ndarray:
    """Turn polygons about the Earth's axis and cut them at ±180° again."""
    turned = [
        split_antimeridian(shapely.affinity.translate(polygon, degrees)) for polygon in polygons
    ]
    out = np.empty(len(turned), dtype=object)
    out[:] = turned
    return out


def make_stars(count: int, seed: int) -> np.ndarray:
    """Draw star-shaped areas with holes that overlap one another."""
    rng = np.random.default_rng(seed)
    stars = np.empty(count, dtype=object)
    for k in range(count):
        lon, lat = rng.uniform(-130, 130), rng.uniform(-60, 60)
        angle = np.sort(rng.uniform(0, 2 * np.pi, 23))
        radius = rng.uniform(4, 20, 23)
        outline = np.c_[lon + radius * np.cos(angle), lat + radius * np.sin(angle)]
        hole = np.c_[lon + 2 * np.cos(angle), lat + 2 * np.sin(angle)]
        stars[k] = shapely.make_valid(shapely.Polygon(outline, [hole]))
        stars[k] = shapely.MultiPolygon(
            [p for p in shapely.get_parts(stars[k]) if p.geom_type == "Polygon"]
        )
    return stars
