"""The table as it is sent: which columns it has, and what each row asks for.

A row is a line: an address holds no line break, and one stray quotation mark must not swallow the rows below.
"""

import csv
from dataclasses import dataclass

from gis_platform.errors import BadParameter
from gis_platform.folding import fold, nfc
from gis_platform.layer.text import Language, Text
from layers.planning.asking.question import Question
from layers.planning.asking.refusing import refusal

_NAMES = {
    "address": "address|dia chi|dia chi thua dat|dia chi nha dat",
    "sheet": "sheet|sheet no|to|so to|to so|to ban do|so to ban do|to ban do so",
    "parcel": "parcel|parcel no|thua|so thua|thua so|thua dat|thua dat so",
    "unit": "unit|unit code|ward|phuong|xa|phuong xa|phuong/xa|xa phuong|don vi hanh chinh|ma xa",
    "identifier": "identifier|ma dinh danh|ma dinh danh thua dat|ma thua|ma thua dat",
}
_COLUMNS = {name: column for column, names in _NAMES.items() for name in names.split("|")}
_MOST_FIELDS = 50
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; either what it asks for, or why that cannot be read."""

    fields: tuple[str, ...]
    question: Question | None = None
    fault: Text | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The heads as they were written, and the rows below them."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(raw: bytes, most_rows: int, language: Language) -> Table:
    """The table; UTF-8, UTF-16 with a mark, or windows-1258, its fields parted by comma, semicolon or tab.

    Raises:
        BadParameter: it is empty, no table, has no column that is known here, or too many rows.
    """
    lines = _text(raw).replace("\x00", "\ufffd").splitlines()
    while lines and not lines[-1].strip(" \t,;"):
        lines.pop()
    while lines and not lines[0].strip(" \t,;"):
        lines.pop(0)
    if len(lines) < 2:
        raise refusal(BadParameter, _EMPTY, language, parameter="body")
    delimiter = max(",;\t", key=lines[0].count)
    try:
        heads = _fields(lines[0], delimiter)
    except csv.Error as fault:
        raise refusal(BadParameter, _NO_TABLE, language, parameter="body") from fault
    columns = _columns(heads)
    if "address" not in columns and "identifier" not in columns and not {"sheet", "parcel"} <= columns.keys():
        raise refusal(BadParameter, _no_column(heads), language, parameter="body")
    if len(lines) - 1 > most_rows:
        raise refusal(BadParameter, _too_many(len(lines) - 1, most_rows), language, parameter="body")
    return Table(heads, tuple(_row(line, delimiter, len(heads), columns, language) for line in lines[1:]))


def _text(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return nfc(raw.decode("utf-16", errors="replace"))
    try:
        return nfc(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        # What spreadsheets of older machines save: letters and their tone marks apart.
        return nfc(raw.decode("cp1258", errors="replace"))


def _fields(line: str, delimiter: str) -> tuple[str, ...]:
    return tuple(field.strip() for field in next(csv.reader([line], delimiter=delimiter), []))


def _columns(heads: tuple[str, ...]) -> dict[str, int]:
    """Places of the columns that are known; of two of a kind the first."""
    found: dict[str, int] = {}
    for place, head in enumerate(heads):
        if (column := _COLUMNS.get(fold(head))) is not None:
            found.setdefault(column, place)
    return found


def _row(line: str, delimiter: str, width: int, columns: dict[str, int], language: Language) -> Row:
    try:
        fields = _fields(line, delimiter)
    except csv.Error:
        return Row((line[:_LONGEST],), fault=_UNREADABLE)
    if not any(fields):
        return Row(fields[:width], fault=_BLANK)
    # One unquoted address with commas in it: the table has no other column, so it is meant whole.
    if width == 1 and len(fields) > 1:
        fields = (line.strip(),)
    if len(fields) > max(width, 1) and any(fields[width:]):
        return Row(fields[:_MOST_FIELDS], fault=_too_wide(len(fields), width))
    given = {name: fields[place] for name, place in columns.items() if place < len(fields) and fields[place]}
    long = next((name for name, value in given.items() if len(value) > _LONGEST), None)
    if long is not None:
        return Row(fields, fault=_TOO_LONG)
    if "identifier" in given:
        return Row(fields, Question(identifier=given["identifier"], language=language))
    if "sheet" in given or "parcel" in given:
        if not {"sheet", "parcel"} <= given.keys():
            return Row(fields, fault=_HALF_A_NUMBER)
        number = {name: given.get(name) for name in ("sheet", "parcel", "unit")}
        return Row(fields, Question(**number, language=language))  # type: ignore[arg-type]
    if "address" in given:
        unit = given.get("unit")
        written = f"{given['address']}, {unit}" if unit else given["address"]
        return Row(fields, Question(address=written, language=language))
    return Row(fields, fault=_BLANK)


_EMPTY = Text(
    "Bảng trống: cần một dòng tiêu đề và ít nhất một dòng dữ liệu.",
    "The table is empty: it needs a row of heads and one row at least.",
)
_NO_TABLE = Text(
    "Dòng tiêu đề không đọc được: tệp gửi lên không phải bảng CSV. Hãy lưu bảng ở dạng CSV (UTF-8) rồi gửi "
    "lại.",
    "The row of heads cannot be read: what was sent is no CSV table. Save the table as CSV (UTF-8) and send "
    "it again.",
)
_UNREADABLE = Text("Dòng này không đọc được.", "This row cannot be read.")
_BLANK = Text(
    "Dòng trống: không có địa chỉ, số tờ và số thửa, hay mã định danh.",
    "Empty: no address, no sheet and parcel, no identifier.",
)
_TOO_LONG = Text(f"Có ô dài quá {_LONGEST} ký tự.", f"A field has more than {_LONGEST} characters.")
_HALF_A_NUMBER = Text("Cần đủ cả số tờ và số thửa.", "Both sheet and parcel are needed.")


def _no_column(heads: tuple[str, ...]) -> Text:
    shown = ", ".join(f"“{head[:30]}”" for head in heads[:10])
    return Text(
        f"Không nhận ra cột nào trong dòng tiêu đề ({shown}). Cần cột “Địa chỉ”, hoặc “Số tờ” và “Số thửa” "
        "(thêm “Phường, xã” nếu có), hoặc “Mã định danh”.",
        f"No column of the heads is known ({shown}). It needs address, or sheet and parcel (with unit, where "
        "known), or identifier.",
    )


def _too_many(rows: int, most: int) -> Text:
    return Text(
        f"Bảng có {rows} dòng; mỗi lần tối đa {most} dòng. Hãy chia nhỏ bảng; cán bộ đăng nhập gửi được "
        "nhiều hơn.",
        f"The table has {rows} rows; at most {most} are taken at once. Part it; who is signed in may send "
        "more.",
    )


def _too_wide(fields: int, width: int) -> Text:
    return Text(
        f"Dòng có {fields} ô trong khi tiêu đề có {width} cột; ô có dấu phân cách phải đặt trong ngoặc kép.",
        f"The row has {fields} fields and the heads {width}; a field with a separator in it must be quoted.",
    )
