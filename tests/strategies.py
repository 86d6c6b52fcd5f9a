"""Hypothesis strategies of the whole suite; the hard points are always among what is drawn."""

from __future__ import annotations

from hypothesis import strategies as st

HARD_POINTS = (
    (0.0, 0.0),
    (0.0, 90.0),
    (77.0, 90.0),
    (0.0, -90.0),
    (180.0, 0.0),
    (-180.0, 0.0),
    (180.0, 67.5),
    (-180.0, -67.5),
    (179.9999999, 12.0),
    (45.0, 45.0),
    (90.0, 0.0),
    (-90.0, 1e-9),
    (0.0, 89.9999999),
    (25.0, -20.0),
    (-141.0, 65.0),
)

longitudes = st.floats(-180, 180, allow_nan=False)
latitudes = st.floats(-90, 90, allow_nan=False)
lonlats = st.one_of(st.sampled_from(HARD_POINTS), st.tuples(longitudes, latitudes))
azimuths = st.floats(-180, 180, allow_nan=False)
lengths_m = st.one_of(st.sampled_from((0.0, 0.5, 1.0, 1e5)), st.floats(0, 1.5e7))


@st.composite
def legs(draw: st.DrawFn) -> tuple[float, float, float, float]:
    """Draw start and end of a leg: free, coincident, or along one meridian."""
    lon0, lat0 = draw(lonlats)
    kind = draw(st.sampled_from(("free", "free", "coincident", "meridian")))
    if kind == "coincident":
        return lon0, lat0, lon0, lat0
    lon1, lat1 = draw(lonlats)
    return (lon0, lat0, lon0, lat1) if kind == "meridian" else (lon0, lat0, lon1, lat1)
