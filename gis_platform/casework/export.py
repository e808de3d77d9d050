"""Lists of cases as files for a spreadsheet: CSV as it is read, XLSX row by row; never a formula, never a
person.
"""

import csv
import io
from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import xlsxwriter

from gis_platform.casework.case import Case
from gis_platform.casework.declaration import Workflow
from gis_platform.casework.registry import installed_workflows
from gis_platform.layer.text import Language, Text
from gis_platform.spreadsheet import BOM, guarded

_ROWS_A_PIECE = 200

COLUMNS = (
    Text("Mã hồ sơ", "Case"),
    Text("Loại hồ sơ", "Kind"),
    Text("Trạng thái", "State"),
    Text("Đơn vị", "Unit"),
    Text("Thửa đất, địa chỉ", "Place"),
    Text("Ngày nhận", "Received"),
    Text("Hạn giải quyết", "Due"),
    Text("Quá hạn", "Overdue"),
    Text("Cán bộ", "Officer"),
    Text("Ngày kết thúc", "Closed"),
    Text("Kênh nộp", "Channel"),
    Text("Dữ liệu minh hoạ", "Demonstration data"),
)
_CHANNELS = {"counter": Text("Trực tiếp", "Counter"), "online": Text("Trực tuyến", "Online")}
_YES = Text("Có", "Yes")

Cell = str | date | None


def row_of(case: Case, today: date, zone: ZoneInfo, language: Language) -> list[Cell]:
    """The cells of a case, in the order of `COLUMNS`."""
    workflow: Workflow | None = installed_workflows().get(case.workflow)
    late = case.closed_at is None and case.due_on is not None and case.due_on < today
    yes = _YES.in_language(language)
    return [
        case.shown,
        workflow.title.in_language(language) if workflow else case.workflow,
        workflow.state(case.state).title.in_language(language) if workflow else case.state,
        case.unit_code,
        case.place,
        _day(case.opened_at, zone),
        case.due_on,
        yes if late else None,
        case.assigned_to,
        _day(case.closed_at, zone) if case.closed_at else None,
        _CHANNELS[case.channel].in_language(language),
        yes if case.synthetic else None,
    ]


async def as_csv(
    cases: AsyncIterator[Case], today: date, zone: ZoneInfo, language: Language
) -> AsyncIterator[bytes]:
    """CSV with a byte order mark, which spreadsheets need to read Vietnamese; a piece at a time."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write(BOM)
    writer.writerow([column.in_language(language) for column in COLUMNS])
    rows = 0
    async for case in cases:
        writer.writerow([_as_text(cell) for cell in row_of(case, today, zone, language)])
        rows += 1
        if rows % _ROWS_A_PIECE == 0:
            yield _taken(text)
    yield _taken(text)


async def as_xlsx(
    cases: AsyncIterator[Case], today: date, zone: ZoneInfo, language: Language, file: Path
) -> None:
    """Write a workbook; each row goes to the disk once the next one begins."""
    with xlsxwriter.Workbook(
        str(file), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet, head = book.add_worksheet(), book.add_format({"bold": True})
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.set_column(0, len(COLUMNS) - 1, 18)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(COLUMNS):
            sheet.write_string(0, place, column.in_language(language), head)
        number = 0
        async for case in cases:
            number += 1
            _write(sheet, number, row_of(case, today, zone, language), days)


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, number: int, cells: Sequence[Cell], days: xlsxwriter.format.Format
) -> None:
    for place, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(number, place, cell)
        elif cell is not None:
            sheet.write_datetime(number, place, datetime(cell.year, cell.month, cell.day), days)  # noqa: DTZ001


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    return guarded(cell) if isinstance(cell, str) else f"{cell:%d/%m/%Y}"


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def _taken(text: io.StringIO) -> bytes:
    piece = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return piece
