# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Compared with simpler ways
#
# A line on a map is easily drawn with geopandas alone. What does it cost in truth?
#
# ## A straight line in degrees is not a straight line
#
# Helsinki to Tokyo, once as a line between two coordinates in degrees, once as a geodesic:

# %%
import geopandas as gpd
from shapely.geometry import LineString

import geo_events as ge

helsinki, tokyo = ge.resolve_place("Helsinki"), ge.resolve_place("Tokyo")
territories = ge.load_atlas().territories
countries = territories[territories["kind"] == "country"]
flat = LineString([(helsinki.lon, helsinki.lat), (tokyo.lon, tokyo.lat)])
by_degrees = sorted(countries.loc[countries.intersects(flat), "name"])
stays = ge.make_corridor("Helsinki", "Tokyo").crossings()
by_geodesic = sorted(set(stays.loc[stays["kind"] == "country", "name"]))
print("degrees :", by_degrees)
print("geodesic:", by_geodesic)

# %% [markdown]
# ## A buffer in degrees or in Web Mercator is not a corridor
#
# 50 km on either side of the line from Oslo to Tromsø, as area on the ellipsoid:

# %%
from pyproj import Geod

geod = Geod(ellps="WGS84")


def area_km2(polygon):
    """Give the area on the ellipsoid."""
    return abs(geod.geometry_area_perimeter(polygon)[0]) / 1e6


corridor = ge.make_corridor("Oslo", "Tromsø", half_width="50 km")
line = gpd.GeoSeries([corridor.track], crs="EPSG:4326")
mercator = line.to_crs(3857).buffer(50_000).to_crs(4326).iloc[0]
degrees = line.iloc[0].buffer(50 / 111.32)
for name, polygon in (
    ("true width", corridor.band),
    ("Web Mercator", mercator),
    ("degrees", degrees),
):
    print(f"{name:13} {area_km2(polygon):>9,.0f} km²")

# %% [markdown]
# ## A line between centroids is an answer to another question
#
# Does the line from the Caspian Sea to Raqqa cross Iran? From the centroid of the sea: one answer,
# without a doubt. From the sea:

# %%
sea = ge.resolve_place("Caspian Sea")
centre = sea.geometry.centroid
print(
    "from the centroid:",
    ge.check_crossing(ge.LonLat(lon=centre.x, lat=centre.y), "Raqqa", "Iran").answer,
)
verdict = ge.check_crossing(sea, "Raqqa", "Iran", detour="5 %")
print("from the sea     :", verdict.answer, "-", verdict.text)

# %% [markdown]
# ## The same crossings by overlay
#
# For a line that was made dense enough beforehand, an overlay by shapely finds the same countries;
# it only takes longer, and knows no order, no depth, no ±180° and no gap at the coast.

# %%
track = ge.make_corridor("Delhi", "London").track
overlay = sorted(countries.loc[countries.intersects(track), "name"])
ours = ge.make_corridor("Delhi", "London").crossings()
print(overlay == sorted(set(ours.loc[ours["kind"] == "country", "name"])), overlay)
