"""Which room may import which, and that no module is its own ground."""

import ast
import re
from graphlib import CycleError, TopologicalSorter

import pytest

from gis_platform.layer import installed_layers
from tests.support.modules import Module, docstrings, inner_imports, modules
from tests.support.queries import files_of_rooms

# api -> web_map, etl -> layers -> gis_platform; web_map and etl do not know each other.
MAY_IMPORT = {
    "gis_platform": {"gis_platform"},
    "layers": {"layers", "gis_platform"},
    "etl": {"etl", "layers", "gis_platform"},
    "web_map": {"web_map", "layers", "gis_platform"},
    "api": {"api", "web_map", "etl", "layers", "gis_platform"},
}

CORE = [module for module in modules().values() if module.room == "gis_platform"]


def test_rooms_are_imported_along_the_arrows() -> None:
    wrong = [
        f"{name} imports {target}"
        for name, targets in inner_imports().items()
        for target in sorted(targets)
        if target.partition(".")[0] not in MAY_IMPORT[name.partition(".")[0]]
    ]
    assert wrong == []


def test_what_is_imported_is_there() -> None:
    """A module that imports one of ours that does not exist fails only when somebody comes to need it."""
    known = modules()
    lost = [f"{n} imports {t}" for n, targets in inner_imports().items() for t in targets if t not in known]
    assert lost == []


def test_no_import_circle() -> None:
    try:
        TopologicalSorter(inner_imports()).prepare()
    except CycleError as found:
        pytest.fail("import circle: " + " <- ".join(found.args[1]))


@pytest.mark.parametrize("module", CORE, ids=lambda module: module.name)
def test_the_core_knows_no_route(module: Module) -> None:
    web = {name.partition(".")[0] for name in module.imports} & {"fastapi", "starlette", "uvicorn"}
    assert web == set()
    assert [text for text in _strings(module) if re.match(r"/(api|ogc|map|static)\b", text)] == []


@pytest.mark.parametrize("module", CORE, ids=lambda module: module.name)
def test_the_core_names_no_layer(module: Module) -> None:
    """Neither as a name nor as a value; a sentence for people may give one as an example."""
    layers = set(installed_layers())
    names = {node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}
    assert names & layers == set()
    assert [text for text in _strings(module) if text in layers or _tables(text) & layers] == []


def test_the_core_asks_no_layer_in_sql() -> None:
    layers = set(installed_layers())
    files = [file for file in files_of_rooms("*.sql") if "gis_platform" in file.parts]
    assert files
    assert [str(file) for file in files if _tables(file.read_text(encoding="utf-8")) & layers] == []


def _tables(sql: str) -> set[str]:
    return set(re.findall(r"\blayer\.(\w+)", re.sub(r"--[^\n]*", "", sql)))


def _strings(module: Module) -> list[str]:
    said = {id(node) for node in docstrings(module.tree)}
    return [
        node.value
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
    ]
