"""One text: what it mentions, what it says happened, the corridors of that, and what can be."""

from geo_events.story.corrections import Correction, load_corrections, save_corrections
from geo_events.story.story import Story, read_story, read_text

__all__ = [
    "Correction",
    "Story",
    "load_corrections",
    "read_story",
    "read_text",
    "save_corrections",
]
