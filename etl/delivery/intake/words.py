"""What GDAL and Arrow say of a file they cannot read, in words that name the file."""

from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa
from pyogrio.errors import DataLayerError, DataSourceError, FieldError

from etl.delivery.faults import refuse
from etl.delivery.intake.kinds import form_name
from gis_platform.errors import BadParameter

_UNREADABLE = (
    DataSourceError,
    DataLayerError,
    FieldError,
    UnicodeDecodeError,
    pa.ArrowException,
    OSError,
    ValueError,
)


@contextmanager
def reader_in_words(name: str, driver: str, where: str | None = None, after: int = 0) -> Iterator[None]:
    """Turn what a reader says into a refusal; `where` is a condition that may be at fault."""
    try:
        yield
    except _UNREADABLE as fault:
        if where is not None:
            told = f"The condition {where!r} cannot be used: {fault}"
            told_vi = f"Điều kiện chọn dòng “{where}” không dùng được với tệp này."
            raise BadParameter(told, parameter="where", detail_vi=told_vi) from fault
        where_to = f" beyond row {after}" if after else ""
        text = f"it cannot be read as {form_name(driver)}{where_to}: it is damaged{_said(fault)}."
        raise refuse(name, "unreadable", text) from fault


def _said(fault: Exception) -> str:
    """Its first sentence, without what it says of drivers and options."""
    said = str(fault).partition("; ")[0].partition(". ")[0].strip().rstrip(".:")
    return "" if not said or "supported file format" in said else f" ({said})"
