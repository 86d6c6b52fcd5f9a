"""What a text says: places, events, dates, quantities, and who claims or denies what.

The way of a text through this folder:

* `sources` (file to text), `tokens` (words with exact offsets), `sections` (several stories);
* `candidates`, `matching`, `languages` (names), `kinds` (ships, persons, institutions),
  `span_filter` (is it a place?), `resolution` (which one?), `mentions`;
* `date_rules`, `dates`, `quantities`;
* `structure` (clauses, quotations), `verbs`, `senses`, `triggers` (words that tell of events),
  `phrases`, `rules`, `roles` (places and their parts), `actors`, `cues`, `statements` (claims and
  denials), `drafts`, `merging`, `finishing`, `events` (the record);
* `reader` does all of it: `read_document`.

Words to look for stand in `lexicon`, `verbs`, `person_names` and `common_words`; fitted weights in
two JSON files. Nothing here knows corridors or maps.
"""
