"""The command line: parse, call one public function, print."""

from __future__ import annotations

from geo_events.cli.program import main

__all__ = ["main"]
