"""A refusal says in both languages what is wrong: a bare English sentence cannot come back.

The API has a Vietnamese sentence for every kind of problem. For an unavailable server or a missing sign-in it
says all there is to say; for a wrong value, something missing or a clash it says that there is one, and not
which. Those must bring words of their own.
"""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

from api.problem_words import words
from gis_platform.errors import BadParameter, Conflict, DeliveryRefused, NotFound, Problem, TooManyRequests

ROOT = Path(__file__).parents[2]
ROOMS = ("api", "layers", "etl", "gis_platform", "web_map")
#: Kinds whose general sentence does not say what is wrong.
GENERAL = (BadParameter, NotFound, Conflict, TooManyRequests, DeliveryRefused)
#: Told by the command line alone, which speaks English.
BY_COMMAND = (
    *(
        "etl/demo/",
        "etl/rasters/",
        "etl/watch/contracts.py",
        "etl/delivery/deliver.py",
        "etl/delivery/opening.py",
    ),
    *(
        "etl/delivery/anew.py",
        "etl/delivery/deciding.py",
        "etl/delivery/register.py",
        "etl/delivery/mapping.py",
    ),
    *("etl/delivery/turns.py", "etl/delivery/checking/report/__init__.py", "etl/delivery/intake/parts.py"),
    *("gis_platform/audit/commands.py", "gis_platform/rules/", "gis_platform/city.py"),
    *("gis_platform/database/", "gis_platform/access/account_admin.py", "gis_platform/access/key_admin.py"),
    *("gis_platform/access/commands.py", "gis_platform/access/key_commands.py", "etl/delivery/commands.py"),
)
#: Known fault: whoever edits features by program is told the member in Vietnamese, and what of it in English.
EDITING = "gis_platform/editing/"
#: A worker tells it in its report, where findings have both languages.
BY_WORKERS = ("etl/delivery/prepare.py",)


def _kinds(kind: type[Problem]) -> set[type[Problem]]:
    return {kind}.union(*(_kinds(below) for below in kind.__subclasses__()))


def _general() -> set[str]:
    """Names of the classes, and of those made of them that have no sentence of their own."""
    for room in ROOMS:
        for module in walk_packages(import_module(room).__path__, f"{room}."):
            if "migrations" not in module.name and not module.name.endswith(("__main__", "alembic.env")):
                import_module(module.name)
    codes = {kind.code for kind in GENERAL}
    return {kind.__name__ for kind in _kinds(Problem) if kind.code in codes}


def _files() -> Iterator[Path]:
    exempt = (*BY_COMMAND, *BY_WORKERS, EDITING)
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            if not str(file.relative_to(ROOT)).startswith(exempt):
                yield file


def _told_by_parameter(name: str, keywords: dict[str, ast.expr]) -> bool:
    """Whether there is a Vietnamese sentence for what this parameter takes, or names."""
    parameter = keywords.get("parameter")
    value = parameter.value if isinstance(parameter, ast.Constant) else None
    return (name == "BadParameter" and value in words()["wanted"]) or (
        name == "NotFound" and value in words()["missed"]
    )


def english_alone(source: str, general: set[str]) -> list[int]:
    """Lines of a module where a problem of such a kind is made from English words alone."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        keywords = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg is not None}
        if node.func.id not in general or "detail_vi" in keywords:
            continue
        if not _told_by_parameter(node.func.id, keywords):
            found.append(node.lineno)
    return found


@pytest.fixture(scope="module")
def general() -> set[str]:
    """Names of the classes that must bring words of their own."""
    return _general()


def test_no_refusal_is_told_in_english_alone(general: set[str]) -> None:
    assert {"BadParameter", "NotFound", "Conflict"} <= general
    told = {
        f"{file.relative_to(ROOT)}:{line}"
        for file in _files()
        for line in english_alone(file.read_text(encoding="utf-8"), general)
    }
    assert told == set(), "give detail_vi, or make it with refusal(kind, Text(vi, en), language)"


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('raise BadParameter("It is wrong.", parameter="colour")', [1]),
        ('raise BadParameter("It is wrong.", parameter="colour", detail_vi="Sai.")', []),
        ('raise BadParameter("It is wrong.", parameter="limit")', []),
        ('raise NotFound("It is not there.")', [1]),
        ('raise refusal(NotFound, Text("Không có.", "None."), language)', []),
        ('raise Unavailable("Later.")', []),
    ],
)
def test_the_look_finds_them(general: set[str], source: str, lines: list[int]) -> None:
    assert english_alone(source, general) == lines


def test_what_is_exempt_is_there() -> None:
    for path in (*BY_COMMAND, *BY_WORKERS, EDITING):
        assert (ROOT / path).exists(), path
