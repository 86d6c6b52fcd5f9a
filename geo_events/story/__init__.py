"""One text: what it mentions, what it says happened, the corridors of that, and what can be."""

from geo_events.story.corrections import Correction, EventCorrection
from geo_events.story.corrections_file import load_corrections, save_corrections
from geo_events.story.reading import read_story, read_text
from geo_events.story.story import Story

__all__ = [
    "Correction",
    "EventCorrection",
    "Story",
    "load_corrections",
    "read_story",
    "read_text",
    "save_corrections",
]
