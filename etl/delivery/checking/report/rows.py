"""The rows of a report, a few thousand at a time: columns with Vietnamese titles, and the place."""

from collections.abc import Iterator, Mapping
from typing import Any

import psycopg

from gis_platform.quality import RULES
from gis_platform.sqlfiles import named_queries

SQL = named_queries(__file__)

_ROWS = 5_000
_SEVERITIES = {"error": "Lỗi", "warning": "Cảnh báo", "info": "Lưu ý"}
#: Column to its title, in reading order.
COLUMNS: Mapping[str, str] = {
    "so_thu_tu": "STT",
    "muc_do": "Mức độ",
    "ma_quy_tac": "Mã quy tắc",
    "quy_tac": "Quy tắc",
    "dong": "Dòng trong tệp",
    "fid_trong_tep": "FID trong tệp",
    "doi_tuong": "Số đối tượng đang có hiệu lực",
    "noi_dung": "Nội dung",
    "cach_xu_ly": "Cách xử lý",
    "english": "In English",
}


def report_rows(
    connection: psycopg.Connection[Any], delivery: int, dimension: int | None = None
) -> Iterator[list[tuple[Any, ...]]]:
    """Rows in the order of `COLUMNS`, then the place as WKB and its grid; of one dimension where it is given.

    Read by a cursor of the server: memory stays that of one batch.
    """
    with connection.cursor(name=f"report_{delivery}_{dimension}") as cursor:
        cursor.itersize = _ROWS
        cursor.execute(SQL["faults"].text, {"delivery": delivery, "dimension": dimension})
        while batch := cursor.fetchmany(_ROWS):
            yield [_row(*held) for held in batch]


def _row(
    number: int,
    code: str,
    severity: str,
    row: int | None,
    fid: int | None,
    feature: int | None,
    vi: str,
    en: str,
    place: bytes | None,
    srid: int | None,
) -> tuple[Any, ...]:
    rule = RULES.get(code)
    title, cure = (rule.title.vi, rule.cure.vi) if rule else ("", "")
    return number, _SEVERITIES[severity], code, title, row, fid, feature, vi, cure, en, place, srid
