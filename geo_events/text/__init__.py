"""What a text says: places, events, dates, quantities, and who claims or denies what.

The way of a text through this folder: `sources` (file to text), `tokens` (words with exact
offsets), `sections` (several stories in one file), `matching` and `kinds` (names and what they
stand for), `resolution` (which place), `dates`, `quantities`, `triggers`, `phrases`, `rules`
(roles), `statements` (claims and denials), `merging` (mentions of one event), `reader` (all of
it). Nothing here knows corridors or maps.
"""
