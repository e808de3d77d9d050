"""The tests' own order: whole files to a worker, the costly ones first, the browser's last."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.support.queries import ROOT
from tests.support.workers import COSTLY, ByFile, in_order, number_of_workers


def _item(nodeid: str, *marks: str) -> Any:
    return SimpleNamespace(nodeid=nodeid, get_closest_marker=lambda name: name in marks or None)


def test_the_costly_files_are_there() -> None:
    assert [file for file in COSTLY if not (ROOT / file).is_file()] == []


def test_costly_files_come_first_and_browsers_last() -> None:
    given = [
        _item("tests/browser/test_b.py::test_1", "browser"),
        _item("tests/api/test_a.py::test_2[x::y]"),
        _item(f"{COSTLY[1]}::test_3"),
        _item("tests/api/test_a.py::test_1"),
        _item(f"{COSTLY[0]}::test_4"),
    ]
    items = list(given)
    in_order(cast("list[pytest.Item]", items))
    assert items == [given[4], given[2], given[1], given[3], given[0]]


def test_a_file_is_not_parted() -> None:
    parts = {
        ByFile._split_scope(cast(ByFile, None), f"tests/a.py::{test}") for test in ("t", "t[x::y]", "C::t")
    }
    assert parts == {"tests/a.py"}


def test_on_a_server_of_ones_own_they_run_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GIS_DATABASE_URL", raising=False)
    assert number_of_workers() >= 1
    monkeypatch.setenv("GIS_DATABASE_URL", "postgresql://somewhere/else")
    assert number_of_workers() == 0
