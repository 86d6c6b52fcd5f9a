# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Corridors and crossings
#
# A corridor is a straight line (a geodesic on the WGS 84 ellipsoid) between two places. It is not a
# flown route. Which countries and seas does it cross, in which order, for how many kilometres?

# %%
import pandas as pd

import geo_events as ge

corridor = ge.make_corridor("Moscow", "Ankara", speed="800 km/h")
print(f"{corridor}: {corridor.length_km:,.1f} km")
columns = ["order", "name", "enter_km", "leave_km", "inside_km", "enter_min", "depth_km"]
corridor.crossings()[columns].round(1)

# %%
corridor.plot()
# %% [markdown]
# ## Whose borders
#
# Crimea is the reason for the third row. `view="de_facto"` counts land to whoever controls it,
# `view="recognised"` is close to recognition by the United Nations. `other_view` says what the other
# one calls the same stretch, `contested` who contests it.

# %%
recognised = ge.make_corridor("Moscow", "Ankara", view="recognised")
columns = ["order", "name", "inside_km", "other_view", "contested"]
recognised.crossings()[columns].round(1)

# %% [markdown]
# ## Where is it after 40 minutes?

# %%
place = corridor.locate("40 min")
print(f"{place.km:.0f} km on its way, over {place.name}: {place.lat:.2f}° N {place.lon:.2f}° E")

# %% [markdown]
# ## How close is a near miss?
#
# `near=` also lists territories that the line passes without crossing; `miss_km` says by how much.

# %%
ends = {"from": ["Cairo", "Baku"], "to": ["Amman", "Aleppo"]}
tracks = pd.DataFrame(ends, index=["south", "north"])
crossed = ge.find_crossings(tracks, origin="from", target="to", near="50 km")
columns = ["track", "order", "name", "inside_km", "miss_km", "clear_of_border"]
crossed[columns].round(1)

# %% [markdown]
# `clear_of_border` is False where the line is nearer to a border than the border data are good
# (about 2 km): then nobody can tell from these data.
#
# ## Your own areas
#
# A closed airspace, here one that holds for a night. The track has no times, so `checked` says that
# only the place was compared.

# %%
import geopandas as gpd
from shapely.geometry import box

closed = gpd.GeoDataFrame(
    {
        "name": ["closed box"],
        "begin": ["2024-04-13T20:00Z"],
        "end": ["2024-04-14T04:00Z"],
    },
    geometry=[box(33.0, 43.0, 36.0, 45.0)],
    crs="EPSG:4326",
)
track = pd.DataFrame({"from": ["Moscow"], "to": ["Ankara"]})
given = {"origin": "from", "target": "to"}
stays = ge.find_crossings(track, **given, territories=closed)
stays[["name", "enter_km", "leave_km", "inside_km", "checked"]].round(1)

# %% [markdown]
# ## The shortest way round
#
# Since 2022 flights from Helsinki to Tokyo keep out of Russia:

# %%
straight = ge.make_corridor("Helsinki", "Tokyo")
around = ge.find_route("Helsinki", "Tokyo", avoid="Russia")
print(f"straight {straight.length_km:,.0f} km, without Russia at least {around.length_km:,.0f} km")

# %%
ge.draw_map(straight, around, title="Helsinki to Tokyo, straight and without Russia")

# %% [markdown]
# ## How near did two flights come?

# %%
first = ge.make_corridor("Larnaca", "Beirut")
second = ge.make_corridor("Antalya", "Port Said")
print(ge.measure_separation(first, second, within="20 nmi"))
