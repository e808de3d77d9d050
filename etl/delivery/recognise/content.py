"""How well the values of a column fit a property: by its form, choices, area, and what is in force."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.delivery.forms import Form, PropertyForm, form_of
from etl.delivery.recognise.naming import bare
from etl.delivery.recognise.sampling import Sample
from etl.delivery.values import wrong_values
from gis_platform.layer import Layer, Property
from gis_platform.layer.text import Text

_DISTINCT_LOOKED_AT: Final = 200
#: A share of the values from which on a column is of that kind, and below which it is not.
MOST, FEW = 0.8, 0.3
_AREA_WITHIN: Final = 0.05
_SQUARE_METRES: Final = "m²"
_PLAIN_AREA: Final = frozenset({"dientich", "area"})
#: Words by which a property is a number of its kind, as forms of what stands in it.
_NUMBERED: Final[tuple[tuple[frozenset[str], re.Pattern[str], Text], ...]] = (
    (
        frozenset(map(bare, ("ma_xa", "ma_dvhc", "unit_code"))),
        re.compile(r"\d{5}"),
        Text("giá trị có dạng mã đơn vị hành chính 5 chữ số", "values look like 5-digit unit codes"),
    ),
    (
        frozenset(map(bare, ("so_to", "so_thua", "so_to_cu", "so_thua_cu"))),
        re.compile(r"\d{1,5}[A-Za-z]?"),
        Text("giá trị có dạng số tờ, số thửa", "values look like sheet or parcel numbers"),
    ),
)


@dataclass(frozen=True, slots=True)
class Fit:
    """0 (it cannot be) to 1 (they are just that). ``telling`` is False where other properties fit as well."""

    score: float
    telling: bool
    reason: Text


def fit(layer: Layer, prop: Property, column: str, sample: Sample) -> Fit | None:
    """What the values say of a property; None where they say nothing: no values, or free text."""
    held = sample.columns[column].drop_null()
    if len(held) == 0:
        return None
    form = form_of(layer, prop.name)
    wrong = wrong_values(held, form)
    share = 1.0 - float(wrong.mean()) if len(wrong) else 0.0
    if share < FEW:
        words = Text(
            f"giá trị không phải {_KINDS[form.form].vi}", f"the values are not {_KINDS[form.form].en}"
        )
        return Fit(0.0, telling=True, reason=words)
    if form.choices:
        return Fit(share, True, Text("giá trị thuộc danh mục", "values of its list"))
    if form.read is not None:
        return Fit(share, True, Text("giá trị đọc được theo đúng mẫu", "values that it can read"))
    words_held = texts(held)
    return (
        _in_force(prop, words_held, sample)
        or _recognised(layer, prop, words_held)
        or _area(prop, form, column, sample)
        or _number_of(prop, words_held)
        or _of_form(form, share)
    )


def texts(held: pa.Array) -> list[str]:
    """Its distinct values as people read them, the first ones."""
    if pa.types.is_floating(held.type):
        values = [f"{value:g}" for value in pc.unique(held).to_pylist()[:_DISTINCT_LOOKED_AT]]
    else:
        values = [str(value) for value in _decoded(pc.unique(held)[:_DISTINCT_LOOKED_AT])]
    return [value.strip() for value in values if value.strip()]


_KINDS: Final = {
    Form.TEXT: Text("chữ hợp lệ", "of its list"),
    Form.INTEGER: Text("số nguyên", "whole numbers"),
    Form.NUMBER: Text("số", "numbers"),
    Form.BOOLEAN: Text("đúng/sai", "true or false"),
    Form.DATE: Text("ngày", "dates"),
    Form.MOMENT: Text("thời điểm", "moments"),
    Form.JSON: Text("JSON", "JSON"),
    Form.LIST: Text("danh sách", "lists"),
}


def _in_force(prop: Property, words: Sequence[str], sample: Sample) -> Fit | None:
    known = set(sample.in_force.get(prop.name, ()))
    if not known or not words:
        return None
    share = sum(word in known for word in words) / len(words)
    if share < MOST:
        return None
    return Fit(share, True, Text("trùng giá trị đang dùng", "the same values are in force"))


def _recognised(layer: Layer, prop: Property, words: Sequence[str]) -> Fit | None:
    """By the layer's own reading of what people type, such as an identifier."""
    if layer.recognise is None or not words or all(len(word) < _LEAST_RECOGNISED for word in words):
        return None
    found = sum(any(read.get(prop.name) for read in layer.recognise(word)) for word in words) / len(words)
    if found < MOST:
        return None
    return Fit(
        found, True, Text(f"giá trị có dạng {prop.title.vi}", f"values are of the form of {prop.name}")
    )


_LEAST_RECOGNISED: Final = 6


def _area(prop: Property, form: PropertyForm, column: str, sample: Sample) -> Fit | None:
    if prop.unit != _SQUARE_METRES or form.form is not Form.NUMBER:
        return None
    said = _numbers(sample.columns[column])
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = said / sample.areas()
    ratio = ratio[np.isfinite(ratio)]
    if not len(ratio):
        return None
    near = float((np.abs(ratio - 1) <= _AREA_WITHIN).mean())
    if near >= MOST:
        # Of several areas the one without any addition is the one that was measured.
        plain = 1.0 if {bare(name) for name in prop.aliases} & _PLAIN_AREA else 0.9
        return Fit(near * plain, True, Text("gần bằng diện tích hình học", "near the geometry's own area"))
    if float(((ratio > 0.5) & (ratio < 2)).mean()) >= MOST:
        return Fit(0.6, False, Text("cỡ diện tích hình học", "of the size of the geometry's own area"))
    return Fit(0.2, True, Text("khác xa diện tích hình học", "far from the geometry's own area"))


def _number_of(prop: Property, words: Sequence[str]) -> Fit | None:
    names = {bare(name) for name in (prop.name, *prop.aliases)}
    for meant, pattern, reason in _NUMBERED:
        if names & meant and words:
            share = sum(pattern.fullmatch(word) is not None for word in words) / len(words)
            return Fit(share, False, reason) if share >= MOST else None
    return None


def _of_form(form: PropertyForm, share: float) -> Fit | None:
    if form.form is Form.TEXT:
        return None
    if form.form in (Form.DATE, Form.MOMENT):
        return Fit(share, True, Text("giá trị là ngày tháng", "values are dates"))
    kind = _KINDS[form.form]
    return Fit(share * 0.6, False, Text(f"giá trị là {kind.vi}", f"values are {kind.en}"))


def _numbers(column: pa.Array) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return np.asarray(column.cast(pa.float64(), safe=False).fill_null(np.nan), np.float64)
    values = []
    for text in _decoded(column):
        try:
            values.append(float(str(text).strip()))
        except ValueError:
            values.append(np.nan)
    return np.array(values, np.float64)


def _decoded(column: pa.Array) -> list[object]:
    """Values of a column that may hold bytes of any encoding."""
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        raw = column.cast(pa.large_binary()).to_pylist()
        return ["" if value is None else value.decode("utf-8", "replace") for value in raw]
    return list(column.to_pylist())
