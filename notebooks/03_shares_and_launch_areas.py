# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Shares and launch areas
#
# «From the Caspian Sea» names an area of 370,000 km². A line from its centre would answer
# confidently and wrongly. Here is the answer that such an origin has.

# %%
import geo_events as ge

shares = ge.find_shares("Caspian Sea", "Raqqa", detour="5 %")
shares[["name", "part", "share", "method", "can_cross", "can_avoid"]].round(3)

# %% [markdown]
# `share` is the part of the sea's area whose straight line to Raqqa crosses the territory. Shares
# are of area, not probabilities, and they do not add up to one. To one point they are exact;
# between two areas they are sampled, with a 95 % interval.

# %%
ge.find_shares("Caspian Sea", "Syria")[
    ["name", "share", "sampling_low", "sampling_high", "method"]
].head(6).round(3)

# %% [markdown]
# ## From where in the sea?
#
# The part of the sea whose line crosses Iran but not Turkey, and the part that keeps out of Iran:

# %%
over_iran = ge.find_origins("Caspian Sea", "Raqqa", crossing="Iran", avoiding="Turkey")
not_iran = ge.find_origins("Caspian Sea", "Raqqa", avoiding="Iran")
for frame in (over_iran, not_iran):
    west, south, east, north = frame.total_bounds
    print(f"{frame.share.sum():.0%} of the sea, from {south:.1f}° N to {north:.1f}° N")

# %%
ge.draw_map(over_iran, title="Launch points whose line to Raqqa crosses Iran but not Turkey")

# %% [markdown]
# ## With a range
#
# A range rules launch points out. What would lie within 1,000 km of Raqqa?

# %%
near = ge.find_origins("Caspian Sea", "Raqqa", within="1000 km")
print(f"{near.share.sum():.0%} of the sea lies within 1,000 km of Raqqa")
ge.make_range_rings("Raqqa", "1000 km", "1500 km").drop(columns="geometry")

# %% [markdown]
# ## One question, one verdict

# %%
verdict = ge.check_crossing("Caspian Sea", "Raqqa", "Iran", detour="5 %")
print(verdict.answer)
print(verdict.text)
