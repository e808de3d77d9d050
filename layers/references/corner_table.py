"""A table of corner points (bảng kê toạ độ) as it is pasted from a certificate.

Each row holds the point's number, X and Y, and often the length of the side to the next point. Columns are
parted by tabs, semicolons, bars, spaces or commas. X is the northing and Y the easting: the other way round
than in mathematics.
"""

import re
from dataclasses import dataclass

from gis_platform.folding import nfc
from gis_platform.layer.text import Text
from layers.references.figures import read_coordinate

MOST_ROWS = 500
LONGEST_TEXT = 40_000
#: Greatest length of a side that a table tells; every coordinate is greater.
_LONGEST_SIDE_M = 20_000.0

_STRONG = re.compile(r"[\t;|]")
_JOINING_SPACE = re.compile("(?<=[0-9])[\u00a0\u2007\u2009\u202f](?=[0-9])")
_ANY_SPACE = re.compile(r"[^\S\n\r\t]+")
_FIGURE = r"[0-9]{1,3} [0-9]{3}(?: [0-9]{3})?(?:[.,][0-9]+)?"
#: "1 1 145 161.57 567 218.31": blanks part both the columns and the thousands.
_SPACED = re.compile(
    rf"(?:(?P<label>\S{{1,12}}) )?(?P<x>[0-9]{{1,2}} {_FIGURE}|[0-9]{{3}} [0-9]{{3}}(?:[.,][0-9]+)?)"
    rf" (?P<y>[0-9] [0-9]{{3}} [0-9]{{3}}(?:[.,][0-9]+)?|[0-9]{{3}} [0-9]{{3}}(?:[.,][0-9]+)?)"
    rf"(?: (?P<side>[0-9]{{1,4}}(?:[.,][0-9]+)?))?"
)


@dataclass(frozen=True, slots=True)
class Corner:
    """One point: the row of the text it stands in, counted from 1, its number, and metres of the grid."""

    row: int
    label: str
    x: float
    y: float


class BadTable(ValueError):
    """A text that is no table of corners; ``row`` is where, None where it is the whole."""

    def __init__(self, told: Text, row: int | None = None) -> None:
        super().__init__(told.en)
        self.told = told
        self.row = row


def read_corner_table(text: str) -> list[Corner]:
    """The corners in their order, as written: neither closed nor checked against a grid.

    Empty rows, heads and lines that hold only the length of a side are passed over.

    Raises:
        BadTable: a row cannot be read, or there are too many.
    """
    if len(text) > LONGEST_TEXT:
        raise BadTable(_TOO_LONG)
    corners: list[Corner] = []
    for number, line in enumerate(nfc(text).splitlines(), start=1):
        cells = _cells(line)
        if not cells or (not corners and _is_head(cells)) or (corners and _is_side(cells)):
            continue
        if len(corners) == MOST_ROWS:
            raise BadTable(_TOO_MANY)
        corners.append(_corner(number, line, cells))
    return corners


def rows_without_corner(text: str, corners: list[Corner]) -> list[tuple[int, str]]:
    """The rows that were passed over though something stands in them: their number, and how they begin."""
    read = {corner.row for corner in corners}
    lines = enumerate(nfc(text).splitlines(), start=1)
    return [(row, line.strip()[:40]) for row, line in lines if line.strip() and row not in read]


def format_corner_table(corners: list[Corner]) -> str:
    """The corners as a table that is read again as they are: tabs between the columns, decimal commas."""
    return "\n".join(f"{c.label}\t{_written(c.x)}\t{_written(c.y)}" for c in corners)


def _written(value: float) -> str:
    return f"{value:.3f}".replace(".", ",")


def _cells(line: str) -> list[str]:
    joined = _JOINING_SPACE.sub("", line)
    if _STRONG.search(joined):
        cells = [_ANY_SPACE.sub(" ", cell).strip() for cell in _STRONG.split(joined)]
        return [cell for cell in cells if cell]
    plain = _ANY_SPACE.sub(" ", joined).strip()
    spaced = _SPACED.fullmatch(plain)
    if spaced is not None:
        return [cell for cell in spaced.groups() if cell]
    by_space = [cell.strip(",") for cell in plain.split(" ")]
    if len(by_space) > 1 or "," not in plain:
        return [cell for cell in by_space if cell]
    by_comma = plain.split(",")
    # "567218,31" is one number; "1,1145161.57,567218.31" are three.
    return by_comma if len(by_comma) > 2 or "." in plain else [plain]


def _is_head(cells: list[str]) -> bool:
    """Words alone, such as "Số hiệu điểm  X (m)  Y (m)", or the numbers of the columns under them."""
    return all(_number(cell) is None or (_number(cell) or 0.0) < len(cells) + 1 for cell in cells)


def _is_side(cells: list[str]) -> bool:
    value = _number(cells[0]) if len(cells) == 1 else None
    return value is not None and 0 <= value < _LONGEST_SIDE_M


def _number(cell: str) -> float | None:
    try:
        return read_coordinate(cell)
    except ValueError:
        return None


def _corner(row: int, line: str, cells: list[str]) -> Corner:
    first = _number(cells[0])
    is_metres = first is not None and first >= _LONGEST_SIDE_M
    bare = (len(cells) == 2 and (first is None or is_metres)) or (len(cells) == 3 and is_metres)
    label, figures = (str(row), cells) if bare else (cells[0], cells[1:])
    if len(figures) not in (2, 3) or len(label) > 40:
        raise BadTable(_not_three(row, line), row)
    x, y = _read(row, "X", figures[0]), _read(row, "Y", figures[1])
    if len(figures) == 3 and _number(figures[2]) is None:
        raise BadTable(_no_number(row, "S", figures[2]), row)
    return Corner(row, label, x, y)


def _read(row: int, column: str, cell: str) -> float:
    value = _number(cell)
    if value is None:
        raise BadTable(_no_number(row, column, cell), row)
    return value


_TOO_LONG = Text(
    f"Bảng toạ độ quá dài: tối đa {LONGEST_TEXT} ký tự.",
    f"The table is too long: at most {LONGEST_TEXT} characters.",
)
_TOO_MANY = Text(
    f"Bảng toạ độ có hơn {MOST_ROWS} điểm. Hãy chia khu đất thành nhiều phần.",
    f"The table has more than {MOST_ROWS} points. Give the ground in parts.",
)


def _not_three(row: int, line: str) -> Text:
    shown = line.strip()[:60]
    return Text(
        f"Dòng {row}: “{shown}” không đọc được. Mỗi dòng gồm số hiệu điểm, X và Y, ví dụ "
        "“1  1145161,57  567218,31”; giữa các cột dùng dấu cách, tab hoặc dấu chấm phẩy. "
        "Nếu dùng dấu phẩy thập phân thì không dùng dấu phẩy để ngăn cột.",
        f"Row {row}: {shown!r} cannot be read. A row holds the point's number, X and Y, such as "
        "“1  1145161.57  567218.31”, with blanks, tabs or semicolons between the columns. "
        "Where commas are decimal marks they cannot part the columns too.",
    )


def _no_number(row: int, column: str, cell: str) -> Text:
    shown = cell[:40]
    return Text(
        f"Dòng {row}: {column} là “{shown}”, không phải là một số. Hãy viết như 1145161,57 hoặc "
        "1.145.161,57.",
        f"Row {row}: {column} is {shown!r}, which is no number. Write it like 1145161.57 or 1,145,161.57.",
    )
