"""Exports made part by part on the real database: broken off and taken up again, refused, forgotten."""

import asyncio
import hashlib
import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pyogrio
import pytest

from etl.exporting.jobs import add_exports, exports_folder, forget_exports, take_up_exports
from etl.exporting.working import MOST_ATTEMPTS, Stopped, make_export
from gis_platform.database.server import Logins
from gis_platform.jobs import make_job_app
from gis_platform.settings import Settings
from tests.support.queries import ROOT
from tests.support.stopping_export import PART_ROWS, StopAt, understand

Connection = psycopg.Connection[Any]

_ADD = """
    INSERT INTO core.export (id, account_id, role, actor, place, collection, format, asked, expires_at)
    VALUES (%(id)s, %(account)s, %(role)s, 'test', '127.0.0.1', %(collection)s, %(format)s, '{}',
            now() + interval '1 hour')
"""


@pytest.fixture
def writer(small_layers: Logins) -> Iterator[Connection]:
    """The owner, who leaves no export behind."""
    with psycopg.connect(small_layers.owner, autocommit=True) as connection:
        yield connection
        connection.execute("DELETE FROM core.export")
        connection.execute("SET search_path = jobs, public")
        connection.execute("DELETE FROM procrastinate_jobs")


def ask(writer: Connection, form: str = "gpkg", collection: str = "parcels", **more: Any) -> str:
    """An export written down; its id."""
    export_id = secrets.token_urlsafe(24)
    asked = {"id": export_id, "role": "public", "account": None, "format": form, "collection": collection}
    writer.execute(_ADD, asked | more)
    return export_id


def state(writer: Connection, export_id: str) -> dict[str, Any]:
    """An export as the database has it."""
    found = writer.execute("SELECT to_jsonb(e) FROM core.export e WHERE id = %s", [export_id]).fetchone()
    assert found is not None
    known: dict[str, Any] = found[0]
    return known


def ids(writer: Connection) -> list[int]:
    """The ids of the parcels."""
    return [row[0] for row in writer.execute("SELECT id FROM layer.parcels ORDER BY id")]


