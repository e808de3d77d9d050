"""A sample with its texts in Unicode, for a person to look at and for values to be told by."""

from dataclasses import replace

import pyarrow as pa

from etl.delivery.recognise.capitals import with_capitals
from etl.delivery.recognise.charsets import TCVN3
from etl.delivery.recognise.detecting import Reading, Value, decoded, is_text, makes_sense, readings_of
from etl.delivery.recognise.sampling import Sample


def in_unicode(sample: Sample) -> Sample:
    """The same rows; where it is not sure what a text is in, bytes that are not UTF-8 are shown as such."""
    readings = readings_of(sample.columns)
    columns = {
        name: _readable(column, readings.get(name)) if is_text(column) else column
        for name, column in sample.columns.items()
    }
    return replace(sample, columns=columns)


def _readable(column: pa.Array, reading: Reading | None) -> pa.Array:
    known: dict[bytes, str] = {}
    texts = []
    for raw in column.cast(pa.large_binary()).to_pylist():
        if raw is not None and raw not in known:
            known[raw] = _text(raw, reading)
        texts.append(None if raw is None else known[raw])
    return pa.array(texts, pa.large_string())


def _text(raw: bytes, reading: Reading | None) -> str:
    text = decoded(raw, "utf-8")
    if reading is not None and not raw.isascii() and not (reading.mixed and makes_sense(text)):
        told = reading.of(Value(raw, text, text))
        if told is not None:
            return with_capitals([told])[0][0] if reading.charset is TCVN3 else told
    return raw.decode("utf-8", "replace") if text is None else text
