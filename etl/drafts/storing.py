"""The zones of a draft, and what of its file was not read, into the tables of drafts."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

import psycopg
import pyarrow as pa

from etl.copying import copy_rows
from etl.drafts.zone import Draft, Unread, Zone

_ZONE: Final = pa.schema(
    [
        ("draft_id", pa.int64()),
        ("zone_no", pa.int32()),
        ("file_layer", pa.large_string()),
        ("row_no", pa.int64()),
        ("element", pa.large_string()),
        ("kind", pa.large_string()),
        ("code", pa.large_string()),
        ("title", pa.large_string()),
        ("function_code", pa.large_string()),
        ("function_name", pa.large_string()),
        ("function_from", pa.large_string()),
        ("function_known", pa.bool_()),
        ("max_density_pct", pa.float64()),
        ("floors_min", pa.int32()),
        ("floors_max", pa.int32()),
        ("height_max_m", pa.float64()),
        ("far_max", pa.float64()),
        ("geom", pa.large_binary()),
    ]
)
_UNREAD: Final = pa.schema(
    [
        ("draft_id", pa.int64()),
        ("number", pa.int32()),
        *(
            (name, pa.large_string())
            for name in ("file_layer", "element", "kind", "code", "text_vi", "text_en")
        ),
    ]
)


def store(connection: psycopg.Connection[Any], number: int, draft: Draft, srid: int) -> None:
    """Into empty tables of this draft; nothing is committed. `srid` is the working grid."""
    _copy(connection, "planning.draft_zone", _ZONE, _zones(number, draft.zones), srid)
    _copy(connection, "planning.draft_unread", _UNREAD, _unread(number, draft.unread), srid)


def _copy(
    connection: psycopg.Connection[Any], table: str, schema: pa.Schema, rows: list[dict[str, Any]], srid: int
) -> None:
    batch = pa.RecordBatch.from_pylist(rows, schema=schema)
    copy_rows(connection, table, schema.names, [batch], srid=srid)


def _zones(number: int, zones: Iterable[Zone]) -> list[dict[str, Any]]:
    return [
        {"draft_id": number, "zone_no": at, **_texts(asdict(zone))} for at, zone in enumerate(zones, start=1)
    ]


def _unread(number: int, unread: Iterable[Unread]) -> list[dict[str, Any]]:
    return [
        {
            "draft_id": number,
            "number": at,
            **_texts(
                {
                    "file_layer": each.file_layer,
                    "element": each.element,
                    "kind": each.kind,
                    "code": each.code,
                    "text_vi": each.text.vi,
                    "text_en": each.text.en,
                }
            ),
        }
        for at, each in enumerate(unread, start=1)
    ]


def _texts(row: dict[str, Any]) -> dict[str, Any]:
    """No text of PostgreSQL holds a zero."""
    return {
        name: value.replace("\0", "\ufffd") if isinstance(value, str) else value
        for name, value in row.items()
    }
