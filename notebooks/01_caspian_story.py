# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # From a news text to a map that can be checked
#
# In October 2015 Russian ships fired cruise missiles from the Caspian Sea at targets in Syria.
# American officials said that some of them fell in Iran; Russia denied it. Here is that report in
# our own words, from the text to a map that shows what is said, who says it, and what geometry has
# to say about it.
#
# Nothing here needs a network.

# %%
from pathlib import Path

import geo_events as ge

ROOT = next(p for p in (Path.cwd(), *Path.cwd().parents) if (p / "seeds").is_dir())
story = ge.read_story(ROOT / "seeds" / "caspian-2015" / "story.md")
print(story.text)

# %% [markdown]
# ## Who sent what from where to where
#
# An event has a type, a status, and its places in roles: origin, destination, alleged impact.
# `disputed` means that one side claims it and another denies it.

# %%
columns = ["type", "status", "origin", "destination", "impact", "begin", "count_min"]
story.to_frame("events")[columns]

# %% [markdown]
# Every role shows the words it was read from and the rule that read it.

# %%
for event in story.events:
    for role in (*event.origin, *event.destination, *event.impact):
        words = f"«{role.text}» at {role.start}, rule {role.rule}"
        print(f"{event.type:7} {role.place.name:12} {words}")

# %% [markdown]
# Who claims it, and who denies it:

# %%
fall = next(event for event in story.events if event.impact)
for statement in fall.statements:
    through = f", through {statement.via}" if statement.via else ""
    print(f"{statement.stance:7} {statement.who or 'unnamed'}{through}")

# %% [markdown]
# ## Every name is kept with its score and its reason
#
# Only names become ends of corridors. A ministry, a spokesman or «Moscow said» does not.

# %%
columns = ["text", "kind", "name", "country", "score", "reason"]
story.to_frame("mentions")[columns].head(12)

# %% [markdown]
# ## What geometry allows
#
# The Caspian is 1,200 km long. There is no single line from it to Syria, so the answer about Iran
# is a share of the sea, and where in the sea it holds.

# %%
for verdict in story.verdicts:
    print(f"{verdict.question}\n  {verdict.answer}: {verdict.text}\n")

# %%
corridor = story.corridors[0]
corridor.shares().head(8).round(2)

# %% [markdown]
# ## The map
#
# The fan of lines is coloured by what they cross; the outlined sea means «somewhere in it». Click or
# focus anything for its evidence. The file opens without a network.

# %%
story.explore()

# %% [markdown]
# For print, the same as a figure of matplotlib:

# %%
story.plot()
# %% [markdown]
# ## To keep it
#
# The suffix names the format: `.html` is the map, `.png` and `.pdf` a picture, `.geojson`, `.gpkg` (with
# styles for QGIS) and `.kml` (for Google Earth, with times) the layers, `.csv` and `.parquet` a table.

# %%
import tempfile

with tempfile.TemporaryDirectory() as folder:
    for name in ("caspian.html", "caspian.gpkg", "caspian.kml"):
        path = ge.save(story, Path(folder) / name)
        print(f"{name:13} {path.stat().st_size / 1000:6.0f} kB")
    print(list(ge.read_frames(Path(folder) / "caspian.gpkg")))

# %% [markdown]
# To cite it:

# %%
print(story.cite())
