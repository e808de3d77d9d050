"""Making one export: rows into parts, parts into a file. Broken off, it goes on after the last whole part."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
import pyarrow as pa
from psycopg.rows import class_row, tuple_row

from etl.exporting.fields import batch_of, fields_of, schema_of
from etl.exporting.forms import Form
from etl.exporting.parts import ROWS, Parts
from etl.exporting.rows import rows_statement, total_statement
from etl.exporting.telling import Content, Facts
from etl.exporting.write import write_file
from gis_platform.access.roles import Role
from gis_platform.city import Licence
from gis_platform.database.pools import SQL as POOLS
from gis_platform.database.server import Logins
from gis_platform.errors import Problem
from gis_platform.serving.selection import Selection
from gis_platform.sqlfiles import named_queries
from gis_platform.telemetry.logs import get_logger

SQL = named_queries(__file__)

log = get_logger("exports")

MOST_ATTEMPTS = 4
_LEAST_FREE_BYTES = 512 * 1024**2


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is told of an export; ``allowed`` is false where its account has lost the role."""

    role: str
    actor: str
    collection: str
    format: str
    asked: dict[str, str]
    attempts: int
    allowed: bool


@dataclass(frozen=True, slots=True)
class Order:
    """A task understood."""

    selection: Selection
    form: Form
    licence: Licence | None
    file_name: str


Understand = Callable[[Task], Order]


class Stopped(Exception):
    """The worker was told to stop, or the export was removed; what is done so far stays or goes with it."""


class CannotGoOn(Exception):
    """The export fails for good; the text is the key of a reason for people (``reasons.py``)."""


def make_export(
    places: Logins,
    folder: Path,
    export_id: str,
    understand: Understand,
    *,
    stop: Event | None = None,
    part_rows: int = ROWS,
) -> None:
    """Work on an export until its file is there; nothing is done where another worker is at it.

    Raises:
        Stopped: it was told to stop before the end.
        Exception: whatever went wrong, to be tried again; after ``MOST_ATTEMPTS`` the export has failed.
    """
    told = {"id": export_id}
    with psycopg.connect(places.app, autocommit=True) as control:
        held = control.execute(SQL["hold"].text, told).fetchone()
        if held is None or not held[0]:
            return
        try:
            with control.cursor(row_factory=class_row(Task)) as cursor:
                task = cursor.execute(SQL["begin"].text, told).fetchone()
            if task is None:
                return
            if not task.allowed:
                raise CannotGoOn("not_allowed")
            if task.attempts > MOST_ATTEMPTS:
                raise CannotGoOn("broken")
            work = _Work(control, folder / export_id, export_id, part_rows, stop or Event())
            work.make(places, task, understand(task))
        except Stopped:
            control.execute(SQL["stopped"].text, told)
            raise
        except CannotGoOn as end:
            _fail(control, export_id, str(end))
        except psycopg.errors.QueryCanceled:
            _fail(control, export_id, "too_slow")
        except Problem as problem:
            log.warning("export not understood", export=export_id[:6], detail=problem.detail)
            _fail(control, export_id, "not_understood")
        finally:
            # The server notices a closed connection a moment later: who comes next must not find it held.
            with suppress(psycopg.OperationalError):
                control.execute(SQL["release"].text, told)


def _fail(control: psycopg.Connection[Any], export_id: str, reason: str) -> None:
    log.warning("export failed", export=export_id[:6], reason=reason)
    control.execute(SQL["failed"].text, {"id": export_id, "reason": reason})


@contextmanager
def _reader(places: Logins, task: Task) -> Iterator[psycopg.Connection[Any]]:
    """A connection that sees what the export's role does, all of it at one moment."""
    public = task.role == Role.PUBLIC
    with psycopg.connect(places.public if public else places.app) as reader:
        reader.read_only = True
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute("SET LOCAL statement_timeout = '10min'")
        if not public:
            role = Role(task.role).database_role
            reader.execute(POOLS["act_as"].text, {"role": role, "actor": task.actor, "unit": ""})
        yield reader


@dataclass(frozen=True, slots=True)
class _Work:
    """One worker at one export; ``control`` holds it and tells how far it has come."""

    control: psycopg.Connection[Any]
    folder: Path
    export_id: str
    part_rows: int
    stop: Event

    def make(self, places: Logins, task: Task, order: Order) -> None:
        """Parts, file, and the word that it is there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        parts = Parts(self.folder / "parts")
        with _reader(places, task) as reader:
            self._read(reader, order.selection, parts)
        facts = Facts.of(parts.batches())
        content = Content(order.selection, facts, order.licence)
        making = self.folder / f"making{order.form.suffix}"
        write_file(content, self._watched(parts, facts.rows), order.form, making)
        made = making.replace(self.folder / order.file_name)
        with made.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = made.stat().st_size
        self._tell(
            "done",
            rows=facts.rows,
            synthetic=facts.synthetic > 0,
            file_name=made.name,
            size_bytes=size,
            sha256=digest,
        )
        parts.remove()
        log.info("export made", export=self.export_id[:6], rows=facts.rows, size=size)

    def _read(self, reader: psycopg.Connection[Any], selection: Selection, parts: Parts) -> None:
        """Every row that is in no part yet, a part at a time."""
        schema = schema_of(fields_of(selection))
        counted = reader.execute(total_statement(selection), selection.parameters).fetchone()
        total = int(counted[0]) if counted else 0
        done = sum(batch.num_rows for batch in parts.batches())
        self._go_on(done, total)
        with reader.cursor("export", row_factory=tuple_row) as rows:
            statement = rows_statement(selection, begun=True, limited=False)
            rows.execute(statement, {**selection.parameters, "after": parts.last_id})
            while found := rows.fetchmany(self.part_rows):
                parts.add(batch_of(found, schema), found[-1][0])
                done += len(found)
                self._go_on(done, total)

    def _watched(self, parts: Parts, total: int) -> Iterator[pa.RecordBatch]:
        """The parts, asking before each whether to go on."""
        for batch in parts.batches():
            self._go_on(total, total)
            yield batch

    def _go_on(self, rows: int, total: int) -> None:
        if self.stop.is_set():
            raise Stopped
        if shutil.disk_usage(self.folder).free < _LEAST_FREE_BYTES:
            raise CannotGoOn("no_room")
        self._tell("progress", rows_done=rows, rows_total=total)

    def _tell(self, query: str, **known: object) -> None:
        if self.control.execute(SQL[query].text, {"id": self.export_id, **known}).fetchone() is None:
            # It was removed, or its time is over.
            shutil.rmtree(self.folder)
            raise Stopped
