"""The house's floors: who may import whom. Every import of every module is read and held to it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "geo_events"

FLOORS = {
    "_version": 0,
    "errors": 0,
    "measures": 0,
    "values": 0,
    "disk": 0,
    "upward": 0,
    "cards": 0,
    "palette": 0,
    "geodesy": 1,
    "atlas": 2,
    "text": 3,
    "corridors": 3,
    "story": 4,
    "maps": 5,
    "files": 5,
    "engines": 6,
    "output": 6,
    "cli": 7,
    "__main__": 7,
    "__init__": 7,
}

pytestmark = pytest.mark.skipif(
    not PACKAGE.is_dir(), reason="the package's sources are not beside the tests"
)


def modules() -> dict[str, Path]:
    """All modules of the package by their dotted name below it; "__init__" is the public face."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts[-1] == "__init__" and len(parts) > 1:
            parts = parts[:-1]
        found[".".join(parts)] = path
    return found


def is_type_checking(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def walk(node: ast.AST, *, types_too: bool):
    """Walk a tree; without `types_too` the blocks under `if TYPE_CHECKING` are left out."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt) and is_type_checking(child) and not types_too:
            yield from (n for part in child.orelse for n in walk(part, types_too=False))
            continue
        yield child
        yield from walk(child, types_too=types_too)


def absolute(node: ast.ImportFrom, path: Path) -> str:
    """The dotted name of the module that a `from … import` names, without the package's name."""
    if node.level == 0:
        return node.module or ""
    here = ("geo_events", *path.relative_to(PACKAGE).parent.parts)
    base = here[: len(here) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])


@cache
def imports(name: str, *, types_too: bool = True) -> frozenset[str]:
    """The package's own modules that a module imports anywhere, by their name below the package."""
    path, known = modules()[name], modules()
    found = set()
    for node in walk(ast.parse(path.read_text("utf-8")), types_too=types_too):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = absolute(node, path)
            targets = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        found.update(place(target, known) for target in targets)
    return frozenset(found - {None, name})


def place(target: str, known: dict[str, Path]) -> str | None:
    """The module that holds an imported name; None where it is not ours."""
    top, *parts = target.split(".")
    if top != "geo_events":
        return None
    while parts:
        name = ".".join(parts)
        if name in known or name in FLOORS:
            return name
        parts.pop()
    return "__init__"


def unit(name: str) -> str:
    """The folder or single module of the table to which a module belongs."""
    return name.partition(".")[0]


def is_allowed(name: str, target: str) -> bool:
    """Down is allowed; so is one's own folder, floor 0 among itself, and the face for the cli."""
    mine, other = FLOORS[unit(name)], FLOORS[unit(target)]
    return (
        other < mine
        or unit(name) == unit(target)
        or mine == other == 0
        # The command line calls nothing but the public face.
        or (unit(name), target) in {("cli", "__init__"), ("__main__", "cli")}
    )


def test_every_folder_stands_on_a_floor() -> None:
    """Every module and folder of the package has its floor in the table."""
    assert {unit(name) for name in modules()} <= set(FLOORS)


def test_no_import_goes_up_or_sideways() -> None:
    """A module imports only from floors below its own, or from its own folder."""
    wrong = [
        f"{name} (floor {FLOORS[unit(name)]}) imports {target} (floor {FLOORS[unit(target)]})"
        for name in modules()
        for target in sorted(imports(name))
        if not is_allowed(name, target)
    ]
    assert wrong == []


def test_no_import_cycles() -> None:
    """No module reaches itself through its imports, those inside functions counted."""
    reach = {name: set(imports(name, types_too=False)) for name in modules()}
    for _ in reach:
        for targets in reach.values():
            targets |= {far for near in set(targets) for far in reach.get(near, ())}
    # The face lists the whole house, and its docstring apart it imports one version number.
    assert sorted(name for name, targets in reach.items() if name in targets) == []


def test_the_reader_of_imports_sees_all_forms() -> None:
    """The test would see a plain, a relative, a late and a type-only import."""
    known = modules()
    tree = ast.parse(
        "import geo_events.errors\n"
        "from geo_events import values\n"
        "def f():\n    from .disk import sha256_of\n"
        "if TYPE_CHECKING:\n    from geo_events.measures import parse_length\n"
    )
    path = PACKAGE / "made_up.py"
    seen = set()
    for node in walk(tree, types_too=True):
        if isinstance(node, ast.Import):
            seen |= {place(alias.name, known) for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            seen |= {place(f"{absolute(node, path)}.{a.name}", known) for a in node.names}
    assert seen == {"errors", "values", "disk", "measures"}


def test_the_face_names_no_module_of_the_command_line() -> None:
    """The public face lists functions and values, never the command line."""
    assert "cli" not in (PACKAGE / "__init__.pyi").read_text("utf-8")
