"""A migration that waits for a lock makes everyone behind it wait: each gives up after a while instead."""

import ast
from pathlib import Path

import pytest

from tests.support.queries import ROOT, files_of_rooms

MIGRATIONS = [f for f in files_of_rooms("*.py") if f.parent.name == "migrations" and f.stem != "__init__"]
TEMPLATE = ROOT / "gis_platform" / "database" / "alembic" / "script.py.mako"


def test_there_are_some_in_both_rooms() -> None:
    assert {file.relative_to(ROOT).parts[0] for file in MIGRATIONS} == {"gis_platform", "layers"}


@pytest.mark.parametrize("file", MIGRATIONS, ids=lambda file: file.stem)
def test_first_of_all_it_limits_its_wait(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    upgrade = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "upgrade")
    assert ast.unparse(upgrade.body[0]) == "op.execute(\"SET LOCAL lock_timeout = '5s'\")"


def test_a_new_one_starts_so_too() -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    body = text.partition("def upgrade() -> None:\n")[2].splitlines()
    statements = [line.strip() for line in body if line.strip() and not line.strip().startswith("#")]
    assert statements[0] == "op.execute(\"SET LOCAL lock_timeout = '5s'\")"
