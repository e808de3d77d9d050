"""What a person should know of a delivery as a whole that is taken in all the same, in words."""

from datetime import date
from typing import Any

import psycopg

from etl.delivery.comparing.edits import edits_set_aside
from etl.delivery.reading import Reader
from etl.delivery.request import Counts, Finding
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)


def notice(
    connection: psycopg.Connection[Any], reader: Reader, source_date: date, counts: Counts
) -> tuple[Finding, ...]:
    """Warnings where the delivery is older than the newest of its layer, or than what people edited."""
    return (*_older(connection, reader, source_date, counts), *_edited(connection))


def _edited(connection: psycopg.Connection[Any]) -> tuple[Finding, ...]:
    count = edits_set_aside(connection)
    text = f"{count} changes are of what was edited by hand since the source's date: the edits stay unless"
    text_vi = (
        f"{count} thay đổi thuộc về đối tượng đã sửa trực tiếp sau ngày của dữ liệu: bản sửa tay được giữ"
    )
    said = Finding(
        "edited_since",
        "warning",
        count,
        f"{text} you say that the file corrects them.",
        f"{text_vi}, trừ khi bạn chọn lấy theo tệp.",
    )
    return (said,) if count else ()


def _older(
    connection: psycopg.Connection[Any], reader: Reader, source_date: date, counts: Counts
) -> tuple[Finding, ...]:
    row = connection.execute(SQL["newest_date"].text, {"layer": reader.layer.name}).fetchone()
    if row is None or row[0] is None or row[0] <= source_date:
        return ()
    newest, name = row[0], reader.layer.name
    title = reader.layer.title.vi
    text = f"The source's date {source_date} is older than the newest of {name}, {newest}."
    text_vi = (
        f"Ngày của nguồn {source_date:%d/%m/%Y} cũ hơn dữ liệu mới nhất của lớp {title}, {newest:%d/%m/%Y}."
    )
    return (Finding("older_than_newest", "warning", counts.read, text, text_vi),)
