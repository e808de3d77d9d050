"""One draft worked in a process of its own: ``python -m etl.drafts.work ID``, settings as JSON on stdin.

Its results are there whole or not at all: they are stored in one transaction, and a process that was killed
is begun again from the file that was kept. Who removes the draft stops the work on it.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import Any, Final

import psycopg

from etl.delivery.online.processes import owner_of
from etl.delivery.recognise.known import look_up
from etl.delivery.request import DeliveryRequest
from etl.delivery.stopping import in_both
from etl.drafts.cases import find_cases
from etl.drafts.entering import drafts_folder
from etl.drafts.findings import findings_of
from etl.drafts.reading import read_draft
from etl.drafts.storing import store
from gis_platform.city import City, load_city
from gis_platform.errors import DeliveryRefused, NotFound, Problem, Unavailable
from gis_platform.layer.text import Text
from gis_platform.settings import Settings
from gis_platform.sqlfiles import named_queries
from layers.planning.drafts.effects import compare
from layers.planning.tolerance import TOLERANCE_M2
from layers.zoning import LAYER as ZONING

SQL = named_queries(__file__)

MOST_ATTEMPTS: Final = 3
#: People who look something up come first.
_NICER: Final = 10
_BROKE: Final = Text(
    "Máy đã thử nhiều lần mà không làm xong. Hãy tính lại; nếu vẫn vậy, báo quản trị viên kèm số bản thảo.",
    "The work broke off again and again. Try once more; if it stays so, tell an administrator its number.",
)


class Removed(Exception):
    """The draft was removed while it was worked: nothing of it is stored."""


def work(settings: Settings, draft: int, database: str) -> None:
    """Read a draft and compare it with what is in force, where that is to be done.

    What stops it is written down with the draft: a refusal of its file, or why the work broke off.
    """
    with psycopg.connect(database, autocommit=True) as control:
        row = control.execute(SQL["hold"].text, {"draft": draft}).fetchone()
        if row is None or not row[0]:
            return
        try:
            found = control.execute(SQL["begin"].text, {"draft": draft}).fetchone()
            if found is None:
                return
            kept_file, sha256, asked, attempts, _ = found
            if attempts > MOST_ATTEMPTS:
                _end(control, draft, "failed", {"vi": _BROKE.vi, "en": _BROKE.en})
                return
            with suppress(Removed), _told_if_stopped(control, draft):
                _make(settings, control, database, draft, _request(settings, kept_file, sha256, asked), asked)
        finally:
            with suppress(psycopg.OperationalError):
                control.execute(SQL["let_go"].text, {"draft": draft})


def _request(settings: Settings, kept_file: str, sha256: str, asked: dict[str, Any]) -> DeliveryRequest:
    return DeliveryRequest(
        file=drafts_folder(settings.data_dir) / kept_file,
        layer=ZONING.name,
        source_date=load_city(settings.city).today(),
        crs=asked.get("crs"),
        override_crs=asked.get("crs") is not None,
        encoding=asked.get("encoding"),
        file_layer=asked.get("file_layer"),
        columns=asked.get("columns", {}),
        sha256=bytes.fromhex(sha256),
    )


def _make(
    settings: Settings,
    control: psycopg.Connection[Any],
    database: str,
    draft: int,
    request: DeliveryRequest,
    asked: dict[str, Any],
) -> None:
    city: City = load_city(settings.city)

    def tell(step: str, done: int, total: int | None) -> None:
        told = {"draft": draft, "step": step, "done": done, "total": total}
        if control.execute(SQL["progress"].text, told).fetchone() is None:
            raise Removed

    with psycopg.connect(database) as connection:
        known = look_up(connection, ZONING, None, city.working_srid)
        connection.rollback()
        leave_out = frozenset(asked.get("leave_out", ()))
        read = read_draft(
            request, leave_out, city, known.extent, lambda done, total: tell("read", done, total)
        )
        tell("store", 0, None)
        for forget in ("forget_zones", "forget_unread"):
            connection.execute(SQL[forget].text, {"draft": draft})
        store(connection, draft, read, city.working_srid)
        totals = compare(connection, draft, lambda done, total: tell("compare", done, total))
        tell("cases", 0, None)
        totals["cases"] = find_cases(connection, draft)
        connection.execute(SQL["analyze"].text)
        overlaps = connection.execute(SQL["overlaps"].text, {"draft": draft, "tolerance": TOLERANCE_M2})
        (extent,) = connection.execute(SQL["extent"].text, {"draft": draft}).fetchone() or (None,)
        read_as = {"form": read.form, "grid": read.grid, "layers": read.layers, "unread": read.unread_counts}
        told = {
            "draft": draft,
            "read_as": json.dumps(read_as, ensure_ascii=False),
            "findings": json.dumps(findings_of(read, totals, overlaps.fetchone()), ensure_ascii=False),
            "totals": json.dumps(totals, ensure_ascii=False),
            "extent": extent,
        }
        if connection.execute(SQL["done"].text, told).fetchone() is None:
            connection.rollback()
            raise Removed


@contextmanager
def _told_if_stopped(control: psycopg.Connection[Any], draft: int) -> Iterator[None]:
    """What stops it for good is written down; a database that breaks off does not: it is begun again."""
    try:
        yield
    except Unavailable:
        raise
    except DeliveryRefused as refusal:
        extra = {name: refusal.extra[name] for name in ("grid", "unread", "layers") if name in refusal.extra}
        _end(control, draft, "refused", _words(refusal) | extra)
    except Problem as fault:
        state = "failed" if isinstance(fault, NotFound) else "refused"
        _end(control, draft, state, _words(fault))


def _words(fault: Problem) -> dict[str, Any]:
    return asdict(in_both(fault))


def _end(control: psycopg.Connection[Any], draft: int, state: str, reason: dict[str, Any]) -> None:
    told = {"draft": draft, "state": state, "reason": json.dumps(reason, ensure_ascii=False, default=str)}
    control.execute(SQL["ended"].text, told)


def main() -> None:
    """The command line of the process."""
    settings = Settings.model_validate_json(sys.stdin.read())
    os.nice(_NICER)
    with owner_of(settings) as owner:
        work(settings, int(sys.argv[1]), owner)


if __name__ == "__main__":
    main()
