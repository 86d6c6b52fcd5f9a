# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Claims, denials and corrections
#
# geo_events never says whether something happened. It says what a text claims, who claims and who
# denies it, and what geometry allows.

# %%
import geo_events as ge

TEXT = (
    "Two drones took off from Damascus and flew over Jordan to Eilat on Sunday, officials said. "
    "The army denied that one of them had crashed in Saudi Arabia."
)
story = ge.read_text(TEXT, published="2024-04-15")
for event in story.events:
    said = [f"{s.stance}: {s.who or 'unnamed'}" for s in event.statements]
    print(event.type, event.status, said)

# %%
for verdict in story.verdicts:
    print(f"{verdict.question}\n  {verdict.answer}: {verdict.text}\n")

# %% [markdown]
# The five answers are *yes*, *no*, *depends*, *too close to call* and *not checkable*. A claim that
# geometry cannot speak to is *not checkable*, with the reason; it is never passed over in silence.
#
# ## Asking yourself
#
# From the shell: `geo-events crosses "Moscow" "Ankara" Spain`; the exit code is 0 for yes, 10 for
# no, 11 for depends, 12 for too close to call, 13 for not checkable.

# %%
for territory in ("Ukraine", "Spain"):
    verdict = ge.check_crossing("Moscow", "Ankara", territory)
    print(f"{verdict.question}\n  {verdict.answer}: {verdict.text}\n")

# %% [markdown]
# ## What would have to be true
#
# An answer that depends says on what. A range that is known rules launch points out; here it is given
# by hand, and marked as such.

# %%
text = "A Kalibr missile was fired from the Caspian Sea at Raqqa."
for reach in ("1000 km", "1500 km"):
    for verdict in ge.read_text(text, ranges={"Kalibr": reach}).verdicts:
        print(
            f"{verdict.question}\n  {verdict.answer}: {verdict.reasons[0]}\n  {verdict.condition}"
        )

# %% [markdown]
# ## When it reads wrongly
#
# «Langley» below is taken for the headquarters of the CIA, in Virginia. If another Langley is meant, a
# correction mends it. It is kept with the story, can be saved and given again, and is marked wherever
# its effect shows.

# %%
text = "A plane flew from Langley to London on Monday."
story = ge.read_text(text, published="2015-10-08")
print([(m.text, str(m.place)) for m in story.mentions])
corrected = story.correct("Langley", "Langley, British Columbia")
print([(m.text, str(m.place)) for m in corrected.mentions])

# %% [markdown]
# What an event is about can be corrected too: from where, to where, when, of what kind.

# %%
mended = corrected.correct("flew", destination="London, Ontario", date="2015-10-06")
print(*mended.corridors)
print(*mended.corrections, sep="\n")
