"""What of a proposal is done: the parts a steward approved, and his word on what was doubtful."""

from typing import Any

import psycopg
from psycopg import sql

from etl.delivery.composing import compose, names, table_of
from etl.delivery.reading import Reader
from gis_platform.errors import BadParameter, Conflict
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

#: A change the platform is less sure of waits for a person's word.
DOUBTFUL_BELOW = 0.8


def choose(
    connection: psycopg.Connection[Any],
    reader: Reader,
    scope: tuple[str, ...],
    parts: tuple[str, ...] | None,
    *,
    accept_doubtful: bool,
) -> int:
    """Fill temporary table ``doing`` with what is to be done, and tell how many changes that is.

    ``left_alone`` holds what people edited since and nobody said the file corrects.

    parts: such as ``28249/12``; None is all of it.

    Raises:
        BadParameter: a part is none of this delivery's.
        Conflict: doubtful changes among them wait for a word.
    """
    told = {"parts": None if parts is None else list(parts), "least": DOUBTFUL_BELOW}
    for part in parts or ():
        if connection.execute(SQL["part"].text, {"part": part}).fetchone() is None:
            raise BadParameter(
                f"This delivery changes nothing in {part!r}, or no longer.",
                parameter="parts",
                detail_vi=f"Đợt này không còn thay đổi gì ở phần “{part}”.",
            )
    waiting = connection.execute(SQL["waiting"].text, told).fetchone()
    if waiting is not None and waiting[0] and not accept_doubtful:
        raise Conflict(
            f"{waiting[0]} doubtful changes wait for a word: say of each whether it is as proposed, "
            "or accept them all as proposed.",
            detail_vi=f"Còn {waiting[0]} thay đổi chưa chắc chắn: "
            "cho ý kiến từng trường hợp hoặc chấp nhận cả.",
        )
    connection.execute(SQL["drop_doing"].text)
    table = f"layer.{reader.layer.name}"
    in_scope: sql.Composable = sql.SQL("false")
    if scope:
        in_scope = compose(SQL["in_scope"], table=table_of(reader.layer), scope=names(scope))
    connection.execute(SQL["make_left_alone"].text, told)
    connection.execute(compose(SQL["make_doing"], in_scope=in_scope), {**told, "table": table})
    row = connection.execute(SQL["counted"].text).fetchone()
    return 0 if row is None else int(row[0])


def forget_done(connection: psycopg.Connection[Any]) -> int:
    """Take what was done out of the proposal, and tell how many changes are left in it."""
    row = connection.execute(SQL["forget_done"].text).fetchone()
    return 0 if row is None else int(row[0])
