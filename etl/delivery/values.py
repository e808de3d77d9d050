"""File columns become property columns: typed, cleaned, each misfit a fault of its row."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.delivery.faults import Faults, Rows
from etl.delivery.forms import Form, PropertyForm
from etl.delivery.parsing import parse_boolean, parse_date, parse_json, parse_list, parse_moment
from etl.delivery.recognise.charsets import CP1258, charset_named
from etl.delivery.recognise.detecting import Reading
from etl.delivery.recognise.report import TextReport
from etl.delivery.text import clean
from gis_platform.folding import fold

_NUMBER = r"^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,3})?$"
_COMMA = re.compile(r"^[+-]?[0-9]{1,3}([.]?[0-9]{3})*,[0-9]+$")
_MOMENT = pa.timestamp("us", tz="UTC")
#: The values taken, and where there was one that cannot be.
Taken = tuple[pa.Array, NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Values:
    """Takes in the columns of one file.

    ``codec`` decodes its texts, but for columns that ``readings`` has otherwise; what became of those is in
    ``report``. ``timezone`` is that of moments written without one.
    """

    codec: str
    timezone: str
    faults: Faults
    readings: Mapping[str, Reading] = field(default_factory=dict)
    report: TextReport = field(default_factory=TextReport)

    def take(self, raw: pa.Array, column: str, form: PropertyForm, rows: Rows) -> pa.Array:
        """One column in the form of its property; `column` is what the file calls it."""
        held = raw.storage if isinstance(raw.type, pa.BaseExtensionType) else raw
        if pa.types.is_dictionary(held.type):
            held = held.dictionary_decode()
        spoilt = _none(held)
        if _is_text(held):
            codec, reading = self._reading(column)
            held, spoilt = clean(held, codec, column, rows, self.faults, reading, self.report)
        taken, wrong = _take(held, form, self.timezone)
        words = wanted(form)
        self.faults.in_rows(
            "wrong_value",
            rows,
            wrong & ~spoilt,
            lambda at: (
                f"column {column}: {held[at].as_py()!r} is not {words}, as {form.name} must be."
                + decimal_point(held[at].as_py(), form)
            ),
            lambda at: f"Cột {column}: giá trị {held[at].as_py()!r} không hợp lệ cho {form.name}.",
        )
        if taken.null_count and form.default is not None:
            default, _ = _take(pa.array([form.default], pa.large_string()), form, self.timezone)
            taken = pc.if_else(taken.is_null(), default[0], taken)
        if taken.null_count and form.required:
            missing = np.asarray(taken.is_null()) & ~wrong & ~spoilt
            text = f"column {column} is empty, and {form.name} is needed."
            text_vi = f"Cột {column} để trống, mà {form.name} là bắt buộc."
            self.faults.in_rows("missing_value", rows, missing, lambda _: text, lambda _: text_vi)
        return taken

    def _reading(self, column: str) -> tuple[str, Reading | None]:
        reading, named = self.readings.get(column), charset_named(self.codec)
        if named is None or (named is CP1258 and reading is None):
            return self.codec, reading
        # Of such bytes there is no codec; what is UTF-8 by form was saved as that on the way.
        return "utf-8", reading or Reading(named, forced=True)


def wanted(form: PropertyForm) -> str:
    """What a property takes, in words."""
    if form.choices:
        return f"one of {', '.join(dict.fromkeys(form.choices.values()))}"
    return f"{form.form.value} of {form.bits} bits" if form.form is Form.INTEGER else form.form.value


def wrong_values(held: pa.Array, form: PropertyForm, timezone: str = "UTC") -> NDArray[np.bool_]:
    """Where the values of a column are not of the form; texts may be of any encoding."""
    if _is_text(held):
        letters = held.cast(pa.large_binary()).to_pylist()
        text = [None if value is None else value.decode("utf-8", "replace").strip() for value in letters]
        held = pa.array([value or None for value in text], pa.large_string())
    return _take(held, form, timezone)[1]


def decimal_point(value: object, form: PropertyForm) -> str:
    """One more sentence where a number is written with a decimal comma; else nothing."""
    if form.form not in (Form.NUMBER, Form.INTEGER) or not isinstance(value, str) or not _COMMA.match(value):
        return ""
    return f" Write the decimals with a point: {value.replace('.', '').replace(',', '.')}."


def _take(held: pa.Array, form: PropertyForm, timezone: str) -> Taken:
    if form.read is not None and _is_text(held):
        return _read(held, form.read, form.as_read)
    match form.form:
        case Form.TEXT:
            return _text(held, form.choices)
        case Form.INTEGER:
            return _integer(held, form.bits)
        case Form.NUMBER:
            return _number(held)
        case Form.JSON:
            return _parsed(held, parse_json, pa.large_string())
        case Form.LIST:
            return _parsed(held, parse_list, pa.list_(pa.string()))
        case Form.BOOLEAN:
            return _boolean(held)
        case Form.DATE:
            return _date(held)
        case Form.MOMENT:
            return _moment(held, timezone)


def _read(held: pa.Array, read: Callable[[str], str], as_read: str | None) -> Taken:
    if as_read is None:
        return _parsed(held, read, pa.large_string())
    # Nearly all of a large file: found by one pass in C, where each reading costs a hundred times as much.
    plain = pc.fill_null(pc.match_substring_regex(held, as_read), True)
    taken, wrong = _parsed(pc.if_else(plain, None, held), read, pa.large_string())
    return pc.if_else(plain, held.cast(pa.large_string()), taken), wrong


def _boolean(held: pa.Array) -> Taken:
    if pa.types.is_boolean(held.type):
        return held, _none(held)
    return _parsed(_text(held, {})[0], parse_boolean, pa.bool_())


def _date(held: pa.Array) -> Taken:
    if _is_text(held):
        return _parsed(held, parse_date, pa.date32())
    if pa.types.is_date(held.type) or pa.types.is_timestamp(held.type):
        return held.cast(pa.date32(), safe=False), _none(held)
    return _nothing(held, pa.date32())


def _moment(held: pa.Array, timezone: str) -> Taken:
    if _is_text(held):
        return _parsed(held, partial(parse_moment, timezone=timezone), _MOMENT)
    if pa.types.is_timestamp(held.type):
        moments = held if held.type.tz else pc.assume_timezone(held, timezone)
        return moments.cast(_MOMENT, safe=False), _none(held)
    return _nothing(held, _MOMENT)


def _text(held: pa.Array, choices: dict[str, str]) -> Taken:
    if _is_text(held):
        text = held
    elif pa.types.is_floating(held.type):
        # A DBF keeps whole numbers as decimals: 12.0 is sheet "12".
        values = np.asarray(held.cast(pa.float64()).fill_null(0.0))
        whole = pa.array(np.isfinite(values) & (values == np.floor(values)) & (np.abs(values) < 2.0**53))
        digits = pc.if_else(whole, held.fill_null(0), 0).cast(pa.int64()).cast(pa.large_string())
        text = pc.if_else(held.is_null(), None, pc.if_else(whole, digits, held.cast(pa.large_string())))
    else:
        text = held.cast(pa.large_string())
    if not choices:
        return text, _none(text)
    words = [word for word in pc.unique(text).to_pylist() if word is not None]
    known = {word: choices[fold(word)] for word in words if fold(word) in choices}
    return _parsed(text, known.__getitem__, pa.large_string())


def _number(held: pa.Array) -> Taken:
    if _is_text(held):
        wrong = ~np.asarray(pc.fill_null(pc.match_substring_regex(held, _NUMBER), True))
        held = pc.if_else(pa.array(wrong), None, held).cast(pa.float64())
    elif pa.types.is_integer(held.type) or pa.types.is_floating(held.type):
        wrong = _none(held)
        held = held.cast(pa.float64(), safe=False)
    else:
        return _nothing(held, pa.float64())
    wrong |= ~np.isfinite(np.asarray(held.fill_null(0.0)))
    return pc.if_else(pa.array(wrong), None, held), wrong


def _integer(held: pa.Array, bits: int) -> Taken:
    numbers, wrong = _number(held)
    values = np.asarray(numbers.fill_null(0.0))
    wrong = wrong | (values != np.floor(values)) | (np.abs(values + 0.5) > 2.0 ** (bits - 1))
    exact = held if pa.types.is_integer(held.type) else numbers
    return pc.if_else(pa.array(wrong), None, exact).cast(pa.int64()), wrong


def _parsed(held: pa.Array, parse: Callable[[Any], Any], kind: pa.DataType) -> Taken:
    if not _is_text(held):
        return _one_by_one(held, parse, kind)
    # Codes and lists repeat themselves, and parsing one costs more than finding it again.
    several = held.dictionary_encode()
    taken, wrong = _one_by_one(several.dictionary, parse, kind)
    places = several.indices
    there = np.asarray(places.is_valid())
    among = _none(held)
    among[there] = wrong[np.asarray(places.drop_null())]
    return taken.take(places), among


def _one_by_one(held: pa.Array, parse: Callable[[Any], Any], kind: pa.DataType) -> Taken:
    values: list[Any] = []
    wrong = _none(held)
    for at, value in enumerate(held.to_pylist()):
        try:
            values.append(None if value is None else parse(value))
        except (ValueError, KeyError, RecursionError):
            values.append(None)
            wrong[at] = True
    return pa.array(values, kind), wrong


def _nothing(held: pa.Array, kind: pa.DataType) -> Taken:
    """Of a type that cannot be taken: whatever is there is wrong."""
    return pa.nulls(len(held), kind), np.asarray(held.is_valid()).copy()


def _is_text(held: pa.Array) -> bool:
    return bool(pa.types.is_string(held.type) or pa.types.is_large_string(held.type))


def _none(held: pa.Array) -> NDArray[np.bool_]:
    return np.zeros(len(held), bool)
