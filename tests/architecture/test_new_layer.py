"""A new layer is two files and a migration: those of the how-to, put into a copy of the project.

The copy's own contract tests then run on the new layer, in a process and a database cluster of their own:
table, grants, statements, plans, delivery, collection, items, tile, search, style and legend.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.clusters import fresh_place
from tests.support.queries import ROOMS, ROOT

HOW_TO = ROOT / "docs" / "layers.md"
FILES = ("layers/trees.py", "layers/trees.sql", "layers/migrations/trees_0001.py")

_FENCE = re.compile(r"^```(?:python|sql)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules")


def _texts() -> dict[str, str]:
    """The files as the how-to has them: each after the sentence that names it."""
    text = HOW_TO.read_text(encoding="utf-8")
    found = {}
    for name in FILES:
        fence = _FENCE.search(text, text.index(f"`{name}`"))
        assert fence is not None
        found[name] = fence[1]
    return found


def _contents(folder: Path) -> dict[str, bytes]:
    files = (f for room in ROOMS for f in (folder / room).rglob("*") if f.is_file())
    return {str(f.relative_to(folder)): f.read_bytes() for f in files if "__pycache__" not in f.parts}


@dataclass(frozen=True)
class Copy:
    """The project elsewhere with trees in it; ``before`` is what its rooms held without them."""

    folder: Path
    before: dict[str, bytes]


@pytest.fixture(scope="module")
def copy_with_trees(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The rooms and their tests elsewhere, and the three files of the how-to."""
    copy = tmp_path_factory.mktemp("copy")
    for room in (*ROOMS, "tests"):
        shutil.copytree(ROOT / room, copy / room, ignore=_LEFT_OUT)
    shutil.copy(ROOT / "pyproject.toml", copy)
    if (ROOT / "node_modules").is_dir():
        (copy / "node_modules").symlink_to(ROOT / "node_modules")
    before = _contents(copy)
    for name, text in _texts().items():
        (copy / name).write_text(text, encoding="utf-8")
    return Copy(copy, before)


@pytest.mark.skipif("GIS_DATABASE_URL" in os.environ, reason="needs a private cluster beside this one")
def test_a_new_layer_is_served_and_guarded_like_the_others(copy_with_trees: Copy) -> None:
    copy = copy_with_trees.folder
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/contract",
        "-k",
        "trees",
    ]
    with fresh_place() as place:
        outcome = subprocess.run(  # noqa: S603  # our own tests
            command,
            cwd=copy,
            env={**os.environ, "GIS_TEST_DATA_DIR": str(place.data_dir), "PYTHONPATH": str(copy)},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
    assert outcome.returncode == 0, outcome.stdout[-6000:] + outcome.stderr[-2000:]
    passed = re.search(r"(\d+) passed", outcome.stdout)
    assert passed is not None
    assert int(passed[1]) > 90


def test_nothing_else_was_touched(copy_with_trees: Copy) -> None:
    before, after = copy_with_trees.before, _contents(copy_with_trees.folder)
    assert set(after) - set(before) == set(FILES)
    assert {name for name in before if after.get(name) != before[name]} == set()


def test_the_copy_is_what_was_tried(copy_with_trees: Copy) -> None:
    """Not the installed project: the path given first is the one that is imported."""
    told = subprocess.run(  # our own interpreter
        [sys.executable, "-c", "import layers.trees, gis_platform; print(gis_platform.__file__)"],
        cwd=copy_with_trees.folder,
        env={**os.environ, "PYTHONPATH": str(copy_with_trees.folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert told.stdout.strip() == str(copy_with_trees.folder / "gis_platform" / "__init__.py")
