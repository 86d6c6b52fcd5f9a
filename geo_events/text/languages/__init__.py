"""What the reader knows of each language: small tables, one module per language.

`language` says what such a table holds; `english`, `russian`, `turkish`, `arabic`, `persian`,
`french`, `german`, `spanish` are the tables; ``demonyms.tsv`` lists the words for inhabitants and
things of a country; `neighbours` lists words of languages that are recognised but not served.
`detection` tells which language a text is in, `forms` undoes what a language does to names,
`naming` finds names with it; `everyday` tells what only looks like a name, `likelihood` how well
known a place must be, `demonyms` looks adjectives up, `notes` says what could not be read.

To teach the reader more of a language, edit its table. To add a language, write its table, list it
in `known`, and give it a column in ``demonyms.tsv``.
"""
