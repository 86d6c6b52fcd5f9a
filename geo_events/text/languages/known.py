"""The languages that are served, in one list."""

from __future__ import annotations

from geo_events.text.languages.arabic import ARABIC
from geo_events.text.languages.english import ENGLISH
from geo_events.text.languages.french import FRENCH
from geo_events.text.languages.german import GERMAN
from geo_events.text.languages.persian import PERSIAN
from geo_events.text.languages.russian import RUSSIAN
from geo_events.text.languages.spanish import SPANISH
from geo_events.text.languages.turkish import TURKISH

__all__ = ["LANGUAGES"]

LANGUAGES = (ENGLISH, RUSSIAN, TURKISH, ARABIC, PERSIAN, FRENCH, GERMAN, SPANISH)
