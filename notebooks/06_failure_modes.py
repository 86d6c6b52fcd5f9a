# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Failure modes
#
# What goes wrong, how it says so, and what to do then.

# %%
import geo_events as ge


def attempt(call):
    """Show the error that a call ends with."""
    try:
        print(call())
    except ge.errors.GeoEventsError as error:
        print(f"{type(error).__name__}: {error}\n")


# %% [markdown]
# ## Names

# %%
attempt(lambda: ge.resolve_place("Raqa"))
attempt(lambda: ge.resolve_place("Springfield"))
attempt(lambda: ge.resolve_place(""))

# %% [markdown]
# An unknown name is never guessed. `find_places` forgives and lists, best first:

# %%
ge.find_places("Raqa", limit=3)[["name", "kind", "country", "score", "reason"]]

# %% [markdown]
# ## Numbers without units, and pairs without letters
#
# People write latitude and longitude in either order, and 20 may be miles or kilometres.

# %%
attempt(lambda: ge.make_corridor((35.95, 39.01), "Ankara"))
attempt(lambda: ge.make_corridor("Moscow", "Ankara", half_width=20))
attempt(lambda: ge.LonLat(lon=39.0, lat=135.9))

# %% [markdown]
# ## Lines that do not exist

# %%
attempt(lambda: ge.make_corridor("Raqqa", "Raqqa"))
attempt(lambda: ge.check_crossing("Moscow", "Ankara", "Qwertyville"))

# %% [markdown]
# ## What the border data cannot settle
#
# Borders are good to about 2 km. Nearer than that the answer is *too close to call*.

# %%
verdict = ge.check_crossing("47.60N 7.58E", "47.60N 7.70E", "Switzerland")
print(verdict.answer, "-", verdict.text)

# %% [markdown]
# ## Texts
#
# What is not said is not made up: no origin, no corridor. An institution is no origin.

# %%
for text in (
    "Missiles hit Aleppo on Monday.",
    "Moscow said that it had fired missiles at Aleppo.",
    "Jordan scored twice against Turkey.",
    "",
):
    try:
        story = ge.read_text(text, published="2015-10-08")
        print(repr(text), [e.type for e in story.events], [str(c) for c in story.corridors])
    except ge.errors.GeoEventsError as error:
        print(repr(text), type(error).__name__, error)

# %% [markdown]
# The reader works by rules on news English. It leaves out what it does not understand, and it makes
# mistakes; that is why every role carries its words and its rule, and why `story.correct` exists.
