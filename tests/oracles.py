"""Independent measurements that tests compare with: slow, plain, by pyproj and geographiclib."""

from __future__ import annotations

import numpy as np
import shapely
from pyproj import Geod

GEOD = Geod(ellps="WGS84")


def unit_vectors(lon, lat):
    """Give unit vectors on a sphere, good enough to start a search."""
    lam, phi = np.radians(lon), np.radians(lat)
    return np.column_stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def distance_to_leg(lon, lat, leg):
    """Measure geodesic distances (n,) of points to one geodesic by golden-section search."""
    lon0, lat0, lon1, lat1 = leg
    azimuth, _, length = GEOD.inv(lon0, lat0, lon1, lat1)
    lon, lat = np.array(lon, float), np.array(lat, float)
    count = len(lon)

    def distance(along):
        place = GEOD.fwd(np.full(count, lon0), np.full(count, lat0), np.full(count, azimuth), along)
        return np.asarray(GEOD.inv(place[0], place[1], lon, lat)[2])

    stations = np.linspace(0, length, 401)
    track = GEOD.fwd(np.full(401, lon0), np.full(401, lat0), np.full(401, azimuth), stations)
    nearest = (unit_vectors(lon, lat) @ unit_vectors(track[0], track[1]).T).argmax(axis=1)
    reach = 4 * length / 400
    low = np.clip(stations[nearest] - reach, 0, length)
    high = np.clip(stations[nearest] + reach, 0, length)
    golden = (5**0.5 - 1) / 2
    for _ in range(44):
        left, right = high - golden * (high - low), low + golden * (high - low)
        better = distance(left) < distance(right)
        high, low = np.where(better, right, high), np.where(better, low, left)
    return distance((low + high) / 2)


def distance_to_track(lon, lat, track_lon, track_lat):
    """Measure geodesic distances (n,) of points to a track of several legs."""
    legs = zip(track_lon[:-1], track_lat[:-1], track_lon[1:], track_lat[1:], strict=True)
    return np.min([distance_to_leg(lon, lat, leg) for leg in legs], axis=0)


def boundary_points(polygon, shares=(0.0, 0.27, 0.5), most=1500, seed=0):
    """Take points on the straight lon/lat edges of a polygon, leaving out ±180° and the poles."""
    points = []
    for part in shapely.get_parts(polygon):
        for ring in [part.exterior, *part.interiors]:
            xy = np.asarray(ring.coords)
            start, end = xy[:-1], xy[1:]
            seam = (np.abs(start[:, 0]) == 180) & (np.abs(end[:, 0]) == 180)
            pole = (np.abs(start[:, 1]) == 90) & (np.abs(end[:, 1]) == 90)
            kept = ~(seam | pole)
            points += [start[kept] * (1 - share) + end[kept] * share for share in shares]
    found = np.vstack(points)
    order = np.random.default_rng(seed).permutation(len(found))[:most]
    return found[order, 0].copy(), found[order, 1].copy()


def sphere_points(count, seed=0):
    """Draw points uniformly over the sphere."""
    rng = np.random.default_rng(seed)
    return rng.uniform(-180, 180, count), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))
