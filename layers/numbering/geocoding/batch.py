"""Many addresses at once, as a table: CSV in, the same rows with what was found out."""

import csv
import io
from typing import Any

from gis_platform.database.unit_of_work import UnitOfWork
from gis_platform.errors import BadParameter
from gis_platform.folding import fold
from gis_platform.layer.text import Language, Text
from gis_platform.spreadsheet import csv_lines, guarded
from layers.numbering.geocoding.forward import geocode
from layers.planning.asking.refusing import refusal

MOST_ROWS = 500
LONGEST = 200
FOUND = ("found_address", "confidence", "match", "unit_match", "lon", "lat", "house_number_id", "parcel_id")

_COLUMNS = frozenset({"address", "dia chi", "dia chi nha"})


async def geocode_table(work: UnitOfWork, body: bytes, language: Language) -> bytes:
    """The table with the best find of each row behind it; the column is ``address`` or ``dia_chi``, or the
    only one.

    Raises:
        BadParameter: it is no table of UTF-8 text, has no such column, or too many rows.
    """
    head, rows = _read(body, language)
    column = _column(head, language)
    table = [(*head, *FOUND)]
    for row in rows:
        cells = [*row, *[""] * (len(head) - len(row))][: len(head)]
        asked = cells[column].strip()[:LONGEST]
        results = (await geocode(work, asked, 1))["results"] if asked else []
        table.append((*cells, *_found(results)))
    return csv_lines(map(guarded, row) for row in table)


def _read(body: bytes, language: Language) -> tuple[list[str], list[list[str]]]:
    try:
        text = body.decode("utf-8-sig")
        if "\0" in text:
            raise ValueError("a character that is no text")
        first = text.partition("\n")[0]
        mark = ";" if first.count(";") > first.count(",") else ","
        lines = [row for row in csv.reader(io.StringIO(text), delimiter=mark, strict=True) if any(row)]
    except (ValueError, csv.Error) as fault:
        raise refusal(BadParameter, _NO_TABLE, language, parameter="body") from fault
    if len(lines) < 2:
        raise refusal(BadParameter, _NO_TABLE, language, parameter="body")
    if len(lines) - 1 > MOST_ROWS:
        told = Text(
            f"Bảng có {len(lines) - 1} dòng; mỗi lần tối đa {MOST_ROWS} dòng. Hãy chia nhỏ.",
            f"The table has {len(lines) - 1} rows; at most {MOST_ROWS} at once. Send it in parts.",
        )
        raise refusal(BadParameter, told, language, parameter="body")
    return lines[0], lines[1:]


def _column(head: list[str], language: Language) -> int:
    for place, name in enumerate(head):
        if fold(name) in _COLUMNS:
            return place
    if len(head) == 1:
        return 0
    told = Text(
        "Không thấy cột địa chỉ. Hãy đặt tên cột là address hoặc dia_chi.",
        "There is no column of addresses. Call it address or dia_chi.",
    )
    raise refusal(BadParameter, told, language, parameter="body")


def _found(results: list[dict[str, Any]]) -> list[str]:
    if not results:
        return [""] * len(FOUND)
    best = results[0]
    lon, lat = best["geometry"]["coordinates"]
    house = best["id"] if best["kind"] == "house" else ""
    return [
        best["address"],
        str(best["confidence"]),
        best["match"],
        best["unit_match"],
        f"{lon:.7f}",
        f"{lat:.7f}",
        str(house),
        str(best["parcel_id"] or ""),
    ]


_NO_TABLE = Text(
    "Nội dung phải là bảng CSV (UTF-8) có dòng tên cột và ít nhất một địa chỉ.",
    "The body must be a CSV table in UTF-8 with a line of names and at least one address.",
)
