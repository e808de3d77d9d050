"""Where a page ends and the next begins: the last row's sort keys and id, never an offset."""

import json
import math
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date, datetime
from typing import Any, cast

from psycopg import sql
from sqlalchemy import BigInteger, Boolean, Date, DateTime, Double, Integer
from sqlalchemy.dialects import postgresql

from gis_platform.errors import BadParameter
from gis_platform.layer.declaration import Layer
from gis_platform.serving.rows import column, template
from gis_platform.serving.selection import Selection, SortKey
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def ordering(selection: Selection) -> sql.Composable:
    """The ORDER BY of a selection: its keys, then the id."""
    keys = [
        sql.SQL("{} DESC NULLS LAST" if key.descending else "{} ASC NULLS LAST").format(
            _compared(selection.layer, key)
        )
        for key in selection.order
    ]
    return sql.SQL(", ").join([*keys, column("id")])


def last_of(selection: Selection) -> sql.Composable:
    """The key of the page's last row as text: its id, or a JSON list of its sort keys and its id."""
    if not selection.order:
        return template(SQL, "last_id")
    keys = [sql.SQL("CAST({} AS text)").format(column(key.name)) for key in selection.order]
    return template(SQL, "last_keys").format(
        keys=sql.SQL(", ").join([*keys, column("id")]), order=ordering(selection)
    )


def following(selection: Selection) -> sql.Composable:
    """Rows after the one whose keys are bound: ``k_0``, ``k_1`` … (text or None) and ``after``, its id."""
    ways: list[sql.Composable] = []
    same: list[sql.Composable] = []
    for place, key in enumerate(selection.order):
        value = _value(selection.layer, key, place)
        beyond = template(SQL, "beyond").format(
            value=value, key=_compared(selection.layer, key), than=sql.SQL("<" if key.descending else ">")
        )
        ways.append(sql.SQL(" AND ").join([*same, beyond]))
        same.append(sql.SQL("{} IS NOT DISTINCT FROM {}").format(column(key.name), value))
    ways.append(sql.SQL(" AND ").join([*same, sql.SQL("t.id > CAST(%(after)s AS bigint)")]))
    return sql.SQL("({})").format(sql.SQL(" OR ").join(ways))


def _compared(layer: Layer, key: SortKey) -> sql.Composable:
    """A key as rows are ordered by it; the collation tells all texts apart, so pages stay keyed."""
    if layer.property_named(key.name).spelt:
        return sql.SQL("{} COLLATE {}").format(column(key.name), sql.Identifier("vi-x-icu"))
    return column(key.name)


def _value(layer: Layer, key: SortKey, place: int) -> sql.Composable:
    kind = sql.SQL(cast(Any, layer.column(key.name).type.compile(dialect=_DIALECT)))
    return sql.SQL("CAST({} AS {})").format(sql.Placeholder(f"k_{place}"), kind)


def read_cursor(text: str, selection: Selection) -> dict[str, object]:
    """The values of a page's start: an id where the order is by id, else the token that a next link carries.

    Raises:
        BadParameter: it is none, or one of another order.
    """
    if not selection.order:
        if not re.fullmatch(r"[0-9]{1,19}", text) or int(text) > 2**63 - 1:
            raise BadParameter(
                f"after must be a feature id, a whole number; it was {text[:40]!r}.", parameter="after"
            )
        return {"after": int(text)}
    refused = BadParameter(
        "after is not the mark of a page in this order; follow the next link as it is.", parameter="after"
    )
    try:
        *keys, last = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, TypeError, RecursionError):
        raise refused from None
    if type(last) is not int or not 0 <= last < 2**63 or len(keys) != len(selection.order):
        raise refused
    try:
        read = [None if key is None else _read_key(selection, place, key) for place, key in enumerate(keys)]
    except ValueError:
        raise refused from None
    return {f"k_{place}": key for place, key in enumerate(read)} | {"after": last}


def write_cursor(last: str, selection: Selection) -> str:
    """The mark of a page's last row, from what the statement says of it."""
    return last if not selection.order else urlsafe_b64encode(last.encode()).decode().rstrip("=")


def _read_key(selection: Selection, place: int, key: object) -> str:
    """The text as PostgreSQL reads it as the key's type: a token may be of anybody's making.

    Python reads more than PostgreSQL does, such as 1_0 or 2026-W01-1: what goes on is what was understood.

    Raises:
        ValueError: it is of another type.
    """
    kind = selection.layer.column(selection.order[place].name).type
    if not isinstance(key, str) or len(key) > 10_000 or "\x00" in key:
        raise ValueError(key)
    key.encode()
    if isinstance(kind, Integer):
        if abs(int(key)) >= (2**63 if isinstance(kind, BigInteger) else 2**31):
            raise ValueError(key)
        return str(int(key))
    if isinstance(kind, Double):
        if not math.isfinite(float(key)):
            raise ValueError(key)
        return repr(float(key))
    if isinstance(kind, Date):
        return date.fromisoformat(key).isoformat()
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(key).isoformat()
    if isinstance(kind, Boolean) and key not in ("true", "false"):
        raise ValueError(key)
    return key