def killed_at(moment: int, small_layers: Logins, folder: Path, export_id: str) -> None:
    """A worker in a process of its own, killed without warning."""
    command = [sys.executable, "-m", "tests.support.stopping_export", small_layers.app, small_layers.public]
    with subprocess.Popen(  # noqa: S603
        [*command, str(folder), export_id, str(moment)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "stopped\n"
        worker.kill()


@pytest.mark.parametrize("form", ["gpkg", "fgb", "shp", "csv", "geojson", "geojsonseq"])
def test_a_killed_worker_is_followed_by_one_that_goes_on(
    small_layers: Logins, writer: Connection, tmp_path: Path, form: str
) -> None:
    export_id = ask(writer, form)
    killed_at(4, small_layers, tmp_path, export_id)
    parts = sorted((tmp_path / export_id / "parts").glob("*.arrow"))
    assert len(parts) == 3
    before = {part: part.stat().st_mtime_ns for part in parts}
    assert state(writer, export_id)["state"] == "running"
    assert state(writer, export_id)["rows_done"] == 2 * PART_ROWS

    # Killed once more, while the file itself is written.
    whole = len(ids(writer)) // PART_ROWS + 1
    killed_at(whole - 3 + 1 + 2, small_layers, tmp_path, export_id)
    assert {part: part.stat().st_mtime_ns for part in parts} == before

    make_export(small_layers, tmp_path, export_id, understand, part_rows=PART_ROWS)
    known = state(writer, export_id)
    file = tmp_path / export_id / known["file_name"]
    assert known["state"] == "done"
    assert known["rows_done"] == known["rows_total"] == len(ids(writer))
    assert known["synthetic"] is True
    assert known["size_bytes"] == file.stat().st_size
    assert known["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]
    assert sorted(_ids_in(file)) == ids(writer)


def _ids_in(file: Path) -> list[int]:
    """Every id in a file, as often as it is there."""
    if file.suffix == ".geojson":
        return [feature["id"] for feature in json.loads(file.read_bytes())["features"]]
    if file.suffix == ".geojsons":
        return [json.loads(text)["id"] for text in file.read_bytes().split(b"\x1e")[1:]]
    if file.suffix == ".csv":
        return [int(line.split(",")[0]) for line in file.read_text("utf-8-sig").splitlines()[1:]]
    source = f"/vsizip/{file}" if file.suffix == ".zip" else str(file)
    meta, fids, _, columns = pyogrio.raw.read(source, return_fids=True, read_geometry=False)
    names = list(meta["fields"])
    return [int(value) for value in (columns[names.index("id")] if "id" in names else fids)]


def test_two_workers_are_never_at_one_export(
    small_layers: Logins, writer: Connection, tmp_path: Path
) -> None:
    export_id = ask(writer)
    with psycopg.connect(small_layers.app, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(78151, hashtext(%s))", [export_id])
        make_export(small_layers, tmp_path, export_id, understand)
        assert state(writer, export_id)["state"] == "waiting"
        other.execute("SELECT pg_advisory_unlock(78151, hashtext(%s))", [export_id])
    make_export(small_layers, tmp_path, export_id, understand)
    assert state(writer, export_id)["state"] == "done"


def test_a_removed_export_stops_its_worker(small_layers: Logins, writer: Connection, tmp_path: Path) -> None:
    export_id = ask(writer)

    class RemoveAt(StopAt):
        def is_set(self) -> bool:
            writer.execute("DELETE FROM core.export WHERE id = %s", [export_id])
            return False

    with pytest.raises(Stopped):
        make_export(small_layers, tmp_path, export_id, understand, stop=RemoveAt(0), part_rows=PART_ROWS)
    assert list(tmp_path.iterdir()) == []


def test_what_breaks_again_and_again_is_given_up(
    small_layers: Logins, writer: Connection, tmp_path: Path
) -> None:
    export_id = ask(writer, collection="streets")
    # No folder can be made where a file lies.
    folder = tmp_path / "file"
    folder.write_text("")
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(NotADirectoryError):
            make_export(small_layers, folder, export_id, understand)
    make_export(small_layers, folder, export_id, understand)
    assert state(writer, export_id)["reason"] == "broken"


def test_an_account_that_lost_its_role_gets_nothing(
    small_layers: Logins, writer: Connection, tmp_path: Path
) -> None:
    account = writer.execute("SELECT id FROM core.account WHERE role = 'planner'").fetchone()
    assert account is not None
    export_id = ask(writer, role="admin", account=account[0])
    make_export(small_layers, tmp_path, export_id, understand)
    assert state(writer, export_id)["reason"] == "not_allowed"
    assert list(tmp_path.iterdir()) == []


def test_the_queue_makes_what_a_killed_worker_left(
    small_layers: Logins, writer: Connection, settings: Settings
) -> None:
    """Through procrastinate, as the server does: taken up, made, and not taken up again."""
    folder = exports_folder(settings.data_dir)
    export_id = ask(writer)
    killed_at(3, small_layers, folder, export_id)

    async def work() -> tuple[list[str], list[str]]:
        app = make_job_app(settings, small_layers.app)
        add_exports(app, small_layers, folder, understand)
        async with app.open_async():
            first = await take_up_exports(app, small_layers.app)
            await app.run_worker_async(queues=["exports"], wait=False, install_signal_handlers=False)
            return first, await take_up_exports(app, small_layers.app)

    assert asyncio.run(work()) == ([export_id], [])
    assert state(writer, export_id)["state"] == "done"


def test_a_server_that_goes_down_leaves_its_work_to_the_next(
    small_layers: Logins, writer: Connection, settings: Settings
) -> None:
    folder = exports_folder(settings.data_dir)
    export_id = ask(writer)

    async def work() -> None:
        app = make_job_app(settings, small_layers.app)
        begun = asyncio.Event()
        loop = asyncio.get_running_loop()

        def slow(task: Any) -> Any:
            loop.call_soon_threadsafe(begun.set)
            return understand(task)

        add_exports(app, small_layers, folder, slow)
        async with app.open_async():
            await take_up_exports(app, small_layers.app)
            worker = asyncio.create_task(
                app.run_worker_async(
                    queues=["exports"], install_signal_handlers=False, shutdown_graceful_timeout=0
                )
            )
            await begun.wait()
            worker.cancel()
            await asyncio.wait([worker])

    asyncio.run(work())
    assert state(writer, export_id)["state"] in ("running", "done")
    make_export(small_layers, folder, export_id, understand)
    assert state(writer, export_id)["state"] == "done"


def test_expired_files_go_and_so_does_what_nobody_knows(
    small_layers: Logins, writer: Connection, tmp_path: Path
) -> None:
    kept, expired = ask(writer, "csv", "streets"), ask(writer, "csv", "streets")
    for export_id in (kept, expired):
        make_export(small_layers, tmp_path, export_id, understand)
    (tmp_path / "nobody's").mkdir()
    writer.execute("UPDATE core.export SET expires_at = now() WHERE id = %s", [expired])
    assert asyncio.run(forget_exports(small_layers.app, tmp_path)) == 2
    assert [entry.name for entry in tmp_path.iterdir()] == [kept]
    left = writer.execute("SELECT id FROM core.export").fetchall()
    assert left == [(kept,)]
