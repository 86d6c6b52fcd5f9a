"""Build the embedded tables from pinned registry packages and hand-made seeds."""
