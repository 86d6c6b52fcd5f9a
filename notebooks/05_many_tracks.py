# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Many tracks, many texts
#
# `find_crossings` takes a frame of tracks, two columns of names or an `(n, 4)` array, and gives one
# row per stay. Here: 20,000 random flights between the world's airports.

# %%
import time

import numpy as np

import geo_events as ge

places = ge.load_atlas().places
airports = places[places["kind"] == "airport"]
generator = np.random.default_rng(7)
lonlat = airports[["lon", "lat"]].to_numpy()
ends = generator.integers(0, len(lonlat), size=(20_000, 2))
tracks = np.column_stack([lonlat[ends[:, 0]], lonlat[ends[:, 1]]])
tracks.shape

# %%
begin = time.perf_counter()
stays = ge.find_crossings(tracks, depth=False)
seconds = time.perf_counter() - begin
print(f"{len(stays):,} stays of {len(tracks):,} tracks in {seconds:.1f} s")

# %% [markdown]
# `depth=False` leaves out the greatest distance from the border, which takes most of the time.
# Which countries are crossed most, by number of tracks and by kilometres?

# %%
countries = stays[stays["kind"] == "country"]
summary = countries.groupby("name").agg(tracks=("track", "nunique"), km=("inside_km", "sum"))
summary.sort_values("tracks", ascending=False).head(10).round(0)

# %% [markdown]
# The kilometres of every track add up to its length: the world has no gap and no overlap.

# %%
from pyproj import Geod

_, _, length = Geod(ellps="WGS84").inv(*tracks.T)
total = stays.groupby("track")["inside_km"].sum().reindex(range(len(tracks)), fill_value=0.0)
float(np.abs(total.to_numpy() - np.asarray(length) / 1000).max())

# %% [markdown]
# ## A bad row among many
#
# By default a bad row is an error that names its label. `errors="report"` goes on and lists it.

# %%
import pandas as pd

frame = pd.DataFrame(
    {"from": ["Moscow", "Qwertyville", "Delhi"], "to": ["Ankara", "Rome", "London"]}
)
try:
    ge.find_crossings(frame, origin="from", target="to")
except ge.errors.GeoEventsError as error:
    print(type(error).__name__, "-", error)

# %% [markdown]
# ## Many texts
#
# `read_stories` takes a folder, a frame with a column of texts, or a mapping of labels to texts, and
# gives tables. A text that cannot be read is told, and harms no other.

# %%
from geo_events.engines import read_stories

texts = {
    "a": "A cargo jet flew from Malta to Rome on Monday.",
    "b": "Rockets were fired from Gaza at Ashkelon, police said.",
    "c": " ",
}
found = read_stories(texts, published="2021-05-13", errors="report")
found["corridors"][["story", "origin", "target", "status"]]

# %%
found.errors

# %% [markdown]
# With `executor="processes"` it reads on all cores, and Dask's executor takes it to many machines.
