"""Work on a draft that is broken off: removed meanwhile, killed, tried too often, or taken up by two."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from etl.drafts import work as working
from etl.drafts.entering import MOST_OF_ONE, drafts_folder, enter_draft
from etl.drafts.jobs import SQL as JOBS
from etl.drafts.jobs import forget_files
from etl.drafts.work import MOST_ATTEMPTS, work
from gis_platform.database.server import Logins
from gis_platform.errors import TooManyRequests
from gis_platform.settings import Settings
from layers.planning.drafts import effects
from tests.support.drafts import LAN, draft_row, draft_rows, plan, random_zones, write_plan

Tell = Callable[[int, int], None]


@pytest.fixture
def waiting(draft_settings: Settings, draft_city: Logins, folder: Path) -> int:
    """A draft that nobody has worked yet."""
    file = write_plan(folder / "a.gpkg", plan(random_zones(draft_city, 12, seed=5), ["ODT", "DGT"] * 6))
    return enter_draft(draft_city.app, draft_settings.data_dir, file, "Thử", {}, LAN)


def _rows(places: Logins, draft: int) -> int:
    rows = draft_rows(
        places,
        "SELECT (SELECT count(*) FROM planning.draft_zone WHERE draft_id = %s)"
        " + (SELECT count(*) FROM planning.draft_parcel WHERE draft_id = %s)"
        " + (SELECT count(*) FROM planning.draft_effect WHERE draft_id = %s) AS n",
        *[draft] * 3,
    )
    return int(rows[0]["n"])


def test_removed_while_it_is_worked_nothing_is_stored(
    draft_settings: Settings, draft_city: Logins, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[int] = []
    compare = effects.compare

    def removed_meanwhile(connection: psycopg.Connection[object], draft: int, tell: Tell) -> object:
        told = compare(connection, draft, tell)
        assert _rows(draft_city, draft) == 0, "nobody sees what is not whole"
        compared.append(draft)
        with psycopg.connect(draft_city.owner) as other:
            other.execute("SET lock_timeout = '5s'")
            other.execute("DELETE FROM planning.draft WHERE id = %s", [draft])
        return told

    monkeypatch.setattr(working, "compare", removed_meanwhile)
    work(draft_settings, waiting, draft_city.owner)
    assert compared == [waiting]
    assert draft_rows(draft_city, "SELECT 1 AS one FROM planning.draft WHERE id = %s", waiting) == []
    assert _rows(draft_city, waiting) == 0


def test_a_killed_process_leaves_nothing_and_is_begun_again(
    draft_settings: Settings, draft_city: Logins, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> object:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(working, "find_cases", killed)
        with pytest.raises(KeyboardInterrupt):
            work(draft_settings, waiting, draft_city.owner)
    assert draft_row(draft_city, waiting)["state"] == "working"
    assert _rows(draft_city, waiting) == 0
    with psycopg.connect(draft_city.app) as jobs:
        assert waiting in [row[0] for row in jobs.execute(JOBS["waiting"].text)]
    work(draft_settings, waiting, draft_city.owner)
    assert draft_row(draft_city, waiting)["state"] == "done"
    assert _rows(draft_city, waiting) > 12


def test_what_breaks_off_again_and_again_fails_in_words(
    draft_settings: Settings, draft_city: Logins, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(working, "find_cases", broken)
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            work(draft_settings, waiting, draft_city.owner)
    work(draft_settings, waiting, draft_city.owner)
    row = draft_row(draft_city, waiting)
    assert row["state"] == "failed"
    assert "báo quản trị viên" in row["reason"]["vi"]


def test_two_processes_work_it_once(draft_settings: Settings, draft_city: Logins, waiting: int) -> None:
    with psycopg.connect(draft_city.owner, autocommit=True) as other:
        other.execute(working.SQL["hold"].text, {"draft": waiting})
        work(draft_settings, waiting, draft_city.owner)
        assert draft_row(draft_city, waiting)["state"] == "waiting"
        with psycopg.connect(draft_city.app) as jobs:
            assert waiting not in [row[0] for row in jobs.execute(JOBS["waiting"].text)]
    work(draft_settings, waiting, draft_city.owner)
    assert draft_row(draft_city, waiting)["state"] == "done"


def test_files_of_nobody_are_cleared_up_in_time(
    draft_settings: Settings, draft_city: Logins, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = drafts_folder(draft_settings.data_dir)
    (folder / "999999").mkdir()
    (folder / ".export-x.gpkg").write_bytes(b"x")
    assert asyncio.run(forget_files(draft_city.app, draft_settings.data_dir)) == 0
    monkeypatch.setattr("etl.drafts.jobs._ABANDONED_S", -1)
    assert asyncio.run(forget_files(draft_city.app, draft_settings.data_dir)) >= 2
    names = {path.name for path in folder.iterdir()}
    assert str(waiting) in names
    assert names.isdisjoint({"999999", ".export-x.gpkg"})


def test_too_many_are_not_taken(draft_settings: Settings, draft_city: Logins, folder: Path) -> None:
    file = write_plan(folder / "a.gpkg", plan(random_zones(draft_city, 1, seed=5), ["ODT"]))
    with psycopg.connect(draft_city.owner) as owner:
        owner.execute(
            "INSERT INTO planning.draft (name, uploaded_by, file_name, size_bytes, sha256) "
            "SELECT 'a', 'lan', 'a', 1, repeat('0', 64) FROM generate_series(1, %s)",
            [MOST_OF_ONE],
        )
    with pytest.raises(TooManyRequests) as refused:
        enter_draft(draft_city.app, draft_settings.data_dir, file, "Thử", {}, LAN)
    assert "xoá" in (refused.value.detail_vi or "")
    draft_rows(draft_city, "DELETE FROM planning.draft WHERE sha256 = repeat('0', 64) RETURNING id")


def test_whoever_reads_it_first_finds_it_counted(
    draft_settings: Settings, draft_city: Logins, waiting: int
) -> None:
    """One that the statistics do not know is taken for a row: its list takes minutes in a large city."""
    work(draft_settings, waiting, draft_city.owner)
    for table in ("draft_parcel", "draft_effect"):
        known = "SELECT reltuples FROM pg_class WHERE oid = CAST(%s AS regclass)"
        (counted,) = draft_rows(draft_city, known, f"planning.{table}")
        there = f"SELECT count(*) AS n FROM planning.{table}"  # noqa: S608
        (rows,) = draft_rows(draft_city, there)
        assert rows["n"]
        assert counted["reltuples"] == rows["n"]
