"""The embedded world: tables, names, places, territories and views."""
