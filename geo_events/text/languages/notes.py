"""Say in plain sentences what could not be read because of a text's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo_events.text.languages.known import LANGUAGES

if TYPE_CHECKING:
    from geo_events.text.languages.detection import Tongues

__all__ = ["describe_language"]

_SERVED = ", ".join(sorted(language.name for language in LANGUAGES))


def describe_language(tongues: Tongues) -> str:
    """Say what the language of a text keeps from being read.

    Parameters
    ----------
    tongues : Tongues
        From `find_tongues`.

    Returns
    -------
    str
        One or two sentences; empty when nothing is lost.
    """
    if tongues.code == "en" or not (tongues.sure or tongues.main is None):
        return ""
    if tongues.main is not None:
        rest = " Its English sentences were read for events." if tongues.english else ""
        return (
            f"This text is in {tongues.name}: its places are marked, but events are read from "
            f"English only.{rest}"
        )
    known = tongues.code or tongues.sure
    what = f"in {tongues.name}" if known else "in a language that was not recognised"
    return (
        f"This text is {what}; expected one of {_SERVED}. Only names written exactly as the atlas "
        "knows them were taken: expect places to be missing, and no events."
    )
