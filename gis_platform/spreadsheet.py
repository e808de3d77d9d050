"""CSV that people open in a spreadsheet by a double click: it finds its letters, and runs nothing.

A comma between fields, a point before decimals, and never three of them: where a point stands between
thousands the figure is shown as it is, and not taken for a thousand times as much.
"""

import csv
import io
import re
from collections.abc import Iterable

BOM = "\ufeff"
# What a spreadsheet takes for a formula, or would after an apostrophe of the text's own.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")


def guarded(text: str) -> str:
    """A text that no spreadsheet runs: an apostrophe before what looks like a formula and is no number."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def csv_lines(rows: Iterable[Iterable[object]]) -> bytes:
    """Rows in RFC 4180, UTF-8; their texts are guarded already."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def cell(value: object) -> object:
    """A value of a row: texts guarded, figures with two decimals at most, nothing for what is not known."""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, float):
        return f"{value:.2f}"
    return "" if value is None else value
