"""Run the command line as a user does, within this process."""

from __future__ import annotations

import io
import sys
import warnings
from dataclasses import dataclass

import pytest

from geo_events.cli import main


@dataclass(frozen=True)
class Result:
    """What a command did: its exit code and what it wrote."""

    code: int
    out: str
    err: str


class Stdin(io.StringIO):
    """Text or bytes that come in on stdin."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.buffer = io.BytesIO(content)


@pytest.fixture
def run(monkeypatch, capsys):
    """Run `geo-events` with arguments and give its exit code, stdout and stderr."""

    def run(*arguments: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "argv", ["geo-events", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", Stdin(stdin))
        capsys.readouterr()
        code = 0
        with warnings.catch_warnings():
            try:
                main()
            except SystemExit as stop:
                code = stop.code or 0
        return Result(code, *capsys.readouterr())

    return run
