"""Sphinx: the documentation, built offline with warnings as errors."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(ROOT))

import pages  # noqa: E402 - found through the line above

from geo_events import __version__  # noqa: E402 - the same

pages.write_all()

project = "geo_events"
author = "the geo_events authors"
copyright = "2026, the geo_events authors"  # noqa: A001 - the name that Sphinx reads
version = release = __version__
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx_design", "numpydoc", "mathml"]
html_math_renderer = "mathml"  # formulas are part of the page: nothing is loaded to draw them
source_suffix = {".md": "myst-nb", ".ipynb": "myst-nb", ".rst": "restructuredtext"}
exclude_patterns = ["_build", "generated/*.md", "generated/gallery/*"]  # pages include these
html_extra_path = ["generated/beside"]  # the maps of the gallery, each one file
myst_enable_extensions = ["dollarmath", "colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "cache"  # run again when a notebook, the code or the data have changed
nb_execution_cache_path = pages.choose_cache()
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True
nb_ipywidgets_js = {}  # nothing here is a widget, so nothing is loaded for them
html_theme = "pydata_sphinx_theme"
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_title = f"geo_events {__version__}"
html_theme_options = {
    "show_toc_level": 2,
    "navigation_with_keys": False,
    "secondary_sidebar_items": ["page-toc"],
    "header_links_before_dropdown": 6,
    "navbar_end": ["theme-switcher"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "show_prev_next": True,
}
html_sidebars = {page: [] for page in ("index", "gallery", "changelog")}  # nothing below them
html_show_sourcelink = False
toc_object_entries_show_parents = "hide"
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "undoc-members": False}
