"""Make the notebooks beside their sources: ``python tools/build_notebooks.py [--check]``.

The sources are ``notebooks/*.py`` in jupytext's percent format; the ``.ipynb`` files carry no
outputs and always the same bytes. ``--check`` writes nothing and fails where one is out of date.
"""

from __future__ import annotations

import sys
from pathlib import Path

import jupytext
import nbformat

FOLDER = Path(__file__).parents[1] / "notebooks"


def convert(source: Path) -> str:
    """Give the notebook that a source makes, as text."""
    notebook = jupytext.read(source)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
    notebook.metadata.pop("jupytext", None)
    return nbformat.writes(notebook) + "\n"


def find_outdated() -> dict[Path, str]:
    """Give the notebooks that are missing or differ from what their sources make."""
    outdated = {}
    for source in sorted(FOLDER.glob("*.py")):
        target = source.with_suffix(".ipynb")
        text = convert(source)
        if not target.exists() or target.read_text("utf-8") != text:
            outdated[target] = text
    return outdated


def main() -> int:
    """Write what is out of date, or tell it."""
    outdated = find_outdated()
    for target, text in outdated.items():
        if "--check" in sys.argv:
            print(f"{target.name} is out of date: run python tools/build_notebooks.py")
        else:
            target.write_text(text, "utf-8")
            print(f"written: {target.name}")
    return int("--check" in sys.argv and bool(outdated))


if __name__ == "__main__":
    sys.exit(main())
