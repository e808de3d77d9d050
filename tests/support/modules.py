"""The modules of the rooms and what each imports, read from their source without importing any."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.support.queries import ROOMS, ROOT, files_of_rooms


@dataclass(frozen=True)
class Module:
    """A module of a room; ``imports`` are the full names it asks for, wherever in it they stand."""

    name: str
    file: Path
    tree: ast.Module
    imports: frozenset[str]

    @property
    def room(self) -> str:
        """The top-level folder it lies in."""
        return self.name.partition(".")[0]


@cache
def modules() -> dict[str, Module]:
    """Every module of the five rooms by name."""
    return {module.name: module for module in map(_read, files_of_rooms("*.py"))}


@cache
def inner_imports() -> dict[str, frozenset[str]]:
    """For each module the modules of the rooms that it imports."""
    known = modules()
    return {
        name: frozenset(
            target for asked in module.imports if (target := _module_of(asked, known)) and target != name
        )
        for name, module in known.items()
    }


def docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    """The docstrings in a tree: strings that stand alone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _read(file: Path) -> Module:
    parts = file.relative_to(ROOT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
    return Module(name, file, tree, frozenset(_imported(tree, name)))


def _imported(tree: ast.Module, name: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise AssertionError(f"{name}: write imports from the room on, not relative ones")
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _module_of(asked: str, known: dict[str, Module]) -> str | None:
    """What ``from package import name`` reaches: the name where it is a module, else the package."""
    if asked.partition(".")[0] not in ROOMS:
        return None
    return asked if asked in known else asked.rpartition(".")[0]
